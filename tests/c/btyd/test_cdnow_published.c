/* test_cdnow_published.c: the CDNOW sample as other programs print it: at the estimates of CLVTools, BTYD and BTYDplus,
 * from the file of lifetimes, whose times have two decimals, and week by week. Each number was recomputed from the
 * published formulas before it was written here; what the models' own tests have is not repeated. */
#include "check.h"

#include "cdnow_cells.h"
#include "cdnow_spend.h"

static double X[CDNOW_CELLS], TX[CDNOW_CELLS], T[CDNOW_CELLS], W[CDNOW_CELLS], OUT[CDNOW_CELLS];

/* Weeks: exact sevenths, or with two decimals as in cdnow_customers_summary.csv. */
static void load(int decimals) {
  for (int i = 0; i < CDNOW_CELLS; i++) {
    X[i] = cdnow_cells[i][0];
    TX[i] = cdnow_cells[i][1] / 7.0;
    T[i] = cdnow_cells[i][2] / 7.0;
    W[i] = cdnow_cells[i][3];
    if (decimals) {
      TX[i] = floor(100.0 * TX[i] + 0.5) / 100.0;
      T[i] = floor(100.0 * T[i] + 0.5) / 100.0;
    }
  }
}

static double weighted(const double *value) {
  double sum = 0.0;
  for (int i = 0; i < CDNOW_CELLS; i++) sum += W[i] * value[i];
  return sum;
}

static void test_sums_of_the_data(void) {
  load(0);
  CHECK_CLOSE(weighted(X), 2457.0, 1e-15);
  CHECK_NEAR(weighted(TX), 16135.571428571, 1e-9);
  CHECK_NEAR(weighted(T), 77111.285714286, 1e-9);
  load(1);
  CHECK_NEAR(weighted(TX), 16135.52, 1e-9);
  CHECK_NEAR(weighted(T), 77111.21, 1e-9);
}

/* The file of lifetimes, whose documentation prints .242593 4.413532 .792886 2.425752 and these standard errors. */
static void test_fits_of_the_rounded_file(void) {
  loy_bgnbd_fit_result bg;
  loy_pnbd_fit_result pareto;
  load(1);
  CHECK_STATUS(loy_bgnbd_fit(X, TX, T, W, CDNOW_CELLS, NULL, &bg, NULL), LOY_OK);
  CHECK_NEAR(bg.log_likelihood, -9582.425560567, 1e-6);
  CHECK_CLOSE(bg.params.r, .242592906, 1e-6);
  CHECK_CLOSE(bg.params.alpha, 4.413531515, 1e-6);
  CHECK_CLOSE(bg.params.a, .792886253, 1e-6);
  CHECK_CLOSE(bg.params.b, 2.425753831, 1e-6);
  CHECK_CLOSE(bg.std_error[0], .0125573, 1e-5);
  CHECK_CLOSE(bg.std_error[1], .3782213, 1e-5);
  CHECK_CLOSE(bg.std_error[2], .1857186, 1e-5);
  CHECK_CLOSE(bg.std_error[3], .7053436, 1e-5);
  CHECK_STATUS(loy_pnbd_fit(X, TX, T, W, CDNOW_CELLS, NULL, &pareto, NULL), LOY_OK);
  CHECK_NEAR(pareto.log_likelihood, -9594.973929827, 1e-6);
  CHECK_CLOSE(pareto.params.r, .553275515, 1e-6);
  CHECK_CLOSE(pareto.params.alpha, 10.577612578, 1e-6);
  CHECK_CLOSE(pareto.params.s, .606213580, 1e-6);
  CHECK_CLOSE(pareto.params.beta, 11.667911435, 1e-6);
}

