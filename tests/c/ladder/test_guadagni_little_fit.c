/* The fit of the choice model with loyalty. Derivatives, estimates and errors are from mpmath with 30 digits
 * (recursion, numerical differentiation, Newton's method from the best point of a profile by scipy.optimize); notices,
 * every error.
 */
#include "check.h"

#include "loyalty/ladder/guadagni_little_fit.h"

enum { CUSTOMERS = 20, ROWS = 194, EACH = 6 };

static const int64_t offset[CUSTOMERS + 1] = {0,  7,   14,  27,  37,  38,  50,  63,  69,  79, 79,
                                              89, 104, 115, 121, 132, 139, 152, 167, 182, 194};
static const int64_t choices[ROWS] = {
    0, 1, 0, 0, 0, 1, 1, 1, 1, 1, 2, 0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 0, 1, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0,
    2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 0,
    1, 0, 0, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1, 1, 1, 1, 0, 0, 1, 2, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1, 1, 1, 1,
    1, 1, 1, 1, 0, 0, 0, 2, 1, 1, 0, 1, 1, 1, 1, 0, 1, 0, 1, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1,
    0, 2, 0, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
static double covariate[ROWS * EACH];

static loy_guadagni_little_data customers(void) {
  loy_guadagni_little_data data = {offset, choices, covariate, CUSTOMERS, 3, 2};
  for (int r = 0; r < ROWS; r++)
    for (int k = 0; k < 3; k++) {
      covariate[r * EACH + 2 * k] = (double)((r * 7 + k * 5 + k * k * r) % 11) / 5.0;
      covariate[r * EACH + 2 * k + 1] = (r * 3 + k * 7) % 4 == 0;
    }
  return data;
}

static void check_numbers(const double *actual, const double *expected, size_t n, double tolerance) {
  for (size_t i = 0; i < n; i++) CHECK_CLOSE(actual[i], expected[i], tolerance);
}

static void test_derivatives(void) {
  static const double slope[6] = {4.81323639355823749,  -8.80721289189704909, 11.5479248966233554,
                                  -17.6033316147816696, -2.37519969289247249, 12.2174894791607315};
  static const double bend[21] = {
      -34.9389276408470985, 7.21636059140511644,  -12.4407381502140729, -5.77210763585773022,  5.69683244801777934,
      -15.4941560843579963, 4.78587664639604751,  -11.324077466019686,  -0.355749308134825407, -33.5395628182037023,
      2.78737253591713265,  -1.20135260193887181, 2.36650215240047257,  -1.09164587879795454,  -21.0900954663241217,
      2.57998382619995072,  1.86114443060126409,  14.587550588170349,   9.3030897197176617,    -2.70696550515779634,
      -50.9124450604793975};
  const loy_guadagni_little_data data = customers();
  loy_guadagni_little_model model;
  double value = 0.0, gradient[6], hessian[36];
  memset(&model, 0, sizeof model);
  model.alternatives = 3;
  model.covariates = 2;
  model.lambda = 0.6;
  model.loyalty = 1.5;
  model.constant[0] = 7.0; /* a constant that all share changes nothing */
  model.constant[1] = 7.3;
  model.constant[2] = 6.8;
  model.slope[0] = -0.8;
  model.slope[1] = 0.4;
  CHECK_STATUS(loy_guadagni_little_total(&model, &data, 0, 0, &value, gradient, hessian, NULL), LOY_OK);
  CHECK_CLOSE(value, -102.2507657525209269, 1e-14);
  for (size_t i = 0, at = 0; i < 6; i++) {
    CHECK_CLOSE(gradient[i], slope[i], 1e-12);
    for (size_t j = 0; j <= i; j++, at++) {
      CHECK_CLOSE(hessian[6 * i + j], bend[at], 1e-12);
      CHECK_BITS(hessian[6 * i + j], hessian[6 * j + i]);
    }
  }
}

static void test_estimated(void) {
  static const double estimate[6] = {0.287130663294220892, 0.247726980244987644, 2.9731099650630969,
                                     -1.83088508593712469, 0.41123238568058773,  0.689792624999301851};
  static const double std_error[6] = {0.216914218204133017, 0.624345231735932878, 0.450534644099584717,
                                      0.3373412452540868,   0.27990702686584023,  0.0575606099844293873};
  const loy_guadagni_little_data data = customers();
  loy_guadagni_little_fit_result fit;
  loy_error error;
  CHECK_STATUS(loy_guadagni_little_fit(&data, NULL, &fit, &error), LOY_OK);
  CU_ASSERT_EQUAL(fit.params, 6);
  check_numbers(fit.estimate, estimate, 6, 1e-8);
  check_numbers(fit.std_error, std_error, 6, 1e-7);
  CHECK_CLOSE(fit.covariance[32], -0.00150626890430655338, 1e-6);
  CHECK_BITS(fit.covariance[32], fit.covariance[17]);
  CHECK_CLOSE(fit.log_likelihood, -88.526917186115519558, 1e-13);
  CHECK_CLOSE(fit.null_log_likelihood, -125.36781838010044283, 1e-13);
  CHECK_CLOSE(fit.equal_log_likelihood, -175.0 * log(3.0), 1e-14);
  CHECK_CLOSE(fit.statistic, 2.0 * (125.36781838010044283 - 88.526917186115519558), 1e-12);
  CHECK_CLOSE(fit.aic, 2 * 88.526917186115519558 + 12, 1e-13);
  CHECK_CLOSE(fit.bic, 2 * 88.526917186115519558 + 6 * log(175.0), 1e-13);
  CU_ASSERT(fit.rows == 175 && fit.customers == 18 && fit.maxima == 1 && fit.converged);
  CU_ASSERT(!fit.separated && !fit.at_bound);
  CHECK_CLOSE(fit.profile_lambda[25], 0.5, 0.0);
  CHECK_CLOSE(fit.profile[25], -92.15797896119673, 1e-10);
  CHECK_BITS(fit.maximum[0], fit.log_likelihood);
  CHECK_BITS(fit.maximum_lambda[0], fit.model.lambda);
  CU_ASSERT(isnan(fit.maximum[1]));
  CU_ASSERT_EQUAL(fit.model.constant[0], 0.0);
  CHECK_BITS(fit.model.constant[2], fit.estimate[1]);
  CHECK_BITS(fit.model.slope[1], fit.estimate[4]);
  /* Davies' bound, from the profile as it is given: the root rises to the maximum and falls again */
  {
    const double m = fit.statistic;
    double low[2], bound;
    low[0] = sqrt(2.0 * (fit.profile[0] - fit.null_log_likelihood));
    low[1] = sqrt(2.0 * (fit.profile[50] - fit.null_log_likelihood));
    bound = erfc(sqrt(m / 2.0)) + (2.0 * sqrt(m) - low[0] - low[1]) * exp(-m / 2.0) / sqrt(2.0 * acos(-1.0));
    CHECK_CLOSE(fit.p_value, bound, 1e-7);
  }
}

/* Another base moves the constants; other units of a covariate its slope; nothing else. */
static void test_base_and_units(void) {
  const loy_guadagni_little_data data = customers();
  loy_guadagni_little_fit_options options;
  loy_guadagni_little_fit_result fit, other;
  CHECK_STATUS(loy_guadagni_little_fit(&data, NULL, &fit, NULL), LOY_OK);
  for (size_t i = 0; i < (size_t)ROWS * 3; i++) covariate[2 * i] = 1e6 * covariate[2 * i] - 5e6;
  loy_guadagni_little_fit_options_init(&options);
  options.base = 2;
  CHECK_STATUS(loy_guadagni_little_fit(&data, &options, &other, NULL), LOY_OK);
  CHECK_CLOSE(other.log_likelihood, fit.log_likelihood, 1e-12);
  CHECK_CLOSE(other.model.lambda, fit.model.lambda, 1e-8);
  CHECK_CLOSE(other.std_error[5], fit.std_error[5], 1e-7);
  CHECK_CLOSE(other.model.slope[0], 1e-6 * fit.model.slope[0], 1e-8);
  CHECK_CLOSE(other.std_error[3], 1e-6 * fit.std_error[3], 1e-7);
  CHECK_CLOSE(other.model.constant[0], -fit.model.constant[2], 1e-7);
  CHECK_CLOSE(other.model.constant[1], fit.model.constant[1] - fit.model.constant[2], 1e-7);
  CU_ASSERT_EQUAL(other.model.constant[2], 0.0);
}

static void test_given(void) {
  static const double estimate[6] = {0.328034283722552275, 0.231084995520104942, 2.87716759619892693,
                                     -1.77050840743810134, 0.401668360233611067, 0.75};
  static const double std_error[6] = {0.213445742540319003, 0.627366926487101031, 0.43613901697797812,
                                      0.330197936414860728, 0.27858948862249804,  0.0};
  const loy_guadagni_little_data data = customers();
  loy_guadagni_little_fit_options options;
  loy_guadagni_little_fit_result fit;
  loy_guadagni_little_fit_options_init(&options);
  options.lambda = 0.75;
  CHECK_STATUS(loy_guadagni_little_fit(&data, &options, &fit, NULL), LOY_OK);
  check_numbers(fit.estimate, estimate, 6, 1e-8);
  check_numbers(fit.std_error, std_error, 6, 1e-8);
  CHECK_CLOSE(fit.log_likelihood, -89.137733374036589671, 1e-13);
  CHECK_CLOSE(fit.aic, 2 * 89.137733374036589671 + 10, 1e-13);
  CHECK_CLOSE(fit.p_value, erfc(sqrt(125.36781838010044283 - 89.137733374036589671)), 1e-10);
  CU_ASSERT(fit.maxima == 0 && isnan(fit.profile[3]) && isnan(fit.maximum_lambda[0]));
}

/* Rows of the warm-up shape loyalty and do not count: what is left is the rest of the sum. */
static void test_warmup(void) {
  loy_guadagni_little_data data = customers();
  loy_guadagni_little_model model;
  double all = 0.0, left = 0.0, part = 0.0;
  int64_t shorter[CUSTOMERS + 1];
  static int64_t kept[ROWS];
  static double x[ROWS * EACH];
  int64_t n = 0;
  loy_guadagni_little_fit_options options;
  loy_guadagni_little_fit_result fit;
  memset(&model, 0, sizeof model);
  model.alternatives = 3;
  model.covariates = 2;
  model.lambda = 0.8;
  model.loyalty = 2.0;
  CHECK_STATUS(loy_guadagni_little_total(&model, &data, 0, 0, &all, NULL, NULL, NULL), LOY_OK);
  CHECK_STATUS(loy_guadagni_little_total(&model, &data, 0, 3, &left, NULL, NULL, NULL), LOY_OK);
  shorter[0] = 0;
  for (int i = 0; i < CUSTOMERS; i++) {
    for (int64_t t = offset[i]; t < offset[i + 1] && t < offset[i] + 4; t++, n++) {
      kept[n] = choices[t];
      memcpy(x + n * EACH, covariate + t * EACH, EACH * sizeof *x);
    }
    shorter[i + 1] = n;
  }
  data.offset = shorter;
  data.chosen = kept;
  data.covariate = x;
  CHECK_STATUS(loy_guadagni_little_total(&model, &data, 0, 0, &part, NULL, NULL, NULL), LOY_OK);
  CHECK_CLOSE(left, all - part, 1e-13);
  data = customers();
  loy_guadagni_little_fit_options_init(&options);
  options.warmup = 3;
  CHECK_STATUS(loy_guadagni_little_fit(&data, &options, &fit, NULL), LOY_OK);
  CU_ASSERT(fit.rows == 175 - 18 * 3 && fit.customers == 18);
}

/* Choices without rhyme or reason, from a linear congruential generator. */
static void by_chance(uint32_t state, int64_t *picked) {
  for (int t = 0; t < ROWS; t++) {
    state = state * 1103515245u + 12345u;
    picked[t] = (int64_t)((state >> 16) % 3u);
  }
}

static void test_notices(void) {
  loy_guadagni_little_data data = customers();
  static int64_t picked[ROWS];
  loy_guadagni_little_fit_options options;
  loy_guadagni_little_fit_result fit;
  loy_error error;
  loy_guadagni_little_fit_options_init(&options);
  options.most_evaluations = 1;
  CHECK_STATUS(loy_guadagni_little_fit(&data, &options, &fit, &error), LOY_NOTICE_NOT_CONVERGED);
  CHECK_ERROR(&error, LOY_NOTICE_NOT_CONVERGED, NULL, LOY_NO_INDEX);
  CHECK_STATUS(fit.status, LOY_NOTICE_NOT_CONVERGED);
  /* nobody chooses the last alternative */
  data.chosen = picked;
  for (int t = 0; t < ROWS; t++) picked[t] = choices[t] == 2 ? 0 : choices[t];
  CHECK_STATUS(loy_guadagni_little_fit(&data, NULL, &fit, &error), LOY_NOTICE_SEPARATED);
  CHECK_ERROR(&error, LOY_NOTICE_SEPARATED, NULL, LOY_NO_INDEX);
  CU_ASSERT(fit.separated && fit.model.constant[2] < -10.0);
  /* everybody chooses where the first covariate is lowest */
  for (int t = 0; t < ROWS; t++) {
    picked[t] = 0;
    for (int k = 1; k < 3; k++)
      if (covariate[t * EACH + 2 * k] < covariate[t * EACH + 2 * picked[t]]) picked[t] = k;
  }
  CHECK_STATUS(loy_guadagni_little_fit(&data, NULL, &fit, &error), LOY_NOTICE_SEPARATED);
  /* choices by chance: loyalty does not matter, and lambda cannot be told */
  data.covariates = 0;
  data.covariate = NULL;
  by_chance(34, picked);
  CHECK_STATUS(loy_guadagni_little_fit(&data, NULL, &fit, &error), LOY_NOTICE_WEAK_ID);
  CHECK_ERROR(&error, LOY_NOTICE_WEAK_ID, "lambda", LOY_NO_INDEX);
  CU_ASSERT(fit.p_value > 0.5);
  by_chance(20, picked);
  CHECK_STATUS(loy_guadagni_little_fit(&data, NULL, &fit, &error), LOY_NOTICE_AT_BOUND);
  CHECK_ERROR(&error, LOY_NOTICE_AT_BOUND, "lambda", LOY_NO_INDEX);
  CU_ASSERT(fit.model.lambda == 0.001 && fit.at_bound && isnan(fit.std_error[3]) && fit.std_error[2] > 0.0);
}

/* A profile with two maxima; both found, by scipy.optimize and mpmath too. */
static void test_two_maxima(void) {
  static const double estimate[4] = {0.2523151068770424, 0.03094446391553574, 0.2816007415715509, 0.897915369432353};
  loy_guadagni_little_data data = customers();
  static int64_t picked[ROWS];
  loy_guadagni_little_fit_result fit;
  data.covariates = 0;
  data.covariate = NULL;
  data.chosen = picked;
  by_chance(17, picked);
  CHECK_STATUS(loy_guadagni_little_fit(&data, NULL, &fit, NULL), LOY_OK);
  CU_ASSERT_EQUAL(fit.maxima, 2);
  CHECK_CLOSE(fit.maximum_lambda[0], 0.2797627866692127, 1e-6);
  CHECK_CLOSE(fit.maximum[0], -191.41199616118609, 1e-12);
  CHECK_CLOSE(fit.maximum[1], -190.99424677874136, 1e-12);
  check_numbers(fit.estimate, estimate, 4, 1e-6);
}

static loy_guadagni_little_fit_result kept;

static void check_fails(const loy_guadagni_little_data *data, const loy_guadagni_little_fit_options *options,
                        loy_status status, const char *argument, size_t index) {
  loy_guadagni_little_fit_result result;
  loy_error error;
  memset(&result, 0x5a, sizeof result);
  memset(&kept, 0x5a, sizeof kept);
  CHECK_STATUS(loy_guadagni_little_fit(data, options, &result, &error), status);
  CHECK_ERROR(&error, status, argument, index);
  CU_ASSERT_EQUAL(memcmp(&result, &kept, sizeof kept), 0);
}

static void test_errors(void) {
  const int64_t bad[2] = {1, 2};
  static int64_t picked[ROWS];
  loy_guadagni_little_data data = customers();
  loy_guadagni_little_fit_options options;
  loy_guadagni_little_model model;
  double value = 9.0, slope[6] = {9, 9, 9, 9, 9, 9};
  loy_error error;
  memcpy(picked, choices, sizeof picked);
  loy_guadagni_little_fit_options_init(NULL);
  loy_guadagni_little_fit_options_init(&options);
  check_fails(NULL, &options, LOY_ERR_ARGUMENT, "data", LOY_NO_INDEX);
  data.alternatives = 16;
  check_fails(&data, &options, LOY_ERR_ARGUMENT, "alternatives", LOY_NO_INDEX);
  data.alternatives = 3;
  data.covariates = 13;
  data.offset = bad;
  data.chosen = NULL;
  check_fails(&data, &options, LOY_ERR_ARGUMENT, "covariates", LOY_NO_INDEX);
  data.covariates = 2;
  check_fails(&data, &options, LOY_ERR_DOMAIN, "offset", 0);
  data.offset = offset;
  check_fails(&data, &options, LOY_ERR_ARGUMENT, "chosen", LOY_NO_INDEX);
  data.chosen = picked;
  data.covariate = NULL;
  picked[7] = 3;
  check_fails(&data, &options, LOY_ERR_DOMAIN, "chosen", 7);
  picked[7] = 1;
  check_fails(&data, &options, LOY_ERR_ARGUMENT, "covariate", LOY_NO_INDEX);
  data.covariate = covariate;
  covariate[9] = (double)NAN;
  options.struct_size = 1;
  check_fails(&data, &options, LOY_ERR_DOMAIN, "covariate", 9);
  covariate[9] = 0.0;
  check_fails(&data, &options, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX);
  options.struct_size = sizeof options;
  options.base = 3;
  options.lambda = 1.5;
  options.most_evaluations = -1;
  check_fails(&data, &options, LOY_ERR_ARGUMENT, "base", LOY_NO_INDEX);
  options.base = 0;
  check_fails(&data, &options, LOY_ERR_DOMAIN, "lambda", LOY_NO_INDEX);
  options.lambda = -1.0;
  check_fails(&data, &options, LOY_ERR_DOMAIN, "most_evaluations", LOY_NO_INDEX);
  options.most_evaluations = 0;
  CHECK_STATUS(loy_guadagni_little_fit(&data, &options, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  data.customers = 1; /* 7 rows, of which 6 count */
  check_fails(&data, &options, LOY_ERR_TOO_FEW, "chosen", LOY_NO_INDEX);
  data.customers = CUSTOMERS;
  for (size_t i = 0; i < (size_t)ROWS * 3; i++) covariate[2 * i + 1] = (double)(i / 3);
  check_fails(&data, &options, LOY_ERR_SINGULAR, "covariate", 1);
  for (size_t i = 0; i < (size_t)ROWS * 3; i++) covariate[2 * i + 1] = (i % 3 == 2) + 0.5 * (i % 3 == 1);
  check_fails(&data, &options, LOY_ERR_SINGULAR, "covariate", 1);
  {
    /* everybody begins with the same brand, and one choice counts: loyalty is a constant */
    static int64_t pairs[41], same[80];
    for (int i = 0; i <= 40; i++) pairs[i] = 2 * i;
    for (int i = 0; i < 80; i++) same[i] = i % 2 ? i / 2 % 3 : 0;
    data.offset = pairs;
    data.chosen = same;
    data.customers = 40;
    data.covariates = 0;
    check_fails(&data, &options, LOY_ERR_SINGULAR, "chosen", LOY_NO_INDEX);
  }

  data = customers();
  memset(&model, 0, sizeof model);
  CHECK_STATUS(loy_guadagni_little_total(NULL, NULL, 3, 0, NULL, slope, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "model", LOY_NO_INDEX);
  model.alternatives = 4;
  CHECK_STATUS(loy_guadagni_little_total(&model, NULL, 3, 0, NULL, slope, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "data", LOY_NO_INDEX);
  CHECK_STATUS(loy_guadagni_little_total(&model, &data, 3, 0, NULL, slope, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "alternatives", LOY_NO_INDEX);
  model.alternatives = 3;
  CHECK_STATUS(loy_guadagni_little_total(&model, &data, 3, 0, NULL, slope, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "covariates", LOY_NO_INDEX);
  model.covariates = 2;
  CHECK_STATUS(loy_guadagni_little_total(&model, &data, 3, 0, NULL, slope, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "base", LOY_NO_INDEX);
  CHECK_STATUS(loy_guadagni_little_total(&model, &data, 0, 0, NULL, slope, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX);
  CU_ASSERT(value == 9.0 && slope[0] == 9.0);
}

SUITE(ladder, guadagni_little_fit) {
  ADD(test_derivatives);
  ADD(test_estimated);
  ADD(test_base_and_units);
  ADD(test_given);
  ADD(test_warmup);
  ADD(test_notices);
  ADD(test_two_maxima);
  ADD(test_errors);
}
