/* fuzz_model_choice.c: several models compared, and observed against expected counts, for hostile models and customers.
 *
 * The first byte chooses a topic, the second whether the input is hostile (fuzz_input.h); the rest are arguments. What
 * must hold: no crash, no leak, also when the allocator fails; an error names an argument and leaves outputs as they
 * were; a candidate is the model that its own functions fit and score; weights sum to one; histograms count everybody;
 * probabilities are in order; the same bits in any order of blocks. */
#include "reversed_blocks.h"

#include "../c/failing_allocator.h"
#include "loyalty/btyd/model_choice.h"
#include "loyalty/btyd/model_counts.h"
#include "model_case.h"

enum { MANY = 600, MOST = 3, KINDS = 7 };

static void require_candidate(const loy_choice_candidate *one, const loy_choice_rows *rows, size_t n) {
  loy_information information;
  loy_holdout holdout;
  if (loy_status_is_error(one->fit.status)) {
    require(one->fit.argument && one->fit.message && isnan(one->model.parameters[0]));
    require(isnan(one->information.aic) && isnan(one->holdout.mae) && one->aic_weight == 0.0);
    require(one->restricted == LOY_NO_INDEX);
    return;
  }
  require(one->model.status == (int)one->fit.status && one->model.parameters[0] > 0.0);
  require(loy_model_information(&one->model, 0, &information, NULL) == LOY_OK);
  require(same(information.aic, one->information.aic) && same(information.bic, one->information.bic));
  require(inside(one->aic_weight, 0.0, 1.0));
  if (one->restricted == LOY_NO_INDEX || one->tested == LOY_ERR_STATE)
    require(isnan(one->test.p_value));
  else
    require(inside(one->test.p_value, 0.0, 1.0) && one->test.df > 0);
  if (!rows->bought)
    require(isnan(one->holdout.log_score));
  else {
    require(loy_model_holdout(&one->model, rows->x, rows->t_x, rows->T, rows->future_t, rows->bought, n, NULL, NULL,
                              &holdout, NULL) == LOY_OK);
    require(same(holdout.log_score, one->holdout.log_score) && same(holdout.rmse, one->holdout.rmse));
  }
}

static void fuzz_compare(input *in) {
  static const int all[KINDS] = {LOY_MODEL_NBD,     LOY_MODEL_BGNBD, LOY_MODEL_BGCNBD, LOY_MODEL_MBGNBD,
                                 LOY_MODEL_MBGCNBD, LOY_MODEL_PNBD,  LOY_MODEL_GGOMNBD};
  int kinds[MOST];
  double litt[ROWS], weight[ROWS], future[ROWS], bought[ROWS], sum = 0.0;
  histories h;
  loy_choice_rows rows;
  loy_choice_options options;
  struct {
    loy_choice_candidate list[MOST];
    loy_choice best;
  } out;
  failing_allocator memory;
  loy_error error;
  loy_status status;
  const size_t count = take(in) % (MOST + 1), first = take(in) % KINDS;
  const unsigned columns = take(in) % 4;
  take_histories(in, ROWS, &h);
  for (size_t i = 0; i < count; i++) {
    kinds[i] = all[(first + i) % KINDS];
    if (in->hostile && take(in) % 16 == 0) kinds[i] = take_choice(in, LOY_MODEL_MBGCNBD + 3) - 1;
  }
  for (size_t i = 0; i < h.n; i++) {
    weight[i] = take_quantity(in);
    future[i] = take_time(in);
    bought[i] = (double)take_count(in);
    if (!in->hostile && !(weight[i] > 0.0)) weight[i] = 1.0;
    if (!in->hostile && !(future[i] > 0.0)) future[i] = 1.0;
  }
  loy_choice_rows_init(&rows);
  rows.x = h.x;
  rows.t_x = h.t_x;
  rows.T = h.T;
  take_gaps(in, h.n, h.x, h.t_x, litt);
  if (!in->hostile || take(in) % 8) rows.litt = litt;
  if (columns == 1) rows.weight = weight;
  if (columns >= 2) rows.future_t = future;
  if (columns >= 2) rows.bought = bought;
  loy_choice_options_init(&options);
  options.most_evaluations = 1 + (int)(take(in) % 30);
  failing_start(&memory, take(in) % 4 ? 0 : 1 + take(in) % 64);
  options.allocator = &memory.allocator;
  fill(&out, sizeof out);
  status = loy_model_compare(kinds, count, &rows, h.n, &options, out.list, &out.best, &error);
  require(memory.held == 0 && (status == LOY_ERR_MEMORY) == memory.failed);
  if (!answered_in(status, &error, &out, sizeof out)) return;
  require(status == LOY_OK || status == LOY_NOTICE_NOT_CONVERGED);
  require(out.best.fitted > 0 && out.best.best_aic < count && out.best.best_bic < count);
  for (size_t i = 0; i < count; i++) {
    require(out.list[i].model.kind == kinds[i]);
    require_candidate(&out.list[i], &rows, h.n);
    sum += out.list[i].aic_weight;
    require(!(out.list[i].information.aic < out.list[out.best.best_aic].information.aic));
  }
  require(near(sum, 1.0, 1e-14, 0.0));
}

