/* Return on satisfaction: the worked case, slopes by differences, batches, steps that pay, captive value at risk. */
#include "check.h"

#include "loyalty/value/satisfaction.h"

static loy_curve defaults(void) {
  loy_curve curve;
  loy_curve_init(&curve);
  return curve;
}

static loy_margin_terms at_ten_percent(void) {
  loy_margin_terms terms;
  loy_margin_terms_init(&terms);
  terms.discount = 0.1;
  return terms;
}

/* c = .85, m = 100, i = .1. */
static void test_worked_case(void) {
  const loy_curve curve = defaults();
  const loy_margin_terms terms = at_ten_percent();
  loy_satisfaction_worth worth;
  CHECK_STATUS(loy_satisfaction_worth_at(&curve, &terms, 100.0, 0.75, 0.85, NULL, &worth, NULL), LOY_OK);
  CHECK_CLOSE(worth.retention, 0.3971836316, 1e-9);
  CHECK_CLOSE(worth.retention_slope, 1.1128917570, 1e-10);
  CHECK_CLOSE(worth.value, 156.5131447585, 1e-12);
  CHECK_CLOSE(worth.value_slope, 247.8345646190, 1e-12);
  CHECK_STATUS(loy_satisfaction_worth_at(&curve, &terms, 100.0, 0.80, 0.85, NULL, &worth, NULL), LOY_OK);
  CHECK_CLOSE(worth.retention, 0.4595439456, 1e-9);
  CHECK_CLOSE(worth.value, 171.7526116671, 1e-12);
}

/* A central difference of the value is its slope, under every timing. */
static void test_slope_by_differences(void) {
  loy_curve curve = defaults();
  const double k[2] = {0.3, 0.8};
  curve.alpha = 0.4;
  curve.beta = 1.6;
  curve.delta = 0.05;
  curve.constraints = 2;
  curve.b[0] = 0.2;
  curve.b[1] = 0.7;
  for (int timing = LOY_MARGIN_BEGIN; timing <= LOY_MARGIN_CONTINUOUS; timing++) {
    for (int finite = 0; finite < 2; finite++) {
      loy_margin_terms terms = at_ten_percent();
      terms.timing = timing;
      terms.growth = 0.02;
      if (finite) terms.horizon = 8.0;
      for (int tenth = 1; tenth <= 9; tenth++) {
        const double s = tenth / 10.0, h = 1e-5;
        loy_satisfaction_worth low, at, high;
        CHECK_STATUS(loy_satisfaction_worth_at(&curve, &terms, -30.0, s - h, 0.6, k, &low, NULL), LOY_OK);
        CHECK_STATUS(loy_satisfaction_worth_at(&curve, &terms, -30.0, s, 0.6, k, &at, NULL), LOY_OK);
        CHECK_STATUS(loy_satisfaction_worth_at(&curve, &terms, -30.0, s + h, 0.6, k, &high, NULL), LOY_OK);
        CHECK_CLOSE(at.value_slope, (high.value - low.value) / (2.0 * h), 1e-7);
      }
    }
  }
}

