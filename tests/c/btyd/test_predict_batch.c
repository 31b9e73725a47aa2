/* test_predict_batch.c: P(alive), expected and discounted purchases of many customers in one call, by all models. Each
 * customer gets the bits of the functions for one customer, whoever else is asked about. Expected values are computed
 * with mpmath at 30 digits, from the integrals of the headers. */
#include "check.h"

#include <stdlib.h>

#include "loyalty/btyd/bgnbd_predict.h"
#include "loyalty/btyd/ggomnbd.h"
#include "loyalty/btyd/mbgnbd_predict.h"
#include "loyalty/btyd/nbd.h"
#include "loyalty/btyd/pnbd_predict.h"

enum { ROWS = 8000, FEW = 300 };

static const loy_bgnbd_params bgnbd = {0.243, 4.414, 0.793, 2.426};
static const loy_mbgnbd_params mbgnbd = {0.243, 4.414, 0.793, 2.426};
static const loy_pnbd_params pnbd = {0.553, 10.578, 0.606, 11.669};
static const loy_nbd_params nbd = {0.385, 12.07};
static const loy_ggomnbd_params ggomnbd = {0.553, 10.58, 0.002, 0.603, 0.026};

/* P(alive), expected purchases, discounted purchases, for four customers, each at two discounts and horizons. */
static const double truth[3][4][2][3] = {
    {{{1.0, 0.25242036897913831, 0.23733609175758513}, {1.0, 0.88806123632351404, 0.042596142311267806}},
     {{0.72860229052208486, 1.5724780281273544, 1.4809809056167852},
      {0.72860229052208486, 4.8387862630398805, 0.27991303785669444}},
     {{0.96634983229599598, 25.780278012901049, 24.346060286743711},
      {0.96634983229599598, 68.502242028549827, 5.0097263195266873}},
     {{0.0018522455323756059, 0.015329296301625525, 0.014472869957897148},
      {0.0018522455323756059, 0.041254127970496498, 0.0029553218559350778}}},
    {{{0.63707188335381966, 0.16586905550119815, 0.1558624269462997},
      {0.63707188335381966, 0.61205731516987906, 0.027439072190538604}},
     {{0.7761979396216783, 1.7285762028305356, 1.6270033068655018},
      {0.7761979396216783, 5.5345399902640412, 0.30166509474041201}},
     {{0.96749513496060699, 26.046185590550874, 24.593152847777343},
      {0.96749513496060699, 69.707331440062784, 5.0343618349728329}},
     {{0.0020716151493315109, 0.017570463504755011, 0.016581371364871437},
      {0.0020716151493315109, 0.04829275833154247, 0.0033380998925264295}}},
    {{{0.29446703101458643, 0.13604121564093427, 0.1281223197996077},
      {0.29446703101458643, 0.42956125061256987, 0.024226879135197741}},
     {{0.87232326659138233, 1.8683041566149527, 1.7595793904988289},
      {0.87232326659138233, 5.8943257200576236, 0.33289575564560006}},
     {{0.99614584153855671, 25.511290239849014, 24.040241418662804},
      {0.99614584153855671, 78.226654965212234, 4.6323682174425963}},
     {{0.011171967971454435, 0.087341880511099877, 0.082330595665843731},
      {0.011171967971454435, 0.263975668276604, 0.016022992859420881}}}};

static void test_truths(void) {
  const double x[4] = {0, 2, 26, 7}, t_x[4] = {0, 30.5, 30.75, 5.25}, T[4] = {39, 38.75, 31, 27.5};
  const double delta[2] = {0.0025, 0.125}, t[2] = {52.25, 250};
  double out[3][4];
  for (int model = 0; model < 3; model++)
    for (int q = 0; q < 2; q++) {
      if (model == 0)
        CHECK_STATUS(
            loy_bgnbd_predict_batch(&bgnbd, x, t_x, T, 4, delta[q], t[q], NULL, out[0], out[1], out[2], NULL, NULL),
            LOY_OK);
      if (model == 1)
        CHECK_STATUS(
            loy_mbgnbd_predict_batch(&mbgnbd, x, t_x, T, 4, delta[q], t[q], NULL, out[0], out[1], out[2], NULL, NULL),
            LOY_OK);
      if (model == 2)
        CHECK_STATUS(
            loy_pnbd_predict_batch(&pnbd, x, t_x, T, 4, delta[q], t[q], NULL, out[0], out[1], out[2], NULL, NULL),
            LOY_OK);
      for (int i = 0; i < 4; i++)
        for (int k = 0; k < 3; k++) CHECK_CLOSE(out[k][i], truth[model][i][q][k], 2e-14);
    }
}

