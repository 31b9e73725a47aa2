/* Totals with covariates against 30 digits (mpmath, integrals by quadrature, gradients by differences), optima against
 * SciPy's of an independent likelihood, data made to run away, and the errors in their order. */
#include "check.h"
#include "failing_allocator.h"

#include "covariate_customers.h"
#include "loyalty/btyd/covariate_fit.h"

enum { N = COVARIATE_CUSTOMERS };

static loy_status total(const loy_covariate_model *model, const loy_covariate_fit_options *options, double *value,
                        double *gradient, double *hessian) {
  loy_covariates covariates = covariate_columns(model->dropouts > 0);
  return loy_covariate_loglik_total(model, &covariates, covariate_x, covariate_t_x, covariate_T, NULL, N, options,
                                    value, gradient, hessian, NULL);
}

static void test_golden_totals(void) {
  static const double value[COVARIATE_MODELS] = {-2166.48141339383314, -2168.08672087297418, -2139.65402166112532,
                                                 -2347.57208890328001, -2173.35975706574645};
  static const double gradient[COVARIATE_MODELS][9] = {
      {-4.66992827357743, 0.7643376471769582, -39.08300291177944, 13.12526584028984, -205.3407092057193,
       0.1464671757925138, -691.6404831422482, -11.03445448724187},
      {62.35801273458553, -1.737103723368668, -41.08119446725102, 14.25511479298415, 273.3410463668366,
       3.541265921359288, -672.5207894780423, -11.27906993652808},
      {-20.10914306568782, 2.123451519844824, 12.03107274134887, -0.5726919053951589, -845.2628616234536,
       -3.849838473941826, 178.0852174032764, -0.9885266992620421},
      {-43.13949999128247, 2.909832924758147, -1030.684571103523, -6.789963530832815},
      {-51.19062594611623, 3.525394368305346, 1508.143788053411, 46.72192311401586, -16.800611809302,
       -1313.965915498454, -7.257964064837056, 1288.061826469694, 13.73474188249437}};
  for (int k = 0; k < COVARIATE_MODELS; k++) {
    loy_covariate_model model = covariate_model(k);
    loy_covariate_fit_options options;
    size_t m = loy_model_parameter_count(covariate_kinds[k]), n = m + model.transactions + model.dropouts;
    double found, first[9], second[81], again, first_again[9];
    CHECK_STATUS(total(&model, NULL, &found, first, second), LOY_OK);
    CHECK_CLOSE(found, value[k], 1e-13);
    for (size_t i = 0; i < n; i++) CHECK_NEAR(first[i], gradient[k][i], 1e-9 * (1.0 + fabs(gradient[k][i])));
    /* The Hessian by differences of the gradient. */
    for (size_t i = 0; i < n; i++) {
      loy_covariate_model up = model, down = model;
      double *at = i < m ? &up.base.parameters[i] : &up.coefficients[i - m];
      double *under = i < m ? &down.base.parameters[i] : &down.coefficients[i - m];
      double step = 1e-4 * fabs(*at), above[9], below[9];
      *at += step;
      *under -= step;
      total(&up, NULL, &again, above, NULL);
      total(&down, NULL, &again, below, NULL);
      for (size_t j = 0; j < n; j++)
        CHECK_NEAR(second[n * i + j], (above[j] - below[j]) / (2.0 * step),
                   1e-6 * sqrt(fabs(second[(n + 1) * i] * second[(n + 1) * j])));
    }
    /* The same bits for any number of threads. */
    loy_covariate_fit_options_init(&options);
    options.threads = 3;
    CHECK_STATUS(total(&model, &options, &again, first_again, NULL), LOY_OK);
    CHECK_BITS(again, found);
    for (size_t i = 0; i < n; i++) CHECK_BITS(first_again[i], first[i]);
    /* No coefficients: the plain total. */
    if (k == 2) {
      loy_pnbd_params p = {1.1, 9, .8, 11};
      double plain;
      for (int j = 0; j < 4; j++) model.coefficients[j] = 0.0;
      total(&model, NULL, &found, NULL, NULL);
      loy_pnbd_loglik_total(&p, covariate_x, covariate_t_x, covariate_T, NULL, N, NULL, &plain, NULL, NULL, NULL);
      CHECK_CLOSE(found, plain, 1e-14);
    }
  }
}

