/* The fit of the families: recomputed numbers, the profile over thresholds, bounds, what has no estimate, every error.
 */
#include "check.h"
#include "curve_cells.h"
#include "failing_allocator.h"

#include "loyalty/response/family_fit.h"

/* The market with c = 0.8 alone. */
static loy_curve_data one_market(void) {
  loy_curve_data data = cells();
  data.n = 5;
  data.s += 10;
  data.c += 10;
  data.trials += 10;
  data.loyal += 10;
  return data;
}

static loy_family_fit_options family_options(int family, unsigned fixed, int covariance) {
  loy_family_fit_options options;
  loy_family_fit_options_init(&options, family);
  options.fixed = fixed;
  options.covariance = covariance;
  return options;
}

static loy_family_fit_result fit_of(const loy_curve_data *data, int family, unsigned fixed, loy_status status) {
  const loy_family_fit_options options = family_options(family, fixed, LOY_CURVE_BINOMIAL);
  loy_family_fit_result result;
  memset(&result, 0, sizeof result);
  CHECK_STATUS(loy_family_fit(data, &options, &result, NULL), status);
  CHECK_STATUS(result.status, status);
  CU_ASSERT(result.converged && !result.separated);
  return result;
}

static void check_params(const loy_family_fit_result *fit, const double *param, const double *error) {
  for (size_t p = 0; p < fit->params; p++) {
    CHECK_NEAR(fit->curve.param[p], param[p], 1e-9);
    if (isnan(error[p]) || error[p] == 0.0) {
      CHECK_BITS(isnan(error[p]) ? (double)isnan(fit->std_error[p]) : fit->std_error[p], isnan(error[p]) ? 1.0 : 0.0);
    } else {
      CHECK_CLOSE(fit->std_error[p], error[p], 1e-8);
    }
  }
}

/* statsmodels 0.14, GLM(binomial) of [y, n - y] on 1, s, logit(c), tol=1e-15; the same by mpmath with 50 digits. */
static void test_logit_linear(void) {
  static const double param[3] = {-1.60425195686755656, 4.55344090779787469, -0.817576189774618346};
  static const double error[3] = {0.0609831023104824913, 0.120800466720364218, 0.021284259677185068};
  const loy_curve_data data = cells(), one = one_market();
  loy_family_fit_result fit = fit_of(&data, LOY_FAMILY_LOGIT_LINEAR, 0, LOY_OK);
  check_params(&fit, param, error);
  CHECK_CLOSE(fit.log_likelihood, -3765.2988980881707368, 1e-14);
  CHECK_CLOSE(fit.deviance, 71.6567779713449607, 1e-11);
  CHECK_CLOSE(fit.pearson, 72.0873808633758618, 1e-9);
  CHECK_CLOSE(fit.aic, 2 * 3765.2988980881707368 + 6, 1e-13);
  CHECK_CLOSE(fit.bic, 2 * 3765.2988980881707368 + 3 * log(8000.0), 1e-13);
  CU_ASSERT(fit.params == 3 && fit.free_params == 3 && fit.rows == 20 && fit.cells == 20 && fit.skipped == 0);
  CU_ASSERT(fit.fixed == 0 && fit.profiled == 0 && fit.at_bound == 0 && !fit.weak && !fit.separated);
  CHECK_CLOSE(fit.trials, 8000.0, 0.0);
  CHECK_CLOSE(fit.loyal, 4093.0, 0.0);
  fit = fit_of(&one, LOY_FAMILY_LOGIT_LINEAR, 0, LOY_OK); /* a single c: no parameter for it */
  CU_ASSERT_EQUAL(fit.fixed, BIT(LOY_FAMILY_COMPETITION));
  CU_ASSERT_EQUAL(fit.free_params, 2);
  CHECK_NEAR(fit.curve.param[0], -2.95878959528451795, 1e-9);
  CHECK_NEAR(fit.curve.param[1], 4.84009462013659359, 1e-9);
  CHECK_CLOSE(fit.std_error[0], 0.13800115008183259, 1e-8);
  CHECK_CLOSE(fit.std_error[1], 0.225689928028979999, 1e-8);
  CHECK_BITS(fit.std_error[2], 0.0);
}

