/* ladder_brown.i: shims of ladder/brown.h. */

%{
#include "loyalty/ladder/brown.h"
%}

LOY_BULK(brown)
%inline %{
/* `first` says where each customer's purchases begin in `brand`; the other columns receive a number for each
 * customer. */
static loy_r0 brown(double undivided_from, double per_brand, int64_t least, loy_in_i64 brand, loy_in_i64 first,
                    loy_out_i8 type, loy_out_i64 purchases, loy_out_i64 brands, loy_out_i64 runs, loy_out share,
                    loy_out entropy) {
  loy_r0 r = {0};
  loy_brown_options options;
  loy_brown_sequence *found;
  size_t *from;
  const size_t n = first.n;
  loy_brown_options_init(&options);
  options.undivided_from = undivided_from;
  options.per_brand = per_brand;
  options.least = least;
  if (!loy_same_length(&r.e, "type", type.n, n) || !loy_same_length(&r.e, "purchases", purchases.n, n) ||
      !loy_same_length(&r.e, "brands", brands.n, n) || !loy_same_length(&r.e, "runs", runs.n, n) ||
      !loy_same_length(&r.e, "share", share.n, n) || !loy_same_length(&r.e, "entropy", entropy.n, n))
    return r;
  found = (loy_brown_sequence *)calloc(n + 1, sizeof *found);
  from = (size_t *)calloc(n + 1, sizeof *from);
  for (size_t i = 0; from && i < n; i++) from[i] = first.p[i] < 0 ? SIZE_MAX : (size_t)first.p[i];
  if (!found || !from) {
    loy_refuse(&r.e, LOY_ERR_MEMORY, NULL, "out of memory");
  } else if (loy_brown(brand.p, brand.n, from, n, &options, NULL, found, &r.e) == LOY_OK) {
    for (size_t i = 0; i < n; i++) {
      type.p[i] = (int8_t)found[i].type;
      purchases.p[i] = found[i].purchases;
      brands.p[i] = found[i].brands;
      runs.p[i] = found[i].runs;
      share.p[i] = found[i].share;
      entropy.p[i] = found[i].entropy;
    }
    loy_widen_i8(type);
  }
  free(found);
  free(from);
  return r;
}

static loy_rtext brown_name(int type, bool chinese) {
  loy_rtext r = {0};
  r.v = chinese ? loy_brown_name_zh(type) : loy_brown_name(type);
  return r;
}
%}
