/* Gamma-Gamma: published numbers, 60-digit values over the domain, batch and scalar, infinite means, order of checks.
 * */
#include "check.h"

#include "wide.h"

#include "cdnow_spend.h"
#include "loyalty/btyd/gamma_gamma.h"

/* Parameters, x, z; ln L; gradient in p, q, v; Hessian pp, pq, pv, qq, qv, vv. From mpmath with 60 digits, fed the
 * doubles themselves. */
typedef struct oracle_case {
  double p, q, v, x, z, loglik, gradient[3], hessian[6];
} oracle_case;

/* clang-format off */
static const oracle_case oracle[] = {
  {6.25, 3.74, 15.44, 50.0, 38.0,
   -4.1702138128478663328, {0.1911208566271097273, -0.24530094104425537507, 0.077127532379903154955},
   {-0.094913133155179935275, 0.15835801040300383152, -0.026103662865973353388, -0.30310094948150334177, 0.064244766120918876988, -0.015602146098498784393}},
  {6.25, 3.74, 15.44, 1.0, 22.35,
   -3.6523446258737937688, {-0.024971350354354627615, 0.17613804660354109193, -0.022127670368151214224},
   {-0.068202283010690385267, 0.10527695014824178439, -0.026462026991267530446, -0.20099115954132163401, 0.038304812386970813609, -0.0086929542904531568938}},
  {6.25, 3.74, 15.44, 2.0, 22.35,
   -3.5513167597317047066, {-0.051048041707967312879, 0.21718031993514277346, -0.027808602035664595057},
   {-0.079096651939840946662, 0.12702212323323626756, -0.033255736614566011341, -0.24275704807294528462, 0.048138971070955338385, -0.011198207914417815451}},
  {0.0001, 0.0001, 0.0001, 1.0, 0.001,
   -2.9959815776523143025, {4999.904854277547988, 4997.6022691845539423, 0.81818181818181817734},
   {-75000000.000240306812, 25000001.644453371536, -909.09090909090906974, -75000000.000240306812, 9090.909090909090451, -9834.7107438016524131}},
  {10000.0, 10000.0, 10000.0, 10000.0, 123.456,
   -752878.99856189559276, {-79.674275007232221523, 4.3865381230255289301, -79.35771678344153559},
   {-0.000099990001999750034996, 0.000099990001499800026663, -0.0080349681815260009589, -0.000099995001166516686331, 0.000099196503181847399904, -0.000035432830250496935778}},
  {10000.0, 0.0001, 10000.0, 1.0, 0.01,
   -138159.71977108144909, {-13.815511547963274117, 10009.787340564657705, -0.99999900000098999901},
   {-1.0000999949985000313e-12, 0.00010000499916656667133, -0.0000999999000000999999, -100000001.64459367335, 9.9999900000100001982e-11, 0.000099999800000297999603}},
  {0.0001, 10000.0, 10.0, 10000.0, 5.0,
   -85166.331011709497517, {97874.060560417159186, -8.5172931714189036934, 999.80001999600079984},
   {-164483407.18480596546, 0.99995000166666666333, -0.19996000799840031994, -1.0000000000000000479e-8, 0.099980003999200159968, -99.99999600119968008}},
  {0.5, 1.0, 2.0, 3.0, 1000000.0,
   -27.63102278259465932, {1.9999980000006666664, -12.940604027192106883, 0.49999916666722222185},
   {-4.0, 1.4710732683007045949, -9.9999933333377777748e-7, -1.1545763107479915715, 0.49999966666688888874, -0.24999999999972222259}},
  {2.0, 0.25, 0.0001, 7.0, 1e-06,
   -25.013259082534121442, {-18.96004438495309965, 6.7810538912622516016, -130677.57009345793847},
   {-0.065904653949872914518, 0.50886693008380479865, -65420.560747663548666, -17.124633878780852911, 654.2056074766354257, 1219650187.789326477}},
  {300.0, 10000.0, 10000.0, 1000.0, 290.0,
   -7.6204801011371096043, {-1.111675089190843845, 0.032838210752231244292, -0.033333333333333333333},
   {-0.10752723436293233809, 0.0032258116545321293903, -0.0033333333333333333333, -0.000096779188512134536943, 0.000096666666666666666667, -0.000096555555555555555556}},
};
/* clang-format on */
enum { ORACLE_CASES = sizeof oracle / sizeof *oracle };

