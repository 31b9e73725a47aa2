/* Tests of base/amounts.h. */
#include "check.h"

static void test_cents(void) {
  static const double amount[] = {29.33,     0.0,       -0.0,        -29.73, 0.01,
                                  0.1 + 0.2, 1.1 * 3.0, 19.99 * 3.0, 1e13,   4503599627370.49};
  static const int64_t cents[] = {2933, 0, 0, -2973, 1, 30, 330, 5997, 1000000000000000, 450359962737049};
  int64_t out[10];
  loy_error error;
  CHECK_STATUS(loy_amounts_from_double(amount, 10, 2, out, &error), LOY_OK);
  CU_ASSERT(memcmp(out, cents, sizeof cents) == 0);
}

/* Every amount that a price list can hold, in both directions, and its neighbours in floating point. */
static void test_all_small_amounts(void) {
  int wrong = 0;
  for (int64_t units = -200000; units <= 200000; units++) {
    double amount[3];
    int64_t out[3] = {0, 0, 0};
    amount[0] = (double)units / 1000.0;
    amount[1] = amount[0] * (1.0 + 2.3e-16);
    amount[2] = amount[0] * (1.0 - 2.3e-16);
    wrong += loy_amounts_from_double(amount, 3, 3, out, NULL) != LOY_OK;
    wrong += out[0] != units || out[1] != units || out[2] != units;
    if (units % 10 != 0) wrong += loy_amounts_from_double(amount, 1, 2, out, NULL) != LOY_ERR_DOMAIN;
  }
  CU_ASSERT_EQUAL(wrong, 0);
}

static void check_bad(double amount, int decimals) {
  double column[3] = {1.0, 1.0, 1.0};
  int64_t out[3] = {7, 7, 7};
  loy_error error;
  column[1] = amount;
  CHECK_STATUS(loy_amounts_from_double(column, 3, decimals, out, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "amount", 1);
  CU_ASSERT(out[0] == 7 && out[1] == 7 && out[2] == 7);
}

static void test_bad_amounts(void) {
  check_bad((double)NAN, 2);
  check_bad((double)INFINITY, 2);
  check_bad(-(double)INFINITY, 2);
  check_bad(1e300, 9);
  check_bad(9007199254740992.0, 0);
  check_bad(0.305, 2);
  check_bad(-0.001, 2);
  check_bad(1e-300, 9);
  check_bad(0.5, 0);
}

static void test_integers(void) {
  int64_t amount[] = {29, -3, 0, INT64_MAX / 100};
  loy_error error;
  CHECK_STATUS(loy_amounts_from_integer(amount, 4, 2, amount, &error), LOY_OK);
  CU_ASSERT(amount[0] == 2900 && amount[1] == -300 && amount[2] == 0 && amount[3] == INT64_MAX / 100 * 100);
  CHECK_STATUS(loy_amounts_from_integer(amount, 4, 1, amount, &error), LOY_ERR_OVERFLOW);
  CHECK_ERROR(&error, LOY_ERR_OVERFLOW, "amount", 3);
  amount[1] = INT64_MIN;
  CHECK_STATUS(loy_amounts_from_integer(amount, 4, 0, amount, &error), LOY_ERR_OVERFLOW);
  CHECK_ERROR(&error, LOY_ERR_OVERFLOW, "amount", 1);
  CU_ASSERT_EQUAL(amount[0], 2900);
}

static void test_errors_in_order(void) {
  const double amount = 1.0;
  const int64_t whole = 1;
  loy_error error;
  CHECK_STATUS(loy_amounts_from_double(NULL, 0, 2, NULL, &error), LOY_OK);
  CHECK_STATUS(loy_amounts_from_double(NULL, 1, 10, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "amount", LOY_NO_INDEX);
  CHECK_STATUS(loy_amounts_from_double(&amount, 1, 10, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "decimals", LOY_NO_INDEX);
  CHECK_STATUS(loy_amounts_from_double(&amount, 1, 9, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "out", LOY_NO_INDEX);
  CHECK_STATUS(loy_amounts_from_integer(NULL, 1, -1, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "amount", LOY_NO_INDEX);
  CHECK_STATUS(loy_amounts_from_integer(&whole, 1, -1, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "decimals", LOY_NO_INDEX);
  CHECK_STATUS(loy_amounts_from_integer(&whole, 1, 0, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "out", LOY_NO_INDEX);
}

SUITE(base, amounts) {
  ADD(test_cents);
  ADD(test_all_small_amounts);
  ADD(test_bad_amounts);
  ADD(test_integers);
  ADD(test_errors_in_order);
}
