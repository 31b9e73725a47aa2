/* ladder_panel.h: for fuzz_ladder.c: moves counted from panels, and chains from panels with gaps or from shares. */
#ifndef LOYALTY_TESTS_FUZZ_LADDER_PANEL_H
#define LOYALTY_TESTS_FUZZ_LADDER_PANEL_H

#include "ladder_matrix.h"
#include "loyalty/ladder/gaps.h"
#include "loyalty/ladder/shares.h"
#include "loyalty/ladder/transitions.h"

enum { PANEL_ROWS = 24, PANEL_STATES = 3, PANEL_TABLES = 40, PANEL_CELLS = PANEL_TABLES * PANEL_STATES * PANEL_STATES };

typedef struct panel {
  size_t n, states, tables;
  int64_t customer[PANEL_ROWS], time[PANEL_ROWS];
  int32_t stage[PANEL_ROWS];
  loy_transitions_options options;
} panel;

/* What counting should find, told the slow way. */
typedef struct panel_counts {
  int64_t counts[PANEL_CELLS];
  loy_transitions_report report;
  size_t bad_stage; /* the first, or LOY_NO_INDEX */
  int conflict, gap;
} panel_counts;

static void take_panel(input *in, panel *p) {
  const unsigned customers = 1 + take(in) % 5, sorted = take(in) % 2, wide = in->hostile && take(in) % 8 == 0;
  loy_transitions_options *o = &p->options;
  loy_transitions_options_init(o);
  p->n = take(in) % (PANEL_ROWS + 1);
  p->states = 1 + take(in) % PANEL_STATES;
  o->kind = (loy_transitions_kind)take_choice(in, 4);
  o->gaps = (loy_transitions_gaps)take_choice(in, 3);
  o->missing = (loy_transitions_missing)take_choice(in, 2);
  o->repeats = (loy_transitions_repeats)take_choice(in, 2);
  o->threads = 1 + take_choice(in, 3);
  if (take(in) % 2) o->step = 1 + take_count(in);
  if (take(in) % 8 == 0) o->first = -take_count(in);
  for (size_t i = 0; i < p->n; i++) {
    const int missing = take(in) % 16 == 0;
    p->customer[i] = wide ? (int64_t)take_bits(in) : (int64_t)(sorted ? i * customers / p->n : take(in) % customers);
    p->time[i] = wide ? (int64_t)take_bits(in) : (int64_t)(sorted ? i : take(in) % 16);
    if (!wide && take(in) % 4 && o->step > 0 && o->step < 1 << 20) p->time[i] *= o->step;
    p->stage[i] = missing ? -1 : (int32_t)take_choice(in, (int)p->states);
  }
}

static int comes_before(const panel *p, size_t a, size_t b) {
  if (p->customer[a] != p->customer[b]) return p->customer[a] < p->customer[b];
  return p->time[a] != p->time[b] ? p->time[a] < p->time[b] : a < b;
}

/* Rows in order of customer and time, of which those with a stage and one of each time are kept: the last as given. */
static size_t kept_rows(const panel *p, size_t *row, panel_counts *to) {
  size_t order[PANEL_ROWS], kept = 0;
  for (size_t i = 0; i < p->n; i++) {
    size_t at = i;
    for (; at > 0 && comes_before(p, i, order[at - 1]); at--) order[at] = order[at - 1];
    order[at] = i;
  }
  for (size_t i = 0; i < p->n; i++) {
    const size_t r = order[i];
    if (p->stage[r] == -1) continue;
    if (kept > 0 && p->customer[row[kept - 1]] == p->customer[r] && p->time[row[kept - 1]] == p->time[r]) {
      to->report.repeats++;
      to->conflict = to->conflict || p->stage[row[kept - 1]] != p->stage[r];
      row[kept - 1] = r;
    } else {
      row[kept++] = r;
    }
  }
  return kept;
}

/* Steps from one row to a later one, or 0 when that is no move of this kind. */
static uint64_t steps_between(const panel *p, size_t a, size_t b) {
  const uint64_t apart = (uint64_t)p->time[b] - (uint64_t)p->time[a], step = (uint64_t)p->options.step;
  const uint64_t most = p->options.kind == LOY_TRANSITIONS_BY_GAP ? p->tables : 1;
  return apart % step == 0 && apart / step <= most ? apart / step : 0;
}

