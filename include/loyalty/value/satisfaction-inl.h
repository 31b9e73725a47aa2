/* satisfaction-inl.h: body of satisfaction.h. */
#ifndef LOYALTY_VALUE_SATISFACTION_INL_H
#define LOYALTY_VALUE_SATISFACTION_INL_H

#include "satisfaction.h"
#include "../base/range.h"
#include "sensitivity.h"

#include <math.h>

LOY_BEGIN_DECLS

LOYALTY_API void loy_margin_terms_init(loy_margin_terms *terms) {
  if (!terms) return;
  terms->struct_size = sizeof *terms;
  terms->timing = LOY_MARGIN_BEGIN;
  terms->discount = 0.0;
  terms->growth = 0.0;
  terms->horizon = HUGE_VAL;
}

/* The curve's parameters, and the terms: `use` is `terms` or the defaults. The middle of the curve is always good. */
LOYI_LOCAL loy_status loyi_satisfaction_check(const loy_curve *curve, const loy_margin_terms *terms,
                                              loy_margin_terms *use, loy_error *error) {
  double multiple;
  loy_status status = loy_curve_check(curve, 0.5, 0.5, NULL, error);
  if (status != LOY_OK) return status;
  loy_margin_terms_init(use);
  if (!terms) return LOY_OK;
  if (terms->struct_size != sizeof *terms)
    return loyi_report(error, LOY_ERR_ARGUMENT, "terms", LOY_NO_INDEX, "struct_size must be set by the init function");
  *use = *terms;
  status = loy_margin_multiple_check(use->timing, 0.0, use->discount, use->growth, use->horizon, &multiple, error);
  return loy_status_is_error(status) ? status : LOY_OK;
}

LOYI_LOCAL loy_status loyi_satisfaction_check_margin(double margin, loy_error *error) {
  double value;
  return loy_retention_value_check(LOY_MARGIN_BEGIN, margin, 0.0, 0.0, 0.0, 1.0, 0.0, &value, error);
}

/* The value of a customer who is kept with probability `retention`. */
LOYI_LOCAL double loyi_satisfaction_value(const loy_margin_terms *terms, double margin, double retention) {
  return loy_retention_value(terms->timing, margin, retention, terms->discount, terms->growth, terms->horizon, 0.0);
}

/* An infinite slope of either factor and one of 0: nothing moves. */
LOYI_LOCAL double loyi_satisfaction_slope(const loy_margin_terms *terms, double margin, double retention,
                                          double retention_slope) {
  const double multiple_slope =
      loy_margin_multiple_slope(terms->timing, retention, terms->discount, terms->growth, terms->horizon);
  if (margin == 0.0 || retention_slope == 0.0 || multiple_slope == 0.0) return 0.0;
  return margin * multiple_slope * retention_slope;
}

LOYI_LOCAL loy_status loyi_satisfaction_diverges(const char *argument, size_t index, loy_error *error) {
  return loyi_report(error, LOY_NOTICE_DIVERGES, argument, index,
                     "the value is infinite because retention times growth is not below 1 + discount");
}

LOYALTY_API loy_status loy_satisfaction_worth_at(const loy_curve *curve, const loy_margin_terms *terms, double margin,
                                                 double s, double c, const double *constraint,
                                                 loy_satisfaction_worth *worth, loy_error *error) {
  loy_margin_terms use;
  loy_status status = loyi_satisfaction_check(curve, terms, &use, error);
  if (status == LOY_OK) status = loyi_satisfaction_check_margin(margin, error);
  if (status == LOY_OK) status = loy_curve_check(curve, s, c, constraint, error);
  if (status != LOY_OK) return status;
  if (!worth) return loyi_report(error, LOY_ERR_ARGUMENT, "worth", LOY_NO_INDEX, "must not be NULL");
  worth->retention = loy_curve_loyalty(curve, s, c, constraint);
  worth->retention_slope = loy_curve_slope_s(curve, s, c, constraint);
  worth->value = loyi_satisfaction_value(&use, margin, worth->retention);
  worth->value_slope = loyi_satisfaction_slope(&use, margin, worth->retention, worth->retention_slope);
  return isinf(worth->value) ? loyi_satisfaction_diverges("s", LOY_NO_INDEX, error) : loyi_ok(error);
}

