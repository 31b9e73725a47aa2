/* nps_compare.h: tests of a Net Promoter Score: against a benchmark, and between two independent samples.
 *
 * The score lies in [-1, 1]; a difference of two in [-2, 2]. Scores may be weighted or stratified: whatever fills a
 * loy_nps can be tested. Sources: Rocks, "Interval estimation for the Net Promoter Score", The American Statistician
 * 70(4), 2016 (the adjustment); Tango, Statistics in Medicine 17, 1998 (the score statistic); Fisher, The Design of
 * Experiments, 1935 (the permutation test). */
#ifndef LOYALTY_SURVEY_NPS_COMPARE_H
#define LOYALTY_SURVEY_NPS_COMPARE_H

#include "../base/config.h"
#include "../base/status.h"
#include "nps.h"

LOY_BEGIN_DECLS

/* What is held against the null hypothesis "no difference". */
typedef enum loy_nps_alternative {
  LOY_NPS_TWO_SIDED = 0, /* there is a difference */
  LOY_NPS_GREATER = 1,   /* the score is above the benchmark, the first above the second, the later above the earlier */
  LOY_NPS_LESS = 2       /* below */
} loy_nps_alternative;

/* A score against a benchmark. */
typedef struct loy_nps_benchmark {
  double score;          /* as observed */
  double difference;     /* score - benchmark, as observed */
  double standard_error; /* that the statistic is built on */
  double statistic;      /* normal when the score of the population is the benchmark */
  double p_value;
} loy_nps_benchmark;

/* A difference of two scores. */
typedef struct loy_nps_difference {
  double difference;     /* as observed */
  double centre;         /* middle of the interval: the observed difference, or that of the adjusted scores */
  double standard_error; /* of the centre */
  double statistic;      /* centre / standard_error */
  double df;             /* degrees of freedom of Student's t; infinite for the normal distribution */
  double p_value;
  double lower; /* two-sided interval for the difference, within [-2, 2] */
  double upper;
} loy_nps_difference;

/* Test a score against a benchmark m0.
 *
 * LOY_NPS_ADJUSTED_WALD  z = (adjusted score - m0) / adjusted standard error, with P + .75, A + 1.5, D + .75; default
 * LOY_NPS_WALD           z = (score - m0) / standard error
 * LOY_NPS_SCORE          z = Z(m0), whose standard error is that of a population with the score m0; best for few
 *                        answers. Infinite for m0 = -1 or 1, unless all are detractors or promoters
 * Of a weighted score the adjusted and the score statistic use the number of equally weighted answers that have its
 * standard error, as loy_nps_interval does.
 *
 * score        as filled by a function that computes a score
 * benchmark    m0, in [-1, 1]
 * method       a loy_nps_method
 * alternative  a loy_nps_alternative
 * result       receives the test
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `score`, LOY_ERR_DOMAIN for one that no such function fills;
 * LOY_ERR_DOMAIN for `benchmark`; LOY_ERR_ARGUMENT for an unknown `method` or `alternative`, or a NULL `result`;
 * LOY_ERR_TOO_FEW for Wald when all answers are alike: there is no standard error to measure with.
 * Accuracy: p_value to 1e-14 relative to the tail of the statistic. Source: Rocks 2016; Tango 1998. */
LOYALTY_API loy_status loy_nps_test(const loy_nps *score, double benchmark, int method, int alternative,
                                    loy_nps_benchmark *result, loy_error *error);

/* Compare two independent scores: z = (N1 - N2) / sqrt(se1^2 + se2^2), first less second.
 *
 * LOY_NPS_ADJUSTED_WALD  both scores are adjusted as in loy_nps_test, also for the interval; the default
 * LOY_NPS_WALD           the scores and their standard errors as they are
 *
 * first, second  as filled by a function that computes a score; nobody may be in both (see nps_panel.h)
 * method         LOY_NPS_ADJUSTED_WALD or LOY_NPS_WALD
 * alternative    a loy_nps_alternative
 * level          confidence of the interval, 0 < level < 1; the interval is two-sided whatever the alternative
 * result         receives the difference; df is infinite
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `first`, LOY_ERR_DOMAIN for one that no function fills, then the
 * same for `second`; LOY_ERR_ARGUMENT for an unknown `method` or `alternative`; LOY_ERR_DOMAIN for `level`;
 * LOY_ERR_ARGUMENT for a NULL `result`; LOY_ERR_TOO_FEW for Wald when the answers of each sample are all alike.
 * Source: Rocks 2016, for one sample; two independent ones add their variances. */
LOYALTY_API loy_status loy_nps_compare(const loy_nps *first, const loy_nps *second, int method, int alternative,
                                       double level, loy_nps_difference *result, loy_error *error);

/* The exact permutation test of two independent samples without weights: how often would a random division of all these
 * respondents into samples of these sizes give a difference of the scores at least as large as the one observed (for
 * LOY_NPS_GREATER at least as high, for LOY_NPS_LESS at most as high)? No approximation and no random numbers: the
 * tables that the division can give are summed with their multivariate hypergeometric probabilities.
 *
 * first, second  answers in each group, as for loy_nps_from_counts; together at most 2^20
 * alternative    a loy_nps_alternative
 * difference     receives the difference of the scores, first less second
 * p_value        receives the probability, at most 1; one below 1e-280 may be less exact, and is 0 below about 1e-290
 * Errors, in this order: those of loy_nps_from_counts for `first`, then for `second` (argument "first" or "second");
 * LOY_ERR_DOMAIN for more than 2^20 answers together (argument "second"); LOY_ERR_ARGUMENT for an unknown
 * `alternative`, or a NULL `difference` or `p_value`.
 * Accuracy: 1e-12 relative. Cost: about 200 n steps for n answers together: microseconds for hundreds, a second for a
 * million. Source: Fisher 1935. */
LOYALTY_API loy_status loy_nps_permutation_test(const loy_nps_counts *first, const loy_nps_counts *second,
                                                int alternative, double *difference, double *p_value, loy_error *error);

/* Private: loyi_nps_check_result with the caller's name and element for the result. */
LOYI_SHARED loy_status loyi_nps_check_named(const loy_nps *score, const char *argument, size_t index, loy_error *error);

/* Private: checks of an alternative and a level, in this order. */
LOYI_SHARED loy_status loyi_nps_check_test(int alternative, double level, loy_error *error);

/* Private: the p-value of a statistic that is Student's t with df degrees of freedom; normal for infinite df. */
LOYI_SHARED double loyi_nps_p_value(double statistic, double df, int alternative);

/* Private: fill in statistic, p-value and interval from difference, centre, standard error (above 0) and df. */
LOYI_SHARED void loyi_nps_conclude(int alternative, double level, loy_nps_difference *result);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "nps_compare-inl.h"
#endif

#endif /* LOYALTY_SURVEY_NPS_COMPARE_H */
