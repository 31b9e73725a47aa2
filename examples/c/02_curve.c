/* How satisfaction becomes loyalty in a market: competition from shares, the curve, its threshold, and the satisfaction
 * that a target needs. */
#include <stdio.h>

#include "loyalty/loyalty.h"

int main(void) {
  const double shares[] = {0.4, 0.3, 0.2, 0.1};
  loy_competition market;
  loy_curve curve;
  loy_thresholds thresholds;
  double needed;
  loy_curve_init(&curve);
  if (loy_competition_from_shares(shares, 4, 0, &market, NULL) != LOY_OK) return 1;
  printf("competition %.4f, effective suppliers %.4f\n", market.index, market.effective_suppliers);
  for (int rating = 1; rating <= 5; rating++) {
    const double s = (rating - 1) / 4.0;
    printf("satisfaction %d: loyalty %.6f\n", rating, loy_curve_loyalty(&curve, s, market.index, NULL));
  }
  if (loy_curve_thresholds(&curve, market.index, 1.0, &thresholds, NULL) != LOY_OK) return 1;
  printf("effort pays above satisfaction %.6f\n", thresholds.s[0]);
  if (loy_curve_required_satisfaction(&curve, 0.8, market.index, NULL, &needed, NULL) != LOY_OK) return 1;
  printf("loyalty 0.8 needs satisfaction %.6f\n", needed);
  return 0;
}
