/* The engine behind fits of a mean, with two laws that have other solutions: the logistic curve, against statsmodels,
 * and the straight line, against the normal equations; bounds, certificates, singular and separated data, clusters. */
#include "check.h"
#include "failing_allocator.h"

#include "loyalty/response/mean_fit.h"

#if LOY_TEST_INTERNALS

enum { ROWS = 12 };

static const double x[ROWS] = {0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3};
static const double trials[ROWS] = {4, 5, 3, 6, 2, 7, 1, 3, 5, 2, 4, 8};
static const double loyal[ROWS] = {1, 2, 2, 5, 0, 3, 1, 2, 1, 1, 3, 7};
static const double weight[ROWS] = {1, 2, 0.5, 1, 3, 1, 1, 0.25, 2, 1, 1, 1};
static const int64_t cluster[ROWS] = {7, 7, 7, -2, -2, -2, 50, 50, 50, 50, 11, 11};
static const double *const key[1] = {x};
static const double lower[2] = {-100, -100}, upper[2] = {100, 100};

static double logistic(double eta) { return 1.0 / (1.0 + exp(-eta)); }

/* Both laws find x through the data. */
static void logistic_law(const void *ctx, const double *theta, size_t first, size_t n, double *mean, double *rest,
                         double (*derivative)[LOYI_MEAN_RUN]) {
  const loyi_mean_data *data = (const loyi_mean_data *)ctx;
  for (size_t i = 0; i < n; i++) {
    const double at = data->source.key[0][data->row_of[first + i]], eta = theta[0] + theta[1] * at;
    mean[i] = logistic(eta);
    rest[i] = logistic(-eta);
    derivative[0][i] = mean[i] * rest[i];
    derivative[1][i] = at * mean[i] * rest[i];
  }
}

static void line_law(const void *ctx, const double *theta, size_t first, size_t n, double *mean, double *rest,
                     double (*derivative)[LOYI_MEAN_RUN]) {
  const loyi_mean_data *data = (const loyi_mean_data *)ctx;
  for (size_t i = 0; i < n; i++) {
    const double at = data->source.key[0][data->row_of[first + i]] / 10.0;
    mean[i] = theta[0] + theta[1] * at;
    rest[i] = 1.0 - mean[i];
    derivative[0][i] = 1.0;
    derivative[1][i] = at;
  }
}

static loyi_mean_source rows(void) {
  loyi_mean_source source;
  memset(&source, 0, sizeof source);
  source.n = ROWS;
  source.keys = 1;
  source.key = key;
  source.trials = trials;
  source.loyal = loyal;
  source.cluster = cluster;
  return source;
}

static loyi_mean_problem problem_of(loyi_mean_law law, const loyi_mean_data *data) {
  loyi_mean_problem problem;
  loyi_mean_problem_init(&problem);
  problem.params = 2;
  problem.law = law;
  problem.ctx = data;
  problem.data = data;
  problem.lower = lower;
  problem.upper = upper;
  return problem;
}

static const double origin[2] = {0, 0};

/* statsmodels 0.14 GLM(Binomial), whose covariance is that of its last iteration but one; the sandwich with
 * cov_type="cluster", times G/(G - 1). */
