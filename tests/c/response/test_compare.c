/* The comparison: deviances of given curves, folds, held-out rows against other programs, every error. */
#include "check.h"
#include "curve_cells.h"
#include "failing_allocator.h"

#include "loyalty/response/compare.h"

/* mpmath, 40 digits. */
static void test_deviance(void) {
  loy_curve_data data = cells();
  loy_curve curve;
  loy_family_curve family;
  loy_curve_fit_result fit;
  double deviance;
  loy_curve_init(&curve);
  CHECK_STATUS(loy_compare_deviance(&curve, NULL, &data, &deviance, NULL), LOY_OK);
  CHECK_CLOSE(deviance, 419.29890440855081692, 1e-13);
  loy_family_init(&family, LOY_FAMILY_POWER);
  family.param[LOY_FAMILY_FLOOR] = 0.2;
  family.param[LOY_FAMILY_TOP] = 0.9;
  family.param[LOY_FAMILY_COMPETITION] = -0.8;
  family.param[LOY_FAMILY_EXPONENT] = 1.7;
  CHECK_STATUS(loy_compare_deviance(NULL, &family, &data, &deviance, NULL), LOY_OK);
  CHECK_CLOSE(deviance, 1140.3576814403961701, 1e-13);
  CHECK_STATUS(loy_curve_fit(&data, NULL, &fit, NULL), LOY_OK); /* the same as the fit says of its own rows */
  CHECK_STATUS(loy_compare_deviance(&fit.curve, NULL, &data, &deviance, NULL), LOY_OK);
  CHECK_CLOSE(deviance, fit.deviance, 1e-11);
  family.param[LOY_FAMILY_FLOOR] = 0.0;
  s[7] = 0.0;
  CHECK_STATUS(loy_compare_deviance(NULL, &family, &data, &deviance, NULL), LOY_OK);
  CHECK_BITS(deviance, (double)INFINITY);
  data.n = 1; /* one row, and everybody is loyal */
  data.loyal = trials;
  family.param[LOY_FAMILY_EXPONENT] = 1.0;
  family.param[LOY_FAMILY_COMPETITION] = 0.0;
  CHECK_STATUS(loy_compare_deviance(NULL, &family, &data, &deviance, NULL), LOY_OK);
  CHECK_CLOSE(deviance, -800 * log(0.09), 1e-13);
}

/* Rare answers among 2^48 trials, where 1 - L is known to 1e-16 of them only (mpmath, 40 digits). */
static void test_deviance_of_rare_answers(void) {
  const double satisfaction = 0.0, competition = 0.5, all = 0x1p48, few[2] = {0.0, 5.0};
  loy_curve_data data;
  loy_family_curve family;
  double deviance;
  loy_family_init(&family, LOY_FAMILY_LOGIT_LINEAR);
  family.param[LOY_FAMILY_INTERCEPT] = -31.0;
  loy_curve_data_init(&data);
  data.n = 1;
  data.s = &satisfaction;
  data.c = &competition;
  data.trials = &all;
  data.loyal = &few[0];
  CHECK_STATUS(loy_compare_deviance(NULL, &family, &data, &deviance, NULL), LOY_OK);
  CHECK_CLOSE(deviance, 19.379423278670727081, 1e-13);
  data.loyal = &few[1];
  CHECK_STATUS(loy_compare_deviance(NULL, &family, &data, &deviance, NULL), LOY_OK);
  CHECK_CLOSE(deviance, 2.7631557342380711243, 1e-13);
}

/* Constraints and weights are read. */
static void test_deviance_of_constraints(void) {
  double k[CELLS], weight[CELLS];
  const double *const column[1] = {k};
  loy_curve_data data = cells();
  loy_curve curve;
  double deviance, expected = 0.0;
  loy_curve_init(&curve);
  curve.constraints = 1;
  curve.b[0] = 0.3;
  for (size_t i = 0; i < CELLS; i++) {
    double mean;
    k[i] = (double)(i % 3) / 2;
    weight[i] = i == 4 ? 0.0 : 0.25 * (double)i;
    mean = loy_curve_loyalty(&curve, s[i], c[i], &k[i]);
    expected +=
        2 * weight[i] *
        (loyal[i] * log(loyal[i] / (400 * mean)) + (400 - loyal[i]) * log((400 - loyal[i]) / (400 * (1 - mean))));
  }
  data.constraints = 1;
  data.constraint = column;
  data.weight = weight;
  CHECK_STATUS(loy_compare_deviance(&curve, NULL, &data, &deviance, NULL), LOY_OK);
  CHECK_CLOSE(deviance, expected, 1e-12);
}

