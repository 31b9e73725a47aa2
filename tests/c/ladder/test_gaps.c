/* Transitions from counts over several steps. Expected numbers: the specification (4.3), closed forms, and Newton's
 * method with numerical derivatives in 40 digits (mpmath). */
#include "check.h"

#include "../failing_allocator.h"

#if LOY_TEST_INTERNALS
#  include "loyalty/math/random.h"
#endif

enum { MOST = 8 };

typedef struct fitted {
  double p[MOST * MOST], expected[MOST * MOST], error[MOST * MOST], covariance[MOST * MOST * MOST * MOST];
  loy_gaps_result result;
  loy_error e;
} fitted;

static loy_status fit(const double *counts, size_t states, size_t longest, const loy_gaps_options *options,
                      fitted *found) {
  return loy_gaps_fit(counts, states, longest, options, found->p, found->expected, found->error, found->covariance,
                      &found->result, &found->e);
}

static void test_golden_root(void) {
  static const double counts[] = {0, 0, 0, 0, 60, 40, 30, 70};
  static const double p[] = {.741555747145809, .258444252854191, .193833189640643, .806166810359357};
  static const double error[] = {.0397393302575665, .0397393302575665, .0352947953603395, .0352947953603395};
  fitted found;
  /* The square has a second stochastic root: the notice says so, and the matrix that moves less is taken. */
  CHECK_STATUS(fit(counts, 2, 2, NULL, &found), LOY_NOTICE_WEAK_ID);
  CHECK_ERROR(&found.e, LOY_NOTICE_WEAK_ID, "counts", LOY_NO_INDEX);
  for (int i = 0; i < 4; i++) {
    CHECK_CLOSE(found.p[i], p[i], 1e-13);
    CHECK_CLOSE(found.error[i], error[i], 1e-12);
  }
  CHECK_CLOSE(found.result.log_likelihood, 60 * log(.6) + 40 * log(.4) + 30 * log(.3) + 70 * log(.7), 1e-14);
  CHECK_CLOSE(found.result.next_log_likelihood, found.result.log_likelihood, 1e-13);
  CU_ASSERT_EQUAL(found.result.maxima, 2);
  CU_ASSERT(found.result.converged && found.result.gap < 1e-13);
  CHECK_CLOSE(found.expected[0] + found.expected[1] + found.expected[2] + found.expected[3], 400.0, 1e-13);
  CHECK_CLOSE(found.expected[0] / (found.expected[0] + found.expected[1]), p[0], 1e-13);
}

static void test_one_step_is_the_formula(void) {
  static const double counts[] = {60, 30, 8, 2, 0,  5,  50, 30, 12, 3, 2,  10, 48,
                                  32, 8,  1, 4, 15, 55, 25, 0,  2,  5, 18, 175};
  fitted found;
  CHECK_STATUS(fit(counts, 5, 1, NULL, &found), LOY_OK);
  for (int i = 0; i < 5; i++) {
    double n = 0;
    for (int j = 0; j < 5; j++) n += counts[5 * i + j];
    for (int j = 0; j < 5; j++) {
      const double p = counts[5 * i + j] / n;
      CHECK_NEAR(found.p[5 * i + j], p, 1e-15);
      CHECK_NEAR(found.error[5 * i + j], sqrt(p * (1 - p) / n), 1e-15);
      CHECK_CLOSE(found.expected[5 * i + j], counts[5 * i + j], 1e-14);
      for (int k = 0; k < 5; k++) { /* cov(p_ij, p_ik) = p_ij (1[j = k] - p_ik)/n_i, rows are independent */
        const double q = counts[5 * i + k] / n;
        CHECK_NEAR(found.covariance[(5 * i + j) * 25 + 5 * i + k], p * ((j == k) - q) / n, 1e-16);
        CHECK_NEAR(found.covariance[(5 * i + j) * 25 + 5 * ((i + 1) % 5) + k], 0.0, 1e-18);
      }
    }
  }
  CU_ASSERT_EQUAL(found.result.at_bound, 2);
  CU_ASSERT(isnan(found.result.next_log_likelihood));
}

