/* The holdout: measures and histogram by mpmath for two models, a true model's flat histogram, errors, memory,
 * threads. */
#include "check.h"
#include "failing_allocator.h"

#include "loyalty/btyd/holdout.h"

enum { ROWS = 6, BINS = 5 };
static const double X[ROWS] = {0, 2, 26, 1, 7, 4}, TX[ROWS] = {0, 30.5, 30.75, 0.5, 29.25, 4};
static const double T[ROWS] = {38.5, 38.75, 31, 39, 32.5, 27.25}, AHEAD[ROWS] = {39, 39, 20, 39, 39, 39};
static const double Y[ROWS] = {0, 1, 12, 0, 9, 0};

static loy_model model_of(int kind, double r, double alpha, double a, double b) {
  loy_model model;
  loy_model_init(&model, kind);
  model.parameters[0] = r;
  model.parameters[1] = alpha;
  model.parameters[2] = a;
  model.parameters[3] = b;
  return model;
}

typedef struct expected {
  double expected, bias, mean_error, mae, rmse, log_score, pit[BINS];
} expected;

static void check_measures(int kind, int64_t counts, const expected *want) {
  const loy_model model = model_of(kind, .243, 4.414, .793, 2.426);
  loy_holdout_options options;
  loy_holdout found;
  loy_error error;
  double pit[BINS];
  loy_holdout_options_init(&options);
  options.bins = BINS;
  options.counts = counts;
  CHECK_STATUS(loy_model_holdout(&model, X, TX, T, AHEAD, Y, ROWS, &options, pit, &found, &error), LOY_OK);
  CHECK_STATUS(error.status, LOY_OK);
  CHECK_BITS(found.actual, 22.0);
  CHECK_CLOSE(found.expected, want->expected, 1e-13);
  CHECK_CLOSE(found.bias, want->bias, 1e-12);
  CHECK_CLOSE(found.mean_error, want->mean_error, 1e-12);
  CHECK_CLOSE(found.mae, want->mae, 1e-13);
  CHECK_CLOSE(found.rmse, want->rmse, 1e-13);
  CHECK_CLOSE(found.log_score, want->log_score, 1e-13);
  for (int k = 0; k < BINS; k++) CHECK_CLOSE(pit[k], want->pit[k], 1e-12);
}

static void test_measures(void) {
  const expected bgnbd = {
      18.707335843499751,
      -0.14966655256819314,
      -0.54877735941670819,
      0.78627682874461624,
      1.6416455750510846,
      1.2337138735268629,
      {0.10988530925645663, 0.10988530925645663, 0.38539950450110025, 0.16770444734514634, 0.22712542964084015}};
  const expected nbd = {
      31.063099676652326,
      0.41195907621146938,
      1.5105166127753877,
      1.9597499659747159,
      2.5636414725062785,
      1.7961433086265093,
      {0.27961263495342593, 0.38837597049202483, 0.1156884629152524, 0.20567013389801216, 0.010652797741284681}};
  const expected mbgnbd = {
      19.086136525435024,
      -0.13244833975295345,
      -0.48564391242749598,
      0.78931109044532812,
      1.5725739715291603,
      1.2173801563361235,
      {0.10901522256713754, 0.10901522256713754, 0.40655366730052745, 0.1455631658697381, 0.22985272169545936}};
  /* From 5 purchases on one outcome: the histogram changes, nothing else. */
  const double bgnbd_cut[BINS] = {0.12256853761030071, 0.14838116883466228, 0.28899943683724466, 0.27364827054438261,
                                  0.16640258617340975};
  const double nbd_cut[BINS] = {0.31227681537927559, 0.29304919980357605, 0.19213154855834099, 0.11544655287443409,
                                0.087095883384373273};
  expected cut = bgnbd;
  check_measures(LOY_MODEL_BGNBD, 1000, &bgnbd);
  check_measures(LOY_MODEL_NBD, 1000, &nbd);
  check_measures(LOY_MODEL_MBGNBD, 1000, &mbgnbd);
  memcpy(cut.pit, bgnbd_cut, sizeof bgnbd_cut);
  check_measures(LOY_MODEL_BGNBD, 5, &cut);
  cut = nbd;
  memcpy(cut.pit, nbd_cut, sizeof nbd_cut);
  check_measures(LOY_MODEL_NBD, 5, &cut);
}

