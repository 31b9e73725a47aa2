/* fuzz_response.c: how satisfaction becomes loyalty, and what that is worth, under hostile markets, curves and rows.
 *
 * The first byte chooses a topic, the second whether the input is hostile (fuzz_input.h); the rest are arguments. What
 * must hold: no crash, no leak; an error names an argument and leaves outputs as they were; an answer is in its range
 * and never NaN where the header promises a number; a batch gives the bits of its rows; loyalty rises with
 * satisfaction; inverse questions are answered by numbers that the curve sends back to the question; roots are roots;
 * the same rows give the same fit. The fit of the curve itself has a target of its own, fuzz_curve_fit.c. */
#include "fuzz_input.h"
#include "loyalty/response/calibrate.h"
#include "loyalty/response/competition.h"
#include "loyalty/response/constraint.h"
#include "loyalty/response/inverse.h"
#include "loyalty/response/scale.h"
#include "loyalty/response/threshold.h"
#include "response_curve.h"
#include "response_fits.h"
#include "response_value.h"

static void check_competition(const loy_competition *found) {
  require(inside(found->index, 0.0, 1.0) && found->hhi > 0.0 && found->hhi <= 1.0);
  require(found->effective_suppliers >= 1.0 && near(found->index + found->hhi, 1.0, 1e-14, 0.0));
  require(inside(found->normalized_hhi, 0.0, 1.0) && found->entropy >= 0.0 && found->suppliers >= 1);
  require(found->entropy_suppliers >= 1.0 && found->entropy_suppliers <= (double)found->suppliers * (1.0 + 1e-14));
  require(found->effective_suppliers <= found->entropy_suppliers * (1.0 + 1e-14));
}

static void fuzz_competition(input *in) {
  static double column[SUPPLIERS][ROWS];
  const double *share[SUPPLIERS];
  double one[SUPPLIERS], index[ROWS], x;
  loy_competition found;
  loy_batch_report report;
  loy_error error;
  const size_t suppliers = take(in) % (SUPPLIERS + 1), n = take(in) % 5;
  const int normalize = take_choice(in, 2);
  size_t bad = 0, first = 0;
  loy_status status;
  for (size_t j = 0; j < suppliers; j++) {
    share[j] = column[j];
    for (size_t i = 0; i < n; i++) column[j][i] = take(in) % 4 ? take_number(in, 0.0, 1.0) : take_quantity(in);
  }
  if (take(in) % 2) /* shares that sum to 1 */
    for (size_t i = 0; i < n; i++) {
      double sum = 0.0;
      for (size_t j = 0; j < suppliers; j++) sum += column[j][i];
      for (size_t j = 0; j < suppliers; j++) column[j][i] /= sum;
    }
  fill(index, sizeof index);
  status = loy_competition_from_shares_batch(share, suppliers, n, normalize, index, NULL, &report, &error);
  if (answered_in(status, &error, index, sizeof index)) {
    for (size_t i = n; i-- > 0;) {
      for (size_t j = 0; j < suppliers; j++) one[j] = isnan(column[j][i]) ? 0.0 : column[j][i];
      fill(&found, sizeof found);
      status = loy_competition_from_shares(one, suppliers, normalize, &found, &error);
      if (!answered_in(status, &error, &found, sizeof found)) {
        bad++, first = i;
        require(isnan(index[i]));
        continue;
      }
      check_competition(&found);
      require(same(found.index, index[i]));
      x = loy_competition_clip(found.index);
      require(inside(x, 1e-9, 1.0 - 1e-9));
    }
    require_report(&report, bad, first);
  }
  x = loy_competition_from_alternatives(take(in) % 2 ? take_number(in, 1.0, 9.0) : take_quantity(in));
  require(isnan(x) || (x >= 0.0 && x < 1.0));
  x = loy_competition_from_rating(take_number(in, 1.0, 7.0), take_number(in, 2.0, 9.0));
  require(isnan(x) || (x > 0.0 && x < 1.0));
}

