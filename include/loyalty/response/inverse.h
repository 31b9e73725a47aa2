/* inverse.h: the questions that run backwards through the curve L = f(C, S). The satisfaction that a loyalty needs is
 * in curve.h (loy_curve_required_satisfaction); here are the other ways to it, and the way it is lost.
 *
 * With g and A as in curve.h and T the loyalty wanted:
 *   captivity     A(T) = ln[(1 - g) / (1 - T/(1 - delta))], the lock-in that stands in for missing satisfaction
 *   constraint    K_j = (A(T) - the captivity that is there without it) / b_j
 *   competition   the c beyond which L < T; L never rises with c, so there is one at most
 *   deregulation  L with other constraints or another c, satisfaction staying */
#ifndef LOYALTY_RESPONSE_INVERSE_H
#define LOYALTY_RESPONSE_INVERSE_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/status.h"
#include "curve.h"

LOY_BEGIN_DECLS

/* The captivity A in total that gives a loyalty at this satisfaction and competition.
 *
 * curve       as in loy_curve_loyalty; its a and b do not matter
 * target      the loyalty wanted, from 0 to 1
 * s, c        as in loy_curve_loyalty
 * captivity   receives A, to be compared with that of loy_curve_at
 * Returns LOY_OK; LOY_NOTICE_NOT_NEEDED, with A = 0, when free choice alone gives the target.
 * Errors, in this order: those of `curve` as in loy_curve_check; LOY_ERR_DOMAIN for `target`, `s`, `c`;
 * LOY_ERR_ARGUMENT for a NULL `captivity`; LOY_ERR_INFEASIBLE (argument "target") above the ceiling 1 -
 * delta, and for s < 1 also at it, which no finite captivity reaches. Accuracy: A(T) is a difference of two
 * logarithms, each good to 1e-15 of its size. */
LOYALTY_API loy_status loy_curve_required_captivity(const loy_curve *curve, double target, double s, double c,
                                                    double *captivity, loy_error *error);

/* loy_curve_required_captivity for n rows, the same bits.
 *
 * target, s, c   n numbers each
 * captivity      receives n numbers; may be the same array as `target`, `s` or `c`
 * report         counts rows outside the domain and infeasible ones; their slots become NaN. May be NULL
 * Errors, in this order: those of `curve`; LOY_ERR_ARGUMENT for a NULL `target`, `s`, `c` or `captivity` with n > 0. */
LOYALTY_API loy_status loy_curve_required_captivity_batch(const loy_curve *curve, const double *target, const double *s,
                                                          const double *c, size_t n, double *captivity,
                                                          loy_batch_report *report, loy_error *error);

/* The strength of constraint j that gives a loyalty, the others staying: what a contract or a loyalty program would
 * have to hold in place of satisfaction.
 *
 * constraint   as in loy_curve_loyalty; element j is not looked at
 * j            which constraint, 0 <= j < curve->constraints
 * required     receives K_j, from 0 to 1
 * The other arguments as above.
 * Returns LOY_OK; LOY_NOTICE_NOT_NEEDED, with K_j = 0, when the rest gives the target: loy_curve_loyalty at K_j = 0 is
 * not below it.
 * Errors, in this order: those of `curve` as in loy_curve_check; LOY_ERR_ARGUMENT for `j`; LOY_ERR_DOMAIN for `target`,
 * `s`, `c`, `constraint` (`index` says which); LOY_ERR_ARGUMENT for a NULL `required`; LOY_ERR_INFEASIBLE (argument
 * "target") when loy_curve_loyalty at K_j = 1 is below it.
 * Accuracy: that of A(T), divided by b_j. */
LOYALTY_API loy_status loy_curve_required_constraint(const loy_curve *curve, double target, double s, double c,
                                                     const double *constraint, size_t j, double *required,
                                                     loy_error *error);

