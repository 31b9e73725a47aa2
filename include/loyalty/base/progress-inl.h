/* progress-inl.h: body of progress.h. */
#ifndef LOYALTY_BASE_PROGRESS_INL_H
#define LOYALTY_BASE_PROGRESS_INL_H

#include "progress.h"

LOY_BEGIN_DECLS

LOYI_SHARED int loyi_progress_report(const loy_progress *progress, int64_t done, int64_t of, double value) {
  return !progress || progress->report(progress->ctx, done, of, value);
}

LOY_END_DECLS

#endif /* LOYALTY_BASE_PROGRESS_INL_H */
