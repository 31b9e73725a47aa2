/* betageo_future-inl.h: private. The batch functions of bgnbd_predict.h and mbgnbd_predict.h for expected purchases:
 * P(alive), purchases within t and their discounted number, from one reading of a block of customers.
 *
 * The customers of a block are put in order by x. Those of one x share the coefficients of betageo_series-inl.h, which
 * are made for eight values of x at a time, and go through loops of eight without a branch. Each gets the bits of the
 * function for one customer. */
#ifndef LOYALTY_BTYD_BETAGEO_FUTURE_INL_H
#define LOYALTY_BTYD_BETAGEO_FUTURE_INL_H

#include <math.h>

#include "../base/parallel.h"
#include "../math/elementary.h"
#include "betageo-inl.h"
#include "betageo_predict-inl.h"
#include "betageo_series-inl.h"

LOY_BEGIN_DECLS

enum {
  LOYI_FUTURE_ROWS = 8192, /* of one unit of work */
  LOYI_FUTURE_PIECE = LOYI_SERIES_PIECE,
  LOYI_FUTURE_COUNTS = 255, /* values of x that share coefficients; customers beyond are taken one by one */
  LOYI_FUTURE_ALONE = 15    /* in place of the level of a series: none */
};

/* What is asked; outputs that are NULL are left out. */
typedef struct loyi_betageo_future {
  double at_zero;
  const loy_bgnbd_params *params;
  const double *x, *t_x, *T;
  size_t n;
  double delta, t; /* t may be infinite */
  double *p_alive, *expected, *discounted;
} loyi_betageo_future;

/* Customers of one x, filled up to a multiple of 8. */
typedef struct loyi_future_piece {
  double t_x[LOYI_FUTURE_PIECE], T[LOYI_FUTURE_PIECE];
  double alive[LOYI_FUTURE_PIECE], need[LOYI_FUTURE_PIECE], w[LOYI_FUTURE_PIECE], front[LOYI_FUTURE_PIECE];
  double sum[LOYI_FUTURE_PIECE];
} loyi_future_piece;

/* A block in order by x. */
typedef struct loyi_future_block {
  size_t from;                          /* its first row */
  uint16_t list[LOYI_FUTURE_ROWS];      /* rows, counted from there */
  uint16_t end[LOYI_FUTURE_COUNTS + 1]; /* of each x in `list` */
  uint8_t level[LOYI_FUTURE_ROWS];      /* by row: at first x, then the level of its discounted series */
  loyi_series series;
  union {
    loyi_series_work work;            /* once in order */
    uint16_t other[LOYI_FUTURE_ROWS]; /* before: rows with x > 0 */
  } scratch;
  loyi_future_piece piece;
} loyi_future_block;

/* P(alive), as by loyi_betageo_digest and loyi_betageo_alive. `log_w`: ln(a/(b+c-1)). */
LOYI_FLAT_CLONES LOYI_LOCAL void loyi_future_alive_loop(loyi_future_piece *LOY_RESTRICT piece, size_t n, double alpha,
                                                        double k, double log_w) {
  for (size_t i = 0; i < n; i++)
    piece->alive[i] =
        1.0 / (1.0 + loyi_exp(log_w + k * loyi_log1p((piece->T[i] - piece->t_x[i]) / (alpha + piece->t_x[i]))));
}

/* Nobody without a chance to stop has stopped; log_w then is -infinity. */
LOYI_LOCAL void loyi_future_alive(loyi_future_piece *piece, size_t n, double alpha, double k, double log_w) {
  if (log_w > -HUGE_VAL) {
    loyi_future_alive_loop(piece, n, alpha, k, log_w);
  } else {
    for (size_t i = 0; i < n; i++) piece->alive[i] = 1.0;
  }
}

LOYI_FLAT_CLONES LOYI_LOCAL void loyi_future_variables(loyi_future_piece *LOY_RESTRICT piece, size_t n, double alpha,
                                                       double k, double t, double scale) {
  for (size_t i = 0; i < n; i++) {
    double tau = t / (alpha + piece->T[i]);
    piece->need[i] = loyi_series_need(k, tau);
    piece->w[i] = loyi_series_variable(tau, scale);
    piece->front[i] = loyi_series_front(k, tau);
  }
}