static const double UNEVEN[] = {50, 12, 0, 9, 40, 11, 0, 7, 45, 30, 14, 3, 10, 22, 12, 2, 9,  31,
                                0,  0,  0, 0, 0,  0,  0, 0, 0,  18, 11, 6, 9,  13, 12, 5, 11, 20};
static const uint8_t BAND[] = {1, 1, 0, 1, 1, 1, 0, 1, 1};

static void test_uneven_gaps_with_zeros(void) {
  static const double p[] = {.789467009198435, .210532990801565, 0, .166060291773243,
                             .640944574369743, .192995133857013, 0, .165005243114036,
                             .834994756885964};
  static const double error[] = {.0302079825498032, .0302079825498032, 0, .0281990197569289,
                                 .0386755866364013, .0291004478189219, 0, .0278384136448893,
                                 .0278384136448893};
  loy_gaps_options options;
  fitted found;
  loy_gaps_options_init(&options);
  options.allowed = BAND;
  CHECK_STATUS(fit(UNEVEN, 3, 4, &options, &found), LOY_OK);
  CHECK_CLOSE(found.result.log_likelihood, -325.12726412901085, 1e-14);
  for (int i = 0; i < 9; i++) {
    CHECK_NEAR(found.p[i], p[i], 1e-14);
    CHECK_NEAR(found.error[i], error[i], 1e-13);
    CHECK_NEAR(sqrt(found.covariance[i * 10]), found.error[i], 1e-16);
  }
  CU_ASSERT_EQUAL(found.result.at_bound, 0);
  options.most_iterations = 1;
  options.starts = 1;
  CHECK_STATUS(fit(UNEVEN, 3, 4, &options, &found), LOY_NOTICE_NOT_CONVERGED);
  CU_ASSERT(!found.result.converged && found.result.gap > 1e-9 && found.result.maxima == 0);
  CU_ASSERT(found.result.log_likelihood < -325.1273 && found.result.log_likelihood > -400);
}

static void test_states_that_nothing_passes(void) {
  static const double counts[] = {10, 5, 0, 3, 9, 0, 0, 0, 0};
  fitted found;
  CHECK_STATUS(fit(counts, 3, 1, NULL, &found), LOY_NOTICE_WEAK_ID);
  CHECK_ERROR(&found.e, LOY_NOTICE_WEAK_ID, "transition", 2);
  CU_ASSERT_EQUAL(found.result.unseen, 1);
  CHECK_CLOSE(found.p[1], 1.0 / 3.0, 1e-14);
  CHECK_BITS(found.p[2], 0.0);
  for (int j = 6; j < 9; j++) CU_ASSERT(isnan(found.p[j]) && isnan(found.error[j]) && found.expected[j] == 0.0);
  CU_ASSERT(isnan(found.covariance[6 * 9]) && isnan(found.covariance[6]));
}

/* Nobody was seen to move over two steps, or everybody over three: all stay, or all change, in each. */
static void test_certain_steps_are_exact(void) {
  const double stay[8] = {0, 0, 0, 0, 50, 0, 0, 40}, change[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 50, 40, 0};
  fitted found;
  CHECK_STATUS(fit(stay, 2, 2, NULL, &found), LOY_NOTICE_WEAK_ID); /* all may as well change twice */
  for (int e = 0; e < 4; e++) {
    CHECK_BITS(found.p[e], e % 3 == 0 ? 1.0 : 0.0);
    CHECK_BITS(found.error[e], 0.0);
  }
  CHECK_STATUS(fit(change, 2, 3, NULL, &found), LOY_OK);
  for (int e = 0; e < 4; e++) {
    CHECK_BITS(found.p[e], e % 3 == 0 ? 0.0 : 1.0);
    CHECK_BITS(found.error[e], 0.0);
  }
  CU_ASSERT_EQUAL(found.result.at_bound, 2);
}

