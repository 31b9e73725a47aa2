/* fuzz_model_checks.c: information criteria and tests, bootstraps and holdouts of any model, for hostile models and
 * customers.
 *
 * The first byte chooses a topic, the second whether the input is hostile (fuzz_input.h); the rest are arguments. What
 * must hold: no crash, no leak, also when the allocator fails or the caller cancels; an error names an argument and
 * leaves outputs as they were; criteria and measures are those of their definition; probabilities are from 0 to 1, and
 * a histogram of them sums to 1; what is resampled or added up has the same bits in any order of its blocks. */
#include "reversed_blocks.h"

#include "../c/failing_allocator.h"
#include "loyalty/btyd/bootstrap.h"
#include "loyalty/btyd/holdout.h"
#include "loyalty/btyd/information.h"
#include "loyalty/btyd/prediction.h"
#include "model_case.h"

enum { REPLICATIONS = 9, MANY = 600, BINS = 20 };

/* What a fit says beside its parameters. */
static void take_fit(input *in, loy_model *model) {
  model->customers = take(in) % 4 ? (double)(take(in) % 4 * 100 + 50) : take_quantity(in);
  model->log_likelihood = take(in) % 4 ? -(double)take(in) / 8.0 : -1e3 * take_quantity(in);
  model->status = take(in) % 4 ? LOY_OK : LOY_NOTICE_NOT_CONVERGED;
  if (in->hostile && take(in) % 4 == 0) model->log_likelihood = take_raw(in);
  if (in->hostile && take(in) % 8 == 0) model->time_unit = take_choice(in, 6) - 1;
}

static void fuzz_information(input *in) {
  loy_model model;
  loy_information out;
  loy_error error;
  const size_t fixed = take(in) % 7;
  double k;
  take_model(in, LOY_MODEL_BGNBD, LOY_MODEL_MBGCNBD, &model);
  take_fit(in, &model);
  fill(&out, sizeof out);
  if (!answered_in(loy_model_information(&model, fixed, &out, &error), &error, &out, sizeof out)) return;
  k = (double)out.free_params;
  require(out.free_params + fixed == loy_model_parameter_count(model.kind));
  require(same(out.aic, 2.0 * k - 2.0 * model.log_likelihood));
  require(isnan(out.bic) == isnan(model.customers));
  if (!isnan(out.bic))
    require(near(out.bic, k * log(model.customers) - 2.0 * model.log_likelihood, 1e-14,
                 1e-14 * (100.0 * k + fabs(out.aic))));
}

static void fuzz_ratio(input *in) {
  loy_model full, restricted;
  loy_model_test out, other;
  loy_error error;
  loy_status status;
  take_model(in, LOY_MODEL_BGNBD, LOY_MODEL_MBGCNBD, &full);
  if (full.kind == LOY_MODEL_BDW)
    take_model(in, LOY_MODEL_SBG, LOY_MODEL_SBG, &restricted);
  else
    take_model(in, LOY_MODEL_PNBD, LOY_MODEL_NBD, &restricted);
  take_fit(in, &full);
  take_fit(in, &restricted);
  if (take(in) % 4) restricted.customers = full.customers;
  if (take(in) % 4) restricted.log_likelihood = full.log_likelihood - take(in) / 8.0;
  fill(&out, sizeof out);
  status = loy_model_likelihood_ratio(&full, &restricted, &out, &error);
  if (!answered_in(status, &error, &out, sizeof out)) return;
  require(status == LOY_OK || status == LOY_NOTICE_NOT_CONVERGED);
  require(out.statistic >= 0.0 && inside(out.p_value, 0.0, 1.0) && inside(out.p_least, 0.0, out.p_value));
  require(out.unidentified + 1 == out.df && out.df <= 3 && (out.unidentified > 0 || out.p_value == out.p_least));
  require(out.df == loy_model_parameter_count(full.kind) - loy_model_parameter_count(restricted.kind));
  if (!(out.statistic > 0.0)) require(out.p_value == 1.0 && out.p_least == 1.0);
  if (out.df == 2) require(near(out.p_value, exp(-0.5 * out.statistic), 1e-12, 1e-300));
  restricted.log_likelihood -= 1.0;
  if (loy_status_is_error(loy_model_likelihood_ratio(&full, &restricted, &other, &error))) return;
  require(other.p_value <= out.p_value * (1.0 + 1e-13) && other.p_least <= out.p_least * (1.0 + 1e-13));
}

/* A caller who stops at a call. */
typedef struct watch {
  int64_t done, of, stop;
} watch;

static int look(void *ctx, int64_t done, int64_t of, double value) {
  watch *self = (watch *)ctx;
  require(done >= self->done && of == self->of && inside(value, 0.0, (double)done));
  self->done = done;
  return self->stop == 0 || done < self->stop;
}

