/* cnbd_future-inl.h: private. What a customer of the (M)BG/CNBD-k models who is alive will do in a time t.
 *
 * M is the number of stages since the last purchase until the end of t: j at its start with probability w_j, and from
 * there a negative binomial number with shape s + j at the rate A. With S_n = E[(1-p)^(n-1)], C_n = S_1 + ... + S_n,
 * P_n = P(n k <= M < (n+1) k) and F_n = P(M >= n k), all quantities are sums of positive terms:
 *   expected purchases = Sum_n C_n P_n = Sum_n S_n F_n,   still alive = Sum_n S_{n+1} P_n.
 * The sums are taken term by term as far as their terms change quickly, each stage from the one before. Beyond, terms
 * are smooth functions of n, and a sum is an integral with the Euler-Maclaurin correction for its beginning, by central
 * differences (Gregory's coefficients). So neither heavy buyers nor long horizons take more than some thousand terms,
 * and the answer for a customer depends on that customer alone. */
#ifndef LOYALTY_BTYD_CNBD_FUTURE_INL_H
#define LOYALTY_BTYD_CNBD_FUTURE_INL_H

#include "cnbd-inl.h"

#include <math.h>

#include "../math/elementary.h"
#include "../math/gamma.h"
#include "../math/legendre.h"
#include "../math/negative_binomial.h"

LOY_BEGIN_DECLS

/* Terms below this part of a sum are left out. */
#define LOYI_CNBD_REST 0x1p-57

/* The first purchase from which a sum may be an integral; and over how many purchases, at least, a term must change by
 * its own size there. The 16-point rule serves panels of so much of ln n, or of so many standard deviations of it. */
#define LOYI_CNBD_FIRST  128.0
#define LOYI_CNBD_SMOOTH 16.0
#define LOYI_CNBD_PANEL  0.25
#define LOYI_CNBD_SPREAD 2.0
enum { LOYI_CNBD_RULE = 4 };

/* A customer who is alive, and a time. */
typedef struct loyi_cnbd_future {
  double a, b;       /* p ~ Beta(a, b) */
  double k, s, rate; /* stages for each purchase; shape, less the stage; A */
  const double *w;
  double t, y, tau; /* y = t / (A + t), tau = t / A */
} loyi_cnbd_future;

LOYI_LOCAL loyi_cnbd_future loyi_cnbd_future_of(const loyi_cnbd_history *history, double t) {
  loyi_cnbd_future future;
  future.a = history->a;
  future.b = history->b;
  future.k = history->stages;
  future.s = history->s;
  future.rate = history->rate;
  future.w = history->w;
  future.t = t;
  future.y = t / (history->rate + t);
  future.tau = t / history->rate;
  return future;
}

/* E[(1-p)^n] for p ~ Beta(a, b), n >= 0, not only whole numbers. */
LOYI_LOCAL double loyi_cnbd_survive(double a, double b, double n) {
  return n == 0.0 ? 1.0 : loyi_exp(loyi_betageo_beta_ratio(a, b, n));
}

/* The density of M from each stage: P(M = m | stage j) for all j < k, m >= k - 1, from the end where it is larger. */
LOYI_LOCAL void loyi_cnbd_chain(const loyi_cnbd_future *of, double m, double *density) {
  size_t n = (size_t)of->k;
  if (m > of->s * of->tau) {
    density[n - 1] = loyi_negative_binomial(m - (of->k - 1.0), of->s + (of->k - 1.0), of->rate, of->t);
    for (size_t j = n - 1; j-- > 0;) density[j] = density[j + 1] * ((of->s + (double)j) / (m - (double)j) * of->tau);
  } else {
    density[0] = loyi_negative_binomial(m, of->s, of->rate, of->t);
    for (size_t j = 1; j < n; j++)
      density[j] = density[j - 1] * ((m - (double)(j - 1)) / (of->s + (double)(j - 1)) / of->tau);
  }
}

