/* Tests of btyd/rfm_cells.h: periods and their beginnings, sorted cells against an insertion by hand, runs that grow.
 */
#include "check.h"

#include "loyalty/btyd/rfm_cells.h"
#include "rfm_log.h"

#if LOY_TEST_INTERNALS

/* A period begins at its own start, and ends a second before the next one does; before 1970 too. */
static void test_periods(void) {
  static const loy_rfm_merge_period merges[] = {LOY_RFM_MERGE_HOUR,  LOY_RFM_MERGE_DAY,  LOY_RFM_MERGE_WEEK,
                                                LOY_RFM_MERGE_MONTH, LOY_RFM_MERGE_YEAR, LOY_RFM_MERGE_NONE};
  for (size_t m = 0; m < sizeof merges / sizeof *merges; m++) {
    for (int64_t time = -4000000000; time < 4000000000; time += 123456789) {
      const int64_t period = loyi_rfm_period(merges[m], LOY_TICK_SECOND, time);
      const int64_t start = loyi_rfm_period_start(merges[m], period);
      const int64_t next = loyi_rfm_period_start(merges[m], period + 1);
      CU_ASSERT(start <= time && time < next);
      CU_ASSERT_EQUAL(loyi_rfm_period(merges[m], LOY_TICK_SECOND, start), period);
      CU_ASSERT_EQUAL(loyi_rfm_period(merges[m], LOY_TICK_SECOND, next - 1), period);
    }
  }
  /* 1970-01-01 was a Thursday; its week began on Monday, 1969-12-29. */
  CU_ASSERT_EQUAL(loyi_rfm_period_start(LOY_RFM_MERGE_WEEK, loyi_rfm_period(LOY_RFM_MERGE_WEEK, LOY_TICK_DAY, 0)),
                  -3 * 86400);
}

static void test_magnitude(void) {
  CU_ASSERT_EQUAL(loyi_rfm_magnitude(5), 5);
  CU_ASSERT_EQUAL(loyi_rfm_magnitude(-5), 5);
  CU_ASSERT_EQUAL(loyi_rfm_magnitude(INT64_MIN), UINT64_C(1) << 63);
}

/* Each cell holds the sum of its rows' amounts, and cells rise by customer and period. */
static void test_sort(void) {
  for (int kind = 0; kind < 4; kind++) {
    rows r = random_rows(3000, kind, 11);
    loyi_rfm_rows given = {r.customer,         r.time, r.amount,  r.n,      LOY_TICK_SECOND,
                           LOY_RFM_MERGE_WEEK, 0,      INT64_MAX, INT64_MIN};
    loyi_rfm_run run;
    int64_t total = 0, first, last, least = INT64_MAX, greatest = INT64_MIN;
    for (size_t i = 0; i < r.n; i++) {
      if (r.customer[i] < given.least) given.least = r.customer[i];
      if (r.customer[i] > given.greatest) given.greatest = r.customer[i];
    }
    CU_ASSERT_EQUAL_FATAL(loyi_rfm_sort(&given, 1, NULL, &run), 1);
    for (size_t i = 0; i < run.n; i++) {
      const loyi_rfm_cell *cell = &run.cell[i];
      if (i > 0)
        CU_ASSERT(cell[-1].customer < cell->customer ||
                  (cell[-1].customer == cell->customer && cell[-1].period < cell->period));
      if (i % 97 == 0) { /* a sample, against the rows themselves */
        int64_t sum = 0;
        for (size_t j = 0; j < r.n; j++) {
          if (r.customer[j] == cell->customer &&
              loyi_rfm_period(LOY_RFM_MERGE_WEEK, LOY_TICK_SECOND, r.time[j]) == cell->period)
            sum += r.amount[j];
        }
        CU_ASSERT_EQUAL(sum, cell->value);
      }
      total += cell->value;
      if (cell->period < least) least = cell->period;
      if (cell->period > greatest) greatest = cell->period;
    }
    for (size_t j = 0; j < r.n; j++) total -= r.amount[j];
    CU_ASSERT_EQUAL(total, 0);
    loyi_rfm_run_ends(&run, &first, &last);
    CU_ASSERT(first == least && last == greatest);
    loyi_rfm_run_release(&run, NULL);
    free_rows(&r);
  }
}

#endif

SUITE(btyd, rfm_cells) {
  (void)suite;
#if LOY_TEST_INTERNALS
  ADD(test_periods);
  ADD(test_magnitude);
  ADD(test_sort);
#endif
}
