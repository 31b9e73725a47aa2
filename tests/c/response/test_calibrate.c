/* test_calibrate.c: competition from a ratio of loyalties. Expected numbers are published, closed, or from 60-digit
 * arithmetic (mpmath) at the exact inputs. */
#include "check.h"

static loy_curve curve_of(double alpha, double beta, double gamma, double a, double delta) {
  loy_curve curve;
  loy_curve_init(&curve);
  curve.alpha = alpha;
  curve.beta = beta;
  curve.gamma = gamma;
  curve.a = a;
  curve.delta = delta;
  return curve;
}

/* Jones and Sasser's ratios 6 (copiers) and 1.42 (a bank), between 4 and 5 on a scale of 1 to 5. */
static void test_published(void) {
  loy_curve curve = curve_of(0, 1, 1, 0, 0);
  double c = 0.0;
  CHECK_STATUS(loy_curve_competition_from_ratio(&curve, 6.0, .75, 1.0, NULL, &c, NULL), LOY_OK);
  CHECK_CLOSE(c, .9375, 3e-16);
  CHECK_STATUS(loy_curve_competition_from_ratio(&curve, 1.42, .75, 1.0, NULL, &c, NULL), LOY_OK);
  CHECK_CLOSE(c, 1.26 / 2.26, 4e-16);
  loy_curve_init(&curve);
  CHECK_STATUS(loy_curve_competition_from_ratio(&curve, 6.0, .75, 1.0, NULL, &c, NULL), LOY_OK);
  CHECK_CLOSE(c, .947033200246508666, 4e-16);
  CHECK_STATUS(loy_curve_competition_from_ratio(&curve, 1.42, .75, 1.0, NULL, &c, NULL), LOY_OK);
  CHECK_CLOSE(c, .63817522899162077, 4e-16);
}

static void test_reference(void) {
  static const struct {
    double alpha, beta, gamma, a, delta, ratio, low, high, locked, c;
  } rows[] = {{.3, 1.4, .8, .5, .03, 2, .5, .9, 0, .729151777515833132},
              {0, 1, 3, .001, 0, 20000, .5, 1, 0, 0.972639449476170923},
              {.3, 1.4, .8, .5, .03, 1.0001, .5, .9, 0, .00109612363210227329},
              {1, .5, .3, 1, .5, 1.5, .2, .7, .1, .941863315000828002},
              {0, 1, 2, .5, 0, 1.1734772498467008, .5, .6, 0, .692994294049431133},
              {0, 2, 2, .5, 0, 1.8037862613929476, .4, .6, 0, .680418746945313854},
              {0, 2, 5, .1, 0, 4.909035863244519, .4, .8, .05, .611347919988842758}};
  const double held = 1.0;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    loy_curve curve = curve_of(rows[i].alpha, rows[i].beta, rows[i].gamma, rows[i].a, rows[i].delta);
    double c = 0.0;
    curve.constraints = 1;
    curve.b[0] = rows[i].locked;
    CHECK_STATUS(loy_curve_competition_from_ratio(&curve, rows[i].ratio, rows[i].low, rows[i].high, &held, &c, NULL),
                 LOY_OK);
    CHECK_CLOSE(c, rows[i].c, 1e-13); /* the last three stand a ten-thousandth below the highest ratio there is */
  }
}

/* Captivity lets the ratio fall again: past its top there is no answer, and up to it the answer is the first. */
static void test_top(void) {
  static const struct {
    double beta, gamma, a, low, high, locked, top, at; /* the highest ratio, and logit(c) there */
  } rows[] = {{1, 2, .5, .5, .6, 0, 1.17359460930763154, .8493806397},
              {2, 2, .5, .4, .6, 0, 1.80396665805875339, .7747961589},
              {2, 50, .5, .4, .6, 0, 1.58837435204436446, .01282887013},
              {2, 5, .1, .4, .8, .05, 4.90952681592611156, .4578360065}};
  const double held = 1.0;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    loy_curve curve = curve_of(0, rows[i].beta, rows[i].gamma, rows[i].a, 0);
    const double most = 1.0 / (1.0 + exp(-rows[i].at));
    double c = 7.0, before = 0.0;
    loy_error error;
    curve.constraints = 1;
    curve.b[0] = rows[i].locked;
    CHECK_STATUS(loy_curve_competition_from_ratio(&curve, rows[i].top * (1.0 + 1e-12), rows[i].low, rows[i].high, &held,
                                                  &c, &error),
                 LOY_ERR_INFEASIBLE);
    CHECK_ERROR(&error, LOY_ERR_INFEASIBLE, "ratio", LOY_NO_INDEX);
    CHECK_BITS(c, 7.0);
    for (int part = 1; part <= 20; part++) {
      const double ratio = part < 20 ? 1.0 + part / 20.0 * (rows[i].top - 1.0) : rows[i].top * (1.0 - 1e-12);
      CHECK_STATUS(loy_curve_competition_from_ratio(&curve, ratio, rows[i].low, rows[i].high, &held, &c, &error),
                   LOY_OK);
      CU_ASSERT(c > before && c < most);
      CHECK_CLOSE(loy_curve_loyalty(&curve, rows[i].high, c, &held) / loy_curve_loyalty(&curve, rows[i].low, c, &held),
                  ratio, 1e-13);
      before = c;
    }
  }
}

static uint64_t state = 1;
static double uniform(double low, double high) {
  state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return low + (high - low) * (double)(state >> 11) * 0x1p-53;
}