static void test_edges(void) {
  loy_curve curve = defaults();
  loy_margin_terms terms = at_ten_percent();
  loy_satisfaction_worth worth;
  loy_error error;
  /* beta < 1: the first step of satisfaction has an infinite slope, the value is finite. */
  curve.beta = 0.5;
  CHECK_STATUS(loy_satisfaction_worth_at(&curve, &terms, 100.0, 0.0, 0.85, NULL, &worth, &error), LOY_OK);
  CHECK_BITS(worth.value_slope, HUGE_VAL);
  CU_ASSERT(isfinite(worth.value));
  CHECK_STATUS(loy_satisfaction_worth_at(&curve, &terms, 0.0, 0.0, 0.85, NULL, &worth, NULL), LOY_OK);
  CHECK_BITS(worth.value, 0.0);
  CHECK_BITS(worth.value_slope, 0.0);
  /* The one margin of a horizon of 1 is paid now, whatever the retention, and so is the none of a horizon of 0. */
  for (int periods = 0; periods <= 1; periods++) {
    terms.timing = LOY_MARGIN_BEGIN;
    terms.horizon = periods;
    CHECK_STATUS(loy_satisfaction_worth_at(&curve, &terms, 100.0, 0.0, 0.85, NULL, &worth, NULL), LOY_OK);
    CHECK_CLOSE(worth.value, 100.0 * periods, 1e-14);
    CHECK_BITS(worth.value_slope, 0.0);
  }
  terms = at_ten_percent();
  /* Nobody leaves and nothing is discounted. */
  terms.discount = 0.0;
  CHECK_STATUS(loy_satisfaction_worth_at(&curve, &terms, 100.0, 1.0, 0.85, NULL, &worth, &error), LOY_NOTICE_DIVERGES);
  CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "s", LOY_NO_INDEX);
  CHECK_BITS(worth.value, HUGE_VAL);
  CHECK_STATUS(loy_satisfaction_worth_at(&curve, NULL, 100.0, 1.0, 0.85, NULL, &worth, NULL), LOY_NOTICE_DIVERGES);
}

static void test_errors_in_order(void) {
  loy_curve curve = defaults(), bad = defaults();
  loy_margin_terms terms = at_ten_percent(), wrong = at_ten_percent();
  loy_satisfaction_worth worth, before;
  loy_error error;
  const double k = 2.0;
  memset(&worth, 7, sizeof worth);
  before = worth;
  bad.beta = -1.0;
  loy_satisfaction_worth_at(NULL, NULL, NAN, 2.0, 2.0, NULL, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "curve", LOY_NO_INDEX);
  wrong.struct_size = 0;
  loy_satisfaction_worth_at(&bad, &wrong, NAN, 2.0, 2.0, NULL, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "beta", LOY_NO_INDEX);
  loy_satisfaction_worth_at(&curve, &wrong, NAN, 2.0, 2.0, NULL, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "terms", LOY_NO_INDEX);
  wrong = terms;
  wrong.timing = 9;
  wrong.discount = -2.0;
  loy_satisfaction_worth_at(&curve, &wrong, NAN, 2.0, 2.0, NULL, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "timing", LOY_NO_INDEX);
  wrong.timing = LOY_MARGIN_END;
  wrong.growth = NAN;
  loy_satisfaction_worth_at(&curve, &wrong, NAN, 2.0, 2.0, NULL, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "discount", LOY_NO_INDEX);
  wrong.discount = 0.1;
  wrong.horizon = 2.5;
  loy_satisfaction_worth_at(&curve, &wrong, NAN, 2.0, 2.0, NULL, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "growth", LOY_NO_INDEX);
  wrong.growth = 0.0;
  loy_satisfaction_worth_at(&curve, &wrong, NAN, 2.0, 2.0, NULL, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "horizon", LOY_NO_INDEX);
  loy_satisfaction_worth_at(&curve, &terms, NAN, 2.0, 2.0, NULL, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "margin", LOY_NO_INDEX);
  loy_satisfaction_worth_at(&curve, &terms, 1.0, 2.0, 2.0, NULL, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "s", LOY_NO_INDEX);
  loy_satisfaction_worth_at(&curve, &terms, 1.0, 0.5, 1.0, NULL, &worth, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "c", LOY_NO_INDEX);
  curve.constraints = 1;
  loy_satisfaction_worth_at(&curve, &terms, 1.0, 0.5, 0.5, &k, &worth, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "constraint", 0);
  loy_satisfaction_worth_at(&curve, &terms, 1.0, 0.5, 0.5, NULL, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "worth", LOY_NO_INDEX);
  CU_ASSERT(memcmp(&worth, &before, sizeof worth) == 0);
}

