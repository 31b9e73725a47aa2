/* math.c: the math functions' side of the parity cases. */
#include <math.h>

#include "parity.h"

/* The Wilson interval of whole counts, which has a public function. */
static void wilson_intervals(parity_case *c) {
  size_t n, m;
  const double *successes = parity_column(c, &n), *trials = parity_column(c, &m);
  const double level = parity_double(c);
  double *lower, *upper;
  if (parity_lengths(c, "trials", m, n)) return;
  lower = parity_out(c, &m);
  if (parity_lengths(c, "lower", m, n)) return;
  upper = parity_out(c, &m);
  if (parity_lengths(c, "upper", m, n)) return;
  for (size_t i = 0; i < n; i++) {
    const loy_csat share = {(int64_t)successes[i], (int64_t)trials[i], 0, 0.0, 0.0};
    lower[i] = upper[i] = NAN;
    loy_csat_interval(&share, level, &lower[i], &upper[i], NULL);
  }
}

/* By the interval of a mean of 0 with standard error 1. */
static void interval_quantile(parity_case *c) {
  const double level = parity_double(c), df = parity_double(c);
  const loy_mean mean = {(int64_t)df + 1, 0, 0.0, sqrt(df + 1.0), 1.0};
  double lower, upper;
  loy_error e;
  loy_mean_interval(&mean, level, &lower, &upper, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, upper);
}

PARITY(math) {
  CASE(wilson_intervals);
  CASE(interval_quantile);
}
