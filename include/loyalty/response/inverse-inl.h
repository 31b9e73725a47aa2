/* inverse-inl.h: body of inverse.h. */
#ifndef LOYALTY_RESPONSE_INVERSE_INL_H
#define LOYALTY_RESPONSE_INVERSE_INL_H

#include "inverse.h"
#include "../math/elementary.h"
#include "../math/root.h"
#include "curve-inl.h"

#include <math.h>

LOY_BEGIN_DECLS

/* logit(c) of the smallest double above 0 and of the largest below 1, rounded inwards. Also for calibrate-inl.h. */
#define LOYI_INVERSE_LEAST (-744.4)
#define LOYI_INVERSE_MOST  36.7368005696771

LOYI_LOCAL loy_status loyi_inverse_check_target(double target, loy_error *error) {
  if (target >= 0.0 && target <= 1.0) return LOY_OK;
  return loyi_report(error, LOY_ERR_DOMAIN, "target", LOY_NO_INDEX, "must be from 0 to 1");
}

LOYI_LOCAL loy_status loyi_inverse_check_which(const loy_curve *curve, size_t j, loy_error *error) {
  if (j < curve->constraints) return LOY_OK;
  return loyi_report(error, LOY_ERR_ARGUMENT, "j", LOY_NO_INDEX, "must be below the number of constraints");
}

LOYI_LOCAL loy_status loyi_inverse_check_column(const double *column, const char *name, size_t n, loy_error *error) {
  if (column || n == 0) return LOY_OK;
  return loyi_report(error, LOY_ERR_ARGUMENT, name, LOY_NO_INDEX, "must not be NULL");
}

LOYI_LOCAL loy_status loyi_inverse_check_constraints(const loy_curve *curve, const char *name,
                                                     const double *const *constraint, size_t n, loy_error *error) {
  for (size_t j = 0; n > 0 && constraint && j < curve->constraints; j++)
    if (!constraint[j]) return loyi_report(error, LOY_ERR_ARGUMENT, name, j, "must not be NULL");
  return LOY_OK;
}

/* ln(1 - target/ceiling): the log of the share that may leave. -infinity at the ceiling; target <= ceiling. Near it the
 * difference is exact, and the quotient would not be. */
LOYI_LOCAL double loyi_inverse_allowed(double target, double ceiling) {
  return target < 0.5 * ceiling ? loyi_log1p(-target / ceiling) : loyi_log((ceiling - target) / ceiling);
}

/* A(T), which may be negative. -infinity at s = 1 below the ceiling, where free choice holds everyone. */
LOYI_LOCAL double loyi_inverse_captivity(const loy_curve *curve, double target, double s, double c) {
  const double kappa = curve->gamma * loyi_curve_logit(c) - curve->alpha;
  return loyi_curve_log_leave(curve->beta * loyi_curve_logit(s) - kappa) -
         loyi_inverse_allowed(target, 1.0 - curve->delta);
}

LOYALTY_API loy_status loy_curve_required_captivity(const loy_curve *curve, double target, double s, double c,
                                                    double *captivity, loy_error *error) {
  double needed;
  loy_status status = loyi_curve_check_params(curve, error);
  if (status == LOY_OK) status = loyi_inverse_check_target(target, error);
  if (status == LOY_OK) status = loyi_curve_check_point(curve, s, c, NULL, error);
  if (status != LOY_OK) return status;
  if (!captivity) return loyi_report(error, LOY_ERR_ARGUMENT, "captivity", LOY_NO_INDEX, "must not be NULL");
  if (target > 1.0 - curve->delta || (target == 1.0 - curve->delta && s < 1.0))
    return loyi_report(error, LOY_ERR_INFEASIBLE, "target", LOY_NO_INDEX,
                       "must be below the ceiling 1 - delta, which no captivity reaches");
  needed = s < 1.0 ? loyi_inverse_captivity(curve, target, s, c) : 0.0;
  *captivity = needed > 0.0 ? needed : 0.0;
  if (needed > 0.0) return loyi_ok(error);
  return loyi_report(error, LOY_NOTICE_NOT_NEEDED, "target", LOY_NO_INDEX, "free choice alone gives this loyalty");
}

