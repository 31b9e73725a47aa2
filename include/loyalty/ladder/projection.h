/* projection.h: how many customers are in each state later, and how those who stay are spread.
 *
 * A cohort moves as n_(t+1) = n_t P + inflow_t. With a constant inflow of new customers the numbers under way settle at
 * inflow (I - Q)^-1, Q the chances between the transient states. Of a cohort that only shrinks, those left after a long
 * time are spread by the quasi-stationary law, x Q = s x: the share s of them survives each period, and a customer of
 * that spread has 1/(1 - s) periods to live on average.
 *
 * Nothing is formed by subtraction (absorption.h): numbers, law, 1 - s and s keep their relative accuracy. The given
 * diagonal is not read; the chance to stay is what the other entries leave.
 *
 * Sources: Bartholomew, Stochastic Models for Social Processes, 1967 (cohorts); Darroch and Seneta, Journal of Applied
 * Probability 2, 1965, 88-100 (the quasi-stationary law). */
#ifndef LOYALTY_LADDER_PROJECTION_H
#define LOYALTY_LADDER_PROJECTION_H

#include "../base/alloc.h"
#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* The end of a shrinking cohort. */
typedef struct loy_quasi_stationary {
  double survival;  /* s, share that is still under way one period later; 0 to 1 */
  double exit;      /* 1 - s, above 0 */
  double mean_life; /* 1/(1 - s), in periods */
} loy_quasi_stationary;

/* Numbers in each state over time.
 *
 * transition    states by states, row-major, as in absorption.h
 * states        1 to 1024
 * start         states numbers of customers, each 0 or from 1e-40 to 1e40
 * periods       how often to move them, at least 0
 * inflow        new customers who arrive at the end of a period, after the move; inflow_rows by states numbers of the
 *               same range
 * inflow_rows   0 for no inflow (NULL), 1 for the same in each period, or `periods`
 * allocator     NULL for the C library's; asked for 8 bytes for each state
 * population    receives periods + 1 rows of states numbers, the first of them `start`
 * Errors, in this order: LOY_ERR_ARGUMENT states, transition; LOY_ERR_DOMAIN transition (row as the index);
 * LOY_ERR_ARGUMENT, then LOY_ERR_DOMAIN start (state as the index); LOY_ERR_ARGUMENT inflow_rows; LOY_ERR_ARGUMENT,
 * then LOY_ERR_DOMAIN inflow (element as the index); LOY_ERR_ARGUMENT for a NULL `population`; LOY_ERR_MEMORY.
 * Accuracy: relative to each number, (states + 2) periods units in the last place at most. */
LOYALTY_API loy_status loy_chain_project(const double *transition, size_t states, const double *start, size_t periods,
                                         const double *inflow, size_t inflow_rows, const loy_allocator *allocator,
                                         double *population, loy_error *error);

/* The numbers at which a constant inflow settles.
 *
 * target       states in which a customer no longer counts, one flag for each, NULL for those that are never left: 0 in
 *              the answer
 * inflow       states numbers, each 0 or from 1e-40 to 1e40
 * population   receives states numbers; +infinity where customers arrive for ever and do not leave
 * Errors, in this order: LOY_ERR_ARGUMENT states, transition; LOY_ERR_DOMAIN transition (row as the index); "target" as
 * in loy_chain_steps; LOY_ERR_ARGUMENT, then LOY_ERR_DOMAIN inflow (state as the index); LOY_ERR_ARGUMENT for a NULL
 * `population`; LOY_ERR_MEMORY; LOY_ERR_SINGULAR transition when products of chances leave the range of doubles.
 * Notice: LOY_NOTICE_DIVERGES "target", the index the first infinite number. */
LOYALTY_API loy_status loy_chain_population(const double *transition, size_t states, const uint8_t *target,
                                            const double *inflow, const loy_allocator *allocator, double *population,
                                            loy_error *error);

/* The quasi-stationary law of the states outside the target. They must reach one another (else the law depends on the
 * start, or does not exist), and the target.
 *
 * Computed by squaring (I - Q)^-1, of which the law is the left Perron vector whether or not Q is periodic; close
 * survival rates of two parts of a chain cost nothing but steps.
 *
 * law      receives states numbers that sum to one, 0 in the target
 * result   receives the rates; may be NULL
 * The other arguments as in loy_chain_steps.
 * Errors, in this order: LOY_ERR_ARGUMENT states, transition; LOY_ERR_DOMAIN transition (row as the index); "target" as
 * in loy_chain_steps; LOY_ERR_ARGUMENT for a NULL `law`; LOY_ERR_MEMORY; LOY_ERR_SINGULAR transition when products
 * of chances leave the range of doubles; LOY_ERR_INFEASIBLE target when it cannot be reached, the index the first state
 * from which, or when no state is outside it; LOY_ERR_SINGULAR transition, the index the first state outside the target
 * that is not reached from all the others there. Notice: LOY_NOTICE_NOT_CONVERGED "transition" when two survival rates
 * are the same to the last digits. */
LOYALTY_API loy_status loy_chain_quasi_stationary(const double *transition, size_t states, const uint8_t *target,
                                                  const loy_allocator *allocator, double *law,
                                                  loy_quasi_stationary *result, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "projection-inl.h"
#endif

#endif /* LOYALTY_LADDER_PROJECTION_H */
