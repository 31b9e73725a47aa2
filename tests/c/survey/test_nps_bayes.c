/* test_nps_bayes.c: the posterior distribution of the Net Promoter Score. */
#include "check.h"

static loy_nps from_counts(int64_t promoters, int64_t passives, int64_t detractors) {
  loy_nps_counts counts = {promoters, passives, detractors, 0};
  loy_nps result;
  memset(&result, 0, sizeof result);
  CHECK_STATUS(loy_nps_from_counts(&counts, &result, NULL), LOY_OK);
  return result;
}

/* The posterior with these parameters: all answers passive, the rest is the prior's. */
static loy_nps_posterior posterior_of(double promoters, double passives, double detractors) {
  const loy_nps one = from_counts(0, 1, 0);
  loy_nps_prior prior;
  loy_nps_posterior posterior;
  memset(&posterior, 0, sizeof posterior);
  prior.promoters = promoters;
  prior.passives = passives - 1.0;
  prior.detractors = detractors;
  if (passives <= 1.0) prior.passives = passives;
  CHECK_STATUS(loy_nps_posterior_from(&one, &prior, &posterior, NULL), LOY_OK);
  if (passives <= 1.0) { /* smaller than any answer leaves it: as after a prior alone */
    const double total = promoters + passives + detractors;
    posterior.passives = passives;
    posterior.mean = (promoters - detractors) / total;
  }
  return posterior;
}

/* 50, 30, 20 with three priors, to six decimals. */
static void test_published(void) {
  static const struct {
    double prior[3], lower, upper;
  } rows[] = {{{.75, 1.5, .75}, .137443, .437139}, {{.5, .5, .5}, .140167, .442727}, {{1, 1, 1}, .136819, .437698}};
  const loy_nps nps = from_counts(50, 30, 20);
  loy_nps_posterior posterior;
  double lower = 0.0, upper = 0.0, below = 0.0, above = 0.0;
  memset(&posterior, 0, sizeof posterior);
  for (size_t i = 0; i < 3; i++) {
    loy_nps_prior prior;
    prior.promoters = rows[i].prior[0];
    prior.passives = rows[i].prior[1];
    prior.detractors = rows[i].prior[2];
    CHECK_STATUS(loy_nps_posterior_from(&nps, &prior, &posterior, NULL), LOY_OK);
    CHECK_STATUS(loy_nps_posterior_interval(&posterior, .95, &lower, &upper, NULL), LOY_OK);
    CHECK_NEAR(lower, rows[i].lower, 5.1e-7);
    CHECK_NEAR(upper, rows[i].upper, 5.1e-7);
  }
  CHECK_STATUS(loy_nps_posterior_from(&nps, NULL, &posterior, NULL), LOY_OK);
  CHECK_BITS(posterior.promoters, 50.75);
  CHECK_BITS(posterior.passives, 31.5);
  CHECK_BITS(posterior.detractors, 20.75);
  CHECK_CLOSE(posterior.mean, 30.0 / 103.0, 1e-15);
  CHECK_CLOSE(posterior.standard_deviation, sqrt((71.5 / 103.0 - 900.0 / 10609.0) / 104.0), 1e-15);
  CHECK_STATUS(loy_nps_posterior_probability(&posterior, 0.0, &below, &above, NULL), LOY_OK);
  CHECK_NEAR(above, .99985619, 5.1e-9);
}

/* Computed by mpmath, 30 digits, from another decomposition: P(NPS > x) = int f_P(p) I_((p - x)/(1 - p))(a_D, a_A) dp
 * over the share of promoters p. */
