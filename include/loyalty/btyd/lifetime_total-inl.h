/* lifetime_total-inl.h: body of lifetime_total.h. */
#ifndef LOYALTY_BTYD_LIFETIME_TOTAL_INL_H
#define LOYALTY_BTYD_LIFETIME_TOTAL_INL_H

#include "lifetime_total.h"

#include <math.h>

#include "../base/parallel.h"
#include "../math/elementary.h"
#include "../math/gamma.h"
#include "../math/legendre.h"
#include "../math/sum.h"

LOY_BEGIN_DECLS

/* Rules. Each is exact to 2e-13 of the integral for ranges of tau up to `length` over which the integrand falls by
 * exp(-decay) at most; found by trying 60 000 random integrands with parameters from 1e-4 to 1e4, with some room. */
typedef struct loyi_lifetime_rule {
  int legendre; /* number of the rule in math/legendre.h */
  double length, decay;
} loyi_lifetime_rule;

enum { LOYI_LIFETIME_RULES = 8, LOYI_LIFETIME_CLASSES = 160, LOYI_LIFETIME_KINDS = 4 };

static const loyi_lifetime_rule loyi_lifetime_rules[LOYI_LIFETIME_RULES] = {
    {0, .5, 1.6},   {1, 1.5, 1.7},  {1, 1.0, 4.0},  {2, 1.5, 7.5},
    {3, 1.5, 12.0}, {4, 2.5, 24.0}, {5, 4.5, 55.0}, {6, 7.0, HUGE_VAL}};

/* The decay at which the range ends. */
#define LOYI_LIFETIME_DECAY 38.0
/* The stretch beyond which sigma takes fewer panels than tau. */
#define LOYI_LIFETIME_BENT 8.0

/* How the range of a row is divided: follows from its alpha and beta. */
typedef struct loyi_lifetime_shape {
  double c;          /* of tau */
  int rate_bends;    /* whether c = alpha, so that ln((alpha+u)/(alpha+t_x)) = tau */
  double stretch;    /* of ranges, where a singularity is nearer than the rules take it to be */
  double turn, near; /* a singularity at u = turn +- i near that is too near for tau; near 0: none is */
  double middle;     /* u from which on sigma is used then */
  size_t before;     /* panels before that */
} loyi_lifetime_shape;

/* What changes from evaluation to evaluation. */
typedef struct loyi_lifetime_pass {
  loyi_rows *rows;
  const loyi_lifetime_law *lifetime;
  double r, alpha;
  loyi_lifetime_shape shape; /* at alpha and the lifetime's beta */
  double increase;           /* that of the lifetime, or the largest one of the rows */
  const double *own, *beta;  /* alpha and beta of each row; NULL for those above */
  size_t pairs, width;       /* of derivatives */
} loyi_lifetime_pass;

/* Everything of the rows of a piece. */
typedef struct loyi_lifetime_piece {
  size_t row[LOYI_LIFETIME_PIECE], before; /* panels before sigma: the most of any row */
  int rate_bends, bent, straight;          /* of a piece of one class; bent: near > 0 in some, straight: not in some */
  double t[LOYI_LIFETIME_PIECE], T[LOYI_LIFETIME_PIECE], weight[LOYI_LIFETIME_PIECE];
  double alpha[LOYI_LIFETIME_PIECE], beta[LOYI_LIFETIME_PIECE];
  double c[LOYI_LIFETIME_PIECE], stretch[LOYI_LIFETIME_PIECE], turn[LOYI_LIFETIME_PIECE];
  double near[LOYI_LIFETIME_PIECE], middle[LOYI_LIFETIME_PIECE];
  double range[LOYI_LIFETIME_PIECE];  /* of tau */
  double length[LOYI_LIFETIME_PIECE]; /* what the rules take it for, or twice the range of sigma */
  double slope[LOYI_LIFETIME_PIECE];  /* dtau by the share of the way */
  double skip[LOYI_LIFETIME_PIECE], begin[LOYI_LIFETIME_PIECE]; /* v and sigma where sigma begins */
  double v[LOYI_LIFETIME_PIECE];                                /* elapsed since t */
  double l[LOYI_LIFETIME_PIECE];                                /* ln((alpha+t+v)/(alpha+t)) */
  double hazard[LOYI_LIFETIME_PIECE], share[LOYI_LIFETIME_PIECE];
  loyi_lifetime_terms terms;
  /* By all parameters: of a node, and summed over nodes. */
  double g[LOYI_LIFETIME_MOST][LOYI_LIFETIME_PIECE];
  double total[LOYI_LIFETIME_PIECE];
  double first[LOYI_LIFETIME_MOST][LOYI_LIFETIME_PIECE];
  double second[LOYI_LIFETIME_PAIRS][LOYI_LIFETIME_PIECE];
} loyi_lifetime_piece;

