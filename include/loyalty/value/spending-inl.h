/* spending-inl.h: body of spending.h. */
#ifndef LOYALTY_VALUE_SPENDING_INL_H
#define LOYALTY_VALUE_SPENDING_INL_H

#include "spending.h"

#include <math.h>

#include "../math/elementary.h"
#include "../math/root.h"

LOY_BEGIN_DECLS

LOYI_LOCAL loy_status loyi_spending_check_ceiling(double ceiling, loy_error *error) {
  if (!(ceiling >= LOY_RANGE_LEAST && ceiling <= 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "ceiling", LOY_NO_INDEX, "must be above 0, from 1e-40, and at most 1");
  return LOY_OK;
}

LOYI_LOCAL loy_status loyi_spending_check(const loy_spend_response *response, const char *name, loy_error *error) {
  if (!response) return loyi_report(error, LOY_ERR_ARGUMENT, name, LOY_NO_INDEX, "must not be NULL");
  if (!loyi_is_quantity(response->rate) && loyi_spending_check_ceiling(response->ceiling, NULL) == LOY_OK)
    return loyi_report(error, LOY_ERR_DOMAIN, "rate", LOY_NO_INDEX, LOYI_QUANTITY_MUST);
  return loyi_spending_check_ceiling(response->ceiling, error);
}

LOYI_LOCAL loy_status loyi_spending_check_money(double money, const char *name, loy_error *error) {
  if (!loyi_is_zero_or_quantity(money))
    return loyi_report(error, LOY_ERR_DOMAIN, name, LOY_NO_INDEX, LOYI_ZERO_QUANTITY_MUST);
  return LOY_OK;
}

LOYI_LOCAL loy_status loyi_spending_check_discount(double discount, loy_error *error) {
  if (!loyi_is_zero_or_quantity(discount))
    return loyi_report(error, LOY_ERR_DOMAIN, "discount", LOY_NO_INDEX, LOYI_ZERO_QUANTITY_MUST);
  return LOY_OK;
}

LOYALTY_API loy_status loy_spend_response_from_point(double ceiling, double spend, double share,
                                                     loy_spend_response *response, loy_error *error) {
  double rate;
  const loy_status status = loyi_spending_check_ceiling(ceiling, error);
  if (status != LOY_OK) return status;
  if (!loyi_is_quantity(spend)) return loyi_report(error, LOY_ERR_DOMAIN, "spend", LOY_NO_INDEX, LOYI_QUANTITY_MUST);
  if (!(share > 0.0 && share < ceiling))
    return loyi_report(error, LOY_ERR_DOMAIN, "share", LOY_NO_INDEX, "must be above 0 and below the ceiling");
  /* Of a share next to the ceiling, what is missing is exact; its part of the ceiling is not. */
  rate = (share < 0.5 * ceiling ? -loyi_log1p(-share / ceiling) : -loyi_log((ceiling - share) / ceiling)) / spend;
  if (!loyi_is_quantity(rate))
    return loyi_report(error, LOY_ERR_DOMAIN, "share", LOY_NO_INDEX, "gives a rate outside 1e-40 to 1e40");
  if (!response) return loyi_report(error, LOY_ERR_ARGUMENT, "response", LOY_NO_INDEX, "must not be NULL");
  response->ceiling = ceiling;
  response->rate = rate;
  return loyi_ok(error);
}

LOYALTY_API double loy_spend_response_at(const loy_spend_response *response, double spend) {
  if (loyi_spending_check(response, "response", NULL) != LOY_OK || !loyi_is_zero_or_quantity(spend)) return (double)NAN;
  return response->ceiling * -loyi_expm1(-response->rate * spend);
}

/* (e^u - 1 - u): by its series where it cancels. */
LOYI_LOCAL double loyi_spending_bend(double u) {
  double term = u, sum = 0.0;
  if (u > 1.0) return loyi_expm1(u) - u;
  for (int n = 2; n < 20; n++) {
    term *= u / n;
    sum += term;
  }
  return sum;
}

LOYI_LOCAL loy_spend_optimum loyi_spending_acquire(const loy_spend_response *response, double value) {
  loy_spend_optimum best = {0.0, 0.0, 0.0};
  const double x = response->rate * response->ceiling * value;
  if (x > 1.0) {
    const double u = loyi_log(x);
    best.spend = u / response->rate;
    best.share = response->ceiling * ((x - 1.0) / x);
    /* (x - 1 - ln x)/k = (e^u - 1 - u)/k, the one where x has the digits, the other where ln x has them. */
    best.value = (u > 1.0 ? x - 1.0 - u : loyi_spending_bend(u)) / response->rate;
  }
  return best;
}

LOYALTY_API loy_status loy_acquisition_optimum(const loy_spend_response *response, double value,
                                               loy_spend_optimum *optimum, loy_error *error) {
  loy_status status = loyi_spending_check(response, "response", error);
  if (status == LOY_OK) status = loyi_spending_check_money(value, "value", error);
  if (status != LOY_OK) return status;
  if (!optimum) return loyi_report(error, LOY_ERR_ARGUMENT, "optimum", LOY_NO_INDEX, "must not be NULL");
  *optimum = loyi_spending_acquire(response, value);
  return loyi_ok(error);
}

/* (1+d)(k c m - 1) = slow (e^u - 1) + c u, slow = 1+d-c. */
typedef struct loyi_spending_terms {
  double right, slow, ceiling;
} loyi_spending_terms;

LOYI_LOCAL double loyi_spending_excess(const void *ctx, double u) {
  const loyi_spending_terms *terms = (const loyi_spending_terms *)ctx;
  return terms->right - (terms->slow * loyi_expm1(u) + terms->ceiling * u);
}

LOYI_LOCAL loy_spend_optimum loyi_spending_keep(const loy_spend_response *response, double margin, double discount) {
  loy_spend_optimum best = {0.0, 0.0, 0.0};
  loyi_spending_terms terms;
  double most, other, u;
  terms.ceiling = response->ceiling;
  terms.right = (1.0 + discount) * (response->rate * response->ceiling * margin - 1.0);
  terms.slow = discount + (1.0 - response->ceiling);
  if (!(terms.right > 0.0)) return best;
  if (terms.slow == 0.0) { /* c = 1 and d = 0 */
    u = terms.right;
  } else {
    /* e^u - 1 >= u bounds u from above, and so does each of the two terms alone. A little more than that has the other
     * sign. */
    most = terms.right / (1.0 + discount);
    other = loyi_log1p(terms.right / terms.slow);
    most = (most < other ? most : other) * (1.0 + 0x1p-40);
    u = loyi_root(loyi_spending_excess, &terms, 0.0, most, 0.0);
  }
  best.spend = u / response->rate;
  best.share = response->ceiling * -loyi_expm1(-u);
  /* e^u multiplies the error of a large u, which the equation does not where its first term is the larger. */
  other = terms.slow * loyi_expm1(u);
  other =
      u > 1.0 && other > 0.5 * terms.right ? (terms.right - terms.ceiling * u) / terms.slow - u : loyi_spending_bend(u);
  best.value = other / (response->rate * (1.0 + discount));
  return best;
}

/* Beyond this the product with a rate of acquisition could overflow. */
#define LOYI_SPENDING_MOST 1e250

/* Only at c = 1 and d = 0, where more money always keeps more and what it keeps never loses value. */
LOYI_LOCAL loy_status loyi_spending_endless(loy_error *error) {
  return loyi_report(error, LOY_ERR_DOMAIN, "discount", LOY_NO_INDEX,
                     "must be above 0 where all customers can be kept: the value exceeds 1e250");
}

LOYALTY_API loy_status loy_retention_optimum(const loy_spend_response *response, double margin, double discount,
                                             loy_spend_optimum *optimum, loy_error *error) {
  loy_spend_optimum best;
  loy_status status = loyi_spending_check(response, "response", error);
  if (status == LOY_OK) status = loyi_spending_check_money(margin, "margin", error);
  if (status == LOY_OK) status = loyi_spending_check_discount(discount, error);
  if (status != LOY_OK) return status;
  if (!optimum) return loyi_report(error, LOY_ERR_ARGUMENT, "optimum", LOY_NO_INDEX, "must not be NULL");
  best = loyi_spending_keep(response, margin, discount);
  if (best.value > LOYI_SPENDING_MOST) return loyi_spending_endless(error);
  *optimum = best;
  return loyi_ok(error);
}

LOYI_LOCAL loy_status loyi_spending_check_plan(const loy_spend_response *acquisition,
                                               const loy_spend_response *retention, double margin, double discount,
                                               loy_error *error) {
  loy_status status = loyi_spending_check(acquisition, "acquisition", error);
  if (status == LOY_OK) status = loyi_spending_check(retention, "retention", error);
  if (status == LOY_OK) status = loyi_spending_check_money(margin, "margin", error);
  if (status == LOY_OK) status = loyi_spending_check_discount(discount, error);
  return status;
}

LOYALTY_API loy_status loy_spend_plan_optimum(const loy_spend_response *acquisition,
                                              const loy_spend_response *retention, double margin, double discount,
                                              loy_spend_plan *plan, loy_error *error) {
  loy_spend_optimum kept;
  const loy_status status = loyi_spending_check_plan(acquisition, retention, margin, discount, error);
  if (status != LOY_OK) return status;
  if (!plan) return loyi_report(error, LOY_ERR_ARGUMENT, "plan", LOY_NO_INDEX, "must not be NULL");
  kept = loyi_spending_keep(retention, margin, discount);
  if (kept.value > LOYI_SPENDING_MOST) return loyi_spending_endless(error);
  plan->retention = kept;
  plan->acquisition = loyi_spending_acquire(acquisition, margin + plan->retention.value);
  plan->equity = plan->acquisition.value;
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_spend_plan_at(const loy_spend_response *acquisition, const loy_spend_response *retention,
                                         double margin, double discount, double acquisition_spend,
                                         double retention_spend, loy_spend_plan *plan, loy_error *error) {
  double rest, net;
  loy_status status = loyi_spending_check_plan(acquisition, retention, margin, discount, error);
  if (status == LOY_OK) status = loyi_spending_check_money(acquisition_spend, "acquisition_spend", error);
  if (status == LOY_OK) status = loyi_spending_check_money(retention_spend, "retention_spend", error);
  if (status != LOY_OK) return status;
  if (!plan) return loyi_report(error, LOY_ERR_ARGUMENT, "plan", LOY_NO_INDEX, "must not be NULL");
  plan->retention.spend = retention_spend;
  plan->retention.share = loy_spend_response_at(retention, retention_spend);
  net = margin * plan->retention.share - retention_spend;
  rest = discount + (1.0 - plan->retention.share);
  plan->retention.value = net == 0.0 ? 0.0 : net / rest;
  plan->acquisition.spend = acquisition_spend;
  plan->acquisition.share = loy_spend_response_at(acquisition, acquisition_spend);
  plan->acquisition.value =
      (plan->acquisition.share == 0.0 ? 0.0 : plan->acquisition.share * (margin + plan->retention.value)) -
      acquisition_spend;
  plan->equity = plan->acquisition.value;
  if (isinf(plan->retention.value))
    return loyi_report(error, LOY_NOTICE_DIVERGES, "discount", LOY_NO_INDEX,
                       "the value is infinite because all customers stay and nothing is discounted");
  return loyi_ok(error);
}

#undef LOYI_SPENDING_MOST

LOY_END_DECLS

#endif /* LOYALTY_VALUE_SPENDING_INL_H */
