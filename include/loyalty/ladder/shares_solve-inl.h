/* shares_solve-inl.h: body of shares_solve.h. */
#ifndef LOYALTY_LADDER_SHARES_SOLVE_INL_H
#define LOYALTY_LADDER_SHARES_SOLVE_INL_H

#include <math.h>
#include <string.h>

#include "../math/linalg.h"
#include "shares_solve.h"

LOY_BEGIN_DECLS

enum { LOYI_SHARES_ROUNDS = 100, LOYI_SHARES_PROJECTIONS = 4 };
#define LOYI_SHARES_GAP_NONE 1e-16 /* of |Z|^2 + ridge |P0|^2: nothing is left to gain */
#define LOYI_SHARES_GAP_LOW  1e-11 /* from here on a round that does not halve the gap is rounding */
#define LOYI_SHARES_PIVOT    1e-12 /* of the largest diagonal element: less is no rank */

LOYI_LOCAL size_t loyi_shares_memory(const loyi_shares *s) {
  return 5 * s->states * s->states + s->steps * s->states + s->most * s->most + s->most;
}

LOYI_SHARED int loyi_shares_open(loyi_shares *problem) {
  loyi_shares *s = problem;
  const size_t n = s->states, each = n * n;
  s->square = s->p = s->to = s->slope = s->towards = s->residual = s->factor = s->right = NULL;
  s->value = s->gap = 0.0;
  s->free = 0;
  s->iterations = 0;
  s->most = each;
  for (size_t e = 0; s->allowed && e < each; e++) s->most -= !s->allowed[e];
  s->most -= n;
  s->entry = (size_t *)loyi_allocate(s->allocator, each + n, sizeof *s->entry);
  s->memory = (double *)loyi_allocate(s->allocator, loyi_shares_memory(s), sizeof(double));
  if (!s->entry || !s->memory) {
    loyi_shares_close(s);
    return 0;
  }
  s->square = s->memory;
  s->p = s->square + each;
  s->to = s->p + each;
  s->slope = s->to + each;
  s->towards = s->slope + each;
  s->residual = s->towards + each;
  s->factor = s->residual + s->steps * n;
  s->right = s->factor + s->most * s->most;
  memset(s->square, 0, each * sizeof *s->square);
  for (size_t t = 0; t < s->steps; t++)
    for (size_t i = 0; i < n; i++)
      for (size_t k = 0; k < n; k++) s->square[i * n + k] += s->x[t * n + i] * s->x[t * n + k];
  s->steepest = 0.0;
  for (size_t i = 0; i < n; i++) {
    double sum = s->ridge;
    for (size_t k = 0; k < n; k++) sum += s->square[i * n + k];
    if (sum > s->steepest) s->steepest = sum;
  }
  return 1;
}

LOYI_SHARED void loyi_shares_close(loyi_shares *problem) {
  loyi_release(problem->allocator, problem->memory, loyi_shares_memory(problem), sizeof(double));
  loyi_release(problem->allocator, problem->entry, problem->states * (problem->states + 1), sizeof *problem->entry);
}

LOYI_SHARED size_t loyi_shares_rank(const loyi_shares *problem, double *room) {
  const size_t n = problem->states;
  double largest = 0.0;
  size_t rank = 0;
  memcpy(room, problem->square, n * n * sizeof *room);
  for (size_t i = 0; i < n; i++)
    if (room[i * n + i] > largest) largest = room[i * n + i];
  /* Elimination with the largest diagonal element as pivot; eliminated rows get a diagonal of 0. */
  for (; rank < n; rank++) {
    size_t pivot = 0;
    double size;
    for (size_t i = 1; i < n; i++)
      if (room[i * n + i] > room[pivot * n + pivot]) pivot = i;
    size = room[pivot * n + pivot];
    if (!(size > LOYI_SHARES_PIVOT * largest)) break;
    for (size_t i = 0; i < n; i++) {
      const double multiplier = room[i * n + pivot] / size;
      if (i == pivot) continue;
      for (size_t k = 0; k < n; k++) room[i * n + k] -= multiplier * room[pivot * n + k];
    }
    for (size_t k = 0; k < n; k++) room[pivot * n + k] = room[k * n + pivot] = 0.0;
  }
  return rank;
}

