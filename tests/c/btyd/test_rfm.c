/* Tests of btyd/rfm.h: toy tables worked out by hand, the rules, exactness in any order and
 * partition, errors in their order, memory failures. */
#include "check.h"

#include <stdlib.h>

#include "failing_allocator.h"

enum { MOST = 64 };

/* One summary, with room for MOST customers. */
typedef struct summary {
  size_t n;
  int64_t customer[MOST];
  double x[MOST], t_x[MOST], T[MOST], m[MOST], litt[MOST], test_x[MOST], test_m[MOST], test_T[MOST];
} summary;

static loy_rfm_columns columns_of(summary *s) {
  loy_rfm_columns out;
  loy_rfm_columns_init(&out);
  out.customer = s->customer;
  out.frequency = s->x;
  out.recency = s->t_x;
  out.T = s->T;
  out.monetary_value = s->m;
  out.litt = s->litt;
  out.test_frequency = s->test_x;
  out.test_monetary_value = s->test_m;
  out.test_T = s->test_T;
  return out;
}

static loy_rfm_builder *new_builder(loy_rfm_merge_period merge, loy_rfm_refunds refunds) {
  loy_rfm_options options;
  loy_rfm_builder *builder = NULL;
  loy_rfm_options_init(&options);
  options.merge = merge;
  options.refunds = refunds;
  CHECK_STATUS(loy_rfm_create(&options, &builder, NULL), LOY_OK);
  return builder;
}

static summary summarize(loy_rfm_builder *builder, const loy_rfm_window *window) {
  summary s;
  loy_rfm_columns out = columns_of(&s);
  memset(&s, 0x55, sizeof s);
  CHECK_STATUS(loy_rfm_summary(builder, window, MOST, &out, &s.n, NULL), LOY_OK);
  return s;
}

static int64_t day(int year, int month, int of_month) {
  int64_t number = 0;
  CHECK_STATUS(loy_day_from_civil(year, month, of_month, &number, NULL), LOY_OK);
  return number;
}

/* The toy log, 2015: January days, then days of February as 31 + day. Amounts in whole units. */
static const int64_t toy_customer[] = {1, 1, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5, 6};
static const int64_t toy_january[] = {1, 37, 1, 1, 2, 5, 16, 33, 36, 16, 17, 18, 33};
static const int64_t toy_amount[] = {1, 2, 2, 3, 1, 5, 6, 3, 3, 3, 1, 8, 5};
enum { TOY = 13 };

static loy_rfm_builder *toy_builder(loy_rfm_merge_period merge) {
  loy_rfm_builder *builder = new_builder(merge, LOY_RFM_REFUNDS_NET);
  int64_t time[TOY];
  for (size_t i = 0; i < TOY; i++) time[i] = day(2015, 1, 1) - 1 + toy_january[i];
  CHECK_STATUS(loy_rfm_push(builder, LOY_TICK_DAY, toy_customer, time, toy_amount, TOY, NULL), LOY_OK);
  return builder;
}

static loy_rfm_window toy_window(loy_time_unit unit) {
  loy_rfm_window window;
  loy_rfm_window_init(&window);
  window.time_unit = unit;
  window.end = day(2015, 2, 7);
  window.decimals = 0;
  return window;
}

static void test_toy_daily(void) {
  static const double x[] = {1, 0, 2, 2, 2, 0}, t_x[] = {36, 0, 4, 20, 2, 0}, T[] = {37, 37, 37, 22, 22, 5},
                      m[] = {2, 0, 3, 3, 4.5, 0};
  loy_rfm_builder *builder = toy_builder(LOY_RFM_MERGE_DAY);
  loy_rfm_window window = toy_window(LOY_TIME_DAY);
  summary s = summarize(builder, &window);
  CU_ASSERT_EQUAL(s.n, 6);
  for (size_t i = 0; i < 6; i++) {
    CU_ASSERT_EQUAL(s.customer[i], (int64_t)i + 1);
    CHECK_BITS(s.x[i], x[i]);
    CHECK_BITS(s.t_x[i], t_x[i]);
    CHECK_BITS(s.T[i], T[i]);
    CHECK_BITS(s.m[i], m[i]);
    CHECK_BITS(s.test_x[i], 0.0);
    CHECK_BITS(s.test_m[i], 0.0);
    CHECK_BITS(s.test_T[i], 0.0);
  }
  loy_rfm_destroy(builder);
}

static void test_toy_weekly(void) {
  static const double x[] = {1, 0, 1, 1, 0, 0}, t_x[] = {5, 0, 1, 3, 0, 0}, T[] = {5, 5, 5, 3, 3, 0};
  loy_rfm_builder *builder = toy_builder(LOY_RFM_MERGE_WEEK);
  loy_rfm_window window = toy_window(LOY_TIME_WEEK);
  summary s = summarize(builder, &window);
  CU_ASSERT_EQUAL(s.n, 6);
  for (size_t i = 0; i < 6; i++) {
    CHECK_BITS(s.x[i], x[i]);
    CHECK_BITS(s.t_x[i], t_x[i]);
    CHECK_BITS(s.T[i], T[i]);
  }
  CHECK_BITS(s.m[3], 6.0); /* 3 + 3 within a week */
  loy_rfm_destroy(builder);
}

static void test_toy_split(void) {
  static const double x[] = {0, 0, 1, 0, 0}, t_x[] = {0, 0, 1, 0, 0}, T[] = {4, 4, 4, 2, 2}, test_x[] = {1, 0, 0, 1, 0},
                      test_m[] = {2, 0, 0, 6, 0};
  loy_rfm_builder *builder = toy_builder(LOY_RFM_MERGE_WEEK);
  loy_rfm_window window = toy_window(LOY_TIME_WEEK);
  loy_rfm_report report;
  summary s;
  size_t n = 0;
  window.train_end = day(2015, 2, 1);
  s = summarize(builder, &window);
  CU_ASSERT_EQUAL(s.n, 5);
  for (size_t i = 0; i < 5; i++) {
    CHECK_BITS(s.x[i], x[i]);
    CHECK_BITS(s.t_x[i], t_x[i]);
    CHECK_BITS(s.T[i], T[i]);
    CHECK_BITS(s.test_x[i], test_x[i]);
    CHECK_BITS(s.test_m[i], test_m[i]);
    CHECK_BITS(s.test_T[i], 1.0);
  }
  CHECK_STATUS(loy_rfm_count(builder, &window, &n, &report, NULL), LOY_OK);
  CU_ASSERT_EQUAL(n, 5);
  CU_ASSERT_EQUAL(report.rows, 13);
  CU_ASSERT_EQUAL(report.rows_merged, 4);
  CU_ASSERT_EQUAL(report.customers, 5);
  CU_ASSERT_EQUAL(report.customers_late, 1);
  CU_ASSERT_EQUAL(report.purchases, 6);
  CU_ASSERT_EQUAL(report.purchases_test, 2);
  CU_ASSERT_EQUAL(report.purchases_late, 1);
  CU_ASSERT_EQUAL(report.amount, 38);
  CU_ASSERT_EQUAL(report.amount_late, 5);
  CU_ASSERT_EQUAL(report.first, (day(2014, 12, 29)) * 86400);
  CU_ASSERT_EQUAL(report.last, (day(2015, 2, 2)) * 86400);
  CU_ASSERT_EQUAL(report.train_end, (day(2015, 1, 26)) * 86400);
  CU_ASSERT_EQUAL(report.end, (day(2015, 2, 2)) * 86400);
  loy_rfm_destroy(builder);
}

