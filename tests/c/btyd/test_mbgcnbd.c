/* MBG/CNBD-k against BG/CNBD-k: after a repeat purchase a customer is one of the latter with b + 1 for b. Numbers,
 * checks and batches of both are in test_bgcnbd.c. */
#include "check.h"

static void test_relation(void) {
  const double size[4] = {1e-3, 0.3, 4.0, 1e3}, counts[4] = {1, 2, 17, 300}, stages[3] = {2, 5, 64};
  for (int i = 0; i < 4 * 4 * 4 * 3; i++) {
    const loy_mbgcnbd_params m = {size[i % 4], 7.0, size[i / 4 % 4], size[i / 16 % 4], stages[i / 64]};
    const loy_bgcnbd_params g = {m.r, m.alpha, m.a, m.b + 1.0, m.k};
    for (int j = 0; j < 4; j++) {
      double x = counts[j], litt = x * log(30.0 / x) - 0.5, rate, p, other_rate, other_p;
      double other = loy_bgcnbd_loglik(&g, x, 30.0, 39.0, litt);
      CHECK_NEAR(loy_mbgcnbd_loglik(&m, x, 30.0, 39.0, litt), other - log1p(m.a / m.b), 1e-11 * (1.0 + fabs(other)));
      CHECK_NEAR(loy_mbgcnbd_log_palive(&m, x, 30.0, 39.0), loy_bgcnbd_log_palive(&g, x, 30.0, 39.0),
                 1e-12 * (1.0 + fabs(loy_bgcnbd_log_palive(&g, x, 30.0, 39.0))));
      CHECK_STATUS(loy_mbgcnbd_posterior(&m, x, 30.0, 39.0, &rate, &p, NULL), LOY_OK);
      CHECK_STATUS(loy_bgcnbd_posterior(&g, x, 30.0, 39.0, &other_rate, &other_p, NULL), LOY_OK);
      CHECK_CLOSE(rate, other_rate, 1e-11);
      CHECK_CLOSE(p, other_p, 1e-11);
    }
    /* Without a purchase: stopped at once, or fewer than k stages. */
    CHECK_NEAR(loy_mbgcnbd_loglik(&m, 0, 0, 39.0, 0),
               log(m.a / (m.a + m.b) + m.b / (m.a + m.b) * exp(loy_bgcnbd_loglik(&g, 0, 0, 39.0, 0))), 1e-12);
    CHECK_CLOSE(loy_mbgcnbd_palive(&m, 0, 0, 0, 0), m.b / (m.a + m.b), 1e-14);
  }
}

SUITE(btyd, mbgcnbd) { ADD(test_relation); }
