/* transitions-inl.h: body of transitions.h. */
#ifndef LOYALTY_LADDER_TRANSITIONS_INL_H
#define LOYALTY_LADDER_TRANSITIONS_INL_H

#include "transitions.h"

#include "../base/cells.h"
#include "../base/parallel.h"
#include "stochastic.h"

#include <string.h>

LOY_BEGIN_DECLS

enum {
  LOYI_TRANSITIONS_BLOCK = 256,      /* rows looked at together: few, so that the next are read while these count */
  LOYI_TRANSITIONS_CONTEXT = 2,      /* rows before the one in turn that a triple needs */
  LOYI_TRANSITIONS_SLICE = 1 << 16,  /* rows below which one thread is faster */
  LOYI_TRANSITIONS_LANES = 4,        /* copies of small counts, so that equal neighbours need not wait for each other */
  LOYI_TRANSITIONS_LANE_CELLS = 512, /* counts that are small: 16 KiB in all lanes */
  LOYI_TRANSITIONS_STAGE_BITS = 10   /* of a stage, in a cell that also holds its row */
};

LOYI_ASSERT_STATIC(LOY_CHAIN_STATES_MOST <= 1 << LOYI_TRANSITIONS_STAGE_BITS, "a stage must fit into a cell");

LOYALTY_API void loy_transitions_options_init(loy_transitions_options *options) {
  if (!options) return;
  options->struct_size = sizeof *options;
  options->kind = LOY_TRANSITIONS_PAIRS;
  options->gaps = LOY_TRANSITIONS_GAPS_SKIP;
  options->missing = LOY_TRANSITIONS_MISSING_DENY;
  options->repeats = LOY_TRANSITIONS_REPEATS_DENY;
  options->step = 1;
  options->first = LOY_TRANSITIONS_FIRST_SEEN;
  options->threads = 1;
  options->allocator = NULL;
}

/* --- Counting rows in order ------------------------------------------------------------------------------------- */

typedef struct loyi_transitions_rule {
  loy_transitions_options options; /* `first` resolved */
  uint32_t states, tables;
  uint32_t cells; /* tables * states * states; two more follow: */
  uint32_t fresh; /* the place of a customer's first row, */
  uint32_t gap;   /* of a pair or triple left out because of a gap */
} loyi_transitions_rule;

/* The rows of one slice or span, as one thread meets them. */
typedef struct loyi_transitions_counter {
  const loyi_transitions_rule *rule;
  int64_t *count; /* lanes of rule->cells + 2 */
  size_t stride;  /* from lane to lane; 0 when there is one lane */
  int unsorted;
  size_t customers; /* with TRIPLES; else the count of rule->fresh */
  size_t missing, repeats;
  size_t bad_stage, bad_repeat, bad_gap; /* the first row of each, or LOY_NO_INDEX */
  int64_t first, last;
  uint32_t place[LOYI_TRANSITIONS_BLOCK + LOYI_TRANSITIONS_CONTEXT]; /* where each row of a block counts */
  /* Rows that had to be picked out, waiting to be counted together. The first `counted` have been. */
  size_t held, counted;
  int64_t customer[LOYI_TRANSITIONS_BLOCK], time[LOYI_TRANSITIONS_BLOCK];
  int32_t stage[LOYI_TRANSITIONS_BLOCK];
  size_t row[LOYI_TRANSITIONS_BLOCK];
} loyi_transitions_counter;

LOYI_LOCAL void loyi_transitions_least(size_t *least, size_t row) {
  if (row < *least) *least = row;
}

/* Where each of n rows counts, when every pair (any != 0) or the pairs one step apart are transitions: a number below
 * states^2, `fresh` or fresh + 1 for a gap. Widens *first and *last. Nonzero when the rows do not rise by customer and
 * time, or a stage is out of range. No branches: this and the additions are the speed of the whole. */
