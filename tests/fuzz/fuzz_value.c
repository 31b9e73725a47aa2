/* fuzz_value.c: the arithmetic of retention, acquisition and engagement under hostile numbers.
 *
 * The first byte chooses a topic, the second whether the input is hostile (fuzz_input.h); the rest are arguments. What
 * must hold: no crash, no leak; an error names an argument and leaves outputs as they were; an answer is in its range
 * and never NaN; a notice says when it is infinite; a batch gives the bits of its rows; optima are not beaten; payback
 * is the first period that pays; no rule of attribution changes a total. */
#include "../c/failing_allocator.h"
#include "fuzz_input.h"
#include "loyalty/value/acquisition.h"
#include "loyalty/value/branching.h"
#include "loyalty/value/elasticity.h"
#include "loyalty/value/engagement.h"
#include "loyalty/value/equity.h"
#include "loyalty/value/influence.h"
#include "loyalty/value/lifetime.h"
#include "loyalty/value/referral.h"
#include "loyalty/value/retention.h"
#include "loyalty/value/retention_lift.h"
#include "loyalty/value/retention_path.h"
#include "loyalty/value/spending.h"
#include "loyalty/value/uncertainty.h"
#include "loyalty/value/word_of_mouth.h"

enum { ROWS = 12 };

typedef struct terms {
  int timing;
  double margin, retention, discount, growth, horizon;
} terms;

static double take_money(input *in) { return take(in) % 8 ? take_quantity(in) : -take_quantity(in); }

static terms take_terms(input *in) {
  terms t = {1 + take_choice(in, 5), 0.0, 0.0, 0.1, 0.0, (double)INFINITY};
  t.margin = take_money(in);
  t.retention = take_number(in, 0.0, 1.0);
  if (take(in) % 4 == 0) t.discount = take(in) % 2 ? take_number(in, -0.99, 2.0) : take_quantity(in);
  if (take(in) % 4 == 0) t.growth = take(in) % 2 ? take_number(in, -0.99, 2.0) : take_quantity(in);
  if (take(in) % 2) t.horizon = take(in) % 4 ? (double)(take(in) % 40) : take_quantity(in);
  return t;
}

static void fuzz_lifetime(input *in) {
  double retention[ROWS], periods[ROWS], share[ROWS], left[ROWS], until[ROWS];
  const size_t n = take(in) % ROWS;
  size_t bad = 0, first = 0;
  loy_batch_report report;
  loy_error error;
  for (size_t i = 0; i < n; i++) {
    retention[i] = take_number(in, 0.0, 1.0);
    periods[i] = take_quantity(in);
    share[i] = take_number(in, 0.0, 1.0);
  }
  require(answered(loy_lifetime_survivors_batch(retention, periods, n, left, &report, &error), &error));
  require(answered(loy_lifetime_until_batch(retention, share, n, until, NULL, &error), &error));
  for (size_t i = n; i-- > 0;) {
    require(same(left[i], loy_lifetime_survivors(retention[i], periods[i])));
    require(same(until[i], loy_lifetime_until(retention[i], share[i])));
    if (isnan(left[i])) bad++, first = i;
    require(isnan(left[i]) || inside(left[i], 0.0, 1.0));
    require(isnan(until[i]) || until[i] >= 0.0);
    require(isnan(loy_lifetime_mean(retention[i])) || loy_lifetime_mean(retention[i]) >= 1.0);
  }
  require_report(&report, bad, first);
}

static void fuzz_path(input *in) {
  const terms t = take_terms(in);
  double margin[ROWS], retention[ROWS], survivors[ROWS], present[ROWS], value, sum = 0.0, size = 0.0;
  const double cost = take_money(in);
  const size_t n = take(in) % ROWS;
  loy_error error;
  for (size_t i = 0; i < n; i++) {
    margin[i] = take_money(in);
    retention[i] = take_number(in, 0.0, 1.0);
  }
  fill(&value, sizeof value);
  fill(survivors, sizeof survivors);
  fill(present, sizeof present);
  if (!answered_in(loy_retention_path(t.timing, margin, retention, n, t.discount, t.growth, cost, survivors, present,
                                      &value, &error),
                   &error, &value, sizeof value)) {
    require(untouched(survivors, sizeof survivors) && untouched(present, sizeof present));
    return;
  }
  for (size_t i = 0; i < n; i++) {
    require(inside(survivors[i], 0.0, i > 0 ? survivors[i - 1] : 1.0) && isfinite(present[i]));
    sum += present[i];
    size += fabs(present[i]);
  }
  require(near(value, sum - cost, 0.0, 1e-14 * (size + fabs(cost))));
}

