/* The BG/NBD likelihood and what a history says about the customer now: published values, values computed with 30
 * digits and more from the formulas of bgnbd.h, sizes at which the published formulas overflow, checks and batches. */
#include "check.h"

#include "wide.h"

static const loy_bgnbd_params rounded = {0.243, 4.414, 0.793, 2.426}; /* CDNOW, as published */

static void test_loglik_published(void) {
  static const double x[9] = {2, 1, 0, 7, 1, 2, 5, 10, 1};
  static const double t_x[9] = {30.43, 1.71, 0, 29.43, 5, 35.71, 24.43, 34.14, 4.86};
  static const double expected[9] = {-9.458606, -4.469093,  -0.554713,  -21.863276, -4.863923,
                                     -9.535677, -17.358102, -27.313200, -4.851124};
  loy_bgnbd_params p1 = {0.25, 4.0, 0.8, 2.5}, p2 = {0.5, 6.0, 1.2, 3.3};
  /* The printed digits of Fader & Hardie's note 4 and of two programs. */
  CHECK_NEAR(loy_bgnbd_loglik(&p1, 0, 0, 40), -0.599473818, 5e-10);
  CHECK_NEAR(loy_bgnbd_loglik(&p1, 200, 38, 40), 100.795693093, 5e-10);
  CHECK_NEAR(loy_bgnbd_loglik(&p2, 3, 4, 6), -7.5763818767, 5e-11);
  for (int i = 0; i < 9; i++) CHECK_NEAR(loy_bgnbd_loglik(&rounded, x[i], t_x[i], 38.86), expected[i], 5e-7);
}

/* One history with what mpmath answers for exactly these doubles. */
typedef struct truth {
  loy_bgnbd_params params;
  double x, t_x, T, t;
  double loglik, palive, palive_t, log_palive, lambda, p;
} truth;

/* clang-format off */
static const truth truths[] = {
    {{0.243, 4.414, 0.793, 2.426}, 0, 0, 272.0 / 7.0, 39,
     -0.554697231962602274, 1.0, 0.955642212877851848,
     0.0, 0.00561575183725214458, 0.246349798073936002},
    {{0.243, 4.414, 0.793, 2.426}, 2, 213.0 / 7.0, 272.0 / 7.0, 39,
     -9.45847355748849684, 0.726589721835494848, 0.567139100334398544,
     -0.319393304855923233, 0.0552643160221336922, 0.204332300855433062},
    {{0.243, 4.414, 0.793, 2.426}, 26, 216.0 / 7.0, 31, 39,
     -37.7265133283330148, 0.968851562851895929, 0.561976907359485123,
     -0.0316438647368870035, 0.741128107360852238, 0.0282059083866013246},
    {{1.0875, 75.9149, 0.107, 0.8858}, 0, 0, 2.6179, 71.9985,
     -0.0368699429805994661, 1.0, 0.927483599600703362,
     0.0, 0.0138477171322046313, 0.10777598710717163},
    {{0.243, 4.414, 1, 2.426}, 2, 213.0 / 7.0, 272.0 / 7.0, 39,
     -9.49975667805705142, 0.678187866385761064, 0.502190584448140645,
     -0.388330940359281979, 0.0558712433472603784, 0.243607101661304626},
    {{0.243, 4.414, 1 + 1e-9, 2.426}, 2, 213.0 / 7.0, 272.0 / 7.0, 39,
     -9.49975667825306253, 0.678187866167511961, 0.5021905841637324,
     -0.388330940681094139, 0.0558712433499970781, 0.243607101840929038},
    {{0.243, 4.414, 1, 2.426}, 0, 0, 272.0 / 7.0, 39,
     -0.554697231962602274, 1.0, 0.948054887215019109,
     0.0, 0.00561575183725214458, 0.291885580852305883},
    {{0.5, 3, 0.3, 40}, 10000, 99.9, 100, 30,
     35753.4338663457808, 0.669132924590967587, 0.619904265761915981,
     -0.401772547124124456, 97.1234522742187989, 0.0000628334885819181102},
    {{2, 1, 3, 0.5}, 10000, 99.999, 100, 500,
     35930.7003365138933, 0.999668863234942551, 0.00474634650362814966,
     -0.000331191602942262643, 99.0297032949772294, 0.000299928138827915974},
    {{1e-4, 1e-4, 0.05, 1e4}, 3, 1e-3, 2e-3, 0.5,
     9.98012593870544104, 0.999965216285413211, 0.996560216507258974,
     -0.0000347843195542179001, 1428.66422278014362, 0.00000500195277586204125},
    {{1e4, 1e4, 0.05, 1e4}, 7, 3, 8, 100,
     -7.99959300936607193, 0.99925837339969278, 0.998761747180592462,
     -0.00074190174135738704, 0.999900450601100109, 0.00000507058789556434945},
    {{0.3, 1e4, 2.5, 1e-2}, 5, 9e5, 1e6, 1e+06,
     -75.902466314562968, 0.479989981662706517, 0.132883722000349013,
     -0.733990046834042068, 0.00000554738908684448432, 0.402131826676071036},
    {{0.243, 4.414, 0.793, 2.426}, 1000, 10, 100, 39,
     3225.14298368282362, 0.0, 0.0,
     -1973.50387705776659, 69.393853198279452, 0.00178724685238218179},
};
/* clang-format on */
enum { TRUTHS = sizeof truths / sizeof *truths };

