/* fuzz_input.h: bytes of a fuzzer as arguments of a library of numbers, and what every answer has to keep.
 *
 * Uniform bit patterns would hardly ever pass the first check, so that numbers are mostly from their domain. Only an
 * input that begins hostile also gives ends, their neighbors, infinities, NaN, any bits, and wrong choices. */
#ifndef LOYALTY_TESTS_FUZZ_INPUT_H
#define LOYALTY_TESTS_FUZZ_INPUT_H

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "loyalty/base/columns.h"
#include "loyalty/base/status.h"

/* What does not hold is a crash, which the fuzzer keeps. */
static inline void require_at(int condition, const char *text, int line) {
  if (condition) return;
  fprintf(stderr, "line %d: %s\n", line, text);
  abort();
}
#define require(condition) require_at((condition) != 0, #condition, __LINE__)

typedef struct input {
  const uint8_t *at;
  size_t left;
  int hostile;
} input;

/* The next byte; 0 at the end. */
static inline unsigned take(input *in) {
  if (in->left == 0) return 0;
  in->left--;
  return *in->at++;
}

static inline uint64_t take_bits(input *in) {
  uint64_t bits = 0;
  for (int i = 0; i < 8; i++) bits = bits << 8 | take(in);
  return bits;
}

/* Any double. */
static inline double take_raw(input *in) {
  const uint64_t bits = take_bits(in);
  double value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

/* A number that no function expects. */
static inline double take_odd(input *in, double low, double high) {
  switch (take(in) % 12) {
  case 0: return (double)NAN;
  case 1: return (double)INFINITY;
  case 2: return -(double)INFINITY;
  case 3: return nextafter(low, -DBL_MAX);
  case 4: return nextafter(high, DBL_MAX);
  case 5: return nextafter(low, DBL_MAX);
  case 6: return nextafter(high, -DBL_MAX);
  case 7: return -0.0;
  case 8: return 5e-324;
  case 9: return DBL_MAX;
  case 10: return -high;
  default: return take_raw(in);
  }
}

/* A number from low to high. The first values of the byte are the ends, powers of two from them, and the middle. */
static inline double take_number(input *in, double low, double high) {
  const unsigned byte = take(in);
  const double width = high - low;
  if (in->hostile && byte >= 232) return take_odd(in, low, high);
  switch (byte) {
  case 0: return low;
  case 1: return high;
  case 2: return low + ldexp(width, -(int)(take(in) % 64));
  case 3: return high - ldexp(width, -(int)(take(in) % 54));
  case 4: return low + width / 2.0;
  default: return low + width * ((double)(byte * 256u + take(in)) / 65535.0);
  }
}

/* A positive number of any size that the library takes (base/range.h), mostly an ordinary one, now and then 0. */
static inline double take_quantity(input *in) {
  const unsigned byte = take(in);
  if (in->hostile && byte >= 232) return take_odd(in, 1e-40, 1e40);
  if (byte < 8) return 0.0;
  if (byte < 16) return byte < 12 ? 1e-40 : 1e40;
  if (byte < 48) return ldexp(1.0 + take(in) / 256.0, (int)(take(in) % 264) - 132);
  return (byte - 47) / (double)(1 + take(in) % 16);
}

/* A whole number from low to high as an answer. */
static inline double take_answer(input *in, int low, int high) {
  const unsigned byte = take(in);
  if (in->hostile && byte >= 240) return byte < 250 ? (double)NAN : take_odd(in, low, high);
  return low + (double)(byte % (unsigned)(high - low + 1));
}

/* A choice from 0 to n - 1. */
static inline int take_choice(input *in, int n) {
  const unsigned byte = take(in);
  if (in->hostile && byte >= 248) return byte < 252 ? n : -1 - (int)take(in) * 8421504;
  return (int)(byte % (unsigned)n);
}

/* A count: mostly small, now and then as large as counts may be. */
static inline int64_t take_count(input *in) {
  const unsigned byte = take(in);
  if (in->hostile && byte >= 240) return byte < 248 ? -1 - (int64_t)(byte - 240) : (int64_t)take_bits(in);
  if (byte >= 200) return (int64_t)1 << (take(in) % 54);
  return byte < 160 ? (int64_t)byte % 32 : (int64_t)(byte * 256u + take(in));
}

/* Outputs are filled with this pattern before a call, to see what is written. */
static inline void fill(void *object, size_t size) { memset(object, 0x5a, size); }

static inline int untouched(const void *object, size_t size) {
  const unsigned char *bytes = (const unsigned char *)object;
  for (size_t i = 0; i < size; i++)
    if (bytes[i] != 0x5a) return 0;
  return 1;
}

/* The same bits; NaN is NaN. */
static inline int same(double a, double b) { return memcmp(&a, &b, sizeof a) == 0 || (a != a && b != b); }

static inline int inside(double x, double low, double high) { return low <= x && x <= high; }

/* |a - b| within a relative and an absolute tolerance; infinities equal themselves. */
static inline int near(double a, double b, double relative, double absolute) {
  return a == b || fabs(a - b) <= relative * fmax(fabs(a), fabs(b)) + absolute;
}

/* Whether there is an answer: success or a notice. An error must say what it is. */
static inline int answered(loy_status status, const loy_error *error) {
  require(error->status == status && strcmp(loy_status_name(status), "UNKNOWN") != 0);
  if (!loy_status_is_error(status)) return 1;
  require(status == LOY_ERR_MEMORY || (error->message != NULL && error->argument != NULL));
  return 0;
}

/* Of a call that fills one object: whether there is an answer, else the object is as it was filled. */
static inline int answered_in(loy_status status, const loy_error *error, const void *object, size_t size) {
  if (answered(status, error)) return 1;
  require(untouched(object, size));
  return 0;
}

/* The report of a batch counts these bad rows, of which the first is `first`. */
static inline void require_report(const loy_batch_report *report, size_t bad, size_t first) {
  require(report->bad == bad && report->first.index == (bad > 0 ? first : LOY_NO_INDEX));
  require(bad > 0 ? loy_status_is_error(report->first.status) && report->first.argument != NULL
                  : report->first.status == LOY_OK);
}

#endif /* LOYALTY_TESTS_FUZZ_INPUT_H */
