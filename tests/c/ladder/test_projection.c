/* test_projection.c: cohorts, where they settle, and the law of those who stay. */
#include "chains.h"

#include "failing_allocator.h"

static const double start[6] = {1000, 500, 200, 100, 50, 0}, inflow[6] = {100, 20, 0, 0, 5, 0};

/* Golden numbers of an independent computation with 40 digits. */
static void test_churn(void) {
  static const double after_3[6] = {480.79265, 508.0381, 368.3315, 263.8627, 192.4802, 411.49485};
  static const double settled[6] = {318.87308616028, 336.64147592922, 334.37986415989,
                                    402.95633844519, 624.37160587342, 0};
  static const double spread[6] = {.028652937302487, .087558859601675, .1518895833596,
                                   .24927204042227,  .48262657931397,  0};
  double population[24], each[24], rows[18], law[6];
  loy_quasi_stationary rates;
  for (size_t e = 0; e < 18; e++) rows[e] = inflow[e % 6];
  CHECK_STATUS(loy_chain_project(churn_chain, 6, start, 3, inflow, 1, NULL, population, NULL), LOY_OK);
  CHECK_STATUS(loy_chain_project(churn_chain, 6, start, 3, rows, 3, NULL, each, NULL), LOY_OK);
  for (size_t e = 0; e < 24; e++) {
    CHECK_BITS(each[e], population[e]);
    if (e < 6) CHECK_BITS(population[e], start[e]);
    if (e >= 18) CHECK_CLOSE(population[e], after_3[e - 18], 1e-14);
  }
  CHECK_STATUS(loy_chain_population(churn_chain, 6, NULL, inflow, NULL, population, NULL), LOY_OK);
  CHECK_STATUS(loy_chain_quasi_stationary(churn_chain, 6, NULL, NULL, law, &rates, NULL), LOY_OK);
  for (size_t i = 0; i < 6; i++) {
    CHECK_CLOSE(population[i], settled[i], 1e-13);
    CHECK_CLOSE(law[i], spread[i], 1e-12);
  }
  CHECK_CLOSE(rates.survival, .9458093998146, 1e-12);
  CHECK_CLOSE(rates.mean_life, 18.453384841259, 1e-12);
  CHECK_CLOSE(rates.exit, 1 / 18.453384841259, 1e-12);
}

/* What a constant inflow settles at does not move; without inflow nothing is added; no period, no move. */
static void test_fixed_point(void) {
  double settled[6], population[12];
  CHECK_STATUS(loy_chain_population(churn_chain, 6, NULL, inflow, NULL, settled, NULL), LOY_OK);
  CHECK_STATUS(loy_chain_project(churn_chain, 6, settled, 1, inflow, 1, NULL, population, NULL), LOY_OK);
  for (size_t i = 0; i < 5; i++) CHECK_CLOSE(population[6 + i], settled[i], 1e-14);
  CHECK_STATUS(loy_chain_project(churn_chain, 6, start, 0, NULL, 0, NULL, population, NULL), LOY_OK);
  for (size_t i = 0; i < 6; i++) CHECK_BITS(population[i], start[i]);
  CHECK_STATUS(loy_chain_project(churn_chain, 6, start, 1, NULL, 0, NULL, population, NULL), LOY_OK);
  CHECK_CLOSE(population[6] + population[7] + population[8] + population[9] + population[10] + population[11], 1850.0,
              1e-15);
}

/* Who cannot leave gathers. By hand: 8 into state 4 and half of them back to it make 16 there, 8 in turn to 1. */
static void test_gather(void) {
  const uint8_t three[5] = {0, 0, 0, 1, 0};
  const double to_4[5] = {0, 0, 0, 0, 8}, to_3[5] = {0, 0, 0, 9, 0};
  double population[5];
  loy_error error;
  CHECK_STATUS(loy_chain_population(two_ends, 5, three, to_4, NULL, population, &error), LOY_NOTICE_DIVERGES);
  CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "target", 0);
  CHECK_BITS(population[0], HUGE_VAL);
  CHECK_CLOSE(population[1], 16.0, 1e-15);
  CHECK_BITS(population[2], HUGE_VAL);
  CHECK_BITS(population[3], 0.0);
  CHECK_CLOSE(population[4], 16.0, 1e-15);
  CHECK_STATUS(loy_chain_population(two_ends, 5, three, to_3, NULL, population, &error), LOY_OK);
  for (size_t i = 0; i < 5; i++) CHECK_BITS(population[i], 0.0);
}