static loy_status fit(int k, const int *same, loy_covariate_fit_result *result, loy_error *error) {
  loy_covariates covariates = covariate_columns(covariate_kinds[k] != LOY_MODEL_NBD);
  loy_covariate_fit_options options;
  loy_covariate_fit_options_init(&options);
  options.same = same;
  return loy_covariate_fit(covariate_kinds[k], covariate_x, covariate_t_x, covariate_T, NULL, &covariates, N, &options,
                           result, error);
}

static void test_golden_fits(void) {
  static const double value[COVARIATE_MODELS] = {-2143.1752008682433, -2138.011262814553, -2135.354316007921,
                                                 -2342.61815911366, -2135.354316007921};
  static const double estimate[COVARIATE_MODELS - 1][9] = {
      {0.598102262, 4.50444496, 18.8512917, 149.168617, 0.0138685042, 0.656157032, -0.0746605174, -0.151510664},
      {1.18167643, 5.9541875, 13.0482068, 70.1415494, 0.00908810284, 0.585115444, -0.0673724179, -0.243800002},
      {1.10647295, 8.9249944, 1.11735178, 6.86723492, 0.0136846596, 0.685993522, -0.0347559349, -0.045185675},
      {0.705167055, 15.5607797, 0.0231450392, 0.716786971}};
  for (int k = 0; k < COVARIATE_MODELS; k++) {
    loy_covariate_fit_result result;
    size_t m = loy_model_parameter_count(covariate_kinds[k]);
    double found;
    if (covariate_kinds[k] == LOY_MODEL_GGOMNBD) { /* these customers' hazards do not grow: the edge is Pareto/NBD */
      loy_error error;
      CHECK_STATUS(fit(k, NULL, &result, &error), LOY_NOTICE_AT_BOUND);
      CHECK_ERROR(&error, LOY_NOTICE_AT_BOUND, "b", LOY_NO_INDEX);
      CU_ASSERT(isnan(result.std_error[2]) && isfinite(result.std_error[5]));
      CHECK_NEAR(result.model.base.log_likelihood, value[k], 1e-3);
      for (size_t j = 0; j < 4; j++) CHECK_CLOSE(result.model.coefficients[j], estimate[2][4 + j], 1e-2);
      continue;
    }
    CHECK_STATUS(fit(k, NULL, &result, NULL), LOY_OK);
    CHECK_NEAR(result.model.base.log_likelihood, value[k], 2e-9);
    for (size_t i = 0; i < m + result.model.transactions + result.model.dropouts; i++)
      CHECK_CLOSE(i < m ? result.model.base.parameters[i] : result.model.coefficients[i - m], estimate[k][i], 3e-4);
    CHECK_STATUS(total(&result.model, NULL, &found, NULL, NULL), LOY_OK);
    CHECK_CLOSE(found, result.model.base.log_likelihood, 1e-13);
    CU_ASSERT(result.scaled_gradient < 1e-8 && result.decrement < 1e-13 && result.evaluations > result.iterations);
    CU_ASSERT_EQUAL(result.model.base.customers, (double)N);
  }
}

/* The covariance is the inverse of the information on the natural scale, whatever was standardised inside; tied
 * coefficients are one number, and the likelihood-ratio statistic of the constraint is not negative. */
