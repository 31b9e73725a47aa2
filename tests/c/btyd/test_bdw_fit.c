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

SUITE(btyd, bdw_fit) {
  ADD(test_published_fits);
  ADD_FIT_RULES;
}
