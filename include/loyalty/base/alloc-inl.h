/* alloc-inl.h: body of alloc.h. */
#ifndef LOYALTY_BASE_ALLOC_INL_H
#define LOYALTY_BASE_ALLOC_INL_H

#include "alloc.h"

#include <stdlib.h>

LOY_BEGIN_DECLS

LOYI_SHARED void *loyi_allocate(const loy_allocator *allocator, size_t count, size_t size) {
  if (count == 0 || size == 0 || count > SIZE_MAX / size) return NULL;
  return allocator ? allocator->allocate(allocator->ctx, count * size) : malloc(count * size);
}

LOYI_SHARED void *loyi_resize(const loy_allocator *allocator, void *memory, size_t old_count, size_t count,
                              size_t size) {
  if (!memory) return loyi_allocate(allocator, count, size);
  if (count == 0 || size == 0 || count > SIZE_MAX / size) return NULL;
  return allocator ? allocator->resize(allocator->ctx, memory, old_count * size, count * size)
                   : realloc(memory, count * size);
}

LOYI_SHARED void loyi_release(const loy_allocator *allocator, void *memory, size_t count, size_t size) {
  if (!memory) return;
  if (allocator) {
    allocator->release(allocator->ctx, memory, count * size);
  } else {
    free(memory);
  }
}

LOY_END_DECLS

#endif /* LOYALTY_BASE_ALLOC_INL_H */