/* f at p, with the residuals X p - Z. */
LOYI_LOCAL double loyi_shares_value(loyi_shares *s, const double *p, const double *z) {
  const size_t n = s->states;
  double sum = 0.0;
  for (size_t t = 0; t < s->steps; t++) {
    double *residual = s->residual + t * n;
    for (size_t j = 0; j < n; j++) residual[j] = -z[t * n + j];
    for (size_t i = 0; i < n; i++)
      for (size_t j = 0; j < n; j++) residual[j] += s->x[t * n + i] * p[i * n + j];
    for (size_t j = 0; j < n; j++) sum += residual[j] * residual[j];
  }
  for (size_t e = 0; s->ridge > 0.0 && e < n * n; e++) sum += s->ridge * (p[e] - s->prior[e]) * (p[e] - s->prior[e]);
  return sum;
}

LOYI_LOCAL int loyi_shares_may(const loyi_shares *s, size_t entry) { return !s->allowed || s->allowed[entry]; }

/* Half the slopes of f, from the residuals at s->p, and the certificate. */
LOYI_LOCAL void loyi_shares_slopes(loyi_shares *s) {
  const size_t n = s->states;
  for (size_t e = 0; e < n * n; e++) s->slope[e] = s->ridge > 0.0 ? s->ridge * (s->p[e] - s->prior[e]) : 0.0;
  for (size_t t = 0; t < s->steps; t++)
    for (size_t i = 0; i < n; i++)
      for (size_t j = 0; j < n; j++) s->slope[i * n + j] += s->x[t * n + i] * s->residual[t * n + j];
  s->gap = 0.0;
  for (size_t i = 0; i < n; i++) {
    double mean = 0.0, most = 0.0;
    for (size_t e = i * n; e < (i + 1) * n; e++) mean += s->p[e] * s->slope[e];
    for (size_t e = i * n; e < (i + 1) * n; e++)
      if (loyi_shares_may(s, e) && mean - s->slope[e] > most) most = mean - s->slope[e];
    s->gap += 2.0 * most;
  }
}

/* s->to becomes the nearest transition matrix with zeros where asked: in each row what is above a level, less it
 * (Michelot, Journal of Optimization Theory and Applications 50, 1986). */
LOYI_LOCAL void loyi_shares_project(loyi_shares *s) {
  const size_t n = s->states;
  for (size_t i = 0; i < n; i++) {
    double *row = s->to + i * n, level = 0.0, largest = -(double)INFINITY;
    size_t kept = 0, before;
    for (size_t j = 0; j < n; j++) {
      if (!loyi_shares_may(s, i * n + j)) row[j] = -(double)INFINITY;
      if (row[j] > largest) largest = row[j];
      kept += (size_t)loyi_shares_may(s, i * n + j);
    }
    for (size_t j = 0; j < n; j++) row[j] -= largest; /* the projection is the same, and a row of large numbers exact */
    do {
      double sum = -1.0;
      before = kept;
      for (size_t j = 0; j < n; j++)
        if (row[j] > -(double)INFINITY) sum += row[j];
      level = sum / (double)kept;
      kept = 0;
      for (size_t j = 0; j < n; j++) {
        if (!(row[j] > level)) row[j] = -(double)INFINITY;
        kept += row[j] > level;
      }
    } while (kept > 0 && kept < before);
    for (size_t j = 0; j < n; j++) row[j] = row[j] > -(double)INFINITY ? row[j] - level : 0.0;
  }
}

/* Go to s->to if f falls, or does not rise beyond rounding. */
LOYI_LOCAL int loyi_shares_accept(loyi_shares *s, const double *z, double noise) {
  double *from = s->p;
  const double value = loyi_shares_value(s, s->to, z);
  if (!(value <= s->value + noise)) return 0;
  s->value = value;
  s->p = s->to;
  s->to = from;
  return 1;
}

