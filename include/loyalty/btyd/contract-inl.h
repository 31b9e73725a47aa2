/* contract-inl.h: body of contract.h. */
#ifndef LOYALTY_BTYD_CONTRACT_INL_H
#define LOYALTY_BTYD_CONTRACT_INL_H

#include "contract.h"

#include <math.h>

#include "../base/range.h"
#include "../math/beta_fall.h"
#include "../math/elementary.h"
#include "../math/gamma.h"
#include "../math/legendre.h"
#include "history.h"

LOY_BEGIN_DECLS

/* --- survival ---------------------------------------------------------------------------------------------------- */

LOYI_SHARED loyi_contract_step loyi_contract_stride(double c, double from, double gap) {
  loyi_contract_step step = {0.0, 0.0, 0.0};
  double log_to, growth;
  if (gap == 0.0) return step;
  if (c == 1.0) {
    step.base = from;
    step.width = gap;
    return step;
  }
  log_to = c * loyi_log(from + gap);
  step.beyond = log_to > LOYI_CONTRACT_LOG ? log_to - LOYI_CONTRACT_LOG : 0.0;
  if (from == 0.0) {
    step.width = step.beyond > 0.0 ? loyi_exp(LOYI_CONTRACT_LOG) : loyi_pow(gap, c);
    return step;
  }
  growth = c * loyi_log1p(gap / from);
  if (c * loyi_log(from) > LOYI_CONTRACT_LOG) {
    step.width = HUGE_VAL;
    step.beyond = growth;
    return step;
  }
  step.base = loyi_pow(from, c);
  if (step.beyond > 0.0) {
    step.width = loyi_exp(LOYI_CONTRACT_LOG) - step.base;
  } else {
    step.width = growth < 0.7 ? step.base * loyi_expm1(growth) : loyi_pow(from + gap, c) - step.base;
  }
  return step;
}

LOYI_SHARED double loyi_contract_fall(const loyi_contract *law, double from, double gap) {
  loyi_contract_step step = loyi_contract_stride(law->c, from, gap);
  double fall = step.width < HUGE_VAL ? loyi_lbeta_fall(law->a, law->b + step.base, step.width) : 0.0;
  return fall + law->a * step.beyond;
}

LOYI_SHARED double loyi_contract_hazard(const loyi_contract *law, double t) {
  if (law->c == 1.0) return law->a / (law->a + (law->b + (t - 1.0)));
  return -loyi_expm1(-loyi_contract_fall(law, t - 1.0, 1.0));
}

LOYI_SHARED double loyi_contract_retention(const loyi_contract *law, double t) {
  double rest = law->b + (t - 1.0);
  if (law->c == 1.0) return rest / (law->a + rest);
  return loyi_exp(-loyi_contract_fall(law, t - 1.0, 1.0));
}

LOYI_SHARED double loyi_contract_log_hazard(const loyi_contract *law, double t) {
  if (law->c == 1.0) return -loyi_log1p((law->b + (t - 1.0)) / law->a);
  return loyi_log(loyi_contract_hazard(law, t));
}

LOYI_SHARED double loyi_contract_theta(const loyi_contract *law, double t) {
  loyi_contract_step step = loyi_contract_stride(law->c, 0.0, t);
  if (step.beyond > 0.0) return law->a * loyi_exp(-(step.beyond + LOYI_CONTRACT_LOG));
  return law->a / (law->a + (law->b + step.width));
}

/* --- sums over periods --------------------------------------------------------------------------------------------
 *
 * The terms f(x), x = n + k, are a smooth falling function of x, whose logarithm is concave as a function of y = ln x.
 * The first are added one by one, until f is slow (its relative slope below LOYI_CONTRACT_SLOW) and far enough from the
 * singularities at x = 0 and on the rays of angle pi/c. The rest is an integral over y by Gauss's rule, in steps in
 * which f changes by a bounded factor, and the difference between sum and integral by Gregory's formula at its ends:
 * all terms are positive. Concavity bounds what is left out; where f is a power of x without discount, it is known. */

/* Terms of Gregory's formula. */
enum { LOYI_CONTRACT_TERMS = 13, LOYI_CONTRACT_RULE = 4 };
#define LOYI_CONTRACT_SLOW 0.1
#define LOYI_CONTRACT_FAR  64.0  /* periods from x = 0 */
#define LOYI_CONTRACT_REST 1e-18 /* part of the sum that may be left out */
#define LOYI_CONTRACT_MOST 1e300 /* periods */

typedef struct loyi_contract_series {
  const loyi_contract *law;
  double n, delta;
  int power;
  double pure; /* c ln x above which S is a power of x to full precision */
} loyi_contract_series;

