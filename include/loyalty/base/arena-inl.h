/* arena-inl.h: body of arena.h. */
#ifndef LOYALTY_BASE_ARENA_INL_H
#define LOYALTY_BASE_ARENA_INL_H

#include "arena.h"

#include <string.h>

LOY_BEGIN_DECLS

enum { LOYI_ARENA_STEP = 64 }; /* a request's size is rounded up to this, so that the next one is aligned */

/* Count a request; the place where it begins. */
LOYI_LOCAL size_t loyi_arena_count(loyi_arena *arena, size_t size) {
  const size_t at = arena->used, room = SIZE_MAX - at;
  const size_t rounded =
      size > SIZE_MAX - LOYI_ARENA_STEP ? SIZE_MAX : (size + LOYI_ARENA_STEP - 1) / LOYI_ARENA_STEP * LOYI_ARENA_STEP;
  arena->used = rounded > room ? SIZE_MAX : at + rounded;
  return at;
}

LOYI_LOCAL void *loyi_arena_allocate(void *ctx, size_t size) {
  loyi_arena *arena = (loyi_arena *)ctx;
  const size_t at = loyi_arena_count(arena, size);
  return at <= arena->size && size <= arena->size - at ? arena->memory + at : NULL;
}

LOYI_LOCAL void *loyi_arena_resize(void *ctx, void *memory, size_t old_size, size_t new_size) {
  void *moved = loyi_arena_allocate(ctx, new_size);
  if (moved) memcpy(moved, memory, old_size < new_size ? old_size : new_size);
  return moved;
}

LOYI_LOCAL void loyi_arena_release(void *ctx, void *memory, size_t size) {
  (void)ctx;
  (void)memory;
  (void)size;
}

LOYI_LOCAL void *loyi_arena_meter_allocate(void *ctx, size_t size) {
  loyi_arena *meter = (loyi_arena *)ctx;
  (void)loyi_arena_count(meter, size);
  return loyi_allocate(meter->backing, size, 1);
}

LOYI_LOCAL void *loyi_arena_meter_resize(void *ctx, void *memory, size_t old_size, size_t new_size) {
  loyi_arena *meter = (loyi_arena *)ctx;
  (void)loyi_arena_count(meter, new_size);
  return loyi_resize(meter->backing, memory, old_size, new_size, 1);
}

LOYI_LOCAL void loyi_arena_meter_release(void *ctx, void *memory, size_t size) {
  loyi_release(((loyi_arena *)ctx)->backing, memory, size, 1);
}

LOYI_SHARED void loyi_arena_make(loyi_arena *arena, void *memory, size_t size) {
  arena->allocator.allocate = loyi_arena_allocate;
  arena->allocator.resize = loyi_arena_resize;
  arena->allocator.release = loyi_arena_release;
  arena->allocator.ctx = arena;
  arena->backing = NULL;
  arena->memory = (char *)memory;
  arena->size = size;
  arena->used = 0;
}

LOYI_SHARED void loyi_arena_meter(loyi_arena *meter, const loy_allocator *backing) {
  meter->allocator.allocate = loyi_arena_meter_allocate;
  meter->allocator.resize = loyi_arena_meter_resize;
  meter->allocator.release = loyi_arena_meter_release;
  meter->allocator.ctx = meter;
  meter->backing = backing;
  meter->memory = NULL;
  meter->size = 0;
  meter->used = 0;
}

LOYI_SHARED void loyi_arena_clear(loyi_arena *arena) { arena->used = 0; }

LOY_END_DECLS

#endif /* LOYALTY_BASE_ARENA_INL_H */