/* Some steps against the slope, projected: f falls at each, and entries leave 0 or become 0. */
LOYI_LOCAL void loyi_shares_descend(loyi_shares *s, const double *z, double noise) {
  const size_t each = s->states * s->states;
  for (int k = 0; k < LOYI_SHARES_PROJECTIONS; k++) {
    for (size_t e = 0; e < each; e++) s->to[e] = s->p[e] - s->slope[e] / s->steepest;
    loyi_shares_project(s);
    if (!loyi_shares_accept(s, z, noise)) {
      loyi_shares_value(s, s->p, z);
      return;
    }
    loyi_shares_slopes(s);
  }
}

/* The free entries, those above 0 and one that is `released`, but the largest of each row, whose entry is rest[i]. */
LOYI_LOCAL const size_t *loyi_shares_free(loyi_shares *s, size_t released) {
  const size_t n = s->states;
  size_t *rest = s->entry + n * n;
  s->free = 0;
  for (size_t i = 0; i < n; i++) {
    rest[i] = i * n;
    for (size_t e = i * n; e < (i + 1) * n; e++)
      if (s->p[e] > s->p[rest[i]]) rest[i] = e;
    for (size_t e = i * n; e < (i + 1) * n; e++)
      if ((s->p[e] > 0.0 || e == released) && e != rest[i]) s->entry[s->free++] = e;
  }
  return rest;
}

/* s->towards = the step to the minimum over the free entries. Returns 0 when that is not unique. */
LOYI_LOCAL int loyi_shares_aim(loyi_shares *s, size_t released) {
  const size_t n = s->states;
  const size_t *rest = loyi_shares_free(s, released);
  for (size_t a = 0; a < s->free; a++) {
    const size_t d = s->entry[a], i = d / n;
    s->right[a] = s->slope[rest[i]] - s->slope[d];
    for (size_t b = 0; b <= a; b++) {
      const size_t e = s->entry[b], k = e / n;
      const int times =
          (d % n == e % n) - (d % n == rest[k] % n) - (rest[i] % n == e % n) + (rest[i] % n == rest[k] % n);
      s->factor[a * s->free + b] = (double)times * (s->square[i * n + k] + (i == k ? s->ridge : 0.0));
    }
  }
  if (!loyi_cholesky(s->factor, s->free)) return 0;
  loyi_cholesky_solve(s->factor, s->free, s->right);
  memset(s->towards, 0, n * n * sizeof *s->towards);
  for (size_t a = 0; a < s->free; a++) {
    s->towards[s->entry[a]] = s->right[a];
    s->towards[rest[s->entry[a] / n]] -= s->right[a];
  }
  return 1;
}

/* s->to = p + scale * towards, rows with a chance below 0 projected. */
LOYI_LOCAL void loyi_shares_move(loyi_shares *s, double scale) {
  const size_t n = s->states;
  int outside = 0;
  for (size_t e = 0; e < n * n; e++) {
    s->to[e] = s->p[e] + scale * s->towards[e];
    outside |= s->to[e] < 0.0;
  }
  if (outside) loyi_shares_project(s);
}

/* s->to = the end of the step, or where it meets the first bound, with that chance at 0 exactly. Returns nonzero for a
 * bound. */
LOYI_LOCAL int loyi_shares_move_to_bound(loyi_shares *s) {
  const size_t each = s->states * s->states;
  double scale = 1.0;
  for (size_t e = 0; e < each; e++)
    if (s->towards[e] < 0.0 && s->p[e] < -scale * s->towards[e]) scale = s->p[e] / -s->towards[e];
  for (size_t e = 0; e < each; e++) {
    s->to[e] = s->p[e] + scale * s->towards[e];
    if (s->towards[e] < 0.0 && s->p[e] <= -scale * s->towards[e] * (1.0 + 0x1p-50)) s->to[e] = 0.0;
  }
  return scale < 1.0;
}

