/* composite-inl.h: body of composite.h. */
#ifndef LOYALTY_SURVEY_COMPOSITE_INL_H
#define LOYALTY_SURVEY_COMPOSITE_INL_H

#include "composite.h"
#include "../base/range.h"

#include <math.h>

LOY_BEGIN_DECLS

/* Ends of a scale, and how far they are apart at least: no product with a weight comes near underflow. */
#define LOYI_COMPOSITE_END    1e6
#define LOYI_COMPOSITE_LENGTH 1e-6

LOYI_LOCAL loy_status loyi_composite_check(const loy_composite_item *item, size_t items, loy_error *error) {
  int counts = 0;
  if (!item) return loyi_report(error, LOY_ERR_ARGUMENT, "item", LOY_NO_INDEX, "must not be NULL");
  if (items < 1 || items > LOY_COMPOSITE_ITEMS)
    return loyi_report(error, LOY_ERR_ARGUMENT, "items", LOY_NO_INDEX, "must be from 1 to 64");
  for (size_t j = 0; j < items; j++) {
    const double lowest = item[j].lowest, highest = item[j].highest;
    if (!loyi_is_zero_or_quantity(item[j].weight))
      return loyi_report(error, LOY_ERR_DOMAIN, "weight", j, LOYI_ZERO_QUANTITY_MUST);
    if (!(lowest >= -LOYI_COMPOSITE_END && lowest < LOYI_COMPOSITE_END))
      return loyi_report(error, LOY_ERR_DOMAIN, "lowest", j, "must be from -1e6 to below 1e6");
    if (!(highest - lowest >= LOYI_COMPOSITE_LENGTH && highest <= LOYI_COMPOSITE_END))
      return loyi_report(error, LOY_ERR_DOMAIN, "highest", j, "must be at least 1e-6 above lowest and at most 1e6");
    counts |= item[j].weight > 0.0;
  }
  if (!counts) return loyi_report(error, LOY_ERR_DOMAIN, "weight", LOY_NO_INDEX, "must be above 0 for one at least");
  return LOY_OK;
}

/* The quotient of the two sums, which rounding may carry a little above 1. */
LOYI_LOCAL double loyi_composite_ratio(double points, double range) {
  const double ratio = points / range;
  return ratio < 1.0 ? ratio : 1.0;
}

