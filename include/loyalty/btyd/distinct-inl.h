/* distinct-inl.h: body of distinct.h. */
#ifndef LOYALTY_BTYD_DISTINCT_INL_H
#define LOYALTY_BTYD_DISTINCT_INL_H

#include "distinct.h"

#include <string.h>

#include "../math/elementary.h"

LOY_BEGIN_DECLS

enum { LOYI_DISTINCT_ROOM = 256, LOYI_DISTINCT_PLACES = 512 }; /* at first */

/* Ask for memory that will be read soon. */
#if defined(__GNUC__)
#  define LOYI_DISTINCT_SOON(address) __builtin_prefetch(address)
#else
#  define LOYI_DISTINCT_SOON(address) ((void)0)
#endif

/* One more number of a row. Those of whole days have their bits at the top, whence the shift brings them down. */
LOYI_LOCAL uint64_t loyi_distinct_mix(uint64_t hash, double number) {
  hash = (hash ^ loyi_bits(number + 0.0)) * UINT64_C(0x9e3779b97f4a7c15);
  return hash ^ (hash >> 32);
}

/* What the table holds of a row beside its number: 32 bits, of which the top ones are the place where its search
 * begins. Rows that are different hardly ever have the same. */
LOYI_LOCAL uint32_t loyi_distinct_tag(uint64_t hash) { return (uint32_t)((hash * UINT64_C(0xd6e8feb86659fd93)) >> 32); }

/* A table of so many places with the rows that there are. 0 when memory is out. */
LOYI_LOCAL int loyi_distinct_tabulate(loyi_distinct *distinct, size_t places) {
  loyi_release(distinct->allocator, distinct->table, distinct->places, sizeof *distinct->table);
  distinct->table = (uint64_t *)loyi_allocate(distinct->allocator, places, sizeof *distinct->table);
  if (!distinct->table) return 0;
  memset(distinct->table, 0, places * sizeof *distinct->table);
  distinct->places = places;
  distinct->shift = 32;
  for (size_t i = places; i > 1; i /= 2) distinct->shift--;
  for (size_t i = 0; i < distinct->n; i++) {
    const double *row = distinct->row + i * (distinct->columns + 1);
    uint64_t hash = 0;
    uint32_t tag;
    size_t place;
    for (size_t k = 0; k < distinct->columns; k++) hash = loyi_distinct_mix(hash, row[k]);
    tag = loyi_distinct_tag(hash);
    place = tag >> distinct->shift;
    while (distinct->table[place]) place = (place + 1) & (places - 1);
    distinct->table[place] = (uint64_t)tag << 32 | (i + 1);
  }
  return 1;
}

LOYI_LOCAL int loyi_distinct_resize(loyi_distinct *distinct, size_t room) {
  double *row = (double *)loyi_resize(distinct->allocator, distinct->row, distinct->room, room,
                                      (distinct->columns + 1) * sizeof(double));
  if (!row) return 0;
  distinct->row = row;
  distinct->room = room;
  return 1;
}

/* Room for one more row, in the table too. 0 when memory is out. */
LOYI_LOCAL int loyi_distinct_grow(loyi_distinct *distinct) {
  if (distinct->n == distinct->room && !loyi_distinct_resize(distinct, distinct->room + distinct->room / 4)) return 0;
  return 4 * (distinct->n + 1) <= 3 * distinct->places || loyi_distinct_tabulate(distinct, 2 * distinct->places);
}

/* Add a row with this tag. 0 when memory is out. */
LOYI_LOCAL int loyi_distinct_add(loyi_distinct *distinct, const double *const *column, double weight, size_t i,
                                 uint32_t tag) {
  const size_t columns = distinct->columns;
  size_t place = tag >> distinct->shift;
  double *row;
  for (; distinct->table[place]; place = (place + 1) & (distinct->places - 1)) {
    size_t k = 0;
    if (distinct->table[place] >> 32 != tag) continue;
    row = distinct->row + ((uint32_t)distinct->table[place] - 1) * (columns + 1);
    while (k < columns && row[k] == column[k][i]) k++;
    if (k < columns) continue;
    row[columns] += weight;
    return 1;
  }
  row = distinct->row + distinct->n * (columns + 1);
  for (size_t k = 0; k < columns; k++) row[k] = column[k][i] + 0.0;
  row[columns] = weight;
  distinct->table[place] = (uint64_t)tag << 32 | ++distinct->n;
  return loyi_distinct_grow(distinct);
}

