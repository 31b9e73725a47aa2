/* fuzz_btyd.c: what customers will do and spend, for hostile parameters and histories.
 *
 * The first byte chooses a topic, the second whether the input is hostile (fuzz_input.h); the rest are arguments. What
 * must hold: no crash; an error names an argument and leaves outputs as they were; probabilities are from 0 to 1 and
 * sum to at most one; expectations are not negative, and rise with the horizon; a discount lowers them; a batch gives
 * the bits of its rows; a function answers NaN exactly where its checking twin has an error. */
#include "fuzz_input.h"
#include "loyalty/btyd/bgnbd.h"
#include "loyalty/btyd/bgnbd_predict.h"
#include "loyalty/btyd/gamma_gamma.h"

enum { ROWS = 6 };

/* A parameter: mostly ordinary, now and then as small or as large as shapes may be. */
static double take_shape(input *in) {
  const unsigned byte = take(in);
  if (in->hostile && byte >= 240) return take_odd(in, 1e-10, 1e10);
  return byte < 16 ? ldexp(1.0 + byte / 16.0, (int)(take(in) % 66) - 33) : (byte - 15) / 40.0;
}

typedef struct histories {
  size_t n;
  loy_bgnbd_params params;
  double x[ROWS], t_x[ROWS], T[ROWS];
} histories;

static void take_histories(input *in, histories *h) {
  h->params.r = take_shape(in);
  h->params.alpha = take(in) % 4 ? take_shape(in) : take_quantity(in);
  h->params.a = take_shape(in);
  h->params.b = take_shape(in);
  h->n = take(in) % (ROWS + 1);
  for (size_t i = 0; i < h->n; i++) {
    h->x[i] = take(in) % 8 ? take_answer(in, 0, 40) : (double)take_count(in);
    h->T[i] = take(in) % 8 ? take(in) : take_quantity(in);
    h->t_x[i] = h->x[i] > 0.0 ? h->T[i] * take_number(in, 0.0, 1.0) : 0.0;
  }
}

static void fuzz_history(input *in) {
  histories h;
  double out[ROWS], t, rate[ROWS], p[ROWS];
  const loy_bgnbd_params *params = &h.params;
  loy_batch_report report;
  loy_error error;
  size_t bad = 0, first = 0;
  take_histories(in, &h);
  t = take(in) % 4 ? take(in) : take_quantity(in);
  fill(out, sizeof out);
  if (!answered_in(loy_bgnbd_loglik_batch(params, h.x, h.t_x, h.T, h.n, NULL, out, &report, &error), &error, out,
                   sizeof out))
    return;
  for (size_t i = h.n; i-- > 0;) {
    const double l = loy_bgnbd_loglik(params, h.x[i], h.t_x[i], h.T[i]);
    const double alive = loy_bgnbd_palive(params, h.x[i], h.t_x[i], h.T[i], t);
    double lambda = -1.0, leave = -1.0;
    require(same(l, out[i]) &&
            isnan(l) == (loy_bgnbd_check_customer(params, h.x[i], h.t_x[i], h.T[i], 0.0, &error) != LOY_OK));
    if (isnan(l)) {
      bad++, first = i;
      continue;
    }
    require(isfinite(l) && loy_bgnbd_log_palive(params, h.x[i], h.t_x[i], h.T[i]) <= 0.0);
    if (loy_bgnbd_check_customer(params, h.x[i], h.t_x[i], h.T[i], t, &error) == LOY_OK) {
      require(inside(alive, 0.0, 1.0));
      require(alive <= loy_bgnbd_palive(params, h.x[i], h.t_x[i], h.T[i], 0.0) * (1.0 + 1e-11));
    }
    require(loy_bgnbd_posterior(params, h.x[i], h.t_x[i], h.T[i], &lambda, &leave, &error) == LOY_OK);
    require(lambda >= 0.0 && isfinite(lambda) && inside(leave, 0.0, 1.0));
  }
  require_report(&report, bad, first);
  fill(out, sizeof out);
  if (answered_in(loy_bgnbd_palive_batch(params, h.x, h.t_x, h.T, h.n, t, NULL, out, NULL, &error), &error, out,
                  sizeof out))
    for (size_t i = 0; i < h.n; i++) require(same(out[i], loy_bgnbd_palive(params, h.x[i], h.t_x[i], h.T[i], t)));
  require(loy_bgnbd_posterior_batch(params, h.x, h.t_x, h.T, h.n, NULL, rate, p, &report, &error) == LOY_OK);
  require_report(&report, bad, first);
}

