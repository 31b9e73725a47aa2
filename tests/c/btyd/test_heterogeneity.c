/* Distributions over customers: mpmath with 60 digits, fed the doubles themselves; ends; batches; order of checks. */
#include "check.h"

typedef struct oracle_case {
  loy_heterogeneity kind;
  double first, second, value, density, below;
} oracle_case;

/* clang-format off */
static const oracle_case oracle[] = {
  {LOY_HETEROGENEITY_GAMMA, 0.243, 4.414, 0.05, 2.9737613643544369, 0.73198477665867375},
  {LOY_HETEROGENEITY_GAMMA, 0.243, 4.414, 1.5, 0.00037627932161547174, 0.9999226224560902},
  {LOY_HETEROGENEITY_GAMMA, 1.0, 2.0, 3.0, 0.0049575043533327168, 0.99752124782333364},
  {LOY_HETEROGENEITY_GAMMA, 2.5, 10.0, 0.2, 2.879518214036696, 0.4505840486472198},
  {LOY_HETEROGENEITY_GAMMA, 0.0001, 0.0001, 0.001, 0.099844701091461711, 0.99844711074933969},
  {LOY_HETEROGENEITY_GAMMA, 10000.0, 10000.0, 1.01, 24.036692578620469, 0.84134875044717984},
  {LOY_HETEROGENEITY_GAMMA, 10000.0, 0.0001, 99000000.0, 2.4359334431713317e-7, 0.15865119219356581},
  {LOY_HETEROGENEITY_GAMMA, 50.0, 3.0, 0.001, 1.1766708221326836e-186, 2.3534800841137003e-191},
  {LOY_HETEROGENEITY_GAMMA, 0.6, 11.67, 1e-30, 2932862796631.9517, 4.8881046610532534e-18},
  {LOY_HETEROGENEITY_GAMMA, 1e-10, 1.0, 2.0, 6.7667641626902594e-12, 0.99999999999510995},
  {LOY_HETEROGENEITY_BETA, 0.793, 2.426, 0.1, 2.311647115636007, 0.31769599766885614},
  {LOY_HETEROGENEITY_BETA, 0.793, 2.426, 0.999, 8.7955228880988379e-5, 0.99999996374694529},
  {LOY_HETEROGENEITY_BETA, 1.0, 1.0, 0.3, 1.0, 0.29999999999999999},
  {LOY_HETEROGENEITY_BETA, 1.0, 3.0, 0.25, 1.6875, 0.578125},
  {LOY_HETEROGENEITY_BETA, 10000.0, 30000.0, 0.2503, 182.35656821421348, 0.55584803461865891},
  {LOY_HETEROGENEITY_BETA, 0.0001, 0.0001, 0.5, 0.0001999722793234323, 0.5},
  {LOY_HETEROGENEITY_BETA, 0.5, 0.5, 1e-30, 318309886183790.66, 6.3661977236758137e-16},
  {LOY_HETEROGENEITY_BETA, 30.0, 2.0, 0.9, 4.3804196884390099, 0.16956463310086491},
  {LOY_HETEROGENEITY_BETA, 2000.0, 0.01, 0.99, 1.9508976915314752e-9, 9.2247051790048024e-13},
};
/* clang-format on */
enum { ORACLE_CASES = sizeof oracle / sizeof *oracle };

static void test_values(void) {
  for (size_t i = 0; i < ORACLE_CASES; i++) {
    const oracle_case *c = &oracle[i];
    CHECK_CLOSE(loy_heterogeneity_density(c->kind, c->first, c->second, c->value), c->density, 1e-14);
    CHECK_CLOSE(loy_heterogeneity_below(c->kind, c->first, c->second, c->value), c->below, 2e-14);
  }
}

static void test_ends(void) {
  const loy_heterogeneity gamma = LOY_HETEROGENEITY_GAMMA, beta = LOY_HETEROGENEITY_BETA;
  CU_ASSERT(isinf(loy_heterogeneity_density(gamma, .5, 2, 0)));
  CHECK_BITS(loy_heterogeneity_density(gamma, 1, 2, 0), 2.0);
  CHECK_BITS(loy_heterogeneity_density(gamma, 1.5, 2, 0), 0.0);
  CHECK_BITS(loy_heterogeneity_below(gamma, .5, 2, 0), 0.0);
  CHECK_BITS(loy_heterogeneity_density(gamma, .5, 1e40, 1e40), 0.0);
  CHECK_BITS(loy_heterogeneity_below(gamma, .5, 1e40, 1e40), 1.0);
  CU_ASSERT(isinf(loy_heterogeneity_density(beta, .5, 2, 0)));
  CHECK_BITS(loy_heterogeneity_density(beta, 1, 3, 0), 3.0);
  CHECK_BITS(loy_heterogeneity_density(beta, 2, 3, 0), 0.0);
  CU_ASSERT(isinf(loy_heterogeneity_density(beta, 2, .5, 1)));
  CHECK_BITS(loy_heterogeneity_density(beta, 3, 1, 1), 3.0);
  CHECK_BITS(loy_heterogeneity_density(beta, 2, 3, 1), 0.0);
  CHECK_BITS(loy_heterogeneity_below(beta, 2, 3, 1), 1.0);
}

