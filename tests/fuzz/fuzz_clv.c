/* fuzz_clv.c: customer lifetime value by every model of purchases, for hostile parameters, histories and terms.
 *
 * The first byte chooses a topic, the second whether the input is hostile (fuzz_input.h); the rest are arguments. What
 * must hold: no crash; an error names an argument and leaves outputs as they were; no value is NaN, and a notice says
 * when one is infinite; a discount and an end only take away; the parts are those of the models; a batch gives the bits
 * of its rows and counts the bad ones; an interval holds its value. */
#include "loyalty/btyd/bgnbd_predict.h"
#include "loyalty/btyd/mbgnbd_predict.h"
#include "loyalty/btyd/pnbd_predict.h"
#include "loyalty/value/clv.h"
#include "loyalty/value/clv_interval.h"
#include "model_case.h"

typedef struct clv_case {
  histories rows;
  double z[ROWS];
  loy_gamma_gamma_params spend;
  loy_clv_options options;
} clv_case;

/* A unit of time, or none. */
static int take_unit(input *in) { return take_choice(in, 6) - 1; }

static void take_clv(input *in, clv_case *c) {
  double list[3];
  take_params(in, "ssq", list);
  memcpy(&c->spend, list, sizeof c->spend);
  loy_clv_options_init(&c->options);
  c->options.margin = take(in) % 4 ? take_number(in, 0.0, 1.0) : take_quantity(in);
  if (take(in) % 4) c->options.horizon = take_time(in);
  if (take(in) % 4) c->options.discount_rate = take(in) % 4 ? take(in) / 512.0 : take_quantity(in);
  c->options.time_unit = take_unit(in);
  if (c->options.time_unit >= 0 || in->hostile) c->options.discount_period = take_unit(in);
  take_histories(in, 4, &c->rows);
  take_spends(in, &c->rows, c->z);
}

#define MODEL(f) loy_bgnbd_##f
#define CLV(f)   loy_clv_bgnbd##f
#define FUZZ(f)  bgnbd##f
#define KINDS    "sqss"
#include "clv_model.h"

#define MODEL(f) loy_mbgnbd_##f
#define CLV(f)   loy_clv_mbgnbd##f
#define FUZZ(f)  mbgnbd##f
#define KINDS    "sqss"
#include "clv_model.h"

#define MODEL(f) loy_pnbd_##f
#define CLV(f)   loy_clv_pnbd##f
#define FUZZ(f)  pnbd##f
#define KINDS    "sqsq"
#include "clv_model.h"

#define MODEL(f) loy_nbd_##f
#define CLV(f)   loy_clv_nbd##f
#define FUZZ(f)  nbd##f
#define KINDS    "sq"
#include "clv_model.h"

#define MODEL(f) loy_ggomnbd_##f
#define CLV(f)   loy_clv_ggomnbd##f
#define FUZZ(f)  ggomnbd##f
#define KINDS    "sqqsq"
#include "clv_model.h"

/* The value by the model's own function. */
static loy_status value_of(const loy_model *model, const clv_case *c, double *alive, double *purchases, double *amount,
                           double *value) {
  switch (model->kind) {
  case LOY_MODEL_BGNBD: return bgnbd_list(model->parameters, c, alive, purchases, amount, value);
  case LOY_MODEL_MBGNBD: return mbgnbd_list(model->parameters, c, alive, purchases, amount, value);
  case LOY_MODEL_PNBD: return pnbd_list(model->parameters, c, alive, purchases, amount, value);
  case LOY_MODEL_NBD: return nbd_list(model->parameters, c, alive, purchases, amount, value);
  default: return ggomnbd_list(model->parameters, c, alive, purchases, amount, value);
  }
}

/* Values of any model with their uncertainty. */
static void fuzz_interval(input *in) {
  clv_case c;
  loy_model model, spend;
  struct {
    double clv[ROWS], std_error[ROWS], lower[ROWS], upper[ROWS];
  } out;
  double value[ROWS], alive[ROWS], purchases[ROWS], amount[ROWS];
  double level = take_number(in, 0x1p-20, 1.0 - 0x1p-53);
  size_t bad = 0, first = 0, infinite = LOY_NO_INDEX;
  int known = 0;
  loy_batch_report report;
  loy_error error;
  loy_status status;
  take_model(in, 1, 6, &model);
  take_model(in, LOY_MODEL_GAMMA_GAMMA, LOY_MODEL_GAMMA_GAMMA, &spend);
  take_clv(in, &c);
  memcpy(&c.spend, spend.parameters, sizeof c.spend);
  fill(&out, sizeof out);
  status = loy_clv_interval_batch(&model, &spend, c.rows.x, c.rows.t_x, c.rows.T, c.z, c.rows.n, level, &c.options,
                                  out.clv, out.std_error, out.lower, out.upper, &report, &error);
  if (!answered_in(status, &error, &out, sizeof out)) return;
  for (size_t i = loy_model_parameter_count(model.kind); i-- > 0;)
    known |= isnan(model.covariance[i * loy_model_parameter_count(model.kind) + i]);
  for (size_t i = 0; i < 3; i++) known |= isnan(spend.covariance[4 * i]);
  require(!loy_status_is_error(value_of(&model, &c, alive, purchases, amount, value)));
  for (size_t i = c.rows.n; i-- > 0;) {
    require(same(out.clv[i], value[i]));
    require(isnan(out.std_error[i]) == isnan(out.lower[i]) && isnan(out.lower[i]) == isnan(out.upper[i]));
    if (isnan(value[i])) bad++, first = i;
    if (isinf(value[i])) infinite = i;
    if (!isfinite(value[i])) require(isnan(out.std_error[i]));
    if (isnan(out.std_error[i])) continue;
    require(out.std_error[i] >= 0.0 && 0.0 <= out.lower[i] && out.lower[i] <= value[i] && value[i] <= out.upper[i]);
    if (value[i] == 0.0) require(out.std_error[i] == 0.0 && out.upper[i] == 0.0);
  }
  require_report(&report, bad, first);
  require(status == (infinite != LOY_NO_INDEX ? LOY_NOTICE_DIVERGES : known ? LOY_NOTICE_AT_BOUND : LOY_OK));
  if (infinite != LOY_NO_INDEX) require(error.index == infinite);
}

static void fuzz_discount(input *in) {
  const double rate = take(in) % 4 ? take(in) / 512.0 : take_quantity(in);
  const int period = take_unit(in), unit = take_unit(in);
  double delta, more;
  loy_error error;
  fill(&delta, sizeof delta);
  if (!answered_in(loy_discount_delta(rate, period, unit, &delta, &error), &error, &delta, sizeof delta)) return;
  require(rate == 0.0 ? delta == 0.0 : inside(delta, LOY_RANGE_LEAST, LOY_RANGE_MOST));
  if (period == unit) require(near(delta, log1p(rate), 4e-16, 0.0));
  if (loy_discount_delta(2.0 * rate, period, unit, &more, &error) == LOY_OK) require(delta <= more);
}

static void (*const topics[])(input *) = {
    bgnbd_value, mbgnbd_value, pnbd_value, nbd_value, ggomnbd_value, fuzz_discount, fuzz_interval,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  input in = {data, size, 0};
  const size_t topic = take(&in) % (sizeof topics / sizeof *topics);
  in.hostile = take(&in) % 2 == 1;
  topics[topic](&in);
  return 0;
}
