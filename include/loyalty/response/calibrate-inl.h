/* calibrate-inl.h: body of calibrate.h. */
#ifndef LOYALTY_RESPONSE_CALIBRATE_INL_H
#define LOYALTY_RESPONSE_CALIBRATE_INL_H

#include "calibrate.h"
#include "../math/elementary.h"
#include "../math/root.h"
#include "curve-inl.h"
#include "inverse-inl.h"

#include <math.h>

LOY_BEGIN_DECLS

/* The longest step of the walk in logit(c), and how far from its middle, times gamma, free choice still changes. */
#define LOYI_CALIBRATE_STEP  0.25
#define LOYI_CALIBRATE_REACH 40.0
/* The smallest loyalty that is compared with another. */
#define LOYI_CALIBRATE_SMALL 1e-290

typedef struct loyi_calibrate_pair {
  loyi_inverse_market low, high; /* the market of the less and of the more satisfied */
  double ratio;
} loyi_calibrate_pair;

/* (L_high - R L_low)/ceiling at z = logit(c): 0 where the ratio is R, above where it is more. Taken from the shares
 * that stay or from those that leave, whichever are small. Where next to nobody stays the ratio has long been at its
 * limit, and the numbers soon lose their digits: never above. */
LOYI_LOCAL double loyi_calibrate_gap(const void *context, double z) {
  const loyi_calibrate_pair *pair = (const loyi_calibrate_pair *)context;
  const double low = loyi_inverse_log_lost(&pair->low, z), high = loyi_inverse_log_lost(&pair->high, z);
  if (low > -LOYI_CALIBRATE_SMALL) return -1.0;
  if (low > -0.5) return pair->ratio * loyi_expm1(low) - loyi_expm1(high);
  return pair->ratio * loyi_exp(low) - loyi_exp(high) - (pair->ratio - 1.0);
}

/* d(1 - L/ceiling)/dz = (1 - L/ceiling) [a (1 - c) + gamma g]. */
LOYI_LOCAL double loyi_calibrate_loss(const loyi_inverse_market *market, double z) {
  const loy_curve *curve = market->curve;
  return loyi_exp(loyi_inverse_log_lost(market, z)) *
         (curve->a * loyi_curve_logistic(-z) + curve->gamma * loyi_curve_logistic(market->pull - curve->gamma * z));
}

/* The slope of the gap. */
LOYI_LOCAL double loyi_calibrate_slope(const void *context, double z) {
  const loyi_calibrate_pair *pair = (const loyi_calibrate_pair *)context;
  return pair->ratio * loyi_calibrate_loss(&pair->low, z) - loyi_calibrate_loss(&pair->high, z);
}

/* Where to look after z, so that nothing hides between: captivity changes over a width of about 1 in logit(c), free
 * choice over 1/gamma around the two places where its odds are even. */
LOYI_LOCAL double loyi_calibrate_next(const loyi_calibrate_pair *pair, double z) {
  const double gamma = pair->low.curve->gamma, pull[2] = {pair->low.pull, pair->high.pull};
  double next = z + LOYI_CALIBRATE_STEP;
  for (int k = 0; gamma > 1.0 && k < 2; k++) {
    const double begin = (pull[k] - LOYI_CALIBRATE_REACH) / gamma, end = (pull[k] + LOYI_CALIBRATE_REACH) / gamma;
    if (z < begin && begin < next) next = begin;
    if (z >= begin && z < end && z + LOYI_CALIBRATE_STEP / gamma < next) next = z + LOYI_CALIBRATE_STEP / gamma;
  }
  return next < LOYI_INVERSE_MOST ? next : LOYI_INVERSE_MOST;
}

/* The smallest logit(c) at which the gap rises to 0; NaN when it does not. R L_low = L_high <= ceiling, so it is not
 * below that at which L_low = ceiling/R; for s_high = 1 it is that. */
LOYI_LOCAL double loyi_calibrate_search(const loyi_calibrate_pair *pair) {
  double z = loyi_inverse_critical(&pair->low), next;
  if (z == (double)INFINITY) return (double)NAN;
  if (z > LOYI_INVERSE_LEAST && (pair->high.pull == (double)INFINITY || loyi_calibrate_gap(pair, z) >= 0.0)) return z;
  for (z = z < LOYI_INVERSE_LEAST ? LOYI_INVERSE_LEAST : z; z < LOYI_INVERSE_MOST; z = next) {
    double top = next = loyi_calibrate_next(pair, z);
    if (loyi_calibrate_gap(pair, next) < 0.0 && loyi_calibrate_slope(pair, z) > 0.0 &&
        loyi_calibrate_slope(pair, next) < 0.0)
      top = loyi_root(loyi_calibrate_slope, pair, z, next, 0x1p-54); /* it may have risen to 0 and fallen again */
    if (loyi_calibrate_gap(pair, top) >= 0.0) return loyi_root(loyi_calibrate_gap, pair, z, top, 0x1p-54);
  }
  return (double)NAN;
}

LOYALTY_API loy_status loy_curve_competition_from_ratio(const loy_curve *curve, double ratio, double s_low,
                                                        double s_high, const double *constraint, double *c,
                                                        loy_error *error) {
  loyi_calibrate_pair pair;
  double allowed, found;
  loy_status status = loyi_curve_check_params(curve, error);
  if (status != LOY_OK) return status;
  if (!(ratio > 1.0 && isfinite(ratio)))
    return loyi_report(error, LOY_ERR_DOMAIN, "ratio", LOY_NO_INDEX, "must be above 1 and finite");
  if (!(s_low > 0.0 && s_low < 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "s_low", LOY_NO_INDEX, "must be above 0 and below 1");
  if (!(s_high > s_low && s_high <= 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "s_high", LOY_NO_INDEX, "must be above s_low and at most 1");
  status = loyi_curve_check_constraint(curve, constraint, error);
  if (status != LOY_OK) return status;
  if (!c) return loyi_report(error, LOY_ERR_ARGUMENT, "c", LOY_NO_INDEX, "must not be NULL");
  /* ln(1 - 1/R), by whichever of the two keeps its digits. */
  allowed = ratio > 2.0 ? loyi_log1p(-1.0 / ratio) : loyi_log((ratio - 1.0) / ratio);
  pair.low = loyi_inverse_market_of(curve, s_low, constraint, allowed);
  pair.high = loyi_inverse_market_of(curve, s_high, constraint, allowed);
  pair.ratio = ratio;
  found = loyi_calibrate_search(&pair);
  if (isnan(found))
    return loyi_report(error, LOY_ERR_INFEASIBLE, "ratio", LOY_NO_INDEX,
                       "must be a ratio to which loyalty on this curve rises at some competition");
  *c = loyi_curve_logistic(found);
  return loyi_ok(error);
}

#undef LOYI_CALIBRATE_STEP
#undef LOYI_CALIBRATE_REACH
#undef LOYI_CALIBRATE_SMALL

LOY_END_DECLS

#endif /* LOYALTY_RESPONSE_CALIBRATE_INL_H */
