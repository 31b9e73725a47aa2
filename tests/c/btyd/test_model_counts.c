/* Observed against expected numbers of customers by purchases: the numbers by mpmath, Pearson's statistic where all
 * have the same T, its law under a true model, errors, memory, threads. */
#include "check.h"
#include "failing_allocator.h"

#include "loyalty/btyd/bgnbd_simulate.h"
#include "loyalty/btyd/model_counts.h"
#include "loyalty/btyd/nbd.h"
#include "loyalty/btyd/pnbd_simulate.h"

enum { ROWS = 10, BARS = 6, MANY = 2000 };
static const double X[ROWS] = {0, 2, 26, 1, 7, 4, 0, 0, 1, 3};
static const double T[ROWS] = {38.5, 38.75, 31, 39, 32.5, 27.25, 27.25, 27.25, 10.5, 10.5};
static const double W[ROWS] = {3, 1, 2, 1.5, 1, 1, 7, 1, 2, .5};
static double many_x[MANY], many_t_x[MANY], many_T[MANY];

static loy_model model_of(int kind, double first, double second, double third, double fourth) {
  loy_model model;
  loy_model_init(&model, kind);
  model.parameters[0] = first;
  model.parameters[1] = second;
  model.parameters[2] = third;
  model.parameters[3] = fourth;
  return model;
}

static void test_nbd_by_mpmath(void) {
  static const double want_observed[5] = {11, 3.5, 1, .5, 4};
  static const double want_expected[5] = {12.670669582445097, 3.313683258489291, 1.5897912402528999,
                                          0.88837547291193495, 1.5374804459007771};
  const loy_model model = model_of(LOY_MODEL_NBD, .385, 12.07, 0.0, 0.0);
  loy_counts_options options;
  loy_counts_test test;
  loy_error error;
  double observed[5], expected[5];
  loy_counts_options_init(&options);
  options.least = 1e-3;
  CHECK_STATUS(loy_model_counts(&model, X, T, W, ROWS, 5, &options, observed, expected, &test, &error), LOY_OK);
  CHECK_STATUS(error.status, LOY_OK);
  for (int j = 0; j < 5; j++) {
    CHECK_BITS(observed[j], want_observed[j]);
    CHECK_CLOSE(expected[j], want_expected[j], 1e-14);
  }
  CU_ASSERT_EQUAL(test.df, 4);
  CHECK_CLOSE(test.statistic, 4.6107516149593766, 1e-12);
  CHECK_CLOSE(test.p_value, 0.32961643066459979, 1e-12);
  CHECK_CLOSE(test.p_least, 0.099721317593816539, 1e-12);
  options.fixed = 2; /* given parameters: nothing to allow for */
  CHECK_STATUS(loy_model_counts(&model, X, T, W, ROWS, 5, &options, observed, expected, &test, NULL), LOY_OK);
  CHECK_BITS(test.p_least, test.p_value);
}

static void test_bgnbd_by_mpmath(void) {
  static const double want[BARS] = {12.399566418996201,  3.8001415075601689,  1.5447449813897318,
                                    0.79426875895330128, 0.46133918598491158, 0.9999391471156852};
  const loy_model model = model_of(LOY_MODEL_BGNBD, .243, 4.414, .793, 2.426);
  loy_counts_options options;
  loy_counts_test test;
  double observed[BARS], expected[BARS];
  loy_counts_options_init(NULL);
  loy_counts_options_init(&options);
  options.least = 1e-3;
  CHECK_STATUS(loy_model_counts(&model, X, T, W, ROWS, BARS, &options, observed, expected, &test, NULL), LOY_OK);
  for (int j = 0; j < BARS; j++) CHECK_CLOSE(expected[j], want[j], 1e-13);
  CHECK_BITS(observed[BARS - 1], 3.0);
  CHECK_CLOSE(test.statistic, 5.1404669992172417, 1e-12);
  CHECK_CLOSE(test.p_value, 0.39897920706606996, 1e-12);
  CHECK_CLOSE(test.p_least, 0.023374359685433977, 1e-12);
  options.least = 2.5; /* fewer cells; the histogram stays */
  CHECK_STATUS(loy_model_counts(&model, X, T, W, ROWS, BARS, &options, observed, expected, &test, NULL), LOY_OK);
  CHECK_CLOSE(expected[4], want[4], 1e-13);
  CU_ASSERT_EQUAL(test.df, 2);
  CHECK_CLOSE(test.statistic, 0.95155943602444624, 1e-12);
  CHECK_CLOSE(test.p_value, 0.62140035047651367, 1e-12);
  CHECK_BITS(test.p_least, 0.0); /* more parameters than cells */
}

