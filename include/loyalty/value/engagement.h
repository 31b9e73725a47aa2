/* engagement.h: everything that a customer is worth, CEV = CLV + CRV + CIV + CKV: by buying, by referring, by
 * influencing and by what the firm learns; and how to add it up without counting anyone twice.
 *
 * The margins of a customer j who came through a referral of i are his own lifetime value and, in the usual definition,
 * also part of the referral value of i. In a total they may stand once. Here the referral value that is given for i has
 * the rewards, costs and savings of the referrals only, and of the lifetime value of j a part p_j s is moved to i, p_j
 * the probability that j would not have come without the referral:
 *   REFERRER  s = 1    all of what a referral brought belongs to who made it
 *   REFERRED  s = 0    all belongs to who buys
 *   SPLIT     s = 1/2  half to each
 * Whatever the rule, the total of the base is the same.
 *
 * Source: Kumar et al. 2010, J. Service Research 13(3), 297-310. */
#ifndef LOYALTY_VALUE_ENGAGEMENT_H
#define LOYALTY_VALUE_ENGAGEMENT_H

#include "../base/config.h"
#include "../base/range.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

typedef enum loy_engagement_rule {
  LOY_ENGAGEMENT_REFERRER = 1,
  LOY_ENGAGEMENT_REFERRED = 2,
  LOY_ENGAGEMENT_SPLIT = 3
} loy_engagement_rule;

/* The engagement value of n customers.
 *   clv        lifetime value of each, as if nobody had referred anyone
 *   crv        referral value without the margins of the referred; NULL for none
 *   civ, ckv   influence and knowledge value; NULL for none
 *   referrer   0-based row of who referred each, or a negative number for nobody; NULL when nobody was referred
 *   type1      p_j, probability that the customer would not have come otherwise, 0 to 1; NULL for 1; read only where
 *              there is a referrer
 *   rule       a loy_engagement_rule; an int, so that a wrong number is an error
 *   own, referred   nullable: n numbers, lifetime value that stays, and referral value with what was moved to it
 *   value      n numbers, own + referred + civ + ckv
 *   total      nullable: the sum of value
 * All money is 0 or from 1e-40 to 1e40 in size, of either sign. Outputs may not overlap inputs or each other.
 * Errors, in this order: LOY_ERR_ARGUMENT clv (NULL while n > 0), rule; then the rows, the first row first, with the
 * row: LOY_ERR_DOMAIN clv, crv, civ, ckv, referrer (n or above, or the customer himself), type1; LOY_ERR_ARGUMENT value
 * (NULL while n > 0). A bad row is an error of the call because it would spoil the values of others.
 * Accuracy: each value within a few units in the last place of its terms' sizes. */
LOYALTY_API loy_status loy_engagement_value(const double *clv, const double *crv, const double *civ, const double *ckv,
                                            const int64_t *referrer, const double *type1, size_t n, int rule,
                                            double *own, double *referred, double *value, double *total,
                                            loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "engagement-inl.h"
#endif

#endif /* LOYALTY_VALUE_ENGAGEMENT_H */
