/* What customers will do by BG/CNBD-k and MBG/CNBD-k: values of arbitrary precision, k = 1 as the models without
 * stages, sums that must be 1, long horizons and heavy buyers, checks and batches. */
#include "cnbd_truths.h"

static const loy_bgcnbd_params usual = {0.4, 2.5, 0.793, 2.426, 2};

static void test_truths(void) {
  for (int i = 0; i < CNBD_TRUTHS; i++) {
    const cnbd_truth *c = &cnbd_truths[i];
    const loy_bgcnbd_params *p = &c->params;
    double x = c->x, t_x = c->t_x, T = c->T, rows = c->palive < 1e-20 ? 1e-12 : 2e-13;
    double delta = p->k == 64.0 ? 0.0 : c->delta;
    if (c->at_zero) {
      CHECK_CLOSE(loy_mbgcnbd_expected_purchases(p, x, t_x, T, c->t), c->expected, rows);
      CHECK_CLOSE(loy_mbgcnbd_dert(p, x, t_x, T, c->delta), c->dert, rows);
      CHECK_CLOSE(loy_mbgcnbd_dect(p, x, t_x, T, delta, c->t), c->dect, rows);
      CHECK_CLOSE(loy_mbgcnbd_pmf_future(p, x, t_x, T, 2, c->t), c->pmf, rows);
    } else {
      CHECK_CLOSE(loy_bgcnbd_expected_purchases(p, x, t_x, T, c->t), c->expected, rows);
      CHECK_CLOSE(loy_bgcnbd_dert(p, x, t_x, T, c->delta), c->dert, rows);
      CHECK_CLOSE(loy_bgcnbd_dect(p, x, t_x, T, delta, c->t), c->dect, rows);
      CHECK_CLOSE(loy_bgcnbd_pmf_future(p, x, t_x, T, 2, c->t), c->pmf, rows);
    }
  }
}

/* Exactly n purchases in (t0, t1] by a new customer: sums over all states at t0, 500 bits. */
static void test_interval_truths(void) {
  static const struct {
    loy_bgcnbd_params params;
    int at_zero;
    double n, t0, t1, value;
  } truth[] = {
      {{0.3, 4, 0.8, 2.5, 2}, 0, 0, 5, 9, 0.905948297161965129},
      {{0.3, 4, 0.8, 2.5, 2}, 0, 1, 5, 9, 0.0825262013008750944},
      {{0.3, 4, 0.8, 2.5, 2}, 0, 4, 1, 40, 0.0229659736012904636},
      {{0.3, 4, 0.8, 2.5, 2}, 1, 0, 5, 9, 0.926908557568078466},
      {{0.3, 4, 0.8, 2.5, 2}, 1, 1, 5, 9, 0.063407063521332915},
      {{0.9, 3, 1, 2, 3}, 0, 0, 5, 9, 0.758447066609232838},
      {{0.9, 3, 1, 2, 3}, 0, 4, 1, 40, 0.0504815569932610785},
      {{0.9, 3, 1, 2, 3}, 1, 1, 5, 9, 0.145731399669156829},
      {{1.5, 1.2, 0.6, 1.5, 8}, 0, 0, 5, 9, 0.599081281373896522},
      {{1.5, 1.2, 0.6, 1.5, 8}, 0, 1, 5, 9, 0.348430476489292895},
      {{1.5, 1.2, 0.6, 1.5, 8}, 1, 4, 1, 40, 0.0622193942647801355},
  };
  for (size_t i = 0; i < sizeof truth / sizeof *truth; i++) {
    double value = truth[i].at_zero ? loy_mbgcnbd_pmf_interval(&truth[i].params, truth[i].n, truth[i].t0, truth[i].t1)
                                    : loy_bgcnbd_pmf_interval(&truth[i].params, truth[i].n, truth[i].t0, truth[i].t1);
    CHECK_CLOSE(value, truth[i].value, 1e-13);
  }
}

