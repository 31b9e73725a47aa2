/* stage-inl.h: body of stage.h. */
#ifndef LOYALTY_LADDER_STAGE_INL_H
#define LOYALTY_LADDER_STAGE_INL_H

#include "stage.h"

#include <math.h>

LOY_BEGIN_DECLS

LOYALTY_API void loy_stage_options_init(loy_stage_options *options) {
  if (!options) return;
  options->struct_size = sizeof *options;
  options->window = 365.0;
  options->r_max = 182.0;
  options->r_churn = 365.0;
  options->n_loyal = 3.0;
  options->share_from = 0.5;
  options->advocate_from = 9.0;
}

LOYALTY_API void loy_stage_customer_init(loy_stage_customer *customer) {
  if (!customer) return;
  customer->purchases = (double)NAN;
  customer->recency_days = (double)NAN;
  customer->share = (double)NAN;
  customer->rank = (double)NAN;
  customer->aware = (double)NAN;
  customer->considered = (double)NAN;
  customer->recommendation = (double)NAN;
  customer->previous_stage = (double)NAN;
}

LOYI_LOCAL loy_status loyi_stage_bad(loy_error *error, const char *member, const char *message) {
  return loyi_report(error, LOY_ERR_DOMAIN, member, LOY_NO_INDEX, message);
}

LOYI_LOCAL loy_status loyi_stage_check_options(const loy_stage_options *options, loy_error *error) {
  if (options->struct_size < sizeof *options)
    return loyi_report(error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX, "must come from loy_stage_options_init");
  if (!(options->window > 0.0 && isfinite(options->window)))
    return loyi_stage_bad(error, "window", "must be above 0 and finite");
  if (!(options->r_max >= 0.0 && isfinite(options->r_max)))
    return loyi_stage_bad(error, "r_max", "must be at least 0 and finite");
  if (!(options->r_churn >= options->r_max && isfinite(options->r_churn)))
    return loyi_stage_bad(error, "r_churn", "must be at least r_max and finite");
  if (!(options->n_loyal >= 1.0 && isfinite(options->n_loyal)))
    return loyi_stage_bad(error, "n_loyal", "must be at least 1 and finite");
  if (!(options->share_from > 0.0 && options->share_from <= 1.0))
    return loyi_stage_bad(error, "share_from", "must be above 0 and at most 1");
  if (!(options->advocate_from >= 0.0 && options->advocate_from <= 10.0))
    return loyi_stage_bad(error, "advocate_from", "must be from 0 to 10");
  return LOY_OK;
}

/* Nonzero when x is known and not from low to high. */
LOYI_LOCAL int loyi_stage_outside(double x, double low, double high) { return x < low || x > high; }

/* Nonzero when x is known and neither 0 nor 1. */
LOYI_LOCAL int loyi_stage_not_flag(double x) { return !(x != x || x == 0.0 || x == 1.0); }

LOYI_LOCAL loy_status loyi_stage_check_customer(const loy_stage_customer *customer, loy_error *error) {
  const double largest = 0x1.fffffffffffffp1023;
  if (loyi_stage_outside(customer->purchases, 0.0, largest))
    return loyi_stage_bad(error, "purchases", "must be at least 0 and finite");
  if (loyi_stage_outside(customer->recency_days, 0.0, largest))
    return loyi_stage_bad(error, "recency_days", "must be at least 0 and finite");
  if (loyi_stage_outside(customer->share, 0.0, 1.0)) return loyi_stage_bad(error, "share", "must be from 0 to 1");
  if (loyi_stage_outside(customer->rank, 1.0, largest))
    return loyi_stage_bad(error, "rank", "must be at least 1 and finite");
  if (loyi_stage_not_flag(customer->aware)) return loyi_stage_bad(error, "aware", "must be 0 or 1");
  if (loyi_stage_not_flag(customer->considered)) return loyi_stage_bad(error, "considered", "must be 0 or 1");
  if (loyi_stage_outside(customer->recommendation, 0.0, 10.0))
    return loyi_stage_bad(error, "recommendation", "must be from 0 to 10");
  if (loyi_stage_outside(customer->previous_stage, 0.0, LOY_STAGES - 1) ||
      (customer->previous_stage == customer->previous_stage &&
       floor(customer->previous_stage) != customer->previous_stage))
    return loyi_stage_bad(error, "previous_stage", "must be the number of a stage");
  return LOY_OK;
}

/* The rule. Comparisons with NaN are false, so what is not known counts as "no". */
LOYI_LOCAL int loyi_stage_rule(const loy_stage_customer *customer, const loy_stage_options *options) {
  const int first_choice = customer->rank == 1.0 || customer->share >= options->share_from;
  if (customer->previous_stage >= (double)LOY_STAGE_PREFER && customer->recency_days > options->r_churn)
    return LOY_STAGE_CHURN;
  if (first_choice && customer->purchases >= options->n_loyal && customer->recency_days <= options->r_max)
    return LOY_STAGE_LOYAL;
  if (first_choice) return LOY_STAGE_PREFER;
  if (customer->considered == 1.0 || customer->purchases >= 1.0) return LOY_STAGE_CONSIDER;
  return customer->aware == 1.0 ? LOY_STAGE_AWARE : LOY_STAGE_UNAWARE;
}

