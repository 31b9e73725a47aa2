/* arena.h: private. Memory for a worker thread. A caller's allocator belongs to the thread that made the call
 * (alloc.h), so where whole fits run in parallel each worker has one block that was asked for beforehand, and takes all
 * it needs from there. Nothing is given back before loyi_arena_clear. */
#ifndef LOYALTY_BASE_ARENA_H
#define LOYALTY_BASE_ARENA_H

#include "alloc.h"
#include "config.h"

LOY_BEGIN_DECLS

/* An arena, or a meter. Not to be moved once made: the allocator points to it. */
typedef struct loyi_arena {
  loy_allocator allocator;      /* what the worker is given */
  const loy_allocator *backing; /* of a meter: where requests go */
  char *memory;                 /* of an arena: its block, aligned for any type */
  size_t size;
  size_t used; /* asked for since loyi_arena_clear, whether or not it was given */
} loyi_arena;

/* An arena over `size` bytes at `memory`; a request beyond them is answered with NULL. */
LOYI_SHARED void loyi_arena_make(loyi_arena *arena, void *memory, size_t size);

/* A meter: an allocator that hands requests on to `backing` (NULL: the C library's) and counts in `used` what an arena
 * would have needed for them. */
LOYI_SHARED void loyi_arena_meter(loyi_arena *meter, const loy_allocator *backing);

/* Forget all that was handed out. */
LOYI_SHARED void loyi_arena_clear(loyi_arena *arena);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "arena-inl.h"
#endif

#endif /* LOYALTY_BASE_ARENA_H */
