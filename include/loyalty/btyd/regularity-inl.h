/* regularity-inl.h: body of regularity.h. */
#ifndef LOYALTY_BTYD_REGULARITY_INL_H
#define LOYALTY_BTYD_REGULARITY_INL_H

#include "cohort.h" /* first: header-only, it brings cohort-inl.h */
#include "regularity.h"

#include <math.h>
#include <string.h>

#include "../math/sum.h"
#include "cohort-inl.h"
#include "rfm_cells.h"

LOY_BEGIN_DECLS

/* Sums over the customers so far, in two passes: the pairs themselves, then their deviations by customer. */
typedef struct loyi_regularity_sums {
  loyi_total squares, clusters;
  double own; /* of the customer: of (M - 1/2)^2 - v */
  int64_t pairs, customers;
} loyi_regularity_sums;

/* One pass over the log; v is 0 in the first. */
LOYI_LOCAL void loyi_regularity_pass(const loy_rfm_builder *builder, const loyi_cohort_log *log, double v,
                                     loyi_regularity_sums *sums) {
  int64_t last = 0, bought = 0, own = 0;
  double gap = 0.0;
  memset(sums, 0, sizeof *sums);
  for (size_t i = 0; i < log->run.n; i++) {
    const loyi_rfm_cell *cell = &log->run.cell[i];
    if (i > 0 && cell->customer != log->run.cell[i - 1].customer) {
      loyi_total_add(&sums->clusters, sums->own * sums->own);
      sums->own = 0.0;
      bought = own = 0;
    }
    if (!loyi_cohort_counts(log, i)) continue;
    bought++;
    if (bought > 1) {
      double next =
          (double)(loyi_rfm_period_start(builder->merge, cell->period) - loyi_rfm_period_start(builder->merge, last));
      if (bought % 2 == 1) { /* gaps 1 and 2, 3 and 4 ... end with purchases 3, 5 ... */
        double share = gap / (gap + next) - 0.5;
        loyi_total_add(&sums->squares, share * share);
        sums->own += share * share - v;
        sums->pairs++;
        sums->customers += own++ == 0;
      }
      gap = next;
    }
    last = cell->period;
  }
  loyi_total_add(&sums->clusters, sums->own * sums->own);
}

LOYALTY_API loy_status loy_regularity_of(loy_rfm_builder *builder, loy_tick tick, int64_t end, loy_regularity *result,
                                         loy_error *error) {
  loyi_cohort_log log;
  loyi_regularity_sums sums;
  double n, v;
  loy_status status = loyi_cohort_end(builder, tick, end, &log, error);
  if (status != LOY_OK) return status;
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  status = loyi_cohort_open(builder, &log, error);
  if (status != LOY_OK) return status;
  loyi_regularity_pass(builder, &log, 0.0, &sums);
  if (sums.pairs == 0)
    return loyi_report(error, LOY_ERR_TOO_FEW, "builder", LOY_NO_INDEX,
                       "must have a customer with three purchases, at different times");
  n = (double)sums.pairs;
  v = loyi_total_value(&sums.squares) / n;
  result->pairs = sums.pairs;
  result->customers = sums.customers;
  result->variance = v;
  result->std_error = NAN;
  result->k = HUGE_VAL;
  if (v == 0.0)
    return loyi_report(error, LOY_NOTICE_DIVERGES, "k", LOY_NO_INDEX,
                       "neighbouring gaps are equal throughout: the estimate is infinite");
  result->k = (1.0 - 4.0 * v) / (8.0 * v);
  loyi_regularity_pass(builder, &log, v, &sums);
  if (sums.customers > 1) /* dk/dv = -1 / (8 v^2) */
    result->std_error = sqrt(loyi_total_value(&sums.clusters)) / n / (8.0 * v * v);
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_REGULARITY_INL_H */
