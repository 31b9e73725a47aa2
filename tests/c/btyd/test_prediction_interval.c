/* Standard errors by the delta method against derivatives of the published formulas in 40 digits (mpmath), intervals by
 * their definition, and the ends of the domain. */
#include "prediction_models.h"

#include "loyalty/btyd/prediction_interval.h"

/* A customer with x = 2, t_x = 30.43, T = 38.86, or the given columns. */
typedef struct sure {
  double estimate, std_error, lower, upper;
} sure;

static sure ask(const loy_model *model, int quantity, double t, double delta, double n) {
  static const double x = 2, t_x = 30.43, T = 38.86, z = 20;
  loy_prediction what = prediction_of(quantity, t, delta, n);
  loy_prediction_rows rows;
  sure answer = {0, 0, 0, 0};
  loy_prediction_rows_init(&rows);
  rows.x = &x;
  rows.t_x = &t_x;
  rows.T = &T;
  rows.z = &z;
  CHECK_STATUS(loy_prediction_interval_batch(model, &what, &rows, 1, .95, &answer.estimate, &answer.std_error,
                                             &answer.lower, &answer.upper, NULL, NULL),
               LOY_OK);
  return answer;
}

/* Estimates and standard errors. */
static void test_golden(void) {
  static const struct {
    int quantity;
    double t, delta, n;
  } question[9] = {
      {LOY_PREDICT_ALIVE, 0, 0, 0},        {LOY_PREDICT_ALIVE, 39, 0, 0},    {LOY_PREDICT_PURCHASES, 39, 0, 0},
      {LOY_PREDICT_DERT, 0, .0027, 0},     {LOY_PREDICT_DECT, 52, .0027, 0}, {LOY_PREDICT_PROBABILITY, 39, 0, 0},
      {LOY_PREDICT_PROBABILITY, 39, 0, 3}, {LOY_PREDICT_RATE, 0, 0, 0},      {LOY_PREDICT_DROPOUT, 0, 0, 0}};
  static const double expected[PREDICTION_MODELS][9][2] = {{/* BGNBD */ {0.72657857008067291, 0.043838988778432042},
                                                            {0.56713803562792993, 0.056747250335923476},
                                                            {1.2260281747671445, 0.1052239205661971},
                                                            {5.1563798261540373, 0.93504632960724964},
                                                            {1.4614967756035364, 0.13441109724425448},
                                                            {0.44537286208299556, 0.032769383633814013},
                                                            {0.08085005599575532, 0.0072621312580615616},
                                                            {0.055261247538056735, 0.001045354445773495},
                                                            {0.20433443761627267, 0.036244395475809064}},
                                                           {/* MBGNBD */ {0.70620226511848728, 0.03883457673543236},
                                                            {0.53082471574942777, 0.051302392297976686},
                                                            {1.2629606232673657, 0.099922191471253922},
                                                            {4.9130273191279829, 0.86768900666047446},
                                                            {1.498469860209698, 0.12779215746629292},
                                                            {0.44000590917770685, 0.029744193336342227},
                                                            {0.083863947754723567, 0.006750637675276164},
                                                            {0.059849601311485, 0.0014477224369061024},
                                                            {0.2152221135116281, 0.031174333782840663}},
                                                           {/* PNBD */ {0.8691675591530112, 0.020050141043086011},
                                                            {0.61455272960506126, 0.047845333404787289},
                                                            {1.4551231932576025, 0.074611021348179807},
                                                            {6.4837735677307388, 0.9330577876349709},
                                                            {1.7353722694302448, 0.098564628743671956},
                                                            {0.40806272360646376, 0.024263416689717684},
                                                            {0.095655346296350206, 0.0049372088068656103},
                                                            {0.052380483089293651, 0.0014333927808765713},
                                                            {0.015026660842627825, 0.0025079358027602506}},
                                                           {/* NBD */ {1.0, 0.0},
                                                            {1.0, 0.0},
                                                            {1.8262585407994974, 0.049091816962628321},
                                                            {17.343385952511845, 0.46620908796418156},
                                                            {2.2718003851102962, 0.061068466588875806},
                                                            {0.25768396919964306, 0.0075344092366370725},
                                                            {0.1239949137473945, 0.0023424051805963073},
                                                            {0.046827142071781985, 0.0012587645375032903},
                                                            {0.0, 0.0}},
                                                           {/* GGOMNBD */ {0.81598877727250604, 0.035453464750539981},
                                                            {0.43947166788198058, 0.077288701318861287},
                                                            {1.2100488937193215, 0.13458652841698422},
                                                            {2.4584253718870657, 0.6039190870530254},
                                                            {1.3932957260162844, 0.17436741564403633},
                                                            {0.48626805238509929, 0.044491529809622746},
                                                            {0.078954629231443205, 0.0090206700040507819},
                                                            {0.052676120520087352, 0.00140617825958912},
                                                            {0.5818285511166262, 0.16141075567882961}}};
  for (int k = 0; k < PREDICTION_MODELS; k++) {
    loy_model model = prediction_model(prediction_kinds[k]);
    for (int i = 0; i < 9; i++) {
      sure answer = ask(&model, question[i].quantity, question[i].t, question[i].delta, question[i].n);
      CHECK_CLOSE(answer.estimate, expected[k][i][0], 1e-12);
      CHECK_CLOSE(answer.std_error, expected[k][i][1], 2e-10);
    }
  }
}

