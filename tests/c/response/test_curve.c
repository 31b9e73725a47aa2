/* test_curve.c: L = f(C, S), its slopes, its inverse, and the batches. */
#include "check.h"

static const double no_k[] = {0, 0, 0, 0, 0, 0, 0, 0};

static loy_curve worked(void) {
  loy_curve curve;
  loy_curve_init(&curve);
  curve.alpha = .3;
  curve.beta = 1.4;
  curve.gamma = .8;
  curve.a = .5;
  curve.delta = .03;
  return curve;
}

/* A worked point, computed from the formulas. */
static void test_worked_point(void) {
  const loy_curve curve = worked();
  static loy_curve_point point;
  double s = 0.0;
  CHECK_STATUS(loy_curve_at(&curve, .65, .7, NULL, &point, NULL), LOY_OK);
  CHECK_CLOSE(point.free_choice, .619827614763, 1e-12);
  CHECK_CLOSE(log(point.free_choice / (1.0 - point.free_choice)), .488816603459, 1e-11);
  CHECK_CLOSE(point.loyalty, .661467213218, 1e-12);
  CHECK_CLOSE(point.slope_s, 1.176843946507, 1e-12);
  CHECK_CLOSE(point.slope_c, -.948903005063, 1e-12);
  CHECK_CLOSE(point.elasticity_s, 1.156442148521, 1e-12);
  CHECK_CLOSE(point.elasticity_c, -1.004179935560, 1e-12);
  CHECK_CLOSE(point.hostage_share, .0910618481, 1e-9);
  CHECK_CLOSE(point.captivity, .178337471969, 1e-11);
  CHECK_CLOSE(point.ceiling, .97, 1e-15);
  CHECK_STATUS(loy_curve_required_satisfaction(&curve, .8, .7, NULL, &s, NULL), LOY_OK);
  CHECK_CLOSE(s, .771804868208, 1e-12);
  /* Each is the same number as from the function of its name. */
  CHECK_BITS(loy_curve_loyalty(&curve, .65, .7, NULL), point.loyalty);
  CHECK_BITS(loy_curve_loyalty(&curve, .65, .7, no_k), point.loyalty);
  CHECK_BITS(loy_curve_slope_s(&curve, .65, .7, NULL), point.slope_s);
  CHECK_BITS(loy_curve_slope_c(&curve, .65, .7, NULL), point.slope_c);
  CHECK_BITS(loy_curve_hostage_share(&curve, .65, .7, NULL), point.hostage_share);
}

/* alpha = 0, beta = gamma = 1, a = delta = 0: L = S(1 - C) / [S(1 - C) + C(1 - S)]. */
static void test_canonical_law(void) {
  static const struct {
    double c, level[5];
  } rows[] = {{.25, {0, .5, .75, .9, 1}},
              {.5, {0, .25, .5, .75, 1}},
              {.75, {0, .1, .25, .5, 1}},
              {.9, {0, .0357142857142857, .1, .25, 1}}};
  loy_curve curve;
  loy_curve_init(&curve);
  curve.a = 0.0;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    for (int x = 0; x < 5; x++)
      CHECK_CLOSE(loy_curve_loyalty(&curve, x / 4.0, rows[i].c, NULL), rows[i].level[x], 1e-14);
  }
}

/* Specification, section 10: the default curve at c = .85. */
static void test_defaults(void) {
  loy_curve curve;
  loy_curve_init(&curve);
  loy_curve_init(NULL);
  CHECK_CLOSE(loy_curve_loyalty(&curve, .75, .85, NULL), .3971836316, 1e-9);
  CHECK_CLOSE(loy_curve_slope_s(&curve, .75, .85, NULL), 1.1128917570, 1e-9);
  CHECK_CLOSE(loy_curve_loyalty(&curve, .80, .85, NULL), .4595439456, 1e-9);
}