static loy_gamma_gamma_params params_of(double p, double q, double v) {
  loy_gamma_gamma_params params;
  params.p = p;
  params.q = q;
  params.v = v;
  return params;
}

/* The sum of the sizes of the terms of ln L, of which 4 * 2^-52 may be lost. */
static double terms(const oracle_case *c) {
  double total = c->x * c->z;
  return fabs(lgamma(c->p * c->x + c->q) - lgamma(c->p * c->x)) + fabs(lgamma(c->q)) + fabs(log(c->z)) +
         c->q * log1p(total / c->v) + c->p * c->x * log1p(c->v / total);
}

static void test_loglik_oracle(void) {
  for (int i = 0; i < ORACLE_CASES; i++) {
    const oracle_case *c = &oracle[i];
    loy_gamma_gamma_params params = params_of(c->p, c->q, c->v);
    double size = fabs(c->loglik) > 1.0 ? fabs(c->loglik) : 1.0;
    CHECK_NEAR(loy_gamma_gamma_loglik(&params, c->x, c->z), c->loglik, 1e-12 * size + 4.0 * 0x1p-52 * terms(c));
  }
}

static void test_loglik_published(void) {
  loy_gamma_gamma_params params = params_of(6.25, 3.74, 15.44);
  /* A peer's own test expects 862.9432 here: 8-bit integers turned the total of 1900 into 108. */
  CHECK_NEAR(loy_gamma_gamma_loglik(&params, 50.0, 38.0), -4.170213813, 5e-10);
  CHECK_BITS(loy_gamma_gamma_loglik(&params, 0.0, 38.0), 0.0);
  CHECK_BITS(loy_gamma_gamma_loglik(&params, 0.0, NAN), 0.0);
}

/* Derivatives: each within 1e-12 of the size of what is subtracted in it. */
static void test_derivatives_oracle(void) {
  for (int i = 0; i < ORACLE_CASES; i++) {
    const oracle_case *c = &oracle[i];
    loy_gamma_gamma_params params = params_of(c->p, c->q, c->v);
    double value, gradient[3], hessian[9], total = c->x * c->z, up = log1p(total / c->v), down = log1p(c->v / total);
    double scale[3], near_zero = c->q < c->p * c->x ? 1.0 : 0.0;
    loy_error error;
    CHECK_STATUS(loy_gamma_gamma_loglik_total(&params, &c->x, &c->z, NULL, 1, &value, gradient, hessian, &error),
                 LOY_OK);
    CHECK_NEAR(value, c->loglik, 1e-12 * (fabs(c->loglik) > 1.0 ? fabs(c->loglik) : 1.0) + 4.0 * 0x1p-52 * terms(c));
    scale[0] = c->x * down + fabs(c->gradient[0]);
    scale[1] = up + fabs(c->gradient[1]) + near_zero;
    scale[2] = c->q / c->v + fabs(c->gradient[2]);
    for (int j = 0; j < 3; j++) CHECK_NEAR(gradient[j], c->gradient[j], 1e-13 * scale[j]);
    CHECK_CLOSE(hessian[0], c->hessian[0], 1e-12);
    CHECK_CLOSE(hessian[1], c->hessian[1], 1e-13);
    CHECK_CLOSE(hessian[2], c->hessian[2], 1e-13);
    CHECK_CLOSE(hessian[4], c->hessian[3], 1e-12);
    CHECK_CLOSE(hessian[5], c->hessian[4], 1e-13);
    CHECK_NEAR(hessian[8], c->hessian[5], 1e-13 * (c->q / (c->v * c->v) + fabs(c->hessian[5])));
    CHECK_BITS(hessian[3], hessian[1]);
    CHECK_BITS(hessian[6], hessian[2]);
    CHECK_BITS(hessian[7], hessian[5]);
  }
}

