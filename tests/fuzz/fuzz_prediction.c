/* fuzz_prediction.c: predictions of any model and their intervals, for hostile models and histories.
 *
 * The first byte chooses a topic, the second whether the input is hostile (fuzz_input.h); the rest are arguments. What
 * must hold: no crash; an error names an argument and leaves outputs as they were; a prediction has the bits of the
 * model's own function, as part of any batch and in any order of its blocks; an interval holds its estimate and stays
 * in its range, a narrower one lies inside; errors double when the covariance is fourfold; counts that are an
 * interval's ends leave the probabilities that they say, by sums of the probabilities of single counts. */
#include "reversed_blocks.h"

#include "loyalty/btyd/bdw.h"
#include "loyalty/btyd/gamma_gamma.h"
#include "loyalty/btyd/prediction_interval.h"
#include "loyalty/btyd/purchase_interval.h"
#include "loyalty/btyd/sbg.h"
#include "loyalty/math/interval.h"
#include "model_case.h"

enum { MANY = 150 }; /* rows: above two blocks of 64 */

#define MODEL(f) loy_bgnbd_##f
#define FUZZ(f)  bgnbd##f
#define KINDS    "sqss"
#include "prediction_model.h"

#define MODEL(f) loy_mbgnbd_##f
#define FUZZ(f)  mbgnbd##f
#define KINDS    "sqss"
#include "prediction_model.h"

#define MODEL(f) loy_pnbd_##f
#define FUZZ(f)  pnbd##f
#define KINDS    "sqsq"
#include "prediction_model.h"

#define MODEL(f) loy_nbd_##f
#define FUZZ(f)  nbd##f
#define KINDS    "sq"
#include "prediction_model.h"

#define MODEL(f) loy_ggomnbd_##f
#define FUZZ(f)  ggomnbd##f
#define KINDS    "sqqsq"
#include "prediction_model.h"

#define MODEL(f) loy_bgcnbd_##f
#define FUZZ(f)  bgcnbd##f
#define KINDS    "sqssk"
#include "prediction_model.h"

#define MODEL(f) loy_mbgcnbd_##f
#define FUZZ(f)  mbgcnbd##f
#define KINDS    "sqssk"
#include "prediction_model.h"

#define MODEL(f) loy_bgbb_##f
#define FUZZ(f)  bgbb##f
#define KINDS    "ssss"
#define PERIODS
#include "prediction_model.h"

#define CONTRACT(M)                                                                                                    \
  static double M##_answer(const double *parameters, const loy_prediction *what, const loy_prediction_rows *r,         \
                           size_t i) {                                                                                 \
    loy_##M##_params p;                                                                                                \
    double value = (double)NAN;                                                                                        \
    memcpy(&p, parameters, sizeof p);                                                                                  \
    switch (what->quantity) {                                                                                          \
    case LOY_PREDICT_SURVIVAL: return loy_##M##_survival(&p, r->n[i], r->t1[i]);                                       \
    case LOY_PREDICT_CHURN: return loy_##M##_churn(&p, r->n[i], r->t1[i]);                                             \
    case LOY_PREDICT_RETENTION: return loy_##M##_retention(&p, r->n[i]);                                               \
    case LOY_PREDICT_DROPOUT: return loy_##M##_posterior(&p, r->n[i]);                                                 \
    case LOY_PREDICT_DERL: (void)loy_##M##_derl(&p, r->n[i], what->delta, what->t, &value, NULL); break;               \
    case LOY_PREDICT_DEL: (void)loy_##M##_del(&p, what->delta, r->t1[i], &value, NULL); break;                         \
    default: (void)loy_##M##_derl_elasticity(&p, r->n[i], what->delta, what->t, &value, NULL);                         \
    }                                                                                                                  \
    return value;                                                                                                      \
  }
CONTRACT(sbg)
CONTRACT(bdw)
#undef CONTRACT

