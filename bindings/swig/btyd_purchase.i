/* btyd_purchase.i: shims of the models of a gamma purchase rate and a lifetime: pnbd, nbd, ggomnbd, written once. Every
 * function takes the parameters first (PARAMS declares, ARGS names them); a function of a customer's history then x, t_x,
 * T. Those that end in _batch take columns, and follow the C functions of the same name: for each model M loy_M_check,
 * loy_M_loglik and so on, as PURCHASE_FUTURE_SHIMS and PURCHASE_SHIMS have them; btyd_cnbd.i takes the former. For a search
 * by name:
 *   loy_pnbd_options_init, loy_pnbd_check, loy_pnbd_check_customer, loy_pnbd_loglik, loy_pnbd_loglik_batch,
 *   loy_pnbd_palive, loy_pnbd_palive_batch, loy_pnbd_log_palive, loy_pnbd_posterior, loy_pnbd_posterior_batch,
 *   loy_pnbd_expected_purchases, loy_pnbd_expected_purchases_batch, loy_pnbd_expected_purchases_new, loy_pnbd_dert,
 *   loy_pnbd_dert_batch, loy_pnbd_dect, loy_pnbd_dect_batch, loy_pnbd_dect_check, loy_pnbd_pmf, loy_pnbd_pmf_future,
 *   loy_pnbd_pmf_interval, loy_pnbd_pmf_check, loy_pnbd_simulate, loy_pnbd_simulate_log
 *   loy_nbd_options_init, loy_nbd_check, loy_nbd_check_customer, loy_nbd_loglik, loy_nbd_loglik_batch,
 *   loy_nbd_palive, loy_nbd_palive_batch, loy_nbd_log_palive, loy_nbd_posterior, loy_nbd_posterior_batch,
 *   loy_nbd_expected_purchases, loy_nbd_expected_purchases_batch, loy_nbd_expected_purchases_new, loy_nbd_dert,
 *   loy_nbd_dert_batch, loy_nbd_dect, loy_nbd_dect_batch, loy_nbd_dect_check, loy_nbd_pmf, loy_nbd_pmf_future,
 *   loy_nbd_pmf_interval, loy_nbd_pmf_check, loy_nbd_simulate, loy_nbd_simulate_log
 *   loy_ggomnbd_options_init, loy_ggomnbd_check, loy_ggomnbd_check_customer, loy_ggomnbd_loglik,
 *   loy_ggomnbd_loglik_batch, loy_ggomnbd_palive, loy_ggomnbd_palive_batch, loy_ggomnbd_log_palive,
 *   loy_ggomnbd_posterior, loy_ggomnbd_posterior_batch, loy_ggomnbd_expected_purchases,
 *   loy_ggomnbd_expected_purchases_batch, loy_ggomnbd_expected_purchases_new, loy_ggomnbd_dert,
 *   loy_ggomnbd_dert_batch, loy_ggomnbd_dect, loy_ggomnbd_dect_batch, loy_ggomnbd_dect_check, loy_ggomnbd_pmf,
 *   loy_ggomnbd_pmf_future, loy_ggomnbd_pmf_interval, loy_ggomnbd_pmf_check, loy_ggomnbd_simulate,
 *   loy_ggomnbd_simulate_log */

%{
#include "loyalty/btyd/ggomnbd.h"
#include "loyalty/btyd/nbd.h"
#include "loyalty/btyd/pnbd.h"
#include "loyalty/btyd/pnbd_predict.h"
#include "loyalty/btyd/pnbd_simulate.h"

/* Whether all columns are as long as x. */
static bool purchase_same_length(loy_error *e, loy_in x, loy_in t_x, loy_in T, loy_out out) {
  return loy_same_length(e, "t_x", t_x.n, x.n) && loy_same_length(e, "T", T.n, x.n) &&
         loy_same_length(e, "out", out.n, x.n);
}

/* Count a row that answered NaN. */
static void purchase_bad_row(loy_batch_report *report, size_t row, const loy_error *why) {
  if (report->bad++ > 0) return;
  report->first = *why;
  report->first.index = row;
}
%}