/* Where the range of tau ends: at T, or where rate or lifetime has made the integrand negligible. */
LOYI_CLONES LOYI_LOCAL void loyi_lifetime_range(loyi_lifetime_piece *LOY_RESTRICT piece, size_t n, double factor) {
  for (size_t i = 0; i < n; i++) {
    double whole = piece->T[i] - piece->t[i], by_rate = (piece->alpha[i] + piece->t[i]) * factor;
    double v = loyi_select(piece->v[i] < whole, piece->v[i], whole);
    v = loyi_select(by_rate < v, by_rate, v);
    piece->v[i] = v;
    piece->range[i] = loyi_log1p(v / (piece->c[i] + piece->t[i]));
  }
}

LOYI_CLONES LOYI_LOCAL void loyi_lifetime_plain(loyi_lifetime_piece *LOY_RESTRICT piece, size_t n) {
  for (size_t i = 0; i < n; i++) {
    piece->length[i] = piece->range[i] * piece->stretch[i];
    piece->slope[i] = piece->range[i];
  }
}

/* asinh y, y >= 0. */
static inline double loyi_lifetime_asinh(double y) {
  double part = loyi_select(y < 1e8, y, 1e8), square = part * part;
  double far = loyi_log(loyi_select(y < 1e8, 1.0, 2.0 * y));
  return loyi_select(y < 1e8, loyi_log1p(part + square / (1.0 + sqrt(1.0 + square))), far);
}

/* A lifetime that turns suddenly: tau up to `middle`, half way to the turn, and from there sigma, with
 * u = turn + near sinh sigma. All singularities on the line through the turn then have |Im sigma| = pi/2, and a long
 * range takes a few panels. The difference of two sigma comes without cancellation from sinh of it. */
LOYI_CLONES LOYI_LOCAL void loyi_lifetime_bent(loyi_lifetime_piece *LOY_RESTRICT piece, size_t n) {
  for (size_t i = 0; i < n; i++) {
    double c = piece->c[i], turn = piece->turn[i], near = piece->near[i], middle = piece->middle[i];
    double t = piece->t[i], skip = loyi_select(middle > t, middle - t, 0.0), v = piece->v[i], way, from, to, sum, rise;
    double begin, from_root, to_root;
    skip = loyi_select(skip < v, skip, v);
    way = (v - skip) / near;
    from = (loyi_select(middle > t, middle, t) - turn) / near;
    to = from + way;
    from_root = sqrt(1.0 + from * from);
    to_root = sqrt(1.0 + to * to);
    sum = to * from_root + from * to_root;
    rise = loyi_select((from < 0.0) & (to > 0.0), to * from_root - from * to_root,
                       way * ((to + from) / loyi_select(sum == 0.0, 1.0, sum)));
    begin = loyi_lifetime_asinh(fabs(from));
    piece->skip[i] = skip;
    piece->begin[i] = loyi_select(from < 0.0, -begin, begin);
    piece->length[i] = 4.0 * loyi_lifetime_asinh(rise);
    piece->range[i] = piece->slope[i] = loyi_log1p(skip / (c + t));
  }
}

LOYI_CLONES LOYI_LOCAL void loyi_lifetime_logs(loyi_lifetime_piece *LOY_RESTRICT piece, size_t n) {
  for (size_t i = 0; i < n; i++) piece->l[i] = loyi_log1p(piece->v[i] / (piece->alpha[i] + piece->t[i]));
}

LOYI_LOCAL void loyi_lifetime_ranges(const loyi_lifetime_pass *pass, loyi_lifetime_piece *piece, size_t n, double k) {
  const loyi_lifetime_law *lifetime = pass->lifetime;
  /* The integrand falls at least like ((alpha+u)/(alpha+t_x))^-(k-1) times what the hazard may gain. */
  double factor = k > 1.0 ? loyi_expm1((LOYI_LIFETIME_DECAY + pass->increase) / (k - 1.0)) : HUGE_VAL;
  lifetime->reach(lifetime, piece->beta, piece->t, LOYI_LIFETIME_DECAY, n, piece->v);
  loyi_lifetime_range(piece, n, factor);
  if (piece->straight) loyi_lifetime_plain(piece, n);
  if (piece->straight && piece->bent) {
    double length[LOYI_LIFETIME_PIECE];
    for (size_t i = 0; i < n; i++) length[i] = piece->length[i];
    loyi_lifetime_bent(piece, n);
    for (size_t i = 0; i < n; i++) piece->length[i] = piece->near[i] > 0.0 ? piece->length[i] : length[i];
  } else if (piece->bent) {
    loyi_lifetime_bent(piece, n);
  }
}

