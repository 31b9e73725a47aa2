/* ladder_chain_value.i: shims of ladder/chain_value.h. After ladder_chain.i. */

/* ---- value of a chain ---- */

%{
#include "loyalty/ladder/chain_value.h"

static loy_chain_value_options chain_value_options(double growth, double horizon) {
  loy_chain_value_options options;
  loy_chain_value_options_init(&options);
  options.growth = growth;
  options.horizon = horizon;
  return options;
}
%}

LOY_BULK(chain_value)
LOY_BULK(chain_value_slopes)
LOY_BULK(chain_value_std_errors)
%inline %{
/* Value, deviation and slope in the discount rate of n states, and n*n visits, unless they are None. */
static loy_s0 chain_value(loy_in transition, loy_in reward, double discount_rate, double growth, double horizon,
                          loy_out value, loy_out standard_deviation, loy_out discount_slope, loy_out_opt visits) {
  loy_s0 r = {0};
  const loy_chain_value_options options = chain_value_options(growth, horizon);
  const loy_chain_value_result result = {value.p, standard_deviation.p, visits.p, discount_slope.p};
  if (chain_square(&r.e, "transition", transition.n, reward.n) && loy_has_length(&r.e, "value", value.n, reward.n) &&
      loy_has_length(&r.e, "standard_deviation", standard_deviation.n, reward.n) &&
      loy_has_length(&r.e, "discount_slope", discount_slope.n, reward.n) &&
      (!visits.p || chain_square(&r.e, "visits", visits.n, reward.n)))
    loy_chain_value(transition.p, reward.n, reward.p, discount_rate, &options, &result, &r.e);
  return r;
}

static loy_r0 chain_value_slopes(loy_in transition, loy_in reward, double discount_rate, double growth, double horizon,
                                 loy_in start, loy_out slope) {
  loy_r0 r = {0};
  const loy_chain_value_options options = chain_value_options(growth, horizon);
  if (chain_square(&r.e, "transition", transition.n, reward.n) && loy_has_length(&r.e, "start", start.n, reward.n) &&
      chain_square(&r.e, "slope", slope.n, reward.n))
    loy_chain_value_slopes(transition.p, reward.n, reward.p, discount_rate, start.p, &options, slope.p, &r.e);
  return r;
}

static loy_s0 chain_value_std_errors(loy_in transition, loy_in reward, double discount_rate, double growth,
                                     double horizon, loy_in row_count, loy_out std_error) {
  loy_s0 r = {0};
  const loy_chain_value_options options = chain_value_options(growth, horizon);
  if (chain_square(&r.e, "transition", transition.n, reward.n) &&
      loy_has_length(&r.e, "row_count", row_count.n, reward.n) &&
      loy_has_length(&r.e, "std_error", std_error.n, reward.n))
    loy_chain_value_std_errors(transition.p, reward.n, reward.p, discount_rate, row_count.p, &options, std_error.p,
                               &r.e);
  return r;
}
%}
