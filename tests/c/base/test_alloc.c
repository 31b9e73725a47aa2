#include "check.h"
#include "failing_allocator.h"

#if LOY_TEST_INTERNALS

static void test_products_that_overflow_fail(void) {
  CU_ASSERT_PTR_NULL(loyi_allocate(NULL, SIZE_MAX / 2, 3));
  CU_ASSERT_PTR_NULL(loyi_allocate(NULL, 0, 8));
  CU_ASSERT_PTR_NULL(loyi_allocate(NULL, 8, 0));
}

static void test_grow_keeps_contents(void) {
  char *memory = (char *)loyi_allocate(NULL, 4, 1);
  CU_ASSERT_PTR_NOT_NULL_FATAL(memory);
  memcpy(memory, "abc", 4);
  CU_ASSERT_PTR_NULL(loyi_resize(NULL, memory, 4, SIZE_MAX, 2));
  memory = (char *)loyi_resize(NULL, memory, 4, 1000, 1);
  CU_ASSERT_PTR_NOT_NULL_FATAL(memory);
  CU_ASSERT_STRING_EQUAL(memory, "abc");
  loyi_release(NULL, memory, 1000, 1);
  loyi_release(NULL, NULL, 5, 1);
}

static void test_callers_allocator_sees_every_request(void) {
  failing_allocator memory;
  int runs = 0;
  FOR_EACH_FAILURE(memory) {
    void *grown = NULL;
    void *first = loyi_allocate(&memory.allocator, 10, 8);
    if (first) grown = loyi_resize(&memory.allocator, first, 10, 20, 8);
    CU_ASSERT_EQUAL(memory.failed, grown == NULL);
    if (grown) {
      CU_ASSERT_EQUAL(memory.held, 160);
      loyi_release(&memory.allocator, grown, 20, 8);
    } else {
      loyi_release(&memory.allocator, first, 10, 8);
    }
    CU_ASSERT_EQUAL(memory.held, 0);
    runs++;
  }
  CU_ASSERT_EQUAL(runs, 3);
}

SUITE(base, alloc) {
  ADD(test_products_that_overflow_fail);
  ADD(test_grow_keeps_contents);
  ADD(test_callers_allocator_sees_every_request);
}

#else

/* The shared library hides these functions; the allocator is exercised through every function that takes one. */
static void test_harness_gives_back_what_it_counts(void) {
  failing_allocator memory;
  FOR_EACH_FAILURE(memory) {
    void *block = memory.allocator.allocate(memory.allocator.ctx, 16);
    CU_ASSERT_EQUAL(memory.failed, block == NULL);
    if (block) memory.allocator.release(memory.allocator.ctx, block, 16);
    CU_ASSERT_EQUAL(memory.held, 0);
  }
}

SUITE(base, alloc) { ADD(test_harness_gives_back_what_it_counts); }

#endif