/* GGom/NBD with b near 0 is Pareto/NBD, which with a long life is NBD. */
static void test_other_models(void) {
  loy_model pnbd = model_of(LOY_MODEL_PNBD, .55, 10.6, .61, 11.7),
            ggom = model_of(LOY_MODEL_GGOMNBD, .55, 10.6, 1e-9, .61);
  loy_holdout one, other;
  double pit[10], pit_other[10];
  ggom.parameters[4] = 11.7e-9;
  CHECK_STATUS(loy_model_holdout(&pnbd, X, TX, T, AHEAD, Y, ROWS, NULL, pit, &one, NULL), LOY_OK);
  CHECK_STATUS(loy_model_holdout(&ggom, X, TX, T, AHEAD, Y, ROWS, NULL, pit_other, &other, NULL), LOY_OK);
  CHECK_CLOSE(other.expected, one.expected, 1e-6);
  CHECK_CLOSE(other.log_score, one.log_score, 1e-6);
  for (int k = 0; k < 10; k++) CHECK_NEAR(pit_other[k], pit[k], 1e-6);
  pnbd.parameters[2] = 1e-10;
  CHECK_STATUS(loy_model_holdout(&pnbd, X, TX, T, AHEAD, Y, ROWS, NULL, NULL, &one, NULL), LOY_OK);
  pnbd.kind = LOY_MODEL_NBD;
  CHECK_STATUS(loy_model_holdout(&pnbd, X, TX, T, AHEAD, Y, ROWS, NULL, NULL, &other, NULL), LOY_OK);
  CHECK_CLOSE(one.rmse, other.rmse, 1e-7);
}

/* Large counts: bounded work, a score that is infinite only where the probability underflows, no NaN. */
static void test_large_counts(void) {
  const loy_model model = model_of(LOY_MODEL_BGNBD, .243, 4.414, .793, 2.426);
  const double x = 5e5, t_x = 30.0, T_one = 38.0, t = 39.0, y = 4e5, none = 0.0, impossible = 1e15;
  loy_holdout found;
  double pit[10], sum = 0.0;
  CHECK_STATUS(loy_model_holdout(&model, &x, &t_x, &T_one, &t, &y, 1, NULL, pit, &found, NULL), LOY_OK);
  CU_ASSERT(found.log_score > 0.0);
  for (int k = 0; k < 10; k++) sum += pit[k];
  CHECK_CLOSE(sum, 1.0, 1e-14);
  CHECK_STATUS(loy_model_holdout(&model, &none, &none, &T_one, &t, &impossible, 1, NULL, pit, &found, NULL), LOY_OK);
  CU_ASSERT(found.log_score > 700.0);
  CHECK_BITS(pit[9], 1.0); /* beyond all that was to be expected */
  CHECK_STATUS(loy_model_holdout(&model, &none, &none, &T_one, &t, &none, 1, NULL, NULL, &found, NULL), LOY_OK);
  CU_ASSERT(isnan(found.bias));
}

/* Customers of a true model: those that a log of 39 + 39 weeks has, cut at week 39. */
enum { MANY = 4000, PURCHASES = 100000 };
static double many_x[MANY], many_t_x[MANY], many_T[MANY], many_t[MANY], many_y[MANY], log_time[PURCHASES];
static int64_t log_customer[PURCHASES];

static void draw_many(void) {
  const loy_bgnbd_params params = {.243, 4.414, .793, 2.426};
  size_t purchases = 0;
  for (int i = 0; i < MANY; i++) many_T[i] = 78.0;
  CHECK_STATUS(loy_bgnbd_simulate_log(&params, many_T, MANY, 11, log_customer, log_time, PURCHASES, &purchases, NULL),
               LOY_OK);
  for (int i = 0; i < MANY; i++) {
    many_T[i] = many_t[i] = 39.0;
    many_x[i] = many_t_x[i] = many_y[i] = 0.0;
  }
  for (size_t i = 0; i < purchases; i++) {
    const size_t who = (size_t)log_customer[i];
    if (log_time[i] > 39.0) {
      many_y[who] += 1.0;
    } else {
      many_x[who] += 1.0;
      many_t_x[who] = log_time[i];
    }
  }
}

