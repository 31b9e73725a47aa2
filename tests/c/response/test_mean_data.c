/* Rows of answers: checks in their order, cells and their sums, what is skipped, clusters, and memory that runs out. */
#include "check.h"
#include "failing_allocator.h"

#include "loyalty/response/mean_data.h"

#if LOY_TEST_INTERNALS

static const double s[8] = {0.1, 0.5, 0.1, 0.5, 0.1, 0.0, -0.0, 0.5};
static const double c[8] = {0.2, 0.2, 0.2, 0.2, 0.8, 0.2, 0.2, 0.2};
static const double trials[8] = {4, 2, 6, 0, 5, 1, 3, 8};
static const double loyal[8] = {1, 2, 3, 0, 5, 0, 1, 5};
static const double weight[8] = {1, 1, 2, 1, 0, 1, 1, 0.5};
static const int64_t cluster[8] = {9, -1, 9, 4, 4, -1, 3, 3};
static const double *const keys[2] = {s, c};

static loyi_mean_source rows(void) {
  loyi_mean_source source;
  source.n = 8;
  source.keys = 2;
  source.key = keys;
  source.trials = trials;
  source.loyal = loyal;
  source.weight = weight;
  source.cluster = cluster;
  return source;
}

/* Row 3 has no trials and row 4 no weight; 0 and -0 are one key. Cells in order of appearance: rows 0 and 2; 1 and 7;
 * 5 and 6. */
static void test_cells(void) {
  const loyi_mean_source source = rows();
  loyi_mean_data data;
  loy_error error;
  CHECK_STATUS(loyi_mean_check(&source, &error), LOY_OK);
  CU_ASSERT_EQUAL(loyi_mean_rows(&source), 6);
  CHECK_STATUS(loyi_mean_data_load(&source, 0, LOYI_MEAN_MERGE_ALWAYS, NULL, &data, &error), LOY_OK);
  CU_ASSERT_EQUAL(data.rows, 6);
  CU_ASSERT_EQUAL(data.skipped, 2);
  CU_ASSERT_EQUAL_FATAL(data.cells, 3);
  CU_ASSERT_EQUAL(data.cell_of[2], 0);
  CU_ASSERT_EQUAL(data.cell_of[3], LOYI_MEAN_SKIPPED);
  CU_ASSERT_EQUAL(data.cell_of[4], LOYI_MEAN_SKIPPED);
  CU_ASSERT_EQUAL(data.cell_of[6], 2);
  CU_ASSERT_EQUAL(data.row_of[1], 1);
  CHECK_BITS(data.yes[0], 7.0);
  CHECK_BITS(data.no[0], 9.0);
  CHECK_BITS(data.yes[1], 4.5);
  CHECK_BITS(data.no[1], 1.5);
  CHECK_BITS(data.yes[2], 1.0);
  CHECK_BITS(data.no[2], 3.0);
  /* sum w n (y/n - mean)^2: cell 0 has 1/4 four times and 1/2 twelve times around 7/16 */
  CHECK_CLOSE(data.within[0], 4 * 0.1875 * 0.1875 + 12 * 0.0625 * 0.0625, 1e-15);
  CHECK_CLOSE(data.within[1], 2 * 0.0625 + 4 * 0.125 * 0.125, 1e-15);
  CHECK_CLOSE(data.trials, 26.0, 0.0);
  CHECK_CLOSE(data.loyal, 12.5, 0.0);
  /* sum w [y ln(y/n) + (n - y) ln(1 - y/n)] */
  CHECK_CLOSE(data.saturated,
              log(0.25) + 3 * log(0.75) + 12 * log(0.5) + 0.5 * (5 * log(0.625) + 3 * log(0.375)) + log(1. / 3) +
                  2 * log(2. / 3),
              1e-15);
  loyi_mean_data_release(&data);
}

static void test_fractions(void) {
  loyi_mean_source source = rows();
  loyi_mean_data data;
  double yes, no;
  CHECK_STATUS(loyi_mean_data_load(&source, 1, LOYI_MEAN_MERGE_ALWAYS, NULL, &data, NULL), LOY_OK);
  CHECK_BITS(data.yes[0], 1.25); /* 1/4 and 2 * 3/6 */
  CHECK_BITS(data.no[0], 1.75);
  CHECK_BITS(data.yes[1], 1.0 + 0.5 * 0.625);
  loyi_mean_answer(&data, 7, &yes, &no);
  CHECK_BITS(yes, 0.5 * 0.625);
  CHECK_BITS(no, 0.5 * 0.375);
  loyi_mean_data_release(&data);
  source.trials = NULL;
  source.weight = NULL;
  source.n = 1; /* a row of its own: no trials column, so y is a yes or no */
  CHECK_STATUS(loyi_mean_data_load(&source, 0, LOYI_MEAN_MERGE_IF_WORTH, NULL, &data, NULL), LOY_OK);
  CHECK_BITS(data.yes[0], 1.0);
  CHECK_BITS(data.no[0], 0.0);
  loyi_mean_data_release(&data);
}

