/* survey_estimate.i: shims of means and shares. */

%{
#include "loyalty/survey/estimate.h"

/* The fields of a loy_mean, in the order of its declaration. */
static void mean_put(loy_values *r, const loy_mean *mean) {
  loy_put_int(r, mean->n);
  loy_put_int(r, mean->missing);
  loy_put_double(r, mean->mean);
  loy_put_double(r, mean->standard_deviation);
  loy_put_double(r, mean->standard_error);
}

/* Status, then the fields. */
static loy_values mean_result(const loy_mean *mean, const loy_error *e) {
  loy_values r = {0};
  r.e = *e;
  if (loy_status_is_error(e->status)) return r;
  loy_put_status(&r);
  mean_put(&r, mean);
  return r;
}
%}

LOY_BULK(mean_from_values)
LOY_BULK(shares_from_counts)
LOY_BULK(scaled_intervals)
%inline %{
static loy_values mean_from_values(loy_in value, bool skip_missing) {
  loy_mean mean = {0};
  loy_error e = {0};
  loy_mean_from_values(value.p, value.n, skip_missing, &mean, &e);
  return mean_result(&mean, &e);
}

static loy_r2 mean_interval(int64_t n, double mean, double standard_error, double level) {
  loy_r2 r = {0};
  loy_mean found = {n, 0, mean, 0.0, standard_error};
  loy_mean_interval(&found, level, &r.v[0], &r.v[1], &r.e);
  return r;
}

/* scale: a loy_interval_scale. */
static loy_r0 scaled_intervals(loy_in estimate, loy_in std_error, double level, double df, int scale, loy_out lower,
                               loy_out upper) {
  loy_r0 r = {0};
  if (loy_same_length(&r.e, "std_error", std_error.n, estimate.n) &&
      loy_same_length(&r.e, "lower", lower.n, estimate.n) && loy_same_length(&r.e, "upper", upper.n, estimate.n))
    loy_scaled_intervals(estimate.p, std_error.p, estimate.n, level, df, scale, lower.p, upper.p, &r.e);
  return r;
}

static loy_r0 shares_from_counts(loy_in_i64 count, double level, loy_out share, loy_out lower, loy_out upper) {
  loy_r0 r = {0};
  loy_share *found;
  if (!loy_same_length(&r.e, "share", share.n, count.n) || !loy_same_length(&r.e, "lower", lower.n, count.n) ||
      !loy_same_length(&r.e, "upper", upper.n, count.n))
    return r;
  found = (loy_share *)calloc(count.n + 1, sizeof *found);
  if (!found) {
    loy_refuse(&r.e, LOY_ERR_MEMORY, NULL, "out of memory");
    return r;
  }
  if (loy_shares_from_counts(count.p, count.n, level, found, &r.e) == LOY_OK) {
    for (size_t i = 0; i < count.n; i++) {
      share.p[i] = found[i].share;
      lower.p[i] = found[i].lower;
      upper.p[i] = found[i].upper;
    }
  }
  free(found);
  return r;
}
%}