static void test_true_model_is_flat(void) {
  loy_model model = model_of(LOY_MODEL_BGNBD, .243, 4.414, .793, 2.426);
  loy_holdout found, wrong;
  double pit[10];
  draw_many();
  CHECK_STATUS(loy_model_holdout(&model, many_x, many_t_x, many_T, many_t, many_y, MANY, NULL, pit, &found, NULL),
               LOY_OK);
  for (int k = 0; k < 10; k++) CHECK_NEAR(pit[k], 0.1, 0.019); /* four deviations of a share */
  CHECK_NEAR(found.bias, 0.0, 0.1);
  CHECK_CLOSE(found.mean_error, (found.expected - found.actual) / (double)MANY, 1e-12);
  CU_ASSERT(found.mae <= found.rmse);
  model.kind = LOY_MODEL_NBD; /* nobody stops: too many are predicted */
  CHECK_STATUS(loy_model_holdout(&model, many_x, many_t_x, many_T, many_t, many_y, MANY, NULL, pit, &wrong, NULL),
               LOY_OK);
  CU_ASSERT(wrong.log_score > found.log_score);
  CU_ASSERT(wrong.bias > 0.2);
  CU_ASSERT(pit[9] < 0.09);
}

static void test_threads_and_memory(void) {
  const loy_model model = model_of(LOY_MODEL_PNBD, .55, 10.6, .61, 11.7);
  loy_holdout_options options;
  loy_holdout one, found;
  failing_allocator memory;
  double pit[10], pit_one[10];
  draw_many();
  loy_holdout_options_init(&options);
  CHECK_STATUS(loy_model_holdout(&model, many_x, many_t_x, many_T, many_t, many_y, 1000, &options, pit_one, &one, NULL),
               LOY_OK);
  FOR_EACH_FAILURE(memory) {
    loy_status status;
    options.threads = 3;
    options.allocator = &memory.allocator;
    found.actual = -1.0;
    pit[0] = -1.0;
    status = loy_model_holdout(&model, many_x, many_t_x, many_T, many_t, many_y, 1000, &options, pit, &found, NULL);
    if (memory.failed) {
      CHECK_STATUS(status, LOY_ERR_MEMORY);
      CHECK_BITS(found.actual, -1.0);
      CHECK_BITS(pit[0], -1.0);
    } else {
      CHECK_STATUS(status, LOY_OK);
      CHECK_BITS(found.log_score, one.log_score);
      CHECK_BITS(found.rmse, one.rmse);
      for (int k = 0; k < 10; k++) CHECK_BITS(pit[k], pit_one[k]);
    }
    CU_ASSERT_EQUAL(memory.held, 0);
  }
}

