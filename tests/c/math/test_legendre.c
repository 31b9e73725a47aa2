/* test_legendre.c: Gauss-Legendre rules on [0, 1]. */
#include "check.h"

#include "loyalty/math/legendre.h"

/* A rule with n nodes is exact for powers up to 2n - 1, and symmetric. */
static void test_powers(void) {
  for (int rule = 0; rule < LOYI_LEGENDRE_RULES; rule++) {
    int nodes = loyi_legendre_nodes(rule);
    for (int power = 0; power < 2 * nodes; power++) {
      double sum = 0.0, at, weight;
      for (int node = 0; node < nodes; node++) {
        loyi_legendre_node(rule, node, &at, &weight);
        sum += weight * pow(at, power);
      }
      CHECK_CLOSE(sum, 1.0 / (power + 1), 1e-14);
    }
    for (int node = 0; node < nodes; node++) {
      double at, weight, mirrored, same;
      loyi_legendre_node(rule, node, &at, &weight);
      loyi_legendre_node(rule, nodes - 1 - node, &mirrored, &same);
      CHECK_NEAR(at + mirrored, 1.0, 1e-16);
      CHECK_BITS(weight, same);
      CU_ASSERT(at > 0.0 && at < 1.0 && weight > 0.0);
    }
  }
}

/* The power after those is not integrated exactly: no rule has more nodes than it needs. */
static void test_next_power(void) {
  double sum = 0.0, at, weight;
  for (int node = 0; node < 6; node++) {
    loyi_legendre_node(0, node, &at, &weight);
    sum += weight * pow(at, 12);
  }
  CU_ASSERT(fabs(sum - 1.0 / 13.0) > 1e-9);
}

SUITE(math, legendre) {
  ADD(test_powers);
  ADD(test_next_power);
}
