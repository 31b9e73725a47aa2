/* ladder_types.h: for fuzz_ladder.c: customers put on stages and into types, one by one and in columns, and counted. */
#ifndef LOYALTY_TESTS_FUZZ_LADDER_TYPES_H
#define LOYALTY_TESTS_FUZZ_LADDER_TYPES_H

#include "ladder_matrix.h"
#include "loyalty/ladder/battery.h"
#include "loyalty/ladder/brown.h"
#include "loyalty/ladder/crosstab.h"
#include "loyalty/ladder/dick_basu.h"
#include "loyalty/ladder/jones_sasser.h"
#include "loyalty/ladder/kumar_petersen_leone.h"
#include "loyalty/ladder/median_cut.h"
#include "loyalty/ladder/motive.h"
#include "loyalty/ladder/oliver.h"
#include "loyalty/ladder/reinartz_kumar.h"
#include "loyalty/ladder/rowley.h"
#include "loyalty/ladder/stage.h"

enum { TYPE_ROWS = 12, TYPE_COLUMNS = 8 };

/* A number from low to high, in every eighth missing; small whole parts, so that cuts are met. */
static double take_score(input *in, double low, double high) {
  const unsigned byte = take(in);
  if (byte % 8 == 0) return (double)NAN;
  return byte % 8 < 4 ? low + (high - low) * ((byte >> 3) % 21) / 20.0 : take_number(in, low, high);
}

static void take_scores(input *in, size_t n, double low, double high, double *x) {
  for (size_t i = 0; i < n; i++) x[i] = take_score(in, low, high);
}

/* What a row says for itself. A batch must say the same, and count the rows that are errors. */
typedef struct row_answers {
  size_t n, bad, first;
  int type[TYPE_ROWS];
} row_answers;

static void note_row(row_answers *rows, size_t i, loy_status status, int type, const loy_error *error) {
  if (answered(status, error)) {
    rows->type[i] = type;
    return;
  }
  rows->type[i] = -1;
  if (rows->bad++ == 0) rows->first = i;
}

static void check_batch(loy_status status, const loy_error *error, const int8_t *type, size_t n,
                        const loy_batch_report *report, const row_answers *rows, int classes) {
  if (!answered_in(status, error, type, TYPE_ROWS)) {
    require(n == 0 || rows->bad == n); /* a bad cut or option is one for every row, too */
    return;
  }
  require(untouched(type + n, TYPE_ROWS - n));
  for (size_t i = 0; i < n; i++) require(type[i] == rows->type[i] && type[i] >= -1 && type[i] < classes);
  require_report(report, rows->bad, rows->first);
}

