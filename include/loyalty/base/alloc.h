/* alloc.h: where memory comes from, for the few functions that need any (sorting a log, growing a table, a fit).
 * Scoring never allocates. */
#ifndef LOYALTY_BASE_ALLOC_H
#define LOYALTY_BASE_ALLOC_H

#include "config.h"

LOY_BEGIN_DECLS

/* A caller's allocator. Passed by const pointer; NULL means the C library's malloc, realloc and free. The three
 * functions get `ctx` first; `resize` is told the old size; all sizes are positive; memory must be aligned for any C
 * type. Returning NULL makes the calling function fail with LOY_ERR_MEMORY, with nothing leaked and outputs untouched.
 * When a function runs threads, the allocator is only ever called from the thread that called it. */
typedef struct loy_allocator {
  void *(*allocate)(void *ctx, size_t size);
  void *(*resize)(void *ctx, void *memory, size_t old_size, size_t new_size);
  void (*release)(void *ctx, void *memory, size_t size);
  void *ctx;
} loy_allocator;

/* Private: `count * size` bytes, or NULL when the product overflows or memory is out. `allocator` may be NULL. A count
 * of 0 gives NULL and is no failure: callers ask only for what they need. */
LOYI_SHARED void *loyi_allocate(const loy_allocator *allocator, size_t count, size_t size);

/* Private: grow to `count * size` bytes, keeping the first `old_count * size`. NULL leaves `memory` as it was. */
LOYI_SHARED void *loyi_resize(const loy_allocator *allocator, void *memory, size_t old_count, size_t count,
                              size_t size);

/* Private: give back what loyi_allocate or loyi_resize returned for the same `count * size`. NULL is allowed. */
LOYI_SHARED void loyi_release(const loy_allocator *allocator, void *memory, size_t count, size_t size);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "alloc-inl.h"
#endif

#endif /* LOYALTY_BASE_ALLOC_H */
