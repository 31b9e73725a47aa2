/* rfm_bytes.h: a builder as bytes, to keep it or to send it to where the parts of a log are merged.
 *
 * The form is canonical: builders of the same rows give the same bytes, in whatever order and partition the rows came.
 * Version 1, all numbers little-endian, all of fixed width:
 *
 *   offset  bytes
 *        0      8  "LOYRFM\r\n"
 *        8      4  version, 1
 *       12      2  merge period, a loy_rfm_merge_period
 *       14      2  treatment of refunds, a loy_rfm_refunds
 *       16      8  rows pushed
 *       24      8  of them negative
 *       32      8  of them dropped
 *       40      8  sizes of all amounts added up
 *       48      8  n, number of cells
 *       56   24 n  cells, by customer and period, strictly rising: customer, period, amount (64 bits each, two's
 *                  complement; a period is a number of hours, days, weeks or seconds since 1970, 12 year + month - 1,
 *                  or a year)
 *  56+24 n      8  checksum of all before: h = 0xcbf29ce484222325; for each 8 bytes w: h = (h ^ w) * 0x100000001b3,
 *                  h ^= h >> 32 (FNV-1a over words, modulo 2^64)
 *
 * The checksum finds accidents, not forgers: bytes from a stranger are as believable as the stranger. Whatever the
 * bytes, reading them is safe, and what has been read keeps all promises of a builder. */
#ifndef LOYALTY_BTYD_RFM_BYTES_H
#define LOYALTY_BTYD_RFM_BYTES_H

#include "rfm.h"

LOY_BEGIN_DECLS

/* How many bytes loy_rfm_serialize writes, in *size. Not const: the builder tidies its memory.
 * Errors, in this order: LOY_ERR_ARGUMENT for builder, size (NULL); LOY_ERR_OVERFLOW for builder when the number does
 * not fit a size_t; LOY_ERR_MEMORY. */
LOYALTY_API loy_status loy_rfm_serialized_size(loy_rfm_builder *builder, size_t *size, loy_error *error);

/* Write the builder into the `capacity` bytes at `bytes`; *size (may be NULL) is the number written.
 * Errors, in this order: LOY_ERR_ARGUMENT for builder, bytes (NULL); LOY_ERR_OVERFLOW, LOY_ERR_MEMORY as above;
 * LOY_ERR_BUFFER for capacity when it is too small, the size needed being in *size. */
LOYALTY_API loy_status loy_rfm_serialize(loy_rfm_builder *builder, unsigned char *bytes, size_t capacity, size_t *size,
                                         loy_error *error);

/* A new builder in *builder from the `size` bytes at `bytes`. Merge period and refunds come from the bytes; of
 * `options` (NULL: defaults) only threads and allocator are used.
 * Errors, in this order: LOY_ERR_ARGUMENT for bytes (NULL), options (struct_size), builder (NULL); LOY_ERR_FORMAT for
 * bytes that are no builder (index = the first offending byte); LOY_ERR_VERSION for bytes of another version;
 * LOY_ERR_FORMAT for bytes that are damaged (size, checksum, or content that no builder has; index likewise, or
 * LOY_NO_INDEX for the checksum); LOY_ERR_MEMORY. */
LOYALTY_API loy_status loy_rfm_deserialize(const unsigned char *bytes, size_t size, const loy_rfm_options *options,
                                           loy_rfm_builder **builder, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "rfm_bytes-inl.h"
#endif

#endif /* LOYALTY_BTYD_RFM_BYTES_H */
