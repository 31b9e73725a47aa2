/* test_lifetime_fit.c: what large fits do beyond test_pnbd_fit.c and its neighbours: the start from a sample, and
 * merging.
 */
#include "check.h"

#include "lifetime_customers.h"

/* The sample's start, and rows that are merged, lead to the same optimum. */
static void test_sample_and_merging(void) {
  enum { N = 70000 };
  static double x[N], t_x[N], t[N], weight[N];
  loy_pnbd_fit_result fit, merged, moved;
  loy_pnbd_fit_options options;
  for (int i = 0; i < N; i++) t[i] = 27.0 + 12.0 * i / (double)N;
  draw_pnbd(.553, 10.578, .606, 11.669, t, N, 9, x, t_x);
  loy_pnbd_fit_options_init(&options);
  options.start.r = options.start.alpha = options.start.s = options.start.beta = 3.0;
  CHECK_STATUS(loy_pnbd_fit(x, t_x, t, NULL, N, NULL, &fit, NULL), LOY_OK);
  CHECK_STATUS(loy_pnbd_fit(x, t_x, t, NULL, N, &options, &moved, NULL), LOY_OK);
  CHECK_CLOSE(moved.log_likelihood, fit.log_likelihood, 1e-13);
  CHECK_CLOSE(moved.params.beta, fit.params.beta, 1e-9);
  CU_ASSERT(fit.iterations <= 5);
  for (int i = 0; i < N; i++) {
    t[i] = ceil(t[i]);
    t_x[i] = floor(t_x[i]);
  }
  CHECK_STATUS(loy_pnbd_fit(x, t_x, t, NULL, N, NULL, &merged, NULL), LOY_OK);
  /* Weighted rows merge as well. */
  for (int i = 0; i < N; i++) weight[i] = 2.0;
  CHECK_STATUS(loy_pnbd_fit(x, t_x, t, weight, N, NULL, &moved, NULL), LOY_OK);
  CHECK_CLOSE(moved.log_likelihood, 2.0 * merged.log_likelihood, 1e-13);
  CHECK_CLOSE(moved.params.s, merged.params.s, 1e-9);
  CHECK_STATUS(loy_pnbd_loglik_total(&merged.params, x, t_x, t, NULL, N, NULL, &weight[0], NULL, NULL, NULL), LOY_OK);
  CHECK_CLOSE(merged.log_likelihood, weight[0], 1e-12);
}

SUITE(btyd, lifetime_fit) { ADD(test_sample_and_merging); }
