/* nps_bayes-inl.h: body of nps_bayes.h. */
#ifndef LOYALTY_SURVEY_NPS_BAYES_INL_H
#define LOYALTY_SURVEY_NPS_BAYES_INL_H

#include "nps_bayes.h"
#include "nps_score.h"
#include "../math/elementary.h"
#include "../math/gamma.h"
#include "../math/incomplete.h"
#include "../math/normal.h"
#include "../math/root.h"

#include <math.h>

LOY_BEGIN_DECLS

#define LOYI_NPS_PRIOR_LEAST 1e-3
#define LOYI_NPS_PRIOR_MOST  1e9
#define LOYI_NPS_PRIOR_MUST  "must be a number from 0.001 to 1e9"

/* The integral over t from x to 1, 0 < x < 1, and its substitution: ln((t - x) / (1 - t)) = centre + width sinh(s). */
typedef struct loyi_nps_slice {
  double promoters, passives, detractors; /* parameters of the Dirichlet distribution */
  double x;
  int above; /* 1: the part of P(NPS > x); 0: that of P(NPS <= x) */
  double centre, width;
} loyi_nps_slice;

/* The integrand at s, for ds. */
LOYI_LOCAL double loyi_nps_slice_at(const loyi_nps_slice *slice, double s) {
  const double alike = slice->promoters + slice->detractors, room = 1.0 - slice->x;
  const double grow = loyi_exp(s), shrink = 1.0 / grow;
  const double y = slice->centre + slice->width * 0.5 * (grow - shrink);
  const double e = loyi_exp(-fabs(y)), large = room / (1.0 + e), small = large * e;
  const double over = y > 0.0 ? large : small; /* t - x */
  const double rest = y > 0.0 ? small : large; /* 1 - t */
  const double t = slice->x + over, part = 0.5 * over / t;
  double density, share;
  if (over == 0.0) return 0.0;
  if (y > 600.0) /* 1 - t would underflow, which a small parameter of the passives can still feel */
    density = loyi_exp(slice->passives * (loyi_log(room) - y) - loyi_lbeta(slice->passives, alike));
  else if (rest < 0.5)
    density = loyi_beta_logit_density(slice->passives, alike, rest);
  else
    density = loyi_beta_logit_density(alike, slice->passives, t);
  if (density == 0.0) return 0.0;
  share = slice->above ? loyi_beta_inc(slice->detractors, slice->promoters, part)
                       : loyi_beta_inc_upper(slice->detractors, slice->promoters, part);
  return density * share * (over / t / room) * (slice->width * 0.5 * (grow + shrink));
}

/* The sum over s = first, first + step, ..., until what follows is too small to matter. */
LOYI_LOCAL double loyi_nps_slice_side(const loyi_nps_slice *slice, double first, double step) {
  double sum = 0.0;
  int quiet = 0;
  for (double i = 0.0; i < 4000.0 && quiet < 3; i += 1.0) {
    const double term = loyi_nps_slice_at(slice, first + i * step);
    sum += term;
    quiet = term <= 1e-19 * sum ? quiet + 1 : 0;
  }
  return sum;
}

LOYI_LOCAL double loyi_nps_slice_integral(const loyi_nps_slice *slice) {
  double step = 0.25;
  double sum = loyi_nps_slice_side(slice, 0.0, step) + loyi_nps_slice_side(slice, -step, -step);
  for (int halvings = 0; halvings < 6; halvings++) {
    const double between =
        loyi_nps_slice_side(slice, 0.5 * step, step) + loyi_nps_slice_side(slice, -0.5 * step, -step);
    const double change = fabs(between - sum);
    step *= 0.5;
    sum += between;
    /* Convergence is geometric: the error of the finer sum is about the square of what it changes, and at worst, with
     * few passives and far from the mean, its power 1.5. */
    if (change <= 1e-9 * sum) break;
  }
  return step * sum;
}

