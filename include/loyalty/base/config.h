/* config.h: linkage of the three forms (shared, static, header-only), and what the compiler must promise.
 *
 * Every other header includes this one. It is the only place with compiler and platform conditionals.
 * Switches a user sets before the first include:
 *   LOYALTY_HEADER_ONLY   bodies come with the headers as `static inline`; nothing to link but libm
 *   LOYALTY_STATIC        linking the static library (matters on Windows; harmless elsewhere)
 */
#ifndef LOYALTY_BASE_CONFIG_H
#define LOYALTY_BASE_CONFIG_H

#include <stddef.h>
#include <stdint.h>

#if defined(__FAST_MATH__) || (defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__)
#  error "loyalty relies on NaN, infinities and exact rounding: compile without -ffast-math or -ffinite-math-only"
#endif

#ifdef __cplusplus
#  define LOY_BEGIN_DECLS extern "C" {
#  define LOY_END_DECLS   }
#else
#  define LOY_BEGIN_DECLS
#  define LOY_END_DECLS
#endif

#if defined(SWIG)
#  define LOY_RESTRICT
#elif defined(__GNUC__) || defined(_MSC_VER)
#  define LOY_RESTRICT __restrict
#else
#  define LOY_RESTRICT
#endif

/* A static assertion, in C11 and C++17, invisible to SWIG. */
#if defined(SWIG)
#  define LOYI_ASSERT_STATIC(condition, text)
#elif defined(__cplusplus)
#  define LOYI_ASSERT_STATIC(condition, text) static_assert(condition, text)
#else
#  define LOYI_ASSERT_STATIC(condition, text) _Static_assert(condition, text)
#endif

/* LOYALTY_API   a public function
 * LOYI_SHARED   a private function that other wings call: hidden in the library
 * LOYI_LOCAL    a private function of one body file
 * In header-only form all three are `static inline`. */
#if defined(SWIG)
#  define LOYALTY_API
#  define LOYI_SHARED
#  define LOYI_LOCAL
#elif defined(LOYALTY_HEADER_ONLY)
#  define LOYALTY_API static inline
#  define LOYI_SHARED static inline
#  define LOYI_LOCAL  static inline
#else
#  if defined(_WIN32)
#    if defined(LOYALTY_STATIC)
#      define LOYALTY_API
#    elif defined(LOYALTY_BUILDING)
#      define LOYALTY_API __declspec(dllexport)
#    else
#      define LOYALTY_API __declspec(dllimport)
#    endif
#    define LOYI_SHARED
#  else
/* Static: hidden, so that two products in one process never bind to each other's copy. */
#    if defined(LOYALTY_STATIC)
#      define LOYALTY_API __attribute__((visibility("hidden")))
#    else
#      define LOYALTY_API __attribute__((visibility("default")))
#    endif
#    define LOYI_SHARED __attribute__((visibility("hidden")))
#  endif
#  define LOYI_LOCAL static
#endif

/* One body per processor level, chosen when the library is loaded. Only where the C library can resolve it (glibc on
 * x86-64) and never in header-only form; every clone computes the same bits because contraction is off. Set by the
 * library's own build. In the flat ones all calls are expanded in place, where a large unit would make the compiler
 * stop: a loop with a call is no vector code. */
#if defined(LOYALTY_BUILDING) && defined(LOYALTY_CLONES) && !defined(LOYALTY_HEADER_ONLY)
#  define LOYI_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#  if defined(__clang__) /* refuses both at once, and needs no telling */
#    define LOYI_FLAT_CLONES LOYI_CLONES
#  else
#    define LOYI_FLAT_CLONES LOYI_CLONES __attribute__((flatten))
#  endif
#else
#  define LOYI_CLONES
#  define LOYI_FLAT_CLONES
#endif

#if defined(LOYALTY_HEADER_ONLY)
#  define LOYI_MODE_HEADER_ONLY 1
#else
#  define LOYI_MODE_HEADER_ONLY 0
#endif

#endif /* LOYALTY_BASE_CONFIG_H */

/* After the guard, on every inclusion: the form seen first must not change within one unit. */
#if defined(LOYALTY_HEADER_ONLY) && !LOYI_MODE_HEADER_ONLY
#error "define LOYALTY_HEADER_ONLY before the first loyalty header of this file, or not at all"
#endif
#if !defined(LOYALTY_HEADER_ONLY) && LOYI_MODE_HEADER_ONLY
#error "LOYALTY_HEADER_ONLY was undefined after the first loyalty header of this file; leave it defined"
#endif
