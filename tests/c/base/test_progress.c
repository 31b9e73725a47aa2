/* test_progress.c: the caller's watch; the tests of fits show it at work. */
#include "check.h"

#if LOY_TEST_INTERNALS

typedef struct seen {
  int64_t done, of;
  double value;
  int answer;
} seen;

static int look(void *ctx, int64_t done, int64_t of, double value) {
  seen *self = (seen *)ctx;
  self->done = done;
  self->of = of;
  self->value = value;
  return self->answer;
}

static void test_report(void) {
  seen last = {0, 0, 0.0, 1};
  loy_progress progress;
  progress.report = look;
  progress.ctx = &last;
  CU_ASSERT(loyi_progress_report(NULL, 1, 2, 3.0));
  CU_ASSERT(loyi_progress_report(&progress, 4, 5, 6.0));
  CU_ASSERT(last.done == 4 && last.of == 5 && last.value == 6.0);
  last.answer = 0;
  CU_ASSERT_FALSE(loyi_progress_report(&progress, 5, 5, 7.0));
}

SUITE(base, progress) { ADD(test_report); }
#else
static void test_nothing_public(void) { CU_PASS("private functions are tested in the other forms"); }
SUITE(base, progress) { ADD(test_nothing_public); }
#endif
