/* Integrals over lifetimes: an exponential lifetime in closed form, and counts by brute force. */
#include "check.h"

#if LOY_TEST_INTERNALS
#  include "loyalty/btyd/lifetime_integral.h"

/* Gompertz with beta = 1 is exponential, of rate s b = 0.1. */
static void test_exponential(void) {
  loyi_lifetime plain = loyi_lifetime_make(LOYI_LIFETIME_GOMPERTZ, 0.5, 1.0, 0.2);
  CHECK_CLOSE(loyi_lifetime_mean_time(&plain, 0.0, 50.0), -expm1(-5.0) / 0.1, 1e-14);
  CHECK_CLOSE(loyi_lifetime_mean_time(&plain, 0.03, (double)INFINITY), 1.0 / 0.13, 1e-14);
  CHECK_CLOSE(loyi_lifetime_silent(&plain, 1e-10, 1.0, 50.0), -expm1(-5.0), 1e-8);
}

/* A Gompertz lifetime whose density rises far beyond the peak of the count: two peaks, each of weight. By the
 * trapezoidal rule in ln v, which converges geometrically. */
static void test_two_peaks(void) {
  loyi_lifetime life = loyi_lifetime_make(LOYI_LIFETIME_GOMPERTZ, 1.0, 1e4, 1.0);
  const double k = 2.0, rate = 1e-3, t = 40.0;
  for (double n = 1.0; n < 50.0; n *= 3.0) {
    double sum = 0.0, h = 0.005;
    double front = lgamma(k + n) - lgamma(k) - lgamma(n + 1.0);
    for (double y = -40.0; y < log(t); y += h) {
      double v = exp(y);
      double nb = exp(front + k * log(rate / (rate + v)) + n * log(v / (rate + v)));
      double f = 1e4 * exp(v) / ((1e4 + expm1(v)) * (1e4 + expm1(v)));
      sum += nb * f * v * h;
    }
    CHECK_CLOSE(loyi_lifetime_count(&life, n, k, rate, t), sum, 1e-9);
  }
}

/* A Gompertz lifetime that ends long before t, while its hazard is far above that at 0: the peak of the count is not to
 * be looked for beyond. mpmath, 40 digits. */
static void test_rising_hazard(void) {
  loyi_lifetime life =
      loyi_lifetime_make(LOYI_LIFETIME_GOMPERTZ, 0x1.4a849e9028fa6p+4, 0x1.b04eefe524d34p+8, 0x1.f9175840c0594p+11);
  const double k = 0x1.2bbd979adb021p-1, rate = 0x1.8aa3c4dbc321ep-5, t = 0x1.4c6f635b1309fp+0;
  CHECK_CLOSE(loyi_lifetime_count(&life, 20.0, k, rate, t), 2.61788281707087627e-35, 1e-12);
}
#endif

SUITE(btyd, lifetime_integral) {
#if LOY_TEST_INTERNALS
  ADD(test_exponential);
  ADD(test_two_peaks);
  ADD(test_rising_hazard);
#else
  (void)suite;
#endif
}