static void test_batch(void) {
  enum { N = 40 };
  loy_curve curve = defaults();
  const loy_margin_terms terms = at_ten_percent();
  double margin[N], s[N], c[N], k[N], retention[N], retention_slope[N], value[N], slope[N];
  const double *columns[1] = {k};
  loy_batch_report report;
  loy_error error;
  curve.constraints = 1;
  curve.b[0] = 1.5;
  for (int i = 0; i < N; i++) {
    margin[i] = i - 7.0;
    s[i] = i / (double)(N - 1);
    c[i] = 0.3 + 0.01 * i;
    k[i] = 0.02 * i;
  }
  c[11] = 1.0;
  CHECK_STATUS(loy_satisfaction_worth_batch(&curve, &terms, margin, s, c, columns, N, retention, retention_slope, value,
                                            slope, &report, &error),
               LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 1);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "c", 11);
  for (int i = 0; i < N; i++) {
    loy_satisfaction_worth worth;
    if (i == 11) {
      CU_ASSERT(isnan(retention[i]) && isnan(retention_slope[i]) && isnan(value[i]) && isnan(slope[i]));
      continue;
    }
    CHECK_STATUS(loy_satisfaction_worth_at(&curve, &terms, margin[i], s[i], c[i], &k[i], &worth, NULL), LOY_OK);
    CHECK_BITS(retention[i], worth.retention);
    CHECK_BITS(retention_slope[i], worth.retention_slope);
    CHECK_BITS(value[i], worth.value);
    CHECK_BITS(slope[i], worth.value_slope);
  }
  CHECK_STATUS(loy_satisfaction_worth_batch(&curve, NULL, margin, s, c, NULL, N, NULL, NULL, value, NULL, NULL, &error),
               LOY_NOTICE_DIVERGES);
  CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "s", N - 1);
  CHECK_STATUS(
      loy_satisfaction_worth_batch(&curve, &terms, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL),
      LOY_OK);
  loy_satisfaction_worth_batch(&curve, &terms, NULL, s, c, columns, N, NULL, NULL, value, slope, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "margin", LOY_NO_INDEX);
  loy_satisfaction_worth_batch(&curve, &terms, margin, NULL, c, columns, N, NULL, NULL, value, slope, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "s", LOY_NO_INDEX);
  loy_satisfaction_worth_batch(&curve, &terms, margin, s, NULL, columns, N, NULL, NULL, value, slope, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "c", LOY_NO_INDEX);
  columns[0] = NULL;
  loy_satisfaction_worth_batch(&curve, &terms, margin, s, c, columns, N, NULL, NULL, value, slope, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "constraint", 0);
}

/* 400 customers from .75 to .80: the gain is the difference of the worked values, and the break-even cost. */
static void test_investment(void) {
  const loy_curve curve = defaults();
  loy_margin_terms terms = at_ten_percent();
  loy_satisfaction_investment found;
  loy_error error;
  CHECK_STATUS(loy_satisfaction_invest(&curve, &terms, 100.0, 0.75, 0.8, 0.85, NULL, 400.0, 4000.0, &found, NULL),
               LOY_OK);
  CHECK_CLOSE(found.value_before, 156.5131447585, 1e-12);
  CHECK_CLOSE(found.value_after, 171.7526116671, 1e-12);
  CHECK_CLOSE(found.gain, 15.2394669086, 1e-11);
  CHECK_CLOSE(found.total, 6095.78676344, 1e-11);
  CHECK_CLOSE(found.return_on_investment, 0.52394669086, 1e-10);
  /* Spending the whole gain breaks even; a step down loses it. */
  CHECK_STATUS(loy_satisfaction_invest(&curve, &terms, 100.0, 0.8, 0.75, 0.85, NULL, 400.0, found.total, &found, NULL),
               LOY_OK);
  CHECK_CLOSE(found.return_on_investment, -2.0, 1e-14);
  terms.discount = 0.0;
  CHECK_STATUS(loy_satisfaction_invest(&curve, &terms, 1.0, 0.5, 1.0, 0.85, NULL, 1.0, 1.0, &found, &error),
               LOY_NOTICE_DIVERGES);
  CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "s_after", LOY_NO_INDEX);
  CHECK_BITS(found.return_on_investment, HUGE_VAL);
  CHECK_STATUS(loy_satisfaction_invest(&curve, &terms, 1.0, 1.0, 1.0, 0.85, NULL, 1.0, 1.0, &found, &error),
               LOY_NOTICE_DIVERGES);
  CHECK_BITS(found.gain, 0.0);
  CHECK_BITS(found.return_on_investment, -1.0);
  terms.discount = 0.1;
  loy_satisfaction_invest(&curve, &terms, 1.0, 1.5, 2.0, 2.0, NULL, -1.0, 0.0, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "s_before", LOY_NO_INDEX);
  loy_satisfaction_invest(&curve, &terms, 1.0, 0.5, NAN, 2.0, NULL, -1.0, 0.0, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "s_after", LOY_NO_INDEX);
  loy_satisfaction_invest(&curve, &terms, 1.0, 0.5, 0.6, 2.0, NULL, -1.0, 0.0, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "c", LOY_NO_INDEX);
  loy_satisfaction_invest(&curve, &terms, 1.0, 0.5, 0.6, 0.5, NULL, -1.0, 0.0, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "customers", LOY_NO_INDEX);
  loy_satisfaction_invest(&curve, &terms, 1.0, 0.5, 0.6, 0.5, NULL, 1.0, 0.0, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "cost", LOY_NO_INDEX);
  loy_satisfaction_invest(&curve, &terms, 1.0, 0.5, 0.6, 0.5, NULL, 1.0, 1.0, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "investment", LOY_NO_INDEX);
}

