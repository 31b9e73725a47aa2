/* test_contract.c: survival where powers leave the range of a double, and sums where they are long. */
#include "check.h"

#include "loyalty/btyd/contract.h"

#if LOY_TEST_INTERNALS

static const loyi_contract usual = {.7, 1.9, 1.3};

/* The step from one decision to another, in all ways that its power can go. */
static void test_stride(void) {
  loyi_contract_step step = loyi_contract_stride(1.0, 5.0, 3.0);
  CHECK_BITS(step.base, 5.0);
  CHECK_BITS(step.width, 3.0);
  CHECK_BITS(step.beyond, 0.0);
  step = loyi_contract_stride(2.0, 5.0, 3.0);
  CHECK_CLOSE(step.base, 25.0, 1e-15);
  CHECK_CLOSE(step.width, 39.0, 1e-15);
  step = loyi_contract_stride(0.5, 1e12, 1.0);
  CHECK_CLOSE(step.width, 0.5e-6 * (1.0 - 0.25e-12), 1e-15); /* no difference of roots */
  step = loyi_contract_stride(1e3, 1.0, 1.0);                /* 2^1000 > e^300 */
  CHECK_BITS(step.base, 1.0);
  CHECK_CLOSE(step.beyond, 1000.0 * log(2.0) - LOYI_CONTRACT_LOG, 1e-14);
  CHECK_CLOSE(log(step.width), LOYI_CONTRACT_LOG, 1e-15);
  step = loyi_contract_stride(1e3, 2.0, 1.0);
  CU_ASSERT(isinf(step.width));
  CHECK_CLOSE(step.beyond, 1000.0 * log(1.5), 1e-14);
  step = loyi_contract_stride(7.0, 3.0, 0.0);
  CHECK_BITS(step.width, 0.0);
}

/* A fall in two steps is that in one. */
static void test_fall(void) {
  const double c[5] = {1e-6, 0.4, 1.0, 3.0, 200.0};
  for (int i = 0; i < 5; i++) {
    loyi_contract law = usual;
    law.c = c[i];
    for (double from = 0.0; from < 100.0; from = 3.0 * from + 1.0)
      CHECK_CLOSE(loyi_contract_fall(&law, from, 4.0) + loyi_contract_fall(&law, from + 4.0, 9.0),
                  loyi_contract_fall(&law, from, 13.0), 1e-13);
    CHECK_CLOSE(exp(loyi_contract_log_hazard(&law, 3.0)), loyi_contract_hazard(&law, 3.0), 1e-13);
    CHECK_CLOSE(loyi_contract_retention(&law, 3.0), exp(-loyi_contract_fall(&law, 2.0, 1.0)), 1e-14);
  }
  CHECK_CLOSE(loyi_contract_theta(&usual, 0.0), .7 / 2.6, 1e-15);
}

/* Sums in closed form: with a = 1 S(t) = b / (b + t^c). */
static void test_sum(void) {
  const loyi_contract one = {1.0, 2.0, 2.0}; /* Sum over t >= 1 of 2 / (2 + t^2) */
  const double pi = 3.14159265358979323846, root = sqrt(2.0);
  CHECK_CLOSE(loyi_contract_sum(&one, 1.0, 0.0, HUGE_VAL, 0), 2.0 * (pi * root / tanh(pi * root) - 1.0) / 4.0, 1e-14);
  CU_ASSERT(isinf(loyi_contract_sum(&one, 1.0, 0.0, HUGE_VAL, 1)));
  /* c = 4: Sum of 2 / (2 + t^4), and t of it, by mpmath with 30 digits. */
  {
    const loyi_contract four = {1.0, 2.0, 4.0};
    CHECK_CLOSE(loyi_contract_sum(&four, 1.0, 0.0, HUGE_VAL, 0), 0.81675502129479017, 1e-14);
    CHECK_CLOSE(loyi_contract_sum(&four, 1.0, 0.0, HUGE_VAL, 1), 1.0409017409687669, 1e-14);
  }
  CHECK_BITS(loyi_contract_sum(&usual, 1.0, 0.1, 0.0, 0), 0.0);
  CHECK_BITS(loyi_contract_elasticity(&usual, 1.0, 0.1, 1.0), 1.0);
  /* Hardly anybody stays once: nothing is left of the sum, and the elasticity is that of one renewal. */
  {
    const loyi_contract leave = {1e10, 1e-10, 1e3};
    CHECK_CLOSE(loyi_contract_elasticity(&leave, 1.0, 0.1, HUGE_VAL), 1.0, 1e-9);
  }
  /* c near 0: nobody leaves after the first decision, for longer than a double can count. */
  {
    const loyi_contract stay = {2e4, 1.0, 1e-4};
    CU_ASSERT(isinf(loyi_contract_sum(&stay, 1.0, 0.0, HUGE_VAL, 0)));
    CHECK_CLOSE(loyi_contract_sum(&stay, 1.0, 1.0, HUGE_VAL, 0), 1.0 / 20001.0 / (1.0 - exp(-1.0)), 1e-2);
  }
}

static void test_checks(void) {
  loy_error error;
  CU_ASSERT(loyi_is_period(1.0) && !loyi_is_period(0.0) && !loyi_is_period(HUGE_VAL) && !loyi_is_period((double)NAN));
  CU_ASSERT(loyi_is_periods(0.0) && loyi_is_periods(HUGE_VAL) && !loyi_is_periods(0.5) && !loyi_is_periods(-1.0));
  CHECK_STATUS(loyi_contract_check_customer(1.0, HUGE_VAL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX);
  CHECK_STATUS(loyi_contract_check_value(1.0, 0.0, HUGE_VAL, &error), LOY_OK);
  CHECK_STATUS(loyi_contract_finite(3.0, &error), LOY_OK);
  CHECK_STATUS(loyi_contract_finite(HUGE_VAL, NULL), LOY_NOTICE_DIVERGES);
}

SUITE(btyd, contract) {
  ADD(test_stride);
  ADD(test_fall);
  ADD(test_sum);
  ADD(test_checks);
}

#else
SUITE(btyd, contract) { (void)suite; }
#endif
