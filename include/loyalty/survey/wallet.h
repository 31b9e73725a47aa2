/* wallet.h: how much of a customer's spending in a category goes to one supplier.
 *
 * Share of wallet: own spend / category spend, where both are known. Wallet allocation: an estimate of it from the
 * customer's ranking of the k brands that he or she uses, where they are not:
 *   share = (1 - rank/(k + 1)) * 2/k
 * with tied brands sharing the mean of their ranks. The shares of a customer's brands sum to 1. "Wallet Allocation
 * Rule" is a registered trademark of its owner; this library computes the published formula. Sources: Keiningham,
 * Aksoy, Buoye and Cooil, Harvard Business Review 89(10), 2011; ratio of sums: Cochran, Sampling Techniques, 3rd ed.,
 * 1977, chapter 6. */
#ifndef LOYALTY_SURVEY_WALLET_H
#define LOYALTY_SURVEY_WALLET_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/status.h"
#include "estimate.h"

LOY_BEGIN_DECLS

/* How many brands the allocation takes. */
#define LOY_WALLET_BRANDS 1000

/* One customer's share of wallet.
 *
 * own        spend here, from 0 to `category`
 * category   spend in the category, here and elsewhere, from 1e-40 to 1e40
 * Returns own / category, in [0, 1]; NaN outside the ranges. */
LOYALTY_API double loy_wallet_share(double own, double category);

/* Why loy_wallet_share answers NaN: LOY_OK, or LOY_ERR_DOMAIN for `category`, then for `own`. */
LOYALTY_API loy_status loy_wallet_share_check(double own, double category, loy_error *error);

/* Share of wallet over customers. */
typedef struct loy_wallet {
  size_t n;              /* customers used: those with spend in the category */
  size_t skipped;        /* customers without any, who have no wallet to share */
  double share;          /* sum own / sum category, in [0, 1]: large wallets count for more */
  double standard_error; /* of `share`, as a ratio of two sums over a random sample of customers; NaN for n = 1 */
  double mean_share;     /* mean of the customers' own shares: each counts the same */
} loy_wallet;

/* Share of wallet of n customers, each and together.
 *
 * The standard error is sqrt(n/(n - 1) sum (own - R category)^2) / sum category, R the share (Cochran 1977, chapter 6),
 * without correction for a finite population.
 *
 * own, category   n amounts each, in one currency. A category of 0 (and own 0) is a customer without a wallet
 * share    receives n shares; NaN for a bad row and for a customer without a wallet. May be NULL
 * result   receives the shares together; bad rows are left out. May be NULL
 * report   counts bad rows (an amount outside its range, NaN included). May be NULL
 * Returns LOY_OK; LOY_NOTICE_NONE when `result` is wanted and no customer was left, so that it has no share, or only
 * one, so that it has no standard error; else LOY_NOTICE_SKIPPED when customers without a wallet were left out.
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `own` or `category` with n > 0.
 * Accuracy: `share` and `mean_share` to about 1e-15 relative; the standard error to about 1e-14 of the largest amount
 * times sqrt(n)/sum category. */
LOYALTY_API loy_status loy_wallet_share_batch(const double *own, const double *category, size_t n, double *share,
                                              loy_wallet *result, loy_batch_report *report, loy_error *error);

/* The t interval of the aggregate share: share -+ t standard_error with n - 1 degrees of freedom, clipped to [0, 1].
 *
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `result`; LOY_ERR_TOO_FEW for n < 2; LOY_ERR_DOMAIN for a `result`
 * without a share in [0, 1] and a finite standard error of at least 0; LOY_ERR_DOMAIN for `level`; LOY_ERR_ARGUMENT for
 * a NULL `lower` or `upper`. */
LOYALTY_API loy_status loy_wallet_interval(const loy_wallet *result, double level, double *lower, double *upper,
                                           loy_error *error);

/* The allocation to a brand of this rank among k: (1 - rank/(k + 1)) * 2/k.
 *
 * rank     1 for the first choice; from 1 to `brands`, halves and the like for ties
 * brands   k, the number of brands that the customer uses; a whole number from 1 to 1000
 * Returns the share, in (0, 1]; NaN outside the ranges. Accuracy: 4e-16 relative. */
LOYALTY_API double loy_wallet_allocation(double rank, double brands);

/* Why loy_wallet_allocation answers NaN: LOY_OK, or LOY_ERR_DOMAIN for `brands`, then for `rank`. */
LOYALTY_API loy_status loy_wallet_allocation_check(double rank, double brands, loy_error *error);

/* The allocation over customers and brands, from ratings or ranks.
 *
 * rating            `brands` columns of n numbers each: how the customers rate the brand, any finite numbers, of which
 *                   only the order within a row counts. NaN: the customer does not use the brand, which is then left
 *                   out of the ranking and gets a share of 0
 * brands            number of columns, from 1 to 1000
 * n                 number of customers
 * lower_is_better   0: the highest rating ranks first. 1: the lowest does, as when the numbers are ranks
 * share             `brands` columns that receive n shares each, whose sum in a row is 1; NaN for a bad row
 * mean              receives for each brand the mean share over its users, its score, with their number; times that
 *                   number and divided by the good rows it is the mean over all customers. May be NULL
 * report            counts bad rows (a rating that is infinite; no brand rated). May be NULL
 * Returns LOY_OK; LOY_NOTICE_NONE when `mean` is wanted and a brand has no user, hence no mean, or only one, hence no
 * standard error.
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `rating`, then for `brands`, then for a NULL column of `rating`
 * with n > 0 (`index` is its brand), then for a `lower_is_better` other than 0 and 1, then for a NULL `share`, then for
 * a NULL column of it with n > 0.
 * Accuracy: shares to 4e-16 relative, means as loy_mean_from_values. Time grows with the square of `brands`. */
LOYALTY_API loy_status loy_wallet_allocation_batch(const double *const *rating, size_t brands, size_t n,
                                                   int lower_is_better, double *const *share, loy_mean *mean,
                                                   loy_batch_report *report, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "wallet-inl.h"
#endif

#endif /* LOYALTY_SURVEY_WALLET_H */
