/* covariate_information.h: are the covariates worth it? AIC and BIC of a model with coefficients, and the
 * likelihood-ratio test of some of them; information.h is of the plain models. */
#ifndef LOYALTY_BTYD_COVARIATE_INFORMATION_H
#define LOYALTY_BTYD_COVARIATE_INFORMATION_H

#include "covariates.h"
#include "information.h"

LOY_BEGIN_DECLS

/* loy_model_information with the coefficients counted, those that are the same once.
 *   fixed  how many of the parameters were given and not estimated
 * Errors, in this order: LOY_ERR_ARGUMENT model (NULL), then those of loy_model_information. */
LOYALTY_API loy_status loy_covariate_information(const loy_covariate_model *model, size_t fixed,
                                                 loy_information *result, loy_error *error);

/* Test a fit against one of the same model with fewer free coefficients: without some of the covariates, without any (a
 * plain fit, as a model with no covariates), or with the constraint that a covariate has the same coefficient in both
 * processes. With coefficients of 0, or equal ones, no parameter is at the edge of its range, so that the statistic has
 * a chi-squared distribution with the difference as degrees of freedom, in large samples. Not so where a parameter of
 * either fit is at its bound.
 *   full, restricted  fits of the same customers, without penalties. That each covariate of `restricted` is one of
 *                     `full` is the caller's to know
 *   test              receives the result; p_least is p_value and unidentified 0
 * Errors, in this order: LOY_ERR_ARGUMENT full, restricted, test (NULL); LOY_ERR_ARGUMENT restricted (another kind,
 * more covariates of a process, or not fewer free coefficients), time_unit (not the same); LOY_ERR_DOMAIN full,
 * restricted (log-likelihood not finite, customers unknown); LOY_ERR_ARGUMENT customers (not the same number);
 * LOY_ERR_STATE full (not at its optimum, as in loy_model_likelihood_ratio). Notice: LOY_NOTICE_NOT_CONVERGED when one
 * of the fits says so of itself, naming it. Source: Wilks, Annals of Mathematical Statistics 9, 1938. */
LOYALTY_API loy_status loy_covariate_likelihood_ratio(const loy_covariate_model *full,
                                                      const loy_covariate_model *restricted, loy_model_test *test,
                                                      loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "covariate_information-inl.h"
#endif

#endif /* LOYALTY_BTYD_COVARIATE_INFORMATION_H */