/* With one T for all the statistic is Pearson's. */
static void test_pearson(void) {
  const loy_nbd_params params = {.7, 8.0};
  const loy_model model = model_of(LOY_MODEL_NBD, .7, 8.0, 0.0, 0.0);
  loy_counts_options options;
  loy_counts_test test;
  double observed[BARS], expected[BARS], length[ROWS], pearson = 0.0, rest = 1.0;
  loy_counts_options_init(&options);
  options.least = 0.1;
  for (int i = 0; i < ROWS; i++) length[i] = 12.0;
  CHECK_STATUS(loy_model_counts(&model, X, length, NULL, ROWS, BARS, &options, observed, expected, &test, NULL),
               LOY_OK);
  for (int j = 0; j < BARS; j++) {
    const double p = j < BARS - 1 ? loy_nbd_pmf(&params, j, 12.0) : rest, e = (double)ROWS * p;
    rest -= p;
    CHECK_CLOSE(expected[j], e, 1e-13);
    pearson += (observed[j] - e) * (observed[j] - e) / e;
  }
  CHECK_CLOSE(test.statistic, pearson, 1e-12);
}

/* Under a true model with its parameters p is uniform: of 160 samples below .05 and below .5, within four deviations.
 */
static void test_law(void) {
  const loy_pnbd_params params = {.55, 10.6, .61, 11.7};
  const loy_model model = model_of(LOY_MODEL_PNBD, .55, 10.6, .61, 11.7);
  loy_counts_options options;
  int below_5 = 0, below_50 = 0;
  loy_counts_options_init(&options);
  options.fixed = 4;
  for (int i = 0; i < 300; i++) many_T[i] = 27.0 + (double)(i % 4) * 4.0;
  for (uint64_t seed = 0; seed < 160; seed++) {
    loy_counts_test test;
    double observed[8], expected[8];
    CHECK_STATUS(loy_pnbd_simulate(&params, many_T, 300, seed, NULL, many_x, many_t_x, NULL, NULL), LOY_OK);
    CHECK_STATUS(loy_model_counts(&model, many_x, many_T, NULL, 300, 8, &options, observed, expected, &test, NULL),
                 LOY_OK);
    below_5 += test.p_value < .05;
    below_50 += test.p_value < .5;
  }
  CHECK_NEAR(below_5, 8.0, 11.0);
  CHECK_NEAR(below_50, 80.0, 25.0);
}

static void test_threads_and_memory(void) {
  const loy_bgnbd_params params = {.7, 4.4, .8, 2.4};
  const loy_model model = model_of(LOY_MODEL_BGNBD, .7, 4.4, .8, 2.4);
  loy_counts_options options;
  loy_counts_test one, test;
  failing_allocator memory;
  double observed[BARS], expected[BARS], first[BARS];
  for (int i = 0; i < MANY; i++) many_T[i] = 20.0 + (double)(i % 23);
  CHECK_STATUS(loy_bgnbd_simulate(&params, many_T, MANY, 3, NULL, many_x, many_t_x, NULL, NULL), LOY_OK);
  CHECK_STATUS(loy_model_counts(&model, many_x, many_T, NULL, MANY, BARS, NULL, observed, first, &one, NULL), LOY_OK);
  loy_counts_options_init(&options);
  FOR_EACH_FAILURE(memory) {
    loy_status status;
    options.threads = 3;
    options.allocator = &memory.allocator;
    test.df = 99;
    expected[0] = -1.0;
    status = loy_model_counts(&model, many_x, many_T, NULL, MANY, BARS, &options, observed, expected, &test, NULL);
    CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
    CU_ASSERT_EQUAL(test.df == 99 && expected[0] == -1.0, memory.failed);
    CU_ASSERT_EQUAL(memory.held, 0);
  }
  CHECK_BITS(test.statistic, one.statistic);
  for (int j = 0; j < BARS; j++) CHECK_BITS(expected[j], first[j]);
}

