/* history.h: private. What the models of purchase histories ask of their arguments, with the texts of their errors. */
#ifndef LOYALTY_BTYD_HISTORY_H
#define LOYALTY_BTYD_HISTORY_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/range.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

#define LOYI_COUNT_MUST "must be a whole number, 0 or more and below 2^51"

/* A number of purchases. */
LOYI_SHARED int loyi_is_count(double n);

/* NULL where x >= 0 is whole and below 2^51, 0 <= t_x <= T, t_x = 0 where x = 0; otherwise the name of the argument
 * outside its domain, with what would be right in *message. */
LOYI_SHARED const char *loyi_history_wrong(double x, double t_x, double T, const char **message);

/* Whether that is NULL, without a branch, so that compilers turn loops over it into vector code. */
static inline int loyi_history_right(double x, double t_x, double T) {
  int count = (x >= 0.0) & (x < 0x1p51) & ((x + 0x1p52) - 0x1p52 == x);
  int bought = (t_x == 0.0) | ((t_x >= LOY_RANGE_LEAST) & (x > 0.0));
  int length = (T == 0.0) | (T >= LOY_RANGE_LEAST);
  return count & bought & length & (T >= t_x) & (T <= LOY_RANGE_MOST);
}

/* The question for n purchases in (t0, t1]: LOY_OK or LOY_ERR_DOMAIN n, t0, t1. */
LOYI_SHARED loy_status loyi_history_count_check(double n, double t0, double t1, loy_error *error);

/* A rate of discount and a horizon, which may be infinite where the rate is not 0: LOY_OK or LOY_ERR_DOMAIN delta, t.
 */
LOYI_SHARED loy_status loyi_history_discount_check(double delta, double t, loy_error *error);

/* The same of a prediction, where both answers may be infinite: LOY_OK or LOY_ERR_DOMAIN delta, t. */
LOYI_SHARED loy_status loyi_history_future_check(double delta, double t, loy_error *error);

/* The end of a prediction by a model that may expect infinitely many purchases without an end: LOY_OK, or where t is
 * infinite LOY_NOTICE_DIVERGES with the first row whose answer is, naming `argument`. */
LOYI_SHARED loy_status loyi_history_endless(const char *argument, size_t n, double delta, double t,
                                            const double *expected, const double *discounted, loy_error *error);

/* The columns of a batch: LOY_OK or LOY_ERR_ARGUMENT x, t_x, T (NULL while n > 0). */
LOYI_SHARED loy_status loyi_history_columns_check(const double *x, const double *t_x, const double *T, size_t n,
                                                  loy_error *error);

/* Lengths of observation of a simulation: LOY_OK or LOY_ERR_DOMAIN T with the index of the first bad one. */
LOYI_SHARED loy_status loyi_history_lengths_check(const double *T, size_t n, loy_error *error);

/* The report of a batch, made before any output is written, as an output may be an input. NULL is allowed. */
LOYI_SHARED void loyi_history_count_bad(const double *x, const double *t_x, const double *T, size_t n,
                                        loy_batch_report *report);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "history-inl.h"
#endif

#endif /* LOYALTY_BTYD_HISTORY_H */
