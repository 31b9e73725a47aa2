/* Intervals of the number of purchases: against the probabilities of single counts, far out, and the order of errors.
 */
#include "prediction_models.h"

#include "loyalty/btyd/purchase_interval.h"

/* P(Y = n), by the model's own function. */
static double count(const loy_model *model, double x, double t_x, double T, double n, double t) {
  loy_prediction what = prediction_of(LOY_PREDICT_PROBABILITY, t, 0, n);
  loy_prediction_rows rows;
  double p = NAN;
  loy_prediction_rows_init(&rows);
  rows.x = &x;
  rows.t_x = &t_x;
  rows.T = &T;
  CHECK_STATUS(loy_prediction_batch(model, &what, &rows, 1, &p, NULL, NULL), LOY_OK);
  return p;
}

/* The ends by adding up counts from 0. */
static void test_against_sums(void) {
  static const double customer[6][3] = {{0, 0, 39},   {2, 30.43, 38.86}, {26, 30.9, 31},
                                        {26, 20, 31}, {0, 0, 0},         {200, 99, 100}};
  static const double ahead[4] = {0, 1, 39, 300}, levels[3] = {.5, .95, .999};
  for (int k = 0; k < PREDICTION_MODELS; k++) {
    loy_model model = prediction_model(prediction_kinds[k]);
    for (int c = 0; c < 6; c++)
      for (int h = 0; h < 4; h++)
        for (int l = 0; l < 3; l++) {
          const double *at = customer[c];
          double lower = -1, upper = -1, below = 0, tail = (1 - levels[l]) / 2, n = 0;
          CHECK_STATUS(loy_purchase_interval_batch(&model, &at[0], &at[1], &at[2], 1, ahead[h], levels[l], NULL, &lower,
                                                   &upper, NULL, NULL),
                       LOY_OK);
          /* P(Y < lower) <= tail < P(Y <= lower), and the same from above. */
          for (; n < lower; n++) below += count(&model, at[0], at[1], at[2], n, ahead[h]);
          CU_ASSERT(below <= tail * (1 + 1e-9));
          for (; n < upper; n++) {
            below += count(&model, at[0], at[1], at[2], n, ahead[h]);
            if (n == lower) CU_ASSERT(below > tail * (1 - 1e-9));
          }
          CU_ASSERT(upper == lower || 1 - below > tail * (1 - 1e-9));
          CU_ASSERT(1 - below - count(&model, at[0], at[1], at[2], upper, ahead[h]) <= tail * (1 + 1e-9));
        }
  }
}

#if LOY_TEST_INTERNALS
#  include "loyalty/btyd/lifetime_integral.h"

/* P(more than n) falls by P(exactly n). Sizes up to hundreds of thousands, where counts cannot be added up. */
static void test_more(void) {
  const loyi_lifetime lives[3] = {loyi_lifetime_make(LOYI_LIFETIME_PARETO, .606, 50.5, 1),
                                  loyi_lifetime_make(LOYI_LIFETIME_PARETO, 30, 2, 1),
                                  loyi_lifetime_make(LOYI_LIFETIME_GOMPERTZ, .603, .7, .02)};
  static const double k[4] = {.55, 2.5, 300, 2e5}, rate[4] = {49, 10, 40, 39};
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 4; j++) {
      double t = 26, typical = k[j] / rate[j] * t;
      CHECK_CLOSE(loyi_lifetime_more(&lives[i], 0, k[j], rate[j], t),
                  1 - loyi_lifetime_count(&lives[i], 0, k[j], rate[j], t), 1e-11);
      for (double n = 1; n < 3 * typical + 10; n = floor(1 + 1.7 * n)) {
        double one = loyi_lifetime_count(&lives[i], n, k[j], rate[j], t);
        double before = loyi_lifetime_more(&lives[i], n - 1, k[j], rate[j], t);
        double after = loyi_lifetime_more(&lives[i], n, k[j], rate[j], t);
        CHECK_NEAR(before - after, one, 4e-13 * before + 1e-300);
      }
    }
}
#endif

/* NBD of a million purchases is a gamma variable to three digits; and what has no end. */
static void test_far_out(void) {
  double x = 1e6, t_x = 99.9, T = 100, lower, upper;
  loy_model nbd = prediction_model(LOY_MODEL_NBD), pnbd = prediction_model(LOY_MODEL_PNBD);
  loy_batch_report report;
  loy_error error;
  CHECK_STATUS(loy_purchase_interval_batch(&nbd, &x, &t_x, &T, 1, 112.072, .95, NULL, &lower, &upper, &report, NULL),
               LOY_OK);
  CHECK_CLOSE(lower, 1e6 - 1.96 * sqrt(2e6), 1e-5); /* mean 1e6, variance twice that */
  CHECK_CLOSE(upper, 1e6 + 1.96 * sqrt(2e6), 1e-5);
  /* By Pareto/NBD a quarter has stopped after 67.85 of 110.578, with that share of the million. */
  t_x = T;
  CHECK_STATUS(loy_purchase_interval_batch(&pnbd, &x, &t_x, &T, 1, 110.578, .5, NULL, &lower, &upper, &report, NULL),
               LOY_OK);
  CHECK_CLOSE(lower, 1e6 * 111.669 * (pow(.75, -1 / .606) - 1) / 110.578, 1e-3);
  CHECK_CLOSE(upper, 1e6, 1e-3);
  x = 1e12;
  CHECK_STATUS(loy_purchase_interval_batch(&nbd, &x, &t_x, &T, 1, 112, .95, NULL, &lower, &upper, &report, &error),
               LOY_NOTICE_DIVERGES);
  CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "upper", 0);
  CU_ASSERT(isinf(lower) && isinf(upper) && report.bad == 0);
}

