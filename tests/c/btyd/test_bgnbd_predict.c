/* test_bgnbd_predict.c: the future by BG/NBD. Expected values are published ones recomputed with mpmath at 40 digits;
 * those with 14 and more digits are at the paper's rounded parameters. */
#include "check.h"

#include "cdnow_cells.h"
#include "wide.h"

static const loy_bgnbd_params paper = {0.243, 4.414, 0.793, 2.426};

static void test_expected_purchases(void) {
  CHECK_CLOSE(loy_bgnbd_expected_purchases(&paper, 0.0, 0.0, 272.0 / 7.0, 39.0), .195109664993088, 1e-13);
  CHECK_CLOSE(loy_bgnbd_expected_purchases(&paper, 2.0, 213.0 / 7.0, 272.0 / 7.0, 39.0), 1.22611580614932, 1e-13);
  CHECK_CLOSE(loy_bgnbd_expected_purchases(&paper, 26.0, 216.0 / 7.0, 31.0, 39.0), 20.7483536943379, 1e-13);
  CHECK_CLOSE(loy_bgnbd_expected_purchases(&paper, 2.0, 30.43, 38.86, 39.0), 1.226, 1e-3);
  CHECK_CLOSE(loy_bgnbd_expected_purchases(&paper, 2.0, 27.0, 39.0, 2.0), .0691225530383, 1e-11);
  CU_ASSERT_EQUAL(loy_bgnbd_expected_purchases(&paper, 2.0, 27.0, 39.0, 0.0), 0.0);
}

static void test_expected_new(void) {
  const double t[4] = {1.0, 39.0, 52.0, 78.0};
  const double expected[4] = {.0532678911716583, 1.19672319332082, 1.4460505953964, 1.86051905794277};
  const double weeks[4] = {.1429, 3.0, 31.8571, 32.0}, rounded[4] = {.0078283475, .1508652308, 1.0419961, 1.0452433};
  for (int i = 0; i < 4; i++) CHECK_CLOSE(loy_bgnbd_expected_purchases_new(&paper, t[i]), expected[i], 1e-13);
  for (int i = 0; i < 4; i++) CHECK_CLOSE(loy_bgnbd_expected_purchases_new(&paper, weeks[i]), rounded[i], 1e-7);
  CHECK_BITS(loy_bgnbd_expected_purchases_new(&paper, 78.0), loy_bgnbd_expected_purchases(&paper, 0.0, 0.0, 0.0, 78.0));
}

/* "Increasing frequency paradox" and a heavy buyer of the BTYD walkthrough, at its estimates as printed. */
static void test_paradox(void) {
  const loy_bgnbd_params fit = {.2425967, 4.413659, .7929869, 2.426164};
  const double expected[4] = {.3474606, .0428339, .004158973, .0003583685};
  for (int i = 0; i < 4; i++)
    CHECK_CLOSE(loy_bgnbd_expected_purchases(&fit, 10.0 + 5.0 * i, 20.0, 39.0, 52.0), expected[i], 2e-6);
  CHECK_CLOSE(loy_bgnbd_expected_purchases(&fit, 26.0, 30.857142857142857, 31.0, 52.0), 25.7565859, 2e-9);
}

/* Where the hypergeometric forms of other packages fail. */
static void test_faults_of_peers(void) {
  loy_bgnbd_params p = {1.0875, 75.9149, .107, .8858};
  /* x = 0 with a + b < 1: NaN in lifetimes. */
  CHECK_CLOSE(loy_bgnbd_expected_purchases(&p, 0.0, 0.0, 2.6179, 71.9985), .92726210260422, 1e-13);
  /* a = 1: 0/0; next to it the difference form loses half the digits. Here by the integral. */
  p = paper;
  p.a = 1.0;
  CHECK_CLOSE(loy_bgnbd_expected_purchases(&p, 2.0, 213.0 / 7.0, 272.0 / 7.0, 39.0), 1.1022163325091268, 1e-14);
  p.a = 1.0 + 1e-9;
  CHECK_CLOSE(loy_bgnbd_expected_purchases(&p, 2.0, 213.0 / 7.0, 272.0 / 7.0, 39.0), 1.1022163325091268, 1e-9);
  /* More than 300 purchases. */
  CU_ASSERT(isfinite(loy_bgnbd_expected_purchases(&paper, 10000.0, 38.9, 39.0, 39.0)));
  CU_ASSERT(loy_bgnbd_expected_purchases(&paper, 10000.0, 38.999, 39.0, 39.0) > 1000.0);
  CU_ASSERT(loy_bgnbd_expected_purchases(&paper, 1000.0, 10.0, 100.0, 39.0) < 1e-200);
}

static void test_discounting(void) {
  double x = 2.0, t_x = 213.0 / 7.0, T = 272.0 / 7.0;
  double dert = loy_bgnbd_dert(&paper, x, t_x, T, .0027), before = (double)INFINITY;
  CHECK_CLOSE(dert, 5.156649774, 1e-9);
  CHECK_CLOSE(dert / loy_bgnbd_palive(&paper, x, t_x, T, 0.0), 7.097058517, 1e-9);
  CHECK_BITS(dert, loy_bgnbd_dect(&paper, x, t_x, T, .0027, (double)INFINITY));
  CHECK_BITS(loy_bgnbd_dect(&paper, x, t_x, T, 0.0, 39.0), loy_bgnbd_expected_purchases(&paper, x, t_x, T, 39.0));
  /* The two ways of computing agree: no discount at all, and one too small to matter. */
  CHECK_CLOSE(loy_bgnbd_dect(&paper, x, t_x, T, 1e-18, 39.0), loy_bgnbd_expected_purchases(&paper, x, t_x, T, 39.0),
              1e-14);
  CHECK_CLOSE(loy_bgnbd_dect(&paper, x, t_x, T, .0027, 1e7), dert, 1e-12);
  CU_ASSERT_EQUAL(loy_bgnbd_dect(&paper, x, t_x, T, .0027, 0.0), 0.0);
  for (double delta = 1e-6; delta < 10.0; delta *= 3.0) {
    double value = loy_bgnbd_dert(&paper, x, t_x, T, delta);
    CU_ASSERT(value > 0.0 && value < before);
    CU_ASSERT(loy_bgnbd_dect(&paper, x, t_x, T, delta, 52.0) <= value);
    before = value;
  }
  /* Large delta: purchases soon after T only, E[lambda] / delta. */
  CHECK_CLOSE(loy_bgnbd_dert(&paper, 0.0, 0.0, 39.0, 1e9), .243 / 43.414 / 1e9, 1e-8);
}

/* Histories of all kinds with what mpmath answers for exactly these doubles: expectations by quadrature over the logit
 * of p, discounted ones also over the logarithm of lambda or over time. */
