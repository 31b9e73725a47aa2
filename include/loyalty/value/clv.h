/* clv.h: customer lifetime value from a transaction model and a spend model.
 *
 *   CLV = margin * E[M | z, x] * DECT(delta, h)
 *
 * E[M | z, x] is the expected spend per purchase (Gamma-Gamma), DECT the discounted expected number of purchases in
 * the next h units of time (a transaction model), and delta the continuous discount rate per unit of the model's time.
 * Without a horizon DECT is DERT, the discounted expected residual transactions. Only purchases after T count, each
 * discounted from its own moment.
 *
 * Units are stated, never guessed: the horizon is in the model's own unit of time; the discount rate is the effective
 * rate of a period that is named with it, and is converted here. 10 % a year is the same money for a model in weeks
 * and for the equivalent model in days. Numbers in range are from 1e-40 to 1e40 (base/range.h). */
#ifndef LOYALTY_VALUE_CLV_H
#define LOYALTY_VALUE_CLV_H

#include "../base/calendar.h"
#include "../base/columns.h"
#include "../base/config.h"
#include "../base/range.h"
#include "../base/status.h"
#include "../btyd/bgbb.h"
#include "../btyd/bgcnbd.h"
#include "../btyd/bgnbd.h"
#include "../btyd/gamma_gamma.h"
#include "../btyd/ggomnbd.h"
#include "../btyd/mbgcnbd.h"
#include "../btyd/mbgnbd.h"
#include "../btyd/nbd.h"
#include "../btyd/pnbd.h"

LOY_BEGIN_DECLS

/* In place of a loy_time_unit: as discount_period, one unit of the model's time; as time_unit, that the unit of the
 * model is not known. */
enum { LOY_MODEL_UNIT = -1 };

/* The continuous discount rate per unit of the model's time: delta = ln(1 + rate) * (length of time_unit / length of
 * period).
 *   rate       effective rate per period, 0 or from 1e-40 to 1e40 (.1 is 10 %)
 *   period     a loy_time_unit, or LOY_MODEL_UNIT: the rate is per unit of the model, whatever that is
 *   time_unit  the unit of the model's time, a loy_time_unit, or LOY_MODEL_UNIT: not known; period must then be
 *              LOY_MODEL_UNIT too
 *   delta      receives the rate
 * A year is 365.25 days and a month a twelfth of it (calendar.h).
 * Errors, in this order: LOY_ERR_DOMAIN rate; LOY_ERR_ARGUMENT period, time_unit; LOY_ERR_DOMAIN rate where delta would
 * be below 1e-40 and not 0; LOY_ERR_ARGUMENT delta (NULL). Relative error below 1e-15. */
LOYALTY_API loy_status loy_discount_delta(double rate, int period, int time_unit, double *delta, loy_error *error);

/* How future purchases are valued. */
typedef struct loy_clv_options {
  size_t struct_size;
  double margin;        /* share of spend that is profit, or any factor; 0 or in range; 1 by default */
  double horizon;       /* in the model's unit of time, 0 or in range; +infinity (the default): no end */
  double discount_rate; /* effective, per discount_period; 0 or in range; 0 by default */
  int discount_period;  /* a loy_time_unit, or LOY_MODEL_UNIT (the default) */
  int time_unit;        /* of the model: a loy_time_unit, or LOY_MODEL_UNIT (the default) for one that is not stated */
  int threads;          /* of the batch; 1 by default; never changes a bit of the result */
} loy_clv_options;

/* Fill in the defaults: no end, no discount, margin 1. NULL is allowed and ignored. */
LOYALTY_API void loy_clv_options_init(loy_clv_options *options);

/* What is known about one customer's future. */
typedef struct loy_clv {
  double p_alive;            /* at T */
  double expected_purchases; /* in the horizon, not discounted; without one possibly infinite, see the models */
  double expected_spend;     /* per purchase */
  double clv;                /* margin * expected_spend * discounted expected purchases */
} loy_clv;

/* The value of one customer by the BG/NBD and the Gamma-Gamma model.
 *   model, spend  the parameters of both
 *   x, t_x, T     repeat purchases, time of the last, length of observation, as in bgnbd.h
 *   z             mean spend of the repeat purchases, as in gamma_gamma.h; not read where x = 0
 *   options       or NULL for the defaults
 *   value         receives the answer
 * Errors, in this order: LOY_ERR_ARGUMENT model; LOY_ERR_DOMAIN r, alpha, a, b; LOY_ERR_ARGUMENT spend; LOY_ERR_DOMAIN
 * p, q, v, x, t_x, T, z; LOY_ERR_ARGUMENT options (struct_size); LOY_ERR_DOMAIN margin, horizon, discount_rate;
 * LOY_ERR_ARGUMENT discount_period, time_unit; LOY_ERR_DOMAIN discount_rate where delta would be below 1e-40 and not 0;
 * LOY_ERR_ARGUMENT threads, value.
 * Notice: LOY_NOTICE_DIVERGES when an answer is infinite, naming q (the mean spend of the population is infinite), a
 * (an infinite number of purchases, P(alive) E[1/p], is expected without a horizon for a <= 1) or discount_rate (the
 * same, and without a discount so is the value).
 * Source: Fader, Hardie & Lee 2005, "RFM and CLV", JMR 42, 415-430; Fader & Hardie's note on BG/NBD DERT. */