/* mpmath with 50 digits, Fisher scoring with derivatives by differences; a parameter that ends at 1 was held there. */
static void test_power(void) {
  static const double param[4] = {0.106319232897716931, 1.0, -0.797767609848810454, 0.754930700767469963};
  static const double error[4] = {0.0367685022327561371, (double)NAN, 0.019896908812538553, 0.0580742689685727686};
  static const double plain[4] = {0.217130590938849795, 0.943621511028198459, 0.0, 1.45195660315144084};
  static const double plain_error[4] = {0.0147950667156039356, 0.0137840212569300918, 0.0, 0.0977958444734793345};
  const loy_curve_data data = cells(), one = one_market();
  loy_family_fit_result fit = fit_of(&data, LOY_FAMILY_POWER, 0, LOY_NOTICE_AT_BOUND);
  check_params(&fit, param, error);
  CU_ASSERT_EQUAL(fit.at_bound, BIT(LOY_FAMILY_TOP));
  CU_ASSERT_EQUAL(fit.free_params, 4);
  CHECK_CLOSE(fit.log_likelihood, -3748.067752506338087, 1e-14);
  CHECK_CLOSE(fit.deviance, 37.1944868076796612, 1e-11);
  fit = fit_of(&data, LOY_FAMILY_POWER, BIT(LOY_FAMILY_COMPETITION), LOY_OK);
  check_params(&fit, plain, plain_error);
  CHECK_CLOSE(fit.log_likelihood, -4767.9498898034003961, 1e-14);
  CHECK_CLOSE(fit.deviance, 2076.95876140180428, 1e-11);
  fit = fit_of(&one, LOY_FAMILY_POWER, 0, LOY_NOTICE_AT_BOUND);
  CHECK_NEAR(fit.curve.param[LOY_FAMILY_FLOOR], 0.0872933692864785894, 1e-9);
  CHECK_NEAR(fit.curve.param[LOY_FAMILY_EXPONENT], 1.8374042077536418, 1e-9);
  CHECK_CLOSE(fit.std_error[LOY_FAMILY_EXPONENT], 0.113635161386030797, 1e-8);
  CHECK_CLOSE(fit.log_likelihood, -1022.2873537107485677, 1e-14);
}

static void test_exponential(void) {
  static const double param[4] = {0.153525011876143278, 1.0, -0.808266684412496428, -0.581516087367693673};
  static const double error[4] = {0.018044967544015026, (double)NAN, 0.0205791804473775194, 0.122954100781905397};
  static const double plain[4] = {0.19461634835537364, 0.958460739507856369, 0.0, 1.01576932250413343};
  static const double plain_error[4] = {0.0138452598910410772, 0.0161855748111140163, 0.0, 0.201518167670506289};
  const loy_curve_data data = cells();
  loy_family_fit_result fit = fit_of(&data, LOY_FAMILY_EXPONENTIAL, 0, LOY_NOTICE_AT_BOUND);
  check_params(&fit, param, error);
  CHECK_CLOSE(fit.log_likelihood, -3745.5425279067216753, 1e-14);
  fit = fit_of(&data, LOY_FAMILY_EXPONENTIAL, BIT(LOY_FAMILY_COMPETITION), LOY_OK);
  check_params(&fit, plain, plain_error);
  CHECK_CLOSE(fit.log_likelihood, -4767.0961587785559012, 1e-14);
  CHECK_CLOSE(fit.deviance, 2075.25129935211529, 1e-11);
}

/* The log-likelihoods of the three pairs of thresholds: -3748.6842707442 (0.3, 0.5), -3744.0021741158 (0.3, 0.7),
 * -3744.0950161751 (0.5, 0.7). */
