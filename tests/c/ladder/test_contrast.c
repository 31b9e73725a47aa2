/* test_contrast.c: differences of an expectation between states, and their variance over the next state. */
#include "chains.h"

#include "loyalty/ladder/contrast.h"

#if LOY_TEST_INTERNALS

/* Two states, 0 to 1 or stays with 1/2 each, 1 to 0 with 1/4 and out with a chance of 1e-12: t_0 - t_1 = 2, so that the
 * variance from 0 is 1/4 2^2, and from 1 it is 1/4 (3/4 - e) 2^2 + e (t_0^2/4 + (3/4 - e) t_1^2). */
static void test_steps(void) {
  const double e = 1e-12, t[9] = {.5, .5, 0, .25, .75 - 1e-12, 1e-12, 0, 0, 1};
  const double one[2] = {1, 1}, leave[2] = {0, 1e-12}, steps[2] = {1.5e12 + 2, 1.5e12};
  double spread[2], room[40], visits[2], n[3] = {1, 0, 0};
  loyi_contrast g;
  loyi_block block;
  CU_ASSERT(loyi_contrast_room(2) <= 40);
  CHECK_STATUS(loyi_block_open(t, 3, NULL, 0, NULL, &block, NULL), LOY_OK);
  g.x = g.alpha = one;
  g.y = leave;
  g.beta = steps;
  g.two_ends = 0;
  CU_ASSERT(loyi_contrast_spread(t, &block, &g, spread, room) != 0);
  CHECK_CLOSE(spread[0], 1.0, 1e-15);
  CHECK_CLOSE(spread[1], .25 * (.75 - e) * 4 + e * (steps[0] * steps[0] * .25 + (.75 - e) * steps[1] * steps[1]),
              1e-15);
  loyi_block_visits(&block, 0, visits);
  CHECK_CLOSE(visits[1], 1e12, 1e-15); /* each visit ends the chain with e */
  spread[1] = 0.0;                     /* then its count is not read */
  CHECK_CLOSE(loyi_block_delta(&block, spread, n, visits), visits[0], 1e-15);
  loyi_block_close(&block);
}

/* A state with two ends, p and q: the variance of where it ends over the next state is p q + stay (p b_1^2 + q b_0^2).
 */
static void test_two_ends(void) {
  const double t[9] = {.5, .125, .375, 0, 1, 0, 0, 0, 1};
  const double into[1] = {.125}, others[1] = {.375}, end[1] = {.25}, end_in_others[1] = {.75};
  double spread[1], room[10];
  loyi_contrast g;
  loyi_block block;
  CHECK_STATUS(loyi_block_open(t, 3, NULL, 0, NULL, &block, NULL), LOY_OK);
  g.x = into;
  g.alpha = end_in_others;
  g.y = others;
  g.beta = end;
  g.two_ends = 1;
  CU_ASSERT(loyi_contrast_spread(t, &block, &g, spread, room) != 0);
  CHECK_CLOSE(spread[0], .125 * .375 + .5 * (.125 * .5625 + .375 * .0625), 1e-15);
  loyi_block_close(&block);
}

#endif

SUITE(ladder, contrast) {
#if LOY_TEST_INTERNALS
  ADD(test_steps);
  ADD(test_two_ends);
#else
  (void)suite;
#endif
}