/* P_n, n = 0 or n >= 1. */
LOYI_LOCAL double loyi_cnbd_piece(const loyi_cnbd_future *of, double n) {
  double v[LOY_CNBD_STAGES_MOST], sum = 0.0;
  size_t stages = (size_t)of->k;
  if (n == 0.0) {
    for (size_t j = 0; j < stages; j++) {
      double term = of->w[j] * loyi_exp(-(of->s + (double)j) * loyi_log1p(of->tau));
      for (size_t i = 0; i < stages - j; i++) {
        sum += term;
        term *= of->y * (of->s + (double)(j + i)) / (double)(i + 1);
      }
    }
    return sum;
  }
  loyi_cnbd_chain(of, n * of->k, v);
  for (size_t j = 0; j < stages; j++) v[j] *= of->w[j];
  for (double i = 0.0; i < of->k; i += 1.0) {
    double m = n * of->k + i, up = of->y * (of->s + m);
    for (size_t j = 0; j < stages; j++) {
      sum += v[j];
      v[j] *= up / (m + 1.0 - (double)j);
    }
  }
  return sum;
}

/* F_n, n >= 1 or n = 0. From a later stage it takes fewer: I_y(c-j-1, s+j+1) is I_y(c-j, s+j) and one term more. */
LOYI_LOCAL double loyi_cnbd_tail(const loyi_cnbd_future *of, double n) {
  double density[LOY_CNBD_STAGES_MOST], upto, sum, c = n * of->k;
  if (n == 0.0) return 1.0;
  if (of->t == 0.0) return 0.0;
  upto = loyi_negative_binomial_tail(c, of->s, of->rate, of->t);
  sum = of->w[0] * upto;
  if (of->k == 1.0) return sum;
  loyi_cnbd_chain(of, c - 1.0, density);
  for (size_t j = 0; j + 1 < (size_t)of->k; j++) {
    upto += density[j] * ((c + of->s - 1.0) / (of->s + (double)j));
    sum += of->w[j + 1] * (upto < 1.0 ? upto : 1.0);
  }
  return sum < 1.0 ? sum : 1.0;
}

/* The terms of a sum at n, not only whole numbers. */
typedef double (*loyi_cnbd_term_fn)(const void *ctx, double n);

/* From which n on terms are smooth: LOYI_CNBD_SMOOTH purchases are within one standard deviation of M / k. */
LOYI_LOCAL double loyi_cnbd_smooth_from(double s, double k) {
  /* n^2 / s + n / k = smooth^2 */
  double square = LOYI_CNBD_SMOOTH * LOYI_CNBD_SMOOTH, half = 0.5 * s / k;
  double n = ceil(square * s / (half + sqrt(half * half + square * s)));
  return n > LOYI_CNBD_FIRST ? n : LOYI_CNBD_FIRST;
}

/* Beyond that many purchases there is nothing. */
LOYI_LOCAL double loyi_cnbd_last(const loyi_cnbd_future *of) {
  double shape = of->s + of->k, most = (shape + 40.0 + 9.0 * sqrt(shape)) * of->tau;
  return (most + 40.0 + 9.0 * sqrt(most)) / of->k;
}

/* The integral of the terms over n, for a width in ln n from `at` on. */
LOYI_LOCAL double loyi_cnbd_panel(loyi_cnbd_term_fn term, const void *ctx, double at, double width) {
  double sum = 0.0;
  for (int i = 0; i < loyi_legendre_nodes(LOYI_CNBD_RULE); i++) {
    double node, weight, n;
    loyi_legendre_node(LOYI_CNBD_RULE, i, &node, &weight);
    n = loyi_exp(at + width * node);
    sum += weight * n * term(ctx, n);
  }
  return width * sum;
}

/* The integral of terms S_n F_n from `from` on. Up to ten standard deviations below its fall F_n is 1 to full
 * precision.
 */
LOYI_LOCAL double loyi_cnbd_falling(loyi_cnbd_term_fn term, const loyi_cnbd_future *of, double from) {
  double mean = (of->s + of->k) * of->tau, spread = sqrt(1.0 / of->s + 1.0 / (mean > 1.0 ? mean : 1.0));
  double flat = spread < 0.1 ? loyi_log(of->s * of->tau / of->k) + loyi_log1p(-10.0 * spread) : 0.0;
  double fine = LOYI_CNBD_SPREAD * spread < LOYI_CNBD_PANEL ? LOYI_CNBD_SPREAD * spread : LOYI_CNBD_PANEL;
  double at = loyi_log(from), end = loyi_log(loyi_cnbd_last(of)), sum = 0.0, before = 0.0;
  while (at < end) {
    double width = at < flat ? LOYI_CNBD_PANEL : fine, panel;
    if (at < flat && at + width > flat) width = flat - at > fine ? flat - at : fine;
    panel = loyi_cnbd_panel(term, of, at, width);
    sum += panel;
    if (panel < before && panel <= LOYI_CNBD_REST * sum) break;
    before = panel;
    at += width;
  }
  return sum;
}

