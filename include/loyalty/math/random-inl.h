/* random-inl.h: body of random.h. */
#ifndef LOYALTY_MATH_RANDOM_INL_H
#define LOYALTY_MATH_RANDOM_INL_H

#include "elementary.h"
#include "gamma.h"
#include "normal.h"
#include "random.h"

LOY_BEGIN_DECLS

/* The output function of SplitMix64, a bijection of 64-bit words, and its increment, 2^64 over the golden ratio. */
#define LOYI_RANDOM_STEP UINT64_C(0x9e3779b97f4a7c15)
LOYI_LOCAL uint64_t loyi_random_mix(uint64_t z) {
  z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
  return z ^ (z >> 31);
}

/* Four different outputs of a bijection: at most one is 0. */
LOYI_SHARED void loyi_rng_seed(loyi_rng *rng, uint64_t seed) {
  for (int i = 0; i < 4; i++) {
    seed += LOYI_RANDOM_STEP;
    rng->state[i] = loyi_random_mix(seed);
  }
}

LOYI_SHARED void loyi_rng_seed_stream(loyi_rng *rng, uint64_t seed, uint64_t stream) {
  loyi_rng_seed(rng, loyi_random_mix((loyi_random_mix(seed + LOYI_RANDOM_STEP) ^ stream) + LOYI_RANDOM_STEP));
}

LOYI_SHARED uint64_t loyi_rng_next(loyi_rng *rng) {
  uint64_t *s = rng->state;
  uint64_t product = s[1] * 5;
  uint64_t result = ((product << 7) | (product >> 57)) * 9;
  uint64_t shifted = s[1] << 17;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= shifted;
  s[3] = (s[3] << 45) | (s[3] >> 19);
  return result;
}

LOYI_SHARED double loyi_rng_uniform(loyi_rng *rng) { return ((double)(loyi_rng_next(rng) >> 12) + 0.5) * 0x1p-52; }

LOYI_SHARED double loyi_rng_normal(loyi_rng *rng) { return loyi_normal_quantile(loyi_rng_uniform(rng)); }

LOYI_SHARED double loyi_rng_exponential(loyi_rng *rng) { return -loyi_log(loyi_rng_uniform(rng)); }

/* Marsaglia and Tsang's method, for shape >= 1: d v with d = shape - 1/3 and v the cube of a shifted normal. */
LOYI_LOCAL double loyi_random_gamma_above_one(loyi_rng *rng, double shape) {
  double d = shape - 1.0 / 3.0;
  double c = 1.0 / sqrt(9.0 * d);
  for (;;) {
    double x = loyi_rng_normal(rng);
    double root = 1.0 + c * x;
    double u = loyi_rng_uniform(rng);
    if (root <= 0.0) continue;
    double v = root * root * root;
    if (u < 1.0 - 0.0331 * (x * x) * (x * x)) return d * v;
    if (loyi_log(u) < 0.5 * x * x + d * (1.0 - v + 3.0 * loyi_log(root))) return d * v;
  }
}

LOYI_SHARED double loyi_rng_gamma(loyi_rng *rng, double shape) {
  if (!(shape > 0.0 && shape < (double)INFINITY)) return (double)NAN;
  if (shape >= 1.0) return loyi_random_gamma_above_one(rng, shape);
  double g = loyi_random_gamma_above_one(rng, shape + 1.0);
  return g * loyi_exp(loyi_log(loyi_rng_uniform(rng)) / shape);
}

LOYI_SHARED double loyi_rng_log_gamma(loyi_rng *rng, double shape) {
  if (!(shape > 0.0 && shape < (double)INFINITY)) return (double)NAN;
  if (shape >= 1.0) return loyi_log(loyi_random_gamma_above_one(rng, shape));
  double g = loyi_log(loyi_random_gamma_above_one(rng, shape + 1.0));
  return g + loyi_log(loyi_rng_uniform(rng)) / shape;
}

LOYI_SHARED double loyi_rng_beta(loyi_rng *rng, double a, double b) {
  if (!(a > 0.0 && a < (double)INFINITY && b > 0.0 && b < (double)INFINITY)) return (double)NAN;
  if (a < 0.1 || b < 0.1) { /* a uniform to the power of 1/0.1 is still a normal number */
    double log_x = loyi_rng_log_gamma(rng, a);
    double log_y = loyi_rng_log_gamma(rng, b);
    return 1.0 / (1.0 + loyi_exp(log_y - log_x));
  }
  double x = loyi_rng_gamma(rng, a);
  double y = loyi_rng_gamma(rng, b);
  return x / (x + y);
}

