/* incomplete-inl.h: body of incomplete.h.
 *
 * Each function first finds the tail that can be computed as a sum or fraction of positive terms, and takes the other
 * one as 1 minus it only where neither is small. The power terms in front, such as x^a (1-x)^b / B(a, b), are where
 * accuracy is usually lost: an exponent of 700 with a relative error of one ulp is an error of 1e-13. Here exponents
 * are pairs of doubles, relative to their value at the mode (C. Loader, "Fast and accurate computation of binomial
 * probabilities", 2000), so that the front factor is good to a few ulp at any size. */
#ifndef LOYALTY_MATH_INCOMPLETE_INL_H
#define LOYALTY_MATH_INCOMPLETE_INL_H

#include "elementary.h"
#include "gamma.h"
#include "incomplete.h"

LOY_BEGIN_DECLS

#define LOYI_INCOMPLETE_2PI   6.283185307179586477
#define LOYI_INCOMPLETE_LARGE 10.0 /* from here on Stirling's formula holds */
#define LOYI_INCOMPLETE_DONE  0x1p-54

/* A probability and its complement. */
typedef struct loyi_incomplete_tails {
  double lower, upper;
} loyi_incomplete_tails;

LOYI_LOCAL loyi_pair loyi_incomplete_times(double a, loyi_pair x) {
  loyi_pair product = loyi_pair_product(a, x.high);
  return loyi_pair_sum(product.high, product.low + a * x.low);
}

/* exp of a pair minus a double. */
LOYI_LOCAL double loyi_incomplete_exp(loyi_pair x, double minus) {
  loyi_pair shift = {-minus, 0.0};
  return loyi_pair_exp(loyi_pair_add(x, shift));
}

/* How many terms to allow: near the mean of a distribution with parameters of size `most` the work is a few standard
 * deviations, that is, a multiple of its square root. */
LOYI_LOCAL double loyi_incomplete_limit(double most) { return 1000.0 + 20.0 * sqrt(most < 1e10 ? most : 1e10); }

/* x^a exp(-x) / Gamma(a + 1). */
LOYI_LOCAL double loyi_incomplete_gamma_front(double a, double x) {
  loyi_pair argument = {x, 0.0}, scale = {a, 0.0};
  if (a >= LOYI_INCOMPLETE_LARGE) {
    /* a ln(x/a) - (x - a) */
    loyi_pair excess = loyi_pair_sum(a, -x);
    loyi_pair exponent = loyi_incomplete_times(a, loyi_pair_log(loyi_pair_divide(argument, scale)));
    return loyi_incomplete_exp(loyi_pair_add(exponent, excess), loyi_stirling(a)) / sqrt(LOYI_INCOMPLETE_2PI * a);
  }
  loyi_pair linear = {-x, 0.0};
  loyi_pair exponent = loyi_pair_add(loyi_incomplete_times(a, loyi_pair_log(argument)), linear);
  return loyi_incomplete_exp(exponent, loyi_lgamma1p(a));
}