static void test_scale_of_the_counts(void) {
  double counts[36];
  fitted plain, scaled;
  fit(UNEVEN, 3, 4, NULL, &plain);
  for (int i = 0; i < 36; i++) counts[i] = UNEVEN[i] * 0x1p100;
  fit(counts, 3, 4, NULL, &scaled);
  for (int i = 0; i < 9; i++) {
    CHECK_BITS(scaled.p[i], plain.p[i]);
    CHECK_CLOSE(scaled.error[i], plain.error[i] * 0x1p-50, 1e-15);
  }
  memset(counts, 0, sizeof counts);
  counts[0] = 1e40, counts[1] = 1e-40, counts[2] = 1e-40, counts[3] = 1e40;
  counts[4] = 1e-40, counts[5] = 1.0;
  CU_ASSERT(!loy_status_is_error(fit(counts, 2, 2, NULL, &scaled)));
  CHECK_CLOSE(scaled.p[0], 1.0, 1e-15);
}

#if LOY_TEST_INTERNALS
/* Counts of customers who follow a chain and are missed now and then. */
static void draw(loyi_rng *rng, const double *p, size_t states, size_t waves, double seen, double *counts) {
  size_t at = (size_t)(loyi_rng_uniform(rng) * (double)states), last = at, gap = 0;
  for (size_t t = 1; t < waves; t++) {
    double u = loyi_rng_uniform(rng);
    size_t next = 0;
    while (next + 1 < states && u >= p[at * states + next]) u -= p[at * states + next++];
    at = next;
    gap++;
    if (loyi_rng_uniform(rng) >= seen) continue;
    counts[((gap - 1) * states + last) * states + at] += 1.0;
    last = at;
    gap = 0;
  }
}

static void test_recovers_the_truth(void) {
  static const double p[] = {.7, .25, .05, .1, .7, .2, .05, .1, .85};
  loyi_rng rng;
  int inside = 0, all = 0;
  double squares = 0.0;
  loyi_rng_seed(&rng, 43);
  for (int sample = 0; sample < 100; sample++) {
    double counts[7 * 9] = {0};
    fitted found;
    for (int i = 0; i < 300; i++) draw(&rng, p, 3, 8, .6, counts);
    CHECK_STATUS(fit(counts, 3, 7, NULL, &found), LOY_OK);
    for (int i = 0; i < 9; i++) {
      const double z = (found.p[i] - p[i]) / found.error[i];
      inside += fabs(z) < 1.959963985;
      squares += z * z;
      all++;
    }
  }
  /* 900 intervals in correlated groups: 95 percent of them, give or take three standard errors of about one percent. */
  CU_ASSERT(inside > .92 * all && inside < .98 * all);
  CHECK_NEAR(squares / all, 1.0, .2);
}

#endif

