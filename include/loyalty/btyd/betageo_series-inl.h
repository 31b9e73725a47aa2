/* betageo_series-inl.h: private. Expected purchases of a customer who is alive, by the models of betageo-inl.h, as
 * power series of positive terms.
 *
 * Lambda ~ Gamma(k, A) and p ~ Beta(a, b). The number N of purchases that the customer would make within t without
 * stopping is negative binomial, and the n-th is made if none of the first n - 1 was the last, which has probability
 * S_(n-1), S_j = (b)_j / (a+b)_j. Given N = n the purchases are n ordered uniform moments, whatever lambda is. So, with
 * z = t/(A+t) and y = delta t,
 *   E[Y(t)] = (1-z)^k Sum_(n>=1) C(k+n-1, n) W_n z^n,   W_n = Sum_(j<=n) S_(j-1) D_nj,
 * where D_nj = E[exp(-y U)], U ~ Beta(j, n+1-j), is the discount of the j-th of n purchases, 1 without discount.
 * Nothing but z depends on T: customers of equal x share the coefficients.
 *
 *   D_nj     = exp(-y) Sum_m y^m/m! (n+1-j)_m/(n+1)_m
 *
 * for the largest n (Kummer's transformation of 1F1(j; n+1; -y)), and below it, as of n moments one, any of them, is
 * left out,
 *
 *   D_(n-1)j = ((n-j) D_nj + j D_n(j+1)) / n.
 *
 * All terms are positive, so each step costs about a rounding error. Scalar and batch functions run this text, and what
 * a customer gets depends on that customer alone: eight at a time, each from the top of its own terms. */
#ifndef LOYALTY_BTYD_BETAGEO_SERIES_INL_H
#define LOYALTY_BTYD_BETAGEO_SERIES_INL_H

#include <math.h>

#include "../math/elementary.h"
#include "../math/sum.h"

LOY_BEGIN_DECLS

enum {
  LOYI_SERIES_LANES = 8,
  LOYI_SERIES_CHUNK = 16, /* terms are taken in chunks */
  LOYI_SERIES_MOST = 512,
  LOYI_SERIES_PIECE = 64 /* customers at a time */
};

/* The largest y = delta t: the sum that begins D_nj then takes about a hundred terms. */
#define LOYI_SERIES_DISCOUNT 32.0

/* The coefficients C(k+n-1, n) W_n / scale^n of n = 1, 2, ... of eight pairs of k and b: the variable is z scale. */
typedef struct loyi_series {
  double a, k[LOYI_SERIES_LANES], b[LOYI_SERIES_LANES];
  double scale[LOYI_SERIES_LANES]; /* a power of 2, so that no coefficient over- or underflows */
  double coefficient[LOYI_SERIES_MOST][LOYI_SERIES_LANES];
} loyi_series;

/* What the coefficients with a discount are made from. */
typedef struct loyi_series_work {
  double survive[LOYI_SERIES_LANES][LOYI_SERIES_MOST]; /* S_(n-1) */
  double discount[LOYI_SERIES_MOST];                   /* D_nj of one n; 0 from j = n + 1 on */
} loyi_series_work;

/* An upper bound for the terms it takes: what is left out is below 2^-55 of the sum for every a and b. The mean of N,
 * eight standard deviations, and the geometric tail, as 1/ln(1/z) <= tau + 1/2 with tau = t/A; tried for k from 1e-4 to
 * 1e4. */
static inline double loyi_series_need(double k, double tau) {
  double mean = k * tau;
  return mean + 8.0 * sqrt(mean * (1.0 + tau)) + 40.0 * (tau + 0.5);
}

/* The terms of whole chunks for a need of up to LOYI_SERIES_MOST. */
static inline size_t loyi_series_chunks(double need) {
  size_t whole = (size_t)need;
  if ((double)whole < need) whole++;
  return (whole + (LOYI_SERIES_CHUNK - 1)) / LOYI_SERIES_CHUNK * LOYI_SERIES_CHUNK;
}

/* The variable of the series, and the factor before it. */
static inline double loyi_series_variable(double tau, double scale) { return tau / (1.0 + tau) * scale; }
static inline double loyi_series_front(double k, double tau) { return loyi_exp(-k * loyi_log1p(tau)); }

