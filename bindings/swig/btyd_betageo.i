/* btyd_betageo.i: shims of the models with beta-geometric dropout, written once for all of them: LOY_BETAGEO(bgnbd) makes
 * bgnbd_fit of loy_bgnbd_fit, and so on. Every function takes the four parameters first; a function of a customer's
 * history then x, t_x, T. Those that end in _batch take columns, and follow the C functions of the same name. */

%{
#include "loyalty/btyd/bgnbd.h"

static loy_bgnbd_params betageo_params(double r, double alpha, double a, double b) {
  loy_bgnbd_params params = {r, alpha, a, b};
  return params;
}

static loy_bgnbd_options betageo_options(int threads) {
  loy_bgnbd_options options;
  loy_bgnbd_options_init(&options);
  options.threads = threads;
  return options;
}

/* Whether all columns are as long as x. */
static bool betageo_same_length(loy_error *e, loy_in x, loy_in t_x, loy_in T, loy_out out) {
  return loy_same_length(e, "t_x", t_x.n, x.n) && loy_same_length(e, "T", T.n, x.n) &&
         loy_same_length(e, "out", out.n, x.n);
}

/* Count a row that answered NaN. */
static void betageo_bad_row(loy_batch_report *report, size_t row, const loy_error *why) {
  if (report->bad++ > 0) return;
  report->first = *why;
  report->first.index = row;
}
%}

%define LOY_BETAGEO(MODEL)

/* ---- one customer ---- */

%inline %{
static loy_r0 MODEL##_check(double r, double alpha, double a, double b) {
  loy_r0 result = {0};
  loy_##MODEL##_params params = betageo_params(r, alpha, a, b);
  loy_##MODEL##_check(&params, &result.e);
  return result;
}

static loy_r1 MODEL##_loglik(double r, double alpha, double a, double b, double x, double t_x, double T) {
  loy_r1 result = {0};
  loy_##MODEL##_params params = betageo_params(r, alpha, a, b);
  if (loy_##MODEL##_check_customer(&params, x, t_x, T, 0.0, &result.e) != LOY_OK) return result;
  result.v[0] = loy_##MODEL##_loglik(&params, x, t_x, T);
  return result;
}

static loy_r1 MODEL##_palive(double r, double alpha, double a, double b, double x, double t_x, double T, double t) {
  loy_r1 result = {0};
  loy_##MODEL##_params params = betageo_params(r, alpha, a, b);
  if (loy_##MODEL##_check_customer(&params, x, t_x, T, t, &result.e) != LOY_OK) return result;
  result.v[0] = loy_##MODEL##_palive(&params, x, t_x, T, t);
  return result;
}

static loy_r1 MODEL##_log_palive(double r, double alpha, double a, double b, double x, double t_x, double T) {
  loy_r1 result = {0};
  loy_##MODEL##_params params = betageo_params(r, alpha, a, b);
  if (loy_##MODEL##_check_customer(&params, x, t_x, T, 0.0, &result.e) != LOY_OK) return result;
  result.v[0] = loy_##MODEL##_log_palive(&params, x, t_x, T);
  return result;
}

/* Posterior means of the purchase rate and of the dropout probability. */
static loy_r2 MODEL##_posterior(double r, double alpha, double a, double b, double x, double t_x, double T) {
  loy_r2 result = {0};
  loy_##MODEL##_params params = betageo_params(r, alpha, a, b);
  loy_##MODEL##_posterior(&params, x, t_x, T, &result.v[0], &result.v[1], &result.e);
  return result;
}

