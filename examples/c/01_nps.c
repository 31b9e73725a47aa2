/* How sure is a Net Promoter Score? Fifty promoters, thirty passives, twenty detractors. */
#include <stdio.h>

#include "loyalty/loyalty.h"

int main(void) {
  const loy_nps_counts answers = {50, 30, 20, 0};
  loy_nps nps;
  loy_error error;
  double lower, upper;
  if (loy_nps_from_counts(&answers, &nps, &error) != LOY_OK ||
      loy_nps_interval(&nps, LOY_NPS_ADJUSTED_WALD, 0.95, &lower, &upper, &error) != LOY_OK) {
    fprintf(stderr, "%s %s\n", error.argument, error.message);
    return 1;
  }
  printf("NPS %.2f, standard error %.4f\n", nps.score, nps.standard_error);
  printf("95%% interval %.4f to %.4f\n", lower, upper);
  return 0;
}