/* ln of the Poisson probability of k, without cancellation between k ln(mean) and lnGamma(k + 1). */
LOYI_LOCAL double loyi_random_log_poisson(double k, double mean) {
  if (k < 10.0) return k * loyi_log(mean) - mean - loyi_lgamma1p(k);
  double excess = mean - k;
  return (k * loyi_log1p(excess / k) - excess) - loyi_stirling(k) - 0.5 * loyi_log(6.283185307179586477 * k);
}

LOYI_SHARED double loyi_rng_poisson(loyi_rng *rng, double mean) {
  if (!(mean >= 0.0 && mean <= 1e15)) return (double)NAN;
  if (mean < 10.0) {
    double u = loyi_rng_uniform(rng), k = 0.0, p = loyi_exp(-mean);
    /* p reaches 0 after some hundred steps, should rounding leave u above the total. */
    while (u > p && p > 0.0) {
      u -= p;
      k += 1.0;
      p *= mean / k;
    }
    return k;
  }
  /* The constants of PTRS. */
  double b = 0.931 + 2.53 * sqrt(mean);
  double a = -0.059 + 0.02483 * b;
  double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
  double squeeze = 0.9277 - 3.6224 / (b - 2.0);
  for (;;) {
    double u = loyi_rng_uniform(rng) - 0.5;
    double v = loyi_rng_uniform(rng);
    double edge = 0.5 - fabs(u);
    double k = floor((2.0 * a / edge + b) * u + mean + 0.43);
    if (edge >= 0.07 && v <= squeeze) return k;
    if (k < 0.0 || (edge < 0.013 && v > edge)) continue;
    if (loyi_log(v * inverse_alpha / (a / (edge * edge) + b)) <= loyi_random_log_poisson(k, mean)) return k;
  }
}

/* lnGamma(to + 1) - lnGamma(from + 1), for whole numbers in either order. */
LOYI_LOCAL double loyi_random_log_factorials(double to, double from) {
  return to >= from ? loyi_lgamma_delta(from + 1.0, to - from) : -loyi_lgamma_delta(to + 1.0, from - to);
}

LOYI_SHARED double loyi_rng_binomial(loyi_rng *rng, double n, double p) {
  if (!(n >= 0.0 && n <= 1e15 && floor(n) == n && p >= 0.0 && p <= 1.0)) return (double)NAN;
  int mirrored = p > 0.5;
  double q = mirrored ? p : 1.0 - p;
  if (mirrored) p = 1.0 - p;
  double k = 0.0;
  if (n * p < 10.0) {
    double u = loyi_rng_uniform(rng), weight = loyi_exp(n * loyi_log1p(-p)), odds = p / q;
    while (u > weight && k < n) {
      u -= weight;
      k += 1.0;
      weight *= odds * ((n - k + 1.0) / k);
    }
  } else {
    /* The constants of BTRS; densities are relative to the mode m. */
    double spread = sqrt(n * p * q);
    double b = 1.15 + 2.53 * spread;
    double a = -0.0873 + 0.0248 * b + 0.01 * p;
    double alpha = (2.83 + 5.1 / b) * spread;
    double squeeze = 0.92 - 4.2 / b;
    double m = floor((n + 1.0) * p), log_odds = loyi_log(p / q);
    for (;;) {
      double u = loyi_rng_uniform(rng) - 0.5;
      double v = loyi_rng_uniform(rng);
      double edge = 0.5 - fabs(u);
      k = floor((2.0 * a / edge + b) * u + n * p + 0.5);
      if (k < 0.0 || k > n) continue;
      if (edge >= 0.07 && v <= squeeze) break;
      if (loyi_log(v * alpha / (a / (edge * edge) + b)) <=
          loyi_random_log_factorials(m, k) + loyi_random_log_factorials(n - m, n - k) + (k - m) * log_odds)
        break;
    }
  }
  return mirrored ? n - k : k;
}

#undef LOYI_RANDOM_STEP

LOY_END_DECLS

#endif /* LOYALTY_MATH_RANDOM_INL_H */
