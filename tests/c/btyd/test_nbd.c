/* The NBD model: closed forms, and the contract of all models of its kind.
 * MODEL stands for all functions of the model:
 *   loy_nbd_options_init, loy_nbd_check, loy_nbd_check_customer, loy_nbd_loglik, loy_nbd_loglik_batch,
 *   loy_nbd_palive, loy_nbd_palive_batch, loy_nbd_log_palive, loy_nbd_posterior, loy_nbd_posterior_batch,
 *   loy_nbd_expected_purchases, loy_nbd_expected_purchases_batch, loy_nbd_expected_purchases_new, loy_nbd_dert,
 *   loy_nbd_dert_batch, loy_nbd_dect, loy_nbd_dect_batch, loy_nbd_dect_check, loy_nbd_pmf, loy_nbd_pmf_future,
 *   loy_nbd_pmf_interval, loy_nbd_pmf_check, loy_nbd_simulate, loy_nbd_simulate_log */
#define MODEL(f)   loy_nbd_##f
#define PARAMETERS 2
#define FIELDS                                                                                                         \
  { "r", "alpha" }
#define USUAL                                                                                                          \
  { 0.3847661, 12.072022 } /* CDNOW */
#define DISCOUNTED 0
#include "cdnow_cells.h"
#include "purchase_contract.h"
#include "purchase_draws.h"

static void test_formulas(void) {
  double lambda, dropout, k = usual.r + 3.0, A = usual.alpha + 25.0;
  CHECK_CLOSE(loy_nbd_loglik(&usual, 3, 20, 25), lgamma(k) - lgamma(usual.r) + usual.r * log(usual.alpha) - k * log(A),
              1e-13);
  CHECK_BITS(loy_nbd_palive(&usual, 3, 20, 25, 1e6), 1.0);
  CHECK_BITS(loy_nbd_log_palive(&usual, 3, 20, 25), 0.0);
  CHECK_STATUS(loy_nbd_posterior(&usual, 3, 20, 25, &lambda, &dropout, NULL), LOY_OK);
  CHECK_CLOSE(lambda, k / A, 1e-15);
  CHECK_BITS(dropout, 0.0);
  CHECK_CLOSE(loy_nbd_expected_purchases(&usual, 3, 20, 25, 10), 10.0 * k / A, 1e-15);
  CHECK_CLOSE(loy_nbd_dert(&usual, 3, 20, 25, 0.01), 100.0 * k / A, 1e-14);
  CHECK_CLOSE(loy_nbd_dect(&usual, 3, 20, 25, 0.01, 30), -expm1(-0.3) * 100.0 * k / A, 1e-14);
  CHECK_CLOSE(loy_nbd_pmf_future(&usual, 3, 20, 25, 0, 10), pow(A / (A + 10.0), k), 1e-14);
  CHECK_CLOSE(loy_nbd_pmf_future(&usual, 3, 20, 25, 2, 10),
              0.5 * k * (k + 1.0) * pow(A / (A + 10.0), k) * pow(10.0 / (A + 10.0), 2.0), 1e-14);
  CHECK_CLOSE(loy_nbd_pmf_interval(&usual, 4, 5, 12), loy_nbd_pmf(&usual, 4, 7), 1e-14);
}

/* The likelihood of the sample at the optimum, and the purchases that it promises for the next 39 weeks. */
static void test_cdnow(void) {
  const loy_nbd_params estimate = {0.384766111, 12.072021749};
  double total = 0.0, purchases = 0.0;
  for (int i = 0; i < CDNOW_CELLS; i++) {
    double x = cdnow_cells[i][0], t_x = cdnow_cells[i][1] / 7.0, T = cdnow_cells[i][2] / 7.0, w = cdnow_cells[i][3];
    total += w * loy_nbd_loglik(&estimate, x, t_x, T);
    purchases += w * loy_nbd_expected_purchases(&estimate, x, t_x, T, 39);
  }
  CHECK_NEAR(total, -9763.657614673, 1e-6);
  CHECK_NEAR(purchases, 2929.820, 1e-3);
}

/* Pareto/NBD with a lifetime that hardly ends is NBD. */
static void test_nested(void) {
  const loy_pnbd_params almost = {0.3847661, 12.072022, 1e-10, 1e10};
  CHECK_CLOSE(loy_pnbd_loglik(&almost, 3, 20, 25), loy_nbd_loglik(&usual, 3, 20, 25), 1e-14);
  CHECK_CLOSE(loy_pnbd_expected_purchases(&almost, 3, 20, 25, 7), loy_nbd_expected_purchases(&usual, 3, 20, 25, 7),
              1e-14);
  CHECK_CLOSE(loy_pnbd_pmf(&almost, 3, 20), loy_nbd_pmf(&usual, 3, 20), 1e-14);
}

static void test_units(void) {
  loy_nbd_params scaled = usual;
  scaled.alpha *= 1024.0;
  contract_units(scaled);
}

SUITE(btyd, nbd) {
  ADD(test_formulas);
  ADD(test_cdnow);
  ADD(test_nested);
  ADD(test_units);
  ADD_CONTRACT;
  ADD_DRAWS;
}