/* Gather customers, whose places in the block are in `list`; returns how many there are with those that fill up. */
LOYI_LOCAL size_t loyi_future_take(const loyi_betageo_future *job, const loyi_future_block *block, const uint16_t *list,
                                   size_t count, loyi_future_piece *piece) {
  size_t i = 0;
  for (; i < count; i++) {
    size_t row = block->from + list[i];
    piece->t_x[i] = job->t_x[row];
    piece->T[i] = job->T[row];
  }
  for (; i % LOYI_SERIES_LANES != 0; i++) {
    piece->t_x[i] = piece->t_x[count - 1];
    piece->T[i] = piece->T[count - 1];
  }
  return i;
}

/* One customer by the functions for one. */
LOYI_LOCAL void loyi_future_one(const loyi_betageo_future *job, size_t row) {
  loyi_betageo_history history;
  loyi_betageo_discount ask;
  const char *message;
  double alive = NAN, expected = NAN, discounted = NAN;
  if (!loyi_betageo_digest(job->at_zero, job->params, job->x[row], job->t_x[row], job->T[row], &history, &message)) {
    ask.delta = job->delta;
    ask.t = job->t;
    alive = loyi_betageo_alive(&history);
    if (job->expected || job->delta == 0.0)
      expected = job->t == HUGE_VAL ? loyi_betageo_forever(&history) : loyi_betageo_expected_row(&history, &ask);
    if (job->discounted) discounted = job->delta == 0.0 ? expected : loyi_betageo_discount_row(&history, &ask);
  }
  if (job->p_alive) job->p_alive[row] = alive;
  if (job->expected) job->expected[row] = expected;
  if (job->discounted) job->discounted[row] = discounted;
}

/* Whether purchases without a discount are asked for. */
LOYI_LOCAL int loyi_future_plain(const loyi_betageo_future *job) {
  return job->expected || (job->discounted && job->delta == 0.0);
}

/* P(alive), purchases without a discount, and the levels of discounted series of `count` customers of one x. `filled`:
 * coefficients that are there; `seen`: the levels. */
LOYI_LOCAL void loyi_future_expect(const loyi_betageo_future *job, loyi_future_block *block, size_t lane, double log_w,
                                   const uint16_t *list, size_t count, size_t *filled, unsigned *seen) {
  loyi_series *series = &block->series;
  loyi_future_piece *piece = &block->piece;
  double k = series->k[lane], alpha = job->params->alpha, most = 0.0;
  size_t whole = loyi_future_take(job, block, list, count, piece);
  int plain = loyi_future_plain(job);
  loyi_future_alive(piece, whole, alpha, k, log_w);
  if (plain || job->discounted) {
    loyi_future_variables(piece, whole, alpha, k, job->t, series->scale[lane]);
    for (size_t i = 0; i < whole; i++) {
      unsigned level =
          piece->need[i] <= (double)LOYI_SERIES_MOST ? loyi_series_level(piece->need[i]) : (unsigned)LOYI_FUTURE_ALONE;
      if (level == LOYI_FUTURE_ALONE) piece->need[i] = piece->w[i] = 0.0;
      if (piece->need[i] > most) most = piece->need[i];
      *seen |= 1u << level;
      if (i < count) block->level[list[i]] = (uint8_t)level;
    }
  }
  if (plain) {
    if (loyi_series_chunks(most) > *filled) {
      *filled = loyi_series_terms(loyi_series_level(most));
      loyi_series_plain(series, *filled);
    }
    loyi_series_sum(series, lane, piece->w, piece->need, whole, piece->sum);
  }
  for (size_t i = 0; i < count; i++) {
    size_t row = block->from + list[i];
    double alive = piece->alive[i], value = plain ? piece->front[i] * piece->sum[i] : 0.0;
    if (plain && piece->need[i] == 0.0)
      value = loyi_betageo_alive_integral(series->a, series->b[lane], k, job->t / (alpha + piece->T[i]));
    if (job->p_alive) job->p_alive[row] = alive;
    if (job->expected) job->expected[row] = alive * value;
    if (job->discounted && job->delta == 0.0) job->discounted[row] = alive * value;
  }
}