static void fuzz_two_by_two(input *in) {
  double x[TYPE_ROWS], y[TYPE_ROWS], rival[TYPE_ROWS];
  int8_t type[TYPE_ROWS];
  const size_t n = take(in) % (TYPE_ROWS + 1);
  const unsigned which = take(in) % 5, with_rival = take(in) % 2;
  const double most = which < 2 ? 1e3 : 1.0, least = which == 0 ? -1e3 : 0.0;
  const double cut_x = take_number(in, least, most), cut_y = take_number(in, least, most);
  loy_jones_sasser_options jones;
  loy_dick_basu_options dick;
  row_answers rows = {0, 0, 0, {0}};
  loy_batch_report report;
  loy_error error;
  loy_status status;
  loy_jones_sasser_options_init(&jones);
  loy_dick_basu_options_init(&dick);
  if (take(in) % 2) {
    jones.satisfied = cut_x, jones.loyal = cut_y;
    jones.dissatisfied = take_number(in, 0.0, 1.0), jones.completely_satisfied = take_number(in, 0.0, 1.0);
    jones.lost = take_number(in, 0.0, 1.0), jones.devoted = take_number(in, 0.0, 1.0);
    dick.relative_above = take_number(in, -1.0, 1.0);
    dick.attitude_from = cut_x, dick.patronage_from = cut_y;
  }
  take_scores(in, n, least, most, x);
  take_scores(in, n, least, most, y);
  take_scores(in, n, 0.0, 1.0, rival);
  for (size_t i = 0; i < n; i++) {
    int one = -2;
    switch (which) {
    case 0: status = loy_kumar_petersen_leone(x[i], y[i], cut_x, cut_y, &one, &error); break;
    case 1: status = loy_reinartz_kumar(x[i], y[i], cut_x, cut_y, &one, &error); break;
    case 2: status = loy_rowley(x[i], y[i], cut_x, cut_y, &one, &error); break;
    case 3: status = loy_jones_sasser(x[i], y[i], &jones, &one, &error); break;
    default: status = loy_dick_basu(x[i], with_rival ? rival[i] : (double)NAN, y[i], &dick, &one, &error); break;
    }
    require(loy_status_is_error(status) == (one == -2));
    note_row(&rows, i, status, one, &error);
  }
  fill(type, sizeof type);
  switch (which) {
  case 0: status = loy_kumar_petersen_leone_batch(x, y, n, cut_x, cut_y, type, &report, &error); break;
  case 1: status = loy_reinartz_kumar_batch(x, y, n, cut_x, cut_y, type, &report, &error); break;
  case 2: status = loy_rowley_batch(x, y, n, cut_x, cut_y, type, &report, &error); break;
  case 3: status = loy_jones_sasser_batch(x, y, n, &jones, type, &report, &error); break;
  default: status = loy_dick_basu_batch(x, with_rival ? rival : NULL, y, n, &dick, type, &report, &error); break;
  }
  check_batch(status, &error, type, n, &report, &rows, which == 3 ? LOY_JONES_SASSER_TYPES : 4);
}

static void fuzz_motive_and_phase(input *in) {
  double x[4][TYPE_ROWS];
  int8_t type[TYPE_ROWS];
  const size_t n = take(in) % (TYPE_ROWS + 1);
  const double cut = take_number(in, 0.0, 1.0);
  const int phases = take(in) % 2;
  loy_motive_options motive;
  loy_oliver_scale scale;
  row_answers rows = {0, 0, 0, {0}};
  loy_batch_report report;
  loy_error error;
  loy_status status;
  loy_motive_options_init(&motive);
  if (take(in) % 2) {
    motive.incentive_from = cut;
    motive.patronage_from = take_number(in, 0.0, 1.0);
    motive.relative_above = take_number(in, -1.0, 1.0);
  }
  for (size_t i = 0; i < n; i++) x[0][i] = phases ? take_score(in, 0.0, 1.0) : take_answer(in, 0, 1);
  take_scores(in, n, 0.0, 1.0, x[1]);
  take_scores(in, n, 0.0, 1.0, x[2]);
  take_scores(in, n, phases ? 0.0 : -1.0, 1.0, x[3]);
  for (size_t i = 0; i < n; i++) {
    int one = -2;
    status = phases ? loy_oliver(x[0][i], x[1][i], x[2][i], x[3][i], cut, &one, &error)
                    : loy_motive(x[0][i], x[1][i], x[2][i], x[3][i], &motive, &one, &error);
    require(loy_status_is_error(status) == (one == -2));
    note_row(&rows, i, status, one, &error);
  }
  fill(type, sizeof type);
  status = phases ? loy_oliver_batch(x[0], x[1], x[2], x[3], n, cut, type, &report, &error)
                  : loy_motive_batch(x[0], x[1], x[2], x[3], n, &motive, type, &report, &error);
  check_batch(status, &error, type, n, &report, &rows, phases ? LOY_OLIVER_PHASES : LOY_MOTIVES);
  if (!phases) return;
  fill(&scale, sizeof scale);
  status = loy_oliver_reproducibility(x[0], x[1], x[2], x[3], n, cut, &scale, &error);
  if (!answered_in(status, &error, &scale, sizeof scale)) return;
  require(scale.n >= 1 && scale.n + scale.missing == (int64_t)n && scale.errors >= 0);
  require(near(scale.reproducibility, 1.0 - (double)scale.errors / (4.0 * (double)scale.n), 1e-15, 0.0));
  require(inside(scale.reproducibility, 0.0, 1.0));
}

