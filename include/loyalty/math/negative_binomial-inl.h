/* negative_binomial-inl.h: body of negative_binomial.h. */
#ifndef LOYALTY_MATH_NEGATIVE_BINOMIAL_INL_H
#define LOYALTY_MATH_NEGATIVE_BINOMIAL_INL_H

#include "negative_binomial.h"

#include "elementary.h"
#include "incomplete-inl.h"

LOY_BEGIN_DECLS

LOYI_SHARED double loyi_negative_binomial(double n, double k, double rate, double t) {
  loyi_pair sum, part_t = {t, 0.0}, part_rate = {rate, 0.0};
  if (t == 0.0) return n == 0.0 ? 1.0 : 0.0;
  if (n == 0.0) return loyi_exp(-k * loyi_log1p(t / rate));
  /* 1 / (n B(n, k)) = Gamma(k+n) / (Gamma(k) n!): the front factor of the incomplete beta function, in pairs of
   * doubles. */
  sum = loyi_pair_sum(rate, t);
  return loyi_incomplete_beta_front(n, k, loyi_pair_divide(part_t, sum), loyi_pair_divide(part_rate, sum)) / n;
}

LOYI_SHARED double loyi_negative_binomial_tail(double n, double k, double rate, double t) {
  if (n == 0.0) return 1.0;
  if (t == 0.0) return 0.0;
  /* Whichever of the two fractions is small is known to its last bit. */
  if (t <= rate) return loyi_beta_inc(n, k, t / (rate + t));
  return loyi_beta_inc_upper(k, n, rate / (rate + t));
}

LOY_END_DECLS

#endif /* LOYALTY_MATH_NEGATIVE_BINOMIAL_INL_H */
