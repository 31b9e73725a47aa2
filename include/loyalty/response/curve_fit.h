/* curve_fit.h: the parameters of the curve L = f(C, S) from answers, with standard errors; the curve itself is in
 * curve.h, and what can be asked once it is fitted in curve_inference.h.
 *
 * A row is one customer, or a group of n_i alike: satisfaction s_i, competition c_i, constraints K_ij, and y_i loyal
 * ones (who bought again, renewed, said they would) among n_i. Without a column of trials y_i is a yes or no (1 or 0)
 * or a fraction, such as a share of wallet. The parameters maximise the binomial log-likelihood
 *
 *   l = sum w_i [y_i ln L_i + (n_i - y_i) ln(1 - L_i)] - ridge (alpha^2 + (ln beta)^2 + (ln gamma)^2) / 2
 *
 * by Fisher scoring with exact derivatives, or minimise sum w_i (y_i/n_i - L_i)^2. Bounds: |alpha| <= 1e6, 1e-6 <= beta
 * <= 1e6, gamma, a and b_j from 0 to 1e6, delta from 0 to 0.999. A parameter at its bound has no standard error.
 *
 * (alpha, beta, gamma) are told apart by two values of s and of c; a and b_j by the dissatisfied, as they multiply 1 -
 * L; delta by the most satisfied. Where the data cannot, fix the parameter. Satisfaction should be padded (loy_scale,
 * e = 0.5), so that s is never 0 or 1. Never pool intentions with behavior in one fit. */
#ifndef LOYALTY_RESPONSE_CURVE_FIT_H
#define LOYALTY_RESPONSE_CURVE_FIT_H

#include "../base/alloc.h"
#include "../base/config.h"
#include "../base/status.h"
#include "curve.h"

LOY_BEGIN_DECLS

/* What the standard errors assume. */
typedef enum loy_curve_covariance {
  LOY_CURVE_BINOMIAL = 0, /* independent answers: I^-1 */
  LOY_CURVE_QUASI = 1,    /* more or less scatter than binomial: phi I^-1, phi = X2/(N - p) */
  LOY_CURVE_ROBUST = 2,   /* answers of a cluster may depend on each other: I^-1 (sum u_g u_g') I^-1 G/(G - 1) */
  LOY_CURVE_NLS = 3       /* least squares, which changes the estimates too: RSS/(N - p) (J'WJ)^-1 */
} loy_curve_covariance;

/* The rows. Columns of n numbers each, borrowed. Fill it with loy_curve_data_init, then set what there is. */
typedef struct loy_curve_data {
  size_t n;
  const double *s;                 /* satisfaction, from 0 to 1 */
  const double *c;                 /* competition, above 0 and below 1 */
  size_t constraints;              /* columns K_j, 0 to LOY_CURVE_CONSTRAINTS; each brings a parameter b_j */
  const double *const *constraint; /* each from 0 to 1; may be NULL when there are none */
  const double *trials;            /* n_i, 0 to 1e15; NULL means 1 each. Rows of no trials (w_i n_i below 2.3e-308)
                                    * are skipped and counted */
  const double *loyal;             /* y_i, 0 to n_i */
  const double *weight;            /* w_i, 0 to 1e15: how often the row counts; NULL means 1 each; 0 skips the row */
  const int64_t *cluster;          /* any codes, such as the customer; for LOY_CURVE_ROBUST. NULL: each row its own */
} loy_curve_data;

/* No rows, no columns. NULL is allowed and ignored. */
LOYALTY_API void loy_curve_data_init(loy_curve_data *data);

typedef struct loy_curve_fit_options {
  size_t struct_size;
  const loy_allocator *allocator; /* NULL: the C library's */
  loy_curve start;     /* where fixed parameters stay; 0, 1, 1, 0.5, 0 by default. Its `constraints` is not read */
  int start_given;     /* nonzero: the others begin there too; 0 (the default), or where that fails: several starts */
  unsigned fixed;      /* bit p: parameter p (a loy_curve_param) stays; delta alone by default */
  int covariance;      /* a loy_curve_covariance; LOY_CURVE_BINOMIAL by default */
  double ridge;        /* 0 (the default) or above: a prior that keeps parameters finite where data are separated */
  int most_iterations; /* 0 (the default) means 200 */
} loy_curve_fit_options;

/* Fill in the defaults. NULL is allowed and ignored. */
LOYALTY_API void loy_curve_fit_options_init(loy_curve_fit_options *options);