LOYI_LOCAL double loyi_contract_term(const loyi_contract_series *series, double k) {
  double term = loyi_exp(-(loyi_contract_fall(series->law, series->n - 1.0, k + 1.0) + series->delta * k));
  return series->power ? (k + 1.0) * term : term;
}

/* -d ln S / d ln x, which grows from 0 to a c. */
LOYI_LOCAL double loyi_contract_steepness(const loyi_contract *law, double x) {
  loyi_contract_step step = loyi_contract_stride(law->c, 0.0, x);
  if (step.beyond > 0.0) return law->a * law->c;
  return law->c * (step.width * loyi_digamma_delta(law->b + step.width, law->a));
}

/* Sum from k on without an end, less the integral from there on. */
LOYI_LOCAL double loyi_contract_gregory(const loyi_contract_series *series, double k) {
  static const double coefficient[LOYI_CONTRACT_TERMS] = {1.0 / 2,
                                                          -1.0 / 12,
                                                          1.0 / 24,
                                                          -19.0 / 720,
                                                          3.0 / 160,
                                                          -863.0 / 60480,
                                                          275.0 / 24192,
                                                          -33953.0 / 3628800,
                                                          8183.0 / 1036800,
                                                          -3250433.0 / 479001600,
                                                          4671.0 / 788480,
                                                          -13695779093.0 / 2615348736000.0,
                                                          2224234463.0 / 475517952000.0};
  double difference[LOYI_CONTRACT_TERMS], sum = 0.0;
  for (int i = 0; i < LOYI_CONTRACT_TERMS; i++) difference[i] = loyi_contract_term(series, k + i);
  for (int order = 0; order < LOYI_CONTRACT_TERMS; order++) {
    sum += coefficient[order] * difference[0];
    for (int i = 0; i + 1 < LOYI_CONTRACT_TERMS - order; i++) difference[i] = difference[i + 1] - difference[i];
  }
  return sum;
}

/* The length of a step in y from x: S changes by a bounded factor, and its poles at |Im y| = pi/c stay away. */
LOYI_LOCAL double loyi_contract_reach(const loyi_contract_series *series, double x, double steepness) {
  const loyi_contract *law = series->law;
  double c = law->c, reach = 6.0 / (1.0 + steepness);
  if (reach > 4.0) reach = 4.0;
  if (c * loyi_log(x) < series->pure && reach > 3.0 / c) reach = 3.0 / c;
  if (series->delta > 0.0) {
    double limit = loyi_log1p(6.0 / (series->delta * x));
    if (reach > limit) reach = limit;
  }
  while (reach * (1.0 + loyi_contract_steepness(law, x * loyi_exp(reach))) > 8.0) reach *= 0.5;
  return reach;
}

/* What is left of the integral from k on where S is a power of x and nothing is discounted. */
LOYI_LOCAL double loyi_contract_power_tail(const loyi_contract_series *series, double k) {
  double s = series->law->a * series->law->c, x = series->n + k;
  if (series->power == 0) return loyi_contract_term(series, k) * (x / (s - 1.0));
  return loyi_contract_term(series, k) / (k + 1.0) * x * (x / (s - 2.0) - (series->n - 1.0) / (s - 1.0));
}

/* The integral of the terms from k to `end`; `sum` is what they are added to. */
LOYI_LOCAL double loyi_contract_integral(const loyi_contract_series *series, double k, double end, double sum) {
  const loyi_contract *law = series->law;
  double integral = 0.0;
  while (k < end) {
    double x = series->n + k, steepness = loyi_contract_steepness(law, x), fall, reach, part = 0.0, next;
    /* -d ln(x f) / d ln x */
    fall = steepness + series->delta * x - 1.0 - (series->power ? x / (k + 1.0) : 0.0);
    if (fall > 0.0 && x * loyi_contract_term(series, k) <= LOYI_CONTRACT_REST * fall * (sum + integral)) break;
    if (series->delta == 0.0 && end == HUGE_VAL && law->c * loyi_log(x) >= series->pure)
      return integral + loyi_contract_power_tail(series, k);
    if (x > LOYI_CONTRACT_MOST) return HUGE_VAL;
    reach = loyi_contract_reach(series, x, steepness);
    next = k + x * loyi_expm1(reach);
    if (next > end) {
      reach = loyi_log1p((end - k) / x);
      next = end;
    }
    for (int node = 0; node < loyi_legendre_nodes(LOYI_CONTRACT_RULE); node++) {
      double at, weight, further;
      loyi_legendre_node(LOYI_CONTRACT_RULE, node, &at, &weight);
      further = x * loyi_expm1(at * reach);
      part += weight * ((x + further) * loyi_contract_term(series, k + further));
    }
    integral += reach * part;
    k = next;
  }
  return integral;
}

