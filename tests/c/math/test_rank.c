/* Values in order: against their definition, at every length around the change of method. */
#include "check.h"

#if LOY_TEST_INTERNALS

#  include "loyalty/math/rank.h"

static void check_sorted(const double *value, size_t n) {
  static loyi_ranked room[2 * 1000];
  loyi_ranked *sorted;
  for (size_t i = 0; i < n; i++) {
    room[i].value = value[i];
    room[i].row = i;
  }
  sorted = loyi_ranked_sort(room, room + n, n);
  for (size_t k = 0; k < n; k++) {
    CHECK_BITS(sorted[k].value, value[sorted[k].row]);
    if (k == 0) continue;
    CU_ASSERT(sorted[k - 1].value < sorted[k].value ||
              (sorted[k - 1].value == sorted[k].value && sorted[k - 1].row < sorted[k].row));
  }
}

static void test_lengths(void) {
  static double value[1000];
  uint32_t seed = 1;
  for (size_t n = 0; n <= 1000; n = n < 100 ? n + 1 : n + 90) {
    for (size_t i = 0; i < n; i++) {
      seed = seed * 1664525u + 1013904223u;
      value[i] = (double)(int32_t)(seed & 0xffff0000u) / 65536.0 * (n % 2 ? 1.0 : 1e-3); /* whole, or with many bits */
      if (n % 3 == 0) value[i] = trunc(value[i] / 4096.0);                               /* many ties, -0 among them */
    }
    check_sorted(value, n);
  }
}

static void test_extremes(void) {
  static double value[120];
  static const double odd[] = {0.0,     -0.0,     INFINITY, -INFINITY, 5e-324,    -5e-324,
                               1.7e308, -1.7e308, 1.0,      -1.0,      2.25e-308, -2.25e-308};
  for (size_t i = 0; i < 120; i++) value[i] = odd[i * 7 % 12];
  check_sorted(value, 12);
  check_sorted(value, 120);
}

SUITE(math, rank) {
  ADD(test_lengths);
  ADD(test_extremes);
}

#else

SUITE(math, rank) { (void)suite; }

#endif
