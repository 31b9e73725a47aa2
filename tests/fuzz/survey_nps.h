/* survey_nps.h: the part of fuzz_survey.c that asks for Net Promoter Scores. */
#ifndef LOYALTY_TESTS_FUZZ_SURVEY_NPS_H
#define LOYALTY_TESTS_FUZZ_SURVEY_NPS_H

#include "../c/failing_allocator.h"
#include "fuzz_input.h"
#include "loyalty/survey/nps.h"
#include "loyalty/survey/nps_attribution.h"
#include "loyalty/survey/nps_bayes.h"
#include "loyalty/survey/nps_bootstrap.h"
#include "loyalty/survey/nps_compare.h"
#include "loyalty/survey/nps_groups.h"
#include "loyalty/survey/nps_panel.h"
#include "loyalty/survey/nps_plan.h"
#include "loyalty/survey/nps_stream.h"
#include "loyalty/survey/nps_weighted.h"

enum { NPS_MOST = 48, NPS_GROUPS = 5 };

static loy_nps_counts take_counts(input *in) {
  loy_nps_counts counts = {take_count(in), take_count(in), take_count(in), 0};
  if (take(in) % 8 == 0) counts.missing = take_count(in);
  return counts;
}

static loy_nps_options take_nps_options(input *in) {
  loy_nps_options options;
  loy_nps_options_init(&options);
  if (take(in) % 2) {
    options.promoter_from = take_choice(in, 11);
    options.passive_from = take_choice(in, 10) + 1;
  }
  options.skip_missing = take_choice(in, 2);
  if (in->hostile && take(in) == 255) options.struct_size = 1;
  return options;
}

static void check_nps(const loy_nps *nps) {
  const loy_nps_counts *counts = &nps->counts;
  require(counts->promoters >= 0 && counts->passives >= 0 && counts->detractors >= 0 && counts->missing >= 0);
  require(nps->n == counts->promoters + counts->passives + counts->detractors && nps->n >= 1);
  require(inside(nps->promoter_share, 0.0, 1.0) && inside(nps->detractor_share, 0.0, 1.0));
  require(inside(nps->score, -1.0, 1.0) && inside(nps->variance, 0.0, 1.0));
  require(near(nps->score, nps->promoter_share - nps->detractor_share, 0.0, 4e-15));
  require(nps->standard_error >= 0.0 && isfinite(nps->standard_error));
  require(nps->effective_n > 0.0 && isfinite(nps->effective_n));
  if (!nps->weighted) require(nps->effective_n == (double)nps->n);
}

static int score_of_answers(input *in, loy_nps *nps) {
  double score[NPS_MOST], weight[NPS_MOST];
  const size_t n = take(in) % (NPS_MOST + 1);
  const loy_nps_options options = take_nps_options(in);
  const int weighted = (int)(take(in) % 4);
  loy_nps_weighting weighting;
  loy_nps plain;
  loy_error error;
  loy_status status;
  for (size_t i = 0; i < n; i++) score[i] = take_answer(in, 0, 10);
  for (size_t i = 0; i < n; i++) weight[i] = take_quantity(in);
  if (weighted == 0) {
    loy_nps_counts counts;
    fill(&counts, sizeof counts);
    status = loy_nps_count(score, n, &options, &counts, &error);
    if (!answered_in(status, &error, &counts, sizeof counts)) return 0;
    require((size_t)(counts.promoters + counts.passives + counts.detractors + counts.missing) == n);
  }
  fill(nps, sizeof *nps);
  status = loy_nps_from_scores(score, weighted ? weight : NULL, n, &options, nps, &error);
  if (!answered_in(status, &error, nps, sizeof *nps)) return 0;
  check_nps(nps);
  if (!weighted) return 1;
  require(nps->effective_n <= (double)nps->n * (1.0 + 1e-14));
  fill(&plain, sizeof plain);
  require(loy_nps_weighted(score, weight, n, &options, &plain, &weighting, NULL) == LOY_OK);
  require(same(plain.score, nps->score) && same(plain.standard_error, nps->standard_error));
  require(weighting.used >= 2 && weighting.used <= nps->n && weighting.design_effect >= 1.0);
  require(weighting.largest_share > 0.0 && weighting.largest_share <= 1.0 && weighting.uncorrected >= 0.0);
  require(weighting.uncorrected <= nps->standard_error);
  return 1;
}