static void test_folds(void) {
  int64_t fold[103], again[103], customer[103];
  size_t count[5] = {0}, moved = 0;
  CHECK_STATUS(loy_compare_folds(103, 5, 7, NULL, fold, NULL), LOY_OK);
  for (size_t i = 0; i < 103; i++) {
    CU_ASSERT_FATAL(fold[i] >= 0 && fold[i] < 5);
    count[fold[i]]++;
    moved += fold[i] != (int64_t)(i % 5);
  }
  for (size_t k = 0; k < 5; k++) CU_ASSERT(count[k] == 20 || count[k] == 21);
  CU_ASSERT(moved > 60);
  CHECK_STATUS(loy_compare_folds(103, 5, 7, NULL, again, NULL), LOY_OK);
  CU_ASSERT_EQUAL(memcmp(fold, again, sizeof fold), 0);
  CHECK_STATUS(loy_compare_folds(103, 5, 8, NULL, again, NULL), LOY_OK);
  CU_ASSERT_NOT_EQUAL(memcmp(fold, again, sizeof fold), 0);
  for (size_t i = 0; i < 103; i++) customer[i] = (int64_t)(i / 3) * 1000003;
  CHECK_STATUS(loy_compare_folds(103, 5, 7, customer, fold, NULL), LOY_OK);
  for (size_t i = 0; i < 102; i++) CU_ASSERT(customer[i] != customer[i + 1] || fold[i] == fold[i + 1]);
  CHECK_STATUS(loy_compare_folds(3, 5, 7, customer + 60, again, NULL), LOY_OK); /* the code alone decides */
  CU_ASSERT_EQUAL(memcmp(fold + 60, again, 3 * sizeof *fold), 0);
  CHECK_STATUS(loy_compare_folds(0, 5, 7, NULL, NULL, NULL), LOY_OK);
}

static void test_table(void) {
  const loy_curve_data data = cells();
  loy_compare_options options;
  loy_comparison line[LOY_COMPARE_MODELS];
  loy_curve_fit_result ours;
  size_t count;
  CHECK_STATUS(loy_compare_curves(&data, NULL, line, &count, NULL), LOY_OK);
  CU_ASSERT_EQUAL(count, 5);
  CHECK_STATUS(loy_curve_fit(&data, NULL, &ours, NULL), LOY_OK);
  CU_ASSERT_EQUAL(line[0].model, LOY_COMPARE_CURVE);
  CHECK_BITS(line[0].log_likelihood, ours.log_likelihood);
  CHECK_BITS(line[0].aic, ours.aic);
  CHECK_BITS(line[0].bic, ours.bic);
  CHECK_BITS(line[0].deviance, ours.deviance);
  CU_ASSERT(isnan(line[0].held_out));
  for (int family = 0; family < LOY_FAMILIES; family++) {
    loy_family_fit_options with;
    loy_family_fit_result fit;
    loy_family_fit_options_init(&with, family);
    (void)loy_family_fit(&data, &with, &fit, NULL);
    CU_ASSERT_EQUAL(line[1 + family].model, family);
    CU_ASSERT_EQUAL(line[1 + family].free_params, fit.free_params);
    CHECK_BITS(line[1 + family].log_likelihood, fit.log_likelihood);
    CHECK_BITS(line[1 + family].bic, fit.bic);
    CHECK_STATUS(line[1 + family].status, fit.status);
    CU_ASSERT(line[1 + family].aic > line[0].aic); /* on rows that the curve made */
  }
  loy_compare_options_init(&options);
  options.families = 1u << LOY_FAMILY_LOGIT_LINEAR;
  options.plain = 1;
  CHECK_STATUS(loy_compare_curves(&data, &options, line, &count, NULL), LOY_OK);
  CU_ASSERT_EQUAL(count, 2);
  CU_ASSERT_EQUAL(line[1].free_params, 2);
}

/* A test set, and four folds of a market each; statsmodels GLM(binomial) fitted to the other rows, tol=1e-15. The curve
 * without captives and attrition is such a regression too. */
static void test_held_out(void) {
  const loy_curve_data data = cells();
  int64_t fold[CELLS];
  loy_curve_fit_options regression;
  loy_compare_options options;
  loy_comparison line[LOY_COMPARE_MODELS];
  size_t count;
  loy_curve_fit_options_init(&regression);
  regression.start.a = 0.0;
  regression.fixed = 1u << LOY_CURVE_A | 1u << LOY_CURVE_DELTA;
  loy_compare_options_init(&options);
  options.curve = &regression;
  options.families = 1u << LOY_FAMILY_LOGIT_LINEAR;
  options.fold = fold;
  for (size_t i = 0; i < CELLS; i++) fold[i] = (int64_t)(i / 5);
  CHECK_STATUS(loy_compare_curves(&data, &options, line, &count, NULL), LOY_OK);
  CHECK_CLOSE(line[0].held_out, 103.07080130892618, 1e-8);
  CHECK_CLOSE(line[1].held_out, 103.92140526475968, 1e-8);
  CHECK_CLOSE(line[1].deviance, 71.6567779713449607, 1e-11); /* of the fit to all */
  for (size_t i = 0; i < CELLS; i++) fold[i] = i / 5 == 2 ? 3 : -1;
  CHECK_STATUS(loy_compare_curves(&data, &options, line, &count, NULL), LOY_OK);
  CHECK_CLOSE(line[0].held_out, 19.257039613210374, 1e-8);
  CHECK_CLOSE(line[0].deviance, 50.63738572051389, 1e-8); /* of the fit to the others */
  CHECK_CLOSE(line[1].held_out, 20.5848275476564, 1e-8);
  CHECK_CLOSE(line[1].deviance, 52.93054944709572, 1e-8);
  CHECK_STATUS(line[0].status, LOY_OK);
  CHECK_STATUS(line[1].status, LOY_OK);
}

