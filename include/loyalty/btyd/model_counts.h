/* model_counts.h: do the customers look like the model at all? How many of them made 0, 1, 2 ... repeat purchases,
 * against how many the fitted model expects, and a chi-squared test of the difference. The best of several models may
 * still be a bad one; this is what tells. Works for every loy_model_kind of purchases. */
#ifndef LOYALTY_BTYD_MODEL_COUNTS_H
#define LOYALTY_BTYD_MODEL_COUNTS_H

#include "../base/alloc.h"
#include "../base/config.h"
#include "../base/status.h"
#include "model_file.h"

LOY_BEGIN_DECLS

/* Most bars of the histogram. */
#define LOY_COUNTS_MOST 32

/* Fill it with loy_counts_options_init, then change what you need. */
typedef struct loy_counts_options {
  size_t struct_size;
  const loy_allocator *allocator; /* NULL: the C library's. Held during the call: a few numbers for each 256 rows */
  int threads;                    /* 1 by default; never changes a bit of the result */
  size_t fixed;                   /* how many of the parameters do not come from these customers; 0 by default */
  double least;                   /* 5. Customers that a cell of the test must expect, above 0 */
} loy_counts_options;

/* Fill in the defaults. NULL is allowed and ignored. */
LOYALTY_API void loy_counts_options_init(loy_counts_options *options);

/* The test. */
typedef struct loy_counts_test {
  double statistic;
  double p_value; /* upper bound: P(chi2_df > statistic) */
  double p_least; /* lower bound: with a degree of freedom less for each parameter that these customers told, 0 where
                     none is left */
  size_t df;      /* cells less 1 */
} loy_counts_test;

/* Count, expect, and test. Bar j < bars - 1 is of those with j repeat purchases, the last one of those with bars - 1 or
 * more. With p_ij = P(X(T_i) = j) for a new customer and w_i the weight,
 *   E_j = Sum w_i p_ij,   V = Sum w_i (diag p_i - p_i p_i'),   statistic = (O - E)' V^-1 (O - E)
 * over the first df bars; the rest is one cell more, chosen as small as `least` lets it be. With one T for all this is
 * Pearson's Sum (O - E)^2/E. For a true model with its parameters it is chi-squared with df degrees of freedom in large
 * samples; the parameters of a fit follow the data and take some of it away, at most a degree for each (Chernoff and
 * Lehmann 1954), so that the p-value lies between two bounds.
 *   model     the kind, a model of purchases, and its parameters; nothing else is read
 *   x, T      columns of n: repeat purchases and length of observation
 *   weight    how many customers share the row, from 1e-40 to 1e40, or NULL for 1 each
 *   bars      from 2 to LOY_COUNTS_MOST
 *   options   or NULL for the defaults
 *   observed, expected  receive `bars` numbers of customers each
 *   test      receives the test
 * What it sees is how many purchases customers make, not when: a season that is the same for all, or gaps that are too
 * regular, show in the holdout (holdout.h).
 * Errors, in this order: LOY_ERR_ARGUMENT model (NULL), kind (unknown, or gamma_gamma); LOY_ERR_DOMAIN for the first
 * parameter out of range, by its name; LOY_ERR_ARGUMENT x, T (NULL while n > 0); LOY_ERR_DOMAIN bars; LOY_ERR_ARGUMENT
 * options (struct_size), threads (negative), fixed (more than the model has parameters); LOY_ERR_DOMAIN least;
 * LOY_ERR_ARGUMENT observed, expected, test (NULL); for the first bad row LOY_ERR_DOMAIN x, T, weight with its index;
 * LOY_ERR_TOO_FEW x when n is 0, or no two cells expect `least` customers; LOY_ERR_MEMORY; LOY_ERR_SINGULAR bars when V
 * has no inverse (a bar that cannot be).
 * Accuracy: that of the probabilities. Sums run in fixed order over fixed blocks and do not depend on threads.
 * Source: Chernoff and Lehmann, Annals of Mathematical Statistics 25, 1954, 579-586. */
LOYALTY_API loy_status loy_model_counts(const loy_model *model, const double *x, const double *T, const double *weight,
                                        size_t n, size_t bars, const loy_counts_options *options, double *observed,
                                        double *expected, loy_counts_test *test, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "model_counts-inl.h"
#endif

#endif /* LOYALTY_BTYD_MODEL_COUNTS_H */
