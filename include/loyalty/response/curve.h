/* curve.h: L = f(C, S), loyalty as a function of competition and satisfaction.
 *
 * Satisfaction s and constraints K_j lie in [0, 1], competition c in (0, 1), loyalty L in [0, 1]: the chance to buy
 * again or to renew in one period, or the share of wallet. With logit(p) = ln(p/(1 - p)) and Lambda its inverse:
 *
 *   g = Lambda(alpha + beta logit(s) - gamma logit(c))   free choice: rises with satisfaction, falls with rivals
 *   A = a (-ln c) + sum_j b_j K_j                        captivity: little choice, contracts, switching cost ...
 *   L = (1 - delta) [1 - exp(-A) (1 - g)]                loyalty
 *
 * A share 1 - exp(-A) of customers stays whatever happens; the others choose freely; delta leaves for reasons that
 * satisfaction cannot stop (moving, death, insolvency). So L runs from a floor (1 - delta)(1 - exp(-A)) at s = 0 to a
 * ceiling 1 - delta at s = 1, rises with s and with every K_j, and falls with c. With gamma = 1 and c = 1 - HHI, g is
 * the multinomial logit probability to choose this supplier among N_eff equal ones.
 *
 * The idea and the five industries are those of Jones and Sasser, "Why satisfied customers defect", Harvard Business
 * Review 73(6), 1995; the "captive log-odds" law is this library's, see docs/response/curve.md for its derivation and
 * for what it reduces to.
 *
 * Accuracy of all functions here, over s and c in [1e-300, 1 - 2^-53]: about 1e-12 relative or better; the ends s = 0
 * and s = 1 are exact. */
#ifndef LOYALTY_RESPONSE_CURVE_H
#define LOYALTY_RESPONSE_CURVE_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* How many constraints a curve can have. Jones and Sasser name four sources of false loyalty: regulation, proprietary
 * technology, switching cost, loyalty programmes. */
#define LOY_CURVE_CONSTRAINTS 8

/* The parameters. Fill it with loy_curve_init, then change what you need. Every number at most 1e6 in size: beyond
 * that the curve is a step. */
typedef struct loy_curve {
  double alpha;                    /* attraction apart from satisfaction; 0 */
  double beta;                     /* how steeply log-odds rise with logit(s); above 0; 1 */
  double gamma;                    /* how steeply they fall with logit(c); at least 0; 1 */
  double a;                        /* captivity for lack of choice; at least 0; 0.5 */
  double delta;                    /* unavoidable attrition, 0 <= delta < 1; 0 */
  size_t constraints;              /* how many b are used; 0 */
  double b[LOY_CURVE_CONSTRAINTS]; /* captivity of constraint j at K_j = 1; at least 0 */
} loy_curve;

/* The parameters in the order of derivatives, standard errors and covariances; LOY_CURVE_B + j is b_j. */
typedef enum loy_curve_param {
  LOY_CURVE_ALPHA = 0,
  LOY_CURVE_BETA = 1,
  LOY_CURVE_GAMMA = 2,
  LOY_CURVE_A = 3,
  LOY_CURVE_DELTA = 4,
  LOY_CURVE_B = 5
} loy_curve_param;

/* How many there can be. */
#define LOY_CURVE_PARAMS (5 + LOY_CURVE_CONSTRAINTS)

/* Everything about one point of the curve. */
typedef struct loy_curve_point {
  double loyalty;       /* L */
  double free_choice;   /* g */
  double captivity;     /* A */
  double floor;         /* L at s = 0 */
  double ceiling;       /* L at s = 1 */
  double slope_s;       /* dL/ds */
  double slope_c;       /* dL/dc */
  double elasticity_s;  /* (dL/ds) s / L */
  double elasticity_c;  /* (dL/dc) c / L */
  double hostage_share; /* among those who stay, the share that would leave if it could */
} loy_curve_point;

/* With respect to what a slope is taken. */
typedef enum loy_curve_variable { LOY_CURVE_SATISFACTION = 0, LOY_CURVE_COMPETITION = 1 } loy_curve_variable;

/* Fill `curve` with the defaults alpha = 0, beta = 1, gamma = 1, a = 1/2, delta = 0 and no constraints: one free
 * quantity, c. Never fails; NULL does nothing. */
LOYALTY_API void loy_curve_init(loy_curve *curve);

/* Loyalty L = f(C, S).
 *
 * curve        the parameters
 * s            satisfaction, from 0 to 1
 * c            competition, above 0 and below 1 (loy_competition_clip brings a monopoly inside)
 * constraint   curve->constraints numbers K_j from 0 to 1; NULL means all 0
 * Returns L; NaN when an argument is outside its range (loy_curve_check says which). */
LOYALTY_API double loy_curve_loyalty(const loy_curve *curve, double s, double c, const double *constraint);

/* The slope dL/ds = (1 - delta) exp(-A) beta g(1 - g) / (s(1 - s)): what a step of satisfaction earns.
 *
 * Arguments as in loy_curve_loyalty. At s = 0 and s = 1 the limit: finite for beta = 1, 0 for beta > 1, +infinity for
 * beta < 1. Returns a number >= 0; NaN outside the domain. */
LOYALTY_API double loy_curve_slope_s(const loy_curve *curve, double s, double c, const double *constraint);

/* The slope dL/dc = -(1 - delta) exp(-A) [gamma g(1 - g) / (c(1 - c)) + (a/c)(1 - g)]: what more competition costs.
 *
 * Arguments as in loy_curve_loyalty. Returns a number <= 0; NaN outside the domain. */
