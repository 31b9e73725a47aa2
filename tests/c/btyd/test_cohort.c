/* Retention by period and cohort tables: by hand, and against counting pairs of rows of random logs. */
#include "failing_allocator.h"
#include "rfm_log.h"

#define LAST LOY_RFM_LAST_SEEN

enum { PERIODS = 40 };

typedef struct table {
  int64_t period[PERIODS], start[PERIODS], active[PERIODS], retained[PERIODS], acquired[PERIODS], returned[PERIODS];
  double retention[PERIODS], lower[PERIODS], upper[PERIODS], churn[PERIODS];
} table;

static loy_retention_columns table_columns(table *t) {
  loy_retention_columns out;
  loy_retention_columns_init(&out);
  out.period = t->period;
  out.start = t->start;
  out.active = t->active;
  out.retained = t->retained;
  out.acquired = t->acquired;
  out.returned = t->returned;
  out.retention = t->retention;
  out.lower = t->lower;
  out.upper = t->upper;
  out.churn = t->churn;
  return out;
}

static void push(loy_rfm_builder *builder, int64_t customer, int64_t time, int64_t amount) {
  CHECK_STATUS(loy_rfm_push(builder, LOY_TICK_DAY, &customer, &time, &amount, 1, NULL), LOY_OK);
}

/* Months of 2015: customer 1 buys in January, February, March; 2 in January, March; 3 in February; 4 in March, twice; 5
 * returns something in January and buys in February; nobody buys in April; 1 buys in May. */
static loy_rfm_builder *months(void) {
  loy_rfm_builder *builder = new_builder(LOY_RFM_MERGE_MONTH, LOY_RFM_REFUNDS_NET);
  push(builder, 1, day(2015, 1, 31), 5);
  push(builder, 1, day(2015, 2, 1), 5);
  push(builder, 1, day(2015, 3, 5), 5);
  push(builder, 1, day(2015, 5, 1), 5);
  push(builder, 2, day(2015, 1, 1), 5);
  push(builder, 2, day(2015, 3, 31), 5);
  push(builder, 3, day(2015, 2, 28), 5);
  push(builder, 4, day(2015, 3, 1), 5);
  push(builder, 4, day(2015, 3, 2), 5);
  push(builder, 5, day(2015, 1, 9), -5);
  push(builder, 5, day(2015, 2, 9), 5);
  return builder;
}