static void take_stage_options(input *in, loy_stage_options *o) {
  loy_stage_options_init(o);
  if (take(in) % 2) return;
  o->window = take_number(in, 1.0, 1000.0);
  o->r_max = take_number(in, 0.0, 400.0);
  o->r_churn = o->r_max + take_number(in, 0.0, 400.0);
  o->n_loyal = take_number(in, 1.0, 6.0);
  o->share_from = take_number(in, 0.05, 1.0);
  o->advocate_from = take_number(in, 0.0, 10.0);
}

static void fuzz_stage(input *in) {
  static const double most[TYPE_COLUMNS] = {10.0, 500.0, 1.0, 5.0, 1.0, 1.0, 10.0, 5.0};
  double x[TYPE_COLUMNS][TYPE_ROWS];
  const double *given[TYPE_COLUMNS];
  struct {
    int32_t stage[TYPE_ROWS];
    uint8_t advocate[TYPE_ROWS];
  } out;
  const size_t n = take(in) % (TYPE_ROWS + 1);
  size_t bad = 0, first = 0, advocates = 0, count[LOY_STAGES] = {0, 0, 0, 0, 0, 0};
  loy_stage_options options;
  loy_stage_columns columns;
  loy_stage_summary summary;
  loy_batch_report report;
  loy_error error;
  loy_status status;
  take_stage_options(in, &options);
  for (size_t c = 0; c < TYPE_COLUMNS; c++) {
    given[c] = take(in) % 4 ? x[c] : NULL;
    for (size_t i = 0; i < n; i++)
      x[c][i] = c == 1 || c == 2 ? take_score(in, 0.0, most[c])
                : take(in) % 8   ? take_answer(in, c == 3 ? 1 : 0, (int)most[c])
                                 : (double)NAN;
  }
  memcpy(&columns, given, sizeof columns);
  fill(&out, sizeof out);
  status = loy_stage_assign_batch(&columns, n, &options, out.stage, out.advocate, &summary, &report, &error);
  if (!answered_in(status, &error, &out, sizeof out)) return;
  require((status == LOY_NOTICE_INCOMPLETE) == (summary.unreachable != 0));
  for (size_t i = n; i-- > 0;) {
    loy_stage_customer customer;
    double row[TYPE_COLUMNS];
    int stage = -2, advocate = -2;
    for (size_t c = 0; c < TYPE_COLUMNS; c++) row[c] = given[c] ? x[c][i] : (double)NAN;
    memcpy(&customer, row, sizeof customer);
    if (answered(loy_stage_assign(&customer, &options, &stage, &advocate, &error), &error)) {
      require(stage >= 0 && stage < LOY_STAGES && (advocate == 0 || (advocate == 1 && stage == LOY_STAGE_LOYAL)));
      require(!(summary.unreachable >> stage & 1));
      count[stage]++;
      advocates += (size_t)advocate;
    } else {
      require(stage == -2 && advocate == -2);
      stage = -1, advocate = 0, bad++, first = i;
    }
    require(out.stage[i] == stage && out.advocate[i] == advocate);
  }
  require_report(&report, bad, first);
  require(memcmp(count, summary.count, sizeof count) == 0 && advocates == summary.advocates);
}

