/* test_inverse.c: the captivity, the constraint and the competition that go with a loyalty, and deregulation. Expected
 * numbers are from 60-digit arithmetic (mpmath) at the exact inputs. */
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

/* Published: specification 2.4. */
static loy_curve worked(void) { return curve_of(.3, 1.4, .8, .5, .03); }

static uint64_t state = 1;
static double uniform(double low, double high) {
  state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return low + (high - low) * (double)(state >> 11) * 0x1p-53;
}
static loy_curve any_curve(void) {
  loy_curve curve = curve_of(uniform(-3, 3), uniform(.2, 4), uniform(.1, 3), uniform(0, 2), uniform(0, .5));
  curve.constraints = 2;
  curve.b[0] = uniform(.1, 3);
  curve.b[1] = uniform(.1, 3);
  return curve;
}

static void test_captivity(void) {
  const loy_curve curve = worked();
  double captivity = 0.0;
  loy_error error;
  CHECK_STATUS(loy_curve_required_captivity(&curve, .8, .65, .7, &captivity, &error), LOY_OK);
  CHECK_CLOSE(captivity, .774367150679950213, 1e-14);
  /* It is a question about free choice: g = .6198 gives up to .97 g. */
  CHECK_STATUS(loy_curve_required_captivity(&curve, .6, .65, .7, &captivity, &error), LOY_NOTICE_NOT_NEEDED);
  CHECK_BITS(captivity, 0.0);
  CHECK_ERROR(&error, LOY_NOTICE_NOT_NEEDED, "target", LOY_NO_INDEX);
  /* Without any satisfaction: 1 - exp(-A) = target/(1 - delta). */
  CHECK_STATUS(loy_curve_required_captivity(&curve, .485, 0.0, .7, &captivity, &error), LOY_OK);
  CHECK_CLOSE(captivity, .693147180559945309, 1e-14);
  CHECK_STATUS(loy_curve_required_captivity(&curve, .97, 1.0, .7, &captivity, &error), LOY_NOTICE_NOT_NEEDED);
  CHECK_STATUS(loy_curve_required_captivity(&curve, 0.0, 0.0, .7, &captivity, &error), LOY_NOTICE_NOT_NEEDED);
  captivity = 7.0;
  CHECK_STATUS(loy_curve_required_captivity(&curve, .97, .99, .7, &captivity, &error), LOY_ERR_INFEASIBLE);
  CHECK_ERROR(&error, LOY_ERR_INFEASIBLE, "target", LOY_NO_INDEX);
  CHECK_STATUS(loy_curve_required_captivity(&curve, .98, 1.0, .7, &captivity, &error), LOY_ERR_INFEASIBLE);
  CHECK_BITS(captivity, 7.0);
}

/* Held by so much, the customer is as loyal as wanted; and by no less. */
static void test_captivity_round_trip(void) {
  const double held = 1.0;
  for (int i = 0; i < 2000; i++) {
    loy_curve curve = any_curve();
    const double s = uniform(.01, .99), c = uniform(.01, .99), target = uniform(0, 1.0 - curve.delta);
    double captivity = -1.0, more = -1.0;
    const loy_status status = loy_curve_required_captivity(&curve, target, s, c, &captivity, NULL);
    CU_ASSERT(!loy_status_is_error(status) && captivity >= 0.0 && (captivity > 0.0) == (status == LOY_OK));
    (void)loy_curve_required_captivity(&curve, target + .5 * (1.0 - curve.delta - target), s, c, &more, NULL);
    CU_ASSERT(status != LOY_OK || more > captivity);
    curve.a = 0.0;
    curve.constraints = 1;
    curve.b[0] = captivity;
    if (status == LOY_OK) {
      CHECK_NEAR(loy_curve_loyalty(&curve, s, c, &held), target, 1e-14);
    } else {
      CU_ASSERT(loy_curve_loyalty(&curve, s, c, &held) >= target - 1e-15);
    }
  }
}

