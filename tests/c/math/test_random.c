/* The generator against its published vectors, and the distributions against theirs. Seeds are fixed, so the
 * statistical tests always give the same answer: they passed when written, at levels that a correct generator misses
 * once in a thousand runs, and any change of a bit shows in the pinned values. */
#include <stdlib.h>

#include "check.h"

#include "loyalty/math/elementary.h"
#include "loyalty/math/gamma.h"
#include "loyalty/math/incomplete.h"
#include "loyalty/math/normal.h"
#include "loyalty/math/random.h"

#if LOY_TEST_INTERNALS

/* SplitMix64 from seeds 0 and 1234567, as published with the algorithm and in the Rosetta Code collection. */
static void test_seed(void) {
  loyi_rng rng;
  loyi_rng_seed(&rng, 0);
  CU_ASSERT_EQUAL(rng.state[0], UINT64_C(0xe220a8397b1dcdaf));
  CU_ASSERT_EQUAL(rng.state[1], UINT64_C(0x6e789e6aa1b965f4));
  CU_ASSERT_EQUAL(rng.state[2], UINT64_C(0x06c45d188009454f));
  CU_ASSERT_EQUAL(rng.state[3], UINT64_C(0xf88bb8a8724c81ec));
  loyi_rng_seed(&rng, 1234567);
  CU_ASSERT_EQUAL(rng.state[0], UINT64_C(6457827717110365317));
  CU_ASSERT_EQUAL(rng.state[1], UINT64_C(3203168211198807973));
  CU_ASSERT_EQUAL(rng.state[2], UINT64_C(9817491932198370423));
  CU_ASSERT_EQUAL(rng.state[3], UINT64_C(4593380528125082431));
}

/* xoshiro256** from the state 1, 2, 3, 4: the vector of the reference implementation, used by several languages. */
static void test_next(void) {
  static const uint64_t expected[10] = {UINT64_C(11520),
                                        UINT64_C(0),
                                        UINT64_C(1509978240),
                                        UINT64_C(1215971899390074240),
                                        UINT64_C(1216172134540287360),
                                        UINT64_C(607988272756665600),
                                        UINT64_C(16172922978634559625),
                                        UINT64_C(8476171486693032832),
                                        UINT64_C(10595114339597558777),
                                        UINT64_C(2904607092377533576)};
  loyi_rng rng = {{1, 2, 3, 4}};
  for (size_t i = 0; i < 10; i++) CU_ASSERT_EQUAL(loyi_rng_next(&rng), expected[i]);
}

static void test_uniform(void) {
  loyi_rng rng, copy;
  double sum = 0.0, least = 1.0, most = 0.0;
  loyi_rng_seed(&rng, 42);
  copy = rng;
  CHECK_BITS(loyi_rng_uniform(&rng), ((double)(loyi_rng_next(&copy) >> 12) + 0.5) / 4503599627370496.0);
  for (int i = 0; i < 100000; i++) {
    double u = loyi_rng_uniform(&rng);
    sum += u;
    least = u < least ? u : least;
    most = u > most ? u : most;
  }
  CHECK_NEAR(sum / 100000, 0.5, 3.3 * 0.2886751345948129 / 316.22776601683796);
  CU_ASSERT(least > 0.0 && least < 1e-4 && most < 1.0 && most > 1.0 - 1e-4);
}

/* The ends of the range: all bits clear and all bits set. State s[1] = 0 gives 0; the inverse scrambling of 2^64 - 1
 * gives the other. */
static void test_uniform_is_open(void) {
  loyi_rng lowest = {{1, 0, 0, 0}}, highest = {{1, 0, 0, 0}};
  uint64_t ninth = UINT64_C(0x8e38e38e38e38e39), fifth = UINT64_C(0xcccccccccccccccd);
  uint64_t rotated = ~UINT64_C(0) * ninth;
  highest.state[1] = ((rotated >> 7) | (rotated << 57)) * fifth;
  CHECK_BITS(loyi_rng_uniform(&lowest), 0x1p-53);
  CHECK_BITS(loyi_rng_uniform(&highest), 1.0 - 0x1p-53);
}

#  define DRAWS 20000

