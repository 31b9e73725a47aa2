/* response_curve.i: shims of the curve L = f(C, S), its thresholds and zones. */

/* The parameters of a curve come first in each shim: alpha, beta, gamma, a, delta and the column b. Constraints of one point
 * are a column as long as b, or None; of n rows they are len(b) columns of n one after the other, or None. */
%{
#include "loyalty/response/curve.h"
#include "loyalty/response/threshold.h"

static bool curve_make(double alpha, double beta, double gamma, double a, double delta, loy_in b, loy_curve *curve,
                       loy_error *e) {
  loy_curve_init(curve);
  curve->alpha = alpha;
  curve->beta = beta;
  curve->gamma = gamma;
  curve->a = a;
  curve->delta = delta;
  if (b.n > LOY_CURVE_CONSTRAINTS) return loy_refuse(e, LOY_ERR_ARGUMENT, "b", "must have at most 8 elements");
  curve->constraints = b.n;
  for (size_t j = 0; j < b.n; j++) curve->b[j] = b.p[j];
  return true;
}

static bool curve_point_constraint(const loy_curve *curve, loy_in_opt constraint, loy_error *e) {
  return !constraint.p || constraint.n == curve->constraints ||
         loy_refuse(e, LOY_ERR_ARGUMENT, "constraint", "must be as many numbers as b");
}

/* Point `column` at the columns; *use is what the core gets. */
static bool curve_columns(const loy_curve *curve, loy_in_opt constraint, size_t n, const double **column,
                          const double *const **use, loy_error *e) {
  *use = NULL;
  if (!constraint.p) return true;
  if (constraint.n != curve->constraints * n)
    return loy_refuse(e, LOY_ERR_ARGUMENT, "constraint", "must be as many columns as b has elements, each as long as c");
  for (size_t j = 0; j < curve->constraints; j++) column[j] = constraint.p + j * n;
  *use = column;
  return true;
}

/* What curve_value and curve_values compute. */
enum { CURVE_LOYALTY = 0, CURVE_SLOPE_S = 1, CURVE_SLOPE_C = 2, CURVE_HOSTAGE_SHARE = 3, CURVE_REQUIRED = 4 };
%}

