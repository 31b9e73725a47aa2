/* oliver.h: Oliver's phases of loyalty, and whether a population goes through them in order.
 *
 * Loyalty grows in four phases: a customer holds the supplier the better one (cognitive), likes it (affective), intends
 * to buy (conative) and does (action). Each has a score from 0 to 1 and is passed from a cut on; the phase of a
 * customer is the number of scores passed in a row, from the first.
 *
 * If the phases are a scale, a customer who has passed T of the four has passed the first T. Guttman's coefficient of
 * reproducibility counts where that fails: CR = 1 - errors/(4 N), errors being the passes and fails that differ from
 * the perfect pattern of the same T, over N customers. From 0.9 on the order is taken to hold.
 *
 * Sources: Oliver, Journal of Marketing 63 (special issue), 1999, 33-44; Guttman, American Sociological Review 9, 1944;
 * Goodenough, Educational and Psychological Measurement 4, 1944 (how errors are counted). */
#ifndef LOYALTY_LADDER_OLIVER_H
#define LOYALTY_LADDER_OLIVER_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* The phases: how many have been passed in a row. */
typedef enum loy_oliver_phase {
  LOY_OLIVER_UNKNOWN = -1, /* a score that decides is missing */
  LOY_OLIVER_NONE = 0,
  LOY_OLIVER_COGNITIVE = 1,
  LOY_OLIVER_AFFECTIVE = 2,
  LOY_OLIVER_CONATIVE = 3,
  LOY_OLIVER_ACTION = 4
} loy_oliver_phase;

/* How many there are: the numbers 0 to LOY_OLIVER_PHASES - 1. */
#define LOY_OLIVER_PHASES 5

/* A coefficient of reproducibility from here on is acceptable. */
#define LOY_OLIVER_ACCEPTABLE 0.9

/* How far a population goes through the phases in order. */
typedef struct loy_oliver_scale {
  int64_t n;              /* customers used */
  int64_t missing;        /* customers left out for a missing score */
  int64_t errors;         /* scores on the other side than the perfect pattern has them */
  double reproducibility; /* 1 - errors/(4 n), in [0, 1] */
} loy_oliver_scale;

/* The phase of one customer. A missing score matters only when those before it are all passed.
 *
 * cognitive, affective, conative, action   scores from 0 to 1; NaN is missing
 * passed_from   a score is passed from here on, from 0 to 1; usually 0.7
 * phase   receives a loy_oliver_phase
 * Errors, in this order: LOY_ERR_DOMAIN for a score outside 0 to 1, in the order of the arguments, then for
 * `passed_from`; LOY_ERR_ARGUMENT for a NULL `phase`. */
LOYALTY_API loy_status loy_oliver(double cognitive, double affective, double conative, double action,
                                  double passed_from, int *phase, loy_error *error);

/* The phases of n customers, the same as loy_oliver row by row.
 *
 * cognitive, affective, conative, action   n scores each
 * n        number of customers
 * passed_from   as above
 * phase    receives n loy_oliver_phase; LOY_OLIVER_UNKNOWN also for a bad row. Must not overlap the scores
 * report   counts bad rows (a score outside 0 to 1). May be NULL
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL column of scores with n > 0, in the order of the arguments;
 * LOY_ERR_DOMAIN for `passed_from`; LOY_ERR_ARGUMENT for a NULL `phase` with n > 0. */
LOYALTY_API loy_status loy_oliver_batch(const double *cognitive, const double *affective, const double *conative,
                                        const double *action, size_t n, double passed_from, int8_t *phase,
                                        loy_batch_report *report, loy_error *error);

/* The coefficient of reproducibility over n customers. Who has a missing score is left out.
 *
 * cognitive, affective, conative, action   n scores each, from 0 to 1; NaN is missing
 * n        number of customers
 * passed_from   as above
 * result   receives the coefficient
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL column of scores with n > 0; LOY_ERR_DOMAIN for `passed_from`;
 * LOY_ERR_ARGUMENT for a NULL `result`; LOY_ERR_DOMAIN for the first bad score (`index` is its row); LOY_ERR_TOO_FEW
 * when no customer is left.
 * Accuracy: correctly rounded for up to 2^51 customers. */
LOYALTY_API loy_status loy_oliver_reproducibility(const double *cognitive, const double *affective,
                                                  const double *conative, const double *action, size_t n,
                                                  double passed_from, loy_oliver_scale *result, loy_error *error);

/* The stable English name of a loy_oliver_phase: "none", "cognitive", "affective", "conative", "action"; "unknown" for
 * another number. */
LOYALTY_API const char *loy_oliver_name(int phase);

/* Its Chinese name, UTF-8. */
LOYALTY_API const char *loy_oliver_name_zh(int phase);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "oliver-inl.h"
#endif

#endif /* LOYALTY_LADDER_OLIVER_H */