LOYALTY_API loy_status loy_clv_bgnbd(const loy_bgnbd_params *model, const loy_gamma_gamma_params *spend, double x,
                                     double t_x, double T, double z, const loy_clv_options *options, loy_clv *value,
                                     loy_error *error);

/* loy_clv_bgnbd for each of n customers; the same bits. A bad row gives NaN in all four outputs.
 *   x, t_x, T, z         columns of n
 *   p_alive ... clv      outputs of n, each an array of its own, none of them an input
 *   report               nullable: rows that answered NaN
 * Errors, in this order: LOY_ERR_ARGUMENT model; LOY_ERR_DOMAIN r, alpha, a, b; LOY_ERR_ARGUMENT spend; LOY_ERR_DOMAIN
 * p, q, v; LOY_ERR_ARGUMENT x, t_x, T, z (NULL while n > 0), options (struct_size); then the options as above;
 * LOY_ERR_ARGUMENT p_alive, expected_purchases, expected_spend, clv (NULL while n > 0). Notice: LOY_NOTICE_DIVERGES as
 * above; `error` then names the first such row. */
LOYALTY_API loy_status loy_clv_bgnbd_batch(const loy_bgnbd_params *model, const loy_gamma_gamma_params *spend,
                                           const double *x, const double *t_x, const double *T, const double *z,
                                           size_t n, const loy_clv_options *options, double *p_alive,
                                           double *expected_purchases, double *expected_spend, double *clv,
                                           loy_batch_report *report, loy_error *error);

/* The value of one customer by the MBG/NBD and the Gamma-Gamma model. Arguments, errors and notices are those of
 * loy_clv_bgnbd. */
LOYALTY_API loy_status loy_clv_mbgnbd(const loy_mbgnbd_params *model, const loy_gamma_gamma_params *spend, double x,
                                      double t_x, double T, double z, const loy_clv_options *options, loy_clv *value,
                                      loy_error *error);

/* loy_clv_mbgnbd for each of n customers; the same bits. Arguments, errors and notices are those of
 * loy_clv_bgnbd_batch. */
LOYALTY_API loy_status loy_clv_mbgnbd_batch(const loy_mbgnbd_params *model, const loy_gamma_gamma_params *spend,
                                            const double *x, const double *t_x, const double *T, const double *z,
                                            size_t n, const loy_clv_options *options, double *p_alive,
                                            double *expected_purchases, double *expected_spend, double *clv,
                                            loy_batch_report *report, loy_error *error);

/* The value of one customer, and of each of n, by the Pareto/NBD and the Gamma-Gamma model: as loy_clv_bgnbd and
 * loy_clv_bgnbd_batch, with LOY_ERR_DOMAIN r, alpha, s, beta for the parameters; in place of a LOY_NOTICE_DIVERGES
 * names s: without a horizon P(alive) k/A B/(s-1) purchases are expected (pnbd.h), infinitely many for s <= 1. */
LOYALTY_API loy_status loy_clv_pnbd(const loy_pnbd_params *model, const loy_gamma_gamma_params *spend, double x,
                                    double t_x, double T, double z, const loy_clv_options *options, loy_clv *value,
                                    loy_error *error);

/* See loy_clv_pnbd. */
LOYALTY_API loy_status loy_clv_pnbd_batch(const loy_pnbd_params *model, const loy_gamma_gamma_params *spend,
                                          const double *x, const double *t_x, const double *T, const double *z,
                                          size_t n, const loy_clv_options *options, double *p_alive,
                                          double *expected_purchases, double *expected_spend, double *clv,
                                          loy_batch_report *report, loy_error *error);

/* The value of one customer, and of each of n, by the NBD and the Gamma-Gamma model: as loy_clv_bgnbd and
 * loy_clv_bgnbd_batch, with LOY_ERR_DOMAIN r, alpha for the parameters; in place of a LOY_NOTICE_DIVERGES names
 * horizon: without one purchases never end. */
LOYALTY_API loy_status loy_clv_nbd(const loy_nbd_params *model, const loy_gamma_gamma_params *spend, double x,
                                   double t_x, double T, double z, const loy_clv_options *options, loy_clv *value,
                                   loy_error *error);

