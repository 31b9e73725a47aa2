/* survey_reliability.i: shims of Cronbach's alpha and of weights from the first principal component. Answers pass as
 * one column for each question, one after the other. */

%{
#include "loyalty/survey/reliability.h"

static bool reliability_columns(loy_in answer, size_t items, const double **column, size_t *n, loy_error *e) {
  if (items < 1 || items > LOY_RELIABILITY_ITEMS)
    return loy_refuse(e, LOY_ERR_ARGUMENT, "items", "must be from 2 to 32");
  if (answer.n % items != 0)
    return loy_refuse(e, LOY_ERR_ARGUMENT, "answer", "must be as many columns as items, all of one length");
  *n = answer.n / items;
  for (size_t j = 0; j < items; j++) column[j] = answer.p + j * *n;
  return true;
}
%}

LOY_BULK(cronbach_alpha)
LOY_BULK(principal_weights)
%inline %{
/* Status, respondents used and left out, alpha. `without` receives alpha without each question, or is None. */
static loy_values cronbach_alpha(loy_in answer, size_t items, bool skip_missing, loy_out_opt without) {
  loy_values r = {0};
  const double *column[LOY_RELIABILITY_ITEMS];
  loy_reliability found;
  size_t n;
  if (without.p && !loy_has_length(&r.e, "without", without.n, items)) return r;
  if (!reliability_columns(answer, items, column, &n, &r.e)) return r;
  if (loy_status_is_error(loy_cronbach_alpha(column, items, n, skip_missing, &found, without.p, &r.e))) return r;
  loy_put_status(&r);
  loy_put_int(&r, found.n);
  loy_put_int(&r, found.missing);
  loy_put_double(&r, found.alpha);
  return r;
}

static loy_r2 reliability_interval(size_t items, int64_t n, double alpha, double level) {
  loy_r2 r = {0};
  loy_reliability found = {items, n, 0, alpha};
  loy_reliability_interval(&found, level, &r.v[0], &r.v[1], &r.e);
  return r;
}

/* Status, respondents used and left out, shares of the first and the second component. */
static loy_values principal_weights(loy_in answer, size_t items, bool standardize, bool skip_missing, loy_out weight) {
  loy_values r = {0};
  const double *column[LOY_RELIABILITY_ITEMS];
  loy_principal found;
  size_t n;
  if (!loy_has_length(&r.e, "weight", weight.n, items)) return r;
  if (!reliability_columns(answer, items, column, &n, &r.e)) return r;
  if (loy_status_is_error(
          loy_principal_weights(column, items, n, standardize, skip_missing, weight.p, &found, &r.e)))
    return r;
  loy_put_status(&r);
  loy_put_int(&r, found.n);
  loy_put_int(&r, found.missing);
  loy_put_double(&r, found.share);
  loy_put_double(&r, found.second);
  return r;
}
%}
