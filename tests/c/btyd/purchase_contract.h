/* purchase_contract.h: what holds for every model of purchase_lifetime.h: checks and their order, batches, reports,
 * answers at the ends of the ranges; draws are in purchase_draws.h. A test file defines
 *   MODEL(f)     loy_<model>_f
 *   PARAMETERS   how many; FIELDS, their names in order; USUAL, values for each
 *   DISCOUNTED   1 where P(alive) falls
 *   PERIODS      where times are whole numbers of periods, with at most one purchase each; all parameters are shapes,
 *                P(alive) is of the period after T, and the ends of the ranges are left to the test file
 * and adds the tests by ADD_CONTRACT. */
#include "check.h"
#include "wide.h"

typedef MODEL(params) params_t;
static const params_t usual = USUAL;
static const char *const fields[PARAMETERS] = FIELDS;

#ifdef PERIODS
static int is_shape(int i) { return fields[i][0] != 0; }
#else
static int is_shape(int i) { return fields[i][0] == 'r' || fields[i][0] == 's'; }
#endif
/* The parameters are doubles and nothing else. */
static double *field(params_t *params, int i) { return (double *)(void *)params + i; }

typedef struct bad_row {
  double x, t_x, T;
  const char *argument;
} bad_row;
static const bad_row bad_rows[] = {
    {-1, 0, 1, "x"},
    {0.5, 0, 1, "x"},
    {(double)NAN, (double)NAN, (double)NAN, "x"},
    {(double)INFINITY, 0, 1, "x"},
    {1, -1, 1, "t_x"},
    {0, 0.5, 1, "t_x"},
    {1, (double)NAN, -1, "t_x"},
    {1, (double)INFINITY, (double)INFINITY, "t_x"},
    {1, 2, 1, "T"},
    {0, 0, -1, "T"},
    {1, 1, (double)NAN, "T"},
    {1, 1, (double)INFINITY, "T"},
};
enum { BAD_ROWS = sizeof bad_rows / sizeof *bad_rows };

/* All answers that are NaN outside the domain. */
static int all_nan(const params_t *params, double x, double t_x, double T) {
  return isnan(MODEL(loglik)(params, x, t_x, T)) && isnan(MODEL(palive)(params, x, t_x, T, 0.0)) &&
         isnan(MODEL(log_palive)(params, x, t_x, T)) && isnan(MODEL(expected_purchases)(params, x, t_x, T, 1.0)) &&
         isnan(MODEL(dert)(params, x, t_x, T, 1.0)) && isnan(MODEL(dect)(params, x, t_x, T, 1.0, 1.0)) &&
         isnan(MODEL(pmf_future)(params, x, t_x, T, 1.0, 1.0));
}

