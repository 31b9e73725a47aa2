/* shares-inl.h: body of shares.h. */
#ifndef LOYALTY_LADDER_SHARES_INL_H
#define LOYALTY_LADDER_SHARES_INL_H

#include <math.h>
#include <string.h>

#include "../base/range.h"
#include "../math/percentile.h"
#include "../math/random.h"
#include "shares.h"
#include "shares_solve.h"
#include "stochastic.h"

LOY_BEGIN_DECLS

#define LOYI_SHARES_REPLICATIONS_LEAST 100
#define LOYI_SHARES_REPLICATIONS_MOST  100000
#define LOYI_SHARES_SUM                1e-6  /* rows sum to one within this */
#define LOYI_SHARES_CONVERGED          1e-10 /* gap, as a part of the sum of squares */

LOYALTY_API void loy_shares_options_init(loy_shares_options *options) {
  if (!options) return;
  options->struct_size = sizeof *options;
  options->allocator = NULL;
  options->allowed = NULL;
  options->weight = options->prior = NULL;
  options->ridge = 0.0;
  options->normalize = 0;
  options->replications = 0;
  options->seed = 0;
  options->level = 0.95;
}

LOYI_LOCAL loy_status loyi_shares_check_call(const double *share, size_t states, const loy_shares_options *options,
                                             const double *transition, const loy_shares_result *result,
                                             loy_error *error) {
  if (states < 2 || states > LOY_SHARES_STATES)
    return loyi_report(error, LOY_ERR_ARGUMENT, "states", LOY_NO_INDEX, "must be from 2 to 32");
  if (!share) return loyi_report(error, LOY_ERR_ARGUMENT, "share", LOY_NO_INDEX, "must not be NULL");
  if (options && options->struct_size < sizeof *options)
    return loyi_report(error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX, "must come from loy_shares_options_init");
  if (options && options->normalize != 0 && options->normalize != 1)
    return loyi_report(error, LOY_ERR_ARGUMENT, "normalize", LOY_NO_INDEX, "must be 0 or 1");
  if (!transition) return loyi_report(error, LOY_ERR_ARGUMENT, "transition", LOY_NO_INDEX, "must not be NULL");
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  return LOY_OK;
}