/* Discounted purchases of `count` customers of one x whose series begins at one level, which is there. */
LOYI_LOCAL void loyi_future_discount(const loyi_betageo_future *job, loyi_future_block *block, size_t lane,
                                     double log_w, const uint16_t *list, size_t count) {
  loyi_series *series = &block->series;
  loyi_future_piece *piece = &block->piece;
  size_t whole = loyi_future_take(job, block, list, count, piece);
  loyi_future_alive(piece, whole, job->params->alpha, series->k[lane], log_w);
  loyi_future_variables(piece, whole, job->params->alpha, series->k[lane], job->t, series->scale[lane]);
  loyi_series_sum(series, lane, piece->w, piece->need, whole, piece->sum);
  for (size_t i = 0; i < count; i++)
    job->discounted[block->from + list[i]] = piece->alive[i] * (piece->front[i] * piece->sum[i]);
}

/* The same without a series. */
LOYI_LOCAL void loyi_future_discount_alone(const loyi_betageo_future *job, size_t row) {
  loyi_betageo_discount ask;
  loyi_betageo_history history;
  const char *message;
  ask.delta = job->delta;
  ask.t = job->t;
  (void)loyi_betageo_digest(job->at_zero, job->params, job->x[row], job->t_x[row], job->T[row], &history, &message);
  job->discounted[row] = loyi_betageo_discount_row(&history, &ask);
}

/* The customers of up to eight values of x: first what takes no discount, then level by level of discounted series. */
LOYI_LOCAL void loyi_future_tile(const loyi_betageo_future *job, loyi_future_block *block, const size_t *x, size_t n) {
  double log_w[LOYI_SERIES_LANES];
  size_t filled = 0, begin[LOYI_SERIES_LANES];
  unsigned seen = 0;
  block->series.a = job->params->a;
  for (size_t lane = 0; lane < LOYI_SERIES_LANES; lane++) {
    size_t own = x[lane < n ? lane : 0];
    double count = (double)own, chances = count + job->at_zero;
    loyi_series_lane(&block->series, lane, job->params->r + count, job->params->b + chances);
    log_w[lane] = chances == 0.0 ? -HUGE_VAL : loyi_log(job->params->a / (job->params->b + (chances - 1.0)));
    begin[lane] = own ? block->end[own - 1] : 0;
  }
  for (size_t lane = 0; lane < n; lane++)
    for (size_t at = begin[lane], end = block->end[x[lane]]; at < end; at += LOYI_FUTURE_PIECE)
      loyi_future_expect(job, block, lane, log_w[lane], block->list + at,
                         end - at < LOYI_FUTURE_PIECE ? end - at : (size_t)LOYI_FUTURE_PIECE, &filled, &seen);
  if (!job->discounted || job->delta == 0.0) return;
  for (unsigned level = 0; level < LOYI_FUTURE_ALONE; level++) {
    if (!(seen >> level & 1u)) continue;
    loyi_series_discounted(&block->series, &block->scratch.work, loyi_series_terms(level), n, job->delta * job->t);
    for (size_t lane = 0; lane < n; lane++) {
      uint16_t list[LOYI_FUTURE_PIECE];
      size_t count = 0;
      for (size_t at = begin[lane], end = block->end[x[lane]]; at < end; at++) {
        list[count] = block->list[at];
        count += block->level[block->list[at]] == level;
        if (count == LOYI_FUTURE_PIECE || (count > 0 && at + 1 == end)) {
          loyi_future_discount(job, block, lane, log_w[lane], list, count);
          count = 0;
        }
      }
    }
  }
  if (seen >> LOYI_FUTURE_ALONE & 1u)
    for (size_t lane = 0; lane < n; lane++)
      for (size_t at = begin[lane], end = block->end[x[lane]]; at < end; at++)
        if (block->level[block->list[at]] == LOYI_FUTURE_ALONE)
          loyi_future_discount_alone(job, block->from + block->list[at]);
}

