/* test_fit.c: what the fits of all models share; the models' own tests run it on likelihoods. */
#include "check.h"

#if LOY_TEST_INTERNALS
#  include "loyalty/btyd/fit.h"

static const loyi_fit_model MODEL = {2,
                                     {"shape", "scale", NULL, NULL, NULL},
                                     {1e-8, 1e-8, 0, 0, 0},
                                     {1e8, 1e8, 0, 0, 0},
                                     {0, 1, 0, 0, 0},
                                     0,
                                     {{0, 0, 0, 0}}};

/* A bowl with its lowest point where the logarithms are 1 and 2; or a slope that falls with the first. */
static int bowl(void *ctx, const double *point, double *value, double *gradient, double *hessian) {
  double slope = *(const double *)ctx, d = point[0] - 1.0, e = point[1] - 2.0;
  *value = slope > 0.0 ? -slope * point[0] + e * e : 2.0 * d * d + e * e;
  gradient[0] = slope > 0.0 ? -slope : 4.0 * d;
  gradient[1] = 2.0 * e;
  hessian[0] = slope > 0.0 ? 0.0 : 4.0;
  hessian[1] = hessian[2] = 0.0;
  hessian[3] = 2.0;
  return 1;
}

static int nothing(void *ctx, const double *point, double *value, double *gradient, double *hessian) {
  (void)ctx;
  (void)point;
  *value = (double)NAN;
  gradient[0] = gradient[1] = hessian[0] = hessian[1] = hessian[2] = hessian[3] = 0.0;
  return 1;
}

static void test_search(void) {
  const double x[2] = {1, 0}, t_x[2] = {1, 0}, T[2] = {6, 6}, start[2] = {0, 0}, other[2] = {3, 3};
  double slope = 0.0;
  loyi_newton_result found;
  loyi_fit_answer answer;
  loyi_fit_control control;
  loy_error error;
  loyi_rows rows;
  loyi_fit_control_init(&control);
  CHECK_STATUS(loyi_rows_make(x, t_x, T, NULL, 2, NULL, 1, 1, &rows, NULL), LOY_OK);
  CU_ASSERT(loyi_fit_search(&MODEL, &rows, bowl, &slope, &control, start, other, &found));
  CHECK_STATUS(loyi_fit_conclude(&MODEL, &rows, &control, &found, &answer), LOY_OK);
  CHECK_STATUS(loyi_fit_notice(&MODEL, LOY_OK, &found, &error), LOY_OK);
  /* The second parameter is in units of time, of which one is 8 of the caller's. */
  CHECK_CLOSE(answer.params[0], exp(1.0), 1e-12);
  CHECK_CLOSE(answer.params[1], 8.0 * exp(2.0), 1e-12);
  CHECK_CLOSE(answer.log_likelihood, -3.0 * log(2.0), 1e-12);
  CHECK_CLOSE(answer.std_error[0], answer.params[0] / sqrt(2.0 * 4.0), 1e-12);
  CHECK_CLOSE(answer.covariance[3], answer.std_error[1] * answer.std_error[1], 1e-12);
  slope = 1.0;
  CU_ASSERT(loyi_fit_search(&MODEL, &rows, bowl, &slope, &control, start, other, &found));
  CHECK_STATUS(loyi_fit_conclude(&MODEL, &rows, &control, &found, &answer), LOY_NOTICE_AT_BOUND);
  CHECK_STATUS(loyi_fit_notice(&MODEL, LOY_NOTICE_AT_BOUND, &found, &error), LOY_NOTICE_AT_BOUND);
  CHECK_ERROR(&error, LOY_NOTICE_AT_BOUND, "shape", LOY_NO_INDEX);
  CHECK_CLOSE(answer.params[0], 1e8, 1e-12);
  CU_ASSERT(isnan(answer.std_error[0]) && isfinite(answer.std_error[1]));
  slope = 0.0;
  control.most_evaluations = 1;
  CU_ASSERT(loyi_fit_search(&MODEL, &rows, bowl, &slope, &control, start, other, &found));
  CU_ASSERT_EQUAL(found.evaluations, 2);
  CHECK_STATUS(loyi_fit_conclude(&MODEL, &rows, &control, &found, &answer), LOY_NOTICE_NOT_CONVERGED);
  CHECK_STATUS(loyi_fit_notice(&MODEL, LOY_NOTICE_NOT_CONVERGED, &found, &error), LOY_NOTICE_NOT_CONVERGED);
  CHECK_STATUS(loyi_fit_notice(&MODEL, LOY_NOTICE_WEAK_ID, &found, &error), LOY_NOTICE_WEAK_ID);
  CU_ASSERT_PTR_NULL(error.argument);
  CU_ASSERT_FALSE(loyi_fit_search(&MODEL, &rows, nothing, NULL, &control, start, other, &found));
  loyi_rows_release(&rows);
}

static void test_start(void) {
  const double x[4] = {0, 0, 4, 2}, t_x[4] = {0, 0, 3, 2}, T[4] = {4, 4, 4, 4};
  double start[2];
  loyi_rows rows;
  CHECK_STATUS(loyi_rows_make(x, t_x, T, NULL, 4, NULL, 1, 1, &rows, NULL), LOY_OK);
  CHECK_BITS(loyi_fit_start(&rows, start), 2.0);
  /* Mean 1.5 and variance 2.75; the mean rate is .375 per unit, and 8 units make one. */
  CHECK_CLOSE(start[0], log(1.5 * 1.5 / 1.25), 1e-14);
  CHECK_CLOSE(exp(start[0] - start[1]), .375 * 8.0, 1e-14);
  loyi_rows_release(&rows);
}

