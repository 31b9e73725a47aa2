/* two_by_two-inl.h: body of two_by_two.h. */
#ifndef LOYALTY_LADDER_TWO_BY_TWO_INL_H
#define LOYALTY_LADDER_TWO_BY_TWO_INL_H

#include "two_by_two.h"

LOY_BEGIN_DECLS

LOYI_SHARED loy_status loyi_axis_check(double value, const loyi_axis *axis, size_t row, loy_error *error) {
  if (value < axis->least || value > axis->most) return loyi_report(error, LOY_ERR_DOMAIN, axis->name, row, axis->must);
  return LOY_OK;
}

LOYI_SHARED loy_status loyi_share_check(double score, const char *name, size_t row, loy_error *error) {
  if (score < 0.0 || score > 1.0) return loyi_report(error, LOY_ERR_DOMAIN, name, row, LOYI_SHARE_MUST);
  return LOY_OK;
}

LOYI_SHARED loy_status loyi_cut_check(double cut, double least, double most, const char *name, const char *must,
                                      loy_error *error) {
  if (!(cut >= least && cut <= most)) return loyi_report(error, LOY_ERR_DOMAIN, name, LOY_NO_INDEX, must);
  return LOY_OK;
}

LOYI_SHARED loy_status loyi_two_columns(const double *x, const double *y, size_t n, const loyi_axis *x_axis,
                                        const loyi_axis *y_axis, loy_error *error) {
  if (n > 0 && !x) return loyi_report(error, LOY_ERR_ARGUMENT, x_axis->name, LOY_NO_INDEX, "must not be NULL");
  if (n > 0 && !y) return loyi_report(error, LOY_ERR_ARGUMENT, y_axis->name, LOY_NO_INDEX, "must not be NULL");
  return LOY_OK;
}

/* The loops below are comparisons and whole numbers only, so that they become vector code. A row that is bad or not
 * known (comparisons with NaN are false) becomes -1 by or-ing all ones. They answer whether a row is bad. */
LOYI_CLONES LOYI_LOCAL int loyi_cells(const double *LOY_RESTRICT x, const double *LOY_RESTRICT y, size_t n, loyi_axis a,
                                      loyi_axis b, int8_t *LOY_RESTRICT type) {
  int64_t any = 0;
  for (size_t i = 0; i < n; i++) {
    const int64_t bad = (x[i] < a.least) | (x[i] > a.most) | (y[i] < b.least) | (y[i] > b.most);
    const int64_t unknown = bad | (x[i] != x[i]) | (y[i] != y[i]);
    const int64_t x_high = x[i] >= a.from, y_high = y[i] >= b.from;
    type[i] = (int8_t)((2 * x_high + y_high) | -unknown);
    any |= bad;
  }
  return any != 0;
}

LOYI_CLONES LOYI_LOCAL int loyi_cells_and_corners(const double *LOY_RESTRICT x, const double *LOY_RESTRICT y, size_t n,
                                                  loyi_axis a, loyi_axis b, loyi_corners c, int8_t *LOY_RESTRICT type) {
  int64_t any = 0;
  for (size_t i = 0; i < n; i++) {
    const int64_t bad = (x[i] < a.least) | (x[i] > a.most) | (y[i] < b.least) | (y[i] > b.most);
    const int64_t unknown = bad | (x[i] != x[i]) | (y[i] != y[i]);
    const int64_t x_high = x[i] >= a.from, y_high = y[i] >= b.from;
    const int64_t top = (x[i] >= c.top_x) & (y[i] >= c.top_y);
    const int64_t bottom = (x[i] <= c.bottom_x) & (y[i] <= c.bottom_y);
    type[i] = (int8_t)((1 + 2 * x_high + y_high + top - bottom) | -unknown);
    any |= bad;
  }
  return any != 0;
}

LOYI_SHARED int loyi_two_by_two(double x, double y, const loyi_axis *x_axis, const loyi_axis *y_axis,
                                const loyi_corners *corners) {
  int8_t type;
  if (corners)
    loyi_cells_and_corners(&x, &y, 1, *x_axis, *y_axis, *corners, &type);
  else
    loyi_cells(&x, &y, 1, *x_axis, *y_axis, &type);
  return type;
}

LOYI_SHARED void loyi_two_by_two_batch(const double *x, const double *y, size_t n, const loyi_axis *x_axis,
                                       const loyi_axis *y_axis, const loyi_corners *corners, int8_t *type,
                                       loy_batch_report *report) {
  const int any = corners ? loyi_cells_and_corners(x, y, n, *x_axis, *y_axis, *corners, type)
                          : loyi_cells(x, y, n, *x_axis, *y_axis, type);
  loyi_batch_begin(report);
  for (size_t i = 0; any && i < n; i++) {
    loy_error bad;
    if (type[i] < 0 &&
        (loyi_axis_check(x[i], x_axis, i, &bad) != LOY_OK || loyi_axis_check(y[i], y_axis, i, &bad) != LOY_OK))
      loyi_batch_bad(report, i, &bad);
  }
}

LOY_END_DECLS

#endif /* LOYALTY_LADDER_TWO_BY_TWO_INL_H */
