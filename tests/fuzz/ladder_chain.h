/* ladder_chain.h: for fuzz_ladder.c: chains from counts, their tests, and where chains lead. */
#ifndef LOYALTY_TESTS_FUZZ_LADDER_CHAIN_H
#define LOYALTY_TESTS_FUZZ_LADDER_CHAIN_H

#include "ladder_matrix.h"
#include "loyalty/ladder/absorption.h"
#include "loyalty/ladder/chain.h"
#include "loyalty/ladder/chain_test.h"
#include "loyalty/ladder/long_run.h"
#include "loyalty/ladder/projection.h"

/* Counts of moves: whole and small in most inputs, else of any size. */
static void take_counts(input *in, size_t count, double *x) {
  const unsigned whole = take(in) % 4;
  for (size_t i = 0; i < count; i++) x[i] = whole ? (double)take_count(in) : take_quantity(in);
}

static void check_interval(const double *counts, size_t n, const loy_chain_options *options, const double *p,
                           double level) {
  struct {
    double lower[CELLS], upper[CELLS];
  } end;
  loy_error error;
  fill(&end, sizeof end);
  if (!answered_in(loy_chain_interval(counts, n, options, level, end.lower, end.upper, &error), &error, &end,
                   sizeof end))
    return;
  require(p != NULL);
  for (size_t i = 0; i < n * n; i++) {
    require(inside(end.lower[i], 0.0, end.upper[i]) && end.upper[i] <= 1.0);
    if (options->method == LOY_CHAIN_ML) require(inside(p[i], end.lower[i] - 1e-14, end.upper[i] + 1e-14));
  }
}

static void fuzz_chain_estimate(input *in) {
  const size_t n = 1 + take(in) % STATES;
  double counts[CELLS], priors[CELLS], covariance[CELLS], level;
  uint8_t allowed[CELLS], absorbing[STATES];
  struct {
    double p[CELLS], se[CELLS], size[STATES], log_likelihood;
  } out;
  loy_chain_options options;
  loy_error error;
  loy_chain_options_init(&options);
  options.method = take_choice(in, 2);
  options.prior = take(in) % 4 ? 0.5 : take_quantity(in);
  options.allowed = take(in) % 2 ? take_flags(in, n * n, allowed, 6) : NULL;
  options.absorbing = take_flags(in, n, absorbing, 2);
  if (take(in) % 4 == 0) take_quantities(in, n * n, priors), options.priors = priors;
  take_counts(in, n * n, counts);
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < n; j++) {
      const int never = options.absorbing && absorbing[i] ? i != j : options.allowed && !allowed[i * n + j];
      if (never && !(in->hostile && take(in) == 255)) counts[i * n + j] = 0.0;
    }
  level = take_number(in, 1e-9, 1.0 - 1e-9);
  fill(&out, sizeof out);
  if (!answered_in(loy_chain_estimate(counts, n, &options, out.p, out.se, out.size, &out.log_likelihood, &error),
                   &error, &out, sizeof out)) {
    check_interval(counts, n, &options, NULL, level);
    return;
  }
  require(loy_chain_check(out.p, n, &error) == LOY_OK);
  require(are_sizes(out.se, n * n) && are_sizes(out.size, n) && out.log_likelihood <= 0.0);
  for (size_t i = 0; i < n; i++) {
    require(is_law(out.p + i * n, n));
    fill(covariance, sizeof covariance);
    if (!answered_in(loy_chain_row_covariance(out.p + i * n, n, out.size[i], covariance, &error), &error, covariance,
                     sizeof covariance))
      continue;
    for (size_t j = 0; j < n; j++) {
      const double variance = covariance[j * n + j];
      require(near(sum_of(covariance + j * n, n), 0.0, 0.0, 1e-14 * variance));
      require(near(sqrt(variance), out.se[i * n + j], 1e-13, 1e-160));
      for (size_t k = 0; k < n; k++)
        require(same(covariance[j * n + k], covariance[k * n + j]) && (j == k || covariance[j * n + k] <= 0.0));
    }
  }
  check_interval(counts, n, &options, out.p, level);
}