static double draws[DRAWS];

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Kolmogorov's statistic sqrt(n) sup |F_n - F| of the draws; above 1.95 with probability 0.001. */
typedef double (*distribution)(double x, double a, double b);
static double kolmogorov(distribution f, double a, double b) {
  double most = 0.0;
  qsort(draws, DRAWS, sizeof draws[0], ascending);
  for (int i = 0; i < DRAWS; i++) {
    double p = f(draws[i], a, b);
    double above = (i + 1.0) / DRAWS - p, below = p - (double)i / DRAWS;
    most = above > most ? above : most;
    most = below > most ? below : most;
  }
  return most * sqrt((double)DRAWS);
}

static double normal_below(double x, double a, double b) {
  (void)a;
  (void)b;
  return loyi_normal_cdf(x);
}
static double gamma_below(double x, double shape, double b) {
  (void)b;
  return loyi_gamma_inc(shape, x);
}
/* P(ln G <= x), where exp(x) underflows by its leading term exp(shape x) / Gamma(shape + 1). */
static double log_gamma_below(double x, double shape, double b) {
  (void)b;
  return x < -700.0 ? loyi_exp(shape * x - loyi_lgamma1p(shape)) : loyi_gamma_inc(shape, loyi_exp(x));
}
static double beta_below(double x, double a, double b) { return loyi_beta_inc(a, b, x); }

static void test_normal(void) {
  loyi_rng rng;
  loyi_rng_seed(&rng, 1);
  for (int i = 0; i < DRAWS; i++) draws[i] = loyi_rng_normal(&rng);
  CU_ASSERT(kolmogorov(normal_below, 0.0, 0.0) < 1.95);
}

static void test_exponential(void) {
  loyi_rng rng;
  loyi_rng_seed(&rng, 2);
  for (int i = 0; i < DRAWS; i++) draws[i] = loyi_rng_exponential(&rng);
  CU_ASSERT(kolmogorov(gamma_below, 1.0, 0.0) < 1.95);
}

static void test_gamma(void) {
  static const double shape[] = {0.05, 0.243, 0.999, 1.0, 1.5, 10.0, 1e4};
  loyi_rng rng;
  loyi_rng_seed(&rng, 3);
  for (size_t k = 0; k < sizeof shape / sizeof shape[0]; k++) {
    for (int i = 0; i < DRAWS; i++) draws[i] = loyi_rng_gamma(&rng, shape[k]);
    CU_ASSERT(kolmogorov(gamma_below, shape[k], 0.0) < 1.95);
  }
}

static void test_log_gamma(void) {
  static const double shape[] = {1e-6, 0.003, 0.5, 3.0};
  loyi_rng rng, copy;
  loyi_rng_seed(&rng, 4);
  for (size_t k = 0; k < sizeof shape / sizeof shape[0]; k++) {
    for (int i = 0; i < DRAWS; i++) {
      draws[i] = loyi_rng_log_gamma(&rng, shape[k]);
      CU_ASSERT_FATAL(draws[i] > -(double)INFINITY);
    }
    CU_ASSERT(kolmogorov(log_gamma_below, shape[k], 0.0) < 1.95);
  }
  copy = rng;
  CHECK_CLOSE(loyi_exp(loyi_rng_log_gamma(&copy, 0.7)), loyi_rng_gamma(&rng, 0.7), 1e-14);
  CU_ASSERT(memcmp(&rng, &copy, sizeof rng) == 0);
}

static void test_beta(void) {
  static const double shape[][2] = {{0.05, 0.08}, {0.793, 2.426}, {1.0, 1.0}, {30.0, 0.5}, {500.0, 700.0}};
  loyi_rng rng;
  loyi_rng_seed(&rng, 5);
  for (size_t k = 0; k < sizeof shape / sizeof shape[0]; k++) {
    for (int i = 0; i < DRAWS; i++) {
      draws[i] = loyi_rng_beta(&rng, shape[k][0], shape[k][1]);
      CU_ASSERT_FATAL(draws[i] >= 0.0 && draws[i] <= 1.0);
    }
    /* Many values of beta(0.05, 0.08) round to 1, where the distribution of doubles jumps: one probability is compared.
     */
    if (k > 0) {
      CU_ASSERT(kolmogorov(beta_below, shape[k][0], shape[k][1]) < 1.95);
    } else {
      int below = 0;
      double p = loyi_beta_inc(shape[k][0], shape[k][1], 0.25);
      for (int i = 0; i < DRAWS; i++) below += draws[i] <= 0.25;
      CHECK_NEAR((double)below / DRAWS, p, 3.3 * sqrt(p * (1.0 - p) / DRAWS));
    }
  }
}