/* Where terms become an integral: the sums over the stages, carried out with 200 bits. */
static void test_long_horizons(void) {
  static const struct {
    loy_bgcnbd_params params;
    double x, t_x, T, t, expected, palive;
  } far[] = {
      {{.3, 4, .8, 2.5, 2}, 100, 50, 52, 520, 126.54613306798922, 0.066199658346899629},
      {{.3, 4, .8, 2.5, 2}, 100, 50, 52, 5200, 316.60302934414341, 0.011316388936129641},
      {{.3, 4, 1, 2.5, 3}, 1000, 52, 52, 520, 2333.7794172238519, 0.097455793281423245},
      {{.3, .4, .8, 2.5, 2}, 0, 0, 52, 5e4, 7.9107859389077779, 0.12892501826007985},
      {{.3, 4, .8, 2.5, 8}, 100, 51, 52, 5200, 573.91463137614471, 0.02039386522075199},
      {{.3, 4, .8, 2.5, 16}, 100, 51, 52, 5200, 226.9765705458191, 0.0080546096162016738},
      {{.3, 4, .8, 2.5, 8}, 10000, 52, 52, 13, 2131.3301758978573, 0.84619701464477703},
  };
  for (size_t i = 0; i < sizeof far / sizeof *far; i++) {
    CHECK_CLOSE(loy_mbgcnbd_expected_purchases(&far[i].params, far[i].x, far[i].t_x, far[i].T, far[i].t),
                far[i].expected, 2e-13);
    CHECK_CLOSE(loy_mbgcnbd_palive(&far[i].params, far[i].x, far[i].t_x, far[i].T, far[i].t), far[i].palive, 2e-13);
  }
}

/* One stage for each purchase: the bits of BG/NBD and MBG/NBD. */
static void test_one_stage(void) {
  const loy_bgcnbd_params one = {.243, 4.414, .793, 2.426, 1};
  const loy_bgnbd_params plain = {.243, 4.414, .793, 2.426};
  double x = 2, t_x = 30, T = 39;
  CHECK_BITS(loy_bgcnbd_expected_purchases(&one, x, t_x, T, 39), loy_bgnbd_expected_purchases(&plain, x, t_x, T, 39));
  CHECK_BITS(loy_bgcnbd_expected_purchases_new(&one, 39), loy_bgnbd_expected_purchases_new(&plain, 39));
  CHECK_BITS(loy_mbgcnbd_expected_purchases_new(&one, 39), loy_mbgnbd_expected_purchases_new(&plain, 39));
  CHECK_BITS(loy_mbgcnbd_dert(&one, x, t_x, T, .01), loy_mbgnbd_dert(&plain, x, t_x, T, .01));
  CHECK_BITS(loy_bgcnbd_dect(&one, x, t_x, T, .01, 39), loy_bgnbd_dect(&plain, x, t_x, T, .01, 39));
  CHECK_BITS(loy_bgcnbd_pmf(&one, 3, 39), loy_bgnbd_pmf(&plain, 3, 39));
  CHECK_BITS(loy_mbgcnbd_pmf_future(&one, x, t_x, T, 3, 39), loy_mbgnbd_pmf_future(&plain, x, t_x, T, 3, 39));
  CHECK_BITS(loy_mbgcnbd_pmf_interval(&one, 3, 2, 39), loy_mbgnbd_pmf_interval(&plain, 3, 2, 39));
}

