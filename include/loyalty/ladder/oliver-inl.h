/* oliver-inl.h: body of oliver.h. */
#ifndef LOYALTY_LADDER_OLIVER_INL_H
#define LOYALTY_LADDER_OLIVER_INL_H

#include "oliver.h"
#include "two_by_two.h"

LOY_BEGIN_DECLS

LOYI_LOCAL loy_status loyi_oliver_check(double cognitive, double affective, double conative, double action, size_t row,
                                        loy_error *error) {
  loy_status status = loyi_share_check(cognitive, "cognitive", row, error);
  if (status == LOY_OK) status = loyi_share_check(affective, "affective", row, error);
  if (status == LOY_OK) status = loyi_share_check(conative, "conative", row, error);
  if (status == LOY_OK) status = loyi_share_check(action, "action", row, error);
  return status;
}

LOYI_LOCAL loy_status loyi_oliver_columns(const double *cognitive, const double *affective, const double *conative,
                                          const double *action, size_t n, double passed_from, loy_error *error) {
  const char *null = NULL;
  if (n > 0 && !action) null = "action";
  if (n > 0 && !conative) null = "conative";
  if (n > 0 && !affective) null = "affective";
  if (n > 0 && !cognitive) null = "cognitive";
  if (null) return loyi_report(error, LOY_ERR_ARGUMENT, null, LOY_NO_INDEX, "must not be NULL");
  return loyi_cut_check(passed_from, 0.0, 1.0, "passed_from", LOYI_SHARE_MUST, error);
}

/* The rule. `reached` says that all phases so far are passed; a phase is lost in the dark when it is reached and its
 * score missing. Answers whether a row is bad. */
LOYI_CLONES LOYI_LOCAL int loyi_oliver_rows(const double *LOY_RESTRICT cognitive, const double *LOY_RESTRICT affective,
                                            const double *LOY_RESTRICT conative, const double *LOY_RESTRICT action,
                                            size_t n, double passed_from, int8_t *LOY_RESTRICT phase) {
  int64_t any = 0;
  for (size_t i = 0; i < n; i++) {
    const double a = cognitive[i], b = affective[i], c = conative[i], d = action[i];
    const int64_t bad = (a < 0.0) | (a > 1.0) | (b < 0.0) | (b > 1.0) | (c < 0.0) | (c > 1.0) | (d < 0.0) | (d > 1.0);
    const int64_t first = a >= passed_from, second = first & (b >= passed_from), third = second & (c >= passed_from);
    const int64_t fourth = third & (d >= passed_from);
    const int64_t dark = (a != a) | (first & (b != b)) | (second & (c != c)) | (third & (d != d));
    phase[i] = (int8_t)((first + second + third + fourth) | -(dark | bad));
    any |= bad;
  }
  return any != 0;
}

LOYALTY_API loy_status loy_oliver(double cognitive, double affective, double conative, double action,
                                  double passed_from, int *phase, loy_error *error) {
  int8_t found;
  loy_status status = loyi_oliver_check(cognitive, affective, conative, action, LOY_NO_INDEX, error);
  if (status == LOY_OK) status = loyi_cut_check(passed_from, 0.0, 1.0, "passed_from", LOYI_SHARE_MUST, error);
  if (status != LOY_OK) return status;
  if (!phase) return loyi_report(error, LOY_ERR_ARGUMENT, "phase", LOY_NO_INDEX, "must not be NULL");
  loyi_oliver_rows(&cognitive, &affective, &conative, &action, 1, passed_from, &found);
  *phase = found;
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_oliver_batch(const double *cognitive, const double *affective, const double *conative,
                                        const double *action, size_t n, double passed_from, int8_t *phase,
                                        loy_batch_report *report, loy_error *error) {
  const loy_status status = loyi_oliver_columns(cognitive, affective, conative, action, n, passed_from, error);
  int any;
  if (status != LOY_OK) return status;
  if (n > 0 && !phase) return loyi_report(error, LOY_ERR_ARGUMENT, "phase", LOY_NO_INDEX, "must not be NULL");
  any = loyi_oliver_rows(cognitive, affective, conative, action, n, passed_from, phase);
  loyi_batch_begin(report);
  for (size_t i = 0; any && i < n; i++) {
    loy_error bad;
    if (phase[i] < 0 && loyi_oliver_check(cognitive[i], affective[i], conative[i], action[i], i, &bad) != LOY_OK)
      loyi_batch_bad(report, i, &bad);
  }
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_oliver_reproducibility(const double *cognitive, const double *affective,
                                                  const double *conative, const double *action, size_t n,
                                                  double passed_from, loy_oliver_scale *result, loy_error *error) {
  loy_oliver_scale found = {0, 0, 0, 0.0};
  loy_status status = loyi_oliver_columns(cognitive, affective, conative, action, n, passed_from, error);
  if (status != LOY_OK) return status;
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  for (size_t i = 0; i < n; i++) {
    const double score[4] = {cognitive[i], affective[i], conative[i], action[i]};
    int passed = 0, missing = 0;
    status = loyi_oliver_check(score[0], score[1], score[2], score[3], i, error);
    if (status != LOY_OK) return status;
    for (int k = 0; k < 4; k++) {
      passed += score[k] >= passed_from;
      missing |= score[k] != score[k];
    }
    found.missing += missing;
    if (missing) continue;
    found.n++;
    for (int k = 0; k < 4; k++) found.errors += (score[k] >= passed_from) != (k < passed);
  }
  if (found.n == 0) return loyi_report(error, LOY_ERR_TOO_FEW, "cognitive", LOY_NO_INDEX, "no customer has all scores");
  found.reproducibility = (double)(4 * found.n - found.errors) / (double)(4 * found.n);
  *result = found;
  return loyi_ok(error);
}

LOYALTY_API const char *loy_oliver_name(int phase) {
  switch (phase) {
  case LOY_OLIVER_NONE: return "none";
  case LOY_OLIVER_COGNITIVE: return "cognitive";
  case LOY_OLIVER_AFFECTIVE: return "affective";
  case LOY_OLIVER_CONATIVE: return "conative";
  case LOY_OLIVER_ACTION: return "action";
  default: return "unknown";
  }
}

LOYALTY_API const char *loy_oliver_name_zh(int phase) {
  switch (phase) {
  case LOY_OLIVER_NONE: return "无";
  case LOY_OLIVER_COGNITIVE: return "认知忠诚";
  case LOY_OLIVER_AFFECTIVE: return "情感忠诚";
  case LOY_OLIVER_CONATIVE: return "意向忠诚";
  case LOY_OLIVER_ACTION: return "行为忠诚";
  default: return "unknown";
  }
}

LOY_END_DECLS

#endif /* LOYALTY_LADDER_OLIVER_INL_H */
