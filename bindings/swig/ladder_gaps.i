/* ladder_gaps.i: shims of ladder/gaps.h. Matrices pass as one column, row after row. */

/* ---- gaps ---- */

%{
#include "loyalty/ladder/gaps.h"

/* Flags written as 0 and 1 in a column; anything else becomes what the core refuses. Of ladder_shares.i too. */
static bool ladder_allowed(loy_in_opt given, size_t states, uint8_t *flag, loy_error *e) {
  if (!given.p) return true;
  if (!loy_has_length(e, "allowed", given.n, states * states)) return false;
  for (size_t i = 0; i < given.n; i++) flag[i] = given.p[i] == 0.0 ? 0 : given.p[i] == 1.0 ? 1 : 2;
  return true;
}

static bool ladder_states(size_t states, loy_error *e) {
  return (states >= 2 && states <= LOY_GAPS_STATES) || loy_refuse(e, LOY_ERR_ARGUMENT, "states", "must be from 2 to 32");
}
%}

LOY_BULK(gaps_fit)
%inline %{
/* Counts of gap 1, 2 ... one matrix after the other. Results: status, log-likelihood, that of the next maximum, weight, gap
 * (the certificate), condition, maxima, entries at 0, states not seen, iterations, whether converged. */
static loy_values gaps_fit(loy_in counts, size_t states, loy_in_opt allowed, int starts, uint64_t seed,
                           int most_iterations, loy_out transition, loy_out expected, loy_out std_error,
                           loy_out_opt covariance) {
  loy_values r = {0};
  uint8_t flag[LOY_GAPS_STATES * LOY_GAPS_STATES];
  loy_gaps_options options;
  loy_gaps_result found;
  const size_t each = states * states;
  loy_gaps_options_init(&options);
  options.starts = starts;
  options.seed = seed;
  options.most_iterations = most_iterations;
  if (!ladder_states(states, &r.e) || !ladder_allowed(allowed, states, flag, &r.e) ||
      !loy_has_length(&r.e, "transition", transition.n, each) || !loy_has_length(&r.e, "expected", expected.n, each) ||
      !loy_has_length(&r.e, "std_error", std_error.n, each) ||
      (covariance.p && !loy_has_length(&r.e, "covariance", covariance.n, each * each)))
    return r;
  if (counts.n % each != 0) {
    loy_refuse(&r.e, LOY_ERR_ARGUMENT, "counts", "must be whole matrices of states by states numbers");
    return r;
  }
  if (allowed.p) options.allowed = flag;
  if (loy_status_is_error(loy_gaps_fit(counts.p, states, counts.n / each, &options, transition.p, expected.p,
                                       std_error.p, covariance.p, &found, &r.e)))
    return r;
  loy_put_status(&r);
  loy_put_double(&r, found.log_likelihood);
  loy_put_double(&r, found.next_log_likelihood);
  loy_put_double(&r, found.weight);
  loy_put_double(&r, found.gap);
  loy_put_double(&r, found.condition);
  loy_put_int(&r, found.maxima);
  loy_put_int(&r, found.at_bound);
  loy_put_int(&r, found.unseen);
  loy_put_int(&r, found.iterations);
  loy_put_bool(&r, found.converged != 0);
  return r;
}
%}
