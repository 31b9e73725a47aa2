/* The fit of the linear learning model. Derivatives, estimates and errors of the 24 customers are from mpmath with 40
 * digits (recursion, numerical differentiation, Newton's method from the best end of scipy.optimize); exact weights
 * make the truth the estimate; closed forms of the nested models; every error. */
#include "check.h"

#include "loyalty/ladder/learning_fit.h"

enum { CUSTOMERS = 24, ROWS = 166 };

static const int64_t offset[CUSTOMERS + 1] = {0,  6,  15,  19,  27,  34,  44,  49,  57,  66,  72,  73, 80,
                                              88, 98, 104, 113, 113, 121, 128, 133, 142, 152, 160, 166};
static const double bought[ROWS] = {0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 0,
                                    0, 0, 0, 0, 1, 1, 0, 1, 1, 1, 0, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1,
                                    1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0, 1,
                                    0, 0, 0, 0, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0,
                                    1, 0, 1, 0, 0, 1, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0,
                                    0, 0, 1, 0, 1, 0, 1, 1, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 0, 0};

static loy_learning_data customers(void) {
  loy_learning_data data;
  data.offset = offset;
  data.bought = bought;
  data.weight = NULL;
  data.customers = CUSTOMERS;
  return data;
}

static void check_numbers(const double *actual, const double *expected, size_t n, double tolerance) {
  for (size_t i = 0; i < n; i++) CHECK_CLOSE(actual[i], expected[i], tolerance);
}

static void test_derivatives(void) {
  static const double slope[4] = {-5.079121913375467, -0.155821839770262445, 0.0696530043442483456,
                                  -11.2182955535572725};
  static const double bend[10] = {-1739.47882915404464, -730.679529061780322, -578.054731121737655, -765.49199826124259,
                                  -381.224072346247376, -388.201992558221992, -112.181438888610524, -56.564042615378389,
                                  -76.3380372485189304, -126.660639719663398};
  const loy_learning_data data = customers();
  const loy_learning_params params = {0.1, 0.3, 0.45};
  double value = 0.0, gradient[4], hessian[16];
  CHECK_STATUS(loy_learning_total(&params, 0.55, &data, &value, gradient, hessian, NULL), LOY_OK);
  CHECK_CLOSE(value, -103.44992816834020918, 1e-14);
  for (size_t i = 0, at = 0; i < 4; i++) {
    CHECK_NEAR(gradient[i], slope[i], 1e-11);
    for (size_t j = 0; j <= i; j++, at++) {
      CHECK_CLOSE(hessian[4 * i + j], bend[at], 1e-12);
      CHECK_BITS(hessian[4 * i + j], hessian[4 * j + i]);
    }
  }
}

