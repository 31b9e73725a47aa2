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
#include "loyalty/btyd/bgcnbd_fit.h"
#include "loyalty/btyd/bgnbd_fit.h"
#include "loyalty/btyd/gamma_gamma_fit.h"
#include "loyalty/btyd/ggomnbd_fit.h"
#include "loyalty/btyd/mbgcnbd_fit.h"
#include "loyalty/btyd/mbgnbd_fit.h"
#include "loyalty/btyd/nbd_fit.h"
#include "loyalty/btyd/pnbd_fit.h"

/* A fit has two starts, and 7 further ones at most. */
enum { PARAMETERS = 5, MOST_EVALUATIONS = 40, STARTS = 9 };

/* What a fit gets; `weight` and `litt` are NULL or the columns below. Room for rows that are repeated. */
typedef struct fit_case {
  struct {
    size_t n;
    double x[2 * ROWS], t_x[2 * ROWS], T[2 * ROWS];
  } rows;
  double weights[2 * ROWS], gaps[2 * ROWS], params[PARAMETERS];
  const double *weight, *litt;
  int start_given, most_evaluations;
  int stages; /* k of the fit, 0 to choose */
  size_t fail_at;
  double penalty;
  int64_t stop; /* the report at which the caller cancels, or 0 */
} fit_case;

/* A caller who watches, and who may stop. */
typedef struct watch {
  int64_t done, stop;
} watch;

static int look(void *ctx, int64_t done, int64_t of, double value) {
  watch *self = (watch *)ctx;
  (void)value;
  require(done == self->done + 1 && of == 0 && !(self->stop && self->done >= self->stop));
  self->done = done;
  return done != self->stop;
}

/* Whether the call was canceled: exactly when the caller asked to stop, and then nothing is written. */
static int canceled(loy_status status, const watch *eye, const void *object, size_t size) {
  require((status == LOY_ERR_CANCELED) == (eye->stop != 0 && eye->done == eye->stop));
  require(status != LOY_ERR_CANCELED || untouched(object, size));
  return status == LOY_ERR_CANCELED;
}

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
  c->penalty = take(in) % 4 ? 0.0 : take(in) % 2 ? take(in) / 256.0 : take_quantity(in);
  c->stop = take(in) % 4 ? 0 : 1 + take(in) % 40;
  take_gaps(in, n, c->rows.x, c->rows.t_x, c->gaps);
  c->litt = take(in) % 8 == 1 ? NULL : c->gaps;
  c->stages = take(in) % 2 ? (int)(take(in) % 8) : 0;
  if (in->hostile && take(in) % 16 == 0) c->stages = take_choice(in, 100) - 10;
}

/* The same customers from the last to the first, each as two rows with a half of the weight. 0 where that is too small
 * a weight. */
static int repeat_rows(const fit_case *c, fit_case *to) {
  const size_t n = c->rows.n;
  int possible = 1;
  *to = *c;
  to->rows.n = 2 * n;
  to->weight = to->weights;
  to->litt = c->litt ? to->gaps : NULL;
  for (size_t i = 0; i < 2 * n; i++) {
    const size_t from = n - 1 - i / 2;
    to->rows.x[i] = c->rows.x[from];
    to->rows.t_x[i] = c->rows.t_x[from];
    to->rows.T[i] = c->rows.T[from];
    to->gaps[i] = c->gaps[from];
    to->weights[i] = row_weight(c, from) / 2.0;
    possible &= to->weights[i] >= LOY_RANGE_LEAST;
  }
  return possible;
}

/* How far two log-likelihoods of a row may be apart: a part of the sizes of their terms, which are products of
 * purchases and shapes with logarithms of times and quantities. */
