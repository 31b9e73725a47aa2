/* dick_basu.h: Dick and Basu's four kinds of loyalty, by attitude and by repeat patronage.
 *
 *                           low patronage       high patronage
 *   low relative attitude   none                spurious (out of habit)
 *   high relative attitude  latent              true
 *
 * What counts is the attitude relative to the best rival's: own - rival, from -1 to 1, high above a cut that is 0, so
 * that liking both alike is not a preference. Where no rival was measured the own attitude decides, from half of the
 * scale on. Patronage is the share of category purchases or the probability of buying again.
 *
 * Source: Dick and Basu, Journal of the Academy of Marketing Science 22(2), 1994, 99-113. The cuts are this library's.
 */
#ifndef LOYALTY_LADDER_DICK_BASU_H
#define LOYALTY_LADDER_DICK_BASU_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* The types. */
typedef enum loy_dick_basu_type {
  LOY_DICK_BASU_UNKNOWN = -1, /* the own attitude or the patronage is missing */
  LOY_DICK_BASU_NONE = 0,
  LOY_DICK_BASU_SPURIOUS = 1,
  LOY_DICK_BASU_LATENT = 2,
  LOY_DICK_BASU_TRUE = 3
} loy_dick_basu_type;

/* How many types there are: the numbers 0 to LOY_DICK_BASU_TYPES - 1. */
#define LOY_DICK_BASU_TYPES 4

/* The cuts. Fill it with loy_dick_basu_options_init, then change what you need. */
typedef struct loy_dick_basu_options {
  size_t struct_size;
  double relative_above; /* a relative attitude is high above this; 0; from -1 to 1 */
  double attitude_from;  /* without a rival, an attitude is high from here on; 0.5; from 0 to 1 */
  double patronage_from; /* patronage is high from here on; 0.5; from 0 to 1 */
} loy_dick_basu_options;

/* Fill `options` with the defaults. Never fails; NULL does nothing. */
LOYALTY_API void loy_dick_basu_options_init(loy_dick_basu_options *options);

/* The type of one customer.
 *
 * attitude    towards the supplier, from 0 to 1; NaN is missing
 * rival       towards the best rival, from 0 to 1; NaN when none was measured
 * patronage   from 0 to 1; NaN is missing
 * options     the cuts; NULL for the defaults
 * type        receives a loy_dick_basu_type
 * Errors, in this order: LOY_ERR_DOMAIN for `attitude`, `rival`, then `patronage` outside 0 to 1; LOY_ERR_ARGUMENT for
 * `options` with a bad struct_size; LOY_ERR_DOMAIN for a bad member of it, in the order of declaration;
 * LOY_ERR_ARGUMENT for a NULL `type`. */
LOYALTY_API loy_status loy_dick_basu(double attitude, double rival, double patronage,
                                     const loy_dick_basu_options *options, int *type, loy_error *error);

/* The types of n customers, the same as loy_dick_basu row by row.
 *
 * attitude, rival, patronage   n scores each; `rival` may be NULL when none was measured
 * n         number of customers
 * options   the cuts; NULL for the defaults
 * type      receives n loy_dick_basu_type; LOY_DICK_BASU_UNKNOWN also for a bad row. Must not overlap the scores
 * report    counts bad rows (a score outside 0 to 1). May be NULL
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `attitude`, then `patronage`, with n > 0; those of `options` as in
 * loy_dick_basu; LOY_ERR_ARGUMENT for a NULL `type` with n > 0. */
LOYALTY_API loy_status loy_dick_basu_batch(const double *attitude, const double *rival, const double *patronage,
                                           size_t n, const loy_dick_basu_options *options, int8_t *type,
                                           loy_batch_report *report, loy_error *error);

/* The stable English name of a loy_dick_basu_type: "none", "spurious", "latent", "true"; "unknown" for another
 * number. */
LOYALTY_API const char *loy_dick_basu_name(int type);

/* Its Chinese name, UTF-8. */
LOYALTY_API const char *loy_dick_basu_name_zh(int type);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "dick_basu-inl.h"
#endif

#endif /* LOYALTY_LADDER_DICK_BASU_H */
