/* btyd_heterogeneity.i: shims of the distributions of customers' own rates and probabilities. */

%{
#include "loyalty/btyd/heterogeneity.h"
%}

LOY_BULK(heterogeneity_batch)
%inline %{
/* Density, share at or below. */
static loy_r2 heterogeneity(int kind, double first, double second, double value) {
  loy_r2 r = {0};
  loy_heterogeneity distribution = (loy_heterogeneity)kind;
  if (loy_heterogeneity_check(distribution, first, second, value, &r.e) != LOY_OK) return r;
  r.v[0] = loy_heterogeneity_density(distribution, first, second, value);
  r.v[1] = loy_heterogeneity_below(distribution, first, second, value);
  return r;
}

static loy_rbatch heterogeneity_batch(int kind, double first, double second, loy_in value, loy_out density,
                                      loy_out below, bool coerce) {
  loy_batch_report report = {0};
  loy_error e = {0};
  if (loy_same_length(&e, "density", density.n, value.n) && loy_same_length(&e, "below", below.n, value.n))
    loy_heterogeneity_batch((loy_heterogeneity)kind, first, second, value.p, value.n, density.p, below.p, &report, &e);
  return loy_batch_result(e, &report, coerce);
}
%}
