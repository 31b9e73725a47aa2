/* ladder_chain.c: chains from counts and tests of them, the C side of the parity cases. */
#include "parity.h"

/* Counts, states and what loy_chain_options has, in the order of the shims. */
static const double *read_counts(parity_case *c, size_t *states, loy_chain_options *options) {
  size_t n;
  const double *counts = parity_column(c, &n);
  *states = (size_t)parity_int(c);
  loy_chain_options_init(options);
  options->method = (int)parity_int(c);
  options->prior = parity_double(c);
  options->priors = parity_column(c, &n);
  options->allowed = parity_bytes(c, &n);
  if (n == 0) options->allowed = NULL;
  options->absorbing = parity_bytes(c, &n);
  if (n == 0) options->absorbing = NULL;
  return counts;
}

static void chain_check(parity_case *c) {
  size_t n;
  loy_error e;
  const double *transition = parity_column(c, &n);
  loy_chain_check(transition, (size_t)parity_int(c), &e);
  (void)parity_failed(c, &e);
}

static void chain_estimate(parity_case *c) {
  size_t states, n;
  double log_likelihood = 0.0, *transition, *standard_error, *size;
  loy_chain_options options;
  loy_error e;
  const double *counts = read_counts(c, &states, &options);
  transition = parity_out(c, &n);
  standard_error = parity_out(c, &n);
  size = parity_out(c, &n);
  loy_chain_estimate(counts, states, &options, transition, standard_error, size, &log_likelihood, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, log_likelihood);
}

static void chain_interval(parity_case *c) {
  size_t states, n;
  double level, *lower, *upper;
  loy_chain_options options;
  loy_error e;
  const double *counts = read_counts(c, &states, &options);
  level = parity_double(c);
  lower = parity_out(c, &n);
  upper = parity_out(c, &n);
  loy_chain_interval(counts, states, &options, level, lower, upper, &e);
  (void)parity_failed(c, &e);
}

static void chain_row_covariance(parity_case *c) {
  size_t states, n;
  loy_error e;
  const double *chance = parity_column(c, &states);
  const double size = parity_double(c);
  loy_chain_row_covariance(chance, states, size, parity_out(c, &n), &e);
  (void)parity_failed(c, &e);
}

static const uint8_t *read_mask(parity_case *c) {
  size_t n;
  const uint8_t *mask = parity_bytes(c, &n);
  return n == 0 ? NULL : mask;
}

static void give_test(parity_case *c, const loy_error *e, const loy_chain_test *test) {
  if (parity_failed(c, e)) return;
  parity_give_text(c, loy_status_name(e->status));
  parity_give_double(c, test->statistic);
  parity_give_double(c, test->df);
  parity_give_double(c, test->p_value);
}

static void chain_order_test(parity_case *c) {
  size_t n;
  loy_chain_test test = {0, 0, 0};
  loy_error e;
  const double *counts = parity_column(c, &n);
  const size_t states = (size_t)parity_int(c);
  loy_chain_order_test(counts, states, read_mask(c), NULL, &test, &e);
  give_test(c, &e, &test);
}

static void chain_second_order_test(parity_case *c) {
  size_t n;
  loy_chain_test test = {0, 0, 0};
  loy_error e;
  const double *triples = parity_column(c, &n);
  const size_t states = (size_t)parity_int(c);
  loy_chain_second_order_test(triples, states, read_mask(c), &test, &e);
  give_test(c, &e, &test);
}

static void chain_homogeneity_test(parity_case *c) {
  size_t n;
  loy_chain_test test = {0, 0, 0};
  loy_error e;
  const double *counts = parity_column(c, &n);
  const size_t groups = (size_t)parity_int(c), states = (size_t)parity_int(c);
  loy_chain_homogeneity_test(counts, groups, states, read_mask(c), &test, &e);
  give_test(c, &e, &test);
}

static void classic_stage_name(parity_case *c) {
  const int stage = (int)parity_int(c);
  parity_give_text(c, parity_bool(c) ? loy_classic_stage_name_zh(stage) : loy_classic_stage_name(stage));
}

PARITY(ladder_chain) {
  CASE(chain_check);
  CASE(chain_estimate);
  CASE(chain_interval);
  CASE(chain_row_covariance);
  CASE(chain_order_test);
  CASE(chain_second_order_test);
  CASE(chain_homogeneity_test);
  CASE(classic_stage_name);
}