/* About how fast n S_{n+1} P_n grows with ln n, and how fast that falls. */
LOYI_LOCAL double loyi_cnbd_slope(const loyi_cnbd_future *of, double at, double *curvature) {
  double n = loyi_exp(at), m = n * of->k;
  *curvature = m * (of->s / (of->s + m)) - of->a * (n / (of->b + n)) * (n / (of->a + of->b + n));
  return m * (loyi_log1p((of->s - 1.0) / (m + 1.0)) - loyi_log1p(1.0 / of->tau)) - n * loyi_log1p(of->a / (of->b + n));
}

/* The integral from `from` on of terms with one peak, in proportion to S_{n+1} P_n or to a part of it: from there to
 * both sides. `width`: of a panel at most. */
LOYI_LOCAL double loyi_cnbd_peaked(loyi_cnbd_term_fn term, const void *ctx, const loyi_cnbd_future *of, double from,
                                   double width) {
  double begin = loyi_log(from), end = loyi_log(loyi_cnbd_last(of)), low = begin, high = end, sum = 0.0, curvature;
  if (!(end > begin)) return 0.0;
  for (int i = 0; i < 60 && high > low; i++) {
    double middle = 0.5 * (low + high);
    if (loyi_cnbd_slope(of, middle, &curvature) > 0.0) {
      low = middle;
    } else {
      high = middle;
    }
  }
  for (int side = 0; side < 2; side++) {
    double at = low, before = HUGE_VAL;
    while (side ? at < end : at > begin) {
      double slope = fabs(loyi_cnbd_slope(of, at, &curvature)), room = side ? end - at : at - begin, step = width,
             panel;
      if (step * slope > 10.0) step = 10.0 / slope;
      if (step * step * curvature > LOYI_CNBD_SPREAD * LOYI_CNBD_SPREAD) step = LOYI_CNBD_SPREAD / sqrt(curvature);
      if (step > room) step = room;
      panel = loyi_cnbd_panel(term, ctx, side ? at : at - step, step);
      sum += panel;
      if (panel <= before && panel <= LOYI_CNBD_REST * sum) break;
      before = panel;
      at = step < room ? (side ? at + step : at - step) : (side ? end : begin);
    }
  }
  return sum;
}

/* What makes the integral of the terms from `from` + 1/2 on their sum over all n > from. */
LOYI_LOCAL double loyi_cnbd_correction(loyi_cnbd_term_fn term, const void *ctx, double from) {
  double f[8];
  for (int i = 0; i < 8; i++) f[i] = term(ctx, from + (double)(i - 3));
  /* Differences of order 1, 3, 5 and 7 around from + 1/2. */
  return (f[4] - f[3]) / 24.0 - ((f[5] - f[2]) - 3.0 * (f[4] - f[3])) * (17.0 / 5760.0) +
         ((f[6] - f[1]) - 5.0 * (f[5] - f[2]) + 10.0 * (f[4] - f[3])) * (367.0 / 967680.0) -
         ((f[7] - f[0]) - 7.0 * (f[6] - f[1]) + 21.0 * (f[5] - f[2]) - 35.0 * (f[4] - f[3])) * (27859.0 / 464486400.0);
}

/* Expected purchases. */

LOYI_LOCAL double loyi_cnbd_purchase_term(const void *ctx, double n) {
  const loyi_cnbd_future *of = (const loyi_cnbd_future *)ctx;
  double survive = loyi_cnbd_survive(of->a, of->b, n - 1.0);
  return survive == 0.0 ? 0.0 : survive * loyi_cnbd_tail(of, n);
}

LOYI_LOCAL double loyi_cnbd_alive_term(const void *ctx, double n) {
  const loyi_cnbd_future *of = (const loyi_cnbd_future *)ctx;
  double survive = loyi_cnbd_survive(of->a, of->b, n);
  return survive == 0.0 ? 0.0 : survive * loyi_cnbd_piece(of, n);
}

/* P_n for n = 0, 1, 2 ... in order, and a sum of terms with them. All on a scale that begins with 1 at M = 0. */
typedef struct loyi_cnbd_walk {
  double n, v[LOY_CNBD_STAGES_MOST]; /* of the next stage, by the stage at the start */
  double stay, shift, unit;          /* ln(1 + tau); v_j begins with unit w_j exp(-(j - shift) stay) */
  double sum;
  double largest, at, piece; /* the largest term, where it is, and P_n there */
} loyi_cnbd_walk;

