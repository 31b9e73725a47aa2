/* preset.h: five industries placed on the competition axis.
 *
 * Jones and Sasser (Harvard Business Review 73(6), 1995) drew loyalty against satisfaction for five industries, from a
 * near monopoly to automobiles. Their figure has no loyalty axis in numbers: these values of c are illustrative,
 * chosen so that with the default curve the order and the shapes agree (telephone above airlines above hospitals above
 * personal computers above automobiles for every s < 1, all meeting at s = 1). */
#ifndef LOYALTY_RESPONSE_PRESET_H
#define LOYALTY_RESPONSE_PRESET_H

#include "../base/config.h"

LOY_BEGIN_DECLS

/* The industries. */
typedef enum loy_industry {
  LOY_INDUSTRY_LOCAL_TELEPHONE = 0,    /* c = .05 */
  LOY_INDUSTRY_AIRLINES = 1,           /* c = .35 */
  LOY_INDUSTRY_HOSPITALS = 2,          /* c = .60 */
  LOY_INDUSTRY_PERSONAL_COMPUTERS = 3, /* c = .85 */
  LOY_INDUSTRY_AUTOMOBILES = 4         /* c = .9375: sixteen equal suppliers */
} loy_industry;

/* How many industries there are: the numbers 0 to LOY_INDUSTRIES - 1. */
#define LOY_INDUSTRIES 5

/* The competition index c of an industry.
 *
 * industry   a loy_industry
 * Returns c in (0, 1); NaN for another number. */
LOYALTY_API double loy_industry_competition(int industry);

/* The stable English name of an industry, such as "local telephone"; "unknown" for another number. */
LOYALTY_API const char *loy_industry_name(int industry);

/* The stable Chinese name of an industry, UTF-8; "unknown" for another number. */
LOYALTY_API const char *loy_industry_name_zh(int industry);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "preset-inl.h"
#endif

#endif /* LOYALTY_RESPONSE_PRESET_H */
