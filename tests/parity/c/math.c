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

PARITY(math) { CASE(wilson_intervals); }
