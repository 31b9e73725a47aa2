/* The fit of L = f(C, S): published and recomputed numbers, derivatives, bounds, what has no estimate, every error. */
#include "check.h"
#include "curve_cells.h"
#include "failing_allocator.h"

#include "loyalty/response/curve_fit.h"

/* mpmath with 40 digits, by Newton's method. */
static void test_all_free(void) {
  const loy_curve_data data = cells();
  const loy_curve_fit_options options = options_of(0, LOY_CURVE_BINOMIAL);
  loy_curve_fit_result result;
  loy_error error;
  CHECK_STATUS(loy_curve_fit(&data, &options, &result, &error), LOY_OK);
  check_curve(&result.curve, 0.20125257977882911, 1.2975257577894447, 0.79966215391550257, 0.39970520055933821,
              0.039963635146133591, 1e-10);
  CHECK_CLOSE(result.std_error[LOY_CURVE_ALPHA], 0.10124388407235125, 1e-10);
  CHECK_CLOSE(result.std_error[LOY_CURVE_BETA], 0.066185496015735118, 1e-10);
  CHECK_CLOSE(result.std_error[LOY_CURVE_GAMMA], 0.042041241638386167, 1e-10);
  CHECK_CLOSE(result.std_error[LOY_CURVE_A], 0.040794967491722457, 1e-10);
  CHECK_CLOSE(result.std_error[LOY_CURVE_DELTA], 0.0093323900186471486, 1e-10);
  CHECK_CLOSE(result.log_likelihood, -3729.4833282006119, 1e-14);
  CHECK_CLOSE(result.deviance, 0.025638196227328578, 1e-9);
  CHECK_CLOSE(result.pearson, 0.025568909263890263, 1e-9);
  CHECK_CLOSE(result.aic, 2 * 3729.4833282006119 + 10, 1e-13);
  CHECK_CLOSE(result.bic, 2 * 3729.4833282006119 + 5 * log(8000.0), 1e-13);
  CU_ASSERT_EQUAL(result.params, 5);
  CU_ASSERT_EQUAL(result.free_params, 5);
  CU_ASSERT_EQUAL(result.rows, 20);
  CU_ASSERT_EQUAL(result.cells, 20);
  CU_ASSERT_EQUAL(result.skipped, 0);
  CHECK_CLOSE(result.trials, 8000.0, 0.0);
  CHECK_CLOSE(result.loyal, 4093.0, 0.0);
  CU_ASSERT(result.converged && !result.separated && !result.weak && result.at_bound == 0 && result.fixed == 0);
  CU_ASSERT(result.last_step < 1e-10 && result.largest_score < 1e-6 && result.iterations < 20);
  CHECK_BITS(result.df, (double)INFINITY);
  CHECK_STATUS(result.status, LOY_OK);
}