static void fuzz_uncertainty(input *in) {
  const terms t = take_terms(in);
  const double se_margin = take_quantity(in), se_retention = take_quantity(in), rho = take_number(in, -1.0, 1.0);
  double pair[2];
  loy_error error;
  loy_status status;
  fill(pair, sizeof pair);
  status = loy_retention_spread(t.timing, t.margin, t.retention, t.discount, t.growth, &pair[0], &pair[1], &error);
  if (answered_in(status, &error, pair, sizeof pair)) {
    require(!isnan(pair[0]) && pair[1] >= 0.0);
    require((status == LOY_NOTICE_DIVERGES) == (isinf(pair[0]) || isinf(pair[1])));
    require(same(pair[0], loy_retention_value(t.timing, t.margin, t.retention, t.discount, t.growth, HUGE_VAL, 0.0)));
  }
  fill(pair, sizeof pair);
  status = loy_retention_value_error(t.timing, t.margin, t.retention, t.discount, t.growth, t.horizon, se_margin,
                                     se_retention, rho, &pair[0], &pair[1], &error);
  if (answered_in(status, &error, pair, sizeof pair)) {
    require(!isnan(pair[0]) && pair[1] >= 0.0);
    require((status == LOY_NOTICE_DIVERGES) == (isinf(pair[0]) || isinf(pair[1])));
  }
}

static void fuzz_lift(input *in) {
  const terms t = take_terms(in);
  const int meaning = 1 + take_choice(in, 3);
  const double amount = take_number(in, -0.2, 0.2), cost = take_money(in);
  loy_elasticity e;
  loy_retention_lift lift;
  loy_error error;
  fill(&e, sizeof e);
  if (answered_in(
          loy_retention_elasticity(t.timing, t.margin, t.retention, t.discount, t.growth, t.horizon, cost, &e, &error),
          &error, &e, sizeof e))
    require(!isnan(e.margin) && !isnan(e.retention) && !isnan(e.discount) && !isnan(e.acquisition_cost));
  fill(&lift, sizeof lift);
  if (!answered_in(loy_retention_lift_by(meaning, t.timing, t.margin, t.retention, amount, t.discount, t.growth,
                                         t.horizon, &lift, &error),
                   &error, &lift, sizeof lift))
    return;
  require(inside(lift.retention_after, 0.0, 1.0) && !isnan(lift.gain) && !isnan(lift.relative));
  require(!isnan(lift.value_before) && !isnan(lift.value_after));
}

static void fuzz_acquisition(input *in) {
  const terms t = take_terms(in);
  const double cost = take_quantity(in), uplift = take_number(in, 0.0, 1.0), value = take_quantity(in);
  loy_payback p;
  loy_keep k;
  loy_error error;
  loy_status status;
  fill(&p, sizeof p);
  status = loy_acquisition_payback(t.timing, t.margin, t.retention, t.discount, t.growth, cost, &p, &error);
  if (answered_in(status, &error, &p, sizeof p)) {
    require(!isnan(p.ratio) && p.exact >= 0.0 && p.periods >= 0.0 && (status == LOY_NOTICE_NONE) == isinf(p.exact));
    require(near(p.periods, p.exact, 1e-12, 1.0 + 1e-9));
    if (p.periods < 1e12) {
      require(loy_retention_value(t.timing, t.margin, t.retention, t.discount, t.growth, p.periods, 0.0) >=
              cost * (1.0 - 1e-13));
      require(p.periods < 1.0 ||
              loy_retention_value(t.timing, t.margin, t.retention, t.discount, t.growth, p.periods - 1.0, 0.0) < cost);
    }
  }
  fill(&k, sizeof k);
  if (answered_in(loy_keep_or_replace(cost, uplift, value, take_quantity(in), &k, &error), &error, &k, sizeof k))
    require(isfinite(k.gain) && isfinite(k.net) && isfinite(k.cost_per_kept) && k.pays == (k.gain > cost));
}

