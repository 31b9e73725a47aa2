/* The library's copy of value/: this unit compiles the bodies that stand beside the headers. */
#include "loyalty/base/config.h"
