/* response.c: the response wing's side of the parity cases. */
#include "curve.h"
#include "parity.h"

static void scale_satisfaction(parity_case *c) {
  size_t n, m;
  loy_scale scale;
  const double *rating;
  double *out;
  loy_batch_report report = {0};
  loy_error e;
  scale.lowest = parity_double(c);
  scale.highest = parity_double(c);
  scale.padding = parity_double(c);
  rating = parity_column(c, &n);
  out = parity_out(c, &m);
  (void)parity_bool(c);
  loy_scale_satisfaction_batch(&scale, rating, n, out, &report, &e);
  if (parity_failed(c, &e)) return;
  parity_give_int(c, (int64_t)report.bad);
}

static void competition_from_shares(parity_case *c) {
  size_t n;
  const double *share = parity_column(c, &n);
  const bool normalize = parity_bool(c);
  loy_competition market = {0};
  loy_error e;
  loy_competition_from_shares(share, n, normalize, &market, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, market.index);
  parity_give_double(c, market.hhi);
  parity_give_double(c, market.effective_suppliers);
  parity_give_double(c, market.normalized_hhi);
  parity_give_double(c, market.entropy);
  parity_give_double(c, market.entropy_suppliers);
  parity_give_int(c, (int64_t)market.suppliers);
}

static void curve_at(parity_case *c) {
  const loy_curve curve = parity_curve(c);
  const double s = parity_double(c), competition = parity_double(c);
  size_t n;
  const double *constraint = parity_column(c, &n);
  loy_curve_point point = {0};
  loy_error e;
  loy_curve_at(&curve, s, competition, constraint, &point, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, point.loyalty);
  parity_give_double(c, point.free_choice);
  parity_give_double(c, point.captivity);
  parity_give_double(c, point.floor);
  parity_give_double(c, point.ceiling);
  parity_give_double(c, point.slope_s);
  parity_give_double(c, point.slope_c);
  parity_give_double(c, point.elasticity_s);
  parity_give_double(c, point.elasticity_c);
  parity_give_double(c, point.hostage_share);
}

static void curve_values(parity_case *c) {
  const loy_curve curve = parity_curve(c);
  const int64_t what = parity_int(c);
  size_t n, other, rows;
  const double *x = parity_column(c, &n);
  const double *competition = parity_column(c, &other);
  const double *constraint = parity_column(c, &rows);
  double *out = parity_out(c, &other);
  const double *column[LOY_CURVE_CONSTRAINTS];
  const double *const *k = constraint ? column : NULL;
  const bool coerce = parity_bool(c);
  loy_batch_report report = {0};
  loy_error e;
  for (size_t j = 0; constraint && j < curve.constraints; j++) column[j] = constraint + j * n;
  switch (what) {
  case 0: loy_curve_loyalty_batch(&curve, x, competition, k, n, out, &report, &e); break;
  case 1: loy_curve_slope_batch(&curve, LOY_CURVE_SATISFACTION, x, competition, k, n, out, &report, &e); break;
  case 2: loy_curve_slope_batch(&curve, LOY_CURVE_COMPETITION, x, competition, k, n, out, &report, &e); break;
  case 3: loy_curve_hostage_share_batch(&curve, x, competition, k, n, out, &report, &e); break;
  default: loy_curve_required_satisfaction_batch(&curve, x, competition, k, n, out, &report, &e); break;
  }
  if (parity_failed(c, &e)) return;
  if (report.bad > 0 && !coerce && parity_failed(c, &report.first)) return;
  parity_give_int(c, (int64_t)report.bad);
}

static void curve_required_satisfaction(parity_case *c) {
  const loy_curve curve = parity_curve(c);
  const double target = parity_double(c), competition = parity_double(c);
  size_t n;
  const double *constraint = parity_column(c, &n);
  double s = 0.0;
  loy_error e;
  loy_curve_required_satisfaction(&curve, target, competition, constraint, &s, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_double(c, s);
}

static void curve_thresholds(parity_case *c) {
  const loy_curve curve = parity_curve(c);
  const double competition = parity_double(c), tau = parity_double(c);
  loy_thresholds found = {0};
  loy_error e;
  loy_curve_thresholds(&curve, competition, tau, &found, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_int(c, found.count);
  parity_give_double(c, found.s[0]);
  parity_give_double(c, found.s[1]);
  parity_give_double(c, found.logit[0]);
  parity_give_double(c, found.logit[1]);
}

static void curve_inflection(parity_case *c) {
  const loy_curve curve = parity_curve(c);
  const double competition = parity_double(c);
  double s = 0.0;
  loy_error e;
  loy_curve_inflection(&curve, competition, &s, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_double(c, s);
}

static void curve_zone(parity_case *c) {
  const loy_curve curve = parity_curve(c);
  const double s = parity_double(c), competition = parity_double(c);
  size_t n;
  const double *constraint = parity_column(c, &n);
  const double tau = parity_double(c);
  loy_zone zone = {0};
  loy_error e;
  loy_curve_zone(&curve, s, competition, constraint, tau, &zone, &e);
  if (parity_failed(c, &e)) return;
  parity_give_int(c, zone.market);
  parity_give_int(c, zone.quality);
  parity_give_int(c, zone.role);
  parity_give_double(c, zone.relative_slope);
}

static void industry(parity_case *c) {
  const int number = (int)parity_int(c);
  parity_give_text(c, loy_industry_name(number));
  parity_give_text(c, loy_industry_name_zh(number));
  parity_give_double(c, loy_industry_competition(number));
}

PARITY(response) {
  CASE(scale_satisfaction);
  CASE(competition_from_shares);
  CASE(curve_at);
  CASE(curve_values);
  CASE(curve_required_satisfaction);
  CASE(curve_thresholds);
  CASE(curve_inflection);
  CASE(curve_zone);
  CASE(industry);
}
