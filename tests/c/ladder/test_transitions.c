/* Tests of ladder/transitions.h: against a walk over a grid of customers by time, in any order of the rows, with any
 * number of threads; the ends of the integers; every error in its order. */
#include "check.h"

#include "failing_allocator.h"

#include <stdlib.h>

/* --- A panel by hand -------------------------------------------------------------------------------------------- */

/* Customer 3 moves 0 0 1 and, after two missing waves, 2; customer 8 moves 1 1; customer 9 is seen once. */
static const int64_t hand_customer[] = {8, 3, 3, 9, 3, 8, 3};
static const int64_t hand_time[] = {2, 1, 2, 2, 6, 3, 3};
static const int32_t hand_stage[] = {1, 0, 0, 2, 2, 1, 1};
enum { HAND = 7 };

static void test_by_hand(void) {
  static const int64_t pairs[] = {1, 1, 0, 0, 1, 0, 0, 0, 0};
  static const int64_t as_one[] = {1, 1, 0, 0, 1, 1, 0, 0, 0};
  loy_transitions_options options;
  loy_transitions_report report;
  loy_error e;
  int64_t counts[27];
  size_t periods;
  CHECK_STATUS(loy_transitions_count(hand_customer, hand_time, hand_stage, HAND, 3, NULL, 1, counts, &report, &e),
               LOY_OK);
  CU_ASSERT_EQUAL(memcmp(counts, pairs, sizeof pairs), 0);
  CU_ASSERT(report.rows == 7 && report.customers == 3 && report.pairs == 3 && report.skipped == 1);
  CU_ASSERT(report.missing == 0 && report.repeats == 0 && report.first == 1 && report.last == 6);

  loy_transitions_options_init(NULL);
  loy_transitions_options_init(&options);
  options.gaps = LOY_TRANSITIONS_GAPS_AS_ONE;
  CHECK_STATUS(loy_transitions_count(hand_customer, hand_time, hand_stage, HAND, 3, &options, 1, counts, &report, &e),
               LOY_OK);
  CU_ASSERT_EQUAL(memcmp(counts, as_one, sizeof as_one), 0);
  CU_ASSERT(report.pairs == 4 && report.skipped == 0);

  options.gaps = LOY_TRANSITIONS_GAPS_SKIP;
  options.kind = LOY_TRANSITIONS_BY_GAP;
  CHECK_STATUS(loy_transitions_count(hand_customer, hand_time, hand_stage, HAND, 3, &options, 3, counts, &report, &e),
               LOY_OK);
  CU_ASSERT_EQUAL(memcmp(counts, pairs, sizeof pairs), 0);
  for (int i = 9; i < 27; i++) CU_ASSERT_EQUAL(counts[i], i == 18 + 3 * 1 + 2);

  options.kind = LOY_TRANSITIONS_BY_PERIOD;
  CHECK_STATUS(loy_transitions_periods(hand_time, HAND, 3, &options, &periods, &e), LOY_OK);
  CU_ASSERT_EQUAL_FATAL(periods, 5);
  options.step = 2; /* periods 1-2, 3-4, 5-6; only pairs two apart */
  CHECK_STATUS(loy_transitions_periods(hand_time, HAND, 3, &options, &periods, &e), LOY_OK);
  CU_ASSERT_EQUAL_FATAL(periods, 3);
  options.gaps = LOY_TRANSITIONS_GAPS_AS_ONE;
  CHECK_STATUS(loy_transitions_count(hand_customer, hand_time, hand_stage, HAND, 3, &options, 3, counts, &report, &e),
               LOY_OK);
  for (int i = 0; i < 27; i++) CU_ASSERT_EQUAL(counts[i], (i < 9 && pairs[i]) || i == 9 + 3 * 1 + 2);

  options.step = 1;
  options.gaps = LOY_TRANSITIONS_GAPS_SKIP;
  options.kind = LOY_TRANSITIONS_TRIPLES;
  CHECK_STATUS(loy_transitions_count(hand_customer, hand_time, hand_stage, HAND, 3, &options, 3, counts, &report, &e),
               LOY_OK);
  for (int i = 0; i < 27; i++) CU_ASSERT_EQUAL(counts[i], i == 1);
  CU_ASSERT(report.customers == 3 && report.pairs == 1 && report.skipped == 1);
}