/* P(NPS <= x) and P(NPS > x). The smaller is computed by itself: on which side of the mean x is tells which. */
LOYI_LOCAL void loyi_nps_tails(const loy_nps_posterior *posterior, double x, double *below, double *above) {
  const double total = posterior->promoters + posterior->detractors + posterior->passives;
  const int mirrored = x < 0.0, upper = x >= posterior->mean;
  loyi_nps_slice slice;
  double tail, q, t, over, rest;
  if (x <= -1.0 || x >= 1.0) {
    *below = x > 0.0;
    *above = x < 0.0;
    return;
  }
  slice.promoters = mirrored ? posterior->detractors : posterior->promoters;
  slice.detractors = mirrored ? posterior->promoters : posterior->detractors;
  slice.passives = posterior->passives;
  slice.x = fabs(x);
  slice.above = upper != mirrored;
  if (x == 0.0) {
    tail = slice.above ? loyi_beta_inc(slice.detractors, slice.promoters, 0.5)
                       : loyi_beta_inc(slice.promoters, slice.detractors, 0.5);
  } else {
    q = loyi_nps_restricted(slice.promoters, slice.passives, slice.detractors, slice.x);
    over = 2.0 * q;
    t = slice.x + over;
    rest = 1.0 - t > 1e-17 ? 1.0 - t : 1e-17;
    slice.centre = loyi_log(over / rest);
    /* One standard deviation of t among shares with p - d = x. */
    slice.width = (1.0 - slice.x) * sqrt((t + slice.x) / ((t - slice.x * slice.x) * total * over * rest));
    /* With parameters far below 1 there is no such peak: the front at y = 0, as wide as 1, must still be seen. */
    if (!(slice.width < 2.0)) slice.width = 2.0;
    tail = loyi_nps_slice_integral(&slice);
    if (!slice.above) tail += loyi_beta_inc(slice.promoters + slice.detractors, slice.passives, slice.x);
  }
  if (tail > 1.0) tail = 1.0;
  *above = upper ? tail : 1.0 - tail;
  *below = upper ? 1.0 - tail : tail;
}

LOYALTY_API void loy_nps_prior_init(loy_nps_prior *prior) {
  if (!prior) return;
  prior->promoters = 0.75;
  prior->passives = 1.5;
  prior->detractors = 0.75;
}

LOYI_LOCAL int loyi_nps_is_parameter(double a, double most) { return a >= LOYI_NPS_PRIOR_LEAST && a <= most; }

LOYALTY_API loy_status loy_nps_posterior_from(const loy_nps *result, const loy_nps_prior *prior,
                                              loy_nps_posterior *posterior, loy_error *error) {
  loy_nps_prior use;
  double promoters, passives, detractors, total, p, d;
  const loy_status status = loyi_nps_check_result(result, error);
  if (status != LOY_OK) return status;
  loy_nps_prior_init(&use);
  if (prior) use = *prior;
  if (!loyi_nps_is_parameter(use.promoters, LOYI_NPS_PRIOR_MOST))
    return loyi_report(error, LOY_ERR_DOMAIN, "promoters", LOY_NO_INDEX, LOYI_NPS_PRIOR_MUST);
  if (!loyi_nps_is_parameter(use.passives, LOYI_NPS_PRIOR_MOST))
    return loyi_report(error, LOY_ERR_DOMAIN, "passives", LOY_NO_INDEX, LOYI_NPS_PRIOR_MUST);
  if (!loyi_nps_is_parameter(use.detractors, LOYI_NPS_PRIOR_MOST))
    return loyi_report(error, LOY_ERR_DOMAIN, "detractors", LOY_NO_INDEX, LOYI_NPS_PRIOR_MUST);
  loyi_nps_answers(result, &promoters, &passives, &detractors);
  promoters += use.promoters;
  passives += use.passives;
  detractors += use.detractors;
  if (promoters > LOYI_NPS_PRIOR_MOST || passives > LOYI_NPS_PRIOR_MOST || detractors > LOYI_NPS_PRIOR_MOST)
    return loyi_report(error, LOY_ERR_DOMAIN, "result", LOY_NO_INDEX,
                       "must have at most 1e9 answers in each group, the prior included");
  if (!posterior) return loyi_report(error, LOY_ERR_ARGUMENT, "posterior", LOY_NO_INDEX, "must not be NULL");
  total = promoters + detractors + passives;
  p = promoters / total;
  d = detractors / total;
  posterior->promoters = promoters;
  posterior->passives = passives;
  posterior->detractors = detractors;
  posterior->mean = (promoters - detractors) / total;
  posterior->standard_deviation = sqrt(loyi_nps_variance(p, passives / total, d) / (total + 1.0));
  return loyi_ok(error);
}