static void fuzz_market(input *in) {
  static double column[SUPPLIERS][ROWS];
  const double *item[SUPPLIERS];
  double one[SUPPLIERS], strength[ROWS], price[ROWS], customers[ROWS], cost[ROWS], x, y;
  loy_batch_report report;
  loy_scale scale;
  loy_error error;
  const size_t items = take(in) % (SUPPLIERS + 1), n = take(in) % 5, firms = take(in) % ROWS;
  const double low = take_number(in, -5.0, 5.0), high = low + take_number(in, 0.0, 10.0);
  size_t bad = 0, first = 0;
  loy_status status;
  for (size_t j = 0; j < items; j++) {
    item[j] = column[j];
    for (size_t i = 0; i < n; i++) column[j][i] = take(in) % 8 ? take_number(in, low, high) : (double)NAN;
  }
  fill(strength, sizeof strength);
  status = loy_constraint_from_items_batch(item, items, n, low, high, strength, &report, &error);
  if (answered_in(status, &error, strength, sizeof strength)) {
    for (size_t i = n; i-- > 0;) {
      for (size_t j = 0; j < items; j++) one[j] = column[j][i];
      fill(&x, sizeof x);
      if (!answered_in(loy_constraint_from_items(one, items, low, high, &x, &error), &error, &x, sizeof x)) {
        bad++, first = i;
        require(isnan(strength[i]));
        continue;
      }
      require(same(x, strength[i]) && inside(x, 0.0, 1.0));
    }
    require_report(&report, bad, first);
  }
  for (size_t i = 0; i < firms; i++) price[i] = take_quantity(in), customers[i] = take_quantity(in);
  fill(cost, sizeof cost);
  if (answered_in(loy_switching_costs(price, customers, firms, cost, &error), &error, cost, sizeof cost))
    for (size_t i = 0; i < firms; i++) {
      require(!isnan(cost[i]) && cost[i] <= price[i]);
      x = loy_constraint_from_switching_cost(cost[i], price[i]);
      require(isnan(x) || inside(x, 0.0, 1.0));
    }
  loy_scale_init(&scale);
  if (take(in) % 2) scale.lowest = low, scale.highest = high, scale.padding = take_number(in, 0.0, 1.0);
  for (size_t i = 0; i < firms; i++) price[i] = take_number(in, scale.lowest, scale.highest);
  fill(cost, sizeof cost);
  if (!answered_in(loy_scale_satisfaction_batch(&scale, price, firms, cost, &report, &error), &error, cost,
                   sizeof cost))
    return;
  for (size_t i = 0; i < firms; i++) {
    require(same(cost[i], loy_scale_satisfaction(&scale, price[i])));
    require(isnan(cost[i]) == loy_status_is_error(loy_scale_check(&scale, price[i], NULL)));
    if (isnan(cost[i])) continue;
    y = loy_scale_rating(&scale, cost[i]);
    require(inside(cost[i], 0.0, 1.0));
    require(near(y, price[i], 0.0, 1e-15 * (fabs(scale.lowest) + fabs(scale.highest) + scale.padding)));
  }
}

