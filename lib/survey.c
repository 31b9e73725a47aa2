/* The library's copy of survey/: this unit compiles the bodies that stand beside the headers. */
#include "loyalty/survey/csat-inl.h"
#include "loyalty/survey/nps-inl.h"
#include "loyalty/survey/tally-inl.h"
