/* nps_groups-inl.h: body of nps_groups.h. */
#ifndef LOYALTY_SURVEY_NPS_GROUPS_INL_H
#define LOYALTY_SURVEY_NPS_GROUPS_INL_H

#include "nps_groups.h"
#include "../math/distribution.h"

#include <math.h>

LOY_BEGIN_DECLS

/* A p-value and its place. */
typedef struct loyi_holm_item {
  double p;
  size_t at;
} loyi_holm_item;

/* Let items[root] sink in the heap items[0..n). */
LOYI_LOCAL void loyi_holm_sink(loyi_holm_item *items, size_t root, size_t n) {
  const loyi_holm_item item = items[root];
  for (size_t child = 2 * root + 1; child < n; child = 2 * root + 1) {
    if (child + 1 < n && items[child + 1].p > items[child].p) child++;
    if (!(items[child].p > item.p)) break;
    items[root] = items[child];
    root = child;
  }
  items[root] = item;
}

/* Heap sort, ascending: in place, n log n in the worst case. The order of ties changes no adjusted p-value. */
LOYI_LOCAL void loyi_holm_sort(loyi_holm_item *items, size_t n) {
  for (size_t root = n / 2; root-- > 0;) loyi_holm_sink(items, root, n);
  for (size_t last = n; last-- > 1;) {
    const loyi_holm_item largest = items[0];
    items[0] = items[last];
    items[last] = largest;
    loyi_holm_sink(items, 0, last);
  }
}

/* Replace the p-values of sorted items by the adjusted ones. */
LOYI_LOCAL void loyi_holm_adjust(loyi_holm_item *items, size_t n) {
  double reached = 0.0;
  loyi_holm_sort(items, n);
  for (size_t i = 0; i < n; i++) {
    const double p = (double)(n - i) * items[i].p;
    if (p > reached) reached = p < 1.0 ? p : 1.0;
    items[i].p = reached;
  }
}

LOYALTY_API loy_status loy_holm(const double *p, size_t n, const loy_allocator *allocator, double *adjusted,
                                loy_error *error) {
  loyi_holm_item *items;
  if (!p && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "p", LOY_NO_INDEX, "must not be NULL");
  for (size_t i = 0; i < n; i++) {
    if (!(p[i] >= 0.0 && p[i] <= 1.0)) return loyi_report(error, LOY_ERR_DOMAIN, "p", i, "must be from 0 to 1");
  }
  if (n == 0) return loyi_ok(error);
  if (!adjusted) return loyi_report(error, LOY_ERR_ARGUMENT, "adjusted", LOY_NO_INDEX, "must not be NULL");
  items = (loyi_holm_item *)loyi_allocate(allocator, n, sizeof *items);
  if (!items) return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, "out of memory");
  for (size_t i = 0; i < n; i++) {
    items[i].p = p[i];
    items[i].at = i;
  }
  loyi_holm_adjust(items, n);
  for (size_t i = 0; i < n; i++) adjusted[items[i].at] = items[i].p;
  loyi_release(allocator, items, n, sizeof *items);
  return loyi_ok(error);
}

/* Sums over the groups. Two passes: the common score first, then the distances from it. */
LOYI_LOCAL void loyi_nps_homogeneity(const loy_nps *group, size_t groups, int method, loy_nps_homogeneity *result) {
  double centre, se, weights = 0.0, sum = 0.0, statistic = 0.0, mean;
  for (size_t i = 0; i < groups; i++) {
    loyi_nps_centre(&group[i], method, &centre, &se);
    weights += 1.0 / se / se;
    sum += centre / se / se;
  }
  mean = sum / weights;
  for (size_t i = 0; i < groups; i++) {
    loyi_nps_centre(&group[i], method, &centre, &se);
    statistic += (centre - mean) / se * ((centre - mean) / se);
  }
  result->statistic = statistic;
  result->df = (double)(groups - 1);
  result->p_value = loyi_chi2_upper(statistic, result->df);
  result->score = mean;
  result->standard_error = sqrt(1.0 / weights);
}

LOYALTY_API loy_status loy_nps_homogeneity_test(const loy_nps *group, size_t groups, int method, double level,
                                                const loy_allocator *allocator, loy_nps_homogeneity *result,
                                                loy_nps_pair *pair, loy_error *error) {
  loyi_holm_item *items = NULL;
  size_t pairs = 0, at = 0;
  loy_status status;
  if (!group) return loyi_report(error, LOY_ERR_ARGUMENT, "group", LOY_NO_INDEX, "must not be NULL");
  if (groups < 2) return loyi_report(error, LOY_ERR_TOO_FEW, "groups", LOY_NO_INDEX, "must be two groups or more");
  if (groups > 65536) return loyi_report(error, LOY_ERR_ARGUMENT, "groups", LOY_NO_INDEX, "must be at most 65536");
  for (size_t i = 0; i < groups; i++) {
    status = loyi_nps_check_named(&group[i], "group", i, error);
    if (status != LOY_OK) return status;
  }
  if (method != LOY_NPS_ADJUSTED_WALD && method != LOY_NPS_WALD)
    return loyi_report(error, LOY_ERR_ARGUMENT, "method", LOY_NO_INDEX, "must be adjusted Wald or Wald");
  status = loyi_nps_check_test(LOY_NPS_TWO_SIDED, level, error);
  if (status != LOY_OK) return status;
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  for (size_t i = 0; i < groups; i++) {
    double centre, se;
    loyi_nps_centre(&group[i], method, &centre, &se);
    if (se == 0.0)
      return loyi_report(error, LOY_ERR_TOO_FEW, "group", i,
                         "must not all be alike: without variance only the adjusted test has an answer");
  }
  if (pair) {
    pairs = groups * (groups - 1) / 2;
    items = (loyi_holm_item *)loyi_allocate(allocator, pairs, sizeof *items);
    if (!items) return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, "out of memory");
  }
  loyi_nps_homogeneity(group, groups, method, result);
  for (size_t i = 0; pair && i < groups; i++) {
    for (size_t j = i + 1; j < groups; j++, at++) {
      pair[at].first = i;
      pair[at].second = j;
      loy_nps_compare(&group[i], &group[j], method, LOY_NPS_TWO_SIDED, level, &pair[at].compare, NULL);
      items[at].p = pair[at].compare.p_value;
      items[at].at = at;
    }
  }
  if (pair) {
    loyi_holm_adjust(items, pairs);
    for (size_t i = 0; i < pairs; i++) pair[items[i].at].adjusted_p_value = items[i].p;
    loyi_release(allocator, items, pairs, sizeof *items);
  }
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_SURVEY_NPS_GROUPS_INL_H */
