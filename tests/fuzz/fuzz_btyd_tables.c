/* fuzz_btyd_tables.c: rates, scores, segments, trends and cohorts under hostile counts, columns and logs.
 *
 * The first byte chooses a topic, the second whether the input is hostile (fuzz_input.h); the rest are arguments. What
 * must hold: no crash, no leak, also when the allocator fails; an error names an argument and leaves outputs as they
 * were; scores, segments and cohorts are those of a slow count of its own; a batch gives the bits of its rows and
 * counts the bad ones; shares lie within their intervals; a trend is that of the reversed series with the other sign.
 */
#include "../c/failing_allocator.h"
#include "fuzz_input.h"
#include "loyalty/btyd/cohort.h"
#include "loyalty/btyd/rates.h"
#include "loyalty/btyd/rfm_score.h"
#include "loyalty/btyd/rfm_segment.h"
#include "loyalty/btyd/trend.h"

enum { ROWS = 16, YEARS = 26, SEGMENTS = 5, LOG = 48, PERIODS = 64 };

/* ---- rates ---- */

static void check_rate(const loy_rate *rate, double level) {
  struct {
    double lower, upper;
  } ends;
  loy_error error;
  require(inside(rate->rate, 0.0, 1.0) && 0 <= rate->part && rate->part <= rate->whole);
  require(rate->rate == (double)rate->part / (double)rate->whole);
  fill(&ends, sizeof ends);
  if (!answered_in(loy_rate_interval(rate, level, &ends.lower, &ends.upper, &error), &error, &ends, sizeof ends)) {
    require(!(level > 0.0 && level < 1.0));
    return;
  }
  require(0.0 <= ends.lower && ends.lower <= rate->rate && rate->rate <= ends.upper && ends.upper <= 1.0);
}

static void fuzz_rates(input *in) {
  const int64_t start = take_count(in), gained = take_count(in);
  const int64_t end = take(in) % 4 ? gained / 2 + start / 2 : take_count(in);
  const double level = take_number(in, 0.0, 1.0);
  loy_rate kept, left, again;
  loy_error error;
  loy_status status;
  fill(&kept, sizeof kept);
  fill(&left, sizeof left);
  status = loy_retention_rate(start, end, gained, &kept, &error);
  if (answered_in(status, &error, &kept, sizeof kept)) {
    require(loy_churn_rate(start, end, gained, &left, &error) == LOY_OK && kept.whole == left.whole);
    require(kept.part + left.part == kept.whole);
    check_rate(&kept, level);
    check_rate(&left, level);
  } else {
    require(loy_churn_rate(start, end, gained, &left, &error) == status && untouched(&left, sizeof left));
  }
  fill(&kept, sizeof kept);
  fill(&again, sizeof again);
  status = loy_repeat_rate(end, start, &kept, &error);
  if (answered_in(status, &error, &kept, sizeof kept)) check_rate(&kept, level);
  require(loy_repurchase_rate(end, start, &again, &error) == status);
  require(loy_status_is_error(status) ? untouched(&again, sizeof again)
                                      : kept.part == again.part && kept.whole == again.whole);
}

