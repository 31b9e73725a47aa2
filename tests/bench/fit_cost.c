/* fit_cost.c: what fits and scores cost, on one thread, and how that grows with the number of customers. Times are
 * those of the processor; the unit L is a call of the C library's log, measured in turn.
 *
 *   fit_cost [customers...]      100000 1000000 10000000 when none are given
 *
 * For each number of different customers:
 *   one evaluation of the log-likelihood with gradient and Hessian, rows ordered before: at most 1.5 L for BG/NBD
 *   a fit of BG/NBD with the ordering, and the bytes that it asks for: at most 64 for each row, and a mebibyte; once
 * more with times in whole days, where rows are merged: at most 64 for each different row, and a mebibyte scoring
 * (P(alive) and expected purchases), and the requests for memory that it makes: none ten million customers cost at
 * most 1.3 times as much each as a million Fails where this does not hold; times are not judged below a million
 * customers. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "loyalty/btyd/betageo_total.h"
#include "loyalty/btyd/bgnbd_fit.h"
#include "loyalty/btyd/bgnbd_predict.h"
#include "loyalty/btyd/bgnbd_simulate.h"
#include "loyalty/btyd/distinct.h"
#include "loyalty/btyd/lifetime_total.h"

enum { MOST_SIZES = 8, LOGS = 1024, JUDGED = 1000000 };

static const loy_bgnbd_params truth = {.243, 4.414, .793, 2.426};

/* The linker sends every request of the program here. */
static size_t requests;
void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_malloc(size_t size) {
  requests++;
  return __real_malloc(size);
}
void *__real_realloc(void *memory, size_t size);
void *__wrap_realloc(void *memory, size_t size);
void *__wrap_realloc(void *memory, size_t size) {
  requests++;
  return __real_realloc(memory, size);
}
void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size) {
  requests++;
  return __real_calloc(count, size);
}

/* An allocator that knows the most that was ever held. */
typedef struct meter {
  size_t held, peak;
} meter;

static void *meter_allocate(void *ctx, size_t size) {
  meter *self = (meter *)ctx;
  self->held += size;
  if (self->held > self->peak) self->peak = self->held;
  return malloc(size);
}

static void *meter_resize(void *ctx, void *memory, size_t old_size, size_t new_size) {
  meter *self = (meter *)ctx;
  self->held += new_size - old_size;
  if (self->held > self->peak) self->peak = self->held;
  return realloc(memory, new_size);
}

static void meter_release(void *ctx, void *memory, size_t size) {
  meter *self = (meter *)ctx;
  self->held -= size;
  free(memory);
}

/* The customers, and where scores go. */
typedef struct customers {
  size_t n;
  double *x, *t_x, *T, *out;
} customers;

static double column[LOGS], sink;
static loyi_rows rows;

static void work_log(const customers *data) {
  (void)data;
  for (int k = 0; k < 256; k++)
    for (int i = 0; i < LOGS; i++) sink += log(column[i]);
}

static void work_total(double at_zero) {
  loy_bgnbd_params params = truth;
  double value, gradient[4], hessian[16];
  params.alpha = ldexp(params.alpha, -rows.exponent);
  loyi_betageo_total(&rows, at_zero, &params, &value, gradient, hessian);
  sink += value;
}

static void work_bgnbd(const customers *data) {
  (void)data;
  work_total(0.0);
}

static void work_mbgnbd(const customers *data) {
  (void)data;
  work_total(1.0);
}

static void work_pnbd(const customers *data) {
  loyi_lifetime_law law;
  double value, gradient[4], hessian[16];
  (void)data;
  loyi_lifetime_pareto(.606, ldexp(11.669, -rows.exponent), &law);
  loyi_lifetime_total(&rows, .553, ldexp(10.578, -rows.exponent), &law, &value, gradient, hessian);
  sink += value;
}

static meter memory;

static void work_fit(const customers *data) {
  const loy_allocator allocator = {meter_allocate, meter_resize, meter_release, &memory};
  loy_bgnbd_fit_options options;
  loy_bgnbd_fit_result fit;
  loy_bgnbd_fit_options_init(&options);
  options.allocator = &allocator;
  if (loy_bgnbd_fit(data->x, data->t_x, data->T, NULL, data->n, &options, &fit, NULL) != LOY_OK) exit(3);
}

static void work_score(const customers *data) {
  if (loy_bgnbd_palive_batch(&truth, data->x, data->t_x, data->T, data->n, 0.0, NULL, data->out, NULL, NULL) ||
      loy_bgnbd_expected_purchases_batch(&truth, data->x, data->t_x, data->T, data->n, 39.0, NULL, data->out, NULL,
                                         NULL))
    exit(3);
}

/* The least time of several runs, in nanoseconds for each of `n`. */
static double cost(void (*work)(const customers *), const customers *data, size_t n) {
  double least = HUGE_VAL;
  int runs = n > 2000000 ? 3 : 9;
  for (int k = 0; k < runs; k++) {
    clock_t start = clock();
    double seconds;
    work(data);
    seconds = (double)(clock() - start) / (double)CLOCKS_PER_SEC;
    if (seconds < least) least = seconds;
  }
  return 1e9 * least / (double)n;
}

