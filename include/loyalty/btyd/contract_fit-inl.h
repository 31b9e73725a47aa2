/* contract_fit-inl.h: body of contract_fit.h. */
#ifndef LOYALTY_BTYD_CONTRACT_FIT_INL_H
#define LOYALTY_BTYD_CONTRACT_FIT_INL_H

#include "contract_fit.h"

#include <math.h>
#include <string.h>

#include "../math/beta_fall.h"
#include "../math/elementary.h"
#include "../math/gamma.h"
#include "../math/sum.h"
#include "contract.h"
#include "contract_rows.h"

LOY_BEGIN_DECLS

/* --- cells ------------------------------------------------------------------------------------------------------- */

/* Customers with the same lifetime: those who left and those who are censored. Rows of lifetimes of
 * LOYI_CONTRACT_DENSE and more have a cell each. */
enum { LOYI_CONTRACT_DENSE = 4096 };
typedef struct loyi_contract_cell {
  double t;
  loyi_total lost, kept;
} loyi_contract_cell;

typedef struct loyi_contract_cells {
  const loy_allocator *allocator;
  loyi_contract_cell *cell;
  size_t n, room;
  double customers;
  int lost; /* whether anybody left */
} loyi_contract_cells;

LOYI_LOCAL void loyi_contract_cells_release(loyi_contract_cells *cells) {
  loyi_release(cells->allocator, cells->cell, cells->room, sizeof *cells->cell);
}

LOYI_LOCAL loy_status loyi_contract_cells_make(const loyi_contract_data *data, loyi_contract_cells *cells,
                                               loy_error *error) {
  loyi_total customers = {0.0, 0.0};
  size_t large = 0, kept = 0;
  for (size_t i = 0; i < data->n; i++) {
    loy_status status = loyi_contract_check_row(data->lifetime[i], data->censored ? data->censored[i] : 0.0,
                                                data->weight ? &data->weight[i] : NULL, i, error);
    if (status != LOY_OK) return status;
    large += data->lifetime[i] >= (double)LOYI_CONTRACT_DENSE;
  }
  cells->allocator = data->allocator;
  cells->room = LOYI_CONTRACT_DENSE + large;
  cells->cell = (loyi_contract_cell *)loyi_allocate(data->allocator, cells->room, sizeof *cells->cell);
  if (!cells->cell) return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, "out of memory");
  memset(cells->cell, 0, cells->room * sizeof *cells->cell);
  cells->lost = 0;
  large = LOYI_CONTRACT_DENSE;
  for (size_t i = 0; i < data->n; i++) {
    double t = data->lifetime[i], weight = data->weight ? data->weight[i] : 1.0;
    loyi_contract_cell *cell = &cells->cell[t < (double)LOYI_CONTRACT_DENSE ? (size_t)t : large++];
    int kept_on = data->censored && data->censored[i] == 1.0;
    cell->t = t;
    cells->lost |= !kept_on;
    loyi_total_add(kept_on ? &cell->kept : &cell->lost, weight);
    loyi_total_add(&customers, weight);
  }
  for (size_t i = 0; i < cells->room; i++)
    if (cells->cell[i].t > 0.0) cells->cell[kept++] = cells->cell[i];
  cells->n = kept;
  cells->customers = loyi_total_value(&customers);
  return LOY_OK;
}

/* --- derivatives ------------------------------------------------------------------------------------------------- */

/* A number with its derivatives by a, b, c: second ones as aa, ab, ac, bb, bc, cc. */
enum { LOYI_CONTRACT_SECOND = 6 };
typedef struct loyi_contract_jet {
  double value, first[3], second[LOYI_CONTRACT_SECOND];
} loyi_contract_jet;

/* trigamma(b + a + u) - trigamma(b + a) - trigamma(b + u) + trigamma(b), the second derivative by b of the fall
 * ln B(a, b) - ln B(a, b + u). By the shorter of both steps: b may be t^c = 1e12, and of 1/b only some a/b^2 is left.
 */
LOYI_LOCAL double loyi_contract_bend(double a, double b, double u) {
  double small = a < u ? a : u, large = a < u ? u : a;
  return loyi_trigamma_delta(b + large, small) - loyi_trigamma_delta(b, small);
}

