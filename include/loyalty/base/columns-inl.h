/* columns-inl.h: body of columns.h. */
#ifndef LOYALTY_BASE_COLUMNS_INL_H
#define LOYALTY_BASE_COLUMNS_INL_H

#include "columns.h"

LOY_BEGIN_DECLS

LOYI_SHARED void loyi_batch_begin(loy_batch_report *report) {
  if (!report) return;
  report->bad = 0;
  loyi_ok(&report->first);
}

LOYI_SHARED void loyi_batch_bad(loy_batch_report *report, size_t row, const loy_error *error) {
  if (!report) return;
  if (report->bad == 0) {
    report->first = *error;
    report->first.index = row;
  }
  report->bad++;
}

LOY_END_DECLS

#endif /* LOYALTY_BASE_COLUMNS_INL_H */
