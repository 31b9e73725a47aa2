/* failing_allocator.h: an allocator that fails its k-th request and counts what is still held.
 *
 *   FOR_EACH_FAILURE(memory) {
 *     status = loy_thing(..., &memory.allocator, ...);
 *     if (memory.failed) { CHECK_STATUS(status, LOY_ERR_MEMORY); ... outputs are untouched ... }
 *     else { CHECK_STATUS(status, LOY_OK); ... give back what the call returned ... }
 *     CU_ASSERT_EQUAL(memory.held, 0);
 *   }
 * runs the body with the 1st, 2nd, 3rd ... request failing, until a run in which none fails. */
#ifndef LOYALTY_TESTS_FAILING_ALLOCATOR_H
#define LOYALTY_TESTS_FAILING_ALLOCATOR_H

#include <stdlib.h>

#include "loyalty/base/alloc.h"

typedef struct failing_allocator {
  loy_allocator allocator;
  size_t requests; /* made so far in this run */
  size_t fail_at;  /* the request that fails, counted from 1 */
  size_t held;     /* bytes not given back */
  int failed;      /* whether this run met its failure */
} failing_allocator;

static inline void *failing_allocate(void *ctx, size_t size) {
  failing_allocator *self = (failing_allocator *)ctx;
  void *memory;
  if (++self->requests == self->fail_at) {
    self->failed = 1;
    return NULL;
  }
  memory = malloc(size);
  if (memory) self->held += size;
  return memory;
}

static inline void *failing_resize(void *ctx, void *memory, size_t old_size, size_t new_size) {
  failing_allocator *self = (failing_allocator *)ctx;
  void *moved;
  if (++self->requests == self->fail_at) {
    self->failed = 1;
    return NULL;
  }
  moved = realloc(memory, new_size);
  if (moved) self->held = self->held - old_size + new_size;
  return moved;
}

static inline void failing_release(void *ctx, void *memory, size_t size) {
  failing_allocator *self = (failing_allocator *)ctx;
  self->held -= size;
  free(memory);
}

static inline void failing_start(failing_allocator *self, size_t fail_at) {
  self->allocator.allocate = failing_allocate;
  self->allocator.resize = failing_resize;
  self->allocator.release = failing_release;
  self->allocator.ctx = self;
  self->requests = 0;
  self->fail_at = fail_at;
  self->held = 0;
  self->failed = 0;
}

/* Next run, or 0 when the last one met no failure. A run that never asked for memory cannot test anything. */
static inline int failing_next(failing_allocator *self) {
  if (self->fail_at > 0 && !self->failed) return 0;
  failing_start(self, self->fail_at + 1);
  return 1;
}

#define FOR_EACH_FAILURE(memory) for ((memory).fail_at = 0, (memory).failed = 0; failing_next(&(memory));)

#endif /* LOYALTY_TESTS_FAILING_ALLOCATOR_H */
