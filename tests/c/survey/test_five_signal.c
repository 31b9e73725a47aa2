/* test_five_signal.c: the index of the signals that are known, places and trends. */
#include "check.h"
#include "../failing_allocator.h"

static void test_index(void) {
  static const double frequency[] = {.9, .5, NAN, NAN, 0}, amount[] = {.5, NAN, NAN, .25, 1},
                      recommendation[] = {9, 5, 10, 3, 0}, satisfaction[] = {4, NAN, 5, 2, 1},
                      trust[] = {5, 2, NAN, 1, 5};
  const double *signal[LOY_SIGNALS] = {frequency, amount, recommendation, satisfaction, trust};
  double index[5];
  int32_t known[5];
  size_t skipped = 7;
  loy_batch_report report;
  loy_error error;
  CHECK_STATUS(loy_five_signal_batch(signal, 5, NULL, index, known, &skipped, &report, &error), LOY_NOTICE_SKIPPED);
  CHECK_NEAR(index[0], (.9 + .5 + .9 + .75 + 1) / 5, 4e-16);
  CHECK_NEAR(index[1], (.5 + .5 + .25) / 3, 4e-16);
  CU_ASSERT(isnan(index[2]));
  CHECK_NEAR(index[3], (.25 + .3 + .25 + 0) / 4, 4e-16);
  CHECK_NEAR(index[4], .4, 4e-16);
  CU_ASSERT_EQUAL(known[0], 5);
  CU_ASSERT_EQUAL(known[1], 3);
  CU_ASSERT_EQUAL(known[2], 2);
  CU_ASSERT_EQUAL(known[3], 4);
  CU_ASSERT_EQUAL(skipped, 1);
  CU_ASSERT_EQUAL(report.bad, 0);
  /* A column that is not there is known of nobody. */
  signal[LOY_SIGNAL_TRUST] = signal[LOY_SIGNAL_AMOUNT] = NULL;
  CHECK_STATUS(loy_five_signal_batch(signal, 1, NULL, index, NULL, NULL, NULL, NULL), LOY_OK);
  CHECK_NEAR(index[0], (.9 + .9 + .75) / 3, 4e-16);
}

static void test_options(void) {
  static const double frequency[] = {.25}, recommendation[] = {5}, satisfaction[] = {-2}, trust[] = {100};
  const double *signal[LOY_SIGNALS] = {frequency, NULL, recommendation, satisfaction, trust};
  loy_five_signal_options o;
  double index;
  int32_t known;
  size_t skipped;
  loy_five_signal_options_init(&o);
  o.satisfaction_lowest = -3;
  o.satisfaction_highest = 7;
  o.trust_lowest = 0;
  o.trust_highest = 100;
  o.weight[LOY_SIGNAL_FREQUENCY] = 3e-40;
  o.weight[LOY_SIGNAL_AMOUNT] = 1e-40;
  o.weight[LOY_SIGNAL_RECOMMENDATION] = 0;
  o.weight[LOY_SIGNAL_SATISFACTION] = 2e-40;
  o.weight[LOY_SIGNAL_TRUST] = 1e-40;
  CHECK_STATUS(loy_five_signal_batch(signal, 1, &o, &index, &known, &skipped, NULL, NULL), LOY_OK);
  CHECK_NEAR(index, (3 * .25 + 2 * .1 + 1) / 6, 4e-16);
  CU_ASSERT_EQUAL(known, 4);
  o.least = 5;
  CHECK_STATUS(loy_five_signal_batch(signal, 1, &o, &index, &known, &skipped, NULL, NULL), LOY_NOTICE_SKIPPED);
  CU_ASSERT_EQUAL(skipped, 1);
  /* Known, but of no weight. */
  o.least = 1;
  signal[LOY_SIGNAL_FREQUENCY] = signal[LOY_SIGNAL_SATISFACTION] = signal[LOY_SIGNAL_TRUST] = NULL;
  CHECK_STATUS(loy_five_signal_batch(signal, 1, &o, &index, &known, &skipped, NULL, NULL), LOY_NOTICE_SKIPPED);
  CU_ASSERT(isnan(index));
  CU_ASSERT_EQUAL(known, 1);
  /* Everything at its best, with weights that are no binary fractions, is 1 and not a little more. */
  {
    static const double one[] = {1}, ten[] = {10}, five[] = {5};
    const double *best[LOY_SIGNALS] = {one, one, ten, five, five};
    loy_five_signal_options_init(&o);
    o.weight[0] = .1;
    o.weight[1] = .2;
    o.weight[2] = .7;
    o.weight[3] = .3;
    CHECK_STATUS(loy_five_signal_batch(best, 1, &o, &index, NULL, NULL, NULL, NULL), LOY_OK);
    CHECK_BITS(index, 1.0);
  }
}

