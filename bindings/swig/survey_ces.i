/* survey_ces.i: shims of the Customer Effort Score. After survey_estimate.i. */

%{
#include "loyalty/survey/ces.h"
%}

LOY_BULK(ces_from_scores)
%inline %{
/* Status, the fields of the mean, answers that agree, their share and its standard error. */
static loy_values ces_from_scores(loy_in score, int lowest, int highest, int boxes, bool skip_missing) {
  loy_values r;
  loy_csat_options options;
  loy_ces ces = {0};
  loy_error e = {0};
  loy_ces_options_init(&options);
  options.lowest = lowest;
  options.highest = highest;
  options.boxes = boxes;
  options.skip_missing = skip_missing;
  loy_ces_from_scores(score.p, score.n, &options, &ces, &e);
  r = mean_result(&ces.mean, &e);
  if (loy_status_is_error(e.status)) return r;
  loy_put_int(&r, ces.agree.top);
  loy_put_double(&r, ces.agree.score);
  loy_put_double(&r, ces.agree.standard_error);
  return r;
}
%}