static void test_loglik(void) {
  for (int i = 0; i < TRUTHS; i++) {
    const truth *c = &truths[i];
    double tolerance = 1e-12 * (fabs(c->loglik) > 1.0 ? fabs(c->loglik) : 1.0);
    CHECK_NEAR(loy_bgnbd_loglik(&c->params, c->x, c->t_x, c->T), c->loglik, tolerance);
  }
  /* Nothing seen: certain. */
  CHECK_NEAR(loy_bgnbd_loglik(&rounded, 0, 0, 0), 0.0, 0.0);
}

static void test_palive(void) {
  /* P(alive) for t_x = 30, T = 39, x = 5 ... 20, as printed in the manual of BTYD. */
  static const double printed[16] = {0.705626847158, 0.687091132532, 0.663866180954, 0.636545641921,
                                     0.605614489279, 0.571551734243, 0.534884751617, 0.496212484387,
                                     0.456205052749, 0.415584533117, 0.375091892890, 0.335446216178,
                                     0.297303134559, 0.261219043127, 0.227626087735, 0.196820444467};
  CHECK_NEAR(loy_bgnbd_palive(&rounded, 23, 39, 39, 0), 0.968555454221, 5e-13);
  for (int x = 5; x <= 20; x++) CHECK_NEAR(loy_bgnbd_palive(&rounded, x, 30, 39, 0), printed[x - 5], 5e-13);
  /* 15 digits from the published formula. */
  CHECK_CLOSE(loy_bgnbd_palive(&rounded, 2, 213.0 / 7.0, 272.0 / 7.0, 0), 0.726589721835495, 1e-14);
  CHECK_CLOSE(loy_bgnbd_palive(&rounded, 26, 216.0 / 7.0, 31, 0), 0.968851562851896, 1e-14);
  for (int i = 0; i < TRUTHS; i++) {
    const truth *c = &truths[i];
    double now = loy_bgnbd_palive(&c->params, c->x, c->t_x, c->T, 0.0);
    double then = loy_bgnbd_palive(&c->params, c->x, c->t_x, c->T, c->t);
    CHECK_CLOSE(loy_bgnbd_log_palive(&c->params, c->x, c->t_x, c->T), c->log_palive, 1e-12);
    if (c->palive > 1e-290) {
      CHECK_CLOSE(now, c->palive, 1e-12 + 4.0 * 0x1p-52 * fabs(c->log_palive));
      CHECK_CLOSE(then, c->palive_t, 1e-12 + 4.0 * 0x1p-52 * fabs(c->log_palive));
    } else {
      CU_ASSERT(now >= 0.0 && now <= 1e-290 && then >= 0.0 && then <= now);
    }
  }
}

