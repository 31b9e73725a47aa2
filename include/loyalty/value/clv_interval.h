/* clv_interval.h: how sure a customer's lifetime value is. The value is that of clv.h,
 *   CLV = margin * E[M | z, x] * DECT(delta, h),
 * from a transaction model and a spend model that were fitted apart. Their parameters are then independent estimates,
 * as the models take spend and frequency to be, and the variance of ln CLV is the sum of those of ln E[M] and ln DECT,
 * each by the delta method of prediction_interval.h.
 *
 * It says how well the expectation is known, not how much single customers differ from it. */
#ifndef LOYALTY_VALUE_CLV_INTERVAL_H
#define LOYALTY_VALUE_CLV_INTERVAL_H

#include "../btyd/prediction_interval.h"
#include "clv.h"

LOY_BEGIN_DECLS

/* The value of each of n customers with its uncertainty.
 *   model, spend          a transaction model and a Gamma-Gamma model, both with a covariance
 *   x, t_x, T, z          columns of n, as for loy_clv_bgnbd_batch
 *   level                 confidence of each interval by itself, 0 < level < 1
 *   options               as for loy_clv_bgnbd_batch, or NULL for the defaults; without a horizon discount_rate must
 *                         not be 0. The unit of the model's time is that of options->time_unit; model->time_unit is not
 *                         looked at.
 *   clv ... upper         receive n numbers each, arrays of their own, none of them an input. `clv` has the bits of
 *                         loy_clv_M_batch. Where it is 0 (margin or horizon 0), so are the other three. Where it is
 *                         infinite they are NaN.
 *   report                nullable: rows that answered NaN
 * Errors, in this order: LOY_ERR_ARGUMENT model (NULL), kind (none, or of no transaction model); LOY_ERR_DOMAIN for its
 * first parameter outside its range, by its name; LOY_ERR_ARGUMENT spend (NULL), kind (not LOY_MODEL_GAMMA_GAMMA);
 * LOY_ERR_DOMAIN p, q, v; LOY_ERR_ARGUMENT x, t_x, T, z (NULL while n > 0); LOY_ERR_DOMAIN level; LOY_ERR_ARGUMENT
 * options (struct_size); LOY_ERR_DOMAIN margin, horizon, discount_rate; LOY_ERR_ARGUMENT discount_period, time_unit;
 * LOY_ERR_DOMAIN discount_rate where delta would be below 1e-40 and not 0; LOY_ERR_ARGUMENT threads; LOY_ERR_DOMAIN
 * discount_rate (0 without a horizon); LOY_ERR_STATE or LOY_ERR_DOMAIN covariance, of the model, then of the spend
 * model; LOY_ERR_ARGUMENT clv, std_error, lower, upper (NULL while n > 0).
 * Notices: LOY_NOTICE_DIVERGES when a value is infinite, naming q and the first such row; LOY_NOTICE_AT_BOUND when a
 * parameter of either model counts as known. */
LOYALTY_API loy_status loy_clv_interval_batch(const loy_model *model, const loy_model *spend, const double *x,
                                              const double *t_x, const double *T, const double *z, size_t n,
                                              double level, const loy_clv_options *options, double *clv,
                                              double *std_error, double *lower, double *upper, loy_batch_report *report,
                                              loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "clv_interval-inl.h"
#endif

#endif /* LOYALTY_VALUE_CLV_INTERVAL_H */