/* One node: v, l and the node's part of the integral but for its weight. */
LOYI_CLONES LOYI_LOCAL void loyi_lifetime_node(loyi_lifetime_piece *LOY_RESTRICT piece, size_t n, double at) {
  for (size_t i = 0; i < n; i++) {
    double tau = piece->range[i] * at;
    piece->l[i] = tau;
    piece->v[i] = (piece->c[i] + piece->t[i]) * loyi_expm1(tau);
  }
}

/* The same along sigma, as a product, which keeps its digits near the start. */
LOYI_CLONES LOYI_LOCAL void loyi_lifetime_bent_node(loyi_lifetime_piece *LOY_RESTRICT piece, size_t n, double at) {
  for (size_t i = 0; i < n; i++) {
    double c = piece->c[i], near = piece->near[i];
    double half = piece->length[i] * (0.125 * at), growth = loyi_expm1(half);
    double middle = loyi_exp(piece->begin[i] + half), end = loyi_exp(piece->begin[i] + 2.0 * half);
    double rise = (middle + 1.0 / middle) * (0.5 * (growth + growth / (growth + 1.0)));
    piece->v[i] = piece->skip[i] + near * rise;
    piece->slope[i] = near * (end + 1.0 / end) * (0.125 * piece->length[i]) / (c + piece->t[i] + piece->v[i]);
  }
}

LOYI_CLONES LOYI_LOCAL void loyi_lifetime_share(loyi_lifetime_piece *LOY_RESTRICT piece, size_t n, double k,
                                                double weight) {
  for (size_t i = 0; i < n; i++)
    piece->share[i] = loyi_exp(piece->terms.value[i] - k * piece->l[i]) *
                      (piece->hazard[i] * (piece->c[i] + piece->t[i] + piece->v[i]) * (weight * piece->slope[i]));
}

/* The share of those who are alive at T. */
LOYI_CLONES LOYI_LOCAL void loyi_lifetime_alive(loyi_lifetime_piece *LOY_RESTRICT piece, size_t n, double k) {
  for (size_t i = 0; i < n; i++) piece->share[i] = loyi_exp(piece->terms.value[i] - k * piece->l[i]);
}

/* Add share times 1, the derivatives of its logarithm, and their products and second derivatives, which for r and alpha
 * are, with z, D and y as above for alpha: -r l; r D; k D (1 - z - (z - D)). */
LOYI_CLONES LOYI_LOCAL void loyi_lifetime_add_rate(loyi_lifetime_piece *LOY_RESTRICT piece, size_t n, double r,
                                                   double k) {
  for (size_t i = 0; i < n; i++) {
    double alpha = piece->alpha[i];
    double begin = alpha + piece->t[i], end = begin + piece->v[i], product = 1.0 / (begin * end);
    double z = alpha * (end * product), loss = z * (piece->v[i] * (begin * product));
    double share = piece->share[i], by_r = -r * piece->l[i], by_alpha = k * loss;
    piece->g[0][i] = by_r;
    piece->g[1][i] = by_alpha;
    piece->total[i] += share;
    piece->first[0][i] += share * by_r;
    piece->first[1][i] += share * by_alpha;
    piece->second[0][i] += share * (by_r + by_r * by_r);
    piece->second[1][i] += share * (r * loss + by_r * by_alpha);
    piece->second[2][i] += share * (by_alpha * (1.0 - z - (z - loss)) + by_alpha * by_alpha);
  }
}

LOYI_CLONES LOYI_LOCAL void loyi_lifetime_add_two(loyi_lifetime_piece *LOY_RESTRICT piece, size_t n) {
  for (size_t i = 0; i < n; i++) {
    double share = piece->share[i], one = piece->terms.first[0][i], two = piece->terms.first[1][i];
    double share1 = share * one, share2 = share * two;
    piece->first[2][i] += share1;
    piece->first[3][i] += share2;
    piece->second[3][i] += share1 * piece->g[0][i];
    piece->second[4][i] += share1 * piece->g[1][i];
    piece->second[5][i] += share * piece->terms.second[0][i] + share1 * one;
    piece->second[6][i] += share2 * piece->g[0][i];
    piece->second[7][i] += share2 * piece->g[1][i];
    piece->second[8][i] += share * piece->terms.second[1][i] + share2 * one;
    piece->second[9][i] += share * piece->terms.second[2][i] + share2 * two;
  }
}

