/* test_mbgnbd_predict.c: the future by MBG/NBD. Expected values are computed with mpmath at 30 digits and more from the
 * model's definition; what other packages publish for it are numbers of BG/NBD. */
#include "check.h"

#include "cdnow_cells.h"

static const loy_mbgnbd_params paper = {0.525, 6.183, 0.891, 1.614};

static void test_published(void) {
  const double t[6] = {.1429, 1.0, 3.0, 31.8571, 32.0, 78.0};
  const double expected[6] = {.007783, .053085, .150863, 1.034042, 1.037183, 1.804758};
  for (int i = 0; i < 6; i++) CHECK_NEAR(loy_mbgnbd_expected_purchases_new(&paper, t[i]), expected[i], 5.1e-7);
  CHECK_NEAR(loy_mbgnbd_expected_purchases(&paper, 2, 30.43, 38.86, 39), 1.26296062, 5e-9);
  CU_ASSERT_EQUAL(loy_mbgnbd_expected_purchases(&paper, 2, 30.43, 38.86, 0), 0.0);
  CHECK_BITS(loy_mbgnbd_expected_purchases_new(&paper, 78.0), loy_mbgnbd_expected_purchases(&paper, 0, 0, 0, 78.0));
}

typedef struct truth {
  loy_mbgnbd_params params;
  double x, t_x, T, t, delta;
  double expected, dect, dert;
} truth;

/* clang-format off */
static const truth truths[] = {
    {{0.525, 6.183, 0.891, 1.614}, 0, 0, 272.0 / 7.0, 39, 0.0027,
     0.15402448514843556, 0.146533269036786371, 0.722878672720006649},
    {{0.525, 6.183, 0.891, 1.614}, 0, 0, 0, 78, 0.0027,
     1.80475757755314178, 1.66551898861679161, 3.28013602318947169},
    {{0.525, 6.183, 0.891, 1.614}, 2, 213.0 / 7.0, 272.0 / 7.0, 39, 0.0027,
     1.2630502633419141, 1.20284273303573854, 4.91327840972658241},
    {{0.525, 6.183, 0.891, 1.614}, 26, 216.0 / 7.0, 31, 39, 0.0027,
     19.4493510344950258, 18.5581911973329095, 61.4113866712467598},
    {{1.0875, 75.9149, 0.107, 0.8858}, 0, 0, 2.6179, 71.9985, 0.01,
     0.851299761564360615, 0.609446305654652861, 1.14037612351804403},
    {{0.525, 6.183, 1, 1.614}, 0, 0, 272.0 / 7.0, 39, 0.0027,
     0.141600109472194583, 0.134740956746219425, 0.63126185631028128},
    {{0.525, 6.183, 1, 1.614}, 2, 213.0 / 7.0, 272.0 / 7.0, 39, 0.0027,
     1.19539874910856296, 1.13880563727424981, 4.32438717774612444},
    {{0.5, 3, 3, 0.02}, 1, 0.5, 4, 2, 0.1,
     0.037944561216725336, 0.0346106659478285726, 0.0906914302106317396},
};
/* clang-format on */
enum { TRUTHS = sizeof truths / sizeof *truths };

static void test_truths(void) {
  for (int i = 0; i < TRUTHS; i++) {
    const truth *c = &truths[i];
    loy_mbgnbd_params params = c->params;
    double dect = loy_mbgnbd_dect(&c->params, c->x, c->t_x, c->T, c->delta, c->t);
    double expected = loy_mbgnbd_expected_purchases(&c->params, c->x, c->t_x, c->T, c->t);
    double dert = loy_mbgnbd_dert(&c->params, c->x, c->t_x, c->T, c->delta), before = dert;
    CHECK_CLOSE(expected, c->expected, 1e-13);
    CHECK_CLOSE(dect, c->dect, 1e-13);
    CHECK_CLOSE(dert, c->dert, 1e-13);
    CHECK_BITS(loy_mbgnbd_dect(&c->params, c->x, c->t_x, c->T, c->delta, (double)INFINITY), dert);
    CHECK_BITS(loy_mbgnbd_dect(&c->params, c->x, c->t_x, c->T, 0.0, c->t), expected);
    for (double delta = 2.0 * c->delta; delta < 10.0; delta *= 3.0) {
      double value = loy_mbgnbd_dert(&c->params, c->x, c->t_x, c->T, delta);
      CU_ASSERT(value > 0.0 && value < before);
      before = value;
    }
    /* Another unit of time changes nothing. */
    params.alpha *= 7.0;
    CHECK_CLOSE(loy_mbgnbd_dect(&params, c->x, c->t_x * 7.0, c->T * 7.0, c->delta / 7.0, c->t * 7.0), dect, 1e-12);
  }
}

