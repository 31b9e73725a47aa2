/* Customer lifetime value by the models of a gamma purchase rate and a lifetime: the product that it is defined as,
 * what is infinite, the order of checks, and batches. */
#include "check.h"

static const loy_gamma_gamma_params spend = {6.25, 3.74, 15.44};
static const loy_pnbd_params pnbd = {0.553, 10.578, 0.606, 11.669}, pnbd_mean = {0.553, 10.578, 2.5, 30.0};
static const loy_nbd_params nbd = {0.385, 12.072};
static const loy_ggomnbd_params ggomnbd = {0.553, 10.578, 0.02, 0.603, 0.26};

static loy_clv_options weekly(double rate, double horizon) {
  loy_clv_options options;
  loy_clv_options_init(&options);
  options.discount_rate = rate;
  options.discount_period = LOY_TIME_YEAR;
  options.time_unit = LOY_TIME_WEEK;
  options.horizon = horizon;
  options.margin = 0.3;
  return options;
}

static void test_definition(void) {
  loy_clv_options options = weekly(0.1, 52.0);
  double delta = log1p(0.1) * 7.0 / 365.25, z = loy_gamma_gamma_expected_spend(&spend, 2, 30);
  loy_clv value;
  CHECK_STATUS(loy_clv_pnbd(&pnbd, &spend, 2, 30, 39, 30, &options, &value, NULL), LOY_OK);
  CHECK_BITS(value.p_alive, loy_pnbd_palive(&pnbd, 2, 30, 39, 0));
  CHECK_BITS(value.expected_purchases, loy_pnbd_expected_purchases(&pnbd, 2, 30, 39, 52));
  CHECK_BITS(value.expected_spend, z);
  CHECK_CLOSE(value.clv, 0.3 * z * loy_pnbd_dect(&pnbd, 2, 30, 39, delta, 52), 1e-14);
  CHECK_STATUS(loy_clv_nbd(&nbd, &spend, 2, 30, 39, 30, &options, &value, NULL), LOY_OK);
  CHECK_BITS(value.p_alive, 1.0);
  CHECK_CLOSE(value.clv, 0.3 * z * loy_nbd_dect(&nbd, 2, 30, 39, delta, 52), 1e-14);
  CHECK_STATUS(loy_clv_ggomnbd(&ggomnbd, &spend, 2, 30, 39, 30, &options, &value, NULL), LOY_OK);
  CHECK_BITS(value.expected_purchases, loy_ggomnbd_expected_purchases(&ggomnbd, 2, 30, 39, 52));
  CHECK_CLOSE(value.clv, 0.3 * z * loy_ggomnbd_dect(&ggomnbd, 2, 30, 39, delta, 52), 1e-14);
}

/* Without a horizon: DERT, and all purchases to come. */
static void test_endless(void) {
  loy_clv_options options = weekly(0.1, (double)INFINITY), plain = weekly(0.0, (double)INFINITY);
  double delta = log1p(0.1) * 7.0 / 365.25, z = loy_gamma_gamma_expected_spend(&spend, 2, 30);
  loy_clv value;
  loy_error error;
  CHECK_STATUS(loy_clv_pnbd(&pnbd, &spend, 2, 30, 39, 30, &options, &value, &error), LOY_NOTICE_DIVERGES);
  CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "s", LOY_NO_INDEX);
  CU_ASSERT(isinf(value.expected_purchases));
  CHECK_CLOSE(value.clv, 0.3 * z * loy_pnbd_dert(&pnbd, 2, 30, 39, delta), 1e-14);
  /* s > 1: the mean of what is left, as the limit of long horizons. */
  CHECK_STATUS(loy_clv_pnbd(&pnbd_mean, &spend, 2, 30, 39, 30, &plain, &value, &error), LOY_OK);
  CHECK_CLOSE(value.expected_purchases, loy_pnbd_expected_purchases(&pnbd_mean, 2, 30, 39, 1e14), 1e-13);
  CHECK_CLOSE(value.clv, 0.3 * z * value.expected_purchases, 1e-15);
  CHECK_STATUS(loy_clv_nbd(&nbd, &spend, 2, 30, 39, 30, &options, &value, &error), LOY_NOTICE_DIVERGES);
  CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "horizon", LOY_NO_INDEX);
  CHECK_CLOSE(value.clv, 0.3 * z * loy_nbd_dert(&nbd, 2, 30, 39, delta), 1e-14);
  CHECK_STATUS(loy_clv_nbd(&nbd, &spend, 2, 30, 39, 30, &plain, &value, &error), LOY_NOTICE_DIVERGES);
  CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "discount_rate", LOY_NO_INDEX);
  CHECK_STATUS(loy_clv_ggomnbd(&ggomnbd, &spend, 2, 30, 39, 30, &plain, &value, &error), LOY_OK);
  CHECK_CLOSE(value.expected_purchases, loy_ggomnbd_expected_purchases(&ggomnbd, 2, 30, 39, 1e7), 1e-13);
}

