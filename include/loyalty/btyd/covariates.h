/* covariates.h: customers who differ in what is known of them from the start, such as age or channel: static covariates
 * of BG/NBD, MBG/NBD, Pareto/NBD, gamma-Gompertz/NBD and NBD.
 *
 * A customer with the covariates z has parameters of their own, which follow from those of the model and from one
 * coefficient for each covariate. There are two lists of covariates, z of the transaction process with coefficients g
 * and w of the dropout process with h; a covariate may be in both.
 *
 *   all models             alpha_i = alpha exp(-g'z)
 *   BG/NBD, MBG/NBD        a_i = a exp(h'w), b_i = b exp(h'w)
 *   Pareto/NBD, GGom/NBD   beta_i = beta exp(-h'w)
 *   NBD                    has no dropout, and no such covariates
 *
 * The signs: a coefficient g above 0 means that customers with more of the covariate BUY MORE OFTEN, their mean rate
 * r/alpha_i being exp(g'z) times that of z = 0. A coefficient h above 0 means for Pareto/NBD and GGom/NBD that they
 * STOP SOONER, the mean of their dropout rate (or of the factor of it) being exp(h'w) times as large. For BG/NBD and
 * MBG/NBD it means that they are MORE ALIKE in their probability p of stopping after a purchase: a_i/(a_i+b_i), the
 * mean of p, is the same for all, and only its variance falls with h'w. That is the model as published with one
 * coefficient for both; covariates that move the mean of p are not in it. r, s, and b of GGom/NBD are the same for all.
 * The parameters in loy_covariate_model.base are those of a customer whose covariates are all 0. With all coefficients
 * 0, or for such a customer, every answer has the bits of the plain model. A customer whose parameters leave the range
 * of parameters (bgnbd.h and its like) is a bad row.
 *
 * A coefficient may be the same in both processes: then h_j = g_k, the very number with its sign. For Pareto/NBD that
 * is a clock: exp(g z) times as many purchases, and as quick a dropout, per unit of time.
 *
 * Source: Fader & Hardie 2007, "Incorporating time-invariant covariates into the Pareto/NBD and BG/NBD models", with
 * one coefficient for a and b. */
#ifndef LOYALTY_BTYD_COVARIATES_H
#define LOYALTY_BTYD_COVARIATES_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/range.h"
#include "../base/status.h"
#include "model_file.h"

LOY_BEGIN_DECLS

enum {
  LOY_COVARIATES_MOST = 24,         /* coefficients of both processes together */
  LOY_COVARIATE_ESTIMATES_MOST = 32 /* with the parameters: LOY_MODEL_PARAMETERS_MOST + LOY_COVARIATES_MOST */
};

/* The covariates of n customers as columns. Names, where there are any, are what errors call them by. */
typedef struct loy_covariates {
  const double *const *transaction; /* `transactions` columns of n numbers, of a size of at most 1e40 */
  size_t transactions;
  const double *const *dropout; /* `dropouts` columns; may be the same ones */
  size_t dropouts;
  const char *const *transaction_names; /* or NULL: "transaction" */
  const char *const *dropout_names;     /* or NULL: "dropout" */
} loy_covariates;

/* No covariates. NULL is allowed and ignored. */
LOYALTY_API void loy_covariates_init(loy_covariates *covariates);

/* A model with coefficients. */
typedef struct loy_covariate_model {
  loy_model base; /* kind, unit of time, the parameters at covariates of 0 with their covariance, and of the fit its
                     status, log-likelihood, customers and the larger one of its penalties */
  size_t transactions, dropouts;
  double coefficients[LOY_COVARIATES_MOST]; /* g, then h */
  int same[LOY_COVARIATES_MOST];            /* of each dropout covariate the transaction covariate whose coefficient it
                                               has by constraint, counted from 0, or -1 */
  double covariance[LOY_COVARIATE_ESTIMATES_MOST * LOY_COVARIATE_ESTIMATES_MOST]; /* of parameters, g, h: by rows, when
                                                                                     base.has_covariance */
} loy_covariate_model;

/* An empty model of `kind` with so many covariates: as loy_model_init, all coefficients NaN, none the same. NULL is
 * allowed and ignored. */
LOYALTY_API void loy_covariate_model_init(loy_covariate_model *model, int kind, size_t transactions, size_t dropouts);

/* Errors, in this order: LOY_ERR_ARGUMENT model (NULL), kind (none of those above), transactions (more than
 * LOY_COVARIATES_MOST), dropouts (more than that together, or any for LOY_MODEL_NBD), same (below -1, or no transaction
 * covariate); LOY_ERR_DOMAIN for the first parameter outside its range, by its name; LOY_ERR_DOMAIN coefficients with
 * the index of the first that is not finite, or that is not the same as it ought to be. */
LOYALTY_API loy_status loy_covariate_model_check(const loy_covariate_model *model, loy_error *error);

