/* The bootstrap: what a replication is, its summary by a second computation, standard errors against those of the fit,
 * threads, failures, errors, memory. */
#include "check.h"
#include "failing_allocator.h"

#include "loyalty/btyd/bootstrap.h"
#include "loyalty/math/random.h"

enum { N = 1500, MOST_DRAWS = 400 };
static double T[N], draws[MOST_DRAWS * 5], again[MOST_DRAWS * 5];
static loy_status statuses[MOST_DRAWS], statuses_again[MOST_DRAWS];

static loy_model model_of(int kind, double first, double second, double third, double fourth) {
  loy_model model;
  loy_model_init(&model, kind);
  model.parameters[0] = first;
  model.parameters[1] = second;
  model.parameters[2] = third;
  model.parameters[3] = fourth;
  for (int i = 0; i < N; i++) T[i] = 27.0 + (double)(i % 85) / 7.0;
  return model;
}

static loy_bootstrap_options options_of(int64_t replications, uint64_t seed) {
  loy_bootstrap_options options;
  loy_bootstrap_options_init(&options);
  options.replications = replications;
  options.seed = seed;
  return options;
}

/* The x-th smallest of the column's numbers for replications that count, x not whole. */
static double at_rank(size_t n, size_t k, size_t j, double rank) {
  double below = -HUGE_VAL, above = HUGE_VAL;
  for (size_t i = 0; i < n; i++) {
    size_t less = 0, equal = 0;
    for (size_t m = 0; m < n; m++) {
      less += draws[m * k + j] < draws[i * k + j];
      equal += draws[m * k + j] == draws[i * k + j];
    }
    if ((double)less < floor(rank) && floor(rank) <= (double)(less + equal)) below = draws[i * k + j];
    if ((double)less < ceil(rank) && ceil(rank) <= (double)(less + equal)) above = draws[i * k + j];
  }
  return below + (rank - floor(rank)) * (above - below);
}

static void test_summary(void) {
  const loy_model model = model_of(LOY_MODEL_NBD, .55, 8.0, 0.0, 0.0);
  const loy_nbd_params params = {.55, 8.0};
  loy_bootstrap_options options = options_of(200, 3);
  loy_bootstrap_result found;
  loy_nbd_fit_result fit;
  static double x[N], t_x[N];
  loy_error error;
  options.level = 0.9;
  CHECK_STATUS(loy_model_bootstrap(&model, T, N, &options, draws, statuses, &found, &error), LOY_OK);
  CHECK_STATUS(error.status, LOY_OK);
  CHECK_STATUS(found.status, LOY_OK);
  CU_ASSERT_EQUAL(found.used, 200);
  CU_ASSERT_EQUAL(found.failed + found.not_converged + found.at_bound, 0);
  CHECK_STATUS(loy_nbd_simulate(&params, T, N, 99, NULL, x, t_x, NULL, NULL), LOY_OK);
  CHECK_STATUS(loy_nbd_fit(x, t_x, T, NULL, N, NULL, &fit, NULL), LOY_OK);
  for (size_t j = 0; j < 2; j++) {
    double mean = 0.0, square = 0.0;
    for (size_t i = 0; i < 200; i++) mean += draws[2 * i + j] / 200.0;
    for (size_t i = 0; i < 200; i++) square += (draws[2 * i + j] - mean) * (draws[2 * i + j] - mean);
    CHECK_CLOSE(found.bias[j], mean - model.parameters[j], 1e-9);
    CHECK_CLOSE(found.std_error[j], sqrt(square / 199.0), 1e-12);
    CHECK_CLOSE(found.lower[j], at_rank(200, 2, j, 201.0 * 0.05), 1e-12);
    CHECK_CLOSE(found.upper[j], at_rank(200, 2, j, 201.0 * 0.95), 1e-12);
    /* By the observed information of other customers: a standard deviation of 200 is known to 5 %. */
    CHECK_CLOSE(found.std_error[j], fit.std_error[j], 0.2);
    CU_ASSERT(fabs(found.bias[j]) < 0.3 * found.std_error[j]);
  }
  for (size_t j = 2; j < LOY_MODEL_PARAMETERS_MOST; j++)
    CU_ASSERT(isnan(found.std_error[j]) && isnan(found.bias[j]) && isnan(found.lower[j]) && isnan(found.upper[j]));
}

