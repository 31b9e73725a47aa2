/* fuzz_btyd.c: what customers will do and spend, for hostile parameters and histories.
 *
 * The first byte chooses a topic, the second whether the input is hostile (fuzz_input.h); the rest are arguments. What
 * must hold: no crash; an error names an argument and leaves outputs as they were; probabilities are from 0 to 1 and
 * sum to at most one; expectations are not negative, and rise with the horizon; a discount lowers them; a batch gives
 * the bits of its rows; a function answers NaN exactly where its checking twin has an error; who is drawn is in the
 * domain of the model, and the same for a seed whoever else is drawn. */
#include "btyd_rows.h"
#include "loyalty/btyd/bgcnbd.h"
#include "loyalty/btyd/bgcnbd_predict.h"
#include "loyalty/btyd/bgcnbd_simulate.h"
#include "loyalty/btyd/bgnbd.h"
#include "loyalty/btyd/bgnbd_predict.h"
#include "loyalty/btyd/bgnbd_simulate.h"
#include "loyalty/btyd/gamma_gamma.h"
#include "loyalty/btyd/ggomnbd.h"
#include "loyalty/btyd/mbgcnbd.h"
#include "loyalty/btyd/mbgcnbd_predict.h"
#include "loyalty/btyd/mbgcnbd_simulate.h"
#include "loyalty/btyd/mbgnbd.h"
#include "loyalty/btyd/mbgnbd_predict.h"
#include "loyalty/btyd/mbgnbd_simulate.h"
#include "loyalty/btyd/nbd.h"
#include "loyalty/btyd/pnbd.h"
#include "loyalty/btyd/pnbd_predict.h"
#include "loyalty/btyd/pnbd_simulate.h"

#define MODEL(f) loy_bgnbd_##f
#define FUZZ(f)  bgnbd##f
#define KINDS    "sqss"
#define CHANCE   1
#include "btyd_model.h"

#define MODEL(f) loy_mbgnbd_##f
#define FUZZ(f)  mbgnbd##f
#define KINDS    "sqss"
#define CHANCE   1
#include "btyd_model.h"

#define MODEL(f) loy_pnbd_##f
#define FUZZ(f)  pnbd##f
#define KINDS    "sqsq"
#define CHANCE   0
#include "btyd_model.h"

#define MODEL(f) loy_nbd_##f
#define FUZZ(f)  nbd##f
#define KINDS    "sq"
#define CHANCE   0
#include "btyd_model.h"

#define MODEL(f) loy_ggomnbd_##f
#define FUZZ(f)  ggomnbd##f
#define KINDS    "sqqsq"
#define CHANCE   0
#include "btyd_model.h"

#define MODEL(f) loy_bgcnbd_##f
#define FUZZ(f)  bgcnbd##f
#define KINDS    "sqssk"
#define CHANCE   1
#define GAPS
#include "btyd_model.h"

#define MODEL(f) loy_mbgcnbd_##f
#define FUZZ(f)  mbgcnbd##f
#define KINDS    "sqssk"
#define CHANCE   1
#define GAPS
#include "btyd_model.h"

static void take_spend_params(input *in, loy_gamma_gamma_params *params) {
  double list[3];
  take_params(in, "ssq", list);
  memcpy(params, list, sizeof *params);
}

static void fuzz_spend(input *in) {
  loy_gamma_gamma_params params;
  histories h;
  double *const x = h.x, z[ROWS], weight[ROWS], out[ROWS];
  struct {
    double value, gradient[3], hessian[9];
  } total;
  size_t n, bad = 0, first = 0;
  loy_batch_report report;
  loy_error error;
  take_spend_params(in, &params);
  take_histories(in, ROWS, &h);
  take_spends(in, &h, z);
  n = h.n;
  for (size_t i = 0; i < n; i++) weight[i] = take_quantity(in);
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
    if (spend > 0.0 && x[i] == 0.0) require(same(spend, loy_gamma_gamma_expected_spend_new(&params)));
  }
  require_report(&report, bad, first);
  require(answered(loy_gamma_gamma_expected_spend_batch(&params, x, z, n, out, &report, &error), &error));
  for (size_t i = 0; i < n; i++) require(same(out[i], loy_gamma_gamma_expected_spend(&params, x[i], z[i])));
  require_report(&report, bad, first);
  require(loy_gamma_gamma_posterior_batch(&params, x, z, n, out, &report, &error) == LOY_OK);
  for (size_t i = 0; i < n; i++) require(same(out[i], loy_gamma_gamma_posterior(&params, x[i], z[i])));
  require_report(&report, bad, first);
  fill(&total, sizeof total);
  if (answered_in(
          loy_gamma_gamma_loglik_total(&params, x, z, weight, n, &total.value, total.gradient, total.hessian, &error),
          &error, &total, sizeof total))
    for (int k = 0; k < 9; k++)
      require(!isnan(total.value) && !isnan(total.gradient[k % 3]) && !isnan(total.hessian[k]));
}

static void fuzz_spend_simulate(input *in) {
  loy_gamma_gamma_params params;
  histories h;
  double z[ROWS], again[ROWS];
  const uint64_t seed = take(in);
  loy_error error;
  take_spend_params(in, &params);
  take_histories(in, ROWS, &h);
  fill(z, sizeof z);
  if (!answered_in(loy_gamma_gamma_simulate(&params, h.x, h.n, seed, z, &error), &error, z, sizeof z)) return;
  for (size_t i = 0; i < h.n; i++) require(h.x[i] > 0.0 ? inside(z[i], LOY_RANGE_LEAST, LOY_RANGE_MOST) : z[i] == 0.0);
  memcpy(again, h.x, sizeof again);
  require(loy_gamma_gamma_simulate(&params, again, h.n / 2, seed, again, &error) == LOY_OK);
  require(memcmp(z, again, h.n / 2 * sizeof *z) == 0);
}

static void (*const topics[])(input *) = {
    bgnbd_history,     bgnbd_future,        bgnbd_new_customer, bgnbd_simulate,       mbgnbd_history,
    mbgnbd_future,     mbgnbd_new_customer, mbgnbd_simulate,    pnbd_history,         pnbd_future,
    pnbd_new_customer, pnbd_simulate,       nbd_history,        nbd_future,           nbd_new_customer,
    nbd_simulate,      ggomnbd_history,     ggomnbd_future,     ggomnbd_new_customer, ggomnbd_simulate,
    fuzz_spend,        fuzz_spend_simulate, bgcnbd_history,     bgcnbd_future,        bgcnbd_new_customer,
    bgcnbd_simulate,   mbgcnbd_history,     mbgcnbd_future,     mbgcnbd_new_customer, mbgcnbd_simulate,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  input in = {data, size, 0};
  const size_t topic = take(&in) % (sizeof topics / sizeof *topics);
  in.hostile = take(&in) % 2 == 1;
  topics[topic](&in);
  return 0;
}
