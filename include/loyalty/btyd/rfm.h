/* rfm.h: a purchase log in the making, on the way to one row per customer (rfm_summary.h).
 *
 * A log is a set of rows (customer, time, amount) in any order. A *builder* takes it in batches; builders of parts of a
 * log merge. Everything a builder keeps is integer, so what it answers is exact and its bits do not depend on row
 * order, batches, merges or threads.
 *
 *   loy_rfm_create -> loy_rfm_push, ... -> loy_rfm_count -> (allocate) -> loy_rfm_summary -> loy_rfm_destroy
 *
 * Purchases of a customer within one merge period (a day by default) are one purchase: its time is the beginning of the
 * period, its amount the sum. Time is the clock of the data; weeks run from Monday to Sunday. Equal rows are separate
 * purchases that merge like any others: a row exported twice counts its amount twice. Refunds are negative amounts;
 * loy_rfm_refunds says what becomes of them. */
#ifndef LOYALTY_BTYD_RFM_H
#define LOYALTY_BTYD_RFM_H

#include "../base/alloc.h"
#include "../base/calendar.h"
#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* The period within which purchases of a customer count as one. */
typedef enum loy_rfm_merge_period {
  LOY_RFM_MERGE_HOUR = 0,
  LOY_RFM_MERGE_DAY = 1,
  LOY_RFM_MERGE_WEEK = 2, /* Monday to Sunday */
  LOY_RFM_MERGE_MONTH = 3,
  LOY_RFM_MERGE_YEAR = 4,
  LOY_RFM_MERGE_NONE = 5 /* only purchases within the same second, the resolution of the library */
} loy_rfm_merge_period;

/* What becomes of negative amounts. */
typedef enum loy_rfm_refunds {
  /* Added to the amount of their period. A period whose sum is negative holds a return, not a purchase: it counts
   * neither for frequency nor for time nor for spend, and the report counts it. A sum of 0 is a purchase. */
  LOY_RFM_REFUNDS_NET = 0,
  /* Added to the amount of their period, and each period counts as a purchase, whatever its sum (what lifetimes and
   * pymc-marketing do). The monetary value may be negative, which no spend model accepts. */
  LOY_RFM_REFUNDS_COUNT = 1,
  /* Rows with a negative amount are left out and counted: gross spend. */
  LOY_RFM_REFUNDS_DROP = 2,
  /* A negative amount is an error that names its row. */
  LOY_RFM_REFUNDS_DENY = 3
} loy_rfm_refunds;

/* How a builder works. Fill with loy_rfm_options_init, then change what you need. */
typedef struct loy_rfm_options {
  size_t struct_size;
  loy_rfm_merge_period merge;     /* default LOY_RFM_MERGE_DAY */
  loy_rfm_refunds refunds;        /* default LOY_RFM_REFUNDS_NET */
  int threads;                    /* most threads to use inside one call, default 1; never changes a result */
  const loy_allocator *allocator; /* copied; NULL, the default, means malloc */
} loy_rfm_options;

/* What was read, and what a summary (rfm_summary.h) leaves out. Counts are exact and do not depend on batches. Amounts
 * are in minor units. */
typedef struct loy_rfm_report {
  int64_t rows;            /* rows pushed */
  int64_t rows_negative;   /* of them, with a negative amount */
  int64_t rows_dropped;    /* of them, left out by LOY_RFM_REFUNDS_DROP */
  int64_t rows_merged;     /* rows that joined an earlier one of the same customer and period */
  int64_t customers;       /* customers in the summary */
  int64_t customers_late;  /* left out: first purchase after the end (of the calibration) */
  int64_t customers_void;  /* left out: only returns, no purchase at all */
  int64_t purchases;       /* of customers in the summary up to the end (of the calibration), first ones included */
  int64_t purchases_test;  /* of customers in the summary, in the holdout */
  int64_t purchases_late;  /* left out: after the end, or of customers left out as late */
  int64_t returns;         /* periods with a negative sum, anywhere in the log, under LOY_RFM_REFUNDS_NET */
  int64_t amount;          /* sum over `purchases` and `purchases_test` */
  int64_t amount_late;     /* sum over `purchases_late` */
  int64_t amount_returned; /* sum over `returns`, negative or 0 */
  int64_t first;           /* beginning of the first period in the log, seconds since 1970; 0 when the log is empty */
  int64_t last;            /* beginning of the last period in the log */
  int64_t train_end;       /* beginning of the last period of the calibration; = `end` without a split */
  int64_t end;             /* beginning of the last period that counts */
} loy_rfm_report;