LOYALTY_API double loy_curve_slope_c(const loy_curve *curve, double s, double c, const double *constraint);

/* The slope dL/dK_j = (1 - delta) exp(-A) b_j (1 - g): what a constraint keeps, most where satisfaction is low.
 *
 * j   which constraint, 0 <= j < curve->constraints; the other arguments as in loy_curve_loyalty
 * Returns a number >= 0; NaN outside the domain. */
LOYALTY_API double loy_curve_slope_constraint(const loy_curve *curve, double s, double c, const double *constraint,
                                              size_t j);

/* The hostage share (false loyalty): of those who stay, the part that would leave if it were free to,
 * h = (1 - exp(-A))(1 - g) / [(1 - exp(-A)) + exp(-A) g].
 *
 * Arguments as in loy_curve_loyalty. Returns h in [0, 1]; 0 where nobody is captive; NaN outside the domain. */
LOYALTY_API double loy_curve_hostage_share(const loy_curve *curve, double s, double c, const double *constraint);

/* Which argument makes the functions above answer NaN.
 *
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `curve`; LOY_ERR_DOMAIN for its "alpha", "beta", "gamma", "a",
 * "delta"; LOY_ERR_ARGUMENT for too many "constraints"; LOY_ERR_DOMAIN for "b" (`index` says which), "s", "c",
 * "constraint" (`index` says which). */
LOYALTY_API loy_status loy_curve_check(const loy_curve *curve, double s, double c, const double *constraint,
                                       loy_error *error);

/* Everything about one point.
 *
 * Arguments as in loy_curve_loyalty; `point` receives the answers, each the same bits as the function of its name.
 * Where L = 0 (s = 0 and nobody captive) the elasticities are their limits.
 * Errors, in this order: those of loy_curve_check; LOY_ERR_ARGUMENT for a NULL `point`. */
LOYALTY_API loy_status loy_curve_at(const loy_curve *curve, double s, double c, const double *constraint,
                                    loy_curve_point *point, loy_error *error);

/* The satisfaction needed for a loyalty target: the inverse of the curve in s.
 *
 * curve, c, constraint   as in loy_curve_loyalty
 * target                 the loyalty wanted, from 0 to 1
 * satisfaction           receives s
 * Returns LOY_OK; LOY_NOTICE_NOT_NEEDED, with s = 0, when captivity alone already gives the target.
 * Errors, in this order: those of `curve` as in loy_curve_check; LOY_ERR_DOMAIN for `target`, `c`, `constraint`;
 * LOY_ERR_ARGUMENT for a NULL `satisfaction`; LOY_ERR_INFEASIBLE (argument "target") for a target above the ceiling,
 * 1 - delta. */
LOYALTY_API loy_status loy_curve_required_satisfaction(const loy_curve *curve, double target, double c,
                                                       const double *constraint, double *satisfaction,
                                                       loy_error *error);

/* loy_curve_loyalty for n rows, the same bits.
 *
 * s, c         n numbers each
 * constraint   curve->constraints columns of n numbers each; NULL means all 0
 * loyalty      receives n numbers; may be the same array as `s` or `c`
 * report       counts rows outside the domain; their slots become NaN. May be NULL
 * Errors, in this order: those of `curve` as in loy_curve_check; LOY_ERR_ARGUMENT for a NULL `s`, `c`, column of
 * `constraint` (`index` says which) or `loyalty` with n > 0.
 * Cost: without constraints about 12 ns a row on one core with AVX-512 and 20 ns with AVX2; with them, as the
 * scalar. */
LOYALTY_API loy_status loy_curve_loyalty_batch(const loy_curve *curve, const double *s, const double *c,
                                               const double *const *constraint, size_t n, double *loyalty,
                                               loy_batch_report *report, loy_error *error);

/* loy_curve_slope_s or loy_curve_slope_c for n rows, the same bits.
 *
 * wrt   a loy_curve_variable; an int, so that a wrong number is an error and not undefined
 * The other arguments as in loy_curve_loyalty_batch; `slope` receives n numbers and may be the same array as `s` or
 * `c`.
 * Errors, in this order: those of `curve` as in loy_curve_check; LOY_ERR_ARGUMENT for `wrt`, then as in
 * loy_curve_loyalty_batch. */
LOYALTY_API loy_status loy_curve_slope_batch(const loy_curve *curve, int wrt, const double *s, const double *c,
                                             const double *const *constraint, size_t n, double *slope,
                                             loy_batch_report *report, loy_error *error);

/* loy_curve_hostage_share for n rows, the same bits. Arguments and errors as in loy_curve_loyalty_batch; `share`
 * receives n numbers and may be the same array as `s` or `c`. */
LOYALTY_API loy_status loy_curve_hostage_share_batch(const loy_curve *curve, const double *s, const double *c,
                                                     const double *const *constraint, size_t n, double *share,
                                                     loy_batch_report *report, loy_error *error);

/* loy_curve_required_satisfaction for n rows, the same bits. A target that cannot be reached is a bad row: NaN, and
 * counted.
 *
 * target, c      n numbers each
 * satisfaction   receives n numbers; may be the same array as `target` or `c`
 * The other arguments and the errors as in loy_curve_loyalty_batch. */
LOYALTY_API loy_status loy_curve_required_satisfaction_batch(const loy_curve *curve, const double *target,
                                                             const double *c, const double *const *constraint, size_t n,
                                                             double *satisfaction, loy_batch_report *report,
                                                             loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "curve-inl.h"
#endif

#endif /* LOYALTY_RESPONSE_CURVE_H */