static void fuzz_convert(input *in) {
  double rate[ROWS], kept[ROWS], left[ROWS];
  const double from = take_quantity(in), to = take_quantity(in);
  const size_t n = take(in) % (ROWS + 1);
  size_t bad = 0, first = 0;
  loy_batch_report report;
  loy_error error;
  for (size_t i = 0; i < n; i++) rate[i] = take_number(in, 0.0, 1.0);
  fill(kept, sizeof kept);
  fill(left, sizeof left);
  if (!answered_in(loy_retention_convert_batch(from, to, rate, n, kept, &report, &error), &error, kept, sizeof kept)) {
    require(loy_status_is_error(loy_churn_convert_batch(from, to, rate, n, left, NULL, NULL)));
    require(untouched(left, sizeof left) && isnan(loy_retention_convert(0.5, from, to)));
    return;
  }
  require(loy_churn_convert_batch(from, to, rate, n, left, NULL, &error) == LOY_OK);
  for (size_t i = n; i-- > 0;) {
    double one = -1.0, two = -1.0;
    require(same(kept[i], loy_retention_convert(rate[i], from, to)));
    require(same(left[i], loy_churn_convert(rate[i], from, to)));
    if (!answered(loy_retention_convert_check(rate[i], from, to, &one, &error), &error)) {
      require(one == -1.0 && isnan(kept[i]) && isnan(left[i]));
      require(loy_status_is_error(loy_churn_convert_check(rate[i], from, to, &two, &error)) && two == -1.0);
      bad++, first = i;
      continue;
    }
    require(loy_churn_convert_check(rate[i], from, to, &two, &error) == LOY_OK && two == left[i] && one == kept[i]);
    require(inside(one, 0.0, 1.0) && inside(two, 0.0, 1.0));
    if (1.0 - (1.0 - rate[i]) == rate[i])
      require(near(loy_churn_convert(1.0 - rate[i], from, to), 1.0 - one, 0.0, 2e-15));
  }
  require_report(&report, bad, first);
}

/* ---- scores ---- */

/* The score of value i among those of `group` that are equal to group[i]: its place by counting. */
static int32_t slow_score(const double *value, const int *group, size_t n, size_t i, int scores, int reversed) {
  size_t below = 0, equal = 0, all = 0;
  for (size_t j = 0; j < n; j++) {
    if (group[j] != group[i]) continue;
    all++;
    below += reversed ? value[j] > value[i] : value[j] < value[i];
    equal += value[j] == value[i];
  }
  return 1 + (int32_t)((size_t)scores * (2 * below + equal) / (2 * all));
}

static void take_values(input *in, size_t n, double *value) {
  for (size_t i = 0; i < n; i++) {
    value[i] = i > 0 && take(in) % 3 == 0 ? value[take(in) % i] : take_number(in, -20.0, 100.0);
    if (value[i] == 0.0 && take(in) % 2) value[i] = -0.0;
  }
}

static void fuzz_scores(input *in) {
  double value[ROWS];
  int32_t score[ROWS];
  int good[ROWS];
  const size_t n = take(in) % (ROWS + 1);
  const int scores = take(in) % 16 ? 2 + take_choice(in, 9) : take_choice(in, 40) - 10, reversed = take_choice(in, 2);
  size_t bad = 0, first = 0;
  failing_allocator memory;
  loy_batch_report report;
  loy_error error;
  loy_status status;
  failing_start(&memory, take(in) % 8 ? 0 : 1 + take(in) % 4);
  take_values(in, n, value);
  fill(score, sizeof score);
  status = loy_quantile_score_batch(value, n, scores, reversed, &memory.allocator, score, &report, &error);
  require(memory.held == 0 && (status == LOY_ERR_MEMORY) == memory.failed);
  if (!answered_in(status, &error, score, sizeof score)) return;
  for (size_t i = n; i-- > 0;) {
    good[i] = isfinite(value[i]) != 0;
    if (!good[i]) bad++, first = i;
  }
  for (size_t i = 0; i < n; i++) require(score[i] == (good[i] ? slow_score(value, good, n, i, scores, reversed) : 0));
  require_report(&report, bad, first);
}

