/* Transitions from shares. Expected numbers: closed forms for two stages, chains without noise, and the conditions of
 * Karush, Kuhn and Tucker, whose slopes the test takes itself. */
#include "check.h"

#include "../failing_allocator.h"

#if LOY_TEST_INTERNALS
#  include "loyalty/math/random.h"
#endif

enum { MOST = 6, TIMES = 40 };

typedef struct fitted {
  double p[MOST * MOST], error[MOST * MOST], lower[MOST * MOST], upper[MOST * MOST];
  loy_shares_result result;
  loy_error e;
} fitted;

static loy_status fit(const double *share, size_t times, size_t states, const loy_shares_options *options,
                      fitted *found) {
  return loy_shares_fit(share, times, states, options, found->p, found->error, found->lower, found->upper,
                        &found->result, &found->e);
}

/* For two stages with y the share of the first, y_t = a y_{t-1} + b (1 - y_{t-1}): a line through two points. */
static const double FIRST[] = {.10, .30, .35, .46, .47, .55, .52, .57, .58, .56};

static void two_stages(const double *first, size_t times, double *share) {
  for (size_t t = 0; t < times; t++) {
    share[2 * t] = first[t];
    share[2 * t + 1] = 1.0 - first[t];
  }
}

static void test_two_stages(void) {
  double share[20], weight[10], a, b, sxx = 0, sx = 0, sy = 0, sxy = 0, n = 0, rss = 0, slope;
  loy_shares_options options;
  fitted found;
  two_stages(FIRST, 10, share);
  for (int t = 0; t < 10; t++) weight[t] = 100.0 + 10.0 * t;
  weight[0] = 1e40; /* not used */
  weight[4] = 0.0;
  for (int t = 1; t < 10; t++) {
    const double w = weight[t], x = FIRST[t - 1], y = FIRST[t];
    n += w, sx += w * x, sy += w * y, sxx += w * x * x, sxy += w * x * y;
  }
  slope = (n * sxy - sx * sy) / (n * sxx - sx * sx);
  b = (sy - slope * sx) / n;
  a = b + slope;
  for (int t = 1; t < 10; t++) {
    const double u = FIRST[t] - a * FIRST[t - 1] - b * (1 - FIRST[t - 1]);
    rss += 2 * weight[t] * u * u;
  }
  loy_shares_options_init(&options);
  options.weight = weight;
  CHECK_STATUS(fit(share, 10, 2, &options, &found), LOY_OK);
  CHECK_CLOSE(found.p[0], a, 1e-13);
  CHECK_CLOSE(found.p[1], 1 - a, 1e-12);
  CHECK_CLOSE(found.p[2], b, 1e-13);
  CHECK_CLOSE(found.p[3], 1 - b, 1e-13);
  CHECK_CLOSE(found.result.rss, rss, 1e-11);
  CU_ASSERT(found.result.steps == 8 && found.result.rank == 2 && found.result.free == 2 && found.result.at_bound == 0);
  CU_ASSERT(found.result.converged && found.result.gap >= 0.0 && found.result.gap < 1e-15);
  CU_ASSERT(isnan(found.error[0]) && isnan(found.lower[3]) && isnan(found.upper[1]));
  for (int t = 0; t < 10; t++) share[2 * t] *= 250.0 + t, share[2 * t + 1] *= 250.0 + t;
  options.normalize = 1; /* counts */
  CHECK_STATUS(fit(share, 10, 2, &options, &found), LOY_OK);
  CHECK_CLOSE(found.p[0], a, 1e-13);
}

static void test_at_the_bound(void) {
  /* a would be above 1: with a = 1, sum (y - x - b (1 - x)) (1 - x) = 0. */
  static const double first[] = {.2, .3, .45, .55, .7, .81, .92};
  double share[14], b, numerator = 0, denominator = 0;
  fitted found;
  two_stages(first, 7, share);
  for (int t = 1; t < 7; t++) {
    numerator += (first[t] - first[t - 1]) * (1 - first[t - 1]);
    denominator += (1 - first[t - 1]) * (1 - first[t - 1]);
  }
  b = numerator / denominator;
  CHECK_STATUS(fit(share, 7, 2, NULL, &found), LOY_OK);
  CHECK_BITS(found.p[0], 1.0);
  CHECK_BITS(found.p[1], 0.0);
  CHECK_CLOSE(found.p[2], b, 1e-14);
  CU_ASSERT(found.result.at_bound == 1 && found.result.free == 1);
}

static const double CHAIN[] = {.8, .2, 0, .1, .7, .2, 0, .1, .9};
static const uint8_t BAND[] = {1, 1, 0, 1, 1, 1, 0, 1, 1};