static void test_piecewise(void) {
  static const double nan_ = (double)NAN;
  static const double param[7] = {
      0.19063667315123131, 1.0, -0.812849875720765482, 0.306665565455305711, 0.660940513033920213, 0.3, 0.7};
  const double error[7] = {
      0.0207916922903505867, nan_, 0.0208268947013599866, 0.0278970547401449622, 0.0184095831562642009, nan_, nan_};
  const loy_curve_data data = cells(), one = one_market();
  loy_family_fit_options options = family_options(LOY_FAMILY_PIECEWISE, BIT(LOY_FAMILY_FIRST), LOY_CURVE_BINOMIAL);
  loy_family_fit_result fit = fit_of(&data, LOY_FAMILY_PIECEWISE, 0, LOY_NOTICE_AT_BOUND), held;
  check_params(&fit, param, error);
  CHECK_CLOSE(fit.log_likelihood, -3744.0021741157841774, 1e-14);
  CHECK_CLOSE(fit.deviance, 29.0633300265718419, 1e-11);
  CU_ASSERT_EQUAL(fit.profiled, BIT(LOY_FAMILY_FIRST) | BIT(LOY_FAMILY_SECOND));
  CU_ASSERT_EQUAL(fit.fixed, 0);
  CU_ASSERT_EQUAL(fit.free_params, 7); /* thresholds count */
  CHECK_CLOSE(fit.aic, 2 * 3744.0021741157841774 + 14, 1e-13);
  CHECK_CLOSE(fit.bic, 2 * 3744.0021741157841774 + 7 * log(8000.0), 1e-13);
  CHECK_CLOSE(fit.dispersion, fit.pearson / 13, 1e-14);
  options.start.param[LOY_FAMILY_FIRST] = 0.5; /* one threshold held, the other sought */
  CHECK_STATUS(loy_family_fit(&data, &options, &held, NULL), LOY_NOTICE_AT_BOUND);
  CHECK_CLOSE(held.log_likelihood, -3744.095016175096858, 1e-14);
  CHECK_BITS(held.curve.param[LOY_FAMILY_SECOND], 0.7);
  CHECK_BITS(held.std_error[LOY_FAMILY_FIRST], 0.0);
  CU_ASSERT_EQUAL(held.free_params, 6);
  options.fixed |= BIT(LOY_FAMILY_SECOND); /* both held */
  options.start.param[LOY_FAMILY_FIRST] = 0.3;
  options.start.param[LOY_FAMILY_SECOND] = 0.5;
  CHECK_STATUS(loy_family_fit(&data, &options, &held, NULL), LOY_NOTICE_AT_BOUND);
  CHECK_CLOSE(held.log_likelihood, -3748.6842707441847453, 1e-14);
  CU_ASSERT_EQUAL(held.free_params, 5);
  options.covariance = LOY_CURVE_QUASI; /* with thresholds sought, N - p counts them */
  options.fixed = 0;
  CHECK_STATUS(loy_family_fit(&data, &options, &held, NULL), LOY_NOTICE_AT_BOUND);
  CHECK_CLOSE(held.df, 13.0, 0.0);
  CHECK_CLOSE(held.std_error[0], fit.std_error[0] * sqrt(fit.pearson / 13), 1e-12);
  fit = fit_of(&one, LOY_FAMILY_PIECEWISE, 0, LOY_OK);
  CHECK_NEAR(fit.curve.param[LOY_FAMILY_FLOOR], 0.06125, 1e-9);
  CHECK_NEAR(fit.curve.param[LOY_FAMILY_TOP], 0.973772476926768339, 1e-9);
  CHECK_NEAR(fit.curve.param[LOY_FAMILY_RISE_1], 0.135613097900635249, 1e-9);
  CHECK_NEAR(fit.curve.param[LOY_FAMILY_RISE_2], 0.177549494518665175, 1e-9);
  CHECK_BITS(fit.curve.param[LOY_FAMILY_FIRST], 0.3);
  CHECK_BITS(fit.curve.param[LOY_FAMILY_SECOND], 0.5);
  CHECK_CLOSE(fit.log_likelihood, -1022.5903208434195688, 1e-14);
}