/* How many estimates a model has beyond the parameters of the plain one: coefficients, those that are the same counted
 * once. NULL gives 0. */
LOYALTY_API size_t loy_covariate_free_count(const loy_covariate_model *model);

/* The parameters of each of n customers.
 *   model       with parameters and coefficients
 *   covariates  as many as the model has; NULL where it has none
 *   out         receives a column of n for each parameter of the kind, one after the other, in the order of
 *               loy_model_parameter_name; NaN in all of a bad row
 *   report      nullable: rows with a covariate out of range or NaN (by its name), or whose parameters are out of range
 *               (by the first such parameter)
 * Errors, in this order: those of loy_covariate_model_check; LOY_ERR_ARGUMENT covariates (NULL, or not as many as the
 * model has, or a column that is NULL while n > 0, with its index), out (NULL while n > 0). */
LOYALTY_API loy_status loy_covariate_parameters_batch(const loy_covariate_model *model,
                                                      const loy_covariates *covariates, size_t n, double *out,
                                                      loy_batch_report *report, loy_error *error);

/* The log-likelihood of each of n customers: the bits of loy_M_loglik at the customer's own parameters.
 *   x, t_x, T  columns of n, as in bgnbd.h
 *   threads    1 or more; 0 counts as 1; never changes a bit
 *   out        receives n numbers, NaN for a bad row; not one of the inputs
 *   report     nullable: bad rows, also those of loy_covariate_parameters_batch
 * Errors, in this order: those of loy_covariate_model_check; LOY_ERR_ARGUMENT covariates as above, x, t_x, T (NULL
 * while n > 0), threads (negative), out (NULL while n > 0). */
LOYALTY_API loy_status loy_covariate_loglik_batch(const loy_covariate_model *model, const loy_covariates *covariates,
                                                  const double *x, const double *t_x, const double *T, size_t n,
                                                  int threads, double *out, loy_batch_report *report, loy_error *error);

/* Draw customers with these covariates: customer i from random stream i of the seed, at their own parameters; without
 * covariates, and at covariates of 0, those of loy_M_simulate.
 *   T       length of observation of each
 *   x, t_x  receive n numbers each, NaN for a bad row; `alive` too (1 or 0), unless it is NULL
 *   report  nullable: rows of loy_covariate_parameters_batch
 * Errors, in this order: those of loy_covariate_model_check; LOY_ERR_ARGUMENT covariates as above, T (NULL while n >
 * 0), threads (negative), x, t_x (NULL while n > 0); LOY_ERR_DOMAIN T. */
LOYALTY_API loy_status loy_covariate_simulate(const loy_covariate_model *model, const loy_covariates *covariates,
                                              const double *T, size_t n, uint64_t seed, int threads, double *x,
                                              double *t_x, double *alive, loy_batch_report *report, loy_error *error);

/* Private: whether a number may be a covariate; NaN may not. */
#define LOYI_COVARIATE_MUST "must be a number, of a size of at most 1e40"
static inline int loyi_is_covariate(double z) { return z >= -LOY_RANGE_MOST && z <= LOY_RANGE_MOST; }

/* Private: how parameter `index` of a kind follows from the sums of a customer: its logarithm is that of the model plus
 * `transaction` g'z plus `dropout` h'w. */
typedef struct loyi_covariate_signs {
  double transaction, dropout;
} loyi_covariate_signs;
LOYI_SHARED loyi_covariate_signs loyi_covariate_sign(int kind, size_t index);

/* Private: LOY_OK, or LOY_ERR_ARGUMENT transactions, dropouts. */
LOYI_SHARED loy_status loyi_covariate_counts_check(int kind, size_t transactions, size_t dropouts, loy_error *error);

/* Private: what errors call a column; `j` counts through both lists. */
LOYI_SHARED const char *loyi_covariate_name(const loy_covariates *covariates, size_t j);

/* Private: column j of both lists. */
LOYI_SHARED const double *loyi_covariate_column(const loy_covariates *covariates, size_t j);

/* Private: LOY_OK, or LOY_ERR_ARGUMENT covariates: not so many, or a missing column. */
LOYI_SHARED loy_status loyi_covariate_columns_check(const loy_covariates *covariates, size_t transactions,
                                                    size_t dropouts, size_t n, loy_error *error);

/* Private: loy_covariate_model_check, then its columns. */
LOYI_SHARED loy_status loyi_covariate_model_columns_check(const loy_covariate_model *model,
                                                          const loy_covariates *covariates, size_t n, loy_error *error);

/* Private: the parameters of row i of columns that have been checked. LOY_OK or, with the parameters NaN,
 * LOY_ERR_DOMAIN as in a report. */
LOYI_SHARED loy_status loyi_covariate_row(const loy_covariate_model *model, const loy_covariates *covariates, size_t i,
                                          double *parameters, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "covariates-inl.h"
#endif

#endif /* LOYALTY_BTYD_COVARIATES_H */
