/* The fit of the cusp: a Newton iteration of its own in NumPy, derivatives, merging, what has no estimate, every error.
 */
#include "check.h"
#include "failing_allocator.h"

#include "loyalty/response/cusp_fit.h"

enum { ROWS = 36 };

static const double answers[ROWS] = {62, 45, 20, 79, 61, 36, 26, 39, 66, 71, 29, 30, 25, 31, 42, 73, 49, 20,
                                     77, 45, 89, 54, 52, 36, 80, 37, 36, 25, 53, 37, 81, 70, 60, 67, 59, 46};
static double y[ROWS], x[ROWS], v[ROWS], weight[ROWS];
static const double *normal[LOY_CUSP_COLUMNS + 1], *splitting[LOY_CUSP_COLUMNS + 1];

static loy_cusp_data rows(void) {
  static const double moved[ROWS] = {5, 2, 2, 3, 5, 1, 2, 3, 2, 3, 2, 1, 1, 1, 4, 5, 5, 4,
                                     5, 3, 3, 4, 3, 2, 4, 2, 3, 1, 2, 1, 4, 5, 5, 5, 5, 1};
  static const double split[ROWS] = {1,   0.3, 1.4, 1.9, 1.7, 0.4, 2.1, 1.8, 1.4, 0.9, 2.8, 0.3,
                                     0.4, 1.1, 0.8, 1.8, 2.1, 2.1, 2.3, 0.5, 2.2, 0.7, 1.6, 0.7,
                                     2.4, 0.3, 1.3, 1.9, 2.1, 0.3, 3,   0.9, 1.3, 0.9, 0.1, 0.7};
  loy_cusp_data data;
  memcpy(y, answers, sizeof y);
  memcpy(x, moved, sizeof x);
  memcpy(v, split, sizeof v);
  for (size_t i = 0; i < ROWS; i++) weight[i] = 1.0;
  normal[0] = x;
  splitting[0] = v;
  loy_cusp_data_init(&data);
  data.n = ROWS;
  data.y = y;
  data.normal = data.splitting = 1;
  data.normal_column = normal;
  data.splitting_column = splitting;
  return data;
}

static void check_numbers(const double *actual, const double *expected, size_t n, double tolerance) {
  for (size_t i = 0; i < n; i++) CHECK_CLOSE(actual[i], expected[i], tolerance);
}

/* A line without columns explains nothing, and not a bit less. */
static void test_nothing_to_explain(void) {
  loy_cusp_data data = rows();
  data.normal = data.splitting = 0;
  for (size_t n = 10; n <= ROWS; n++) {
    loy_cusp_fit_result fit;
    data.n = n;
    CU_ASSERT(!loy_status_is_error(loy_cusp_fit(&data, NULL, &fit, NULL)));
    CU_ASSERT(fit.linear_r_squared >= 0.0);
    CHECK_NEAR(fit.linear_r_squared, 0.0, 1e-14);
  }
}