#if LOY_TEST_INTERNALS
/* A replication is a simulation and a fit, whatever else is in the call. */
static void check_replication(double penalty) {
  const loy_model model = model_of(LOY_MODEL_BGNBD, .243, 4.414, .793, 2.426);
  const loy_bgnbd_params params = {.243, 4.414, .793, 2.426};
  loy_bootstrap_options options = options_of(60, 7);
  loy_bootstrap_result found;
  loy_bgnbd_fit_options fit_options;
  static double x[N], t_x[N];
  loy_bgnbd_fit_options_init(&fit_options);
  fit_options.start = params;
  fit_options.penalty = options.penalty = penalty;
  CHECK_STATUS(loy_model_bootstrap(&model, T, N, &options, draws, statuses, &found, NULL), LOY_OK);
  for (size_t i = 0; i < 60; i += 29) {
    loy_bgnbd_fit_result fit;
    loyi_rng rng;
    loyi_rng_seed_stream(&rng, 7, i);
    CHECK_STATUS(loy_bgnbd_simulate(&params, T, N, loyi_rng_next(&rng), NULL, x, t_x, NULL, NULL), LOY_OK);
    CHECK_STATUS(loy_bgnbd_fit(x, t_x, T, NULL, N, &fit_options, &fit, NULL), statuses[i]);
    CHECK_BITS(draws[4 * i], fit.params.r);
    CHECK_BITS(draws[4 * i + 1], fit.params.alpha);
    CHECK_BITS(draws[4 * i + 2], fit.params.a);
    CHECK_BITS(draws[4 * i + 3], fit.params.b);
  }
}

static void test_replication(void) {
  check_replication(0.0);
  check_replication(0.01);
}
#endif

/* The same bits for any number of threads; fewer replications are the first of them. */
static void check_threads(const loy_model *model, const double *given, size_t n, int64_t replications) {
  const size_t k = loy_model_parameter_count(model->kind);
  loy_bootstrap_options options = options_of(replications, 5);
  loy_bootstrap_result one, many;
  options.level = 0.5;
  CU_ASSERT_FALSE(loy_status_is_error(loy_model_bootstrap(model, given, n, &options, draws, statuses, &one, NULL)));
  for (int threads = 2; threads < 100; threads *= 6) {
    options.threads = threads;
    CHECK_STATUS(loy_model_bootstrap(model, given, n, &options, again, statuses_again, &many, NULL), one.status);
    for (size_t i = 0; i < k * (size_t)replications; i++)
      if (!isnan(draws[i]) || !isnan(again[i])) CHECK_BITS(again[i], draws[i]);
    for (size_t i = 0; i < (size_t)replications; i++) CHECK_STATUS(statuses_again[i], statuses[i]);
    CU_ASSERT_EQUAL(many.used, one.used);
    if (one.used > 1) CHECK_BITS(many.std_error[0], one.std_error[0]);
  }
  options.replications = replications / 2;
  CU_ASSERT_FALSE(loy_status_is_error(loy_model_bootstrap(model, given, n, &options, again, NULL, &many, NULL)));
  for (size_t i = 0; i < k * (size_t)options.replications; i++)
    if (!isnan(draws[i]) || !isnan(again[i])) CHECK_BITS(again[i], draws[i]);
}

static void test_threads(void) {
  static double x[N];
  loy_model model = model_of(LOY_MODEL_MBGNBD, .525, 6.183, .891, 1.614);
  check_threads(&model, T, 400, 14);
  model = model_of(LOY_MODEL_PNBD, .55, 10.6, .61, 11.7);
  check_threads(&model, T, 300, 8);
  model = model_of(LOY_MODEL_GAMMA_GAMMA, 6.25, 3.74, 15.44, 0.0);
  for (int i = 0; i < N; i++) x[i] = i % 5;
  check_threads(&model, x, N, 14);
  /* Counts of very different size: a fit may take far more memory than the first one did. */
  model = model_of(LOY_MODEL_NBD, .02, .001, 0.0, 0.0);
  check_threads(&model, T, 15, 60);
}

