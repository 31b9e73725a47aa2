/* fuzz_curve_fit.c: the fit of L = f(C, S) and what is asked of it, under hostile rows and options.
 *
 * The first 16 bytes are options, then each row takes 4 bytes and one for each constraint; every number comes out of a
 * table that has the ends, their neighbors, and what is no number. What must hold: no crash, no leak; an error leaves
 * outputs alone and names an argument; otherwise parameters are finite and inside their bounds, what is missing is
 * excused by a notice, the same rows give the same bits, and answers of the fit are in order. */
#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../c/failing_allocator.h"
#include "loyalty/response/curve_fit.h"
#include "loyalty/response/curve_inference.h"

enum { OPTIONS = 16, MOST = 48, CONSTRAINTS = 3 };

static void require(int condition) {
  if (!condition) abort();
}

/* A byte as a number from 0 to 1, its last values as hostile ones. */
static double share_of(uint8_t byte) {
  static const double odd[12] = {0.0,    -0.0, 1.0,        1.0 - 0x1p-53, 0x1p-53,     DBL_MIN,
                                 5e-324, 1e-9, 1.0 - 1e-9, 1e-100,        (double)NAN, (double)INFINITY};
  if (byte >= 244) return odd[byte - 244];
  return byte < 8 ? (byte + 1) / 9.0 : (byte + 0.5) / 245.0;
}

static double amount_of(uint8_t byte) {
  static const double odd[16] = {0.5, 1e-3,        1e-300,           1e15, 1e6,  -1.0, 1e-15, 5e-324, 1e300, 2e15, 3.25,
                                 1e9, (double)NAN, (double)INFINITY, -0.0, 400.0};
  return byte >= 240 ? odd[byte - 240] : (double)(byte % 32);
}

static double param_of(uint8_t byte) {
  static const double odd[8] = {0.0, 1e6, -1e6, 1e-6, 1e-300, 2e6, (double)NAN, 0.999};
  return byte >= 248 ? odd[byte - 248] : (byte % 64) / 16.0 - (byte >= 192 ? 4.0 : 0.0);
}

typedef struct rows {
  loy_curve_data data;
  double s[MOST], c[MOST], k[CONSTRAINTS][MOST], trials[MOST], loyal[MOST], weight[MOST];
  int64_t cluster[MOST];
  const double *constraint[CONSTRAINTS];
} rows;

static void read_rows(const uint8_t *bytes, size_t size, unsigned shape, rows *to) {
  const size_t constraints = shape % (CONSTRAINTS + 1), width = 4 + constraints;
  const size_t n = size / width < MOST ? size / width : (size_t)MOST;
  loy_curve_data_init(&to->data);
  for (size_t i = 0; i < n; i++, bytes += width) {
    to->s[i] = share_of(bytes[0]);
    to->c[i] = share_of(bytes[1]);
    to->trials[i] = amount_of(bytes[2]);
    to->loyal[i] = shape & 4 ? to->trials[i] * share_of(bytes[3]) : (shape & 8 ? amount_of(bytes[3]) : bytes[3] % 2);
    to->weight[i] = amount_of((uint8_t)(bytes[3] * 37 + bytes[2]));
    to->cluster[i] = (int64_t)(bytes[0] % 5) << (bytes[1] % 60);
    for (size_t j = 0; j < constraints; j++) to->k[j][i] = share_of(bytes[4 + j]);
  }
  for (size_t j = 0; j < constraints; j++) to->constraint[j] = to->k[j];
  to->data.n = n;
  to->data.s = to->s;
  to->data.c = to->c;
  to->data.constraints = constraints;
  to->data.constraint = to->constraint;
  to->data.loyal = to->loyal;
  if (shape & 12) to->data.trials = to->trials;
  if (shape & 16) to->data.weight = to->weight;
  if (shape & 32) to->data.cluster = to->cluster;
}

