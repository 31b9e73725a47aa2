/* response_inverse.c: inverse questions, constraints, and competition by row on the C side of the parity cases. */
#include <stdlib.h>

#include "curve.h"
#include "parity.h"

/* Point at the columns of n rows, as many as there are; to be freed. */
static const double **columns(parity_case *c, size_t *length) {
  const double *all = parity_column(c, length);
  const double **column = (const double **)malloc((*length + 1) * sizeof *column);
  if (!column) abort();
  column[0] = all;
  return column;
}

static size_t spread(const double **column, size_t length, size_t n) {
  const size_t count = n > 0 ? length / n : 1;
  for (size_t k = 1; k < count; k++) column[k] = column[0] + k * n;
  return count;
}

/* The end of a batch: its error, its first bad row, or the count of them. */
static void batch(parity_case *c, const loy_error *e, const loy_batch_report *report, bool coerce) {
  if (parity_failed(c, e)) return;
  if (report->bad > 0 && !coerce && parity_failed(c, &report->first)) return;
  parity_give_int(c, (int64_t)report->bad);
}

static void answer(parity_case *c, const loy_error *e, double value) {
  if (parity_failed(c, e)) return;
  parity_give_text(c, loy_status_name(e->status));
  parity_give_double(c, value);
}

static void curve_required_captivity(parity_case *c) {
  const loy_curve curve = parity_curve(c);
  const double target = parity_double(c), s = parity_double(c), competition = parity_double(c);
  double value = 0.0;
  loy_error e;
  loy_curve_required_captivity(&curve, target, s, competition, &value, &e);
  answer(c, &e, value);
}

static void curve_required_captivity_batch(parity_case *c) {
  const loy_curve curve = parity_curve(c);
  size_t n;
  const double *target = parity_column(c, &n), *s = parity_column(c, &n), *competition = parity_column(c, &n);
  double *out = parity_out(c, &n);
  loy_batch_report report;
  loy_error e;
  loy_curve_required_captivity_batch(&curve, target, s, competition, n, out, &report, &e);
  batch(c, &e, &report, parity_bool(c));
}

static void curve_required_constraint(parity_case *c) {
  const loy_curve curve = parity_curve(c);
  const size_t j = (size_t)parity_int(c);
  const double target = parity_double(c), s = parity_double(c), competition = parity_double(c);
  size_t n;
  const double *constraint = parity_column(c, &n);
  double value = 0.0;
  loy_error e;
  loy_curve_required_constraint(&curve, target, s, competition, constraint, j, &value, &e);
  answer(c, &e, value);
}

static void curve_required_constraint_batch(parity_case *c) {
  const loy_curve curve = parity_curve(c);
  const size_t j = (size_t)parity_int(c);
  size_t n;
  const double *target = parity_column(c, &n), *s = parity_column(c, &n), *competition = parity_column(c, &n);
  const double *column[LOY_CURVE_CONSTRAINTS];
  const double *const *k = parity_constraints(c, &curve, n, column);
  double *out = parity_out(c, &n);
  loy_batch_report report;
  loy_error e;
  loy_curve_required_constraint_batch(&curve, target, s, competition, k, j, n, out, &report, &e);
  batch(c, &e, &report, parity_bool(c));
}

static void curve_critical_competition(parity_case *c) {
  const loy_curve curve = parity_curve(c);
  const double target = parity_double(c), s = parity_double(c);
  size_t n;
  const double *constraint = parity_column(c, &n);
  double value = 0.0;
  loy_error e;
  loy_curve_critical_competition(&curve, target, s, constraint, &value, &e);
  answer(c, &e, value);
}

static void curve_critical_competition_batch(parity_case *c) {
  const loy_curve curve = parity_curve(c);
  size_t n;
  const double *target = parity_column(c, &n), *s = parity_column(c, &n);
  const double *column[LOY_CURVE_CONSTRAINTS];
  const double *const *k = parity_constraints(c, &curve, n, column);
  double *out = parity_out(c, &n);
  loy_batch_report report;
  loy_error e;
  loy_curve_critical_competition_batch(&curve, target, s, k, n, out, &report, &e);
  batch(c, &e, &report, parity_bool(c));
}

