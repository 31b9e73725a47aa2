/* clv_model.h: for fuzz_clv.c, once for each model of purchases. The includer defines
 *   MODEL(f)   the function or type f of the model
 *   CLV(f)     the function of its value: loy_clv_<model> and what follows
 *   FUZZ(f)    what f is called here
 *   KINDS      of its parameters (btyd_rows.h)
 * and all are gone at the end. */

/* One customer; returns whether there is a value. */
static int FUZZ(_one)(const MODEL(params) * params, const clv_case *c, size_t i, loy_clv *value) {
  loy_clv dear, most;
  loy_clv_options options = c->options;
  loy_error error;
  loy_status status;
  const double x = c->rows.x[i], t_x = c->rows.t_x[i], T = c->rows.T[i], z = c->z[i];
  const double margin = c->options.margin;
  fill(value, sizeof *value);
  status = CLV()(params, &c->spend, x, t_x, T, z, &c->options, value, &error);
  if (!answered_in(status, &error, value, sizeof *value)) return 0;
  require(inside(value->p_alive, 0.0, 1.0) && value->expected_purchases >= 0.0);
  require(value->expected_spend > 0.0 && value->clv >= 0.0);
  require((status == LOY_NOTICE_DIVERGES) ==
          (isinf(value->expected_purchases) || isinf(value->expected_spend) || isinf(value->clv)));
  require(same(value->p_alive, MODEL(palive)(params, x, t_x, T, 0.0)));
  require(same(value->expected_spend, loy_gamma_gamma_expected_spend(&c->spend, x, z)));
  if (isfinite(options.horizon))
    require(same(value->expected_purchases, MODEL(expected_purchases)(params, x, t_x, T, options.horizon)));
  if (isfinite(value->clv))
    require(margin == 0.0 || value->clv <= margin * value->expected_spend * value->expected_purchases * (1.0 + 1e-10) ||
            value->expected_purchases == 0.0);
  /* A discount and an end only take away. */
  options.discount_rate = 2.0 * c->options.discount_rate + 0.25;
  if (!loy_status_is_error(CLV()(params, &c->spend, x, t_x, T, z, &options, &dear, NULL)))
    require(dear.clv <= value->clv * (1.0 + 1e-10) + 1e-280 &&
            same(dear.expected_purchases, value->expected_purchases));
  options = c->options;
  options.horizon = (double)INFINITY;
  require(!loy_status_is_error(CLV()(params, &c->spend, x, t_x, T, z, &options, &most, NULL)));
  require(value->clv <= most.clv * (1.0 + 1e-10) + 1e-280);
  require(value->expected_purchases <= most.expected_purchases * (1.0 + 1e-10) + 1e-280);
  return 1;
}

static void FUZZ(_value)(input *in) {
  MODEL(params) params;
  clv_case c;
  struct {
    double p_alive[ROWS], purchases[ROWS], spend[ROWS], clv[ROWS];
  } out;
  double list[sizeof(KINDS) - 1];
  size_t bad = 0, first = 0, infinite = LOY_NO_INDEX;
  loy_batch_report report;
  loy_error error;
  loy_status status;
  take_params(in, KINDS, list);
  memcpy(&params, list, sizeof params);
  take_clv(in, &c);
  fill(&out, sizeof out);
  status = CLV(_batch)(&params, &c.spend, c.rows.x, c.rows.t_x, c.rows.T, c.z, c.rows.n, &c.options, out.p_alive,
                       out.purchases, out.spend, out.clv, &report, &error);
  if (!answered_in(status, &error, &out, sizeof out)) return;
  for (size_t i = c.rows.n; i-- > 0;) {
    loy_clv value;
    if (!FUZZ(_one)(&params, &c, i, &value)) {
      require(isnan(out.p_alive[i]) && isnan(out.purchases[i]) && isnan(out.spend[i]) && isnan(out.clv[i]));
      bad++, first = i;
      continue;
    }
    require(same(out.p_alive[i], value.p_alive) && same(out.purchases[i], value.expected_purchases));
    require(same(out.spend[i], value.expected_spend) && same(out.clv[i], value.clv));
    if (isinf(value.expected_purchases) || isinf(value.expected_spend) || isinf(value.clv)) infinite = i;
  }
  require_report(&report, bad, first);
  require((status == LOY_NOTICE_DIVERGES) == (infinite != LOY_NO_INDEX) && error.index == infinite);
}

/* The batch of all rows. */
static loy_status FUZZ(_list)(const double *parameters, const clv_case *c, double *alive, double *purchases,
                              double *amount, double *value) {
  MODEL(params) params;
  memcpy(&params, parameters, sizeof params);
  return CLV(_batch)(&params, &c->spend, c->rows.x, c->rows.t_x, c->rows.T, c->z, c->rows.n, &c->options, alive,
                     purchases, amount, value, NULL, NULL);
}

#undef MODEL
#undef CLV
#undef FUZZ
#undef KINDS
