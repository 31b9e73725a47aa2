/* survey_composite.c: means, shares, effort, indices of several questions and their reliability in the parity cases. */
#include "parity.h"

static void give_mean(parity_case *c, const loy_mean *mean, const loy_error *e) {
  parity_give_text(c, loy_status_name(e->status));
  parity_give_int(c, mean->n);
  parity_give_int(c, mean->missing);
  parity_give_double(c, mean->mean);
  parity_give_double(c, mean->standard_deviation);
  parity_give_double(c, mean->standard_error);
}

static void mean_from_values(parity_case *c) {
  size_t n;
  const double *value = parity_column(c, &n);
  loy_mean mean = {0, 0, 0.0, 0.0, 0.0};
  loy_error e;
  loy_mean_from_values(value, n, parity_bool(c), &mean, &e);
  if (parity_failed(c, &e)) return;
  give_mean(c, &mean, &e);
}

static void mean_interval(parity_case *c) {
  loy_mean mean = {0, 0, 0.0, 0.0, 0.0};
  double lower = 0.0, upper = 0.0;
  loy_error e;
  mean.n = parity_int(c);
  mean.mean = parity_double(c);
  mean.standard_error = parity_double(c);
  loy_mean_interval(&mean, parity_double(c), &lower, &upper, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, lower);
  parity_give_double(c, upper);
}

static void scaled_intervals(parity_case *c) {
  size_t n, m;
  loy_error e;
  const double *estimate = parity_column(c, &n), *std_error = parity_column(c, &m);
  const double level = parity_double(c), df = parity_double(c);
  const int scale = (int)parity_int(c);
  double *lower, *upper;
  if (parity_lengths(c, "std_error", m, n)) return;
  lower = parity_out(c, &m);
  if (parity_lengths(c, "lower", m, n)) return;
  upper = parity_out(c, &m);
  if (parity_lengths(c, "upper", m, n)) return;
  loy_scaled_intervals(estimate, std_error, n, level, df, scale, lower, upper, &e);
  (void)parity_failed(c, &e);
}

static void shares_from_counts(parity_case *c) {
  enum { MOST = 16 };
  size_t n, m;
  const int64_t *count = parity_column_i64(c, &n);
  const double level = parity_double(c);
  double *share = parity_out(c, &m), *lower = parity_out(c, &m), *upper = parity_out(c, &m);
  loy_share found[MOST];
  loy_error e;
  if (n > MOST) return;
  loy_shares_from_counts(count, n, level, found, &e);
  if (parity_failed(c, &e)) return;
  for (size_t i = 0; i < n; i++) {
    share[i] = found[i].share;
    lower[i] = found[i].lower;
    upper[i] = found[i].upper;
  }
}

static void csat_mean(parity_case *c) {
  size_t n;
  const double *score = parity_column(c, &n);
  loy_csat_options options;
  loy_mean mean = {0, 0, 0.0, 0.0, 0.0};
  loy_error e;
  loy_csat_options_init(&options);
  options.lowest = (int)parity_int(c);
  options.highest = (int)parity_int(c);
  options.boxes = 1;
  options.skip_missing = parity_bool(c);
  loy_csat_mean(score, n, &options, &mean, &e);
  if (parity_failed(c, &e)) return;
  give_mean(c, &mean, &e);
}

static void csat_level_name(parity_case *c) {
  const int level = (int)parity_int(c);
  parity_give_text(c, parity_bool(c) ? loy_csat_level_name_zh(level) : loy_csat_level_name(level));
}

static void ces_from_scores(parity_case *c) {
  size_t n;
  const double *score = parity_column(c, &n);
  loy_csat_options options;
  loy_ces ces;
  loy_error e;
  loy_ces_options_init(&options);
  options.lowest = (int)parity_int(c);
  options.highest = (int)parity_int(c);
  options.boxes = (int)parity_int(c);
  options.skip_missing = parity_bool(c);
  loy_ces_from_scores(score, n, &options, &ces, &e);
  if (parity_failed(c, &e)) return;
  give_mean(c, &ces.mean, &e);
  parity_give_int(c, ces.agree.top);
  parity_give_double(c, ces.agree.score);
  parity_give_double(c, ces.agree.standard_error);
}

/* Columns of weights, lowest and highest answers; the number of questions. */
static size_t items_of(parity_case *c, loy_composite_item *item) {
  size_t n;
  const double *weight = parity_column(c, &n), *lowest = parity_column(c, &n), *highest = parity_column(c, &n);
  for (size_t j = 0; j < n; j++) {
    item[j].weight = weight[j];
    item[j].lowest = lowest[j];
    item[j].highest = highest[j];
  }
  return n;
}

