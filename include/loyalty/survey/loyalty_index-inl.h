/* loyalty_index-inl.h: body of loyalty_index.h. */
#ifndef LOYALTY_SURVEY_LOYALTY_INDEX_INL_H
#define LOYALTY_SURVEY_LOYALTY_INDEX_INL_H

#include "loyalty_index.h"
#include "../base/range.h"

#include <math.h>

LOY_BEGIN_DECLS

LOYALTY_API void loy_loyalty_index_options_init(loy_loyalty_index_options *options) {
  if (!options) return;
  options->struct_size = sizeof *options;
  options->high_from = 0.70;
  options->middle_from = 0.30;
  options->use_probability = 0;
  options->satisfaction_weight = 1.0;
  options->repurchase_weight = 1.0;
  options->recommendation_weight = 1.0;
}

LOYI_LOCAL loy_status loyi_loyalty_index_check(const loy_loyalty_index_options *options, loy_error *error) {
  const char *weight = NULL;
  if (options->struct_size < sizeof *options)
    return loyi_report(error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX,
                       "must come from loy_loyalty_index_options_init");
  if (!(options->high_from > 0.0 && options->high_from <= 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "high_from", LOY_NO_INDEX, "must be above 0 and at most 1");
  if (!(options->middle_from > 0.0 && options->middle_from < options->high_from))
    return loyi_report(error, LOY_ERR_DOMAIN, "middle_from", LOY_NO_INDEX, "must be above 0 and below high_from");
  if (options->use_probability != 0 && options->use_probability != 1)
    return loyi_report(error, LOY_ERR_ARGUMENT, "use_probability", LOY_NO_INDEX, "must be 0 or 1");
  if (!loyi_is_zero_or_quantity(options->recommendation_weight)) weight = "recommendation_weight";
  if (!loyi_is_zero_or_quantity(options->repurchase_weight)) weight = "repurchase_weight";
  if (!loyi_is_zero_or_quantity(options->satisfaction_weight)) weight = "satisfaction_weight";
  if (weight) return loyi_report(error, LOY_ERR_DOMAIN, weight, LOY_NO_INDEX, LOYI_ZERO_QUANTITY_MUST);
  if (!(options->satisfaction_weight + options->repurchase_weight + options->recommendation_weight > 0.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "satisfaction_weight", LOY_NO_INDEX, "must be above 0 for one at least");
  return LOY_OK;
}

LOYI_LOCAL int loyi_loyalty_index_whole(double x, double highest) { return x >= 1.0 && x <= highest && floor(x) == x; }

/* The customer's part of the checks. */
LOYI_LOCAL loy_status loyi_loyalty_index_customer(double satisfaction, double repurchase, double recommendation,
                                                  size_t row, loy_error *error) {
  if (!loyi_loyalty_index_whole(satisfaction, 5.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "satisfaction", row, "must be a whole number from 1 to 5");
  if (!(repurchase >= 0.0 && repurchase <= 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "repurchase", row, "must be from 0 to 1");
  if (!loyi_loyalty_index_whole(recommendation, 3.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "recommendation", row, "must be a whole number from 1 to 3");
  return LOY_OK;
}

LOYI_LOCAL int loyi_security_of(int satisfaction, int band, int recommendation) {
  if (satisfaction <= 2 || band == LOY_REPURCHASE_LOW || recommendation == LOY_RECOMMEND_IMPOSSIBLE)
    return LOY_SECURITY_AT_RISK;
  if (satisfaction == 5 && band == LOY_REPURCHASE_HIGH && recommendation == LOY_RECOMMEND_VERY_LIKELY)
    return LOY_SECURITY_SECURE;
  return satisfaction >= 4 ? LOY_SECURITY_FAVOURABLE : LOY_SECURITY_VULNERABLE;
}

/* Valid options and a valid customer. */
LOYI_LOCAL void loyi_loyalty_index_fill(double satisfaction, double repurchase, double recommendation,
                                        const loy_loyalty_index_options *options, loy_loyalty_index *result) {
  const double a = options->satisfaction_weight, b = options->repurchase_weight, c = options->recommendation_weight;
  double again, index;
  result->band = LOY_REPURCHASE_LOW;
  if (repurchase >= options->middle_from) result->band = LOY_REPURCHASE_MIDDLE;
  if (repurchase >= options->high_from) result->band = LOY_REPURCHASE_HIGH;
  again = options->use_probability ? repurchase : 0.5 * (double)result->band;
  index = (a * (0.25 * (satisfaction - 1.0)) + b * again + c * (0.5 * (recommendation - 1.0))) / (a + b + c);
  result->index = index < 1.0 ? index : 1.0;
  result->security = loyi_security_of((int)satisfaction, result->band, (int)recommendation);
}

LOYALTY_API loy_status loy_loyalty_index_of(double satisfaction, double repurchase, double recommendation,
                                            const loy_loyalty_index_options *options, loy_loyalty_index *result,
                                            loy_error *error) {
  loy_loyalty_index_options use;
  loy_status status;
  loy_loyalty_index_options_init(&use);
  if (options) {
    status = loyi_loyalty_index_check(options, error);
    if (status != LOY_OK) return status;
    use = *options;
  }
  status = loyi_loyalty_index_customer(satisfaction, repurchase, recommendation, LOY_NO_INDEX, error);
  if (status != LOY_OK) return status;
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  loyi_loyalty_index_fill(satisfaction, repurchase, recommendation, &use, result);
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_loyalty_index_batch(const double *satisfaction, const double *repurchase,
                                               const double *recommendation, size_t n,
                                               const loy_loyalty_index_options *options, double *index, int32_t *band,
                                               int32_t *security, loy_batch_report *report, loy_error *error) {
  loy_loyalty_index_options use;
  const char *null = NULL;
  loy_loyalty_index_options_init(&use);
  if (n > 0 && !recommendation) null = "recommendation";
  if (n > 0 && !repurchase) null = "repurchase";
  if (n > 0 && !satisfaction) null = "satisfaction";
  if (null) return loyi_report(error, LOY_ERR_ARGUMENT, null, LOY_NO_INDEX, "must not be NULL");
  if (options) {
    const loy_status status = loyi_loyalty_index_check(options, error);
    if (status != LOY_OK) return status;
    use = *options;
  }
  loyi_batch_begin(report);
  for (size_t i = 0; i < n; i++) {
    loy_loyalty_index found = {(double)NAN, -1, -1};
    loy_error bad;
    if (loyi_loyalty_index_customer(satisfaction[i], repurchase[i], recommendation[i], i, &bad) == LOY_OK) {
      loyi_loyalty_index_fill(satisfaction[i], repurchase[i], recommendation[i], &use, &found);
    } else {
      loyi_batch_bad(report, i, &bad);
    }
    if (index) index[i] = found.index;
    if (band) band[i] = found.band;
    if (security) security[i] = found.security;
  }
  return loyi_ok(error);
}

LOYALTY_API const char *loy_repurchase_band_name(int band) {
  switch (band) {
  case LOY_REPURCHASE_LOW: return "low";
  case LOY_REPURCHASE_MIDDLE: return "middle";
  case LOY_REPURCHASE_HIGH: return "high";
  default: return "unknown";
  }
}

LOYALTY_API const char *loy_repurchase_band_name_zh(int band) {
  switch (band) {
  case LOY_REPURCHASE_LOW: return "低";
  case LOY_REPURCHASE_MIDDLE: return "中";
  case LOY_REPURCHASE_HIGH: return "高";
  default: return "unknown";
  }
}

LOYALTY_API const char *loy_recommendation_name(int recommendation) {
  switch (recommendation) {
  case LOY_RECOMMEND_IMPOSSIBLE: return "impossible";
  case LOY_RECOMMEND_POSSIBLE: return "possible";
  case LOY_RECOMMEND_VERY_LIKELY: return "very likely";
  default: return "unknown";
  }
}

LOYALTY_API const char *loy_recommendation_name_zh(int recommendation) {
  switch (recommendation) {
  case LOY_RECOMMEND_IMPOSSIBLE: return "不可能";
  case LOY_RECOMMEND_POSSIBLE: return "有可能";
  case LOY_RECOMMEND_VERY_LIKELY: return "很大可能";
  default: return "unknown";
  }
}

LOYALTY_API const char *loy_security_name(int security) {
  switch (security) {
  case LOY_SECURITY_AT_RISK: return "at risk";
  case LOY_SECURITY_VULNERABLE: return "vulnerable";
  case LOY_SECURITY_FAVOURABLE: return "favourable";
  case LOY_SECURITY_SECURE: return "secure";
  default: return "unknown";
  }
}

LOYALTY_API const char *loy_security_name_zh(int security) {
  switch (security) {
  case LOY_SECURITY_AT_RISK: return "有风险";
  case LOY_SECURITY_VULNERABLE: return "脆弱";
  case LOY_SECURITY_FAVOURABLE: return "良好";
  case LOY_SECURITY_SECURE: return "稳固";
  default: return "unknown";
  }
}

LOY_END_DECLS

#endif /* LOYALTY_SURVEY_LOYALTY_INDEX_INL_H */
