/* loyalty.h: the whole library.
 *
 *   survey/    what customers say: NPS and CSAT with their uncertainty
 *   response/  how satisfaction becomes loyalty: competition, the curve L = f(C, S), thresholds, presets
 *   ladder/    where customers stand: stages of the loyalty ladder
 *   btyd/      what they do: purchase log -> recency, frequency, value; BG/NBD, Gamma-Gamma
 *   value/     what they are worth: customer lifetime value
 *   math/      special functions, random numbers and small numerics that the wings stand on
 *   base/      linkage, version, status, allocator, columns
 *
 * Include this file, or only the concept you need. With LOYALTY_HEADER_ONLY defined nothing needs to be linked but the
 * C library. */
#ifndef LOYALTY_LOYALTY_H
#define LOYALTY_LOYALTY_H

#include "base/alloc.h"
#include "base/columns.h"
#include "base/config.h"
#include "base/status.h"
#include "base/version.h"

#endif /* LOYALTY_LOYALTY_H */
