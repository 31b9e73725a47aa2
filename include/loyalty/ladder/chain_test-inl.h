/* chain_test-inl.h: body of chain_test.h. */
#ifndef LOYALTY_LADDER_CHAIN_TEST_INL_H
#define LOYALTY_LADDER_CHAIN_TEST_INL_H

#include "chain_test.h"

#include <math.h>

#include "../base/range.h"
#include "../math/distribution.h"
#include "../math/elementary.h"
#include "../math/sum.h"
#include "stochastic.h"

LOY_BEGIN_DECLS

/* Rounds of proportional fitting, and cells that they may look at in all: a second or so. */
enum { LOYI_CHAIN_TEST_ROUNDS = 10000, LOYI_CHAIN_TEST_WORK = 400000000, LOYI_CHAIN_TEST_GROUPS = 65536 };

/* n ln(n/m) - (n - m) >= 0, n >= 0, m > 0. The differences n - m of a table cancel, so that 2 sum of this is G2; and it
 * keeps its digits where n is near m. After Loader, Fast and Accurate Computation of Binomial Probabilities, 2000. */
LOYI_LOCAL double loyi_deviance_term(double n, double m) {
  const double off = (n - m) / (n + m);
  double sum, power;
  if (n == 0.0) return m;
  if (fabs(off) >= 0.1) return n * loyi_log(n / m) - (n - m);
  sum = (n - m) * off;
  power = 2.0 * n * off;
  for (double odd = 3.0; odd < 60.0; odd += 2.0) { /* 0.1^2 a step: at most nine */
    double next;
    power *= off * off;
    next = sum + power / odd;
    if (next == sum) break;
    sum = next;
  }
  return sum;
}

/* Adds to G2 and its degrees of freedom what a table of groups x states says against the same law in all its rows. Row
 * g begins at counts + g * stride; `moves` of its columns are no structural zeros. */
LOYI_LOCAL void loyi_chain_same_law(const double *counts, size_t groups, size_t stride, size_t states, size_t moves,
                                    loyi_total *g2, double *df) {
  double pooled[LOY_CHAIN_STATES_MOST], all;
  size_t seen = 0;
  if (states > LOY_CHAIN_STATES_MOST) return; /* the callers see to that; a compiler that copies this may not know */
  for (size_t j = 0; j < states; j++) pooled[j] = 0.0;
  for (size_t g = 0; g < groups; g++)
    for (size_t j = 0; j < states; j++) pooled[j] += counts[g * stride + j];
  all = loyi_sum(pooled, states);
  for (size_t g = 0; g < groups; g++) {
    const double *row = counts + g * stride, total = loyi_sum(row, states);
    if (!(total > 0.0)) continue;
    seen++;
    for (size_t j = 0; j < states; j++)
      if (pooled[j] > 0.0) loyi_total_add(g2, loyi_deviance_term(row[j], total / all * pooled[j]));
  }
  if (seen > 1 && moves > 1) *df += (double)(seen - 1) * (double)(moves - 1);
}

/* How many states can follow state i. */
LOYI_LOCAL size_t loyi_chain_moves(const uint8_t *allowed, size_t states, size_t i) {
  size_t moves = 0;
  if (!allowed) return states;
  for (size_t j = 0; j < states; j++) moves += allowed[i * states + j] != 0;
  return moves;
}

LOYI_LOCAL loy_status loyi_chain_test_call(const double *counts, size_t states, const char *argument,
                                           loy_error *error) {
  if (states < 1 || states > LOY_CHAIN_STATES_MOST)
    return loyi_report(error, LOY_ERR_ARGUMENT, "states", LOY_NO_INDEX, "must be from 1 to 1024");
  if (!counts) return loyi_report(error, LOY_ERR_ARGUMENT, argument, LOY_NO_INDEX, "must not be NULL");
  return LOY_OK;
}

LOYI_LOCAL loy_status loyi_chain_test_result(const loy_chain_test *result, loy_error *error) {
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  return LOY_OK;
}

