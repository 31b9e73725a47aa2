/* gaps-inl.h: body of gaps.h. */
#ifndef LOYALTY_LADDER_GAPS_INL_H
#define LOYALTY_LADDER_GAPS_INL_H

#include <math.h>
#include <string.h>

#include "../base/range.h"
#include "../math/linalg.h"
#include "../math/random.h"
#include "gaps.h"
#include "gaps_climb.h"

LOY_BEGIN_DECLS

enum { LOYI_GAPS_STARTS_MOST = 64, LOYI_GAPS_ITERATIONS_MOST = 10000 };

#define LOYI_GAPS_CONVERGED 1e-9  /* gap, in mean log-likelihood */
#define LOYI_GAPS_EQUAL     1e-10 /* of mean log-likelihoods: equally high */
#define LOYI_GAPS_SAME      1e-4  /* of chances: the same maximum */
#define LOYI_GAPS_UNSEEN    1e-10 /* of all visits: not passed through */
#define LOYI_GAPS_CLOSE     1.92  /* of log-likelihoods: half the 95 percent point of chi-squared */
#define LOYI_GAPS_WEAK      1e10

LOYALTY_API void loy_gaps_options_init(loy_gaps_options *options) {
  if (!options) return;
  options->struct_size = sizeof *options;
  options->allocator = NULL;
  options->allowed = NULL;
  options->starts = 10;
  options->seed = 0;
  options->most_iterations = 500;
}

LOYI_LOCAL loy_status loyi_gaps_check_allowed(const uint8_t *allowed, size_t states, loy_error *error) {
  for (size_t i = 0; allowed && i < states; i++) {
    unsigned any = 0;
    for (size_t j = 0; j < states; j++) any |= allowed[i * states + j];
    if (any != 1)
      return loyi_report(error, LOY_ERR_DOMAIN, "allowed", i, "must hold 0 and 1 only, and a 1 in each row");
  }
  return LOY_OK;
}

/* Whether every pair that was counted is joined by a path of so many allowed steps; states are bits. */
LOYI_LOCAL loy_status loyi_gaps_check_paths(const double *counts, size_t states, size_t longest, const uint8_t *allowed,
                                            loy_error *error) {
  uint32_t once[LOY_GAPS_STATES], reach[LOY_GAPS_STATES], next;
  for (size_t i = 0; i < states; i++) {
    once[i] = 0;
    for (size_t j = 0; j < states; j++)
      if (!allowed || allowed[i * states + j]) once[i] |= (uint32_t)1 << j;
    reach[i] = once[i];
  }
  for (size_t k = 0; k < longest; k++) {
    for (size_t i = 0; i < states; i++)
      for (size_t j = 0; j < states; j++)
        if (counts[(k * states + i) * states + j] > 0.0 && !(reach[i] >> j & 1))
          return loyi_report(error, LOY_ERR_INFEASIBLE, "counts", (k * states + i) * states + j,
                             "cannot have happened in steps that are allowed");
    for (size_t i = 0; i < states; i++) {
      next = 0;
      for (size_t j = 0; j < states; j++)
        if (reach[i] >> j & 1) next |= once[j];
      reach[i] = next;
    }
  }
  return LOY_OK;
}