/* A log in the making. One thread at a time may use a builder. */
typedef struct loy_rfm_builder loy_rfm_builder;

/* Set all members to their defaults, `struct_size` included. NULL is allowed and does nothing. */
LOYALTY_API void loy_rfm_options_init(loy_rfm_options *options);

/* A new, empty builder in *builder, to be given back with loy_rfm_destroy. `options` may be NULL: all defaults.
 * Errors, in this order: LOY_ERR_ARGUMENT for options (its struct_size), its members merge and refunds, builder (NULL);
 * LOY_ERR_MEMORY. */
LOYALTY_API loy_status loy_rfm_create(const loy_rfm_options *options, loy_rfm_builder **builder, loy_error *error);

/* Give back a builder and all it holds. NULL is allowed. */
LOYALTY_API void loy_rfm_destroy(loy_rfm_builder *builder);

/* Add `n` rows, in any order.
 *   tick      unit of `time`, which counts from 1970-01-01T00:00:00
 *   customer  ids, any int64_t
 *   time      LOY_DAY_MIN to LOY_DAY_MAX in that unit; INT64_MIN ("not a time") is never valid
 *   amount    in minor units (cents); NULL when the log has none, which means 0 throughout
 * On an error the builder is as it was. The sizes of all amounts ever pushed or merged, added up, must stay below 2^63,
 * so that no sum of amounts can overflow in any order. Linear in n. What is kept takes 24 bytes for each purchase; the
 * work takes as much again for each row, of at most 16 million rows at a time.
 * Errors, in this order: LOY_ERR_ARGUMENT for builder (NULL), tick, customer (NULL with n > 0), time (likewise);
 * LOY_ERR_DOMAIN for time, index = the first row outside the calendar, then for amount, index = the first negative
 * row, under LOY_RFM_REFUNDS_DENY; LOY_ERR_OVERFLOW for amount, index = the row at which the limit is passed;
 * LOY_ERR_MEMORY. */
LOYALTY_API loy_status loy_rfm_push(loy_rfm_builder *builder, loy_tick tick, const int64_t *customer,
                                    const int64_t *time, const int64_t *amount, size_t n, loy_error *error);

/* Add all that `other` holds, which stays as it is. The same customer may be in both.
 * Errors, in this order: LOY_ERR_ARGUMENT for builder (NULL), other (NULL, or the builder itself); LOY_ERR_STATE for
 * other, when its merge period or treatment of refunds differs; LOY_ERR_OVERFLOW for other, when amounts could
 * overflow together; LOY_ERR_MEMORY. */
LOYALTY_API loy_status loy_rfm_merge(loy_rfm_builder *builder, const loy_rfm_builder *other, loy_error *error);

/* Give customers new ids: customer c becomes label[c]. All ids must be 0 to n - 1. Customers who get the same label
 * become one, and what they bought in the same period one purchase. This is how ids that are text are kept: as
 * positions in a dictionary that may grow and be sorted later.
 * Errors, in this order: LOY_ERR_ARGUMENT for builder (NULL), label (NULL with n > 0); LOY_ERR_DOMAIN for label, when
 * some customer is not 0 to n - 1; LOY_ERR_MEMORY. */
LOYALTY_API loy_status loy_rfm_relabel(loy_rfm_builder *builder, const int64_t *label, size_t n, loy_error *error);

/* How many customers and purchases (distinct customer and period) a builder holds; either may be NULL. Not const: the
 * builder tidies its memory.
 * Errors, in this order: LOY_ERR_ARGUMENT for builder (NULL); LOY_ERR_MEMORY. */
LOYALTY_API loy_status loy_rfm_size(loy_rfm_builder *builder, size_t *customers, size_t *purchases, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "rfm-inl.h"
#endif

#endif /* LOYALTY_BTYD_RFM_H */
