/* ladder_median_cut.i: shim of ladder/median_cut.h. */

%{
#include "loyalty/ladder/median_cut.h"
%}

LOY_BULK(median_cut)
%inline %{
static loy_r1 median_cut(loy_in value) {
  loy_r1 r = {0};
  loy_median_cut(value.p, value.n, &r.v[0], &r.e);
  return r;
}
%}