LOYI_CLONES LOYI_LOCAL void loyi_lifetime_add_third(loyi_lifetime_piece *LOY_RESTRICT piece, size_t n) {
  for (size_t i = 0; i < n; i++) {
    double share = piece->share[i], three = piece->terms.first[2][i], share3 = share * three;
    piece->first[4][i] += share3;
    piece->second[10][i] += share3 * piece->g[0][i];
    piece->second[11][i] += share3 * piece->g[1][i];
    piece->second[12][i] += share * piece->terms.second[3][i] + share3 * piece->terms.first[0][i];
    piece->second[13][i] += share * piece->terms.second[4][i] + share3 * piece->terms.first[1][i];
    piece->second[14][i] += share * piece->terms.second[5][i] + share3 * three;
  }
}

LOYI_LOCAL void loyi_lifetime_add(const loyi_lifetime_pass *pass, loyi_lifetime_piece *piece, size_t n, double k) {
  loyi_lifetime_add_rate(piece, n, pass->r, k);
  loyi_lifetime_add_two(piece, n);
  if (pass->lifetime->n > 2) loyi_lifetime_add_third(piece, n);
}

/* Add the integral by tau, or by sigma with `bent`, to what is there. */
LOYI_LOCAL void loyi_lifetime_integrate(const loyi_lifetime_pass *pass, loyi_lifetime_piece *piece, size_t n, double k,
                                        int rule, size_t panels, int bent) {
  const loyi_lifetime_law *lifetime = pass->lifetime;
  int nodes = loyi_legendre_nodes(rule);
  double part = 1.0 / (double)panels;
  for (size_t panel = 0; panel < panels; panel++)
    for (int node = 0; node < nodes; node++) {
      double at, weight;
      loyi_legendre_node(rule, node, &at, &weight);
      at = ((double)panel + at) * part;
      if (bent)
        loyi_lifetime_bent_node(piece, n, at);
      else
        loyi_lifetime_node(piece, n, at);
      if (bent || !piece->rate_bends) loyi_lifetime_logs(piece, n);
      lifetime->evaluate(lifetime, piece->beta, piece->t, piece->v, n, &piece->terms, piece->hazard);
      loyi_lifetime_share(piece, n, k, weight * part);
      loyi_lifetime_add(pass, piece, n, k);
    }
}

/* ln J and the mean derivatives; J = 1 without a lifetime, where t is T. */
LOYI_CLONES LOYI_LOCAL void loyi_lifetime_means(loyi_lifetime_piece *LOY_RESTRICT piece, size_t n, size_t params) {
  size_t at = 0;
  for (size_t p = 0; p < params; p++)
    for (size_t i = 0; i < n; i++) piece->first[p][i] /= piece->total[i];
  for (size_t p = 0; p < params; p++)
    for (size_t q = 0; q <= p; q++, at++)
      for (size_t i = 0; i < n; i++)
        piece->second[at][i] = piece->second[at][i] / piece->total[i] - piece->first[p][i] * piece->first[q][i];
  for (size_t i = 0; i < n; i++) piece->total[i] = loyi_log(piece->total[i]);
}

/* What is left of ln L and its derivatives at t_x, but for the gamma functions and x ln alpha:
 * -k ln(1 + t/alpha), and r y - x z by ln alpha, with z = alpha/(alpha+t) and y = t/(alpha+t). */
LOYI_CLONES LOYI_LOCAL void loyi_lifetime_base(loyi_lifetime_piece *LOY_RESTRICT piece, size_t n, double r, double x) {
  double k = r + x;
  for (size_t i = 0; i < n; i++) {
    double alpha = piece->alpha[i];
    double inverse = 1.0 / (alpha + piece->t[i]), y = piece->t[i] * inverse, z = alpha * inverse;
    double l = loyi_log1p(piece->t[i] / alpha);
    piece->total[i] -= k * l;
    piece->first[0][i] -= r * l;
    piece->first[1][i] += r * y - x * z;
    piece->second[0][i] -= r * l;
    piece->second[1][i] += r * y;
    piece->second[2][i] -= k * z * y;
  }
}