LOYI_LOCAL loy_status loyi_gaps_check(const double *counts, size_t states, size_t longest,
                                      const loy_gaps_options *options, const double *transition,
                                      const loy_gaps_result *result, loy_gaps_options *use, double *total,
                                      loy_error *error) {
  loy_status status;
  if (states < 2 || states > LOY_GAPS_STATES)
    return loyi_report(error, LOY_ERR_ARGUMENT, "states", LOY_NO_INDEX, "must be from 2 to 32");
  if (longest < 1 || longest > LOY_GAPS_LONGEST)
    return loyi_report(error, LOY_ERR_ARGUMENT, "longest", LOY_NO_INDEX, "must be from 1 to 64");
  if (!counts) return loyi_report(error, LOY_ERR_ARGUMENT, "counts", LOY_NO_INDEX, "must not be NULL");
  if (options && options->struct_size < sizeof *options)
    return loyi_report(error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX, "must come from loy_gaps_options_init");
  if (!transition) return loyi_report(error, LOY_ERR_ARGUMENT, "transition", LOY_NO_INDEX, "must not be NULL");
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  if (options) *use = *options;
  if (use->starts < 1 || use->starts > LOYI_GAPS_STARTS_MOST)
    return loyi_report(error, LOY_ERR_DOMAIN, "starts", LOY_NO_INDEX, "must be from 1 to 64");
  if (use->most_iterations < 1 || use->most_iterations > LOYI_GAPS_ITERATIONS_MOST)
    return loyi_report(error, LOY_ERR_DOMAIN, "most_iterations", LOY_NO_INDEX, "must be from 1 to 10000");
  status = loyi_gaps_check_allowed(use->allowed, states, error);
  if (status != LOY_OK) return status;
  *total = 0.0;
  for (size_t e = 0; e < longest * states * states; e++) {
    if (!loyi_is_zero_or_quantity(counts[e]))
      return loyi_report(error, LOY_ERR_DOMAIN, "counts", e, LOYI_ZERO_QUANTITY_MUST);
    *total += counts[e];
  }
  if (!(*total > 0.0)) return loyi_report(error, LOY_ERR_TOO_FEW, "counts", LOY_NO_INDEX, "must not all be 0");
  return loyi_gaps_check_paths(counts, states, longest, use->allowed, error);
}

/* Start number `number`: 0 is the shares of the shortest gap, 1 stays more, 2 less; the rest are random. Every step
 * that can happen has a chance; at the first start of 1/96 at least, so that counts over any gap can have come of it.
 */
LOYI_LOCAL void loyi_gaps_start(const double *counts, size_t states, const loy_gaps_options *use, int number,
                                double *p) {
  loyi_rng rng;
  const double *first = counts;
  loyi_rng_seed_stream(&rng, use->seed, (uint64_t)number);
  for (size_t e = 0; first[e] == 0.0;) { /* some count is above 0 */
    if (++e < states * states) continue;
    first += states * states;
    e = 0;
  }
  for (size_t i = 0; i < states; i++) {
    double all = 0.0, sum = 0.0, few = 0.0;
    for (size_t j = 0; j < states; j++) {
      if (use->allowed && !use->allowed[i * states + j]) continue;
      all += first[i * states + j];
      few += 1.0;
    }
    for (size_t j = 0; j < states; j++) {
      const size_t e = i * states + j;
      double chance = all > 0.0 ? first[e] / all + 0.5 / few : 1.0;
      if (number == 1 && i == j) chance += all > 0.0 ? 1.5 : few;
      if (number == 2 && i == j) chance *= 0.05;
      if (number > 2) chance = loyi_rng_exponential(&rng);
      p[e] = use->allowed && !use->allowed[e] ? 0.0 : chance;
      sum += p[e];
    }
    for (size_t j = 0; j < states; j++) p[i * states + j] /= sum;
  }
}

/* A maximum that some start led to. */
typedef struct loyi_gaps_end {
  double value;
  int iterations;
} loyi_gaps_end;

LOYI_LOCAL double loyi_gaps_trace(const double *p, size_t states) {
  double sum = 0.0;
  for (size_t i = 0; i < states; i++) sum += p[i * states + i];
  return sum;
}

/* Whether two ends agree in every row that the second, where `visits` are, passes through. */
LOYI_LOCAL int loyi_gaps_same(const double *a, const double *b, size_t states, const double *visits) {
  double all = 0.0;
  for (size_t i = 0; i < states; i++) all += visits[i];
  for (size_t e = 0; e < states * states; e++)
    if (visits[e / states] > LOYI_GAPS_UNSEEN * all && fabs(a[e] - b[e]) > LOYI_GAPS_SAME) return 0;
  return 1;
}

/* Climb from every start; `ends` receives the distinct maxima (or, before the first, the best point that is none).
 * Returns their number. */