static void fuzz_battery(input *in) {
  double x[LOY_BATTERY_ITEMS][TYPE_ROWS], score[LOY_BATTERY_DIMENSIONS][TYPE_ROWS], favourable[TYPE_ROWS];
  const double *answer[LOY_BATTERY_ITEMS];
  double *to[LOY_BATTERY_DIMENSIONS];
  const size_t n = take(in) % (TYPE_ROWS + 1);
  size_t bad = 0, first = 0, skipped, without = 0;
  loy_batch_report report;
  loy_error error;
  loy_status status;
  for (size_t j = 0; j < LOY_BATTERY_ITEMS; j++) {
    answer[j] = x[j];
    for (size_t i = 0; i < n; i++) x[j][i] = take(in) % 4 ? take_answer(in, 1, 7) : (double)NAN;
  }
  for (size_t d = 0; d < LOY_BATTERY_DIMENSIONS; d++) to[d] = score[d];
  status = loy_battery_batch(answer, n, to, favourable, &skipped, &report, &error);
  require(answered(status, &error));
  for (size_t i = n; i-- > 0;) {
    double row[LOY_BATTERY_ITEMS];
    loy_battery_scores one;
    for (size_t j = 0; j < LOY_BATTERY_ITEMS; j++) row[j] = x[j][i];
    fill(&one, sizeof one);
    if (!answered_in(loy_battery(row, &one, &error), &error, &one, sizeof one)) {
      bad++, first = i;
      require(isnan(favourable[i]) && isnan(score[0][i]));
      continue;
    }
    require(same(one.favourable, favourable[i]) && (isnan(one.favourable) || inside(one.favourable, 1.0, 7.0)));
    without += isnan(one.favourable) != 0;
    for (size_t d = 0; d < LOY_BATTERY_DIMENSIONS; d++)
      require(same(one.score[d], score[d][i]) && (isnan(one.score[d]) || inside(one.score[d], 1.0, 7.0)));
  }
  require_report(&report, bad, first);
  require(skipped == without && (status == LOY_NOTICE_SKIPPED) == (without > 0));
}

static void check_share(const loy_share *share) {
  require(inside(share->share, 0.0, 1.0) && inside(share->lower, 0.0, share->share) &&
          inside(share->upper, share->share, 1.0));
}

static void fuzz_crosstab(input *in) {
  enum { CLASSES = 4 };
  int8_t before[TYPE_ROWS], after[TYPE_ROWS];
  const size_t n = take(in) % (TYPE_ROWS + 1);
  const int classes = 1 + take_choice(in, CLASSES);
  const double level = take_number(in, 1e-6, 1.0 - 1e-6);
  struct {
    int64_t count[(CLASSES + 1) * (CLASSES + 1)], unknown;
  } out;
  loy_share share[(CLASSES + 1) * (CLASSES + 1)], moved;
  int64_t total = 0;
  loy_error error;
  loy_status status;
  for (size_t i = 0; i < n; i++) {
    before[i] = (int8_t)(take(in) % 8 ? take_choice(in, classes > 0 ? classes : 1) : -1);
    after[i] = (int8_t)(take(in) % 8 ? take_choice(in, classes > 0 ? classes : 1) : -1);
  }
  fill(&out, sizeof out);
  if (answered_in(loy_type_counts(before, n, classes, out.count, &out.unknown, &error), &error, &out, sizeof out)) {
    for (int c = 0; c < classes; c++) total += out.count[c];
    require(total + out.unknown == (int64_t)n);
  }
  fill(&out, sizeof out);
  if (!answered_in(loy_crosstab(before, after, n, classes, out.count, &out.unknown, &error), &error, &out, sizeof out))
    return;
  total = 0;
  for (int c = 0; c < classes * classes; c++) total += out.count[c];
  require(total + out.unknown == (int64_t)n);
  if (take(in) % 4 == 0)
    for (int c = 0; c < classes * classes; c++) out.count[c] = take_count(in);
  fill(share, sizeof share);
  status = loy_crosstab_shares(out.count, classes, level, share, &error);
  if (answered_in(status, &error, share, sizeof share))
    for (int i = 0; i < classes; i++) {
      double sum = 0.0;
      for (int j = 0; j < classes; j++) {
        sum += share[i * classes + j].share;
        if (!isnan(share[i * classes].share)) check_share(&share[i * classes + j]);
      }
      require(isnan(sum) ? status == LOY_NOTICE_NONE : near(sum, 1.0, 1e-14, 0.0));
    }
  fill(&moved, sizeof moved);
  if (answered_in(loy_crosstab_moved(out.count, classes, level, &moved, &error), &error, &moved, sizeof moved))
    check_share(&moved);
}

