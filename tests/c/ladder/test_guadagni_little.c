/* Guadagni and Little's loyalty and choice probabilities: the worked example, the bridge to the linear learning model,
 * draws, every error. */
#include "check.h"

#include "loyalty/ladder/guadagni_little.h"
#include "loyalty/ladder/learning.h"

static void test_loyalty(void) {
  static const int64_t offset[4] = {0, 4, 4, 5}, chosen[5] = {0, 0, 1, 0, 3};
  static const double expected[4] = {0.25, 0.875, 0.890625, 0.779297};
  loy_guadagni_little_data data = {offset, chosen, NULL, 3, 4, 0};
  double loyalty[20], next[12];
  CHECK_STATUS(loy_guadagni_little_loyalty(0.875, &data, loyalty, next, NULL), LOY_OK);
  for (int t = 0; t < 4; t++) {
    CHECK_NEAR(loyalty[4 * t], expected[t], 5e-7);
    CHECK_CLOSE(loyalty[4 * t] + loyalty[4 * t + 1] + loyalty[4 * t + 2] + loyalty[4 * t + 3], 1.0, 1e-15);
  }
  CHECK_CLOSE(loyalty[5], 0.125 / 3.0, 1e-15);
  CHECK_NEAR(next[0], 0.806885, 5e-7);
  for (int k = 0; k < 4; k++) CU_ASSERT_EQUAL(next[4 + k], 0.25);
  CHECK_CLOSE(next[11], 0.875, 1e-15);
  CHECK_CLOSE(next[8], 0.125 / 3.0, 1e-15);
  CHECK_STATUS(loy_guadagni_little_loyalty(0.875, &data, NULL, NULL, NULL), LOY_OK);
}

/* p = c0 + c1 LOY is the linear learning model with alpha = c0 (1 - lambda), beta = c1 (1 - lambda). */
static void test_bridge(void) {
  enum { ROWS = 40 };
  const int64_t offset[2] = {0, ROWS}, from_second[2] = {0, ROWS - 1};
  const double lambda = 0.7, c0 = 0.15, c1 = 0.6;
  const loy_learning_params params = {0.15 * 0.3, 0.6 * 0.3, 0.7};
  int64_t chosen[ROWS];
  double bought[ROWS], loyalty[3 * ROWS], p[ROWS];
  loy_guadagni_little_data choices = {offset, chosen, NULL, 1, 3, 0};
  loy_learning_data outcomes = {from_second, bought, NULL, 1};
  for (int t = 0; t < ROWS; t++) {
    chosen[t] = (t * t + 5 * t / 3) % 3;
    if (t > 0) bought[t - 1] = chosen[t] == 1;
  }
  CHECK_STATUS(loy_guadagni_little_loyalty(lambda, &choices, loyalty, NULL, NULL), LOY_OK);
  CHECK_STATUS(loy_learning_filter(&params, c0 + c1 * loyalty[3 + 1], &outcomes, p, NULL, NULL, NULL), LOY_OK);
  for (int t = 1; t < ROWS; t++) CHECK_CLOSE(c0 + c1 * loyalty[3 * t + 1], p[t - 1], 1e-14);
}

static loy_guadagni_little_model some_model(void) {
  loy_guadagni_little_model model;
  memset(&model, 0, sizeof model);
  model.alternatives = 3;
  model.covariates = 2;
  model.lambda = 0.75;
  model.loyalty = 2.0;
  model.constant[1] = 0.5;
  model.constant[2] = -0.25;
  model.slope[0] = -1.0;
  model.slope[1] = 0.5;
  return model;
}

