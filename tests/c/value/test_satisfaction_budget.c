/* Plans under a budget: against all plans of a small grid, the bound, budgets of nothing and of plenty, errors. */
#include "check.h"
#include "failing_allocator.h"

#include "loyalty/value/satisfaction_budget.h"

/* Deterministic numbers in [0, 1). */
static double uniform(uint64_t *state) {
  *state = *state * 6364136223846793005u + 1442695040888963407u;
  return (double)(*state >> 11) * 0x1p-53;
}

typedef struct market {
  loy_curve curve;
  loy_margin_terms terms;
  double customers[3], margin[3], s[3], c[3], unit_cost[3], most[3];
} market;

static market random_market(uint64_t seed) {
  uint64_t state = seed * 7919 + 3;
  market m;
  loy_curve_init(&m.curve);
  loy_margin_terms_init(&m.terms);
  m.curve.alpha = 2.0 * uniform(&state) - 1.0;
  m.curve.beta = 0.4 + 2.6 * uniform(&state);
  m.curve.delta = 0.1 * uniform(&state);
  m.terms.discount = 0.05 + 0.2 * uniform(&state);
  for (int j = 0; j < 3; j++) {
    m.customers[j] = 10.0 + 90.0 * uniform(&state);
    m.margin[j] = 20.0 + 80.0 * uniform(&state);
    m.s[j] = 0.6 * uniform(&state);
    m.c[j] = 0.1 + 0.8 * uniform(&state);
    m.unit_cost[j] = 20.0 + 180.0 * uniform(&state);
    m.most[j] = m.s[j] + (1.0 - m.s[j]) * uniform(&state);
  }
  return m;
}

static double value_at(const market *m, int j, double s) {
  loy_satisfaction_worth worth;
  CHECK_STATUS(loy_satisfaction_worth_at(&m->curve, &m->terms, m->margin[j], s, m->c[j], NULL, &worth, NULL), LOY_OK);
  return worth.value;
}

/* The bound is none the plan itself could exceed, not by rounding either. */
static void test_bound_of_the_plan(void) {
  for (uint64_t seed = 0; seed < 400; seed++) {
    const market m = random_market(seed);
    loy_satisfaction_plan plan;
    double target[3];
    CHECK_STATUS(loy_satisfaction_budget(&m.curve, &m.terms, m.customers, m.margin, m.s, m.c, NULL, m.unit_cost, m.most,
                                         3, 1e6, NULL, target, NULL, &plan, NULL),
                 LOY_OK);
    CU_ASSERT(plan.bound >= plan.net);
    CHECK_CLOSE(plan.bound, plan.net, 1e-12);
  }
}

/* No plan of the grid that the budget allows has more net than the bound, and the plan comes near it. */
static void test_against_all_plans(void) {
  enum { STEPS = 6 };
  double lost = 0.0, best_sum = 0.0;
  for (uint64_t seed = 0; seed < 200; seed++) {
    const market m = random_market(seed);
    loy_satisfaction_budget_options options;
    loy_satisfaction_plan plan;
    double target[3], spend[3], gain[3][STEPS + 1], cost[3][STEPS + 1], best = 0.0, gained = 0.0, spent = 0.0,
                                                                        all = 0.0;
    double budget;
    loy_satisfaction_budget_options_init(&options);
    options.steps = STEPS;
    for (int j = 0; j < 3; j++) {
      const double from = value_at(&m, j, m.s[j]);
      for (int k = 0; k <= STEPS; k++) {
        const double to = m.s[j] + (m.most[j] - m.s[j]) * k / (double)STEPS;
        gain[j][k] = m.customers[j] * (value_at(&m, j, to < m.most[j] ? to : m.most[j]) - from);
        cost[j][k] = m.customers[j] * m.unit_cost[j] * (to - m.s[j]);
      }
      all += cost[j][STEPS];
    }
    budget = all * (double)(seed % 10) / 9.0;
    CHECK_STATUS(loy_satisfaction_budget(&m.curve, &m.terms, m.customers, m.margin, m.s, m.c, NULL, m.unit_cost, m.most,
                                         3, budget, &options, target, spend, &plan, NULL),
                 LOY_OK);
    for (int a = 0; a <= STEPS; a++)
      for (int b = 0; b <= STEPS; b++)
        for (int d = 0; d <= STEPS; d++) {
          const double paid = cost[0][a] + cost[1][b] + cost[2][d];
          const double net = gain[0][a] + gain[1][b] + gain[2][d] - paid;
          if (paid <= budget && net > best) best = net;
        }
    for (int j = 0; j < 3; j++) {
      CU_ASSERT(target[j] >= m.s[j] && target[j] <= m.most[j]);
      CHECK_NEAR(spend[j], m.customers[j] * m.unit_cost[j] * (target[j] - m.s[j]), 1e-9);
      gained += m.customers[j] * (value_at(&m, j, target[j]) - value_at(&m, j, m.s[j]));
      spent += spend[j];
    }
    CHECK_NEAR(plan.gain, gained, 1e-8);
    CHECK_NEAR(plan.spend, spent, 1e-9);
    CHECK_NEAR(plan.net, gained - spent, 1e-8);
    CU_ASSERT(plan.spend <= budget * (1.0 + 1e-11));
    CU_ASSERT(plan.net <= best + 1e-8);
    CU_ASSERT(best <= plan.bound + 1e-8);
    CU_ASSERT(plan.net >= 0.0 && plan.price >= 0.0);
    if (seed % 10 == 9) CHECK_NEAR(plan.net, best, 1e-8);
    lost += best - plan.net;
    best_sum += best;
  }
  CU_ASSERT(lost < 0.02 * best_sum);
}

