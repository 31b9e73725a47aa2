/* Tests of base/calendar.h. */
#include "check.h"

static void test_units(void) {
  CHECK_BITS(loy_time_unit_seconds(LOY_TIME_HOUR), 3600.0);
  CHECK_BITS(loy_time_unit_seconds(LOY_TIME_DAY), 86400.0);
  CHECK_BITS(loy_time_unit_seconds(LOY_TIME_WEEK), 604800.0);
  CHECK_BITS(loy_time_unit_seconds(LOY_TIME_MONTH), 365.25 * 86400.0 / 12.0);
  CHECK_BITS(loy_time_unit_seconds(LOY_TIME_YEAR), 365.25 * 86400.0);
  CU_ASSERT(isnan(loy_time_unit_seconds((loy_time_unit)5)));
  CU_ASSERT(isnan(loy_time_unit_seconds((loy_time_unit)7)));
}

static void test_convert(void) {
  CHECK_BITS(loy_time_convert(2.0, LOY_TIME_YEAR, LOY_TIME_DAY), 730.5);
  CHECK_BITS(loy_time_convert(1.0, LOY_TIME_YEAR, LOY_TIME_MONTH), 12.0);
  CHECK_BITS(loy_time_convert(1.0, LOY_TIME_DAY, LOY_TIME_WEEK), 1.0 / 7.0);
  CHECK_BITS(loy_time_convert(1.0, LOY_TIME_MONTH, LOY_TIME_WEEK), 365.25 / 84.0);
  CHECK_BITS(loy_time_convert(1.0, LOY_TIME_YEAR, LOY_TIME_WEEK), 365.25 / 7.0);
  CHECK_BITS(loy_time_convert(-3.5, LOY_TIME_WEEK, LOY_TIME_HOUR), -588.0);
  CHECK_BITS(loy_time_convert(0.1, LOY_TIME_WEEK, LOY_TIME_WEEK), 0.1);
  CHECK_BITS(loy_time_convert((double)INFINITY, LOY_TIME_DAY, LOY_TIME_WEEK), (double)INFINITY);
  CU_ASSERT(isnan(loy_time_convert((double)NAN, LOY_TIME_DAY, LOY_TIME_WEEK)));
  CU_ASSERT(isnan(loy_time_convert(1.0, (loy_time_unit)6, LOY_TIME_WEEK)));
  CU_ASSERT(isnan(loy_time_convert(1.0, LOY_TIME_DAY, (loy_time_unit)6)));
}

/* Every day of the calendar, by counting on from the first. */
static void test_every_day(void) {
  static const int length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  int year = 1, month = 1, day = 1, wrong = 0;
  for (int64_t number = LOY_DAY_MIN; number <= LOY_DAY_MAX; number++) {
    int y = 0, m = 0, d = 0, leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    int64_t back = 0;
    wrong += loy_civil_from_day(number, &y, &m, &d, NULL) != LOY_OK;
    wrong += y != year || m != month || d != day;
    wrong += loy_day_from_civil(year, month, day, &back, NULL) != LOY_OK || back != number;
    if (day == length[month - 1] + (month == 2 && leap)) {
      wrong += loy_day_from_civil(year, month, day + 1, &back, NULL) != LOY_ERR_DOMAIN;
      day = 0;
      if (++month == 13) {
        month = 1;
        year++;
      }
    }
    day++;
  }
  CU_ASSERT_EQUAL(wrong, 0);
  CU_ASSERT_EQUAL(year, 10000);
}

static int64_t day_of(const char *text) {
  int64_t number = INT64_MIN;
  CHECK_STATUS(loy_day_from_iso(text, strlen(text), &number, NULL), LOY_OK);
  return number;
}

static void test_known_days(void) {
  CU_ASSERT_EQUAL(day_of("1970-01-01"), 0);
  CU_ASSERT_EQUAL(day_of("1969-12-31"), -1);
  CU_ASSERT_EQUAL(day_of("1997-01-01"), 9862);
  CU_ASSERT_EQUAL(day_of("2000-02-29"), 11016);
  CU_ASSERT_EQUAL(day_of("0001-01-01"), LOY_DAY_MIN);
  CU_ASSERT_EQUAL(day_of("9999-12-31"), LOY_DAY_MAX);
}

static void test_civil_errors(void) {
  loy_error error;
  int64_t number = 7;
  int part = 7;
  CHECK_STATUS(loy_day_from_civil(0, 13, 0, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "year", LOY_NO_INDEX);
  CHECK_STATUS(loy_day_from_civil(10000, 1, 1, &number, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "year", LOY_NO_INDEX);
  CHECK_STATUS(loy_day_from_civil(2001, 13, 0, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "month", LOY_NO_INDEX);
  CHECK_STATUS(loy_day_from_civil(2001, 2, 29, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "day", LOY_NO_INDEX);
  CHECK_STATUS(loy_day_from_civil(2001, 2, 28, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "number", LOY_NO_INDEX);
  CHECK_STATUS(loy_civil_from_day(LOY_DAY_MIN - 1, &part, &part, &part, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "number", LOY_NO_INDEX);
  CHECK_STATUS(loy_civil_from_day(LOY_DAY_MAX + 1, NULL, NULL, NULL, NULL), LOY_ERR_DOMAIN);
  CU_ASSERT(number == 7 && part == 7);
}

static void check_iso_error(const char *text, loy_status status, size_t index) {
  loy_error error;
  int64_t number = 7;
  CHECK_STATUS(loy_day_from_iso(text, strlen(text), &number, &error), status);
  CHECK_ERROR(&error, status, "text", index);
  CU_ASSERT_EQUAL(number, 7);
}

static void test_iso_errors(void) {
  loy_error error;
  check_iso_error("", LOY_ERR_FORMAT, 0);
  check_iso_error("1997-01-0", LOY_ERR_FORMAT, 9);
  check_iso_error("1997-01-01 ", LOY_ERR_FORMAT, 10);
  check_iso_error("1997/01/01", LOY_ERR_FORMAT, 4);
  check_iso_error("19970101", LOY_ERR_FORMAT, 4);
  check_iso_error("-997-01-01", LOY_ERR_FORMAT, 0);
  check_iso_error("1997-1x-01", LOY_ERR_FORMAT, 6);
  check_iso_error("1997-13-01", LOY_ERR_DOMAIN, LOY_NO_INDEX);
  check_iso_error("1997-00-01", LOY_ERR_DOMAIN, LOY_NO_INDEX);
  check_iso_error("1997-02-29", LOY_ERR_DOMAIN, LOY_NO_INDEX);
  check_iso_error("0000-01-01", LOY_ERR_DOMAIN, LOY_NO_INDEX);
  CHECK_STATUS(loy_day_from_iso(NULL, 10, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "text", LOY_NO_INDEX);
  CHECK_STATUS(loy_day_from_iso("1997-01-01", 10, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "number", LOY_NO_INDEX);
}

SUITE(base, calendar) {
  ADD(test_units);
  ADD(test_convert);
  ADD(test_every_day);
  ADD(test_known_days);
  ADD(test_civil_errors);
  ADD(test_iso_errors);
}