static double row_slack(const char *kinds, const double *params, double l, const fit_case *c, size_t row) {
  const double x = c->rows.x[row], t_x = c->rows.t_x[row], T = c->rows.T[row];
  double shapes = x + 1.0, logs = 1.0, gaps = 0.0;
  for (size_t i = 0; kinds[i]; i++) {
    if (kinds[i] == 's') shapes += params[i];
    if (kinds[i] == 'k') {
      shapes += (params[i] - 1.0) * x;
      gaps = (params[i] - 1.0) * (c->litt ? fabs(c->litt[row]) : t_x > 0.0 ? x * fabs(log(t_x)) : 0.0);
    }
    logs += fabs(log(params[i]));
    if (kinds[i] == 'q') logs += fabs(log(params[i] + T));
  }
  logs += log1p(x) + (T > 0.0 ? fabs(log(T)) : 0.0);
  return 2e-12 * fmax(1.0, fabs(l)) + 16.0 * DBL_EPSILON * (shapes * logs + gaps);
}

#define MODEL(f) loy_bgnbd_##f
#define FUZZ(f)  bgnbd##f
#define KINDS    "sqss"
#define TIMES    "0+00"
#include "btyd_fit.h"

#define MODEL(f) loy_mbgnbd_##f
#define FUZZ(f)  mbgnbd##f
#define KINDS    "sqss"
#define TIMES    "0+00"
#include "btyd_fit.h"

#define MODEL(f) loy_pnbd_##f
#define FUZZ(f)  pnbd##f
#define KINDS    "sqsq"
#define TIMES    "0+0+"
#include "btyd_fit.h"

#define MODEL(f) loy_nbd_##f
#define FUZZ(f)  nbd##f
#define KINDS    "sq"
#define TIMES    "0+"
#include "btyd_fit.h"

#define MODEL(f) loy_ggomnbd_##f
#define FUZZ(f)  ggomnbd##f
#define KINDS    "sqqsq"
#define TIMES    "0+-00"
#include "btyd_fit.h"

#define MODEL(f) loy_bgcnbd_##f
#define FUZZ(f)  bgcnbd##f
#define KINDS    "sqssk"
#define TIMES    "0+000"
#define GAPS
#include "btyd_fit.h"

#define MODEL(f) loy_mbgcnbd_##f
#define FUZZ(f)  mbgcnbd##f
#define KINDS    "sqssk"
#define TIMES    "0+000"
#define GAPS
#include "btyd_fit.h"

/* Sizes of the terms of a log-likelihood of mean spend. */
static double spend_slack(const double *params, double l, double x, double z) {
  const double shapes = 1.0 + params[0] * x + params[1];
  const double logs = 1.0 + fabs(log(params[0])) + fabs(log(params[1])) + fabs(log(params[2])) + fabs(log(x * z));
  return 2e-12 * fmax(1.0, fabs(l)) + 16.0 * DBL_EPSILON * shapes * logs;
}

/* Mean spends in place of recency, and equal ones where rows are equal. */
static void spend_of(const fit_case *c, double *z) {
  for (size_t i = 0; i < c->rows.n; i++) z[i] = c->rows.x[i] > 0.0 ? c->rows.t_x[i] + 1.0 : 0.0;
}