LOYI_LOCAL int loyi_stage_advocate(const loy_stage_customer *customer, const loy_stage_options *options, int stage) {
  return stage == LOY_STAGE_LOYAL && customer->recommendation >= options->advocate_from;
}

LOYALTY_API loy_status loy_stage_assign(const loy_stage_customer *customer, const loy_stage_options *options,
                                        int *stage, int *advocate, loy_error *error) {
  loy_stage_options use;
  loy_status status;
  int found;
  loy_stage_options_init(&use);
  if (!customer) return loyi_report(error, LOY_ERR_ARGUMENT, "customer", LOY_NO_INDEX, "must not be NULL");
  status = loyi_stage_check_customer(customer, error);
  if (status != LOY_OK) return status;
  if (options) {
    status = loyi_stage_check_options(options, error);
    if (status != LOY_OK) return status;
    use = *options;
  }
  if (!stage) return loyi_report(error, LOY_ERR_ARGUMENT, "stage", LOY_NO_INDEX, "must not be NULL");
  found = loyi_stage_rule(customer, &use);
  *stage = found;
  if (advocate) *advocate = loyi_stage_advocate(customer, &use, found);
  return loyi_ok(error);
}

/* Bit of an input or of a stage. */
LOYI_LOCAL uint32_t loyi_stage_bit(int number) { return (uint32_t)1 << number; }

LOYI_LOCAL uint32_t loyi_stage_missing(const loy_stage_columns *columns) {
  uint32_t mask = 0;
  if (!columns->purchases) mask |= loyi_stage_bit(LOY_STAGE_INPUT_PURCHASES);
  if (!columns->recency_days) mask |= loyi_stage_bit(LOY_STAGE_INPUT_RECENCY_DAYS);
  if (!columns->share) mask |= loyi_stage_bit(LOY_STAGE_INPUT_SHARE);
  if (!columns->rank) mask |= loyi_stage_bit(LOY_STAGE_INPUT_RANK);
  if (!columns->aware) mask |= loyi_stage_bit(LOY_STAGE_INPUT_AWARE);
  if (!columns->considered) mask |= loyi_stage_bit(LOY_STAGE_INPUT_CONSIDERED);
  if (!columns->recommendation) mask |= loyi_stage_bit(LOY_STAGE_INPUT_RECOMMENDATION);
  if (!columns->previous_stage) mask |= loyi_stage_bit(LOY_STAGE_INPUT_PREVIOUS_STAGE);
  return mask;
}

LOYI_LOCAL uint32_t loyi_stage_unreachable(const loy_stage_columns *columns) {
  uint32_t mask = 0;
  const int first_choice = columns->share || columns->rank;
  if (!columns->aware) mask |= loyi_stage_bit(LOY_STAGE_AWARE);
  if (!columns->considered && !columns->purchases) mask |= loyi_stage_bit(LOY_STAGE_CONSIDER);
  if (!first_choice) mask |= loyi_stage_bit(LOY_STAGE_PREFER);
  if (!first_choice || !columns->purchases || !columns->recency_days) mask |= loyi_stage_bit(LOY_STAGE_LOYAL);
  if (!columns->previous_stage || !columns->recency_days) mask |= loyi_stage_bit(LOY_STAGE_CHURN);
  return mask;
}

LOYI_LOCAL double loyi_stage_value(const double *column, size_t row) { return column ? column[row] : (double)NAN; }

LOYI_LOCAL loy_stage_customer loyi_stage_row(const loy_stage_columns *columns, size_t row) {
  loy_stage_customer customer;
  customer.purchases = loyi_stage_value(columns->purchases, row);
  customer.recency_days = loyi_stage_value(columns->recency_days, row);
  customer.share = loyi_stage_value(columns->share, row);
  customer.rank = loyi_stage_value(columns->rank, row);
  customer.aware = loyi_stage_value(columns->aware, row);
  customer.considered = loyi_stage_value(columns->considered, row);
  customer.recommendation = loyi_stage_value(columns->recommendation, row);
  customer.previous_stage = loyi_stage_value(columns->previous_stage, row);
  return customer;
}