typedef struct boot {
  loy_bootstrap_result result;
  double draws[REPLICATIONS * 5];
  loy_status status[REPLICATIONS];
} boot;

static void require_boot(const loy_model *model, const boot *out, size_t replications) {
  const loy_bootstrap_result *r = &out->result;
  const size_t k = loy_model_parameter_count(model->kind);
  size_t failed = 0;
  require(r->used + r->failed + r->not_converged == replications && r->at_bound <= r->used);
  require(r->status == (r->used < replications ? LOY_NOTICE_NOT_CONVERGED
                        : r->at_bound          ? LOY_NOTICE_AT_BOUND
                                               : LOY_OK));
  for (size_t i = 0; i < replications; i++) {
    const int bad = loy_status_is_error(out->status[i]) != 0;
    failed += (size_t)bad;
    for (size_t j = 0; j < k; j++) require(bad ? isnan(out->draws[i * k + j]) : out->draws[i * k + j] > 0.0);
  }
  require(failed == r->failed);
  for (size_t j = 0; j < LOY_MODEL_PARAMETERS_MOST; j++) {
    require(isnan(r->std_error[j]) == (j >= k || r->used < 2) && isnan(r->bias[j]) == (j >= k || r->used < 1));
    require(isnan(r->lower[j]) ? isnan(r->upper[j]) : j < k && 0.0 < r->lower[j] && r->lower[j] <= r->upper[j]);
    require(isnan(r->std_error[j]) || r->std_error[j] >= 0.0);
  }
}

/* How long contracts are observed: whole periods, one and more. */
static void take_lengths(input *in, size_t n, double *T) {
  for (size_t i = 0; i < n; i++)
    T[i] = in->hostile && take(in) % 16 == 0 ? take_odd(in, 1.0, 1e6) : 1.0 + take(in) % 16;
}

static void fuzz_bootstrap(input *in) {
  loy_model model;
  loy_bootstrap_options options;
  histories h;
  boot out, again;
  watch eye = {0, 0, 0};
  const loy_progress progress = {look, &eye};
  failing_allocator memory;
  loy_error error;
  loy_status status;
  const double *given;
  size_t replications;
  take_model(in, LOY_MODEL_BGNBD, LOY_MODEL_MBGCNBD, &model);
  take_histories(in, 6, &h);
  if (model.kind == LOY_MODEL_BGBB) to_periods(h.n, h.x, h.t_x, h.T);
  if (model.kind == LOY_MODEL_SBG || model.kind == LOY_MODEL_BDW) take_lengths(in, h.n, h.T);
  loy_bootstrap_options_init(&options);
  options.replications = 2 + take(in) % (REPLICATIONS - 1);
  options.level = take_number(in, 0.05, 0.7);
  options.most_evaluations = in->hostile ? take_choice(in, 30) : 1 + (int)(take(in) % 30);
  options.seed = take(in);
  replications = (size_t)options.replications;
  failing_start(&memory, take(in) % 4 ? 0 : 1 + take(in) % 32);
  options.allocator = &memory.allocator;
  eye.stop = take(in) % 4 ? 0 : 1 + take(in) % 12;
  eye.of = options.replications;
  options.progress = &progress;
  given = model.kind == LOY_MODEL_GAMMA_GAMMA ? h.x : h.T;
  fill(&out, sizeof out);
  fill(&again, sizeof again);
  status = loy_model_bootstrap(&model, given, h.n, &options, out.draws, out.status, &out.result, &error);
  require(memory.held == 0 && (status == LOY_ERR_MEMORY) == memory.failed);
  require((status == LOY_ERR_CANCELED) == (eye.stop != 0 && eye.done >= eye.stop));
  if (status == LOY_ERR_CANCELED) {
    require(untouched(&out, sizeof out) && error.status == status);
    return;
  }
  if (!answered_in(status, &error, &out, sizeof out)) return;
  require(out.result.status == status && eye.done == options.replications);
  require_boot(&model, &out, replications);
  options.allocator = NULL;
  options.progress = NULL;
  options.threads = 2 + (int)(options.seed % 3);
  require(loy_model_bootstrap(&model, given, h.n, &options, again.draws, again.status, &again.result, NULL) == status);
  require(memcmp(&out, &again, sizeof out) == 0);
  /* More replications begin with the same ones. */
  options.replications = 2;
  options.level = 0.3;
  require(!loy_status_is_error(
      loy_model_bootstrap(&model, given, h.n, &options, again.draws, again.status, &again.result, NULL)));
  require(memcmp(out.draws, again.draws, 2 * loy_model_parameter_count(model.kind) * sizeof *out.draws) == 0);
}

