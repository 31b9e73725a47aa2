/* What is a customer worth over the next year? Two purchases after the first, the last in week 30 of 39, 35 a purchase;
 * 10 % a year; a weekly model. */
#include <stdio.h>

#include "loyalty/loyalty.h"

int main(void) {
  const loy_bgnbd_params purchases = {0.2425945, 4.4136022, 0.7929220, 2.4259068};
  const loy_gamma_gamma_params spend = {6.25, 3.74, 15.44};
  loy_clv_options options;
  loy_clv value;
  loy_error error;
  loy_clv_options_init(&options);
  options.time_unit = LOY_TIME_WEEK;
  options.horizon = 52;
  options.discount_rate = 0.10;
  options.discount_period = LOY_TIME_YEAR;
  if (loy_clv_bgnbd(&purchases, &spend, 2, 30, 39, 35, &options, &value, &error) != LOY_OK) {
    fprintf(stderr, "%s %s\n", error.argument, error.message);
    return 1;
  }
  printf("alive %.6f\n", value.p_alive);
  printf("purchases %.6f at %.6f\n", value.expected_purchases, value.expected_spend);
  printf("worth %.6f\n", value.clv);
  return 0;
}