static void test_bad_rows(void) {
  static const double place[] = {.5, 1.5, .5, .5, .5}, recommendation[] = {5, 5, 11, 5, 5},
                      satisfaction[] = {3, 3, 3, 0, 3}, trust[] = {3, 3, 3, 3, INFINITY};
  const double *signal[LOY_SIGNALS] = {place, place, recommendation, satisfaction, trust};
  static const char *const wrong[] = {"frequency", "recommendation", "satisfaction", "trust"};
  double index[5];
  int32_t known[5];
  size_t skipped;
  loy_batch_report report;
  CHECK_STATUS(loy_five_signal_batch(signal, 5, NULL, index, known, &skipped, &report, NULL), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 4);
  CU_ASSERT_EQUAL(skipped, 0);
  for (size_t i = 1; i < 5; i++) {
    const double *row[LOY_SIGNALS];
    for (int k = 0; k < LOY_SIGNALS; k++) row[k] = signal[k] + i;
    CU_ASSERT(isnan(index[i]));
    CU_ASSERT_EQUAL(known[i], 0);
    CHECK_STATUS(loy_five_signal_batch(row, 1, NULL, index, NULL, NULL, &report, NULL), LOY_OK);
    CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, wrong[i - 1], 0);
  }
}

/* In the order the header states. */
static void test_errors(void) {
  const double *signal[LOY_SIGNALS] = {NULL, NULL, NULL, NULL, NULL};
  loy_five_signal_options o;
  loy_error error;
  double index = 7.0;
  loy_five_signal_options_init(NULL);
  loy_five_signal_options_init(&o);
  CHECK_STATUS(loy_five_signal_batch(signal, 1, &o, NULL, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "index", LOY_NO_INDEX);
#define BAD(status, argument, at)                                                                                      \
  CHECK_STATUS(loy_five_signal_batch(signal, 1, &o, NULL, NULL, NULL, NULL, &error), status);                          \
  CHECK_ERROR(&error, status, argument, at)
  o.trust_highest = o.trust_lowest;
  BAD(LOY_ERR_DOMAIN, "trust_highest", LOY_NO_INDEX);
  o.trust_lowest = NAN;
  BAD(LOY_ERR_DOMAIN, "trust_lowest", LOY_NO_INDEX);
  o.satisfaction_highest = 2e6;
  BAD(LOY_ERR_DOMAIN, "satisfaction_highest", LOY_NO_INDEX);
  o.satisfaction_lowest = -2e6;
  BAD(LOY_ERR_DOMAIN, "satisfaction_lowest", LOY_NO_INDEX);
  o.least = 6;
  BAD(LOY_ERR_ARGUMENT, "least", LOY_NO_INDEX);
  o.least = 0;
  BAD(LOY_ERR_ARGUMENT, "least", LOY_NO_INDEX);
  for (int k = 0; k < LOY_SIGNALS; k++) o.weight[k] = 0.0;
  BAD(LOY_ERR_DOMAIN, "weight", LOY_NO_INDEX);
  o.weight[4] = INFINITY;
  BAD(LOY_ERR_DOMAIN, "weight", 4);
  o.weight[2] = -1;
  BAD(LOY_ERR_DOMAIN, "weight", 2);
  o.struct_size = 8;
  BAD(LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX);
#undef BAD
  CHECK_STATUS(loy_five_signal_batch(NULL, 1, &o, &index, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "signal", LOY_NO_INDEX);
  CHECK_BITS(index, 7.0);
  CHECK_STATUS(loy_five_signal_batch(signal, 0, NULL, NULL, NULL, NULL, NULL, &error), LOY_OK);
}

static void test_percentile(void) {
  static const double value[] = {3, 1, NAN, 3, 2, -0.0, 0.0, 3};
  double place[8];
  CHECK_STATUS(loy_percentile_batch(value, 8, NULL, place, NULL), LOY_OK);
  CHECK_CLOSE(place[0], 5.5 / 7, 2e-16);
  CHECK_CLOSE(place[1], 2.5 / 7, 2e-16);
  CU_ASSERT(isnan(place[2]));
  CHECK_BITS(place[3], place[0]);
  CHECK_CLOSE(place[4], .5, 2e-16);
  CHECK_CLOSE(place[5], 1.0 / 7, 2e-16);
  CHECK_BITS(place[6], place[5]);
  CHECK_BITS(place[7], place[0]);
  CHECK_STATUS(loy_percentile_batch(value, 1, NULL, place, NULL), LOY_OK);
  CHECK_BITS(place[0], .5);
  CHECK_STATUS(loy_percentile_batch(value + 2, 1, NULL, place, NULL), LOY_OK);
  CU_ASSERT(isnan(place[0]));
  CHECK_STATUS(loy_percentile_batch(NULL, 0, NULL, NULL, NULL), LOY_OK);
}

/* Every length up to 70, so that runs of the sort end everywhere, with ties; places from the definition. */
static void test_percentile_by_definition(void) {
  static double value[70], place[70];
  uint32_t seed = 1;
  for (size_t n = 1; n <= 70; n++) {
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) {
      seed = seed * 1664525u + 1013904223u;
      value[i] = (double)(seed >> 26) - 20.0;
    }
    CHECK_STATUS(loy_percentile_batch(value, n, NULL, place, NULL), LOY_OK);
    for (size_t i = 0; i < n; i++) {
      size_t below = 0, equal = 0;
      for (size_t j = 0; j < n; j++) {
        below += value[j] < value[i];
        equal += value[j] == value[i];
      }
      CHECK_CLOSE(place[i], ((double)below + .5 * (double)equal) / (double)n, 2e-16);
      sum += place[i];
    }
    CHECK_NEAR(sum / (double)n, .5, 1e-14); /* whatever the ties */
  }
}

static void test_percentile_memory(void) {
  static const double value[] = {2, 1, 3, NAN};
  failing_allocator memory;
  FOR_EACH_FAILURE(memory) {
    double place[4] = {7, 7, 7, 7};
    loy_error error;
    const loy_status status = loy_percentile_batch(value, 4, &memory.allocator, place, &error);
    if (memory.failed) {
      CHECK_STATUS(status, LOY_ERR_MEMORY);
      CHECK_BITS(place[3], 7.0);
    } else {
      CHECK_STATUS(status, LOY_OK);
      CHECK_CLOSE(place[0], .5, 2e-16);
    }
    CU_ASSERT_EQUAL(memory.held, 0);
  }
}

static void test_percentile_errors(void) {
  static const double value[] = {2, NAN, -INFINITY};
  double place[3] = {7, 7, 7};
  loy_error error;
  CHECK_STATUS(loy_percentile_batch(NULL, 3, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX);
  CHECK_STATUS(loy_percentile_batch(value, 3, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "place", LOY_NO_INDEX);
  CHECK_STATUS(loy_percentile_batch(value, 3, NULL, place, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "value", 2);
  CHECK_BITS(place[0], 7.0);
  CHECK_STATUS(loy_percentile_batch(value, SIZE_MAX / 8, NULL, NULL, &error), LOY_ERR_ARGUMENT);
}

/* The definition by signs: tau = (concordant - discordant)/pairs. */
static double trend_by_signs(const double *amount, size_t years) {
  double kept[8];
  int up = 0, down = 0;
  size_t k = 0;
  for (size_t y = 0; y < years; y++)
    if (!isnan(amount[y])) kept[k++] = amount[y];
  for (size_t i = 0; i < k; i++) {
    for (size_t j = i + 1; j < k; j++) {
      if (kept[j] > kept[i]) up++;
      if (kept[j] < kept[i]) down++;
    }
  }
  return k < 2 ? NAN : ((double)(up - down) / (.5 * (double)(k * (k - 1))) + 1.0) / 2.0;
}

/* Every series of five years with amounts 0, 1, 2, NaN. */
static void test_trend(void) {
  enum { YEARS = 5, ROWS = 1024 };
  static double column[YEARS][ROWS], trend[ROWS];
  const double *amount[YEARS] = {column[0], column[1], column[2], column[3], column[4]};
  loy_batch_report report;
  for (size_t i = 0; i < ROWS; i++)
    for (size_t y = 0; y < YEARS; y++) {
      const size_t digit = i >> 2 * y & 3;
      column[y][i] = digit == 3 ? NAN : 10.0 * (double)digit;
    }
  CHECK_STATUS(loy_trend_signal_batch(amount, YEARS, ROWS, trend, &report, NULL), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 0);
  for (size_t i = 0; i < ROWS; i++) {
    double row[YEARS];
    for (size_t y = 0; y < YEARS; y++) row[y] = column[y][i];
    CHECK_NEAR(trend[i], trend_by_signs(row, YEARS), 2e-16);
  }
  /* Always rose, always fell, never moved; scipy.stats.kendalltau of (1, 3, 2, 5, 4) gives tau = .6. */
  {
    static const double rows[YEARS][4] = {{1, 9, 5, 1}, {2, 7, 5, 3}, {4, 3, 5, 2}, {8, 2, 5, 5}, {9, -1, 5, 4}};
    const double *four[YEARS] = {rows[0], rows[1], rows[2], rows[3], rows[4]};
    CHECK_STATUS(loy_trend_signal_batch(four, YEARS, 4, trend, NULL, NULL), LOY_OK);
    CHECK_BITS(trend[0], 1.0);
    CHECK_BITS(trend[1], 0.0);
    CHECK_BITS(trend[2], .5);
    CHECK_NEAR(trend[3], .8, 2e-16);
  }
}

static void test_trend_errors(void) {
  static const double first[] = {1, 1}, second[] = {2, INFINITY};
  const double *amount[] = {first, second, NULL};
  double trend[2] = {7, 7};
  loy_batch_report report;
  loy_error error;
#define BAD(amount, years, trend, argument, at)                                                                        \
  CHECK_STATUS(loy_trend_signal_batch(amount, years, 2, trend, NULL, &error), LOY_ERR_ARGUMENT);                       \
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, argument, at)
  BAD(NULL, 1, NULL, "amount", LOY_NO_INDEX);
  BAD(amount, 1, NULL, "years", LOY_NO_INDEX);
  BAD(amount, LOY_TREND_YEARS + 1, NULL, "years", LOY_NO_INDEX);
  BAD(amount, 3, NULL, "amount", 2);
  BAD(amount, 2, NULL, "trend", LOY_NO_INDEX);
#undef BAD
  CHECK_STATUS(loy_trend_signal_batch(amount, 3, 0, NULL, NULL, NULL), LOY_OK);
  CHECK_STATUS(loy_trend_signal_batch(amount, 2, 2, trend, &report, &error), LOY_OK);
  CHECK_BITS(trend[0], 1.0);
  CU_ASSERT(isnan(trend[1]));
  CU_ASSERT_EQUAL(report.bad, 1);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "amount", 1);
}

static void test_names(void) {
  static const char *const names[] = {"frequency", "amount", "recommendation", "satisfaction", "trust"};
  for (int k = 0; k < LOY_SIGNALS; k++) {
    CU_ASSERT_STRING_EQUAL(loy_signal_name(k), names[k]);
    CU_ASSERT(strcmp(loy_signal_name_zh(k), "unknown") != 0);
  }
  CU_ASSERT_STRING_EQUAL(loy_signal_name_zh(LOY_SIGNAL_TRUST), "信任度");
  CU_ASSERT_STRING_EQUAL(loy_signal_name(5), "unknown");
  CU_ASSERT_STRING_EQUAL(loy_signal_name_zh(-1), "unknown");
}

SUITE(survey, five_signal) {
  ADD(test_index);
  ADD(test_options);
  ADD(test_bad_rows);
  ADD(test_errors);
  ADD(test_percentile);
  ADD(test_percentile_by_definition);
  ADD(test_percentile_memory);
  ADD(test_percentile_errors);
  ADD(test_trend);
  ADD(test_trend_errors);
  ADD(test_names);
}
