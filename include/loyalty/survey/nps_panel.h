/* nps_panel.h: the change of a Net Promoter Score between two waves that share respondents.
 *
 * Answers of one respondent go together, so the difference of two waves is surer than that of two independent samples.
 * When all respondents answer both waves the change of each is known (a paired test); when some do, their covariance
 * comes off the variance of the difference (overlapping panels). Sources: Student, "The probable error of a mean",
 * Biometrika 6, 1908; Kish, Survey Sampling, 1965, section 12.4 (overlap). */
#ifndef LOYALTY_SURVEY_NPS_PANEL_H
#define LOYALTY_SURVEY_NPS_PANEL_H

#include "../base/config.h"
#include "../base/status.h"
#include "nps.h"
#include "nps_compare.h"

LOY_BEGIN_DECLS

/* The groups as positions in the tables of a panel. */
enum { LOY_NPS_DETRACTOR = 0, LOY_NPS_PASSIVE = 1, LOY_NPS_PROMOTER = 2, LOY_NPS_GROUPS = 3 };

/* Who answered two waves, and how. */
typedef struct loy_nps_panel {
  int64_t both[LOY_NPS_GROUPS][LOY_NPS_GROUPS]; /* both[group before][group after] */
  int64_t before_only[LOY_NPS_GROUPS];          /* answered the first wave only */
  int64_t after_only[LOY_NPS_GROUPS];           /* answered the second wave only */
  int64_t missing;                              /* answered neither */
} loy_nps_panel;

/* Count a panel from two columns of answers, one row for each respondent.
 *
 * before, after  n answers each, whole numbers from 0 to 10. NaN, only with options->skip_missing = 1: the respondent
 *                did not answer that wave
 * n              number of respondents; 0 gives zero counts
 * options        NULL for the defaults, under which a NaN is an error
 * panel          receives the counts
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `before` with n > 0, or bad `options`; LOY_ERR_DOMAIN for the
 * first bad answer in `before`; the same two for `after`; LOY_ERR_ARGUMENT for a NULL `panel`. */
LOYALTY_API loy_status loy_nps_panel_count(const double *before, const double *after, size_t n,
                                           const loy_nps_options *options, loy_nps_panel *panel, loy_error *error);

/* The paired test of those who answered both waves: e = x after - x before with x in {-1, 0, 1}, so e is from -2 to 2;
 * t = mean e / (sd e / sqrt n) with n - 1 degrees of freedom.
 *
 * panel        as filled by loy_nps_panel_count; only `both` counts
 * alternative  a loy_nps_alternative; LOY_NPS_GREATER: the score rose
 * level        confidence of the two-sided interval, 0 < level < 1
 * result       receives the difference, later less earlier; df is n - 1
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `panel`; LOY_ERR_DOMAIN for a count below 0 or a total above 2^53;
 * LOY_ERR_ARGUMENT for an unknown `alternative`; LOY_ERR_DOMAIN for `level`; LOY_ERR_ARGUMENT for a NULL `result`;
 * LOY_ERR_TOO_FEW for fewer than two respondents in both waves, or when all changed alike (argument "panel").
 * Source: Student 1908. */
LOYALTY_API loy_status loy_nps_paired(const loy_nps_panel *panel, int alternative, double level,
                                      loy_nps_difference *result, loy_error *error);

/* The test of two waves that share some respondents: with n1 and n2 answers in the waves and n12 respondents in both,
 * se^2 = v1/n1 + v2/n2 - 2 n12 cov12/(n1 n2), where cov12 is the covariance (divisor n12) of x among the shared. All
 * answers of both waves count. Without shared respondents it is loy_nps_compare by Wald; when all are shared, the
 * paired test but for the divisor n in place of n - 1, and the normal distribution.
 *
 * Arguments and errors as loy_nps_paired, but LOY_ERR_TOO_FEW for a wave without answers or a standard error of 0. df
 * is infinite. Source: Kish 1965. */
LOYALTY_API loy_status loy_nps_overlap(const loy_nps_panel *panel, int alternative, double level,
                                       loy_nps_difference *result, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "nps_panel-inl.h"
#endif

#endif /* LOYALTY_SURVEY_NPS_PANEL_H */