typedef struct truth {
  loy_bgnbd_params params;
  double x, t_x, T, t, delta;
  double expected, dect, dert;
} truth;

/* clang-format off */
static const truth truths[] = {
    {{0.243, 4.414, 0.793, 2.426}, 0, 0, 272.0 / 7.0, 39, 0.0027,
     0.195109664993088485, 0.185543416106232955, 1.01574600875547109},
    {{0.243, 4.414, 0.793, 2.426}, 2, 213.0 / 7.0, 272.0 / 7.0, 39, 0.0027,
     1.22611580614932181, 1.16725965476262118, 5.15664977357374204},
    {{0.243, 4.414, 0.793, 2.426}, 26, 216.0 / 7.0, 31, 39, 0.0027,
     20.7483536943379065, 19.7893978968292537, 70.901796566761821},
    {{1.0875, 75.9149, 0.107, 0.8858}, 0, 0, 2.6179, 71.9985, 0.01,
     0.927262102604222846, 0.665938046136887874, 1.22096972369515296},
    {{0.243, 4.414, 1, 2.426}, 2, 213.0 / 7.0, 272.0 / 7.0, 39, 0.0027,
     1.10221633250912678, 1.04998813167585938, 4.02466783550736161},
    {{0.243, 4.414, 1 + 1e-9, 2.426}, 2, 213.0 / 7.0, 272.0 / 7.0, 39, 0.0027,
     1.10221633196286007, 1.04998813115864419, 4.02466783098826542},
    {{0.243, 4.414, 1, 2.426}, 0, 0, 272.0 / 7.0, 39, 0.0027,
     0.191088167278173421, 0.181783048799760407, 0.908039950616513361},
    {{0.5, 3, 0.3, 40}, 10000, 99.9, 100, 30, 0.001,
     1873.37343987943535, 1845.90384807754252, 37139.2518637379061},
    {{2, 1, 3, 0.5}, 10000, 99.999, 100, 500, 0.01,
     4858.38415994908096, 2970.71995016835151, 2970.93817987114668},
    {{1e-4, 1e-4, 0.05, 1e4}, 3, 1e-3, 2e-3, 0.5, 0.1,
     712.650575857869055, 695.140599833078939, 13692.9425249235703},
    {{1e4, 1e4, 0.05, 1e4}, 7, 3, 8, 100, 0.001,
     99.8909782373115421, 95.0592278146672702, 994.606491165602167},
    {{0.3, 1e4, 2.5, 1e-2}, 5, 9e5, 1e6, 1e+06, 1e-06,
     1.21384836009102878, 0.862373066355465676, 0.971920080504103599},
};
/* clang-format on */
enum { TRUTHS = sizeof truths / sizeof *truths };

static void test_truths(void) {
  for (int i = 0; i < TRUTHS; i++) {
    const truth *c = &truths[i];
    loy_bgnbd_params params = c->params;
    double dect = loy_bgnbd_dect(&c->params, c->x, c->t_x, c->T, c->delta, c->t);
    double expected = loy_bgnbd_expected_purchases(&c->params, c->x, c->t_x, c->T, c->t);
    CHECK_CLOSE(expected, c->expected, 1e-12);
    CHECK_CLOSE(dect, c->dect, 1e-12);
    CHECK_CLOSE(loy_bgnbd_dert(&c->params, c->x, c->t_x, c->T, c->delta), c->dert, 1e-12);
    /* Another unit of time changes nothing. */
    params.alpha *= 7.0;
    CHECK_CLOSE(loy_bgnbd_expected_purchases(&params, c->x, c->t_x * 7.0, c->T * 7.0, c->t * 7.0), expected, 1e-12);
    CHECK_CLOSE(loy_bgnbd_dect(&params, c->x, c->t_x * 7.0, c->T * 7.0, c->delta / 7.0, c->t * 7.0), dect, 1e-12);
    /* With a vanishing discount DECT becomes the expectation, from below: it lacks at most delta t of it. */
    for (double delta = 0.1 / c->t; delta > 1e-30 / c->t; delta *= 0.01) {
      double value = loy_bgnbd_dect(&c->params, c->x, c->t_x, c->T, delta, c->t);
      CU_ASSERT(value <= expected * (1.0 + 2e-12) && value >= expected * (1.0 - delta * c->t - 2e-12));
    }
    /* Without an end in sight DECT becomes DERT. */
    CHECK_CLOSE(loy_bgnbd_dect(&c->params, c->x, c->t_x, c->T, c->delta, 40.0 / c->delta), c->dert, 2e-12);
  }
}

/* Known sizes, whatever the parameters: more horizon, more purchases; never more than the rate allows; a = 1 lies
 * between its neighbours. */
static void test_expected_properties(void) {
  const double size[5] = {1e-4, 1e-2, 1.0, 1e2, 1e4};
  for (int i = 0; i < 5 * 5 * 5 * 5; i++) {
    const loy_bgnbd_params p = {size[i % 5], size[i / 5 % 5], size[i / 25 % 5], size[i / 125]};
    for (double x = 0.0; x <= 1e4; x = x * 100.0 + 1.0) {
      double T = 100.0, t_x = x > 0.0 ? 99.0 : 0.0, before = 0.0, alive = loy_bgnbd_palive(&p, x, t_x, T, 0.0);
      for (double t = 0.1; t < 1e4; t *= 20.0) {
        double value = loy_bgnbd_expected_purchases(&p, x, t_x, T, t), most = alive * (p.r + x) / (p.alpha + T) * t;
        CU_ASSERT(value >= before * (1.0 - 1e-12) && value <= most * (1.0 + 1e-12));
        CU_ASSERT(value > 0.0 || most < 1e-290);
        before = value;
      }
    }
  }
  for (double eps = 1e-15; eps < 1e-2; eps *= 10.0) {
    const loy_bgnbd_params below = {.243, 4.414, 1.0 - eps, 2.426}, at = {.243, 4.414, 1.0, 2.426};
    const loy_bgnbd_params above = {.243, 4.414, 1.0 + eps, 2.426};
    double value = loy_bgnbd_expected_purchases(&at, 0.0, 0.0, 38.0, 39.0);
    CHECK_CLOSE(loy_bgnbd_expected_purchases(&below, 0.0, 0.0, 38.0, 39.0), value, 0.2 * eps + 1e-14);
    CHECK_CLOSE(loy_bgnbd_expected_purchases(&above, 0.0, 0.0, 38.0, 39.0), value, 0.2 * eps + 1e-14);
  }
}

/* The whole CDNOW sample at the maximum likelihood estimate: 39 weeks ahead in total and by frequency, and the weekly
 * course of repeat purchases from the first customer's start (BTYD walkthrough; its printed parameters give 7 digits of
 * it). */
