/* motive.h: why a customer stays: kinship, incentives, inertia and other motives of loyalty.
 *
 * The rule tells the three that can be seen in data, first match from the top:
 *
 *   KINSHIP    tied to the supplier: family, employees, owners
 *   INCENTIVE  at least half of the purchases made on an incentive
 *   INERTIA    buys again, without liking it better than the best rival
 *   NONE       otherwise
 *
 * A missing number leaves the motive unknown only where it would decide. The other motives are names for what a survey
 * asks.
 *
 * Sources: the three are usual in Chinese textbooks (亲缘忠诚, 利益忠诚, 惰性忠诚); compare the types of Sindell,
 * Loyalty Marketing for the Internet Age, 2000. The cuts are this library's. */
#ifndef LOYALTY_LADDER_MOTIVE_H
#define LOYALTY_LADDER_MOTIVE_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* The motives. The rule finds KINSHIP, INCENTIVE, INERTIA and NONE. */
typedef enum loy_motive_type {
  LOY_MOTIVE_UNKNOWN = -1,
  LOY_MOTIVE_NONE = 0,
  LOY_MOTIVE_KINSHIP = 1,
  LOY_MOTIVE_INCENTIVE = 2,
  LOY_MOTIVE_INERTIA = 3,
  LOY_MOTIVE_TRUST = 4,
  LOY_MOTIVE_LATENT = 5,
  LOY_MOTIVE_MONOPOLY = 6,
  LOY_MOTIVE_PRICE = 7,
  LOY_MOTIVE_CONVENIENCE = 8
} loy_motive_type;

/* How many motives there are: the numbers 0 to LOY_MOTIVES - 1. */
#define LOY_MOTIVES 9

/* The cuts. Fill it with loy_motive_options_init, then change what you need. */
typedef struct loy_motive_options {
  size_t struct_size;
  double incentive_from; /* share of purchases on an incentive that makes the motive; 0.5; from 0 to 1 */
  double patronage_from; /* patronage is high from here on; 0.5; from 0 to 1 */
  double relative_above; /* a relative attitude is high above this; 0; from -1 to 1 */
} loy_motive_options;

/* Fill `options` with the defaults. Never fails; NULL does nothing. */
LOYALTY_API void loy_motive_options_init(loy_motive_options *options);

/* The motive of one customer. NaN is missing.
 *
 * kinship             1: tied to the supplier. 0: not
 * incentive_share     share of the purchases made on an incentive, from 0 to 1
 * patronage           share of category purchases or probability of buying again, from 0 to 1
 * relative_attitude   own attitude less the best rival's, from -1 to 1
 * options             the cuts; NULL for the defaults
 * motive              receives a loy_motive_type
 * Errors, in this order: LOY_ERR_DOMAIN for `kinship`, `incentive_share`, `patronage`, `relative_attitude` out of
 * range; LOY_ERR_ARGUMENT for `options` with a bad struct_size; LOY_ERR_DOMAIN for a bad member of it, in the order of
 * declaration; LOY_ERR_ARGUMENT for a NULL `motive`. */
LOYALTY_API loy_status loy_motive(double kinship, double incentive_share, double patronage, double relative_attitude,
                                  const loy_motive_options *options, int *motive, loy_error *error);

/* The motives of n customers, the same as loy_motive row by row.
 *
 * kinship, incentive_share, patronage, relative_attitude   n numbers each
 * n         number of customers
 * options   the cuts; NULL for the defaults
 * motive    receives n loy_motive_type; LOY_MOTIVE_UNKNOWN also for a bad row. Must not overlap the inputs
 * report    counts bad rows (a number out of range). May be NULL
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL input with n > 0, in the order of the arguments; those of
 * `options` as in loy_motive; LOY_ERR_ARGUMENT for a NULL `motive` with n > 0. */
LOYALTY_API loy_status loy_motive_batch(const double *kinship, const double *incentive_share, const double *patronage,
                                        const double *relative_attitude, size_t n, const loy_motive_options *options,
                                        int8_t *motive, loy_batch_report *report, loy_error *error);

/* The stable English name of a loy_motive_type: "none", "kinship", "incentive", "inertia", "trust", "latent",
 * "monopoly", "price", "convenience"; "unknown" for another number. */
LOYALTY_API const char *loy_motive_name(int motive);

/* Its Chinese name, UTF-8. */
LOYALTY_API const char *loy_motive_name_zh(int motive);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "motive-inl.h"
#endif

#endif /* LOYALTY_LADDER_MOTIVE_H */