LOYI_CLONES LOYI_LOCAL void loyi_lifetime_lanes(const double *LOY_RESTRICT weight, const double *LOY_RESTRICT term,
                                                size_t n, double *LOY_RESTRICT to) {
  double lane[LOYI_SUM_LANES];
  for (size_t j = 0; j < LOYI_SUM_LANES; j++) lane[j] = to[j];
  for (size_t i = 0; i < n; i += LOYI_SUM_LANES)
    for (size_t j = 0; j < LOYI_SUM_LANES; j++) lane[j] += weight[i + j] * term[i + j];
  for (size_t j = 0; j < LOYI_SUM_LANES; j++) to[j] = lane[j];
}

/* The rows of a piece: n of them, of one class. Fills total, first and second. */
LOYI_LOCAL void loyi_lifetime_piece_run(const loyi_lifetime_pass *pass, loyi_lifetime_piece *piece, size_t n, double x,
                                        size_t rule_class) {
  const loyi_lifetime_law *lifetime = pass->lifetime;
  size_t params = lifetime->n + 2;
  double k = pass->r + x;
  for (size_t i = 0; i < n; i++) piece->total[i] = lifetime->n > 0 ? 0.0 : 1.0;
  for (size_t p = 0; p < params; p++)
    for (size_t i = 0; i < n; i++) piece->first[p][i] = 0.0;
  for (size_t p = 0; p < pass->pairs; p++)
    for (size_t i = 0; i < n; i++) piece->second[p][i] = 0.0;
  if (lifetime->n > 0) {
    size_t rule = rule_class < LOYI_LIFETIME_RULES ? rule_class : (size_t)LOYI_LIFETIME_RULES - 1;
    loyi_lifetime_ranges(pass, piece, n, k);
    if (piece->before > 0)
      loyi_lifetime_integrate(pass, piece, n, k, loyi_lifetime_rules[LOYI_LIFETIME_RULES - 1].legendre, piece->before,
                              0);
    loyi_lifetime_integrate(pass, piece, n, k, loyi_lifetime_rules[rule].legendre, rule_class - rule + 1, piece->bent);
    for (size_t i = 0; i < n; i++) piece->v[i] = piece->T[i] - piece->t[i];
    loyi_lifetime_logs(piece, n);
    lifetime->evaluate(lifetime, piece->beta, piece->t, piece->v, n, &piece->terms, NULL);
    loyi_lifetime_alive(piece, n, k);
    loyi_lifetime_add(pass, piece, n, k);
  }
  loyi_lifetime_means(piece, n, params);
  loyi_lifetime_base(piece, n, pass->r, x);
  if (lifetime->n > 0) {
    size_t own = 0;
    for (size_t i = 0; i < n; i++) piece->v[i] = 0.0;
    lifetime->evaluate(lifetime, piece->beta, piece->v, piece->t, n, &piece->terms, NULL);
    for (size_t i = 0; i < n; i++) piece->total[i] += piece->terms.value[i];
    for (size_t p = 0; p < lifetime->n; p++) {
      for (size_t i = 0; i < n; i++) piece->first[p + 2][i] += piece->terms.first[p][i];
      for (size_t q = 0; q <= p; q++, own++) {
        double *to = piece->second[(p + 2) * (p + 3) / 2 + q + 2];
        for (size_t i = 0; i < n; i++) to[i] += piece->terms.second[own][i];
      }
    }
  }
}

/* Add a piece to the sums of its block. */
LOYI_LOCAL void loyi_lifetime_piece_add(const void *ctx, loyi_lifetime_piece *piece, size_t n, double x,
                                        double (*lanes)[LOYI_SUM_LANES]) {
  const loyi_lifetime_pass *pass = (const loyi_lifetime_pass *)ctx;
  size_t params = pass->lifetime->n + 2, sum = 1;
  (void)x;
  loyi_lifetime_lanes(piece->weight, piece->total, n, lanes[0]);
  for (size_t p = 0; p < params; p++) loyi_lifetime_lanes(piece->weight, piece->first[p], n, lanes[sum++]);
  for (size_t p = 0; p < pass->pairs; p++) loyi_lifetime_lanes(piece->weight, piece->second[p], n, lanes[sum++]);
}