/* ln S(t), u = t^c: by u it has digamma(b + u) - digamma(a + b + u) for its derivative. */
LOYI_LOCAL void loyi_contract_survival_jet(const loyi_contract *law, double t, loyi_contract_jet *jet) {
  const loyi_contract_step step = loyi_contract_stride(law->c, 0.0, t);
  double u = step.width, all = law->a + law->b, log_t, by_u, by_uu, u1, u2;
  memset(jet, 0, sizeof *jet);
  if (t == 0.0) return;
  jet->value = -loyi_contract_fall(law, 0.0, t);
  log_t = loyi_log(t);
  u1 = u * log_t;
  u2 = u1 * log_t;
  by_u = -loyi_digamma_delta(law->b + u, law->a);
  by_uu = -loyi_trigamma_delta(law->b + u, law->a);
  jet->first[0] = -loyi_digamma_delta(all, u) - step.beyond;
  jet->first[1] = -loyi_lbeta_fall_slope(law->a, law->b, u);
  jet->first[2] = by_u * u1;
  jet->second[0] = jet->second[1] = -loyi_trigamma_delta(all, u);
  jet->second[2] = -loyi_trigamma(all + u) * u1;
  jet->second[3] = -loyi_contract_bend(law->a, law->b, u);
  jet->second[4] = by_uu * u1;
  jet->second[5] = by_uu * u1 * u1 + by_u * u2;
}

/* ln S(t - 1) - ln S(t) by its base x and width w, of which c moves both. */
LOYI_LOCAL void loyi_contract_fall_jet(const loyi_contract *law, double t, loyi_contract_jet *jet) {
  const loyi_contract_step step = loyi_contract_stride(law->c, t - 1.0, 1.0);
  double x = law->b + step.base, w = step.width, a = law->a, to, from, by_x, by_w, by_aw, by_xx, by_xw, x1, x2, w1, w2;
  memset(jet, 0, sizeof *jet);
  jet->value = loyi_contract_fall(law, t - 1.0, 1.0);
  if (w == HUGE_VAL) { /* a c ln(t / (t - 1)) */
    jet->first[0] = step.beyond;
    jet->first[2] = a * step.beyond / law->c;
    jet->second[2] = step.beyond / law->c;
    return;
  }
  to = loyi_log(t);
  from = t > 1.0 ? loyi_log(t - 1.0) : 0.0;
  x1 = step.base * from;
  x2 = x1 * from;
  w1 = w * to + (t > 1.0 ? step.base * loyi_log1p(1.0 / (t - 1.0)) : 0.0);
  w2 = w * to * to + (t > 1.0 ? step.base * loyi_log1p(1.0 / (t - 1.0)) * (to + from) : 0.0);
  by_x = loyi_lbeta_fall_slope(a, x, w);
  by_w = loyi_digamma_delta(x + w, a);
  by_aw = loyi_trigamma(x + a + w);
  by_xx = loyi_contract_bend(a, x, w);
  by_xw = loyi_trigamma_delta(x + w, a);
  jet->first[0] = loyi_digamma_delta(x + a, w) + step.beyond;
  jet->first[1] = by_x;
  jet->first[2] = by_x * x1 + by_w * w1;
  jet->second[0] = jet->second[1] = loyi_trigamma_delta(x + a, w);
  jet->second[2] = jet->second[0] * x1 + by_aw * w1;
  jet->second[3] = by_xx;
  jet->second[4] = by_xx * x1 + by_xw * w1;
  jet->second[5] = by_xx * x1 * x1 + 2.0 * by_xw * x1 * w1 + by_xw * w1 * w1 + by_x * x2 + by_w * w2;
}

/* ln(1 - S(t)/S(t - 1)). */
LOYI_LOCAL void loyi_contract_hazard_jet(const loyi_contract *law, double t, loyi_contract_jet *jet) {
  loyi_contract_jet fall;
  double odds;
  loyi_contract_fall_jet(law, t, &fall);
  odds = 1.0 / loyi_expm1(fall.value);
  jet->value = loyi_contract_log_hazard(law, t);
  for (int i = 0, k = 0; i < 3; i++) {
    jet->first[i] = odds * fall.first[i];
    for (int j = i; j < 3; j++, k++)
      jet->second[k] = odds * fall.second[k] - (odds * fall.first[i]) * ((1.0 + odds) * fall.first[j]);
  }
}