static void test_estimated(void) {
  static const double estimate[4] = {0.0689418598669722455, 0.282046263414306205, 0.552341165905270413,
                                     0.443103723056025082};
  static const double std_error[4] = {0.0532820392328464483, 0.0730898242029431529, 0.161504611755802267,
                                      0.0894121883402337125};
  static const double robust[4] = {0.0474966234375648036, 0.0697150438386348249, 0.147618610249285067,
                                   0.0713548086525405212};
  const loy_learning_data data = customers();
  loy_learning_fit_result fit;
  loy_error error;
  double count[2][2] = {{0, 0}, {0, 0}}, first = 0.0, share;
  CHECK_STATUS(loy_learning_fit(&data, NULL, &fit, &error), LOY_OK);
  check_numbers(fit.estimate, estimate, 4, 1e-8);
  check_numbers(fit.std_error, std_error, 4, 1e-7);
  check_numbers(fit.robust_std_error, robust, 4, 1e-7);
  CHECK_CLOSE(fit.covariance[4], 0.0010920631447805663, 1e-7);
  CHECK_CLOSE(fit.robust_covariance[9], -0.00663724774687347245, 1e-7);
  CHECK_CLOSE(fit.log_likelihood, -102.73107821918384411, 1e-13);
  CHECK_CLOSE(fit.aic, 2 * 102.73107821918384411 + 8, 1e-13);
  CHECK_CLOSE(fit.bic, 2 * 102.73107821918384411 + 4 * log(166.0), 1e-13);
  CHECK_BITS(fit.params.lambda, fit.estimate[2]);
  CHECK_BITS(fit.first, fit.estimate[3]);
  CU_ASSERT(fit.rows == 166.0 && fit.customers == 23.0 && fit.at_bound == 0 && fit.converged);
  CU_ASSERT(fit.starts == 8 && fit.agreeing >= 6);
  CHECK_STATUS(fit.status, LOY_OK);
  /* the nested models from counts */
  for (size_t i = 0; i < CUSTOMERS; i++)
    for (int64_t t = offset[i]; t < offset[i + 1]; t++) {
      if (t == offset[i])
        first += bought[t];
      else
        count[bought[t - 1] > 0.5][bought[t] > 0.5] += 1.0;
    }
  {
    const double p10 = count[0][1] / (count[0][0] + count[0][1]), p11 = count[1][1] / (count[1][0] + count[1][1]);
    const double start = first * log(first / 23.0) + (23.0 - first) * log(1.0 - first / 23.0);
    const double chain = start + count[0][1] * log(p10) + count[0][0] * log(1 - p10) + count[1][1] * log(p11) +
                         count[1][0] * log(1 - p11);
    double none;
    share = (count[0][1] + count[1][1]) / 143.0;
    none = start + 143.0 * (share * log(share) + (1 - share) * log(1 - share));
    CHECK_CLOSE(fit.markov_params.alpha, p10, 1e-9);
    CHECK_CLOSE(fit.markov_params.beta, p11 - p10, 1e-9);
    CHECK_CLOSE(fit.markov_log_likelihood, chain, 1e-13);
    CHECK_CLOSE(fit.bernoulli, share, 1e-15);
    CHECK_CLOSE(fit.bernoulli_log_likelihood, none, 1e-13);
    CHECK_CLOSE(fit.markov.statistic, 2.0 * (-102.73107821918384411 - chain), 1e-10);
    CHECK_CLOSE(fit.markov.p_value, 0.5 * erfc(sqrt(-102.73107821918384411 - chain)), 1e-10);
    CHECK_CLOSE(fit.memory.statistic, 2.0 * (chain - none), 1e-11);
    CHECK_CLOSE(fit.memory.p_value, 0.5 * erfc(sqrt(chain - none)), 1e-10);
    CHECK_CLOSE(fit.bernoulli_test.statistic, 2.0 * (-102.73107821918384411 - none), 1e-11);
    CU_ASSERT(isnan(fit.bernoulli_test.p_value));
  }
}

static void test_given(void) {
  static const double estimate[4] = {0.0886118913203821367, 0.302532571991600321, 0.459890667896269647, 0.6};
  static const double std_error[4] = {0.0584396732490361597, 0.0698613712312407233, 0.147187054095154982, 0.0};
  static const double robust[4] = {0.0542541410150871479, 0.0709399389332416012, 0.148831751365620613, 0.0};
  const loy_learning_data data = customers();
  loy_learning_fit_options options;
  loy_learning_fit_result fit;
  loy_learning_fit_options_init(&options);
  options.first_is = LOY_LEARNING_FIRST_GIVEN;
  options.first = 0.6;
  CHECK_STATUS(loy_learning_fit(&data, &options, &fit, NULL), LOY_OK);
  check_numbers(fit.estimate, estimate, 4, 1e-8);
  check_numbers(fit.std_error, std_error, 4, 1e-7);
  check_numbers(fit.robust_std_error, robust, 4, 1e-7);
  CHECK_CLOSE(fit.log_likelihood, -104.13423601457320599, 1e-13);
  CHECK_CLOSE(fit.aic, 2 * 104.13423601457320599 + 6, 1e-13);
}