/* x of each row, LOYI_FUTURE_COUNTS for those that are taken one by one. */
LOYI_FLAT_CLONES LOYI_LOCAL void loyi_future_counts(const double *LOY_RESTRICT x, const double *LOY_RESTRICT t_x,
                                                    const double *LOY_RESTRICT T, size_t n,
                                                    uint8_t *LOY_RESTRICT count) {
  for (size_t i = 0; i < n; i++) {
    int shared = (x[i] < (double)LOYI_FUTURE_COUNTS) & loyi_history_right(x[i], t_x[i], T[i]);
    count[i] = (uint8_t)(int32_t)loyi_select(shared, x[i], (double)LOYI_FUTURE_COUNTS);
  }
}

/* Put the block in order by x. Most customers have x = 0: they are told apart first, as a sum that waits for the one
 * before it takes longer. */
LOYI_LOCAL void loyi_future_sort(const loyi_betageo_future *job, loyi_future_block *block, size_t n) {
  uint16_t *end = block->end, *other = block->scratch.other;
  size_t zeros = 0, others = 0, begin;
  loyi_future_counts(job->x + block->from, job->t_x + block->from, job->T + block->from, n, block->level);
  for (size_t i = 0; i < n; i++) {
    size_t zero = block->level[i] == 0;
    block->list[zeros] = other[others] = (uint16_t)i;
    zeros += zero;
    others += 1 - zero;
  }
  for (size_t x = 0; x <= LOYI_FUTURE_COUNTS; x++) end[x] = 0;
  for (size_t i = 0; i < others; i++) end[block->level[other[i]]]++;
  begin = end[0] = (uint16_t)zeros;
  for (size_t x = 1; x <= LOYI_FUTURE_COUNTS; x++) {
    size_t count = end[x];
    end[x] = (uint16_t)begin;
    begin += count;
  }
  for (size_t i = 0; i < others; i++) block->list[end[block->level[other[i]]]++] = other[i];
}

LOYI_LOCAL void loyi_future_rows(void *ctx, size_t number) {
  const loyi_betageo_future *job = (const loyi_betageo_future *)ctx;
  loyi_future_block block;
  size_t n, tile[LOYI_SERIES_LANES], lanes = 0;
  block.from = number * LOYI_FUTURE_ROWS;
  n = job->n - block.from < LOYI_FUTURE_ROWS ? job->n - block.from : (size_t)LOYI_FUTURE_ROWS;
  if (n < 4 || job->t == HUGE_VAL || job->delta * job->t > LOYI_SERIES_DISCOUNT) {
    for (size_t i = 0; i < n; i++) loyi_future_one(job, block.from + i);
    return;
  }
  loyi_future_sort(job, &block, n);
  for (size_t x = 0; x < LOYI_FUTURE_COUNTS; x++) {
    if (block.end[x] > (x ? block.end[x - 1] : 0)) tile[lanes++] = x;
    if (lanes == LOYI_SERIES_LANES || (lanes > 0 && x + 1 == LOYI_FUTURE_COUNTS)) {
      loyi_future_tile(job, &block, tile, lanes);
      lanes = 0;
    }
  }
  /* The others, and those out of range. */
  for (size_t i = block.end[LOYI_FUTURE_COUNTS - 1]; i < n; i++) loyi_future_one(job, block.from + block.list[i]);
}

LOYI_LOCAL loyi_betageo_future loyi_future_job(double at_zero, const loy_bgnbd_params *params, const double *x,
                                               const double *t_x, const double *T, size_t n, double delta, double t) {
  loyi_betageo_future job;
  job.at_zero = at_zero;
  job.params = params;
  job.x = x;
  job.t_x = t_x;
  job.T = T;
  job.n = n;
  job.delta = delta;
  job.t = t + 0.0; /* -0 is 0, as for one customer */
  job.p_alive = job.expected = job.discounted = NULL;
  return job;
}

LOYI_LOCAL loy_status loyi_future_run(loyi_betageo_future *job, const loy_bgnbd_options *options,
                                      loy_batch_report *report, loy_error *error) {
  loyi_history_count_bad(job->x, job->t_x, job->T, job->n, report);
  loyi_parallel(loyi_future_rows, job, job->n / LOYI_FUTURE_ROWS + (job->n % LOYI_FUTURE_ROWS != 0),
                options ? options->threads : 1);
  return loyi_ok(error);
}

