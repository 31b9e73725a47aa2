/* ces.h: the Customer Effort Score: how easy customers found it to get their matter settled.
 *
 * The question is the agreement with "the company made it easy for me to handle my issue", from 1 (strongly disagree)
 * to 7 (strongly agree). Two summaries are usual: the mean of the answers, and the share of those who agree (5 to 7).
 * Source: Dixon, Freeman and Toman, Harvard Business Review 88(7/8), 2010; the wording with agreement and the scale of
 * seven: CEB, 2013 ("CES 2.0"). */
#ifndef LOYALTY_SURVEY_CES_H
#define LOYALTY_SURVEY_CES_H

#include "../base/config.h"
#include "../base/status.h"
#include "estimate.h"

LOY_BEGIN_DECLS

/* The scale and who agrees. Fill it with loy_ces_options_init, then change what you need. */
typedef struct loy_ces_options {
  size_t struct_size;
  int lowest;       /* lowest answer of the scale; 1. From -1000 */
  int highest;      /* highest answer; 7. Above lowest, up to 1000 */
  int easy_from;    /* answers from here on agree that it was easy; 5. Above lowest, at most highest */
  int skip_missing; /* 0: a NaN among the answers is an error. 1: it is counted as missing and left out */
} loy_ces_options;

/* The score with what is needed to judge it. */
typedef struct loy_ces {
  loy_mean mean;               /* of the answers; also holds n and missing */
  int64_t easy;                /* answers that agree */
  double share;                /* easy / n, in [0, 1] */
  double share_standard_error; /* sqrt(share (1 - share) / n) */
} loy_ces;

/* Fill `options` with the defaults: 1 to 7, easy from 5, a missing answer is an error. Never fails; NULL does nothing.
 */
LOYALTY_API void loy_ces_options_init(loy_ces_options *options);

/* The score of n answers.
 *
 * score    each a whole number on the scale, the higher the easier; NaN is a missing answer
 * n        number of answers
 * options  NULL for the defaults
 * result   receives the score
 * Returns LOY_OK; LOY_NOTICE_NONE for a single answer, which has no standard deviation.
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `score` with n > 0, bad `options` (argument "options", "lowest",
 * "highest", "easy_from" or "skip_missing"), or a NULL `result`; LOY_ERR_DOMAIN for the first bad answer (`index` is
 * its row); LOY_ERR_TOO_FEW when no answer is left. Accuracy as loy_mean_from_values. */
LOYALTY_API loy_status loy_ces_from_scores(const double *score, size_t n, const loy_ces_options *options,
                                           loy_ces *result, loy_error *error);

/* The t interval of the mean: loy_mean_interval of `mean`.
 *
 * result         as filled by loy_ces_from_scores
 * level          confidence, 0 < level < 1
 * lower, upper   receive the ends. Not clipped to the scale
 * Errors as loy_mean_interval, in its order. */
LOYALTY_API loy_status loy_ces_interval(const loy_ces *result, double level, double *lower, double *upper,
                                        loy_error *error);

/* The Wilson interval of the share.
 *
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `result`; LOY_ERR_DOMAIN for a `result` without
 * 0 <= easy <= mean.n, mean.n >= 1; LOY_ERR_DOMAIN for `level`; LOY_ERR_ARGUMENT for a NULL `lower` or `upper`.
 * Accuracy: about 1e-15 relative. */
LOYALTY_API loy_status loy_ces_share_interval(const loy_ces *result, double level, double *lower, double *upper,
                                              loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "ces-inl.h"
#endif

#endif /* LOYALTY_SURVEY_CES_H */
