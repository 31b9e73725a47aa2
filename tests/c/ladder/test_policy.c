/* The published policies, certificates, masks, and every error. Random problems against linear programming are in
 * tests/python/ladder/test_policy.py. */
#include "check.h"
#include "failing_allocator.h"
#include "ladder_policies.h"

#include "loyalty/ladder/policy.h"

/* Mail or stop: stop at recency 4 only. Whichever is the incumbent. */
static void test_mail_or_stop(void) {
  static const double best[5] = {53.149425, 6.620690, 2.643678, 0, 0};
  for (int swap = 0; swap < 2; swap++) {
    mail_or_stop m;
    loy_policy_report report;
    int64_t action[5];
    double value[5];
    mail_or_stop_make(&m, swap);
    CHECK_STATUS(loy_policy_best(&m.problem, NULL, action, value, &report, NULL), LOY_OK);
    for (int i = 0; i < 5; i++) CHECK_NEAR(value[i], best[i], 5e-7);
    for (int i = 0; i < 3; i++) CU_ASSERT_EQUAL(action[i], swap);
    CU_ASSERT_EQUAL(action[3], 1 - swap);
    CU_ASSERT_EQUAL(action[4], 0); /* nothing changes for who has gone: a tie, the incumbent */
    CU_ASSERT(report.rounds <= 4 && report.gain < 1e-12 && report.bound < 1e-11);
  }
}

static void test_nurture(void) {
  static const double passive[6] = {72.157707, 101.861445, 149.715306, 211.386359, 330.888248, 0};
  static const double best[6] = {80.241081, 112.910798, 165.431264, 236.063883, 356.393737, 0};
  static const int64_t choice[6] = {0, 0, 1, 1, 1, 0}, none[6] = {0, 0, 0, 0, 0, 0};
  nurture u;
  loy_policy_report report;
  int64_t action[6];
  double value[6], visits[36], again[6];
  nurture_make(&u);
  CHECK_STATUS(loy_policy_best(&u.problem, NULL, action, value, &report, NULL), LOY_OK);
  for (int i = 0; i < 6; i++) CHECK_NEAR(value[i], best[i], 5e-7);
  for (int i = 0; i < 6; i++) CU_ASSERT_EQUAL(action[i], choice[i]);
  CHECK_STATUS(loy_policy_value(&u.problem, choice, NULL, again, visits, &report, NULL), LOY_OK);
  for (int i = 0; i < 6; i++) {
    double sum = 0.0;
    for (int k = 0; k < 6; k++) sum += visits[i * 6 + k] * u.reward[choice[k] * 6 + k];
    CHECK_BITS(again[i], value[i]);
    CHECK_CLOSE(sum, value[i], 1e-13);
  }
  CU_ASSERT(report.gain < 1e-12);
  CHECK_STATUS(loy_policy_value(&u.problem, none, NULL, again, NULL, &report, NULL), LOY_OK);
  for (int i = 0; i < 6; i++) {
    CHECK_NEAR(again[i], passive[i], 5e-7);
    CU_ASSERT(again[i] + report.bound >= best[i]);
  }
  /* Where nurture is not allowed it is not taken, its numbers are not read, and nobody is worth more. */
  {
    unsigned char available[12] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1};
    u.problem.available = available;
    u.reward[9] = (double)NAN;
    CHECK_STATUS(loy_policy_best(&u.problem, NULL, action, again, NULL, NULL), LOY_OK);
    CU_ASSERT_EQUAL(action[3], 0);
    for (int i = 0; i < 6; i++) CU_ASSERT(again[i] <= value[i] && again[i] >= passive[i] - 5e-7);
  }
}

