/* covariate_prediction.h: what customers with covariates will do: every quantity of prediction.h, its interval, and
 * intervals of numbers of purchases, each customer at the parameters that follow from their covariates (covariates.h).
 * New customers have covariates too: then rows are customers without a history. */
#ifndef LOYALTY_BTYD_COVARIATE_PREDICTION_H
#define LOYALTY_BTYD_COVARIATE_PREDICTION_H

#include "covariates.h"
#include "prediction_interval.h"
#include "purchase_interval.h"

LOY_BEGIN_DECLS

/* loy_prediction_batch for customers with covariates: the bits of that function for a model with the row's parameters.
 *   covariates  as many as the model has; NULL where it has none
 *   out         receives n answers; not one of the inputs
 *   report      nullable: rows that answered NaN, also those of loy_covariate_parameters_batch
 * Errors, in this order: those of loy_covariate_model_check; LOY_ERR_ARGUMENT covariates (NULL, or not as many as the
 * model has, or a column that is NULL while n > 0); those of loy_prediction_batch from `what` on. */
LOYALTY_API loy_status loy_covariate_prediction_batch(const loy_covariate_model *model, const loy_prediction *what,
                                                      const loy_prediction_rows *rows, const loy_covariates *covariates,
                                                      size_t n, double *out, loy_batch_report *report,
                                                      loy_error *error);

/* loy_prediction_interval_batch for customers with covariates, by the delta method with the covariance of parameters
 * and coefficients: that of the logarithms of a customer's own parameters is M C M', M their derivatives by the
 * logarithms of the model's parameters and by the coefficients (1, and signs times covariates), which is all that the
 * quantity depends on. Estimates without a standard error count as known. Errors, in this order: those of
 * loy_covariate_prediction_batch up to the columns; LOY_ERR_DOMAIN level; LOY_ERR_STATE covariance (the model has none,
 * or nothing has a standard error); LOY_ERR_DOMAIN covariance with the index of the first entry that is negative on the
 * diagonal or not finite, among estimates that have a standard error; LOY_ERR_ARGUMENT estimate, std_error, lower,
 * upper (NULL while n > 0). Notice: LOY_NOTICE_AT_BOUND with the index of the first estimate that counts as known. */
LOYALTY_API loy_status loy_covariate_interval_batch(const loy_covariate_model *model, const loy_prediction *what,
                                                    const loy_prediction_rows *rows, const loy_covariates *covariates,
                                                    size_t n, double level, double *estimate, double *std_error,
                                                    double *lower, double *upper, loy_batch_report *report,
                                                    loy_error *error);

/* loy_purchase_interval_batch for customers with covariates.
 * Errors, in this order: those of loy_covariate_model_check; LOY_ERR_ARGUMENT covariates; those of
 * loy_purchase_interval_batch from x on. Notice: as there. */
LOYALTY_API loy_status loy_covariate_purchase_interval_batch(const loy_covariate_model *model,
                                                             const loy_covariates *covariates, const double *x,
                                                             const double *t_x, const double *T, size_t n, double t,
                                                             double level, const loy_purchase_options *options,
                                                             double *lower, double *upper, loy_batch_report *report,
                                                             loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "covariate_prediction-inl.h"
#endif

#endif /* LOYALTY_BTYD_COVARIATE_PREDICTION_H */
