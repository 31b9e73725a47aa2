/* fuzz_bgbb.c: the BG/BB model for hostile parameters and histories of periods.
 *
 * The first byte chooses a topic, the second whether the input is hostile (fuzz_input.h); the rest are arguments. What
 * must hold of answers and draws is in btyd_model.h, with whole times; of histories of 0 and 1 that they are those of
 * the customers that are drawn; of the total that it is the sum of its rows, in any order and for any number of
 * threads; of a fit that it keeps what it says of itself; of shared questions that they have the bits of the model. */
#include "reversed_blocks.h"

#include "../c/failing_allocator.h"
#include "btyd_rows.h"
#include "loyalty/btyd/bgbb.h"
#include "loyalty/btyd/bgbb_fit.h"
#include "loyalty/btyd/bgbb_predict.h"
#include "loyalty/btyd/bgbb_simulate.h"
#include "loyalty/btyd/purchase_interval.h"

/* A number of periods: mostly few, now and then thousands, of a hostile input also others. */
static double take_periods(input *in) {
  const unsigned byte = take(in);
  if (in->hostile && byte >= 240) return take_odd(in, 0.0, LOY_BGBB_PERIODS_MOST);
  if (byte >= 252) return (double)take(in) * 64.0;
  return byte < 64 ? (double)take(in) : (double)(take(in) % 32);
}

static void take_period_histories(input *in, size_t most, histories *h) {
  h->n = take(in) % (most + 1);
  for (size_t i = 0; i < h->n; i++) {
    h->T[i] = take_periods(in);
    h->t_x[i] = take(in) % 4 ? floor(h->T[i] * take_number(in, 0.0, 1.0)) : 0.0;
    h->x[i] = h->t_x[i] > 0.0 ? 1.0 + floor((h->t_x[i] - 1.0) * take_number(in, 0.0, 1.0)) : 0.0;
    if (in->hostile && take(in) % 8 == 0) h->x[i] = take_periods(in);
  }
}

#define take_histories take_period_histories
#define take_time      take_periods
#define MODEL(f)       loy_bgbb_##f
#define FUZZ(f)        bgbb##f
#define KINDS          "ssss"
#define CHANCE         1
#include "btyd_model.h"
#undef take_histories
#undef take_time

static void fuzz_histories(input *in) {
  loy_bgbb_params params;
  histories h;
  double row[ROWS * 40], x[ROWS], t_x[ROWS], T[ROWS];
  const size_t n = take(in) % (ROWS + 1), periods = take(in) % 41;
  const uint64_t seed = take(in);
  loy_error error;
  bgbb_take(in, 0, &params, &h);
  fill(row, sizeof row);
  if (!answered_in(loy_bgbb_simulate_histories(&params, n, periods, seed, row, &error), &error, row, sizeof row))
    return;
  for (size_t i = 0; i < n; i++) T[i] = (double)periods;
  require(loy_bgbb_simulate(&params, T, n, seed, NULL, x, t_x, NULL, &error) == LOY_OK);
  for (size_t i = 0; i < n; i++) {
    double sum = 0.0, last = 0.0;
    for (size_t j = 0; j < periods; j++) {
      require(row[i * periods + j] == 0.0 || row[i * periods + j] == 1.0);
      sum += row[i * periods + j];
      if (row[i * periods + j] == 1.0) last = (double)(j + 1);
    }
    require(sum == x[i] && last == t_x[i]);
  }
  require(untouched(row + n * periods, sizeof row - n * periods * sizeof *row));
}

static void fuzz_total(input *in) {
  loy_bgbb_params params;
  histories h, back;
  loy_bgbb_fit_options options;
  failing_allocator memory;
  struct {
    double value, gradient[4], hessian[16];
  } out, again;
  double row[ROWS], weight[ROWS], sum = 0.0, size = 0.0;
  const size_t fail_at = take(in) % 16;
  const int weighted = take(in) % 2;
  loy_error error;
  loy_status status;
  bgbb_take(in, ROWS, &params, &h);
  for (size_t i = 0; i < h.n; i++) weight[i] = take(in) % 8 ? 1.0 + take(in) : take_quantity(in);
  failing_start(&memory, fail_at);
  loy_bgbb_fit_options_init(&options);
  options.allocator = &memory.allocator;
  fill(&out, sizeof out);
  fill(&again, sizeof again);
  status = loy_bgbb_loglik_total(&params, h.x, h.t_x, h.T, weighted ? weight : NULL, h.n, &options, &out.value,
                                 out.gradient, out.hessian, &error);
  require(memory.held == 0 && (status == LOY_ERR_MEMORY) == memory.failed);
  if (!answered_in(status, &error, &out, sizeof out)) return;
  for (size_t i = 0; i < sizeof out / sizeof(double); i++) require(isfinite(((const double *)&out)[i]));
  require(loy_bgbb_loglik_batch(&params, h.x, h.t_x, h.T, h.n, NULL, row, NULL, NULL) == LOY_OK);
  for (size_t i = 0; i < h.n; i++) {
    const double w = weighted ? weight[i] : 1.0;
    /* Sizes of the terms of the published formula: lnGamma of x + alpha and so on. */
    const double most = fmax(fmax(params.alpha, params.beta), fmax(params.gamma, params.delta)) + h.T[i] + 2.0;
    const double least = fmin(fmin(params.alpha, params.beta), fmin(params.gamma, params.delta));
    sum += w * row[i];
    size += w * (fabs(row[i]) + (h.t_x[i] + 1.0) * (log(most) - log(least) + 1.0));
  }
  require(near(out.value, sum, 0.0, 1e-12 * size));
  for (size_t i = 0; i < h.n; i++) {
    back.x[i] = h.x[h.n - 1 - i];
    back.t_x[i] = h.t_x[h.n - 1 - i];
    back.T[i] = h.T[h.n - 1 - i];
  }
  if (weighted) return;
  options.allocator = NULL;
  options.threads = 2;
  require(loy_bgbb_loglik_total(&params, back.x, back.t_x, back.T, NULL, h.n, &options, &again.value, again.gradient,
                                again.hessian, &error) == LOY_OK);
  require(memcmp(&out, &again, sizeof out) == 0);
}

