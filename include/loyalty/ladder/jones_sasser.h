/* jones_sasser.h: Jones and Sasser's types of customers, by what they feel and whether they stay.
 *
 *                      loyal                                      not loyal
 *   satisfied          loyalist; apostle in the top corner        mercenary
 *   not satisfied      hostage                                    defector; terrorist in the bottom corner
 *
 * Satisfied and loyal mean from a cut on, so that who stands on a cut is in the higher class; the bottom corner reaches
 * up to its cuts, these included. Apostles are completely satisfied and devoted, terrorists dissatisfied and lost.
 *
 * Source: Jones and Sasser, Harvard Business Review 73(6), 1995, 88-99 (types). The cuts are this library's: the second
 * best of five answers and above is satisfied, the second worst and below dissatisfied, the best completely satisfied.
 */
#ifndef LOYALTY_LADDER_JONES_SASSER_H
#define LOYALTY_LADDER_JONES_SASSER_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* The types. */
typedef enum loy_jones_sasser_type {
  LOY_JONES_SASSER_UNKNOWN = -1, /* a score is missing */
  LOY_JONES_SASSER_TERRORIST = 0,
  LOY_JONES_SASSER_DEFECTOR = 1,
  LOY_JONES_SASSER_HOSTAGE = 2,
  LOY_JONES_SASSER_MERCENARY = 3,
  LOY_JONES_SASSER_LOYALIST = 4,
  LOY_JONES_SASSER_APOSTLE = 5
} loy_jones_sasser_type;

/* How many types there are: the numbers 0 to LOY_JONES_SASSER_TYPES - 1. */
#define LOY_JONES_SASSER_TYPES 6

/* The cuts, all from 0 to 1. Fill it with loy_jones_sasser_options_init, then change what you need. */
typedef struct loy_jones_sasser_options {
  size_t struct_size;
  double satisfied;            /* satisfied from here on; 0.75; above 0 */
  double completely_satisfied; /* an apostle's satisfaction; 1; at least satisfied */
  double dissatisfied;         /* a terrorist's, or less; 0.25; below satisfied */
  double loyal;                /* loyal from here on; 0.7; above 0 */
  double devoted;              /* an apostle's loyalty; 0.9; at least loyal */
  double lost;                 /* a terrorist's, or less; 0.3; below loyal */
} loy_jones_sasser_options;

/* Fill `options` with the defaults. Never fails; NULL does nothing. */
LOYALTY_API void loy_jones_sasser_options_init(loy_jones_sasser_options *options);

/* The type of one customer.
 *
 * satisfaction   from 0 to 1, 0 for the worst answer; NaN is missing
 * loyalty        from 0 to 1: a probability, share or intention; NaN is missing
 * options        the cuts; NULL for the defaults
 * type           receives a loy_jones_sasser_type, LOY_JONES_SASSER_UNKNOWN when a score is missing
 * Errors, in this order: LOY_ERR_DOMAIN for `satisfaction`, then `loyalty`, outside 0 to 1; LOY_ERR_ARGUMENT for
 * `options` with a bad struct_size; LOY_ERR_DOMAIN for a bad member of it, in the order of declaration;
 * LOY_ERR_ARGUMENT for a NULL `type`. */
LOYALTY_API loy_status loy_jones_sasser(double satisfaction, double loyalty, const loy_jones_sasser_options *options,
                                        int *type, loy_error *error);

/* The types of n customers, the same as loy_jones_sasser row by row.
 *
 * satisfaction, loyalty   n scores each
 * n         number of customers
 * options   the cuts; NULL for the defaults
 * type      receives n loy_jones_sasser_type; LOY_JONES_SASSER_UNKNOWN also for a bad row. Must not overlap the scores
 * report    counts bad rows (a score outside 0 to 1). May be NULL
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `satisfaction`, then `loyalty`, with n > 0; those of `options` as
 * in loy_jones_sasser; LOY_ERR_ARGUMENT for a NULL `type` with n > 0. */
LOYALTY_API loy_status loy_jones_sasser_batch(const double *satisfaction, const double *loyalty, size_t n,
                                              const loy_jones_sasser_options *options, int8_t *type,
                                              loy_batch_report *report, loy_error *error);

/* The stable English name of a loy_jones_sasser_type: "terrorist", "defector", "hostage", "mercenary", "loyalist",
 * "apostle"; "unknown" for another number. */
LOYALTY_API const char *loy_jones_sasser_name(int type);

/* Its Chinese name, UTF-8. */
LOYALTY_API const char *loy_jones_sasser_name_zh(int type);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "jones_sasser-inl.h"
#endif

#endif /* LOYALTY_LADDER_JONES_SASSER_H */
