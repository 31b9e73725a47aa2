/* survey_wallet.i: shims of share of wallet and of its allocation by rank. */

%{
#include "loyalty/survey/wallet.h"
%}

LOY_BULK(wallet_share_batch)
LOY_BULK(wallet_allocation_batch)
%inline %{
static loy_r1 wallet_share(double own, double category) {
  loy_r1 r = {0};
  if (loy_wallet_share_check(own, category, &r.e) == LOY_OK) r.v[0] = loy_wallet_share(own, category);
  return r;
}

/* Status, bad rows, then the fields of a loy_wallet. */
static loy_values wallet_share_batch(loy_in own, loy_in category, loy_out_opt share, bool coerce) {
  loy_values r = {0};
  loy_wallet wallet;
  loy_batch_report report = {0};
  if (!loy_same_length(&r.e, "category", category.n, own.n)) return r;
  if (share.p && !loy_same_length(&r.e, "share", share.n, own.n)) return r;
  if (loy_status_is_error(loy_wallet_share_batch(own.p, category.p, own.n, share.p, &wallet, &report, &r.e))) return r;
  if (report.bad > 0 && !coerce) {
    r.e = report.first;
    return r;
  }
  loy_put_status(&r);
  loy_put_size(&r, report.bad);
  loy_put_size(&r, wallet.n);
  loy_put_size(&r, wallet.skipped);
  loy_put_double(&r, wallet.share);
  loy_put_double(&r, wallet.standard_error);
  loy_put_double(&r, wallet.mean_share);
  return r;
}

/* Takes back what the interval needs of a loy_wallet. */
static loy_r2 wallet_interval(size_t n, double share, double standard_error, double level) {
  loy_r2 r = {0};
  const loy_wallet wallet = {n, 0, share, standard_error, 0.0};
  loy_wallet_interval(&wallet, level, &r.v[0], &r.v[1], &r.e);
  return r;
}

static loy_r1 wallet_allocation(double rank, double brands) {
  loy_r1 r = {0};
  if (loy_wallet_allocation_check(rank, brands, &r.e) == LOY_OK) r.v[0] = loy_wallet_allocation(rank, brands);
  return r;
}

/* Status and bad rows. `rating` and `share` hold the brands one after the other; `users` and `mean` receive one number
 * for each brand, `mean` all means, then all standard errors. */
static loy_values wallet_allocation_batch(loy_in rating, size_t brands, bool lower_is_better, loy_out share,
                                          loy_out_i64 users, loy_out mean, bool coerce) {
  loy_values r = {0};
  loy_batch_report report = {0};
  const double *in[LOY_WALLET_BRANDS];
  double *out[LOY_WALLET_BRANDS];
  loy_mean *found;
  size_t n;
  if (brands < 1 || brands > LOY_WALLET_BRANDS) {
    loy_refuse(&r.e, LOY_ERR_ARGUMENT, "brands", "must be from 1 to 1000");
    return r;
  }
  n = rating.n / brands;
  if (!loy_has_length(&r.e, "rating", rating.n, n * brands) || !loy_same_length(&r.e, "share", share.n, rating.n) ||
      !loy_has_length(&r.e, "users", users.n, brands) || !loy_has_length(&r.e, "mean", mean.n, 2 * brands))
    return r;
  found = (loy_mean *)calloc(brands, sizeof *found);
  if (!found) {
    loy_refuse(&r.e, LOY_ERR_MEMORY, NULL, "out of memory");
    return r;
  }
  for (size_t b = 0; b < brands; b++) {
    in[b] = rating.p + b * n;
    out[b] = share.p + b * n;
  }
  if (!loy_status_is_error(
          loy_wallet_allocation_batch(in, brands, n, lower_is_better, out, found, &report, &r.e))) {
    if (report.bad > 0 && !coerce) {
      r.e = report.first;
    } else {
      loy_put_status(&r);
      loy_put_size(&r, report.bad);
    }
    for (size_t b = 0; b < brands; b++) {
      users.p[b] = found[b].n;
      mean.p[b] = found[b].mean;
      mean.p[brands + b] = found[b].standard_error;
    }
  }
  free(found);
  return r;
}
%}
