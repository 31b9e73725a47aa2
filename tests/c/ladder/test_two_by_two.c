/* The private kernel of the typologies: cells and corners row by row against columns of every length up to some
 * vectors, so that the ends of vector loops are met. */
#include "check.h"

#include "loyalty/ladder/two_by_two.h"

#if LOY_TEST_INTERNALS

static const loyi_axis x_axis = {"x", "must be x", 0, 1, .5}, y_axis = {"y", "must be y", -1, 1, .25};
static const loyi_corners corners = {.75, .5, .25, 0};

static int plain(double x, double y, int with_corners) {
  const int cell = 2 * (x >= .5) + (y >= .25);
  if (!(x >= 0 && x <= 1 && y >= -1 && y <= 1)) return -1;
  if (!with_corners) return cell;
  if (x >= .75 && y >= .5) return 5;
  if (x <= .25 && y <= 0) return 0;
  return 1 + cell;
}

static void test_every_length(void) {
  enum { N = 200 };
  static const double at[] = {0, .25, .5, .75, 1, (double)NAN, -.5, 1.5, .3};
  double x[N], y[N];
  for (int i = 0; i < N; i++) {
    x[i] = at[i % 9];
    y[i] = at[i / 9 % 9];
  }
  for (size_t n = 0; n <= N; n++) {
    for (int c = 0; c < 2; c++) {
      int8_t type[N + 1];
      size_t bad = 0;
      loy_batch_report report;
      type[n] = -7;
      loyi_two_by_two_batch(x, y, n, &x_axis, &y_axis, c ? &corners : NULL, type, &report);
      for (size_t i = 0; i < n; i++) {
        bad += x[i] < 0 || x[i] > 1 || y[i] < -1 || y[i] > 1;
        CU_ASSERT_EQUAL(type[i], plain(x[i], y[i], c));
        CU_ASSERT_EQUAL(type[i], loyi_two_by_two(x[i], y[i], &x_axis, &y_axis, c ? &corners : NULL));
      }
      CU_ASSERT_EQUAL(report.bad, bad);
      CU_ASSERT_EQUAL(type[n], -7);
    }
  }
}

static void test_checks(void) {
  const double value = 1;
  loy_error error;
  CHECK_STATUS(loyi_axis_check((double)NAN, &x_axis, 3, &error), LOY_OK);
  CHECK_STATUS(loyi_axis_check(2, &x_axis, 3, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "x", 3);
  CHECK_STATUS(loyi_share_check((double)NAN, "s", 3, &error), LOY_OK);
  CHECK_STATUS(loyi_share_check(-.1, "s", 3, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "s", 3);
  CHECK_STATUS(loyi_cut_check((double)NAN, 0, 1, "c", "must be c", &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "c", LOY_NO_INDEX);
  CHECK_STATUS(loyi_cut_check(1, 0, 1, "c", "must be c", &error), LOY_OK);
  CHECK_STATUS(loyi_two_columns(&value, NULL, 1, &x_axis, &y_axis, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "y", LOY_NO_INDEX);
  CHECK_STATUS(loyi_two_columns(NULL, NULL, 1, &x_axis, &y_axis, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "x", LOY_NO_INDEX);
  CHECK_STATUS(loyi_two_columns(NULL, NULL, 0, &x_axis, &y_axis, &error), LOY_OK);
}

#endif

SUITE(ladder, two_by_two) {
#if LOY_TEST_INTERNALS
  ADD(test_every_length);
  ADD(test_checks);
#else
  (void)suite;
#endif
}
