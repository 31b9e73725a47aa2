/* Pfeifer and Carraway's tables, values without an end, variances, slopes against differences, and every error. */
#include "check.h"
#include "failing_allocator.h"

#include "loyalty/ladder/chain_value.h"

enum { N = 5 };

/* Recency 1 to 4, and former: a contribution of 40 on a purchase, mailing costs 4, 20 % a period. */
static const double mailed[N * N] = {.3,  .7, 0,   0, 0, .2, 0,   .8, 0, 0, .15, 0, 0,
                                     .85, 0,  .05, 0, 0, 0,  .95, 0,  0, 0, 0,   1};
static const double paid[N] = {36, -4, -4, -4, 0};

static loy_chain_value_result only_value(double *value) {
  loy_chain_value_result result = {NULL, NULL, NULL, NULL};
  result.value = value;
  return result;
}

static loy_chain_value_options until(double horizon) {
  loy_chain_value_options options;
  loy_chain_value_options_init(&options);
  options.horizon = horizon;
  return options;
}

/* No mailing from recency `from` on: the state leads to the former customers and costs nothing. */
static void stop_from(int from, double *transition, double *reward) {
  memcpy(transition, mailed, sizeof mailed);
  memcpy(reward, paid, sizeof paid);
  for (int i = from - 1; i < 4; i++) {
    for (int j = 0; j < N; j++) transition[i * N + j] = j == 4 ? 1.0 : 0.0;
    reward[i] = 0.0;
  }
}

static void test_published(void) {
  static const double four[N] = {50.114969, 4.219907, .592110, -1.980131, 0};
  static const double always[N] = {52.319609, 5.553784, 1.250773, -1.820016, 0};
  static const double stop[3][N] = {
      {48, 0, 0, 0, 0}, {51.574468, 4.595745, 0, 0, 0}, {53.149425, 6.620690, 2.643678, 0, 0}};
  const loy_chain_value_options options = until(4.0);
  double value[N], transition[N * N], reward[N];
  const loy_chain_value_result want = only_value(value);
  CHECK_STATUS(loy_chain_value(mailed, N, paid, .2, &options, &want, NULL), LOY_OK);
  for (int i = 0; i < N; i++) CHECK_NEAR(value[i], four[i], 5e-7);
  CHECK_STATUS(loy_chain_value(mailed, N, paid, .2, NULL, &want, NULL), LOY_OK);
  for (int i = 0; i < N; i++) CHECK_NEAR(value[i], always[i], 5e-7);
  for (int from = 2; from <= 4; from++) {
    stop_from(from, transition, reward);
    CHECK_STATUS(loy_chain_value(transition, N, reward, .2, NULL, &want, NULL), LOY_OK);
    for (int i = 0; i < N; i++) CHECK_NEAR(value[i], stop[from - 2][i], 5e-7);
  }
}

static void test_deviation(void) {
  double deviation[N], value[N];
  loy_chain_value_result want = {NULL, NULL, NULL, NULL};
  loy_chain_value_options options;
  double three[3], two_steps[9] = {.5, .5, 0, 0, 0, 1, 0, 0, 1};
  const double worth[3] = {0, 10, 0};
  want.standard_deviation = deviation;
  CHECK_STATUS(loy_chain_value(mailed, N, paid, .2, NULL, &want, NULL), LOY_OK);
  CHECK_CLOSE(deviation[0], 28.0762104038, 1e-11);
  CHECK_BITS(deviation[4], 0.0);
  /* Nothing is uncertain before anything has happened, and with a far horizon nothing differs from none. */
  options = until(0.0);
  want.value = value;
  CHECK_STATUS(loy_chain_value(mailed, N, paid, .2, &options, &want, NULL), LOY_OK);
  for (int i = 0; i < N; i++) CHECK_BITS(value[i], paid[i]);
  for (int i = 0; i < N; i++) CHECK_BITS(deviation[i], 0.0);
  options = until(500.0);
  CHECK_STATUS(loy_chain_value(mailed, N, paid, .2, &options, &want, NULL), LOY_OK);
  CHECK_CLOSE(deviation[0], 28.0762104038, 1e-11);
  /* The reward comes after a geometric time: E b^t = .5 b/(1 - .5 b) with b = 1 is 1, so nothing varies; with a
   * discount E b^2t is the same at b^2. */
  want.value = three;
  CHECK_STATUS(loy_chain_value(two_steps, 3, worth, 0.0, NULL, &want, NULL), LOY_OK);
  CHECK_CLOSE(three[0], 10.0, 1e-15);
  CHECK_BITS(deviation[0], 0.0);
  CHECK_STATUS(loy_chain_value(two_steps, 3, worth, .25, NULL, &want, NULL), LOY_OK);
  CHECK_CLOSE(three[0], 10 * .4 / .6, 1e-15);
  CHECK_CLOSE(deviation[0], 10 * sqrt(.32 / .68 - (.4 / .6) * (.4 / .6)), 1e-14);
}

