/* The BG/BB model: the contract of all models of purchases, published numbers, exact ones, laws, and the ends of the
 * ranges. MODEL stands for all functions of the model:
 *   loy_bgbb_options_init, loy_bgbb_check, loy_bgbb_check_customer, loy_bgbb_loglik, loy_bgbb_loglik_batch,
 *   loy_bgbb_palive, loy_bgbb_palive_batch, loy_bgbb_log_palive, loy_bgbb_posterior, loy_bgbb_posterior_batch,
 *   loy_bgbb_expected_purchases, loy_bgbb_expected_purchases_batch, loy_bgbb_expected_purchases_new, loy_bgbb_dert,
 *   loy_bgbb_dert_batch, loy_bgbb_dect, loy_bgbb_dect_batch, loy_bgbb_dect_check, loy_bgbb_pmf, loy_bgbb_pmf_future,
 *   loy_bgbb_pmf_interval, loy_bgbb_pmf_check */
#define MODEL(f)   loy_bgbb_##f
#define PARAMETERS 4
#define FIELDS                                                                                                         \
  { "alpha", "beta", "gamma", "delta" }
#define USUAL                                                                                                          \
  { 1.20, 0.75, 0.66, 2.78 } /* the donations, as the R package BTYD prints them */
#define DISCOUNTED 1
#define PERIODS
#include "donations.h"
#include "purchase_contract.h"

/* By python-flint at 400 bits, from exact sums, gamma and hypergeometric functions (tests/accuracy/btyd_bgbb.py). */
static const truth truths[] = {
    {{1.2, 0.75, 0.66, 2.78},
     3,
     4,
     6,
     5,
     0.1,
     -5.060868175070575,
     0.43834385458490144,
     -0.8247516204711572,
     0.3324945525056475,
     0.6119270747138144,
     0.13483252721041034,
     1.0305854508991263,
     1.5596300943113952,
     0.7799966704304274,
     0.6053842821280161,
     0.09935527052022537},
    {{0.1, 3, 1, 0.02},
     0,
     0,
     12,
     36,
     0.05,
     -0.001255744294449523,
     0.0012929814012832982,
     -6.6508045634541855,
     0.0003434234566444011,
     0.03202336993284276,
     0.9811630687804858,
     0.000150998817879174,
     8.767614278209641e-05,
     8.209020976557639e-05,
     0.9999136801468032,
     7.123403453646515e-06},
    {{0.0001, 10000.0, 10000.0, 0.0001},
     2,
     5,
     40,
     10,
     0.5,
     -79.71640112123235,
     3.114334565333154e-98,
     -224.51732360668362,
     1.1094026727925207e-121,
     0.0001999100329907025,
     0.9995002398950468,
     6.22960352447529e-102,
     3.7723588823756265e-102,
     3.7723588823756265e-102,
     1.0,
     1.2773752275397637e-113},
    {{10000.0, 0.0001, 0.0001, 10000.0},
     7,
     9,
     10,
     2000,
     0.001,
     -36.15041354778135,
     0.9999499950094901,
     -5.00062408010838e-05,
     0.9999317814137815,
     0.9997002947067913,
     1.498451543466273e-08,
     1999.2818478782858,
     999.1414227975397,
     863.924606229836,
     5.000499350472174e-05,
     9.989510239974884e-09},
    {{2.5, 30, 0.3, 40},
     150,
     800,
     1000,
     52,
     0.002,
     -396.7962620941785,
     1.2324081575589237e-13,
     -29.724636101958,
     1.2145115528124015e-13,
     0.18220909191063062,
     0.0015370956994611158,
     9.397241551486372e-13,
     8.213192244485387e-12,
     8.91730186020201e-13,
     0.999999999999877,
     3.90442275560106e-15},
    {{0.75, 0.75, 1, 1},
     1,
     9000,
     10000,
     365,
     0.0003,
     -25.82500395228646,
     0.891010394451377,
     -0.11539918552844738,
     0.8596398153084472,
     0.00017606571669777487,
     0.00011211326996754611,
     0.05589378232297429,
     0.40856798689926976,
     0.05295167366198885,
     0.9467657037623158,
     0.00010621881360717898},
    {{50, 1, 2, 300},
     900,
     900,
     1000,
     3000,
     0.01,
     -12.112077276707407,
     4.727568405026204e-140,
     -320.80850202812223,
     4.327990050647567e-141,
     0.9989473711900257,
     0.00249376340666237,
     3.880802194460283e-137,
     3.7178984835618696e-138,
     3.7178984835618344e-138,
     1.0,
     7.9840208910560105e-143},
};