/* The step over the entries above 0: whole or halved and projected if f falls, else to the first bound. */
LOYI_LOCAL int loyi_shares_step(loyi_shares *s, const double *z, double noise) {
  double scale = 1.0;
  if (!loyi_shares_aim(s, SIZE_MAX)) return 0;
  for (int k = 0; k < 4; k++, scale *= 0.5) {
    loyi_shares_move(s, scale);
    if (loyi_shares_accept(s, z, noise)) break;
    if (k < 3) continue;
    loyi_shares_move_to_bound(s);
    if (!loyi_shares_accept(s, z, noise)) loyi_shares_value(s, s->p, z);
  }
  loyi_shares_slopes(s);
  return 1;
}

/* The entry at 0 whose slope lies farthest below the level of its row; SIZE_MAX for none. */
LOYI_LOCAL size_t loyi_shares_release(const loyi_shares *s) {
  const size_t n = s->states;
  size_t best = SIZE_MAX;
  double most = 0.0;
  for (size_t i = 0; i < n; i++) {
    double mean = 0.0;
    for (size_t e = i * n; e < (i + 1) * n; e++) mean += s->p[e] * s->slope[e];
    for (size_t e = i * n; e < (i + 1) * n; e++)
      if (s->p[e] == 0.0 && loyi_shares_may(s, e) && mean - s->slope[e] > most) most = mean - s->slope[best = e];
  }
  return best;
}

/* The primal active-set method: to the minimum over the free entries, bound by bound; there one entry is released. Slow
 * where many entries change, but it ends on any data. */
LOYI_LOCAL int loyi_shares_pivot(loyi_shares *s, const double *z, double size) {
  const size_t each = s->states * s->states;
  size_t released = SIZE_MAX;
  for (size_t k = 0; k < 20 * each; k++) {
    int bound;
    if (!loyi_shares_aim(s, released)) return 0;
    if (released != SIZE_MAX && !(s->towards[released] > 0.0)) break; /* rounding */
    bound = loyi_shares_move_to_bound(s);
    if (!loyi_shares_accept(s, z, 0x1p-50 * size)) {
      loyi_shares_value(s, s->p, z);
      break;
    }
    loyi_shares_slopes(s);
    s->iterations++;
    if (!bound && s->gap <= LOYI_SHARES_GAP_NONE * size) break;
    released = bound ? SIZE_MAX : loyi_shares_release(s);
    if (!bound && released == SIZE_MAX) break;
  }
  return 1;
}

LOYI_SHARED int loyi_shares_solve(loyi_shares *problem, const double *z) {
  loyi_shares *s = problem;
  double size = 0.0;
  for (size_t e = 0; e < s->steps * s->states; e++) size += z[e] * z[e];
  for (size_t e = 0; s->ridge > 0.0 && e < s->states * s->states; e++) size += s->ridge * s->prior[e] * s->prior[e];
  s->value = loyi_shares_value(s, s->p, z);
  loyi_shares_slopes(s);
  for (s->iterations = 0; s->iterations < LOYI_SHARES_ROUNDS; s->iterations++) {
    const double gap = s->gap;
    loyi_shares_descend(s, z, 0x1p-50 * size);
    if (!loyi_shares_step(s, z, 0x1p-50 * size)) return 0;
    if (s->iterations == 0) continue; /* the second solve refines the first */
    if (s->gap <= LOYI_SHARES_GAP_NONE * size || (s->gap <= LOYI_SHARES_GAP_LOW * size && s->gap > 0.5 * gap)) break;
  }
  if (s->gap > LOYI_SHARES_GAP_LOW * size && !loyi_shares_pivot(s, z, size)) return 0;
  loyi_shares_free(s, SIZE_MAX);
  return 1;
}

#undef LOYI_SHARES_GAP_NONE
#undef LOYI_SHARES_GAP_LOW
#undef LOYI_SHARES_PIVOT

LOY_END_DECLS

#endif /* LOYALTY_LADDER_SHARES_SOLVE_INL_H */
