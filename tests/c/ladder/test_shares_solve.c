/* Least squares over transition matrices: rank, bounds in closed form, and shares that hardly move. */
#include "check.h"

#include "loyalty/ladder/shares_solve.h"

#if LOY_TEST_INTERNALS

#  include "loyalty/math/random.h"

enum { MOST = 5, STEPS = 12 };

static void begin(loyi_shares *s, const double *x, size_t steps, size_t states) {
  s->steps = steps;
  s->states = states;
  s->x = x;
  s->allowed = NULL;
  s->prior = NULL;
  s->ridge = 0.0;
  s->allocator = NULL;
  CU_ASSERT_FATAL(loyi_shares_open(s));
  for (size_t e = 0; e < states * states; e++) s->p[e] = 1.0 / (double)states;
}

static void test_rank(void) {
  static const double x[] = {.2, .3, .5, .3, .3, .4, .4, .3, .3, .25, .3, .45}; /* the second never moves */
  double room[9], tiny[12];
  loyi_shares s;
  begin(&s, x, 4, 3);
  CU_ASSERT_EQUAL(loyi_shares_rank(&s, room), 2);
  loyi_shares_close(&s);
  begin(&s, x, 1, 3);
  CU_ASSERT_EQUAL(loyi_shares_rank(&s, room), 1);
  loyi_shares_close(&s);
  memcpy(tiny, x, sizeof tiny);
  tiny[1] += 1e-4, tiny[2] -= 1e-4;
  begin(&s, tiny, 4, 3);
  CU_ASSERT_EQUAL(loyi_shares_rank(&s, room), 3);
  loyi_shares_close(&s);
  tiny[1] = x[1] + 1e-8, tiny[2] = x[2] - 1e-8;
  begin(&s, tiny, 4, 3);
  CU_ASSERT_EQUAL(loyi_shares_rank(&s, room), 2);
  loyi_shares_close(&s);
}

/* X the unit matrix: each row of P is the nearest point of the simplex to that of Z. */
static void test_projection(void) {
  static const double x[] = {1, 0, 0, 0, 1, 0, 0, 0, 1}, z[] = {.9, .6, -.3, .2, .2, .6, -1, 5, -1};
  static const double nearest[] = {.65, .35, 0, .2, .2, .6, 0, 1, 0};
  loyi_shares s;
  begin(&s, x, 3, 3);
  CU_ASSERT(loyi_shares_solve(&s, z) != 0);
  for (int e = 0; e < 9; e++) CHECK_NEAR(s.p[e], nearest[e], 1e-15);
  CHECK_CLOSE(s.value, .25 * .25 * 2 + .09 + 1 + 16 + 1, 1e-14);
  CU_ASSERT(s.free == 3 && s.gap < 1e-13);
  loyi_shares_close(&s);
}

/* Rows that differ by 1e-4 have a condition of about 1e4, its square in the normal equations. */
static void test_hardly_moving(void) {
  loyi_rng rng;
  loyi_rng_seed(&rng, 6);
  for (int trial = 0; trial < 300; trial++) {
    const size_t n = 2 + (size_t)(loyi_rng_uniform(&rng) * 4.0);
    double row[MOST], share[(STEPS + 1) * MOST], room[MOST * MOST], size = 0.0, sum = 0.0;
    loyi_shares s;
    for (size_t i = 0; i < n; i++) sum += row[i] = loyi_rng_exponential(&rng);
    for (size_t t = 0; t <= STEPS; t++) {
      double all = 0.0;
      for (size_t i = 0; i < n; i++) all += share[t * n + i] = fabs(row[i] / sum + 1e-4 * loyi_rng_normal(&rng));
      for (size_t i = 0; i < n; i++) share[t * n + i] /= all;
      for (size_t i = 0; i < n; i++) size += share[t * n + i] * share[t * n + i];
    }
    begin(&s, share, STEPS, n);
    if (loyi_shares_rank(&s, room) == n) {
      CU_ASSERT(loyi_shares_solve(&s, share + n) != 0);
      CU_ASSERT(s.gap >= 0.0 && s.gap < 1e-11 * size);
    }
    loyi_shares_close(&s);
  }
}

static void test_singular(void) {
  static const double x[] = {.5, .5, .5, .5}, z[] = {.4, .6, .45, .55};
  loyi_shares s;
  begin(&s, x, 2, 2);
  CU_ASSERT_EQUAL(loyi_shares_solve(&s, z), 0);
  loyi_shares_close(&s);
}

#endif

SUITE(ladder, shares_solve) {
#if LOY_TEST_INTERNALS
  ADD(test_rank);
  ADD(test_projection);
  ADD(test_hardly_moving);
  ADD(test_singular);
#else
  (void)suite;
#endif
}