/* Expected periods until state 5: one unit for every period, without discount. */
static void test_without_discount(void) {
  static const double periods[N] = {6.05042017, 4.62184874, 3.01470588, 1.30252101, 0};
  const double each[N] = {1, 1, 1, 1, 0}, always[N] = {1, 1, 1, 1, 1};
  double value[N], visits[N * N];
  loy_chain_value_result want = {NULL, NULL, NULL, NULL};
  loy_error error;
  want.value = value;
  want.visits = visits;
  CHECK_STATUS(loy_chain_value(mailed, N, each, 0.0, NULL, &want, &error), LOY_OK);
  for (int i = 0; i < N; i++) {
    double sum = 0.0;
    CHECK_NEAR(value[i], periods[i], 5e-9);
    for (int k = 0; k < 4; k++) sum += visits[i * N + k];
    CHECK_NEAR(sum, periods[i], 5e-9);
    CHECK_BITS(visits[i * N + 4], HUGE_VAL);
  }
  value[0] = -7.0;
  CHECK_STATUS(loy_chain_value(mailed, N, always, 0.0, NULL, &want, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "discount_rate", LOY_NO_INDEX);
  CHECK_BITS(value[0], -7.0);
}

static void test_growth(void) {
  /* 0 stays with .9 and goes to 1, which stays; b = 1.1/1.05. */
  const double p[9] = {.9, .1, 0, 0, 1, 0, 0, 0, 1}, first[3] = {1, 0, 0}, second[3] = {1, 1, 0}, both[3] = {1, -1, 0};
  const double cycle[9] = {.0, 1, 0, .9, 0, .1, 0, 0, 1}, mixed[3] = {1, -1, 0};
  loy_chain_value_options options;
  loy_error error;
  double value[3], deviation[3], slope[3], visits[9], flow[9];
  loy_chain_value_result want = {value, deviation, visits, slope};
  const double b = 1.1 / 1.05;
  loy_chain_value_options_init(&options);
  options.growth = .1;
  CHECK_STATUS(loy_chain_value(p, 3, first, .05, &options, &want, &error), LOY_OK);
  CHECK_CLOSE(value[0], 1.05 / (1.05 - .99), 1e-13);
  CHECK_BITS(value[1], 0.0);
  CHECK_CLOSE(slope[0], -(value[0] - 1) * value[0] / 1.05, 1e-13);
  /* Z = (1 - b^n)/(1 - b) with n geometric, P(n) = .1 .9^(n-1); E b^n and E b^2n in closed form. */
  {
    const double m = .1 * b / (1 - .9 * b), m2 = .1 * b * b / (1 - .9 * b * b);
    CHECK_CLOSE(deviation[0], sqrt(m2 - m * m) / (b - 1), 1e-10);
  }
  CHECK_BITS(visits[1], HUGE_VAL);
  CHECK_BITS(visits[2], 0.0);
  CHECK_STATUS(loy_chain_value(p, 3, second, .05, &options, &want, &error), LOY_NOTICE_DIVERGES);
  CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "growth", 0);
  CHECK_BITS(value[0], HUGE_VAL);
  CHECK_BITS(value[1], HUGE_VAL);
  CHECK_BITS(value[2], 0.0);
  CHECK_BITS(deviation[0], HUGE_VAL);
  CHECK_BITS(slope[1], -HUGE_VAL);
  CHECK_STATUS(loy_chain_value(p, 3, both, .05, &options, &want, &error), LOY_NOTICE_DIVERGES);
  CHECK_BITS(value[0], -HUGE_VAL); /* what grows is the -1 of state 1 */
  CHECK_STATUS(loy_chain_value(cycle, 3, mixed, .01, &options, &want, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "reward", 0);
  /* A finite value with an infinite deviation: .9 b < 1 < .9 b^2. */
  options.growth = .08;
  CHECK_STATUS(loy_chain_value(p, 3, first, 0.0, &options, &want, &error), LOY_OK);
  CHECK_CLOSE(value[0], 1 / (1 - .9 * 1.08), 1e-12);
  CHECK_BITS(deviation[0], HUGE_VAL);
  CHECK_STATUS(loy_chain_value_slopes(p, 3, second, 0.0, first, &options, flow, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "growth", LOY_NO_INDEX);
  options.horizon = 10000.0;
  options.growth = 1e40;
  CHECK_STATUS(loy_chain_value(p, 3, first, .05, &options, &want, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "horizon", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_value_slopes(p, 3, first, .05, first, &options, flow, &error), LOY_ERR_DOMAIN);
}

static double valued(const double *p, const double *r, double d, const loy_chain_value_options *options, int i) {
  double value[N];
  const loy_chain_value_result want = only_value(value);
  CHECK_STATUS(loy_chain_value(p, N, r, d, options, &want, NULL), LOY_OK);
  return value[i];
}

/* Slopes against central differences, without and with a horizon and growth. */
static void test_slopes(void) {
  const double start[N] = {2, 0, 1, 0, 0};
  for (int kind = 0; kind < 3; kind++) {
    loy_chain_value_options options = until(kind == 1 ? 6.0 : HUGE_VAL);
    double value[N], deviation[N], visits[N * N], slope[N], flow[N * N];
    const loy_chain_value_result want = {value, deviation, visits, slope};
    const double h = 1e-5;
    if (kind == 2) options.growth = .05;
    CHECK_STATUS(loy_chain_value(mailed, N, paid, .2, &options, &want, NULL), LOY_OK);
    CHECK_STATUS(loy_chain_value_slopes(mailed, N, paid, .2, start, &options, flow, NULL), LOY_OK);
    for (int i = 0; i < N; i++) {
      CHECK_NEAR(slope[i],
                 (valued(mailed, paid, .2 + h, &options, i) - valued(mailed, paid, .2 - h, &options, i)) / (2 * h),
                 1e-5);
      for (int k = 0; k < N; k++) {
        double more[N], less[N];
        memcpy(more, paid, sizeof more);
        memcpy(less, paid, sizeof less);
        more[k] += 1.0;
        less[k] -= 1.0;
        CHECK_NEAR(visits[i * N + k],
                   (valued(mailed, more, .2, &options, i) - valued(mailed, less, .2, &options, i)) / 2, 1e-12);
      }
    }
    for (int j = 1; j < N; j++) { /* out of the chance of .3 to stay in state 0, or into it */
      double more[N * N], less[N * N];
      memcpy(more, mailed, sizeof more);
      memcpy(less, mailed, sizeof less);
      more[j] += h;
      more[0] -= h;
      if (mailed[j] > 0) {
        less[j] -= h;
        less[0] += h;
      }
      CHECK_NEAR(flow[j],
                 2 * (valued(more, paid, .2, &options, 0) - valued(less, paid, .2, &options, 0)) /
                         (mailed[j] > 0 ? 2 * h : h) +
                     (valued(more, paid, .2, &options, 2) - valued(less, paid, .2, &options, 2)) /
                         (mailed[j] > 0 ? 2 * h : h),
                 2e-2);
      CHECK_BITS(flow[4 * N + j], j == 4 ? 0.0 : flow[4 * N + j]);
    }
  }
}

/* The spec's formula, b^2 sum_k G_ik^2 [sum_j p_kj V_j^2 - (sum_j p_kj V_j)^2]/n_k, and horizon 1, where V = r + b P r.
 */
static void test_std_errors(void) {
  const double count[N] = {200, 140, 110, 90, 0};
  const loy_chain_value_options one = until(1.0), far = until(400.0);
  double value[N], visits[N * N], error_of[N], again[N];
  const loy_chain_value_result want = {value, NULL, visits, NULL};
  double none[N] = {200, 0, 110, 90, 0};
  CHECK_STATUS(loy_chain_value(mailed, N, paid, .2, NULL, &want, NULL), LOY_OK);
  CHECK_STATUS(loy_chain_value_std_errors(mailed, N, paid, .2, count, NULL, error_of, NULL), LOY_OK);
  CHECK_STATUS(loy_chain_value_std_errors(mailed, N, paid, .2, count, &far, again, NULL), LOY_OK);
  for (int i = 0; i < N; i++) {
    double sum = 0.0;
    for (int k = 0; k < 4; k++) {
      double mean = 0.0, square = 0.0;
      for (int j = 0; j < N; j++) {
        mean += mailed[k * N + j] * value[j];
        square += mailed[k * N + j] * value[j] * value[j];
      }
      sum += visits[i * N + k] * visits[i * N + k] * (square - mean * mean) / count[k];
    }
    CHECK_CLOSE(error_of[i], sqrt(sum) / 1.2, 1e-12);
    CHECK_CLOSE(again[i], error_of[i], 1e-12);
  }
  CHECK_STATUS(loy_chain_value_std_errors(mailed, N, paid, .2, count, &one, error_of, NULL), LOY_OK);
  CHECK_CLOSE(error_of[0], sqrt(.3 * .7 * 40 * 40 / 200) / 1.2, 1e-14);
  CHECK_STATUS(loy_chain_value_std_errors(mailed, N, paid, .2, none, &one, error_of, NULL), LOY_OK);
  CHECK_BITS(error_of[1], HUGE_VAL);
  CHECK_CLOSE(error_of[0], sqrt(.3 * .7 * 40 * 40 / 200) / 1.2, 1e-14);
  CHECK_BITS(error_of[4], 0.0);
  { /* State 1 was never seen, and nobody comes to it: only its own value is unknown. */
    const double p[9] = {.5, 0, .5, .5, 0, .5, 0, 0, 1}, r[3] = {1, 1, 0}, seen[3] = {50, -0.0, 0};
    CHECK_STATUS(loy_chain_value_std_errors(p, 3, r, 0.0, seen, NULL, error_of, NULL), LOY_OK);
    CHECK_CLOSE(error_of[0], 2 * sqrt(.25 * 4 / 50), 1e-14);
    CHECK_BITS(error_of[1], HUGE_VAL);
    CHECK_BITS(error_of[2], 0.0);
  }
}

/* Leaks of 1e-12 and a discount of 1e-9: the digits stay. Two states, in closed form: V_0 = (1 + b p V_1 ...)... */
static void test_small(void) {
  const double p[4] = {1 - 1e-12, 1e-12, 0, 1}, r[2] = {1, 0};
  const double d = 1e-9;
  double value[2];
  const loy_chain_value_result want = only_value(value);
  CHECK_STATUS(loy_chain_value(p, 2, r, d, NULL, &want, NULL), LOY_OK);
  CHECK_CLOSE(value[0], (1 + d) / (d + 1e-12), 4e-16);
  CHECK_STATUS(loy_chain_value(p, 2, r, 0.0, NULL, &want, NULL), LOY_OK);
  CHECK_CLOSE(value[0], 1e12, 4e-16);
}

static void test_errors(void) {
  double value[N] = {0}, bad_reward[N] = {0, 0, HUGE_VAL, 0, 0}, start[N] = {1, 1, 1, 1, -1}, slope[N * N];
  double broken[N * N];
  loy_chain_value_result want = only_value(value);
  loy_chain_value_options options = until(HUGE_VAL);
  loy_error error;
  memcpy(broken, mailed, sizeof broken);
  broken[7] = .9;
  CHECK_STATUS(loy_chain_value(mailed, 0, NULL, -1, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "states", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_value(NULL, N, NULL, -1, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "transition", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_value(broken, N, NULL, -1, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "transition", 1);
  CHECK_STATUS(loy_chain_value(mailed, N, NULL, -1, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "reward", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_value(mailed, N, bad_reward, -1, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "reward", 2);
  options.struct_size = 1;
  CHECK_STATUS(loy_chain_value(mailed, N, paid, -1, &options, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "discount_rate", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_value(mailed, N, paid, .1, &options, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX);
  options = until(-1.0);
  options.growth = -1.0;
  CHECK_STATUS(loy_chain_value(mailed, N, paid, .1, &options, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "growth", LOY_NO_INDEX);
  options.growth = 0.0;
  CHECK_STATUS(loy_chain_value(mailed, N, paid, .1, &options, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "horizon", LOY_NO_INDEX);
  options.horizon = 1.5;
  CHECK_STATUS(loy_chain_value(mailed, N, paid, .1, &options, &want, &error), LOY_ERR_DOMAIN);
  options.horizon = LOY_CHAIN_HORIZON_MOST + 1.0;
  CHECK_STATUS(loy_chain_value(mailed, N, paid, .1, &options, &want, &error), LOY_ERR_DOMAIN);
  CHECK_STATUS(loy_chain_value(mailed, N, paid, .1, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_value_slopes(mailed, N, paid, .1, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "start", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_value_slopes(mailed, N, paid, .1, start, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "start", 4);
  start[4] = 0.0;
  CHECK_STATUS(loy_chain_value_slopes(mailed, N, paid, .1, start, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "slope", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_value_slopes(mailed, N, paid, -.1, start, NULL, slope, &error), LOY_ERR_DOMAIN);
  CHECK_STATUS(loy_chain_value_std_errors(mailed, N, paid, .1, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "row_count", LOY_NO_INDEX);
  start[3] = (double)NAN;
  CHECK_STATUS(loy_chain_value_std_errors(mailed, N, paid, .1, start, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "row_count", 3);
  start[3] = 1.0;
  CHECK_STATUS(loy_chain_value_std_errors(mailed, N, paid, .1, start, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "std_error", LOY_NO_INDEX);
  loy_chain_value_options_init(NULL);
}

static void test_memory(void) {
  failing_allocator memory;
  const double r[N] = {1, 1, 1, 1, 0}, start[N] = {1, 1, 1, 1, 1};
  double value[N], deviation[N], visits[N * N], slope[N];
  const loy_chain_value_result want = {value, deviation, visits, slope};
  for (int horizon = 0; horizon < 2; horizon++) {
    loy_chain_value_options options = until(horizon ? 3.0 : HUGE_VAL);
    for (int call = 0; call < 3; call++) {
      FOR_EACH_FAILURE(memory) {
        loy_status status;
        options.allocator = &memory.allocator;
        value[0] = visits[0] = -7.0;
        status = call == 0   ? loy_chain_value(mailed, N, r, 0.0, &options, &want, NULL)
                 : call == 1 ? loy_chain_value_slopes(mailed, N, r, .1, start, &options, visits, NULL)
                             : loy_chain_value_std_errors(mailed, N, r, 0.0, start, &options, value, NULL);
        CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
        if (memory.failed) {
          CHECK_BITS(value[0], -7.0);
          CHECK_BITS(visits[0], -7.0);
        }
        CU_ASSERT_EQUAL(memory.held, 0);
      }
    }
  }
}

SUITE(ladder, chain_value) {
  ADD(test_published);
  ADD(test_deviation);
  ADD(test_without_discount);
  ADD(test_growth);
  ADD(test_slopes);
  ADD(test_std_errors);
  ADD(test_small);
  ADD(test_errors);
  ADD(test_memory);
}
