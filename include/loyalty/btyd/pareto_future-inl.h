/* pareto_future-inl.h: private. P(alive), purchases within t and their discounted number of a block of customers with a
 * Pareto lifetime, from one reading of each: in loops over customers whose integrals take one rule of
 * pareto_integral-inl.h. Each gets the bits of the functions for one customer, which also serve those without a rule.
 */
#ifndef LOYALTY_BTYD_PARETO_FUTURE_INL_H
#define LOYALTY_BTYD_PARETO_FUTURE_INL_H

#include <math.h>

#include "../math/elementary.h"
#include "../math/legendre.h"
#include "pareto_integral-inl.h"
#include "purchase_lifetime_predict.h"

LOY_BEGIN_DECLS

enum { LOYI_PARETO_ROWS = 1024 };

/* Customers of one rule, filled up to a multiple of 8. */
typedef struct loyi_pareto_piece {
  double k[LOYI_PARETO_PIECE], t_x[LOYI_PARETO_PIECE], T[LOYI_PARETO_PIECE];
  double log_odds[LOYI_PARETO_PIECE]; /* but for the integral */
  double length[LOYI_PARETO_PIECE], rule[LOYI_PARETO_PIECE], front[LOYI_PARETO_PIECE], slope[LOYI_PARETO_PIECE];
  double other[LOYI_PARETO_PIECE], ratio[LOYI_PARETO_PIECE], total[LOYI_PARETO_PIECE];
  double alive[LOYI_PARETO_PIECE], answer[LOYI_PARETO_PIECE];
} loyi_pareto_piece;

LOYI_FLAT_CLONES LOYI_LOCAL void loyi_pareto_silent_rows(loyi_pareto_piece *LOY_RESTRICT piece, size_t n, double alpha,
                                                         double s, double beta) {
  for (size_t i = 0; i < n; i++) {
    loyi_pareto_silent of =
        loyi_pareto_silent_of(piece->k[i], alpha + piece->t_x[i], s, beta + piece->t_x[i], piece->T[i] - piece->t_x[i]);
    piece->log_odds[i] = piece->k[i] * of.log_rate + s * of.log_life;
    piece->length[i] = of.length;
    piece->rule[i] = of.rule;
    piece->front[i] = of.front;
    piece->slope[i] = of.slope;
    piece->other[i] = of.other;
    piece->ratio[i] = of.ratio;
    piece->total[i] = 0.0;
  }
}

LOYI_FLAT_CLONES LOYI_LOCAL void loyi_pareto_silent_add(loyi_pareto_piece *LOY_RESTRICT piece, size_t n, double at,
                                                        double weight) {
  for (size_t i = 0; i < n; i++)
    piece->total[i] +=
        weight * loyi_pareto_silent_node(piece->length[i] * at, piece->slope[i], piece->other[i], piece->ratio[i]);
}

/* As loyi_purchase_digest and loyi_purchase_alive. */
LOYI_FLAT_CLONES LOYI_LOCAL void loyi_pareto_alive(loyi_pareto_piece *LOY_RESTRICT piece, size_t n) {
  for (size_t i = 0; i < n; i++)
    piece->alive[i] = 1.0 / (1.0 + loyi_exp(loyi_log(piece->front[i] * piece->total[i]) + piece->log_odds[i]));
}

/* As loyi_purchase_discount_row, without a discount. */
LOYI_FLAT_CLONES LOYI_LOCAL void loyi_pareto_expect(loyi_pareto_piece *LOY_RESTRICT piece, size_t n, double alpha,
                                                    double s, double beta, double t) {
  for (size_t i = 0; i < n; i++)
    piece->answer[i] =
        piece->alive[i] * (piece->k[i] / (alpha + piece->T[i])) * loyi_pareto_span(s, beta + piece->T[i], t);
}

LOYI_FLAT_CLONES LOYI_LOCAL void loyi_pareto_mean_rows(loyi_pareto_piece *LOY_RESTRICT piece, size_t n, double s,
                                                       double beta, double delta, double t) {
  for (size_t i = 0; i < n; i++) {
    loyi_pareto_mean of = loyi_pareto_mean_of(s, beta + piece->T[i], delta, t);
    piece->length[i] = of.length;
    piece->rule[i] = of.rule;
    piece->front[i] = of.front;
    piece->other[i] = of.delta;
  }
}

LOYI_FLAT_CLONES LOYI_LOCAL void loyi_pareto_mean_add(loyi_pareto_piece *LOY_RESTRICT piece, size_t n, double slope,
                                                      double at, double weight) {
  for (size_t i = 0; i < n; i++)
    piece->total[i] += weight * loyi_pareto_mean_node(piece->length[i] * at, slope, piece->other[i]);
}

/* With a discount: the mean times of each rule there is, for the customers of that rule. */
LOYI_LOCAL void loyi_pareto_discount(loyi_pareto_piece *piece, size_t n, double alpha, double s, double beta,
                                     double delta, double t) {
  double at[LOYI_PARETO_NODES], weight[LOYI_PARETO_NODES];
  unsigned rules = 0;
  if (delta * t > LOYI_LIFETIME_DISCOUNT) t = LOYI_LIFETIME_DISCOUNT / delta;
  loyi_pareto_mean_rows(piece, n, s, beta, delta, t);
  for (size_t i = 0; i < n; i++) rules |= 1u << (unsigned)piece->rule[i];
  for (unsigned rule = 1; rule < LOYI_PARETO_RULES; rule++) {
    int nodes;
    if (!(rules >> rule & 1u)) continue;
    nodes = loyi_pareto_nodes((double)rule, at, weight);
    for (size_t i = 0; i < n; i++) piece->total[i] = 0.0;
    for (int node = 0; node < nodes; node++) loyi_pareto_mean_add(piece, n, 1.0 - s, at[node], weight[node]);
    for (size_t i = 0; i < n; i++)
      if (piece->rule[i] == (double)rule) piece->answer[i] = piece->front[i] * piece->total[i];
  }
  for (size_t i = 0; i < n; i++) {
    if (piece->rule[i] == 0.0) {
      loyi_lifetime rest = loyi_lifetime_make(LOYI_LIFETIME_PARETO, s, beta + piece->T[i], 1.0);
      piece->answer[i] = loyi_lifetime_mean_time(&rest, delta, t);
    }
    piece->answer[i] = piece->alive[i] * (piece->k[i] / (alpha + piece->T[i])) * piece->answer[i];
  }
}

