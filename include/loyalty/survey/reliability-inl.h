/* reliability-inl.h: body of reliability.h. */
#ifndef LOYALTY_SURVEY_RELIABILITY_INL_H
#define LOYALTY_SURVEY_RELIABILITY_INL_H

#include "reliability.h"
#include "../base/range.h"
#include "../math/incomplete.h"
#include "../math/root.h"
#include "../math/sum.h"

#include <math.h>

LOY_BEGIN_DECLS

enum { LOYI_RELIABILITY_CELLS = LOY_RELIABILITY_ITEMS * LOY_RELIABILITY_ITEMS, LOYI_RELIABILITY_ROWS = 128 };

/* A variance below this is none: its terms begin to underflow. */
#define LOYI_RELIABILITY_LEAST 1e-280

/* The checks that need no look at the answers. */
LOYI_LOCAL loy_status loyi_reliability_call(const double *const *answer, size_t items, size_t n, int standardize,
                                            int skip_missing, loy_error *error) {
  if (!answer) return loyi_report(error, LOY_ERR_ARGUMENT, "answer", LOY_NO_INDEX, "must not be NULL");
  if (items < 2 || items > LOY_RELIABILITY_ITEMS)
    return loyi_report(error, LOY_ERR_ARGUMENT, "items", LOY_NO_INDEX, "must be from 2 to 32");
  for (size_t j = 0; j < items; j++)
    if (!answer[j] && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "answer", j, "must not be NULL");
  if (standardize != 0 && standardize != 1)
    return loyi_report(error, LOY_ERR_ARGUMENT, "standardize", LOY_NO_INDEX, "must be 0 or 1");
  if (skip_missing != 0 && skip_missing != 1)
    return loyi_report(error, LOY_ERR_ARGUMENT, "skip_missing", LOY_NO_INDEX, "must be 0 or 1");
  return LOY_OK;
}

LOYI_LOCAL int loyi_reliability_number(double x) { return (x >= -LOY_RANGE_MOST) & (x <= LOY_RANGE_MOST); }

/* Nonzero when a row has every answer. */
LOYI_LOCAL int loyi_reliability_complete(const double *const *answer, size_t items, size_t row) {
  for (size_t j = 0; j < items; j++)
    if (answer[j][row] != answer[j][row]) return 0;
  return 1;
}

/* Check the answers and count the complete rows. */
LOYI_LOCAL loy_status loyi_reliability_rows(const double *const *answer, size_t items, size_t n, int skip_missing,
                                            size_t least, size_t *complete, loy_error *error) {
  size_t bad = 0, count = n;
  for (size_t j = 0; j < items; j++)
    for (size_t i = 0; i < n; i++) bad += !loyi_reliability_number(answer[j][i]);
  if (bad > 0) {
    count = 0;
    for (size_t i = 0; i < n; i++) {
      for (size_t j = 0; j < items; j++) {
        const double x = answer[j][i];
        if (!loyi_reliability_number(x) && (x == x || !skip_missing))
          return loyi_report(error, LOY_ERR_DOMAIN, "answer", i,
                             x == x ? "must be a number from -1e40 to 1e40" : LOYI_MISSING_MUST);
      }
      count += (size_t)loyi_reliability_complete(answer, items, i);
    }
  }
  if (count < least)
    return loyi_report(error, LOY_ERR_TOO_FEW, "answer", LOY_NO_INDEX,
                       least == 2 ? "must have at least two respondents with every answer"
                                  : "must have at least three respondents with every answer");
  *complete = count;
  return LOY_OK;
}

/* The answers less `center` in the block of rows that begins at `from`, one question after the other. Rows with a
 * missing answer, and those behind the last, are 0 throughout. */
LOYI_LOCAL void loyi_reliability_block(const double *const *answer, size_t items, size_t n, size_t from,
                                       const double *center, double *block) {
  const size_t rows = n - from < LOYI_RELIABILITY_ROWS ? n - from : (size_t)LOYI_RELIABILITY_ROWS;
  double whole[LOYI_RELIABILITY_ROWS];
  for (size_t i = 0; i < LOYI_RELIABILITY_ROWS; i++) whole[i] = i < rows ? 1.0 : 0.0;
  for (size_t j = 0; j < items; j++)
    for (size_t i = 0; i < rows; i++) whole[i] = answer[j][from + i] == answer[j][from + i] ? whole[i] : 0.0;
  for (size_t j = 0; j < items; j++) {
    double *d = block + j * LOYI_RELIABILITY_ROWS;
    for (size_t i = 0; i < rows; i++) d[i] = whole[i] > 0.0 ? answer[j][from + i] - center[j] : 0.0;
    for (size_t i = rows; i < LOYI_RELIABILITY_ROWS; i++) d[i] = 0.0;
  }
}