static void test_errors(void) {
  static const uint8_t two[] = {1, 2, 1, 1}, empty[] = {1, 1, 0, 0}, forth[] = {1, 1, 0, 1};
  double counts[] = {0, 0, 0, 0, 60, 40, 30, 70}, p[4] = {7, 7, 7, 7};
  loy_gaps_options options;
  loy_gaps_result result;
  loy_error e;
  loy_gaps_options_init(&options);
  loy_gaps_options_init(NULL);
#define FIT(counts, states, longest, options, p, result)                                                               \
  loy_gaps_fit(counts, states, longest, options, p, NULL, NULL, NULL, result, &e)
  CHECK_STATUS(FIT(NULL, 1, 0, &options, NULL, NULL), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&e, LOY_ERR_ARGUMENT, "states", LOY_NO_INDEX);
  FIT(NULL, 33, 0, &options, NULL, NULL);
  CHECK_ERROR(&e, LOY_ERR_ARGUMENT, "states", LOY_NO_INDEX);
  FIT(NULL, 2, 0, &options, NULL, NULL);
  CHECK_ERROR(&e, LOY_ERR_ARGUMENT, "longest", LOY_NO_INDEX);
  FIT(NULL, 2, 65, &options, NULL, NULL);
  CHECK_ERROR(&e, LOY_ERR_ARGUMENT, "longest", LOY_NO_INDEX);
  options.struct_size = 1;
  FIT(NULL, 2, 2, &options, NULL, NULL);
  CHECK_ERROR(&e, LOY_ERR_ARGUMENT, "counts", LOY_NO_INDEX);
  FIT(counts, 2, 2, &options, NULL, NULL);
  CHECK_ERROR(&e, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX);
  loy_gaps_options_init(&options);
  options.starts = 0;
  FIT(counts, 2, 2, &options, NULL, NULL);
  CHECK_ERROR(&e, LOY_ERR_ARGUMENT, "transition", LOY_NO_INDEX);
  FIT(counts, 2, 2, &options, p, NULL);
  CHECK_ERROR(&e, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  options.most_iterations = 0;
  FIT(counts, 2, 2, &options, p, &result);
  CHECK_ERROR(&e, LOY_ERR_DOMAIN, "starts", LOY_NO_INDEX);
  options.starts = 64;
  options.allowed = two;
  FIT(counts, 2, 2, &options, p, &result);
  CHECK_ERROR(&e, LOY_ERR_DOMAIN, "most_iterations", LOY_NO_INDEX);
  options.most_iterations = 10000;
  counts[4] = -1.0;
  FIT(counts, 2, 2, &options, p, &result);
  CHECK_ERROR(&e, LOY_ERR_DOMAIN, "allowed", 0);
  options.allowed = empty;
  FIT(counts, 2, 2, &options, p, &result);
  CHECK_ERROR(&e, LOY_ERR_DOMAIN, "allowed", 1);
  options.allowed = forth;
  FIT(counts, 2, 2, &options, p, &result);
  CHECK_ERROR(&e, LOY_ERR_DOMAIN, "counts", 4);
  counts[4] = NAN;
  FIT(counts, 2, 2, &options, p, &result);
  CHECK_ERROR(&e, LOY_ERR_DOMAIN, "counts", 4);
  counts[4] = 60;
  FIT(counts, 2, 1, &options, p, &result);
  CHECK_ERROR(&e, LOY_ERR_TOO_FEW, "counts", LOY_NO_INDEX);
  FIT(counts, 2, 2, &options, p, &result);
  CHECK_ERROR(&e, LOY_ERR_INFEASIBLE, "counts", 6);
#undef FIT
  for (int i = 0; i < 4; i++) CHECK_BITS(p[i], 7.0);
}

static void test_memory(void) {
  failing_allocator memory;
  loy_gaps_options options;
  loy_gaps_options_init(&options);
  FOR_EACH_FAILURE(memory) {
    fitted found;
    loy_status status;
    found.p[0] = found.error[0] = 7.0;
    found.result.maxima = 7;
    options.allocator = &memory.allocator;
    status = fit(UNEVEN, 3, 4, &options, &found);
    if (memory.failed) {
      CHECK_STATUS(status, LOY_ERR_MEMORY);
      CU_ASSERT(found.p[0] == 7.0 && found.error[0] == 7.0 && found.result.maxima == 7);
    } else {
      CHECK_STATUS(status, LOY_OK);
    }
    CU_ASSERT_EQUAL(memory.held, 0);
  }
}

SUITE(ladder, gaps) {
  ADD(test_golden_root);
  ADD(test_one_step_is_the_formula);
  ADD(test_uneven_gaps_with_zeros);
  ADD(test_states_that_nothing_passes);
  ADD(test_certain_steps_are_exact);
  ADD(test_scale_of_the_counts);
#if LOY_TEST_INTERNALS
  ADD(test_recovers_the_truth);
#endif
  ADD(test_errors);
  ADD(test_memory);
}
