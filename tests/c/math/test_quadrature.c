/* test_quadrature.c: means over beta and gamma distributions. Expected values by mpmath with 40 digits. */
#include "check.h"

#if LOY_TEST_INTERNALS
#  include "loyalty/math/elementary.h"
#  include "loyalty/math/quadrature.h"

static double mean_p(const loyi_rule *rule) {
  double sum = 0.0;
  for (size_t i = 0; i < rule->n; i++) sum += rule->weight[i] * rule->p[i];
  return sum / rule->total;
}

static void test_beta_moments(void) {
  const double size[7] = {1e-4, 0.05, 0.5, 1.0, 3.0, 100.0, 1e4};
  loyi_rule rule;
  for (int i = 0; i < 7; i++)
    for (int j = 0; j < 7; j++) {
      double a = size[i], b = size[j], square = 0.0;
      loyi_beta_rule(&rule, a, b, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0);
      CU_ASSERT(rule.n < 384);
      CHECK_CLOSE(mean_p(&rule), a / (a + b), 2e-14);
      for (size_t n = 0; n < rule.n; n++) square += rule.weight[n] * rule.p[n] * rule.p[n];
      CHECK_CLOSE(square / rule.total, a * (a + 1.0) / ((a + b) * (a + b + 1.0)), 2e-14);
      for (size_t n = 0; n < rule.n; n++) {
        CU_ASSERT(rule.weight[n] > 0.0 && rule.p[n] >= 0.0 && rule.q[n] >= 0.0);
        CHECK_NEAR(rule.p[n] + rule.q[n], 1.0, 3e-16);
      }
    }
}

static void test_gamma_moments(void) {
  const double shape[6] = {1e-3, 0.2, 1.0, 2.5, 50.0, 2e4};
  loyi_rule rule;
  for (int i = 0; i < 6; i++) {
    loyi_gamma_rule(&rule, shape[i], 1.0, 1.0);
    CU_ASSERT(rule.n < 384);
    CHECK_CLOSE(mean_p(&rule), shape[i], 2e-14);
  }
}

/* No rule within the ranges of base/range.h is cut short: E[1/(1 + tau p)] and its complement make 1. */
static void test_widest(void) {
  static loyi_rule rule;
  const double shape[5] = {1e-10, 1e-6, 1e-2, 1.0, 1e10}, power[4] = {1e-10, 1.0, 1e8, 0x1p51};
  for (int i = 0; i < 5; i++)
    for (int j = 0; j < 5; j++)
      for (int k = 0; k < 4; k++) {
        double gone = 0.0;
        loyi_beta_rule(&rule, shape[i], shape[j], 0.0, 0.0, (1.0 + power[k]) * 1e80, 0.0, 1.0,
                       1.0 + shape[j] / shape[i]);
        CU_ASSERT(rule.n < LOYI_RULE_MOST);
        for (size_t n = 0; n < rule.n; n++)
          gone -= rule.weight[n] * loyi_expm1(-power[k] * loyi_log1p(rule.p[n] * 1e80));
        CHECK_NEAR(gone / rule.total + loyi_beta_mean_power(shape[i], shape[j], power[k], 1e80), 1.0, 1e-10);
      }
}

static void test_mean_power(void) {
  CHECK_CLOSE(loyi_beta_mean_power(0.793, 2.426, 0.243, 39.0 / 4.414), 0.79440334026322352, 1e-14);
  /* k = 1, a = b = 1: ln(1 + tau) / tau. */
  CHECK_CLOSE(loyi_beta_mean_power(1.0, 1.0, 1.0, 3.0), 1.3862943611198906 / 3.0, 1e-15);
  CHECK_CLOSE(loyi_beta_mean_power(1.0, 1.0, 1.0, 1e10), 23.025850930040457e-10, 1e-15);
  /* b so small that p is nearly 1. */
  CHECK_CLOSE(loyi_beta_mean_power(1.0, 1e-4, 2.0, 4.0), 0.040022436678036140, 1e-14);
  /* A bend 90 orders of magnitude from the bulk: the widest that the ranges of models allow. */
  CHECK_CLOSE(loyi_beta_mean_power(0.01, 1e-6, 1e8, 1e80), 1.3106457105544171603e-5, 1e-13);
  CU_ASSERT_EQUAL(loyi_beta_mean_power(2.0, 3.0, 0.0, 5.0), 1.0);
  CU_ASSERT_EQUAL(loyi_beta_mean_power(2.0, 3.0, 4.0, 0.0), 1.0);
}

SUITE(math, quadrature) {
  ADD(test_beta_moments);
  ADD(test_gamma_moments);
  ADD(test_mean_power);
  ADD(test_widest);
}
#else
static void test_nothing_public(void) { CU_PASS("private functions are tested in the other forms"); }
SUITE(math, quadrature) { ADD(test_nothing_public); }
#endif
