/* number-inl.h: body of number.h. */
#ifndef LOYALTY_BASE_NUMBER_INL_H
#define LOYALTY_BASE_NUMBER_INL_H

#include "number.h"

#include <math.h>
#include <string.h>

LOY_BEGIN_DECLS

/* --- unsigned integers of many digits ---------------------------------------------------------------------------- */

/* The largest that occur are 10^324 times 2^55 and 2^1077: 1132 bits, or 36 limbs. */
enum { LOYI_NUMBER_LIMBS = 40 };

typedef struct loyi_number_big {
  uint32_t limb[LOYI_NUMBER_LIMBS]; /* least significant first */
  int used;
} loyi_number_big;

LOYI_LOCAL void loyi_number_set(loyi_number_big *a, uint64_t value) {
  a->limb[0] = (uint32_t)value;
  a->limb[1] = (uint32_t)(value >> 32);
  a->used = a->limb[1] ? 2 : (a->limb[0] ? 1 : 0);
}

LOYI_LOCAL void loyi_number_times(loyi_number_big *a, uint32_t factor) {
  uint64_t carry = 0;
  for (int i = 0; i < a->used; i++) {
    carry += (uint64_t)a->limb[i] * factor;
    a->limb[i] = (uint32_t)carry;
    carry >>= 32;
  }
  if (carry) a->limb[a->used++] = (uint32_t)carry;
}

LOYI_LOCAL void loyi_number_times_power(loyi_number_big *a, uint32_t base, int exponent) {
  for (int i = 0; i < exponent; i++) loyi_number_times(a, base);
}

LOYI_LOCAL void loyi_number_shift(loyi_number_big *a, int bits) {
  for (; bits >= 31; bits -= 31) loyi_number_times(a, UINT32_C(1) << 31);
  loyi_number_times(a, UINT32_C(1) << bits);
}

LOYI_LOCAL int loyi_number_compare(const loyi_number_big *a, const loyi_number_big *b) {
  if (a->used != b->used) return a->used < b->used ? -1 : 1;
  for (int i = a->used - 1; i >= 0; i--)
    if (a->limb[i] != b->limb[i]) return a->limb[i] < b->limb[i] ? -1 : 1;
  return 0;
}

LOYI_LOCAL void loyi_number_sum(const loyi_number_big *a, const loyi_number_big *b, loyi_number_big *sum) {
  uint64_t carry = 0;
  int used = a->used > b->used ? a->used : b->used;
  for (int i = 0; i < used; i++) {
    carry += (uint64_t)(i < a->used ? a->limb[i] : 0) + (i < b->used ? b->limb[i] : 0);
    sum->limb[i] = (uint32_t)carry;
    carry >>= 32;
  }
  if (carry) sum->limb[used++] = (uint32_t)carry;
  sum->used = used;
}

/* a -= b, for a >= b. */
LOYI_LOCAL void loyi_number_minus(loyi_number_big *a, const loyi_number_big *b) {
  uint64_t borrow = 0;
  for (int i = 0; i < a->used; i++) {
    uint64_t next = (uint64_t)a->limb[i] - (i < b->used ? b->limb[i] : 0) - borrow;
    a->limb[i] = (uint32_t)next;
    borrow = next >> 63;
  }
  while (a->used > 0 && a->limb[a->used - 1] == 0) a->used--;
}

/* Whether a + b compares with c as more (1), equal (0) or less (-1). */
LOYI_LOCAL int loyi_number_compare_sum(const loyi_number_big *a, const loyi_number_big *b, const loyi_number_big *c) {
  loyi_number_big sum;
  loyi_number_sum(a, b, &sum);
  return loyi_number_compare(&sum, c);
}

/* --- decimal ----------------------------------------------------------------------------------------------------- */

/* Shortest digits of f * 2^e, f > 0, into `digits` (at most 17): the number is 0.d1d2d3... * 10^*point. `narrow` says
 * that the next smaller double is half as far away as the next larger one.
 * Source: Burger & Dybvig 1996, "Printing floating-point numbers quickly and accurately", free-format algorithm. */