static void spend_fit(input *in) {
  fit_case c, other;
  loy_gamma_gamma_fit_options options;
  loy_gamma_gamma_fit_result fit, again;
  failing_allocator memory;
  watch eye = {0, 0};
  const loy_progress progress = {look, &eye};
  loy_error error;
  double z[2 * ROWS], slack = 0.0, value, gradient[3], customers = 0.0, row[2 * ROWS];
  loy_status status;
  take_case(in, "ssq", &c);
  spend_of(&c, z);
  loy_gamma_gamma_fit_options_init(&options);
  failing_start(&memory, c.fail_at);
  options.allocator = &memory.allocator;
  options.most_evaluations = c.most_evaluations;
  options.penalty = c.penalty;
  options.progress = &progress;
  eye.stop = c.stop;
  if (c.start_given) memcpy(&options.start, c.params, sizeof options.start);
  fill(&fit, sizeof fit);
  fill(&again, sizeof again);
  status = loy_gamma_gamma_fit(c.rows.x, z, c.weight, c.rows.n, &options, &fit, &error);
  require(memory.held == 0 && (status == LOY_ERR_MEMORY) == memory.failed);
  if (canceled(status, &eye, &fit, sizeof fit)) return;
  if (!answered_in(status, &error, &fit, sizeof fit)) return;
  require(fit.evaluations == eye.done);
  require(fit.status == status && loy_gamma_gamma_check(&fit.params, 0.0, 0.0, &error) == LOY_OK);
  require(status == LOY_OK || status == LOY_NOTICE_AT_BOUND || status == LOY_NOTICE_NOT_CONVERGED ||
          status == LOY_NOTICE_DIVERGES);
  require((status == LOY_NOTICE_DIVERGES) <= (fit.params.q <= 1.0) && fit.rows + fit.left_out == c.rows.n);
  require(isnan(fit.correlation) || inside(fit.correlation, -1.0 - 1e-12, 1.0 + 1e-12));
  require(fit.evaluations >= 1 && fit.evaluations <= 2 * (c.most_evaluations + 1) && !isnan(fit.decrement));
  require(loy_gamma_gamma_loglik_batch(&fit.params, c.rows.x, z, c.rows.n, row, NULL, NULL) == LOY_OK);
  for (size_t i = 0; i < c.rows.n; i++) {
    if (!(c.rows.x[i] > 0.0)) continue;
    customers += row_weight(&c, i);
    slack += row_weight(&c, i) * spend_slack((const double *)&fit.params, row[i], c.rows.x[i], z[i]);
  }
  require(near(customers, fit.customers, 1e-14, 0.0) && isfinite(fit.log_likelihood));
  require(loy_gamma_gamma_loglik_total(&fit.params, c.rows.x, z, c.weight, c.rows.n, &value, gradient, NULL, &error) ==
          LOY_OK);
  require(near(value, fit.log_likelihood, 0.0, slack));
  if (status == LOY_OK || status == LOY_NOTICE_DIVERGES) {
    require(fit.decrement <= 1e-13);
    for (int k = 0; k < 3; k++) {
      const double param = ((const double *)&fit.params)[k];
      const double cost = 2.0 * c.penalty * param * param;
      require(isfinite(fit.std_error[k]) && fit.std_error[k] >= 0.0);
      require(fabs(gradient[k] * param / customers - cost) <= 1e-8 + slack / customers + 1e-12 * cost);
    }
  }
  options.allocator = NULL;
  options.progress = NULL;
  options.threads = 2;
  require(loy_gamma_gamma_fit(c.rows.x, z, c.weight, c.rows.n, &options, &again, NULL) == status);
  require(memcmp(&fit, &again, sizeof fit) == 0);
  if (status == LOY_NOTICE_NOT_CONVERGED || status == LOY_NOTICE_AT_BOUND || c.penalty > 0.0) return;
  if (!repeat_rows(&c, &other)) return;
  spend_of(&other, z);
  status = loy_gamma_gamma_fit(other.rows.x, z, other.weight, other.rows.n, &options, &again, &error);
  require(answered(status, &error));
  if (status == LOY_OK || status == LOY_NOTICE_DIVERGES)
    require(near(fit.log_likelihood, again.log_likelihood, 0.0, slack + 1e-11 * customers));
}

static void (*const topics[])(input *) = {
    bgnbd_total,   bgnbd_fit,   mbgnbd_total, mbgnbd_fit,   pnbd_total, pnbd_fit,      nbd_total,   nbd_fit,
    ggomnbd_total, ggomnbd_fit, spend_fit,    bgcnbd_total, bgcnbd_fit, mbgcnbd_total, mbgcnbd_fit,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  input in = {data, size, 0};
  const size_t topic = take(&in) % (sizeof topics / sizeof *topics);
  in.hostile = take(&in) % 2 == 1;
  topics[topic](&in);
  return 0;
}