static void test_independent_quadrature(void) {
  static const struct {
    double a[3], quantile[4], above[3];
  } rows[] = {
      {{50.75, 31.5, 20.75},
       {.137443323351120169, .437138800724669384, .0279366627219534258, .24027761179573428},
       {.999856190854416254, .00201637221158719214, .999999999984445624}},
      {{10.75, 1.5, .75},
       {.414957078709580162, .964338033136092347, .0408737457049550861, .691762358783549555},
       {.999697481545024521, .946432788139428047, .99999161180789783}},
      {{.75, 11.5, .75},
       {-.195033031204862747, .195033031204862695, -.408569771634219614, -.0439294079557164801},
       {.5, .0000613509541859892603, .989931492724397339}},
      {{5.001, .25, 3.001},
       {-.406927517905440551, .784009824795745335, -.736871662732065747, .0268021518492954258},
       {.773405445968702783, .22665861290754699, .929247537542312904}},
  };
  static const double p[] = {.025, .975, .0005, .25}, m[] = {0.0, .5, -.25};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    const loy_nps_posterior posterior = posterior_of(rows[i].a[0], rows[i].a[1], rows[i].a[2]);
    for (size_t j = 0; j < 4; j++) {
      double value = 9.0;
      CHECK_STATUS(loy_nps_posterior_quantile(&posterior, p[j], &value, NULL), LOY_OK);
      CHECK_NEAR(value, rows[i].quantile[j], 1e-14);
    }
    for (size_t j = 0; j < 3; j++) {
      double above = 9.0;
      CHECK_STATUS(loy_nps_posterior_probability(&posterior, m[j], NULL, &above, NULL), LOY_OK);
      CHECK_CLOSE(above, rows[i].above[j], 1e-13);
    }
  }
}

/* One group next to nothing leaves a beta distribution: with few passives p - d = 2 p - 1 where p is beta(a_P, a_D);
 * I_x(2, 1) = x^2. The smallest parameter moves the answer by about as much as it is. */
/* Priors worth far less than an answer, next to an end (mpmath, 30 digits: an integral over the part of promoters among
 * those who are no detractors). */
static void test_tiny_priors(void) {
  static const loy_nps_prior prior[] = {{.001, .001953125, .001}, {.005, .97, .7}, {.001, .4, .4}};
  static const int64_t detractors[] = {47917, 26, 45};
  static const double m[] = {-1.0 + 0x1p-43, -1.0 + 0x1p-25, -1.0 + 0x1p-25};
  static const double expected[] = {.053692885547033844278, 1.1377380781342486961e-6, .0049793938860713348614};
  for (int i = 0; i < 3; i++) {
    const loy_nps_counts counts = {0, 0, detractors[i], 0};
    loy_nps_posterior posterior;
    loy_nps nps;
    double below, above;
    CHECK_STATUS(loy_nps_from_counts(&counts, &nps, NULL), LOY_OK);
    CHECK_STATUS(loy_nps_posterior_from(&nps, &prior[i], &posterior, NULL), LOY_OK);
    CHECK_STATUS(loy_nps_posterior_probability(&posterior, m[i], &below, &above, NULL), LOY_OK);
    CHECK_CLOSE(i == 0 ? above : below, expected[i], 1e-12);
  }
}

static void test_limits(void) {
  const loy_nps_posterior posterior = posterior_of(2.0, .001, 1.0);
  double below = 9.0, above = 9.0;
  for (int i = -9; i <= 9; i++) {
    const double m = i / 10.0, x = .5 * (1.0 + m);
    CHECK_STATUS(loy_nps_posterior_probability(&posterior, m, &below, &above, NULL), LOY_OK);
    CHECK_NEAR(below, x * x, 2e-3);
    CHECK_NEAR(below + above, 1.0, 2e-16);
  }
  CHECK_STATUS(loy_nps_posterior_probability(&posterior, 1.0, &below, &above, NULL), LOY_OK);
  CHECK_BITS(below, 1.0);
  CHECK_BITS(above, 0.0);
  CHECK_STATUS(loy_nps_posterior_probability(&posterior, -1.0, &below, &above, NULL), LOY_OK);
  CHECK_BITS(below, 0.0);
  CHECK_BITS(above, 1.0);
}