/* The log-likelihood at the point where another program stopped is the one that it prints, and below ours. */
static void test_where_others_stopped(void) {
  const loy_pnbd_params clvtools = {.55327001, 10.57780068, .60602000, 11.66391453};
  const loy_bgnbd_params bg_clvtools = {.2425945, 4.4136019, .7929199, 2.4258881};
  const loy_bgnbd_params bg_btyd = {.2425982, 4.4136842, .7929899, 2.4261667};
  const loy_mbgnbd_params btydplus = {.5248435586, 6.1830928451, .8913877802, 1.6140483344};
  const loy_nbd_params nbd = {.3847658753, 12.0720137321};
  load(0);
  CHECK_STATUS(loy_pnbd_loglik_batch(&clvtools, X, TX, T, CDNOW_CELLS, NULL, OUT, NULL, NULL), LOY_OK);
  CHECK_NEAR(weighted(OUT), -9594.976181, 6e-7);
  CHECK_STATUS(loy_bgnbd_loglik_batch(&bg_clvtools, X, TX, T, CDNOW_CELLS, NULL, OUT, NULL, NULL), LOY_OK);
  CHECK_NEAR(weighted(OUT), -9582.429207, 6e-7);
  CHECK_STATUS(loy_bgnbd_loglik_batch(&bg_btyd, X, TX, T, CDNOW_CELLS, NULL, OUT, NULL, NULL), LOY_OK);
  CHECK_NEAR(weighted(OUT), -9582.429, 5e-4);
  CU_ASSERT(weighted(OUT) < -9582.429206674);
  CHECK_STATUS(loy_mbgnbd_loglik_batch(&btydplus, X, TX, T, CDNOW_CELLS, NULL, OUT, NULL, NULL), LOY_OK);
  CHECK_NEAR(weighted(OUT), -9582.135716, 6e-7);
  CHECK_STATUS(loy_nbd_loglik_batch(&nbd, X, TX, T, CDNOW_CELLS, NULL, OUT, NULL, NULL), LOY_OK);
  CHECK_NEAR(weighted(OUT), -9763.657615, 6e-7);
}

/* Predictions of CLVTools for its first customer and the whole sample, at its estimates with eight digits. */
static void test_clvtools(void) {
  static const double pmf[6] = {.5938074624, .1656461851, .0825061164, .0490297272, .0316723286, .0214563874};
  const loy_pnbd_params fit = {.55327001, 10.57780068, .60602000, 11.66391453};
  const loy_bgnbd_params bg = {.2425945, 4.4136019, .7929199, 2.4258881};
  const double t_x = 213.0 / 7.0, end = 272.0 / 7.0;
  CHECK_NEAR(loy_pnbd_palive(&fit, 2, t_x, end, 0), .86916549, 6e-9);
  CHECK_NEAR(loy_pnbd_expected_purchases(&fit, 2, t_x, end, 39), 1.45532078, 6e-9);
  CHECK_NEAR(loy_pnbd_dert(&fit, 2, t_x, end, log(1.1)), .42509343, 6e-9); /* 10 % a week: its default */
  CHECK_NEAR(loy_pnbd_dert(&fit, 2, t_x, end, .1), .40680504, 6e-9);
  /* Its new customer counts the first purchase. */
  CHECK_NEAR(1.0 + loy_pnbd_expected_purchases_new(&fit, 52), 2.473497617, 6e-9);
  for (int n = 0; n < 6; n++) CHECK_CLOSE(loy_pnbd_pmf(&fit, n, end), pmf[n], 6e-9);
  load(0);
  CHECK_STATUS(loy_pnbd_expected_purchases_batch(&fit, X, TX, T, CDNOW_CELLS, 39, NULL, OUT, NULL, NULL), LOY_OK);
  CHECK_NEAR(weighted(OUT), 1665.688027, 1e-5);
  CHECK_STATUS(loy_pnbd_palive_batch(&fit, X, TX, T, CDNOW_CELLS, 0, NULL, OUT, NULL, NULL), LOY_OK);
  CHECK_NEAR(weighted(OUT), 1051.970960, 1e-5);
  CHECK_STATUS(loy_pnbd_dert_batch(&fit, X, TX, T, CDNOW_CELLS, log(1.1), NULL, OUT, NULL, NULL), LOY_OK);
  CHECK_NEAR(weighted(OUT), 490.886140, 1e-5);
  CHECK_STATUS(loy_bgnbd_expected_purchases_batch(&bg, X, TX, T, CDNOW_CELLS, 39, NULL, OUT, NULL, NULL), LOY_OK);
  CHECK_NEAR(weighted(OUT), 1653.407839, 1e-4);
  CHECK_STATUS(loy_bgnbd_palive_batch(&bg, X, TX, T, CDNOW_CELLS, 0, NULL, OUT, NULL, NULL), LOY_OK);
  CHECK_NEAR(weighted(OUT), 1917.277036, 1e-4);
}

