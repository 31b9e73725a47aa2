/* fuzz_survey.c: what customers say, under hostile answers, counts and options.
 *
 * The first byte chooses a measure, the second whether the input is hostile (fuzz_input.h); the rest are arguments.
 * What must hold: no crash, no leak; an error names an argument and leaves outputs as they were; an answer is in its
 * range and never NaN where the header promises a number; intervals are in order and hold their estimate where
 * promised; a batch gives the bits of its rows; plans reach what was planned, moves move what they say, streams count
 * what one pass counts; ranks and adjusted p-values are those of a brute force. */
#include "fuzz_input.h"
#include "loyalty/survey/ces.h"
#include "loyalty/survey/composite.h"
#include "loyalty/survey/csat.h"
#include "loyalty/survey/estimate.h"
#include "loyalty/survey/five_signal.h"
#include "loyalty/survey/kano.h"
#include "loyalty/survey/loyalty_index.h"
#include "loyalty/survey/reliability.h"
#include "loyalty/survey/wallet.h"
#include "survey_nps.h"

enum { MOST = 40, COLUMNS = 7 };

static void check_mean(const loy_mean *mean, loy_status status, double low, double high, double level) {
  double lower, upper;
  loy_error error;
  const double slack = 1e-14 * fmax(fabs(low), fabs(high));
  require(mean->n >= 1 && mean->missing >= 0 && inside(mean->mean, low - slack, high + slack));
  require((mean->n == 1) == (status == LOY_NOTICE_NONE));
  require(mean->n == 1 ? isnan(mean->standard_deviation) && isnan(mean->standard_error)
                       : mean->standard_deviation >= 0.0 && mean->standard_error <= mean->standard_deviation);
  fill(&lower, sizeof lower);
  if (answered_in(loy_mean_interval(mean, level, &lower, &upper, &error), &error, &lower, sizeof lower)) {
    require(lower <= mean->mean && mean->mean <= upper);
  } else {
    require(mean->n == 1 || !(level > 0.0 && level < 1.0));
  }
}

static void fuzz_mean(input *in) {
  double value[MOST], low = (double)INFINITY, high = -(double)INFINITY;
  int64_t count[COLUMNS];
  loy_share share[COLUMNS];
  loy_mean mean;
  loy_error error;
  const size_t n = take(in) % (MOST + 1), classes = take(in) % (COLUMNS + 1);
  const int skip = take_choice(in, 2);
  const double level = take_number(in, 0.0, 1.0), size = take_quantity(in);
  double sum = 0.0;
  loy_status status;
  for (size_t i = 0; i < n; i++) {
    value[i] = take(in) % 8 ? take_number(in, -size, size) : take_quantity(in);
    if (take(in) % 16 == 0) value[i] = (double)NAN;
    low = fmin(low, value[i]);
    high = fmax(high, value[i]);
  }
  fill(&mean, sizeof mean);
  status = loy_mean_from_values(value, n, skip, &mean, &error);
  if (answered_in(status, &error, &mean, sizeof mean)) {
    require((size_t)(mean.n + mean.missing) == n);
    check_mean(&mean, status, low, high, level);
  }
  for (size_t i = 0; i < classes; i++) count[i] = take_count(in);
  fill(share, sizeof share);
  if (!answered_in(loy_shares_from_counts(count, classes, level, share, &error), &error, share, sizeof share)) return;
  for (size_t i = 0; i < classes; i++) {
    require(share[i].count == count[i] && 0.0 <= share[i].lower && share[i].upper <= 1.0);
    require(share[i].lower <= share[i].share && share[i].share <= share[i].upper);
    sum += share[i].share;
  }
  require(near(sum, 1.0, 0.0, 1e-14));
}

static void check_csat(const loy_csat *csat, double level) {
  double lower, upper, low, high;
  loy_error error;
  require(csat->top >= 0 && csat->top <= csat->n && csat->n >= 1 && inside(csat->score, 0.0, 1.0));
  require(inside(csat->standard_error, 0.0, 0.5));
  fill(&lower, sizeof lower);
  if (!answered_in(loy_csat_interval(csat, level, &lower, &upper, &error), &error, &lower, sizeof lower)) return;
  require(0.0 <= lower && lower <= csat->score && csat->score <= upper && upper <= 1.0);
  if (loy_csat_interval(csat, 0.5 + level / 2.0, &low, &high, NULL) == LOY_OK)
    require(low <= lower * (1.0 + 1e-14) && upper <= high * (1.0 + 1e-14));
}