/* Add the rows from `first` on, a block at most. Those that are where their search begins, which most are, are told
 * without branches first, so that the waits for memory overlap. 0 when memory is out. */
LOYI_LOCAL int loyi_distinct_add_block(loyi_distinct *distinct, const double *const *column, const double *weight,
                                       size_t first, size_t rows) {
  const size_t columns = distinct->columns;
  uint64_t hash[LOYI_DISTINCT_BLOCK] = {0};
  uint32_t tag[LOYI_DISTINCT_BLOCK];
  size_t at[LOYI_DISTINCT_BLOCK];
  int same[LOYI_DISTINCT_BLOCK];
  for (size_t k = 0; k < columns; k++)
    for (size_t j = 0; j < rows; j++) hash[j] = loyi_distinct_mix(hash[j], column[k][first + j]);
  for (size_t j = 0; j < rows; j++) {
    tag[j] = loyi_distinct_tag(hash[j]);
    LOYI_DISTINCT_SOON(&distinct->table[tag[j] >> distinct->shift]);
  }
  for (size_t j = 0; j < rows; j++) {
    uint64_t found = distinct->table[tag[j] >> distinct->shift];
    same[j] = (found >> 32 == tag[j]) & ((uint32_t)found > 0);
    at[j] = (((uint32_t)found - 1) & (0u - (uint32_t)same[j])) * (columns + 1);
    LOYI_DISTINCT_SOON(&distinct->row[at[j]]);
  }
  for (size_t k = 0; k < columns; k++)
    for (size_t j = 0; j < rows; j++) same[j] &= distinct->row[at[j] + k] == column[k][first + j];
  for (size_t j = 0; j < rows; j++) {
    const double one = weight ? weight[first + j] : 1.0;
    if (same[j]) {
      distinct->row[at[j] + columns] += one;
    } else if (!loyi_distinct_add(distinct, column, one, first + j, tag[j])) {
      return 0;
    }
  }
  return 1;
}

LOYI_SHARED int loyi_distinct_make(const double *const *column, size_t columns, const double *weight, size_t n,
                                   size_t stride, const loy_allocator *allocator, loyi_distinct *distinct,
                                   size_t *seen) {
  int made;
  memset(distinct, 0, sizeof *distinct);
  distinct->allocator = allocator;
  distinct->columns = columns;
  *seen = 0;
  made = loyi_distinct_resize(distinct, LOYI_DISTINCT_ROOM) && loyi_distinct_tabulate(distinct, LOYI_DISTINCT_PLACES);
  if (made) memset(distinct->row, 0, (columns + 1) * sizeof(double)); /* what absent rows are compared with */
  for (size_t block = 0; made && block < n / LOYI_DISTINCT_BLOCK + (n % LOYI_DISTINCT_BLOCK != 0); block += stride) {
    const size_t first = block * LOYI_DISTINCT_BLOCK, left = n - first;
    const size_t rows = left < LOYI_DISTINCT_BLOCK ? left : (size_t)LOYI_DISTINCT_BLOCK;
    made = loyi_distinct_add_block(distinct, column, weight, first, rows);
    *seen += rows;
  }
  loyi_release(allocator, distinct->table, distinct->places, sizeof *distinct->table);
  distinct->table = NULL;
  if (made && (distinct->n == 0 || loyi_distinct_resize(distinct, distinct->n))) return 1;
  loyi_distinct_release(distinct);
  return 0;
}

LOYI_SHARED void loyi_distinct_release(loyi_distinct *distinct) {
  loyi_release(distinct->allocator, distinct->row, distinct->room, (distinct->columns + 1) * sizeof(double));
}

#undef LOYI_DISTINCT_SOON

LOY_END_DECLS

#endif /* LOYALTY_BTYD_DISTINCT_INL_H */
