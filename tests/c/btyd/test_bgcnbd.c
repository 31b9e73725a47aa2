/* The likelihoods of BG/CNBD-k and MBG/CNBD-k and what a history says about the customer now: values of arbitrary
 * precision, k = 1 as the models without stages, checks and batches. */
#include "cnbd_truths.h"

static const loy_bgcnbd_params usual = {0.4, 2.5, 0.793, 2.426, 2};

static void test_truths(void) {
  for (int i = 0; i < CNBD_TRUTHS; i++) {
    const cnbd_truth *c = &cnbd_truths[i];
    double size = fabs(c->loglik) > 1.0 ? fabs(c->loglik) : 1.0, rate, p;
    double rows = c->palive < 1e-20 ? 1e-12 : 2e-13; /* the odds are a power of some hundreds */
    if (c->at_zero) {
      CHECK_NEAR(loy_mbgcnbd_loglik(&c->params, c->x, c->t_x, c->T, c->litt), c->loglik, 1e-12 * size);
      CHECK_NEAR(loy_mbgcnbd_loglik_summary(&c->params, c->x, c->t_x, c->T), c->summary, 1e-12 * size);
      CHECK_CLOSE(loy_mbgcnbd_palive(&c->params, c->x, c->t_x, c->T, 0.0), c->palive, rows);
      CHECK_CLOSE(loy_mbgcnbd_palive(&c->params, c->x, c->t_x, c->T, c->t), c->palive_t, rows);
      CHECK_CLOSE(loy_mbgcnbd_log_palive(&c->params, c->x, c->t_x, c->T), c->log_palive, 1e-13);
      CHECK_STATUS(loy_mbgcnbd_posterior(&c->params, c->x, c->t_x, c->T, &rate, &p, NULL), LOY_OK);
    } else {
      CHECK_NEAR(loy_bgcnbd_loglik(&c->params, c->x, c->t_x, c->T, c->litt), c->loglik, 1e-12 * size);
      CHECK_NEAR(loy_bgcnbd_loglik_summary(&c->params, c->x, c->t_x, c->T), c->summary, 1e-12 * size);
      CHECK_CLOSE(loy_bgcnbd_palive(&c->params, c->x, c->t_x, c->T, 0.0), c->palive, rows);
      CHECK_CLOSE(loy_bgcnbd_palive(&c->params, c->x, c->t_x, c->T, c->t), c->palive_t, rows);
      CHECK_NEAR(loy_bgcnbd_log_palive(&c->params, c->x, c->t_x, c->T), c->log_palive, 1e-13 * fabs(c->log_palive));
      CHECK_STATUS(loy_bgcnbd_posterior(&c->params, c->x, c->t_x, c->T, &rate, &p, NULL), LOY_OK);
    }
    CHECK_CLOSE(rate, c->rate, 1e-13);
    CHECK_CLOSE(p, c->p, 1e-13);
  }
}

/* One stage for each purchase: the bits of BG/NBD and MBG/NBD. */
static void test_one_stage(void) {
  for (int i = 0; i < CNBD_TRUTHS; i++) {
    const cnbd_truth *c = &cnbd_truths[i];
    loy_bgcnbd_params one = c->params;
    const loy_bgnbd_params plain = {one.r, one.alpha, one.a, one.b};
    double x = c->x, t_x = c->t_x, T = c->T, rate, p, other_rate, other_p;
    one.k = 1.0;
    CHECK_BITS(loy_bgcnbd_loglik(&one, x, t_x, T, c->litt), loy_bgnbd_loglik(&plain, x, t_x, T));
    CHECK_BITS(loy_bgcnbd_loglik_summary(&one, x, t_x, T), loy_bgnbd_loglik(&plain, x, t_x, T));
    CHECK_BITS(loy_mbgcnbd_loglik(&one, x, t_x, T, c->litt), loy_mbgnbd_loglik(&plain, x, t_x, T));
    CHECK_BITS(loy_bgcnbd_palive(&one, x, t_x, T, c->t), loy_bgnbd_palive(&plain, x, t_x, T, c->t));
    CHECK_BITS(loy_mbgcnbd_palive(&one, x, t_x, T, c->t), loy_mbgnbd_palive(&plain, x, t_x, T, c->t));
    CHECK_BITS(loy_mbgcnbd_log_palive(&one, x, t_x, T), loy_mbgnbd_log_palive(&plain, x, t_x, T));
    (void)loy_mbgcnbd_posterior(&one, x, t_x, T, &rate, &p, NULL);
    (void)loy_mbgnbd_posterior(&plain, x, t_x, T, &other_rate, &other_p, NULL);
    CHECK_BITS(rate, other_rate);
    CHECK_BITS(p, other_p);
  }
}

