/* The library's copy of btyd/: this unit compiles the bodies that stand beside the headers. */
#include "loyalty/base/config.h"
