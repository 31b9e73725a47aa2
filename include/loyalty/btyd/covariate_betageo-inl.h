/* covariate_betageo-inl.h: private. The log-likelihood of BG/NBD and MBG/NBD row by row, with derivatives by the
 * logarithms of the row's own parameters, for rows of one x: what betageo_total.h sums with tables over x, which hold
 * for one a and b alone. With p = 1 - P(alive), v = p (1 - p), L = ln((alpha+T)/(alpha+t_x)), y = T/(alpha+T),
 * d = alpha/(alpha+t_x) - alpha/(alpha+T), q = b/(b+c-1), c chances to stop, B1 = Sum 1/(b+j), C1 = Sum 1/(a+b+j) over
 * j < c, and B2, C2 the same of squares, but for the gamma functions of r and x and for x ln alpha:
 *   r        p r L - r ln(1+T/alpha)          r, r          v (r L)^2 and the same
 *   alpha    r y - x alpha/(alpha+T) - p k d  alpha, r      r (y - d (p + k v L))
 *   a        p - a C1                         alpha, alpha  -k y (1-y) - p k d (1 - s) + v (k d)^2,
 *   b        b (B1 - C1) - p q                              s = alpha/(alpha+t_x) + alpha/(alpha+T)
 * and so on. No term is a difference of large ones but those of the beta function. */
#ifndef LOYALTY_BTYD_COVARIATE_BETAGEO_INL_H
#define LOYALTY_BTYD_COVARIATE_BETAGEO_INL_H

#include <math.h>

#include "../math/elementary.h"
#include "../math/gamma.h"
#include "betageo-inl.h"
#include "lifetime_total.h"

LOY_BEGIN_DECLS

/* Beyond so many chances the gamma functions are cheaper than sums. */
enum { LOYI_COVARIATE_CHANCES = 128 };

/* Rows of one x; arrays filled up to a multiple of 8 with rows of weight 0. */
typedef struct loyi_covariate_piece {
  size_t row[LOYI_LIFETIME_PIECE];
  double T[LOYI_LIFETIME_PIECE], t_x[LOYI_LIFETIME_PIECE], weight[LOYI_LIFETIME_PIECE];
  double alpha[LOYI_LIFETIME_PIECE], a[LOYI_LIFETIME_PIECE], b[LOYI_LIFETIME_PIECE];
  double beta[LOYI_LIFETIME_PIECE]; /* lnB(a, b+c) - lnB(a, b) */
  double b1[LOYI_LIFETIME_PIECE], b2[LOYI_LIFETIME_PIECE], c1[LOYI_LIFETIME_PIECE], c2[LOYI_LIFETIME_PIECE];
  double total[LOYI_LIFETIME_PIECE];
  double first[4][LOYI_LIFETIME_PIECE], second[10][LOYI_LIFETIME_PIECE];
} loyi_covariate_piece;

/* The beta functions of n rows and their sums. */
LOYI_CLONES LOYI_LOCAL void loyi_covariate_chance_sums(loyi_covariate_piece *LOY_RESTRICT piece, size_t n,
                                                       double chances) {
  for (size_t i = 0; i < n; i++) piece->beta[i] = piece->b1[i] = piece->b2[i] = piece->c1[i] = piece->c2[i] = 0.0;
  for (double j = 0.0; j < chances; j += 1.0)
    for (size_t i = 0; i < n; i++) {
      double one = 1.0 / (piece->b[i] + j), two = 1.0 / (piece->a[i] + piece->b[i] + j);
      piece->beta[i] -= loyi_log1p(piece->a[i] * one);
      piece->b1[i] += one;
      piece->b2[i] += one * one;
      piece->c1[i] += two;
      piece->c2[i] += two * two;
    }
}

LOYI_LOCAL void loyi_covariate_chances(loyi_covariate_piece *piece, size_t n, double chances) {
  if (chances <= (double)LOYI_COVARIATE_CHANCES) {
    loyi_covariate_chance_sums(piece, n, chances);
    return;
  }
  for (size_t i = 0; i < n; i++) {
    double a = piece->a[i], b = piece->b[i];
    piece->beta[i] = loyi_betageo_beta_ratio(a, b, chances);
    piece->b1[i] = loyi_digamma_delta(b, chances);
    piece->b2[i] = -loyi_trigamma_delta(b, chances);
    piece->c1[i] = loyi_digamma_delta(a + b, chances);
    piece->c2[i] = -loyi_trigamma_delta(a + b, chances);
  }
}