static int score_of_strata(input *in, loy_nps *nps) {
  loy_nps_stratum stratum[NPS_GROUPS];
  const size_t n = take(in) % (NPS_GROUPS + 1);
  const int sample_variance = take_choice(in, 2);
  loy_error error;
  for (size_t i = 0; i < n; i++) {
    stratum[i].counts = take_counts(in);
    stratum[i].weight = take_quantity(in);
    stratum[i].population = take(in) % 2 ? (double)INFINITY : (double)take_count(in) * 256.0;
  }
  fill(nps, sizeof *nps);
  if (!answered_in(loy_nps_stratified(stratum, n, sample_variance, nps, &error), &error, nps, sizeof *nps)) return 0;
  check_nps(nps);
  require(nps->weighted == 1);
  return 1;
}

/* A score from whatever fills one; in hostile inputs now and then one that nothing fills. */
static int take_score(input *in, loy_nps *nps) {
  const unsigned how = take(in);
  loy_error error;
  int found;
  if (how < 160) {
    const loy_nps_counts counts = take_counts(in);
    fill(nps, sizeof *nps);
    found = answered_in(loy_nps_from_counts(&counts, nps, &error), &error, nps, sizeof *nps);
    if (found) check_nps(nps);
  } else {
    found = how < 224 ? score_of_answers(in, nps) : score_of_strata(in, nps);
  }
  if (!found || !in->hostile || take(in) < 192) return found;
  memcpy((unsigned char *)nps + take(in) % (sizeof *nps / 8) * 8, &(double){take_raw(in)}, 8);
  return 1;
}

static void check_interval(const loy_nps *nps, int method, double level, double lower, double upper) {
  double low, high;
  require(-1.0 <= lower && lower <= upper && upper <= 1.0);
  if (!near(nps->score, nps->promoter_share - nps->detractor_share, 0.0, 4e-15)) return; /* nothing fills such a one */
  if (method == LOY_NPS_WALD || method == LOY_NPS_SCORE)
    require(lower <= nps->score + 1e-15 && nps->score <= upper + 1e-15);
  if (method == LOY_NPS_SCORE) {
    if (nps->detractor_share == 1.0) require(lower == -1.0);
    if (nps->promoter_share == 1.0) require(upper == 1.0);
  }
  /* a higher level gives an interval that holds this one */
  if (loy_nps_interval(nps, method, 0.5 + level / 2.0, &low, &high, NULL) == LOY_OK)
    require(low <= lower + 1e-15 && upper <= high + 1e-15);
}

/* A score test of an end of the score interval has the p-value 1 - level. */
static void check_score_end(const loy_nps *nps, double level, double end) {
  loy_nps_benchmark test;
  if (fabs(end) > 1.0 - 1e-6 || level < 1e-3 || level > 1.0 - 1e-6 || nps->n > 1000000 || nps->weighted) return;
  require(loy_nps_test(nps, end, LOY_NPS_SCORE, LOY_NPS_TWO_SIDED, &test, NULL) == LOY_OK);
  require(near(test.p_value, 1.0 - level, 1e-6, 1e-9));
}

static void fuzz_nps_interval(input *in) {
  loy_nps nps;
  loy_error error;
  double lower, upper;
  const int method = take_choice(in, 3);
  const double level = take_number(in, 0.0, 1.0);
  loy_nps_bootstrap_options options;
  loy_status status;
  if (!take_score(in, &nps)) return;
  fill(&lower, sizeof lower);
  fill(&upper, sizeof upper);
  status = loy_nps_interval(&nps, method, level, &lower, &upper, &error);
  if (!answered(status, &error)) {
    require(untouched(&lower, sizeof lower) && untouched(&upper, sizeof upper));
  } else {
    check_interval(&nps, method, level, lower, upper);
    if (method == LOY_NPS_SCORE) check_score_end(&nps, level, lower);
    if (method == LOY_NPS_SCORE) check_score_end(&nps, level, upper);
  }
  if (take(in) % 16) return;
  loy_nps_bootstrap_options_init(&options);
  options.replications = 2000;
  options.seed = take_bits(in);
  fill(&lower, sizeof lower);
  status = loy_nps_bootstrap_interval(&nps, &options, level, &lower, &upper, &error);
  if (!answered_in(status, &error, &lower, sizeof lower)) return;
  require(-1.0 <= lower && lower <= upper && upper <= 1.0);
}

