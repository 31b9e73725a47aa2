/* number.h: private. Doubles as text and back, the same everywhere: no locale, no printf, no strtod. */
#ifndef LOYALTY_BASE_NUMBER_H
#define LOYALTY_BASE_NUMBER_H

#include "config.h"

LOY_BEGIN_DECLS

/* Room for any number these functions write. Nothing is terminated by a zero; the length is returned. */
enum { LOYI_NUMBER_ROOM = 32 };

/* The shortest decimal that reads back as `value` and is closest to it: "0.25", "1e-7", "-12345", "nan", "inf", "-inf".
 * Finite numbers are numbers of JSON too. */
LOYI_SHARED size_t loyi_number_write_decimal(double value, char *text);

/* The exact hexadecimal form of C99: "0x1.8p-2", "0x0p+0", "nan", "inf", "-inf". A NaN's sign and payload are not
 * kept. */
LOYI_SHARED size_t loyi_number_write_hex(double value, char *text);

/* Read the exact hexadecimal form: an optional minus sign, then "nan", "inf" or 0x, hexadecimal digits with an optional
 * point, p and a decimal exponent (all lower case), and nothing else. Returns 0 for anything else, and for a number
 * that a double cannot hold exactly. */
LOYI_SHARED int loyi_number_read_hex(const char *text, size_t length, double *value);

/* Read a decimal number to about 1e-14 of its size, which is enough to tell whether a person changed it: an optional
 * minus sign, digits with an optional point, an optional exponent; or "nan", "inf", "-inf". Beyond the range of a
 * double 0 or an infinity. Returns 0 for anything else. */
LOYI_SHARED int loyi_number_read_decimal(const char *text, size_t length, double *value);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "number-inl.h"
#endif

#endif /* LOYALTY_BASE_NUMBER_H */
