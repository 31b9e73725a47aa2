/* The library's copy of base/: this unit compiles the bodies that stand beside the headers. */
#include "loyalty/base/alloc-inl.h"
#include "loyalty/base/amounts-inl.h"
#include "loyalty/base/calendar-inl.h"
#include "loyalty/base/columns-inl.h"
#include "loyalty/base/number-inl.h"
#include "loyalty/base/parallel-inl.h"
#include "loyalty/base/status-inl.h"
#include "loyalty/base/version-inl.h"