static void fuzz_nps_posterior(input *in) {
  loy_nps nps;
  loy_nps_prior prior;
  loy_nps_posterior posterior;
  loy_error error;
  double m, p, below, above, lower, upper, x = 0.0, last = 0.0;
  loy_nps_prior_init(&prior);
  if (take(in) % 2) {
    prior.promoters = take_number(in, 0.001, 30.0);
    prior.passives = ldexp(take_number(in, 0.5, 1.0), (int)(take(in) % 38) - 8);
    prior.detractors = take_number(in, 0.001, 1.0);
  }
  p = take_number(in, 0.0, 1.0);
  m = take_number(in, -1.0, 1.0);
  if (!take_score(in, &nps)) return;
  fill(&posterior, sizeof posterior);
  if (!answered_in(loy_nps_posterior_from(&nps, &prior, &posterior, &error), &error, &posterior, sizeof posterior))
    return;
  require(inside(posterior.mean, -1.0, 1.0) && posterior.standard_deviation > 0.0);
  require(posterior.standard_deviation <= 1.0);
  fill(&below, sizeof below);
  if (answered_in(loy_nps_posterior_probability(&posterior, m, &below, &above, &error), &error, &below, sizeof below)) {
    require(inside(below, 0.0, 1.0) && inside(above, 0.0, 1.0) && near(below + above, 1.0, 0.0, 1e-15));
    require(loy_nps_posterior_probability(&posterior, m / 2.0 + 0.5, &last, NULL, NULL) == LOY_OK);
    require(last >= below - 1e-12 * below);
  }
  fill(&x, sizeof x);
  if (!answered_in(loy_nps_posterior_quantile(&posterior, p, &x, &error), &error, &x, sizeof x)) return;
  require(inside(x, -1.0, 1.0));
  lower = fmax(-1.0, x - 1e-12 * posterior.standard_deviation - 1e-15);
  upper = fmin(1.0, x + 1e-12 * posterior.standard_deviation + 1e-15);
  require(loy_nps_posterior_probability(&posterior, lower, &below, NULL, NULL) == LOY_OK);
  require(loy_nps_posterior_probability(&posterior, upper, &last, NULL, NULL) == LOY_OK);
  require(below <= p + 1e-9 && last >= p - 1e-9);
  require(loy_nps_posterior_interval(&posterior, p, &lower, &upper, NULL) == LOY_OK);
  require(-1.0 <= lower && lower <= upper && upper <= 1.0);
}

static void check_difference(const loy_nps_difference *d, double most) {
  require(inside(d->difference, -most, most) && inside(d->centre, -most, most));
  require(d->standard_error > 0.0 && isfinite(d->standard_error) && !isnan(d->statistic) && d->df > 0.0);
  require(inside(d->p_value, 0.0, 1.0));
  require(-most <= d->lower && d->lower <= d->centre + 1e-15 && d->centre <= d->upper + 1e-15 && d->upper <= most);
}

static void fuzz_nps_tests(input *in) {
  loy_nps first, second;
  loy_nps_benchmark test;
  loy_nps_difference forth, back;
  loy_error error;
  const int method = take_choice(in, 3), alternative = take_choice(in, 3);
  const double benchmark = take_number(in, -1.0, 1.0), level = take_number(in, 0.0, 1.0);
  if (!take_score(in, &first)) return;
  fill(&test, sizeof test);
  if (answered_in(loy_nps_test(&first, benchmark, method, alternative, &test, &error), &error, &test, sizeof test)) {
    require(same(test.score, first.score) && near(test.difference, first.score - benchmark, 1e-15, 0.0));
    require(test.standard_error >= 0.0 && isfinite(test.standard_error));
    require(!isnan(test.statistic) && inside(test.p_value, 0.0, 1.0));
  }
  if (!take_score(in, &second)) return;
  fill(&forth, sizeof forth);
  if (!answered_in(loy_nps_compare(&first, &second, method, alternative, level, &forth, &error), &error, &forth,
                   sizeof forth))
    return;
  check_difference(&forth, 2.0);
  require(loy_nps_compare(&second, &first, method, (3 - alternative) % 3, level, &back, NULL) == LOY_OK);
  require(back.difference == -forth.difference && back.p_value == forth.p_value);
  require(back.lower == -forth.upper && back.upper == -forth.lower);
}

