/* median_cut.h: the median as a cut between low and high.
 *
 * High means from the cut on. With an odd number of values the cut is the middle one; with an even number the midpoint
 * of the two in the middle, or where no double lies between them the upper one. So if all values differ exactly half of
 * them are high (of an odd number one more); values equal to the cut are high together. The order of the values does
 * not matter, and no memory is needed. */
#ifndef LOYALTY_LADDER_MEDIAN_CUT_H
#define LOYALTY_LADDER_MEDIAN_CUT_H

#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* The cut of n values.
 *
 * value   each from -1e40 to 1e40; NaN is missing and left out
 * n       number of values
 * cut     receives the median
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `value` with n > 0, then for a NULL `cut`; LOY_ERR_DOMAIN for the
 * first bad value (`index` is its row); LOY_ERR_TOO_FEW when no value is left.
 * Accuracy: exact; the midpoint is correctly rounded. Time is linear in n. */
LOYALTY_API loy_status loy_median_cut(const double *value, size_t n, double *cut, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "median_cut-inl.h"
#endif

#endif /* LOYALTY_LADDER_MEDIAN_CUT_H */
