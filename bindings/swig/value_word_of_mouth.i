/* value_word_of_mouth.i: shims of the cascade of a story and of branching. value_row is in value_lifetime.i. */

%{
#include "loyalty/value/branching.h"
#include "loyalty/value/word_of_mouth.h"
%}

LOY_BULK(word_of_mouth_cascade)
LOY_BULK(branching_spread_batch)
LOY_BULK(branching_reached_batch)
%inline %{
/* Status, affected, customers, value; a column of people by level. */
static loy_s3 word_of_mouth_cascade(loy_in told, loy_in share, double acting, int count, int rounding, double value,
                                    loy_out people) {
  loy_s3 r = {0};
  loy_word_of_mouth found = {0.0, 0.0, 0.0};
  if (loy_same_length(&r.e, "share", share.n, told.n) && loy_same_length(&r.e, "people", people.n, told.n))
    loy_word_of_mouth_cascade(told.p, share.p, told.n, acting, count, rounding, value, people.p, &found, &r.e);
  r.v[0] = found.affected;
  r.v[1] = found.customers;
  r.v[2] = found.value;
  return r;
}

static loy_values branching_spread_batch(loy_in reproduction, loy_out total, loy_out deviation, loy_out extinction,
                                         bool coerce) {
  loy_error e = {0};
  value_rows rows = {0};
  if (loy_same_length(&e, "total", total.n, reproduction.n) &&
      loy_same_length(&e, "deviation", deviation.n, reproduction.n) &&
      loy_same_length(&e, "extinction", extinction.n, reproduction.n)) {
    for (size_t i = 0; i < reproduction.n; i++) {
      loy_error why;
      loy_branching found = {NAN, NAN, NAN};
      loy_branching_spread(reproduction.p[i], &found, &why);
      value_row(&rows, i, &why);
      total.p[i] = found.total;
      deviation.p[i] = found.deviation;
      extinction.p[i] = found.extinction;
    }
  }
  return value_rows_done(e, &rows, coerce);
}

static loy_rbatch branching_reached_batch(loy_in population, loy_in tellings, loy_out out, bool coerce) {
  loy_error e = {0};
  value_rows rows = {0};
  if (loy_same_length(&e, "tellings", tellings.n, population.n) && loy_same_length(&e, "out", out.n, population.n)) {
    for (size_t i = 0; i < population.n; i++) {
      loy_error why;
      double reached = NAN;
      loy_branching_reached(population.p[i], tellings.p[i], &reached, &why);
      value_row(&rows, i, &why);
      out.p[i] = reached;
    }
  }
  return loy_batch_result(e, &rows.report, coerce);
}
%}
