/* Tests of btyd/rfm_summary.h: toy tables worked out by hand, units, periods, windows, spend, refunds, against plain
 * loops, errors in their order. */
#include "check.h"
#include "rfm_log.h"

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

SUITE(btyd, rfm_summary) {
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
  ADD(test_window_errors);
}
