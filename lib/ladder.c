/* The library's copy of ladder/: this unit compiles the bodies that stand beside the headers. */
#include "loyalty/ladder/stage-inl.h"
#include "loyalty/ladder/stochastic-inl.h"
#include "loyalty/ladder/transitions-inl.h"
