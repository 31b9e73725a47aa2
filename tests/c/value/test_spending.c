/* Spending on acquisition and retention: the worked case at 40 digits, a search by hand, the ends, order of checks. */
#include "check.h"

#include <string.h>

#include "loyalty/value/spending.h"

static void test_worked_case(void) {
  loy_spend_response win, keep;
  loy_spend_optimum best;
  loy_spend_plan plan;
  CHECK_STATUS(loy_spend_response_from_point(0.4, 5.0, 0.2, &win, NULL), LOY_OK);
  CHECK_CLOSE(win.rate, 0.13862943611198906188, 1e-15);
  CHECK_STATUS(loy_spend_response_from_point(0.7, 10.0, 0.4, &keep, NULL), LOY_OK);
  CHECK_CLOSE(keep.rate, 0.084729786038720377231, 1e-15);
  CHECK_CLOSE(loy_spend_response_at(&win, 5.0), 0.2, 1e-15);
  CHECK_STATUS(loy_acquisition_optimum(&win, 50.0, &best, NULL), LOY_OK);
  CHECK_CLOSE(best.spend, 7.3561681352755123292, 1e-14);
  CHECK_CLOSE(best.share, 0.25573049591110368147, 1e-14);
  CHECK_CLOSE(best.value, 5.4303566602796717442, 1e-14);
  CHECK_STATUS(loy_retention_optimum(&keep, 50.0, 0.1, &best, NULL), LOY_OK);
  CHECK_CLOSE(best.spend, 16.318666022052447414, 1e-14);
  CHECK_CLOSE(best.share, 0.52436582959437262472, 1e-14);
  CHECK_CLOSE(best.value, 17.197772416273162591, 1e-14);
  CHECK_STATUS(loy_spend_plan_optimum(&win, &keep, 50.0, 0.1, &plan, NULL), LOY_OK);
  CHECK_CLOSE(plan.acquisition.spend, 9.4885947055268678705, 1e-14);
  CHECK_CLOSE(plan.acquisition.share, 0.29265306058422345343, 1e-14);
  CHECK_CLOSE(plan.equity, 10.177039056537581621, 1e-14);
  CHECK_BITS(plan.retention.spend, best.spend);
  CHECK_STATUS(loy_spend_plan_at(&win, &keep, 50.0, 0.1, 5.0, 10.0, &plan, NULL), LOY_OK);
  CHECK_CLOSE(plan.retention.value, 14.28571428571428764, 1e-14);
  CHECK_CLOSE(plan.equity, 7.8571428571428582418, 1e-14);
}

/* No spending around the optimum does better, over rates, ceilings and margins; the value is that of the formula. */
static void test_optimal(void) {
  static const double ceiling[4] = {0.05, 0.5, 0.95, 1.0}, rate[3] = {1e-3, 0.1, 20.0},
                      margin[4] = {0.1, 3.0, 50.0, 4000.0};
  static const double discount[4] = {0.0, 0.01, 0.3, 5.0};
  int interior = 0;
  for (int k = 0; k < 4 * 3 * 4 * 4; k++) {
    loy_spend_response response;
    loy_spend_optimum best;
    loy_spend_plan plan;
    const double m = margin[k / 12 % 4], d = discount[k / 48];
    memset(&best, 0, sizeof best); /* compilers cannot see that success fills it */
    response.ceiling = ceiling[k % 4];
    response.rate = rate[k / 4 % 3];
    if (response.ceiling == 1.0 && d == 0.0) continue;
    CHECK_STATUS(loy_retention_optimum(&response, m, d, &best, NULL), LOY_OK);
    loy_spend_plan_at(&response, &response, m, d, 0.0, best.spend, &plan, NULL);
    CHECK_NEAR(best.value, plan.retention.value, 1e-12 * (m + best.value));
    CU_ASSERT((best.spend > 0.0) == (response.rate * response.ceiling * m > 1.0));
    interior += best.spend > 0.0;
    for (int j = 1; j <= 6; j++) {
      const double h = best.spend > 0.0 ? best.spend : 1.0 / response.rate;
      loy_spend_plan_at(&response, &response, m, d, 0.0, best.spend + h * pow(0.1, j), &plan, NULL);
      CU_ASSERT(plan.retention.value <= best.value * (1.0 + 1e-12) + 1e-13 * m);
      if (best.spend == 0.0) continue;
      loy_spend_plan_at(&response, &response, m, d, 0.0, best.spend - h * pow(0.1, j), &plan, NULL);
      CU_ASSERT(plan.retention.value <= best.value * (1.0 + 1e-12) + 1e-13 * m);
    }
    CHECK_STATUS(loy_acquisition_optimum(&response, m, &best, NULL), LOY_OK);
    CHECK_NEAR(best.value, loy_spend_response_at(&response, best.spend) * m - best.spend, 1e-12 * m);
    CHECK_NEAR(best.share, loy_spend_response_at(&response, best.spend), 1e-14);
  }
  CU_ASSERT(interior > 50);
}