/* Weeks are days / 7, months and years days / 30.4375 and days / 365.25, unless they are the merge period. */
static void test_units(void) {
  static const loy_time_unit unit[] = {LOY_TIME_HOUR, LOY_TIME_DAY, LOY_TIME_WEEK, LOY_TIME_MONTH, LOY_TIME_YEAR};
  static const double days[] = {1.0 / 24.0, 1.0, 7.0, 30.4375, 365.25};
  loy_rfm_builder *builder = toy_builder(LOY_RFM_MERGE_DAY);
  for (size_t u = 0; u < 5; u++) {
    loy_rfm_window window = toy_window(unit[u]);
    summary s = summarize(builder, &window);
    CHECK_BITS(s.t_x[0], 36.0 / days[u]);
    CHECK_BITS(s.T[0], 37.0 / days[u]);
    CHECK_CLOSE(s.litt[3], log(17.0 / days[u]) + log(3.0 / days[u]), 1e-14);
    CHECK_BITS(s.litt[1], 0.0);
  }
  loy_rfm_destroy(builder);
}

static void test_months_and_years_as_periods(void) {
  static const int64_t customer[] = {1, 1, 1};
  int64_t time[3];
  loy_rfm_builder *builder = new_builder(LOY_RFM_MERGE_MONTH, LOY_RFM_REFUNDS_NET);
  loy_rfm_window window;
  summary s;
  time[0] = day(2019, 12, 31);
  time[1] = day(2020, 2, 1);
  time[2] = day(2020, 2, 29);
  loy_rfm_window_init(&window);
  window.end = day(2021, 3, 1);
  window.time_unit = LOY_TIME_MONTH;
  CHECK_STATUS(loy_rfm_push(builder, LOY_TICK_DAY, customer, time, NULL, 3, NULL), LOY_OK);
  s = summarize(builder, &window);
  CHECK_BITS(s.x[0], 1.0);
  CHECK_BITS(s.t_x[0], 2.0);
  CHECK_BITS(s.T[0], 15.0);
  window.time_unit = LOY_TIME_DAY; /* from 2019-12-01 to 2020-02-01 and to 2021-03-01 */
  s = summarize(builder, &window);
  CHECK_BITS(s.t_x[0], 62.0);
  CHECK_BITS(s.T[0], 456.0);
  CHECK_CLOSE(s.litt[0], log(62.0), 1e-15);
  loy_rfm_destroy(builder);

  builder = new_builder(LOY_RFM_MERGE_YEAR, LOY_RFM_REFUNDS_NET);
  CHECK_STATUS(loy_rfm_push(builder, LOY_TICK_DAY, customer, time, NULL, 3, NULL), LOY_OK);
  window.time_unit = LOY_TIME_YEAR;
  s = summarize(builder, &window);
  CHECK_BITS(s.x[0], 1.0);
  CHECK_BITS(s.t_x[0], 1.0);
  CHECK_BITS(s.T[0], 2.0);
  loy_rfm_destroy(builder);
}

/* The same instants as days, seconds, milli-, micro- and nanoseconds, before and after 1970, in every merge period. */
static void test_ticks(void) {
  static const int64_t per_day[] = {1, 86400, 86400000, 86400000000, 86400000000000};
  static const int64_t customer[] = {1, 1, 1, 1};
  static const int64_t days[] = {-40000, -1, 0, 40000};
  for (int merge = LOY_RFM_MERGE_HOUR; merge <= LOY_RFM_MERGE_NONE; merge++) {
    for (int tick = 0; tick < 5; tick++) {
      loy_rfm_builder *builder = new_builder((loy_rfm_merge_period)merge, LOY_RFM_REFUNDS_NET);
      loy_rfm_window window;
      summary s;
      int64_t time[4];
      for (size_t i = 0; i < 4; i++) time[i] = days[i] * per_day[tick] + (tick > 1 ? per_day[tick] / 86400 - 1 : 0);
      loy_rfm_window_init(&window);
      window.time_unit = LOY_TIME_DAY;
      CHECK_STATUS(loy_rfm_push(builder, (loy_tick)tick, customer, time, NULL, 4, NULL), LOY_OK);
      s = summarize(builder, &window);
      if (merge == LOY_RFM_MERGE_DAY || merge == LOY_RFM_MERGE_HOUR || merge == LOY_RFM_MERGE_NONE) {
        CHECK_BITS(s.x[0], 3.0);
        CHECK_BITS(s.t_x[0], 80000.0);
      } else if (merge == LOY_RFM_MERGE_WEEK) { /* -1 and 0 are Wednesday and Thursday of one week */
        CHECK_BITS(s.x[0], 2.0);
      } else {
        CHECK_BITS(s.x[0], 3.0);
      }
      loy_rfm_destroy(builder);
    }
  }
}