LOYI_LOCAL void loyi_cnbd_walk_begin(const loyi_cnbd_future *of, loyi_cnbd_walk *walk) {
  double best = -HUGE_VAL;
  walk->n = walk->sum = walk->largest = walk->at = walk->piece = walk->shift = 0.0;
  walk->unit = 1.0;
  walk->stay = loyi_log1p(of->tau);
  for (size_t j = 0; j < (size_t)of->k; j++) {
    double height = of->w[j] > 0.0 ? loyi_log(of->w[j]) - (double)j * walk->stay : -HUGE_VAL;
    if (height > best) {
      best = height;
      walk->shift = (double)j;
    }
  }
}

/* P_n of the next n. Where the scale has to be changed, to keep sums in range, *scaled is set. */
LOYI_LOCAL double loyi_cnbd_walk_next(const loyi_cnbd_future *of, loyi_cnbd_walk *walk, int *scaled) {
  size_t stages = (size_t)of->k, seen = walk->n > 0.0 ? stages : 0;
  double sum = 0.0;
  *scaled = 0;
  for (double i = 0.0; i < of->k; i += 1.0) {
    double m = walk->n * of->k + i, up = of->y * (of->s + m), here = 0.0;
    if (seen < stages) {
      walk->v[seen] =
          of->w[seen] > 0.0 ? walk->unit * of->w[seen] * loyi_exp((walk->shift - (double)seen) * walk->stay) : 0.0;
      seen++;
    }
    for (size_t j = 0; j < seen; j++) {
      here += walk->v[j];
      walk->v[j] *= up / (m + 1.0 - (double)j);
    }
    sum += here;
    if (!(here > 1e100)) continue;
    for (size_t j = 0; j < seen; j++) walk->v[j] *= 0x1p-600;
    walk->unit *= 0x1p-600;
    walk->sum *= 0x1p-600;
    walk->largest *= 0x1p-600;
    walk->piece *= 0x1p-600;
    sum *= 0x1p-600;
    *scaled = 1;
  }
  walk->n += 1.0;
  return sum;
}

/* Add factor * piece, the term of the last n. */
LOYI_LOCAL void loyi_cnbd_walk_add(loyi_cnbd_walk *walk, double factor, double piece) {
  double term = factor * piece;
  walk->sum += term;
  if (term < walk->largest) return;
  walk->largest = term;
  walk->at = walk->n - 1.0;
  walk->piece = piece;
}

/* The sum itself. Where the power at M = 0 has lost digits, or is 0, the largest term tells the scale. */
LOYI_LOCAL double loyi_cnbd_walk_sum(const loyi_cnbd_future *of, const loyi_cnbd_walk *walk) {
  double power = (of->s + walk->shift) * walk->stay;
  if (power < 32.0 && walk->unit == 1.0) return walk->sum * loyi_exp(-power);
  return walk->piece > 0.0 ? walk->sum / walk->piece * loyi_cnbd_piece(of, walk->at) : 0.0;
}

/* By what factor P_n falls at least from n on; 1 where it may not. */
LOYI_LOCAL double loyi_cnbd_falls(const loyi_cnbd_future *of, double n) {
  double m = n * of->k, ratio = of->y * (of->s + m) / (m + 2.0 - of->k);
  if (ratio < of->y) ratio = of->y;
  return ratio < 1.0 ? loyi_exp(of->k * loyi_log(ratio)) : 1.0;
}

/* Expected purchases of one who is alive. */
LOYI_LOCAL double loyi_cnbd_purchases(const loyi_cnbd_future *of) {
  loyi_cnbd_walk walk;
  double survive = 1.0, total = 0.0, from = loyi_cnbd_smooth_from(of->s, of->k); /* S_{n+1}, C_n */
  if (of->t == 0.0) return 0.0;
  loyi_cnbd_walk_begin(of, &walk);
  for (;;) {
    int scaled;
    double n = walk.n, piece = loyi_cnbd_walk_next(of, &walk, &scaled), falls = loyi_cnbd_falls(of, walk.n);
    loyi_cnbd_walk_add(&walk, total, piece);
    total += survive;
    survive *= (of->b + n) / (of->a + of->b + n);
    n = walk.n;
    if (n > 1.0 && falls < 1.0) {
      double rest = 1.0 / (1.0 - falls);
      if (piece * falls * (total + survive * rest) * rest <= LOYI_CNBD_REST * walk.sum)
        return loyi_cnbd_walk_sum(of, &walk);
    }
    /* All of S_n is there but little, or the rest is smooth. */
    if (n >= from && survive * (of->b + n) <= LOYI_CNBD_REST * total * (of->a - 1.0))
      return loyi_cnbd_walk_sum(of, &walk) + total * loyi_cnbd_tail(of, n);
    if (n >= from && of->a * LOYI_CNBD_SMOOTH <= of->b + n)
      return loyi_cnbd_walk_sum(of, &walk) +
             (total * loyi_cnbd_tail(of, n) + (loyi_cnbd_falling(loyi_cnbd_purchase_term, of, n + 0.5) +
                                               loyi_cnbd_correction(loyi_cnbd_purchase_term, of, n)));
  }
}

