/* test_constraint.c: constraints from questionnaires and from prices. */
#include "check.h"

static void test_names(void) {
  static const char *const english[] = {"legal", "technical", "switching cost", "loyalty program"};
  static const char *const chinese[] = {"法律约束", "技术约束", "转换成本", "忠诚计划"};
  for (int kind = 0; kind < LOY_CONSTRAINT_KINDS; kind++) {
    CU_ASSERT_STRING_EQUAL(loy_constraint_name(kind), english[kind]);
    CU_ASSERT_STRING_EQUAL(loy_constraint_name_zh(kind), chinese[kind]);
  }
  CU_ASSERT_STRING_EQUAL(loy_constraint_name(LOY_CONSTRAINT_SWITCHING_COST), "switching cost");
  CU_ASSERT_STRING_EQUAL(loy_constraint_name(-1), "unknown");
  CU_ASSERT_STRING_EQUAL(loy_constraint_name(LOY_CONSTRAINT_KINDS), "unknown");
  CU_ASSERT_STRING_EQUAL(loy_constraint_name_zh(LOY_CONSTRAINT_KINDS), "unknown");
}

static void test_items(void) {
  static const double answers[] = {4, 5, NAN, 3}, lowest[] = {1, 1}, highest[] = {7, 7, 7, 7, 7, 7, 7};
  double k = 0.0;
  CHECK_STATUS(loy_constraint_from_items(answers, 4, 1, 5, &k, NULL), LOY_OK);
  CHECK_BITS(k, .75); /* mean 4 */
  CHECK_STATUS(loy_constraint_from_items(answers, 4, 0, 10, &k, NULL), LOY_OK);
  CHECK_BITS(k, .4);
  CHECK_STATUS(loy_constraint_from_items(lowest, 2, 1, 7, &k, NULL), LOY_OK);
  CHECK_BITS(k, 0.0);
  CHECK_STATUS(loy_constraint_from_items(highest, 7, 1, 7, &k, NULL), LOY_OK);
  CHECK_BITS(k, 1.0);
}

#define FAILS(call, status, argument, at)                                                                              \
  do {                                                                                                                 \
    CHECK_STATUS(call, status);                                                                                        \
    CHECK_ERROR(&error, status, argument, at);                                                                         \
  } while (0)

static void test_items_errors(void) {
  static const double answers[] = {4, 6, 0}, none[] = {NAN, NAN};
  double k = 7.0;
  loy_error error;
  FAILS(loy_constraint_from_items(NULL, 1, NAN, NAN, NULL, &error), LOY_ERR_ARGUMENT, "item", LOY_NO_INDEX);
  FAILS(loy_constraint_from_items(answers, 3, NAN, NAN, NULL, &error), LOY_ERR_DOMAIN, "lowest", LOY_NO_INDEX);
  FAILS(loy_constraint_from_items(answers, 3, 1, 1, NULL, &error), LOY_ERR_DOMAIN, "highest", LOY_NO_INDEX);
  FAILS(loy_constraint_from_items(answers, 3, -1e308, 1e308, NULL, &error), LOY_ERR_DOMAIN, "highest", LOY_NO_INDEX);
  FAILS(loy_constraint_from_items(answers, 3, 1, 5, NULL, &error), LOY_ERR_DOMAIN, "item", 1);
  FAILS(loy_constraint_from_items(none, 2, 1, 5, NULL, &error), LOY_ERR_TOO_FEW, "item", LOY_NO_INDEX);
  FAILS(loy_constraint_from_items(NULL, 0, 1, 5, NULL, &error), LOY_ERR_TOO_FEW, "item", LOY_NO_INDEX);
  FAILS(loy_constraint_from_items(answers, 1, 1, 5, NULL, &error), LOY_ERR_ARGUMENT, "constraint", LOY_NO_INDEX);
  FAILS(loy_constraint_from_items(answers, 3, 1, 5, &k, &error), LOY_ERR_DOMAIN, "item", 1);
  CHECK_BITS(k, 7.0);
}