/* Discounted series begin at one of few levels, as their coefficients depend on it and take a time that goes with its
 * square. The level for a need of up to LOYI_SERIES_MOST, and its terms: 96, 128, 192, 256, 384, 512. */
static inline unsigned loyi_series_level(double need) {
  return (unsigned)(need > 96.0) + (unsigned)(need > 128.0) + (unsigned)(need > 192.0) + (unsigned)(need > 256.0) +
         (unsigned)(need > 384.0);
}
static inline size_t loyi_series_terms(unsigned level) { return (size_t)(level & 1u ? 128 : 96) << level / 2; }

LOYI_LOCAL void loyi_series_lane(loyi_series *series, size_t lane, double k, double b) {
  double scale = 1.0;
  while (k > 128.0 * scale) scale *= 2.0;
  series->k[lane] = k;
  series->b[lane] = b;
  series->scale[lane] = scale;
}

/* The first `terms` coefficients without a discount, W_n = S_0 + ... + S_(n-1). */
LOYI_CLONES LOYI_LOCAL void loyi_series_plain(loyi_series *LOY_RESTRICT series, size_t terms) {
  double chance[LOYI_SERIES_LANES], survive[LOYI_SERIES_LANES], expected[LOYI_SERIES_LANES];
  double inverse[LOYI_SERIES_LANES], a = series->a;
  for (size_t j = 0; j < LOYI_SERIES_LANES; j++) {
    inverse[j] = 1.0 / series->scale[j];
    chance[j] = series->k[j] * inverse[j];
    survive[j] = expected[j] = 1.0;
  }
  for (size_t i = 0; i < terms; i++) {
    double n = (double)(i + 1), part = 1.0 / (n + 1.0);
    for (size_t j = 0; j < LOYI_SERIES_LANES; j++) {
      double b = series->b[j];
      series->coefficient[i][j] = chance[j] * expected[j];
      chance[j] *= (series->k[j] + n) * part * inverse[j];
      survive[j] *= (b + (n - 1.0)) / (a + b + (n - 1.0));
      expected[j] += survive[j];
    }
  }
}

/* C(k+n-1, n) / scale^n and S_(n-1) of n up to `terms`. */
LOYI_CLONES LOYI_LOCAL void loyi_series_chances(loyi_series *LOY_RESTRICT series, loyi_series_work *LOY_RESTRICT work,
                                                size_t terms) {
  double chance[LOYI_SERIES_LANES], survive[LOYI_SERIES_LANES], inverse[LOYI_SERIES_LANES], a = series->a;
  for (size_t j = 0; j < LOYI_SERIES_LANES; j++) {
    inverse[j] = 1.0 / series->scale[j];
    chance[j] = series->k[j] * inverse[j];
    survive[j] = 1.0;
  }
  for (size_t i = 0; i < terms; i++) {
    double n = (double)(i + 1), part = 1.0 / (n + 1.0);
    for (size_t j = 0; j < LOYI_SERIES_LANES; j++) {
      double b = series->b[j];
      series->coefficient[i][j] = chance[j];
      work->survive[j][i] = survive[j];
      chance[j] *= (series->k[j] + n) * part * inverse[j];
      survive[j] *= (b + (n - 1.0)) / (a + b + (n - 1.0));
    }
  }
}

/* D_nj of n = `terms`, j = 1 ... n. */
LOYI_CLONES LOYI_LOCAL void loyi_series_discounts(double *LOY_RESTRICT discount, size_t terms, double y) {
  double term[LOYI_SERIES_MOST], most = 1.0, front = loyi_exp(-y);
  for (size_t i = 0; i < terms; i++) term[i] = discount[i] = 1.0;
  /* Terms are at most y^m/m!, and the sum is at least 1. */
  for (double m = 0.0; m < y || most > 0x1p-57; m += 1.0) {
    double ratio = y / (((double)terms + 1.0 + m) * (m + 1.0)), first = (double)terms + m;
    for (size_t i = 0; i < terms; i++) {
      term[i] *= ratio * (first - (double)i);
      discount[i] += term[i];
    }
    most *= y / (m + 1.0);
  }
  for (size_t i = 0; i < terms; i++) discount[i] *= front;
}

/* Sum of the first n products, up to a multiple of 8. */
LOYI_CLONES LOYI_LOCAL double loyi_series_dot(const double *LOY_RESTRICT one, const double *LOY_RESTRICT two,
                                              size_t n) {
  double lane[LOYI_SUM_LANES] = {0};
  for (size_t i = 0; i < n; i += LOYI_SUM_LANES)
    for (size_t j = 0; j < LOYI_SUM_LANES; j++) lane[j] += one[i + j] * two[i + j];
  return loyi_lanes_total(lane);
}