LOY_BULK(curve_values)
LOY_BULK(curve_zones)
%inline %{
/* One number at one point. `what`: 0 loyalty, 1 slope in s, 2 slope in c, 3 hostage share. */
static loy_r1 curve_value(double alpha, double beta, double gamma, double a, double delta, loy_in b, int what, double s,
                          double c, loy_in_opt constraint) {
  loy_r1 r = {0};
  loy_curve curve;
  if (!curve_make(alpha, beta, gamma, a, delta, b, &curve, &r.e) || !curve_point_constraint(&curve, constraint, &r.e))
    return r;
  if (loy_curve_check(&curve, s, c, constraint.p, &r.e) != LOY_OK) return r;
  switch (what) {
    case CURVE_LOYALTY: r.v[0] = loy_curve_loyalty(&curve, s, c, constraint.p); break;
    case CURVE_SLOPE_S: r.v[0] = loy_curve_slope_s(&curve, s, c, constraint.p); break;
    case CURVE_SLOPE_C: r.v[0] = loy_curve_slope_c(&curve, s, c, constraint.p); break;
    case CURVE_HOSTAGE_SHARE: r.v[0] = loy_curve_hostage_share(&curve, s, c, constraint.p); break;
    default: loy_refuse(&r.e, LOY_ERR_ARGUMENT, "what", "must be from 0 to 3"); break;
  }
  return r;
}

/* dL/dK_j, j counted from 0. */
static loy_r1 curve_slope_constraint(double alpha, double beta, double gamma, double a, double delta, loy_in b, double s,
                                     double c, loy_in_opt constraint, size_t j) {
  loy_r1 r = {0};
  loy_curve curve;
  if (!curve_make(alpha, beta, gamma, a, delta, b, &curve, &r.e) || !curve_point_constraint(&curve, constraint, &r.e))
    return r;
  if (loy_curve_check(&curve, s, c, constraint.p, &r.e) != LOY_OK) return r;
  if (j >= curve.constraints) {
    loy_refuse(&r.e, LOY_ERR_ARGUMENT, "j", "must be below the number of constraints");
    return r;
  }
  r.v[0] = loy_curve_slope_constraint(&curve, s, c, constraint.p, j);
  return r;
}

/* The fields of a loy_curve_point, in the order of its declaration. */
static loy_values curve_at(double alpha, double beta, double gamma, double a, double delta, loy_in b, double s, double c,
                           loy_in_opt constraint) {
  loy_values r = {0};
  loy_curve curve;
  loy_curve_point point;
  if (!curve_make(alpha, beta, gamma, a, delta, b, &curve, &r.e) || !curve_point_constraint(&curve, constraint, &r.e))
    return r;
  if (loy_curve_at(&curve, s, c, constraint.p, &point, &r.e) != LOY_OK) return r;
  loy_put_double(&r, point.loyalty);
  loy_put_double(&r, point.free_choice);
  loy_put_double(&r, point.captivity);
  loy_put_double(&r, point.floor);
  loy_put_double(&r, point.ceiling);
  loy_put_double(&r, point.slope_s);
  loy_put_double(&r, point.slope_c);
  loy_put_double(&r, point.elasticity_s);
  loy_put_double(&r, point.elasticity_c);
  loy_put_double(&r, point.hostage_share);
  return r;
}

/* Status and satisfaction. */
static loy_s1 curve_required_satisfaction(double alpha, double beta, double gamma, double a, double delta, loy_in b,
                                          double target, double c, loy_in_opt constraint) {
  loy_s1 r = {0};
  loy_curve curve;
  if (curve_make(alpha, beta, gamma, a, delta, b, &curve, &r.e) && curve_point_constraint(&curve, constraint, &r.e))
    loy_curve_required_satisfaction(&curve, target, c, constraint.p, &r.v[0], &r.e);
  return r;
}

/* One number for each row. `what` as in curve_value, and 4 for the required satisfaction; `x` is s, or the target. */
static loy_rbatch curve_values(double alpha, double beta, double gamma, double a, double delta, loy_in b, int what, loy_in x,
                               loy_in c, loy_in_opt constraint, loy_out out, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  loy_curve curve;
  const double *column[LOY_CURVE_CONSTRAINTS];
  const double *const *k = NULL;
  if (!curve_make(alpha, beta, gamma, a, delta, b, &curve, &e) || !loy_same_length(&e, "c", c.n, x.n) ||
      !loy_same_length(&e, "out", out.n, x.n) || !curve_columns(&curve, constraint, x.n, column, &k, &e))
    return loy_batch_result(e, &report, coerce);
  switch (what) {
    case CURVE_LOYALTY: loy_curve_loyalty_batch(&curve, x.p, c.p, k, x.n, out.p, &report, &e); break;
    case CURVE_SLOPE_S:
      loy_curve_slope_batch(&curve, LOY_CURVE_SATISFACTION, x.p, c.p, k, x.n, out.p, &report, &e);
      break;
    case CURVE_SLOPE_C:
      loy_curve_slope_batch(&curve, LOY_CURVE_COMPETITION, x.p, c.p, k, x.n, out.p, &report, &e);
      break;
    case CURVE_HOSTAGE_SHARE: loy_curve_hostage_share_batch(&curve, x.p, c.p, k, x.n, out.p, &report, &e); break;
    case CURVE_REQUIRED: loy_curve_required_satisfaction_batch(&curve, x.p, c.p, k, x.n, out.p, &report, &e); break;
    default: loy_refuse(&e, LOY_ERR_ARGUMENT, "what", "must be from 0 to 4"); break;
  }
  return loy_batch_result(e, &report, coerce);
}

/* ---- thresholds and zones ---- */

/* Status, count, both satisfactions and both logits; those beyond count are NaN. */
static loy_values curve_thresholds(double alpha, double beta, double gamma, double a, double delta, loy_in b, double c,
                                   double tau) {
  loy_values r = {0};
  loy_curve curve;
  loy_thresholds found;
  if (!curve_make(alpha, beta, gamma, a, delta, b, &curve, &r.e)) return r;
  if (loy_status_is_error(loy_curve_thresholds(&curve, c, tau, &found, &r.e))) return r;
  loy_put_status(&r);
  loy_put_int(&r, found.count);
  loy_put_doubles(&r, found.s, 2);
  loy_put_doubles(&r, found.logit, 2);
  return r;
}

static loy_s1 curve_inflection(double alpha, double beta, double gamma, double a, double delta, loy_in b, double c) {
  loy_s1 r = {0};
  loy_curve curve;
  if (curve_make(alpha, beta, gamma, a, delta, b, &curve, &r.e)) loy_curve_inflection(&curve, c, &r.v[0], &r.e);
  return r;
}

/* Market zone, quality zone, role and relative slope of one customer. */
static loy_values curve_zone(double alpha, double beta, double gamma, double a, double delta, loy_in b, double s, double c,
                             loy_in_opt constraint, double tau) {
  loy_values r = {0};
  loy_curve curve;
  loy_zone zone;
  if (!curve_make(alpha, beta, gamma, a, delta, b, &curve, &r.e)) return r;
  if (!curve_point_constraint(&curve, constraint, &r.e)) return r;
  if (loy_curve_zone(&curve, s, c, constraint.p, tau, &zone, &r.e) != LOY_OK) return r;
  loy_put_int(&r, zone.market);
  loy_put_int(&r, zone.quality);
  loy_put_int(&r, zone.role);
  loy_put_double(&r, zone.relative_slope);
  return r;
}

static loy_rbatch curve_zones(double alpha, double beta, double gamma, double a, double delta, loy_in b, loy_in s, loy_in c,
                              loy_in_opt constraint, double tau, loy_out_i64 market, loy_out_i64 quality, loy_out_i64 role, bool coerce) {
  enum { BLOCK = 256 };
  loy_error e = {0};
  loy_batch_report all = {0};
  loy_curve curve;
  const double *column[LOY_CURVE_CONSTRAINTS];
  const double *const *use;
  if (!curve_make(alpha, beta, gamma, a, delta, b, &curve, &e) || !loy_same_length(&e, "c", c.n, s.n) ||
      !curve_columns(&curve, constraint, s.n, column, &use, &e) || !loy_same_length(&e, "market", market.n, s.n) || !loy_same_length(&e, "quality", quality.n, s.n) ||
      !loy_same_length(&e, "role", role.n, s.n))
    return loy_batch_result(e, &all, coerce);
  /* The parameters are checked even when there are no rows. */
  for (size_t i = 0; i == 0 || i < s.n; i += BLOCK) {
    const size_t n = s.n - i < BLOCK ? s.n - i : BLOCK;
    int32_t m[BLOCK], q[BLOCK], r[BLOCK];
    loy_batch_report report = {0};
    if (loy_curve_zone_batch(&curve, s.p + i, c.p + i, use, tau, n, m, q, r, &report, &e) != LOY_OK) break;
    for (size_t k = 0; use && k < curve.constraints; k++) column[k] += n;
    for (size_t j = 0; j < n; j++) {
      market.p[i + j] = m[j];
      quality.p[i + j] = q[j];
      role.p[i + j] = r[j];
    }
    if (report.bad > 0 && all.bad == 0) {
      all.first = report.first;
      all.first.index += i;
    }
    all.bad += report.bad;
  }
  return loy_batch_result(e, &all, coerce);
}

/* The name of an enumerator. `kind`: 0 market zone, 1 quality zone, 2 role. */
static loy_rtext zone_name(int kind, int number, bool chinese) {
  loy_rtext r = {0};
  switch (kind) {
    case 0: r.v = chinese ? loy_market_zone_name_zh(number) : loy_market_zone_name(number); break;
    case 1: r.v = chinese ? loy_quality_zone_name_zh(number) : loy_quality_zone_name(number); break;
    case 2: r.v = chinese ? loy_role_name_zh(number) : loy_role_name(number); break;
    default: loy_refuse(&r.e, LOY_ERR_ARGUMENT, "kind", "must be from 0 to 2"); break;
  }
  return r;
}
%}
