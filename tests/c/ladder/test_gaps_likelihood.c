/* The likelihood of counts over several steps: its value against the definition, its derivatives against differences.
 */
#include "check.h"

#include "loyalty/ladder/gaps_likelihood.h"

#if LOY_TEST_INTERNALS

#  include "loyalty/math/random.h"

enum { STATES = 4, LONGEST = 5, EACH = STATES * STATES };

typedef struct setting {
  double counts[LONGEST * EACH], p[EACH], along[EACH], total;
} setting;

/* A random chain, random counts with a gap that nobody has, and a random direction. */
static void draw(loyi_rng *rng, setting *s) {
  s->total = 0.0;
  for (int i = 0; i < STATES; i++) {
    double sum = 0.0;
    for (int j = 0; j < STATES; j++) sum += s->p[i * STATES + j] = loyi_rng_exponential(rng);
    for (int j = 0; j < STATES; j++) s->p[i * STATES + j] /= sum;
  }
  for (int e = 0; e < EACH; e++) s->along[e] = loyi_rng_normal(rng);
  for (int e = 0; e < LONGEST * EACH; e++) {
    s->counts[e] = e / EACH == 2 ? 0.0 : loyi_rng_poisson(rng, 3.0);
    s->total += s->counts[e];
  }
}

static double definition(const setting *s, double step) {
  double p[EACH], power[EACH], value = 0.0;
  for (int e = 0; e < EACH; e++) power[e] = p[e] = s->p[e] + step * s->along[e];
  for (int k = 0; k < LONGEST; k++) {
    double next[EACH] = {0};
    for (int e = 0; e < EACH; e++)
      if (s->counts[k * EACH + e] > 0.0) value += s->counts[k * EACH + e] / s->total * log(power[e]);
    for (int e = 0; e < EACH; e++)
      for (int m = 0; m < STATES; m++) next[e] += power[e / STATES * STATES + m] * p[m * STATES + e % STATES];
    memcpy(power, next, sizeof power);
  }
  return value;
}

static void test_derivatives(void) {
  loyi_rng rng;
  loyi_rng_seed(&rng, 3);
  for (int trial = 0; trial < 20; trial++) {
    const double h = 1e-5;
    double gradient[EACH], product[EACH], slope = 0.0, curve = 0.0, all = 0.0, steps = 0.0;
    loyi_gaps gaps;
    setting s;
    draw(&rng, &s);
    CU_ASSERT_FATAL(loyi_gaps_open(&gaps, s.counts, STATES, LONGEST, s.total, NULL));
    CHECK_CLOSE(loyi_gaps_value(&gaps, s.p), definition(&s, 0.0), 1e-14);
    loyi_gaps_gradient(&gaps, s.p, gradient);
    loyi_gaps_hessian_times(&gaps, s.p, s.along, product);
    for (int e = 0; e < EACH; e++) {
      slope += gradient[e] * s.along[e];
      curve += product[e] * s.along[e];
      all += s.p[e] * gradient[e];
    }
    CHECK_NEAR(slope, (definition(&s, h) - definition(&s, -h)) / (2 * h), 1e-7 * (1 + fabs(slope) + fabs(curve)));
    CHECK_NEAR(curve, (definition(&s, h) - 2 * definition(&s, 0.0) + definition(&s, -h)) / (h * h),
               1e-4 * (1 + fabs(curve)));
    /* Of the expected one-step counts of a pair k steps apart there are k. */
    for (int e = 0; e < LONGEST * EACH; e++) steps += (e / EACH + 1) * s.counts[e] / s.total;
    CHECK_CLOSE(all, steps, 1e-13);
    loyi_gaps_close(&gaps);
  }
}

static void test_impossible(void) {
  static const double counts[] = {0, 1, 0, 1}, p[] = {1, 0, 0, 1};
  loyi_gaps gaps;
  CU_ASSERT_FATAL(loyi_gaps_open(&gaps, counts, 2, 1, 2.0, NULL));
  CU_ASSERT(loyi_gaps_value(&gaps, p) == -INFINITY);
  loyi_gaps_close(&gaps);
}

#endif

SUITE(ladder, gaps_likelihood) {
#if LOY_TEST_INTERNALS
  ADD(test_derivatives);
  ADD(test_impossible);
#else
  (void)suite;
#endif
}
