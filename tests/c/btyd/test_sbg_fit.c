/* test_sbg_fit.c: the fit of the shifted beta geometric model. MODEL stands for loy_sbg_fit, loy_sbg_fit_options_init,
 * loy_sbg_loglik_total. */
#define MODEL(f)      loy_sbg_##f
#define MODEL_TYPE(t) loy_sbg_##t
#define PARAMETERS    2
#define FIELDS                                                                                                         \
  { "alpha", "beta" }
#define USUAL                                                                                                          \
  { 0.668, 3.806 }
#include "contract_rules.h"

static void test_published_fits(void) {
  const struct {
    const double *cohort;
    int64_t decisions;
    double alpha, beta, log_likelihood;
  } known[4] = {{high_end, 7, .66808832, 3.80609476, -1611.158147391},
                {regular, 7, .70407731, 1.18204304, -1680.265188463},
                {high_end, 4, 1.28097622, 7.79038301, -1225.134907},
                {regular, 4, .76366508, 1.29583031, -1401.559424}};
  for (int i = 0; i < 4; i++) {
    loy_sbg_fit_result fit;
    size_t n = load(known[i].cohort, known[i].decisions);
    CHECK_STATUS(loy_sbg_fit(lifetime, censored, weight, n, NULL, &fit, NULL), LOY_OK);
    CHECK_NEAR(fit.log_likelihood, known[i].log_likelihood, 1e-6);
    CHECK_CLOSE(fit.params.alpha, known[i].alpha, 1e-6);
    CHECK_CLOSE(fit.params.beta, known[i].beta, 1e-6);
    CU_ASSERT(fit.evaluations < 12 && fit.scaled_gradient < 1e-12);
  }
}

/* Everybody leaves at once. */
static void test_at_once(void) {
  const double t[2] = {1, 1};
  loy_sbg_fit_result fit;
  CHECK_STATUS(loy_sbg_fit(t, NULL, NULL, 2, NULL, &fit, NULL), LOY_NOTICE_AT_BOUND);
  CU_ASSERT(loy_sbg_retention(&fit.params, 1) < 1e-10);
}

SUITE(btyd, sbg_fit) {
  ADD(test_published_fits);
  ADD(test_at_once);
  ADD_FIT_RULES;
}