LOYI_LOCAL int loyi_gaps_climb_all(loyi_gaps_climb *climb, const double *counts, const loy_gaps_options *use,
                                   double *matrices, loyi_gaps_end *ends) {
  const size_t states = climb->like->states, each = states * states;
  int maxima = 0;
  ends[0].value = -(double)INFINITY;
  ends[0].iterations = 0;
  for (int s = 0; s < use->starts; s++) {
    int known = 0, to = 0;
    loyi_gaps_start(counts, states, use, s, climb->p);
    if (!loyi_gaps_climb_up(climb, use->most_iterations)) continue;
    if (climb->gap > LOYI_GAPS_CONVERGED) {
      if (maxima > 0 || ends[0].value >= climb->value) continue;
    } else {
      for (int m = 0; m < maxima && !known; m++) {
        known = loyi_gaps_same(matrices + (size_t)m * each, climb->p, states, climb->visits);
        if (!known || climb->value <= ends[m].value) continue;
        ends[m].value = climb->value;
        memcpy(matrices + (size_t)m * each, climb->p, each * sizeof *climb->p);
      }
      if (known) continue;
      to = maxima++;
    }
    ends[to].value = climb->value;
    ends[to].iterations = climb->iterations;
    memcpy(matrices + (size_t)to * each, climb->p, each * sizeof *climb->p);
  }
  return maxima;
}

/* The best of the ends: the highest, and of equally high ones that with the largest trace. */
LOYI_LOCAL int loyi_gaps_best(const loyi_gaps_end *ends, int count, const double *matrices, size_t states) {
  const size_t each = states * states;
  double top = ends[0].value;
  int best = -1;
  for (int m = 1; m < count; m++)
    if (ends[m].value > top) top = ends[m].value;
  for (int m = 0; m < count; m++) {
    if (ends[m].value < top - LOYI_GAPS_EQUAL * (1.0 + fabs(top))) continue;
    if (best < 0 || loyi_gaps_trace(matrices + (size_t)m * each, states) >
                        loyi_gaps_trace(matrices + (size_t)best * each, states) + LOYI_GAPS_SAME)
      best = m;
  }
  return best;
}

/* The free coordinates of P: in row i the chances above 0 but the largest, which the others leave. */
typedef struct loyi_gaps_free {
  size_t count;
  size_t first[LOY_GAPS_STATES + 1]; /* of row i, in `entry` */
  size_t rest[LOY_GAPS_STATES];      /* entry of the largest chance of row i */
  size_t entry[LOY_GAPS_STATES * LOY_GAPS_STATES];
} loyi_gaps_free;

LOYI_LOCAL int loyi_gaps_seen(const loyi_gaps_climb *c, size_t state, double all) {
  return c->visits[state] > LOYI_GAPS_UNSEEN * all;
}

LOYI_LOCAL void loyi_gaps_coordinates(const loyi_gaps_climb *c, const uint8_t *seen, loyi_gaps_free *f) {
  const size_t n = c->like->states;
  f->count = 0;
  for (size_t i = 0; i < n; i++) {
    f->first[i] = f->count;
    f->rest[i] = i * n;
    for (size_t e = i * n; e < (i + 1) * n; e++)
      if (c->p[e] > c->p[f->rest[i]]) f->rest[i] = e;
    for (size_t e = i * n; e < (i + 1) * n; e++)
      if (seen[i] && c->p[e] > 0.0 && e != f->rest[i]) f->entry[f->count++] = e;
  }
  f->first[n] = f->count;
}

/* The observed information of one pair over the free coordinates. */
LOYI_LOCAL void loyi_gaps_information(loyi_gaps_climb *c, const loyi_gaps_free *f, double *information) {
  const size_t n = c->like->states;
  for (size_t a = 0; a < f->count; a++) {
    memset(c->along, 0, n * n * sizeof *c->along);
    c->along[f->entry[a]] = 1.0;
    c->along[f->rest[f->entry[a] / n]] = -1.0;
    loyi_gaps_hessian_times(c->like, c->p, c->along, c->swing);
    for (size_t b = 0; b < f->count; b++)
      information[a * f->count + b] = c->swing[f->rest[f->entry[b] / n]] - c->swing[f->entry[b]];
  }
}

LOYI_LOCAL double loyi_gaps_norm(const double *m, size_t n) {
  double most = 0.0;
  for (size_t i = 0; i < n; i++) {
    double sum = 0.0;
    for (size_t j = 0; j < n; j++) sum += fabs(m[i * n + j]);
    if (sum > most) most = sum;
  }
  return most;
}

/* inverse = information^-1 by way of a unit diagonal, whose condition is returned; infinity when it is not positive
 * definite, and `inverse` is then NaN. */