LOYALTY_API loy_status loy_composite_from_means(const loy_composite_item *item, const double *mean, size_t items,
                                                double *index, loy_error *error) {
  double points = 0.0, range = 0.0;
  const loy_status status = loyi_composite_check(item, items, error);
  if (status != LOY_OK) return status;
  if (!mean) return loyi_report(error, LOY_ERR_ARGUMENT, "mean", LOY_NO_INDEX, "must not be NULL");
  for (size_t j = 0; j < items; j++)
    if (!(mean[j] >= item[j].lowest && mean[j] <= item[j].highest))
      return loyi_report(error, LOY_ERR_DOMAIN, "mean", j, "must be from lowest to highest of its question");
  if (!index) return loyi_report(error, LOY_ERR_ARGUMENT, "index", LOY_NO_INDEX, "must not be NULL");
  for (size_t j = 0; j < items; j++) {
    points += item[j].weight * (mean[j] - item[j].lowest);
    range += item[j].weight * (item[j].highest - item[j].lowest);
  }
  *index = loyi_composite_ratio(points, range);
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_acsi(const double *mean, const double *weight, double *score, loy_error *error) {
  loy_composite_item item[3];
  double index = 0.0;
  loy_status status;
  for (int j = 0; j < 3; j++) {
    item[j].weight = weight ? weight[j] : 1.0;
    item[j].lowest = 1.0;
    item[j].highest = 10.0;
  }
  status = loy_composite_from_means(item, mean, 3, &index, error);
  if (status != LOY_OK) return status;
  if (!score) return loyi_report(error, LOY_ERR_ARGUMENT, "score", LOY_NO_INDEX, "must not be NULL");
  *score = 100.0 * index;
  return status;
}

/* What becomes of a row. */
enum { LOYI_COMPOSITE_USED, LOYI_COMPOSITE_SKIPPED, LOYI_COMPOSITE_BAD };

LOYI_LOCAL int loyi_composite_row(const loy_composite_item *item, const double *const *answer, size_t items, size_t row,
                                  size_t least, double *index) {
  double points = 0.0, range = 0.0;
  size_t answered = 0;
  *index = (double)NAN;
  for (size_t j = 0; j < items; j++) {
    const double x = answer[j][row];
    if (x >= item[j].lowest && x <= item[j].highest) {
      points += item[j].weight * (x - item[j].lowest);
      range += item[j].weight * (item[j].highest - item[j].lowest);
      answered++;
    } else if (x == x || least == items) {
      return LOYI_COMPOSITE_BAD;
    }
  }
  if (answered < least || range == 0.0) return LOYI_COMPOSITE_SKIPPED;
  *index = loyi_composite_ratio(points, range);
  return LOYI_COMPOSITE_USED;
}

LOYALTY_API loy_status loy_composite_batch(const loy_composite_item *item, const double *const *answer, size_t items,
                                           size_t n, size_t least, double *index, size_t *skipped,
                                           loy_batch_report *report, loy_error *error) {
  size_t without = 0;
  const loy_status status = loyi_composite_check(item, items, error);
  if (status != LOY_OK) return status;
  if (!answer) return loyi_report(error, LOY_ERR_ARGUMENT, "answer", LOY_NO_INDEX, "must not be NULL");
  for (size_t j = 0; j < items; j++)
    if (!answer[j] && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "answer", j, "must not be NULL");
  if (least < 1 || least > items)
    return loyi_report(error, LOY_ERR_ARGUMENT, "least", LOY_NO_INDEX, "must be from 1 to the number of questions");
  if (!index && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "index", LOY_NO_INDEX, "must not be NULL");
  loyi_batch_begin(report);
  for (size_t i = 0; i < n; i++) {
    const int found = loyi_composite_row(item, answer, items, i, least, &index[i]);
    if (found == LOYI_COMPOSITE_BAD) {
      loy_error bad;
      loyi_report(&bad, LOY_ERR_DOMAIN, "answer", i,
                  least < items ? "must be on the scale of its question"
                                : "must be on the scale of its question; it may be missing only with a smaller least");
      loyi_batch_bad(report, i, &bad);
    }
    without += found == LOYI_COMPOSITE_SKIPPED;
  }
  if (skipped) *skipped = without;
  if (without > 0)
    return loyi_report(error, LOY_NOTICE_SKIPPED, "answer", LOY_NO_INDEX,
                       "respondents with too few answers have no index");
  return loyi_ok(error);
}

LOYI_LOCAL int loyi_disconfirmation_number(double x) { return x >= -LOY_RANGE_MOST && x <= LOY_RANGE_MOST; }

LOYALTY_API loy_status loy_disconfirmation_batch(const double *performance, const double *expectation, size_t n,
                                                 double *difference, loy_batch_report *report, loy_error *error) {
  const char *null = NULL;
  if (n > 0 && !difference) null = "difference";
  if (n > 0 && !expectation) null = "expectation";
  if (n > 0 && !performance) null = "performance";
  if (null) return loyi_report(error, LOY_ERR_ARGUMENT, null, LOY_NO_INDEX, "must not be NULL");
  loyi_batch_begin(report);
  for (size_t i = 0; i < n; i++) {
    const char *wrong = NULL;
    if (!loyi_disconfirmation_number(expectation[i])) wrong = "expectation";
    if (!loyi_disconfirmation_number(performance[i])) wrong = "performance";
    if (wrong) {
      loy_error bad;
      loyi_report(&bad, LOY_ERR_DOMAIN, wrong, i, "must be a number from -1e40 to 1e40");
      loyi_batch_bad(report, i, &bad);
      difference[i] = (double)NAN;
    } else {
      difference[i] = performance[i] - expectation[i];
    }
  }
  return loyi_ok(error);
}

LOYALTY_API const char *loy_satisfaction_dimension_name(int dimension) {
  switch (dimension) {
  case LOY_DIMENSION_PRODUCT_QUALITY: return "product quality";
  case LOY_DIMENSION_CUSTOMER_SERVICE: return "customer service";
  case LOY_DIMENSION_SHOPPING_EXPERIENCE: return "shopping experience";
  case LOY_DIMENSION_BRAND_IMAGE: return "brand image";
  default: return "unknown";
  }
}

LOYALTY_API const char *loy_satisfaction_dimension_name_zh(int dimension) {
  switch (dimension) {
  case LOY_DIMENSION_PRODUCT_QUALITY: return "产品质量";
  case LOY_DIMENSION_CUSTOMER_SERVICE: return "客户服务";
  case LOY_DIMENSION_SHOPPING_EXPERIENCE: return "购物体验";
  case LOY_DIMENSION_BRAND_IMAGE: return "品牌形象";
  default: return "unknown";
  }
}

#undef LOYI_COMPOSITE_END
#undef LOYI_COMPOSITE_LENGTH

LOY_END_DECLS

#endif /* LOYALTY_SURVEY_COMPOSITE_INL_H */