static void test_constraint(void) {
  loy_curve curve = worked();
  const double k[] = {.5, NAN}, none = 0.0;
  double required = 7.0, after[2];
  loy_error error;
  curve.constraints = 2;
  curve.b[0] = .4;
  curve.b[1] = .9;
  /* (.774367150680 - .178337471969 - .4 * .5)/.9; the element asked for is not looked at */
  CHECK_STATUS(loy_curve_required_constraint(&curve, .8, .65, .7, k, 1, &required, &error), LOY_OK);
  CHECK_CLOSE(required, .440032976345, 1e-11);
  after[0] = .5;
  after[1] = required;
  CHECK_CLOSE(loy_curve_loyalty(&curve, .65, .7, after), .8, 1e-15);
  CHECK_STATUS(loy_curve_required_constraint(&curve, .8, .65, .7, NULL, 1, &required, &error), LOY_OK);
  CHECK_CLOSE(required, .662255198568, 1e-11);
  CHECK_STATUS(loy_curve_required_constraint(&curve, .66, .65, .7, NULL, 1, &required, &error), LOY_NOTICE_NOT_NEEDED);
  CHECK_BITS(required, 0.0);
  required = 7.0;
  CHECK_STATUS(loy_curve_required_constraint(&curve, .8, .65, .7, NULL, 0, &required, &error), LOY_ERR_INFEASIBLE);
  CHECK_ERROR(&error, LOY_ERR_INFEASIBLE, "target", LOY_NO_INDEX);
  curve.b[1] = 0.0;
  CHECK_STATUS(loy_curve_required_constraint(&curve, .8, .65, .7, &none, 1, &required, &error), LOY_ERR_INFEASIBLE);
  CHECK_STATUS(loy_curve_required_constraint(&curve, 1.0, 1.0, .7, NULL, 1, &required, &error), LOY_ERR_INFEASIBLE);
  CHECK_BITS(required, 7.0);
  CHECK_STATUS(loy_curve_required_constraint(&curve, .97, 1.0, .7, NULL, 1, &required, &error), LOY_NOTICE_NOT_NEEDED);
}

/* The status never contradicts loy_curve_loyalty, not even by a rounding, and the answer gives the target. */
static void test_constraint_round_trip(void) {
  for (int i = 0; i < 2000; i++) {
    const loy_curve curve = any_curve();
    const double s = uniform(.01, .99), c = uniform(.01, .99);
    double k[2], required = -1.0, least, most;
    k[0] = uniform(0, 1);
    k[1] = 0.0;
    least = loy_curve_loyalty(&curve, s, c, k);
    k[1] = 1.0;
    most = loy_curve_loyalty(&curve, s, c, k);
    CHECK_STATUS(loy_curve_required_constraint(&curve, least, s, c, k, 1, &required, NULL), LOY_NOTICE_NOT_NEEDED);
    CHECK_BITS(required, 0.0);
    CHECK_STATUS(loy_curve_required_constraint(&curve, most, s, c, k, 1, &required, NULL), LOY_OK);
    CU_ASSERT(required > .99 && required <= 1.0);
    CHECK_STATUS(loy_curve_required_constraint(&curve, nextafter(most, 2.0), s, c, k, 1, &required, NULL),
                 LOY_ERR_INFEASIBLE);
    k[1] = uniform(0, 1);
    least = loy_curve_loyalty(&curve, s, c, k);
    CHECK_STATUS(loy_curve_required_constraint(&curve, least, s, c, k, 1, &required, NULL), LOY_OK);
    k[1] = required;
    CHECK_NEAR(loy_curve_loyalty(&curve, s, c, k), least, 1e-14);
  }
}

