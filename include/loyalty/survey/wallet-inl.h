/* wallet-inl.h: body of wallet.h. */
#ifndef LOYALTY_SURVEY_WALLET_INL_H
#define LOYALTY_SURVEY_WALLET_INL_H

#include "wallet.h"
#include "../base/range.h"
#include "../math/distribution.h"
#include "../math/sum.h"

#include <math.h>

LOY_BEGIN_DECLS

LOYALTY_API loy_status loy_wallet_share_check(double own, double category, loy_error *error) {
  if (!loyi_is_quantity(category))
    return loyi_report(error, LOY_ERR_DOMAIN, "category", LOY_NO_INDEX, LOYI_QUANTITY_MUST);
  if (!(own >= 0.0 && own <= category))
    return loyi_report(error, LOY_ERR_DOMAIN, "own", LOY_NO_INDEX, "must be from 0 to the spend in the category");
  return loyi_ok(error);
}

LOYALTY_API double loy_wallet_share(double own, double category) {
  return loy_wallet_share_check(own, category, NULL) == LOY_OK ? own / category : (double)NAN;
}

/* The sum of (own - ratio category)^2 over the rows with a wallet. */
LOYI_LOCAL double loyi_wallet_residuals(const double *own, const double *category, size_t n, double ratio) {
  loyi_total total = {0.0, 0.0};
  for (size_t block = 0; block < loyi_sum_blocks(n); block++) {
    const size_t from = block * LOYI_SUM_BLOCK, rows = loyi_sum_rows(n, block);
    double lane[LOYI_SUM_LANES] = {0.0};
    for (size_t i = 0; i < rows; i++) {
      if (loy_wallet_share_check(own[from + i], category[from + i], NULL) == LOY_OK) {
        const double d = own[from + i] - ratio * category[from + i];
        lane[i % LOYI_SUM_LANES] += d * d;
      }
    }
    loyi_total_add(&total, loyi_lanes_total(lane));
  }
  return loyi_total_value(&total);
}

