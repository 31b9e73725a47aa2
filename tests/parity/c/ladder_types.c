/* ladder_types.c: typologies of customers in the parity cases. */
#include "parity.h"

static void give_name(parity_case *c, const char *(*name)(int), const char *(*chinese)(int)) {
  const int number = (int)parity_int(c);
  parity_give_text(c, parity_bool(c) ? chinese(number) : name(number));
}

static loy_jones_sasser_options read_jones_sasser(parity_case *c) {
  loy_jones_sasser_options options;
  loy_jones_sasser_options_init(&options);
  options.satisfied = parity_double(c);
  options.completely_satisfied = parity_double(c);
  options.dissatisfied = parity_double(c);
  options.loyal = parity_double(c);
  options.devoted = parity_double(c);
  options.lost = parity_double(c);
  return options;
}

static void jones_sasser(parity_case *c) {
  const loy_jones_sasser_options options = read_jones_sasser(c);
  const double satisfaction = parity_double(c);
  const double loyalty = parity_double(c);
  int found = 0;
  loy_error e;
  loy_jones_sasser(satisfaction, loyalty, &options, &found, &e);
  if (!parity_failed(c, &e)) parity_give_int(c, found);
}

static void jones_sasser_batch(parity_case *c) {
  const loy_jones_sasser_options options = read_jones_sasser(c);
  loy_batch_report report = {0};
  loy_error e;
  size_t n, m;
  const double *satisfaction = parity_column(c, &n);
  const double *loyalty = parity_column(c, &m);
  int8_t *type = parity_out_i8(c, &m);
  const bool coerce = parity_bool(c);
  if (parity_lengths(c, "type", m, n)) return;
  loy_jones_sasser_batch(satisfaction, loyalty, n, &options, type, &report, &e);
  parity_batch(c, &e, &report, coerce);
}

static void jones_sasser_name(parity_case *c) { give_name(c, loy_jones_sasser_name, loy_jones_sasser_name_zh); }

static loy_dick_basu_options read_dick_basu(parity_case *c) {
  loy_dick_basu_options options;
  loy_dick_basu_options_init(&options);
  options.relative_above = parity_double(c);
  options.attitude_from = parity_double(c);
  options.patronage_from = parity_double(c);
  return options;
}

static void dick_basu(parity_case *c) {
  const loy_dick_basu_options options = read_dick_basu(c);
  const double attitude = parity_double(c);
  const double rival = parity_double(c);
  const double patronage = parity_double(c);
  int found = 0;
  loy_error e;
  loy_dick_basu(attitude, rival, patronage, &options, &found, &e);
  if (!parity_failed(c, &e)) parity_give_int(c, found);
}

static void dick_basu_batch(parity_case *c) {
  const loy_dick_basu_options options = read_dick_basu(c);
  loy_batch_report report = {0};
  loy_error e;
  size_t n, m;
  const double *attitude = parity_column(c, &n);
  const double *rival = parity_column(c, &m);
  const double *patronage = parity_column(c, &m);
  int8_t *type = parity_out_i8(c, &m);
  const bool coerce = parity_bool(c);
  if (parity_lengths(c, "type", m, n)) return;
  loy_dick_basu_batch(attitude, rival, patronage, n, &options, type, &report, &e);
  parity_batch(c, &e, &report, coerce);
}

static void dick_basu_name(parity_case *c) { give_name(c, loy_dick_basu_name, loy_dick_basu_name_zh); }

static loy_motive_options read_motive(parity_case *c) {
  loy_motive_options options;
  loy_motive_options_init(&options);
  options.incentive_from = parity_double(c);
  options.patronage_from = parity_double(c);
  options.relative_above = parity_double(c);
  return options;
}

static void motive(parity_case *c) {
  const loy_motive_options options = read_motive(c);
  const double kinship = parity_double(c);
  const double incentive_share = parity_double(c);
  const double patronage = parity_double(c);
  const double relative_attitude = parity_double(c);
  int found = 0;
  loy_error e;
  loy_motive(kinship, incentive_share, patronage, relative_attitude, &options, &found, &e);
  if (!parity_failed(c, &e)) parity_give_int(c, found);
}

static void motive_batch(parity_case *c) {
  const loy_motive_options options = read_motive(c);
  loy_batch_report report = {0};
  loy_error e;
  size_t n, m;
  const double *kinship = parity_column(c, &n);
  const double *incentive_share = parity_column(c, &m);
  const double *patronage = parity_column(c, &m);
  const double *relative_attitude = parity_column(c, &m);
  int8_t *motives = parity_out_i8(c, &m);
  const bool coerce = parity_bool(c);
  if (parity_lengths(c, "motive", m, n)) return;
  loy_motive_batch(kinship, incentive_share, patronage, relative_attitude, n, &options, motives, &report, &e);
  parity_batch(c, &e, &report, coerce);
}

