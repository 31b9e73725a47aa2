/* loy_bgbb_predict_batch: the same bits as one answer at a time; what is infinite; what is left out. */
#include "check.h"

#include "loyalty/btyd/bgbb_predict.h"

enum { ROWS = 20000 }; /* more than a unit of work, with histories that repeat */

static const loy_bgbb_params usual = {1.20, 0.75, 0.66, 2.78};
static double x[ROWS], t_x[ROWS], T[ROWS], alive[ROWS], expected[ROWS], worth[ROWS];

static void make_rows(void) {
  uint32_t state = 77u;
  for (int i = 0; i < ROWS; i++) {
    state = state * 1664525u + 1013904223u;
    T[i] = (double)(state >> 29) + (i % 50 == 0 ? 200.0 : 0.0);
    t_x[i] = T[i] > 0.0 ? (double)((state >> 16 & 1023u) % (uint32_t)(T[i] + 1.0)) : 0.0;
    x[i] = t_x[i] > 0.0 ? 1.0 + (double)((state >> 8 & 255u) % (uint32_t)t_x[i]) : 0.0;
  }
}

static void test_same_bits(void) {
  static const double delta[4] = {0.0, 0.1, 0.1, 0.02}, ahead[4] = {7.0, 7.0, (double)INFINITY, 3000.0};
  loy_bgbb_options options;
  loy_batch_report report;
  loy_error error;
  make_rows();
  x[4100] = 0.5;
  x[4101] = -1.0; /* the mark of an empty place in a unit's memory */
  loy_bgbb_options_init(&options);
  options.threads = 2;
  for (int k = 0; k < 4; k++) {
    loy_status status = loy_bgbb_predict_batch(&usual, x, t_x, T, ROWS, delta[k], ahead[k], &options, alive, expected,
                                               worth, &report, &error);
    CHECK_STATUS(status, isinf(ahead[k]) ? LOY_NOTICE_DIVERGES : LOY_OK);
    CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "x", 4100);
    CU_ASSERT_EQUAL(report.bad, 2);
    if (isinf(ahead[k])) CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "gamma", 0);
    for (int i = 0; i < ROWS; i++) {
      if (i == 4100 || i == 4101) {
        CU_ASSERT(isnan(alive[i]) && isnan(expected[i]) && isnan(worth[i]));
        continue;
      }
      CHECK_BITS(alive[i], loy_bgbb_palive(&usual, x[i], t_x[i], T[i], 0.0));
      CHECK_BITS(worth[i], loy_bgbb_dect(&usual, x[i], t_x[i], T[i], delta[k], ahead[k]));
      if (isinf(ahead[k])) {
        CU_ASSERT(isinf(expected[i])); /* gamma <= 1 */
      } else {
        CHECK_BITS(expected[i], loy_bgbb_expected_purchases(&usual, x[i], t_x[i], T[i], ahead[k]));
      }
    }
  }
}

/* With gamma > 1 the number of purchases ends: the mean of (1 - theta)/theta. Any output may be left out. */
static void test_endless(void) {
  const loy_bgbb_params ending = {1.2, .75, 3.0, 2.78};
  make_rows();
  CHECK_STATUS(
      loy_bgbb_predict_batch(&ending, x, t_x, T, ROWS, 0.0, (double)INFINITY, NULL, alive, expected, NULL, NULL, NULL),
      LOY_OK);
  for (int i = 0; i < ROWS; i += 37) {
    double now = alive[i] * (3.0 + 2.78 + T[i]) / (2.78 + T[i]);
    CHECK_CLOSE(expected[i], now * (1.2 + x[i]) / (1.95 + T[i]) * (2.78 + T[i]) / 2.0, 1e-13);
    CHECK_CLOSE(loy_bgbb_dert(&ending, x[i], t_x[i], T[i], 1e-9), expected[i], 1e-6);
  }
  CHECK_STATUS(loy_bgbb_predict_batch(&ending, x, t_x, T, ROWS, 0.1, 3.0, NULL, NULL, NULL, worth, NULL, NULL), LOY_OK);
  CHECK_BITS(worth[7], loy_bgbb_dect(&ending, x[7], t_x[7], T[7], 0.1, 3.0));
  CHECK_STATUS(loy_bgbb_predict_batch(&ending, NULL, NULL, NULL, 0, 0.1, 3.0, NULL, NULL, NULL, NULL, NULL, NULL),
               LOY_OK);
}

static void test_checks(void) {
  loy_bgbb_options options;
  loy_error error;
  loy_bgbb_params bad = usual;
  bad.gamma = 0.0;
  loy_bgbb_options_init(&options);
  options.threads = -1;
#define EXPECT(call, status, argument)                                                                                 \
  do {                                                                                                                 \
    CHECK_STATUS(call, status);                                                                                        \
    CHECK_ERROR(&error, status, argument, LOY_NO_INDEX);                                                               \
  } while (0)
#define CALL(params, a, b, c, delta, t)                                                                                \
  loy_bgbb_predict_batch(params, a, b, c, 1, delta, t, &options, NULL, NULL, NULL, NULL, &error)
  EXPECT(CALL(NULL, NULL, NULL, NULL, -1, -1), LOY_ERR_ARGUMENT, "params");
  EXPECT(CALL(&bad, NULL, NULL, NULL, -1, -1), LOY_ERR_DOMAIN, "gamma");
  EXPECT(CALL(&usual, NULL, NULL, NULL, -1, -1), LOY_ERR_ARGUMENT, "x");
  EXPECT(CALL(&usual, x, NULL, NULL, -1, -1), LOY_ERR_ARGUMENT, "t_x");
  EXPECT(CALL(&usual, x, t_x, NULL, -1, -1), LOY_ERR_ARGUMENT, "T");
  EXPECT(CALL(&usual, x, t_x, T, -1, -1), LOY_ERR_DOMAIN, "delta");
  EXPECT(CALL(&usual, x, t_x, T, 0, 0.5), LOY_ERR_DOMAIN, "t");
  EXPECT(CALL(&usual, x, t_x, T, 0, (double)NAN), LOY_ERR_DOMAIN, "t");
  EXPECT(CALL(&usual, x, t_x, T, 0, 1), LOY_ERR_ARGUMENT, "threads");
#undef CALL
#undef EXPECT
}

SUITE(btyd, bgbb_predict) {
  ADD(test_same_bits);
  ADD(test_endless);
  ADD(test_checks);
}
