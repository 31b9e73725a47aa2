/* mean_fit.h: private. Fits a mean L_i = f(row i; theta) inside bounds to loyal answers, by maximum binomial likelihood
 * or by least squares, with standard errors of four kinds. It knows no particular law: a law is a function that fills
 * means and derivatives for a run of cells, and everything else (data, steps, bounds, certificate, covariance, measures
 * of fit) is the same for all.
 *
 * With yes_i and no_i the loyal and other answers of cell i (mean_data.h) and d_i = dL_i/dtheta:
 *
 *   l      = sum yes_i ln L_i + no_i ln(1 - L_i)                  log-likelihood, without the binomial coefficients
 *   score  = sum [yes_i / L_i - no_i / (1 - L_i)] d_i
 *   information = sum (yes_i + no_i) / [L_i (1 - L_i)] d_i d_i'   expected
 *
 * or, for least squares, with m_i = yes_i + no_i the weight and yes_i/m_i the answer of a cell:
 *
 *   -RSS/2 = -sum m_i (yes_i/m_i - L_i)^2 / 2,   score = sum (yes_i - m_i L_i) d_i,   information = sum m_i d_i d_i'
 *
 * Each step solves information * step = score over the parameters that are free and not held at a bound (Fisher
 * scoring; Gauss-Newton for squares), is projected on the bounds, and is halved until the objective grows. Sums follow
 * math/sum.h: cells in order, 8 lanes, blocks of 4096. No threads, no randomness: the same input gives the same bits.
 *
 * Use: loyi_mean_check; loyi_mean_data_load; fill a loyi_mean_problem; loyi_mean_fit; loyi_mean_conclude. */
#ifndef LOYALTY_RESPONSE_MEAN_FIT_H
#define LOYALTY_RESPONSE_MEAN_FIT_H

#include "../base/config.h"
#include "../base/status.h"
#include "mean_data.h"

LOY_BEGIN_DECLS

enum {
  LOYI_MEAN_MOST = 16, /* parameters */
  LOYI_MEAN_RUN = 256  /* cells that a law is asked for at a time, at most */
};

/* A law. For the `n` cells from `first` on, fill mean[i] = L, rest[i] = 1 - L (each accurate near 0, which is why
 * there are two) and derivative[j][i] = dL/dtheta_j for each parameter j; i counts from 0. What the law needs of a cell
 * it keeps in `ctx`, made from the keys of row data->row_of[cell]. Means may be 0 or 1; derivatives must be finite. */
typedef void (*loyi_mean_law)(const void *ctx, const double *theta, size_t first, size_t n, double *mean, double *rest,
                              double (*derivative)[LOYI_MEAN_RUN]);

/* A penalty on the parameters, to be subtracted from the objective: adds its gradient to gradient[params] and a
 * curvature that is not negative to curvature[params] (the diagonal), and returns its value. */
typedef double (*loyi_mean_penalty)(const void *ctx, const double *theta, double *gradient, double *curvature);

typedef struct loyi_mean_problem {
  size_t params; /* 1 to LOYI_MEAN_MOST */
  loyi_mean_law law;
  const void *ctx;
  const loyi_mean_data *data;
  const double *lower, *upper; /* params each; infinite for none */
  unsigned fixed;              /* bit j: parameter j stays at its start */
  int squares;                 /* least squares; `data` was then loaded as fractions */
  size_t thin;                 /* above 1: take every thin-th run of cells only, for a quick first estimate */
  loyi_mean_penalty penalty;   /* or NULL */
  int most_iterations;
} loyi_mean_problem;

/* Defaults for everything but params, law, ctx, data, lower and upper: nothing fixed, likelihood, all cells, no
 * penalty, 200 iterations. */
LOYI_SHARED void loyi_mean_problem_init(loyi_mean_problem *problem);

/* The `thin` that leaves some 16,000 cells; 1 where there are not many more. Estimates from these are within a few
 * standard errors of those from all, in a small part of the time. */
LOYI_SHARED size_t loyi_mean_thin(const loyi_mean_data *data);

/* The sums at one theta. */
typedef struct loyi_mean_state {
  double objective; /* l or -RSS/2; -infinity where a mean of 0 or 1 contradicts an answer */
  double score[LOYI_MEAN_MOST];
  double information[LOYI_MEAN_MOST * LOYI_MEAN_MOST]; /* params * params, row-major, both triangles */
  size_t contradicted; /* the first cell that a mean of 0 or 1 contradicts, or SIZE_MAX */
} loyi_mean_state;