static void test_stationary(void) {
  static const double estimate[4] = {0.0698462599457915669, 0.280827276133986069, 0.558052311403177325,
                                     0.433503482756426208};
  static const double std_error[4] = {0.0531088413639816311, 0.0728446860127356151, 0.157269068743914435,
                                      0.060736877228464051};
  static const double robust[3] = {0.0463944204251463722, 0.0708429124415940894, 0.142050389770867989};
  const loy_learning_data data = customers();
  loy_learning_fit_options options;
  loy_learning_fit_result fit;
  loy_learning_fit_options_init(&options);
  options.first_is = LOY_LEARNING_FIRST_STATIONARY;
  CHECK_STATUS(loy_learning_fit(&data, &options, &fit, NULL), LOY_OK);
  check_numbers(fit.estimate, estimate, 4, 1e-8);
  check_numbers(fit.std_error, std_error, 4, 1e-7);
  check_numbers(fit.robust_std_error, robust, 3, 1e-7);
  CHECK_CLOSE(fit.log_likelihood, -102.74206212820179323, 1e-13);
}

/* ---- exact weights ---- */

enum { LENGTH = 7, SEQUENCES = 128 };
static int64_t every_offset[SEQUENCES + 1];
static double every_bought[SEQUENCES * LENGTH], every_weight[SEQUENCES];

/* All sequences of LENGTH, weighted by their probabilities when p_{t+1} = alpha + beta y_t + lambda p_t + gamma
 * y_{t-1}: the expected data, in which the score at the truth is 0. */
static loy_learning_data expected(double alpha, double beta, double lambda, double gamma, double first) {
  loy_learning_data data = {every_offset, every_bought, every_weight, SEQUENCES};
  for (int s = 0; s < SEQUENCES; s++) {
    double p = first, chance = 500.0;
    every_offset[s + 1] = LENGTH * (s + 1);
    for (int t = 0; t < LENGTH; t++) {
      const double y = (double)(s >> t & 1), before = t > 0 ? (double)(s >> (t - 1) & 1) : 0.0;
      every_bought[s * LENGTH + t] = y;
      chance *= y > 0.0 ? p : 1.0 - p;
      p = alpha + beta * y + lambda * p + gamma * before;
    }
    every_weight[s] = chance;
  }
  return data;
}

static void test_truth(void) {
  static const double grid[4][3] = {{0.05, 0.3, 0.6}, {0.2, 0.15, 0.3}, {0.01, 0.18, 0.8}, {0.1, 0.6, 0.15}};
  for (int g = 0; g < 4; g++) {
    const loy_learning_data data = expected(grid[g][0], grid[g][1], grid[g][2], 0.0, 0.35);
    loy_learning_fit_result fit;
    CHECK_STATUS(loy_learning_fit(&data, NULL, &fit, NULL), LOY_OK);
    for (int i = 0; i < 3; i++) CHECK_NEAR(fit.estimate[i], grid[g][i], 1e-7);
    CHECK_NEAR(fit.first, 0.35, 1e-7);
    CHECK_CLOSE(fit.customers, 500.0, 1e-13);
    /* right model: both covariances estimate the same, and with expected data equal it but for G / (G - 1) */
    for (int i = 0; i < 4; i++) CHECK_CLOSE(fit.robust_std_error[i], fit.std_error[i] * sqrt(500.0 / 499.0), 1e-4);
  }
}

/* An older purchase that speaks against the brand has no room in the model: lambda = 0, the Markov fit. */
static void test_lambda_at_bound(void) {
  const loy_learning_data data = expected(0.3, 0.4, 0.0, -0.15, 0.4);
  loy_learning_fit_result fit;
  loy_error error;
  CHECK_STATUS(loy_learning_fit(&data, NULL, &fit, &error), LOY_NOTICE_AT_BOUND);
  CHECK_ERROR(&error, LOY_NOTICE_AT_BOUND, "lambda", LOY_NO_INDEX);
  CU_ASSERT(fit.at_bound == 4u && fit.params.lambda == 0.0 && fit.converged);
  CHECK_NEAR(fit.params.alpha, fit.markov_params.alpha, 1e-8);
  CHECK_NEAR(fit.params.beta, fit.markov_params.beta, 1e-8);
  CU_ASSERT(isnan(fit.std_error[2]) && isnan(fit.covariance[6]) && isnan(fit.robust_std_error[2]));
  /* p_10 has the error of a share */
  {
    double zeros = 0.0;
    for (int s = 0; s < SEQUENCES; s++)
      for (int t = 1; t < LENGTH; t++) zeros += every_bought[s * LENGTH + t - 1] > 0.0 ? 0.0 : every_weight[s];
    CHECK_CLOSE(fit.std_error[0], sqrt(fit.params.alpha * (1.0 - fit.params.alpha) / zeros), 1e-7);
  }
  CU_ASSERT(fit.markov.statistic == 0.0 && fit.markov.p_value == 1.0);
}

