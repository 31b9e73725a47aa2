/* nps_plan-inl.h: body of nps_plan.h. */
#ifndef LOYALTY_SURVEY_NPS_PLAN_INL_H
#define LOYALTY_SURVEY_NPS_PLAN_INL_H

#include "nps_plan.h"
#include "../math/normal.h"

#include <math.h>

LOY_BEGIN_DECLS

#define LOYI_PLAN_VARIANCE "must be above 0 and at most 1"
#define LOYI_PLAN_MOST     ((int64_t)1 << 53)

/* The checks of level, variance and population, in this order. */
LOYI_LOCAL loy_status loyi_plan_check(double level, double variance, double population, double least,
                                      loy_error *error) {
  if (!(level > 0.0 && level < 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX, "must be between 0 and 1");
  if (!(variance > 0.0 && variance <= 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "variance", LOY_NO_INDEX, LOYI_PLAN_VARIANCE);
  if (!(population >= least))
    return loyi_report(error, LOY_ERR_DOMAIN, "population", LOY_NO_INDEX,
                       "must be at least 1 and the number of answers, or infinite");
  return LOY_OK;
}

LOYI_LOCAL loy_status loyi_plan_check_method(int method, loy_error *error) {
  if (method != LOY_NPS_ADJUSTED_WALD && method != LOY_NPS_WALD)
    return loyi_report(error, LOY_ERR_ARGUMENT, "method", LOY_NO_INDEX, "must be adjusted Wald or Wald");
  return LOY_OK;
}

/* A number of answers rounded up, at least 1. The ranges of the arguments keep it below 2^60. */
LOYI_LOCAL int64_t loyi_plan_whole(double n) { return n > 1.0 ? (int64_t)ceil(n) : 1; }

LOYALTY_API loy_status loy_nps_sample_size(double half_width, double level, double variance, double population,
                                           int method, int64_t *n, loy_error *error) {
  double z, size, added;
  int64_t whole;
  loy_status status;
  if (!(half_width >= 1e-6 && half_width <= 2.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "half_width", LOY_NO_INDEX, "must be from 1e-6 to 2");
  status = loyi_plan_check(level, variance, population, 1.0, error);
  if (status != LOY_OK) return status;
  status = loyi_plan_check_method(method, error);
  if (status != LOY_OK) return status;
  if (!n) return loyi_report(error, LOY_ERR_ARGUMENT, "n", LOY_NO_INDEX, "must not be NULL");
  z = -loyi_normal_quantile(0.5 * (1.0 - level));
  size = z * z * variance / (half_width * half_width);
  added = method == LOY_NPS_ADJUSTED_WALD ? 3.0 : 0.0;
  whole = loyi_plan_whole((size - added * (1.0 - 1.0 / population)) / (1.0 + (size - 1.0) / population));
  /* Rounding must not ask for more answers than there are customers. */
  *n = (double)whole > population ? (int64_t)population : whole;
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_nps_half_width(int64_t n, double level, double variance, double population, int method,
                                          double *half_width, loy_error *error) {
  double z, size, left = 1.0;
  loy_status status;
  if (n < 1 || n > LOYI_PLAN_MOST)
    return loyi_report(error, LOY_ERR_DOMAIN, "n", LOY_NO_INDEX, "must be from 1 to 2^53");
  status = loyi_plan_check(level, variance, population, (double)n, error);
  if (status != LOY_OK) return status;
  status = loyi_plan_check_method(method, error);
  if (status != LOY_OK) return status;
  if (!half_width) return loyi_report(error, LOY_ERR_ARGUMENT, "half_width", LOY_NO_INDEX, "must not be NULL");
  z = -loyi_normal_quantile(0.5 * (1.0 - level));
  size = (double)n;
  if (isfinite(population)) left = population > size ? (population - size) / (population - 1.0) : 0.0;
  if (method == LOY_NPS_ADJUSTED_WALD) size += 3.0;
  *half_width = z * sqrt(variance * left / size);
  return loyi_ok(error);
}

/* The distance, in standard errors, at which a difference counts as found. */
LOYI_LOCAL double loyi_plan_critical(double level, int alternative) {
  return -loyi_normal_quantile(alternative == LOY_NPS_TWO_SIDED ? 0.5 * (1.0 - level) : 1.0 - level);
}

LOYALTY_API loy_status loy_nps_group_sizes(double difference, double variance_first, double variance_second,
                                           double ratio, double level, double power, int alternative, int64_t *n_first,
                                           int64_t *n_second, loy_error *error) {
  double sum, size;
  loy_status status;
  if (!(fabs(difference) >= 1e-6 && fabs(difference) <= 2.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "difference", LOY_NO_INDEX, "must have a size from 1e-6 to 2");
  if (!(variance_first > 0.0 && variance_first <= 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "variance_first", LOY_NO_INDEX, LOYI_PLAN_VARIANCE);
  if (!(variance_second >= 0.0 && variance_second <= 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "variance_second", LOY_NO_INDEX, "must be from 0 to 1");
  if (!(ratio >= 1e-3 && ratio <= 1e3))
    return loyi_report(error, LOY_ERR_DOMAIN, "ratio", LOY_NO_INDEX, "must be from 1e-3 to 1e3");
  status = loyi_nps_check_test(alternative, level, error);
  if (status != LOY_OK) return status;
  sum = loyi_plan_critical(level, alternative) + loyi_normal_quantile(power);
  /* `sum` is NaN for a power outside [0, 1]. */
  if (!(power < 1.0 && sum > 0.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "power", LOY_NO_INDEX,
                       "must be below 1 and above the chance of a false alarm on that side");
  if (!n_first) return loyi_report(error, LOY_ERR_ARGUMENT, "n_first", LOY_NO_INDEX, "must not be NULL");
  if (!n_second) return loyi_report(error, LOY_ERR_ARGUMENT, "n_second", LOY_NO_INDEX, "must not be NULL");
  size = (variance_first + variance_second / ratio) * (sum / difference) * (sum / difference);
  *n_first = loyi_plan_whole(size);
  *n_second = variance_second > 0.0 ? loyi_plan_whole(ratio * size) : 0;
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_nps_power(double difference, double variance_first, int64_t n_first, double variance_second,
                                     int64_t n_second, double level, int alternative, double *power, loy_error *error) {
  double square, shift, z;
  loy_status status;
  if (!(fabs(difference) <= 2.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "difference", LOY_NO_INDEX, "must have a size of at most 2");
  if (!(variance_first > 0.0 && variance_first <= 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "variance_first", LOY_NO_INDEX, LOYI_PLAN_VARIANCE);
  if (n_first < 1 || n_first > LOYI_PLAN_MOST)
    return loyi_report(error, LOY_ERR_DOMAIN, "n_first", LOY_NO_INDEX, "must be from 1 to 2^53");
  if (!(variance_second >= 0.0 && variance_second <= 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "variance_second", LOY_NO_INDEX, "must be from 0 to 1");
  if (variance_second > 0.0 && (n_second < 1 || n_second > LOYI_PLAN_MOST))
    return loyi_report(error, LOY_ERR_DOMAIN, "n_second", LOY_NO_INDEX, "must be from 1 to 2^53");
  status = loyi_nps_check_test(alternative, level, error);
  if (status != LOY_OK) return status;
  if (!power) return loyi_report(error, LOY_ERR_ARGUMENT, "power", LOY_NO_INDEX, "must not be NULL");
  square = variance_first / (double)n_first;
  if (variance_second > 0.0) square += variance_second / (double)n_second;
  shift = fabs(difference) / sqrt(square);
  z = loyi_plan_critical(level, alternative);
  *power = loyi_normal_cdf(shift - z);
  if (alternative == LOY_NPS_TWO_SIDED) *power += loyi_normal_cdf(-shift - z);
  return loyi_ok(error);
}

#undef LOYI_PLAN_VARIANCE
#undef LOYI_PLAN_MOST

LOY_END_DECLS

#endif /* LOYALTY_SURVEY_NPS_PLAN_INL_H */
