/* jones_sasser-inl.h: body of jones_sasser.h. */
#ifndef LOYALTY_LADDER_JONES_SASSER_INL_H
#define LOYALTY_LADDER_JONES_SASSER_INL_H

#include "jones_sasser.h"
#include "two_by_two.h"

LOY_BEGIN_DECLS

LOYALTY_API void loy_jones_sasser_options_init(loy_jones_sasser_options *options) {
  if (!options) return;
  options->struct_size = sizeof *options;
  options->satisfied = 0.75;
  options->completely_satisfied = 1.0;
  options->dissatisfied = 0.25;
  options->loyal = 0.7;
  options->devoted = 0.9;
  options->lost = 0.3;
}

/* The cuts as the kernel takes them. */
typedef struct loyi_jones_sasser {
  loyi_axis satisfaction, loyalty;
  loyi_corners corners;
} loyi_jones_sasser;

LOYI_LOCAL loyi_jones_sasser loyi_jones_sasser_rule(const loy_jones_sasser_options *options) {
  loy_jones_sasser_options use;
  loy_jones_sasser_options_init(&use);
  if (options) use = *options;
  const loyi_jones_sasser rule = {{"satisfaction", LOYI_SHARE_MUST, 0.0, 1.0, use.satisfied},
                                  {"loyalty", LOYI_SHARE_MUST, 0.0, 1.0, use.loyal},
                                  {use.completely_satisfied, use.devoted, use.dissatisfied, use.lost}};
  return rule;
}

/* The corners must not overlap other cells, which the kernel relies on. */
LOYI_LOCAL const char *loyi_jones_sasser_bad(const loy_jones_sasser_options *options, const char **must) {
  *must = "must be above 0 and at most 1";
  if (!(options->satisfied > 0.0 && options->satisfied <= 1.0)) return "satisfied";
  *must = "must be from satisfied to 1";
  if (!(options->completely_satisfied >= options->satisfied && options->completely_satisfied <= 1.0))
    return "completely_satisfied";
  *must = "must be at least 0 and below satisfied";
  if (!(options->dissatisfied >= 0.0 && options->dissatisfied < options->satisfied)) return "dissatisfied";
  *must = "must be above 0 and at most 1";
  if (!(options->loyal > 0.0 && options->loyal <= 1.0)) return "loyal";
  *must = "must be from loyal to 1";
  if (!(options->devoted >= options->loyal && options->devoted <= 1.0)) return "devoted";
  *must = "must be at least 0 and below loyal";
  return options->lost >= 0.0 && options->lost < options->loyal ? NULL : "lost";
}

LOYI_LOCAL loy_status loyi_jones_sasser_check(const loy_jones_sasser_options *options, loy_error *error) {
  const char *must, *bad;
  if (!options) return LOY_OK;
  if (options->struct_size < sizeof *options)
    return loyi_report(error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX,
                       "must come from loy_jones_sasser_options_init");
  bad = loyi_jones_sasser_bad(options, &must);
  return bad ? loyi_report(error, LOY_ERR_DOMAIN, bad, LOY_NO_INDEX, must) : LOY_OK;
}

LOYALTY_API loy_status loy_jones_sasser(double satisfaction, double loyalty, const loy_jones_sasser_options *options,
                                        int *type, loy_error *error) {
  const loyi_jones_sasser rule = loyi_jones_sasser_rule(NULL);
  loy_status status = loyi_axis_check(satisfaction, &rule.satisfaction, LOY_NO_INDEX, error);
  if (status == LOY_OK) status = loyi_axis_check(loyalty, &rule.loyalty, LOY_NO_INDEX, error);
  if (status == LOY_OK) status = loyi_jones_sasser_check(options, error);
  if (status != LOY_OK) return status;
  if (!type) return loyi_report(error, LOY_ERR_ARGUMENT, "type", LOY_NO_INDEX, "must not be NULL");
  const loyi_jones_sasser use = loyi_jones_sasser_rule(options);
  *type = loyi_two_by_two(satisfaction, loyalty, &use.satisfaction, &use.loyalty, &use.corners);
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_jones_sasser_batch(const double *satisfaction, const double *loyalty, size_t n,
                                              const loy_jones_sasser_options *options, int8_t *type,
                                              loy_batch_report *report, loy_error *error) {
  const loyi_jones_sasser rule = loyi_jones_sasser_rule(NULL);
  loy_status status = loyi_two_columns(satisfaction, loyalty, n, &rule.satisfaction, &rule.loyalty, error);
  if (status == LOY_OK) status = loyi_jones_sasser_check(options, error);
  if (status != LOY_OK) return status;
  if (n > 0 && !type) return loyi_report(error, LOY_ERR_ARGUMENT, "type", LOY_NO_INDEX, "must not be NULL");
  const loyi_jones_sasser use = loyi_jones_sasser_rule(options);
  loyi_two_by_two_batch(satisfaction, loyalty, n, &use.satisfaction, &use.loyalty, &use.corners, type, report);
  return loyi_ok(error);
}

LOYALTY_API const char *loy_jones_sasser_name(int type) {
  switch (type) {
  case LOY_JONES_SASSER_TERRORIST: return "terrorist";
  case LOY_JONES_SASSER_DEFECTOR: return "defector";
  case LOY_JONES_SASSER_HOSTAGE: return "hostage";
  case LOY_JONES_SASSER_MERCENARY: return "mercenary";
  case LOY_JONES_SASSER_LOYALIST: return "loyalist";
  case LOY_JONES_SASSER_APOSTLE: return "apostle";
  default: return "unknown";
  }
}

LOYALTY_API const char *loy_jones_sasser_name_zh(int type) {
  switch (type) {
  case LOY_JONES_SASSER_TERRORIST: return "破坏者";
  case LOY_JONES_SASSER_DEFECTOR: return "背离者";
  case LOY_JONES_SASSER_HOSTAGE: return "囚禁者";
  case LOY_JONES_SASSER_MERCENARY: return "图利者";
  case LOY_JONES_SASSER_LOYALIST: return "忠诚者";
  case LOY_JONES_SASSER_APOSTLE: return "传道者";
  default: return "unknown";
  }
}

LOY_END_DECLS

#endif /* LOYALTY_LADDER_JONES_SASSER_INL_H */
