/* Customer lifetime value: the product it is defined as, units of time, no horizon, infinite answers, order of checks.
 * */
#include "check.h"

#include "wide.h"

#include "loyalty/btyd/bgnbd_predict.h"
#include "loyalty/value/clv.h"

static loy_bgnbd_params cdnow_model(void) {
  loy_bgnbd_params model;
  model.r = 0.242594517;
  model.alpha = 4.413602187;
  model.a = 0.792921991;
  model.b = 2.425906751;
  return model;
}

static loy_gamma_gamma_params cdnow_spend(void) {
  loy_gamma_gamma_params spend;
  spend.p = 6.24880331;
  spend.q = 3.74458854;
  spend.v = 15.44774629;
  return spend;
}

/* The first ten customers of the CDNOW sample, in weeks. */
enum { TEN = 10 };
static const double ten_x[TEN] = {2, 1, 0, 0, 0, 7, 1, 0, 2, 0};
static const double ten_t_x[TEN] = {30.43, 1.71, 0, 0, 0, 29.43, 5.0, 0, 35.71, 0};
static const double ten_T[TEN] = {38.86, 38.86, 38.86, 38.86, 38.86, 38.86, 38.86, 38.86, 38.86, 38.86};
static const double ten_z[TEN] = {22.35, 11.77, 0, 0, 0, 73.74, 11.77, 0, 25.55, 0};

static loy_clv_options yearly(double rate, double horizon, int unit) {
  loy_clv_options options;
  loy_clv_options_init(&options);
  options.discount_rate = rate;
  options.discount_period = LOY_TIME_YEAR;
  options.time_unit = unit;
  options.horizon = horizon;
  return options;
}