/* Published ratios (2.9): with no captivity, c = 15/16 makes a 5 six times as loyal as a 4. */
static void test_published_ratios(void) {
  loy_curve curve;
  loy_curve_init(&curve);
  CHECK_NEAR(loy_curve_loyalty(&curve, 1.0, .9470332002, NULL) / loy_curve_loyalty(&curve, .75, .9470332002, NULL), 6.0,
             1e-7);
  CHECK_NEAR(loy_curve_loyalty(&curve, 1.0, .6381752290, NULL) / loy_curve_loyalty(&curve, .75, .6381752290, NULL),
             1.42, 1e-8);
  curve.a = 0.0;
  CHECK_CLOSE(loy_curve_loyalty(&curve, 1.0, .9375, NULL) / loy_curve_loyalty(&curve, .75, .9375, NULL), 6.0, 1e-14);
  CHECK_CLOSE(loy_curve_loyalty(&curve, 1.0, 1.26 / 2.26, NULL) / loy_curve_loyalty(&curve, .75, 1.26 / 2.26, NULL),
              1.42, 1e-14);
}

/* The same in long double, from the definition. */
static long double reference(const loy_curve *curve, long double s, long double c, const double *k) {
  const long double eta = curve->alpha + curve->beta * (logl(s) - log1pl(-s)) - curve->gamma * (logl(c) - log1pl(-c));
  long double captivity = -curve->a * logl(c);
  for (size_t j = 0; j < curve->constraints; j++) captivity += (long double)curve->b[j] * k[j];
  return (1.0L - curve->delta) * (-expm1l(-captivity) + expl(-captivity) / (1.0L + expl(-eta)));
}

/* A small generator of test points; any fixed sequence will do. */
static uint64_t state = 20240607;
static double uniform(void) {
  state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (double)(state >> 11) * 0x1p-53;
}

static loy_curve random_curve(double *k) {
  loy_curve curve;
  loy_curve_init(&curve);
  curve.alpha = 4.0 * uniform() - 2.0;
  curve.beta = .3 + 3.0 * uniform();
  curve.gamma = 2.0 * uniform();
  curve.a = uniform();
  curve.delta = .3 * uniform();
  curve.constraints = (size_t)(uniform() * (LOY_CURVE_CONSTRAINTS + 1));
  for (size_t j = 0; j < curve.constraints; j++) {
    curve.b[j] = uniform();
    k[j] = uniform();
  }
  return curve;
}

static void test_value_and_slopes_against_long_double(void) {
  for (int i = 0; i < 2000; i++) {
    double k[LOY_CURVE_CONSTRAINTS] = {0};
    const loy_curve curve = random_curve(k);
    const double s = .001 + .998 * uniform(), c = .001 + .998 * uniform();
    const long double hs = 1e-4L * (s < .5 ? s : 1.0 - s), hc = 1e-4L * (c < .5 ? c : 1.0 - c);
    const double slope_s = (double)((8 * (reference(&curve, s + hs, c, k) - reference(&curve, s - hs, c, k)) -
                                     (reference(&curve, s + 2 * hs, c, k) - reference(&curve, s - 2 * hs, c, k))) /
                                    (12 * hs));
    const double slope_c = (double)((8 * (reference(&curve, s, c + hc, k) - reference(&curve, s, c - hc, k)) -
                                     (reference(&curve, s, c + 2 * hc, k) - reference(&curve, s, c - 2 * hc, k))) /
                                    (12 * hc));
    static loy_curve_point point;
    CHECK_STATUS(loy_curve_at(&curve, s, c, k, &point, NULL), LOY_OK);
    CHECK_CLOSE(point.loyalty, (double)reference(&curve, s, c, k), 1e-14);
    /* A difference of numbers near 1 carries the rounding of long double, divided by the step. */
    CHECK_NEAR(point.slope_s, slope_s, 1e-11 * fabs(slope_s) + 2e-18 / (double)hs);
    CHECK_NEAR(point.slope_c, slope_c, 1e-11 * fabs(slope_c) + 2e-18 / (double)hc);
    CHECK_CLOSE(point.elasticity_s, point.slope_s * s / point.loyalty, 1e-13);
    CHECK_CLOSE(point.elasticity_c, point.slope_c * c / point.loyalty, 1e-12);
    CU_ASSERT(point.slope_s > 0.0);
    CU_ASSERT(point.slope_c < 0.0 || (curve.gamma == 0.0 && curve.a == 0.0));
    CU_ASSERT(point.floor <= point.loyalty && point.loyalty <= point.ceiling);
    CU_ASSERT(point.hostage_share >= 0.0 && point.hostage_share <= 1.0);
    for (size_t j = 0; j < curve.constraints; j++) {
      const double keep = k[j];
      double by_hand;
      k[j] = keep + 1e-6;
      by_hand = (double)reference(&curve, s, c, k);
      k[j] = keep - 1e-6;
      by_hand = (by_hand - (double)reference(&curve, s, c, k)) / 2e-6;
      k[j] = keep;
      CHECK_NEAR(loy_curve_slope_constraint(&curve, s, c, k, j), by_hand, 1e-8);
    }
    CU_ASSERT(isnan(loy_curve_slope_constraint(&curve, s, c, k, curve.constraints)));
  }
}

