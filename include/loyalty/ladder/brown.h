/* brown.h: Brown's types of loyalty, from the sequence of brands that a customer bought.
 *
 *   UNDIVIDED  AAAA     one brand
 *   DIVIDED    ABAB     a few brands, with returns to one that had been left
 *   UNSTABLE   AAABBB   a few brands one after the other, none returned to
 *   NONE       ABCD     many brands
 *
 * With n purchases of k brands in r runs (a run is a stretch of one brand), first match from the top: UNDIVIDED when
 * the most bought brand has a share of at least undivided_from; NONE when n < per_brand k; UNSTABLE when r = k; DIVIDED
 * otherwise. Beside the type stand three numbers: the share of the most bought brand, the runs, and the ratio
 * H / ln k with H = -sum s ln s over the brands' shares s, which is 0 for one brand and 1 for brands bought equally.
 *
 * Source: Brown, Brand Loyalty: Fact or Fiction?, Advertising Age 23, 1952 (the types by example; the rule is this
 * library's). */
#ifndef LOYALTY_LADDER_BROWN_H
#define LOYALTY_LADDER_BROWN_H

#include "../base/alloc.h"
#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* The types. */
typedef enum loy_brown_type {
  LOY_BROWN_UNKNOWN = -1, /* too few purchases */
  LOY_BROWN_NONE = 0,
  LOY_BROWN_UNSTABLE = 1,
  LOY_BROWN_DIVIDED = 2,
  LOY_BROWN_UNDIVIDED = 3
} loy_brown_type;

/* How many types there are: the numbers 0 to LOY_BROWN_TYPES - 1. */
#define LOY_BROWN_TYPES 4

/* The rule's numbers. Fill it with loy_brown_options_init, then change what you need. */
typedef struct loy_brown_options {
  size_t struct_size;
  double undivided_from; /* share of the most bought brand that is undivided loyalty; 1; above 0.5, at most 1 */
  double per_brand;      /* purchases that a brand needs on average to be one of a few; 2; from 1 to 1e6 */
  int64_t least;         /* a customer with fewer purchases has no type; 2; from 1 */
} loy_brown_options;

/* One sequence. */
typedef struct loy_brown_sequence {
  int type;          /* a loy_brown_type */
  int64_t purchases; /* n */
  int64_t brands;    /* k, how many different ones */
  int64_t runs;      /* r, from k to n */
  double share;      /* share of the most bought brand, in [1/k, 1]; NaN for no purchase */
  double entropy;    /* H / ln k, in [0, 1]; NaN for no purchase */
} loy_brown_sequence;

/* Fill `options` with the defaults. Never fails; NULL does nothing. */
LOYALTY_API void loy_brown_options_init(loy_brown_options *options);

/* The sequences of several customers, one after the other.
 *
 * brand       numbers of brands, any; purchase after purchase, customer after customer
 * n           number of purchases
 * first       where each customer's purchases begin, `customers` indices from 0 to n that do not fall; a customer's end
 *             where the next one's begin, and the last one's at n. The first is 0
 * customers   number of customers
 * options     the rule; NULL for the defaults
 * allocator   for the numbers of one customer's purchases; NULL for the C library's
 * result      receives `customers` sequences
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `brand` with n > 0, a NULL `first` or `result` with customers > 0;
 * LOY_ERR_DOMAIN for the first bad `first` (`index` is the customer); LOY_ERR_ARGUMENT for n > 0 without a customer
 * ("customers"), then for `options` with a bad struct_size; LOY_ERR_DOMAIN for a bad member of it, in the order of
 * declaration; LOY_ERR_MEMORY.
 * Accuracy: share correctly rounded, entropy to about 1e-15 relative. */
LOYALTY_API loy_status loy_brown(const int64_t *brand, size_t n, const size_t *first, size_t customers,
                                 const loy_brown_options *options, const loy_allocator *allocator,
                                 loy_brown_sequence *result, loy_error *error);

/* The stable English name of a loy_brown_type: "none", "unstable", "divided", "undivided"; "unknown" for another
 * number. */
LOYALTY_API const char *loy_brown_name(int type);

/* Its Chinese name, UTF-8. */
LOYALTY_API const char *loy_brown_name_zh(int type);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "brown-inl.h"
#endif

#endif /* LOYALTY_LADDER_BROWN_H */