/* What is right where a time ahead is not. */
%{
#define pnbd_TIME_MUST    LOYI_ZERO_QUANTITY_MUST
#define nbd_TIME_MUST     LOYI_ZERO_QUANTITY_MUST
#define ggomnbd_TIME_MUST LOYI_ZERO_QUANTITY_MUST
#define bgcnbd_TIME_MUST  LOYI_ZERO_QUANTITY_MUST
#define mbgcnbd_TIME_MUST LOYI_ZERO_QUANTITY_MUST
%}

%define PURCHASE_FUTURE_SHIMS(M, PARAMS, ARGS)
%{
static loy_##M##_params M##_params(PARAMS) {
  loy_##M##_params params = {ARGS};
  return params;
}

static loy_##M##_options M##_options(int threads) {
  loy_##M##_options options;
  loy_##M##_options_init(&options);
  options.threads = threads;
  return options;
}
%}

/* ---- one customer ---- */

%inline %{
static loy_r0 M##_check(PARAMS) {
  loy_r0 result = {0};
  loy_##M##_params params = M##_params(ARGS);
  loy_##M##_check(&params, &result.e);
  return result;
}

static loy_r1 M##_palive(PARAMS, double x, double t_x, double T, double t) {
  loy_r1 result = {0};
  loy_##M##_params params = M##_params(ARGS);
  if (loy_##M##_check_customer(&params, x, t_x, T, t, &result.e) != LOY_OK) return result;
  result.v[0] = loy_##M##_palive(&params, x, t_x, T, t);
  return result;
}

static loy_r1 M##_log_palive(PARAMS, double x, double t_x, double T) {
  loy_r1 result = {0};
  loy_##M##_params params = M##_params(ARGS);
  if (loy_##M##_check_customer(&params, x, t_x, T, 0.0, &result.e) != LOY_OK) return result;
  result.v[0] = loy_##M##_log_palive(&params, x, t_x, T);
  return result;
}

/* Posterior means of the purchase rate and of the dropout probability. */
static loy_r2 M##_posterior(PARAMS, double x, double t_x, double T) {
  loy_r2 result = {0};
  loy_##M##_params params = M##_params(ARGS);
  loy_##M##_posterior(&params, x, t_x, T, &result.v[0], &result.v[1], &result.e);
  return result;
}

