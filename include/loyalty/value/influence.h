/* influence.h: what customers are worth through those they influence, and those through theirs (CIV).
 *
 * W_ij >= 0 is the part of the value of customer j that comes about through customer i, and e_i what i is worth by
 * himself. What goes through i, at first hand and at all further hands, is
 *   c = e + W c = (I - W)^-1 e = e + W e + W^2 e + ...
 * and c_i - e_i = (W c)_i is what i adds through others. The sum has an end when the spectral radius of W is below 1,
 * as it is when no column sums to more than 1 (no more of j is given away than there is) and every group gives away
 * less than all.
 *
 * Sources: Hubbell 1965, Sociometry 28(4), 377-399; Katz 1953, Psychometrika 18(1), 39-43; the use after Kumar et al.
 * 2010, J. Service Research 13(3), 297-310. */
#ifndef LOYALTY_VALUE_INFLUENCE_H
#define LOYALTY_VALUE_INFLUENCE_H

#include "../base/alloc.h"
#include "../base/config.h"
#include "../base/range.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* The largest number of customers: the matrix is dense. */
#define LOY_INFLUENCE_MOST 1024

/* c and W c.
 *   weight     W, n by n, row by row, each 0 or from 1e-40 to 1e40
 *   own        e, n numbers of either sign, 0 or from 1e-40 to 1e40 in size
 *   n          from 1 to LOY_INFLUENCE_MOST
 *   total      c, n numbers; may be `own`
 *   added      nullable: W c, n numbers, formed without the difference c - e; may not be `total`
 *   allocator  NULL for the C library's; about 8 n^2 bytes are needed during the call
 * Whether the spectral radius is below 1 is decided by elimination without exchanges: it is when all pivots of I - W
 * are positive. Where some row and some column sum to more than 1, a radius that rounding cannot tell from 1, a pivot
 * of at most n 2^-51, is not below 1.
 * Errors, in this order: LOY_ERR_ARGUMENT n, weight, own (NULL); LOY_ERR_DOMAIN weight, own with the element;
 * LOY_ERR_ARGUMENT total (NULL); LOY_ERR_MEMORY; LOY_ERR_DOMAIN weight, without an element, when the spectral radius is
 * not below 1 or c exceeds the largest double: there is no sum that would deserve to be shown, as some parts of a
 * network may still be finite.
 * Accuracy: when no row or no column sums to more than 1, nothing is subtracted: the relative error for e >= 0 is a few
 * n units in the last place (n^2 at worst), however near 1 the radius is. Else that of elimination. About n^3/3 steps.
 */
LOYALTY_API loy_status loy_influence(const double *weight, const double *own, size_t n, double *total, double *added,
                                     const loy_allocator *allocator, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "influence-inl.h"
#endif

#endif /* LOYALTY_VALUE_INFLUENCE_H */