static void test_nothing(void) {
  loy_transitions_report report;
  loy_error e;
  int64_t counts[4] = {1, 2, 3, 4};
  size_t periods = 0;
  CHECK_STATUS(loy_transitions_count(NULL, NULL, NULL, 0, 2, NULL, 1, counts, &report, &e), LOY_OK);
  CU_ASSERT(counts[0] == 0 && counts[3] == 0 && report.customers == 0 && report.first == 0 && report.last == 0);
  CHECK_STATUS(loy_transitions_periods(NULL, 0, 2, NULL, &periods, &e), LOY_OK);
  CU_ASSERT_EQUAL(periods, 1);
  { /* rows, none of them with a stage, in any order */
    static const int64_t customer[] = {2, 1, 2}, time[] = {4, 3, 2};
    static const int32_t stage[] = {-1, -1, -1};
    loy_transitions_options options;
    loy_transitions_options_init(&options);
    options.missing = LOY_TRANSITIONS_MISSING_GAP;
    counts[1] = 9;
    CHECK_STATUS(loy_transitions_count(customer, time, stage, 3, 2, &options, 1, counts, &report, &e), LOY_OK);
    CU_ASSERT(counts[1] == 0 && report.missing == 3 && report.customers == 0 && report.first == 2 && report.last == 4);
  }
}

/* Gaps are right up to the ends of the integers, sorted or not. */
static void test_ends(void) {
  static const int64_t customer[] = {INT64_MIN, INT64_MIN, INT64_MIN, INT64_MAX, INT64_MAX};
  static const int64_t time[] = {INT64_MIN, -1, INT64_MAX - 1, INT64_MIN, INT64_MAX};
  static const int32_t stage[] = {0, 1, 0, 1, 1};
  int64_t c[5], t[5], counts[4];
  int32_t s[5];
  loy_transitions_options options;
  loy_transitions_report report;
  loy_error e;
  loy_transitions_options_init(&options);
  options.step = INT64_MAX;
  for (int turn = 0; turn < 5; turn++) {
    for (int i = 0; i < 5; i++) {
      c[i] = customer[(i + turn) % 5];
      t[i] = time[(i + turn) % 5];
      s[i] = stage[(i + turn) % 5];
    }
    CHECK_STATUS(loy_transitions_count(c, t, s, 5, 2, &options, 1, counts, &report, &e), LOY_OK);
    CU_ASSERT(counts[0] == 0 && counts[1] == 1 && counts[2] == 1 && counts[3] == 0);
    CU_ASSERT(report.skipped == 1 && report.customers == 2);
    CU_ASSERT(report.first == INT64_MIN && report.last == INT64_MAX);
  }
}

/* --- A grid ----------------------------------------------------------------------------------------------------- */

enum { NOBODY = -2, MOST_TIMES = 16, MOST_STATES = 40 };

typedef struct panel {
  int64_t *customer, *time;
  int32_t *stage;
  size_t n, customers;
  int32_t *grid; /* customers x MOST_TIMES: the stage, or NOBODY */
} panel;

static uint64_t draw(uint64_t *state) {
  *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return *state >> 33;
}

/* Customer c has id 7 c - 50, and time k is at 3 k - 20. Rows come in order of customer and time; kinds of trouble: 1
 * rows without a stage, 2 equal rows, 4 rows that are overruled by later ones, 8 in a random order. */
