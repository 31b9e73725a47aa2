/* ladder_gaps.c: the side of ladder/gaps.h and ladder/shares.h of the parity cases. */
#include "parity.h"

/* Flags in a column of 0 and 1; NULL for none. */
static const uint8_t *read_flags(parity_case *c, uint8_t *flag) {
  size_t n;
  const double *given = parity_column(c, &n);
  for (size_t i = 0; i < n && i < LOY_GAPS_STATES * LOY_GAPS_STATES; i++)
    flag[i] = (uint8_t)(given[i] == 0.0 ? 0 : given[i] == 1.0 ? 1 : 2);
  return given ? flag : NULL;
}

static void gaps_fit(parity_case *c) {
  uint8_t flag[LOY_GAPS_STATES * LOY_GAPS_STATES];
  loy_gaps_options options;
  loy_gaps_result found;
  loy_error e;
  size_t n, size;
  const double *counts = parity_column(c, &n);
  const size_t states = (size_t)parity_int(c);
  double *transition, *expected, *std_error, *covariance;
  loy_gaps_options_init(&options);
  options.allowed = read_flags(c, flag);
  options.starts = (int)parity_int(c);
  options.seed = (uint64_t)parity_int(c);
  options.most_iterations = (int)parity_int(c);
  transition = parity_out(c, &size);
  if (parity_lengths(c, "transition", size, states * states)) return;
  expected = parity_out(c, &size);
  std_error = parity_out(c, &size);
  covariance = parity_out(c, &size);
  loy_gaps_fit(counts, states, n / (states * states), &options, transition, expected, std_error, covariance, &found,
               &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_double(c, found.log_likelihood);
  parity_give_double(c, found.next_log_likelihood);
  parity_give_double(c, found.weight);
  parity_give_double(c, found.gap);
  parity_give_double(c, found.condition);
  parity_give_int(c, found.maxima);
  parity_give_int(c, found.at_bound);
  parity_give_int(c, found.unseen);
  parity_give_int(c, found.iterations);
  parity_give_bool(c, found.converged != 0);
}

static void shares_fit(parity_case *c) {
  uint8_t flag[LOY_SHARES_STATES * LOY_SHARES_STATES];
  loy_shares_options options;
  loy_shares_result found;
  loy_error e;
  size_t n, size;
  const double *share = parity_column(c, &n);
  const size_t states = (size_t)parity_int(c);
  double *transition, *std_error, *lower, *upper;
  loy_shares_options_init(&options);
  options.allowed = read_flags(c, flag);
  options.weight = parity_column(c, &size);
  options.prior = parity_column(c, &size);
  options.ridge = parity_double(c);
  options.normalize = parity_bool(c);
  options.replications = parity_int(c);
  options.seed = (uint64_t)parity_int(c);
  options.level = parity_double(c);
  transition = parity_out(c, &size);
  if (parity_lengths(c, "transition", size, states * states)) return;
  std_error = parity_out(c, &size);
  lower = parity_out(c, &size);
  upper = parity_out(c, &size);
  loy_shares_fit(share, n / states, states, &options, transition, std_error, lower, upper, &found, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_double(c, found.rss);
  parity_give_double(c, found.gap);
  parity_give_int(c, (int64_t)found.steps);
  parity_give_int(c, (int64_t)found.rank);
  parity_give_int(c, (int64_t)found.free);
  parity_give_int(c, found.at_bound);
  parity_give_int(c, found.replications);
  parity_give_bool(c, found.converged != 0);
}

PARITY(ladder_gaps) {
  CASE(gaps_fit);
  CASE(shares_fit);
}