/* P(one who is alive still is, after t). */
LOYI_LOCAL double loyi_cnbd_stays(const loyi_cnbd_future *of) {
  loyi_cnbd_walk walk;
  double survive = 1.0, before = 0.0, sum, from = loyi_cnbd_smooth_from(of->s, of->k); /* before: 0 for not known */
  if (of->t == 0.0) return 1.0;
  loyi_cnbd_walk_begin(of, &walk);
  for (;;) {
    int scaled;
    double n = walk.n, piece = loyi_cnbd_walk_next(of, &walk, &scaled), term = survive * piece;
    loyi_cnbd_walk_add(&walk, survive, piece);
    if (scaled) before = 0.0;
    if ((n > 0.0 && term == 0.0) || (term < before && term * term <= LOYI_CNBD_REST * walk.sum * (before - term))) {
      sum = loyi_cnbd_walk_sum(of, &walk);
      break;
    }
    before = term;
    survive *= (of->b + n) / (of->a + of->b + n);
    n = walk.n;
    if (n < from || of->a * LOYI_CNBD_SMOOTH > of->b + n) continue;
    sum = loyi_cnbd_walk_sum(of, &walk) + (loyi_cnbd_peaked(loyi_cnbd_alive_term, of, of, n - 0.5, LOYI_CNBD_PANEL) +
                                           loyi_cnbd_correction(loyi_cnbd_alive_term, of, n - 1.0));
    break;
  }
  return sum < 1.0 ? sum : 1.0;
}

LOYI_LOCAL double loyi_cnbd_palive_row(const loyi_cnbd_history *history, const void *query) {
  double t = *(const double *)query, alive = loyi_cnbd_alive(history);
  loyi_cnbd_future future;
  if (t == 0.0 || alive == 0.0) return alive;
  if (t == HUGE_VAL) return 0.0;
  future = loyi_cnbd_future_of(history, t);
  return alive * loyi_cnbd_stays(&future);
}

LOYI_LOCAL double loyi_cnbd_palive(double at_zero, const loy_bgcnbd_params *params, double x, double t_x, double T,
                                   double t) {
  loyi_cnbd_history history;
  if (!loyi_cnbd_usable(at_zero, params, x, t_x, T, &history) || !loyi_is_horizon(t)) return NAN;
  if (params->k == 1.0) {
    loy_bgnbd_params plain = loyi_cnbd_plain(params);
    return loyi_betageo_palive(at_zero, &plain, x, t_x, T, t);
  }
  return loyi_cnbd_palive_row(&history, &t);
}

LOYI_LOCAL loy_status loyi_cnbd_palive_batch(double at_zero, const loy_bgcnbd_params *params, const double *x,
                                             const double *t_x, const double *T, size_t n, double t,
                                             const loy_bgcnbd_options *options, double *out, loy_batch_report *report,
                                             loy_error *error) {
  loyi_cnbd_job job;
  loy_status status = loyi_cnbd_check_columns(params, x, t_x, T, n, error);
  if (status != LOY_OK) return status;
  if (!loyi_is_horizon(t)) return loyi_report(error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX, LOYI_HORIZON_MUST);
  if (params->k == 1.0) {
    loy_bgnbd_params plain = loyi_cnbd_plain(params);
    return loyi_betageo_palive_batch(at_zero, &plain, x, t_x, T, n, t, options, out, report, error);
  }
  job = loyi_cnbd_job_of(at_zero, params, x, t_x, T, n);
  job.row = loyi_cnbd_palive_row;
  job.query = &t;
  return loyi_cnbd_single(&job, options, out, report, error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_CNBD_FUTURE_INL_H */