/* See loy_clv_nbd. */
LOYALTY_API loy_status loy_clv_nbd_batch(const loy_nbd_params *model, const loy_gamma_gamma_params *spend,
                                         const double *x, const double *t_x, const double *T, const double *z, size_t n,
                                         const loy_clv_options *options, double *p_alive, double *expected_purchases,
                                         double *expected_spend, double *clv, loy_batch_report *report,
                                         loy_error *error);

/* The value of one customer, and of each of n, by the gamma-Gompertz/NBD and the Gamma-Gamma model: as loy_clv_bgnbd
 * and loy_clv_bgnbd_batch, with LOY_ERR_DOMAIN r, alpha, b, s, beta for the parameters; the number of purchases is
 * finite for all parameters. */
LOYALTY_API loy_status loy_clv_ggomnbd(const loy_ggomnbd_params *model, const loy_gamma_gamma_params *spend, double x,
                                       double t_x, double T, double z, const loy_clv_options *options, loy_clv *value,
                                       loy_error *error);

/* See loy_clv_ggomnbd. */
LOYALTY_API loy_status loy_clv_ggomnbd_batch(const loy_ggomnbd_params *model, const loy_gamma_gamma_params *spend,
                                             const double *x, const double *t_x, const double *T, const double *z,
                                             size_t n, const loy_clv_options *options, double *p_alive,
                                             double *expected_purchases, double *expected_spend, double *clv,
                                             loy_batch_report *report, loy_error *error);

/* The value of one customer, and of each of n, by the BG/CNBD-k and the Gamma-Gamma model: as loy_clv_bgnbd and
 * loy_clv_bgnbd_batch, with LOY_ERR_DOMAIN r, alpha, a, b, k for the parameters. */
LOYALTY_API loy_status loy_clv_bgcnbd(const loy_bgcnbd_params *model, const loy_gamma_gamma_params *spend, double x,
                                      double t_x, double T, double z, const loy_clv_options *options, loy_clv *value,
                                      loy_error *error);

/* See loy_clv_bgcnbd. */
LOYALTY_API loy_status loy_clv_bgcnbd_batch(const loy_bgcnbd_params *model, const loy_gamma_gamma_params *spend,
                                            const double *x, const double *t_x, const double *T, const double *z,
                                            size_t n, const loy_clv_options *options, double *p_alive,
                                            double *expected_purchases, double *expected_spend, double *clv,
                                            loy_batch_report *report, loy_error *error);

/* The value of one customer, and of each of n, by the MBG/CNBD-k and the Gamma-Gamma model: as loy_clv_bgnbd and
 * loy_clv_bgnbd_batch, with LOY_ERR_DOMAIN r, alpha, a, b, k for the parameters. */
LOYALTY_API loy_status loy_clv_mbgcnbd(const loy_mbgcnbd_params *model, const loy_gamma_gamma_params *spend, double x,
                                       double t_x, double T, double z, const loy_clv_options *options, loy_clv *value,
                                       loy_error *error);

/* See loy_clv_mbgcnbd. */
LOYALTY_API loy_status loy_clv_mbgcnbd_batch(const loy_mbgcnbd_params *model, const loy_gamma_gamma_params *spend,
                                             const double *x, const double *t_x, const double *T, const double *z,
                                             size_t n, const loy_clv_options *options, double *p_alive,
                                             double *expected_purchases, double *expected_spend, double *clv,
                                             loy_batch_report *report, loy_error *error);

/* The value of one customer, and of each of n, by the BG/BB and the Gamma-Gamma model: as loy_clv_bgnbd and
 * loy_clv_bgnbd_batch, with LOY_ERR_DOMAIN alpha, beta, gamma, delta for the parameters and a history as in bgbb.h;
 * P(alive) is that of period T + 1, and the purchases of a period count at its end. The horizon is a whole number of
 * periods or infinite; one that is not is LOY_ERR_DOMAIN horizon after all other options. In place of a
 * LOY_NOTICE_DIVERGES names gamma: infinitely many purchases are expected without a horizon for gamma <= 1. */
LOYALTY_API loy_status loy_clv_bgbb(const loy_bgbb_params *model, const loy_gamma_gamma_params *spend, double x,
                                    double t_x, double T, double z, const loy_clv_options *options, loy_clv *value,
                                    loy_error *error);

/* See loy_clv_bgbb. */
LOYALTY_API loy_status loy_clv_bgbb_batch(const loy_bgbb_params *model, const loy_gamma_gamma_params *spend,
                                          const double *x, const double *t_x, const double *T, const double *z,
                                          size_t n, const loy_clv_options *options, double *p_alive,
                                          double *expected_purchases, double *expected_spend, double *clv,
                                          loy_batch_report *report, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "clv-inl.h"
#endif

#endif /* LOYALTY_VALUE_CLV_H */
