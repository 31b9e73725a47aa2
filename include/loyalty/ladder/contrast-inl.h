/* contrast-inl.h: body of contrast.h. */
#ifndef LOYALTY_LADDER_CONTRAST_INL_H
#define LOYALTY_LADDER_CONTRAST_INL_H

#include "contrast.h"

#include <math.h>

#include "../math/mmatrix.h"

LOY_BEGIN_DECLS

LOYI_SHARED size_t loyi_contrast_room(size_t states) { return 3 * states * states + 3 * states; }

/* difference[l size + m] = g_l - g_m; of the two views, from l and from m, the one with the smaller terms. */
LOYI_LOCAL int loyi_contrast_differences(const double *transition, const loyi_block *block, const loyi_contrast *g,
                                         double *difference, double *room) {
  const size_t size = block->size;
  double *terms = room, *a = terms + size * size, *exits = a + size * size, *x = exits + size, *y = x + size;
  for (size_t m = 0; m < size; m++) {
    loyi_chain_gather(transition, block->states, block->state, size, m, a, exits);
    if (!loyi_mmatrix_factor(a, exits, size - 1)) return 0;
    for (size_t l = 0; l + 1 < size; l++) {
      x[l] = g->x[l + (l >= m)];
      y[l] = g->y[l + (l >= m)];
    }
    loyi_mmatrix_solve(a, size - 1, x);
    loyi_mmatrix_solve(a, size - 1, y);
    difference[m * size + m] = 0.0;
    for (size_t l = 0; l + 1 < size; l++) {
      const size_t at = (l + (l >= m)) * size + m;
      difference[at] = x[l] * g->alpha[m] - y[l] * g->beta[m];
      terms[at] = x[l] * g->alpha[m] + y[l] * g->beta[m];
    }
  }
  for (size_t l = 0; l < size; l++)
    for (size_t m = 0; m < l; m++) {
      const size_t lm = l * size + m, ml = m * size + l;
      if (terms[lm] <= terms[ml])
        difference[ml] = -difference[lm];
      else
        difference[lm] = -difference[ml];
    }
  return 1;
}

LOYI_SHARED int loyi_contrast_spread(const double *transition, const loyi_block *block, const loyi_contrast *g,
                                     double *spread, double *room) {
  const size_t size = block->size;
  double *difference = room, *chance = difference + size * size;
  if (!loyi_contrast_differences(transition, block, g, difference, chance)) return 0;
  for (size_t k = 0; k < size; k++) {
    const double *row = transition + block->state[k] * block->states;
    double sum = g->two_ends ? g->x[k] * g->y[k] : 0.0;
    for (size_t l = 0; l < size; l++) {
      double pairs = g->y[k] * g->beta[l] * g->beta[l];
      chance[l] = l == k ? loyi_chain_stay(transition, block->states, block->state[k]) : row[block->state[l]];
      if (chance[l] == 0.0) continue;
      if (g->two_ends) pairs += g->x[k] * g->alpha[l] * g->alpha[l];
      for (size_t m = 0; m < l; m++) pairs += chance[m] * difference[l * size + m] * difference[l * size + m];
      sum += chance[l] * pairs;
    }
    spread[k] = sum;
  }
  return 1;
}

LOYI_SHARED double loyi_block_delta(const loyi_block *block, const double *spread, const double *row_counts,
                                    const double *visits) {
  double sum = 0.0;
  for (size_t k = 0; k < block->size; k++) {
    if (spread[k] == 0.0) continue; /* row_counts may be 0 */
    const double term = visits[k] * sqrt(spread[k] / row_counts[block->state[k]]);
    sum += term * term;
  }
  return sqrt(sum);
}

LOYI_SHARED void loyi_block_visits(const loyi_block *block, size_t i, double *visits) {
  for (size_t k = 0; k < block->size; k++) visits[k] = k == i ? 1.0 : 0.0;
  loyi_mmatrix_solve_transposed(block->lu, block->size, visits);
}

LOY_END_DECLS

#endif /* LOYALTY_LADDER_CONTRAST_INL_H */