/* E[M] of the first ten CDNOW customers, by BTYD and lifetimes. */
static void test_expected_spend_published(void) {
  static const double x[10] = {2, 1, 0, 0, 0, 7, 1, 0, 2, 0};
  static const double z[10] = {22.35, 11.77, 0, 0, 0, 73.74, 11.77, 0, 25.55, 0};
  static const double fitted[10] = {24.658619, 18.911489, 35.170981, 35.170981, 35.170981,
                                    71.462843, 18.911489, 35.170981, 27.282408, 35.170981};
  loy_gamma_gamma_params paper = params_of(6.25, 3.74, 15.44), fit = params_of(6.248802, 3.744588, 15.447748);
  double out[10];
  loy_batch_report report;
  loy_error error;
  CHECK_CLOSE(loy_gamma_gamma_expected_spend(&paper, 2.0, 40.0), 39.1404199475, 1e-11);
  CHECK_NEAR(loy_gamma_gamma_expected_spend(&paper, 2.0, 22.35), 24.6637, 5e-5);
  CHECK_NEAR(loy_gamma_gamma_expected_spend(&paper, 1.0, 11.77), 18.9169, 5e-5);
  CHECK_NEAR(loy_gamma_gamma_expected_spend(&paper, 0.0, 0.0), 35.2190, 5e-5);
  CHECK_NEAR(loy_gamma_gamma_expected_spend(&paper, 7.0, 73.74), 71.4697, 5e-5);
  CHECK_NEAR(loy_gamma_gamma_expected_spend(&paper, 2.0, 25.55), 27.2884, 5e-5);
  CHECK_STATUS(loy_gamma_gamma_expected_spend_batch(&fit, x, z, 10, out, &report, &error), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 0);
  for (int i = 0; i < 10; i++) CHECK_NEAR(out[i], fitted[i], 3e-5);
  CHECK_CLOSE(loy_gamma_gamma_expected_spend_new(&paper), 6.25 * 15.44 / 2.74, 1e-15);
  CHECK_BITS(loy_gamma_gamma_expected_spend_new(&paper), loy_gamma_gamma_expected_spend(&paper, 0.0, 5.0));
}

/* q at and below 1: peers answer negative or infinite values without a word (lifetimes#146, #236, #362, #370). */
static void test_infinite_mean(void) {
  loy_gamma_gamma_params params = params_of(0.5, 0.7, 10.0);
  double x[4] = {0.0, 1.0, 0.0, 2.0}, z[4] = {0.0, 20.0, NAN, 5.0}, out[4], spend = 3.0;
  loy_error error;
  CU_ASSERT(isinf(loy_gamma_gamma_expected_spend_new(&params)) && loy_gamma_gamma_expected_spend_new(&params) > 0.0);
  CHECK_STATUS(loy_gamma_gamma_expected_spend_check(&params, 0.0, 0.0, &spend, &error), LOY_NOTICE_DIVERGES);
  CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "q", LOY_NO_INDEX);
  CU_ASSERT(isinf(spend) && spend > 0.0);
  CHECK_STATUS(loy_gamma_gamma_expected_spend_check(&params, 1.0, 20.0, &spend, &error), LOY_OK);
  CHECK_CLOSE(spend, 0.5 * 30.0 / 0.2, 1e-14);
  CHECK_STATUS(loy_gamma_gamma_expected_spend_batch(&params, x, z, 4, out, NULL, &error), LOY_NOTICE_DIVERGES);
  CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "q", 0);
  CU_ASSERT(isinf(out[0]) && isinf(out[2]) && isfinite(out[1]) && isfinite(out[3]));
  for (double q = 1.0; q > 0.01; q *= 0.5) {
    params.q = q;
    params.p = (1.0 - q) / 2.0 > 0.0 ? (1.0 - q) / 2.0 : 0.1;
    for (double k = 0.0; k < 6.0; k += 1.0) CU_ASSERT(loy_gamma_gamma_expected_spend(&params, k, 7.0) > 0.0);
  }
  /* p x + q = 1 exactly. */
  params = params_of(0.25, 0.5, 3.0);
  CU_ASSERT(isinf(loy_gamma_gamma_expected_spend(&params, 2.0, 7.0)));
  CU_ASSERT(isfinite(loy_gamma_gamma_expected_spend(&params, 3.0, 7.0)));
}