static void test_no_attrition(void) {
  const loy_curve_data data = cells();
  loy_curve_fit_options options = options_of(BIT(LOY_CURVE_DELTA), LOY_CURVE_QUASI);
  loy_curve_fit_result result, quasi;
  CHECK_STATUS(loy_curve_fit(&data, NULL, &result, NULL), LOY_OK); /* delta = 0 is the default */
  check_curve(&result.curve, 0.034252642057727244, 1.1205179923016956, 0.68586878563972766, 0.34993480319656649, 0.0,
              1e-10);
  CHECK_CLOSE(result.std_error[LOY_CURVE_ALPHA], 0.091047005593837248, 1e-9);
  CHECK_CLOSE(result.std_error[LOY_CURVE_BETA], 0.046252169642406949, 1e-9);
  CHECK_CLOSE(result.std_error[LOY_CURVE_GAMMA], 0.030117410985695886, 1e-9);
  CHECK_CLOSE(result.std_error[LOY_CURVE_A], 0.039350907149834809, 1e-9);
  CHECK_BITS(result.std_error[LOY_CURVE_DELTA], 0.0);
  CHECK_CLOSE(result.log_likelihood, -3741.1984542541534, 1e-14);
  CHECK_CLOSE(result.deviance, 23.455890303310189, 1e-11);
  CHECK_STATUS(loy_curve_fit(&data, &options, &quasi, NULL), LOY_OK);
  CHECK_CLOSE(quasi.dispersion, 1.8695899116620043, 1e-10);
  CHECK_CLOSE(quasi.std_error[LOY_CURVE_ALPHA], 0.12449125497348689, 1e-9);
  CHECK_CLOSE(quasi.std_error[LOY_CURVE_BETA], 0.063241955146953211, 1e-9);
  CHECK_CLOSE(quasi.std_error[LOY_CURVE_GAMMA], 0.04118042395471539, 1e-9);
  CHECK_CLOSE(quasi.std_error[LOY_CURVE_A], 0.053805655479565649, 1e-9);
  CHECK_CLOSE(quasi.df, 16.0, 0.0);
  CHECK_BITS(quasi.curve.alpha, result.curve.alpha);
  options.start = result.curve; /* a start of the caller's leads to the same place */
  options.start.a = 1.0;
  options.start_given = 1;
  CHECK_STATUS(loy_curve_fit(&data, &options, &quasi, NULL), LOY_OK);
  check_curve(&quasi.curve, 0.034252642057727244, 1.1205179923016956, 0.68586878563972766, 0.34993480319656649, 0.0,
              1e-9);
}

/* The logistic regression that a = delta = 0 is; mpmath, and the same as statsmodels' binomial GLM. */
static void test_logistic_regression(void) {
  const loy_curve_data data = cells();
  loy_curve_fit_options options = options_of(BIT(LOY_CURVE_A) | BIT(LOY_CURVE_DELTA), LOY_CURVE_BINOMIAL);
  loy_curve_fit_result result;
  options.start.a = 0.0;
  CHECK_STATUS(loy_curve_fit(&data, &options, &result, NULL), LOY_OK);
  check_curve(&result.curve, 0.67078795932092022, 0.87342099711507265, 0.81561834143802049, 0.0, 0.0, 1e-10);
  CHECK_CLOSE(result.std_error[LOY_CURVE_ALPHA], 0.032770407086722434, 1e-9);
  CHECK_CLOSE(result.std_error[LOY_CURVE_BETA], 0.023280459181895313, 1e-9);
  CHECK_CLOSE(result.std_error[LOY_CURVE_GAMMA], 0.021231070212027513, 1e-9);
  CHECK_CLOSE(result.log_likelihood, -3763.3104304427791, 1e-14);
  CHECK_CLOSE(result.deviance, 67.679842680561751, 1e-11);
}

static void test_least_squares(void) {
  const loy_curve_data data = cells();
  const loy_curve_fit_options options = options_of(BIT(LOY_CURVE_DELTA), LOY_CURVE_NLS);
  loy_curve_fit_result result;
  CHECK_STATUS(loy_curve_fit(&data, &options, &result, NULL), LOY_OK);
  check_curve(&result.curve, 0.055396953958239422, 1.1900233935563872, 0.72304495904872679, 0.367696230541511, 0.0,
              1e-9);
  CHECK_CLOSE(result.std_error[LOY_CURVE_ALPHA], 0.05150594168774741, 1e-8);
  CHECK_CLOSE(result.std_error[LOY_CURVE_BETA], 0.032577032727027314, 1e-8);
  CHECK_CLOSE(result.std_error[LOY_CURVE_GAMMA], 0.021261362245772214, 1e-8);
  CHECK_CLOSE(result.std_error[LOY_CURVE_A], 0.021521254181418329, 1e-8);
  CHECK_CLOSE(result.squares, 0.0026709468115561859, 1e-10);
  CHECK_CLOSE(result.dispersion, 0.0026709468115561859 / 16, 1e-10);
  CHECK_CLOSE(result.log_likelihood, -3743.8210712073095, 1e-11);
  CHECK_CLOSE(result.df, 16.0, 0.0);
}