static void fuzz_nps_permutation(input *in) {
  loy_nps_counts first = take_counts(in), second = take_counts(in);
  double difference, p[3], back, other;
  loy_error error;
  const double n = (double)first.promoters + (double)first.passives + (double)first.detractors +
                   (double)second.promoters + (double)second.passives + (double)second.detractors;
  if (n > 6000.0 && n <= 1048576.0) return; /* allowed, and slow */
  for (int alternative = 0; alternative < 3; alternative++) {
    fill(&difference, sizeof difference);
    fill(&p[alternative], sizeof(double));
    if (!answered(loy_nps_permutation_test(&first, &second, alternative, &difference, &p[alternative], &error),
                  &error)) {
      require(untouched(&difference, sizeof difference) && untouched(&p[alternative], sizeof(double)));
      return;
    }
    require(inside(p[alternative], n < 100.0 ? 5e-324 : 0.0, 1.0) && inside(difference, -2.0, 2.0));
    require(loy_nps_permutation_test(&second, &first, (3 - alternative) % 3, &back, &other, NULL) == LOY_OK);
    require(back == -difference && near(other, p[alternative], 1e-11, 1e-280));
  }
  require(p[1] + p[2] >= 1.0 - 1e-12 && p[0] >= fmin(p[1], p[2]) * (1.0 - 1e-11));
}

static void check_holm(const double *p, size_t n, const double *adjusted) {
  for (size_t i = 0; i < n; i++) {
    double most = 0.0;
    for (size_t j = 0; j < n; j++) { /* ranks by brute force: equals in any order, the maximum is the same */
      size_t before = 0;
      if (p[j] > p[i]) continue;
      for (size_t k = 0; k < n; k++) before += p[k] < p[j];
      most = fmax(most, fmin(1.0, (double)(n - before) * p[j]));
    }
    require(near(adjusted[i], most, 1e-15, 0.0) && adjusted[i] <= 1.0 && adjusted[i] >= p[i]);
  }
}

static void fuzz_nps_groups(input *in) {
  loy_nps group[NPS_GROUPS];
  loy_nps_pair pair[NPS_GROUPS * NPS_GROUPS];
  loy_nps_homogeneity all;
  failing_allocator memory;
  loy_error error;
  double p[NPS_MOST], adjusted[NPS_MOST];
  const size_t groups = take(in) % (NPS_GROUPS + 1), n = take(in) % (NPS_MOST + 1);
  const size_t pairs = groups > 0 ? groups * (groups - 1) / 2 : 0;
  const int method = take_choice(in, 2);
  const double level = take_number(in, 0.0, 1.0);
  failing_start(&memory, in->hostile ? take(in) % 3 : 0);
  for (size_t i = 0; i < n; i++) p[i] = take(in) % 4 ? take_number(in, 0.0, 1.0) : ldexp(1.0, -(int)(take(in) * 4));
  fill(adjusted, sizeof adjusted);
  if (answered_in(loy_holm(p, n, &memory.allocator, adjusted, &error), &error, adjusted, sizeof adjusted)) {
    check_holm(p, n, adjusted);
    require(loy_holm(p, n, NULL, p, NULL) == LOY_OK && memcmp(p, adjusted, n * sizeof(double)) == 0);
  }
  require(memory.held == 0);
  for (size_t i = 0; i < groups; i++)
    if (!take_score(in, &group[i])) return;
  failing_start(&memory, in->hostile ? take(in) % 3 : 0);
  fill(&all, sizeof all);
  fill(pair, sizeof pair);
  if (!answered_in(loy_nps_homogeneity_test(group, groups, method, level, &memory.allocator, &all, pair, &error),
                   &error, &all, sizeof all)) {
    require(untouched(pair, sizeof pair) && memory.held == 0);
    return;
  }
  require(memory.held == 0 && all.statistic >= 0.0 && all.df == (double)groups - 1.0);
  require(inside(all.p_value, 0.0, 1.0) && inside(all.score, -1.0, 1.0) && all.standard_error > 0.0);
  for (size_t i = 0; i < pairs; i++) {
    loy_nps_difference one;
    check_difference(&pair[i].compare, 2.0);
    require(pair[i].first < pair[i].second && pair[i].second < groups);
    require(inside(pair[i].adjusted_p_value, pair[i].compare.p_value, 1.0));
    require(loy_nps_compare(&group[pair[i].first], &group[pair[i].second], method, 0, level, &one, NULL) == LOY_OK);
    require(memcmp(&one, &pair[i].compare, sizeof one) == 0);
  }
}