/* The class of a row: its rule, or beyond the last one the number of panels less 1 on top of that. */
LOYI_LOCAL size_t loyi_lifetime_class(double length, double decay) {
  double panels;
  for (size_t rule = 0; rule < LOYI_LIFETIME_RULES; rule++)
    if (length <= loyi_lifetime_rules[rule].length && decay <= loyi_lifetime_rules[rule].decay) return rule;
  panels = ceil(length / loyi_lifetime_rules[LOYI_LIFETIME_RULES - 1].length);
  return panels < LOYI_LIFETIME_CLASSES - LOYI_LIFETIME_RULES + 1 ? LOYI_LIFETIME_RULES - 2 + (size_t)panels
                                                                  : (size_t)LOYI_LIFETIME_CLASSES - 1;
}

/* How much nearer to the real line a singularity is than pi, in tau: pi over its angle at -c. */
LOYI_LOCAL double loyi_lifetime_stretch(const loyi_lifetime_law *lifetime, double c, double latest) {
  double along = c + lifetime->re, ratio;
  /* Beyond three times the end it does no more harm than one at pi; but where the hazard grows the integrand rises
   * before it falls, of which the rules' decay knows nothing. */
  if (lifetime->im >= 3.0 * (c + latest)) return lifetime->increase > 0.0 ? 1.5 : 1.0;
  if (along <= 0.0) return 2.0;
  /* z / (1 + 2 z / pi) < atan(z) */
  ratio = along / lifetime->im;
  return 2.0 + 3.141592653589793 * ratio;
}

LOYI_LOCAL void loyi_lifetime_divide(const loyi_lifetime_law *lifetime, double alpha, double latest,
                                     loyi_lifetime_shape *shape) {
  shape->rate_bends = lifetime->n == 0 || alpha <= lifetime->bend;
  shape->c = shape->rate_bends ? alpha : lifetime->bend;
  shape->stretch = loyi_lifetime_stretch(lifetime, shape->c, latest);
  shape->turn = shape->near = shape->middle = 0.0;
  shape->before = 0;
  if (!(shape->stretch > LOYI_LIFETIME_BENT)) return;
  shape->turn = lifetime->re;
  shape->near = lifetime->im;
  shape->middle = 0.5 * (lifetime->re - shape->c);
  /* Twice, as the singularities come as near to the way as half of pi. */
  if (shape->middle > 0.0)
    shape->before =
        (size_t)ceil(2.0 * loyi_log1p(shape->middle / shape->c) / loyi_lifetime_rules[LOYI_LIFETIME_RULES - 1].length);
}

/* Take up to LOYI_LIFETIME_PIECE rows, all those of `list` or of a run; fill up to a multiple of 8 with rows of weight
 * 0. Returns how many there are then. */
LOYI_LOCAL size_t loyi_lifetime_take(const loyi_lifetime_pass *pass, size_t from, const uint16_t *list, size_t n,
                                     loyi_lifetime_piece *piece) {
  const loyi_rows *rows = pass->rows;
  const loyi_lifetime_law *lifetime = pass->lifetime;
  loyi_lifetime_shape shape = pass->shape;
  size_t whole = (n + LOYI_SUM_LANES - 1) / LOYI_SUM_LANES * LOYI_SUM_LANES;
  piece->before = 0;
  piece->bent = piece->straight = 0;
  for (size_t i = 0; i < whole; i++) {
    size_t at = i < n ? i : n - 1, row = from + (list ? list[at] : at);
    double alpha = pass->own ? pass->own[row] : pass->alpha;
    double beta = pass->beta ? pass->beta[row] : (lifetime->n > 0 ? lifetime->param[lifetime->n - 1] : 0.0);
    if (pass->own || pass->beta) {
      loyi_lifetime_law other = *lifetime;
      if (lifetime->n > 0) lifetime->at(lifetime, beta, &other);
      loyi_lifetime_divide(&other, alpha, rows->latest, &shape);
    }
    piece->row[i] = row;
    piece->T[i] = rows->T[row];
    piece->t[i] = i < n ? rows->t_x[row] : rows->T[row];
    piece->weight[i] = i >= n ? 0.0 : (rows->weight ? rows->weight[row] : 1.0);
    piece->alpha[i] = alpha;
    piece->beta[i] = beta;
    piece->c[i] = shape.c;
    piece->stretch[i] = shape.stretch;
    piece->turn[i] = shape.turn;
    piece->near[i] = shape.near;
    piece->middle[i] = shape.middle;
    piece->bent |= shape.near > 0.0;
    piece->straight |= !(shape.near > 0.0);
    if (shape.before > piece->before) piece->before = shape.before;
  }
  piece->rate_bends = shape.rate_bends;
  return whole;
}

