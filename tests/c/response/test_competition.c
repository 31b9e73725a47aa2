/* test_competition.c: market structure from shares. */
#include "check.h"
#include "failing_allocator.h"

static void test_published(void) {
  static const double share[] = {.4, .3, 0.0, .2, .1};
  static loy_competition market;
  CHECK_STATUS(loy_competition_from_shares(share, 5, 0, &market, NULL), LOY_OK);
  CHECK_CLOSE(market.hhi, .30, 1e-15);
  CHECK_CLOSE(market.effective_suppliers, 10.0 / 3.0, 1e-15);
  CHECK_CLOSE(market.index, .70, 1e-15);
  CHECK_CLOSE(market.normalized_hhi, .2 / 3.0, 1e-14);
  CHECK_CLOSE(market.entropy, 1.2798542258, 1e-10);
  CHECK_CLOSE(market.entropy_suppliers, 3.5961154666, 1e-10);
  CU_ASSERT_EQUAL(market.suppliers, 4);
  /* logit(c) = ln(N_eff - 1) */
  CHECK_CLOSE(market.index / (1.0 - market.index), market.effective_suppliers - 1.0, 1e-14);
}

static void test_normalize(void) {
  static const double sales[] = {400, 300, 200, 100}, printed[] = {.3333333, .3333333, .3333333},
                      rough[] = {.333, .333, .333};
  static loy_competition market;
  loy_error error;
  market.index = 7.0;
  CHECK_STATUS(loy_competition_from_shares(sales, 4, 0, &market, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "share", LOY_NO_INDEX);
  CU_ASSERT_STRING_EQUAL(error.message, "must sum to 1, or be sales that normalize divides by their sum");
  CHECK_STATUS(loy_competition_from_shares(rough, 3, 0, &market, &error), LOY_ERR_DOMAIN);
  CHECK_BITS(market.index, 7.0); /* untouched */
  CHECK_STATUS(loy_competition_from_shares(sales, 4, 1, &market, &error), LOY_OK);
  CHECK_CLOSE(market.index, .70, 1e-15);
  CHECK_STATUS(loy_competition_from_shares(printed, 3, 0, &market, &error), LOY_OK);
  CHECK_CLOSE(market.index, 2.0 / 3.0, 1e-15);
}

static void test_edges(void) {
  static const double monopoly[] = {1.0}, nearly[] = {1.0 - 0x1p-50, 0x1p-50}, tiny[] = {1e308, 1e-308};
  static double equal[1000];
  static loy_competition market;
  CHECK_STATUS(loy_competition_from_shares(monopoly, 1, 0, &market, NULL), LOY_OK);
  CHECK_BITS(market.index, 0.0);
  CHECK_BITS(market.hhi, 1.0);
  CHECK_BITS(market.normalized_hhi, 1.0);
  CHECK_NEAR(market.entropy, 0.0, 0.0);
  CU_ASSERT_EQUAL(market.suppliers, 1);
  CHECK_STATUS(loy_competition_from_shares(nearly, 2, 0, &market, NULL), LOY_OK);
  CHECK_CLOSE(market.index, 0x1p-49, 1e-14); /* all digits, though 1 - HHI would have one */
  CHECK_STATUS(loy_competition_from_shares(tiny, 2, 1, &market, NULL), LOY_OK);
  CHECK_BITS(market.hhi, 1.0);
  for (size_t i = 0; i < 1000; i++) equal[i] = 17.0;
  CHECK_STATUS(loy_competition_from_shares(equal, 1000, 1, &market, NULL), LOY_OK);
  CHECK_CLOSE(market.index, .999, 1e-15);
  CHECK_CLOSE(market.effective_suppliers, 1000.0, 1e-14);
  CHECK_CLOSE(market.entropy_suppliers, 1000.0, 1e-13);
  CHECK_NEAR(market.normalized_hhi, 0.0, 1e-16);
  CU_ASSERT(market.normalized_hhi >= 0.0);
}

static void test_errors(void) {
  static const double share[] = {.5, .5}, negative[] = {.5, -.5, NAN}, none[] = {0, 0}, huge[] = {1e308, 1e308};
  static loy_competition market;
  loy_error error;
  CHECK_STATUS(loy_competition_from_shares(NULL, 2, 7, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "share", LOY_NO_INDEX);
  CHECK_STATUS(loy_competition_from_shares(negative, 3, 7, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "share", 1);
  CHECK_STATUS(loy_competition_from_shares(negative + 2, 1, 1, &market, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "share", 0);
  CHECK_STATUS(loy_competition_from_shares(none, 2, 1, &market, &error), LOY_ERR_TOO_FEW);
  CHECK_STATUS(loy_competition_from_shares(NULL, 0, 1, &market, &error), LOY_ERR_TOO_FEW);
  CHECK_ERROR(&error, LOY_ERR_TOO_FEW, "share", LOY_NO_INDEX);
  CHECK_STATUS(loy_competition_from_shares(huge, 2, 1, &market, &error), LOY_ERR_DOMAIN);
  CHECK_STATUS(loy_competition_from_shares(share, 2, 7, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "normalize", LOY_NO_INDEX);
  CHECK_STATUS(loy_competition_from_shares(share, 2, 0, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
}

static void test_alternatives_and_clip(void) {
  CHECK_BITS(loy_competition_from_alternatives(1.0), 0.0);
  CHECK_BITS(loy_competition_from_alternatives(4.0), .75);
  CHECK_CLOSE(loy_competition_from_alternatives(16.0), .9375, 0.0);
  CHECK_BITS(loy_competition_from_alternatives(1e300), 1.0 - 0x1p-53); /* below 1, as the curve wants it */
  CU_ASSERT(isnan(loy_competition_from_alternatives(.5)));
  CU_ASSERT(isnan(loy_competition_from_alternatives(INFINITY)));
  CU_ASSERT(isnan(loy_competition_from_alternatives(NAN)));
  CHECK_BITS(loy_competition_clip(0.0), 1e-9);
  CHECK_BITS(loy_competition_clip(1.0), 1.0 - 1e-9);
  CHECK_BITS(loy_competition_clip(.3), .3);
  CU_ASSERT(isnan(loy_competition_clip(-.1)));
  CU_ASSERT(isnan(loy_competition_clip(NAN)));
}

static void test_rating(void) {
  CHECK_BITS(loy_competition_from_rating(1.0, 5.0), .1);
  CHECK_BITS(loy_competition_from_rating(3.0, 5.0), .5);
  CHECK_BITS(loy_competition_from_rating(5.0, 5.0), .9);
  CHECK_BITS(loy_competition_from_rating(1.5, 2.0), .5);
  CHECK_BITS(loy_competition_from_rating(1e300, 1e300), 1.0 - 0x1p-53);
  CU_ASSERT(isnan(loy_competition_from_rating(.9, 5.0)));
  CU_ASSERT(isnan(loy_competition_from_rating(5.1, 5.0)));
  CU_ASSERT(isnan(loy_competition_from_rating(NAN, 5.0)));
  CU_ASSERT(isnan(loy_competition_from_rating(1.0, 1.0)));
  CU_ASSERT(isnan(loy_competition_from_rating(1.0, INFINITY)));
}

/* Four suppliers; what six customers spend where. A choice set of k is 1 for each of k suppliers: c = 1 - 1/k. */
static const double spend[4][6] = {
    {4, 1, 0, 5, -1, 1e308}, {3, 1, NAN, NAN, 1, 1e308}, {2, 1, 0, 0, 1, 0}, {1, 1, NAN, 0, 1, 0}};

static void test_batch(void) {
  const double *share[4] = {spend[0], spend[1], spend[2], spend[3]};
  double c[6];
  loy_batch_report report;
  CHECK_STATUS(loy_competition_from_shares_batch(share, 4, 6, 1, c, NULL, &report, NULL), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 3);
  CHECK_ERROR(&report.first, LOY_ERR_TOO_FEW, "share", 2);
  CHECK_CLOSE(c[0], .7, 1e-15);
  CHECK_CLOSE(c[1], .75, 1e-15);
  CHECK_BITS(c[3], 0.0); /* all at one supplier, though another is not known */
  for (int i = 0; i < 6; i++) {
    double row[4];
    loy_competition market;
    for (int k = 0; k < 4; k++) row[k] = isnan(spend[k][i]) ? 0.0 : spend[k][i];
    if (loy_competition_from_shares(row, 4, 1, &market, NULL) == LOY_OK) {
      CHECK_BITS(c[i], market.index);
    } else {
      CU_ASSERT(isnan(c[i]));
    }
  }
  /* Sales are not shares. */
  CHECK_STATUS(loy_competition_from_shares_batch(share, 4, 2, 0, c, NULL, &report, NULL), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 2);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "share", 0);
}

static void test_batch_errors(void) {
  const double *share[2] = {spend[0], NULL};
  double c[2] = {7, 7};
  loy_error error;
  CHECK_STATUS(loy_competition_from_shares_batch(NULL, 0, 2, 7, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "share", LOY_NO_INDEX);
  CHECK_STATUS(loy_competition_from_shares_batch(share, 2, 2, 7, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "share", 1);
  CHECK_STATUS(loy_competition_from_shares_batch(share, 0, 2, 7, NULL, NULL, NULL, &error), LOY_ERR_TOO_FEW);
  CHECK_ERROR(&error, LOY_ERR_TOO_FEW, "share", LOY_NO_INDEX);
  CHECK_STATUS(loy_competition_from_shares_batch(share, 1, 2, 7, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "normalize", LOY_NO_INDEX);
  CHECK_STATUS(loy_competition_from_shares_batch(share, 1, 2, 1, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "index", LOY_NO_INDEX);
  CHECK_STATUS(loy_competition_from_shares_batch(share, 2, 2, 1, c, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_BITS(c[0], 7.0);
  CHECK_STATUS(loy_competition_from_shares_batch(NULL, 1, 0, 1, NULL, NULL, NULL, NULL), LOY_OK);
}

static void test_batch_memory(void) {
  const double *share[4] = {spend[0], spend[1], spend[2], spend[3]};
  static failing_allocator memory;
  FOR_EACH_FAILURE(memory) {
    double c[2] = {7, 7};
    loy_error error;
    const loy_status status = loy_competition_from_shares_batch(share, 4, 2, 1, c, &memory.allocator, NULL, &error);
    CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
    if (memory.failed) {
      CHECK_BITS(c[0], 7.0);
    }
    CU_ASSERT_EQUAL(memory.held, 0);
  }
}

SUITE(response, competition) {
  ADD(test_published);
  ADD(test_normalize);
  ADD(test_edges);
  ADD(test_errors);
  ADD(test_alternatives_and_clip);
  ADD(test_rating);
  ADD(test_batch);
  ADD(test_batch_errors);
  ADD(test_batch_memory);
}