static void fuzz_nps_panel(input *in) {
  double before[NPS_MOST], after[NPS_MOST];
  loy_nps_panel panel;
  loy_nps_difference result;
  loy_error error;
  const size_t n = take(in) % (NPS_MOST + 1);
  const int alternative = take_choice(in, 3);
  const double level = take_number(in, 0.0, 1.0);
  if (take(in) % 2) {
    const loy_nps_options options = take_nps_options(in);
    int64_t sum = 0;
    for (size_t i = 0; i < n; i++) before[i] = take_answer(in, 0, 10);
    for (size_t i = 0; i < n; i++) after[i] = take_answer(in, 0, 10);
    fill(&panel, sizeof panel);
    if (!answered_in(loy_nps_panel_count(before, after, n, &options, &panel, &error), &error, &panel, sizeof panel))
      return;
    for (int i = 0; i < LOY_NPS_GROUPS; i++) {
      sum += panel.before_only[i] + panel.after_only[i];
      for (int j = 0; j < LOY_NPS_GROUPS; j++) sum += panel.both[i][j];
    }
    require((size_t)(sum + panel.missing) == n);
  } else {
    memset(&panel, 0, sizeof panel);
    for (int i = 0; i < LOY_NPS_GROUPS; i++) {
      panel.before_only[i] = take_count(in);
      panel.after_only[i] = take_count(in);
      for (int j = 0; j < LOY_NPS_GROUPS; j++) panel.both[i][j] = take_count(in);
    }
  }
  fill(&result, sizeof result);
  if (answered_in(loy_nps_paired(&panel, alternative, level, &result, &error), &error, &result, sizeof result))
    check_difference(&result, 2.0);
  fill(&result, sizeof result);
  if (answered_in(loy_nps_overlap(&panel, alternative, level, &result, &error), &error, &result, sizeof result))
    check_difference(&result, 2.0);
}

static void fuzz_nps_plan(input *in) {
  const double half = take_number(in, 0.0, 2.0), level = take_number(in, 0.0, 1.0);
  const double variance = take_number(in, 0.0, 1.0), second = take_number(in, 0.0, 1.0);
  const double population = take(in) % 2 ? (double)INFINITY : (double)take_count(in);
  const double ratio = take_quantity(in), power = take_number(in, 0.0, 1.0);
  const int method = take_choice(in, 2), alternative = take_choice(in, 3);
  int64_t n, first, other;
  double width, reached;
  loy_error error;
  fill(&n, sizeof n);
  if (answered_in(loy_nps_sample_size(half, level, variance, population, method, &n, &error), &error, &n, sizeof n)) {
    require(n >= 1 && (double)n <= population);
    if (n <= (int64_t)1 << 53) {
      require(loy_nps_half_width(n, level, variance, population, method, &width, NULL) == LOY_OK);
      require(inside(width, 0.0, half * (1.0 + 1e-12)));
      if (n > 1 && loy_nps_half_width(n - 1, level, variance, population, method, &width, NULL) == LOY_OK)
        require(width >= half * (1.0 - 1e-9));
    }
  }
  fill(&width, sizeof width);
  n = take_count(in);
  if (answered_in(loy_nps_half_width(n, level, variance, population, method, &width, &error), &error, &width,
                  sizeof width))
    require(width >= 0.0 && isfinite(width));
  fill(&first, sizeof first);
  fill(&other, sizeof other);
  if (!answered(loy_nps_group_sizes(half, variance, second, ratio, level, power, alternative, &first, &other, &error),
                &error)) {
    require(untouched(&first, sizeof first) && untouched(&other, sizeof other));
  } else {
    require(first >= 1 && (second > 0.0 ? other >= 1 : other == 0));
    if (first <= (int64_t)1 << 53 && other <= (int64_t)1 << 53) {
      const double towards = alternative == LOY_NPS_LESS ? -half : half;
      require(loy_nps_power(towards, variance, first, second, other, level, alternative, &reached, &error) == LOY_OK);
      require(inside(reached, power - 1e-9, 1.0));
    }
  }
  fill(&reached, sizeof reached);
  first = take_count(in);
  if (answered_in(loy_nps_power(half, variance, first, second, n, level, alternative, &reached, &error), &error,
                  &reached, sizeof reached))
    require(inside(reached, 0.0, 1.0));
}