static void composite_from_means(parity_case *c) {
  loy_composite_item item[LOY_COMPOSITE_ITEMS];
  size_t n, items = items_of(c, item);
  const double *mean = parity_column(c, &n);
  double index = 0.0;
  loy_error e;
  loy_composite_from_means(item, mean, items, &index, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, index);
}

static void acsi(parity_case *c) {
  size_t n, weights;
  const double *mean = parity_column(c, &n), *weight = parity_column(c, &weights);
  double score = 0.0;
  loy_error e;
  if (parity_lengths(c, "mean", n, 3)) return;
  loy_acsi(mean, weight, &score, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, score);
}

static void composite_batch(parity_case *c) {
  loy_composite_item item[LOY_COMPOSITE_ITEMS];
  const double *column[LOY_COMPOSITE_ITEMS];
  size_t all, n, skipped = 0, items = items_of(c, item);
  const double *answer = parity_column(c, &all);
  const size_t least = (size_t)parity_int(c);
  double *index = parity_out(c, &n);
  loy_batch_report report;
  loy_error e;
  const bool coerce = parity_bool(c);
  for (size_t j = 0; j < items; j++) column[j] = answer + j * n;
  loy_composite_batch(item, column, items, n, least, index, &skipped, &report, &e);
  if (!loy_status_is_error(e.status) && report.bad > 0 && !coerce) e = report.first;
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_int(c, (int64_t)report.bad);
  parity_give_int(c, (int64_t)skipped);
}

static void disconfirmation_batch(parity_case *c) {
  size_t n;
  const double *performance = parity_column(c, &n), *expectation = parity_column(c, &n);
  double *difference = parity_out(c, &n);
  loy_batch_report report;
  loy_error e;
  const bool coerce = parity_bool(c);
  loy_disconfirmation_batch(performance, expectation, n, difference, &report, &e);
  if (report.bad > 0 && !coerce) e = report.first;
  if (parity_failed(c, &e)) return;
  parity_give_int(c, (int64_t)report.bad);
}

static void satisfaction_dimension_name(parity_case *c) {
  const int number = (int)parity_int(c);
  parity_give_text(c, parity_bool(c) ? loy_satisfaction_dimension_name_zh(number)
                                     : loy_satisfaction_dimension_name(number));
}

/* The columns of the answers, and their length. */
static size_t columns_of(parity_case *c, const double **column, size_t *n) {
  size_t all;
  const double *answer = parity_column(c, &all);
  const size_t items = (size_t)parity_int(c);
  *n = items > 0 ? all / items : 0;
  for (size_t j = 0; j < items && j < LOY_RELIABILITY_ITEMS; j++) column[j] = answer + j * *n;
  return items;
}

static void cronbach_alpha(parity_case *c) {
  const double *column[LOY_RELIABILITY_ITEMS];
  size_t n, m, items = columns_of(c, column, &n);
  const bool skip_missing = parity_bool(c);
  double *without = parity_out(c, &m);
  loy_reliability found = {0, 0, 0, 0.0};
  loy_error e;
  loy_cronbach_alpha(column, items, n, skip_missing, &found, without, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_int(c, found.n);
  parity_give_int(c, found.missing);
  parity_give_double(c, found.alpha);
}

static void reliability_interval(parity_case *c) {
  loy_reliability found = {0, 0, 0, 0.0};
  double lower = 0.0, upper = 0.0;
  loy_error e;
  found.items = (size_t)parity_int(c);
  found.n = parity_int(c);
  found.alpha = parity_double(c);
  loy_reliability_interval(&found, parity_double(c), &lower, &upper, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, lower);
  parity_give_double(c, upper);
}

static void principal_weights(parity_case *c) {
  const double *column[LOY_RELIABILITY_ITEMS];
  size_t n, m, items = columns_of(c, column, &n);
  const bool standardize = parity_bool(c), skip_missing = parity_bool(c);
  double *weight = parity_out(c, &m);
  loy_principal found = {0, 0, 0.0, 0.0};
  loy_error e;
  loy_principal_weights(column, items, n, standardize, skip_missing, weight, &found, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_int(c, found.n);
  parity_give_int(c, found.missing);
  parity_give_double(c, found.share);
  parity_give_double(c, found.second);
}

PARITY(survey_composite) {
  CASE(mean_from_values);
  CASE(mean_interval);
  CASE(scaled_intervals);
  CASE(shares_from_counts);
  CASE(csat_mean);
  CASE(csat_level_name);
  CASE(ces_from_scores);
  CASE(composite_from_means);
  CASE(acsi);
  CASE(composite_batch);
  CASE(disconfirmation_batch);
  CASE(satisfaction_dimension_name);
  CASE(cronbach_alpha);
  CASE(reliability_interval);
  CASE(principal_weights);
}
