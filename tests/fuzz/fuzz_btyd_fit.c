/* fuzz_btyd_fit.c: total log-likelihoods and fits of the models of purchases and of spend, for hostile rows.
 *
 * The first byte chooses a topic, the second whether the input is hostile (fuzz_input.h); the rest are arguments. What
 * must hold: no crash, no leak, also when the allocator fails, and an end within the evaluations that were allowed; an
 * error names an argument and leaves outputs as they were; a total is the sum of its rows' log-likelihoods, and the
 * same for rows that are repeated with parts of their weights and in another order; totals and fits have the same bits
 * in any order of their blocks; a fit's parameters are in their range, its log-likelihood is the total there, and its
 * certificate is true. */
#include "reversed_blocks.h"

#include "../c/failing_allocator.h"
#include "btyd_rows.h"
#include "loyalty/btyd/bgnbd_fit.h"
#include "loyalty/btyd/gamma_gamma_fit.h"
#include "loyalty/btyd/ggomnbd_fit.h"
#include "loyalty/btyd/mbgnbd_fit.h"
#include "loyalty/btyd/nbd_fit.h"
#include "loyalty/btyd/pnbd_fit.h"

enum { PARAMETERS = 5, MOST_EVALUATIONS = 40 };

/* What a fit gets; `weight` is NULL or the column below. Room for rows that are repeated. */
typedef struct fit_case {
  struct {
    size_t n;
    double x[2 * ROWS], t_x[2 * ROWS], T[2 * ROWS];
  } rows;
  double weights[2 * ROWS], params[PARAMETERS];
  const double *weight;
  int start_given, most_evaluations;
  size_t fail_at;
} fit_case;

static double row_weight(const fit_case *c, size_t i) { return c->weight ? c->weight[i] : 1.0; }

static void take_case(input *in, const char *kinds, fit_case *c) {
  const unsigned choice = take(in);
  const size_t n = take(in) % (ROWS + 1);
  take_params(in, kinds, c->params);
  c->start_given = choice % 4 == 0;
  c->fail_at = choice / 4 % 4 == 0 ? take(in) % 16 : 0;
  c->weight = choice / 16 % 2 ? c->weights : NULL;
  c->most_evaluations = 1 + (int)(take(in) % MOST_EVALUATIONS);
  c->rows.n = n;
  for (size_t i = 0; i < n; i++) {
    const unsigned copy = take(in) % 8;
    c->weights[i] = take_quantity(in);
    if (i > 0 && copy < 2) { /* equal rows, which fits may merge */
      c->rows.x[i] = c->rows.x[i - 1];
      c->rows.t_x[i] = c->rows.t_x[i - 1];
      c->rows.T[i] = c->rows.T[i - 1];
    } else {
      take_history(in, &c->rows.x[i], &c->rows.t_x[i], &c->rows.T[i]);
    }
  }
}

/* The same customers from the last to the first, each as two rows with a half of the weight. 0 where that is too small
 * a weight. */
static int repeat_rows(const fit_case *c, fit_case *to) {
  const size_t n = c->rows.n;
  int possible = 1;
  *to = *c;
  to->rows.n = 2 * n;
  to->weight = to->weights;
  for (size_t i = 0; i < 2 * n; i++) {
    const size_t from = n - 1 - i / 2;
    to->rows.x[i] = c->rows.x[from];
    to->rows.t_x[i] = c->rows.t_x[from];
    to->rows.T[i] = c->rows.T[from];
    to->weights[i] = row_weight(c, from) / 2.0;
    possible &= to->weights[i] >= LOY_RANGE_LEAST;
  }
  return possible;
}

/* How far two log-likelihoods of a row may be apart: a part of the sizes of their terms, which are products of
 * purchases and shapes with logarithms of times and quantities. */
static double row_slack(const char *kinds, const double *params, double l, double x, double T) {
  double shapes = x + 1.0, logs = 1.0;
  for (size_t i = 0; kinds[i]; i++) {
    if (kinds[i] == 's') shapes += params[i];
    logs += fabs(log(params[i]));
    if (kinds[i] == 'q') logs += fabs(log(params[i] + T));
  }
  logs += log1p(x) + (T > 0.0 ? fabs(log(T)) : 0.0);
  return 2e-12 * fmax(1.0, fabs(l)) + 16.0 * DBL_EPSILON * shapes * logs;
}

#define MODEL(f) loy_bgnbd_##f
#define FUZZ(f)  bgnbd##f
#define KINDS    "sqss"
#include "btyd_fit.h"

#define MODEL(f) loy_mbgnbd_##f
#define FUZZ(f)  mbgnbd##f
#define KINDS    "sqss"
#include "btyd_fit.h"

#define MODEL(f) loy_pnbd_##f
#define FUZZ(f)  pnbd##f
#define KINDS    "sqsq"
#include "btyd_fit.h"

#define MODEL(f) loy_nbd_##f
#define FUZZ(f)  nbd##f
#define KINDS    "sq"
#include "btyd_fit.h"

#define MODEL(f) loy_ggomnbd_##f
#define FUZZ(f)  ggomnbd##f
#define KINDS    "sqqsq"
#include "btyd_fit.h"

static void (*const topics[])(input *) = {
    bgnbd_total, bgnbd_fit, mbgnbd_total, mbgnbd_fit,    pnbd_total,
    pnbd_fit,    nbd_total, nbd_fit,      ggomnbd_total, ggomnbd_fit,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  input in = {data, size, 0};
  const size_t topic = take(&in) % (sizeof topics / sizeof *topics);
  in.hostile = take(&in) % 2 == 1;
  topics[topic](&in);
  return 0;
}
