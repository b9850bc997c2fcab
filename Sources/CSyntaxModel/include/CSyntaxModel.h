#pragma once
#include <stddef.h>

/// The first of the converted weights' bytes; Scripts/convert_syntax_model.py tells their layout.
const unsigned char *tally_syntax_model_start(void);
/// Their number.
extern const size_t tally_syntax_model_size;