static void test_ggom(void) {
  loy_model model = model_of(LOY_MODEL_GGOMNBD, .55, 10.6, .05, .6);
  loy_bootstrap_options options = options_of(3, 1);
  loy_bootstrap_result found;
  model.parameters[4] = .5;
  options.level = 0.5;
  CU_ASSERT_FALSE(loy_status_is_error(loy_model_bootstrap(&model, T, 300, &options, draws, statuses, &found, NULL)));
  CU_ASSERT_EQUAL(found.failed, 0);
  for (int i = 0; i < 15; i++) CU_ASSERT(draws[i] > 0.0);
}

/* Few customers who hardly ever buy: some draws have no repeat purchase, and are counted, not hidden. */
static void test_failures(void) {
  const loy_model model = model_of(LOY_MODEL_BGNBD, .1, 100.0, .8, 2.4);
  loy_bootstrap_options options = options_of(200, 2);
  loy_bootstrap_result found;
  loy_error error;
  size_t failed = 0, at_bound = 0, not_converged = 0, used = 0;
  double sum = 0.0;
  CHECK_STATUS(loy_model_bootstrap(&model, T, 40, &options, draws, statuses, &found, &error), LOY_NOTICE_NOT_CONVERGED);
  CHECK_ERROR(&error, LOY_NOTICE_NOT_CONVERGED, NULL, LOY_NO_INDEX);
  CHECK_STATUS(found.status, LOY_NOTICE_NOT_CONVERGED);
  for (int i = 0; i < 200; i++) {
    failed += statuses[i] == LOY_ERR_TOO_FEW;
    at_bound += statuses[i] == LOY_NOTICE_AT_BOUND;
    not_converged += statuses[i] == LOY_NOTICE_NOT_CONVERGED;
    CU_ASSERT_EQUAL(statuses[i] == LOY_ERR_TOO_FEW, isnan(draws[4 * i]) != 0);
    if (statuses[i] == LOY_ERR_TOO_FEW || statuses[i] == LOY_NOTICE_NOT_CONVERGED) continue;
    used++;
    sum += draws[4 * i];
  }
  CU_ASSERT(failed > 10 && at_bound > 10);
  CU_ASSERT_EQUAL(found.failed, failed);
  CU_ASSERT_EQUAL(found.at_bound, at_bound);
  CU_ASSERT_EQUAL(found.not_converged, not_converged);
  CU_ASSERT_EQUAL(found.used, used);
  CHECK_CLOSE(found.bias[0], sum / (double)used - .1, 1e-10);
  /* Nobody buys: nothing is used, and nothing is made up. */
  options.replications = 3;
  options.level = 0.1;
  for (int i = 0; i < N; i++) T[i] = 1e-20;
  CHECK_STATUS(loy_model_bootstrap(&model, T, 4, &options, NULL, NULL, &found, NULL), LOY_NOTICE_NOT_CONVERGED);
  CU_ASSERT_EQUAL(found.failed, 3);
  CU_ASSERT(isnan(found.std_error[0]) && isnan(found.bias[0]) && isnan(found.lower[0]));
}

/* Customers who are alike: r and alpha run to their bound. */
static void test_at_bound(void) {
  const loy_model model = model_of(LOY_MODEL_NBD, 9e4, 3e5, 0.0, 0.0);
  loy_bootstrap_options options = options_of(39, 2);
  loy_bootstrap_result found;
  loy_error error;
  CHECK_STATUS(loy_model_bootstrap(&model, T, 200, &options, NULL, NULL, &found, &error), LOY_NOTICE_AT_BOUND);
  CHECK_ERROR(&error, LOY_NOTICE_AT_BOUND, NULL, LOY_NO_INDEX);
  CU_ASSERT(found.at_bound > 5);
  CU_ASSERT_EQUAL(found.used, 39);
  CU_ASSERT(found.lower[0] < found.upper[0]);
}

/* A watch that is told what it should be, and stops. */
typedef struct bootstrap_watch {
  int64_t done, of, stop;
  double used;
} bootstrap_watch;

static int watch_report(void *ctx, int64_t done, int64_t of, double value) {
  bootstrap_watch *self = (bootstrap_watch *)ctx;
  CU_ASSERT(done > self->done && done <= of);
  CU_ASSERT(value >= self->used && value <= (double)done);
  self->done = done;
  self->of = of;
  self->used = value;
  return done < self->stop;
}