/* kappa = alpha + ln(R - 1) - ln[((1 - s_low)/s_low)^beta - R ((1 - s_high)/s_high)^beta], where there is one. */
static void test_closed_form(void) {
  for (int i = 0; i < 1000; i++) {
    const loy_curve curve = curve_of(uniform(-2, 2), uniform(.3, 3), uniform(.5, 30), 0, uniform(0, .5));
    const double low = uniform(.05, .9), high = i % 3 ? uniform(low + .05, 1) : 1.0, ratio = 1.0 + uniform(.001, 3);
    const double span = pow((1 - low) / low, curve.beta) - ratio * pow((1 - high) / high, curve.beta);
    const double logit = (curve.alpha + log((ratio - 1.0) / span)) / curve.gamma;
    double c = 0.0;
    const loy_status status = loy_curve_competition_from_ratio(&curve, ratio, low, high, NULL, &c, NULL);
    if (span > 0.0 && logit < 20.0) {
      CHECK_STATUS(status, LOY_OK);
      CHECK_CLOSE(c, 1.0 / (1.0 + exp(-logit)), 1e-12);
    } else if (span <= 0.0) {
      CHECK_STATUS(status, LOY_ERR_INFEASIBLE);
    }
  }
}

static void test_extremes(void) {
  const double held = 1.0;
  loy_curve curve = curve_of(0, 1, 1, .5, 0);
  double c = 0.0;
  /* A ratio of 1 + 2^-52 in a market that is almost a monopoly: the loss of the less satisfied is 2^-52. */
  curve.a = 0.0;
  CHECK_STATUS(loy_curve_competition_from_ratio(&curve, 1.0 + 0x1p-52, .5, 1.0, NULL, &c, NULL), LOY_OK);
  CHECK_CLOSE(c, 0x1p-52, 1e-14);
  CHECK_STATUS(loy_curve_competition_from_ratio(&curve, 1e15, .5, 1.0, NULL, &c, NULL), LOY_OK);
  CHECK_CLOSE(1.0 - c, 1e-15, .12); /* as near as a double below 1 can be */
  CHECK_STATUS(loy_curve_competition_from_ratio(&curve, 1e17, .5, 1.0, NULL, &c, NULL), LOY_ERR_INFEASIBLE);
  /* A step, whatever its place. */
  curve = curve_of(3e5, 1e6, 1e6, .5, 0);
  CHECK_STATUS(loy_curve_competition_from_ratio(&curve, 1.2, .5, .6, NULL, &c, NULL), LOY_OK);
  CHECK_CLOSE(c, 1.0 / (1.0 + exp(-.3)), 1e-4);
  /* Competition plays no part, or everyone is held. */
  curve = curve_of(0, 1, 0, 0, 0);
  CHECK_STATUS(loy_curve_competition_from_ratio(&curve, 1.2, .5, .7, NULL, &c, NULL), LOY_ERR_INFEASIBLE);
  CHECK_STATUS(loy_curve_competition_from_ratio(&curve, 1.5, .5, .7, NULL, &c, NULL), LOY_ERR_INFEASIBLE);
  CHECK_STATUS(loy_curve_competition_from_ratio(&curve, 2.5, .5, 1.0, NULL, &c, NULL), LOY_ERR_INFEASIBLE);
  curve = curve_of(0, 1, 1, .5, 0);
  curve.constraints = 1;
  curve.b[0] = 1e6;
  CHECK_STATUS(loy_curve_competition_from_ratio(&curve, 1.0 + 0x1p-52, .1, 1.0, &held, &c, NULL), LOY_ERR_INFEASIBLE);
}

#define FAILS(curve, ratio, low, high, k, c, status, argument, at)                                                     \
  do {                                                                                                                 \
    CHECK_STATUS(loy_curve_competition_from_ratio(curve, ratio, low, high, k, c, &error), status);                     \
    CHECK_ERROR(&error, status, argument, at);                                                                         \
  } while (0)

static void test_errors(void) {
  loy_curve curve = curve_of(0, 1, 1, .5, 0), bad = curve_of(0, 1, -1, .5, 0);
  const double wrong = 2.0;
  double c = 7.0;
  loy_error error;
  curve.constraints = 1;
  FAILS(NULL, 1, 0, 0, &wrong, NULL, LOY_ERR_ARGUMENT, "curve", LOY_NO_INDEX);
  FAILS(&bad, 1, 0, 0, &wrong, NULL, LOY_ERR_DOMAIN, "gamma", LOY_NO_INDEX);
  FAILS(&curve, 1, 0, 0, &wrong, NULL, LOY_ERR_DOMAIN, "ratio", LOY_NO_INDEX);
  FAILS(&curve, INFINITY, 0, 0, &wrong, NULL, LOY_ERR_DOMAIN, "ratio", LOY_NO_INDEX);
  FAILS(&curve, 2, 0, 0, &wrong, NULL, LOY_ERR_DOMAIN, "s_low", LOY_NO_INDEX);
  FAILS(&curve, 2, 1, 2, &wrong, NULL, LOY_ERR_DOMAIN, "s_low", LOY_NO_INDEX);
  FAILS(&curve, 2, .5, .5, &wrong, NULL, LOY_ERR_DOMAIN, "s_high", LOY_NO_INDEX);
  FAILS(&curve, 2, .5, NAN, &wrong, NULL, LOY_ERR_DOMAIN, "s_high", LOY_NO_INDEX);
  FAILS(&curve, 2, .5, 1, &wrong, NULL, LOY_ERR_DOMAIN, "constraint", 0);
  FAILS(&curve, 2, .5, 1, NULL, NULL, LOY_ERR_ARGUMENT, "c", LOY_NO_INDEX);
  FAILS(&curve, 2, .5, 1, &wrong, &c, LOY_ERR_DOMAIN, "constraint", 0);
  CHECK_BITS(c, 7.0);
}

SUITE(response, calibrate) {
  ADD(test_published);
  ADD(test_reference);
  ADD(test_top);
  ADD(test_closed_form);
  ADD(test_extremes);
  ADD(test_errors);
}
