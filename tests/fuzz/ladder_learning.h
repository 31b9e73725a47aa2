/* ladder_learning.h: for fuzz_ladder.c: sequences of purchases and of choices, and the models of learning from them. */
#ifndef LOYALTY_TESTS_FUZZ_LADDER_LEARNING_H
#define LOYALTY_TESTS_FUZZ_LADDER_LEARNING_H

#include "ladder_matrix.h"
#include "loyalty/ladder/guadagni_little_fit.h"
#include "loyalty/ladder/learning_fit.h"

enum { CUSTOMERS = 4, SEQUENCE_ROWS = 24, ALTERNATIVES = 3, COVARIATES = 2 };

/* Where the rows of each customer begin. */
static size_t take_offsets(input *in, size_t customers, int64_t *offset) {
  offset[0] = 0;
  for (size_t i = 0; i < customers; i++) offset[i + 1] = offset[i] + take(in) % (SEQUENCE_ROWS / CUSTOMERS + 1);
  if (in->hostile && take(in) % 64 == 0) offset[take(in) % (customers + 1)] = -1 - (int64_t)take(in);
  return offset[customers] > 0 ? (size_t)offset[customers] : 0;
}

typedef struct purchases {
  size_t rows;
  int64_t offset[CUSTOMERS + 1];
  double bought[SEQUENCE_ROWS], weight[CUSTOMERS], first;
  loy_learning_params params;
  loy_learning_data data;
} purchases;

static void take_purchases(input *in, purchases *p) {
  p->data.customers = take(in) % (CUSTOMERS + 1);
  p->data.offset = p->offset;
  p->data.bought = p->bought;
  p->data.weight = take(in) % 2 ? p->weight : NULL;
  p->rows = take_offsets(in, p->data.customers, p->offset);
  for (size_t t = 0; t < p->rows; t++) p->bought[t] = take_answer(in, 0, 1);
  take_quantities(in, p->data.customers, p->weight);
  p->params.alpha = take_number(in, 0.0, 1.0);
  p->params.beta = take_number(in, 0.0, 1.0 - p->params.alpha);
  p->params.lambda = take_number(in, 0.0, 1.0 - p->params.alpha - p->params.beta);
  p->first = take_number(in, 0.0, 1.0);
}

static void fuzz_learning(input *in) {
  purchases p;
  struct {
    double probability[SEQUENCE_ROWS], log_likelihood[SEQUENCE_ROWS], next[CUSTOMERS];
  } out;
  struct {
    double later[SEQUENCE_ROWS], purchases[SEQUENCE_ROWS];
  } ahead;
  double value, gradient[4], hessian[16], drawn[SEQUENCE_ROWS], sum = 0.0, size = 0.0;
  uint64_t periods;
  loy_learning_limits limits;
  loy_error error;
  loy_status status;
  take_purchases(in, &p);
  periods = take(in) % 8 ? take(in) : take_bits(in);
  fill(&limits, sizeof limits);
  if (answered_in(loy_learning_limits_of(&p.params, &limits, &error), &error, &limits, sizeof limits))
    require(isnan(limits.lower) || inside(limits.lower, 0.0, limits.upper + 1e-12));
  fill(&out, sizeof out);
  if (!answered_in(
          loy_learning_filter(&p.params, p.first, &p.data, out.probability, out.log_likelihood, out.next, &error),
          &error, &out, sizeof out))
    return;
  for (size_t i = 0; i < p.data.customers; i++) {
    purchases one = p;
    double alone[SEQUENCE_ROWS], last;
    const size_t at = (size_t)p.offset[i], rows = (size_t)p.offset[i + 1] - at;
    one.offset[1] = (int64_t)rows;
    one.data.offset = one.offset;
    one.data.bought = p.bought + at;
    one.data.customers = 1;
    one.offset[0] = 0;
    require(loy_learning_filter(&p.params, p.first, &one.data, alone, NULL, &last, &error) == LOY_OK);
    require(memcmp(alone, out.probability + at, rows * sizeof *alone) == 0 && same(last, out.next[i]));
    require(inside(out.next[i], 0.0, 1.0));
    for (size_t t = at; t < at + rows; t++) {
      const double weight = p.data.weight ? p.weight[i] : 1.0;
      require(inside(out.probability[t], 0.0, 1.0) && out.log_likelihood[t] <= 0.0);
      if (weight > 0.0) sum += weight * out.log_likelihood[t], size -= weight * out.log_likelihood[t];
    }
  }
  fill(&value, sizeof value);
  status = loy_learning_total(&p.params, p.first, &p.data, &value, gradient, hessian, &error);
  if (answered_in(status, &error, &value, sizeof value)) {
    require((status == LOY_NOTICE_DIVERGES) == !isfinite(value) && near(value, sum, 0.0, 1e-12 * size));
    for (size_t k = 0; k < 16; k++) {
      require((isnan(gradient[k % 4]) != 0) == !isfinite(value) && (isnan(hessian[k]) != 0) == !isfinite(value));
      require(isinf(value) || near(hessian[k], hessian[k % 4 * 4 + k / 4], 1e-12, 0.0));
    }
  }
  fill(&ahead, sizeof ahead);
  if (answered_in(
          loy_learning_forecast(&p.params, out.probability, p.rows, periods, ahead.later, ahead.purchases, &error),
          &error, &ahead, sizeof ahead))
    for (size_t t = 0; t < p.rows; t++) {
      require(inside(ahead.later[t], 0.0, 1.0 + 1e-12));
      require(inside(ahead.purchases[t], 0.0, (double)periods * (1.0 + 1e-12)));
    }
  require(loy_learning_simulate(&p.params, p.first, p.offset, p.data.customers, periods, drawn, &error) == LOY_OK);
  for (size_t t = 0; t < p.rows; t++) require(drawn[t] == 0.0 || drawn[t] == 1.0);
}

