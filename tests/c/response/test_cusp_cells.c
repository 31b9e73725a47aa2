/* The rows behind a fit of the cusp: measures, merging, the straight line. */
#include "check.h"

#include "loyalty/response/cusp_cells.h"

#if LOY_TEST_INTERNALS

enum { ROWS = 6 };

static const double y[ROWS] = {1.0, 3.0, 2.0, 5.0, 4.0, 9.0}, x[ROWS] = {0.0, 1.0, 0.0, 1.0, 2.0, 2.0};
static const double weight[ROWS] = {1.0, 2.0, 1.0, 1.0, 1.0, 0.0};
static const double *normal[1] = {x};

static loy_cusp_data rows(void) {
  loy_cusp_data data;
  loy_cusp_data_init(&data);
  data.n = ROWS;
  data.y = y;
  data.normal = 1;
  data.normal_column = normal;
  data.weight = weight;
  return data;
}

/* Weighted: y has mean 3 and variance 10/6, x mean 5/6 and variance 7/6 - 25/36 = 17/36. */
static void test_measure(void) {
  const loy_cusp_data data = rows();
  loyi_cusp_scale scale;
  CHECK_STATUS(loyi_cusp_check_rows(&data, NULL), LOY_OK);
  loyi_cusp_measure(&data, &scale);
  CU_ASSERT(scale.rows == 5 && scale.weight == 6.0);
  CHECK_CLOSE(scale.mean[0], 5.0 / 6.0, 1e-15);
  CHECK_CLOSE(scale.deviation[0], sqrt(17.0) / 6.0, 1e-15);
  CHECK_CLOSE(scale.mean[1], 3.0, 1e-15);
  CHECK_CLOSE(scale.deviation[1], sqrt(10.0 / 6.0), 1e-15);
}

/* Three distinct x; sums of w y^k; the covariance of x and y is 19/6 - 15/6 = 4/6, so R^2 = (4/6)^2/(17/36 10/6). */
static void test_cells_and_line(void) {
  const loy_cusp_data data = rows();
  loyi_cusp_scale scale;
  loyi_cusp_cells cells;
  loyi_cusp_line line;
  const double unit = sqrt(10.0 / 6.0), r_squared = 96.0 / 170.0;
  loyi_cusp_measure(&data, &scale);
  CHECK_STATUS(loyi_cusp_cells_make(&data, &scale, NULL, &cells, NULL), LOY_OK);
  CU_ASSERT(cells.cells == 3 && cells.columns == 1 && cells.normal == 1);
  for (size_t i = 0; i < cells.cells; i++) {
    const double at = cells.x[i] * scale.deviation[0] + scale.mean[0];
    double sum[5] = {0.0, 0.0, 0.0, 0.0, 0.0};
    for (size_t r = 0; r < ROWS; r++) {
      double power = fabs(x[r] - at) < 1e-9 ? weight[r] : 0.0;
      for (int k = 0; k < 5; k++) {
        sum[k] += power;
        power *= (y[r] - 3.0) / unit;
      }
    }
    CU_ASSERT(sum[0] > 0.0);
    for (int k = 0; k < 5; k++) CHECK_NEAR(cells.sum[i][k], sum[k], 1e-14);
  }
  CHECK_STATUS(loyi_cusp_line_fit(&cells, &line, NULL), LOY_OK);
  CHECK_CLOSE(line.left, 1.0 - r_squared, 1e-14);
  CHECK_BITS(line.normal_left, line.left);
  CHECK_CLOSE(line.slope[0], sqrt(r_squared), 1e-14); /* of standardised columns: the correlation */
  CU_ASSERT_EQUAL(line.params, 3);
  loyi_cusp_cells_release(&cells);
}

#endif

SUITE(response, cusp_cells) {
#if LOY_TEST_INTERNALS
  ADD(test_measure);
  ADD(test_cells_and_line);
#else
  (void)suite;
#endif
}
