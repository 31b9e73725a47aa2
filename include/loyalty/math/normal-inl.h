/* normal-inl.h: body of normal.h. */
#ifndef LOYALTY_MATH_NORMAL_INL_H
#define LOYALTY_MATH_NORMAL_INL_H

#include "elementary.h"
#include "normal.h"

LOY_BEGIN_DECLS

#define LOYI_NORMAL_SQRT_HALF 0.70710678118654752440

/* erf(x) for |x| <= 1/2: x times a minimax polynomial in x^2 of relative error 2^-57. */
LOYI_LOCAL double loyi_normal_erf_middle(double x) {
  static const double c[9] = {0x1.20dd750429b6dp+0,  -0x1.812746b0379b3p-2,  0x1.ce2f21a03d654p-4,
                              -0x1.b82ce30f1d03fp-6, 0x1.565bcbf55e129p-8,   -0x1.c02d4e7c45546p-11,
                              0x1.f98d8f2c3a7eap-14, -0x1.f2221085f498bp-17, 0x1.8b34a8006dbcap-20};
  return x * loyi_polynomial(x * x, c, 9);
}

/* exp(x^2) erfc(x) for x >= 1/2. (1 + 2x) times it is smooth up to infinity in q = (x - 4) / (x + 4); a minimax
 * polynomial of relative error 2^-57. */
LOYI_LOCAL double loyi_normal_erfcx_tail(double x) {
  static const double c[23] = {
      0x1.3ba5916e9fd7fp+0,   -0x1.1df1ad154a28dp-3,  0x1.f7f5df66fdb59p-7,   0x1.16ecefcfa5208p-4,
      -0x1.9ddb23c3eac1ap-4,  0x1.7fee004e1631dp-4,   -0x1.0fb06dfe213f8p-4,  0x1.3079edf5efec2p-5,
      -0x1.0962388c9da6ap-6,  0x1.49c672b7952a0p-8,   -0x1.8d4a933ee7e83p-11, -0x1.a1df4e9896864p-13,
      0x1.3bdfc74d77154p-13,  -0x1.9953badc0a67ep-16, -0x1.786f850175817p-17, 0x1.7eea318894afdp-18,
      0x1.34a33f276bb81p-22,  -0x1.b77cd11721944p-21, 0x1.60b348e5efb9ap-24,  0x1.b85834e892275p-24,
      -0x1.89a05c85163ecp-26, -0x1.42e9e83c79948p-27, 0x1.c38513d20fde6p-29};
  double q = (x - 4.0) / (x + 4.0);
  return loyi_polynomial(q, c, 23) / (1.0 + 2.0 * x);
}

/* exp(-x^2 half) with the square in two parts: rounded to one it would cost x^2 ulp. `half` is 1 or 1/2. */
LOYI_LOCAL double loyi_normal_exp_square(double x, double half) {
  loyi_pair square = loyi_pair_product(x, x);
  return loyi_exp_sum(-half * square.high, -half * square.low);
}

LOYI_SHARED double loyi_erfc(double x) {
  if (!(x == x)) return (double)NAN;
  if (fabs(x) <= 0.5) return 1.0 - loyi_normal_erf_middle(x);
  double size = fabs(x);
  double tail = size > 28.0 ? 0.0 : loyi_normal_exp_square(size, 1.0) * loyi_normal_erfcx_tail(size);
  return x < 0.0 ? 2.0 - tail : tail;
}

LOYI_SHARED double loyi_erf(double x) {
  if (!(x == x)) return (double)NAN;
  if (fabs(x) <= 0.5) return loyi_normal_erf_middle(x);
  return copysign(1.0 - loyi_erfc(fabs(x)), x);
}

LOYI_SHARED double loyi_erfcx(double x) {
  if (!(x >= 0.0)) return (double)NAN;
  if (x > 0x1p60) return 0x1.20dd750429b6dp-1 / x; /* 1 / (sqrt(pi) x) */
  if (x < 0.5) return loyi_exp(x * x) * (1.0 - loyi_normal_erf_middle(x));
  return loyi_normal_erfcx_tail(x);
}

LOYI_SHARED double loyi_normal_cdf(double x) {
  if (!(x == x)) return (double)NAN;
  double size = fabs(x);
  if (size < 0.7) return 0.5 + 0.5 * loyi_normal_erf_middle(x * LOYI_NORMAL_SQRT_HALF);
  double tail = size > 40.0
                    ? 0.0
                    : 0.5 * loyi_normal_exp_square(size, 0.5) * loyi_normal_erfcx_tail(size * LOYI_NORMAL_SQRT_HALF);
  return x < 0.0 ? tail : 1.0 - tail;
}

/* Rational approximations of M. J. Wichura, "Algorithm AS 241: the percentage points of the normal distribution",
 * Applied Statistics 37, 1988, PPND16: relative error about 1e-16. */
LOYI_SHARED double loyi_normal_quantile(double p) {
  static const double a[8] = {3.3871328727963666080e0,  1.3314166789178437745e+2, 1.9715909503065514427e+3,
                              1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
                              3.3430575583588128105e+4, 2.5090809287301226727e+3};
  static const double b[8] = {1.0,
                              4.2313330701600911252e+1,
                              6.8718700749205790830e+2,
                              5.3941960214247511077e+3,
                              2.1213794301586595867e+4,
                              3.9307895800092710610e+4,
                              2.8729085735721942674e+4,
                              5.2264952788528545610e+3};
  static const double c[8] = {1.42343711074968357734e0,  4.63033784615654529590e0, 5.76949722146069140550e0,
                              3.64784832476320460504e0,  1.27045825245236838258e0, 2.41780725177450611770e-1,
                              2.27238449892691845833e-2, 7.74545014278341407640e-4};
  static const double d[8] = {1.0,
                              2.05319162663775882187e0,
                              1.67638483018380384940e0,
                              6.89767334985100004550e-1,
                              1.48103976427480074590e-1,
                              1.51986665636164571966e-2,
                              5.47593808499534494600e-4,
                              1.05075007164441684324e-9};
  static const double e[8] = {6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,
                              2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                              2.71155556874348757815e-5, 2.01033439929228813265e-7};
  static const double f[8] = {1.0,
                              5.99832206555887937690e-1,
                              1.36929880922735805310e-1,
                              1.48753612908506148525e-2,
                              7.86869131145613259100e-4,
                              1.84631831751005468180e-5,
                              1.42151175831644588870e-7,
                              2.04426310338993978564e-15};
  if (!(p >= 0.0 && p <= 1.0)) return (double)NAN;
  double q = p - 0.5;
  if (fabs(q) <= 0.425) {
    double r = 0.180625 - q * q;
    return q * loyi_polynomial(r, a, 8) / loyi_polynomial(r, b, 8);
  }
  double tail = q < 0.0 ? p : 1.0 - p;
  if (tail == 0.0) return copysign((double)INFINITY, q);
  double r = sqrt(-loyi_log(tail));
  double x = r <= 5.0 ? loyi_polynomial(r - 1.6, c, 8) / loyi_polynomial(r - 1.6, d, 8)
                      : loyi_polynomial(r - 5.0, e, 8) / loyi_polynomial(r - 5.0, f, 8);
  return copysign(x, q);
}

#undef LOYI_NORMAL_SQRT_HALF

LOY_END_DECLS

#endif /* LOYALTY_MATH_NORMAL_INL_H */