static void test_logistic(void) {
  const loyi_mean_source source = rows();
  loyi_mean_data data;
  loyi_mean_problem problem;
  loyi_mean_result found;
  loyi_mean_conclusion conclusion;
  CHECK_STATUS(loyi_mean_data_load(&source, 0, LOYI_MEAN_MERGE_ALWAYS, NULL, &data, NULL), LOY_OK);
  CU_ASSERT_EQUAL(data.cells, 4);
  problem = problem_of(logistic_law, &data);
  CU_ASSERT_EQUAL_FATAL(loyi_mean_fit(&problem, origin, &found), 1);
  CU_ASSERT(found.converged && !found.separated && found.at_bound == 0);
  CU_ASSERT(found.last_step < 1e-10 && found.largest_score < 1e-6);
  CU_ASSERT(found.iterations >= 3 && found.iterations < 10);
  CHECK_CLOSE(found.theta[0], -1.343105549844157, 1e-12);
  CHECK_CLOSE(found.theta[1], 1.0268756842554057, 1e-12);
  CHECK_STATUS(loyi_mean_conclude(&problem, &data, &found, LOYI_MEAN_BINOMIAL, &conclusion, NULL), LOY_OK);
  CHECK_CLOSE(conclusion.std_error[0], 0.5660504033139844, 1e-9);
  CHECK_CLOSE(conclusion.std_error[1], 0.3128677094868708, 1e-9);
  CHECK_CLOSE(conclusion.covariance[1], -0.14375693367137166, 1e-9);
  CHECK_BITS(conclusion.covariance[2], conclusion.covariance[1]);
  CHECK_CLOSE(conclusion.log_likelihood, -27.38613932328593, 1e-13);
  CHECK_CLOSE(conclusion.deviance, 2.634246133113707, 1e-12);
  CHECK_CLOSE(conclusion.pearson, 2.08334990852336, 1e-12);
  CHECK_CLOSE(conclusion.dispersion, 2.08334990852336 / 10, 1e-12);
  CHECK_CLOSE(conclusion.aic, 2 * 27.38613932328593 + 4, 1e-13);
  CHECK_CLOSE(conclusion.bic, 2 * 27.38613932328593 + 2 * log(50.0), 1e-13);
  CHECK_BITS(conclusion.df, (double)INFINITY);
  CU_ASSERT_EQUAL(conclusion.free_params, 2);
  CU_ASSERT_EQUAL(conclusion.clusters, 0);
  CHECK_STATUS(loyi_mean_conclude(&problem, &data, &found, LOYI_MEAN_QUASI, &conclusion, NULL), LOY_OK);
  CHECK_CLOSE(conclusion.std_error[1], 0.3128677094868708 * sqrt(2.08334990852336 / 10), 1e-9);
  CHECK_CLOSE(conclusion.df, 10.0, 0.0);
  CHECK_STATUS(loyi_mean_conclude(&problem, &data, &found, LOYI_MEAN_ROBUST, &conclusion, NULL), LOY_OK);
  CU_ASSERT_EQUAL(conclusion.clusters, 4);
  CHECK_CLOSE(conclusion.covariance[0], 0.02922452519644352, 1e-11);
  CHECK_CLOSE(conclusion.covariance[1], -0.01594552832182953, 1e-11);
  CHECK_CLOSE(conclusion.covariance[3], 0.01182947392150412, 1e-11);
  loyi_mean_data_release(&data);
}

static void test_weights(void) {
  loyi_mean_source source = rows();
  loyi_mean_data data;
  loyi_mean_problem problem;
  loyi_mean_result found;
  loyi_mean_conclusion conclusion;
  source.weight = weight;
  CHECK_STATUS(loyi_mean_data_load(&source, 0, LOYI_MEAN_MERGE_ALWAYS, NULL, &data, NULL), LOY_OK);
  problem = problem_of(logistic_law, &data);
  CU_ASSERT_EQUAL_FATAL(loyi_mean_fit(&problem, origin, &found), 1);
  CHECK_STATUS(loyi_mean_conclude(&problem, &data, &found, LOYI_MEAN_BINOMIAL, &conclusion, NULL), LOY_OK);
  CHECK_CLOSE(found.theta[0], -1.5830460805950721, 1e-12);
  CHECK_CLOSE(found.theta[1], 1.1886695131533653, 1e-12);
  CHECK_CLOSE(conclusion.std_error[0], 0.47884052687901035, 1e-11);
  CHECK_CLOSE(conclusion.std_error[1], 0.3128795054405764, 1e-11);
  loyi_mean_data_release(&data);
}

