/* Tests of base/cells.h: every row once, in order of customer and time, equal keys in the order of the rows; the parts
 * of threads; memory that runs out. */
#include "check.h"

#include "failing_allocator.h"
#include "loyalty/base/cells.h"

#if LOY_TEST_INTERNALS

/* Rows to sort and what came out of them. Only rows of even number are wanted. */
typedef struct sorting {
  const int64_t *customer, *period;
  loyi_cell last[LOYI_CELLS_MOST_SLICES];
  size_t taken[LOYI_CELLS_MOST_SLICES];
  size_t wrong;
} sorting;

static void count_even(const loyi_cells_sort *sort, size_t first, size_t end, size_t *count) {
  const sorting *s = (const sorting *)sort->context;
  for (size_t i = first; i < end; i++)
    if (i % 2 == 0) count[loyi_cells_part(sort, s->customer[i])]++;
}

static void place_even(const loyi_cells_sort *sort, size_t first, size_t end, size_t *place, loyi_cell *cell) {
  const sorting *s = (const sorting *)sort->context;
  for (size_t i = first; i < end; i++) {
    loyi_cell *to;
    if (i % 2 != 0) continue;
    to = &cell[place[loyi_cells_part(sort, s->customer[i])]++];
    to->customer = s->customer[i];
    to->period = s->period[i];
    to->value = (int64_t)i;
  }
}

/* value is the row: it rises where customer and period are the same */
static void take_sorted(void *context, size_t span, const loyi_cell *cell, size_t n, loyi_cell *home) {
  sorting *s = (sorting *)context;
  for (size_t i = 0; i < n; i++) {
    const loyi_cell here = cell[i];
    if (s->taken[span]++ > 0 && !(loyi_cells_before(&s->last[span], &here) ||
                                  (!loyi_cells_before(&here, &s->last[span]) && s->last[span].value < here.value)))
      s->wrong++;
    if (here.value % 2 != 0 || s->customer[here.value] != here.customer || s->period[here.value] != here.period)
      s->wrong++;
    s->last[span] = here;
  }
  memset(home, 0, n * sizeof *home); /* the place is ours */
}

static void sort_with(sorting *s, loyi_cells_sort *sort, size_t n, int threads) {
  memset(sort, 0, sizeof *sort);
  sort->n = n;
  sort->least = INT64_MAX;
  sort->greatest = INT64_MIN;
  for (size_t i = 0; i < n; i++) {
    if (s->customer[i] < sort->least) sort->least = s->customer[i];
    if (s->customer[i] > sort->greatest) sort->greatest = s->customer[i];
  }
  sort->threads = threads;
  sort->context = s;
  sort->count = count_even;
  sort->place = place_even;
  sort->take = take_sorted;
  memset(s->taken, 0, sizeof s->taken);
  s->wrong = 0;
}

enum { ROWS = 70000 };
static int64_t customer[ROWS], period[ROWS];

/* Kinds of ids: few, many, one, spread over all of int64_t. */
static void make_rows(int kind) {
  uint64_t state = 7 + (uint64_t)kind;
  for (size_t i = 0; i < ROWS; i++) {
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    customer[i] = kind == 3   ? (int64_t)(state ^ state >> 29)
                  : kind == 2 ? 12
                  : kind == 1 ? (int64_t)(state >> 40) - 5000000
                              : (int64_t)(state >> 61);
    period[i] = kind == 3 ? (int64_t)(state << 13) : (int64_t)(state >> 33) % 40 - 20;
  }
}

static void test_sort(void) {
  static const size_t sizes[] = {1, 2, 20, 3000, ROWS};
  sorting s;
  s.customer = customer;
  s.period = period;
  for (int kind = 0; kind < 4; kind++) {
    make_rows(kind);
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
      for (int threads = 1; threads <= 3; threads++) {
        loyi_cells_sort sort;
        loyi_cell *cell;
        size_t n, total = 0;
        sort_with(&s, &sort, sizes[k], threads);
        CU_ASSERT_EQUAL_FATAL(loyi_cells_run(&sort, NULL, &cell, &n), 1);
        CU_ASSERT_EQUAL(n, (sizes[k] + 1) / 2);
        for (int span = 0; span < LOYI_CELLS_MOST_SLICES; span++) {
          total += s.taken[span];
          if (span > 0 && s.taken[span] > 0 && s.taken[span - 1] > 0)
            CU_ASSERT(s.last[span - 1].customer < s.last[span].customer);
        }
        CU_ASSERT_EQUAL(total, n);
        CU_ASSERT_EQUAL(s.wrong, 0);
        loyi_release(NULL, cell, n, sizeof *cell);
      }
    }
  }
}

static void test_memory(void) {
  failing_allocator memory;
  sorting s;
  s.customer = customer;
  s.period = period;
  make_rows(1);
  FOR_EACH_FAILURE(memory) {
    loyi_cells_sort sort;
    loyi_cell *cell;
    size_t n;
    sort_with(&s, &sort, 2000, 1);
    CU_ASSERT_EQUAL(loyi_cells_run(&sort, &memory.allocator, &cell, &n), !memory.failed);
    loyi_release(&memory.allocator, cell, n, sizeof *cell);
    CU_ASSERT_EQUAL(memory.held, 0);
  }
}

/* Slices cover all, in order, and differ by little. */
static void test_cut(void) {
  for (size_t n = 0; n < 100; n++) {
    for (size_t slices = 1; slices < 9; slices++) {
      CU_ASSERT_EQUAL(loyi_cells_cut(n, slices, 0), 0);
      CU_ASSERT_EQUAL(loyi_cells_cut(n, slices, slices), n);
      for (size_t i = 0; i < slices; i++) {
        const size_t length = loyi_cells_cut(n, slices, i + 1) - loyi_cells_cut(n, slices, i);
        CU_ASSERT(length == n / slices || length == n / slices + 1);
      }
    }
  }
}

#endif

SUITE(base, cells) {
  (void)suite;
#if LOY_TEST_INTERNALS
  ADD(test_sort);
  ADD(test_memory);
  ADD(test_cut);
#endif
}