LOYI_LOCAL double loyi_gaps_invert(double *information, size_t n, double *scale, double *inverse) {
  double condition;
  int definite = 1;
  for (size_t i = 0; i < n; i++) {
    definite &= information[i * n + i] > 0.0;
    scale[i] = definite ? 1.0 / sqrt(information[i * n + i]) : 0.0;
  }
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < n; j++) information[i * n + j] *= scale[i] * scale[j];
  condition = loyi_gaps_norm(information, n);
  if (!definite || !loyi_cholesky(information, n)) {
    for (size_t i = 0; i < n * n; i++) inverse[i] = (double)NAN;
    return (double)INFINITY;
  }
  loyi_cholesky_inverse(information, n, inverse);
  condition *= loyi_gaps_norm(inverse, n);
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < n; j++) inverse[i * n + j] *= scale[i] * scale[j];
  return n > 0 ? condition : 1.0;
}

/* The coordinates whose sum, times the sign, entry e of P is, but for a constant. */
LOYI_LOCAL double loyi_gaps_range(const loyi_gaps_free *f, size_t states, size_t e, size_t *from, size_t *to) {
  const size_t i = e / states;
  *from = *to = 0;
  if (e == f->rest[i]) {
    *from = f->first[i];
    *to = f->first[i + 1];
    return -1.0;
  }
  for (size_t a = f->first[i]; a < f->first[i + 1]; a++)
    if (f->entry[a] == e) {
      *from = a;
      *to = a + 1;
    }
  return 1.0;
}

LOYI_LOCAL double loyi_gaps_covariance(const loyi_gaps_free *f, size_t states, const double *inverse, size_t d,
                                       size_t e) {
  size_t a, a_end, b, b_end;
  double sum = 0.0;
  const double sign = loyi_gaps_range(f, states, d, &a, &a_end) * loyi_gaps_range(f, states, e, &b, &b_end);
  for (; a < a_end; a++)
    for (size_t k = b; k < b_end; k++) sum += inverse[a * f->count + k];
  return sum == 0.0 ? 0.0 : sign * sum;
}

LOYI_LOCAL void loyi_gaps_errors(const loyi_gaps_free *f, size_t states, const uint8_t *seen, const double *inverse,
                                 double weight, double *std_error, double *covariance) {
  const size_t each = states * states;
  for (size_t d = 0; d < each; d++) {
    if (std_error) {
      const double variance = loyi_gaps_covariance(f, states, inverse, d, d);
      std_error[d] = seen[d / states] ? sqrt(variance) / sqrt(weight) : (double)NAN;
    }
    for (size_t e = 0; covariance && e < each; e++) {
      const int known = seen[d / states] && seen[e / states];
      covariance[d * each + e] = known ? loyi_gaps_covariance(f, states, inverse, d, e) / weight : (double)NAN;
    }
  }
}

LOYI_LOCAL loy_status loyi_gaps_remark(const loy_gaps_result *found, const uint8_t *seen, loy_error *error) {
  size_t state = 0;
  if (!found->converged)
    return loyi_report(error, LOY_NOTICE_NOT_CONVERGED, "counts", LOY_NO_INDEX,
                       "no start reached a maximum: the best point found is kept");
  if (found->log_likelihood - found->next_log_likelihood < LOYI_GAPS_CLOSE)
    return loyi_report(error, LOY_NOTICE_WEAK_ID, "counts", LOY_NO_INDEX,
                       "another matrix explains them as well, or nearly");
  if (found->unseen > 0) {
    while (seen[state]) state++;
    return loyi_report(error, LOY_NOTICE_WEAK_ID, "transition", state, "is a state that nothing passes through");
  }
  if (!(found->condition <= LOYI_GAPS_WEAK))
    return loyi_report(error, LOY_NOTICE_WEAK_ID, "counts", LOY_NO_INDEX,
                       "hardly determine some combination of the chances");
  return loyi_ok(error);
}