static void fuzz_csat(input *in) {
  double score[MOST];
  loy_csat_options options;
  loy_csat csat;
  loy_mean mean;
  loy_ces ces;
  loy_error error;
  const size_t n = take(in) % (MOST + 1);
  const double level = take_number(in, 0.0, 1.0);
  loy_status status;
  if (take(in) % 2) {
    loy_csat_options_init(&options);
  } else {
    loy_ces_options_init(&options);
  }
  if (take(in) % 2) {
    options.lowest = (int)(take(in) % 5) - 2;
    options.highest = options.lowest + (int)take(in) % 14 - 1;
    options.boxes = take_choice(in, 8);
  }
  options.skip_missing = take_choice(in, 2);
  for (size_t i = 0; i < n; i++)
    score[i] = options.highest > options.lowest ? take_answer(in, options.lowest, options.highest) : take_raw(in);
  fill(&csat, sizeof csat);
  status = loy_csat_from_scores(score, n, &options, &csat, &error);
  if (answered_in(status, &error, &csat, sizeof csat)) {
    require((size_t)(csat.n + csat.missing) == n);
    check_csat(&csat, level);
    status = loy_csat_mean(score, n, &options, &mean, &error);
    require(answered(status, &error));
    check_mean(&mean, status, options.lowest, options.highest, level);
    require(loy_ces_from_scores(score, n, &options, &ces, NULL) == status);
    require(memcmp(&ces.agree, &csat, sizeof csat) == 0 && same(ces.mean.mean, mean.mean));
  } else {
    fill(&ces, sizeof ces);
    require(loy_ces_from_scores(score, n, &options, &ces, NULL) == status && untouched(&ces, sizeof ces));
  }
  fill(&csat, sizeof csat);
  if (answered_in(loy_csat_from_counts(take_count(in), take_count(in), &csat, &error), &error, &csat, sizeof csat))
    check_csat(&csat, level);
}

/* Columns of answers from `low` to `high`, some not given. */
static void take_columns(input *in, size_t columns, size_t n, double low, double high, unsigned missing,
                         double (*column)[MOST], const double **pointer) {
  for (size_t j = 0; j < columns; j++) {
    pointer[j] = column[j];
    for (size_t i = 0; i < n; i++)
      column[j][i] = missing && take(in) % missing == 0 ? (double)NAN : take_number(in, low, high);
  }
}

static void fuzz_composite(input *in) {
  static double column[COLUMNS][MOST];
  const double *answer[COLUMNS];
  double mean[COLUMNS], index[MOST], one;
  loy_composite_item item[COLUMNS];
  loy_batch_report report;
  loy_error error;
  const size_t items = take(in) % (COLUMNS + 1), n = take(in) % 9, least = (size_t)take_choice(in, COLUMNS + 1);
  size_t skipped, bad = 0, first = 0, none = 0;
  loy_status status;
  for (size_t j = 0; j < items; j++) {
    item[j].weight = take(in) % 4 ? 1.0 : take_quantity(in);
    item[j].lowest = take(in) % 2 ? 1.0 : take_number(in, -1e6, 1e6);
    item[j].highest = item[j].lowest + (take(in) % 2 ? 4.0 : take_number(in, 0.0, 1e3));
    mean[j] = take_number(in, item[j].lowest, item[j].highest);
    take_columns(in, 1, n, item[j].lowest, item[j].highest, 8, &column[j], &answer[j]);
  }
  fill(&one, sizeof one);
  status = loy_composite_from_means(item, mean, items, &one, &error);
  if (answered_in(status, &error, &one, sizeof one)) require(inside(one, 0.0, 1.0));
  fill(index, sizeof index);
  status = loy_composite_batch(item, answer, items, n, least, index, &skipped, &report, &error);
  if (answered_in(status, &error, index, sizeof index)) {
    for (size_t i = n; i-- > 0;) {
      size_t given = 0;
      int off = 0;
      for (size_t j = 0; j < items; j++) {
        given += !isnan(column[j][i]);
        off |= column[j][i] < item[j].lowest || column[j][i] > item[j].highest;
        mean[j] = column[j][i];
      }
      if (off || (least == items && given < items)) {
        bad++, first = i;
        require(isnan(index[i]));
      } else if (isnan(index[i])) {
        none++;
        require(given < items);
      } else {
        require(inside(index[i], 0.0, 1.0) && given >= least);
        if (given == items) require(loy_composite_from_means(item, mean, items, &one, NULL) == LOY_OK);
        if (given == items) require(near(one, index[i], 0.0, 1e-8));
      }
    }
    require_report(&report, bad, first);
    require(none == skipped && (status == LOY_NOTICE_SKIPPED) == (skipped > 0));
  }
  for (int j = 0; j < 3; j++) mean[j] = take_number(in, 1.0, 10.0), column[0][j] = take_quantity(in);
  fill(&one, sizeof one);
  if (answered_in(loy_acsi(mean, take(in) % 2 ? column[0] : NULL, &one, &error), &error, &one, sizeof one))
    require(inside(one, 0.0, 100.0));
  for (size_t i = 0; i < n; i++) column[0][i] = take_quantity(in), column[1][i] = -take_quantity(in);
  require(loy_disconfirmation_batch(column[0], column[1], n, index, &report, NULL) == LOY_OK);
  for (size_t i = 0; i < n; i++) require(isnan(index[i]) || index[i] == column[0][i] - column[1][i]);
}