/* Weighted least squares of y/n on x/10, by the normal equations (NumPy). */
static void test_squares(void) {
  loyi_mean_source source = rows();
  loyi_mean_data data, counts;
  loyi_mean_problem problem;
  loyi_mean_result found;
  loyi_mean_conclusion conclusion;
  source.weight = weight;
  CHECK_STATUS(loyi_mean_data_load(&source, 1, LOYI_MEAN_MERGE_ALWAYS, NULL, &data, NULL), LOY_OK);
  CHECK_STATUS(loyi_mean_data_load(&source, 0, LOYI_MEAN_MERGE_ALWAYS, NULL, &counts, NULL), LOY_OK);
  problem = problem_of(line_law, &data);
  problem.squares = 1;
  CU_ASSERT_EQUAL_FATAL(loyi_mean_fit(&problem, origin, &found), 1);
  CU_ASSERT_EQUAL(found.iterations, 1);
  CHECK_CLOSE(found.theta[0], 0.13843553950505813, 1e-13);
  CHECK_CLOSE(found.theta[1], 2.726971780447717, 1e-13);
  CHECK_STATUS(loyi_mean_conclude(&problem, &counts, &found, LOYI_MEAN_SQUARES, &conclusion, NULL), LOY_OK);
  CHECK_CLOSE(conclusion.squares, 0.23328699868377092, 1e-13);
  CHECK_CLOSE(conclusion.dispersion, 0.023328699868377092, 1e-13);
  CHECK_CLOSE(conclusion.std_error[0], 0.0557446770108057, 1e-12);
  CHECK_CLOSE(conclusion.std_error[1], 0.3658214153749575, 1e-12);
  CHECK_CLOSE(conclusion.df, 10.0, 0.0);
  CHECK_CLOSE(conclusion.bic, -2 * conclusion.log_likelihood + 2 * log(counts.trials), 1e-15);
  loyi_mean_data_release(&counts);
  loyi_mean_data_release(&data);
}

/* Score and information against differences of the objective; the sum over cells does not depend on merging. */
static void test_sums(void) {
  loyi_mean_source source = rows();
  loyi_mean_data merged, single;
  loyi_mean_problem problem;
  loyi_mean_state at, other;
  const double theta[2] = {-0.4, 0.7};
  source.weight = weight;
  CHECK_STATUS(loyi_mean_data_load(&source, 0, LOYI_MEAN_MERGE_ALWAYS, NULL, &merged, NULL), LOY_OK);
  problem = problem_of(logistic_law, &merged);
  loyi_mean_evaluate(&problem, theta, &at);
  for (size_t p = 0; p < 2; p++) {
    double up[2], down[2];
    loyi_mean_state above, below;
    memcpy(up, theta, sizeof up);
    memcpy(down, theta, sizeof down);
    up[p] += 1e-5;
    down[p] -= 1e-5;
    loyi_mean_evaluate(&problem, up, &above);
    loyi_mean_evaluate(&problem, down, &below);
    CHECK_CLOSE(at.score[p], (above.objective - below.objective) / 2e-5, 1e-7);
    /* for a logistic curve the expected information is the observed one */
    for (size_t q = 0; q < 2; q++)
      CHECK_CLOSE(at.information[p * 2 + q], (below.score[q] - above.score[q]) / 2e-5, 1e-7);
  }
  source.n = 4; /* rows 0 to 3 are four cells in any case */
  CHECK_STATUS(loyi_mean_data_load(&source, 0, LOYI_MEAN_MERGE_ALWAYS, NULL, &single, NULL), LOY_OK);
  problem = problem_of(logistic_law, &single);
  loyi_mean_evaluate(&problem, theta, &other);
  CHECK_CLOSE(other.objective,
              log(logistic(-0.4)) + 3 * log(logistic(0.4)) + 2 * (2 * log(logistic(0.3)) + 3 * log(logistic(-0.3))) +
                  0.5 * (2 * log(logistic(1.0)) + log(logistic(-1.0))) + 5 * log(logistic(1.7)) + log(logistic(-1.7)),
              1e-14);
  loyi_mean_data_release(&single);
  loyi_mean_data_release(&merged);
}

