/* Mann and Kendall's distribution against counting all orders; the slope is tested in btyd/test_trend.c. */
#include "check.h"

#if LOY_TEST_INTERNALS

#  include "loyalty/math/trend.h"

enum { MOST = 7 };

static const loyi_ranked *in_order(const double *value, size_t n) {
  static loyi_ranked room[2 * LOY_TREND_YEARS];
  for (size_t i = 0; i < n; i++) {
    room[i].value = value[i];
    room[i].row = i;
  }
  return loyi_ranked_sort(room, room + n, n);
}

/* Orders of value[0 ... n - 1] by exchanging from `at` on: how many, and how many with |S| of at least `size`. */
static void count_orders(double *value, size_t n, size_t at, int64_t size, int *all, int *extreme) {
  if (at == n) {
    const int64_t s = loyi_trend_s(value, n);
    ++*all;
    *extreme += s >= size || s <= -size;
    return;
  }
  for (size_t k = at; k < n; k++) {
    double swap = value[at];
    value[at] = value[k];
    value[k] = swap;
    count_orders(value, n, at + 1, size, all, extreme);
    value[k] = value[at];
    value[at] = swap;
  }
}

/* Every pattern of ties of up to seven values, and every S that it can have. */
static void test_exact(void) {
  for (size_t n = 2; n <= MOST; n++) {
    for (unsigned ties = 0; ties < 1u << (n - 1); ties++) { /* bit k: value k + 1 equals value k */
      double value[MOST] = {0};
      int64_t most;
      for (size_t k = 1; k < n; k++) value[k] = value[k - 1] + (ties >> (k - 1) & 1 ? 0.0 : 1.0);
      most = loyi_trend_s(value, n);
      for (int64_t s = most; s >= 0; s -= n < MOST ? 2 : 6) {
        int all = 0, extreme = 0;
        double order[MOST];
        memcpy(order, value, sizeof order);
        if (n == MOST && ties % 9 != 0) continue; /* enough of 5,040 orders */
        count_orders(order, n, 0, s, &all, &extreme);
        CHECK_CLOSE(loyi_trend_p_value(-s, in_order(value, n), n), (double)extreme / (double)all, 3e-16);
      }
    }
  }
}

/* Ten and twenty values without ties: the recursion of Kendall in whole numbers of any size (Python). */
static void test_exact_long(void) {
  double value[20];
  for (size_t i = 0; i < 20; i++) value[i] = (double)i;
  CHECK_CLOSE(loyi_trend_p_value(21, in_order(value, 10), 10), 0.0725501543209876587, 3e-16);
  CHECK_CLOSE(loyi_trend_p_value(2, in_order(value, 20), 20), 0.974466902938873614, 3e-16);
  CHECK_CLOSE(loyi_trend_p_value(-140, in_order(value, 20), 20), 5.08927930409313425e-7, 3e-16);
  CHECK_CLOSE(loyi_trend_p_value(190, in_order(value, 20), 20), 2.0 / 2432902008176640000.0, 3e-16);
  CHECK_BITS(loyi_trend_p_value(0, in_order(value, 20), 20), 1.0);
}

/* From the formula: n = 22 values with groups of 4, 4, 4, 5 and 5. */
static void test_variance(void) {
  double value[22];
  for (size_t i = 0; i < 22; i++) value[i] = i < 4 ? 1 : i < 8 ? 2 : i < 12 ? 3 : i < 17 ? 4 : 5;
  CHECK_CLOSE(loyi_trend_variance(in_order(value, 22), 22),
              (22. * 21 * 49 - 3 * (4. * 3 * 13) - 2 * (5. * 4 * 15)) / 18.0, 2e-16);
  for (size_t i = 0; i < 22; i++) value[i] = 1.0;
  CHECK_BITS(loyi_trend_variance(in_order(value, 22), 22), 0.0);
}

SUITE(math, trend) {
  ADD(test_exact);
  ADD(test_exact_long);
  ADD(test_variance);
}

#else

SUITE(math, trend) { (void)suite; }

#endif
