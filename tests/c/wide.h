/* wide.h: numbers at and beyond the ends of the ranges that models take (include/loyalty/base/range.h), as
 * initialisers. Inside, every answer must be finite where the mathematics is; outside, the checking twin must name the
 * argument. */
#ifndef LOYALTY_TESTS_WIDE_H
#define LOYALTY_TESTS_WIDE_H

#define WIDE_SHAPES                                                                                                    \
  { 1e-10, 1e-4, 1.0, 1e4, 1e10 }
#define WIDE_QUANTITIES                                                                                                \
  { 1e-40, 1e-4, 1.0, 1e4, 1e40 }
#define OUTSIDE_SHAPES                                                                                                 \
  { 5e-324, 1e-308, 1e-300, 1e-100, 9.9e-11, 1.1e10, 1e100, 1e300, 1.7976931348623157e308 }
#define OUTSIDE_QUANTITIES                                                                                             \
  { 5e-324, 1e-308, 1e-300, 1e-100, 9.9e-41, 1.1e40, 1e100, 1e300, 1.7976931348623157e308 }
#define WIDE    5
#define OUTSIDE 9

#endif /* LOYALTY_TESTS_WIDE_H */
