/* rfm_cells.h: private. What a builder keeps: cells (customer, period, amount), sorted by customer and period, in runs.
 *
 * A batch of rows becomes a run by the sort of base/cells.h; equal keys are merged in place. Sums are integer, so
 * slices and threads cannot change a bit. */

/* Before the guard: in header-only form rfm.h ends with its body, which needs all that follows here. */
#include "rfm.h"

#ifndef LOYALTY_BTYD_RFM_CELLS_H
#  define LOYALTY_BTYD_RFM_CELLS_H

#  include "../base/cells.h"

LOY_BEGIN_DECLS

/* All that one customer bought in one period. The period's number is that of its hour, day, week, second since 1970,
 * the year, or 12 year + month - 1; the value is the amount. */
typedef loyi_cell loyi_rfm_cell;

typedef struct loyi_rfm_run {
  loyi_rfm_cell *cell;
  size_t n, capacity; /* cells in use, cells allocated */
} loyi_rfm_run;

/* Runs, each more than twice as long as the next: n pushes cost O(n log n) together, however small they are. */
enum { LOYI_RFM_MOST_RUNS = 64 };
typedef struct loyi_rfm_stack {
  loyi_rfm_run run[LOYI_RFM_MOST_RUNS];
  size_t n;
} loyi_rfm_stack;

/* Rows to sort. The times are known to be in range. */
typedef struct loyi_rfm_rows {
  const int64_t *customer, *time, *amount; /* amount may be NULL */
  size_t n;
  loy_tick tick;
  loy_rfm_merge_period merge;
  int drop;                /* leave rows with a negative amount out */
  int64_t least, greatest; /* bounds of the ids; need not be tight */
} loyi_rfm_rows;

/* The last count through a window, kept because a summary usually follows. */
enum { LOYI_RFM_MOST_SLICES = LOYI_CELLS_MOST_SLICES };
typedef struct loyi_rfm_counts {
  int known;
  int64_t train_end, end;                  /* the window's, in periods */
  size_t slices;                           /* parts of the run, one for each thread; they begin where customers do */
  size_t start[LOYI_RFM_MOST_SLICES + 1];  /* first cell of each slice */
  size_t offset[LOYI_RFM_MOST_SLICES + 1]; /* first row of the summary of each slice */
  loy_rfm_report report;
} loyi_rfm_counts;

struct loy_rfm_builder {
  loy_allocator memory;
  const loy_allocator *allocator; /* &memory, or NULL */
  loy_rfm_merge_period merge;
  loy_rfm_refunds refunds;
  int threads;
  int64_t rows, negative, dropped, gross; /* gross: the sizes of all amounts added up */
  int64_t first, last;                    /* periods; meaningless while there is no cell */
  loyi_rfm_stack stack;
  loyi_rfm_counts counts;
};

/* |amount|, which for the least of all is 2^63. */
LOYI_SHARED uint64_t loyi_rfm_magnitude(int64_t amount);

/* The period that contains a time, and the beginning of a period in seconds since 1970. */
LOYI_SHARED int64_t loyi_rfm_period(loy_rfm_merge_period merge, loy_tick tick, int64_t time);
LOYI_SHARED int64_t loyi_rfm_period_start(loy_rfm_merge_period merge, int64_t period);

/* Sort and merge rows into a new run. 0 when memory is out. */
LOYI_SHARED int loyi_rfm_sort(const loyi_rfm_rows *rows, int threads, const loy_allocator *allocator,
                              loyi_rfm_run *run);

LOYI_SHARED void loyi_rfm_run_release(loyi_rfm_run *run, const loy_allocator *allocator);

/* The first and the last period of a run that is not empty. */
LOYI_SHARED void loyi_rfm_run_ends(const loyi_rfm_run *run, int64_t *first, int64_t *last);

/* Hand a run that is not empty over to the stack. 0 when memory is out: the run is then still the caller's, and the
 * stack holds what it held. */
LOYI_SHARED int loyi_rfm_stack_add(loyi_rfm_stack *stack, const loyi_rfm_run *run, const loy_allocator *allocator);

/* Leave a single run, or none. 0 when memory is out: the stack then still holds what it held. */
LOYI_SHARED int loyi_rfm_stack_flatten(loyi_rfm_stack *stack, const loy_allocator *allocator);

/* The run of a flat stack; an empty one when there is none. */
LOYI_SHARED loyi_rfm_run loyi_rfm_only_run(const loy_rfm_builder *builder);

LOYI_SHARED void loyi_rfm_stack_release(loyi_rfm_stack *stack, const loy_allocator *allocator);

LOY_END_DECLS

#  ifdef LOYALTY_HEADER_ONLY
#    include "rfm_cells-inl.h"
#  endif

#endif /* LOYALTY_BTYD_RFM_CELLS_H */
