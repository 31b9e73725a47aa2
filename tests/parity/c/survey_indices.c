/* survey_indices.c: loyalty indices, Kano's classes and wallets in the parity cases. */
#include "parity.h"

enum { MOST = 16 }; /* rows of a case */

static void widen(int64_t *out, const int32_t *in, size_t n) {
  for (size_t i = 0; i < n; i++) out[i] = in[i];
}

/* The end of a batch: true when it failed, for the call or for its first bad row. */
static bool batch_failed(parity_case *c, const loy_error *e, const loy_batch_report *report, bool coerce) {
  return parity_failed(c, e) || (report->bad > 0 && !coerce && parity_failed(c, &report->first));
}

static loy_loyalty_index_options index_options(parity_case *c) {
  loy_loyalty_index_options options;
  loy_loyalty_index_options_init(&options);
  options.high_from = parity_double(c);
  options.middle_from = parity_double(c);
  options.use_probability = parity_bool(c);
  options.satisfaction_weight = parity_double(c);
  options.repurchase_weight = parity_double(c);
  options.recommendation_weight = parity_double(c);
  return options;
}

static void loyalty_index_of(parity_case *c) {
  const loy_loyalty_index_options options = index_options(c);
  const double satisfaction = parity_double(c), repurchase = parity_double(c), recommendation = parity_double(c);
  loy_loyalty_index found = {0.0, 0, 0};
  loy_error e;
  loy_loyalty_index_of(satisfaction, repurchase, recommendation, &options, &found, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, found.index);
  parity_give_int(c, found.band);
  parity_give_int(c, found.security);
}

static void loyalty_index_batch(parity_case *c) {
  const loy_loyalty_index_options options = index_options(c);
  size_t n, m;
  const double *satisfaction = parity_column(c, &n), *repurchase = parity_column(c, &m);
  const double *recommendation = parity_column(c, &m);
  double *index = parity_out(c, &m);
  int64_t *band = parity_out_i64(c, &m), *security = parity_out_i64(c, &m);
  const bool coerce = parity_bool(c);
  int32_t found[2][MOST];
  loy_batch_report report = {0, {LOY_OK, NULL, 0, NULL}};
  loy_error e;
  if (n > MOST) return;
  loy_loyalty_index_batch(satisfaction, repurchase, recommendation, n, &options, index, found[0], found[1], &report,
                          &e);
  if (batch_failed(c, &e, &report, coerce)) return;
  widen(band, found[0], n);
  widen(security, found[1], n);
  parity_give_int(c, (int64_t)report.bad);
}

static void five_signal_batch(parity_case *c) {
  size_t n, m;
  const double *weight = parity_column(c, &m), *signal[LOY_SIGNALS];
  loy_five_signal_options options;
  double *index;
  int64_t *known;
  int32_t count[MOST];
  size_t skipped = 0;
  loy_batch_report report = {0, {LOY_OK, NULL, 0, NULL}};
  loy_error e;
  bool coerce;
  if (parity_lengths(c, "weight", m, LOY_SIGNALS)) return;
  loy_five_signal_options_init(&options);
  for (int k = 0; k < LOY_SIGNALS; k++) options.weight[k] = weight[k];
  options.least = (int)parity_int(c);
  options.satisfaction_lowest = parity_double(c);
  options.satisfaction_highest = parity_double(c);
  options.trust_lowest = parity_double(c);
  options.trust_highest = parity_double(c);
  for (int k = 0; k < LOY_SIGNALS; k++) signal[k] = parity_column(c, &m);
  index = parity_out(c, &n);
  known = parity_out_i64(c, &m);
  coerce = parity_bool(c);
  if (n > MOST) return;
  loy_five_signal_batch(signal, n, &options, index, count, &skipped, &report, &e);
  if (batch_failed(c, &e, &report, coerce)) return;
  widen(known, count, n);
  parity_give_text(c, loy_status_name(e.status));
  parity_give_int(c, (int64_t)report.bad);
  parity_give_int(c, (int64_t)skipped);
}