LOYI_CLONES LOYI_LOCAL int loyi_transitions_look(const int64_t *LOY_RESTRICT customer, const int64_t *LOY_RESTRICT time,
                                                 const int32_t *LOY_RESTRICT stage, size_t n, uint32_t states,
                                                 uint64_t step, int any, uint32_t fresh, uint32_t *LOY_RESTRICT place,
                                                 int64_t *first, int64_t *last) {
  int64_t least = *first, greatest = *last;
  const uint64_t all = any ? 1 : 0;
  uint64_t wrong = 0;
  uint32_t astray = 0;
  for (size_t i = 0; i < n; i++) astray |= (uint32_t)stage[i] >= states;
  for (size_t i = 0; i < n; i++) {
    least = time[i] < least ? time[i] : least;
    greatest = time[i] > greatest ? time[i] : greatest;
  }
  place[0] = fresh;
  for (size_t i = 1; i < n; i++) place[i] = (uint32_t)stage[i - 1] * states + (uint32_t)stage[i];
  for (size_t i = 1; i < n; i++) {
    const uint64_t same = customer[i - 1] == customer[i];
    const uint64_t fits = all | ((uint64_t)time[i] - (uint64_t)time[i - 1] == step);
    const uint32_t pair = fits ? place[i] : fresh + 1;
    wrong |= (uint64_t)(customer[i - 1] > customer[i]) | (same & (uint64_t)(time[i - 1] >= time[i]));
    place[i] = same ? pair : fresh;
  }
  *first = least;
  *last = greatest;
  return wrong != 0 || astray != 0;
}

/* Pairs k whole steps apart go to table k - 1, others to the gaps. */
LOYI_LOCAL void loyi_transitions_by_gap(const loyi_transitions_rule *rule, const int64_t *time, size_t from, size_t n,
                                        uint32_t *place) {
  const uint64_t step = (uint64_t)rule->options.step;
  const uint32_t table = rule->states * rule->states;
  for (size_t i = from > 0 ? from : 1; i < n; i++) {
    const uint64_t gap = (uint64_t)time[i] - (uint64_t)time[i - 1];
    uint64_t k = 1;
    if (place[i] == rule->fresh || gap == step) continue;
    k = gap % step == 0 ? gap / step : 0;
    place[i] = k < 1 || k > rule->tables ? rule->gap : place[i] + (uint32_t)(k - 1) * table;
  }
}

/* Transitions go to the table of the period in which they begin. */
LOYI_LOCAL void loyi_transitions_by_period(const loyi_transitions_rule *rule, const int64_t *time, size_t from,
                                           size_t n, uint32_t *place) {
  const uint64_t step = (uint64_t)rule->options.step, first = (uint64_t)rule->options.first;
  const uint32_t table = rule->states * rule->states;
  for (size_t i = from > 0 ? from : 1; i < n; i++)
    if (place[i] < rule->cells) place[i] += (uint32_t)(((uint64_t)time[i - 1] - first) / step) * table;
}

/* Two pairs that follow each other are a triple. From the end, so that each pair is read before it is replaced. */
LOYI_LOCAL void loyi_transitions_triples(loyi_transitions_counter *counter, const int32_t *stage, size_t from,
                                         size_t n) {
  const loyi_transitions_rule *rule = counter->rule;
  uint32_t *place = counter->place;
  for (size_t i = n; i-- > from;) {
    const uint32_t pair = place[i], before = i > 0 ? place[i - 1] : rule->fresh;
    counter->customers += pair == rule->fresh;
    if (pair == rule->fresh || before == rule->fresh) {
      place[i] = rule->fresh;
    } else if (pair == rule->gap || before == rule->gap) {
      place[i] = rule->gap;
    } else {
      place[i] = before * rule->states + (uint32_t)stage[i];
    }
  }
}

