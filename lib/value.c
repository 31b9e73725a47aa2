/* The library's copy of value/: this unit compiles the bodies that stand beside the headers. */
#include "loyalty/value/clv-inl.h"
#include "loyalty/value/retention-inl.h"