/* Many distinct satisfactions, exactly on three pieces whose thresholds are grid points: 1/13 of the range apart. */
static void test_thresholds_on_a_grid(void) {
  double at[53], mean[53], half[53];
  loy_curve_data data;
  loy_family_curve truth;
  loy_family_fit_result fit;
  loy_family_init(&truth, LOY_FAMILY_PIECEWISE);
  truth.param[LOY_FAMILY_FLOOR] = 0.1;
  truth.param[LOY_FAMILY_TOP] = 0.9;
  truth.param[LOY_FAMILY_RISE_1] = 0.05;
  truth.param[LOY_FAMILY_RISE_2] = 0.9;
  truth.param[LOY_FAMILY_FIRST] = 4.0 / 13.0;
  truth.param[LOY_FAMILY_SECOND] = 9.0 / 13.0;
  for (size_t i = 0; i < 53; i++) {
    at[i] = (double)i / 52.0;
    half[i] = 0.5;
    mean[i] = loy_family_loyalty(&truth, at[i], 0.5);
  }
  loy_curve_data_init(&data);
  data.n = 53;
  data.s = at;
  data.c = half;
  data.loyal = mean; /* fractions, without noise */
  fit = fit_of(&data, LOY_FAMILY_PIECEWISE, 0, LOY_OK);
  for (int p = 0; p < LOY_FAMILY_PARAMS; p++) CHECK_NEAR(fit.curve.param[p], truth.param[p], 1e-9);
  CHECK_NEAR(fit.deviance, 0.0, 1e-12);
}

/* SciPy 1.15, optimize.least_squares with all tolerances 1e-15. */
static void test_least_squares(void) {
  const loy_curve_data data = cells();
  loy_family_fit_options options = family_options(LOY_FAMILY_LOGIT_LINEAR, 0, LOY_CURVE_NLS);
  loy_family_fit_result fit;
  CHECK_STATUS(loy_family_fit(&data, &options, &fit, NULL), LOY_OK);
  CHECK_NEAR(fit.curve.param[0], -1.6358744796914162, 1e-7);
  CHECK_NEAR(fit.curve.param[1], 4.69530756727481, 1e-7);
  CHECK_NEAR(fit.curve.param[2], -0.8374831818244808, 1e-7);
  CHECK_CLOSE(fit.squares, 0.0334310760704666, 1e-12);
  CHECK_CLOSE(fit.std_error[0], 0.13850653, 1e-6);
  CHECK_CLOSE(fit.std_error[1], 0.31005226, 1e-6);
  CHECK_CLOSE(fit.std_error[2], 0.054603, 1e-5);
  CHECK_CLOSE(fit.df, 17.0, 0.0);
  loy_family_fit_options_init(&options, LOY_FAMILY_POWER);
  options.covariance = LOY_CURVE_NLS;
  CHECK_STATUS(loy_family_fit(&data, &options, &fit, NULL), LOY_NOTICE_AT_BOUND);
  CHECK_NEAR(fit.curve.param[LOY_FAMILY_FLOOR], 0.11766681564456066, 1e-6);
  CHECK_NEAR(fit.curve.param[LOY_FAMILY_EXPONENT], 0.7640298890977799, 1e-6);
  CHECK_CLOSE(fit.squares, 0.013702622965706844, 1e-10);
}