/* The same answers as single rows, in another order, as weights, and among rows that say nothing. */
static void test_one_answer_a_row(void) {
  static double one_s[8001], one_c[8001], one_y[8001], one_w[8001];
  const loy_curve_data grouped = cells();
  loy_curve_data single;
  loy_curve_fit_result expected, result;
  loy_error error;
  size_t n = 0;
  for (size_t i = 0; i < CELLS; i++) {
    for (size_t k = 0; k < 400; k++, n++) {
      const size_t at = n * 3989 % 8000;
      one_s[at] = s[i];
      one_c[at] = c[i];
      one_y[at] = (double)k < loyal[i] ? 1.0 : 0.0;
      one_w[at] = 1.0;
    }
  }
  one_s[n] = 0.5;
  one_c[n] = 0.5;
  one_y[n] = 1.0;
  one_w[n] = 0.0;
  loy_curve_data_init(&single);
  single.n = n + 1;
  single.s = one_s;
  single.c = one_c;
  single.loyal = one_y;
  single.weight = one_w;
  CHECK_STATUS(loy_curve_fit(&grouped, NULL, &expected, NULL), LOY_OK);
  CHECK_STATUS(loy_curve_fit(&single, NULL, &result, &error), LOY_NOTICE_SKIPPED);
  CHECK_ERROR(&error, LOY_NOTICE_SKIPPED, "trials", LOY_NO_INDEX);
  CU_ASSERT_EQUAL(result.rows, 8000);
  CU_ASSERT_EQUAL(result.skipped, 1);
  CU_ASSERT_EQUAL(result.cells, 20);
  check_curve(&result.curve, expected.curve.alpha, expected.curve.beta, expected.curve.gamma, expected.curve.a, 0.0,
              1e-10);
  CHECK_CLOSE(result.log_likelihood, expected.log_likelihood, 1e-13);
  CHECK_CLOSE(result.deviance, -2 * expected.log_likelihood, 1e-13); /* single answers are fitted perfectly */
}

/* Score and information against differences; constraints too. */
static void test_derivatives(void) {
  static const double k0[4] = {0.1, 0.9, 0.4, 0.0}, k1[4] = {1.0, 0.0, 0.3, 0.6};
  static const double at_s[4] = {0.2, 0.5, 0.9, 0.999}, at_c[4] = {0.3, 0.6, 0.8, 0.1}, y[4] = {3, 1, 7, 2};
  static const double n[4] = {8, 9, 9, 3};
  const double *const constraint[2] = {k0, k1};
  loy_curve_data data;
  loy_curve curve;
  double score[7], information[49], value;
  loy_curve_data_init(&data);
  data.n = 4;
  data.s = at_s;
  data.c = at_c;
  data.trials = n;
  data.loyal = y;
  data.constraints = 2;
  data.constraint = constraint;
  loy_curve_init(&curve);
  curve.alpha = 0.2;
  curve.beta = 1.3;
  curve.gamma = 0.7;
  curve.a = 0.4;
  curve.delta = 0.1;
  curve.constraints = 2;
  curve.b[0] = 0.5;
  curve.b[1] = 0.25;
  CHECK_STATUS(loy_curve_log_likelihood(&curve, &data, NULL, &value, score, information, NULL), LOY_OK);
  {
    double expected = 0.0, gradient[4][7], mean[4], weight[4];
    for (size_t i = 0; i < 4; i++) {
      const double k[2] = {k0[i], k1[i]};
      mean[i] = loy_curve_loyalty(&curve, at_s[i], at_c[i], k);
      weight[i] = n[i] / (mean[i] * (1 - mean[i]));
      expected += y[i] * log(mean[i]) + (n[i] - y[i]) * log(1 - mean[i]);
      for (size_t p = 0; p < 7; p++) {
        loy_curve up = curve, down = curve;
        double *const up_p[7] = {&up.alpha, &up.beta, &up.gamma, &up.a, &up.delta, &up.b[0], &up.b[1]};
        double *const down_p[7] = {&down.alpha, &down.beta, &down.gamma, &down.a, &down.delta, &down.b[0], &down.b[1]};
        *up_p[p] += 1e-6;
        *down_p[p] -= 1e-6;
        gradient[i][p] =
            (loy_curve_loyalty(&up, at_s[i], at_c[i], k) - loy_curve_loyalty(&down, at_s[i], at_c[i], k)) / 2e-6;
      }
    }
    CHECK_CLOSE(value, expected, 1e-13);
    for (size_t p = 0; p < 7; p++) {
      double u = 0.0;
      for (size_t i = 0; i < 4; i++) u += weight[i] * (y[i] / n[i] - mean[i]) * gradient[i][p];
      CHECK_CLOSE(score[p], u, 1e-7);
      for (size_t q = 0; q < 7; q++) {
        double sum = 0.0;
        for (size_t i = 0; i < 4; i++) sum += weight[i] * gradient[i][p] * gradient[i][q];
        CHECK_NEAR(information[p * 7 + q], sum, 1e-7 * (1 + fabs(sum)));
      }
    }
  }
}

