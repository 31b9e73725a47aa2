/* chain-inl.h: body of chain.h. */
#ifndef LOYALTY_LADDER_CHAIN_INL_H
#define LOYALTY_LADDER_CHAIN_INL_H

#include "chain.h"

#include <math.h>

#include "../base/range.h"
#include "../math/distribution.h"
#include "../math/elementary.h"
#include "../math/proportion.h"
#include "../math/sum.h"
#include "stochastic.h"

LOY_BEGIN_DECLS

/* The largest size of a row: LOY_CHAIN_STATES_MOST counts of 1e40, and the prior. */
#define LOYI_CHAIN_SIZE_MOST 1e44

LOYALTY_API void loy_chain_options_init(loy_chain_options *options) {
  if (!options) return;
  options->struct_size = sizeof *options;
  options->method = LOY_CHAIN_ML;
  options->prior = 0.5;
  options->priors = NULL;
  options->allowed = NULL;
  options->absorbing = NULL;
}

LOYALTY_API loy_status loy_chain_check(const double *transition, size_t states, loy_error *error) {
  return loyi_stochastic_check(transition, states, error);
}

/* The counts of one row and its prior together. */
typedef struct loyi_chain_row {
  double weight[LOY_CHAIN_STATES_MOST]; /* n_ij + a_ij */
  double total;                         /* their sum */
  size_t most;                          /* the largest of them */
  double others;                        /* the sum without it */
  size_t moves;                         /* that can happen */
  size_t only;                          /* the last of those */
} loyi_chain_row;

LOYI_LOCAL int loyi_chain_can(const loy_chain_options *options, size_t states, size_t i, size_t j) {
  if (options->absorbing && options->absorbing[i]) return i == j;
  return !options->allowed || options->allowed[i * states + j];
}

LOYI_LOCAL double loyi_chain_prior(const loy_chain_options *options, size_t states, size_t i, size_t j) {
  if (options->method == LOY_CHAIN_ML) return 0.0;
  return options->priors ? options->priors[i * states + j] : options->prior;
}

/* Checks row i of the counts and reads it. */
LOYI_LOCAL loy_status loyi_chain_read_row(const double *counts, size_t states, const loy_chain_options *options,
                                          size_t i, loyi_chain_row *row, loy_error *error) {
  double *weight = row->weight;
  for (size_t j = 0; j < states; j++)
    if (!loyi_is_zero_or_quantity(counts[i * states + j]))
      return loyi_report(error, LOY_ERR_DOMAIN, "counts", i, "must hold numbers, 0 or from 1e-40 to 1e40");
  row->moves = 0;
  row->only = row->most = 0;
  for (size_t j = 0; j < states; j++) {
    weight[j] = counts[i * states + j];
    if (loyi_chain_can(options, states, i, j)) {
      row->moves++;
      row->only = j;
      weight[j] += loyi_chain_prior(options, states, i, j);
      if (weight[j] > weight[row->most]) row->most = j;
    } else if (weight[j] > 0.0) {
      return loyi_report(error, LOY_ERR_DOMAIN, "counts", i,
                         "must be 0 for a move that cannot happen (not allowed, or out of an absorbing state)");
    }
  }
  if (row->moves == 0)
    return loyi_report(error, LOY_ERR_DOMAIN, "allowed", i, "must allow at least one move out of every state");
  if (row->moves == 1) { /* known: the weights are not asked */
    weight[row->only] = row->total = 1.0;
    row->most = row->only;
    row->others = 0.0;
    return LOY_OK;
  }
  row->total = loyi_sum(weight, states);
  if (!(row->total > 0.0))
    return loyi_report(error, LOY_ERR_TOO_FEW, "counts", i,
                       "must have moves out of this state: without them only a prior, or an absorbing state, answers");
  for (size_t j = 0; j < states; j++)
    if (weight[j] > 0.0 && weight[j] / row->total < LOY_RANGE_LEAST)
      return loyi_report(error, LOY_ERR_DOMAIN, "counts", i,
                         "must not be so unequal that a chance would be below 1e-40");
  {
    const double most = weight[row->most];
    weight[row->most] = 0.0;
    row->others = loyi_sum(weight, states);
    weight[row->most] = most;
  }
  return LOY_OK;
}

