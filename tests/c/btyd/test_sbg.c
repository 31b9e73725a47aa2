/* test_sbg.c: the shifted beta geometric model, and the values of Fader & Hardie 2007 and 2010.
 * MODEL stands for all functions of the model:
 *   loy_sbg_check, loy_sbg_check_customer, loy_sbg_survival, loy_sbg_churn, loy_sbg_retention, loy_sbg_hazard,
 * loy_sbg_posterior, loy_sbg_derl, loy_sbg_del, loy_sbg_derl_elasticity, loy_sbg_loglik, loy_sbg_loglik_batch,
 * loy_sbg_simulate */
#define MODEL(f)      loy_sbg_##f
#define MODEL_TYPE(t) loy_sbg_##t
#define PARAMETERS    2
#define FIELDS                                                                                                         \
  { "alpha", "beta" }
#define USUAL                                                                                                          \
  { 0.668, 3.806 }
#include "contract_rules.h"

#define TENTH 0.09531017980432487 /* ln 1.1 */

static void test_survival(void) {
  const loy_sbg_params high = {.66808832, 3.80609476}, low = {.70407731, 1.18204304};
  const double by_high[7] = {.8507, .7469, .6698, .6099, .5618, .5222, .4889};
  const double by_low[7] = {.6267, .4738, .3880, .3321, .2923, .2625, .2390};
  for (int t = 1; t <= 7; t++) {
    CHECK_NEAR(loy_sbg_survival(&high, 1, t), by_high[t - 1], 5e-5);
    CHECK_NEAR(loy_sbg_survival(&low, 1, t), by_low[t - 1], 5e-5);
  }
  CHECK_NEAR(loy_sbg_survival(&high, 1, 12), .37800, 5e-6);
  CHECK_NEAR(loy_sbg_survival(&low, 1, 12), .17004, 5e-6);
  CHECK_CLOSE(loy_sbg_retention(&high, 3), (3.80609476 + 2.0) / (.66808832 + 3.80609476 + 2.0), 1e-15);
  CHECK_BITS(loy_sbg_posterior(&high, 3), loy_sbg_hazard(&high, 3));
}

/* Fader & Hardie 2010, table 3, and the formulas by mpmath with 40 digits. */
static void test_value(void) {
  const loy_sbg_params alike = {3.8, 15.2}, apart = {.067, .267}, high = {.66808832, 3.80609476};
  const double by_alike[5] = {3.3098, 3.4510, 3.5865, 3.7168, 3.8421};
  const double by_apart[5] = {7.6708, 9.4553, 9.8508, 10.0562, 10.1886};
  double value;
  for (int n = 1; n <= 5; n++) {
    CHECK_STATUS(loy_sbg_derl(&alike, n, TENTH, HUGE_VAL, &value, NULL), LOY_OK);
    CHECK_NEAR(value, by_alike[n - 1], 5e-5);
    CHECK_STATUS(loy_sbg_derl(&apart, n, TENTH, HUGE_VAL, &value, NULL), LOY_OK);
    CHECK_NEAR(value, by_apart[n - 1], 5e-5);
  }
  CHECK_STATUS(loy_sbg_derl(&high, 8, TENTH, HUGE_VAL, &value, NULL), LOY_OK);
  CHECK_NEAR(value, 7.530, 5e-4);
  CHECK_STATUS(loy_sbg_derl(&alike, 4, TENTH, HUGE_VAL, &value, NULL), LOY_OK);
  CHECK_CLOSE(value, 3.7168115387309885, 1e-14);
  CHECK_STATUS(loy_sbg_del(&alike, TENTH, HUGE_VAL, &value, NULL), LOY_OK);
  CHECK_CLOSE(value, 4.0089258372957905, 1e-14);
  CHECK_STATUS(loy_sbg_retention_elasticity(&alike, 4, TENTH, &value, NULL), LOY_OK);
  CHECK_CLOSE(value, 4.378919580664535, 1e-14);
  CHECK_STATUS(loy_sbg_derl_elasticity(&alike, 4, TENTH, HUGE_VAL, &value, NULL), LOY_OK);
  CHECK_CLOSE(value, 4.8633713100108471, 1e-14);
}

/* Without discount: closed forms, and where they end. */
static void test_undiscounted(void) {
  const loy_sbg_params ends = {3.8, 15.2}, never = {.7, 1.2}, slow = {1.5, 2.0};
  double value;
  loy_error error;
  CHECK_STATUS(loy_sbg_del(&ends, 0.0, HUGE_VAL, &value, NULL), LOY_OK);
  CHECK_CLOSE(value, 18.0 / 2.8, 1e-14);
  CHECK_STATUS(loy_sbg_derl(&ends, 3, 0.0, HUGE_VAL, &value, NULL), LOY_OK);
  CHECK_CLOSE(value, 17.2 / 2.8, 1e-14);
  CHECK_STATUS(loy_sbg_derl_elasticity(&ends, 3, 0.0, HUGE_VAL, &value, NULL), LOY_OK);
  CHECK_CLOSE(value, 20.0 / 1.8, 1e-14);
  CHECK_STATUS(loy_sbg_derl(&ends, 3, 1e-40, HUGE_VAL, &value, NULL), LOY_OK); /* the sum, with hardly a discount */
  CHECK_CLOSE(value, 17.2 / 2.8, 1e-13);
#define DIVERGES(call)                                                                                                 \
  CHECK_STATUS(call, LOY_NOTICE_DIVERGES);                                                                             \
  CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "delta", LOY_NO_INDEX);                                                     \
  CU_ASSERT(value == HUGE_VAL)
  DIVERGES(loy_sbg_derl(&never, 1, 0.0, HUGE_VAL, &value, &error));
  DIVERGES(loy_sbg_del(&never, 0.0, HUGE_VAL, &value, &error));
  DIVERGES(loy_sbg_retention_elasticity(&never, 1, 0.0, &value, &error));
  DIVERGES(loy_sbg_derl_elasticity(&slow, 1, 0.0, HUGE_VAL, &value, &error));
  CHECK_STATUS(loy_sbg_derl(&slow, 1, 0.0, HUGE_VAL, &value, NULL), LOY_OK);
  CHECK_CLOSE(value, 4.0, 1e-14);
  CHECK_STATUS(loy_sbg_derl(&never, 1, 0.0, 1e6, &value, NULL), LOY_OK);
  CU_ASSERT(value > 50.0 && value < 1e6);
}

static void test_elasticity_errors(void) {
  double value = -7.0;
  loy_error error;
  CHECK_STATUS(loy_sbg_retention_elasticity(NULL, 0, -1, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX);
  CHECK_STATUS(loy_sbg_retention_elasticity(&usual, 0, -1, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "n", LOY_NO_INDEX);
  CHECK_STATUS(loy_sbg_retention_elasticity(&usual, 1, -1, &value, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "delta", LOY_NO_INDEX);
  CHECK_STATUS(loy_sbg_retention_elasticity(&usual, 1, 1, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "elasticity", LOY_NO_INDEX);
  CU_ASSERT_EQUAL(value, -7.0);
}

SUITE(btyd, sbg) {
  ADD(test_survival);
  ADD(test_value);
  ADD(test_undiscounted);
  ADD(test_elasticity_errors);
  ADD_RULES;
}