/* A constraint of which half the customers are under is recovered from means that follow the curve exactly. */
static void test_constraint(void) {
  static double at_s[40], at_c[40], k[40], y[40];
  const double *const constraint[1] = {k};
  loy_curve truth;
  loy_curve_data data;
  loy_curve_fit_result result;
  loy_curve_init(&truth);
  truth.alpha = 0.3;
  truth.beta = 1.5;
  truth.gamma = 0.9;
  truth.a = 0.2;
  truth.constraints = 1;
  truth.b[0] = 0.7;
  for (size_t i = 0; i < 40; i++) {
    at_s[i] = scale[i % 5];
    at_c[i] = market[i / 5 % 4];
    k[i] = i < 20 ? 0.0 : 1.0;
    y[i] = loy_curve_loyalty(&truth, at_s[i], at_c[i], &k[i]);
  }
  loy_curve_data_init(&data);
  data.n = 40;
  data.s = at_s;
  data.c = at_c;
  data.loyal = y; /* fractions */
  data.constraints = 1;
  data.constraint = constraint;
  CHECK_STATUS(loy_curve_fit(&data, NULL, &result, NULL), LOY_OK);
  CU_ASSERT_EQUAL(result.params, 6);
  check_curve(&result.curve, 0.3, 1.5, 0.9, 0.2, 0.0, 1e-7);
  CHECK_NEAR(result.curve.b[0], 0.7, 1e-7);
  CU_ASSERT(result.std_error[LOY_CURVE_B] > 0.0);
}

static void test_one_competition(void) {
  loy_curve_data data = cells();
  loy_curve_fit_result result;
  loy_error error;
  data.n = 5;
  CHECK_STATUS(loy_curve_fit(&data, NULL, &result, &error), LOY_NOTICE_WEAK_ID);
  CHECK_ERROR(&error, LOY_NOTICE_WEAK_ID, "c", LOY_NO_INDEX);
  CHECK_BITS(result.curve.gamma, 1.0);
  CHECK_BITS(result.curve.a, 0.0);
  CU_ASSERT(result.weak && result.converged);
  CU_ASSERT_EQUAL(result.fixed, BIT(LOY_CURVE_GAMMA) | BIT(LOY_CURVE_A) | BIT(LOY_CURVE_DELTA));
  CU_ASSERT_EQUAL(result.free_params, 2);
}

