/* Merging for a BG/BB fit: counted or sorted, the same cells in the same order. */
#include "check.h"

#include "failing_allocator.h"
#include "loyalty/btyd/bgbb_cells.h"

#if LOY_TEST_INTERNALS

/* Few histories are counted; one long history among them, and they are sorted. */
static void test_merging(void) {
  static const double x[8] = {0, 2, 1, 0, 2, 0, 2, 700}, t_x[8] = {0, 5, 1, 0, 5, 0, 4, 70000};
  static const double T[8] = {6, 6, 6, 6, 6, 4, 6, 80000}, weight[8] = {1, 2, 3, 4, 5, 6, 7, 8};
  static const double cell[5][4] = {{0, 4, 0, 6}, {0, 6, 0, 5}, {1, 6, 1, 3}, {2, 6, 4, 7}, {2, 6, 5, 7}};
  for (size_t n = 7; n <= 8; n++) {
    loyi_bgbb_cells cells;
    size_t at = 0;
    CHECK_STATUS(loyi_bgbb_cells_make(x, t_x, T, weight, n, NULL, 1, &cells, NULL), LOY_OK);
    CU_ASSERT_EQUAL_FATAL(cells.n, n - 2);
    CU_ASSERT_EQUAL(cells.groups, n - 3);
    for (size_t g = 0; g < cells.groups; g++)
      for (size_t i = cells.group[g].begin; i < cells.group[g].end; i++, at++)
        if (at < 5) {
          CHECK_BITS(cells.group[g].x, cell[at][0]);
          CHECK_BITS(cells.group[g].T, cell[at][1]);
          CHECK_BITS((double)cells.cell[i].period, cell[at][2]);
          CHECK_BITS(cells.cell[i].weight, cell[at][3]);
        }
    CU_ASSERT_EQUAL(at, cells.n);
    CHECK_BITS(cells.customers, n == 7 ? 28.0 : 36.0);
    CHECK_BITS(cells.latest, T[n - 1]);
    /* Those with x > 0, x > 1; t_x - x > 2; t_x > 4. */
    CHECK_BITS(cells.bought[0], n == 7 ? 17.0 : 25.0);
    CHECK_BITS(cells.bought[1], n == 7 ? 14.0 : 22.0);
    CHECK_BITS(cells.idle[2], n == 7 ? 7.0 : 15.0);
    CHECK_BITS(cells.seen[4], n == 7 ? 7.0 : 15.0);
    loyi_bgbb_cells_release(&cells);
  }
}

static void test_memory(void) {
  static const double x[3] = {0, 2, 700}, t_x[3] = {0, 5, 70000}, T[3] = {6, 6, 80000};
  for (size_t n = 2; n <= 3; n++) { /* counted, sorted */
    failing_allocator memory;
    FOR_EACH_FAILURE(memory) {
      loyi_bgbb_cells cells;
      loy_error error;
      loy_status status = loyi_bgbb_cells_make(x, t_x, T, NULL, n, &memory.allocator, 1, &cells, &error);
      CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
      if (status == LOY_OK) loyi_bgbb_cells_release(&cells);
      CU_ASSERT_EQUAL(memory.held, 0);
    }
  }
}

SUITE(btyd, bgbb_cells) {
  ADD(test_merging);
  ADD(test_memory);
}

#else
static void test_nothing_public(void) { CU_PASS("private functions are tested in the other forms"); }
SUITE(btyd, bgbb_cells) { ADD(test_nothing_public); }
#endif
