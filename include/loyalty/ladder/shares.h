/* shares.h: transitions when only the shares of the stages are known, wave after wave, and nobody is followed.
 *
 * With y_t the row of shares at time t, y_t = P' y_{t-1} + u_t, and P minimises
 *   sum_t w_t |y_t - P' y_{t-1}|^2 + ridge |P - P0|^2
 * over transition matrices: P >= 0, rows sum to one, zeros where a step cannot happen. The problem is convex; it is
 * solved on the exact set of zeros, with a certificate. Without a prior it has one answer only if the shares before the
 * last row span all states: at least as many steps as states, and shares that moved.
 *
 * Sources: Lee, Judge and Zellner, Estimating the Parameters of the Markov Probability Model from Aggregate Time Series
 * Data, 1970; Kalbfleisch and Lawless, Canadian Journal of Statistics 12, 1984; Efron and Tibshirani, An Introduction
 * to the Bootstrap, 1993, chapter 9 (residuals). */
#ifndef LOYALTY_LADDER_SHARES_H
#define LOYALTY_LADDER_SHARES_H

#include "../base/alloc.h"
#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* The most states. */
enum { LOY_SHARES_STATES = 32 };

/* Fill it with loy_shares_options_init, then change what you need. */
typedef struct loy_shares_options {
  size_t struct_size;
  const loy_allocator *allocator; /* NULL: the C library's */
  const uint8_t *allowed; /* states * states flags, row-major: 0 for a step that cannot happen, 1 for one that can.
                             NULL: all can */
  const double *weight; /* one for each row, 0 or from 1e-40 to 1e40: w_t of the step that ends there, such as the size
                           of the sample. That of the first row is not used. NULL: 1 each */
  const double *prior;  /* P0, states * states, a transition matrix with zeros where a step cannot happen; NULL */
  double ridge;         /* 0, or from 1e-40 to 1e40 with a prior: how much one entry of P0 counts, in the unit of w */
  int normalize;        /* 0: rows must sum to one within 1e-6. 1: rows are divided by their sums, counts will do */
  int64_t replications; /* of the bootstrap; 0 for none, or from 100 to 100000 */
  uint64_t seed;        /* 0. Of the bootstrap */
  double level;         /* 0.95. Of its intervals */
} loy_shares_options;

/* What a fit found. */
typedef struct loy_shares_result {
  double rss;    /* sum_t w_t |y_t - P' y_{t-1}|^2 */
  double gap;    /* the certificate: the criterion lies at most this far above its minimum, as a part of
                    sum_t w_t |y_t|^2 + ridge |P0|^2 */
  size_t steps;  /* pairs of rows with a weight above 0 */
  size_t rank;   /* of the shares before the last row: combinations larger than 1e-6 of the largest share count */
  size_t free;   /* entries of P above 0, less one for each row */
  int at_bound;  /* steps that can happen, and whose estimate is 0 */
  int converged; /* gap <= 1e-10, for P and for every replication */
  int64_t replications;
  loy_status status; /* LOY_OK or the notice that the call returned */
} loy_shares_result;

/* Fill `options` with the defaults. Never fails; NULL does nothing. */
LOYALTY_API void loy_shares_options_init(loy_shares_options *options);

/* Estimate the transitions.
 *
 * share        times rows of `states` shares, row-major, in the order of time and evenly spaced; each 0 or from 1e-40
 *              to 1e40
 * times        number of rows
 * states       from 2 to LOY_SHARES_STATES
 * options      or NULL for the defaults
 * transition   receives P, states * states
 * std_error    receives bootstrap standard errors, states * states; NaN without replications. May be NULL
 * lower, upper receive the ends of percentile intervals; NaN without replications. Either may be NULL
 * result       receives the rest
 * The bootstrap keeps y_{t-1} and draws whole rows of residuals sqrt(w_t) u_t, centred and enlarged by
 * sqrt(m (states - 1) / (m (states - 1) - free)), m the steps; each draw is fitted as the data were, the prior
 * included.
 * Notices: LOY_NOTICE_NOT_CONVERGED with the best point.
 * Errors, in this order: LOY_ERR_ARGUMENT states, share (NULL), options (struct_size), normalize, transition, result
 * (NULL); LOY_ERR_DOMAIN replications, level (0 < level < 1, and (replications + 1)(1 - level) >= 2), ridge;
 * LOY_ERR_DOMAIN allowed (a flag other than 0 and 1, or a row without a 1; `index` is the row); LOY_ERR_ARGUMENT prior
 * (NULL with a ridge), ridge (0 with a prior); LOY_ERR_DOMAIN prior (`index` is the row); LOY_ERR_DOMAIN weight
 * (`index`), share (`index` is the row); LOY_ERR_TOO_FEW share (no step with a weight; without a prior fewer steps than
 * states); LOY_ERR_MEMORY; LOY_ERR_SINGULAR share (without a prior, a rank below `states`), ridge (too small to make
 * up for the rank); LOY_ERR_TOO_FEW replications (no residuals to draw: as many free entries as m (states - 1)).
 * Accuracy: P to about 1e-15 times the condition of the shares. */
LOYALTY_API loy_status loy_shares_fit(const double *share, size_t times, size_t states,
                                      const loy_shares_options *options, double *transition, double *std_error,
                                      double *lower, double *upper, loy_shares_result *result, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "shares-inl.h"
#endif

#endif /* LOYALTY_LADDER_SHARES_H */