/* After a repeat purchase, the future is that of a BG/NBD customer with b + 1 for b. */
static void test_relation_to_bgnbd(void) {
  const loy_bgnbd_params g = {paper.r, paper.alpha, paper.a, paper.b + 1.0};
  for (double x = 1.0; x < 1e4; x *= 5.0)
    for (double t = 0.5; t < 1e4; t *= 9.0) {
      CHECK_CLOSE(loy_mbgnbd_expected_purchases(&paper, x, 30, 39, t), loy_bgnbd_expected_purchases(&g, x, 30, 39, t),
                  1e-12);
      CHECK_CLOSE(loy_mbgnbd_dect(&paper, x, 30, 39, 0.01, t), loy_bgnbd_dect(&g, x, 30, 39, 0.01, t), 1e-12);
      CHECK_CLOSE(loy_mbgnbd_pmf_future(&paper, x, 30, 39, 3, t), loy_bgnbd_pmf_future(&g, x, 30, 39, 3, t), 1e-12);
    }
}

/* The year after the calibration: 1882 purchases were made. */
static void test_cdnow(void) {
  static double x[CDNOW_CELLS], t_x[CDNOW_CELLS], T[CDNOW_CELLS], out[CDNOW_CELLS], alive[CDNOW_CELLS];
  const loy_mbgnbd_params fit = {.524843151, 6.183085324, .891359473, 1.614002565};
  double total = 0.0, still = 0.0;
  for (int i = 0; i < CDNOW_CELLS; i++) {
    x[i] = cdnow_cells[i][0];
    t_x[i] = cdnow_cells[i][1] / 7.0;
    T[i] = cdnow_cells[i][2] / 7.0;
  }
  CHECK_STATUS(loy_mbgnbd_expected_purchases_batch(&fit, x, t_x, T, CDNOW_CELLS, 39.0, NULL, out, NULL, NULL), LOY_OK);
  CHECK_STATUS(loy_mbgnbd_palive_batch(&fit, x, t_x, T, CDNOW_CELLS, 0.0, NULL, alive, NULL, NULL), LOY_OK);
  for (int i = 0; i < CDNOW_CELLS; i++) {
    total += cdnow_cells[i][3] * out[i];
    still += cdnow_cells[i][3] * alive[i];
  }
  CHECK_NEAR(total, 1576.729, 1e-3);
  CHECK_CLOSE(still / (double)CDNOW_CUSTOMERS, .448719545, 1e-5); /* at the slightly other fit of BTYDplus */
}