/* Count rows `from` to n - 1 of those just looked at. Row i is row number row[i], or base + i without `row`. */
LOYI_LOCAL void loyi_transitions_add(loyi_transitions_counter *counter, const int64_t *time, const int32_t *stage,
                                     const size_t *row, size_t base, size_t from, size_t n) {
  const loyi_transitions_rule *rule = counter->rule;
  const uint32_t *place = counter->place;
  int64_t *a = counter->count, *b = a + counter->stride, *c = b + counter->stride, *d = c + counter->stride;
  size_t i = from;
  if (rule->options.kind == LOY_TRANSITIONS_BY_GAP) loyi_transitions_by_gap(rule, time, from, n, counter->place);
  if (rule->options.gaps == LOY_TRANSITIONS_GAPS_DENY)
    for (size_t k = from; k < n; k++)
      if (place[k] == rule->gap) loyi_transitions_least(&counter->bad_gap, row ? row[k] : base + k);
  if (rule->options.kind == LOY_TRANSITIONS_BY_PERIOD) loyi_transitions_by_period(rule, time, from, n, counter->place);
  if (rule->options.kind == LOY_TRANSITIONS_TRIPLES) loyi_transitions_triples(counter, stage, from, n);
  for (; i + LOYI_TRANSITIONS_LANES <= n; i += LOYI_TRANSITIONS_LANES) {
    a[place[i]]++;
    b[place[i + 1]]++;
    c[place[i + 2]]++;
    d[place[i + 3]]++;
  }
  for (; i < n; i++) a[place[i]]++;
}

LOYI_LOCAL int loyi_transitions_look_at(loyi_transitions_counter *counter, const int64_t *customer, const int64_t *time,
                                        const int32_t *stage, size_t n, int64_t *first, int64_t *last) {
  const loyi_transitions_rule *rule = counter->rule;
  return loyi_transitions_look(customer, time, stage, n, rule->states, (uint64_t)rule->options.step,
                               rule->options.gaps == LOY_TRANSITIONS_GAPS_AS_ONE ||
                                   rule->options.kind == LOY_TRANSITIONS_BY_GAP,
                               rule->fresh, counter->place, first, last);
}

/* Count the rows that wait, and keep what the next ones need. */
LOYI_LOCAL void loyi_transitions_flush(loyi_transitions_counter *counter) {
  const size_t n = counter->held, keep = n < LOYI_TRANSITIONS_CONTEXT ? n : (size_t)LOYI_TRANSITIONS_CONTEXT;
  if (n == counter->counted) return;
  (void)loyi_transitions_look_at(counter, counter->customer, counter->time, counter->stage, n, &counter->first,
                                 &counter->last);
  loyi_transitions_add(counter, counter->time, counter->stage, counter->row, 0, counter->counted, n);
  for (size_t i = 0; i < keep; i++) {
    counter->customer[i] = counter->customer[n - keep + i];
    counter->time[i] = counter->time[n - keep + i];
    counter->stage[i] = counter->stage[n - keep + i];
    counter->row[i] = counter->row[n - keep + i];
  }
  counter->held = counter->counted = keep;
}

LOYI_LOCAL void loyi_transitions_hold(loyi_transitions_counter *counter, int64_t customer, int64_t time, int32_t stage,
                                      size_t row) {
  const size_t at = counter->held++;
  counter->customer[at] = customer;
  counter->time[at] = time;
  counter->stage[at] = stage;
  counter->row[at] = row;
}

/* The next row, which comes after the one before by customer and time or repeats it. Its stage is known. */
LOYI_LOCAL void loyi_transitions_feed(loyi_transitions_counter *counter, int64_t customer, int64_t time, int32_t stage,
                                      size_t row) {
  const size_t last = counter->held - 1;
  if (counter->held > 0 && counter->customer[last] == customer && counter->time[last] == time) {
    counter->repeats++;
    if (counter->stage[last] == stage) return;
    loyi_transitions_least(&counter->bad_repeat, row);
    counter->stage[last] = stage;
    return;
  }
  if (counter->held == LOYI_TRANSITIONS_BLOCK) loyi_transitions_flush(counter);
  loyi_transitions_hold(counter, customer, time, stage, row);
}

/* --- Columns in order ------------------------------------------------------------------------------------------- */

typedef struct loyi_transitions_job {
  const int64_t *customer, *time;
  const int32_t *stage;
  size_t n, slices;
  size_t start[LOYI_CELLS_MOST_SLICES + 1]; /* where slices begin: at the first row of a customer */
  int64_t least[LOYI_CELLS_MOST_SLICES], greatest[LOYI_CELLS_MOST_SLICES]; /* ids, when rows must be sorted */
  loyi_transitions_counter *counter;                                       /* one for each slice */
} loyi_transitions_job;