/* Customers who alternate: beta = 0 too, and no memory is the fit. */
static void test_no_memory(void) {
  const loy_learning_data data = expected(0.6, -0.3, 0.0, 0.0, 0.5);
  loy_learning_fit_options options;
  loy_learning_fit_result fit;
  loy_error error;
  loy_learning_fit_options_init(&options);
  options.first_is = LOY_LEARNING_FIRST_STATIONARY;
  CHECK_STATUS(loy_learning_fit(&data, &options, &fit, &error), LOY_NOTICE_AT_BOUND);
  CHECK_ERROR(&error, LOY_NOTICE_AT_BOUND, "beta", LOY_NO_INDEX);
  CU_ASSERT(fit.params.beta == 0.0 && fit.params.lambda == 0.0);
  CHECK_NEAR(fit.params.alpha, fit.bernoulli, 1e-9);
  CU_ASSERT_EQUAL(fit.bernoulli_test.statistic, 0.0);
  CU_ASSERT(isnan(fit.markov.p_value)); /* the Markov fit has beta = 0, a second edge */
  CU_ASSERT(fit.memory.statistic == 0.0 && fit.memory.p_value == 1.0);
}

/* Nobody begins with the brand: p_1 = 0. Weights count customers; those of weight 0 are not there. */
static void test_weights(void) {
  loy_learning_data data = customers();
  double weight[CUSTOMERS], twice[2 * ROWS];
  int64_t places[2 * CUSTOMERS + 1];
  loy_learning_fit_result fit, written;
  size_t n = 0, rows = 0;
  places[0] = 0;
  for (size_t i = 0; i < CUSTOMERS; i++) {
    weight[i] = (double)(i % 3);
    for (size_t k = 0; k < i % 3; k++) {
      for (int64_t t = offset[i]; t < offset[i + 1]; t++) twice[rows++] = bought[t];
      places[++n] = (int64_t)rows;
    }
  }
  data.weight = weight;
  CHECK_STATUS(loy_learning_fit(&data, NULL, &fit, NULL), LOY_OK);
  data.weight = NULL;
  data.offset = places;
  data.bought = twice;
  data.customers = n;
  CHECK_STATUS(loy_learning_fit(&data, NULL, &written, NULL), LOY_OK);
  check_numbers(fit.estimate, written.estimate, 4, 1e-9);
  check_numbers(fit.std_error, written.std_error, 4, 1e-9);
  check_numbers(fit.robust_std_error, written.robust_std_error, 4, 1e-9);
  CHECK_CLOSE(fit.log_likelihood, written.log_likelihood, 1e-13);
  CU_ASSERT(fit.rows == written.rows && fit.customers == written.customers);
  data = customers();
  for (size_t i = 0; i < CUSTOMERS; i++) weight[i] = offset[i] < ROWS && bought[offset[i]] > 0.0 ? 0.0 : 1.0;
  data.weight = weight;
  CHECK_STATUS(loy_learning_fit(&data, NULL, &fit, NULL), LOY_NOTICE_AT_BOUND);
  CU_ASSERT((fit.at_bound & 8u) && fit.first == 0.0 && isnan(fit.std_error[3]) && fit.std_error[1] > 0.0);
}

