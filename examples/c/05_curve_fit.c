/* From answers to the curve: 8,000 customers in four markets said how satisfied they were, and bought again or not. The
 * fit gives the parameters, what they predict, the satisfaction that a target needs, and whether captivity and
 * attrition are there at all. */
#include <stdio.h>

#include "loyalty/loyalty.h"

int main(void) {
  static const double market[4] = {0.20, 0.50, 0.80, 0.95};
  static const double stayed[20] = {218, 294, 341, 367, 381, 112, 177, 253, 322, 371,
                                    41,  74,  134, 225, 340, 10,  22,  47,  105, 259};
  const loy_scale scale = {1, 5, 0.5};
  double s[20], c[20], asked[20];
  loy_curve_data data;
  loy_curve_fit_options options;
  loy_curve_fit_result fit, plain;
  loy_curve_estimate at, needed;
  loy_curve_test test;
  loy_curve_goodness goodness;
  for (int i = 0; i < 20; i++) {
    s[i] = loy_scale_satisfaction(&scale, 1 + i % 5);
    c[i] = market[i / 5];
    asked[i] = 400;
  }
  loy_curve_data_init(&data);
  data.n = 20;
  data.s = s;
  data.c = c;
  data.trials = asked;
  data.loyal = stayed;
  loy_curve_fit_options_init(&options);
  options.fixed = 0;
  if (loy_curve_fit(&data, &options, &fit, NULL) != LOY_OK) return 1;
  printf("alpha %.6f +- %.6f\n", fit.curve.alpha, fit.std_error[LOY_CURVE_ALPHA]);
  printf("beta  %.6f +- %.6f\n", fit.curve.beta, fit.std_error[LOY_CURVE_BETA]);
  printf("gamma %.6f +- %.6f\n", fit.curve.gamma, fit.std_error[LOY_CURVE_GAMMA]);
  printf("a     %.6f +- %.6f\n", fit.curve.a, fit.std_error[LOY_CURVE_A]);
  printf("delta %.6f +- %.6f\n", fit.curve.delta, fit.std_error[LOY_CURVE_DELTA]);
  printf("log-likelihood %.6f\n", fit.log_likelihood);
  if (loy_curve_predict(&fit, 0.65, 0.7, NULL, 0.95, &at, NULL) != LOY_OK) return 1;
  printf("loyalty at s = 0.65, c = 0.7: %.6f, from %.6f to %.6f\n", at.value, at.lower, at.upper);
  if (loy_curve_required_estimate(&fit, 0.75, 0.7, NULL, 0.95, &needed, NULL) != LOY_OK) return 1;
  printf("loyalty 0.75 needs satisfaction %.6f, from %.6f to %.6f\n", needed.value, needed.lower, needed.upper);
  options.start.a = 0; /* where fixed parameters stay */
  options.fixed = 1u << LOY_CURVE_A | 1u << LOY_CURVE_DELTA;
  if (loy_curve_fit(&data, &options, &plain, NULL) != LOY_OK) return 1;
  if (loy_curve_likelihood_ratio(&fit, &plain, &test, NULL) != LOY_OK) return 1;
  printf("without captivity and attrition: likelihood ratio %.6f, p-value %.3e\n", test.statistic, test.p_value);
  if (loy_curve_goodness_of_fit(&plain, &data, NULL, NULL, NULL, NULL, NULL, NULL, NULL, &goodness, NULL) != LOY_OK)
    return 1;
  printf("its deviance %.6f on %.0f degrees of freedom, p-value %.3e\n", goodness.deviance, goodness.df,
         goodness.p_deviance);
  return 0;
}
