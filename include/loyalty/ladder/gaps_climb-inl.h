/* gaps_climb-inl.h: body of gaps_climb.h. */
#ifndef LOYALTY_LADDER_GAPS_CLIMB_INL_H
#define LOYALTY_LADDER_GAPS_CLIMB_INL_H

#include <math.h>
#include <string.h>

#include "gaps_climb.h"

LOY_BEGIN_DECLS

enum { LOYI_GAPS_EM_FIRST = 10 };     /* EM steps before the first Newton step */
#define LOYI_GAPS_GAP_NONE     1e-14  /* nothing is left to gain */
#define LOYI_GAPS_GAP_LOW      1e-10  /* from here on a step that does not halve the gap is rounding */
#define LOYI_GAPS_NOISE        1e-12  /* of a mean log-likelihood */
#define LOYI_GAPS_SMALL_CHANCE 1e-13  /* a chance that shrinks and has come this far is 0 */
#define LOYI_GAPS_VISITS_LEAST 1e-200 /* below it a state is not passed through */
#define LOYI_GAPS_CURVED       1e-12  /* the least curvature that counts, in the metric of the preconditioner */

LOYI_SHARED size_t loyi_gaps_climb_memory(size_t states) { return 8 * states * states + states; }

LOYI_SHARED void loyi_gaps_climb_place(loyi_gaps_climb *climb, loyi_gaps *like, const uint8_t *allowed,
                                       double *memory) {
  const size_t each = like->states * like->states;
  climb->like = like;
  climb->allowed = allowed;
  climb->p = memory;
  climb->gradient = memory + each;
  climb->to = memory + 2 * each;
  climb->step = memory + 3 * each;
  climb->rest = memory + 4 * each;
  climb->bent = memory + 5 * each;
  climb->along = memory + 6 * each;
  climb->swing = memory + 7 * each;
  climb->visits = memory + 8 * each;
  climb->value = climb->gap = 0.0;
  climb->iterations = 0;
}

LOYI_LOCAL int loyi_gaps_may(const loyi_gaps_climb *c, size_t entry) { return !c->allowed || c->allowed[entry]; }

/* Gradient, visits and certificate; the powers must be those of c->p. */
LOYI_LOCAL void loyi_gaps_slopes(loyi_gaps_climb *c) {
  const size_t n = c->like->states;
  loyi_gaps_gradient(c->like, c->p, c->gradient);
  c->gap = 0.0;
  for (size_t i = 0; i < n; i++) {
    double visits = 0.0, most = 0.0;
    for (size_t j = 0; j < n; j++) visits += c->p[i * n + j] * c->gradient[i * n + j];
    for (size_t j = 0; j < n; j++)
      if (loyi_gaps_may(c, i * n + j) && c->gradient[i * n + j] - visits > most) most = c->gradient[i * n + j] - visits;
    c->visits[i] = visits;
    c->gap += most;
  }
}

LOYI_SHARED int loyi_gaps_climb_measure(loyi_gaps_climb *climb) {
  climb->value = loyi_gaps_value(climb->like, climb->p);
  if (!(climb->value > -(double)INFINITY)) return 0;
  loyi_gaps_slopes(climb);
  return 1;
}

LOYI_LOCAL double loyi_gaps_dot(const double *a, const double *b, size_t each) {
  double sum = 0.0;
  for (size_t e = 0; e < each; e++) sum += a[e] * b[e];
  return sum;
}

/* The preconditioner: to = p (v - mean of v over p) / visits, row by row. The means, which tangent vectors do not feel,
 * are taken out of v, so that small slopes do not drown in them. Returns v' to. */
LOYI_LOCAL double loyi_gaps_precondition(const loyi_gaps_climb *c, double *v, double *to) {
  const size_t n = c->like->states;
  double sum = 0.0;
  for (size_t i = 0; i < n; i++) {
    const double mean = loyi_gaps_dot(c->p + i * n, v + i * n, n);
    for (size_t e = i * n; e < (i + 1) * n; e++) {
      v[e] -= mean;
      to[e] = c->visits[i] > LOYI_GAPS_VISITS_LEAST ? c->p[e] * v[e] / c->visits[i] : 0.0;
      sum += v[e] * to[e];
    }
  }
  return sum;
}