static void test_delta(void) {
  double delta = 0.0;
  loy_error error;
  CHECK_STATUS(loy_discount_delta(0.1, LOY_TIME_YEAR, LOY_TIME_YEAR, &delta, &error), LOY_OK);
  CHECK_CLOSE(delta, 0.09531017980432486, 1e-15);
  CHECK_STATUS(loy_discount_delta(0.1, LOY_TIME_YEAR, LOY_TIME_WEEK, &delta, &error), LOY_OK);
  CHECK_CLOSE(delta, 0.09531017980432486 * 7.0 / 365.25, 1e-15);
  CHECK_STATUS(loy_discount_delta(0.01, LOY_TIME_MONTH, LOY_TIME_DAY, &delta, &error), LOY_OK);
  CHECK_CLOSE(delta, 0.009950330853168083 * 12.0 / 365.25, 1e-15);
  CHECK_STATUS(loy_discount_delta(0.1, LOY_MODEL_UNIT, LOY_MODEL_UNIT, &delta, &error), LOY_OK);
  CHECK_CLOSE(delta, 0.09531017980432486, 1e-15);
  CHECK_STATUS(loy_discount_delta(0.1, LOY_MODEL_UNIT, LOY_TIME_WEEK, &delta, &error), LOY_OK);
  CHECK_CLOSE(delta, 0.09531017980432486, 1e-15);
  CHECK_STATUS(loy_discount_delta(0.0, LOY_TIME_YEAR, LOY_TIME_HOUR, &delta, &error), LOY_OK);
  CHECK_BITS(delta, 0.0);
  CHECK_STATUS(loy_discount_delta(-0.1, 9, 9, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "rate", LOY_NO_INDEX);
  CHECK_STATUS(loy_discount_delta(0.1, 9, 9, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "period", LOY_NO_INDEX);
  CHECK_STATUS(loy_discount_delta(0.1, LOY_TIME_YEAR, 9, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "time_unit", LOY_NO_INDEX);
  /* A yearly rate cannot be applied to a model whose unit nobody stated. */
  CHECK_STATUS(loy_discount_delta(0.1, LOY_TIME_YEAR, LOY_MODEL_UNIT, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "time_unit", LOY_NO_INDEX);
  CHECK_STATUS(loy_discount_delta(0.1, LOY_TIME_YEAR, LOY_TIME_WEEK, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "delta", LOY_NO_INDEX);
}

/* It is the product of what the two models say. */
static void test_definition(void) {
  loy_bgnbd_params model = cdnow_model();
  loy_gamma_gamma_params spend = cdnow_spend();
  loy_clv_options options = yearly(0.1, 52.0, LOY_TIME_WEEK);
  double delta = 0.0;
  loy_error error;
  CHECK_STATUS(loy_discount_delta(0.1, LOY_TIME_YEAR, LOY_TIME_WEEK, &delta, NULL), LOY_OK);
  options.margin = 0.3;
  for (int i = 0; i < TEN; i++) {
    loy_clv value = {0, 0, 0, 0};
    CHECK_STATUS(loy_clv_bgnbd(&model, &spend, ten_x[i], ten_t_x[i], ten_T[i], ten_z[i], &options, &value, &error),
                 LOY_OK);
    CHECK_BITS(value.p_alive, loy_bgnbd_palive(&model, ten_x[i], ten_t_x[i], ten_T[i], 0.0));
    CHECK_BITS(value.expected_purchases, loy_bgnbd_expected_purchases(&model, ten_x[i], ten_t_x[i], ten_T[i], 52.0));
    CHECK_BITS(value.expected_spend, loy_gamma_gamma_expected_spend(&spend, ten_x[i], ten_z[i]));
    CHECK_CLOSE(value.clv,
                0.3 * value.expected_spend * loy_bgnbd_dect(&model, ten_x[i], ten_t_x[i], ten_T[i], delta, 52.0),
                1e-14);
    /* A year at 10 % costs less than a tenth, because purchases come all through the year. */
    CU_ASSERT(value.clv < 0.3 * value.expected_spend * value.expected_purchases);
    CU_ASSERT(value.clv > 0.3 * value.expected_spend * value.expected_purchases / 1.1);
  }
}

/* DERT computed with mpmath: E = 7.097058517, P(alive) = .726589722 at delta = .0027. */
static void test_without_horizon(void) {
  loy_bgnbd_params model;
  loy_gamma_gamma_params spend = cdnow_spend();
  loy_clv_options options;
  loy_clv value = {0, 0, 0, 0};
  loy_error error;
  model.r = 0.243;
  model.alpha = 4.414;
  model.a = 0.793;
  model.b = 2.426;
  loy_clv_options_init(&options);
  options.discount_rate = exp(0.0027) - 1.0;
  CHECK_STATUS(loy_clv_bgnbd(&model, &spend, 2.0, 213.0 / 7.0, 272.0 / 7.0, 22.35, &options, &value, &error),
               LOY_NOTICE_DIVERGES);
  CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "a", LOY_NO_INDEX); /* purchases without end, the value has one */
  CU_ASSERT(isinf(value.expected_purchases));
  CHECK_NEAR(value.p_alive, 0.726589722, 5e-10);
  CHECK_NEAR(value.clv / value.expected_spend, 5.156649774, 5e-9);
  /* A long horizon comes close, a longer one closer; all below. */
  {
    double before = 0.0, limit = value.clv;
    for (double horizon = 100.0; horizon < 1e5; horizon *= 10.0) {
      options.horizon = horizon;
      CHECK_STATUS(loy_clv_bgnbd(&model, &spend, 2.0, 213.0 / 7.0, 272.0 / 7.0, 22.35, &options, &value, &error),
                   LOY_OK);
      CU_ASSERT(value.clv > before && value.clv <= limit * (1.0 + 1e-12));
      before = value.clv;
    }
    CHECK_CLOSE(before, limit, 1e-6);
  }
  /* a > 1: a finite number of purchases, P(alive) (a+b+x-1)/(a-1), and without a discount a finite value. */
  model.a = 2.5;
  loy_clv_options_init(&options);
  CHECK_STATUS(loy_clv_bgnbd(&model, &spend, 2.0, 213.0 / 7.0, 272.0 / 7.0, 22.35, &options, &value, &error), LOY_OK);
  CHECK_CLOSE(value.expected_purchases, value.p_alive * (2.5 + 2.426 + 2.0 - 1.0) / 1.5, 1e-14);
  CHECK_CLOSE(value.clv, value.expected_purchases * value.expected_spend, 1e-14);
  CHECK_CLOSE(loy_bgnbd_expected_purchases(&model, 2.0, 213.0 / 7.0, 272.0 / 7.0, 1e9), value.expected_purchases, 1e-5);
}

/* Peers value 360 weeks where 52 were meant, because a unit is guessed. The same customers in weeks and in days, with
 * the same yearly rate and the same horizon, are worth the same. */
static void test_units(void) {
  static const int units[3] = {LOY_TIME_DAY, LOY_TIME_HOUR, LOY_TIME_MONTH};
  static const double per_week[3] = {7.0, 168.0, 84.0 / 365.25};
  loy_bgnbd_params weeks = cdnow_model();
  loy_gamma_gamma_params spend = cdnow_spend();
  loy_clv_options options = yearly(0.1, 52.0, LOY_TIME_WEEK);
  for (int k = 0; k < 3; k++) {
    loy_bgnbd_params model = weeks;
    loy_clv_options other = yearly(0.1, 52.0 * per_week[k], units[k]);
    model.alpha *= per_week[k];
    for (int i = 0; i < TEN; i++) {
      loy_clv value = {0, 0, 0, 0}, same = {0, 0, 0, 0};
      CHECK_STATUS(loy_clv_bgnbd(&weeks, &spend, ten_x[i], ten_t_x[i], ten_T[i], ten_z[i], &options, &value, NULL),
                   LOY_OK);
      CHECK_STATUS(loy_clv_bgnbd(&model, &spend, ten_x[i], ten_t_x[i] * per_week[k], ten_T[i] * per_week[k], ten_z[i],
                                 &other, &same, NULL),
                   LOY_OK);
      CHECK_CLOSE(same.clv, value.clv, 1e-12);
      CHECK_CLOSE(same.expected_purchases, value.expected_purchases, 1e-12);
    }
  }
  /* A rate of 1.1^(1/12) - 1 a month is 10 % a year. */
  {
    loy_clv value = {0, 0, 0, 0}, same = {0, 0, 0, 0};
    loy_clv_options monthly = options;
    monthly.discount_period = LOY_TIME_MONTH;
    monthly.discount_rate = 0.00797414042890376;
    CHECK_STATUS(loy_clv_bgnbd(&weeks, &spend, 2.0, 30.43, 38.86, 22.35, &options, &value, NULL), LOY_OK);
    CHECK_STATUS(loy_clv_bgnbd(&weeks, &spend, 2.0, 30.43, 38.86, 22.35, &monthly, &same, NULL), LOY_OK);
    CHECK_CLOSE(same.clv, value.clv, 1e-12);
  }
}

/* lifetimes pays each month's purchases at the month's end: with months of 4.345 weeks its sum lies just below ours. */
static void test_against_lifetimes(void) {
  static const double lifetimes[3] = {36.278494, 4.637465, 8.344095};
  loy_bgnbd_params model;
  loy_gamma_gamma_params spend = cdnow_spend();
  loy_clv_options options;
  model.r = 0.242592906;
  model.alpha = 4.413531515;
  model.a = 0.792886253;
  model.b = 2.425753831;
  loy_clv_options_init(&options);
  options.horizon = 12.0 * 4.345;
  options.discount_rate = 0.01;
  options.discount_period = LOY_TIME_MONTH;
  options.time_unit = LOY_TIME_WEEK;
  for (int i = 0; i < 3; i++) {
    loy_clv value = {0, 0, 0, 0};
    CHECK_STATUS(loy_clv_bgnbd(&model, &spend, ten_x[i], ten_t_x[i], ten_T[i], ten_z[i], &options, &value, NULL),
                 LOY_OK);
    CU_ASSERT(value.clv > lifetimes[i] && value.clv < lifetimes[i] * 1.01);
  }
}

static void test_infinite(void) {
  loy_bgnbd_params model = cdnow_model();
  loy_gamma_gamma_params spend = cdnow_spend();
  loy_clv_options options = yearly(0.1, 52.0, LOY_TIME_WEEK);
  loy_clv value = {0, 0, 0, 0};
  loy_error error;
  spend.q = 0.9;
  CHECK_STATUS(loy_clv_bgnbd(&model, &spend, 0.0, 0.0, 38.86, 0.0, &options, &value, &error), LOY_NOTICE_DIVERGES);
  CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "q", LOY_NO_INDEX);
  CU_ASSERT(isinf(value.clv) && value.clv > 0.0);
  CHECK_STATUS(loy_clv_bgnbd(&model, &spend, 2.0, 30.0, 38.86, 22.0, &options, &value, &error), LOY_OK);
  CU_ASSERT(isfinite(value.clv) && value.clv > 0.0);
  /* An infinite mean of nothing is nothing, not NaN. */
  options.horizon = 0.0;
  CHECK_STATUS(loy_clv_bgnbd(&model, &spend, 0.0, 0.0, 38.86, 0.0, &options, &value, &error), LOY_NOTICE_DIVERGES);
  CHECK_BITS(value.clv, 0.0);
  CHECK_BITS(value.expected_purchases, 0.0);
  spend.q = 3.7;
  loy_clv_options_init(&options); /* no horizon, no discount, a < 1 */
  CHECK_STATUS(loy_clv_bgnbd(&model, &spend, 2.0, 30.0, 38.86, 22.0, &options, &value, &error), LOY_NOTICE_DIVERGES);
  CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "discount_rate", LOY_NO_INDEX);
  CU_ASSERT(isinf(value.clv) && isinf(value.expected_purchases));
}

static void test_batch(void) {
  enum { N = TEN + 5 };
  double x[N], t_x[N], T[N], z[N], p_alive[N], purchases[N], spends[N], clv[N], again[N];
  static const double bad[5][4] = {{1.5, 1, 5, 3}, {1, 6, 5, 3}, {1, 1, NAN, 3}, {1, 1, 5, -3}, {0, 0, 5, NAN}};
  loy_bgnbd_params model = cdnow_model();
  loy_gamma_gamma_params spend = cdnow_spend();
  loy_batch_report report = {0, {LOY_OK, NULL, 0, NULL}};
  loy_error error;
  for (int i = 0; i < N; i++) {
    x[i] = i < TEN ? ten_x[i] : bad[i - TEN][0];
    t_x[i] = i < TEN ? ten_t_x[i] : bad[i - TEN][1];
    T[i] = i < TEN ? ten_T[i] : bad[i - TEN][2];
    z[i] = i < TEN ? ten_z[i] : bad[i - TEN][3];
  }
  for (int k = 0; k < 3; k++) {
    loy_clv_options options = yearly(k == 2 ? 0.0 : 0.1, k == 1 ? HUGE_VAL : 52.0, LOY_TIME_WEEK);
    loy_status expected = k == 1 ? LOY_NOTICE_DIVERGES : LOY_OK;
    options.margin = 0.25;
    CHECK_STATUS(loy_clv_bgnbd_batch(&model, &spend, x, t_x, T, z, N, &options, p_alive, purchases, spends, clv,
                                     &report, &error),
                 expected);
    if (k == 1) CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "a", 0);
    CU_ASSERT_EQUAL(report.bad, 4);
    CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "x", TEN);
    for (int i = 0; i < N; i++) {
      loy_clv value = {0, 0, 0, 0};
      if (i >= TEN && i < N - 1) {
        CU_ASSERT(isnan(p_alive[i]) && isnan(purchases[i]) && isnan(spends[i]) && isnan(clv[i]));
        CHECK_STATUS(loy_clv_bgnbd(&model, &spend, x[i], t_x[i], T[i], z[i], &options, &value, &error), LOY_ERR_DOMAIN);
        continue;
      }
      CHECK_STATUS(loy_clv_bgnbd(&model, &spend, x[i], t_x[i], T[i], z[i], &options, &value, &error), expected);
      CHECK_BITS(p_alive[i], value.p_alive);
      CHECK_BITS(purchases[i], value.expected_purchases);
      CHECK_BITS(spends[i], value.expected_spend);
      CHECK_BITS(clv[i], value.clv);
    }
    options.threads = 4;
    CHECK_STATUS(
        loy_clv_bgnbd_batch(&model, &spend, x, t_x, T, z, N, &options, p_alive, purchases, spends, again, NULL, NULL),
        expected);
    for (int i = 0; i < N; i++) CU_ASSERT(isnan(clv[i]) ? isnan(again[i]) : clv[i] == again[i]);
  }
  CHECK_STATUS(
      loy_clv_bgnbd_batch(&model, &spend, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, &error),
      LOY_OK);
}

