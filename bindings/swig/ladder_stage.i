/* ladder_stage.i: shims of ladder/stage.h. */

/* ---- stage ---- */

%{
#include "loyalty/ladder/stage.h"

static void stage_options(double window, double r_max, double r_churn, double n_loyal, double share_from,
                          double advocate_from, loy_stage_options *options) {
  loy_stage_options_init(options);
  options->window = window;
  options->r_max = r_max;
  options->r_churn = r_churn;
  options->n_loyal = n_loyal;
  options->share_from = share_from;
  options->advocate_from = advocate_from;
}
%}

LOY_BULK(stage_assign_batch)
%inline %{
/* Stage and advocate of one customer; NaN is not known. The cut-offs come first, in the order of loy_stage_options. */
static loy_values stage_assign(double window, double r_max, double r_churn, double n_loyal, double share_from,
                               double advocate_from, double purchases, double recency_days, double share, double rank,
                               double aware, double considered, double recommendation, double previous_stage) {
  loy_values r = {0};
  loy_stage_options options;
  loy_stage_customer customer;
  int stage = 0, advocate = 0;
  stage_options(window, r_max, r_churn, n_loyal, share_from, advocate_from, &options);
  loy_stage_customer_init(&customer);
  customer.purchases = purchases;
  customer.recency_days = recency_days;
  customer.share = share;
  customer.rank = rank;
  customer.aware = aware;
  customer.considered = considered;
  customer.recommendation = recommendation;
  customer.previous_stage = previous_stage;
  if (loy_stage_assign(&customer, &options, &stage, &advocate, &r.e) != LOY_OK) return r;
  loy_put_int(&r, stage);
  loy_put_bool(&r, advocate != 0);
  return r;
}

/* Stages and flags of n customers; a column that is None is missing. Results: status, bad rows, advocates, the mask of missing
 * inputs, the mask of unreachable stages, customers on each of 6 stages, rows in which each of 8 inputs is not known. */
static loy_values stage_assign_batch(double window, double r_max, double r_churn, double n_loyal, double share_from,
                                     double advocate_from, loy_in_opt purchases, loy_in_opt recency_days, loy_in_opt share,
                                     loy_in_opt rank, loy_in_opt aware, loy_in_opt considered, loy_in_opt recommendation,
                                     loy_in_opt previous_stage, loy_out_i64 stage, loy_out_i64 advocate, bool coerce) {
  enum { BLOCK = 256 };
  const loy_in_opt in[LOY_STAGE_INPUTS] = {purchases, recency_days,   share,         rank, aware,
                                           considered, recommendation, previous_stage};
  loy_values r = {0};
  loy_stage_options options;
  loy_stage_summary all = {{0}, 0, {0}, 0, 0};
  loy_batch_report bad = {0};
  const size_t n = stage.n;
  stage_options(window, r_max, r_churn, n_loyal, share_from, advocate_from, &options);
  for (int k = 0; k < LOY_STAGE_INPUTS; k++)
    if (in[k].p && !loy_same_length(&r.e, loy_stage_input_name(k), in[k].n, n)) return r;
  if (!loy_same_length(&r.e, "advocate", advocate.n, n)) return r;
  for (size_t i = 0; i == 0 || i < n; i += BLOCK) {
    const size_t rows = n - i < BLOCK ? n - i : BLOCK;
    int32_t found[BLOCK];
    uint8_t flag[BLOCK];
    const double *column[LOY_STAGE_INPUTS];
    loy_stage_columns columns;
    loy_stage_summary part;
    loy_batch_report report = {0};
    for (int k = 0; k < LOY_STAGE_INPUTS; k++) column[k] = in[k].p ? in[k].p + i : NULL;
    columns.purchases = column[0];
    columns.recency_days = column[1];
    columns.share = column[2];
    columns.rank = column[3];
    columns.aware = column[4];
    columns.considered = column[5];
    columns.recommendation = column[6];
    columns.previous_stage = column[7];
    if (loy_status_is_error(loy_stage_assign_batch(&columns, rows, &options, found, flag, &part, &report, &r.e))) return r;
    for (size_t j = 0; j < rows; j++) {
      stage.p[i + j] = found[j];
      advocate.p[i + j] = flag[j];
    }
    all.missing = part.missing;
    all.unreachable = part.unreachable;
    all.advocates += part.advocates;
    for (int k = 0; k < LOY_STAGES; k++) all.count[k] += part.count[k];
    for (int k = 0; k < LOY_STAGE_INPUTS; k++) all.unknown[k] += part.unknown[k];
    if (report.bad > 0 && bad.bad == 0) {
      bad.first = report.first;
      bad.first.index += i;
    }
    bad.bad += report.bad;
  }
  if (bad.bad > 0 && !coerce) {
    r.e = bad.first;
    return r;
  }
  loy_put_status(&r);
  loy_put_size(&r, bad.bad);
  loy_put_size(&r, all.advocates);
  loy_put_int(&r, all.missing);
  loy_put_int(&r, all.unreachable);
  for (int k = 0; k < LOY_STAGES; k++) loy_put_size(&r, all.count[k]);
  for (int k = 0; k < LOY_STAGE_INPUTS; k++) loy_put_size(&r, all.unknown[k]);
  return r;
}

/* The name of a stage, of one of the classic ladder, or of an input of the rule. */
static loy_rtext stage_name(int stage, bool chinese) {
  loy_rtext r = {0};
  r.v = chinese ? loy_stage_name_zh(stage) : loy_stage_name(stage);
  return r;
}
static loy_rtext classic_stage_name(int stage, bool chinese) {
  loy_rtext r = {0};
  r.v = chinese ? loy_classic_stage_name_zh(stage) : loy_classic_stage_name(stage);
  return r;
}

static loy_rtext stage_input_name(int input) {
  loy_rtext r = {0};
  r.v = loy_stage_input_name(input);
  return r;
}
%}
