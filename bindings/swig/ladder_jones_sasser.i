/* ladder_jones_sasser.i: shims of ladder/jones_sasser.h. */

%{
#include "loyalty/ladder/jones_sasser.h"

static loy_jones_sasser_options jones_sasser_options(double satisfied, double completely_satisfied,
                                                     double dissatisfied, double loyal, double devoted, double lost) {
  loy_jones_sasser_options options;
  loy_jones_sasser_options_init(&options);
  options.satisfied = satisfied;
  options.completely_satisfied = completely_satisfied;
  options.dissatisfied = dissatisfied;
  options.loyal = loyal;
  options.devoted = devoted;
  options.lost = lost;
  return options;
}
%}

LOY_BULK(jones_sasser_batch)
%inline %{
/* The type of one customer, as its number. The cuts come first. */
static loy_ri jones_sasser(double satisfied, double completely_satisfied, double dissatisfied, double loyal,
                           double devoted, double lost, double satisfaction, double loyalty) {
  const loy_jones_sasser_options options = jones_sasser_options(satisfied, completely_satisfied, dissatisfied, loyal,
      devoted, lost);
  loy_ri r = {0};
  int found = 0;
  if (loy_jones_sasser(satisfaction, loyalty, &options, &found, &r.e) == LOY_OK) r.v = found;
  return r;
}

static loy_rbatch jones_sasser_batch(double satisfied, double completely_satisfied, double dissatisfied, double loyal,
                                     double devoted, double lost, loy_in satisfaction, loy_in loyalty, loy_out_i8 type,
                                     bool coerce) {
  const loy_jones_sasser_options options = jones_sasser_options(satisfied, completely_satisfied, dissatisfied, loyal,
      devoted, lost);
  loy_error e = {0};
  loy_batch_report report = {0};
  const size_t n = satisfaction.n;
  if (loy_same_length(&e, "loyalty", loyalty.n, n) &&
      loy_same_length(&e, "type", type.n, n) &&
      loy_jones_sasser_batch(satisfaction.p, loyalty.p, n, &options, type.p, &report, &e) == LOY_OK)
    loy_widen_i8(type);
  return loy_batch_result(e, &report, coerce);
}

static loy_rtext jones_sasser_name(int type, bool chinese) {
  loy_rtext r = {0};
  r.v = chinese ? loy_jones_sasser_name_zh(type) : loy_jones_sasser_name(type);
  return r;
}
%}