static void test_cdnow(void) {
  static double x[CDNOW_CELLS], t_x[CDNOW_CELLS], T[CDNOW_CELLS], out[CDNOW_CELLS];
  const loy_bgnbd_params fit = {.242594517, 4.413602187, .792921991, 2.425906751};
  const loy_bgnbd_params btyd = {.2425967, 4.413659, .7929869, 2.426164};
  const double by_frequency[8] = {.225087, .523131, 1.044134, 1.520280, 2.163866, 2.653846, 3.504042, 6.157191};
  const double by_week[6] = {1312.458, 1387.346, 1460.392, 1531.713, 1601.418, 1669.600};
  double total = 0.0, sum[8] = {0}, customers[8] = {0};
  for (int i = 0; i < CDNOW_CELLS; i++) {
    x[i] = cdnow_cells[i][0];
    t_x[i] = cdnow_cells[i][1] / 7.0;
    T[i] = cdnow_cells[i][2] / 7.0;
  }
  CHECK_STATUS(loy_bgnbd_expected_purchases_batch(&fit, x, t_x, T, CDNOW_CELLS, 39.0, NULL, out, NULL, NULL), LOY_OK);
  for (int i = 0; i < CDNOW_CELLS; i++) {
    int group = cdnow_cells[i][0] < 7 ? cdnow_cells[i][0] : 7;
    total += cdnow_cells[i][3] * out[i];
    sum[group] += cdnow_cells[i][3] * out[i];
    customers[group] += cdnow_cells[i][3];
  }
  CHECK_NEAR(total, 1653.409, 1e-3);
  for (int i = 0; i < 8; i++) CHECK_NEAR(sum[i] / customers[i], by_frequency[i], 6e-7);
  for (int week = 20; week <= 25; week++) {
    double expected = 0.0;
    for (int i = 0; i < CDNOW_CELLS; i++) {
      double since = week - (272.0 - cdnow_cells[i][2]) / 7.0;
      if (since > 0.0) expected += cdnow_cells[i][3] * loy_bgnbd_expected_purchases_new(&btyd, since);
    }
    CHECK_NEAR(expected, by_week[week - 20], 1e-3);
  }
}

static void test_pmf(void) {
  const double thirty[10] = {.0019995214, .0015170236, .0011633150, .0009003148, .0007023638,
                             .0005517902, .0004361913, .0003467171, .0002769613, .0002222260};
  CHECK_CLOSE(loy_bgnbd_pmf(&paper, 10.0, 2.0), 1.07868964036e-07, 1e-11);
  CHECK_CLOSE(loy_bgnbd_pmf(&paper, 0.0, 39.0), .573786352096, 1e-11);
  for (int i = 0; i < 10; i++) CHECK_NEAR(loy_bgnbd_pmf(&paper, 11.0 + i, 30.0), thirty[i], 5.1e-11);
  CU_ASSERT_EQUAL(loy_bgnbd_pmf(&paper, 0.0, 0.0), 1.0);
  CU_ASSERT_EQUAL(loy_bgnbd_pmf(&paper, 3.0, 0.0), 0.0);
}

/* BTYD's interval probability forgets who stopped before the interval and says .573786; the right value is .7540011461,
 * from two forms of the integral at 40 digits. */
static void test_pmf_interval(void) {
  const loy_bgnbd_params over = {1.675, .25, 1.925, 2.2};
  CHECK_CLOSE(loy_bgnbd_pmf_interval(&over, 0.0, 228.0, 228.0), 1.0, 1e-14);
  CU_ASSERT(loy_bgnbd_pmf_interval(&over, 0.0, 228.0, 228.0) <= 1.0); /* rounding of its terms, too */
  CHECK_CLOSE(loy_bgnbd_pmf_interval(&paper, 0.0, 39.0, 78.0), .75400114612087691, 1e-14);
  CHECK_CLOSE(loy_bgnbd_pmf_interval(&paper, 0.0, 39.0, 78.0), .754001145793, 1e-9);
  CHECK_BITS(loy_bgnbd_pmf_interval(&paper, 3.0, 0.0, 39.0), loy_bgnbd_pmf(&paper, 3.0, 39.0));
  CHECK_CLOSE(loy_bgnbd_pmf_interval(&paper, 3.0, 1e-12, 39.0), loy_bgnbd_pmf(&paper, 3.0, 39.0), 1e-10);
  CHECK_CLOSE(loy_bgnbd_pmf_interval(&paper, 0.0, 39.0, 39.0), 1.0, 1e-15);
  CU_ASSERT_EQUAL(loy_bgnbd_pmf_interval(&paper, 1.0, 39.0, 39.0), 0.0);
}

