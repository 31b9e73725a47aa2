/* test_bdw_fit.c: the fit of the beta discrete Weibull model. MODEL stands for loy_bdw_fit, loy_bdw_fit_options_init,
 * loy_bdw_loglik_total. */
#define MODEL(f)      loy_bdw_##f
#define MODEL_TYPE(t) loy_bdw_##t
#define PARAMETERS    3
#define FIELDS                                                                                                         \
  { "gamma", "delta", "c" }
#define USUAL                                                                                                          \
  { 0.25933574, 1.72255151, 1.58436150 }
#include "contract_rules.h"

static void test_published_fits(void) {
  const struct {
    const double *cohort;
    int64_t decisions;
    double gamma, delta, c, log_likelihood;
  } known[4] = {{high_end, 4, .25933574, 1.72255151, 1.58436150, -1222.749318},
                {regular, 4, .52302940, .89428281, 1.19639861, -1401.383052},
                {high_end, 7, .21425336, 1.42657501, 1.72356477, -1605.314213},
                {regular, 7, .45561397, .77932547, 1.28345131, -1679.602833}};
  for (int i = 0; i < 4; i++) {
    loy_bdw_fit_result fit;
    loy_sbg_fit_result plain;
    size_t n = load(known[i].cohort, known[i].decisions);
    CHECK_STATUS(loy_bdw_fit(lifetime, censored, weight, n, NULL, &fit, NULL), LOY_OK);
    CHECK_NEAR(fit.log_likelihood, known[i].log_likelihood, 1e-6);
    CHECK_CLOSE(fit.params.gamma, known[i].gamma, 1e-6);
    CHECK_CLOSE(fit.params.delta, known[i].delta, 1e-6);
    CHECK_CLOSE(fit.params.c, known[i].c, 1e-6);
    CU_ASSERT(fit.scaled_gradient < 1e-12);
    CHECK_STATUS(loy_sbg_fit(lifetime, censored, weight, n, NULL, &plain, NULL), LOY_OK);
    CU_ASSERT(fit.log_likelihood > plain.log_likelihood);
  }
}

/* Few customers send c far up, where the powers of time are 1e10 and more. Derivatives and optimum by mpmath, 80
 * digits. */
static void test_large_power(void) {
  static const double t[8] = {1, 2, 3, 4, 5, 10, 6, 10}, kept[8] = {0, 0, 0, 0, 0, 0, 1, 1};
  static const double customers[8] = {10, 18, 8, 4, 5, 2, 10, 43};
  static const double first[3] = {-219.98013486718211, -.091702246910516757, -.40681438372370929};
  static const double second[9] = {-88235.678004404899, 2035.5344716350387,  -146.6861242631856,
                                   2035.5344716350387,  -216.60876527562725, .19768202848963455,
                                   -146.6861242631856,  .19768202848963455,  -.23411564701487858};
  static const double std_error[3] = {.0490807910315, .431171892473, 22.9991735534};
  const loy_bdw_params params = {.0228, .2045, 12.375};
  double value, gradient[3], hessian[9];
  loy_bdw_fit_result fit;
  CHECK_STATUS(loy_bdw_loglik_total(&params, t, kept, customers, 8, NULL, &value, gradient, hessian, NULL), LOY_OK);
  CHECK_CLOSE(value, -151.590923166763142, 1e-14);
  for (int i = 0; i < 3; i++) CHECK_CLOSE(gradient[i], first[i], 1e-11);
  for (int i = 0; i < 9; i++) CHECK_CLOSE(hessian[i], second[i], 1e-11);
  CHECK_STATUS(loy_bdw_fit(t, kept, customers, 8, NULL, &fit, NULL), LOY_OK);
  CHECK_CLOSE(fit.log_likelihood, -151.266645282138, 1e-13);
  CHECK_CLOSE(fit.params.gamma, .0230126486974944, 1e-7);
  CHECK_CLOSE(fit.params.delta, .204371951235611, 1e-7);
  CHECK_CLOSE(fit.params.c, 10.7470110203824, 1e-7);
  for (int i = 0; i < 3; i++) CHECK_CLOSE(fit.std_error[i], std_error[i], 1e-6);
}

SUITE(btyd, bdw_fit) {
  ADD(test_published_fits);
  ADD(test_large_power);
  ADD_FIT_RULES;
}
