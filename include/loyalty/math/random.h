/* random.h: private. Reproducible random numbers: simulations take a seed, and a seed gives the same customers
 * everywhere.
 *
 * The generator is xoshiro256** 1.0 (Blackman and Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS
 * 47, 2021), 256 bits of state, period 2^256 - 1. Its state is filled from a 64-bit seed by SplitMix64 (Steele, Lea and
 * Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014), as its authors recommend. Both are pinned by
 * their published test vectors: a seed gives the same numbers on every machine, in C, Python and Lua, in every release
 * of major version 1. Not for cryptography.
 *
 * A loyi_rng is a plain value: copy it to branch, compare it, keep one per thread. There is no hidden generator. */
#ifndef LOYALTY_MATH_RANDOM_H
#define LOYALTY_MATH_RANDOM_H

#include "../base/config.h"

LOY_BEGIN_DECLS

/* The state of a generator. Fill it with loyi_rng_seed; all zero is the one state that is not allowed (it would return
 * zeros for ever), and loyi_rng_seed never produces it. */
typedef struct loyi_rng {
  uint64_t state[4];
} loyi_rng;

/* Start `rng` from a seed: state[0..3] are the next four outputs of SplitMix64 started at `seed`. Every seed is as good
 * as any other, 0 included. `rng` must not be NULL. */
LOYI_SHARED void loyi_rng_seed(loyi_rng *rng, uint64_t seed);

/* The next 64 random bits of xoshiro256**. `rng` must have been seeded. */
LOYI_SHARED uint64_t loyi_rng_next(loyi_rng *rng);

/* A uniform number u in the open interval (0, 1): (k + 1/2) 2^-52 with k the upper 52 of the next 64 bits. 0 and 1
 * never occur, so ln u, ln(1 - u) and any quantile of u are finite; u and 1 - u have exactly the same distribution.
 * Uses one step of the generator. */
LOYI_SHARED double loyi_rng_uniform(loyi_rng *rng);

/* Variates of standard distributions: each uses only loyi_rng_next and this library's own
 * elementary functions, so that they too have the same bits everywhere. Parameters must be in range; with a parameter
 * out of range, or NaN, the answer is NaN and the generator is not advanced. */

/* Start `rng` for stream number `stream` of a seed. Different streams of one seed are independent for all practical
 * purposes: simulation gives one to each customer or block, so that results do not depend on threads. */
LOYI_SHARED void loyi_rng_seed_stream(loyi_rng *rng, uint64_t seed, uint64_t stream);

/* Standard normal, by inversion; one uniform each. */
LOYI_SHARED double loyi_rng_normal(loyi_rng *rng);

/* Exponential with mean 1, by inversion; one uniform each. */
LOYI_SHARED double loyi_rng_exponential(loyi_rng *rng);

/* Gamma of this shape > 0 and scale 1 (Marsaglia and Tsang, ACM TOMS 26, 2000; below shape 1 by G(shape + 1)
 * U^(1/shape)). Underflows to 0 with noticeable probability only for shapes below 0.01; see loyi_rng_log_gamma. */
LOYI_SHARED double loyi_rng_gamma(loyi_rng *rng, double shape);

/* The logarithm of a gamma variate: exact where the variate itself would underflow. The same steps of the generator as
 * loyi_rng_gamma. */
LOYI_SHARED double loyi_rng_log_gamma(loyi_rng *rng, double shape);

/* Beta(a, b), a > 0, b > 0, from two gamma variates, by their logarithms where they might underflow. The answer is in
 * [0, 1]; for shapes below about 0.01 values that round to 0 or 1 do occur. */
LOYI_SHARED double loyi_rng_beta(loyi_rng *rng, double a, double b);

/* Poisson, an integer as a double; 0 <= mean <= 1e15. Below 10 by inversion, else Hoermann's transformed rejection PTRS
 * (Insurance: Mathematics and Economics 12, 1993). */
LOYI_SHARED double loyi_rng_poisson(loyi_rng *rng, double mean);

/* Binomial, an integer as a double; n an integer, 0 <= n <= 1e15, 0 <= p <= 1. By inversion where n min(p, 1-p) < 10,
 * else Hoermann's BTRS (Journal of Statistical Computation and Simulation 46, 1993). */
LOYI_SHARED double loyi_rng_binomial(loyi_rng *rng, double n, double p);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "random-inl.h"
#endif

#endif /* LOYALTY_MATH_RANDOM_H */