/* Probabilities add up to 1, and their mean is the expectation; nobody buys in no time. */
static void test_sums(void) {
  for (int i = 0; i < CNBD_TRUTHS; i++) {
    const cnbd_truth *c = &cnbd_truths[i];
    double all = 0.0, mean = 0.0, interval = 0.0;
    if (c->x > 50 || c->params.k > 8) continue;
    for (double n = 0.0; n < 400.0; n += 1.0) {
      double p = c->at_zero ? loy_mbgcnbd_pmf_future(&c->params, c->x, c->t_x, c->T, n, c->t)
                            : loy_bgcnbd_pmf_future(&c->params, c->x, c->t_x, c->T, n, c->t);
      all += p;
      mean += n * p;
      if (n < 60.0) interval += loy_bgcnbd_pmf_interval(&c->params, n, 2.0, 6.0);
    }
    CHECK_NEAR(all, 1.0, 1e-12);
    CHECK_CLOSE(mean, c->expected, 1e-10);
    CHECK_NEAR(interval, 1.0, 1e-9);
    CHECK_BITS(loy_bgcnbd_pmf_interval(&c->params, 2.0, 0.0, 6.0), loy_bgcnbd_pmf(&c->params, 2.0, 6.0));
    CHECK_CLOSE(loy_bgcnbd_pmf_interval(&c->params, 2.0, 1e-9, 6.0), loy_bgcnbd_pmf(&c->params, 2.0, 6.0), 1e-7);
    CHECK_BITS(loy_bgcnbd_pmf_interval(&c->params, 2.0, 6.0, 6.0), 0.0);
    CHECK_NEAR(loy_bgcnbd_pmf_interval(&c->params, 0.0, 6.0, 6.0), 1.0, 1e-13);
    CHECK_BITS(loy_bgcnbd_expected_purchases(&c->params, c->x, c->t_x, c->T, 0.0), 0.0);
    CHECK_BITS(loy_bgcnbd_dect(&c->params, c->x, c->t_x, c->T, 0.1, 0.0), 0.0);
    CHECK_CLOSE(loy_bgcnbd_dect(&c->params, c->x, c->t_x, c->T, 0.1, 1e9),
                loy_bgcnbd_dert(&c->params, c->x, c->t_x, c->T, 0.1), 1e-12);
  }
}

