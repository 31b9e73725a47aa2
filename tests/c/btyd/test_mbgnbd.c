/* The MBG/NBD likelihood and what a history says about the customer now: published values, values computed with 30
 * digits and more from the formulas of mbgnbd.h, the relation to BG/NBD, checks and batches. */
#include "check.h"

static const loy_mbgnbd_params rounded = {0.525, 6.183, 0.891, 1.614}; /* CDNOW, as published */

static void test_published(void) {
  const loy_mbgnbd_params p1 = {0.25, 4.0, 0.8, 2.5}, p2 = {0.53, 6.18, 0.89, 1.614};
  CHECK_NEAR(loy_mbgnbd_loglik(&p1, 0, 0, 40), -0.417928262, 5e-10);
  CHECK_NEAR(loy_mbgnbd_loglik(&p1, 200, 38, 40), 100.786909761, 5e-10);
  CHECK_NEAR(loy_mbgnbd_loglik(&p2, 200, 38, 40), 91.808242, 5e-7);
  CHECK_NEAR(loy_mbgnbd_palive(&rounded, 2, 30.43, 38.86, 0), .70620227, 5e-9);
  CHECK_NEAR(loy_mbgnbd_palive(&rounded, 0, 0, 38.86, 0), .38973508, 5e-9);
}

/* One history with what mpmath answers for exactly these doubles. */
typedef struct truth {
  loy_mbgnbd_params params;
  double x, t_x, T, t;
  double loglik, palive, palive_t, log_palive, lambda, p;
} truth;

/* clang-format off */
static const truth truths[] = {
    {{0.525, 6.183, 0.891, 1.614}, 0, 0, 272.0 / 7.0, 39,
     -0.53982448422004473, 0.389743001685518492, 0.353866021205673735,
     -0.942267727111763146, 0.0563600159019736721, 0.428318687108268609},
    {{0.525, 6.183, 0.891, 1.614}, 0, 0, 0, 78,
     0.0, 0.644311377245508993, 0.355935432343757832,
     -0.43957316468907105, 0.0849102377486657022, 0.355688622754491007},
    {{0.525, 6.183, 0.891, 1.614}, 2, 213.0 / 7.0, 272.0 / 7.0, 39,
     -9.48540925632097293, 0.706215055462196, 0.530826415817585953,
     -0.347835476737192922, 0.0598527381209243626, 0.215219790106776383},
    {{0.525, 6.183, 0.891, 1.614}, 26, 216.0 / 7.0, 31, 39,
     -38.3220564277750503, 0.965498054767582521, 0.53464142480012009,
     -0.0351111918565788479, 0.713458559628779343, 0.0313676307484296726},
    {{1.0875, 75.9149, 0.107, 0.8858}, 0, 0, 2.6179, 71.9985,
     -0.0328302554107679042, 0.88862697698076152, 0.852522567188413041,
     -0.11807772997113119, 0.0139009015268510583, 0.109581003120854313},
    {{0.525, 6.183, 1, 1.614}, 0, 0, 272.0 / 7.0, 39,
     -0.510417259137444115, 0.362667866143241808, 0.326584193272737266,
     -1.01426783285956584, 0.0583433770474420032, 0.453052610364349238},
    {{0.525, 6.183, 1, 1.614}, 2, 213.0 / 7.0, 272.0 / 7.0, 39,
     -9.5472248297233025, 0.681714231480394833, 0.497888984376244905,
     -0.383144724374809441, 0.0601689498064313024, 0.234821120149555601},
    {{0.5, 3, 3, 0.02}, 1, 0.5, 4, 2,
     -7.21942042099197313, 0.107308764447986484, 0.0850980881068724268,
     -2.23204495096656157, 0.405576693332574325, 0.775436501105978788},
};
/* clang-format on */
enum { TRUTHS = sizeof truths / sizeof *truths };

