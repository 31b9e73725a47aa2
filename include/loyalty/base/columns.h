/* columns.h: what all batch functions share. A batch takes parameters, then contiguous input columns of doubles that
 * share one length n, then options or NULL, then caller-owned outputs, then a nullable report. A bad call (NULL, a bad
 * parameter) returns an error and writes nothing; a bad row gives NaN in its slot and is counted in the report, so that
 * one bad customer does not sink a million. n = 0 succeeds and touches nothing; a column may be NULL only when n is 0.
 */
#ifndef LOYALTY_BASE_COLUMNS_H
#define LOYALTY_BASE_COLUMNS_H

#include "config.h"
#include "status.h"

LOY_BEGIN_DECLS

/* Bad rows of one batch call. Zeroed by the call; all fields but `bad` describe the first bad row and are
 * LOY_OK/NULL/LOY_NO_INDEX when there is none. */
typedef struct loy_batch_report {
  size_t bad;      /* rows that answered NaN */
  loy_error first; /* the first of them: status, argument, row, what would be right */
} loy_batch_report;

/* Private: start a report. NULL is allowed. */
LOYI_SHARED void loyi_batch_begin(loy_batch_report *report);

/* Private: count row `row` as bad for the reason in `error`. NULL is allowed. Rows must come in increasing order. */
LOYI_SHARED void loyi_batch_bad(loy_batch_report *report, size_t row, const loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "columns-inl.h"
#endif

#endif /* LOYALTY_BASE_COLUMNS_H */
