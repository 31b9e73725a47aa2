/* threshold-inl.h: body of threshold.h. */
#ifndef LOYALTY_RESPONSE_THRESHOLD_INL_H
#define LOYALTY_RESPONSE_THRESHOLD_INL_H

#include "threshold.h"
#include "curve-inl.h"
#include "../math/elementary.h"

#include <math.h>

LOY_BEGIN_DECLS

/* Below this kappa the curve of beta = 1 is straight: its slope then varies by less than 1e-12. */
#define LOYI_THRESHOLD_STRAIGHT 1e-12
/* Halvings of a bisection: from any bracket of doubles to neighbors. */
#define LOYI_THRESHOLD_HALVINGS 1100

/* tanh(x/2) = expm1(x) / (expm1(x) + 2), by the sign of x. */
LOYI_LOCAL double loyi_threshold_tanh_half(double x) {
  const double e = loyi_expm1(-fabs(x));
  return copysign(-e / (2.0 + e), x);
}

/* What the bisections look for a zero of. */
typedef struct loyi_threshold_curve {
  double beta, kappa;
  double log_tau;
} loyi_threshold_curve;

/* -d ln g' / ds times s(1 - s), at x = logit s: beta tanh((beta x - kappa)/2) - tanh(x/2). Its zero is the
 * inflection. */
LOYI_LOCAL double loyi_threshold_bend(const loyi_threshold_curve *at, double x) {
  return at->beta * loyi_threshold_tanh_half(at->beta * x - at->kappa) - loyi_threshold_tanh_half(x);
}

/* ln(g'(s)/tau) at x = logit s. With ln[Lambda(x) Lambda(-x)] = -|x| - 2 log1p(exp(-|x|)). */
LOYI_LOCAL double loyi_threshold_excess(const loyi_threshold_curve *at, double x) {
  const double eta = at->beta * x - at->kappa;
  return loyi_log(at->beta) - at->log_tau - (fabs(eta) - fabs(x)) -
         2.0 * (loyi_log1p(loyi_exp(-fabs(eta))) - loyi_log1p(loyi_exp(-fabs(x))));
}

typedef double (*loyi_threshold_function)(const loyi_threshold_curve *at, double x);

/* A zero of f between `low` and `high`, where it has different signs. */
LOYI_LOCAL double loyi_threshold_bisect(loyi_threshold_function f, const loyi_threshold_curve *at, double low,
                                        double high) {
  const int rising = f(at, high) > 0.0;
  for (int i = 0; i < LOYI_THRESHOLD_HALVINGS; i++) {
    const double middle = 0.5 * low + 0.5 * high;
    if (middle <= low || middle >= high) break;
    if ((f(at, middle) > 0.0) == rising) {
      high = middle;
    } else {
      low = middle;
    }
  }
  return 0.5 * low + 0.5 * high;
}

/* logit of the inflection, beta != 1. For beta > 1 it lies between kappa/beta and kappa/(beta - 1), where eta is 0 and
 * x; for beta < 1 between -kappa/(1 - beta), where eta is x, and 0. */
LOYI_LOCAL double loyi_threshold_inflection(const loyi_threshold_curve *at) {
  const double one = at->beta > 1.0 ? at->kappa / at->beta : 0.0;
  const double other = at->kappa / (at->beta - 1.0);
  if (at->kappa == 0.0) return 0.0;
  return loyi_threshold_bisect(loyi_threshold_bend, at, one < other ? one : other, one < other ? other : one);
}

/* A zero of the excess on one side of the inflection; the far sign is that of 1 - beta, and the excess goes there at
 * least linearly, so doubling steps find a bracket. */
LOYI_LOCAL double loyi_threshold_side(const loyi_threshold_curve *at, double inflection, double side) {
  const int far_positive = at->beta < 1.0;
  double step = 1.0;
  while ((loyi_threshold_excess(at, inflection + side * step) > 0.0) != far_positive && step < 1e300) step *= 2.0;
  return side > 0.0 ? loyi_threshold_bisect(loyi_threshold_excess, at, inflection, inflection + step)
                    : loyi_threshold_bisect(loyi_threshold_excess, at, inflection - step, inflection);
}

/* beta = 1: g'(s) = rho / (1 + (rho - 1) s)^2 = tau with rho = exp(-kappa). Returns the number of solutions inside (0,
 * 1). */
LOYI_LOCAL int loyi_threshold_single(const loyi_threshold_curve *at, double *s) {
  const double half = -0.5 * (at->kappa + at->log_tau); /* ln sqrt(rho/tau) */
  if (fabs(at->kappa) < LOYI_THRESHOLD_STRAIGHT) return 0;
  if (at->log_tau == 0.0) {
    *s = loyi_curve_logistic(0.5 * at->kappa);
    return 1;
  }
  /* s = (sqrt(rho/tau) - 1) / (rho - 1), scaled by 1/rho where rho is large. */
  if (at->kappa > 0.0) {
    *s = loyi_expm1(half) / loyi_expm1(-at->kappa);
  } else {
    *s = loyi_exp(at->kappa) * loyi_expm1(half) / -loyi_expm1(at->kappa);
  }
  return *s > 0.0 && *s < 1.0;
}

