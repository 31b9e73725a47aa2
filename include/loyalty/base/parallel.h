/* parallel.h: private. Run independent blocks of work on native threads that are started and joined inside one call.
 * Header-only programs run the blocks in order on the calling thread. Results never depend on the number of threads:
 * a block writes only to places of its own, and whoever sums over blocks does so in their order. */
#ifndef LOYALTY_BASE_PARALLEL_H
#define LOYALTY_BASE_PARALLEL_H

#include "config.h"

LOY_BEGIN_DECLS

/* The work of one block, 0 <= block < blocks. */
typedef void (*loyi_block_fn)(void *ctx, size_t block);

/* Call `fn(ctx, block)` once for each block. `threads` <= 1 means the calling thread alone; more than 64 are not used.
 * When a thread cannot be started the others do its work. Returns when all blocks are done. */
LOYI_SHARED void loyi_parallel(loyi_block_fn fn, void *ctx, size_t blocks, int threads);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "parallel-inl.h"
#endif

#endif /* LOYALTY_BASE_PARALLEL_H */
