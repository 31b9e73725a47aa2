/* Prints hexadecimal floats from every wing: the same text at every optimisation level, in C and C++, header-only and
 * linked. */
#include <stdio.h>

#include "loyalty/loyalty.h"

static void show(const char *name, double value) { printf("%s %a\n", name, value); }

static void show_survey(void) {
  const loy_nps_counts answers = {417, 305, 278, 0};
  loy_nps nps;
  double lower = 0, upper = 0;
  if (loy_nps_from_counts(&answers, &nps, NULL) != LOY_OK) return;
  loy_nps_interval(&nps, LOY_NPS_ADJUSTED_WALD, 0.95, &lower, &upper, NULL);
  show("nps", nps.score);
  show("nps.standard_error", nps.standard_error);
  show("nps.lower", lower);
  show("nps.upper", upper);
}

static void show_response(void) {
  loy_curve curve;
  loy_curve_init(&curve);
  curve.alpha = 0.3;
  curve.beta = 1.4;
  curve.gamma = 0.8;
  curve.delta = 0.03;
  for (int i = 1; i < 10; i++) {
    show("loyalty", loy_curve_loyalty(&curve, i / 10.0, 0.7, NULL));
    show("slope", loy_curve_slope_s(&curve, i / 10.0, 0.05 * i, NULL));
  }
}

static void show_btyd(void) {
  enum { N = 500 };
  const loy_bgnbd_params model = {0.2425945, 4.4136022, 0.7929220, 2.4259068};
  const loy_gamma_gamma_params spend = {6.25, 3.74, 15.44};
  static double x[N], t_x[N], T[N];
  loy_bgnbd_fit_result fit;
  for (int i = 0; i < N; i++) T[i] = 26.0 + i % 13;
  if (loy_bgnbd_simulate(&model, T, N, 42, NULL, x, t_x, NULL, NULL) != LOY_OK) return;
  for (int i = 0; i < 10; i++) {
    show("t_x", t_x[i]);
    show("loglik", loy_bgnbd_loglik(&model, x[i], t_x[i], T[i]));
    show("palive", loy_bgnbd_palive(&model, x[i], t_x[i], T[i], 4));
    show("purchases", loy_bgnbd_expected_purchases(&model, x[i], t_x[i], T[i], 52));
    show("dert", loy_bgnbd_dert(&model, x[i], t_x[i], T[i], 0.0027));
    show("pmf", loy_bgnbd_pmf(&model, i, 39));
    show("spend", loy_gamma_gamma_expected_spend(&spend, x[i], x[i] > 0 ? 20.0 + i : 0));
  }
  if (loy_bgnbd_fit(x, t_x, T, NULL, N, NULL, &fit, NULL) != LOY_OK) return;
  show("r", fit.params.r);
  show("alpha", fit.params.alpha);
  show("a", fit.params.a);
  show("b", fit.params.b);
  show("loglik", fit.log_likelihood);
}

int main(void) {
  show_survey();
  show_response();
  show_btyd();
  return 0;
}