/* A bound that cuts the optimum off holds its parameter; one that the start alone touches does not. */
static void test_bounds(void) {
  static const double low[2] = {-100, 0}, high[2] = {100, 0.5}, tight[2] = {-1.0, -100};
  const loyi_mean_source source = rows();
  loyi_mean_data data;
  loyi_mean_problem problem;
  loyi_mean_result found, fixed;
  loyi_mean_conclusion conclusion;
  double start[2] = {0, 7};
  CHECK_STATUS(loyi_mean_data_load(&source, 0, LOYI_MEAN_MERGE_ALWAYS, NULL, &data, NULL), LOY_OK);
  problem = problem_of(logistic_law, &data);
  problem.lower = low;
  problem.upper = high;
  CU_ASSERT_EQUAL_FATAL(loyi_mean_fit(&problem, start, &found), 1);
  CU_ASSERT(found.converged);
  CU_ASSERT_EQUAL(found.at_bound, 2);
  CHECK_BITS(found.theta[1], 0.5);
  CHECK_STATUS(loyi_mean_conclude(&problem, &data, &found, LOYI_MEAN_BINOMIAL, &conclusion, NULL), LOY_OK);
  CU_ASSERT(isnan(conclusion.std_error[1]) && isnan(conclusion.covariance[1]));
  CU_ASSERT_EQUAL(conclusion.free_params, 2);
  /* the same as fixing it there */
  problem = problem_of(logistic_law, &data);
  problem.fixed = 2;
  start[1] = 0.5;
  CU_ASSERT_EQUAL_FATAL(loyi_mean_fit(&problem, start, &fixed), 1);
  CHECK_CLOSE(found.theta[0], fixed.theta[0], 1e-11);
  CU_ASSERT_EQUAL(fixed.at_bound, 0);
  CHECK_STATUS(loyi_mean_conclude(&problem, &data, &fixed, LOYI_MEAN_ROBUST, &conclusion, NULL), LOY_OK);
  CHECK_BITS(conclusion.std_error[1], 0.0);
  CU_ASSERT(conclusion.std_error[0] > 0.0);
  CU_ASSERT_EQUAL(conclusion.free_params, 1);
  /* from a corner of the box, whose bounds are not those that hold in the end */
  problem = problem_of(logistic_law, &data);
  problem.lower = tight;
  start[0] = -5;
  start[1] = -500;
  CU_ASSERT_EQUAL_FATAL(loyi_mean_fit(&problem, start, &found), 1);
  CU_ASSERT_EQUAL(found.at_bound, 1);
  CHECK_BITS(found.theta[0], -1.0);
  CU_ASSERT(found.theta[1] > 0.5);
  loyi_mean_data_release(&data);
}

/* A mean of 0 or 1 against an answer: no start; and the search keeps away from it. */
static void test_contradicted(void) {
  const loyi_mean_source source = rows();
  loyi_mean_data data;
  loyi_mean_problem problem;
  loyi_mean_result found;
  loyi_mean_state sums;
  const double outside[2] = {0.0, 2.0}, inside[2] = {0.5, 0.0};
  CHECK_STATUS(loyi_mean_data_load(&source, 0, LOYI_MEAN_MERGE_ALWAYS, NULL, &data, NULL), LOY_OK);
  problem = problem_of(line_law, &data);
  loyi_mean_evaluate(&problem, outside, &sums);
  CHECK_BITS(sums.objective, -(double)INFINITY);
  CU_ASSERT_EQUAL(sums.contradicted, 0);
  CU_ASSERT_EQUAL(loyi_mean_fit(&problem, outside, &found), 0);
  CHECK_BITS(found.theta[1], 2.0);
  CU_ASSERT_EQUAL(found.sums.contradicted, 0);
  CU_ASSERT_EQUAL_FATAL(loyi_mean_fit(&problem, inside, &found), 1);
  CU_ASSERT(found.converged);
  CU_ASSERT(found.theta[0] > 0.0 && found.theta[0] + 0.3 * found.theta[1] < 1.0);
  loyi_mean_data_release(&data);
}

