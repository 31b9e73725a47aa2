/* test_chain.c: transition matrices from counts. Numbers to twenty digits by mpmath. */
#include "check.h"

static const double COUNTS[25] = {60, 30, 8, 2, 0,  5,  50, 30, 12, 3, 2,  10, 48,
                                  32, 8,  1, 4, 15, 55, 25, 0,  2,  5, 18, 175};

static loy_chain_options dirichlet(void) {
  loy_chain_options options;
  loy_chain_options_init(&options);
  options.method = LOY_CHAIN_DIRICHLET;
  return options;
}

static void test_maximum_likelihood(void) {
  double p[25], se[25], size[5], log_likelihood = 0.0;
  loy_error error;
  loy_chain_options_init(NULL);
  CHECK_STATUS(loy_chain_estimate(COUNTS, 5, NULL, p, se, size, &log_likelihood, &error), LOY_OK);
  CHECK_CLOSE(p[1], .3, 1e-15);
  CHECK_NEAR(se[1], .0458257569, 5.1e-11);
  CHECK_CLOSE(se[1], .045825756949558400066, 1e-15);
  CHECK_CLOSE(se[24], .02338535866733713366, 1e-15);
  CHECK_BITS(p[4], 0.0);
  CHECK_BITS(se[4], 0.0);
  CHECK_BITS(size[0], 100.0);
  CHECK_BITS(size[4], 200.0);
  CHECK_CLOSE(log_likelihood, -547.10640056998280528, 1e-15);
  CHECK_STATUS(loy_chain_check(p, 5, &error), LOY_OK);
  CHECK_STATUS(loy_chain_estimate(COUNTS, 5, NULL, p, NULL, NULL, NULL, NULL), LOY_OK);
}

static void test_dirichlet(void) {
  static const double row[5] = {.59024390243902439024, .29756097560975609756, .082926829268292682927,
                                .02439024390243902439, .004878048780487804878};
  loy_chain_options options = dirichlet();
  double priors[25], p[25], same[25], se[25], size[5], log_likelihood = 0.0;
  CHECK_STATUS(loy_chain_estimate(COUNTS, 5, &options, p, se, size, &log_likelihood, NULL), LOY_OK);
  for (int j = 0; j < 5; j++) CHECK_CLOSE(p[j], row[j], 1e-15);
  CHECK_CLOSE(se[1], .044938867913125013997, 1e-15);
  CHECK_BITS(size[0], 103.5);
  CHECK_CLOSE(log_likelihood, -548.43130452357662036, 1e-15);
  /* The same prior cell by cell; then none, which is maximum likelihood but for the size. */
  for (int c = 0; c < 25; c++) priors[c] = .5;
  options.prior = -1.0;
  options.priors = priors;
  CHECK_STATUS(loy_chain_estimate(COUNTS, 5, &options, same, NULL, NULL, NULL, NULL), LOY_OK);
  for (int c = 0; c < 25; c++) CHECK_BITS(same[c], p[c]);
  for (int c = 0; c < 25; c++) priors[c] = 0.0;
  CHECK_STATUS(loy_chain_estimate(COUNTS, 5, &options, same, NULL, size, NULL, NULL), LOY_OK);
  CHECK_CLOSE(same[1], .3, 1e-15);
  CHECK_BITS(same[4], 0.0);
  CHECK_BITS(size[0], 101.0);
}

/* Absorbing states and moves that cannot happen are known without data; a prior stays out of them. */
static void test_masks(void) {
  static const double counts[9] = {6, 2, 0, 0, 0, 0, 0, 0, 7};
  static const uint8_t absorbing[3] = {0, 0, 1}, allowed[9] = {1, 1, 0, 0, 0, 1, 1, 1, 1};
  loy_chain_options options;
  double p[9], se[9], size[3], lower[9], upper[9], log_likelihood = 0.0;
  loy_error error;
  loy_chain_options_init(&options);
  options.absorbing = absorbing;
  options.allowed = allowed;
  CHECK_STATUS(loy_chain_estimate(counts, 3, &options, p, se, size, &log_likelihood, &error), LOY_OK);
  CHECK_BITS(p[0], .75);
  CHECK_BITS(p[5], 1.0); /* the only move */
  CHECK_BITS(p[8], 1.0);
  CHECK_BITS(se[5] + se[8], 0.0);
  CHECK_BITS(size[1], 0.0);
  CHECK_BITS(size[2], 7.0);
  CHECK_CLOSE(log_likelihood, 6.0 * log(.75) + 2.0 * log(.25), 1e-15);
  options.method = LOY_CHAIN_DIRICHLET;
  CHECK_STATUS(loy_chain_estimate(counts, 3, &options, p, se, size, NULL, &error), LOY_OK);
  CHECK_CLOSE(p[0], 6.5 / 9.0, 1e-15);
  CHECK_BITS(p[2], 0.0);
  CHECK_BITS(p[8], 1.0);
  CHECK_BITS(size[1], 1.5);
  CHECK_STATUS(loy_chain_interval(counts, 3, &options, .9, lower, upper, &error), LOY_OK);
  CHECK_BITS(lower[2], 0.0);
  CHECK_BITS(upper[2], 0.0);
  CHECK_BITS(lower[5], 1.0);
  CHECK_BITS(upper[8], 1.0);
  CU_ASSERT(lower[0] < p[0] && p[0] < upper[0]);
}

