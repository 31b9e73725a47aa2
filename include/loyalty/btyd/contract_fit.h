/* contract_fit.h: private. The total log-likelihood of the models of contract.h with its derivatives, and their fit by
 * maximum likelihood. */
#ifndef LOYALTY_BTYD_CONTRACT_FIT_H
#define LOYALTY_BTYD_CONTRACT_FIT_H

#include "../base/alloc.h"
#include "../base/config.h"
#include "../base/status.h"
#include "fit.h"

LOY_BEGIN_DECLS

/* The rows of a call, checked but for their numbers. */
typedef struct loyi_contract_data {
  const double *lifetime, *censored, *weight; /* censored and weight may be NULL */
  size_t n;
  const loy_allocator *allocator;
  loyi_fit_control control;
} loyi_contract_data;

/* What a fit found. */
typedef struct loyi_contract_found {
  loyi_fit_answer answer;
  double customers, scaled_gradient, decrement;
  int iterations, evaluations;
} loyi_contract_found;

/* Fill the data, and check the columns: LOY_OK or LOY_ERR_ARGUMENT lifetime. */
LOYI_SHARED loy_status loyi_contract_data_check(const double *lifetime, const double *censored, const double *weight,
                                                size_t n, loyi_contract_data *data, loy_error *error);

/* The total over all rows by 2 or 3 parameters (c is 1 where there are 2), and its derivatives by them, or NULL.
 * Errors: LOY_ERR_ARGUMENT value; those of rows; LOY_ERR_MEMORY. */
LOYI_SHARED loy_status loyi_contract_total(const loyi_contract_data *data, const double *params, size_t count,
                                           double *value, double *gradient, double *hessian, loy_error *error);

/* The fit of as many parameters as the model has, from `start` or, where that is NULL, from moments. */
LOYI_SHARED loy_status loyi_contract_fit(const loyi_fit_model *model, loyi_contract_data *data, const double *start,
                                         loyi_contract_found *found, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "contract_fit-inl.h"
#endif

#endif /* LOYALTY_BTYD_CONTRACT_FIT_H */
