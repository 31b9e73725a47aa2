/* The engine of purchase rates with a lifetime: the odds of having stopped by brute force, lifetimes without an end,
 * and what is no history. */
#include "check.h"

#if LOY_TEST_INTERNALS
#  include "loyalty/btyd/purchase_lifetime.h"

/* The odds are int_(t_x)^T (alpha+u)^-k f(u) du over (alpha+T)^-k S(T); here by Simpson's rule in u. */
static void test_odds(void) {
  const loyi_purchase_model model = {0.7, 5.0, loyi_lifetime_make(LOYI_LIFETIME_PARETO, 0.6, 11.0, 1.0)};
  enum { STEPS = 20000 };
  for (double x = 1.0; x < 30.0; x *= 3.0) {
    const double t_x = 8.0, T = 20.0, k = model.r + x, h = (T - t_x) / (double)STEPS;
    loyi_purchase_history history;
    const char *message;
    double sum = 0.0, odds;
    CU_ASSERT_PTR_NULL(loyi_purchase_digest(&model, x, t_x, T, &history, &message));
    for (int i = 0; i <= STEPS; i++) {
      const double u = t_x + h * i, weight = i == 0 || i == STEPS ? 1.0 : i % 2 ? 4.0 : 2.0;
      const double density = 0.6 / 11.0 * pow(1.0 + u / 11.0, -1.6);
      sum += weight * h / 3.0 * density * pow((model.alpha + u) / (model.alpha + T), -k);
    }
    odds = sum / pow(1.0 + T / 11.0, -0.6);
    CHECK_CLOSE(exp(history.log_odds), odds, 1e-11);
    CHECK_CLOSE(loyi_purchase_alive(&history), 1.0 / (1.0 + odds), 1e-11);
    CHECK_CLOSE(loyi_purchase_stopped(&history), odds / (1.0 + odds), 1e-11);
    CHECK_CLOSE(loyi_purchase_one(&model, x, t_x, T, loyi_purchase_log_palive_row, NULL), -log1p(odds), 1e-11);
  }
}

/* Nobody stops: the likelihood is the negative binomial's, the rate's posterior mean (r+x)/(alpha+T). */
static void test_endless(void) {
  const loyi_purchase_model model = {0.7, 5.0, loyi_lifetime_make(LOYI_LIFETIME_ENDLESS, 1.0, 1.0, 1.0)};
  double t = 100.0, lambda, dropout;
  CHECK_BITS(loyi_purchase_one(&model, 3, 8, 20, loyi_purchase_palive_row, &t), 1.0);
  CHECK_CLOSE(loyi_purchase_one(&model, 3, 8, 20, loyi_purchase_loglik_row, NULL),
              lgamma(3.7) - lgamma(0.7) + 0.7 * log(5.0) - 3.7 * log(25.0), 1e-14);
  CHECK_STATUS(loyi_purchase_posterior(&model, 3, 8, 20, &lambda, &dropout, NULL), LOY_OK);
  CHECK_CLOSE(lambda, 3.7 / 25.0, 1e-15);
  CHECK_BITS(dropout, 0.0);
}

static void test_domain(void) {
  const loyi_purchase_model model = {0.7, 5.0, loyi_lifetime_make(LOYI_LIFETIME_PARETO, 0.6, 11.0, 1.0)};
  loyi_purchase_history history;
  const char *message = NULL;
  loy_error error;
  CU_ASSERT_STRING_EQUAL(loyi_purchase_digest(&model, 1, 3, 2, &history, &message), "T");
  CU_ASSERT_PTR_NOT_NULL(message);
  CU_ASSERT(isnan(loyi_purchase_one(&model, 0.5, 3, 4, loyi_purchase_loglik_row, NULL)));
  CHECK_STATUS(loyi_purchase_rates_check(1.0, 1.0, &error), LOY_OK);
  CHECK_STATUS(loyi_purchase_rates_check(-1.0, -1.0, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "r", LOY_NO_INDEX);
  CHECK_STATUS(loyi_purchase_rates_check(1.0, -1.0, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "alpha", LOY_NO_INDEX);
  CHECK_STATUS(loyi_purchase_check(1, 1, 2, -1, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX);
}
#endif

SUITE(btyd, purchase_lifetime) {
#if LOY_TEST_INTERNALS
  ADD(test_odds);
  ADD(test_endless);
  ADD(test_domain);
#else
  (void)suite;
#endif
}