static panel make_panel(size_t customers, int states, int trouble, uint64_t seed) {
  panel p;
  size_t n = 0;
  p.customers = customers;
  p.grid = (int32_t *)malloc(customers * MOST_TIMES * sizeof *p.grid);
  p.customer = (int64_t *)malloc(3 * customers * MOST_TIMES * sizeof *p.customer);
  p.time = (int64_t *)malloc(3 * customers * MOST_TIMES * sizeof *p.time);
  p.stage = (int32_t *)malloc(3 * customers * MOST_TIMES * sizeof *p.stage);
  for (size_t c = 0; c < customers; c++) {
    const size_t times = 1 + draw(&seed) % MOST_TIMES;
    int32_t here = (int32_t)(draw(&seed) % (uint64_t)states);
    for (size_t k = 0; k < MOST_TIMES; k++) {
      int32_t *cell = &p.grid[c * MOST_TIMES + k];
      *cell = NOBODY;
      if (k >= times || draw(&seed) % 8 == 0) continue;
      if (draw(&seed) % 3 == 0) here = (int32_t)(draw(&seed) % (uint64_t)states);
      for (int copy = 0; copy < 3; copy++) {
        int32_t shown = here;
        if (copy == 0 && !(trouble & 4 && draw(&seed) % 9 == 0)) continue;
        if (copy == 0) shown = (here + 1) % states;
        if (copy == 2 && !(trouble & 2 && draw(&seed) % 9 == 0)) continue;
        p.customer[n] = 7 * (int64_t)c - 50;
        p.time[n] = 3 * (int64_t)k - 20;
        p.stage[n++] = shown;
      }
      *cell = here;
      if (trouble & 1 && draw(&seed) % 9 == 0) { /* the only row of its time, or the first */
        n--;
        while (n > 0 && p.customer[n - 1] == p.customer[n] && p.time[n - 1] == p.time[n]) n--;
        p.stage[n++] = -1;
        *cell = NOBODY;
      }
    }
  }
  p.n = n;
  if (trouble & 8) { /* blocks of customers and times change places, equal keys keep their order */
    int64_t *customer = (int64_t *)malloc(n * sizeof *customer), *time = (int64_t *)malloc(n * sizeof *time);
    int32_t *stage = (int32_t *)malloc(n * sizeof *stage);
    size_t at = 0;
    for (size_t part = 0; part < 5; part++) {
      const size_t residue = part * 2 % 5;
      for (size_t i = n; i-- > 0;) {
        size_t first = i;
        while (first > 0 && p.customer[first - 1] == p.customer[i] && p.time[first - 1] == p.time[i]) first--;
        if ((uint64_t)(p.customer[i] * 31 + p.time[i] * 17 + 1000000) % 5 == residue)
          for (size_t k = first; k <= i; k++, at++) {
            customer[at] = p.customer[k];
            time[at] = p.time[k];
            stage[at] = p.stage[k];
          }
        i = first;
      }
    }
    CU_ASSERT_EQUAL(at, n);
    free(p.customer);
    free(p.time);
    free(p.stage);
    p.customer = customer;
    p.time = time;
    p.stage = stage;
  }
  return p;
}

static void free_panel(panel *p) {
  free(p->grid);
  free(p->customer);
  free(p->time);
  free(p->stage);
}

/* The same counts by a walk over the grid. */
static void walk(const panel *p, const loy_transitions_options *options, size_t states, size_t tables, int64_t *counts,
                 loy_transitions_report *report) {
  const int by_gap = options->kind == LOY_TRANSITIONS_BY_GAP, triples = options->kind == LOY_TRANSITIONS_TRIPLES;
  memset(counts, 0, tables * states * states * sizeof *counts);
  memset(report, 0, sizeof *report);
  for (size_t c = 0; c < p->customers; c++) {
    int seen = 0, before = -1, before_fits = 0, last_k = 0;
    int32_t last = NOBODY;
    for (int k = 0; k < MOST_TIMES; k++) {
      const int32_t here = p->grid[c * MOST_TIMES + (size_t)k];
      int fits;
      size_t table = 0;
      if (here == NOBODY) continue;
      if (seen++ > 0) {
        const int64_t gap = 3 * (k - last_k);
        fits = options->gaps == LOY_TRANSITIONS_GAPS_AS_ONE || gap == options->step;
        if (by_gap) {
          fits = gap % options->step == 0 && gap / options->step <= (int64_t)tables;
          table = (size_t)(gap / options->step - 1);
        }
        if (options->kind == LOY_TRANSITIONS_BY_PERIOD)
          table = (size_t)((3 * last_k - 20 - options->first) / options->step);
        if (triples) table = (size_t)before;
        if (!triples || seen > 2) {
          if (fits && (!triples || before_fits)) {
            counts[(table * states + (size_t)last) * states + (size_t)here]++;
            report->pairs++;
          } else {
            report->skipped++;
          }
        }
        before_fits = fits;
        before = last;
      }
      last = here;
      last_k = k;
    }
    report->customers += seen > 0;
  }
}

