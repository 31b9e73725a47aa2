/* Draws of the engine of purchase rates with a lifetime, where the answers are known without it. */
#include "check.h"

#if LOY_TEST_INTERNALS
#  include "loyalty/btyd/purchase_lifetime_simulate.h"

enum { N = 40000 };
static double T[N], x[N], t_x[N], alive[N];

/* The purchases and the survivors of n customers whose rate hardly varies, 2, each observed for 10. */
static void draw(const loyi_lifetime *life, double *purchases, double *survivors) {
  const loyi_purchase_model model = {1e6, 5e5, *life};
  *purchases = *survivors = 0.0;
  for (int i = 0; i < N; i++) T[i] = 10.0;
  CHECK_STATUS(loyi_purchase_simulate(&model, T, N, 3, NULL, x, t_x, alive, NULL), LOY_OK);
  for (int i = 0; i < N; i++) {
    *purchases += x[i];
    *survivors += alive[i];
  }
  *purchases /= (double)N;
  *survivors /= (double)N;
}

static void test_means(void) {
  const loyi_lifetime endless = loyi_lifetime_make(LOYI_LIFETIME_ENDLESS, 1.0, 1.0, 1.0);
  const loyi_lifetime plain = loyi_lifetime_make(LOYI_LIFETIME_GOMPERTZ, 0.5, 1.0, 0.2); /* exponential, rate 0.1 */
  double purchases, survivors;
  draw(&endless, &purchases, &survivors);
  CHECK_NEAR(purchases, 20.0, 4.0 * sqrt(20.0 / (double)N));
  CHECK_BITS(survivors, 1.0);
  draw(&plain, &purchases, &survivors);
  CHECK_NEAR(survivors, exp(-1.0), 4.0 * 0.5 / sqrt((double)N));
  CHECK_NEAR(purchases, 2.0 * -expm1(-1.0) / 0.1, 4.0 * 8.0 / sqrt((double)N));
}

static void test_errors(void) {
  const loyi_purchase_model model = {1.0, 1.0, loyi_lifetime_make(LOYI_LIFETIME_ENDLESS, 1.0, 1.0, 1.0)};
  loy_purchase_options options = {0, 1};
  loy_error error;
  CHECK_STATUS(loyi_purchase_simulate(&model, NULL, 1, 3, &options, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "T", LOY_NO_INDEX);
  CHECK_STATUS(loyi_purchase_simulate(&model, T, 1, 3, &options, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX);
}
#endif

SUITE(btyd, purchase_lifetime_simulate) {
#if LOY_TEST_INTERNALS
  ADD(test_means);
  ADD(test_errors);
#else
  (void)suite;
#endif
}
