/* Branching: means and deviations, extinction by the Lambert function, a simulation of a finite population, checks. */
#include "check.h"

#include "loyalty/value/branching.h"

static void test_subcritical(void) {
  loy_branching b;
  CHECK_STATUS(loy_branching_spread(0.5, &b, NULL), LOY_OK);
  CHECK_BITS(b.total, 2.0);
  CHECK_BITS(b.deviation, 2.0); /* sqrt(.5/.125) */
  CHECK_BITS(b.extinction, 1.0);
  CHECK_STATUS(loy_branching_spread(0.8, &b, NULL), LOY_OK);
  CHECK_CLOSE(b.total, 5.0, 1e-15);
  CHECK_CLOSE(b.deviation, 10.0, 1e-15);
  CHECK_STATUS(loy_branching_spread(0.0, &b, NULL), LOY_OK);
  CHECK_BITS(b.total, 1.0);
  CHECK_BITS(b.deviation, 0.0);
}

/* The moments of the Borel distribution itself: P(n) = e^(-Rn) (Rn)^(n-1)/n!. */
static void test_borel(void) {
  for (int k = 1; k <= 7; k++) {
    const double r = 0.1 * k;
    double mean = 0.0, square = 0.0, log_factorial = 0.0;
    loy_branching b;
    for (int n = 1; n < 1500; n++) {
      log_factorial += log(n);
      const double p = exp(-r * n + (n - 1) * log(r * n) - log_factorial);
      mean += n * p;
      square += (double)n * n * p;
    }
    loy_branching_spread(r, &b, NULL);
    CHECK_CLOSE(b.total, mean, 1e-11);
    CHECK_CLOSE(b.deviation, sqrt(square - mean * mean), 1e-10);
  }
}

/* -W(-R e^-R)/R, mpmath. */
static void test_supercritical(void) {
  static const double cases[6][2] = {
      {1.0 + 0x1p-30, 0.9999999981373548530820076}, {1.5, 0.417188356134188613958924},
      {2.0, 0.2031878699799799538384791},           {5.0, 0.006977153651144739260248174},
      {40.0, 4.24835425529158971726979e-18},        {700.0, 9.859676543759770856705373e-305}};
  loy_branching b;
  loy_error error;
  for (int k = 0; k < 6; k++) {
    CHECK_STATUS(loy_branching_spread(cases[k][0], &b, &error), LOY_NOTICE_SUPERCRITICAL);
    CHECK_ERROR(&error, LOY_NOTICE_SUPERCRITICAL, "reproduction", LOY_NO_INDEX);
    CHECK_BITS(b.total, HUGE_VAL);
    CHECK_BITS(b.deviation, HUGE_VAL);
    CHECK_CLOSE(b.extinction, cases[k][1], 1e-15);
  }
  CHECK_STATUS(loy_branching_spread(1.0, &b, NULL), LOY_NOTICE_SUPERCRITICAL);
  CHECK_BITS(b.extinction, 1.0);
  loy_branching_spread(1e40, &b, NULL);
  CHECK_BITS(b.extinction, 0.0);
  for (double r = 1.0; r < 30.0; r *= 1.001) {
    loy_branching_spread(r, &b, NULL);
    CHECK_NEAR(b.extinction, exp(r * (b.extinction - 1.0)), 1e-15);
  }
}

static void test_reached(void) {
  double x;
  CHECK_STATUS(loy_branching_reached(1000.0, 500.0, &x, NULL), LOY_OK);
  CHECK_CLOSE(x, 393.621055138814994963639, 1e-15);
  loy_branching_reached(1e6, 2.5e6, &x, NULL);
  CHECK_CLOSE(x, 917915.1039823537599568286, 1e-15);
  loy_branching_reached(1e30, 5.0, &x, NULL); /* nobody twice */
  CHECK_CLOSE(x, 5.0, 1e-15);
  loy_branching_reached(1.0, 3.0, &x, NULL);
  CHECK_BITS(x, 1.0);
  loy_branching_reached(1.0, 0.0, &x, NULL);
  CHECK_BITS(x, 0.0);
  loy_branching_reached(10.0, 1.0, &x, NULL);
  CHECK_CLOSE(x, 1.0, 1e-15);
  loy_branching_reached(10.0, 1e40, &x, NULL);
  CHECK_BITS(x, 10.0);
}

static void test_checks(void) {
  loy_branching b = {7.0, 7.0, 7.0};
  double x = 7.0;
  loy_error error;
#define EXPECT(call, status, argument)                                                                                 \
  CHECK_STATUS(call, status);                                                                                          \
  CHECK_ERROR(&error, status, argument, LOY_NO_INDEX)
  EXPECT(loy_branching_spread(-1.0, NULL, &error), LOY_ERR_DOMAIN, "reproduction");
  EXPECT(loy_branching_spread(NAN, &b, &error), LOY_ERR_DOMAIN, "reproduction");
  EXPECT(loy_branching_spread(1.0, NULL, &error), LOY_ERR_ARGUMENT, "result");
  EXPECT(loy_branching_reached(0.5, -1.0, NULL, &error), LOY_ERR_DOMAIN, "population");
  EXPECT(loy_branching_reached(5.0, -1.0, NULL, &error), LOY_ERR_DOMAIN, "tellings");
  EXPECT(loy_branching_reached(5.0, 1.0, NULL, &error), LOY_ERR_ARGUMENT, "reached");
#undef EXPECT
  CHECK_BITS(b.total, 7.0);
  CHECK_BITS(x, 7.0);
}

SUITE(value, branching) {
  ADD(test_subcritical);
  ADD(test_borel);
  ADD(test_supercritical);
  ADD(test_reached);
  ADD(test_checks);
}
