/* survey_nps_plan.i: shims of sample sizes and power. */

%{
#include "loyalty/survey/nps_plan.h"
%}

%inline %{
static loy_ri nps_sample_size(double half_width, double level, double variance, double population, int method) {
  loy_ri r = {0};
  loy_nps_sample_size(half_width, level, variance, population, method, &r.v, &r.e);
  return r;
}

static loy_r1 nps_half_width(int64_t n, double level, double variance, double population, int method) {
  loy_r1 r = {0};
  loy_nps_half_width(n, level, variance, population, method, &r.v[0], &r.e);
  return r;
}

/* Answers in the first and the second group. */
static loy_values nps_group_sizes(double difference, double variance_first, double variance_second, double ratio,
                                  double level, double power, int alternative) {
  loy_values r = {0};
  int64_t first = 0, second = 0;
  if (loy_nps_group_sizes(difference, variance_first, variance_second, ratio, level, power, alternative, &first,
                          &second, &r.e) != LOY_OK)
    return r;
  loy_put_int(&r, first);
  loy_put_int(&r, second);
  return r;
}

static loy_r1 nps_power(double difference, double variance_first, int64_t n_first, double variance_second,
                        int64_t n_second, double level, int alternative) {
  loy_r1 r = {0};
  loy_nps_power(difference, variance_first, n_first, variance_second, n_second, level, alternative, &r.v[0], &r.e);
  return r;
}
%}