static void test_not_converged(void) {
  const loy_learning_data data = customers();
  loy_learning_fit_options options;
  loy_learning_fit_result fit;
  loy_error error;
  double total;
  loy_learning_fit_options_init(&options);
  options.most_evaluations = 1;
  CHECK_STATUS(loy_learning_fit(&data, &options, &fit, &error), LOY_NOTICE_NOT_CONVERGED);
  CHECK_ERROR(&error, LOY_NOTICE_NOT_CONVERGED, NULL, LOY_NO_INDEX);
  CU_ASSERT(!fit.converged && isfinite(fit.log_likelihood));
  /* It is that of the point that is returned, not of a smaller model that explains more. */
  CHECK_STATUS(loy_learning_total(&fit.params, fit.first, &data, &total, NULL, NULL, NULL), LOY_OK);
  CHECK_CLOSE(fit.log_likelihood, total, 1e-13);
  {
    static const double chosen[5] = {1, 1, 0, 1, 1}, weight[2] = {22.25, 199};
    static const int64_t from[3] = {0, 4, 5};
    const loy_learning_data few = {from, chosen, weight, 2};
    CHECK_STATUS(loy_learning_fit(&few, &options, &fit, NULL), LOY_NOTICE_NOT_CONVERGED);
    CHECK_STATUS(loy_learning_total(&fit.params, fit.first, &few, &total, NULL, NULL, NULL), LOY_OK);
    CHECK_CLOSE(fit.log_likelihood, total, 1e-13);
  }
  CHECK_STATUS(fit.status, LOY_NOTICE_NOT_CONVERGED);
}

/* The derivative by what does not matter is 0, not 0 times infinity. */
static void test_subnormal_first(void) {
  static const double chosen[1] = {1};
  static const int64_t from[2] = {0, 1};
  const loy_learning_data data = {from, chosen, NULL, 1};
  const loy_learning_params params = {.4, .2, .1};
  double value, gradient[4], hessian[16];
  CHECK_STATUS(loy_learning_total(&params, 5e-324, &data, &value, gradient, hessian, NULL), LOY_OK);
  for (int k = 0; k < 3; k++) CU_ASSERT(gradient[k] == 0.0);
  for (int k = 0; k < 15; k++) CU_ASSERT(hessian[k] == 0.0);
}

/* After a purchase and after none the share is the same but for rounding: the Markov model has no memory, either. */
static void test_memory_by_rounding(void) {
  static const double chosen[5] = {0, 0, 0, 1, 0}, weight[2] = {7.7272727272727275, 31};
  static const int64_t from[3] = {0, 4, 5};
  const loy_learning_data data = {from, chosen, weight, 2};
  const double share = weight[0] / (4 * weight[0] + weight[1]);
  loy_learning_fit_options options;
  loy_learning_fit_result fit;
  loy_learning_fit_options_init(&options);
  options.first_is = LOY_LEARNING_FIRST_STATIONARY;
  CHECK_STATUS(loy_learning_fit(&data, &options, &fit, NULL), LOY_NOTICE_AT_BOUND);
  CHECK_CLOSE(fit.bernoulli, share, 1e-15);
  CHECK_CLOSE(fit.markov_params.alpha, share, 1e-9);
  CHECK_CLOSE(fit.markov_log_likelihood, weight[0] * log(share) + (3 * weight[0] + weight[1]) * log1p(-share), 1e-13);
  CHECK_NEAR(fit.markov.statistic, 0.0, 1e-9);
}

/* Hardly anybody buys, by weight: the Markov model is not below the one without memory, which it includes. */
static void test_rare_purchases(void) {
  static const double chosen[12] = {1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0}, weight[4] = {18, 2e37, 13, 15};
  static const int64_t from[5] = {0, 3, 6, 9, 12};
  const loy_learning_data data = {from, chosen, weight, 4};
  const double first = 33 / 2e37, later = 36 / 4e37; /* of first and of later rows; a chance to buy not is 1 */
  loy_learning_fit_result fit;
  CU_ASSERT_FALSE(loy_status_is_error(loy_learning_fit(&data, NULL, &fit, NULL)));
  CHECK_CLOSE(fit.bernoulli_log_likelihood, 33 * log(first) + 36 * log(later) - 33 - 36, 1e-12);
  CU_ASSERT(fit.markov_log_likelihood >= fit.bernoulli_log_likelihood);
  CU_ASSERT(fit.log_likelihood >= fit.bernoulli_log_likelihood);
}

static loy_learning_fit_result kept;

static void check_fails(const loy_learning_data *data, const loy_learning_fit_options *options, loy_status status,
                        const char *argument, size_t index) {
  loy_learning_fit_result result;
  loy_error error;
  memset(&result, 0x5a, sizeof result);
  memset(&kept, 0x5a, sizeof kept);
  CHECK_STATUS(loy_learning_fit(data, options, &result, &error), status);
  CHECK_ERROR(&error, status, argument, index);
  CU_ASSERT_EQUAL(memcmp(&result, &kept, sizeof kept), 0);
}

