/* The future in the engine of purchase rates with a lifetime: closed forms where nobody stops and where everybody stops
 * at one rate, and counts that add up. */
#include "check.h"

#if LOY_TEST_INTERNALS
#  include "loyalty/btyd/purchase_lifetime_predict.h"

/* Nobody stops: a rate of (r+x)/(alpha+T), discounted from its moment. */
static void test_endless(void) {
  const loyi_purchase_model model = {0.7, 5.0, loyi_lifetime_make(LOYI_LIFETIME_ENDLESS, 1.0, 1.0, 1.0)};
  CHECK_CLOSE(loyi_purchase_expected(&model, 3, 8, 20, 10), 3.7 / 25.0 * 10.0, 1e-15);
  CHECK_CLOSE(loyi_purchase_dect(&model, 3, 8, 20, 0.1, 10), 3.7 / 25.0 * -expm1(-1.0) / 0.1, 1e-14);
  CHECK_CLOSE(loyi_purchase_dect(&model, 3, 8, 20, 0.1, HUGE_VAL), 3.7 / 25.0 / 0.1, 1e-14);
}

/* Gompertz with beta = 1: stopping at the rate s b = 0.1, whoever and whenever. */
static void test_exponential(void) {
  const loyi_purchase_model model = {0.7, 5.0, loyi_lifetime_make(LOYI_LIFETIME_GOMPERTZ, 0.5, 1.0, 0.2)};
  loyi_purchase_history history;
  const char *message;
  double rate;
  CU_ASSERT_PTR_NULL(loyi_purchase_digest(&model, 3, 8, 20, &history, &message));
  rate = loyi_purchase_alive(&history) * 3.7 / 25.0;
  CHECK_CLOSE(loyi_purchase_expected(&model, 3, 8, 20, 10), rate * -expm1(-1.0) / 0.1, 1e-14);
  CHECK_CLOSE(loyi_purchase_dect(&model, 3, 8, 20, 0.03, HUGE_VAL), rate / 0.13, 1e-13);
}

/* Counts sum to 1, and their mean is the expectation. */
static void test_counts(void) {
  const loyi_purchase_model model = {2.0, 5.0, loyi_lifetime_make(LOYI_LIFETIME_PARETO, 1.5, 11.0, 1.0)};
  double sum = 0.0, mean = 0.0, later = 0.0;
  for (double n = 0.0; n < 200.0; n += 1.0) {
    const double p = loyi_purchase_pmf_future(&model, 3, 8, 20, n, 10);
    sum += p;
    mean += n * p;
    later += loyi_purchase_pmf_interval(&model, n, 5, 25);
  }
  CHECK_CLOSE(sum, 1.0, 1e-13);
  CHECK_CLOSE(mean, loyi_purchase_expected(&model, 3, 8, 20, 10), 1e-12);
  CHECK_CLOSE(later, 1.0, 1e-13);
  CU_ASSERT(isnan(loyi_purchase_pmf_future(&model, 3, 8, 20, 0.5, 10)));
  CU_ASSERT(isnan(loyi_purchase_pmf_interval(&model, 1, 5, 4)));
}
#endif

SUITE(btyd, purchase_lifetime_predict) {
#if LOY_TEST_INTERNALS
  ADD(test_endless);
  ADD(test_exponential);
  ADD(test_counts);
#else
  (void)suite;
#endif
}
