/* ladder_chain.i: shims of ladder/chain.h and ladder/chain_test.h. */

%{
#include "loyalty/ladder/chain.h"
#include "loyalty/ladder/chain_test.h"

/* Whether a matrix has states * states numbers. */
static bool chain_square(loy_error *e, const char *argument, size_t got, size_t states) {
  if (states < 1 || states > LOY_CHAIN_STATES_MOST)
    return loy_refuse(e, LOY_ERR_ARGUMENT, "states", "must be from 1 to 1024");
  return loy_has_length(e, argument, got, states * states);
}

/* The same of a mask, whose absence is no byte at all. */
static bool chain_mask(loy_error *e, const char *argument, loy_in_bytes mask, size_t want, const uint8_t **flags) {
  *flags = mask.n == 0 ? NULL : mask.p;
  return mask.n == 0 || loy_has_length(e, argument, mask.n, want);
}

static bool chain_options(loy_error *e, loy_in counts, size_t states, int method, double prior, loy_in_opt priors,
                          loy_in_bytes allowed, loy_in_bytes absorbing, loy_chain_options *options) {
  loy_chain_options_init(options);
  options->method = method;
  options->prior = prior;
  options->priors = priors.p;
  return chain_square(e, "counts", counts.n, states) &&
         (!priors.p || loy_has_length(e, "priors", priors.n, counts.n)) &&
         chain_mask(e, "allowed", allowed, counts.n, &options->allowed) &&
         chain_mask(e, "absorbing", absorbing, states, &options->absorbing);
}

static loy_s3 chain_test_result(loy_error e, const loy_chain_test *test) {
  loy_s3 r = {e, {0}};
  if (loy_status_is_error(e.status)) return r;
  r.v[0] = test->statistic;
  r.v[1] = test->df;
  r.v[2] = test->p_value;
  return r;
}
%}

LOY_BULK(chain_estimate)
LOY_BULK(chain_interval)
LOY_BULK(chain_order_test)
LOY_BULK(chain_second_order_test)
LOY_BULK(chain_homogeneity_test)
%inline %{
static loy_r0 chain_check(loy_in transition, size_t states) {
  loy_r0 r = {0};
  if (chain_square(&r.e, "transition", transition.n, states)) loy_chain_check(transition.p, states, &r.e);
  return r;
}

/* The log-likelihood. A mask of no bytes is none. */
static loy_r1 chain_estimate(loy_in counts, size_t states, int method, double prior, loy_in_opt priors,
                             loy_in_bytes allowed, loy_in_bytes absorbing, loy_out transition, loy_out standard_error,
                             loy_out size) {
  loy_r1 r = {0};
  loy_chain_options options;
  if (chain_options(&r.e, counts, states, method, prior, priors, allowed, absorbing, &options) &&
      loy_has_length(&r.e, "transition", transition.n, counts.n) &&
      loy_has_length(&r.e, "standard_error", standard_error.n, counts.n) &&
      loy_has_length(&r.e, "size", size.n, states))
    loy_chain_estimate(counts.p, states, &options, transition.p, standard_error.p, size.p, &r.v[0], &r.e);
  return r;
}

static loy_r0 chain_interval(loy_in counts, size_t states, int method, double prior, loy_in_opt priors,
                             loy_in_bytes allowed, loy_in_bytes absorbing, double level, loy_out lower, loy_out upper) {
  loy_r0 r = {0};
  loy_chain_options options;
  if (chain_options(&r.e, counts, states, method, prior, priors, allowed, absorbing, &options) &&
      loy_has_length(&r.e, "lower", lower.n, counts.n) && loy_has_length(&r.e, "upper", upper.n, counts.n))
    loy_chain_interval(counts.p, states, &options, level, lower.p, upper.p, &r.e);
  return r;
}

static loy_r0 chain_row_covariance(loy_in chance, double size, loy_out covariance) {
  loy_r0 r = {0};
  if (chain_square(&r.e, "covariance", covariance.n, chance.n))
    loy_chain_row_covariance(chance.p, chance.n, size, covariance.p, &r.e);
  return r;
}

/* Status, G2, degrees of freedom, p-value. */
static loy_s3 chain_order_test(loy_in counts, size_t states, loy_in_bytes allowed) {
  loy_s3 r = {0};
  loy_chain_test test;
  const uint8_t *flags;
  if (!chain_square(&r.e, "counts", counts.n, states)) return r;
  if (!chain_mask(&r.e, "allowed", allowed, counts.n, &flags)) return r;
  loy_chain_order_test(counts.p, states, flags, NULL, &test, &r.e);
  return chain_test_result(r.e, &test);
}

static loy_s3 chain_second_order_test(loy_in triples, size_t states, loy_in_bytes allowed) {
  loy_s3 r = {0};
  loy_chain_test test;
  const uint8_t *flags;
  if (!chain_square(&r.e, "triples", states ? triples.n / states : 0, states)) return r;
  if (!loy_has_length(&r.e, "triples", triples.n % states, 0)) return r;
  if (!chain_mask(&r.e, "allowed", allowed, states * states, &flags)) return r;
  loy_chain_second_order_test(triples.p, states, flags, &test, &r.e);
  return chain_test_result(r.e, &test);
}

static loy_s3 chain_homogeneity_test(loy_in counts, size_t groups, size_t states, loy_in_bytes allowed) {
  loy_s3 r = {0};
  loy_chain_test test;
  const uint8_t *flags;
  if (!chain_square(&r.e, "counts", groups ? counts.n / groups : 0, states)) return r;
  if (!loy_has_length(&r.e, "counts", counts.n % groups, 0)) return r;
  if (!chain_mask(&r.e, "allowed", allowed, states * states, &flags)) return r;
  loy_chain_homogeneity_test(counts.p, groups, states, flags, &test, &r.e);
  return chain_test_result(r.e, &test);
}
%}
