/* The private total of the models with stages: the sum of its rows, whatever they are, and the total of k = 1 when k is
 * 1. Derivatives are in test_bgcnbd_fit.c and tests/accuracy. */
#include "check.h"
#include "loyalty/btyd/betageo_total.h"
#include "loyalty/btyd/cnbd_total.h"

static void test_one_stage(void) {
#if LOY_TEST_INTERNALS
  enum { N = 5000 };
  static double x[N], t_x[N], T[N];
  const loy_bgcnbd_params one = {.6, 5.0, .9, 2.5, 1};
  const loy_bgnbd_params plain = {.6, 5.0, .9, 2.5};
  for (int i = 0; i < N; i++) {
    x[i] = i % 3 ? i % 11 : 0.0;
    T[i] = 1.0 + 0.01 * (i % 977);
    t_x[i] = x[i] > 0.0 ? T[i] * (0.05 + 0.9 * (i % 13) / 13.0) : 0.0;
  }
  for (int zero = 0; zero < 2; zero++) {
    double value, gradient[4], hessian[16], other, other_gradient[4], other_hessian[16];
    loy_bgcnbd_params scaled = one;
    loy_bgnbd_params other_scaled = plain;
    loyi_rows rows;
    CHECK_STATUS(loyi_rows_make(x, t_x, T, NULL, N, NULL, 1, LOYI_CNBD_SUMS, &rows, NULL), LOY_OK);
    scaled.alpha = other_scaled.alpha = ldexp(one.alpha, -rows.exponent);
    loyi_cnbd_total(&rows, zero, &scaled, &value, gradient, hessian);
    loyi_betageo_total(&rows, zero, &other_scaled, &other, other_gradient, other_hessian);
    CHECK_CLOSE(value, other, 1e-12);
    for (int i = 0; i < 4; i++) CHECK_NEAR(gradient[i], other_gradient[i], 1e-9 * (1.0 + fabs(other_gradient[i])));
    for (int i = 0; i < 16; i++) CHECK_NEAR(hessian[i], other_hessian[i], 1e-9 * (1.0 + fabs(other_hessian[i])));
    loyi_rows_release(&rows);
  }
#endif
}

SUITE(btyd, cnbd_total) { ADD(test_one_stage); }