/* P(a, x) = front * (1 + x/(a+1) + x^2/((a+1)(a+2)) + ...). */
LOYI_LOCAL double loyi_incomplete_gamma_series(double a, double x) {
  double sum = 1.0, term = 1.0, limit = loyi_incomplete_limit(a);
  for (double n = 1.0; n < limit && term > LOYI_INCOMPLETE_DONE * sum; n += 1.0) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

/* Gamma(a, x) exp(x) x^-a by Legendre's continued fraction 1/(x+1-a - 1(1-a)/(x+3-a - 2(2-a)/(x+5-a - ...))), forwards
 * by the method of Lentz. For x >= max(a, 1.1) the denominators are positive. */
LOYI_LOCAL double loyi_incomplete_gamma_fraction(double a, double x) {
  double b = (x - a) + 1.0, c = (double)INFINITY, d = 1.0 / b, value = d, limit = loyi_incomplete_limit(a);
  for (double n = 1.0; n < limit; n += 1.0) {
    double numerator = n * (a - n);
    b += 2.0;
    d = 1.0 / (b + numerator * d);
    c = b + numerator / c;
    double factor = c * d;
    value *= factor;
    if (!(fabs(factor - 1.0) >= LOYI_INCOMPLETE_DONE)) break; /* done, or NaN: parameters beyond all use */
  }
  return value;
}

LOYI_LOCAL loyi_incomplete_tails loyi_incomplete_gamma(double a, double x) {
  loyi_incomplete_tails tails = {(double)NAN, (double)NAN};
  if (!(a > 0.0 && a < (double)INFINITY && x >= 0.0)) return tails;
  tails.lower = x > 0.0;
  tails.upper = x < (double)INFINITY;
  if (x == 0.0 || x == (double)INFINITY) return tails;
  double front = loyi_incomplete_gamma_front(a, x);
  if (x < a || x < 1.1) {
    tails.lower = front * loyi_incomplete_gamma_series(a, x);
    tails.upper = 1.0 - tails.lower;
    if (a < 1.0) {
      /* P = x^a / Gamma(a+1) (1 + a sum_(n>=1) (-x)^n / (n! (a+n))): for small a 1 - P from the differences of both
       * factors from 1. */
      double log_power = a * loyi_log(x) - loyi_lgamma1p(a);
      double sum = 0.0, term = 1.0;
      for (double n = 1.0; n < 60.0 && fabs(term) > LOYI_INCOMPLETE_DONE * fabs(sum); n += 1.0) {
        term *= -x / n;
        sum += term / (a + n);
      }
      double difference = loyi_expm1(log_power);
      tails.upper = -difference - (1.0 + difference) * (a * sum);
    }
  } else {
    tails.upper = front * a * loyi_incomplete_gamma_fraction(a, x);
    tails.lower = 1.0 - tails.upper;
  }
  return tails;
}

LOYI_SHARED double loyi_gamma_inc(double a, double x) { return loyi_incomplete_gamma(a, x).lower; }

LOYI_SHARED double loyi_gamma_inc_upper(double a, double x) { return loyi_incomplete_gamma(a, x).upper; }

LOYI_SHARED double loyi_gamma_log_density(double a, double x) {
  if (!(a > 0.0 && a < (double)INFINITY && x >= 0.0)) return (double)NAN;
  if (x == 0.0 || x == (double)INFINITY) return 0.0;
  return a * loyi_incomplete_gamma_front(a, x);
}

/* x^a y^b / B(a, b), x + y = 1. */
LOYI_LOCAL double loyi_incomplete_beta_front(double a, double b, loyi_pair x, loyi_pair y) {
  if (a < LOYI_INCOMPLETE_LARGE || b < LOYI_INCOMPLETE_LARGE) {
    loyi_pair exponent =
        loyi_pair_add(loyi_incomplete_times(a, loyi_pair_log(x)), loyi_incomplete_times(b, loyi_pair_log(y)));
    return loyi_incomplete_exp(exponent, loyi_lbeta(a, b));
  }
  /* a ln(x (a+b) / a) + b ln(y (a+b) / b) */
  loyi_pair sum = loyi_pair_sum(a, b), first = {a, 0.0}, second = {b, 0.0};
  loyi_pair x_ratio = loyi_pair_divide(loyi_pair_multiply(x, sum), first);
  loyi_pair y_ratio = loyi_pair_divide(loyi_pair_multiply(y, sum), second);
  loyi_pair exponent =
      loyi_pair_add(loyi_incomplete_times(a, loyi_pair_log(x_ratio)), loyi_incomplete_times(b, loyi_pair_log(y_ratio)));
  double stirling = loyi_stirling(a) + (loyi_stirling(b) - loyi_stirling(a + b));
  return loyi_incomplete_exp(exponent, stirling) * sqrt(a / (a + b) * b / LOYI_INCOMPLETE_2PI);
}

/* I_x(a, b) / front by the continued fraction of A. R. DiDonato and A. H. Morris, "Algorithm 708", ACM TOMS 18, 1992,
 * equation for bfrac; converges fast for x <= a / (a + b). */
LOYI_LOCAL double loyi_incomplete_beta_fraction(double a, double b, loyi_pair x_pair, loyi_pair y_pair) {
  double x = x_pair.high;
  /* a y - b x, which cancels near the mean. */
  loyi_pair minus_bx = loyi_incomplete_times(-b, x_pair);
  loyi_pair gap = loyi_pair_add(loyi_incomplete_times(a, y_pair), minus_bx);
  double lambda = gap.high + gap.low;
  double limit = loyi_incomplete_limit(a + b);
  double denominator = a * (lambda + 1.0) / (a + 1.0);
  double c = (double)INFINITY, d = 1.0 / denominator, value = d;
  for (double m = 1.0; m < limit; m += 1.0) {
    double between = a + 2.0 * m - 1.0;
    double numerator = ((a + m - 1.0) / between) * ((a + b + m - 1.0) * x / between) * (m * (b - m) * x);
    denominator = m + m * (b - m) * x / between + (a + m) * (lambda + 1.0 + m * (1.0 + y_pair.high)) / (between + 2.0);
    d = 1.0 / (denominator + numerator * d);
    c = denominator + numerator / c;
    double factor = c * d;
    value *= factor;
    if (!(fabs(factor - 1.0) >= LOYI_INCOMPLETE_DONE)) break; /* done, or NaN: parameters beyond all use */
  }
  return value;
}

/* Both tails for a < 1 and x so small that the series converge at once: x <= 1/2 and b x <= 1. */
LOYI_LOCAL loyi_incomplete_tails loyi_incomplete_beta_series(double a, double b, loyi_pair x_pair, loyi_pair y_pair) {
  loyi_incomplete_tails tails;
  double x = x_pair.high, sum = 1.0, term = 1.0;
  for (double n = 0.0; n < 200.0 && term > LOYI_INCOMPLETE_DONE * sum; n += 1.0) {
    term *= (a + b + n) / (a + 1.0 + n) * x;
    sum += term;
  }
  tails.lower = loyi_incomplete_beta_front(a, b, x_pair, y_pair) / a * sum;
  /* I = x^a / (a B(a, b)) (1 + a sum_(n>=1) (1-b)_n x^n / (n! (a+n))): as for the gamma distribution. */
  double log_power = a * loyi_log(x) + (loyi_lgamma_delta(b, a) - loyi_lgamma1p(a));
  sum = 0.0;
  term = 1.0;
  for (double n = 1.0; n < 200.0 && fabs(term) > LOYI_INCOMPLETE_DONE * fabs(sum); n += 1.0) {
    term *= (n - b) / n * x;
    sum += term / (a + n);
  }
  double difference = loyi_expm1(log_power);
  tails.upper = -difference - (1.0 + difference) * (a * sum);
  return tails;
}

LOYI_LOCAL loyi_incomplete_tails loyi_incomplete_swap(loyi_incomplete_tails tails) {
  loyi_incomplete_tails swapped = {tails.upper, tails.lower};
  return swapped;
}

/* The lower tail by the fraction, the upper as the rest. */
LOYI_LOCAL loyi_incomplete_tails loyi_incomplete_beta_tails(double a, double b, loyi_pair x, loyi_pair y) {
  loyi_incomplete_tails tails;
  double front = loyi_incomplete_beta_front(a, b, x, y);
  tails.lower = front > 0.0 ? front * loyi_incomplete_beta_fraction(a, b, x, y) : 0.0;
  tails.upper = 1.0 - tails.lower;
  return tails;
}

LOYI_LOCAL loyi_incomplete_tails loyi_incomplete_beta(double a, double b, double x) {
  loyi_incomplete_tails tails = {(double)NAN, (double)NAN};
  if (!(a > 0.0 && b > 0.0 && a + b < (double)INFINITY && x >= 0.0 && x <= 1.0)) return tails;
  tails.lower = x > 0.0;
  tails.upper = x < 1.0;
  if (x == 0.0 || x == 1.0) return tails;
  loyi_pair x_pair = {x, 0.0}, y_pair = loyi_pair_sum(1.0, -x);
  double y = y_pair.high;
  if (a < 1.0 && x <= 0.5 && b * x <= 1.0) return loyi_incomplete_beta_series(a, b, x_pair, y_pair);
  if (b < 1.0 && y <= 0.5 && a * y <= 1.0)
    return loyi_incomplete_swap(loyi_incomplete_beta_series(b, a, y_pair, x_pair));
  /* A parameter below 1 makes its own end of [0, 1] the heavy one; the other tail is then the one to compute. */
  int lower = a < 1.0 ? 0 : b < 1.0 ? 1 : a * y >= b * x;
  if (lower) return loyi_incomplete_beta_tails(a, b, x_pair, y_pair);
  return loyi_incomplete_swap(loyi_incomplete_beta_tails(b, a, y_pair, x_pair));
}

LOYI_SHARED double loyi_beta_inc(double a, double b, double x) { return loyi_incomplete_beta(a, b, x).lower; }

LOYI_SHARED double loyi_beta_inc_upper(double a, double b, double x) { return loyi_incomplete_beta(a, b, x).upper; }

LOYI_SHARED double loyi_beta_logit_density(double a, double b, double x) {
  if (!(a > 0.0 && b > 0.0 && a + b < (double)INFINITY && x >= 0.0 && x <= 1.0)) return (double)NAN;
  if (x == 0.0 || x == 1.0) return 0.0;
  loyi_pair x_pair = {x, 0.0};
  return loyi_incomplete_beta_front(a, b, x_pair, loyi_pair_sum(1.0, -x));
}

#undef LOYI_INCOMPLETE_2PI
#undef LOYI_INCOMPLETE_LARGE
#undef LOYI_INCOMPLETE_DONE

LOY_END_DECLS

#endif /* LOYALTY_MATH_INCOMPLETE_INL_H */