/* Pearson's statistic of counts of whole numbers against a distribution function, standardised: (X - df) / sqrt(2 df).
 * Cells with fewer than 8 expected draws are pooled with their neighbours. */
static double pearson(distribution f, double a, double b) {
  double statistic = 0.0, last = 0.0, cells = 0.0;
  int i = 0;
  qsort(draws, DRAWS, sizeof draws[0], ascending);
  while (i < DRAWS) {
    double k = draws[i], p = f(k, a, b) - last;
    int first = i;
    while (i < DRAWS && draws[i] <= k) i++;
    while (i < DRAWS && (p * DRAWS < 8.0 || (1.0 - p - last) * DRAWS < 8.0)) {
      k = draws[i];
      p = f(k, a, b) - last;
      while (i < DRAWS && draws[i] <= k) i++;
    }
    if (i == DRAWS) p = 1.0 - last;
    statistic += (i - first - p * DRAWS) * (i - first - p * DRAWS) / (p * DRAWS);
    last += p;
    cells += 1.0;
  }
  return (statistic - (cells - 1.0)) / sqrt(2.0 * (cells - 1.0));
}

static double poisson_below(double k, double mean, double b) {
  (void)b;
  return loyi_gamma_inc_upper(k + 1.0, mean);
}
static double binomial_below(double k, double n, double p) {
  return k >= n ? 1.0 : loyi_beta_inc_upper(k + 1.0, n - k, p);
}

static void test_poisson(void) {
  static const double mean[] = {0.01, 0.7, 9.99, 10.0, 35.0, 1000.0};
  loyi_rng rng;
  loyi_rng_seed(&rng, 6);
  for (size_t k = 0; k < sizeof mean / sizeof mean[0]; k++) {
    for (int i = 0; i < DRAWS; i++) draws[i] = loyi_rng_poisson(&rng, mean[k]);
    CU_ASSERT(pearson(poisson_below, mean[k], 0.0) < 3.5);
  }
  CHECK_BITS(loyi_rng_poisson(&rng, 0.0), 0.0);
}

static void test_binomial(void) {
  static const double cases[][2] = {{1, 0.5}, {20, 0.1}, {20, 0.95}, {50, 0.4}, {1000, 0.3}, {100000, 0.0005}};
  loyi_rng rng;
  loyi_rng_seed(&rng, 7);
  for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
    for (int i = 0; i < DRAWS; i++) draws[i] = loyi_rng_binomial(&rng, cases[k][0], cases[k][1]);
    CU_ASSERT(pearson(binomial_below, cases[k][0], cases[k][1]) < 3.5);
  }
  CHECK_BITS(loyi_rng_binomial(&rng, 0.0, 0.3), 0.0);
  CHECK_BITS(loyi_rng_binomial(&rng, 12.0, 0.0), 0.0);
  CHECK_BITS(loyi_rng_binomial(&rng, 12.0, 1.0), 12.0);
}

/* Mean and variance where the distributions are too wide for counting. */
static void test_large_counts(void) {
  loyi_rng rng;
  double sum[2] = {0, 0}, square[2] = {0, 0};
  const double mean[2] = {1e9, 1e9}, variance[2] = {1e9, 0.5e9};
  loyi_rng_seed(&rng, 8);
  for (int i = 0; i < DRAWS; i++) {
    double d[2];
    d[0] = loyi_rng_poisson(&rng, 1e9) - mean[0];
    d[1] = loyi_rng_binomial(&rng, 2e9, 0.5) - mean[1];
    for (int k = 0; k < 2; k++) {
      sum[k] += d[k];
      square[k] += d[k] * d[k];
    }
  }
  for (int k = 0; k < 2; k++) {
    CHECK_NEAR(sum[k] / DRAWS / sqrt(variance[k]), 0.0, 3.3 / sqrt((double)DRAWS));
    CHECK_NEAR(square[k] / DRAWS / variance[k], 1.0, 3.3 * sqrt(2.0 / DRAWS));
  }
}