static void test_probabilities(void) {
  loy_guadagni_little_model model = some_model();
  double loyalty[6] = {0.75, 0.125, 0.125, 0.2, 0.3, 0.5}, p[6];
  const double x[12] = {1, 0, 2, 1, 3, 0, 1.5, 1, 1.5, 1, 1.5, 1};
  const double u[6] = {2 * .75 - 1, .5 + .25 - 2 + .5, -.25 + .25 - 3, .4 - 1, .5 + .6 - 1, -.25 + 1 - 1};
  CHECK_STATUS(loy_guadagni_little_probabilities(&model, loyalty, x, 2, p, NULL), LOY_OK);
  for (int t = 0; t < 2; t++) {
    const double sum = exp(u[3 * t]) + exp(u[3 * t + 1]) + exp(u[3 * t + 2]);
    for (int k = 0; k < 3; k++) CHECK_CLOSE(p[3 * t + k], exp(u[3 * t + k]) / sum, 1e-14);
  }
  /* without covariates, in place, and where exp would overflow */
  model.covariates = 0;
  model.loyalty = 5000.0;
  CHECK_STATUS(loy_guadagni_little_probabilities(&model, loyalty, NULL, 2, loyalty, NULL), LOY_OK);
  CU_ASSERT(loyalty[0] == 1.0 && loyalty[1] == 0.0 && loyalty[5] == 1.0);
}

/* First choices have the probabilities without loyalty; a draw belongs to its customer. */
static void test_simulate(void) {
  enum { CUSTOMERS = 4000, EACH = 3 };
  static int64_t offset[CUSTOMERS + 1], chosen[CUSTOMERS * EACH], again[EACH];
  loy_guadagni_little_model model = some_model();
  const double first[3] = {1.0, exp(0.5), exp(-0.25)}, sum = 1.0 + exp(0.5) + exp(-0.25);
  double count[3] = {0, 0, 0}, repeat = 0.0;
  model.covariates = 0;
  for (int64_t i = 0; i <= CUSTOMERS; i++) offset[i] = i * EACH;
  CHECK_STATUS(loy_guadagni_little_simulate(&model, offset, CUSTOMERS, NULL, 3, chosen, NULL), LOY_OK);
  CHECK_STATUS(loy_guadagni_little_simulate(&model, offset, 1, NULL, 3, again, NULL), LOY_OK);
  CU_ASSERT_EQUAL(memcmp(chosen, again, sizeof again), 0);
  for (size_t i = 0; i < CUSTOMERS; i++) {
    count[chosen[i * EACH]] += 1.0;
    if (chosen[i * EACH] == 0) repeat += chosen[i * EACH + 1] == 0;
  }
  for (int k = 0; k < 3; k++) CHECK_NEAR(count[k] / (double)CUSTOMERS, first[k] / sum, 0.03);
  {
    const double u0 = exp(2 * 0.75), u1 = exp(0.5 + 0.25), u2 = exp(-0.25 + 0.25);
    CHECK_NEAR(repeat / count[0], u0 / (u0 + u1 + u2), 0.06);
  }
}

