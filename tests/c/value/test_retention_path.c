/* The value along a path: constant paths are the multiples, a varying one by mpmath, order of checks. */
#include "check.h"

#include "loyalty/value/retention_path.h"

static void test_constant_path(void) {
  double margin[60], retention[60], survivors[60], present[60], value;
  for (int t = 0; t < 60; t++) {
    margin[t] = 100.0;
    retention[t] = 0.8;
  }
  for (int timing = LOY_MARGIN_BEGIN; timing <= LOY_MARGIN_CONTINUOUS; timing++)
    for (int n = 0; n <= 60; n += 12) {
      double sum = 0.0;
      CHECK_STATUS(
          loy_retention_path(timing, margin, retention, (size_t)n, 0.1, 0.03, 20.0, survivors, present, &value, NULL),
          LOY_OK);
      CHECK_CLOSE(value, loy_retention_value(timing, 100.0, 0.8, 0.1, 0.03, n, 20.0), 1e-13);
      for (int t = 0; t < n; t++) sum += present[t];
      CHECK_CLOSE(sum - 20.0, value, 1e-13);
      if (n > 0) CHECK_CLOSE(survivors[n - 1], pow(0.8, n - 1), 1e-13);
    }
}

/* mpmath, 40 digits. */
static void test_varying_path(void) {
  static const double expected[5] = {239.81487603305786042, 172.80781367392938406, 218.01352366641623564,
                                     181.24236401415604221, 209.11679605381103974};
  const double margin[3] = {100.0, 80.0, 120.0}, retention[3] = {0.8, 0.9, 0.7};
  for (int timing = 1; timing <= 5; timing++) {
    double value;
    CHECK_STATUS(loy_retention_path(timing, margin, retention, 3, 0.1, 0.05, 0.0, NULL, NULL, &value, NULL), LOY_OK);
    CHECK_CLOSE(value, expected[timing - 1], 1e-15);
  }
}

/* Nobody left, everyone staying without discount, in place. */
static void test_edges(void) {
  double margin[3] = {10.0, 20.0, 30.0}, retention[3] = {1.0, 0.0, 1.0}, value;
  CHECK_STATUS(loy_retention_path(LOY_MARGIN_END, margin, retention, 3, 0.0, 0.0, 0.0, NULL, NULL, &value, NULL),
               LOY_OK);
  CHECK_BITS(value, 10.0);
  CHECK_STATUS(loy_retention_path(LOY_MARGIN_CONTINUOUS, margin, retention, 3, 0.0, 0.0, 0.0, NULL, NULL, &value, NULL),
               LOY_OK);
  CHECK_BITS(value, 10.0);
  CHECK_STATUS(
      loy_retention_path(LOY_MARGIN_BEGIN, margin, retention, 3, 0.0, 0.0, 1.0, retention, margin, &value, NULL),
      LOY_OK);
  CHECK_BITS(value, 29.0);
  CHECK_BITS(retention[0], 1.0);
  CHECK_BITS(retention[1], 1.0);
  CHECK_BITS(retention[2], 0.0);
  CHECK_BITS(margin[1], 20.0);
  CHECK_BITS(margin[2], 0.0);
}

static void test_checks(void) {
  double margin[2] = {1e40, 1.0}, retention[2] = {1.0, 1.0}, bad[2] = {0.5, NAN}, value = 7.0, out[2] = {7.0, 7.0};
  double many[400], stay[400];
  loy_error error;
#define EXPECT(call, status, argument, index)                                                                          \
  CHECK_STATUS(call, status);                                                                                          \
  CHECK_ERROR(&error, status, argument, index)
  EXPECT(loy_retention_path(0, NULL, NULL, 2, NAN, NAN, NAN, out, out, NULL, &error), LOY_ERR_ARGUMENT, "timing",
         LOY_NO_INDEX);
  EXPECT(loy_retention_path(1, NULL, NULL, 2, NAN, NAN, NAN, out, out, NULL, &error), LOY_ERR_ARGUMENT, "margin",
         LOY_NO_INDEX);
  EXPECT(loy_retention_path(1, margin, NULL, 2, NAN, NAN, NAN, out, out, NULL, &error), LOY_ERR_ARGUMENT, "retention",
         LOY_NO_INDEX);
  EXPECT(loy_retention_path(1, bad, bad, 2, NAN, NAN, NAN, out, out, NULL, &error), LOY_ERR_DOMAIN, "discount",
         LOY_NO_INDEX);
  EXPECT(loy_retention_path(1, bad, bad, 2, 0.1, NAN, NAN, out, out, NULL, &error), LOY_ERR_DOMAIN, "growth",
         LOY_NO_INDEX);
  EXPECT(loy_retention_path(1, bad, bad, 2, 0.1, 0.0, NAN, out, out, NULL, &error), LOY_ERR_DOMAIN, "acquisition_cost",
         LOY_NO_INDEX);
  EXPECT(loy_retention_path(1, bad, bad, 2, 0.1, 0.0, 0.0, out, out, NULL, &error), LOY_ERR_DOMAIN, "margin", 1);
  EXPECT(loy_retention_path(1, margin, bad, 2, 0.1, 0.0, 0.0, out, out, NULL, &error), LOY_ERR_DOMAIN, "retention", 1);
  EXPECT(loy_retention_path(1, margin, retention, 2, 0.1, 0.0, 0.0, out, out, NULL, &error), LOY_ERR_ARGUMENT, "value",
         LOY_NO_INDEX);
  for (int t = 0; t < 400; t++) {
    many[t] = t % 2 ? -1e40 : 1e40;
    stay[t] = 1.0;
  }
  /* 1e40 (1e40)^t: the last that fits is t = 6. */
  EXPECT(loy_retention_path(1, many, stay, 400, 0.0, 1e40, 0.0, out, out, &value, &error), LOY_ERR_DOMAIN, "growth", 7);
#undef EXPECT
  CHECK_BITS(value, 7.0);
  CHECK_BITS(out[0], 7.0);
  stay[6] = 0.0;
  CHECK_STATUS(loy_retention_path(1, many, stay, 400, 0.0, 1e40, 0.0, NULL, NULL, &value, &error), LOY_OK);
  CU_ASSERT(isfinite(value));
  CHECK_STATUS(loy_retention_path(2, NULL, NULL, 0, 0.1, 0.0, 3.0, NULL, NULL, &value, &error), LOY_OK);
  CHECK_BITS(value, -3.0);
}

SUITE(value, retention_path) {
  ADD(test_constant_path);
  ADD(test_varying_path);
  ADD(test_edges);
  ADD(test_checks);
}