static void test_items_batch(void) {
  static const double first[] = {4, 1, NAN, 9, 5}, second[] = {5, 2, NAN, 1, NAN}, third[] = {3, NAN, NAN, 1, 5};
  const double *columns[] = {first, second, third};
  const double *hole[] = {first, NULL};
  double k[5];
  loy_batch_report report;
  loy_error error;
  CHECK_STATUS(loy_constraint_from_items_batch(columns, 3, 5, 1, 5, k, &report, &error), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 2);
  CHECK_ERROR(&report.first, LOY_ERR_TOO_FEW, "item", 2);
  for (int i = 0; i < 5; i++) {
    double row[3], one = NAN;
    for (int j = 0; j < 3; j++) row[j] = columns[j][i];
    (void)loy_constraint_from_items(row, 3, 1, 5, &one, NULL);
    CHECK_CLOSE(k[i], one, 0.0);
  }
  CHECK_BITS(k[1], .125);
  k[0] = 7.0;
  FAILS(loy_constraint_from_items_batch(NULL, 0, 1, NAN, NAN, NULL, NULL, &error), LOY_ERR_ARGUMENT, "item",
        LOY_NO_INDEX);
  FAILS(loy_constraint_from_items_batch(hole, 2, 1, NAN, NAN, NULL, NULL, &error), LOY_ERR_ARGUMENT, "item", 1);
  FAILS(loy_constraint_from_items_batch(columns, 3, 1, NAN, NAN, NULL, NULL, &error), LOY_ERR_DOMAIN, "lowest",
        LOY_NO_INDEX);
  FAILS(loy_constraint_from_items_batch(columns, 3, 1, 1, NAN, NULL, NULL, &error), LOY_ERR_DOMAIN, "highest",
        LOY_NO_INDEX);
  FAILS(loy_constraint_from_items_batch(columns, 3, 1, 1, 5, NULL, NULL, &error), LOY_ERR_ARGUMENT, "constraint",
        LOY_NO_INDEX);
  CHECK_BITS(k[0], 7.0);
  CHECK_STATUS(loy_constraint_from_items_batch(NULL, 0, 0, 1, 5, NULL, NULL, NULL), LOY_OK);
  CHECK_STATUS(loy_constraint_from_items_batch(columns, 0, 1, 1, 5, k, &report, NULL), LOY_OK); /* nobody was asked */
  CU_ASSERT_EQUAL(report.bad, 1);
}

/* Shy's example: 100 - 90 * 60/(40 + 60) = 46. */
static void test_switching_costs(void) {
  static const double price[] = {100, 90}, customers[] = {40, 60};
  static const double prices[] = {20, 25, 22, 30}, sizes[] = {50, 10, 30, 10}, equal[] = {5, 5, 5},
                      huge[] = {1e308, 1e-308};
  double cost[4], shares[4];
  CHECK_STATUS(loy_switching_costs(price, customers, 2, cost, NULL), LOY_OK);
  CHECK_BITS(cost[0], 46.0);
  CHECK_CLOSE(cost[1], 50.0, 1e-15); /* 90 - 100 * 40/100 */
  /* The smallest is the last of the two tens; it fears the first firm, the others fear it. */
  CHECK_STATUS(loy_switching_costs(prices, sizes, 4, cost, NULL), LOY_OK);
  CHECK_CLOSE(cost[0], 20.0 - 30.0 * 10.0 / 60.0, 1e-15);
  CHECK_CLOSE(cost[1], 25.0 - 30.0 * 10.0 / 20.0, 1e-15);
  CHECK_CLOSE(cost[2], 22.0 - 30.0 * 10.0 / 40.0, 1e-15);
  CHECK_CLOSE(cost[3], 30.0 - 20.0 * 50.0 / 60.0, 1e-15);
  /* Shares do as well as numbers, and in place. */
  memcpy(shares, sizes, sizeof shares);
  for (int i = 0; i < 4; i++) shares[i] /= 128.0;
  CHECK_STATUS(loy_switching_costs(prices, shares, 4, shares, NULL), LOY_OK);
  for (int i = 0; i < 4; i++) CHECK_BITS(shares[i], cost[i]);
  memcpy(shares, prices, sizeof shares);
  CHECK_STATUS(loy_switching_costs(shares, sizes, 4, shares, NULL), LOY_OK);
  for (int i = 0; i < 4; i++) CHECK_BITS(shares[i], cost[i]);
  CHECK_STATUS(loy_switching_costs(equal, equal, 3, cost, NULL), LOY_OK);
  for (int i = 0; i < 3; i++) CHECK_BITS(cost[i], 2.5);
  CHECK_STATUS(loy_switching_costs(price, huge, 2, cost, NULL), LOY_OK);
  CHECK_BITS(cost[0], 100.0); /* nobody gains by undercutting the whole market */
  CHECK_BITS(cost[1], -10.0);
}