/* Probabilities at published and at other parameters, from the formulas at 30 digits. */
static void test_pmf_truths(void) {
  const loy_bgnbd_params busy = {5.0, 0.1, 0.02, 3.0}, heavy = {0.5, 3.0, 0.3, 40.0},
                         below = {1.0875, 75.9149, 0.107, 0.8858};
  const double x = 2.0, t_x = 213.0 / 7.0, T = 272.0 / 7.0;
  CHECK_CLOSE(loy_bgnbd_pmf(&paper, 0.0, 39.0), .573786352096009404761, 1e-13);
  CHECK_CLOSE(loy_bgnbd_pmf(&paper, 1.0, 39.0), .199395280835911453787, 1e-13);
  CHECK_CLOSE(loy_bgnbd_pmf(&paper, 10.0, 2.0), 1.0786896403691478658e-7, 1e-13);
  CHECK_CLOSE(loy_bgnbd_pmf(&paper, 11.0, 30.0), .00199952144747887567528, 1e-13);
  CHECK_CLOSE(loy_bgnbd_pmf(&paper, 20.0, 30.0), .000222226048006636677802, 1e-13);
  CHECK_CLOSE(loy_bgnbd_pmf(&paper, 200.0, 39.0), 4.07085355255570045327e-14, 1e-12);
  CHECK_CLOSE(loy_bgnbd_pmf(&paper, 1000.0, 78.0), 7.22633510158796089092e-30, 1e-12);
  CHECK_CLOSE(loy_bgnbd_pmf(&busy, 0.0, 1.0), 6.20921323059155331121e-6, 1e-12);
  CHECK_CLOSE(loy_bgnbd_pmf(&busy, 100.0, 10.0), .00033157226872652195533, 1e-12);
  CHECK_CLOSE(loy_bgnbd_pmf(&busy, 1000.0, 20.0), .000784253555969973991986, 1e-12);
  CHECK_CLOSE(loy_bgnbd_pmf_future(&paper, x, t_x, T, 0.0, 39.0), .445352278158076210798, 1e-13);
  CHECK_CLOSE(loy_bgnbd_pmf_future(&paper, x, t_x, T, 1.0, 39.0), .239318944406340662328, 1e-13);
  CHECK_CLOSE(loy_bgnbd_pmf_future(&paper, x, t_x, T, 7.0, 39.0), .00601378779327553855304, 1e-13);
  CHECK_CLOSE(loy_bgnbd_pmf_future(&paper, x, t_x, T, 40.0, 39.0), 2.72719980159042733168e-13, 1e-12);
  CHECK_CLOSE(loy_bgnbd_pmf_future(&paper, 0.0, 0.0, T, 0.0, 39.0), .855442953011334373263, 1e-13);
  CHECK_CLOSE(loy_bgnbd_pmf_future(&paper, 0.0, 0.0, T, 5.0, 39.0), .000777565315144939747229, 1e-13);
  CHECK_CLOSE(loy_bgnbd_pmf_future(&heavy, 10000.0, 99.9, 100.0, 2990.0, 30.0), .00180912188165172632326, 1e-12);
  CHECK_CLOSE(loy_bgnbd_pmf_interval(&paper, 0.0, 39.0, 78.0), .754001146120876908364, 1e-13);
  CHECK_CLOSE(loy_bgnbd_pmf_interval(&paper, 1.0, 39.0, 78.0), .121952354604589044597, 1e-12);
  CHECK_CLOSE(loy_bgnbd_pmf_interval(&paper, 2.0, 39.0, 78.0), .0479900206339717065875, 1e-12);
  CHECK_CLOSE(loy_bgnbd_pmf_interval(&paper, 5.0, 39.0, 78.0), .00955970989800493471178, 1e-12);
  CHECK_CLOSE(loy_bgnbd_pmf_interval(&paper, 30.0, 39.0, 78.0), .0000397069763525624567941, 1e-12);
  CHECK_CLOSE(loy_bgnbd_pmf_interval(&below, 0.0, 10.0, 500.0), .126653591368882225049, 1e-12);
  CHECK_CLOSE(loy_bgnbd_pmf_interval(&below, 1.0, 10.0, 500.0), .182299798595929598378, 1e-12);
  CHECK_CLOSE(loy_bgnbd_pmf_interval(&below, 3.0, 10.0, 500.0), .0889944896499463115722, 1e-12);
  CHECK_CLOSE(loy_bgnbd_pmf_interval(&busy, 0.0, 5.0, 10.0), .0860545162267886786192, 1e-12);
  CHECK_CLOSE(loy_bgnbd_pmf_interval(&busy, 1.0, 5.0, 10.0), .0000906410496173959172555, 1e-12);
  CHECK_CLOSE(loy_bgnbd_pmf_interval(&busy, 300.0, 5.0, 10.0), .00239123027102889330499, 1e-12);
  /* Without purchases so far the future of a customer is that of a new one with alpha + T for alpha. */
  {
    const loy_bgnbd_params later = {paper.r, paper.alpha + 10.0, paper.a, paper.b};
    for (double n = 0.0; n < 9.0; n += 1.0)
      CHECK_BITS(loy_bgnbd_pmf_future(&paper, 0.0, 0.0, 10.0, n, 5.0), loy_bgnbd_pmf(&later, n, 5.0));
    CHECK_BITS(loy_bgnbd_pmf_future(&paper, 0.0, 0.0, 0.0, 4.0, 5.0), loy_bgnbd_pmf(&paper, 4.0, 5.0));
  }
}