static void test_streams_differ(void) {
  loyi_rng a, b, c, again;
  loyi_rng_seed_stream(&a, 9, 0);
  loyi_rng_seed_stream(&b, 9, 1);
  loyi_rng_seed_stream(&c, 0, 9);
  loyi_rng_seed_stream(&again, 9, 0);
  CU_ASSERT(memcmp(&a, &again, sizeof a) == 0);
  CU_ASSERT(memcmp(&a, &b, sizeof a) != 0);
  CU_ASSERT(memcmp(&a, &c, sizeof a) != 0);
  /* First numbers of many streams are as uniform as numbers of one. */
  for (int i = 0; i < DRAWS; i++) {
    loyi_rng_seed_stream(&a, 10, (uint64_t)i);
    draws[i] = loyi_rng_exponential(&a);
  }
  CU_ASSERT(kolmogorov(gamma_below, 1.0, 0.0) < 1.95);
}

/* The same bits on every machine: the variates of one seed, digested. */
static void test_bits(void) {
  uint64_t hash = UINT64_C(0xcbf29ce484222325);
  loyi_rng rng;
  loyi_rng_seed(&rng, 2026);
  for (int i = 0; i < 2000; i++) {
    double v[8];
    v[0] = loyi_rng_normal(&rng);
    v[1] = loyi_rng_exponential(&rng);
    v[2] = loyi_rng_gamma(&rng, 0.3 + i % 5);
    v[3] = loyi_rng_log_gamma(&rng, 0.01);
    v[4] = loyi_rng_beta(&rng, 0.05, 2.0);
    v[5] = loyi_rng_poisson(&rng, 3.0 + 40.0 * (i % 2));
    v[6] = loyi_rng_binomial(&rng, 100.0, 0.02 + 0.4 * (i % 2));
    v[7] = loyi_rng_beta(&rng, 2.0, 3.0);
    for (int k = 0; k < 8; k++) hash = (hash ^ loyi_bits(v[k])) * UINT64_C(0x100000001b3);
  }
  CU_ASSERT_EQUAL(hash, UINT64_C(0x2fb62f880c44f7b5));
}

static void test_domains(void) {
  loyi_rng rng, before;
  const double nan = (double)NAN;
  loyi_rng_seed(&rng, 11);
  before = rng;
  CU_ASSERT(isnan(loyi_rng_gamma(&rng, 0.0)));
  CU_ASSERT(isnan(loyi_rng_gamma(&rng, nan)));
  CU_ASSERT(isnan(loyi_rng_log_gamma(&rng, -1.0)));
  CU_ASSERT(isnan(loyi_rng_beta(&rng, 0.0, 1.0)));
  CU_ASSERT(isnan(loyi_rng_beta(&rng, 1.0, (double)INFINITY)));
  CU_ASSERT(isnan(loyi_rng_poisson(&rng, -1.0)));
  CU_ASSERT(isnan(loyi_rng_poisson(&rng, 1e16)));
  CU_ASSERT(isnan(loyi_rng_binomial(&rng, 2.5, 0.5)));
  CU_ASSERT(isnan(loyi_rng_binomial(&rng, 2.0, 1.5)));
  CU_ASSERT(isnan(loyi_rng_binomial(&rng, nan, 0.5)));
  CU_ASSERT(memcmp(&rng, &before, sizeof rng) == 0);
}

#endif

SUITE(math, random) {
#if LOY_TEST_INTERNALS
  ADD(test_seed);
  ADD(test_next);
  ADD(test_uniform);
  ADD(test_uniform_is_open);
  ADD(test_normal);
  ADD(test_exponential);
  ADD(test_gamma);
  ADD(test_log_gamma);
  ADD(test_beta);
  ADD(test_poisson);
  ADD(test_binomial);
  ADD(test_large_counts);
  ADD(test_streams_differ);
  ADD(test_bits);
  ADD(test_domains);
#else
  (void)suite; /* the shared library hides the generator */
#endif
}