/* Checks `rows` rows of counts; row r is of state r % states. */
LOYI_LOCAL loy_status loyi_chain_test_counts(const double *counts, size_t rows, size_t states, const uint8_t *allowed,
                                             const char *argument, loy_error *error) {
  for (size_t r = 0; r < rows; r++) {
    const double *row = counts + r * states;
    const uint8_t *can = allowed ? allowed + r % states * states : NULL;
    for (size_t j = 0; j < states; j++) {
      if (!loyi_is_zero_or_quantity(row[j]))
        return loyi_report(error, LOY_ERR_DOMAIN, argument, r, "must hold numbers, 0 or from 1e-40 to 1e40");
      if (row[j] > 0.0 && can && !can[j])
        return loyi_report(error, LOY_ERR_DOMAIN, argument, r, "must be 0 for a move that is not allowed");
    }
  }
  return LOY_OK;
}

LOYI_LOCAL loy_status loyi_chain_test_conclude(const loyi_total *g2, double df, loy_chain_test *result,
                                               loy_error *error) {
  result->statistic = 2.0 * loyi_total_value(g2);
  result->df = df;
  result->p_value = loyi_chi2_upper(result->statistic, df);
  return loyi_ok(error);
}

LOYI_LOCAL loy_status loyi_chain_test_too_few(const char *argument, loy_error *error) {
  return loyi_report(error, LOY_ERR_TOO_FEW, argument, LOY_NO_INDEX,
                     "must leave something to test: no degree of freedom is left");
}

LOYALTY_API loy_status loy_chain_second_order_test(const double *triples, size_t states, const uint8_t *allowed,
                                                   loy_chain_test *result, loy_error *error) {
  loyi_total g2 = {0.0, 0.0};
  double df = 0.0;
  loy_status status = loyi_chain_test_call(triples, states, "triples", error);
  if (status == LOY_OK) status = loyi_chain_test_result(result, error);
  if (status == LOY_OK) status = loyi_chain_test_counts(triples, states * states, states, allowed, "triples", error);
  if (status != LOY_OK) return status;
  for (size_t from = 0; allowed && from < states * states; from++)
    for (size_t k = 0; !allowed[from] && k < states; k++)
      if (triples[from * states + k] > 0.0)
        return loyi_report(error, LOY_ERR_DOMAIN, "triples", from, "must be 0 after a move that is not allowed");
  for (size_t j = 0; j < states; j++)
    loyi_chain_same_law(triples + j * states, states, states * states, states, loyi_chain_moves(allowed, states, j),
                        &g2, &df);
  if (!(df > 0.0)) return loyi_chain_test_too_few("triples", error);
  return loyi_chain_test_conclude(&g2, df, result, error);
}

LOYALTY_API loy_status loy_chain_homogeneity_test(const double *counts, size_t groups, size_t states,
                                                  const uint8_t *allowed, loy_chain_test *result, loy_error *error) {
  loyi_total g2 = {0.0, 0.0};
  double df = 0.0;
  loy_status status = loyi_chain_test_call(counts, states, "counts", error);
  if (status != LOY_OK) return status;
  if (groups < 2)
    return loyi_report(error, LOY_ERR_TOO_FEW, "groups", LOY_NO_INDEX, "must be two periods or groups, or more");
  if (groups > LOYI_CHAIN_TEST_GROUPS)
    return loyi_report(error, LOY_ERR_ARGUMENT, "groups", LOY_NO_INDEX, "must be at most 65536");
  status = loyi_chain_test_result(result, error);
  if (status == LOY_OK) status = loyi_chain_test_counts(counts, groups * states, states, allowed, "counts", error);
  if (status != LOY_OK) return status;
  for (size_t i = 0; i < states; i++)
    loyi_chain_same_law(counts + i * states, groups, states * states, states, loyi_chain_moves(allowed, states, i), &g2,
                        &df);
  if (!(df > 0.0)) return loyi_chain_test_too_few("counts", error);
  return loyi_chain_test_conclude(&g2, df, result, error);
}

