/* brown-inl.h: body of brown.h. */
#ifndef LOYALTY_LADDER_BROWN_INL_H
#define LOYALTY_LADDER_BROWN_INL_H

#include "brown.h"
#include "../math/elementary.h"
#include "../math/sum.h"
#include "two_by_two.h"

#include <math.h>
#include <string.h>

LOY_BEGIN_DECLS

LOYALTY_API void loy_brown_options_init(loy_brown_options *options) {
  if (!options) return;
  options->struct_size = sizeof *options;
  options->undivided_from = 1.0;
  options->per_brand = 2.0;
  options->least = 2;
}

LOYI_LOCAL loy_status loyi_brown_check_options(const loy_brown_options *options, loy_error *error) {
  loy_status status;
  if (options->struct_size < sizeof *options)
    return loyi_report(error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX, "must come from loy_brown_options_init");
  if (!(options->undivided_from > 0.5 && options->undivided_from <= 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "undivided_from", LOY_NO_INDEX, "must be above 0.5 and at most 1");
  status = loyi_cut_check(options->per_brand, 1.0, 1e6, "per_brand", "must be from 1 to 1e6", error);
  if (status == LOY_OK && options->least < 1)
    return loyi_report(error, LOY_ERR_DOMAIN, "least", LOY_NO_INDEX, "must be at least 1");
  return status;
}

/* Let x[root] sink to its place in the heap x[0..n). */
LOYI_LOCAL void loyi_brown_sink(int64_t *x, size_t root, size_t n) {
  const int64_t held = x[root];
  while (2 * root + 1 < n) {
    size_t child = 2 * root + 1;
    if (child + 1 < n && x[child + 1] > x[child]) child++;
    if (x[child] <= held) break;
    x[root] = x[child];
    root = child;
  }
  x[root] = held;
}

LOYI_LOCAL void loyi_brown_sort(int64_t *x, size_t n) {
  for (size_t i = n / 2; i-- > 0;) loyi_brown_sink(x, i, n);
  for (size_t end = n; end-- > 1;) {
    const int64_t largest = x[0];
    x[0] = x[end];
    x[end] = largest;
    loyi_brown_sink(x, 0, end);
  }
}

LOYI_LOCAL int loyi_brown_rule(const loy_brown_sequence *found, const loy_brown_options *use) {
  if (found->purchases < use->least || found->purchases == 0) return LOY_BROWN_UNKNOWN;
  if (found->share >= use->undivided_from) return LOY_BROWN_UNDIVIDED;
  if ((double)found->purchases < use->per_brand * (double)found->brands) return LOY_BROWN_NONE;
  return found->runs == found->brands ? LOY_BROWN_UNSTABLE : LOY_BROWN_DIVIDED;
}

/* One customer; `sorted` has room for n. */
LOYI_LOCAL loy_brown_sequence loyi_brown_one(const int64_t *brand, size_t n, const loy_brown_options *use,
                                             int64_t *sorted) {
  loy_brown_sequence found = {LOY_BROWN_UNKNOWN, (int64_t)n, 0, 0, (double)NAN, (double)NAN};
  const double all = (double)n;
  loyi_total entropy = {0.0, 0.0};
  size_t most = 0;
  for (size_t i = 0; i < n; i++) found.runs += i == 0 || brand[i] != brand[i - 1];
  if (n > 0) memcpy(sorted, brand, n * sizeof *sorted);
  loyi_brown_sort(sorted, n);
  for (size_t i = 0, end; i < n; i = end) {
    double share;
    for (end = i + 1; end < n && sorted[end] == sorted[i]; end++) {
    }
    share = (double)(end - i) / all;
    loyi_total_add(&entropy, -share * loyi_log(share));
    if (end - i > most) most = end - i;
    found.brands++;
  }
  if (n > 0) {
    found.share = (double)most / all;
    found.entropy = found.brands == 1 ? 0.0 : loyi_total_value(&entropy) / loyi_log((double)found.brands);
    if (found.entropy > 1.0) found.entropy = 1.0;
  }
  found.type = loyi_brown_rule(&found, use);
  return found;
}

LOYALTY_API loy_status loy_brown(const int64_t *brand, size_t n, const size_t *first, size_t customers,
                                 const loy_brown_options *options, const loy_allocator *allocator,
                                 loy_brown_sequence *result, loy_error *error) {
  loy_brown_options use;
  int64_t *sorted = NULL;
  size_t longest = 0;
  loy_brown_options_init(&use);
  if (n > 0 && !brand) return loyi_report(error, LOY_ERR_ARGUMENT, "brand", LOY_NO_INDEX, "must not be NULL");
  if (customers > 0 && !first) return loyi_report(error, LOY_ERR_ARGUMENT, "first", LOY_NO_INDEX, "must not be NULL");
  if (customers > 0 && !result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  for (size_t c = 0; c < customers; c++) {
    if (first[c] > n || (c == 0 ? first[c] != 0 : first[c] < first[c - 1]))
      return loyi_report(error, LOY_ERR_DOMAIN, "first", c, "must begin with 0 and not fall, up to n");
    if (c > 0 && first[c] - first[c - 1] > longest) longest = first[c] - first[c - 1];
  }
  if (customers == 0 && n > 0)
    return loyi_report(error, LOY_ERR_ARGUMENT, "customers", LOY_NO_INDEX, "must be at least 1 for purchases");
  if (options) {
    const loy_status status = loyi_brown_check_options(options, error);
    if (status != LOY_OK) return status;
    use = *options;
  }
  if (customers > 0 && n - first[customers - 1] > longest) longest = n - first[customers - 1];
  if (longest > 0) {
    sorted = (int64_t *)loyi_allocate(allocator, longest, sizeof *sorted);
    if (!sorted) return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, NULL);
  }
  for (size_t c = 0; c < customers; c++) {
    const size_t end = c + 1 < customers ? first[c + 1] : n;
    const int64_t *own = brand ? brand + first[c] : NULL;
    result[c] = loyi_brown_one(own, end - first[c], &use, sorted);
  }
  loyi_release(allocator, sorted, longest, sizeof *sorted);
  return loyi_ok(error);
}

LOYALTY_API const char *loy_brown_name(int type) {
  switch (type) {
  case LOY_BROWN_NONE: return "none";
  case LOY_BROWN_UNSTABLE: return "unstable";
  case LOY_BROWN_DIVIDED: return "divided";
  case LOY_BROWN_UNDIVIDED: return "undivided";
  default: return "unknown";
  }
}

LOYALTY_API const char *loy_brown_name_zh(int type) {
  switch (type) {
  case LOY_BROWN_NONE: return "无忠诚";
  case LOY_BROWN_UNSTABLE: return "不稳定忠诚";
  case LOY_BROWN_DIVIDED: return "分散忠诚";
  case LOY_BROWN_UNDIVIDED: return "完全忠诚";
  default: return "unknown";
  }
}

LOY_END_DECLS

#endif /* LOYALTY_LADDER_BROWN_INL_H */
