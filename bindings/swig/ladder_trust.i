/* ladder_trust.i: shims of ladder/trust.h. */

%{
#include "loyalty/ladder/trust.h"
%}

%inline %{
static loy_rtext trust_resilience_name(int resilience, bool chinese) {
  loy_rtext r = {0};
  r.v = chinese ? loy_trust_resilience_name_zh(resilience) : loy_trust_resilience_name(resilience);
  return r;
}
static loy_rtext trust_basis_name(int basis, bool chinese) {
  loy_rtext r = {0};
  r.v = chinese ? loy_trust_basis_name_zh(basis) : loy_trust_basis_name(basis);
  return r;
}
static loy_rtext trust_strength_name(int strength, bool chinese) {
  loy_rtext r = {0};
  r.v = chinese ? loy_trust_strength_name_zh(strength) : loy_trust_strength_name(strength);
  return r;
}
%}
