/* response_inverse.i: shims of the questions that run backwards through the curve. */

/* A curve comes first, and constraints are given, as in response_curve.i. j counts from 0. */
%{
#include "loyalty/response/calibrate.h"
#include "loyalty/response/inverse.h"
%}

LOY_BULK(curve_required_captivity_batch)
LOY_BULK(curve_required_constraint_batch)
LOY_BULK(curve_critical_competition_batch)
LOY_BULK(curve_deregulate_batch)
%inline %{
static loy_s1 curve_required_captivity(double alpha, double beta, double gamma, double a, double delta, loy_in b,
                                       double target, double s, double c) {
  loy_s1 r = {0};
  loy_curve curve;
  if (curve_make(alpha, beta, gamma, a, delta, b, &curve, &r.e))
    loy_curve_required_captivity(&curve, target, s, c, &r.v[0], &r.e);
  return r;
}

static loy_rbatch curve_required_captivity_batch(double alpha, double beta, double gamma, double a, double delta, loy_in b,
                                                 loy_in target, loy_in s, loy_in c, loy_out out, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  loy_curve curve;
  if (curve_make(alpha, beta, gamma, a, delta, b, &curve, &e) && loy_same_length(&e, "s", s.n, target.n) &&
      loy_same_length(&e, "c", c.n, target.n) && loy_same_length(&e, "out", out.n, target.n))
    loy_curve_required_captivity_batch(&curve, target.p, s.p, c.p, target.n, out.p, &report, &e);
  return loy_batch_result(e, &report, coerce);
}

static loy_s1 curve_required_constraint(double alpha, double beta, double gamma, double a, double delta, loy_in b,
                                        size_t j, double target, double s, double c, loy_in_opt constraint) {
  loy_s1 r = {0};
  loy_curve curve;
  if (curve_make(alpha, beta, gamma, a, delta, b, &curve, &r.e) && curve_point_constraint(&curve, constraint, &r.e))
    loy_curve_required_constraint(&curve, target, s, c, constraint.p, j, &r.v[0], &r.e);
  return r;
}

static loy_rbatch curve_required_constraint_batch(double alpha, double beta, double gamma, double a, double delta,
                                                  loy_in b, size_t j, loy_in target, loy_in s, loy_in c,
                                                  loy_in_opt constraint, loy_out out, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  loy_curve curve;
  const double *column[LOY_CURVE_CONSTRAINTS];
  const double *const *k = NULL;
  if (curve_make(alpha, beta, gamma, a, delta, b, &curve, &e) && loy_same_length(&e, "s", s.n, target.n) &&
      loy_same_length(&e, "c", c.n, target.n) && loy_same_length(&e, "out", out.n, target.n) &&
      curve_columns(&curve, constraint, target.n, column, &k, &e))
    loy_curve_required_constraint_batch(&curve, target.p, s.p, c.p, k, j, target.n, out.p, &report, &e);
  return loy_batch_result(e, &report, coerce);
}

static loy_s1 curve_critical_competition(double alpha, double beta, double gamma, double a, double delta, loy_in b,
                                         double target, double s, loy_in_opt constraint) {
  loy_s1 r = {0};
  loy_curve curve;
  if (curve_make(alpha, beta, gamma, a, delta, b, &curve, &r.e) && curve_point_constraint(&curve, constraint, &r.e))
    loy_curve_critical_competition(&curve, target, s, constraint.p, &r.v[0], &r.e);
  return r;
}

static loy_rbatch curve_critical_competition_batch(double alpha, double beta, double gamma, double a, double delta,
                                                   loy_in b, loy_in target, loy_in s, loy_in_opt constraint, loy_out out,
                                                   bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  loy_curve curve;
  const double *column[LOY_CURVE_CONSTRAINTS];
  const double *const *k = NULL;
  if (curve_make(alpha, beta, gamma, a, delta, b, &curve, &e) && loy_same_length(&e, "s", s.n, target.n) &&
      loy_same_length(&e, "out", out.n, target.n) && curve_columns(&curve, constraint, target.n, column, &k, &e))
    loy_curve_critical_competition_batch(&curve, target.p, s.p, k, target.n, out.p, &report, &e);
  return loy_batch_result(e, &report, coerce);
}

/* The members of a loy_deregulation, in the order of its declaration. */
static loy_r4 curve_deregulate(double alpha, double beta, double gamma, double a, double delta, loy_in b, double s,
                               double c, loy_in_opt constraint, double c_after, loy_in_opt constraint_after) {
  loy_r4 r = {0};
  loy_curve curve;
  loy_deregulation change;
  if (!curve_make(alpha, beta, gamma, a, delta, b, &curve, &r.e) || !curve_point_constraint(&curve, constraint, &r.e) ||
      !curve_point_constraint(&curve, constraint_after, &r.e) ||
      loy_curve_deregulate(&curve, s, c, constraint.p, c_after, constraint_after.p, &change, &r.e) != LOY_OK)
    return r;
  r.v[0] = change.loyalty_before;
  r.v[1] = change.loyalty_after;
  r.v[2] = change.lost;
  r.v[3] = change.hostage_share_before;
  return r;
}

static loy_rbatch curve_deregulate_batch(double alpha, double beta, double gamma, double a, double delta, loy_in b,
                                         loy_in s, loy_in c, loy_in_opt constraint, loy_in_opt c_after,
                                         loy_in_opt constraint_after, loy_out before, loy_out after, loy_out lost,
                                         loy_out hostage_share, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  loy_curve curve;
  const double *column[LOY_CURVE_CONSTRAINTS], *column_after[LOY_CURVE_CONSTRAINTS];
  const double *const *k = NULL;
  const double *const *k_after = NULL;
  if (curve_make(alpha, beta, gamma, a, delta, b, &curve, &e) && loy_same_length(&e, "c", c.n, s.n) &&
      (!c_after.p || loy_same_length(&e, "c_after", c_after.n, s.n)) && loy_same_length(&e, "before", before.n, s.n) &&
      loy_same_length(&e, "after", after.n, s.n) && loy_same_length(&e, "lost", lost.n, s.n) &&
      loy_same_length(&e, "hostage_share", hostage_share.n, s.n) &&
      curve_columns(&curve, constraint, s.n, column, &k, &e) &&
      curve_columns(&curve, constraint_after, s.n, column_after, &k_after, &e))
    loy_curve_deregulate_batch(&curve, s.p, c.p, k, c_after.p, k_after, s.n, before.p, after.p, lost.p, hostage_share.p,
                               &report, &e);
  return loy_batch_result(e, &report, coerce);
}

static loy_r1 curve_competition_from_ratio(double alpha, double beta, double gamma, double a, double delta, loy_in b,
                                           double ratio, double s_low, double s_high, loy_in_opt constraint) {
  loy_r1 r = {0};
  loy_curve curve;
  if (curve_make(alpha, beta, gamma, a, delta, b, &curve, &r.e) && curve_point_constraint(&curve, constraint, &r.e))
    loy_curve_competition_from_ratio(&curve, ratio, s_low, s_high, constraint.p, &r.v[0], &r.e);
  return r;
}
%}