static void test_critical(void) {
  static const struct {
    double alpha, beta, gamma, a, delta, target, s, c;
  } rows[] = {
      {.3, 1.4, .8, .5, .03, .8, .65, .512536256492713774},     {.3, 1.4, .8, .5, .03, .5, .3, .483327367898067277},
      {.3, 1.4, .8, .5, .03, .2, 0, .630141354022744163},       {.3, 1.4, .8, .5, .03, .05, .9, .999616291235938958},
      {0, 1, 1, .5, 0, .5, .75, .793354962133208059},           {0, 1, 1, 0, 0, .5, .75, .75},
      {-1, .4, 3, 2, .2, .6, .1, .52691571101761687},           {2, 3, .3, 0, 0, .9999999, .999, .999999999723062504},
      {0, 1, 1, .5, 0, .999999999, .5, 9.99999981145378936e-7}, {0, 1, 1, .5, 0, 1e-12, 1e-5, .99999999999800004}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    const loy_curve curve = curve_of(rows[i].alpha, rows[i].beta, rows[i].gamma, rows[i].a, rows[i].delta);
    double c = 0.0;
    CHECK_STATUS(loy_curve_critical_competition(&curve, rows[i].target, rows[i].s, NULL, &c, NULL), LOY_OK);
    CHECK_CLOSE(c, rows[i].c, 2e-15);
  }
}

static void test_critical_ends(void) {
  loy_curve curve = worked();
  const double held = 1.0;
  double c = 7.0;
  loy_error error;
  CHECK_STATUS(loy_curve_critical_competition(&curve, .97, .9, NULL, &c, &error), LOY_ERR_INFEASIBLE);
  CHECK_ERROR(&error, LOY_ERR_INFEASIBLE, "target", LOY_NO_INDEX);
  CHECK_STATUS(loy_curve_critical_competition(&curve, .98, 1.0, NULL, &c, &error), LOY_ERR_INFEASIBLE);
  CHECK_BITS(c, 7.0);
  CHECK_STATUS(loy_curve_critical_competition(&curve, .97, 1.0, NULL, &c, &error), LOY_NOTICE_NONE);
  CHECK_BITS(c, 1.0);
  CHECK_ERROR(&error, LOY_NOTICE_NONE, "target", LOY_NO_INDEX);
  CHECK_STATUS(loy_curve_critical_competition(&curve, 0.0, 0.0, NULL, &c, &error), LOY_NOTICE_NONE);
  /* What a contract holds, no competition takes away: 1 - exp(-2) = .8647. */
  curve = curve_of(0, 1, 1, .5, 0);
  curve.constraints = 1;
  curve.b[0] = 2.0;
  CHECK_STATUS(loy_curve_critical_competition(&curve, .86, .01, &held, &c, &error), LOY_NOTICE_NONE);
  CHECK_STATUS(loy_curve_critical_competition(&curve, .87, .01, &held, &c, &error), LOY_OK);
  CHECK_CLOSE(loy_curve_loyalty(&curve, .01, c, &held), .87, 1e-14);
  /* Competition plays no part: held everywhere or nowhere. */
  curve = curve_of(0, 1, 0, 0, 0);
  CHECK_STATUS(loy_curve_critical_competition(&curve, .7, .75, NULL, &c, &error), LOY_NOTICE_NONE);
  CHECK_STATUS(loy_curve_critical_competition(&curve, .8, .75, NULL, &c, &error), LOY_ERR_INFEASIBLE);
}

static void test_critical_round_trip(void) {
  for (int i = 0; i < 3000; i++) {
    const loy_curve curve = any_curve();
    const double s = uniform(.01, .99), c = uniform(.001, .999);
    double k[2], target, found = 0.0, slope;
    k[0] = uniform(0, 1);
    k[1] = uniform(0, 1);
    target = loy_curve_loyalty(&curve, s, c, k);
    slope = loy_curve_slope_c(&curve, s, c, k);
    if (slope > -1e-6) continue; /* c hardly shows in L */
    CHECK_STATUS(loy_curve_critical_competition(&curve, target, s, k, &found, NULL), LOY_OK);
    CHECK_NEAR(found, c, 2e-15 - 1e-15 / slope);
    if (loy_curve_critical_competition(&curve, .9 * target, s, k, &found, NULL) == LOY_OK) {
      CU_ASSERT(found > c && loy_curve_loyalty(&curve, s, .5 * (c + found), k) > .9 * target);
    }
  }
}