/* Arguments in the order of their checks; each call has all later ones wrong too. */
static void test_domain(void) {
  const loy_bgcnbd_params bad[8] = {{0, -1, -1, -1, 0}, {1, 0, -1, -1, 0},        {1, 1, (double)NAN, -1, 0},
                                    {1, 1, 1, 1e11, 0}, {1, 1, 1, 1, 0},          {1, 1, 1, 1, 65},
                                    {1, 1, 1, 1, 1.5},  {1, 1, 1, 1, (double)NAN}};
  const char *const name[8] = {"r", "alpha", "a", "b", "k", "k", "k", "k"};
  double rate = -7.0, p = -7.0;
  loy_error error;
  CHECK_STATUS(loy_bgcnbd_check(NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX);
  CHECK_STATUS(loy_bgcnbd_check(&usual, &error), LOY_OK);
  CHECK_STATUS(loy_mbgcnbd_check(&usual, &error), LOY_OK);
  for (int i = 0; i < 8; i++) {
    CHECK_STATUS(loy_bgcnbd_check(&bad[i], &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, name[i], LOY_NO_INDEX);
    CHECK_STATUS(loy_mbgcnbd_check_customer(&bad[i], -1, -1, -1, -1, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, name[i], LOY_NO_INDEX);
    CU_ASSERT(isnan(loy_bgcnbd_loglik(&bad[i], 1, 1, 2, 0)) && isnan(loy_bgcnbd_loglik_summary(&bad[i], 1, 1, 2)));
    CU_ASSERT(isnan(loy_mbgcnbd_palive(&bad[i], 1, 1, 2, 0)) && isnan(loy_bgcnbd_log_palive(&bad[i], 1, 1, 2)));
    CHECK_STATUS(loy_bgcnbd_posterior(&bad[i], 1, 1, 2, &rate, &p, &error), LOY_ERR_DOMAIN);
    CU_ASSERT(rate == -7.0 && p == -7.0);
  }
  (void)loy_bgcnbd_check_customer(&usual, 0.5, -1, -2, -1, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "x", LOY_NO_INDEX);
  (void)loy_bgcnbd_check_customer(&usual, 0, 1, 0, -1, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t_x", LOY_NO_INDEX);
  (void)loy_bgcnbd_check_customer(&usual, 1, 2, 1, -1, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "T", LOY_NO_INDEX);
  (void)loy_bgcnbd_check_customer(&usual, 1, 1, 2, -1, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX);
  CHECK_STATUS(loy_bgcnbd_check_customer(&usual, 1, 1, 2, (double)INFINITY, &error), LOY_OK);
  CHECK_STATUS(loy_bgcnbd_posterior(&usual, 1, 3, 2, &rate, &p, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "T", LOY_NO_INDEX);
  CU_ASSERT(rate == -7.0 && p == -7.0);
  CHECK_STATUS(loy_mbgcnbd_posterior(&usual, 1, 1, 2, NULL, NULL, NULL), LOY_OK);
}

/* Which gaps a history can have: by AM-GM, ln of their product is at most x ln(t_x / x). */
static void test_gaps(void) {
  loy_error error;
  CHECK_STATUS(loy_bgcnbd_check_gaps(&usual, 2, 1, 0.5, (double)NAN, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "T", LOY_NO_INDEX);
#define WRONG(x, t_x, litt)                                                                                            \
  do {                                                                                                                 \
    CHECK_STATUS(loy_bgcnbd_check_gaps(&usual, x, t_x, 9, litt, &error), LOY_ERR_DOMAIN);                              \
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "litt", LOY_NO_INDEX);                                                         \
    CHECK_STATUS(loy_mbgcnbd_check_gaps(&usual, x, t_x, 9, litt, &error), LOY_ERR_DOMAIN);                             \
    CU_ASSERT(isnan(loy_bgcnbd_loglik(&usual, x, t_x, 9, litt)) &&                                                     \
              isnan(loy_mbgcnbd_loglik(&usual, x, t_x, 9, litt)));                                                     \
  } while (0)
  WRONG(2, 8, (double)NAN);
  WRONG(2, 8, (double)INFINITY);
  WRONG(0, 0, 0.1);
  WRONG(1, 0, -9.0);
  WRONG(2, 8, 2.0 * log(4.0) + 1e-8);
#undef WRONG
  CHECK_STATUS(loy_bgcnbd_check_gaps(&usual, 2, 8, 9, 2.0 * log(4.0) + 1e-9, &error), LOY_OK);
  CHECK_STATUS(loy_bgcnbd_check_gaps(&usual, 2, 8, 9, -50.0, &error), LOY_OK);
  CHECK_STATUS(loy_bgcnbd_check_gaps(&usual, 0, 0, 9, 0.0, &error), LOY_OK);
  CU_ASSERT(loy_bgcnbd_loglik_summary(&usual, 1, 0, 9) == -HUGE_VAL);
  /* The gaps integrated out: with two of them, L = Int L(gap, t_x - gap) dgap / t_x, by 20000 midpoints. */
  for (double k = 2.0; k < 6.0; k += 1.0) {
    loy_bgcnbd_params params = usual;
    double sum = 0.0;
    params.k = k;
    for (int i = 0; i < 20000; i++) {
      double gap = 8.0 * ((double)i + 0.5) / 20000.0;
      sum += exp(loy_mbgcnbd_loglik(&params, 2, 8, 9, log(gap) + log(8.0 - gap))) / 20000.0;
    }
    CHECK_CLOSE(log(sum), loy_mbgcnbd_loglik_summary(&params, 2, 8, 9), 1e-8);
  }
}

/* A batch gives the bits of its rows, with any number of threads; a bad row is NaN and counted. */
static void test_batches(void) {
  enum { N = 1500 };
  static double x[N], t_x[N], T[N], litt[N], out[N], two[N];
  const int threads[3] = {1, 2, 7};
  loy_bgcnbd_options options;
  loy_batch_report report;
  loy_bgcnbd_options_init(NULL);
  loy_mbgcnbd_options_init(&options);
  loy_bgcnbd_options_init(&options);
  for (int i = 0; i < N; i++) {
    x[i] = i % 5;
    T[i] = 1.0 + 0.01 * i;
    t_x[i] = i % 5 ? T[i] * (0.1 + 0.1 * (i % 9)) : 0.0;
    litt[i] = i % 5 ? x[i] * log(t_x[i] / x[i]) - 0.1 * (i % 7) : 0.0;
  }
  x[1234] = -1.0;
  litt[77] = 99.0;
  for (int k = 0; k < 3; k++) {
    options.threads = threads[k];
    CHECK_STATUS(loy_bgcnbd_loglik_batch(&usual, x, t_x, T, litt, N, &options, out, &report, NULL), LOY_OK);
    CU_ASSERT_EQUAL(report.bad, 2);
    CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "litt", 77);
    for (int i = 0; i < N; i++) CHECK_BITS(out[i], loy_bgcnbd_loglik(&usual, x[i], t_x[i], T[i], litt[i]));
    CHECK_STATUS(loy_mbgcnbd_loglik_batch(&usual, x, t_x, T, NULL, N, &options, out, &report, NULL), LOY_OK);
    CU_ASSERT_EQUAL(report.bad, 1);
    CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "x", 1234);
    for (int i = 0; i < N; i++) CHECK_BITS(out[i], loy_mbgcnbd_loglik_summary(&usual, x[i], t_x[i], T[i]));
    CHECK_STATUS(loy_bgcnbd_palive_batch(&usual, x, t_x, T, N, 3.0, &options, out, NULL, NULL), LOY_OK);
    for (int i = 0; i < N; i++) CHECK_BITS(out[i], loy_bgcnbd_palive(&usual, x[i], t_x[i], T[i], 3.0));
    CHECK_STATUS(loy_mbgcnbd_palive_batch(&usual, x, t_x, T, N, 0.0, &options, out, NULL, NULL), LOY_OK);
    for (int i = 0; i < N; i++) CHECK_BITS(out[i], loy_mbgcnbd_palive(&usual, x[i], t_x[i], T[i], 0.0));
    CHECK_STATUS(loy_bgcnbd_posterior_batch(&usual, x, t_x, T, N, &options, out, two, &report, NULL), LOY_OK);
    CHECK_STATUS(loy_mbgcnbd_posterior_batch(&usual, x, t_x, T, N, &options, out, two, &report, NULL), LOY_OK);
    CU_ASSERT_EQUAL(report.bad, 1);
    for (int i = 0; i < N; i++) {
      double rate = NAN, p = NAN;
      (void)loy_mbgcnbd_posterior(&usual, x[i], t_x[i], T[i], &rate, &p, NULL);
      CHECK_BITS(out[i], rate);
      CHECK_BITS(two[i], p);
    }
  }
}

static void test_batch_checks(void) {
  double x[2] = {1, 0}, t_x[2] = {1, 0}, T[2] = {2, 2}, out[2] = {-7.0, -7.0};
  const loy_bgcnbd_params bad = {1, 1, 1, 1, 0};
  loy_bgcnbd_options options;
  loy_batch_report report;
  loy_error error;
  options.struct_size = sizeof options - 1;
  options.threads = -1;
  report.bad = 99;
#define EXPECT(call, status, argument)                                                                                 \
  do {                                                                                                                 \
    CHECK_STATUS(call, status);                                                                                        \
    CHECK_ERROR(&error, status, argument, LOY_NO_INDEX);                                                               \
    CU_ASSERT(out[0] == -7.0 && out[1] == -7.0);                                                                       \
    CU_ASSERT_EQUAL(report.bad, 99);                                                                                   \
  } while (0)
  EXPECT(loy_bgcnbd_loglik_batch(NULL, NULL, NULL, NULL, NULL, 2, &options, NULL, &report, &error), LOY_ERR_ARGUMENT,
         "params");
  EXPECT(loy_bgcnbd_loglik_batch(&bad, NULL, NULL, NULL, NULL, 2, &options, NULL, &report, &error), LOY_ERR_DOMAIN,
         "k");
  EXPECT(loy_bgcnbd_loglik_batch(&usual, NULL, NULL, NULL, NULL, 2, &options, NULL, &report, &error), LOY_ERR_ARGUMENT,
         "x");
  EXPECT(loy_bgcnbd_palive_batch(&usual, x, NULL, NULL, 2, -1, &options, NULL, &report, &error), LOY_ERR_ARGUMENT,
         "t_x");
  EXPECT(loy_bgcnbd_posterior_batch(&usual, x, t_x, NULL, 2, &options, out, NULL, &report, &error), LOY_ERR_ARGUMENT,
         "T");
  EXPECT(loy_bgcnbd_palive_batch(&usual, x, t_x, T, 2, -1, &options, NULL, &report, &error), LOY_ERR_DOMAIN, "t");
  EXPECT(loy_bgcnbd_loglik_batch(&usual, x, t_x, T, NULL, 2, &options, NULL, &report, &error), LOY_ERR_ARGUMENT,
         "options");
  options.struct_size = sizeof options;
  EXPECT(loy_bgcnbd_palive_batch(&usual, x, t_x, T, 2, 1, &options, NULL, &report, &error), LOY_ERR_ARGUMENT,
         "threads");
  options.threads = 1;
  EXPECT(loy_bgcnbd_loglik_batch(&usual, x, t_x, T, NULL, 2, &options, NULL, &report, &error), LOY_ERR_ARGUMENT, "out");
#undef EXPECT
  CHECK_STATUS(loy_bgcnbd_loglik_batch(&usual, NULL, NULL, NULL, NULL, 0, NULL, NULL, &report, &error), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 0);
}

/* To the ends of the ranges: nothing is NaN, probabilities stay probabilities. */
static void test_range(void) {
  const double shape[3] = {1e-10, 1.0, 1e10}, time[3] = {1e-40, 1.0, 1e40}, count[3] = {0, 1, 0x1p50};
  for (int i = 0; i < 81; i++) {
    const loy_bgcnbd_params p = {shape[i % 3], time[i / 3 % 3], shape[i / 9 % 3], shape[i / 27], i % 2 ? 64.0 : 2.0};
    for (int j = 0; j < 9; j++) {
      double x = count[j % 3], T = time[j / 3], t_x = x > 0.0 ? 0.5 * T : 0.0, rate, dropout;
      double alive = loy_mbgcnbd_palive(&p, x, t_x, T, 0.0), log_alive = loy_mbgcnbd_log_palive(&p, x, t_x, T);
      if (t_x > 0.0 && t_x < 1e-40) continue;
      CU_ASSERT(isfinite(loy_mbgcnbd_loglik_summary(&p, x, t_x, T)));
      CU_ASSERT(alive >= 0.0 && alive <= 1.0 && log_alive <= 0.0 && isfinite(log_alive));
      CHECK_STATUS(loy_mbgcnbd_posterior(&p, x, t_x, T, &rate, &dropout, NULL), LOY_OK);
      CU_ASSERT(isfinite(rate) && rate > 0.0 && dropout >= 0.0 && dropout <= 1.0);
    }
  }
}

SUITE(btyd, bgcnbd) {
  ADD(test_truths);
  ADD(test_one_stage);
  ADD(test_domain);
  ADD(test_gaps);
  ADD(test_batches);
  ADD(test_batch_checks);
  ADD(test_range);
}