/* Three segments, a convex one among them: where satisfaction earns nothing at first, the plan leaps or leaves it. */
static void test_plan(void) {
  market m = random_market(1);
  loy_satisfaction_plan plan, fine;
  double target[3], spend[3];
  loy_satisfaction_budget_options options;
  loy_satisfaction_budget_options_init(&options);
  m.curve.beta = 3.0;
  m.curve.alpha = 0.0;
  CHECK_STATUS(loy_satisfaction_budget(&m.curve, &m.terms, m.customers, m.margin, m.s, m.c, NULL, m.unit_cost, NULL, 3,
                                       2000.0, NULL, target, spend, &plan, NULL),
               LOY_OK);
  CU_ASSERT(plan.net > 0.0 && plan.spend <= 2000.0);
  CU_ASSERT(plan.bound - plan.net <= 0.1 * plan.bound);
  options.steps = 4096;
  CHECK_STATUS(loy_satisfaction_budget(&m.curve, &m.terms, m.customers, m.margin, m.s, m.c, NULL, m.unit_cost, NULL, 3,
                                       2000.0, &options, target, NULL, &fine, NULL),
               LOY_OK);
  CU_ASSERT(fine.bound >= plan.bound * (1.0 - 1e-12) && fine.bound <= plan.bound * 1.01);
  /* Nothing to spend; nothing that pays; nobody; no segments. */
  CHECK_STATUS(loy_satisfaction_budget(&m.curve, &m.terms, m.customers, m.margin, m.s, m.c, NULL, m.unit_cost, NULL, 3,
                                       0.0, NULL, target, spend, &plan, NULL),
               LOY_OK);
  CU_ASSERT(memcmp(target, m.s, sizeof target) == 0);
  CHECK_BITS(plan.net, 0.0);
  CU_ASSERT(plan.price > 0.0);
  for (int j = 0; j < 3; j++) m.unit_cost[j] = 1e6;
  CHECK_STATUS(loy_satisfaction_budget(&m.curve, &m.terms, m.customers, m.margin, m.s, m.c, NULL, m.unit_cost, NULL, 3,
                                       1e9, NULL, target, spend, &plan, NULL),
               LOY_OK);
  CU_ASSERT(memcmp(target, m.s, sizeof target) == 0);
  CHECK_BITS(plan.spend, 0.0);
  CHECK_BITS(plan.price, 0.0);
  CHECK_BITS(plan.bound, 0.0);
  m.customers[0] = m.customers[1] = m.customers[2] = 0.0;
  CHECK_STATUS(loy_satisfaction_budget(&m.curve, &m.terms, m.customers, m.margin, m.s, m.c, NULL, m.unit_cost, NULL, 3,
                                       1e9, NULL, target, spend, &plan, NULL),
               LOY_OK);
  CHECK_BITS(plan.gain, 0.0);
  CHECK_STATUS(loy_satisfaction_budget(&m.curve, &m.terms, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 1.0, NULL, NULL,
                                       NULL, &plan, NULL),
               LOY_OK);
  CHECK_BITS(plan.net, 0.0);
}