static void fuzz_counts(input *in) {
  static double x[MANY], T[MANY], weight[MANY];
  loy_model model;
  loy_counts_options options;
  histories h;
  struct {
    double observed[LOY_COUNTS_MOST], expected[LOY_COUNTS_MOST];
    loy_counts_test test;
  } out, again;
  failing_allocator memory;
  loy_error error;
  loy_status status;
  double customers = 0.0, observed = 0.0, expected = 0.0;
  const int weighted = take(in) % 2 == 0;
  size_t n, bars;
  take_model(in, LOY_MODEL_BGNBD, LOY_MODEL_MBGCNBD, &model);
  take_histories(in, ROWS, &h);
  if (model.kind == LOY_MODEL_BGBB) to_periods(h.n, h.x, h.t_x, h.T);
  n = take(in) % 8 || h.n == 0 ? h.n : MANY - take(in);
  for (size_t i = 0; i < n; i++) {
    x[i] = h.x[i % h.n];
    T[i] = h.T[i % h.n];
    weight[i] = i < h.n ? take_quantity(in) : weight[i % h.n];
    if (!in->hostile && !(weight[i] > 0.0)) weight[i] = 1.0;
    customers += weighted ? weight[i] : 1.0;
  }
  bars = 2 + take(in) % (LOY_COUNTS_MOST - 1);
  loy_counts_options_init(&options);
  options.least = take(in) % 2 ? 1e-3 : take_quantity(in);
  options.fixed = take(in) % 3;
  if (in->hostile && take(in) % 8 == 0) bars = take(in) * 7;
  failing_start(&memory, take(in) % 4 == 0);
  options.allocator = &memory.allocator;
  fill(&out, sizeof out);
  fill(&again, sizeof again);
  status = loy_model_counts(&model, x, T, weighted ? weight : NULL, n, bars, &options, out.observed, out.expected,
                            &out.test, &error);
  require(memory.held == 0 && (status == LOY_ERR_MEMORY) == memory.failed);
  if (!answered_in(status, &error, &out, sizeof out)) return;
  require(status == LOY_OK);
  for (size_t j = 0; j < bars; j++) {
    require(out.observed[j] >= 0.0 && out.expected[j] >= 0.0);
    observed += out.observed[j];
    expected += out.expected[j];
  }
  require(near(observed, customers, 1e-12, 0.0) && near(expected, customers, 1e-11, 0.0));
  require(out.test.df > 0 && out.test.df < bars && out.test.statistic >= 0.0);
  require(inside(out.test.p_value, 0.0, 1.0) && inside(out.test.p_least, 0.0, out.test.p_value));
  options.allocator = NULL;
  options.threads = 2;
  require(loy_model_counts(&model, x, T, weighted ? weight : NULL, n, bars, &options, again.observed, again.expected,
                           &again.test, NULL) == LOY_OK);
  require(memcmp(&out, &again, sizeof out) == 0);
}

static void (*const topics[])(input *) = {fuzz_compare, fuzz_counts};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  input in = {data, size, 0};
  const size_t topic = take(&in) % (sizeof topics / sizeof *topics);
  in.hostile = take(&in) % 2 == 1;
  topics[topic](&in);
  return 0;
}
