/* test_wallet.c: share of wallet and its allocation by rank. */
#include "check.h"

static void test_share(void) {
  CHECK_BITS(loy_wallet_share(25, 100), .25);
  CHECK_BITS(loy_wallet_share(0, 1e40), 0.0);
  CHECK_BITS(loy_wallet_share(1e-40, 1e-40), 1.0);
  CU_ASSERT(isnan(loy_wallet_share(2, 1)) && isnan(loy_wallet_share(-1, 1)) && isnan(loy_wallet_share(0, 0)));
  CU_ASSERT(isnan(loy_wallet_share(NAN, 1)) && isnan(loy_wallet_share(1, NAN)) && isnan(loy_wallet_share(1, 2e40)));
}

static void test_share_check(void) {
  loy_error error;
  CHECK_STATUS(loy_wallet_share_check(-1, 0, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "category", LOY_NO_INDEX);
  CHECK_STATUS(loy_wallet_share_check(-1, 1, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "own", LOY_NO_INDEX);
  CHECK_STATUS(loy_wallet_share_check(1, 1, &error), LOY_OK);
}

/* By hand: sums 60 and 200, R = .3; own - R category = 10 - 15, 20 - 30, 30 - 15. */
static void test_batch(void) {
  static const double own[] = {10, 0, 20, 5, 30, NAN}, category[] = {50, 0, 100, 4, 50, 1};
  double share[6], lower, upper;
  loy_wallet w;
  loy_batch_report report;
  loy_error error;
  CHECK_STATUS(loy_wallet_share_batch(own, category, 6, share, &w, &report, &error), LOY_NOTICE_SKIPPED);
  CHECK_ERROR(&error, LOY_NOTICE_SKIPPED, "category", LOY_NO_INDEX);
  CHECK_BITS(share[0], .2);
  CU_ASSERT(isnan(share[1]) && isnan(share[3]) && isnan(share[5]));
  CHECK_BITS(share[4], .6);
  CU_ASSERT_EQUAL(report.bad, 2);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "own", 3);
  CU_ASSERT_EQUAL(w.n, 3);
  CU_ASSERT_EQUAL(w.skipped, 1);
  CHECK_CLOSE(w.share, .3, 2e-16);
  CHECK_CLOSE(w.mean_share, 1.0 / 3, 4e-16);
  CHECK_CLOSE(w.standard_error, sqrt(1.5 * 350) / 200, 4e-16);
  /* t quantile with 2 degrees of freedom by its closed form: p = .75 has t = sqrt(2/3). */
  CHECK_STATUS(loy_wallet_interval(&w, .5, &lower, &upper, NULL), LOY_OK);
  CHECK_CLOSE(lower, .3 - sqrt(2.0 / 3.0) * sqrt(1.5 * 350) / 200, 1e-14);
  CHECK_CLOSE(upper, .3 + sqrt(2.0 / 3.0) * sqrt(1.5 * 350) / 200, 1e-14);
  CHECK_STATUS(loy_wallet_interval(&w, .999, &lower, &upper, NULL), LOY_OK);
  CHECK_BITS(lower, 0.0); /* clipped */
  CHECK_BITS(upper, 1.0);
  CHECK_STATUS(loy_wallet_share_batch(own, category, 1, NULL, NULL, NULL, NULL), LOY_OK);
}

/* Equal shares have no error; the largest amounts do not overflow. */
static void test_extremes(void) {
  static double own[5000], category[5000];
  loy_wallet w;
  for (size_t i = 0; i < 5000; i++) {
    category[i] = 1e40;
    own[i] = i % 2 ? 0.0 : 1e40;
  }
  CHECK_STATUS(loy_wallet_share_batch(own, category, 5000, NULL, &w, NULL, NULL), LOY_OK);
  CHECK_CLOSE(w.share, .5, 4e-16);
  CHECK_CLOSE(w.mean_share, .5, 4e-16);
  CHECK_CLOSE(w.standard_error, .5 / sqrt(4999.0), 1e-14);
  for (size_t i = 0; i < 5000; i++) own[i] = category[i] = 1.0 / (double)(i + 3);
  CHECK_STATUS(loy_wallet_share_batch(own, category, 5000, NULL, &w, NULL, NULL), LOY_OK);
  CHECK_BITS(w.share, 1.0);
  CHECK_BITS(w.mean_share, 1.0);
  CHECK_BITS(w.standard_error, 0.0);
}

static void test_few(void) {
  static const double own[] = {1, 0}, category[] = {4, 0};
  loy_wallet w;
  loy_error error;
  CHECK_STATUS(loy_wallet_share_batch(own, category, 2, NULL, &w, NULL, &error), LOY_NOTICE_NONE);
  CHECK_BITS(w.share, .25);
  CHECK_BITS(w.mean_share, .25);
  CU_ASSERT(isnan(w.standard_error));
  CU_ASSERT_EQUAL(w.skipped, 1);
  CHECK_STATUS(loy_wallet_share_batch(own + 1, category + 1, 1, NULL, &w, NULL, &error), LOY_NOTICE_NONE);
  CU_ASSERT(isnan(w.share) && isnan(w.mean_share) && isnan(w.standard_error));
  CHECK_STATUS(loy_wallet_share_batch(own + 1, category + 1, 1, NULL, NULL, NULL, &error), LOY_NOTICE_SKIPPED);
  CHECK_STATUS(loy_wallet_share_batch(NULL, NULL, 0, NULL, &w, NULL, &error), LOY_NOTICE_NONE);
  CU_ASSERT_EQUAL(w.n, 0);
}

/* In the order the header states. */
static void test_share_errors(void) {
  static const double one[] = {1};
  loy_wallet w = {7, 7, 7.0, 7.0, 7.0};
  loy_error error;
  double lower = 7.0;
  CHECK_STATUS(loy_wallet_share_batch(NULL, NULL, 1, NULL, &w, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "own", LOY_NO_INDEX);
  CHECK_STATUS(loy_wallet_share_batch(one, NULL, 1, NULL, &w, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "category", LOY_NO_INDEX);
  CU_ASSERT_EQUAL(w.n, 7);
#define BAD(result, level, lower, upper, status, argument)                                                             \
  CHECK_STATUS(loy_wallet_interval(result, level, lower, upper, &error), status);                                      \
  CHECK_ERROR(&error, status, argument, LOY_NO_INDEX)
  BAD(NULL, 0.0, NULL, NULL, LOY_ERR_ARGUMENT, "result");
  BAD(&w, 0.0, NULL, NULL, LOY_ERR_DOMAIN, "result");
  w.share = .5;
  w.standard_error = INFINITY;
  BAD(&w, 0.0, NULL, NULL, LOY_ERR_DOMAIN, "result");
  w.standard_error = NAN;
  BAD(&w, 0.0, NULL, NULL, LOY_ERR_DOMAIN, "result");
  w.n = 1;
  BAD(&w, 0.0, NULL, NULL, LOY_ERR_TOO_FEW, "result");
  w.n = 2;
  w.standard_error = .1;
  BAD(&w, 0.0, NULL, NULL, LOY_ERR_DOMAIN, "level");
  BAD(&w, NAN, NULL, NULL, LOY_ERR_DOMAIN, "level");
  BAD(&w, .5, NULL, NULL, LOY_ERR_ARGUMENT, "lower");
  BAD(&w, .5, &lower, NULL, LOY_ERR_ARGUMENT, "upper");
#undef BAD
  CHECK_BITS(lower, 7.0);
}

static void test_allocation(void) {
  static const double want[5][5] = {{1, 0, 0, 0, 0},
                                    {.6666667, .3333333, 0, 0, 0},
                                    {.5, .3333333, .1666667, 0, 0},
                                    {.4, .3, .2, .1, 0},
                                    {.3333333, .2666667, .2, .1333333, .0666667}};
  loy_error error;
  for (int k = 1; k <= 1000; k++) {
    double sum = 0.0;
    for (int rank = 1; rank <= k; rank++) {
      const double share = loy_wallet_allocation(rank, k);
      if (k <= 5) CHECK_NEAR(share, want[k - 1][rank - 1], 5.1e-8);
      CHECK_CLOSE(share, (1.0 - rank / (k + 1.0)) * 2.0 / k, 1e-12);
      sum += share;
    }
    CHECK_NEAR(sum, 1.0, 1e-14);
  }
  CHECK_BITS(loy_wallet_allocation(1, 1), 1.0);
  CHECK_CLOSE(loy_wallet_allocation(1.5, 2), .5, 2e-16);
  CU_ASSERT(isnan(loy_wallet_allocation(.5, 2)) && isnan(loy_wallet_allocation(2.5, 2)));
  CU_ASSERT(isnan(loy_wallet_allocation(NAN, 2)) && isnan(loy_wallet_allocation(1, NAN)));
  CHECK_STATUS(loy_wallet_allocation_check(0, 0, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "brands", LOY_NO_INDEX);
  CHECK_STATUS(loy_wallet_allocation_check(0, 1001, &error), LOY_ERR_DOMAIN);
  CHECK_STATUS(loy_wallet_allocation_check(0, 1.5, &error), LOY_ERR_DOMAIN);
  CHECK_STATUS(loy_wallet_allocation_check(0, 2, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "rank", LOY_NO_INDEX);
  CHECK_STATUS(loy_wallet_allocation_check(2, 2, &error), LOY_OK);
}

static void test_allocation_batch(void) {
  /* Three brands: strict order; a tie at the top; one brand used; a bad rating; none used; all tied. */
  static const double a[] = {9, 8, NAN, 5, NAN, 4}, b[] = {7, 8, 6, INFINITY, NAN, 4}, c[] = {8, 2, NAN, 5, NAN, 4};
  const double *rating[] = {a, b, c};
  double s[3][6], sum;
  double *share[] = {s[0], s[1], s[2]};
  loy_mean mean[3];
  loy_batch_report report;
  CHECK_STATUS(loy_wallet_allocation_batch(rating, 3, 6, 0, share, mean, &report, NULL), LOY_OK);
  CHECK_CLOSE(s[0][0], 1.0 / 2, 2e-16);
  CHECK_CLOSE(s[1][0], 1.0 / 6, 2e-16);
  CHECK_CLOSE(s[2][0], 1.0 / 3, 2e-16);
  CHECK_CLOSE(s[0][1], 5.0 / 12, 2e-16); /* rank 1.5 */
  CHECK_BITS(s[1][1], s[0][1]);
  CHECK_BITS(s[0][2], 0.0);
  CHECK_BITS(s[1][2], 1.0);
  CHECK_BITS(s[2][2], 0.0);
  CHECK_CLOSE(s[2][5], 1.0 / 3, 2e-16);
  CU_ASSERT_EQUAL(report.bad, 2);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "rating", 3);
  for (size_t i = 0; i < 6; i++) {
    sum = s[0][i] + s[1][i] + s[2][i];
    CU_ASSERT(i == 3 || i == 4 ? isnan(s[0][i]) && isnan(s[1][i]) && isnan(s[2][i]) : fabs(sum - 1.0) < 4e-16);
  }
  /* Means over users: b has 1/6, 5/12, 1, 1/3. */
  CU_ASSERT_EQUAL(mean[0].n, 3);
  CU_ASSERT_EQUAL(mean[1].n, 4);
  CHECK_CLOSE(mean[0].mean, (1.0 / 2 + 5.0 / 12 + 1.0 / 3) / 3, 4e-16);
  CHECK_CLOSE(mean[1].mean, 23.0 / 48, 4e-16);
  CHECK_CLOSE(mean[1].standard_deviation, sqrt(((4 + 25 + 144 + 16) / 144.0 * 4 - 529.0 / 144.0) / 12), 1e-15);
  /* Ranks instead of ratings. */
  {
    static const double r1[] = {1}, r2[] = {3}, r3[] = {2};
    const double *rank[] = {r1, r2, r3};
    CHECK_STATUS(loy_wallet_allocation_batch(rank, 3, 1, 1, share, NULL, NULL, NULL), LOY_OK);
    CHECK_CLOSE(s[0][0], 1.0 / 2, 2e-16);
    CHECK_CLOSE(s[1][0], 1.0 / 6, 2e-16);
  }
}

static void test_allocation_few(void) {
  static const double a[] = {9, NAN}, b[] = {NAN, NAN}, c[] = {8, NAN};
  const double *rating[] = {a, b, c};
  double s[3][2];
  double *share[] = {s[0], s[1], s[2]};
  loy_mean mean[3];
  loy_error error;
  CHECK_STATUS(loy_wallet_allocation_batch(rating, 3, 2, 0, share, mean, NULL, &error), LOY_NOTICE_NONE);
  CHECK_CLOSE(mean[0].mean, 2.0 / 3, 2e-16);
  CU_ASSERT(isnan(mean[0].standard_error) && isnan(mean[1].mean) && isnan(mean[1].standard_error));
  CU_ASSERT_EQUAL(mean[1].n, 0);
  CU_ASSERT_EQUAL(mean[1].missing, 2);
  CHECK_BITS(s[1][0], 0.0);
  CU_ASSERT(isnan(s[1][1]));
  CHECK_STATUS(loy_wallet_allocation_batch(rating, 3, 2, 0, share, NULL, NULL, &error), LOY_OK);
}

static void test_allocation_errors(void) {
  static const double a[] = {9};
  double s[1] = {7};
  const double *rating[] = {a, NULL};
  double *share[] = {s, NULL};
  loy_error error;
#define BAD(rating, brands, lower, share, argument, at)                                                                \
  CHECK_STATUS(loy_wallet_allocation_batch(rating, brands, 1, lower, share, NULL, NULL, &error), LOY_ERR_ARGUMENT);    \
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, argument, at)
  BAD(NULL, 0, 2, NULL, "rating", LOY_NO_INDEX);
  BAD(rating, 0, 2, NULL, "brands", LOY_NO_INDEX);
  BAD(rating, LOY_WALLET_BRANDS + 1, 2, NULL, "brands", LOY_NO_INDEX);
  BAD(rating, 2, 2, NULL, "rating", 1);
  BAD(rating, 1, 2, NULL, "lower_is_better", LOY_NO_INDEX);
  BAD(rating, 1, 0, NULL, "share", LOY_NO_INDEX);
  rating[1] = a;
  BAD(rating, 2, 0, share, "share", 1);
#undef BAD
  CHECK_BITS(s[0], 7.0);
  CHECK_STATUS(loy_wallet_allocation_batch(rating, 2, 0, 0, share, NULL, NULL, &error), LOY_OK);
}

SUITE(survey, wallet) {
  ADD(test_share);
  ADD(test_share_check);
  ADD(test_batch);
  ADD(test_extremes);
  ADD(test_few);
  ADD(test_share_errors);
  ADD(test_allocation);
  ADD(test_allocation_batch);
  ADD(test_allocation_few);
  ADD(test_allocation_errors);
}