/* In units of money c times smaller: z and v grow by c, the answer with them, and ln L falls by ln c. */
static void test_scaling(void) {
  loy_gamma_gamma_params a = params_of(6.25, 3.74, 15.44), b = params_of(6.25, 3.74, 15.44 * 1024.0);
  CHECK_BITS(loy_gamma_gamma_expected_spend(&b, 3.0, 20.0 * 1024.0),
             1024.0 * loy_gamma_gamma_expected_spend(&a, 3.0, 20.0));
  CHECK_NEAR(loy_gamma_gamma_loglik(&b, 3.0, 20.0 * 1024.0),
             loy_gamma_gamma_loglik(&a, 3.0, 20.0) - 10.0 * 0.69314718055994530942, 1e-13);
  CHECK_CLOSE(loy_gamma_gamma_posterior(&b, 3.0, 20.0 * 1024.0) * 1024.0, loy_gamma_gamma_posterior(&a, 3.0, 20.0),
              1e-15);
}

/* The density integrates to 1 and has the mean that E[M] of a new customer promises. */
static void test_density(void) {
  loy_gamma_gamma_params params = params_of(2.5, 4.5, 11.0);
  for (double x = 1.0; x <= 7.0; x += 3.0) {
    double mass = 0.0, mean = 0.0, step = 1.0 / 256.0;
    for (double t = -40.0; t < 40.0; t += step) { /* z = exp(t): the trapezoidal rule converges geometrically */
      double z = exp(t), density = exp(loy_gamma_gamma_loglik(&params, x, z));
      mass += step * density * z;
      mean += step * density * z * z;
    }
    CHECK_CLOSE(mass, 1.0, 1e-12);
    CHECK_CLOSE(mean, loy_gamma_gamma_expected_spend_new(&params), 1e-12);
  }
}

static void test_posterior(void) {
  loy_gamma_gamma_params params = params_of(6.25, 3.74, 15.44);
  double x[3] = {0.0, 2.0, 1.5}, z[3] = {NAN, 22.35, 1.0}, out[3];
  loy_batch_report report = {0, {LOY_OK, NULL, 0, NULL}};
  loy_error error;
  CHECK_CLOSE(loy_gamma_gamma_posterior(&params, 0.0, 0.0), 3.74 / 15.44, 1e-15);
  CHECK_CLOSE(loy_gamma_gamma_posterior(&params, 2.0, 22.35), (12.5 + 3.74) / (15.44 + 44.7), 1e-15);
  CHECK_STATUS(loy_gamma_gamma_posterior_batch(&params, x, z, 3, out, &report, &error), LOY_OK);
  CHECK_BITS(out[0], loy_gamma_gamma_posterior(&params, 0.0, 0.0));
  CHECK_BITS(out[1], loy_gamma_gamma_posterior(&params, 2.0, 22.35));
  CU_ASSERT(isnan(out[2]));
  CU_ASSERT_EQUAL(report.bad, 1);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "x", 2);
}