typedef struct question {
  loy_model model;
  loy_prediction what;
  histories rows;
  double z[ROWS], n[ROWS], t0[ROWS], t1[ROWS], level;
  loy_prediction_rows columns;
} question;

/* A probability, its ends being those of doubles as well. */
static double take_level(input *in) {
  const unsigned byte = take(in);
  if (in->hostile && byte >= 240) return take_odd(in, 0.0, 1.0);
  return byte < 8    ? 1.0 - ldexp(1.0, -1 - (int)(take(in) % 53))
         : byte < 16 ? ldexp(1.0, -1 - (int)(take(in) * 4))
                     : byte / 256.0;
}

/* A level below another, and still above 0. */
static double narrower(double level) { return level > 1e-300 ? 0.5 * level : level; }

/* How far ahead: any part or multiple of what was observed. */
static double take_ahead(input *in, double T) {
  const unsigned byte = take(in);
  return byte < 64 && T > 0.0 ? T * ldexp(1.0 + take(in) / 256.0, (int)byte - 32) : take_time(in);
}

/* Purchases: some heavy buyers as well. */
static void take_buyers(input *in, size_t most, histories *h) {
  take_histories(in, most, h);
  for (size_t i = 0; i < h->n; i++)
    if (take(in) % 8 == 0 && h->x[i] > 0.0) h->x[i] = 1.0 + take(in) * 40.0;
}

static int of_contract(int kind) { return kind == LOY_MODEL_SBG || kind == LOY_MODEL_BDW; }

/* A quantity that such a model has. */
static int take_quantity_of(input *in, int kind) {
  const int byte = (int)take(in);
  if (kind == LOY_MODEL_GAMMA_GAMMA) return byte % 2 ? LOY_PREDICT_SPEND : LOY_PREDICT_RATE;
  if (!of_contract(kind)) return 1 + byte % 10;
  if (byte % 7 == 6) return LOY_PREDICT_DROPOUT;
  return kind == LOY_MODEL_SBG && byte % 8 == 0 ? LOY_PREDICT_EXPECTED_ELASTICITY : LOY_PREDICT_SURVIVAL + byte % 7;
}

/* Whole times, where those of the model are periods. */
static void in_periods(input *in, question *q) {
  const int contract = of_contract(q->model.kind);
  if (!contract && q->model.kind != LOY_MODEL_BGBB) return;
  to_periods(q->rows.n, q->rows.x, q->rows.t_x, q->rows.T);
  q->what.t = contract && take(in) % 4 == 0 ? (double)INFINITY : floor(fmin(q->what.t, 1000.0));
  for (size_t i = 0; i < q->rows.n; i++) {
    if (contract) q->n[i] = fmin(q->n[i], 1e6) + 1.0;
    q->t1[i] = floor(fmin(q->t1[i], 1000.0));
    q->t0[i] = floor(fmin(q->t0[i], 1000.0));
  }
}

static void take_question(input *in, int first, int last, question *q) {
  take_model(in, first, last, &q->model);
  loy_prediction_init(&q->what, take_quantity_of(in, q->model.kind));
  if (in->hostile && take(in) % 8 == 0) q->what.quantity = take_choice(in, 20);
  take_buyers(in, 3, &q->rows);
  q->what.t = take(in) % 4 ? take_ahead(in, q->rows.n ? q->rows.T[0] : 1.0) : 0.0;
  q->what.delta = take(in) % 4 ? take(in) / 1000.0 : take_quantity(in);
  q->what.n = take(in) % 8 ? take_answer(in, 0, 9) : (double)take_count(in);
  if (in->hostile && take(in) % 8 == 0) q->what.threads = take_choice(in, 3);
  q->level = take_level(in);
  take_spends(in, &q->rows, q->z);
  for (size_t i = 0; i < q->rows.n; i++) {
    q->n[i] = take(in) % 8 ? take_answer(in, 0, 9) : (double)take_count(in);
    q->t1[i] = take_time(in);
    q->t0[i] = q->t1[i] * take_number(in, 0.0, 1.0);
  }
  if (!in->hostile || take(in) % 4) in_periods(in, q);
  q->columns.x = q->rows.x;
  q->columns.t_x = q->rows.t_x;
  q->columns.T = q->rows.T;
  q->columns.z = q->z;
  q->columns.n = q->n;
  q->columns.t0 = q->t0;
  q->columns.t1 = q->t1;
}

