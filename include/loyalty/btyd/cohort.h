/* cohort.h: retention by calendar period and by cohort, and repeat purchases, from a purchase log (rfm.h).
 *
 * A customer is active in a period when he or she buys in it. The periods are the builder's merge periods: a builder
 * with LOY_RFM_MERGE_MONTH answers by calendar month. They run from the first with a purchase to the one that contains
 * `end`, without a gap, and there may be LOY_COHORT_PERIODS of them. What returns are is the builder's loy_rfm_refunds;
 * a return is no purchase.
 *
 * Two things to mind: a customer whose first purchase lies before the log begins is taken as new when first seen, and
 * the last period shows too few when the log ends before it does.
 *
 * In all functions: `tick` is the unit of `end`; `end` is a time, the period that contains it is the last that counts,
 * or LOY_RFM_LAST_SEEN (the default of all summaries) for the last in the log. Not const: the builder tidies its
 * memory. */
#ifndef LOYALTY_BTYD_COHORT_H
#define LOYALTY_BTYD_COHORT_H

#include "rfm.h"
#include "rfm_summary.h"

LOY_BEGIN_DECLS

/* The most periods of a table; more than ten years of days. */
#define LOY_COHORT_PERIODS 4096

/* What the repeat and the repurchase rate (rates.h) are made of. */
typedef struct loy_purchase_counts {
  int64_t customers;        /* with a purchase up to the end */
  int64_t repeat_customers; /* of them, with two or more */
  int64_t orders;           /* purchases up to the end, those of one period counted as one */
  int64_t returning_orders; /* of them, not the customer's first: orders - customers */
} loy_purchase_counts;

/* Count purchases.
 * Errors, in this order: LOY_ERR_ARGUMENT for builder (NULL), tick; LOY_ERR_DOMAIN for end (outside the calendar);
 * LOY_ERR_ARGUMENT for result (NULL); LOY_ERR_MEMORY. */
LOYALTY_API loy_status loy_purchase_count(loy_rfm_builder *builder, loy_tick tick, int64_t end,
                                          loy_purchase_counts *result, loy_error *error);

/* The caller's output columns, one entry for each period. NULL: not wanted. Fill with loy_retention_columns_init, then
 * set those you want. */
typedef struct loy_retention_columns {
  size_t struct_size;
  int64_t *period;   /* beginning of the period, seconds since 1970 */
  int64_t *start;    /* customers active in the period before */
  int64_t *active;   /* customers active in this one = retained + acquired + returned */
  int64_t *retained; /* of them, active in the period before too */
  int64_t *acquired; /* of them, never before */
  int64_t *returned; /* of them, before, but not in the period before */
  double *retention; /* retained / start; NaN where start is 0, as always in the first period */
  double *lower;     /* its Wilson interval; NaN likewise */
  double *upper;
  double *churn; /* (start - retained) / start, with the interval (1 - upper, 1 - lower); NaN likewise */
} loy_retention_columns;

/* Set all columns to NULL, and `struct_size`. NULL is allowed and does nothing. */
LOYALTY_API void loy_retention_columns_init(loy_retention_columns *columns);

/* How many periods there are, in *periods; 0 when nobody bought up to the end.
 * Errors, in this order: LOY_ERR_ARGUMENT for builder (NULL), tick; LOY_ERR_DOMAIN for end (outside the calendar);
 * LOY_ERR_ARGUMENT for periods (NULL); LOY_ERR_MEMORY; LOY_ERR_DOMAIN for builder, when there are more than
 * LOY_COHORT_PERIODS periods. */
LOYALTY_API loy_status loy_retention_periods(loy_rfm_builder *builder, loy_tick tick, int64_t end, size_t *periods,
                                             loy_error *error);

/* Retention and churn from each period to the next, into the columns of `out`, which have room for `capacity` periods;
 * *periods (may be NULL) is how many there are.
 *
 * level   of the Wilson intervals, 0 < level < 1
 * Returns LOY_OK; LOY_NOTICE_SKIPPED when a period after the first follows one without customers and has no rate.
 * Errors, in this order: LOY_ERR_ARGUMENT for builder (NULL), tick; LOY_ERR_DOMAIN for end, level; LOY_ERR_ARGUMENT for
 * out (NULL, struct_size); LOY_ERR_MEMORY; LOY_ERR_DOMAIN for builder (too many periods); LOY_ERR_BUFFER for capacity,
 * the number of periods being in *periods. Linear in the purchases. */
LOYALTY_API loy_status loy_retention_table(loy_rfm_builder *builder, loy_tick tick, int64_t end, double level,
                                           size_t capacity, const loy_retention_columns *out, size_t *periods,
                                           loy_error *error);

/* How many customers of each cohort are active in each later period. A cohort are those who first buy in one period.
 *
 * periods   as loy_retention_periods counts them
 * period    receives the beginning of each period, seconds since 1970; may be NULL
 * active    receives periods x periods counts, a row for each cohort: entry [c * periods + k] the customers of cohort c
 *           who buy k periods after their first; [c * periods] is the cohort's size. Periods after the end, k >=
 *           periods - c, are 0
 * Errors, in this order: LOY_ERR_ARGUMENT for builder (NULL), tick; LOY_ERR_DOMAIN for end; LOY_ERR_ARGUMENT for active
 * (NULL with periods > 0); LOY_ERR_MEMORY; LOY_ERR_DOMAIN for builder (too many periods); LOY_ERR_ARGUMENT for periods,
 * when there are more or fewer. */
LOYALTY_API loy_status loy_cohort_table(loy_rfm_builder *builder, loy_tick tick, int64_t end, size_t periods,
                                        int64_t *period, int64_t *active, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "cohort-inl.h"
#endif

#endif /* LOYALTY_BTYD_COHORT_H */
