/* Tests of btyd/rfm.h: exactness in any order and partition, ids, errors in their order, memory failures. */
#include "check.h"

#include "failing_allocator.h"
#include "rfm_log.h"

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
  ADD(test_any_order_and_partition);
  ADD(test_threads_write_the_same);
  ADD(test_many_small_pushes);
  ADD(test_changes_show);
  ADD(test_relabel);
  ADD(test_empty);
  ADD(test_create_errors);
  ADD(test_push_errors);
  ADD(test_merge_errors);
  ADD(test_memory);
}