static void percentile_batch(parity_case *c) {
  size_t n, m;
  const double *value = parity_column(c, &n);
  loy_error e;
  loy_percentile_batch(value, n, NULL, parity_out(c, &m), &e);
  parity_failed(c, &e);
}

static void trend_signal_batch(parity_case *c) {
  size_t all, n;
  const double *amount = parity_column(c, &all), *column[MOST];
  const size_t years = (size_t)parity_int(c);
  double *trend = parity_out(c, &n);
  const bool coerce = parity_bool(c);
  loy_batch_report report = {0, {LOY_OK, NULL, 0, NULL}};
  loy_error e;
  for (size_t y = 0; y < years && y < MOST; y++) column[y] = amount + y * n;
  loy_trend_signal_batch(column, years, n, trend, &report, &e);
  if (!batch_failed(c, &e, &report, coerce)) parity_give_int(c, (int64_t)report.bad);
}

static void give_kano(parity_case *c, const loy_kano *kano, const loy_error *e) {
  if (parity_failed(c, e)) return;
  parity_give_text(c, loy_status_name(e->status));
  for (int k = 0; k < LOY_KANO_CATEGORIES; k++) parity_give_int(c, kano->count[k]);
  parity_give_int(c, kano->n);
  parity_give_int(c, kano->missing);
  parity_give_int(c, kano->category);
  parity_give_bool(c, kano->tied != 0);
  parity_give_double(c, kano->better);
  parity_give_double(c, kano->worse);
  parity_give_double(c, kano->better_standard_error);
  parity_give_double(c, kano->worse_standard_error);
}

static void kano_from_answers(parity_case *c) {
  size_t n, m;
  const double *functional = parity_column(c, &n), *dysfunctional = parity_column(c, &m);
  loy_kano kano = {{0}, 0, 0, 0, 0, 0.0, 0.0, 0.0, 0.0};
  loy_error e;
  if (parity_lengths(c, "dysfunctional", m, n)) return;
  loy_kano_from_answers(functional, dysfunctional, n, parity_bool(c), &kano, &e);
  give_kano(c, &kano, &e);
}

static void kano_from_counts(parity_case *c) {
  size_t n;
  const int64_t *count = parity_column_i64(c, &n);
  loy_kano kano = {{0}, 0, 0, 0, 0, 0.0, 0.0, 0.0, 0.0};
  loy_error e;
  if (parity_lengths(c, "count", n, LOY_KANO_CATEGORIES)) return;
  loy_kano_from_counts(count, &kano, &e);
  give_kano(c, &kano, &e);
}

static void kano_intervals(parity_case *c) {
  size_t n;
  const int64_t *count = parity_column_i64(c, &n);
  loy_kano kano = {{0}, 0, 0, 0, 0, 0.0, 0.0, 0.0, 0.0};
  double better[2] = {0.0, 0.0}, worse[2] = {0.0, 0.0};
  loy_error e;
  if (parity_lengths(c, "count", n, LOY_KANO_CATEGORIES)) return;
  for (int k = 0; k < LOY_KANO_CATEGORIES; k++) kano.count[k] = count[k];
  loy_kano_intervals(&kano, parity_double(c), better, worse, &e);
  if (parity_failed(c, &e)) return;
  for (int k = 0; k < 2; k++) parity_give_double(c, better[k]);
  for (int k = 0; k < 2; k++) parity_give_double(c, worse[k]);
}

static void kano_classify(parity_case *c) {
  const double functional = parity_double(c), dysfunctional = parity_double(c);
  int category = 0;
  loy_error e;
  loy_kano_classify(functional, dysfunctional, &category, &e);
  if (!parity_failed(c, &e)) parity_give_int(c, category);
}

static void pair_batch(parity_case *c, loy_status (*batch)(const double *, const double *, size_t, int32_t *,
                                                           loy_batch_report *, loy_error *)) {
  size_t n, m;
  const double *first = parity_column(c, &n), *second = parity_column(c, &m);
  int64_t *out = parity_out_i64(c, &m);
  const bool coerce = parity_bool(c);
  int32_t found[MOST];
  loy_batch_report report = {0, {LOY_OK, NULL, 0, NULL}};
  loy_error e;
  if (n > MOST) return;
  batch(first, second, n, found, &report, &e);
  if (batch_failed(c, &e, &report, coerce)) return;
  widen(out, found, n);
  parity_give_int(c, (int64_t)report.bad);
}
static void kano_classify_batch(parity_case *c) { pair_batch(c, loy_kano_classify_batch); }
static void expectation_zone_batch(parity_case *c) { pair_batch(c, loy_expectation_zone_batch); }

