/* btyd_bootstrap.i: shim of bootstrap.h. */

%{
#include "loyalty/btyd/bootstrap.h"
%}

LOY_BULK(model_bootstrap)
%inline %{
/* As many replications as fit_status has places; draws has one for each of their parameters, the other columns one for
 * each parameter. Status, replications used, failed, without certificate, at a bound. */
static loy_values model_bootstrap(loy_in model, loy_in given, uint64_t seed, double level, int threads,
                                  int most_evaluations, double penalty, loy_out draws, loy_out_i64 fit_status, loy_out std_error,
                                  loy_out bias, loy_out lower, loy_out upper, loy_watch progress) {
  loy_values r = {0};
  loy_model m;
  loy_bootstrap_options options;
  loy_bootstrap_result found;
  size_t k;
  if (!model_one(model, "model", &m, &r.e)) return r;
  k = loy_model_parameter_count(m.kind);
  if ((fit_status.n > LOY_BOOTSTRAP_MOST && !loy_refuse(&r.e, LOY_ERR_ARGUMENT, "fit_status", "is too long")) ||
      !loy_has_length(&r.e, "draws", draws.n, fit_status.n * k) ||
      !loy_has_length(&r.e, "std_error", std_error.n, k) || !loy_has_length(&r.e, "bias", bias.n, k) ||
      !loy_has_length(&r.e, "lower", lower.n, k) || !loy_has_length(&r.e, "upper", upper.n, k))
    return r;
  loy_bootstrap_options_init(&options);
  options.replications = (int64_t)fit_status.n;
  options.seed = seed;
  options.level = level;
  options.threads = threads;
  options.most_evaluations = most_evaluations;
  options.penalty = penalty;
  options.progress = progress.p;
  if (loy_status_is_error(loy_model_bootstrap(&m, given.p, given.n, &options, draws.p,
                                              (loy_status *)(void *)loy_lend_i32(fit_status), &found, &r.e)))
    return r;
  loy_widen_i32(fit_status);
  memcpy(std_error.p, found.std_error, k * sizeof(double));
  memcpy(bias.p, found.bias, k * sizeof(double));
  memcpy(lower.p, found.lower, k * sizeof(double));
  memcpy(upper.p, found.upper, k * sizeof(double));
  loy_put_status(&r);
  loy_put_size(&r, found.used);
  loy_put_size(&r, found.failed);
  loy_put_size(&r, found.not_converged);
  loy_put_size(&r, found.at_bound);
  return r;
}
%}
