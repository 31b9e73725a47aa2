/* reversed_blocks.h: for fuzz targets, before any header of the library: blocks of work in the order of one thread, or
 * with `threads` above 1 the last first. Header-only programs have no threads; what several of them could get wrong,
 * that an answer depends on the order of the blocks, shows here as well, and the same for the same input. */
#ifndef LOYALTY_BASE_PARALLEL_INL_H
#define LOYALTY_BASE_PARALLEL_INL_H

#include "loyalty/base/config.h"

/* base/parallel.h includes its body, this one, after it has declared it. */
#include "loyalty/base/parallel.h"

LOYI_SHARED void loyi_parallel(loyi_block_fn fn, void *ctx, size_t blocks, int threads) {
  for (size_t i = 0; i < blocks; i++) fn(ctx, threads > 1 ? blocks - 1 - i : i);
}

#endif /* LOYALTY_BASE_PARALLEL_INL_H */