static void fuzz_reliability(input *in) {
  static double column[COLUMNS][MOST];
  const double *answer[COLUMNS];
  double without[COLUMNS], weight[COLUMNS], lower, upper, sum = 0.0, size = take_quantity(in);
  loy_reliability result;
  loy_principal principal;
  loy_error error;
  const size_t items = take(in) % (COLUMNS + 1), n = take(in) % 17;
  const int skip = take_choice(in, 2), standardize = take_choice(in, 2);
  const double level = take_number(in, 0.0, 1.0);
  loy_status status;
  if (take(in) % 2) size = 5.0;
  take_columns(in, items, n, take(in) % 2 ? -size : 0.0, size, 32, column, answer);
  if (take(in) % 4 == 0) /* questions that go together */
    for (size_t j = 1; j < items; j++)
      for (size_t i = 0; i < n; i++) column[j][i] = column[0][i] + column[j][i] / 4.0;
  fill(&result, sizeof result);
  fill(without, sizeof without);
  status = loy_cronbach_alpha(answer, items, n, skip, &result, without, &error);
  if (answered_in(status, &error, &result, sizeof result)) {
    int none = 0;
    require(result.items == items && (size_t)(result.n + result.missing) == n);
    require(result.alpha <= 1.0 && isfinite(result.alpha));
    for (size_t j = 0; j < items; j++) none |= isnan(without[j]);
    for (size_t j = 0; j < items; j++) require(isnan(without[j]) || without[j] <= 1.0);
    require((status == LOY_NOTICE_NONE) == none);
    fill(&lower, sizeof lower);
    if (answered_in(loy_reliability_interval(&result, level, &lower, &upper, &error), &error, &lower, sizeof lower))
      require(lower <= upper && upper <= 1.0 && isfinite(lower));
  } else {
    require(untouched(without, sizeof without));
  }
  fill(weight, sizeof weight);
  fill(&principal, sizeof principal);
  status = loy_principal_weights(answer, items, n, standardize, skip, weight, &principal, &error);
  if (!answered_in(status, &error, weight, sizeof weight)) {
    require(untouched(&principal, sizeof principal));
    return;
  }
  require((size_t)(principal.n + principal.missing) == n && principal.share > 0.0 && principal.share <= 1.0);
  require(inside(principal.second, 0.0, principal.share) && principal.share + principal.second <= 1.0 + 1e-12);
  for (size_t j = 0; j < items; j++) require(inside(weight[j], 0.0, 1.0)), sum += weight[j];
  require(near(sum, 1.0, 0.0, 1e-13));
}