static void test_seconds_and_hours(void) {
  static const int64_t customer[] = {1, 1, 1, 1}, time[] = {0, 0, 3599, 3600};
  loy_rfm_builder *builder = new_builder(LOY_RFM_MERGE_NONE, LOY_RFM_REFUNDS_NET);
  loy_rfm_window window;
  summary s;
  loy_rfm_window_init(&window);
  window.time_unit = LOY_TIME_HOUR;
  CHECK_STATUS(loy_rfm_push(builder, LOY_TICK_SECOND, customer, time, NULL, 4, NULL), LOY_OK);
  s = summarize(builder, &window);
  CHECK_BITS(s.x[0], 2.0);
  CHECK_BITS(s.t_x[0], 1.0);
  CHECK_CLOSE(s.litt[0], log(3599.0 / 3600.0) + log(1.0 / 3600.0), 1e-14);
  loy_rfm_destroy(builder);
  builder = new_builder(LOY_RFM_MERGE_HOUR, LOY_RFM_REFUNDS_NET);
  CHECK_STATUS(loy_rfm_push(builder, LOY_TICK_SECOND, customer, time, NULL, 4, NULL), LOY_OK);
  s = summarize(builder, &window);
  CHECK_BITS(s.x[0], 1.0);
  CHECK_BITS(s.t_x[0], 1.0);
  loy_rfm_destroy(builder);
}

/* The end is a period, inclusive; what lies later is counted. */
static void test_end(void) {
  static const int64_t customer[] = {1, 1, 1, 2}, amount[] = {100, 200, 400, 800};
  int64_t noon[4];
  loy_rfm_builder *builder = new_builder(LOY_RFM_MERGE_DAY, LOY_RFM_REFUNDS_NET);
  loy_rfm_window window;
  loy_rfm_report report;
  summary s;
  for (int64_t i = 0; i < 4; i++) noon[i] = i * 86400 + 43200;
  CHECK_STATUS(loy_rfm_push(builder, LOY_TICK_SECOND, customer, noon, amount, 4, NULL), LOY_OK);
  loy_rfm_window_init(&window);
  window.time_unit = LOY_TIME_DAY;
  window.end = 1; /* the midnight with which day 1 begins: the purchase at noon of that day counts */
  s = summarize(builder, &window);
  CU_ASSERT_EQUAL(s.n, 1);
  CHECK_BITS(s.x[0], 1.0);
  CHECK_BITS(s.T[0], 1.0);
  CHECK_BITS(s.m[0], 2.0);
  CHECK_STATUS(loy_rfm_count(builder, &window, NULL, &report, NULL), LOY_OK);
  CU_ASSERT_EQUAL(report.purchases_late, 2);
  CU_ASSERT_EQUAL(report.customers_late, 1);
  CU_ASSERT_EQUAL(report.amount, 300);
  CU_ASSERT_EQUAL(report.amount_late, 1200);
  window.end = 100; /* later than the log: T goes on */
  s = summarize(builder, &window);
  CHECK_BITS(s.T[1], 97.0);
  window.end = -5; /* before anyone came */
  s = summarize(builder, &window);
  CU_ASSERT_EQUAL(s.n, 0);
  window.end = LOY_RFM_LAST_SEEN;
  s = summarize(builder, &window);
  CHECK_BITS(s.T[0], 3.0);
  CHECK_BITS(s.T[1], 0.0);
  loy_rfm_destroy(builder);
}

static void test_spend(void) {
  static const int64_t customer[] = {1, 1, 1, 1}, time[] = {1, 2, 2, 3}, amount[] = {1000, 1, 1, 1};
  loy_rfm_builder *builder = new_builder(LOY_RFM_MERGE_DAY, LOY_RFM_REFUNDS_NET);
  loy_rfm_window window;
  summary s;
  CHECK_STATUS(loy_rfm_push(builder, LOY_TICK_DAY, customer, time, amount, 4, NULL), LOY_OK);
  s = summarize(builder, NULL);
  CHECK_BITS(s.m[0], 0.015); /* 3 cents over 2 purchases, divided once */
  loy_rfm_window_init(&window);
  window.include_first = 1;
  s = summarize(builder, &window);
  CHECK_BITS(s.m[0], 10.03 / 3.0);
  loy_rfm_destroy(builder);
}

/* Sums beyond 2^53 are still divided exactly: compared with integers that are exact in a double after the division. */
static void test_spend_beyond_double(void) {
  static const int64_t customer[] = {1, 1, 1, 1}, time[] = {1, 2, 3, 4};
  int64_t amount[4];
  loy_rfm_builder *builder = new_builder(LOY_RFM_MERGE_DAY, LOY_RFM_REFUNDS_COUNT);
  loy_rfm_window window;
  summary s;
  amount[0] = 0;
  amount[1] = ((int64_t)1 << 60) + 1;
  amount[2] = ((int64_t)1 << 60) + 1;
  amount[3] = ((int64_t)1 << 60) + 1;
  loy_rfm_window_init(&window);
  window.decimals = 0;
  CHECK_STATUS(loy_rfm_push(builder, LOY_TICK_DAY, customer, time, amount, 4, NULL), LOY_OK);
  s = summarize(builder, &window);
  CHECK_BITS(s.m[0], 1152921504606846976.0);
  window.decimals = 9;
  s = summarize(builder, &window);
  CHECK_BITS(s.m[0], 1152921504.6068470);
  loy_rfm_destroy(builder);

  builder = new_builder(LOY_RFM_MERGE_DAY, LOY_RFM_REFUNDS_COUNT);
  amount[1] = -(((int64_t)1 << 60) + 129); /* just above a tie: 2^60 has a spacing of 256 */
  amount[2] = amount[3] = 0;
  CHECK_STATUS(loy_rfm_push(builder, LOY_TICK_DAY, customer, time, amount, 2, NULL), LOY_OK);
  window.decimals = 0;
  s = summarize(builder, &window);
  CHECK_BITS(s.m[0], -(1152921504606846976.0 + 256.0));
  loy_rfm_destroy(builder);
}

