/* ladder_crosstab.i: shims of ladder/crosstab.h. */

%{
#include "loyalty/ladder/crosstab.h"

/* How many classes a table of `n` counts has: n is their square. 0 when it is none. */
static int crosstab_classes(size_t n) {
  for (size_t k = 1; k <= LOY_CLASSES_MOST; k++)
    if (k * k == n) return (int)k;
  return 0;
}
%}

LOY_BULK(type_counts)
LOY_BULK(crosstab)
%inline %{
/* The customers without a type. `count` is as long as there are classes. */
static loy_ri type_counts(loy_in_i8 type, loy_out_i64 count) {
  loy_ri r = {0};
  const int classes = count.n <= LOY_CLASSES_MOST ? (int)count.n : 0;
  int64_t unknown = 0;
  if (loy_type_counts(type.p, type.n, classes, count.p, &unknown, &r.e) == LOY_OK) r.v = unknown;
  return r;
}

/* The customers without a type at one of the times. `count` is as long as the square of the number of classes. */
static loy_ri crosstab(loy_in_i8 before, loy_in_i8 after, loy_out_i64 count) {
  loy_ri r = {0};
  int64_t unknown = 0;
  if (loy_same_length(&r.e, "after", after.n, before.n) &&
      loy_crosstab(before.p, after.p, before.n, crosstab_classes(count.n), count.p, &unknown, &r.e) == LOY_OK)
    r.v = unknown;
  return r;
}

static loy_s0 crosstab_shares(loy_in_i64 count, double level, loy_out share, loy_out lower, loy_out upper) {
  loy_s0 r = {0};
  loy_share *found;
  if (!loy_same_length(&r.e, "share", share.n, count.n) || !loy_same_length(&r.e, "lower", lower.n, count.n) ||
      !loy_same_length(&r.e, "upper", upper.n, count.n))
    return r;
  found = (loy_share *)calloc(count.n + 1, sizeof *found);
  if (!found) {
    loy_refuse(&r.e, LOY_ERR_MEMORY, NULL, "out of memory");
    return r;
  }
  if (!loy_status_is_error(loy_crosstab_shares(count.p, crosstab_classes(count.n), level, found, &r.e))) {
    for (size_t i = 0; i < count.n; i++) {
      share.p[i] = found[i].share;
      lower.p[i] = found[i].lower;
      upper.p[i] = found[i].upper;
    }
  }
  free(found);
  return r;
}

/* Customers who moved, their share, its interval. */
static loy_values crosstab_moved(loy_in_i64 count, double level) {
  loy_values r = {0};
  loy_share found;
  if (loy_crosstab_moved(count.p, crosstab_classes(count.n), level, &found, &r.e) != LOY_OK) return r;
  loy_put_int(&r, found.count);
  loy_put_double(&r, found.share);
  loy_put_double(&r, found.lower);
  loy_put_double(&r, found.upper);
  return r;
}
%}