static void curve_deregulate(parity_case *c) {
  const loy_curve curve = parity_curve(c);
  const double s = parity_double(c), competition = parity_double(c);
  size_t n;
  const double *constraint = parity_column(c, &n);
  const double after = parity_double(c);
  const double *constraint_after = parity_column(c, &n);
  loy_deregulation change;
  loy_error e;
  loy_curve_deregulate(&curve, s, competition, constraint, after, constraint_after, &change, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, change.loyalty_before);
  parity_give_double(c, change.loyalty_after);
  parity_give_double(c, change.lost);
  parity_give_double(c, change.hostage_share_before);
}

static void curve_deregulate_batch(parity_case *c) {
  const loy_curve curve = parity_curve(c);
  size_t n, m;
  const double *s = parity_column(c, &n), *competition = parity_column(c, &n);
  const double *now[LOY_CURVE_CONSTRAINTS], *then[LOY_CURVE_CONSTRAINTS];
  const double *const *k = parity_constraints(c, &curve, n, now);
  const double *after = parity_column(c, &m);
  const double *const *k_after = parity_constraints(c, &curve, n, then);
  double *out[4];
  loy_batch_report report;
  loy_error e;
  for (int i = 0; i < 4; i++) out[i] = parity_out(c, &m);
  loy_curve_deregulate_batch(&curve, s, competition, k, after, k_after, n, out[0], out[1], out[2], out[3], &report, &e);
  batch(c, &e, &report, parity_bool(c));
}

static void curve_competition_from_ratio(parity_case *c) {
  const loy_curve curve = parity_curve(c);
  const double ratio = parity_double(c), low = parity_double(c), high = parity_double(c);
  size_t n;
  const double *constraint = parity_column(c, &n);
  double value = 0.0;
  loy_error e;
  loy_curve_competition_from_ratio(&curve, ratio, low, high, constraint, &value, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, value);
}

static void constraint_name(parity_case *c) {
  const int kind = (int)parity_int(c);
  parity_give_text(c, parity_bool(c) ? loy_constraint_name_zh(kind) : loy_constraint_name(kind));
}

static void constraint_from_items(parity_case *c) {
  size_t n;
  const double *item = parity_column(c, &n);
  const double lowest = parity_double(c), highest = parity_double(c);
  double value = 0.0;
  loy_error e;
  loy_constraint_from_items(item, n, lowest, highest, &value, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, value);
}

static void constraint_from_items_batch(parity_case *c) {
  size_t length, n, items;
  const double **column = columns(c, &length);
  const double lowest = parity_double(c), highest = parity_double(c);
  double *out = parity_out(c, &n);
  loy_batch_report report;
  loy_error e;
  items = spread(column, length, n);
  loy_constraint_from_items_batch(column, items, n, lowest, highest, out, &report, &e);
  free(column);
  batch(c, &e, &report, parity_bool(c));
}

static void switching_costs(parity_case *c) {
  size_t n;
  const double *price = parity_column(c, &n), *customers = parity_column(c, &n);
  double *cost = parity_out(c, &n);
  loy_error e;
  loy_switching_costs(price, customers, n, cost, &e);
  (void)parity_failed(c, &e);
}

static void competition_from_shares_batch(parity_case *c) {
  size_t length, n, suppliers;
  const double **column = columns(c, &length);
  const bool normalize = parity_bool(c);
  double *out = parity_out(c, &n);
  loy_batch_report report;
  loy_error e;
  suppliers = spread(column, length, n);
  loy_competition_from_shares_batch(column, suppliers, n, normalize, out, NULL, &report, &e);
  free(column);
  batch(c, &e, &report, parity_bool(c));
}

PARITY(response_inverse) {
  CASE(curve_required_captivity);
  CASE(curve_required_captivity_batch);
  CASE(curve_required_constraint);
  CASE(curve_required_constraint_batch);
  CASE(curve_critical_competition);
  CASE(curve_critical_competition_batch);
  CASE(curve_deregulate);
  CASE(curve_deregulate_batch);
  CASE(curve_competition_from_ratio);
  CASE(constraint_name);
  CASE(constraint_from_items);
  CASE(constraint_from_items_batch);
  CASE(switching_costs);
  CASE(competition_from_shares_batch);
}