LOYALTY_API loy_status loy_curve_required_captivity_batch(const loy_curve *curve, const double *target, const double *s,
                                                          const double *c, size_t n, double *captivity,
                                                          loy_batch_report *report, loy_error *error) {
  loy_status status = loyi_curve_check_params(curve, error);
  if (status == LOY_OK) status = loyi_inverse_check_column(target, "target", n, error);
  if (status == LOY_OK) status = loyi_curve_check_columns(curve, s, "s", c, NULL, n, captivity, "captivity", error);
  if (status != LOY_OK) return status;
  loyi_batch_begin(report);
  for (size_t i = 0; i < n; i++) {
    double found = (double)NAN;
    loy_error bad;
    status = loy_curve_required_captivity(curve, target[i], s[i], c[i], &found, &bad);
    if (loy_status_is_error(status)) loyi_batch_bad(report, i, &bad);
    captivity[i] = found;
  }
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_curve_required_constraint(const loy_curve *curve, double target, double s, double c,
                                                     const double *constraint, size_t j, double *required,
                                                     loy_error *error) {
  double k[LOY_CURVE_CONSTRAINTS], rest, needed;
  loy_status status = loyi_curve_check_params(curve, error);
  if (status == LOY_OK) status = loyi_inverse_check_which(curve, j, error);
  if (status == LOY_OK) status = loyi_inverse_check_target(target, error);
  if (status != LOY_OK) return status;
  for (size_t i = 0; i < curve->constraints; i++) k[i] = constraint && i != j ? constraint[i] : 0.0;
  status = loyi_curve_check_point(curve, s, c, k, error);
  if (status != LOY_OK) return status;
  if (!required) return loyi_report(error, LOY_ERR_ARGUMENT, "required", LOY_NO_INDEX, "must not be NULL");
  /* Without it, and with all of it: so that the answer never contradicts loy_curve_loyalty. */
  rest = loyi_curve_locked(curve, k);
  if (loyi_curve_value(curve, s, c, rest) >= target) {
    *required = 0.0;
    return loyi_report(error, LOY_NOTICE_NOT_NEEDED, "target", LOY_NO_INDEX,
                       "this loyalty is there without the constraint");
  }
  k[j] = 1.0;
  if (loyi_curve_value(curve, s, c, loyi_curve_locked(curve, k)) < target)
    return loyi_report(error, LOY_ERR_INFEASIBLE, "target", LOY_NO_INDEX,
                       "must be a loyalty that the constraint can give at K = 1");
  needed = loyi_inverse_captivity(curve, target, s, c) - (rest - curve->a * loyi_log(c));
  *required = needed < curve->b[j] ? (needed > 0.0 ? needed / curve->b[j] : 0.0) : 1.0;
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_curve_required_constraint_batch(const loy_curve *curve, const double *target,
                                                           const double *s, const double *c,
                                                           const double *const *constraint, size_t j, size_t n,
                                                           double *required, loy_batch_report *report,
                                                           loy_error *error) {
  loy_status status = loyi_curve_check_params(curve, error);
  if (status == LOY_OK) status = loyi_inverse_check_which(curve, j, error);
  if (status == LOY_OK) status = loyi_inverse_check_column(target, "target", n, error);
  if (status == LOY_OK) status = loyi_curve_check_columns(curve, s, "s", c, constraint, n, required, "required", error);
  if (status != LOY_OK) return status;
  loyi_batch_begin(report);
  for (size_t i = 0; i < n; i++) {
    double k[LOY_CURVE_CONSTRAINTS], found = (double)NAN;
    loy_error bad;
    status = loy_curve_required_constraint(curve, target[i], s[i], c[i], loyi_curve_row(curve, constraint, i, k), j,
                                           &found, &bad);
    if (loy_status_is_error(status)) loyi_batch_bad(report, i, &bad);
    required[i] = found;
  }
  return loyi_ok(error);
}

/* A customer in a market whose competition is not known, and the loyalty wanted there. */
typedef struct loyi_inverse_market {
  const loy_curve *curve;
  double pull;    /* alpha + beta logit(s) */
  double locked;  /* sum b_j K_j */
  double allowed; /* ln(1 - target/ceiling) */
} loyi_inverse_market;

LOYI_LOCAL loyi_inverse_market loyi_inverse_market_of(const loy_curve *curve, double s, const double *constraint,
                                                      double allowed) {
  loyi_inverse_market market;
  market.curve = curve;
  market.pull = curve->alpha + curve->beta * loyi_curve_logit(s);
  market.locked = loyi_curve_locked(curve, constraint);
  market.allowed = allowed;
  return market;
}

/* ln(1 - L/ceiling) at z = logit(c). A sum of three numbers <= 0, so it keeps its digits. Never falls with z. */
LOYI_LOCAL double loyi_inverse_log_lost(const loyi_inverse_market *market, double z) {
  const double log_c = loyi_curve_log_leave(-z);
  return market->curve->a * log_c - market->locked + loyi_curve_log_leave(market->pull - market->curve->gamma * z);
}

LOYI_LOCAL double loyi_inverse_excess(const void *context, double z) {
  const loyi_inverse_market *market = (const loyi_inverse_market *)context;
  return loyi_inverse_log_lost(market, z) - market->allowed;
}

/* The largest logit(c) at which the target is held; -infinity when it nowhere is, infinity when it is everywhere.
 * c moves by less than its last bit when its logit moves by 2^-54. */
LOYI_LOCAL double loyi_inverse_critical(const loyi_inverse_market *market) {
  double low = LOYI_INVERSE_LEAST, high = LOYI_INVERSE_MOST, free_choice;
  if (loyi_inverse_excess(market, low) > 0.0) return -(double)INFINITY;
  if (loyi_inverse_excess(market, high) <= 0.0) return (double)INFINITY;
  /* Free choice alone holds the target up to here; captivity moves the answer up, seldom far. */
  free_choice = (market->pull - loyi_log(loyi_expm1(-market->allowed))) / market->curve->gamma;
  for (double step = 1.0; free_choice > low && free_choice < high; step *= 4.0) {
    if (loyi_inverse_excess(market, free_choice) > 0.0) {
      high = free_choice;
    } else {
      low = free_choice;
      free_choice += step;
    }
  }
  return loyi_root(loyi_inverse_excess, market, low, high, 0x1p-54);
}

LOYALTY_API loy_status loy_curve_critical_competition(const loy_curve *curve, double target, double s,
                                                      const double *constraint, double *critical, loy_error *error) {
  double ceiling, z;
  loy_status status = loyi_curve_check_params(curve, error);
  if (status == LOY_OK) status = loyi_inverse_check_target(target, error);
  if (status == LOY_OK) status = loyi_curve_check_satisfaction(s, error);
  if (status == LOY_OK) status = loyi_curve_check_constraint(curve, constraint, error);
  if (status != LOY_OK) return status;
  if (!critical) return loyi_report(error, LOY_ERR_ARGUMENT, "critical", LOY_NO_INDEX, "must not be NULL");
  ceiling = 1.0 - curve->delta;
  if (s == 1.0 || target >= ceiling) {
    /* Full satisfaction gives the ceiling whatever the competition, and nothing else does. */
    z = s == 1.0 && target <= ceiling ? (double)INFINITY : -(double)INFINITY;
  } else {
    const loyi_inverse_market market =
        loyi_inverse_market_of(curve, s, constraint, loyi_inverse_allowed(target, ceiling));
    z = loyi_inverse_critical(&market);
  }
  if (z == -(double)INFINITY)
    return loyi_report(error, LOY_ERR_INFEASIBLE, "target", LOY_NO_INDEX,
                       "must be a loyalty that is held at some competition");
  *critical = loyi_curve_logistic(z);
  if (z < (double)INFINITY) return loyi_ok(error);
  return loyi_report(error, LOY_NOTICE_NONE, "target", LOY_NO_INDEX, "no competition takes this loyalty away");
}

LOYALTY_API loy_status loy_curve_critical_competition_batch(const loy_curve *curve, const double *target,
                                                            const double *s, const double *const *constraint, size_t n,
                                                            double *critical, loy_batch_report *report,
                                                            loy_error *error) {
  loy_status status = loyi_curve_check_params(curve, error);
  if (status == LOY_OK) status = loyi_inverse_check_column(target, "target", n, error);
  if (status == LOY_OK) status = loyi_inverse_check_column(s, "s", n, error);
  if (status == LOY_OK) status = loyi_inverse_check_constraints(curve, "constraint", constraint, n, error);
  if (status == LOY_OK) status = loyi_inverse_check_column(critical, "critical", n, error);
  if (status != LOY_OK) return status;
  loyi_batch_begin(report);
  for (size_t i = 0; i < n; i++) {
    double k[LOY_CURVE_CONSTRAINTS], found = (double)NAN;
    loy_error bad;
    status =
        loy_curve_critical_competition(curve, target[i], s[i], loyi_curve_row(curve, constraint, i, k), &found, &bad);
    if (loy_status_is_error(status)) loyi_batch_bad(report, i, &bad);
    critical[i] = found;
  }
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_curve_deregulate(const loy_curve *curve, double s, double c, const double *constraint,
                                            double c_after, const double *constraint_after, loy_deregulation *change,
                                            loy_error *error) {
  loy_status status = loy_curve_check(curve, s, c, constraint, error);
  if (status != LOY_OK) return status;
  if (!(c_after > 0.0 && c_after < 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "c_after", LOY_NO_INDEX, "must be above 0 and below 1");
  for (size_t j = 0; constraint_after && j < curve->constraints; j++)
    if (!(constraint_after[j] >= 0.0 && constraint_after[j] <= 1.0))
      return loyi_report(error, LOY_ERR_DOMAIN, "constraint_after", j, "must be from 0 to 1");
  if (!change) return loyi_report(error, LOY_ERR_ARGUMENT, "change", LOY_NO_INDEX, "must not be NULL");
  change->loyalty_before = loy_curve_loyalty(curve, s, c, constraint);
  change->loyalty_after = loy_curve_loyalty(curve, s, c_after, constraint_after);
  change->lost = change->loyalty_before - change->loyalty_after;
  change->hostage_share_before = loy_curve_hostage_share(curve, s, c, constraint);
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_curve_deregulate_batch(const loy_curve *curve, const double *s, const double *c,
                                                  const double *const *constraint, const double *c_after,
                                                  const double *const *constraint_after, size_t n, double *before,
                                                  double *after, double *lost, double *hostage_share,
                                                  loy_batch_report *report, loy_error *error) {
  loy_status status = loyi_curve_check_params(curve, error);
  if (status == LOY_OK) status = loyi_inverse_check_column(s, "s", n, error);
  if (status == LOY_OK) status = loyi_inverse_check_column(c, "c", n, error);
  if (status == LOY_OK) status = loyi_inverse_check_constraints(curve, "constraint", constraint, n, error);
  if (status == LOY_OK) status = loyi_inverse_check_constraints(curve, "constraint_after", constraint_after, n, error);
  if (status != LOY_OK) return status;
  loyi_batch_begin(report);
  for (size_t i = 0; i < n; i++) {
    double now[LOY_CURVE_CONSTRAINTS], then[LOY_CURVE_CONSTRAINTS];
    loy_deregulation change = {(double)NAN, (double)NAN, (double)NAN, (double)NAN};
    loy_error bad;
    status =
        loy_curve_deregulate(curve, s[i], c[i], loyi_curve_row(curve, constraint, i, now), c_after ? c_after[i] : c[i],
                             loyi_curve_row(curve, constraint_after, i, then), &change, &bad);
    if (status != LOY_OK) loyi_batch_bad(report, i, &bad);
    if (before) before[i] = change.loyalty_before;
    if (after) after[i] = change.loyalty_after;
    if (lost) lost[i] = change.lost;
    if (hostage_share) hostage_share[i] = change.hostage_share_before;
  }
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_RESPONSE_INVERSE_INL_H */
