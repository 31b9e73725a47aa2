/* The second golden problem under budgets: numbers by enumerating its 64 policies and by linear programming. */
#include "check.h"
#include "failing_allocator.h"
#include "ladder_policies.h"

#include "loyalty/ladder/policy_budget.h"

static const double cost[12] = {0, 0, 0, 0, 0, 0, 6, 6, 6, 6, 6, 6}, hundred[6] = {100, 0, 0, 0, 0, 0};

static void test_binding(void) {
  static const struct {
    double budget, value, price, share;
    int64_t generous[6], frugal[6];
  } cases[] = {
      {500, 7604.9685412006838, 0.5132450453426, 0.068522391320860652, {0, 0, 0, 1, 1, 0}, {0, 0, 0, 1, 0, 0}},
      {1000, 7861.5910638719840, 0.5132450453426, 0.7006078930978107, {0, 0, 0, 1, 1, 0}, {0, 0, 0, 1, 0, 0}},
      {1500, 8000.5304665426084, 0.06607179151647813, -1, {0, 0, 1, 1, 1, 0}, {0, 0, 0, 1, 1, 0}},
      {0, 7215.7707342713575, 0.8106346846525145, 0, {0, 0, 0, 1, 0, 0}, {0, 0, 0, 0, 0, 0}},
  };
  nurture u;
  nurture_make(&u);
  for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
    int64_t generous[6], frugal[6];
    double value[6];
    loy_policy_budget_result r;
    CHECK_STATUS(loy_policy_budget(&u.problem, cost, hundred, cases[k].budget, NULL, generous, frugal, value, &r, NULL),
                 LOY_OK);
    CHECK_CLOSE(r.value, cases[k].value, 1e-12);
    CHECK_CLOSE(r.shadow_price, cases[k].price, 1e-10);
    CHECK_NEAR(r.cost, cases[k].budget, 1e-9);
    CHECK_CLOSE(100.0 * value[0], r.value, 1e-13);
    if (cases[k].share >= 0.0) CHECK_NEAR(r.share, cases[k].share, 1e-12);
    CHECK_CLOSE(r.share * r.generous_value + (1.0 - r.share) * r.frugal_value, r.value, 1e-14);
    CU_ASSERT(r.generous_cost > cases[k].budget && r.frugal_cost <= cases[k].budget);
    for (int i = 0; i < 5; i++) { /* in the last one nothing differs */
      CU_ASSERT_EQUAL(generous[i], cases[k].generous[i]);
      CU_ASSERT_EQUAL(frugal[i], cases[k].frugal[i]);
    }
  }
}

static void test_not_needed(void) {
  nurture u;
  int64_t generous[6], frugal[6];
  double value[6];
  loy_policy_budget_result r;
  loy_error error;
  nurture_make(&u);
  CHECK_STATUS(loy_policy_budget(&u.problem, cost, hundred, 1857, NULL, generous, frugal, value, &r, &error),
               LOY_NOTICE_NOT_NEEDED);
  CHECK_ERROR(&error, LOY_NOTICE_NOT_NEEDED, "budget", LOY_NO_INDEX);
  CHECK_CLOSE(r.value, 8024.1080653641139, 1e-12);
  CHECK_CLOSE(r.cost, 1856.8481840789054, 1e-12);
  CHECK_BITS(r.shadow_price, 0.0);
  CHECK_BITS(r.share, 1.0);
  for (int i = 0; i < 6; i++) CU_ASSERT_EQUAL(generous[i], frugal[i]);
}

static void test_errors(void) {
  nurture u;
  int64_t g[6], f[6] = {7, 7, 7, 7, 7, 7};
  double bad_cost[12], start[6] = {0, -1, 0, 0, 0, 0};
  unsigned char only[12] = {0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
  loy_policy_budget_result r;
  loy_error error;
  nurture_make(&u);
  u.problem.discount_rate = 0.0;
  memcpy(bad_cost, cost, sizeof cost);
  bad_cost[7] = -1.0;
  CHECK_STATUS(loy_policy_budget(&u.problem, NULL, NULL, -1, NULL, NULL, NULL, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "discount_rate", LOY_NO_INDEX);
  u.problem.discount_rate = .1;
  CHECK_STATUS(loy_policy_budget(&u.problem, NULL, NULL, -1, NULL, NULL, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "cost", LOY_NO_INDEX);
  CHECK_STATUS(loy_policy_budget(&u.problem, bad_cost, NULL, -1, NULL, NULL, NULL, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "cost", 7);
  CHECK_STATUS(loy_policy_budget(&u.problem, cost, NULL, -1, NULL, NULL, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "start", LOY_NO_INDEX);
  CHECK_STATUS(loy_policy_budget(&u.problem, cost, start, -1, NULL, NULL, NULL, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "start", 1);
  start[1] = 0.0;
  start[0] = 1.0;
  CHECK_STATUS(loy_policy_budget(&u.problem, cost, start, -1, NULL, NULL, NULL, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "budget", LOY_NO_INDEX);
  CHECK_STATUS(loy_policy_budget(&u.problem, cost, start, 1, NULL, NULL, f, NULL, &r, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "generous", LOY_NO_INDEX);
  CHECK_STATUS(loy_policy_budget(&u.problem, cost, start, 1, NULL, g, NULL, NULL, &r, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "frugal", LOY_NO_INDEX);
  CHECK_STATUS(loy_policy_budget(&u.problem, cost, start, 1, NULL, g, f, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  /* In state 0 nurture is all there is: 6 each time, 12.5 at least. */
  u.problem.available = only;
  CHECK_STATUS(loy_policy_budget(&u.problem, cost, start, 6, NULL, g, f, NULL, &r, &error), LOY_ERR_INFEASIBLE);
  CHECK_ERROR(&error, LOY_ERR_INFEASIBLE, "budget", LOY_NO_INDEX);
  CU_ASSERT_EQUAL(f[0], 7);
}

static void test_memory(void) {
  failing_allocator memory;
  nurture u;
  nurture_make(&u);
  FOR_EACH_FAILURE(memory) {
    int64_t g[6] = {7, 7, 7, 7, 7, 7}, f[6];
    loy_policy_budget_result r;
    const loy_status status =
        loy_policy_budget(&u.problem, cost, hundred, 500, &memory.allocator, g, f, NULL, &r, NULL);
    CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
    if (memory.failed) CU_ASSERT_EQUAL(g[0], 7);
    CU_ASSERT_EQUAL(memory.held, 0);
  }
}

SUITE(ladder, policy_budget) {
  ADD(test_binding);
  ADD(test_not_needed);
  ADD(test_errors);
  ADD(test_memory);
}
