/* referral.h: what customers are worth through those they bring (CRV) and through what they teach the firm (CKV).
 *
 * Both are sums over rows, one for each referral or contribution in a period t, of a present value
 *   referral      (1+i)^-t (p (margin - reward - marketing cost) + saving)
 *   contribution  (1+i)^-t (count adopted worth - cost)
 * where p says of which type a referral is. Type 1 would not have joined without it: the firm gains the margin of the
 * new customer, pays reward and marketing cost, and saves the usual cost of acquisition. Type 2 would have joined
 * anyway: the saving only. Where the type is not known, p is the probability of type 1.
 *
 * Sources: Kumar, Petersen & Leone 2007, Harvard Business Review 85(10), 139-146; Kumar et al. 2010, J. Service
 * Research 13(3), 297-310. */
#ifndef LOYALTY_VALUE_REFERRAL_H
#define LOYALTY_VALUE_REFERRAL_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/range.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* The present value of each of n referrals, and of all.
 *   period          t, 0 or from 1e-40 to 1e40, in periods of the discount rate
 *   type1           p, 0 to 1; NULL when all are of type 1
 *   margin          of the referred customer in that period, money of either sign
 *   reward          paid for the referral;  marketing_cost  spent on it;  saving  of acquisition cost; NULL for none
 *   discount        i, effective per period, above -1 and at most 1e40
 *   out             n present values; may be an input. A row outside the domain is NaN and counted
 *   total           nullable: the sum of the good rows
 * Money is 0 or from 1e-40 to 1e40 in size. The value of one referrer is the sum of his rows.
 * Errors, in this order: LOY_ERR_ARGUMENT period, margin (NULL while n > 0); LOY_ERR_DOMAIN discount; LOY_ERR_ARGUMENT
 * out (NULL while n > 0). Rows: LOY_ERR_DOMAIN period, type1, margin, reward, marketing_cost, saving, in this order,
 * then period when a negative discount makes the present value exceed the largest double. Accuracy: relative error of a
 * row below (4 + 3 t |ln(1+i)|) 2^-53 of its terms' sizes. */
LOYALTY_API loy_status loy_referral_value_batch(const double *period, const double *type1, const double *margin,
                                                const double *reward, const double *marketing_cost,
                                                const double *saving, size_t n, double discount, double *out,
                                                double *total, loy_batch_report *report, loy_error *error);

/* The present value of each of n contributions of knowledge, and of all: ideas, needs, complaints, facts about
 * competitors, measures of satisfaction.
 *   period          t, as above
 *   count           contributions in the period, 0 or from 1e-40 to 1e40
 *   adopted         share of them that is put to use, 0 to 1
 *   worth           money that one in use brings, of either sign
 *   handling_cost   of all of the row's contributions; NULL for none
 *   discount, out, total   as above
 * Errors, in this order: LOY_ERR_ARGUMENT period, count, adopted, worth (NULL while n > 0); LOY_ERR_DOMAIN discount;
 * LOY_ERR_ARGUMENT out (NULL while n > 0). Rows: LOY_ERR_DOMAIN period, count, adopted, worth, handling_cost, in this
 * order, then period as above. Accuracy: as above. */
LOYALTY_API loy_status loy_knowledge_value_batch(const double *period, const double *count, const double *adopted,
                                                 const double *worth, const double *handling_cost, size_t n,
                                                 double discount, double *out, double *total, loy_batch_report *report,
                                                 loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "referral-inl.h"
#endif

#endif /* LOYALTY_VALUE_REFERRAL_H */