LOYI_LOCAL loyi_threshold_curve loyi_threshold_curve_at(const loy_curve *curve, double c, double tau) {
  loyi_threshold_curve at;
  at.beta = curve->beta;
  at.kappa = curve->gamma * loyi_curve_logit(c) - curve->alpha;
  at.log_tau = loyi_log(tau);
  return at;
}

LOYI_LOCAL loy_status loyi_threshold_check_tau(double tau, loy_error *error) {
  if (tau > 0.0 && isfinite(tau)) return LOY_OK;
  return loyi_report(error, LOY_ERR_DOMAIN, "tau", LOY_NO_INDEX, "must be above 0 and finite");
}

LOYALTY_API loy_status loy_curve_thresholds(const loy_curve *curve, double c, double tau, loy_thresholds *thresholds,
                                            loy_error *error) {
  loyi_threshold_curve at;
  loy_thresholds found = {0, {(double)NAN, (double)NAN}, {(double)NAN, (double)NAN}};
  loy_status status = loyi_curve_check_params(curve, error);
  if (status == LOY_OK) status = loyi_curve_check_competition(c, error);
  if (status == LOY_OK) status = loyi_threshold_check_tau(tau, error);
  if (status != LOY_OK) return status;
  if (!thresholds) return loyi_report(error, LOY_ERR_ARGUMENT, "thresholds", LOY_NO_INDEX, "must not be NULL");
  at = loyi_threshold_curve_at(curve, c, tau);
  if (at.beta == 1.0) {
    double s = (double)NAN;
    found.count = loyi_threshold_single(&at, &s);
    if (found.count == 1) {
      found.s[0] = s;
      found.logit[0] = at.log_tau == 0.0 ? 0.5 * at.kappa : loyi_curve_logit(s);
    }
  } else {
    const double inflection = loyi_threshold_inflection(&at);
    /* g' is largest at the inflection for beta > 1, smallest for beta < 1. */
    if ((loyi_threshold_excess(&at, inflection) > 0.0) == (at.beta > 1.0)) {
      found.count = 2;
      found.logit[0] = loyi_threshold_side(&at, inflection, -1.0);
      found.logit[1] = loyi_threshold_side(&at, inflection, 1.0);
      found.s[0] = loyi_curve_logistic(found.logit[0]);
      found.s[1] = loyi_curve_logistic(found.logit[1]);
    }
  }
  *thresholds = found;
  if (found.count == 0)
    return loyi_report(error, LOY_NOTICE_NONE, "tau", LOY_NO_INDEX,
                       "is not passed by the slope anywhere inside (0, 1)");
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_curve_inflection(const loy_curve *curve, double c, double *satisfaction, loy_error *error) {
  loyi_threshold_curve at;
  loy_status status = loyi_curve_check_params(curve, error);
  if (status == LOY_OK) status = loyi_curve_check_competition(c, error);
  if (status != LOY_OK) return status;
  if (!satisfaction) return loyi_report(error, LOY_ERR_ARGUMENT, "satisfaction", LOY_NO_INDEX, "must not be NULL");
  at = loyi_threshold_curve_at(curve, c, 1.0);
  if (at.beta == 1.0) {
    *satisfaction = (double)NAN;
    return loyi_report(error, LOY_NOTICE_NONE, "curve", LOY_NO_INDEX, "has no inflection for beta = 1");
  }
  *satisfaction = loyi_curve_logistic(loyi_threshold_inflection(&at));
  return loyi_ok(error);
}

/* The zone of one customer; everything is known to be good.
 * A satisfied customer of a high-competition market is a mercenary before the last stretch in which the slope exceeds
 * tau. For beta >= 1 that stretch begins where the slope passes tau on its way up, so before it the slope is low and
 * rising; for beta < 1 it begins beyond the inflection, so before it the slope is low or falling. */
LOYI_LOCAL loy_zone loyi_threshold_zone(const loy_curve *curve, double s, double c, const double *constraint,
                                        double tau) {
  const loyi_threshold_curve at = loyi_threshold_curve_at(curve, c, tau);
  const loyi_curve_parts part = loyi_curve_take_apart(curve, s, c, NULL);
  loy_zone zone;
  int low, rising;
  zone.relative_slope = loyi_curve_rise(curve, &part, 0.0, 1.0, s);
  zone.market = LOY_MARKET_NEUTRAL;
  if (at.kappa >= LOYI_THRESHOLD_STRAIGHT) zone.market = LOY_MARKET_HIGH_COMPETITION;
  if (at.kappa <= -LOYI_THRESHOLD_STRAIGHT) zone.market = LOY_MARKET_LOW_COMPETITION;
  low = !(zone.relative_slope > tau);
  zone.quality = low ? LOY_QUALITY_INSENSITIVE : LOY_QUALITY_SENSITIVE;
  if (at.beta == 1.0 && zone.market == LOY_MARKET_NEUTRAL) zone.quality = LOY_QUALITY_NEUTRAL;
  zone.role = LOY_ROLE_NONE;
  if (s < 0.5 && loy_curve_loyalty(curve, s, c, constraint) >= 0.5) zone.role = LOY_ROLE_HOSTAGE;
  if (zone.market != LOY_MARKET_HIGH_COMPETITION || s < 0.5) return zone;
  rising = at.beta == 1.0 || loyi_threshold_bend(&at, loyi_curve_logit(s)) < 0.0;
  zone.role = LOY_ROLE_APOSTLE;
  if (at.beta >= 1.0 ? low && rising : low || !rising) zone.role = LOY_ROLE_MERCENARY;
  return zone;
}

LOYALTY_API loy_status loy_curve_zone(const loy_curve *curve, double s, double c, const double *constraint, double tau,
                                      loy_zone *zone, loy_error *error) {
  loy_status status = loy_curve_check(curve, s, c, constraint, error);
  if (status == LOY_OK) status = loyi_threshold_check_tau(tau, error);
  if (status != LOY_OK) return status;
  if (!zone) return loyi_report(error, LOY_ERR_ARGUMENT, "zone", LOY_NO_INDEX, "must not be NULL");
  *zone = loyi_threshold_zone(curve, s, c, constraint, tau);
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_curve_zone_batch(const loy_curve *curve, const double *s, const double *c,
                                            const double *const *constraint, double tau, size_t n, int32_t *market,
                                            int32_t *quality, int32_t *role, loy_batch_report *report,
                                            loy_error *error) {
  loy_curve use;
  loy_status status = loyi_curve_check_params(curve, error);
  if (status == LOY_OK) status = loyi_threshold_check_tau(tau, error);
  if (status != LOY_OK) return status;
  if (!s && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "s", LOY_NO_INDEX, "must not be NULL");
  if (!c && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "c", LOY_NO_INDEX, "must not be NULL");
  for (size_t j = 0; n > 0 && constraint && j < curve->constraints; j++)
    if (!constraint[j]) return loyi_report(error, LOY_ERR_ARGUMENT, "constraint", j, "must not be NULL");
  use = *curve;
  loyi_batch_begin(report);
  for (size_t i = 0; i < n; i++) {
    loy_zone zone = {-1, -1, -1, (double)NAN};
    double k[LOY_CURVE_CONSTRAINTS];
    loy_error bad;
    for (size_t j = 0; constraint && j < use.constraints; j++) k[j] = constraint[j][i];
    if (loyi_curve_check_point(&use, s[i], c[i], constraint ? k : NULL, &bad) == LOY_OK) {
      zone = loyi_threshold_zone(&use, s[i], c[i], constraint ? k : NULL, tau);
    } else {
      loyi_batch_bad(report, i, &bad);
    }
    if (market) market[i] = zone.market;
    if (quality) quality[i] = zone.quality;
    if (role) role[i] = zone.role;
  }
  return loyi_ok(error);
}

LOYALTY_API const char *loy_market_zone_name(int zone) {
  switch (zone) {
  case LOY_MARKET_NEUTRAL: return "neutral";
  case LOY_MARKET_LOW_COMPETITION: return "low competition";
  case LOY_MARKET_HIGH_COMPETITION: return "high competition";
  default: return "unknown";
  }
}

LOYALTY_API const char *loy_market_zone_name_zh(int zone) {
  switch (zone) {
  case LOY_MARKET_NEUTRAL: return "中性区";
  case LOY_MARKET_LOW_COMPETITION: return "低度竞争区";
  case LOY_MARKET_HIGH_COMPETITION: return "高度竞争区";
  default: return "unknown";
  }
}

LOYALTY_API const char *loy_quality_zone_name(int zone) {
  switch (zone) {
  case LOY_QUALITY_NEUTRAL: return "neutral";
  case LOY_QUALITY_INSENSITIVE: return "quality-insensitive";
  case LOY_QUALITY_SENSITIVE: return "quality-sensitive";
  default: return "unknown";
  }
}

LOYALTY_API const char *loy_quality_zone_name_zh(int zone) {
  switch (zone) {
  case LOY_QUALITY_NEUTRAL: return "中性区";
  case LOY_QUALITY_INSENSITIVE: return "质量不敏感区";
  case LOY_QUALITY_SENSITIVE: return "质量敏感区";
  default: return "unknown";
  }
}

LOYALTY_API const char *loy_role_name(int role) {
  switch (role) {
  case LOY_ROLE_NONE: return "none";
  case LOY_ROLE_MERCENARY: return "mercenary";
  case LOY_ROLE_APOSTLE: return "apostle";
  case LOY_ROLE_HOSTAGE: return "hostage";
  default: return "unknown";
  }
}

LOYALTY_API const char *loy_role_name_zh(int role) {
  switch (role) {
  case LOY_ROLE_NONE: return "无";
  case LOY_ROLE_MERCENARY: return "图利者";
  case LOY_ROLE_APOSTLE: return "传道者";
  case LOY_ROLE_HOSTAGE: return "囚禁者";
  default: return "unknown";
  }
}

#undef LOYI_THRESHOLD_STRAIGHT
#undef LOYI_THRESHOLD_HALVINGS

LOY_END_DECLS

#endif /* LOYALTY_RESPONSE_THRESHOLD_INL_H */