/* Answers made with a = 0 and then some: a is held at 0. */
static void test_at_bound(void) {
  loy_curve_data data = cells();
  double y[CELLS];
  loy_curve_fit_result result;
  loy_error error;
  for (size_t i = 0; i < CELLS; i++) {
    const double g = 1 / (1 + exp(-(0.2 + 1.2 * log(s[i] / (1 - s[i])) - 0.9 * log(c[i] / (1 - c[i])))));
    y[i] = floor(400 * (s[i] < 0.2 ? 0.7 * g : g));
  }
  data.loyal = y;
  CHECK_STATUS(loy_curve_fit(&data, NULL, &result, &error), LOY_NOTICE_AT_BOUND);
  CHECK_ERROR(&error, LOY_NOTICE_AT_BOUND, "a", LOY_NO_INDEX);
  CHECK_BITS(result.curve.a, 0.0);
  CU_ASSERT(isnan(result.std_error[LOY_CURVE_A]));
  CU_ASSERT_EQUAL(result.at_bound, BIT(LOY_CURVE_A));
  CU_ASSERT(result.converged);
  CHECK_STATUS(result.status, LOY_NOTICE_AT_BOUND);
}

static void test_separated(void) {
  static const double at_s[6] = {0.1, 0.3, 0.4, 0.6, 0.8, 0.9}, at_c[6] = {0.5, 0.6, 0.5, 0.6, 0.5, 0.6};
  static const double y[6] = {0, 0, 0, 1, 1, 1};
  loy_curve_fit_options options = options_of(BIT(LOY_CURVE_A) | BIT(LOY_CURVE_DELTA), LOY_CURVE_BINOMIAL);
  loy_curve_data data;
  loy_curve_fit_result result;
  loy_error error;
  loy_curve_data_init(&data);
  data.n = 6;
  data.s = at_s;
  data.c = at_c;
  data.loyal = y;
  options.start.a = 0.0;
  CHECK_STATUS(loy_curve_fit(&data, &options, &result, &error), LOY_NOTICE_SEPARATED);
  CU_ASSERT(result.separated && !result.converged);
  CU_ASSERT(result.log_likelihood > -1e-6);
  options.ridge = 1.0; /* a prior has an answer */
  CHECK_STATUS(loy_curve_fit(&data, &options, &result, &error), LOY_OK);
  CU_ASSERT(result.converged && result.curve.beta > 1.0 && result.curve.beta < 20.0);
}

static void test_not_converged(void) {
  const loy_curve_data data = cells();
  loy_curve_fit_options options = options_of(0, LOY_CURVE_BINOMIAL);
  loy_curve_fit_result result;
  loy_error error;
  options.most_iterations = 1;
  CHECK_STATUS(loy_curve_fit(&data, &options, &result, &error), LOY_NOTICE_NOT_CONVERGED);
  CHECK_ERROR(&error, LOY_NOTICE_NOT_CONVERGED, NULL, LOY_NO_INDEX);
  CU_ASSERT(!result.converged && isfinite(result.curve.alpha));
}

/* Every error leaves the result alone, and comes before all later ones. */
static loy_curve_fit_result kept;

static void check_fails(const loy_curve_data *data, const loy_curve_fit_options *options, loy_status status,
                        const char *argument, size_t index) {
  loy_curve_fit_result result;
  loy_error error;
  memset(&result, 0x5a, sizeof result);
  memset(&kept, 0x5a, sizeof kept);
  CHECK_STATUS(loy_curve_fit(data, options, &result, &error), status);
  CHECK_ERROR(&error, status, argument, index);
  CU_ASSERT_EQUAL(memcmp(&result, &kept, sizeof kept), 0);
}