/* The same answers one a row; a start of the caller's; skipped rows. */
static void test_rows_and_starts(void) {
  static double one_s[8001], one_c[8001], one_y[8001], one_n[8001];
  const loy_curve_data grouped = cells();
  loy_curve_data single;
  for (size_t i = 0, n = 0; i < CELLS; i++) {
    for (size_t k = 0; k < 400; k++, n++) {
      one_s[n] = s[i];
      one_c[n] = c[i];
      one_y[n] = (double)k < loyal[i] ? 1.0 : 0.0;
      one_n[n] = 1.0;
    }
  }
  one_s[8000] = one_c[8000] = 0.5;
  loy_curve_data_init(&single);
  single.n = 8001;
  single.s = one_s;
  single.c = one_c;
  single.loyal = one_y;
  single.trials = one_n;
  for (int family = 0; family < LOY_FAMILIES; family++) {
    loy_family_fit_options options = family_options(family, 0, LOY_CURVE_BINOMIAL);
    loy_family_fit_result expected, fit;
    (void)loy_family_fit(&grouped, &options, &expected, NULL);
    (void)loy_family_fit(&single, &options, &fit, NULL);
    CU_ASSERT_EQUAL(fit.rows, 8000);
    CU_ASSERT_EQUAL(fit.skipped, 1);
    CU_ASSERT_EQUAL(fit.cells, 20);
    CHECK_CLOSE(fit.log_likelihood, expected.log_likelihood, 1e-13);
    for (size_t p = 0; p < fit.params; p++) CHECK_NEAR(fit.curve.param[p], expected.curve.param[p], 1e-8);
    if (family == LOY_FAMILY_LOGIT_LINEAR) CHECK_STATUS(fit.status, LOY_NOTICE_SKIPPED);
    options.start.param[LOY_FAMILY_COMPETITION] = -0.5;
    options.start_given = 1;
    (void)loy_family_fit(&grouped, &options, &fit, NULL);
    CHECK_CLOSE(fit.log_likelihood, expected.log_likelihood, 1e-13);
  }
}

/* Answers that fall with satisfaction give a top below the floor; a step is fitted perfectly, and runs away. */
static void test_shapes_of_answers(void) {
  double falling[5];
  loy_curve_data data = one_market();
  loy_family_fit_result fit;
  loy_family_fit_options options = family_options(LOY_FAMILY_LOGIT_LINEAR, 0, LOY_CURVE_BINOMIAL);
  static const double step[5] = {0, 0, 0, 400, 400};
  for (size_t i = 0; i < 5; i++) falling[i] = data.loyal[4 - i];
  data.loyal = falling;
  fit = fit_of(&data, LOY_FAMILY_LOGIT_LINEAR, 0, LOY_OK);
  CHECK_CLOSE(fit.curve.param[LOY_FAMILY_SLOPE], -4.84009462013659359, 1e-9);
  CHECK_STATUS(loy_status_is_error(fit_of(&data, LOY_FAMILY_EXPONENTIAL, 0, LOY_NOTICE_AT_BOUND).status), 0);
  fit = fit_of(&data, LOY_FAMILY_EXPONENTIAL, 0, LOY_NOTICE_AT_BOUND);
  CU_ASSERT(fit.curve.param[LOY_FAMILY_FLOOR] > fit.curve.param[LOY_FAMILY_TOP]);
  CHECK_CLOSE(fit.curve.param[LOY_FAMILY_CURVATURE], -1.5358119940431, 1e-6); /* the mirror image */
  data.loyal = step;
  CHECK_STATUS(loy_family_fit(&data, &options, &fit, NULL), LOY_NOTICE_SEPARATED);
  CU_ASSERT(fit.separated && fit.log_likelihood > -1e-6);
  options.most_iterations = 1;
  data = cells();
  CHECK_STATUS(loy_family_fit(&data, &options, &fit, NULL), LOY_NOTICE_NOT_CONVERGED);
}

/* A grid of single answers: more cells than a pilot looks at. */
static void test_many_cells(void) {
  enum { MANY = 40000 };
  double *const column = (double *)malloc(3 * MANY * sizeof *column);
  loy_curve_data data;
  loy_family_curve truth;
  loy_family_fit_result fit;
  CU_ASSERT_PTR_NOT_NULL_FATAL(column);
  loy_family_init(&truth, LOY_FAMILY_POWER);
  truth.param[LOY_FAMILY_FLOOR] = 0.1;
  truth.param[LOY_FAMILY_TOP] = 0.8;
  truth.param[LOY_FAMILY_COMPETITION] = -0.6;
  truth.param[LOY_FAMILY_EXPONENT] = 2.5;
  for (size_t i = 0; i < MANY; i++) {
    column[i] = ((double)(i * 7919 % MANY) + 0.5) / (double)MANY;
    column[MANY + i] = 0.1 + 0.8 * ((double)(i * 104729 % MANY) + 0.5) / (double)MANY;
    column[2 * MANY + i] = loy_family_loyalty(&truth, column[i], column[MANY + i]); /* fractions, without noise */
  }
  loy_curve_data_init(&data);
  data.n = MANY;
  data.s = column;
  data.c = column + MANY;
  data.loyal = column + 2 * MANY;
  fit = fit_of(&data, LOY_FAMILY_POWER, 0, LOY_OK);
  for (size_t p = 0; p < fit.params; p++) CHECK_NEAR(fit.curve.param[p], truth.param[p], 1e-8);
  CU_ASSERT_EQUAL(fit.cells, MANY);
  free(column);
}