/* The squared length of `along` in the metric of the preconditioner. */
LOYI_LOCAL double loyi_gaps_length(const loyi_gaps_climb *c) {
  const size_t n = c->like->states;
  double sum = 0.0;
  for (size_t e = 0; e < n * n; e++)
    if (c->p[e] > 0.0) sum += c->visits[e / n] * (c->along[e] * c->along[e] / c->p[e]);
  return sum;
}

/* c->step receives the Newton step, as far as it is wanted and as the function is curved downwards. */
LOYI_LOCAL void loyi_gaps_newton(loyi_gaps_climb *c) {
  const size_t each = c->like->states * c->like->states;
  double left, target;
  memset(c->step, 0, each * sizeof *c->step);
  memcpy(c->rest, c->gradient, each * sizeof *c->rest);
  left = loyi_gaps_precondition(c, c->rest, c->bent);
  memcpy(c->along, c->bent, each * sizeof *c->along);
  target = left * (left < 0.01 ? left : 0.01);
  for (size_t k = 0; k < 2 * each && k < 200; k++) {
    double curved, length, next;
    loyi_gaps_hessian_times(c->like, c->p, c->along, c->swing);
    curved = -loyi_gaps_dot(c->along, c->swing, each);
    if (!(curved > LOYI_GAPS_CURVED * loyi_gaps_length(c))) {
      if (k == 0) memcpy(c->step, c->along, each * sizeof *c->step);
      return;
    }
    length = left / curved;
    for (size_t e = 0; e < each; e++) {
      c->step[e] += length * c->along[e];
      c->rest[e] += length * c->swing[e];
    }
    next = loyi_gaps_precondition(c, c->rest, c->bent);
    if (!(next > target)) return;
    for (size_t e = 0; e < each; e++) c->along[e] = c->bent[e] + next / left * c->along[e];
    left = next;
  }
}

/* c->to = p + scale * step, inside the simplex, and if wanted without small chances that shrink. */
LOYI_LOCAL void loyi_gaps_move(loyi_gaps_climb *c, double scale, int drop) {
  const size_t n = c->like->states;
  for (size_t i = 0; i < n; i++) {
    double sum = 0.0;
    for (size_t j = 0; j < n; j++) {
      const size_t e = i * n + j;
      double chance = c->p[e] + scale * c->step[e];
      if (!(chance > 0.0)) chance = 0.0;
      if (drop && chance < LOYI_GAPS_SMALL_CHANCE && c->gradient[e] < c->visits[i]) chance = 0.0;
      sum += c->to[e] = chance;
    }
    for (size_t j = 0; j < n; j++) c->to[i * n + j] = sum > 0.0 ? c->to[i * n + j] / sum : c->p[i * n + j];
  }
}

/* Go to c->to if that is higher than the slope promises in part, or as high and flatter. */
LOYI_LOCAL int loyi_gaps_accept(loyi_gaps_climb *c) {
  const size_t each = c->like->states * c->like->states;
  const double value = loyi_gaps_value(c->like, c->to), gap = c->gap, was = c->value;
  const double noise = LOYI_GAPS_NOISE * (fabs(was) > 1.0 ? fabs(was) : 1.0);
  const double slope = loyi_gaps_dot(c->gradient, c->to, each) - loyi_gaps_dot(c->gradient, c->p, each);
  double *from = c->p;
  if (!(value >= was - noise)) return 0;
  if (!(slope > 0.0) && !(slope >= -noise)) return 0;
  if (value < was + 1e-4 * slope && slope > noise) return 0;
  c->p = c->to;
  c->to = from;
  loyi_gaps_slopes(c);
  if (value > was + noise || c->gap < gap) {
    c->value = value;
    return 1;
  }
  c->to = c->p;
  c->p = from;
  loyi_gaps_climb_measure(c);
  return 0;
}

