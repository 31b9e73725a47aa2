/* motive-inl.h: body of motive.h. */
#ifndef LOYALTY_LADDER_MOTIVE_INL_H
#define LOYALTY_LADDER_MOTIVE_INL_H

#include "motive.h"
#include "two_by_two.h"

LOY_BEGIN_DECLS

LOYALTY_API void loy_motive_options_init(loy_motive_options *options) {
  if (!options) return;
  options->struct_size = sizeof *options;
  options->incentive_from = 0.5;
  options->patronage_from = 0.5;
  options->relative_above = 0.0;
}

LOYI_LOCAL loy_motive_options loyi_motive_use(const loy_motive_options *options) {
  loy_motive_options use;
  loy_motive_options_init(&use);
  if (options) use = *options;
  return use;
}

LOYI_LOCAL loy_status loyi_motive_check_options(const loy_motive_options *options, loy_error *error) {
  loy_status status;
  if (!options) return LOY_OK;
  if (options->struct_size < sizeof *options)
    return loyi_report(error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX, "must come from loy_motive_options_init");
  status = loyi_cut_check(options->incentive_from, 0.0, 1.0, "incentive_from", LOYI_SHARE_MUST, error);
  if (status == LOY_OK)
    status = loyi_cut_check(options->patronage_from, 0.0, 1.0, "patronage_from", LOYI_SHARE_MUST, error);
  if (status == LOY_OK)
    status = loyi_cut_check(options->relative_above, -1.0, 1.0, "relative_above", "must be from -1 to 1", error);
  return status;
}

LOYI_LOCAL loy_status loyi_motive_check(double kinship, double incentive_share, double patronage,
                                        double relative_attitude, size_t row, loy_error *error) {
  loy_status status;
  if (!(kinship != kinship || kinship == 0.0 || kinship == 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "kinship", row, "must be 0 or 1");
  status = loyi_share_check(incentive_share, "incentive_share", row, error);
  if (status == LOY_OK) status = loyi_share_check(patronage, "patronage", row, error);
  if (status == LOY_OK && (relative_attitude < -1.0 || relative_attitude > 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "relative_attitude", row, "must be from -1 to 1");
  return status;
}

/* The rule, with comparisons that are false for what is missing; of the five answers one at most is 1. Answers whether
 * a row is bad. */
LOYI_CLONES LOYI_LOCAL int loyi_motive_rows(const double *LOY_RESTRICT kinship, const double *LOY_RESTRICT incentive,
                                            const double *LOY_RESTRICT patronage, const double *LOY_RESTRICT relative,
                                            size_t n, loy_motive_options use, int8_t *LOY_RESTRICT motive) {
  int64_t any = 0;
  for (size_t i = 0; i < n; i++) {
    const double kin = kinship[i], share = incentive[i], repeat = patronage[i], liking = relative[i];
    const int64_t bad = (share < 0.0) | (share > 1.0) | (repeat < 0.0) | (repeat > 1.0) | (liking < -1.0) |
                        (liking > 1.0) | ((kin != 0.0) & (kin != 1.0) & (kin == kin));
    const int64_t tied = kin == 1.0, bribed = (kin == 0.0) & (share >= use.incentive_from);
    const int64_t neither = (kin == 0.0) & (share < use.incentive_from);
    const int64_t inert = neither & (repeat >= use.patronage_from) & (liking <= use.relative_above);
    const int64_t none = neither & ((repeat < use.patronage_from) | (liking > use.relative_above));
    const int64_t unknown = bad | ((tied | bribed | inert | none) ^ 1);
    motive[i] = (int8_t)((tied + 2 * bribed + 3 * inert) | -unknown);
    any |= bad;
  }
  return any != 0;
}

LOYALTY_API loy_status loy_motive(double kinship, double incentive_share, double patronage, double relative_attitude,
                                  const loy_motive_options *options, int *motive, loy_error *error) {
  int8_t found;
  loy_status status = loyi_motive_check(kinship, incentive_share, patronage, relative_attitude, LOY_NO_INDEX, error);
  if (status == LOY_OK) status = loyi_motive_check_options(options, error);
  if (status != LOY_OK) return status;
  if (!motive) return loyi_report(error, LOY_ERR_ARGUMENT, "motive", LOY_NO_INDEX, "must not be NULL");
  loyi_motive_rows(&kinship, &incentive_share, &patronage, &relative_attitude, 1, loyi_motive_use(options), &found);
  *motive = found;
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_motive_batch(const double *kinship, const double *incentive_share, const double *patronage,
                                        const double *relative_attitude, size_t n, const loy_motive_options *options,
                                        int8_t *motive, loy_batch_report *report, loy_error *error) {
  const char *null = NULL;
  loy_status status;
  int any;
  if (n > 0 && !relative_attitude) null = "relative_attitude";
  if (n > 0 && !patronage) null = "patronage";
  if (n > 0 && !incentive_share) null = "incentive_share";
  if (n > 0 && !kinship) null = "kinship";
  if (null) return loyi_report(error, LOY_ERR_ARGUMENT, null, LOY_NO_INDEX, "must not be NULL");
  status = loyi_motive_check_options(options, error);
  if (status != LOY_OK) return status;
  if (n > 0 && !motive) return loyi_report(error, LOY_ERR_ARGUMENT, "motive", LOY_NO_INDEX, "must not be NULL");
  any = loyi_motive_rows(kinship, incentive_share, patronage, relative_attitude, n, loyi_motive_use(options), motive);
  loyi_batch_begin(report);
  for (size_t i = 0; any && i < n; i++) {
    loy_error bad;
    if (motive[i] < 0 &&
        loyi_motive_check(kinship[i], incentive_share[i], patronage[i], relative_attitude[i], i, &bad) != LOY_OK)
      loyi_batch_bad(report, i, &bad);
  }
  return loyi_ok(error);
}

LOYALTY_API const char *loy_motive_name(int motive) {
  switch (motive) {
  case LOY_MOTIVE_NONE: return "none";
  case LOY_MOTIVE_KINSHIP: return "kinship";
  case LOY_MOTIVE_INCENTIVE: return "incentive";
  case LOY_MOTIVE_INERTIA: return "inertia";
  case LOY_MOTIVE_TRUST: return "trust";
  case LOY_MOTIVE_LATENT: return "latent";
  case LOY_MOTIVE_MONOPOLY: return "monopoly";
  case LOY_MOTIVE_PRICE: return "price";
  case LOY_MOTIVE_CONVENIENCE: return "convenience";
  default: return "unknown";
  }
}

LOYALTY_API const char *loy_motive_name_zh(int motive) {
  switch (motive) {
  case LOY_MOTIVE_NONE: return "无";
  case LOY_MOTIVE_KINSHIP: return "亲缘忠诚";
  case LOY_MOTIVE_INCENTIVE: return "利益忠诚";
  case LOY_MOTIVE_INERTIA: return "惰性忠诚";
  case LOY_MOTIVE_TRUST: return "信赖忠诚";
  case LOY_MOTIVE_LATENT: return "潜在忠诚";
  case LOY_MOTIVE_MONOPOLY: return "垄断忠诚";
  case LOY_MOTIVE_PRICE: return "价格忠诚";
  case LOY_MOTIVE_CONVENIENCE: return "方便忠诚";
  default: return "unknown";
  }
}

LOY_END_DECLS

#endif /* LOYALTY_LADDER_MOTIVE_INL_H */