static void fuzz_loyalty_index(input *in) {
  double s[MOST], p[MOST], r[MOST], index[MOST];
  int32_t band[MOST], security[MOST];
  loy_loyalty_index_options options;
  loy_loyalty_index one;
  loy_batch_report report;
  loy_error error;
  const size_t n = take(in) % (MOST + 1);
  size_t bad = 0, first = 0;
  loy_status status;
  loy_loyalty_index_options_init(&options);
  if (take(in) % 2) {
    options.high_from = take_number(in, 0.5, 1.0);
    options.middle_from = take_number(in, 0.0, 0.5);
    options.use_probability = take_choice(in, 2);
    options.satisfaction_weight = take_quantity(in);
    options.repurchase_weight = take_quantity(in);
    options.recommendation_weight = take_quantity(in);
  }
  for (size_t i = 0; i < n; i++) {
    s[i] = take_answer(in, 1, 5);
    p[i] = take_number(in, 0.0, 1.0);
    r[i] = take_answer(in, 1, 3);
  }
  fill(index, sizeof index);
  status = loy_loyalty_index_batch(s, p, r, n, &options, index, band, security, &report, &error);
  if (!answered_in(status, &error, index, sizeof index)) return;
  for (size_t i = n; i-- > 0;) {
    fill(&one, sizeof one);
    status = loy_loyalty_index_of(s[i], p[i], r[i], &options, &one, &error);
    if (!answered_in(status, &error, &one, sizeof one)) {
      bad++, first = i;
      require(isnan(index[i]) && band[i] == -1 && security[i] == -1);
      continue;
    }
    require(same(one.index, index[i]) && one.band == band[i] && one.security == security[i]);
    require(inside(one.index, 0.0, 1.0) && inside(band[i], 0, 2) && inside(security[i], 0, 3));
  }
  require_report(&report, bad, first);
}

static void fuzz_five_signals(input *in) {
  static double column[LOY_SIGNALS][MOST];
  const double *signal[LOY_SIGNALS];
  double index[MOST];
  int32_t known[MOST];
  size_t skipped, none = 0;
  loy_five_signal_options options;
  loy_batch_report report;
  loy_error error;
  const size_t n = take(in) % 9;
  loy_status status;
  loy_five_signal_options_init(&options);
  if (take(in) % 2) {
    for (int j = 0; j < LOY_SIGNALS; j++) options.weight[j] = take_quantity(in);
    options.least = 1 + take_choice(in, LOY_SIGNALS);
    options.trust_lowest = take_number(in, -1e6, 0.0);
    options.trust_highest = take_number(in, 0.0, 1e6);
  }
  take_columns(in, 2, n, 0.0, 1.0, 8, column, signal);
  take_columns(in, 1, n, 0.0, 10.0, 4, column + 2, signal + 2);
  take_columns(in, 1, n, options.satisfaction_lowest, options.satisfaction_highest, 4, column + 3, signal + 3);
  take_columns(in, 1, n, options.trust_lowest, options.trust_highest, 4, column + 4, signal + 4);
  if (take(in) % 4 == 0) signal[take(in) % LOY_SIGNALS] = NULL;
  fill(index, sizeof index);
  status = loy_five_signal_batch(signal, n, &options, index, known, &skipped, &report, &error);
  if (!answered_in(status, &error, index, sizeof index)) return;
  for (size_t i = 0; i < n; i++) {
    none += isnan(index[i]);
    require(isnan(index[i]) || (inside(index[i], 0.0, 1.0) && inside(known[i], options.least, LOY_SIGNALS)));
  }
  require(none == skipped + report.bad && (status == LOY_NOTICE_SKIPPED) == (skipped > 0));
}

static void fuzz_places(input *in) {
  static double column[COLUMNS][MOST];
  const double *amount[COLUMNS];
  double place[MOST], trend[MOST];
  failing_allocator memory;
  loy_batch_report report;
  loy_error error;
  const size_t n = take(in) % (MOST + 1), years = take(in) % (COLUMNS + 1), rows = n % 9;
  loy_status status;
  failing_start(&memory, in->hostile ? take(in) % 4 : 0);
  for (size_t i = 0; i < n; i++) column[0][i] = take(in) % 8 ? take_answer(in, 0, 12) : take_raw(in);
  fill(place, sizeof place);
  status = loy_percentile_batch(column[0], n, &memory.allocator, place, &error);
  require(memory.held == 0);
  if (answered_in(status, &error, place, sizeof place))
    for (size_t i = 0; i < n; i++) {
      double half = 0.0, values = 0.0;
      for (size_t j = 0; j < n; j++) {
        half += (column[0][j] < column[0][i]) * 2.0 + (column[0][j] == column[0][i]);
        values += !isnan(column[0][j]);
      }
      require(isnan(column[0][i]) ? isnan(place[i]) : near(place[i], half / (2.0 * values), 4e-16, 0.0));
    }
  take_columns(in, years, rows, 0.0, 8.0, 8, column, amount);
  fill(trend, sizeof trend);
  status = loy_trend_signal_batch(amount, years, rows, trend, &report, &error);
  if (!answered_in(status, &error, trend, sizeof trend)) return;
  for (size_t i = 0; i < rows; i++) {
    double s = 0.0, pairs = 0.0;
    int bad = 0;
    for (size_t j = 0; j < years; j++) {
      bad |= isinf(column[j][i]) != 0;
      for (size_t k = 0; k < j; k++) {
        pairs += !isnan(column[j][i]) && !isnan(column[k][i]);
        s += (column[j][i] > column[k][i]) - (column[j][i] < column[k][i]);
      }
    }
    require(bad || pairs == 0.0 ? isnan(trend[i]) : near(trend[i], 0.5 + 0.5 * s / pairs, 0.0, 4e-16));
  }
}