/* The model's own answer for row i. */
static double answer_of(const question *q, size_t i) {
  const double *p = q->model.parameters;
  switch (q->model.kind) {
  case LOY_MODEL_BGNBD: return bgnbd_answer(p, &q->what, &q->columns, i);
  case LOY_MODEL_MBGNBD: return mbgnbd_answer(p, &q->what, &q->columns, i);
  case LOY_MODEL_PNBD: return pnbd_answer(p, &q->what, &q->columns, i);
  case LOY_MODEL_NBD: return nbd_answer(p, &q->what, &q->columns, i);
  case LOY_MODEL_GGOMNBD: return ggomnbd_answer(p, &q->what, &q->columns, i);
  case LOY_MODEL_BGCNBD: return bgcnbd_answer(p, &q->what, &q->columns, i);
  case LOY_MODEL_MBGCNBD: return mbgcnbd_answer(p, &q->what, &q->columns, i);
  case LOY_MODEL_BGBB: return bgbb_answer(p, &q->what, &q->columns, i);
  case LOY_MODEL_SBG:
    if (q->what.quantity == LOY_PREDICT_EXPECTED_ELASTICITY) {
      const loy_sbg_params sbg = {p[0], p[1]};
      double value = (double)NAN;
      (void)loy_sbg_retention_elasticity(&sbg, q->n[i], q->what.delta, &value, NULL);
      return value;
    }
    return sbg_answer(p, &q->what, &q->columns, i);
  case LOY_MODEL_BDW: return bdw_answer(p, &q->what, &q->columns, i);
  default: break;
  }
  {
    const loy_gamma_gamma_params spend = {p[0], p[1], p[2]};
    return q->what.quantity == LOY_PREDICT_SPEND ? loy_gamma_gamma_expected_spend(&spend, q->rows.x[i], q->z[i])
                                                 : loy_gamma_gamma_posterior(&spend, q->rows.x[i], q->z[i]);
  }
}

static int is_chance(const question *q) {
  const int kind = q->model.kind, quantity = q->what.quantity;
  return quantity == LOY_PREDICT_ALIVE || quantity == LOY_PREDICT_PROBABILITY ||
         quantity == LOY_PREDICT_NEW_PROBABILITY || quantity == LOY_PREDICT_NEW_INTERVAL ||
         quantity == LOY_PREDICT_SURVIVAL || quantity == LOY_PREDICT_CHURN || quantity == LOY_PREDICT_RETENTION ||
         (quantity == LOY_PREDICT_RATE && kind == LOY_MODEL_BGBB) ||
         (quantity == LOY_PREDICT_DROPOUT && kind != LOY_MODEL_PNBD && kind != LOY_MODEL_NBD &&
          kind != LOY_MODEL_GGOMNBD);
}

static void fuzz_batch(input *in) {
  question q;
  double out[ROWS];
  loy_batch_report report;
  loy_error error;
  size_t bad = 0, first = 0, infinite = LOY_NO_INDEX;
  loy_status status;
  take_question(in, LOY_MODEL_BGNBD, LOY_MODEL_MBGCNBD, &q);
  fill(out, sizeof out);
  status = loy_prediction_batch(&q.model, &q.what, &q.columns, q.rows.n, out, &report, &error);
  if (!answered_in(status, &error, out, sizeof out)) return;
  for (size_t i = q.rows.n; i-- > 0;) {
    require(same(out[i], answer_of(&q, i)));
    if (isnan(out[i])) bad++, first = i;
    if (isinf(out[i])) infinite = i;
    require(isnan(out[i]) || (is_chance(&q) ? inside(out[i], 0.0, 1.0) : out[i] >= 0.0));
  }
  require_report(&report, bad, first);
  require((status == LOY_NOTICE_DIVERGES) == (infinite != LOY_NO_INDEX) && error.index == infinite);
}