static double moved(loy_nps_counts counts, int promoters, int passives, int detractors, double from) {
  loy_nps nps;
  counts.promoters += promoters;
  counts.passives += passives;
  counts.detractors += detractors;
  if (loy_nps_from_counts(&counts, &nps, NULL) != LOY_OK) return (double)NAN;
  return nps.score - from;
}

static void fuzz_nps_moves(input *in) {
  const double target = take_number(in, -1.0, 1.0);
  const loy_nps_counts counts = take_counts(in);
  loy_nps nps;
  loy_nps_moves moves;
  loy_nps_gap gap;
  loy_error error;
  loy_status status;
  fill(&moves, sizeof moves);
  if (answered_in(loy_nps_moves_from_counts(&counts, &moves, &error), &error, &moves, sizeof moves)) {
    require(loy_nps_from_counts(&counts, &nps, NULL) == LOY_OK && moves.conversion == 2.0 * moves.step);
    if (nps.n < (int64_t)1 << 40) {
      require(near(moves.new_promoter, moved(counts, 1, 0, 0, nps.score), 0.0, 4e-16));
      require(near(moves.new_passive, moved(counts, 0, 1, 0, nps.score), 0.0, 4e-16));
      require(near(moves.new_detractor, moved(counts, 0, 0, 1, nps.score), 0.0, 4e-16));
    }
    require(isnan(moves.lost_promoter) == (counts.promoters == 0 || nps.n == 1));
    require(isnan(moves.lost_passive) == (counts.passives == 0 || nps.n == 1));
    require(isnan(moves.lost_detractor) == (counts.detractors == 0 || nps.n == 1));
  }
  fill(&gap, sizeof gap);
  status = loy_nps_gap_to_target(&counts, target, &gap, &error);
  if (!answered_in(status, &error, &gap, sizeof gap)) return;
  require(gap.steps >= 0 && gap.respondents >= 0 && gap.new_promoters >= -1 && gap.respondents <= gap.steps);
  require((status == LOY_NOTICE_NOT_NEEDED) == (gap.steps == 0));
  require(gap.steps <= 2 * counts.detractors + counts.passives && 2 * gap.respondents >= gap.steps);
  if (gap.new_promoters > 0) {
    loy_nps_counts more = counts;
    more.promoters += gap.new_promoters;
    require(loy_nps_from_counts(&more, &nps, NULL) == LOY_OK && nps.score >= target);
    more.promoters--;
    require(loy_nps_from_counts(&more, &nps, NULL) == LOY_OK && nps.score < target);
  }
}