/* Answers that a steep enough curve fits perfectly, and answers at a single x, which no line is determined by. */
static void test_no_estimate(void) {
  static const double half[4] = {0.5, 0.5, 0.5, 0.5}, ends[4] = {-1, -1, 1, 1};
  static const double yes_no[4] = {0, 0, 1, 1}, mixed[4] = {0, 1, 0, 1};
  const double *column[1] = {ends};
  loyi_mean_source source;
  loyi_mean_data data;
  loyi_mean_problem problem;
  loyi_mean_result found;
  loyi_mean_conclusion conclusion;
  memset(&source, 0, sizeof source);
  source.n = 4;
  source.keys = 1;
  source.key = column;
  source.loyal = yes_no;
  CHECK_STATUS(loyi_mean_data_load(&source, 0, LOYI_MEAN_MERGE_ALWAYS, NULL, &data, NULL), LOY_OK);
  problem = problem_of(logistic_law, &data);
  CU_ASSERT_EQUAL_FATAL(loyi_mean_fit(&problem, origin, &found), 1);
  CU_ASSERT(found.separated && !found.converged);
  CU_ASSERT(found.theta[1] > 15.0 && found.iterations < 60);
  loyi_mean_data_release(&data);
  column[0] = half;
  source.loyal = mixed;
  CHECK_STATUS(loyi_mean_data_load(&source, 0, LOYI_MEAN_MERGE_ALWAYS, NULL, &data, NULL), LOY_OK);
  problem = problem_of(logistic_law, &data);
  CU_ASSERT_EQUAL_FATAL(loyi_mean_fit(&problem, origin, &found), 1);
  CU_ASSERT(found.converged && !(found.condition < 1e15));
  CHECK_NEAR(found.theta[0] + 0.5 * found.theta[1], 0.0, 1e-9);
  CHECK_STATUS(loyi_mean_conclude(&problem, &data, &found, LOYI_MEAN_BINOMIAL, &conclusion, NULL), LOY_OK);
  CU_ASSERT(isnan(conclusion.std_error[0]) && isnan(conclusion.std_error[1]));
  problem.most_iterations = 0;
  CU_ASSERT_EQUAL_FATAL(loyi_mean_fit(&problem, upper, &found), 1);
  CU_ASSERT(!found.converged && found.iterations == 0);
  loyi_mean_data_release(&data);
}

/* ridge (theta_1)^2 / 2 */
static double ridge(const void *ctx, const double *theta, double *gradient, double *curvature) {
  (void)ctx;
  gradient[1] = 4.0 * theta[1];
  curvature[1] = 4.0;
  return 2.0 * theta[1] * theta[1];
}

static void test_penalty(void) {
  const loyi_mean_source source = rows();
  loyi_mean_data data;
  loyi_mean_problem problem;
  loyi_mean_result found;
  loyi_mean_state plain;
  CHECK_STATUS(loyi_mean_data_load(&source, 0, LOYI_MEAN_MERGE_ALWAYS, NULL, &data, NULL), LOY_OK);
  problem = problem_of(logistic_law, &data);
  problem.penalty = ridge;
  CU_ASSERT_EQUAL_FATAL(loyi_mean_fit(&problem, origin, &found), 1);
  CU_ASSERT(found.converged && found.theta[1] > 0.3 && found.theta[1] < 1.0);
  problem.penalty = NULL;
  loyi_mean_evaluate(&problem, found.theta, &plain);
  CHECK_NEAR(plain.score[0], 0.0, 1e-8);
  CHECK_CLOSE(plain.score[1], 4.0 * found.theta[1], 1e-8);
  CHECK_CLOSE(found.sums.objective, plain.objective - 2.0 * found.theta[1] * found.theta[1], 1e-14);
  CHECK_CLOSE(found.sums.information[3], plain.information[3] + 4.0, 1e-14);
  loyi_mean_data_release(&data);
}

/* Some cells stand for all: the estimate is near, and from there the fit of all cells is the fit of all cells. */
#  define MANY 100000

