/* rank-inl.h: body of rank.h. */
#ifndef LOYALTY_MATH_RANK_INL_H
#define LOYALTY_MATH_RANK_INL_H

#include "rank.h"

#include <string.h>

LOY_BEGIN_DECLS

enum {
  LOYI_RANK_FEW = 48,    /* up to here, moving values past one another is faster */
  LOYI_RANK_DIGITS = 8,  /* of a key, least significant first */
  LOYI_RANK_VALUES = 256 /* of a digit */
};

/* The bits of a double as a number with the same order: negative values complemented, others above them. */
LOYI_LOCAL uint64_t loyi_rank_key(double value) {
  uint64_t bits;
  value += 0.0; /* -0 becomes 0 */
  memcpy(&bits, &value, sizeof bits);
  return bits >> 63 ? ~bits : bits | (uint64_t)1 << 63;
}

LOYI_LOCAL void loyi_rank_insert(loyi_ranked *ranked, size_t n) {
  for (size_t i = 1; i < n; i++) {
    const loyi_ranked one = ranked[i];
    size_t to = i;
    for (; to > 0 && ranked[to - 1].value > one.value; to--) ranked[to] = ranked[to - 1];
    ranked[to] = one;
  }
}

LOYI_SHARED loyi_ranked *loyi_ranked_sort(loyi_ranked *from, loyi_ranked *spare, size_t n) {
  size_t count[LOYI_RANK_DIGITS][LOYI_RANK_VALUES];
  if (n <= LOYI_RANK_FEW) {
    loyi_rank_insert(from, n);
    return from;
  }
  memset(count, 0, sizeof count);
  for (size_t i = 0; i < n; i++) {
    const uint64_t key = loyi_rank_key(from[i].value);
    for (int digit = 0; digit < LOYI_RANK_DIGITS; digit++) count[digit][key >> 8 * digit & 255]++;
  }
  for (int digit = 0; digit < LOYI_RANK_DIGITS; digit++) {
    size_t *place = count[digit], at = 0;
    loyi_ranked *swap = from;
    if (place[loyi_rank_key(from[0].value) >> 8 * digit & 255] == n) continue; /* all alike, as in small integers */
    for (size_t value = 0; value < LOYI_RANK_VALUES; value++) {
      const size_t here = place[value];
      place[value] = at;
      at += here;
    }
    for (size_t i = 0; i < n; i++) spare[place[loyi_rank_key(from[i].value) >> 8 * digit & 255]++] = from[i];
    from = spare;
    spare = swap;
  }
  return from;
}

LOY_END_DECLS

#endif /* LOYALTY_MATH_RANK_INL_H */