static loy_r1 M##_expected_purchases(PARAMS, double x, double t_x, double T,
                                       double t) {
  loy_r1 result = {0};
  loy_##M##_params params = M##_params(ARGS);
  if (loy_##M##_check_customer(&params, x, t_x, T, 0.0, &result.e) != LOY_OK) return result;
  result.v[0] = loy_##M##_expected_purchases(&params, x, t_x, T, t);
  if (isnan(result.v[0])) loy_refuse(&result.e, LOY_ERR_DOMAIN, "t", M##_TIME_MUST); /* infinite, too */
  return result;
}

static loy_r1 M##_expected_purchases_new(PARAMS, double t) {
  loy_r1 result = {0};
  loy_##M##_params params = M##_params(ARGS);
  if (loy_##M##_check_customer(&params, 0.0, 0.0, 0.0, 0.0, &result.e) != LOY_OK) return result;
  result.v[0] = loy_##M##_expected_purchases_new(&params, t);
  if (isnan(result.v[0])) loy_refuse(&result.e, LOY_ERR_DOMAIN, "t", M##_TIME_MUST); /* infinite, too */
  return result;
}

/* Without a horizon. */
static loy_r1 M##_dert(PARAMS, double x, double t_x, double T, double delta) {
  loy_r1 result = {0};
  loy_##M##_params params = M##_params(ARGS);
  if (loy_##M##_dect_check(&params, x, t_x, T, delta, 0.0, &result.e) != LOY_OK) return result;
  if (delta == 0.0) {
    loy_refuse(&result.e, LOY_ERR_DOMAIN, "delta", LOYI_QUANTITY_MUST);
    return result;
  }
  result.v[0] = loy_##M##_dert(&params, x, t_x, T, delta);
  return result;
}

static loy_r1 M##_dect(PARAMS, double x, double t_x, double T, double delta,
                         double t) {
  loy_r1 result = {0};
  loy_##M##_params params = M##_params(ARGS);
  if (loy_##M##_dect_check(&params, x, t_x, T, delta, t, &result.e) != LOY_OK) return result;
  result.v[0] = loy_##M##_dect(&params, x, t_x, T, delta, t);
  return result;
}

static loy_r1 M##_pmf(PARAMS, double n, double t) {
  loy_r1 result = {0};
  loy_##M##_params params = M##_params(ARGS);
  if (loy_##M##_pmf_check(&params, 0.0, 0.0, 0.0, n, 0.0, t, &result.e) != LOY_OK) return result;
  result.v[0] = loy_##M##_pmf(&params, n, t);
  return result;
}

static loy_r1 M##_pmf_future(PARAMS, double x, double t_x, double T, double n,
                               double t) {
  loy_r1 result = {0};
  loy_##M##_params params = M##_params(ARGS);
  if (loy_##M##_pmf_check(&params, x, t_x, T, n, 0.0, t, &result.e) != LOY_OK) return result;
  result.v[0] = loy_##M##_pmf_future(&params, x, t_x, T, n, t);
  return result;
}

static loy_r1 M##_pmf_interval(PARAMS, double n, double t0, double t1) {
  loy_r1 result = {0};
  loy_##M##_params params = M##_params(ARGS);
  if (loy_##M##_pmf_check(&params, 0.0, 0.0, 0.0, n, t0, t1, &result.e) != LOY_OK) return result;
  result.v[0] = loy_##M##_pmf_interval(&params, n, t0, t1);
  return result;
}
%}

/* ---- columns ---- */

LOY_BULK(M##_palive_batch)
LOY_BULK(M##_posterior_batch)
LOY_BULK(M##_expected_purchases_batch)
LOY_BULK(M##_expected_purchases_new_batch)
LOY_BULK(M##_dert_batch)
LOY_BULK(M##_dect_batch)
LOY_BULK(M##_pmf_batch)
LOY_BULK(M##_pmf_future_batch)
LOY_BULK(M##_pmf_interval_batch)
%inline %{
static loy_rbatch M##_palive_batch(PARAMS, loy_in x, loy_in t_x, loy_in T, double t,
                                     loy_out out, int threads, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  loy_##M##_params params = M##_params(ARGS);
  loy_##M##_options options = M##_options(threads);
  if (purchase_same_length(&e, x, t_x, T, out))
    loy_##M##_palive_batch(&params, x.p, t_x.p, T.p, x.n, t, &options, out.p, &report, &e);
  return loy_batch_result(e, &report, coerce);
}

/* Posterior means of the purchase rate and of the dropout probability. */
static loy_rbatch M##_posterior_batch(PARAMS, loy_in x, loy_in t_x, loy_in T,
                                        loy_out rate, loy_out dropout, int threads, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  loy_##M##_params params = M##_params(ARGS);
  loy_##M##_options options = M##_options(threads);
  if (loy_same_length(&e, "t_x", t_x.n, x.n) && loy_same_length(&e, "T", T.n, x.n) &&
      loy_same_length(&e, "rate", rate.n, x.n) && loy_same_length(&e, "dropout", dropout.n, x.n)) {
    if (rate.p == dropout.p && x.n > 0)
      loy_refuse(&e, LOY_ERR_ARGUMENT, "dropout", "must not be the same column as rate");
    else
      loy_##M##_posterior_batch(&params, x.p, t_x.p, T.p, x.n, &options, rate.p, dropout.p, &report, &e);
  }
  return loy_batch_result(e, &report, coerce);
}

static loy_rbatch M##_expected_purchases_batch(PARAMS, loy_in x, loy_in t_x,
                                                 loy_in T, double t, loy_out out, int threads, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  loy_##M##_params params = M##_params(ARGS);
  loy_##M##_options options = M##_options(threads);
  if (purchase_same_length(&e, x, t_x, T, out))
    loy_##M##_expected_purchases_batch(&params, x.p, t_x.p, T.p, x.n, t, &options, out.p, &report, &e);
  return loy_batch_result(e, &report, coerce);
}

/* Without a horizon. */
static loy_rbatch M##_dert_batch(PARAMS, loy_in x, loy_in t_x, loy_in T,
                                   double delta, loy_out out, int threads, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  loy_##M##_params params = M##_params(ARGS);
  loy_##M##_options options = M##_options(threads);
  if (purchase_same_length(&e, x, t_x, T, out))
    loy_##M##_dert_batch(&params, x.p, t_x.p, T.p, x.n, delta, &options, out.p, &report, &e);
  return loy_batch_result(e, &report, coerce);
}

static loy_rbatch M##_dect_batch(PARAMS, loy_in x, loy_in t_x, loy_in T,
                                   double delta, double t, loy_out out, int threads, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  loy_##M##_params params = M##_params(ARGS);
  loy_##M##_options options = M##_options(threads);
  if (purchase_same_length(&e, x, t_x, T, out))
    loy_##M##_dect_batch(&params, x.p, t_x.p, T.p, x.n, delta, t, &options, out.p, &report, &e);
  return loy_batch_result(e, &report, coerce);
}

/* The functions of new customers over columns of their arguments. */
static loy_rbatch M##_expected_purchases_new_batch(PARAMS, loy_in t, loy_out out,
                                                     bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  loy_##M##_params params = M##_params(ARGS);
  if (loy_##M##_check(&params, &e) != LOY_OK || !loy_same_length(&e, "out", out.n, t.n))
    return loy_batch_result(e, &report, coerce);
  for (size_t i = 0; i < t.n; i++) {
    const loy_r1 row = M##_expected_purchases_new(ARGS, t.p[i]);
    out.p[i] = row.e.status == LOY_OK ? row.v[0] : NAN;
    if (row.e.status != LOY_OK) purchase_bad_row(&report, i, &row.e);
  }
  return loy_batch_result(e, &report, coerce);
}

static loy_rbatch M##_pmf_batch(PARAMS, loy_in n, loy_in t, loy_out out,
                                  bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  loy_##M##_params params = M##_params(ARGS);
  if (loy_##M##_check(&params, &e) != LOY_OK || !loy_same_length(&e, "t", t.n, n.n) ||
      !loy_same_length(&e, "out", out.n, n.n))
    return loy_batch_result(e, &report, coerce);
  for (size_t i = 0; i < n.n; i++) {
    const loy_r1 row = M##_pmf(ARGS, n.p[i], t.p[i]);
    out.p[i] = row.e.status == LOY_OK ? row.v[0] : NAN;
    if (row.e.status != LOY_OK) purchase_bad_row(&report, i, &row.e);
  }
  return loy_batch_result(e, &report, coerce);
}

/* One n and one t for each customer. */
static loy_rbatch M##_pmf_future_batch(PARAMS, loy_in x, loy_in t_x, loy_in T,
                                         loy_in n, loy_in t, loy_out out, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  loy_##M##_params params = M##_params(ARGS);
  if (loy_##M##_check(&params, &e) != LOY_OK || !purchase_same_length(&e, x, t_x, T, out) ||
      !loy_same_length(&e, "n", n.n, x.n) || !loy_same_length(&e, "t", t.n, x.n))
    return loy_batch_result(e, &report, coerce);
  for (size_t i = 0; i < x.n; i++) {
    const loy_r1 row = M##_pmf_future(ARGS, x.p[i], t_x.p[i], T.p[i], n.p[i], t.p[i]);
    out.p[i] = row.e.status == LOY_OK ? row.v[0] : NAN;
    if (row.e.status != LOY_OK) purchase_bad_row(&report, i, &row.e);
  }
  return loy_batch_result(e, &report, coerce);
}

static loy_rbatch M##_pmf_interval_batch(PARAMS, loy_in n, loy_in t0, loy_in t1,
                                           loy_out out, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  loy_##M##_params params = M##_params(ARGS);
  if (loy_##M##_check(&params, &e) != LOY_OK || !loy_same_length(&e, "t0", t0.n, n.n) ||
      !loy_same_length(&e, "t1", t1.n, n.n) || !loy_same_length(&e, "out", out.n, n.n))
    return loy_batch_result(e, &report, coerce);
  for (size_t i = 0; i < n.n; i++) {
    const loy_r1 row = M##_pmf_interval(ARGS, n.p[i], t0.p[i], t1.p[i]);
    out.p[i] = row.e.status == LOY_OK ? row.v[0] : NAN;
    if (row.e.status != LOY_OK) purchase_bad_row(&report, i, &row.e);
  }
  return loy_batch_result(e, &report, coerce);
}
%}

/* ---- simulation ---- */

LOY_BULK(M##_simulate_log)
%inline %{
/* The number of repeat purchases. With customer and time None that is all; otherwise both must have so many places.
 * Customers count from 0, or from 1 with from_one. */
static loy_ri M##_simulate_log(PARAMS, loy_in T, uint64_t seed,
                                 loy_out_i64_opt customer, loy_out_opt time, bool from_one) {
  loy_ri result = {0};
  loy_##M##_params params = M##_params(ARGS);
  size_t purchases = 0;
  if (!loy_same_length(&result.e, "time", time.n, customer.n)) return result;
  if (!customer.p != !time.p) {
    loy_refuse(&result.e, LOY_ERR_ARGUMENT, "time", "must be given exactly where customer is");
    return result;
  }
  if (loy_##M##_simulate_log(&params, T.p, T.n, seed, customer.p, time.p, customer.n, &purchases, &result.e) != LOY_OK)
    return result;
  for (size_t i = 0; from_one && i < customer.n && i < purchases; i++) customer.p[i]++;
  result.v = (int64_t)purchases;
  return result;
}
%}
%enddef

/* What needs no more of a customer than x, t_x and T. */
%define PURCHASE_SHIMS(M, PARAMS, ARGS)
LOY_BULK(M##_loglik_batch)
LOY_BULK(M##_simulate)
%inline %{
static loy_r1 M##_loglik(PARAMS, double x, double t_x, double T) {
  loy_r1 result = {0};
  loy_##M##_params params = M##_params(ARGS);
  if (loy_##M##_check_customer(&params, x, t_x, T, 0.0, &result.e) != LOY_OK) return result;
  result.v[0] = loy_##M##_loglik(&params, x, t_x, T);
  return result;
}

static loy_rbatch M##_loglik_batch(PARAMS, loy_in x, loy_in t_x, loy_in T,
                                     loy_out out, int threads, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  loy_##M##_params params = M##_params(ARGS);
  loy_##M##_options options = M##_options(threads);
  if (purchase_same_length(&e, x, t_x, T, out))
    loy_##M##_loglik_batch(&params, x.p, t_x.p, T.p, x.n, &options, out.p, &report, &e);
  return loy_batch_result(e, &report, coerce);
}

static loy_r0 M##_simulate(PARAMS, loy_in T, uint64_t seed, int threads, loy_out x,
                             loy_out t_x, loy_out_opt alive) {
  loy_r0 result = {0};
  loy_##M##_params params = M##_params(ARGS);
  loy_##M##_options options = M##_options(threads);
  if (!loy_same_length(&result.e, "x", x.n, T.n) || !loy_same_length(&result.e, "t_x", t_x.n, T.n)) return result;
  if (alive.p && !loy_same_length(&result.e, "alive", alive.n, T.n)) return result;
  if (T.n > 0 && (x.p == t_x.p || x.p == alive.p || t_x.p == alive.p)) {
    loy_refuse(&result.e, LOY_ERR_ARGUMENT, "t_x", "must be a column of its own, like x and alive");
    return result;
  }
  loy_##M##_simulate(&params, T.p, T.n, seed, &options, x.p, t_x.p, alive.p, &result.e);
  return result;
}
%}
%enddef

PURCHASE_FUTURE_SHIMS(pnbd, LOY_LIST(double r, double alpha, double s, double beta), LOY_LIST(r, alpha, s, beta))
PURCHASE_SHIMS(pnbd, LOY_LIST(double r, double alpha, double s, double beta), LOY_LIST(r, alpha, s, beta))
PURCHASE_FUTURE_SHIMS(nbd, LOY_LIST(double r, double alpha), LOY_LIST(r, alpha))
PURCHASE_SHIMS(nbd, LOY_LIST(double r, double alpha), LOY_LIST(r, alpha))
PURCHASE_FUTURE_SHIMS(ggomnbd, LOY_LIST(double r, double alpha, double b, double s, double beta), LOY_LIST(r, alpha, b, s, beta))
PURCHASE_SHIMS(ggomnbd, LOY_LIST(double r, double alpha, double b, double s, double beta), LOY_LIST(r, alpha, b, s, beta))