static void fuzz_curve(input *in) {
  static curve_rows r;
  double out[ROWS], slope[2][ROWS], hostages[ROWS];
  loy_batch_report report;
  loy_error error;
  size_t bad = 0, first = 0;
  loy_status status;
  take_curve_rows(in, &r);
  fill(out, sizeof out);
  status = loy_curve_loyalty_batch(&r.curve, r.s, r.c, r.constraint, r.n, out, &report, &error);
  if (!answered_in(status, &error, out, sizeof out)) return;
  for (int wrt = 0; wrt < 2; wrt++)
    require(loy_curve_slope_batch(&r.curve, wrt, r.s, r.c, r.constraint, r.n, slope[wrt], NULL, NULL) == LOY_OK);
  require(loy_curve_hostage_share_batch(&r.curve, r.s, r.c, r.constraint, r.n, hostages, NULL, NULL) == LOY_OK);
  for (size_t i = r.n; i-- > 0;) {
    const double *k = row_constraint(&r, i);
    loy_curve_point point;
    double more;
    fill(&point, sizeof point);
    status = loy_curve_at(&r.curve, r.s[i], r.c[i], k, &point, &error);
    if (!answered_in(status, &error, &point, sizeof point)) {
      bad++, first = i;
      require(isnan(out[i]) && isnan(slope[0][i]) && isnan(slope[1][i]) && isnan(hostages[i]));
      continue;
    }
    require(same(point.loyalty, out[i]) && same(out[i], loy_curve_loyalty(&r.curve, r.s[i], r.c[i], k)));
    require(same(point.slope_s, slope[0][i]) && same(slope[0][i], loy_curve_slope_s(&r.curve, r.s[i], r.c[i], k)));
    require(same(point.slope_c, slope[1][i]) && same(slope[1][i], loy_curve_slope_c(&r.curve, r.s[i], r.c[i], k)));
    require(same(point.hostage_share, hostages[i]));
    require(same(hostages[i], loy_curve_hostage_share(&r.curve, r.s[i], r.c[i], k)));
    require(0.0 <= point.floor && point.floor <= point.ceiling && point.ceiling <= 1.0);
    require(inside(point.loyalty, point.floor * (1.0 - 1e-14), point.ceiling));
    require(inside(point.free_choice, 0.0, 1.0) && point.captivity >= 0.0 && point.slope_s >= 0.0);
    require(point.slope_c <= 0.0 && inside(point.hostage_share, 0.0, 1.0));
    require(point.elasticity_s >= 0.0 && point.elasticity_c <= 0.0);
    for (size_t j = 0; j < r.curve.constraints; j++)
      require(loy_curve_slope_constraint(&r.curve, r.s[i], r.c[i], k, j) >= 0.0);
    more = loy_curve_loyalty(&r.curve, r.s[i] + (1.0 - r.s[i]) / 8.0, r.c[i], k);
    require(more >= point.loyalty * (1.0 - 1e-12));
    more = loy_curve_loyalty(&r.curve, r.s[i], r.c[i] / 2.0 > 0.0 ? r.c[i] / 2.0 : r.c[i], k);
    require(more >= point.loyalty * (1.0 - 1e-12));
  }
  require_report(&report, bad, first);
}

static void fuzz_required(input *in) {
  static curve_rows r;
  double target[ROWS], out[ROWS], captivity[ROWS];
  loy_error error;
  loy_status status;
  take_curve_rows(in, &r);
  for (size_t i = 0; i < r.n; i++) target[i] = take_number(in, 0.0, 1.0);
  fill(out, sizeof out);
  status = loy_curve_required_satisfaction_batch(&r.curve, target, r.c, r.constraint, r.n, out, NULL, &error);
  if (!answered_in(status, &error, out, sizeof out)) return;
  require(loy_curve_required_captivity_batch(&r.curve, target, r.s, r.c, r.n, captivity, NULL, NULL) == LOY_OK);
  for (size_t i = 0; i < r.n; i++) {
    const double *k = row_constraint(&r, i);
    double s, a, t = target[i];
    loy_curve_point point;
    fill(&s, sizeof s);
    status = loy_curve_required_satisfaction(&r.curve, t, r.c[i], k, &s, &error);
    if (!answered_in(status, &error, &s, sizeof s)) {
      require(isnan(out[i]));
    } else {
      require(same(s, out[i]) && inside(s, 0.0, 1.0));
      require(loy_curve_loyalty(&r.curve, fmin(1.0, nextafter(s * (1.0 + 4e-16), 2.0)), r.c[i], k) >= t - 1e-11);
      if (status == LOY_OK)
        require(loy_curve_loyalty(&r.curve, nextafter(s * (1.0 - 4e-16), 0.0), r.c[i], k) <= t + 1e-11);
      if (status == LOY_NOTICE_NOT_NEEDED) require(s == 0.0);
    }
    fill(&a, sizeof a);
    status = loy_curve_required_captivity(&r.curve, t, r.s[i], r.c[i], &a, &error);
    if (!answered_in(status, &error, &a, sizeof a)) {
      require(isnan(captivity[i]));
      continue;
    }
    require(same(a, captivity[i]) && a >= 0.0 && isfinite(a));
    require(loy_curve_at(&r.curve, r.s[i], r.c[i], NULL, &point, NULL) == LOY_OK);
    a = (1.0 - r.curve.delta) * (1.0 - exp(-a) * (1.0 - point.free_choice));
    require(status == LOY_OK ? near(a, t, 0.0, 1e-12) : a >= t - 1e-14);
  }
}

