/* The gamma-Gompertz/NBD model: truths by rigorous integration, published likelihoods, its limit, and the contract of
 * all models of its kind.
 * MODEL stands for all functions of the model:
 *   loy_ggomnbd_options_init, loy_ggomnbd_check, loy_ggomnbd_check_customer, loy_ggomnbd_loglik,
 *   loy_ggomnbd_loglik_batch, loy_ggomnbd_palive, loy_ggomnbd_palive_batch, loy_ggomnbd_log_palive,
 *   loy_ggomnbd_posterior, loy_ggomnbd_posterior_batch, loy_ggomnbd_expected_purchases,
 *   loy_ggomnbd_expected_purchases_batch, loy_ggomnbd_expected_purchases_new, loy_ggomnbd_dert,
 *   loy_ggomnbd_dert_batch, loy_ggomnbd_dect, loy_ggomnbd_dect_batch, loy_ggomnbd_dect_check, loy_ggomnbd_pmf,
 *   loy_ggomnbd_pmf_future, loy_ggomnbd_pmf_interval, loy_ggomnbd_pmf_check, loy_ggomnbd_simulate,
 *   loy_ggomnbd_simulate_log */
#define MODEL(f)   loy_ggomnbd_##f
#define PARAMETERS 5
#define FIELDS                                                                                                         \
  { "r", "alpha", "b", "s", "beta" }
#define USUAL                                                                                                          \
  { 0.553, 10.578, 0.02, 0.603, 0.26 }
#define DISCOUNTED 1
#include "cdnow_cells.h"
#include "purchase_contract.h"
#include "purchase_draws.h"

/* clang-format off */
static const truth truths[] = {
    {{0.553, 10.578, 0.02, 0.603, 0.26}, 0.0, 0.0, 38.857142857142854, 39.0, 0.0027,
     -0.5151388924197685, 0.25469314875715277, -1.3676957966237204, 0.13716995884488417, 0.025791605042813866, 2.881037101830488, 0.08181495026317076, 0.16622056753105333, 0.07807421550111093, 0.9460015713283053, 0.0039041135233639913},
    {{0.553, 10.578, 0.02, 0.603, 0.26}, 2.0, 30.428571428571427, 38.857142857142854, 39.0, 0.0027,
     -9.633046661869633, 0.8160171633255073, -0.20331989075208945, 0.439481946241145, 0.05267885838326068, 0.5818482386910767, 1.210153287623284, 2.4586260288770423, 1.154822783163255, 0.48624062404048646, 0.07896002876189924},
    {{0.553, 10.578, 0.02, 0.603, 0.26}, 26.0, 30.857142857142858, 31.0, 39.0, 0.0027,
     -39.22509900954057, 0.9970046968660518, -0.0029997980323465388, 0.5179138663186051, 0.6386343534043712, 0.5415959601687865, 17.9199277440742, 35.89010890267632, 17.105872801140336, 0.03382253234666926, 0.026565194695406993},
    {{0.5530392, 10.5726996, 9.98187e-06, 0.6061231, 0.0001164831}, 2.0, 30.428571428571427, 38.857142857142854, 39.0, 0.0027,
     -9.554281815290045, 0.8691331959479421, -0.14025889049328963, 0.6144071688723339, 0.052390118887559005, 1505.5734576912755, 1.455186697297923, 6.479120652982598, 1.3853743241421212, 0.4080842184468534, 0.09565296959623124},
    {{0.553, 10.578, 0.5, 1.0, 1.0}, 2.0, 30.0, 38.0, 39.0, 0.0027,
     -23.414911328504136, 0.01295039480464004, -4.3466290044565135, 4.400890991436441e-11, 0.060367731534248105, 3.225788463639069e-07, 0.0013612070412075952, 0.0013538960073934169, 0.001353896003252355, 0.9988073503535415, 1.7336663734676766e-05},
    {{0.553, 10.578, 0.2, 0.8, 10000.0}, 2.0, 30.0, 80.0, 39.0, 0.0027,
     -9.20070802044638, 0.001382195138769887, -6.584082363336832, 2.6975056456613617e-06, 0.04654727411934549, 9.588033908791226e-05, 0.00024313447349466028, 0.00023956608288651753, 0.00023914548045744785, 0.9998024949315684, 5.7592912672115616e-06},
    {{5.0, 0.5, 3.0, 0.001, 10000.0}, 40.0, 90.0, 100.0, 3000.0, 0.01,
     -88.54416030406742, 0.5884603808475161, -0.5302456768122548, 7.262178031316479e-05, 0.4637975188454109, 3.20017871389143e-119, 87.81906851749297, 20.268440212888038, 20.268440212888038, 0.4155438387248865, 0.003921199452949699},
    {{0.3, 1.0, 10000.0, 0.01, 0.0001}, 4.0, 1.0, 1.5, 0.1, 0.01,
     -102.00858330981234, 7.546696738525281e-23, -50.9383471894172, 3.42619501867821e-27, 2.139575711576377, 0.0, 1.297972908472027e-24, 1.2979020488214662e-24, 1.2978431830548203e-24, 1.0, 6.174699238454901e-28},
    {{2.0, 7.0, 0.0001, 300.0, 5.0}, 10.0, 100.0, 150.0, 30.0, 0.01,
     -38.06046128038001, 0.11934027128295205, -2.1257764436969517, 0.09944363861448223, 0.10045543146369124, 60.038221955645234, 0.2501511085382485, 0.5664694489292854, 0.21709963499675164, 0.9011816480419774, 0.01992797431932755},
};
/* clang-format on */

