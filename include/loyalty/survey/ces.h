/* ces.h: the Customer Effort Score: how easy customers found it to get their matter settled.
 *
 * The question is the agreement with "the company made it easy for me to handle my issue", from 1 (strongly disagree)
 * to 7 (strongly agree). Two summaries are usual: the mean of the answers, and the share of those who agree (5 to 7).
 * The older question, how much effort it took, runs the other way: give lowest + highest - answer.
 * Source: Dixon, Freeman and Toman, Harvard Business Review 88(7/8), 2010; the wording with agreement and the scale of
 * seven: CEB, 2013 ("CES 2.0"). */
#ifndef LOYALTY_SURVEY_CES_H
#define LOYALTY_SURVEY_CES_H

#include "../base/config.h"
#include "../base/status.h"
#include "csat.h"
#include "estimate.h"

LOY_BEGIN_DECLS

/* The score: a mean and a share, each with what is needed to judge it. */
typedef struct loy_ces {
  loy_mean mean;  /* of the answers; loy_mean_interval gives its t interval, which is not clipped to the scale */
  loy_csat agree; /* the share of those who agree that it was easy; loy_csat_interval gives its Wilson interval */
} loy_ces;

/* Fill `options` with the defaults: 1 to 7, the top 3 agree, a missing answer is an error. Never fails; NULL does
 * nothing. */
LOYALTY_API void loy_ces_options_init(loy_csat_options *options);

/* The score of n answers.
 *
 * score    n answers, each a whole number on the scale, the higher the easier; NaN is a missing answer
 * n        number of answers
 * options  the scale, and in `boxes` how many of its highest answers agree; NULL for the defaults
 * result   receives the score
 * Returns LOY_OK; LOY_NOTICE_NONE for a single answer, which has no standard deviation.
 * Errors as loy_csat_from_scores, in its order. Accuracy as loy_mean_from_values. */
LOYALTY_API loy_status loy_ces_from_scores(const double *score, size_t n, const loy_csat_options *options,
                                           loy_ces *result, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "ces-inl.h"
#endif

#endif /* LOYALTY_SURVEY_CES_H */