static void wallet_share(parity_case *c) {
  const double own = parity_double(c), category = parity_double(c);
  loy_error e;
  loy_wallet_share_check(own, category, &e);
  if (!parity_failed(c, &e)) parity_give_double(c, loy_wallet_share(own, category));
}

static void wallet_share_batch(parity_case *c) {
  size_t n, m;
  const double *own = parity_column(c, &n), *category = parity_column(c, &m);
  double *share = parity_out(c, &m);
  const bool coerce = parity_bool(c);
  loy_wallet wallet = {0, 0, 0.0, 0.0, 0.0};
  loy_batch_report report = {0, {LOY_OK, NULL, 0, NULL}};
  loy_error e;
  loy_wallet_share_batch(own, category, n, share, &wallet, &report, &e);
  if (batch_failed(c, &e, &report, coerce)) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_int(c, (int64_t)report.bad);
  parity_give_int(c, (int64_t)wallet.n);
  parity_give_int(c, (int64_t)wallet.skipped);
  parity_give_double(c, wallet.share);
  parity_give_double(c, wallet.standard_error);
  parity_give_double(c, wallet.mean_share);
}

static void wallet_interval(parity_case *c) {
  loy_wallet wallet = {0, 0, 0.0, 0.0, 0.0};
  double lower = 0.0, upper = 0.0;
  loy_error e;
  wallet.n = (size_t)parity_int(c);
  wallet.share = parity_double(c);
  wallet.standard_error = parity_double(c);
  loy_wallet_interval(&wallet, parity_double(c), &lower, &upper, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, lower);
  parity_give_double(c, upper);
}

static void wallet_allocation(parity_case *c) {
  const double rank = parity_double(c), brands = parity_double(c);
  loy_error e;
  loy_wallet_allocation_check(rank, brands, &e);
  if (!parity_failed(c, &e)) parity_give_double(c, loy_wallet_allocation(rank, brands));
}

static void wallet_allocation_batch(parity_case *c) {
  size_t all, m;
  const double *rating = parity_column(c, &all), *in[MOST];
  const size_t brands = (size_t)parity_int(c), n = all / brands;
  const int lower_is_better = parity_bool(c);
  double *share = parity_out(c, &m), *out[MOST], *mean;
  int64_t *users = parity_out_i64(c, &m);
  loy_mean found[MOST];
  loy_batch_report report = {0, {LOY_OK, NULL, 0, NULL}};
  loy_error e;
  bool coerce;
  mean = parity_out(c, &m);
  coerce = parity_bool(c);
  if (brands > MOST) return;
  for (size_t b = 0; b < brands; b++) {
    in[b] = rating + b * n;
    out[b] = share + b * n;
  }
  loy_wallet_allocation_batch(in, brands, n, lower_is_better, out, found, &report, &e);
  if (batch_failed(c, &e, &report, coerce)) return;
  for (size_t b = 0; b < brands; b++) {
    users[b] = found[b].n;
    mean[b] = found[b].mean;
    mean[brands + b] = found[b].standard_error;
  }
  parity_give_text(c, loy_status_name(e.status));
  parity_give_int(c, (int64_t)report.bad);
}

PARITY(survey_indices) {
  CASE(loyalty_index_of);
  CASE(loyalty_index_batch);
  CASE(five_signal_batch);
  CASE(percentile_batch);
  CASE(trend_signal_batch);
  CASE(kano_from_answers);
  CASE(kano_from_counts);
  CASE(kano_intervals);
  CASE(kano_classify);
  CASE(kano_classify_batch);
  CASE(expectation_zone_batch);
  CASE(wallet_share);
  CASE(wallet_share_batch);
  CASE(wallet_interval);
  CASE(wallet_allocation);
  CASE(wallet_allocation_batch);
}
