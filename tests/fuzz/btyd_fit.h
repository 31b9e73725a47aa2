/* btyd_fit.h: for fuzz_btyd_fit.c, once for each model of purchases: its total log-likelihood and its fit. The includer
 * defines
 *   MODEL(f)   the function or type f of the model
 *   FUZZ(f)    what f is called here
 *   KINDS      of its parameters (btyd_rows.h)
 *   TIMES      which of them are times ('+') or rates ('-'); the others have no unit ('0')
 *   GAPS       or not (btyd_gaps.h)
 * and all are gone at the end. */
#include "btyd_gaps.h"

enum { FUZZ(_parameters) = sizeof(KINDS) - 1, FUZZ(_slopes) = FUZZ(_parameters) - FUZZ(_gaps) };

static void FUZZ(_options)(const fit_case *c, loy_allocator *allocator, int threads, MODEL(fit_options) * options) {
  MODEL(fit_options_init)(options);
  options->allocator = allocator;
  options->threads = threads;
  options->most_evaluations = c->most_evaluations;
  options->penalty = c->penalty;
#ifdef GAPS
  options->k = c->stages;
#endif
  if (c->start_given) memcpy(&options->start, c->params, sizeof options->start);
}

/* The total at `params` of the batch of rows: weights times log-likelihoods. */
static double FUZZ(_sum)(const MODEL(params) * params, const fit_case *c, double *slack) {
  double row[2 * ROWS], sum = 0.0;
  require(MODEL(loglik_batch)(params, c->rows.x, c->rows.t_x, c->rows.T, ALSO(c->litt) c->rows.n, NULL, row, NULL,
                              NULL) == LOY_OK);
  *slack = 0.0;
  for (size_t i = 0; i < c->rows.n; i++) {
    sum += row_weight(c, i) * row[i];
    *slack += row_weight(c, i) * row_slack(KINDS, (const double *)params, row[i], c, i);
  }
  return sum;
}

static void FUZZ(_total)(input *in) {
  fit_case c, other;
  MODEL(params) params;
  MODEL(fit_options) options;
  failing_allocator memory;
  struct {
    double value, gradient[FUZZ(_slopes)], hessian[FUZZ(_slopes) * FUZZ(_slopes)];
  } out, again;
  loy_error error;
  double slack, sum, value;
  loy_status status;
  take_case(in, KINDS, &c);
  memcpy(&params, c.params, sizeof params);
  c.start_given = 0;
  failing_start(&memory, c.fail_at);
  FUZZ(_options)(&c, &memory.allocator, 1, &options);
  fill(&out, sizeof out);
  fill(&again, sizeof again);
  status = MODEL(loglik_total)(&params, c.rows.x, c.rows.t_x, c.rows.T, ALSO(c.litt) c.weight, c.rows.n, &options,
                               &out.value, out.gradient, out.hessian, &error);
  require(memory.held == 0 && (status == LOY_ERR_MEMORY) == memory.failed);
  if (!answered_in(status, &error, &out, sizeof out)) return;
  require(status == LOY_OK);
  for (size_t i = 0; i < sizeof out / sizeof(double); i++) require(isfinite(((const double *)&out)[i]));
  FUZZ(_options)(&c, NULL, 2, &options);
  require(MODEL(loglik_total)(&params, c.rows.x, c.rows.t_x, c.rows.T, ALSO(c.litt) c.weight, c.rows.n, &options,
                              &again.value, again.gradient, again.hessian, &error) == LOY_OK);
  require(memcmp(&out, &again, sizeof out) == 0);
  sum = FUZZ(_sum)(&params, &c, &slack);
  require(near(out.value, sum, 0.0, slack));
  if (!repeat_rows(&c, &other)) return;
  require(MODEL(loglik_total)(&params, other.rows.x, other.rows.t_x, other.rows.T, ALSO(other.litt) other.weight,
                              other.rows.n, NULL, &value, NULL, NULL, &error) == LOY_OK);
  require(near(out.value, value, 0.0, slack));
}

/* What the penalty adds to the derivative of the mean by the logarithm of parameter i, for times in units of the latest
 * T. */
static double FUZZ(_penalty)(const fit_case *c, const double *params, size_t i) {
  double latest = 0.0, theta = params[i];
  for (size_t row = 0; row < c->rows.n; row++) latest = fmax(latest, c->rows.T[row]);
  if (TIMES[i] != '0') theta = TIMES[i] == '+' ? theta / latest : theta * latest;
  return 2.0 * c->penalty * theta * theta;
}