/* A column that must be there while there are rows. */
typedef struct loyi_satisfaction_column {
  const char *name;
  const double *p;
} loyi_satisfaction_column;

LOYI_LOCAL loy_status loyi_satisfaction_columns(const loyi_satisfaction_column *column, size_t count, size_t n,
                                                loy_error *error) {
  for (size_t i = 0; n > 0 && i < count; i++)
    if (!column[i].p) return loyi_report(error, LOY_ERR_ARGUMENT, column[i].name, LOY_NO_INDEX, "must not be NULL");
  return LOY_OK;
}

LOYI_LOCAL loy_status loyi_satisfaction_constraints(const char *name, const double *const *constraint,
                                                    const loy_curve *curve, size_t n, loy_error *error) {
  for (size_t j = 0; n > 0 && constraint && j < curve->constraints; j++)
    if (!constraint[j]) return loyi_report(error, LOY_ERR_ARGUMENT, name, j, "must not be NULL");
  return LOY_OK;
}

/* The constraints of row i, kept in `room`; NULL when there are none. */
LOYI_LOCAL const double *loyi_satisfaction_row(const double *const *constraint, const loy_curve *curve, size_t i,
                                               double *room) {
  for (size_t j = 0; constraint && j < curve->constraints; j++) room[j] = constraint[j][i];
  return constraint ? room : NULL;
}

/* Note what row i gave: 1 when its answers count, 0 when they must become NaN. */
LOYI_LOCAL int loyi_satisfaction_note(loy_status status, size_t i, const loy_error *row, loy_error *infinite,
                                      loy_batch_report *report) {
  if (loy_status_is_error(status)) {
    loyi_batch_bad(report, i, row);
    return 0;
  }
  if (status != LOY_OK && infinite->status == LOY_OK) {
    *infinite = *row;
    infinite->index = i;
  }
  return 1;
}

/* The notice of the first row that had one. */
LOYI_LOCAL loy_status loyi_satisfaction_end(const loy_error *infinite, loy_error *error) {
  if (infinite->status == LOY_OK) return loyi_ok(error);
  if (error) *error = *infinite;
  return infinite->status;
}

LOYALTY_API loy_status loy_satisfaction_worth_batch(const loy_curve *curve, const loy_margin_terms *terms,
                                                    const double *margin, const double *s, const double *c,
                                                    const double *const *constraint, size_t n, double *retention,
                                                    double *retention_slope, double *value, double *value_slope,
                                                    loy_batch_report *report, loy_error *error) {
  const loyi_satisfaction_column columns[] = {{"margin", margin}, {"s", s}, {"c", c}};
  const loy_satisfaction_worth nothing = {(double)NAN, (double)NAN, (double)NAN, (double)NAN};
  loy_margin_terms use;
  loy_error infinite;
  loy_status status = loyi_satisfaction_check(curve, terms, &use, error);
  if (status == LOY_OK) status = loyi_satisfaction_columns(columns, 3, n, error);
  if (status == LOY_OK) status = loyi_satisfaction_constraints("constraint", constraint, curve, n, error);
  if (status != LOY_OK) return status;
  loyi_batch_begin(report);
  loyi_ok(&infinite);
  for (size_t i = 0; i < n; i++) {
    double room[LOY_CURVE_CONSTRAINTS];
    const double *k = loyi_satisfaction_row(constraint, curve, i, room);
    loy_satisfaction_worth worth;
    loy_error row;
    status = loy_satisfaction_worth_at(curve, &use, margin[i], s[i], c[i], k, &worth, &row);
    if (!loyi_satisfaction_note(status, i, &row, &infinite, report)) worth = nothing;
    if (retention) retention[i] = worth.retention;
    if (retention_slope) retention_slope[i] = worth.retention_slope;
    if (value) value[i] = worth.value;
    if (value_slope) value_slope[i] = worth.value_slope;
  }
  return loyi_satisfaction_end(&infinite, error);
}