/* From D_n to D_(n-1). */
LOYI_CLONES LOYI_LOCAL void loyi_series_thin(double *discount, size_t n) {
  double part = 1.0 / (double)n;
  for (size_t i = 0; i + 1 < n; i++)
    discount[i] = ((double)(n - 1 - i) * discount[i] + (double)(i + 1) * discount[i + 1]) * part;
  discount[n - 1] = 0.0;
}

/* The coefficients with a discount of the first lanes, from loyi_series_chances and loyi_series_discounts. */
LOYI_LOCAL void loyi_series_weigh(loyi_series *series, loyi_series_work *work, size_t terms, size_t lanes) {
  for (size_t n = terms; n > 0; n--) {
    for (size_t j = 0; j < lanes; j++)
      series->coefficient[n - 1][j] *= loyi_series_dot(work->survive[j], work->discount, n);
    loyi_series_thin(work->discount, n);
  }
}

/* The first `terms` coefficients at the discount y, of the first lanes; `terms` from loyi_series_terms. */
LOYI_LOCAL void loyi_series_discounted(loyi_series *series, loyi_series_work *work, size_t terms, size_t lanes,
                                       double y) {
  loyi_series_chances(series, work, terms);
  loyi_series_discounts(work->discount, terms, y);
  loyi_series_weigh(series, work, terms, lanes);
}

/* The terms number at - 15 to at of n customers, added to those above; chains by the number modulo 4. Those who need
 * none of them begin with the next. */
LOYI_CLONES LOYI_LOCAL void loyi_series_chunk(const loyi_series *LOY_RESTRICT series, size_t lane, size_t at,
                                              const double *LOY_RESTRICT w4, const double *LOY_RESTRICT need, size_t n,
                                              double *LOY_RESTRICT zero, double *LOY_RESTRICT one,
                                              double *LOY_RESTRICT two, double *LOY_RESTRICT three) {
  double c[LOYI_SERIES_CHUNK], below = (double)(at - LOYI_SERIES_CHUNK);
  for (size_t i = 0; i < LOYI_SERIES_CHUNK; i++) c[i] = series->coefficient[at - LOYI_SERIES_CHUNK + i][lane];
  for (size_t i = 0; i < n; i++) {
    double u = w4[i], keep = loyi_select(need[i] > below, 1.0, 0.0);
    zero[i] = ((((zero[i] * u + c[12]) * u + c[8]) * u + c[4]) * u + c[0]) * keep;
    one[i] = ((((one[i] * u + c[13]) * u + c[9]) * u + c[5]) * u + c[1]) * keep;
    two[i] = ((((two[i] * u + c[14]) * u + c[10]) * u + c[6]) * u + c[2]) * keep;
    three[i] = ((((three[i] * u + c[15]) * u + c[11]) * u + c[7]) * u + c[3]) * keep;
  }
}

/* Sums of the series of one lane at n variables w = z scale, n a multiple of 8 up to LOYI_SERIES_PIECE; `need` terms of
 * each, 0 for none. */
LOYI_LOCAL void loyi_series_sum(const loyi_series *series, size_t lane, const double *w, const double *need, size_t n,
                                double *sum) {
  double w4[LOYI_SERIES_PIECE], zero[LOYI_SERIES_PIECE], one[LOYI_SERIES_PIECE], two[LOYI_SERIES_PIECE];
  double three[LOYI_SERIES_PIECE], most = 0.0;
  for (size_t i = 0; i < n; i++) {
    double w2 = w[i] * w[i];
    w4[i] = w2 * w2;
    zero[i] = one[i] = two[i] = three[i] = 0.0;
    most = need[i] > most ? need[i] : most;
  }
  for (size_t at = loyi_series_chunks(most); at > 0; at -= LOYI_SERIES_CHUNK)
    loyi_series_chunk(series, lane, at, w4, need, n, zero, one, two, three);
  for (size_t i = 0; i < n; i++) sum[i] = (((three[i] * w[i] + two[i]) * w[i] + one[i]) * w[i] + zero[i]) * w[i];
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_BETAGEO_SERIES_INL_H */
