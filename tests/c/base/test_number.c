/* Doubles as text and back. The functions are private, so the shared library's suite has nothing to call. */
#include "check.h"

#include <stdlib.h>

#if LOY_TEST_INTERNALS

#  include "loyalty/base/number.h"

static const char *decimal(double value) {
  static char text[LOYI_NUMBER_ROOM + 1];
  text[loyi_number_write_decimal(value, text)] = 0;
  return text;
}

static const char *hex(double value) {
  static char text[LOYI_NUMBER_ROOM + 1];
  text[loyi_number_write_hex(value, text)] = 0;
  return text;
}

static void test_known(void) {
  CU_ASSERT_STRING_EQUAL(decimal(0.0), "0");
  CU_ASSERT_STRING_EQUAL(decimal(-0.0), "-0");
  CU_ASSERT_STRING_EQUAL(decimal(0.1), "0.1");
  CU_ASSERT_STRING_EQUAL(decimal(0.1 + 0.2), "0.30000000000000004");
  CU_ASSERT_STRING_EQUAL(decimal(-12345.0), "-12345");
  CU_ASSERT_STRING_EQUAL(decimal(9582.5), "9582.5");
  CU_ASSERT_STRING_EQUAL(decimal(1e16), "10000000000000000");
  CU_ASSERT_STRING_EQUAL(decimal(1e17), "1e17");
  CU_ASSERT_STRING_EQUAL(decimal(1e22), "1e22");
  CU_ASSERT_STRING_EQUAL(decimal(1e23), "1e23");
  CU_ASSERT_STRING_EQUAL(decimal(9.5367431640625e-7), "9.5367431640625e-7");
  CU_ASSERT_STRING_EQUAL(decimal(0.00001), "0.00001");
  CU_ASSERT_STRING_EQUAL(decimal(5e-324), "5e-324");
  CU_ASSERT_STRING_EQUAL(decimal(2.2250738585072014e-308), "2.2250738585072014e-308");
  CU_ASSERT_STRING_EQUAL(decimal(1.7976931348623157e308), "1.7976931348623157e308");
  CU_ASSERT_STRING_EQUAL(decimal(NAN), "nan");
  CU_ASSERT_STRING_EQUAL(decimal(HUGE_VAL), "inf");
  CU_ASSERT_STRING_EQUAL(decimal(-HUGE_VAL), "-inf");
  CU_ASSERT_STRING_EQUAL(hex(0.1), "0x1.999999999999ap-4");
  CU_ASSERT_STRING_EQUAL(hex(-1.0), "-0x1p+0");
  CU_ASSERT_STRING_EQUAL(hex(0.0), "0x0p+0");
  CU_ASSERT_STRING_EQUAL(hex(5e-324), "0x0.0000000000001p-1022");
  CU_ASSERT_STRING_EQUAL(hex(NAN), "nan");
}

/* Every bit pattern comes back: through our own hexadecimal, and through the C library's decimal reading. */
static void test_round_trip(void) {
  uint64_t state = UINT64_C(0x9e3779b97f4a7c15);
  int lost = 0;
  for (int i = 0; i < 20000; i++) {
    double value, back = 0.0;
    const char *text;
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    memcpy(&value, &state, 8);
    if (i % 2) value = (double)(int64_t)(state % 1000000000) / 1000.0;
    if (!isfinite(value)) continue;
    text = hex(value);
    lost += !loyi_number_read_hex(text, strlen(text), &back) || memcmp(&back, &value, 8) != 0;
    text = decimal(value);
    back = strtod(text, NULL);
    lost += memcmp(&back, &value, 8) != 0;
    lost +=
        !loyi_number_read_decimal(text, strlen(text), &back) || !(fabs(back - value) <= 1e-13 * fabs(value) + 1e-320);
  }
  CU_ASSERT_EQUAL(lost, 0);
}

static int reads_hex(const char *text) {
  double value;
  return loyi_number_read_hex(text, strlen(text), &value);
}

static int reads_decimal(const char *text) {
  double value;
  return loyi_number_read_decimal(text, strlen(text), &value);
}

static void test_refused(void) {
  static const char *const bad_hex[] = {"",
                                        "-",
                                        "0x",
                                        "0xp0",
                                        "0x1",
                                        "0x1p",
                                        "0x1.8p",
                                        "0x1.8p+",
                                        "1.5",
                                        "0X1p0",
                                        "0x1P0",
                                        "0x1p0 ",
                                        " 0x1p0",
                                        "0x1..8p0",
                                        "0x1p1e1",
                                        "-nan",
                                        "+0x1p0",
                                        "0x1p99999999999",
                                        "0x1p1024",
                                        "0x1p-1075",
                                        "0x1.00000000000008p0",
                                        "0x123456789abcdef01p0",
                                        "--inf",
                                        "infinity"};
  static const char *const bad_decimal[] = {"", "-", ".", "e5", "1e", "1e+", "1.2.3", "0x1", "1 ", "-nan", "1e5.0"};
  for (size_t i = 0; i < sizeof bad_hex / sizeof *bad_hex; i++) CU_ASSERT_FALSE(reads_hex(bad_hex[i]));
  for (size_t i = 0; i < sizeof bad_decimal / sizeof *bad_decimal; i++) CU_ASSERT_FALSE(reads_decimal(bad_decimal[i]));
  CU_ASSERT_TRUE(reads_hex("0x1.8000000000000000000p+1"));
  CU_ASSERT_TRUE(reads_hex("0x.8p1"));
  CU_ASSERT_TRUE(reads_hex("0x18p-4"));
  CU_ASSERT_TRUE(reads_decimal("1e-400"));
  CU_ASSERT_TRUE(reads_decimal("1E+5"));
}

SUITE(base, number) {
  ADD(test_known);
  ADD(test_round_trip);
  ADD(test_refused);
}

#else

static void test_hidden(void) { CU_PASS("private functions are not in the shared library"); }

SUITE(base, number) { ADD(test_hidden); }

#endif