static void contract_domain(void) {
  static const double wrong[5] = {0.0, -1.0, (double)INFINITY, -(double)INFINITY, (double)NAN};
  static const double shapes[OUTSIDE] = OUTSIDE_SHAPES, quantities[OUTSIDE] = OUTSIDE_QUANTITIES;
  loy_error error;
  double lambda = -7.0, dropout = -7.0;
  CHECK_STATUS(MODEL(check)(&usual, &error), LOY_OK);
  CHECK_STATUS(error.status, LOY_OK);
  CHECK_STATUS(MODEL(check)(NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX);
  CHECK_STATUS(MODEL(check_customer)(NULL, -1, -1, -1, -1, NULL), LOY_ERR_ARGUMENT);
  CHECK_STATUS(MODEL(dect_check)(NULL, -1, -1, -1, -1, -1, NULL), LOY_ERR_ARGUMENT);
  CHECK_STATUS(MODEL(pmf_check)(NULL, -1, -1, -1, -1, -1, -1, NULL), LOY_ERR_ARGUMENT);
  CU_ASSERT(all_nan(NULL, 1, 1, 2) && isnan(MODEL(pmf)(NULL, 1, 1)) && isnan(MODEL(pmf_interval)(NULL, 1, 1, 2)));
  CU_ASSERT(isnan(MODEL(expected_purchases_new)(NULL, 1)));
  /* A parameter is named before those after it, and before the history. */
  for (int i = 0; i < PARAMETERS; i++)
    for (int j = 0; j < 5 + OUTSIDE; j++) {
      params_t params = usual;
      for (int later = i; later < PARAMETERS; later++)
        *field(&params, later) = j < 5 ? wrong[j] : (is_shape(later) ? shapes[j - 5] : quantities[j - 5]);
      CHECK_STATUS(MODEL(check)(&params, &error), LOY_ERR_DOMAIN);
      CHECK_ERROR(&error, LOY_ERR_DOMAIN, fields[i], LOY_NO_INDEX);
      CHECK_STATUS(MODEL(check_customer)(&params, -1, -1, -1, -1, &error), LOY_ERR_DOMAIN);
      CHECK_ERROR(&error, LOY_ERR_DOMAIN, fields[i], LOY_NO_INDEX);
      CHECK_STATUS(MODEL(posterior)(&params, -1, -1, -1, &lambda, &dropout, &error), LOY_ERR_DOMAIN);
      CHECK_ERROR(&error, LOY_ERR_DOMAIN, fields[i], LOY_NO_INDEX);
      CHECK_STATUS(MODEL(dect_check)(&params, -1, -1, -1, -1, -1, &error), LOY_ERR_DOMAIN);
      CHECK_ERROR(&error, LOY_ERR_DOMAIN, fields[i], LOY_NO_INDEX);
      CHECK_STATUS(MODEL(pmf_check)(&params, -1, -1, -1, -1, -1, -1, &error), LOY_ERR_DOMAIN);
      CHECK_ERROR(&error, LOY_ERR_DOMAIN, fields[i], LOY_NO_INDEX);
      CU_ASSERT(all_nan(&params, 1, 1, 2) && isnan(MODEL(pmf)(&params, 1, 1)));
      CU_ASSERT(isnan(MODEL(pmf_interval)(&params, 1, 1, 2)) && isnan(MODEL(expected_purchases_new)(&params, 1)));
    }
  for (int i = 0; i < BAD_ROWS; i++) {
    const bad_row *row = &bad_rows[i];
    CHECK_STATUS(MODEL(check_customer)(&usual, row->x, row->t_x, row->T, -1, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, row->argument, LOY_NO_INDEX);
    CHECK_STATUS(MODEL(posterior)(&usual, row->x, row->t_x, row->T, &lambda, &dropout, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, row->argument, LOY_NO_INDEX);
    CHECK_STATUS(MODEL(dect_check)(&usual, row->x, row->t_x, row->T, -1, -1, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, row->argument, LOY_NO_INDEX);
    CHECK_STATUS(MODEL(pmf_check)(&usual, row->x, row->t_x, row->T, -1, -1, -1, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, row->argument, LOY_NO_INDEX);
    CU_ASSERT(all_nan(&usual, row->x, row->t_x, row->T));
  }
  CHECK_BITS(lambda, -7.0);
  CHECK_BITS(dropout, -7.0);
  CHECK_STATUS(MODEL(check_customer)(&usual, 1, 1, 2, -1, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX);
  CHECK_STATUS(MODEL(check_customer)(&usual, 1, 1, 2, (double)INFINITY, &error), LOY_OK);
  CHECK_STATUS(MODEL(dect_check)(&usual, 1, 1, 2, -1, -1, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "delta", LOY_NO_INDEX);
  CHECK_STATUS(MODEL(dect_check)(&usual, 1, 1, 2, 0, (double)INFINITY, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX);
  CHECK_STATUS(MODEL(dect_check)(&usual, 1, 1, 2, 0.1, (double)INFINITY, &error), LOY_OK);
  CHECK_STATUS(MODEL(pmf_check)(&usual, 1, 1, 2, 0.5, -1, -1, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "n", LOY_NO_INDEX);
  CHECK_STATUS(MODEL(pmf_check)(&usual, 1, 1, 2, 1, -1, -1, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t0", LOY_NO_INDEX);
  CHECK_STATUS(MODEL(pmf_check)(&usual, 1, 1, 2, 1, 3, 2, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t1", LOY_NO_INDEX);
  CHECK_STATUS(MODEL(pmf_check)(&usual, 1, 1, 2, 1, 2, 2, &error), LOY_OK);
  for (int i = 1; i < 5; i++) {
    double v = wrong[i];
    if (i != 2) CU_ASSERT(isnan(MODEL(palive)(&usual, 1, 1, 2, v)));
    CU_ASSERT(isnan(MODEL(expected_purchases)(&usual, 1, 1, 2, v)) && isnan(MODEL(expected_purchases_new)(&usual, v)));
    CU_ASSERT(isnan(MODEL(dert)(&usual, 1, 1, 2, v)) && isnan(MODEL(dect)(&usual, 1, 1, 2, 0, v)));
    CU_ASSERT(isnan(MODEL(pmf)(&usual, v, 1)) && isnan(MODEL(pmf)(&usual, 1, v)));
    CU_ASSERT(isnan(MODEL(pmf_future)(&usual, 0, 0, 1, v, 1)) && isnan(MODEL(pmf_future)(&usual, 0, 0, 1, 1, v)));
    CU_ASSERT(isnan(MODEL(pmf_interval)(&usual, 1, v, 2)) && isnan(MODEL(pmf_interval)(&usual, 1, 1, v)));
  }
  CU_ASSERT(isnan(MODEL(dert)(&usual, 1, 1, 2, 0)));
}

/* Rows for the batches, more than one unit of work. */
enum { ROWS = 700 };
static double row_x[ROWS], row_t_x[ROWS], row_T[ROWS];

static void make_rows(void) {
  uint32_t state = 12345u;
  for (int i = 0; i < ROWS; i++) {
    state = state * 1664525u + 1013904223u;
    row_x[i] = (double)(state >> 28 == 15u ? state >> 18 & 1023u : state >> 29);
    row_T[i] = (double)(state >> 8 & 4095u) / 7.0;
    row_t_x[i] = row_x[i] > 0.0 ? row_T[i] * ((double)(state >> 12 & 255u) / 255.0) : 0.0;
#ifdef PERIODS
    row_T[i] = floor(row_T[i]);
    row_t_x[i] = floor(row_t_x[i]);
    row_x[i] = row_x[i] > row_t_x[i] ? row_t_x[i] : row_x[i];
    row_t_x[i] = row_x[i] > 0.0 ? row_t_x[i] : 0.0;
#endif
  }
}

enum { BATCHES = 6 }; /* the last one is of posterior means */

static loy_status batch(int which, const params_t *params, const double *x, const double *t_x, const double *T,
                        size_t n, double delta, double t, const MODEL(options) * options, double *out,
                        loy_batch_report *report, loy_error *error) {
  switch (which) {
  case 0: return MODEL(loglik_batch)(params, x, t_x, T, n, options, out, report, error);
  case 1: return MODEL(palive_batch)(params, x, t_x, T, n, t, options, out, report, error);
  case 2: return MODEL(expected_purchases_batch)(params, x, t_x, T, n, t, options, out, report, error);
  case 3: return MODEL(dert_batch)(params, x, t_x, T, n, delta, options, out, report, error);
  case 4: return MODEL(dect_batch)(params, x, t_x, T, n, delta, t, options, out, report, error);
  default: return MODEL(posterior_batch)(params, x, t_x, T, n, options, out, NULL, report, error);
  }
}

static double one(int which, double x, double t_x, double T, double delta, double t) {
  double lambda = NAN;
  switch (which) {
  case 0: return MODEL(loglik)(&usual, x, t_x, T);
  case 1: return MODEL(palive)(&usual, x, t_x, T, t);
  case 2: return MODEL(expected_purchases)(&usual, x, t_x, T, t);
  case 3: return MODEL(dert)(&usual, x, t_x, T, delta);
  case 4: return MODEL(dect)(&usual, x, t_x, T, delta, t);
  default: (void)MODEL(posterior)(&usual, x, t_x, T, &lambda, NULL, NULL); return lambda;
  }
}

/* The same bits as one by one, for any number of threads; bad rows answer NaN, are counted, and the first is named; the
 * output may take the place of an input. */
static void contract_batches(void) {
  static double out[ROWS], second[ROWS], column[3][ROWS];
  static const int threads[3] = {0, 1, 3};
  MODEL(options) options;
  loy_batch_report report;
  loy_error error;
  size_t first = ROWS;
  MODEL(options_init)(NULL);
  MODEL(options_init)(&options);
  CU_ASSERT(options.struct_size == sizeof options && options.threads == 1);
  make_rows();
  for (int i = 0; i < BAD_ROWS; i++) {
    size_t at = (size_t)(40 + 53 * i);
    row_x[at] = bad_rows[i].x;
    row_t_x[at] = bad_rows[i].t_x;
    row_T[at] = bad_rows[i].T;
    first = at < first ? at : first;
  }
  for (int which = 0; which < BATCHES; which++) {
    for (int k = 0; k < 3; k++) {
      options.threads = threads[k];
      memset(&report, 0x55, sizeof report);
      CHECK_STATUS(batch(which, &usual, row_x, row_t_x, row_T, ROWS, 0.01, 13.0, &options, out, &report, &error),
                   LOY_OK);
      CHECK_STATUS(error.status, LOY_OK);
      CU_ASSERT_EQUAL(report.bad, BAD_ROWS);
      CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "x", first);
      for (int i = 0; i < ROWS; i++) {
        double alone = one(which, row_x[i], row_t_x[i], row_T[i], 0.01, 13.0);
        int bad = i >= 40 && (i - 40) % 53 == 0 && (i - 40) / 53 < BAD_ROWS;
        CU_ASSERT_EQUAL(isnan(out[i]) != 0, bad);
        if (!bad) CHECK_BITS(out[i], alone);
      }
    }
    for (int place = 0; place < 3; place++) {
      memcpy(column[0], row_x, sizeof row_x);
      memcpy(column[1], row_t_x, sizeof row_t_x);
      memcpy(column[2], row_T, sizeof row_T);
      CHECK_STATUS(
          batch(which, &usual, column[0], column[1], column[2], ROWS, 0.01, 13.0, NULL, column[place], &report, NULL),
          LOY_OK);
      CU_ASSERT_EQUAL(report.bad, BAD_ROWS);
      for (int i = 0; i < ROWS; i++) CU_ASSERT(isnan(out[i]) ? isnan(column[place][i]) : column[place][i] == out[i]);
    }
    CHECK_STATUS(batch(which, &usual, NULL, NULL, NULL, 0, 0.01, 13.0, NULL, NULL, &report, &error), LOY_OK);
    CU_ASSERT_EQUAL(report.bad, 0);
  }
  /* Both posterior means, and each alone. */
  make_rows();
  CHECK_STATUS(MODEL(posterior_batch)(&usual, row_x, row_t_x, row_T, ROWS, NULL, out, second, &report, NULL), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 0);
  CHECK_STATUS(MODEL(posterior_batch)(&usual, row_x, row_t_x, row_T, ROWS, NULL, NULL, column[1], NULL, NULL), LOY_OK);
  CU_ASSERT_EQUAL(memcmp(column[1], second, sizeof second), 0);
  for (int i = 0; i < ROWS; i++) {
    double lambda, dropout;
    CHECK_STATUS(MODEL(posterior)(&usual, row_x[i], row_t_x[i], row_T[i], &lambda, &dropout, NULL), LOY_OK);
    CHECK_BITS(out[i], lambda);
    CHECK_BITS(second[i], dropout);
  }
  CHECK_STATUS(MODEL(posterior)(&usual, 1, 1, 2, NULL, NULL, NULL), LOY_OK);
}

/* The checks come in the order of the parameters; nothing is written by a call that fails. */
static void contract_checks(void) {
  double x[2] = {1, 0}, t_x[2] = {1, 0}, T[2] = {2, 2}, out[2] = {-7.0, -7.0};
  MODEL(options) options;
  loy_batch_report report;
  loy_error error;
  params_t bad = usual;
  report.bad = 99;
  bad.alpha = -1.0;
  for (int which = 0; which < BATCHES; which++) {
    options.struct_size = sizeof options - 1;
    options.threads = -1;
#define EXPECT(call, status, argument)                                                                                 \
  do {                                                                                                                 \
    CHECK_STATUS(call, status);                                                                                        \
    CHECK_ERROR(&error, status, argument, LOY_NO_INDEX);                                                               \
    CU_ASSERT(out[0] == -7.0 && out[1] == -7.0 && report.bad == 99);                                                   \
  } while (0)
    EXPECT(batch(which, NULL, NULL, NULL, NULL, 2, -1, -1, &options, NULL, &report, &error), LOY_ERR_ARGUMENT,
           "params");
    EXPECT(batch(which, &bad, NULL, NULL, NULL, 2, -1, -1, &options, NULL, &report, &error), LOY_ERR_DOMAIN, "alpha");
    EXPECT(batch(which, &usual, NULL, NULL, NULL, 2, -1, -1, &options, NULL, &report, &error), LOY_ERR_ARGUMENT, "x");
    EXPECT(batch(which, &usual, x, NULL, NULL, 2, -1, -1, &options, NULL, &report, &error), LOY_ERR_ARGUMENT, "t_x");
    EXPECT(batch(which, &usual, x, t_x, NULL, 2, -1, -1, &options, NULL, &report, &error), LOY_ERR_ARGUMENT, "T");
    if (which == 1 || which == 2)
      EXPECT(batch(which, &usual, x, t_x, T, 2, -1, -1, &options, NULL, &report, &error), LOY_ERR_DOMAIN, "t");
    if (which == 3 || which == 4)
      EXPECT(batch(which, &usual, x, t_x, T, 2, -1, -1, &options, NULL, &report, &error), LOY_ERR_DOMAIN, "delta");
    if (which == 3)
      EXPECT(batch(which, &usual, x, t_x, T, 2, 0, -1, &options, NULL, &report, &error), LOY_ERR_DOMAIN, "delta");
    if (which == 4)
      EXPECT(batch(which, &usual, x, t_x, T, 2, 0, -1, &options, NULL, &report, &error), LOY_ERR_DOMAIN, "t");
    EXPECT(batch(which, &usual, x, t_x, T, 2, 1, 1, &options, NULL, &report, &error), LOY_ERR_ARGUMENT, "options");
    options.struct_size = sizeof options;
    EXPECT(batch(which, &usual, x, t_x, T, 2, 1, 1, &options, NULL, &report, &error), LOY_ERR_ARGUMENT, "threads");
    if (which < 5)
      EXPECT(batch(which, &usual, x, t_x, T, 2, 1, 1, NULL, NULL, &report, &error), LOY_ERR_ARGUMENT, "out");
#undef EXPECT
  }
}

#ifndef PERIODS
/* Up to the ends of the ranges every answer is finite and possible: nobody buys more than without stopping, a discount
 * takes away, and a probability is one. */
static void contract_range(void) {
  static const double shape[WIDE] = WIDE_SHAPES, quantity[WIDE] = WIDE_QUANTITIES;
  static const double x[3] = {0.0, 1.0, 300.0}, n[4] = {0.0, 1.0, 70.0, 0x1p51 - 1.0};
  int cases = 1;
  for (int i = 0; i < PARAMETERS; i++) cases *= WIDE;
  for (int i = 0; i<cases; i += cases> 1000 ? 3 : 1) {
    params_t params = usual;
    for (int j = 0, rest = i; j < PARAMETERS; j++, rest /= WIDE)
      *field(&params, j) = is_shape(j) ? shape[rest % WIDE] : quantity[rest % WIDE];
    for (int j = 0; j < WIDE; j++) {
      double bought = x[(i + j) % 3], T = quantity[(i + 2 * j) % WIDE], t_x = bought > 0.0 && i % 2 ? T : 0.0;
      double t = quantity[j], delta = quantity[(3 * i + j) % WIDE], count = n[(i + j) % 4], lambda, dropout;
      double most = (params.r + bought) / (params.alpha + T) * t * (1.0 + 1e-9);
      double now = MODEL(palive)(&params, bought, t_x, T, 0.0), then = MODEL(palive)(&params, bought, t_x, T, t);
      double plain = MODEL(expected_purchases)(&params, bought, t_x, T, t);
      double discounted = MODEL(dect)(&params, bought, t_x, T, delta, t);
      double endless = MODEL(dert)(&params, bought, t_x, T, delta);
      CU_ASSERT(now >= 0.0 && now <= 1.0 && then >= 0.0 && then <= now);
      CU_ASSERT(MODEL(palive)(&params, bought, t_x, T, (double)INFINITY) <= then);
      CU_ASSERT(MODEL(log_palive)(&params, bought, t_x, T) <= 0.0);
      CU_ASSERT(isfinite(MODEL(log_palive)(&params, bought, t_x, T)));
      CU_ASSERT(isfinite(MODEL(loglik)(&params, bought, t_x, T)));
      CHECK_STATUS(MODEL(posterior)(&params, bought, t_x, T, &lambda, &dropout, NULL), LOY_OK);
      CU_ASSERT(lambda > 0.0 && isfinite(lambda) && dropout >= 0.0 && isfinite(dropout));
      CU_ASSERT(plain >= 0.0 && plain <= most);
      CU_ASSERT(discounted >= 0.0 && discounted <= plain * (1.0 + 1e-9));
      CU_ASSERT(endless >= discounted * (1.0 - 1e-9) && endless <= most / t / delta);
      for (int k = 0; k < 3; k++) {
        double p = k == 0   ? MODEL(pmf)(&params, count, t)
                   : k == 1 ? MODEL(pmf_future)(&params, bought, t_x, T, count, t)
                            : MODEL(pmf_interval)(&params, count, T < t ? T : t, T < t ? t : T);
        CU_ASSERT(p >= 0.0 && p <= 1.0 + 1e-9);
      }
    }
  }
}
#endif

/* Probabilities sum to 1 and have the expected number as their mean; of a split interval they fold. Half of the future
 * is as the whole: the interval from 0 is plain. */
static void contract_probabilities(void) {
  double sum = 0.0, mean = 0.0, future = 0.0, future_mean = 0.0, later = 0.0, later_mean = 0.0;
  double expected = MODEL(expected_purchases_new)(&usual, 30.0), before = MODEL(expected_purchases_new)(&usual, 10.0);
  for (double n = 0.0; n < 400.0; n += 1.0) {
    double p = MODEL(pmf)(&usual, n, 30.0), q = MODEL(pmf_future)(&usual, 3.0, 20.0, 25.0, n, 30.0);
    double l = MODEL(pmf_interval)(&usual, n, 10.0, 30.0);
    sum += p;
    mean += n * p;
    future += q;
    future_mean += n * q;
    later += l;
    later_mean += n * l;
    CHECK_CLOSE(MODEL(pmf_interval)(&usual, n, 0.0, 30.0), p, 1e-13);
  }
  CHECK_NEAR(sum, 1.0, 1e-12);
  CHECK_NEAR(future, 1.0, 1e-12);
  CHECK_NEAR(later, 1.0, 1e-12);
  CHECK_CLOSE(mean, expected, 1e-11);
  CHECK_CLOSE(future_mean, MODEL(expected_purchases)(&usual, 3.0, 20.0, 25.0, 30.0), 1e-11);
  CHECK_CLOSE(later_mean, expected - before, 1e-11);
  CHECK_BITS(MODEL(expected_purchases)(&usual, 0, 0, 0, 30.0), expected);
  CHECK_BITS(MODEL(expected_purchases)(&usual, 3, 20, 25, 0.0), 0.0);
  CHECK_BITS(MODEL(pmf)(&usual, 0, 0), 1.0);
  CHECK_BITS(MODEL(pmf)(&usual, 2, 0), 0.0);
  CHECK_BITS(MODEL(loglik)(&usual, 0, 0, 0), 0.0);
#ifndef PERIODS
  CHECK_BITS(MODEL(palive)(&usual, 7, 30, 30, 0), 1.0);
#endif
  CHECK_BITS(MODEL(palive)(&usual, 7, 30, 40, (double)INFINITY), DISCOUNTED ? 0.0 : 1.0);
}

#ifndef PERIODS
/* Another unit of time changes nothing but the units. */
static void contract_units(params_t scaled) {
  for (int i = 0; i < 5; i++) {
    double x = i, t_x = i ? 3.0 * i : 0.0, T = 20.0;
    CHECK_CLOSE(MODEL(palive)(&scaled, x, 1024.0 * t_x, 1024.0 * T, 0.0), MODEL(palive)(&usual, x, t_x, T, 0.0), 1e-14);
    CHECK_CLOSE(MODEL(expected_purchases)(&scaled, x, 1024.0 * t_x, 1024.0 * T, 1024.0 * 5.0),
                MODEL(expected_purchases)(&usual, x, t_x, T, 5.0), 1e-14);
    CHECK_CLOSE(MODEL(dert)(&scaled, x, 1024.0 * t_x, 1024.0 * T, 0.01 / 1024.0), MODEL(dert)(&usual, x, t_x, T, 0.01),
                1e-14);
    CHECK_CLOSE(MODEL(loglik)(&scaled, x, 1024.0 * t_x, 1024.0 * T) + x * log(1024.0), MODEL(loglik)(&usual, x, t_x, T),
                1e-13);
  }
}
#endif

/* One history with what rigorous integration (python-flint, 200 bits) answers for exactly these doubles. */
typedef struct truth {
  params_t params;
  double x, t_x, T, t, delta;
  double loglik, palive, log_palive, palive_t, lambda, dropout, expected, dert, dect, none, three;
} truth;

static inline void check_truths(const truth *truths, size_t n) {
  for (size_t i = 0; i < n; i++) {
    const truth *c = &truths[i];
    double slack = 1e-12 + 4.0 * 0x1p-52 * fabs(c->log_palive), lambda, dropout;
    CHECK_NEAR(MODEL(loglik)(&c->params, c->x, c->t_x, c->T), c->loglik, 1e-12 * (1.0 + fabs(c->loglik)));
    CHECK_CLOSE(MODEL(log_palive)(&c->params, c->x, c->t_x, c->T), c->log_palive, 1e-12);
    CHECK_CLOSE(MODEL(palive)(&c->params, c->x, c->t_x, c->T, 0.0), c->palive, slack);
    CHECK_CLOSE(MODEL(palive)(&c->params, c->x, c->t_x, c->T, c->t), c->palive_t, slack);
    CHECK_STATUS(MODEL(posterior)(&c->params, c->x, c->t_x, c->T, &lambda, &dropout, NULL), LOY_OK);
    CHECK_CLOSE(lambda, c->lambda, 1e-12);
    CHECK_CLOSE(dropout, c->dropout, slack);
    CHECK_CLOSE(MODEL(expected_purchases)(&c->params, c->x, c->t_x, c->T, c->t), c->expected, slack);
    CHECK_CLOSE(MODEL(dert)(&c->params, c->x, c->t_x, c->T, c->delta), c->dert, slack);
    CHECK_CLOSE(MODEL(dect)(&c->params, c->x, c->t_x, c->T, c->delta, c->t), c->dect, slack);
    CHECK_CLOSE(MODEL(pmf_future)(&c->params, c->x, c->t_x, c->T, 0.0, c->t), c->none, slack);
    CHECK_CLOSE(MODEL(pmf_future)(&c->params, c->x, c->t_x, c->T, 3.0, c->t), c->three, slack);
  }
}

#ifdef PERIODS
#  define ADD_RANGE ((void)0)
#else
#  define ADD_RANGE ADD(contract_range)
#endif
#define ADD_CONTRACT                                                                                                   \
  do {                                                                                                                 \
    ADD(contract_domain);                                                                                              \
    ADD(contract_batches);                                                                                             \
    ADD(contract_checks);                                                                                              \
    ADD_RANGE;                                                                                                         \
    ADD(contract_probabilities);                                                                                       \
  } while (0)