/* The walkthrough and the manual of BTYD: at its estimates, and where those are printed short, at the optimum. */
static void test_btyd(void) {
  static const double x[4] = {10, 15, 20, 25}, paradox[4] = {.70596734, .14418780, .02249928, .00309179};
  const loy_pnbd_params printed = {.553397143, 10.580198543, .606062497, 11.656223671};
  const loy_pnbd_params optimum = {.553277, 10.577684, .606240, 11.668740};
  const loy_bgnbd_params bg = {.2425967, 4.413659, .7929869, 2.426164};
  const loy_bgnbd_params paper = {.243, 4.414, .793, 2.426};
  CHECK_NEAR(loy_pnbd_expected_purchases_new(&printed, 52), 1.473113, 6e-7);
  CHECK_NEAR(loy_pnbd_expected_purchases_new(&optimum, 52), 1.4734343, 6e-8);
  CHECK_NEAR(loy_pnbd_expected_purchases(&printed, 26, 216.0 / 7.0, 31, 52), 25.4541833, 6e-8);
  CHECK_NEAR(loy_pnbd_expected_purchases(&optimum, 26, 216.0 / 7.0, 31, 52), 25.4551822, 2e-6);
  CHECK_NEAR(loy_pnbd_palive(&optimum, 26, 216.0 / 7.0, 31, 0), .997873404, 2e-9);
  for (int i = 0; i < 4; i++) CHECK_NEAR(loy_pnbd_expected_purchases(&printed, x[i], 20, 39, 52), paradox[i], 6e-9);
  CHECK_NEAR(loy_pnbd_palive(&printed, 0, 0, 39, 0), .294163335770, 2e-10);
  CHECK_BITS(loy_pnbd_palive(&printed, 23, 39, 39, 0), 1.0);
  CHECK_NEAR(loy_bgnbd_expected_purchases_new(&bg, 52), 1.444004, 6e-7);
  CHECK_NEAR(loy_bgnbd_palive(&bg, 26, 216.0 / 7.0, 31, 0), .96885226, 6e-9);
  CHECK_CLOSE(loy_bgnbd_expected_purchases(&paper, 2, 30.43, 38.86, 39), 1.22602817, 5e-9);
}

/* BTYDplus's sums at its MBG/NBD estimates: purchases of the next 39 weeks, and P(alive) per customer. */
static void test_btydplus(void) {
  const loy_mbgnbd_params fit = {.5248435586, 6.1830928451, .8913877802, 1.6140483344};
  load(0);
  CHECK_STATUS(loy_mbgnbd_expected_purchases_batch(&fit, X, TX, T, CDNOW_CELLS, 39, NULL, OUT, NULL, NULL), LOY_OK);
  CHECK_NEAR(weighted(OUT), 1576.711946, 1e-5);
  CHECK_STATUS(loy_mbgnbd_palive_batch(&fit, X, TX, T, CDNOW_CELLS, 0, NULL, OUT, NULL, NULL), LOY_OK);
  CHECK_NEAR(weighted(OUT) / (double)CDNOW_CUSTOMERS, .448719545, 1e-8);
}

/* Repeat purchases until a day since 1997-01-01, when the first customers came. */
static double pareto_until(const loy_pnbd_params *params, double day) {
  double sum = 0.0;
  for (int i = 0; i < CDNOW_CELLS; i++) {
    double since = day - (272.0 - cdnow_cells[i][2]);
    if (since > 0.0) sum += cdnow_cells[i][3] * loy_pnbd_expected_purchases_new(params, since / 7.0);
  }
  return sum;
}

static double bg_until(const loy_bgnbd_params *params, double day) {
  double sum = 0.0;
  for (int i = 0; i < CDNOW_CELLS; i++) {
    double since = day - (272.0 - cdnow_cells[i][2]);
    if (since > 0.0) sum += cdnow_cells[i][3] * loy_bgnbd_expected_purchases_new(params, since / 7.0);
  }
  return sum;
}

static void test_tracking(void) {
  static const double pareto[6] = {1308.912, 1385.334, 1459.985, 1532.970, 1604.386, 1674.321};
  static const double weekly[6] = {76.86531, 74.88843, 73.04554, 71.32166, 69.70412, 68.18213};
  static const double daily[4] = {10.672, 12.669, 14.867, 17.241};
  const loy_pnbd_params optimum = {.553277, 10.577684, .606240, 11.668740};
  const loy_pnbd_params printed = {.553397143, 10.580198543, .606062497, 11.656223671};
  const loy_bgnbd_params bg = {.2425967, 4.413659, .7929869, 2.426164};
  for (int i = 0; i < 6; i++) {
    double day = 7.0 * (20 + i);
    CHECK_NEAR(pareto_until(&optimum, day), pareto[i], 6e-4);
    CHECK_NEAR(bg_until(&bg, day) - bg_until(&bg, day - 7.0), weekly[i], 1.5e-5); /* BTYD's parameters are rounded */
  }
  CHECK_NEAR(pareto_until(&printed, 140.0), 1308.707, 6e-4);
  CHECK_NEAR(pareto_until(&printed, 175.0), 1674.028, 6e-4);
  for (int i = 0; i < 4; i++) CHECK_NEAR(bg_until(&bg, 11.0 + i), daily[i], 6e-4);
}