/* Errors, each in the presence of all later ones. */
static void test_checks(void) {
  static const double bad_trials[3] = {1, (double)NAN, -1}, bad_loyal[3] = {1, 0, 4}, bad_weight[3] = {-1, 1, 1};
  static const double three[3] = {3, 3, 3}, half[3] = {0.5, 1.5, 0}, zero[3] = {0, 0, 0}, one[3] = {1, 1, 1};
  static const double large[3] = {1, 1, 2e15};
  loyi_mean_source source;
  loy_error error;
  memset(&source, 0, sizeof source);
  source.n = 3;
  source.trials = bad_trials;
  source.weight = bad_weight;
  CHECK_STATUS(loyi_mean_check(&source, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "loyal", LOY_NO_INDEX);
  source.loyal = bad_loyal;
  CHECK_STATUS(loyi_mean_check(&source, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "trials", 1);
  source.trials = large;
  (void)loyi_mean_check(&source, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "trials", 2);
  source.trials = three;
  (void)loyi_mean_check(&source, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "loyal", 2);
  source.trials = NULL;
  source.loyal = half;
  (void)loyi_mean_check(&source, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "loyal", 1);
  source.loyal = one;
  (void)loyi_mean_check(&source, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "weight", 0);
  source.weight = large;
  (void)loyi_mean_check(&source, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "weight", 2);
  source.weight = NULL;
  (void)loyi_mean_check(&source, &error);
  CHECK_ERROR(&error, LOY_ERR_TOO_FEW, "loyal", LOY_NO_INDEX);
  CU_ASSERT_PTR_NOT_NULL(strstr(error.message, "all loyal"));
  source.loyal = zero;
  (void)loyi_mean_check(&source, &error);
  CHECK_ERROR(&error, LOY_ERR_TOO_FEW, "loyal", LOY_NO_INDEX);
  CU_ASSERT_PTR_NOT_NULL(strstr(error.message, "all zero"));
  source.weight = zero;
  (void)loyi_mean_check(&source, &error);
  CHECK_ERROR(&error, LOY_ERR_TOO_FEW, "loyal", LOY_NO_INDEX);
  CU_ASSERT_PTR_NOT_NULL(strstr(error.message, "a row with"));
  source.n = 0;
  source.loyal = NULL;
  CHECK_STATUS(loyi_mean_check(&source, &error), LOY_ERR_TOO_FEW);
}

/* A row of weight 0 does not make an answer differ. */
static void test_weightless_rows_count_for_nothing(void) {
  static const double y[3] = {1, 1, 0}, w[3] = {1, 1, 0};
  loyi_mean_source source;
  memset(&source, 0, sizeof source);
  source.n = 3;
  source.loyal = y;
  source.weight = w;
  CHECK_STATUS(loyi_mean_check(&source, NULL), LOY_ERR_TOO_FEW);
}

/* The rows of each cluster, in the order of its first row. */
static void test_clusters(void) {
  static const size_t expected[6] = {0, 2, 1, 5, 6, 7};
  loyi_mean_source source = rows();
  loyi_mean_data data;
  loyi_mean_clusters clusters;
  CHECK_STATUS(loyi_mean_data_load(&source, 0, LOYI_MEAN_MERGE_ALWAYS, NULL, &data, NULL), LOY_OK);
  CHECK_STATUS(loyi_mean_clusters_make(&data, &clusters, NULL), LOY_OK);
  CU_ASSERT_EQUAL_FATAL(clusters.count, 3);
  CU_ASSERT_EQUAL(clusters.rows, 6);
  CU_ASSERT_EQUAL(clusters.end[0], 2);
  CU_ASSERT_EQUAL(clusters.end[1], 4);
  CU_ASSERT_EQUAL(clusters.end[2], 6);
  for (size_t i = 0; i < 6; i++) CU_ASSERT_EQUAL(clusters.row[i], expected[i]);
  loyi_mean_clusters_release(&clusters);
  loyi_mean_data_release(&data);
  source.cluster = NULL;
  CHECK_STATUS(loyi_mean_data_load(&source, 0, LOYI_MEAN_MERGE_ALWAYS, NULL, &data, NULL), LOY_OK);
  CHECK_STATUS(loyi_mean_clusters_make(&data, &clusters, NULL), LOY_OK);
  CU_ASSERT_EQUAL(clusters.count, 6);
  CU_ASSERT_EQUAL(clusters.row[3], 5);
  CU_ASSERT_EQUAL(clusters.end[3], 4);
  loyi_mean_clusters_release(&clusters);
  loyi_mean_data_release(&data);
}

/* Rows that stay distinct are left unmerged, those that repeat are merged, however many there are; and clusters by the
 * thousand are told apart. */
#  define MANY 20000

static void test_many(void) {
  static double x[MANY], y[MANY];
  static int64_t code[MANY];
  const double *key[1] = {x};
  loyi_mean_source source;
  memset(&source, 0, sizeof source);
  source.n = MANY;
  source.keys = 1;
  source.key = key;
  source.loyal = y;
  source.cluster = code;
  for (int distinct = 0; distinct < 2; distinct++) {
    loyi_mean_data data;
    loyi_mean_clusters clusters;
    for (size_t i = 0; i < MANY; i++) {
      x[i] = distinct ? (double)i / MANY : (double)(i * 7919 % 3000);
      y[i] = (double)(i % 2);
      code[i] = (int64_t)(i % 4999) - 2500;
    }
    CHECK_STATUS(loyi_mean_data_load(&source, 0, LOYI_MEAN_MERGE_IF_WORTH, NULL, &data, NULL), LOY_OK);
    CU_ASSERT_EQUAL(data.cells, distinct ? MANY : 3000);
    CU_ASSERT_EQUAL(data.rows, MANY);
    CHECK_CLOSE(data.loyal, MANY / 2, 0.0);
    for (size_t i = 0; i < MANY; i++) CU_ASSERT_EQUAL_FATAL(x[data.row_of[data.cell_of[i]]], x[i]);
    CHECK_STATUS(loyi_mean_clusters_make(&data, &clusters, NULL), LOY_OK);
    CU_ASSERT_EQUAL_FATAL(clusters.count, 4999);
    for (size_t k = 0, i = 0; k < clusters.count; k++) {
      for (; i < clusters.end[k]; i++) CU_ASSERT_EQUAL_FATAL(code[clusters.row[i]], (int64_t)k - 2500);
    }
    loyi_mean_clusters_release(&clusters);
    loyi_mean_data_release(&data);
    CHECK_STATUS(loyi_mean_data_load(&source, 0, LOYI_MEAN_MERGE_ALWAYS, NULL, &data, NULL), LOY_OK);
    CU_ASSERT_EQUAL(data.cells, distinct ? MANY : 3000);
    loyi_mean_data_release(&data);
  }
}

static void test_memory(void) {
  const loyi_mean_source source = rows();
  failing_allocator memory;
  FOR_EACH_FAILURE(memory) {
    loyi_mean_data data;
    loyi_mean_clusters clusters;
    loy_error error;
    loy_status status = loyi_mean_data_load(&source, 0, LOYI_MEAN_MERGE_IF_WORTH, &memory.allocator, &data, &error);
    if (status == LOY_OK) {
      status = loyi_mean_clusters_make(&data, &clusters, &error);
      if (status == LOY_OK) loyi_mean_clusters_release(&clusters);
      loyi_mean_data_release(&data);
    }
    CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
    if (memory.failed) CHECK_ERROR(&error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX);
    CU_ASSERT_EQUAL(memory.held, 0);
  }
}

/* mpmath with 60 digits. */
static void test_distance(void) {
  CHECK_CLOSE(loyi_mean_distance(3.0, 10.0, 0.25), 0.046964670381863878635, 1e-14);
  CHECK_CLOSE(loyi_mean_distance(5.0, 10.0, 1e-305), 3502.9765309131199416, 4e-16);
  CHECK_NEAR(loyi_mean_distance(8e9 - 8.0, 8e9, 1.0 - 1e-9), 0.0, 1e-20); /* of terms of 8 */
  CHECK_BITS(loyi_mean_distance(0.0, 10.0, 0.25), 2.5);
  CHECK_BITS(loyi_mean_distance(1.0, 1.0, 0.0), (double)INFINITY);
  CHECK_BITS(loyi_mean_distance(4.0, 4.0, 1.0), 0.0);
  CHECK_CLOSE(loyi_mean_distance(5e-324, 9.0, 0.5), 4.5, 1e-15); /* of which the quotient is 0 */
}

#endif

SUITE(response, mean_data) {
  (void)suite;
#if LOY_TEST_INTERNALS
  ADD(test_cells);
  ADD(test_fractions);
  ADD(test_checks);
  ADD(test_weightless_rows_count_for_nothing);
  ADD(test_clusters);
  ADD(test_many);
  ADD(test_memory);
  ADD(test_distance);
#endif
}