static void motive_name(parity_case *c) { give_name(c, loy_motive_name, loy_motive_name_zh); }

static void oliver(parity_case *c) {
  const double passed_from = parity_double(c);
  const double cognitive = parity_double(c);
  const double affective = parity_double(c);
  const double conative = parity_double(c);
  const double action = parity_double(c);
  int found = 0;
  loy_error e;
  loy_oliver(cognitive, affective, conative, action, passed_from, &found, &e);
  if (!parity_failed(c, &e)) parity_give_int(c, found);
}

static void oliver_batch(parity_case *c) {
  const double passed_from = parity_double(c);
  loy_batch_report report = {0};
  loy_error e;
  size_t n, m;
  const double *cognitive = parity_column(c, &n);
  const double *affective = parity_column(c, &m);
  const double *conative = parity_column(c, &m);
  const double *action = parity_column(c, &m);
  int8_t *phase = parity_out_i8(c, &m);
  const bool coerce = parity_bool(c);
  if (parity_lengths(c, "phase", m, n)) return;
  loy_oliver_batch(cognitive, affective, conative, action, n, passed_from, phase, &report, &e);
  parity_batch(c, &e, &report, coerce);
}

static void oliver_name(parity_case *c) { give_name(c, loy_oliver_name, loy_oliver_name_zh); }

static void rowley(parity_case *c) {
  const double attitude_from = parity_double(c), behaviour_from = parity_double(c);
  const double attitude = parity_double(c);
  const double behaviour = parity_double(c);
  int found = 0;
  loy_error e;
  loy_rowley(attitude, behaviour, attitude_from, behaviour_from, &found, &e);
  if (!parity_failed(c, &e)) parity_give_int(c, found);
}

static void rowley_batch(parity_case *c) {
  const double attitude_from = parity_double(c), behaviour_from = parity_double(c);
  loy_batch_report report = {0};
  loy_error e;
  size_t n, m;
  const double *attitude = parity_column(c, &n);
  const double *behaviour = parity_column(c, &m);
  int8_t *type = parity_out_i8(c, &m);
  const bool coerce = parity_bool(c);
  if (parity_lengths(c, "type", m, n)) return;
  loy_rowley_batch(attitude, behaviour, n, attitude_from, behaviour_from, type, &report, &e);
  parity_batch(c, &e, &report, coerce);
}

static void rowley_name(parity_case *c) { give_name(c, loy_rowley_name, loy_rowley_name_zh); }

static void reinartz_kumar(parity_case *c) {
  const double profit_from = parity_double(c), duration_from = parity_double(c);
  const double profit = parity_double(c);
  const double duration = parity_double(c);
  int found = 0;
  loy_error e;
  loy_reinartz_kumar(profit, duration, profit_from, duration_from, &found, &e);
  if (!parity_failed(c, &e)) parity_give_int(c, found);
}

static void reinartz_kumar_batch(parity_case *c) {
  const double profit_from = parity_double(c), duration_from = parity_double(c);
  loy_batch_report report = {0};
  loy_error e;
  size_t n, m;
  const double *profit = parity_column(c, &n);
  const double *duration = parity_column(c, &m);
  int8_t *type = parity_out_i8(c, &m);
  const bool coerce = parity_bool(c);
  if (parity_lengths(c, "type", m, n)) return;
  loy_reinartz_kumar_batch(profit, duration, n, profit_from, duration_from, type, &report, &e);
  parity_batch(c, &e, &report, coerce);
}

static void reinartz_kumar_name(parity_case *c) { give_name(c, loy_reinartz_kumar_name, loy_reinartz_kumar_name_zh); }

static void kumar_petersen_leone(parity_case *c) {
  const double clv_from = parity_double(c), crv_from = parity_double(c);
  const double clv = parity_double(c);
  const double crv = parity_double(c);
  int found = 0;
  loy_error e;
  loy_kumar_petersen_leone(clv, crv, clv_from, crv_from, &found, &e);
  if (!parity_failed(c, &e)) parity_give_int(c, found);
}

static void kumar_petersen_leone_batch(parity_case *c) {
  const double clv_from = parity_double(c), crv_from = parity_double(c);
  loy_batch_report report = {0};
  loy_error e;
  size_t n, m;
  const double *clv = parity_column(c, &n);
  const double *crv = parity_column(c, &m);
  int8_t *type = parity_out_i8(c, &m);
  const bool coerce = parity_bool(c);
  if (parity_lengths(c, "type", m, n)) return;
  loy_kumar_petersen_leone_batch(clv, crv, n, clv_from, crv_from, type, &report, &e);
  parity_batch(c, &e, &report, coerce);
}