/* inverse(f(s)) = s, up to what the slope lets rounding of L move s; NOT_NEEDED at the floor. */
static void test_inverse(void) {
  for (int i = 0; i < 5000; i++) {
    double k[LOY_CURVE_CONSTRAINTS] = {0};
    const loy_curve curve = random_curve(k);
    const double s = uniform(), c = .001 + .998 * uniform();
    static loy_curve_point point;
    double back = -1.0;
    CHECK_STATUS(loy_curve_at(&curve, s, c, k, &point, NULL), LOY_OK);
    if (!(point.loyalty > point.floor && point.loyalty < point.ceiling)) continue;
    CHECK_STATUS(loy_curve_required_satisfaction(&curve, point.loyalty, c, k, &back, NULL), LOY_OK);
    CHECK_NEAR(back, s, 1e-15 + 4e-16 * point.loyalty / point.slope_s);
    CHECK_CLOSE(loy_curve_loyalty(&curve, back, c, k), point.loyalty, 1e-14);
  }
}

static void test_inverse_statuses(void) {
  const loy_curve curve = worked();
  static loy_curve_point point;
  loy_error error;
  double s = -1.0;
  CHECK_STATUS(loy_curve_at(&curve, 0.0, .7, NULL, &point, NULL), LOY_OK);
  CHECK_STATUS(loy_curve_required_satisfaction(&curve, point.floor, .7, NULL, &s, &error), LOY_NOTICE_NOT_NEEDED);
  CHECK_BITS(s, 0.0);
  s = -1.0;
  CHECK_STATUS(loy_curve_required_satisfaction(&curve, 0.0, .7, NULL, &s, &error), LOY_NOTICE_NOT_NEEDED);
  CHECK_BITS(s, 0.0);
  CHECK_STATUS(loy_curve_required_satisfaction(&curve, .97, .7, NULL, &s, &error), LOY_OK);
  CHECK_BITS(s, 1.0);
  s = -1.0;
  CHECK_STATUS(loy_curve_required_satisfaction(&curve, .971, .7, NULL, &s, &error), LOY_ERR_INFEASIBLE);
  CHECK_ERROR(&error, LOY_ERR_INFEASIBLE, "target", LOY_NO_INDEX);
  CHECK_BITS(s, -1.0); /* untouched */
}

static void test_ends(void) {
  static const double c[] = {1e-300, 1e-9, .2, .5, .8, 1.0 - 1e-9, 1.0 - 0x1p-53};
  loy_curve curve = worked();
  static loy_curve_point point;
  for (size_t i = 0; i < sizeof c / sizeof *c; i++) {
    const double kappa = curve.gamma * (log(c[i]) - log1p(-c[i])) - curve.alpha, free = pow(c[i], curve.a);
    for (int b = 0; b < 3; b++) {
      curve.beta = b == 0 ? .7 : b == 1 ? 1.0 : 1.5;
      CHECK_STATUS(loy_curve_at(&curve, 0.0, c[i], NULL, &point, NULL), LOY_OK);
      CHECK_BITS(point.loyalty, point.floor);
      CHECK_CLOSE(point.loyalty, -.97 * expm1(curve.a * log(c[i])), 1e-14);
      CHECK_BITS(point.elasticity_s, 0.0);
      if (b == 0) CHECK_BITS(point.slope_s, (double)INFINITY);
      if (b == 1) CHECK_CLOSE(point.slope_s, .97 * free * exp(-kappa), 1e-12);
      if (b == 2) CHECK_BITS(point.slope_s, 0.0);
      CHECK_STATUS(loy_curve_at(&curve, 1.0, c[i], NULL, &point, NULL), LOY_OK);
      CHECK_BITS(point.loyalty, .97);
      CHECK_BITS(point.ceiling, .97);
      if (b == 0) CHECK_BITS(point.slope_s, (double)INFINITY);
      if (b == 1) CHECK_CLOSE(point.slope_s, .97 * free * exp(kappa), 1e-12);
      if (b == 2) CHECK_BITS(point.slope_s, 0.0);
      CHECK_BITS(point.hostage_share, 0.0);
    }
  }
  /* Nobody captive: L(0) = 0, and the elasticities are their limits. */
  curve.a = 0.0;
  CHECK_STATUS(loy_curve_at(&curve, 0.0, .6, NULL, &point, NULL), LOY_OK);
  CHECK_BITS(point.loyalty, 0.0);
  CHECK_CLOSE(point.elasticity_s, curve.beta, 1e-15);
  CHECK_CLOSE(point.elasticity_c, -curve.gamma / .4, 1e-15);
}