static void test_checks(void) {
  loy_bgnbd_params model = cdnow_model(), bad_model = cdnow_model();
  loy_gamma_gamma_params spend = cdnow_spend(), bad_spend = cdnow_spend();
  loy_clv_options options;
  loy_clv value = {0, 0, 0, 0};
  loy_error error;
  double column[1] = {0.0};
  loy_clv_options_init(NULL);
  loy_clv_options_init(&options);
  value.clv = 7.0;
  bad_model.a = 0.0;
  bad_spend.v = NAN;
#define EXPECT(call, status, argument)                                                                                 \
  do {                                                                                                                 \
    CHECK_STATUS(call, status);                                                                                        \
    CHECK_ERROR(&error, status, argument, LOY_NO_INDEX);                                                               \
    CHECK_BITS(value.clv, 7.0);                                                                                        \
  } while (0)
#define ONE(m, s, x, t_x, T, z, out) loy_clv_bgnbd(m, s, x, t_x, T, z, &options, out, &error)
#define MANY(m, s, x, t_x, T, z, a, b, c, d)                                                                           \
  loy_clv_bgnbd_batch(m, s, x, t_x, T, z, 1, &options, a, b, c, d, NULL, &error)
  options.struct_size = 1;
  options.margin = -1.0;
  options.horizon = -1.0;
  options.discount_rate = -1.0;
  options.discount_period = 8;
  options.time_unit = 8;
  options.threads = -1;
  EXPECT(ONE(NULL, NULL, -1, -1, -1, -1, NULL), LOY_ERR_ARGUMENT, "model");
  EXPECT(ONE(&bad_model, NULL, -1, -1, -1, -1, NULL), LOY_ERR_DOMAIN, "a");
  EXPECT(ONE(&model, NULL, -1, -1, -1, -1, NULL), LOY_ERR_ARGUMENT, "spend");
  EXPECT(ONE(&model, &bad_spend, -1, -1, -1, -1, NULL), LOY_ERR_DOMAIN, "v");
  EXPECT(ONE(&model, &spend, -1, -1, -1, -1, NULL), LOY_ERR_DOMAIN, "x");
  EXPECT(ONE(&model, &spend, 1, -1, -1, -1, NULL), LOY_ERR_DOMAIN, "t_x");
  EXPECT(ONE(&model, &spend, 1, 1, NAN, -1, NULL), LOY_ERR_DOMAIN, "T");
  EXPECT(ONE(&model, &spend, 1, 1, 2, -1, NULL), LOY_ERR_DOMAIN, "z");
  EXPECT(ONE(&model, &spend, 1, 1, 2, 1, NULL), LOY_ERR_ARGUMENT, "options");
  EXPECT(MANY(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL), LOY_ERR_ARGUMENT, "model");
  EXPECT(MANY(&model, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL), LOY_ERR_ARGUMENT, "spend");
  EXPECT(MANY(&model, &bad_spend, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL), LOY_ERR_DOMAIN, "v");
  EXPECT(MANY(&model, &spend, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL), LOY_ERR_ARGUMENT, "x");
  EXPECT(MANY(&model, &spend, column, NULL, NULL, NULL, NULL, NULL, NULL, NULL), LOY_ERR_ARGUMENT, "t_x");
  EXPECT(MANY(&model, &spend, column, column, NULL, NULL, NULL, NULL, NULL, NULL), LOY_ERR_ARGUMENT, "T");
  EXPECT(MANY(&model, &spend, column, column, column, NULL, NULL, NULL, NULL, NULL), LOY_ERR_ARGUMENT, "z");
  EXPECT(MANY(&model, &spend, column, column, column, column, NULL, NULL, NULL, NULL), LOY_ERR_ARGUMENT, "options");
  options.struct_size = sizeof options;
  EXPECT(ONE(&model, &spend, 1, 1, 2, 1, NULL), LOY_ERR_DOMAIN, "margin");
  options.margin = 1.0;
  EXPECT(ONE(&model, &spend, 1, 1, 2, 1, NULL), LOY_ERR_DOMAIN, "horizon");
  options.horizon = 5.0;
  EXPECT(ONE(&model, &spend, 1, 1, 2, 1, NULL), LOY_ERR_DOMAIN, "discount_rate");
  options.discount_rate = 0.1;
  EXPECT(ONE(&model, &spend, 1, 1, 2, 1, NULL), LOY_ERR_ARGUMENT, "discount_period");
  options.discount_period = LOY_TIME_YEAR;
  EXPECT(ONE(&model, &spend, 1, 1, 2, 1, NULL), LOY_ERR_ARGUMENT, "time_unit");
  options.time_unit = LOY_MODEL_UNIT;
  EXPECT(ONE(&model, &spend, 1, 1, 2, 1, NULL), LOY_ERR_ARGUMENT, "time_unit");
  options.time_unit = LOY_TIME_WEEK;
  EXPECT(ONE(&model, &spend, 1, 1, 2, 1, NULL), LOY_ERR_ARGUMENT, "threads");
  EXPECT(MANY(&model, &spend, column, column, column, column, NULL, NULL, NULL, NULL), LOY_ERR_ARGUMENT, "threads");
  options.threads = 1;
  EXPECT(ONE(&model, &spend, 1, 1, 2, 1, NULL), LOY_ERR_ARGUMENT, "value");
  EXPECT(MANY(&model, &spend, column, column, column, column, NULL, NULL, NULL, NULL), LOY_ERR_ARGUMENT, "p_alive");
  EXPECT(MANY(&model, &spend, column, column, column, column, column, NULL, NULL, NULL), LOY_ERR_ARGUMENT,
         "expected_purchases");
  EXPECT(MANY(&model, &spend, column, column, column, column, column, column, NULL, NULL), LOY_ERR_ARGUMENT,
         "expected_spend");
  EXPECT(MANY(&model, &spend, column, column, column, column, column, column, column, NULL), LOY_ERR_ARGUMENT, "clv");
#undef EXPECT
#undef ONE
#undef MANY
}