/* The total over cells: value, then first and second derivatives by a, b, c. */
LOYI_LOCAL void loyi_contract_cells_total(const loyi_contract_cells *cells, const loyi_contract *law,
                                          loyi_contract_jet *total) {
  loyi_total sums[1 + 3 + LOYI_CONTRACT_SECOND];
  memset(sums, 0, sizeof sums);
  for (size_t i = 0; i < cells->n; i++) {
    const loyi_contract_cell *cell = &cells->cell[i];
    double weight[2];
    loyi_contract_jet jet[3];
    weight[0] = loyi_total_value(&cell->lost);
    weight[1] = loyi_total_value(&cell->kept);
    for (int kind = 0; kind < 2; kind++) {
      if (weight[kind] == 0.0) continue;
      loyi_contract_survival_jet(law, cell->t - (kind ? 0.0 : 1.0), &jet[0]);
      memset(&jet[1], 0, sizeof jet[1]);
      if (!kind) loyi_contract_hazard_jet(law, cell->t, &jet[1]);
      for (int part = 0; part < 2 - kind; part++) {
        loyi_total_add(&sums[0], weight[kind] * jet[part].value);
        for (int j = 0; j < 3; j++) loyi_total_add(&sums[1 + j], weight[kind] * jet[part].first[j]);
        for (int j = 0; j < LOYI_CONTRACT_SECOND; j++) loyi_total_add(&sums[4 + j], weight[kind] * jet[part].second[j]);
      }
    }
  }
  total->value = loyi_total_value(&sums[0]);
  for (int j = 0; j < 3; j++) total->first[j] = loyi_total_value(&sums[1 + j]);
  for (int j = 0; j < LOYI_CONTRACT_SECOND; j++) total->second[j] = loyi_total_value(&sums[4 + j]);
}

LOYI_LOCAL loyi_contract loyi_contract_of(const double *params, size_t count) {
  loyi_contract law;
  law.a = params[0];
  law.b = params[1];
  law.c = count > 2 ? params[2] : 1.0;
  return law;
}

/* Where the second derivative by parameters i and j stands. */
LOYI_LOCAL size_t loyi_contract_place(size_t i, size_t j) {
  static const size_t place[3][3] = {{0, 1, 2}, {1, 3, 4}, {2, 4, 5}};
  return place[i][j];
}

LOYI_SHARED loy_status loyi_contract_data_check(const double *lifetime, const double *censored, const double *weight,
                                                size_t n, loyi_contract_data *data, loy_error *error) {
  data->lifetime = lifetime;
  data->censored = censored;
  data->weight = weight;
  data->n = n;
  data->allocator = NULL;
  loyi_fit_control_init(&data->control);
  return loyi_contract_check_columns(lifetime, n, error);
}

LOYI_SHARED loy_status loyi_contract_total(const loyi_contract_data *data, const double *params, size_t count,
                                           double *value, double *gradient, double *hessian, loy_error *error) {
  const loyi_contract law = loyi_contract_of(params, count);
  loyi_contract_cells cells;
  loyi_contract_jet total;
  loy_status status;
  if (!value) return loyi_report(error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX, "must not be NULL");
  status = loyi_contract_cells_make(data, &cells, error);
  if (status != LOY_OK) return status;
  loyi_contract_cells_total(&cells, &law, &total);
  loyi_contract_cells_release(&cells);
  *value = total.value;
  if (gradient) memcpy(gradient, total.first, count * sizeof *gradient);
  if (hessian)
    for (size_t i = 0; i < count; i++)
      for (size_t j = 0; j < count; j++) hessian[count * i + j] = total.second[loyi_contract_place(i, j)];
  return loyi_ok(error);
}

/* --- the fit ----------------------------------------------------------------------------------------------------- */

typedef struct loyi_contract_objective_of {
  const loyi_contract_cells *cells;
  size_t count;
} loyi_contract_objective_of;

