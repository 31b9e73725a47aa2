/* elementary.h: private. exp, log, log1p, expm1 and pow with the same bits on every machine.
 *
 * The C library's versions change their last bits with the processor and the release. These use only IEEE 754 addition,
 * multiplication and division and the bit patterns of doubles, so that C, Python and Lua, scalar and vector code agree
 * to the last bit. They are static inline in every form of the library and have no table and, loyi_pow apart, no
 * branch, so that compilers turn a plain loop over loyi_log or loyi_exp into vector code.
 *
 * Two habits keep them so. Selections go through loyi_select, on bit patterns: a ternary over computed values may
 * become a branch around the computation, which no compiler turns back into vector code as floating-point operations
 * may trap (a choice between constants and the argument computes nothing and may stay a ternary). Integers stay 64-bit
 * unsigned with shifts by constants: AVX2 has no conversion between 64-bit integers and doubles, so an integer k is
 * read from the low bits of 1.5 * 2^52 + k and written back by the same addition.
 *
 * Accuracy, measured against an arbitrary-precision library (docs/accuracy.md): exp 0.60 ulp, log 0.66, log1p 0.67,
 * expm1 0.64, pow 0.61, where 0.5 is perfect; exp 0.75 where its value is below 2^-1022. Arguments at the edges behave
 * as C99 annex F says, except that the sign of a NaN is not kept. The bits are those without contraction of a * b + c
 * into one rounding (-ffp-contract=off); with it the last ones may differ, and the errors stay within the same bounds.
 */
#ifndef LOYALTY_MATH_ELEMENTARY_H
#define LOYALTY_MATH_ELEMENTARY_H

#include <math.h>
#include <string.h>

#include "../base/config.h"

LOY_BEGIN_DECLS

/* 1.5 * 2^52: adding it to a double of size below 2^51 rounds that to an integer, to nearest even, and leaves the
 * integer in the low bits. */
#define LOYI_ELEMENTARY_ROUND   0x1.8p52
#define LOYI_ELEMENTARY_INV_LN2 0x1.71547652b82fep+0 /* 1 / ln 2 */
/* ln 2 in two parts: the first has 42 bits, so that its product with an exponent is exact. */
#define LOYI_ELEMENTARY_LN2_HI 0x1.62e42fefa3800p-1
#define LOYI_ELEMENTARY_LN2_LO 0x1.ef35793c76730p-45
/* Bit pattern of sqrt(1/2): significands are taken from [sqrt(1/2), sqrt(2)). */
#define LOYI_ELEMENTARY_SQRT_HALF UINT64_C(0x3fe6a09e667f3bcd)
#define LOYI_ELEMENTARY_MANTISSA  UINT64_C(0x000fffffffffffff)
#define LOYI_ELEMENTARY_ONE       UINT64_C(0x3ff0000000000000)