static void fuzz_spending(input *in) {
  loy_spend_response win = {take_number(in, 0.0, 1.0), take_quantity(in)}, keep = {1.0, 1.0};
  const double margin = take_quantity(in), discount = take(in) % 2 ? take_number(in, 0.0, 1.0) : take_quantity(in);
  const double share = take_number(in, 0.0, 1.0), spend = take_quantity(in), step = take_number(in, 0.0, 2.0);
  loy_spend_plan best, other;
  loy_error error;
  fill(&other, sizeof other);
  if (answered_in(loy_spend_response_from_point(take_number(in, 0.0, 1.0), spend, share, &keep, &error), &error, &other,
                  sizeof other))
    require(near(loy_spend_response_at(&keep, spend), share, 1e-13, 0.0));
  fill(&best, sizeof best);
  if (!answered_in(loy_spend_plan_optimum(&win, &keep, margin, discount, &best, &error), &error, &best, sizeof best))
    return;
  require(isfinite(best.equity) && best.equity >= 0.0 && best.retention.value >= 0.0);
  require(best.retention.spend >= 0.0 && inside(best.retention.share, 0.0, keep.ceiling));
  require(best.acquisition.spend >= 0.0 && inside(best.acquisition.share, 0.0, win.ceiling));
  if (loy_status_is_error(loy_spend_plan_at(&win, &keep, margin, discount, best.acquisition.spend,
                                            best.retention.spend * step, &other, NULL)))
    return;
  require(other.retention.value <= best.retention.value * (1.0 + 1e-9) + 1e-12 * margin / (discount + 1e-3) ||
          other.retention.share > 1.0 - 1e-9);
}

static void fuzz_word(input *in) {
  double told[ROWS], share[ROWS], people[ROWS], reached;
  const size_t n = take(in) % ROWS;
  const double acting = take_number(in, 0.0, 1.0), value = take_money(in), population = take_quantity(in);
  const int count = 1 + take_choice(in, 3), rounding = 1 + take_choice(in, 3);
  loy_word_of_mouth w;
  loy_branching b;
  loy_error error;
  loy_status status;
  for (size_t i = 0; i < n; i++) {
    told[i] = take_quantity(in);
    share[i] = take_number(in, 0.0, 1.0);
  }
  fill(&w, sizeof w);
  fill(people, sizeof people);
  status = loy_word_of_mouth_cascade(told, share, n, acting, count, rounding, value, people, &w, &error);
  if (answered_in(status, &error, &w, sizeof w)) {
    require(w.affected >= 0.0 && w.customers >= 0.0 && !isnan(w.value));
    require(status == LOY_NOTICE_DIVERGES || (isfinite(w.affected) && isfinite(w.value)));
    for (size_t i = 0; i < n; i++) require(people[i] >= 0.0 && people[i] <= w.affected);
  } else {
    require(untouched(people, sizeof people));
  }
  fill(&b, sizeof b);
  status = loy_branching_spread(take(in) % 2 ? take_number(in, 0.0, 3.0) : take_quantity(in), &b, &error);
  if (answered_in(status, &error, &b, sizeof b)) {
    require(b.total >= 1.0 && b.deviation >= 0.0 && inside(b.extinction, 0.0, 1.0));
    require((status == LOY_NOTICE_SUPERCRITICAL) == (isinf(b.total) != 0));
  }
  fill(&reached, sizeof reached);
  if (answered_in(loy_branching_reached(population, value, &reached, &error), &error, &reached, sizeof reached))
    require(inside(reached, 0.0, population) && (value < 1.0 || reached <= value * (1.0 + 1e-13)));
}

