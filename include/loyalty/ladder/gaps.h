/* gaps.h: one-step transitions from observations that lie one, two or more steps apart: missed waves, irregular panels.
 *
 * N(k)_ab customers were seen in state a and, k steps later and not in between, in state b. The log-likelihood
 *   l(P) = sum_k sum_ab N(k)_ab ln (P^k)_ab
 * of the one-step matrix P is climbed from several starts, for P^k can have several roots: first by EM, whose expected
 * one-step counts are p_ij dl/dp_ij, then by Newton's method, its systems solved by conjugate gradients with the EM
 * step as preconditioner. With k = 1 only, p_ij is N_ij/N_i.
 *
 * Sources: Dempster, Laird and Rubin, Journal of the Royal Statistical Society B 39, 1977 (EM); Kalbfleisch and
 * Lawless, Journal of the American Statistical Association 80, 1985 (panels at irregular times); Singer and Spilerman,
 * American Journal of Sociology 82, 1976 (several roots). */
#ifndef LOYALTY_LADDER_GAPS_H
#define LOYALTY_LADDER_GAPS_H

#include "../base/alloc.h"
#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* The most states, and the longest gap in steps. */
enum { LOY_GAPS_STATES = 32, LOY_GAPS_LONGEST = 64 };

/* Fill it with loy_gaps_options_init, then change what you need. */
typedef struct loy_gaps_options {
  size_t struct_size;
  const loy_allocator *allocator; /* NULL: the C library's */
  const uint8_t *allowed; /* states * states flags, row-major: 0 for a step that cannot happen, 1 for one that can.
                             NULL: all can */
  int starts;             /* 10. From 1 to 64: three are made from the counts, the others are random */
  uint64_t seed;          /* 0. Of the random starts */
  int most_iterations;    /* 500. From 1 to 10000, for each start */
} loy_gaps_options;

/* What a fit found. */
typedef struct loy_gaps_result {
  double log_likelihood;      /* at the best maximum */
  double next_log_likelihood; /* at the second best, as high or lower; NaN when only one was found */
  double weight;              /* sum of the counts */
  double gap;        /* the certificate: sum_i max_j (g_ij - sum_m p_im g_im), g = dl/dP / weight, over steps that can
                        happen: what the mean log-likelihood could gain to first order; 0 exactly at a stationary point */
  double condition;  /* of the information, scaled to a unit diagonal: |M| |M^-1| in the maximum norm; infinite when it
                        is  not positive definite */
  int maxima;        /* distinct maxima found, over all starts */
  int at_bound;      /* steps that can happen, and whose estimate is 0 */
  int unseen;        /* states with less than 1e-10 of all steps at the best maximum: their rows are NaN */
  int iterations;    /* of the start that led to the best */
  int converged;     /* gap <= 1e-9 */
  loy_status status; /* LOY_OK or the notice that the call returned */
} loy_gaps_result;

/* Fill `options` with the defaults. Never fails; NULL does nothing. */
LOYALTY_API void loy_gaps_options_init(loy_gaps_options *options);

/* Estimate the one-step transitions.
 *
 * counts       longest matrices of states * states counts, row-major: entry (a, b) of matrix k - 1 is how many were in
 *              a and k steps later in b; each 0 or from 1e-40 to 1e40, whole or weighted
 * states       from 2 to LOY_GAPS_STATES
 * longest      the largest k, from 1 to LOY_GAPS_LONGEST
 * options      or NULL for the defaults
 * transition   receives P, states * states. Of maxima that are equally high (1e-10 of the mean log-likelihood) the one
 *              with the largest trace: the customers who move least
 * expected     receives the expected one-step counts given the counts, states * states: p_ij is expected_ij over the
 *              sum of its row, which is the n_i behind that row. May be NULL
 * std_error    receives the standard errors of P, from the inverse of the observed information given the entries that
 *              are 0; 0 for these. All NaN when the information is not positive definite. May be NULL
 * covariance   receives the covariance of P, states^2 * states^2, entry i * states + j being p_ij. May be NULL
 * result       receives the rest
 * Rows of states that the estimate never passes through are NaN, and so are their standard errors.
 * Notices, the most important first: LOY_NOTICE_NOT_CONVERGED with the best point; LOY_NOTICE_WEAK_ID when another
 * maximum lies within 1.92 of the best (no test at 5 percent tells them apart), some state is never passed through
 * (`index` says which), or the condition is above 1e10.
 * Errors, in this order: LOY_ERR_ARGUMENT states, longest, counts (NULL), options (struct_size), transition, result
 * (NULL); LOY_ERR_DOMAIN starts, most_iterations; LOY_ERR_DOMAIN allowed (a flag other than 0 and 1, or a row without a
 * 1; `index` is the row); LOY_ERR_DOMAIN counts (`index` is the element); LOY_ERR_TOO_FEW counts (all are 0);
 * LOY_ERR_INFEASIBLE counts (no path of k steps that can happen leads from a to b; `index` is the element);
 * LOY_ERR_MEMORY.
 * Time: a few longest * states^3 operations an iteration, and for standard errors longest * states^5 once.
 * Accuracy: P to about 1e-15 times the condition. */
LOYALTY_API loy_status loy_gaps_fit(const double *counts, size_t states, size_t longest,
                                    const loy_gaps_options *options, double *transition, double *expected,
                                    double *std_error, double *covariance, loy_gaps_result *result, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "gaps-inl.h"
#endif

#endif /* LOYALTY_LADDER_GAPS_H */
