/* The elementary functions: values, edges, and their bits. Errors in ulp are measured in tests/accuracy. */
#include "check.h"

#include "loyalty/math/elementary.h"

static void test_values(void) {
  CHECK_CLOSE(loyi_exp(1.0), 2.7182818284590451, 2e-16);
  CHECK_CLOSE(loyi_exp(-3.7), 0.024723526470339385, 2e-16);
  CHECK_CLOSE(loyi_exp(100.0), 2.6881171418161351e+43, 2e-16);
  CHECK_CLOSE(loyi_log(2.0), 0.69314718055994529, 2e-16);
  CHECK_CLOSE(loyi_log(10.0), 2.3025850929940455, 2e-16);
  CHECK_CLOSE(loyi_log(5e-324), -744.44007192138122, 2e-16);
  CHECK_CLOSE(loyi_log1p(2.0), 1.0986122886681098, 2e-16);
  CHECK_CLOSE(loyi_log1p(1e-5), 9.9999500003333302e-06, 2e-16);
  CHECK_CLOSE(loyi_expm1(1.0), 1.7182818284590451, 2e-16);
  CHECK_CLOSE(loyi_expm1(-3.7), -0.97527647352966051, 2e-16);
  CHECK_CLOSE(loyi_pow(2.0, 0.5), 1.4142135623730951, 2e-16);
  CHECK_CLOSE(loyi_pow(0.999999, 1e8), 3.7198899660512546e-44, 3e-16);
}

static void test_exact_cases(void) {
  CHECK_BITS(loyi_exp(0.0), 1.0);
  CHECK_BITS(loyi_exp(-0.0), 1.0);
  CHECK_BITS(loyi_log(1.0), 0.0);
  CHECK_BITS(loyi_log1p(0.0), 0.0);
  CHECK_BITS(loyi_log1p(-0.0), -0.0);
  CHECK_BITS(loyi_log1p(5e-324), 5e-324);
  CHECK_BITS(loyi_log1p(-1e-300), -1e-300);
  CHECK_BITS(loyi_expm1(0.0), 0.0);
  CHECK_BITS(loyi_expm1(-0.0), -0.0);
  CHECK_BITS(loyi_expm1(5e-324), 5e-324);
  CHECK_BITS(loyi_expm1(-1e-300), -1e-300);
  CHECK_BITS(loyi_pow(3.0, 4.0), 81.0);
  CHECK_BITS(loyi_pow(2.0, -1074.0), 5e-324);
  CHECK_BITS(loyi_pow(5e-324, 1.0), 5e-324);
  CHECK_BITS(loyi_pow(1.5, 1.0), 1.5);
}

static void test_edges_of_exp(void) {
  const double inf = (double)INFINITY;
  CHECK_BITS(loyi_exp(inf), inf);
  CHECK_BITS(loyi_exp(-inf), 0.0);
  CU_ASSERT(isnan(loyi_exp((double)NAN)));
  CHECK_BITS(loyi_exp(1e308), inf);
  CHECK_BITS(loyi_exp(-1e308), 0.0);
  CHECK_CLOSE(loyi_exp(709.782712893384), 1.7976931348622732e+308, 2e-16);
  CHECK_BITS(loyi_exp(709.782712893385), inf);
  CHECK_BITS(loyi_exp(-745.13321910194111), 5e-324);
  CHECK_BITS(loyi_exp(-745.13321910194122), 0.0);
  CHECK_BITS(loyi_expm1(inf), inf);
  CHECK_BITS(loyi_expm1(-inf), -1.0);
  CHECK_BITS(loyi_expm1(-1000.0), -1.0);
  CHECK_BITS(loyi_expm1(710.0), inf);
  CHECK_CLOSE(loyi_expm1(709.782712893384), 1.7976931348622732e+308, 2e-16);
  CU_ASSERT(isnan(loyi_expm1((double)NAN)));
}

static void test_edges_of_log(void) {
  const double inf = (double)INFINITY;
  CHECK_BITS(loyi_log(0.0), -inf);
  CHECK_BITS(loyi_log(-0.0), -inf);
  CHECK_BITS(loyi_log(inf), inf);
  CU_ASSERT(isnan(loyi_log(-5e-324)));
  CU_ASSERT(isnan(loyi_log(-1.0)));
  CU_ASSERT(isnan(loyi_log(-inf)));
  CU_ASSERT(isnan(loyi_log((double)NAN)));
  CHECK_CLOSE(loyi_log(1.7976931348623157e308), 709.78271289338397, 2e-16);
  CHECK_BITS(loyi_log1p(-1.0), -inf);
  CHECK_BITS(loyi_log1p(inf), inf);
  CU_ASSERT(isnan(loyi_log1p(-1.0000000000000002)));
  CU_ASSERT(isnan(loyi_log1p(-inf)));
  CU_ASSERT(isnan(loyi_log1p((double)NAN)));
  CHECK_CLOSE(loyi_log1p(-0.99999999999999989), -36.736800569677101, 2e-16);
  CHECK_CLOSE(loyi_log1p(1.7976931348623157e308), 709.78271289338397, 2e-16);
}

static void test_log_of_normal_numbers(void) {
  uint64_t state = UINT64_C(88172645463325252);
  CHECK_BITS(loyi_log_normal(0x1p-1022), loyi_log(0x1p-1022));
  CHECK_BITS(loyi_log_normal(0x1.fffffffffffffp1023), loyi_log(0x1.fffffffffffffp1023));
  CHECK_BITS(loyi_log_normal(1.0), 0.0);
  for (int i = 0; i < 10000; i++) {
    double x;
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    x = loyi_from_bits(state >> 1);
    if (x >= 0x1p-1022 && x < (double)INFINITY) CHECK_BITS(loyi_log_normal(x), loyi_log(x));
  }
}

