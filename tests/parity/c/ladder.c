/* ladder.c: the ladder wing's side of the parity cases. */
#include "parity.h"

static loy_stage_options read_options(parity_case *c) {
  loy_stage_options options;
  loy_stage_options_init(&options);
  options.window = parity_double(c);
  options.r_max = parity_double(c);
  options.r_churn = parity_double(c);
  options.n_loyal = parity_double(c);
  options.share_from = parity_double(c);
  options.advocate_from = parity_double(c);
  return options;
}

static void stage_assign(parity_case *c) {
  const loy_stage_options options = read_options(c);
  loy_stage_customer customer;
  int stage = 0, advocate = 0;
  loy_error e;
  customer.purchases = parity_double(c);
  customer.recency_days = parity_double(c);
  customer.share = parity_double(c);
  customer.rank = parity_double(c);
  customer.aware = parity_double(c);
  customer.considered = parity_double(c);
  customer.recommendation = parity_double(c);
  customer.previous_stage = parity_double(c);
  loy_stage_assign(&customer, &options, &stage, &advocate, &e);
  if (parity_failed(c, &e)) return;
  parity_give_int(c, stage);
  parity_give_bool(c, advocate != 0);
}

static void stage_assign_batch(parity_case *c) {
  enum { MOST = 16 };
  const loy_stage_options options = read_options(c);
  const double *in[LOY_STAGE_INPUTS];
  int32_t stage[MOST];
  uint8_t flag[MOST];
  int64_t *out_stage, *out_flag;
  loy_stage_columns columns;
  loy_stage_summary summary = {0};
  loy_batch_report report = {0};
  loy_error e;
  size_t n;
  bool coerce;
  for (int k = 0; k < LOY_STAGE_INPUTS; k++) in[k] = parity_column(c, &n);
  out_stage = parity_out_i64(c, &n);
  out_flag = parity_out_i64(c, &n);
  coerce = parity_bool(c);
  columns.purchases = in[0];
  columns.recency_days = in[1];
  columns.share = in[2];
  columns.rank = in[3];
  columns.aware = in[4];
  columns.considered = in[5];
  columns.recommendation = in[6];
  columns.previous_stage = in[7];
  if (n > MOST) n = MOST;
  loy_stage_assign_batch(&columns, n, &options, stage, flag, &summary, &report, &e);
  if (parity_failed(c, &e)) return;
  if (report.bad > 0 && !coerce && parity_failed(c, &report.first)) return;
  for (size_t i = 0; i < n; i++) {
    out_stage[i] = stage[i];
    out_flag[i] = flag[i];
  }
  parity_give_text(c, loy_status_name(e.status));
  parity_give_int(c, (int64_t)report.bad);
  parity_give_int(c, (int64_t)summary.advocates);
  parity_give_int(c, summary.missing);
  parity_give_int(c, summary.unreachable);
  for (int k = 0; k < LOY_STAGES; k++) parity_give_int(c, (int64_t)summary.count[k]);
  for (int k = 0; k < LOY_STAGE_INPUTS; k++) parity_give_int(c, (int64_t)summary.unknown[k]);
}

PARITY(ladder) {
  CASE(stage_assign);
  CASE(stage_assign_batch);
}