LOYI_LOCAL double loyi_contract_series_sum(const loyi_contract_series *series, double t) {
  const loyi_contract *law = series->law;
  double sum = 0.0;
  unsigned terms = 0;
  for (double k = 0.0; k < t; k += 1.0, terms++) {
    double x = series->n + k;
    if (x >= LOYI_CONTRACT_FAR && terms % 8 == 0) {
      double slope = series->delta + loyi_contract_steepness(law, x) / x, fall = slope * x - 2.0;
      if (fall > 0.0 && x * loyi_contract_term(series, k) <= LOYI_CONTRACT_REST * fall * sum) return sum;
      if (slope <= LOYI_CONTRACT_SLOW && t - k > 2.0 * (double)LOYI_CONTRACT_TERMS &&
          (x >= 0.5 * law->c * LOYI_CONTRACT_FAR || law->c * loyi_log(x) >= series->pure)) {
        sum += loyi_contract_gregory(series, k);
        sum += loyi_contract_integral(series, k, t, sum);
        return t < HUGE_VAL ? sum - loyi_contract_gregory(series, t) : sum;
      }
    }
    sum += loyi_contract_term(series, k);
  }
  return sum;
}

LOYI_SHARED double loyi_contract_sum(const loyi_contract *law, double n, double delta, double t, int power) {
  loyi_contract_series series;
  double a = law->a, b = law->b + (n - 1.0);
  if (t == 0.0) return 0.0;
  if (t == HUGE_VAL && delta == 0.0) {
    if (!(a * law->c > 1.0 + (double)power)) return HUGE_VAL;
    if (law->c == 1.0) return power ? b / (a - 1.0) * ((a + b - 1.0) / (a - 2.0)) : b / (a - 1.0);
  }
  series.law = law;
  series.n = n;
  series.delta = delta;
  series.power = power;
  series.pure = 40.0 + loyi_log((1.0 + a) * (1.0 + a + 2.0 * law->b));
  return loyi_contract_series_sum(&series, t);
}

LOYI_SHARED double loyi_contract_elasticity(const loyi_contract *law, double n, double delta, double t) {
  double weighted;
  if (t <= 1.0) return 1.0;
  weighted = loyi_contract_sum(law, n, delta, t, 1);
  /* Below the least double both sums are 0: nobody stays, and only the next renewal counts. */
  if (!(weighted > 0.0)) return 1.0;
  return weighted < HUGE_VAL ? weighted / loyi_contract_sum(law, n, delta, t, 0) : HUGE_VAL;
}

#undef LOYI_CONTRACT_SLOW
#undef LOYI_CONTRACT_FAR
#undef LOYI_CONTRACT_REST
#undef LOYI_CONTRACT_MOST

/* --- checks ------------------------------------------------------------------------------------------------------ */

LOYI_SHARED int loyi_is_period(double n) { return n >= 1.0 && loyi_is_count(n); }

LOYI_SHARED int loyi_is_periods(double t) { return loyi_is_count(t) || t == HUGE_VAL; }

LOYI_SHARED loy_status loyi_contract_check_customer(double n, double t, loy_error *error) {
  if (!loyi_is_period(n)) return loyi_report(error, LOY_ERR_DOMAIN, "n", LOY_NO_INDEX, LOYI_PERIOD_MUST);
  if (!loyi_is_count(t)) return loyi_report(error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX, LOYI_COUNT_MUST);
  return loyi_ok(error);
}

LOYI_SHARED loy_status loyi_contract_check_value(double n, double delta, double t, loy_error *error) {
  if (!loyi_is_period(n)) return loyi_report(error, LOY_ERR_DOMAIN, "n", LOY_NO_INDEX, LOYI_PERIOD_MUST);
  if (!loyi_is_zero_or_quantity(delta))
    return loyi_report(error, LOY_ERR_DOMAIN, "delta", LOY_NO_INDEX, LOYI_ZERO_QUANTITY_MUST);
  if (!loyi_is_periods(t)) return loyi_report(error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX, LOYI_PERIODS_MUST);
  return loyi_ok(error);
}

LOYI_SHARED loy_status loyi_contract_finite(double value, loy_error *error) {
  if (value < HUGE_VAL) return loyi_ok(error);
  return loyi_report(error, LOY_NOTICE_DIVERGES, "delta", LOY_NO_INDEX,
                     "without discount and horizon the sum is infinite: so many customers hardly ever leave");
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_CONTRACT_INL_H */
