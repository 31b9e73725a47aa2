/* Lifetimes: closed forms, the rest of a lifetime, quantiles. */
#include "check.h"

#if LOY_TEST_INTERNALS
#  include "loyalty/btyd/lifetime.h"

static const double times[6] = {0.0, 1e-9, 0.3, 7.0, 400.0, 1e6};

/* S and f / S from their definitions, where those keep digits. */
static void test_definitions(void) {
  loyi_lifetime pareto = loyi_lifetime_make(LOYI_LIFETIME_PARETO, 0.6, 11.0, 1.0);
  loyi_lifetime gompertz = loyi_lifetime_make(LOYI_LIFETIME_GOMPERTZ, 0.6, 3.0, 0.02);
  loyi_lifetime endless = loyi_lifetime_make(LOYI_LIFETIME_ENDLESS, 1.0, 1.0, 1.0);
  double log_survivor[6], hazard[6];
  for (int kind = 0; kind < 3; kind++) {
    const loyi_lifetime *life = kind == 0 ? &pareto : (kind == 1 ? &gompertz : &endless);
    loyi_lifetime_nodes(life, times, 6, log_survivor, hazard);
    for (int i = 0; i < 6; i++) {
      double t = times[i], y = 0.02 * t;
      double s = kind == 0 ? -0.6 * log1p(t / 11.0)
                           : (kind == 1 ? -0.6 * (y > 600 ? y - log(3.0) : log1p(expm1(y) / 3.0)) : 0.0);
      double h = kind == 0 ? 0.6 / (11.0 + t) : (kind == 1 ? 0.6 * 0.02 / (1.0 + 2.0 * exp(-y)) : 0.0);
      CHECK_CLOSE(loyi_lifetime_log_survivor(life, t), s, 1e-14);
      CHECK_CLOSE(loyi_lifetime_hazard(life, t), h, 1e-14);
      CHECK_BITS(log_survivor[i], loyi_lifetime_log_survivor(life, t));
      CHECK_BITS(hazard[i], loyi_lifetime_hazard(life, t));
      /* What is left after t, then after 5 more. */
      loyi_lifetime rest = loyi_lifetime_after(life, t);
      CHECK_NEAR(loyi_lifetime_log_survivor(&rest, 5.0),
                 loyi_lifetime_log_survivor(life, t + 5.0) - loyi_lifetime_log_survivor(life, t), 1e-9);
      /* The quantile undoes the survivor. */
      if (kind < 2 && t > 0.0)
        CHECK_CLOSE(loyi_lifetime_quantile(life, -loyi_lifetime_log_survivor(life, t)), t, 1e-12);
    }
  }
  CU_ASSERT(isinf(loyi_lifetime_quantile(&endless, 1.0)) && loyi_lifetime_factor(&endless, 1.0) == 0.0);
  CHECK_CLOSE(loyi_lifetime_factor(&gompertz, 100.0), 0.6 / (3.0 + expm1(2.0)), 1e-14);
  CU_ASSERT(isinf(loyi_lifetime_scale(&endless)) && loyi_lifetime_scale(&pareto) == 11.0);
}

/* Pareto with s = 1: ln(1 + t/beta); other spans have no closed form. */
static void test_spans(void) {
  loyi_lifetime pareto = loyi_lifetime_make(LOYI_LIFETIME_PARETO, 1.0, 11.0, 1.0);
  loyi_lifetime plain = loyi_lifetime_make(LOYI_LIFETIME_GOMPERTZ, 0.5, 1.0, 0.2);
  CHECK_CLOSE(loyi_lifetime_span(&pareto, 0.0, 50.0), 11.0 * log1p(50.0 / 11.0), 1e-15);
  CU_ASSERT(isnan(loyi_lifetime_span(&pareto, 0.1, 50.0)) && isnan(loyi_lifetime_span(&plain, 0.0, 50.0)));
}
#endif

SUITE(btyd, lifetime) {
#if LOY_TEST_INTERNALS
  ADD(test_definitions);
  ADD(test_spans);
#else
  (void)suite;
#endif
}
