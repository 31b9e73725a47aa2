/* btyd_heterogeneity.c: the distributions of customers' own rates and probabilities. */
#include <string.h>

#include "parity.h"

static void heterogeneity(parity_case *c) {
  const loy_heterogeneity kind = (loy_heterogeneity)parity_int(c);
  const double first = parity_double(c), second = parity_double(c), value = parity_double(c);
  loy_error e;
  loy_heterogeneity_check(kind, first, second, value, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, loy_heterogeneity_density(kind, first, second, value));
  parity_give_double(c, loy_heterogeneity_below(kind, first, second, value));
}

static void heterogeneity_batch(parity_case *c) {
  const loy_heterogeneity kind = (loy_heterogeneity)parity_int(c);
  const double first = parity_double(c), second = parity_double(c);
  size_t n, m;
  const double *value = parity_column(c, &n);
  double *density, *below;
  loy_batch_report report;
  loy_error e;
  density = parity_out(c, &m);
  if (parity_lengths(c, "density", m, n)) return;
  below = parity_out(c, &m);
  if (parity_lengths(c, "below", m, n)) return;
  memset(&report, 0, sizeof report);
  loy_heterogeneity_batch(kind, first, second, value, n, density, below, &report, &e);
  parity_batch(c, &e, &report, parity_bool(c));
}

PARITY(btyd_heterogeneity) {
  CASE(heterogeneity);
  CASE(heterogeneity_batch);
}