static void test_truths(void) { check_truths(truths, sizeof truths / sizeof *truths); }

/* BTYD's manual pages bgbb.*.Rd, run; the posterior means are those of a run. */
static void test_btyd(void) {
  static const double alive[6] = {.069188092, .253795626, .480089132, .679247778, .827386303, .930084746};
  static const double dert[6] = {1.80204479861, 2.62115607071, 3.44026734281,
                                 4.25937861491, 5.07848988700, 5.89760115910};
  static const double ahead[10] = {.231577885,  .448515790,  .652938045,  .846514748,  1.030585451,
                                   1.206242950, 1.374391774, 1.535790098, 1.691080458, 1.840812702};
  static const double pmf[7] = {.312683461442, .170395489877, .121430220890, .100047151207,
                                .091324397226, .092021348523, .112097930837};
  const double delta = log(1.1);
  double p, theta;
  CHECK_CLOSE(loy_bgbb_loglik(&usual, 3, 4, 6), -5.06086817507, 1e-11);
  CHECK_CLOSE(loy_bgbb_palive(&usual, 3, 4, 6, 0), .438343855, 1e-8);
  CHECK_CLOSE(loy_bgbb_dert(&usual, 3, 4, 6, delta), 1.62137918584, 1e-11);
  for (int i = 0; i < 6; i++) {
    CHECK_CLOSE(loy_bgbb_palive(&usual, 1, i + 1, 6, 0), alive[i], 1e-8);
    CHECK_CLOSE(loy_bgbb_dert(&usual, i + 1, 6, 6, delta), dert[i], 1e-11);
  }
  for (int i = 0; i < 10; i++) CHECK_CLOSE(loy_bgbb_expected_purchases(&usual, 3, 4, 6, i + 1), ahead[i], 1e-8);
  for (int i = 0; i < 7; i++) CHECK_CLOSE(loy_bgbb_pmf(&usual, i, 6), pmf[i], 1e-11);
  CHECK_CLOSE(loy_bgbb_expected_purchases_new(&usual, 1), .497316636852, 1e-11);
  CHECK_CLOSE(loy_bgbb_expected_purchases_new(&usual, 10), 3.164990220020, 1e-11);
  CHECK_STATUS(loy_bgbb_posterior(&usual, 3, 4, 6, &p, &theta, NULL), LOY_OK);
  CHECK_CLOSE(p, .611927074714, 1e-11);
  CHECK_CLOSE(theta, .13483252721, 1e-10);
}

/* Fader, Hardie & Shang 2010, tables 4 and 6, and what lifetimes tests: at the estimates. */
static void test_donations(void) {
  const loy_bgbb_params estimate = {1.20352247, .74971637, .65671817, 2.78344192};
  static const double expected[7] = {3454.882, 1888.654, 1348.882, 1113.379, 1017.922, 1027.166, 1253.114};
  double total = 0.0, gifts = 0.0;
  for (int i = 0; i < DONATION_CELLS; i++) {
    double x = donations[i][0], t_x = donations[i][1], w = donations[i][2];
    total += w * loy_bgbb_loglik(&estimate, x, t_x, 6);
    gifts += w * loy_bgbb_expected_purchases(&estimate, x, t_x, 6, 5);
  }
  CHECK_NEAR(total, -33225.581274, 1e-6);
  CHECK_NEAR(gifts, 12884.156961, 1e-3);
  CHECK_CLOSE(loy_bgbb_palive(&estimate, 0, 0, 6, 0), .1081332636, 1e-9);
  CHECK_CLOSE(loy_bgbb_palive(&estimate, 2, 4, 6, 0), .5896571835, 1e-8);
  CHECK_CLOSE(loy_bgbb_palive(&estimate, 6, 6, 6, 0), .9304335772, 1e-9);
  for (int i = 0; i < 7; i++) CHECK_NEAR((double)DONORS * loy_bgbb_pmf(&estimate, i, 6), expected[i], 1e-3);
}

