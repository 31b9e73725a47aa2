/* prediction_model.h: for fuzz_prediction.c, once for each model of purchases: its own answers to the questions of
 * prediction.h, and its predictions in one call. The includer defines
 *   MODEL(f)   the function or type f of the model
 *   FUZZ(f)    what f is called here
 *   KINDS      of its parameters (btyd_rows.h)
 *   PERIODS    or not: whether times are whole numbers
 * and all are gone at the end. */

static double FUZZ(_answer)(const double *parameters, const loy_prediction *what, const loy_prediction_rows *r,
                            size_t i) {
  MODEL(params) p;
  double rate = (double)NAN, dropout = (double)NAN;
  memcpy(&p, parameters, sizeof p);
  switch (what->quantity) {
  case LOY_PREDICT_ALIVE: return MODEL(palive)(&p, r->x[i], r->t_x[i], r->T[i], what->t);
  case LOY_PREDICT_PURCHASES: return MODEL(expected_purchases)(&p, r->x[i], r->t_x[i], r->T[i], what->t);
  case LOY_PREDICT_DERT: return MODEL(dert)(&p, r->x[i], r->t_x[i], r->T[i], what->delta);
  case LOY_PREDICT_DECT: return MODEL(dect)(&p, r->x[i], r->t_x[i], r->T[i], what->delta, what->t);
  case LOY_PREDICT_PROBABILITY: return MODEL(pmf_future)(&p, r->x[i], r->t_x[i], r->T[i], what->n, what->t);
  case LOY_PREDICT_NEW_PURCHASES: return MODEL(expected_purchases_new)(&p, r->t1[i]);
  case LOY_PREDICT_NEW_PROBABILITY: return MODEL(pmf)(&p, r->n[i], r->t1[i]);
  case LOY_PREDICT_NEW_INTERVAL: return MODEL(pmf_interval)(&p, r->n[i], r->t0[i], r->t1[i]);
  default: break;
  }
  (void)MODEL(posterior)(&p, r->x[i], r->t_x[i], r->T[i], &rate, &dropout, NULL);
  return what->quantity == LOY_PREDICT_RATE ? rate : dropout;
}

/* Up to MANY rows, the histories over and over: the bits of the functions for one, whichever of the answers is asked
 * for, wherever the row stands. */
static void FUZZ(_predict)(input *in) {
  static double x[MANY], t_x[MANY], T[MANY];
  struct {
    double alive[MANY], expected[MANY], discounted[MANY];
  } out;
  MODEL(params) params;
  MODEL(options) options;
  histories h;
  double list[sizeof(KINDS) - 1], t, delta;
  size_t n, bad = 0, first = 0, infinite = LOY_NO_INDEX;
  unsigned asked;
  loy_batch_report report;
  loy_error error;
  loy_status status;
  take_params(in, KINDS, list);
  memcpy(&params, list, sizeof params);
  take_histories(in, ROWS, &h);
  t = take(in) % 8 ? take_time(in) : (double)INFINITY;
#ifdef PERIODS
  if (!in->hostile || take(in) % 4) to_periods(h.n, h.x, h.t_x, h.T);
  t = floor(t);
#endif
  delta = take(in) % 4 ? take(in) / 1000.0 : take_quantity(in);
  asked = take(in);
  n = h.n ? take(in) % MANY : 0;
  if (strchr(KINDS, 'k') && list[sizeof(KINDS) - 2] > 4.0) n %= 8; /* slow there */
  for (size_t i = 0; i < n; i++) {
    x[i] = h.x[i % h.n];
    t_x[i] = h.t_x[i % h.n];
    T[i] = h.T[i % h.n];
  }
  MODEL(options_init)(&options);
  options.threads = in->hostile ? take_choice(in, 3) : (int)(take(in) % 3);
  fill(&out, sizeof out);
  status = MODEL(predict_batch)(&params, x, t_x, T, n, delta, t, &options, asked & 1 ? NULL : out.alive,
                                asked & 2 ? NULL : out.expected, asked & 4 ? NULL : out.discounted, &report, &error);
  if (!answered_in(status, &error, &out, sizeof out)) return;
  if (asked & 1) require(untouched(out.alive, sizeof out.alive));
  if (asked & 2) require(untouched(out.expected, sizeof out.expected));
  if (asked & 4) require(untouched(out.discounted, sizeof out.discounted));
  for (size_t i = n < h.n ? n : h.n; i-- > 0;) {
    const double alive = MODEL(palive)(&params, x[i], t_x[i], T[i], 0.0);
    const double expected = MODEL(expected_purchases)(&params, x[i], t_x[i], T[i], t);
    const double discounted = MODEL(dect)(&params, x[i], t_x[i], T[i], delta, t);
    for (size_t j = i; j < n; j += h.n) {
      require(asked & 1 || same(out.alive[j], alive));
      require(asked & 2 || (isinf(t) && !isnan(alive) ? out.expected[j] >= 0.0 : same(out.expected[j], expected)));
      require(asked & 4 || (isinf(t) && delta == 0.0 ? asked & 2 || same(out.discounted[j], out.expected[j])
                                                     : same(out.discounted[j], discounted)));
    }
  }
  for (size_t i = n; i-- > 0;) {
    if (isnan(MODEL(palive)(&params, x[i], t_x[i], T[i], 0.0))) bad++, first = i;
    if ((!(asked & 2) && isinf(out.expected[i])) || (!(asked & 4) && isinf(out.discounted[i]))) infinite = i;
  }
  require_report(&report, bad, first);
  require((status == LOY_NOTICE_DIVERGES) == (infinite != LOY_NO_INDEX) && error.index == infinite);
}

#undef MODEL
#undef FUZZ
#undef KINDS
#undef PERIODS