static void test_palive_properties(void) {
  /* Nobody stops before a repeat purchase. */
  CHECK_BITS(loy_bgnbd_palive(&rounded, 0, 0, 39, 0), 1.0);
  CHECK_BITS(loy_bgnbd_palive(&rounded, 0, 0, 0, 0), 1.0);
  CHECK_BITS(loy_bgnbd_log_palive(&rounded, 0, 0, 1e6), 0.0);
  /* Later it falls, to 0 in the end. */
  for (int x = 0; x <= 300; x += 100) {
    double before = loy_bgnbd_palive(&rounded, x, x ? 30.0 : 0.0, 31, 0);
    for (double t = 1e-3; t < 1e12; t *= 3.0) {
      double after = loy_bgnbd_palive(&rounded, x, x ? 30.0 : 0.0, 31, t);
      CU_ASSERT(after < before && after > 0.0);
      before = after;
    }
    CHECK_BITS(loy_bgnbd_palive(&rounded, x, x ? 30.0 : 0.0, 31, (double)INFINITY), 0.0);
  }
  /* Another unit of time changes nothing: by a power of 2 not a bit, else rounding only. */
  for (int i = 0; i < TRUTHS; i++) {
    const truth *c = &truths[i];
    loy_bgnbd_params params = c->params;
    params.alpha *= 1024.0;
    CHECK_BITS(loy_bgnbd_palive(&params, c->x, c->t_x * 1024.0, c->T * 1024.0, 0.0),
               loy_bgnbd_palive(&c->params, c->x, c->t_x, c->T, 0.0));
  }
  /* Sizes that made P(alive) overflow or NaN elsewhere: 0 <= P <= 1, and the logarithm goes on. */
  for (double x = 1.0; x <= 1e6; x *= 10.0)
    for (double t_x = 1e-3; t_x <= 1e3; t_x *= 10.0) {
      double p = loy_bgnbd_palive(&rounded, x, t_x, 1e3, 0.0), l = loy_bgnbd_log_palive(&rounded, x, t_x, 1e3);
      CU_ASSERT(p >= 0.0 && p <= 1.0);
      CU_ASSERT(l <= 0.0 && isfinite(l));
      if (p > 1e-290) CHECK_NEAR(l, log(p), 1e-13 * (1.0 + fabs(l)));
      CU_ASSERT(isfinite(loy_bgnbd_loglik(&rounded, x, t_x, 1e3)));
    }
}

static void test_posterior(void) {
  loy_error error;
  double lambda = 0.0, p = 0.0;
  for (int i = 0; i < TRUTHS; i++) {
    const truth *c = &truths[i];
    double slack = 1e-12 + 4.0 * 0x1p-52 * fabs(c->log_palive);
    CHECK_STATUS(loy_bgnbd_posterior(&c->params, c->x, c->t_x, c->T, &lambda, &p, &error), LOY_OK);
    CHECK_STATUS(error.status, LOY_OK);
    CHECK_CLOSE(lambda, c->lambda, slack);
    CHECK_CLOSE(p, c->p, slack);
  }
  /* Nothing seen: the population's means. */
  CHECK_STATUS(loy_bgnbd_posterior(&rounded, 0, 0, 0, &lambda, &p, NULL), LOY_OK);
  CHECK_CLOSE(lambda, 0.243 / 4.414, 1e-15);
  CHECK_CLOSE(p, 0.793 / (0.793 + 2.426), 1e-15);
  /* Either output alone. */
  CHECK_STATUS(loy_bgnbd_posterior(&rounded, 3, 4, 6, &lambda, NULL, NULL), LOY_OK);
  CHECK_STATUS(loy_bgnbd_posterior(&rounded, 3, 4, 6, NULL, &p, NULL), LOY_OK);
  CHECK_STATUS(loy_bgnbd_posterior(&rounded, 3, 4, 6, NULL, NULL, NULL), LOY_OK);
}

/* Arguments outside the domain, with the name that the checking twin gives. */
typedef struct bad_row {
  double x, t_x, T;
  const char *argument;
} bad_row;
static const bad_row bad_rows[] = {
    {-1, 0, 1, "x"},
    {0.5, 0, 1, "x"},
    {(double)NAN, (double)NAN, (double)NAN, "x"},
    {(double)INFINITY, 0, 1, "x"},
    {1, -1, 1, "t_x"},
    {0, 0.5, 1, "t_x"},
    {1, (double)NAN, -1, "t_x"},
    {1, (double)INFINITY, (double)INFINITY, "t_x"},
    {1, 2, 1, "T"},
    {0, 0, -1, "T"},
    {1, 1, (double)NAN, "T"},
    {1, 1, (double)INFINITY, "T"},
};
enum { BAD_ROWS = sizeof bad_rows / sizeof *bad_rows };

static double *field(loy_bgnbd_params *params, int i) {
  return i == 0 ? &params->r : (i == 1 ? &params->alpha : (i == 2 ? &params->a : &params->b));
}

