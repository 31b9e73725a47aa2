/* The fit of L = f(C, S) on rows that are refused, left out, or without a full answer: messages, counts, iterates. */
#include "check.h"
#include "curve_cells.h"

#include "loyalty/response/curve_inference.h"

/* A bad row is named with what would be right, and nothing is written. */
static void check_refused(const loy_curve_data *data, loy_status status, const char *argument, size_t index,
                          const char *message) {
  loy_curve_fit_result result, kept;
  loy_error error;
  double value = 7.0, gradient[LOY_CURVE_PARAMS] = {8.0}, information[LOY_CURVE_PARAMS * LOY_CURVE_PARAMS] = {9.0};
  loy_curve curve;
  memset(&result, 0x5a, sizeof result);
  memset(&kept, 0x5a, sizeof kept);
  CHECK_STATUS(loy_curve_fit(data, NULL, &result, &error), status);
  CHECK_ERROR(&error, status, argument, index);
  CU_ASSERT_STRING_EQUAL(error.message, message);
  CU_ASSERT_EQUAL(memcmp(&result, &kept, sizeof kept), 0);
  if (status == LOY_ERR_TOO_FEW) return; /* a likelihood needs no contrast */
  loy_curve_init(&curve);
  curve.constraints = data->constraints;
  CHECK_STATUS(loy_curve_log_likelihood(&curve, data, NULL, &value, gradient, information, &error), status);
  CHECK_ERROR(&error, status, argument, index);
  CHECK_BITS(value, 7.0);
  CHECK_BITS(gradient[0], 8.0);
  CHECK_BITS(information[0], 9.0);
}

static void test_bad_rows(void) {
  static const double outside[3] = {-0.25, 1.25, (double)NAN}, no_market[4] = {0.0, 1.0, -1.0, (double)NAN};
  static const double no_count[3] = {-1.0, 2e15, (double)NAN};
  double column[CELLS];
  const double *const constraint[2] = {s, column};
  for (size_t k = 0; k < 3; k++) {
    loy_curve_data data = cells();
    s[7] = outside[k];
    check_refused(&data, LOY_ERR_DOMAIN, "s", 7, "must be from 0 to 1");
  }
  for (size_t k = 0; k < 4; k++) {
    loy_curve_data data = cells();
    c[8] = no_market[k];
    check_refused(&data, LOY_ERR_DOMAIN, "c", 8, "must be above 0 and below 1");
  }
  for (size_t k = 0; k < 3; k++) {
    loy_curve_data data = cells();
    data.constraints = 2;
    data.constraint = constraint;
    memcpy(column, s, sizeof s);
    column[9] = outside[k];
    check_refused(&data, LOY_ERR_DOMAIN, "constraint", 9, "must be from 0 to 1");
  }
  for (size_t k = 0; k < 3; k++) {
    loy_curve_data data = cells();
    trials[4] = no_count[k];
    check_refused(&data, LOY_ERR_DOMAIN, "trials", 4, "must be from 0 to 1e15");
    data = cells();
    data.loyal = column;
    memcpy(column, loyal, sizeof loyal);
    column[5] = k == 1 ? 401.0 : no_count[k]; /* more than the trials */
    check_refused(&data, LOY_ERR_DOMAIN, "loyal", 5, "must be from 0 to the number of trials");
    data = cells();
    data.weight = column;
    for (size_t i = 0; i < CELLS; i++) column[i] = 1.0;
    column[6] = no_count[k];
    check_refused(&data, LOY_ERR_DOMAIN, "weight", 6, "must be from 0 to 1e15");
  }
}

static void test_no_contrast(void) {
  double y[CELLS];
  loy_curve_data data = cells();
  data.loyal = y;
  for (size_t i = 0; i < CELLS; i++) y[i] = 0.0;
  check_refused(&data, LOY_ERR_TOO_FEW, "loyal", LOY_NO_INDEX,
                "must not be all zero: the parameters then have no estimate");
  for (size_t i = 0; i < CELLS; i++) y[i] = 400.0;
  check_refused(&data, LOY_ERR_TOO_FEW, "loyal", LOY_NO_INDEX,
                "must not be all loyal: the parameters then have no estimate");
}

