/* sum.h: private. Sums over rows that have the same bits for any number of threads and any vector width.
 *
 * The rule, for every sum over rows in this library:
 *   1. Rows are cut into blocks of LOYI_SUM_BLOCK, counted from row 0; only the last block may be shorter.
 *   2. Within a block, row i (counted from the start of the block) is added to lane i % LOYI_SUM_LANES, in order.
 *      Eight independent chains hide the latency of addition and fill one AVX-512 or two AVX2 registers.
 *   3. The lanes of a block are added by loyi_lanes_total, always in the same tree.
 *   4. The totals of the blocks are added in their order by loyi_total_add, which carries the rounding error along.
 * Threads take whole blocks and write the block's totals to places of their own; step 4 is done by one thread.
 * The error is at most about (LOYI_SUM_BLOCK / LOYI_SUM_LANES + 4) * 2^-53 of the sum of the rows' sizes, whatever the
 * number of rows; for rows of one sign and random rounding it is about 2^-50 of the sum.
 *
 * A loop of its own that follows the rule:
 *   double lane[LOYI_SUM_LANES] = {0};
 *   for (; i + LOYI_SUM_LANES <= n; i += LOYI_SUM_LANES)
 *     for (size_t k = 0; k < LOYI_SUM_LANES; k++) lane[k] += f(x[i + k]);
 *   for (size_t k = 0; i + k < n; k++) lane[k] += f(x[i + k]);
 *   block_total = loyi_lanes_total(lane);
 */
#ifndef LOYALTY_MATH_SUM_H
#define LOYALTY_MATH_SUM_H

#include "../base/config.h"

LOY_BEGIN_DECLS

enum { LOYI_SUM_LANES = 8, LOYI_SUM_BLOCK = 4096 };

/* A running total with its rounding error. Start from {0, 0}. */
typedef struct loyi_total {
  double sum, error;
} loyi_total;

/* The number of blocks that `n` rows make. */
static inline size_t loyi_sum_blocks(size_t n) { return n / LOYI_SUM_BLOCK + (n % LOYI_SUM_BLOCK != 0); }

/* The number of rows of block `block`, which must be one of the blocks of `n` rows. */
static inline size_t loyi_sum_rows(size_t n, size_t block) {
  size_t left = n - block * LOYI_SUM_BLOCK;
  return left < LOYI_SUM_BLOCK ? left : (size_t)LOYI_SUM_BLOCK;
}

/* The sum of eight lanes: halves onto each other, the way a vector register folds. */
static inline double loyi_lanes_total(const double *lane) {
  return ((lane[0] + lane[4]) + (lane[2] + lane[6])) + ((lane[1] + lane[5]) + (lane[3] + lane[7]));
}

/* Add a number to a running total; the rounding error of the addition is kept exactly (Knuth's two-sum). */
static inline void loyi_total_add(loyi_total *total, double x) {
  double sum = total->sum + x;
  double part = sum - total->sum;
  double error = (total->sum - (sum - part)) + (x - part);
  total->sum = sum;
  /* An infinite sum has no error; inf - inf would turn it into NaN. */
  total->error += error == error ? error : 0.0;
}

/* The value of a running total. */
static inline double loyi_total_value(const loyi_total *total) { return total->sum + total->error; }

/* The sum of n numbers by the rule. */
LOYI_SHARED double loyi_sum(const double *x, size_t n);

/* The sum of w[i] * x[i] by the rule. */
LOYI_SHARED double loyi_sum_product(const double *w, const double *x, size_t n);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "sum-inl.h"
#endif

#endif /* LOYALTY_MATH_SUM_H */
