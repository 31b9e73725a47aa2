/* kano-inl.h: body of kano.h. */
#ifndef LOYALTY_SURVEY_KANO_INL_H
#define LOYALTY_SURVEY_KANO_INL_H

#include "kano.h"
#include "../base/range.h"
#include "../math/proportion.h"

#include <math.h>

LOY_BEGIN_DECLS

#define LOYI_KANO_SCALE "must be a whole number from 1 to 5"

LOYI_LOCAL int loyi_kano_valid(double x) { return x >= 1.0 && x <= 5.0 && floor(x) == x; }

/* The evaluation table; both answers are valid. */
LOYI_LOCAL int loyi_kano_cell(double functional, double dysfunctional) {
  static const signed char table[5][5] = {
      {LOY_KANO_QUESTIONABLE, LOY_KANO_ATTRACTIVE, LOY_KANO_ATTRACTIVE, LOY_KANO_ATTRACTIVE, LOY_KANO_ONE_DIMENSIONAL},
      {LOY_KANO_REVERSE, LOY_KANO_INDIFFERENT, LOY_KANO_INDIFFERENT, LOY_KANO_INDIFFERENT, LOY_KANO_MUST_BE},
      {LOY_KANO_REVERSE, LOY_KANO_INDIFFERENT, LOY_KANO_INDIFFERENT, LOY_KANO_INDIFFERENT, LOY_KANO_MUST_BE},
      {LOY_KANO_REVERSE, LOY_KANO_INDIFFERENT, LOY_KANO_INDIFFERENT, LOY_KANO_INDIFFERENT, LOY_KANO_MUST_BE},
      {LOY_KANO_REVERSE, LOY_KANO_REVERSE, LOY_KANO_REVERSE, LOY_KANO_REVERSE, LOY_KANO_QUESTIONABLE}};
  return table[(int)functional - 1][(int)dysfunctional - 1];
}