/* Symmetric on the logarithm, and on the log odds of a probability. */
static void test_ends(void) {
  loy_model model = prediction_model(LOY_MODEL_PNBD);
  sure purchases = ask(&model, LOY_PREDICT_PURCHASES, 39, 0, 0), alive = ask(&model, LOY_PREDICT_ALIVE, 0, 0, 0);
  double reach = 1.959963984540054;
  CHECK_CLOSE(log(purchases.upper / purchases.estimate), reach * purchases.std_error / purchases.estimate, 1e-12);
  CHECK_CLOSE(purchases.lower * purchases.upper, purchases.estimate * purchases.estimate, 1e-14);
  CHECK_CLOSE(log(alive.upper / (1 - alive.upper)) - log(alive.estimate / (1 - alive.estimate)),
              reach * alive.std_error / (alive.estimate * (1 - alive.estimate)), 1e-12);
  CHECK_CLOSE(log(alive.estimate / (1 - alive.estimate)) - log(alive.lower / (1 - alive.lower)),
              reach * alive.std_error / (alive.estimate * (1 - alive.estimate)), 1e-12);
}

/* As sure as a double can be, which is 8.3 standard errors and not infinitely many. */
static void test_level_next_to_1(void) {
  const loy_model model = prediction_model(LOY_MODEL_PNBD);
  const double x = 2, t_x = 30.43, T = 38.86;
  const loy_prediction what = prediction_of(LOY_PREDICT_PURCHASES, 39, 0, 0);
  loy_prediction_rows rows;
  sure answer;
  loy_prediction_rows_init(&rows);
  rows.x = &x;
  rows.t_x = &t_x;
  rows.T = &T;
  CHECK_STATUS(loy_prediction_interval_batch(&model, &what, &rows, 1, nextafter(1.0, 0.0), &answer.estimate,
                                             &answer.std_error, &answer.lower, &answer.upper, NULL, NULL),
               LOY_OK);
  CHECK_CLOSE(log(answer.upper / answer.estimate) / (answer.std_error / answer.estimate), 8.3, 0.01);
}

/* E[M] = p (v + x z)/(p x + q - 1), and the mean of nu, (p x + q)/(v + x z), by hand. */
static void test_spend(void) {
  loy_model model = prediction_model(LOY_MODEL_GAMMA_GAMMA);
  const double *C = model.covariance, p = model.parameters[0], q = model.parameters[1], v = model.parameters[2];
  double down = 2 * p + q - 1, mean = p * (v + 40) / down, rate = (2 * p + q) / (v + 40);
  double slope[3] = {(v + 40) / down - 2 * mean / down, -mean / down, p / down}, variance = 0;
  sure answer = ask(&model, LOY_PREDICT_SPEND, 0, 0, 0);
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++) variance += slope[i] * slope[j] * C[3 * i + j];
  CHECK_CLOSE(answer.estimate, mean, 1e-15);
  CHECK_CLOSE(answer.std_error, sqrt(variance), 1e-9);
  slope[0] = 2 / (v + 40);
  slope[1] = 1 / (v + 40);
  slope[2] = -rate / (v + 40);
  variance = 0;
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++) variance += slope[i] * slope[j] * C[3 * i + j];
  CHECK_CLOSE(ask(&model, LOY_PREDICT_RATE, 0, 0, 0).std_error, sqrt(variance), 1e-9);
}

