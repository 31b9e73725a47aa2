/* curve_cells.h: the answers that the tests of the fit share: 20 cells of 400 customers, a five-point scale (padded) in
 * four markets, rounded from alpha = 0.2, beta = 1.3, gamma = 0.8, a = 0.4, delta = 0.04. */
#ifndef LOYALTY_TESTS_C_RESPONSE_CURVE_CELLS_H
#define LOYALTY_TESTS_C_RESPONSE_CURVE_CELLS_H

#include "check.h"
#include "loyalty/response/curve_fit.h"

enum { CELLS = 20 };

static const double scale[5] = {0.1, 0.3, 0.5, 0.7, 0.9}, market[4] = {0.2, 0.5, 0.8, 0.95};
static const double loyal[CELLS] = {218, 294, 341, 367, 381, 112, 177, 253, 322, 371,
                                    41,  74,  134, 225, 340, 10,  22,  47,  105, 259};
/* Columns that a test may change; `cells` fills them afresh. */
static double s[CELLS], c[CELLS], trials[CELLS];

static loy_curve_data cells(void) {
  loy_curve_data data;
  for (size_t i = 0; i < CELLS; i++) {
    s[i] = scale[i % 5];
    c[i] = market[i / 5];
    trials[i] = 400.0;
  }
  loy_curve_data_init(&data);
  data.n = CELLS;
  data.s = s;
  data.c = c;
  data.trials = trials;
  data.loyal = loyal;
  return data;
}

#define BIT(p) (1u << (p))

static inline loy_curve_fit_options options_of(unsigned fixed, int covariance) {
  loy_curve_fit_options options;
  loy_curve_fit_options_init(&options);
  options.fixed = fixed;
  options.covariance = covariance;
  return options;
}

static inline void check_curve(const loy_curve *curve, double alpha, double beta, double gamma, double a, double delta,
                               double tolerance) {
  CHECK_NEAR(curve->alpha, alpha, tolerance);
  CHECK_NEAR(curve->beta, beta, tolerance);
  CHECK_NEAR(curve->gamma, gamma, tolerance);
  CHECK_NEAR(curve->a, a, tolerance);
  CHECK_NEAR(curve->delta, delta, tolerance);
}

#endif /* LOYALTY_TESTS_C_RESPONSE_CURVE_CELLS_H */
