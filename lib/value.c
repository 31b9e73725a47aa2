/* The library's copy of value/: this unit compiles the bodies that stand beside the headers. */
#include "loyalty/value/clv-inl.h"
#include "loyalty/value/retention-inl.h"
#include "loyalty/value/satisfaction-inl.h"
#include "loyalty/value/satisfaction_budget-inl.h"
#include "loyalty/value/sensitivity-inl.h"
