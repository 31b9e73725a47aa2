/* btyd_information.i: shims of information.h. A model passes as its row of numbers, as in btyd_model_file.i. */

%{
#include "loyalty/btyd/information.h"

/* The model of one row; also for bootstrap and holdout. */
static bool model_one(loy_in row, const char *argument, loy_model *model, loy_error *e) {
  if (!loy_has_length(e, argument, row.n, MODEL_ROW)) return false;
  model_from_row(row.p, model);
  return true;
}
%}

%inline %{
/* AIC, BIC, and the number of estimated parameters. */
static loy_r3 model_information(loy_in model, size_t fixed) {
  loy_r3 r = {0};
  loy_model m;
  loy_information found = {0, 0, 0};
  if (!model_one(model, "model", &m, &r.e)) return r;
  loy_model_information(&m, fixed, &found, &r.e);
  r.v[0] = found.aic;
  r.v[1] = found.bic;
  r.v[2] = (double)found.free_params;
  return r;
}

/* Status, statistic, p-value, its lower bound, degrees of freedom, unidentified parameters. */
static loy_values model_likelihood_ratio(loy_in full, loy_in restricted) {
  loy_values r = {0};
  loy_model more, less;
  loy_model_test test;
  if (!model_one(full, "full", &more, &r.e) || !model_one(restricted, "restricted", &less, &r.e)) return r;
  if (loy_status_is_error(loy_model_likelihood_ratio(&more, &less, &test, &r.e))) return r;
  loy_put_status(&r);
  loy_put_double(&r, test.statistic);
  loy_put_double(&r, test.p_value);
  loy_put_double(&r, test.p_least);
  loy_put_size(&r, test.df);
  loy_put_size(&r, test.unidentified);
  return r;
}
%}