static void fuzz_rfm_scores(input *in) {
  double value[3][ROWS];
  struct {
    int32_t of[3][ROWS], code[ROWS];
  } out;
  int group[3][ROWS];
  const size_t n = take(in) % (ROWS + 1);
  size_t bad = 0, first = 0;
  loy_rfm_score_options options;
  failing_allocator memory;
  loy_batch_report report;
  loy_error error;
  loy_status status;
  loy_rfm_score_options_init(&options);
  options.scores = take(in) % 16 ? 2 + take_choice(in, 9) : take_choice(in, 40) - 10;
  options.nested = take_choice(in, 2);
  failing_start(&memory, take(in) % 8 ? 0 : 1 + take(in) % 6);
  options.allocator = &memory.allocator;
  for (int k = 0; k < 3; k++) take_values(in, n, value[k]);
  fill(&out, sizeof out);
  status = loy_rfm_score_batch(value[0], value[1], value[2], n, &options, out.of[0], out.of[1], out.of[2],
                               options.scores > LOY_RFM_CODE_SCORES ? NULL : out.code, &report, &error);
  require(memory.held == 0 && (status == LOY_ERR_MEMORY) == memory.failed);
  if (!answered_in(status, &error, &out, sizeof out)) return;
  for (size_t i = n; i-- > 0;) {
    group[0][i] = isfinite(value[0][i]) && isfinite(value[1][i]) && isfinite(value[2][i]);
    group[1][i] = group[0][i] && options.nested ? out.of[0][i] : group[0][i];
    group[2][i] = group[0][i] && options.nested ? 100 * out.of[0][i] + out.of[1][i] : group[0][i];
    if (!group[0][i]) bad++, first = i;
  }
  for (size_t i = 0; i < n; i++) {
    for (int k = 0; k < 3; k++)
      require(out.of[k][i] == (group[0][i] ? slow_score(value[k], group[k], n, i, options.scores, k == 0) : 0));
    if (options.scores <= LOY_RFM_CODE_SCORES)
      require(out.code[i] == 100 * out.of[0][i] + 10 * out.of[1][i] + out.of[2][i]);
  }
  require_report(&report, bad, first);
}

/* ---- segments ---- */

static int holds(const loy_rfm_segment *segment, const int32_t *score) {
  for (int k = 0; k < 3; k++)
    if (score[k] < segment->low[k] || score[k] > segment->high[k]) return 0;
  return 1;
}

/* What a table covers, by going through all combinations. */
static void check_cover(const loy_rfm_segment *segment, size_t count, int scores, const loy_rfm_segment_cover *cover) {
  int shown[SEGMENTS] = {0}, uncovered = 0, overlapping = 0, hidden = 0, all = 0, first_hidden = -1, first = 0;
  int32_t at[3];
  for (at[0] = 1; at[0] <= scores; at[0]++)
    for (at[1] = 1; at[1] <= scores; at[1]++)
      for (at[2] = 1; at[2] <= scores; at[2]++) {
        int hits = 0;
        for (size_t s = 0; s < count; s++) {
          if (!holds(&segment[s], at)) continue;
          if (hits++ == 0) shown[s] = 1;
        }
        all++;
        overlapping += hits > 1;
        if (hits == 0 && uncovered++ == 0) first = at[0] * 10000 + at[1] * 100 + at[2];
      }
  for (size_t s = count; s-- > 0;)
    if (!shown[s]) hidden++, first_hidden = (int)s;
  require(cover->combinations == all && cover->uncovered == uncovered && cover->overlapping == overlapping);
  require(cover->hidden == hidden && cover->first_hidden == first_hidden && cover->first_uncovered == first);
}

