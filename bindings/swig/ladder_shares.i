/* ladder_shares.i: shims of ladder/shares.h. Matrices pass as one column, row after row. */

/* ---- shares ---- */

%{
#include "loyalty/ladder/shares.h"
%}

LOY_BULK(shares_fit)
%inline %{
/* Rows of shares in the order of time, one after the other. Results: status, sum of squares, gap (the certificate), steps,
 * rank, free entries, entries at 0, replications, whether converged. */
static loy_values shares_fit(loy_in share, size_t states, loy_in_opt allowed, loy_in_opt weight, loy_in_opt prior,
                             double ridge, bool normalize, int64_t replications, uint64_t seed, double level,
                             loy_out transition, loy_out std_error, loy_out lower, loy_out upper) {
  loy_values r = {0};
  uint8_t flag[LOY_SHARES_STATES * LOY_SHARES_STATES];
  loy_shares_options options;
  loy_shares_result found;
  const size_t each = states * states;
  loy_shares_options_init(&options);
  if (!ladder_states(states, &r.e) || !ladder_allowed(allowed, states, flag, &r.e) ||
      (prior.p && !loy_has_length(&r.e, "prior", prior.n, each)) ||
      !loy_has_length(&r.e, "transition", transition.n, each) || !loy_has_length(&r.e, "std_error", std_error.n, each) ||
      !loy_has_length(&r.e, "lower", lower.n, each) || !loy_has_length(&r.e, "upper", upper.n, each))
    return r;
  if (share.n % states != 0) {
    loy_refuse(&r.e, LOY_ERR_ARGUMENT, "share", "must be whole rows of states numbers");
    return r;
  }
  if (weight.p && !loy_has_length(&r.e, "weight", weight.n, share.n / states)) return r;
  if (allowed.p) options.allowed = flag;
  options.weight = weight.p;
  options.prior = prior.p;
  options.ridge = ridge;
  options.normalize = normalize;
  options.replications = replications;
  options.seed = seed;
  options.level = level;
  if (loy_status_is_error(loy_shares_fit(share.p, share.n / states, states, &options, transition.p, std_error.p,
                                         lower.p, upper.p, &found, &r.e)))
    return r;
  loy_put_status(&r);
  loy_put_double(&r, found.rss);
  loy_put_double(&r, found.gap);
  loy_put_size(&r, found.steps);
  loy_put_size(&r, found.rank);
  loy_put_size(&r, found.free);
  loy_put_int(&r, found.at_bound);
  loy_put_int(&r, found.replications);
  loy_put_bool(&r, found.converged != 0);
  return r;
}
%}
