/* test_contract_rows.c: rows of customers under contract, and draws at the edge of the parameters. */
#include "check.h"

#include "loyalty/btyd/contract_rows.h"

#if LOY_TEST_INTERNALS

static void test_rows(void) {
  const double good = 2.0, bad = 0.0;
  loy_error error;
  CHECK_STATUS(loyi_contract_check_row(1.0, 0.0, NULL, 4, &error), LOY_OK);
  CHECK_STATUS(loyi_contract_check_row(0.0, 2.0, &bad, 4, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "lifetime", 4);
  CHECK_STATUS(loyi_contract_check_row(1.0, 2.0, &bad, 4, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "censored", 4);
  CHECK_STATUS(loyi_contract_check_row(1.0, 1.0, &bad, 4, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "weight", 4);
  CHECK_STATUS(loyi_contract_check_row(1.0, 1.0, &good, 4, &error), LOY_OK);
  CHECK_STATUS(loyi_contract_check_columns(NULL, 0, &error), LOY_OK);
  CHECK_STATUS(loyi_contract_check_columns(NULL, 1, &error), LOY_ERR_ARGUMENT);
  CHECK_STATUS(loyi_contract_check_lengths(&bad, 1, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "T", 0);
}

/* Nobody leaves, everybody does, and both at once where shapes are tiny; c at its ends. */
static void test_draws(void) {
  const loyi_contract law[5] = {
      {1e-10, 1e10, 1.0}, {1e10, 1e-10, 1.0}, {1e-3, 1e-3, 1.0}, {1.0, 1.0, 1e10}, {1.0, 1.0, 1e-10}};
  double T[400], t[400], end[400], first[5], stayed[5];
  for (int i = 0; i < 400; i++) T[i] = 0x1p50;
  for (int k = 0; k < 5; k++) {
    CHECK_STATUS(loyi_contract_simulate(&law[k], T, 400, 7, t, end, NULL), LOY_OK);
    first[k] = stayed[k] = 0.0;
    for (int i = 0; i < 400; i++) {
      CU_ASSERT(t[i] >= 1.0 && t[i] <= 0x1p50 && t[i] == floor(t[i]));
      first[k] += t[i] == 1.0;
      stayed[k] += end[i];
    }
  }
  CU_ASSERT(stayed[0] > 300.0 && first[1] == 400.0);
  CU_ASSERT(first[2] > 120.0 && stayed[2] > 120.0 && first[2] + stayed[2] > 380.0);
  CU_ASSERT(first[3] > 140.0 && stayed[3] == 0.0); /* either at once or at the second decision */
  CU_ASSERT(first[4] > 140.0 && first[4] + stayed[4] == 400.0);
}

SUITE(btyd, contract_rows) {
  ADD(test_rows);
  ADD(test_draws);
}

#else
SUITE(btyd, contract_rows) { (void)suite; }
#endif