static void test_fit(void) {
  static const double estimate[6] = {-2.9982290135742553, 0.05967831396280249, -1.9866867289555579,
                                     0.6254532022457868,  -1.5299729667401865, 1.6467982781843244};
  static const double std_error[6] = {0.38620574804486535, 0.006521421241861206, 0.6962754055782355,
                                      0.2103782853755078,  1.2175297522864297,   0.48762039531076223};
  const loy_cusp_data data = rows();
  loy_cusp_fit_result fit;
  loy_error error;
  CHECK_STATUS(loy_cusp_fit(&data, NULL, &fit, &error), LOY_OK);
  CU_ASSERT_EQUAL(fit.params, 6);
  check_numbers(fit.estimate, estimate, 6, 1e-9);
  check_numbers(fit.std_error, std_error, 6, 1e-9);
  CHECK_CLOSE(fit.covariance[1], -0.0023721682461765345, 1e-9);
  CHECK_BITS(fit.covariance[1], fit.covariance[6]);
  CHECK_CLOSE(fit.log_likelihood, -139.90449744637118, 1e-13);
  CHECK_CLOSE(fit.aic, 2 * 139.90449744637118 + 12, 1e-13);
  CHECK_CLOSE(fit.bic, 2 * 139.90449744637118 + 6 * log(36.0), 1e-13);
  CHECK_CLOSE(fit.linear_log_likelihood, -148.90262817398468, 1e-13);
  CHECK_CLOSE(fit.linear_r_squared, 0.3818218164830247, 1e-12);
  CHECK_CLOSE(fit.linear_aic, 2 * 148.90262817398468 + 8, 1e-13);
  CHECK_CLOSE(fit.linear_bic, 2 * 148.90262817398468 + 4 * log(36.0), 1e-13);
  CU_ASSERT_EQUAL(fit.linear_params, 4);
  CHECK_BITS(fit.model.w0, fit.estimate[0]);
  CHECK_BITS(fit.model.w1, fit.estimate[1]);
  CHECK_BITS(fit.model.a[1], fit.estimate[3]);
  CHECK_BITS(fit.model.b[0], fit.estimate[4]);
  CHECK_BITS(fit.model.b[1], fit.estimate[5]);
  CU_ASSERT(fit.model.normal == 1 && fit.model.splitting == 1);
  CU_ASSERT(fit.converged && fit.at_bound == 0 && fit.rows == 36 && fit.evaluations < 100);
  CU_ASSERT(fit.condition > 1.0 && fit.condition < 1e4 && fit.decrement < 1e-13);
  CHECK_STATUS(fit.status, LOY_OK);
  /* the share of rows between the fold lines, and the log-likelihood, from the model row by row */
  {
    double a[ROWS], b[ROWS], value[ROWS], total = 0.0, inside = 0.0;
    CHECK_STATUS(loy_cusp_controls(&fit.model, &data, a, b, NULL, NULL), LOY_OK);
    CHECK_STATUS(loy_cusp_log_likelihood(&fit.model, &data, value, NULL, NULL), LOY_OK);
    for (size_t i = 0; i < ROWS; i++) {
      inside += b[i] > 0.0 && fabs(a[i]) < loy_cusp_fold(b[i]);
      total += value[i];
    }
    CHECK_CLOSE(fit.bistable, inside / (double)ROWS, 1e-15);
    CHECK_CLOSE(total, fit.log_likelihood, 1e-13);
  }
}

static void test_fewer_columns(void) {
  static const double one[5] = {-2.8830509867476697, 0.05338955750313646, -2.0264622278418054, 0.5725579296154486,
                                0.5720625892186068};
  static const double none[4] = {-2.907270696150698, 0.05392533876871009, -0.1820468142827068, 1.119622823971589};
  loy_cusp_data data = rows();
  loy_cusp_fit_result fit;
  data.splitting = 0;
  data.splitting_column = NULL;
  CHECK_STATUS(loy_cusp_fit(&data, NULL, &fit, NULL), LOY_OK);
  CU_ASSERT_EQUAL(fit.params, 5);
  check_numbers(fit.estimate, one, 5, 1e-9);
  CHECK_CLOSE(fit.log_likelihood, -146.17710109995775, 1e-13);
  CHECK_CLOSE(fit.linear_log_likelihood, -149.43854445875962, 1e-13);
  CU_ASSERT_EQUAL(fit.cells, 5);
  CU_ASSERT(fit.evaluations < 30); /* concave */
  data.normal = 0;
  data.normal_column = NULL;
  CHECK_STATUS(loy_cusp_fit(&data, NULL, &fit, NULL), LOY_OK);
  check_numbers(fit.estimate, none, 4, 1e-9);
  CHECK_CLOSE(fit.std_error[3], 0.6428645461924155, 1e-9);
  CHECK_CLOSE(fit.log_likelihood, -153.88820013280434, 1e-13);
  CU_ASSERT_EQUAL(fit.cells, 1);
  CHECK_NEAR(fit.linear_r_squared, 0.0, 1e-15);
}

