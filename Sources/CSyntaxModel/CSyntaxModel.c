#include "CSyntaxModel.h"

// Embedded, so that the binary can be moved: SwiftPM looks for resource bundles beside it.
_Alignas(8) static const unsigned char model[] = {
#pragma clang diagnostic ignored "-Wc23-extensions"
#embed "en_core_web_sm.bin"
};

const unsigned char *tally_syntax_model_start(void) { return model; }
const size_t tally_syntax_model_size = sizeof model;