static void compare(const panel *p, const loy_transitions_options *options, size_t states, size_t tables) {
  const size_t cells = tables * states * states;
  int64_t *counts = (int64_t *)malloc(cells * sizeof *counts), *expected = (int64_t *)malloc(cells * sizeof *counts);
  loy_transitions_report report, wanted;
  loy_error e;
  CHECK_STATUS(
      loy_transitions_count(p->customer, p->time, p->stage, p->n, states, options, tables, counts, &report, &e),
      LOY_OK);
  walk(p, options, states, tables, expected, &wanted);
  CU_ASSERT_EQUAL(memcmp(counts, expected, cells * sizeof *counts), 0);
  CU_ASSERT_EQUAL(report.pairs, wanted.pairs);
  CU_ASSERT_EQUAL(report.skipped, wanted.skipped);
  CU_ASSERT_EQUAL(report.customers, wanted.customers);
  CU_ASSERT_EQUAL(report.rows, (int64_t)p->n);
  free(counts);
  free(expected);
}

static void compare_all(const panel *p, size_t states, int threads) {
  loy_transitions_options options;
  for (int gaps = 0; gaps < 2; gaps++) {
    for (int steps = 1; steps < 3; steps++) {
      size_t periods = 0;
      loy_transitions_options_init(&options);
      options.missing = LOY_TRANSITIONS_MISSING_GAP;
      options.repeats = LOY_TRANSITIONS_REPEATS_LAST;
      options.gaps = (loy_transitions_gaps)gaps;
      options.step = 3 * steps;
      options.threads = threads;
      compare(p, &options, states, 1);
      options.kind = LOY_TRANSITIONS_TRIPLES;
      compare(p, &options, states, states);
      options.kind = LOY_TRANSITIONS_BY_PERIOD;
      options.first = -26;
      CHECK_STATUS(loy_transitions_periods(p->time, p->n, states, &options, &periods, NULL), LOY_OK);
      compare(p, &options, states, periods);
      options.kind = LOY_TRANSITIONS_BY_GAP;
      if (gaps == 0) compare(p, &options, states, 4);
    }
  }
}

static void test_grid(void) {
  for (int trouble = 0; trouble < 16; trouble++) {
    const int states = trouble % 3 == 0 ? MOST_STATES : 2 + trouble % 5;
    panel p = make_panel(400, states, trouble, 17 + (uint64_t)trouble);
    compare_all(&p, (size_t)states, 1);
    free_panel(&p);
  }
}

/* Enough rows for slices; one customer for blocks that have no end. */
static void test_threads(void) {
  for (int trouble = 0; trouble < 16; trouble += 5) {
    panel p = make_panel(12000, 5, trouble, 99);
    CU_ASSERT(p.n > 1 << 16);
    for (int threads = 2; threads < 80; threads += 25) compare_all(&p, 5, threads);
    free_panel(&p);
  }
}

static void test_one_customer(void) {
  enum { N = 100000 };
  int64_t *customer = (int64_t *)malloc(N * sizeof *customer), *time = (int64_t *)malloc(N * sizeof *time);
  int32_t *stage = (int32_t *)malloc(N * sizeof *stage);
  for (int reversed = 0; reversed < 2; reversed++) {
    loy_transitions_options options;
    loy_transitions_report report;
    int64_t counts[9];
    loy_error e;
    for (int i = 0; i < N; i++) {
      customer[i] = 5;
      time[i] = reversed ? N - i : i;
      stage[i] = (int32_t)(time[i] % 3);
    }
    loy_transitions_options_init(&options);
    options.threads = 4;
    CHECK_STATUS(loy_transitions_count(customer, time, stage, N, 3, &options, 1, counts, &report, &e), LOY_OK);
    CU_ASSERT(counts[1] + counts[5] + counts[6] == N - 1 && counts[1] - counts[6] <= 1 && report.customers == 1);
  }
  free(customer);
  free(time);
  free(stage);
}