/* Rows of no trials change no number, whatever else they hold. */
static void test_skipped(void) {
  double y[CELLS];
  loy_curve_data data = cells();
  loy_curve_fit_result without, with;
  loy_error error;
  memcpy(y, loyal, sizeof loyal);
  y[0] = y[10] = 0.0;
  trials[0] = trials[10] = 0.0;
  data.loyal = y;
  CHECK_STATUS(loy_curve_fit(&data, NULL, &with, &error), LOY_NOTICE_SKIPPED);
  CHECK_ERROR(&error, LOY_NOTICE_SKIPPED, "trials", LOY_NO_INDEX);
  CU_ASSERT_EQUAL(with.rows, 18);
  CU_ASSERT_EQUAL(with.skipped, 2);
  data = cells();
  data.n = 18;
  data.loyal = y;
  for (size_t i = 0, to = 0; i < CELLS; i++) {
    if (i == 0 || i == 10) continue;
    s[to] = s[i];
    c[to] = c[i];
    y[to++] = loyal[i];
  }
  CHECK_STATUS(loy_curve_fit(&data, NULL, &without, &error), LOY_OK);
  CHECK_BITS(with.curve.alpha, without.curve.alpha);
  CHECK_BITS(with.curve.a, without.curve.a);
  CHECK_BITS(with.log_likelihood, without.log_likelihood);
  CHECK_BITS(with.std_error[LOY_CURVE_BETA], without.std_error[LOY_CURVE_BETA]);
}

/* An answer so small that its share of the trials is no double: it weighs nothing, and the deviance stays finite. */
static void test_tiny_answer(void) {
  double y[CELLS + 1], at_s[CELLS + 1], at_c[CELLS + 1], n[CELLS + 1];
  loy_curve_data data = cells();
  loy_curve_fit_result none, tiny;
  loy_curve_goodness goodness;
  memcpy(at_s, s, sizeof s);
  memcpy(at_c, c, sizeof c);
  memcpy(n, trials, sizeof trials);
  memcpy(y, loyal, sizeof loyal);
  at_s[CELLS] = s[3]; /* merged with an equal row, and in a cell of its own */
  at_c[CELLS] = c[3];
  n[CELLS] = 9.0;
  n[15] = 100.0;
  data.n = CELLS + 1;
  data.s = at_s;
  data.c = at_c;
  data.trials = n;
  data.loyal = y;
  y[15] = y[CELLS] = 0.0;
  CHECK_STATUS(loy_curve_fit(&data, NULL, &none, NULL), LOY_OK);
  y[15] = y[CELLS] = 5e-324;
  CHECK_STATUS(loy_curve_fit(&data, NULL, &tiny, NULL), LOY_OK);
  CU_ASSERT(isfinite(none.deviance) && none.deviance > 0.0);
  CHECK_CLOSE(tiny.deviance, none.deviance, 1e-14);
  CHECK_STATUS(loy_curve_goodness_of_fit(&tiny, &data, NULL, NULL, NULL, NULL, NULL, NULL, NULL, &goodness, NULL),
               LOY_OK);
  CU_ASSERT(isfinite(goodness.deviance) && goodness.deviance > 0.0);
}

/* Trials and weights whose product is no double count as none. */
static void test_vanishing_row(void) {
  double weight[CELLS];
  loy_curve_data data = cells();
  loy_curve_fit_options options;
  loy_curve_fit_result result;
  loy_curve_goodness goodness;
  loy_error error;
  for (size_t i = 0; i < CELLS; i++) weight[i] = 1.0;
  trials[19] = 259.0;
  weight[19] = 1e-315;
  data.weight = weight;
  loy_curve_fit_options_init(&options);
  for (int kind = LOY_CURVE_BINOMIAL; kind <= LOY_CURVE_NLS; kind++) {
    options.covariance = kind;
    CHECK_STATUS(loy_curve_fit(&data, &options, &result, &error), LOY_NOTICE_SKIPPED);
    CU_ASSERT_EQUAL(result.skipped, 1);
    CU_ASSERT(isfinite(result.pearson) && isfinite(result.deviance) && isfinite(result.squares));
    CHECK_STATUS(loy_curve_goodness_of_fit(&result, &data, NULL, NULL, NULL, NULL, NULL, NULL, NULL, &goodness, NULL),
                 LOY_OK);
    CU_ASSERT_EQUAL(goodness.cells, 19);
    CU_ASSERT(isfinite(goodness.pearson));
  }
}

