/* survey_loyalty_index.i: shims of the index of three answers. */

%{
#include "loyalty/survey/loyalty_index.h"

static loy_loyalty_index_options loyalty_index_options(double high_from, double middle_from, bool use_probability,
                                                       double satisfaction_weight, double repurchase_weight,
                                                       double recommendation_weight) {
  loy_loyalty_index_options options;
  loy_loyalty_index_options_init(&options);
  options.high_from = high_from;
  options.middle_from = middle_from;
  options.use_probability = use_probability;
  options.satisfaction_weight = satisfaction_weight;
  options.repurchase_weight = repurchase_weight;
  options.recommendation_weight = recommendation_weight;
  return options;
}
%}

LOY_BULK(loyalty_index_batch)
%inline %{
/* Index, band and class of one customer. The options come first, in the order of loy_loyalty_index_options. */
static loy_values loyalty_index_of(double high_from, double middle_from, bool use_probability,
                                   double satisfaction_weight, double repurchase_weight, double recommendation_weight,
                                   double satisfaction, double repurchase, double recommendation) {
  loy_values r = {0};
  loy_loyalty_index found;
  const loy_loyalty_index_options options = loyalty_index_options(
      high_from, middle_from, use_probability, satisfaction_weight, repurchase_weight, recommendation_weight);
  if (loy_loyalty_index_of(satisfaction, repurchase, recommendation, &options, &found, &r.e) != LOY_OK) return r;
  loy_put_double(&r, found.index);
  loy_put_int(&r, found.band);
  loy_put_int(&r, found.security);
  return r;
}

static loy_rbatch loyalty_index_batch(double high_from, double middle_from, bool use_probability,
                                      double satisfaction_weight, double repurchase_weight,
                                      double recommendation_weight, loy_in satisfaction, loy_in repurchase,
                                      loy_in recommendation, loy_out index, loy_out_i64 band, loy_out_i64 security,
                                      bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  const size_t n = satisfaction.n;
  const loy_loyalty_index_options options = loyalty_index_options(
      high_from, middle_from, use_probability, satisfaction_weight, repurchase_weight, recommendation_weight);
  if (loy_same_length(&e, "repurchase", repurchase.n, n) && loy_same_length(&e, "recommendation", recommendation.n, n) &&
      loy_same_length(&e, "index", index.n, n) && loy_same_length(&e, "band", band.n, n) &&
      loy_same_length(&e, "security", security.n, n) &&
      loy_loyalty_index_batch(satisfaction.p, repurchase.p, recommendation.p, n, &options, index.p, loy_lend_i32(band),
                              loy_lend_i32(security), &report, &e) == LOY_OK) {
    loy_widen_i32(band);
    loy_widen_i32(security);
  }
  return loy_batch_result(e, &report, coerce);
}

static loy_rtext repurchase_band_name(int band, bool chinese) {
  loy_rtext r = {0};
  r.v = chinese ? loy_repurchase_band_name_zh(band) : loy_repurchase_band_name(band);
  return r;
}
static loy_rtext recommendation_name(int recommendation, bool chinese) {
  loy_rtext r = {0};
  r.v = chinese ? loy_recommendation_name_zh(recommendation) : loy_recommendation_name(recommendation);
  return r;
}
static loy_rtext security_name(int security, bool chinese) {
  loy_rtext r = {0};
  r.v = chinese ? loy_security_name_zh(security) : loy_security_name(security);
  return r;
}
%}