static void check_test(loy_status status, const loy_error *error, const loy_chain_test *test) {
  if (!answered_in(status, error, test, sizeof *test)) return;
  require(test->statistic >= 0.0 && isfinite(test->statistic) && test->df >= 1.0 && inside(test->p_value, 0.0, 1.0));
}

static void fuzz_chain_test(input *in) {
  const size_t n = 1 + take(in) % 4, groups = take(in) % 4;
  double counts[64];
  uint8_t allowed[CELLS];
  const uint8_t *flags = take(in) % 2 ? take_flags(in, n * n, allowed, 6) : NULL;
  failing_allocator memory;
  loy_chain_test test, twice;
  loy_error error;
  loy_status status;
  double most = 0.0;
  take_counts(in, 64, counts);
  for (size_t i = 0; flags && i < 64; i++)
    if (!allowed[i % (n * n)] && !(in->hostile && take(in) == 255)) counts[i] = 0.0;
  fill(&test, sizeof test);
  status = loy_chain_order_test(counts, n, flags, take_allocator(in, &memory), &test, &error);
  check_test(status, &error, &test);
  require_returned(&memory, status);
  fill(&test, sizeof test);
  check_test(loy_chain_homogeneity_test(counts, groups, n, flags, &test, &error), &error, &test);
  fill(&test, sizeof test);
  for (size_t i = 0; i < n * n; i++) counts[n * n + i] = counts[i], most = fmax(most, counts[i]);
  status = loy_chain_homogeneity_test(counts, 2, n, flags, &twice, &error);
  if (status == LOY_OK) require(near(twice.statistic, 0.0, 0.0, 1e-14 * most)); /* twice the same */
  for (size_t i = 0; flags && i < n * n * n; i++)
    if (!allowed[i / n] || !allowed[i % (n * n)]) counts[i] = 0.0;
  check_test(loy_chain_second_order_test(counts, n, flags, &test, &error), &error, &test);
}

static void fuzz_long_run(input *in) {
  const size_t n = 1 + take(in) % STATES;
  double p[CELLS], row_counts[STATES], periods[STATES];
  struct {
    double law[STATES], se[STATES];
  } out;
  failing_allocator memory;
  loy_error error;
  loy_status status;
  size_t first = LOY_NO_INDEX;
  const int errors = take(in) % 2;
  take_matrix(in, n, p);
  take_quantities(in, n, row_counts);
  fill(periods, sizeof periods);
  status = loy_chain_recurrence(p, n, take_allocator(in, &memory), periods, &error);
  require_returned(&memory, status);
  if (answered_in(status, &error, periods, sizeof periods)) {
    for (size_t i = n; i-- > 0;) {
      require(periods[i] >= 1.0);
      if (isinf(periods[i])) first = i;
    }
    require((status == LOY_NOTICE_DIVERGES) == (first != LOY_NO_INDEX) && error.index == first);
  }
  fill(&out, sizeof out);
  status = loy_chain_stationary(p, n, errors ? row_counts : NULL, take_allocator(in, &memory), out.law,
                                errors ? out.se : NULL, &error);
  require_returned(&memory, status);
  if (!answered_in(status, &error, &out, sizeof out)) return;
  require(is_law(out.law, n) && (!errors || are_sizes(out.se, n)));
  for (size_t j = 0; j < n; j++) {
    double arrivals = 0.0;
    for (size_t i = 0; i < n; i++)
      if (i != j) arrivals += out.law[i] * p[i * n + j];
    require(near(out.law[j] * leaving(p, n, j), arrivals, 1e-13, 1e-300));
    require(!errors || isfinite(out.se[j]));
    if (!untouched(periods, sizeof periods)) {
      require(isinf(periods[j]) == (out.law[j] == 0.0));
      if (out.law[j] > 1e-300) require(near(periods[j] * out.law[j], 1.0, 1e-13, 0.0));
    }
  }
}

/* What one step does to an expectation, told without the chance to stay. */
static double arrivals(const double *p, size_t n, size_t i, const double *x, size_t stride) {
  double sum = 0.0;
  for (size_t j = 0; j < n; j++)
    if (j != i && p[i * n + j] > 0.0) sum += p[i * n + j] * x[j * stride];
  return sum;
}