/* Means of the questions over `count` complete rows, about the first of them, so that equal answers have no variance.
 */
LOYI_LOCAL void loyi_reliability_means(const double *const *answer, size_t items, size_t n, size_t count, double *block,
                                       double *mean) {
  loyi_total total[LOY_RELIABILITY_ITEMS];
  size_t first = 0;
  while (!loyi_reliability_complete(answer, items, first)) first++;
  for (size_t j = 0; j < items; j++) {
    mean[j] = answer[j][first];
    total[j].sum = total[j].error = 0.0;
  }
  for (size_t from = 0; from < n; from += LOYI_RELIABILITY_ROWS) {
    loyi_reliability_block(answer, items, n, from, mean, block);
    for (size_t j = 0; j < items; j++) {
      double lane[LOYI_SUM_LANES] = {0.0};
      const double *d = block + j * LOYI_RELIABILITY_ROWS;
      for (size_t i = 0; i < LOYI_RELIABILITY_ROWS; i += LOYI_SUM_LANES)
        for (size_t k = 0; k < LOYI_SUM_LANES; k++) lane[k] += d[i + k];
      loyi_total_add(&total[j], loyi_lanes_total(lane));
    }
  }
  for (size_t j = 0; j < items; j++) mean[j] += loyi_total_value(&total[j]) / (double)count;
}

/* The covariance matrix of the complete rows, both triangles. Sums follow the rule of sum.h, in shorter blocks, which
 * all questions share. */
LOYI_LOCAL void loyi_reliability_covariance(const double *const *answer, size_t items, size_t n, size_t count,
                                            double *covariance) {
  double mean[LOY_RELIABILITY_ITEMS], block[LOY_RELIABILITY_ITEMS * LOYI_RELIABILITY_ROWS];
  loyi_total total[LOYI_RELIABILITY_CELLS];
  loyi_reliability_means(answer, items, n, count, block, mean);
  for (size_t c = 0; c < items * items; c++) total[c].sum = total[c].error = 0.0;
  for (size_t from = 0; from < n; from += LOYI_RELIABILITY_ROWS) {
    loyi_reliability_block(answer, items, n, from, mean, block);
    for (size_t j = 0; j < items; j++) {
      for (size_t k = 0; k <= j; k++) {
        double lane[LOYI_SUM_LANES] = {0.0};
        const double *d = block + j * LOYI_RELIABILITY_ROWS, *e = block + k * LOYI_RELIABILITY_ROWS;
        for (size_t i = 0; i < LOYI_RELIABILITY_ROWS; i += LOYI_SUM_LANES)
          for (size_t l = 0; l < LOYI_SUM_LANES; l++) lane[l] += d[i + l] * e[i + l];
        loyi_total_add(&total[j * items + k], loyi_lanes_total(lane));
      }
    }
  }
  for (size_t j = 0; j < items; j++)
    for (size_t k = 0; k <= j; k++)
      covariance[j * items + k] = covariance[k * items + j] =
          loyi_total_value(&total[j * items + k]) / (double)(count - 1);
}

/* Alpha of the questions of a covariance matrix but `left_out` (`items` for none); NaN when their sum has no variance
 * or they are one. */
LOYI_LOCAL double loyi_reliability_alpha(const double *covariance, size_t items, size_t left_out) {
  const double k = (double)(left_out < items ? items - 1 : items);
  double own = 0.0, all = 0.0;
  for (size_t j = 0; j < items; j++) {
    for (size_t i = 0; i < items; i++)
      if (i != left_out && j != left_out) all += covariance[j * items + i];
    if (j != left_out) own += covariance[j * items + j];
  }
  /* The variance of the sum is a difference when questions run against each other: below rounding it is none. */
  if (k < 2.0 || !(all > k * k * 0x1p-50 * own && all > LOYI_RELIABILITY_LEAST)) return (double)NAN;
  own /= all; /* at least 1/k, but for rounding */
  return own * k > 1.0 ? k / (k - 1.0) * (1.0 - own) : 1.0;
}