/* 1 - p_ij, to the last place also where p_ij is near 1. */
LOYI_LOCAL double loyi_chain_rest(const loyi_chain_row *row, size_t j) {
  return (j == row->most ? row->others : row->total - row->weight[j]) / row->total;
}

/* ln p_ij, likewise. */
LOYI_LOCAL double loyi_chain_log(const loyi_chain_row *row, size_t j) {
  const double chance = row->weight[j] / row->total;
  return chance > 0.5 ? loyi_log1p(-loyi_chain_rest(row, j)) : loyi_log(chance);
}

/* The moves that row i is worth: n_i, or n_i + a_i + 1. */
LOYI_LOCAL double loyi_chain_size(const double *counts, size_t states, const loy_chain_options *options, size_t i,
                                  const loyi_chain_row *row) {
  const double seen = row->moves > 1 ? row->total : counts[i * states + row->only];
  if (options->method == LOY_CHAIN_ML) return seen;
  return seen + (row->moves > 1 ? 1.0 : 1.0 + loyi_chain_prior(options, states, i, row->only));
}

LOYI_LOCAL loy_status loyi_chain_check_call(const double *counts, size_t states, const loy_chain_options *options,
                                            loy_error *error) {
  if (states < 1 || states > LOY_CHAIN_STATES_MOST)
    return loyi_report(error, LOY_ERR_ARGUMENT, "states", LOY_NO_INDEX, "must be from 1 to 1024");
  if (!counts) return loyi_report(error, LOY_ERR_ARGUMENT, "counts", LOY_NO_INDEX, "must not be NULL");
  if (options->struct_size < sizeof *options)
    return loyi_report(error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX, "must come from loy_chain_options_init");
  if (options->method == LOY_CHAIN_ML) return LOY_OK;
  if (options->method != LOY_CHAIN_DIRICHLET)
    return loyi_report(error, LOY_ERR_ARGUMENT, "method", LOY_NO_INDEX, "must be a loy_chain_method");
  if (!options->priors && !loyi_is_shape(options->prior))
    return loyi_report(error, LOY_ERR_DOMAIN, "prior", LOY_NO_INDEX, LOYI_SHAPE_MUST);
  for (size_t c = 0; options->priors && c < states * states; c++)
    if (!(options->priors[c] == 0.0 || loyi_is_shape(options->priors[c])))
      return loyi_report(error, LOY_ERR_DOMAIN, "priors", c / states, "must hold numbers, 0 or from 1e-10 to 1e10");
  return LOY_OK;
}

LOYALTY_API loy_status loy_chain_estimate(const double *counts, size_t states, const loy_chain_options *options,
                                          double *transition, double *standard_error, double *size,
                                          double *log_likelihood, loy_error *error) {
  loy_chain_options defaults;
  loyi_chain_row row;
  loyi_total sum = {0.0, 0.0};
  loy_status status;
  loy_chain_options_init(&defaults);
  if (!options) options = &defaults;
  status = loyi_chain_check_call(counts, states, options, error);
  if (status != LOY_OK) return status;
  if (!transition) return loyi_report(error, LOY_ERR_ARGUMENT, "transition", LOY_NO_INDEX, "must not be NULL");
  for (size_t i = 0; i < states; i++) {
    status = loyi_chain_read_row(counts, states, options, i, &row, error);
    if (status != LOY_OK) return status;
  }
  for (size_t i = 0; i < states; i++) {
    double worth;
    (void)loyi_chain_read_row(counts, states, options, i, &row, NULL);
    worth = loyi_chain_size(counts, states, options, i, &row);
    for (size_t j = 0; j < states; j++) {
      const double chance = row.weight[j] / row.total, n = counts[i * states + j];
      if (n > 0.0) loyi_total_add(&sum, n * loyi_chain_log(&row, j));
      if (standard_error)
        standard_error[i * states + j] =
            row.moves > 1 && chance > 0.0 ? sqrt(chance * loyi_chain_rest(&row, j) / worth) : 0.0;
      transition[i * states + j] = chance;
    }
    if (size) size[i] = worth;
  }
  if (log_likelihood) *log_likelihood = loyi_total_value(&sum);
  return loyi_ok(error);
}