LOYI_LOCAL void loyi_transitions_slice(loyi_transitions_job *job) {
  job->start[0] = 0;
  for (size_t slice = 1; slice < job->slices; slice++) {
    size_t i = loyi_cells_cut(job->n, job->slices, slice);
    if (i < job->start[slice - 1]) i = job->start[slice - 1];
    while (i > 0 && i < job->n && job->customer[i] == job->customer[i - 1]) i++;
    job->start[slice] = i;
  }
  job->start[job->slices] = job->n;
}

/* Rows one by one, from one at which something was not plain. 0 when they are not in order. */
LOYI_LOCAL int loyi_transitions_pick(loyi_transitions_counter *counter, const loyi_transitions_job *job, size_t from,
                                     size_t end) {
  const int64_t *customer = job->customer, *time = job->time;
  for (size_t i = from < LOYI_TRANSITIONS_CONTEXT ? 0 : from - LOYI_TRANSITIONS_CONTEXT; i < from; i++)
    loyi_transitions_hold(counter, customer[i], time[i], job->stage[i], i);
  counter->counted = counter->held;
  for (size_t i = from; i < end; i++) {
    if (i > 0 && (customer[i - 1] > customer[i] || (customer[i - 1] == customer[i] && time[i - 1] > time[i]))) return 0;
    if (time[i] < counter->first) counter->first = time[i];
    if (time[i] > counter->last) counter->last = time[i];
    if ((uint32_t)job->stage[i] < counter->rule->states) {
      loyi_transitions_feed(counter, customer[i], time[i], job->stage[i], i);
    } else {
      counter->missing++;
      if (job->stage[i] != -1 || counter->rule->options.missing == LOY_TRANSITIONS_MISSING_DENY)
        loyi_transitions_least(&counter->bad_stage, i);
    }
  }
  loyi_transitions_flush(counter);
  return 1;
}

LOYI_LOCAL void loyi_transitions_count_slice(void *context, size_t slice) {
  const loyi_transitions_job *job = (const loyi_transitions_job *)context;
  loyi_transitions_counter *counter = &job->counter[slice];
  const size_t end = job->start[slice + 1];
  size_t until;
  for (size_t i = job->start[slice]; i < end; i = until) {
    const size_t context_rows = i < LOYI_TRANSITIONS_CONTEXT ? i : (size_t)LOYI_TRANSITIONS_CONTEXT;
    const size_t base = i - context_rows;
    int64_t first = counter->first, last = counter->last;
    until = end - i < LOYI_TRANSITIONS_BLOCK ? end : i + LOYI_TRANSITIONS_BLOCK;
    if (loyi_transitions_look_at(counter, job->customer + base, job->time + base, job->stage + base, until - base,
                                 &first, &last) ||
        (until < end && job->customer[until] == job->customer[until - 1] && job->time[until] == job->time[until - 1])) {
      counter->unsorted = !loyi_transitions_pick(counter, job, i, end);
      return;
    }
    counter->first = first;
    counter->last = last;
    loyi_transitions_add(counter, job->time + base, job->stage + base, NULL, base, context_rows, until - base);
  }
}

/* --- Columns in any order --------------------------------------------------------------------------------------- */

LOYI_LOCAL void loyi_transitions_scan_slice(void *context, size_t slice) {
  loyi_transitions_job *job = (loyi_transitions_job *)context;
  loyi_transitions_counter *counter = &job->counter[slice];
  const size_t end = loyi_cells_cut(job->n, job->slices, slice + 1);
  int64_t least = INT64_MAX, greatest = INT64_MIN, first = INT64_MAX, last = INT64_MIN;
  size_t missing = 0;
  for (size_t i = loyi_cells_cut(job->n, job->slices, slice); i < end; i++) {
    if (job->customer[i] < least) least = job->customer[i];
    if (job->customer[i] > greatest) greatest = job->customer[i];
    if (job->time[i] < first) first = job->time[i];
    if (job->time[i] > last) last = job->time[i];
    if ((uint32_t)job->stage[i] < counter->rule->states) continue;
    missing++;
    if (job->stage[i] != -1 || counter->rule->options.missing == LOY_TRANSITIONS_MISSING_DENY)
      loyi_transitions_least(&counter->bad_stage, i);
  }
  job->least[slice] = least;
  job->greatest[slice] = greatest;
  counter->first = first;
  counter->last = last;
  counter->missing = missing;
}