static void test_deregulation(void) {
  loy_curve curve = curve_of(0, 1, 1, .5, 0);
  const double held[] = {1.0}, half[] = {.5};
  loy_deregulation change;
  curve.constraints = 1;
  curve.b[0] = 2.0;
  CHECK_STATUS(loy_curve_deregulate(&curve, .4, .3, held, .8, NULL, &change, NULL), LOY_OK);
  CHECK_BITS(change.loyalty_before, loy_curve_loyalty(&curve, .4, .3, held));
  CHECK_BITS(change.loyalty_after, loy_curve_loyalty(&curve, .4, .8, NULL));
  CHECK_BITS(change.lost, change.loyalty_before - change.loyalty_after);
  CHECK_BITS(change.hostage_share_before, loy_curve_hostage_share(&curve, .4, .3, held));
  CHECK_CLOSE(change.loyalty_before, 1.0 - sqrt(.3) * exp(-2.0) * 9.0 / 23.0, 1e-15);
  CHECK_CLOSE(change.loyalty_after, 1.0 - sqrt(.8) * 6.0 / 7.0, 1e-15);
  CHECK_STATUS(loy_curve_deregulate(&curve, .4, .3, half, .3, held, &change, NULL), LOY_OK);
  CU_ASSERT(change.lost < 0.0);
  CHECK_STATUS(loy_curve_deregulate(&curve, .4, .3, NULL, .3, NULL, &change, NULL), LOY_OK);
  CHECK_BITS(change.lost, 0.0);
}

#define CAPTIVITY(curve, target, s, c, out)        loy_curve_required_captivity(curve, target, s, c, out, &error)
#define CONSTRAINT(curve, target, s, c, k, j, out) loy_curve_required_constraint(curve, target, s, c, k, j, out, &error)
#define CRITICAL(curve, target, s, k, out)         loy_curve_critical_competition(curve, target, s, k, out, &error)
#define FAILS(call, status, argument, at)                                                                              \
  do {                                                                                                                 \
    CHECK_STATUS(call, status);                                                                                        \
    CHECK_ERROR(&error, status, argument, at);                                                                         \
  } while (0)

