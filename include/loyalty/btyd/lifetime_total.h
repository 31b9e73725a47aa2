/* lifetime_total.h: private. The total log-likelihood, with gradient and Hessian, of every model with a gamma purchase
 * rate and a lifetime that is given by its survivor function S and hazard h: Pareto/NBD, GGom/NBD, and NBD, which has
 * none. With k = r + x
 *   L = Gamma(r+x)/Gamma(r) alpha^r (alpha+t_x)^-k S(t_x) J,
 *   J = ((alpha+T)/(alpha+t_x))^-k S(T)/S(t_x) + Int_{t_x}^{T} ((alpha+u)/(alpha+t_x))^-k S(u)/S(t_x) h(u) du:
 * everything is relative to t_x, so that nothing over- or underflows and no two large numbers are subtracted.
 *
 * The integral is taken over tau = ln((c+u)/(c+t_x)), where -c is the integrand's singularity nearest to 0; all others
 * then have |Im tau| = pi, wherever the parameters put them, and Gauss-Legendre rules converge geometrically. It ends
 * where the integrand has fallen by exp(-38). The number of nodes follows from the length of the range and the decay
 * over it; a range longer than the largest rule can take is cut into panels. Derivatives are moments of the same nodes.
 * A lifetime that turns suddenly has its singularities close beside the range; there asinh of the distance to the turn
 * takes the place of tau from half way on.
 *
 * Rows of a block (all of one x) are first put into classes by their number of nodes and then worked on class by class,
 * LOYI_LIFETIME_PIECE rows at a time, so that no loop branches on a row. All derivatives are by logarithms of the
 * parameters: r, alpha, then those of the lifetime. Rows may have an alpha and a beta of their own, see
 * covariate_total.h. */
#ifndef LOYALTY_BTYD_LIFETIME_TOTAL_H
#define LOYALTY_BTYD_LIFETIME_TOTAL_H

#include "../base/config.h"
#include "rows.h"

LOY_BEGIN_DECLS

enum {
  LOYI_LIFETIME_PIECE = 64,
  LOYI_LIFETIME_OWN = 3,  /* most parameters of a lifetime */
  LOYI_LIFETIME_MOST = 5, /* with r and alpha */
  LOYI_LIFETIME_PAIRS = 15,
  LOYI_LIFETIME_SUMS = 1 + LOYI_LIFETIME_MOST + LOYI_LIFETIME_PAIRS /* of a block: value, gradient, Hessian */
};

/* A logarithm at each row of a piece, with its derivatives by the logarithms of the lifetime's parameters; second ones
 * as the lower triangle by rows. */
typedef struct loyi_lifetime_terms {
  double value[LOYI_LIFETIME_PIECE];
  double first[LOYI_LIFETIME_OWN][LOYI_LIFETIME_PIECE];
  double second[LOYI_LIFETIME_OWN * (LOYI_LIFETIME_OWN + 1) / 2][LOYI_LIFETIME_PIECE];
} loyi_lifetime_terms;

/* A lifetime at given parameters. Arrays have n places, n a multiple of 8. The last parameter, beta, may differ from
 * row to row: the functions take it as an array. */
typedef struct loyi_lifetime_law {
  size_t n; /* parameters; 0: nobody ever stops, and nothing below is used */
  double param[LOYI_LIFETIME_OWN];
  double bend;     /* the density's real singularity nearest to 0 is at -bend; HUGE_VAL for none */
  double re, im;   /* the complex one that is nearest, by its angle at 0; im = HUGE_VAL for none */
  double increase; /* logarithm of how far the hazard may rise above its value at any earlier time */
  /* ln S(t+v)/S(t) into `terms`. With a hazard: h(t+v) into that, and `first` and `second` are those of
   * ln S(t+v)/S(t) h(t+v). */
  void (*evaluate)(const struct loyi_lifetime_law *lifetime, const double *beta, const double *t, const double *v,
                   size_t n, loyi_lifetime_terms *terms, double *hazard);
  /* v such that ln S(t+v)/S(t) = -decay, or less than that; may be infinite. */
  void (*reach)(const struct loyi_lifetime_law *lifetime, const double *beta, const double *t, double decay, size_t n,
                double *v);
  /* The same lifetime at another beta. */
  void (*at)(const struct loyi_lifetime_law *lifetime, double beta, struct loyi_lifetime_law *other);
} loyi_lifetime_law;

/* ln S(t) = -s ln(1 + t/beta); parameters s, beta. */
LOYI_SHARED void loyi_lifetime_pareto(double s, double beta, loyi_lifetime_law *lifetime);

/* The Gompertz lifetime with a gamma rate: S(t) = (beta / (beta + exp(b t) - 1))^s; parameters b, s, beta. */
LOYI_SHARED void loyi_lifetime_gompertz(double b, double s, double beta, loyi_lifetime_law *lifetime);

/* Nobody ever stops. The rows then must have t_x = T. */
LOYI_SHARED void loyi_lifetime_none(loyi_lifetime_law *lifetime);

/* Value, gradient and Hessian (n + 2, (n + 2)^2, by logarithms) of the total in scaled units of time. `rows` must have
 * been made with the width LOYI_LIFETIME_SUMS. */
LOYI_SHARED void loyi_lifetime_total(loyi_rows *rows, double r, double alpha, const loyi_lifetime_law *lifetime,
                                     double *value, double *gradient, double *hessian);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "lifetime_terms-inl.h"
#  include "lifetime_total-inl.h"
#endif

#endif /* LOYALTY_BTYD_LIFETIME_TOTAL_H */