static void test_by_hand(void) {
  static const int64_t start[] = {0, 2, 3, 3, 0}, active[] = {2, 3, 3, 0, 1}, retained[] = {0, 1, 1, 0, 0},
                       acquired[] = {2, 2, 1, 0, 0}, returned[] = {0, 0, 1, 0, 1};
  static const int64_t cohort[] = {2, 1, 2, 0, 1, 2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
  loy_rfm_builder *builder = months();
  table t;
  loy_retention_columns out = table_columns(&t);
  loy_purchase_counts counts;
  int64_t got[25], period[5];
  size_t periods = 0;
  loy_error error;
  CHECK_STATUS(loy_retention_table(builder, LOY_TICK_DAY, LAST, .95, PERIODS, &out, &periods, &error),
               LOY_NOTICE_SKIPPED); /* May, after April without customers */
  CU_ASSERT_EQUAL(periods, 5);
  for (size_t p = 0; p < 5; p++) {
    CU_ASSERT_EQUAL(t.period[p], 86400 * day(2015, (int)p + 1, 1));
    CU_ASSERT_EQUAL(t.start[p], start[p]);
    CU_ASSERT_EQUAL(t.active[p], active[p]);
    CU_ASSERT_EQUAL(t.retained[p], retained[p]);
    CU_ASSERT_EQUAL(t.acquired[p], acquired[p]);
    CU_ASSERT_EQUAL(t.returned[p], returned[p]);
    if (start[p] > 0) {
      loy_rate rate;
      double lower, upper;
      CHECK_BITS(t.retention[p], (double)retained[p] / (double)start[p]);
      CHECK_BITS(t.churn[p], (double)(start[p] - retained[p]) / (double)start[p]);
      CHECK_STATUS(loy_retention_rate(start[p], active[p], active[p] - retained[p], &rate, NULL), LOY_OK);
      CHECK_STATUS(loy_rate_interval(&rate, .95, &lower, &upper, NULL), LOY_OK);
      CHECK_BITS(t.lower[p], lower);
      CHECK_BITS(t.upper[p], upper);
    } else {
      CU_ASSERT(isnan(t.retention[p]) && isnan(t.churn[p]) && isnan(t.lower[p]) && isnan(t.upper[p]));
    }
  }
  CHECK_STATUS(loy_cohort_table(builder, LOY_TICK_DAY, LAST, 5, period, got, NULL), LOY_OK);
  for (size_t i = 0; i < 25; i++) CU_ASSERT_EQUAL(got[i], cohort[i]);
  for (size_t p = 0; p < 5; p++) CU_ASSERT_EQUAL(period[p], t.period[p]);
  CHECK_STATUS(loy_purchase_count(builder, LOY_TICK_DAY, LAST, &counts, NULL), LOY_OK);
  CU_ASSERT_EQUAL(counts.customers, 5);
  CU_ASSERT_EQUAL(counts.repeat_customers, 2); /* customer 4 bought twice, but in one month */
  CU_ASSERT_EQUAL(counts.orders, 9);
  CU_ASSERT_EQUAL(counts.returning_orders, 4);
  loy_rfm_destroy(builder);
}

static void test_end(void) {
  loy_rfm_builder *builder = months();
  loy_purchase_counts counts;
  size_t periods = 7;
  CHECK_STATUS(loy_retention_periods(builder, LOY_TICK_DAY, day(2015, 2, 1), &periods, NULL), LOY_OK);
  CU_ASSERT_EQUAL(periods, 2);
  CHECK_STATUS(loy_retention_periods(builder, LOY_TICK_SECOND, 86400 * day(2015, 12, 31), &periods, NULL), LOY_OK);
  CU_ASSERT_EQUAL(periods, 12); /* months without customers too */
  CHECK_STATUS(loy_retention_periods(builder, LOY_TICK_DAY, day(2014, 12, 31), &periods, NULL), LOY_OK);
  CU_ASSERT_EQUAL(periods, 0);
  CHECK_STATUS(loy_cohort_table(builder, LOY_TICK_DAY, day(2014, 12, 31), 0, NULL, NULL, NULL), LOY_OK);
  CHECK_STATUS(loy_purchase_count(builder, LOY_TICK_DAY, day(2015, 1, 1), &counts, NULL), LOY_OK);
  CU_ASSERT_EQUAL(counts.customers, 2);
  CU_ASSERT_EQUAL(counts.orders, 2);
  loy_rfm_destroy(builder);
  builder = new_builder(LOY_RFM_MERGE_DAY, LOY_RFM_REFUNDS_COUNT);
  CHECK_STATUS(loy_retention_periods(builder, LOY_TICK_DAY, LAST, &periods, NULL), LOY_OK);
  CU_ASSERT_EQUAL(periods, 0);
  CHECK_STATUS(loy_purchase_count(builder, LOY_TICK_DAY, LAST, &counts, NULL), LOY_OK);
  CU_ASSERT_EQUAL(counts.customers, 0);
  push(builder, 1, 3, -5); /* counts under this rule */
  push(builder, 2, 5, 5);
  CHECK_STATUS(loy_retention_periods(builder, LOY_TICK_DAY, LAST, &periods, NULL), LOY_OK);
  CU_ASSERT_EQUAL(periods, 3);
  loy_rfm_destroy(builder);
}

/* Whether a customer buys in a period. */
static int buys(const int64_t *customer, const int64_t *week, size_t n, int64_t who, int64_t when) {
  for (size_t i = 0; i < n; i++)
    if (customer[i] == who && week[i] == when) return 1;
  return 0;
}

static void test_random(void) {
  enum { ROWS = 60, CUSTOMERS = 12, WEEKS = 9 };
  uint32_t seed = 7;
  for (int round = 0; round < 30; round++) {
    loy_rfm_builder *builder = new_builder(LOY_RFM_MERGE_WEEK, LOY_RFM_REFUNDS_NET);
    int64_t customer[ROWS], week[ROWS], active[WEEKS * WEEKS];
    table t;
    loy_retention_columns out = table_columns(&t);
    loy_status status;
    size_t periods;
    int gaps = 0; /* weeks after one without customers */
    for (size_t i = 0; i < ROWS; i++) {
      seed = seed * 1664525u + 1013904223u;
      customer[i] = (seed >> 16) % CUSTOMERS;
      week[i] = i == 0 ? 0 : i == 1 ? WEEKS - 1 : (seed >> 24) % WEEKS;
      push(builder, customer[i], day(2024, 1, 1) + 7 * week[i] + (seed >> 8) % 7, 1); /* a Monday */
    }
    status = loy_retention_table(builder, LOY_TICK_DAY, LAST, .9, WEEKS, &out, &periods, NULL);
    CU_ASSERT_EQUAL(periods, WEEKS);
    CHECK_STATUS(loy_cohort_table(builder, LOY_TICK_DAY, LAST, WEEKS, NULL, active, NULL), LOY_OK);
    for (int64_t w = 0; w < WEEKS; w++) {
      int64_t start = 0, here = 0, kept = 0, fresh = 0, later[WEEKS] = {0};
      for (int64_t c = 0; c < CUSTOMERS; c++) {
        const int now = buys(customer, week, ROWS, c, w), then = w > 0 && buys(customer, week, ROWS, c, w - 1);
        int ever = 0;
        for (int64_t before = 0; before < w; before++) ever |= buys(customer, week, ROWS, c, before);
        start += then;
        here += now;
        kept += now && then;
        fresh += now && !ever;
        for (int64_t k = 0; now && !ever && w + k < WEEKS; k++) later[k] += buys(customer, week, ROWS, c, w + k);
      }
      gaps += w > 0 && start == 0;
      CU_ASSERT_EQUAL(t.start[w], start);
      CU_ASSERT_EQUAL(t.active[w], here);
      CU_ASSERT_EQUAL(t.retained[w], kept);
      CU_ASSERT_EQUAL(t.acquired[w], fresh);
      CU_ASSERT_EQUAL(t.returned[w], here - kept - fresh);
      for (size_t k = 0; k < WEEKS; k++) CU_ASSERT_EQUAL(active[(size_t)w * WEEKS + k], later[k]);
    }
    CHECK_STATUS(status, gaps > 0 ? LOY_NOTICE_SKIPPED : LOY_OK);
    loy_rfm_destroy(builder);
  }
}

static void test_errors(void) {
  loy_rfm_builder *builder = months();
  loy_purchase_counts counts = {7, 7, 7, 7};
  table t;
  loy_retention_columns out = table_columns(&t), bad = out;
  int64_t active[25] = {7};
  size_t periods = 7;
  loy_error error;
  bad.struct_size = 1;
  t.active[0] = 7;
#define BAD(call, status, argument)                                                                                    \
  CHECK_STATUS(call, status);                                                                                          \
  CHECK_ERROR(&error, status, argument, LOY_NO_INDEX)
  BAD(loy_purchase_count(NULL, (loy_tick)6, 1 << 30, NULL, &error), LOY_ERR_ARGUMENT, "builder");
  BAD(loy_purchase_count(builder, (loy_tick)6, 1 << 30, NULL, &error), LOY_ERR_ARGUMENT, "tick");
  BAD(loy_purchase_count(builder, LOY_TICK_DAY, 1 << 30, NULL, &error), LOY_ERR_DOMAIN, "end");
  BAD(loy_purchase_count(builder, LOY_TICK_DAY, LAST, NULL, &error), LOY_ERR_ARGUMENT, "result");
  BAD(loy_retention_periods(NULL, (loy_tick)6, 1 << 30, NULL, &error), LOY_ERR_ARGUMENT, "builder");
  BAD(loy_retention_periods(builder, (loy_tick)6, 1 << 30, NULL, &error), LOY_ERR_ARGUMENT, "tick");
  BAD(loy_retention_periods(builder, LOY_TICK_DAY, 1 << 30, NULL, &error), LOY_ERR_DOMAIN, "end");
  BAD(loy_retention_periods(builder, LOY_TICK_DAY, LAST, NULL, &error), LOY_ERR_ARGUMENT, "periods");
  BAD(loy_retention_periods(builder, LOY_TICK_DAY, day(9999, 1, 1), &periods, &error), LOY_ERR_DOMAIN, "builder");
  BAD(loy_retention_table(NULL, (loy_tick)6, 1 << 30, 2, 0, NULL, NULL, &error), LOY_ERR_ARGUMENT, "builder");
  BAD(loy_retention_table(builder, (loy_tick)6, 1 << 30, 2, 0, NULL, NULL, &error), LOY_ERR_ARGUMENT, "tick");
  BAD(loy_retention_table(builder, LOY_TICK_DAY, 1 << 30, 2, 0, NULL, NULL, &error), LOY_ERR_DOMAIN, "end");
  BAD(loy_retention_table(builder, LOY_TICK_DAY, LAST, 1, 0, NULL, NULL, &error), LOY_ERR_DOMAIN, "level");
  BAD(loy_retention_table(builder, LOY_TICK_DAY, LAST, .5, 0, NULL, NULL, &error), LOY_ERR_ARGUMENT, "out");
  BAD(loy_retention_table(builder, LOY_TICK_DAY, LAST, .5, 0, &bad, NULL, &error), LOY_ERR_ARGUMENT, "out");
  BAD(loy_retention_table(builder, LOY_TICK_DAY, day(9999, 1, 1), .5, 0, &out, &periods, &error), LOY_ERR_DOMAIN,
      "builder");
  CU_ASSERT_EQUAL(periods, 7);
  BAD(loy_retention_table(builder, LOY_TICK_DAY, LAST, .5, 4, &out, &periods, &error), LOY_ERR_BUFFER, "capacity");
  CU_ASSERT_EQUAL(periods, 5);
  BAD(loy_cohort_table(NULL, (loy_tick)6, 1 << 30, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT, "builder");
  BAD(loy_cohort_table(builder, (loy_tick)6, 1 << 30, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT, "tick");
  BAD(loy_cohort_table(builder, LOY_TICK_DAY, 1 << 30, 1, NULL, NULL, &error), LOY_ERR_DOMAIN, "end");
  BAD(loy_cohort_table(builder, LOY_TICK_DAY, LAST, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT, "active");
  BAD(loy_cohort_table(builder, LOY_TICK_DAY, day(9999, 1, 1), 1, NULL, active, &error), LOY_ERR_DOMAIN, "builder");
  BAD(loy_cohort_table(builder, LOY_TICK_DAY, LAST, 4, NULL, active, &error), LOY_ERR_ARGUMENT, "periods");
#undef BAD
  CU_ASSERT_EQUAL(counts.orders, 7);
  CU_ASSERT_EQUAL(t.active[0], 7);
  CU_ASSERT_EQUAL(active[0], 7);
  loy_retention_columns_init(NULL);
  loy_rfm_destroy(builder);
}

/* Two pushes of one length do not become one run, so that the question must merge them. */
static void test_memory(void) {
  static const int64_t customer[] = {1, 2, 1}, time[] = {0, 40, 40};
  failing_allocator memory;
  for (int question = 0; question < 4; question++) {
    FOR_EACH_FAILURE(memory) {
      loy_rfm_options options;
      loy_rfm_builder *builder = NULL;
      loy_purchase_counts counts = {7, 7, 7, 7};
      table t;
      loy_retention_columns out = table_columns(&t);
      int64_t active[4] = {7, 7, 7, 7};
      size_t periods = 7;
      loy_status status;
      t.active[0] = 7;
      loy_rfm_options_init(&options);
      options.merge = LOY_RFM_MERGE_MONTH;
      options.allocator = &memory.allocator;
      status = loy_rfm_create(&options, &builder, NULL);
      if (status == LOY_OK) status = loy_rfm_push(builder, LOY_TICK_DAY, customer, time, NULL, 3, NULL);
      if (status == LOY_OK) status = loy_rfm_push(builder, LOY_TICK_DAY, customer, time, NULL, 2, NULL);
      if (status == LOY_OK) {
        switch (question) {
        case 0: status = loy_purchase_count(builder, LOY_TICK_DAY, LAST, &counts, NULL); break;
        case 1: status = loy_retention_periods(builder, LOY_TICK_DAY, LAST, &periods, NULL); break;
        case 2: status = loy_retention_table(builder, LOY_TICK_DAY, LAST, .9, 2, &out, NULL, NULL); break;
        default: status = loy_cohort_table(builder, LOY_TICK_DAY, LAST, 2, NULL, active, NULL); break;
        }
      }
      if (memory.failed) {
        CHECK_STATUS(status, LOY_ERR_MEMORY);
        CU_ASSERT(counts.orders == 7 && periods == 7 && t.active[0] == 7 && active[0] == 7);
      } else {
        CHECK_STATUS(status, LOY_OK);
        CU_ASSERT(question != 0 || counts.orders == 3);
        CU_ASSERT(question != 1 || periods == 2);
        CU_ASSERT(question != 2 || t.active[1] == 2);
        CU_ASSERT(question != 3 || active[1] == 1);
      }
      loy_rfm_destroy(builder);
      CU_ASSERT_EQUAL(memory.held, 0);
    }
  }
}

SUITE(btyd, cohort) {
  ADD(test_by_hand);
  ADD(test_end);
  ADD(test_random);
  ADD(test_errors);
  ADD(test_memory);
}
