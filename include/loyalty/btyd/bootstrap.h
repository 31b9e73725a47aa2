/* bootstrap.h: how far a model's parameters may be off, by the parametric bootstrap: customers are drawn from the
 * fitted model, the model is fitted to them, and so on many times. How the estimates vary stands for how the estimate
 * varies. Works for every loy_model_kind.
 *
 * Against the standard errors of the fit, which hold for many customers and parameters far from the edge, it shows
 * skewness and bias, and gives intervals that stay in the range. What it does not show is that the model is wrong: that
 * is what holdout.h is for. Sources: Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapters 6 and 13;
 * Davison and Hinkley, Bootstrap Methods and their Application, 1997, sections 2.2 and 5.3. */
#ifndef LOYALTY_BTYD_BOOTSTRAP_H
#define LOYALTY_BTYD_BOOTSTRAP_H

#include "../base/alloc.h"
#include "../base/config.h"
#include "../base/progress.h"
#include "../base/status.h"
#include "model_file.h"

LOY_BEGIN_DECLS

/* The most replications. */
#define LOY_BOOTSTRAP_MOST 1000000

/* Fill it with loy_bootstrap_options_init, then change what you need. */
typedef struct loy_bootstrap_options {
  size_t struct_size;
  const loy_allocator *allocator; /* NULL: the C library's. Held during the call: the draws, and for each thread the
                                     drawn customers and what a fit needs, some 10 numbers for each of them */
  int threads;                    /* 1 by default: replications at a time; never changes a bit of the result */
  int most_evaluations;           /* of the likelihood, per start of a fit; 0 (the default) means that of the fits */
  int64_t replications;           /* 999 by default; from 2 to LOY_BOOTSTRAP_MOST */
  uint64_t seed;                  /* 0 */
  double level;                   /* 0.95. Of the intervals; (replications + 1)(1 - level) must be at least 2 */
  const loy_progress *progress;   /* NULL, or the caller's watch: gets the replications done, of how many, and how many
                                     of them count */
  double penalty;                 /* 0: that of the model. Of each fit, as in its options; another than that of the fit
                                     that the model comes from varies another estimate than the model holds */
} loy_bootstrap_options;

/* Fill in the defaults. NULL is allowed and ignored. */
LOYALTY_API void loy_bootstrap_options_init(loy_bootstrap_options *options);

/* What a bootstrap found. Estimates that count are those of fits that are certified: `used` of them. A fit that ran to
 * the edge of the parameters' range is one of them: that is what happens with such data. Intervals, which are made of
 * ranks, take it as it is; standard errors and bias are then very large, and say no more than that. */
typedef struct loy_bootstrap_result {
  double std_error[LOY_MODEL_PARAMETERS_MOST]; /* standard deviation of the estimates, divisor used - 1 */
  double bias[LOY_MODEL_PARAMETERS_MOST];      /* their mean, less the model's parameter */
  double lower[LOY_MODEL_PARAMETERS_MOST];     /* percentile interval; NaN where (used + 1)(1 - level) < 2 */
  double upper[LOY_MODEL_PARAMETERS_MOST];
  size_t used;          /* replications that count: neither of the next two */
  size_t failed;        /* fits with an error, such as drawn customers of whom nobody buys again */
  size_t not_converged; /* fits without a certificate */
  size_t at_bound;      /* of those used: with a parameter at its bound */
  loy_status status;    /* LOY_OK or the notice that the call returned */
} loy_bootstrap_result;

/* The parametric bootstrap of a model.
 *   model        the kind, its parameters and the penalty; nothing else is read
 *   given        n numbers, one for each customer, which all replications share: the length of observation T, each 0 or
 *                from 1e-40 to 1e40; for gamma_gamma the number of repeat purchases x. A row that stands for several
 *                customers has to be repeated: there are no weights
 *   options      or NULL for the defaults
 *   draws        NULL, or replications * parameters numbers, row by row: the estimates. NaN for a fit with an error; of
 *                one without a certificate the best point. Look at `fit_status` before using them
 *   fit_status   NULL, or replications: the loy_status of each fit
 *   result       receives the summary; members beyond the model's parameters are NaN
 * Replication i draws its customers by loy_bgnbd_simulate and its like, with the first 64 bits of random stream i of
 * the seed for their seed (see ../math/random.h), and fits with the model's parameters for a start. Neither depends on
 * threads or on how many replications there are: more replications begin with the same ones.
 * Errors, in this order: LOY_ERR_ARGUMENT model (NULL), kind; LOY_ERR_DOMAIN for the first parameter out of range, by
 * its name; LOY_ERR_ARGUMENT given (NULL while n > 0), options (struct_size), threads, most_evaluations (negative);
 * LOY_ERR_DOMAIN penalty (of the options or of the model), replications, level; LOY_ERR_ARGUMENT progress (without a
 * function), result (NULL); LOY_ERR_DOMAIN T or x with the index of the first bad row; LOY_ERR_TOO_FEW T or x when n is
 * 0; LOY_ERR_MEMORY; LOY_ERR_CANCELED. Notices, the most important first: LOY_NOTICE_NOT_CONVERGED when not all
 * replications are used; LOY_NOTICE_AT_BOUND when some of those used are at a bound. */
LOYALTY_API loy_status loy_model_bootstrap(const loy_model *model, const double *given, size_t n,
                                           const loy_bootstrap_options *options, double *draws, loy_status *fit_status,
                                           loy_bootstrap_result *result, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "bootstrap-inl.h"
#endif

#endif /* LOYALTY_BTYD_BOOTSTRAP_H */
