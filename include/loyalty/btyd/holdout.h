/* holdout.h: was the forecast right? A fitted model's prediction of purchases against those that were made afterwards,
 * in a holdout period that the fit has not seen. Works for every loy_model_kind of purchases.
 *
 * For a customer with history x, t_x, T the model says P(Y = j) for the number Y of purchases in (T, T + t]; y were
 * made. The measures ask for the whole base (bias), for each customer (errors), and of the whole distribution (log
 * score and the histogram of the probability integral transform). Source: Czado, Gneiting and Held, "Predictive Model
 * Assessment for Count Data", Biometrics 65, 2009, 1254-1261. */
#ifndef LOYALTY_BTYD_HOLDOUT_H
#define LOYALTY_BTYD_HOLDOUT_H

#include "../base/alloc.h"
#include "../base/config.h"
#include "../base/status.h"
#include "model_file.h"

LOY_BEGIN_DECLS

/* Limits of the options. */
#define LOY_HOLDOUT_BINS_MOST  100
#define LOY_HOLDOUT_COUNT_MOST 100000

/* Fill it with loy_holdout_options_init, then change what you need. */
typedef struct loy_holdout_options {
  size_t struct_size;
  const loy_allocator *allocator; /* NULL: the C library's. Held during the call: a few numbers for each 256 rows */
  int threads;                    /* 1 by default; never changes a bit of the result */
  int bins;                       /* of the histogram; 10 by default, from 2 to LOY_HOLDOUT_BINS_MOST */
  int64_t counts; /* 1000 by default, from 1 to LOY_HOLDOUT_COUNT_MOST. For the histogram, y at and above it are one
                     outcome, so that the work for a customer is bounded; a true model stays flat with them */
} loy_holdout_options;

/* Fill in the defaults. NULL is allowed and ignored. */
LOYALTY_API void loy_holdout_options_init(loy_holdout_options *options);

/* How good a forecast was; sums and means over the n customers, e the expected number of purchases of each. */
typedef struct loy_holdout {
  double actual;     /* sum of y */
  double expected;   /* sum of e */
  double bias;       /* expected / actual - 1: 0.1 is 10 % too much; NaN when nobody bought */
  double mean_error; /* mean of e - y */
  double mae;       /* mean of |e - y|. The mean does not minimise it: mostly 0 bought, and 0 would win. Compare it with
                       that of other models, not with 0 */
  double rmse;      /* root of the mean of (e - y)^2 */
  double log_score; /* mean of -ln P(Y = y), the smaller the better; infinite when something happened that the model
                       rules out, or gives a probability that underflows */
} loy_holdout;

/* Compare forecast and holdout.
 *   model       the kind, a model of purchases, and its parameters; nothing else is read
 *   x, t_x, T   columns of n: the customers' histories up to the end of calibration, as loy_bgnbd_check_customer
 *   future_t    column of n: length of the holdout after T, in the model's unit of time, from 1e-40 to 1e40
 *   y           column of n: purchases in the holdout, whole numbers of 0 or more and below 2^51
 *   options     or NULL for the defaults
 *   pit         NULL, or options->bins numbers: the non-randomised PIT histogram. Customer i brings to the bin from
 *               (k-1)/bins to k/bins that share of [F(y-1), F(y)] which lies in it, F(j) = P(Y <= j); the mean over the
 *               customers is 1/bins in every bin when the model is true. U-shaped: purchases vary more than the model
 *               says; a hump: less; a slope: too many are predicted (falling) or too few
 *   result      receives the measures
 * Nothing else is needed for one model; between models the smaller log score is better.
 * Errors, in this order: LOY_ERR_ARGUMENT model (NULL), kind (unknown, or gamma_gamma); LOY_ERR_DOMAIN for the first
 * parameter out of range, by its name; LOY_ERR_ARGUMENT x, t_x, T, future_t, y (NULL while n > 0), options
 * (struct_size), threads (negative); LOY_ERR_DOMAIN bins, counts; LOY_ERR_ARGUMENT result (NULL); for the first bad row
 * LOY_ERR_DOMAIN x, t_x, T, future_t, y with its index; LOY_ERR_TOO_FEW x when n is 0; LOY_ERR_MEMORY.
 * Accuracy: that of expectations and probabilities of the model (see bgnbd_predict.h, pnbd_predict.h); F is the sum of
 * its terms. Sums run in fixed order over fixed blocks and do not depend on threads. */
LOYALTY_API loy_status loy_model_holdout(const loy_model *model, const double *x, const double *t_x, const double *T,
                                         const double *future_t, const double *y, size_t n,
                                         const loy_holdout_options *options, double *pit, loy_holdout *result,
                                         loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "holdout-inl.h"
#endif

#endif /* LOYALTY_BTYD_HOLDOUT_H */