static void check_kano(const loy_kano *kano, loy_status status, double level) {
  double better[2], worse[2];
  loy_error error;
  int64_t sum = 0;
  for (int j = 0; j < LOY_KANO_CATEGORIES; j++) {
    require(kano->count[j] >= 0 && kano->count[j] <= kano->count[kano->category]);
    sum += kano->count[j];
  }
  require(sum == kano->n && isnan(kano->better) == (status == LOY_NOTICE_NONE));
  if (status == LOY_NOTICE_NONE) require(isnan(kano->worse) && isnan(kano->better_standard_error));
  if (status == LOY_OK) require(inside(kano->better, 0.0, 1.0) && inside(kano->worse, -1.0, 0.0));
  if (status == LOY_OK) require(inside(kano->better_standard_error, 0.0, 0.5));
  fill(better, sizeof better);
  if (!answered_in(loy_kano_intervals(kano, level, better, worse, &error), &error, better, sizeof better)) return;
  require(0.0 <= better[0] && better[0] <= kano->better && kano->better <= better[1] && better[1] <= 1.0);
  require(-1.0 <= worse[0] && worse[0] <= kano->worse && kano->worse <= worse[1] && worse[1] <= 0.0);
}

static void fuzz_kano(input *in) {
  double f[MOST], d[MOST];
  int32_t class[MOST];
  int64_t count[LOY_KANO_CATEGORIES], tally[LOY_KANO_CATEGORIES + 1] = {0};
  loy_kano kano;
  loy_batch_report report;
  loy_error error;
  const size_t n = take(in) % (MOST + 1);
  const double level = take_number(in, 0.0, 1.0);
  const int skip = take_choice(in, 2);
  size_t bad = 0, first = 0;
  loy_status status;
  for (size_t i = 0; i < n; i++) f[i] = take_answer(in, 1, 5), d[i] = take_answer(in, 1, 5);
  require(loy_kano_classify_batch(f, d, n, class, &report, NULL) == LOY_OK);
  for (size_t i = n; i-- > 0;) {
    int one;
    fill(&one, sizeof one);
    if (!answered_in(loy_kano_classify(f[i], d[i], &one, &error), &error, &one, sizeof one)) one = -1, bad++, first = i;
    require(one == class[i]);
    tally[one < 0 ? LOY_KANO_CATEGORIES : one]++;
  }
  require_report(&report, bad, first);
  fill(&kano, sizeof kano);
  status = loy_kano_from_answers(f, d, n, skip, &kano, &error);
  if (answered_in(status, &error, &kano, sizeof kano)) {
    require((size_t)(kano.n + kano.missing) == n && memcmp(kano.count, tally, sizeof kano.count) == 0);
    check_kano(&kano, status, level);
  }
  for (int j = 0; j < LOY_KANO_CATEGORIES; j++) count[j] = take_count(in);
  fill(&kano, sizeof kano);
  status = loy_kano_from_counts(count, &kano, &error);
  if (answered_in(status, &error, &kano, sizeof kano)) check_kano(&kano, status, level);
  require(loy_expectation_zone_batch(f, d, n, class, &report, NULL) == LOY_OK);
  for (size_t i = 0; i < n; i++) require((class[i] >= 0) == ((f[i] == 0 || f[i] == 1) && (d[i] == 0 || d[i] == 1)));
}

