/* The law of the curve as the engine takes it: what curve_fit.h does not show by itself. */
#include "check.h"

#include "loyalty/response/curve_law.h"

#if LOY_TEST_INTERNALS

static const double s[3] = {0.0, 0.6, 1.0}, c[3] = {0.5, 0.5, 0.8};

/* At s = 0 and 1 the logit is infinite; loyalty is the floor 1 - c^a and the ceiling 1 - delta. */
static void test_ends(void) {
  static const double theta[5] = {0.1, 1.5, 0.7, 2.0, 0.1};
  const double *key[2] = {s, c};
  loyi_mean_data data;
  loyi_curve_cells cells;
  size_t row_of[3] = {0, 1, 2};
  double mean[LOYI_MEAN_RUN], rest[LOYI_MEAN_RUN], derivative[LOYI_MEAN_MOST][LOYI_MEAN_RUN];
  memset(&data, 0, sizeof data);
  data.cells = 3;
  data.row_of = row_of;
  data.source.keys = 2;
  data.source.key = key;
  CHECK_STATUS(loyi_curve_cells_make(&data, &cells, NULL), LOY_OK);
  loyi_curve_fit_law(&cells, theta, 0, 3, mean, rest, derivative);
  CHECK_CLOSE(mean[0], 0.9 * 0.75, 1e-15);
  CHECK_CLOSE(rest[2], 0.1, 1e-15);
  CHECK_CLOSE(mean[1] + rest[1], 1.0, 1e-15);
  for (int i = 0; i < 3; i += 2) {
    CHECK_BITS(derivative[LOY_CURVE_ALPHA][i], 0.0);
    CHECK_BITS(derivative[LOY_CURVE_BETA][i], 0.0);
  }
  CHECK_CLOSE(derivative[LOY_CURVE_A][0], 0.9 * 0.25 * log(2.0), 1e-15);
  loyi_curve_logistic_law(&cells, theta, 0, 3, mean, rest, derivative);
  CHECK_CLOSE(mean[0], 1.0 / (1.0 + exp(1.5 * 5.0 - 0.1)), 1e-14);
  CHECK_CLOSE(derivative[1][0], -5.0 * mean[0] * rest[0], 1e-14);
  loyi_curve_cells_release(&cells);
}

/* Against differences; a gamma of 0 is left out. */
static void test_ridge(void) {
  loyi_curve_cells cells;
  double theta[5] = {0.4, 2.0, 0.5, 0.0, 0.0}, gradient[5] = {0.0}, curvature[5] = {0.0}, unused[5], also[5];
  memset(&cells, 0, sizeof cells);
  cells.ridge = 3.0;
  CHECK_CLOSE(loyi_curve_ridge(&cells, theta, gradient, curvature), 1.5 * (0.16 + 2.0 * log(2.0) * log(2.0)), 1e-15);
  for (int p = 0; p < 3; p++) {
    const double at = theta[p], h = 1e-5;
    double high, low;
    theta[p] = at + h;
    high = loyi_curve_ridge(&cells, theta, unused, also);
    theta[p] = at - h;
    low = loyi_curve_ridge(&cells, theta, unused, also);
    theta[p] = at;
    CHECK_CLOSE(gradient[p], (high - low) / (2.0 * h), 1e-8);
    CU_ASSERT(curvature[p] > 0.0);
  }
  theta[LOY_CURVE_GAMMA] = 0.0;
  CHECK_CLOSE(loyi_curve_ridge(&cells, theta, unused, also), 1.5 * (0.16 + log(2.0) * log(2.0)), 1e-15);
}

#endif

SUITE(response, curve_law) {
#if LOY_TEST_INTERNALS
  ADD(test_ends);
  ADD(test_ridge);
#else
  (void)suite;
#endif
}
