/* test_hard_fits.c: fits on which other packages fail, give up or stop early without a word: NaN for times in seconds
 * or in 10^6 weeks, thousands of purchases, 20 customers, nobody silent, nobody back, everybody alike, nearly no
 * dropout. Ours end at a certified optimum, or keep the iterate under a named notice. */
#include "check.h"

enum { N = 2000 };
static const double all = (double)N;
static double x[N], t_x[N], T[N];

static const loy_bgnbd_params paper = {.243, 4.414, .793, 2.426};
static const loy_pnbd_params pareto = {.553, 10.578, .606, 11.669};

/* Observed for 27 to 39 weeks. */
static void draw_bgnbd(loy_bgnbd_params params, uint64_t seed) {
  for (int i = 0; i < N; i++) T[i] = 27.0 + 12.0 * (i * 37 % N) / all;
  CHECK_STATUS(loy_bgnbd_simulate(&params, T, N, seed, NULL, x, t_x, NULL, NULL), LOY_OK);
}

static void draw_pnbd(loy_pnbd_params params, uint64_t seed) {
  for (int i = 0; i < N; i++) T[i] = 27.0 + 12.0 * (i * 37 % N) / all;
  CHECK_STATUS(loy_pnbd_simulate(&params, T, N, seed, NULL, x, t_x, NULL, NULL), LOY_OK);
}

static double mean_x(void) {
  double sum = 0.0;
  for (int i = 0; i < N; i++) sum += x[i];
  return sum / all;
}

static void in_units_of(double unit) {
  for (int i = 0; i < N; i++) {
    T[i] *= unit;
    t_x[i] *= unit;
  }
}

static double bgnbd_total(loy_bgnbd_params params, size_t n) {
  double value = NAN;
  CHECK_STATUS(loy_bgnbd_loglik_total(&params, x, t_x, T, NULL, n, NULL, &value, NULL, NULL, NULL), LOY_OK);
  return value;
}

static double pnbd_total(loy_pnbd_params params, size_t n) {
  double value = NAN;
  CHECK_STATUS(loy_pnbd_loglik_total(&params, x, t_x, T, NULL, n, NULL, &value, NULL, NULL, NULL), LOY_OK);
  return value;
}