/* The batch has the scalar's bits, also for x above the table, and in place. */
static void test_batch(void) {
  enum { N = CDNOW_SPEND_ROWS + 6 };
  static double x[N], z[N], out[N], spend[N];
  loy_gamma_gamma_params params = params_of(6.25, 3.74, 15.44);
  loy_batch_report report = {0, {LOY_OK, NULL, 0, NULL}};
  loy_error error;
  static const double more[6][2] = {{255, 3}, {256, 3}, {10000, 7}, {0, -1}, {3, 0}, {-1, 5}};
  for (int i = 0; i < CDNOW_SPEND_ROWS; i++) {
    x[i] = cdnow_spend[i][0];
    z[i] = cdnow_spend[i][2] / 100.0;
  }
  for (int i = 0; i < 6; i++) {
    x[CDNOW_SPEND_ROWS + i] = more[i][0];
    z[CDNOW_SPEND_ROWS + i] = more[i][1];
  }
  CHECK_STATUS(loy_gamma_gamma_loglik_batch(&params, x, z, N, out, &report, &error), LOY_OK);
  CHECK_STATUS(loy_gamma_gamma_expected_spend_batch(&params, x, z, N, spend, NULL, &error), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 2);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "z", CDNOW_SPEND_ROWS + 4);
  for (int i = 0; i < N; i++) {
    double one = loy_gamma_gamma_loglik(&params, x[i], z[i]),
           mean = loy_gamma_gamma_expected_spend(&params, x[i], z[i]);
    CU_ASSERT(isnan(one) ? isnan(out[i]) : one == out[i]);
    CU_ASSERT(isnan(mean) ? isnan(spend[i]) : mean == spend[i]);
  }
  CHECK_STATUS(loy_gamma_gamma_expected_spend_batch(&params, x, z, N, z, NULL, &error), LOY_OK);
  for (int i = 0; i < N; i++) CU_ASSERT(isnan(spend[i]) ? isnan(z[i]) : spend[i] == z[i]);
}

/* The total is the sum of the rows, however they are weighted, ordered or merged. */
static void test_total(void) {
  enum { N = CDNOW_SPEND_ROWS };
  static double x[2 * N], z[2 * N], w[2 * N];
  loy_gamma_gamma_params params = params_of(6.25, 3.74, 15.44);
  double sum = 0.0, size = 0.0, value, twice, reversed, gradient[3], two[3];
  loy_error error;
  for (int i = 0; i < N; i++) {
    x[i] = x[N + i] = cdnow_spend[i][0];
    z[i] = z[N + i] = cdnow_spend[i][2] / 100.0;
    w[i] = 2.0;
    sum += loy_gamma_gamma_loglik(&params, x[i], z[i]);
    size += fabs(loy_gamma_gamma_loglik(&params, x[i], z[i]));
  }
  CHECK_STATUS(loy_gamma_gamma_loglik_total(&params, x, z, NULL, N, &value, gradient, NULL, &error), LOY_OK);
  CHECK_NEAR(value, -4055.92471273016597, 1e-13 * size);
  CHECK_NEAR(value, sum, 1e-13 * size);
  CHECK_STATUS(loy_gamma_gamma_loglik_total(&params, x, z, w, N, &twice, two, NULL, &error), LOY_OK);
  CHECK_NEAR(twice, 2.0 * value, 1e-13 * size);
  for (int j = 0; j < 3; j++) CHECK_NEAR(two[j], 2.0 * gradient[j], 1e-10);
  CHECK_STATUS(loy_gamma_gamma_loglik_total(&params, x, z, NULL, 2 * N, &twice, NULL, NULL, &error), LOY_OK);
  CHECK_NEAR(twice, 2.0 * value, 1e-13 * size);
  for (int i = 0; i < N; i++) {
    x[N - 1 - i] = cdnow_spend[i][0];
    z[N - 1 - i] = cdnow_spend[i][2] / 100.0;
  }
  CHECK_STATUS(loy_gamma_gamma_loglik_total(&params, x, z, NULL, N, &reversed, NULL, NULL, &error), LOY_OK);
  CHECK_NEAR(reversed, value, 1e-13 * size);
  x[5] = 0.0;
  z[5] = NAN;
  CHECK_STATUS(loy_gamma_gamma_loglik_total(&params, x, z, NULL, 6, &value, NULL, NULL, &error), LOY_OK);
  CHECK_STATUS(loy_gamma_gamma_loglik_total(&params, x, z, NULL, 5, &twice, NULL, NULL, &error), LOY_OK);
  CHECK_BITS(value, twice);
  CHECK_STATUS(loy_gamma_gamma_loglik_total(&params, NULL, NULL, NULL, 0, &value, NULL, NULL, &error), LOY_OK);
  CHECK_BITS(value, 0.0);
}