/* The mean negative log-likelihood by the logarithms of the parameters. */
LOYI_LOCAL int loyi_contract_objective(void *ctx, const double *point, double *value, double *gradient,
                                       double *hessian) {
  const loyi_contract_objective_of *of = (const loyi_contract_objective_of *)ctx;
  double natural[3] = {1.0, 1.0, 1.0}, scale = -1.0 / of->cells->customers;
  loyi_contract law;
  loyi_contract_jet total;
  for (size_t i = 0; i < of->count; i++) natural[i] = loyi_exp(point[i]);
  law = loyi_contract_of(natural, of->count);
  loyi_contract_cells_total(of->cells, &law, &total);
  *value = scale * total.value;
  for (size_t i = 0; i < of->count; i++) gradient[i] = scale * natural[i] * total.first[i];
  for (size_t i = 0; i < of->count; i++)
    for (size_t j = 0; j < of->count; j++)
      hessian[of->count * i + j] =
          scale * natural[i] * natural[j] * total.second[loyi_contract_place(i, j)] + (i == j ? gradient[i] : 0.0);
  return isfinite(*value);
}

/* The rates at the first two decisions, if there are such, give a and b; then the mean rate with differences between
 * customers as of a + b = 2. Logarithms. */
LOYI_LOCAL void loyi_contract_start(const loyi_contract_cells *cells, double *start, double *other) {
  double lost[2] = {0.0, 0.0}, there = 0.0, all = 0.0, exposed = 0.0, rate, first, second, size = 4.0;
  for (size_t i = 0; i < cells->n; i++) {
    const loyi_contract_cell *cell = &cells->cell[i];
    double left = loyi_total_value(&cell->lost), weight = left + loyi_total_value(&cell->kept);
    all += left;
    exposed += weight * cell->t;
    if (cell->t > 1.0) there += weight;
    if (cell->t <= 2.0) lost[cell->t > 1.0] += left;
  }
  rate = (all > 0.0 ? all : 0.5) / exposed;
  rate = rate < 1e-6 ? 1e-6 : (rate > 0.999 ? 0.999 : rate);
  first = lost[0] / cells->customers;
  second = there > 0.0 ? lost[1] / there : 0.0;
  if (second > 0.0 && first > second) size = second / (first - second);
  if (!(first > 0.01 * rate && first < 0.999)) first = rate;
  size = size < 0.2 ? 0.2 : (size > 100.0 ? 100.0 : size);
  start[0] = loyi_log(first * size);
  start[1] = loyi_log((1.0 - first) * size);
  other[0] = loyi_log(2.0 * rate);
  other[1] = loyi_log(2.0 * (1.0 - rate));
  start[2] = other[2] = 0.0;
}

/* The shared search takes the number of rows and customers, and no more, from the rows. */
LOYI_LOCAL int loyi_contract_search(const loyi_fit_model *model, const loyi_contract_cells *cells,
                                    const loyi_rows *rows, loyi_fit_control *control, const double *start,
                                    const double *other, loyi_newton_result *found) {
  loyi_contract_objective_of of;
  of.cells = cells;
  of.count = model->n;
  return loyi_fit_search(model, rows, loyi_contract_objective, &of, control, start, other, found);
}

/* Three parameters: from the optimum of the first two with c = 1, which the answer is then not below, and from c = 2
 * and 1/2, as the likelihood may have more than one maximum. */
LOYI_LOCAL int loyi_contract_search_power(const loyi_fit_model *model, const loyi_contract_cells *cells,
                                          const loyi_rows *rows, loyi_fit_control *control, double *start,
                                          double *other, loyi_newton_result *found) {
  const double log_two = 0x1.62e42fefa39efp-1;
  loyi_fit_model plain = *model;
  loyi_newton_result next;
  int usable, better, evaluations;
  plain.n = 2;
  if (loyi_contract_search(&plain, cells, rows, control, start, other, found)) {
    for (size_t i = 0; i < 2; i++) start[i] = found->point[i];
  }
  evaluations = found->evaluations;
  usable = loyi_contract_search(model, cells, rows, control, start, other, found);
  evaluations += found->evaluations;
  for (int way = -1; way < 2 && !control->canceled; way += 2) {
    other[2] = way * log_two;
    better = loyi_contract_search(model, cells, rows, control, other, other, &next);
    evaluations += next.evaluations;
    if (!better) continue;
    if (!usable || next.value < found->value - 1e-11 * (1.0 + fabs(found->value)) ||
        (next.converged && !found->converged && next.value <= found->value))
      *found = next;
    usable = 1;
  }
  found->evaluations = evaluations;
  return usable && !control->canceled;
}