static void test_edges_of_pow(void) {
  const double inf = (double)INFINITY, nan = (double)NAN;
  CHECK_BITS(loyi_pow(nan, 0.0), 1.0);
  CHECK_BITS(loyi_pow(1.0, nan), 1.0);
  CHECK_BITS(loyi_pow(1.0, inf), 1.0);
  CU_ASSERT(isnan(loyi_pow(nan, 2.0)));
  CU_ASSERT(isnan(loyi_pow(2.0, nan)));
  CU_ASSERT(isnan(loyi_pow(-2.0, 2.0)));
  CHECK_BITS(loyi_pow(0.0, 2.0), 0.0);
  CHECK_BITS(loyi_pow(0.0, -2.0), inf);
  CHECK_BITS(loyi_pow(-0.0, 3.0), 0.0);
  CHECK_BITS(loyi_pow(inf, 2.0), inf);
  CHECK_BITS(loyi_pow(inf, -2.0), 0.0);
  CHECK_BITS(loyi_pow(0.5, inf), 0.0);
  CHECK_BITS(loyi_pow(0.5, -inf), inf);
  CHECK_BITS(loyi_pow(2.0, inf), inf);
  CHECK_BITS(loyi_pow(2.0, -inf), 0.0);
  CHECK_BITS(loyi_pow(2.0, 1024.0), inf);
  CHECK_BITS(loyi_pow(1.0000000000000002, 1e300), inf);
  CHECK_BITS(loyi_pow(0.9999999999999999, 1e300), 0.0);
}

/* What the whole library rests on: these bits do not depend on compiler, processor, optimisation or vector width. The
 * sum of the bit patterns of many answers is pinned; a loop that a compiler vectorises is compared with single calls.
 */
enum { GRID = 4096 };

static uint64_t digest(uint64_t hash, double x) { return (hash ^ loyi_bits(x)) * UINT64_C(0x100000001b3); }

static double (*volatile single_exp)(double) = loyi_exp;
static double (*volatile single_log)(double) = loyi_log;
static double (*volatile single_log1p)(double) = loyi_log1p;
static double (*volatile single_expm1)(double) = loyi_expm1;

static void test_bits(void) {
  static double x[GRID], e[GRID], l[GRID], p[GRID], m[GRID], w[GRID];
  uint64_t hash = UINT64_C(0xcbf29ce484222325);
  int same = 1;
  for (int i = 0; i < GRID; i++) x[i] = (i - GRID / 2) * 0.3515625 + 0.001 * (i % 7);
  for (int i = 0; i < GRID; i++) e[i] = loyi_exp(x[i]);
  for (int i = 0; i < GRID; i++) l[i] = loyi_log(e[i] * 1.1);
  for (int i = 0; i < GRID; i++) p[i] = loyi_log1p(x[i] * 0.001);
  for (int i = 0; i < GRID; i++) m[i] = loyi_expm1(x[i] * 0.01);
  for (int i = 0; i < GRID; i++) w[i] = loyi_pow(fabs(x[i]), 1.7);
  for (int i = 0; i < GRID; i++) {
    same &= loyi_bits(e[i]) == loyi_bits(single_exp(x[i]));
    same &= loyi_bits(l[i]) == loyi_bits(single_log(e[i] * 1.1));
    same &= loyi_bits(m[i]) == loyi_bits(single_expm1(x[i] * 0.01));
    same &= x[i] < -999.0 || loyi_bits(p[i]) == loyi_bits(single_log1p(x[i] * 0.001));
    hash = digest(digest(digest(hash, e[i]), m[i]), w[i]);
    hash = digest(hash, x[i] > -999.0 ? p[i] : 0.0);
    hash = digest(hash, l[i]);
  }
  CU_ASSERT(same);
  CU_ASSERT_EQUAL(hash, UINT64_C(0x7ff3aeef5c8d22b2));
}

static void test_polynomial(void) {
  static const double c[3] = {1.0, -2.0, 3.0};
  CHECK_BITS(loyi_polynomial(2.0, c, 3), 9.0);
  CHECK_BITS(loyi_polynomial(2.0, c, 1), 1.0);
}

static void test_pairs(void) {
  loyi_pair third = loyi_pair_divide(loyi_pair_sum(1.0, 0.0), loyi_pair_sum(3.0, 0.0));
  loyi_pair one = loyi_pair_multiply(third, loyi_pair_sum(3.0, 0.0));
  loyi_pair half = {0.5, 0.0};
  loyi_pair logarithm = loyi_pair_log(half);
  CHECK_BITS(third.high, 1.0 / 3.0);
  CHECK_CLOSE(third.low, 1.8503717077085943e-17, 1e-15);
  CHECK_NEAR(one.high - 1.0 + one.low, 0.0, 1e-31);
  CHECK_BITS(logarithm.high, -0.69314718055994529);
  CHECK_CLOSE(logarithm.low, -2.3190468138462996e-17, 1e-9);
  CHECK_CLOSE(loyi_pair_exp(logarithm), 0.5, 2e-16);
}

SUITE(math, elementary) {
  ADD(test_values);
  ADD(test_exact_cases);
  ADD(test_edges_of_exp);
  ADD(test_edges_of_log);
  ADD(test_log_of_normal_numbers);
  ADD(test_edges_of_pow);
  ADD(test_bits);
  ADD(test_polynomial);
  ADD(test_pairs);
}