/* A ring of two that is left from one side with e: of period two, s^2 = 1 - e, and the law is (1, s)/(1 + s). */
static void test_periodic(void) {
  static const double chances[] = {.75, .19, 1e-3, 1e-12, 1e-30};
  for (size_t i = 0; i < sizeof chances / sizeof *chances; i++) {
    const double e = chances[i], t[9] = {0, 1 - e, e, 1, 0, 0, 0, 0, 1}, s = sqrt(1 - e);
    double law[3];
    loy_quasi_stationary rates;
    CHECK_STATUS(loy_chain_quasi_stationary(t, 3, NULL, NULL, law, &rates, NULL), LOY_OK);
    CHECK_CLOSE(law[0], 1 / (1 + s), 1e-14);
    CHECK_CLOSE(law[1], s / (1 + s), 1e-14);
    CHECK_BITS(law[2], 0.0);
    CHECK_CLOSE(rates.survival, s, 1e-14);
    CHECK_CLOSE(rates.exit, e / (1 + s), 1e-14);
  }
}

/* Two nearly separate halves with nearly the same leak: in I - Q the two rates differ by a part in 1e8 of each, in Q by
 * 1e-20. The larger is found. */
static void test_close_rates(void) {
  const double e = 1e-12, d = 1e-20;
  const double t[9] = {1 - 1e-12, 1e-20, 1e-12, 1e-20, 1 - 1e-12, 1e-12 + 2e-20, 0, 0, 1};
  double law[3];
  loy_quasi_stationary rates;
  /* The matrix (-e - d, d; d, -e - 3 d) has the larger root -e - 2 d + sqrt(2) d and the law (1 + sqrt(2), 1). */
  CHECK_STATUS(loy_chain_quasi_stationary(t, 3, NULL, NULL, law, &rates, NULL), LOY_OK);
  CHECK_CLOSE(rates.exit, e + (2 - sqrt(2.0)) * d, 1e-14);
  CHECK_CLOSE(law[0], (1 + sqrt(2.0)) / (2 + sqrt(2.0)), 1e-7);
  CHECK_CLOSE(rates.mean_life, 1 / rates.exit, 1e-15);
}

static void test_one_state(void) {
  const double t[4] = {.75, .25, 0, 1};
  double law[2];
  loy_quasi_stationary rates;
  CHECK_STATUS(loy_chain_quasi_stationary(t, 2, NULL, NULL, law, &rates, NULL), LOY_OK);
  CHECK_BITS(law[0], 1.0);
  CHECK_BITS(rates.survival, .75);
  CHECK_BITS(rates.mean_life, 4.0);
  CHECK_STATUS(loy_chain_quasi_stationary(t, 2, NULL, NULL, law, NULL, NULL), LOY_OK);
}

/* A state that is left at once, by chances that sum to a little more than one. */
static void test_left_at_once(void) {
  const double t[25] = {0, 64 / 225.0, 48 / 225.0, 64 / 225.0, 49 / 225.0, 0, 1, 0, 0, 0, 0, 0, 1,
                        0, 0,          0,          0,          0,          1, 0, 0, 0, 0, 0, 1};
  double over[4] = {0, 1 + 4e-10, 0, 1}, law[5];
  loy_quasi_stationary rates;
  CHECK_STATUS(loy_chain_quasi_stationary(t, 5, NULL, NULL, law, &rates, NULL), LOY_OK);
  CU_ASSERT(rates.survival <= 1e-15 && rates.exit <= 1.0 && rates.exit >= 1.0 - 1e-15 && rates.mean_life >= 1.0);
  over[1] = 1.0;
  over[0] = 5e-10;
  CHECK_STATUS(loy_chain_quasi_stationary(over, 2, NULL, NULL, law, &rates, NULL), LOY_OK);
  CHECK_BITS(rates.exit, 1.0);
}