static void test_errors(void) {
  const int64_t falls[2] = {0, -1}, offset[2] = {0, 2};
  int64_t chosen[2] = {0, 3}, drawn[2] = {9, 9};
  double loyalty[6] = {0.2, 0.3, 0.5, 0.2, 1.5, 0.5}, out[6] = {9, 9, 9, 9, 9, 9};
  double x[12] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2e100};
  loy_guadagni_little_model model = some_model();
  loy_guadagni_little_data data = {NULL, NULL, NULL, 1, 1, 14};
  loy_error error;
  CHECK_STATUS(loy_guadagni_little_check(NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "model", LOY_NO_INDEX);
  model.alternatives = 1;
  model.covariates = 13;
  model.lambda = (double)NAN;
  model.loyalty = 2e100;
  model.constant[2] = (double)INFINITY;
  model.slope[1] = (double)NAN;
  CHECK_STATUS(loy_guadagni_little_check(&model, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "alternatives", LOY_NO_INDEX);
  model.alternatives = 3;
  CHECK_STATUS(loy_guadagni_little_check(&model, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "covariates", LOY_NO_INDEX);
  model.covariates = 2;
  CHECK_STATUS(loy_guadagni_little_check(&model, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "lambda", LOY_NO_INDEX);
  model.lambda = 0.5;
  CHECK_STATUS(loy_guadagni_little_check(&model, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "loyalty", LOY_NO_INDEX);
  model.loyalty = 1.0;
  CHECK_STATUS(loy_guadagni_little_check(&model, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "constant", 2);
  model.constant[2] = 0.0;
  CHECK_STATUS(loy_guadagni_little_check(&model, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "slope", 1);
  model.slope[1] = 0.0;
  CHECK_STATUS(loy_guadagni_little_check(&model, &error), LOY_OK);

  CHECK_STATUS(loy_guadagni_little_loyalty(1.5, NULL, out, out, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "lambda", LOY_NO_INDEX);
  CHECK_STATUS(loy_guadagni_little_loyalty(0.5, NULL, out, out, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "data", LOY_NO_INDEX);
  CHECK_STATUS(loy_guadagni_little_loyalty(0.5, &data, out, out, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "alternatives", LOY_NO_INDEX);
  data.alternatives = 3;
  CHECK_STATUS(loy_guadagni_little_loyalty(0.5, &data, out, out, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "covariates", LOY_NO_INDEX);
  data.covariates = 0;
  CHECK_STATUS(loy_guadagni_little_loyalty(0.5, &data, out, out, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "offset", LOY_NO_INDEX);
  data.offset = falls;
  CHECK_STATUS(loy_guadagni_little_loyalty(0.5, &data, out, out, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "offset", 1);
  data.offset = offset;
  CHECK_STATUS(loy_guadagni_little_loyalty(0.5, &data, out, out, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "chosen", LOY_NO_INDEX);
  data.chosen = chosen;
  CHECK_STATUS(loy_guadagni_little_loyalty(0.5, &data, out, out, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "chosen", 1);
  chosen[1] = -1;
  CHECK_STATUS(loy_guadagni_little_loyalty(0.5, &data, out, out, &error), LOY_ERR_DOMAIN);

  CHECK_STATUS(loy_guadagni_little_probabilities(NULL, NULL, NULL, 2, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "model", LOY_NO_INDEX);
  CHECK_STATUS(loy_guadagni_little_probabilities(&model, NULL, NULL, 2, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "loyalty", LOY_NO_INDEX);
  CHECK_STATUS(loy_guadagni_little_probabilities(&model, loyalty, NULL, 2, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "covariate", LOY_NO_INDEX);
  CHECK_STATUS(loy_guadagni_little_probabilities(&model, loyalty, x, 2, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "probability", LOY_NO_INDEX);
  CHECK_STATUS(loy_guadagni_little_probabilities(&model, loyalty, x, 2, out, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "loyalty", 4);
  loyalty[4] = 0.3;
  CHECK_STATUS(loy_guadagni_little_probabilities(&model, loyalty, x, 2, out, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "covariate", 11);

  CHECK_STATUS(loy_guadagni_little_simulate(NULL, NULL, 1, NULL, 1, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "model", LOY_NO_INDEX);
  CHECK_STATUS(loy_guadagni_little_simulate(&model, NULL, 1, NULL, 1, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "offset", LOY_NO_INDEX);
  CHECK_STATUS(loy_guadagni_little_simulate(&model, falls, 1, NULL, 1, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "offset", 1);
  CHECK_STATUS(loy_guadagni_little_simulate(&model, offset, 1, NULL, 1, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "covariate", LOY_NO_INDEX);
  CHECK_STATUS(loy_guadagni_little_simulate(&model, offset, 1, x, 1, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "chosen", LOY_NO_INDEX);
  CHECK_STATUS(loy_guadagni_little_simulate(&model, offset, 1, x, 1, drawn, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "covariate", 11);
  CU_ASSERT(drawn[0] == 9 && drawn[1] == 9);
  for (int i = 0; i < 6; i++) CU_ASSERT_EQUAL(out[i], 9.0);
}

SUITE(ladder, guadagni_little) {
  ADD(test_loyalty);
  ADD(test_bridge);
  ADD(test_probabilities);
  ADD(test_simulate);
  ADD(test_errors);
}