/* Counts of parts of the customers add up. */
static void test_parts(void) {
  panel p = make_panel(300, 4, 0, 3);
  const size_t cut[] = {0, 100, 700, p.n};
  int64_t all[16], sum[16] = {0}, part[16];
  loy_transitions_report report;
  size_t from = 0;
  CHECK_STATUS(loy_transitions_count(p.customer, p.time, p.stage, p.n, 4, NULL, 1, all, NULL, NULL), LOY_OK);
  for (int k = 1; k < 4; k++) {
    size_t to = cut[k];
    while (to < p.n && p.customer[to] == p.customer[to - 1]) to++;
    loy_transitions_options options;
    loy_transitions_options_init(&options);
    options.step = 1;
    CHECK_STATUS(loy_transitions_count(p.customer + from, p.time + from, p.stage + from, to - from, 4, NULL, 1, part,
                                       &report, NULL),
                 LOY_OK);
    for (int i = 0; i < 16; i++) sum[i] += part[i];
    from = to;
  }
  CU_ASSERT_EQUAL(memcmp(all, sum, sizeof all), 0);
  free_panel(&p);
}

/* --- Errors ----------------------------------------------------------------------------------------------------- */

#define REFUSED(call, status, name, at)                                                                                \
  do {                                                                                                                 \
    CHECK_STATUS(call, status);                                                                                        \
    CHECK_ERROR(&e, status, name, at);                                                                                 \
    CU_ASSERT(counts[0] == -7 && report.rows == -7);                                                                   \
  } while (0)

