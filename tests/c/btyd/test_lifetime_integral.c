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

/* Gompertz lifetimes that bend late, where the two rules happen to agree over a stretch that is too long, or the bend
 * carries a billionth of the integral: 2e-12 to 5e-12 were lost. mpmath, 40 digits. */
static void test_late_bends(void) {
  static const double ask[4][5] = {
      /* s, beta, delta, t, truth */
      {0x1.aea873611f578p-14, 0x1.2300a91998467p+10, 0x1.f80aab4992862p-1, 0x1.8aa7b4785d8dap+4,
       1.015788347810634542637},
      {0x1.3c7c876d8c3f4p-11, 0x1.4580fcbe2cb8bp+3, 0x1.119c345177536p-4, HUGE_VAL, 14.85471753830959206873},
      {0x1.037e15762535cp-9, 0x1.9d253687d9454p+3, 0x1.1a27fcb90964dp-8, HUGE_VAL, 159.9043257085854527505},
      {0x1.aa1d8e7989c66p-13, 0x1.5d3077aca88d9p+3, 0x1.778ab40e82ca8p-5, HUGE_VAL, 21.72730897795414644151}};
  loyi_lifetime silent = loyi_lifetime_make(LOYI_LIFETIME_GOMPERTZ, 0x1.21ccced5efe47p+5, 0x1.040796fc0ed2fp+12, 1.0);
  CHECK_CLOSE(loyi_lifetime_silent(&silent, 0x1.06af5a9ddb480p+2, 0x1.100ad23436a1ap-9, 0x1.f031dc07cdb6dp+8),
              5.826826318281063079468e-6, 2e-13);
  for (int i = 0; i < 4; i++) {
    loyi_lifetime life = loyi_lifetime_make(LOYI_LIFETIME_GOMPERTZ, ask[i][0], ask[i][1], 1.0);
    CHECK_CLOSE(loyi_lifetime_mean_time(&life, ask[i][2], ask[i][3]), ask[i][4], 2e-13);
  }
}
#endif

SUITE(btyd, lifetime_integral) {
#if LOY_TEST_INTERNALS
  ADD(test_exponential);
  ADD(test_two_peaks);
  ADD(test_rising_hazard);
  ADD(test_late_bends);
#else
  (void)suite;
#endif
}