static void fuzz_nps_attribution(input *in) {
  loy_nps_counts before[NPS_GROUPS], after[NPS_GROUPS];
  loy_nps_segment segment[NPS_GROUPS], again[NPS_GROUPS];
  loy_nps_change total;
  loy_error error;
  const size_t n = take(in) % (NPS_GROUPS + 1);
  double sum = 0.0;
  loy_status status;
  for (size_t i = 0; i < n; i++) before[i] = take_counts(in), after[i] = take_counts(in);
  fill(segment, sizeof segment);
  fill(&total, sizeof total);
  status = loy_nps_attribute_counts(before, after, n, segment, &total, &error);
  if (!answered_in(status, &error, &total, sizeof total)) {
    require(untouched(segment, sizeof segment));
    return;
  }
  for (size_t i = 0; i < n; i++) {
    require(inside(segment[i].share_before, 0.0, 1.0) && inside(segment[i].share_after, 0.0, 1.0));
    require(near(segment[i].contribution, segment[i].mix + segment[i].rate, 0.0, 1e-15));
    require(!isnan(segment[i].relative_mix));
    sum += segment[i].contribution;
  }
  require(inside(total.before, -1.0, 1.0) && inside(total.after, -1.0, 1.0));
  require(near(total.change, sum, 0.0, 1e-14) && near(total.change, total.mix + total.rate, 0.0, 1e-14));
  require(near(total.change, total.after - total.before, 0.0, 1e-15));
  memcpy(again, segment, sizeof again);
  if (take(in) % 4 == 0) again[take(in) % n].share_after = take_number(in, 0.0, 1.0);
  if (take(in) % 4 == 0) again[take(in) % n].score_before = take_number(in, -1.0, 1.0);
  memcpy(segment, again, sizeof again);
  fill(&total, sizeof total);
  if (answered_in(loy_nps_attribute(segment, n, &total, &error), &error, &total, sizeof total)) {
    require(near(total.change, total.mix + total.rate, 0.0, 1e-14));
  } else {
    require(memcmp(segment, again, sizeof again) == 0);
  }
}

/* Two streams that share the answers and are merged, one at a time and many, against one pass. */
static void fuzz_nps_stream(input *in) {
  double score[NPS_MOST];
  uint8_t byte[NPS_MOST];
  const size_t n = take(in) % (NPS_MOST + 1), cut = n > 0 ? take(in) % n : 0;
  const loy_nps_options options = take_nps_options(in);
  loy_nps_stream stream, other, was;
  loy_nps_counts counts, direct;
  loy_nps nps, once;
  loy_error error;
  loy_status status, pass;
  size_t bytes = 0;
  loy_nps_stream_init(&stream);
  loy_nps_stream_init(&other);
  if (take(in) % 8 == 0) stream.count[take(in) % LOY_NPS_ANSWERS] = take_count(in);
  if (take(in) % 8 == 0) stream.missing = take_count(in);
  for (size_t i = 0; i < n; i++) score[i] = take_answer(in, 0, 10);
  was = stream;
  for (size_t i = 0; i < cut; i++) {
    const loy_nps_stream last = stream;
    if (!answered(loy_nps_stream_add(&stream, score[i], options.skip_missing, &error), &error)) {
      require(memcmp(&stream, &last, sizeof last) == 0);
      return;
    }
  }
  status = loy_nps_stream_add_scores(&other, score + cut, n - cut, options.skip_missing, &error);
  if (!answered(status, &error)) {
    loy_nps_stream none;
    loy_nps_stream_init(&none);
    require(memcmp(&other, &none, sizeof none) == 0);
    return;
  }
  while (bytes < n && score[bytes] == score[bytes]) byte[bytes] = (uint8_t)score[bytes], bytes++;
  if (bytes == n) {
    loy_nps_stream same_stream;
    loy_nps_stream_init(&same_stream);
    require(loy_nps_stream_add_u8(&same_stream, byte + cut, n - cut, NULL) == LOY_OK);
    require(memcmp(&same_stream, &other, sizeof other) == 0);
    require(loy_nps_count_u8(byte, n, &options, &counts, NULL) == loy_nps_count(score, n, &options, &direct, NULL));
  }
  status = loy_nps_stream_merge(&stream, &other, &error);
  if (!answered(status, &error)) return;
  fill(&counts, sizeof counts);
  if (!answered_in(loy_nps_stream_counts(&stream, &options, &counts, &error), &error, &counts, sizeof counts)) return;
  fill(&nps, sizeof nps);
  if (!answered_in(loy_nps_stream_result(&stream, &options, &nps, &error), &error, &nps, sizeof nps)) return;
  check_nps(&nps);
  loy_nps_stream_init(&other);
  if (memcmp(&was, &other, sizeof was) != 0) return;
  pass = loy_nps_from_scores(score, NULL, n, &options, &once, NULL);
  require(pass == LOY_OK && same(once.score, nps.score) && same(once.standard_error, nps.standard_error));
  require(memcmp(&once.counts, &counts, sizeof counts) == 0);
}

#endif /* LOYALTY_TESTS_FUZZ_SURVEY_NPS_H */