static void test_errors(void) {
  loy_model model = model_of(99, 0.0, 12.0, 0.0, 0.0);
  loy_counts_options options;
  loy_counts_test test;
  loy_error e;
  double x[ROWS], length[ROWS], w[ROWS], observed[LOY_COUNTS_MOST], expected[LOY_COUNTS_MOST];
  size_t bars = 1, n = ROWS;
  memcpy(x, X, sizeof x);
  memcpy(length, T, sizeof length);
  memcpy(w, W, sizeof w);
  w[6] = 0.0;
  length[5] = -1.0;
  x[4] = 0.5;
  loy_counts_options_init(&options);
  options.struct_size = 8;
  options.threads = -1;
  options.fixed = 3;
  options.least = 0.0;
  test.df = 99;
  observed[0] = expected[0] = -1.0;
#define BAD(MODEL, X, T, OBSERVED, EXPECTED, TEST, STATUS, ARGUMENT, INDEX)                                            \
  CHECK_STATUS(loy_model_counts(MODEL, X, T, w, n, bars, &options, OBSERVED, EXPECTED, TEST, &e), STATUS);             \
  CHECK_ERROR(&e, STATUS, ARGUMENT, INDEX)
  BAD(NULL, NULL, NULL, NULL, NULL, NULL, LOY_ERR_ARGUMENT, "model", LOY_NO_INDEX);
  BAD(&model, NULL, NULL, NULL, NULL, NULL, LOY_ERR_ARGUMENT, "kind", LOY_NO_INDEX);
  model.kind = LOY_MODEL_GAMMA_GAMMA;
  BAD(&model, NULL, NULL, NULL, NULL, NULL, LOY_ERR_ARGUMENT, "kind", LOY_NO_INDEX);
  model.kind = LOY_MODEL_NBD;
  BAD(&model, NULL, NULL, NULL, NULL, NULL, LOY_ERR_DOMAIN, "r", LOY_NO_INDEX);
  model.parameters[0] = .385;
  BAD(&model, NULL, NULL, NULL, NULL, NULL, LOY_ERR_ARGUMENT, "x", LOY_NO_INDEX);
  BAD(&model, x, NULL, NULL, NULL, NULL, LOY_ERR_ARGUMENT, "T", LOY_NO_INDEX);
  BAD(&model, x, length, NULL, NULL, NULL, LOY_ERR_DOMAIN, "bars", LOY_NO_INDEX);
  bars = LOY_COUNTS_MOST + 1;
  BAD(&model, x, length, NULL, NULL, NULL, LOY_ERR_DOMAIN, "bars", LOY_NO_INDEX);
  bars = LOY_COUNTS_MOST;
  BAD(&model, x, length, NULL, NULL, NULL, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX);
  options.struct_size = sizeof options;
  BAD(&model, x, length, NULL, NULL, NULL, LOY_ERR_ARGUMENT, "threads", LOY_NO_INDEX);
  options.threads = 0;
  BAD(&model, x, length, NULL, NULL, NULL, LOY_ERR_ARGUMENT, "fixed", LOY_NO_INDEX);
  options.fixed = 2;
  BAD(&model, x, length, NULL, NULL, NULL, LOY_ERR_DOMAIN, "least", LOY_NO_INDEX);
  options.least = 100.0;
  BAD(&model, x, length, NULL, NULL, NULL, LOY_ERR_ARGUMENT, "observed", LOY_NO_INDEX);
  BAD(&model, x, length, observed, NULL, NULL, LOY_ERR_ARGUMENT, "expected", LOY_NO_INDEX);
  BAD(&model, x, length, observed, expected, NULL, LOY_ERR_ARGUMENT, "test", LOY_NO_INDEX);
  BAD(&model, x, length, observed, expected, &test, LOY_ERR_DOMAIN, "x", 4);
  x[4] = 7.0;
  BAD(&model, x, length, observed, expected, &test, LOY_ERR_DOMAIN, "T", 5);
  length[5] = 27.25;
  BAD(&model, x, length, observed, expected, &test, LOY_ERR_DOMAIN, "weight", 6);
  w[6] = 1.0;
  n = 0;
  BAD(&model, x, length, observed, expected, &test, LOY_ERR_TOO_FEW, "x", LOY_NO_INDEX);
  n = ROWS;
  BAD(&model, x, length, observed, expected, &test, LOY_ERR_TOO_FEW, "x", LOY_NO_INDEX);
  options.least = 1e-40;
  model.parameters[1] = 1e40; /* nobody can buy, but somebody did */
  BAD(&model, x, length, observed, expected, &test, LOY_ERR_SINGULAR, "bars", LOY_NO_INDEX);
#undef BAD
  CU_ASSERT_EQUAL(test.df, 99);
  CHECK_BITS(observed[0], -1.0);
  CHECK_BITS(expected[0], -1.0);
}

SUITE(btyd, model_counts) {
  ADD(test_nbd_by_mpmath);
  ADD(test_bgnbd_by_mpmath);
  ADD(test_pearson);
  ADD(test_law);
  ADD(test_threads_and_memory);
  ADD(test_errors);
}
