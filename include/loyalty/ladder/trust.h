/* trust.h: names of the kinds of trust that loyalty rests on. Enumerations only, for columns of a survey or a customer
 * file.
 *
 * Sources: Ring, in Kramer and Tyler (eds), Trust in Organizations, 1996 (fragile and resilient); McAllister, Academy
 * of Management Journal 38(1), 1995 (by cognition and by affect); Barney and Hansen, Strategic Management Journal
 * 15(S1), 1994 (weak, semi-strong and strong form). */
#ifndef LOYALTY_LADDER_TRUST_H
#define LOYALTY_LADDER_TRUST_H

#include "../base/config.h"

LOY_BEGIN_DECLS

/* What trust survives (Ring). */
typedef enum loy_trust_resilience {
  LOY_TRUST_FRAGILE = 0,  /* holds while the bargain pays */
  LOY_TRUST_RESILIENT = 1 /* rests on the goodwill of the other */
} loy_trust_resilience;

/* How many there are: the numbers 0 to LOY_TRUST_RESILIENCES - 1. */
#define LOY_TRUST_RESILIENCES 2

/* What trust rests on (McAllister). */
typedef enum loy_trust_basis {
  LOY_TRUST_COGNITION = 0, /* knowledge of the other's reliability */
  LOY_TRUST_AFFECT = 1     /* care and concern for each other */
} loy_trust_basis;

/* How many there are: the numbers 0 to LOY_TRUST_BASES - 1. */
#define LOY_TRUST_BASES 2

/* Why it would not be abused (Barney and Hansen). */
typedef enum loy_trust_strength {
  LOY_TRUST_WEAK = 0,        /* there is little to abuse */
  LOY_TRUST_SEMI_STRONG = 1, /* safeguards make abuse too dear */
  LOY_TRUST_STRONG = 2       /* abuse is against the values of the other */
} loy_trust_strength;

/* How many there are: the numbers 0 to LOY_TRUST_STRENGTHS - 1. */
#define LOY_TRUST_STRENGTHS 3

/* The stable English name of a loy_trust_resilience: "fragile", "resilient"; "unknown" for another number. */
LOYALTY_API const char *loy_trust_resilience_name(int resilience);

/* Its Chinese name, UTF-8. */
LOYALTY_API const char *loy_trust_resilience_name_zh(int resilience);

/* The stable English name of a loy_trust_basis: "cognition", "affect"; "unknown" for another number. */
LOYALTY_API const char *loy_trust_basis_name(int basis);

/* Its Chinese name, UTF-8. */
LOYALTY_API const char *loy_trust_basis_name_zh(int basis);

/* The stable English name of a loy_trust_strength: "weak", "semi-strong", "strong"; "unknown" for another number. */
LOYALTY_API const char *loy_trust_strength_name(int strength);

/* Its Chinese name, UTF-8. */
LOYALTY_API const char *loy_trust_strength_name_zh(int strength);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "trust-inl.h"
#endif

#endif /* LOYALTY_LADDER_TRUST_H */
