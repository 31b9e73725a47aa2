/* names.c: the texts of the library's numbers, in English and Chinese. */
#include "parity.h"

typedef const char *(*name_of)(int);

/* The number, and whether its Chinese name is meant. */
static void give_name(parity_case *c, name_of english, name_of chinese) {
  const int number = (int)parity_int(c);
  parity_give_text(c, parity_bool(c) ? chinese(number) : english(number));
}

static void expectation_zone_name(parity_case *c) {
  give_name(c, loy_expectation_zone_name, loy_expectation_zone_name_zh);
}
static void kano_answer_name(parity_case *c) { give_name(c, loy_kano_answer_name, loy_kano_answer_name_zh); }
static void kano_category_name(parity_case *c) { give_name(c, loy_kano_category_name, loy_kano_category_name_zh); }
static void recommendation_name(parity_case *c) { give_name(c, loy_recommendation_name, loy_recommendation_name_zh); }
static void repurchase_band_name(parity_case *c) {
  give_name(c, loy_repurchase_band_name, loy_repurchase_band_name_zh);
}
static void security_name(parity_case *c) { give_name(c, loy_security_name, loy_security_name_zh); }
static void signal_name(parity_case *c) { give_name(c, loy_signal_name, loy_signal_name_zh); }
static void stage_name(parity_case *c) { give_name(c, loy_stage_name, loy_stage_name_zh); }

static void zone_name(parity_case *c) {
  const int64_t kind = parity_int(c);
  switch (kind) {
  case 0: give_name(c, loy_market_zone_name, loy_market_zone_name_zh); break;
  case 1: give_name(c, loy_quality_zone_name, loy_quality_zone_name_zh); break;
  case 2: give_name(c, loy_role_name, loy_role_name_zh); break;
  default: {
    const loy_error e = {LOY_ERR_ARGUMENT, "kind", LOY_NO_INDEX, NULL};
    (void)parity_failed(c, &e);
  }
  }
}

static void kano_category_letter(parity_case *c) { parity_give_text(c, loy_kano_category_letter((int)parity_int(c))); }
static void stage_input_name(parity_case *c) { parity_give_text(c, loy_stage_input_name((int)parity_int(c))); }
static void family_name(parity_case *c) { parity_give_text(c, loy_family_name((int)parity_int(c))); }
static void family_param_name(parity_case *c) {
  const int family = (int)parity_int(c), param = (int)parity_int(c);
  parity_give_text(c, loy_family_param_name(family, param));
}
static void status_name(parity_case *c) { parity_give_text(c, loy_status_name((loy_status)parity_int(c))); }
static void status_message(parity_case *c) { parity_give_text(c, loy_status_message((loy_status)parity_int(c))); }

PARITY(names) {
  CASE(expectation_zone_name);
  CASE(kano_answer_name);
  CASE(kano_category_name);
  CASE(kano_category_letter);
  CASE(recommendation_name);
  CASE(repurchase_band_name);
  CASE(security_name);
  CASE(signal_name);
  CASE(stage_name);
  CASE(stage_input_name);
  CASE(zone_name);
  CASE(family_name);
  CASE(family_param_name);
  CASE(status_name);
  CASE(status_message);
}
