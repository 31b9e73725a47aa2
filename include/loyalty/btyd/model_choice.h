/* model_choice.h: which model? Fits several models of purchases to the same customers, puts their information criteria
 * side by side, and where it is known what was bought afterwards, how well each had forecast it.
 *
 * A model wins by its assumptions being near enough; loy_model_assumption says them, and docs/btyd/model_choice.md when
 * they mislead. Sources: Burnham and Anderson, Model Selection and Multimodel Inference, 2002, section 2.9 (weights);
 * Czado, Gneiting and Held, Biometrics 65, 2009 (scores). */
#ifndef LOYALTY_BTYD_MODEL_CHOICE_H
#define LOYALTY_BTYD_MODEL_CHOICE_H

#include "../base/alloc.h"
#include "../base/config.h"
#include "../base/progress.h"
#include "../base/status.h"
#include "holdout.h"
#include "information.h"
#include "model_file.h"

LOY_BEGIN_DECLS

/* What a kind takes for granted about customers, one English sentence without a final stop; NULL for a number that is
 * no kind. */
LOYALTY_API const char *loy_model_assumption(int kind);

/* The customers, as columns. */
typedef struct loy_choice_rows {
  const double *x, *t_x, *T; /* histories, as in bgnbd.h */
  const double *litt;        /* the sum of the logarithms of the x gaps, as in loy_bgcnbd_check_gaps, or NULL: then
                                LOY_MODEL_BGCNBD and LOY_MODEL_MBGCNBD cannot be compared */
  const double *weight;      /* how many customers share the row, from 1e-40 to 1e40, or NULL for 1 each */
  const double *future_t,
      *bought; /* NULL; or a holdout: its length after T, from 1e-40 to 1e40, and the purchases made
                  in it. A row of several customers would need one count for each: no weights then */
} loy_choice_rows;

/* Rows without a column. NULL is allowed and ignored. */
LOYALTY_API void loy_choice_rows_init(loy_choice_rows *rows);

/* Fill it with loy_choice_options_init, then change what you need. */
typedef struct loy_choice_options {
  size_t struct_size;
  const loy_allocator *allocator; /* NULL: the C library's. Held during the call: what the hungriest fit needs */
  int threads;                    /* 1 by default; never changes a bit of the result */
  int most_evaluations;           /* of each fit; 0 (the default) means that of the fits */
  const loy_progress *progress;   /* NULL, or the caller's watch: gets the evaluations of all fits so far, and the
                                     log-likelihood of the one at work */
} loy_choice_options;

/* Fill in the defaults. NULL is allowed and ignored. */
LOYALTY_API void loy_choice_options_init(loy_choice_options *options);

/* One model among several. */
typedef struct loy_choice_candidate {
  loy_error fit;               /* of the fit: LOY_OK, its notice, or the error for which this model is out */
  loy_model model;             /* the fit, without a unit of time; all NaN when it is out */
  loy_information information; /* NaN and 0 when it is out */
  double aic_weight;           /* exp(-d/2) over the sum of that, d the AIC less the smallest; 0 when it is out */
  loy_holdout holdout;         /* all NaN without a holdout, or when it is out */
  size_t restricted; /* the candidate with the most parameters that this one contains; LOY_NO_INDEX for none */
  loy_status tested; /* of the test against that one: LOY_OK, its notice, or LOY_ERR_STATE when this fit missed its
                        optimum, and then `test` is empty */
  loy_model_test test;
} loy_choice_candidate;

/* Places in the list of candidates; LOY_NO_INDEX for none. Of equal ones the first. */
typedef struct loy_choice {
  size_t fitted;     /* candidates that are not out */
  size_t best_aic;   /* least AIC */
  size_t best_bic;   /* least BIC */
  size_t best_score; /* least log score of the holdout */
} loy_choice;

/* Fit and compare.
 *   kinds       `count` of loy_model_kind, each once: models of purchases
 *   rows, n     the customers
 *   options     or NULL for the defaults
 *   candidates  receives `count` answers, in the order of `kinds`
 *   result      receives the places
 * Each fit has the bits of loy_bgnbd_fit and its like; those of loy_bgcnbd_fit and loy_mbgcnbd_fit choose k, which
 * counts as a parameter. All are likelihoods of the times of purchase, so that they compare: with k = 1 that of
 * LOY_MODEL_BGCNBD is that of LOY_MODEL_BGNBD, to the bit. Neither contains the other in the sense of a test, as k is
 * whole: criteria and the holdout say which is better. A model that cannot be fitted to these rows is out: it keeps its
 * place, with its error. When all are, the call is an error, that of the first.
 * Errors, in this order: LOY_ERR_ARGUMENT kinds (NULL while count > 0), rows (NULL), x, t_x, T (NULL while n > 0),
 * weight (given with a holdout), future_t, bought (one without the other); LOY_ERR_ARGUMENT options (struct_size),
 * threads, most_evaluations (negative), progress (without a function), candidates (NULL while count > 0), result
 * (NULL); LOY_ERR_TOO_FEW kinds when count is 0; LOY_ERR_ARGUMENT kinds with the index of the first that is no kind, no
 * model of such rows, or there twice; LOY_ERR_ARGUMENT litt (NULL with a model that needs it); LOY_ERR_TOO_FEW x when n
 * is 0; for the first bad row LOY_ERR_DOMAIN x, t_x, T, litt, weight, future_t, bought with its index; LOY_ERR_MEMORY;
 * LOY_ERR_CANCELED; when all models are out, the error of the first. Notice: LOY_NOTICE_NOT_CONVERGED kinds with the
 * index of the first model that is out or has no certificate. Other notices of fits stand with their candidate. */
LOYALTY_API loy_status loy_model_compare(const int *kinds, size_t count, const loy_choice_rows *rows, size_t n,
                                         const loy_choice_options *options, loy_choice_candidate *candidates,
                                         loy_choice *result, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "model_choice-inl.h"
#endif

#endif /* LOYALTY_BTYD_MODEL_CHOICE_H */