static void test_batches(void) {
  double x[3] = {2, 0, 1}, t_x[3] = {30, 0, 9}, T[3] = {39, 20, 5}, z[3] = {30, 0, 10};
  double alive[3], purchases[3], mean[3], clv[3];
  loy_clv_options options = weekly(0.1, 52.0);
  loy_batch_report report;
  loy_error error;
  for (int which = 0; which < 3; which++) {
    CHECK_STATUS(which == 0 ? loy_clv_pnbd_batch(&pnbd, &spend, x, t_x, T, z, 3, &options, alive, purchases, mean, clv,
                                                 &report, &error)
                 : which == 1 ? loy_clv_nbd_batch(&nbd, &spend, x, t_x, T, z, 3, &options, alive, purchases, mean, clv,
                                                  &report, &error)
                              : loy_clv_ggomnbd_batch(&ggomnbd, &spend, x, t_x, T, z, 3, &options, alive, purchases,
                                                      mean, clv, &report, &error),
                 LOY_OK);
    CU_ASSERT_EQUAL(report.bad, 1);
    CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "T", 2);
    CU_ASSERT(isnan(clv[2]) && isnan(alive[2]));
    for (int i = 0; i < 2; i++) {
      loy_clv one;
      CHECK_STATUS(which == 0   ? loy_clv_pnbd(&pnbd, &spend, x[i], t_x[i], T[i], z[i], &options, &one, NULL)
                   : which == 1 ? loy_clv_nbd(&nbd, &spend, x[i], t_x[i], T[i], z[i], &options, &one, NULL)
                                : loy_clv_ggomnbd(&ggomnbd, &spend, x[i], t_x[i], T[i], z[i], &options, &one, NULL),
                   LOY_OK);
      CHECK_BITS(alive[i], one.p_alive);
      CHECK_BITS(purchases[i], one.expected_purchases);
      CHECK_BITS(mean[i], one.expected_spend);
      CHECK_BITS(clv[i], one.clv);
    }
  }
}

static void test_checks(void) {
  const loy_pnbd_params bad = {0.553, 10.578, 0.0, -1.0};
  loy_clv_options options = weekly(0.1, -1.0);
  loy_clv value;
  loy_error error;
  CHECK_STATUS(loy_clv_pnbd(NULL, NULL, -1, 0, 0, 0, &options, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "model", LOY_NO_INDEX);
  CHECK_STATUS(loy_clv_pnbd(&bad, NULL, -1, 0, 0, 0, &options, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "s", LOY_NO_INDEX);
  CHECK_STATUS(loy_clv_nbd(&nbd, NULL, -1, 0, 0, 0, &options, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "spend", LOY_NO_INDEX);
  CHECK_STATUS(loy_clv_ggomnbd(&ggomnbd, &spend, 1, 2, 1, 0, &options, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "T", LOY_NO_INDEX);
  CHECK_STATUS(loy_clv_pnbd(&pnbd, &spend, 1, 1, 2, -1, &options, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "z", LOY_NO_INDEX);
  CHECK_STATUS(loy_clv_pnbd(&pnbd, &spend, 1, 1, 2, 3, &options, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "horizon", LOY_NO_INDEX);
  options.horizon = 1.0;
  CHECK_STATUS(loy_clv_pnbd(&pnbd, &spend, 1, 1, 2, 3, &options, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX);
  CHECK_STATUS(loy_clv_pnbd(&pnbd, &spend, 1, 1, 2, 3, NULL, &value, &error), LOY_NOTICE_DIVERGES);
}

SUITE(value, clv_models) {
  ADD(test_definition);
  ADD(test_endless);
  ADD(test_batches);
  ADD(test_checks);
}
