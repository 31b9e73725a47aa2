/* The library's copy of response/: this unit compiles the bodies that stand beside the headers. */
#include "loyalty/response/competition-inl.h"
#include "loyalty/response/curve-inl.h"
#include "loyalty/response/preset-inl.h"
#include "loyalty/response/scale-inl.h"
#include "loyalty/response/threshold-inl.h"
