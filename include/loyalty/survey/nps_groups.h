/* nps_groups.h: are the Net Promoter Scores of several groups the same, and if not, which differ?
 *
 * Sources: Cochran, "The combination of estimates from different experiments", Biometrics 10, 1954 (homogeneity); Holm,
 * "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6, 1979. */
#ifndef LOYALTY_SURVEY_NPS_GROUPS_H
#define LOYALTY_SURVEY_NPS_GROUPS_H

#include "../base/alloc.h"
#include "../base/config.h"
#include "../base/status.h"
#include "nps.h"
#include "nps_compare.h"

LOY_BEGIN_DECLS

/* One test for all groups. */
typedef struct loy_nps_homogeneity {
  double statistic;      /* chi-squared when all groups have one score */
  double df;             /* groups - 1 */
  double p_value;        /* that all groups have one score */
  double score;          /* their common score: the mean weighted with 1 / se^2, in [-1, 1] */
  double standard_error; /* of the common score */
} loy_nps_homogeneity;

/* One pair of groups. */
typedef struct loy_nps_pair {
  size_t first, second;       /* positions of the groups, first < second */
  loy_nps_difference compare; /* first less second, two-sided; the interval is not adjusted */
  double adjusted_p_value;    /* by Holm, over all pairs */
} loy_nps_pair;

/* Test k groups for one common score: chi2 = sum w_i (N_i - N)^2 with w_i = 1 / se_i^2 and N = sum w_i N_i / sum w_i,
 * on k - 1 degrees of freedom; and compare each pair, with p-values adjusted after Holm, so that the chance of even one
 * false difference is at most that of a single test.
 *
 * group      k scores of independent samples, each as filled by a function that computes a score
 * groups     k, at least 2 and at most 65536
 * method     LOY_NPS_ADJUSTED_WALD (scores and standard errors are adjusted first) or LOY_NPS_WALD
 * level      confidence of the interval of each pair, 0 < level < 1
 * allocator  NULL for the C library's; asked for 16 bytes or so a pair when `pair` is not NULL
 * result     receives the test of all groups
 * pair       NULL, or receives k (k - 1) / 2 pairs: (0, 1), (0, 2), ..., (1, 2), ...
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `group`; LOY_ERR_TOO_FEW for groups < 2, LOY_ERR_ARGUMENT for
 * groups > 65536 (argument "groups"); LOY_ERR_DOMAIN for the first group that no function fills (argument "group",
 * `index` is its position); LOY_ERR_ARGUMENT for an unknown `method`; LOY_ERR_DOMAIN for `level`; LOY_ERR_ARGUMENT for
 * a NULL `result`; LOY_ERR_TOO_FEW for Wald and the first group whose answers are all alike (argument "group", its
 * position); LOY_ERR_MEMORY.
 * Source: Cochran 1954; Holm 1979. */
LOYALTY_API loy_status loy_nps_homogeneity_test(const loy_nps *group, size_t groups, int method, double level,
                                                const loy_allocator *allocator, loy_nps_homogeneity *result,
                                                loy_nps_pair *pair, loy_error *error);

/* Holm's adjustment: with p_(1) <= ... <= p_(n), adjusted p_(i) = max over j <= i of min(1, (n - j + 1) p_(j)). Holds
 * under any dependence of the tests.
 *
 * p          n p-values, each in [0, 1]
 * n          number of tests; 0 does nothing
 * allocator  NULL for the C library's
 * adjusted   receives n adjusted p-values, in the order of p; may be p itself
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `p` with n > 0; LOY_ERR_DOMAIN for the first bad p (`index`);
 * LOY_ERR_ARGUMENT for a NULL `adjusted` with n > 0; LOY_ERR_MEMORY.
 * Source: Holm 1979. */
LOYALTY_API loy_status loy_holm(const double *p, size_t n, const loy_allocator *allocator, double *adjusted,
                                loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "nps_groups-inl.h"
#endif

#endif /* LOYALTY_SURVEY_NPS_GROUPS_H */