LOYALTY_API loy_status loy_wallet_share_batch(const double *own, const double *category, size_t n, double *share,
                                              loy_wallet *result, loy_batch_report *report, loy_error *error) {
  loyi_total owns = {0.0, 0.0}, categories = {0.0, 0.0}, shares = {0.0, 0.0};
  size_t used = 0, skipped = 0;
  if (!own && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "own", LOY_NO_INDEX, "must not be NULL");
  if (!category && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "category", LOY_NO_INDEX, "must not be NULL");
  loyi_batch_begin(report);
  for (size_t block = 0; block < loyi_sum_blocks(n); block++) {
    const size_t from = block * LOYI_SUM_BLOCK, rows = loyi_sum_rows(n, block);
    double lane[3][LOYI_SUM_LANES] = {{0.0}};
    for (size_t i = 0; i < rows; i++) {
      const double o = own[from + i], c = category[from + i];
      loy_error bad;
      double found = (double)NAN;
      if (o == 0.0 && c == 0.0) {
        skipped++;
      } else if (loy_wallet_share_check(o, c, &bad) != LOY_OK) {
        loyi_batch_bad(report, from + i, &bad);
      } else {
        found = o / c;
        used++;
        lane[0][i % LOYI_SUM_LANES] += o;
        lane[1][i % LOYI_SUM_LANES] += c;
        lane[2][i % LOYI_SUM_LANES] += found;
      }
      if (share) share[from + i] = found;
    }
    loyi_total_add(&owns, loyi_lanes_total(lane[0]));
    loyi_total_add(&categories, loyi_lanes_total(lane[1]));
    loyi_total_add(&shares, loyi_lanes_total(lane[2]));
  }
  if (result) {
    const double count = (double)used, total = loyi_total_value(&categories);
    result->n = used;
    result->skipped = skipped;
    result->share = result->standard_error = result->mean_share = (double)NAN;
    if (used > 0) {
      result->share = loyi_total_value(&owns) / total;
      if (result->share > 1.0) result->share = 1.0; /* each amount is at most its category, but sums are rounded */
      result->mean_share = loyi_total_value(&shares) / count;
    }
    if (used > 1)
      result->standard_error =
          sqrt(count / (count - 1.0) * loyi_wallet_residuals(own, category, n, result->share)) / total;
  }
  if (result && used < 2)
    return loyi_report(error, LOY_NOTICE_NONE, NULL, LOY_NO_INDEX,
                       "too few customers have spend in the category, so not all of the result exists");
  if (skipped > 0)
    return loyi_report(error, LOY_NOTICE_SKIPPED, "category", LOY_NO_INDEX,
                       "customers without spend in the category have no share and were left out");
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_wallet_interval(const loy_wallet *result, double level, double *lower, double *upper,
                                           loy_error *error) {
  double half, low, high;
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  if (result->n < 2)
    return loyi_report(error, LOY_ERR_TOO_FEW, "result", LOY_NO_INDEX, "must be of at least two customers");
  if (!(result->share >= 0.0 && result->share <= 1.0) ||
      !(result->standard_error >= 0.0 && isfinite(result->standard_error)))
    return loyi_report(error, LOY_ERR_DOMAIN, "result", LOY_NO_INDEX, "must come from loy_wallet_share_batch");
  if (!(level > 0.0 && level < 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX, "must be between 0 and 1");
  if (!lower) return loyi_report(error, LOY_ERR_ARGUMENT, "lower", LOY_NO_INDEX, "must not be NULL");
  if (!upper) return loyi_report(error, LOY_ERR_ARGUMENT, "upper", LOY_NO_INDEX, "must not be NULL");
  half = -loyi_t_quantile(0.5 * (1.0 - level), (double)(result->n - 1)) * result->standard_error;
  low = result->share - half;
  high = result->share + half;
  *lower = low > 0.0 ? low : 0.0;
  *upper = high < 1.0 ? high : 1.0;
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_wallet_allocation_check(double rank, double brands, loy_error *error) {
  if (!(brands >= 1.0 && brands <= LOY_WALLET_BRANDS && floor(brands) == brands))
    return loyi_report(error, LOY_ERR_DOMAIN, "brands", LOY_NO_INDEX, "must be a whole number from 1 to 1000");
  if (!(rank >= 1.0 && rank <= brands))
    return loyi_report(error, LOY_ERR_DOMAIN, "rank", LOY_NO_INDEX, "must be from 1 to the number of brands");
  return loyi_ok(error);
}

/* (1 - rank/(k + 1)) * 2/k with a single rounding of each product. */
LOYI_LOCAL double loyi_wallet_rule(double rank, double brands) {
  return 2.0 * (brands + 1.0 - rank) / (brands * (brands + 1.0));
}

LOYALTY_API double loy_wallet_allocation(double rank, double brands) {
  if (loy_wallet_allocation_check(rank, brands, NULL) != LOY_OK) return (double)NAN;
  return loyi_wallet_rule(rank, brands);
}

/* The shares of one customer, NaN for a brand that he or she does not use. Returns NULL, or what is wrong; then nothing
 * is written. */
LOYI_LOCAL const char *loyi_wallet_row(const double *const *rating, size_t brands, size_t row, int lower_is_better,
                                       double *const *share) {
  size_t used = 0;
  for (size_t b = 0; b < brands; b++) {
    if (isinf(rating[b][row])) return "must be finite, or NaN for a brand that is not used";
    used += rating[b][row] == rating[b][row];
  }
  if (used == 0) return "must hold a number for at least one brand";
  for (size_t b = 0; b < brands; b++) {
    const double mine = rating[b][row];
    size_t before = 0, same = 0;
    for (size_t other = 0; other < brands; other++) {
      const double theirs = rating[other][row];
      before += lower_is_better ? theirs < mine : theirs > mine;
      same += theirs == mine;
    }
    share[b][row] = same == 0 ? (double)NAN : loyi_wallet_rule((double)before + 0.5 * (double)(same + 1), (double)used);
  }
  return NULL;
}

/* The mean of a brand's shares over its users; the shares of others are still NaN. */
LOYI_LOCAL void loyi_wallet_mean(const double *share, size_t n, loy_mean *mean) {
  if (!loy_status_is_error(loy_mean_from_values(share, n, 1, mean, NULL))) return;
  mean->n = 0;
  mean->missing = (int64_t)n;
  mean->mean = mean->standard_deviation = mean->standard_error = (double)NAN;
}

LOYALTY_API loy_status loy_wallet_allocation_batch(const double *const *rating, size_t brands, size_t n,
                                                   int lower_is_better, double *const *share, loy_mean *mean,
                                                   loy_batch_report *report, loy_error *error) {
  int alone = 0;
  if (!rating) return loyi_report(error, LOY_ERR_ARGUMENT, "rating", LOY_NO_INDEX, "must not be NULL");
  if (brands < 1 || brands > LOY_WALLET_BRANDS)
    return loyi_report(error, LOY_ERR_ARGUMENT, "brands", LOY_NO_INDEX, "must be from 1 to 1000");
  for (size_t b = 0; b < brands; b++)
    if (!rating[b] && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "rating", b, "must not be NULL");
  if (lower_is_better != 0 && lower_is_better != 1)
    return loyi_report(error, LOY_ERR_ARGUMENT, "lower_is_better", LOY_NO_INDEX, "must be 0 or 1");
  if (!share) return loyi_report(error, LOY_ERR_ARGUMENT, "share", LOY_NO_INDEX, "must not be NULL");
  for (size_t b = 0; b < brands; b++)
    if (!share[b] && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "share", b, "must not be NULL");
  loyi_batch_begin(report);
  for (size_t i = 0; i < n; i++) {
    const char *wrong = loyi_wallet_row(rating, brands, i, lower_is_better, share);
    if (wrong) {
      loy_error bad;
      loyi_report(&bad, LOY_ERR_DOMAIN, "rating", i, wrong);
      loyi_batch_bad(report, i, &bad);
      for (size_t b = 0; b < brands; b++) share[b][i] = (double)NAN;
    }
  }
  for (size_t b = 0; mean && b < brands; b++) {
    loyi_wallet_mean(share[b], n, &mean[b]);
    alone |= mean[b].n < 2;
  }
  for (size_t i = 0; i < n; i++) { /* a brand that a customer of others does not use gets nothing */
    int good = 0;
    for (size_t b = 0; b < brands; b++) good |= share[b][i] == share[b][i];
    for (size_t b = 0; good && b < brands; b++)
      if (share[b][i] != share[b][i]) share[b][i] = 0.0;
  }
  if (alone)
    return loyi_report(error, LOY_NOTICE_NONE, NULL, LOY_NO_INDEX,
                       "a brand has fewer than two users, so not all of its mean exists");
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_SURVEY_WALLET_INL_H */
