/* Influence: worked cases, the series itself, radii at and next to 1, memory, order of checks. */
#include "check.h"
#include "failing_allocator.h"

#include "loyalty/value/influence.h"

static void test_worked_case(void) {
  const double w[9] = {0.0, 0.2, 0.1, 0.3, 0.0, 0.0, 0.1, 0.4, 0.0}, e[3] = {1.0, 1.0, 1.0};
  static const double expected[3] = {1.4596949891, 1.4379084967, 1.7211328977};
  double c[3], added[3];
  CHECK_STATUS(loy_influence(w, e, 3, c, added, NULL, NULL), LOY_OK);
  for (int i = 0; i < 3; i++) {
    CHECK_CLOSE(c[i], expected[i], 1e-10);
    CHECK_CLOSE(added[i], expected[i] - 1.0, 1e-9);
  }
  /* Rows above 1, columns above 1, radius below: mpmath. */
  const double large[9] = {0.0, 3.0, 0.0, 0.1, 0.0, 0.5, 0.2, 0.25, 0.0}, own[3] = {1.0, 2.0, 3.0};
  static const double solved[3] = {41.363636363636368646, 13.454545454545456215, 14.636363636363638242};
  CHECK_STATUS(loy_influence(large, own, 3, c, NULL, NULL, NULL), LOY_OK);
  for (int i = 0; i < 3; i++) CHECK_CLOSE(c[i], solved[i], 1e-14);
}

/* e + W e + W^2 e ..., with columns that sum to less than 1 and rows that do not, and with the transpose. */
static void test_series(void) {
  enum { N = 40 };
  double w[N * N], e[N], term[N], sum[N], next[N], c[N];
  for (int transposed = 0; transposed < 2; transposed++) {
    unsigned state = 12345;
    for (int j = 0; j < N; j++) {
      double column = 0.0;
      for (int i = 0; i < N; i++) {
        const double x = (state >> 16) % 5 == 0 ? (double)((state >> 8) & 255) * (i == 3 ? 9.0 : 1.0) : 0.0;
        state = state * 1103515245u + 12345u;
        w[transposed ? j * N + i : i * N + j] = x;
        column += x;
      }
      for (int i = 0; i < N && column > 0.0; i++) w[transposed ? j * N + i : i * N + j] *= 0.9 / column;
      e[j] = 1.0 + j;
    }
    for (int i = 0; i < N; i++) term[i] = sum[i] = e[i];
    for (int k = 0; k < 600; k++) {
      for (int i = 0; i < N; i++) {
        next[i] = 0.0;
        for (int j = 0; j < N; j++) next[i] += w[i * N + j] * term[j];
      }
      for (int i = 0; i < N; i++) sum[i] += term[i] = next[i];
    }
    CHECK_STATUS(loy_influence(w, e, N, c, NULL, NULL, NULL), LOY_OK);
    for (int i = 0; i < N; i++) CHECK_CLOSE(c[i], sum[i], 1e-13);
  }
}

/* Two customers who pass on all but 2^-40 of what they get: no digit is lost. */
static void test_next_to_one(void) {
  const double part = 1.0 - 0x1p-40, w[4] = {0.0, part, part, 0.0}, e[2] = {1.0, 3.0};
  static const double expected[2] = {2199023255551.5, 2199023255552.5};
  double c[2];
  CHECK_STATUS(loy_influence(w, e, 2, c, NULL, NULL, NULL), LOY_OK);
  CHECK_CLOSE(c[0], expected[0], 1e-15);
  CHECK_CLOSE(c[1], expected[1], 1e-15);
}

static void test_radius(void) {
  static const double one[4] = {0.0, 1.0, 1.0, 0.0}, loop[1] = {1.0}, more[4] = {0.5, 2.0, 0.5, 0.0};
  /* Without a circle the radius is 0, whatever the weights. */
  static const double chain[9] = {0.0, 1e10, 0.0, 0.0, 0.0, 1e10, 0.0, 0.0, 0.0}, far[4] = {0.0, 1e40, 0.0, 0.0};
  /* A radius above 1 by less than rounding (exact elimination in fractions): its last pivot comes out positive. */
  static const double above[4] = {0x1.8dba58eac4798p-2, 0x1.030be5b3daea1p+0, 0x1.ad20a34e24d3fp-2,
                                  0x1.39fee7e1c3885p-2};
  const double e[3] = {1.0, 1.0, 1.0}, large[3] = {1e40, 1e40, 1e40};
  double c[3] = {7.0, 7.0, 7.0};
  loy_error error;
  CHECK_STATUS(loy_influence(one, e, 2, c, c + 1, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "weight", LOY_NO_INDEX);
  CHECK_STATUS(loy_influence(loop, e, 1, c, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_STATUS(loy_influence(more, e, 2, c, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_STATUS(loy_influence(above, e, 2, c, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_BITS(c[0], 7.0);
  CHECK_BITS(c[1], 7.0);
  CHECK_STATUS(loy_influence(chain, e, 3, c, NULL, NULL, &error), LOY_OK);
  CHECK_CLOSE(c[0], 1.0 + 1e10 * (1.0 + 1e10), 1e-15);
  CHECK_STATUS(loy_influence(far, large, 2, c, NULL, NULL, &error), LOY_OK);
  CHECK_CLOSE(c[0], 1e80, 1e-15);
}

static void test_memory(void) {
  const double w[4] = {0.0, 0.5, 0.5, 0.0}, e[2] = {1.0, 1.0};
  double c[2] = {7.0, 7.0};
  failing_allocator memory;
  FOR_EACH_FAILURE(memory) {
    const loy_status status = loy_influence(w, e, 2, c, NULL, &memory.allocator, NULL);
    CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
    CHECK_BITS(c[0], memory.failed ? 7.0 : 2.0);
    CU_ASSERT_EQUAL(memory.held, 0);
  }
}

static void test_checks(void) {
  const double good[4] = {0.0, 0.5, 0.5, 0.0}, bad[4] = {0.0, 0.5, -0.5, 0.0}, e[2] = {1.0, 1.0}, off[2] = {1.0, NAN};
  loy_error error;
#define EXPECT(w, own, n, status, argument, index)                                                                     \
  CHECK_STATUS(loy_influence(w, own, n, NULL, NULL, NULL, &error), status);                                            \
  CHECK_ERROR(&error, status, argument, index)
  EXPECT(NULL, NULL, 0, LOY_ERR_ARGUMENT, "n", LOY_NO_INDEX);
  EXPECT(NULL, NULL, 1025, LOY_ERR_ARGUMENT, "n", LOY_NO_INDEX);
  EXPECT(NULL, NULL, 2, LOY_ERR_ARGUMENT, "weight", LOY_NO_INDEX);
  EXPECT(bad, NULL, 2, LOY_ERR_ARGUMENT, "own", LOY_NO_INDEX);
  EXPECT(bad, off, 2, LOY_ERR_DOMAIN, "weight", 2);
  EXPECT(good, off, 2, LOY_ERR_DOMAIN, "own", 1);
  EXPECT(good, e, 2, LOY_ERR_ARGUMENT, "total", LOY_NO_INDEX);
#undef EXPECT
}

SUITE(value, influence) {
  ADD(test_worked_case);
  ADD(test_series);
  ADD(test_next_to_one);
  ADD(test_radius);
  ADD(test_memory);
  ADD(test_checks);
}
