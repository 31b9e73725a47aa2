/* btyd_information.c: information criteria, likelihood ratios, bootstrap and holdout in the parity cases. */
#include <stdlib.h>
#include <string.h>

#include "loyalty/btyd/bootstrap.h"
#include "loyalty/btyd/holdout.h"
#include "loyalty/btyd/information.h"

#include "model.h"
#include "parity.h"

static void model_information(parity_case *c) {
  size_t n;
  const double *row = parity_column(c, &n);
  const size_t fixed = (size_t)parity_int(c);
  loy_model model;
  loy_information found = {0, 0, 0};
  loy_error e;
  if (!take_model(c, row, n, "model", &model)) return;
  loy_model_information(&model, fixed, &found, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, found.aic);
  parity_give_double(c, found.bic);
  parity_give_double(c, (double)found.free_params);
}

static void model_likelihood_ratio(parity_case *c) {
  size_t full_n, restricted_n;
  const double *full_row = parity_column(c, &full_n), *restricted_row = parity_column(c, &restricted_n);
  loy_model full, restricted;
  loy_model_test test;
  loy_error e;
  if (!take_model(c, full_row, full_n, "full", &full)) return;
  if (!take_model(c, restricted_row, restricted_n, "restricted", &restricted)) return;
  loy_model_likelihood_ratio(&full, &restricted, &test, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_double(c, test.statistic);
  parity_give_double(c, test.p_value);
  parity_give_double(c, test.p_least);
  parity_give_int(c, (int64_t)test.df);
  parity_give_int(c, (int64_t)test.unidentified);
}

static void model_bootstrap(parity_case *c) {
  static const char *const name[4] = {"std_error", "bias", "lower", "upper"};
  enum { MOST = 100 };
  loy_status statuses[MOST];
  size_t n, given_n, draws_n, status_n, part_n[4], k;
  const double *row = parity_column(c, &n), *given = parity_column(c, &given_n), *from[4];
  double *draws, *part[4];
  int64_t *fit_status;
  loy_bootstrap_options options;
  loy_bootstrap_result found;
  loy_model model;
  loy_error e;
  loy_bootstrap_options_init(&options);
  options.seed = (uint64_t)parity_int(c);
  options.level = parity_double(c);
  options.threads = (int)parity_int(c);
  options.most_evaluations = (int)parity_int(c);
  options.penalty = parity_double(c);
  draws = parity_out(c, &draws_n);
  fit_status = parity_out_i64(c, &status_n);
  for (int i = 0; i < 4; i++) part[i] = parity_out(c, &part_n[i]);
  (void)parity_text(c); /* no watch */
  if (!take_model(c, row, n, "model", &model)) return;
  k = loy_model_parameter_count(model.kind);
  if (status_n > MOST) abort();
  if (parity_lengths(c, "draws", draws_n, status_n * k)) return;
  for (int i = 0; i < 4; i++)
    if (parity_lengths(c, name[i], part_n[i], k)) return;
  options.replications = (int64_t)status_n;
  loy_model_bootstrap(&model, given, given_n, &options, draws, statuses, &found, &e);
  if (parity_failed(c, &e)) return;
  from[0] = found.std_error;
  from[1] = found.bias;
  from[2] = found.lower;
  from[3] = found.upper;
  for (size_t i = 0; i < status_n; i++) fit_status[i] = (int64_t)statuses[i];
  for (int i = 0; i < 4; i++) memcpy(part[i], from[i], k * sizeof(double));
  parity_give_text(c, loy_status_name(e.status));
  parity_give_int(c, (int64_t)found.used);
  parity_give_int(c, (int64_t)found.failed);
  parity_give_int(c, (int64_t)found.not_converged);
  parity_give_int(c, (int64_t)found.at_bound);
}

static void model_holdout(parity_case *c) {
  static const char *const name[5] = {"x", "t_x", "T", "future_t", "y"};
  size_t n, column_n[5], pit_n;
  const double *row = parity_column(c, &n), *column[5];
  double *pit;
  loy_holdout_options options;
  loy_holdout found;
  loy_model model;
  loy_error e;
  loy_holdout_options_init(&options);
  for (int i = 0; i < 5; i++) column[i] = parity_column(c, &column_n[i]);
  options.counts = parity_int(c);
  options.threads = (int)parity_int(c);
  pit = parity_out(c, &pit_n);
  options.bins = (int)pit_n;
  if (!take_model(c, row, n, "model", &model)) return;
  for (int i = 1; i < 5; i++)
    if (parity_lengths(c, name[i], column_n[i], column_n[0])) return;
  loy_model_holdout(&model, column[0], column[1], column[2], column[3], column[4], column_n[0], &options, pit, &found,
                    &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, found.actual);
  parity_give_double(c, found.expected);
  parity_give_double(c, found.bias);
  parity_give_double(c, found.mean_error);
  parity_give_double(c, found.mae);
  parity_give_double(c, found.rmse);
  parity_give_double(c, found.log_score);
}

PARITY(btyd_information) {
  CASE(model_information);
  CASE(model_likelihood_ratio);
  CASE(model_bootstrap);
  CASE(model_holdout);
}