/* What constraints hold is lost with them, and only that. */
static void test_value_at_risk(void) {
  loy_curve curve = defaults();
  loy_margin_terms terms = at_ten_percent();
  const double k[2] = {0.5, 1.0}, one_left[2] = {0.5, 0.0}, wrong[2] = {0.5, -0.1};
  loy_satisfaction_risk risk;
  loy_satisfaction_worth held, freed;
  loy_error error;
  curve.constraints = 2;
  curve.b[0] = 0.6;
  curve.b[1] = 0.9;
  CHECK_STATUS(loy_satisfaction_at_risk(&curve, &terms, 100.0, 0.4, 0.3, k, 0.3, NULL, &risk, NULL), LOY_OK);
  CHECK_STATUS(loy_satisfaction_worth_at(&curve, &terms, 100.0, 0.4, 0.3, k, &held, NULL), LOY_OK);
  CHECK_STATUS(loy_satisfaction_worth_at(&curve, &terms, 100.0, 0.4, 0.3, NULL, &freed, NULL), LOY_OK);
  CHECK_BITS(risk.retention_before, held.retention);
  CHECK_BITS(risk.retention_after, freed.retention);
  CHECK_BITS(risk.value_before, held.value);
  CHECK_BITS(risk.value_after, freed.value);
  CHECK_BITS(risk.at_risk, held.value - freed.value);
  CU_ASSERT(risk.at_risk > 0.0);
  /* 1 - L = (1-delta) e^-A (1-g): freeing multiplies the chance to leave by exp(.6 * .5 + .9). */
  CHECK_CLOSE((1.0 - risk.retention_after) / (1.0 - risk.retention_before), exp(1.2), 1e-13);
  CHECK_STATUS(loy_satisfaction_at_risk(&curve, &terms, 100.0, 0.4, 0.3, k, 0.3, k, &risk, NULL), LOY_OK);
  CHECK_BITS(risk.at_risk, 0.0);
  CHECK_STATUS(loy_satisfaction_at_risk(&curve, &terms, 100.0, 0.4, 0.3, k, 0.9, one_left, &risk, NULL), LOY_OK);
  CHECK_BITS(risk.retention_after, loy_curve_loyalty(&curve, 0.4, 0.9, one_left));
  loy_satisfaction_at_risk(&curve, &terms, 100.0, 0.4, 0.3, k, 1.0, wrong, &risk, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "c_after", LOY_NO_INDEX);
  loy_satisfaction_at_risk(&curve, &terms, 100.0, 0.4, 0.3, k, 0.5, wrong, &risk, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "constraint_after", 1);
  loy_satisfaction_at_risk(&curve, &terms, 100.0, 0.4, 0.3, k, 0.5, NULL, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "risk", LOY_NO_INDEX);
  terms.discount = 0.0;
  CHECK_STATUS(loy_satisfaction_at_risk(&curve, &terms, 100.0, 1.0, 0.3, k, 0.3, NULL, &risk, &error),
               LOY_NOTICE_DIVERGES);
  CHECK_BITS(risk.at_risk, 0.0);
}

