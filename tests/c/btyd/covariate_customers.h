/* covariate_customers.h: 150 customers with two covariates, drawn by NumPy from the Pareto/NBD model r 1.1, alpha 9, s
 * .8, beta 11 with coefficients .015 (age) and .5 (web) of transactions, -.02 and .6 of dropout; times rounded to a
 * tenth. */
#ifndef LOYALTY_TESTS_COVARIATE_CUSTOMERS_H
#define LOYALTY_TESTS_COVARIATE_CUSTOMERS_H

enum { COVARIATE_CUSTOMERS = 150 };

static const double covariate_x[COVARIATE_CUSTOMERS] = {
    5, 8, 0, 18, 1, 6, 5,  2,  7, 0,  7,  23, 1,  0,  31, 1, 4, 7,  19, 25, 8,  0, 4,  0,  75, 13, 3, 0,  1, 10,
    0, 4, 9, 16, 2, 5, 22, 17, 2, 37, 1,  3,  20, 5,  2,  2, 1, 23, 1,  27, 45, 4, 9,  3,  1,  13, 0, 0,  1, 22,
    5, 5, 8, 8,  2, 1, 5,  0,  1, 0,  7,  18, 8,  15, 5,  5, 0, 20, 42, 0,  10, 1, 20, 0,  8,  9,  2, 0,  1, 8,
    8, 1, 6, 0,  6, 0, 2,  10, 1, 2,  10, 0,  2,  2,  1,  0, 0, 4,  2,  6,  24, 4, 0,  0,  2,  3,  0, 23, 0, 4,
    3, 4, 0, 28, 6, 1, 5,  1,  0, 0,  4,  2,  2,  7,  2,  0, 7, 4,  4,  0,  3,  1, 11, 16, 2,  5,  0, 0,  3, 14};
static const double covariate_t_x[COVARIATE_CUSTOMERS] = {
    23.2, 25.3, 0,    7,    2.3,  32.3, 20.5, 5.9,  30.1, 0,    10.8, 33.3, 31.9, 0,    48.4, 3.4,  43.9, 12.8, 38.8,
    42.3, 17.1, 0,    2.9,  0,    43.8, 24.7, 30.4, 0,    39.5, 30.5, 0,    14.1, 40.6, 35,   33.4, 43.3, 26.3, 33.3,
    15.2, 31.2, 3.3,  10.5, 17,   34.9, 9,    2.5,  4.1,  30.5, 6.3,  50.5, 33.3, 27.7, 46.5, 0.9,  16.9, 13.2, 0,
    0,    2.6,  34.8, 12,   12.4, 35.8, 4.1,  0.3,  18.5, 20.7, 0,    0.8,  0,    14,   48.1, 35.9, 45.6, 8.7,  35.3,
    0,    38,   42.2, 0,    34.3, 21.3, 48.5, 0,    13,   35.2, 14.8, 0,    46.6, 51,   50.2, 0.9,  6.6,  0,    32.5,
    0,    6,    40.3, 2.6,  3.9,  30.5, 0,    17.8, 4.3,  27.7, 0,    0,    37.5, 9,    12,   14.8, 6.4,  0,    0,
    3.7,  24,   0,    39.5, 0,    28.4, 12.5, 18.8, 0,    46.2, 35.1, 3.1,  25.8, 1.7,  0,    0,    34,   10.5, 6.1,
    20,   9.8,  0,    16.8, 12.9, 28.6, 0,    3.8,  22.3, 17.6, 7.9,  14.8, 32.3, 0,    0,    6.8,  48.2};