/* The penalty of the model, unless the options give another. */
static void test_penalty(void) {
  enum { R = 39 };
  static double plain[4 * R], told[4 * R], kept[4 * R];
  loy_model model = model_of(LOY_MODEL_BGNBD, .243, 4.414, .793, 2.426);
  loy_bootstrap_options options = options_of(R, 2);
  loy_bootstrap_result found;
  CU_ASSERT_FALSE(loy_status_is_error(loy_model_bootstrap(&model, T, 200, &options, plain, statuses, &found, NULL)));
  options.penalty = 0.1;
  CU_ASSERT_FALSE(loy_status_is_error(loy_model_bootstrap(&model, T, 200, &options, told, statuses, &found, NULL)));
  options.penalty = 0.0;
  model.penalty = 0.1;
  CU_ASSERT_FALSE(loy_status_is_error(loy_model_bootstrap(&model, T, 200, &options, kept, statuses, &found, NULL)));
  CU_ASSERT_EQUAL(memcmp(told, kept, sizeof told), 0);
  CU_ASSERT(plain[3] > kept[3]);
}

static void test_progress(void) {
  const loy_model model = model_of(LOY_MODEL_BGNBD, .243, 4.414, .793, 2.426);
  for (int threads = 1; threads < 4; threads++)
    for (int64_t stop = 1; stop < 42; stop += 20) {
      bootstrap_watch watch = {0, 0, stop, 0.0};
      const loy_progress progress = {watch_report, &watch};
      loy_bootstrap_options options = options_of(39, 2);
      loy_bootstrap_result found;
      loy_error error;
      loy_status status;
      failing_allocator memory;
      options.threads = threads;
      options.progress = &progress;
      failing_start(&memory, 0);
      options.allocator = &memory.allocator;
      found.used = 12345;
      draws[0] = -6.0;
      status = loy_model_bootstrap(&model, T, 200, &options, draws, NULL, &found, &error);
      CU_ASSERT_EQUAL(memory.held, 0);
      CU_ASSERT_EQUAL(watch.of, 39);
      if (stop > 39) {
        CU_ASSERT_FALSE(loy_status_is_error(status));
        CU_ASSERT_EQUAL(watch.done, 39);
        CU_ASSERT_EQUAL((size_t)watch.used, found.used);
      } else {
        CHECK_STATUS(status, LOY_ERR_CANCELED);
        CHECK_ERROR(&error, LOY_ERR_CANCELED, NULL, LOY_NO_INDEX);
        CU_ASSERT(watch.done >= stop && watch.done < stop + 4 * threads);
        CU_ASSERT_EQUAL(found.used, 12345);
        CHECK_BITS(draws[0], -6.0);
      }
    }
}

