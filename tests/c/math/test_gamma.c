/* The gamma function and its relatives against values of an arbitrary-precision library (python-flint), and identities.
 */
#include "check.h"

#include "loyalty/math/gamma.h"

#if LOY_TEST_INTERNALS

static void test_lgamma(void) {
  static const double table[][2] = {
      {1e-300, 690.77552789821368},
      {0.1, 2.252712651734206},
      {0.5, 0.57236494292470008},
      {1.000001, -5.7721484238741467e-07},
      {1.4616321449683622, -0.12148629053584961},
      {1.9999, -4.2275208772153459e-05},
      {2.5, 0.28468287047291918},
      {9.75, 12.242204940050762},
      {10, 12.801827480081469},
      {171.5, 709.14316303092824},
      {1e10, 220258509288.81058},
      {1e300, 6.8977552789821374e+302},
  };
  for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) CHECK_CLOSE(loyi_lgamma(table[i][0]), table[i][1], 1e-15);
  CHECK_BITS(loyi_lgamma(1.0), 0.0);
  CHECK_BITS(loyi_lgamma(2.0), 0.0);
  CHECK_CLOSE(loyi_lgamma1p(1e-20), -5.7721566490153287e-21, 1e-15);
  CHECK_CLOSE(loyi_lgamma1p(0.75), loyi_lgamma(1.75), 1e-15);
  CHECK_CLOSE(loyi_lgamma1p(4.0), 3.1780538303479458, 1e-15);
}

static void test_lgamma_delta(void) {
  static const double table[][3] = {
      {1e15, 1, 34.538776394910684},
      {1e15, 0.5, 17.269388197455342},
      {3.5, 1e-10, 1.1031566406617611e-10},
      {0.001, 250, 1121.6221114491955},
      {1e-300, 1e300, 6.8977552789821374e+302},
      {1e20, 1e20, 4.6437996221000807e+21},
      {12, 1e-300, 2.4426616799758121e-300},
      {0.243, 10000, 82100.637556370435},
  };
  for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
    CHECK_CLOSE(loyi_lgamma_delta(table[i][0], table[i][1]), table[i][2], 3e-15);
  CHECK_BITS(loyi_lgamma_delta(0.3, 0.0), 0.0);
  CHECK_BITS(loyi_lgamma_delta(1.0, 1.0), 0.0);
}

/* lnGamma(a + m + n) - lnGamma(a) in one step or two. */
static void test_lgamma_delta_adds_up(void) {
  for (double a = 0.0625; a < 1e6; a *= 2.0)
    for (double m = 0.25; m < 1e6; m *= 4.0)
      CHECK_CLOSE(loyi_lgamma_delta(a, m) + loyi_lgamma_delta(a + m, 2.0), loyi_lgamma_delta(a, m + 2.0), 2e-14);
}

static void test_digamma_and_trigamma(void) {
  static const double di[][2] = {{1e-5, -100000.57719921567},
                                 {1, -0.57721566490153287},
                                 {1.4616, -3.1106251230341648e-05},
                                 {7.3, 1.9178203356379862},
                                 {1e6, 13.815510057964191}};
  static const double tri[][2] = {
      {1e-3, 1000001.6425331958}, {1, 1.6449340668482264}, {9.5, 0.11099728846909904}, {1e8, 1.0000000049999999e-08}};
  for (size_t i = 0; i < sizeof di / sizeof di[0]; i++) CHECK_CLOSE(loyi_digamma(di[i][0]), di[i][1], 1e-15);
  for (size_t i = 0; i < sizeof tri / sizeof tri[0]; i++) CHECK_CLOSE(loyi_trigamma(tri[i][0]), tri[i][1], 1e-15);
}

static void test_derivative_deltas(void) {
  static const double di[][3] = {
      {0.3, 1e-12, 1.2245364546070095e-11}, {1e8, 2, 1.9999999900000002e-08}, {4.4, 1e9, 19.359580357420324}};
  static const double tri[][3] = {
      {0.3, 1e-12, -7.5272536588354473e-11}, {1e8, 2, -1.9999999800000003e-16}, {4.4, 1e9, -0.25503620647441455}};
  for (size_t i = 0; i < 3; i++) {
    CHECK_CLOSE(loyi_digamma_delta(di[i][0], di[i][1]), di[i][2], 1e-15);
    CHECK_CLOSE(loyi_trigamma_delta(tri[i][0], tri[i][1]), tri[i][2], 1e-15);
  }
  CHECK_BITS(loyi_digamma_delta(2.0, 0.0), 0.0);
  CU_ASSERT(loyi_trigamma_delta(2.0, 0.0) == 0.0);
}

static void test_lbeta(void) {
  static const double table[][3] = {{0.5, 0.5, 1.1447298858494002},
                                    {1e-10, 1e10, 23.025850927580152},
                                    {1e5, 1e5, -138633.92706134808},
                                    {3, 1e17, -116.73869256213638},
                                    {0.793, 2.426, -0.51156928859370332}};
  for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
    CHECK_CLOSE(loyi_lbeta(table[i][0], table[i][1]), table[i][2], 2e-15);
    CHECK_BITS(loyi_lbeta(table[i][1], table[i][0]), loyi_lbeta(table[i][0], table[i][1]));
  }
  CHECK_BITS(loyi_lbeta(1.0, 1.0), 0.0);
}

static void test_domains(void) {
  const double inf = (double)INFINITY, nan = (double)NAN;
  CHECK_BITS(loyi_lgamma(0.0), inf);
  CHECK_BITS(loyi_lgamma(inf), inf);
  CHECK_BITS(loyi_lgamma(1e306), inf);
  CU_ASSERT(isnan(loyi_lgamma(-0.5)));
  CU_ASSERT(isnan(loyi_lgamma(nan)));
  CU_ASSERT(isnan(loyi_lgamma1p(-0.1)));
  CU_ASSERT(isnan(loyi_lgamma_delta(0.0, 1.0)));
  CU_ASSERT(isnan(loyi_lgamma_delta(1.0, -1.0)));
  CU_ASSERT(isnan(loyi_lgamma_delta(nan, 1.0)));
  CU_ASSERT(isnan(loyi_lgamma_delta(1.0, nan)));
  CU_ASSERT(isnan(loyi_lgamma_delta(1.0, inf)));
  CU_ASSERT(isnan(loyi_digamma(0.0)));
  CU_ASSERT(isnan(loyi_trigamma(-1.0)));
  CU_ASSERT(isnan(loyi_digamma_delta(-1.0, 1.0)));
  CU_ASSERT(isnan(loyi_trigamma_delta(1.0, nan)));
  CU_ASSERT(isnan(loyi_lbeta(0.0, 1.0)));
  CU_ASSERT(isnan(loyi_lbeta(1.0, inf)));
}

#endif

SUITE(math, gamma) {
  (void)suite;
#if LOY_TEST_INTERNALS
  ADD(test_lgamma);
  ADD(test_lgamma_delta);
  ADD(test_lgamma_delta_adds_up);
  ADD(test_digamma_and_trigamma);
  ADD(test_derivative_deltas);
  ADD(test_lbeta);
  ADD(test_domains);
#endif
}