/* New customers: by NBD E[X(t)] = t r/alpha, P(X(t) = 0) = (alpha/(alpha+t))^r. */
static void test_new_customers(void) {
  static const double t[2] = {26, 0}, none[2] = {0, 0}, start[2] = {13, 0};
  loy_model model = prediction_model(LOY_MODEL_NBD);
  const double *C = model.covariance, r = model.parameters[0], alpha = model.parameters[1];
  loy_prediction what = prediction_of(LOY_PREDICT_NEW_PURCHASES, 0, 0, 0);
  loy_prediction_rows rows;
  double estimate[2], error[2], lower[2], upper[2], d_r = 26 / alpha, d_alpha = -26 * r / (alpha * alpha), chance;
  loy_prediction_rows_init(&rows);
  rows.t1 = t;
  rows.n = none;
  rows.t0 = start;
#define ASK loy_prediction_interval_batch(&model, &what, &rows, 2, .95, estimate, error, lower, upper, NULL, NULL)
  CHECK_STATUS(ASK, LOY_OK);
  CHECK_CLOSE(error[0], sqrt(d_r * d_r * C[0] + d_alpha * d_alpha * C[3] + 2 * d_r * d_alpha * C[1]), 1e-9);
  CHECK_BITS(error[1], 0.0); /* in no time: 0, whatever the parameters */
  CHECK_BITS(upper[1], 0.0);
  what.quantity = LOY_PREDICT_NEW_PROBABILITY;
  CHECK_STATUS(ASK, LOY_OK);
  chance = pow(alpha / (alpha + 26), r);
  d_r = chance * log(alpha / (alpha + 26));
  d_alpha = chance * r * (1 / alpha - 1 / (alpha + 26));
  CHECK_CLOSE(error[0], sqrt(d_r * d_r * C[0] + d_alpha * d_alpha * C[3] + 2 * d_r * d_alpha * C[1]), 1e-9);
  CHECK_BITS(lower[1], 1.0);
  what.quantity = LOY_PREDICT_NEW_INTERVAL;
  CHECK_STATUS(ASK, LOY_OK);
  chance = pow(alpha / (alpha + 13), r);
  d_r = chance * log(alpha / (alpha + 13));
  d_alpha = chance * r * (1 / alpha - 1 / (alpha + 13));
  CHECK_CLOSE(error[0], sqrt(d_r * d_r * C[0] + d_alpha * d_alpha * C[3] + 2 * d_r * d_alpha * C[1]), 1e-9);
#undef ASK
}

/* A heavy buyer: the odds of having stopped have slopes of hundreds, and P(alive) lies next to 0 or 1. BG/NBD, whose
 * odds are a/(b+x-1) ((alpha+T)/(alpha+t_x))^(r+x): the slope of their logarithm by ln r is r L, by ln alpha k alpha
 * (1/(alpha+T) - 1/(alpha+t_x)), by ln a 1, by ln b -b/(b+x-1). */
static void test_heavy_buyers(void) {
  static const double x[3] = {2000, 2000, 2000}, t_x[3] = {90, 99.5, 99.99}, T[3] = {100, 100, 100};
  loy_model model = prediction_model(LOY_MODEL_BGNBD);
  const double *C = model.covariance, *p = model.parameters;
  loy_prediction what = prediction_of(LOY_PREDICT_ALIVE, 0, 0, 0);
  loy_prediction_rows rows;
  double estimate[3], error[3], lower[3], upper[3], sd[3], odds[3];
  loy_prediction_rows_init(&rows);
  rows.x = x;
  rows.t_x = t_x;
  rows.T = T;
  for (int i = 0; i < 3; i++) {
    double k = p[0] + x[i], ratio = (p[1] + T[i]) / (p[1] + t_x[i]), variance = 0;
    double slope[4] = {p[0] * log(ratio), k * p[1] * (1 / (p[1] + T[i]) - 1 / (p[1] + t_x[i])), 1,
                       -p[3] / (p[3] + x[i] - 1)};
    odds[i] = exp(log(p[2] / (p[3] + x[i] - 1)) + k * log(ratio)); /* of having stopped */
    for (int a = 0; a < 4; a++)
      for (int b = 0; b < 4; b++) variance += slope[a] * slope[b] * C[4 * a + b] / (p[a] * p[b]);
    sd[i] = sqrt(variance);
  }
  CHECK_STATUS(loy_prediction_interval_batch(&model, &what, &rows, 3, .95, estimate, error, lower, upper, NULL, NULL),
               LOY_OK);
  for (int i = 0; i < 3; i++) {
    double alive = 1 / (1 + odds[i]), stopped = odds[i] / (1 + odds[i]);
    CHECK_CLOSE(error[i], alive * stopped * sd[i], 2e-9);
    CHECK_CLOSE(upper[i], 1 / (1 + odds[i] * exp(-1.959963984540054 * sd[i])), 1e-7);
  }
  /* P(alive) = 1e-84 takes the logarithm of the expectation along: its slopes are those of the odds and of E[Y |
   * alive], which P(alive) = 1 at t_x = T shows. */
  what = prediction_of(LOY_PREDICT_PURCHASES, 10, 0, 0);
  CHECK_STATUS(loy_prediction_interval_batch(&model, &what, &rows, 3, .95, estimate, error, lower, upper, NULL, NULL),
               LOY_OK);
  CHECK_CLOSE(error[0] / estimate[0], sd[0], .05);
  CU_ASSERT(lower[0] > 0 && upper[0] / estimate[0] > 2);
}