/* loy_curve_required_constraint for n rows, the same bits.
 *
 * target, s, c   n numbers each
 * constraint     curve->constraints columns of n numbers each, or NULL for all 0
 * required       receives n numbers; may be the same array as `target`, `s` or `c`
 * report         as above
 * Errors, in this order: those of `curve`; LOY_ERR_ARGUMENT for `j`, for a NULL `target`, `s`, `c`, column of
 * `constraint` (`index` says which) or `required` with n > 0. */
LOYALTY_API loy_status loy_curve_required_constraint_batch(const loy_curve *curve, const double *target,
                                                           const double *s, const double *c,
                                                           const double *const *constraint, size_t j, size_t n,
                                                           double *required, loy_batch_report *report,
                                                           loy_error *error);

/* The competition at which a loyalty is lost: the largest c with L >= target.
 *
 * target, s, constraint   as above, and as in loy_curve_loyalty
 * critical                receives c, above 0 and below 1
 * Returns LOY_OK; LOY_NOTICE_NONE, with c = 1, when no competition takes the target away.
 * Errors, in this order: those of `curve` as in loy_curve_check; LOY_ERR_DOMAIN for `target`, `s`, `constraint`;
 * LOY_ERR_ARGUMENT for a NULL `critical`; LOY_ERR_INFEASIBLE (argument "target") when the target is not held at any
 * c that a double can be, down to 5e-324.
 * Accuracy: logit(c) to about 1e-15 of its size, times the condition of the question. Cost: about 1.5 us. */
LOYALTY_API loy_status loy_curve_critical_competition(const loy_curve *curve, double target, double s,
                                                      const double *constraint, double *critical, loy_error *error);

/* loy_curve_critical_competition for n rows, the same bits. Arguments and report as in
 * loy_curve_required_constraint_batch; rows without a critical competition get 1 and are not counted.
 * Errors, in this order: those of `curve`; LOY_ERR_ARGUMENT for a NULL `target`, `s`, column of `constraint` (`index`
 * says which) or `critical` with n > 0. */
LOYALTY_API loy_status loy_curve_critical_competition_batch(const loy_curve *curve, const double *target,
                                                            const double *s, const double *const *constraint, size_t n,
                                                            double *critical, loy_batch_report *report,
                                                            loy_error *error);

/* A change of market around a customer whose satisfaction stays. */
typedef struct loy_deregulation {
  double loyalty_before, loyalty_after;
  double lost;                 /* loyalty_before - loyalty_after; below 0 for a gain */
  double hostage_share_before; /* of those who stayed, the part that was held */
} loy_deregulation;

/* What happens to loyalty when constraints go, or competition changes.
 *
 * s, c, constraint            now, as in loy_curve_loyalty
 * c_after, constraint_after   then; constraint_after NULL means that none is left
 * change                      receives the answers
 * Errors, in this order: those of loy_curve_check; LOY_ERR_DOMAIN for `c_after`, `constraint_after` (`index` says
 * which); LOY_ERR_ARGUMENT for a NULL `change`. */
LOYALTY_API loy_status loy_curve_deregulate(const loy_curve *curve, double s, double c, const double *constraint,
                                            double c_after, const double *constraint_after, loy_deregulation *change,
                                            loy_error *error);

/* loy_curve_deregulate for n customers, the same bits.
 *
 * s, c, c_after                  n numbers each; c_after NULL means that c stays
 * constraint, constraint_after   curve->constraints columns of n numbers each; NULL means all 0
 * before, after, lost, hostage_share
 *                                receive n numbers each, the members of loy_deregulation in order; any may be NULL
 * report                         counts rows outside the domain; their slots become NaN. May be NULL
 * Errors, in this order: those of `curve`; LOY_ERR_ARGUMENT for a NULL `s`, `c`, column of `constraint` or
 * `constraint_after` (`index` says which) with n > 0. */
LOYALTY_API loy_status loy_curve_deregulate_batch(const loy_curve *curve, const double *s, const double *c,
                                                  const double *const *constraint, const double *c_after,
                                                  const double *const *constraint_after, size_t n, double *before,
                                                  double *after, double *lost, double *hostage_share,
                                                  loy_batch_report *report, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "inverse-inl.h"
#endif

#endif /* LOYALTY_RESPONSE_INVERSE_H */