static void test_errors(void) {
  market m = random_market(4);
  loy_satisfaction_budget_options options;
  loy_satisfaction_plan plan;
  loy_error error;
  double target[3] = {-1.0, -1.0, -1.0};
  double k[3] = {0.0, 2.0, 0.0};
  const double *columns[1] = {NULL};
  loy_satisfaction_budget_options_init(NULL);
  loy_satisfaction_budget_options_init(&options);
#define TRY(customers, margin, s, c, constraint, unit_cost, most, budget, target, plan)                                \
  (void)loy_satisfaction_budget(&m.curve, &m.terms, (customers), (margin), (s), (c), (constraint), (unit_cost),        \
                                (most), 3, (budget), &options, (target), NULL, (plan), &error)
  TRY(NULL, NULL, NULL, NULL, NULL, NULL, NULL, -1.0, NULL, NULL);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "customers", LOY_NO_INDEX);
  TRY(m.customers, NULL, NULL, NULL, NULL, NULL, NULL, -1.0, NULL, NULL);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "margin", LOY_NO_INDEX);
  TRY(m.customers, m.margin, NULL, NULL, NULL, NULL, NULL, -1.0, NULL, NULL);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "s", LOY_NO_INDEX);
  TRY(m.customers, m.margin, m.s, NULL, NULL, NULL, NULL, -1.0, NULL, NULL);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "c", LOY_NO_INDEX);
  m.curve.constraints = 1;
  TRY(m.customers, m.margin, m.s, m.c, columns, NULL, NULL, -1.0, NULL, NULL);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "constraint", 0);
  columns[0] = k;
  TRY(m.customers, m.margin, m.s, m.c, columns, NULL, NULL, -1.0, NULL, NULL);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "unit_cost", LOY_NO_INDEX);
  TRY(m.customers, m.margin, m.s, m.c, columns, m.unit_cost, NULL, -1.0, NULL, NULL);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "budget", LOY_NO_INDEX);
  options.steps = 0;
  TRY(m.customers, m.margin, m.s, m.c, columns, m.unit_cost, NULL, 1.0, NULL, NULL);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "steps", LOY_NO_INDEX);
  options.struct_size = 1;
  TRY(m.customers, m.margin, m.s, m.c, columns, m.unit_cost, NULL, 1.0, NULL, NULL);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX);
  loy_satisfaction_budget_options_init(&options);
  TRY(m.customers, m.margin, m.s, m.c, columns, m.unit_cost, m.most, 1.0, NULL, NULL);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "constraint", 1);
  k[1] = 0.0;
  m.customers[1] = -1.0;
  m.margin[1] = NAN;
  TRY(m.customers, m.margin, m.s, m.c, columns, m.unit_cost, m.most, 1.0, NULL, NULL);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "customers", 1);
  m.customers[1] = 1.0;
  TRY(m.customers, m.margin, m.s, m.c, columns, m.unit_cost, m.most, 1.0, NULL, NULL);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "margin", 1);
  m.margin[1] = 1.0;
  m.unit_cost[2] = 0.0;
  TRY(m.customers, m.margin, m.s, m.c, columns, m.unit_cost, m.most, 1.0, NULL, NULL);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "unit_cost", 2);
  m.unit_cost[2] = 1.0;
  m.most[2] = m.s[2] / 2.0;
  TRY(m.customers, m.margin, m.s, m.c, columns, m.unit_cost, m.most, 1.0, NULL, NULL);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "most", 2);
  m.most[2] = m.s[2];
  TRY(m.customers, m.margin, m.s, m.c, columns, m.unit_cost, m.most, 1.0, NULL, NULL);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "target", LOY_NO_INDEX);
  TRY(m.customers, m.margin, m.s, m.c, columns, m.unit_cost, m.most, 1.0, target, NULL);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "plan", LOY_NO_INDEX);
  m.curve.delta = 0.0;
  m.terms.discount = 0.0;
  TRY(m.customers, m.margin, m.s, m.c, columns, m.unit_cost, NULL, 1.0, target, &plan);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "most", 0);
  for (int j = 0; j < 3; j++) CHECK_BITS(target[j], -1.0);
#undef TRY
}

static void test_memory(void) {
  const market m = random_market(2);
  failing_allocator memory;
  FOR_EACH_FAILURE(memory) {
    loy_satisfaction_budget_options options;
    loy_satisfaction_plan plan;
    double target[3] = {-1.0, -1.0, -1.0};
    loy_status status;
    loy_satisfaction_budget_options_init(&options);
    options.allocator = &memory.allocator;
    status = loy_satisfaction_budget(&m.curve, &m.terms, m.customers, m.margin, m.s, m.c, NULL, m.unit_cost, m.most, 3,
                                     100.0, &options, target, NULL, &plan, NULL);
    if (memory.failed) {
      CHECK_STATUS(status, LOY_ERR_MEMORY);
      CHECK_BITS(target[0], -1.0);
    } else {
      CHECK_STATUS(status, LOY_OK);
    }
    CU_ASSERT_EQUAL(memory.held, 0);
  }
}

SUITE(value, satisfaction_budget) {
  ADD(test_bound_of_the_plan);
  ADD(test_against_all_plans);
  ADD(test_plan);
  ADD(test_errors);
  ADD(test_memory);
}