static void fuzz_segments(input *in) {
  loy_rfm_segment segment[SEGMENTS];
  loy_rfm_segment_cover cover;
  int32_t score[3][ROWS], number[ROWS];
  const size_t count = take(in) % (SEGMENTS + 1), n = take(in) % (ROWS + 1);
  const int scores = take(in) % 16 ? 2 + take_choice(in, 9) : take_choice(in, 40) - 10;
  size_t members[SEGMENTS + 1], seen[SEGMENTS + 1] = {0}, bad = 0, first = 0;
  loy_batch_report report;
  loy_error error;
  for (size_t s = 0; s < count; s++)
    for (int k = 0; k < 3; k++) {
      segment[s].low[k] = 1 + take_choice(in, scores > 1 ? scores : 1) % 64;
      segment[s].high[k] = take(in) % 16 ? segment[s].low[k] + take_choice(in, 3) % 64 : take_choice(in, 12);
      if (segment[s].high[k] > scores && take(in) % 16) segment[s].high[k] = scores;
    }
  for (size_t i = 0; i < n; i++)
    for (int k = 0; k < 3; k++) score[k][i] = take(in) % 16 ? 1 + (int32_t)take(in) % 10 : (int32_t)take(in) - 100;
  fill(&cover, sizeof cover);
  if (answered_in(loy_rfm_segment_check(segment, count, scores, &cover, &error), &error, &cover, sizeof cover))
    check_cover(segment, count, scores, &cover);
  fill(number, sizeof number);
  fill(members, sizeof members);
  if (!answered_in(loy_rfm_segment_batch(segment, count, scores, score[0], score[1], score[2], n, number, members,
                                         &report, &error),
                   &error, number, sizeof number)) {
    require(untouched(members, sizeof members));
    return;
  }
  for (size_t i = n; i-- > 0;) {
    int32_t one[3], expected = 0;
    int wrong = 0;
    for (int k = 0; k < 3; k++) {
      one[k] = score[k][i];
      wrong |= one[k] < 1 || one[k] > scores;
    }
    while ((size_t)expected < count && !holds(&segment[expected], one)) expected++;
    require(number[i] == (wrong ? -1 : expected));
    if (wrong)
      bad++, first = i;
    else
      seen[expected]++;
  }
  for (size_t s = 0; s <= count; s++) require(members[s] == seen[s]);
  require_report(&report, bad, first);
}

/* ---- trends ---- */

static void check_trend(const double *amount, size_t years, const loy_trend *trend) {
  int64_t s = 0, known = 0;
  for (size_t i = 0; i < years; i++) {
    known += !isnan(amount[i]);
    for (size_t j = 0; j < i; j++) s += (amount[i] > amount[j]) - (amount[i] < amount[j]);
  }
  require(trend->known == known && trend->s == s);
  require(near(trend->tau, (double)s / ((double)known * (double)(known - 1) / 2.0), 1e-15, 0.0));
  require(inside(trend->tau, -1.0, 1.0) && inside(trend->p_value, 0.0, 1.0));
  require(trend->lower <= trend->slope && trend->slope <= trend->upper);
}

static void fuzz_trend(input *in) {
  enum { CUSTOMERS = 3 };
  double amount[YEARS][CUSTOMERS], column[5][CUSTOMERS], series[YEARS], backwards[YEARS];
  const double *columns[YEARS];
  const size_t years = take(in) % (YEARS + 1), n = take(in) % (CUSTOMERS + 1);
  const double level = take_number(in, 0.0, 1.0);
  size_t bad = 0, first = 0, few = 0, skipped = 0;
  loy_trend_columns out;
  failing_allocator memory;
  loy_batch_report report;
  loy_error error;
  loy_status status;
  failing_start(&memory, take(in) % 8 ? 0 : 1 + take(in) % 4);
  for (size_t t = 0; t < years; t++) {
    columns[t] = amount[t];
    for (size_t i = 0; i < n; i++)
      amount[t][i] = take(in) % 8 == 0   ? (double)NAN
                     : take(in) % 8 == 0 ? take_number(in, -LOY_TREND_AMOUNT_MOST, LOY_TREND_AMOUNT_MOST)
                                         : (double)(take(in) % 16);
  }
  loy_trend_columns_init(&out);
  out.slope = column[0];
  out.lower = column[1];
  out.upper = column[2];
  out.tau = column[3];
  out.p_value = column[4];
  fill(column, sizeof column);
  status = loy_trend_batch(columns, years, n, level, &memory.allocator, &out, &skipped, &report, &error);
  require(memory.held == 0 && (status == LOY_ERR_MEMORY) == memory.failed);
  if (!answered_in(status, &error, column, sizeof column)) return;
  for (size_t i = n; i-- > 0;) {
    loy_trend trend, other;
    for (size_t t = 0; t < years; t++) backwards[years - 1 - t] = series[t] = amount[t][i];
    fill(&trend, sizeof trend);
    if (!answered_in(loy_trend_of(series, years, level, NULL, &trend, &error), &error, &trend, sizeof trend)) {
      for (int k = 0; k < 5; k++) require(isnan(column[k][i]));
      if (error.status == LOY_ERR_TOO_FEW)
        few++;
      else
        bad++, first = i;
      continue;
    }
    require(same(trend.slope, column[0][i]) && same(trend.lower, column[1][i]) && same(trend.upper, column[2][i]));
    require(same(trend.tau, column[3][i]) && same(trend.p_value, column[4][i]));
    check_trend(series, years, &trend);
    require(loy_trend_of(backwards, years, level, NULL, &other, &error) == LOY_OK);
    require(other.s == -trend.s && same(other.p_value, trend.p_value) && other.slope == -trend.slope);
  }
  require(skipped == few && (status == LOY_NOTICE_SKIPPED) == (few > 0));
  require_report(&report, bad, first);
}

