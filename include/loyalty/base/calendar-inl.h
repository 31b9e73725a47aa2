/* calendar-inl.h: body of calendar.h. */
#ifndef LOYALTY_BASE_CALENDAR_INL_H
#define LOYALTY_BASE_CALENDAR_INL_H

#include "calendar.h"

#include <math.h>

LOY_BEGIN_DECLS

/* 0 for a number that is no unit. */
LOYI_LOCAL int64_t loyi_calendar_unit(loy_time_unit unit) {
  switch (unit) {
  case LOY_TIME_HOUR: return 3600;
  case LOY_TIME_DAY: return 86400;
  case LOY_TIME_WEEK: return 604800;
  case LOY_TIME_MONTH: return 2629800;
  case LOY_TIME_YEAR: return 31557600;
  }
  return 0;
}

LOYI_LOCAL int64_t loyi_calendar_gcd(int64_t a, int64_t b) {
  while (b != 0) {
    int64_t rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

LOYALTY_API double loy_time_unit_seconds(loy_time_unit unit) {
  int64_t seconds = loyi_calendar_unit(unit);
  return seconds > 0 ? (double)seconds : (double)NAN;
}

LOYALTY_API double loy_time_convert(double value, loy_time_unit from, loy_time_unit to) {
  int64_t a = loyi_calendar_unit(from), b = loyi_calendar_unit(to), common;
  if (a == 0 || b == 0) return (double)NAN;
  common = loyi_calendar_gcd(a, b);
  a /= common;
  b /= common;
  return value * (double)a / (double)b;
}

/* Both conversions count years from March, so that the leap day is the last of its year, and cut time into eras of 400
 * years (146,097 days). Years start at 1 here, so era and year of era never go below zero. */
LOYI_SHARED int64_t loyi_day_from_civil(int year, int month, int day) {
  int64_t y = (int64_t)year - (month <= 2);
  int64_t era = y / 400, of_era = y % 400;
  int64_t of_year = (153 * (int64_t)(month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

LOYI_SHARED void loyi_civil_from_day(int64_t number, int *year, int *month, int *day) {
  int64_t z = number + 719468; /* days since 0000-03-01; the least day of all gives 306 */
  int64_t era = z / 146097, of_era = z % 146097;
  int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  int64_t of_year = of_era - (365 * y + y / 4 - y / 100);
  int64_t m = (5 * of_year + 2) / 153;
  *day = (int)(of_year - (153 * m + 2) / 5 + 1);
  *month = (int)(m < 10 ? m + 3 : m - 9);
  *year = (int)(y + era * 400 + (m >= 10));
}

LOYI_LOCAL int loyi_calendar_month_days(int year, int month) {
  if (month == 2) return 28 + ((year % 4 == 0 && year % 100 != 0) || year % 400 == 0);
  return 30 + ((month + (month > 7)) & 1);
}

LOYALTY_API loy_status loy_day_from_civil(int year, int month, int day, int64_t *number, loy_error *error) {
  if (year < 1 || year > 9999) return loyi_report(error, LOY_ERR_DOMAIN, "year", LOY_NO_INDEX, "must be 1 to 9999");
  if (month < 1 || month > 12) return loyi_report(error, LOY_ERR_DOMAIN, "month", LOY_NO_INDEX, "must be 1 to 12");
  if (day < 1 || day > loyi_calendar_month_days(year, month))
    return loyi_report(error, LOY_ERR_DOMAIN, "day", LOY_NO_INDEX, "must be a day of the month");
  if (!number) return loyi_report(error, LOY_ERR_ARGUMENT, "number", LOY_NO_INDEX, "must not be NULL");
  *number = loyi_day_from_civil(year, month, day);
  return loyi_ok(error);
}

LOYI_LOCAL int loyi_calendar_day_is_bad(int64_t number) { return number < LOY_DAY_MIN || number > LOY_DAY_MAX; }

LOYI_LOCAL loy_status loyi_calendar_bad_day(loy_error *error) {
  return loyi_report(error, LOY_ERR_DOMAIN, "number", LOY_NO_INDEX, "must be a day from 0001-01-01 to 9999-12-31");
}

LOYALTY_API loy_status loy_civil_from_day(int64_t number, int *year, int *month, int *day, loy_error *error) {
  int y, m, d;
  if (loyi_calendar_day_is_bad(number)) return loyi_calendar_bad_day(error);
  loyi_civil_from_day(number, &y, &m, &d);
  if (year) *year = y;
  if (month) *month = m;
  if (day) *day = d;
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_day_from_iso(const char *text, size_t size, int64_t *number, loy_error *error) {
  int part[3] = {0, 0, 0}, at = 0;
  if (!text) return loyi_report(error, LOY_ERR_ARGUMENT, "text", LOY_NO_INDEX, "must not be NULL");
  for (size_t i = 0; i < 10; i++) {
    if (i >= size) return loyi_report(error, LOY_ERR_FORMAT, "text", size, "must be a date as YYYY-MM-DD");
    if (i == 4 || i == 7) {
      if (text[i] != '-') return loyi_report(error, LOY_ERR_FORMAT, "text", i, "must be a date as YYYY-MM-DD");
      at++;
    } else {
      if (text[i] < '0' || text[i] > '9')
        return loyi_report(error, LOY_ERR_FORMAT, "text", i, "must be a date as YYYY-MM-DD");
      part[at] = part[at] * 10 + (text[i] - '0');
    }
  }
  if (size != 10) return loyi_report(error, LOY_ERR_FORMAT, "text", 10, "must be a date as YYYY-MM-DD");
  if (part[0] < 1 || part[1] < 1 || part[1] > 12 || part[2] < 1 || part[2] > loyi_calendar_month_days(part[0], part[1]))
    return loyi_report(error, LOY_ERR_DOMAIN, "text", LOY_NO_INDEX, "must be a day of the calendar");
  if (!number) return loyi_report(error, LOY_ERR_ARGUMENT, "number", LOY_NO_INDEX, "must not be NULL");
  *number = loyi_day_from_civil(part[0], part[1], part[2]);
  return loyi_ok(error);
}

LOYI_SHARED void loyi_tick_range(loy_tick tick, int64_t *least, int64_t *greatest) {
  int64_t per_day = 1;
  switch (tick) {
  case LOY_TICK_DAY: per_day = 1; break;
  case LOY_TICK_SECOND: per_day = 86400; break;
  case LOY_TICK_MILLISECOND: per_day = (int64_t)86400 * 1000; break;
  case LOY_TICK_MICROSECOND: per_day = (int64_t)86400 * 1000000; break;
  case LOY_TICK_NANOSECOND: /* int64_t ends in 1677 and 2262, within the calendar */
    *least = -INT64_MAX;
    *greatest = INT64_MAX;
    return;
  }
  *least = LOY_DAY_MIN * per_day;
  *greatest = LOY_DAY_MAX * per_day + (per_day - 1);
}

LOY_END_DECLS

#endif /* LOYALTY_BASE_CALENDAR_INL_H */