static void expect_counts(const panel *p, panel_counts *to) {
  const loy_transitions_options *o = &p->options;
  size_t row[PANEL_ROWS], kept;
  memset(to, 0, sizeof *to);
  to->bad_stage = LOY_NO_INDEX;
  to->report.rows = (int64_t)p->n;
  for (size_t i = 0; i < p->n; i++) {
    const int missing = p->stage[i] == -1;
    const int bad =
        missing ? o->missing == LOY_TRANSITIONS_MISSING_DENY : p->stage[i] < 0 || (size_t)p->stage[i] >= p->states;
    if (bad && to->bad_stage == LOY_NO_INDEX) to->bad_stage = i;
    to->report.missing += missing;
    if (i == 0 || p->time[i] < to->report.first) to->report.first = p->time[i];
    if (i == 0 || p->time[i] > to->report.last) to->report.last = p->time[i];
  }
  if (to->bad_stage != LOY_NO_INDEX) return;
  kept = kept_rows(p, row, to);
  for (size_t i = 0; i < kept; i++) {
    const int second = i > 0 && p->customer[row[i]] == p->customer[row[i - 1]];
    const int third = second && i > 1 && p->customer[row[i]] == p->customer[row[i - 2]];
    uint64_t steps, table = 0;
    int counts;
    to->report.customers += !second;
    if (!second) continue;
    steps = steps_between(p, row[i - 1], row[i]);
    counts = steps > 0;
    to->gap = to->gap || !counts;
    if (o->kind == LOY_TRANSITIONS_TRIPLES) {
      if (!third) continue;
      counts = counts && steps_between(p, row[i - 2], row[i - 1]) > 0;
      table = (uint64_t)p->stage[row[i - 2]];
    }
    if (o->kind == LOY_TRANSITIONS_BY_GAP) table = steps - 1;
    if (o->kind == LOY_TRANSITIONS_BY_PERIOD)
      table = ((uint64_t)p->time[row[i - 1]] -
               (uint64_t)(o->first == LOY_TRANSITIONS_FIRST_SEEN ? to->report.first : o->first)) /
              (uint64_t)o->step;
    counts = counts || o->gaps == LOY_TRANSITIONS_GAPS_AS_ONE;
    to->report.pairs += counts;
    to->report.skipped += !counts;
    if (!counts) continue;
    require(table < p->tables);
    to->counts[(table * p->states + (size_t)p->stage[row[i - 1]]) * p->states + (size_t)p->stage[row[i]]]++;
  }
}

static void fuzz_transitions(input *in) {
  panel p;
  panel_counts expected;
  struct {
    int64_t counts[PANEL_CELLS];
    loy_transitions_report report;
  } out;
  failing_allocator memory;
  loy_error error;
  loy_status status;
  take_panel(in, &p);
  p.tables = 1 + take(in) % 4;
  if (p.options.kind == LOY_TRANSITIONS_PAIRS) p.tables = 1;
  if (p.options.kind == LOY_TRANSITIONS_TRIPLES) p.tables = p.states;
  if (p.options.kind == LOY_TRANSITIONS_BY_PERIOD) {
    fill(&p.tables, sizeof p.tables);
    if (!answered_in(loy_transitions_periods(p.time, p.n, p.states, &p.options, &p.tables, &error), &error, &p.tables,
                     sizeof p.tables) ||
        p.tables > PANEL_TABLES)
      return;
  }
  fill(&out, sizeof out);
  p.options.allocator = take_allocator(in, &memory);
  status = loy_transitions_count(p.customer, p.time, p.stage, p.n, p.states, &p.options, p.tables, out.counts,
                                 &out.report, &error);
  require_returned(&memory, status);
  if (!answered_in(status, &error, &out, sizeof out)) {
    if (status == LOY_ERR_MEMORY || strcmp(error.argument, "stage") * strcmp(error.argument, "time") != 0) return;
    expect_counts(&p, &expected);
    if (expected.bad_stage != LOY_NO_INDEX)
      require(strcmp(error.argument, "stage") == 0 && error.index == expected.bad_stage);
    else
      require((expected.conflict && p.options.repeats == LOY_TRANSITIONS_REPEATS_DENY) ||
              (expected.gap && p.options.gaps == LOY_TRANSITIONS_GAPS_DENY));
    return;
  }
  expect_counts(&p, &expected);
  require(expected.bad_stage == LOY_NO_INDEX);
  require(!expected.conflict || p.options.repeats == LOY_TRANSITIONS_REPEATS_LAST);
  require(!expected.gap || p.options.gaps != LOY_TRANSITIONS_GAPS_DENY);
  require(memcmp(out.counts, expected.counts, p.tables * p.states * p.states * sizeof *out.counts) == 0);
  if (out.report.missing > 0) expected.report.repeats = out.report.repeats; /* what a missing row repeats is not said */
  require(memcmp(&out.report, &expected.report, sizeof out.report) == 0);
}

