/* gamma-inl.h: body of gamma.h.
 *
 * From 10 on by Stirling's asymptotic series, whose terms given here are below 2^-56 of the answer there; below 10 by
 * the recurrence lnGamma(x + 1) = lnGamma(x) + ln x and its derivatives, arranged so that nothing cancels that need
 * not. Differences use divided differences of the series: with u = 1/a and v = 1/(a + d), v - u = -d u v holds without
 * cancellation, and (p(v) - p(u)) / (v - u) of a polynomial p is again a short recurrence. */
#ifndef LOYALTY_MATH_GAMMA_INL_H
#define LOYALTY_MATH_GAMMA_INL_H

#include "elementary.h"
#include "gamma.h"

LOY_BEGIN_DECLS

#define LOYI_GAMMA_ASYMPTOTIC 10.0
#define LOYI_GAMMA_LN_2PI     1.8378770664093454836 /* ln(2 pi) */

/* p(x) of a polynomial and its divided difference (p(x) - p(y)) / (x - y). */
LOYI_LOCAL double loyi_gamma_divided(double x, double y, const double *c, int n, double *at_x) {
  double value = c[n - 1], difference = 0.0;
  for (int i = n - 2; i >= 0; i--) {
    difference = difference * y + value;
    value = value * x + c[i];
  }
  *at_x = value;
  return difference;
}

/* The polynomial P of Stirling's remainder w P(w^2), w = 1/x: B_2k / (2k (2k - 1)). */
LOYI_LOCAL const double *loyi_gamma_stirling_terms(void) {
  static const double c[8] = {1.0 / 12,   -1.0 / 360,      1.0 / 1260, -1.0 / 1680,
                              1.0 / 1188, -691.0 / 360360, 1.0 / 156,  -3617.0 / 122400};
  return c;
}

/* The Bernoulli numbers B_2 ... B_20. */
LOYI_LOCAL const double *loyi_gamma_bernoulli(void) {
  static const double c[10] = {1.0 / 6,       -1.0 / 30, 1.0 / 42,      -1.0 / 30,     5.0 / 66,
                               -691.0 / 2730, 7.0 / 6,   -3617.0 / 510, 43867.0 / 798, -174611.0 / 330};
  return c;
}

LOYI_SHARED double loyi_stirling(double x) {
  double w = 1.0 / x;
  return w * loyi_polynomial(w * w, loyi_gamma_stirling_terms(), 8);
}

/* lnGamma(2 + z) for |z| <= 1/2: z times a minimax polynomial of relative error 2^-59. */
LOYI_LOCAL double loyi_gamma_near_two(double z) {
  static const double c[19] = {
      0x1.b0ee6072093cep-2,   0x1.4a34cc4a60fa7p-2,  -0x1.13e001a557616p-4,  0x1.51322ac7d8009p-6,
      -0x1.e404fc21888a9p-8,  0x1.7add6eae5595ap-9,  -0x1.38ac5c309c5efp-10, 0x1.0b36af367dbfap-11,
      -0x1.d3fd4943c9243p-13, 0x1.a127dc28c7c66p-14, -0x1.78defd9f4f89ep-15, 0x1.5806f50ca88cep-16,
      -0x1.3ca940e6d7088p-17, 0x1.263ea857b0fd7p-18, -0x1.131ce6d330ed1p-19, 0x1.ee177bd612cd6p-21,
      -0x1.c306b1ce128b7p-22, 0x1.2b0732dbb0a2cp-22, -0x1.33b560f102d5ep-23};
  return z * loyi_polynomial(z, c, 19);
}

/* lnGamma(1 + z) for -1/2 <= z <= 1/2; both terms have the sign of -z. */
LOYI_LOCAL double loyi_gamma_near_one(double z) { return loyi_gamma_near_two(z) - loyi_log1p(z); }

LOYI_SHARED double loyi_lgamma(double x) {
  if (!(x >= 0.0)) return (double)NAN;
  if (x == 0.0 || x > 2.6e305) return (double)INFINITY;
  if (x < 0.5) return loyi_gamma_near_one(x) - loyi_log(x);
  if (x < 1.5) return loyi_gamma_near_one(x - 1.0);
  if (x < LOYI_GAMMA_ASYMPTOTIC) {
    double product = 1.0;
    while (x > 2.5) {
      x -= 1.0;
      product *= x;
    }
    return loyi_gamma_near_two(x - 2.0) + loyi_log(product);
  }
  return (x - 0.5) * (loyi_log(x) - 1.0) + (0.5 * (LOYI_GAMMA_LN_2PI - 1.0) + loyi_stirling(x));
}

