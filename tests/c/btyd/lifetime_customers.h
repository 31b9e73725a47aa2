/* lifetime_customers.h: customers drawn from a gamma purchase rate and a lifetime, for tests of fits; by other means
 * than the library's own simulation, and with the C library's mathematics. */
#ifndef LOYALTY_TESTS_LIFETIME_CUSTOMERS_H
#define LOYALTY_TESTS_LIFETIME_CUSTOMERS_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>

/* Uniform on (0, 1): splitmix64. */
static inline double draw_uniform(uint64_t *state) {
  uint64_t z = (*state += UINT64_C(0x9e3779b97f4a7c15));
  z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
  z ^= z >> 31;
  return ((double)(z >> 12) + 0.5) * 0x1p-52;
}

/* Gamma with rate 1 (Marsaglia & Tsang 2000). */
static inline double draw_gamma(double shape, uint64_t *state) {
  double boost = shape < 1.0 ? pow(draw_uniform(state), 1.0 / shape) : 1.0;
  double d = (shape < 1.0 ? shape + 1.0 : shape) - 1.0 / 3.0, c = 1.0 / sqrt(9.0 * d);
  for (;;) {
    double z = sqrt(-2.0 * log(draw_uniform(state))) * cos(6.283185307179586 * draw_uniform(state));
    double v = 1.0 + c * z;
    v = v * v * v;
    if (v > 0.0 && log(draw_uniform(state)) < 0.5 * z * z + d - d * v + d * log(v)) return boost * d * v;
  }
}

/* One customer: purchases at rate Gamma(r, alpha) until `death` or T. */
static inline void draw_purchases(double r, double alpha, double death, double T, uint64_t *state, double *x,
                                  double *t_x) {
  double rate = draw_gamma(r, state) / alpha, end = death < T ? death : T, t = 0.0;
  *x = *t_x = 0.0;
  for (;;) {
    t -= log(draw_uniform(state)) / rate;
    if (!(t <= end)) return;
    *x += 1.0;
    *t_x = t;
  }
}

/* n customers of the Pareto/NBD model. */
static inline void draw_pnbd(double r, double alpha, double s, double beta, const double *T, size_t n, uint64_t seed,
                             double *x, double *t_x) {
  for (size_t i = 0; i < n; i++) {
    double rate = draw_gamma(s, &seed) / beta;
    draw_purchases(r, alpha, -log(draw_uniform(&seed)) / rate, T[i], &seed, &x[i], &t_x[i]);
  }
}

#endif /* LOYALTY_TESTS_LIFETIME_CUSTOMERS_H */