/* Purchases of the next 39 weeks by those of the first: 0 to 6, and 7 or more. */
static void test_frequency_bins(void) {
  static const double expected[8] = {.13845, .59947, 1.19584, 1.71384, 2.39831, 2.90721, 3.81856, 6.40307};
  static const double customers[8] = {1411, 439, 214, 100, 62, 38, 29, 64};
  const loy_pnbd_params optimum = {.553277, 10.577684, .606240, 11.668740};
  double sum[8] = {0}, count[8] = {0};
  load(0);
  CHECK_STATUS(loy_pnbd_expected_purchases_batch(&optimum, X, TX, T, CDNOW_CELLS, 39, NULL, OUT, NULL, NULL), LOY_OK);
  for (int i = 0; i < CDNOW_CELLS; i++) {
    int bin = X[i] < 7.0 ? (int)X[i] : 7;
    sum[bin] += W[i] * OUT[i];
    count[bin] += W[i];
  }
  for (int i = 0; i < 8; i++) {
    CHECK_BITS(count[i], customers[i]);
    CHECK_NEAR(sum[i] / count[i], expected[i], 6e-6);
  }
}

/* Five customers of lifetimes' simulated example in days, and the first customers of its CDNOW file in a week. */
static void test_lifetimes(void) {
  static const double history[5][3] = {{0, 0, 298}, {0, 0, 224}, {6, 142, 292}, {0, 0, 147}, {2, 9, 183}};
  static const double month[5] = {.016053, .021171, .030461, .031686, .001607};
  static const double top[5] = {.424877, .474738, .486526, .662396, .710623};
  const loy_bgnbd_params full = {.1638509, 1.86428038, 1.85034326, 3.18105915};
  const loy_bgnbd_params calibration = {.189680206, 2.263306837, 1.960003036, 3.475726481};
  const loy_bgnbd_params cdnow = {.242592906, 4.413531515, .792886253, 2.425753831};
  for (int i = 0; i < 5; i++)
    CHECK_NEAR(loy_bgnbd_expected_purchases(&full, history[i][0], history[i][1], history[i][2], 30), month[i], 6e-7);
  CHECK_NEAR(loy_bgnbd_expected_purchases(&full, 2, 96, 159, 10), .0570856, 6e-8);
  CHECK_NEAR(loy_bgnbd_expected_purchases(&calibration, 2, 96, 159, 10), .057651167, 6e-10);
  load(1);
  CHECK_STATUS(loy_bgnbd_expected_purchases_batch(&cdnow, X, TX, T, CDNOW_CELLS, 1, NULL, OUT, NULL, NULL), LOY_OK);
  for (int k = 0; k < 5; k++) {
    int best = 0;
    for (int i = 1; i < CDNOW_CELLS; i++)
      if (OUT[i] > OUT[best]) best = i;
    CHECK_NEAR(OUT[best], top[4 - k], 6e-7);
    OUT[best] = 0.0;
  }
}

/* Spend: the mean of E[M] over all customers (lifetimes), and one customer at the estimates of BTYD. */
static void test_spend(void) {
  const loy_gamma_gamma_params rounded = {6.24880331, 3.74458854, 15.44774629};
  const loy_gamma_gamma_params exact = {6.24934918, 3.74425633, 15.44430668};
  double sum = (CDNOW_CUSTOMERS - CDNOW_SPEND_ROWS) * loy_gamma_gamma_expected_spend_new(&rounded);
  for (int i = 0; i < CDNOW_SPEND_ROWS; i++)
    sum += loy_gamma_gamma_expected_spend(&rounded, cdnow_spend[i][0], cdnow_spend[i][2] / 100.0);
  CHECK_NEAR(sum / (double)CDNOW_CUSTOMERS, 35.2529588, 1e-5);
  CHECK_CLOSE(loy_gamma_gamma_expected_spend(&exact, 2, 40), 39.1305236863, 3e-10);
}

SUITE(btyd, cdnow_published) {
  ADD(test_sums_of_the_data);
  ADD(test_fits_of_the_rounded_file);
  ADD(test_where_others_stopped);
  ADD(test_clvtools);
  ADD(test_btyd);
  ADD(test_btydplus);
  ADD(test_tracking);
  ADD(test_frequency_bins);
  ADD(test_lifetimes);
  ADD(test_spend);
}
