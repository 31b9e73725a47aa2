/* progress.h: how a long computation tells its caller how far it is, and is told to stop. */
#ifndef LOYALTY_BASE_PROGRESS_H
#define LOYALTY_BASE_PROGRESS_H

#include "config.h"

LOY_BEGIN_DECLS

/* A caller's watch over a fit or a resampling. Passed by const pointer; NULL means none. `report` gets
 *   ctx    as it stands here
 *   done   how many steps are done, from 1 on and never falling; of a fit, evaluations of the likelihood
 *   of     how many there will be, or 0 where that is not known, as for a fit
 *   value  what is worth watching; of a fit, the log-likelihood at the point just tried (NaN where it has none)
 * and returns nonzero to go on, or 0 to stop: the call then returns LOY_ERR_CANCELED, with nothing leaked and outputs
 * untouched. It is only called from the thread that made the call, changes no result, and must return (neither longjmp
 * nor a C++ exception may leave it). */
typedef struct loy_progress {
  int (*report)(void *ctx, int64_t done, int64_t of, double value);
  void *ctx;
} loy_progress;

/* Private: report to `progress`, which may be NULL. Nonzero to go on. */
LOYI_SHARED int loyi_progress_report(const loy_progress *progress, int64_t done, int64_t of, double value);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "progress-inl.h"
#endif

#endif /* LOYALTY_BASE_PROGRESS_H */
