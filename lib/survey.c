/* The library's copy of survey/: this unit compiles the bodies that stand beside the headers. */
#include "loyalty/survey/nps-inl.h"