static void test_simulate(void) {
  enum { N = 20000 };
  static double x[N], z[N], again[N];
  loy_gamma_gamma_params params = params_of(6.25, 3.74, 15.44), tiny = params_of(1e-4, 1e-4, 15.44);
  double mean = 0.0;
  loy_error error;
  for (int i = 0; i < N; i++) x[i] = i % 5;
  CHECK_STATUS(loy_gamma_gamma_simulate(&params, x, N, 42, z, &error), LOY_OK);
  CHECK_STATUS(loy_gamma_gamma_simulate(&params, x, 7, 42, again, &error), LOY_OK);
  for (int i = 0; i < 7; i++) CHECK_BITS(again[i], z[i]); /* not a matter of who else is in the call */
  for (int i = 0; i < N; i++) {
    if (x[i] == 0.0) CHECK_BITS(z[i], 0.0);
    mean += z[i] / (0.8 * (double)N);
  }
  CHECK_NEAR(mean, loy_gamma_gamma_expected_spend_new(&params), 1.0); /* standard error .25 */
  CHECK_STATUS(loy_gamma_gamma_simulate(&params, x, N, 43, again, &error), LOY_OK);
  CU_ASSERT(again[1] != z[1]);
  CHECK_STATUS(loy_gamma_gamma_simulate(&tiny, x, N, 42, z, &error), LOY_OK);
  for (int i = 0; i < N; i++) CU_ASSERT(isfinite(loy_gamma_gamma_loglik(&tiny, x[i], z[i])));
  x[3] = 1.5;
  again[0] = 9.0;
  CHECK_STATUS(loy_gamma_gamma_simulate(&params, x, N, 42, again, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "x", 3);
  CHECK_BITS(again[0], 9.0);
  CHECK_STATUS(loy_gamma_gamma_simulate(NULL, NULL, N, 42, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX);
  CHECK_STATUS(loy_gamma_gamma_simulate(&params, NULL, N, 42, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "x", LOY_NO_INDEX);
  CHECK_STATUS(loy_gamma_gamma_simulate(&params, x, N, 42, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "z", LOY_NO_INDEX);
}

/* The order of checks is the order of parameters; NaN stands for whatever the checking twin refuses. */
static void test_checks(void) {
  static const double bad[5] = {0.0, -1.0, NAN, HUGE_VAL, -HUGE_VAL};
  loy_gamma_gamma_params good = params_of(6.25, 3.74, 15.44), params;
  loy_error error;
  double value = 7.0, x = 2.0, z = 3.0, w = 0.0;
  CHECK_STATUS(loy_gamma_gamma_check(&good, 2.0, 3.0, &error), LOY_OK);
  CHECK_STATUS(loy_gamma_gamma_check(NULL, -1.0, -1.0, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX);
  for (int i = 0; i < 5; i++) {
    params = params_of(bad[i], bad[i], bad[i]);
    CHECK_STATUS(loy_gamma_gamma_check(&params, -1.0, -1.0, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "p", LOY_NO_INDEX);
    CU_ASSERT(isnan(loy_gamma_gamma_loglik(&params, x, z)));
    CU_ASSERT(isnan(loy_gamma_gamma_expected_spend_new(&params)));
    params.p = 1.0;
    CHECK_STATUS(loy_gamma_gamma_check(&params, -1.0, -1.0, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "q", LOY_NO_INDEX);
    params.q = 1.0;
    CHECK_STATUS(loy_gamma_gamma_check(&params, -1.0, -1.0, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "v", LOY_NO_INDEX);
    params.v = 1.0;
    if (bad[i] != 0.0) {
      CHECK_STATUS(loy_gamma_gamma_check(&params, bad[i], -1.0, &error), LOY_ERR_DOMAIN);
      CHECK_ERROR(&error, LOY_ERR_DOMAIN, "x", LOY_NO_INDEX);
    }
    CHECK_STATUS(loy_gamma_gamma_check(&params, 1.0, bad[i], &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "z", LOY_NO_INDEX);
    CU_ASSERT(isnan(loy_gamma_gamma_expected_spend(&params, 1.0, bad[i])));
    CU_ASSERT(isnan(loy_gamma_gamma_posterior(&params, 1.0, bad[i])));
  }
  CU_ASSERT(isnan(loy_gamma_gamma_loglik(&good, 1.5, 3.0)));
  CU_ASSERT(isnan(loy_gamma_gamma_loglik(&good, 1e10, 1e300)));
  CU_ASSERT(isnan(loy_gamma_gamma_loglik(&good, 0x1p51, 3.0)));
  CHECK_STATUS(loy_gamma_gamma_expected_spend_check(&good, 1.5, 3.0, &value, &error), LOY_ERR_DOMAIN);
  CHECK_STATUS(loy_gamma_gamma_expected_spend_check(&good, 1.0, 3.0, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "spend", LOY_NO_INDEX);

  CHECK_STATUS(loy_gamma_gamma_loglik_batch(NULL, NULL, NULL, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX);
  params = params_of(1.0, 0.0, 1.0);
  CHECK_STATUS(loy_gamma_gamma_loglik_batch(&params, NULL, NULL, 1, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "q", LOY_NO_INDEX);
  CHECK_STATUS(loy_gamma_gamma_loglik_batch(&good, NULL, NULL, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "x", LOY_NO_INDEX);
  CHECK_STATUS(loy_gamma_gamma_expected_spend_batch(&good, &x, NULL, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "z", LOY_NO_INDEX);
  CHECK_STATUS(loy_gamma_gamma_posterior_batch(&good, &x, &z, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "out", LOY_NO_INDEX);
  CHECK_STATUS(loy_gamma_gamma_loglik_batch(&good, NULL, NULL, 0, NULL, NULL, &error), LOY_OK);

  CHECK_STATUS(loy_gamma_gamma_loglik_total(&good, NULL, NULL, NULL, 1, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "x", LOY_NO_INDEX);
  CHECK_STATUS(loy_gamma_gamma_loglik_total(&good, &x, NULL, NULL, 1, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "z", LOY_NO_INDEX);
  CHECK_STATUS(loy_gamma_gamma_loglik_total(&good, &x, &z, &w, 1, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX);
  CHECK_STATUS(loy_gamma_gamma_loglik_total(&good, &x, &z, &w, 1, &value, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "weight", 0);
  CHECK_BITS(value, 7.0);
}

/* Parameters and spend beyond their range are named. */
static void test_outside(void) {
  static const double shapes[OUTSIDE] = OUTSIDE_SHAPES, quantities[OUTSIDE] = OUTSIDE_QUANTITIES;
  const char *const name[4] = {"p", "q", "v", "z"};
  for (int k = 0; k < 4; k++)
    for (int i = 0; i < OUTSIDE; i++) {
      double number[4] = {1.0, 1.0, 1.0, 1.0}, spend = 7.0, one = 1.0;
      loy_gamma_gamma_params params;
      loy_error error;
      number[k] = k < 2 ? shapes[i] : quantities[i];
      params = params_of(number[0], number[1], number[2]);
      CHECK_STATUS(loy_gamma_gamma_expected_spend_check(&params, 2.0, number[3], &spend, &error), LOY_ERR_DOMAIN);
      CHECK_ERROR(&error, LOY_ERR_DOMAIN, name[k], LOY_NO_INDEX);
      CHECK_BITS(spend, 7.0);
      CU_ASSERT(isnan(loy_gamma_gamma_expected_spend(&params, 2.0, number[3])));
      CU_ASSERT(isnan(loy_gamma_gamma_posterior(&params, 2.0, number[3])));
      CU_ASSERT(isnan(loy_gamma_gamma_loglik(&params, 2.0, number[3])));
      params = params_of(1.0, 1.0, 1.0);
      CHECK_STATUS(loy_gamma_gamma_loglik_total(&params, &one, &one, &quantities[i], 1, &spend, NULL, NULL, &error),
                   LOY_ERR_DOMAIN);
      CHECK_ERROR(&error, LOY_ERR_DOMAIN, "weight", 0);
    }
}

/* Up to the ends of the ranges: infinite, with the notice, exactly where p x + (q - 1) is not above 0; else finite. */
static void test_range(void) {
  static const double shape[WIDE + 1] = {1e-10, 1e-4, 1.0, 1e4, 1e10, 1.0 + 0x1p-52};
  static const double quantity[WIDE] = WIDE_QUANTITIES, x[5] = {0.0, 1.0, 3.0, 1e10, 0x1p51 - 1.0};
  for (int i = 0; i < (WIDE + 1) * (WIDE + 1) * WIDE; i++)
    for (int j = 0; j < 5 * WIDE; j++) {
      loy_gamma_gamma_params params =
          params_of(shape[i % (WIDE + 1)], shape[i / (WIDE + 1) % (WIDE + 1)], quantity[i / ((WIDE + 1) * (WIDE + 1))]);
      double n = x[j / WIDE], z = quantity[j % WIDE], weight = quantity[(i + j) % WIDE], rate;
      double spend, value, gradient[3], hessian[9];
      int finite = 1;
      loy_error error;
      loy_status status = loy_gamma_gamma_expected_spend_check(&params, n, z, &spend, &error);
      if (params.p * n + (params.q - 1.0) > 0.0) {
        CHECK_STATUS(status, LOY_OK);
        CU_ASSERT(isfinite(spend) && spend >= 0.0);
      } else {
        CHECK_STATUS(status, LOY_NOTICE_DIVERGES);
        CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "q", LOY_NO_INDEX);
        CU_ASSERT(isinf(spend) && spend > 0.0);
      }
      rate = loy_gamma_gamma_posterior(&params, n, z);
      CU_ASSERT(isfinite(rate) && rate >= 0.0);
      CU_ASSERT(isfinite(loy_gamma_gamma_loglik(&params, n, z)));
      CHECK_STATUS(loy_gamma_gamma_loglik_total(&params, &n, &z, &weight, 1, &value, gradient, hessian, NULL), LOY_OK);
      for (int k = 0; k < 3; k++) finite &= isfinite(gradient[k]) != 0;
      for (int k = 0; k < 9; k++) finite &= isfinite(hessian[k]) != 0;
      CU_ASSERT(isfinite(value) && finite);
      CHECK_STATUS(loy_gamma_gamma_simulate(&params, &n, 1, (uint64_t)i, &value, NULL), LOY_OK);
      CU_ASSERT(n == 0.0 ? value == 0.0 : loy_gamma_gamma_check(&params, n, value, NULL) == LOY_OK);
    }
}

SUITE(btyd, gamma_gamma) {
  ADD(test_outside);
  ADD(test_range);
  ADD(test_loglik_oracle);
  ADD(test_loglik_published);
  ADD(test_derivatives_oracle);
  ADD(test_expected_spend_published);
  ADD(test_infinite_mean);
  ADD(test_scaling);
  ADD(test_density);
  ADD(test_posterior);
  ADD(test_batch);
  ADD(test_total);
  ADD(test_simulate);
  ADD(test_checks);
}
