/* test_bdw.c: the beta discrete Weibull model. Numbers by mpmath with 40 digits, from the definitions.
 * MODEL stands for all functions of the model:
 *   loy_bdw_check, loy_bdw_check_customer, loy_bdw_survival, loy_bdw_churn, loy_bdw_retention, loy_bdw_hazard,
 * loy_bdw_posterior, loy_bdw_derl, loy_bdw_del, loy_bdw_derl_elasticity, loy_bdw_loglik, loy_bdw_loglik_batch,
 * loy_bdw_simulate */
#define MODEL(f)      loy_bdw_##f
#define MODEL_TYPE(t) loy_bdw_##t
#define PARAMETERS    3
#define FIELDS                                                                                                         \
  { "gamma", "delta", "c" }
#define USUAL                                                                                                          \
  { 0.25933574, 1.72255151, 1.58436150 }
#include "contract_rules.h"

#define TENTH 0.09531017980432487 /* ln 1.1 */

static void test_survival(void) {
  const double at[6] = {1, 2, 4, 7, 12, 1000};
  const double expected[6] = {0.86914707685818152, 0.74192862492570976, 0.59293324481165591,
                              0.48104473747670352, 0.38891072428345642, 0.063613917911222737};
  for (int i = 0; i < 6; i++) CHECK_CLOSE(loy_bdw_survival(&usual, 1, at[i]), expected[i], 1e-14);
  CHECK_CLOSE(loy_bdw_retention(&usual, 2), 0.85362839579194724, 1e-14);
  CHECK_CLOSE(loy_bdw_retention(&usual, 1000), 0.99958900716352929, 1e-14);
  CHECK_CLOSE(loy_bdw_hazard(&usual, 1000), 1.0 - 0.99958900716352929, 1e-12);
  CHECK_CLOSE(loy_bdw_survival(&usual, 5, 3), 0.81129662012712147, 1e-14);
  CHECK_CLOSE(loy_bdw_churn(&usual, 5, 3), 0.049456933009046746, 1e-13);
  CHECK_CLOSE(loy_bdw_posterior(&usual, 5), 0.023630989527098401, 1e-14);
}

static void test_value(void) {
  const loy_bdw_params ends = {2.5, 3.0, 0.8}, never = {2.5, 3.0, 0.4};
  double value;
  loy_error error;
  CHECK_STATUS(loy_bdw_derl(&usual, 1, TENTH, HUGE_VAL, &value, NULL), LOY_OK);
  CHECK_CLOSE(value, 5.4937191517105942, 1e-13);
  CHECK_STATUS(loy_bdw_derl(&usual, 1, TENTH, 10, &value, NULL), LOY_OK);
  CHECK_CLOSE(value, 4.1071700692505515, 1e-13);
  CHECK_STATUS(loy_bdw_derl(&usual, 5, TENTH, HUGE_VAL, &value, NULL), LOY_OK);
  CHECK_CLOSE(value, 7.3175402943645072, 1e-13);
  CHECK_STATUS(loy_bdw_derl_elasticity(&usual, 5, TENTH, HUGE_VAL, &value, NULL), LOY_OK);
  CHECK_CLOSE(value, 8.8538503811632137, 1e-13);
  CHECK_STATUS(loy_bdw_del(&usual, TENTH, HUGE_VAL, &value, NULL), LOY_OK);
  CHECK_CLOSE(value, 5.994290137918722, 1e-13);
  CHECK_STATUS(loy_bdw_del(&usual, 0.0, 10, &value, NULL), LOY_OK);
  CHECK_CLOSE(value, 6.2895447031875468, 1e-13);
  CHECK_STATUS(loy_bdw_derl(&usual, 1, 0.0, 3000, &value, NULL), LOY_OK);
  CHECK_CLOSE(value, 204.58729911522207, 1e-13);
  CHECK_STATUS(loy_bdw_del(&ends, 0.0, HUGE_VAL, &value, NULL), LOY_OK); /* gamma c = 2 */
  CHECK_CLOSE(value, 4.5010096594275508, 1e-12);
  CHECK_STATUS(loy_bdw_del(&never, 0.0, HUGE_VAL, &value, &error), LOY_NOTICE_DIVERGES);
  CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "delta", LOY_NO_INDEX);
  CU_ASSERT(value == HUGE_VAL);
  CHECK_STATUS(loy_bdw_derl_elasticity(&ends, 1, 0.0, HUGE_VAL, &value, &error), LOY_NOTICE_DIVERGES);
}

/* c = 1 is sBG to the last bit; c that takes t^c out of range, or hardly moves it, has answers too. */
static void test_power(void) {
  const loy_sbg_params plain = {.7, 1.9};
  const loy_bdw_params one = {.7, 1.9, 1.0}, huge = {.7, 1.9, 1e4}, tiny = {.7, 1.9, 1e-10};
  double a, b;
  for (int n = 1; n < 1000; n += 111) {
    CHECK_BITS(loy_bdw_survival(&one, n, 7), loy_sbg_survival(&plain, n, 7));
    CHECK_BITS(loy_bdw_churn(&one, n, 7), loy_sbg_churn(&plain, n, 7));
    CHECK_BITS(loy_bdw_retention(&one, n), loy_sbg_retention(&plain, n));
    CHECK_BITS(loy_bdw_posterior(&one, n), loy_sbg_posterior(&plain, n));
    CHECK_STATUS(loy_bdw_derl(&one, n, .01, HUGE_VAL, &a, NULL), LOY_OK);
    CHECK_STATUS(loy_sbg_derl(&plain, n, .01, HUGE_VAL, &b, NULL), LOY_OK);
    CHECK_BITS(a, b);
    CHECK_BITS(loy_bdw_loglik(&one, n, 0), loy_sbg_loglik(&plain, n, 0));
  }
  /* S(2) = B(.7, 1.9 + 2^10000)/B(.7, 1.9) = Gamma(2.6)/Gamma(1.9) 2^-7000: too small; two late decisions are not. */
  CHECK_BITS(loy_bdw_survival(&huge, 1, 2), 0.0);
  CHECK_CLOSE(loy_bdw_loglik(&huge, 2, 1), lgamma(2.6) - lgamma(1.9) - 7000.0 * log(2.0), 1e-14);
  CHECK_CLOSE(loy_bdw_retention(&huge, 1e6 + 1), pow(1.0 + 1e-6, -7000.0), 1e-12);
  CHECK_CLOSE(loy_bdw_posterior(&huge, 2), .7 / 3.6, 1e-15);
  CHECK_BITS(loy_bdw_posterior(&huge, 3), 0.0);
  CHECK_CLOSE(loy_bdw_survival(&tiny, 1, 1e6), 1.9 / 2.6, 1e-8);
  /* c ln 2 (digamma(a + b + 1) - digamma(b + 1)), to first order in c */
  CHECK_CLOSE(loy_bdw_hazard(&tiny, 2), 1e-10 * log(2.0) * 0.25316288675111693, 1e-8);
}

SUITE(btyd, bdw) {
  ADD(test_survival);
  ADD(test_value);
  ADD(test_power);
  ADD_RULES;
}