static void test_pmf(void) {
  const loy_mbgnbd_params busy = {5.0, 0.1, 0.02, 3.0}, heavy = {0.5, 3.0, 0.3, 40.0},
                          below = {1.0875, 75.9149, 0.107, 0.8858};
  const double x = 2.0, t_x = 213.0 / 7.0, T = 272.0 / 7.0;
  CHECK_CLOSE(loy_mbgnbd_pmf(&paper, 0, 39), .58247318949328895016, 1e-13);
  CHECK_CLOSE(loy_mbgnbd_pmf(&paper, 1, 39), .18278307728754051524, 1e-13);
  CHECK_CLOSE(loy_mbgnbd_pmf(&paper, 10, 2), 2.2104135802201020082e-8, 1e-13);
  CHECK_CLOSE(loy_mbgnbd_pmf(&paper, 11, 30), .0018710830880431153608, 1e-13);
  CHECK_CLOSE(loy_mbgnbd_pmf(&paper, 12, 30), .0013742682632438993414, 1e-13);
  CHECK_CLOSE(loy_mbgnbd_pmf(&paper, 20, 30), .00014959543258314205879, 1e-13);
  CHECK_CLOSE(loy_mbgnbd_pmf(&paper, 200, 39), 3.7582965130596134607e-17, 1e-12);
  CHECK_CLOSE(loy_mbgnbd_pmf(&busy, 0, 1), .0066286846489045612826, 1e-12);
  CHECK_CLOSE(loy_mbgnbd_pmf(&busy, 100, 10), .00032974734680893332667, 1e-12);
  CHECK_CLOSE(loy_mbgnbd_pmf(&below, 0, 10), .88766008433753864285, 1e-13);
  CHECK_CLOSE(loy_mbgnbd_pmf(&below, 3, 500), .081940553346937591366, 1e-13);
  CHECK_CLOSE(loy_mbgnbd_pmf_future(&paper, x, t_x, T, 0, 39), .43998489977626790562, 1e-13);
  CHECK_CLOSE(loy_mbgnbd_pmf_future(&paper, x, t_x, T, 7, 39), .0064732637060431243915, 1e-13);
  CHECK_CLOSE(loy_mbgnbd_pmf_future(&paper, 0, 0, T, 0, 39), .89116404818853443422, 1e-13);
  CHECK_CLOSE(loy_mbgnbd_pmf_future(&paper, 0, 0, T, 5, 39), .00076621586678530889538, 1e-13);
  CHECK_CLOSE(loy_mbgnbd_pmf_future(&heavy, 10000, 99.9, 100, 2990, 30), .0018091937919628485294, 1e-12);
  CHECK_CLOSE(loy_mbgnbd_pmf_interval(&paper, 0, 39, 78), .77713958629499128936, 1e-13);
  CHECK_CLOSE(loy_mbgnbd_pmf_interval(&paper, 1, 39, 78), .1007857776659758151, 1e-12);
  CHECK_CLOSE(loy_mbgnbd_pmf_interval(&paper, 5, 39, 78), .0099582645624110089549, 1e-12);
  CHECK_CLOSE(loy_mbgnbd_pmf_interval(&paper, 30, 39, 78), .000021754271796293268296, 1e-12);
  CHECK_CLOSE(loy_mbgnbd_pmf_interval(&busy, 0, 5, 10), .086145143419056153455, 1e-12);
  CHECK_CLOSE(loy_mbgnbd_pmf_interval(&busy, 300, 5, 10), .0023911395203668960548, 1e-12);
  CHECK_CLOSE(loy_mbgnbd_pmf_interval(&below, 0, 10, 500), .21460500196859336502, 1e-12);
  CHECK_CLOSE(loy_mbgnbd_pmf_interval(&below, 1, 10, 500), .1295261858774051678, 1e-12);
  CHECK_CLOSE(loy_mbgnbd_pmf_interval(&below, 3, 10, 500), .081856150114067458383, 1e-12);
  CHECK_CLOSE(loy_mbgnbd_pmf(&paper, 0, 0), 1.0, 1e-15);
  CU_ASSERT_EQUAL(loy_mbgnbd_pmf(&paper, 3, 0), 0.0);
  CHECK_BITS(loy_mbgnbd_pmf(&paper, 3, 39), loy_mbgnbd_pmf_future(&paper, 0, 0, 0, 3, 39));
  CHECK_BITS(loy_mbgnbd_pmf_interval(&paper, 3, 0, 39), loy_mbgnbd_pmf(&paper, 3, 39));
  CHECK_CLOSE(loy_mbgnbd_pmf_interval(&paper, 0, 39, 39), 1.0, 1e-15);
  CU_ASSERT_EQUAL(loy_mbgnbd_pmf_interval(&paper, 1, 39, 39), 0.0);
}

