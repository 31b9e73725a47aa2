/* ladder_dick_basu.i: shims of ladder/dick_basu.h. */

%{
#include "loyalty/ladder/dick_basu.h"

static loy_dick_basu_options dick_basu_options(double relative_above, double attitude_from, double patronage_from) {
  loy_dick_basu_options options;
  loy_dick_basu_options_init(&options);
  options.relative_above = relative_above;
  options.attitude_from = attitude_from;
  options.patronage_from = patronage_from;
  return options;
}
%}

LOY_BULK(dick_basu_batch)
%inline %{
/* The type of one customer, as its number. The cuts come first. */
static loy_ri dick_basu(double relative_above, double attitude_from, double patronage_from, double attitude,
                        double rival, double patronage) {
  const loy_dick_basu_options options = dick_basu_options(relative_above, attitude_from, patronage_from);
  loy_ri r = {0};
  int found = 0;
  if (loy_dick_basu(attitude, rival, patronage, &options, &found, &r.e) == LOY_OK) r.v = found;
  return r;
}

static loy_rbatch dick_basu_batch(double relative_above, double attitude_from, double patronage_from, loy_in attitude,
                                  loy_in_opt rival, loy_in patronage, loy_out_i8 type, bool coerce) {
  const loy_dick_basu_options options = dick_basu_options(relative_above, attitude_from, patronage_from);
  loy_error e = {0};
  loy_batch_report report = {0};
  const size_t n = attitude.n;
  if ((!rival.p || loy_same_length(&e, "rival", rival.n, n)) &&
      loy_same_length(&e, "patronage", patronage.n, n) &&
      loy_same_length(&e, "type", type.n, n) &&
      loy_dick_basu_batch(attitude.p, rival.p, patronage.p, n, &options, type.p, &report, &e) == LOY_OK)
    loy_widen_i8(type);
  return loy_batch_result(e, &report, coerce);
}

static loy_rtext dick_basu_name(int type, bool chinese) {
  loy_rtext r = {0};
  r.v = chinese ? loy_dick_basu_name_zh(type) : loy_dick_basu_name(type);
  return r;
}
%}
