/* rfm_summary.h: one row per customer from a purchase log: frequency, recency, T and monetary value.
 *
 * A *window* says where to cut time and in which unit to answer. A summary comes out sorted by customer.
 *  - The first purchase makes the customer; the others are repeat purchases. frequency x counts them, recency t_x is
 *    the time from the first purchase to the last, T the time from the first to the end of observation, both measured
 *    between beginnings of periods, in the window's unit. When the merge period is the unit, they count whole periods
 *    (this matters for months and years, which are not all equally long).
 *  - The end of observation is a period, inclusive: all of the period that contains it counts. By default it is the
 *    last one seen. What lies later is left out and counted in the report, as are customers who come later.
 *  - monetary_value is the mean amount of the repeat purchases, 0 when there is none; the first purchase is left out
 *    because it says more about how the customer was won than about the habit (option include_first). */
#ifndef LOYALTY_BTYD_RFM_SUMMARY_H
#define LOYALTY_BTYD_RFM_SUMMARY_H

#include "rfm.h"

LOY_BEGIN_DECLS

/* Values of loy_rfm_window.end and .train_end. */
#define LOY_RFM_LAST_SEEN INT64_MIN /* end: the last period in the log */
#define LOY_RFM_NO_SPLIT  INT64_MIN /* train_end: one period of observation, no holdout */

/* What to ask of a builder. Fill with loy_rfm_window_init, then change what you need. */
typedef struct loy_rfm_window {
  size_t struct_size;
  loy_time_unit time_unit; /* unit of recency, T, test_T and of the gaps in litt; default LOY_TIME_WEEK */
  loy_tick tick;           /* unit of `end` and `train_end`, default LOY_TICK_DAY */
  int64_t end;             /* the period that contains this time is the last that counts; default LOY_RFM_LAST_SEEN */
  int64_t train_end; /* calibration ends with the period that contains this time, holdout goes from there to the end;
                        default LOY_RFM_NO_SPLIT */
  int decimals; /* monetary values are in units of 10^decimals minor units: 2 for cents to dollars; 0 to 9, default 2 */
  int include_first; /* nonzero: monetary_value is the mean of all purchases, the first included; default 0 */
} loy_rfm_window;

/* The caller's output columns, each for `capacity` customers. NULL: not wanted. Fill with loy_rfm_columns_init, then
 * set those you want. */
typedef struct loy_rfm_columns {
  size_t struct_size;
  int64_t *customer;
  double *frequency;      /* x, repeat purchases */
  double *recency;        /* t_x, from the first purchase to the last; 0 when x = 0 */
  double *T;              /* from the first purchase to the end (of the calibration) */
  double *monetary_value; /* mean amount of a repeat purchase; 0 when x = 0 */
  double *litt; /* sum of ln(gap) over the x gaps between purchases (Platzer & Reutterer 2016); 0 when x = 0 */
  double *test_frequency;      /* purchases in the holdout */
  double *test_monetary_value; /* mean amount of a purchase in the holdout; 0 when there is none */
  double *test_T;              /* length of the holdout, the same for all */
} loy_rfm_columns;

/* Set all members to their defaults, `struct_size` included. NULL is allowed and does nothing. */
LOYALTY_API void loy_rfm_window_init(loy_rfm_window *window);

/* Set all columns to NULL, and `struct_size`. NULL is allowed and does nothing. */
LOYALTY_API void loy_rfm_columns_init(loy_rfm_columns *columns);

/* How many customers a summary through `window` (NULL: all defaults) has, in *customers, and what was read and left
 * out, in *report; either may be NULL. Not const: the builder tidies its memory.
 * Errors, in this order: LOY_ERR_ARGUMENT for builder (NULL), window (struct_size), its members time_unit and tick;
 * LOY_ERR_DOMAIN for its members end (outside the calendar), train_end (outside the calendar, or in a later period than
 * the end), decimals; LOY_ERR_MEMORY. */
LOYALTY_API loy_status loy_rfm_count(loy_rfm_builder *builder, const loy_rfm_window *window, size_t *customers,
                                     loy_rfm_report *report, loy_error *error);

/* The summary through `window` (NULL: all defaults), one row per customer, sorted by id, into the columns of `out`,
 * which have room for `capacity` rows; *customers (may be NULL) is the number of rows written. Recency and T are exact
 * integers divided once, monetary values exact sums divided once: correctly rounded. litt is summed in order of time.
 * Without a split, test_frequency, test_monetary_value and test_T are 0.
 * Errors, in this order: those of loy_rfm_count, with LOY_ERR_ARGUMENT for out (NULL, struct_size) before
 * LOY_ERR_MEMORY; LOY_ERR_BUFFER for capacity when it is too small, the size needed being in *customers. */
LOYALTY_API loy_status loy_rfm_summary(loy_rfm_builder *builder, const loy_rfm_window *window, size_t capacity,
                                       const loy_rfm_columns *out, size_t *customers, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "rfm_summary-inl.h"
#endif

#endif /* LOYALTY_BTYD_RFM_SUMMARY_H */
