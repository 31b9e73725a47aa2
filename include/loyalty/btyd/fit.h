/* fit.h: private. What the maximum likelihood fits of the models share: the search by Newton's method on the logarithms
 * of the parameters from several starts, and the result with its notices. A model brings the mean negative
 * log-likelihood of its rows (rows.h), whose unit of time is 2^exponent of the caller's, so that times are about 1. */
#ifndef LOYALTY_BTYD_FIT_H
#define LOYALTY_BTYD_FIT_H

#include "../base/config.h"
#include "../base/status.h"
#include "../math/newton.h"
#include "fit_control.h"
#include "rows.h"

LOY_BEGIN_DECLS

/* A parameter stays within a factor of LOYI_FIT_BOUND of 1 in scaled units; the shape of the purchase rate below
 * LOYI_FIT_ALIKE, where all customers have the same rate but for a third of a percent, and beyond which terms of its
 * size cancel. */
#define LOYI_FIT_BOUND 1e8
#define LOYI_FIT_ALIKE 1e5

/* The parameters of a model. Its further starts are for likelihoods with several maxima, as those of few customers
 * often are: the logarithm of a factor of the r and alpha of loyi_fit_start, which keeps their ratio; then, of the same
 * place as the parameter, the logarithms of the others, scaled. */
enum { LOYI_FIT_FURTHER = 12 };
typedef struct loyi_fit_model {
  size_t n;
  const char *name[LOYI_FIT_MOST];
  double least[LOYI_FIT_MOST], most[LOYI_FIT_MOST]; /* bounds, in scaled units */
  int power[LOYI_FIT_MOST];                         /* of the unit of time in that of the parameter: 1, 0 or -1 */
  size_t further;                                   /* starts */
  double from[LOYI_FIT_FURTHER][LOYI_FIT_MOST - 1];
} loyi_fit_model;

/* What a fit found, on the natural scale and in the caller's unit of time; the members of the public results. */
typedef struct loyi_fit_answer {
  double params[LOYI_FIT_MOST];
  double log_likelihood;
  double std_error[LOYI_FIT_MOST];
  double covariance[LOYI_FIT_MOST * LOYI_FIT_MOST]; /* n * n by rows */
} loyi_fit_answer;

/* Where to start: ln r from the mean and the variance of x, as if it were negative binomial with one T for all; ln
 * alpha from the mean rate, or 0 when nobody made a repeat purchase. Returns the weight of those who did. */
LOYI_SHARED double loyi_fit_start(const loyi_rows *rows, double *start);

/* Minimise from `start` (logarithms, scaled), from `other` when the certificate fails, and from the further starts of
 * the model in their order when the best point so far has no certificate, lies at a bound, or is of few rows, whose
 * likelihood is cheap. The best value is kept, of equal ones the first with a certificate inside the bounds, or else
 * the first. `fn` is the mean negative log-likelihood of the rows; watch and penalty come from `control`. 0 when the
 * function can be evaluated at no start, or the caller has canceled. */
LOYI_SHARED int loyi_fit_search(const loyi_fit_model *model, const loyi_rows *rows, loyi_newton_fn fn, void *ctx,
                                loyi_fit_control *control, const double *start, const double *other,
                                loyi_newton_result *found);

/* The same from `count` starts of the caller, one after the other: the second for when the certificate of the first
 * fails, those from the third on as the further starts of a model. Of the rows it reads n, customers, sum_x, exponent
 * and latest. */
LOYI_SHARED int loyi_fit_search_from(const loyi_fit_model *model, const loyi_rows *rows, loyi_newton_fn fn, void *ctx,
                                     loyi_fit_control *control, const double *start, size_t count,
                                     loyi_newton_result *found);

/* The rows of a fit, merged where that pays (loyi_rows_make_merged), and of many a sample; without one it is empty.
 * Both are to be released. Errors: those of loyi_rows_make. */
LOYI_SHARED loy_status loyi_fit_rows(const loyi_rows_source *source, const loy_allocator *allocator, int threads,
                                     size_t width, loyi_rows *rows, loyi_rows *sample, loy_error *error);

/* loyi_fit_search over the rows of loyi_fit_rows. Where they are many, `start` is replaced by the optimum of the
 * sample, which saves most of the evaluations; those of the sample are counted with the others. The further starts are
 * then tried on the sample only, and the best point of the sample takes their place. *at is where `fn` looks for the
 * rows to evaluate. */
LOYI_SHARED int loyi_fit_search_prepared(const loyi_fit_model *model, loyi_rows *rows, loyi_rows *sample,
                                         loyi_newton_fn fn, void *ctx, loyi_rows **at, loyi_fit_control *control,
                                         double *start, const double *other, loyi_newton_result *found);

/* Fill the answer from the point found. Returns LOY_OK or the notice. */
LOYI_SHARED loy_status loyi_fit_conclude(const loyi_fit_model *model, const loyi_rows *rows,
                                         const loyi_fit_control *control, const loyi_newton_result *found,
                                         loyi_fit_answer *answer);

/* Report the notice, naming the first parameter at its bound. */
LOYI_SHARED loy_status loyi_fit_notice(const loyi_fit_model *model, loy_status status, const loyi_newton_result *found,
                                       loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "fit-inl.h"
#endif

#endif /* LOYALTY_BTYD_FIT_H */
