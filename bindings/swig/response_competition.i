/* response_competition.i: shims of scales, competition and industries. */

%{
#include "loyalty/response/competition.h"
#include "loyalty/response/preset.h"
#include "loyalty/response/scale.h"

/* A closed formula over a column. NaN for a number that was not NaN, and NaN itself, are bad rows. */
typedef double (*response_formula)(const void *with, double x);
static loy_rbatch response_map(response_formula f, const void *with, loy_in x, loy_out y, bool coerce, const char *argument,
                               const char *message) {
  loy_error e = {0};
  loy_batch_report report = {0};
  if (!loy_same_length(&e, "out", y.n, x.n)) return loy_batch_result(e, &report, coerce);
  for (size_t i = 0; i < x.n; i++) {
    y.p[i] = f(with, x.p[i]);
    if (y.p[i] == y.p[i] || report.bad++ > 0) continue;
    loy_refuse(&report.first, LOY_ERR_DOMAIN, argument, message);
    report.first.index = i;
  }
  return loy_batch_result(e, &report, coerce);
}
static double response_alternatives(const void *with, double x) {
  (void)with;
  return loy_competition_from_alternatives(x);
}
static double response_choice(const void *with, double x) {
  return loy_competition_from_rating(x, *(const double *)with);
}
static double response_clip(const void *with, double x) {
  (void)with;
  return loy_competition_clip(x);
}
static double response_rating(const void *with, double x) { return loy_scale_rating((const loy_scale *)with, x); }

/* Point at the columns of n rows that stand in `all` one after the other; *column is to be freed. */
static bool response_columns(const char *argument, loy_in all, size_t n, const double ***column, size_t *count,
                             loy_error *e) {
  if (n > 0 ? all.n % n != 0 : all.n > 0)
    return loy_refuse(e, LOY_ERR_ARGUMENT, argument, "must be columns as long as the results");
  *count = n > 0 ? all.n / n : 1;
  *column = (const double **)malloc((*count + 1) * sizeof **column);
  if (!*column) return loy_refuse(e, LOY_ERR_MEMORY, NULL, loy_status_message(LOY_ERR_MEMORY));
  for (size_t k = 0; k < *count; k++) (*column)[k] = all.p + k * n;
  return true;
}
%}

/* scale_satisfaction is loy_scale_satisfaction over a column; one rating is a column of one. */
LOY_BULK(scale_satisfaction)
LOY_BULK(scale_rating)
LOY_BULK(competition_from_shares)
LOY_BULK(competition_from_shares_batch)
LOY_BULK(competition_from_alternatives)
LOY_BULK(competition_from_rating)
LOY_BULK(competition_clip)
%inline %{
static loy_rbatch scale_satisfaction(double lowest, double highest, double padding, loy_in rating, loy_out out,
                                     bool coerce) {
  loy_scale scale;
  loy_error e = {0};
  loy_batch_report report = {0};
  loy_scale_init(&scale);
  scale.lowest = lowest;
  scale.highest = highest;
  scale.padding = padding;
  if (loy_same_length(&e, "out", out.n, rating.n))
    loy_scale_satisfaction_batch(&scale, rating.p, rating.n, out.p, &report, &e);
  return loy_batch_result(e, &report, coerce);
}

static loy_rbatch scale_rating(double lowest, double highest, double padding, loy_in satisfaction, loy_out out,
                               bool coerce) {
  loy_scale scale = {lowest, highest, padding};
  loy_error e = {0};
  loy_batch_report report = {0};
  /* The lowest rating is on every good scale, so only a bad scale fails here. */
  if (loy_scale_check(&scale, lowest, &e) != LOY_OK) return loy_batch_result(e, &report, coerce);
  return response_map(response_rating, &scale, satisfaction, out, coerce, "satisfaction", "must be from 0 to 1");
}

/* index, hhi, effective suppliers, normalized hhi, entropy, suppliers by entropy, suppliers. */
static loy_values competition_from_shares(loy_in share, bool normalize) {
  loy_values r = {0};
  loy_competition market = {0};
  loy_competition_from_shares(share.p, share.n, normalize, &market, &r.e);
  if (loy_status_is_error(r.e.status)) return r;
  loy_put_double(&r, market.index);
  loy_put_double(&r, market.hhi);
  loy_put_double(&r, market.effective_suppliers);
  loy_put_double(&r, market.normalized_hhi);
  loy_put_double(&r, market.entropy);
  loy_put_double(&r, market.entropy_suppliers);
  loy_put_size(&r, market.suppliers);
  return r;
}

static loy_rbatch competition_from_alternatives(loy_in alternatives, loy_out out, bool coerce) {
  return response_map(response_alternatives, NULL, alternatives, out, coerce, "alternatives",
                      "must be at least 1 and finite");
}

static loy_rbatch competition_from_rating(double categories, loy_in rating, loy_out out, bool coerce) {
  loy_error e = {0};
  const loy_batch_report none = {0};
  /* 1 is an answer in any good number of categories. */
  if (loy_competition_from_rating(1.0, categories) > 0.0)
    return response_map(response_choice, &categories, rating, out, coerce, "rating", "must be from 1 to categories");
  loy_refuse(&e, LOY_ERR_DOMAIN, "categories", "must be at least 2 and finite");
  return loy_batch_result(e, &none, coerce);
}

/* `share` is one column for each supplier, as long as out, one after the other. */
static loy_rbatch competition_from_shares_batch(loy_in share, bool normalize, loy_out out, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  size_t suppliers;
  const double **column;
  if (!response_columns("share", share, out.n, &column, &suppliers, &e)) return loy_batch_result(e, &report, coerce);
  loy_competition_from_shares_batch(column, suppliers, out.n, normalize, out.p, NULL, &report, &e);
  free(column);
  return loy_batch_result(e, &report, coerce);
}

static loy_rbatch competition_clip(loy_in index, loy_out out, bool coerce) {
  return response_map(response_clip, NULL, index, out, coerce, "index", "must be from 0 to 1");
}

/* Name, Chinese name and competition of industry `number`, counted from 0; an error beyond the last. */
static loy_values industry(int number) {
  loy_values r = {0};
  if (number < 0 || number >= LOY_INDUSTRIES) {
    loy_refuse(&r.e, LOY_ERR_ARGUMENT, "number", "must be the number of an industry");
    return r;
  }
  loy_put_text(&r, loy_industry_name(number));
  loy_put_text(&r, loy_industry_name_zh(number));
  loy_put_double(&r, loy_industry_competition(number));
  return r;
}
%}