LOYALTY_API loy_status loy_cronbach_alpha(const double *const *answer, size_t items, size_t n, int skip_missing,
                                          loy_reliability *result, double *without, loy_error *error) {
  double covariance[LOYI_RELIABILITY_CELLS], alpha;
  size_t count = 0;
  int none = 0;
  loy_status status = loyi_reliability_call(answer, items, n, 0, skip_missing, error);
  if (status != LOY_OK) return status;
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  status = loyi_reliability_rows(answer, items, n, skip_missing, 2, &count, error);
  if (status != LOY_OK) return status;
  loyi_reliability_covariance(answer, items, n, count, covariance);
  alpha = loyi_reliability_alpha(covariance, items, items);
  if (alpha != alpha)
    return loyi_report(error, LOY_ERR_SINGULAR, "answer", LOY_NO_INDEX, "must have sums that differ by respondent");
  result->items = items;
  result->n = (int64_t)count;
  result->missing = (int64_t)(n - count);
  result->alpha = alpha;
  for (size_t j = 0; without && j < items; j++) {
    without[j] = loyi_reliability_alpha(covariance, items, j);
    none |= without[j] != without[j];
  }
  if (none)
    return loyi_report(error, LOY_NOTICE_NONE, NULL, LOY_NO_INDEX,
                       "without some question there is no alpha: one question is left, or sums that do not differ");
  return loyi_ok(error);
}

/* A lower tail of the beta distribution. */
typedef struct loyi_beta_tail {
  double a, b, p;
} loyi_beta_tail;

LOYI_LOCAL double loyi_beta_excess(const void *context, double x) {
  const loyi_beta_tail *tail = (const loyi_beta_tail *)context;
  return loyi_beta_inc(tail->a, tail->b, x) - tail->p;
}