/* The bit pattern of a double, and back. */
static inline uint64_t loyi_bits(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}
static inline double loyi_from_bits(uint64_t bits) {
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

/* `yes` where `condition` (0 or 1), else `no`; both are always computed. */
static inline double loyi_select(int condition, double yes, double no) {
  uint64_t mask = (uint64_t)0 - (uint64_t)condition;
  return loyi_from_bits((loyi_bits(yes) & mask) | (loyi_bits(no) & ~mask));
}

/* x without the lower 27 bits of its significand: the square of the result is exact. */
static inline double loyi_upper_half(double x) { return loyi_from_bits(loyi_bits(x) & UINT64_C(0xfffffffff8000000)); }

/* (exp(r) - 1 - r - r^2/2) / r^3 for |r| <= 0.3466. A minimax polynomial: contributes 2^-60 to exp. */
static inline double loyi_exp_tail(double r) {
  double r2 = r * r;
  double even = 0x1.555555555555bp-3 +
                r2 * (0x1.111111110ebfap-7 +
                      r2 * (0x1.a01a01b3a4ad7p-13 + r2 * (0x1.71ddefc336f17p-19 + r2 * 0x1.af6c84f92be8cp-26)));
  double odd = 0x1.555555555555ap-5 +
               r2 * (0x1.6c16c16c14123p-10 +
                     r2 * (0x1.a01a01b20bb52p-16 + r2 * (0x1.27e4c2a7a3f5bp-22 + r2 * 0x1.1f99e0112c68fp-29)));
  return even + r * odd;
}

/* exp(x + low) where |low| is at most an ulp of x: the argument of pow needs the extra bits. */
static inline double loyi_exp_sum(double x, double low) {
  /* Beyond +-750 the answer is infinite or 0 all the same, and the exponents below stay in range. A NaN passes. */
  double c = fabs(x) > 750.0 ? copysign(750.0, x) : x;
  /* c = k ln 2 + r + r_low, |r| <= ln(2)/2; then exp(c) = 2^k (1 + r + r^2/2 + ...), 1 + r with its rounding error. */
  double k = (c * LOYI_ELEMENTARY_INV_LN2 + LOYI_ELEMENTARY_ROUND) - LOYI_ELEMENTARY_ROUND;
  double r_high = c - k * LOYI_ELEMENTARY_LN2_HI;
  double shift = k * LOYI_ELEMENTARY_LN2_LO;
  double r = r_high - shift;
  double r_low = ((r_high - r) - shift) + low;
  double sum = 1.0 + r;
  double error = (1.0 - sum) + r;
  double rest = r * r * (0.5 + r * loyi_exp_tail(r));
  double y = sum + (error + (r_low * (sum + rest) + rest));
  /* 2^k in two factors, as k may exceed the range of one exponent; an answer below 2^-1022 is rounded once, by the
   * second. */
  double k1 = (k * 0.5 + LOYI_ELEMENTARY_ROUND) - LOYI_ELEMENTARY_ROUND;
  double k2 = k - k1;
  double scale1 = loyi_from_bits(loyi_bits(k1 + (LOYI_ELEMENTARY_ROUND + 1023.0)) << 52);
  double scale2 = loyi_from_bits(loyi_bits(k2 + (LOYI_ELEMENTARY_ROUND + 1023.0)) << 52);
  return y * scale1 * scale2;
}

/* exp(x), any x. exp(-inf) = 0, exp(inf) = inf; overflows above 709.78, gradual underflow below -708.39, 0 below
 * -745.13. */
static inline double loyi_exp(double x) { return loyi_exp_sum(x, -0.0); }

/* ln(2^k (1 + f)) + extra, for sqrt(1/2) <= 1 + f < sqrt(2) and a small `extra`, which is added where it loses nothing.
 *
 * With s = f / (2 + f): ln(1 + f) = 2 atanh(s) = f - f^2/2 + s (f^2/2 + R(s^2)) (the arrangement of FDLIBM's log, Sun
 * Microsystems 1993). The terms k ln 2, f and the upper half of f^2/2 are added without error. */
static inline double loyi_log_parts(double f, double k, double extra) {
  double s = f / (2.0 + f);
  double z = s * s;
  double z2 = z * z;
  double tail =
      z *
      ((0x1.5555555555592p-1 + z2 * (0x1.24924941f8ab1p-2 + z2 * (0x1.746640594b21ap-3 + z2 * 0x1.2f0706282fa91p-3))) +
       z * (0x1.999999997fd3bp-2 + z2 * (0x1.c71c5202c852ap-3 + z2 * 0x1.39a1934e57711p-3)));
  double upper = loyi_upper_half(f);
  double half_square = 0.5 * upper * upper;
  double half_square_low = 0.5 * (f - upper) * (f + upper);
  double whole = k * LOYI_ELEMENTARY_LN2_HI;
  double sum1 = whole + f;
  double error1 = (whole - sum1) + f;
  double sum2 = sum1 - half_square;
  double error2 = (sum1 - sum2) - half_square;
  double rest = s * ((half_square + half_square_low) + tail) - half_square_low;
  return sum2 + ((error1 + error2 + (k * LOYI_ELEMENTARY_LN2_LO + extra)) + rest);
}

/* ln(x). ln(0) = -inf, ln(inf) = inf, NaN for negative x and NaN. Subnormal x included. */
static inline double loyi_log(double x) {
  int tiny = x < 0x1p-1022;
  uint64_t bits = loyi_bits(x * loyi_select(tiny, 0x1p54, 1.0)) + (LOYI_ELEMENTARY_ONE - LOYI_ELEMENTARY_SQRT_HALF);
  double k =
      loyi_from_bits(UINT64_C(0x4330000000000000) | (bits >> 52)) - loyi_select(tiny, 0x1p52 + 1077.0, 0x1p52 + 1023.0);
  double m = loyi_from_bits((bits & LOYI_ELEMENTARY_MANTISSA) + LOYI_ELEMENTARY_SQRT_HALF);
  double y = loyi_log_parts(m - 1.0, k, -0.0);
  double special = loyi_select(x == 0.0, -(double)INFINITY, loyi_select(x > 0.0, x, (double)NAN));
  return loyi_select((x > 0.0) & (x < (double)INFINITY), y, special);
}

/* loyi_log(x), bit for bit, for 2^-1022 <= x < inf, at about three quarters of the cost: for loops that know their x.
 * It is no part of loyi_log, which compilers would then no longer expand in place everywhere. */
static inline double loyi_log_normal(double x) {
  uint64_t bits = loyi_bits(x) + (LOYI_ELEMENTARY_ONE - LOYI_ELEMENTARY_SQRT_HALF);
  double k = loyi_from_bits(UINT64_C(0x4330000000000000) | (bits >> 52)) - (0x1p52 + 1023.0);
  double m = loyi_from_bits((bits & LOYI_ELEMENTARY_MANTISSA) + LOYI_ELEMENTARY_SQRT_HALF);
  return loyi_log_parts(m - 1.0, k, -0.0);
}

/* ln(1 + x). The same number as x for tiny x, -0 included; -inf at -1, NaN below and at NaN, inf at inf. */
static inline double loyi_log1p(double x) {
  /* u + low = 1 + x exactly (Knuth's two-sum). */
  double u = 1.0 + x;
  double part = u - 1.0;
  double low = (1.0 - (u - part)) + (x - part);
  uint64_t bits = loyi_bits(u) + (LOYI_ELEMENTARY_ONE - LOYI_ELEMENTARY_SQRT_HALF);
  double k = loyi_from_bits(UINT64_C(0x4330000000000000) | (bits >> 52)) - (0x1p52 + 1023.0);
  double f = loyi_from_bits((bits & LOYI_ELEMENTARY_MANTISSA) + LOYI_ELEMENTARY_SQRT_HALF) - 1.0;
  /* ln(m + g) = ln(m) + g/m - ... with g = low / 2^k, |g| <= 2^-53; 1/m = 1 - f + f^2 is enough for so small a term.
   * Where 2^-k would leave the range, `low` is far below the last bit. */
  double scale = loyi_from_bits(UINT64_C(0x7fe0000000000000) - (bits & UINT64_C(0x7ff0000000000000)));
  double g = loyi_select(u < 0x1p1000, low * scale, 0.0);
  double y = loyi_log_parts(f, k, g - g * (f - f * f));
  /* 0, -0 and inf are their own answer. */
  double special = loyi_select(x == -1.0, -(double)INFINITY, loyi_select(x >= 0.0, x, (double)NAN));
  return loyi_select((x > -1.0) & (x < (double)INFINITY) & (x != 0.0), y, special);
}

/* exp(x) - 1. The same number as x for tiny x, -0 included; -1 at -inf, inf at inf. */
static inline double loyi_expm1(double x) {
  double c = loyi_select(x > 710.0, 710.0, x);
  c = loyi_select(c < -40.0, -40.0, c); /* exp(-40) is below a quarter ulp of 1 */
  double k = (c * LOYI_ELEMENTARY_INV_LN2 + LOYI_ELEMENTARY_ROUND) - LOYI_ELEMENTARY_ROUND;
  double r_high = c - k * LOYI_ELEMENTARY_LN2_HI;
  double shift = k * LOYI_ELEMENTARY_LN2_LO;
  double r = r_high - shift;
  double r_low = (r_high - r) - shift;
  /* Half the answer: h (1 + r + r^2/2 + ...) - 1/2 with h = 2^(k-1), which unlike 2^k never overflows. h - 1/2, h r and
   * the upper half of h r^2/2 are added without error. */
  double h = loyi_from_bits(loyi_bits(k + (LOYI_ELEMENTARY_ROUND + 1022.0)) << 52);
  double upper = loyi_upper_half(r);
  double half_square = 0.5 * upper * upper;
  double half_square_low = 0.5 * (r - upper) * (r + upper);
  double whole = h - 0.5;
  double part = whole - h;
  double error = (h - (whole - part)) + (-0.5 - part);
  double linear = h * r;
  double sum1 = whole + linear;
  double error1 = (whole - sum1) + linear;
  double square = h * half_square;
  double sum2 = sum1 + square;
  double error2 = (sum1 - sum2) + square;
  double rest = h * ((r_low + r_low * r) + (half_square_low + r * r * r * loyi_exp_tail(r)));
  double y = 2.0 * (sum2 + ((error + error1 + error2) + rest));
  /* Halving a subnormal would round it; below 2^-54 the answer is x. */
  return loyi_select(fabs(x) < 0x1p-54, x, y);
}

/* c[0] + c[1] x + ... + c[n-1] x^(n-1), by Horner's rule. */
static inline double loyi_polynomial(double x, const double *c, int n) {
  double y = c[n - 1];
  for (int i = n - 2; i >= 0; i--) y = y * x + c[i];
  return y;
}

/* A number as the unevaluated sum of two, |low| at most half an ulp of high. */
typedef struct loyi_pair {
  double high, low;
} loyi_pair;

/* a + b, exactly. */
static inline loyi_pair loyi_pair_sum(double a, double b) {
  loyi_pair sum;
  sum.high = a + b;
  double part = sum.high - a;
  sum.low = (a - (sum.high - part)) + (b - part);
  return sum;
}

/* a * b to 2^-105 of itself, unless it over- or underflows (Dekker's splitting; no fused operation). Every product
 * below but the last is exact, so that a compiler which contracts a * b + c all the same does no harm: the usual form,
 * with high = a * b and the rest as corrections, would then count the rounding error of a * b twice. */
static inline loyi_pair loyi_pair_product(double a, double b) {
  loyi_pair product;
  double a_high = loyi_upper_half(a), a_low = a - a_high;
  double b_high = loyi_upper_half(b), b_low = b - b_high;
  double high = a_high * b_high, left = a_high * b_low, right = a_low * b_high;
  double sum = high + left;
  product.high = sum + right;
  product.low = (((high - sum) + left) + ((sum - product.high) + right)) + a_low * b_low;
  return product;
}

/* a + b and a * b of pairs, relative error about 2^-102 (for the sum: unless it cancels). */
static inline loyi_pair loyi_pair_add(loyi_pair a, loyi_pair b) {
  loyi_pair sum = loyi_pair_sum(a.high, b.high);
  loyi_pair low = loyi_pair_sum(a.low, b.low);
  sum = loyi_pair_sum(sum.high, sum.low + low.high);
  return loyi_pair_sum(sum.high, sum.low + low.low);
}
static inline loyi_pair loyi_pair_multiply(loyi_pair a, loyi_pair b) {
  loyi_pair product = loyi_pair_product(a.high, b.high);
  return loyi_pair_sum(product.high, product.low + (a.high * b.low + a.low * b.high));
}

/* a / b of pairs, relative error about 2^-100. */
static inline loyi_pair loyi_pair_divide(loyi_pair a, loyi_pair b) {
  double q = a.high / b.high;
  loyi_pair back = loyi_pair_product(q, b.high);
  double rest = (((a.high - back.high) - back.low) + a.low) - q * b.low;
  return loyi_pair_sum(q, rest / b.high);
}

/* ln(x.high + x.low) to about 2^-68 of the answer, for positive finite x. */
static inline loyi_pair loyi_pair_log(loyi_pair x) {
  double lift = x.high < 0x1p-1022 ? 54.0 : 0.0; /* subnormal */
  if (lift > 0.0) {
    x.high *= 0x1p54;
    x.low *= 0x1p54;
  }
  uint64_t bits = loyi_bits(x.high) + (LOYI_ELEMENTARY_ONE - LOYI_ELEMENTARY_SQRT_HALF);
  double k = loyi_from_bits(UINT64_C(0x4330000000000000) | (bits >> 52)) - (0x1p52 + 1023.0);
  double m = loyi_from_bits((bits & LOYI_ELEMENTARY_MANTISSA) + LOYI_ELEMENTARY_SQRT_HALF);
  /* 2^-k in two factors, as above. */
  double k1 = (k * 0.5 + LOYI_ELEMENTARY_ROUND) - LOYI_ELEMENTARY_ROUND;
  double scale1 = loyi_from_bits(loyi_bits((LOYI_ELEMENTARY_ROUND + 1023.0) - k1) << 52);
  double scale2 = loyi_from_bits(loyi_bits((LOYI_ELEMENTARY_ROUND + 1023.0) - (k - k1)) << 52);
  loyi_pair f = loyi_pair_sum(m - 1.0, x.low * scale1 * scale2);
  loyi_pair two = {2.0, 0.0};
  /* 2 atanh(s) = s (2 + z (2/3 + z (2/5 + z (2/7 + ...)))), z = s^2 <= 0.0295: the bracket from 2/7 on, below 2^-16 of
   * the whole, in one double; the rest in pairs. */
  loyi_pair s = loyi_pair_divide(f, loyi_pair_add(two, f));
  loyi_pair z = loyi_pair_multiply(s, s);
  double t = z.high;
  double tail =
      t * (0x1.24924924927cdp-2 +
           t * (0x1.c71c71c65a0d5p-3 +
                t * (0x1.745d17d762ad5p-3 +
                     t * (0x1.3b137834162c5p-3 +
                          t * (0x1.111dce752ec5cp-3 + t * (0x1.de9e821785e31p-4 + t * 0x1.e7dff449f0019p-4))))));
  loyi_pair fifth = {0x1.999999999999ap-2, -0x1.999999999999ap-56};
  loyi_pair third = {0x1.5555555555555p-1, 0x1.5555555555555p-55};
  loyi_pair tail_pair = {tail, 0.0};
  loyi_pair sum = loyi_pair_add(fifth, tail_pair);
  sum = loyi_pair_add(third, loyi_pair_multiply(z, sum));
  loyi_pair cubic = loyi_pair_multiply(loyi_pair_multiply(z, s), sum);
  loyi_pair twice = {2.0 * s.high, 2.0 * s.low};
  loyi_pair y = loyi_pair_add(twice, cubic);
  /* k ln 2: the first part is exact, the second a pair whose own error is below 2^-100. */
  k -= lift;
  loyi_pair shift = loyi_pair_product(k, LOYI_ELEMENTARY_LN2_LO);
  loyi_pair whole = {k * LOYI_ELEMENTARY_LN2_HI, 0.0};
  return loyi_pair_add(loyi_pair_add(whole, shift), y);
}

/* exp of a pair. */
static inline double loyi_pair_exp(loyi_pair x) { return loyi_exp_sum(x.high, x.low); }

/* x^y for x >= 0; NaN for negative x. The sign of a zero x is ignored. x^0 = 1 and 1^y = 1 for every x and y, NaN
 * included. */
static inline double loyi_pow(double x, double y) {
  if (x == 1.0 || y == 0.0) return 1.0;
  if (!(x >= 0.0) || y != y) return (double)NAN;
  if (x == 0.0) return y > 0.0 ? 0.0 : (double)INFINITY;
  if (x == (double)INFINITY) return y > 0.0 ? (double)INFINITY : 0.0;
  /* |ln x| >= 2^-53: from here on x^y is 0 or infinite, and products stay in range. */
  if (fabs(y) > 0x1p64) return (y > 0.0) == (x > 1.0) ? (double)INFINITY : 0.0;
  loyi_pair argument = {x, 0.0};
  loyi_pair logarithm = loyi_pair_log(argument);
  loyi_pair product = loyi_pair_product(y, logarithm.high);
  return loyi_exp_sum(product.high, fabs(product.high) < 1000.0 ? product.low + y * logarithm.low : 0.0);
}

#undef LOYI_ELEMENTARY_ROUND
#undef LOYI_ELEMENTARY_INV_LN2
#undef LOYI_ELEMENTARY_LN2_HI
#undef LOYI_ELEMENTARY_LN2_LO
#undef LOYI_ELEMENTARY_SQRT_HALF
#undef LOYI_ELEMENTARY_MANTISSA
#undef LOYI_ELEMENTARY_ONE

LOY_END_DECLS

#endif /* LOYALTY_MATH_ELEMENTARY_H */
