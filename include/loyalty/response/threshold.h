/* threshold.h: where on the curve satisfaction matters, and what to call the customers there.
 *
 * The slope of free choice g'(s) has mean 1 over [0, 1] whatever the parameters. A point is quality-sensitive where
 * g'(s) > tau (usually tau = 1: more than the average return on satisfaction) and quality-insensitive elsewhere.
 * Captivity and attrition only rescale the curve, so zones and thresholds do not depend on a, b, K and delta.
 *
 * With kappa = gamma logit(c) - alpha, for tau = 1:
 *   beta = 1   one threshold s* = Lambda(kappa/2), with g(s*) = 1 - s*. For kappa > 0 (high competition) loyalty moves
 *              only above it: on the way from "satisfied" to "completely satisfied". None when kappa = 0, where the
 *              curve of g is the diagonal
 *   beta > 1   two thresholds around the inflection of an S: defection below the first, steep indifference between
 *              them, affection above the second (Heskett et al. 1994)
 *   beta < 1   two thresholds of a steep-flat-steep curve: loyalty collapses below the first and climbs above the
 *              second (Coyne 1989) */
#ifndef LOYALTY_RESPONSE_THRESHOLD_H
#define LOYALTY_RESPONSE_THRESHOLD_H

#include "../base/config.h"
#include "../base/status.h"
#include "curve.h"

LOY_BEGIN_DECLS

/* The satisfactions at which g'(s) = tau, in rising order. The first `count` elements are used, the others are NaN. */
typedef struct loy_thresholds {
  int count; /* 0, 1 or 2 */
  double s[2];
  double logit[2]; /* ln(s/(1 - s)): tells thresholds apart that round to s = 0 or s = 1 */
} loy_thresholds;

/* The market: the side of the diagonal on which the curve of free choice lies. */
typedef enum loy_market_zone {
  LOY_MARKET_NEUTRAL = 0,         /* kappa = 0: the diagonal, such as two equal suppliers */
  LOY_MARKET_LOW_COMPETITION = 1, /* kappa < 0: above it */
  LOY_MARKET_HIGH_COMPETITION = 2 /* kappa > 0: below it */
} loy_market_zone;

/* The point: whether a step of satisfaction earns more than the average step. */
typedef enum loy_quality_zone {
  LOY_QUALITY_NEUTRAL = 0,     /* a straight line: every step earns the same */
  LOY_QUALITY_INSENSITIVE = 1, /* g'(s) <= tau */
  LOY_QUALITY_SENSITIVE = 2    /* g'(s) > tau */
} loy_quality_zone;

/* What to call a customer. Satisfied is s >= 1/2. */
typedef enum loy_role {
  LOY_ROLE_NONE = 0,      /* none of these */
  LOY_ROLE_MERCENARY = 1, /* high competition, satisfied, but before the last threshold: buys where the price is */
  LOY_ROLE_APOSTLE = 2,   /* high competition, beyond it: stays and tells others */
  LOY_ROLE_HOSTAGE = 3    /* not satisfied, yet rather stays than leaves (L >= 1/2), for want of a way out */
} loy_role;

/* Where a customer is. */
typedef struct loy_zone {
  int market;            /* a loy_market_zone */
  int quality;           /* a loy_quality_zone */
  int role;              /* a loy_role */
  double relative_slope; /* g'(s); +infinity at the ends for beta < 1 */
} loy_zone;

/* The thresholds of a curve at one competition.
 *
 * curve        the parameters (only alpha, beta and gamma matter)
 * c            competition, above 0 and below 1
 * tau          the slope of free choice that separates the zones, above 0 and finite; usually 1
 * thresholds   receives them
 * For beta = 1 and general tau: s = (r - sqrt(r/tau)) / (r - 1) with r = exp(kappa), when inside (0, 1). For other
 * beta by bisection in logit(s) on each side of the inflection.
 * Returns LOY_OK; LOY_NOTICE_NONE with count 0 when g' does not pass tau (beta = 1 and |kappa| < 1e-12, or tau out of
 * reach).
 * Errors, in this order: those of `curve` as in loy_curve_check; LOY_ERR_DOMAIN for `c`, `tau`; LOY_ERR_ARGUMENT for a
 * NULL `thresholds`.
 * Accuracy: 1e-15 relative for beta = 1; else about 1e-13 in logit(s), times 1/|1 - beta| near beta = 1. */
