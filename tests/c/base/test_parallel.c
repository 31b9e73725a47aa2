#include "check.h"

#if LOY_TEST_INTERNALS

#  include "loyalty/base/parallel.h"

static void count_block(void *ctx, size_t block) { ((int *)ctx)[block]++; }

static void test_each_block_runs_once(void) {
  static const int threads[] = {-1, 0, 1, 2, 7, 64, 1000};
  int calls[100];
  for (size_t t = 0; t < sizeof threads / sizeof threads[0]; t++) {
    for (size_t blocks = 0; blocks <= 100; blocks += 25) {
      memset(calls, 0, sizeof calls);
      loyi_parallel(count_block, calls, blocks, threads[t]);
      for (size_t i = 0; i < 100; i++) CU_ASSERT_EQUAL(calls[i], i < blocks);
    }
  }
}

#endif

SUITE(base, parallel) {
#if LOY_TEST_INTERNALS
  ADD(test_each_block_runs_once);
#else
  (void)suite; /* the shared library hides its threads */
#endif
}
