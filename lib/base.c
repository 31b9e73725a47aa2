/* The library's copy of base/: this unit compiles the bodies that stand beside the headers. */
#include "loyalty/base/alloc-inl.h"
#include "loyalty/base/columns-inl.h"
#include "loyalty/base/parallel-inl.h"
#include "loyalty/base/status-inl.h"
#include "loyalty/base/version-inl.h"