LOYI_LOCAL void loyi_transitions_count_rows(const loyi_cells_sort *sort, size_t first, size_t end, size_t *count) {
  const loyi_transitions_job *job = (const loyi_transitions_job *)sort->context;
  for (size_t i = first; i < end; i++)
    if (job->stage[i] >= 0) count[loyi_cells_part(sort, job->customer[i])]++;
}

LOYI_LOCAL void loyi_transitions_place_rows(const loyi_cells_sort *sort, size_t first, size_t end, size_t *place,
                                            loyi_cell *cell) {
  const loyi_transitions_job *job = (const loyi_transitions_job *)sort->context;
  for (size_t i = first; i < end; i++) {
    loyi_cell *to;
    if (job->stage[i] < 0) continue;
    to = &cell[place[loyi_cells_part(sort, job->customer[i])]++];
    to->customer = job->customer[i];
    to->period = job->time[i];
    to->value = (int64_t)((uint64_t)i << LOYI_TRANSITIONS_STAGE_BITS | (uint64_t)job->stage[i]);
  }
}

LOYI_LOCAL void loyi_transitions_take_part(void *context, size_t span, const loyi_cell *cell, size_t n,
                                           loyi_cell *home) {
  const loyi_transitions_job *job = (const loyi_transitions_job *)context;
  (void)home;
  for (size_t i = 0; i < n; i++) {
    const uint64_t value = (uint64_t)cell[i].value;
    loyi_transitions_feed(&job->counter[span], cell[i].customer, cell[i].period,
                          (int32_t)(value & ((1u << LOYI_TRANSITIONS_STAGE_BITS) - 1)),
                          (size_t)(value >> LOYI_TRANSITIONS_STAGE_BITS));
  }
}

/* --- The call --------------------------------------------------------------------------------------------------- */

/* An empty counter; its counts are the caller's. */
LOYI_LOCAL void loyi_transitions_start(loyi_transitions_counter *counter, const loyi_transitions_rule *rule,
                                       int64_t *count, size_t stride, size_t size) {
  counter->rule = rule;
  counter->count = count;
  counter->stride = stride;
  counter->unsorted = 0;
  counter->customers = counter->missing = counter->repeats = 0;
  counter->bad_stage = counter->bad_repeat = counter->bad_gap = LOY_NO_INDEX;
  counter->first = INT64_MAX;
  counter->last = INT64_MIN;
  counter->held = counter->counted = 0;
  memset(count, 0, size * sizeof *count);
}

/* Count all rows into job->counter, whose memory is there. LOY_ERR_MEMORY when sorting needs more than there is. */
LOYI_LOCAL loy_status loyi_transitions_run(loyi_transitions_job *job, const loyi_transitions_rule *rule, int64_t *count,
                                           size_t stride, size_t size) {
  const int threads = (int)job->slices;
  loyi_cells_sort sort;
  loyi_cell *cell;
  size_t cells;
  int unsorted = 0, good;
  for (size_t slice = 0; slice < job->slices; slice++)
    loyi_transitions_start(&job->counter[slice], rule, count + slice * size, stride, size);
  loyi_transitions_slice(job);
  loyi_parallel(loyi_transitions_count_slice, job, job->slices, threads);
  for (size_t slice = 0; slice < job->slices; slice++) unsorted |= job->counter[slice].unsorted;
  if (!unsorted) return LOY_OK;

  for (size_t slice = 0; slice < job->slices; slice++)
    loyi_transitions_start(&job->counter[slice], rule, count + slice * size, stride, size);
  loyi_parallel(loyi_transitions_scan_slice, job, job->slices, threads);
  memset(&sort, 0, sizeof sort);
  sort.least = job->least[0];
  sort.greatest = job->greatest[0];
  for (size_t slice = 0; slice < job->slices; slice++) {
    if (job->counter[slice].bad_stage != LOY_NO_INDEX) return LOY_OK; /* an error in any case */
    if (job->least[slice] < sort.least) sort.least = job->least[slice];
    if (job->greatest[slice] > sort.greatest) sort.greatest = job->greatest[slice];
  }
  sort.n = job->n;
  sort.threads = threads;
  sort.context = job;
  sort.count = loyi_transitions_count_rows;
  sort.place = loyi_transitions_place_rows;
  sort.take = loyi_transitions_take_part;
  good = loyi_cells_run(&sort, rule->options.allocator, &cell, &cells);
  loyi_release(rule->options.allocator, cell, cells, sizeof *cell);
  for (size_t slice = 0; slice < job->slices; slice++) loyi_transitions_flush(&job->counter[slice]);
  return good ? LOY_OK : LOY_ERR_MEMORY;
}

