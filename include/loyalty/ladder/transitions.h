/* transitions.h: how customers moved: counts of transitions from a long panel.
 *
 * A panel is a set of rows (customer, time, stage) in any order: at that time the customer stood on that stage. Rows of
 * a customer that follow each other in time are a *pair*; a pair whose times are one *step* apart is a transition, and
 * n_ij of them lead from stage i to stage j. What a chain is estimated from is one or more S by S tables of them:
 *
 *   LOY_TRANSITIONS_PAIRS      one table                        n_ij
 *   LOY_TRANSITIONS_BY_GAP     a table for each gap k = 1 to K   n_ij of pairs k steps apart (missing waves)
 *   LOY_TRANSITIONS_BY_PERIOD  a table for each period t         n_ij of transitions that begin in it (homogeneity)
 *   LOY_TRANSITIONS_TRIPLES    a table for each first stage h    n_hij of three rows one step apart (order 1 or 2)
 *
 * Counts are exact integers: those of parts of the customers add up to those of all, and they depend neither on the
 * order of the rows nor on threads.
 *
 * Source: Anderson and Goodman, Annals of Mathematical Statistics 28, 1957, section 2 (sufficient statistics). */
#ifndef LOYALTY_LADDER_TRANSITIONS_H
#define LOYALTY_LADDER_TRANSITIONS_H

#include "../base/alloc.h"
#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* What to count; see above. */
typedef enum loy_transitions_kind {
  LOY_TRANSITIONS_PAIRS = 0,
  LOY_TRANSITIONS_BY_GAP = 1,
  LOY_TRANSITIONS_BY_PERIOD = 2,
  LOY_TRANSITIONS_TRIPLES = 3
} loy_transitions_kind;

/* What becomes of a pair that is not one step apart (BY_GAP: not 1 to K whole steps). */
typedef enum loy_transitions_gaps {
  LOY_TRANSITIONS_GAPS_SKIP = 0,   /* left out, and counted in the report */
  LOY_TRANSITIONS_GAPS_AS_ONE = 1, /* it is a transition all the same; not with BY_GAP */
  LOY_TRANSITIONS_GAPS_DENY = 2    /* an error that names the later row */
} loy_transitions_gaps;

/* What becomes of a row with stage -1, which stands for "not known". */
typedef enum loy_transitions_missing {
  LOY_TRANSITIONS_MISSING_DENY = 0, /* an error that names the row */
  LOY_TRANSITIONS_MISSING_GAP = 1   /* as if the row were not there: the rows around it are a wider gap apart */
} loy_transitions_missing;

/* What becomes of rows of the same customer and time with different stages. Equal rows count once. */
typedef enum loy_transitions_repeats {
  LOY_TRANSITIONS_REPEATS_DENY = 0, /* an error that names a later row */
  LOY_TRANSITIONS_REPEATS_LAST = 1  /* the last of the rows, as they are given, holds */
} loy_transitions_repeats;

/* Value of loy_transitions_options.first. */
#define LOY_TRANSITIONS_FIRST_SEEN INT64_MIN

/* How to count. Fill with loy_transitions_options_init, then change what you need. */
typedef struct loy_transitions_options {
  size_t struct_size;
  loy_transitions_kind kind;       /* default LOY_TRANSITIONS_PAIRS */
  loy_transitions_gaps gaps;       /* default LOY_TRANSITIONS_GAPS_SKIP */
  loy_transitions_missing missing; /* default LOY_TRANSITIONS_MISSING_DENY */
  loy_transitions_repeats repeats; /* default LOY_TRANSITIONS_REPEATS_DENY */
  int64_t step;                    /* length of a step on the clock of `time`, at least 1; default 1 */
  int64_t first; /* BY_PERIOD: beginning of period 0; period t is first + t step <= time < first + (t + 1) step. Default
                    LOY_TRANSITIONS_FIRST_SEEN, the least time of all; give one when counts of parts are to be added */
  int threads;   /* most threads to use inside the call, default 1; never changes a result */
  const loy_allocator *allocator; /* NULL, the default, means malloc */
} loy_transitions_options;

/* What was read, and what was left out. */
typedef struct loy_transitions_report {
  int64_t rows;      /* rows given */
  int64_t missing;   /* of them, without a stage */
  int64_t repeats;   /* of them, with the customer and time of an earlier row */
  int64_t customers; /* customers with a known stage */
  int64_t pairs;     /* pairs (with TRIPLES: triples) counted: the sum of all counts */
  int64_t skipped;   /* pairs (triples) left out because of their gaps */
  int64_t first;     /* least time of all rows; 0 when there is none */
  int64_t last;      /* greatest time */
} loy_transitions_report;

/* The most counts that a call fills: tables * states * states. */
#define LOY_TRANSITIONS_CELLS_MOST ((size_t)1 << 27)

/* Set all members to their defaults, `struct_size` included. NULL is allowed and does nothing. */
LOYALTY_API void loy_transitions_options_init(loy_transitions_options *options);

/* How many periods, and so tables of a BY_PERIOD count, the rows span: enough for each transition, at least 1.
 *   time     n times
 *   states   number of stages S, 1 to 1024
 *   options  `first` and `step` matter; NULL for the defaults
 * Errors, in this order: LOY_ERR_ARGUMENT for options (struct_size); LOY_ERR_DOMAIN for its member step;
 * LOY_ERR_ARGUMENT for states, time (NULL with n > 0), periods (NULL); LOY_ERR_DOMAIN for time before `first`, index =
 * the row, and for step when there would be more than LOY_TRANSITIONS_CELLS_MOST counts. */
LOYALTY_API loy_status loy_transitions_periods(const int64_t *time, size_t n, size_t states,
                                               const loy_transitions_options *options, size_t *periods,
                                               loy_error *error);

/* Count.
 *   customer, time, stage  n rows, in any order; ids and times are any integers, stages 0 to states - 1, or -1
 *   states                 number of stages S, 1 to 1024
 *   options                NULL for the defaults
 *   tables                 number of S by S tables in `counts`: 1 for PAIRS, K for BY_GAP, as many as
 *                          loy_transitions_periods says or more for BY_PERIOD, S for TRIPLES
 *   counts                 receives tables * S * S numbers: of table k, from stage i to stage j, at (k S + i) S + j
 *   report                 may be NULL
 * Rows in order of customer and time are counted in one pass as they lie, which takes no memory but for some counts of
 * each thread; others are sorted first, which takes 24 bytes a row. Linear in n either way.
 * Errors, in this order: LOY_ERR_ARGUMENT for options (struct_size), its members kind, gaps, missing and repeats;
 * LOY_ERR_DOMAIN for its member step; LOY_ERR_ARGUMENT for states, tables (not as above, or more than
 * LOY_TRANSITIONS_CELLS_MOST counts), customer, time, stage (NULL with n > 0), counts (NULL). With BY_PERIOD
 * LOY_ERR_DOMAIN for time before `first`, index = the row; LOY_ERR_BUFFER for tables when there are more periods. Then
 * LOY_ERR_DOMAIN for stage, index = the first row with one that is not as above; for time, index = the first row that
 * repeats another with a different stage; for time, index = the first row after a gap, under GAPS_DENY. And
 * LOY_ERR_MEMORY as soon as memory is out. */
LOYALTY_API loy_status loy_transitions_count(const int64_t *customer, const int64_t *time, const int32_t *stage,
                                             size_t n, size_t states, const loy_transitions_options *options,
                                             size_t tables, int64_t *counts, loy_transitions_report *report,
                                             loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "transitions-inl.h"
#endif

#endif /* LOYALTY_LADDER_TRANSITIONS_H */
