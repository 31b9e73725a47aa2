/* family.h: other curves from satisfaction to loyalty, to be compared with L = f(C, S) of curve.h.
 *
 * Each has its shape h in satisfaction s, and competition c multiplies the odds of loyalty in all of them alike, as it
 * does in curve.h; with q the parameter "competition":
 *
 *   logit L = logit h(s) + q logit(c)            q = 0: the textbook form, which knows no competition
 *
 *   power         h = floor + (top - floor) s^exponent
 *   exponential   h = floor + (top - floor) (e^(k s) - 1)/(e^k - 1), k the curvature; the straight line for k = 0
 *   logit linear  h = Lambda(intercept + slope s)
 *   piecewise     h = floor + (top - floor) F(s), F from 0 to 1 in three straight pieces that meet at the thresholds
 *                 first < second:
 *                 F = rise_1 u1 + (1 - rise_1) [rise_2 u2 + (1 - rise_2) u3],  u1, u2, u3 the parts of the pieces below
 *                 s, each from 0 to 1. rise_1 is the share of the rise that is done at the first threshold, rise_2 the
 *                 share of the rest that is done at the second; any two numbers from 0 to 1 make a continuous F that
 *                 never falls. rise_1 = 0 and rise_2 = 1: flat, steep, flat; rise_2 = 0: steep, flat, steep
 *
 * So floor and top are L at s = 0 and 1 where c = 1/2, or at every c when q = 0. Nothing forces top >= floor or slope
 * >= 0: a curve that falls is a finding. None of them knows constraints, captives or attrition.
 *
 * Sources: power and piecewise, Anderson and Mittal, J. Service Research 3, 2000, and the references there; logit
 * linear, McCullagh and Nelder, Generalized Linear Models, 1989. Accuracy of L: 3e-15 relative for
 * parameters of ordinary size; in far tails the error of an exponent, 1e-16 times its size. */
#ifndef LOYALTY_RESPONSE_FAMILY_H
#define LOYALTY_RESPONSE_FAMILY_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* The families. */
typedef enum loy_family {
  LOY_FAMILY_POWER = 0,
  LOY_FAMILY_EXPONENTIAL = 1,
  LOY_FAMILY_LOGIT_LINEAR = 2,
  LOY_FAMILY_PIECEWISE = 3
} loy_family;

/* How many there are. */
#define LOY_FAMILIES 4

/* The parameters; which number means what depends on the family. */
typedef enum loy_family_param {
  LOY_FAMILY_FLOOR = 0,       /* power, exponential, piecewise; 0 to 1; 0 */
  LOY_FAMILY_TOP = 1,         /* the same; 0 to 1; 1 */
  LOY_FAMILY_INTERCEPT = 0,   /* logit linear; 0 */
  LOY_FAMILY_SLOPE = 1,       /* logit linear; 1 */
  LOY_FAMILY_COMPETITION = 2, /* all; 0 */
  LOY_FAMILY_EXPONENT = 3,    /* power; above 0; 1 */
  LOY_FAMILY_CURVATURE = 3,   /* exponential; 0 */
  LOY_FAMILY_RISE_1 = 3,      /* piecewise; 0 to 1; 1/3 */
  LOY_FAMILY_RISE_2 = 4,      /* piecewise; 0 to 1; 1/2 */
  LOY_FAMILY_FIRST = 5,       /* piecewise; above 0 and below `second`; 1/3 */
  LOY_FAMILY_SECOND = 6       /* piecewise; below 1; 2/3 */
} loy_family_param;

/* How many parameters a family can have. */
#define LOY_FAMILY_PARAMS 7

/* One curve of a family. Fill it with loy_family_init, then change what you need. Every number at most 1e6 in size. */
typedef struct loy_family_curve {
  int family;                      /* a loy_family */
  double param[LOY_FAMILY_PARAMS]; /* by loy_family_param; those that the family has not are not read */
} loy_family_curve;

/* The name of a family: "power", "exponential", "logit_linear", "piecewise"; "unknown" for another number. */
LOYALTY_API const char *loy_family_name(int family);

/* The number of parameters of a family: 4, 4, 3, 7; 0 for another number. */
LOYALTY_API size_t loy_family_params(int family);

/* The name of a parameter of a family, such as "exponent"; "unknown" for what there is not. */
LOYALTY_API const char *loy_family_param_name(int family, int param);

/* Fill `curve` with the defaults above: L = s, whatever c is, but for logit linear L = Lambda(s). Never fails; NULL
 * does nothing, and an unknown family gives zeros, which loy_family_check refuses. */
LOYALTY_API void loy_family_init(loy_family_curve *curve, int family);

/* Loyalty at a point.
 *
 *   s   satisfaction, from 0 to 1
 *   c   competition, above 0 and below 1
 * Returns L in [0, 1]; NaN when an argument is outside its range (loy_family_check says which). */
LOYALTY_API double loy_family_loyalty(const loy_family_curve *curve, double s, double c);

/* Which argument makes loy_family_loyalty answer NaN.
 *
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `curve` and for a number that is no loy_family ("family");
 * LOY_ERR_DOMAIN for its parameters by name and in the order of loy_family_param, "s", "c". */
LOYALTY_API loy_status loy_family_check(const loy_family_curve *curve, double s, double c, loy_error *error);

/* loy_family_loyalty for n rows, the same bits.
 *
 *   s, c      n numbers each
 *   loyalty   receives n numbers; may be the same array as `s` or `c`
 *   report    counts rows outside the domain; their slots become NaN. May be NULL
 * Errors, in this order: those of `curve` as in loy_family_check; LOY_ERR_ARGUMENT for a NULL `s`, `c` or `loyalty`
 * with n > 0. */
LOYALTY_API loy_status loy_family_loyalty_batch(const loy_family_curve *curve, const double *s, const double *c,
                                                size_t n, double *loyalty, loy_batch_report *report, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "family-inl.h"
#endif

#endif /* LOYALTY_RESPONSE_FAMILY_H */