/* Probabilities add up to 1, and their mean is the expectation. */
static void test_sums(void) {
  double total[3] = {0.0, 0.0, 0.0}, mean[3] = {0.0, 0.0, 0.0}, before = 1.0;
  for (int n = 0; n < 600; n++) {
    double p[3];
    p[0] = loy_mbgnbd_pmf(&paper, n, 39.0);
    p[1] = loy_mbgnbd_pmf_future(&paper, 5.0, 20.0, 39.0, n, 10.0);
    p[2] = loy_mbgnbd_pmf_interval(&paper, n, 20.0, 39.0);
    for (int i = 0; i < 3; i++) {
      CU_ASSERT(p[i] >= 0.0);
      total[i] += p[i];
      mean[i] += n * p[i];
    }
  }
  for (int i = 0; i < 3; i++) CHECK_NEAR(total[i], 1.0, 1e-12);
  CHECK_CLOSE(mean[0], loy_mbgnbd_expected_purchases_new(&paper, 39.0), 1e-12);
  CHECK_CLOSE(mean[1], loy_mbgnbd_expected_purchases(&paper, 5.0, 20.0, 39.0, 10.0), 1e-12);
  CHECK_CLOSE(mean[2],
              loy_mbgnbd_expected_purchases_new(&paper, 39.0) - loy_mbgnbd_expected_purchases_new(&paper, 20.0), 1e-12);
  /* P(X(t) = 0) falls to the share of those who stop at once. */
  for (double t = 0.1; t < 1e12; t *= 10.0) {
    double none = loy_mbgnbd_pmf(&paper, 0, t);
    CU_ASSERT(none < before && none > paper.a / (paper.a + paper.b));
    before = none;
  }
}

static void test_batches(void) {
  enum { N = 2500 };
  static double x[N], t_x[N], T[N], out[N];
  loy_mbgnbd_options options;
  loy_batch_report report;
  loy_mbgnbd_options_init(&options);
  options.threads = 2;
  for (int i = 0; i < N; i++) {
    x[i] = i % 5;
    T[i] = 1.0 + 0.01 * i;
    t_x[i] = i % 5 ? T[i] * (0.1 + 0.1 * (i % 9)) : 0.0;
  }
  T[77] = NAN;
  CHECK_STATUS(loy_mbgnbd_expected_purchases_batch(&paper, x, t_x, T, N, 3.0, &options, out, &report, NULL), LOY_OK);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "T", 77);
  for (int i = 0; i < N; i++) CHECK_BITS(out[i], loy_mbgnbd_expected_purchases(&paper, x[i], t_x[i], T[i], 3.0));
  CHECK_STATUS(loy_mbgnbd_dert_batch(&paper, x, t_x, T, 300, 0.01, &options, out, NULL, NULL), LOY_OK);
  for (int i = 0; i < 300; i++) CHECK_BITS(out[i], loy_mbgnbd_dert(&paper, x[i], t_x[i], T[i], 0.01));
  CHECK_STATUS(loy_mbgnbd_dect_batch(&paper, x, t_x, T, 300, 0.01, 9.0, &options, out, &report, NULL), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 1);
  for (int i = 0; i < 300; i++) CHECK_BITS(out[i], loy_mbgnbd_dect(&paper, x[i], t_x[i], T[i], 0.01, 9.0));
}

