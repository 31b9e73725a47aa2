/* root-inl.h: body of root.h. */
#ifndef LOYALTY_MATH_ROOT_INL_H
#define LOYALTY_MATH_ROOT_INL_H

#include "root.h"

#include <math.h>

LOY_BEGIN_DECLS

/* Bisection alone halves any bracket of doubles to neighbors in fewer. */
enum { LOYI_ROOT_MOST = 2200 };

LOYI_SHARED double loyi_root(loyi_root_fn f, const void *ctx, double low, double high, double absolute) {
  /* a is the newest point, b the other end of the bracket, c the point before. */
  double a = low, b = high, c, fa, fb, fc, part = 0.5;
  int i;
  if (!isfinite(low) || !isfinite(high)) return (double)NAN;
  fa = f(ctx, a);
  fb = f(ctx, b);
  if (isnan(fa) || isnan(fb)) return (double)NAN;
  if (fa == 0.0) return a;
  if (fb == 0.0) return b;
  if ((fa > 0.0) == (fb > 0.0)) return (double)NAN;
  for (i = 0; i < LOYI_ROOT_MOST; i++) {
    /* Halves first: b - a may exceed the largest double. */
    const double x = part == 0.5 ? 0.5 * a + 0.5 * b : a + part * (b - a);
    const double fx = f(ctx, x);
    double best, room, xi, phi;
    if (isnan(fx)) return (double)NAN;
    if (fx == 0.0) return x;
    if ((fx > 0.0) == (fa > 0.0)) {
      c = a;
      fc = fa;
    } else {
      c = b;
      fc = fb;
      b = a;
      fb = fa;
    }
    a = x;
    fa = fx;
    best = fabs(fa) < fabs(fb) ? a : b;
    /* The part of the bracket that one tolerance is; from a half on there is nothing left to divide. */
    room = (0x1p-52 * fabs(best) + 0.5 * absolute) / fabs(b - a);
    if (!(room < 0.5)) return best;
    part = 0.5;
    xi = (a - b) / (c - b);
    phi = (fa - fb) / (fc - fb);
    /* Is the inverse quadratic through the three points monotone over the bracket? */
    if (phi * phi < xi && (1.0 - phi) * (1.0 - phi) < 1.0 - xi) {
      const double t = fa / (fb - fa) * (fc / (fb - fc)) + (c - a) / (b - a) * (fa / (fc - fa)) * (fb / (fc - fb));
      if (t == t) part = t < room ? room : t > 1.0 - room ? 1.0 - room : t;
    }
  }
  return fabs(fa) < fabs(fb) ? a : b;
}

LOY_END_DECLS

#endif /* LOYALTY_MATH_ROOT_INL_H */