LOYI_LOCAL void loyi_stage_count_unknown(const loy_stage_customer *customer, size_t *unknown) {
  unknown[LOY_STAGE_INPUT_PURCHASES] += customer->purchases != customer->purchases;
  unknown[LOY_STAGE_INPUT_RECENCY_DAYS] += customer->recency_days != customer->recency_days;
  unknown[LOY_STAGE_INPUT_SHARE] += customer->share != customer->share;
  unknown[LOY_STAGE_INPUT_RANK] += customer->rank != customer->rank;
  unknown[LOY_STAGE_INPUT_AWARE] += customer->aware != customer->aware;
  unknown[LOY_STAGE_INPUT_CONSIDERED] += customer->considered != customer->considered;
  unknown[LOY_STAGE_INPUT_RECOMMENDATION] += customer->recommendation != customer->recommendation;
  unknown[LOY_STAGE_INPUT_PREVIOUS_STAGE] += customer->previous_stage != customer->previous_stage;
}

LOYALTY_API loy_status loy_stage_assign_batch(const loy_stage_columns *columns, size_t n,
                                              const loy_stage_options *options, int32_t *stage, uint8_t *advocate,
                                              loy_stage_summary *summary, loy_batch_report *report, loy_error *error) {
  loy_stage_options use;
  loy_stage_columns in;
  loy_stage_summary found = {{0}, 0, {0}, 0, 0};
  loy_stage_options_init(&use);
  if (!columns) return loyi_report(error, LOY_ERR_ARGUMENT, "columns", LOY_NO_INDEX, "must not be NULL");
  if (options) {
    const loy_status status = loyi_stage_check_options(options, error);
    if (status != LOY_OK) return status;
    use = *options;
  }
  if (!stage && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "stage", LOY_NO_INDEX, "must not be NULL");
  in = *columns;
  found.missing = loyi_stage_missing(&in);
  found.unreachable = loyi_stage_unreachable(&in);
  loyi_batch_begin(report);
  for (size_t i = 0; i < n; i++) {
    const loy_stage_customer customer = loyi_stage_row(&in, i);
    loy_error bad;
    int here = -1, flag = 0;
    if (loyi_stage_check_customer(&customer, &bad) == LOY_OK) {
      here = loyi_stage_rule(&customer, &use);
      flag = loyi_stage_advocate(&customer, &use, here);
      found.count[here]++;
      found.advocates += (size_t)flag;
    } else {
      loyi_batch_bad(report, i, &bad);
    }
    loyi_stage_count_unknown(&customer, found.unknown);
    stage[i] = here;
    if (advocate) advocate[i] = (uint8_t)flag;
  }
  if (summary) *summary = found;
  if (found.unreachable)
    return loyi_report(error, LOY_NOTICE_INCOMPLETE, "columns", LOY_NO_INDEX, "lack what some stages need");
  return loyi_ok(error);
}

LOYALTY_API const char *loy_stage_name(int stage) {
  switch (stage) {
  case LOY_STAGE_UNAWARE: return "unaware";
  case LOY_STAGE_AWARE: return "aware";
  case LOY_STAGE_CONSIDER: return "consider";
  case LOY_STAGE_PREFER: return "prefer";
  case LOY_STAGE_LOYAL: return "loyal";
  case LOY_STAGE_CHURN: return "churn";
  default: return "unknown";
  }
}

LOYALTY_API const char *loy_stage_name_zh(int stage) {
  switch (stage) {
  case LOY_STAGE_UNAWARE: return "未接触";
  case LOY_STAGE_AWARE: return "意识";
  case LOY_STAGE_CONSIDER: return "考虑";
  case LOY_STAGE_PREFER: return "偏爱";
  case LOY_STAGE_LOYAL: return "忠诚";
  case LOY_STAGE_CHURN: return "流失";
  default: return "unknown";
  }
}

LOYALTY_API const char *loy_classic_stage_name(int stage) {
  static const char *const names[LOY_CLASSIC_STAGES] = {"suspect",   "prospect", "customer", "client",
                                                        "supporter", "advocate", "partner"};
  return stage >= 0 && stage < LOY_CLASSIC_STAGES ? names[stage] : "unknown";
}

LOYALTY_API const char *loy_classic_stage_name_zh(int stage) {
  static const char *const names[LOY_CLASSIC_STAGES] = {"可能顾客", "潜在顾客", "顾客",    "常客",
                                                        "支持者",   "拥护者",   "合作伙伴"};
  return stage >= 0 && stage < LOY_CLASSIC_STAGES ? names[stage] : "unknown";
}

LOYALTY_API const char *loy_stage_input_name(int input) {
  switch (input) {
  case LOY_STAGE_INPUT_PURCHASES: return "purchases";
  case LOY_STAGE_INPUT_RECENCY_DAYS: return "recency_days";
  case LOY_STAGE_INPUT_SHARE: return "share";
  case LOY_STAGE_INPUT_RANK: return "rank";
  case LOY_STAGE_INPUT_AWARE: return "aware";
  case LOY_STAGE_INPUT_CONSIDERED: return "considered";
  case LOY_STAGE_INPUT_RECOMMENDATION: return "recommendation";
  case LOY_STAGE_INPUT_PREVIOUS_STAGE: return "previous_stage";
  default: return "unknown";
  }
}

LOY_END_DECLS

#endif /* LOYALTY_LADDER_STAGE_INL_H */
