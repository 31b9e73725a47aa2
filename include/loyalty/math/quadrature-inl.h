/* quadrature-inl.h: body of quadrature.h. */
#ifndef LOYALTY_MATH_QUADRATURE_INL_H
#define LOYALTY_MATH_QUADRATURE_INL_H

#include "quadrature.h"

#include <math.h>

#include "elementary.h"

LOY_BEGIN_DECLS

/* Weights below this part of the peak are left out, divided by what the averaged function may gain there. */
#define LOYI_RULE_CUT 1e-19

/* The step for an integrand that is analytic within |Im| < pi/2 and has curvature c (of minus its logarithm) at its
 * peak: error below 1e-16 for exp(c y - exp(y)) at every c, and 0.7 standard deviations of a sharp peak. */
LOYI_LOCAL double loyi_rule_step(double curvature) { return 0.25 / sqrt(1.0 + 0.125 * curvature); }

/* One point of a beta rule, relative to the mode, which must have p <= 1/2 (the caller turns the distribution round).
 */
typedef struct loyi_beta_peak {
  double a, b, k, tau; /* of the weight */
  int turned;          /* the tilt is (1 + tau (1 - p))^-k */
  double y, p, q;      /* the mode */
} loyi_beta_peak;

/* p and q = 1 - p at the logit y. */
LOYI_LOCAL void loyi_beta_split(double y, double *p, double *q) {
  double e = loyi_exp(-fabs(y));
  double large = 1.0 / (1.0 + e), small = e / (1.0 + e);
  *p = y > 0.0 ? large : small;
  *q = y > 0.0 ? small : large;
}

/* ln of the weight at y over that at the mode, from differences, so that large a and b do not cost digits. */
LOYI_LOCAL double loyi_beta_height(const loyi_beta_peak *peak, double y, double *p, double *q) {
  double delta = y - peak->y;
  double growth = delta < 700.0 ? loyi_expm1(delta) : 1e304;
  double height;
  loyi_beta_split(y, p, q);
  /* ln(p / mode p) = delta - fall and ln(q / mode q) = -fall; fall is close to delta itself far to the right. */
  if (peak->p * growth < 1.0) {
    height = peak->a * delta - (peak->a + peak->b) * loyi_log1p(peak->p * growth);
  } else {
    height = -peak->b * delta - (peak->a + peak->b) * loyi_log(peak->p + peak->q * loyi_exp(-delta));
  }
  if (peak->k > 0.0) {
    double apart = delta > 0.0 ? -*p * peak->q * loyi_expm1(-delta) : peak->p * *q * growth;
    double there = peak->turned ? peak->q : peak->p, here = peak->turned ? *q : *p;
    double ratio = peak->tau * (peak->turned ? -apart : apart) / (1.0 + peak->tau * there);
    height -=
        peak->k * (ratio > -0.5 ? loyi_log1p(ratio) : loyi_log1p(peak->tau * here) - loyi_log1p(peak->tau * there));
  }
  return height;
}

LOYI_LOCAL void loyi_rule_push(loyi_rule *rule, double p, double q, double weight) {
  rule->p[rule->n] = p;
  rule->q[rule->n] = q;
  rule->weight[rule->n] = weight;
  rule->total += weight;
  rule->n++;
}

/* The stretched variable and its derivative. */
LOYI_LOCAL double loyi_rule_stretch(double s, double s1, double s2, double *derivative) {
  double left = loyi_exp(s1 - s), right = loyi_exp(s - s2);
  *derivative = 1.0 + left + right;
  return s - left + right;
}

