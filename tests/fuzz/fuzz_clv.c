/* fuzz_clv.c: customer lifetime value by every model of purchases, for hostile parameters, histories and terms.
 *
 * The first byte chooses a topic, the second whether the input is hostile (fuzz_input.h); the rest are arguments. What
 * must hold: no crash; an error names an argument and leaves outputs as they were; no value is NaN, and a notice says
 * when one is infinite; a discount and an end only take away; the parts are those of the models; a batch gives the bits
 * of its rows and counts the bad ones. */
#include "btyd_rows.h"
#include "loyalty/btyd/bgnbd_predict.h"
#include "loyalty/btyd/mbgnbd_predict.h"
#include "loyalty/btyd/pnbd_predict.h"
#include "loyalty/value/clv.h"

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
    bgnbd_value, mbgnbd_value, pnbd_value, nbd_value, ggomnbd_value, fuzz_discount,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  input in = {data, size, 0};
  const size_t topic = take(&in) % (sizeof topics / sizeof *topics);
  in.hostile = take(&in) % 2 == 1;
  topics[topic](&in);
  return 0;
}