/* ---- cohorts ---- */

typedef struct cohort_log {
  size_t rows, periods;
  int64_t customer[LOG], day[LOG], amount[LOG], end;
  int bought[8][PERIODS]; /* by customer and day from the first with a purchase */
} cohort_log;

/* What is bought on which day, and how many days there are from the first to the end. */
static void slow_days(cohort_log *log) {
  int64_t from = INT64_MAX, to = INT64_MIN;
  for (size_t i = 0; i < log->rows; i++) {
    if (log->day[i] < from) from = log->day[i];
    if (log->day[i] > to) to = log->day[i];
  }
  if (log->end != LOY_RFM_LAST_SEEN) to = log->end;
  memset(log->bought, 0, sizeof log->bought);
  log->periods = log->rows > 0 && from <= to ? (size_t)(to - from + 1) : 0;
  for (size_t i = 0; i < log->rows; i++)
    if (log->day[i] <= to) log->bought[log->customer[i]][log->day[i] - from] = 1;
}

static int first_day(const cohort_log *log, int customer) {
  for (size_t t = 0; t < log->periods; t++)
    if (log->bought[customer][t]) return (int)t;
  return -1;
}

static void check_cohorts(const cohort_log *log, loy_rfm_builder *builder, double level) {
  static int64_t period[PERIODS], active[PERIODS * PERIODS], start[PERIODS], now[PERIODS], kept[PERIODS],
      gained[PERIODS], back[PERIODS];
  static double retention[PERIODS], lower[PERIODS], upper[PERIODS], churn[PERIODS];
  int64_t table[PERIODS][PERIODS] = {{0}};
  size_t periods = 0, n = log->periods;
  loy_retention_columns out;
  loy_error error;
  loy_retention_columns_init(&out);
  out.period = period;
  out.start = start;
  out.active = now;
  out.retained = kept;
  out.acquired = gained;
  out.returned = back;
  out.retention = retention;
  out.lower = lower;
  out.upper = upper;
  out.churn = churn;
  require(loy_retention_periods(builder, LOY_TICK_DAY, log->end, &periods, &error) == LOY_OK && periods == n);
  fill(now, sizeof now);
  if (!answered_in(loy_retention_table(builder, LOY_TICK_DAY, log->end, level, PERIODS, &out, NULL, &error), &error,
                   now, sizeof now)) {
    require(!(level > 0.0 && level < 1.0));
    return;
  }
  for (size_t t = 0; t < n; t++) {
    int64_t before = 0, here = 0, both = 0, fresh = 0;
    for (int c = 0; c < 8; c++) {
      const int earlier = t > 0 && log->bought[c][t - 1], bought = log->bought[c][t];
      before += earlier;
      here += bought;
      both += earlier && bought;
      fresh += first_day(log, c) == (int)t;
      if (bought) table[first_day(log, c)][t - (size_t)first_day(log, c)]++;
    }
    require(t == 0 || period[t] == period[t - 1] + 86400);
    require(start[t] == before && now[t] == here && kept[t] == both && gained[t] == fresh);
    require(back[t] == here - both - fresh && isnan(retention[t]) == (before == 0));
    if (before == 0) continue;
    require(retention[t] == (double)both / (double)before && near(churn[t], 1.0 - retention[t], 0.0, 1e-15));
    require(0.0 <= lower[t] && lower[t] <= retention[t] && retention[t] <= upper[t] && upper[t] <= 1.0);
  }
  fill(active, sizeof active);
  require(loy_cohort_table(builder, LOY_TICK_DAY, log->end, n, period, active, &error) == LOY_OK);
  for (size_t c = 0; c < n; c++)
    for (size_t k = 0; k < n; k++) require(active[c * n + k] == table[c][k]);
  require(untouched(active + n * n, sizeof active - n * n * sizeof *active));
  require(loy_cohort_table(builder, LOY_TICK_DAY, log->end, n + 1, NULL, active, &error) == LOY_ERR_ARGUMENT);
}