static void kumar_petersen_leone_name(parity_case *c) {
  give_name(c, loy_kumar_petersen_leone_name, loy_kumar_petersen_leone_name_zh);
}

static void oliver_reproducibility(parity_case *c) {
  const double passed_from = parity_double(c);
  size_t n;
  const double *cognitive = parity_column(c, &n), *affective = parity_column(c, &n);
  const double *conative = parity_column(c, &n), *action = parity_column(c, &n);
  loy_oliver_scale found = {0, 0, 0, 0.0};
  loy_error e;
  loy_oliver_reproducibility(cognitive, affective, conative, action, n, passed_from, &found, &e);
  if (parity_failed(c, &e)) return;
  parity_give_int(c, found.n);
  parity_give_int(c, found.missing);
  parity_give_int(c, found.errors);
  parity_give_double(c, found.reproducibility);
}

static void trust_resilience_name(parity_case *c) {
  give_name(c, loy_trust_resilience_name, loy_trust_resilience_name_zh);
}
static void trust_basis_name(parity_case *c) { give_name(c, loy_trust_basis_name, loy_trust_basis_name_zh); }
static void trust_strength_name(parity_case *c) { give_name(c, loy_trust_strength_name, loy_trust_strength_name_zh); }

static void battery(parity_case *c) {
  size_t n;
  const double *answer = parity_column(c, &n);
  loy_battery_scores found;
  loy_error e;
  if (parity_lengths(c, "answer", n, LOY_BATTERY_ITEMS)) return;
  loy_battery(answer, &found, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
  for (int k = 0; k < LOY_BATTERY_DIMENSIONS; k++) parity_give_double(c, found.score[k]);
  parity_give_double(c, found.favourable);
}

static void battery_batch(parity_case *c) {
  size_t all, scores, n, skipped = 0;
  const double *answer = parity_column(c, &all), *item[LOY_BATTERY_ITEMS];
  double *score = parity_out(c, &scores), *favourable = parity_out(c, &n), *dimension[LOY_BATTERY_DIMENSIONS];
  const bool coerce = parity_bool(c);
  loy_batch_report report = {0};
  loy_error e;
  if (parity_lengths(c, "answer", all, n * LOY_BATTERY_ITEMS)) return;
  for (size_t k = 0; k < LOY_BATTERY_ITEMS; k++) item[k] = answer + k * n;
  for (size_t k = 0; k < LOY_BATTERY_DIMENSIONS; k++) dimension[k] = score + k * n;
  loy_battery_batch(item, n, dimension, favourable, &skipped, &report, &e);
  if (parity_failed(c, &e) || (report.bad > 0 && !coerce && parity_failed(c, &report.first))) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_int(c, (int64_t)report.bad);
  parity_give_int(c, (int64_t)skipped);
}

static void battery_dimension_name(parity_case *c) {
  give_name(c, loy_battery_dimension_name, loy_battery_dimension_name_zh);
}

static void median_cut(parity_case *c) {
  size_t n;
  const double *value = parity_column(c, &n);
  double cut = 0.0;
  loy_error e;
  loy_median_cut(value, n, &cut, &e);
  if (!parity_failed(c, &e)) parity_give_double(c, cut);
}

static void quick_activity(parity_case *c) {
  const double purchases = parity_double(c), last_purchase = parity_double(c), window = parity_double(c);
  double probability = 0.0;
  loy_error e;
  loy_quick_activity(purchases, last_purchase, window, &probability, &e);
  if (!parity_failed(c, &e)) parity_give_double(c, probability);
}

static void quick_activity_batch(parity_case *c) {
  size_t n;
  const double *purchases = parity_column(c, &n), *last_purchase = parity_column(c, &n), *window = parity_column(c, &n);
  double *probability = parity_out(c, &n);
  const bool coerce = parity_bool(c);
  loy_batch_report report = {0};
  loy_error e;
  loy_quick_activity_batch(purchases, last_purchase, window, n, probability, &report, &e);
  parity_batch(c, &e, &report, coerce);
}

static void brown(parity_case *c) {
  enum { MOST = 16 };
  loy_brown_options options;
  loy_brown_sequence found[MOST];
  size_t from[MOST], purchases, n;
  const int64_t *brand, *first;
  int8_t *type;
  int64_t *count[3];
  double *share, *entropy;
  loy_error e;
  loy_brown_options_init(&options);
  options.undivided_from = parity_double(c);
  options.per_brand = parity_double(c);
  options.least = parity_int(c);
  brand = parity_column_i64(c, &purchases);
  first = parity_column_i64(c, &n);
  type = parity_out_i8(c, &n);
  for (int k = 0; k < 3; k++) count[k] = parity_out_i64(c, &n);
  share = parity_out(c, &n);
  entropy = parity_out(c, &n);
  if (n > MOST) n = MOST;
  for (size_t i = 0; i < n; i++) from[i] = (size_t)first[i];
  loy_brown(brand, purchases, from, n, &options, NULL, found, &e);
  if (parity_failed(c, &e)) return;
  for (size_t i = 0; i < n; i++) {
    type[i] = (int8_t)found[i].type;
    count[0][i] = found[i].purchases;
    count[1][i] = found[i].brands;
    count[2][i] = found[i].runs;
    share[i] = found[i].share;
    entropy[i] = found[i].entropy;
  }
}

static void brown_name(parity_case *c) { give_name(c, loy_brown_name, loy_brown_name_zh); }

static int root(size_t n) {
  for (int k = 1; k <= LOY_CLASSES_MOST; k++)
    if ((size_t)(k * k) == n) return k;
  return 0;
}

static void type_counts(parity_case *c) {
  size_t n, classes;
  const int8_t *type = parity_column_i8(c, &n);
  int64_t *count = parity_out_i64(c, &classes), unknown = 0;
  loy_error e;
  loy_type_counts(type, n, (int)classes, count, &unknown, &e);
  if (!parity_failed(c, &e)) parity_give_int(c, unknown);
}

static void crosstab(parity_case *c) {
  size_t n, m, cells;
  const int8_t *before = parity_column_i8(c, &n), *after = parity_column_i8(c, &m);
  int64_t *count = parity_out_i64(c, &cells), unknown = 0;
  loy_error e;
  if (parity_lengths(c, "after", m, n)) return;
  loy_crosstab(before, after, n, root(cells), count, &unknown, &e);
  if (!parity_failed(c, &e)) parity_give_int(c, unknown);
}

static void crosstab_shares(parity_case *c) {
  enum { MOST = 16 };
  size_t cells, n;
  const int64_t *count = parity_column_i64(c, &cells);
  const double level = parity_double(c);
  double *share = parity_out(c, &n), *lower = parity_out(c, &n), *upper = parity_out(c, &n);
  loy_share found[MOST];
  loy_error e;
  if (cells > MOST) return;
  loy_crosstab_shares(count, root(cells), level, found, &e);
  if (parity_failed(c, &e)) return;
  for (size_t i = 0; i < cells; i++) {
    share[i] = found[i].share;
    lower[i] = found[i].lower;
    upper[i] = found[i].upper;
  }
  parity_give_text(c, loy_status_name(e.status));
}

static void crosstab_moved(parity_case *c) {
  size_t cells;
  const int64_t *count = parity_column_i64(c, &cells);
  loy_share found = {0, 0.0, 0.0, 0.0};
  loy_error e;
  loy_crosstab_moved(count, root(cells), parity_double(c), &found, &e);
  if (parity_failed(c, &e)) return;
  parity_give_int(c, found.count);
  parity_give_double(c, found.share);
  parity_give_double(c, found.lower);
  parity_give_double(c, found.upper);
}

PARITY(ladder_types) {
  CASE(jones_sasser);
  CASE(jones_sasser_batch);
  CASE(jones_sasser_name);
  CASE(dick_basu);
  CASE(dick_basu_batch);
  CASE(dick_basu_name);
  CASE(motive);
  CASE(motive_batch);
  CASE(motive_name);
  CASE(oliver);
  CASE(oliver_batch);
  CASE(oliver_name);
  CASE(rowley);
  CASE(rowley_batch);
  CASE(rowley_name);
  CASE(reinartz_kumar);
  CASE(reinartz_kumar_batch);
  CASE(reinartz_kumar_name);
  CASE(kumar_petersen_leone);
  CASE(kumar_petersen_leone_batch);
  CASE(kumar_petersen_leone_name);
  CASE(oliver_reproducibility);
  CASE(trust_resilience_name);
  CASE(trust_basis_name);
  CASE(trust_strength_name);
  CASE(battery);
  CASE(battery_batch);
  CASE(battery_dimension_name);
  CASE(median_cut);
  CASE(quick_activity);
  CASE(quick_activity_batch);
  CASE(brown);
  CASE(brown_name);
  CASE(type_counts);
  CASE(crosstab);
  CASE(crosstab_shares);
  CASE(crosstab_moved);
}