LOYALTY_API loy_status loy_kano_classify(double functional, double dysfunctional, int *category, loy_error *error) {
  if (!loyi_kano_valid(functional))
    return loyi_report(error, LOY_ERR_DOMAIN, "functional", LOY_NO_INDEX, LOYI_KANO_SCALE);
  if (!loyi_kano_valid(dysfunctional))
    return loyi_report(error, LOY_ERR_DOMAIN, "dysfunctional", LOY_NO_INDEX, LOYI_KANO_SCALE);
  if (!category) return loyi_report(error, LOY_ERR_ARGUMENT, "category", LOY_NO_INDEX, "must not be NULL");
  *category = loyi_kano_cell(functional, dysfunctional);
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_kano_classify_batch(const double *functional, const double *dysfunctional, size_t n,
                                               int32_t *category, loy_batch_report *report, loy_error *error) {
  const char *null = NULL;
  if (n > 0 && !category) null = "category";
  if (n > 0 && !dysfunctional) null = "dysfunctional";
  if (n > 0 && !functional) null = "functional";
  if (null) return loyi_report(error, LOY_ERR_ARGUMENT, null, LOY_NO_INDEX, "must not be NULL");
  loyi_batch_begin(report);
  for (size_t i = 0; i < n; i++) {
    loy_error bad;
    int found = -1;
    if (loy_kano_classify(functional[i], dysfunctional[i], &found, &bad) != LOY_OK) loyi_batch_bad(report, i, &bad);
    category[i] = found;
  }
  return loyi_ok(error);
}

/* Fill `result` from its counts, which are in range and sum to at least 1. */
LOYI_LOCAL loy_status loyi_kano_complete(loy_kano *result, loy_error *error) {
  static const int strongest_first[LOY_KANO_CATEGORIES] = {LOY_KANO_MUST_BE,    LOY_KANO_ONE_DIMENSIONAL,
                                                           LOY_KANO_ATTRACTIVE, LOY_KANO_INDIFFERENT,
                                                           LOY_KANO_REVERSE,    LOY_KANO_QUESTIONABLE};
  const int64_t *count = result->count;
  const int64_t better = count[LOY_KANO_ATTRACTIVE] + count[LOY_KANO_ONE_DIMENSIONAL];
  const int64_t worse = count[LOY_KANO_ONE_DIMENSIONAL] + count[LOY_KANO_MUST_BE];
  const int64_t base = better + count[LOY_KANO_MUST_BE] + count[LOY_KANO_INDIFFERENT];
  const double n = (double)base;
  result->n = base + count[LOY_KANO_REVERSE] + count[LOY_KANO_QUESTIONABLE];
  result->category = LOY_KANO_MUST_BE;
  result->tied = 0;
  for (int k = 1; k < LOY_KANO_CATEGORIES; k++) {
    const int64_t most = count[result->category], here = count[strongest_first[k]];
    if (here > most) result->category = strongest_first[k];
    if (here >= most) result->tied = here == most;
  }
  if (base == 0) {
    result->better = result->worse = (double)NAN;
    result->better_standard_error = result->worse_standard_error = (double)NAN;
    return loyi_report(error, LOY_NOTICE_NONE, NULL, LOY_NO_INDEX,
                       "nobody is in A, O, M or I, so the coefficients do not exist");
  }
  result->better = (double)better / n;
  result->worse = worse == 0 ? 0.0 : -((double)worse / n);
  result->better_standard_error = sqrt((double)better / n * ((double)(base - better) / n) / n);
  result->worse_standard_error = sqrt((double)worse / n * ((double)(base - worse) / n) / n);
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_kano_from_answers(const double *functional, const double *dysfunctional, size_t n,
                                             int skip_missing, loy_kano *result, loy_error *error) {
  int64_t count[LOY_KANO_CATEGORIES] = {0}, missing = 0;
  if (!functional && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "functional", LOY_NO_INDEX, "must not be NULL");
  if (!dysfunctional && n > 0)
    return loyi_report(error, LOY_ERR_ARGUMENT, "dysfunctional", LOY_NO_INDEX, "must not be NULL");
  if (skip_missing != 0 && skip_missing != 1)
    return loyi_report(error, LOY_ERR_ARGUMENT, "skip_missing", LOY_NO_INDEX, "must be 0 or 1");
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  for (size_t i = 0; i < n; i++) {
    const double f = functional[i], d = dysfunctional[i];
    const int f_missing = skip_missing && f != f, d_missing = skip_missing && d != d;
    if (!f_missing && !loyi_kano_valid(f))
      return loyi_report(error, LOY_ERR_DOMAIN, "functional", i, f == f ? LOYI_KANO_SCALE : LOYI_MISSING_MUST);
    if (!d_missing && !loyi_kano_valid(d))
      return loyi_report(error, LOY_ERR_DOMAIN, "dysfunctional", i, d == d ? LOYI_KANO_SCALE : LOYI_MISSING_MUST);
    if (f_missing || d_missing) {
      missing++;
    } else {
      count[loyi_kano_cell(f, d)]++;
    }
  }
  if ((size_t)missing == n)
    return loyi_report(error, LOY_ERR_TOO_FEW, "functional", LOY_NO_INDEX, "must hold at least one pair of answers");
  for (int k = 0; k < LOY_KANO_CATEGORIES; k++) result->count[k] = count[k];
  result->missing = missing;
  return loyi_kano_complete(result, error);
}

/* The sum of the counts; -1 when there is a bad one, whose class goes to *at (LOY_NO_INDEX: the sum is too large). */
LOYI_LOCAL int64_t loyi_kano_total(const int64_t *count, size_t *at) {
  const int64_t most = (int64_t)1 << 53; /* counts up to here are exact as doubles */
  int64_t n = 0;
  for (size_t k = 0; k < LOY_KANO_CATEGORIES; k++) {
    *at = k;
    if (count[k] < 0 || count[k] > most) return -1;
    n += count[k];
  }
  *at = LOY_NO_INDEX;
  return n > most ? -1 : n;
}

LOYALTY_API loy_status loy_kano_from_counts(const int64_t *count, loy_kano *result, loy_error *error) {
  int64_t n;
  size_t at;
  if (!count) return loyi_report(error, LOY_ERR_ARGUMENT, "count", LOY_NO_INDEX, "must not be NULL");
  n = loyi_kano_total(count, &at);
  if (n < 0) return loyi_report(error, LOY_ERR_DOMAIN, "count", at, "must be from 0 to 2^53, and so must the sum");
  if (n == 0) return loyi_report(error, LOY_ERR_TOO_FEW, "count", LOY_NO_INDEX, "must sum to at least 1");
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  for (int k = 0; k < LOY_KANO_CATEGORIES; k++) result->count[k] = count[k];
  result->missing = 0;
  return loyi_kano_complete(result, error);
}

LOYALTY_API loy_status loy_kano_intervals(const loy_kano *result, double level, double better[2], double worse[2],
                                          loy_error *error) {
  int64_t adds, costs, base;
  double lower, upper;
  size_t at;
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  if (loyi_kano_total(result->count, &at) < 0)
    return loyi_report(error, LOY_ERR_DOMAIN, "result", LOY_NO_INDEX, "must come from a function that counts classes");
  adds = result->count[LOY_KANO_ATTRACTIVE] + result->count[LOY_KANO_ONE_DIMENSIONAL];
  costs = result->count[LOY_KANO_ONE_DIMENSIONAL] + result->count[LOY_KANO_MUST_BE];
  base = adds + result->count[LOY_KANO_MUST_BE] + result->count[LOY_KANO_INDIFFERENT];
  if (base == 0)
    return loyi_report(error, LOY_ERR_TOO_FEW, "result", LOY_NO_INDEX, "must have somebody in A, O, M or I");
  if (!(level > 0.0 && level < 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX, "must be between 0 and 1");
  if (!better) return loyi_report(error, LOY_ERR_ARGUMENT, "better", LOY_NO_INDEX, "must not be NULL");
  if (!worse) return loyi_report(error, LOY_ERR_ARGUMENT, "worse", LOY_NO_INDEX, "must not be NULL");
  loyi_wilson((double)adds, (double)base, level, &better[0], &better[1]);
  loyi_wilson((double)costs, (double)base, level, &lower, &upper);
  worse[0] = -upper;
  worse[1] = lower == 0.0 ? 0.0 : -lower;
  return loyi_ok(error);
}

LOYALTY_API const char *loy_kano_answer_name(int answer) {
  switch (answer) {
  case LOY_KANO_LIKE: return "like";
  case LOY_KANO_EXPECT: return "expect";
  case LOY_KANO_NEUTRAL: return "neutral";
  case LOY_KANO_TOLERATE: return "tolerate";
  case LOY_KANO_DISLIKE: return "dislike";
  default: return "unknown";
  }
}

LOYALTY_API const char *loy_kano_answer_name_zh(int answer) {
  switch (answer) {
  case LOY_KANO_LIKE: return "喜欢";
  case LOY_KANO_EXPECT: return "理应如此";
  case LOY_KANO_NEUTRAL: return "无所谓";
  case LOY_KANO_TOLERATE: return "能忍受";
  case LOY_KANO_DISLIKE: return "不喜欢";
  default: return "unknown";
  }
}

LOYALTY_API const char *loy_kano_category_name(int category) {
  switch (category) {
  case LOY_KANO_ATTRACTIVE: return "attractive";
  case LOY_KANO_ONE_DIMENSIONAL: return "one-dimensional";
  case LOY_KANO_MUST_BE: return "must-be";
  case LOY_KANO_INDIFFERENT: return "indifferent";
  case LOY_KANO_REVERSE: return "reverse";
  case LOY_KANO_QUESTIONABLE: return "questionable";
  default: return "unknown";
  }
}

LOYALTY_API const char *loy_kano_category_name_zh(int category) {
  switch (category) {
  case LOY_KANO_ATTRACTIVE: return "魅力属性";
  case LOY_KANO_ONE_DIMENSIONAL: return "期望属性";
  case LOY_KANO_MUST_BE: return "必备属性";
  case LOY_KANO_INDIFFERENT: return "无差异属性";
  case LOY_KANO_REVERSE: return "反向属性";
  case LOY_KANO_QUESTIONABLE: return "可疑结果";
  default: return "unknown";
  }
}

LOYALTY_API const char *loy_kano_category_letter(int category) {
  switch (category) {
  case LOY_KANO_ATTRACTIVE: return "A";
  case LOY_KANO_ONE_DIMENSIONAL: return "O";
  case LOY_KANO_MUST_BE: return "M";
  case LOY_KANO_INDIFFERENT: return "I";
  case LOY_KANO_REVERSE: return "R";
  case LOY_KANO_QUESTIONABLE: return "Q";
  default: return "?";
  }
}

LOYALTY_API loy_status loy_expectation_zone_batch(const double *expressed, const double *expected, size_t n,
                                                  int32_t *zone, loy_batch_report *report, loy_error *error) {
  const char *null = NULL;
  if (n > 0 && !zone) null = "zone";
  if (n > 0 && !expected) null = "expected";
  if (n > 0 && !expressed) null = "expressed";
  if (null) return loyi_report(error, LOY_ERR_ARGUMENT, null, LOY_NO_INDEX, "must not be NULL");
  loyi_batch_begin(report);
  for (size_t i = 0; i < n; i++) {
    const int says = expressed[i] == 1.0, expects = expected[i] == 1.0;
    const char *wrong = NULL;
    if (!expects && expected[i] != 0.0) wrong = "expected";
    if (!says && expressed[i] != 0.0) wrong = "expressed";
    if (wrong) {
      loy_error bad;
      loyi_report(&bad, LOY_ERR_DOMAIN, wrong, i, "must be 0 or 1");
      loyi_batch_bad(report, i, &bad);
      zone[i] = -1;
    } else if (says) {
      zone[i] = expects ? LOY_ZONE_SATISFACTION : LOY_ZONE_DELIGHT;
    } else {
      zone[i] = expects ? LOY_ZONE_BASIC : LOY_ZONE_LOYALTY;
    }
  }
  return loyi_ok(error);
}

LOYALTY_API const char *loy_expectation_zone_name(int zone) {
  switch (zone) {
  case LOY_ZONE_BASIC: return "basic";
  case LOY_ZONE_SATISFACTION: return "satisfaction";
  case LOY_ZONE_DELIGHT: return "delight";
  case LOY_ZONE_LOYALTY: return "loyalty";
  default: return "unknown";
  }
}

LOYALTY_API const char *loy_expectation_zone_name_zh(int zone) {
  switch (zone) {
  case LOY_ZONE_BASIC: return "基本区";
  case LOY_ZONE_SATISFACTION: return "满意区";
  case LOY_ZONE_DELIGHT: return "愉悦区";
  case LOY_ZONE_LOYALTY: return "忠诚区";
  default: return "unknown";
  }
}

LOY_END_DECLS

#endif /* LOYALTY_SURVEY_KANO_INL_H */
