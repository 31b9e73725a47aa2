/* contract.h: private. The survival of customers under contract, for the models that bdw.h describes: with
 * probability S(t) = B(a, b + t^c) / B(a, b) a customer is there after t decisions about a renewal. c = 1 is the
 * shifted beta geometric model of sbg.h, with the same bits: there is one text for both. */
#ifndef LOYALTY_BTYD_CONTRACT_H
#define LOYALTY_BTYD_CONTRACT_H

#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

#define LOYI_PERIOD_MUST  "must be a whole number, 1 or more and below 2^51"
#define LOYI_PERIODS_MUST "must be a whole number, 0 or more and below 2^51, or infinite"

/* The parameters: those of the distribution of theta, the probability to leave at the first decision, over customers,
 * and the exponent of time. All are shapes (base/range.h). */
typedef struct loyi_contract {
  double a, b, c;
} loyi_contract;

/* From decision `from` on, in `gap` decisions, the power t^c grows from base to base + width; what width would exceed
 * e^LOYI_CONTRACT_LOG by is kept as a logarithm, as S is a pure power there. With both ends beyond, base is 0 and width
 * infinite. */
#define LOYI_CONTRACT_LOG 300.0
typedef struct loyi_contract_step {
  double base, width;
  double
      beyond; /* ln(width) - LOYI_CONTRACT_LOG where that is positive; with an infinite width the growth of ln(t^c) */
} loyi_contract_step;
LOYI_SHARED loyi_contract_step loyi_contract_stride(double c, double from, double gap);

/* ln S(from) - ln S(from + gap), from >= 0, gap >= 0, accurate relative to itself. */
LOYI_SHARED double loyi_contract_fall(const loyi_contract *law, double from, double gap);

/* 1 - S(t)/S(t - 1), and S(t)/S(t - 1), for t = 1, 2, ...; each accurate by itself. */
LOYI_SHARED double loyi_contract_hazard(const loyi_contract *law, double t);
LOYI_SHARED double loyi_contract_retention(const loyi_contract *law, double t);

/* ln of loyi_contract_hazard. */
LOYI_SHARED double loyi_contract_log_hazard(const loyi_contract *law, double t);

/* The mean of theta over customers who are there after t decisions. */
LOYI_SHARED double loyi_contract_theta(const loyi_contract *law, double t);

/* Sum over k from 0 to t - 1 of (k + 1)^power S(n + k)/S(n - 1) exp(-delta k), power 0 or 1, n = 1, 2, ..., t whole or
 * infinite, delta >= 0. Infinite where it diverges, and where it needs more than 1e300 periods. */
LOYI_SHARED double loyi_contract_sum(const loyi_contract *law, double n, double delta, double t, int power);

/* The sum of power 1 by that of power 0: the elasticity of the latter to all retention rates. 1 for t = 0, where no
 * period counts, as for t = 1. */
LOYI_SHARED double loyi_contract_elasticity(const loyi_contract *law, double n, double delta, double t);

/* What the functions of the models check. A period n = 1, 2, ...; a number of periods t = 0, 1, ..., perhaps infinite.
 * NaN is neither. */
LOYI_SHARED int loyi_is_period(double n);
LOYI_SHARED int loyi_is_periods(double t);

/* LOY_OK or, in this order, LOY_ERR_DOMAIN n, t (whole, finite). */
LOYI_SHARED loy_status loyi_contract_check_customer(double n, double t, loy_error *error);

/* LOY_OK or, in this order, LOY_ERR_DOMAIN n, delta, t (whole or infinite). */
LOYI_SHARED loy_status loyi_contract_check_value(double n, double delta, double t, loy_error *error);

/* LOY_OK, or LOY_NOTICE_DIVERGES naming delta where `value` is infinite. */
LOYI_SHARED loy_status loyi_contract_finite(double value, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "contract-inl.h"
#endif

#endif /* LOYALTY_BTYD_CONTRACT_H */
