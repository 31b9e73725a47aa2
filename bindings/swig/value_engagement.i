/* value_engagement.i: shims of referral, knowledge, influence and engagement value. */

%{
#include "loyalty/value/engagement.h"
#include "loyalty/value/influence.h"
#include "loyalty/value/referral.h"

static bool engagement_optional(loy_error *e, const char *argument, const void *p, size_t got, size_t want) {
  return !p || loy_same_length(e, argument, got, want);
}

/* Total of the good rows and the count of bad ones. */
static loy_values engagement_rows(loy_error e, const loy_batch_report *report, double total, bool coerce) {
  loy_values r = {0};
  const loy_rbatch counted = loy_batch_result(e, report, coerce);
  r.e = counted.e;
  if (loy_status_is_error(r.e.status)) return r;
  loy_put_double(&r, total);
  loy_put_int(&r, counted.bad);
  return r;
}
%}

LOY_BULK(referral_value_batch)
LOY_BULK(knowledge_value_batch)
LOY_BULK(influence)
%inline %{
static loy_values referral_value_batch(loy_in period, loy_in_opt type1, loy_in margin, loy_in_opt reward,
                                       loy_in_opt marketing_cost, loy_in_opt saving, double discount, loy_out out,
                                       bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  double total = 0.0;
  if (engagement_optional(&e, "type1", type1.p, type1.n, period.n) &&
      loy_same_length(&e, "margin", margin.n, period.n) &&
      engagement_optional(&e, "reward", reward.p, reward.n, period.n) &&
      engagement_optional(&e, "marketing_cost", marketing_cost.p, marketing_cost.n, period.n) &&
      engagement_optional(&e, "saving", saving.p, saving.n, period.n) && loy_same_length(&e, "out", out.n, period.n))
    loy_referral_value_batch(period.p, type1.p, margin.p, reward.p, marketing_cost.p, saving.p, period.n, discount,
                             out.p, &total, &report, &e);
  return engagement_rows(e, &report, total, coerce);
}

static loy_values knowledge_value_batch(loy_in period, loy_in count, loy_in adopted, loy_in worth,
                                        loy_in_opt handling_cost, double discount, loy_out out, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  double total = 0.0;
  if (loy_same_length(&e, "count", count.n, period.n) && loy_same_length(&e, "adopted", adopted.n, period.n) &&
      loy_same_length(&e, "worth", worth.n, period.n) &&
      engagement_optional(&e, "handling_cost", handling_cost.p, handling_cost.n, period.n) &&
      loy_same_length(&e, "out", out.n, period.n))
    loy_knowledge_value_batch(period.p, count.p, adopted.p, worth.p, handling_cost.p, period.n, discount, out.p, &total,
                              &report, &e);
  return engagement_rows(e, &report, total, coerce);
}

/* The matrix row by row. */
static loy_r0 influence(loy_in weight, loy_in own, loy_out total, loy_out added) {
  loy_r0 r = {0};
  if (own.n > LOY_INFLUENCE_MOST) {
    loy_refuse(&r.e, LOY_ERR_ARGUMENT, "own", "has more than 1024 elements");
    return r;
  }
  if (loy_has_length(&r.e, "weight", weight.n, own.n * own.n) && loy_has_length(&r.e, "total", total.n, own.n) &&
      loy_has_length(&r.e, "added", added.n, own.n))
    loy_influence(weight.p, own.p, own.n, total.p, added.p, NULL, &r.e);
  return r;
}

/* The total. Rows name other rows, so no other thread may change them between check and use: not LOY_BULK. */
static loy_r1 engagement_value(loy_in clv, loy_in_opt crv, loy_in_opt civ, loy_in_opt ckv, loy_in_i64_opt referrer,
                               loy_in_opt type1, int rule, loy_out own, loy_out referred, loy_out value) {
  loy_r1 r = {0};
  if (engagement_optional(&r.e, "crv", crv.p, crv.n, clv.n) && engagement_optional(&r.e, "civ", civ.p, civ.n, clv.n) &&
      engagement_optional(&r.e, "ckv", ckv.p, ckv.n, clv.n) &&
      engagement_optional(&r.e, "referrer", referrer.p, referrer.n, clv.n) &&
      engagement_optional(&r.e, "type1", type1.p, type1.n, clv.n) && loy_same_length(&r.e, "own", own.n, clv.n) &&
      loy_same_length(&r.e, "referred", referred.n, clv.n) && loy_same_length(&r.e, "value", value.n, clv.n))
    loy_engagement_value(clv.p, crv.p, civ.p, ckv.p, referrer.p, type1.p, clv.n, rule, own.p, referred.p, value.p,
                         &r.v[0], &r.e);
  return r;
}
%}