/* after - before, where both may be infinite: then nothing changes. */
LOYI_LOCAL double loyi_satisfaction_change(double before, double after) {
  return isinf(before) && before == after ? 0.0 : after - before;
}

LOYALTY_API loy_status loy_satisfaction_invest(const loy_curve *curve, const loy_margin_terms *terms, double margin,
                                               double s_before, double s_after, double c, const double *constraint,
                                               double customers, double cost, loy_satisfaction_investment *investment,
                                               loy_error *error) {
  loy_margin_terms use;
  loy_satisfaction_investment found;
  loy_status status = loyi_satisfaction_check(curve, terms, &use, error);
  if (status == LOY_OK) status = loyi_satisfaction_check_margin(margin, error);
  if (status != LOY_OK) return status;
  if (!(s_before >= 0.0 && s_before <= 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "s_before", LOY_NO_INDEX, "must be from 0 to 1");
  if (!(s_after >= 0.0 && s_after <= 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "s_after", LOY_NO_INDEX, "must be from 0 to 1");
  status = loy_curve_check(curve, s_before, c, constraint, error);
  if (status != LOY_OK) return status;
  if (!loyi_is_zero_or_quantity(customers))
    return loyi_report(error, LOY_ERR_DOMAIN, "customers", LOY_NO_INDEX, LOYI_ZERO_QUANTITY_MUST);
  if (!loyi_is_quantity(cost)) return loyi_report(error, LOY_ERR_DOMAIN, "cost", LOY_NO_INDEX, LOYI_QUANTITY_MUST);
  if (!investment) return loyi_report(error, LOY_ERR_ARGUMENT, "investment", LOY_NO_INDEX, "must not be NULL");
  found.value_before = loyi_satisfaction_value(&use, margin, loy_curve_loyalty(curve, s_before, c, constraint));
  found.value_after = loyi_satisfaction_value(&use, margin, loy_curve_loyalty(curve, s_after, c, constraint));
  found.gain = loyi_satisfaction_change(found.value_before, found.value_after);
  found.total = customers == 0.0 ? 0.0 : customers * found.gain;
  found.return_on_investment = (found.total - cost) / cost;
  *investment = found;
  if (isinf(found.value_before)) return loyi_satisfaction_diverges("s_before", LOY_NO_INDEX, error);
  return isinf(found.value_after) ? loyi_satisfaction_diverges("s_after", LOY_NO_INDEX, error) : loyi_ok(error);
}

LOYALTY_API loy_status loy_satisfaction_invest_batch(const loy_curve *curve, const loy_margin_terms *terms,
                                                     const double *margin, const double *s_before,
                                                     const double *s_after, const double *c,
                                                     const double *const *constraint, const double *customers,
                                                     const double *cost, size_t n, double *gain, double *total,
                                                     double *return_on_investment, loy_batch_report *report,
                                                     loy_error *error) {
  const loyi_satisfaction_column columns[] = {{"margin", margin}, {"s_before", s_before},   {"s_after", s_after},
                                              {"c", c},           {"customers", customers}, {"cost", cost}};
  const loy_satisfaction_investment nothing = {(double)NAN, (double)NAN, (double)NAN, (double)NAN, (double)NAN};
  loy_margin_terms use;
  loy_error infinite;
  loy_status status = loyi_satisfaction_check(curve, terms, &use, error);
  if (status == LOY_OK) status = loyi_satisfaction_columns(columns, 6, n, error);
  if (status == LOY_OK) status = loyi_satisfaction_constraints("constraint", constraint, curve, n, error);
  if (status != LOY_OK) return status;
  loyi_batch_begin(report);
  loyi_ok(&infinite);
  for (size_t i = 0; i < n; i++) {
    double room[LOY_CURVE_CONSTRAINTS];
    const double *k = loyi_satisfaction_row(constraint, curve, i, room);
    loy_satisfaction_investment found;
    loy_error row;
    status = loy_satisfaction_invest(curve, &use, margin[i], s_before[i], s_after[i], c[i], k, customers[i], cost[i],
                                     &found, &row);
    if (!loyi_satisfaction_note(status, i, &row, &infinite, report)) found = nothing;
    if (gain) gain[i] = found.gain;
    if (total) total[i] = found.total;
    if (return_on_investment) return_on_investment[i] = found.return_on_investment;
  }
  return loyi_satisfaction_end(&infinite, error);
}

LOYALTY_API loy_status loy_satisfaction_at_risk(const loy_curve *curve, const loy_margin_terms *terms, double margin,
                                                double s, double c, const double *constraint, double c_after,
                                                const double *constraint_after, loy_satisfaction_risk *risk,
                                                loy_error *error) {
  loy_margin_terms use;
  loy_satisfaction_risk found;
  loy_status status = loyi_satisfaction_check(curve, terms, &use, error);
  if (status == LOY_OK) status = loyi_satisfaction_check_margin(margin, error);
  if (status == LOY_OK) status = loy_curve_check(curve, s, c, constraint, error);
  if (status != LOY_OK) return status;
  if (!(c_after > 0.0 && c_after < 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "c_after", LOY_NO_INDEX, "must be above 0 and below 1");
  for (size_t j = 0; constraint_after && j < curve->constraints; j++)
    if (!(constraint_after[j] >= 0.0 && constraint_after[j] <= 1.0))
      return loyi_report(error, LOY_ERR_DOMAIN, "constraint_after", j, "must be from 0 to 1");
  if (!risk) return loyi_report(error, LOY_ERR_ARGUMENT, "risk", LOY_NO_INDEX, "must not be NULL");
  found.retention_before = loy_curve_loyalty(curve, s, c, constraint);
  found.retention_after = loy_curve_loyalty(curve, s, c_after, constraint_after);
  found.value_before = loyi_satisfaction_value(&use, margin, found.retention_before);
  found.value_after = loyi_satisfaction_value(&use, margin, found.retention_after);
  found.at_risk = loyi_satisfaction_change(found.value_after, found.value_before);
  *risk = found;
  if (isinf(found.value_before)) return loyi_satisfaction_diverges("s", LOY_NO_INDEX, error);
  return isinf(found.value_after) ? loyi_satisfaction_diverges("c_after", LOY_NO_INDEX, error) : loyi_ok(error);
}

LOYALTY_API loy_status loy_satisfaction_at_risk_batch(const loy_curve *curve, const loy_margin_terms *terms,
                                                      const double *margin, const double *s, const double *c,
                                                      const double *const *constraint, const double *c_after,
                                                      const double *const *constraint_after, size_t n,
                                                      double *retention_after, double *at_risk,
                                                      loy_batch_report *report, loy_error *error) {
  const loyi_satisfaction_column columns[] = {{"margin", margin}, {"s", s}, {"c", c}};
  loy_margin_terms use;
  loy_error infinite;
  loy_status status = loyi_satisfaction_check(curve, terms, &use, error);
  if (status == LOY_OK) status = loyi_satisfaction_columns(columns, 3, n, error);
  if (status == LOY_OK) status = loyi_satisfaction_constraints("constraint", constraint, curve, n, error);
  if (status == LOY_OK) status = loyi_satisfaction_constraints("constraint_after", constraint_after, curve, n, error);
  if (status != LOY_OK) return status;
  loyi_batch_begin(report);
  loyi_ok(&infinite);
  for (size_t i = 0; i < n; i++) {
    double now[LOY_CURVE_CONSTRAINTS], then[LOY_CURVE_CONSTRAINTS];
    loy_satisfaction_risk found;
    loy_error row;
    status = loy_satisfaction_at_risk(curve, &use, margin[i], s[i], c[i],
                                      loyi_satisfaction_row(constraint, curve, i, now), c_after ? c_after[i] : c[i],
                                      loyi_satisfaction_row(constraint_after, curve, i, then), &found, &row);
    if (!loyi_satisfaction_note(status, i, &row, &infinite, report))
      found.retention_after = found.at_risk = (double)NAN;
    if (retention_after) retention_after[i] = found.retention_after;
    if (at_risk) at_risk[i] = found.at_risk;
  }
  return loyi_satisfaction_end(&infinite, error);
}

LOY_END_DECLS

#endif /* LOYALTY_VALUE_SATISFACTION_INL_H */
