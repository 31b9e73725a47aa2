/* btyd_model.h: for fuzz_btyd.c and fuzz_bgbb.c, once for each model of purchases: what the history says, what the
 * customer will do, and simulation. The includer defines MODEL(f)   the function or type f of the model FUZZ(f)    what
 * f is called here KINDS      of its parameters (btyd_rows.h) CHANCE     whether the second posterior mean is a
 * probability; else a rate GAPS       or not (btyd_gaps.h) and all are gone at the end. */
#include "btyd_gaps.h"

static void FUZZ(_take)(input *in, size_t most, MODEL(params) * params, histories *h) {
  double list[sizeof(KINDS) - 1];
  take_params(in, KINDS, list);
  memcpy(params, list, sizeof *params);
  take_histories(in, most, h);
}

static void FUZZ(_history)(input *in) {
  MODEL(params) params;
  histories h;
  double out[ROWS], t, rate[ROWS], leave[ROWS];
  loy_batch_report report;
  loy_error error;
  size_t bad = 0, first = 0;
  const double *litt = NULL;
#ifdef GAPS
  double gaps[ROWS];
  if (take(in) % 4) litt = gaps;
#endif
  FUZZ(_take)(in, ROWS, &params, &h);
  t = take_time(in);
#ifdef GAPS
  take_gaps(in, h.n, h.x, h.t_x, gaps);
#endif
  fill(out, sizeof out);
  require((MODEL(check)(&params, &error) == LOY_OK) ==
          (MODEL(check_customer)(&params, 0.0, 0.0, 0.0, 0.0, &error) == LOY_OK));
  if (!answered_in(MODEL(loglik_batch)(&params, h.x, h.t_x, h.T, ALSO(litt) h.n, NULL, out, &report, &error), &error,
                   out, sizeof out))
    return;
  for (size_t i = h.n; i-- > 0;) {
    const double *row = litt ? &litt[i] : NULL, l = FUZZ(_loglik)(&params, h.x[i], h.t_x[i], h.T[i], row);
    require(same(l, out[i]) && isnan(l) == !FUZZ(_good)(&params, h.x[i], h.t_x[i], h.T[i], row));
    if (isnan(l)) bad++, first = i;
    /* Purchases and no time between them: gaps that are not given are then impossible. */
    require(isnan(l) || isfinite(l) || (FUZZ(_gaps) && !litt && l < 0.0 && h.x[i] > 0.0 && h.t_x[i] == 0.0));
  }
  require_report(&report, bad, first);
  bad = first = 0;
  require(MODEL(posterior_batch)(&params, h.x, h.t_x, h.T, h.n, NULL, rate, leave, NULL, &error) == LOY_OK);
  for (size_t i = h.n; i-- > 0;) {
    const double x = h.x[i], t_x = h.t_x[i], T = h.T[i];
    const double now = MODEL(palive)(&params, x, t_x, T, 0.0), alive = MODEL(palive)(&params, x, t_x, T, t);
    const double log_now = MODEL(log_palive)(&params, x, t_x, T);
    double lambda = -1.0, second = -1.0;
    if (!FUZZ(_good)(&params, x, t_x, T, NULL)) {
      require(isnan(now) && isnan(log_now) && isnan(rate[i]) && isnan(leave[i]));
      bad++, first = i;
      continue;
    }
    require(isfinite(log_now) && log_now <= 0.0 && inside(now, 0.0, 1.0));
    require(near(now, exp(log_now), 1e-12 * (1.0 - log_now), 1e-290));
    require(isnan(alive) == (MODEL(check_customer)(&params, x, t_x, T, t, &error) != LOY_OK));
    if (!isnan(alive)) require(inside(alive, 0.0, 1.0) && alive <= now * (1.0 + 1e-11));
    require(MODEL(posterior)(&params, x, t_x, T, &lambda, &second, &error) == LOY_OK);
    require(same(lambda, rate[i]) && same(second, leave[i]));
    require(lambda >= 0.0 && isfinite(lambda) && second >= 0.0 && isfinite(second) && (!(CHANCE) || second <= 1.0));
  }
  fill(out, sizeof out);
  if (answered_in(MODEL(palive_batch)(&params, h.x, h.t_x, h.T, h.n, t, NULL, out, &report, &error), &error, out,
                  sizeof out)) {
    for (size_t i = 0; i < h.n; i++) require(same(out[i], MODEL(palive)(&params, h.x[i], h.t_x[i], h.T[i], t)));
    require_report(&report, bad, first);
  }
}