static void test_truths(void) {
  for (int i = 0; i < TRUTHS; i++) {
    const truth *c = &truths[i];
    double lambda, p;
    CHECK_NEAR(loy_mbgnbd_loglik(&c->params, c->x, c->t_x, c->T), c->loglik,
               1e-13 * (fabs(c->loglik) > 1.0 ? fabs(c->loglik) : 1.0));
    CHECK_CLOSE(loy_mbgnbd_palive(&c->params, c->x, c->t_x, c->T, 0.0), c->palive, 1e-13);
    CHECK_CLOSE(loy_mbgnbd_palive(&c->params, c->x, c->t_x, c->T, c->t), c->palive_t, 1e-13);
    CHECK_CLOSE(loy_mbgnbd_log_palive(&c->params, c->x, c->t_x, c->T), c->log_palive, 1e-13);
    CHECK_STATUS(loy_mbgnbd_posterior(&c->params, c->x, c->t_x, c->T, &lambda, &p, NULL), LOY_OK);
    CHECK_CLOSE(lambda, c->lambda, 1e-13);
    CHECK_CLOSE(p, c->p, 1e-13);
  }
}

/* After a repeat purchase, who has not stopped at once is a BG/NBD customer with b + 1 for b. */
static void test_relation_to_bgnbd(void) {
  const double size[5] = {1e-3, 0.1, 1.0, 30.0, 1e3}, counts[5] = {1, 2, 17, 300, 10000};
  for (int i = 0; i < 5 * 5 * 5; i++) {
    const loy_mbgnbd_params m = {size[i % 5], 7.0, size[i / 5 % 5], size[i / 25]};
    const loy_bgnbd_params g = {m.r, m.alpha, m.a, m.b + 1.0};
    for (int j = 0; j < 5; j++) {
      double x = counts[j], other = loy_bgnbd_loglik(&g, x, 30.0, 39.0);
      CHECK_NEAR(loy_mbgnbd_loglik(&m, x, 30.0, 39.0), other - log1p(m.a / m.b), 1e-12 * (1.0 + fabs(other)));
      CHECK_CLOSE(loy_mbgnbd_log_palive(&m, x, 30.0, 39.0), loy_bgnbd_log_palive(&g, x, 30.0, 39.0), 1e-12);
    }
    /* And without one: the chances of having stopped grow with the silence. */
    CHECK_NEAR(loy_mbgnbd_loglik(&m, 0, 0, 39.0),
               log(m.a / (m.a + m.b) + m.b / (m.a + m.b) * pow(1.0 + 39.0 / 7.0, -m.r)), 1e-12);
  }
}

static void test_palive_properties(void) {
  double before = 1.0;
  CHECK_CLOSE(loy_mbgnbd_palive(&rounded, 0, 0, 0, 0), 1.614 / (0.891 + 1.614), 1e-15);
  CHECK_BITS(loy_mbgnbd_palive(&rounded, 3, 30, 31, (double)INFINITY), 0.0);
  for (double T = 0.1; T < 1e9; T *= 7.0) {
    double alive = loy_mbgnbd_palive(&rounded, 0, 0, T, 0);
    CU_ASSERT(alive > 0.0 && alive < before);
    CU_ASSERT(loy_mbgnbd_palive(&rounded, 0, 0, T, 1.0) < alive);
    before = alive;
  }
  for (double x = 0.0; x <= 1e6; x = x * 10.0 + 1.0)
    for (double t_x = 1e-3; t_x <= 1e3; t_x *= 10.0) {
      double last = x > 0.0 ? t_x : 0.0, p = loy_mbgnbd_palive(&rounded, x, last, 1e3, 0.0);
      double l = loy_mbgnbd_log_palive(&rounded, x, last, 1e3);
      CU_ASSERT(p >= 0.0 && p <= 1.0 && l <= 0.0 && isfinite(l));
      if (p > 1e-290) CHECK_NEAR(l, log(p), 1e-13 * (1.0 + fabs(l)));
      CU_ASSERT(isfinite(loy_mbgnbd_loglik(&rounded, x, last, 1e3)));
    }
  /* Another unit of time changes nothing. */
  for (int i = 0; i < TRUTHS; i++) {
    const truth *c = &truths[i];
    loy_mbgnbd_params params = c->params;
    params.alpha *= 1024.0;
    CHECK_BITS(loy_mbgnbd_palive(&params, c->x, c->t_x * 1024.0, c->T * 1024.0, 0.0),
               loy_mbgnbd_palive(&c->params, c->x, c->t_x, c->T, 0.0));
  }
}