static double uniform(uint64_t *state) {
  *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (double)(*state >> 11) * 0x1p-53;
}

/* Customers of all sorts: mostly few purchases, some hundreds, all places of the last one, bad rows between. */
static void customers(double *x, double *t_x, double *T, size_t n) {
  uint64_t state = 20260101;
  for (size_t i = 0; i < n; i++) {
    double u = uniform(&state), v = uniform(&state);
    T[i] = 3.0 + 60.0 * uniform(&state);
    if (i % 50 == 7) T[i] *= 1e-3;
    if (i % 50 == 8) T[i] *= 1e3;
    x[i] = (double)(int)(3.0 * u * u / (1.01 - u));
    if (i % 400 == 9) x[i] = 250.0 + (double)(i / 400);
    t_x[i] = x[i] > 0.0 ? T[i] * (i % 7 ? v : (i % 14 ? 0.0 : 1.0)) : 0.0;
    if (i % 1000 == 500) T[i] = -1.0;
    if (i % 1000 == 501) x[i] += 0.5;
  }
}

static const struct {
  double delta, t;
} query[7] = {{0.0, 39.0}, {0.0, 300.0}, {0.002, 52.0}, {0.05, 260.0}, {0.2, 1000.0}, {0.01, HUGE_VAL}, {0.1, 0.0}};

/* The bits of one customer at a time, for some; then of all, in another order, in parts, with threads, and with single
 * outputs. */