static void read_options(const uint8_t *bytes, size_t params, loy_curve_fit_options *options) {
  static const double ridges[8] = {0, 0, 0, 0, 1e-6, 1.0, 1e15, -1.0};
  loy_curve_fit_options_init(options);
  options->covariance = bytes[1] % 16 == 15 ? 4 : bytes[1] % 4;
  options->ridge = ridges[bytes[1] >> 4 & 7];
  options->start_given = bytes[1] >> 7;
  options->fixed = (bytes[2] | (unsigned)bytes[3] << 8) & 0x1ffu;
  if (bytes[3] < 128) options->fixed &= (1u << params) - 1u;
  /* mostly fewer than the default, which the hopeless cases would all use up */
  options->most_iterations = bytes[4] < 200 ? 25 : (bytes[4] < 240 ? 0 : bytes[4] - 241);
  if (!(bytes[5] & 1)) return;
  options->start.alpha = param_of(bytes[6]);
  options->start.beta = param_of(bytes[7]);
  options->start.gamma = param_of(bytes[8]);
  options->start.a = param_of(bytes[9]);
  options->start.delta = param_of(bytes[10]) / 4.0;
  for (size_t j = 0; j < CONSTRAINTS; j++) options->start.b[j] = param_of(bytes[11 + j]);
}

static void theta_of(const loy_curve *curve, double *theta) {
  theta[0] = curve->alpha;
  theta[1] = curve->beta;
  theta[2] = curve->gamma;
  theta[3] = curve->a;
  theta[4] = curve->delta;
  for (size_t j = 0; j < CONSTRAINTS; j++) theta[5 + j] = curve->b[j];
}

static void check_error(loy_status status, const loy_error *error, size_t n) {
  require(loy_status_is_error(status) && error->status == status && error->message != NULL);
  require(error->argument != NULL || status == LOY_ERR_MEMORY);
  require(error->index == LOY_NO_INDEX || error->index < (n > 8 ? n : 8));
}

static int untouched(const void *object, size_t size) {
  const unsigned char *bytes = (const unsigned char *)object;
  for (size_t i = 0; i < size; i++)
    if (bytes[i] != 0x5a) return 0;
  return 1;
}

static void check_fit(const rows *r, const loy_curve_fit_options *options, const loy_curve_fit_result *fit,
                      loy_status status) {
  double theta[5 + CONSTRAINTS], start[5 + CONSTRAINTS];
  const int excused = fit->weak || fit->separated || !fit->converged;
  theta_of(&fit->curve, theta);
  theta_of(&options->start, start);
  require(fit->status == status && fit->params == 5 + r->data.constraints);
  require((fit->fixed & options->fixed) == options->fixed && (fit->fixed & fit->at_bound) == 0);
  require(fit->rows + fit->skipped == r->data.n && fit->rows > 0 && fit->cells <= fit->rows);
  for (size_t p = 0; p < fit->params; p++) {
    const double low = p == 0 ? -1e6 : (p == 1 ? 1e-6 : 0.0), high = p == 4 ? 0.999 : 1e6;
    require(isfinite(theta[p]));
    if (options->fixed >> p & 1u) {
      require(theta[p] == start[p]);
    } else {
      require(low <= theta[p] && theta[p] <= high);
    }
    if (fit->fixed >> p & 1u) {
      require(fit->std_error[p] == 0.0);
    } else if (fit->at_bound >> p & 1u) {
      require(isnan(fit->std_error[p]));
    } else {
      require((isfinite(fit->std_error[p]) && fit->std_error[p] >= 0.0) || excused);
    }
  }
  require(fit->covariance_kind == LOY_CURVE_NLS || isfinite(fit->log_likelihood));
  require(!isnan(fit->log_likelihood) && !isnan(fit->deviance) && !isnan(fit->pearson) && !isnan(fit->squares));
  require(fit->pearson >= 0.0 && fit->squares >= 0.0 && !isnan(fit->aic) && !isnan(fit->bic));
  require(fit->deviance >= -1e-9 * (1.0 + fabs(fit->log_likelihood)));
  require(fit->condition >= 0.99 && !isnan(fit->last_step) && !isnan(fit->largest_score));
  if (status == LOY_OK) require(fit->converged && !excused && fit->at_bound == 0 && fit->skipped == 0);
  if (!fit->converged) require(status == LOY_NOTICE_NOT_CONVERGED || status == LOY_NOTICE_SEPARATED);
}

