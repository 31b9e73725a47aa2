/* model_case.h: for fuzz targets of functions that take any loy_model: one of bytes, with its covariance. */
#ifndef LOYALTY_TESTS_FUZZ_MODEL_CASE_H
#define LOYALTY_TESTS_FUZZ_MODEL_CASE_H

#include "btyd_rows.h"
#include "loyalty/btyd/model_file.h"

/* Kinds of the parameters of a loy_model_kind (btyd_rows.h). */
static const char *model_kinds(int kind) {
  static const char *const kinds[11] = {"sqss", "ssq", "sqss", "sqsq",  "sq",   "sqqsq",
                                        "ss",   "sss", "ssss", "sqssk", "sqssk"};
  return kinds[kind - 1];
}

/* The covariance of parameters whose logarithms are sums of `factors` normal variables: of less than full rank for few,
 * so that rounding may leave a variance slightly below 0. */
static void take_covariance(input *in, size_t n, loy_model *model) {
  const size_t factors = 1 + take(in) % n;
  double load[LOY_MODEL_PARAMETERS_MOST * LOY_MODEL_PARAMETERS_MOST], *c = model->covariance;
  const double scale = ldexp(1.0, (int)(take(in) % 64) - 48);
  for (size_t i = 0; i < n * factors; i++) load[i] = take_number(in, -1.0, 1.0);
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < n; j++) {
      double sum = 0.0;
      for (size_t f = 0; f < factors; f++) sum += load[i * factors + f] * load[j * factors + f];
      c[i * n + j] = sum * scale * model->parameters[i] * model->parameters[j];
    }
}

/* Stages are not varied. */
static void fix_stages(loy_model *model, size_t n) {
  const char *kinds = model_kinds(model->kind);
  for (size_t i = 0; i < n; i++)
    for (size_t at = 0; kinds[i] == 'k' && at < n; at++)
      model->covariance[at * n + i] = model->covariance[i * n + at] = 0.0;
}

/* A model of a kind from `first` to `last`. Of some a parameter is at its bound; of hostile inputs some covariances are
 * none. */
static void take_model(input *in, int first, int last, loy_model *model) {
  const int kind = first + (int)(take(in) % (unsigned)(last - first + 1));
  const size_t n = loy_model_parameter_count(kind);
  const unsigned choice = take(in);
  loy_model_init(model, kind);
  take_params(in, model_kinds(kind), model->parameters);
  model->has_covariance = 1;
  take_covariance(in, n, model);
  if (choice % 8 == 0)
    for (size_t i = 0, at = take(in) % n; i < n; i++)
      model->covariance[at * n + i] = model->covariance[i * n + at] = (double)NAN;
  fix_stages(model, n);
  if (!in->hostile) return;
  if (choice / 8 % 4 == 0)
    for (size_t i = 0; i < n * n; i++) model->covariance[i] = take_raw(in);
  if (choice / 32 == 0) model->has_covariance = 0;
  if (choice / 32 == 1) model->kind = take_choice(in, LOY_MODEL_MBGCNBD + 3) - 1;
  if (model->kind > last) model->kind += 90; /* no kind */
}

/* Histories of whole periods, as those of BG/BB are. */
static inline void to_periods(size_t n, double *x, double *t_x, double *T) {
  for (size_t i = 0; i < n; i++) {
    T[i] = floor(fmin(T[i], 1000.0));
    t_x[i] = fmin(floor(t_x[i]), T[i]);
    x[i] = fmin(x[i], t_x[i]);
    if (!(x[i] > 0.0)) t_x[i] = 0.0;
  }
}

#endif /* LOYALTY_TESTS_FUZZ_MODEL_CASE_H */