#define TEST_BITS(M)                                                                                                   \
  static void test_bits_##M(void) {                                                                                    \
    double *column = (double *)malloc(10 * ROWS * sizeof(double)), *x = column, *t_x = x + ROWS, *T = t_x + ROWS;      \
    double *out[3], *other[3], *single = column + 9 * ROWS;                                                            \
    loy_##M##_options options;                                                                                         \
    size_t rows = strcmp(#M, "ggomnbd") == 0 ? FEW * 4 : ROWS;                                                         \
    for (int k = 0; k < 3; k++) {                                                                                      \
      out[k] = column + (3 + k) * ROWS;                                                                                \
      other[k] = column + (6 + k) * ROWS;                                                                              \
    }                                                                                                                  \
    loy_##M##_options_init(&options);                                                                                  \
    options.threads = 3;                                                                                               \
    customers(x, t_x, T, rows);                                                                                        \
    for (int q = 0; q < 7; q++) {                                                                                      \
      double delta = query[q].delta, t = query[q].t;                                                                   \
      loy_batch_report report;                                                                                         \
      loy_status status =                                                                                              \
          loy_##M##_predict_batch(&M, x, t_x, T, rows, delta, t, NULL, out[0], out[1], out[2], &report, NULL);         \
      CU_ASSERT(!loy_status_is_error(status));                                                                         \
      CU_ASSERT_EQUAL(report.bad, 2 * ((rows + 499) / 1000));                                                          \
      for (size_t i = 0; i < rows; i += 1 + rows / FEW) {                                                              \
        CHECK_BITS(out[0][i], loy_##M##_palive(&M, x[i], t_x[i], T[i], 0.0));                                          \
        if (t < HUGE_VAL) CHECK_BITS(out[1][i], loy_##M##_expected_purchases(&M, x[i], t_x[i], T[i], t));              \
        CHECK_BITS(out[2][i], loy_##M##_dect(&M, x[i], t_x[i], T[i], delta, t));                                       \
      }                                                                                                                \
      (void)loy_##M##_predict_batch(&M, x, t_x, T, rows, delta, t, &options, other[0], NULL, other[2], NULL, NULL);    \
      CU_ASSERT(memcmp(out[0], other[0], rows * sizeof(double)) == 0);                                                 \
      CU_ASSERT(memcmp(out[2], other[2], rows * sizeof(double)) == 0);                                                 \
      for (size_t at = 0; at < rows; at += 777)                                                                        \
        (void)loy_##M##_predict_batch(&M, x + at, t_x + at, T + at, rows - at < 777 ? rows - at : 777, delta, t, NULL, \
                                      NULL, other[1] + at, other[2] + at, NULL, NULL);                                 \
      CU_ASSERT(memcmp(out[1], other[1], rows * sizeof(double)) == 0);                                                 \
      CU_ASSERT(memcmp(out[2], other[2], rows * sizeof(double)) == 0);                                                 \
      memcpy(single, T, rows * sizeof(double));                                                                        \
      CHECK_STATUS(loy_##M##_dect_batch(&M, x, t_x, single, rows, delta, t, &options, single, NULL, NULL), LOY_OK);    \
      CU_ASSERT(memcmp(out[2], single, rows * sizeof(double)) == 0);                                                   \
      if (t == HUGE_VAL) continue;                                                                                     \
      memcpy(single, x, rows * sizeof(double));                                                                        \
      CHECK_STATUS(loy_##M##_expected_purchases_batch(&M, single, t_x, T, rows, t, &options, single, NULL, NULL),      \
                   LOY_OK);                                                                                            \
      CU_ASSERT(memcmp(out[1], single, rows * sizeof(double)) == 0);                                                   \
      memcpy(single, t_x, rows * sizeof(double));                                                                      \
      CHECK_STATUS(loy_##M##_palive_batch(&M, x, single, T, rows, 0.0, &options, single, NULL, NULL), LOY_OK);         \
      CU_ASSERT(memcmp(out[0], single, rows * sizeof(double)) == 0);                                                   \
    }                                                                                                                  \
    free(column);                                                                                                      \
  }

TEST_BITS(bgnbd)
TEST_BITS(mbgnbd)
TEST_BITS(pnbd)
TEST_BITS(nbd)
TEST_BITS(ggomnbd)

/* Without an end: closed forms, and a notice that names what makes the number infinite. */
static void test_endless(void) {
  const double x[3] = {-1, 0, 4}, t_x[3] = {0, 0, 20}, T[3] = {30, 30, 30};
  loy_bgnbd_params steady = {0.243, 4.414, 1.793, 2.426};
  loy_pnbd_params brief = {0.553, 10.578, 1.606, 11.669};
  double alive[3], expected[3], discounted[3];
  loy_error error;
  CHECK_STATUS(
      loy_bgnbd_predict_batch(&bgnbd, x, t_x, T, 3, 0.0, HUGE_VAL, NULL, alive, expected, discounted, NULL, &error),
      LOY_NOTICE_DIVERGES);
  CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "a", 1);
  CU_ASSERT(isnan(expected[0]) && expected[1] == HUGE_VAL && discounted[2] == HUGE_VAL && alive[1] == 1.0);
  CHECK_STATUS(
      loy_pnbd_predict_batch(&pnbd, x, t_x, T, 3, 0.1, HUGE_VAL, NULL, NULL, expected, discounted, NULL, &error),
      LOY_NOTICE_DIVERGES);
  CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "s", 1);
  CU_ASSERT(discounted[2] < HUGE_VAL);
  CHECK_STATUS(loy_nbd_predict_batch(&nbd, x, t_x, T, 3, 0.0, HUGE_VAL, NULL, NULL, NULL, discounted, NULL, &error),
               LOY_NOTICE_DIVERGES);
  CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "t", 1);
  CHECK_STATUS(loy_bgnbd_predict_batch(&steady, x, t_x, T, 3, 0.0, HUGE_VAL, NULL, alive, expected, NULL, NULL, NULL),
               LOY_OK);
  for (int i = 1; i < 3; i++) CHECK_CLOSE(expected[i], alive[i] * (0.793 + 2.426 + x[i]) / 0.793, 1e-14);
  CHECK_STATUS(loy_mbgnbd_predict_batch(&steady, x, t_x, T, 3, 0.0, HUGE_VAL, NULL, alive, expected, NULL, NULL, NULL),
               LOY_OK);
  for (int i = 1; i < 3; i++) CHECK_CLOSE(expected[i], alive[i] * (0.793 + 3.426 + x[i]) / 0.793, 1e-14);
  CHECK_STATUS(loy_pnbd_predict_batch(&brief, x, t_x, T, 3, 0.0, HUGE_VAL, NULL, alive, expected, NULL, NULL, NULL),
               LOY_OK);
  for (int i = 1; i < 3; i++) CHECK_CLOSE(expected[i], alive[i] * (0.553 + x[i]) / 40.578 * 41.669 / 0.606, 1e-14);
  CHECK_STATUS(
      loy_ggomnbd_predict_batch(&ggomnbd, x, t_x, T, 3, 0.0, HUGE_VAL, NULL, alive, expected, NULL, NULL, NULL),
      LOY_OK);
  /* Nobody lives a million units. */
  for (int i = 1; i < 3; i++)
    CHECK_CLOSE(expected[i], loy_ggomnbd_expected_purchases(&ggomnbd, x[i], t_x[i], T[i], 1e6), 1e-12);
}

/* Checks in their order, nothing written; then bad rows. */
#define TEST_ERRORS(M, BAD)                                                                                            \
  static void test_errors_##M(void) {                                                                                  \
    double x[5] = {2, 0, 1, 0, 3}, t_x[5] = {3, 0, 9, 0, 4}, T[5] = {5, 6, 8, 7, 9}, out[3][5] = {{-7}, {-7}, {-7}};   \
    loy_##M##_params wrong = M;                                                                                        \
    loy_##M##_options options;                                                                                         \
    loy_batch_report report;                                                                                           \
    loy_error error;                                                                                                   \
    wrong.BAD = -1.0;                                                                                                  \
    report.bad = 99;                                                                                                   \
    options.struct_size = 1;                                                                                           \
    options.threads = -1;                                                                                              \
    EXPECT(M, NULL, NULL, NULL, NULL, -1.0, -1.0, LOY_ERR_ARGUMENT, "params");                                         \
    EXPECT(M, &wrong, NULL, NULL, NULL, -1.0, -1.0, LOY_ERR_DOMAIN, #BAD);                                             \
    EXPECT(M, &M, NULL, NULL, NULL, -1.0, -1.0, LOY_ERR_ARGUMENT, "x");                                                \
    EXPECT(M, &M, x, NULL, NULL, -1.0, -1.0, LOY_ERR_ARGUMENT, "t_x");                                                 \
    EXPECT(M, &M, x, t_x, NULL, -1.0, -1.0, LOY_ERR_ARGUMENT, "T");                                                    \
    EXPECT(M, &M, x, t_x, T, -1.0, -1.0, LOY_ERR_DOMAIN, "delta");                                                     \
    EXPECT(M, &M, x, t_x, T, HUGE_VAL, -1.0, LOY_ERR_DOMAIN, "delta");                                                 \
    EXPECT(M, &M, x, t_x, T, 0.1, -1.0, LOY_ERR_DOMAIN, "t");                                                          \
    EXPECT(M, &M, x, t_x, T, 0.1, (double)NAN, LOY_ERR_DOMAIN, "t");                                                   \
    EXPECT(M, &M, x, t_x, T, 0.1, 5.0, LOY_ERR_ARGUMENT, "options");                                                   \
    options.struct_size = sizeof options;                                                                              \
    EXPECT(M, &M, x, t_x, T, 0.1, 5.0, LOY_ERR_ARGUMENT, "threads");                                                   \
    options.threads = 1;                                                                                               \
    CHECK_STATUS(                                                                                                      \
        loy_##M##_predict_batch(&M, NULL, NULL, NULL, 0, 0.1, 5.0, &options, NULL, NULL, NULL, &report, &error),       \
        LOY_OK);                                                                                                       \
    CU_ASSERT_EQUAL(report.bad, 0);                                                                                    \
    CHECK_STATUS(loy_##M##_predict_batch(&M, x, t_x, T, 5, 0.1, 5.0, NULL, NULL, NULL, NULL, &report, &error),         \
                 LOY_OK);                                                                                              \
    CU_ASSERT_EQUAL(report.bad, 1);                                                                                    \
    CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "T", 2);                                                                \
    CHECK_STATUS(loy_##M##_predict_batch(&M, x, t_x, T, 5, 0.1, 5.0, NULL, out[0], out[1], out[2], &report, &error),   \
                 LOY_OK);                                                                                              \
    for (int k = 0; k < 3; k++)                                                                                        \
      for (int i = 0; i < 5; i++) CU_ASSERT(i == 2 ? isnan(out[k][i]) : out[k][i] > 0.0);                              \
  }