LOYI_LOCAL int loyi_number_digits(uint64_t f, int e, int narrow, char *digits, int *point) {
  loyi_number_big r, s, above, below;
  int even = (f & 1) == 0, count = 0, bits = 0, k;
  loyi_number_set(&r, f);
  loyi_number_set(&s, 1);
  loyi_number_set(&above, 1);
  loyi_number_set(&below, 1);
  loyi_number_shift(&r, narrow ? 2 : 1);
  loyi_number_shift(&s, narrow ? 2 : 1);
  if (narrow) loyi_number_shift(&above, 1);
  if (e >= 0) {
    loyi_number_shift(&r, e);
    loyi_number_shift(&above, e);
    loyi_number_shift(&below, e);
  } else {
    loyi_number_shift(&s, -e);
  }
  while (bits < 64 && f >> bits) bits++;
  /* log10 of the number lies within .302 above this; the correction below makes up for an estimate that is one short.
   * */
  k = (int)ceil((double)(e + bits - 1) * 0.30102999566398120 - 1e-10);
  if (k >= 0) {
    loyi_number_times_power(&s, 10, k);
  } else {
    loyi_number_times_power(&r, 10, -k);
    loyi_number_times_power(&above, 10, -k);
    loyi_number_times_power(&below, 10, -k);
  }
  if (loyi_number_compare_sum(&r, &above, &s) >= (even ? 0 : 1)) {
    k++;
  } else {
    loyi_number_times(&r, 10);
    loyi_number_times(&above, 10);
    loyi_number_times(&below, 10);
  }
  for (;;) {
    int digit = 0, low, high;
    while (loyi_number_compare(&r, &s) >= 0) {
      loyi_number_minus(&r, &s);
      digit++;
    }
    low = loyi_number_compare(&r, &below) < (even ? 1 : 0);
    high = loyi_number_compare_sum(&r, &above, &s) >= (even ? 0 : 1);
    if (!low && !high) {
      digits[count++] = (char)('0' + digit);
      loyi_number_times(&r, 10);
      loyi_number_times(&above, 10);
      loyi_number_times(&below, 10);
      continue;
    }
    if (high && (!low || loyi_number_compare_sum(&r, &r, &s) >= 0)) digit++;
    digits[count++] = (char)('0' + digit);
    break;
  }
  *point = k;
  return count;
}

/* "nan", "inf" or "-inf"; 0 for a finite value. */
LOYI_LOCAL size_t loyi_number_write_special(double value, char *text) {
  const char *word = isnan(value) ? "nan" : (value > 0.0 ? "inf" : "-inf");
  size_t length = value < 0.0 ? 4 : 3;
  if (isfinite(value)) return 0;
  memcpy(text, word, length);
  return length;
}

/* A decimal integer with its sign; `plus` writes the sign of a positive one too. */
LOYI_LOCAL size_t loyi_number_write_integer(int value, int plus, char *text) {
  char digits[12];
  size_t count = 0, length = 0;
  unsigned rest = value < 0 ? 0u - (unsigned)value : (unsigned)value;
  do {
    digits[count++] = (char)('0' + (int)(rest % 10u));
    rest /= 10u;
  } while (rest);
  if (value < 0) text[length++] = '-';
  if (value >= 0 && plus) text[length++] = '+';
  while (count) text[length++] = digits[--count];
  return length;
}

/* value = f * 2^e with f below 2^53, for a finite value of either sign. Returns the exponent field. */
LOYI_LOCAL int loyi_number_split(double value, uint64_t *f, int *e) {
  uint64_t bits;
  int field;
  memcpy(&bits, &value, sizeof bits);
  field = (int)(bits >> 52 & 0x7ff);
  *f = bits & UINT64_C(0xfffffffffffff);
  if (field) *f |= UINT64_C(1) << 52;
  *e = (field ? field : 1) - 1075;
  return field;
}

LOYI_SHARED size_t loyi_number_write_decimal(double value, char *text) {
  char digits[24];
  uint64_t f;
  int e, count, point;
  size_t length = loyi_number_write_special(value, text);
  if (length) return length;
  if (signbit(value)) text[length++] = '-';
  if (value == 0.0) {
    text[length++] = '0';
    return length;
  }
  {
    int field = loyi_number_split(value, &f, &e);
    count = loyi_number_digits(f, e, field > 1 && f == UINT64_C(1) << 52, digits, &point);
  }
  if (point > 0 && point <= 17) { /* 123, 12.5 */
    for (int i = 0; i < point; i++) text[length++] = (char)(i < count ? digits[i] : '0');
    if (count > point) text[length++] = '.';
    for (int i = point; i < count; i++) text[length++] = digits[i];
  } else if (point > -5 && point <= 0) { /* 0.00125 */
    text[length++] = '0';
    text[length++] = '.';
    for (int i = point; i < 0; i++) text[length++] = '0';
    for (int i = 0; i < count; i++) text[length++] = digits[i];
  } else { /* 1.25e-7 */
    text[length++] = digits[0];
    if (count > 1) text[length++] = '.';
    for (int i = 1; i < count; i++) text[length++] = digits[i];
    text[length++] = 'e';
    length += loyi_number_write_integer(point - 1, 0, text + length);
  }
  return length;
}

/* --- hexadecimal ------------------------------------------------------------------------------------------------- */

LOYI_SHARED size_t loyi_number_write_hex(double value, char *text) {
  uint64_t f, fraction;
  int e, field;
  size_t length = loyi_number_write_special(value, text);
  if (length) return length;
  field = loyi_number_split(value, &f, &e);
  if (signbit(value)) text[length++] = '-';
  text[length++] = '0';
  text[length++] = 'x';
  text[length++] = field ? '1' : '0';
  fraction = f & UINT64_C(0xfffffffffffff);
  if (fraction) text[length++] = '.';
  for (int shift = 48; fraction; shift -= 4) {
    text[length++] = "0123456789abcdef"[fraction >> shift & 15];
    fraction &= (UINT64_C(1) << shift) - 1;
  }
  text[length++] = 'p';
  return length + loyi_number_write_integer(f ? e + 52 : 0, 1, text + length);
}