static void test_refunds(void) {
  /* 1: bought, bought, returned; 2: only returned; 3: returned before buying; 4: returned in full on the same day */
  static const int64_t customer[] = {1, 1, 1, 2, 3, 3, 4, 4, 4}, time[] = {1, 2, 5, 1, 1, 3, 1, 2, 2},
                       amount[] = {1000, 500, -500, -100, -300, 900, 700, 250, -250};
  loy_rfm_window window;
  loy_rfm_report report;
  loy_error error;
  loy_rfm_builder *builder;
  summary s;
  loy_rfm_window_init(&window);
  window.time_unit = LOY_TIME_DAY;

  builder = new_builder(LOY_RFM_MERGE_DAY, LOY_RFM_REFUNDS_NET);
  CHECK_STATUS(loy_rfm_push(builder, LOY_TICK_DAY, customer, time, amount, 9, NULL), LOY_OK);
  s = summarize(builder, &window);
  CU_ASSERT_EQUAL(s.n, 3);
  CHECK_BITS(s.x[0], 1.0);
  CHECK_BITS(s.t_x[0], 1.0);
  CHECK_BITS(s.T[0], 4.0);
  CHECK_BITS(s.m[0], 5.0);
  CU_ASSERT_EQUAL(s.customer[1], 3);
  CHECK_BITS(s.x[1], 0.0);
  CHECK_BITS(s.T[1], 2.0);
  CU_ASSERT_EQUAL(s.customer[2], 4);
  CHECK_BITS(s.x[2], 1.0);
  CHECK_BITS(s.m[2], 0.0);
  CHECK_STATUS(loy_rfm_count(builder, &window, NULL, &report, NULL), LOY_OK);
  CU_ASSERT_EQUAL(report.rows_negative, 4);
  CU_ASSERT_EQUAL(report.rows_dropped, 0);
  CU_ASSERT_EQUAL(report.rows_merged, 1);
  CU_ASSERT_EQUAL(report.returns, 3);
  CU_ASSERT_EQUAL(report.amount_returned, -900);
  CU_ASSERT_EQUAL(report.customers_void, 1);
  CU_ASSERT_EQUAL(report.amount, 3100);
  loy_rfm_destroy(builder);

  builder = new_builder(LOY_RFM_MERGE_DAY, LOY_RFM_REFUNDS_COUNT);
  CHECK_STATUS(loy_rfm_push(builder, LOY_TICK_DAY, customer, time, amount, 9, NULL), LOY_OK);
  s = summarize(builder, &window);
  CU_ASSERT_EQUAL(s.n, 4);
  CHECK_BITS(s.x[0], 2.0);
  CHECK_BITS(s.m[0], 0.0);
  CHECK_BITS(s.t_x[0], 4.0);
  loy_rfm_destroy(builder);

  builder = new_builder(LOY_RFM_MERGE_DAY, LOY_RFM_REFUNDS_DROP);
  CHECK_STATUS(loy_rfm_push(builder, LOY_TICK_DAY, customer, time, amount, 9, NULL), LOY_OK);
  s = summarize(builder, &window);
  CU_ASSERT_EQUAL(s.n, 3);
  CHECK_BITS(s.T[0], 2.0); /* the last row seen is of day 3 */
  CHECK_BITS(s.m[2], 2.5);
  CHECK_STATUS(loy_rfm_count(builder, &window, NULL, &report, NULL), LOY_OK);
  CU_ASSERT_EQUAL(report.rows_dropped, 4);
  CU_ASSERT_EQUAL(report.rows_merged, 0);
  CU_ASSERT_EQUAL(report.amount, 3350);
  CHECK_STATUS(loy_rfm_push(builder, LOY_TICK_DAY, customer + 3, time + 3, amount + 3, 1, NULL), LOY_OK);
  CHECK_STATUS(loy_rfm_count(builder, &window, NULL, &report, NULL), LOY_OK);
  CU_ASSERT_EQUAL(report.rows_dropped, 5);
  loy_rfm_destroy(builder);

  builder = new_builder(LOY_RFM_MERGE_DAY, LOY_RFM_REFUNDS_DENY);
  CHECK_STATUS(loy_rfm_push(builder, LOY_TICK_DAY, customer, time, amount, 9, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "amount", 2);
  CHECK_STATUS(loy_rfm_push(builder, LOY_TICK_DAY, customer, time, amount, 2, &error), LOY_OK);
  loy_rfm_destroy(builder);
}

/* --- Exactness in any order and partition ------------------------------------------------------------------------ */

static uint64_t next_random(uint64_t *state) {
  *state = *state * 6364136223846793005u + 1442695040888963407u;
  return *state >> 33;
}

typedef struct rows {
  size_t n;
  int64_t *customer, *time, *amount;
} rows;

/* kind 0: dense ids; 1: ids all over int64_t; 2: dense ids with two far outliers, so that one part holds them all;
 * 3: one customer */
static rows random_rows(size_t n, int kind, uint64_t seed) {
  rows r;
  r.n = n;
  r.customer = (int64_t *)malloc(n * sizeof *r.customer);
  r.time = (int64_t *)malloc(n * sizeof *r.time);
  r.amount = (int64_t *)malloc(n * sizeof *r.amount);
  for (size_t i = 0; i < n; i++) {
    uint64_t id = next_random(&seed) % (n / 5 + 1);
    if (kind == 1) id = (id + 1) * 0x9e3779b97f4a7c15u;
    if (kind == 2 && i % 1000 == 7) id = i % 2000 == 7 ? (uint64_t)INT64_MAX : (uint64_t)INT64_MIN;
    if (kind == 3) id = 42;
    memcpy(&r.customer[i], &id, sizeof id);
    r.time[i] = (int64_t)(next_random(&seed) % 1000) * 86400 - 500 * 86400 + (int64_t)(next_random(&seed) % 86400);
    r.amount[i] = (int64_t)(next_random(&seed) % 20000) - 2000;
  }
  return r;
}

static void free_rows(rows *r) {
  free(r->customer);
  free(r->time);
  free(r->amount);
}

static loy_rfm_builder *builder_of(const rows *r, loy_rfm_merge_period merge, int threads, size_t batch) {
  loy_rfm_options options;
  loy_rfm_builder *builder = NULL;
  loy_rfm_options_init(&options);
  options.merge = merge;
  options.threads = threads;
  CHECK_STATUS(loy_rfm_create(&options, &builder, NULL), LOY_OK);
  for (size_t start = 0; start < r->n; start += batch) {
    size_t n = r->n - start < batch ? r->n - start : batch;
    CHECK_STATUS(
        loy_rfm_push(builder, LOY_TICK_SECOND, r->customer + start, r->time + start, r->amount + start, n, NULL),
        LOY_OK);
  }
  return builder;
}

/* The serialized form holds all that a builder knows: equal bytes, equal builders. */
static int same_builders(loy_rfm_builder *a, loy_rfm_builder *b) {
  size_t size_a = 0, size_b = 0;
  unsigned char *bytes_a, *bytes_b;
  int same;
  CHECK_STATUS(loy_rfm_serialized_size(a, &size_a, NULL), LOY_OK);
  CHECK_STATUS(loy_rfm_serialized_size(b, &size_b, NULL), LOY_OK);
  if (size_a != size_b) return 0;
  bytes_a = (unsigned char *)malloc(size_a);
  bytes_b = (unsigned char *)malloc(size_b);
  CHECK_STATUS(loy_rfm_serialize(a, bytes_a, size_a, NULL, NULL), LOY_OK);
  CHECK_STATUS(loy_rfm_serialize(b, bytes_b, size_b, NULL, NULL), LOY_OK);
  same = memcmp(bytes_a, bytes_b, size_a) == 0;
  free(bytes_a);
  free(bytes_b);
  return same;
}

/* Against the plainest possible computation: pairs of loops over the rows of each customer. */
static void test_against_plain_loops(void) {
  enum { N = 400 };
  for (int kind = 0; kind < 4; kind++) {
    rows r = random_rows(N, kind, 11 + (uint64_t)kind);
    loy_rfm_builder *builder = builder_of(&r, LOY_RFM_MERGE_DAY, 1, N);
    loy_rfm_window window;
    loy_rfm_columns out;
    int64_t *customer = (int64_t *)malloc(N * sizeof *customer);
    double *x = (double *)malloc(N * sizeof *x), *m = (double *)malloc(N * sizeof *m),
           *t = (double *)malloc(N * sizeof *t);
    size_t n = 0, expected = 0;
    loy_rfm_window_init(&window);
    window.time_unit = LOY_TIME_DAY;
    window.end = 300;
    loy_rfm_columns_init(&out);
    out.customer = customer;
    out.frequency = x;
    out.monetary_value = m;
    out.recency = t;
    CHECK_STATUS(loy_rfm_summary(builder, &window, N, &out, &n, NULL), LOY_OK);
    for (size_t i = 0; i < N; i++) { /* each customer once, at their first row */
      int64_t first = INT64_MAX, last = INT64_MIN, spent = 0, first_spent = 0;
      double purchases = 0;
      size_t seen = 0, at;
      for (size_t j = 0; j < i; j++) seen += r.customer[j] == r.customer[i];
      if (seen) continue;
      for (int64_t d = -500; d <= 300; d++) {
        int64_t sum = 0, count = 0;
        for (size_t j = i; j < N; j++) {
          int64_t of_row = (r.time[j] + 500 * 86400) / 86400 - 500;
          if (r.customer[j] == r.customer[i] && of_row == d) {
            sum += r.amount[j];
            count++;
          }
        }
        if (count == 0 || sum < 0) continue;
        if (d < first) {
          first = d;
          first_spent = sum;
        }
        last = d;
        spent += sum;
        purchases++;
      }
      if (purchases == 0) continue;
      expected++;
      for (at = 0; at < n && customer[at] != r.customer[i]; at++) {
      }
      CU_ASSERT_FATAL(at < n);
      CHECK_BITS(x[at], purchases - 1);
      CHECK_BITS(t[at], (double)(last - first));
      CHECK_BITS(m[at], purchases > 1 ? (double)(spent - first_spent) / (100.0 * (purchases - 1)) : 0.0);
    }
    CU_ASSERT_EQUAL(n, expected);
    for (size_t i = 1; i < n; i++) CU_ASSERT(customer[i - 1] < customer[i]);
    free(customer);
    free(x);
    free(m);
    free(t);
    loy_rfm_destroy(builder);
    free_rows(&r);
  }
}

static void test_any_order_and_partition(void) {
  static const size_t size[] = {1, 2, 23, 24, 1000, 70000};
  for (size_t s = 0; s < 6; s++) {
    for (int kind = 0; kind < 4; kind++) {
      rows r = random_rows(size[s], kind, 3 + s);
      loy_rfm_builder *whole = builder_of(&r, LOY_RFM_MERGE_DAY, 1, r.n);
      loy_rfm_builder *threads = builder_of(&r, LOY_RFM_MERGE_DAY, 3, r.n);
      loy_rfm_builder *batches = builder_of(&r, LOY_RFM_MERGE_DAY, 1, r.n / 13 + 1), *odd, *even;
      rows half = r;
      CU_ASSERT(same_builders(whole, threads));
      CU_ASSERT(same_builders(whole, batches));
      for (size_t i = r.n; i > 1; i--) { /* shuffle */
        uint64_t seed = i * 77;
        size_t j = (size_t)(next_random(&seed) % i);
        int64_t c = r.customer[i - 1], t = r.time[i - 1], a = r.amount[i - 1];
        r.customer[i - 1] = r.customer[j];
        r.time[i - 1] = r.time[j];
        r.amount[i - 1] = r.amount[j];
        r.customer[j] = c;
        r.time[j] = t;
        r.amount[j] = a;
      }
      half.n = r.n / 3;
      odd = builder_of(&half, LOY_RFM_MERGE_DAY, 1, half.n + 1);
      half.customer = r.customer + half.n;
      half.time = r.time + half.n;
      half.amount = r.amount + half.n;
      half.n = r.n - half.n;
      even = builder_of(&half, LOY_RFM_MERGE_DAY, 1, half.n / 2 + 1);
      CHECK_STATUS(loy_rfm_merge(even, odd, NULL), LOY_OK);
      CU_ASSERT(same_builders(whole, even));
      loy_rfm_destroy(whole);
      loy_rfm_destroy(threads);
      loy_rfm_destroy(batches);
      loy_rfm_destroy(odd);
      loy_rfm_destroy(even);
      free_rows(&r);
    }
  }
}

/* Summaries written by several threads are those of one. */
static void test_threads_write_the_same(void) {
  enum { N = 300000 };
  rows r = random_rows(N, 0, 99);
  loy_rfm_builder *one = builder_of(&r, LOY_RFM_MERGE_DAY, 1, N), *many = builder_of(&r, LOY_RFM_MERGE_DAY, 5, N);
  loy_rfm_columns out_one, out_many;
  size_t n = 0, m = 0;
  double *column[4];
  int64_t *customer[2];
  loy_rfm_report report_one, report_many;
  CHECK_STATUS(loy_rfm_count(one, NULL, &n, &report_one, NULL), LOY_OK);
  CHECK_STATUS(loy_rfm_count(many, NULL, &m, &report_many, NULL), LOY_OK);
  CU_ASSERT_EQUAL_FATAL(n, m);
  CU_ASSERT(memcmp(&report_one, &report_many, sizeof report_one) == 0);
  for (int i = 0; i < 4; i++) column[i] = (double *)malloc(n * sizeof **column);
  for (int i = 0; i < 2; i++) customer[i] = (int64_t *)malloc(n * sizeof **customer);
  loy_rfm_columns_init(&out_one);
  out_one.customer = customer[0];
  out_one.litt = column[0];
  out_one.monetary_value = column[1];
  out_many = out_one;
  out_many.customer = customer[1];
  out_many.litt = column[2];
  out_many.monetary_value = column[3];
  CHECK_STATUS(loy_rfm_summary(one, NULL, n, &out_one, NULL, NULL), LOY_OK);
  CHECK_STATUS(loy_rfm_summary(many, NULL, n, &out_many, NULL, NULL), LOY_OK);
  CU_ASSERT(memcmp(customer[0], customer[1], n * sizeof **customer) == 0);
  CU_ASSERT(memcmp(column[0], column[2], n * sizeof **column) == 0);
  CU_ASSERT(memcmp(column[1], column[3], n * sizeof **column) == 0);
  for (int i = 0; i < 4; i++) free(column[i]);
  for (int i = 0; i < 2; i++) free(customer[i]);
  loy_rfm_destroy(one);
  loy_rfm_destroy(many);
  free_rows(&r);
}

static void test_many_small_pushes(void) {
  rows r = random_rows(5000, 0, 5);
  loy_rfm_builder *whole = builder_of(&r, LOY_RFM_MERGE_WEEK, 1, r.n),
                  *drops = builder_of(&r, LOY_RFM_MERGE_WEEK, 1, 1);
  size_t customers = 0, purchases = 0;
  CU_ASSERT(same_builders(whole, drops));
  CHECK_STATUS(loy_rfm_size(drops, &customers, &purchases, NULL), LOY_OK);
  CU_ASSERT(customers > 0 && customers <= purchases && purchases <= r.n);
  loy_rfm_destroy(whole);
  loy_rfm_destroy(drops);
  free_rows(&r);
}

/* What is asked twice through one window is answered anew after each change. */
static void test_changes_show(void) {
  static const int64_t customer[] = {0, 1}, time[] = {10, 12}, amount[] = {100, 300}, label[] = {5, 5};
  loy_rfm_builder *builder = new_builder(LOY_RFM_MERGE_DAY, LOY_RFM_REFUNDS_NET);
  loy_rfm_builder *other = new_builder(LOY_RFM_MERGE_DAY, LOY_RFM_REFUNDS_NET);
  loy_rfm_window window;
  loy_rfm_report report;
  summary s;
  loy_rfm_window_init(&window);
  window.end = 20;
  CHECK_STATUS(loy_rfm_push(builder, LOY_TICK_DAY, customer, time, amount, 1, NULL), LOY_OK);
  s = summarize(builder, &window);
  CU_ASSERT_EQUAL(s.n, 1);
  CHECK_STATUS(loy_rfm_push(builder, LOY_TICK_DAY, customer + 1, time + 1, amount + 1, 1, NULL), LOY_OK);
  s = summarize(builder, &window);
  CU_ASSERT_EQUAL(s.n, 2);
  CHECK_STATUS(loy_rfm_push(other, LOY_TICK_DAY, customer, time, amount, 2, NULL), LOY_OK);
  CHECK_STATUS(loy_rfm_merge(builder, other, NULL), LOY_OK);
  CHECK_STATUS(loy_rfm_count(builder, &window, NULL, &report, NULL), LOY_OK);
  CU_ASSERT_EQUAL(report.amount, 800);
  CU_ASSERT_EQUAL(report.rows, 4);
  CHECK_STATUS(loy_rfm_relabel(builder, label, 2, NULL), LOY_OK);
  s = summarize(builder, &window);
  CU_ASSERT_EQUAL(s.n, 1);
  CHECK_BITS(s.x[0], 1.0);
  CHECK_BITS(s.m[0], 6.0);
  window.end = 11;
  s = summarize(builder, &window);
  CHECK_BITS(s.x[0], 0.0);
  loy_rfm_destroy(builder);
  loy_rfm_destroy(other);
}

static void test_relabel(void) {
  static const int64_t label[] = {-1, 30, 20, 20, 10, 99, INT64_MAX};
  loy_rfm_builder *builder = toy_builder(LOY_RFM_MERGE_DAY);
  loy_rfm_window window = toy_window(LOY_TIME_DAY);
  loy_error error;
  summary s;
  CHECK_STATUS(loy_rfm_relabel(builder, label, 6, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "label", LOY_NO_INDEX);
  CHECK_STATUS(loy_rfm_relabel(builder, label, 7, &error), LOY_OK);
  s = summarize(builder, &window);
  CU_ASSERT_EQUAL(s.n, 5);
  CU_ASSERT_EQUAL(s.customer[0], 10);
  CU_ASSERT_EQUAL(s.customer[1], 20);
  CU_ASSERT_EQUAL(s.customer[2], 30);
  CU_ASSERT_EQUAL(s.customer[3], 99);
  CU_ASSERT_EQUAL(s.customer[4], INT64_MAX);
  CHECK_BITS(s.T[0], 22.0);
  CHECK_BITS(s.x[1], 2.0); /* customers 2 and 3: both bought on January 1 */
  CHECK_BITS(s.t_x[1], 4.0);
  CHECK_STATUS(loy_rfm_relabel(builder, NULL, 7, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "label", LOY_NO_INDEX);
  CHECK_STATUS(loy_rfm_relabel(NULL, NULL, 7, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "builder", LOY_NO_INDEX);
  CHECK_STATUS(loy_rfm_relabel(builder, label, 7, &error), LOY_ERR_DOMAIN); /* the new ids are no positions */
  loy_rfm_destroy(builder);
}

/* --- Errors ------------------------------------------------------------------------------------------------------ */

static void test_empty(void) {
  loy_rfm_builder *builder = new_builder(LOY_RFM_MERGE_DAY, LOY_RFM_REFUNDS_NET);
  loy_rfm_builder *other = new_builder(LOY_RFM_MERGE_DAY, LOY_RFM_REFUNDS_NET);
  loy_rfm_window window;
  loy_rfm_report report;
  size_t n = 9, purchases = 9;
  summary s;
  CHECK_STATUS(loy_rfm_push(builder, LOY_TICK_DAY, NULL, NULL, NULL, 0, NULL), LOY_OK);
  CHECK_STATUS(loy_rfm_merge(builder, other, NULL), LOY_OK);
  CHECK_STATUS(loy_rfm_relabel(builder, NULL, 0, NULL), LOY_OK);
  CHECK_STATUS(loy_rfm_count(builder, NULL, &n, &report, NULL), LOY_OK);
  CU_ASSERT_EQUAL(n, 0);
  CU_ASSERT_EQUAL(report.rows, 0);
  CHECK_STATUS(loy_rfm_size(builder, &n, &purchases, NULL), LOY_OK);
  CU_ASSERT_EQUAL(n + purchases, 0);
  s = summarize(builder, NULL);
  CU_ASSERT_EQUAL(s.n, 0);
  loy_rfm_window_init(&window);
  window.train_end = 20000;
  s = summarize(builder, &window);
  CU_ASSERT_EQUAL(s.n, 0);
  loy_rfm_destroy(builder);
  loy_rfm_destroy(other);
  loy_rfm_destroy(NULL);
  loy_rfm_options_init(NULL);
  loy_rfm_window_init(NULL);
  loy_rfm_columns_init(NULL);
}

static void test_create_errors(void) {
  const int no_such = -1;
  loy_rfm_options options;
  loy_rfm_builder *builder = NULL;
  loy_error error;
  loy_rfm_options_init(&options);
  options.struct_size = 3;
  options.merge = (loy_rfm_merge_period)6;
  memcpy(&options.refunds, &no_such, sizeof no_such); /* C++ has no cast to a number that is no enumerator */
  CHECK_STATUS(loy_rfm_create(&options, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX);
  options.struct_size = sizeof options;
  CHECK_STATUS(loy_rfm_create(&options, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "merge", LOY_NO_INDEX);
  options.merge = LOY_RFM_MERGE_DAY;
  CHECK_STATUS(loy_rfm_create(&options, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "refunds", LOY_NO_INDEX);
  options.refunds = LOY_RFM_REFUNDS_NET;
  CHECK_STATUS(loy_rfm_create(&options, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "builder", LOY_NO_INDEX);
  CHECK_STATUS(loy_rfm_create(NULL, &builder, &error), LOY_OK);
  CU_ASSERT_EQUAL(error.status, LOY_OK);
  loy_rfm_destroy(builder);
}

static void test_push_errors(void) {
  int64_t customer[] = {1, 2, 3}, time[] = {0, INT64_MIN, 0}, amount[] = {INT64_MAX - 5, 6, INT64_MIN};
  loy_rfm_builder *builder = new_builder(LOY_RFM_MERGE_DAY, LOY_RFM_REFUNDS_NET);
  loy_error error;
  size_t n = 0;
  CHECK_STATUS(loy_rfm_push(NULL, (loy_tick)6, NULL, NULL, amount, 3, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "builder", LOY_NO_INDEX);
  CHECK_STATUS(loy_rfm_push(builder, (loy_tick)6, NULL, NULL, amount, 3, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "tick", LOY_NO_INDEX);
  CHECK_STATUS(loy_rfm_push(builder, LOY_TICK_DAY, NULL, NULL, amount, 3, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "customer", LOY_NO_INDEX);
  CHECK_STATUS(loy_rfm_push(builder, LOY_TICK_DAY, customer, NULL, amount, 3, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "time", LOY_NO_INDEX);
  CHECK_STATUS(loy_rfm_push(builder, LOY_TICK_DAY, customer, time, amount, 3, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "time", 1);
  CHECK_STATUS(loy_rfm_push(builder, LOY_TICK_NANOSECOND, customer, time, amount, 3, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "time", 1);
  time[1] = 0;
  time[2] = LOY_DAY_MAX + 1; /* seconds passed as days would look like this */
  CHECK_STATUS(loy_rfm_push(builder, LOY_TICK_DAY, customer, time, amount, 3, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "time", 2);
  time[2] = LOY_DAY_MAX;
  CHECK_STATUS(loy_rfm_push(builder, LOY_TICK_DAY, customer, time, amount, 3, &error), LOY_ERR_OVERFLOW);
  CHECK_ERROR(&error, LOY_ERR_OVERFLOW, "amount", 1);
  CHECK_STATUS(loy_rfm_push(builder, LOY_TICK_DAY, customer, time, amount + 2, 1, &error), LOY_ERR_OVERFLOW);
  CHECK_ERROR(&error, LOY_ERR_OVERFLOW, "amount", 0);
  CHECK_STATUS(loy_rfm_size(builder, &n, NULL, NULL), LOY_OK);
  CU_ASSERT_EQUAL(n, 0);
  CHECK_STATUS(loy_rfm_push(builder, LOY_TICK_DAY, customer, time, amount, 1, &error), LOY_OK);
  amount[0] = 5;
  CHECK_STATUS(loy_rfm_push(builder, LOY_TICK_DAY, customer, time, amount, 1, &error), LOY_OK);
  amount[0] = 0;
  amount[1] = -1; /* sizes count, so that no order of the sums can overflow */
  CHECK_STATUS(loy_rfm_push(builder, LOY_TICK_DAY, customer, time, amount, 2, &error), LOY_ERR_OVERFLOW);
  CHECK_ERROR(&error, LOY_ERR_OVERFLOW, "amount", 1);
  loy_rfm_destroy(builder);
}

static void test_merge_errors(void) {
  static const int64_t one[] = {1}, much[] = {INT64_MAX};
  loy_rfm_builder *builder = new_builder(LOY_RFM_MERGE_DAY, LOY_RFM_REFUNDS_NET);
  loy_rfm_builder *week = new_builder(LOY_RFM_MERGE_WEEK, LOY_RFM_REFUNDS_NET);
  loy_rfm_builder *gross = new_builder(LOY_RFM_MERGE_DAY, LOY_RFM_REFUNDS_DROP);
  loy_rfm_builder *rich = new_builder(LOY_RFM_MERGE_DAY, LOY_RFM_REFUNDS_NET);
  loy_error error;
  CHECK_STATUS(loy_rfm_merge(NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "builder", LOY_NO_INDEX);
  CHECK_STATUS(loy_rfm_merge(builder, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "other", LOY_NO_INDEX);
  CHECK_STATUS(loy_rfm_merge(builder, builder, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "other", LOY_NO_INDEX);
  CHECK_STATUS(loy_rfm_merge(builder, week, &error), LOY_ERR_STATE);
  CHECK_ERROR(&error, LOY_ERR_STATE, "other", LOY_NO_INDEX);
  CHECK_STATUS(loy_rfm_merge(builder, gross, &error), LOY_ERR_STATE);
  CHECK_STATUS(loy_rfm_push(builder, LOY_TICK_DAY, one, one, one, 1, NULL), LOY_OK);
  CHECK_STATUS(loy_rfm_push(rich, LOY_TICK_DAY, one, one, much, 1, NULL), LOY_OK);
  CHECK_STATUS(loy_rfm_merge(builder, rich, &error), LOY_ERR_OVERFLOW);
  CHECK_ERROR(&error, LOY_ERR_OVERFLOW, "other", LOY_NO_INDEX);
  loy_rfm_destroy(builder);
  loy_rfm_destroy(week);
  loy_rfm_destroy(gross);
  loy_rfm_destroy(rich);
}

static void test_window_errors(void) {
  loy_rfm_builder *builder = toy_builder(LOY_RFM_MERGE_WEEK);
  loy_rfm_window window = toy_window(LOY_TIME_WEEK);
  loy_rfm_columns out;
  loy_error error;
  summary s;
  size_t n = 77;
  double untouched = 7.0;
  memset(&s, 0, sizeof s);
  out = columns_of(&s);
  CHECK_STATUS(loy_rfm_count(NULL, &window, &n, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "builder", LOY_NO_INDEX);
  window.struct_size = 0;
  window.time_unit = (loy_time_unit)5;
  window.tick = (loy_tick)5;
  window.end = INT64_MAX;
  window.train_end = INT64_MAX;
  window.decimals = 10;
  CHECK_STATUS(loy_rfm_count(builder, &window, &n, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "window", LOY_NO_INDEX);
  window.struct_size = sizeof window;
  CHECK_STATUS(loy_rfm_summary(builder, &window, 0, NULL, &n, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "time_unit", LOY_NO_INDEX);
  window.time_unit = LOY_TIME_WEEK;
  CHECK_STATUS(loy_rfm_summary(builder, &window, 0, NULL, &n, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "tick", LOY_NO_INDEX);
  window.tick = LOY_TICK_DAY;
  CHECK_STATUS(loy_rfm_summary(builder, &window, 0, NULL, &n, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "end", LOY_NO_INDEX);
  window.end = day(2015, 2, 7);
  CHECK_STATUS(loy_rfm_summary(builder, &window, 0, NULL, &n, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "train_end", LOY_NO_INDEX);
  window.train_end = day(2015, 2, 9); /* the next week */
  CHECK_STATUS(loy_rfm_summary(builder, &window, 0, NULL, &n, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "train_end", LOY_NO_INDEX);
  window.end = LOY_RFM_LAST_SEEN;
  CHECK_STATUS(loy_rfm_summary(builder, &window, 0, NULL, &n, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "train_end", LOY_NO_INDEX);
  window.train_end = day(2015, 2, 8); /* a later day of the same week */
  CHECK_STATUS(loy_rfm_summary(builder, &window, 0, NULL, &n, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "decimals", LOY_NO_INDEX);
  window.decimals = -1;
  CHECK_STATUS(loy_rfm_summary(builder, &window, 0, NULL, &n, &error), LOY_ERR_DOMAIN);
  window.decimals = 2;
  CHECK_STATUS(loy_rfm_summary(builder, &window, 0, NULL, &n, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "out", LOY_NO_INDEX);
  CU_ASSERT_EQUAL(n, 77);
  s.x[0] = untouched;
  CHECK_STATUS(loy_rfm_summary(builder, &window, 5, &out, &n, &error), LOY_ERR_BUFFER);
  CHECK_ERROR(&error, LOY_ERR_BUFFER, "capacity", LOY_NO_INDEX);
  CU_ASSERT_EQUAL(n, 6);
  CHECK_BITS(s.x[0], untouched);
  CHECK_STATUS(loy_rfm_summary(builder, &window, n, &out, NULL, &error), LOY_OK);
  CHECK_STATUS(loy_rfm_size(NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  loy_rfm_destroy(builder);
}

static void test_memory(void) {
  failing_allocator memory;
  rows r = random_rows(2000, 0, 8);
  int64_t *label = (int64_t *)malloc(2000 * sizeof *label);
  for (int64_t i = 0; i < 2000; i++) label[i] = 2000 - i;
  FOR_EACH_FAILURE(memory) {
    loy_rfm_options options;
    loy_rfm_builder *a = NULL, *b = NULL;
    loy_status status;
    size_t before = 0, after = 0, n = 0;
    loy_rfm_options_init(&options);
    options.allocator = &memory.allocator;
    status = loy_rfm_create(&options, &a, NULL);
    if (status == LOY_OK) status = loy_rfm_create(&options, &b, NULL);
    for (size_t start = 0; status == LOY_OK && start < r.n; start += 250) {
      status = loy_rfm_push(start % 500 ? a : b, LOY_TICK_SECOND, r.customer + start, r.time + start, r.amount + start,
                            250, NULL);
    }
    if (status == LOY_OK) status = loy_rfm_size(a, NULL, &before, NULL);
    if (status == LOY_OK) {
      status = loy_rfm_merge(a, b, NULL);
      if (status != LOY_OK) {
        CHECK_STATUS(loy_rfm_size(a, NULL, &after, NULL), LOY_OK);
        CU_ASSERT_EQUAL(before, after);
      }
    }
    if (status == LOY_OK) status = loy_rfm_relabel(a, label, 2000, NULL);
    if (status == LOY_OK) status = loy_rfm_count(a, NULL, &n, NULL, NULL);
    if (memory.failed) {
      CHECK_STATUS(status, LOY_ERR_MEMORY);
    } else {
      CHECK_STATUS(status, LOY_OK);
    }
    loy_rfm_destroy(a);
    loy_rfm_destroy(b);
    CU_ASSERT_EQUAL(memory.held, 0);
  }
  CU_ASSERT(memory.requests > 20);
  free(label);
  free_rows(&r);
}

SUITE(btyd, rfm) {
  ADD(test_toy_daily);
  ADD(test_toy_weekly);
  ADD(test_toy_split);
  ADD(test_units);
  ADD(test_months_and_years_as_periods);
  ADD(test_ticks);
  ADD(test_seconds_and_hours);
  ADD(test_end);
  ADD(test_spend);
  ADD(test_spend_beyond_double);
  ADD(test_refunds);
  ADD(test_against_plain_loops);
  ADD(test_any_order_and_partition);
  ADD(test_threads_write_the_same);
  ADD(test_many_small_pushes);
  ADD(test_changes_show);
  ADD(test_relabel);
  ADD(test_empty);
  ADD(test_create_errors);
  ADD(test_push_errors);
  ADD(test_merge_errors);
  ADD(test_window_errors);
  ADD(test_memory);
}