/* What a fit found. */
typedef struct loy_curve_fit_result {
  loy_curve curve;
  size_t params;                                          /* 5 + constraints */
  double std_error[LOY_CURVE_PARAMS];                     /* 0 for a fixed parameter, NaN for one at its bound */
  double covariance[LOY_CURVE_PARAMS * LOY_CURVE_PARAMS]; /* params * params, by rows */
  double log_likelihood; /* binomial, at the estimate, without the ridge and the binomial coefficients */
  double deviance;       /* 2 sum w n [ybar ln(ybar/L) + (1 - ybar) ln((1 - ybar)/(1 - L))], rows as given */
  double pearson;        /* X2 = sum w n (ybar - L)^2 / (L (1 - L)), rows as given */
  double squares;        /* RSS = sum w (ybar - L)^2 for LOY_CURVE_NLS, sum w n (ybar - L)^2 for the others */
  double dispersion;     /* phi: X2/(N - p); for LOY_CURVE_NLS sigma^2 = RSS/(N - p); NaN when N <= p */
  double aic, bic;       /* -2 l + 2 p; -2 l + p ln(sum w n) */
  double df;             /* of intervals: N - p for QUASI and NLS, infinite for the others */
  size_t rows, skipped;  /* N, rows with information; rows without */
  size_t cells;          /* distinct rows, or N where merging did not pay */
  size_t clusters;       /* G; 0 unless LOY_CURVE_ROBUST */
  double trials, loyal;  /* sums of w n and w y */
  size_t free_params;    /* p: parameters not fixed, those at a bound among them */
  unsigned fixed;        /* bit p: parameter p was fixed, by the caller or for want of two values of c */
  unsigned at_bound;     /* bit p: parameter p lies on its bound */
  int covariance_kind;   /* a loy_curve_covariance */
  int converged;    /* the certificate: last_step < 1e-10 and largest_score < 1e-6, or no more to gain than rounding */
  int separated;    /* parameters run away: some or all answers are fitted perfectly, or no mean depends on them */
  int weak;         /* condition above 1e8, or fewer than two values of c */
  double condition; /* of the information, scaled to a unit diagonal: |M| |M^-1| in the maximum norm */
  double last_step; /* largest change that a further step would make, relative above 1 */
  double largest_score; /* largest absolute score of a parameter that is neither fixed nor at its bound */
  int iterations, evaluations;
  loy_status status; /* LOY_OK or the notice that the call returned */
} loy_curve_fit_result;

/* Fit the curve.
 *
 *   data      the rows; equal ones are merged where that pays, so that a million answers on a five-point scale cost
 *             little more than reading them. Merging and the order of rows change the log-likelihood by at most 1e-13
 *             of the sum of its terms' sizes, and no measure of fit by more
 *   options   or NULL for the defaults
 * The likelihood can have several hills. Up to seven starts, which share loyalty differently between captivity, choice
 * and attrition, are followed for some steps, and the best of them to the end; where there are 4096 cells or more,
 * on an evenly spaced part of them; the first is enough where it fits cells of several answers within chance. The
 * certificate is that of a local maximum. With fewer than two distinct c, gamma = 1 and a = 0 are fixed unless the
 * caller fixed them (notice WEAK_ID); for a floor, give one constraint K = 1.
 *
 * Errors, in this order: LOY_ERR_ARGUMENT data, result (NULL), s, c (NULL while n > 0), constraints (more than
 * LOY_CURVE_CONSTRAINTS), constraint (NULL; `index` says which), options (struct_size), covariance, fixed (a bit beyond
 * the parameters, or all of them); LOY_ERR_DOMAIN ridge, most_iterations (negative), start (outside its range: the
 * parameter is named); for the first bad row, column by column, LOY_ERR_DOMAIN s, c, constraint; LOY_ERR_ARGUMENT loyal
 * (NULL); LOY_ERR_DOMAIN trials, loyal (more than the trials too), weight; LOY_ERR_TOO_FEW loyal (no row with trials
 * and weight; all loyal or none; with QUASI or NLS no more rows than free parameters); LOY_ERR_INFEASIBLE s (a row with
 * s = 0 and a loyal answer, but nothing that could hold a customer there; or with s = 1 and another answer, while delta
 * is fixed at 0: use padding or free delta); LOY_ERR_TOO_FEW cluster (a single one); LOY_ERR_MEMORY. Notices, the most
 * important first (each also stands in the result): LOY_NOTICE_SEPARATED, LOY_NOTICE_NOT_CONVERGED with the last
 * iterate, LOY_NOTICE_WEAK_ID where there are no standard errors at all (infinite condition), LOY_NOTICE_AT_BOUND (the
 * argument is the parameter), LOY_NOTICE_WEAK_ID, LOY_NOTICE_SKIPPED. Accuracy: estimates to about 1e-10 of their
 * standard errors times the condition; the log-likelihood to about 1e-15. Source: Fisher scoring for a binomial mean,
 * McCullagh and Nelder, Generalized Linear Models, 1989, section 2.5; robust covariance, Liang and Zeger, Biometrika
 * 73, 1986. */
LOYALTY_API loy_status loy_curve_fit(const loy_curve_data *data, const loy_curve_fit_options *options,
                                     loy_curve_fit_result *result, loy_error *error);

/* The log-likelihood of a curve whose parameters are given, without the binomial coefficients; -infinity where L = 0 or
 * 1 contradicts an answer.
 *
 *   gradient      NULL, or 5 + data->constraints numbers: the score, in the order of loy_curve_param
 *   information   NULL, or as many squared, by rows: the expected information. Where L is 0 or 1 a row adds nothing
 * All rows may be loyal, or none. Errors, in this order: those of the parameters as in loy_curve_check;
 * LOY_ERR_ARGUMENT data (NULL), constraints (not as many as the curve has), s, c, constraint (NULL while n > 0), value
 * (NULL); for the first bad row, column by column, LOY_ERR_DOMAIN s, c, constraint; LOY_ERR_ARGUMENT loyal (NULL);
 * LOY_ERR_DOMAIN trials, loyal, weight; LOY_ERR_TOO_FEW loyal (no row with trials and weight); LOY_ERR_MEMORY. */
LOYALTY_API loy_status loy_curve_log_likelihood(const loy_curve *curve, const loy_curve_data *data,
                                                const loy_allocator *allocator, double *value, double *gradient,
                                                double *information, loy_error *error);

/* The name of a parameter: "alpha", "beta", "gamma", "a", "delta", or "b" from LOY_CURVE_B on; "unknown" for another
 * number. */
LOYALTY_API const char *loy_curve_param_name(int param);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "curve_fit-inl.h"
#endif

#endif /* LOYALTY_RESPONSE_CURVE_FIT_H */
