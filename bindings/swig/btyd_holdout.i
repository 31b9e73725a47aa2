/* btyd_holdout.i: shim of holdout.h. */

%{
#include "loyalty/btyd/holdout.h"
%}

LOY_BULK(model_holdout)
%inline %{
/* As many bins as pit has places. Actual and expected purchases, bias, mean error, mean absolute error, root of the mean
 * squared error, log score. */
static loy_values model_holdout(loy_in model, loy_in x, loy_in t_x, loy_in T, loy_in future_t, loy_in y, int64_t counts,
                                int threads, loy_out pit) {
  loy_values r = {0};
  loy_model m;
  loy_holdout_options options;
  loy_holdout found;
  if (!model_one(model, "model", &m, &r.e) || !loy_same_length(&r.e, "t_x", t_x.n, x.n) ||
      !loy_same_length(&r.e, "T", T.n, x.n) || !loy_same_length(&r.e, "future_t", future_t.n, x.n) ||
      !loy_same_length(&r.e, "y", y.n, x.n))
    return r;
  loy_holdout_options_init(&options);
  options.bins = pit.n <= LOY_HOLDOUT_BINS_MOST ? (int)pit.n : LOY_HOLDOUT_BINS_MOST + 1;
  options.counts = counts;
  options.threads = threads;
  if (loy_model_holdout(&m, x.p, t_x.p, T.p, future_t.p, y.p, x.n, &options, pit.p, &found, &r.e) != LOY_OK) return r;
  loy_put_double(&r, found.actual);
  loy_put_double(&r, found.expected);
  loy_put_double(&r, found.bias);
  loy_put_double(&r, found.mean_error);
  loy_put_double(&r, found.mae);
  loy_put_double(&r, found.rmse);
  loy_put_double(&r, found.log_score);
  return r;
}
%}