/* One loyal answer in a thousand million: ln(1 - L) keeps its digits, and so do the measures. mpmath with 60 digits. */
static void test_rare_answers(void) {
  static const double half[8] = {0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5}, one[8] = {1, 1, 1, 1, 1, 1, 1, 1};
  static const double n[8] = {1e9, 1e9, 1e9, 1e9, 1e9, 1e9, 1e9, 1e9}, three = 3.0;
  loy_curve_data data;
  loy_curve_fit_options options;
  loy_curve_fit_result result;
  loy_curve curve;
  double value;
  loy_curve_data_init(&data);
  data.n = 1;
  data.s = data.c = half;
  data.trials = n;
  data.loyal = &three;
  loy_curve_init(&curve);
  curve.alpha = -20.0;
  curve.a = 0.0;
  CHECK_STATUS(loy_curve_log_likelihood(&curve, &data, NULL, &value, NULL, NULL, NULL), LOY_OK);
  CHECK_CLOSE(value, -62.061153620314380703, 2e-15);
  data.n = 8;
  data.loyal = one;
  loy_curve_fit_options_init(&options);
  options.start.a = 0.0;
  options.fixed = 31u & ~BIT(LOY_CURVE_ALPHA);
  CHECK_STATUS(loy_curve_fit(&data, &options, &result, NULL), LOY_OK);
  CHECK_CLOSE(result.log_likelihood, -173.78612669157128925, 2e-15);
  CU_ASSERT(result.deviance >= 0.0 && result.deviance < 1e-12);
}

/* A ridge so strong that scores are nothing but rounding: their sandwich is no negative variance. */
static void test_no_negative_variance(void) {
  static const double at_s[4] = {44.5 / 245, 44.5 / 245, 44.5 / 245, 44.5 / 245};
  static const double k[4] = {1.0 / 9, 49.5 / 245, 44.5 / 245, 1.0 / 9};
  static const double n[4] = {12, 12, 12, 12};
  static const double y[4] = {12 * (19.5 / 245), 12 * (44.5 / 245), 12 * (44.5 / 245), 12 * (91.5 / 245)};
  const double *const constraint[1] = {k};
  loy_curve_data data;
  loy_curve_fit_options options;
  loy_curve_fit_result result;
  loy_curve_data_init(&data);
  data.n = 4;
  data.s = data.c = at_s;
  data.constraints = 1;
  data.constraint = constraint;
  data.trials = n;
  data.loyal = y;
  loy_curve_fit_options_init(&options);
  options.start_given = 1;
  options.fixed = BIT(LOY_CURVE_GAMMA) | BIT(LOY_CURVE_A) | BIT(LOY_CURVE_B);
  options.covariance = LOY_CURVE_ROBUST;
  options.ridge = 1e15;
  CHECK_STATUS(loy_curve_fit(&data, &options, &result, NULL), LOY_OK);
  for (size_t p = 0; p < result.params; p++)
    CU_ASSERT(result.std_error[p] >= 0.0 && result.covariance[p * (result.params + 1)] >= 0.0);
}

/* Markets of one c, wherever it lies: the parameters that remain are those of the logistic regression on logit(s), with
 * logit(c) as an offset. statsmodels, binomial GLM. */