/* In the order of the header. */
static void test_project_errors(void) {
  const double bad[4] = {1, 0, .5, .4}, t[4] = {.5, .5, 0, 1}, negative[4] = {1, -1, 1, 1}, good[4] = {1, 1, 1, 1};
  double out[6] = {-7, -7, -7, -7, -7, -7};
  loy_error error;
  CHECK_STATUS(loy_chain_project(bad, 0, NULL, 2, NULL, 3, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "states", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_project(bad, 2, NULL, 2, NULL, 3, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "transition", 1);
  CHECK_STATUS(loy_chain_project(t, 2, NULL, 2, NULL, 3, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "start", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_project(t, 2, negative, 2, NULL, 3, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "start", 1);
  CHECK_STATUS(loy_chain_project(t, 2, good, 2, NULL, 3, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "inflow_rows", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_project(t, 2, good, 2, NULL, 2, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "inflow", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_project(t, 2, good, 2, negative, 2, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "inflow", 1);
  CHECK_STATUS(loy_chain_project(t, 2, good, 2, good, 2, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "population", LOY_NO_INDEX);
  CHECK_UNTOUCHED(out, 6);
}

static void test_population_errors(void) {
  const double bad[4] = {1, 0, .5, .4}, t[4] = {.5, .5, 0, 1}, negative[4] = {1, -1, 1, 1}, good[12] = {1};
  const uint8_t none[2] = {0, 0}, top[12] = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
  static double tiny[144];
  double out[12] = {-7, -7, -7, -7, -7, -7, -7, -7, -7, -7, -7, -7};
  loy_error error;
  CHECK_STATUS(loy_chain_population(bad, 2, none, NULL, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "transition", 1);
  CHECK_STATUS(loy_chain_population(t, 2, none, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "target", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_population(t, 2, NULL, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "inflow", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_population(t, 2, NULL, negative, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "inflow", 1);
  CHECK_STATUS(loy_chain_population(t, 2, NULL, good, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "population", LOY_NO_INDEX);
  tiny_chain(tiny, 1);
  CHECK_STATUS(loy_chain_population(tiny, 12, top, good, NULL, out, &error), LOY_ERR_SINGULAR);
  CHECK_UNTOUCHED(out, 12);
}

static void test_quasi_stationary_errors(void) {
  const double bad[4] = {1, 0, .5, .4}, t[4] = {.5, .5, 0, 1}, down[9] = {.5, .5, 0, 0, .5, .5, 0, 0, 1};
  const uint8_t none[2] = {0, 0}, all[2] = {1, 1}, first[5] = {1, 0, 0, 0, 0};
  const uint8_t top[12] = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
  static double tiny[144];
  double out[12] = {-7, -7, -7, -7, -7, -7, -7, -7, -7, -7, -7, -7};
  loy_quasi_stationary rates = {-7, -7, -7};
  loy_error error;
  CHECK_STATUS(loy_chain_quasi_stationary(bad, 2, none, NULL, NULL, &rates, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "transition", 1);
  CHECK_STATUS(loy_chain_quasi_stationary(t, 2, none, NULL, NULL, &rates, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "target", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_quasi_stationary(t, 2, NULL, NULL, NULL, &rates, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "law", LOY_NO_INDEX);
  tiny_chain(tiny, 1);
  CHECK_STATUS(loy_chain_quasi_stationary(tiny, 12, top, NULL, out, &rates, &error), LOY_ERR_SINGULAR);
  CHECK_ERROR(&error, LOY_ERR_SINGULAR, "transition", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_quasi_stationary(two_ends, 5, first, NULL, out, &rates, &error), LOY_ERR_INFEASIBLE);
  CHECK_ERROR(&error, LOY_ERR_INFEASIBLE, "target", 3);
  CHECK_STATUS(loy_chain_quasi_stationary(t, 2, all, NULL, out, &rates, &error), LOY_ERR_INFEASIBLE);
  CHECK_ERROR(&error, LOY_ERR_INFEASIBLE, "target", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_quasi_stationary(down, 3, NULL, NULL, out, &rates, &error), LOY_ERR_SINGULAR);
  CHECK_ERROR(&error, LOY_ERR_SINGULAR, "transition", 0);
  CHECK_UNTOUCHED(out, 12);
  CHECK_BITS(rates.survival, -7.0);
}

static void test_memory(void) {
  failing_allocator memory;
  FOR_EACH_FAILURE(memory) {
    double out[24] = {-7};
    const loy_status status = loy_chain_project(churn_chain, 6, start, 3, inflow, 1, &memory.allocator, out, NULL);
    CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
    if (memory.failed) CHECK_UNTOUCHED(out, 1);
    CU_ASSERT_EQUAL(memory.held, 0);
  }
  FOR_EACH_FAILURE(memory) {
    double out[6] = {-7};
    const loy_status status = loy_chain_population(churn_chain, 6, NULL, inflow, &memory.allocator, out, NULL);
    CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
    if (memory.failed) CHECK_UNTOUCHED(out, 1);
    CU_ASSERT_EQUAL(memory.held, 0);
  }
  FOR_EACH_FAILURE(memory) {
    double out[6] = {-7};
    const loy_status status = loy_chain_quasi_stationary(churn_chain, 6, NULL, &memory.allocator, out, NULL, NULL);
    CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
    if (memory.failed) CHECK_UNTOUCHED(out, 1);
    CU_ASSERT_EQUAL(memory.held, 0);
  }
}

SUITE(ladder, projection) {
  ADD(test_churn);
  ADD(test_fixed_point);
  ADD(test_gather);
  ADD(test_periodic);
  ADD(test_close_rates);
  ADD(test_one_state);
  ADD(test_left_at_once);
  ADD(test_project_errors);
  ADD(test_population_errors);
  ADD(test_quasi_stationary_errors);
  ADD(test_memory);
}