LOYI_LOCAL int loyi_number_is(const char *text, size_t length, const char *word) {
  return strlen(word) == length && memcmp(text, word, length) == 0;
}

/* "nan", "inf" and, with the sign already taken off, the same. */
LOYI_LOCAL int loyi_number_read_special(const char *text, size_t length, double *value) {
  if (loyi_number_is(text, length, "nan"))
    *value = NAN;
  else if (loyi_number_is(text, length, "inf"))
    *value = HUGE_VAL;
  else
    return 0;
  return 1;
}

/* An optionally signed run of decimal digits to the end of the text; beyond a million the size no longer matters. */
LOYI_LOCAL int loyi_number_read_exponent(const char *text, size_t length, int *value) {
  size_t at = 0;
  int negative = 0, sum = 0;
  if (at < length && (text[at] == '+' || text[at] == '-')) negative = text[at++] == '-';
  if (at == length) return 0;
  for (; at < length; at++) {
    if (text[at] < '0' || text[at] > '9') return 0;
    if (sum < 1000000) sum = 10 * sum + (text[at] - '0');
  }
  *value = negative ? -sum : sum;
  return 1;
}

LOYI_LOCAL int loyi_number_hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

LOYI_SHARED int loyi_number_read_hex(const char *text, size_t length, double *value) {
  uint64_t f = 0;
  size_t at = 0, digits = 0;
  int negative = 0, pointed = 0, scale = 0, exponent = 0;
  double result;
  if (length > 0 && text[0] == '-') negative = 1, at = 1;
  if (loyi_number_read_special(text + at, length - at, &result)) {
    if (negative && isnan(result)) return 0;
    *value = negative ? -result : result;
    return 1;
  }
  if (length - at < 2 || text[at] != '0' || text[at + 1] != 'x') return 0;
  for (at += 2; at < length && text[at] != 'p'; at++) {
    int digit = loyi_number_hex_digit(text[at]);
    if (text[at] == '.' && !pointed) {
      pointed = 1;
      continue;
    }
    if (digit < 0) return 0;
    digits++;
    if (f >> 60) { /* no room: only zeros may follow */
      if (digit) return 0;
      if (!pointed) return 0;
      continue;
    }
    f = f << 4 | (uint64_t)digit;
    if (pointed) scale -= 4;
  }
  if (digits == 0 || digits > 64 || at == length) return 0;
  if (!loyi_number_read_exponent(text + at + 1, length - at - 1, &exponent)) return 0;
  while (f && (f & 1) == 0) {
    f >>= 1;
    scale++;
  }
  if (f >> 53) return 0;
  result = ldexp((double)f, scale + exponent);
  if (!isfinite(result) || ldexp(result, -(scale + exponent)) != (double)f) return 0;
  *value = negative ? -result : result;
  return 1;
}

/* value * 10^exponent, to a few ulp. */
LOYI_LOCAL double loyi_number_scale(double value, int exponent) {
  static const double powers[9] = {1e1, 1e2, 1e4, 1e8, 1e16, 1e32, 1e64, 1e128, 1e256};
  unsigned rest = (unsigned)(exponent < 0 ? -exponent : exponent);
  if (rest > 700) return exponent < 0 ? 0.0 : (value > 0.0 ? HUGE_VAL : 0.0);
  for (; rest >= 512; rest -= 256) value = exponent < 0 ? value / 1e256 : value * 1e256;
  for (int bit = 8; bit >= 0; bit--)
    if (rest >> bit & 1u) value = exponent < 0 ? value / powers[bit] : value * powers[bit];
  return value;
}

LOYI_SHARED int loyi_number_read_decimal(const char *text, size_t length, double *value) {
  uint64_t f = 0;
  size_t at = 0, digits = 0;
  int negative = 0, pointed = 0, scale = 0, exponent = 0;
  double result;
  if (length > 0 && text[0] == '-') negative = 1, at = 1;
  if (loyi_number_read_special(text + at, length - at, &result)) {
    if (negative && isnan(result)) return 0;
    *value = negative ? -result : result;
    return 1;
  }
  if (length > 1000) return 0;
  for (; at < length && text[at] != 'e' && text[at] != 'E'; at++) {
    if (text[at] == '.' && !pointed) {
      pointed = 1;
      continue;
    }
    if (text[at] < '0' || text[at] > '9') return 0;
    digits++;
    if (f < UINT64_C(100000000000000000)) { /* 18 digits are plenty */
      f = 10 * f + (uint64_t)(text[at] - '0');
      if (pointed) scale--;
    } else if (!pointed) {
      scale++;
    }
  }
  if (digits == 0) return 0;
  if (at < length && !loyi_number_read_exponent(text + at + 1, length - at - 1, &exponent)) return 0;
  result = f ? loyi_number_scale((double)f, scale + exponent) : 0.0;
  *value = negative ? -result : result;
  return 1;
}

LOY_END_DECLS

#endif /* LOYALTY_BASE_NUMBER_INL_H */