static void fuzz_wallet(input *in) {
  double own[MOST], category[MOST], share[MOST], lower, upper;
  loy_wallet wallet;
  loy_batch_report report;
  loy_error error;
  const size_t n = take(in) % (MOST + 1);
  const double level = take_number(in, 0.0, 1.0);
  size_t bad = 0, none = 0;
  loy_status status;
  for (size_t i = 0; i < n; i++) {
    category[i] = take_quantity(in);
    own[i] = category[i] * take_number(in, 0.0, 1.0);
  }
  status = loy_wallet_share_batch(own, category, n, share, &wallet, &report, &error);
  require(answered(status, &error));
  for (size_t i = 0; i < n; i++) {
    if (category[i] == 0.0 && own[i] == 0.0) {
      none++;
      require(isnan(share[i]));
      continue;
    }
    require(same(share[i], loy_wallet_share(own[i], category[i])));
    require(isnan(share[i]) == loy_status_is_error(loy_wallet_share_check(own[i], category[i], NULL)));
    require(isnan(share[i]) || inside(share[i], 0.0, 1.0));
    bad += isnan(share[i]);
  }
  require(report.bad == bad && wallet.skipped == none && wallet.n == n - bad - none);
  if (wallet.n > 0) require(inside(wallet.share, 0.0, 1.0) && inside(wallet.mean_share, 0.0, 1.0));
  if (wallet.n > 1) require(wallet.standard_error >= 0.0 && isfinite(wallet.standard_error));
  require((status == LOY_NOTICE_NONE) == (wallet.n < 2));
  fill(&lower, sizeof lower);
  if (answered_in(loy_wallet_interval(&wallet, level, &lower, &upper, &error), &error, &lower, sizeof lower)) {
    require(0.0 <= lower && lower <= wallet.share && wallet.share <= upper && upper <= 1.0);
  } else {
    require(wallet.n < 2 || !(level > 0.0 && level < 1.0));
  }
}

static void fuzz_allocation(input *in) {
  static double column[COLUMNS][MOST], share[COLUMNS][MOST];
  const double *rating[COLUMNS];
  double *out[COLUMNS];
  loy_mean mean[COLUMNS];
  loy_batch_report report;
  loy_error error;
  const size_t brands = take(in) % (COLUMNS + 1), n = take(in) % 9;
  const int lower = take_choice(in, 2);
  const double rank = take_number(in, 1.0, 12.0), k = take_answer(in, 1, 12), one = loy_wallet_allocation(rank, k);
  size_t bad = 0, first = 0;
  loy_status status;
  require(isnan(one) == loy_status_is_error(loy_wallet_allocation_check(rank, k, NULL)));
  require(isnan(one) || (one > 0.0 && one <= 1.0));
  take_columns(in, brands, n, 0.0, 5.0, 6, column, rating);
  for (size_t j = 0; j < brands; j++)
    for (size_t i = 0; i < n; i++) column[j][i] = isfinite(column[j][i]) ? floor(column[j][i]) : column[j][i];
  for (size_t j = 0; j < brands; j++) out[j] = share[j];
  fill(share, sizeof share);
  status = loy_wallet_allocation_batch(rating, brands, n, lower, out, mean, &report, &error);
  if (!answered_in(status, &error, share, sizeof share)) return;
  for (size_t i = n; i-- > 0;) {
    double sum = 0.0;
    size_t used = 0;
    int off = 0;
    for (size_t j = 0; j < brands; j++) used += !isnan(column[j][i]), off |= isinf(column[j][i]) != 0;
    if (off || used == 0) bad++, first = i;
    for (size_t j = 0; j < brands; j++) {
      double place = 0.5;
      if (off || used == 0) {
        require(isnan(share[j][i]));
        continue;
      }
      sum += share[j][i];
      for (size_t m = 0; m < brands; m++)
        place +=
            (lower ? column[m][i] < column[j][i] : column[m][i] > column[j][i]) + 0.5 * (column[m][i] == column[j][i]);
      require(isnan(column[j][i]) ? share[j][i] == 0.0
                                  : near(share[j][i], loy_wallet_allocation(place, (double)used), 4e-16, 0.0));
    }
    require(off || used == 0 || near(sum, 1.0, 0.0, 1e-14));
  }
  require_report(&report, bad, first);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static void (*const topic[])(input *) = {
      fuzz_nps_interval, fuzz_nps_posterior, fuzz_nps_tests, fuzz_nps_permutation, fuzz_nps_groups,
      fuzz_nps_panel,    fuzz_nps_plan,      fuzz_nps_moves, fuzz_nps_attribution, fuzz_nps_stream,
      fuzz_mean,         fuzz_csat,          fuzz_composite, fuzz_reliability,     fuzz_loyalty_index,
      fuzz_five_signals, fuzz_places,        fuzz_kano,      fuzz_wallet,          fuzz_allocation};
  input in;
  if (size < 2) return 0;
  in.hostile = data[1] & 1;
  in.at = data + 2;
  in.left = size - 2;
  topic[data[0] % (sizeof topic / sizeof *topic)](&in);
  return 0;
}
