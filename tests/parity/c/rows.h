/* rows.h: loops over functions with a status, as the shims of the value wing make them. */
#ifndef LOYALTY_TESTS_PARITY_ROWS_H
#define LOYALTY_TESTS_PARITY_ROWS_H

#include <math.h>

#include "parity.h"

typedef struct parity_rows {
  loy_batch_report report;
  loy_status notice; /* the first */
} parity_rows;

static inline void parity_row(parity_rows *rows, size_t i, const loy_error *why) {
  if (loy_status_is_error(why->status))
    parity_bad_row(&rows->report, i, why->status, why->argument);
  else if (rows->notice == LOY_OK)
    rows->notice = why->status;
}

/* Gives the status and the count of bad rows. */
static inline void parity_rows_done(parity_case *c, const parity_rows *rows, bool coerce) {
  if (rows->report.bad > 0 && !coerce && parity_failed(c, &rows->report.first)) return;
  parity_give_text(c, loy_status_name(rows->notice));
  parity_give_int(c, (int64_t)rows->report.bad);
}

#endif /* LOYALTY_TESTS_PARITY_ROWS_H */
