/* two_by_two.h: private. Two numbers of a customer against two cuts give one of four cells, from which most typologies
 * of customers are made. Branch-free over columns. */
#ifndef LOYALTY_LADDER_TWO_BY_TWO_H
#define LOYALTY_LADDER_TWO_BY_TWO_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/range.h"
#include "../base/status.h"

/* What is right where a score or a cut is not. */
#define LOYI_SHARE_MUST    "must be from 0 to 1"
#define LOYI_AMOUNT_MUST   "must be from -1e40 to 1e40"
#define LOYI_DURATION_MUST "must be from 0 to 1e40"

LOY_BEGIN_DECLS

/* One of the two numbers: its name and what to say of a bad one, its range, and the cut: high from there on. */
typedef struct loyi_axis {
  const char *name;
  const char *must;
  double least, most, from;
} loyi_axis;

/* Two corners that are classes of their own: from `top` on in both numbers, and up to `bottom` in both. The tops are at
 * least the cuts, the bottoms below them. */
typedef struct loyi_corners {
  double top_x, top_y, bottom_x, bottom_y;
} loyi_corners;

/* LOY_OK when `value` is missing (NaN) or in the range of the axis, else LOY_ERR_DOMAIN for it at `row`. */
LOYI_SHARED loy_status loyi_axis_check(double value, const loyi_axis *axis, size_t row, loy_error *error);

/* The same for a score, from 0 to 1. */
LOYI_SHARED loy_status loyi_share_check(double score, const char *name, size_t row, loy_error *error);

/* LOY_OK when a cut is from `least` to `most`, else LOY_ERR_DOMAIN for the argument `name`. */
LOYI_SHARED loy_status loyi_cut_check(double cut, double least, double most, const char *name, const char *must,
                                      loy_error *error);

/* The class of one pair, checked before: 2 (x is high) + (y is high); with `corners` (or NULL) one more than that, 5 in
 * the top corner and 0 in the bottom one. -1 when one of the numbers is missing. */
LOYI_SHARED int loyi_two_by_two(double x, double y, const loyi_axis *x_axis, const loyi_axis *y_axis,
                                const loyi_corners *corners);

/* The same for n pairs; -1 also for a bad row, which `report` counts. Pointers are checked before. */
LOYI_SHARED void loyi_two_by_two_batch(const double *x, const double *y, size_t n, const loyi_axis *x_axis,
                                       const loyi_axis *y_axis, const loyi_corners *corners, int8_t *type,
                                       loy_batch_report *report);

/* The checks that batches of two columns share, in this order: LOY_ERR_ARGUMENT for a NULL `x`, then `y`, with n > 0.
 */
LOYI_SHARED loy_status loyi_two_columns(const double *x, const double *y, size_t n, const loyi_axis *x_axis,
                                        const loyi_axis *y_axis, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "two_by_two-inl.h"
#endif

#endif /* LOYALTY_LADDER_TWO_BY_TWO_H */