static void test_covariance(void) {
  static const int same[2] = {0, -1};
  loy_covariate_fit_result free_fit, tied;
  double value, gradient[8], hessian[64];
  CHECK_STATUS(fit(2, NULL, &free_fit, NULL), LOY_OK);
  CHECK_STATUS(total(&free_fit.model, NULL, &value, gradient, hessian), LOY_OK);
  for (size_t i = 0; i < 8; i++)
    for (size_t j = 0; j < 8; j++) {
      double sum = 0.0;
      for (size_t l = 0; l < 8; l++) sum -= free_fit.model.covariance[8 * i + l] * hessian[8 * l + j];
      CHECK_NEAR(sum * free_fit.std_error[j] / free_fit.std_error[i], i == j ? 1.0 : 0.0, 1e-6);
    }
  for (size_t i = 0; i < 4; i++)
    for (size_t j = 0; j < 4; j++)
      CHECK_BITS(free_fit.model.base.covariance[4 * i + j], free_fit.model.covariance[8 * i + j]);
  CHECK_STATUS(fit(2, same, &tied, NULL), LOY_OK);
  CHECK_BITS(tied.model.coefficients[0], tied.model.coefficients[2]);
  CHECK_BITS(tied.std_error[4], tied.std_error[6]);
  CU_ASSERT_EQUAL(tied.model.same[0], 0);
  CHECK_STATUS(loy_covariate_model_check(&tied.model, NULL), LOY_OK);
  CHECK_NEAR(tied.model.base.log_likelihood, -2139.7645002912777, 2e-9);
  CHECK_CLOSE(tied.model.coefficients[0], 0.00429656153, 1e-4);
  CHECK_CLOSE(tied.model.coefficients[3], -0.247336748, 1e-4);
  CU_ASSERT(tied.model.base.log_likelihood < free_fit.model.base.log_likelihood);
}

/* Units and zero points of covariates change the numbers as they should, and nothing else. */
static void test_units(void) {
  static double moved[N];
  const double *column[2] = {moved, covariate_web};
  loy_covariates covariates = covariate_columns(1);
  loy_covariate_fit_result plain, other;
  for (int i = 0; i < N; i++) moved[i] = 1000.0 * covariate_age[i] - 40000.0;
  CHECK_STATUS(fit(2, NULL, &plain, NULL), LOY_OK);
  covariates.transaction = covariates.dropout = column;
  CHECK_STATUS(loy_covariate_fit(LOY_MODEL_PNBD, covariate_x, covariate_t_x, covariate_T, NULL, &covariates, N, NULL,
                                 &other, NULL),
               LOY_OK);
  CHECK_CLOSE(other.model.base.log_likelihood, plain.model.base.log_likelihood, 1e-13);
  CHECK_CLOSE(1000.0 * other.model.coefficients[0], plain.model.coefficients[0], 1e-6);
  CHECK_CLOSE(1000.0 * other.std_error[4], plain.std_error[4], 1e-6);
  CHECK_CLOSE(other.model.base.parameters[1], plain.model.base.parameters[1] * exp(-40.0 * plain.model.coefficients[0]),
              1e-6);
}

/* Rows that are equal merge, and stand for their weight. */
static void test_merge(void) {
  enum { TWICE = 2 * N };
  static double x[TWICE], t_x[TWICE], T[TWICE], age[TWICE], web[TWICE], weight[N];
  const double *const column[2] = {age, web};
  loy_covariates covariates = covariate_columns(1);
  loy_covariate_fit_result rows, weighted;
  for (int i = 0; i < TWICE; i++) {
    x[i] = covariate_x[i % N];
    t_x[i] = covariate_t_x[i % N];
    T[i] = covariate_T[i % N];
    age[i] = covariate_age[i % N];
    web[i] = covariate_web[i % N];
    weight[i % N] = 2.0;
  }
  CHECK_STATUS(loy_covariate_fit(LOY_MODEL_BGNBD, covariate_x, covariate_t_x, covariate_T, weight, &covariates, N, NULL,
                                 &weighted, NULL),
               LOY_OK);
  covariates.transaction = covariates.dropout = column;
  CHECK_STATUS(loy_covariate_fit(LOY_MODEL_BGNBD, x, t_x, T, NULL, &covariates, TWICE, NULL, &rows, NULL), LOY_OK);
  CHECK_CLOSE(rows.model.base.log_likelihood, weighted.model.base.log_likelihood, 1e-13);
  for (size_t i = 0; i < 4; i++) {
    CHECK_CLOSE(rows.model.base.parameters[i], weighted.model.base.parameters[i], 1e-8);
    CHECK_CLOSE(rows.model.coefficients[i], weighted.model.coefficients[i], 1e-8);
  }
  for (size_t i = 0; i < 8; i++) CHECK_CLOSE(rows.std_error[i], weighted.std_error[i], 1e-6);
}