/* The log-likelihood of the fit, asked for by itself, and at the start, which a fit from there must not fall below. */
static void check_likelihood(const rows *r, const loy_curve_fit_options *options, const loy_curve_fit_result *fit) {
  double value, start;
  loy_curve from = options->start;
  if (fit->covariance_kind == LOY_CURVE_NLS) return;
  require(loy_curve_log_likelihood(&fit->curve, &r->data, NULL, &value, NULL, NULL, NULL) == LOY_OK);
  require(fabs(value - fit->log_likelihood) <= 1e-11 * (1.0 + fabs(value)));
  from.constraints = r->data.constraints;
  if (!options->start_given || options->ridge > 0.0 || fit->fixed != options->fixed || !fit->converged) return;
  if (!(from.beta >= 1e-6 && from.delta <= 0.999)) return;
  require(loy_curve_log_likelihood(&from, &r->data, NULL, &start, NULL, NULL, NULL) == LOY_OK);
  require(fit->log_likelihood >= start - 1e-9 * (1.0 + fabs(start)));
}

static void check_estimate(const loy_curve_estimate *estimate, loy_status status) {
  require(estimate->value >= 0.0 && estimate->value <= 1.0);
  if (isnan(estimate->lower)) {
    require(status != LOY_OK && isnan(estimate->upper));
    return;
  }
  require(estimate->std_error >= 0.0 && 0.0 <= estimate->lower && estimate->upper <= 1.0);
  require(estimate->lower <= estimate->value + 1e-15 && estimate->value <= estimate->upper + 1e-15);
}

static void ask(const rows *r, const loy_curve_fit_result *fit, double level) {
  static double value[MOST], std_error[MOST], lower[MOST], upper[MOST];
  const loy_status all = loy_curve_predict_batch(fit, r->s, r->c, r->constraint, r->data.n, level, value, std_error,
                                                 lower, upper, NULL, NULL);
  double low[LOY_CURVE_PARAMS], high[LOY_CURVE_PARAMS], theta[5 + CONSTRAINTS];
  loy_status status;
  require(all == LOY_OK || all == LOY_NOTICE_WEAK_ID);
  for (size_t i = 0; i < r->data.n; i++) {
    double k[CONSTRAINTS];
    loy_curve_estimate estimate, threshold[2];
    loy_thresholds thresholds;
    loy_error error;
    for (size_t j = 0; j < r->data.constraints; j++) k[j] = r->k[j][i];
    status = loy_curve_predict(fit, r->s[i], r->c[i], k, level, &estimate, NULL);
    require(status == LOY_OK || status == LOY_NOTICE_WEAK_ID);
    check_estimate(&estimate, status);
    require(memcmp(&value[i], &estimate.value, sizeof(double)) == 0);
    require(lower[i] == estimate.lower || (isnan(lower[i]) && isnan(estimate.lower)));
    memset(&estimate, 0x5a, sizeof estimate);
    status = loy_curve_required_estimate(fit, value[i], r->c[i], k, level, &estimate, &error);
    if (loy_status_is_error(status)) { /* L may round above the ceiling by a bit */
      require(status == LOY_ERR_INFEASIBLE && untouched(&estimate, sizeof estimate));
    } else {
      check_estimate(&estimate, status);
    }
    status = loy_curve_threshold_estimates(fit, r->c[i], 1.0, level, &thresholds, threshold, NULL);
    require(!loy_status_is_error(status) && thresholds.count >= 0 && thresholds.count <= 2);
    for (int t = 0; t < thresholds.count; t++) check_estimate(&threshold[t], status);
  }
  status = loy_curve_confidence(fit, level, low, high, NULL);
  require(status == LOY_OK || status == LOY_NOTICE_WEAK_ID);
  theta_of(&fit->curve, theta);
  for (size_t p = 0; p < fit->params; p++) {
    require(isnan(low[p]) == isnan(high[p]));
    if (isnan(low[p])) require(status != LOY_OK || (fit->at_bound >> p & 1u));
    if (!isnan(low[p])) require(low[p] <= theta[p] && theta[p] <= high[p]);
  }
}