/* Different customers, as the model draws them; weeks. */
static void draw(customers *data, size_t n) {
  data->n = n;
  data->x = (double *)malloc(n * sizeof(double));
  data->t_x = (double *)malloc(n * sizeof(double));
  data->T = (double *)malloc(n * sizeof(double));
  data->out = (double *)malloc(n * sizeof(double));
  if (!data->x || !data->t_x || !data->T || !data->out) exit(2);
  for (size_t i = 0; i < n; i++) {
    double turn = (double)i * 0.6180339887498949;
    data->T[i] = 27.0 + 12.0 * (turn - floor(turn));
  }
  if (loy_bgnbd_simulate(&truth, data->T, n, 1, NULL, data->x, data->t_x, NULL, NULL) != LOY_OK) exit(3);
}

/* Times in whole days: many customers are alike. */
static void round_to_days(customers *data) {
  for (size_t i = 0; i < data->n; i++) {
    data->T[i] = ceil(7.0 * data->T[i]);
    data->t_x[i] = ceil(7.0 * data->t_x[i]);
  }
}

/* How many of them are different. */
static size_t different(const customers *data) {
  const double *const key[3] = {data->x, data->t_x, data->T};
  loyi_distinct found;
  size_t seen;
  if (!loyi_distinct_make(key, 3, NULL, data->n, 1, NULL, &found, &seen)) exit(2);
  loyi_distinct_release(&found);
  return found.n;
}

/* What a fit may ask for. */
static double allowed(size_t n) { return 64.0 * (double)n + 1048576.0; }

/* One evaluation of each model, in L; whether BG/NBD costs too much. */
static int evaluations(const customers *data, double *one_log) {
  double each[3];
  void (*const work[3])(const customers *) = {work_bgnbd, work_mbgnbd, work_pnbd};
  *one_log = cost(work_log, data, 256 * (size_t)LOGS);
  /* As many sums as Pareto/NBD needs of a block; BG/NBD needs fewer. */
  if (loyi_rows_make(data->x, data->t_x, data->T, NULL, data->n, NULL, 1, LOYI_LIFETIME_SUMS, &rows, NULL)) exit(2);
  for (int k = 0; k < 3; k++) each[k] = cost(work[k], data, data->n) / *one_log;
  loyi_rows_release(&rows);
  printf("%9zu customers, L = %.2f ns; evaluation with gradient and Hessian: BG/NBD %.2f L, MBG/NBD %.2f L, Pareto/NBD "
         "%.1f L\n",
         data->n, *one_log, each[0], each[1], each[2]);
  return data->n >= JUDGED && each[0] > 1.5;
}

int main(int argc, char **argv) {
  size_t sizes[MOST_SIZES] = {100000, 1000000, 10000000}, count = 3;
  double fit_million = 0.0, score_million = 0.0;
  int failed = 0;
  if (argc > 1) count = argc - 1 < MOST_SIZES ? (size_t)(argc - 1) : (size_t)MOST_SIZES;
  for (size_t k = 0; argc > 1 && k < count; k++) sizes[k] = (size_t)strtoul(argv[k + 1], NULL, 10);
  for (int i = 0; i < LOGS; i++) column[i] = 0.5 + i / 64.0;
  for (size_t k = 0; k < count; k++) {
    customers data;
    double one_log, fit, score, days, bytes;
    size_t before, rows_left;
    draw(&data, sizes[k]);
    failed |= evaluations(&data, &one_log);
    memory.peak = 0;
    fit = cost(work_fit, &data, data.n);
    bytes = (double)memory.peak / (double)data.n;
    failed |= (double)memory.peak > allowed(data.n);
    before = requests;
    score = cost(work_score, &data, data.n);
    before = requests - before;
    printf("%9zu customers, fit %.1f ns each (%.1f L) and %.1f bytes; scoring %.1f ns each, %zu requests for memory\n",
           data.n, fit, fit / one_log, bytes, score, before);
    round_to_days(&data);
    memory.peak = 0;
    days = cost(work_fit, &data, data.n);
    rows_left = different(&data);
    printf("%9zu customers in whole days, %zu of them different: fit %.1f ns each, %.1f bytes for each different one\n",
           data.n, rows_left, days, (double)memory.peak / (double)rows_left);
    failed |= before > 0 || (double)memory.peak > allowed(rows_left);
    if (fit_million > 0.0) {
      printf("%9zu customers against %d: fit %.2f, scoring %.2f times as much each\n", data.n, JUDGED,
             fit / fit_million, score / score_million);
      failed |= fit > 1.3 * fit_million || score > 1.3 * score_million;
    }
    if (data.n == JUDGED) {
      fit_million = fit;
      score_million = score;
    }
    free(data.x);
    free(data.t_x);
    free(data.T);
    free(data.out);
  }
  if (failed) puts("more than it may");
  return failed;
}
