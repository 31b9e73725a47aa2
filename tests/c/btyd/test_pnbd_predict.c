/* Predictions of the Pareto/NBD model: published numbers of counts and of customers who fall silent. Truths by rigorous
 * integration and the contract of all models are in test_pnbd.c. */
#include "check.h"

#include "loyalty/btyd/pnbd_predict.h"

static const loy_pnbd_params manual = {0.55, 10.56, 0.61, 11.64}; /* of the manual of BTYD */

static void test_pmf(void) {
  /* BTYD's own numbers for intervals ignore who stopped before and are wrong; these are by quadrature. */
  CHECK_CLOSE(loy_pnbd_pmf(&manual, 10, 2), 1.893707597e-09, 5e-10);
  CHECK_CLOSE(loy_pnbd_pmf(&manual, 0, 39), 0.595938069598, 1e-11);
  CHECK_CLOSE(loy_pnbd_pmf(&manual, 11, 30), 0.00188994147, 5e-9);
  CHECK_CLOSE(loy_pnbd_pmf(&manual, 12, 30), 0.00133227654, 5e-9);
  CHECK_CLOSE(loy_pnbd_pmf(&manual, 13, 30), 0.00094324397, 1e-8);
  CHECK_CLOSE(loy_pnbd_pmf_interval(&manual, 0, 39, 78), 0.792465133826, 1e-11);
  CHECK_CLOSE(loy_pnbd_pmf_interval(&manual, 0, 20, 30), 0.844887494, 1e-9);
  CHECK_CLOSE(loy_pnbd_pmf_interval(&manual, 1, 20, 30), 0.095350437, 1e-8);
  CHECK_CLOSE(loy_pnbd_pmf_interval(&manual, 2, 20, 30), 0.034779415, 2e-8);
  CHECK_CLOSE(loy_pnbd_pmf_interval(&manual, 10, 10, 12), 1.348457e-09, 5e-7);
}

/* The increasing-frequency paradox: among customers silent since week 20, the heavier buyer is the more surely gone. */
static void test_paradox(void) {
  const loy_pnbd_params estimate = {0.553277, 10.577684, 0.606240, 11.668740};
  static const double printed[4] = {0.70588832, 0.14415073, 0.02249015, 0.00309007};
  for (int i = 0; i < 4; i++)
    CHECK_CLOSE(loy_pnbd_expected_purchases(&estimate, 10 + 5 * i, 20, 39, 52), printed[i], 2e-5);
}

/* Nobody buys within no time: of two cases that are 1 together but for rounding no more than 1 is made. */
static void test_certain(void) {
  int most = 1, least = 1;
  for (int i = 0; i < 200; i++) {
    const double chance = loy_pnbd_pmf_future(&manual, 15, .3 + .1 * i, 30, 0, 0);
    most &= chance <= 1.0;
    least &= chance >= 1.0 - 1e-15;
    most &= loy_pnbd_pmf_interval(&manual, 0, .3 + .1 * i, .3 + .1 * i) <= 1.0;
  }
  CU_ASSERT_TRUE(most);
  CU_ASSERT_TRUE(least);
}

SUITE(btyd, pnbd_predict) {
  ADD(test_certain);
  ADD(test_pmf);
  ADD(test_paradox);
}
