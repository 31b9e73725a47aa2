/* distinct.h: private. Of rows of several columns those that are different, each with the sum of its weights.
 *
 * An open-addressing table finds them in one pass, so that memory grows with the different rows and not with all; they
 * stay in the order in which they first came, and weights are added in the order of the rows. -0 and 0 are equal. */
#ifndef LOYALTY_BTYD_DISTINCT_H
#define LOYALTY_BTYD_DISTINCT_H

#include "../base/alloc.h"
#include "../base/config.h"

LOY_BEGIN_DECLS

/* The different rows. While it is being made a table holds 32 bits of their hashes above their numbers, which are
 * counted from 1, and 0 where none is. */
typedef struct loyi_distinct {
  const loy_allocator *allocator;
  size_t columns, n, room; /* room: rows that there is memory for */
  double *row;             /* of each its `columns` numbers, then its weight */
  uint64_t *table;
  size_t places; /* a power of 2 */
  int shift;     /* of those 32 bits, to a place */
} loyi_distinct;

/* So many rows have numbers. */
#define LOYI_DISTINCT_MOST (UINT32_MAX / 4 * 3)

enum { LOYI_DISTINCT_BLOCK = 64 };

/* Find the different ones of n rows, at most LOYI_DISTINCT_MOST, or of a sample: those of every `stride`-th block of
 * LOYI_DISTINCT_BLOCK, from the first on. weight may be NULL for 1 each. *seen receives how many were looked at.
 * Memory: at most 62 bytes for each different row of three columns while it works, 32 afterwards. 0 when memory is out;
 * there is nothing to release then. */
LOYI_SHARED int loyi_distinct_make(const double *const *column, size_t columns, const double *weight, size_t n,
                                   size_t stride, const loy_allocator *allocator, loyi_distinct *distinct,
                                   size_t *seen);

LOYI_SHARED void loyi_distinct_release(loyi_distinct *distinct);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "distinct-inl.h"
#endif

#endif /* LOYALTY_BTYD_DISTINCT_H */