/* Rows with an own alpha or beta may have own singularities too. */
LOYI_LOCAL size_t loyi_lifetime_classes(const loyi_lifetime_pass *pass) {
  if (pass->lifetime->n == 0) return 1;
  return pass->own || pass->beta ? (size_t)LOYI_LIFETIME_KINDS * LOYI_LIFETIME_CLASSES : (size_t)LOYI_LIFETIME_CLASSES;
}

/* Put the rows of a block into classes: `list` has their places class by class, `end` where each class ends. */
LOYI_LOCAL void loyi_lifetime_classify(const loyi_lifetime_pass *pass, loyi_lifetime_piece *piece, size_t from,
                                       size_t n, double x, uint16_t *list, size_t *end) {
  uint16_t rule_class[LOYI_SUM_BLOCK];
  double k = pass->r + x;
  size_t begin = 0, classes = loyi_lifetime_classes(pass);
  for (size_t c = 0; c < classes; c++) end[c] = 0;
  for (size_t at = 0; at < n; at += LOYI_LIFETIME_PIECE) {
    size_t count = n - at < LOYI_LIFETIME_PIECE ? n - at : (size_t)LOYI_LIFETIME_PIECE;
    size_t whole = loyi_lifetime_take(pass, from + at, NULL, count, piece);
    loyi_lifetime_ranges(pass, piece, whole, k);
    loyi_lifetime_logs(piece, whole);
    pass->lifetime->evaluate(pass->lifetime, piece->beta, piece->t, piece->v, whole, &piece->terms, NULL);
    for (size_t i = 0; i < count; i++) {
      double decay = piece->near[i] > 0.0 ? HUGE_VAL : k * piece->l[i] - piece->terms.value[i];
      size_t c = loyi_lifetime_class(piece->length[i], decay);
      if (classes > LOYI_LIFETIME_CLASSES) /* pieces are of one kind */
        c += LOYI_LIFETIME_CLASSES * (size_t)((piece->c[i] == piece->alpha[i]) + 2 * (piece->near[i] > 0.0));
      rule_class[at + i] = (uint16_t)c;
      end[c]++;
    }
  }
  for (size_t c = 0; c < classes; c++) {
    size_t count = end[c];
    end[c] = begin;
    begin += count;
  }
  for (size_t i = 0; i < n; i++) list[end[rule_class[i]]++] = (uint16_t)i;
}

/* Called with each piece of a block and its x when `total`, `first` and `second` are filled. */
typedef void (*loyi_lifetime_add_fn)(const void *ctx, loyi_lifetime_piece *piece, size_t n, double x,
                                     double (*lanes)[LOYI_SUM_LANES]);

LOYI_LOCAL void loyi_lifetime_run(const loyi_lifetime_pass *pass, size_t block, loyi_lifetime_add_fn add,
                                  const void *ctx, double (*lanes)[LOYI_SUM_LANES]) {
  const loyi_rows *rows = pass->rows;
  const loyi_rows_group *group = &rows->group[rows->block_group[block]];
  size_t from = group->begin + (block - group->first_block) * LOYI_SUM_BLOCK;
  size_t n = group->end - from < LOYI_SUM_BLOCK ? group->end - from : (size_t)LOYI_SUM_BLOCK;
  size_t end[LOYI_LIFETIME_KINDS * LOYI_LIFETIME_CLASSES], at = 0, classes = loyi_lifetime_classes(pass);
  uint16_t list[LOYI_SUM_BLOCK];
  loyi_lifetime_piece piece;
  int alone = pass->lifetime->n == 0;
  end[0] = n;
  if (!alone) loyi_lifetime_classify(pass, &piece, from, n, group->x, list, end);
  for (size_t c = 0; c < classes; c++)
    while (at < end[c]) {
      size_t count = end[c] - at < LOYI_LIFETIME_PIECE ? end[c] - at : (size_t)LOYI_LIFETIME_PIECE;
      size_t whole = loyi_lifetime_take(pass, alone ? from + at : from, alone ? NULL : list + at, count, &piece);
      loyi_lifetime_piece_run(pass, &piece, whole, group->x, c % LOYI_LIFETIME_CLASSES);
      add(ctx, &piece, whole, group->x, lanes);
      at += count;
    }
}