/* Either the certificate holds, or a notice says what does not; what is kept is parameters with their likelihood. */
#define CHECK_ENDED(fit, got, problem, model, n)                                                                       \
  do {                                                                                                                 \
    CU_ASSERT_FALSE(loy_status_is_error(got));                                                                         \
    CU_ASSERT_NOT_EQUAL(got, LOY_NOTICE_NOT_CONVERGED);                                                                \
    CHECK_STATUS((fit).status, got);                                                                                   \
    CHECK_STATUS((problem).status, got);                                                                               \
    CHECK_STATUS(loy_##model##_check(&(fit).params, NULL), LOY_OK);                                                    \
    CHECK_CLOSE((fit).log_likelihood, model##_total((fit).params, n), 1e-12);                                          \
    CU_ASSERT((fit).scaled_gradient < 1e-8 && (fit).decrement < 1e-13);                                                \
    if ((got) == LOY_NOTICE_AT_BOUND) CU_ASSERT((problem).argument != NULL);                                           \
  } while (0)

static loy_bgnbd_fit_result fit_bgnbd(size_t n, loy_status *status) {
  loy_bgnbd_fit_result fit;
  loy_error error;
  *status = loy_bgnbd_fit(x, t_x, T, NULL, n, NULL, &fit, &error);
  CHECK_ENDED(fit, *status, error, bgnbd, n);
  return fit;
}

static loy_pnbd_fit_result fit_pnbd(size_t n, loy_status *status) {
  loy_pnbd_fit_result fit;
  loy_error error;
  *status = loy_pnbd_fit(x, t_x, T, NULL, n, NULL, &fit, &error);
  CHECK_ENDED(fit, *status, error, pnbd, n);
  return fit;
}

/* Weeks, days, hours, seconds, years and 10^6 weeks: the same fit. In seconds CLVTools and BTYD answer NaN or stop .7
 * per customer below, in 10^6 weeks both fail. */
static void test_units(void) {
  static const double unit[6] = {1.0, 7.0, 168.0, 604800.0, 84.0 / 4383.0, 1e-6};
  loy_bgnbd_fit_result bg = {{0, 0, 0, 0}, 0, {0}, {0}, 0, 0, 0, 0, 0, LOY_OK};
  loy_pnbd_fit_result pn = {{0, 0, 0, 0}, 0, {0}, {0}, 0, 0, 0, 0, 0, LOY_OK};
  loy_status status;
  for (int k = 0; k < 6; k++) {
    loy_bgnbd_fit_result fit;
    draw_bgnbd(paper, 1);
    in_units_of(unit[k]);
    fit = fit_bgnbd(N, &status);
    if (k == 0) bg = fit;
    CHECK_STATUS(status, LOY_OK);
    CHECK_CLOSE(fit.params.r, bg.params.r, 1e-9);
    CHECK_CLOSE(fit.params.alpha, bg.params.alpha * unit[k], 1e-9);
    CHECK_CLOSE(fit.params.b, bg.params.b, 1e-9);
    CHECK_CLOSE(fit.log_likelihood, bg.log_likelihood - all * mean_x() * log(unit[k]), 1e-12);
    CU_ASSERT(fit.evaluations <= 16);
  }
  for (int k = 0; k < 6; k++) {
    loy_pnbd_fit_result fit;
    draw_pnbd(pareto, 1);
    in_units_of(unit[k]);
    fit = fit_pnbd(N, &status);
    if (k == 0) pn = fit;
    CHECK_STATUS(status, LOY_OK);
    CHECK_CLOSE(fit.params.alpha, pn.params.alpha * unit[k], 1e-8);
    CHECK_CLOSE(fit.params.s, pn.params.s, 1e-8);
    CHECK_CLOSE(fit.params.beta, pn.params.beta * unit[k], 1e-8);
    CHECK_NEAR(fit.log_likelihood, pn.log_likelihood - all * mean_x() * log(unit[k]), 1e-8);
    CU_ASSERT(fit.evaluations <= 25);
  }
}

/* On average 276 and 3,223 purchases by BG/NBD (lifetimes: ConvergenceError at the latter). */
static void test_bgnbd_busy(void) {
  static const loy_bgnbd_params truth[2] = {{2.0, .127, .793, 242.6}, {2.0, .00995, .793, 2426.0}};
  static const double mean[2] = {276.0, 3223.0};
  loy_status status;
  for (int k = 0; k < 2; k++) {
    loy_bgnbd_fit_result fit;
    draw_bgnbd(truth[k], 1);
    CHECK_CLOSE(mean_x(), mean[k], .02);
    fit = fit_bgnbd(N, &status);
    CHECK_STATUS(status, LOY_OK);
    CU_ASSERT(fit.log_likelihood >= bgnbd_total(truth[k], N));
    CHECK_NEAR(fit.params.r, truth[k].r, 3.0 * fit.std_error[0]);
    CHECK_NEAR(fit.params.alpha, truth[k].alpha, 3.0 * fit.std_error[1]);
    CHECK_NEAR(fit.params.a, truth[k].a, 3.0 * fit.std_error[2]);
    CHECK_NEAR(fit.params.b, truth[k].b, 3.0 * fit.std_error[3]);
    CU_ASSERT(fit.evaluations <= 12);
  }
}

/* On average 206 and 2,071 purchases by Pareto/NBD. Lifetimes stops at s = 1.11, beta = 21 and s = 1.26, beta = 1.69
 * without a word, CLVTools answers NaN at the latter, BTYD has an error at both. */
static void test_pnbd_busy(void) {
  static const loy_pnbd_params truth[2] = {{.553, .053, .606, 11.669}, {.553, .0052, .606, 11.669}};
  static const double mean[2] = {206.0, 2071.0}, s[2] = {1.11, 1.26}, beta[2] = {21.0, 1.69}, worse[2] = {.005, .5};
  loy_status status;
  for (int k = 0; k < 2; k++) {
    loy_pnbd_fit_result fit;
    loy_pnbd_params stop;
    draw_pnbd(truth[k], 1);
    CHECK_CLOSE(mean_x(), mean[k], .03);
    fit = fit_pnbd(N, &status);
    CHECK_STATUS(status, LOY_OK);
    CU_ASSERT(fit.log_likelihood >= pnbd_total(truth[k], N));
    CHECK_NEAR(fit.params.r, truth[k].r, 3.0 * fit.std_error[0]);
    CHECK_NEAR(fit.params.alpha, truth[k].alpha, 3.0 * fit.std_error[1]);
    CHECK_NEAR(fit.params.s, truth[k].s, 3.0 * fit.std_error[2]);
    CHECK_NEAR(fit.params.beta, truth[k].beta, 3.0 * fit.std_error[3]);
    CU_ASSERT(fit.evaluations <= 13);
    stop = fit.params;
    stop.s = s[k];
    stop.beta = beta[k];
    CU_ASSERT(fit.log_likelihood > pnbd_total(stop, N) + worse[k] * all);
  }
}

/* 20 customers hardly determine four parameters: whatever the draw, an end with a name, and no worse than the truth.
 * Lifetimes has a ConvergenceError there, CLVTools NaN. */
static void test_few_customers(void) {
  int bounds = 0;
  for (uint64_t seed = 1; seed <= 40; seed++) {
    loy_status status;
    loy_bgnbd_fit_result bg;
    loy_pnbd_fit_result pn;
    draw_bgnbd(paper, seed);
    bg = fit_bgnbd(20, &status);
    bounds += status != LOY_OK;
    CU_ASSERT(bg.log_likelihood >= bgnbd_total(paper, 20) - 1e-9);
    draw_pnbd(pareto, seed);
    pn = fit_pnbd(20, &status);
    bounds += status != LOY_OK;
    CU_ASSERT(pn.log_likelihood >= pnbd_total(pareto, 20) - 1e-9);
  }
  CU_ASSERT(bounds > 20); /* many of them run away, which is what is tested */
}

/* Every customer's last purchase is at T: nobody has stopped, and what is left is NBD for BG/NBD, from the data without
 * those who never came back only in P(alive). */
static void test_nobody_silent(void) {
  loy_bgnbd_fit_result bg;
  loy_pnbd_fit_result pn;
  loy_nbd_fit_result nbd;
  loy_status status;
  int back = 0;
  draw_bgnbd(paper, 1);
  for (int i = 0; i < N; i++)
    if (x[i] > 0.0) T[i] = t_x[i];
  bg = fit_bgnbd(N, &status);
  CHECK_STATUS(status, LOY_NOTICE_AT_BOUND);
  CU_ASSERT(bg.params.a / (bg.params.a + bg.params.b) < 1e-6);
  CHECK_STATUS(loy_nbd_fit(x, t_x, T, NULL, N, NULL, &nbd, NULL), LOY_OK);
  CHECK_NEAR(bg.log_likelihood / all, nbd.log_likelihood / all, 1e-9);
  CHECK_CLOSE(bg.params.r, nbd.params.r, 1e-4);
  /* Of Pareto/NBD that limit is reached where all came back. */
  for (int i = 0; i < N; i++)
    if (x[i] > 0.0) {
      x[back] = x[i];
      t_x[back] = T[back] = T[i];
      back++;
    }
  pn = fit_pnbd((size_t)back, &status);
  CHECK_STATUS(status, LOY_NOTICE_AT_BOUND);
  CHECK_STATUS(loy_nbd_fit(x, t_x, T, NULL, (size_t)back, NULL, &nbd, NULL), LOY_OK);
  CHECK_NEAR(pn.log_likelihood / back, nbd.log_likelihood / back, 1e-9);
}

/* Nobody comes back: the likelihood is 1 where nobody buys, a bound. BG/NBD and MBG/NBD have nothing to learn of
 * dropout from, and say so. */
static void test_nobody_back(void) {
  loy_bgnbd_fit_result bg;
  loy_pnbd_fit_result pn;
  loy_nbd_fit_result nbd;
  loy_error error;
  loy_status status;
  for (int i = 0; i < N; i++) {
    x[i] = t_x[i] = 0.0;
    T[i] = 27.0 + i % 12;
  }
  pn = fit_pnbd(N, &status);
  CHECK_STATUS(status, LOY_NOTICE_AT_BOUND);
  CHECK_NEAR(pn.log_likelihood / all, 0.0, 1e-9);
  CHECK_STATUS(loy_nbd_fit(x, t_x, T, NULL, N, NULL, &nbd, NULL), LOY_NOTICE_AT_BOUND);
  CHECK_NEAR(nbd.log_likelihood / all, 0.0, 1e-9);
  CHECK_STATUS(loy_bgnbd_fit(x, t_x, T, NULL, N, NULL, &bg, &error), LOY_ERR_TOO_FEW);
  CHECK_ERROR(&error, LOY_ERR_TOO_FEW, "x", LOY_NO_INDEX);
}

/* The log-likelihood of customers who all buy at the rate `lambda` and stop at the rate `mu`. */
static double alike_total(double lambda, double mu) {
  double total = 0.0, both = lambda + mu;
  for (int i = 0; i < N; i++) {
    double odds = mu / both * expm1(both * (T[i] - t_x[i]));
    total += x[i] * log(lambda) - both * T[i] + log1p(odds);
  }
  return total;
}

/* Its maximum, by golden sections in ln mu of those in ln lambda. */
static double alike_most(double mu, double *value) {
  const double golden = .6180339887498949;
  double low = log(1e-3), high = log(10.0);
  for (int i = 0; i < 30; i++) {
    double one = high - golden * (high - low), two = low + golden * (high - low);
    if (alike_total(exp(one), mu) > alike_total(exp(two), mu)) {
      high = two;
    } else {
      low = one;
    }
  }
  return *value = alike_total(exp(.5 * (low + high)), mu);
}

/* All customers nearly alike, r = 200 and s = 50, where the supremum is at infinity: lifetimes ends 1.4e-4 per customer
 * below, CLVTools and BTYD answer NaN. Ours is not below the limit's maximum. */
static void test_everybody_alike(void) {
  const loy_pnbd_params truth = {200.0, 4000.0, 50.0, 1000.0};
  const double golden = .6180339887498949;
  double low = log(1e-3), high = log(1.0), one_value, two_value;
  loy_status status;
  loy_pnbd_fit_result fit;
  draw_pnbd(truth, 1);
  fit = fit_pnbd(N, &status);
  CHECK_STATUS(status, LOY_NOTICE_AT_BOUND);
  CU_ASSERT(fit.log_likelihood >= pnbd_total(truth, N));
  for (int i = 0; i < 20; i++) {
    double one = high - golden * (high - low), two = low + golden * (high - low);
    if (alike_most(exp(one), &one_value) > alike_most(exp(two), &two_value)) {
      high = two;
    } else {
      low = one;
    }
  }
  CU_ASSERT(fit.log_likelihood / all >= alike_most(exp(.5 * (low + high)), &one_value) / all - 1e-6);
  CHECK_CLOSE(fit.params.s / fit.params.beta, exp(.5 * (low + high)), .01);
}

/* Nearly no dropout, which takes lifetimes half a minute and CLVTools and BTYD 1e-4 per customer. */
static void test_nearly_no_dropout(void) {
  const loy_pnbd_params truth = {.553, 10.578, .01, 200.0};
  loy_status status;
  loy_pnbd_fit_result fit;
  loy_nbd_fit_result nbd;
  for (uint64_t seed = 1; seed <= 5; seed++) {
    draw_pnbd(truth, seed);
    fit = fit_pnbd(N, &status);
    CU_ASSERT(fit.log_likelihood >= pnbd_total(truth, N));
    CHECK_STATUS(loy_nbd_fit(x, t_x, T, NULL, N, NULL, &nbd, NULL), LOY_OK);
    CU_ASSERT(fit.log_likelihood / all >= nbd.log_likelihood / all - 1e-9);
    CU_ASSERT(fit.evaluations <= 600);
  }
}

/* A model never fits worse than one that it contains, as CLVTools's Sarmanov Pareto/NBD does: NBD in Pareto/NBD, and
 * that in GGom/NBD, for b to 0. */
static void test_nested(void) {
  static const loy_pnbd_params truth[4] = {
      {.553, 10.578, .606, 11.669}, {2.0, .5, 3.0, 50.0}, {.553, .53, .606, 11.669}, {.1, 1.0, 20.0, 1000.0}};
  loy_status status;
  for (int k = 0; k < 4; k++) {
    loy_nbd_fit_result nbd;
    loy_pnbd_fit_result pn;
    loy_ggomnbd_fit_result gompertz;
    draw_pnbd(truth[k], 3);
    pn = fit_pnbd(N, &status);
    CU_ASSERT_FALSE(loy_status_is_error(loy_nbd_fit(x, t_x, T, NULL, N, NULL, &nbd, NULL)));
    CU_ASSERT_FALSE(loy_status_is_error(loy_ggomnbd_fit(x, t_x, T, NULL, N, NULL, &gompertz, NULL)));
    CU_ASSERT(pn.log_likelihood / all >= nbd.log_likelihood / all - 1e-9);
    CU_ASSERT(gompertz.log_likelihood / all >= pn.log_likelihood / all - 1e-9);
  }
}

SUITE(btyd, hard_fits) {
  ADD(test_units);
  ADD(test_bgnbd_busy);
  ADD(test_pnbd_busy);
  ADD(test_few_customers);
  ADD(test_nobody_silent);
  ADD(test_nobody_back);
  ADD(test_everybody_alike);
  ADD(test_nearly_no_dropout);
  ADD(test_nested);
}