LOYI_LOCAL loy_status loyi_nps_check_posterior(const loy_nps_posterior *posterior, loy_error *error) {
  if (!posterior) return loyi_report(error, LOY_ERR_ARGUMENT, "posterior", LOY_NO_INDEX, "must not be NULL");
  if (!(loyi_nps_is_parameter(posterior->promoters, LOYI_NPS_PRIOR_MOST) &&
        loyi_nps_is_parameter(posterior->passives, LOYI_NPS_PRIOR_MOST) &&
        loyi_nps_is_parameter(posterior->detractors, LOYI_NPS_PRIOR_MOST) && posterior->mean >= -1.0 &&
        posterior->mean <= 1.0 && posterior->standard_deviation > 0.0 && posterior->standard_deviation <= 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "posterior", LOY_NO_INDEX, "must come from loy_nps_posterior_from");
  return LOY_OK;
}

LOYALTY_API loy_status loy_nps_posterior_probability(const loy_nps_posterior *posterior, double m, double *below,
                                                     double *above, loy_error *error) {
  double low, high;
  const loy_status status = loyi_nps_check_posterior(posterior, error);
  if (status != LOY_OK) return status;
  if (!(m >= -1.0 && m <= 1.0)) return loyi_report(error, LOY_ERR_DOMAIN, "m", LOY_NO_INDEX, "must be from -1 to 1");
  loyi_nps_tails(posterior, m, &low, &high);
  if (below) *below = low;
  if (above) *above = high;
  return loyi_ok(error);
}

typedef struct loyi_nps_sought {
  const loy_nps_posterior *posterior;
  double z;
} loyi_nps_sought;

/* The normal quantile of P(NPS <= x), nearly straight in x, less the one sought. */
LOYI_LOCAL double loyi_nps_quantile_excess(const void *ctx, double x) {
  const loyi_nps_sought *sought = (const loyi_nps_sought *)ctx;
  double below, above;
  loyi_nps_tails(sought->posterior, x, &below, &above);
  return (below < above ? loyi_normal_quantile(below) : -loyi_normal_quantile(above)) - sought->z;
}

/* The x with P(NPS <= x) = p, or with P(NPS > x) = p for `upper`; p <= 1/2. */
LOYI_LOCAL double loyi_nps_quantile(const loy_nps_posterior *posterior, double p, int upper) {
  const double z = loyi_normal_quantile(p);
  loyi_nps_sought sought;
  sought.posterior = posterior;
  sought.z = upper ? -z : z;
  return loyi_root(loyi_nps_quantile_excess, &sought, -1.0, 1.0, 0x1p-52 * posterior->standard_deviation);
}

LOYALTY_API loy_status loy_nps_posterior_quantile(const loy_nps_posterior *posterior, double probability, double *value,
                                                  loy_error *error) {
  const loy_status status = loyi_nps_check_posterior(posterior, error);
  if (status != LOY_OK) return status;
  if (!(probability > 0.0 && probability < 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "probability", LOY_NO_INDEX, "must be between 0 and 1");
  if (!value) return loyi_report(error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX, "must not be NULL");
  *value = probability <= 0.5 ? loyi_nps_quantile(posterior, probability, 0)
                              : loyi_nps_quantile(posterior, 1.0 - probability, 1);
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_nps_posterior_interval(const loy_nps_posterior *posterior, double level, double *lower,
                                                  double *upper, loy_error *error) {
  const loy_status status = loyi_nps_check_posterior(posterior, error);
  if (status != LOY_OK) return status;
  if (!(level > 0.0 && level < 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX, "must be between 0 and 1");
  if (!lower) return loyi_report(error, LOY_ERR_ARGUMENT, "lower", LOY_NO_INDEX, "must not be NULL");
  if (!upper) return loyi_report(error, LOY_ERR_ARGUMENT, "upper", LOY_NO_INDEX, "must not be NULL");
  *lower = loyi_nps_quantile(posterior, 0.5 * (1.0 - level), 0);
  *upper = loyi_nps_quantile(posterior, 0.5 * (1.0 - level), 1);
  return loyi_ok(error);
}

#undef LOYI_NPS_PRIOR_LEAST
#undef LOYI_NPS_PRIOR_MOST
#undef LOYI_NPS_PRIOR_MUST

LOY_END_DECLS

#endif /* LOYALTY_SURVEY_NPS_BAYES_INL_H */
