/* response_curve.c: single numbers and zones of the curve in the parity cases. */
#include <stdlib.h>

#include "curve.h"
#include "parity.h"

static void curve_value(parity_case *c) {
  const loy_curve curve = parity_curve(c);
  const int64_t what = parity_int(c);
  const double s = parity_double(c), competition = parity_double(c);
  size_t n;
  const double *constraint = parity_column(c, &n);
  double value = 0.0;
  loy_error e;
  if (constraint && parity_lengths(c, "constraint", n, curve.constraints)) return;
  loy_curve_check(&curve, s, competition, constraint, &e);
  if (parity_failed(c, &e)) return;
  switch (what) {
  case 0: value = loy_curve_loyalty(&curve, s, competition, constraint); break;
  case 1: value = loy_curve_slope_s(&curve, s, competition, constraint); break;
  case 2: value = loy_curve_slope_c(&curve, s, competition, constraint); break;
  case 3: value = loy_curve_hostage_share(&curve, s, competition, constraint); break;
  default: {
    const loy_error unknown = {LOY_ERR_ARGUMENT, "what", LOY_NO_INDEX, NULL};
    (void)parity_failed(c, &unknown);
    return;
  }
  }
  parity_give_double(c, value);
}

static void curve_slope_constraint(parity_case *c) {
  const loy_curve curve = parity_curve(c);
  const double s = parity_double(c), competition = parity_double(c);
  size_t n, j;
  const double *constraint = parity_column(c, &n);
  const loy_error beyond = {LOY_ERR_ARGUMENT, "j", LOY_NO_INDEX, NULL};
  loy_error e;
  if (constraint && parity_lengths(c, "constraint", n, curve.constraints)) return;
  j = (size_t)parity_int(c);
  loy_curve_check(&curve, s, competition, constraint, &e);
  if (parity_failed(c, &e)) return;
  if (j >= curve.constraints && parity_failed(c, &beyond)) return;
  parity_give_double(c, loy_curve_slope_constraint(&curve, s, competition, constraint, j));
}

static void curve_zones(parity_case *c) {
  enum { MOST_ROWS = 16 };
  const loy_curve curve = parity_curve(c);
  size_t n, m;
  const double *s = parity_column(c, &n), *competition = parity_column(c, &m);
  const double *column[LOY_CURVE_CONSTRAINTS];
  const double *const *constraint;
  double tau;
  int32_t found[3][MOST_ROWS];
  int64_t *out[3];
  loy_batch_report report = {0};
  loy_error e;
  if (parity_lengths(c, "c", m, n)) return;
  if (n > MOST_ROWS) abort();
  constraint = parity_constraints(c, &curve, n, column);
  tau = parity_double(c);
  for (int k = 0; k < 3; k++) out[k] = parity_out_i64(c, &m);
  loy_curve_zone_batch(&curve, s, competition, constraint, tau, n, found[0], found[1], found[2], &report, &e);
  if (!parity_failed(c, &e)) {
    for (int k = 0; k < 3; k++)
      for (size_t i = 0; i < n; i++) out[k][i] = found[k][i];
    parity_batch(c, &e, &report, parity_bool(c));
  }
}

PARITY(response_curve) {
  CASE(curve_value);
  CASE(curve_slope_constraint);
  CASE(curve_zones);
}