/* All histories of six periods: each order of x purchases with the last in t_x is as likely as the others, and together
 * they are certain. Their future is the future of a new customer from there on. */
static void test_total_probability(void) {
  double sum = 0.0, later = 0.0, third = 0.0, p = 0.0, theta = 0.0, mean_p, mean_theta;
  for (int t_x = 0; t_x <= 6; t_x++)
    for (int x = t_x > 0; x <= t_x; x++) {
      double orders = 1.0, chance;
      for (int i = 1; i < x; i++) orders *= (double)(t_x - i) / (double)i;
      chance = orders * exp(loy_bgbb_loglik(&usual, x, t_x, 6));
      CHECK_STATUS(loy_bgbb_posterior(&usual, x, t_x, 6, &mean_p, &mean_theta, NULL), LOY_OK);
      sum += chance;
      p += chance * mean_p;
      theta += chance * mean_theta;
      later += chance * loy_bgbb_expected_purchases(&usual, x, t_x, 6, 5);
      third += chance * loy_bgbb_pmf_future(&usual, x, t_x, 6, 3, 5);
    }
  CHECK_CLOSE(sum, 1.0, 1e-14);
  CHECK_CLOSE(p, usual.alpha / (usual.alpha + usual.beta), 1e-14);
  CHECK_CLOSE(theta, usual.gamma / (usual.gamma + usual.delta), 1e-14);
  CHECK_CLOSE(later, loy_bgbb_expected_purchases_new(&usual, 11) - loy_bgbb_expected_purchases_new(&usual, 6), 1e-13);
  CHECK_CLOSE(third, loy_bgbb_pmf_interval(&usual, 3, 6, 11), 1e-13);
}

/* Where a sum gives way to an integral, both are good. */
static void test_long_horizons(void) {
  static const double delta[3] = {0.0, 1e-4, 0.05}, gamma[4] = {0.2, 1.0, 1.7, 30.0};
  for (int g = 0; g < 4; g++)
    for (int d = 0; d < 3; d++) {
      const loy_bgbb_params params = {.75, 2.0, gamma[g], 12.5};
      double sum = 0.0, before = loy_bgbb_dect(&params, 2, 9, 14, delta[d], 1024);
      for (double i = 1025; i <= 1100; i++)
        sum += loy_bgbb_palive(&params, 2, 9, 14, i - 1) * 2.75 / 16.75 * exp(-delta[d] * i);
      CHECK_CLOSE(loy_bgbb_dect(&params, 2, 9, 14, delta[d], 1100), before + sum, 1e-12);
      if (delta[d] > 0.0)
        CHECK_CLOSE(loy_bgbb_dect(&params, 2, 9, 14, delta[d], 0x1p51 - 1), loy_bgbb_dert(&params, 2, 9, 14, delta[d]),
                    1e-12);
    }
}

/* Survival over more than 65536 periods is no product any more. */
static void test_long_survival(void) {
  double from = loy_bgbb_palive(&usual, 3, 4, 6, 65000), by = 1.0;
  for (double m = 65007; m < 70007; m++) by *= (usual.delta + m) / (usual.gamma + usual.delta + m);
  CHECK_CLOSE(loy_bgbb_palive(&usual, 3, 4, 6, 70000), from * by, 1e-12);
  CHECK_CLOSE(loy_bgbb_pmf_interval(&usual, 0, 90000, 90000), 1.0, 1e-15);
}