static void test_errors(void) {
  loy_model model = model_of(99, 0.0, 4.414, .793, 2.426);
  loy_holdout_options options;
  loy_holdout found;
  loy_error e;
  double x[ROWS], t_x[ROWS], T_bad[ROWS], ahead[ROWS], y[ROWS], pit[100];
  loy_holdout_options_init(NULL);
  loy_holdout_options_init(&options);
  options.struct_size = 8;
  options.threads = -1;
  options.bins = 1;
  options.counts = 0;
  memcpy(x, X, sizeof x);
  memcpy(t_x, TX, sizeof t_x);
  memcpy(T_bad, T, sizeof T_bad);
  memcpy(ahead, AHEAD, sizeof ahead);
  memcpy(y, Y, sizeof y);
  x[3] = 1.5;
  t_x[3] = -1.0;
  T_bad[3] = 0.25;
  ahead[3] = 0.0;
  y[3] = -1.0;
  found.actual = -3.0;
  pit[0] = -4.0;
#define BAD(MODEL, X, TX, T, AHEAD, Y, OPTIONS, RESULT, STATUS, ARGUMENT, INDEX)                                       \
  CHECK_STATUS(loy_model_holdout(MODEL, X, TX, T, AHEAD, Y, ROWS, OPTIONS, pit, RESULT, &e), STATUS);                  \
  CHECK_ERROR(&e, STATUS, ARGUMENT, INDEX)
  BAD(NULL, NULL, NULL, NULL, NULL, NULL, &options, NULL, LOY_ERR_ARGUMENT, "model", LOY_NO_INDEX);
  BAD(&model, NULL, NULL, NULL, NULL, NULL, &options, NULL, LOY_ERR_ARGUMENT, "kind", LOY_NO_INDEX);
  model.kind = LOY_MODEL_GAMMA_GAMMA;
  BAD(&model, NULL, NULL, NULL, NULL, NULL, &options, NULL, LOY_ERR_ARGUMENT, "kind", LOY_NO_INDEX);
  model.kind = LOY_MODEL_BGNBD;
  BAD(&model, NULL, NULL, NULL, NULL, NULL, &options, NULL, LOY_ERR_DOMAIN, "r", LOY_NO_INDEX);
  model.parameters[0] = .243;
  BAD(&model, NULL, NULL, NULL, NULL, NULL, &options, NULL, LOY_ERR_ARGUMENT, "x", LOY_NO_INDEX);
  BAD(&model, x, NULL, NULL, NULL, NULL, &options, NULL, LOY_ERR_ARGUMENT, "t_x", LOY_NO_INDEX);
  BAD(&model, x, t_x, NULL, NULL, NULL, &options, NULL, LOY_ERR_ARGUMENT, "T", LOY_NO_INDEX);
  BAD(&model, x, t_x, T_bad, NULL, NULL, &options, NULL, LOY_ERR_ARGUMENT, "future_t", LOY_NO_INDEX);
  BAD(&model, x, t_x, T_bad, ahead, NULL, &options, NULL, LOY_ERR_ARGUMENT, "y", LOY_NO_INDEX);
  BAD(&model, x, t_x, T_bad, ahead, y, &options, NULL, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX);
  options.struct_size = sizeof options;
  BAD(&model, x, t_x, T_bad, ahead, y, &options, NULL, LOY_ERR_ARGUMENT, "threads", LOY_NO_INDEX);
  options.threads = 0;
  BAD(&model, x, t_x, T_bad, ahead, y, &options, NULL, LOY_ERR_DOMAIN, "bins", LOY_NO_INDEX);
  options.bins = 101;
  BAD(&model, x, t_x, T_bad, ahead, y, &options, NULL, LOY_ERR_DOMAIN, "bins", LOY_NO_INDEX);
  options.bins = 100;
  BAD(&model, x, t_x, T_bad, ahead, y, &options, NULL, LOY_ERR_DOMAIN, "counts", LOY_NO_INDEX);
  options.counts = LOY_HOLDOUT_COUNT_MOST + 1;
  BAD(&model, x, t_x, T_bad, ahead, y, &options, NULL, LOY_ERR_DOMAIN, "counts", LOY_NO_INDEX);
  options.counts = LOY_HOLDOUT_COUNT_MOST;
  BAD(&model, x, t_x, T_bad, ahead, y, &options, NULL, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  BAD(&model, x, t_x, T_bad, ahead, y, &options, &found, LOY_ERR_DOMAIN, "x", 3);
  x[3] = 1.0;
  BAD(&model, x, t_x, T_bad, ahead, y, &options, &found, LOY_ERR_DOMAIN, "t_x", 3);
  t_x[3] = 0.5;
  BAD(&model, x, t_x, T_bad, ahead, y, &options, &found, LOY_ERR_DOMAIN, "T", 3);
  T_bad[3] = 39.0;
  BAD(&model, x, t_x, T_bad, ahead, y, &options, &found, LOY_ERR_DOMAIN, "future_t", 3);
  ahead[3] = 39.0;
  BAD(&model, x, t_x, T_bad, ahead, y, &options, &found, LOY_ERR_DOMAIN, "y", 3);
  y[3] = 0.0;
#undef BAD
  CHECK_STATUS(loy_model_holdout(&model, NULL, NULL, NULL, NULL, NULL, 0, NULL, pit, &found, &e), LOY_ERR_TOO_FEW);
  CHECK_ERROR(&e, LOY_ERR_TOO_FEW, "x", LOY_NO_INDEX);
  CHECK_BITS(found.actual, -3.0);
  CHECK_BITS(pit[0], -4.0);
  CHECK_STATUS(loy_model_holdout(&model, x, t_x, T_bad, ahead, y, ROWS, &options, pit, &found, &e), LOY_OK);
}

SUITE(btyd, holdout) {
  ADD(test_measures);
  ADD(test_other_models);
  ADD(test_large_counts);
  ADD(test_true_model_is_flat);
  ADD(test_threads_and_memory);
  ADD(test_errors);
}