static void test_errors(void) {
  double one[1] = {1.0}, two[1] = {2.0}, out[1] = {-7.0};
  loy_error error;
  (void)loy_mbgnbd_dect_check(NULL, 1, 2, 1, -1, -1, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX);
  (void)loy_mbgnbd_dect_check(&paper, 1, 2, 1, -1, -1, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "T", LOY_NO_INDEX);
  (void)loy_mbgnbd_dect_check(&paper, 1, 1, 2, -1, -1, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "delta", LOY_NO_INDEX);
  (void)loy_mbgnbd_dect_check(&paper, 1, 1, 2, 0, (double)INFINITY, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX);
  CHECK_STATUS(loy_mbgnbd_dect_check(&paper, 1, 1, 2, 0.1, (double)INFINITY, &error), LOY_OK);
  (void)loy_mbgnbd_pmf_check(NULL, 1, 1, 2, -1, -1, -1, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX);
  (void)loy_mbgnbd_pmf_check(&paper, 1, 1, 2, 0.5, -1, -2, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "n", LOY_NO_INDEX);
  (void)loy_mbgnbd_pmf_check(&paper, 1, 1, 2, 1, -1, -2, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t0", LOY_NO_INDEX);
  (void)loy_mbgnbd_pmf_check(&paper, 1, 1, 2, 1, 3, 2, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t1", LOY_NO_INDEX);
  CHECK_STATUS(loy_mbgnbd_pmf_check(&paper, 1, 1, 2, 1, 2, 2, &error), LOY_OK);
  CU_ASSERT(isnan(loy_mbgnbd_pmf(&paper, -1, 1)) && isnan(loy_mbgnbd_pmf(NULL, 1, 1)));
  CU_ASSERT(isnan(loy_mbgnbd_pmf_future(&paper, 1, 2, 1, 1, 1)));
  CU_ASSERT(isnan(loy_mbgnbd_pmf_interval(&paper, 1, 2, 1)));
  CU_ASSERT(isnan(loy_mbgnbd_expected_purchases(&paper, 1, 1, 2, (double)INFINITY)));
  CU_ASSERT(isnan(loy_mbgnbd_expected_purchases_new(&paper, -1)));
  CU_ASSERT(isnan(loy_mbgnbd_dert(&paper, 1, 1, 2, 0)) && isnan(loy_mbgnbd_dect(NULL, 1, 1, 2, 0, 1)));
#define EXPECT(call, status, argument)                                                                                 \
  do {                                                                                                                 \
    CHECK_STATUS(call, status);                                                                                        \
    CHECK_ERROR(&error, status, argument, LOY_NO_INDEX);                                                               \
    CU_ASSERT_EQUAL(out[0], -7.0);                                                                                     \
  } while (0)
  EXPECT(loy_mbgnbd_expected_purchases_batch(&paper, one, one, NULL, 1, -1, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT,
         "T");
  EXPECT(loy_mbgnbd_expected_purchases_batch(&paper, one, one, two, 1, -1, NULL, NULL, NULL, &error), LOY_ERR_DOMAIN,
         "t");
  EXPECT(loy_mbgnbd_dert_batch(&paper, one, one, two, 1, 0, NULL, out, NULL, &error), LOY_ERR_DOMAIN, "delta");
  EXPECT(loy_mbgnbd_dect_batch(&paper, one, one, two, 1, -1, -1, NULL, out, NULL, &error), LOY_ERR_DOMAIN, "delta");
  EXPECT(loy_mbgnbd_dect_batch(&paper, one, one, two, 1, 1, -1, NULL, out, NULL, &error), LOY_ERR_DOMAIN, "t");
  EXPECT(loy_mbgnbd_dect_batch(&paper, one, one, two, 1, 1, 1, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT, "out");
#undef EXPECT
}

/* No sum of probabilities is above 1 by rounding: no purchases in no time, after a break of any length. */
static void test_clamp(void) {
  static const loy_mbgnbd_params p = {.525, 6.183, .891, 1.614};
  int most = 1, least = 1;
  for (int i = 0; i < 300; i++) {
    const double chance[2] = {loy_mbgnbd_pmf_future(&p, 15, .3 + .1 * i, 31, 0, 0),
                              loy_mbgnbd_pmf_interval(&p, 0, .1 * i, .1 * i)};
    for (int k = 0; k < 2; k++) {
      most &= chance[k] <= 1.0;
      least &= chance[k] >= 1.0 - 4e-15;
    }
  }
  CU_ASSERT(most);
  CU_ASSERT(least);
}

SUITE(btyd, mbgnbd_predict) {
  ADD(test_published);
  ADD(test_truths);
  ADD(test_relation_to_bgnbd);
  ADD(test_cdnow);
  ADD(test_pmf);
  ADD(test_sums);
  ADD(test_batches);
  ADD(test_errors);
  ADD(test_clamp);
}
