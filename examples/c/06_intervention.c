/* An engine chooses what to do for each customer. An intervention lifts satisfaction by a little and costs money; where
 * competition is high, the same lift is worth little to the dissatisfied and much to the nearly satisfied: dL/ds
 * decides. */
#include <stdio.h>

#include "loyalty/loyalty.h"

typedef struct intervention {
  const char *name;
  double lift, cost;
} intervention;

int main(void) {
  static const intervention interventions[] = {
      {"apology", 0.03, 1}, {"voucher", 0.08, 5}, {"priority service", 0.15, 25}};
  static const double satisfaction[] = {0.35, 0.60, 0.75, 0.80};
  const double competition = 0.85, margin = 40;
  loy_curve curve;
  loy_margin_terms terms;
  loy_curve_init(&curve);
  curve.delta = 0.05;
  loy_margin_terms_init(&terms);
  terms.discount = 0.10;
  for (int i = 0; i < 4; i++) {
    loy_satisfaction_worth worth;
    const intervention *best = NULL;
    double best_gain = 0.0;
    if (loy_satisfaction_worth_at(&curve, &terms, margin, satisfaction[i], competition, NULL, &worth, NULL) != LOY_OK)
      return 1;
    for (int j = 0; j < 3; j++) {
      const intervention *one = &interventions[j];
      loy_satisfaction_investment step;
      if (loy_satisfaction_invest(&curve, &terms, margin, satisfaction[i], satisfaction[i] + one->lift, competition,
                                  NULL, 1, one->cost, &step, NULL) != LOY_OK)
        return 1;
      if (step.gain - one->cost > best_gain) {
        best = one;
        best_gain = step.gain - one->cost;
      }
    }
    printf("satisfaction %.2f: dL/ds %.4f, a point is worth %.4f: ", satisfaction[i], worth.retention_slope,
           worth.value_slope / 100);
    if (best)
      printf("%s, net %.4f\n", best->name, best_gain);
    else
      printf("nothing pays\n");
  }
  return 0;
}