/* What has no fit is a line with its status; what has none without some rows has no held-out deviance. */
static void test_no_fit(void) {
  loy_curve_data data = cells();
  int64_t fold[CELLS];
  loy_compare_options options;
  loy_comparison line[LOY_COMPARE_MODELS];
  size_t count;
  loy_compare_options_init(&options);
  for (size_t i = 0; i < CELLS; i++) {
    fold[i] = i % 5 == 2 ? (int64_t)(i / 5) : -1;
    s[i] = scale[i % 5 < 3 ? i % 5 : 1]; /* three satisfactions */
  }
  CHECK_STATUS(loy_compare_curves(&data, &options, line, &count, NULL), LOY_OK);
  CU_ASSERT_EQUAL(count, 5);
  CHECK_STATUS(line[4].status, LOY_ERR_TOO_FEW);
  CU_ASSERT(isnan(line[4].aic) && isnan(line[4].held_out) && line[4].free_params == 0);
  CU_ASSERT(isfinite(line[3].aic));
  data = cells();
  options.fold = fold;
  for (size_t i = 0; i < CELLS; i++) fold[i] = i % 5 == 1 || i % 5 == 2 ? (int64_t)(i % 5) : -1;
  s[1] = s[6] = s[11] = s[16] = 0.1; /* without fold 2 only three satisfactions */
  CHECK_STATUS(loy_compare_curves(&data, &options, line, &count, NULL), LOY_OK);
  CU_ASSERT(isfinite(line[4].aic) && isnan(line[4].held_out));
  CU_ASSERT(isfinite(line[0].held_out) && isfinite(line[1].held_out));
}

static loy_comparison kept[LOY_COMPARE_MODELS];

static void check_fails(const loy_curve_data *data, const loy_compare_options *options, loy_status status,
                        const char *argument, size_t index) {
  loy_comparison line[LOY_COMPARE_MODELS];
  loy_error error;
  size_t count = 77;
  memset(line, 0x5a, sizeof line);
  memset(kept, 0x5a, sizeof kept);
  CHECK_STATUS(loy_compare_curves(data, options, line, &count, &error), status);
  CHECK_ERROR(&error, status, argument, index);
  CU_ASSERT_EQUAL(memcmp(line, kept, sizeof kept), 0);
  CU_ASSERT_EQUAL(count, 77);
}