static void fuzz_rows(input *in) {
  double column[6][ROWS], out[ROWS], total, sum = 0.0, size = 0.0, equity[ROWS], share[ROWS];
  const size_t n = take(in) % ROWS;
  const double discount = take(in) % 2 ? 0.1 : take_number(in, -0.9, 1.0);
  size_t bad = 0, first = 0;
  loy_batch_report report;
  loy_error error;
  loy_status status;
  for (size_t i = 0; i < n; i++) {
    column[0][i] = take_quantity(in);
    column[1][i] = take_number(in, 0.0, 1.0);
    for (int k = 2; k < 6; k++) column[k][i] = take_money(in);
  }
  fill(out, sizeof out);
  fill(&total, sizeof total);
  status = take(in) % 2 ? loy_referral_value_batch(column[0], column[1], column[2], column[3], column[4], column[5], n,
                                                   discount, out, &total, &report, &error)
                        : loy_knowledge_value_batch(column[0], column[5], column[1], column[2], column[3], n, discount,
                                                    out, &total, &report, &error);
  if (answered_in(status, &error, out, sizeof out)) {
    for (size_t i = n; i-- > 0;) {
      if (isnan(out[i])) {
        bad++, first = i;
      } else {
        require(isfinite(out[i]));
        sum += out[i];
        size += fabs(out[i]);
      }
    }
    require(near(total, sum, 0.0, 1e-14 * size) || isinf(size));
    require_report(&report, bad, first);
  }
  fill(&total, sizeof total);
  fill(equity, sizeof equity);
  status = loy_segment_equity(column[0], column[2], n, equity, share, NULL, &total, &error);
  if (answered_in(status, &error, &total, sizeof total)) {
    for (size_t i = 0; i < n; i++) require(isfinite(equity[i]) && !isnan(share[i]));
    require(isfinite(total));
  } else {
    require(untouched(equity, sizeof equity));
  }
}

static void fuzz_influence(input *in) {
  enum { MOST = 6 };
  double weight[MOST * MOST], own[MOST], c[MOST], added[MOST];
  const size_t n = 1 + take(in) % MOST;
  const int wild = take(in) % 4 == 0;
  int negative = 0;
  failing_allocator memory;
  loy_error error;
  for (size_t i = 0; i < n * n; i++)
    weight[i] = take(in) % 2 ? 0.0 : wild ? take_quantity(in) : take_number(in, 0.0, 2.0 / (double)n);
  for (size_t i = 0; i < n; i++) {
    own[i] = take_quantity(in);
    negative = negative || own[i] < 0.0;
  }
  failing_start(&memory, in->hostile ? take(in) % 5 : 0);
  fill(c, sizeof c);
  fill(added, sizeof added);
  if (answered_in(loy_influence(weight, own, n, c, added, &memory.allocator, &error), &error, c, sizeof c)) {
    for (size_t i = 0; i < n; i++) {
      require(isfinite(c[i]) && (negative || (c[i] >= own[i] * (1.0 - 1e-12) && added[i] >= 0.0)));
      if (isfinite(added[i]) && !negative && !wild) require(near(c[i], own[i] + added[i], 1e-9, 0.0));
    }
  } else {
    require(untouched(added, sizeof added));
  }
  require(memory.held == 0);
}

static void fuzz_engagement(input *in) {
  double clv[ROWS], crv[ROWS], type1[ROWS], own[ROWS], referred[ROWS], value[ROWS], total, first = 0.0, size = 0.0;
  int64_t referrer[ROWS];
  const size_t n = take(in) % ROWS;
  loy_error error;
  for (size_t i = 0; i < n; i++) {
    clv[i] = take_money(in);
    crv[i] = take_money(in);
    type1[i] = take_number(in, 0.0, 1.0);
    referrer[i] = n > 1 && take(in) % 2 ? (int64_t)((i + 1 + take(in) % (n - 1)) % n) : -1;
    if (in->hostile && take(in) == 255) referrer[i] = (int64_t)take_bits(in);
    size += fabs(clv[i]) + fabs(crv[i]);
  }
  for (int rule = 1; rule <= 3; rule++) {
    fill(value, sizeof value);
    fill(&total, sizeof total);
    if (!answered_in(
            loy_engagement_value(clv, crv, NULL, NULL, referrer, type1, n, rule, own, referred, value, &total, &error),
            &error, value, sizeof value)) {
      require(untouched(&total, sizeof total));
      return;
    }
    for (size_t i = 0; i < n; i++)
      require(isfinite(value[i]) && near(value[i], own[i] + referred[i], 0.0, 1e-15 * size));
    if (rule == 1) first = total;
    require(near(total, first, 0.0, 1e-13 * size));
  }
}