/* One output, which must not be NULL. Columns and query have been checked. */
LOYI_LOCAL loy_status loyi_future_single(loyi_betageo_future *job, double **output, double *out,
                                         const loy_bgnbd_options *options, loy_batch_report *report, loy_error *error) {
  loy_status status = loyi_betageo_check_options(options, error);
  if (status != LOY_OK) return status;
  if (job->n > 0 && !out) return loyi_report(error, LOY_ERR_ARGUMENT, "out", LOY_NO_INDEX, "must not be NULL");
  *output = out;
  return loyi_future_run(job, options, report, error);
}

LOYI_LOCAL loy_status loyi_betageo_expected_purchases_batch(double at_zero, const loy_bgnbd_params *params,
                                                            const double *x, const double *t_x, const double *T,
                                                            size_t n, double t, const loy_bgnbd_options *options,
                                                            double *out, loy_batch_report *report, loy_error *error) {
  loyi_betageo_future job;
  loy_status status = loyi_betageo_check_columns(params, x, t_x, T, n, error);
  if (status != LOY_OK) return status;
  if (!loyi_is_zero_or_quantity(t))
    return loyi_report(error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX, LOYI_ZERO_QUANTITY_MUST);
  job = loyi_future_job(at_zero, params, x, t_x, T, n, 0.0, t);
  return loyi_future_single(&job, &job.expected, out, options, report, error);
}

LOYI_LOCAL loy_status loyi_betageo_dect_batch(double at_zero, const loy_bgnbd_params *params, const double *x,
                                              const double *t_x, const double *T, size_t n, double delta, double t,
                                              const loy_bgnbd_options *options, double *out, loy_batch_report *report,
                                              loy_error *error) {
  loyi_betageo_future job;
  loy_status status = loyi_betageo_check_columns(params, x, t_x, T, n, error);
  if (status == LOY_OK) status = loyi_history_discount_check(delta, t, error);
  if (status != LOY_OK) return status;
  job = loyi_future_job(at_zero, params, x, t_x, T, n, delta, t);
  return loyi_future_single(&job, &job.discounted, out, options, report, error);
}

LOYI_LOCAL loy_status loyi_betageo_dert_batch(double at_zero, const loy_bgnbd_params *params, const double *x,
                                              const double *t_x, const double *T, size_t n, double delta,
                                              const loy_bgnbd_options *options, double *out, loy_batch_report *report,
                                              loy_error *error) {
  loy_status status = loyi_betageo_check_columns(params, x, t_x, T, n, error);
  if (status != LOY_OK) return status;
  if (!loyi_is_quantity(delta)) return loyi_report(error, LOY_ERR_DOMAIN, "delta", LOY_NO_INDEX, LOYI_QUANTITY_MUST);
  return loyi_betageo_dect_batch(at_zero, params, x, t_x, T, n, delta, HUGE_VAL, options, out, report, error);
}

LOYI_LOCAL loy_status loyi_betageo_predict_batch(double at_zero, const loy_bgnbd_params *params, const double *x,
                                                 const double *t_x, const double *T, size_t n, double delta, double t,
                                                 const loy_bgnbd_options *options, double *p_alive, double *expected,
                                                 double *discounted, loy_batch_report *report, loy_error *error) {
  loyi_betageo_future job;
  loy_status status = loyi_betageo_check_columns(params, x, t_x, T, n, error);
  if (status == LOY_OK) status = loyi_history_future_check(delta, t, error);
  if (status == LOY_OK) status = loyi_betageo_check_options(options, error);
  if (status != LOY_OK) return status;
  job = loyi_future_job(at_zero, params, x, t_x, T, n, delta, t);
  job.p_alive = p_alive;
  job.expected = expected;
  job.discounted = discounted;
  status = loyi_future_run(&job, options, report, error);
  return params->a > 1.0 ? status : loyi_history_endless("a", n, delta, t, expected, discounted, error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_BETAGEO_FUTURE_INL_H */