static loy_r1 MODEL##_expected_purchases(double r, double alpha, double a, double b, double x, double t_x, double T,
                                       double t) {
  loy_r1 result = {0};
  loy_##MODEL##_params params = betageo_params(r, alpha, a, b);
  if (loy_##MODEL##_check_customer(&params, x, t_x, T, 0.0, &result.e) != LOY_OK) return result;
  if (!loyi_is_zero_or_quantity(t)) { /* nor infinite */
    loy_refuse(&result.e, LOY_ERR_DOMAIN, "t", LOYI_ZERO_QUANTITY_MUST);
    return result;
  }
  result.v[0] = loy_##MODEL##_expected_purchases(&params, x, t_x, T, t);
  return result;
}

static loy_r1 MODEL##_expected_purchases_new(double r, double alpha, double a, double b, double t) {
  loy_r1 result = {0};
  loy_##MODEL##_params params = betageo_params(r, alpha, a, b);
  if (loy_##MODEL##_check_customer(&params, 0.0, 0.0, 0.0, 0.0, &result.e) != LOY_OK) return result;
  if (!loyi_is_zero_or_quantity(t)) { /* nor infinite */
    loy_refuse(&result.e, LOY_ERR_DOMAIN, "t", LOYI_ZERO_QUANTITY_MUST);
    return result;
  }
  result.v[0] = loy_##MODEL##_expected_purchases_new(&params, t);
  return result;
}

/* Without a horizon. */
static loy_r1 MODEL##_dert(double r, double alpha, double a, double b, double x, double t_x, double T, double delta) {
  loy_r1 result = {0};
  loy_##MODEL##_params params = betageo_params(r, alpha, a, b);
  if (loy_##MODEL##_dect_check(&params, x, t_x, T, delta, 0.0, &result.e) != LOY_OK) return result;
  if (delta == 0.0) {
    loy_refuse(&result.e, LOY_ERR_DOMAIN, "delta", LOYI_QUANTITY_MUST);
    return result;
  }
  result.v[0] = loy_##MODEL##_dert(&params, x, t_x, T, delta);
  return result;
}

static loy_r1 MODEL##_dect(double r, double alpha, double a, double b, double x, double t_x, double T, double delta,
                         double t) {
  loy_r1 result = {0};
  loy_##MODEL##_params params = betageo_params(r, alpha, a, b);
  if (loy_##MODEL##_dect_check(&params, x, t_x, T, delta, t, &result.e) != LOY_OK) return result;
  result.v[0] = loy_##MODEL##_dect(&params, x, t_x, T, delta, t);
  return result;
}

static loy_r1 MODEL##_pmf(double r, double alpha, double a, double b, double n, double t) {
  loy_r1 result = {0};
  loy_##MODEL##_params params = betageo_params(r, alpha, a, b);
  if (loy_##MODEL##_pmf_check(&params, 0.0, 0.0, 0.0, n, 0.0, t, &result.e) != LOY_OK) return result;
  result.v[0] = loy_##MODEL##_pmf(&params, n, t);
  return result;
}

static loy_r1 MODEL##_pmf_future(double r, double alpha, double a, double b, double x, double t_x, double T, double n,
                               double t) {
  loy_r1 result = {0};
  loy_##MODEL##_params params = betageo_params(r, alpha, a, b);
  if (loy_##MODEL##_pmf_check(&params, x, t_x, T, n, 0.0, t, &result.e) != LOY_OK) return result;
  result.v[0] = loy_##MODEL##_pmf_future(&params, x, t_x, T, n, t);
  return result;
}

static loy_r1 MODEL##_pmf_interval(double r, double alpha, double a, double b, double n, double t0, double t1) {
  loy_r1 result = {0};
  loy_##MODEL##_params params = betageo_params(r, alpha, a, b);
  if (loy_##MODEL##_pmf_check(&params, 0.0, 0.0, 0.0, n, t0, t1, &result.e) != LOY_OK) return result;
  result.v[0] = loy_##MODEL##_pmf_interval(&params, n, t0, t1);
  return result;
}
%}

/* ---- columns ---- */