/* The part that a row without a chance to stop has too. */
LOYI_CLONES LOYI_LOCAL void loyi_covariate_rates(loyi_covariate_piece *LOY_RESTRICT piece, size_t n, double r,
                                                 double x) {
  double k = r + x;
  for (size_t i = 0; i < n; i++) {
    double alpha = piece->alpha[i], inverse = 1.0 / (alpha + piece->T[i]);
    double y = piece->T[i] * inverse, z = alpha * inverse, l = loyi_log1p(piece->T[i] / alpha);
    piece->total[i] = -k * l;
    piece->first[0][i] = -r * l;
    piece->first[1][i] = r * y - x * z;
    piece->second[0][i] = -r * l;
    piece->second[1][i] = r * y;
    piece->second[2][i] = -k * y * z;
  }
  for (size_t s = 2; s < 4; s++)
    for (size_t i = 0; i < n; i++) piece->first[s][i] = 0.0;
  for (size_t s = 3; s < 10; s++)
    for (size_t i = 0; i < n; i++) piece->second[s][i] = 0.0;
}

LOYI_CLONES LOYI_LOCAL void loyi_covariate_stops(loyi_covariate_piece *LOY_RESTRICT piece, size_t n, double r, double x,
                                                 double chances) {
  double k = r + x;
  for (size_t i = 0; i < n; i++) {
    double alpha = piece->alpha[i], a = piece->a[i], b = piece->b[i], gap = piece->T[i] - piece->t_x[i];
    double last = 1.0 / (alpha + piece->t_x[i]), inverse = 1.0 / (alpha + piece->T[i]);
    double l = loyi_log1p(gap * last), d = alpha * last * (gap * inverse), s = alpha * (last + inverse);
    double odds = k * l + loyi_log(a / (b + (chances - 1.0)));
    double size = fabs(odds), e = loyi_exp(-size), part = 1.0 / (1.0 + e), small = e * part;
    double p = loyi_select(odds > 0.0, part, small), v = small * part;
    double q = b / (b + (chances - 1.0)), kd = k * d, rl = r * l, ac = a * piece->c1[i], abc = a * b * piece->c2[i];
    piece->total[i] += piece->beta[i] + (loyi_select(odds > 0.0, odds, 0.0) + loyi_log1p(e));
    piece->first[0][i] += p * rl;
    piece->first[1][i] -= p * kd;
    piece->first[2][i] = p - ac;
    piece->first[3][i] = b * (piece->b1[i] - piece->c1[i]) - p * q;
    piece->second[0][i] += p * rl + v * rl * rl;
    piece->second[1][i] -= r * d * (p + v * k * l);
    piece->second[2][i] += v * kd * kd - p * kd * (1.0 - s);
    piece->second[3][i] = v * rl;
    piece->second[4][i] = -v * kd;
    piece->second[5][i] = v + a * (a * piece->c2[i] - piece->c1[i]);
    piece->second[6][i] = -v * rl * q;
    piece->second[7][i] = v * kd * q;
    piece->second[8][i] = abc - v * q;
    piece->second[9][i] =
        (v + p) * q * q - p * q + b * (b * (piece->c2[i] - piece->b2[i]) + (piece->b1[i] - piece->c1[i]));
  }
}

/* Fill total, first and second of n rows. `alike`: all have the same a and b. */
LOYI_LOCAL void loyi_covariate_betageo(loyi_covariate_piece *piece, size_t n, double r, double x, double chances,
                                       int alike) {
  loyi_covariate_rates(piece, n, r, x);
  if (chances == 0.0) return;
  loyi_covariate_chances(piece, alike ? 8 : n, chances);
  for (size_t i = 8; alike && i < n; i++) {
    piece->beta[i] = piece->beta[0];
    piece->b1[i] = piece->b1[0];
    piece->b2[i] = piece->b2[0];
    piece->c1[i] = piece->c1[0];
    piece->c2[i] = piece->c2[0];
  }
  loyi_covariate_stops(piece, n, r, x, chances);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_COVARIATE_BETAGEO_INL_H */