/* Everything after the climbs: `climb` stands at the best end. Returns 0 when memory is out. */
LOYI_LOCAL int loyi_gaps_finish(loyi_gaps_climb *climb, const loy_gaps_options *use, double *transition,
                                double *expected, double *std_error, double *covariance, uint8_t *seen,
                                loy_gaps_result *found) {
  const size_t n = climb->like->states;
  loyi_gaps_free f;
  double *memory, all = 0.0;
  size_t room;
  for (size_t i = 0; i < n; i++) all += climb->visits[i];
  found->unseen = found->at_bound = 0;
  for (size_t i = 0; i < n; i++) {
    seen[i] = (uint8_t)loyi_gaps_seen(climb, i, all);
    found->unseen += !seen[i];
    for (size_t e = i * n; e < (i + 1) * n; e++)
      found->at_bound += seen[i] && climb->p[e] == 0.0 && (!use->allowed || use->allowed[e]);
  }
  loyi_gaps_coordinates(climb, seen, &f);
  room = 2 * f.count * f.count + f.count + 1;
  memory = (double *)loyi_allocate(use->allocator, room, sizeof *memory);
  if (!memory) return 0;
  loyi_gaps_information(climb, &f, memory);
  found->condition = loyi_gaps_invert(memory, f.count, memory + 2 * f.count * f.count, memory + f.count * f.count);
  loyi_gaps_errors(&f, n, seen, memory + f.count * f.count, found->weight, std_error, covariance);
  for (size_t e = 0; e < n * n; e++) {
    transition[e] = seen[e / n] ? climb->p[e] : (double)NAN;
    if (expected) expected[e] = climb->p[e] * climb->gradient[e] * found->weight;
  }
  loyi_release(use->allocator, memory, room, sizeof *memory);
  return 1;
}

LOYALTY_API loy_status loy_gaps_fit(const double *counts, size_t states, size_t longest,
                                    const loy_gaps_options *options, double *transition, double *expected,
                                    double *std_error, double *covariance, loy_gaps_result *result, loy_error *error) {
  loy_gaps_options use;
  loyi_gaps like;
  loyi_gaps_climb climb;
  loyi_gaps_end ends[LOYI_GAPS_STARTS_MOST];
  loy_gaps_result found;
  uint8_t seen[LOY_GAPS_STATES];
  double *memory;
  size_t each, climbing, room;
  int best, done = 0;
  loy_status status;
  loy_gaps_options_init(&use);
  status = loyi_gaps_check(counts, states, longest, options, transition, result, &use, &found.weight, error);
  if (status != LOY_OK) return status;
  each = states * states;
  while (longest > 1) { /* gaps without counts behind the last cost time only */
    size_t e = 0;
    while (e < each && counts[(longest - 1) * each + e] == 0.0) e++;
    if (e < each) break;
    longest--;
  }
  climbing = loyi_gaps_climb_memory(states);
  room = climbing + (size_t)use.starts * each;
  memory = (double *)loyi_allocate(use.allocator, room, sizeof *memory);
  if (memory && loyi_gaps_open(&like, counts, states, longest, found.weight, use.allocator)) {
    double *const matrices = memory + climbing;
    loyi_gaps_climb_place(&climb, &like, use.allowed, memory);
    found.maxima = loyi_gaps_climb_all(&climb, counts, &use, matrices, ends);
    best = loyi_gaps_best(ends, found.maxima > 0 ? found.maxima : 1, matrices, states);
    found.next_log_likelihood = (double)NAN;
    for (int m = 0; m < found.maxima; m++)
      if (m != best && !(ends[m].value * found.weight <= found.next_log_likelihood))
        found.next_log_likelihood = ends[m].value * found.weight;
    memcpy(climb.p, matrices + (size_t)best * each, each * sizeof *climb.p);
    loyi_gaps_climb_measure(&climb);
    found.log_likelihood = climb.value * found.weight;
    found.gap = climb.gap;
    found.converged = found.maxima > 0;
    found.iterations = ends[best].iterations;
    done = loyi_gaps_finish(&climb, &use, transition, expected, std_error, covariance, seen, &found);
    loyi_gaps_close(&like);
  }
  loyi_release(use.allocator, memory, room, sizeof *memory);
  if (!done) return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, "out of memory");
  status = found.status = loyi_gaps_remark(&found, seen, error);
  *result = found;
  return status;
}

#undef LOYI_GAPS_CONVERGED
#undef LOYI_GAPS_EQUAL
#undef LOYI_GAPS_SAME
#undef LOYI_GAPS_UNSEEN
#undef LOYI_GAPS_CLOSE
#undef LOYI_GAPS_WEAK

LOY_END_DECLS

#endif /* LOYALTY_LADDER_GAPS_INL_H */