/* What all counters found together. The first of them receives the rows at fault. */
LOYI_LOCAL void loyi_transitions_gather(const loyi_transitions_job *job, loy_transitions_report *report) {
  const loyi_transitions_rule *rule = job->counter[0].rule;
  loyi_transitions_counter *all = &job->counter[0];
  const size_t lanes = all->stride > 0 ? LOYI_TRANSITIONS_LANES : 1;
  memset(report, 0, sizeof *report);
  report->rows = (int64_t)job->n;
  for (size_t slice = 0; slice < job->slices; slice++) {
    const loyi_transitions_counter *counter = &job->counter[slice];
    loyi_transitions_least(&all->bad_stage, counter->bad_stage);
    loyi_transitions_least(&all->bad_repeat, counter->bad_repeat);
    loyi_transitions_least(&all->bad_gap, counter->bad_gap);
    if (counter->first < all->first) all->first = counter->first;
    if (counter->last > all->last) all->last = counter->last;
    report->missing += (int64_t)counter->missing;
    report->repeats += (int64_t)counter->repeats;
    report->customers += (int64_t)counter->customers;
    for (size_t lane = 0; lane < lanes; lane++) {
      const int64_t *count = counter->count + lane * counter->stride;
      if (rule->options.kind != LOY_TRANSITIONS_TRIPLES) report->customers += count[rule->fresh];
      report->skipped += count[rule->gap];
      for (size_t i = 0; i < rule->cells; i++) report->pairs += count[i];
    }
  }
  report->first = job->n > 0 ? all->first : 0;
  report->last = job->n > 0 ? all->last : 0;
}

LOYI_LOCAL loy_status loyi_transitions_options_check(const loy_transitions_options *options,
                                                     loy_transitions_options *plain, loy_error *error) {
  loy_transitions_options_init(plain);
  if (options) {
    if (options->struct_size != sizeof *options)
      return loyi_report(error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX,
                         "must be filled by loy_transitions_options_init");
    *plain = *options;
  }
  if ((int)plain->kind < LOY_TRANSITIONS_PAIRS || (int)plain->kind > LOY_TRANSITIONS_TRIPLES)
    return loyi_report(error, LOY_ERR_ARGUMENT, "kind", LOY_NO_INDEX, "must be a loy_transitions_kind");
  if ((int)plain->gaps < LOY_TRANSITIONS_GAPS_SKIP || (int)plain->gaps > LOY_TRANSITIONS_GAPS_DENY)
    return loyi_report(error, LOY_ERR_ARGUMENT, "gaps", LOY_NO_INDEX, "must be a loy_transitions_gaps");
  if (plain->kind == LOY_TRANSITIONS_BY_GAP && plain->gaps == LOY_TRANSITIONS_GAPS_AS_ONE)
    return loyi_report(error, LOY_ERR_ARGUMENT, "gaps", LOY_NO_INDEX, "must not count as one when counted by gap");
  if ((int)plain->missing < LOY_TRANSITIONS_MISSING_DENY || (int)plain->missing > LOY_TRANSITIONS_MISSING_GAP)
    return loyi_report(error, LOY_ERR_ARGUMENT, "missing", LOY_NO_INDEX, "must be a loy_transitions_missing");
  if ((int)plain->repeats < LOY_TRANSITIONS_REPEATS_DENY || (int)plain->repeats > LOY_TRANSITIONS_REPEATS_LAST)
    return loyi_report(error, LOY_ERR_ARGUMENT, "repeats", LOY_NO_INDEX, "must be a loy_transitions_repeats");
  if (plain->step < 1) return loyi_report(error, LOY_ERR_DOMAIN, "step", LOY_NO_INDEX, "must be at least 1");
  return LOY_OK;
}