/* Everywhere, an answer: no NaN with OK, however extreme the arguments and parameters. */
static void test_extremes(void) {
  static const double s[] = {0, 5e-324, 1e-300, 1e-16, .5, 1.0 - 1e-16, 1.0};
  static const double c[] = {5e-324, 1e-300, 1e-16, .5, 1.0 - 1e-16};
  static const double size[] = {0.0, 5e-324, 1e-3, 1.0, 1e6};
  for (int i = 0; i < 5 * 5 * 5 * 5; i++) {
    loy_curve curve;
    const double alpha = size[i % 5] * (i % 2 ? -1.0 : 1.0), beta = size[i / 5 % 5];
    loy_curve_init(&curve);
    curve.alpha = alpha;
    curve.beta = beta == 0.0 ? 1e-300 : beta;
    curve.gamma = size[i / 25 % 5];
    curve.a = size[i / 125 % 5];
    for (size_t j = 0; j < sizeof s / sizeof *s; j++) {
      for (size_t m = 0; m < sizeof c / sizeof *c; m++) {
        static loy_curve_point point;
        double back = -1.0;
        CHECK_STATUS(loy_curve_at(&curve, s[j], c[m], NULL, &point, NULL), LOY_OK);
        CU_ASSERT(point.loyalty >= 0.0 && point.loyalty <= 1.0);
        CU_ASSERT(point.slope_s >= 0.0 && point.slope_c <= 0.0);
        CU_ASSERT(point.elasticity_s >= 0.0 && point.elasticity_c <= 0.0);
        CU_ASSERT(point.hostage_share >= 0.0 && point.hostage_share <= 1.0);
        CU_ASSERT(
            !loy_status_is_error(loy_curve_required_satisfaction(&curve, point.loyalty, c[m], NULL, &back, NULL)));
        CU_ASSERT(back >= 0.0 && back <= 1.0);
      }
    }
  }
}

static void test_hostages(void) {
  loy_curve curve;
  double k[1] = {0.0};
  loy_curve_init(&curve);
  curve.a = 0.0;
  curve.constraints = 1;
  curve.b[0] = 2.0;
  CHECK_BITS(loy_curve_hostage_share(&curve, .3, .6, k), 0.0);
  k[0] = 1.0;
  CHECK_CLOSE(loy_curve_hostage_share(&curve, 0.0, .6, k), 1.0, 1e-15);
  CU_ASSERT(loy_curve_hostage_share(&curve, .3, .6, k) > loy_curve_hostage_share(&curve, .6, .6, k));
  /* Removing the constraint loses exactly the hostages. */
  CHECK_CLOSE(loy_curve_loyalty(&curve, .3, .6, NULL),
              loy_curve_loyalty(&curve, .3, .6, k) * (1.0 - loy_curve_hostage_share(&curve, .3, .6, k)), 1e-15);
}