/* Weights count rows: the reference, and the same rows written out. */
static void test_weights(void) {
  static const double estimate[6] = {-3.071421372965889, 0.061514890065874996, -1.8180975500004442,
                                     0.5949389606915181, -0.9764182436321346,  1.5364855827268975};
  static double long_y[38], long_x[38], long_v[38];
  loy_cusp_data data = rows();
  loy_cusp_fit_result fit, written;
  size_t n = 0;
  weight[3] = 2.0;
  weight[7] = 0.0;
  weight[11] = 3.0;
  for (size_t i = ROWS; i-- > 0;) {
    for (int k = 0; k < (int)weight[i]; k++, n++) {
      long_y[n] = y[i];
      long_x[n] = x[i];
      long_v[n] = v[i];
    }
  }
  CU_ASSERT_EQUAL(n, 38);
  data.weight = weight;
  CHECK_STATUS(loy_cusp_fit(&data, NULL, &fit, NULL), LOY_OK);
  check_numbers(fit.estimate, estimate, 6, 1e-9);
  CHECK_CLOSE(fit.log_likelihood, -147.07740511091438, 1e-13);
  CHECK_CLOSE(fit.std_error[4], 1.0753330496680253, 1e-9);
  CHECK_CLOSE(fit.linear_r_squared, 0.41110864319958573, 1e-12);
  CU_ASSERT(fit.rows == 35 && fit.weight == 38.0);
  data.n = n;
  data.y = long_y;
  data.weight = NULL;
  normal[0] = long_x;
  splitting[0] = long_v;
  CHECK_STATUS(loy_cusp_fit(&data, NULL, &written, NULL), LOY_OK);
  check_numbers(written.estimate, fit.estimate, 6, 1e-9);
  CHECK_CLOSE(written.log_likelihood, fit.log_likelihood, 1e-13);
}

/* Other units of y and of a column change what they must and nothing else. */
static void test_units(void) {
  loy_cusp_data data = rows();
  loy_cusp_fit_result fit, other;
  CHECK_STATUS(loy_cusp_fit(&data, NULL, &fit, NULL), LOY_OK);
  for (size_t i = 0; i < ROWS; i++) {
    y[i] = 1e-3 * y[i] + 7.0;
    x[i] = -1e4 * x[i] + 3.0;
  }
  CHECK_STATUS(loy_cusp_fit(&data, NULL, &other, NULL), LOY_OK);
  CHECK_CLOSE(other.model.w1, 1e3 * fit.model.w1, 1e-8);
  CHECK_CLOSE(other.model.w0 + 7.0 * other.model.w1, fit.model.w0, 1e-8);
  CHECK_CLOSE(other.model.a[1], -1e-4 * fit.model.a[1], 1e-8);
  CHECK_CLOSE(other.model.b[1], fit.model.b[1], 1e-8);
  CHECK_CLOSE(other.log_likelihood, fit.log_likelihood + (double)ROWS * log(1e3), 1e-12);
}

/* The gradient at the estimate, by central differences of the log-likelihood, is 0; the Hessian is what the errors say.
 */
static void test_derivatives(void) {
  const loy_cusp_data data = rows();
  loy_cusp_fit_result fit;
  CHECK_STATUS(loy_cusp_fit(&data, NULL, &fit, NULL), LOY_OK);
  for (size_t p = 0; p < 6; p++) {
    double total[3] = {0.0, 0.0, 0.0};
    const double h = 1e-3 * fit.std_error[p];
    for (int side = 0; side < 3; side++) {
      loy_cusp_model model = fit.model;
      double value[ROWS];
      double *const place[6] = {&model.w0, &model.w1, &model.a[0], &model.a[1], &model.b[0], &model.b[1]};
      *place[p] += (side - 1) * h;
      CHECK_STATUS(loy_cusp_log_likelihood(&model, &data, value, NULL, NULL), LOY_OK);
      for (size_t i = 0; i < ROWS; i++) total[side] += value[i];
    }
    CHECK_NEAR((total[2] - total[0]) / (2 * h) * fit.std_error[p], 0.0, 1e-3);
    CU_ASSERT(total[1] > total[0] && total[1] > total[2]);
  }
}