static void test_errors(void) {
  static double bad[CELLS], y[CELLS];
  const double *const column[1] = {bad}, *const none[1] = {NULL};
  loy_curve_data data = cells();
  loy_curve_fit_options options = options_of(0, 9);
  loy_error error;
  check_fails(NULL, NULL, LOY_ERR_ARGUMENT, "data", LOY_NO_INDEX);
  CHECK_STATUS(loy_curve_fit(&data, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  memcpy(y, loyal, sizeof y);
  for (size_t i = 0; i < CELLS; i++) bad[i] = 0.5;
  bad[3] = 1.5;
  options.struct_size = 0;
  options.ridge = -1;
  data.s = data.c = data.loyal = NULL;
  data.trials = bad;
  data.constraints = 9;
  check_fails(&data, &options, LOY_ERR_ARGUMENT, "s", LOY_NO_INDEX);
  data.s = bad;
  check_fails(&data, &options, LOY_ERR_ARGUMENT, "c", LOY_NO_INDEX);
  data.c = bad;
  check_fails(&data, &options, LOY_ERR_ARGUMENT, "constraints", LOY_NO_INDEX);
  data.constraints = 1;
  check_fails(&data, &options, LOY_ERR_ARGUMENT, "constraint", LOY_NO_INDEX);
  data.constraint = none;
  check_fails(&data, &options, LOY_ERR_ARGUMENT, "constraint", 0);
  data.constraint = column;
  check_fails(&data, &options, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX);
  options.struct_size = sizeof options;
  options.fixed = 1u << 6;
  check_fails(&data, &options, LOY_ERR_ARGUMENT, "covariance", LOY_NO_INDEX);
  options.covariance = LOY_CURVE_BINOMIAL;
  check_fails(&data, &options, LOY_ERR_ARGUMENT, "fixed", LOY_NO_INDEX);
  options.fixed = 63;
  check_fails(&data, &options, LOY_ERR_ARGUMENT, "fixed", LOY_NO_INDEX);
  options.fixed = 16;
  check_fails(&data, &options, LOY_ERR_DOMAIN, "ridge", LOY_NO_INDEX);
  options.ridge = 0;
  options.most_iterations = -1;
  check_fails(&data, &options, LOY_ERR_DOMAIN, "most_iterations", LOY_NO_INDEX);
  options.most_iterations = 0;
  options.start.delta = 1.0;
  check_fails(&data, &options, LOY_ERR_DOMAIN, "delta", LOY_NO_INDEX);
  options.start.delta = 0.0;
  check_fails(&data, &options, LOY_ERR_DOMAIN, "s", 3);
  data.s = s;
  check_fails(&data, &options, LOY_ERR_DOMAIN, "c", 3);
  bad[3] = 0.0;
  check_fails(&data, &options, LOY_ERR_DOMAIN, "c", 3);
  bad[3] = 1.0;
  check_fails(&data, &options, LOY_ERR_DOMAIN, "c", 3);
  data.c = c;
  bad[3] = 1.5;
  check_fails(&data, &options, LOY_ERR_DOMAIN, "constraint", 3);
  bad[3] = 1.0;
  bad[4] = 0.25;
  check_fails(&data, &options, LOY_ERR_ARGUMENT, "loyal", LOY_NO_INDEX);
  y[2] = 401;
  data.loyal = y;
  data.trials = trials;
  check_fails(&data, &options, LOY_ERR_DOMAIN, "loyal", 2);
  y[2] = 400;
  data.constraints = 0;
  for (size_t i = 0; i < CELLS; i++) y[i] = 0.0;
  check_fails(&data, &options, LOY_ERR_TOO_FEW, "loyal", LOY_NO_INDEX);
  for (size_t i = 0; i < CELLS; i++) y[i] = 400.0;
  check_fails(&data, &options, LOY_ERR_TOO_FEW, "loyal", LOY_NO_INDEX);
  data.loyal = loyal;
  data.n = 4;
  options.covariance = LOY_CURVE_QUASI;
  options.fixed = 0;
  c[1] = 0.3;
  check_fails(&data, &options, LOY_ERR_TOO_FEW, "loyal", LOY_NO_INDEX);
  data.n = 0;
  check_fails(&data, &options, LOY_ERR_TOO_FEW, "loyal", LOY_NO_INDEX);
}

/* Unpadded ends that nothing can explain, and those that the floor or the attrition explains. */
static void test_ends(void) {
  loy_curve_data data = cells();
  loy_curve_fit_options options = options_of(BIT(LOY_CURVE_A) | BIT(LOY_CURVE_DELTA), LOY_CURVE_BINOMIAL);
  loy_curve_fit_result result;
  options.start.a = 0.0;
  s[5] = 0.0;
  s[9] = 1.0;
  check_fails(&data, &options, LOY_ERR_INFEASIBLE, "s", 5);
  options.start.a = 0.5;
  check_fails(&data, &options, LOY_ERR_INFEASIBLE, "s", 9);
  options.fixed = 0;
  CHECK_STATUS(loy_curve_fit(&data, &options, &result, NULL), LOY_OK);
  CU_ASSERT(result.curve.a > 0.0 && result.curve.delta > 0.0 && result.converged);
}

static void test_clusters(void) {
  static const int64_t same[CELLS] = {0};
  int64_t pairs[CELLS];
  loy_curve_data data = cells();
  const loy_curve_fit_options options = options_of(BIT(LOY_CURVE_DELTA), LOY_CURVE_ROBUST);
  loy_curve_fit_result result;
  data.cluster = same;
  check_fails(&data, &options, LOY_ERR_TOO_FEW, "cluster", LOY_NO_INDEX);
  for (size_t i = 0; i < CELLS; i++) pairs[i] = (int64_t)(i / 2) * -1000000007;
  data.cluster = pairs;
  CHECK_STATUS(loy_curve_fit(&data, &options, &result, NULL), LOY_OK);
  CU_ASSERT_EQUAL(result.clusters, 10);
  /* the sandwich by hand, from scores and information of the pairs */
  {
    double inverse[25], meat[25] = {0}, value, score[5];
    loy_curve_fit_result plain;
    CHECK_STATUS(loy_curve_fit(&data, NULL, &plain, NULL), LOY_OK);
    memcpy(inverse, plain.covariance, sizeof inverse);
    for (size_t g = 0; g < 10; g++) {
      loy_curve_data pair = data;
      pair.n = 2;
      pair.s += 2 * g;
      pair.c += 2 * g;
      pair.trials += 2 * g;
      pair.loyal += 2 * g;
      CHECK_STATUS(loy_curve_log_likelihood(&plain.curve, &pair, NULL, &value, score, NULL, NULL), LOY_OK);
      for (size_t p = 0; p < 4; p++)
        for (size_t q = 0; q < 4; q++) meat[p * 5 + q] += score[p] * score[q];
    }
    for (size_t p = 0; p < 4; p++) {
      double sum = 0.0;
      for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < 4; j++) sum += inverse[p * 5 + i] * meat[i * 5 + j] * inverse[j * 5 + p];
      CHECK_CLOSE(result.std_error[p], sqrt(sum * 10 / 9), 1e-8);
    }
  }
}

static void test_log_likelihood_errors(void) {
  loy_curve_data data = cells();
  loy_curve curve;
  loy_error error;
  double value = 7.0, nothing[CELLS] = {0.0};
  loy_curve_init(&curve);
  CHECK_STATUS(loy_curve_log_likelihood(NULL, &data, NULL, &value, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "curve", LOY_NO_INDEX);
  CHECK_STATUS(loy_curve_log_likelihood(&curve, NULL, NULL, &value, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "data", LOY_NO_INDEX);
  curve.constraints = 1;
  CHECK_STATUS(loy_curve_log_likelihood(&curve, &data, NULL, &value, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "constraints", LOY_NO_INDEX);
  curve.constraints = 0;
  CHECK_STATUS(loy_curve_log_likelihood(&curve, &data, NULL, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX);
  s[4] = -0.1;
  data.loyal = NULL; /* comes later */
  CHECK_STATUS(loy_curve_log_likelihood(&curve, &data, NULL, &value, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "s", 4);
  CHECK_BITS(value, 7.0);
  s[4] = 0.9;
  CHECK_STATUS(loy_curve_log_likelihood(&curve, &data, NULL, &value, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "loyal", LOY_NO_INDEX);
  data.loyal = loyal;
  data.weight = nothing;
  CHECK_STATUS(loy_curve_log_likelihood(&curve, &data, NULL, &value, NULL, NULL, &error), LOY_ERR_TOO_FEW);
  CHECK_ERROR(&error, LOY_ERR_TOO_FEW, "loyal", LOY_NO_INDEX);
  data.weight = NULL;
  data.loyal = nothing; /* where nobody is loyal l = sum n ln(1 - L), here of one row with L = 1/2 */
  data.n = 1;
  s[0] = c[0] = 0.5;
  curve.a = 0.0;
  CHECK_STATUS(loy_curve_log_likelihood(&curve, &data, NULL, &value, NULL, NULL, &error), LOY_OK);
  CHECK_CLOSE(value, -400.0 * log(2.0), 1e-15);
  data = cells();
  s[4] = 1.0; /* where L = 1, but 19 of 400 left */
  CHECK_STATUS(loy_curve_log_likelihood(&curve, &data, NULL, &value, NULL, NULL, &error), LOY_OK);
  CHECK_BITS(value, -(double)INFINITY);
}

static void test_memory(void) {
  const loy_curve_data data = cells();
  static const int covariance[3] = {LOY_CURVE_BINOMIAL, LOY_CURVE_ROBUST, LOY_CURVE_NLS};
  for (size_t k = 0; k < 3; k++) {
    failing_allocator memory;
    FOR_EACH_FAILURE(memory) {
      loy_curve_fit_options options = options_of(BIT(LOY_CURVE_DELTA), covariance[k]);
      options.allocator = &memory.allocator;
      {
        loy_curve_fit_result result;
        loy_error error;
        loy_status status;
        memset(&result, 0x5a, sizeof result);
        memset(&kept, 0x5a, sizeof kept);
        status = loy_curve_fit(&data, &options, &result, &error);
        CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
        if (memory.failed) CU_ASSERT_EQUAL(memcmp(&result, &kept, sizeof kept), 0);
        CU_ASSERT_EQUAL(memory.held, 0);
      }
    }
  }
  {
    failing_allocator memory;
    loy_curve curve;
    loy_curve_init(&curve);
    FOR_EACH_FAILURE(memory) {
      double value = 7.0;
      const loy_status status = loy_curve_log_likelihood(&curve, &data, &memory.allocator, &value, NULL, NULL, NULL);
      CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
      if (memory.failed) CHECK_BITS(value, 7.0);
      CU_ASSERT_EQUAL(memory.held, 0);
    }
  }
}

static void test_names(void) {
  CU_ASSERT_STRING_EQUAL(loy_curve_param_name(LOY_CURVE_ALPHA), "alpha");
  CU_ASSERT_STRING_EQUAL(loy_curve_param_name(LOY_CURVE_DELTA), "delta");
  CU_ASSERT_STRING_EQUAL(loy_curve_param_name(LOY_CURVE_B + 7), "b");
  CU_ASSERT_STRING_EQUAL(loy_curve_param_name(LOY_CURVE_B + 8), "unknown");
  CU_ASSERT_STRING_EQUAL(loy_curve_param_name(-1), "unknown");
  loy_curve_data_init(NULL);
  loy_curve_fit_options_init(NULL);
}

SUITE(response, curve_fit) {
  ADD(test_all_free);
  ADD(test_no_attrition);
  ADD(test_logistic_regression);
  ADD(test_least_squares);
  ADD(test_one_answer_a_row);
  ADD(test_derivatives);
  ADD(test_constraint);
  ADD(test_one_competition);
  ADD(test_at_bound);
  ADD(test_separated);
  ADD(test_not_converged);
  ADD(test_errors);
  ADD(test_ends);
  ADD(test_clusters);
  ADD(test_log_likelihood_errors);
  ADD(test_memory);
  ADD(test_names);
}
