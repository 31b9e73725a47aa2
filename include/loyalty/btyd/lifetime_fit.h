/* lifetime_fit.h: private. Total log-likelihood and maximum likelihood fit of the models behind lifetime_total.h. Their
 * public functions only translate between structs and arrays. Parameters are in the order r, alpha, then the
 * lifetime's. */
#ifndef LOYALTY_BTYD_LIFETIME_FIT_H
#define LOYALTY_BTYD_LIFETIME_FIT_H

#include "../base/alloc.h"
#include "../base/status.h"
#include "fit.h"
#include "lifetime_total.h"

LOY_BEGIN_DECLS

typedef struct loyi_lifetime_model {
  loyi_fit_model fit;
  /* The lifetime at parameters in scaled units: those behind r and alpha. */
  void (*lifetime)(const double *own, loyi_lifetime_law *lifetime);
  double start[LOYI_LIFETIME_OWN]; /* logarithms of the lifetime's parameters to start from, scaled */
} loyi_lifetime_model;

/* The rows of a call, and what the options say. */
typedef struct loyi_lifetime_data {
  const double *x, *t_x, *T, *weight;
  size_t n;
  const loy_allocator *allocator;
  int threads;
  loyi_fit_control control;
} loyi_lifetime_data;

/* Put columns together, with the default options. Errors: LOY_ERR_ARGUMENT x, t_x, T (NULL while n > 0). */
LOYI_SHARED loy_status loyi_lifetime_data_check(const double *x, const double *t_x, const double *T,
                                                const double *weight, size_t n, loyi_lifetime_data *data,
                                                loy_error *error);

/* Value, gradient and Hessian (either may be NULL) on the natural scale. Errors: LOY_ERR_ARGUMENT value; for the first
 * bad row LOY_ERR_DOMAIN x, t_x, T or weight; LOY_ERR_MEMORY. */
LOYI_SHARED loy_status loyi_lifetime_model_total(const loyi_lifetime_model *model, const loyi_lifetime_data *data,
                                                 const double *params, double *value, double *gradient, double *hessian,
                                                 loy_error *error);

/* What a fit answers beyond the parameters. */
typedef struct loyi_lifetime_found {
  loyi_fit_answer answer;
  double customers, scaled_gradient, decrement;
  int iterations, evaluations;
} loyi_lifetime_found;

/* Fit, from `start` or, with NULL, from moments. Errors: for the first bad row LOY_ERR_DOMAIN x, t_x, T or weight;
 * LOY_ERR_TOO_FEW x without a row; LOY_ERR_DOMAIN T when all are 0; LOY_ERR_MEMORY; LOY_ERR_CANCELED. Notices as
 * loyi_fit_conclude. */
LOYI_SHARED loy_status loyi_lifetime_model_fit(const loyi_lifetime_model *model, loyi_lifetime_data *data,
                                               const double *start, loyi_lifetime_found *found, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "lifetime_fit-inl.h"
#endif

#endif /* LOYALTY_BTYD_LIFETIME_FIT_H */
