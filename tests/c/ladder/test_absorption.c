/* test_absorption.c: first passage, visits and absorption, with variances and standard errors. */
#include "chains.h"

#include "failing_allocator.h"

static const uint8_t loyal[5] = {0, 0, 0, 0, 1}, ends[5] = {1, 0, 0, 0, 1};

/* Golden numbers of an independent computation with 40 digits. */
static void test_ladder(void) {
  static const double expected[5] = {11.206953718393, 9.1596570070241, 7.7212527439268, 5.8592082867865, 0};
  static const double variances[5] = {54.456557657871, 51.176396325238, 47.549115629432, 41.218562060565, 0};
  static const double errors[5] = {1.2307384263806, 1.1919287699383, 1.1632761167343, 1.0874117374816, 0};
  static const double visits_0[5] = {3.0335800529486, 2.5989726534006, 2.7739378388994, 2.8004631731441, 0};
  double t[25], steps[5], variance[5], se[5], alone[5], visits[25];
  ladder_chain(t);
  CHECK_STATUS(loy_chain_steps(t, 5, loyal, ladder_rows, NULL, steps, variance, se, NULL), LOY_OK);
  CHECK_STATUS(loy_chain_steps(t, 5, loyal, NULL, NULL, alone, NULL, NULL, NULL), LOY_OK);
  CHECK_STATUS(loy_chain_visits(t, 5, loyal, NULL, visits, NULL), LOY_OK);
  for (size_t i = 0; i < 5; i++) {
    CHECK_CLOSE(steps[i], expected[i], 1e-13);
    CHECK_CLOSE(variance[i], variances[i], 1e-13);
    CHECK_CLOSE(se[i], errors[i], 1e-13);
    CHECK_BITS(alone[i], steps[i]);
    CHECK_CLOSE(visits[i], visits_0[i], 1e-13);
    CHECK_BITS(visits[20 + i], 0.0);
  }
}

static void test_first_of_two(void) {
  static const double expected[5] = {0, .80460736505801, .8736898155933, .91830614875848, 1};
  static const double errors[5] = {0, .061877277662797, .050544156910457, .038577755132957, 0};
  double t[25], b[25], se[25];
  size_t class_of[5];
  ladder_chain(t);
  CHECK_STATUS(loy_chain_absorption(t, 5, ends, ladder_rows, NULL, class_of, b, se, NULL), LOY_OK);
  for (size_t i = 0; i < 5; i++) {
    CHECK_CLOSE(b[5 * i + 4], expected[i], 1e-13);
    CHECK_CLOSE(se[5 * i + 4], errors[i], 1e-13);
    CHECK_CLOSE(b[5 * i], 1 - expected[i], 1e-13);
    CHECK_CLOSE(se[5 * i], errors[i], 1e-13);
    CHECK_BITS(b[5 * i + 1] + b[5 * i + 2] + b[5 * i + 3], 0.0);
    CU_ASSERT_EQUAL(class_of[i], i == 0 || i == 4 ? i : LOY_NO_INDEX);
  }
}

/* Published: Pfeifer and Carraway 2000, expected periods until the customer has gone; and the six states with churn. */
static void test_published(void) {
  const double recency[25] = {.3, .7, 0, 0, 0, .2, 0, .8, 0, 0, .15, 0, 0, .85, 0, .05, 0, 0, 0, .95, 0, 0, 0, 0, 1};
  static const double periods[5] = {6.05042017, 4.62184874, 3.01470588, 1.30252101, 0};
  static const double life[6] = {15.897124963324, 16.511850086574, 17.353329132487, 18.16105035308, 19.454574500824, 0};
  double steps[6];
  CHECK_STATUS(loy_chain_steps(recency, 5, NULL, NULL, NULL, steps, NULL, NULL, NULL), LOY_OK);
  for (size_t i = 0; i < 5; i++) CHECK_NEAR(steps[i], periods[i], 5e-9);
  CHECK_STATUS(loy_chain_steps(churn_chain, 6, NULL, NULL, NULL, steps, NULL, NULL, NULL), LOY_OK);
  for (size_t i = 0; i < 6; i++) CHECK_CLOSE(steps[i], life[i], 1e-13);
}

