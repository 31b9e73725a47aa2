/* Customers of MBG/CNBD-k, whose share a/(a + b) never comes back. Distributions, logs and errors of both models are in
 * test_bgcnbd_simulate.c. */
#include "check.h"

enum { N = 20000 };
static double T[N], x[N], t_x[N], alive[N];

static void test_gone_at_once(void) {
  const loy_mbgcnbd_params params = {3.0, .3, .9, 2.5, 4}; /* everybody alive buys within T */
  const double share = .9 / 3.4;
  double none = 0.0;
  for (int i = 0; i < N; i++) T[i] = 1e6;
  CHECK_STATUS(loy_mbgcnbd_simulate(&params, T, N, 9, NULL, x, t_x, NULL, alive, NULL), LOY_OK);
  for (int i = 0; i < N; i++) {
    none += x[i] == 0.0;
    CU_ASSERT(x[i] > 0.0 || (t_x[i] == 0.0 && alive[i] == 0.0));
  }
  const double n = N;
  CHECK_NEAR(none, n * share, 4.0 * sqrt(n * share * (1.0 - share)));
}

SUITE(btyd, mbgcnbd_simulate) { ADD(test_gone_at_once); }