static void fuzz_inverse(input *in) {
  static curve_rows r;
  double target[ROWS], out[ROWS], critical[ROWS], c_after[ROWS], lost[ROWS], before[ROWS], after[ROWS], held[ROWS];
  loy_error error;
  loy_status status;
  const size_t j = take(in) % (CONSTRAINTS + 1);
  int found;
  take_curve_rows(in, &r);
  for (size_t i = 0; i < r.n; i++) target[i] = take_number(in, 0.0, 1.0);
  fill(out, sizeof out);
  status = loy_curve_required_constraint_batch(&r.curve, target, r.s, r.c, r.constraint, j, r.n, out, NULL, &error);
  found = answered_in(status, &error, out, sizeof out);
  fill(critical, sizeof critical);
  status = loy_curve_critical_competition_batch(&r.curve, target, r.s, r.constraint, r.n, critical, NULL, &error);
  if (!answered_in(status, &error, critical, sizeof critical)) return;
  for (size_t i = 0; i < r.n; i++) c_after[i] = r.c[i] / 2.0 + 0.25;
  require(loy_curve_deregulate_batch(&r.curve, r.s, r.c, r.constraint, c_after, NULL, r.n, before, after, lost, held,
                                     NULL, NULL) == LOY_OK);
  for (size_t i = 0; i < r.n; i++) {
    double k[CONSTRAINTS + 1], x, t = target[i];
    loy_deregulation change;
    for (size_t m = 0; m < CONSTRAINTS; m++) k[m] = r.k[m][i];
    fill(&x, sizeof x);
    status = loy_curve_critical_competition(&r.curve, t, r.s[i], k, &x, &error);
    if (!answered_in(status, &error, &x, sizeof x)) {
      require(isnan(critical[i]));
    } else {
      require(same(x, critical[i]) && (status == LOY_NOTICE_NONE ? x == 1.0 : x > 0.0 && x < 1.0));
      if (status == LOY_OK && x > 1e-300) {
        require(loy_curve_loyalty(&r.curve, r.s[i], x * (1.0 - 4e-15), k) >= t - 1e-9);
        require(x * (1.0 + 4e-15) >= 1.0 || loy_curve_loyalty(&r.curve, r.s[i], x * (1.0 + 4e-15), k) <= t + 1e-9);
      }
    }
    fill(&change, sizeof change);
    status = loy_curve_deregulate(&r.curve, r.s[i], r.c[i], k, c_after[i], NULL, &change, &error);
    if (answered_in(status, &error, &change, sizeof change)) {
      require(same(change.loyalty_before, loy_curve_loyalty(&r.curve, r.s[i], r.c[i], k)));
      require(same(change.lost, change.loyalty_before - change.loyalty_after));
      require(same(change.loyalty_before, before[i]) && same(change.loyalty_after, after[i]));
      require(same(change.lost, lost[i]) && same(change.hostage_share_before, held[i]));
      require(inside(change.loyalty_after, 0.0, 1.0) && inside(change.hostage_share_before, 0.0, 1.0));
    } else {
      require(isnan(before[i]) && isnan(after[i]) && isnan(lost[i]) && isnan(held[i]));
    }
    if (!found) continue;
    fill(&x, sizeof x);
    status = loy_curve_required_constraint(&r.curve, t, r.s[i], r.c[i], k, j, &x, &error);
    if (!answered_in(status, &error, &x, sizeof x)) {
      require(isnan(out[i]));
      k[j] = 1.0;
      if (status == LOY_ERR_INFEASIBLE) require(loy_curve_loyalty(&r.curve, r.s[i], r.c[i], k) < t);
      continue;
    }
    require(same(x, out[i]) && inside(x, 0.0, 1.0));
    k[j] = x;
    if (status == LOY_OK) require(near(loy_curve_loyalty(&r.curve, r.s[i], r.c[i], k), t, 0.0, 1e-10));
    if (status == LOY_NOTICE_NOT_NEEDED) require(loy_curve_loyalty(&r.curve, r.s[i], r.c[i], k) >= t);
  }
}

