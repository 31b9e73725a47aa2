/* value_engagement.c: word of mouth, branching, referral, influence and engagement in the parity cases. */
#include "parity.h"
#include "rows.h"

static void word_of_mouth_cascade(parity_case *c) {
  size_t n, other;
  const double *told = parity_column(c, &n), *share = parity_column(c, &other);
  const double acting = parity_double(c);
  const int count = (int)parity_int(c), rounding = (int)parity_int(c);
  const double value = parity_double(c);
  double *people = parity_out(c, &other);
  loy_word_of_mouth found = {0.0, 0.0, 0.0};
  loy_error e;
  loy_word_of_mouth_cascade(told, share, n, acting, count, rounding, value, people, &found, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_double(c, found.affected);
  parity_give_double(c, found.customers);
  parity_give_double(c, found.value);
}

static void branching_spread_batch(parity_case *c) {
  size_t n, other;
  const double *reproduction = parity_column(c, &n);
  double *total = parity_out(c, &other), *deviation = parity_out(c, &other), *extinction = parity_out(c, &other);
  const bool coerce = parity_bool(c);
  parity_rows rows = {0};
  for (size_t i = 0; i < n; i++) {
    loy_error why;
    loy_branching found = {NAN, NAN, NAN};
    loy_branching_spread(reproduction[i], &found, &why);
    parity_row(&rows, i, &why);
    total[i] = found.total;
    deviation[i] = found.deviation;
    extinction[i] = found.extinction;
  }
  parity_rows_done(c, &rows, coerce);
}

static void branching_reached_batch(parity_case *c) {
  size_t n, other;
  const double *population = parity_column(c, &n), *tellings = parity_column(c, &other);
  double *out = parity_out(c, &other);
  const bool coerce = parity_bool(c);
  const loy_error none = {LOY_OK, NULL, LOY_NO_INDEX, NULL};
  parity_rows rows = {0};
  for (size_t i = 0; i < n; i++) {
    loy_error why;
    out[i] = NAN;
    loy_branching_reached(population[i], tellings[i], &out[i], &why);
    parity_row(&rows, i, &why);
  }
  parity_batch(c, &none, &rows.report, coerce);
}

static void present_done(parity_case *c, const loy_error *e, const loy_batch_report *report, double total,
                         bool coerce) {
  if (parity_failed(c, e) || (report->bad > 0 && !coerce && parity_failed(c, &report->first))) return;
  parity_give_double(c, total);
  parity_give_int(c, (int64_t)report->bad);
}

static void referral_value_batch(parity_case *c) {
  size_t n, other;
  const double *period = parity_column(c, &n), *type1 = parity_column(c, &other), *margin = parity_column(c, &other);
  const double *reward = parity_column(c, &other), *cost = parity_column(c, &other);
  const double *saving = parity_column(c, &other);
  const double discount = parity_double(c);
  double *out = parity_out(c, &other), total = 0.0;
  const bool coerce = parity_bool(c);
  loy_batch_report report = {0};
  loy_error e;
  loy_referral_value_batch(period, type1, margin, reward, cost, saving, n, discount, out, &total, &report, &e);
  present_done(c, &e, &report, total, coerce);
}

static void knowledge_value_batch(parity_case *c) {
  size_t n, other;
  const double *period = parity_column(c, &n), *count = parity_column(c, &other), *adopted = parity_column(c, &other);
  const double *worth = parity_column(c, &other), *cost = parity_column(c, &other);
  const double discount = parity_double(c);
  double *out = parity_out(c, &other), total = 0.0;
  const bool coerce = parity_bool(c);
  loy_batch_report report = {0};
  loy_error e;
  loy_knowledge_value_batch(period, count, adopted, worth, cost, n, discount, out, &total, &report, &e);
  present_done(c, &e, &report, total, coerce);
}

static void influence(parity_case *c) {
  size_t n, other;
  const double *weight = parity_column(c, &other), *own = parity_column(c, &n);
  double *total = parity_out(c, &other), *added = parity_out(c, &other);
  loy_error e;
  loy_influence(weight, own, n, total, added, NULL, &e);
  parity_failed(c, &e);
}

static void engagement_value(parity_case *c) {
  size_t n, other;
  const double *clv = parity_column(c, &n), *crv = parity_column(c, &other), *civ = parity_column(c, &other);
  const double *ckv = parity_column(c, &other);
  const int64_t *referrer = parity_column_i64(c, &other);
  const double *type1 = parity_column(c, &other);
  const int rule = (int)parity_int(c);
  double *own = parity_out(c, &other), *referred = parity_out(c, &other), *value = parity_out(c, &other), total = 0.0;
  loy_error e;
  loy_engagement_value(clv, crv, civ, ckv, referrer, type1, n, rule, own, referred, value, &total, &e);
  if (!parity_failed(c, &e)) parity_give_double(c, total);
}

PARITY(value_engagement) {
  CASE(word_of_mouth_cascade);
  CASE(branching_spread_batch);
  CASE(branching_reached_batch);
  CASE(referral_value_batch);
  CASE(knowledge_value_batch);
  CASE(influence);
  CASE(engagement_value);
}
