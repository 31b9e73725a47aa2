/* test_contract_fit.c: derivatives where powers leave the range of a double. */
#include "check.h"

#include "loyalty/btyd/contract_fit.h"

#if LOY_TEST_INTERNALS

/* By differences, for lifetimes whose power is moderate, beyond LOYI_CONTRACT_LOG at its end, and at both. */
static void test_derivatives(void) {
  const double lifetime[3] = {2, 2, 3}, censored[3] = {0, 1, 0};
  const double laws[4][3] = {{.7, 1.9, 1.3}, {.7, 1.9, 600.0}, {30.0, 200.0, .01}, {1e-3, 50.0, 4.0}};
  loyi_contract_data data;
  CHECK_STATUS(loyi_contract_data_check(lifetime, censored, NULL, 3, &data, NULL), LOY_OK);
  for (int k = 0; k < 4; k++) {
    double value, gradient[3], hessian[9];
    CHECK_STATUS(loyi_contract_total(&data, laws[k], 3, &value, gradient, hessian, NULL), LOY_OK);
    for (int i = 0; i < 3; i++) {
      double up, down, g_up[3], g_down[3], moved[3], h = 1e-5 * laws[k][i];
      memcpy(moved, laws[k], sizeof moved);
      moved[i] = laws[k][i] + h;
      CHECK_STATUS(loyi_contract_total(&data, moved, 3, &up, g_up, NULL, NULL), LOY_OK);
      moved[i] = laws[k][i] - h;
      CHECK_STATUS(loyi_contract_total(&data, moved, 3, &down, g_down, NULL, NULL), LOY_OK);
      CHECK_NEAR(gradient[i], (up - down) / (2.0 * h), 1e-6 * (fabs(gradient[i]) + 1e-3 / laws[k][i]));
      for (int j = 0; j < 3; j++)
        CHECK_NEAR(hessian[3 * i + j], (g_up[j] - g_down[j]) / (2.0 * h),
                   1e-5 * (fabs(hessian[3 * i + j]) + 1e-3 / laws[k][i] / laws[k][j]));
    }
  }
}

static void test_errors(void) {
  const double params[3] = {1.0, 1.0, 1.0}, lifetime[1] = {0.0};
  loyi_contract_data data;
  double value = -7.0;
  loy_error error;
  CHECK_STATUS(loyi_contract_data_check(NULL, NULL, NULL, 1, &data, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "lifetime", LOY_NO_INDEX);
  CHECK_STATUS(loyi_contract_data_check(lifetime, NULL, NULL, 1, &data, &error), LOY_OK);
  CHECK_STATUS(loyi_contract_total(&data, params, 3, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX);
  CHECK_STATUS(loyi_contract_total(&data, params, 3, &value, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "lifetime", 0);
  CHECK_BITS(value, -7.0);
  data.n = 0;
  CHECK_STATUS(loyi_contract_total(&data, params, 2, &value, NULL, NULL, &error), LOY_OK);
  CHECK_BITS(value, 0.0);
}

SUITE(btyd, contract_fit) {
  ADD(test_derivatives);
  ADD(test_errors);
}

#else
SUITE(btyd, contract_fit) { (void)suite; }
#endif