LOYI_LOCAL int loyi_gaps_search(loyi_gaps_climb *c) {
  double scale = 1.0;
  loyi_gaps_move(c, scale, 1);
  if (loyi_gaps_accept(c)) return 1;
  for (int k = 0; k < 20; k++, scale *= 0.4) {
    loyi_gaps_move(c, scale, 0);
    if (loyi_gaps_accept(c)) return 1;
  }
  return 0;
}

LOYI_LOCAL int loyi_gaps_em(loyi_gaps_climb *c) {
  const size_t n = c->like->states;
  for (size_t i = 0; i < n; i++) {
    double sum = 0.0;
    for (size_t e = i * n; e < (i + 1) * n; e++) sum += c->to[e] = c->p[e] * c->gradient[e];
    for (size_t e = i * n; e < (i + 1) * n; e++) c->to[e] = sum > LOYI_GAPS_VISITS_LEAST ? c->to[e] / sum : c->p[e];
  }
  return loyi_gaps_accept(c);
}

/* Steps to the best entry of each row that is 0 and should not be; 0 when they make up less than half of the gap. */
LOYI_LOCAL int loyi_gaps_release(loyi_gaps_climb *c) {
  const size_t n = c->like->states;
  double share = 0.0;
  memset(c->step, 0, n * n * sizeof *c->step);
  for (size_t i = 0; i < n; i++) {
    size_t best = i * n;
    double most = 0.0;
    for (size_t e = i * n; e < (i + 1) * n; e++)
      if (loyi_gaps_may(c, e) && c->gradient[e] - c->visits[i] > most) most = c->gradient[best = e] - c->visits[i];
    if (!(most > 0.0) || c->p[best] > 0.0) continue;
    share += most;
    for (size_t e = i * n; e < (i + 1) * n; e++) c->step[e] = 0.05 * ((e == best ? 1.0 : 0.0) - c->p[e]);
  }
  return share >= 0.5 * c->gap && loyi_gaps_search(c);
}

/* Small chances that shrink become 0, which EM, should it end the climb, only comes near. */
LOYI_LOCAL void loyi_gaps_settle(loyi_gaps_climb *c) {
  const size_t each = c->like->states * c->like->states;
  const double gap = c->gap, was = c->value, noise = LOYI_GAPS_NOISE * (fabs(was) > 1.0 ? fabs(was) : 1.0);
  double *from = c->p;
  int dropped = 0;
  memset(c->step, 0, each * sizeof *c->step);
  loyi_gaps_move(c, 0.0, 1);
  for (size_t e = 0; e < each; e++) dropped |= c->p[e] > 0.0 && c->to[e] == 0.0;
  if (!dropped) return;
  c->p = c->to;
  c->to = from;
  if (loyi_gaps_climb_measure(c) && c->value >= was - noise && c->gap <= gap) return;
  c->to = c->p;
  c->p = from;
  loyi_gaps_climb_measure(c);
}

LOYI_SHARED int loyi_gaps_climb_up(loyi_gaps_climb *climb, int most_iterations) {
  climb->iterations = 0;
  if (!loyi_gaps_climb_measure(climb)) return 0;
  while (climb->iterations < most_iterations && climb->gap > LOYI_GAPS_GAP_NONE) {
    const double gap = climb->gap;
    int gone = 0;
    if (climb->iterations >= LOYI_GAPS_EM_FIRST) {
      gone = loyi_gaps_release(climb);
      if (!gone) {
        loyi_gaps_newton(climb);
        gone = loyi_gaps_search(climb);
      }
    }
    if (!gone && !loyi_gaps_em(climb)) break;
    climb->iterations++;
    if (gap <= LOYI_GAPS_GAP_LOW && climb->gap > 0.5 * gap) break;
  }
  loyi_gaps_settle(climb);
  return 1;
}

#undef LOYI_GAPS_GAP_NONE
#undef LOYI_GAPS_GAP_LOW
#undef LOYI_GAPS_NOISE
#undef LOYI_GAPS_SMALL_CHANCE
#undef LOYI_GAPS_VISITS_LEAST
#undef LOYI_GAPS_CURVED

LOY_END_DECLS

#endif /* LOYALTY_LADDER_GAPS_CLIMB_INL_H */
