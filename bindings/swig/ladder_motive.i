/* ladder_motive.i: shims of ladder/motive.h. */

%{
#include "loyalty/ladder/motive.h"

static loy_motive_options motive_options(double incentive_from, double patronage_from, double relative_above) {
  loy_motive_options options;
  loy_motive_options_init(&options);
  options.incentive_from = incentive_from;
  options.patronage_from = patronage_from;
  options.relative_above = relative_above;
  return options;
}
%}

LOY_BULK(motive_batch)
%inline %{
/* The motive of one customer, as its number. The cuts come first. */
static loy_ri motive(double incentive_from, double patronage_from, double relative_above, double kinship,
                     double incentive_share, double patronage, double relative_attitude) {
  const loy_motive_options options = motive_options(incentive_from, patronage_from, relative_above);
  loy_ri r = {0};
  int found = 0;
  if (loy_motive(kinship, incentive_share, patronage, relative_attitude, &options, &found, &r.e) == LOY_OK) r.v = found;
  return r;
}

static loy_rbatch motive_batch(double incentive_from, double patronage_from, double relative_above, loy_in kinship,
                               loy_in incentive_share, loy_in patronage, loy_in relative_attitude, loy_out_i8 motive,
                               bool coerce) {
  const loy_motive_options options = motive_options(incentive_from, patronage_from, relative_above);
  loy_error e = {0};
  loy_batch_report report = {0};
  const size_t n = kinship.n;
  if (loy_same_length(&e, "incentive_share", incentive_share.n, n) &&
      loy_same_length(&e, "patronage", patronage.n, n) &&
      loy_same_length(&e, "relative_attitude", relative_attitude.n, n) &&
      loy_same_length(&e, "motive", motive.n, n) &&
      loy_motive_batch(kinship.p, incentive_share.p, patronage.p, relative_attitude.p, n, &options, motive.p, &report,
          &e) == LOY_OK)
    loy_widen_i8(motive);
  return loy_batch_result(e, &report, coerce);
}

static loy_rtext motive_name(int motive, bool chinese) {
  loy_rtext r = {0};
  r.v = chinese ? loy_motive_name_zh(motive) : loy_motive_name(motive);
  return r;
}
%}
