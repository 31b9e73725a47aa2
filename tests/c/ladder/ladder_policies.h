/* ladder_policies.h: the two published decision problems, for tests. */
#ifndef LOYALTY_TESTS_LADDER_POLICIES_H
#define LOYALTY_TESTS_LADDER_POLICIES_H

#include "loyalty/ladder/policy.h"

/* Pfeifer and Carraway: recency 1 to 4 and former; mail for 4, or stop; a purchase brings 40, found on recency 1. */
typedef struct mail_or_stop {
  double transition[50], reward[10];
  loy_policy_problem problem;
} mail_or_stop;

/* Mail is action 0, or 1 when swapped. */
static inline void mail_or_stop_make(mail_or_stop *m, int swapped) {
  static const double mailed[25] = {.3,  .7, 0,   0, 0, .2, 0,   .8, 0, 0, .15, 0, 0,
                                    .85, 0,  .05, 0, 0, 0,  .95, 0,  0, 0, 0,   1};
  for (int a = 0; a < 2; a++) {
    const int mail = a == swapped;
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 5; j++) m->transition[a * 25 + i * 5 + j] = mail ? mailed[i * 5 + j] : j == 4 ? 1.0 : 0.0;
      m->reward[a * 5 + i] = (i == 0 ? 40.0 : 0.0) - (mail && i < 4 ? 4.0 : 0.0);
    }
  }
  m->problem.states = 5;
  m->problem.actions = 2;
  m->problem.transition = m->transition;
  m->problem.reward = m->reward;
  m->problem.available = NULL;
  m->problem.discount_rate = .2;
}

/* Six states; action 1 nurtures for 6: states 0 to 3 move .10 from staying to the next, state 4 .03 from leaving. */
typedef struct nurture {
  double transition[72], reward[12];
  loy_policy_problem problem;
} nurture;

static inline void nurture_make(nurture *u) {
  static const double passive[36] = {.60, .25, .05, .02, 0,   .08, .05, .55, .25, .05, .02, .08,
                                     .02, .10, .50, .25, .06, .07, .01, .03, .12, .58, .20, .06,
                                     0,   .01, .03, .10, .82, .04, 0,   0,   0,   0,   0,   1};
  static const double reward[6] = {-1, -2, 5, 20, 60, 0};
  for (int k = 0; k < 36; k++) u->transition[k] = u->transition[36 + k] = passive[k];
  for (int i = 0; i < 6; i++) {
    u->reward[i] = reward[i];
    u->reward[6 + i] = reward[i] - 6.0;
  }
  for (int i = 0; i < 4; i++) {
    u->transition[36 + i * 7] -= .10;
    u->transition[36 + i * 7 + 1] += .10;
  }
  u->transition[36 + 4 * 6 + 4] += .03;
  u->transition[36 + 4 * 6 + 5] -= .03;
  u->problem.states = 6;
  u->problem.actions = 2;
  u->problem.transition = u->transition;
  u->problem.reward = u->reward;
  u->problem.available = NULL;
  u->problem.discount_rate = .1;
}

#endif /* LOYALTY_TESTS_LADDER_POLICIES_H */
