/* family-inl.h: body of family.h. */
#ifndef LOYALTY_RESPONSE_FAMILY_INL_H
#define LOYALTY_RESPONSE_FAMILY_INL_H

#include "family.h"

#include <math.h>

#include "../math/elementary.h"
#include "curve-inl.h"

LOY_BEGIN_DECLS

#define LOYI_FAMILY_LARGEST 1e6
/* Below this |k| the derivative of the exponential family with respect to k comes from its series. */
#define LOYI_FAMILY_FLAT 0.25

LOYALTY_API const char *loy_family_name(int family) {
  static const char *const names[LOY_FAMILIES] = {"power", "exponential", "logit_linear", "piecewise"};
  return family >= 0 && family < LOY_FAMILIES ? names[family] : "unknown";
}

LOYALTY_API size_t loy_family_params(int family) {
  static const size_t params[LOY_FAMILIES] = {4, 4, 3, 7};
  return family >= 0 && family < LOY_FAMILIES ? params[family] : 0;
}

LOYALTY_API const char *loy_family_param_name(int family, int param) {
  static const char *const names[LOY_FAMILIES][LOY_FAMILY_PARAMS] = {
      {"floor", "top", "competition", "exponent", "", "", ""},
      {"floor", "top", "competition", "curvature", "", "", ""},
      {"intercept", "slope", "competition", "", "", "", ""},
      {"floor", "top", "competition", "rise_1", "rise_2", "first", "second"}};
  return param >= 0 && (size_t)param < loy_family_params(family) ? names[family][param] : "unknown";
}

LOYALTY_API void loy_family_init(loy_family_curve *curve, int family) {
  if (!curve) return;
  curve->family = family;
  for (int p = 0; p < LOY_FAMILY_PARAMS; p++) curve->param[p] = 0.0;
  if (loy_family_params(family) > 0) curve->param[LOY_FAMILY_TOP] = 1.0; /* or the slope */
  if (family == LOY_FAMILY_POWER) curve->param[LOY_FAMILY_EXPONENT] = 1.0;
  if (family == LOY_FAMILY_PIECEWISE) {
    curve->param[LOY_FAMILY_RISE_1] = curve->param[LOY_FAMILY_FIRST] = 1.0 / 3.0;
    curve->param[LOY_FAMILY_RISE_2] = 0.5;
    curve->param[LOY_FAMILY_SECOND] = 2.0 / 3.0;
  }
}

/* ---- checks ---- */

/* The range of a parameter; thresholds are also compared with each other. */
LOYI_LOCAL void loyi_family_range(int family, int param, double *low, double *high) {
  *low = -LOYI_FAMILY_LARGEST;
  *high = LOYI_FAMILY_LARGEST;
  if (family == LOY_FAMILY_LOGIT_LINEAR || param == LOY_FAMILY_COMPETITION) return;
  if (family == LOY_FAMILY_EXPONENTIAL && param == LOY_FAMILY_CURVATURE) return;
  *low = 0.0;
  if (family == LOY_FAMILY_POWER && param == LOY_FAMILY_EXPONENT) {
    *low = 1e-6;
  } else {
    *high = 1.0;
  }
}

LOYI_LOCAL const char *loyi_family_range_message(double low, double high) {
  if (high == 1.0) return "must be from 0 to 1";
  return low > 0.0 ? "must be from 1e-6 to 1e6" : "must be at most 1e6 in size";
}