/* The batches of steps and risks give the bits of one at a time; a bad row is counted and nothing else. */
static void test_other_batches(void) {
  enum { N = 9 };
  loy_curve curve = defaults();
  const loy_margin_terms terms = at_ten_percent();
  double margin[N], before[N], after[N], c[N], c_after[N], k[N], customers[N], cost[N], a[N], b[N], d[N];
  const double *columns[1] = {k}, *none[1] = {NULL};
  loy_batch_report report;
  loy_error error;
  curve.constraints = 1;
  curve.b[0] = 0.8;
  for (int i = 0; i < N; i++) {
    margin[i] = 10.0 + i;
    before[i] = 0.1 * i;
    after[i] = 0.1 * i + 0.05;
    c[i] = 0.5;
    c_after[i] = 0.5 + 0.05 * i;
    k[i] = 0.1 * i;
    customers[i] = 100.0;
    cost[i] = 50.0 * (i + 1);
  }
  cost[3] = 0.0;
  CHECK_STATUS(loy_satisfaction_invest_batch(&curve, &terms, margin, before, after, c, columns, customers, cost, N, a,
                                             b, d, &report, &error),
               LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 1);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "cost", 3);
  for (int i = 0; i < N; i++) {
    loy_satisfaction_investment one = {NAN, NAN, NAN, NAN, NAN};
    loy_satisfaction_invest(&curve, &terms, margin[i], before[i], after[i], c[i], &k[i], customers[i], cost[i], &one,
                            NULL);
    CHECK_BITS(a[i], one.gain);
    CHECK_BITS(b[i], one.total);
    CHECK_BITS(d[i], one.return_on_investment);
  }
  loy_satisfaction_invest_batch(&curve, &terms, margin, before, after, c, none, customers, NULL, N, a, b, d, NULL,
                                &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "cost", LOY_NO_INDEX);
  loy_satisfaction_invest_batch(&curve, &terms, margin, before, after, c, none, customers, cost, N, a, b, d, NULL,
                                &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "constraint", 0);
  c_after[8] = 2.0;
  CHECK_STATUS(loy_satisfaction_at_risk_batch(&curve, &terms, margin, before, c, columns, c_after, NULL, N, a, b,
                                              &report, &error),
               LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 1);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "c_after", 8);
  for (int i = 0; i < N; i++) {
    loy_satisfaction_risk one = {NAN, NAN, NAN, NAN, NAN};
    loy_satisfaction_at_risk(&curve, &terms, margin[i], before[i], c[i], &k[i], c_after[i], NULL, &one, NULL);
    CHECK_BITS(a[i], one.retention_after);
    CHECK_BITS(b[i], one.at_risk);
  }
  /* c stays: with the constraints too nothing is at risk. */
  CHECK_STATUS(
      loy_satisfaction_at_risk_batch(&curve, &terms, margin, before, c, columns, NULL, columns, N, NULL, b, NULL, NULL),
      LOY_OK);
  for (int i = 0; i < N; i++) CHECK_BITS(b[i], 0.0);
  loy_satisfaction_at_risk_batch(&curve, &terms, margin, before, c, columns, NULL, none, N, a, b, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "constraint_after", 0);
}

SUITE(value, satisfaction) {
  ADD(test_worked_case);
  ADD(test_slope_by_differences);
  ADD(test_edges);
  ADD(test_errors_in_order);
  ADD(test_batch);
  ADD(test_investment);
  ADD(test_value_at_risk);
  ADD(test_other_batches);
}
