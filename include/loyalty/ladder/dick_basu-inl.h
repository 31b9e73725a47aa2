/* dick_basu-inl.h: body of dick_basu.h. */
#ifndef LOYALTY_LADDER_DICK_BASU_INL_H
#define LOYALTY_LADDER_DICK_BASU_INL_H

#include "dick_basu.h"
#include "two_by_two.h"

#include <math.h>

LOY_BEGIN_DECLS

LOYALTY_API void loy_dick_basu_options_init(loy_dick_basu_options *options) {
  if (!options) return;
  options->struct_size = sizeof *options;
  options->relative_above = 0.0;
  options->attitude_from = 0.5;
  options->patronage_from = 0.5;
}

LOYI_LOCAL loy_dick_basu_options loyi_dick_basu_use(const loy_dick_basu_options *options) {
  loy_dick_basu_options use;
  loy_dick_basu_options_init(&use);
  if (options) use = *options;
  return use;
}

LOYI_LOCAL loy_status loyi_dick_basu_check_options(const loy_dick_basu_options *options, loy_error *error) {
  loy_status status;
  if (!options) return LOY_OK;
  if (options->struct_size < sizeof *options)
    return loyi_report(error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX, "must come from loy_dick_basu_options_init");
  status = loyi_cut_check(options->relative_above, -1.0, 1.0, "relative_above", "must be from -1 to 1", error);
  if (status == LOY_OK)
    status = loyi_cut_check(options->attitude_from, 0.0, 1.0, "attitude_from", LOYI_SHARE_MUST, error);
  if (status == LOY_OK)
    status = loyi_cut_check(options->patronage_from, 0.0, 1.0, "patronage_from", LOYI_SHARE_MUST, error);
  return status;
}

LOYI_LOCAL loy_status loyi_dick_basu_check(double attitude, double rival, double patronage, size_t row,
                                           loy_error *error) {
  loy_status status = loyi_share_check(attitude, "attitude", row, error);
  if (status == LOY_OK) status = loyi_share_check(rival, "rival", row, error);
  if (status == LOY_OK) status = loyi_share_check(patronage, "patronage", row, error);
  return status;
}

/* The rule, -1 for what is missing or bad; see two_by_two-inl.h. Answers whether a row is bad. */
LOYI_CLONES LOYI_LOCAL int loyi_dick_basu_rows(const double *LOY_RESTRICT attitude, const double *LOY_RESTRICT rival,
                                               const double *LOY_RESTRICT patronage, size_t n, int with_rival,
                                               loy_dick_basu_options use, int8_t *LOY_RESTRICT type) {
  int64_t any = 0;
  for (size_t i = 0; i < n; i++) {
    const double own = attitude[i], best = with_rival ? rival[i] : (double)NAN, repeat = patronage[i];
    const int64_t bad = (own < 0.0) | (own > 1.0) | (best < 0.0) | (best > 1.0) | (repeat < 0.0) | (repeat > 1.0);
    const int64_t unknown = bad | (own != own) | (repeat != repeat);
    const int64_t liked = ((best != best) & (own >= use.attitude_from)) | (own - best > use.relative_above);
    const int64_t buys = repeat >= use.patronage_from;
    type[i] = (int8_t)((2 * liked + buys) | -unknown);
    any |= bad;
  }
  return any != 0;
}

LOYALTY_API loy_status loy_dick_basu(double attitude, double rival, double patronage,
                                     const loy_dick_basu_options *options, int *type, loy_error *error) {
  int8_t found;
  loy_status status = loyi_dick_basu_check(attitude, rival, patronage, LOY_NO_INDEX, error);
  if (status == LOY_OK) status = loyi_dick_basu_check_options(options, error);
  if (status != LOY_OK) return status;
  if (!type) return loyi_report(error, LOY_ERR_ARGUMENT, "type", LOY_NO_INDEX, "must not be NULL");
  loyi_dick_basu_rows(&attitude, &rival, &patronage, 1, 1, loyi_dick_basu_use(options), &found);
  *type = found;
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_dick_basu_batch(const double *attitude, const double *rival, const double *patronage,
                                           size_t n, const loy_dick_basu_options *options, int8_t *type,
                                           loy_batch_report *report, loy_error *error) {
  loy_status status;
  int any;
  if (n > 0 && !attitude) return loyi_report(error, LOY_ERR_ARGUMENT, "attitude", LOY_NO_INDEX, "must not be NULL");
  if (n > 0 && !patronage) return loyi_report(error, LOY_ERR_ARGUMENT, "patronage", LOY_NO_INDEX, "must not be NULL");
  status = loyi_dick_basu_check_options(options, error);
  if (status != LOY_OK) return status;
  if (n > 0 && !type) return loyi_report(error, LOY_ERR_ARGUMENT, "type", LOY_NO_INDEX, "must not be NULL");
  any = loyi_dick_basu_rows(attitude, rival, patronage, n, rival != NULL, loyi_dick_basu_use(options), type);
  loyi_batch_begin(report);
  for (size_t i = 0; any && i < n; i++) {
    loy_error bad;
    if (type[i] < 0 &&
        loyi_dick_basu_check(attitude[i], rival ? rival[i] : (double)NAN, patronage[i], i, &bad) != LOY_OK)
      loyi_batch_bad(report, i, &bad);
  }
  return loyi_ok(error);
}

LOYALTY_API const char *loy_dick_basu_name(int type) {
  switch (type) {
  case LOY_DICK_BASU_NONE: return "none";
  case LOY_DICK_BASU_SPURIOUS: return "spurious";
  case LOY_DICK_BASU_LATENT: return "latent";
  case LOY_DICK_BASU_TRUE: return "true";
  default: return "unknown";
  }
}

LOYALTY_API const char *loy_dick_basu_name_zh(int type) {
  switch (type) {
  case LOY_DICK_BASU_NONE: return "无忠诚";
  case LOY_DICK_BASU_SPURIOUS: return "惯性型忠诚";
  case LOY_DICK_BASU_LATENT: return "潜在忠诚";
  case LOY_DICK_BASU_TRUE: return "真正忠诚";
  default: return "unknown";
  }
}

LOY_END_DECLS

#endif /* LOYALTY_LADDER_DICK_BASU_INL_H */