LOYI_LOCAL loy_status loyi_family_check_params(const loy_family_curve *curve, loy_error *error) {
  if (!curve) return loyi_report(error, LOY_ERR_ARGUMENT, "curve", LOY_NO_INDEX, "must not be NULL");
  if (loy_family_params(curve->family) == 0)
    return loyi_report(error, LOY_ERR_ARGUMENT, "family", LOY_NO_INDEX, "must be a loy_family");
  for (int p = 0; p < (int)loy_family_params(curve->family); p++) {
    double low, high;
    loyi_family_range(curve->family, p, &low, &high);
    if (!(curve->param[p] >= low && curve->param[p] <= high))
      return loyi_report(error, LOY_ERR_DOMAIN, loy_family_param_name(curve->family, p), LOY_NO_INDEX,
                         loyi_family_range_message(low, high));
  }
  if (curve->family != LOY_FAMILY_PIECEWISE) return LOY_OK;
  if (!(curve->param[LOY_FAMILY_FIRST] > 0.0 && curve->param[LOY_FAMILY_FIRST] < curve->param[LOY_FAMILY_SECOND]))
    return loyi_report(error, LOY_ERR_DOMAIN, "first", LOY_NO_INDEX, "must be above 0 and below second");
  if (!(curve->param[LOY_FAMILY_SECOND] < 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "second", LOY_NO_INDEX, "must be below 1");
  return LOY_OK;
}

LOYALTY_API loy_status loy_family_check(const loy_family_curve *curve, double s, double c, loy_error *error) {
  loy_status status = loyi_family_check_params(curve, error);
  if (status == LOY_OK) status = loyi_curve_check_satisfaction(s, error);
  if (status == LOY_OK) status = loyi_curve_check_competition(c, error);
  return status == LOY_OK ? loyi_ok(error) : status;
}

/* ---- one point ---- */

/* L and 1 - L, each accurate near 0, and dL/dtheta. */
typedef struct loyi_family_value {
  double mean, rest;
  double d[LOY_FAMILY_PARAMS];
} loyi_family_value;

/* A shape from 0 at s = 0 to 1 at s = 1: F, 1 - F, and their derivatives with respect to its own parameters. */
typedef struct loyi_family_shape {
  double rise, left;
  double d[2];
} loyi_family_shape;

LOYI_LOCAL loyi_family_shape loyi_family_power(double exponent, double log_s) {
  const double held = exponent * log_s;
  loyi_family_shape shape;
  shape.rise = loyi_exp(held);
  shape.left = 0.0 - loyi_expm1(held);
  shape.d[0] = shape.rise > 0.0 ? shape.rise * log_s : 0.0;
  shape.d[1] = 0.0;
  return shape;
}

/* [B(ks) - B(k)]/k with B(y) = y/(1 - e^-y), the derivative of ln F with respect to k. Near 0 from the series of B,
 * whose coefficients are the Bernoulli numbers over factorials. */
LOYI_LOCAL double loyi_family_bend(double k, double s) {
  static const double c[5] = {1.0 / 12.0, -1.0 / 720.0, 1.0 / 30240.0, -1.0 / 1209600.0, 1.0 / 47900160.0};
  double sum = 0.5 * (s - 1.0), odd = k, even = s * s;
  if (fabs(k) > LOYI_FAMILY_FLAT) {
    const double low = k * s, high = k / (0.0 - loyi_expm1(-k));
    return ((low == 0.0 ? 1.0 : low / (0.0 - loyi_expm1(-low))) - high) / k;
  }
  for (int i = 0; i < 5; i++, odd *= k * k, even *= s * s) sum += c[i] * odd * (even - 1.0);
  return sum;
}

LOYI_LOCAL loyi_family_shape loyi_family_exponential(double k, double s) {
  const double size = fabs(k);
  loyi_family_shape shape;
  shape.rise = s;
  shape.left = 1.0 - s;
  if (size > 0.0) { /* exponents are never above 0, so that nothing overflows */
    const double all = loyi_expm1(-size);
    const double below = loyi_expm1(-size * s) / all, above = loyi_expm1(-size * (1.0 - s)) / all;
    shape.rise = k > 0.0 ? loyi_exp(-size * (1.0 - s)) * below : below;
    shape.left = k > 0.0 ? above : loyi_exp(-size * s) * above;
  }
  shape.d[0] = shape.rise > 0.0 ? shape.rise * loyi_family_bend(k, s) : 0.0;
  shape.d[1] = 0.0;
  return shape;
}

/* The part of [from, to] that lies below s. */
LOYI_LOCAL double loyi_family_part(double s, double from, double to) {
  if (s <= from) return 0.0;
  return s >= to ? 1.0 : (s - from) / (to - from);
}

LOYI_LOCAL loyi_family_shape loyi_family_piecewise(const double *theta, double s) {
  const double rise_1 = theta[LOY_FAMILY_RISE_1], rise_2 = theta[LOY_FAMILY_RISE_2];
  const double u1 = loyi_family_part(s, 0.0, theta[LOY_FAMILY_FIRST]);
  const double u2 = loyi_family_part(s, theta[LOY_FAMILY_FIRST], theta[LOY_FAMILY_SECOND]);
  const double u3 = loyi_family_part(s, theta[LOY_FAMILY_SECOND], 1.0);
  const double later = rise_2 * u2 + (1.0 - rise_2) * u3;
  loyi_family_shape shape;
  shape.rise = rise_1 * u1 + (1.0 - rise_1) * later;
  shape.left = rise_1 * (1.0 - u1) + (1.0 - rise_1) * (rise_2 * (1.0 - u2) + (1.0 - rise_2) * (1.0 - u3));
  shape.d[0] = u1 - later;
  shape.d[1] = (1.0 - rise_1) * (u2 - u3);
  return shape;
}

/* Lambda(eta) and its complement; the slope of Lambda. */
LOYI_LOCAL double loyi_family_logistic(double eta, loyi_family_value *value) {
  const double t = loyi_exp(-fabs(eta)), sum = 1.0 + t;
  value->mean = (eta >= 0.0 ? 1.0 : t) / sum;
  value->rest = (eta >= 0.0 ? t : 1.0) / sum;
  return t / (sum * sum);
}

/* Multiply the odds of h by e^tilt: turns mean and rest of h into those of L, and gives dL/dh. */
LOYI_LOCAL double loyi_family_tilt(double tilt, loyi_family_value *value) {
  const double t = loyi_exp(-fabs(tilt));
  const double yes = tilt >= 0.0 ? value->mean : value->mean * t, no = tilt >= 0.0 ? value->rest * t : value->rest;
  const double sum = yes + no;
  if (!(sum > 0.0)) return 0.0; /* h is 0 or 1, and the factor 0 */
  value->mean = yes / sum;
  value->rest = no / sum;
  return t / (sum * sum);
}

/* Everything at one point; log_s = ln s and z = logit(c). Thresholds have derivative 0: the fit holds them. */
LOYI_LOCAL loyi_family_value loyi_family_at(int family, const double *theta, double s, double log_s, double z) {
  const double tilt = theta[LOY_FAMILY_COMPETITION] * z;
  loyi_family_value value;
  loyi_family_shape shape;
  double slope;
  for (int p = 0; p < LOY_FAMILY_PARAMS; p++) value.d[p] = 0.0;
  if (family == LOY_FAMILY_LOGIT_LINEAR) {
    slope = loyi_family_logistic(theta[LOY_FAMILY_INTERCEPT] + theta[LOY_FAMILY_SLOPE] * s + tilt, &value);
    value.d[LOY_FAMILY_INTERCEPT] = slope;
    value.d[LOY_FAMILY_SLOPE] = s * slope;
  } else {
    const double floor_ = theta[LOY_FAMILY_FLOOR], top = theta[LOY_FAMILY_TOP];
    if (family == LOY_FAMILY_POWER) {
      shape = loyi_family_power(theta[LOY_FAMILY_EXPONENT], log_s);
    } else if (family == LOY_FAMILY_EXPONENTIAL) {
      shape = loyi_family_exponential(theta[LOY_FAMILY_CURVATURE], s);
    } else {
      shape = loyi_family_piecewise(theta, s);
    }
    value.mean = floor_ * shape.left + top * shape.rise;
    value.rest = (1.0 - floor_) * shape.left + (1.0 - top) * shape.rise;
    slope = loyi_family_tilt(tilt, &value);
    value.d[LOY_FAMILY_FLOOR] = slope * shape.left;
    value.d[LOY_FAMILY_TOP] = slope * shape.rise;
    value.d[LOY_FAMILY_EXPONENT] = slope * (top - floor_) * shape.d[0]; /* or the curvature, or rise_1 */
    if (family == LOY_FAMILY_PIECEWISE) value.d[LOY_FAMILY_RISE_2] = slope * (top - floor_) * shape.d[1];
  }
  value.d[LOY_FAMILY_COMPETITION] = z * (value.mean * value.rest);
  return value;
}

/* The same from s and c, both in range. */
LOYI_LOCAL loyi_family_value loyi_family_point(const loy_family_curve *curve, double s, double c) {
  return loyi_family_at(curve->family, curve->param, s, loyi_log(s), loyi_curve_logit(c));
}

LOYALTY_API double loy_family_loyalty(const loy_family_curve *curve, double s, double c) {
  if (loy_family_check(curve, s, c, NULL) != LOY_OK) return (double)NAN;
  return loyi_family_point(curve, s, c).mean;
}

LOYALTY_API loy_status loy_family_loyalty_batch(const loy_family_curve *curve, const double *s, const double *c,
                                                size_t n, double *loyalty, loy_batch_report *report, loy_error *error) {
  const loy_status status = loyi_family_check_params(curve, error);
  if (status != LOY_OK) return status;
  if (n > 0 && !s) return loyi_report(error, LOY_ERR_ARGUMENT, "s", LOY_NO_INDEX, "must not be NULL");
  if (n > 0 && !c) return loyi_report(error, LOY_ERR_ARGUMENT, "c", LOY_NO_INDEX, "must not be NULL");
  if (n > 0 && !loyalty) return loyi_report(error, LOY_ERR_ARGUMENT, "loyalty", LOY_NO_INDEX, "must not be NULL");
  loyi_batch_begin(report);
  for (size_t i = 0; i < n; i++) {
    loy_error bad;
    loy_status row = loyi_curve_check_satisfaction(s[i], &bad);
    if (row == LOY_OK) row = loyi_curve_check_competition(c[i], &bad);
    if (row == LOY_OK) {
      loyalty[i] = loyi_family_point(curve, s[i], c[i]).mean;
    } else {
      loyi_batch_bad(report, i, &bad);
      loyalty[i] = (double)NAN;
    }
  }
  return loyi_ok(error);
}

#undef LOYI_FAMILY_LARGEST
#undef LOYI_FAMILY_FLAT

LOY_END_DECLS

#endif /* LOYALTY_RESPONSE_FAMILY_INL_H */