static void test_rows(void) {
  enum { MANY = 200 };
  double x[MANY], t_x[MANY], T[MANY], lower[2][MANY], upper[2][MANY];
  loy_purchase_options options;
  loy_batch_report report;
  loy_pnbd_options_init(&options);
  options.threads = 3;
  for (int i = 0; i < MANY; i++) {
    x[i] = i % 17;
    t_x[i] = i % 17 ? i % 29 : 0;
    T[i] = i == 150 ? 1.0 : 40.0;
  }
  for (int k = 0; k < PREDICTION_MODELS; k++) {
    loy_model model = prediction_model(prediction_kinds[k]);
    CHECK_STATUS(loy_purchase_interval_batch(&model, x, t_x, T, MANY, 39, .9, NULL, lower[0], upper[0], &report, NULL),
                 LOY_OK);
    CU_ASSERT(report.bad == 1 && isnan(lower[0][150]) && isnan(upper[0][150]));
    CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "T", 150);
    CHECK_STATUS(loy_purchase_interval_batch(&model, x, t_x, T, MANY, 39, .9, &options, lower[1], upper[1], NULL, NULL),
                 LOY_OK);
    for (int i = 0; i < MANY; i++) {
      CHECK_BITS(lower[1][i], lower[0][i]);
      CHECK_BITS(upper[1][i], upper[0][i]);
    }
  }
}

static void test_errors(void) {
  static const double c[1] = {0};
  loy_model model = prediction_model(LOY_MODEL_PNBD);
  loy_purchase_options options;
  double lower = 7, upper = 7;
  loy_error error;
#define FAILS(STATUS, ARGUMENT, MODEL, X, TX, T, AHEAD, LEVEL, OPTIONS, LOWER, UPPER)                                  \
  CHECK_STATUS(loy_purchase_interval_batch(MODEL, X, TX, T, 1, AHEAD, LEVEL, OPTIONS, LOWER, UPPER, NULL, &error),     \
               STATUS);                                                                                                \
  CHECK_ERROR(&error, STATUS, ARGUMENT, LOY_NO_INDEX)
  options.struct_size = 0;
  options.threads = -1;
  FAILS(LOY_ERR_ARGUMENT, "model", NULL, NULL, NULL, NULL, -1, 1, &options, NULL, NULL);
  model.kind = LOY_MODEL_GAMMA_GAMMA;
  FAILS(LOY_ERR_ARGUMENT, "kind", &model, NULL, NULL, NULL, -1, 1, &options, NULL, NULL);
  model.kind = 0;
  FAILS(LOY_ERR_ARGUMENT, "kind", &model, NULL, NULL, NULL, -1, 1, &options, NULL, NULL);
  model.kind = LOY_MODEL_PNBD;
  model.parameters[2] = 0;
  FAILS(LOY_ERR_DOMAIN, "s", &model, NULL, NULL, NULL, -1, 1, &options, NULL, NULL);
  model.parameters[2] = 1;
  FAILS(LOY_ERR_ARGUMENT, "x", &model, NULL, NULL, NULL, -1, 1, &options, NULL, NULL);
  FAILS(LOY_ERR_ARGUMENT, "t_x", &model, c, NULL, NULL, -1, 1, &options, NULL, NULL);
  FAILS(LOY_ERR_ARGUMENT, "T", &model, c, c, NULL, -1, 1, &options, NULL, NULL);
  FAILS(LOY_ERR_DOMAIN, "t", &model, c, c, c, HUGE_VAL, 1, &options, NULL, NULL);
  FAILS(LOY_ERR_DOMAIN, "level", &model, c, c, c, 9, 1, &options, NULL, NULL);
  FAILS(LOY_ERR_ARGUMENT, "options", &model, c, c, c, 9, .9, &options, NULL, NULL);
  options.struct_size = sizeof options;
  FAILS(LOY_ERR_ARGUMENT, "threads", &model, c, c, c, 9, .9, &options, NULL, NULL);
  FAILS(LOY_ERR_ARGUMENT, "lower", &model, c, c, c, 9, .9, NULL, NULL, NULL);
  FAILS(LOY_ERR_ARGUMENT, "upper", &model, c, c, c, 9, .9, NULL, &lower, NULL);
  CU_ASSERT(lower == 7 && upper == 7);
#undef FAILS
  CHECK_STATUS(loy_purchase_interval_batch(&model, NULL, NULL, NULL, 0, 9, .9, NULL, NULL, NULL, NULL, NULL), LOY_OK);
}

SUITE(btyd, purchase_interval) {
  ADD(test_against_sums);
#if LOY_TEST_INTERNALS
  ADD(test_more);
#endif
  ADD(test_far_out);
  ADD(test_rows);
  ADD(test_errors);
}
