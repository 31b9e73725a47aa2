/* test_fit_control.c: checks, penalty and watch of a search; the models' own tests run them on likelihoods. */
#include "check.h"

#if LOY_TEST_INTERNALS
#  include "loyalty/btyd/fit_control.h"

/* The square of each variable, unless `ctx` says that there is no value. */
static int squares(void *ctx, const double *point, double *value, double *gradient, double *hessian) {
  *value = point[0] * point[0] + point[1] * point[1];
  for (int i = 0; i < 2; i++) gradient[i] = 2.0 * point[i];
  hessian[0] = hessian[3] = 2.0;
  hessian[1] = hessian[2] = 0.0;
  return !ctx;
}

typedef struct fit_watch {
  int64_t done;
  double value;
  int64_t stop;
} fit_watch;

static int look(void *ctx, int64_t done, int64_t of, double value) {
  fit_watch *self = (fit_watch *)ctx;
  CU_ASSERT_EQUAL(of, 0);
  CU_ASSERT_EQUAL(done, self->done + 1);
  self->done = done;
  self->value = value;
  return done != self->stop;
}

static void test_checks(void) {
  loyi_fit_control control;
  loy_progress progress = {NULL, NULL};
  loy_error error;
  CHECK_STATUS(loyi_fit_check_size(7, 8, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX);
  CHECK_STATUS(loyi_fit_check_size(8, 8, &error), LOY_OK);
  CHECK_STATUS(loyi_fit_check_size(9, 8, &error), LOY_OK);
  loyi_fit_control_init(&control);
  CHECK_STATUS(loyi_fit_check_control(&control, 0, &error), LOY_OK);
  control.most_evaluations = -1;
  control.penalty = -1.0;
  control.progress = &progress;
  CHECK_STATUS(loyi_fit_check_control(&control, -1, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "threads", LOY_NO_INDEX);
  CHECK_STATUS(loyi_fit_check_control(&control, 1, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "most_evaluations", LOY_NO_INDEX);
  control.most_evaluations = 0;
  for (int i = 0; i < 4; i++) {
    const double bad[4] = {-1.0, 1e-41, 1e41, (double)NAN};
    control.penalty = bad[i];
    CHECK_STATUS(loyi_fit_check_control(&control, 1, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "penalty", LOY_NO_INDEX);
  }
  control.penalty = 0.1;
  CHECK_STATUS(loyi_fit_check_control(&control, 1, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "progress", LOY_NO_INDEX);
  progress.report = look;
  CHECK_STATUS(loyi_fit_check_control(&control, 1, &error), LOY_OK);
}

/* 2 e^2 + 3 e^-2 and its derivatives, by hand. */
static void test_penalty(void) {
  const double square[2] = {2.0, 3.0}, point[2] = {1.0, -1.0};
  double gradient[2] = {0.5, 0.25}, hessian[4] = {1.0, 2.0, 3.0, 4.0};
  CHECK_CLOSE(loyi_fit_penalty(square, 2, point, NULL, NULL), 15.184118047571, 1e-13);
  CHECK_CLOSE(loyi_fit_penalty(square, 2, point, gradient, hessian), 15.184118047571, 1e-13);
  CHECK_CLOSE(gradient[0], 0.5 + 29.5562243957226, 1e-14);
  CHECK_CLOSE(gradient[1], 0.25 + 0.812011699419676, 1e-14);
  CHECK_CLOSE(hessian[0], 1.0 + 59.1124487914452, 1e-14);
  CHECK_CLOSE(hessian[3], 4.0 + 1.62402339883935, 1e-14);
  CU_ASSERT(hessian[1] == 2.0 && hessian[2] == 3.0);
}

static void test_evaluate(void) {
  fit_watch watch = {0, 0.0, 4};
  loy_progress progress;
  loyi_fit_control control;
  loyi_fit_objective objective;
  const double point[2] = {1.0, 2.0};
  double value, gradient[2], hessian[4];
  loy_error error;
  progress.report = look;
  progress.ctx = &watch;
  loyi_fit_control_init(&control);
  memset(&objective, 0, sizeof objective);
  objective.fn = squares;
  objective.control = &control;
  objective.n = 2;
  objective.customers = 10.0;
  objective.shift = 7.0;
  /* Without a watch or a penalty the function is as it was. */
  CU_ASSERT(loyi_fit_evaluate(&objective, point, &value, gradient, hessian));
  CU_ASSERT(value == 5.0 && gradient[0] == 2.0 && gradient[1] == 4.0 && hessian[0] == 2.0 && hessian[1] == 0.0);
  control.evaluations = 0;
  control.progress = &progress;
  CU_ASSERT(loyi_fit_evaluate(&objective, point, &value, gradient, hessian));
  CHECK_BITS(watch.value, -43.0);
  control.customers = 30.0;
  CU_ASSERT(loyi_fit_evaluate(&objective, point, &value, gradient, hessian));
  CHECK_CLOSE(watch.value, -129.0, 1e-15);
  /* With a penalty it is the plain log-likelihood that is reported. */
  control.penalty = 1.0;
  objective.square[1] = 1.0;
  objective.ctx = NULL;
  CU_ASSERT(loyi_fit_evaluate(&objective, point, &value, gradient, hessian));
  CHECK_CLOSE(watch.value, -129.0, 1e-15);
  CHECK_CLOSE(value, 5.0 + 54.5981500331442, 1e-14);
  CHECK_STATUS(loyi_fit_none(&control, "T", &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "T", LOY_NO_INDEX);
  /* The fourth is the last; nothing is evaluated after it. */
  objective.ctx = &watch;
  CU_ASSERT_FALSE(loyi_fit_evaluate(&objective, point, &value, gradient, hessian));
  CU_ASSERT(isnan(watch.value));
  CU_ASSERT(control.canceled);
  CU_ASSERT_FALSE(loyi_fit_evaluate(&objective, point, &value, gradient, hessian));
  CU_ASSERT_EQUAL(watch.done, 4);
  CHECK_STATUS(loyi_fit_none(&control, "T", &error), LOY_ERR_CANCELED);
  CHECK_ERROR(&error, LOY_ERR_CANCELED, NULL, LOY_NO_INDEX);
}

SUITE(btyd, fit_control) {
  ADD(test_checks);
  ADD(test_penalty);
  ADD(test_evaluate);
}
#else
static void test_nothing_public(void) { CU_PASS("private functions are tested in the other forms"); }
SUITE(btyd, fit_control) { ADD(test_nothing_public); }
#endif