static void test_errors(void) {
  mail_or_stop m;
  loy_error error;
  int64_t action[5] = {0, 0, 0, 0, 2};
  double value[5];
  unsigned char nowhere[10] = {1, 1, 0, 1, 1, 1, 1, 0, 1, 1};
  mail_or_stop_make(&m, 0);
  CHECK_STATUS(loy_policy_best(NULL, NULL, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "problem", LOY_NO_INDEX);
  m.problem.discount_rate = 0.0;
  m.problem.available = nowhere;
  m.problem.reward = NULL;
  m.problem.actions = 0;
  m.transition[30] = 2.0;
  CHECK_STATUS(loy_policy_best(&m.problem, NULL, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "actions", LOY_NO_INDEX);
  m.problem.actions = 2;
  CHECK_STATUS(loy_policy_best(&m.problem, NULL, NULL, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "transition", 6);
  m.problem.transition = NULL;
  CHECK_STATUS(loy_policy_best(&m.problem, NULL, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "transition", LOY_NO_INDEX);
  m.problem.states = 0;
  CHECK_STATUS(loy_policy_best(&m.problem, NULL, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "states", LOY_NO_INDEX);
  mail_or_stop_make(&m, 0);
  m.problem.discount_rate = 0.0;
  m.problem.available = nowhere;
  m.problem.reward = NULL;
  CHECK_STATUS(loy_policy_best(&m.problem, NULL, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "reward", LOY_NO_INDEX);
  m.problem.reward = m.reward;
  m.reward[2] = m.reward[8] = (double)NAN;
  CHECK_STATUS(loy_policy_best(&m.problem, NULL, NULL, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "reward", 8);
  m.reward[2] = m.reward[8] = 0.0;
  nowhere[7] = 0;
  CHECK_STATUS(loy_policy_best(&m.problem, NULL, NULL, NULL, NULL, &error), LOY_ERR_INFEASIBLE);
  CHECK_ERROR(&error, LOY_ERR_INFEASIBLE, "available", 2);
  m.problem.available = NULL;
  CHECK_STATUS(loy_policy_best(&m.problem, NULL, NULL, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "discount_rate", LOY_NO_INDEX);
  m.problem.discount_rate = .2;
  CHECK_STATUS(loy_policy_best(&m.problem, NULL, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "action", LOY_NO_INDEX);
  CHECK_STATUS(loy_policy_value(&m.problem, NULL, NULL, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "action", LOY_NO_INDEX);
  CHECK_STATUS(loy_policy_value(&m.problem, action, NULL, NULL, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "action", 4);
  action[4] = -1;
  CHECK_STATUS(loy_policy_value(&m.problem, action, NULL, value, NULL, NULL, &error), LOY_ERR_DOMAIN);
  action[4] = 1;
  CHECK_STATUS(loy_policy_value(&m.problem, action, NULL, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX);
}

static void test_memory(void) {
  failing_allocator memory;
  mail_or_stop m;
  double value[5];
  mail_or_stop_make(&m, 0);
  for (int call = 0; call < 2; call++) {
    FOR_EACH_FAILURE(memory) {
      int64_t action[5] = {1, 1, 1, 1, 1};
      const loy_status status = call ? loy_policy_value(&m.problem, action, &memory.allocator, value, NULL, NULL, NULL)
                                     : loy_policy_best(&m.problem, &memory.allocator, action, value, NULL, NULL);
      CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
      if (memory.failed) CU_ASSERT_EQUAL(action[0], 1);
      CU_ASSERT_EQUAL(memory.held, 0);
    }
  }
}

/* Values of 1e28 hide that they differ by about 1. State 0 pays 1 and is left with 1/2; action 1 brings customers back
 * to it with 9/10 rather than 1/2, so that they are there 9/14 of the time rather than 1/2. The bound knows. */
static void test_hidden_by_rounding(void) {
  static const double transition[8] = {.5, .5, .5, .5, .5, .5, .9, .1}, reward[4] = {1, 0, 1, 0};
  const loy_policy_problem problem = {2, 2, transition, reward, NULL, 1e-28};
  int64_t action[2];
  double value[2];
  loy_policy_report report;
  CHECK_STATUS(loy_policy_best(&problem, NULL, action, value, &report, NULL), LOY_OK);
  for (int i = 0; i < 2; i++) CU_ASSERT(value[i] + report.bound >= 9.0 / 14 * 1e28);
}

SUITE(ladder, policy) {
  ADD(test_mail_or_stop);
  ADD(test_nurture);
  ADD(test_hidden_by_rounding);
  ADD(test_errors);
  ADD(test_memory);
}