static void test_domain(void) {
  static const double wrong[5] = {0.0, -1.0, (double)INFINITY, -(double)INFINITY, (double)NAN};
  static const char *const name[4] = {"r", "alpha", "a", "b"};
  loy_error error;
  double lambda = -7.0, p = -7.0;
  CHECK_STATUS(loy_bgnbd_check(&rounded, &error), LOY_OK);
  CHECK_STATUS(error.status, LOY_OK);
  CHECK_STATUS(loy_bgnbd_check(NULL, NULL), LOY_ERR_ARGUMENT);
  CHECK_STATUS(loy_bgnbd_check(NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX);
  CHECK_STATUS(loy_bgnbd_check_customer(NULL, -1, -1, -1, -1, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX);
  CU_ASSERT(isnan(loy_bgnbd_loglik(NULL, 1, 1, 2)));
  CU_ASSERT(isnan(loy_bgnbd_palive(NULL, 1, 1, 2, 0)));
  CU_ASSERT(isnan(loy_bgnbd_log_palive(NULL, 1, 1, 2)));
  /* A parameter is named before those after it, and before the history. */
  for (int i = 0; i < 4; i++)
    for (int j = 0; j < 5; j++) {
      loy_bgnbd_params params = rounded;
      for (int later = i; later < 4; later++) *field(&params, later) = wrong[j];
      CHECK_STATUS(loy_bgnbd_check(&params, &error), LOY_ERR_DOMAIN);
      CHECK_ERROR(&error, LOY_ERR_DOMAIN, name[i], LOY_NO_INDEX);
      CHECK_STATUS(loy_bgnbd_check_customer(&params, -1, -1, -1, -1, &error), LOY_ERR_DOMAIN);
      CHECK_ERROR(&error, LOY_ERR_DOMAIN, name[i], LOY_NO_INDEX);
      CHECK_STATUS(loy_bgnbd_posterior(&params, -1, -1, -1, &lambda, &p, &error), LOY_ERR_DOMAIN);
      CHECK_ERROR(&error, LOY_ERR_DOMAIN, name[i], LOY_NO_INDEX);
      CU_ASSERT(isnan(loy_bgnbd_loglik(&params, 1, 1, 2)));
      CU_ASSERT(isnan(loy_bgnbd_palive(&params, 1, 1, 2, 0)));
      CU_ASSERT(isnan(loy_bgnbd_log_palive(&params, 1, 1, 2)));
    }
  for (int i = 0; i < BAD_ROWS; i++) {
    const bad_row *row = &bad_rows[i];
    CHECK_STATUS(loy_bgnbd_check_customer(&rounded, row->x, row->t_x, row->T, -1, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, row->argument, LOY_NO_INDEX);
    CHECK_STATUS(loy_bgnbd_posterior(&rounded, row->x, row->t_x, row->T, &lambda, &p, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, row->argument, LOY_NO_INDEX);
    CU_ASSERT(isnan(loy_bgnbd_loglik(&rounded, row->x, row->t_x, row->T)));
    CU_ASSERT(isnan(loy_bgnbd_palive(&rounded, row->x, row->t_x, row->T, 0)));
    CU_ASSERT(isnan(loy_bgnbd_log_palive(&rounded, row->x, row->t_x, row->T)));
  }
  CHECK_BITS(lambda, -7.0);
  CHECK_BITS(p, -7.0);
  CHECK_STATUS(loy_bgnbd_check_customer(&rounded, 1, 1, 2, -1, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX);
  CHECK_STATUS(loy_bgnbd_check_customer(&rounded, 1, 1, 2, (double)NAN, NULL), LOY_ERR_DOMAIN);
  CHECK_STATUS(loy_bgnbd_check_customer(&rounded, 1, 1, 2, (double)INFINITY, &error), LOY_OK);
  CU_ASSERT(isnan(loy_bgnbd_palive(&rounded, 1, 1, 2, -1)));
  CU_ASSERT(isnan(loy_bgnbd_palive(&rounded, 1, 1, 2, (double)NAN)));
}

/* Rows for the batches, more than one unit of work, with bad ones in between. */
enum { ROWS = 5000 };
static double row_x[ROWS], row_t_x[ROWS], row_T[ROWS];

static void make_rows(void) {
  uint32_t state = 12345u;
  for (int i = 0; i < ROWS; i++) {
    state = state * 1664525u + 1013904223u;
    row_x[i] = (double)(state >> 28 == 15u ? state >> 18 & 1023u : state >> 29);
    row_T[i] = (double)(state >> 8 & 4095u) / 7.0;
    row_t_x[i] = row_x[i] > 0.0 ? row_T[i] * ((double)(state >> 12 & 255u) / 255.0) : 0.0;
  }
}

static void test_batch_equals_scalar(void) {
  static double out[ROWS], second[ROWS];
  static const int threads[4] = {0, 1, 2, 7};
  loy_bgnbd_options options;
  loy_error error;
  make_rows();
  loy_bgnbd_options_init(NULL);
  loy_bgnbd_options_init(&options);
  CU_ASSERT_EQUAL(options.struct_size, sizeof options);
  CU_ASSERT_EQUAL(options.threads, 1);
  for (int k = 0; k < 4; k++) {
    options.threads = threads[k];
    CHECK_STATUS(loy_bgnbd_loglik_batch(&rounded, row_x, row_t_x, row_T, ROWS, &options, out, NULL, &error), LOY_OK);
    CHECK_STATUS(error.status, LOY_OK);
    for (int i = 0; i < ROWS; i++) CHECK_BITS(out[i], loy_bgnbd_loglik(&rounded, row_x[i], row_t_x[i], row_T[i]));
    CHECK_STATUS(loy_bgnbd_palive_batch(&rounded, row_x, row_t_x, row_T, ROWS, 0.0, &options, out, NULL, &error),
                 LOY_OK);
    for (int i = 0; i < ROWS; i++) CHECK_BITS(out[i], loy_bgnbd_palive(&rounded, row_x[i], row_t_x[i], row_T[i], 0.0));
    CHECK_STATUS(loy_bgnbd_palive_batch(&rounded, row_x, row_t_x, row_T, ROWS, 13.0, &options, out, NULL, &error),
                 LOY_OK);
    for (int i = 0; i < ROWS; i++) CHECK_BITS(out[i], loy_bgnbd_palive(&rounded, row_x[i], row_t_x[i], row_T[i], 13.0));
    CHECK_STATUS(loy_bgnbd_posterior_batch(&rounded, row_x, row_t_x, row_T, ROWS, &options, out, second, NULL, &error),
                 LOY_OK);
    for (int i = 0; i < ROWS; i++) {
      double lambda = 0.0, p = 0.0;
      CHECK_STATUS(loy_bgnbd_posterior(&rounded, row_x[i], row_t_x[i], row_T[i], &lambda, &p, NULL), LOY_OK);
      CHECK_BITS(out[i], lambda);
      CHECK_BITS(second[i], p);
    }
  }
}

/* A bad row answers NaN, is counted, and the first one is named; its neighbours do not notice. */
static void test_batch_bad_rows(void) {
  static double out[ROWS], second[ROWS];
  loy_batch_report report;
  loy_error error;
  size_t bad = 0, first = ROWS;
  make_rows();
  for (int i = 0; i < BAD_ROWS; i++) {
    size_t at = (size_t)(1700 + 263 * i);
    row_x[at] = bad_rows[i].x;
    row_t_x[at] = bad_rows[i].t_x;
    row_T[at] = bad_rows[i].T;
    first = at < first ? at : first;
    bad++;
  }
  for (int function = 0; function < 4; function++) {
    memset(&report, 0x55, sizeof report);
    memset(second, 0, sizeof second);
    CHECK_STATUS(
        function == 0   ? loy_bgnbd_loglik_batch(&rounded, row_x, row_t_x, row_T, ROWS, NULL, out, &report, &error)
        : function == 1 ? loy_bgnbd_palive_batch(&rounded, row_x, row_t_x, row_T, ROWS, 0.0, NULL, out, &report, &error)
        : function == 2
            ? loy_bgnbd_palive_batch(&rounded, row_x, row_t_x, row_T, ROWS, (double)INFINITY, NULL, out, &report,
                                     &error)
            : loy_bgnbd_posterior_batch(&rounded, row_x, row_t_x, row_T, ROWS, NULL, out, second, &report, &error),
        LOY_OK);
    CU_ASSERT_EQUAL(report.bad, bad);
    CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "x", first);
    for (size_t i = 0; i < ROWS; i++) {
      int is_bad = i >= 1700 && (i - 1700) % 263 == 0 && (i - 1700) / 263 < BAD_ROWS;
      CU_ASSERT_EQUAL(isnan(out[i]) != 0, is_bad);
      CU_ASSERT_EQUAL(isnan(second[i]) != 0, is_bad && function == 3);
    }
  }
  /* Each of them as the only bad row is named with its argument. */
  for (int i = 0; i < BAD_ROWS; i++) {
    double x[3] = {1, 1, 0}, t_x[3] = {1, 1, 0}, T[3] = {2, 2, 2};
    x[1] = bad_rows[i].x;
    t_x[1] = bad_rows[i].t_x;
    T[1] = bad_rows[i].T;
    CHECK_STATUS(loy_bgnbd_loglik_batch(&rounded, x, t_x, T, 3, NULL, out, &report, NULL), LOY_OK);
    CU_ASSERT_EQUAL(report.bad, 1);
    CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, bad_rows[i].argument, 1);
  }
  /* A report of a good batch is empty. */
  make_rows();
  CHECK_STATUS(loy_bgnbd_loglik_batch(&rounded, row_x, row_t_x, row_T, ROWS, NULL, out, &report, &error), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 0);
  CHECK_STATUS(report.first.status, LOY_OK);
}

/* The output in the place of an input, with bad rows and a report. */
static void test_batch_in_place(void) {
  static double column[3][ROWS], out[ROWS], second[ROWS];
  make_rows();
  row_T[17] = -1.0;
  CHECK_STATUS(loy_bgnbd_loglik_batch(&rounded, row_x, row_t_x, row_T, ROWS, NULL, out, NULL, NULL), LOY_OK);
  for (int place = 0; place < 3; place++) {
    loy_batch_report report;
    memcpy(column[0], row_x, sizeof row_x);
    memcpy(column[1], row_t_x, sizeof row_t_x);
    memcpy(column[2], row_T, sizeof row_T);
    CHECK_STATUS(
        loy_bgnbd_loglik_batch(&rounded, column[0], column[1], column[2], ROWS, NULL, column[place], &report, NULL),
        LOY_OK);
    CU_ASSERT_EQUAL(report.bad, 1);
    CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "T", 17);
    CU_ASSERT(isnan(column[place][17]));
    column[place][17] = out[17];
    CU_ASSERT_EQUAL(memcmp(column[place], out, sizeof out), 0);
    CHECK_STATUS(loy_bgnbd_palive_batch(&rounded, row_x, row_t_x, row_T, ROWS, 2.0, NULL, second, NULL, NULL), LOY_OK);
    memcpy(column[0], row_x, sizeof row_x);
    memcpy(column[1], row_t_x, sizeof row_t_x);
    memcpy(column[2], row_T, sizeof row_T);
    CHECK_STATUS(loy_bgnbd_palive_batch(&rounded, column[0], column[1], column[2], ROWS, 2.0, NULL, column[place],
                                        &report, NULL),
                 LOY_OK);
    CU_ASSERT_EQUAL(report.bad, 1);
    column[place][17] = second[17];
    CU_ASSERT_EQUAL(memcmp(column[place], second, sizeof second), 0);
  }
  row_T[17] = row_t_x[17];
  CHECK_STATUS(loy_bgnbd_posterior_batch(&rounded, row_x, row_t_x, row_T, ROWS, NULL, out, second, NULL, NULL), LOY_OK);
  memcpy(column[0], row_x, sizeof row_x);
  memcpy(column[1], row_t_x, sizeof row_t_x);
  CHECK_STATUS(
      loy_bgnbd_posterior_batch(&rounded, column[0], column[1], row_T, ROWS, NULL, column[1], column[0], NULL, NULL),
      LOY_OK);
  CU_ASSERT_EQUAL(memcmp(column[1], out, sizeof out), 0);
  CU_ASSERT_EQUAL(memcmp(column[0], second, sizeof second), 0);
  /* One of the two alone. */
  memset(column, 0, sizeof column);
  CHECK_STATUS(loy_bgnbd_posterior_batch(&rounded, row_x, row_t_x, row_T, ROWS, NULL, column[0], NULL, NULL, NULL),
               LOY_OK);
  CHECK_STATUS(loy_bgnbd_posterior_batch(&rounded, row_x, row_t_x, row_T, ROWS, NULL, NULL, column[1], NULL, NULL),
               LOY_OK);
  CU_ASSERT_EQUAL(memcmp(column[0], out, sizeof out), 0);
  CU_ASSERT_EQUAL(memcmp(column[1], second, sizeof second), 0);
}

/* The checks of the batches come in the order of the parameters; nothing is written by a call that fails. */
static void test_batch_checks(void) {
  double x[2] = {1, 0}, t_x[2] = {1, 0}, T[2] = {2, 2}, out[2] = {-7.0, -7.0};
  loy_bgnbd_params bad = {-1, -1, -1, -1};
  loy_bgnbd_options options;
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
  EXPECT(loy_bgnbd_loglik_batch(NULL, NULL, NULL, NULL, 2, &options, NULL, &report, &error), LOY_ERR_ARGUMENT,
         "params");
  EXPECT(loy_bgnbd_loglik_batch(&bad, NULL, NULL, NULL, 2, &options, NULL, &report, &error), LOY_ERR_DOMAIN, "r");
  bad.r = 1;
  EXPECT(loy_bgnbd_loglik_batch(&bad, NULL, NULL, NULL, 2, &options, NULL, &report, &error), LOY_ERR_DOMAIN, "alpha");
  bad.alpha = 1;
  EXPECT(loy_bgnbd_palive_batch(&bad, NULL, NULL, NULL, 2, -1, &options, NULL, &report, &error), LOY_ERR_DOMAIN, "a");
  bad.a = 1;
  EXPECT(loy_bgnbd_posterior_batch(&bad, NULL, NULL, NULL, 2, &options, out, out, &report, &error), LOY_ERR_DOMAIN,
         "b");
  EXPECT(loy_bgnbd_loglik_batch(&rounded, NULL, NULL, NULL, 2, &options, NULL, &report, &error), LOY_ERR_ARGUMENT, "x");
  EXPECT(loy_bgnbd_loglik_batch(&rounded, x, NULL, NULL, 2, &options, NULL, &report, &error), LOY_ERR_ARGUMENT, "t_x");
  EXPECT(loy_bgnbd_loglik_batch(&rounded, x, t_x, NULL, 2, &options, NULL, &report, &error), LOY_ERR_ARGUMENT, "T");
  EXPECT(loy_bgnbd_palive_batch(&rounded, x, t_x, NULL, 2, -1, &options, NULL, &report, &error), LOY_ERR_ARGUMENT, "T");
  EXPECT(loy_bgnbd_palive_batch(&rounded, x, t_x, T, 2, -1, &options, NULL, &report, &error), LOY_ERR_DOMAIN, "t");
  EXPECT(loy_bgnbd_palive_batch(&rounded, x, t_x, T, 2, (double)NAN, &options, NULL, &report, &error), LOY_ERR_DOMAIN,
         "t");
  EXPECT(loy_bgnbd_loglik_batch(&rounded, x, t_x, T, 2, &options, NULL, &report, &error), LOY_ERR_ARGUMENT, "options");
  EXPECT(loy_bgnbd_palive_batch(&rounded, x, t_x, T, 2, 1, &options, NULL, &report, &error), LOY_ERR_ARGUMENT,
         "options");
  EXPECT(loy_bgnbd_posterior_batch(&rounded, x, t_x, T, 2, &options, out, NULL, &report, &error), LOY_ERR_ARGUMENT,
         "options");
  options.struct_size = sizeof options;
  EXPECT(loy_bgnbd_loglik_batch(&rounded, x, t_x, T, 2, &options, NULL, &report, &error), LOY_ERR_ARGUMENT, "threads");
  EXPECT(loy_bgnbd_palive_batch(&rounded, x, t_x, T, 2, 1, &options, NULL, &report, &error), LOY_ERR_ARGUMENT,
         "threads");
  EXPECT(loy_bgnbd_posterior_batch(&rounded, x, t_x, T, 2, &options, out, NULL, &report, &error), LOY_ERR_ARGUMENT,
         "threads");
  options.threads = 1;
  EXPECT(loy_bgnbd_loglik_batch(&rounded, x, t_x, T, 2, &options, NULL, &report, &error), LOY_ERR_ARGUMENT, "out");
  EXPECT(loy_bgnbd_palive_batch(&rounded, x, t_x, T, 2, 1, &options, NULL, &report, &error), LOY_ERR_ARGUMENT, "out");
#undef EXPECT
  /* No rows: nothing is needed. */
  CHECK_STATUS(loy_bgnbd_loglik_batch(&rounded, NULL, NULL, NULL, 0, NULL, NULL, &report, &error), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 0);
  CHECK_STATUS(loy_bgnbd_palive_batch(&rounded, NULL, NULL, NULL, 0, 0.0, NULL, NULL, NULL, NULL), LOY_OK);
  CHECK_STATUS(loy_bgnbd_posterior_batch(&rounded, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL), LOY_OK);
}

/* Each parameter and each time beyond its range is named, and the other functions answer NaN. */
static void test_outside(void) {
  static const double shapes[OUTSIDE] = OUTSIDE_SHAPES, quantities[OUTSIDE] = OUTSIDE_QUANTITIES;
  const char *const name[8] = {"r", "alpha", "a", "b", "x", "t_x", "T", "t"};
  for (int k = 0; k < 8; k++)
    for (int i = 0; i < OUTSIDE; i++) {
      double number[8] = {1.0, 1.0, 1.0, 1.0, 2.0, 3.0, 5.0, 7.0}, lambda = 7.0, p = 7.0;
      loy_bgnbd_params params;
      loy_error error;
      if (k == 4 && shapes[i] > 1.0 && shapes[i] < 0x1p51) continue; /* a count */
      number[k] = k == 1 || k > 4 ? quantities[i] : shapes[i];
      if (k == 5 && number[k] > 5.0) number[6] = number[k];
      if (k == 6 && number[k] < 3.0) number[5] = 0.0;
      params.r = number[0];
      params.alpha = number[1];
      params.a = number[2];
      params.b = number[3];
      CHECK_STATUS(loy_bgnbd_check_customer(&params, number[4], number[5], number[6], number[7], &error),
                   LOY_ERR_DOMAIN);
      CHECK_ERROR(&error, LOY_ERR_DOMAIN, name[k], LOY_NO_INDEX);
      CU_ASSERT(isnan(loy_bgnbd_palive(&params, number[4], number[5], number[6], number[7])));
      if (k == 7) continue;
      CU_ASSERT(isnan(loy_bgnbd_loglik(&params, number[4], number[5], number[6])));
      CU_ASSERT(isnan(loy_bgnbd_log_palive(&params, number[4], number[5], number[6])));
      CHECK_STATUS(loy_bgnbd_posterior(&params, number[4], number[5], number[6], &lambda, &p, &error), LOY_ERR_DOMAIN);
      CHECK_ERROR(&error, LOY_ERR_DOMAIN, name[k], LOY_NO_INDEX);
      CHECK_BITS(lambda, 7.0);
      CHECK_BITS(p, 7.0);
    }
}

/* Up to the ends of the ranges every answer is finite and possible. */
static void test_range(void) {
  static const double shape[WIDE] = WIDE_SHAPES, quantity[WIDE] = WIDE_QUANTITIES;
  static const double x[4] = {0.0, 1.0, 300.0, 0x1p51 - 1.0};
  for (int i = 0; i < WIDE * WIDE * WIDE * WIDE; i++)
    for (int j = 0; j < 4 * WIDE; j++) {
      loy_bgnbd_params params;
      double T = quantity[j / 4], t_x = j % 4 == 0 ? 0.0 : (i % 3 == 0 ? T : 0.0), now, later, lambda, p;
      params.r = shape[i % WIDE];
      params.alpha = quantity[i / WIDE % WIDE];
      params.a = shape[i / (WIDE * WIDE) % WIDE];
      params.b = shape[i / (WIDE * WIDE * WIDE)];
      now = loy_bgnbd_palive(&params, x[j % 4], t_x, T, 0.0);
      later = loy_bgnbd_palive(&params, x[j % 4], t_x, T, quantity[(i + j) % WIDE]);
      CU_ASSERT(isfinite(loy_bgnbd_loglik(&params, x[j % 4], t_x, T)));
      CU_ASSERT(now >= 0.0 && now <= 1.0 && later >= 0.0 && later <= now);
      CU_ASSERT(isfinite(loy_bgnbd_log_palive(&params, x[j % 4], t_x, T)));
      CHECK_STATUS(loy_bgnbd_posterior(&params, x[j % 4], t_x, T, &lambda, &p, NULL), LOY_OK);
      CU_ASSERT(lambda >= 0.0 && isfinite(lambda) && p >= 0.0 && p <= 1.0);
    }
}

SUITE(btyd, bgnbd) {
  ADD(test_outside);
  ADD(test_range);
  ADD(test_loglik_published);
  ADD(test_loglik);
  ADD(test_palive);
  ADD(test_palive_properties);
  ADD(test_posterior);
  ADD(test_domain);
  ADD(test_batch_equals_scalar);
  ADD(test_batch_bad_rows);
  ADD(test_batch_in_place);
  ADD(test_batch_checks);
}
