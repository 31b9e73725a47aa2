/* btyd_rates.c: rates, retention by period and cohorts in the parity cases. */
#include "loyalty/btyd/rates.h"

#include "loyalty/btyd/cohort.h"
#include "parity.h"

static void give_rate(parity_case *c, const loy_rate *rate, const loy_error *e) {
  if (parity_failed(c, e)) return;
  parity_give_int(c, rate->part);
  parity_give_int(c, rate->whole);
  parity_give_double(c, rate->rate);
}

static void retention_rate(parity_case *c) {
  const int64_t start = parity_int(c), end = parity_int(c), acquired = parity_int(c);
  loy_rate rate;
  loy_error e;
  loy_retention_rate(start, end, acquired, &rate, &e);
  give_rate(c, &rate, &e);
}

static void churn_rate(parity_case *c) {
  const int64_t start = parity_int(c), end = parity_int(c), acquired = parity_int(c);
  loy_rate rate;
  loy_error e;
  loy_churn_rate(start, end, acquired, &rate, &e);
  give_rate(c, &rate, &e);
}

static void repeat_rate(parity_case *c) {
  const int64_t part = parity_int(c), whole = parity_int(c);
  loy_rate rate;
  loy_error e;
  loy_repeat_rate(part, whole, &rate, &e);
  give_rate(c, &rate, &e);
}

static void repurchase_rate(parity_case *c) {
  const int64_t part = parity_int(c), whole = parity_int(c);
  loy_rate rate;
  loy_error e;
  loy_repurchase_rate(part, whole, &rate, &e);
  give_rate(c, &rate, &e);
}

static void rate_interval(parity_case *c) {
  loy_rate rate = {0, 0, 0.0};
  double level, lower = 0.0, upper = 0.0;
  loy_error e;
  rate.part = parity_int(c);
  rate.whole = parity_int(c);
  level = parity_double(c);
  loy_rate_interval(&rate, level, &lower, &upper, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, lower);
  parity_give_double(c, upper);
}

static void rate_convert(parity_case *c) {
  const bool churn = parity_bool(c);
  const double rate = parity_double(c), from = parity_double(c), to = parity_double(c);
  double result = 0.0;
  loy_error e;
  if (churn)
    loy_churn_convert_check(rate, from, to, &result, &e);
  else
    loy_retention_convert_check(rate, from, to, &result, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, churn ? loy_churn_convert(rate, from, to) : loy_retention_convert(rate, from, to));
}

static void rate_convert_batch(parity_case *c) {
  const bool churn = parity_bool(c);
  const double from = parity_double(c), to = parity_double(c);
  size_t n, rows;
  const double *rate = parity_column(c, &n);
  double *out = parity_out(c, &rows);
  const bool coerce = parity_bool(c);
  loy_batch_report report = {0};
  loy_error e;
  if (parity_lengths(c, "out", rows, n)) return;
  if (churn)
    loy_churn_convert_batch(from, to, rate, n, out, &report, &e);
  else
    loy_retention_convert_batch(from, to, rate, n, out, &report, &e);
  parity_batch(c, &e, &report, coerce);
}

static void purchase_count(parity_case *c) {
  loy_rfm_builder *builder = (loy_rfm_builder *)parity_object(c);
  const loy_tick tick = (loy_tick)parity_int(c);
  loy_purchase_counts counts;
  loy_error e;
  loy_purchase_count(builder, tick, parity_int(c), &counts, &e);
  if (parity_failed(c, &e)) return;
  parity_give_int(c, counts.customers);
  parity_give_int(c, counts.repeat_customers);
  parity_give_int(c, counts.orders);
  parity_give_int(c, counts.returning_orders);
}

static void retention_periods(parity_case *c) {
  loy_rfm_builder *builder = (loy_rfm_builder *)parity_object(c);
  const loy_tick tick = (loy_tick)parity_int(c);
  size_t periods;
  loy_error e;
  loy_retention_periods(builder, tick, parity_int(c), &periods, &e);
  if (parity_failed(c, &e)) return;
  parity_give_int(c, (int64_t)periods);
}

static void retention_table(parity_case *c) {
  loy_rfm_builder *builder = (loy_rfm_builder *)parity_object(c);
  const loy_tick tick = (loy_tick)parity_int(c);
  const int64_t end = parity_int(c);
  const double level = parity_double(c);
  loy_retention_columns out;
  size_t n, periods;
  loy_error e;
  loy_retention_columns_init(&out);
  out.period = parity_out_i64(c, &n);
  out.start = parity_out_i64(c, &n);
  out.active = parity_out_i64(c, &n);
  out.retained = parity_out_i64(c, &n);
  out.acquired = parity_out_i64(c, &n);
  out.returned = parity_out_i64(c, &n);
  out.retention = parity_out(c, &n);
  out.lower = parity_out(c, &n);
  out.upper = parity_out(c, &n);
  out.churn = parity_out(c, &n);
  loy_retention_table(builder, tick, end, level, n, &out, &periods, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_int(c, (int64_t)periods);
}

static void cohort_table(parity_case *c) {
  loy_rfm_builder *builder = (loy_rfm_builder *)parity_object(c);
  const loy_tick tick = (loy_tick)parity_int(c);
  const int64_t end = parity_int(c);
  size_t n, cells;
  int64_t *period = parity_out_i64(c, &n), *active = parity_out_i64(c, &cells);
  loy_error e;
  loy_cohort_table(builder, tick, end, n, period, active, &e);
  (void)parity_failed(c, &e);
}

PARITY(btyd_rates) {
  CASE(retention_rate);
  CASE(churn_rate);
  CASE(repeat_rate);
  CASE(repurchase_rate);
  CASE(rate_interval);
  CASE(rate_convert);
  CASE(rate_convert_batch);
  CASE(purchase_count);
  CASE(retention_periods);
  CASE(retention_table);
  CASE(cohort_table);
}