static void fuzz_learning_fit(input *in) {
  purchases p;
  loy_learning_fit_options options;
  loy_learning_fit_result fit;
  loy_error error;
  loy_status status;
  double value, total;
  take_purchases(in, &p);
  loy_learning_fit_options_init(&options);
  options.first_is = take_choice(in, 3);
  options.first = p.first;
  options.most_evaluations = take(in) % 4 ? 0 : 1 + take_choice(in, 50);
  fill(&fit, sizeof fit);
  status = loy_learning_fit(&p.data, &options, &fit, &error);
  if (!answered_in(status, &error, &fit, sizeof fit)) return;
  require(fit.status == status && (fit.converged || status == LOY_NOTICE_NOT_CONVERGED));
  require(loy_learning_check(&fit.params, &error) == LOY_OK &&
          loy_learning_check(&fit.markov_params, &error) == LOY_OK);
  require(inside(fit.first, 0.0, 1.0) && inside(fit.bernoulli, 0.0, 1.0) && fit.starts >= fit.agreeing);
  require(isfinite(fit.log_likelihood) && isfinite(fit.aic) && isfinite(fit.bic));
  total = fabs(fit.bernoulli_log_likelihood) + fit.rows;
  require(fit.markov.statistic >= 0.0 && fit.bernoulli_test.statistic >= 0.0 && fit.memory.statistic >= 0.0);
  require(!(fit.log_likelihood < fit.markov_log_likelihood - 1e-9 * total) || !fit.converged);
  if (options.most_evaluations == 0)
    require(!(fit.markov_log_likelihood < fit.bernoulli_log_likelihood - 1e-9 * total));
  require(isnan(fit.memory.p_value) || inside(fit.memory.p_value, 0.0, 1.0));
  require(isnan(fit.markov.p_value) || inside(fit.markov.p_value, 0.0, 1.0));
  for (int k = 0; k < LOY_LEARNING_PARAMS; k++) {
    require(isnan(fit.std_error[k]) || fit.std_error[k] >= 0.0);
    require(isnan(fit.robust_std_error[k]) || fit.robust_std_error[k] >= 0.0);
  }
  value = 0.0;
  if (!loy_status_is_error(loy_learning_total(&fit.params, fit.first, &p.data, &value, NULL, NULL, &error)))
    require(near(value, fit.log_likelihood, 0.0, 1e-9 * total));
}

typedef struct choices {
  size_t rows;
  int64_t offset[CUSTOMERS + 1], chosen[SEQUENCE_ROWS];
  double covariate[SEQUENCE_ROWS * ALTERNATIVES * COVARIATES];
  loy_guadagni_little_model model;
  loy_guadagni_little_data data;
} choices;

static void take_choices(input *in, choices *c) {
  loy_guadagni_little_model *m = &c->model;
  memset(m, 0, sizeof *m);
  m->alternatives = c->data.alternatives = 2 + take(in) % 2;
  m->covariates = c->data.covariates = take(in) % (COVARIATES + 1);
  m->lambda = take_number(in, 0.0, 1.0);
  m->loyalty = take_number(in, -2.0, 8.0);
  for (size_t k = 0; k < m->alternatives; k++) m->constant[k] = take_number(in, -3.0, 3.0);
  for (size_t j = 0; j < m->covariates; j++) m->slope[j] = take_number(in, -3.0, 3.0);
  c->data.customers = take(in) % (CUSTOMERS + 1);
  c->data.offset = c->offset;
  c->data.chosen = c->chosen;
  c->data.covariate = c->covariate;
  c->rows = take_offsets(in, c->data.customers, c->offset);
  for (size_t t = 0; t < c->rows; t++) c->chosen[t] = take_choice(in, (int)m->alternatives);
  for (size_t e = 0; e < c->rows * m->alternatives * m->covariates; e++)
    c->covariate[e] = take(in) % 2 ? (double)(take(in) % 4) : take_number(in, -2.0, 2.0);
}