static void test_clusters(void) {
  static const int64_t same[CELLS] = {0};
  const loy_family_fit_options options = family_options(LOY_FAMILY_LOGIT_LINEAR, 0, LOY_CURVE_ROBUST);
  loy_curve_data data = cells();
  loy_family_fit_result fit;
  loy_error error;
  CHECK_STATUS(loy_family_fit(&data, &options, &fit, NULL), LOY_OK);
  CU_ASSERT_EQUAL(fit.clusters, 20);
  data.cluster = same;
  CHECK_STATUS(loy_family_fit(&data, &options, &fit, &error), LOY_ERR_TOO_FEW);
  CHECK_ERROR(&error, LOY_ERR_TOO_FEW, "cluster", LOY_NO_INDEX);
}

/* Every error leaves the result alone, and comes before all later ones. */
static loy_family_fit_result kept;

static void check_fails(const loy_curve_data *data, const loy_family_fit_options *options, loy_status status,
                        const char *argument, size_t index) {
  loy_family_fit_result result;
  loy_error error;
  memset(&result, 0x5a, sizeof result);
  memset(&kept, 0x5a, sizeof kept);
  CHECK_STATUS(loy_family_fit(data, options, &result, &error), status);
  CHECK_ERROR(&error, status, argument, index);
  CU_ASSERT_EQUAL(memcmp(&result, &kept, sizeof kept), 0);
}

