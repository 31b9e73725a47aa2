/* test_lifetime_total.c: the lifetimes and the engine behind the fits of test_pnbd_fit.c and its neighbours. */
#include "check.h"

#if LOY_TEST_INTERNALS
#  include "loyalty/btyd/lifetime_total.h"

enum { ROWS = 8 };
static const double START[ROWS] = {0, 0, .1, .5, 1, 2, 3, 0}, ELAPSED[ROWS] = {0, .3, .2, 1e-6, 2, .7, 40, 5};

static double pareto(const double *own, double u) { return -own[0] * log1p(u / own[1]); }
static double gompertz(const double *own, double u) { return -own[1] * log1p(expm1(own[0] * u) / own[2]); }
static double pareto_hazard(const double *own, double u) { return own[0] / (own[1] + u); }
static double gompertz_hazard(const double *own, double u) {
  return own[1] * own[0] * exp(own[0] * u) / (own[2] + expm1(own[0] * u));
}

typedef double (*law)(const double *own, double u);

/* ln S(t+v)/S(t), or with the hazard, at parameters moved by factors. */
static double relative(law log_survivor, law hazard, const double *own, size_t n, size_t i, double up_i, size_t j,
                       double up_j, double t, double v) {
  double moved[3] = {0, 0, 0};
  for (size_t k = 0; k < n; k++) moved[k] = own[k] * exp((k == i ? up_i : 0.0) + (k == j ? up_j : 0.0));
  return log_survivor(moved, t + v) - log_survivor(moved, t) + (hazard ? log(hazard(moved, t + v)) : 0.0);
}

/* Values against the C library, derivatives by logarithms of the parameters against central differences; and the reach
 * is where the survivor has fallen so far. */
static void check_lifetime(const loyi_lifetime_law *life, law log_survivor, law hazard) {
  loyi_lifetime_terms terms;
  double found[ROWS], reach[ROWS], beta[ROWS], step = 1e-3;
  for (size_t row = 0; row < ROWS; row++) beta[row] = life->param[life->n - 1];
  for (int with = 0; with < 2; with++) {
    law h = with ? hazard : NULL;
    life->evaluate(life, beta, START, ELAPSED, ROWS, &terms, with ? found : NULL);
    for (size_t row = 0; row < ROWS; row++) {
      double t = START[row], v = ELAPSED[row];
      size_t at = 0;
      CHECK_NEAR(terms.value[row], relative(log_survivor, NULL, life->param, life->n, 9, 0, 9, 0, t, v), 1e-13);
      if (with) CHECK_CLOSE(found[row], hazard(life->param, t + v), 1e-13);
      for (size_t i = 0; i < life->n; i++) {
        double up = relative(log_survivor, h, life->param, life->n, i, step, 9, 0, t, v);
        double down = relative(log_survivor, h, life->param, life->n, i, -step, 9, 0, t, v);
        CHECK_NEAR(terms.first[i][row], (up - down) / (2.0 * step), 1e-5 * (1.0 + fabs(terms.first[i][row])));
        for (size_t j = 0; j <= i; j++) {
          double sum = 0.0;
          for (int corner = 0; corner < 4; corner++)
            sum += (corner == 0 || corner == 3 ? 1.0 : -1.0) * relative(log_survivor, h, life->param, life->n, i,
                                                                        corner & 1 ? step : -step, j,
                                                                        corner & 2 ? step : -step, t, v);
          CHECK_NEAR(terms.second[at][row], sum / (4.0 * step * step), 1e-4 * (1.0 + fabs(terms.second[at][row])));
          at++;
        }
      }
    }
  }
  life->reach(life, beta, START, 3.0, ROWS, reach);
  for (size_t row = 0; row < ROWS; row++)
    CHECK_CLOSE(relative(log_survivor, NULL, life->param, life->n, 9, 0, 9, 0, START[row], reach[row]), -3.0, 1e-12);
}

static void test_lifetimes(void) {
  static const double beta[4] = {.01, .9, 1.0, 30.0};
  loyi_lifetime_law life;
  loyi_lifetime_pareto(.6, 1.3, &life);
  check_lifetime(&life, pareto, pareto_hazard);
  for (int i = 0; i < 4; i++) {
    loyi_lifetime_gompertz(.8, .6, beta[i], &life);
    check_lifetime(&life, gompertz, gompertz_hazard);
  }
  loyi_lifetime_none(&life);
  CU_ASSERT_EQUAL(life.n, 0);
}

/* A row alone and among others, in whichever class: the sums agree. One x, so many rows that there are two blocks. */
static void test_blocks(void) {
  enum { N = 5000 };
  static double x[N], t_x[N], T[N];
  loyi_lifetime_law life;
  loyi_rows rows;
  double value, gradient[4], hessian[16], sum = 0.0, by_s = 0.0;
  loyi_lifetime_pareto(.6, .01, &life);
  for (int i = 0; i < N; i++) {
    x[i] = 3.0;
    T[i] = 1.5;
    t_x[i] = 1.5 * exp(-12.0 * (i % 50) / 50.0);
  }
  CHECK_STATUS(loyi_rows_make(x, t_x, T, NULL, N, NULL, 2, LOYI_LIFETIME_SUMS, &rows, NULL), LOY_OK);
  CU_ASSERT_EQUAL(rows.blocks, 2);
  CU_ASSERT_EQUAL(rows.exponent, 1);
  loyi_lifetime_total(&rows, .7, 2.0, &life, &value, gradient, hessian);
  loyi_rows_release(&rows);
  for (int i = 0; i < 50; i++) {
    double one, first[4];
    CHECK_STATUS(loyi_rows_make(&x[i], &t_x[i], &T[i], NULL, 1, NULL, 1, LOYI_LIFETIME_SUMS, &rows, NULL), LOY_OK);
    loyi_lifetime_total(&rows, .7, 2.0, &life, &one, first, hessian);
    loyi_rows_release(&rows);
    sum += one;
    by_s += first[2];
  }
  CHECK_CLOSE(value, 100.0 * sum, 1e-13);
  CHECK_CLOSE(gradient[2], 100.0 * by_s, 1e-12);
}

SUITE(btyd, lifetime_total) {
  ADD(test_lifetimes);
  ADD(test_blocks);
}
#else
static void test_nothing_public(void) { CU_PASS("private functions are tested in the other forms"); }
SUITE(btyd, lifetime_total) { ADD(test_nothing_public); }
#endif
