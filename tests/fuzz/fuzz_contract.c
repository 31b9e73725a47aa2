/* fuzz_contract.c: the models of contracts: what survival, churn and sums are to each other, survivors as rows, the
 * likelihood, draws, and fits that are watched, penalised, and short of memory. */
#include "fuzz_input.h"
#include "loyalty/btyd/bdw_fit.h"
#include "loyalty/btyd/prediction_interval.h"
#include "loyalty/btyd/sbg_fit.h"
#include "loyalty/btyd/survivors.h"

enum { MOST = 24 };

/* A shape: mostly an ordinary one, now and then at an end of the range. */
static double take_shape(input *in) {
  const unsigned byte = take(in);
  if (in->hostile && byte >= 232) return take_odd(in, 1e-10, 1e10);
  if (byte < 16) return byte < 8 ? 1e-10 : 1e10;
  if (byte < 96) return ldexp(1.0 + take(in) / 256.0, (int)(take(in) % 66) - 33);
  return (byte - 95) / (double)(1 + take(in) % 32);
}

/* A period from `least` on, mostly small. */
static double take_period(input *in, int least) {
  const unsigned byte = take(in);
  if (in->hostile && byte >= 232) return take_odd(in, least, 0x1p51);
  if (byte >= 220) return floor(ldexp(1.0 + take(in) / 256.0, (int)(take(in) % 51)));
  return (double)(least + (int)(byte % 40));
}

/* Rows of customers; how many. */
static size_t take_rows(input *in, double *lifetime, double *censored, double *weight) {
  const size_t n = take(in) % (MOST + 1);
  for (size_t i = 0; i < n; i++) {
    lifetime[i] = take_period(in, 1);
    censored[i] = take_answer(in, 0, 1);
    weight[i] = take_quantity(in) + (in->hostile ? 0.0 : 1e-3);
    if (!in->hostile && weight[i] > 1e30) weight[i] = 1e30;
  }
  return n;
}

typedef struct watch {
  int left;
} watch;
static int look(void *ctx, int64_t done, int64_t of, double value) {
  watch *seen = (watch *)ctx;
  (void)done, (void)of, (void)value;
  return seen->left-- != 0;
}

/* An allocator that fails at a request and counts what is held. */
typedef struct meter {
  loy_allocator allocator;
  size_t fail_at, held;
} meter;
static void *meter_allocate(void *ctx, size_t size) {
  meter *m = (meter *)ctx;
  void *memory = --m->fail_at == 0 ? NULL : malloc(size);
  if (memory) m->held += size;
  return memory;
}
static void *meter_resize(void *ctx, void *memory, size_t old_size, size_t new_size) {
  (void)ctx, (void)memory, (void)old_size, (void)new_size;
  return NULL; /* the fits do not */
}
static void meter_release(void *ctx, void *memory, size_t size) {
  if (memory) ((meter *)ctx)->held -= size;
  free(memory);
}