/* A stream of margins and its worth, alone, checked and as columns. */
static void fuzz_worth(input *in) {
  const terms t = take_terms(in);
  const double cost = take_money(in);
  const size_t n = take(in) % ROWS;
  double margin[ROWS], retention[ROWS], out[ROWS], mean[ROWS];
  size_t bad = 0, first = 0, infinite = LOY_NO_INDEX;
  loy_batch_report report;
  loy_error error;
  loy_status status;
  for (size_t i = 0; i < n; i++) {
    margin[i] = take_money(in);
    retention[i] = take_number(in, 0.0, 1.0);
  }
  require(answered(loy_lifetime_mean_batch(retention, n, mean, &report, &error), &error));
  for (size_t i = 0; i < n; i++) require(same(mean[i], loy_lifetime_mean(retention[i])));
  fill(out, sizeof out);
  status = loy_retention_value_batch(t.timing, margin, retention, n, t.discount, t.growth, t.horizon, cost, out,
                                     &report, &error);
  if (!answered_in(status, &error, out, sizeof out)) return;
  for (size_t i = n; i-- > 0;) {
    const double multiple = loy_margin_multiple(t.timing, retention[i], t.discount, t.growth, t.horizon);
    const double value = loy_retention_value(t.timing, margin[i], retention[i], t.discount, t.growth, t.horizon, cost);
    double one = -1.0, two = -1.0;
    loy_error row;
    loy_status answer = loy_margin_multiple_check(t.timing, retention[i], t.discount, t.growth, t.horizon, &one, &row);
    require(answered(answer, &row) ? same(one, multiple) && one >= 0.0 : one == -1.0 && isnan(multiple));
    require((answer == LOY_NOTICE_DIVERGES) == (multiple > DBL_MAX));
    answer =
        loy_retention_value_check(t.timing, margin[i], retention[i], t.discount, t.growth, t.horizon, cost, &two, &row);
    require(same(out[i], value) && (answer == LOY_NOTICE_DIVERGES) == (isinf(value) != 0));
    if (!answered(answer, &row)) {
      require(two == -1.0 && isnan(value));
      bad++, first = i;
      continue;
    }
    require(same(two, value) && !isnan(value));
    if (isinf(value)) infinite = i;
    if (isfinite(value)) require(near(value, margin[i] == 0.0 ? -cost : margin[i] * multiple - cost, 1e-15, 0.0));
  }
  require_report(&report, bad, first);
  require((status == LOY_NOTICE_DIVERGES) == (infinite != LOY_NO_INDEX));
}

/* The two optima alone are those of the plan. */
static void fuzz_optima(input *in) {
  const loy_spend_response win = {take_number(in, 0.0, 1.0), take_quantity(in)};
  const loy_spend_response keep = {take_number(in, 0.0, 1.0), take_quantity(in)};
  const double margin = take_quantity(in), discount = take(in) % 4 ? take_number(in, 0.0, 1.0) : take_quantity(in);
  loy_spend_optimum won, kept;
  loy_spend_plan plan;
  loy_error error;
  fill(&kept, sizeof kept);
  fill(&won, sizeof won);
  if (!answered_in(loy_retention_optimum(&keep, margin, discount, &kept, &error), &error, &kept, sizeof kept)) return;
  require(kept.spend >= 0.0 && isfinite(kept.spend) && inside(kept.share, 0.0, keep.ceiling) && kept.value >= 0.0);
  if (!answered_in(loy_acquisition_optimum(&win, margin + kept.value, &won, &error), &error, &won, sizeof won)) return;
  require(won.spend >= 0.0 && isfinite(won.spend) && inside(won.share, 0.0, win.ceiling) && won.value >= 0.0);
  require(answered(loy_spend_plan_optimum(&win, &keep, margin, discount, &plan, &error), &error));
  require(same(plan.retention.spend, kept.spend) && same(plan.retention.value, kept.value));
  require(same(plan.acquisition.spend, won.spend) && same(plan.acquisition.value, won.value));
}

static void (*const topics[])(input *) = {fuzz_lifetime,    fuzz_path,       fuzz_uncertainty, fuzz_lift,
                                          fuzz_acquisition, fuzz_spending,   fuzz_word,        fuzz_rows,
                                          fuzz_influence,   fuzz_engagement, fuzz_worth,       fuzz_optima};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  input in = {data, size, 0};
  const size_t topic = take(&in) % (sizeof topics / sizeof *topics);
  in.hostile = take(&in) % 2 == 1;
  topics[topic](&in);
  return 0;
}