static const double covariate_T[COVARIATE_CUSTOMERS] = {
    32.1, 37.8, 43.3, 32.4, 41.4, 40.9, 30.8, 34.6, 30.3, 46.2, 39.8, 36.4, 38.6, 31.5, 51.6, 43.1, 44.9, 50.2, 45.4,
    43.9, 38.8, 36.3, 33.1, 33,   44.4, 48.6, 32.3, 51.8, 41.6, 31.5, 49.1, 34.4, 47.4, 35.4, 33.6, 49.5, 40.2, 35.6,
    32.4, 31.7, 50.1, 36.8, 39.3, 35.1, 45.5, 46.1, 37,   30.6, 45.3, 51.9, 33.3, 38,   48.1, 45.9, 31.9, 39.7, 35.1,
    50.4, 34.7, 45.9, 50.7, 42.8, 38.3, 39.9, 43.9, 43.5, 38.7, 43.6, 41.3, 32.7, 32.9, 51.5, 42.3, 46.8, 40.6, 41.1,
    33.4, 40,   44.9, 30.9, 41,   30.5, 51,   35,   34.4, 39.5, 39.6, 49.8, 49.5, 51.4, 50.6, 41.4, 40.9, 36.7, 32.7,
    43.8, 39.1, 43.9, 40.2, 36.5, 34.3, 39,   46.8, 39.6, 40.4, 41.8, 46.3, 38.3, 45.4, 36.6, 50.6, 42.8, 38.5, 51.8,
    37.4, 38.1, 33.7, 40.7, 47.8, 30.3, 33.7, 43.3, 45.4, 50.6, 38.9, 48,   34.8, 31.3, 35.6, 31.9, 35.5, 51.5, 34.5,
    31.8, 34.1, 36,   47,   41.3, 49.1, 39.7, 51.8, 31.9, 39.3, 38,   46.7, 44.6, 32.1, 33.9, 51.7, 49.8};
static const double covariate_age[COVARIATE_CUSTOMERS] = {
    29, 53, 41, 56, 27, 49, 56, 34, 53, 47, 30, 51, 51, 40, 43, 45, 41, 38, 51, 33, 33, 44, 47, 31, 37,
    27, 27, 58, 54, 58, 43, 38, 25, 43, 32, 36, 55, 55, 20, 56, 52, 42, 38, 26, 43, 45, 32, 41, 28, 25,
    54, 60, 58, 35, 22, 59, 53, 35, 27, 32, 35, 55, 42, 50, 35, 57, 59, 22, 48, 47, 43, 43, 57, 39, 31,
    22, 28, 58, 60, 54, 28, 55, 60, 42, 28, 30, 48, 36, 50, 53, 51, 28, 40, 25, 27, 22, 25, 57, 48, 25,
    26, 49, 28, 26, 53, 41, 29, 33, 39, 47, 48, 23, 37, 52, 42, 45, 48, 29, 29, 60, 37, 44, 55, 55, 43,
    53, 38, 43, 23, 28, 50, 34, 53, 26, 29, 34, 36, 22, 29, 26, 40, 54, 53, 47, 42, 27, 22, 32, 33, 59};
static const double covariate_web[COVARIATE_CUSTOMERS] = {
    1, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, 0, 1, 1, 0, 1, 0,
    0, 1, 0, 1, 0, 0, 1, 0, 0, 1, 0, 1, 1, 1, 1, 0, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 0, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1,
    1, 1, 0, 1, 1, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 1, 1, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1, 1, 1, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1, 1, 1};

/* Both covariates, in both lists. */
static const double *const covariate_list[2] = {covariate_age, covariate_web};
static inline loy_covariates covariate_columns(int dropout) {
  loy_covariates covariates;
  loy_covariates_init(&covariates);
  covariates.transaction = covariate_list;
  covariates.transactions = 2;
  covariates.dropout = dropout ? covariate_list : NULL;
  covariates.dropouts = dropout ? 2 : 0;
  return covariates;
}

/* The models, with parameters and coefficients; `golden` in the tests is in this order. */
enum { COVARIATE_MODELS = 5 };
static const int covariate_kinds[COVARIATE_MODELS] = {LOY_MODEL_BGNBD, LOY_MODEL_MBGNBD, LOY_MODEL_PNBD, LOY_MODEL_NBD,
                                                      LOY_MODEL_GGOMNBD};
static inline loy_covariate_model covariate_model(int k) {
  static const double parameters[COVARIATE_MODELS][5] = {
      {.6, 5, 1.2, 2.5}, {.6, 5, 1.2, 2.5}, {1.1, 9, .8, 11}, {.7, 9}, {1.1, 9, .03, .8, 2}};
  static const double coefficients[4] = {.02, .5, -.02, .3};
  loy_covariate_model model;
  loy_covariate_model_init(&model, covariate_kinds[k], 2, covariate_kinds[k] == LOY_MODEL_NBD ? 0 : 2);
  memcpy(model.base.parameters, parameters[k], sizeof parameters[k]);
  memcpy(model.coefficients, coefficients, sizeof coefficients);
  return model;
}

#endif /* LOYALTY_TESTS_COVARIATE_CUSTOMERS_H */
