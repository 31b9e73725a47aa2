/* Which of the two fits whom: customers who may stop at once are likelier by MBG/CNBD-k, those who may not by
 * BG/CNBD-k. Totals, fits and errors of both are in test_bgcnbd_fit.c. */
#include "check.h"

enum { N = 6000 };
static double x[N], t_x[N], T[N], litt[N];

static void test_which(void) {
  const loy_bgcnbd_params truth = {1.5, 3.0, .9, 2.5, 3};
  for (int zero = 0; zero < 2; zero++) {
    loy_bgcnbd_fit_result bg;
    loy_mbgcnbd_fit_result mbg;
    for (int i = 0; i < N; i++) T[i] = 40.0;
    CHECK_STATUS(zero ? loy_mbgcnbd_simulate(&truth, T, N, 3, NULL, x, t_x, litt, NULL, NULL)
                      : loy_bgcnbd_simulate(&truth, T, N, 3, NULL, x, t_x, litt, NULL, NULL),
                 LOY_OK);
    CHECK_STATUS(loy_bgcnbd_fit(x, t_x, T, litt, NULL, N, NULL, &bg, NULL), LOY_OK);
    CHECK_STATUS(loy_mbgcnbd_fit(x, t_x, T, litt, NULL, N, NULL, &mbg, NULL), LOY_OK);
    CU_ASSERT(bg.params.k == 3.0 && mbg.params.k == 3.0);
    CU_ASSERT(zero ? mbg.log_likelihood > bg.log_likelihood + 10.0 : bg.log_likelihood > mbg.log_likelihood + 10.0);
  }
}

SUITE(btyd, mbgcnbd_fit) { ADD(test_which); }
