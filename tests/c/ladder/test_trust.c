/* Names of the kinds of trust. */
#include "check.h"

static void test_names(void) {
  CU_ASSERT_STRING_EQUAL(loy_trust_resilience_name(LOY_TRUST_FRAGILE), "fragile");
  CU_ASSERT_STRING_EQUAL(loy_trust_resilience_name(LOY_TRUST_RESILIENT), "resilient");
  CU_ASSERT_STRING_EQUAL(loy_trust_resilience_name_zh(LOY_TRUST_FRAGILE), "脆弱信任");
  CU_ASSERT_STRING_EQUAL(loy_trust_basis_name(LOY_TRUST_COGNITION), "cognition");
  CU_ASSERT_STRING_EQUAL(loy_trust_basis_name_zh(LOY_TRUST_AFFECT), "情感信任");
  CU_ASSERT_STRING_EQUAL(loy_trust_strength_name(LOY_TRUST_SEMI_STRONG), "semi-strong");
  CU_ASSERT_STRING_EQUAL(loy_trust_strength_name_zh(LOY_TRUST_STRONG), "强信任");
  for (int i = -1; i <= 3; i++) {
    CU_ASSERT_EQUAL(strcmp(loy_trust_resilience_name(i), "unknown") != 0, i >= 0 && i < LOY_TRUST_RESILIENCES);
    CU_ASSERT_EQUAL(strcmp(loy_trust_resilience_name_zh(i), "unknown") != 0, i >= 0 && i < LOY_TRUST_RESILIENCES);
    CU_ASSERT_EQUAL(strcmp(loy_trust_basis_name(i), "unknown") != 0, i >= 0 && i < LOY_TRUST_BASES);
    CU_ASSERT_EQUAL(strcmp(loy_trust_basis_name_zh(i), "unknown") != 0, i >= 0 && i < LOY_TRUST_BASES);
    CU_ASSERT_EQUAL(strcmp(loy_trust_strength_name(i), "unknown") != 0, i >= 0 && i < LOY_TRUST_STRENGTHS);
    CU_ASSERT_EQUAL(strcmp(loy_trust_strength_name_zh(i), "unknown") != 0, i >= 0 && i < LOY_TRUST_STRENGTHS);
  }
}

SUITE(ladder, trust) { ADD(test_names); }