LOYALTY_API loy_status loy_reliability_interval(const loy_reliability *result, double level, double *lower,
                                                double *upper, loy_error *error) {
  loyi_beta_tail tail;
  double low, high, first, second; /* of the quantile, then of the end of the interval that it gives */
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  if (result->items < 2 || result->items > LOY_RELIABILITY_ITEMS || result->n < 2 || result->n > (int64_t)1 << 53 ||
      !(result->alpha >= -1125899906842624.0 && result->alpha <= 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "result", LOY_NO_INDEX, "must come from loy_cronbach_alpha");
  if (!(level > 0.0 && level < 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX, "must be between 0 and 1");
  if (!lower) return loyi_report(error, LOY_ERR_ARGUMENT, "lower", LOY_NO_INDEX, "must not be NULL");
  if (!upper) return loyi_report(error, LOY_ERR_ARGUMENT, "upper", LOY_NO_INDEX, "must not be NULL");
  first = (double)(result->n - 1);
  second = first * (double)(result->items - 1);
  /* x = first F / (first F + second) is beta distributed; each tail from its own side. */
  tail.p = 0.5 * (1.0 - level);
  tail.a = 0.5 * first;
  tail.b = 0.5 * second;
  low = loyi_root(loyi_beta_excess, &tail, 0.0, 1.0, 0.0);
  tail.a = 0.5 * second;
  tail.b = 0.5 * first;
  high = loyi_root(loyi_beta_excess, &tail, 0.0, 1.0, 0.0);
  high = 1.0 - (1.0 - result->alpha) * ((1.0 - high) / high) * (second / first);
  low = 1.0 - (1.0 - result->alpha) * (low / (1.0 - low)) * (second / first);
  /* At a level near 0 rounding may cross them. */
  *lower = high < low ? high : low;
  *upper = high < low ? low : high;
  return loyi_ok(error);
}

/* The dominant eigenvector of a positive semidefinite matrix of trace above 0, of length 1. Returns its eigenvalue.
 * Squaring the matrix, scaled to trace 1, squares the ratios of its eigenvalues: 64 times leave the largest, or the
 * projection onto the space of those equal to it, of which every column is an eigenvector. */
LOYI_LOCAL double loyi_principal_vector(const double *matrix, size_t items, double *vector) {
  double power[LOYI_RELIABILITY_CELLS] = {0.0}, square[LOYI_RELIABILITY_CELLS], trace = 0.0, norm = 0.0, value = 0.0;
  size_t best = 0;
  for (size_t j = 0; j < items; j++) trace += matrix[j * items + j];
  for (size_t c = 0; c < items * items; c++) power[c] = matrix[c] / trace;
  for (int step = 0; step < 64; step++) {
    trace = 0.0;
    for (size_t j = 0; j < items; j++) {
      for (size_t k = 0; k <= j; k++) {
        double sum = 0.0;
        for (size_t i = 0; i < items; i++) sum += power[j * items + i] * power[k * items + i];
        square[j * items + k] = square[k * items + j] = sum;
      }
      trace += square[j * items + j];
    }
    for (size_t c = 0; c < items * items; c++) power[c] = square[c] / trace;
    if (trace >= 1.0 - 0x1p-51) break;
  }
  for (size_t j = 1; j < items; j++)
    if (power[j * items + j] > power[best * items + best]) best = j;
  for (size_t j = 0; j < items; j++) norm += power[j * items + best] * power[j * items + best];
  for (size_t j = 0; j < items; j++) vector[j] = power[j * items + best] / sqrt(norm);
  for (size_t j = 0; j < items; j++)
    for (size_t k = 0; k < items; k++) value += vector[j] * matrix[j * items + k] * vector[k];
  return value;
}

/* Turn covariances into correlations; `deviation` receives the standard deviations. Returns the question without
 * variance, or `items`. */
LOYI_LOCAL size_t loyi_principal_standardize(double *matrix, size_t items, double *deviation) {
  for (size_t j = 0; j < items; j++) {
    if (!(matrix[j * items + j] > LOYI_RELIABILITY_LEAST)) return j;
    deviation[j] = sqrt(matrix[j * items + j]);
  }
  for (size_t j = 0; j < items; j++)
    for (size_t k = 0; k < items; k++)
      matrix[j * items + k] = j == k ? 1.0 : matrix[j * items + k] / (deviation[j] * deviation[k]);
  return items;
}

LOYALTY_API loy_status loy_principal_weights(const double *const *answer, size_t items, size_t n, int standardize,
                                             int skip_missing, double *weight, loy_principal *result,
                                             loy_error *error) {
  double matrix[LOYI_RELIABILITY_CELLS], vector[LOY_RELIABILITY_ITEMS], other[LOY_RELIABILITY_ITEMS];
  double deviation[LOY_RELIABILITY_ITEMS];
  double trace = 0.0, sum = 0.0, largest, second, left = 0.0;
  size_t count = 0;
  loy_status status = loyi_reliability_call(answer, items, n, standardize, skip_missing, error);
  if (status != LOY_OK) return status;
  if (!weight) return loyi_report(error, LOY_ERR_ARGUMENT, "weight", LOY_NO_INDEX, "must not be NULL");
  status = loyi_reliability_rows(answer, items, n, skip_missing, 3, &count, error);
  if (status != LOY_OK) return status;
  loyi_reliability_covariance(answer, items, n, count, matrix);
  if (standardize) {
    const size_t constant = loyi_principal_standardize(matrix, items, deviation);
    if (constant < items)
      return loyi_report(error, LOY_ERR_SINGULAR, "answer", constant, "must differ by respondent for each question");
  }
  for (size_t j = 0; j < items; j++) trace += matrix[j * items + j];
  if (!(trace > LOYI_RELIABILITY_LEAST))
    return loyi_report(error, LOY_ERR_SINGULAR, "answer", LOY_NO_INDEX, "must differ by respondent");
  largest = loyi_principal_vector(matrix, items, vector);
  for (size_t j = 0; j < items; j++) {
    for (size_t k = 0; k < items; k++) matrix[j * items + k] -= largest * vector[j] * vector[k];
    left += matrix[j * items + j];
  }
  second = left > trace * 0x1p-46 ? loyi_principal_vector(matrix, items, other) : 0.0;
  if (largest - second <= 1e-10 * largest)
    return loyi_report(error, LOY_ERR_SINGULAR, "answer", LOY_NO_INDEX,
                       "must have a first principal component that is unique");
  for (size_t j = 0; j < items; j++) sum += vector[j];
  for (size_t j = 0; j < items; j++) {
    vector[j] = sum < 0.0 ? -vector[j] : vector[j];
    if (vector[j] < -1e-12)
      return loyi_report(error, LOY_ERR_INFEASIBLE, "answer", j,
                         "must run with the other questions: recode this one or leave it out");
    if (!(vector[j] > 0.0)) vector[j] = 0.0;
  }
  sum = 0.0;
  for (size_t j = 0; j < items; j++) {
    weight[j] = standardize ? vector[j] / deviation[j] : vector[j];
    sum += weight[j];
  }
  for (size_t j = 0; j < items; j++) weight[j] /= sum;
  if (result) {
    result->n = (int64_t)count;
    result->missing = (int64_t)(n - count);
    result->share = largest < trace ? largest / trace : 1.0; /* rounding may say a little more */
    result->second = second / trace;
  }
  if (largest - second <= sqrt(2.0 / (double)count) * largest)
    return loyi_report(error, LOY_NOTICE_WEAK_ID, "answer", LOY_NO_INDEX,
                       "the second component is nearly as large, so that another sample may have other weights");
  return loyi_ok(error);
}

#undef LOYI_RELIABILITY_LEAST

LOY_END_DECLS

#endif /* LOYALTY_SURVEY_RELIABILITY_INL_H */