static void test_batches(void) {
  enum { N = 1000 };
  static double s[N], c[N], k0[N], k1[N], out[N], in_place[N];
  const double *k[2] = {k0, k1};
  loy_curve curve = worked();
  loy_batch_report report;
  curve.constraints = 2;
  curve.b[0] = .4;
  curve.b[1] = .9;
  for (int i = 0; i < N; i++) {
    s[i] = i % 50 == 0 ? 0.0 : i % 50 == 1 ? 1.0 : uniform();
    c[i] = .001 + .998 * uniform();
    k0[i] = uniform();
    k1[i] = uniform();
  }
  for (int with = 0; with < 2; with++) {
    const double *const *columns = with ? k : NULL;
    for (size_t n = 0; n <= N; n += n < 3 ? 1 : 199) {
      CHECK_STATUS(loy_curve_loyalty_batch(&curve, s, c, columns, n, out, &report, NULL), LOY_OK);
      CU_ASSERT_EQUAL(report.bad, 0);
      for (size_t i = 0; i < n; i++) {
        const double row[2] = {k0[i], k1[i]};
        CHECK_BITS(out[i], loy_curve_loyalty(&curve, s[i], c[i], with ? row : NULL));
      }
    }
    CHECK_STATUS(loy_curve_slope_batch(&curve, LOY_CURVE_SATISFACTION, s, c, columns, N, out, &report, NULL), LOY_OK);
    for (size_t i = 0; i < N; i++) {
      const double row[2] = {k0[i], k1[i]};
      CHECK_BITS(out[i], loy_curve_slope_s(&curve, s[i], c[i], with ? row : NULL));
    }
    CHECK_STATUS(loy_curve_slope_batch(&curve, LOY_CURVE_COMPETITION, s, c, columns, N, out, &report, NULL), LOY_OK);
    for (size_t i = 0; i < N; i++) {
      const double row[2] = {k0[i], k1[i]};
      CHECK_BITS(out[i], loy_curve_slope_c(&curve, s[i], c[i], with ? row : NULL));
    }
    CHECK_STATUS(loy_curve_hostage_share_batch(&curve, s, c, columns, N, out, &report, NULL), LOY_OK);
    for (size_t i = 0; i < N; i++) {
      const double row[2] = {k0[i], k1[i]};
      CHECK_BITS(out[i], loy_curve_hostage_share(&curve, s[i], c[i], with ? row : NULL));
    }
    CHECK_STATUS(loy_curve_required_satisfaction_batch(&curve, s, c, columns, N, out, &report, NULL), LOY_OK);
    for (size_t i = 0; i < N; i++) {
      const double row[2] = {k0[i], k1[i]};
      double one = NAN;
      (void)loy_curve_required_satisfaction(&curve, s[i], c[i], with ? row : NULL, &one, NULL);
      CHECK_BITS(isnan(out[i]) ? 7.0 : out[i], isnan(one) ? 7.0 : one);
    }
    CU_ASSERT(report.bad > 0); /* targets of 1 lie above the ceiling */
    CHECK_ERROR(&report.first, LOY_ERR_INFEASIBLE, "target", 1);
    memcpy(in_place, s, sizeof s);
    CHECK_STATUS(loy_curve_loyalty_batch(&curve, s, c, columns, N, out, NULL, NULL), LOY_OK);
    CHECK_STATUS(loy_curve_loyalty_batch(&curve, in_place, c, columns, N, in_place, NULL, NULL), LOY_OK);
    CU_ASSERT_EQUAL(memcmp(in_place, out, sizeof out), 0);
  }
}

/* Whole blocks of ordinary rows take a faster way than blocks with a row at an edge; the bits are the same. */
static void test_blocks(void) {
  enum { N = 256 };
  static const double edges[] = {0.0, 1.0, 5e-324, 1e-310, 0x1p-1001, 0x1p-1000, 1.0 - 0x1p-53};
  static double s[N], c[N], out[N];
  const loy_curve curve = worked();
  for (size_t edge = 0; edge < sizeof edges / sizeof edges[0]; edge++) {
    for (int of_c = 0; of_c < 2; of_c++) {
      loy_batch_report report;
      for (int i = 0; i < N; i++) {
        s[i] = .001 + .998 * uniform();
        c[i] = .001 + .998 * uniform();
      }
      CHECK_STATUS(loy_curve_loyalty_batch(&curve, s, c, NULL, N, out, &report, NULL), LOY_OK);
      for (int i = 0; i < N; i++) CHECK_BITS(out[i], loy_curve_loyalty(&curve, s[i], c[i], NULL));
      *(of_c ? &c[77] : &s[77]) = edges[edge];
      CHECK_STATUS(loy_curve_loyalty_batch(&curve, s, c, NULL, N, out, &report, NULL), LOY_OK);
      CU_ASSERT_EQUAL(report.bad, of_c && (edges[edge] == 0.0 || edges[edge] == 1.0));
      for (int i = 0; i < N; i++) {
        const double one = loy_curve_loyalty(&curve, s[i], c[i], NULL);
        CHECK_BITS(isnan(out[i]) ? 7.0 : out[i], isnan(one) ? 7.0 : one);
      }
    }
  }
}