/* The probabilities of 0 to 3 purchases within t, and what the mean must be at least. */
static void FUZZ(_counts)(const MODEL(params) * params, double x, double t_x, double T, double t, double mean) {
  double sum = 0.0, least = 0.0, none;
  loy_error error;
  for (int n = 0; n < 4; n++) {
    const double chance = MODEL(pmf_future)(params, x, t_x, T, n, t);
    require(isnan(chance) == (MODEL(pmf_check)(params, x, t_x, T, n, 0.0, t, &error) != LOY_OK));
    if (isnan(chance)) return;
    require(inside(chance, 0.0, 1.0));
    sum += chance;
    least += n * chance;
  }
  require(sum <= 1.0 + 1e-11 && least <= mean * (1.0 + 1e-10) + 1e-290);
  none = MODEL(pmf_future)(params, x, t_x, T, 0.0, 2.0 * t);
  require(isnan(none) || none <= MODEL(pmf_future)(params, x, t_x, T, 0.0, t) * (1.0 + 1e-11));
}

static void FUZZ(_future)(input *in) {
  MODEL(params) params;
  histories h;
  double out[ROWS], worth_out[ROWS], ever_out[ROWS], t, further, delta;
  loy_batch_report report;
  loy_error error;
  size_t bad = 0, first = 0;
  int valued, ever;
  FUZZ(_take)(in, 2, &params, &h);
  t = take_time(in);
  further = t * (1.0 + take(in) / 64.0);
  delta = take(in) % 4 ? take(in) / 1000.0 : take_quantity(in);
  fill(out, sizeof out);
  fill(worth_out, sizeof worth_out);
  fill(ever_out, sizeof ever_out);
  if (!answered_in(MODEL(expected_purchases_batch)(&params, h.x, h.t_x, h.T, h.n, t, NULL, out, &report, &error),
                   &error, out, sizeof out))
    return;
  valued = answered_in(MODEL(dect_batch)(&params, h.x, h.t_x, h.T, h.n, delta, t, NULL, worth_out, NULL, &error),
                       &error, worth_out, sizeof worth_out);
  ever = answered_in(MODEL(dert_batch)(&params, h.x, h.t_x, h.T, h.n, delta, NULL, ever_out, NULL, &error), &error,
                     ever_out, sizeof ever_out);
  for (size_t i = h.n; i-- > 0;) {
    const double x = h.x[i], t_x = h.t_x[i], T = h.T[i];
    const double count = MODEL(expected_purchases)(&params, x, t_x, T, t);
    const double later = MODEL(expected_purchases)(&params, x, t_x, T, further);
    const double worth = MODEL(dect)(&params, x, t_x, T, delta, t), most = MODEL(dert)(&params, x, t_x, T, delta);
    const double dear = MODEL(dect)(&params, x, t_x, T, 2.0 * delta, t);
    require(same(count, out[i]) && (!valued || same(worth, worth_out[i])) && (!ever || same(most, ever_out[i])));
    require(isnan(count) == (isinf(t) || MODEL(check_customer)(&params, x, t_x, T, t, &error) != LOY_OK));
    require(isnan(worth) == (MODEL(dect_check)(&params, x, t_x, T, delta, t, &error) != LOY_OK));
    require(isnan(most) == (delta == 0.0 || MODEL(dect_check)(&params, x, t_x, T, delta, 0.0, &error) != LOY_OK));
    if (isnan(count)) {
      bad++, first = i;
      continue;
    }
    require(count >= 0.0 && isfinite(count) && same(count, MODEL(dect)(&params, x, t_x, T, 0.0, t)));
    if (!isnan(later)) require(count <= later * (1.0 + 1e-10) + 1e-290);
    if (!isnan(worth)) require(worth >= 0.0 && worth <= count * (1.0 + 1e-10) + 1e-290);
    if (!isnan(worth) && !isnan(dear)) require(dear <= worth * (1.0 + 1e-10) + 1e-290);
    if (!isnan(worth) && !isnan(most)) require(isfinite(most) && worth <= most * (1.0 + 1e-10) + 1e-290);
    if (!isnan(most)) require(same(most, MODEL(dect)(&params, x, t_x, T, delta, (double)INFINITY)));
    FUZZ(_counts)(&params, x, t_x, T, t, count);
  }
  require_report(&report, bad, first);
}

static void FUZZ(_new_customer)(input *in) {
  MODEL(params) params;
  histories h;
  double t, from, all = 0.0, part = 0.0, least = 0.0, mean;
  loy_error error;
  FUZZ(_take)(in, 0, &params, &h);
  t = take_time(in);
  from = t * take_number(in, 0.0, 1.0);
  if (MODEL(pmf_check)(&params, 0.0, 0.0, 0.0, 0.0, from, t, &error) != LOY_OK) {
    require(isnan(MODEL(pmf_interval)(&params, 0.0, from, t)));
    return;
  }
  mean = MODEL(expected_purchases_new)(&params, t);
  require(same(mean, MODEL(expected_purchases)(&params, 0, 0, 0, t)));
  for (int n = 0; n < 4; n++) {
    const double chance = MODEL(pmf)(&params, n, t), between = MODEL(pmf_interval)(&params, n, from, t);
    require(inside(chance, 0.0, 1.0) && inside(between, 0.0, 1.0));
    require(near(chance, MODEL(pmf_interval)(&params, n, 0.0, t), 1e-9, 1e-12));
    require(near(chance, MODEL(pmf_future)(&params, 0.0, 0.0, 0.0, n, t), 1e-9, 1e-12));
    all += chance;
    part += between;
    least += n * chance;
  }
  require(all <= 1.0 + 1e-11 && part <= 1.0 + 1e-11 && least <= mean * (1.0 + 1e-10) + 1e-290);
}

