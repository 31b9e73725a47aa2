/* contract_rows.h: private. Customers under contract as rows of lifetime and censored, for sbg.h and bdw.h: checks,
 * likelihood and simulation.
 *
 * lifetime is the period at whose end the customer left, 1, 2, ..., where censored is 0; where censored is 1 it is the
 * number of periods after which the customer was still there. */
#ifndef LOYALTY_BTYD_CONTRACT_ROWS_H
#define LOYALTY_BTYD_CONTRACT_ROWS_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/status.h"
#include "contract.h"

LOY_BEGIN_DECLS

/* LOY_OK or, in this order, LOY_ERR_DOMAIN lifetime, censored, weight (NULL for 1) of row `index`. */
LOYI_SHARED loy_status loyi_contract_check_row(double lifetime, double censored, const double *weight, size_t index,
                                               loy_error *error);

/* LOY_OK or LOY_ERR_ARGUMENT lifetime (NULL while n > 0). */
LOYI_SHARED loy_status loyi_contract_check_columns(const double *lifetime, size_t n, loy_error *error);

/* ln S(lifetime) for a censored row, else ln(S(lifetime - 1) - S(lifetime)). */
LOYI_SHARED double loyi_contract_loglik(const loyi_contract *law, double lifetime, double censored);

/* The bodies of loy_M_loglik_batch and loy_M_simulate. */
LOYI_SHARED loy_status loyi_contract_loglik_batch(const loyi_contract *law, const double *lifetime,
                                                  const double *censored, size_t n, double *out,
                                                  loy_batch_report *report, loy_error *error);
LOYI_SHARED loy_status loyi_contract_simulate(const loyi_contract *law, const double *T, size_t n, uint64_t seed,
                                              double *lifetime, double *censored, loy_error *error);

/* LOY_OK or LOY_ERR_DOMAIN T of the first that is no period. */
LOYI_SHARED loy_status loyi_contract_check_lengths(const double *T, size_t n, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "contract_rows-inl.h"
#endif

#endif /* LOYALTY_BTYD_CONTRACT_ROWS_H */