static void test_one_market(void) {
  loy_curve_data data = cells();
  loy_curve_fit_result result;
  loy_curve_estimate estimate;
  loy_error error;
  data.n = 5;
  CHECK_STATUS(loy_curve_fit(&data, NULL, &result, &error), LOY_NOTICE_WEAK_ID);
  CHECK_ERROR(&error, LOY_NOTICE_WEAK_ID, "c", LOY_NO_INDEX);
  CHECK_CLOSE(result.curve.alpha, 0.2956692444908663, 1e-9);
  CHECK_CLOSE(result.curve.beta, 0.6875083745512851, 1e-9);
  CHECK_CLOSE(result.std_error[LOY_CURVE_ALPHA], 0.07070350992860974, 1e-9);
  CHECK_CLOSE(result.std_error[LOY_CURVE_BETA], 0.04680389940773375, 1e-9);
  CHECK_CLOSE(result.deviance, 2.061234609408876, 1e-9);
  CHECK_STATUS(loy_curve_predict(&result, 0.65, 0.2, NULL, 0.95, &estimate, NULL), LOY_OK);
  CU_ASSERT(estimate.lower < estimate.value && estimate.value < estimate.upper);
}

/* Perfect separation: the iterate explains nearly everything and can be asked, and a ridge has an answer. */
static void test_separation(void) {
  static const double at_s[6] = {0.1, 0.3, 0.4, 0.6, 0.8, 0.9}, at_c[6] = {0.5, 0.6, 0.5, 0.6, 0.5, 0.6};
  static const double y[6] = {0, 0, 0, 1, 1, 1};
  loy_curve_data data;
  loy_curve_fit_options options;
  loy_curve_fit_result result;
  loy_curve_estimate estimate;
  loy_error error;
  loy_status status;
  loy_curve_data_init(&data);
  data.n = 6;
  data.s = at_s;
  data.c = at_c;
  data.loyal = y;
  loy_curve_fit_options_init(&options);
  options.fixed = BIT(LOY_CURVE_A) | BIT(LOY_CURVE_DELTA);
  options.start.a = 0.0;
  status = loy_curve_fit(&data, &options, &result, &error);
  CHECK_STATUS(status, LOY_NOTICE_SEPARATED);
  CHECK_ERROR(&error, LOY_NOTICE_SEPARATED, NULL, LOY_NO_INDEX);
  CHECK_STATUS(result.status, status);
  CU_ASSERT(isfinite(result.curve.alpha) && isfinite(result.curve.gamma) && result.curve.beta > 10.0);
  CU_ASSERT(result.log_likelihood <= 0.0 && result.log_likelihood > -1e-6);
  for (size_t i = 0; i < 6; i++) {
    status = loy_curve_predict(&result, at_s[i], at_c[i], NULL, 0.95, &estimate, NULL);
    CU_ASSERT(!loy_status_is_error(status));
    CHECK_NEAR(estimate.value, y[i], 1e-6);
  }
}

/* Stopped early: the point reached is better than the start, and says that it is not the end. */
static void test_stopped(void) {
  const loy_curve_data data = cells();
  loy_curve_fit_options options;
  loy_curve_fit_result one, all;
  double at_start;
  loy_curve_fit_options_init(&options);
  options.start_given = 1;
  options.most_iterations = 1;
  CHECK_STATUS(loy_curve_log_likelihood(&options.start, &data, NULL, &at_start, NULL, NULL, NULL), LOY_OK);
  CHECK_STATUS(loy_curve_fit(&data, &options, &one, NULL), LOY_NOTICE_NOT_CONVERGED);
  CHECK_STATUS(loy_curve_fit(&data, NULL, &all, NULL), LOY_OK);
  CU_ASSERT(!one.converged && one.iterations == 1);
  CU_ASSERT(at_start < one.log_likelihood && one.log_likelihood < all.log_likelihood);
  CU_ASSERT(one.last_step > 1e-10 && isfinite(one.std_error[LOY_CURVE_ALPHA]));
}

SUITE(response, curve_fit_rows) {
  ADD(test_bad_rows);
  ADD(test_no_contrast);
  ADD(test_skipped);
  ADD(test_tiny_answer);
  ADD(test_vanishing_row);
  ADD(test_rare_answers);
  ADD(test_no_negative_variance);
  ADD(test_one_market);
  ADD(test_separation);
  ADD(test_stopped);
}
