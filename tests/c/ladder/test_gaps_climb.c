/* The climb: to the maximum of counts over one step in one EM step, off a bound that is wrong, and never down. */
#include "check.h"

#include "loyalty/ladder/gaps_climb.h"

#if LOY_TEST_INTERNALS

enum { MOST = 3 };

typedef struct climbing {
  loyi_gaps like;
  loyi_gaps_climb climb;
  double memory[9 * MOST * MOST];
} climbing;

static void begin(climbing *c, const double *counts, size_t states, size_t longest, double total,
                  const uint8_t *allowed, const double *from) {
  CU_ASSERT_FATAL(loyi_gaps_open(&c->like, counts, states, longest, total, NULL));
  CU_ASSERT_FATAL(loyi_gaps_climb_memory(states) <= sizeof c->memory / sizeof *c->memory);
  loyi_gaps_climb_place(&c->climb, &c->like, allowed, c->memory);
  memcpy(c->climb.p, from, states * states * sizeof *from);
}

static void test_one_step(void) {
  static const double counts[] = {30, 10, 0, 50}, from[] = {.1, .9, .4, .6};
  climbing c;
  begin(&c, counts, 2, 1, 90, NULL, from);
  CU_ASSERT(loyi_gaps_climb_up(&c.climb, 10) != 0);
  CU_ASSERT_EQUAL(c.climb.iterations, 1);
  CHECK_CLOSE(c.climb.p[0], .75, 1e-15);
  CHECK_BITS(c.climb.p[2], 0.0);
  CHECK_CLOSE(c.climb.value, (30 * log(.75) + 10 * log(.25)) / 90, 1e-14);
  CU_ASSERT(c.climb.gap < 1e-14);
  CHECK_CLOSE(c.climb.visits[0], 40.0 / 90.0, 1e-14);
  loyi_gaps_close(&c.like);
}

/* From a chance of 0 that should be above, over two steps: EM alone would stay there. */
static void test_off_the_bound(void) {
  static const double counts[] = {20, 20, 5, 30, 60, 40, 30, 70}, from[] = {.5, .5, 0, 1};
  static const uint8_t all[] = {1, 1, 1, 1};
  climbing c, other;
  begin(&c, counts, 2, 2, 275, all, from);
  c.climb.p[2] = 0.0;
  CU_ASSERT_EQUAL(loyi_gaps_climb_up(&c.climb, 100), 0); /* what was counted cannot happen there */
  loyi_gaps_close(&c.like);
  {
    static const double without[] = {20, 20, 0, 0, 60, 40, 0, 0}, start[] = {.5, .5, 0, 1}, inside[] = {.5, .5, .5, .5};
    begin(&c, without, 2, 2, 140, all, start);
    begin(&other, without, 2, 2, 140, all, inside);
    CU_ASSERT(loyi_gaps_climb_up(&c.climb, 100) != 0);
    CU_ASSERT(loyi_gaps_climb_up(&other.climb, 100) != 0);
    CU_ASSERT(c.climb.p[2] > .1 && c.climb.gap < 1e-12 && other.climb.gap < 1e-12);
    for (int i = 0; i < 4; i++) CHECK_NEAR(c.climb.p[i], other.climb.p[i], 1e-9);
    loyi_gaps_close(&c.like);
    loyi_gaps_close(&other.like);
  }
}

static void test_never_down(void) {
  static const double counts[] = {50, 12, 0, 9, 40, 11, 0, 7, 45, 30, 14, 3, 10, 22, 12, 2, 9,  31,
                                  0,  0,  0, 0, 0,  0,  0, 0, 0,  18, 11, 6, 9,  13, 12, 5, 11, 20};
  static const double from[] = {.1, .1, .8, .8, .1, .1, .1, .8, .1};
  double before = -INFINITY;
  for (int most = 1; most < 30; most++) {
    climbing c;
    begin(&c, counts, 3, 4, 412, NULL, from);
    CU_ASSERT(loyi_gaps_climb_up(&c.climb, most) != 0);
    CU_ASSERT(c.climb.value >= before - 1e-12);
    before = c.climb.value;
    loyi_gaps_close(&c.like);
  }
}

#endif

SUITE(ladder, gaps_climb) {
#if LOY_TEST_INTERNALS
  ADD(test_one_step);
  ADD(test_off_the_bound);
  ADD(test_never_down);
#else
  (void)suite;
#endif
}