/* ---- quasi-independence ---- */

/* Rows that say something about it: left at least once, with more than one state to follow. */
LOYI_LOCAL int loyi_chain_speaks(const double *counts, size_t states, const uint8_t *allowed, size_t i) {
  return loyi_chain_moves(allowed, states, i) > 1 && loyi_sum(counts + i * states, states) > 0.0;
}

/* Degrees of freedom: of the rows' laws, less those of the weights of the columns, which are free but for one factor in
 * each set of columns that rows connect. */
LOYI_LOCAL double loyi_chain_quasi_df(const double *counts, size_t states, const uint8_t *allowed) {
  size_t parent[LOY_CHAIN_STATES_MOST];
  double df = 0.0;
  for (size_t j = 0; j < states; j++) parent[j] = j;
  for (size_t i = 0; i < states; i++) {
    size_t first = LOY_NO_INDEX;
    if (!loyi_chain_speaks(counts, states, allowed, i)) continue;
    df += (double)(loyi_chain_moves(allowed, states, i) - 1);
    for (size_t j = 0; j < states; j++) {
      size_t root = j;
      if (!allowed[i * states + j]) continue;
      while (parent[root] != root) root = parent[root] = parent[parent[root]];
      if (first == LOY_NO_INDEX) {
        first = root;
      } else if (root != first) {
        parent[root] = first; /* two sets of columns become one */
        df -= 1.0;
      }
    }
  }
  return df;
}

/* Bit (i, k): from row i of the table a unit can move to a column from which row k can take one back. A cell (i, j) can
 * then be above 0 in a table with the same margins exactly when some row with a count in j leads back to i; the fit of
 * all other cells is 0. */
LOYI_LOCAL void loyi_chain_exchanges(const double *counts, size_t states, const uint8_t *allowed, const uint8_t *speaks,
                                     uint64_t *reach) {
  const size_t words = (states + 63) / 64;
  for (size_t w = 0; w < states * words; w++) reach[w] = 0;
  for (size_t j = 0; j < states; j++) {
    uint64_t takers[(LOY_CHAIN_STATES_MOST + 63) / 64] = {0};
    for (size_t k = 0; k < states; k++)
      if (speaks[k] && counts[k * states + j] > 0.0) takers[k / 64] |= (uint64_t)1 << (k % 64);
    for (size_t i = 0; i < states; i++)
      for (size_t w = 0; allowed[i * states + j] && w < words; w++) reach[i * words + w] |= takers[w];
  }
  loyi_close_paths(reach, states);
}

/* Whether the fit of an allowed cell of a row that speaks is above 0. */
LOYI_LOCAL int loyi_chain_live(const double *counts, size_t states, const uint8_t *speaks, const uint64_t *reach,
                               size_t i, size_t j) {
  if (counts[i * states + j] > 0.0) return 1;
  for (size_t k = 0; k < states; k++)
    if (speaks[k] && counts[k * states + j] > 0.0) return loyi_reaches(reach, states, k, i);
  return 0;
}