/* q next to 1: the mean of the population is p v/(q - 1), and the first steps cross the edge. */
static void test_near_an_edge(void) {
  static const double x = 0, z = 0;
  loy_model model = prediction_model(LOY_MODEL_GAMMA_GAMMA);
  loy_prediction what = prediction_of(LOY_PREDICT_SPEND, 0, 0, 0);
  loy_prediction_rows rows;
  double estimate, std_error, lower, upper;
  loy_error error;
  loy_prediction_rows_init(&rows);
  rows.x = &x;
  rows.z = &z;
  for (int i = 0; i < 9; i++) model.covariance[i] = 0;
  model.covariance[4] = 1e-8;
  model.parameters[1] = 1.001;
  CHECK_STATUS(
      loy_prediction_interval_batch(&model, &what, &rows, 1, .95, &estimate, &std_error, &lower, &upper, NULL, NULL),
      LOY_OK);
  CHECK_CLOSE(std_error / estimate, 1e-4 / (1.001 - 1), 1e-9);
  model.parameters[1] = 1;
  CHECK_STATUS(
      loy_prediction_interval_batch(&model, &what, &rows, 1, .95, &estimate, &std_error, &lower, &upper, NULL, &error),
      LOY_NOTICE_DIVERGES);
  CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "q", 0);
  CU_ASSERT(isinf(estimate) && isnan(std_error) && isnan(lower) && isnan(upper));
}

/* A parameter without a standard error counts as known: as if its row of the covariance were 0. */
static void test_at_bound(void) {
  static const double x = 2, t_x = 30.43, T = 38.86;
  loy_model bound = prediction_model(LOY_MODEL_PNBD), fixed = bound;
  loy_prediction what = prediction_of(LOY_PREDICT_PURCHASES, 39, 0, 0);
  loy_prediction_rows rows;
  double one[4], two[4];
  loy_error error;
  for (int i = 0; i < 4; i++) {
    bound.covariance[4 * 2 + i] = bound.covariance[4 * i + 2] = NAN;
    fixed.covariance[4 * 2 + i] = fixed.covariance[4 * i + 2] = 0;
  }
  loy_prediction_rows_init(&rows);
  rows.x = &x;
  rows.t_x = &t_x;
  rows.T = &T;
  CHECK_STATUS(
      loy_prediction_interval_batch(&bound, &what, &rows, 1, .95, &one[0], &one[1], &one[2], &one[3], NULL, &error),
      LOY_NOTICE_AT_BOUND);
  CHECK_ERROR(&error, LOY_NOTICE_AT_BOUND, "covariance", 2);
  CHECK_STATUS(
      loy_prediction_interval_batch(&fixed, &what, &rows, 1, .95, &two[0], &two[1], &two[2], &two[3], NULL, &error),
      LOY_OK);
  for (int i = 0; i < 4; i++) CHECK_BITS(one[i], two[i]);
}