/* A search may stop on the ridge where customers become alike, which rises by less than rounding: then its end at the
 * bound is as good, and says so. Looked for from this ln a on. */
#define LOYI_CONTRACT_FAR_ALIKE 7.0
LOYI_LOCAL void loyi_contract_ridge(const loyi_fit_model *model, const loyi_contract_cells *cells,
                                    const loyi_rows *rows, loyi_fit_control *control, loyi_newton_result *found) {
  loyi_fit_model alike = *model;
  loyi_newton_result end;
  double start[3], shift = loyi_log(LOYI_FIT_ALIKE) - found->point[0];
  int evaluations = found->evaluations;
  for (size_t i = 0; i < model->n; i++) start[i] = found->point[i] + (i < 2 ? shift : 0.0);
  alike.least[0] = alike.most[0] = LOYI_FIT_ALIKE;
  if (loyi_contract_search(&alike, cells, rows, control, start, start, &end) &&
      end.value <= found->value + 1e-11 * (1.0 + fabs(found->value))) {
    *found = end;
    found->at_bound |= 1u;
  }
  found->evaluations = evaluations + end.evaluations;
}

LOYI_SHARED loy_status loyi_contract_fit(const loyi_fit_model *model, loyi_contract_data *data, const double *given,
                                         loyi_contract_found *found, loy_error *error) {
  double start[3], other[3];
  loyi_contract_cells cells;
  loyi_newton_result point;
  loyi_rows rows;
  int usable;
  loy_status status = loyi_contract_cells_make(data, &cells, error);
  if (status != LOY_OK) return status;
  if (!cells.lost) {
    loyi_contract_cells_release(&cells);
    return loyi_report(error, LOY_ERR_TOO_FEW, "lifetime", LOY_NO_INDEX, "must have at least one customer who left");
  }
  memset(&rows, 0, sizeof rows);
  rows.n = cells.n;
  rows.customers = cells.customers;
  rows.latest = 1.0;
  loyi_contract_start(&cells, start, other);
  if (given) {
    memcpy(other, start, sizeof other);
    for (size_t i = 0; i < model->n; i++) start[i] = loyi_log(given[i]);
  }
  usable = given || model->n < 3
               ? loyi_contract_search(model, &cells, &rows, &data->control, start, other, &point)
               : loyi_contract_search_power(model, &cells, &rows, &data->control, start, other, &point);
  if (usable && !(point.at_bound & 1u) &&
      (point.point[0] > LOYI_CONTRACT_FAR_ALIKE || !(point.converged || point.flat)))
    loyi_contract_ridge(model, &cells, &rows, &data->control, &point);
  usable = usable && !data->control.canceled;
  if (usable) {
    loyi_contract law;
    loyi_contract_jet total;
    status = loyi_fit_conclude(model, &rows, &data->control, &point, &found->answer);
    /* A penalty may drown the mean that it was added to. */
    law = loyi_contract_of(found->answer.params, model->n);
    loyi_contract_cells_total(&cells, &law, &total);
    found->answer.log_likelihood = total.value;
    found->customers = cells.customers;
    found->scaled_gradient = point.scaled_gradient;
    found->decrement = point.decrement;
    found->iterations = point.iterations;
    found->evaluations = point.evaluations;
  }
  loyi_contract_cells_release(&cells);
  if (!usable) return loyi_fit_none(&data->control, "lifetime", error);
  return loyi_fit_notice(model, status, &point, error);
}

#undef LOYI_CONTRACT_FAR_ALIKE

LOY_END_DECLS

#endif /* LOYALTY_BTYD_CONTRACT_FIT_INL_H */
