/* math.i: shims of the math functions. */

%{
#include "loyalty/math/distribution.h"
#include "loyalty/math/proportion.h"
%}

LOY_BULK(wilson_intervals)
%inline %{
/* The Wilson interval of each share; the counts need not be whole. NaN for counts out of range. */
static loy_r0 wilson_intervals(loy_in successes, loy_in trials, double level, loy_out lower, loy_out upper) {
  loy_r0 r = {0};
  if (!loy_same_length(&r.e, "trials", trials.n, successes.n) || !loy_same_length(&r.e, "lower", lower.n, successes.n) ||
      !loy_same_length(&r.e, "upper", upper.n, successes.n))
    return r;
  for (size_t i = 0; i < successes.n; i++)
    loyi_wilson(successes.p[i], trials.p[i], level, &lower.p[i], &upper.p[i]);
  return r;
}

/* How many standard errors an interval reaches to each side: by Student's t, for infinite df by the normal. */
static loy_r1 interval_quantile(double level, double df) {
  loy_r1 r = {0};
  if (!(level > 0.0 && level < 1.0)) {
    loy_refuse(&r.e, LOY_ERR_DOMAIN, "level", "must be above 0 and below 1");
  } else if (!(df > 0.0)) {
    loy_refuse(&r.e, LOY_ERR_DOMAIN, "df", "must be above 0");
  } else {
    r.v[0] = loyi_t_quantile(0.5 + 0.5 * level, df);
  }
  return r;
}
%}