/* A chance near 1 keeps the digits of what is missing to it; counts may be tiny and huge. */
static void test_extremes(void) {
  static const double near[9] = {1e15, 1, 2, 0, 1e-40, 0, 0, 1, 1e40};
  static double wide[LOY_CHAIN_STATES_MOST * 2];
  double p[9], se[9], log_likelihood = 0.0;
  loy_error error;
  CHECK_STATUS(loy_chain_estimate(near, 3, NULL, p, se, NULL, &log_likelihood, &error), LOY_OK);
  CHECK_CLOSE(se[0], 1.7320508075688694993e-15, 1e-14);
  CHECK_BITS(p[4], 1.0);
  CHECK_BITS(p[7], 1e-40);
  CHECK_CLOSE(log_likelihood, -105.23003482361216963 - 92.10340371976182736 - 1.0,
              1e-14); /* 1 ln 1e-40, 1e40 ln(1 - 1e-40) */
  for (size_t j = 0; j < LOY_CHAIN_STATES_MOST; j++) wide[j] = 1e40;
  CHECK_STATUS(loy_chain_row_covariance(wide, LOY_CHAIN_STATES_MOST, 1.0, p, &error), LOY_ERR_DOMAIN);
  CHECK_STATUS(loy_chain_estimate(wide, LOY_CHAIN_STATES_MOST, NULL, p, NULL, NULL, NULL, &error), LOY_ERR_TOO_FEW);
}

static void test_intervals(void) {
  loy_chain_options options = dirichlet();
  double lower[25], upper[25];
  CHECK_STATUS(loy_chain_interval(COUNTS, 5, NULL, .95, lower, upper, NULL), LOY_OK);
  CHECK_CLOSE(lower[1], .21894885294932760284, 1e-14);
  CHECK_CLOSE(upper[1], .39584854633346667103, 1e-14);
  CHECK_BITS(lower[4], 0.0);
  CHECK_CLOSE(upper[4], .03699349820698568467, 1e-14);
  CHECK_CLOSE(lower[24], .82198574997417652488, 1e-14);
  CHECK_STATUS(loy_chain_interval(COUNTS, 5, &options, .95, lower, upper, NULL), LOY_OK);
  CHECK_CLOSE(lower[1], .21346605087818712587, 1e-13);
  CHECK_CLOSE(upper[1], .38913787677537617759, 1e-13);
  CHECK_CLOSE(lower[4], 4.8258662520139108887e-6, 1e-13);
  CHECK_CLOSE(upper[4], .024384965373132946688, 1e-13);
  CHECK_CLOSE(lower[24], .81667864155085630936, 1e-13);
  CHECK_CLOSE(upper[24], .90980443062914208281, 1e-13);
}

/* At a level near 0 both ends are the median, and do not cross by rounding. */
static void test_level_near_zero(void) {
  const loy_chain_options options = dirichlet();
  for (int n = 0; n < 100; n++) {
    const double counts[4] = {(double)(n % 10), (double)(n / 10), 1, 1};
    double lower[4], upper[4];
    CHECK_STATUS(loy_chain_interval(counts, 2, &options, 1e-300, lower, upper, NULL), LOY_OK);
    for (int c = 0; c < 4; c++) CU_ASSERT(lower[c] <= upper[c] && upper[c] <= lower[c] + 1e-14);
  }
}

/* To the last bit. */
static void test_covariance_is_symmetric(void) {
  static const double chance[3] = {.1, .2, .7};
  double covariance[9];
  for (int size = 1; size < 50; size++) {
    CHECK_STATUS(loy_chain_row_covariance(chance, 3, size, covariance, NULL), LOY_OK);
    for (int c = 0; c < 9; c++) CHECK_BITS(covariance[c], covariance[c % 3 * 3 + c / 3]);
  }
}

static void test_covariance(void) {
  static const double chance[3] = {.25, .75, 0};
  double covariance[9];
  CHECK_STATUS(loy_chain_row_covariance(chance, 3, 10.0, covariance, NULL), LOY_OK);
  CHECK_CLOSE(covariance[0], .01875, 1e-15);
  CHECK_CLOSE(covariance[1], -.01875, 1e-15);
  CHECK_CLOSE(covariance[3], -.01875, 1e-15);
  CHECK_CLOSE(covariance[4], .01875, 1e-15);
  CHECK_BITS(covariance[8], 0.0);
}

