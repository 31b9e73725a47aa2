/* survivors.h: how many of a cohort are left after each period, as the rows of customers that sbg_fit.h and bdw_fit.h
 * take. */
#ifndef LOYALTY_BTYD_SURVIVORS_H
#define LOYALTY_BTYD_SURVIVORS_H

#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* Rows (lifetime, censored, weight) from cohorts of survivors: for each period one row of those who left at its end,
 * and one of those who were left in the end, whose lifetime is known to be longer (censored). Rows of nobody are left
 * out. survivors  the cohorts one after the other; of each the number of its customers, then how many of them were left
 *              after 1, 2, ... decisions. Numbers or weights, 0 or from 1e-40 to 1e40, not rising within a cohort
 *   n          how many numbers
 *   length     how many numbers each cohort has, 2 or more (as many decisions were observed, and one more)
 *   cohorts    how many cohorts
 *   lifetime, censored, weight   outputs: room for n rows each
 *   rows       output: how many rows there are
 * Errors, in this order: LOY_ERR_ARGUMENT survivors (NULL while n > 0), length (NULL while cohorts > 0), lifetime,
 * censored, weight (NULL while n > 0), rows (NULL); LOY_ERR_DOMAIN length (below 2) with its index; LOY_ERR_ARGUMENT
 * length (its sum is not n); LOY_ERR_DOMAIN survivors with the index of the first that is out of range, NaN, or above
 * the one before it in its cohort. */
LOYALTY_API loy_status loy_survivors_rows(const double *survivors, size_t n, const int64_t *length, size_t cohorts,
                                          double *lifetime, double *censored, double *weight, size_t *rows,
                                          loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "survivors-inl.h"
#endif

#endif /* LOYALTY_BTYD_SURVIVORS_H */