static void test_errors(void) {
  const int64_t bad[3] = {0, 3, 2}, fine[3] = {0, 2, 4};
  double outcome[4] = {1, 0.5, 1, 1}, weight[2] = {-1.0, 1.0}, value = 9.0, slope[4] = {9, 9, 9, 9};
  loy_learning_data data = {NULL, NULL, NULL, 2};
  loy_learning_params params = {0.1, 0.3, 0.6};
  loy_learning_fit_options options;
  loy_error error;
  loy_learning_fit_options_init(&options);
  loy_learning_fit_options_init(NULL);
  check_fails(NULL, &options, LOY_ERR_ARGUMENT, "data", LOY_NO_INDEX);
  check_fails(&data, &options, LOY_ERR_ARGUMENT, "offset", LOY_NO_INDEX);
  data.offset = bad;
  check_fails(&data, &options, LOY_ERR_DOMAIN, "offset", 2);
  data.offset = fine;
  check_fails(&data, &options, LOY_ERR_ARGUMENT, "bought", LOY_NO_INDEX);
  data.bought = outcome;
  data.weight = weight;
  check_fails(&data, &options, LOY_ERR_DOMAIN, "bought", 1);
  outcome[1] = 1.0;
  options.struct_size = 1;
  check_fails(&data, &options, LOY_ERR_DOMAIN, "weight", 0);
  weight[0] = 1.0;
  check_fails(&data, &options, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX);
  options.struct_size = sizeof options;
  options.first_is = 3;
  options.first = 1.5;
  options.most_evaluations = -1;
  check_fails(&data, &options, LOY_ERR_ARGUMENT, "first_is", LOY_NO_INDEX);
  options.first_is = LOY_LEARNING_FIRST_GIVEN;
  check_fails(&data, &options, LOY_ERR_DOMAIN, "first", LOY_NO_INDEX);
  options.first = 0.0;
  check_fails(&data, &options, LOY_ERR_DOMAIN, "most_evaluations", LOY_NO_INDEX);
  options.most_evaluations = 0;
  CHECK_STATUS(loy_learning_fit(&data, &options, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  check_fails(&data, &options, LOY_ERR_TOO_FEW, "bought", LOY_NO_INDEX);
  outcome[1] = 0.0;
  check_fails(&data, &options, LOY_ERR_INFEASIBLE, "first", LOY_NO_INDEX);
  outcome[2] = 0.0;
  options.first = 1.0;
  check_fails(&data, &options, LOY_ERR_INFEASIBLE, "first", LOY_NO_INDEX);

  CHECK_STATUS(loy_learning_total(NULL, 2.0, NULL, &value, slope, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX);
  CHECK_STATUS(loy_learning_total(&params, 2.0, NULL, &value, slope, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "first", LOY_NO_INDEX);
  CHECK_STATUS(loy_learning_total(&params, 0.0, NULL, &value, slope, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "data", LOY_NO_INDEX);
  weight[1] = (double)NAN;
  CHECK_STATUS(loy_learning_total(&params, 0.0, &data, &value, slope, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "weight", 1);
  weight[1] = 1.0;
  CHECK_STATUS(loy_learning_total(&params, 0.0, &data, NULL, slope, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX);
  CU_ASSERT(value == 9.0 && slope[0] == 9.0);
  CHECK_STATUS(loy_learning_total(&params, 0.0, &data, &value, slope, NULL, &error), LOY_NOTICE_DIVERGES);
  CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "bought", LOY_NO_INDEX);
  CU_ASSERT(value == -(double)INFINITY && isnan(slope[0]));
}

SUITE(ladder, learning_fit) {
  ADD(test_derivatives);
  ADD(test_estimated);
  ADD(test_given);
  ADD(test_stationary);
  ADD(test_truth);
  ADD(test_lambda_at_bound);
  ADD(test_no_memory);
  ADD(test_weights);
  ADD(test_not_converged);
  ADD(test_memory_by_rounding);
  ADD(test_rare_purchases);
  ADD(test_subnormal_first);
  ADD(test_errors);
}