static void follow(const double *p, size_t states, size_t times, double *share) {
  for (size_t t = 1; t < times; t++)
    for (size_t j = 0; j < states; j++) {
      share[t * states + j] = 0.0;
      for (size_t i = 0; i < states; i++) share[t * states + j] += share[(t - 1) * states + i] * p[i * states + j];
    }
}

static void test_without_noise(void) {
  double share[8 * 3] = {1, 0, 0};
  loy_shares_options options;
  fitted found;
  loy_shares_options_init(&options);
  follow(CHAIN, 3, 8, share);
  for (int k = 0; k < 2; k++) {
    CHECK_STATUS(fit(share, 8, 3, &options, &found), LOY_OK);
    for (int i = 0; i < 9; i++) CHECK_NEAR(found.p[i], CHAIN[i], 1e-13);
    CU_ASSERT(found.result.rss < 1e-28 && found.result.rank == 3);
    options.allowed = BAND;
  }
}

static void test_prior(void) {
  static const double stay[] = {1, 0, 0, 0, 1, 0, 0, 0, 1};
  double share[6 * 3];
  loy_shares_options options;
  fitted found;
  loy_shares_options_init(&options);
  for (int t = 0; t < 6; t++) share[3 * t] = .2, share[3 * t + 1] = .3, share[3 * t + 2] = .5;
  CHECK_STATUS(fit(share, 6, 3, NULL, &found), LOY_ERR_SINGULAR);
  CHECK_ERROR(&found.e, LOY_ERR_SINGULAR, "share", LOY_NO_INDEX);
  options.prior = stay;
  options.ridge = 1.0;
  CHECK_STATUS(fit(share, 6, 3, &options, &found), LOY_OK);
  CU_ASSERT_EQUAL(found.result.rank, 1);
  for (int i = 0; i < 9; i++) CHECK_NEAR(found.p[i], stay[i], 1e-15); /* nothing speaks against it */
  options.ridge = 1e-30;
  CHECK_STATUS(fit(share, 6, 3, &options, &found), LOY_OK); /* the prior fits: no system is solved that is singular */
  share[3] = .25, share[4] = .25;
  CHECK_STATUS(fit(share, 6, 3, &options, &found), LOY_ERR_SINGULAR);
  CHECK_ERROR(&found.e, LOY_ERR_SINGULAR, "ridge", LOY_NO_INDEX);
  /* A prior that counts for everything. */
  options.prior = CHAIN;
  options.ridge = 1e12;
  CHECK_STATUS(fit(share, 6, 3, &options, &found), LOY_OK);
  for (int i = 0; i < 9; i++) CHECK_NEAR(found.p[i], CHAIN[i], 1e-11);
}

#if LOY_TEST_INTERNALS
static double uniform(loyi_rng *rng) { return loyi_rng_uniform(rng); }

/* Random problems, with and without prior, zeros and weights: slopes are equal over the entries above 0 of a row, and
 * not smaller at the others. */
static void test_optimal(void) {
  loyi_rng rng;
  loyi_rng_seed(&rng, 1);
  for (int trial = 0; trial < 200; trial++) {
    const size_t n = 2 + (size_t)(uniform(&rng) * 5.0), times = n + 2 + (size_t)(uniform(&rng) * 20.0);
    double share[TIMES * MOST], weight[TIMES], prior[MOST * MOST] = {0};
    uint8_t allowed[MOST * MOST];
    loy_shares_options options;
    fitted found;
    loy_shares_options_init(&options);
    for (size_t t = 0; t < times; t++) {
      double sum = 0.0;
      for (size_t i = 0; i < n; i++) sum += share[t * n + i] = loyi_rng_exponential(&rng);
      for (size_t i = 0; i < n; i++) share[t * n + i] /= sum;
      weight[t] = .5 + uniform(&rng);
    }
    for (size_t e = 0; e < n * n; e++) allowed[e] = (uint8_t)(e % (n + 1) == 0 || uniform(&rng) < .8);
    for (size_t i = 0; i < n; i++) prior[i * (n + 1)] = 1.0;
    options.weight = weight;
    if (trial % 2) options.allowed = allowed;
    if (trial % 3 == 0) options.prior = prior, options.ridge = .01;
    CHECK_STATUS(fit(share, times, n, &options, &found), LOY_OK);
    for (size_t i = 0; i < n; i++) {
      double slope[MOST], level = 0.0, sum = 0.0;
      for (size_t j = 0; j < n; j++) {
        slope[j] = options.ridge * (found.p[i * n + j] - prior[i * n + j]);
        for (size_t t = 1; t < times; t++) {
          double u = -share[t * n + j];
          for (size_t k = 0; k < n; k++) u += share[(t - 1) * n + k] * found.p[k * n + j];
          slope[j] += weight[t] * share[(t - 1) * n + i] * u;
        }
        sum += found.p[i * n + j];
        level += found.p[i * n + j] * slope[j];
      }
      CHECK_NEAR(sum, 1.0, 1e-14);
      for (size_t j = 0; j < n; j++) {
        const int may = !options.allowed || allowed[i * n + j];
        CU_ASSERT(found.p[i * n + j] >= 0.0 && (may || found.p[i * n + j] == 0.0));
        if (found.p[i * n + j] > 0.0) CHECK_NEAR(slope[j], level, 1e-14);
        if (may) CU_ASSERT(slope[j] > level - 1e-14);
      }
    }
  }
}