/* Arguments in the order of their checks; each call has all later ones wrong too. */
static void test_domain(void) {
  const loy_mbgnbd_params bad[4] = {
      {0.0, -1.0, -1.0, -1.0}, {1.0, 0.0, -1.0, -1.0}, {1.0, 1.0, (double)NAN, -1.0}, {1.0, 1.0, 1.0, 1e11}};
  const char *const name[4] = {"r", "alpha", "a", "b"};
  double lambda = -7.0, p = -7.0;
  loy_error error;
  CHECK_STATUS(loy_mbgnbd_check(NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX);
  CHECK_STATUS(loy_mbgnbd_check(&rounded, &error), LOY_OK);
  for (int i = 0; i < 4; i++) {
    CHECK_STATUS(loy_mbgnbd_check(&bad[i], &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, name[i], LOY_NO_INDEX);
    CHECK_STATUS(loy_mbgnbd_check_customer(&bad[i], -1, -1, -1, -1, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, name[i], LOY_NO_INDEX);
    CU_ASSERT(isnan(loy_mbgnbd_loglik(&bad[i], 1, 1, 2)));
    CU_ASSERT(isnan(loy_mbgnbd_palive(&bad[i], 1, 1, 2, 0)));
    CU_ASSERT(isnan(loy_mbgnbd_log_palive(&bad[i], 1, 1, 2)));
  }
  (void)loy_mbgnbd_check_customer(NULL, -1, -1, -1, -1, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX);
  (void)loy_mbgnbd_check_customer(&rounded, 0.5, -1, -2, -1, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "x", LOY_NO_INDEX);
  (void)loy_mbgnbd_check_customer(&rounded, 0, 1, 0, -1, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t_x", LOY_NO_INDEX);
  (void)loy_mbgnbd_check_customer(&rounded, 1, 2, 1, -1, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "T", LOY_NO_INDEX);
  (void)loy_mbgnbd_check_customer(&rounded, 1, 1, 2, -1, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX);
  CHECK_STATUS(loy_mbgnbd_check_customer(&rounded, 1, 1, 2, (double)INFINITY, &error), LOY_OK);
  CU_ASSERT(isnan(loy_mbgnbd_loglik(NULL, 1, 1, 2)) && isnan(loy_mbgnbd_loglik(&rounded, 0, 1, 2)));
  CU_ASSERT(isnan(loy_mbgnbd_palive(&rounded, 1, 1, 2, -1)) && isnan(loy_mbgnbd_log_palive(&rounded, 1, 3, 2)));
  CHECK_STATUS(loy_mbgnbd_posterior(&rounded, 1, 3, 2, &lambda, &p, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "T", LOY_NO_INDEX);
  CU_ASSERT(lambda == -7.0 && p == -7.0);
  CHECK_STATUS(loy_mbgnbd_posterior(&rounded, 1, 1, 2, NULL, NULL, NULL), LOY_OK);
}

/* A batch gives the bits of its rows, with any number of threads; a bad row is NaN and counted. */
static void test_batches(void) {
  enum { N = 3000 };
  static double x[N], t_x[N], T[N], out[N], two[N];
  const int threads[3] = {1, 2, 7};
  loy_mbgnbd_options options;
  loy_batch_report report;
  loy_mbgnbd_options_init(NULL);
  loy_mbgnbd_options_init(&options);
  for (int i = 0; i < N; i++) {
    x[i] = i % 5;
    T[i] = 1.0 + 0.01 * i;
    t_x[i] = i % 5 ? T[i] * (0.1 + 0.1 * (i % 9)) : 0.0;
  }
  x[1234] = -1.0;
  for (int k = 0; k < 3; k++) {
    options.threads = threads[k];
    CHECK_STATUS(loy_mbgnbd_loglik_batch(&rounded, x, t_x, T, N, &options, out, &report, NULL), LOY_OK);
    CU_ASSERT_EQUAL(report.bad, 1);
    CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "x", 1234);
    for (int i = 0; i < N; i++) CHECK_BITS(out[i], loy_mbgnbd_loglik(&rounded, x[i], t_x[i], T[i]));
    CHECK_STATUS(loy_mbgnbd_palive_batch(&rounded, x, t_x, T, N, 3.0, &options, out, NULL, NULL), LOY_OK);
    for (int i = 0; i < N; i++) CHECK_BITS(out[i], loy_mbgnbd_palive(&rounded, x[i], t_x[i], T[i], 3.0));
    CHECK_STATUS(loy_mbgnbd_posterior_batch(&rounded, x, t_x, T, N, &options, out, two, &report, NULL), LOY_OK);
    CU_ASSERT_EQUAL(report.bad, 1);
    for (int i = 0; i < N; i++) {
      double lambda = NAN, p = NAN;
      (void)loy_mbgnbd_posterior(&rounded, x[i], t_x[i], T[i], &lambda, &p, NULL);
      CHECK_BITS(out[i], lambda);
      CHECK_BITS(two[i], p);
    }
  }
}

static void test_batch_checks(void) {
  double x[2] = {1, 0}, t_x[2] = {1, 0}, T[2] = {2, 2}, out[2] = {-7.0, -7.0};
  const loy_mbgnbd_params bad = {1, 1, 1, -1};
  loy_mbgnbd_options options;
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
  EXPECT(loy_mbgnbd_loglik_batch(NULL, NULL, NULL, NULL, 2, &options, NULL, &report, &error), LOY_ERR_ARGUMENT,
         "params");
  EXPECT(loy_mbgnbd_loglik_batch(&bad, NULL, NULL, NULL, 2, &options, NULL, &report, &error), LOY_ERR_DOMAIN, "b");
  EXPECT(loy_mbgnbd_loglik_batch(&rounded, NULL, NULL, NULL, 2, &options, NULL, &report, &error), LOY_ERR_ARGUMENT,
         "x");
  EXPECT(loy_mbgnbd_palive_batch(&rounded, x, NULL, NULL, 2, -1, &options, NULL, &report, &error), LOY_ERR_ARGUMENT,
         "t_x");
  EXPECT(loy_mbgnbd_posterior_batch(&rounded, x, t_x, NULL, 2, &options, out, NULL, &report, &error), LOY_ERR_ARGUMENT,
         "T");
  EXPECT(loy_mbgnbd_palive_batch(&rounded, x, t_x, T, 2, -1, &options, NULL, &report, &error), LOY_ERR_DOMAIN, "t");
  EXPECT(loy_mbgnbd_loglik_batch(&rounded, x, t_x, T, 2, &options, NULL, &report, &error), LOY_ERR_ARGUMENT, "options");
  options.struct_size = sizeof options;
  EXPECT(loy_mbgnbd_palive_batch(&rounded, x, t_x, T, 2, 1, &options, NULL, &report, &error), LOY_ERR_ARGUMENT,
         "threads");
  options.threads = 1;
  EXPECT(loy_mbgnbd_loglik_batch(&rounded, x, t_x, T, 2, &options, NULL, &report, &error), LOY_ERR_ARGUMENT, "out");
#undef EXPECT
  CHECK_STATUS(loy_mbgnbd_loglik_batch(&rounded, NULL, NULL, NULL, 0, NULL, NULL, &report, &error), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 0);
}

/* To the ends of the ranges: nothing is NaN, probabilities stay probabilities. */
static void test_range(void) {
  const double shape[3] = {1e-10, 1.0, 1e10}, time[3] = {1e-40, 1.0, 1e40}, count[3] = {0, 1, 0x1p50};
  for (int i = 0; i < 81; i++) {
    const loy_mbgnbd_params p = {shape[i % 3], time[i / 3 % 3], shape[i / 9 % 3], shape[i / 27]};
    for (int j = 0; j < 9; j++) {
      double x = count[j % 3], T = time[j / 3], t_x = x > 0.0 ? T : 0.0, lambda, dropout;
      double alive = loy_mbgnbd_palive(&p, x, t_x, T, 0.0), later = loy_mbgnbd_palive(&p, x, t_x, T, 1e40);
      CU_ASSERT(isfinite(loy_mbgnbd_loglik(&p, x, t_x, T)));
      CU_ASSERT(alive >= 0.0 && alive <= 1.0 && later >= 0.0 && later <= alive);
      CHECK_STATUS(loy_mbgnbd_posterior(&p, x, t_x, T, &lambda, &dropout, NULL), LOY_OK);
      CU_ASSERT(isfinite(lambda) && lambda > 0.0 && dropout >= 0.0 && dropout <= 1.0);
    }
  }
}

SUITE(btyd, mbgnbd) {
  ADD(test_published);
  ADD(test_truths);
  ADD(test_relation_to_bgnbd);
  ADD(test_palive_properties);
  ADD(test_domain);
  ADD(test_batches);
  ADD(test_batch_checks);
  ADD(test_range);
}