/* The customers from `from` on whose numbers are in `list`. */
LOYI_LOCAL size_t loyi_pareto_take(const loyi_purchase_future *job, size_t from, const uint16_t *list, size_t count,
                                   loyi_pareto_piece *piece) {
  size_t i = 0;
  for (; i < count; i++) {
    size_t row = from + list[i];
    piece->k[i] = job->model->r + job->x[row];
    piece->t_x[i] = job->t_x[row];
    piece->T[i] = job->T[row];
  }
  for (; i % LOYI_SUM_LANES != 0; i++) {
    piece->k[i] = piece->k[count - 1];
    piece->t_x[i] = piece->t_x[count - 1];
    piece->T[i] = piece->T[count - 1];
  }
  return i;
}

LOYI_LOCAL void loyi_pareto_put(const loyi_pareto_piece *piece, size_t from, const uint16_t *list, size_t count,
                                double *out) {
  for (size_t i = 0; i < count; i++) out[from + list[i]] = piece->answer[i];
}

/* A piece of `count` customers with the same rule. */
LOYI_LOCAL void loyi_pareto_piece_run(const loyi_purchase_future *job, size_t from, const uint16_t *list, size_t count,
                                      unsigned rule, loyi_pareto_piece *piece) {
  double alpha = job->model->alpha, s = job->model->life.s, beta = job->model->life.beta;
  double at[LOYI_PARETO_NODES], weight[LOYI_PARETO_NODES];
  size_t whole = loyi_pareto_take(job, from, list, count, piece);
  int nodes = loyi_pareto_nodes((double)rule, at, weight);
  loyi_pareto_silent_rows(piece, whole, alpha, s, beta);
  for (int node = 0; node < nodes; node++) loyi_pareto_silent_add(piece, whole, at[node], weight[node]);
  loyi_pareto_alive(piece, whole);
  if (job->p_alive)
    for (size_t i = 0; i < count; i++) job->p_alive[from + list[i]] = piece->alive[i];
  if (job->expected || (job->discounted && job->delta == 0.0)) {
    loyi_pareto_expect(piece, whole, alpha, s, beta, job->t);
    if (job->expected) loyi_pareto_put(piece, from, list, count, job->expected);
    if (job->discounted && job->delta == 0.0) loyi_pareto_put(piece, from, list, count, job->discounted);
  }
  if (job->discounted && job->delta > 0.0) {
    loyi_pareto_discount(piece, whole, alpha, s, beta, job->delta, job->t);
    loyi_pareto_put(piece, from, list, count, job->discounted);
  }
}

/* The rows from `from` on, at most LOYI_PARETO_ROWS; t must be finite where expected purchases are asked for. */
LOYI_LOCAL void loyi_pareto_rows(const loyi_purchase_future *job, size_t from, size_t n) {
  uint16_t list[LOYI_PARETO_ROWS];
  uint8_t rule[LOYI_PARETO_ROWS];
  size_t end[LOYI_PARETO_RULES] = {0}, begin = 0, good = 0;
  loyi_pareto_piece piece;
  /* Those out of range have rule 0, too. */
  for (size_t i = 0; i < n; i++) {
    rule[i] = 0;
    if (loyi_history_right(job->x[from + i], job->t_x[from + i], job->T[from + i])) list[good++] = (uint16_t)i;
  }
  for (size_t at = 0; at < good; at += LOYI_PARETO_PIECE) {
    size_t count = good - at < LOYI_PARETO_PIECE ? good - at : (size_t)LOYI_PARETO_PIECE;
    size_t whole = loyi_pareto_take(job, from, list + at, count, &piece);
    loyi_pareto_silent_rows(&piece, whole, job->model->alpha, job->model->life.s, job->model->life.beta);
    for (size_t i = 0; i < count; i++) rule[list[at + i]] = (uint8_t)piece.rule[i];
  }
  for (size_t i = 0; i < n; i++) end[rule[i]]++;
  for (size_t r = 0; r < LOYI_PARETO_RULES; r++) {
    size_t count = end[r];
    end[r] = begin;
    begin += count;
  }
  for (size_t i = 0; i < n; i++) list[end[rule[i]]++] = (uint16_t)i;
  for (unsigned r = 1; r < LOYI_PARETO_RULES; r++)
    for (size_t at = end[r - 1]; at < end[r]; at += LOYI_PARETO_PIECE)
      loyi_pareto_piece_run(job, from, list + at,
                            end[r] - at < LOYI_PARETO_PIECE ? end[r] - at : (size_t)LOYI_PARETO_PIECE, r, &piece);
  for (size_t i = 0; i < end[0]; i++) loyi_purchase_future_one(job, from + list[i]);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_PARETO_FUTURE_INL_H */