static void test_bootstrap(void) {
  /* With m = 40 steps the covariance of (a, b) is s^2 (X'X)^-1, s^2 = sum u^2 / (m - 2), while no draw meets a bound.
   */
  enum { LONG = 41 };
  double first[LONG], share[2 * LONG], s11 = 0, s12 = 0, s22 = 0, squares = 0, det;
  loyi_rng rng;
  loy_shares_options options;
  fitted found, again;
  loyi_rng_seed(&rng, 4);
  first[0] = .2;
  for (int t = 1; t < LONG; t++) first[t] = .6 * first[t - 1] + .3 * (1 - first[t - 1]) + .08 * (uniform(&rng) - .5);
  two_stages(first, LONG, share);
  loy_shares_options_init(&options);
  options.replications = 4000;
  options.seed = 9;
  CHECK_STATUS(fit(share, LONG, 2, &options, &found), LOY_OK);
  for (int t = 1; t < LONG; t++) {
    const double x = first[t - 1], u = first[t] - found.p[0] * x - found.p[2] * (1 - x);
    s11 += x * x, s12 += x * (1 - x), s22 += (1 - x) * (1 - x), squares += u * u;
  }
  det = s11 * s22 - s12 * s12;
  squares /= LONG - 3;
  CHECK_CLOSE(found.error[0], sqrt(squares * s22 / det), .04);
  CHECK_CLOSE(found.error[2], sqrt(squares * s11 / det), .04);
  CHECK_CLOSE(found.error[1], found.error[0], 1e-10);
  CHECK_NEAR(found.lower[0], found.p[0] - 1.96 * found.error[0], .2 * found.error[0]);
  CHECK_NEAR(found.upper[0], found.p[0] + 1.96 * found.error[0], .2 * found.error[0]);
  CHECK_NEAR(found.lower[1], 1 - found.upper[0], 1e-12);
  CU_ASSERT_EQUAL(found.result.replications, 4000);
  fit(share, LONG, 2, &options, &again);
  CHECK_BITS(again.error[2], found.error[2]);
  options.seed = 10;
  fit(share, LONG, 2, &options, &again);
  CU_ASSERT(again.error[2] != found.error[2]);
}
#endif

