/* information.h: comparing models that were fitted to the same customers: AIC, BIC, and the likelihood-ratio test of a
 * model against one that it contains. Works on a loy_model, whether it was just fitted or read from a file. */
#ifndef LOYALTY_BTYD_INFORMATION_H
#define LOYALTY_BTYD_INFORMATION_H

#include "../base/config.h"
#include "../base/status.h"
#include "model_file.h"

LOY_BEGIN_DECLS

/* The information criteria of a model; the smaller the better. Differences count, and only between fits of the same
 * customers with times in the same unit: the log-likelihood is that of times. */
typedef struct loy_information {
  double aic;         /* -2 l + 2 k */
  double bic;         /* -2 l + k ln(customers); NaN when their number is not known */
  size_t free_params; /* k: the estimated parameters */
} loy_information;

/* AIC and BIC from the log-likelihood l, the number of estimated parameters and the sum of the weights.
 *   fixed   how many of the model's parameters were given and not estimated; 0 after loy_bgnbd_fit and its like. A
 *           parameter at its bound was estimated
 *   result  receives them. Of a fit with a penalty, whose log-likelihood is not the largest, they are above those of
 *           the model
 * Errors, in this order: LOY_ERR_ARGUMENT model (NULL), kind, fixed (more than the model has parameters), result
 * (NULL); LOY_ERR_DOMAIN log_likelihood (not finite, as that of a model whose parameters were given), customers
 * (neither NaN nor from 1e-40 to 1e40).
 * Source: Akaike 1974 (IEEE Transactions on Automatic Control 19); Schwarz 1978 (Annals of Statistics 6). */
LOYALTY_API loy_status loy_model_information(const loy_model *model, size_t fixed, loy_information *result,
                                             loy_error *error);

/* A likelihood-ratio test. */
typedef struct loy_model_test {
  double statistic;    /* 2 (l_full - l_restricted), at least 0 */
  double p_value;      /* of the restricted model; an upper bound where `unidentified` is not 0 */
  double p_least;      /* a lower bound; the same as p_value where `unidentified` is 0 */
  size_t df;           /* parameters that the full model has more */
  size_t unidentified; /* how many of them mean nothing when the restricted model is true */
} loy_model_test;

/* Test a model against one that it contains. But for the last of these pairs the restricted model lies at the edge of
 * the full one, where one parameter is 0, so that the statistic is 0 about as often as not.
 *   full     restricted  edge                    df  unidentified
 *   ggomnbd  pnbd        b = 0, beta / b stays   1   0
 *   pnbd     nbd         s = 0                   2   1 (beta)
 *   bgnbd    nbd         a = 0                   2   1 (b)
 *   mbgnbd   nbd         a = 0                   2   1 (b)
 *   ggomnbd  nbd         s = 0                   3   2 (b, beta)
 *   bdw      sbg         none: c = 1             1   0
 * Of BdW against sBG P = P(chi2_1 > statistic) in large samples (Wilks 1938), 1 for a statistic of 0. At an edge and
 * without unidentified parameters P = P(chi2_1 > statistic)/2 for a statistic above 0, 1 for 0, exact in large samples
 * (Chernoff 1954; Self and Liang 1987). With them the statistic is the largest of many such, one for each value of
 * those parameters: P is at least that of one of them, which is p_least, and p_value is P(chi2_df > statistic). With
 * one unidentified parameter that is a bound in large samples as long as the unit vector of the score of dropout turns
 * by pi at most while that parameter runs through its range (Davies 1977); for customers like those of CDNOW it turns
 * by 0.24, 0.53 and 0.64 pi (pnbd, bgnbd, mbgnbd), and a test at 5 % rejects a true NBD in 1 to 2 % of samples. With
 * two it is a bound in simulations only (2.5 %); see docs/btyd/information.md.
 *
 *   full, restricted  fits of the same customers, as far as can be seen: equal numbers of them, the same unit of time.
 *                     By maximum likelihood: of fits with a penalty, which a loy_model does not record, none of this
 *                     is true
 *   test              receives the result
 * A restricted model whose log-likelihood is higher than that of the full one by more than a fit's distance from its
 * limit (1e-7 for each customer, and 1e-12 of the log-likelihood) proves that the full fit missed its optimum; that is
 * an error, and no test with a statistic of 0.
 * Errors, in this order: LOY_ERR_ARGUMENT full, restricted, test (NULL); LOY_ERR_ARGUMENT restricted (no model that the
 * full one contains); LOY_ERR_ARGUMENT time_unit (not the same); LOY_ERR_DOMAIN full, restricted (log-likelihood not
 * finite, customers unknown); LOY_ERR_ARGUMENT customers (not the same number); LOY_ERR_STATE full (not at its
 * optimum). Notice: LOY_NOTICE_NOT_CONVERGED when one of the fits says so of itself, naming it.
 * Source: Self and Liang, J. American Statistical Association 82, 1987; Davies, Biometrika 64, 1977. */
LOYALTY_API loy_status loy_model_likelihood_ratio(const loy_model *full, const loy_model *restricted,
                                                  loy_model_test *test, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "information-inl.h"
#endif

#endif /* LOYALTY_BTYD_INFORMATION_H */