typedef struct loyi_mean_result {
  double theta[LOYI_MEAN_MOST];
  loyi_mean_state sums; /* at theta, less the penalty, if there is one */
  unsigned at_bound;    /* bit j: parameter j is held at a bound, beyond which the objective grows */
  double last_step;     /* certificate: largest change a further step would make, relative above 1 */
  double largest_score; /* certificate: largest absolute score of a parameter that is neither fixed nor held */
  double decrement;     /* certificate: score' information^-1 score / 2 over them, the gain still to be expected */
  double condition;     /* of the information over them, scaled to a unit diagonal: |M| |M^-1| in the maximum norm;
                           infinity when it is singular */
  int converged;        /* last_step < 1e-10 and largest_score < 1e-6, or nothing left to gain but rounding */
  int separated;        /* steps no longer gain anything, but do not become small: some parameters run away */
  int iterations, evaluations;
} loyi_mean_result;

/* Maximise from `start` (moved inside the bounds first, but for fixed parameters). Returns 0 when the objective is not
 * finite at the start: `result` then holds the start, and result->sums.contradicted tells the cell. */
LOYI_SHARED int loyi_mean_fit(const loyi_mean_problem *problem, const double *start, loyi_mean_result *result);

/* The sums at a theta, less the penalty, if there is one. */
LOYI_SHARED void loyi_mean_evaluate(const loyi_mean_problem *problem, const double *theta, loyi_mean_state *sums);

/* What the standard errors assume. For squares only LOYI_MEAN_SQUARES and LOYI_MEAN_ROBUST mean anything. */
typedef enum loyi_mean_covariance {
  LOYI_MEAN_BINOMIAL = 0, /* I^-1 */
  LOYI_MEAN_QUASI = 1,    /* phi I^-1, phi = X2/(N - p) */
  LOYI_MEAN_ROBUST = 2,   /* I^-1 (sum over clusters of u u') I^-1 G/(G - 1) */
  LOYI_MEAN_SQUARES = 3   /* sigma^2 I^-1, sigma^2 = RSS/(N - p) */
} loyi_mean_covariance;

/* What can be said of a fit. Measures are those of the rows as the caller gave them, whether they were merged or not;
 * N counts rows with information, p parameters that are not fixed, those at a bound among them. */
typedef struct loyi_mean_conclusion {
  double log_likelihood; /* binomial, without penalty and binomial coefficients */
  double deviance;       /* 2 sum n [ybar ln(ybar/L) + (1 - ybar) ln((1 - ybar)/(1 - L))] */
  double pearson;        /* X2 = sum n (ybar - L)^2 / (L (1 - L)); infinity where a mean of 0 or 1 is contradicted */
  double squares;        /* RSS = sum n (ybar - L)^2; for a fit of squares as that weights the rows */
  double dispersion;     /* X2/(N - p), or RSS/(N - p) for LOYI_MEAN_SQUARES; NaN when N <= p */
  double aic, bic;       /* -2 l + 2 p, -2 l + p ln(sum n) */
  double df;             /* of intervals: N - p for LOYI_MEAN_QUASI and LOYI_MEAN_SQUARES, infinite for the others */
  size_t free_params;    /* p */
  size_t clusters;       /* G; 0 unless LOYI_MEAN_ROBUST */
  double covariance[LOYI_MEAN_MOST * LOYI_MEAN_MOST]; /* params * params: rows and columns of fixed parameters are 0, of
                                                         those at a bound NaN; all NaN where I is singular */
  double std_error[LOYI_MEAN_MOST];
} loyi_mean_conclusion;

/* Conclude a fit.
 *   counts   problem->data; for squares another load of its rows, as counts, for everything but RSS
 * Errors: LOY_ERR_TOO_FEW "cluster" for a single cluster; LOY_ERR_MEMORY. */
LOYI_SHARED loy_status loyi_mean_conclude(const loyi_mean_problem *problem, const loyi_mean_data *counts,
                                          const loyi_mean_result *result, loyi_mean_covariance kind,
                                          loyi_mean_conclusion *conclusion, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "mean_fit-inl.h"
#endif

#endif /* LOYALTY_RESPONSE_MEAN_FIT_H */
