/* model_calls.h: private. The functions of every kind of model behind one door, for what is written once for all of
 * them. Parameters are a list of doubles in the order of loy_model_parameter_name. */
#ifndef LOYALTY_BTYD_MODEL_CALLS_H
#define LOYALTY_BTYD_MODEL_CALLS_H

#include "../base/alloc.h"
#include "../base/config.h"
#include "../base/progress.h"
#include "../base/status.h"
#include "model_file.h"

LOY_BEGIN_DECLS

/* A fit of everything that a loy_model holds: its rows and its options. NULL weights mean 1 each, a NULL start moments
 * of the data. A kind with `gaps` has the k of the start; it chooses one when there is none, by `litt`. */
typedef struct loyi_model_fit {
  const double *given, *first, *second, *litt, *weight;
  size_t n;
  const double *start;
  const loy_allocator *allocator;
  const loy_progress *progress;
  int threads, most_evaluations;
  double penalty;
} loyi_model_fit;

/* What a kind can do. The data of a kind are three columns: what is given, and what is drawn, first and second:
 *                 given   first      second
 *   purchases     T       x          t_x
 *   gamma_gamma   x       z          (not used)
 *   contracts     T       lifetime   censored
 * `expected` and `pmf` (of the future, given the history) and `wrong` (NULL for a good history, otherwise the name of
 * what is wrong with it, and what would be right) are NULL where there are no purchases, `estimate` where
 * loy_model_compare does not apply. `estimate` fills a model that loy_model_init made; `fit` is the same from a start,
 * for the parameters alone. */
typedef struct loyi_model_calls {
  const char *given; /* its name in errors */
  int periods;       /* times are whole numbers of periods */
  int gaps;          /* `estimate` needs the sums of the logarithms of gaps, or a start */
  loy_status (*check)(const double *params, loy_error *error);
  loy_status (*rows)(const double *given, size_t n, loy_error *error); /* LOY_ERR_DOMAIN for the first bad row */
  loy_status (*simulate)(const double *params, const double *given, size_t n, uint64_t seed, double *first,
                         double *second, loy_error *error);
  loy_status (*fit)(const double *start, const double *given, const double *first, const double *second, size_t n,
                    const loy_allocator *allocator, int most_evaluations, double penalty, double *params,
                    loy_error *error);
  double (*expected)(const double *params, double x, double t_x, double T, double t);
  double (*pmf)(const double *params, double x, double t_x, double T, double n, double t);
  const char *(*wrong)(double x, double t_x, double T, const char **message);
  loy_status (*estimate)(const loyi_model_fit *how, loy_model *found, loy_error *error);
} loyi_model_calls;

/* Those of a loy_model_kind; NULL for a number that is no kind. */
LOYI_SHARED const loyi_model_calls *loyi_model_calls_of(int kind);

/* Check a model: its kind, for which *calls is filled, and its parameters. Errors, in this order: LOY_ERR_ARGUMENT
 * model (NULL), kind; LOY_ERR_DOMAIN for the first parameter out of range, by its name. */
LOYI_SHARED loy_status loyi_model_calls_check(const loy_model *model, const loyi_model_calls **calls, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "model_calls-inl.h"
#endif

#endif /* LOYALTY_BTYD_MODEL_CALLS_H */
