/* Discounted sums over chains: the chance to stay, spreads, and what runs away when nothing is discounted. */
#include "check.h"

#include "loyalty/ladder/discounted.h"
#include "loyalty/ladder/stochastic.h"

#if LOY_TEST_INTERNALS

static void test_rows(void) {
  /* The diagonal is not read; what the others leave is exact: 1 - .1 - .2 = .7 has three roundings otherwise. */
  const double p[9] = {-9, .1, .2, 1e-20, -9, 1 - 0x1p-53, .5, .5 + 1e-10, -9}, x[3] = {1, 2, 4};
  const double split[4] = {-9, 1 - 1e-12, 0, 1}, far[2] = {0, 1e6};
  double out[3];
  CHECK_CLOSE(loyi_chain_stay(p, 3, 0), 1 - (.1 + .2), 1e-15);
  CHECK_CLOSE(loyi_chain_stay(p, 3, 1), 0x1p-53 - 1e-20, 1e-15);
  CHECK_BITS(loyi_chain_stay(p, 3, 2), 0.0); /* the row is too full, within the tolerance */
  loyi_chain_step(p, 3, x, out);
  CHECK_CLOSE(out[0], .7 + .2 + .8, 1e-15);
  CHECK_CLOSE(loyi_chain_spread(p, 3, 0, x), .7 + .4 + 3.2 - 1.7 * 1.7, 1e-14);
  CHECK_CLOSE(loyi_chain_spread(split, 2, 0, far), 1e12 * (1 - 1e-12) * (1 - split[1]), 1e-11);
}

/* 0 and 1 swap with .9, else 0 leads to 2, where 2 and 3 swap for ever, and 1 to 4, which stays. */
static const double chain[25] = {0, .9, .1, 0, 0, .9, 0, 0, 0, .1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1};

static void test_runs_away(void) {
  static const struct {
    double ratio, y[5], x[5];
    size_t conflict;
  } cases[] = {
      {1.0, {1, 1, 0, 0, 0}, {10, 10, 0, 0, 0}, LOY_NO_INDEX},
      {1.0, {1, 1, 0, 0, 1}, {HUGE_VAL, HUGE_VAL, 0, 0, HUGE_VAL}, LOY_NO_INDEX},
      {1.0, {1, 1, 0, -1, 0}, {-HUGE_VAL, -HUGE_VAL, -HUGE_VAL, -HUGE_VAL, 0}, LOY_NO_INDEX},
      {1.0, {1, 1, 0, -1, 2}, {HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL, HUGE_VAL}, 0},
      {1.0625, {1, 0, 0, 0, 0}, {1 / (1 - .95625 * .95625), .95625 / (1 - .95625 * .95625), 0, 0, 0}, LOY_NO_INDEX},
      {1.125, {1, 0, 0, 0, 0}, {HUGE_VAL, HUGE_VAL, 0, 0, 0}, LOY_NO_INDEX}, /* .9 * 1.125 > 1 */
      {.5, {0, 0, 1, 0, 0}, {.5 * .1 * 4 / 3 / (1 - .45 * .45), 0, 4.0 / 3, 2.0 / 3, 0}, LOY_NO_INDEX},
  };
  for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
    loyi_discounted system;
    double x[5];
    CHECK_STATUS(loyi_discounted_open(&system, chain, 5, cases[k].ratio, 1.0 - cases[k].ratio, NULL, NULL), LOY_OK);
    CU_ASSERT_EQUAL(loyi_discounted_solve(&system, cases[k].y, x), cases[k].conflict);
    for (int i = 0; i < 5; i++)
      if (k != 6 || i != 1) CHECK_CLOSE(x[i], cases[k].x[i], 1e-14);
    loyi_discounted_close(&system);
  }
}

static void test_visits(void) {
  const double first[5] = {2, 0, 0, 0, 0}, second[5] = {0, 0, 3, 0, 0};
  loyi_discounted system;
  double w[5];
  CHECK_STATUS(loyi_discounted_open(&system, chain, 5, 1.0, 0.0, NULL, NULL), LOY_OK);
  loyi_discounted_visits(&system, first, w);
  CHECK_CLOSE(w[0], 2 / .19, 1e-14);
  CHECK_CLOSE(w[1], 1.8 / .19, 1e-14);
  for (int k = 2; k < 5; k++) CHECK_BITS(w[k], HUGE_VAL);
  loyi_discounted_visits(&system, second, w);
  CHECK_BITS(w[0], 0.0);
  CHECK_BITS(w[3], HUGE_VAL);
  CHECK_BITS(w[4], 0.0);
  loyi_discounted_close(&system);
}

#endif

SUITE(ladder, discounted) {
#if LOY_TEST_INTERNALS
  ADD(test_rows);
  ADD(test_runs_away);
  ADD(test_visits);
#else
  (void)suite;
#endif
}