static void test_domain(void) {
  const loy_bgcnbd_params bad = {1, 1, 1, 1, 0};
  loy_error error;
  CHECK_STATUS(loy_bgcnbd_dect_check(&bad, 1, 1, 2, -1, -1, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "k", LOY_NO_INDEX);
  CHECK_STATUS(loy_mbgcnbd_dect_check(&usual, 1, 1, 2, -1, -1, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "delta", LOY_NO_INDEX);
  CHECK_STATUS(loy_bgcnbd_dect_check(&usual, 1, 1, 2, 0, (double)INFINITY, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX);
  CHECK_STATUS(loy_bgcnbd_pmf_check(&usual, 1, 1, 2, 0.5, -1, -1, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "n", LOY_NO_INDEX);
  CHECK_STATUS(loy_bgcnbd_pmf_check(&usual, 1, 1, 2, 1, -1, -1, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t0", LOY_NO_INDEX);
  CHECK_STATUS(loy_mbgcnbd_pmf_check(&usual, 1, 1, 2, 1, 3, 2, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t1", LOY_NO_INDEX);
  CU_ASSERT(isnan(loy_bgcnbd_expected_purchases(&bad, 1, 1, 2, 1)) &&
            isnan(loy_bgcnbd_expected_purchases(&usual, 1, 1, 2, (double)INFINITY)));
  CU_ASSERT(isnan(loy_bgcnbd_expected_purchases_new(NULL, 1)) && isnan(loy_bgcnbd_dert(&usual, 1, 1, 2, 0)));
  CU_ASSERT(isnan(loy_bgcnbd_dect(&usual, 1, 3, 2, 1, 1)) && isnan(loy_bgcnbd_pmf(&usual, -1, 1)));
  CU_ASSERT(isnan(loy_bgcnbd_pmf_future(&usual, 1, 1, 2, 1, -1)) && isnan(loy_bgcnbd_pmf_interval(&usual, 1, 3, 2)));
}

/* Batches give the bits of single customers, whoever else is there. */
static void test_batches(void) {
  enum { N = 700 };
  static double x[N], t_x[N], T[N], out[N], alive[N], expected[N], discounted[N];
  loy_bgcnbd_options options;
  loy_batch_report report;
  loy_error error;
  loy_bgcnbd_options_init(&options);
  options.threads = 3;
  for (int i = 0; i < N; i++) {
    x[i] = i % 5 + (i % 50 == 0 ? 200.0 : 0.0);
    T[i] = 1.0 + 0.1 * i;
    t_x[i] = x[i] > 0.0 ? T[i] * (0.1 + 0.1 * (i % 9)) : 0.0;
  }
  t_x[5] = T[5] + 1.0;
  CHECK_STATUS(loy_bgcnbd_expected_purchases_batch(&usual, x, t_x, T, N, 20, &options, out, &report, NULL), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 1);
  CHECK_STATUS(
      loy_bgcnbd_predict_batch(&usual, x, t_x, T, N, .01, 20, &options, alive, expected, discounted, &report, NULL),
      LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 1);
  for (int i = 0; i < N; i++) {
    CHECK_BITS(out[i], loy_bgcnbd_expected_purchases(&usual, x[i], t_x[i], T[i], 20));
    CHECK_BITS(alive[i], loy_bgcnbd_palive(&usual, x[i], t_x[i], T[i], 0));
    CHECK_BITS(expected[i], out[i]);
    if (i % 10 == 0) CHECK_BITS(discounted[i], loy_bgcnbd_dect(&usual, x[i], t_x[i], T[i], .01, 20));
  }
  CHECK_STATUS(loy_mbgcnbd_dert_batch(&usual, x, t_x, T, 60, .01, NULL, out, NULL, NULL), LOY_OK);
  for (int i = 0; i < 60; i++) CHECK_BITS(out[i], loy_mbgcnbd_dert(&usual, x[i], t_x[i], T[i], .01));
  CHECK_STATUS(loy_mbgcnbd_dect_batch(&usual, x, t_x, T, 60, .01, 9, NULL, out, NULL, NULL), LOY_OK);
  for (int i = 0; i < 60; i++) CHECK_BITS(out[i], loy_mbgcnbd_dect(&usual, x[i], t_x[i], T[i], .01, 9));
  CHECK_STATUS(loy_mbgcnbd_expected_purchases_batch(&usual, x, t_x, T, 60, 9, NULL, out, NULL, NULL), LOY_OK);
  for (int i = 0; i < 60; i++) CHECK_BITS(out[i], loy_mbgcnbd_expected_purchases(&usual, x[i], t_x[i], T[i], 9));
  /* Without an end the expectation is that of 1/p, infinite for a <= 1, and a notice says so. */
  CHECK_STATUS(loy_mbgcnbd_predict_batch(&usual, x, t_x, T, 3, 0, (double)INFINITY, NULL, alive, expected, discounted,
                                         NULL, &error),
               LOY_NOTICE_DIVERGES);
  CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "a", 0);
  CU_ASSERT(expected[1] == HUGE_VAL && discounted[1] == HUGE_VAL);
  {
    const loy_bgcnbd_params twice = {.4, 2.5, 2.0, 2.4, 3};
    CHECK_STATUS(
        loy_bgcnbd_predict_batch(&twice, x, t_x, T, 3, 0, (double)INFINITY, NULL, NULL, expected, NULL, NULL, NULL),
        LOY_OK);
    CHECK_CLOSE(expected[1], loy_bgcnbd_palive(&twice, x[1], t_x[1], T[1], 0) * (2.0 - 1.0 + 2.4 + 1.0), 1e-14);
    CHECK_CLOSE(loy_bgcnbd_expected_purchases(&twice, x[1], t_x[1], T[1], 1e15), expected[1], 1e-9);
  }
}

static void test_batch_checks(void) {
  double x[2] = {1, 0}, t_x[2] = {1, 0}, T[2] = {2, 2}, out[2] = {-7.0, -7.0};
  loy_bgcnbd_options options;
  loy_error error;
  options.struct_size = sizeof options - 1;
  options.threads = -1;
#define EXPECT(call, status, argument)                                                                                 \
  do {                                                                                                                 \
    CHECK_STATUS(call, status);                                                                                        \
    CHECK_ERROR(&error, status, argument, LOY_NO_INDEX);                                                               \
    CU_ASSERT(out[0] == -7.0 && out[1] == -7.0);                                                                       \
  } while (0)
  EXPECT(loy_bgcnbd_expected_purchases_batch(NULL, x, t_x, T, 2, -1, &options, NULL, NULL, &error), LOY_ERR_ARGUMENT,
         "params");
  EXPECT(loy_bgcnbd_expected_purchases_batch(&usual, NULL, t_x, T, 2, -1, &options, NULL, NULL, &error),
         LOY_ERR_ARGUMENT, "x");
  EXPECT(loy_bgcnbd_expected_purchases_batch(&usual, x, t_x, T, 2, -1, &options, NULL, NULL, &error), LOY_ERR_DOMAIN,
         "t");
  EXPECT(loy_bgcnbd_dert_batch(&usual, x, t_x, T, 2, 0, &options, NULL, NULL, &error), LOY_ERR_DOMAIN, "delta");
  EXPECT(loy_bgcnbd_dect_batch(&usual, x, t_x, T, 2, -1, -1, &options, NULL, NULL, &error), LOY_ERR_DOMAIN, "delta");
  EXPECT(loy_bgcnbd_dect_batch(&usual, x, t_x, T, 2, 1, -1, &options, NULL, NULL, &error), LOY_ERR_DOMAIN, "t");
  EXPECT(loy_bgcnbd_predict_batch(&usual, x, t_x, T, 2, 1, -1, &options, out, NULL, NULL, NULL, &error), LOY_ERR_DOMAIN,
         "t");
  EXPECT(loy_bgcnbd_predict_batch(&usual, x, t_x, T, 2, 1, 1, &options, out, NULL, NULL, NULL, &error),
         LOY_ERR_ARGUMENT, "options");
  EXPECT(loy_bgcnbd_dect_batch(&usual, x, t_x, T, 2, 1, 1, &options, NULL, NULL, &error), LOY_ERR_ARGUMENT, "options");
  options.struct_size = sizeof options;
  EXPECT(loy_bgcnbd_dect_batch(&usual, x, t_x, T, 2, 1, 1, &options, NULL, NULL, &error), LOY_ERR_ARGUMENT, "threads");
  options.threads = 1;
  EXPECT(loy_bgcnbd_dect_batch(&usual, x, t_x, T, 2, 1, 1, &options, NULL, NULL, &error), LOY_ERR_ARGUMENT, "out");
#undef EXPECT
}

/* To the ends of the ranges nothing is NaN or takes for ever. */
static void test_range(void) {
  const double shape[3] = {1e-10, 1.0, 1e10}, time[3] = {1e-40, 1.0, 1e40}, count[3] = {0, 1, 0x1p50};
  for (int i = 0; i < 81; i++) {
    const loy_bgcnbd_params p = {shape[i % 3], time[i / 3 % 3], shape[i / 9 % 3], shape[i / 27], i % 2 ? 8.0 : 2.0};
    for (int j = 0; j < 9; j++) {
      double x = count[j % 3], T = time[j / 3], t_x = x > 0.0 ? T : 0.0, t = time[(i + j) % 3];
      double later = loy_mbgcnbd_palive(&p, x, t_x, T, t), buys = loy_mbgcnbd_expected_purchases(&p, x, t_x, T, t);
      double pmf = loy_mbgcnbd_pmf_future(&p, x, t_x, T, 1, t);
      CU_ASSERT(later >= 0.0 && later <= loy_mbgcnbd_palive(&p, x, t_x, T, 0));
      CU_ASSERT(buys >= 0.0 && pmf >= 0.0 && pmf <= 1.0);
    }
  }
}

SUITE(btyd, bgcnbd_predict) {
  ADD(test_truths);
  ADD(test_interval_truths);
  ADD(test_long_horizons);
  ADD(test_one_stage);
  ADD(test_sums);
  ADD(test_domain);
  ADD(test_batches);
  ADD(test_batch_checks);
  ADD(test_range);
}
