/* trust-inl.h: body of trust.h. */
#ifndef LOYALTY_LADDER_TRUST_INL_H
#define LOYALTY_LADDER_TRUST_INL_H

#include "trust.h"

LOY_BEGIN_DECLS

LOYALTY_API const char *loy_trust_resilience_name(int resilience) {
  switch (resilience) {
  case LOY_TRUST_FRAGILE: return "fragile";
  case LOY_TRUST_RESILIENT: return "resilient";
  default: return "unknown";
  }
}

LOYALTY_API const char *loy_trust_resilience_name_zh(int resilience) {
  switch (resilience) {
  case LOY_TRUST_FRAGILE: return "脆弱信任";
  case LOY_TRUST_RESILIENT: return "有弹性的信任";
  default: return "unknown";
  }
}

LOYALTY_API const char *loy_trust_basis_name(int basis) {
  switch (basis) {
  case LOY_TRUST_COGNITION: return "cognition";
  case LOY_TRUST_AFFECT: return "affect";
  default: return "unknown";
  }
}

LOYALTY_API const char *loy_trust_basis_name_zh(int basis) {
  switch (basis) {
  case LOY_TRUST_COGNITION: return "认知信任";
  case LOY_TRUST_AFFECT: return "情感信任";
  default: return "unknown";
  }
}

LOYALTY_API const char *loy_trust_strength_name(int strength) {
  switch (strength) {
  case LOY_TRUST_WEAK: return "weak";
  case LOY_TRUST_SEMI_STRONG: return "semi-strong";
  case LOY_TRUST_STRONG: return "strong";
  default: return "unknown";
  }
}

LOYALTY_API const char *loy_trust_strength_name_zh(int strength) {
  switch (strength) {
  case LOY_TRUST_WEAK: return "弱信任";
  case LOY_TRUST_SEMI_STRONG: return "半强信任";
  case LOY_TRUST_STRONG: return "强信任";
  default: return "unknown";
  }
}

LOY_END_DECLS

#endif /* LOYALTY_LADDER_TRUST_INL_H */