static void test_errors(void) {
  int64_t fold[CELLS] = {0};
  double weight[CELLS];
  loy_curve_data data = cells();
  loy_compare_options options;
  loy_comparison line[LOY_COMPARE_MODELS];
  loy_error error;
  loy_compare_options_init(NULL);
  loy_compare_options_init(&options);
  options.struct_size = 0;
  options.families = 16;
  options.fold = fold;
  fold[3] = 1000;
  s[2] = 2.0;
  check_fails(NULL, &options, LOY_ERR_ARGUMENT, "data", LOY_NO_INDEX);
  CHECK_STATUS(loy_compare_curves(&data, &options, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "comparison", LOY_NO_INDEX);
  CHECK_STATUS(loy_compare_curves(&data, &options, line, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "count", LOY_NO_INDEX);
  check_fails(&data, &options, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX);
  options.struct_size = sizeof options;
  check_fails(&data, &options, LOY_ERR_ARGUMENT, "families", LOY_NO_INDEX);
  options.families = 15;
  check_fails(&data, &options, LOY_ERR_DOMAIN, "fold", 3);
  fold[3] = -2;
  check_fails(&data, &options, LOY_ERR_DOMAIN, "fold", 3);
  fold[3] = -1;
  check_fails(&data, &options, LOY_ERR_DOMAIN, "s", 2);
  s[2] = 0.5;
  for (size_t i = 0; i < CELLS; i++) {
    weight[i] = 1.0;
    fold[i] = i < 3 ? 0 : -1;
  }
  weight[1] = -1.0; /* in the test set */
  data.weight = weight;
  check_fails(&data, &options, LOY_ERR_DOMAIN, "weight", 1);
  weight[1] = 1.0;
  for (size_t i = 0; i < CELLS; i++) fold[i] = 0; /* nothing is left to fit */
  check_fails(&data, &options, LOY_ERR_TOO_FEW, "loyal", LOY_NO_INDEX);
  CHECK_STATUS(loy_compare_folds(1, 1, 7, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "folds", LOY_NO_INDEX);
  CHECK_STATUS(loy_compare_folds(1, 1001, 7, NULL, fold, &error), LOY_ERR_DOMAIN);
  CHECK_STATUS(loy_compare_folds(1, 2, 7, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "fold", LOY_NO_INDEX);
}

static void deviance_fails(const loy_curve *curve, const loy_family_curve *family, const loy_curve_data *data,
                           loy_status status, const char *argument, size_t index) {
  double deviance = 7.0;
  loy_error error;
  CHECK_STATUS(loy_compare_deviance(curve, family, data, &deviance, &error), status);
  CHECK_ERROR(&error, status, argument, index);
  CHECK_BITS(deviance, 7.0);
}

static void test_deviance_errors(void) {
  loy_curve_data data = cells();
  loy_curve curve;
  loy_family_curve family;
  loy_error error;
  double bad[CELLS] = {0};
  loy_curve_init(&curve);
  loy_family_init(&family, LOY_FAMILY_POWER);
  deviance_fails(NULL, NULL, NULL, LOY_ERR_ARGUMENT, "curve", LOY_NO_INDEX);
  deviance_fails(&curve, &family, NULL, LOY_ERR_ARGUMENT, "curve", LOY_NO_INDEX);
  curve.beta = 0.0;
  deviance_fails(&curve, NULL, NULL, LOY_ERR_DOMAIN, "beta", LOY_NO_INDEX);
  curve.beta = 1.0;
  family.param[LOY_FAMILY_TOP] = 2.0;
  deviance_fails(NULL, &family, NULL, LOY_ERR_DOMAIN, "top", LOY_NO_INDEX);
  family.param[LOY_FAMILY_TOP] = 1.0;
  deviance_fails(&curve, NULL, NULL, LOY_ERR_ARGUMENT, "data", LOY_NO_INDEX);
  data.constraints = 1;
  data.s = data.c = data.loyal = NULL;
  deviance_fails(&curve, NULL, &data, LOY_ERR_ARGUMENT, "constraints", LOY_NO_INDEX);
  deviance_fails(NULL, &family, &data, LOY_ERR_ARGUMENT, "s", LOY_NO_INDEX);
  data.constraints = 0;
  data.s = bad;
  deviance_fails(&curve, NULL, &data, LOY_ERR_ARGUMENT, "c", LOY_NO_INDEX);
  data.c = bad;
  CHECK_STATUS(loy_compare_deviance(&curve, NULL, &data, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "deviance", LOY_NO_INDEX);
  bad[2] = -1.0;
  deviance_fails(&curve, NULL, &data, LOY_ERR_DOMAIN, "s", 2);
  data.s = s;
  deviance_fails(&curve, NULL, &data, LOY_ERR_DOMAIN, "c", 0);
  data.c = c;
  deviance_fails(&curve, NULL, &data, LOY_ERR_ARGUMENT, "loyal", LOY_NO_INDEX);
  data.loyal = loyal;
  data.weight = bad;
  deviance_fails(&curve, NULL, &data, LOY_ERR_DOMAIN, "weight", 2);
  bad[2] = 0.0;
  deviance_fails(&curve, NULL, &data, LOY_ERR_TOO_FEW, "loyal", LOY_NO_INDEX);
}

static void test_memory(void) {
  const loy_curve_data data = cells();
  failing_allocator memory;
  int64_t fold[CELLS];
  for (size_t i = 0; i < CELLS; i++) fold[i] = (int64_t)(i / 10);
  FOR_EACH_FAILURE(memory) {
    loy_compare_options options;
    loy_comparison line[LOY_COMPARE_MODELS];
    size_t count = 77;
    loy_status status;
    loy_compare_options_init(&options);
    options.allocator = &memory.allocator;
    options.families = 1u << LOY_FAMILY_LOGIT_LINEAR;
    options.fold = fold;
    status = loy_compare_curves(&data, &options, line, &count, NULL);
    CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
    CU_ASSERT_EQUAL(count, memory.failed ? 77 : 2);
    CU_ASSERT_EQUAL(memory.held, 0);
  }
}

SUITE(response, compare) {
  ADD(test_deviance);
  ADD(test_deviance_of_rare_answers);
  ADD(test_deviance_of_constraints);
  ADD(test_folds);
  ADD(test_table);
  ADD(test_held_out);
  ADD(test_no_fit);
  ADD(test_errors);
  ADD(test_deviance_errors);
  ADD(test_memory);
}
