/* The future by MBG/CNBD-k from that by BG/CNBD-k with b + 1 for b. Numbers, checks and batches of both are in
 * test_bgcnbd_predict.c. */
#include "check.h"

static void test_relation(void) {
  const double stages[3] = {2, 3, 8};
  for (int i = 0; i < 3; i++) {
    const loy_mbgcnbd_params m = {0.6, 3.0, 0.9, 1.6, stages[i]};
    const loy_bgcnbd_params g = {m.r, m.alpha, m.a, m.b + 1.0, m.k};
    const double there = m.b / (m.a + m.b);
    for (double t = 1.0; t < 3000.0; t *= 7.0) {
      CHECK_CLOSE(loy_mbgcnbd_expected_purchases_new(&m, t), there * loy_bgcnbd_expected_purchases_new(&g, t), 1e-13);
      CHECK_CLOSE(loy_mbgcnbd_expected_purchases(&m, 4, 30, 39, t), loy_bgcnbd_expected_purchases(&g, 4, 30, 39, t),
                  1e-12);
      CHECK_CLOSE(loy_mbgcnbd_dect(&m, 4, 30, 39, .02, t), loy_bgcnbd_dect(&g, 4, 30, 39, .02, t), 1e-12);
      CHECK_CLOSE(loy_mbgcnbd_pmf(&m, 0, t), there * loy_bgcnbd_pmf(&g, 0, t) + 1.0 - there, 1e-13);
      CHECK_CLOSE(loy_mbgcnbd_pmf(&m, 3, t), there * loy_bgcnbd_pmf(&g, 3, t), 1e-13);
      CHECK_CLOSE(loy_mbgcnbd_pmf_interval(&m, 2, 5, 5 + t), there * loy_bgcnbd_pmf_interval(&g, 2, 5, 5 + t), 1e-13);
    }
    CHECK_CLOSE(loy_mbgcnbd_dert(&m, 4, 30, 39, .02), loy_bgcnbd_dert(&g, 4, 30, 39, .02), 1e-12);
  }
}

SUITE(btyd, mbgcnbd_predict) { ADD(test_relation); }
