/* preset-inl.h: body of preset.h. */
#ifndef LOYALTY_RESPONSE_PRESET_INL_H
#define LOYALTY_RESPONSE_PRESET_INL_H

#include "preset.h"

#include <math.h>

LOY_BEGIN_DECLS

LOYALTY_API double loy_industry_competition(int industry) {
  switch (industry) {
  case LOY_INDUSTRY_LOCAL_TELEPHONE: return .05;
  case LOY_INDUSTRY_AIRLINES: return .35;
  case LOY_INDUSTRY_HOSPITALS: return .60;
  case LOY_INDUSTRY_PERSONAL_COMPUTERS: return .85;
  case LOY_INDUSTRY_AUTOMOBILES: return .9375;
  default: return (double)NAN;
  }
}

LOYALTY_API const char *loy_industry_name(int industry) {
  switch (industry) {
  case LOY_INDUSTRY_LOCAL_TELEPHONE: return "local telephone";
  case LOY_INDUSTRY_AIRLINES: return "airlines";
  case LOY_INDUSTRY_HOSPITALS: return "hospitals";
  case LOY_INDUSTRY_PERSONAL_COMPUTERS: return "personal computers";
  case LOY_INDUSTRY_AUTOMOBILES: return "automobiles";
  default: return "unknown";
  }
}

LOYALTY_API const char *loy_industry_name_zh(int industry) {
  switch (industry) {
  case LOY_INDUSTRY_LOCAL_TELEPHONE: return "市内电话";
  case LOY_INDUSTRY_AIRLINES: return "航空";
  case LOY_INDUSTRY_HOSPITALS: return "医院";
  case LOY_INDUSTRY_PERSONAL_COMPUTERS: return "个人电脑";
  case LOY_INDUSTRY_AUTOMOBILES: return "汽车";
  default: return "unknown";
  }
}

LOY_END_DECLS

#endif /* LOYALTY_RESPONSE_PRESET_INL_H */