static void test_errors(void) {
  loy_curve curve = worked(), bad = worked();
  const double wrong[] = {-1.0, 2.0};
  double out = 7.0;
  loy_deregulation change = {7.0, 7.0, 7.0, 7.0};
  loy_error error;
  curve.constraints = 2;
  bad.beta = 0.0;
  FAILS(CAPTIVITY(NULL, 2, 2, 2, NULL), LOY_ERR_ARGUMENT, "curve", LOY_NO_INDEX);
  FAILS(CAPTIVITY(&bad, 2, 2, 2, NULL), LOY_ERR_DOMAIN, "beta", LOY_NO_INDEX);
  FAILS(CAPTIVITY(&curve, NAN, 2, 2, NULL), LOY_ERR_DOMAIN, "target", LOY_NO_INDEX);
  FAILS(CAPTIVITY(&curve, .5, 2, 2, NULL), LOY_ERR_DOMAIN, "s", LOY_NO_INDEX);
  FAILS(CAPTIVITY(&curve, .5, .5, 1, NULL), LOY_ERR_DOMAIN, "c", LOY_NO_INDEX);
  FAILS(CAPTIVITY(&curve, 1, .5, .5, NULL), LOY_ERR_ARGUMENT, "captivity", LOY_NO_INDEX);
  FAILS(CONSTRAINT(&bad, 2, 2, 2, wrong, 2, NULL), LOY_ERR_DOMAIN, "beta", LOY_NO_INDEX);
  FAILS(CONSTRAINT(&curve, 2, 2, 2, wrong, 2, NULL), LOY_ERR_ARGUMENT, "j", LOY_NO_INDEX);
  FAILS(CONSTRAINT(&curve, 2, 2, 2, wrong, 1, NULL), LOY_ERR_DOMAIN, "target", LOY_NO_INDEX);
  FAILS(CONSTRAINT(&curve, 1, 2, 2, wrong, 1, NULL), LOY_ERR_DOMAIN, "s", LOY_NO_INDEX);
  FAILS(CONSTRAINT(&curve, 1, 1, 2, wrong, 1, NULL), LOY_ERR_DOMAIN, "c", LOY_NO_INDEX);
  FAILS(CONSTRAINT(&curve, 1, 1, .5, wrong, 1, NULL), LOY_ERR_DOMAIN, "constraint", 0);
  FAILS(CONSTRAINT(&curve, 1, 1, .5, wrong, 0, NULL), LOY_ERR_DOMAIN, "constraint", 1);
  FAILS(CONSTRAINT(&curve, 1, 1, .5, NULL, 0, NULL), LOY_ERR_ARGUMENT, "required", LOY_NO_INDEX);
  FAILS(CRITICAL(&bad, 2, 2, wrong, NULL), LOY_ERR_DOMAIN, "beta", LOY_NO_INDEX);
  FAILS(CRITICAL(&curve, 2, 2, wrong, NULL), LOY_ERR_DOMAIN, "target", LOY_NO_INDEX);
  FAILS(CRITICAL(&curve, 1, 2, wrong, NULL), LOY_ERR_DOMAIN, "s", LOY_NO_INDEX);
  FAILS(CRITICAL(&curve, 1, 1, wrong, NULL), LOY_ERR_DOMAIN, "constraint", 0);
  FAILS(CRITICAL(&curve, 1, 1, NULL, NULL), LOY_ERR_ARGUMENT, "critical", LOY_NO_INDEX);
  FAILS(loy_curve_deregulate(&curve, 1, 1, wrong, 1, wrong, NULL, &error), LOY_ERR_DOMAIN, "c", LOY_NO_INDEX);
  FAILS(loy_curve_deregulate(&curve, 1, .5, NULL, 1, wrong, NULL, &error), LOY_ERR_DOMAIN, "c_after", LOY_NO_INDEX);
  FAILS(loy_curve_deregulate(&curve, 1, .5, NULL, .5, wrong, NULL, &error), LOY_ERR_DOMAIN, "constraint_after", 0);
  FAILS(loy_curve_deregulate(&curve, 1, .5, NULL, .5, NULL, NULL, &error), LOY_ERR_ARGUMENT, "change", LOY_NO_INDEX);
  FAILS(loy_curve_deregulate(&curve, 1, .5, NULL, .5, wrong, &change, &error), LOY_ERR_DOMAIN, "constraint_after", 0);
  CHECK_BITS(change.lost, 7.0);
  CHECK_BITS(out, 7.0);
}

enum { ROWS = 6 };
static const double targets[ROWS] = {.8, .1, .99, NAN, .7, .6}, ss[ROWS] = {.65, .9, .3, .5, 2, .2},
                    cs[ROWS] = {.7, .2, .9, .5, .5, .05}, k0[ROWS] = {0, .5, 1, 1, .2, .3},
                    k1[ROWS] = {1, 0, .5, 1, .2, 0};