static void test_switching_costs_of_huge_firms(void) {
  static const double price[] = {100, 90}, customers[] = {1.5e308, 1e308}, few[] = {0x1p-1074, 0x1p-1074};
  double cost[2];
  CHECK_STATUS(loy_switching_costs(price, customers, 2, cost, NULL), LOY_OK);
  CHECK_CLOSE(cost[0], 64.0, 1e-15);
  CHECK_CLOSE(cost[1], 30.0, 1e-15);
  CHECK_STATUS(loy_switching_costs(price, few, 2, cost, NULL), LOY_OK);
  CHECK_BITS(cost[0], 55.0);
}

static void test_switching_costs_errors(void) {
  static const double price[] = {100, -1}, customers[] = {40, 0}, good[] = {1, 2};
  double cost[2] = {7, 7};
  loy_error error;
  FAILS(loy_switching_costs(NULL, NULL, 1, NULL, &error), LOY_ERR_TOO_FEW, "price", LOY_NO_INDEX);
  FAILS(loy_switching_costs(NULL, NULL, 2, NULL, &error), LOY_ERR_ARGUMENT, "price", LOY_NO_INDEX);
  FAILS(loy_switching_costs(price, NULL, 2, NULL, &error), LOY_ERR_ARGUMENT, "customers", LOY_NO_INDEX);
  FAILS(loy_switching_costs(price, customers, 2, NULL, &error), LOY_ERR_DOMAIN, "price", 1);
  FAILS(loy_switching_costs(good, customers, 2, NULL, &error), LOY_ERR_DOMAIN, "customers", 1);
  FAILS(loy_switching_costs(good, good, 2, NULL, &error), LOY_ERR_ARGUMENT, "cost", LOY_NO_INDEX);
  FAILS(loy_switching_costs(good, customers, 2, cost, &error), LOY_ERR_DOMAIN, "customers", 1);
  CHECK_BITS(cost[0], 7.0);
}

static void test_from_switching_cost(void) {
  CHECK_BITS(loy_constraint_from_switching_cost(46.0, 100.0), .46);
  CHECK_BITS(loy_constraint_from_switching_cost(-5.0, 100.0), 0.0);
  CHECK_BITS(loy_constraint_from_switching_cost(0.0, 100.0), 0.0);
  CHECK_BITS(loy_constraint_from_switching_cost(100.0, 100.0), 1.0);
  CHECK_BITS(loy_constraint_from_switching_cost(1e308, 1e-308), 1.0);
  CU_ASSERT(isnan(loy_constraint_from_switching_cost(INFINITY, 100.0)));
  CU_ASSERT(isnan(loy_constraint_from_switching_cost(NAN, 100.0)));
  CU_ASSERT(isnan(loy_constraint_from_switching_cost(1.0, 0.0)));
  CU_ASSERT(isnan(loy_constraint_from_switching_cost(1.0, INFINITY)));
}

SUITE(response, constraint) {
  ADD(test_names);
  ADD(test_items);
  ADD(test_items_errors);
  ADD(test_items_batch);
  ADD(test_switching_costs);
  ADD(test_switching_costs_of_huge_firms);
  ADD(test_switching_costs_errors);
  ADD(test_from_switching_cost);
}