/* A geometric time with chance p: 1/p, (1 - p)/p^2, and d(1/p) = -dp/p^2; behind it a step that is certain. */
static void test_geometric(void) {
  static const double chances[] = {.5, 1e-3, 1e-12, 1e-20, 1e-40};
  for (size_t i = 0; i < sizeof chances / sizeof *chances; i++) {
    const double p = chances[i], t[9] = {1 - p, p, 0, 0, 0, 1, 0, 0, 1}, n[3] = {50, 0, 0};
    double steps[3], variance[3], se[3];
    CHECK_STATUS(loy_chain_steps(t, 3, NULL, n, NULL, steps, variance, se, NULL), LOY_OK);
    CHECK_CLOSE(steps[0], 1 / p + 1, 1e-15);
    CHECK_CLOSE(variance[0], (1 - p) / p / p, 1e-14);
    CHECK_CLOSE(se[0], sqrt((1 - p) / (p * 50)) / p, 1e-14);
    CHECK_BITS(steps[1], 1.0);
    CHECK_BITS(variance[1], 0.0);
    CHECK_BITS(se[1], 0.0);
    CHECK_BITS(steps[2], 0.0);
  }
}

/* 0 and 2 swap, 3 stays, 1 goes to either, 4 to 1. By hand: from 1 half the chains stay in 1, so 2 visits and an even
 * chance for either end. */
static void test_other_ends(void) {
  const uint8_t three[5] = {0, 0, 0, 1, 0};
  const double n[5] = {1, 8, 1, 1, 8};
  double steps[5], variance[5], se[5], visits[25], b[25], error_of[25];
  size_t class_of[5];
  loy_error error;
  CHECK_STATUS(loy_chain_steps(two_ends, 5, three, n, NULL, steps, variance, se, &error), LOY_NOTICE_DIVERGES);
  CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "target", 0);
  for (size_t i = 0; i < 5; i++) {
    CHECK_BITS(steps[i], i == 3 ? 0.0 : HUGE_VAL);
    CHECK_BITS(variance[i], steps[i]);
    CU_ASSERT(i == 3 ? se[i] == 0.0 : isnan(se[i]));
  }
  CHECK_STATUS(loy_chain_visits(two_ends, 5, three, NULL, visits, &error), LOY_NOTICE_DIVERGES);
  CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "target", 0);
  for (size_t i = 0; i < 5; i++) {
    CHECK_BITS(visits[5 * i], i == 3 ? 0.0 : HUGE_VAL);
    CHECK_BITS(visits[5 * i + 2], visits[5 * i]);
    CHECK_BITS(visits[5 * i + 3], 0.0);
    CHECK_BITS(visits[5 * i + 1], i == 1 || i == 4 ? 2.0 : 0.0);
    CHECK_BITS(visits[5 * i + 4], i == 4 ? 2.0 : 0.0);
  }
  CHECK_STATUS(loy_chain_absorption(two_ends, 5, NULL, n, NULL, class_of, b, error_of, &error), LOY_OK);
  CU_ASSERT(class_of[0] == 0 && class_of[2] == 0 && class_of[3] == 3 && class_of[1] == LOY_NO_INDEX);
  for (size_t i = 0; i < 5; i++) {
    const double at_0[5] = {1, .5, 1, 0, .5};
    CHECK_CLOSE(b[5 * i], at_0[i], 1e-15);
    CHECK_CLOSE(b[5 * i + 3], 1 - at_0[i], 1e-15);
    /* N_11^2 (1/4 1/4 + 1/2 1/4 (1/2)^2 2)/8, with N_11 = 2 */
    CHECK_CLOSE(error_of[5 * i + 3], i == 1 || i == 4 ? sqrt(4 * .125 / 8) : 0.0, 1e-15);
  }
}

/* Steps near 1e12 that differ by 2 between neighbours: that difference is what a row with few observations contributes,
 * when the row that leaks has very many. Expected numbers from exact rationals. */
static void test_neighbours(void) {
  const double t[9] = {.5, .5, 0, .25, .75 - 1e-12, 1e-12, 0, 0, 1}, n[3] = {1, 1e20, 0};
  double steps[3], se[3];
  CHECK_STATUS(loy_chain_steps(t, 3, NULL, n, NULL, steps, NULL, se, NULL), LOY_OK);
  CHECK_CLOSE(steps[0], 1500000000002.0, 1e-15);
  CHECK_CLOSE(steps[1], 1500000000000.0, 1e-15);
  CHECK_CLOSE(se[0], 500000022501.999504, 1e-15);
  CHECK_CLOSE(se[1], 500000022499.999504, 1e-15);
}