static void test_ends(void) {
  loy_spend_response response = {0.5, 0.02};
  loy_spend_optimum best;
  loy_spend_plan plan;
  loy_error error;
  CHECK_STATUS(loy_acquisition_optimum(&response, 100.0, &best, NULL), LOY_OK); /* k c m = 1 */
  CHECK_BITS(best.spend, 0.0);
  CHECK_STATUS(loy_retention_optimum(&response, 100.0, 0.1, &best, NULL), LOY_OK);
  CHECK_BITS(best.spend, 0.0);
  CHECK_BITS(best.value, 0.0);
  /* Just above: u = ln x, V = u^2/2/(k(1+d)), x - 1 = 1e-9. To first order u (1+d) = (1+d)(x-1). */
  CHECK_STATUS(loy_retention_optimum(&response, 100.0 * (1.0 + 1e-9), 0.1, &best, NULL), LOY_OK);
  CHECK_CLOSE(best.spend, 50e-9, 1e-6);
  /* All can be kept and nothing is discounted: R = m - 1/k, V = (e^u - 1 - u)/k at u = k m - 1. */
  response.ceiling = 1.0;
  response.rate = 0.1;
  CHECK_STATUS(loy_retention_optimum(&response, 50.0, 0.0, &best, NULL), LOY_OK);
  CHECK_CLOSE(best.spend, 40.0, 1e-14);
  CHECK_CLOSE(best.value, (exp(4.0) - 5.0) / 0.1, 1e-13);
  best.spend = 7.0;
  CHECK_STATUS(loy_retention_optimum(&response, 1e6, 0.0, &best, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "discount", LOY_NO_INDEX);
  CHECK_BITS(best.spend, 7.0);
  CHECK_STATUS(loy_spend_plan_optimum(&response, &response, 1e6, 0.0, &plan, &error), LOY_ERR_DOMAIN);
  CHECK_STATUS(loy_retention_optimum(&response, 1e6, 1e-9, &best, &error), LOY_OK);
  CU_ASSERT(isfinite(best.value) && best.value > 0.0);
  CHECK_STATUS(loy_spend_plan_at(&response, &response, 1.0, 0.0, 1.0, 1e6, &plan, &error), LOY_NOTICE_DIVERGES);
  CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "discount", LOY_NO_INDEX);
  CHECK_BITS(plan.equity, -HUGE_VAL);
}

static void test_range(void) {
  static const double wide[5] = {1e-40, 1e-4, 1.0, 1e4, 1e40}, ceiling[4] = {1e-40, 0.5, 1.0 - 0x1p-53, 1.0};
  static const double discount[4] = {0.0, 1e-40, 1.0, 1e40};
  for (int k = 0; k < 5 * 5 * 4 * 4; k++) {
    loy_spend_response response;
    loy_spend_plan plan;
    loy_status status;
    response.rate = wide[k % 5];
    response.ceiling = ceiling[k / 25 % 4];
    status = loy_spend_plan_optimum(&response, &response, wide[k / 5 % 5], discount[k / 100], &plan, NULL);
    if (status == LOY_ERR_DOMAIN) {
      CU_ASSERT(response.ceiling == 1.0 && discount[k / 100] < 1e-20);
      continue;
    }
    CHECK_STATUS(status, LOY_OK);
    CU_ASSERT(isfinite(plan.equity) && plan.equity >= 0.0);
    CU_ASSERT(isfinite(plan.retention.spend) && plan.retention.spend >= 0.0);
  }
}

