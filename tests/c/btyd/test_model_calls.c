/* One door to the functions of every kind: each call is that of its model. */
#include "check.h"

#include "loyalty/btyd/model_calls.h"

#if LOY_TEST_INTERNALS

static void test_every_kind(void) {
  for (int kind = LOY_MODEL_BGNBD; kind <= LOY_MODEL_GGOMNBD; kind++) {
    const loyi_model_calls *calls = loyi_model_calls_of(kind);
    loy_model model;
    loy_error error;
    loy_model_init(&model, kind);
    CU_ASSERT_PTR_NOT_NULL_FATAL(calls);
    CU_ASSERT_EQUAL(calls->pmf == NULL, kind == LOY_MODEL_GAMMA_GAMMA);
    CU_ASSERT_EQUAL(calls->expected == NULL, kind == LOY_MODEL_GAMMA_GAMMA);
    CU_ASSERT_EQUAL(calls->estimate == NULL, kind == LOY_MODEL_GAMMA_GAMMA);
    CU_ASSERT_STRING_EQUAL(calls->given, kind == LOY_MODEL_GAMMA_GAMMA ? "x" : "T");
    for (size_t i = 0; i < loy_model_parameter_count(kind); i++) { /* each parameter arrives in its place */
      CHECK_STATUS(loyi_model_calls_check(&model, &calls, &error), LOY_ERR_DOMAIN);
      CHECK_ERROR(&error, LOY_ERR_DOMAIN, loy_model_parameter_name(kind, i), LOY_NO_INDEX);
      model.parameters[i] = 1.5 + (double)i;
    }
    CHECK_STATUS(loyi_model_calls_check(&model, &calls, &error), LOY_OK);
  }
  CU_ASSERT_PTR_NULL(loyi_model_calls_of(0));
  CU_ASSERT_PTR_NULL(loyi_model_calls_of(-1));
  CU_ASSERT_PTR_NULL(loyi_model_calls_of(1000));
}

/* Which kinds can be compared, and which of them need the gaps. */
static void test_comparable(void) {
  for (int kind = LOY_MODEL_BGNBD; loy_model_name(kind); kind++) {
    const int other =
        kind == LOY_MODEL_GAMMA_GAMMA || kind == LOY_MODEL_SBG || kind == LOY_MODEL_BDW || kind == LOY_MODEL_BGBB;
    const int stages = kind == LOY_MODEL_BGCNBD || kind == LOY_MODEL_MBGCNBD;
    CU_ASSERT_EQUAL(loyi_model_calls_of(kind)->estimate == NULL, other);
    CU_ASSERT_EQUAL(loyi_model_calls_of(kind)->gaps, stages);
    CU_ASSERT_EQUAL(loyi_model_calls_of(kind)->periods, kind == LOY_MODEL_BGBB);
  }
}

static void test_answers(void) {
  const double list[5] = {.55, 10.6, .3, .61, 1.7};
  const loy_bgnbd_params betageo = {.55, 10.6, .3, .61};
  const loy_pnbd_params pnbd = {.55, 10.6, .3, .61};
  const loy_nbd_params nbd = {.55, 10.6};
  const loy_ggomnbd_params ggom = {.55, 10.6, .3, .61, 1.7};
#  define SAME(KIND, M, PARAMS)                                                                                        \
    CHECK_BITS(loyi_model_calls_of(KIND)->expected(list, 3.0, 12.0, 20.0, 7.0),                                        \
               loy_##M##_expected_purchases(PARAMS, 3.0, 12.0, 20.0, 7.0));                                            \
    CHECK_BITS(loyi_model_calls_of(KIND)->pmf(list, 3.0, 12.0, 20.0, 2.0, 7.0),                                        \
               loy_##M##_pmf_future(PARAMS, 3.0, 12.0, 20.0, 2.0, 7.0))
  SAME(LOY_MODEL_BGNBD, bgnbd, &betageo);
  SAME(LOY_MODEL_MBGNBD, mbgnbd, &betageo);
  SAME(LOY_MODEL_PNBD, pnbd, &pnbd);
  SAME(LOY_MODEL_NBD, nbd, &nbd);
  SAME(LOY_MODEL_GGOMNBD, ggomnbd, &ggom);
#  undef SAME
}

static void test_draw_and_fit(void) {
  static double given[300], first[300], second[300];
  const double spend[3] = {6.25, 3.74, 15.44}, bad[2] = {1.0, -2.0};
  const loyi_model_calls *calls = loyi_model_calls_of(LOY_MODEL_GAMMA_GAMMA);
  double params[3] = {0.0, 0.0, 0.0};
  loy_error error;
  for (int i = 0; i < 300; i++) given[i] = 1.0 + (double)(i % 7);
  CHECK_STATUS(calls->rows(given, 300, &error), LOY_OK);
  CHECK_STATUS(calls->rows(bad, 2, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "x", 1);
  CHECK_STATUS(calls->simulate(spend, given, 300, 4, first, second, &error), LOY_OK);
  CHECK_STATUS(calls->fit(spend, given, first, second, 300, NULL, 0, 0.0, params, &error), LOY_OK);
  for (int i = 0; i < 3; i++) CHECK_CLOSE(params[i], spend[i], 0.7);
  CHECK_STATUS(loyi_model_calls_of(LOY_MODEL_NBD)->rows(bad, 2, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "T", 1);
}

SUITE(btyd, model_calls) {
  ADD(test_every_kind);
  ADD(test_comparable);
  ADD(test_answers);
  ADD(test_draw_and_fit);
}

#else
static void test_nothing_public(void) { CU_PASS("private functions are tested in the other forms"); }
SUITE(btyd, model_calls) { ADD(test_nothing_public); }
#endif