static void fuzz_cohorts(input *in) {
  cohort_log log;
  loy_purchase_counts counts;
  loy_rfm_builder *builder = NULL;
  loy_error error;
  int64_t customers = 0, repeat = 0, orders = 0;
  const double level = take_number(in, 0.0, 1.0);
  const int64_t end = take(in) % 64;
  log.end = take(in) % 2 ? LOY_RFM_LAST_SEEN : end;
  log.rows = take(in) % (LOG + 1);
  for (size_t i = 0; i < log.rows; i++) {
    log.customer[i] = take(in) % 8;
    log.day[i] = take(in) % PERIODS;
    log.amount[i] = take(in);
  }
  require(loy_rfm_create(NULL, &builder, &error) == LOY_OK);
  require(loy_rfm_push(builder, LOY_TICK_DAY, log.customer, log.day, log.amount, log.rows, &error) == LOY_OK);
  if (take(in) % 2) { /* other ids, some of which customers may come to share */
    int64_t label[8];
    for (int c = 0; c < 8; c++) label[c] = take(in) % 8;
    require(loy_rfm_relabel(builder, label, 8, &error) == LOY_OK);
    for (size_t i = 0; i < log.rows; i++) log.customer[i] = label[log.customer[i]];
  }
  slow_days(&log);
  fill(&counts, sizeof counts);
  if (in->hostile && take(in) % 4 == 0) {
    size_t periods = 7;
    const int64_t far = (int64_t)take_bits(in);
    const loy_tick tick = (loy_tick)take_choice(in, 8);
    if (!answered_in(loy_purchase_count(builder, tick, far, &counts, &error), &error, &counts, sizeof counts))
      require(loy_status_is_error(loy_retention_periods(builder, tick, far, &periods, &error)) && periods == 7);
    fill(&counts, sizeof counts);
  }
  require(loy_purchase_count(builder, LOY_TICK_DAY, log.end, &counts, &error) == LOY_OK);
  for (int c = 0; c < 8; c++) {
    int64_t days = 0;
    for (size_t t = 0; t < log.periods; t++) days += log.bought[c][t];
    customers += days > 0;
    repeat += days > 1;
    orders += days;
  }
  require(counts.customers == customers && counts.repeat_customers == repeat && counts.orders == orders);
  require(counts.returning_orders == orders - customers);
  check_cohorts(&log, builder, level);
  loy_rfm_destroy(builder);
}

static void (*const topics[])(input *) = {
    fuzz_rates, fuzz_convert, fuzz_scores, fuzz_rfm_scores, fuzz_segments, fuzz_trend, fuzz_cohorts,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  input in = {data, size, 0};
  const size_t topic = take(&in) % (sizeof topics / sizeof *topics);
  in.hostile = take(&in) % 2 == 1;
  topics[topic](&in);
  return 0;
}