/* The edges of what is a history, and of what is a number of periods ahead. */
static void test_periods(void) {
  loy_error error;
  static const double bad[5][4] = {{3, 2, 6, 0}, {1, 1.5, 6, 0}, {1, 2, 2.5, 0}, {1, 2, 100001, 0}, {1, 2, 3, 0.5}};
  static const char *const name[5] = {"t_x", "t_x", "T", "T", "t"};
  for (int i = 0; i < 5; i++) {
    CHECK_STATUS(loy_bgbb_check_customer(&usual, bad[i][0], bad[i][1], bad[i][2], bad[i][3], &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, name[i], LOY_NO_INDEX);
  }
  CU_ASSERT(isfinite(loy_bgbb_loglik(&usual, 50, 99999, 100000)));
  CU_ASSERT(isnan(loy_bgbb_palive(&usual, 1, 2, 3, 0.5)) && isnan(loy_bgbb_expected_purchases(&usual, 1, 2, 3, 0.5)));
  CU_ASSERT(isnan(loy_bgbb_dect(&usual, 1, 2, 3, 0.1, 0.5)) && isnan(loy_bgbb_expected_purchases_new(&usual, 0.5)));
  CU_ASSERT(isnan(loy_bgbb_pmf(&usual, 1, 0.5)) && isnan(loy_bgbb_pmf(&usual, 1, 100001)));
  CU_ASSERT(isnan(loy_bgbb_pmf_interval(&usual, 1, 0.5, 2)) && isnan(loy_bgbb_pmf_interval(&usual, 1, 1, 2.5)));
  CHECK_STATUS(loy_bgbb_pmf_check(&usual, 1, 1, 2, 1, 0.5, 2, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t0", LOY_NO_INDEX);
  CHECK_STATUS(loy_bgbb_pmf_check(&usual, 1, 1, 2, 1, 0, 2.5, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t1", LOY_NO_INDEX);
  CHECK_STATUS(loy_bgbb_dect_check(&usual, 1, 1, 2, 0.1, 0.5, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX);
  CHECK_BITS(loy_bgbb_pmf(&usual, 7, 6), 0.0);
  CHECK_BITS(loy_bgbb_palive(&usual, 6, 6, 6, 0), (usual.delta + 6) / (usual.gamma + usual.delta + 6));
}

/* Up to the ends of the ranges every answer is finite and possible. */
static void test_range(void) {
  static const double shape[WIDE] = WIDE_SHAPES,
                      history[4][3] = {{0, 0, 0}, {0, 0, 300}, {1, 1, 2000}, {300, 900, 1000}};
  static const double ahead[4] = {0, 1, 5000, 0x1p51 - 1.0}, rate[4] = {1e-40, 1e-4, 1.0, 1e40};
  for (int i = 0; i < WIDE * WIDE * WIDE * WIDE; i++) {
    const loy_bgbb_params params = {shape[i % WIDE], shape[i / WIDE % WIDE], shape[i / WIDE / WIDE % WIDE],
                                    shape[i / WIDE / WIDE / WIDE]};
    const double *h = history[i % 4], t = ahead[i / 4 % 4], delta = rate[i / 16 % 4];
    double now = loy_bgbb_palive(&params, h[0], h[1], h[2], 0), then = loy_bgbb_palive(&params, h[0], h[1], h[2], t);
    double plain = loy_bgbb_expected_purchases(&params, h[0], h[1], h[2], t);
    double worth = loy_bgbb_dect(&params, h[0], h[1], h[2], delta, t),
           ever = loy_bgbb_dert(&params, h[0], h[1], h[2], delta);
    double chance = loy_bgbb_pmf_future(&params, h[0], h[1], h[2], i % 7, i % 700), p = -1.0, theta = -1.0;
    CU_ASSERT(now >= 0.0 && now <= 1.0 && then >= 0.0 && then <= now);
    CU_ASSERT(isfinite(loy_bgbb_log_palive(&params, h[0], h[1], h[2])));
    CU_ASSERT(loy_bgbb_log_palive(&params, h[0], h[1], h[2]) <= 0.0);
    CU_ASSERT(isfinite(loy_bgbb_loglik(&params, h[0], h[1], h[2])) &&
              loy_bgbb_loglik(&params, h[0], h[1], h[2]) <= 1e-12);
    CU_ASSERT(plain >= 0.0 && plain <= t && worth >= 0.0 && worth <= plain * (1.0 + 1e-9));
    CU_ASSERT(ever >= worth * (1.0 - 1e-9) && ever <= 1e41);
    CU_ASSERT(chance >= 0.0 && chance <= 1.0);
    CHECK_STATUS(loy_bgbb_posterior(&params, h[0], h[1], h[2], &p, &theta, NULL), LOY_OK);
    CU_ASSERT(p >= 0.0 && p <= 1.0 && theta >= 0.0 && theta <= 1.0);
  }
}

SUITE(btyd, bgbb) {
  ADD_CONTRACT;
  ADD(test_truths);
  ADD(test_btyd);
  ADD(test_donations);
  ADD(test_total_probability);
  ADD(test_long_horizons);
  ADD(test_long_survival);
  ADD(test_periods);
  ADD(test_range);
}