/* The ends of the interval of p_ij, and 1 - p_ij for the chance that is more than a half: so both keep their digits. */
LOYI_LOCAL void loyi_chain_ends(const loyi_chain_row *row, size_t j, int method, double level, double *lower,
                                double *upper) {
  const double weight = row->weight[j], rest = j == row->most ? row->others : row->total - weight;
  if (row->moves == 1) {
    *lower = *upper = weight;
  } else if (method == LOY_CHAIN_ML) {
    loyi_wilson(weight, row->total, level, lower, upper);
  } else {
    *lower = loyi_beta_quantile(0.5 * (1.0 - level), 0, weight, rest);
    *upper = loyi_beta_quantile(0.5 * (1.0 - level), 1, weight, rest);
    if (*lower > *upper) *lower = *upper; /* at a level near 0 rounding may cross them */
  }
}

LOYALTY_API loy_status loy_chain_interval(const double *counts, size_t states, const loy_chain_options *options,
                                          double level, double *lower, double *upper, loy_error *error) {
  loy_chain_options defaults;
  loyi_chain_row row;
  loy_status status;
  loy_chain_options_init(&defaults);
  if (!options) options = &defaults;
  status = loyi_chain_check_call(counts, states, options, error);
  if (status != LOY_OK) return status;
  if (!(level > 0.0 && level < 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX, "must be between 0 and 1");
  if (!lower) return loyi_report(error, LOY_ERR_ARGUMENT, "lower", LOY_NO_INDEX, "must not be NULL");
  if (!upper) return loyi_report(error, LOY_ERR_ARGUMENT, "upper", LOY_NO_INDEX, "must not be NULL");
  for (size_t i = 0; i < states; i++) {
    status = loyi_chain_read_row(counts, states, options, i, &row, error);
    if (status != LOY_OK) return status;
    if (options->method == LOY_CHAIN_DIRICHLET && row.total > LOY_SHAPE_MOST)
      return loyi_report(error, LOY_ERR_DOMAIN, "counts", i, "must sum to at most 1e10, the prior included");
  }
  for (size_t i = 0; i < states; i++) {
    (void)loyi_chain_read_row(counts, states, options, i, &row, NULL);
    for (size_t j = 0; j < states; j++) {
      const size_t cell = i * states + j;
      if (loyi_chain_can(options, states, i, j))
        loyi_chain_ends(&row, j, options->method, level, &lower[cell], &upper[cell]);
      else
        lower[cell] = upper[cell] = 0.0;
    }
  }
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_chain_row_covariance(const double *chance, size_t states, double size, double *covariance,
                                                loy_error *error) {
  double sum = 0.0;
  if (states < 1 || states > LOY_CHAIN_STATES_MOST)
    return loyi_report(error, LOY_ERR_ARGUMENT, "states", LOY_NO_INDEX, "must be from 1 to 1024");
  if (!chance) return loyi_report(error, LOY_ERR_ARGUMENT, "chance", LOY_NO_INDEX, "must not be NULL");
  for (size_t j = 0; j < states; j++) {
    if (!(chance[j] <= 1.0 && loyi_is_zero_or_quantity(chance[j])))
      return loyi_report(error, LOY_ERR_DOMAIN, "chance", j, "must be 0 or from 1e-40 to 1");
    sum += chance[j];
  }
  if (!(fabs(sum - 1.0) <= LOYI_STOCHASTIC_TOLERANCE))
    return loyi_report(error, LOY_ERR_DOMAIN, "chance", LOY_NO_INDEX, "must sum to one, within 1e-9");
  if (!(size >= LOY_RANGE_LEAST && size <= LOYI_CHAIN_SIZE_MOST))
    return loyi_report(error, LOY_ERR_DOMAIN, "size", LOY_NO_INDEX, "must be a number from 1e-40 to 1e44");
  if (!covariance) return loyi_report(error, LOY_ERR_ARGUMENT, "covariance", LOY_NO_INDEX, "must not be NULL");
  for (size_t j = 0; j < states; j++) {
    double others = 0.0;
    for (size_t k = 0; k < states; k++) {
      if (k == j) continue;
      others += chance[k];
      covariance[j * states + k] = -(chance[j] * chance[k] / size);
    }
    covariance[j * states + j] = chance[j] * others / size;
  }
  return loyi_ok(error);
}

#undef LOYI_CHAIN_SIZE_MOST

LOY_END_DECLS

#endif /* LOYALTY_LADDER_CHAIN_INL_H */