/* Whether each row that is not all NaN is a law, and NaN where nothing passes. */
static void check_rows(const double *p, size_t n, int unseen) {
  for (size_t i = 0; i < n; i++) {
    int missing = 0;
    for (size_t j = 0; j < n; j++) missing += isnan(p[i * n + j]) != 0;
    if (missing) unseen--;
    require(missing ? missing == (int)n : is_law(p + i * n, n));
  }
  require(unseen == 0);
}

static void fuzz_gaps(input *in) {
  enum { LONGEST = 3, N = PANEL_STATES, PAIRS = N * N };
  const size_t n = 2 + take(in) % 2, longest = 1 + take(in) % LONGEST;
  double counts[LONGEST * PAIRS], total = 0.0, best = 0.0;
  uint8_t allowed[PAIRS];
  struct {
    double p[PAIRS], expected[PAIRS], se[PAIRS], covariance[PAIRS * PAIRS];
    loy_gaps_result result;
  } out;
  loy_gaps_options options;
  failing_allocator memory;
  loy_error error;
  loy_status status;
  loy_gaps_options_init(&options);
  options.allocator = take_allocator(in, &memory);
  options.starts = 1 + take_choice(in, 4);
  options.most_iterations = take(in) % 4 ? 200 : 1 + take_choice(in, 20);
  options.seed = take(in);
  options.allowed = take(in) % 4 ? NULL : take_flags(in, n * n, allowed, 6);
  for (size_t i = 0; i < longest * n * n; i++) {
    counts[i] = take(in) % 3 ? (double)(take(in) % 40) : 0.0;
    if (take(in) % 32 == 0) counts[i] = take_quantity(in);
    total += counts[i];
  }
  fill(&out, sizeof out);
  status = loy_gaps_fit(counts, n, longest, &options, out.p, out.expected, out.se, out.covariance, &out.result, &error);
  require_returned(&memory, status);
  if (!answered_in(status, &error, &out, sizeof out)) return;
  require(out.result.status == status && (out.result.maxima >= 1) == (out.result.converged != 0) &&
          out.result.gap >= 0.0);
  require(out.result.log_likelihood <= 1e-14 * total && near(out.result.weight, total, 1e-14, 0.0));
  require(!(out.result.next_log_likelihood > out.result.log_likelihood + 1e-9 * total));
  require(out.result.condition >= 1.0 - 1e-12 && (out.result.converged || status == LOY_NOTICE_NOT_CONVERGED));
  check_rows(out.p, n, out.result.unseen);
  require(are_sizes(out.expected, n * n));
  for (size_t i = 0; i < n; i++) {
    const double passes = sum_of(out.expected + i * n, n), seen = sum_of(counts + i * n, n);
    for (size_t j = 0; j < n; j++) {
      const size_t c = i * n + j;
      if (options.allowed && !allowed[c]) require(!(out.p[c] > 0.0));
      require(isnan(out.se[c]) || out.se[c] >= 0.0);
      /* The certificate is about all rows together, so that of seldom ones it says little. */
      if (out.result.converged && passes > 1e-3 * total) require(near(out.p[c], out.expected[c] / passes, 0.0, 1e-6));
      if (counts[c] > 0.0) best += counts[c] * log(counts[c] / seen);
    }
  }
  if (longest == 1 && out.result.converged) require(near(out.result.log_likelihood, best, 0.0, 1e-8 * total));
}