/* Margins, horizons and rates beyond their range are named; so is a rate that is in range for its period and too small
 * for the model's unit. */
static void test_outside(void) {
  static const double outside[OUTSIDE] = OUTSIDE_QUANTITIES;
  const char *const name[3] = {"margin", "horizon", "discount_rate"};
  loy_bgnbd_params model = cdnow_model();
  loy_gamma_gamma_params spend = cdnow_spend();
  loy_clv_options options = yearly(1e-40, 52.0, LOY_TIME_HOUR);
  double delta = 7.0;
  loy_clv value;
  loy_error error;
  CHECK_STATUS(loy_clv_bgnbd(&model, &spend, 2.0, 3.0, 5.0, 7.0, &options, &value, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "discount_rate", LOY_NO_INDEX);
  CHECK_STATUS(loy_discount_delta(1e-40, LOY_TIME_YEAR, LOY_TIME_HOUR, &delta, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "rate", LOY_NO_INDEX);
  CHECK_BITS(delta, 7.0);
  for (int k = 0; k < 3; k++)
    for (int i = 0; i < OUTSIDE; i++) {
      loy_clv_options_init(&options);
      if (k == 0) options.margin = outside[i];
      if (k == 1) options.horizon = outside[i];
      if (k == 2) options.discount_rate = outside[i];
      CHECK_STATUS(loy_clv_bgnbd(&model, &spend, 2.0, 3.0, 5.0, 7.0, &options, &value, &error), LOY_ERR_DOMAIN);
      CHECK_ERROR(&error, LOY_ERR_DOMAIN, name[k], LOY_NO_INDEX);
    }
}

/* Up to the ends of the ranges an answer is infinite only where the model says so, and then with the notice; customer
 * and batch agree. */
static void test_range(void) {
  static const double shape[WIDE] = WIDE_SHAPES, quantity[WIDE] = WIDE_QUANTITIES, x[3] = {0.0, 1.0, 300.0};
  for (int i = 0; i < WIDE * WIDE * WIDE * WIDE; i++)
    for (int j = 0; j < WIDE; j++) {
      int a = i % WIDE, b = i / WIDE % WIDE, c = i / (WIDE * WIDE) % WIDE, d = i / (WIDE * WIDE * WIDE);
      double n = x[(a + j) % 3], T = quantity[(a + b + j) % WIDE], t_x = n > 0.0 && i % 2 ? T : 0.0, z = quantity[j];
      double out[4];
      int endless = (a + c + j) % 2, infinite;
      loy_bgnbd_params model;
      loy_gamma_gamma_params spend;
      loy_clv_options options;
      loy_clv value;
      loy_status status;
      model.r = shape[a];
      model.alpha = quantity[(b + j) % WIDE];
      model.a = shape[c];
      model.b = shape[d];
      spend.p = shape[b];
      spend.q = shape[(c + j) % WIDE];
      spend.v = quantity[d];
      loy_clv_options_init(&options);
      options.margin = quantity[(a + 2 * j) % WIDE];
      options.discount_rate = (b + d) % 4 ? quantity[(b + c) % WIDE] : 0.0;
      if (!endless) options.horizon = quantity[(d + j) % WIDE];
      status = loy_clv_bgnbd(&model, &spend, n, t_x, T, z, &options, &value, NULL);
      infinite = !(spend.p * n + (spend.q - 1.0) > 0.0) || (endless && model.a <= 1.0);
      CHECK_STATUS(status, infinite ? LOY_NOTICE_DIVERGES : LOY_OK);
      CU_ASSERT(value.p_alive >= 0.0 && value.p_alive <= 1.0 && value.expected_purchases >= 0.0);
      CU_ASSERT(value.expected_spend >= 0.0 && value.clv >= 0.0);
      if (!infinite)
        CU_ASSERT(isfinite(value.expected_purchases) && isfinite(value.expected_spend) && isfinite(value.clv));
      CHECK_STATUS(loy_clv_bgnbd_batch(&model, &spend, &n, &t_x, &T, &z, 1, &options, &out[0], &out[1], &out[2],
                                       &out[3], NULL, NULL),
                   status);
      CHECK_BITS(out[1], value.expected_purchases);
      CHECK_BITS(out[3], value.clv);
    }
}

/* The same with MBG/NBD: the product of what its models say; without an end P(alive) E[1/p], p ~ Beta(a, b+x+1). */
static void test_mbgnbd(void) {
  const loy_mbgnbd_params cdnow = {0.525, 6.183, 0.891, 1.614}, ending = {0.525, 6.183, 2.5, 1.614},
                          bad = {0.525, 6.183, 0.891, 0.0};
  loy_gamma_gamma_params spend = cdnow_spend();
  loy_clv_options options = yearly(0.1, 52.0, LOY_TIME_WEEK);
  double alive[TEN], purchases[TEN], spends[TEN], clv[TEN], delta = 0.0;
  loy_clv value = {0, 0, 0, 0};
  loy_error error;
  CHECK_STATUS(loy_discount_delta(0.1, LOY_TIME_YEAR, LOY_TIME_WEEK, &delta, NULL), LOY_OK);
  options.margin = 0.3;
  CHECK_STATUS(loy_clv_mbgnbd_batch(&cdnow, &spend, ten_x, ten_t_x, ten_T, ten_z, TEN, &options, alive, purchases,
                                    spends, clv, NULL, NULL),
               LOY_OK);
  for (int i = 0; i < TEN; i++) {
    CHECK_STATUS(loy_clv_mbgnbd(&cdnow, &spend, ten_x[i], ten_t_x[i], ten_T[i], ten_z[i], &options, &value, &error),
                 LOY_OK);
    CHECK_BITS(value.p_alive, loy_mbgnbd_palive(&cdnow, ten_x[i], ten_t_x[i], ten_T[i], 0.0));
    CHECK_BITS(value.expected_purchases, loy_mbgnbd_expected_purchases(&cdnow, ten_x[i], ten_t_x[i], ten_T[i], 52.0));
    CHECK_CLOSE(value.clv,
                0.3 * value.expected_spend * loy_mbgnbd_dect(&cdnow, ten_x[i], ten_t_x[i], ten_T[i], delta, 52.0),
                1e-14);
    CHECK_BITS(alive[i], value.p_alive);
    CHECK_BITS(purchases[i], value.expected_purchases);
    CHECK_BITS(spends[i], value.expected_spend);
    CHECK_BITS(clv[i], value.clv);
  }
  CHECK_STATUS(loy_clv_mbgnbd(&ending, &spend, 2.0, 30.0, 39.0, 22.35, NULL, &value, &error), LOY_OK);
  CHECK_CLOSE(value.expected_purchases, value.p_alive * (2.5 + 1.614 + 3.0 - 1.0) / 1.5, 1e-14);
  CHECK_CLOSE(loy_mbgnbd_expected_purchases(&ending, 2.0, 30.0, 39.0, 1e9), value.expected_purchases, 1e-5);
  CHECK_STATUS(loy_clv_mbgnbd(&cdnow, &spend, 2.0, 30.0, 39.0, 22.35, NULL, &value, &error), LOY_NOTICE_DIVERGES);
  CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "discount_rate", LOY_NO_INDEX);
  CHECK_STATUS(loy_clv_mbgnbd(NULL, &spend, 2.0, 30.0, 39.0, 22.35, NULL, &value, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "model", LOY_NO_INDEX);
  CHECK_STATUS(loy_clv_mbgnbd(&bad, &spend, 2.0, 30.0, 39.0, 22.35, NULL, &value, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "b", LOY_NO_INDEX);
  CHECK_STATUS(loy_clv_mbgnbd_batch(&cdnow, &spend, ten_x, ten_t_x, ten_T, ten_z, TEN, &options, alive, purchases,
                                    spends, NULL, NULL, &error),
               LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "clv", LOY_NO_INDEX);
}

SUITE(value, clv) {
  ADD(test_outside);
  ADD(test_range);
  ADD(test_delta);
  ADD(test_definition);
  ADD(test_without_horizon);
  ADD(test_units);
  ADD(test_against_lifetimes);
  ADD(test_infinite);
  ADD(test_batch);
  ADD(test_checks);
  ADD(test_mbgnbd);
}