static void test_bad_rows(void) {
  enum { N = 600 };
  static double s[N], c[N], k0[N], out[N];
  const double *k[1] = {k0};
  loy_curve curve;
  loy_batch_report report;
  loy_curve_init(&curve);
  curve.constraints = 1;
  for (int i = 0; i < N; i++) s[i] = c[i] = k0[i] = .5;
  s[300] = 1.5;
  s[301] = NAN;
  c[302] = 0.0;
  c[303] = 1.0;
  k0[304] = -1.0;
  c[599] = NAN;
  CHECK_STATUS(loy_curve_loyalty_batch(&curve, s, c, NULL, N, out, &report, NULL), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 5);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "s", 300);
  CU_ASSERT(isnan(out[300]) && isnan(out[301]) && isnan(out[302]) && isnan(out[303]) && !isnan(out[304]) &&
            isnan(out[599]));
  s[300] = s[301] = .5;
  CHECK_STATUS(loy_curve_loyalty_batch(&curve, s, c, k, N, c, &report, NULL), LOY_OK); /* over c itself */
  CU_ASSERT_EQUAL(report.bad, 4);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "c", 302);
  for (int i = 0; i < N; i++) c[i] = .5;
  CHECK_STATUS(loy_curve_slope_batch(&curve, LOY_CURVE_SATISFACTION, s, c, k, N, out, &report, NULL), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 1);
  CHECK_STATUS(report.first.status, LOY_ERR_DOMAIN);
  CU_ASSERT_EQUAL(report.first.index, 304);
  CU_ASSERT_STRING_EQUAL(report.first.argument, "constraint");
}