/* Over all sizes: quantiles undo probabilities, promoters and detractors change places, many answers are normal. */
static void test_consistency(void) {
  static const double size[] = {.001, .3, 40.0, 1e4}, p[] = {1e-12, .025, .5, .7, .999999};
  for (int i = 0; i < 4 * 4 * 4; i++) {
    const loy_nps_posterior a = posterior_of(size[i % 4], size[i / 4 % 4], size[i / 16]);
    loy_nps_posterior b = a;
    b.promoters = a.detractors;
    b.detractors = a.promoters;
    b.mean = -a.mean;
    for (int j = 0; j < 5; j++) {
      double value = 9.0, mirrored = 9.0, below = 9.0, above = 9.0;
      CHECK_STATUS(loy_nps_posterior_quantile(&a, p[j], &value, NULL), LOY_OK);
      CU_ASSERT(value >= -1.0 && value <= 1.0);
      CHECK_STATUS(loy_nps_posterior_probability(&a, value, &below, &above, NULL), LOY_OK);
      /* Where the density is so steep that neighbours differ in probability, a quantile is between two of them. */
      if (a.promoters > .2 && a.passives > .2 && a.detractors > .2 && fabs(value) < .9) CHECK_CLOSE(below, p[j], 1e-8);
      if (p[j] == .5 || p[j] == .025) {
        CHECK_STATUS(loy_nps_posterior_quantile(&b, 1.0 - p[j], &mirrored, NULL), LOY_OK);
        CHECK_NEAR(mirrored, -value, 1e-14);
      }
    }
  }
}

/* Many answers: the normal interval about the posterior mean, moved by (z^2 - 1)/6 times the skewness, which for a
 * Dirichlet distribution is 2 k3 / sqrt(a_0 v^3) with the moments v and k3 of one answer. */
static void test_many_answers(void) {
  const loy_nps nps = from_counts(30000000, 40000000, 25000000);
  const double z = 1.959963984540054;
  loy_nps_posterior posterior;
  double lower = 0.0, upper = 0.0, m, k3, v, n, shift;
  memset(&posterior, 0, sizeof posterior);
  CHECK_STATUS(loy_nps_posterior_from(&nps, NULL, &posterior, NULL), LOY_OK);
  CHECK_STATUS(loy_nps_posterior_interval(&posterior, .95, &lower, &upper, NULL), LOY_OK);
  n = posterior.promoters + posterior.passives + posterior.detractors;
  m = posterior.mean;
  v = (posterior.promoters + posterior.detractors) / n - m * m;
  k3 = m * (1.0 - 3.0 * (v + m * m) + 2.0 * m * m);
  shift = k3 * (z * z - 1.0) / (3.0 * n * v);
  CU_ASSERT(fabs(shift) > 5e-10);
  CHECK_NEAR(lower, m + shift - z * posterior.standard_deviation, 2e-12);
  CHECK_NEAR(upper, m + shift + z * posterior.standard_deviation, 2e-12);
}

/* A weighted score counts as the answers that have its standard error. */
static void test_weighted(void) {
  static const double score[] = {10, 9, 8, 0, 6, 9}, weight[] = {1, 2, 1, .5, 1.5, 1};
  loy_nps nps;
  loy_nps_posterior posterior;
  memset(&nps, 0, sizeof nps);
  memset(&posterior, 0, sizeof posterior);
  CHECK_STATUS(loy_nps_from_scores(score, weight, 6, NULL, &nps, NULL), LOY_OK);
  CHECK_STATUS(loy_nps_posterior_from(&nps, NULL, &posterior, NULL), LOY_OK);
  CHECK_CLOSE(posterior.promoters + posterior.passives + posterior.detractors - 3.0,
              nps.variance / (nps.standard_error * nps.standard_error), 1e-14);
  CHECK_CLOSE((posterior.promoters - .75) / (posterior.detractors - .75), nps.promoter_share / nps.detractor_share,
              1e-14);
}