/* What a fit says about itself, asked for again. */
static void FUZZ(_certificate)(const fit_case *c, const MODEL(fit_result) * fit, double slack) {
  double value, gradient[FUZZ(_slopes)];
  const double *params = (const double *)&fit->params;
  loy_error error;
  require(MODEL(loglik_total)(&fit->params, c->rows.x, c->rows.t_x, c->rows.T, ALSO(c->litt) c->weight, c->rows.n, NULL,
                              &value, gradient, NULL, &error) == LOY_OK);
  require(near(value, fit->log_likelihood, 0.0, slack));
  if (fit->status == LOY_NOTICE_NOT_CONVERGED) return;
  for (size_t i = 0; i < FUZZ(_slopes); i++) {
    const double cost = FUZZ(_penalty)(c, params, i), slope = gradient[i] * params[i] / fit->customers - cost;
    require(fabs(slope) <= 1e-8 + slack / fit->customers + 1e-12 * cost || fit->status == LOY_NOTICE_AT_BOUND);
  }
}

static void FUZZ(_fit)(input *in) {
  fit_case c, other;
  MODEL(fit_options) options;
  MODEL(fit_result) fit, again;
  failing_allocator memory;
  watch eye = {0, 0};
  const loy_progress progress = {look, &eye};
  loy_error error;
  double slack, customers = 0.0;
  loy_status status;
  int fits = 1;
  take_case(in, KINDS, &c);
  failing_start(&memory, c.fail_at);
  eye.stop = c.stop;
  FUZZ(_options)(&c, &memory.allocator, 1, &options);
  options.progress = &progress;
  fill(&fit, sizeof fit);
  fill(&again, sizeof again);
  status = MODEL(fit)(c.rows.x, c.rows.t_x, c.rows.T, ALSO(c.litt) c.weight, c.rows.n, &options, &fit, &error);
  require(memory.held == 0 && (status == LOY_ERR_MEMORY) == memory.failed);
  if (canceled(status, &eye, &fit, sizeof fit)) return;
  if (!answered_in(status, &error, &fit, sizeof fit)) return;
  require(fit.status == status && MODEL(check)(&fit.params, &error) == LOY_OK && isfinite(fit.log_likelihood));
  require(status == LOY_OK || status == LOY_NOTICE_AT_BOUND || status == LOY_NOTICE_WEAK_ID ||
          status == LOY_NOTICE_NOT_CONVERGED);
  for (size_t i = 0; i < c.rows.n; i++) customers += row_weight(&c, i);
  require(near(customers, fit.customers, 1e-14, 0.0));
#ifdef GAPS
  fits = fit.tried;
  require(fits >= 1 && fits <= (c.stages ? 1 : LOY_CNBD_STAGES_MOST));
  require(c.stages ? fit.params.k == c.stages : fit.params.k <= fits);
  for (int k = 1; k <= LOY_CNBD_STAGES_MOST; k++) {
    const double l = fit.log_likelihood_of[k - 1];
    require(isnan(l) == (c.stages ? k != c.stages : k > fits) && !(l > fit.log_likelihood));
  }
  require(same(fit.log_likelihood, fit.log_likelihood_of[(int)fit.params.k - 1]));
#endif
  require(fit.evaluations >= 1 && fit.evaluations <= fits * STARTS * (c.most_evaluations + 1) &&
          fit.iterations < fit.evaluations);
  require(fit.evaluations == eye.done);
  require(fit.scaled_gradient >= 0.0 && !isnan(fit.decrement));
  for (size_t i = 0; i < FUZZ(_parameters); i++) {
    const double std_error = fit.std_error[i], variance = fit.covariance[i * (FUZZ(_parameters) + 1)];
    require(isnan(std_error) ? status != LOY_OK && isnan(variance)
                             : std_error >= 0.0 && near(std_error, sqrt(variance), 1e-12, 1e-150));
  }
  if (status == LOY_OK) require(fit.decrement <= 1e-13 && fit.scaled_gradient <= 1e-8);
  (void)FUZZ(_sum)(&fit.params, &c, &slack);
  FUZZ(_certificate)(&c, &fit, slack);

  FUZZ(_options)(&c, NULL, 2, &options);
  require(MODEL(fit)(c.rows.x, c.rows.t_x, c.rows.T, ALSO(c.litt) c.weight, c.rows.n, &options, &again, NULL) ==
          status);
  require(memcmp(&fit, &again, sizeof fit) == 0);
  /* A parameter that runs away ends at a bound that is only about the same for other rows with the same mean T. */
  if (status > LOY_OK && status != LOY_NOTICE_WEAK_ID) return;
  if (c.penalty > 0.0) return; /* the sum alone is not at its maximum there */
  if (!repeat_rows(&c, &other)) return;
  status = MODEL(fit)(other.rows.x, other.rows.t_x, other.rows.T, ALSO(other.litt) other.weight, other.rows.n, &options,
                      &again, &error);
  require(answered(status, &error));
  if (status == LOY_OK || status == LOY_NOTICE_WEAK_ID)
    require(near(fit.log_likelihood, again.log_likelihood, 0.0, slack + 1e-11 * customers));
}

#undef ALSO
#undef MODEL
#undef FUZZ
#undef KINDS
#undef TIMES
#undef GAPS