LOYI_LOCAL loy_status loyi_transitions_states_check(size_t states, loy_error *error) {
  if (states >= 1 && states <= LOY_CHAIN_STATES_MOST) return LOY_OK;
  return loyi_report(error, LOY_ERR_ARGUMENT, "states", LOY_NO_INDEX, "must be from 1 to 1024");
}

/* The beginning of period 0 in options->first, and how many periods there are. */
LOYI_LOCAL loy_status loyi_transitions_span(const int64_t *time, size_t n, loy_transitions_options *options,
                                            uint64_t *periods, loy_error *error) {
  int64_t least = INT64_MAX, greatest = INT64_MIN;
  for (size_t i = 0; i < n; i++) {
    least = time[i] < least ? time[i] : least;
    greatest = time[i] > greatest ? time[i] : greatest;
  }
  *periods = 1;
  if (n == 0) return LOY_OK;
  if (options->first == LOY_TRANSITIONS_FIRST_SEEN) options->first = least;
  if (least < options->first) {
    size_t row = 0;
    while (time[row] >= options->first) row++;
    return loyi_report(error, LOY_ERR_DOMAIN, "time", row, "must not be before the beginning of period 0");
  }
  /* Whatever begins, does so before the last time of all. */
  if (greatest > options->first)
    *periods = ((uint64_t)greatest - (uint64_t)options->first - 1) / (uint64_t)options->step + 1;
  return LOY_OK;
}

LOYALTY_API loy_status loy_transitions_periods(const int64_t *time, size_t n, size_t states,
                                               const loy_transitions_options *options, size_t *periods,
                                               loy_error *error) {
  loy_transitions_options plain;
  uint64_t found;
  loy_status status = loyi_transitions_options_check(options, &plain, error);
  if (status == LOY_OK) status = loyi_transitions_states_check(states, error);
  if (status != LOY_OK) return status;
  if (n > 0 && !time) return loyi_report(error, LOY_ERR_ARGUMENT, "time", LOY_NO_INDEX, "must not be NULL");
  if (!periods) return loyi_report(error, LOY_ERR_ARGUMENT, "periods", LOY_NO_INDEX, "must not be NULL");
  status = loyi_transitions_span(time, n, &plain, &found, error);
  if (status != LOY_OK) return status;
  if (found > LOY_TRANSITIONS_CELLS_MOST / (states * states))
    return loyi_report(error, LOY_ERR_DOMAIN, "step", LOY_NO_INDEX, "must be longer: there are too many periods");
  *periods = (size_t)found;
  return loyi_ok(error);
}

LOYI_LOCAL loy_status loyi_transitions_tables_check(size_t tables, size_t states, loy_transitions_kind kind,
                                                    loy_error *error) {
  const char *message = NULL;
  if (kind == LOY_TRANSITIONS_PAIRS && tables != 1) message = "must be 1 for pairs";
  if (kind == LOY_TRANSITIONS_TRIPLES && tables != states) message = "must be the number of states for triples";
  if (tables < 1 || tables > LOY_TRANSITIONS_CELLS_MOST / (states * states))
    message = "must be at least 1, with at most 2^27 counts in all";
  return message ? loyi_report(error, LOY_ERR_ARGUMENT, "tables", LOY_NO_INDEX, message) : LOY_OK;
}