static void test_thin(void) {
  static double at[MANY], answer[MANY];
  const double *column[1] = {at};
  uint64_t state = 1;
  loyi_mean_source source;
  loyi_mean_data data;
  loyi_mean_problem problem;
  loyi_mean_result all, few, rest;
  memset(&source, 0, sizeof source);
  source.n = MANY;
  source.keys = 1;
  source.key = column;
  source.loyal = answer;
  for (size_t i = 0; i < MANY; i++) {
    double u;
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    u = (double)(state >> 11) * 0x1p-53;
    at[i] = 4.0 * (double)i / MANY - 2.0;
    answer[i] = u < logistic(0.3 + 0.8 * at[i]) ? 1.0 : 0.0;
  }
  CHECK_STATUS(loyi_mean_data_load(&source, 0, LOYI_MEAN_MERGE_IF_WORTH, NULL, &data, NULL), LOY_OK);
  CU_ASSERT_EQUAL(data.cells, MANY);
  CU_ASSERT_EQUAL(loyi_mean_thin(&data), 6);
  problem = problem_of(logistic_law, &data);
  CU_ASSERT_EQUAL_FATAL(loyi_mean_fit(&problem, origin, &all), 1);
  CHECK_NEAR(all.theta[0], 0.3, 5 * 0.008);
  CHECK_NEAR(all.theta[1], 0.8, 5 * 0.008);
  problem.thin = 6;
  CU_ASSERT_EQUAL_FATAL(loyi_mean_fit(&problem, origin, &few), 1);
  CU_ASSERT(few.converged);
  CHECK_CLOSE(few.sums.information[0], all.sums.information[0] / 6, 0.05);
  CHECK_NEAR(few.theta[1], all.theta[1], 5 * 0.02);
  CU_ASSERT_NOT_EQUAL(few.theta[1], all.theta[1]);
  problem.thin = 1;
  CU_ASSERT_EQUAL_FATAL(loyi_mean_fit(&problem, few.theta, &rest), 1);
  CU_ASSERT(rest.iterations < all.iterations);
  CHECK_CLOSE(rest.theta[0], all.theta[0], 1e-9);
  CHECK_CLOSE(rest.theta[1], all.theta[1], 1e-9);
  loyi_mean_data_release(&data);
}

static void test_memory_and_clusters(void) {
  static const int64_t same[ROWS] = {3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3};
  loyi_mean_source source = rows();
  failing_allocator memory;
  loy_error error;
  FOR_EACH_FAILURE(memory) {
    loyi_mean_data data;
    loy_status status = loyi_mean_data_load(&source, 0, LOYI_MEAN_MERGE_ALWAYS, &memory.allocator, &data, &error);
    if (status == LOY_OK) {
      const loyi_mean_problem problem = problem_of(logistic_law, &data);
      loyi_mean_result found;
      loyi_mean_conclusion conclusion;
      CU_ASSERT_EQUAL(loyi_mean_fit(&problem, origin, &found), 1);
      status = loyi_mean_conclude(&problem, &data, &found, LOYI_MEAN_ROBUST, &conclusion, &error);
      loyi_mean_data_release(&data);
    }
    CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
    CU_ASSERT_EQUAL(memory.held, 0);
  }
  source.cluster = same;
  {
    loyi_mean_data data;
    loyi_mean_problem problem;
    loyi_mean_result found;
    loyi_mean_conclusion conclusion;
    CHECK_STATUS(loyi_mean_data_load(&source, 0, LOYI_MEAN_MERGE_ALWAYS, NULL, &data, NULL), LOY_OK);
    problem = problem_of(logistic_law, &data);
    CU_ASSERT_EQUAL(loyi_mean_fit(&problem, origin, &found), 1);
    CHECK_STATUS(loyi_mean_conclude(&problem, &data, &found, LOYI_MEAN_ROBUST, &conclusion, &error), LOY_ERR_TOO_FEW);
    CHECK_ERROR(&error, LOY_ERR_TOO_FEW, "cluster", LOY_NO_INDEX);
    loyi_mean_data_release(&data);
  }
}

#endif

SUITE(response, mean_fit) {
  (void)suite;
#if LOY_TEST_INTERNALS
  ADD(test_logistic);
  ADD(test_weights);
  ADD(test_squares);
  ADD(test_sums);
  ADD(test_bounds);
  ADD(test_contradicted);
  ADD(test_no_estimate);
  ADD(test_penalty);
  ADD(test_thin);
  ADD(test_memory_and_clusters);
#endif
}
