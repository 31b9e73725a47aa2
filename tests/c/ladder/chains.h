/* chains.h: chains that several tests of the wing ask about. */
#ifndef LOYALTY_TESTS_CHAINS_H
#define LOYALTY_TESTS_CHAINS_H

#include "check.h"

/* Counts of five stages, and the chain estimated from them. */
static const double ladder_counts[25] = {60, 30, 8, 2, 0,  5,  50, 30, 12, 3, 2,  10, 48,
                                         32, 8,  1, 4, 15, 55, 25, 0,  2,  5, 18, 175};
static const double ladder_rows[5] = {100, 100, 100, 100, 200};

static inline void ladder_chain(double *transition) {
  for (size_t e = 0; e < 25; e++) transition[e] = ladder_counts[e] / ladder_rows[e / 5];
}

/* Five stages and churn. */
static const double churn_chain[36] = {.60, .25, .05, .02, 0,   .08, .05, .55, .25, .05, .02, .08,
                                       .02, .10, .50, .25, .06, .07, .01, .03, .12, .58, .20, .06,
                                       0,   .01, .03, .10, .82, .04, 0,   0,   0,   0,   0,   1};

/* 0 and 2 swap for ever; 1 leads to 0 and 3; 3 stays; 4 leads to 1. */
static const double two_ends[25] = {0, 0, 1, 0, 0, .25, .5, 0, .25, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, .5, 0, 0, .5};

/* 12 states in a row, with chances so small that their products are no doubles: one step up, from the last or from the
 * first end, has 1e-40, one step down what is left. */
static inline void tiny_chain(double *transition, int from_last) {
  for (size_t e = 0; e < 144; e++) transition[e] = 0.0;
  for (size_t i = 0; i < 12; i++) {
    const size_t up = from_last ? i - 1 : i + 1, down = from_last ? i + 1 : i - 1;
    transition[i * 12 + (down < 12 ? down : i)] = 1.0;
    if (up < 12) transition[i * 12 + up] = 1e-40;
  }
}

#define CHECK_UNTOUCHED(values, count)                                                                                 \
  for (size_t untouched = 0; untouched < (count); untouched++) CHECK_BITS((values)[untouched], -7.0)

#endif /* LOYALTY_TESTS_CHAINS_H */