static void check_goodness(const rows *r, const loy_curve_fit_result *fit) {
  static size_t row[MOST];
  static double trials[MOST], loyal[MOST], expected[MOST], pearson[MOST], deviance[MOST];
  loy_curve_goodness goodness;
  double sum = 0.0;
  const loy_status status =
      loy_curve_goodness_of_fit(fit, &r->data, NULL, row, trials, loyal, expected, pearson, deviance, &goodness, NULL);
  require(status == LOY_OK || status == LOY_NOTICE_NONE);
  require(goodness.cells > 0 && goodness.cells <= fit->rows && goodness.pearson >= 0.0 && goodness.deviance >= 0.0);
  for (size_t i = 0; i < goodness.cells; i++) {
    require(row[i] < r->data.n && trials[i] > 0.0 && loyal[i] >= 0.0 && expected[i] >= 0.0 && !isnan(pearson[i]));
    require(!isnan(deviance[i]));
    sum += trials[i];
  }
  require(fabs(sum - fit->trials) <= 1e-12 * sum);
  require(isnan(goodness.p_deviance) || (goodness.p_deviance >= 0.0 && goodness.p_deviance <= 1.0));
}

/* Against a fit in which one more parameter is fixed at what was found: nothing is lost, and nothing gained, as the
 * maximum is one. */
static void check_test(const rows *r, const loy_curve_fit_options *options, const loy_curve_fit_result *fit) {
  loy_curve_fit_options more = *options;
  loy_curve_fit_result restricted;
  loy_curve_test test;
  loy_error error;
  loy_status status;
  const unsigned open = ~fit->fixed & ((1u << fit->params) - 1u);
  if ((open & (open - 1u)) == 0 || !fit->converged || fit->curve.delta >= 1.0) return;
  more.start = fit->curve;
  more.start_given = 1;
  more.fixed = fit->fixed | (open & (~open + 1u));
  status = loy_curve_fit(&r->data, &more, &restricted, NULL);
  if (loy_status_is_error(status)) return;
  status = loy_curve_likelihood_ratio(fit, &restricted, &test, &error);
  if (loy_status_is_error(status)) {
    require(fit->covariance_kind != LOY_CURVE_BINOMIAL || status != LOY_ERR_DOMAIN);
    return;
  }
  require(test.statistic >= 0.0 && test.p_value >= 0.0 && test.p_value <= 1.0 && test.df == 1);
  if (options->ridge > 0.0 || !restricted.converged) return;
  require(restricted.log_likelihood <= fit->log_likelihood + 1e-7 * (1.0 + fabs(fit->log_likelihood)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static rows r;
  static loy_curve_fit_result fit, again;
  loy_curve_fit_options options;
  failing_allocator memory;
  loy_error error;
  loy_status status;
  if (size < OPTIONS) return 0;
  read_rows(data + OPTIONS, size - OPTIONS, data[0], &r);
  read_options(data, 5 + r.data.constraints, &options);
  failing_start(&memory, data[14] % 16 == 15 ? data[14] / 16u : 0);
  options.allocator = &memory.allocator;
  memset(&fit, 0x5a, sizeof fit);
  status = loy_curve_fit(&r.data, &options, &fit, &error);
  require(memory.held == 0);
  if (loy_status_is_error(status)) {
    check_error(status, &error, r.data.n);
    require(untouched(&fit, sizeof fit));
    return 0;
  }
  check_fit(&r, &options, &fit, status);
  options.allocator = NULL;
  require(loy_curve_fit(&r.data, &options, &again, NULL) == status && memcmp(&fit, &again, sizeof fit) == 0);
  check_likelihood(&r, &options, &fit);
  ask(&r, &fit, share_of(data[15] % 244));
  check_goodness(&r, &fit);
  check_test(&r, &options, &fit);
  return 0;
}
