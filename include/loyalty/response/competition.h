/* competition.h: how much choice a market leaves its customers, as one number c from 0 (monopoly) towards 1.
 *
 * With market shares q_1 .. q_n summing to 1:
 *   HHI = sum q_i^2                     concentration (Herfindahl-Hirschman; authorities quote it times 10,000)
 *   N_eff = 1 / HHI                     number of equal suppliers as concentrated as these
 *   c = 1 - HHI = 1 - 1/N_eff           the competition index: the chance that two random purchases differ in supplier
 *   logit(c) = ln(N_eff - 1)            so the curve's log-odds fall with the log of the number of effective rivals */
#ifndef LOYALTY_RESPONSE_COMPETITION_H
#define LOYALTY_RESPONSE_COMPETITION_H

#include "../base/alloc.h"
#include "../base/columns.h"
#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* The structure of a market. */
typedef struct loy_competition {
  double index;               /* c = 1 - HHI, in [0, 1) */
  double hhi;                 /* in (0, 1] */
  double effective_suppliers; /* N_eff = 1 / HHI, from 1 */
  double normalized_hhi;      /* (HHI - 1/n) / (1 - 1/n), in [0, 1]; 1 for a monopoly */
  double entropy;             /* H = - sum q ln q, in nats */
  double entropy_suppliers;   /* exp(H), another number of equal suppliers, which counts small ones for more */
  size_t suppliers;           /* n: shares above 0 */
} loy_competition;

/* The structure of a market from its shares.
 *
 * share      n market shares, each finite and at least 0; zeros are dropped. They must sum to 1 within 1e-6, or be
 *            wanted normalized
 * n          number of shares
 * normalize  0: shares that do not sum to 1 are an error. 1: divide by their sum (sales instead of shares will do)
 * result     receives the structure
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `share` with n > 0; LOY_ERR_DOMAIN for the first share that is
 * negative or not finite (`index` is its place); LOY_ERR_TOO_FEW when no share is above 0; LOY_ERR_DOMAIN for a sum
 * that is not 1, or not finite; LOY_ERR_ARGUMENT for a `normalize` other than 0 and 1, or a NULL `result`.
 * Accuracy: every member to about 1e-15 relative, `index` of a near monopoly included (it is summed from products of
 * different shares, not taken from 1 - HHI).
 * Source: Herfindahl 1950 and Hirschman 1964 (HHI); Adelman, Review of Economics and Statistics 51, 1969 (1/HHI as a
 * number of firms). */
LOYALTY_API loy_status loy_competition_from_shares(const double *share, size_t n, int normalize,
                                                   loy_competition *result, loy_error *error);

/* The competition index of one customer who would accept k suppliers, the present one among them: c = 1 - 1/k.
 *
 * alternatives   k, at least 1 and finite; 1 is a captive customer, c = 0. Means need not be whole
 * Returns c in [0, 1); NaN for k below 1, infinite or NaN. */
LOYALTY_API double loy_competition_from_alternatives(double alternatives);

/* The competition index from the answer to "how many good alternatives do you have?": c = (rating - 1/2)/categories.
 *
 * rating       from 1 to categories; means need not be whole
 * categories   of the answer, at least 2 and finite
 * Returns c in (0, 1); NaN outside the domain. */
LOYALTY_API double loy_competition_from_rating(double rating, double categories);

/* loy_competition_from_shares for n customers (or segments), each with shares of its own in the same suppliers, such as
 * what it spends where: the index c of each row, the same bits. Choice sets, 1 for each supplier that the customer
 * would accept and 0 for the others, give c = 1 - 1/k when normalized.
 *
 * share       columns, one for each supplier, of n numbers each; NaN in a row counts as 0
 * suppliers   number of columns
 * normalize   as in loy_competition_from_shares
 * index       receives n numbers
 * allocator   for suppliers numbers; NULL
 * report      counts rows outside the domain; their slots become NaN. May be NULL
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `share` or column of it (`index` says which) with n > 0;
 * LOY_ERR_TOO_FEW (argument "share") for no suppliers; LOY_ERR_ARGUMENT for `normalize`, a NULL `index` with n > 0;
 * LOY_ERR_MEMORY. In `report`, the argument is "share" and the index the row. */
LOYALTY_API loy_status loy_competition_from_shares_batch(const double *const *share, size_t suppliers, size_t n,
                                                         int normalize, double *index, const loy_allocator *allocator,
                                                         loy_batch_report *report, loy_error *error);

/* The nearest number to c that the curve accepts: at least 1e-9 and at most 1 - 1e-9, since a monopoly has c = 0 and
 * the curve is defined for 0 < c < 1.
 *
 * index   c, from 0 to 1
 * Returns the clipped c; NaN for c outside [0, 1]. */
LOYALTY_API double loy_competition_clip(double index);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "competition-inl.h"
#endif

#endif /* LOYALTY_RESPONSE_COMPETITION_H */