/* A group that never came back: the likelihood rises without end as its coefficient falls. */
static void test_runaway(void) {
  static double x[N], t_x[N];
  const double *const column[1] = {covariate_web};
  const char *const names[1] = {"web"};
  loy_covariates covariates;
  loy_covariate_fit_result result;
  loy_error error;
  for (int i = 0; i < N; i++) {
    x[i] = covariate_web[i] > 0.0 ? 0.0 : covariate_x[i];
    t_x[i] = covariate_web[i] > 0.0 ? 0.0 : covariate_t_x[i];
  }
  loy_covariates_init(&covariates);
  covariates.transaction = column;
  covariates.transactions = 1;
  covariates.transaction_names = names;
  for (int k = 0; k < COVARIATE_MODELS; k++) {
    loy_status status =
        loy_covariate_fit(covariate_kinds[k], x, t_x, covariate_T, NULL, &covariates, N, NULL, &result, &error);
    size_t m = loy_model_parameter_count(covariate_kinds[k]);
    double widest = result.std_error[m];
    CU_ASSERT(status == LOY_NOTICE_AT_BOUND || status == LOY_NOTICE_WEAK_ID);
    if (covariate_kinds[k] == LOY_MODEL_GGOMNBD) continue; /* whose b lies at its bound too, and comes first */
    CHECK_ERROR(&error, status, "web", 0);
    CU_ASSERT_EQUAL(result.model.base.status, (int)status);
    CU_ASSERT(result.model.coefficients[0] < -10.0);
    CU_ASSERT(isnan(widest) || widest > 10.0);
    CU_ASSERT(isfinite(result.model.base.log_likelihood));
  }
}

/* Everybody stops after three purchases: a and b grow together, and a covariate of them has no meaning. */
static void test_alike(void) {
  static double x[N], t_x[N];
  loy_covariates covariates = covariate_columns(1);
  loy_covariate_fit_result result;
  loy_error error;
  loy_status status;
  for (int i = 0; i < N; i++) {
    x[i] = 3.0;
    t_x[i] = 2.0 + 0.02 * (double)(i * 37 % 101);
  }
  covariates.transactions = 0;
  status = loy_covariate_fit(LOY_MODEL_BGNBD, x, t_x, covariate_T, NULL, &covariates, N, NULL, &result, &error);
  CU_ASSERT(status == LOY_NOTICE_AT_BOUND || status == LOY_NOTICE_WEAK_ID);
  CU_ASSERT_PTR_NOT_NULL(error.argument);
  CU_ASSERT(result.model.base.parameters[2] + result.model.base.parameters[3] > 1e3);
  /* No standard errors that look as if these were known. */
  for (size_t i = 2; i < 4; i++)
    CU_ASSERT(isnan(result.std_error[i]) || result.std_error[i] > result.model.base.parameters[i]);
}

static void test_penalty(void) {
  loy_covariates covariates = covariate_columns(1);
  loy_covariate_fit_options options;
  loy_covariate_fit_result plain, shrunk, none;
  loy_covariate_fit_options_init(&options);
  CHECK_STATUS(fit(2, NULL, &plain, NULL), LOY_OK);
  options.coefficient_penalty = 0.1;
  CHECK_STATUS(loy_covariate_fit(LOY_MODEL_PNBD, covariate_x, covariate_t_x, covariate_T, NULL, &covariates, N,
                                 &options, &shrunk, NULL),
               LOY_OK);
  CU_ASSERT(fabs(shrunk.model.coefficients[1]) < fabs(plain.model.coefficients[1]));
  CU_ASSERT(shrunk.model.base.log_likelihood < plain.model.base.log_likelihood);
  options.coefficient_penalty = 1e9;
  CHECK_STATUS(loy_covariate_fit(LOY_MODEL_PNBD, covariate_x, covariate_t_x, covariate_T, NULL, &covariates, N,
                                 &options, &none, NULL),
               LOY_OK);
  for (int j = 0; j < 4; j++) CHECK_NEAR(none.model.coefficients[j], 0.0, 1e-7);
  options.coefficient_penalty = 0.0;
  options.penalty = 0.05;
  CHECK_STATUS(loy_covariate_fit(LOY_MODEL_PNBD, covariate_x, covariate_t_x, covariate_T, NULL, &covariates, N,
                                 &options, &shrunk, NULL),
               LOY_OK);
  CU_ASSERT(shrunk.model.base.log_likelihood < plain.model.base.log_likelihood);
}