LOYALTY_API loy_status loy_curve_thresholds(const loy_curve *curve, double c, double tau, loy_thresholds *thresholds,
                                            loy_error *error);

/* The inflection of the curve: where dL/ds is largest (beta > 1) or smallest (beta < 1). There beta (1 - 2 g) = 1 - 2
 * s.
 *
 * satisfaction   receives s; curve and c as in loy_curve_thresholds
 * Returns LOY_OK; LOY_NOTICE_NONE with NaN for beta = 1, which is convex, concave or straight throughout.
 * Errors, in this order: those of `curve` as in loy_curve_check; LOY_ERR_DOMAIN for `c`; LOY_ERR_ARGUMENT for a NULL
 * `satisfaction`. */
LOYALTY_API loy_status loy_curve_inflection(const loy_curve *curve, double c, double *satisfaction, loy_error *error);

/* The zone of a customer.
 *
 * curve, c, tau   as in loy_curve_thresholds
 * s               the customer's satisfaction, from 0 to 1
 * constraint      as in loy_curve_loyalty; constraints make hostages and move nothing else
 * zone            receives market, quality zone, role and g'(s)
 * Errors, in this order: those of `curve` as in loy_curve_check; LOY_ERR_DOMAIN for `s`, `c`, `constraint`, `tau`;
 * LOY_ERR_ARGUMENT for a NULL `zone`.
 * Source of the roles: Jones and Sasser 1995. */
LOYALTY_API loy_status loy_curve_zone(const loy_curve *curve, double s, double c, const double *constraint, double tau,
                                      loy_zone *zone, loy_error *error);

/* The zones of n customers, the same as loy_curve_zone row by row.
 *
 * s, c          n numbers each
 * constraint    curve->constraints columns of n numbers each; NULL means all 0
 * market, quality, role   receive n enumerators each, -1 for a bad row; any of them may be NULL
 * report        counts rows outside the domain. May be NULL
 * Errors, in this order: those of `curve` as in loy_curve_check; LOY_ERR_DOMAIN for `tau`; LOY_ERR_ARGUMENT for a NULL
 * `s`, `c` or column of `constraint` with n > 0. */
LOYALTY_API loy_status loy_curve_zone_batch(const loy_curve *curve, const double *s, const double *c,
                                            const double *const *constraint, double tau, size_t n, int32_t *market,
                                            int32_t *quality, int32_t *role, loy_batch_report *report,
                                            loy_error *error);

/* The stable English name of a loy_market_zone: "neutral", "low competition", "high competition"; "unknown" for
 * another number. */
LOYALTY_API const char *loy_market_zone_name(int zone);

/* Its Chinese name, UTF-8. */
LOYALTY_API const char *loy_market_zone_name_zh(int zone);

/* The stable English name of a loy_quality_zone: "neutral", "quality-insensitive", "quality-sensitive"; "unknown" for
 * another number. */
LOYALTY_API const char *loy_quality_zone_name(int zone);

/* Its Chinese name, UTF-8. */
LOYALTY_API const char *loy_quality_zone_name_zh(int zone);

/* The stable English name of a loy_role: "none", "mercenary", "apostle", "hostage"; "unknown" for another number. */
LOYALTY_API const char *loy_role_name(int role);

/* Its Chinese name, UTF-8. */
LOYALTY_API const char *loy_role_name_zh(int role);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "threshold-inl.h"
#endif

#endif /* LOYALTY_RESPONSE_THRESHOLD_H */