static void test_errors(void) {
  static const uint8_t two[] = {1, 2, 1, 1}, empty[] = {1, 1, 0, 0}, triangle[] = {1, 1, 0, 1};
  static const double wrong[] = {.5, .5, .5, .4}, full[] = {.5, .5, .5, .5};
  double share[] = {.2, .8, .3, .7, .38, .62, .45, .55}, weight[] = {1, 1, 1, -1}, p[4] = {7, 7, 7, 7};
  loy_shares_options options;
  loy_shares_result result;
  loy_error e;
  loy_shares_options_init(&options);
  loy_shares_options_init(NULL);
#define FIT(share, times, states, options, p, result)                                                                  \
  loy_shares_fit(share, times, states, options, p, NULL, NULL, NULL, result, &e)
  options.struct_size = 1;
  FIT(NULL, 0, 1, &options, NULL, NULL);
  CHECK_ERROR(&e, LOY_ERR_ARGUMENT, "states", LOY_NO_INDEX);
  FIT(NULL, 0, 33, &options, NULL, NULL);
  CHECK_ERROR(&e, LOY_ERR_ARGUMENT, "states", LOY_NO_INDEX);
  FIT(NULL, 0, 2, &options, NULL, NULL);
  CHECK_ERROR(&e, LOY_ERR_ARGUMENT, "share", LOY_NO_INDEX);
  FIT(share, 0, 2, &options, NULL, NULL);
  CHECK_ERROR(&e, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX);
  loy_shares_options_init(&options);
  options.normalize = 2;
  FIT(share, 0, 2, &options, NULL, NULL);
  CHECK_ERROR(&e, LOY_ERR_ARGUMENT, "normalize", LOY_NO_INDEX);
  options.normalize = 0;
  FIT(share, 0, 2, &options, NULL, NULL);
  CHECK_ERROR(&e, LOY_ERR_ARGUMENT, "transition", LOY_NO_INDEX);
  options.replications = 99;
  FIT(share, 0, 2, &options, p, NULL);
  CHECK_ERROR(&e, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  options.level = 1.0;
  FIT(share, 0, 2, &options, p, &result);
  CHECK_ERROR(&e, LOY_ERR_DOMAIN, "replications", LOY_NO_INDEX);
  options.replications = 100;
  FIT(share, 0, 2, &options, p, &result);
  CHECK_ERROR(&e, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX);
  options.level = .99;
  options.ridge = -1.0;
  FIT(share, 0, 2, &options, p, &result);
  CHECK_ERROR(&e, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX);
  options.level = .95;
  options.allowed = two;
  FIT(share, 0, 2, &options, p, &result);
  CHECK_ERROR(&e, LOY_ERR_DOMAIN, "ridge", LOY_NO_INDEX);
  options.ridge = 1.0;
  FIT(share, 0, 2, &options, p, &result);
  CHECK_ERROR(&e, LOY_ERR_DOMAIN, "allowed", 0);
  options.allowed = empty;
  FIT(share, 0, 2, &options, p, &result);
  CHECK_ERROR(&e, LOY_ERR_DOMAIN, "allowed", 1);
  options.allowed = triangle;
  FIT(share, 0, 2, &options, p, &result);
  CHECK_ERROR(&e, LOY_ERR_ARGUMENT, "prior", LOY_NO_INDEX);
  options.prior = wrong;
  options.ridge = 0.0;
  FIT(share, 0, 2, &options, p, &result);
  CHECK_ERROR(&e, LOY_ERR_ARGUMENT, "ridge", LOY_NO_INDEX);
  options.ridge = 1.0;
  FIT(share, 0, 2, &options, p, &result);
  CHECK_ERROR(&e, LOY_ERR_DOMAIN, "prior", 1);
  options.prior = full;
  options.weight = weight;
  FIT(share, 4, 2, &options, p, &result);
  CHECK_ERROR(&e, LOY_ERR_DOMAIN, "prior", 1);
  loy_shares_options_init(&options);
  options.weight = weight;
  share[3] = .71;
  FIT(share, 4, 2, &options, p, &result);
  CHECK_ERROR(&e, LOY_ERR_DOMAIN, "weight", 3);
  weight[3] = 0;
  FIT(share, 4, 2, &options, p, &result);
  CHECK_ERROR(&e, LOY_ERR_DOMAIN, "share", 1);
  share[3] = NAN;
  options.normalize = 1;
  FIT(share, 4, 2, &options, p, &result);
  CHECK_ERROR(&e, LOY_ERR_DOMAIN, "share", 1);
  share[2] = share[3] = 0;
  FIT(share, 4, 2, &options, p, &result);
  CHECK_ERROR(&e, LOY_ERR_DOMAIN, "share", 1);
  share[2] = .3, share[3] = .7;
  FIT(share, 1, 2, &options, p, &result);
  CHECK_ERROR(&e, LOY_ERR_TOO_FEW, "share", LOY_NO_INDEX);
  weight[2] = 0;
  FIT(share, 4, 2, &options, p, &result);
  CHECK_ERROR(&e, LOY_ERR_TOO_FEW, "share", LOY_NO_INDEX);
  weight[2] = 1;
  options.replications = 100;
  FIT(share, 4, 2, &options, p, &result); /* two steps, two free entries */
  CHECK_ERROR(&e, LOY_ERR_TOO_FEW, "replications", LOY_NO_INDEX);
#undef FIT
  for (int i = 0; i < 4; i++) CHECK_BITS(p[i], 7.0);
}

static void test_memory(void) {
  failing_allocator memory;
  loy_shares_options options;
  double share[20];
  two_stages(FIRST, 10, share);
  loy_shares_options_init(&options);
  options.replications = 200;
  FOR_EACH_FAILURE(memory) {
    fitted found;
    loy_status status;
    found.p[0] = found.error[0] = 7.0;
    found.result.at_bound = 7;
    options.allocator = &memory.allocator;
    status = fit(share, 10, 2, &options, &found);
    if (memory.failed) {
      CHECK_STATUS(status, LOY_ERR_MEMORY);
      CU_ASSERT(found.p[0] == 7.0 && found.error[0] == 7.0 && found.result.at_bound == 7);
    } else {
      CHECK_STATUS(status, LOY_OK);
    }
    CU_ASSERT_EQUAL(memory.held, 0);
  }
}

SUITE(ladder, shares) {
  ADD(test_two_stages);
  ADD(test_at_the_bound);
  ADD(test_without_noise);
  ADD(test_prior);
#if LOY_TEST_INTERNALS
  ADD(test_optimal);
  ADD(test_bootstrap);
#endif
  ADD(test_errors);
  ADD(test_memory);
}