static void test_errors(void) {
  loy_model model = model_of(77, 0.0, 4.414, .793, 2.426);
  loy_bootstrap_options options = options_of(1, 0);
  loy_bootstrap_result found;
  loy_error e;
  const loy_progress mute = {NULL, NULL};
  const double bad_T[3] = {5.0, -1.0, NAN}, bad_x[3] = {1.0, 2.0, 0.5};
  memset(&found, 0, sizeof found);
  found.used = 12345;
  draws[0] = -6.0;
  loy_bootstrap_options_init(NULL);
  options.struct_size = 4;
  options.threads = -1;
  options.most_evaluations = -1;
  options.penalty = -1.0;
  options.level = 1.0;
#define BAD(MODEL, GIVEN, N, RESULT, STATUS, ARGUMENT, INDEX)                                                          \
  CHECK_STATUS(loy_model_bootstrap(MODEL, GIVEN, N, &options, draws, statuses, RESULT, &e), STATUS);                   \
  CHECK_ERROR(&e, STATUS, ARGUMENT, INDEX)
  BAD(NULL, NULL, 3, NULL, LOY_ERR_ARGUMENT, "model", LOY_NO_INDEX);
  BAD(&model, NULL, 3, NULL, LOY_ERR_ARGUMENT, "kind", LOY_NO_INDEX);
  model.kind = LOY_MODEL_BGNBD;
  BAD(&model, NULL, 3, NULL, LOY_ERR_DOMAIN, "r", LOY_NO_INDEX);
  model.parameters[0] = .243;
  BAD(&model, NULL, 3, NULL, LOY_ERR_ARGUMENT, "given", LOY_NO_INDEX);
  BAD(&model, bad_T, 3, NULL, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX);
  options.struct_size = sizeof options;
  BAD(&model, bad_T, 3, NULL, LOY_ERR_ARGUMENT, "threads", LOY_NO_INDEX);
  options.threads = 0;
  BAD(&model, bad_T, 3, NULL, LOY_ERR_ARGUMENT, "most_evaluations", LOY_NO_INDEX);
  options.most_evaluations = 0;
  BAD(&model, bad_T, 3, NULL, LOY_ERR_DOMAIN, "penalty", LOY_NO_INDEX);
  options.penalty = 0.0;
  model.penalty = NAN;
  BAD(&model, bad_T, 3, NULL, LOY_ERR_DOMAIN, "penalty", LOY_NO_INDEX);
  model.penalty = 0.0;
  BAD(&model, bad_T, 3, NULL, LOY_ERR_DOMAIN, "replications", LOY_NO_INDEX);
  options.replications = LOY_BOOTSTRAP_MOST + 1;
  BAD(&model, bad_T, 3, NULL, LOY_ERR_DOMAIN, "replications", LOY_NO_INDEX);
  options.replications = 37;
  BAD(&model, bad_T, 3, NULL, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX);
  options.level = 0.95;
  BAD(&model, bad_T, 3, NULL, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX);
  options.level = NAN;
  BAD(&model, bad_T, 3, NULL, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX);
  options.level = 0.9;
  options.progress = &mute;
  BAD(&model, bad_T, 3, NULL, LOY_ERR_ARGUMENT, "progress", LOY_NO_INDEX);
  options.progress = NULL;
  BAD(&model, bad_T, 3, NULL, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  BAD(&model, bad_T, 3, &found, LOY_ERR_DOMAIN, "T", 1);
  BAD(&model, NULL, 0, &found, LOY_ERR_TOO_FEW, "T", LOY_NO_INDEX);
  model.kind = LOY_MODEL_GAMMA_GAMMA;
  BAD(&model, bad_x, 3, &found, LOY_ERR_DOMAIN, "x", 2);
  BAD(&model, NULL, 0, &found, LOY_ERR_TOO_FEW, "x", LOY_NO_INDEX);
  model.parameters[2] = NAN;
  BAD(&model, bad_x, 3, &found, LOY_ERR_DOMAIN, "v", LOY_NO_INDEX);
#undef BAD
  CU_ASSERT_EQUAL(found.used, 12345);
  CHECK_BITS(draws[0], -6.0);
}

static void check_memory(int threads) {
  const loy_model model = model_of(LOY_MODEL_NBD, .55, 8.0, 0.0, 0.0);
  loy_bootstrap_options options = options_of(3, 1);
  loy_bootstrap_result found;
  failing_allocator memory;
  options.level = 0.1;
  options.threads = threads;
  FOR_EACH_FAILURE(memory) {
    loy_status status;
    options.allocator = &memory.allocator;
    found.used = 54321;
    draws[0] = -7.0;
    status = loy_model_bootstrap(&model, T, 100, &options, draws, NULL, &found, NULL);
    if (memory.failed) {
      CHECK_STATUS(status, LOY_ERR_MEMORY);
      CU_ASSERT_EQUAL(found.used, 54321);
      CHECK_BITS(draws[0], -7.0);
    } else {
      CHECK_STATUS(status, LOY_OK);
      CU_ASSERT_EQUAL(found.used, 3);
    }
    CU_ASSERT_EQUAL(memory.held, 0);
  }
}

static void test_memory(void) {
  check_memory(1);
  check_memory(2);
}

SUITE(btyd, bootstrap) {
  ADD(test_summary);
#if LOY_TEST_INTERNALS
  ADD(test_replication);
#endif
  ADD(test_threads);
  ADD(test_ggom);
  ADD(test_failures);
  ADD(test_at_bound);
  ADD(test_penalty);
  ADD(test_progress);
  ADD(test_errors);
  ADD(test_memory);
}
