/* purchase_interval.h: how many purchases a customer may make. Predictive intervals of the number Y of purchases in
 * (T, T + t], given the history, by any transaction model: the counts between which Y lies with a probability of at
 * least `level`, at most (1 - level)/2 of the rest on either side.
 *
 *   P(Y > n) = P(alive at T) * P(the next purchase after n comes within t, to one who has not stopped),
 *
 * which for BG/NBD and MBG/NBD is B(a, b'+n)/B(a, b') I_z(n+1, k), z = t/(A+t), for (M)BG/CNBD-k the same beta ratio
 * times P(M >= (n+1) k) of bgcnbd.h, for NBD the last factor, for BG/BB a sum over the periods in which that purchase
 * may come (bgbb_predict.h), and for
 * Pareto/NBD and gamma-Gompertz/NBD int_0^t NB_n(v) (k+n)/(A+v) S(T+v)/S(T) dv, one integral of a positive function; k,
 * A, b' and NB_n as in bgnbd.h and pnbd.h. Each end is found by doubling and halving, so that a customer of a million
 * purchases takes some forty probabilities, not a million.
 *
 * The parameters count as known. How sure the expectation is, is in prediction_interval.h; for one customer that is
 * little next to the chance of a Poisson process. */
#ifndef LOYALTY_BTYD_PURCHASE_INTERVAL_H
#define LOYALTY_BTYD_PURCHASE_INTERVAL_H

#include "model_file.h"
#include "purchase_lifetime.h"

LOY_BEGIN_DECLS

/* Beyond so many purchases an end is infinite. */
#define LOY_PURCHASES_MOST 1e9

/* The interval for each of n customers.
 *   model         of transactions, with its parameters; a covariance is not needed
 *   x, t_x, T     columns of n, as in bgnbd.h
 *   t             how far ahead, in the model's unit of time
 *   level         0 < level < 1
 *   options       or NULL for the defaults; as loy_pnbd_options_init fills them
 *   lower, upper  receive the counts, whole numbers, for each row the largest and the least with P(Y < lower) <=
 *                 (1-level)/2 and P(Y > upper) <= (1-level)/2. An end beyond 1e9 is +infinity. Arrays of their own.
 *   report        nullable: rows that answered NaN
 * Errors, in this order: LOY_ERR_ARGUMENT model (NULL), kind (none, or LOY_MODEL_GAMMA_GAMMA); LOY_ERR_DOMAIN for the
 * first parameter outside its range, by its name; LOY_ERR_ARGUMENT x, t_x, T (NULL while n > 0); LOY_ERR_DOMAIN t (0 or
 * a quantity; of BG/BB a whole number from 0 to 100000), level; LOY_ERR_ARGUMENT options (struct_size), threads
 * (negative), lower, upper (NULL while n > 0). Notice: LOY_NOTICE_DIVERGES when an end is infinite; `error` then names
 * upper and the first such row. Accuracy: the probabilities are good to about 1e-12, so that an end is off by one only
 * where a count's probability hits the tail to that many digits. Nothing is allocated. A probability of P(Y > n) takes
 * about sqrt(n + k) steps for BG/NBD, MBG/NBD and NBD, and some hundred exponentials for the others. */
LOYALTY_API loy_status loy_purchase_interval_batch(const loy_model *model, const double *x, const double *t_x,
                                                   const double *T, size_t n, double t, double level,
                                                   const loy_purchase_options *options, double *lower, double *upper,
                                                   loy_batch_report *report, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "purchase_interval-inl.h"
#endif

#endif /* LOYALTY_BTYD_PURCHASE_INTERVAL_H */