/* A mean negative log-likelihood that does not depend on the parameters. */
static int flat(void *ctx, const double *point, double *value, double *gradient, double *hessian) {
  (void)ctx;
  (void)point;
  *value = 3.0;
  gradient[0] = gradient[1] = hessian[0] = hessian[1] = hessian[2] = hessian[3] = 0.0;
  return 1;
}

/* A penalty alone shrinks the parameters until it is too small to matter; what is answered is the plain log-likelihood.
 * With the bowl, the optimum in ln theta of 2 (l - 1)^2 + (m - 2)^2 + .01 (theta^2 + (mu/6)^2), mu in units of which
 * 6/8 are the latest T: by hand, of 4 (l - 1) = -.02 exp(2 l) and 2 (m - 2) = -.02 exp(2 m) / .75^2. */
static void test_penalty(void) {
  const double x[2] = {1, 0}, t_x[2] = {1, 0}, T[2] = {6, 6}, start[2] = {0, 0}, other[2] = {3, 3};
  double slope = 0.0, l, m;
  loyi_newton_result found;
  loyi_fit_answer answer;
  loyi_fit_control control;
  loyi_rows rows;
  loyi_fit_control_init(&control);
  control.penalty = 0.01;
  CHECK_STATUS(loyi_rows_make(x, t_x, T, NULL, 2, NULL, 1, 1, &rows, NULL), LOY_OK);
  CU_ASSERT(loyi_fit_search(&MODEL, &rows, flat, NULL, &control, start, other, &found));
  CHECK_STATUS(loyi_fit_conclude(&MODEL, &rows, &control, &found, &answer), LOY_NOTICE_WEAK_ID);
  CHECK_CLOSE(answer.log_likelihood, -6.0 - 3.0 * log(2.0), 1e-14);
  CU_ASSERT(loyi_fit_search(&MODEL, &rows, bowl, &slope, &control, start, other, &found));
  CHECK_STATUS(loyi_fit_conclude(&MODEL, &rows, &control, &found, &answer), LOY_OK);
  l = log(answer.params[0]);
  m = log(answer.params[1] / 8.0);
  CHECK_CLOSE(4.0 * (1.0 - l), 0.02 * exp(2.0 * l), 1e-9);
  CHECK_CLOSE(2.0 * (2.0 - m), 0.02 * exp(2.0 * m) / (0.75 * 0.75), 1e-9);
  CHECK_CLOSE(answer.log_likelihood, -2.0 * (2.0 * (l - 1.0) * (l - 1.0) + (m - 2.0) * (m - 2.0)) - 3.0 * log(2.0),
              1e-12);
  CHECK_CLOSE(answer.std_error[0], answer.params[0] / sqrt(2.0 * (4.0 + 0.04 * exp(2.0 * l))), 1e-9);
  loyi_rows_release(&rows);
}

/* A bowl whose lowest point depends on how many rows there are; counts the evaluations of samples. */
typedef struct watched {
  loyi_rows *at;
  const loyi_rows *sample;
  int of_samples;
} watched;

static int watched_bowl(void *ctx, const double *point, double *value, double *gradient, double *hessian) {
  watched *of = (watched *)ctx;
  double slope = 0.0;
  of->of_samples += of->at == of->sample;
  (void)bowl(&slope, point, value, gradient, hessian);
  gradient[0] += of->at == of->sample ? -1e-3 : 0.0;
  *value += of->at == of->sample ? -1e-3 * point[0] : 0.0;
  return 1;
}

/* A fifth of equal rows is worth merging, fewer are not; of many rows the start is the optimum of a sample. */
static void test_rows(void) {
  enum { N = 40000 };
  static double x[N], t_x[N], t[N];
  const double other[2] = {3, 3};
  const int alike[3] = {0, 15, 25}; /* of 100 rows */
  const size_t left[3] = {N, N, 75 * N / 100};
  loyi_rows rows, sample;
  loyi_newton_result found;
  loyi_fit_control control;
  loyi_fit_control_init(&control);
  for (int k = 0; k < 3; k++) {
    double start[2] = {0, 0};
    watched of = {NULL, &sample, 0};
    const loyi_rows_source source = {x, t_x, t, NULL, N, 0, NULL, 0};
    for (int i = 0; i < N; i++) {
      x[i] = t_x[i] = 1.0;
      t[i] = 2.0 + (i * 37 % 100 < alike[k] ? 0 : i); /* mixed, so that each sample has its share */
    }
    CHECK_STATUS(loyi_fit_rows(&source, NULL, 1, 1, &rows, &sample, NULL), LOY_OK);
    CU_ASSERT(rows.n >= left[k] && rows.n <= left[k] + 1);
    CU_ASSERT_EQUAL(rows.customers, (double)N);
    CU_ASSERT(k < 2 ? sample.n > 8192 && sample.n <= 16384 : sample.n == 0);
    CU_ASSERT(
        loyi_fit_search_prepared(&MODEL, &rows, &sample, watched_bowl, &of, &of.at, &control, start, other, &found));
    CU_ASSERT_PTR_EQUAL(of.at, &rows);
    CHECK_CLOSE(found.point[0], 1.0, 1e-12);
    CU_ASSERT_EQUAL(of.of_samples > 0, k < 2); /* 30000 rows are not many */
    if (k < 2) CHECK_CLOSE(start[0], 1.00025, 1e-12);
    CU_ASSERT(found.evaluations > of.of_samples);
    loyi_rows_release(&sample);
    loyi_rows_release(&rows);
  }
}

SUITE(btyd, fit) {
  ADD(test_search);
  ADD(test_start);
  ADD(test_penalty);
  ADD(test_rows);
}
#else
static void test_nothing_public(void) { CU_PASS("private functions are tested in the other forms"); }
SUITE(btyd, fit) { ADD(test_nothing_public); }
#endif