static void fuzz_fit(input *in) {
  loy_bgbb_params start;
  histories h;
  loy_bgbb_fit_options options;
  loy_bgbb_fit_result fit;
  failing_allocator memory;
  double value, gradient[4];
  const size_t fail_at = take(in) % 32;
  const unsigned choice = take(in);
  loy_error error;
  loy_status status;
  bgbb_take(in, ROWS, &start, &h);
  failing_start(&memory, fail_at);
  loy_bgbb_fit_options_init(&options);
  options.allocator = &memory.allocator;
  options.most_evaluations = 30;
  if (choice % 4 == 0) options.start = start;
  if (choice / 4 % 4 == 0) options.penalty = take_quantity(in);
  fill(&fit, sizeof fit);
  status = loy_bgbb_fit(h.x, h.t_x, h.T, NULL, h.n, &options, &fit, &error);
  require(memory.held == 0 && (status == LOY_ERR_MEMORY) == memory.failed);
  if (!answered_in(status, &error, &fit, sizeof fit)) return;
  require(fit.status == status && loy_bgbb_check(&fit.params, &error) == LOY_OK && isfinite(fit.log_likelihood));
  require(status == LOY_OK || status == LOY_NOTICE_AT_BOUND || status == LOY_NOTICE_WEAK_ID ||
          status == LOY_NOTICE_NOT_CONVERGED);
  require(fit.customers == (double)h.n && fit.evaluations >= 1);
  if (status == LOY_OK) require(fit.decrement <= 1e-13 && fit.scaled_gradient <= 1e-8);
  require(loy_bgbb_loglik_total(&fit.params, h.x, h.t_x, h.T, NULL, h.n, NULL, &value, gradient, NULL, &error) ==
          LOY_OK);
  if (options.penalty == 0.0) require(near(value, fit.log_likelihood, 1e-9, 1e-9));
}

/* Predictive counts, through the door of all models. */
static void fuzz_counts(input *in) {
  loy_bgbb_params params;
  histories h;
  loy_model model;
  double lower[ROWS], upper[ROWS], t, level;
  loy_batch_report report;
  loy_error error;
  size_t bad = 0, first = 0;
  bgbb_take(in, 4, &params, &h);
  t = take_periods(in);
  level = (1.0 + take(in)) / 257.0;
  loy_model_init(&model, LOY_MODEL_BGBB);
  memcpy(model.parameters, &params, sizeof params);
  if (!answered(
          loy_purchase_interval_batch(&model, h.x, h.t_x, h.T, h.n, t, level, NULL, lower, upper, &report, &error),
          &error))
    return;
  for (size_t i = h.n; i-- > 0;) {
    const double tail = 0.5 * (1.0 - level);
    double below = 0.0;
    require(isnan(lower[i]) == (loy_bgbb_check_customer(&params, h.x[i], h.t_x[i], h.T[i], 0.0, NULL) != LOY_OK));
    if (isnan(lower[i])) {
      bad++, first = i;
      continue;
    }
    require(0.0 <= lower[i] && lower[i] <= upper[i] && upper[i] <= t);
    if (upper[i] > 40.0) continue;
    for (double n = 0.0; n < lower[i]; n++) below += loy_bgbb_pmf_future(&params, h.x[i], h.t_x[i], h.T[i], n, t);
    require(below <= tail + 1e-11);
    for (double n = lower[i]; n <= upper[i]; n++) below += loy_bgbb_pmf_future(&params, h.x[i], h.t_x[i], h.T[i], n, t);
    require(1.0 - below <= tail + 1e-11);
  }
  require_report(&report, bad, first);
}

static void (*const topics[])(input *) = {
    bgbb_history, bgbb_future, bgbb_new_customer, bgbb_simulate, fuzz_histories, fuzz_total, fuzz_fit, fuzz_counts,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  input in = {data, size, 0};
  const size_t topic = take(&in) % (sizeof topics / sizeof *topics);
  in.hostile = take(&in) % 2 == 1;
  topics[topic](&in);
  return 0;
}