static void fuzz_guadagni_little(input *in) {
  choices c;
  struct {
    double loyalty[SEQUENCE_ROWS * ALTERNATIVES], next[CUSTOMERS * ALTERNATIVES];
  } out;
  double probability[SEQUENCE_ROWS * ALTERNATIVES], value, sum = 0.0;
  int64_t drawn[SEQUENCE_ROWS];
  struct {
    double gradient[LOY_GUADAGNI_LITTLE_PARAMS], hessian[LOY_GUADAGNI_LITTLE_PARAMS * LOY_GUADAGNI_LITTLE_PARAMS];
  } slope;
  size_t k, warmup, params;
  loy_error error;
  take_choices(in, &c);
  warmup = take(in) % 3;
  k = c.model.alternatives;
  params = k + c.model.covariates + 1;
  fill(&out, sizeof out);
  if (!answered_in(loy_guadagni_little_loyalty(c.model.lambda, &c.data, out.loyalty, out.next, &error), &error, &out,
                   sizeof out))
    return;
  for (size_t t = 0; t < c.rows; t++) require(is_law(out.loyalty + t * k, k));
  for (size_t i = 0; i < c.data.customers; i++) require(is_law(out.next + i * k, k));
  fill(probability, sizeof probability);
  if (!answered_in(loy_guadagni_little_probabilities(&c.model, out.loyalty, c.covariate, c.rows, probability, &error),
                   &error, probability, sizeof probability))
    return;
  for (size_t t = 0; t < c.rows; t++) require(is_law(probability + t * k, k));
  for (size_t i = 0; i < c.data.customers; i++)
    for (int64_t t = c.offset[i] + 1 + (int64_t)warmup; t < c.offset[i + 1]; t++)
      sum += log(probability[(size_t)t * k + (size_t)c.chosen[t]]);
  fill(&value, sizeof value);
  fill(&slope, sizeof slope);
  if (!answered_in(
          loy_guadagni_little_total(&c.model, &c.data, 0, warmup, &value, slope.gradient, slope.hessian, &error),
          &error, &value, sizeof value)) {
    require(untouched(&slope, sizeof slope));
  } else {
    require(!isnan(value) && (isinf(sum) || near(value, sum, 1e-12, 1e-12)));
    for (size_t a = 0; a < params; a++) {
      require(!isnan(slope.gradient[a]));
      for (size_t b = 0; b < params; b++)
        require(near(slope.hessian[a * params + b], slope.hessian[b * params + a], 1e-12, 1e-12));
    }
  }
  if (loy_status_is_error(
          loy_guadagni_little_simulate(&c.model, c.offset, c.data.customers, c.covariate, take(in), drawn, &error)))
    return;
  for (size_t t = 0; t < c.rows; t++) require(drawn[t] >= 0 && drawn[t] < (int64_t)k);
}

static void fuzz_guadagni_little_fit(input *in) {
  choices c;
  loy_guadagni_little_fit_options options;
  loy_guadagni_little_fit_result fit;
  loy_error error;
  loy_status status;
  double value, slack;
  take_choices(in, &c);
  loy_guadagni_little_fit_options_init(&options);
  options.base = (size_t)take_choice(in, (int)c.model.alternatives);
  options.warmup = take(in) % 2;
  if (take(in) % 2) options.lambda = c.model.lambda;
  options.most_evaluations = take(in) % 4 ? 0 : 1 + take_choice(in, 50);
  fill(&fit, sizeof fit);
  status = loy_guadagni_little_fit(&c.data, &options, &fit, &error);
  if (!answered_in(status, &error, &fit, sizeof fit)) return;
  slack = 1e-9 * (double)fit.rows;
  require(fit.status == status && fit.params == c.model.alternatives + c.model.covariates + 1);
  require(isfinite(fit.log_likelihood) && isfinite(fit.aic) && isfinite(fit.bic) && fit.statistic >= 0.0);
  require(loy_guadagni_little_check(&fit.model, &error) == LOY_OK && fit.model.constant[options.base] == 0.0);
  require(isnan(fit.p_value) || inside(fit.p_value, 0.0, 1.0));
  if (fit.converged && !fit.separated) {
    require(fit.log_likelihood >= fit.null_log_likelihood - slack);
    require(fit.log_likelihood >= fit.equal_log_likelihood - slack);
    for (size_t k = 0; k < LOY_GUADAGNI_LITTLE_GRID; k++) require(!(fit.profile[k] > fit.log_likelihood + slack));
  }
  for (size_t k = 0; k < fit.params; k++) require(isnan(fit.std_error[k]) || fit.std_error[k] >= 0.0);
  require(loy_guadagni_little_total(&fit.model, &c.data, options.base, options.warmup, &value, NULL, NULL, &error) ==
          LOY_OK);
  require(near(value, fit.log_likelihood, 0.0, slack));
}

#endif /* LOYALTY_TESTS_FUZZ_LADDER_LEARNING_H */