/* The purchases of the customers that were drawn: each one's in order of time, x of them, the last at t_x. */
static void FUZZ(_draw_log)(const MODEL(params) * params, const histories *h, uint64_t seed, size_t room) {
  enum { ROOM = 64 };
  static int64_t customer[ROOM];
  static double time[ROOM];
  size_t purchases = 0, needed = 0, at = 0;
  double total = 0.0;
  loy_error error;
  fill(customer, sizeof customer);
  fill(time, sizeof time);
  for (size_t i = 0; i < h->n; i++) total += h->x[i];
  require(MODEL(simulate_log)(params, h->T, h->n, seed, NULL, NULL, 0, &needed, &error) == LOY_OK);
  require((double)needed == total || total > 9e15);
  if (!answered(MODEL(simulate_log)(params, h->T, h->n, seed, customer, time, room % ROOM + 1, &purchases, &error),
                &error)) {
    require(error.status == LOY_ERR_BUFFER && purchases == needed && needed > room % ROOM + 1);
    require(untouched(customer, sizeof customer) && untouched(time, sizeof time));
    return;
  }
  require(purchases == needed);
  for (size_t i = 0; i < h->n; i++) {
    double before = 0.0;
    for (double left = h->x[i]; left > 0.0; left--, at++) {
      require(customer[at] == (int64_t)i && inside(time[at], before, h->t_x[i]));
      before = time[at];
    }
    require(before == h->t_x[i]);
  }
  require(untouched(customer + at, (ROOM - at) * sizeof *customer) && untouched(time + at, (ROOM - at) * sizeof *time));
}

static void FUZZ(_simulate)(input *in) {
  MODEL(params) params;
  histories h;
  struct {
    double x[ROWS], t_x[ROWS], alive[ROWS];
  } out, again;
  const uint64_t seed = take(in);
  const size_t room = take(in);
  size_t fewer;
  loy_error error;
  FUZZ(_take)(in, ROWS, &params, &h);
  fill(&out, sizeof out);
  fill(&again, sizeof again);
  if (!answered_in(MODEL(simulate)(&params, h.T, h.n, seed, NULL, out.x, out.t_x, ALSO(NULL) out.alive, &error), &error,
                   &out, sizeof out))
    return;
  for (size_t i = 0; i < h.n; i++) {
    require(out.x[i] == floor(out.x[i]) && inside(out.t_x[i], 0.0, h.T[i]) && (out.x[i] > 0.0 || out.t_x[i] == 0.0));
    require(out.alive[i] == 0.0 || out.alive[i] == 1.0);
    require(MODEL(check_customer)(&params, out.x[i], out.t_x[i], h.T[i], 0.0, &error) == LOY_OK);
  }
  /* Nobody's draw depends on who else is drawn, and the outputs may take the place of T. */
  fewer = h.n / 2;
  memcpy(again.t_x, h.T, sizeof h.T);
  require(MODEL(simulate)(&params, again.t_x, fewer, seed, NULL, again.x, again.t_x, ALSO(NULL) NULL, &error) ==
          LOY_OK);
  require(memcmp(out.x, again.x, fewer * sizeof *out.x) == 0 && memcmp(out.t_x, again.t_x, fewer * sizeof *out.x) == 0);
  memcpy(h.x, out.x, sizeof h.x);
  memcpy(h.t_x, out.t_x, sizeof h.t_x);
  FUZZ(_draw_log)(&params, &h, seed, room);
#ifdef GAPS
  /* Gaps, where they are few enough to be drawn: those of such a customer, who is the same without. */
  for (size_t i = 0; i < h.n; i++) {
    double x, t_x, litt, length = h.T[i];
    if (i > 0 || !(h.x[i] < 1e4)) break;
    require(MODEL(simulate)(&params, &length, 1, seed, NULL, &x, &t_x, &litt, NULL, &error) == LOY_OK);
    require(same(x, h.x[i]) && same(t_x, h.t_x[i]) && FUZZ(_good)(&params, x, t_x, length, &litt));
  }
#endif
}

#undef ALSO
#undef MODEL
#undef FUZZ
#undef KINDS
#undef CHANCE
#undef GAPS