static loy_status estimate(const double *counts, size_t states, const loy_chain_options *options, loy_error *error) {
  double p[9] = {7, 7, 7, 7, 7, 7, 7, 7, 7};
  const loy_status status = loy_chain_estimate(counts, states, options, p, NULL, NULL, NULL, error);
  for (int c = 0; c < 9; c++) CHECK_BITS(p[c], 7.0);
  return status;
}

static void test_errors(void) {
  static const uint8_t allowed[4] = {1, 0, 1, 1}, nowhere[4] = {1, 1, 0, 0};
  const double good[4] = {1, 0, 1, 1}, negative[4] = {1, 0, -1, 1}, missing[4] = {1, (double)NAN, 1, 1};
  const double leaves[4] = {1, 1, 1, 1}, never[4] = {1, 1, 0, 0}, unequal[4] = {1, 1, 1e-20, 1e25};
  double priors[4] = {1, 1, 1, -1}, out[4] = {7, 7, 7, 7};
  loy_chain_options options = dirichlet();
  loy_error error;
  CHECK_STATUS(estimate(NULL, 0, &options, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "states", LOY_NO_INDEX);
  CHECK_STATUS(estimate(good, LOY_CHAIN_STATES_MOST + 1, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_STATUS(estimate(NULL, 2, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "counts", LOY_NO_INDEX);
  options.struct_size = 3;
  options.method = 2;
  CHECK_STATUS(estimate(negative, 2, &options, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX);
  options = dirichlet();
  options.method = 2;
  options.prior = 0.0;
  CHECK_STATUS(estimate(negative, 2, &options, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "method", LOY_NO_INDEX);
  options.method = LOY_CHAIN_DIRICHLET;
  CHECK_STATUS(estimate(negative, 2, &options, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "prior", LOY_NO_INDEX);
  options.priors = priors;
  CHECK_STATUS(estimate(negative, 2, &options, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "priors", 1);
  CHECK_STATUS(loy_chain_estimate(negative, 2, NULL, NULL, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "transition", LOY_NO_INDEX);
  CHECK_STATUS(estimate(negative, 2, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "counts", 1);
  CHECK_STATUS(estimate(missing, 2, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "counts", 0);
  loy_chain_options_init(&options);
  options.allowed = allowed;
  CHECK_STATUS(estimate(leaves, 2, &options, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "counts", 0);
  options.allowed = NULL;
  options.absorbing = allowed;
  CHECK_STATUS(estimate(leaves, 2, &options, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "counts", 0);
  options.absorbing = NULL;
  options.allowed = nowhere;
  CHECK_STATUS(estimate(never, 2, &options, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "allowed", 1);
  CHECK_STATUS(estimate(never, 2, NULL, &error), LOY_ERR_TOO_FEW);
  CHECK_ERROR(&error, LOY_ERR_TOO_FEW, "counts", 1);
  CHECK_STATUS(estimate(unequal, 2, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "counts", 1);

  CHECK_STATUS(loy_chain_interval(NULL, 2, NULL, 1.0, NULL, out, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "counts", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_interval(never, 2, NULL, 1.0, NULL, out, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_interval(never, 2, NULL, .9, NULL, out, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "lower", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_interval(never, 2, NULL, .9, out, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "upper", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_interval(never, 2, NULL, .9, out, out, &error), LOY_ERR_TOO_FEW);
  CHECK_ERROR(&error, LOY_ERR_TOO_FEW, "counts", 1);
  options = dirichlet();
  CHECK_STATUS(loy_chain_interval(unequal, 2, &options, .9, out, out, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "counts", 1);

  CHECK_STATUS(loy_chain_row_covariance(NULL, 0, 0, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "states", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_row_covariance(NULL, 2, 0, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "chance", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_row_covariance(missing, 2, 0, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "chance", 1);
  CHECK_STATUS(loy_chain_row_covariance(leaves, 2, 0, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "chance", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_row_covariance(good, 2, 0, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "size", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_row_covariance(good, 2, 1, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "covariance", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_check(leaves, 2, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "transition", 0);
  for (int c = 0; c < 4; c++) CHECK_BITS(out[c], 7.0);
}

SUITE(ladder, chain) {
  ADD(test_maximum_likelihood);
  ADD(test_dirichlet);
  ADD(test_masks);
  ADD(test_extremes);
  ADD(test_intervals);
  ADD(test_level_near_zero);
  ADD(test_covariance);
  ADD(test_covariance_is_symmetric);
  ADD(test_errors);
}