static void fuzz_median_cut(input *in) {
  double x[TYPE_ROWS], turned[TYPE_ROWS], cut, again, probability[TYPE_ROWS], last[TYPE_ROWS], window[TYPE_ROWS];
  const size_t n = take(in) % (TYPE_ROWS + 1);
  size_t seen = 0, below = 0, at_most = 0, bad = 0, first = 0;
  loy_batch_report report;
  loy_error error;
  for (size_t i = 0; i < n; i++) {
    x[i] = take(in) % 2 ? take_score(in, -3.0, 3.0) : take_quantity(in);
    turned[n - 1 - i] = x[i];
  }
  fill(&cut, sizeof cut);
  if (answered_in(loy_median_cut(x, n, &cut, &error), &error, &cut, sizeof cut)) {
    require(loy_median_cut(turned, n, &again, &error) == LOY_OK && cut == again);
    for (size_t i = 0; i < n; i++) seen += !isnan(x[i]), below += x[i] < cut, at_most += x[i] <= cut;
    require(2 * below <= seen && 2 * at_most >= seen);
  }
  for (size_t i = 0; i < n; i++) {
    x[i] = 1.0 + take_answer(in, 0, 30);
    window[i] = take_quantity(in);
    last[i] = window[i] * take_number(in, 0.0, 1.0);
  }
  require(answered(loy_quick_activity_batch(x, last, window, n, probability, &report, &error), &error));
  for (size_t i = n; i-- > 0;) {
    fill(&again, sizeof again);
    if (answered_in(loy_quick_activity(x[i], last[i], window[i], &again, &error), &error, &again, sizeof again))
      require(same(again, probability[i]) && inside(again, 0.0, 1.0));
    else
      bad++, first = i, require(isnan(probability[i]));
  }
  require_report(&report, bad, first);
}

static void fuzz_brown(input *in) {
  enum { PURCHASES = 30, CUSTOMERS_MOST = 5 };
  int64_t brand[PURCHASES];
  size_t from[CUSTOMERS_MOST], n = take(in) % (PURCHASES + 1), customers = take(in) % (CUSTOMERS_MOST + 1);
  loy_brown_sequence out[CUSTOMERS_MOST];
  loy_brown_options options;
  failing_allocator memory;
  loy_error error;
  loy_status status;
  loy_brown_options_init(&options);
  if (take(in) % 2) {
    options.undivided_from = take_number(in, 0.55, 1.0);
    options.per_brand = take_number(in, 1.0, 4.0);
    options.least = 1 + take_count(in);
  }
  for (size_t i = 0; i < n; i++) brand[i] = take(in) % 16 ? take(in) % 5 : (int64_t)take_bits(in);
  for (size_t i = 0, at = 0; i < customers; i++) {
    from[i] = at;
    at += take(in) % 8;
    if (at > n) at = n;
    if (in->hostile && take(in) == 255) from[i] = (size_t)take_bits(in);
  }
  fill(out, sizeof out);
  status = loy_brown(brand, n, from, customers, &options, take_allocator(in, &memory), out, &error);
  require_returned(&memory, status);
  if (!answered_in(status, &error, out, sizeof out)) return;
  for (size_t c = 0; c < customers; c++) {
    const size_t at = from[c], end = c + 1 < customers ? from[c + 1] : n;
    int64_t kinds = 0, runs = 0, most = 0;
    for (size_t i = at; i < end; i++) {
      int64_t same_brand = 0, fresh = 1;
      for (size_t j = at; j < end; j++) {
        same_brand += brand[j] == brand[i];
        if (j < i && brand[j] == brand[i]) fresh = 0;
      }
      kinds += fresh;
      runs += i == at || brand[i] != brand[i - 1];
      if (same_brand > most) most = same_brand;
    }
    require(out[c].purchases == (int64_t)(end - at) && out[c].brands == kinds && out[c].runs == runs);
    require(at == end ? isnan(out[c].share) && isnan(out[c].entropy)
                      : out[c].share == (double)most / (double)(end - at) && inside(out[c].entropy, 0.0, 1.0));
    require((out[c].type == LOY_BROWN_UNKNOWN) == (out[c].purchases < options.least) && out[c].type < LOY_BROWN_TYPES);
  }
}

#endif /* LOYALTY_TESTS_FUZZ_LADDER_TYPES_H */