static void test_batch(void) {
  const double value[] = {0.0, .3, -1.0, NAN, 1.0, 2.0};
  double density[6], below[6], same[6];
  loy_batch_report report;
  loy_error error;
  const double first[] = {.8, 2.0}, second[] = {4.0, .5};
  for (int kind = LOY_HETEROGENEITY_GAMMA; kind <= LOY_HETEROGENEITY_BETA; kind++) {
    const loy_heterogeneity which = (loy_heterogeneity)kind;
    for (int k = 0; k < 2; k++) {
      CHECK_STATUS(loy_heterogeneity_batch(which, first[k], second[k], value, 6, density, below, &report, &error),
                   LOY_OK);
      for (size_t i = 0; i < 6; i++) {
        CHECK_BITS(density[i], loy_heterogeneity_density(which, first[k], second[k], value[i]));
        CHECK_BITS(below[i], loy_heterogeneity_below(which, first[k], second[k], value[i]));
      }
      CU_ASSERT_EQUAL(report.bad, which == LOY_HETEROGENEITY_BETA ? 3 : 2);
      CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "value", 2);
      memcpy(same, value, sizeof same);
      CHECK_STATUS(loy_heterogeneity_batch(which, first[k], second[k], same, 6, NULL, same, NULL, NULL), LOY_OK);
      CHECK_BITS(same[1], below[1]);
    }
  }
  CHECK_STATUS(loy_heterogeneity_batch(LOY_HETEROGENEITY_BETA, 1, 1, NULL, 0, NULL, NULL, NULL, NULL), LOY_OK);
}

static void test_errors(void) {
  const loy_heterogeneity gamma = LOY_HETEROGENEITY_GAMMA, beta = LOY_HETEROGENEITY_BETA, none = (loy_heterogeneity)3;
  double out = 7.0;
  loy_error error;
#define BAD(call, status, argument)                                                                                    \
  CHECK_STATUS(call, status);                                                                                          \
  CHECK_ERROR(&error, status, argument, LOY_NO_INDEX)
  BAD(loy_heterogeneity_check(none, -1, -1, -1, &error), LOY_ERR_ARGUMENT, "kind");
  BAD(loy_heterogeneity_check(gamma, 0, -1, -1, &error), LOY_ERR_DOMAIN, "shape");
  BAD(loy_heterogeneity_check(gamma, 1, NAN, -1, &error), LOY_ERR_DOMAIN, "rate");
  BAD(loy_heterogeneity_check(gamma, 1, 1, INFINITY, &error), LOY_ERR_DOMAIN, "value");
  BAD(loy_heterogeneity_check(beta, 1e11, -1, -1, &error), LOY_ERR_DOMAIN, "a");
  BAD(loy_heterogeneity_check(beta, 1, 1e11, -1, &error), LOY_ERR_DOMAIN, "b");
  BAD(loy_heterogeneity_check(beta, 1, 1, 1.5, &error), LOY_ERR_DOMAIN, "value");
  CHECK_STATUS(loy_heterogeneity_check(beta, 1, 1, 1, &error), LOY_OK);
  BAD(loy_heterogeneity_batch(none, -1, -1, NULL, 1, &out, &out, NULL, &error), LOY_ERR_ARGUMENT, "kind");
  BAD(loy_heterogeneity_batch(gamma, -1, -1, NULL, 1, &out, &out, NULL, &error), LOY_ERR_DOMAIN, "shape");
  BAD(loy_heterogeneity_batch(gamma, 1, -1, NULL, 1, &out, &out, NULL, &error), LOY_ERR_DOMAIN, "rate");
  BAD(loy_heterogeneity_batch(gamma, 1, 1, NULL, 1, &out, &out, NULL, &error), LOY_ERR_ARGUMENT, "value");
#undef BAD
  CHECK_BITS(out, 7.0);
  CU_ASSERT(isnan(loy_heterogeneity_density(none, 1, 1, .5)));
  CU_ASSERT(isnan(loy_heterogeneity_density(gamma, 1, 0, .5)));
  CU_ASSERT(isnan(loy_heterogeneity_below(beta, 1, 1, -.5)));
}

SUITE(btyd, heterogeneity) {
  ADD(test_values);
  ADD(test_ends);
  ADD(test_batch);
  ADD(test_errors);
}