static void test_errors(void) {
  const loy_nps nps = from_counts(5, 3, 2), large = from_counts(5, 1000000000, 2);
  loy_nps bad = nps;
  loy_nps_prior prior;
  loy_nps_posterior posterior, untouched;
  loy_error error;
  double lower = 5.0, upper = 5.0;
  memset(&posterior, 0x55, sizeof posterior);
  untouched = posterior;
  loy_nps_prior_init(NULL);
  loy_nps_prior_init(&prior);
  CHECK_BITS(prior.passives, 1.5);
  prior.promoters = prior.passives = prior.detractors = 0.0;
  bad.score = NAN;
  CHECK_STATUS(loy_nps_posterior_from(NULL, &prior, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_posterior_from(&bad, &prior, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "result", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_posterior_from(&large, &prior, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "promoters", LOY_NO_INDEX);
  prior.promoters = .001;
  CHECK_STATUS(loy_nps_posterior_from(&large, &prior, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "passives", LOY_NO_INDEX);
  prior.passives = 1e9;
  prior.detractors = 1.1e9;
  CHECK_STATUS(loy_nps_posterior_from(&large, &prior, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "detractors", LOY_NO_INDEX);
  prior.detractors = NAN;
  CHECK_STATUS(loy_nps_posterior_from(&large, &prior, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "detractors", LOY_NO_INDEX);
  prior.detractors = 1.0;
  CHECK_STATUS(loy_nps_posterior_from(&large, &prior, &posterior, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "result", LOY_NO_INDEX);
  CU_ASSERT(memcmp(&posterior, &untouched, sizeof posterior) == 0);
  CHECK_STATUS(loy_nps_posterior_from(&nps, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "posterior", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_posterior_from(&nps, NULL, &posterior, &error), LOY_OK);

  untouched = posterior;
  untouched.detractors = 0.0;
  CHECK_STATUS(loy_nps_posterior_probability(NULL, 2.0, &lower, &upper, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "posterior", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_posterior_probability(&untouched, 2.0, &lower, &upper, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "posterior", LOY_NO_INDEX);
  untouched = posterior;
  untouched.standard_deviation = NAN; /* it decides when a quantile is exact enough */
  CHECK_STATUS(loy_nps_posterior_quantile(&untouched, .5, &lower, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "posterior", LOY_NO_INDEX);
  untouched.standard_deviation = 0.0;
  CHECK_STATUS(loy_nps_posterior_quantile(&untouched, .5, &lower, &error), LOY_ERR_DOMAIN);
  CHECK_BITS(lower, 5.0);
  untouched.detractors = 0.0;
  CHECK_STATUS(loy_nps_posterior_probability(&posterior, 1.5, &lower, &upper, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "m", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_posterior_probability(&posterior, NAN, &lower, &upper, &error), LOY_ERR_DOMAIN);
  CHECK_STATUS(loy_nps_posterior_probability(&posterior, .5, NULL, NULL, &error), LOY_OK);
  CHECK_STATUS(loy_nps_posterior_quantile(NULL, 0.0, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_STATUS(loy_nps_posterior_quantile(&untouched, 0.0, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "posterior", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_posterior_quantile(&posterior, 0.0, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "probability", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_posterior_quantile(&posterior, .5, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_posterior_interval(NULL, 1.0, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_STATUS(loy_nps_posterior_interval(&untouched, 1.0, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "posterior", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_posterior_interval(&posterior, 1.0, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_posterior_interval(&posterior, .9, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "lower", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_posterior_interval(&posterior, .9, &lower, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "upper", LOY_NO_INDEX);
  CHECK_BITS(lower, 5.0);
}

SUITE(survey, nps_bayes) {
  ADD(test_published);
  ADD(test_independent_quadrature);
  ADD(test_tiny_priors);
  ADD(test_limits);
  ADD(test_consistency);
  ADD(test_many_answers);
  ADD(test_weighted);
  ADD(test_errors);
}