LOY_BULK(MODEL##_loglik_batch)
LOY_BULK(MODEL##_palive_batch)
LOY_BULK(MODEL##_posterior_batch)
LOY_BULK(MODEL##_expected_purchases_batch)
LOY_BULK(MODEL##_expected_purchases_new_batch)
LOY_BULK(MODEL##_dert_batch)
LOY_BULK(MODEL##_dect_batch)
LOY_BULK(MODEL##_pmf_batch)
LOY_BULK(MODEL##_pmf_future_batch)
LOY_BULK(MODEL##_pmf_interval_batch)
%inline %{
static loy_rbatch MODEL##_loglik_batch(double r, double alpha, double a, double b, loy_in x, loy_in t_x, loy_in T,
                                     loy_out out, int threads, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  loy_##MODEL##_params params = betageo_params(r, alpha, a, b);
  loy_##MODEL##_options options = betageo_options(threads);
  if (betageo_same_length(&e, x, t_x, T, out))
    loy_##MODEL##_loglik_batch(&params, x.p, t_x.p, T.p, x.n, &options, out.p, &report, &e);
  return loy_batch_result(e, &report, coerce);
}

static loy_rbatch MODEL##_palive_batch(double r, double alpha, double a, double b, loy_in x, loy_in t_x, loy_in T, double t,
                                     loy_out out, int threads, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  loy_##MODEL##_params params = betageo_params(r, alpha, a, b);
  loy_##MODEL##_options options = betageo_options(threads);
  if (betageo_same_length(&e, x, t_x, T, out))
    loy_##MODEL##_palive_batch(&params, x.p, t_x.p, T.p, x.n, t, &options, out.p, &report, &e);
  return loy_batch_result(e, &report, coerce);
}

/* Posterior means of the purchase rate and of the dropout probability. */
static loy_rbatch MODEL##_posterior_batch(double r, double alpha, double a, double b, loy_in x, loy_in t_x, loy_in T,
                                        loy_out rate, loy_out dropout, int threads, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  loy_##MODEL##_params params = betageo_params(r, alpha, a, b);
  loy_##MODEL##_options options = betageo_options(threads);
  if (loy_same_length(&e, "t_x", t_x.n, x.n) && loy_same_length(&e, "T", T.n, x.n) &&
      loy_same_length(&e, "rate", rate.n, x.n) && loy_same_length(&e, "dropout", dropout.n, x.n)) {
    if (rate.p == dropout.p && x.n > 0)
      loy_refuse(&e, LOY_ERR_ARGUMENT, "dropout", "must not be the same column as rate");
    else
      loy_##MODEL##_posterior_batch(&params, x.p, t_x.p, T.p, x.n, &options, rate.p, dropout.p, &report, &e);
  }
  return loy_batch_result(e, &report, coerce);
}

static loy_rbatch MODEL##_expected_purchases_batch(double r, double alpha, double a, double b, loy_in x, loy_in t_x,
                                                 loy_in T, double t, loy_out out, int threads, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  loy_##MODEL##_params params = betageo_params(r, alpha, a, b);
  loy_##MODEL##_options options = betageo_options(threads);
  if (betageo_same_length(&e, x, t_x, T, out))
    loy_##MODEL##_expected_purchases_batch(&params, x.p, t_x.p, T.p, x.n, t, &options, out.p, &report, &e);
  return loy_batch_result(e, &report, coerce);
}

/* Without a horizon. */
static loy_rbatch MODEL##_dert_batch(double r, double alpha, double a, double b, loy_in x, loy_in t_x, loy_in T,
                                   double delta, loy_out out, int threads, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  loy_##MODEL##_params params = betageo_params(r, alpha, a, b);
  loy_##MODEL##_options options = betageo_options(threads);
  if (betageo_same_length(&e, x, t_x, T, out))
    loy_##MODEL##_dert_batch(&params, x.p, t_x.p, T.p, x.n, delta, &options, out.p, &report, &e);
  return loy_batch_result(e, &report, coerce);
}

static loy_rbatch MODEL##_dect_batch(double r, double alpha, double a, double b, loy_in x, loy_in t_x, loy_in T,
                                   double delta, double t, loy_out out, int threads, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  loy_##MODEL##_params params = betageo_params(r, alpha, a, b);
  loy_##MODEL##_options options = betageo_options(threads);
  if (betageo_same_length(&e, x, t_x, T, out))
    loy_##MODEL##_dect_batch(&params, x.p, t_x.p, T.p, x.n, delta, t, &options, out.p, &report, &e);
  return loy_batch_result(e, &report, coerce);
}

/* The functions of new customers over columns of their arguments. */
static loy_rbatch MODEL##_expected_purchases_new_batch(double r, double alpha, double a, double b, loy_in t, loy_out out,
                                                     bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  loy_##MODEL##_params params = betageo_params(r, alpha, a, b);
  if (loy_##MODEL##_check(&params, &e) != LOY_OK || !loy_same_length(&e, "out", out.n, t.n))
    return loy_batch_result(e, &report, coerce);
  for (size_t i = 0; i < t.n; i++) {
    const loy_r1 row = MODEL##_expected_purchases_new(r, alpha, a, b, t.p[i]);
    out.p[i] = row.e.status == LOY_OK ? row.v[0] : NAN;
    if (row.e.status != LOY_OK) betageo_bad_row(&report, i, &row.e);
  }
  return loy_batch_result(e, &report, coerce);
}

static loy_rbatch MODEL##_pmf_batch(double r, double alpha, double a, double b, loy_in n, loy_in t, loy_out out,
                                  bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  loy_##MODEL##_params params = betageo_params(r, alpha, a, b);
  if (loy_##MODEL##_check(&params, &e) != LOY_OK || !loy_same_length(&e, "t", t.n, n.n) ||
      !loy_same_length(&e, "out", out.n, n.n))
    return loy_batch_result(e, &report, coerce);
  for (size_t i = 0; i < n.n; i++) {
    const loy_r1 row = MODEL##_pmf(r, alpha, a, b, n.p[i], t.p[i]);
    out.p[i] = row.e.status == LOY_OK ? row.v[0] : NAN;
    if (row.e.status != LOY_OK) betageo_bad_row(&report, i, &row.e);
  }
  return loy_batch_result(e, &report, coerce);
}

/* One n and one t for each customer. */
static loy_rbatch MODEL##_pmf_future_batch(double r, double alpha, double a, double b, loy_in x, loy_in t_x, loy_in T,
                                         loy_in n, loy_in t, loy_out out, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  loy_##MODEL##_params params = betageo_params(r, alpha, a, b);
  if (loy_##MODEL##_check(&params, &e) != LOY_OK || !betageo_same_length(&e, x, t_x, T, out) ||
      !loy_same_length(&e, "n", n.n, x.n) || !loy_same_length(&e, "t", t.n, x.n))
    return loy_batch_result(e, &report, coerce);
  for (size_t i = 0; i < x.n; i++) {
    const loy_r1 row = MODEL##_pmf_future(r, alpha, a, b, x.p[i], t_x.p[i], T.p[i], n.p[i], t.p[i]);
    out.p[i] = row.e.status == LOY_OK ? row.v[0] : NAN;
    if (row.e.status != LOY_OK) betageo_bad_row(&report, i, &row.e);
  }
  return loy_batch_result(e, &report, coerce);
}

static loy_rbatch MODEL##_pmf_interval_batch(double r, double alpha, double a, double b, loy_in n, loy_in t0, loy_in t1,
                                           loy_out out, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  loy_##MODEL##_params params = betageo_params(r, alpha, a, b);
  if (loy_##MODEL##_check(&params, &e) != LOY_OK || !loy_same_length(&e, "t0", t0.n, n.n) ||
      !loy_same_length(&e, "t1", t1.n, n.n) || !loy_same_length(&e, "out", out.n, n.n))
    return loy_batch_result(e, &report, coerce);
  for (size_t i = 0; i < n.n; i++) {
    const loy_r1 row = MODEL##_pmf_interval(r, alpha, a, b, n.p[i], t0.p[i], t1.p[i]);
    out.p[i] = row.e.status == LOY_OK ? row.v[0] : NAN;
    if (row.e.status != LOY_OK) betageo_bad_row(&report, i, &row.e);
  }
  return loy_batch_result(e, &report, coerce);
}
%}

/* ---- all customers together ---- */

LOY_BULK(MODEL##_loglik_total)
LOY_BULK(MODEL##_fit)
%inline %{
/* The total, its gradient (4) and its Hessian (16, by rows). */
static loy_values MODEL##_loglik_total(double r, double alpha, double a, double b, loy_in x, loy_in t_x, loy_in T,
                                     loy_in_opt weight, int threads) {
  loy_values result = {0};
  loy_##MODEL##_params params = betageo_params(r, alpha, a, b);
  loy_##MODEL##_fit_options options;
  double value, gradient[4], hessian[16];
  if (!loy_same_length(&result.e, "t_x", t_x.n, x.n) || !loy_same_length(&result.e, "T", T.n, x.n)) return result;
  if (weight.p && !loy_same_length(&result.e, "weight", weight.n, x.n)) return result;
  loy_##MODEL##_fit_options_init(&options);
  options.threads = threads;
  if (loy_##MODEL##_loglik_total(&params, x.p, t_x.p, T.p, weight.p, x.n, &options, &value, gradient, hessian, &result.e) !=
      LOY_OK)
    return result;
  loy_put_double(&result, value);
  loy_put_doubles(&result, gradient, 4);
  loy_put_doubles(&result, hessian, 16);
  return result;
}

/* Status; r, alpha, a, b; log-likelihood; four standard errors; covariance (16, by rows); customers; scaled gradient;
 * decrement; iterations; evaluations. A start of all 0 means from moments of the data. */
static loy_values MODEL##_fit(loy_in x, loy_in t_x, loy_in T, loy_in_opt weight, int threads, int most_evaluations,
                            double start_r, double start_alpha, double start_a, double start_b, double penalty,
                            loy_watch progress) {
  loy_values result = {0};
  loy_##MODEL##_fit_options options;
  loy_##MODEL##_fit_result fit;
  if (!loy_same_length(&result.e, "t_x", t_x.n, x.n) || !loy_same_length(&result.e, "T", T.n, x.n)) return result;
  if (weight.p && !loy_same_length(&result.e, "weight", weight.n, x.n)) return result;
  loy_##MODEL##_fit_options_init(&options);
  options.threads = threads;
  options.most_evaluations = most_evaluations;
  options.start = betageo_params(start_r, start_alpha, start_a, start_b);
  options.penalty = penalty;
  options.progress = progress.p;
  if (loy_status_is_error(loy_##MODEL##_fit(x.p, t_x.p, T.p, weight.p, x.n, &options, &fit, &result.e))) return result;
  loy_put_status(&result);
  loy_put_double(&result, fit.params.r);
  loy_put_double(&result, fit.params.alpha);
  loy_put_double(&result, fit.params.a);
  loy_put_double(&result, fit.params.b);
  loy_put_double(&result, fit.log_likelihood);
  loy_put_doubles(&result, fit.std_error, 4);
  loy_put_doubles(&result, fit.covariance, 16);
  loy_put_double(&result, fit.customers);
  loy_put_double(&result, fit.scaled_gradient);
  loy_put_double(&result, fit.decrement);
  loy_put_int(&result, fit.iterations);
  loy_put_int(&result, fit.evaluations);
  return result;
}
%}

/* ---- simulation ---- */

LOY_BULK(MODEL##_simulate)
LOY_BULK(MODEL##_simulate_log)
%inline %{
static loy_r0 MODEL##_simulate(double r, double alpha, double a, double b, loy_in T, uint64_t seed, int threads, loy_out x,
                             loy_out t_x, loy_out_opt alive) {
  loy_r0 result = {0};
  loy_##MODEL##_params params = betageo_params(r, alpha, a, b);
  loy_##MODEL##_options options = betageo_options(threads);
  if (!loy_same_length(&result.e, "x", x.n, T.n) || !loy_same_length(&result.e, "t_x", t_x.n, T.n)) return result;
  if (alive.p && !loy_same_length(&result.e, "alive", alive.n, T.n)) return result;
  if (T.n > 0 && (x.p == t_x.p || x.p == alive.p || t_x.p == alive.p)) {
    loy_refuse(&result.e, LOY_ERR_ARGUMENT, "t_x", "must be a column of its own, like x and alive");
    return result;
  }
  loy_##MODEL##_simulate(&params, T.p, T.n, seed, &options, x.p, t_x.p, alive.p, &result.e);
  return result;
}

/* The number of repeat purchases. With customer and time None that is all; otherwise both must have so many places.
 * Customers count from 0, or from 1 with from_one. */
static loy_ri MODEL##_simulate_log(double r, double alpha, double a, double b, loy_in T, uint64_t seed,
                                 loy_out_i64_opt customer, loy_out_opt time, bool from_one) {
  loy_ri result = {0};
  loy_##MODEL##_params params = betageo_params(r, alpha, a, b);
  size_t purchases = 0;
  if (!loy_same_length(&result.e, "time", time.n, customer.n)) return result;
  if (!customer.p != !time.p) {
    loy_refuse(&result.e, LOY_ERR_ARGUMENT, "time", "must be given exactly where customer is");
    return result;
  }
  if (loy_##MODEL##_simulate_log(&params, T.p, T.n, seed, customer.p, time.p, customer.n, &purchases, &result.e) != LOY_OK)
    return result;
  for (size_t i = 0; from_one && i < customer.n && i < purchases; i++) customer.p[i]++;
  result.v = (int64_t)purchases;
  return result;
}
%}

%enddef
