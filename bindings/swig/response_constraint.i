/* response_constraint.i: shims of what holds customers besides satisfaction. */

%{
#include "loyalty/response/constraint.h"
%}

LOY_BULK(constraint_from_items_batch)
LOY_BULK(switching_costs)
LOY_BULK(constraint_from_switching_cost)
%inline %{
/* The name of a kind of constraint, counted from 0. */
static loy_rtext constraint_name(int kind, bool chinese) {
  loy_rtext r = {0};
  r.v = chinese ? loy_constraint_name_zh(kind) : loy_constraint_name(kind);
  return r;
}

static loy_r1 constraint_from_items(loy_in item, double lowest, double highest) {
  loy_r1 r = {0};
  loy_constraint_from_items(item.p, item.n, lowest, highest, &r.v[0], &r.e);
  return r;
}

/* `item` is one column for each item, as long as out, one after the other. */
static loy_rbatch constraint_from_items_batch(loy_in item, double lowest, double highest, loy_out out, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  size_t items;
  const double **column;
  if (!response_columns("item", item, out.n, &column, &items, &e)) return loy_batch_result(e, &report, coerce);
  loy_constraint_from_items_batch(column, items, out.n, lowest, highest, out.p, &report, &e);
  free(column);
  return loy_batch_result(e, &report, coerce);
}

static loy_r0 switching_costs(loy_in price, loy_in customers, loy_out cost) {
  loy_r0 r = {0};
  if (loy_same_length(&r.e, "customers", customers.n, price.n) && loy_same_length(&r.e, "cost", cost.n, price.n))
    loy_switching_costs(price.p, customers.p, price.n, cost.p, &r.e);
  return r;
}

static loy_rbatch constraint_from_switching_cost(loy_in cost, loy_in price, loy_out out, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  if (!loy_same_length(&e, "price", price.n, cost.n) || !loy_same_length(&e, "out", out.n, cost.n))
    return loy_batch_result(e, &report, coerce);
  for (size_t i = 0; i < cost.n; i++) {
    const bool good = cost.p[i] - cost.p[i] == 0.0; /* finite */
    out.p[i] = loy_constraint_from_switching_cost(cost.p[i], price.p[i]);
    if (out.p[i] == out.p[i] || report.bad++ > 0) continue;
    loy_refuse(&report.first, LOY_ERR_DOMAIN, good ? "price" : "cost", good ? "must be above 0 and finite" : "must be finite");
    report.first.index = i;
  }
  return loy_batch_result(e, &report, coerce);
}
%}