#define FUZZ_CONTRACT(M, COUNT)                                                                                        \
  static loy_##M##_params M##_take(input *in) {                                                                        \
    loy_##M##_params params;                                                                                           \
    double list[COUNT];                                                                                                \
    for (int i = 0; i < (COUNT); i++) list[i] = take_shape(in);                                                        \
    memcpy(&params, list, sizeof params);                                                                              \
    return params;                                                                                                     \
  }                                                                                                                    \
  static void M##_customer(input *in) {                                                                                \
    const loy_##M##_params params = M##_take(in);                                                                      \
    const double n = take_period(in, 1), t = take_period(in, 0);                                                       \
    const double s = loy_##M##_survival(&params, n, t), p = loy_##M##_churn(&params, n, t);                            \
    const double r = loy_##M##_retention(&params, n), h = loy_##M##_hazard(&params, n);                                \
    const double theta = loy_##M##_posterior(&params, n);                                                              \
    loy_error error;                                                                                                   \
    if (!answered(loy_##M##_check_customer(&params, n, t, &error), &error)) {                                          \
      require(s != s && p != p);                                                                                       \
      if (loy_##M##_check_customer(&params, n, 0.0, NULL) != LOY_OK) require(r != r && h != h && theta != theta);      \
      return;                                                                                                          \
    }                                                                                                                  \
    require(inside(s, 0.0, 1.0) && inside(p, 0.0, 1.0) && inside(r, 0.0, 1.0) && inside(h, 0.0, 1.0));                 \
    require(inside(theta, 0.0, 1.0) && near(r + h, 1.0, 1e-14, 0.0));                                                  \
    if (t == 0.0) require(s == 1.0 && p == 0.0);                                                                       \
    if (t >= 1.0) { /* who was there leaves or stays */                                                                \
      const double before = loy_##M##_survival(&params, n, t - 1.0);                                                   \
      require(before >= s && near(before, s + p, 1e-9, 1e-300));                                                       \
      require(near(loy_##M##_loglik(&params, t, 1.0), log(loy_##M##_survival(&params, 1.0, t)), 1e-9, 1e-9) ||         \
              loy_##M##_survival(&params, 1.0, t) < 1e-290);                                                           \
    }                                                                                                                  \
  }                                                                                                                    \
  static void M##_value(input *in) {                                                                                   \
    const loy_##M##_params params = M##_take(in);                                                                      \
    const double n = take_period(in, 1), delta = take_quantity(in);                                                    \
    const double t = take(in) % 3 ? take_period(in, 0) : (double)INFINITY;                                             \
    double derl, elasticity, del, more;                                                                                \
    loy_error error;                                                                                                   \
    fill(&derl, sizeof derl);                                                                                          \
    fill(&elasticity, sizeof elasticity);                                                                              \
    fill(&del, sizeof del);                                                                                            \
    if (!answered_in(loy_##M##_derl(&params, n, delta, t, &derl, &error), &error, &derl, sizeof derl)) {               \
      require(loy_status_is_error(loy_##M##_derl_elasticity(&params, n, delta, t, &elasticity, NULL)));                \
      require(untouched(&elasticity, sizeof elasticity));                                                              \
      return;                                                                                                          \
    }                                                                                                                  \
    require((error.status == LOY_NOTICE_DIVERGES) == isinf(derl) && derl >= 0.0);                                      \
    require(answered(loy_##M##_derl_elasticity(&params, n, delta, t, &elasticity, &error), &error));                   \
    require(elasticity >= 1.0 - 1e-12 && (isinf(derl) ? isinf(elasticity) : 1));                                       \
    require(answered(loy_##M##_del(&params, delta, t, &del, &error), &error));                                         \
    require(t == 0.0 ? del == 0.0 : del >= 1.0);                                                                       \
    require(isinf(t) ||                                                                                                \
            (derl <= t * (1.0 + 1e-12) && del <= t * (1.0 + 1e-12) && elasticity <= fmax(t, 1.0) * (1.0 + 1e-9)));     \
    if (!isinf(t) && t < 0x1p40) { /* one more period is one more term */                                              \
      const double term = loy_##M##_survival(&params, n, t + 1.0) * exp(-delta * t);                                   \
      require(loy_##M##_derl(&params, n, delta, t + 1.0, &more, &error) == LOY_OK);                                    \
      require(near(more, derl + term, 1e-10, 1e-300));                                                                 \
    }                                                                                                                  \
  }                                                                                                                    \
  static void M##_rows(input *in) {                                                                                    \
    static double lifetime[MOST], censored[MOST], weight[MOST], out[MOST];                                             \
    const loy_##M##_params params = M##_take(in);                                                                      \
    const size_t n = take_rows(in, lifetime, censored, weight);                                                        \
    const int weighed = take(in) % 2;                                                                                  \
    double total, gradient[COUNT], hessian[(COUNT) * (COUNT)], sum = 0.0, size = 0.0;                                  \
    size_t bad = 0, first = 0;                                                                                         \
    loy_batch_report report;                                                                                           \
    loy_error error;                                                                                                   \
    fill(out, sizeof out);                                                                                             \
    fill(&total, sizeof total);                                                                                        \
    if (!answered_in(loy_##M##_loglik_batch(&params, lifetime, censored, n, out, &report, &error), &error, out,        \
                     sizeof out))                                                                                      \
      return;                                                                                                          \
    for (size_t i = 0; i < n; i++) {                                                                                   \
      require(same(out[i], loy_##M##_loglik(&params, lifetime[i], censored[i])));                                      \
      if (out[i] != out[i] && bad++ == 0) first = i;                                                                   \
      require(!(out[i] > 0.0));                                                                                        \
      sum += (weighed ? weight[i] : 1.0) * out[i];                                                                     \
      size += fabs((weighed ? weight[i] : 1.0) * out[i]);                                                              \
    }                                                                                                                  \
    require_report(&report, bad, first);                                                                               \
    if (!answered_in(loy_##M##_loglik_total(&params, lifetime, censored, weighed ? weight : NULL, n, NULL, &total,     \
                                            gradient, hessian, &error),                                                \
                     &error, &total, sizeof total))                                                                    \
      return;                                                                                                          \
    require(bad == 0 && (near(total, sum, 0.0, 1e-9 * size + 1e-9) || isinf(sum)));                                    \
  }                                                                                                                    \
  static void M##_draws(input *in) {                                                                                   \
    static double T[MOST], lifetime[MOST], censored[MOST], t, end;                                                     \
    const loy_##M##_params params = M##_take(in);                                                                      \
    const uint64_t seed = take_bits(in);                                                                               \
    const size_t n = take(in) % (MOST + 1);                                                                            \
    loy_error error;                                                                                                   \
    for (size_t i = 0; i < n; i++) T[i] = take_period(in, 1);                                                          \
    fill(lifetime, sizeof lifetime);                                                                                   \
    if (!answered_in(loy_##M##_simulate(&params, T, n, seed, lifetime, censored, &error), &error, lifetime,            \
                     sizeof lifetime))                                                                                 \
      return;                                                                                                          \
    for (size_t i = 0; i < n; i++) {                                                                                   \
      require(inside(lifetime[i], 1.0, T[i]) && floor(lifetime[i]) == lifetime[i]);                                    \
      require(censored[i] == 0.0 || (censored[i] == 1.0 && lifetime[i] == T[i]));                                      \
    }                                                                                                                  \
    if (n == 0) return;                                                                                                \
    require(loy_##M##_simulate(&params, T, 1, seed, &t, &end, NULL) == LOY_OK);                                        \
    require(t == lifetime[0] && end == censored[0]);                                                                   \
  }                                                                                                                    \
  static void M##_fitted(input *in) {                                                                                  \
    static double lifetime[MOST], censored[MOST], weight[MOST];                                                        \
    const size_t n = take_rows(in, lifetime, censored, weight);                                                        \
    const int weighed = take(in) % 2, watched = take(in) % 4 == 0, starved = take(in) % 4 == 0;                        \
    loy_##M##_fit_options options;                                                                                     \
    loy_##M##_fit_result fit;                                                                                          \
    watch seen;                                                                                                        \
    meter memory;                                                                                                      \
    loy_progress progress;                                                                                             \
    loy_status status;                                                                                                 \
    loy_error error;                                                                                                   \
    double value;                                                                                                      \
    seen.left = (int)(take(in) % 64);                                                                                  \
    progress.report = look;                                                                                            \
    progress.ctx = &seen;                                                                                              \
    memory.allocator.allocate = meter_allocate;                                                                        \
    memory.allocator.resize = meter_resize;                                                                            \
    memory.allocator.release = meter_release;                                                                          \
    memory.allocator.ctx = &memory;                                                                                    \
    memory.fail_at = starved ? 1 + take(in) % 2 : 0;                                                                   \
    memory.held = 0;                                                                                                   \
    loy_##M##_fit_options_init(&options);                                                                              \
    options.allocator = &memory.allocator;                                                                             \
    options.most_evaluations = (int)(take(in) % 32);                                                                   \
    if (take(in) % 3 == 0) options.start = M##_take(in);                                                               \
    if (take(in) % 3 == 0) options.penalty = take_quantity(in);                                                        \
    if (watched) options.progress = &progress;                                                                         \
    fill(&fit, sizeof fit);                                                                                            \
    status = loy_##M##_fit(lifetime, censored, weighed ? weight : NULL, n, &options, &fit, &error);                    \
    require(memory.held == 0);                                                                                         \
    if (status == LOY_ERR_CANCELED) {                                                                                  \
      require(watched &&error.argument == NULL && untouched(&fit, sizeof fit));                                        \
      return;                                                                                                          \
    }                                                                                                                  \
    if (!answered_in(status, &error, &fit, sizeof fit)) return;                                                        \
    require(loy_##M##_check(&fit.params, NULL) == LOY_OK && fit.status == status);                                     \
    require(loy_##M##_loglik_total(&fit.params, lifetime, censored, weighed ? weight : NULL, n, NULL, &value, NULL,    \
                                   NULL, NULL) == LOY_OK);                                                             \
    require(near(value, fit.log_likelihood, 1e-8, 1e-8 * fit.customers));                                              \
    for (int i = 0; i < (COUNT); i++) require(!(fit.std_error[i] < 0.0));                                              \
  }

FUZZ_CONTRACT(sbg, 2)
FUZZ_CONTRACT(bdw, 3)

/* One text for both: c = 1. */
static void fuzz_nested(input *in) {
  const loy_sbg_params plain = sbg_take(in);
  const double n = take_period(in, 1), delta = take_quantity(in), t = take_period(in, 0);
  loy_bdw_params one;
  double a = -1.0, b = -1.0;
  one.gamma = plain.alpha;
  one.delta = plain.beta;
  one.c = 1.0;
  require(same(loy_sbg_survival(&plain, n, t), loy_bdw_survival(&one, n, t)));
  require(same(loy_sbg_churn(&plain, n, t), loy_bdw_churn(&one, n, t)));
  require(loy_sbg_derl(&plain, n, delta, t, &a, NULL) == loy_bdw_derl(&one, n, delta, t, &b, NULL) && same(a, b));
  a = -1.0;
  if (loy_sbg_retention_elasticity(&plain, n, delta, &a, NULL) <= LOY_NOTICE_DIVERGES) require(a >= 1.0);
}

/* Survivors become customers, all of them. */
static void fuzz_survivors(input *in) {
  static double survivors[MOST], lifetime[MOST], censored[MOST], weight[MOST];
  int64_t length[4];
  const size_t cohorts = take(in) % 5;
  double begun = 0.0, counted = 0.0, last = 0.0;
  size_t n = 0, rows = 77;
  loy_error error;
  for (size_t i = 0; i < cohorts; i++) {
    length[i] = 2 + (int64_t)(take(in) % 5);
    for (int64_t j = 0; j < length[i] && n < MOST; j++, n++) {
      last = j == 0 ? 1.0 + take(in) : last - (double)(take(in) % 64);
      if (last < 0.0 && !in->hostile) last = 0.0;
      survivors[n] = in->hostile && take(in) > 240 ? take_odd(in, 0.0, 1e40) : last;
      if (j == 0) begun += survivors[n];
    }
    if (in->hostile && take(in) > 240) length[i] = take_count(in);
  }
  fill(lifetime, sizeof lifetime);
  fill(censored, sizeof censored);
  fill(weight, sizeof weight);
  if (!answered(loy_survivors_rows(survivors, n, length, cohorts, lifetime, censored, weight, &rows, &error), &error)) {
    require(rows == 77 && untouched(lifetime, sizeof lifetime) && untouched(weight, sizeof weight));
    return;
  }
  require(rows <= n);
  for (size_t i = 0; i < rows; i++) {
    counted += weight[i];
    require(lifetime[i] >= 1.0 && lifetime[i] < MOST && weight[i] > 0.0 && (censored[i] == 0.0 || censored[i] == 1.0));
  }
  require(near(counted, begun, 1e-12, 1e-30));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static void (*const cases[])(input *) = {sbg_customer, bdw_customer, sbg_value,   bdw_value,
                                           sbg_rows,     bdw_rows,     sbg_draws,   bdw_draws,
                                           sbg_fitted,   bdw_fitted,   fuzz_nested, fuzz_survivors};
  input in = {data, size, 0};
  const unsigned first = take(&in);
  in.hostile = first % 2 == 1;
  cases[take(&in) % (sizeof cases / sizeof cases[0])](&in);
  return 0;
}