static void fuzz_zones(input *in) {
  static curve_rows r;
  int32_t market[ROWS], quality[ROWS], role[ROWS];
  const double tau = take(in) % 2 ? 1.0 : take_quantity(in);
  loy_batch_report report;
  loy_error error;
  size_t bad = 0, first = 0;
  loy_status status;
  take_curve_rows(in, &r);
  fill(market, sizeof market);
  status = loy_curve_zone_batch(&r.curve, r.s, r.c, r.constraint, tau, r.n, market, quality, role, &report, &error);
  if (!answered_in(status, &error, market, sizeof market)) return;
  for (size_t i = r.n; i-- > 0;) {
    loy_thresholds thresholds;
    loy_zone zone;
    double s;
    fill(&zone, sizeof zone);
    status = loy_curve_zone(&r.curve, r.s[i], r.c[i], row_constraint(&r, i), tau, &zone, &error);
    if (answered_in(status, &error, &zone, sizeof zone)) {
      require(zone.market == market[i] && zone.quality == quality[i] && zone.role == role[i]);
      require(inside(zone.market, 0, 2) && inside(zone.quality, 0, 2) && inside(zone.role, 0, 3));
      require(zone.relative_slope >= 0.0);
    } else {
      bad++, first = i;
      require(market[i] == -1 && quality[i] == -1 && role[i] == -1);
    }
    fill(&s, sizeof s);
    status = loy_curve_inflection(&r.curve, r.c[i], &s, &error);
    if (answered_in(status, &error, &s, sizeof s)) require(status == LOY_NOTICE_NONE ? isnan(s) : inside(s, 0.0, 1.0));
    fill(&thresholds, sizeof thresholds);
    status = loy_curve_thresholds(&r.curve, r.c[i], tau, &thresholds, &error);
    if (!answered_in(status, &error, &thresholds, sizeof thresholds)) continue;
    require(inside(thresholds.count, 0, 2) && (thresholds.count == 0) == (status == LOY_NOTICE_NONE));
    for (int t = 0; t < 2; t++) {
      const double beta = r.curve.beta;
      require(t < thresholds.count ? inside(thresholds.s[t], 0.0, 1.0) && !isnan(thresholds.logit[t])
                                   : isnan(thresholds.s[t]));
      if (t >= thresholds.count) continue;
      if (t == 1) require(thresholds.logit[0] <= thresholds.logit[1] && thresholds.s[0] <= thresholds.s[1]);
      if (!inside(thresholds.s[t], 1e-9, 1.0 - 1e-9) || (fabs(beta - 1.0) < 1e-2 && beta != 1.0)) continue;
      require(loy_curve_zone(&r.curve, thresholds.s[t], r.c[i], NULL, tau, &zone, NULL) == LOY_OK);
      require(near(zone.relative_slope, tau, 1e-6 * (1.0 + beta), 0.0));
    }
  }
  require_report(&report, bad, first);
}

static void fuzz_calibrate(input *in) {
  loy_curve curve;
  double k[CONSTRAINTS], low, high, c, found;
  loy_error error;
  const double ratio = take(in) % 2 ? take_number(in, 1.0, 9.0) : take_quantity(in);
  const double s_low = take_number(in, 0.0, 1.0), s_high = s_low + (1.0 - s_low) * take_number(in, 0.0, 1.0);
  take_curve(in, &curve);
  for (int j = 0; j < CONSTRAINTS; j++) k[j] = take_number(in, 0.0, 1.0);
  fill(&c, sizeof c);
  if (!answered_in(loy_curve_competition_from_ratio(&curve, ratio, s_low, s_high, k, &c, &error), &error, &c, sizeof c))
    return;
  require(c > 0.0 && c < 1.0);
  if (!inside(c, 1e-6, 1.0 - 1e-6) || curve.gamma > 10.0) return;
  low = loy_curve_loyalty(&curve, s_low, c, k);
  high = loy_curve_loyalty(&curve, s_high, c, k);
  found = high / low;
  require(near(found, ratio, 1e-7, 0.0));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static void (*const topic[])(input *) = {fuzz_competition, fuzz_market,   fuzz_curve,      fuzz_required,
                                           fuzz_inverse,     fuzz_zones,    fuzz_calibrate,  fuzz_cusp_states,
                                           fuzz_cusp_path,   fuzz_cusp_law, fuzz_cusp_fit,   fuzz_family,
                                           fuzz_family_fit,  fuzz_compare,  fuzz_value_rows, fuzz_value_budget};
  input in;
  if (size < 2) return 0;
  in.hostile = data[1] & 1;
  in.at = data + 2;
  in.left = size - 2;
  topic[data[0] % (sizeof topic / sizeof *topic)](&in);
  return 0;
}