LOYALTY_API loy_status loy_transitions_count(const int64_t *customer, const int64_t *time, const int32_t *stage,
                                             size_t n, size_t states, const loy_transitions_options *options,
                                             size_t tables, int64_t *counts, loy_transitions_report *report,
                                             loy_error *error) {
  loyi_transitions_rule rule;
  loyi_transitions_job job;
  loy_transitions_report found;
  const loy_allocator *allocator;
  const loyi_transitions_counter *all;
  int64_t *count;
  size_t stride, size;
  loy_status status = loyi_transitions_options_check(options, &rule.options, error);
  if (status == LOY_OK) status = loyi_transitions_states_check(states, error);
  if (status == LOY_OK) status = loyi_transitions_tables_check(tables, states, rule.options.kind, error);
  if (status != LOY_OK) return status;
  if (n > 0 && !customer) return loyi_report(error, LOY_ERR_ARGUMENT, "customer", LOY_NO_INDEX, "must not be NULL");
  if (n > 0 && !time) return loyi_report(error, LOY_ERR_ARGUMENT, "time", LOY_NO_INDEX, "must not be NULL");
  if (n > 0 && !stage) return loyi_report(error, LOY_ERR_ARGUMENT, "stage", LOY_NO_INDEX, "must not be NULL");
  if (!counts) return loyi_report(error, LOY_ERR_ARGUMENT, "counts", LOY_NO_INDEX, "must not be NULL");
  if (rule.options.kind == LOY_TRANSITIONS_BY_PERIOD) {
    uint64_t periods;
    status = loyi_transitions_span(time, n, &rule.options, &periods, error);
    if (status != LOY_OK) return status;
    if (periods > tables)
      return loyi_report(error, LOY_ERR_BUFFER, "tables", LOY_NO_INDEX, "must be at least the number of periods");
  }
  rule.states = (uint32_t)states;
  rule.tables = (uint32_t)tables;
  rule.cells = rule.fresh = rule.tables * rule.states * rule.states;
  rule.gap = rule.cells + 1;

  job.customer = customer;
  job.time = time;
  job.stage = stage;
  job.n = n;
  job.slices = rule.options.threads < 1 || n < LOYI_TRANSITIONS_SLICE ? 1 : (size_t)rule.options.threads;
  if (job.slices > LOYI_CELLS_MOST_SLICES) job.slices = LOYI_CELLS_MOST_SLICES;
  if (job.slices > 1 + n / rule.cells) job.slices = 1 + n / rule.cells; /* no more work for counts than for rows */
  stride = rule.cells <= LOYI_TRANSITIONS_LANE_CELLS ? (size_t)rule.cells + 2 : 0;
  size = stride > 0 ? LOYI_TRANSITIONS_LANES * stride : (size_t)rule.cells + 2;

  allocator = rule.options.allocator;
  count = (int64_t *)loyi_allocate(allocator, job.slices * size, sizeof *count);
  job.counter = count ? (loyi_transitions_counter *)loyi_allocate(allocator, job.slices, sizeof *job.counter) : NULL;
  status = job.counter ? loyi_transitions_run(&job, &rule, count, stride, size) : LOY_ERR_MEMORY;
  if (status != LOY_OK) {
    status = loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, NULL);
  } else {
    loyi_transitions_gather(&job, &found);
    all = &job.counter[0];
    if (all->bad_stage != LOY_NO_INDEX) {
      status = loyi_report(error, LOY_ERR_DOMAIN, "stage", all->bad_stage, "must be a stage from 0 to states - 1");
    } else if (all->bad_repeat != LOY_NO_INDEX && rule.options.repeats == LOY_TRANSITIONS_REPEATS_DENY) {
      status = loyi_report(error, LOY_ERR_DOMAIN, "time", all->bad_repeat,
                           "must not repeat for a customer with another stage");
    } else if (all->bad_gap != LOY_NO_INDEX) {
      status = loyi_report(error, LOY_ERR_DOMAIN, "time", all->bad_gap, "must follow the row before without a gap");
    } else {
      memset(counts, 0, (size_t)rule.cells * sizeof *counts);
      for (size_t slice = 0; slice < job.slices; slice++)
        for (size_t lane = 0; lane < (stride > 0 ? LOYI_TRANSITIONS_LANES : 1); lane++)
          for (size_t i = 0; i < rule.cells; i++) counts[i] += count[slice * size + lane * stride + i];
      if (report) *report = found;
      status = loyi_ok(error);
    }
  }
  loyi_release(allocator, job.counter, job.slices, sizeof *job.counter);
  loyi_release(allocator, count, job.slices * size, sizeof *count);
  return status;
}

LOY_END_DECLS

#endif /* LOYALTY_LADDER_TRANSITIONS_INL_H */