static void fuzz_holdout(input *in) {
  static double x[MANY], t_x[MANY], T[MANY], future[MANY], y[MANY];
  loy_model model;
  loy_holdout_options options;
  histories h;
  struct {
    loy_holdout measures;
    double pit[BINS];
  } out, again;
  failing_allocator memory;
  loy_error error;
  loy_status status;
  double actual = 0.0, expected = 0.0, absolute = 0.0, squares = 0.0, score = 0.0, sum = 0.0;
  size_t n;
  take_model(in, LOY_MODEL_BGNBD, LOY_MODEL_MBGCNBD, &model);
  take_histories(in, 6, &h);
  if (model.kind == LOY_MODEL_BGBB) to_periods(h.n, h.x, h.t_x, h.T);
  n = take(in) % 8 || h.n == 0 ? h.n : MANY - take(in);
  for (size_t i = 0; i < h.n; i++) {
    future[i] = take_time(in);
    if (model.kind == LOY_MODEL_BGBB) future[i] = floor(fmin(future[i], 1000.0));
    if (!in->hostile && !(future[i] > 0.0)) future[i] = 1.0;
    y[i] = take(in) % 8 ? take_answer(in, 0, 9) : (double)take_count(in);
    if (model.kind == LOY_MODEL_BGBB && !in->hostile) y[i] = fmin(y[i], future[i]);
  }
  for (size_t i = 0; i < n; i++) {
    x[i] = h.x[i % h.n];
    t_x[i] = h.t_x[i % h.n];
    T[i] = h.T[i % h.n];
    future[i] = future[i % h.n];
    y[i] = y[i % h.n];
  }
  loy_holdout_options_init(&options);
  options.bins = 2 + (int)(take(in) % (BINS - 1));
  options.counts = 1 + take(in) % 8;
  if (in->hostile && take(in) % 8 == 0) options.bins = -(int)take(in);
  failing_start(&memory, take(in) % 4 == 0);
  options.allocator = &memory.allocator;
  fill(&out, sizeof out);
  fill(&again, sizeof again);
  status = loy_model_holdout(&model, x, t_x, T, future, y, n, &options, out.pit, &out.measures, &error);
  require(memory.held == 0 && (status == LOY_ERR_MEMORY) == memory.failed);
  if (!answered_in(status, &error, &out, sizeof out)) return;
  for (size_t i = 0; i < n; i++) {
    loy_prediction what;
    loy_prediction_rows row;
    double e, p;
    loy_prediction_init(&what, LOY_PREDICT_PURCHASES);
    loy_prediction_rows_init(&row);
    row.x = x + i;
    row.t_x = t_x + i;
    row.T = T + i;
    what.t = future[i];
    what.n = y[i];
    require(loy_prediction_batch(&model, &what, &row, 1, &e, NULL, NULL) == LOY_OK);
    what.quantity = LOY_PREDICT_PROBABILITY;
    require(loy_prediction_batch(&model, &what, &row, 1, &p, NULL, NULL) == LOY_OK);
    actual += y[i];
    expected += e;
    absolute += fabs(e - y[i]);
    squares += (e - y[i]) * (e - y[i]);
    score -= log(p);
  }
  require(near(out.measures.actual, actual, 1e-12, 0.0) && near(out.measures.expected, expected, 1e-12, 0.0));
  require(near(out.measures.mae, absolute / (double)n, 1e-12, 0.0));
  require(near(out.measures.rmse, sqrt(squares / (double)n), 1e-12, 0.0));
  require(near(out.measures.mean_error, (expected - actual) / (double)n, 1e-12, 1e-12 * (expected + actual)));
  require(near(out.measures.log_score, score / (double)n, 1e-12, 1e-12));
  require(actual > 0.0 ? near(out.measures.bias, expected / actual - 1.0, 1e-11, 1e-11) : isnan(out.measures.bias));
  for (int k = 0; k < options.bins; k++) {
    require(inside(out.pit[k], 0.0, 1.0 + 1e-12));
    sum += out.pit[k];
  }
  require(near(sum, 1.0, 1e-11, 0.0) &&
          untouched(out.pit + options.bins, (size_t)(BINS - options.bins) * sizeof *out.pit));
  options.allocator = NULL;
  options.threads = 2;
  require(loy_model_holdout(&model, x, t_x, T, future, y, n, &options, again.pit, &again.measures, NULL) == LOY_OK);
  require(memcmp(&out, &again, sizeof out) == 0);
}

static void (*const topics[])(input *) = {fuzz_information, fuzz_ratio, fuzz_bootstrap, fuzz_holdout};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  input in = {data, size, 0};
  const size_t topic = take(&in) % (sizeof topics / sizeof *topics);
  in.hostile = take(&in) % 2 == 1;
  topics[topic](&in);
  return 0;
}
