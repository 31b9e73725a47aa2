/* btyd_rates.i: shims of retention, churn and repeat purchases. After btyd_rfm.i. */

%{
#include "loyalty/btyd/cohort.h"
#include "loyalty/btyd/rates.h"

static loy_values rate_fields(const loy_rate *rate, const loy_error *e) {
  loy_values r = {0};
  r.e = *e;
  loy_put_int(&r, rate->part);
  loy_put_int(&r, rate->whole);
  loy_put_double(&r, rate->rate);
  return r;
}
%}

/* ---- from counts: part, whole, rate ---- */

LOY_BULK(rate_convert_batch)
%inline %{
static loy_values retention_rate(int64_t start, int64_t end, int64_t acquired) {
  loy_rate rate = {0};
  loy_error e = {0};
  loy_retention_rate(start, end, acquired, &rate, &e);
  return rate_fields(&rate, &e);
}

static loy_values churn_rate(int64_t start, int64_t end, int64_t acquired) {
  loy_rate rate = {0};
  loy_error e = {0};
  loy_churn_rate(start, end, acquired, &rate, &e);
  return rate_fields(&rate, &e);
}

static loy_values repeat_rate(int64_t repeat_customers, int64_t customers) {
  loy_rate rate = {0};
  loy_error e = {0};
  loy_repeat_rate(repeat_customers, customers, &rate, &e);
  return rate_fields(&rate, &e);
}

static loy_values repurchase_rate(int64_t returning_orders, int64_t orders) {
  loy_rate rate = {0};
  loy_error e = {0};
  loy_repurchase_rate(returning_orders, orders, &rate, &e);
  return rate_fields(&rate, &e);
}

static loy_r2 rate_interval(int64_t part, int64_t whole, double level) {
  loy_r2 r = {0};
  const loy_rate rate = {part, whole, 0.0};
  loy_rate_interval(&rate, level, &r.v[0], &r.v[1], &r.e);
  return r;
}

static loy_r1 rate_convert(bool churn, double rate, double length, double to) {
  loy_r1 r = {0};
  if (churn) {
    loy_churn_convert_check(rate, length, to, &r.v[0], &r.e);
    if (!loy_status_is_error(r.e.status)) r.v[0] = loy_churn_convert(rate, length, to);
  } else {
    loy_retention_convert_check(rate, length, to, &r.v[0], &r.e);
    if (!loy_status_is_error(r.e.status)) r.v[0] = loy_retention_convert(rate, length, to);
  }
  return r;
}

static loy_rbatch rate_convert_batch(bool churn, double length, double to, loy_in rate, loy_out out, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  if (!loy_same_length(&e, "out", out.n, rate.n)) return loy_batch_result(e, &report, coerce);
  if (churn)
    loy_churn_convert_batch(length, to, rate.p, rate.n, out.p, &report, &e);
  else
    loy_retention_convert_batch(length, to, rate.p, rate.n, out.p, &report, &e);
  return loy_batch_result(e, &report, coerce);
}
%}

/* ---- from a log; tick 0 to 4 as in rfm_push, the least 64-bit integer as `last` is the last period seen ---- */

LOY_BULK(purchase_count)
LOY_BULK(retention_periods)
LOY_BULK(retention_table)
LOY_BULK(cohort_table)
%inline %{
/* Customers, those with two purchases or more, orders, those not the first of their customer. */
static loy_values purchase_count(loy_rfm_builder *builder, int tick, int64_t last) {
  loy_values r = {0};
  loy_purchase_counts counts = {0};
  loy_purchase_count(builder, (loy_tick)tick, last, &counts, &r.e);
  loy_put_int(&r, counts.customers);
  loy_put_int(&r, counts.repeat_customers);
  loy_put_int(&r, counts.orders);
  loy_put_int(&r, counts.returning_orders);
  return r;
}

static loy_ri retention_periods(loy_rfm_builder *builder, int tick, int64_t last) {
  loy_ri r = {0};
  size_t periods = 0;
  loy_retention_periods(builder, (loy_tick)tick, last, &periods, &r.e);
  r.v = (int64_t)periods;
  return r;
}

/* Status and the number of periods; columns of that length. */
static loy_values retention_table(loy_rfm_builder *builder, int tick, int64_t last, double level, loy_out_i64 period,
                                  loy_out_i64 start, loy_out_i64 active, loy_out_i64 retained, loy_out_i64 acquired,
                                  loy_out_i64 returned, loy_out retention, loy_out lower, loy_out upper,
                                  loy_out churn) {
  loy_values r = {0};
  loy_retention_columns out;
  size_t periods = 0, n = period.n;
  if (!loy_same_length(&r.e, "start", start.n, n) || !loy_same_length(&r.e, "active", active.n, n) ||
      !loy_same_length(&r.e, "retained", retained.n, n) || !loy_same_length(&r.e, "acquired", acquired.n, n) ||
      !loy_same_length(&r.e, "returned", returned.n, n) || !loy_same_length(&r.e, "retention", retention.n, n) ||
      !loy_same_length(&r.e, "lower", lower.n, n) || !loy_same_length(&r.e, "upper", upper.n, n) ||
      !loy_same_length(&r.e, "churn", churn.n, n))
    return r;
  loy_retention_columns_init(&out);
  out.period = period.p;
  out.start = start.p;
  out.active = active.p;
  out.retained = retained.p;
  out.acquired = acquired.p;
  out.returned = returned.p;
  out.retention = retention.p;
  out.lower = lower.p;
  out.upper = upper.p;
  out.churn = churn.p;
  loy_retention_table(builder, (loy_tick)tick, last, level, n, &out, &periods, &r.e);
  loy_put_status(&r);
  loy_put_size(&r, periods);
  return r;
}

/* `period` has an entry for each period, `active` a row of as many for each. */
static loy_r0 cohort_table(loy_rfm_builder *builder, int tick, int64_t last, loy_out_i64 period, loy_out_i64 active) {
  loy_r0 r = {0};
  if (period.n > LOY_COHORT_PERIODS)
    loy_refuse(&r.e, LOY_ERR_ARGUMENT, "period", "must not be longer than 4096");
  else if (loy_has_length(&r.e, "active", active.n, period.n * period.n))
    loy_cohort_table(builder, (loy_tick)tick, last, period.n, period.p, active.p, &r.e);
  return r;
}
%}