/* G2 against quasi-independence. `live` is scratch of n * n flags. Nonzero when the fit converged. */
LOYI_LOCAL int loyi_chain_quasi(const double *counts, size_t states, const uint8_t *allowed, uint64_t *reach,
                                uint8_t *live, loyi_total *g2) {
  double row[LOY_CHAIN_STATES_MOST], column[LOY_CHAIN_STATES_MOST], a[LOY_CHAIN_STATES_MOST], b[LOY_CHAIN_STATES_MOST],
      sum[LOY_CHAIN_STATES_MOST];
  uint8_t speaks[LOY_CHAIN_STATES_MOST];
  size_t rounds = LOYI_CHAIN_TEST_WORK / (states * states);
  int converged = 0;
  if (rounds > LOYI_CHAIN_TEST_ROUNDS) rounds = LOYI_CHAIN_TEST_ROUNDS;
  for (size_t j = 0; j < states; j++) column[j] = 0.0;
  for (size_t i = 0; i < states; i++) {
    speaks[i] = (uint8_t)loyi_chain_speaks(counts, states, allowed, i);
    row[i] = loyi_sum(counts + i * states, states);
    for (size_t j = 0; speaks[i] && j < states; j++) column[j] += counts[i * states + j];
  }
  loyi_chain_exchanges(counts, states, allowed, speaks, reach);
  for (size_t i = 0; i < states; i++)
    for (size_t j = 0; j < states; j++)
      live[i * states + j] =
          (uint8_t)(speaks[i] && allowed[i * states + j] && loyi_chain_live(counts, states, speaks, reach, i, j));
  for (size_t j = 0; j < states; j++) b[j] = column[j];
  for (size_t round = 0; round < rounds && !converged; round++) {
    for (size_t j = 0; j < states; j++) sum[j] = 0.0;
    for (size_t i = 0; i < states; i++) {
      double weights = 0.0;
      if (!speaks[i]) continue;
      for (size_t j = 0; j < states; j++) weights += live[i * states + j] ? b[j] : 0.0;
      a[i] = row[i] / weights;
      for (size_t j = 0; j < states; j++) sum[j] += live[i * states + j] ? a[i] : 0.0;
    }
    /* The rows fit exactly now; do the columns? At the fit G2 is least: it feels the square of what is left. */
    converged = 1;
    for (size_t j = 0; j < states; j++) converged &= fabs(b[j] * sum[j] - column[j]) <= 1e-10 * column[j];
    for (size_t j = 0; j < states && !converged; j++) b[j] = column[j] > 0.0 ? column[j] / sum[j] : 0.0;
  }
  for (size_t i = 0; i < states; i++) {
    double weights = 0.0;
    if (!speaks[i]) continue;
    for (size_t j = 0; j < states; j++) weights += live[i * states + j] ? b[j] : 0.0;
    for (size_t j = 0; j < states; j++)
      if (live[i * states + j]) loyi_total_add(g2, loyi_deviance_term(counts[i * states + j], row[i] / weights * b[j]));
  }
  return converged;
}

LOYALTY_API loy_status loy_chain_order_test(const double *counts, size_t states, const uint8_t *allowed,
                                            const loy_allocator *allocator, loy_chain_test *result, loy_error *error) {
  loyi_total g2 = {0.0, 0.0};
  double df = 0.0;
  uint64_t *scratch;
  size_t words;
  int converged;
  loy_status status = loyi_chain_test_call(counts, states, "counts", error);
  if (status == LOY_OK) status = loyi_chain_test_result(result, error);
  if (status == LOY_OK) status = loyi_chain_test_counts(counts, states, states, allowed, "counts", error);
  if (status != LOY_OK) return status;
  if (!allowed) {
    loyi_chain_same_law(counts, states, states, states, states, &g2, &df);
    if (!(df > 0.0)) return loyi_chain_test_too_few("counts", error);
    return loyi_chain_test_conclude(&g2, df, result, error);
  }
  df = loyi_chain_quasi_df(counts, states, allowed);
  if (!(df > 0.0)) return loyi_chain_test_too_few("counts", error);
  /* The table of bits, and behind it the flags. */
  words = loyi_recurrent_scratch(states) + (states * states + 7) / 8;
  scratch = (uint64_t *)loyi_allocate(allocator, words, sizeof *scratch);
  if (!scratch) return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, "out of memory");
  converged =
      loyi_chain_quasi(counts, states, allowed, scratch, (uint8_t *)(scratch + loyi_recurrent_scratch(states)), &g2);
  loyi_release(allocator, scratch, words, sizeof *scratch);
  status = loyi_chain_test_conclude(&g2, df, result, error);
  if (converged) return status;
  return loyi_report(error, LOY_NOTICE_NOT_CONVERGED, NULL, LOY_NO_INDEX,
                     "quasi-independence is fitted to fewer digits than usual");
}

LOY_END_DECLS

#endif /* LOYALTY_LADDER_CHAIN_TEST_INL_H */
