/* test_distribution.c: chi-squared and Student tails and quantiles, beta quantiles, against mpmath at 40 digits. */
#include "check.h"

#if LOY_TEST_INTERNALS
#  include "loyalty/math/distribution.h"

typedef struct row {
  double x, df, expected;
} row;

static void test_chi_squared(void) {
  static const row rows[] = {
      {3.841458820694124, 1, 0.050000000000000057435},
      {67.6542044843, 2, 2.0373993227415780644e-15},
      {0.5, 7, 0.99944648139042496549},
      {1000, 3, 1.7994208765314476631e-216},
      {1e-10, 4, 1.0},
      {0, 1, 1},
      {-3, 2, 1},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    CHECK_CLOSE(loyi_chi2_upper(rows[i].x, rows[i].df), rows[i].expected, 1e-14);
  CHECK_BITS(loyi_chi2_upper((double)INFINITY, 3), 0.0);
  CU_ASSERT(isnan(loyi_chi2_upper(1, 0)) && isnan(loyi_chi2_upper((double)NAN, 1)));
}

static void test_student_tail(void) {
  static const row rows[] = {
      {2.0, 5, 0.050969739414929178123},         {0.3, 1, 0.40722642092225765968},
      {1e-08, 3, 0.49999999632447403052},        {40, 2.5, 0.000070978171452466914564},
      {1e10, 4, 2.9999999999999999998e-40},      {-1.7, 12, 0.94256006730239545373},
      {6, 1000000.0, 9.8692490617721733495e-10}, {0, 3, 0.5},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    CHECK_CLOSE(loyi_t_upper(rows[i].x, rows[i].df), rows[i].expected, 1e-14);
  CHECK_CLOSE(loyi_t_upper(1.959963984540054, (double)INFINITY), .025, 1e-14);
  CHECK_CLOSE(loyi_t_upper(1e200, 1), 3.1830988618379067154e-201, 3e-13); /* by logarithms */
  CHECK_BITS(loyi_t_upper((double)INFINITY, 3), 0.0);
  CHECK_BITS(loyi_t_upper(-(double)INFINITY, 3), 1.0);
  CU_ASSERT(isnan(loyi_t_upper(1, -1)) && isnan(loyi_t_upper((double)NAN, 1)));
}

static void test_student_quantile(void) {
  static const row rows[] = {
      {0.975, 4, 2.7764451051977934898},
      {0.975, 1, 12.706204736174693314},
      {0.95, 30, 1.6972608865939573837},
      {0.500000001, 7, 2.5974602021844570215e-9},
      {1e-30, 3, -10331108360.446528808},
      {0.9, 100000.0, 1.2815600314493611406},
      {0.7, 2.5, 0.59730773825231730106},
      {1e-05, 0.5, -1028491156.3163398434},
      {0.5, 3, 0},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    CHECK_CLOSE(loyi_t_quantile(rows[i].x, rows[i].df), rows[i].expected, 2e-14);
    if (rows[i].x > 0.5)
      CHECK_BITS(loyi_t_quantile(1.0 - rows[i].x, rows[i].df), -loyi_t_quantile(rows[i].x, rows[i].df));
  }
  CHECK_BITS(loyi_t_quantile(0, 2), -(double)INFINITY);
  CHECK_BITS(loyi_t_quantile(1, 2), (double)INFINITY);
  CHECK_BITS(loyi_t_quantile(1e-30, 0.01), -(double)INFINITY);
  CHECK_CLOSE(loyi_t_quantile(1e-200, 1), -3.1830988618379067154e199, 1e-12);
  CHECK_CLOSE(loyi_t_quantile(.975, (double)INFINITY), 1.959963984540054, 1e-15);
  CU_ASSERT(isnan(loyi_t_quantile(2, 1)) && isnan(loyi_t_quantile(.5, 0)) && isnan(loyi_t_quantile((double)NAN, 1)));
}
static void test_beta_quantile(void) {
  static const struct {
    double p;
    int upper;
    double a, b, expected;
  } rows[] = {
      {.025, 0, 30.5, 72, .21346605087818712587},
      {.025, 1, 30.5, 72, .38913787677537617759},
      {.975, 0, 30.5, 72, .38913787677537616008},
      {.025, 0, .5, 102, 4.8258662520139108887e-6},
      {.025, 1, .5, 102, .024384965373132946688},
      {.025, 0, 175.5, 27, .81667864155085630936},
      {.025, 1, 175.5, 27, .90980443062914208281},
      {.25, 0, 2, 3, .24302208375607630235},
      {1e-10, 0, 4, .5, .004371145786246599292},
      {.025, 1, 102, .5, .99999517413374798609},
      {.5, 0, 1, 1, .5},
      {.025, 0, .01, 5, 7.803601735629395922e-162},
      {.025, 0, 1e6, 2e6, .33280000407595492}, /* SciPy */
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    CHECK_CLOSE(loyi_beta_quantile(rows[i].p, rows[i].upper, rows[i].a, rows[i].b), rows[i].expected,
                i + 1 == sizeof rows / sizeof *rows ? 1e-12 : 1e-13);
  CHECK_BITS(loyi_beta_quantile(.025, 0, 1e-4, 5), 0.0);
  CHECK_BITS(loyi_beta_quantile(.025, 1, 5, 1e-4), 1.0);
  CHECK_BITS(loyi_beta_quantile(.5, 0, 0, 5), 0.0);
  CHECK_BITS(loyi_beta_quantile(.5, 0, 5, 0), 1.0);
  CU_ASSERT(isnan(loyi_beta_quantile(0, 0, 1, 1)) && isnan(loyi_beta_quantile(1, 0, 1, 1)));
  CU_ASSERT(isnan(loyi_beta_quantile(.5, 0, 0, 0)) && isnan(loyi_beta_quantile(.5, 0, (double)NAN, 1)));
  CU_ASSERT(isnan(loyi_beta_quantile(.5, 0, 1, -1)));
}

#endif

SUITE(math, distribution) {
  (void)suite;
#if LOY_TEST_INTERNALS
  ADD(test_chi_squared);
  ADD(test_student_tail);
  ADD(test_student_quantile);
  ADD(test_beta_quantile);
#endif
}
