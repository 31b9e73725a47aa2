/* retention_lift.h: what "5 % more retention" is worth, in each of its three meanings.
 *
 *   POINTS         r + a        80 % becomes 85 %
 *   RELATIVE       r (1 + a)    80 % becomes 84 %
 *   DEFECTION_CUT  r + a (1-r)  80 % becomes 81 %: a of those who would leave stay
 * At i = .1 the first raises an END value by 27.5 % and the second by 21.2 %, so the meaning has no default.
 *
 * Sources: Reichheld & Sasser 1990, Harvard Business Review 68(5), 105-111 (points of defection); Gupta & Lehmann 2003
 * (relative); the values are those of retention.h. */
#ifndef LOYALTY_VALUE_RETENTION_LIFT_H
#define LOYALTY_VALUE_RETENTION_LIFT_H

#include "../base/config.h"
#include "../base/status.h"
#include "retention.h"

LOY_BEGIN_DECLS

typedef enum loy_retention_meaning {
  LOY_RETENTION_POINTS = 1,
  LOY_RETENTION_RELATIVE = 2,
  LOY_RETENTION_DEFECTION_CUT = 3
} loy_retention_meaning;

/* A lift of retention, in money. */
typedef struct loy_retention_lift {
  double retention_after;
  double value_before, value_after; /* of one customer, without acquisition cost */
  double gain;                      /* value_after - value_before: the most that the lift may cost for each */
  double relative;                  /* gain/value_before; .275 means 27.5 % */
} loy_retention_lift;

/* The lift of retention r by the amount a, and what it changes.
 *   meaning    a loy_retention_meaning; an int, so that a wrong number is an error and not undefined
 *   timing, margin, retention, discount, growth, horizon   as in loy_retention_value; the margin is not 0
 *   amount     a, a fraction (.05 is 5 %); below 0 for a loss; the retention after it must be from 0 to 1
 * `relative` is +infinity, with the notice LOY_NOTICE_DIVERGES naming retention, where the value before is 0 (END and
 * MID with r = 0).
 * Errors, in this order: LOY_ERR_ARGUMENT meaning, timing; LOY_ERR_DOMAIN margin, retention, discount, growth,
 * horizon, then margin (0); LOY_ERR_DOMAIN amount: not a number, or the retention after it is above 1 or below 0, which
 * the message says; LOY_ERR_ARGUMENT lift (NULL). Notice: LOY_NOTICE_DIVERGES, naming retention or amount, where the
 * value before or after is infinite; between two infinite values gain and relative are 0, from one down to a finite
 * value relative is -1. Accuracy: values as in retention.h; the absolute error of gain is theirs, so a tiny lift has
 * fewer digits. */
LOYALTY_API loy_status loy_retention_lift_by(int meaning, int timing, double margin, double retention, double amount,
                                             double discount, double growth, double horizon, loy_retention_lift *lift,
                                             loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "retention_lift-inl.h"
#endif

#endif /* LOYALTY_VALUE_RETENTION_LIFT_H */