static void test_checks(void) {
  loy_spend_response good = {0.5, 1.0}, no_ceiling = {1.5, NAN}, no_rate = {0.5, 0.0}, out = {7.0, 7.0};
  loy_spend_optimum best = {7.0, 7.0, 7.0};
  loy_spend_plan plan;
  loy_error error;
  plan.equity = 7.0;
#define EXPECT(call, status, argument)                                                                                 \
  CHECK_STATUS(call, status);                                                                                          \
  CHECK_ERROR(&error, status, argument, LOY_NO_INDEX)
  EXPECT(loy_spend_response_from_point(0.0, 0.0, 0.0, NULL, &error), LOY_ERR_DOMAIN, "ceiling");
  EXPECT(loy_spend_response_from_point(0.5, 0.0, 0.0, NULL, &error), LOY_ERR_DOMAIN, "spend");
  EXPECT(loy_spend_response_from_point(0.5, 1.0, 0.5, NULL, &error), LOY_ERR_DOMAIN, "share");
  EXPECT(loy_spend_response_from_point(0.5, 1e40, 1e-10, NULL, &error), LOY_ERR_DOMAIN, "share");
  EXPECT(loy_spend_response_from_point(0.5, 1.0, 0.4, NULL, &error), LOY_ERR_ARGUMENT, "response");
  EXPECT(loy_acquisition_optimum(NULL, -1, NULL, &error), LOY_ERR_ARGUMENT, "response");
  EXPECT(loy_acquisition_optimum(&no_ceiling, -1, NULL, &error), LOY_ERR_DOMAIN, "ceiling");
  EXPECT(loy_acquisition_optimum(&no_rate, -1, NULL, &error), LOY_ERR_DOMAIN, "rate");
  EXPECT(loy_acquisition_optimum(&good, -1, NULL, &error), LOY_ERR_DOMAIN, "value");
  EXPECT(loy_acquisition_optimum(&good, 1, NULL, &error), LOY_ERR_ARGUMENT, "optimum");
  EXPECT(loy_retention_optimum(NULL, -1, -1, NULL, &error), LOY_ERR_ARGUMENT, "response");
  EXPECT(loy_retention_optimum(&no_ceiling, -1, -1, NULL, &error), LOY_ERR_DOMAIN, "ceiling");
  EXPECT(loy_retention_optimum(&no_rate, -1, -1, NULL, &error), LOY_ERR_DOMAIN, "rate");
  EXPECT(loy_retention_optimum(&good, -1, -1, NULL, &error), LOY_ERR_DOMAIN, "margin");
  EXPECT(loy_retention_optimum(&good, 1, -1, NULL, &error), LOY_ERR_DOMAIN, "discount");
  EXPECT(loy_retention_optimum(&good, 1, 1, NULL, &error), LOY_ERR_ARGUMENT, "optimum");
  EXPECT(loy_spend_plan_optimum(NULL, NULL, -1, -1, NULL, &error), LOY_ERR_ARGUMENT, "acquisition");
  EXPECT(loy_spend_plan_optimum(&good, NULL, -1, -1, NULL, &error), LOY_ERR_ARGUMENT, "retention");
  EXPECT(loy_spend_plan_optimum(&good, &no_rate, -1, -1, NULL, &error), LOY_ERR_DOMAIN, "rate");
  EXPECT(loy_spend_plan_optimum(&good, &good, -1, -1, NULL, &error), LOY_ERR_DOMAIN, "margin");
  EXPECT(loy_spend_plan_optimum(&good, &good, 1, -1, NULL, &error), LOY_ERR_DOMAIN, "discount");
  EXPECT(loy_spend_plan_optimum(&good, &good, 1, 1, NULL, &error), LOY_ERR_ARGUMENT, "plan");
  EXPECT(loy_spend_plan_at(&good, &good, 1, 1, -1, -1, NULL, &error), LOY_ERR_DOMAIN, "acquisition_spend");
  EXPECT(loy_spend_plan_at(&good, &good, 1, 1, 1, -1, NULL, &error), LOY_ERR_DOMAIN, "retention_spend");
  EXPECT(loy_spend_plan_at(&good, &good, 1, 1, 1, 1, NULL, &error), LOY_ERR_ARGUMENT, "plan");
#undef EXPECT
  CU_ASSERT(isnan(loy_spend_response_at(&good, -1.0)));
  CU_ASSERT(isnan(loy_spend_response_at(NULL, 1.0)));
  CHECK_BITS(out.rate, 7.0);
  CHECK_BITS(best.spend, 7.0);
  CHECK_BITS(plan.equity, 7.0);
}

SUITE(value, spending) {
  ADD(test_worked_case);
  ADD(test_optimal);
  ADD(test_ends);
  ADD(test_range);
  ADD(test_checks);
}
