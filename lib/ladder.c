/* The library's copy of ladder/: this unit compiles the bodies that stand beside the headers. */
#include "loyalty/ladder/absorption-inl.h"
#include "loyalty/ladder/block-inl.h"
#include "loyalty/ladder/contrast-inl.h"
#include "loyalty/ladder/long_run-inl.h"
#include "loyalty/ladder/projection-inl.h"
#include "loyalty/ladder/stage-inl.h"
#include "loyalty/ladder/stochastic-inl.h"
#include "loyalty/ladder/transitions-inl.h"