static void test_errors(void) {
  const int no_such = 4;
  loy_transitions_options o;
  loy_transitions_report report;
  loy_error e;
  int64_t counts[9] = {-7};
  size_t periods = 77;
  memset(&report, 0, sizeof report);
  report.rows = -7;
  loy_transitions_options_init(&o);
  /* everything is wrong, and put right step by step */
  o.struct_size = 0;
  memcpy(&o.kind, &no_such, sizeof no_such); /* C++ has no cast to a number that is no enumerator */
  memcpy(&o.gaps, &no_such, sizeof no_such);
  memcpy(&o.missing, &no_such, sizeof no_such);
  memcpy(&o.repeats, &no_such, sizeof no_such);
  o.step = 0;
#define COUNT(c, t, s, n, states, tables, out) loy_transitions_count(c, t, s, n, states, &o, tables, out, &report, &e)
  REFUSED(COUNT(NULL, NULL, NULL, 1, 0, 0, NULL), LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX);
  o.struct_size = sizeof o;
  REFUSED(COUNT(NULL, NULL, NULL, 1, 0, 0, NULL), LOY_ERR_ARGUMENT, "kind", LOY_NO_INDEX);
  o.kind = LOY_TRANSITIONS_BY_GAP;
  REFUSED(COUNT(NULL, NULL, NULL, 1, 0, 0, NULL), LOY_ERR_ARGUMENT, "gaps", LOY_NO_INDEX);
  o.gaps = LOY_TRANSITIONS_GAPS_AS_ONE;
  REFUSED(COUNT(NULL, NULL, NULL, 1, 0, 0, NULL), LOY_ERR_ARGUMENT, "gaps", LOY_NO_INDEX);
  o.gaps = LOY_TRANSITIONS_GAPS_SKIP;
  REFUSED(COUNT(NULL, NULL, NULL, 1, 0, 0, NULL), LOY_ERR_ARGUMENT, "missing", LOY_NO_INDEX);
  o.missing = LOY_TRANSITIONS_MISSING_DENY;
  REFUSED(COUNT(NULL, NULL, NULL, 1, 0, 0, NULL), LOY_ERR_ARGUMENT, "repeats", LOY_NO_INDEX);
  o.repeats = LOY_TRANSITIONS_REPEATS_DENY;
  REFUSED(COUNT(NULL, NULL, NULL, 1, 0, 0, NULL), LOY_ERR_DOMAIN, "step", LOY_NO_INDEX);
  o.step = 1;
  REFUSED(COUNT(NULL, NULL, NULL, 1, 0, 0, NULL), LOY_ERR_ARGUMENT, "states", LOY_NO_INDEX);
  REFUSED(COUNT(NULL, NULL, NULL, 1, 1025, 0, NULL), LOY_ERR_ARGUMENT, "states", LOY_NO_INDEX);
  REFUSED(COUNT(NULL, NULL, NULL, 1, 3, 0, NULL), LOY_ERR_ARGUMENT, "tables", LOY_NO_INDEX);
  REFUSED(COUNT(NULL, NULL, NULL, 1, 3, LOY_TRANSITIONS_CELLS_MOST / 9 + 1, NULL), LOY_ERR_ARGUMENT, "tables",
          LOY_NO_INDEX);
  o.kind = LOY_TRANSITIONS_PAIRS;
  REFUSED(COUNT(NULL, NULL, NULL, 1, 3, 2, NULL), LOY_ERR_ARGUMENT, "tables", LOY_NO_INDEX);
  o.kind = LOY_TRANSITIONS_TRIPLES;
  REFUSED(COUNT(NULL, NULL, NULL, 1, 3, 2, NULL), LOY_ERR_ARGUMENT, "tables", LOY_NO_INDEX);
  o.kind = LOY_TRANSITIONS_PAIRS;
  REFUSED(COUNT(NULL, NULL, NULL, 1, 3, 1, NULL), LOY_ERR_ARGUMENT, "customer", LOY_NO_INDEX);
  REFUSED(COUNT(hand_customer, NULL, NULL, 1, 3, 1, NULL), LOY_ERR_ARGUMENT, "time", LOY_NO_INDEX);
  REFUSED(COUNT(hand_customer, hand_time, NULL, 1, 3, 1, NULL), LOY_ERR_ARGUMENT, "stage", LOY_NO_INDEX);
  REFUSED(COUNT(hand_customer, hand_time, hand_stage, 1, 3, 1, NULL), LOY_ERR_ARGUMENT, "counts", LOY_NO_INDEX);
  o.kind = LOY_TRANSITIONS_BY_PERIOD;
  o.first = 2;
  REFUSED(COUNT(hand_customer, hand_time, hand_stage, HAND, 3, 1, counts), LOY_ERR_DOMAIN, "time", 1);
  o.first = LOY_TRANSITIONS_FIRST_SEEN;
  REFUSED(COUNT(hand_customer, hand_time, hand_stage, HAND, 3, 4, counts), LOY_ERR_BUFFER, "tables", LOY_NO_INDEX);

  /* loy_transitions_periods: the same options, then */
  o.step = 0;
  REFUSED(loy_transitions_periods(NULL, 1, 0, &o, NULL, &e), LOY_ERR_DOMAIN, "step", LOY_NO_INDEX);
  o.step = 1;
  REFUSED(loy_transitions_periods(NULL, 1, 0, &o, NULL, &e), LOY_ERR_ARGUMENT, "states", LOY_NO_INDEX);
  REFUSED(loy_transitions_periods(NULL, 1, 3, &o, NULL, &e), LOY_ERR_ARGUMENT, "time", LOY_NO_INDEX);
  REFUSED(loy_transitions_periods(hand_time, HAND, 3, &o, NULL, &e), LOY_ERR_ARGUMENT, "periods", LOY_NO_INDEX);
  o.first = 2;
  REFUSED(loy_transitions_periods(hand_time, HAND, 3, &o, &periods, &e), LOY_ERR_DOMAIN, "time", 1);
  o.first = INT64_MIN + 1;
  REFUSED(loy_transitions_periods(hand_time, HAND, 3, &o, &periods, &e), LOY_ERR_DOMAIN, "step", LOY_NO_INDEX);
  CU_ASSERT_EQUAL(periods, 77);
}

/* Rows at fault, in a panel that is in order and in one that is not: the stage is found before the repeat, and the
 * repeat before the gap. */
