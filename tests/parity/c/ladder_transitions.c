/* ladder_transitions.c: counts of transitions in the parity cases. */
#include <string.h>

#include "parity.h"

static void transitions_periods(parity_case *c) {
  size_t n, periods = 0;
  const int64_t *time = parity_column_i64(c, &n);
  const size_t states = (size_t)parity_int(c);
  loy_transitions_options options;
  loy_error e;
  loy_transitions_options_init(&options);
  options.step = parity_int(c);
  options.first = parity_int(c);
  loy_transitions_periods(time, n, states, &options, &periods, &e);
  if (parity_failed(c, &e)) return;
  parity_give_int(c, (int64_t)periods);
}

static void transitions_count(parity_case *c) {
  enum { MOST = 64 };
  size_t n, times, bytes, cells, width, states;
  const int64_t *customer = parity_column_i64(c, &n), *time = parity_column_i64(c, &times);
  const unsigned char *stage = parity_bytes(c, &bytes);
  int32_t stages[MOST];
  int64_t *counts;
  loy_transitions_options options;
  loy_transitions_report report;
  loy_error e;
  width = (size_t)parity_int(c);
  states = (size_t)parity_int(c);
  loy_transitions_options_init(&options);
  options.kind = (loy_transitions_kind)parity_int(c);
  options.gaps = (loy_transitions_gaps)parity_int(c);
  options.missing = (loy_transitions_missing)parity_int(c);
  options.repeats = (loy_transitions_repeats)parity_int(c);
  options.step = parity_int(c);
  options.first = parity_int(c);
  options.threads = (int)parity_int(c);
  counts = parity_out_i64(c, &cells);
  if (parity_lengths(c, "time", times, n) || parity_lengths(c, "stage", bytes / width, n)) return;
  for (size_t i = 0; i < n && i < MOST; i++) {
    int64_t eight = (int8_t)stage[i * width];
    if (width == 4) memcpy(&stages[i], stage + i * width, 4);
    if (width == 8) memcpy(&eight, stage + i * width, 8);
    if (width != 4) stages[i] = (int32_t)eight;
  }
  loy_transitions_count(customer, time, stages, n, states, &options, cells / (states * states), counts, &report, &e);
  if (parity_failed(c, &e)) return;
  parity_give_int(c, report.rows);
  parity_give_int(c, report.missing);
  parity_give_int(c, report.repeats);
  parity_give_int(c, report.customers);
  parity_give_int(c, report.pairs);
  parity_give_int(c, report.skipped);
  parity_give_int(c, report.first);
  parity_give_int(c, report.last);
}

PARITY(ladder_transitions) {
  CASE(transitions_periods);
  CASE(transitions_count);
}
