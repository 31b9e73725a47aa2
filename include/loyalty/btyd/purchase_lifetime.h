/* purchase_lifetime.h: private. The engine of Pareto/NBD, NBD and gamma-Gompertz/NBD: while alive a customer buys at an
 * own rate, which is Gamma(r, alpha) over the population, and stays for a lifetime of lifetime.h, independent of it.
 *
 * With k = r + x, A = alpha + T, S and f of the lifetime, the likelihood of a history is
 *   L = Gamma(k)/Gamma(r) alpha^r { A^-k S(T) + int_(t_x)^T (alpha+u)^-k f(u) du }:
 * alive at T, or stopped at some u since t_x. Their ratio, the odds of having stopped, carries everything else. The
 * public functions of each model (pnbd.h has the full comments) are thin over these; purchase_lifetime_bodies-inl.h
 * writes them. */
#ifndef LOYALTY_BTYD_PURCHASE_LIFETIME_H
#define LOYALTY_BTYD_PURCHASE_LIFETIME_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/range.h"
#include "../base/status.h"
#include "lifetime.h"

LOY_BEGIN_DECLS

/* Options of the batch functions of these models; each model has its own name for them. */
typedef struct loy_purchase_options {
  size_t struct_size;
  int threads; /* 1 by default; never changes a bit of the result */
} loy_purchase_options;

/* Private: a model with its parameters checked. */
typedef struct loyi_purchase_model {
  double r, alpha;
  loyi_lifetime life;
} loyi_purchase_model;

/* Private: a history with everything that predictions need. */
typedef struct loyi_purchase_history {
  const loyi_purchase_model *model;
  double x, t_x, T;
  double k, rate;      /* r + x, alpha + T */
  loyi_lifetime since; /* the lifetime of one who was alive at t_x, from there */
  loyi_lifetime rest;  /* of one who is alive at T, from there */
  double log_silent;   /* ln int_0^(T-t_x) (1 + v/(alpha+t_x))^-k f(v) dv over the lifetime `since` */
  double log_odds;     /* of having stopped against being alive, at T; -infinity where nobody can have */
} loyi_purchase_history;

/* Private: digest a history; NULL when all is well, otherwise the name of the argument outside its domain, with what
 * would be right in *message. */
LOYI_SHARED const char *loyi_purchase_digest(const loyi_purchase_model *model, double x, double t_x, double T,
                                             loyi_purchase_history *history, const char **message);

/* Private: the checks of the parameters that all models share: LOY_OK or LOY_ERR_DOMAIN r, alpha. */
LOYI_SHARED loy_status loyi_purchase_rates_check(double r, double alpha, loy_error *error);

/* Private: the checks of a history and a horizon: LOY_OK or LOY_ERR_DOMAIN x, t_x, T, t. */
LOYI_SHARED loy_status loyi_purchase_check(double x, double t_x, double T, double t, loy_error *error);

/* Private: 1 / (1 + odds), and odds / (1 + odds). */
LOYI_SHARED double loyi_purchase_alive(const loyi_purchase_history *history);
LOYI_SHARED double loyi_purchase_stopped(const loyi_purchase_history *history);

/* Private: one row of a batch: the answer for a digested history. `query` is what is the same for all rows. */
typedef double (*loyi_purchase_row_fn)(const loyi_purchase_history *history, const void *query);
LOYI_SHARED double loyi_purchase_loglik_row(const loyi_purchase_history *history, const void *query);
LOYI_SHARED double loyi_purchase_palive_row(const loyi_purchase_history *history, const void *query); /* &t */
LOYI_SHARED double loyi_purchase_log_palive_row(const loyi_purchase_history *history, const void *query);
LOYI_SHARED void loyi_purchase_posterior_row(const loyi_purchase_history *history, double *lambda, double *dropout);

/* Private: the answer for one customer, NaN outside the domain. */
LOYI_SHARED double loyi_purchase_one(const loyi_purchase_model *model, double x, double t_x, double T,
                                     loyi_purchase_row_fn row, const void *query);

/* Private: the checks from the options on, and the loop, of every batch function with one output column. Columns and
 * query have been checked. */
LOYI_SHARED loy_status loyi_purchase_batch(const loyi_purchase_model *model, const double *x, const double *t_x,
                                           const double *T, size_t n, const loy_purchase_options *options,
                                           loyi_purchase_row_fn row, const void *query, double *out,
                                           loy_batch_report *report, loy_error *error);

/* Private: P(alive), with its check of t. */
LOYI_SHARED loy_status loyi_purchase_palive_batch(const loyi_purchase_model *model, const double *x, const double *t_x,
                                                  const double *T, size_t n, double t,
                                                  const loy_purchase_options *options, double *out,
                                                  loy_batch_report *report, loy_error *error);

/* Private: posterior means of one customer and of a batch. Any output may be NULL. */
LOYI_SHARED loy_status loyi_purchase_posterior(const loyi_purchase_model *model, double x, double t_x, double T,
                                               double *lambda, double *dropout, loy_error *error);
LOYI_SHARED loy_status loyi_purchase_posterior_batch(const loyi_purchase_model *model, const double *x,
                                                     const double *t_x, const double *T, size_t n,
                                                     const loy_purchase_options *options, double *lambda,
                                                     double *dropout, loy_batch_report *report, loy_error *error);

/* Private: LOY_OK, or LOY_ERR_ARGUMENT options, threads. */
LOYI_SHARED loy_status loyi_purchase_options_check(const loy_purchase_options *options, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "purchase_lifetime-inl.h"
#endif

#endif /* LOYALTY_BTYD_PURCHASE_LIFETIME_H */
