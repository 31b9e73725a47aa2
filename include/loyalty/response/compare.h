/* compare.h: does L = f(C, S) earn its place? It and the families of family.h, fitted to the same rows, with the
 * measures by which models that are not nested are compared: AIC, BIC, and the deviance of rows that the fit has not
 * seen.
 *
 * The deviance of rows under given curves is 2 sum w n [ybar ln(ybar/L) + (1 - ybar) ln((1 - ybar)/(1 - L))], rows as
 * given: 0 for a curve through every answer. Divided by the trials it is comparable between sets of rows. */
#ifndef LOYALTY_RESPONSE_COMPARE_H
#define LOYALTY_RESPONSE_COMPARE_H

#include "../base/alloc.h"
#include "../base/config.h"
#include "../base/status.h"
#include "curve.h"
#include "curve_fit.h"
#include "family.h"
#include "family_fit.h"

LOY_BEGIN_DECLS

/* The model number of L = f(C, S) beside those of loy_family; the most folds; the most lines of a comparison. */
#define LOY_COMPARE_CURVE  (-1)
#define LOY_COMPARE_FOLDS  1000
#define LOY_COMPARE_MODELS (1 + LOY_FAMILIES)

/* The deviance of rows under a curve or a family whose parameters are given, such as those of a fit to other rows.
 *
 *   curve, family   one of them, the other NULL
 *   data            the rows, as in loy_curve_fit; for a family constraints are neither read nor checked. All may be
 *                   loyal, or none
 *   deviance        receives it; infinity where L = 0 or 1 contradicts an answer
 * Errors, in this order: LOY_ERR_ARGUMENT curve (both or neither given); those of the parameters as in loy_curve_check
 * and loy_family_check; LOY_ERR_ARGUMENT data (NULL); constraints (not as many as the curve has); s, c, constraint
 * (NULL while n > 0), deviance (NULL); for the first bad row, column by column, LOY_ERR_DOMAIN s, c, constraint;
 * LOY_ERR_ARGUMENT loyal (NULL); LOY_ERR_DOMAIN trials, loyal, weight; LOY_ERR_TOO_FEW loyal (no row with trials and
 * weight). Allocates nothing. */
LOYALTY_API loy_status loy_compare_deviance(const loy_curve *curve, const loy_family_curve *family,
                                            const loy_curve_data *data, double *deviance, loy_error *error);

/* Assign rows to folds at random, for cross-validation.
 *
 *   n         rows
 *   folds     2 to LOY_COMPARE_FOLDS
 *   seed      the same seed gives the same folds everywhere
 *   cluster   NULL: the folds' sizes differ by one at most. Else n codes, such as the customer: rows with the same code
 *             share a fold, which depends on the seed and the code alone
 *   fold      receives n numbers from 0 to folds - 1
 * Errors, in this order: LOY_ERR_DOMAIN folds; LOY_ERR_ARGUMENT fold (NULL while n > 0). */
LOYALTY_API loy_status loy_compare_folds(size_t n, size_t folds, uint64_t seed, const int64_t *cluster, int64_t *fold,
                                         loy_error *error);

typedef struct loy_compare_options {
  size_t struct_size;
  const loy_allocator *allocator;     /* NULL: the C library's; for everything */
  const loy_curve_fit_options *curve; /* of L = f(C, S), or NULL for its defaults */
  unsigned families;                  /* bit f: compare with this loy_family; all by default */
  int plain;           /* nonzero: families keep their textbook form, with competition parameter 0; 0 by default */
  const int64_t *fold; /* data->n numbers: rows with the same number, 0 to LOY_COMPARE_FOLDS - 1, are held out together,
                          those with -1 never; NULL (the default): nothing is held out */
} loy_compare_options;

/* Fill in the defaults. NULL is allowed and ignored. */
LOYALTY_API void loy_compare_options_init(loy_compare_options *options);

/* One line of a comparison. All numbers are NaN when `status` is an error. */
typedef struct loy_comparison {
  int model;          /* LOY_COMPARE_CURVE or a loy_family */
  loy_status status;  /* of the fit; LOY_NOTICE_SKIPPED is not given with a test set, whose rows the fit leaves out */
  size_t free_params; /* p; 0 for an error */
  double log_likelihood, aic, bic, deviance;
  double held_out; /* deviance of the rows held out, each under the fit to the others; NaN when nothing is, or when a
                      fit without them has no answer */
} loy_comparison;

/* Compare.
 *
 *   data         the rows, as in loy_curve_fit; their constraints go to L = f(C, S) alone, as no family has a place for
 *                them
 *   options      or NULL for the defaults
 *   comparison   receives L = f(C, S) and then the families in the order of their numbers; room for LOY_COMPARE_MODELS
 *   count        receives how many
 *
 * Measures are those of the fit to all rows; but with a single fold, which is a test set, of the fit to the other rows.
 * A family that has no fit (piecewise, for instance, with three values of s) is a line with its error status.
 *
 * Errors, in this order: LOY_ERR_ARGUMENT data, comparison, count (NULL), options (struct_size), families (a bit beyond
 * them); LOY_ERR_DOMAIN fold (the first out of range); those of loy_curve_fit; those of loy_compare_deviance for rows
 * held out; LOY_ERR_MEMORY. */
LOYALTY_API loy_status loy_compare_curves(const loy_curve_data *data, const loy_compare_options *options,
                                          loy_comparison *comparison, size_t *count, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "compare-inl.h"
#endif

#endif /* LOYALTY_RESPONSE_COMPARE_H */
