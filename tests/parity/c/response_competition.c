/* response_competition.c: scales, competition and constraints over columns in the parity cases. */
#include "parity.h"

/* The arguments and the outcome of a closed formula over a column; each row without a number is bad. */
typedef double (*formula)(const void *with, double x);
static void map(parity_case *c, formula f, const void *with, const char *argument) {
  size_t n, m;
  const double *x = parity_column(c, &n);
  double *out = parity_out(c, &m);
  const bool coerce = parity_bool(c);
  loy_batch_report report = {0};
  const loy_error none = {LOY_OK, NULL, LOY_NO_INDEX, NULL};
  if (parity_lengths(c, "out", m, n)) return;
  for (size_t i = 0; i < n; i++) {
    out[i] = f(with, x[i]);
    if (out[i] != out[i]) parity_bad_row(&report, i, LOY_ERR_DOMAIN, argument);
  }
  parity_batch(c, &none, &report, coerce);
}

static double alternatives_of(const void *with, double x) {
  (void)with;
  return loy_competition_from_alternatives(x);
}
static double clip_of(const void *with, double x) {
  (void)with;
  return loy_competition_clip(x);
}
static double choice_of(const void *with, double x) { return loy_competition_from_rating(x, *(const double *)with); }
static double rating_of(const void *with, double x) { return loy_scale_rating((const loy_scale *)with, x); }

static void competition_from_alternatives(parity_case *c) { map(c, alternatives_of, NULL, "alternatives"); }
static void competition_clip(parity_case *c) { map(c, clip_of, NULL, "index"); }

static void competition_from_rating(parity_case *c) {
  const double categories = parity_double(c);
  const loy_error bad = {LOY_ERR_DOMAIN, "categories", LOY_NO_INDEX, NULL};
  const double first = loy_competition_from_rating(1.0, categories);
  if (first != first && parity_failed(c, &bad)) return;
  map(c, choice_of, &categories, "rating");
}

static void scale_rating(parity_case *c) {
  loy_scale scale;
  loy_error e;
  scale.lowest = parity_double(c);
  scale.highest = parity_double(c);
  scale.padding = parity_double(c);
  loy_scale_check(&scale, scale.lowest, &e);
  if (parity_failed(c, &e)) return;
  map(c, rating_of, &scale, "satisfaction");
}

static void constraint_from_switching_cost(parity_case *c) {
  size_t n, m;
  const double *cost = parity_column(c, &n), *price = parity_column(c, &m);
  double *out;
  loy_batch_report report = {0};
  const loy_error none = {LOY_OK, NULL, LOY_NO_INDEX, NULL};
  if (parity_lengths(c, "price", m, n)) return;
  out = parity_out(c, &m);
  if (parity_lengths(c, "out", m, n)) return;
  for (size_t i = 0; i < n; i++) {
    out[i] = loy_constraint_from_switching_cost(cost[i], price[i]);
    if (out[i] != out[i]) parity_bad_row(&report, i, LOY_ERR_DOMAIN, cost[i] - cost[i] == 0.0 ? "price" : "cost");
  }
  parity_batch(c, &none, &report, parity_bool(c));
}

PARITY(response_competition) {
  CASE(competition_from_alternatives);
  CASE(competition_from_rating);
  CASE(competition_clip);
  CASE(scale_rating);
  CASE(constraint_from_switching_cost);
}