#define EXPECT(M, params, x, t_x, T, delta, t, status, argument)                                                       \
  do {                                                                                                                 \
    CHECK_STATUS(                                                                                                      \
        loy_##M##_predict_batch(params, x, t_x, T, 5, delta, t, &options, out[0], out[1], out[2], &report, &error),    \
        status);                                                                                                       \
    CHECK_ERROR(&error, status, argument, LOY_NO_INDEX);                                                               \
    CU_ASSERT(out[0][0] == -7.0 && out[1][0] == -7.0 && out[2][0] == -7.0 && report.bad == 99);                        \
  } while (0)

TEST_ERRORS(bgnbd, b)
TEST_ERRORS(mbgnbd, a)
TEST_ERRORS(pnbd, s)
TEST_ERRORS(nbd, alpha)
TEST_ERRORS(ggomnbd, beta)

SUITE(btyd, predict_batch) {
  ADD(test_truths);
  ADD(test_bits_bgnbd);
  ADD(test_bits_mbgnbd);
  ADD(test_bits_pnbd);
  ADD(test_bits_nbd);
  ADD(test_bits_ggomnbd);
  ADD(test_endless);
  ADD(test_errors_bgnbd);
  ADD(test_errors_mbgnbd);
  ADD(test_errors_pnbd);
  ADD(test_errors_nbd);
  ADD(test_errors_ggomnbd);
}