static loy_cusp_fit_result kept;

static void check_fails(const loy_cusp_data *data, const loy_cusp_fit_options *options, loy_status status,
                        const char *argument, size_t index) {
  loy_cusp_fit_result result;
  loy_error error;
  memset(&result, 0x5a, sizeof result);
  memset(&kept, 0x5a, sizeof kept);
  CHECK_STATUS(loy_cusp_fit(data, options, &result, &error), status);
  CHECK_ERROR(&error, status, argument, index);
  CU_ASSERT_EQUAL(memcmp(&result, &kept, sizeof kept), 0);
}

static void test_errors(void) {
  const double *const bad_column[1] = {NULL};
  loy_cusp_data data = rows();
  loy_cusp_fit_options options;
  loy_error error;
  loy_cusp_fit_options_init(&options);
  check_fails(NULL, &options, LOY_ERR_ARGUMENT, "data", LOY_NO_INDEX);
  options.struct_size = 1;
  data.y = NULL;
  data.normal = data.splitting = LOY_CUSP_COLUMNS + 1;
  CHECK_STATUS(loy_cusp_fit(&data, &options, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  check_fails(&data, &options, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX);
  options.struct_size = sizeof options;
  options.most_evaluations = -1;
  check_fails(&data, &options, LOY_ERR_ARGUMENT, "y", LOY_NO_INDEX);
  y[4] = (double)INFINITY;
  x[3] = (double)NAN;
  v[2] = 2e100;
  weight[1] = -1.0;
  data.y = y;
  data.weight = weight;
  check_fails(&data, &options, LOY_ERR_ARGUMENT, "normal", LOY_NO_INDEX);
  data.normal = 1;
  data.normal_column = NULL;
  check_fails(&data, &options, LOY_ERR_ARGUMENT, "normal", LOY_NO_INDEX);
  data.normal_column = bad_column;
  check_fails(&data, &options, LOY_ERR_ARGUMENT, "normal", 0);
  data.normal_column = normal;
  check_fails(&data, &options, LOY_ERR_ARGUMENT, "splitting", LOY_NO_INDEX);
  data.splitting = 1;
  data.splitting_column = bad_column;
  check_fails(&data, &options, LOY_ERR_ARGUMENT, "splitting", 0);
  data.splitting_column = splitting;
  check_fails(&data, &options, LOY_ERR_DOMAIN, "most_evaluations", LOY_NO_INDEX);
  options.most_evaluations = 0;
  check_fails(&data, &options, LOY_ERR_DOMAIN, "y", 4);
  y[4] = answers[4];
  check_fails(&data, &options, LOY_ERR_DOMAIN, "normal", 3);
  x[3] = 3.0;
  check_fails(&data, &options, LOY_ERR_DOMAIN, "splitting", 2);
  v[2] = 1.4;
  check_fails(&data, &options, LOY_ERR_DOMAIN, "weight", 1);
  weight[1] = 1.0;
  data.n = 6;
  check_fails(&data, &options, LOY_ERR_TOO_FEW, "y", LOY_NO_INDEX);
  data.n = 0;
  check_fails(&data, &options, LOY_ERR_TOO_FEW, "y", LOY_NO_INDEX);
  data.n = ROWS;
  for (size_t i = 0; i < ROWS; i++) y[i] = 0.1;
  check_fails(&data, &options, LOY_ERR_TOO_FEW, "y", LOY_NO_INDEX);
}

static void test_singular(void) {
  static double twice[ROWS];
  loy_cusp_data data = rows();
  for (size_t i = 0; i < ROWS; i++) {
    twice[i] = 2.0 * x[i] - 1.0;
    v[i] = 4.0;
  }
  normal[1] = twice;
  data.normal = 2;
  check_fails(&data, NULL, LOY_ERR_SINGULAR, "normal", 1);
  data.normal = 1;
  check_fails(&data, NULL, LOY_ERR_SINGULAR, "splitting", 0);
  data.splitting = 0;
  data.y = twice;
  check_fails(&data, NULL, LOY_ERR_INFEASIBLE, "y", LOY_NO_INDEX);
  /* the same column in both factors is no repetition */
  data = rows();
  splitting[0] = x;
  {
    loy_cusp_fit_result fit;
    CU_ASSERT(!loy_status_is_error(loy_cusp_fit(&data, NULL, &fit, NULL)));
    CU_ASSERT_EQUAL(fit.linear_params, 3);
  }
}

/* Two values; a budget of nothing; normal quantiles, whose tails are thinner than a straight line's. */
static void test_notices(void) {
  loy_cusp_data data = rows();
  loy_cusp_fit_options options;
  loy_cusp_fit_result fit;
  loy_error error;
  loy_cusp_fit_options_init(&options);
  options.most_evaluations = 1;
  CHECK_STATUS(loy_cusp_fit(&data, &options, &fit, &error), LOY_NOTICE_NOT_CONVERGED);
  CHECK_ERROR(&error, LOY_NOTICE_NOT_CONVERGED, NULL, LOY_NO_INDEX);
  CU_ASSERT(!fit.converged && isfinite(fit.log_likelihood));
  CHECK_STATUS(fit.status, LOY_NOTICE_NOT_CONVERGED);
  for (size_t i = 0; i < ROWS; i++) y[i] = answers[i] > 50.0;
  CHECK_STATUS(loy_cusp_fit(&data, NULL, &fit, &error), LOY_NOTICE_SEPARATED);
  CHECK_ERROR(&error, LOY_NOTICE_SEPARATED, "y", LOY_NO_INDEX);
  CU_ASSERT_EQUAL(fit.at_bound, 1);
  CU_ASSERT(isnan(fit.std_error[0]) && isnan(fit.covariance[3]) && isnan(fit.condition));
  /* heavy tails on both sides, which no quartic has: as a straight line */
  data.normal = data.splitting = 0;
  for (size_t i = 0; i < ROWS; i++) y[i] = (i % 2 ? -1.0 : 1.0) * exp(0.25 * (double)(i / 2));
  CHECK_STATUS(loy_cusp_fit(&data, NULL, &fit, &error), LOY_NOTICE_AT_BOUND);
  CHECK_ERROR(&error, LOY_NOTICE_AT_BOUND, "w1", LOY_NO_INDEX);
  CU_ASSERT_EQUAL(fit.at_bound, -1);
  CU_ASSERT(fit.converged && isnan(fit.std_error[1]));
  CHECK_NEAR(fit.log_likelihood, fit.linear_log_likelihood, 1e-2);
}

static void test_memory(void) {
  const loy_cusp_data data = rows();
  failing_allocator memory;
  FOR_EACH_FAILURE(memory) {
    loy_cusp_fit_options options;
    loy_cusp_fit_result result;
    loy_status status;
    loy_cusp_fit_options_init(&options);
    options.allocator = &memory.allocator;
    memset(&result, 0x5a, sizeof result);
    memset(&kept, 0x5a, sizeof kept);
    status = loy_cusp_fit(&data, &options, &result, NULL);
    CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
    if (memory.failed) CU_ASSERT_EQUAL(memcmp(&result, &kept, sizeof kept), 0);
    CU_ASSERT_EQUAL(memory.held, 0);
  }
  loy_cusp_data_init(NULL);
  loy_cusp_fit_options_init(NULL);
}

SUITE(response, cusp_fit) {
  ADD(test_fit);
  ADD(test_nothing_to_explain);
  ADD(test_fewer_columns);
  ADD(test_weights);
  ADD(test_units);
  ADD(test_derivatives);
  ADD(test_errors);
  ADD(test_singular);
  ADD(test_notices);
  ADD(test_memory);
}
