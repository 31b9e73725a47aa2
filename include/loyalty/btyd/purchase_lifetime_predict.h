/* purchase_lifetime_predict.h: private. The future of a customer in the models of purchase_lifetime.h. Purchase rate
 * and rest of the lifetime are independent given that the customer is alive, so that every answer is a probability of
 * being alive times a mean rate times a mean time, or an integral of counts over the lifetime. */
#ifndef LOYALTY_BTYD_PURCHASE_LIFETIME_PREDICT_H
#define LOYALTY_BTYD_PURCHASE_LIFETIME_PREDICT_H

#include "purchase_lifetime.h"

LOY_BEGIN_DECLS

/* A question with a rate of discount and a horizon. */
typedef struct loyi_purchase_discount {
  double delta, t;
} loyi_purchase_discount;

/* P(alive) k/A int_0^t exp(-delta v) S(T+v)/S(T) dv; the query is a loyi_purchase_discount. */
LOYI_SHARED double loyi_purchase_discount_row(const loyi_purchase_history *history, const void *query);

/* That for one customer, NaN outside the domain. */
LOYI_SHARED double loyi_purchase_dect(const loyi_purchase_model *model, double x, double t_x, double T, double delta,
                                      double t);
LOYI_SHARED double loyi_purchase_expected(const loyi_purchase_model *model, double x, double t_x, double T, double t);

/* Without an end and without a discount; may be infinite. */
LOYI_SHARED double loyi_purchase_forever(const loyi_purchase_history *history);

/* What a batch is asked; outputs that are NULL are left out. t may be infinite. */
typedef struct loyi_purchase_future {
  const loyi_purchase_model *model;
  const double *x, *t_x, *T;
  size_t n;
  double delta, t;
  double *p_alive, *expected, *discounted;
} loyi_purchase_future;

/* One customer of a batch, by the functions for one. */
LOYI_SHARED void loyi_purchase_future_one(const loyi_purchase_future *job, size_t row);

/* The batch of all three answers, with the checks of delta and t. */
LOYI_SHARED loy_status loyi_purchase_predict_batch(const loyi_purchase_model *model, const double *x, const double *t_x,
                                                   const double *T, size_t n, double delta, double t,
                                                   const loy_purchase_options *options, double *p_alive,
                                                   double *expected, double *discounted, loy_batch_report *report,
                                                   loy_error *error);

/* Batches of the two, with the checks of t and of delta and t. `endless`: delta must be greater than 0. */
LOYI_SHARED loy_status loyi_purchase_expected_batch(const loyi_purchase_model *model, const double *x,
                                                    const double *t_x, const double *T, size_t n, double t,
                                                    const loy_purchase_options *options, double *out,
                                                    loy_batch_report *report, loy_error *error);
LOYI_SHARED loy_status loyi_purchase_dect_batch(const loyi_purchase_model *model, const double *x, const double *t_x,
                                                const double *T, size_t n, double delta, double t, int endless,
                                                const loy_purchase_options *options, double *out,
                                                loy_batch_report *report, loy_error *error);

/* Probabilities of n purchases in (T, T + t] given the history, and of a new customer in (t0, t1]; NaN outside the
 * domain. */
LOYI_SHARED double loyi_purchase_pmf_future(const loyi_purchase_model *model, double x, double t_x, double T, double n,
                                            double t);
LOYI_SHARED double loyi_purchase_pmf_interval(const loyi_purchase_model *model, double n, double t0, double t1);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "purchase_lifetime_predict-inl.h"
#endif

#endif /* LOYALTY_BTYD_PURCHASE_LIFETIME_PREDICT_H */
