/* quadrature.h: private. Means over beta and gamma distributions of smooth functions, to nearly full precision.
 *
 * The mean of f(P), P ~ Beta(a, b), is an integral over y = ln(p / (1 - p)) of f times
 *   exp(a y) / (1 + exp(y))^(a + b).
 * On the whole line the trapezoidal rule converges geometrically (Trefethen & Weideman 2014, SIAM Review 56, 385-458):
 * the error falls as exp(-2 pi d / h) for a step h and an integrand analytic within |Im y| < d. Functions such as
 * (1 + p t)^-k or 1/(p + c) have their singularities on |Im y| = pi exactly, wherever t, k and c place the bend along
 * the real line, so one step serves all of them. What is left are tails exp(a y) and exp(-b y), endless for small a or
 * b: beyond the last bend on either side the variable is stretched exponentially,
 *   y(s) = s - exp(s1 - s) + exp(s - s2),
 * which makes every tail fall doubly exponentially (Takahasi & Mori 1974) and leaves |Im s| < pi/2 free of
 * singularities. The step also shrinks with the curvature at the peak, so that the concentrated distributions of large
 * a and b get about 26 nodes, ordinary wide ones a few hundred. All terms are positive.
 *
 * A rule holds nodes and weights; the mean is the weighted mean of f over the nodes, normalised by the weights
 * themselves, so that no gamma function enters. */
#ifndef LOYALTY_MATH_QUADRATURE_H
#define LOYALTY_MATH_QUADRATURE_H

#include "../base/config.h"

LOY_BEGIN_DECLS

/* More than the widest distribution within the ranges of base/range.h takes: about 1050. */
enum { LOYI_RULE_MOST = 1152 };

/* Nodes and weights of one distribution. For a beta rule p and q = 1 - p, each accurate by itself; for a gamma rule
 * the variable is in p and q is not used. */
typedef struct loyi_rule {
  size_t n;
  double total;                /* sum of the weights */
  double step;                 /* of the trapezoidal rule */
  double mode, mode_p, mode_q; /* where the weight is 1 before stretching: y, p and 1 - p */
  double p[LOYI_RULE_MOST], q[LOYI_RULE_MOST], weight[LOYI_RULE_MOST];
} loyi_rule;

/* A rule for the weight p^(a-1) (1-p)^(b-1) (1 + tau p)^-k, a > 0, b > 0, k >= 0, tau >= 0.
 *   bend_left, bend_right  >= 0: the functions to be averaged bend no closer to p = 0 than about 1 / bend_left and no
 *                          closer to p = 1 than about 1 / bend_right (0: nowhere). The rule knows the bends of its
 *                          weight.
 *   gain_left, gain_right  >= 1: how much larger than their mean these functions can become towards p = 0 and p = 1 */
LOYI_SHARED void loyi_beta_rule(loyi_rule *rule, double a, double b, double k, double tau, double bend_left,
                                double bend_right, double gain_left, double gain_right);

/* A rule for the gamma density x^(shape-1) exp(-x), shape > 0, with the variable in rule->p.
 *   bend   > 0: the functions to be averaged bend no closer to x = 0 than about here
 *   gain   >= 1: how much larger than their mean they can become towards x = 0 */
LOYI_SHARED void loyi_gamma_rule(loyi_rule *rule, double shape, double bend, double gain);

/* E[(1 + tau P)^-k] for P ~ Beta(a, b): the hypergeometric function 2F1(k, a; a + b; -tau). Tiny answers keep their
 * relative precision; below 1e-300 they go to 0. */
LOYI_SHARED double loyi_beta_mean_power(double a, double b, double k, double tau);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "quadrature-inl.h"
#endif

#endif /* LOYALTY_MATH_QUADRATURE_H */