typedef struct ends {
  double estimate[ROWS], std_error[ROWS], lower[ROWS], upper[ROWS];
} ends;

static loy_status ask(const question *q, double level, ends *to, loy_batch_report *report, loy_error *error) {
  return loy_prediction_interval_batch(&q->model, &q->what, &q->columns, q->rows.n, level, to->estimate, to->std_error,
                                       to->lower, to->upper, report, error);
}

static void fuzz_interval(input *in) {
  question q;
  ends out, narrow, wide;
  double estimate[ROWS];
  size_t n, known = LOY_NO_INDEX, infinite = LOY_NO_INDEX;
  loy_batch_report report, same_report;
  loy_error error;
  loy_status status;
  take_question(in, LOY_MODEL_BGNBD, LOY_MODEL_MBGCNBD, &q);
  n = loy_model_parameter_count(q.model.kind);
  fill(&out, sizeof out);
  status = ask(&q, q.level, &out, &report, &error);
  if (!answered_in(status, &error, &out, sizeof out)) return;
  require(!loy_status_is_error(
      loy_prediction_batch(&q.model, &q.what, &q.columns, q.rows.n, estimate, &same_report, NULL)));
  require(report.bad == same_report.bad && report.first.index == same_report.first.index);
  for (size_t i = n; i-- > 0;)
    if (isnan(q.model.covariance[i * n + i])) known = i;
  require(!loy_status_is_error(ask(&q, narrower(q.level), &narrow, NULL, NULL)));
  for (size_t i = q.rows.n; i-- > 0;) {
    const double value = out.estimate[i], lower = out.lower[i], upper = out.upper[i];
    require(same(value, estimate[i]));
    if (isinf(value)) infinite = i;
    require(isnan(out.std_error[i]) == isnan(lower) && isnan(lower) == isnan(upper));
    if (!isfinite(value)) require(isnan(lower));
    if (isnan(lower)) continue;
    require(out.std_error[i] >= 0.0 && 0.0 <= lower && lower <= value && value <= upper);
    if (is_chance(&q)) require(upper <= 1.0);
    require(same(out.std_error[i], narrow.std_error[i]));
    require(lower <= narrow.lower[i] * (1.0 + 1e-14) && narrow.upper[i] <= upper * (1.0 + 1e-14));
  }
  require(status == (infinite != LOY_NO_INDEX ? LOY_NOTICE_DIVERGES
                     : known != LOY_NO_INDEX  ? LOY_NOTICE_AT_BOUND
                                              : LOY_OK));
  if (status != LOY_OK) require(error.index == (infinite != LOY_NO_INDEX ? infinite : known));
  for (size_t i = 0; i < n * n; i++) {
    if (!(fabs(q.model.covariance[i]) < 1e200 &&
          (q.model.covariance[i] == 0.0 || fabs(q.model.covariance[i]) > 1e-150)) &&
        !isnan(q.model.covariance[i]))
      return;
    q.model.covariance[i] *= 4.0;
  }
  if (loy_status_is_error(ask(&q, q.level, &wide, NULL, NULL))) return;
  for (size_t i = 0; i < q.rows.n; i++)
    if (out.std_error[i] > 1e-150) require(near(wide.std_error[i], 2.0 * out.std_error[i], 1e-14, 0.0));
}

/* By sums of probabilities of single counts, where few are likely. */
static void require_counts(const question *q, size_t i, double lower, double upper) {
  const double tail = 0.5 * (1.0 - q->level);
  question one = *q;
  double below = 0.0, upto = 0.0, last = 0.0;
  one.what.quantity = LOY_PREDICT_PROBABILITY;
  for (double n = 0.0; n <= upper; n++) {
    one.what.n = n;
    last = answer_of(&one, i);
    if (n < lower) below += last;
    if (n == lower) require(below + last >= tail * (1.0 - 1e-11) - 1e-11);
    upto += last;
  }
  require(below <= tail + 1e-11 && 1.0 - upto <= tail + 1e-11);
  if (upper > lower) require(1.0 - (upto - last) >= tail - 1e-11);
}

