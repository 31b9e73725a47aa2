/* test_block.c: the part of a chain that is under way, and what its functions ask of targets and row counts. */
#include "chains.h"

#include "failing_allocator.h"
#include "loyalty/ladder/block.h"
#include "loyalty/math/mmatrix.h"

#if LOY_TEST_INTERNALS

static void test_rows(void) {
  const double t[9] = {.5, .25, .25, 0, 1, 0, 1, 0, 0}, near[4] = {0, 1 - 0x1p-53, 0, 1};
  const double over[4] = {0, 1, .25, .75 + 1e-10};
  CHECK_BITS(loyi_chain_stay(t, 3, 0), .5);
  CHECK_BITS(loyi_chain_stay(t, 3, 1), 1.0);
  CHECK_BITS(loyi_chain_stay(t, 3, 2), 0.0);
  CHECK_BITS(loyi_chain_stay(near, 2, 0), 0x1p-53);
  CHECK_BITS(loyi_chain_stay(over, 2, 1), .75);
  CU_ASSERT(!loyi_chain_is_certain(t, 3, 0) && loyi_chain_is_certain(t, 3, 1) && loyi_chain_is_certain(t, 3, 2));
  CU_ASSERT(!loyi_chain_is_certain(near, 2, 0));
  CU_ASSERT(!loyi_chain_is_absorbing(t, 3, 0) && loyi_chain_is_absorbing(t, 3, 1) && !loyi_chain_is_absorbing(t, 3, 2));
}

static void test_gather(void) {
  const size_t list[3] = {0, 2, 3};
  double t[16], a[9], exits[3];
  for (size_t e = 0; e < 16; e++) t[e] = (double)e;
  loyi_chain_gather(t, 4, list, 3, LOY_NO_INDEX, a, exits);
  for (size_t e = 0; e < 9; e++) CHECK_BITS(a[e], t[4 * list[e / 3] + list[e % 3]]);
  CHECK_BITS(exits[0], 1.0);
  CHECK_BITS(exits[2], 13.0);
  loyi_chain_gather(t, 4, list, 3, 1, a, exits);
  CHECK_BITS(a[0], 0.0);
  CHECK_BITS(a[1], 3.0);
  CHECK_BITS(a[2], 12.0);
  CHECK_BITS(a[3], 15.0);
  CHECK_BITS(exits[0], 1.0 + 2.0);
  CHECK_BITS(exits[1], 13.0 + 14.0);
}

static void test_block(void) {
  const uint8_t target[5] = {0, 0, 0, 1, 0};
  const size_t reaching[5] = {1, 1, 1, 0, 1};
  loyi_block block;
  failing_allocator memory;
  FOR_EACH_FAILURE(memory) {
    loy_error error;
    const loy_status status = loyi_block_open(two_ends, 5, target, 3, &memory.allocator, &block, &error);
    CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
    if (status == LOY_OK) {
      CU_ASSERT(block.size == 2 && block.state[0] == 1 && block.state[1] == 4 && block.classes == 2);
      CU_ASSERT(block.place[0] == LOY_NO_INDEX && block.place[4] == 1);
      CU_ASSERT(block.class_of[0] == 0 && block.class_of[2] == 0 && block.class_of[3] == 1);
      loyi_block_reaching(two_ends, &block, LOY_NO_INDEX);
      for (size_t i = 0; i < 5; i++) CU_ASSERT_EQUAL(block.mark[i], reaching[i]);
      loyi_block_reaching(two_ends, &block, 1);
      CU_ASSERT(!block.mark[0] && block.mark[1] && block.mark[3] && block.mark[4]);
      block.room[0] = block.room[1] = block.room[2] = 1.0;
      loyi_mmatrix_solve(block.lu, 2, block.room);
      CHECK_BITS(block.room[0], 2.0);
      CHECK_BITS(block.room[1], 4.0);
      loyi_block_close(&block);
    }
    CU_ASSERT_EQUAL(memory.held, 0);
  }
}

static void test_out_of_range(void) {
  const uint8_t target[12] = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
  static double t[144];
  loyi_block block;
  loy_error error;
  tiny_chain(t, 1);
  CHECK_STATUS(loyi_block_open(t, 12, target, 0, NULL, &block, &error), LOY_ERR_SINGULAR);
  CHECK_ERROR(&error, LOY_ERR_SINGULAR, "transition", LOY_NO_INDEX);
}

static void test_targets(void) {
  const double swap[4] = {0, 1, 1, 0};
  const uint8_t none[2] = {0, 0}, one[2] = {0, 1};
  loy_error error;
  CHECK_STATUS(loyi_target_check(swap, 2, none, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "target", LOY_NO_INDEX);
  CHECK_STATUS(loyi_target_check(swap, 2, NULL, &error), LOY_ERR_INFEASIBLE);
  CHECK_ERROR(&error, LOY_ERR_INFEASIBLE, "transition", LOY_NO_INDEX);
  CHECK_STATUS(loyi_target_check(swap, 2, one, &error), LOY_OK);
  CHECK_STATUS(loyi_target_check(two_ends, 5, NULL, &error), LOY_OK);
}

static void test_row_counts(void) {
  static double large[257];
  const double t[4] = {.5, .5, 0, 1}, good[2] = {1, 0}, zero[2] = {0, 0}, bad[2] = {1, -1};
  loy_error error;
  CHECK_STATUS(loyi_row_counts_check(large, 257, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "states", LOY_NO_INDEX);
  CHECK_STATUS(loyi_row_counts_check(t, 2, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "row_counts", LOY_NO_INDEX);
  CHECK_STATUS(loyi_row_counts_check(t, 2, zero, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "row_counts", 0);
  CHECK_STATUS(loyi_row_counts_check(t, 2, bad, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "row_counts", 1);
  CHECK_STATUS(loyi_row_counts_check(t, 2, good, &error), LOY_OK);
  CHECK_STATUS(loyi_chain_out_of_range(&error), LOY_ERR_SINGULAR);
}

#endif

SUITE(ladder, block) {
#if LOY_TEST_INTERNALS
  ADD(test_rows);
  ADD(test_gather);
  ADD(test_block);
  ADD(test_out_of_range);
  ADD(test_targets);
  ADD(test_row_counts);
#else
  (void)suite;
#endif
}
