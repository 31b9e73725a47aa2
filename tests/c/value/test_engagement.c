/* Engagement value: by hand, the same total under each rule, order of checks. */
#include "check.h"

#include "loyalty/value/engagement.h"

static const double clv[4] = {100.0, 60.0, -20.0, 40.0}, crv[4] = {-5.0, 10.0, 0.0, 0.0}, civ[4] = {1.0, 2.0, 3.0, 4.0},
                    ckv[4] = {0.0, 0.0, 8.0, 0.0};
/* 0 referred 1 and 2, 1 referred 3. */
static const int64_t referrer[4] = {-1, 0, 0, 1};

static void test_rules(void) {
  static const double own[3][4] = {{100.0, 0.0, 0.0, 0.0}, {100.0, 60.0, -20.0, 40.0}, {100.0, 30.0, -10.0, 20.0}};
  static const double referred[3][4] = {{35.0, 50.0, 0.0, 0.0}, {-5.0, 10.0, 0.0, 0.0}, {15.0, 30.0, 0.0, 0.0}};
  for (int rule = 1; rule <= 3; rule++) {
    double stays[4], brought[4], value[4], total;
    CHECK_STATUS(loy_engagement_value(clv, crv, civ, ckv, referrer, NULL, 4, rule, stays, brought, value, &total, NULL),
                 LOY_OK);
    for (int i = 0; i < 4; i++) {
      CHECK_BITS(stays[i], own[rule - 1][i]);
      CHECK_BITS(brought[i], referred[rule - 1][i]);
      CHECK_BITS(value[i], own[rule - 1][i] + referred[rule - 1][i] + civ[i] + ckv[i]);
    }
    CHECK_BITS(total, 203.0); /* 180 + 5 + 10 + 8 */
  }
}

static void test_types(void) {
  const double type1[4] = {NAN, 0.5, 0.0, 1.0}; /* where nobody referred, none is read */
  double stays[4], value[4], total;
  CHECK_STATUS(loy_engagement_value(clv, NULL, NULL, NULL, referrer, type1, 4, LOY_ENGAGEMENT_REFERRER, stays, NULL,
                                    value, &total, NULL),
               LOY_OK);
  CHECK_BITS(value[0], 130.0);
  CHECK_BITS(value[1], 70.0); /* 30 stays, 40 comes from customer 3 */
  CHECK_BITS(value[2], -20.0);
  CHECK_BITS(value[3], 0.0);
  CHECK_BITS(total, 180.0);
  CHECK_STATUS(
      loy_engagement_value(clv, NULL, NULL, NULL, NULL, NULL, 4, LOY_ENGAGEMENT_SPLIT, NULL, NULL, value, NULL, NULL),
      LOY_OK);
  for (int i = 0; i < 4; i++) CHECK_BITS(value[i], clv[i]);
  CHECK_STATUS(loy_engagement_value(NULL, NULL, NULL, NULL, NULL, NULL, 0, 1, NULL, NULL, NULL, &total, NULL), LOY_OK);
  CHECK_BITS(total, 0.0);
}

static void test_checks(void) {
  const double bad[2] = {1.0, NAN}, good[2] = {1.0, 1.0}, part[2] = {1.0, 1.5};
  const int64_t self[2] = {-1, 1}, beyond[2] = {-1, 2}, first[2] = {-1, 0};
  double value[2] = {7.0, 7.0};
  loy_error error;
#define EXPECT(a, b, c, d, r, p, rule, out, status, argument, index)                                                   \
  CHECK_STATUS(loy_engagement_value(a, b, c, d, r, p, 2, rule, NULL, NULL, out, NULL, &error), status);                \
  CHECK_ERROR(&error, status, argument, index)
  EXPECT(NULL, bad, bad, bad, self, part, 0, NULL, LOY_ERR_ARGUMENT, "clv", LOY_NO_INDEX);
  EXPECT(bad, bad, bad, bad, self, part, 0, NULL, LOY_ERR_ARGUMENT, "rule", LOY_NO_INDEX);
  EXPECT(bad, bad, bad, bad, self, part, 4, NULL, LOY_ERR_ARGUMENT, "rule", LOY_NO_INDEX);
  EXPECT(bad, bad, bad, bad, self, part, 1, NULL, LOY_ERR_DOMAIN, "clv", 1);
  EXPECT(good, bad, bad, bad, self, part, 1, value, LOY_ERR_DOMAIN, "crv", 1);
  EXPECT(good, good, bad, bad, self, part, 1, value, LOY_ERR_DOMAIN, "civ", 1);
  EXPECT(good, good, good, bad, self, part, 1, value, LOY_ERR_DOMAIN, "ckv", 1);
  EXPECT(good, good, good, good, self, part, 1, value, LOY_ERR_DOMAIN, "referrer", 1);
  EXPECT(good, good, good, good, beyond, part, 1, value, LOY_ERR_DOMAIN, "referrer", 1);
  EXPECT(good, good, good, good, first, part, 1, value, LOY_ERR_DOMAIN, "type1", 1);
  EXPECT(good, good, good, good, first, good, 1, NULL, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX);
#undef EXPECT
  CHECK_BITS(value[0], 7.0);
}

SUITE(value, engagement) {
  ADD(test_rules);
  ADD(test_types);
  ADD(test_checks);
}
