/* Referral and knowledge value: rows by hand at 40 digits, types and defaults, bad rows, order of checks. */
#include "check.h"

#include "loyalty/value/referral.h"

static void test_referrals(void) {
  const double period[3] = {0.0, 1.0, 2.5}, type1[3] = {1.0, 0.0, 0.6}, margin[3] = {120.0, 120.0, 80.0};
  const double reward[3] = {20.0, 20.0, 10.0}, cost[3] = {5.0, 5.0, 2.0}, saving[3] = {40.0, 40.0, 30.0};
  static const double expected[3] = {135.0, 36.363636363636363453, 55.789381255031350118};
  double out[3], total;
  CHECK_STATUS(loy_referral_value_batch(period, type1, margin, reward, cost, saving, 3, 0.1, out, &total, NULL, NULL),
               LOY_OK);
  for (int i = 0; i < 3; i++) CHECK_CLOSE(out[i], expected[i], 1e-15);
  CHECK_CLOSE(total, expected[0] + expected[1] + expected[2], 1e-15);
  /* Without types all are of type 1, without costs there are none. */
  loy_referral_value_batch(period, NULL, margin, NULL, NULL, NULL, 3, 0.0, out, NULL, NULL, NULL);
  for (int i = 0; i < 3; i++) CHECK_BITS(out[i], margin[i]);
}

static void test_knowledge(void) {
  const double period[3] = {0.0, 1.0, 3.0}, count[3] = {4.0, 10.0, 2.0}, adopted[3] = {0.25, 0.1, 1.0};
  const double worth[3] = {100.0, -50.0, 30.0}, cost[3] = {10.0, 0.0, 75.0};
  static const double expected[3] = {90.0, -45.454545454545456839, -11.269722013523666246};
  double out[3], total;
  CHECK_STATUS(loy_knowledge_value_batch(period, count, adopted, worth, cost, 3, 0.1, out, &total, NULL, NULL), LOY_OK);
  for (int i = 0; i < 3; i++) CHECK_CLOSE(out[i], expected[i], 1e-15);
  CHECK_CLOSE(total, expected[0] + expected[1] + expected[2], 1e-14);
  loy_knowledge_value_batch(period, count, adopted, worth, NULL, 1, 0.0, out, NULL, NULL, NULL);
  CHECK_BITS(out[0], 100.0);
}

static void test_bad_rows(void) {
  /* Row k is wrong in its k-th argument; the last makes a present value that is too large. */
  const double period[8] = {-1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1e4, 1.0};
  const double type1[8] = {1.0, 1.1, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0};
  const double margin[8] = {1.0, 1.0, NAN, 1.0, 1.0, 1.0, 1.0, 3.0};
  const double reward[8] = {1.0, 1.0, 1.0, 1e41, 1.0, 1.0, 0.0, 1.0};
  const double cost[8] = {1.0, 1.0, 1.0, 1.0, HUGE_VAL, 1.0, 0.0, 1.0};
  const double saving[8] = {1.0, 1.0, 1.0, 1.0, 1.0, 1e-50, 0.0, 1.0};
  static const char *const referral[7] = {"period", "type1", "margin", "reward", "marketing_cost", "saving", "period"};
  static const char *const knowledge[7] = {"period", "adopted", "worth", "handling_cost", "count", "-", "period"};
  double out[8], total;
  loy_batch_report report;
  CHECK_STATUS(
      loy_referral_value_batch(period, type1, margin, reward, cost, saving, 8, -0.5, out, &total, &report, NULL),
      LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 7);
  CHECK_BITS(out[7], 4.0); /* (3 - 1 - 1 + 1) 2 */
  CHECK_BITS(total, 4.0);
  for (size_t i = 0; i < 7; i++) {
    CU_ASSERT(isnan(out[i]));
    loy_referral_value_batch(period + i, type1 + i, margin + i, reward + i, cost + i, saving + i, 1, -0.5, out + i,
                             NULL, &report, NULL);
    CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, referral[i], 0);
    if (i == 5) continue;
    loy_knowledge_value_batch(period + i, cost + i, type1 + i, margin + i, reward + i, 1, -0.5, out + i, NULL, &report,
                              NULL);
    if (i != 6) CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, knowledge[i], 0);
  }
}

static void test_checks(void) {
  const double x[1] = {1.0};
  double out[1] = {7.0}, total = 7.0;
  loy_error error;
#define EXPECT(call, status, argument)                                                                                 \
  CHECK_STATUS(call, status);                                                                                          \
  CHECK_ERROR(&error, status, argument, LOY_NO_INDEX)
#define CRV_OF(t, m, d, o) loy_referral_value_batch(t, NULL, m, NULL, NULL, NULL, 1, d, o, &total, NULL, &error)
  EXPECT(CRV_OF(NULL, NULL, NAN, NULL), LOY_ERR_ARGUMENT, "period");
  EXPECT(CRV_OF(x, NULL, NAN, NULL), LOY_ERR_ARGUMENT, "margin");
  EXPECT(CRV_OF(x, x, NAN, NULL), LOY_ERR_DOMAIN, "discount");
  EXPECT(CRV_OF(x, x, 0.1, NULL), LOY_ERR_ARGUMENT, "out");
#define CKV_OF(t, c, a, w, d, o) loy_knowledge_value_batch(t, c, a, w, NULL, 1, d, o, &total, NULL, &error)
  EXPECT(CKV_OF(NULL, NULL, NULL, NULL, NAN, NULL), LOY_ERR_ARGUMENT, "period");
  EXPECT(CKV_OF(x, NULL, NULL, NULL, NAN, NULL), LOY_ERR_ARGUMENT, "count");
  EXPECT(CKV_OF(x, x, NULL, NULL, NAN, NULL), LOY_ERR_ARGUMENT, "adopted");
  EXPECT(CKV_OF(x, x, x, NULL, NAN, NULL), LOY_ERR_ARGUMENT, "worth");
  EXPECT(CKV_OF(x, x, x, x, NAN, NULL), LOY_ERR_DOMAIN, "discount");
  EXPECT(CKV_OF(x, x, x, x, -1.0, NULL), LOY_ERR_DOMAIN, "discount");
  EXPECT(CKV_OF(x, x, x, x, 0.1, NULL), LOY_ERR_ARGUMENT, "out");
#undef EXPECT
  CHECK_BITS(out[0], 7.0);
  CHECK_BITS(total, 7.0);
  CHECK_STATUS(loy_referral_value_batch(NULL, NULL, NULL, NULL, NULL, NULL, 0, 0.1, NULL, &total, NULL, NULL), LOY_OK);
  CHECK_BITS(total, 0.0);
}

SUITE(value, referral) {
  ADD(test_referrals);
  ADD(test_knowledge);
  ADD(test_bad_rows);
  ADD(test_checks);
}
