/* The arena: what fits is given and aligned, what does not is refused; the meter counts as the arena would. */
#include "check.h"
#include "failing_allocator.h"

#include "loyalty/base/arena.h"

#if LOY_TEST_INTERNALS

static void test_what_fits(void) {
  static double block[64]; /* 512 bytes */
  loyi_arena arena;
  char *first, *second, *third;
  loyi_arena_make(&arena, block, sizeof block);
  first = (char *)loyi_allocate(&arena.allocator, 3, 1);
  second = (char *)loyi_allocate(&arena.allocator, 100, 1);
  CU_ASSERT_PTR_EQUAL(first, (char *)block);
  CU_ASSERT_PTR_EQUAL(second, (char *)block + 64);
  CU_ASSERT_EQUAL(arena.used, 192);
  memcpy(first, "ab", 3);
  third = (char *)loyi_resize(&arena.allocator, first, 3, 320, 1);
  CU_ASSERT_PTR_EQUAL(third, (char *)block + 192);
  CU_ASSERT_STRING_EQUAL(third, "ab");
  loyi_release(&arena.allocator, third, 320, 1); /* nothing comes back */
  CU_ASSERT_PTR_NULL(loyi_allocate(&arena.allocator, 1, 1));
  CU_ASSERT_PTR_NULL(loyi_resize(&arena.allocator, third, 320, 321, 1));
  loyi_arena_clear(&arena);
  CU_ASSERT_PTR_EQUAL(loyi_allocate(&arena.allocator, 512, 1), (char *)block);
  CU_ASSERT_PTR_NULL(loyi_allocate(&arena.allocator, 1, 1));
  loyi_arena_clear(&arena);
  CU_ASSERT_PTR_NULL(loyi_allocate(&arena.allocator, 513, 1));
  CU_ASSERT_PTR_NULL(loyi_allocate(&arena.allocator, SIZE_MAX, 1));
  CU_ASSERT_PTR_NULL(loyi_allocate(&arena.allocator, SIZE_MAX - 64, 1));
  CU_ASSERT_EQUAL(arena.used, SIZE_MAX);
}

static void test_meter(void) {
  failing_allocator memory;
  FOR_EACH_FAILURE(memory) {
    loyi_arena meter;
    void *first, *grown = NULL;
    loyi_arena_meter(&meter, &memory.allocator);
    first = loyi_allocate(&meter.allocator, 10, 10);
    if (first) grown = loyi_resize(&meter.allocator, first, 10, 20, 10);
    CU_ASSERT_EQUAL(memory.failed, grown == NULL);
    CU_ASSERT_EQUAL(meter.used, first ? 128 + 256 : 128);
    loyi_release(&meter.allocator, grown ? grown : first, grown ? 20 : 10, 10);
    CU_ASSERT_EQUAL(memory.held, 0);
  }
}

SUITE(base, arena) {
  ADD(test_what_fits);
  ADD(test_meter);
}

#else
static void test_nothing_public(void) { CU_PASS("private functions are tested in the other forms"); }
SUITE(base, arena) { ADD(test_nothing_public); }

#endif