static void test_errors(void) {
  static double bad[CELLS], y[CELLS];
  loy_curve_data data = cells();
  loy_family_fit_options options = family_options(LOY_FAMILY_PIECEWISE, BIT(7), 9);
  loy_error error;
  check_fails(NULL, NULL, LOY_ERR_ARGUMENT, "data", LOY_NO_INDEX);
  check_fails(&data, NULL, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX);
  CHECK_STATUS(loy_family_fit(&data, &options, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  for (size_t i = 0; i < CELLS; i++) bad[i] = 0.5;
  bad[3] = 1.5;
  memcpy(y, loyal, sizeof y);
  options.struct_size = 0;
  options.start.family = 4;
  options.most_iterations = -1;
  data.s = data.c = data.loyal = NULL;
  data.constraints = 99; /* not looked at */
  data.trials = bad;
  check_fails(&data, &options, LOY_ERR_ARGUMENT, "s", LOY_NO_INDEX);
  data.s = bad;
  check_fails(&data, &options, LOY_ERR_ARGUMENT, "c", LOY_NO_INDEX);
  data.c = bad;
  check_fails(&data, &options, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX);
  options.struct_size = sizeof options;
  check_fails(&data, &options, LOY_ERR_ARGUMENT, "family", LOY_NO_INDEX);
  options.start.family = LOY_FAMILY_PIECEWISE;
  check_fails(&data, &options, LOY_ERR_ARGUMENT, "covariance", LOY_NO_INDEX);
  options.covariance = LOY_CURVE_BINOMIAL;
  check_fails(&data, &options, LOY_ERR_ARGUMENT, "fixed", LOY_NO_INDEX);
  options.fixed = 127;
  check_fails(&data, &options, LOY_ERR_ARGUMENT, "fixed", LOY_NO_INDEX);
  options.fixed = 0;
  check_fails(&data, &options, LOY_ERR_DOMAIN, "most_iterations", LOY_NO_INDEX);
  options.most_iterations = 0;
  options.start.param[LOY_FAMILY_FIRST] = 0.9;
  check_fails(&data, &options, LOY_ERR_DOMAIN, "first", LOY_NO_INDEX);
  options.start.param[LOY_FAMILY_FIRST] = 0.3;
  check_fails(&data, &options, LOY_ERR_DOMAIN, "s", 3);
  data.s = s;
  check_fails(&data, &options, LOY_ERR_DOMAIN, "c", 3);
  data.c = c;
  check_fails(&data, &options, LOY_ERR_ARGUMENT, "loyal", LOY_NO_INDEX);
  data.loyal = y;
  bad[3] = -1.0;
  check_fails(&data, &options, LOY_ERR_DOMAIN, "trials", 3);
  data.trials = trials;
  y[2] = 401;
  data.weight = bad;
  check_fails(&data, &options, LOY_ERR_DOMAIN, "loyal", 2);
  y[2] = 1;
  check_fails(&data, &options, LOY_ERR_DOMAIN, "weight", 3);
  data.weight = NULL;
  for (size_t i = 0; i < CELLS; i++) y[i] = 0.0;
  check_fails(&data, &options, LOY_ERR_TOO_FEW, "loyal", LOY_NO_INDEX);
  data.loyal = loyal;
  options.covariance = LOY_CURVE_QUASI;
  data.n = 7;
  check_fails(&data, &options, LOY_ERR_TOO_FEW, "loyal", LOY_NO_INDEX);
  options.covariance = LOY_CURVE_BINOMIAL;
  data.n = 3; /* three satisfactions: one candidate for two thresholds */
  check_fails(&data, &options, LOY_ERR_TOO_FEW, "s", LOY_NO_INDEX);
  options.fixed = BIT(LOY_FAMILY_FIRST); /* none above the one that is held */
  check_fails(&data, &options, LOY_ERR_TOO_FEW, "s", LOY_NO_INDEX);
  options.fixed = BIT(LOY_FAMILY_SECOND);
  options.start.param[LOY_FAMILY_FIRST] = 0.1;
  options.start.param[LOY_FAMILY_SECOND] = 0.2; /* none below */
  check_fails(&data, &options, LOY_ERR_TOO_FEW, "s", LOY_NO_INDEX);
  options = family_options(LOY_FAMILY_LOGIT_LINEAR, 3, LOY_CURVE_BINOMIAL); /* only competition is left, with one c */
  check_fails(&data, &options, LOY_ERR_ARGUMENT, "fixed", LOY_NO_INDEX);
  options = family_options(LOY_FAMILY_POWER, BIT(LOY_FAMILY_FLOOR), LOY_CURVE_BINOMIAL);
  data = cells();
  s[5] = 0.0; /* where L = 0, but 112 stayed */
  check_fails(&data, &options, LOY_ERR_INFEASIBLE, "s", 5);
}

static void test_memory(void) {
  const loy_curve_data data = cells();
  static const int covariance[3] = {LOY_CURVE_BINOMIAL, LOY_CURVE_ROBUST, LOY_CURVE_NLS};
  for (size_t k = 0; k < 3; k++) {
    failing_allocator memory;
    FOR_EACH_FAILURE(memory) {
      loy_family_fit_options options = family_options(LOY_FAMILY_LOGIT_LINEAR, 0, covariance[k]);
      loy_family_fit_result result;
      loy_error error;
      loy_status status;
      options.allocator = &memory.allocator;
      memset(&result, 0x5a, sizeof result);
      memset(&kept, 0x5a, sizeof kept);
      status = loy_family_fit(&data, &options, &result, &error);
      CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
      if (memory.failed) CU_ASSERT_EQUAL(memcmp(&result, &kept, sizeof kept), 0);
      CU_ASSERT_EQUAL(memory.held, 0);
    }
  }
  loy_family_fit_options_init(NULL, 0);
}

SUITE(response, family_fit) {
  ADD(test_logit_linear);
  ADD(test_power);
  ADD(test_exponential);
  ADD(test_piecewise);
  ADD(test_thresholds_on_a_grid);
  ADD(test_least_squares);
  ADD(test_rows_and_starts);
  ADD(test_shapes_of_answers);
  ADD(test_many_cells);
  ADD(test_clusters);
  ADD(test_errors);
  ADD(test_memory);
}