static void test_truths(void) { check_truths(truths, sizeof truths / sizeof *truths); }

static double cdnow_total(loy_ggomnbd_params params) {
  double total = 0.0;
  for (int i = 0; i < CDNOW_CELLS; i++)
    total += cdnow_cells[i][3] *
             loy_ggomnbd_loglik(&params, cdnow_cells[i][0], cdnow_cells[i][1] / 7.0, cdnow_cells[i][2] / 7.0);
  return total;
}

/* The sample at published parameters: the paper's rounded ones, and those of two runs of CLVTools, recomputed. */
static void test_cdnow(void) {
  const loy_ggomnbd_params paper = {0.553, 10.578, 0.0002, 0.603, 0.0026};
  const loy_ggomnbd_params test = {0.55313, 10.5758, 1.1e-6, 0.60682, 1.3e-5};
  const loy_ggomnbd_params run = {0.5530392, 10.5726996, 9.98187e-6, 0.6061231, 1.164831e-4};
  CHECK_NEAR(cdnow_total(paper), -9595.771, 5e-4);
  CHECK_NEAR(cdnow_total(test), -9594.98377, 5e-6);
  CHECK_NEAR(cdnow_total(run), -9594.976269, 5e-7);
}

/* For b towards 0 with beta / b fixed it is Pareto/NBD. */
static void test_limit(void) {
  const loy_pnbd_params pareto = {0.553, 10.578, 0.606, 11.669};
  const loy_ggomnbd_params slow = {0.553, 10.578, 1e-12, 0.606, 11.669e-12};
  CHECK_CLOSE(loy_ggomnbd_loglik(&slow, 2, 30, 39), loy_pnbd_loglik(&pareto, 2, 30, 39), 1e-10);
  CHECK_CLOSE(loy_ggomnbd_palive(&slow, 2, 30, 39, 5), loy_pnbd_palive(&pareto, 2, 30, 39, 5), 1e-10);
  CHECK_CLOSE(loy_ggomnbd_expected_purchases(&slow, 2, 30, 39, 52), loy_pnbd_expected_purchases(&pareto, 2, 30, 39, 52),
              1e-10);
  CHECK_CLOSE(loy_ggomnbd_dert(&slow, 2, 30, 39, 0.0027), loy_pnbd_dert(&pareto, 2, 30, 39, 0.0027), 1e-8);
  CHECK_CLOSE(loy_ggomnbd_pmf(&slow, 5, 30), loy_pnbd_pmf(&pareto, 5, 30), 1e-10);
  /* s = 1 and beta = 1: S = exp(-b t). */
  const loy_ggomnbd_params plain = {0.553, 10.578, 0.1, 1.0, 1.0};
  CHECK_CLOSE(loy_ggomnbd_expected_purchases_new(&plain, 20), 0.553 / 10.578 * -expm1(-2.0) / 0.1, 1e-14);
  CHECK_CLOSE(loy_ggomnbd_dert(&plain, 0, 0, 0, 0.03), 0.553 / 10.578 / 0.13, 1e-14);
}

/* DERT of a lifetime that bends late: 5e-12 of it was lost. mpmath, 40 digits, of k/A = 1. */
static void test_late_bend(void) {
  const loy_ggomnbd_params p = {1.0, 1.0, 1.0, 0x1.3c7c876d8c3f4p-11, 0x1.4580fcbe2cb8bp+3};
  CHECK_CLOSE(loy_ggomnbd_dert(&p, 0, 0, 0, 0x1.119c345177536p-4), 14.85471753830959206873, 2e-13);
}

static void test_units(void) {
  loy_ggomnbd_params scaled = usual;
  scaled.alpha *= 1024.0;
  scaled.b /= 1024.0;
  contract_units(scaled);
}

/* No sum of probabilities is above 1 by rounding: no purchases in no time, after a break of any length. */
static void test_clamp(void) {
  static const loy_ggomnbd_params p = {.553, 10.578, .02, .603, .26};
  int most = 1, least = 1;
  for (int i = 0; i < 300; i++) {
    const double chance[2] = {loy_ggomnbd_pmf_future(&p, 15, .3 + .1 * i, 31, 0, 0),
                              loy_ggomnbd_pmf_interval(&p, 0, .1 * i, .1 * i)};
    for (int k = 0; k < 2; k++) {
      most &= chance[k] <= 1.0;
      least &= chance[k] >= 1.0 - 4e-15;
    }
  }
  CU_ASSERT(most);
  CU_ASSERT(least);
}

SUITE(btyd, ggomnbd) {
  ADD(test_truths);
  ADD(test_cdnow);
  ADD(test_limit);
  ADD(test_late_bend);
  ADD(test_units);
  ADD_CONTRACT;
  ADD_DRAWS;
  ADD(test_clamp);
}
