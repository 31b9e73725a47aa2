/* ladder_transitions.i: shims of ladder/transitions.h. Stages pass as the bytes of native signed integers of `width` bytes
 * each: 1, 4 or 8. */

/* ---- transitions ---- */

%{
#include "loyalty/ladder/transitions.h"

/* Stages as the core takes them, without a copy when they are so already. *made is to be freed. */
static bool transitions_stages(loy_in_bytes stage, size_t width, size_t n, const int32_t **stages, int32_t **made,
                               loy_error *e) {
  *made = NULL;
  *stages = (const int32_t *)(const void *)stage.p;
  if (width != 1 && width != 4 && width != 8) return loy_refuse(e, LOY_ERR_ARGUMENT, "width", "must be 1, 4 or 8 bytes");
  if (stage.n % width != 0 || stage.n / width != n)
    return loy_refuse(e, LOY_ERR_ARGUMENT, "stage", "must be as long as the first column");
  if (n == 0 || (width == 4 && (uintptr_t)stage.p % sizeof(int32_t) == 0)) return true;
  *made = (int32_t *)malloc(n * sizeof(int32_t));
  if (!*made) return loy_refuse(e, LOY_ERR_MEMORY, NULL, NULL);
  *stages = *made;
  if (width == 1) {
    for (size_t i = 0; i < n; i++) (*made)[i] = (int8_t)stage.p[i];
  } else if (width == 4) {
    memcpy(*made, stage.p, n * sizeof(int32_t));
  } else {
    for (size_t i = 0; i < n; i++) {
      int64_t value;
      memcpy(&value, stage.p + i * sizeof value, sizeof value);
      (*made)[i] = value >= INT32_MIN && value <= INT32_MAX ? (int32_t)value : INT32_MIN;
    }
  }
  return true;
}
%}

LOY_BULK(transitions_periods)
LOY_BULK(transitions_count)
%inline %{
static loy_ri transitions_periods(loy_in_i64 time, size_t states, int64_t step, int64_t first) {
  loy_ri r = {0};
  size_t periods = 0;
  loy_transitions_options options;
  loy_transitions_options_init(&options);
  options.step = step;
  options.first = first;
  loy_transitions_periods(time.p, time.n, states, &options, &periods, &r.e);
  r.v = (int64_t)periods;
  return r;
}

/* Enumerators as in transitions.h: kind 0 to 3 (pairs, by gap, by period, triples), gaps 0 to 2 (skip, as one, deny), missing
 * 0 or 1 (deny, gap), repeats 0 or 1 (deny, last); the least 64-bit integer as `first` is the first time seen. Tables are as
 * many as fit into `counts`. Results: the fields of a loy_transitions_report, in the order of its declaration. */
static loy_values transitions_count(loy_in_i64 customer, loy_in_i64 time, loy_in_bytes stage, size_t width, size_t states,
                                    int kind, int gaps, int missing, int repeats, int64_t step, int64_t first, int threads,
                                    loy_out_i64 counts) {
  loy_values r = {0};
  loy_transitions_options options;
  loy_transitions_report report = {0};
  const int32_t *stages = NULL;
  int32_t *made = NULL;
  size_t table = states <= 1024 ? states * states : 0;
  if (!loy_same_length(&r.e, "time", time.n, customer.n) ||
      !transitions_stages(stage, width, customer.n, &stages, &made, &r.e))
    return r;
  if (table > 0 && counts.n % table != 0) {
    loy_refuse(&r.e, LOY_ERR_ARGUMENT, "counts", "must hold whole tables of states by states");
  } else {
    loy_transitions_options_init(&options);
    options.kind = (loy_transitions_kind)kind;
    options.gaps = (loy_transitions_gaps)gaps;
    options.missing = (loy_transitions_missing)missing;
    options.repeats = (loy_transitions_repeats)repeats;
    options.step = step;
    options.first = first;
    options.threads = threads;
    loy_transitions_count(customer.p, time.p, stages, customer.n, states, &options, table > 0 ? counts.n / table : 0, counts.p,
                          &report, &r.e);
  }
  free(made);
  loy_put_int(&r, report.rows);
  loy_put_int(&r, report.missing);
  loy_put_int(&r, report.repeats);
  loy_put_int(&r, report.customers);
  loy_put_int(&r, report.pairs);
  loy_put_int(&r, report.skipped);
  loy_put_int(&r, report.first);
  loy_put_int(&r, report.last);
  return r;
}
%}
