/* stochastic-inl.h: body of stochastic.h. */
#ifndef LOYALTY_LADDER_STOCHASTIC_INL_H
#define LOYALTY_LADDER_STOCHASTIC_INL_H

#include <math.h>

#include "../base/range.h"
#include "../math/sum.h"
#include "stochastic.h"

LOY_BEGIN_DECLS

LOYI_SHARED loy_status loyi_stochastic_check(const double *transition, size_t states, loy_error *error) {
  if (states < 1 || states > LOY_CHAIN_STATES_MOST)
    return loyi_report(error, LOY_ERR_ARGUMENT, "states", LOY_NO_INDEX, "must be from 1 to 1024");
  if (!transition) return loyi_report(error, LOY_ERR_ARGUMENT, "transition", LOY_NO_INDEX, "must not be NULL");
  for (size_t i = 0; i < states; i++) {
    double sum = 0.0;
    for (size_t j = 0; j < states; j++) {
      const double chance = transition[i * states + j];
      if (!(chance <= 1.0 && loyi_is_zero_or_quantity(chance)))
        return loyi_report(error, LOY_ERR_DOMAIN, "transition", i, "must hold chances only, 0 or from 1e-40 to 1");
      sum += chance;
    }
    if (!(fabs(sum - 1.0) <= LOYI_STOCHASTIC_TOLERANCE))
      return loyi_report(error, LOY_ERR_DOMAIN, "transition", i, "must have rows that sum to one, within 1e-9");
  }
  return loyi_ok(error);
}

LOYI_SHARED double loyi_chain_stay(const double *transition, size_t states, size_t state) {
  const double *row = transition + state * states;
  loyi_total left = {1.0, 0.0};
  for (size_t j = 0; j < states; j++)
    if (j != state) loyi_total_add(&left, -row[j]);
  return loyi_total_value(&left) > 0.0 ? loyi_total_value(&left) : 0.0;
}

LOYI_SHARED size_t loyi_recurrent_scratch(size_t states) { return states * ((states + 63) / 64); }

LOYI_SHARED int loyi_reaches(const uint64_t *reach, size_t states, size_t from, size_t to) {
  return (int)(reach[from * ((states + 63) / 64) + to / 64] >> (to % 64) & 1);
}

LOYI_SHARED void loyi_close_paths(uint64_t *reach, size_t states) {
  /* Warshall, 64 states at a time. */
  const size_t words = (states + 63) / 64;
  for (size_t k = 0; k < states; k++)
    for (size_t i = 0; i < states; i++)
      if (loyi_reaches(reach, states, i, k))
        for (size_t w = 0; w < words; w++) reach[i * words + w] |= reach[k * words + w];
}

LOYI_SHARED void loyi_chain_reach(const double *transition, size_t states, uint64_t *reach) {
  const size_t words = (states + 63) / 64;
  for (size_t w = 0; w < states * words; w++) reach[w] = 0;
  for (size_t i = 0; i < states; i++)
    for (size_t j = 0; j < states; j++)
      if (i == j || transition[i * states + j] > 0.0) reach[i * words + j / 64] |= (uint64_t)1 << (j % 64);
  loyi_close_paths(reach, states);
}

LOYI_SHARED size_t loyi_recurrent_classes(const double *transition, size_t states, size_t *class_of,
                                          uint64_t *scratch) {
  size_t classes = 0;
  loyi_chain_reach(transition, states, scratch);
  for (size_t i = 0; i < states; i++) {
    size_t first = i;
    int recurrent = 1;
    for (size_t j = 0; j < states && recurrent; j++) {
      if (!loyi_reaches(scratch, states, i, j)) continue;
      recurrent = loyi_reaches(scratch, states, j, i);
      if (recurrent && j < first) first = j;
    }
    if (!recurrent)
      class_of[i] = LOY_NO_INDEX;
    else
      class_of[i] = first < i ? class_of[first] : classes++;
  }
  return classes;
}

LOY_END_DECLS

#endif /* LOYALTY_LADDER_STOCHASTIC_INL_H */