static void fuzz_counts(input *in) {
  question q;
  struct {
    double lower[ROWS], upper[ROWS];
  } out, narrow;
  loy_purchase_options options;
  loy_batch_report report;
  loy_error error;
  size_t bad = 0, first = 0, infinite = LOY_NO_INDEX;
  loy_status status;
  take_question(in, LOY_MODEL_BGNBD, LOY_MODEL_MBGCNBD, &q);
  loy_pnbd_options_init(&options);
  options.threads = q.what.threads;
  fill(&out, sizeof out);
  status = loy_purchase_interval_batch(&q.model, q.rows.x, q.rows.t_x, q.rows.T, q.rows.n, q.what.t, q.level, &options,
                                       out.lower, out.upper, &report, &error);
  if (!answered_in(status, &error, &out, sizeof out)) return;
  require(!loy_status_is_error(loy_purchase_interval_batch(&q.model, q.rows.x, q.rows.t_x, q.rows.T, q.rows.n, q.what.t,
                                                           narrower(q.level), NULL, narrow.lower, narrow.upper, NULL,
                                                           NULL)));
  q.what.quantity = LOY_PREDICT_PURCHASES;
  for (size_t i = q.rows.n; i-- > 0;) {
    const double lower = out.lower[i], upper = out.upper[i];
    require(isnan(lower) == isnan(answer_of(&q, i)) && isnan(upper) == isnan(lower));
    if (isnan(lower)) {
      bad++, first = i;
      continue;
    }
    if (isinf(upper)) infinite = i;
    require(0.0 <= lower && lower <= upper && lower == floor(lower) && upper == floor(upper));
    require(upper <= LOY_PURCHASES_MOST || isinf(upper));
    require(lower <= narrow.lower[i] && narrow.upper[i] <= upper);
    if (upper <= 40.0) require_counts(&q, i, lower, upper);
  }
  require_report(&report, bad, first);
  require((status == LOY_NOTICE_DIVERGES) == (infinite != LOY_NO_INDEX) && error.index == infinite);
}

static void fuzz_ends(input *in) {
  const double share = take(in) % 2 ? take_number(in, 5e-324, 1.0) : ldexp(1.0, -(int)(take(in) * 4));
  const double rest = take(in) % 2 && share < 1.0 ? 1.0 - share : ldexp(1.0 + take(in) / 256.0, -1 - (int)take(in));
  const double width = take(in) % 4 ? take(in) / 16.0 : take(in) % 2 ? ldexp(1.0, -(int)take(in)) : (double)INFINITY;
  double lower, upper;
  if (inside(share, 5e-324, 1.0)) {
    loyi_interval_log(share, width, &lower, &upper);
    require(0.0 <= lower && lower <= share && share <= upper);
  }
  if (!inside(share, 5e-324, 1.0) || !near(share + rest, 1.0, 2.3e-16, 0.0)) return;
  loyi_interval_odds(share, rest, width, &lower, &upper);
  require(0.0 <= lower && lower <= share && share <= upper && upper <= 1.0);
}

static void (*const topics[])(input *) = {
    fuzz_batch,   fuzz_interval, fuzz_counts,     fuzz_ends,      bgnbd_predict,   mbgnbd_predict,
    pnbd_predict, nbd_predict,   ggomnbd_predict, bgcnbd_predict, mbgcnbd_predict, bgbb_predict,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  input in = {data, size, 0};
  const size_t topic = take(&in) % (sizeof topics / sizeof *topics);
  in.hostile = take(&in) % 2 == 1;
  topics[topic](&in);
  return 0;
}
