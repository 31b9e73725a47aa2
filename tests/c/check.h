/* check.h: what every CUnit test file includes. The same files are compiled four ways (shared, static, header-only C11,
 * header-only C++17), so they stay in the common subset of C11 and C++17.
 *
 *   #include "check.h"
 *   static void test_something(void) { CHECK_CLOSE(loy_f(1.0), 2.0, 1e-12); }
 *   SUITE(survey, nps) { ADD(test_something); }
 *
 * tests/c/<wing>/test_<name>.c must define SUITE(<wing>, <name>); the build finds it by the file's name. */
#ifndef LOYALTY_TESTS_CHECK_H
#define LOYALTY_TESTS_CHECK_H

#include <CUnit/CUnit.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "loyalty/loyalty.h"

/* 1 where private functions (loyi_) can be linked: every form but the shared library, which hides them. */
#ifndef LOY_TEST_INTERNALS
#  define LOY_TEST_INTERNALS 1
#endif

#ifdef __cplusplus
#  define SUITE(wing, name)                                                                                            \
    extern "C" void suite_##wing##_##name(CU_pSuite suite);                                                            \
    extern "C" void suite_##wing##_##name(CU_pSuite suite)
#else
#  define SUITE(wing, name)                                                                                            \
    void suite_##wing##_##name(CU_pSuite suite);                                                                       \
    void suite_##wing##_##name(CU_pSuite suite)
#endif
#define ADD(test) ((void)CU_add_test(suite, #test, test))

/* |actual - expected| <= tolerance * |expected|; NaN equals NaN, infinities equal themselves. Prints both on failure.
 */
static inline int check_close(double actual, double expected, double relative, double absolute, const char *text,
                              const char *file, int line) {
  int ok = (isnan(actual) && isnan(expected)) || actual == expected ||
           fabs(actual - expected) <= relative * fabs(expected) + absolute;
  if (!ok)
    printf("\n    %s:%d: %s = %.17g, expected %.17g (relative difference %.3g)\n", file, line, text, actual, expected,
           fabs(actual - expected) / fabs(expected));
  return ok;
}
#define CHECK_CLOSE(actual, expected, relative)                                                                        \
  CU_ASSERT(check_close((actual), (expected), (relative), 0.0, #actual, __FILE__, __LINE__))
#define CHECK_NEAR(actual, expected, absolute)                                                                         \
  CU_ASSERT(check_close((actual), (expected), 0.0, (absolute), #actual, __FILE__, __LINE__))

static inline int check_bits(double actual, double expected, const char *text, const char *file, int line) {
  uint64_t a, b;
  memcpy(&a, &actual, 8);
  memcpy(&b, &expected, 8);
  if (a != b) printf("\n    %s:%d: %s = %a, expected the same bits as %a\n", file, line, text, actual, expected);
  return a == b;
}
#define CHECK_BITS(actual, expected) CU_ASSERT(check_bits((actual), (expected), #actual, __FILE__, __LINE__))

static inline int check_status(int actual, int expected, const char *text, const char *file, int line) {
  if (actual != expected)
    printf("\n    %s:%d: %s = %s, expected %s\n", file, line, text, loy_status_name((loy_status)actual),
           loy_status_name((loy_status)expected));
  return actual == expected;
}
#define CHECK_STATUS(actual, expected)                                                                                 \
  CU_ASSERT(check_status((int)(actual), (int)(expected), #actual, __FILE__, __LINE__))

/* `error` names this argument and element. */
static inline int check_error(const loy_error *error, loy_status status, const char *argument, size_t index,
                              const char *file, int line) {
  int ok = error->status == status && error->index == index && error->message &&
           ((argument == NULL && error->argument == NULL) ||
            (argument && error->argument && strcmp(argument, error->argument) == 0));
  if (!ok)
    printf("\n    %s:%d: error {%s, %s, %zu, %s}\n", file, line, loy_status_name(error->status),
           error->argument ? error->argument : "-", error->index, error->message ? error->message : "-");
  return ok;
}
#define CHECK_ERROR(error, status, argument, index)                                                                    \
  CU_ASSERT(check_error((error), (status), (argument), (index), __FILE__, __LINE__))

#endif /* LOYALTY_TESTS_CHECK_H */