static void test_bad_rows(void) {
  int64_t customer[] = {1, 1, 1, 1, 2, 2}, time[] = {1, 2, 2, 5, 1, 3};
  int32_t stage[] = {0, 1, 2, 0, 3, -1};
  loy_transitions_options o;
  loy_transitions_report report;
  loy_error e;
  int64_t counts[9] = {-7};
  memset(&report, 0, sizeof report);
  report.rows = -7;
  for (int turn = 0; turn < 2; turn++) { /* a turn by three rows */
    const size_t at = turn ? 3 : 0;
    int64_t c[6], t[6];
    int32_t s[6];
    loy_transitions_options_init(&o);
    o.gaps = LOY_TRANSITIONS_GAPS_DENY;
    for (size_t i = 0; i < 6; i++) {
      c[(i + at) % 6] = customer[i];
      t[(i + at) % 6] = time[i];
      s[(i + at) % 6] = stage[i];
    }
    REFUSED(COUNT(c, t, s, 6, 3, 1, counts), LOY_ERR_DOMAIN, "stage", turn ? 1 : 4);
    s[turn ? 1 : 4] = 2;
    REFUSED(COUNT(c, t, s, 6, 3, 1, counts), LOY_ERR_DOMAIN, "stage", turn ? 2 : 5);
    o.missing = LOY_TRANSITIONS_MISSING_GAP;
    s[turn ? 1 : 4] = INT32_MIN; /* only -1 may be missing */
    REFUSED(COUNT(c, t, s, 6, 3, 1, counts), LOY_ERR_DOMAIN, "stage", turn ? 1 : 4);
    s[turn ? 1 : 4] = 2;
    REFUSED(COUNT(c, t, s, 6, 3, 1, counts), LOY_ERR_DOMAIN, "time", turn ? 5 : 2);
    s[turn ? 5 : 2] = 1; /* now an equal row, which is allowed */
    REFUSED(COUNT(c, t, s, 6, 3, 1, counts), LOY_ERR_DOMAIN, "time", turn ? 0 : 3);
    o.kind = LOY_TRANSITIONS_BY_GAP;
    REFUSED(COUNT(c, t, s, 6, 3, 1, counts), LOY_ERR_DOMAIN, "time", turn ? 0 : 3);
    o.kind = LOY_TRANSITIONS_PAIRS;
    o.gaps = LOY_TRANSITIONS_GAPS_SKIP;
    {
      int64_t good[9];
      loy_transitions_report found;
      CHECK_STATUS(loy_transitions_count(c, t, s, 6, 3, &o, 1, good, &found, &e), LOY_OK);
      CU_ASSERT(good[1] == 1 && found.pairs == 1 && found.skipped == 1 && found.repeats == 1 && found.missing == 1);
      CU_ASSERT(found.customers == 2 && found.rows == 6 && found.first == 1 && found.last == 5);
    }
  }
  { /* in order and clean up to the gap */
    static const int64_t who[] = {1, 1, 1, 2, 2}, when[] = {1, 2, 3, 1, 3};
    static const int32_t where[] = {0, 0, 0, 0, 0};
    o.gaps = LOY_TRANSITIONS_GAPS_DENY;
    REFUSED(COUNT(who, when, where, 5, 3, 1, counts), LOY_ERR_DOMAIN, "time", 4);
  }
}

static void test_memory(void) {
  failing_allocator memory;
  for (int trouble = 0; trouble < 9; trouble += 8) {
    panel p = make_panel(200, 4, trouble, 5);
    FOR_EACH_FAILURE(memory) {
      loy_transitions_options o;
      loy_transitions_report report;
      loy_error e;
      int64_t counts[16] = {-7};
      loy_status status;
      memset(&report, 0, sizeof report);
      report.rows = -7;
      loy_transitions_options_init(&o);
      o.allocator = &memory.allocator;
      status = loy_transitions_count(p.customer, p.time, p.stage, p.n, 4, &o, 1, counts, &report, &e);
      CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
      CU_ASSERT_EQUAL(memory.failed, counts[0] == -7 && report.rows == -7);
      CU_ASSERT_EQUAL(memory.held, 0);
    }
    free_panel(&p);
  }
}

SUITE(ladder, transitions) {
  ADD(test_by_hand);
  ADD(test_nothing);
  ADD(test_ends);
  ADD(test_grid);
  ADD(test_threads);
  ADD(test_one_customer);
  ADD(test_parts);
  ADD(test_errors);
  ADD(test_bad_rows);
  ADD(test_memory);
}
