/* guadagni_little.h: choice among alternatives by customers who are loyal to what they chose before (Guadagni and
 * Little 1983).
 *
 * LOY_k is a customer's loyalty to alternative k (a brand, a size), an exponentially smoothed share of past choices:
 *   LOY_k,t+1 = lambda LOY_k,t + (1 - lambda) 1[k chosen at t]
 * It begins after the first choice: lambda for what was chosen, (1 - lambda) / (K - 1) for each other alternative, so
 * that the sum is and stays 1. Before it all alternatives have 1/K. The utility of alternative k is
 *   u_k = a_k + b LOY_k + sum_j theta_j x_kj
 * and its probability exp(u_k) / sum exp(u). The linear learning model (learning.h) is linear in LOY: if p = c0 + c1
 * LOY, then alpha = c0 (1 - lambda) and beta = c1 (1 - lambda). Estimation: guadagni_little_fit.h.
 * Source: Guadagni and Little, Marketing Science 2, 1983, 203-238. */
#ifndef LOYALTY_LADDER_GUADAGNI_LITTLE_H
#define LOYALTY_LADDER_GUADAGNI_LITTLE_H

#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* Alternatives and covariates, together at most. With b and lambda there are then at most 16 parameters to fit. */
#define LOY_GUADAGNI_LITTLE_MOST   15
#define LOY_GUADAGNI_LITTLE_PARAMS 16

/* The parameters. Numbers beyond `alternatives` and `covariates` are not read. */
typedef struct loy_guadagni_little_model {
  size_t alternatives;                       /* K, at least 2 */
  size_t covariates;                         /* K + covariates at most LOY_GUADAGNI_LITTLE_MOST */
  double lambda;                             /* carry-over of loyalty, 0 to 1 */
  double loyalty;                            /* b */
  double constant[LOY_GUADAGNI_LITTLE_MOST]; /* a_k */
  double slope[LOY_GUADAGNI_LITTLE_MOST];    /* theta_j */
} loy_guadagni_little_model;

/* The choices of customers, one customer after the other, in order of time. Borrowed. */
typedef struct loy_guadagni_little_data {
  const int64_t *offset;   /* customers + 1 numbers: customer i has the rows offset[i] to offset[i + 1] - 1. Begins
                              with 0 */
  const int64_t *chosen;   /* offset[customers] choices, 0 to alternatives - 1 */
  const double *covariate; /* x_kj of each row: alternatives times covariates numbers of size at most 1e100, alternative
                              by alternative. May be NULL when there are none */
  size_t customers, alternatives, covariates;
} loy_guadagni_little_data;

/* Whether the parameters are ones.
 * Errors, in this order: LOY_ERR_ARGUMENT model (NULL), alternatives, covariates (too few, too many together);
 * LOY_ERR_DOMAIN lambda (not from 0 to 1), loyalty, constant, slope (not of size at most 1e100; `index` says which). */
LOYALTY_API loy_status loy_guadagni_little_check(const loy_guadagni_little_model *model, loy_error *error);

/* The loyalty of each customer to each alternative, before each choice and after the last.
 *
 * lambda    carry-over, 0 to 1
 * data      the choices; covariates are not read
 * loyalty   receives K numbers for each row, which sum to one. May be NULL
 * next      receives K numbers for each customer: after all rows. May be NULL
 * Errors, in this order: LOY_ERR_DOMAIN lambda; LOY_ERR_ARGUMENT data (NULL), alternatives, covariates (as above),
 * offset (NULL); LOY_ERR_DOMAIN offset; LOY_ERR_ARGUMENT chosen (NULL while there are rows); LOY_ERR_DOMAIN chosen (no
 * alternative), with the index of the first. */
LOYALTY_API loy_status loy_guadagni_little_loyalty(double lambda, const loy_guadagni_little_data *data, double *loyalty,
                                                   double *next, loy_error *error);

/* The probabilities of the alternatives.
 *
 * loyalty       K numbers from 0 to 1 for each of `rows` rows
 * covariate     as in loy_guadagni_little_data
 * probability   receives K numbers for each row, which sum to one. May be the array of `loyalty`
 * Errors, in this order: those of loy_guadagni_little_check; LOY_ERR_ARGUMENT loyalty, covariate, probability (NULL
 * while there are any); LOY_ERR_DOMAIN loyalty, covariate, with the index of the first bad number. */
LOYALTY_API loy_status loy_guadagni_little_probabilities(const loy_guadagni_little_model *model, const double *loyalty,
                                                         const double *covariate, size_t rows, double *probability,
                                                         loy_error *error);

/* Draw choices. Customer i has random stream i of the seed, and one uniform number for each row.
 *
 * covariate   as in loy_guadagni_little_data, of offset[customers] rows
 * chosen      receives offset[customers] choices
 * Errors, in this order: those of loy_guadagni_little_check; LOY_ERR_ARGUMENT offset (NULL); LOY_ERR_DOMAIN offset;
 * LOY_ERR_ARGUMENT covariate, chosen (NULL while there are any); LOY_ERR_DOMAIN covariate, with the index of the first
 * bad number. */
LOYALTY_API loy_status loy_guadagni_little_simulate(const loy_guadagni_little_model *model, const int64_t *offset,
                                                    size_t customers, const double *covariate, uint64_t seed,
                                                    int64_t *chosen, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "guadagni_little-inl.h"
#endif

#endif /* LOYALTY_LADDER_GUADAGNI_LITTLE_H */