LOYI_LOCAL void loyi_lifetime_pass_block(void *ctx, size_t block) {
  const loyi_lifetime_pass *pass = (const loyi_lifetime_pass *)ctx;
  double lanes[LOYI_LIFETIME_SUMS][LOYI_SUM_LANES];
  for (size_t s = 0; s < pass->width; s++)
    for (size_t j = 0; j < LOYI_SUM_LANES; j++) lanes[s][j] = 0.0;
  loyi_lifetime_run(pass, block, loyi_lifetime_piece_add, pass, lanes);
  for (size_t s = 0; s < pass->width; s++) pass->rows->sums[block * pass->rows->width + s] = loyi_lanes_total(lanes[s]);
}

/* lnGamma(r+x) - lnGamma(r) and its derivatives by r, as running sums over j = 0, 1, ..., x - 1. */
typedef struct loyi_lifetime_gammas {
  double x;
  loyi_total value;
  double first, second;
} loyi_lifetime_gammas;

/* Beyond this many steps from one x to the next the gamma functions are cheaper. */
enum { LOYI_LIFETIME_STEPS = 128 };

LOYI_LOCAL void loyi_lifetime_gammas_advance(loyi_lifetime_gammas *gammas, double r, double x) {
  double j = gammas->x, gap = x - gammas->x;
  gammas->x = x;
  if (gap > (double)LOYI_LIFETIME_STEPS) {
    loyi_total_add(&gammas->value, loyi_lgamma_delta(r + j, gap));
    gammas->first += loyi_digamma_delta(r + j, gap);
    gammas->second += loyi_trigamma_delta(r + j, gap);
    return;
  }
  for (; j < x; j += 1.0) {
    double one = 1.0 / (r + j);
    loyi_total_add(&gammas->value, loyi_log(r + j));
    gammas->first += one;
    gammas->second -= one * one;
  }
}

LOYI_LOCAL void loyi_lifetime_pass_init(loyi_lifetime_pass *pass, loyi_rows *rows, double r, double alpha,
                                        const loyi_lifetime_law *lifetime) {
  size_t params = lifetime->n + 2;
  pass->rows = rows;
  pass->lifetime = lifetime;
  pass->r = r;
  pass->alpha = alpha;
  pass->increase = lifetime->increase;
  pass->own = pass->beta = NULL;
  pass->pairs = params * (params + 1) / 2;
  pass->width = 1 + params + pass->pairs;
  loyi_lifetime_divide(lifetime, alpha, rows->latest, &pass->shape);
}

LOYI_SHARED void loyi_lifetime_total(loyi_rows *rows, double r, double alpha, const loyi_lifetime_law *lifetime,
                                     double *value, double *gradient, double *hessian) {
  loyi_lifetime_pass pass;
  loyi_lifetime_gammas gammas = {0.0, {0.0, 0.0}, 0.0, 0.0};
  loyi_total total[LOYI_LIFETIME_SUMS];
  size_t params = lifetime->n + 2, at = 1 + params;
  loyi_lifetime_pass_init(&pass, rows, r, alpha, lifetime);
  loyi_parallel(loyi_lifetime_pass_block, &pass, rows->blocks, rows->threads);
  for (size_t s = 0; s < pass.width; s++) total[s].sum = total[s].error = 0.0;
  for (size_t g = 0; g < rows->groups; g++) {
    double weight = rows->group[g].weight;
    loyi_lifetime_gammas_advance(&gammas, r, rows->group[g].x);
    loyi_total_add(&total[0], weight * gammas.value.sum);
    loyi_total_add(&total[0], weight * gammas.value.error);
    loyi_total_add(&total[1], weight * r * gammas.first);
    loyi_total_add(&total[at], weight * r * (gammas.first + r * gammas.second));
  }
  for (size_t block = 0; block < rows->blocks; block++)
    for (size_t s = 0; s < pass.width; s++) loyi_total_add(&total[s], rows->sums[block * rows->width + s]);
  loyi_total_add(&total[0], -rows->sum_x * loyi_log(alpha));
  *value = loyi_total_value(&total[0]);
  for (size_t i = 0; i < params; i++) gradient[i] = loyi_total_value(&total[i + 1]);
  for (size_t i = 0; i < params; i++)
    for (size_t j = 0; j <= i; j++) hessian[params * i + j] = hessian[params * j + i] = loyi_total_value(&total[at++]);
}

#undef LOYI_LIFETIME_DECAY
#undef LOYI_LIFETIME_BENT

LOY_END_DECLS

#endif /* LOYALTY_BTYD_LIFETIME_TOTAL_INL_H */
