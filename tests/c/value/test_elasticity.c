/* Elasticities: the published table, mpmath, differences, edges, order of checks. */
#include "check.h"

#include "loyalty/value/elasticity.h"

/* (1+i)/(1+i-r), END. */
static void test_published(void) {
  static const double printed[2][4] = {{2.20, 2.75, 3.67, 5.50}, {2.15, 2.67, 3.50, 5.09}};
  for (int k = 0; k < 2; k++)
    for (int j = 0; j < 4; j++) {
      const double i = k == 0 ? 0.10 : 0.12, r = 0.6 + 0.1 * j;
      loy_elasticity e;
      CHECK_STATUS(loy_retention_elasticity(LOY_MARGIN_END, 100.0, r, i, 0.0, HUGE_VAL, 0.0, &e, NULL), LOY_OK);
      CHECK_NEAR(e.retention, printed[k][j], 0.0051);
      CHECK_CLOSE(e.retention, (1.0 + i) / (1.0 + i - r), 1e-14);
      CHECK_BITS(e.margin, 1.0);
      CHECK_BITS(e.acquisition_cost, -0.0);
    }
}

/* Derivatives at 40 digits: m = 100, A = 60, r = .8, i = .1, g = .05, seven periods. */
static void test_all_timings(void) {
  static const double expected[5][3] = {{1.2006613612319888511, 2.3792503271791020742, -0.21629548428900929039},
                                        {1.2983603980477251081, 3.8712127455920099994, -0.35192843141745547225},
                                        {1.2252473411643808229, 2.4279703099210635221, -0.33211069555322222993},
                                        {1.2805796515245505252, 3.8181973789263639798, -0.28890068665128080705},
                                        {1.2355915844644248443, 3.0385318492563715935, -0.27623016811421561335}};
  for (int timing = 1; timing <= 5; timing++) {
    loy_elasticity e;
    CHECK_STATUS(loy_retention_elasticity(timing, 100.0, 0.8, 0.1, 0.05, 7.0, 60.0, &e, NULL), LOY_OK);
    CHECK_CLOSE(e.margin, expected[timing - 1][0], 1e-14);
    CHECK_CLOSE(e.retention, expected[timing - 1][1], 1e-14);
    CHECK_CLOSE(e.discount, expected[timing - 1][2], 1e-14);
    /* V is of degree one in margin and cost together. */
    CHECK_CLOSE(e.margin + e.acquisition_cost, 1.0, 1e-14);
  }
}

static void test_edges(void) {
  loy_elasticity e;
  loy_error error;
  CHECK_STATUS(loy_retention_elasticity(LOY_MARGIN_BEGIN, 10.0, 0.0, 0.1, 0.0, HUGE_VAL, 2.0, &e, &error), LOY_OK);
  CHECK_BITS(e.retention, 0.0);
  CHECK_CLOSE(e.margin, 1.25, 1e-15);
  CHECK_STATUS(loy_retention_elasticity(LOY_MARGIN_BEGIN, 0.0, 0.5, 0.1, 0.0, HUGE_VAL, 2.0, &e, &error), LOY_OK);
  CHECK_BITS(e.margin, 0.0);
  CHECK_BITS(e.acquisition_cost, 1.0);
  /* Next to nobody stays: r M'/M is 1 for END, 1/ln(1/w) for CONTINUOUS, w = 2^-1074. */
  CHECK_STATUS(loy_retention_elasticity(LOY_MARGIN_END, 10.0, 5e-324, 0.0, 0.0, HUGE_VAL, 0.0, &e, &error), LOY_OK);
  CHECK_BITS(e.retention, 1.0);
  CHECK_BITS(e.discount, 0.0);
  CHECK_STATUS(loy_retention_elasticity(LOY_MARGIN_CONTINUOUS, 10.0, 5e-324, 0.0, 0.0, HUGE_VAL, 0.0, &e, &error),
               LOY_OK);
  CHECK_CLOSE(e.retention, 1.0 / (1074.0 * 0.69314718055994530942), 1e-15);
}

static void test_checks(void) {
  loy_elasticity e = {7.0, 7.0, 7.0, 7.0};
  loy_error error;
#define EXPECT(t, m, r, i, g, h, a, out, status, argument)                                                             \
  CHECK_STATUS(loy_retention_elasticity(t, m, r, i, g, h, a, out, &error), status);                                    \
  CHECK_ERROR(&error, status, argument, LOY_NO_INDEX)
  EXPECT(0, NAN, 2, -1, -1, -1, NAN, NULL, LOY_ERR_ARGUMENT, "timing");
  EXPECT(1, NAN, 2, -1, -1, -1, NAN, NULL, LOY_ERR_DOMAIN, "margin");
  EXPECT(1, 1, 2, -1, -1, -1, NAN, NULL, LOY_ERR_DOMAIN, "retention");
  EXPECT(1, 1, 1, -1, -1, -1, NAN, NULL, LOY_ERR_DOMAIN, "discount");
  EXPECT(1, 1, 1, 0, -1, -1, NAN, NULL, LOY_ERR_DOMAIN, "growth");
  EXPECT(1, 1, 1, 0, 0, -1, NAN, NULL, LOY_ERR_DOMAIN, "horizon");
  EXPECT(1, 1, 1, 0, 0, HUGE_VAL, NAN, NULL, LOY_ERR_DOMAIN, "acquisition_cost");
  EXPECT(1, 1, 1, 0, 0, HUGE_VAL, 0, NULL, LOY_ERR_DOMAIN, "retention");
  EXPECT(1, 2, 0, 0, 0, HUGE_VAL, 2, NULL, LOY_ERR_DOMAIN, "margin");
  EXPECT(1, 2, 0, 0, 0, HUGE_VAL, 1, NULL, LOY_ERR_ARGUMENT, "elasticity");
#undef EXPECT
  CHECK_BITS(e.margin, 7.0);
}

SUITE(value, elasticity) {
  ADD(test_published);
  ADD(test_all_timings);
  ADD(test_edges);
  ADD(test_checks);
}
