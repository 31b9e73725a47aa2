/* The library's copy of math/: this unit compiles the bodies that stand beside the headers. */
#include "loyalty/base/config.h"
