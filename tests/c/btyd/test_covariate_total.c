/* The total with covariates, as the fit sees it: shared coefficients, and rows that bring nothing of their own. */
#include "check.h"

#if LOY_TEST_INTERNALS
#  include "covariate_customers.h"
#  include "loyalty/btyd/covariate_total.h"

enum { N = COVARIATE_CUSTOMERS };

/* A coefficient in both processes has the sum of the derivatives of the two; without covariates the total is the plain
 * one. */
static void test_same(void) {
  static const int same[2] = {-1, 0};
  static double work[3 * N];
  const double *column[4] = {covariate_age, covariate_web, covariate_web, covariate_age};
  const loyi_rows_source source = {covariate_x, covariate_t_x, covariate_T, NULL, N, 0, column, 4};
  const double free_point[8] = {1.1, 2.0, .8, 1.5, .02, .3, -.1, .02},
               tied_point[7] = {1.1, 2.0, .8, 1.5, .02, .3, -.1};
  double value, first[8], second[64], tied_value, tied_first[7], tied_second[49], plain, plain_first[4],
      plain_second[16];
  loyi_covariate_design design;
  loyi_lifetime_law law;
  loyi_rows rows;
  loyi_covariate_design_init(&design, LOY_MODEL_PNBD, 2, 2, NULL);
  CU_ASSERT(design.params == 4 && design.free == 4 && design.where[3] == 3);
  CU_ASSERT_EQUAL(loyi_covariate_width(&design), 1 + 4 + 10 + 4 * 5 + 10);
  CHECK_STATUS(loyi_rows_make_from(&source, NULL, 2, loyi_covariate_width(&design), &rows, NULL), LOY_OK);
  loyi_covariate_total(&design, &rows, free_point, work, &value, first, second);
  loyi_covariate_design_init(&design, LOY_MODEL_PNBD, 2, 2, same);
  CU_ASSERT(design.free == 3 && design.where[2] == 2 && design.where[3] == 0);
  loyi_covariate_total(&design, &rows, tied_point, work, &tied_value, tied_first, tied_second);
  CHECK_BITS(tied_value, value);
  CHECK_CLOSE(tied_first[4], first[4] + first[7], 1e-13);
  CHECK_CLOSE(tied_second[7 * 4 + 4], second[8 * 4 + 4] + 2 * second[8 * 4 + 7] + second[8 * 7 + 7], 1e-12);
  CHECK_CLOSE(tied_second[7 * 4 + 1], second[8 * 4 + 1] + second[8 * 7 + 1], 1e-12);
  for (size_t i = 0; i < 7; i++)
    for (size_t j = 0; j < 7; j++) CHECK_BITS(tied_second[7 * i + j], tied_second[7 * j + i]);
  loyi_covariate_design_init(&design, LOY_MODEL_PNBD, 0, 0, NULL);
  loyi_covariate_total(&design, &rows, free_point, work, &value, first, second);
  loyi_lifetime_pareto(.8, 1.5, &law);
  loyi_rows_release(&rows);
  CHECK_STATUS(
      loyi_rows_make(covariate_x, covariate_t_x, covariate_T, NULL, N, NULL, 1, LOYI_LIFETIME_SUMS, &rows, NULL),
      LOY_OK);
  loyi_lifetime_total(&rows, 1.1, 2.0, &law, &plain, plain_first, plain_second);
  loyi_rows_release(&rows);
  CHECK_BITS(value, plain);
  for (size_t i = 0; i < 4; i++) CHECK_BITS(first[i], plain_first[i]);
  for (size_t i = 0; i < 16; i++) CHECK_BITS(second[i], plain_second[i]);
}

SUITE(btyd, covariate_total) { ADD(test_same); }
#else
static void test_nothing_public(void) { CU_PASS("private functions are tested in the other forms"); }
SUITE(btyd, covariate_total) { ADD(test_nothing_public); }
#endif