LOYI_SHARED void loyi_beta_rule(loyi_rule *rule, double a, double b, double k, double tau, double bend_left,
                                double bend_right, double gain_left, double gain_right) {
  loyi_beta_peak peak;
  /* The mode solves square p^2 + line p - a = 0; the weight includes the derivative p (1 - p) of the substitution. */
  double square = tau * (a + b - k), line = (a + b) + (k - a) * tau;
  double inside = line * line + 4.0 * a * square;
  double root = inside > 0.0 ? sqrt(inside) : 0.0;
  double p = line > 0.0 ? 2.0 * a / (line + root) : (root - line) / (2.0 * square);
  double tilted, curvature, s1, s2, start, s, y, derivative, height;
  int turned;
  if (k == 0.0 || !(p > 0.0 && p < 1.0)) p = a / (a + b);
  turned = p > 0.5;
  if (p < 1e-300) p = 1e-300;
  if (p < 0.5 || (k > 0.0 && p < 1.0 - 0x1p-20)) {
    peak.y = loyi_log(p / (1.0 - p));
  } else if (k == 0.0) {
    peak.y = loyi_log(a / b);
  } else {
    /* 1 - p, from the same equation: square q^2 - cross q + b (1 + tau) = 0. */
    double cross = tau * (a + 2.0 * b - k) + (a + b), ends = b * (1.0 + tau);
    double apart = cross * cross - 4.0 * square * ends;
    peak.y = loyi_log(p * (cross + (apart > 0.0 ? sqrt(apart) : 0.0)) / (2.0 * ends));
  }
  if (peak.y > 690.0) peak.y = 690.0;
  tilted = (1.0 + tau) * p / (1.0 + tau * p);
  curvature = (a + b - k) * p * (1.0 - p) + k * tilted * (1.0 - tilted);
  /* The last bend towards p = 0: of (1 - p)^b, of the tilt, of the functions. */
  s1 = -loyi_log(1.0 + b + (1.0 + k) * tau + bend_left) - 1.0;
  s2 = loyi_log(1.0 + a + k + bend_right) + 1.0;
  rule->mode = peak.y;
  loyi_beta_split(peak.y, &rule->mode_p, &rule->mode_q);
  if (turned) {
    double swap = a;
    a = b;
    b = swap;
    swap = s1;
    s1 = -s2;
    s2 = -swap;
    swap = gain_left;
    gain_left = gain_right;
    gain_right = swap;
    peak.y = -peak.y;
  }
  peak.a = a;
  peak.b = b;
  peak.k = k;
  peak.tau = tau;
  peak.turned = turned;
  loyi_beta_split(peak.y, &peak.p, &peak.q);
  rule->step = loyi_rule_step(curvature > 0.0 ? curvature : 0.0);
  rule->n = 0;
  rule->total = 0.0;
  start = peak.y < s1 ? s1 : (peak.y > s2 ? s2 : peak.y);
  for (int side = 0; side < 2; side++) {
    double cut = LOYI_RULE_CUT / (side ? gain_right : gain_left);
    for (int j = side; rule->n < LOYI_RULE_MOST; j++) {
      double node_p, node_q, weight;
      s = start + (side ? (double)j : -(double)j) * rule->step;
      y = loyi_rule_stretch(s, s1, s2, &derivative);
      height = loyi_beta_height(&peak, y, &node_p, &node_q);
      weight = loyi_exp(height) * derivative;
      if (!(weight > cut)) break;
      loyi_rule_push(rule, turned ? node_q : node_p, turned ? node_p : node_q, weight);
    }
  }
}

LOYI_SHARED void loyi_gamma_rule(loyi_rule *rule, double shape, double bend, double gain) {
  double mode = loyi_log(shape);
  double s1 = (bend < 1.0 ? loyi_log(bend) : 0.0) - 1.0;
  double start = mode < s1 ? s1 : mode;
  rule->mode = mode;
  rule->mode_p = shape;
  rule->mode_q = 0.0;
  rule->step = loyi_rule_step(shape);
  rule->n = 0;
  rule->total = 0.0;
  for (int side = 0; side < 2; side++) {
    double cut = LOYI_RULE_CUT / (side ? 1.0 : gain);
    for (int j = side; rule->n < LOYI_RULE_MOST; j++) {
      double s = start + (side ? (double)j : -(double)j) * rule->step;
      double left = loyi_exp(s1 - s);
      double delta = (s - left) - mode; /* ln(x / shape) */
      double weight = loyi_exp(shape * (delta - loyi_expm1(delta))) * (1.0 + left);
      if (!(weight > cut)) break;
      loyi_rule_push(rule, shape * loyi_exp(delta), 0.0, weight);
    }
  }
}

LOYI_SHARED double loyi_beta_mean_power(double a, double b, double k, double tau) {
  loyi_rule tilted, plain;
  loyi_beta_peak peak;
  double shift, mean, p, q;
  int turned;
  if (k == 0.0 || tau == 0.0) return 1.0;
  loyi_beta_rule(&plain, a, b, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0);
  loyi_beta_rule(&tilted, a, b, k, tau, 0.0, 0.0, 1.0, 1.0);
  /* The weight without its tilt at the mode of the tilted one, turned round as the rule was. */
  turned = plain.mode > 0.0;
  peak.a = turned ? b : a;
  peak.b = turned ? a : b;
  peak.k = 0.0;
  peak.tau = 0.0;
  peak.turned = turned;
  peak.y = -fabs(plain.mode);
  peak.p = turned ? plain.mode_q : plain.mode_p;
  peak.q = turned ? plain.mode_p : plain.mode_q;
  shift = loyi_beta_height(&peak, turned ? -tilted.mode : tilted.mode, &p, &q) - k * loyi_log1p(tilted.mode_p * tau);
  mean = loyi_exp(shift) * (tilted.total * tilted.step) / (plain.total * plain.step);
  return mean < 1.0 ? mean : 1.0;
}

#undef LOYI_RULE_CUT

LOY_END_DECLS

#endif /* LOYALTY_MATH_QUADRATURE_INL_H */
