/* btyd_rows.h: for the fuzz targets of btyd: parameters and purchase histories of bytes.
 *
 * Parameters of a model are a struct of doubles; a text tells their kinds in order, 's' a shape, 'q' a quantity, 'k' a
 * number of stages. */
#ifndef LOYALTY_TESTS_FUZZ_BTYD_ROWS_H
#define LOYALTY_TESTS_FUZZ_BTYD_ROWS_H

#include "fuzz_input.h"
#include "loyalty/base/range.h"

enum { ROWS = 12 };

/* A parameter: mostly ordinary, now and then as small or as large as shapes may be. */
static double take_shape(input *in) {
  const unsigned byte = take(in);
  if (in->hostile && byte >= 240) return take_odd(in, LOY_SHAPE_LEAST, LOY_SHAPE_MOST);
  return byte < 16 ? ldexp(1.0 + byte / 16.0, (int)(take(in) % 66) - 33) : (byte - 15) / 40.0;
}

/* Stages for each purchase: mostly few, as the work grows fast with their number; unit tests have the largest. */
static double take_stages(input *in) {
  const unsigned byte = take(in);
  if (in->hostile && byte >= 248) return take_odd(in, 1.0, 64.0);
  return 1.0 + (byte < 240 ? byte % 4 : take(in) % 16);
}

static void take_params(input *in, const char *kinds, double *params) {
  for (size_t i = 0; kinds[i]; i++)
    if (kinds[i] == 'k')
      params[i] = take_stages(in);
    else
      params[i] = kinds[i] == 's' || take(in) % 4 ? take_shape(in) : take_quantity(in);
}

/* A time: mostly some 1 to 255 units, now and then of any size. */
static double take_time(input *in) { return take(in) % 8 ? (double)take(in) : take_quantity(in); }

typedef struct histories {
  size_t n;
  double x[ROWS], t_x[ROWS], T[ROWS];
} histories;

static void take_history(input *in, double *x, double *t_x, double *T) {
  *x = take(in) % 8 ? take_answer(in, 0, 40) : (double)take_count(in);
  *T = take_time(in);
  *t_x = *x > 0.0 ? *T * take_number(in, 0.0, 1.0) : 0.0;
}

static void take_histories(input *in, size_t most, histories *h) {
  h->n = take(in) % (most + 1);
  for (size_t i = 0; i < h->n; i++) take_history(in, &h->x[i], &h->t_x[i], &h->T[i]);
}

/* A column of the mean spends of these histories, 0 where nobody bought again. */
static void take_spends(input *in, const histories *h, double *z) {
  for (size_t i = 0; i < h->n; i++) z[i] = h->x[i] > 0.0 ? take_quantity(in) : 0.0;
}

/* The sums of the logarithms of the gaps of n histories: from as regular as can be to very irregular. */
static inline void take_gaps(input *in, size_t n, const double *x, const double *t_x, double *litt) {
  for (size_t i = 0; i < n; i++) {
    litt[i] = x[i] > 0.0 && t_x[i] > 0.0 ? x[i] * (log(t_x[i] / x[i]) - take_number(in, 0.0, 3.0)) : 0.0;
    if (in->hostile && take(in) % 16 == 0) litt[i] = take_odd(in, -1e4, 1e4);
  }
}

#endif /* LOYALTY_TESTS_FUZZ_BTYD_ROWS_H */