static void fuzz_future(input *in) {
  histories h;
  double out[ROWS], t, further, delta;
  const loy_bgnbd_params *params = &h.params;
  loy_batch_report report;
  loy_error error;
  take_histories(in, &h);
  t = take(in) % 4 ? take(in) : take_quantity(in);
  further = t * (1.0 + take(in) / 64.0);
  delta = take(in) % 4 ? take(in) / 1000.0 : take_quantity(in);
  if (h.n > 2) h.n = 2;
  fill(out, sizeof out);
  if (!answered_in(loy_bgnbd_expected_purchases_batch(params, h.x, h.t_x, h.T, h.n, t, NULL, out, &report, &error),
                   &error, out, sizeof out))
    return;
  for (size_t i = 0; i < h.n; i++) {
    const double x = h.x[i], t_x = h.t_x[i], T = h.T[i];
    const double count = loy_bgnbd_expected_purchases(params, x, t_x, T, t);
    const double later = loy_bgnbd_expected_purchases(params, x, t_x, T, further);
    const double worth = loy_bgnbd_dect(params, x, t_x, T, delta, t);
    double sum = 0.0;
    require(same(count, out[i]));
    require(isnan(count) == (loy_bgnbd_check_customer(params, x, t_x, T, t, &error) != LOY_OK));
    require(isnan(worth) == (loy_bgnbd_dect_check(params, x, t_x, T, delta, t, &error) != LOY_OK));
    if (isnan(count)) continue;
    require(count >= 0.0);
    if (!isnan(later)) require(count <= later * (1.0 + 1e-10) + 1e-290);
    if (!isnan(worth)) require(worth >= 0.0 && worth <= count * (1.0 + 1e-10) + 1e-290);
    if (!isfinite(t)) continue;
    for (int n = 0; n < 4; n++) {
      const double chance = loy_bgnbd_pmf_future(params, x, t_x, T, n, t);
      require(inside(chance, 0.0, 1.0));
      sum += chance;
    }
    require(sum <= 1.0 + 1e-11);
  }
}

static void fuzz_new_customer(input *in) {
  histories h;
  double t, from, all = 0.0, part = 0.0;
  loy_error error;
  take_histories(in, &h);
  t = take(in) % 4 ? take(in) : take_quantity(in);
  from = t * take_number(in, 0.0, 1.0);
  if (loy_bgnbd_pmf_check(&h.params, 0.0, 0.0, 0.0, 0.0, from, t, &error) != LOY_OK) return;
  require(same(loy_bgnbd_expected_purchases_new(&h.params, t), loy_bgnbd_expected_purchases(&h.params, 0, 0, 0, t)));
  for (int n = 0; n < 4; n++) {
    const double chance = loy_bgnbd_pmf(&h.params, n, t), between = loy_bgnbd_pmf_interval(&h.params, n, from, t);
    require(inside(chance, 0.0, 1.0) && inside(between, 0.0, 1.0));
    all += chance;
    part += between;
  }
  require(all <= 1.0 + 1e-11 && part <= 1.0 + 1e-11);
}

static void fuzz_spend(input *in) {
  loy_gamma_gamma_params params;
  double x[ROWS], z[ROWS], weight[ROWS], out[ROWS];
  struct {
    double value, gradient[3], hessian[9];
  } total;
  const size_t n = take(in) % (ROWS + 1);
  size_t bad = 0, first = 0;
  loy_batch_report report;
  loy_error error;
  params.p = take_shape(in);
  params.q = take_shape(in);
  params.v = take(in) % 4 ? take_shape(in) : take_quantity(in);
  for (size_t i = 0; i < n; i++) {
    x[i] = take(in) % 8 ? take_answer(in, 0, 40) : (double)take_count(in);
    z[i] = x[i] > 0.0 ? take_quantity(in) : 0.0;
    weight[i] = take_quantity(in);
  }
  fill(out, sizeof out);
  if (!answered_in(loy_gamma_gamma_loglik_batch(&params, x, z, n, out, &report, &error), &error, out, sizeof out))
    return;
  for (size_t i = n; i-- > 0;) {
    const double l = loy_gamma_gamma_loglik(&params, x[i], z[i]);
    double spend = -1.0;
    require(same(l, out[i]) && isnan(l) == (loy_gamma_gamma_check(&params, x[i], z[i], &error) != LOY_OK));
    if (isnan(l)) bad++, first = i;
    if (answered(loy_gamma_gamma_expected_spend_check(&params, x[i], z[i], &spend, &error), &error))
      require(spend > 0.0 && same(spend, loy_gamma_gamma_expected_spend(&params, x[i], z[i])));
    else
      require(spend == -1.0 && isnan(l));
    require(isnan(l) || (isfinite(l) && loy_gamma_gamma_posterior(&params, x[i], z[i]) > 0.0));
  }
  require_report(&report, bad, first);
  fill(&total, sizeof total);
  if (answered_in(
          loy_gamma_gamma_loglik_total(&params, x, z, weight, n, &total.value, total.gradient, total.hessian, &error),
          &error, &total, sizeof total))
    for (int k = 0; k < 9; k++)
      require(!isnan(total.value) && !isnan(total.gradient[k % 3]) && !isnan(total.hessian[k]));
}

static void (*const topics[])(input *) = {fuzz_history, fuzz_future, fuzz_new_customer, fuzz_spend};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  input in = {data, size, 0};
  const size_t topic = take(&in) % (sizeof topics / sizeof *topics);
  in.hostile = take(&in) % 2 == 1;
  topics[topic](&in);
  return 0;
}
