/* calendar.h: units of time, integer time stamps, and the proleptic Gregorian calendar.
 *
 * Time enters the library as integers: a number of days, seconds, milli-, micro- or nanoseconds since
 * 1970-01-01T00:00:00 (the *tick* says which), without a time zone: whoever owns the data decides whose clock it is.
 * Dates run from 0001-01-01 to 9999-12-31, so that seconds passed as days are caught instead of believed. */
#ifndef LOYALTY_BASE_CALENDAR_H
#define LOYALTY_BASE_CALENDAR_H

#include "config.h"
#include "status.h"

LOY_BEGIN_DECLS

/* The unit in which a model measures time. A year is 365.25 days and a month a twelfth of it, so all units are whole
 * numbers of seconds and convert into each other exactly up to one rounding. */
typedef enum loy_time_unit {
  LOY_TIME_HOUR = 0,  /*      3,600 s */
  LOY_TIME_DAY = 1,   /*     86,400 s */
  LOY_TIME_WEEK = 2,  /*    604,800 s */
  LOY_TIME_MONTH = 3, /*  2,629,800 s */
  LOY_TIME_YEAR = 4   /* 31,557,600 s */
} loy_time_unit;

/* The unit of an integer time stamp. */
typedef enum loy_tick {
  LOY_TICK_DAY = 0,
  LOY_TICK_SECOND = 1,
  LOY_TICK_MILLISECOND = 2,
  LOY_TICK_MICROSECOND = 3,
  LOY_TICK_NANOSECOND = 4
} loy_tick;

/* The first and the last day that the library accepts, counted from 1970-01-01. */
#define LOY_DAY_MIN (-719162) /* 0001-01-01 */
#define LOY_DAY_MAX 2932896   /* 9999-12-31 */

/* How many seconds one `unit` lasts; always a whole number. NaN for a number that is no unit. */
LOYALTY_API double loy_time_unit_seconds(loy_time_unit unit);

/* `value` units of `from`, expressed in units of `to`: value * seconds(from) / seconds(to). Exact apart from one
 * rounding when one unit is a whole multiple of the other (hours in a day, months in a year), at most two roundings
 * otherwise. Any value, infinities included; NaN for NaN or a number that is no unit. */
LOYALTY_API double loy_time_convert(double value, loy_time_unit from, loy_time_unit to);

/* The number of the day year-month-day of the Gregorian calendar, day 0 being 1970-01-01.
 * year 1 to 9999, month 1 to 12, day 1 to the length of the month; *number is LOY_DAY_MIN to LOY_DAY_MAX.
 * Errors, in this order: LOY_ERR_DOMAIN for year, month, day; LOY_ERR_ARGUMENT for number (NULL).
 * Source: the days_from_civil algorithm of H. Hinnant, "chrono-compatible low-level date algorithms" (2013). */
LOYALTY_API loy_status loy_day_from_civil(int year, int month, int day, int64_t *number, loy_error *error);

/* The date of day `number`: the inverse of loy_day_from_civil. year, month and day may each be NULL.
 * Errors: LOY_ERR_DOMAIN for number outside LOY_DAY_MIN to LOY_DAY_MAX. */
LOYALTY_API loy_status loy_civil_from_day(int64_t number, int *year, int *month, int *day, loy_error *error);

/* The day written as "YYYY-MM-DD" (ISO 8601 calendar date: ten characters, digits and hyphens, nothing around them) in
 * the first `size` bytes of `text`, which need not end in a zero.
 * Errors, in this order: LOY_ERR_ARGUMENT for text (NULL); LOY_ERR_FORMAT for text that is not of this form, index =
 * the offending byte (or the size, when it is short); LOY_ERR_DOMAIN for text that names no day of the calendar;
 * LOY_ERR_ARGUMENT for number (NULL). */
LOYALTY_API loy_status loy_day_from_iso(const char *text, size_t size, int64_t *number, loy_error *error);

/* Private: the same two conversions without checks, for day numbers and dates known to be in range. */
LOYI_SHARED int64_t loyi_day_from_civil(int year, int month, int day);
LOYI_SHARED void loyi_civil_from_day(int64_t number, int *year, int *month, int *day);

/* Private: the least and the greatest time stamp of a tick that lie within LOY_DAY_MIN to LOY_DAY_MAX. The least
 * int64_t is never valid: it is the "not a time" of NumPy and others. */
LOYI_SHARED void loyi_tick_range(loy_tick tick, int64_t *least, int64_t *greatest);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "calendar-inl.h"
#endif

#endif /* LOYALTY_BASE_CALENDAR_H */