typedef struct watch {
  int64_t last, stop;
  int falls;
} watch;

static int look(void *ctx, int64_t done, int64_t of, double value) {
  watch *seen = (watch *)ctx;
  (void)of;
  (void)value;
  seen->falls |= done < seen->last;
  seen->last = done;
  return done != seen->stop;
}

static void test_progress(void) {
  watch seen = {0, -1, 0};
  loy_progress progress = {look, &seen};
  loy_covariates covariates = covariate_columns(1);
  loy_covariate_fit_options options;
  loy_covariate_fit_result result, untouched;
  loy_error error;
  loy_covariate_fit_options_init(&options);
  options.progress = &progress;
  CHECK_STATUS(loy_covariate_fit(LOY_MODEL_BGNBD, covariate_x, covariate_t_x, covariate_T, NULL, &covariates, N,
                                 &options, &result, &error),
               LOY_OK);
  CU_ASSERT(!seen.falls && seen.last == result.evaluations);
  memset(&result, 7, sizeof result);
  untouched = result;
  for (int early = 0; early < 2; early++) { /* in the plain fit, and after it */
    seen.stop = early ? 2 : seen.last - 1;
    seen.last = 0;
    CHECK_STATUS(loy_covariate_fit(LOY_MODEL_BGNBD, covariate_x, covariate_t_x, covariate_T, NULL, &covariates, N,
                                   &options, &result, &error),
                 LOY_ERR_CANCELED);
    CU_ASSERT_EQUAL(memcmp(&result, &untouched, sizeof result), 0);
  }
}

/* Many customers: a sample comes first, threads change nothing, and what was put in comes out. */
static void test_recovery(void) {
  enum { MANY = 40000 };
  static double x[MANY], t_x[MANY], T[MANY], age[MANY], web[MANY];
  const double *const column[2] = {age, web};
  loy_covariates covariates = covariate_columns(1);
  covariates.transaction = covariates.dropout = column;
  for (int i = 0; i < MANY; i++) {
    T[i] = 20.0 + (double)(i % 97) * 0.3;
    age[i] = 20.0 + (double)(i * 7 % 41);
    web[i] = (double)(i * 13 % 5 < 2);
  }
  for (int k = 0; k < 4; k++) {
    loy_covariate_model truth = covariate_model(k);
    size_t m = loy_model_parameter_count(covariate_kinds[k]);
    loy_covariate_fit_options options;
    loy_covariate_fit_result one, two;
    covariates.dropouts = truth.dropouts;
    CHECK_STATUS(loy_covariate_simulate(&truth, &covariates, T, MANY, 11, 2, x, t_x, NULL, NULL, NULL), LOY_OK);
    loy_covariate_fit_options_init(&options);
    CHECK_STATUS(loy_covariate_fit(covariate_kinds[k], x, t_x, T, NULL, &covariates, MANY, &options, &one, NULL),
                 LOY_OK);
    for (size_t i = 0; i < m + truth.transactions + truth.dropouts; i++)
      CHECK_NEAR(i < m ? one.model.base.parameters[i] : one.model.coefficients[i - m],
                 i < m ? truth.base.parameters[i] : truth.coefficients[i - m], 3.5 * one.std_error[i]);
    options.threads = 2;
    CHECK_STATUS(loy_covariate_fit(covariate_kinds[k], x, t_x, T, NULL, &covariates, MANY, &options, &two, NULL),
                 LOY_OK);
    CHECK_BITS(one.model.base.log_likelihood, two.model.base.log_likelihood);
    for (size_t i = 0; i < m + truth.transactions + truth.dropouts; i++) CHECK_BITS(one.std_error[i], two.std_error[i]);
  }
}