/* In the order of the header. */
static void test_errors(void) {
  const double bad[4] = {1, 0, .5, .4}, swap[4] = {0, 1, 1, 0}, t[4] = {.5, .5, 0, 1}, zero[2] = {0, 0};
  const uint8_t none[2] = {0, 0}, top[12] = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
  static double large[257 * 257], tiny[144], out[144], se[144];
  loy_error error;
  for (size_t i = 0; i < 257; i++) large[i * 258] = 1.0;
  for (size_t i = 0; i < 144; i++) out[i] = se[i] = -7.0;
  CHECK_STATUS(loy_chain_steps(bad, 0, none, NULL, NULL, NULL, NULL, se, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "states", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_steps(NULL, 2, none, NULL, NULL, NULL, NULL, se, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "transition", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_steps(bad, 2, none, NULL, NULL, NULL, NULL, se, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "transition", 1);
  CHECK_STATUS(loy_chain_steps(t, 2, none, NULL, NULL, NULL, NULL, se, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "target", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_steps(swap, 2, NULL, NULL, NULL, NULL, NULL, se, &error), LOY_ERR_INFEASIBLE);
  CHECK_ERROR(&error, LOY_ERR_INFEASIBLE, "transition", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_steps(large, 257, NULL, NULL, NULL, NULL, NULL, se, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "states", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_steps(t, 2, NULL, NULL, NULL, NULL, NULL, se, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "row_counts", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_steps(t, 2, NULL, zero, NULL, NULL, NULL, se, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "row_counts", 0);
  CHECK_STATUS(loy_chain_steps(t, 2, NULL, zero, NULL, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "steps", LOY_NO_INDEX);
  tiny_chain(tiny, 1);
  CHECK_STATUS(loy_chain_steps(tiny, 12, top, NULL, NULL, out, NULL, NULL, &error), LOY_ERR_SINGULAR);
  CHECK_ERROR(&error, LOY_ERR_SINGULAR, "transition", LOY_NO_INDEX);

  CHECK_STATUS(loy_chain_visits(bad, 2, none, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_STATUS(loy_chain_visits(t, 2, none, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "target", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_visits(t, 2, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "visits", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_visits(tiny, 12, top, NULL, out, &error), LOY_ERR_SINGULAR);

  CHECK_STATUS(loy_chain_absorption(bad, 2, none, NULL, NULL, NULL, NULL, se, &error), LOY_ERR_DOMAIN);
  CHECK_STATUS(loy_chain_absorption(swap, 2, none, NULL, NULL, NULL, NULL, se, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "target", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_absorption(swap, 2, NULL, NULL, NULL, NULL, NULL, se, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "row_counts", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_absorption(swap, 2, NULL, NULL, NULL, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "probability", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_absorption(tiny, 12, top, NULL, NULL, NULL, out, NULL, &error), LOY_ERR_SINGULAR);
  CHECK_UNTOUCHED(out, 144);
  CHECK_UNTOUCHED(se, 144);
}

static void test_memory(void) {
  failing_allocator memory;
  double t[25];
  ladder_chain(t);
  FOR_EACH_FAILURE(memory) {
    double out[25];
    for (size_t i = 0; i < 25; i++) out[i] = -7.0;
    const loy_status status =
        loy_chain_steps(t, 5, loyal, ladder_rows, &memory.allocator, out, out + 5, out + 10, NULL);
    CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
    if (memory.failed) CHECK_UNTOUCHED(out, 25);
    CU_ASSERT_EQUAL(memory.held, 0);
  }
  FOR_EACH_FAILURE(memory) {
    double out[25] = {-7};
    const loy_status status = loy_chain_visits(t, 5, loyal, &memory.allocator, out, NULL);
    CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
    if (memory.failed) CHECK_UNTOUCHED(out, 1);
    CU_ASSERT_EQUAL(memory.held, 0);
  }
  FOR_EACH_FAILURE(memory) {
    double out[25] = {-7}, se[25] = {-7};
    const loy_status status = loy_chain_absorption(t, 5, ends, ladder_rows, &memory.allocator, NULL, out, se, NULL);
    CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
    if (memory.failed) CHECK_UNTOUCHED(out, 1);
    if (memory.failed) CHECK_UNTOUCHED(se, 1);
    CU_ASSERT_EQUAL(memory.held, 0);
  }
}

SUITE(ladder, absorption) {
  ADD(test_ladder);
  ADD(test_first_of_two);
  ADD(test_published);
  ADD(test_geometric);
  ADD(test_other_ends);
  ADD(test_neighbours);
  ADD(test_errors);
  ADD(test_memory);
}