LOYI_SHARED double loyi_lgamma1p(double x) {
  if (!(x >= 0.0)) return (double)NAN;
  if (x <= 0.5) return loyi_gamma_near_one(x);
  if (x <= 1.5) return loyi_gamma_near_two(x - 1.0);
  return loyi_lgamma(1.0 + x);
}

/* The difference for a >= 10. (a - 1/2) ln(1 + d/a) - d is below d, while the first term exceeds 1.3 d. */
LOYI_LOCAL double loyi_gamma_delta_large(double a, double d) {
  const double *c = loyi_gamma_stirling_terms();
  double end = a + d;
  double u = 1.0 / a, v = 1.0 / end, t = d / a;
  double at_v, slope = loyi_gamma_divided(v * v, u * u, c, 8, &at_v);
  double stirling = -d * u * v * (at_v + u * (u + v) * slope);
  /* A tiny quotient may be subnormal; ln(1 + t) = t long before. */
  double near = t > 0x1p-60 ? (a - 0.5) * loyi_log1p(t) : d * (1.0 - 0.5 * u);
  return d * (loyi_log(end) - 1.0) + (near + stirling);
}

LOYI_SHARED double loyi_lgamma_delta(double a, double d) {
  if (!(a > 0.0) || !(d >= 0.0) || !(a + d < (double)INFINITY)) return (double)NAN;
  if (d == 0.0) return 0.0;
  if (d == 1.0) return loyi_log(a);
  if (a >= LOYI_GAMMA_ASYMPTOTIC) return loyi_gamma_delta_large(a, d);
  if (d > 1e15) return loyi_lgamma(a + d) - loyi_lgamma(a);
  /* Gamma(a + d) / Gamma(a) = Gamma(a + n + d) / Gamma(a + n) / prod (1 + d / (a + k)); the product minus 1 is a sum of
   * positive terms, at most 1e15^10. The first factor stands alone: with a tiny a it alone may be huge. */
  double first = a < 1e-200 && d > 1e-100 ? loyi_log(d) - loyi_log(a) : loyi_log1p(d / a);
  double excess = 0.0, shifted = a + 1.0;
  for (; shifted < LOYI_GAMMA_ASYMPTOTIC; shifted += 1.0) {
    double t = d / shifted;
    excess += t + excess * t;
  }
  return (loyi_gamma_delta_large(shifted, d) - loyi_log1p(excess)) - first;
}

/* ln x - 1/(2x) - digamma(x) = R(w^2), R(z) = sum B_2k / (2k) z^k; here the coefficients of R(z) / z. */
LOYI_LOCAL const double *loyi_gamma_digamma_terms(void) {
  static const double c[10] = {1.0 / 12,       -1.0 / 120, 1.0 / 252,      -1.0 / 240,      1.0 / 132,
                               -691.0 / 32760, 1.0 / 12,   -3617.0 / 8160, 43867.0 / 14364, -174611.0 / 6600};
  return c;
}

/* digamma(x) for 1 <= x <= 2, given x - 1: (x - x0) times a minimax polynomial in x - 3/2 of relative error 2^-58, with
 * the zero x0 in two parts. */
LOYI_LOCAL double loyi_gamma_digamma_middle(double x_minus_one) {
  static const double c[23] = {
      0x1.e6f0cbb873616p-1,  -0x1.b1cb63005ee98p-2,  0x1.eca189b8e6f76p-3,  -0x1.2feeeb98a78d3p-3,
      0x1.8512e590384cfp-4,  -0x1.fb44202a24f02p-5,  0x1.4de9aa17d358fp-5,  -0x1.b9f8b11b654e0p-6,
      0x1.2564716220e8fp-6,  -0x1.8635640e3b0eap-7,  0x1.03c0b0f8c632ep-7,  -0x1.5a06a32dffed6p-8,
      0x1.cd1f77ecfb540p-9,  -0x1.336dea1d54049p-9,  0x1.99dceef2cd442p-10, -0x1.0fb1c73b2519bp-10,
      0x1.69e82277a0062p-11, -0x1.fda4e2a4f7ff2p-12, 0x1.55b5bed5e5a30p-12, -0x1.2f5df9fcf8469p-13,
      0x1.87503dac6c5c1p-14, -0x1.75fddc18aaae8p-13, 0x1.fc3bcfdaf8914p-14};
  double distance = (x_minus_one - (0x1.762d86356be3fp+0 - 1.0)) - 0x1.b86a722197829p-54;
  return distance * loyi_polynomial(x_minus_one - 0.5, c, 23);
}