static void test_errors(void) {
  static double age[N], x[N], t_x[N], T[N], one[N];
  const double *column[2] = {NULL, covariate_web};
  const char *const names[2] = {"age", "web"};
  const int same[2] = {-1, 2}, good[2] = {-1, -1};
  loy_progress progress = {NULL, NULL};
  loy_covariates covariates;
  loy_covariate_fit_options options;
  loy_covariate_fit_result result, untouched;
  loy_error error;
  memcpy(age, covariate_age, sizeof age);
  memcpy(x, covariate_x, sizeof x);
  memcpy(t_x, covariate_t_x, sizeof t_x);
  memcpy(T, covariate_T, sizeof T);
  for (int i = 0; i < N; i++) one[i] = 3.0;
  memset(&result, 7, sizeof result);
  untouched = result;
  loy_covariates_init(&covariates);
  covariates.transaction = covariates.dropout = column;
  covariates.transactions = 20;
  covariates.dropouts = 20;
  covariates.transaction_names = covariates.dropout_names = names;
  loy_covariate_fit_options_init(&options);
  options.struct_size = 1;
  options.threads = -1;
  options.most_evaluations = -1;
  options.penalty = -1.0;
  options.progress = &progress;
  options.coefficient_penalty = (double)NAN;
  options.same = same;
#define EXPECT(KIND, X, RESULT, STATUS, ARGUMENT, INDEX)                                                               \
  CHECK_STATUS(loy_covariate_fit(KIND, X, t_x, T, NULL, &covariates, N, &options, RESULT, &error), STATUS);            \
  CHECK_ERROR(&error, STATUS, ARGUMENT, INDEX)
  EXPECT(LOY_MODEL_GAMMA_GAMMA, NULL, NULL, LOY_ERR_ARGUMENT, "kind", LOY_NO_INDEX);
  EXPECT(LOY_MODEL_PNBD, NULL, NULL, LOY_ERR_ARGUMENT, "dropouts", LOY_NO_INDEX);
  covariates.transactions = 2;
  EXPECT(LOY_MODEL_NBD, NULL, NULL, LOY_ERR_ARGUMENT, "dropouts", LOY_NO_INDEX);
  covariates.dropouts = 2;
  EXPECT(LOY_MODEL_PNBD, NULL, NULL, LOY_ERR_ARGUMENT, "covariates", 0);
  column[0] = age;
  EXPECT(LOY_MODEL_PNBD, NULL, NULL, LOY_ERR_ARGUMENT, "x", LOY_NO_INDEX);
  EXPECT(LOY_MODEL_PNBD, x, NULL, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX);
  options.struct_size = sizeof options;
  EXPECT(LOY_MODEL_PNBD, x, NULL, LOY_ERR_ARGUMENT, "threads", LOY_NO_INDEX);
  options.threads = 1;
  EXPECT(LOY_MODEL_PNBD, x, NULL, LOY_ERR_ARGUMENT, "most_evaluations", LOY_NO_INDEX);
  options.most_evaluations = 0;
  EXPECT(LOY_MODEL_PNBD, x, NULL, LOY_ERR_DOMAIN, "penalty", LOY_NO_INDEX);
  options.penalty = 0.0;
  EXPECT(LOY_MODEL_PNBD, x, NULL, LOY_ERR_ARGUMENT, "progress", LOY_NO_INDEX);
  options.progress = NULL;
  EXPECT(LOY_MODEL_PNBD, x, NULL, LOY_ERR_DOMAIN, "coefficient_penalty", LOY_NO_INDEX);
  options.coefficient_penalty = 0.0;
  EXPECT(LOY_MODEL_PNBD, x, NULL, LOY_ERR_ARGUMENT, "same", 1);
  options.same = good;
  EXPECT(LOY_MODEL_PNBD, x, NULL, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  x[7] = -1.0;
  age[3] = (double)NAN;
  EXPECT(LOY_MODEL_PNBD, x, &result, LOY_ERR_DOMAIN, "x", 7);
  x[7] = covariate_x[7];
  EXPECT(LOY_MODEL_PNBD, x, &result, LOY_ERR_DOMAIN, "age", 3);
  memset(x, 0, sizeof x);
  memset(t_x, 0, sizeof t_x);
  memset(T, 0, sizeof T);
  memcpy(age, covariate_web, sizeof age);
  column[1] = one;
  EXPECT(LOY_MODEL_BGNBD, x, &result, LOY_ERR_TOO_FEW, "x", LOY_NO_INDEX);
  EXPECT(LOY_MODEL_PNBD, x, &result, LOY_ERR_DOMAIN, "T", LOY_NO_INDEX);
  memcpy(x, covariate_x, sizeof x);
  memcpy(t_x, covariate_t_x, sizeof t_x);
  memcpy(T, covariate_T, sizeof T);
  EXPECT(LOY_MODEL_PNBD, x, &result, LOY_ERR_SINGULAR, "web", 1);
  for (int i = 0; i < N; i++) one[i] = 5.0 - 2.0 * covariate_web[i]; /* so depends on the first */
  EXPECT(LOY_MODEL_PNBD, x, &result, LOY_ERR_SINGULAR, "web", 1);
  /* Among those with a repeat purchase it is constant. */
  for (int i = 0; i < N; i++) one[i] = (double)(x[i] > 0.0);
  memcpy(age, covariate_age, sizeof age);
  EXPECT(LOY_MODEL_BGNBD, x, &result, LOY_ERR_SINGULAR, "web", 1);
  /* Far from 0: the parameters there are no numbers. */
  for (int i = 0; i < N; i++) age[i] = covariate_age[i] + 1e5;
  column[1] = covariate_web;
  EXPECT(LOY_MODEL_PNBD, x, &result, LOY_ERR_DOMAIN, "alpha", LOY_NO_INDEX);
#undef EXPECT
  CU_ASSERT_EQUAL(memcmp(&result, &untouched, sizeof result), 0);
}

static void test_total_errors(void) {
  loy_covariate_model model = covariate_model(0);
  loy_covariates covariates = covariate_columns(1);
  double value = 7.0, bad[1] = {-1.0}, one[1] = {1.0};
  loy_error error;
  model.coefficients[0] = (double)NAN;
  CHECK_STATUS(
      loy_covariate_loglik_total(&model, &covariates, one, one, one, NULL, 1, NULL, &value, NULL, NULL, &error),
      LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "coefficients", 0);
  model.coefficients[0] = 1e6;
  covariates.dropouts = 1;
  CHECK_STATUS(
      loy_covariate_loglik_total(&model, &covariates, one, one, one, NULL, 1, NULL, &value, NULL, NULL, &error),
      LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "covariates", LOY_NO_INDEX);
  covariates.dropouts = 2;
  CHECK_STATUS(
      loy_covariate_loglik_total(&model, &covariates, NULL, one, one, NULL, 1, NULL, &value, NULL, NULL, &error),
      LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "x", LOY_NO_INDEX);
  CHECK_STATUS(loy_covariate_loglik_total(&model, &covariates, bad, one, one, NULL, 1, NULL, NULL, NULL, NULL, &error),
               LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX);
  CHECK_STATUS(
      loy_covariate_loglik_total(&model, &covariates, bad, one, one, NULL, 1, NULL, &value, NULL, NULL, &error),
      LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "x", 0);
  CHECK_STATUS(
      loy_covariate_loglik_total(&model, &covariates, one, one, one, NULL, 1, NULL, &value, NULL, NULL, &error),
      LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "alpha", 0);
  CU_ASSERT_EQUAL(value, 7.0);
}

static void test_memory(void) {
  loy_covariates covariates = covariate_columns(1);
  loy_covariate_model model = covariate_model(0);
  failing_allocator memory;
  FOR_EACH_FAILURE(memory) {
    loy_covariate_fit_options options;
    loy_covariate_fit_result result;
    double value = 7.0;
    loy_status status;
    loy_covariate_fit_options_init(&options);
    options.allocator = &memory.allocator;
    status = loy_covariate_loglik_total(&model, &covariates, covariate_x, covariate_t_x, covariate_T, NULL, N, &options,
                                        &value, NULL, NULL, NULL);
    if (status == LOY_OK)
      status = loy_covariate_fit(LOY_MODEL_BGNBD, covariate_x, covariate_t_x, covariate_T, NULL, &covariates, N,
                                 &options, &result, NULL);
    CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
    CU_ASSERT_EQUAL(memory.held, 0);
  }
}

SUITE(btyd, covariate_fit) {
  ADD(test_golden_totals);
  ADD(test_golden_fits);
  ADD(test_covariance);
  ADD(test_units);
  ADD(test_merge);
  ADD(test_runaway);
  ADD(test_alike);
  ADD(test_penalty);
  ADD(test_progress);
  ADD(test_recovery);
  ADD(test_errors);
  ADD(test_total_errors);
  ADD(test_memory);
}