typedef struct chain_question {
  size_t n;
  double p[CELLS], row_counts[STATES];
  uint8_t flags[STATES];
  const uint8_t *target;
} chain_question;

static void take_chain_question(input *in, chain_question *q) {
  q->n = 1 + take(in) % STATES;
  take_matrix(in, q->n, q->p);
  q->target = take_flags(in, q->n, q->flags, 3);
  take_quantities(in, q->n, q->row_counts);
}

static int ends_at(const chain_question *q, size_t i) {
  return q->target ? q->flags[i] != 0 : !(leaving(q->p, q->n, i) > 0.0);
}

static void check_visits(const chain_question *q, input *in, const double *steps) {
  double visits[CELLS];
  failing_allocator memory;
  loy_error error;
  const size_t n = q->n;
  loy_status status;
  fill(visits, sizeof visits);
  status = loy_chain_visits(q->p, n, q->target, take_allocator(in, &memory), visits, &error);
  require_returned(&memory, status);
  if (!answered_in(status, &error, visits, sizeof visits)) return;
  require(are_sizes(visits, n * n));
  for (size_t i = 0; i < n; i++) {
    require(near(sum_of(visits + i * n, n), steps[i], 1e-13, 0.0));
    for (size_t j = 0; j < n; j++)
      if (ends_at(q, i) || ends_at(q, j)) require(visits[i * n + j] == 0.0);
  }
}

static void fuzz_steps(input *in) {
  chain_question q;
  struct {
    double steps[STATES], variance[STATES], se[STATES];
  } out;
  failing_allocator memory;
  loy_error error;
  loy_status status;
  size_t first = LOY_NO_INDEX;
  const int errors = take(in) % 2;
  take_chain_question(in, &q);
  fill(&out, sizeof out);
  status = loy_chain_steps(q.p, q.n, q.target, errors ? q.row_counts : NULL, take_allocator(in, &memory), out.steps,
                           out.variance, errors ? out.se : NULL, &error);
  require_returned(&memory, status);
  if (!answered_in(status, &error, &out, sizeof out)) return;
  for (size_t i = q.n; i-- > 0;) {
    const double t = out.steps[i];
    require(ends_at(&q, i) ? t == 0.0 && out.variance[i] == 0.0 : t >= 1.0 - 1e-14 && out.variance[i] >= 0.0);
    require(isinf(t) == isinf(out.variance[i]));
    if (errors) require(isinf(t) ? isnan(out.se[i]) : out.se[i] >= 0.0 && isfinite(out.se[i]));
    if (isinf(t)) first = i;
    if (isinf(t) || ends_at(&q, i)) continue;
    require(near(t * leaving(q.p, q.n, i), 1.0 + arrivals(q.p, q.n, i, out.steps, 1), 1e-13, 0.0));
  }
  require((status == LOY_NOTICE_DIVERGES) == (first != LOY_NO_INDEX) && error.index == first);
  check_visits(&q, in, out.steps);
}

static void fuzz_absorption(input *in) {
  chain_question q;
  struct {
    size_t class_of[STATES];
    double chance[CELLS], se[CELLS];
  } out;
  failing_allocator memory;
  loy_error error;
  loy_status status;
  const int errors = take(in) % 2;
  size_t n;
  take_chain_question(in, &q);
  n = q.n;
  fill(&out, sizeof out);
  status = loy_chain_absorption(q.p, n, q.target, errors ? q.row_counts : NULL, take_allocator(in, &memory),
                                out.class_of, out.chance, errors ? out.se : NULL, &error);
  require_returned(&memory, status);
  if (!answered_in(status, &error, &out, sizeof out)) return;
  require(status == LOY_OK && (!errors || are_sizes(out.se, n * n)));
  for (size_t i = 0; i < n; i++) {
    require(is_law(out.chance + i * n, n));
    require(!ends_at(&q, i) || out.class_of[i] == i);
    if (out.class_of[i] != LOY_NO_INDEX) {
      require(out.class_of[i] <= i && out.class_of[out.class_of[i]] == out.class_of[i]);
      require(out.chance[i * n + out.class_of[i]] == 1.0);
      continue;
    }
    for (size_t c = 0; c < n; c++) {
      const double chance = out.chance[i * n + c];
      require(out.class_of[c] == c || chance == 0.0);
      require(near(chance * leaving(q.p, n, i), arrivals(q.p, n, i, out.chance + c, n), 1e-13, 1e-300));
    }
  }
}