/* Counts that nobody reaches answer 0 or next to it at once, up to the largest count; beyond is outside the domain. */
static void test_pmf_huge(void) {
  const double huge[5] = {1e5, 1e6, 1e7, 99999999.0, 1e8}, beyond[4] = {0x1p51, 1e16, 1e100, 1e300};
  loy_error error;
  for (int i = 0; i < 5; i++) {
    double one = loy_bgnbd_pmf(&paper, huge[i], 39.0),
           two = loy_bgnbd_pmf_future(&paper, 3.0, 20.0, 39.0, huge[i], 39.0);
    double three = loy_bgnbd_pmf_interval(&paper, huge[i], 39.0, 78.0);
    CU_ASSERT(one >= 0.0 && one < 1e-290);
    CU_ASSERT(two >= 0.0 && two < 1e-290);
    CU_ASSERT(three >= 0.0 && three < 1e-290);
    /* And a horizon that nobody sees: what is left is P(stopped by the n-th purchase). */
    one = loy_bgnbd_pmf(&paper, huge[i], 1e40);
    two = loy_bgnbd_pmf_future(&paper, 3.0, 20.0, 39.0, huge[i], 1e40);
    three = loy_bgnbd_pmf_interval(&paper, huge[i], 39.0, 1e40);
    CU_ASSERT(one > 0.0 && one < 1e-7);
    CU_ASSERT(two > 0.0 && two < 1e-7);
    CU_ASSERT(three > 0.0 && three < 1e-7);
    CHECK_STATUS(loy_bgnbd_pmf_check(&paper, 0.0, 0.0, 0.0, huge[i], 0.0, 1.0, NULL), LOY_OK);
  }
  for (int i = 0; i < 4; i++) {
    CU_ASSERT(isnan(loy_bgnbd_pmf(&paper, beyond[i], 39.0)));
    CU_ASSERT(isnan(loy_bgnbd_pmf_future(&paper, 3.0, 20.0, 39.0, beyond[i], 39.0)));
    CU_ASSERT(isnan(loy_bgnbd_pmf_interval(&paper, beyond[i], 39.0, 78.0)));
    CHECK_STATUS(loy_bgnbd_pmf_check(&paper, 0.0, 0.0, 0.0, beyond[i], -1.0, -1.0, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "n", LOY_NO_INDEX);
  }
}

/* Counts beyond 65536: over a very long time nearly everybody stops, and P(X = n) is close to that of stopping by the
 * n-th purchase, a/(a+b+n-1) B(a, b+n-1)/B(a, b). The right values have 60 digits behind them. */
static void test_pmf_large(void) {
  CHECK_CLOSE(loy_bgnbd_pmf(&paper, 1000.0, 1e40), 6.45689982690032803275e-6, 1e-12);
  CHECK_CLOSE(loy_bgnbd_pmf(&paper, 60000.0, 1e40), 4.19945568748233807708e-9, 1e-12);
  CHECK_CLOSE(loy_bgnbd_pmf(&paper, 70000.0, 1e40), 3.18537661892678529875e-9, 1e-12);
  CHECK_CLOSE(loy_bgnbd_pmf(&paper, 1e5, 1e40), 1.68045797301549589896e-9, 1e-12);
  CHECK_CLOSE(loy_bgnbd_pmf(&paper, 1e8, 1e40), 7.02169282060795531136e-15, 1e-12);
  CHECK_CLOSE(loy_bgnbd_pmf(&paper, 70000.0, 5e6), 1.93665189578584457016e-9, 1e-12);
  CHECK_CLOSE(loy_bgnbd_pmf(&paper, 1e6, 1e6), 1.83532358046411673958e-13, 1e-12);
}

/* Probabilities add up to 1, and their mean is the expectation. */
static void test_sums(void) {
  double total[3] = {0.0, 0.0, 0.0}, mean[3] = {0.0, 0.0, 0.0};
  for (int n = 0; n < 600; n++) {
    double p[3];
    p[0] = loy_bgnbd_pmf(&paper, (double)n, 39.0);
    p[1] = loy_bgnbd_pmf_future(&paper, 5.0, 20.0, 39.0, (double)n, 10.0);
    p[2] = loy_bgnbd_pmf_interval(&paper, (double)n, 20.0, 39.0);
    for (int i = 0; i < 3; i++) {
      CU_ASSERT(p[i] >= 0.0);
      total[i] += p[i];
      mean[i] += n * p[i];
    }
  }
  for (int i = 0; i < 3; i++) CHECK_NEAR(total[i], 1.0, 1e-12);
  CHECK_CLOSE(mean[0], loy_bgnbd_expected_purchases_new(&paper, 39.0), 1e-12);
  CHECK_CLOSE(mean[1], loy_bgnbd_expected_purchases(&paper, 5.0, 20.0, 39.0, 10.0), 1e-12);
  CHECK_CLOSE(mean[2], loy_bgnbd_expected_purchases_new(&paper, 39.0) - loy_bgnbd_expected_purchases_new(&paper, 20.0),
              1e-12);
}

/* The sum and the integral for the expectation meet without a step: second differences over the change of method stay
 * small. */
static void test_methods_meet(void) {
  for (double x = 0.0; x < 40.0; x += 13.0)
    for (double t = 10.0; t < 2000.0; t *= 1.37) {
      double one = loy_bgnbd_expected_purchases(&paper, x, 0.9 * x, 39.0, t);
      double two = loy_bgnbd_expected_purchases(&paper, x, 0.9 * x, 39.0, t * (1.0 + 1e-9));
      CU_ASSERT(two >= one * (1.0 - 4e-15) && two <= one * (1.0 + 2e-9));
    }
}

/* Uniform on [0, 1): 24 bits of a linear congruential generator, the same with every form of the library. */
static double uniform(uint32_t *state) {
  *state = *state * 1664525u + 1013904223u;
  return (double)(*state >> 8) * 0x1p-24;
}

static void test_batches(void) {
  enum { N = 300 };
  static double x[N], t_x[N], T[N], out[N];
  const int threads[3] = {1, 2, 7};
  loy_bgnbd_options options;
  loy_batch_report report;
  loy_error error;
  uint32_t state = 9u;
  for (int i = 0; i < N; i++) {
    x[i] = floor(8.0 * uniform(&state) * uniform(&state));
    T[i] = 60.0 * uniform(&state);
    t_x[i] = x[i] > 0.0 ? T[i] * uniform(&state) : 0.0;
  }
  T[5] = -1.0;
  loy_bgnbd_options_init(&options);
  for (int k = 0; k < 3; k++) {
    options.threads = threads[k];
    CHECK_STATUS(loy_bgnbd_expected_purchases_batch(&paper, x, t_x, T, N, 26.0, &options, out, &report, &error),
                 LOY_OK);
    CU_ASSERT_EQUAL(report.bad, 1);
    for (int i = 0; i < N; i++) CHECK_BITS(out[i], loy_bgnbd_expected_purchases(&paper, x[i], t_x[i], T[i], 26.0));
    CHECK_STATUS(loy_bgnbd_dert_batch(&paper, x, t_x, T, N, .003, &options, out, &report, &error), LOY_OK);
    for (int i = 0; i < N; i++) CHECK_BITS(out[i], loy_bgnbd_dert(&paper, x[i], t_x[i], T[i], .003));
    CHECK_STATUS(loy_bgnbd_dect_batch(&paper, x, t_x, T, N, .003, 52.0, &options, out, &report, &error), LOY_OK);
    for (int i = 0; i < N; i++) CHECK_BITS(out[i], loy_bgnbd_dect(&paper, x[i], t_x[i], T[i], .003, 52.0));
  }
  (void)loy_bgnbd_expected_purchases_batch(&paper, x, t_x, T, N, (double)INFINITY, NULL, out, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX);
  (void)loy_bgnbd_dert_batch(&paper, x, t_x, T, N, 0.0, NULL, out, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "delta", LOY_NO_INDEX);
  (void)loy_bgnbd_dect_batch(&paper, x, t_x, T, N, -1.0, -1.0, NULL, out, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "delta", LOY_NO_INDEX);
  (void)loy_bgnbd_dect_batch(&paper, x, t_x, T, N, 0.0, (double)INFINITY, NULL, out, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX);
  (void)loy_bgnbd_dert_batch(&paper, x, NULL, T, N, 0.0, NULL, out, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "t_x", LOY_NO_INDEX);
}

static void test_errors(void) {
  loy_error error;
  (void)loy_bgnbd_dect_check(&paper, 1.0, 2.0, 1.0, -1.0, -1.0, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "T", LOY_NO_INDEX);
  (void)loy_bgnbd_dect_check(&paper, 1.0, 1.0, 2.0, -1.0, -1.0, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "delta", LOY_NO_INDEX);
  (void)loy_bgnbd_dect_check(&paper, 1.0, 1.0, 2.0, 0.0, (double)INFINITY, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX);
  CHECK_STATUS(loy_bgnbd_dect_check(&paper, 1.0, 1.0, 2.0, 0.1, (double)INFINITY, &error), LOY_OK);
  (void)loy_bgnbd_pmf_check(NULL, 1.0, 1.0, 2.0, -1.0, -1.0, -1.0, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX);
  (void)loy_bgnbd_pmf_check(&paper, 1.0, 1.0, 2.0, 0.5, -1.0, -2.0, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "n", LOY_NO_INDEX);
  (void)loy_bgnbd_pmf_check(&paper, 1.0, 1.0, 2.0, 1.0, -1.0, -2.0, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t0", LOY_NO_INDEX);
  (void)loy_bgnbd_pmf_check(&paper, 1.0, 1.0, 2.0, 1.0, 3.0, 2.0, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t1", LOY_NO_INDEX);
  CHECK_STATUS(loy_bgnbd_pmf_check(&paper, 1.0, 1.0, 2.0, 1.0, 2.0, 2.0, &error), LOY_OK);
  CU_ASSERT(isnan(loy_bgnbd_pmf(&paper, -1.0, 1.0)));
  CU_ASSERT(isnan(loy_bgnbd_pmf_future(&paper, 1.0, 2.0, 1.0, 1.0, 1.0)));
  CU_ASSERT(isnan(loy_bgnbd_pmf_interval(&paper, 1.0, 2.0, 1.0)));
  CU_ASSERT(isnan(loy_bgnbd_expected_purchases(&paper, 1.0, 1.0, 2.0, (double)INFINITY)));
  CU_ASSERT(isnan(loy_bgnbd_dert(&paper, 1.0, 1.0, 2.0, 0.0)));
  CU_ASSERT(isnan(loy_bgnbd_dect(NULL, 1.0, 1.0, 2.0, 0.0, 1.0)));
}

/* Every answer outside the domain is NaN, and the checking twins say why, in the order of the parameters. */
static void test_domain(void) {
  const double wrong[4] = {-1.0, (double)NAN, -(double)INFINITY, (double)INFINITY};
  const loy_bgnbd_params bad[4] = {
      {0.0, 1.0, 1.0, 1.0}, {1.0, -1.0, 1.0, 1.0}, {1.0, 1.0, (double)NAN, 1.0}, {1.0, 1.0, 1.0, (double)INFINITY}};
  const char *const name[4] = {"r", "alpha", "a", "b"};
  loy_error error;
  for (int i = 0; i < 4; i++) {
    CU_ASSERT(isnan(loy_bgnbd_expected_purchases(&bad[i], 1.0, 1.0, 2.0, 1.0)));
    CU_ASSERT(isnan(loy_bgnbd_expected_purchases_new(&bad[i], 1.0)));
    CU_ASSERT(isnan(loy_bgnbd_dert(&bad[i], 1.0, 1.0, 2.0, 1.0)));
    CU_ASSERT(isnan(loy_bgnbd_dect(&bad[i], 1.0, 1.0, 2.0, 1.0, 1.0)));
    CU_ASSERT(isnan(loy_bgnbd_pmf(&bad[i], 1.0, 1.0)));
    CU_ASSERT(isnan(loy_bgnbd_pmf_future(&bad[i], 1.0, 1.0, 2.0, 1.0, 1.0)));
    CU_ASSERT(isnan(loy_bgnbd_pmf_interval(&bad[i], 1.0, 1.0, 2.0)));
    CHECK_STATUS(loy_bgnbd_dect_check(&bad[i], -1.0, -1.0, -1.0, -1.0, -1.0, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, name[i], LOY_NO_INDEX);
    CHECK_STATUS(loy_bgnbd_pmf_check(&bad[i], -1.0, -1.0, -1.0, -1.0, -1.0, -1.0, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, name[i], LOY_NO_INDEX);
  }
  CU_ASSERT(isnan(loy_bgnbd_expected_purchases(NULL, 1.0, 1.0, 2.0, 1.0)));
  CU_ASSERT(isnan(loy_bgnbd_expected_purchases_new(NULL, 1.0)));
  CU_ASSERT(isnan(loy_bgnbd_dert(NULL, 1.0, 1.0, 2.0, 1.0)));
  CU_ASSERT(isnan(loy_bgnbd_pmf(NULL, 1.0, 1.0)));
  CU_ASSERT(isnan(loy_bgnbd_pmf_future(NULL, 1.0, 1.0, 2.0, 1.0, 1.0)));
  CU_ASSERT(isnan(loy_bgnbd_pmf_interval(NULL, 1.0, 1.0, 2.0)));
  CHECK_STATUS(loy_bgnbd_dect_check(NULL, 1.0, 1.0, 2.0, 1.0, 1.0, NULL), LOY_ERR_ARGUMENT);
  for (int i = 0; i < 4; i++) {
    double v = wrong[i];
    CU_ASSERT(isnan(loy_bgnbd_expected_purchases(&paper, v, 1.0, 2.0, 1.0)));
    CU_ASSERT(isnan(loy_bgnbd_expected_purchases(&paper, 1.0, v, 2.0, 1.0)));
    CU_ASSERT(isnan(loy_bgnbd_expected_purchases(&paper, 1.0, 1.0, v, 1.0)));
    CU_ASSERT(isnan(loy_bgnbd_expected_purchases(&paper, 1.0, 1.0, 2.0, v)));
    CU_ASSERT(isnan(loy_bgnbd_expected_purchases_new(&paper, v)));
    CU_ASSERT(isnan(loy_bgnbd_dert(&paper, 1.0, 1.0, v, 1.0)));
    CU_ASSERT(isnan(loy_bgnbd_dert(&paper, 1.0, 1.0, 2.0, v)));
    CU_ASSERT(isnan(loy_bgnbd_dect(&paper, 1.0, v, 2.0, 1.0, 1.0)));
    CU_ASSERT(isnan(loy_bgnbd_dect(&paper, 1.0, 1.0, 2.0, v, 1.0)));
    CU_ASSERT(isnan(loy_bgnbd_dect(&paper, 1.0, 1.0, 2.0, 0.0, v)));
    if (i < 3) CU_ASSERT(isnan(loy_bgnbd_dect(&paper, 1.0, 1.0, 2.0, 1.0, v)));
    CU_ASSERT(isnan(loy_bgnbd_pmf(&paper, v, 1.0)));
    CU_ASSERT(isnan(loy_bgnbd_pmf(&paper, 1.0, v)));
    CU_ASSERT(isnan(loy_bgnbd_pmf_future(&paper, 0.0, 0.0, v, 1.0, 1.0)));
    CU_ASSERT(isnan(loy_bgnbd_pmf_future(&paper, 0.0, 0.0, 1.0, v, 1.0)));
    CU_ASSERT(isnan(loy_bgnbd_pmf_future(&paper, 0.0, 0.0, 1.0, 1.0, v)));
    CU_ASSERT(isnan(loy_bgnbd_pmf_interval(&paper, v, 1.0, 2.0)));
    CU_ASSERT(isnan(loy_bgnbd_pmf_interval(&paper, 1.0, v, 2.0)));
    CU_ASSERT(isnan(loy_bgnbd_pmf_interval(&paper, 1.0, 1.0, v)));
    CHECK_STATUS(loy_bgnbd_dect_check(&paper, v, -1.0, -1.0, -1.0, -1.0, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "x", LOY_NO_INDEX);
    CHECK_STATUS(loy_bgnbd_dect_check(&paper, 1.0, v, -1.0, -1.0, -1.0, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t_x", LOY_NO_INDEX);
    CHECK_STATUS(loy_bgnbd_dect_check(&paper, 1.0, 1.0, 2.0, v, -1.0, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "delta", LOY_NO_INDEX);
    CHECK_STATUS(loy_bgnbd_dect_check(&paper, 1.0, 1.0, 2.0, 0.0, v, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX);
    CHECK_STATUS(loy_bgnbd_pmf_check(&paper, 1.0, 1.0, v, -1.0, -1.0, -1.0, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "T", LOY_NO_INDEX);
    CHECK_STATUS(loy_bgnbd_pmf_check(&paper, 0.0, 0.0, 0.0, v, -1.0, -1.0, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "n", LOY_NO_INDEX);
    CHECK_STATUS(loy_bgnbd_pmf_check(&paper, 0.0, 0.0, 0.0, 3.0, v, -1.0, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t0", LOY_NO_INDEX);
    CHECK_STATUS(loy_bgnbd_pmf_check(&paper, 0.0, 0.0, 0.0, 3.0, 1.0, v, NULL), LOY_ERR_DOMAIN);
  }
}

/* Checks of the batches in the order of the parameters, with nothing written; the output in place of an input; reports.
 */
static void test_batch_contract(void) {
  double x[4] = {2, 0, 1, 0}, t_x[4] = {3, 0, 9, 0}, T[4] = {5, 6, 8, 7}, out[4] = {-7, -7, -7, -7}, in[3][4];
  const loy_bgnbd_params bad = {1.0, 1.0, 1.0, -1.0};
  loy_bgnbd_options options;
  loy_batch_report report;
  loy_error error;
  report.bad = 99;
  options.struct_size = 1;
  options.threads = -1;
  for (int f = 0; f < 3; f++) {
#define CALL(p, x, t_x, T, n, rate, t, options, out)                                                                   \
  (f == 0   ? loy_bgnbd_expected_purchases_batch(p, x, t_x, T, n, t, options, out, &report, &error)                    \
   : f == 1 ? loy_bgnbd_dert_batch(p, x, t_x, T, n, rate, options, out, &report, &error)                               \
            : loy_bgnbd_dect_batch(p, x, t_x, T, n, rate, t, options, out, &report, &error))
#define EXPECT(call, status, argument)                                                                                 \
  do {                                                                                                                 \
    CHECK_STATUS(call, status);                                                                                        \
    CHECK_ERROR(&error, status, argument, LOY_NO_INDEX);                                                               \
    CU_ASSERT(out[0] == -7.0 && report.bad == 99);                                                                     \
  } while (0)
    options.struct_size = 1;
    options.threads = -1;
    report.bad = 99;
    out[0] = -7.0;
    EXPECT(CALL(NULL, NULL, NULL, NULL, 4, -1.0, -1.0, &options, NULL), LOY_ERR_ARGUMENT, "params");
    EXPECT(CALL(&bad, NULL, NULL, NULL, 4, -1.0, -1.0, &options, NULL), LOY_ERR_DOMAIN, "b");
    EXPECT(CALL(&paper, NULL, NULL, NULL, 4, -1.0, -1.0, &options, NULL), LOY_ERR_ARGUMENT, "x");
    EXPECT(CALL(&paper, x, NULL, NULL, 4, -1.0, -1.0, &options, NULL), LOY_ERR_ARGUMENT, "t_x");
    EXPECT(CALL(&paper, x, t_x, NULL, 4, -1.0, -1.0, &options, NULL), LOY_ERR_ARGUMENT, "T");
    EXPECT(CALL(&paper, x, t_x, T, 4, (double)NAN, -1.0, &options, NULL), LOY_ERR_DOMAIN, f == 0 ? "t" : "delta");
    if (f == 2) EXPECT(CALL(&paper, x, t_x, T, 4, 0.1, (double)NAN, &options, NULL), LOY_ERR_DOMAIN, "t");
    EXPECT(CALL(&paper, x, t_x, T, 4, 0.1, 5.0, &options, NULL), LOY_ERR_ARGUMENT, "options");
    options.struct_size = sizeof options;
    EXPECT(CALL(&paper, x, t_x, T, 4, 0.1, 5.0, &options, NULL), LOY_ERR_ARGUMENT, "threads");
    options.threads = 1;
    EXPECT(CALL(&paper, x, t_x, T, 4, 0.1, 5.0, &options, NULL), LOY_ERR_ARGUMENT, "out");
    CHECK_STATUS(CALL(&paper, NULL, NULL, NULL, 0, 0.1, 5.0, &options, NULL), LOY_OK);
    CU_ASSERT_EQUAL(report.bad, 0);
    /* Row 2 has its last purchase after its end. */
    CHECK_STATUS(CALL(&paper, x, t_x, T, 4, 0.1, 5.0, &options, out), LOY_OK);
    CU_ASSERT_EQUAL(report.bad, 1);
    CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "T", 2);
    CU_ASSERT(isnan(out[2]) && out[0] > 0.0 && out[1] > 0.0 && out[3] > 0.0);
    for (int place = 0; place < 3; place++) {
      memcpy(in[0], x, sizeof x);
      memcpy(in[1], t_x, sizeof t_x);
      memcpy(in[2], T, sizeof T);
      CHECK_STATUS(CALL(&paper, in[0], in[1], in[2], 4, 0.1, 5.0, NULL, in[place]), LOY_OK);
      CU_ASSERT_EQUAL(report.bad, 1);
      CU_ASSERT(isnan(in[place][2]));
      for (int i = 0; i < 4; i++)
        if (i != 2) CHECK_BITS(in[place][i], out[i]);
    }
#undef EXPECT
#undef CALL
  }
}

/* Parameters, rates and horizons beyond their range are named, and the functions answer NaN. */
static void test_outside(void) {
  static const double shapes[OUTSIDE] = OUTSIDE_SHAPES, quantities[OUTSIDE] = OUTSIDE_QUANTITIES;
  loy_error error;
  for (int i = 0; i < OUTSIDE; i++) {
    loy_bgnbd_params params = paper;
    double s = shapes[i], q = quantities[i];
    params.r = s;
    CU_ASSERT(isnan(loy_bgnbd_expected_purchases_new(&params, 1.0)));
    CU_ASSERT(isnan(loy_bgnbd_pmf(&params, 1.0, 1.0)));
    params = paper;
    params.b = s;
    CU_ASSERT(isnan(loy_bgnbd_pmf_interval(&params, 1.0, 1.0, 2.0)));
    params = paper;
    params.alpha = q;
    CU_ASSERT(isnan(loy_bgnbd_expected_purchases_new(&params, 1.0)));
    CHECK_STATUS(loy_bgnbd_dect_check(&params, 2.0, 1.0, 3.0, 0.1, 4.0, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "alpha", LOY_NO_INDEX);
    CU_ASSERT(isnan(loy_bgnbd_expected_purchases_new(&paper, q)));
    CU_ASSERT(isnan(loy_bgnbd_expected_purchases(&paper, 2.0, 1.0, 3.0, q)));
    CHECK_STATUS(loy_bgnbd_dect_check(&paper, 2.0, 1.0, 3.0, q, 4.0, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "delta", LOY_NO_INDEX);
    CU_ASSERT(isnan(loy_bgnbd_dect(&paper, 2.0, 1.0, 3.0, q, 4.0)));
    CU_ASSERT(isnan(loy_bgnbd_dert(&paper, 2.0, 1.0, 3.0, q)));
    CHECK_STATUS(loy_bgnbd_dect_check(&paper, 2.0, 1.0, 3.0, 0.1, q, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX);
    CU_ASSERT(isnan(loy_bgnbd_dect(&paper, 2.0, 1.0, 3.0, 0.1, q)));
    CHECK_STATUS(loy_bgnbd_pmf_check(&paper, 2.0, 1.0, 3.0, 4.0, q, 1e300, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t0", LOY_NO_INDEX);
    CHECK_STATUS(loy_bgnbd_pmf_check(&paper, 2.0, 1.0, 3.0, 4.0, 0.0, q, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t1", LOY_NO_INDEX);
    CU_ASSERT(isnan(loy_bgnbd_pmf_future(&paper, 2.0, 1.0, 3.0, 4.0, q)));
    CU_ASSERT(isnan(loy_bgnbd_pmf_interval(&paper, 4.0, 0.0, q)));
  }
}

/* Up to the ends of the ranges every answer is finite and possible: nobody buys more than without stopping, a discount
 * takes away, and a probability is one. */
static void test_range(void) {
  const loy_bgnbd_params wide = {1e8, 1e-40, 0.01, 1e-6};
  static const double shape[WIDE] = WIDE_SHAPES, quantity[WIDE] = WIDE_QUANTITIES;
  static const double x[3] = {0.0, 1.0, 300.0}, n[4] = {0.0, 1.0, 70.0, 0x1p51 - 1.0};
  CHECK_CLOSE(loy_bgnbd_pmf_interval(&wide, 0.0, 1e40, 1e40), 1.0, 1e-12);
  for (int i = 0; i < WIDE * WIDE * WIDE * WIDE; i++) {
    loy_bgnbd_params params;
    params.r = shape[i % WIDE];
    params.alpha = quantity[i / WIDE % WIDE];
    params.a = shape[i / (WIDE * WIDE) % WIDE];
    params.b = shape[i / (WIDE * WIDE * WIDE)];
    for (int j = 0; j < WIDE; j++) {
      double bought = x[(i + j) % 3], T = quantity[(i + 2 * j) % WIDE], t_x = bought > 0.0 && i % 2 ? T : 0.0;
      double t = quantity[j], delta = quantity[(3 * i + j) % WIDE], count = n[(i + j) % 4];
      double most = (params.r + bought) / (params.alpha + T) * t * (1.0 + 1e-9);
      double fresh = loy_bgnbd_expected_purchases_new(&params, t);
      double plain = loy_bgnbd_expected_purchases(&params, bought, t_x, T, t);
      double discounted = loy_bgnbd_dect(&params, bought, t_x, T, delta, t);
      double endless = loy_bgnbd_dert(&params, bought, t_x, T, delta);
      CU_ASSERT(fresh >= 0.0 && fresh <= params.r / params.alpha * t * (1.0 + 1e-9));
      CU_ASSERT(plain >= 0.0 && plain <= most);
      CU_ASSERT(discounted >= 0.0 && discounted <= most);
      CU_ASSERT(endless >= discounted * (1.0 - 1e-9) && endless <= most / t / delta);
      for (int k = 0; k < 3; k++) {
        double p = k == 0   ? loy_bgnbd_pmf(&params, count, t)
                   : k == 1 ? loy_bgnbd_pmf_future(&params, bought, t_x, T, count, t)
                            : loy_bgnbd_pmf_interval(&params, count, T < t ? T : t, T < t ? t : T);
        CU_ASSERT(p >= 0.0 && p <= 1.0 + 1e-9);
      }
    }
  }
}

/* A horizon of -0 is one of 0, for one customer and for many. */
static void test_minus_zero(void) {
  static const loy_bgnbd_params p = {.243, 4.414, .793, 2.426};
  double x[9], t_x[9], T[9], expected[9], discounted[9];
  for (int i = 0; i < 9; i++) {
    x[i] = 2.0;
    t_x[i] = 30.43;
    T[i] = 38.86;
  }
  CHECK_STATUS(loy_bgnbd_predict_batch(&p, x, t_x, T, 9, .1, -0.0, NULL, NULL, expected, discounted, NULL, NULL),
               LOY_OK);
  for (int i = 0; i < 9; i++) {
    CHECK_BITS(expected[i], 0.0);
    CHECK_BITS(discounted[i], 0.0);
  }
}

/* No sum of probabilities is above 1 by rounding: no purchases in next to no time, after a break of any length. */
static void test_clamp(void) {
  static const loy_bgnbd_params p = {.243, 4.414, .793, 2.426};
  int most = 1, least = 1;
  for (int i = 0; i < 300; i++) {
    const double chance[3] = {loy_bgnbd_pmf_future(&p, 15, .3 + .1 * i, 31, 0, 0),
                              loy_bgnbd_pmf_future(&p, 0, 0, .1 * i, 0, 0),
                              loy_bgnbd_pmf_interval(&p, 0, .1 * i, .1 * i)};
    for (int k = 0; k < 3; k++) {
      most &= chance[k] <= 1.0;
      least &= chance[k] >= 1.0 - 4e-15;
    }
  }
  CU_ASSERT(most);
  CU_ASSERT(least);
}

SUITE(btyd, bgnbd_predict) {
  ADD(test_outside);
  ADD(test_range);
  ADD(test_expected_purchases);
  ADD(test_expected_new);
  ADD(test_paradox);
  ADD(test_faults_of_peers);
  ADD(test_discounting);
  ADD(test_truths);
  ADD(test_expected_properties);
  ADD(test_cdnow);
  ADD(test_pmf);
  ADD(test_pmf_interval);
  ADD(test_pmf_truths);
  ADD(test_pmf_large);
  ADD(test_pmf_huge);
  ADD(test_sums);
  ADD(test_methods_meet);
  ADD(test_batches);
  ADD(test_errors);
  ADD(test_domain);
  ADD(test_batch_contract);
  ADD(test_minus_zero);
  ADD(test_clamp);
}
