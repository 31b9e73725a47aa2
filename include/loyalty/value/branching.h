/* branching.h: how far a story or a referral spreads when everyone it reaches passes it on in the same way.
 *
 * Each person reached brings in R others on average, R = n h of word_of_mouth.h at every level (or referrals per
 * customer times their success). Below R = 1 the spread dies out after 1/(1-R) people on average, the first included;
 * from R = 1 on the mean is infinite, and the population decides.
 *
 * Source: Harris 1963, The Theory of Branching Processes, ch. I, with offspring ~ Poisson(R); the total then has the
 * Borel distribution. */
#ifndef LOYALTY_VALUE_BRANCHING_H
#define LOYALTY_VALUE_BRANCHING_H

#include "../base/config.h"
#include "../base/range.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

typedef struct loy_branching {
  double total;      /* mean number of people reached in all, the first included: 1/(1-R) */
  double deviation;  /* standard deviation of that number, sqrt(R/(1-R)^3) */
  double extinction; /* probability that the spread dies out: 1 for R <= 1, else the root q < 1 of q = e^(R(q-1)) */
} loy_branching;

/* The spread from one person.
 *   reproduction  R, 0 or from 1e-40 to 1e40
 * Errors, in this order: LOY_ERR_DOMAIN reproduction; LOY_ERR_ARGUMENT result (NULL). Notice: LOY_NOTICE_SUPERCRITICAL
 * for R >= 1, naming reproduction: total and deviation are +infinity.
 * Measured: relative errors below 1e-15 (docs/accuracy.md); that of extinction for R > 1 of its value. */
LOYALTY_API loy_status loy_branching_spread(double reproduction, loy_branching *result, loy_error *error);

/* How many different people of a finite population hear a story that is told `tellings` times, each time to someone
 * drawn at random: M (1 - (1 - 1/M)^x). What a supercritical spread reaches at most.
 *   population  M, from 1 to 1e40
 *   tellings    x, 0 or from 1e-40 to 1e40
 *   reached     0 <= reached <= M
 * Errors, in this order: LOY_ERR_DOMAIN population, tellings; LOY_ERR_ARGUMENT reached (NULL).
 * Measured: relative error below 1e-15 (docs/accuracy.md). */
LOYALTY_API loy_status loy_branching_reached(double population, double tellings, double *reached, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "branching-inl.h"
#endif

#endif /* LOYALTY_VALUE_BRANCHING_H */