static void fuzz_project(input *in) {
  enum { PERIODS = 6 };
  chain_question q;
  double start[STATES], inflow[STATES * PERIODS], population[STATES * (PERIODS + 1)];
  const size_t periods = take(in) % (PERIODS + 1), choice = take(in) % 3;
  const size_t inflow_rows = choice == 2 ? periods : choice;
  failing_allocator memory;
  loy_error error;
  loy_status status;
  size_t n, first = LOY_NO_INDEX;
  take_chain_question(in, &q);
  n = q.n;
  take_quantities(in, n, start);
  take_quantities(in, n * inflow_rows, inflow);
  fill(population, sizeof population);
  status = loy_chain_project(q.p, n, start, periods, inflow_rows ? inflow : NULL, inflow_rows,
                             take_allocator(in, &memory), population, &error);
  require_returned(&memory, status);
  if (answered_in(status, &error, population, sizeof population))
    for (size_t t = 0; t <= periods; t++) {
      const double *now = population + t * n;
      require(are_sizes(now, n) && untouched(now + n * (periods - t + 1), (PERIODS - periods) * n * sizeof *now));
      if (t == 0) continue;
      require(near(sum_of(now, n),
                   sum_of(now - n, n) + (inflow_rows ? sum_of(inflow + (inflow_rows == 1 ? 0 : (t - 1) * n), n) : 0.0),
                   1e-13, 0.0));
    }
  fill(population, sizeof population);
  status = loy_chain_population(q.p, n, q.target, start, take_allocator(in, &memory), population, &error);
  require_returned(&memory, status);
  if (!answered_in(status, &error, population, sizeof population)) return;
  for (size_t j = n; j-- > 0;) {
    double arriving = start[j];
    require(ends_at(&q, j) ? population[j] == 0.0 : population[j] >= start[j] * (1.0 - 1e-14));
    if (isinf(population[j])) first = j;
    if (isinf(population[j]) || ends_at(&q, j)) continue;
    for (size_t i = 0; i < n; i++)
      if (i != j && q.p[i * n + j] > 0.0) arriving += population[i] * q.p[i * n + j];
    require(near(population[j] * leaving(q.p, n, j), arriving, 1e-13, 1e-300));
  }
  require((status == LOY_NOTICE_DIVERGES) == (first != LOY_NO_INDEX) && error.index == first);
}

static void fuzz_quasi_stationary(input *in) {
  chain_question q;
  struct {
    double law[STATES];
    loy_quasi_stationary rate;
  } out;
  failing_allocator memory;
  loy_error error;
  loy_status status;
  size_t n;
  take_chain_question(in, &q);
  n = q.n;
  fill(&out, sizeof out);
  status = loy_chain_quasi_stationary(q.p, n, q.target, take_allocator(in, &memory), out.law, &out.rate, &error);
  require_returned(&memory, status);
  if (!answered_in(status, &error, &out, sizeof out)) return;
  require(is_law(out.law, n) && inside(out.rate.survival, 0.0, 1.0) && out.rate.exit > 0.0 && out.rate.exit <= 1.0);
  require(near(out.rate.survival + out.rate.exit, 1.0, 1e-14, 0.0));
  require(near(out.rate.mean_life * out.rate.exit, 1.0, 1e-15, 0.0));
  if (status != LOY_OK) return;
  for (size_t j = 0; j < n; j++) {
    double arriving = out.rate.exit * out.law[j];
    if (ends_at(&q, j)) {
      require(out.law[j] == 0.0);
      continue;
    }
    for (size_t i = 0; i < n; i++)
      if (i != j) arriving += out.law[i] * q.p[i * n + j];
    require(near(out.law[j] * leaving(q.p, n, j), arriving, 1e-11, 1e-300));
  }
}

#endif /* LOYALTY_TESTS_FUZZ_LADDER_CHAIN_H */
