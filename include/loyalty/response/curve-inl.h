/* curve-inl.h: body of curve.h. */
#ifndef LOYALTY_RESPONSE_CURVE_INL_H
#define LOYALTY_RESPONSE_CURVE_INL_H

#include "curve.h"
#include "../math/elementary.h"

#include <math.h>
#include <string.h>

LOY_BEGIN_DECLS

#define LOYI_CURVE_LARGEST 1e6
/* Rows computed at a time by the loop of fixed length. */
#define LOYI_CURVE_BLOCK 256
/* From here on p/(1 - p) is a normal number for p < 1. */
#define LOYI_CURVE_TINY 0x1p-1000

LOYALTY_API void loy_curve_init(loy_curve *curve) {
  if (!curve) return;
  curve->alpha = 0.0;
  curve->beta = 1.0;
  curve->gamma = 1.0;
  curve->a = 0.5;
  curve->delta = 0.0;
  curve->constraints = 0;
  for (size_t j = 0; j < LOY_CURVE_CONSTRAINTS; j++) curve->b[j] = 0.0;
}

LOYI_LOCAL loy_status loyi_curve_check_params(const loy_curve *curve, loy_error *error) {
  if (!curve) return loyi_report(error, LOY_ERR_ARGUMENT, "curve", LOY_NO_INDEX, "must not be NULL");
  if (!(fabs(curve->alpha) <= LOYI_CURVE_LARGEST))
    return loyi_report(error, LOY_ERR_DOMAIN, "alpha", LOY_NO_INDEX, "must be at most 1e6 in size");
  if (!(curve->beta > 0.0 && curve->beta <= LOYI_CURVE_LARGEST))
    return loyi_report(error, LOY_ERR_DOMAIN, "beta", LOY_NO_INDEX, "must be above 0 and at most 1e6");
  if (!(curve->gamma >= 0.0 && curve->gamma <= LOYI_CURVE_LARGEST))
    return loyi_report(error, LOY_ERR_DOMAIN, "gamma", LOY_NO_INDEX, "must be from 0 to 1e6");
  if (!(curve->a >= 0.0 && curve->a <= LOYI_CURVE_LARGEST))
    return loyi_report(error, LOY_ERR_DOMAIN, "a", LOY_NO_INDEX, "must be from 0 to 1e6");
  if (!(curve->delta >= 0.0 && curve->delta < 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "delta", LOY_NO_INDEX, "must be at least 0 and below 1");
  if (curve->constraints > LOY_CURVE_CONSTRAINTS)
    return loyi_report(error, LOY_ERR_ARGUMENT, "constraints", LOY_NO_INDEX, "must be at most LOY_CURVE_CONSTRAINTS");
  for (size_t j = 0; j < curve->constraints; j++) {
    if (!(curve->b[j] >= 0.0 && curve->b[j] <= LOYI_CURVE_LARGEST))
      return loyi_report(error, LOY_ERR_DOMAIN, "b", j, "must be from 0 to 1e6");
  }
  return LOY_OK;
}

LOYI_LOCAL loy_status loyi_curve_check_competition(double c, loy_error *error) {
  if (c > 0.0 && c < 1.0) return LOY_OK;
  return loyi_report(error, LOY_ERR_DOMAIN, "c", LOY_NO_INDEX, "must be above 0 and below 1");
}

LOYI_LOCAL loy_status loyi_curve_check_satisfaction(double s, loy_error *error) {
  if (s >= 0.0 && s <= 1.0) return LOY_OK;
  return loyi_report(error, LOY_ERR_DOMAIN, "s", LOY_NO_INDEX, "must be from 0 to 1");
}

LOYI_LOCAL loy_status loyi_curve_check_constraint(const loy_curve *curve, const double *constraint, loy_error *error) {
  for (size_t j = 0; constraint && j < curve->constraints; j++) {
    if (!(constraint[j] >= 0.0 && constraint[j] <= 1.0))
      return loyi_report(error, LOY_ERR_DOMAIN, "constraint", j, "must be from 0 to 1");
  }
  return LOY_OK;
}

/* s, c and the constraints of one point or row; the parameters are known to be good. */
LOYI_LOCAL loy_status loyi_curve_check_point(const loy_curve *curve, double s, double c, const double *constraint,
                                             loy_error *error) {
  loy_status status = loyi_curve_check_satisfaction(s, error);
  if (status == LOY_OK) status = loyi_curve_check_competition(c, error);
  if (status == LOY_OK) status = loyi_curve_check_constraint(curve, constraint, error);
  return status;
}

LOYALTY_API loy_status loy_curve_check(const loy_curve *curve, double s, double c, const double *constraint,
                                       loy_error *error) {
  loy_status status = loyi_curve_check_params(curve, error);
  if (status == LOY_OK) status = loyi_curve_check_point(curve, s, c, constraint, error);
  return status == LOY_OK ? loyi_ok(error) : status;
}

/* sum_j b_j K_j. */
LOYI_LOCAL double loyi_curve_locked(const loy_curve *curve, const double *constraint) {
  double sum = 0.0;
  for (size_t j = 0; constraint && j < curve->constraints; j++) sum += curve->b[j] * constraint[j];
  return sum;
}

/* ln(p/(1 - p)), -infinity at 0 and infinity at 1. 1 - p is exact for p >= 1/2; below, its rounding moves the answer
 * by 1e-16, no more than ln p - log1p(-p) would lose, for one logarithm instead of two. */
static inline double loyi_curve_logit(double p) { return loyi_log(p / (1.0 - p)); }

/* Lambda(x) = 1/(1 + exp(-x)), the inverse of logit, by the sign of x. */
static inline double loyi_curve_logistic(double x) {
  const double t = loyi_exp(-fabs(x));
  return (x >= 0.0 ? 1.0 : t) / (1.0 + t);
}

/* ln(1 - Lambda(x)): the log of the chance to leave freely. 0 at -infinity, -infinity at infinity. */
static inline double loyi_curve_log_leave(double x) { return (x > 0.0 ? -x : 0.0) - loyi_log1p(loyi_exp(-fabs(x))); }

/* L of one row in steps, `static inline` in every form, as loops only become vector code with these bodies inside them.
 * No branch, for the same reason. eta is beta logit(s) - kappa. */
static inline double loyi_curve_kappa(const loy_curve *curve, double c) {
  return curve->gamma * loyi_curve_logit(c) - curve->alpha;
}

static inline double loyi_curve_odds(double eta) { return loyi_exp(-fabs(eta)); }

/* L, with 1 - exp(-A) as `captive` and g = Lambda(eta) by the sign of eta. */
static inline double loyi_curve_mix(const loy_curve *curve, double eta, double odds, double captive) {
  const double g = loyi_select(eta >= 0.0, 1.0, odds) / (1.0 + odds);
  return (1.0 - curve->delta) * (captive + (1.0 - captive) * g);
}

/* `loyalty`, or NaN for s or c outside the domain. */
static inline double loyi_curve_inside(double s, double c, double loyalty) {
  const int valid = (s >= 0.0) & (s <= 1.0) & (c > 0.0) & (c < 1.0);
  return loyi_select(valid, loyalty, (double)NAN);
}

/* 1 - exp(-A) comes from expm1, so that L near 0 keeps its digits. */
static inline double loyi_curve_value(const loy_curve *curve, double s, double c, double locked) {
  const double eta = curve->beta * loyi_curve_logit(s) - loyi_curve_kappa(curve, c);
  const double captive = -loyi_expm1(curve->a * loyi_log(c) - locked);
  return loyi_curve_inside(s, c, loyi_curve_mix(curve, eta, loyi_curve_odds(eta), captive));
}

/* The parts of one point, from which everything but L itself is made. */
typedef struct loyi_curve_parts {
  double log_c;         /* ln c */
  double kappa;         /* gamma logit(c) - alpha */
  double eta;           /* beta logit(s) - kappa */
  double odds;          /* exp(-|eta|) */
  double g, h;          /* free choice and 1 - g */
  double minus_a;       /* -A */
  double captive, free; /* 1 - exp(-A) and exp(-A) */
} loyi_curve_parts;

LOYI_LOCAL loyi_curve_parts loyi_curve_take_apart(const loy_curve *curve, double s, double c,
                                                  const double *constraint) {
  loyi_curve_parts part;
  part.log_c = loyi_log(c);
  part.kappa = loyi_curve_kappa(curve, c);
  part.eta = curve->beta * loyi_curve_logit(s) - part.kappa;
  part.odds = loyi_curve_odds(part.eta);
  part.g = (part.eta >= 0.0 ? 1.0 : part.odds) / (1.0 + part.odds);
  part.h = (part.eta >= 0.0 ? part.odds : 1.0) / (1.0 + part.odds);
  part.minus_a = curve->a * part.log_c - loyi_curve_locked(curve, constraint);
  part.captive = -loyi_expm1(part.minus_a);
  part.free = loyi_exp(part.minus_a);
  return part;
}

/* Below this, a product may have lost digits to underflow on its way: take one exponential of a sum instead. */
#define LOYI_CURVE_SMALL 1e-290

/* exp(held) g(1 - g) / (p(1 - p)), where `free` is exp(held). */
LOYI_LOCAL double loyi_curve_steepness(const loyi_curve_parts *part, double held, double free, double p) {
  const double sum = 1.0 + part->odds, spread = p * (1.0 - p), product = free * part->odds;
  if (product > LOYI_CURVE_SMALL) return product / spread / (sum * sum);
  return loyi_exp(held - fabs(part->eta) - loyi_log(spread)) / (sum * sum);
}

/* exp(held) g'(s). With held = 0 it is the slope of free choice, whose mean over [0, 1] is 1. */
LOYI_LOCAL double loyi_curve_rise(const loy_curve *curve, const loyi_curve_parts *part, double held, double free,
                                  double s) {
  if (s == 0.0 || s == 1.0) {
    if (curve->beta > 1.0) return 0.0;
    if (curve->beta < 1.0) return (double)INFINITY;
    return loyi_exp(held + (s == 0.0 ? -part->kappa : part->kappa));
  }
  return curve->beta * loyi_curve_steepness(part, held, free, s);
}

LOYI_LOCAL double loyi_curve_slope_s(const loy_curve *curve, const loyi_curve_parts *part, double s) {
  return (1.0 - curve->delta) * loyi_curve_rise(curve, part, part->minus_a, part->free, s);
}

LOYI_LOCAL double loyi_curve_slope_c(const loy_curve *curve, const loyi_curve_parts *part, double c) {
  const double choice =
      curve->gamma > 0.0 ? curve->gamma * loyi_curve_steepness(part, part->minus_a, part->free, c) : 0.0;
  double held = 0.0; /* exp(-A) (a/c) (1 - g) */
  if (part->free * part->h > LOYI_CURVE_SMALL && c > LOYI_CURVE_SMALL) {
    held = part->free * part->h * (curve->a / c);
  } else if (curve->a > 0.0) {
    const double log_h = (part->eta >= 0.0 ? -part->eta : 0.0) - loyi_log1p(part->odds);
    held = loyi_exp(part->minus_a - part->log_c + loyi_log(curve->a) + log_h);
  }
  return 0.0 - (1.0 - curve->delta) * (choice + held); /* 0 rather than -0 */
}

LOYI_LOCAL double loyi_curve_hostage(const loyi_curve_parts *part) {
  const double stay = part->captive + part->free * part->g;
  return stay > 0.0 ? part->captive * part->h / stay : 0.0;
}

/* Of L, the part owed to free choice: exp(-A) g / (L / (1 - delta)); 1, its limit, where nobody is captive. */
LOYI_LOCAL double loyi_curve_chosen(const loyi_curve_parts *part) {
  return part->captive > 0.0 ? part->free * part->g / (part->captive + part->free * part->g) : 1.0;
}

LOYI_LOCAL double loyi_curve_elasticity_s(const loy_curve *curve, const loyi_curve_parts *part, double s) {
  double ratio; /* (1 - g) / (1 - s) */
  if (s < 1.0) {
    ratio = part->h / (1.0 - s);
  } else if (curve->beta == 1.0) {
    ratio = loyi_exp(part->kappa);
  } else {
    ratio = curve->beta > 1.0 ? 0.0 : (double)INFINITY;
  }
  return loyi_curve_chosen(part) == 0.0 ? 0.0 : curve->beta * ratio * loyi_curve_chosen(part);
}

LOYI_LOCAL double loyi_curve_elasticity_c(const loy_curve *curve, const loyi_curve_parts *part, double c) {
  const double choice = curve->gamma * part->h / (1.0 - c) * loyi_curve_chosen(part);
  const double stay = part->captive + part->free * part->g;
  double held = 0.0; /* a (1 - g) exp(-A) / stay */
  if (curve->a > 0.0) held = stay > 0.0 ? curve->a * part->h * (part->free / stay) : -1.0 / part->log_c;
  return 0.0 - (choice + held);
}

LOYALTY_API double loy_curve_loyalty(const loy_curve *curve, double s, double c, const double *constraint) {
  if (loy_curve_check(curve, s, c, constraint, NULL) != LOY_OK) return (double)NAN;
  return loyi_curve_value(curve, s, c, loyi_curve_locked(curve, constraint));
}

LOYALTY_API double loy_curve_slope_s(const loy_curve *curve, double s, double c, const double *constraint) {
  loyi_curve_parts part;
  if (loy_curve_check(curve, s, c, constraint, NULL) != LOY_OK) return (double)NAN;
  part = loyi_curve_take_apart(curve, s, c, constraint);
  return loyi_curve_slope_s(curve, &part, s);
}

LOYALTY_API double loy_curve_slope_c(const loy_curve *curve, double s, double c, const double *constraint) {
  loyi_curve_parts part;
  if (loy_curve_check(curve, s, c, constraint, NULL) != LOY_OK) return (double)NAN;
  part = loyi_curve_take_apart(curve, s, c, constraint);
  return loyi_curve_slope_c(curve, &part, c);
}

LOYALTY_API double loy_curve_slope_constraint(const loy_curve *curve, double s, double c, const double *constraint,
                                              size_t j) {
  loyi_curve_parts part;
  if (loy_curve_check(curve, s, c, constraint, NULL) != LOY_OK || j >= curve->constraints) return (double)NAN;
  part = loyi_curve_take_apart(curve, s, c, constraint);
  return (1.0 - curve->delta) * part.free * curve->b[j] * part.h;
}

LOYALTY_API double loy_curve_hostage_share(const loy_curve *curve, double s, double c, const double *constraint) {
  loyi_curve_parts part;
  if (loy_curve_check(curve, s, c, constraint, NULL) != LOY_OK) return (double)NAN;
  part = loyi_curve_take_apart(curve, s, c, constraint);
  return loyi_curve_hostage(&part);
}

LOYALTY_API loy_status loy_curve_at(const loy_curve *curve, double s, double c, const double *constraint,
                                    loy_curve_point *point, loy_error *error) {
  loyi_curve_parts part;
  const loy_status status = loy_curve_check(curve, s, c, constraint, error);
  if (status != LOY_OK) return status;
  if (!point) return loyi_report(error, LOY_ERR_ARGUMENT, "point", LOY_NO_INDEX, "must not be NULL");
  part = loyi_curve_take_apart(curve, s, c, constraint);
  point->loyalty = loyi_curve_value(curve, s, c, loyi_curve_locked(curve, constraint));
  point->free_choice = part.g;
  point->captivity = 0.0 - part.minus_a;
  point->floor = (1.0 - curve->delta) * part.captive;
  point->ceiling = 1.0 - curve->delta;
  point->slope_s = loyi_curve_slope_s(curve, &part, s);
  point->slope_c = loyi_curve_slope_c(curve, &part, c);
  point->elasticity_s = loyi_curve_elasticity_s(curve, &part, s);
  point->elasticity_c = loyi_curve_elasticity_c(curve, &part, c);
  point->hostage_share = loyi_curve_hostage(&part);
  return loyi_ok(error);
}

/* The inverse, all arguments but the ceiling being good. logit(u) = ln(target - floor) - ln(ceiling - target), in
 * which exp(-A) cancels. */
LOYI_LOCAL loy_status loyi_curve_inverse(const loy_curve *curve, double target, double c, const double *constraint,
                                         double *satisfaction, loy_error *error) {
  const double ceiling = 1.0 - curve->delta;
  const double log_c = loyi_log(c);
  const double least = -ceiling * loyi_expm1(curve->a * log_c - loyi_curve_locked(curve, constraint));
  if (target > ceiling)
    return loyi_report(error, LOY_ERR_INFEASIBLE, "target", LOY_NO_INDEX, "must not exceed the ceiling 1 - delta");
  if (target <= least) {
    *satisfaction = 0.0;
    return loyi_report(error, LOY_NOTICE_NOT_NEEDED, "target", LOY_NO_INDEX, "is met by captivity alone");
  }
  if (target == ceiling) {
    *satisfaction = 1.0;
    return loyi_ok(error);
  }
  *satisfaction = loyi_curve_logistic(
      (loyi_log(target - least) - loyi_log(ceiling - target) + loyi_curve_kappa(curve, c)) / curve->beta);
  return loyi_ok(error);
}

LOYI_LOCAL loy_status loyi_curve_check_target(const loy_curve *curve, double target, double c, const double *constraint,
                                              loy_error *error) {
  loy_status status = LOY_OK;
  if (!(target >= 0.0 && target <= 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "target", LOY_NO_INDEX, "must be from 0 to 1");
  status = loyi_curve_check_competition(c, error);
  return status == LOY_OK ? loyi_curve_check_constraint(curve, constraint, error) : status;
}

LOYALTY_API loy_status loy_curve_required_satisfaction(const loy_curve *curve, double target, double c,
                                                       const double *constraint, double *satisfaction,
                                                       loy_error *error) {
  loy_status status = loyi_curve_check_params(curve, error);
  if (status == LOY_OK) status = loyi_curve_check_target(curve, target, c, constraint, error);
  if (status != LOY_OK) return status;
  if (!satisfaction) return loyi_report(error, LOY_ERR_ARGUMENT, "satisfaction", LOY_NO_INDEX, "must not be NULL");
  return loyi_curve_inverse(curve, target, c, constraint, satisfaction, error);
}

/* Checks shared by the batches. `first` and `out` are the names of the first column and of the output. */
LOYI_LOCAL loy_status loyi_curve_check_columns(const loy_curve *curve, const double *x, const char *first,
                                               const double *c, const double *const *constraint, size_t n,
                                               const double *y, const char *out, loy_error *error) {
  if (n == 0) return LOY_OK;
  if (!x) return loyi_report(error, LOY_ERR_ARGUMENT, first, LOY_NO_INDEX, "must not be NULL");
  if (!c) return loyi_report(error, LOY_ERR_ARGUMENT, "c", LOY_NO_INDEX, "must not be NULL");
  for (size_t j = 0; constraint && j < curve->constraints; j++) {
    if (!constraint[j]) return loyi_report(error, LOY_ERR_ARGUMENT, "constraint", j, "must not be NULL");
  }
  if (!y) return loyi_report(error, LOY_ERR_ARGUMENT, out, LOY_NO_INDEX, "must not be NULL");
  return LOY_OK;
}

/* The constraints of row `row`, or NULL. */
LOYI_LOCAL const double *loyi_curve_row(const loy_curve *curve, const double *const *constraint, size_t row,
                                        double *k) {
  if (!constraint || curve->constraints == 0) return NULL;
  for (size_t j = 0; j < curve->constraints; j++) k[j] = constraint[j][row];
  return k;
}

/* Whether s and c of a block are far enough from 0, and below 1, for loyi_log_normal. */
LOYI_CLONES LOYI_LOCAL int loyi_curve_ordinary(const double *s, const double *c) {
  uint64_t odd = 0;
  for (size_t i = 0; i < LOYI_CURVE_BLOCK; i++)
    odd += (uint64_t)(!((s[i] >= LOYI_CURVE_TINY) & (s[i] < 1.0) & (c[i] >= LOYI_CURVE_TINY) & (c[i] < 1.0)));
  return odd == 0;
}

/* L of one block of rows without constraints; 0 when some may be bad. Step by step: of a short loop more rows are under
 * way at a time. */
LOYI_FLAT_CLONES LOYI_LOCAL int loyi_curve_block(const loy_curve *curve, const double *LOY_RESTRICT s,
                                                 const double *LOY_RESTRICT c, double *LOY_RESTRICT loyalty) {
  enum { ROWS = LOYI_CURVE_BLOCK };
  double eta[ROWS], odds[ROWS], captive[ROWS];
  const loy_curve use = *curve;
  const int ordinary = loyi_curve_ordinary(s, c);
  if (ordinary) { /* the same with a faster logarithm */
    for (size_t i = 0; i < ROWS; i++) eta[i] = use.beta * loyi_log_normal(s[i] / (1.0 - s[i]));
    for (size_t i = 0; i < ROWS; i++) eta[i] -= use.gamma * loyi_log_normal(c[i] / (1.0 - c[i])) - use.alpha;
    for (size_t i = 0; i < ROWS; i++) captive[i] = use.a * loyi_log_normal(c[i]);
  } else {
    for (size_t i = 0; i < ROWS; i++) eta[i] = use.beta * loyi_curve_logit(s[i]);
    for (size_t i = 0; i < ROWS; i++) eta[i] -= loyi_curve_kappa(&use, c[i]);
    for (size_t i = 0; i < ROWS; i++) captive[i] = use.a * loyi_log(c[i]);
  }
  for (size_t i = 0; i < ROWS; i++) odds[i] = loyi_curve_odds(eta[i]);
  for (size_t i = 0; i < ROWS; i++) captive[i] = -loyi_expm1(captive[i]);
  for (size_t i = 0; i < ROWS; i++) loyalty[i] = loyi_curve_mix(&use, eta[i], odds[i], captive[i]);
  if (!ordinary) {
    for (size_t i = 0; i < ROWS; i++) loyalty[i] = loyi_curve_inside(s[i], c[i], loyalty[i]);
  }
  return ordinary;
}

/* L of one row with constraints. */
LOYI_LOCAL double loyi_curve_row_value(const loy_curve *curve, double s, double c, const double *k) {
  if (loyi_curve_check_constraint(curve, k, NULL) != LOY_OK) return (double)NAN;
  return loyi_curve_value(curve, s, c, loyi_curve_locked(curve, k));
}

LOYALTY_API loy_status loy_curve_loyalty_batch(const loy_curve *curve, const double *s, const double *c,
                                               const double *const *constraint, size_t n, double *loyalty,
                                               loy_batch_report *report, loy_error *error) {
  double out[LOYI_CURVE_BLOCK], k[LOY_CURVE_CONSTRAINTS];
  loy_curve use;
  loy_error bad;
  loy_status status = loyi_curve_check_params(curve, error);
  if (status == LOY_OK) status = loyi_curve_check_columns(curve, s, "s", c, constraint, n, loyalty, "loyalty", error);
  if (status != LOY_OK) return status;
  use = *curve;
  loyi_batch_begin(report);
  /* Block by block, and each first beside the output, which may be an input: its bad rows are looked at before that. */
  for (size_t first = 0; first < n; first += LOYI_CURVE_BLOCK) {
    const size_t rows = n - first < LOYI_CURVE_BLOCK ? n - first : LOYI_CURVE_BLOCK;
    const int plain = !constraint || use.constraints == 0;
    int good = 0;
    if (plain && rows == LOYI_CURVE_BLOCK) {
      good = loyi_curve_block(&use, s + first, c + first, out);
    } else {
      for (size_t i = 0; i < rows; i++)
        out[i] = loyi_curve_row_value(&use, s[first + i], c[first + i], loyi_curve_row(&use, constraint, first + i, k));
    }
    for (size_t i = 0; report && !good && i < rows; i++) {
      if (out[i] == out[i]) continue;
      (void)loyi_curve_check_point(&use, s[first + i], c[first + i], loyi_curve_row(&use, constraint, first + i, k),
                                   &bad);
      loyi_batch_bad(report, first + i, &bad);
    }
    memcpy(loyalty + first, out, rows * sizeof *out);
  }
  return loyi_ok(error);
}

/* What a row-by-row batch computes. */
typedef enum loyi_curve_quantity {
  LOYI_CURVE_SLOPE_S,
  LOYI_CURVE_SLOPE_C,
  LOYI_CURVE_HOSTAGE,
  LOYI_CURVE_INVERSE
} loyi_curve_quantity;

/* One row; NaN and `bad` when it is outside the domain. `x` is s, or the target of the inverse. */
LOYI_LOCAL double loyi_curve_row_quantity(const loy_curve *curve, loyi_curve_quantity quantity, double x, double c,
                                          const double *k, loy_error *bad) {
  loyi_curve_parts part;
  double s = (double)NAN;
  if (quantity == LOYI_CURVE_INVERSE) {
    if (loyi_curve_check_target(curve, x, c, k, bad) == LOY_OK) (void)loyi_curve_inverse(curve, x, c, k, &s, bad);
    return s;
  }
  if (loyi_curve_check_point(curve, x, c, k, bad) != LOY_OK) return (double)NAN;
  part = loyi_curve_take_apart(curve, x, c, k);
  if (quantity == LOYI_CURVE_SLOPE_S) return loyi_curve_slope_s(curve, &part, x);
  if (quantity == LOYI_CURVE_SLOPE_C) return loyi_curve_slope_c(curve, &part, c);
  return loyi_curve_hostage(&part);
}

LOYI_LOCAL loy_status loyi_curve_rows(const loy_curve *curve, loyi_curve_quantity quantity, const double *x,
                                      const double *c, const double *const *constraint, size_t n, double *y,
                                      loy_batch_report *report, loy_error *error) {
  const loy_curve use = *curve;
  double k[LOY_CURVE_CONSTRAINTS];
  loyi_batch_begin(report);
  for (size_t i = 0; i < n; i++) {
    loy_error bad;
    const double value =
        loyi_curve_row_quantity(&use, quantity, x[i], c[i], loyi_curve_row(&use, constraint, i, k), &bad);
    if (value != value) loyi_batch_bad(report, i, &bad);
    y[i] = value;
  }
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_curve_slope_batch(const loy_curve *curve, int wrt, const double *s, const double *c,
                                             const double *const *constraint, size_t n, double *slope,
                                             loy_batch_report *report, loy_error *error) {
  loy_status status = loyi_curve_check_params(curve, error);
  if (status != LOY_OK) return status;
  if (wrt != LOY_CURVE_SATISFACTION && wrt != LOY_CURVE_COMPETITION)
    return loyi_report(error, LOY_ERR_ARGUMENT, "wrt", LOY_NO_INDEX, "must be satisfaction or competition");
  status = loyi_curve_check_columns(curve, s, "s", c, constraint, n, slope, "slope", error);
  if (status != LOY_OK) return status;
  return loyi_curve_rows(curve, wrt == LOY_CURVE_SATISFACTION ? LOYI_CURVE_SLOPE_S : LOYI_CURVE_SLOPE_C, s, c,
                         constraint, n, slope, report, error);
}

LOYALTY_API loy_status loy_curve_hostage_share_batch(const loy_curve *curve, const double *s, const double *c,
                                                     const double *const *constraint, size_t n, double *share,
                                                     loy_batch_report *report, loy_error *error) {
  loy_status status = loyi_curve_check_params(curve, error);
  if (status == LOY_OK) status = loyi_curve_check_columns(curve, s, "s", c, constraint, n, share, "share", error);
  if (status != LOY_OK) return status;
  return loyi_curve_rows(curve, LOYI_CURVE_HOSTAGE, s, c, constraint, n, share, report, error);
}

LOYALTY_API loy_status loy_curve_required_satisfaction_batch(const loy_curve *curve, const double *target,
                                                             const double *c, const double *const *constraint, size_t n,
                                                             double *satisfaction, loy_batch_report *report,
                                                             loy_error *error) {
  loy_status status = loyi_curve_check_params(curve, error);
  if (status == LOY_OK)
    status = loyi_curve_check_columns(curve, target, "target", c, constraint, n, satisfaction, "satisfaction", error);
  if (status != LOY_OK) return status;
  return loyi_curve_rows(curve, LOYI_CURVE_INVERSE, target, c, constraint, n, satisfaction, report, error);
}

#undef LOYI_CURVE_LARGEST
#undef LOYI_CURVE_BLOCK
#undef LOYI_CURVE_TINY
#undef LOYI_CURVE_SMALL

LOY_END_DECLS

#endif /* LOYALTY_RESPONSE_CURVE_INL_H */