static void test_rows(void) {
  enum { MANY = 200 };
  double x[MANY], t_x[MANY], T[MANY], one[4][MANY], three[4][MANY];
  loy_model model = prediction_model(LOY_MODEL_BGNBD);
  loy_prediction what = prediction_of(LOY_PREDICT_PURCHASES, 39, 0, 0);
  loy_prediction_rows rows;
  loy_batch_report report;
  loy_prediction_rows_init(&rows);
  rows.x = x;
  rows.t_x = t_x;
  rows.T = T;
  for (int i = 0; i < MANY; i++) {
    x[i] = i % 17;
    t_x[i] = i % 17 ? i % 29 : 0;
    T[i] = i == 150 ? NAN : 40.0;
  }
  CHECK_STATUS(
      loy_prediction_interval_batch(&model, &what, &rows, MANY, .9, one[0], one[1], one[2], one[3], &report, NULL),
      LOY_OK);
  CU_ASSERT(report.bad == 1);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "T", 150);
  for (int j = 0; j < 4; j++) CU_ASSERT(isnan(one[j][150]));
  what.threads = 3;
  CHECK_STATUS(
      loy_prediction_interval_batch(&model, &what, &rows, MANY, .9, three[0], three[1], three[2], three[3], NULL, NULL),
      LOY_OK);
  for (int j = 0; j < 4; j++)
    for (int i = 0; i < MANY; i++) CHECK_BITS(three[j][i], one[j][i]);
}

static void test_errors(void) {
  static const double column[1] = {0};
  loy_model model = prediction_model(LOY_MODEL_NBD);
  loy_prediction what = prediction_of(LOY_PREDICT_PURCHASES, 39, 0, 0);
  loy_prediction_rows rows;
  double out[4] = {7, 7, 7, 7};
  loy_error error;
#define FAILS(STATUS, ARGUMENT, INDEX, LEVEL, A, B, C, D)                                                              \
  CHECK_STATUS(loy_prediction_interval_batch(&model, &what, &rows, 1, LEVEL, A, B, C, D, NULL, &error), STATUS);       \
  CHECK_ERROR(&error, STATUS, ARGUMENT, INDEX)
  loy_prediction_rows_init(&rows);
  model.has_covariance = 0;
  FAILS(LOY_ERR_ARGUMENT, "x", LOY_NO_INDEX, 1, NULL, NULL, NULL, NULL);
  rows.x = rows.t_x = rows.T = column;
  FAILS(LOY_ERR_DOMAIN, "level", LOY_NO_INDEX, 1, NULL, NULL, NULL, NULL);
  FAILS(LOY_ERR_DOMAIN, "level", LOY_NO_INDEX, 0, NULL, NULL, NULL, NULL);
  FAILS(LOY_ERR_STATE, "covariance", LOY_NO_INDEX, .95, NULL, NULL, NULL, NULL);
  model.has_covariance = 1;
  model.covariance[0] = model.covariance[3] = NAN;
  FAILS(LOY_ERR_STATE, "covariance", LOY_NO_INDEX, .95, NULL, NULL, NULL, NULL);
  model.covariance[0] = 1;
  model.covariance[3] = -1;
  FAILS(LOY_ERR_DOMAIN, "covariance", 3, .95, NULL, NULL, NULL, NULL);
  model.covariance[1] = NAN;
  FAILS(LOY_ERR_DOMAIN, "covariance", 1, .95, NULL, NULL, NULL, NULL);
  model.covariance[1] = 0;
  model.covariance[3] = 1;
  FAILS(LOY_ERR_ARGUMENT, "estimate", LOY_NO_INDEX, .95, NULL, NULL, NULL, NULL);
  FAILS(LOY_ERR_ARGUMENT, "std_error", LOY_NO_INDEX, .95, out, NULL, NULL, NULL);
  FAILS(LOY_ERR_ARGUMENT, "lower", LOY_NO_INDEX, .95, out, out + 1, NULL, NULL);
  FAILS(LOY_ERR_ARGUMENT, "upper", LOY_NO_INDEX, .95, out, out + 1, out + 2, NULL);
  for (int i = 0; i < 4; i++) CHECK_BITS(out[i], 7.0);
#undef FAILS
  CHECK_STATUS(loy_prediction_interval_batch(&model, &what, NULL, 0, .95, NULL, NULL, NULL, NULL, NULL, NULL), LOY_OK);
}

SUITE(btyd, prediction_interval) {
  ADD(test_golden);
  ADD(test_ends);
  ADD(test_level_next_to_1);
  ADD(test_spend);
  ADD(test_new_customers);
  ADD(test_heavy_buyers);
  ADD(test_near_an_edge);
  ADD(test_at_bound);
  ADD(test_rows);
  ADD(test_errors);
}