static void test_batches(void) {
  loy_curve curve = worked();
  const double *k[2] = {k0, k1};
  double captivity[ROWS], required[ROWS], critical[ROWS], before[ROWS], after[ROWS], lost[ROWS], hostages[ROWS];
  loy_batch_report report;
  curve.constraints = 2;
  curve.b[0] = .4;
  curve.b[1] = .9;
  memcpy(captivity, targets, sizeof captivity); /* in place */
  CHECK_STATUS(loy_curve_required_captivity_batch(&curve, captivity, ss, cs, ROWS, captivity, &report, NULL), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 3);
  CHECK_ERROR(&report.first, LOY_ERR_INFEASIBLE, "target", 2);
  memcpy(required, ss, sizeof required);
  CHECK_STATUS(loy_curve_required_constraint_batch(&curve, targets, required, cs, k, 1, ROWS, required, &report, NULL),
               LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 3);
  CHECK_STATUS(loy_curve_critical_competition_batch(&curve, targets, ss, k, ROWS, critical, &report, NULL), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 3);
  CHECK_STATUS(
      loy_curve_deregulate_batch(&curve, ss, cs, k, targets, NULL, ROWS, before, after, lost, hostages, &report, NULL),
      LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 2);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "c_after", 3);
  for (int i = 0; i < ROWS; i++) {
    double one = NAN, row[2];
    loy_deregulation change = {NAN, NAN, NAN, NAN};
    row[0] = k0[i];
    row[1] = k1[i];
    (void)loy_curve_required_captivity(&curve, targets[i], ss[i], cs[i], &one, NULL);
    CHECK_CLOSE(captivity[i], one, 0.0);
    one = NAN;
    (void)loy_curve_required_constraint(&curve, targets[i], ss[i], cs[i], row, 1, &one, NULL);
    CHECK_CLOSE(required[i], one, 0.0);
    one = NAN;
    (void)loy_curve_critical_competition(&curve, targets[i], ss[i], row, &one, NULL);
    CHECK_CLOSE(critical[i], one, 0.0);
    (void)loy_curve_deregulate(&curve, ss[i], cs[i], row, targets[i], NULL, &change, NULL);
    CHECK_CLOSE(before[i], change.loyalty_before, 0.0);
    CHECK_CLOSE(after[i], change.loyalty_after, 0.0);
    CHECK_CLOSE(lost[i], change.lost, 0.0);
    CHECK_CLOSE(hostages[i], change.hostage_share_before, 0.0);
  }
  /* c stays, and only one answer is wanted. */
  CHECK_STATUS(loy_curve_deregulate_batch(&curve, ss, cs, k, NULL, k, 3, NULL, NULL, lost, NULL, NULL, NULL), LOY_OK);
  CHECK_BITS(lost[0], 0.0);
  CHECK_STATUS(loy_curve_deregulate_batch(&curve, ss, cs, k, NULL, k, 3, before, after, NULL, NULL, NULL, NULL),
               LOY_OK);
}