/* In the order the header states. */
static void test_errors(void) {
  const double good[] = {.5}, k[] = {.5, 1.5};
  const double *column[] = {good, NULL};
  loy_curve curve;
  loy_error error;
  double out = 7.0;
  loy_curve_init(&curve);
  CHECK_STATUS(loy_curve_check(NULL, 2, 2, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "curve", LOY_NO_INDEX);
  CHECK_STATUS(loy_curve_check(&curve, .5, .5, NULL, &error), LOY_OK);
  curve.constraints = 2;
  CHECK_STATUS(loy_curve_check(&curve, .5, .5, k, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "constraint", 1);
  CHECK_STATUS(loy_curve_check(&curve, .5, 1.0, k, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "c", LOY_NO_INDEX);
  CHECK_STATUS(loy_curve_check(&curve, .5, 0.0, k, &error), LOY_ERR_DOMAIN);
  CHECK_STATUS(loy_curve_check(&curve, -1e-9, 0.0, k, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "s", LOY_NO_INDEX);
  CHECK_STATUS(loy_curve_at(&curve, .5, .5, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "point", LOY_NO_INDEX);
  CHECK_STATUS(loy_curve_required_satisfaction(&curve, 1.1, 0.0, k, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "target", LOY_NO_INDEX);
  CHECK_STATUS(loy_curve_required_satisfaction(&curve, .9, 0.0, k, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "c", LOY_NO_INDEX);
  CHECK_STATUS(loy_curve_required_satisfaction(&curve, .9, .5, k, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_STATUS(loy_curve_required_satisfaction(&curve, .9, .5, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "satisfaction", LOY_NO_INDEX);
  CHECK_STATUS(loy_curve_loyalty_batch(&curve, NULL, NULL, column, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "s", LOY_NO_INDEX);
  CHECK_STATUS(loy_curve_loyalty_batch(&curve, good, NULL, column, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "c", LOY_NO_INDEX);
  CHECK_STATUS(loy_curve_loyalty_batch(&curve, good, good, column, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "constraint", 1);
  CHECK_STATUS(loy_curve_loyalty_batch(&curve, good, good, NULL, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "loyalty", LOY_NO_INDEX);
  CHECK_STATUS(loy_curve_loyalty_batch(&curve, NULL, NULL, NULL, 0, NULL, NULL, &error), LOY_OK);
  CHECK_STATUS(loy_curve_slope_batch(&curve, 9, NULL, NULL, NULL, 0, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "wrt", LOY_NO_INDEX);
  CHECK_STATUS(loy_curve_slope_batch(&curve, 0, good, good, NULL, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "slope", LOY_NO_INDEX);
  CHECK_STATUS(loy_curve_hostage_share_batch(&curve, good, good, NULL, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "share", LOY_NO_INDEX);
  CHECK_STATUS(loy_curve_required_satisfaction_batch(&curve, NULL, good, NULL, 1, &out, NULL, &error),
               LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "target", LOY_NO_INDEX);
  CHECK_STATUS(loy_curve_required_satisfaction_batch(&curve, good, good, NULL, 1, NULL, NULL, &error),
               LOY_ERR_ARGUMENT);

  curve.b[1] = NAN;
  CHECK_STATUS(loy_curve_check(&curve, 2, 2, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "b", 1);
  curve.constraints = LOY_CURVE_CONSTRAINTS + 1;
  CHECK_STATUS(loy_curve_check(&curve, 2, 2, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "constraints", LOY_NO_INDEX);
  curve.delta = 1.0;
  CHECK_STATUS(loy_curve_check(&curve, 2, 2, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "delta", LOY_NO_INDEX);
  curve.a = -1.0;
  CHECK_STATUS(loy_curve_check(&curve, 2, 2, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "a", LOY_NO_INDEX);
  curve.gamma = -1.0;
  CHECK_STATUS(loy_curve_check(&curve, 2, 2, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "gamma", LOY_NO_INDEX);
  curve.beta = 0.0;
  CHECK_STATUS(loy_curve_check(&curve, 2, 2, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "beta", LOY_NO_INDEX);
  curve.alpha = INFINITY;
  CHECK_STATUS(loy_curve_check(&curve, 2, 2, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "alpha", LOY_NO_INDEX);
  CHECK_STATUS(loy_curve_loyalty_batch(&curve, good, good, NULL, 1, &out, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_STATUS(loy_curve_slope_batch(&curve, 0, good, good, NULL, 1, &out, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_STATUS(loy_curve_hostage_share_batch(&curve, good, good, NULL, 1, &out, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_STATUS(loy_curve_required_satisfaction_batch(&curve, good, good, NULL, 1, &out, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_STATUS(loy_curve_required_satisfaction(&curve, .5, .5, NULL, &out, &error), LOY_ERR_DOMAIN);
  CHECK_STATUS(loy_curve_at(&curve, .5, .5, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_BITS(out, 7.0);
  CU_ASSERT(isnan(loy_curve_loyalty(&curve, .5, .5, NULL)));
  CU_ASSERT(isnan(loy_curve_slope_s(&curve, .5, .5, NULL)));
  CU_ASSERT(isnan(loy_curve_slope_c(&curve, .5, .5, NULL)));
  CU_ASSERT(isnan(loy_curve_hostage_share(&curve, .5, .5, NULL)));
  CU_ASSERT(isnan(loy_curve_slope_constraint(&curve, .5, .5, NULL, 0)));
}

SUITE(response, curve) {
  ADD(test_worked_point);
  ADD(test_canonical_law);
  ADD(test_defaults);
  ADD(test_published_ratios);
  ADD(test_value_and_slopes_against_long_double);
  ADD(test_inverse);
  ADD(test_inverse_statuses);
  ADD(test_ends);
  ADD(test_extremes);
  ADD(test_hostages);
  ADD(test_batches);
  ADD(test_blocks);
  ADD(test_bad_rows);
  ADD(test_errors);
}