LOYI_SHARED double loyi_digamma(double x) {
  if (!(x > 0.0)) return (double)NAN;
  if (x < 1.0) return loyi_gamma_digamma_middle(x) - 1.0 / x;
  if (x < LOYI_GAMMA_ASYMPTOTIC) {
    double sum = 0.0;
    while (x > 2.0) {
      x -= 1.0;
      sum += 1.0 / x;
    }
    return sum + loyi_gamma_digamma_middle(x - 1.0);
  }
  double w = 1.0 / x, z = w * w;
  return loyi_log(x) - (0.5 * w + z * loyi_polynomial(z, loyi_gamma_digamma_terms(), 10));
}

LOYI_SHARED double loyi_trigamma(double x) {
  if (!(x > 0.0)) return (double)NAN;
  double sum = 0.0;
  for (; x < LOYI_GAMMA_ASYMPTOTIC; x += 1.0) sum += 1.0 / (x * x);
  double w = 1.0 / x, z = w * w;
  return sum + (w + z * (0.5 + w * loyi_polynomial(z, loyi_gamma_bernoulli(), 10)));
}

LOYI_SHARED double loyi_digamma_delta(double a, double d) {
  if (!(a > 0.0) || !(d >= 0.0) || !(a + d < (double)INFINITY)) return (double)NAN;
  double sum = 0.0;
  for (; a < LOYI_GAMMA_ASYMPTOTIC; a += 1.0) sum += (d / (a + d)) / a;
  double u = 1.0 / a, v = 1.0 / (a + d), step = d * v * u;
  /* R(v^2) - R(u^2) = (v^2 - u^2) (R/z at v^2 + u^2 slope of R/z), v^2 - u^2 = -step (u + v). */
  double at_v, slope = loyi_gamma_divided(v * v, u * u, loyi_gamma_digamma_terms(), 10, &at_v);
  return sum + (loyi_log1p(d / a) + step * (0.5 + (u + v) * (at_v + u * u * slope)));
}

LOYI_SHARED double loyi_trigamma_delta(double a, double d) {
  if (!(a > 0.0) || !(d >= 0.0) || !(a + d < (double)INFINITY)) return (double)NAN;
  double sum = 0.0;
  for (; a < LOYI_GAMMA_ASYMPTOTIC; a += 1.0) {
    double p = 1.0 / a, q = 1.0 / (a + d);
    sum += d * q * p * (p + q);
  }
  double u = 1.0 / a, v = 1.0 / (a + d), step = d * v * u;
  /* trigamma = w + w^2/2 + w^3 T(w^2); the slope of w^3 T between v and u, with z = w^2: T(z) (u^2 + u v + v^2) ... */
  double at_v, slope = loyi_gamma_divided(v * v, u * u, loyi_gamma_bernoulli(), 10, &at_v);
  double cubic = (u * u + u * v + v * v) * at_v + u * u * u * (u + v) * slope;
  return -(sum + step * (1.0 + (0.5 * (u + v) + cubic)));
}

LOYI_SHARED double loyi_lbeta(double a, double b) {
  if (!(a > 0.0) || !(b > 0.0) || !(a + b < (double)INFINITY)) return (double)NAN;
  if (a > b) {
    double swap = a;
    a = b;
    b = swap;
  }
  if (b == 1.0) return 0.0 - loyi_log(a);
  if (a < LOYI_GAMMA_ASYMPTOTIC) return loyi_lgamma(a) - loyi_lgamma_delta(b, a);
  /* Stirling's formula three times; the large terms have one sign. */
  double ratio = a / b;
  double stirling = loyi_stirling(a) + (loyi_stirling(b) - loyi_stirling(a + b));
  return (-a * loyi_log1p(b / a) - (b - 0.5) * loyi_log1p(ratio)) +
         (0.5 * (LOYI_GAMMA_LN_2PI - loyi_log(a)) + stirling);
}

#undef LOYI_GAMMA_ASYMPTOTIC
#undef LOYI_GAMMA_LN_2PI

LOY_END_DECLS

#endif /* LOYALTY_MATH_GAMMA_INL_H */