static void test_batch_errors(void) {
  loy_curve curve = worked(), bad = worked();
  const double *k[2] = {k0, NULL};
  double out[ROWS] = {7, 7, 7, 7, 7, 7};
  loy_error error;
  curve.constraints = 2;
  bad.a = -1.0;
  FAILS(loy_curve_required_captivity_batch(&bad, NULL, NULL, NULL, 2, NULL, NULL, &error), LOY_ERR_DOMAIN, "a",
        LOY_NO_INDEX);
  FAILS(loy_curve_required_captivity_batch(&curve, NULL, NULL, NULL, 2, NULL, NULL, &error), LOY_ERR_ARGUMENT, "target",
        LOY_NO_INDEX);
  FAILS(loy_curve_required_captivity_batch(&curve, targets, NULL, NULL, 2, NULL, NULL, &error), LOY_ERR_ARGUMENT, "s",
        LOY_NO_INDEX);
  FAILS(loy_curve_required_captivity_batch(&curve, targets, ss, NULL, 2, NULL, NULL, &error), LOY_ERR_ARGUMENT, "c",
        LOY_NO_INDEX);
  FAILS(loy_curve_required_captivity_batch(&curve, targets, ss, cs, 2, NULL, NULL, &error), LOY_ERR_ARGUMENT,
        "captivity", LOY_NO_INDEX);
  FAILS(loy_curve_required_constraint_batch(&curve, NULL, NULL, NULL, k, 2, 2, NULL, NULL, &error), LOY_ERR_ARGUMENT,
        "j", LOY_NO_INDEX);
  FAILS(loy_curve_required_constraint_batch(&curve, NULL, NULL, NULL, k, 1, 2, NULL, NULL, &error), LOY_ERR_ARGUMENT,
        "target", LOY_NO_INDEX);
  FAILS(loy_curve_required_constraint_batch(&curve, targets, ss, cs, k, 1, 2, NULL, NULL, &error), LOY_ERR_ARGUMENT,
        "constraint", 1);
  FAILS(loy_curve_required_constraint_batch(&curve, targets, ss, cs, NULL, 1, 2, NULL, NULL, &error), LOY_ERR_ARGUMENT,
        "required", LOY_NO_INDEX);
  FAILS(loy_curve_critical_competition_batch(&curve, NULL, NULL, k, 2, NULL, NULL, &error), LOY_ERR_ARGUMENT, "target",
        LOY_NO_INDEX);
  FAILS(loy_curve_critical_competition_batch(&curve, targets, NULL, k, 2, NULL, NULL, &error), LOY_ERR_ARGUMENT, "s",
        LOY_NO_INDEX);
  FAILS(loy_curve_critical_competition_batch(&curve, targets, ss, k, 2, out, NULL, &error), LOY_ERR_ARGUMENT,
        "constraint", 1);
  FAILS(loy_curve_critical_competition_batch(&curve, targets, ss, NULL, 2, NULL, NULL, &error), LOY_ERR_ARGUMENT,
        "critical", LOY_NO_INDEX);
  FAILS(loy_curve_deregulate_batch(&curve, NULL, NULL, k, NULL, k, 2, out, out, out, out, NULL, &error),
        LOY_ERR_ARGUMENT, "s", LOY_NO_INDEX);
  FAILS(loy_curve_deregulate_batch(&curve, ss, NULL, k, NULL, k, 2, out, out, out, out, NULL, &error), LOY_ERR_ARGUMENT,
        "c", LOY_NO_INDEX);
  FAILS(loy_curve_deregulate_batch(&curve, ss, cs, k, NULL, k, 2, out, out, out, out, NULL, &error), LOY_ERR_ARGUMENT,
        "constraint", 1);
  FAILS(loy_curve_deregulate_batch(&curve, ss, cs, NULL, NULL, k, 2, out, out, out, out, NULL, &error),
        LOY_ERR_ARGUMENT, "constraint_after", 1);
  CHECK_BITS(out[0], 7.0);
  CHECK_STATUS(loy_curve_required_captivity_batch(&curve, NULL, NULL, NULL, 0, NULL, NULL, NULL), LOY_OK);
  CHECK_STATUS(loy_curve_required_constraint_batch(&curve, NULL, NULL, NULL, k, 0, 0, NULL, NULL, NULL), LOY_OK);
  CHECK_STATUS(loy_curve_critical_competition_batch(&curve, NULL, NULL, k, 0, NULL, NULL, NULL), LOY_OK);
  CHECK_STATUS(loy_curve_deregulate_batch(&curve, NULL, NULL, k, NULL, k, 0, NULL, NULL, NULL, NULL, NULL, NULL),
               LOY_OK);
}

SUITE(response, inverse) {
  ADD(test_captivity);
  ADD(test_captivity_round_trip);
  ADD(test_constraint);
  ADD(test_constraint_round_trip);
  ADD(test_critical);
  ADD(test_critical_ends);
  ADD(test_critical_round_trip);
  ADD(test_deregulation);
  ADD(test_errors);
  ADD(test_batches);
  ADD(test_batch_errors);
}
