// Glibc's Swift module leaves malloc.h out.
#include <malloc.h>