LOYI_LOCAL loy_status loyi_shares_check_options(const loy_shares_options *use, size_t states, loy_error *error) {
  if (use->replications != 0 &&
      (use->replications < LOYI_SHARES_REPLICATIONS_LEAST || use->replications > LOYI_SHARES_REPLICATIONS_MOST))
    return loyi_report(error, LOY_ERR_DOMAIN, "replications", LOY_NO_INDEX, "must be 0 or from 100 to 100000");
  if (!(use->level > 0.0 && use->level < 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX, "must be between 0 and 1");
  if (use->replications != 0 && ((double)use->replications + 1.0) * (0.5 * (1.0 - use->level)) < 1.0)
    return loyi_report(error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX,
                       "must be lower, or replications at least 2 / (1 - level), less 1");
  if (!loyi_is_zero_or_quantity(use->ridge))
    return loyi_report(error, LOY_ERR_DOMAIN, "ridge", LOY_NO_INDEX, LOYI_ZERO_QUANTITY_MUST);
  for (size_t i = 0; use->allowed && i < states; i++) {
    unsigned any = 0;
    for (size_t j = 0; j < states; j++) any |= use->allowed[i * states + j];
    if (any != 1)
      return loyi_report(error, LOY_ERR_DOMAIN, "allowed", i, "must hold 0 and 1 only, and a 1 in each row");
  }
  if (use->ridge > 0.0 && !use->prior)
    return loyi_report(error, LOY_ERR_ARGUMENT, "prior", LOY_NO_INDEX, "must be given with a ridge");
  if (use->prior && !(use->ridge > 0.0))
    return loyi_report(error, LOY_ERR_ARGUMENT, "ridge", LOY_NO_INDEX, "must be above 0 with a prior");
  if (use->prior && loyi_stochastic_check(use->prior, states, error) != LOY_OK) {
    if (error) error->argument = "prior";
    return LOY_ERR_DOMAIN;
  }
  for (size_t e = 0; use->prior && use->allowed && e < states * states; e++)
    if (!use->allowed[e] && use->prior[e] > 0.0)
      return loyi_report(error, LOY_ERR_DOMAIN, "prior", e / states, "must be 0 where a step is not allowed");
  return LOY_OK;
}

/* The rows, the number of steps with a weight and the largest weight. */
LOYI_LOCAL loy_status loyi_shares_check_rows(const double *share, size_t times, size_t states,
                                             const loy_shares_options *use, size_t *steps, double *largest,
                                             loy_error *error) {
  *steps = 0;
  *largest = 0.0;
  for (size_t t = 0; use->weight && t < times; t++)
    if (!loyi_is_zero_or_quantity(use->weight[t]))
      return loyi_report(error, LOY_ERR_DOMAIN, "weight", t, LOYI_ZERO_QUANTITY_MUST);
  for (size_t t = 0; t < times; t++) {
    double sum = 0.0;
    for (size_t i = 0; i < states; i++) {
      if (!loyi_is_zero_or_quantity(share[t * states + i]))
        return loyi_report(error, LOY_ERR_DOMAIN, "share", t, "must hold numbers that are 0 or from 1e-40 to 1e40");
      sum += share[t * states + i];
    }
    if (use->normalize ? !(sum > 0.0) : !(fabs(sum - 1.0) <= LOYI_SHARES_SUM))
      return loyi_report(error, LOY_ERR_DOMAIN, "share", t,
                         use->normalize ? "must have a number above 0 in each row"
                                        : "must have rows that sum to one, within 1e-6, or be normalized");
    if (t > 0) {
      const double weight = use->weight ? use->weight[t] : 1.0;
      *steps += weight > 0.0;
      if (weight > *largest) *largest = weight;
    }
  }
  if (*steps == 0)
    return loyi_report(error, LOY_ERR_TOO_FEW, "share", LOY_NO_INDEX, "must have a step: two rows and a weight");
  if (!use->prior && *steps < states)
    return loyi_report(error, LOY_ERR_TOO_FEW, "share", LOY_NO_INDEX,
                       "must have more rows than states, or a prior and a ridge");
  return LOY_OK;
}

/* The rows before and after each step with a weight, times its root. */
LOYI_LOCAL void loyi_shares_rows(const double *share, size_t times, size_t states, const loy_shares_options *use,
                                 double largest, double *x, double *z) {
  for (size_t t = 1; t < times; t++) {
    const double weight = use->weight ? use->weight[t] : 1.0, root = sqrt(weight / largest);
    double before = 1.0, after = 1.0;
    if (!(weight > 0.0)) continue;
    if (use->normalize) {
      before = after = 0.0;
      for (size_t i = 0; i < states; i++) {
        before += share[(t - 1) * states + i];
        after += share[t * states + i];
      }
    }
    for (size_t i = 0; i < states; i++) {
      *x++ = root * (share[(t - 1) * states + i] / before);
      *z++ = root * (share[t * states + i] / after);
    }
  }
}

/* The sum of squares that gaps are a part of. */
LOYI_LOCAL double loyi_shares_size(const loyi_shares *s, const double *z) {
  double size = 0.0;
  for (size_t e = 0; e < s->steps * s->states; e++) size += z[e] * z[e];
  for (size_t e = 0; s->prior && e < s->states * s->states; e++) size += s->ridge * s->prior[e] * s->prior[e];
  return size;
}

/* The start: the prior, or what the stages can reach in equal parts. */
LOYI_LOCAL void loyi_shares_start(loyi_shares *s) {
  const size_t n = s->states;
  for (size_t i = 0; i < n; i++) {
    double few = 0.0, sum = 0.0;
    for (size_t e = i * n; e < (i + 1) * n; e++) few += !s->allowed || s->allowed[e] ? 1.0 : 0.0;
    for (size_t e = i * n; e < (i + 1) * n; e++) {
      s->p[e] = s->prior ? s->prior[e] : (!s->allowed || s->allowed[e] ? 1.0 / few : 0.0);
      sum += s->p[e];
    }
    for (size_t e = i * n; e < (i + 1) * n; e++) s->p[e] /= sum;
  }
}

/* Residuals of `found`, centred and enlarged, into `drawn`, and what P makes of x into `fitted`. */
LOYI_LOCAL void loyi_shares_residuals(const loyi_shares *s, const double *found, const double *z, double enlarged,
                                      double *fitted, double *drawn) {
  const size_t n = s->states;
  for (size_t j = 0; j < n; j++) {
    double mean = 0.0;
    for (size_t t = 0; t < s->steps; t++) {
      double sum = 0.0;
      for (size_t i = 0; i < n; i++) sum += s->x[t * n + i] * found[i * n + j];
      fitted[t * n + j] = sum;
      drawn[t * n + j] = z[t * n + j] - sum;
      mean += drawn[t * n + j] / (double)s->steps;
    }
    for (size_t t = 0; t < s->steps; t++) drawn[t * n + j] = enlarged * (drawn[t * n + j] - mean);
  }
}

/* Replicates of P, those of one entry after the other; z is written over. Returns 0 when one does not converge. */
LOYI_LOCAL int loyi_shares_bootstrap(loyi_shares *s, const double *found, double *z, const loy_shares_options *use,
                                     double *fitted, double *drawn, double *replicate) {
  const size_t n = s->states, count = (size_t)use->replications;
  const double room = (double)(s->steps * (n - 1));
  int converged = 1;
  loyi_shares_residuals(s, found, z, sqrt(room / (room - (double)s->free)), fitted, drawn);
  for (size_t r = 0; r < count; r++) {
    loyi_rng rng;
    loyi_rng_seed_stream(&rng, use->seed, (uint64_t)r);
    for (size_t t = 0; t < s->steps; t++) {
      const size_t from = (size_t)(loyi_rng_uniform(&rng) * (double)s->steps);
      for (size_t j = 0; j < n; j++) z[t * n + j] = fitted[t * n + j] + drawn[from * n + j];
    }
    memcpy(s->p, found, n * n * sizeof *found);
    converged &= loyi_shares_solve(s, z) && s->gap <= LOYI_SHARES_CONVERGED * loyi_shares_size(s, z);
    for (size_t e = 0; e < n * n; e++) replicate[e * count + r] = s->p[e];
  }
  return converged;
}

LOYI_LOCAL double loyi_shares_deviation(const double *x, size_t n) {
  double mean = 0.0, squares = 0.0;
  for (size_t i = 0; i < n; i++) mean += (x[i] - x[0]) / (double)n;
  for (size_t i = 0; i < n; i++) squares += (x[i] - x[0] - mean) * (x[i] - x[0] - mean);
  return sqrt(squares / (double)(n - 1));
}

/* Everything after the checks; `memory` holds x, z, P, and for the bootstrap the fitted rows, the residuals and the
 * replicates. */
LOYI_LOCAL loy_status loyi_shares_run(loyi_shares *s, double *memory, double largest, const loy_shares_options *use,
                                      double *transition, double *std_error, double *lower, double *upper,
                                      loy_shares_result *result, loy_error *error) {
  const size_t each = s->states * s->states, rows = s->steps * s->states, count = (size_t)use->replications;
  double *const z = memory + rows, *const found = z + rows, *const fitted = found + each, *const drawn = fitted + rows;
  double *const replicate = drawn + rows;
  loy_shares_result r;
  r.rank = loyi_shares_rank(s, found);
  if (!use->prior && r.rank < s->states)
    return loyi_report(error, LOY_ERR_SINGULAR, "share", LOY_NO_INDEX,
                       "must have as many independent rows before the last as states, or a prior and a ridge");
  loyi_shares_start(s);
  if (!loyi_shares_solve(s, z)) {
    if (use->prior)
      return loyi_report(error, LOY_ERR_SINGULAR, "ridge", LOY_NO_INDEX, "must be larger: the shares lack rank");
    return loyi_report(error, LOY_ERR_SINGULAR, "share", LOY_NO_INDEX, "must have rows that are less alike");
  }
  if (count > 0 && s->free >= s->steps * (s->states - 1))
    return loyi_report(error, LOY_ERR_TOO_FEW, "replications", LOY_NO_INDEX,
                       "must be 0: the shares are fitted without residuals to draw from");
  memcpy(found, s->p, each * sizeof *found);
  r.gap = s->gap / loyi_shares_size(s, z);
  r.converged = r.gap <= LOYI_SHARES_CONVERGED;
  r.rss = 0.0;
  for (size_t e = 0; e < rows; e++) {
    double residual = -z[e];
    for (size_t i = 0; i < s->states; i++)
      residual += s->x[e - e % s->states + i] * found[i * s->states + e % s->states];
    r.rss += residual * residual;
  }
  r.rss *= largest;
  r.steps = s->steps;
  r.free = s->free;
  r.at_bound = (int)(s->most - s->free);
  r.replications = use->replications;
  if (count > 0) r.converged &= loyi_shares_bootstrap(s, found, z, use, fitted, drawn, replicate);
  for (size_t e = 0; e < each; e++) {
    double low = (double)NAN, high = (double)NAN;
    transition[e] = found[e];
    if (std_error) std_error[e] = count > 0 ? loyi_shares_deviation(replicate + e * count, count) : (double)NAN;
    if (count > 0) loyi_percentile_interval(replicate + e * count, count, use->level, &low, &high);
    if (lower) lower[e] = low;
    if (upper) upper[e] = high;
  }
  r.status = r.converged ? loyi_ok(error)
                         : loyi_report(error, LOY_NOTICE_NOT_CONVERGED, "share", LOY_NO_INDEX,
                                       "the certificate of the minimum fails; the best point found is kept");
  *result = r;
  return r.status;
}

LOYALTY_API loy_status loy_shares_fit(const double *share, size_t times, size_t states,
                                      const loy_shares_options *options, double *transition, double *std_error,
                                      double *lower, double *upper, loy_shares_result *result, loy_error *error) {
  loy_shares_options use;
  loyi_shares problem;
  size_t steps = 0, each, room;
  double largest = 1.0, *memory;
  loy_status status = loyi_shares_check_call(share, states, options, transition, result, error);
  if (status != LOY_OK) return status;
  loy_shares_options_init(&use);
  if (options) use = *options;
  status = loyi_shares_check_options(&use, states, error);
  if (status == LOY_OK) status = loyi_shares_check_rows(share, times, states, &use, &steps, &largest, error);
  if (status != LOY_OK) return status;
  each = states * states;
  room = each + 4 * steps * states + (size_t)use.replications * each;
  memory = (double *)loyi_allocate(use.allocator, room, sizeof *memory);
  if (!memory) return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, "out of memory");
  loyi_shares_rows(share, times, states, &use, largest, memory, memory + steps * states);
  problem.steps = steps;
  problem.states = states;
  problem.x = memory;
  problem.allowed = use.allowed;
  problem.prior = use.prior;
  problem.ridge = use.ridge / largest;
  problem.allocator = use.allocator;
  if (loyi_shares_open(&problem)) {
    status = loyi_shares_run(&problem, memory, largest, &use, transition, std_error, lower, upper, result, error);
    loyi_shares_close(&problem);
  } else {
    status = loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, "out of memory");
  }
  loyi_release(use.allocator, memory, room, sizeof *memory);
  return status;
}

#undef LOYI_SHARES_REPLICATIONS_LEAST
#undef LOYI_SHARES_REPLICATIONS_MOST
#undef LOYI_SHARES_SUM
#undef LOYI_SHARES_CONVERGED

LOY_END_DECLS

#endif /* LOYALTY_LADDER_SHARES_INL_H */
