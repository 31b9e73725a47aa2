/* Slopes of the margin multiples: closed cases, direct sums, no horizon as the limit, edges. */
#include "check.h"

#include "loyalty/value/sensitivity.h"

static const int all_timings[5] = {LOY_MARGIN_BEGIN, LOY_MARGIN_END, LOY_MARGIN_END_FIRST_SURE, LOY_MARGIN_MID,
                                   LOY_MARGIN_CONTINUOUS};

/* dCLV/dr = m (1+i)/(1+i-r)^2 for BEGIN and END. */
static void test_worked_case(void) {
  CHECK_CLOSE(loy_margin_multiple_slope(LOY_MARGIN_BEGIN, 0.8, 0.1, 0.0, HUGE_VAL), 1.1 / 0.09, 1e-14);
  CHECK_CLOSE(loy_margin_multiple_slope(LOY_MARGIN_END, 0.8, 0.1, 0.0, HUGE_VAL), 1.1 / 0.09, 1e-14);
  CHECK_CLOSE(loy_margin_multiple_slope(LOY_MARGIN_END_FIRST_SURE, 0.8, 0.1, 0.0, HUGE_VAL), 1.0 / 0.09, 1e-14);
  CHECK_CLOSE(loy_margin_multiple_slope(LOY_MARGIN_MID, 0.8, 0.1, 0.0, HUGE_VAL), 1.1 / 0.09 * sqrt(1.1), 1e-14);
  /* 1/(.8 ln(.8/1.1)^2), mpmath. */
  CHECK_CLOSE(loy_margin_multiple_slope(LOY_MARGIN_CONTINUOUS, 0.8, 0.1, 0.0, HUGE_VAL), 12.325862815422396, 1e-14);
}

/* Term by term: d/dr of ((1+g)/(1+i))^t r^t. */
static void test_direct_sums(void) {
  static const double cases[8][3] = {{0.8, 0.1, 0.0},   {0.8, 0.1, 0.05}, {0.95, 0.0, 0.0}, {1.0, 0.02, 0.02},
                                     {0.9, 0.02, 0.25}, {1.0, 0.0, 0.0},  {0.3, -0.2, 0.1}, {0.999, 0.0, 1e-9}};
  static const int ends[] = {1, 2, 3, 10, 40, 300};
  for (int c = 0; c < 8; c++) {
    const double r = cases[c][0], i = cases[c][1], g = cases[c][2];
    for (size_t k = 0; k < sizeof ends / sizeof *ends; k++) {
      double begin = 0.0, end = 0.0, power = 1.0 / r, w = r * (1.0 + g) / (1.0 + i), scale = 1.0;
      for (int t = 0; t < ends[k]; t++) {
        begin += t * power;
        end += (t + 1) * power * r * scale / (1.0 + i);
        power *= w;
      }
      CHECK_CLOSE(loy_margin_multiple_slope(LOY_MARGIN_BEGIN, r, i, g, ends[k]), begin, 1e-12);
      CHECK_CLOSE(loy_margin_multiple_slope(LOY_MARGIN_END_FIRST_SURE, r, i, g, ends[k]), begin / (1.0 + i), 1e-12);
      CHECK_CLOSE(loy_margin_multiple_slope(LOY_MARGIN_END, r, i, g, ends[k]), end, 1e-12);
      CHECK_CLOSE(loy_margin_multiple_slope(LOY_MARGIN_MID, r, i, g, ends[k]), end * sqrt(1.0 + i), 1e-12);
    }
  }
}

/* A central difference of the multiple itself, and a far horizon is none. */
static void test_differences(void) {
  for (int k = 0; k < 5; k++) {
    for (int tenth = 1; tenth <= 9; tenth++) {
      const double r = tenth / 10.0, h = 1e-5;
      const double horizons[3] = {7.0, 60.0, HUGE_VAL};
      for (int j = 0; j < 3; j++) {
        const double up = loy_margin_multiple(all_timings[k], r + h, 0.08, 0.03, horizons[j]);
        const double down = loy_margin_multiple(all_timings[k], r - h, 0.08, 0.03, horizons[j]);
        CHECK_CLOSE(loy_margin_multiple_slope(all_timings[k], r, 0.08, 0.03, horizons[j]), (up - down) / (2.0 * h),
                    3e-7);
      }
      CHECK_CLOSE(loy_margin_multiple_slope(all_timings[k], r, 0.2, 0.03, 1e4),
                  loy_margin_multiple_slope(all_timings[k], r, 0.2, 0.03, HUGE_VAL), 1e-12);
    }
  }
}

static void test_edges(void) {
  for (int k = 0; k < 5; k++) {
    CHECK_BITS(loy_margin_multiple_slope(all_timings[k], 0.5, 0.1, 0.0, 0.0), 0.0);
    CHECK_BITS(loy_margin_multiple_slope(all_timings[k], 1.0, 0.0, 0.0, HUGE_VAL), HUGE_VAL);
    CU_ASSERT(isnan(loy_margin_multiple_slope(all_timings[k], 1.5, 0.1, 0.0, HUGE_VAL)));
    CU_ASSERT(isnan(loy_margin_multiple_slope(all_timings[k], 0.5, (double)NAN, 0.0, HUGE_VAL)));
  }
  CU_ASSERT(isnan(loy_margin_multiple_slope(0, 0.5, 0.1, 0.0, HUGE_VAL)));
  CHECK_CLOSE(loy_margin_multiple_slope(LOY_MARGIN_BEGIN, 0.0, 0.1, 0.0, HUGE_VAL), 1.0 / 1.1, 1e-15);
  CHECK_CLOSE(loy_margin_multiple_slope(LOY_MARGIN_BEGIN, 0.0, 0.1, 0.0, 5.0), 1.0 / 1.1, 1e-15);
  CHECK_BITS(loy_margin_multiple_slope(LOY_MARGIN_BEGIN, 0.0, 0.1, 0.0, 1.0), 0.0);
  CHECK_CLOSE(loy_margin_multiple_slope(LOY_MARGIN_END, 0.0, 0.1, 0.0, 5.0), 1.0 / 1.1, 1e-15);
  CHECK_BITS(loy_margin_multiple_slope(LOY_MARGIN_CONTINUOUS, 0.0, 0.1, 0.0, 5.0), HUGE_VAL);
  /* r = 1, no discount: the sum of t below 1000. */
  CHECK_CLOSE(loy_margin_multiple_slope(LOY_MARGIN_BEGIN, 1.0, 0.0, 0.0, 1000.0), 499500.0, 1e-13);
  /* Next to w = 1 nothing cancels. */
  CHECK_CLOSE(loy_margin_multiple_slope(LOY_MARGIN_BEGIN, 1.0, 1e-12, 0.0, 1000.0), 499500.0, 1e-8);
}

SUITE(value, sensitivity) {
  ADD(test_worked_case);
  ADD(test_direct_sums);
  ADD(test_differences);
  ADD(test_edges);
}