/* What is minimised, at any matrix. */
static double shares_criterion(const double *y, size_t times, size_t n, const double *weight, const double *prior,
                               double ridge, const double *p) {
  double sum = 0.0;
  for (size_t t = 1; t < times; t++)
    for (size_t j = 0; j < n; j++) {
      double rest = y[t * n + j];
      for (size_t i = 0; i < n; i++) rest -= y[(t - 1) * n + i] * p[i * n + j];
      sum += (weight ? weight[t] : 1.0) * rest * rest;
    }
  for (size_t c = 0; prior && c < n * n; c++) sum += ridge * (p[c] - prior[c]) * (p[c] - prior[c]);
  return sum;
}

static void fuzz_shares(input *in) {
  enum { TIMES = 7, N = PANEL_STATES };
  const size_t n = 2 + take(in) % 2, times = take(in) % (TIMES + 1);
  double share[TIMES * N], weight[TIMES], prior[N * N], other[N * N], size = 0.0;
  struct {
    double p[N * N], se[N * N], lower[N * N], upper[N * N];
    loy_shares_result result;
  } out;
  loy_shares_options options;
  failing_allocator memory;
  loy_error error;
  loy_status status;
  loy_shares_options_init(&options);
  options.allocator = take_allocator(in, &memory);
  options.normalize = take(in) % 8 ? 1 : take_choice(in, 2);
  options.replications = take(in) % 64 == 0 ? 100 : 0;
  options.level = take_number(in, 0.5, 0.98);
  if (take(in) % 2) {
    take_matrix(in, n, prior);
    options.prior = prior;
    options.ridge = take(in) % 2 ? take_number(in, 1e-9, 10.0) : take_quantity(in);
  }
  if (take(in) % 4 == 0) take_quantities(in, times, weight), options.weight = weight;
  for (size_t i = 0; i < times * n; i++) share[i] = take(in) % 16 ? take(in) / 255.0 : take_quantity(in);
  take_matrix(in, n, other);
  fill(&out, sizeof out);
  status = loy_shares_fit(share, times, n, &options, out.p, out.se, out.lower, out.upper, &out.result, &error);
  require_returned(&memory, status);
  if (!answered_in(status, &error, &out, sizeof out)) return;
  require(out.result.status == status && out.result.gap >= 0.0 && out.result.rss >= 0.0);
  require(out.result.converged || status == LOY_NOTICE_NOT_CONVERGED);
  check_rows(out.p, n, 0);
  for (size_t c = 0; c < n * n; c++) {
    if (options.replications) {
      require(out.se[c] >= 0.0 && inside(out.lower[c], 0.0, out.upper[c]) && out.upper[c] <= 1.0 + 1e-13);
    } else {
      require(isnan(out.se[c]) && isnan(out.lower[c]) && isnan(out.upper[c]));
    }
  }
  for (size_t t = 0; t < times; t++) {
    const double sum = sum_of(share + t * n, n);
    for (size_t j = 0; j < n; j++) {
      share[t * n + j] /= options.normalize ? sum : 1.0;
      if (t > 0) size += (options.weight ? weight[t] : 1.0) * share[t * n + j] * share[t * n + j];
    }
  }
  for (size_t c = 0; options.prior && c < n * n; c++) size += options.ridge * prior[c] * prior[c];
  for (size_t c = 0; c < n * n; c++)
    if (!inside(other[c], 0.0, 1.0)) return;
  require(shares_criterion(share, times, n, options.weight, options.prior, options.ridge, out.p) <=
          shares_criterion(share, times, n, options.weight, options.prior, options.ridge, other) +
              (out.result.gap + 1e-12) * size);
}

#endif /* LOYALTY_TESTS_FUZZ_LADDER_PANEL_H */
