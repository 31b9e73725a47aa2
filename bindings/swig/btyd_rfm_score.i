/* btyd_rfm_score.i: shims of the scores of recency, frequency and monetary value. */

%{
#include "loyalty/btyd/rfm_score.h"
%}

LOY_BULK(quantile_score_batch)
LOY_BULK(rfm_score_batch)
%inline %{
static loy_rbatch quantile_score_batch(loy_in value, int scores, bool reversed, loy_out_i64 score, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  if (loy_same_length(&e, "score", score.n, value.n) &&
      !loy_status_is_error(loy_quantile_score_batch(value.p, value.n, scores, reversed, NULL, loy_lend_i32(score),
                                                    &report, &e)))
    loy_widen_i32(score);
  return loy_batch_result(e, &report, coerce);
}

static loy_rbatch rfm_score_batch(loy_in recency, loy_in frequency, loy_in monetary, int scores, bool nested,
                                  loy_out_i64 r, loy_out_i64 f, loy_out_i64 m, loy_out_i64_opt code, bool coerce) {
  const size_t n = recency.n;
  loy_error e = {0};
  loy_batch_report report = {0};
  loy_rfm_score_options options;
  loy_out_i64 last = {code.p, code.n};
  if (!loy_same_length(&e, "frequency", frequency.n, n) || !loy_same_length(&e, "monetary", monetary.n, n) ||
      !loy_same_length(&e, "r", r.n, n) || !loy_same_length(&e, "f", f.n, n) || !loy_same_length(&e, "m", m.n, n) ||
      (code.p && !loy_same_length(&e, "code", code.n, n)))
    return loy_batch_result(e, &report, coerce);
  loy_rfm_score_options_init(&options);
  options.scores = scores;
  options.nested = nested;
  if (!loy_status_is_error(loy_rfm_score_batch(recency.p, frequency.p, monetary.p, n, &options, loy_lend_i32(r),
                                               loy_lend_i32(f), loy_lend_i32(m), code.p ? loy_lend_i32(last) : NULL,
                                               &report, &e))) {
    loy_widen_i32(r);
    loy_widen_i32(f);
    loy_widen_i32(m);
    if (code.p) loy_widen_i32(last);
  }
  return loy_batch_result(e, &report, coerce);
}
%}
