/* test_stage.c: the rule of the five steps. */
#include "check.h"

static loy_stage_customer nobody(void) {
  loy_stage_customer customer;
  loy_stage_customer_init(&customer);
  return customer;
}

static int stage_of(const loy_stage_customer *customer, int *advocate) {
  int stage = -9;
  CHECK_STATUS(loy_stage_assign(customer, NULL, &stage, advocate, NULL), LOY_OK);
  return stage;
}

/* One rung after another, each by the least that reaches it. */
static void test_rungs(void) {
  loy_stage_customer c = nobody();
  int advocate = -1;
  loy_stage_customer_init(NULL);
  CU_ASSERT_EQUAL(stage_of(&c, &advocate), LOY_STAGE_UNAWARE);
  CU_ASSERT_EQUAL(advocate, 0);
  c.aware = 0.0;
  CU_ASSERT_EQUAL(stage_of(&c, NULL), LOY_STAGE_UNAWARE);
  c.aware = 1.0;
  CU_ASSERT_EQUAL(stage_of(&c, NULL), LOY_STAGE_AWARE);
  c.considered = 1.0;
  CU_ASSERT_EQUAL(stage_of(&c, NULL), LOY_STAGE_CONSIDER);
  c.considered = 0.0;
  c.purchases = 1.0;
  CU_ASSERT_EQUAL(stage_of(&c, NULL), LOY_STAGE_CONSIDER);
  c.purchases = 50.0;
  c.recency_days = 1.0;
  CU_ASSERT_EQUAL(stage_of(&c, NULL), LOY_STAGE_CONSIDER); /* however many: the first choice is not known */
  c.share = .49;
  CU_ASSERT_EQUAL(stage_of(&c, NULL), LOY_STAGE_CONSIDER);
  c.share = .5;
  CU_ASSERT_EQUAL(stage_of(&c, NULL), LOY_STAGE_LOYAL);
  c.share = NAN;
  c.rank = 2.0;
  CU_ASSERT_EQUAL(stage_of(&c, NULL), LOY_STAGE_CONSIDER);
  c.rank = 1.0;
  CU_ASSERT_EQUAL(stage_of(&c, NULL), LOY_STAGE_LOYAL);
  c.purchases = 2.0;
  CU_ASSERT_EQUAL(stage_of(&c, NULL), LOY_STAGE_PREFER);
  c.purchases = 3.0;
  c.recency_days = 182.0;
  CU_ASSERT_EQUAL(stage_of(&c, NULL), LOY_STAGE_LOYAL);
  c.recency_days = 183.0;
  CU_ASSERT_EQUAL(stage_of(&c, NULL), LOY_STAGE_PREFER);
  c.recency_days = NAN;
  CU_ASSERT_EQUAL(stage_of(&c, NULL), LOY_STAGE_PREFER);
}

static void test_advocate(void) {
  loy_stage_customer c = nobody();
  int advocate = -1;
  c.rank = 1.0;
  c.purchases = 3.0;
  c.recency_days = 10.0;
  c.recommendation = 9.0;
  CU_ASSERT_EQUAL(stage_of(&c, &advocate), LOY_STAGE_LOYAL);
  CU_ASSERT_EQUAL(advocate, 1);
  c.recommendation = 8.0;
  (void)stage_of(&c, &advocate);
  CU_ASSERT_EQUAL(advocate, 0);
  c.recommendation = NAN;
  (void)stage_of(&c, &advocate);
  CU_ASSERT_EQUAL(advocate, 0);
  c.recommendation = 10.0;
  c.purchases = 1.0;
  CU_ASSERT_EQUAL(stage_of(&c, &advocate), LOY_STAGE_PREFER);
  CU_ASSERT_EQUAL(advocate, 0);
}

static void test_churn(void) {
  loy_stage_customer c = nobody();
  c.rank = 1.0;
  c.purchases = 5.0;
  c.recency_days = 366.0;
  CU_ASSERT_EQUAL(stage_of(&c, NULL), LOY_STAGE_PREFER); /* nothing known about before */
  for (int before = 0; before < LOY_STAGES; before++) {
    c.previous_stage = before;
    CU_ASSERT_EQUAL(stage_of(&c, NULL), before >= LOY_STAGE_PREFER ? LOY_STAGE_CHURN : LOY_STAGE_PREFER);
  }
  c.recency_days = 365.0;
  CU_ASSERT_EQUAL(stage_of(&c, NULL), LOY_STAGE_PREFER);
  c.recency_days = 3.0;
  CU_ASSERT_EQUAL(stage_of(&c, NULL), LOY_STAGE_LOYAL); /* won back */
}

static void test_options(void) {
  loy_stage_options options;
  loy_stage_customer c = nobody();
  int stage = -9, advocate = -9;
  loy_stage_options_init(NULL);
  loy_stage_options_init(&options);
  CHECK_BITS(options.window, 365.0);
  options.n_loyal = 1.0;
  options.r_max = 30.0;
  options.share_from = .3;
  options.advocate_from = 7.0;
  c.share = .3;
  c.purchases = 1.0;
  c.recency_days = 30.0;
  c.recommendation = 7.0;
  CHECK_STATUS(loy_stage_assign(&c, &options, &stage, &advocate, NULL), LOY_OK);
  CU_ASSERT_EQUAL(stage, LOY_STAGE_LOYAL);
  CU_ASSERT_EQUAL(advocate, 1);
  options.r_churn = 40.0;
  c.recency_days = 41.0;
  c.previous_stage = LOY_STAGE_LOYAL;
  CHECK_STATUS(loy_stage_assign(&c, &options, &stage, &advocate, NULL), LOY_OK);
  CU_ASSERT_EQUAL(stage, LOY_STAGE_CHURN);
}

/* A purchase log alone: purchases and recency. */
static void test_log_alone(void) {
  static const double purchases[] = {0, 1, 5, 9}, recency[] = {NAN, 300, 10, 5};
  loy_stage_columns columns = {purchases, recency, NULL, NULL, NULL, NULL, NULL, NULL};
  static loy_stage_summary summary;
  int32_t stage[4];
  loy_error error;
  CHECK_STATUS(loy_stage_assign_batch(&columns, 4, NULL, stage, NULL, &summary, NULL, &error), LOY_NOTICE_INCOMPLETE);
  CHECK_ERROR(&error, LOY_NOTICE_INCOMPLETE, "columns", LOY_NO_INDEX);
  CU_ASSERT(stage[0] == LOY_STAGE_UNAWARE && stage[1] == LOY_STAGE_CONSIDER && stage[3] == LOY_STAGE_CONSIDER);
  CU_ASSERT_EQUAL(summary.count[LOY_STAGE_UNAWARE], 1);
  CU_ASSERT_EQUAL(summary.count[LOY_STAGE_CONSIDER], 3);
  CU_ASSERT_EQUAL(summary.unknown[LOY_STAGE_INPUT_RECENCY_DAYS], 1);
  CU_ASSERT_EQUAL(summary.unknown[LOY_STAGE_INPUT_SHARE], 4);
  CU_ASSERT_EQUAL(summary.missing, (1u << LOY_STAGE_INPUT_SHARE) | (1u << LOY_STAGE_INPUT_RANK) |
                                       (1u << LOY_STAGE_INPUT_AWARE) | (1u << LOY_STAGE_INPUT_CONSIDERED) |
                                       (1u << LOY_STAGE_INPUT_RECOMMENDATION) | (1u << LOY_STAGE_INPUT_PREVIOUS_STAGE));
  CU_ASSERT_EQUAL(summary.unreachable, (1u << LOY_STAGE_AWARE) | (1u << LOY_STAGE_PREFER) | (1u << LOY_STAGE_LOYAL) |
                                           (1u << LOY_STAGE_CHURN));
  columns.rank = purchases + 1; /* 1, 5, 9, and out of bounds is not read for n = 3 */
  CHECK_STATUS(loy_stage_assign_batch(&columns, 3, NULL, stage, NULL, &summary, NULL, &error), LOY_NOTICE_INCOMPLETE);
  CU_ASSERT_EQUAL(summary.unreachable, (1u << LOY_STAGE_AWARE) | (1u << LOY_STAGE_CHURN));
  columns.purchases = NULL;
  CHECK_STATUS(loy_stage_assign_batch(&columns, 3, NULL, stage, NULL, &summary, NULL, &error), LOY_NOTICE_INCOMPLETE);
  CU_ASSERT_EQUAL(summary.unreachable, (1u << LOY_STAGE_AWARE) | (1u << LOY_STAGE_CONSIDER) | (1u << LOY_STAGE_LOYAL) |
                                           (1u << LOY_STAGE_CHURN));
}

/* Every combination of what can be known, batch against scalar. */
static void test_batch_equals_scalar(void) {
  enum { N = 3 * 4 * 3 * 3 * 3 * 3 * 3 * 7 };
  static double column[LOY_STAGE_INPUTS][N];
  static int32_t stage[N];
  static uint8_t advocate[N];
  static const double purchases[] = {NAN, 0, 3}, recency[] = {NAN, 5, 200, 400}, share[] = {NAN, .2, .7},
                      rank[] = {NAN, 1, 2};
  static const double flag[] = {NAN, 0, 1}, recommend[] = {NAN, 8, 9}, before[] = {NAN, 0, 1, 2, 3, 4, 5};
  const loy_stage_columns columns = {column[0], column[1], column[2], column[3],
                                     column[4], column[5], column[6], column[7]};
  static loy_stage_summary summary;
  loy_batch_report report;
  size_t seen[LOY_STAGES] = {0}, advocates = 0;
  for (size_t i = 0; i < N; i++) {
    size_t k = i;
    column[0][i] = purchases[k % 3];
    column[1][i] = recency[(k /= 3) % 4];
    column[2][i] = share[(k /= 4) % 3];
    column[3][i] = rank[(k /= 3) % 3];
    column[4][i] = flag[(k /= 3) % 3];
    column[5][i] = flag[(k /= 3) % 3];
    column[6][i] = recommend[(k /= 3) % 3];
    column[7][i] = before[(k / 3) % 7];
  }
  CHECK_STATUS(loy_stage_assign_batch(&columns, N, NULL, stage, advocate, &summary, &report, NULL), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 0);
  CU_ASSERT_EQUAL(summary.missing, 0);
  CU_ASSERT_EQUAL(summary.unreachable, 0);
  for (size_t i = 0; i < N; i++) {
    loy_stage_customer c = nobody();
    int flagged = -1;
    c.purchases = column[0][i];
    c.recency_days = column[1][i];
    c.share = column[2][i];
    c.rank = column[3][i];
    c.aware = column[4][i];
    c.considered = column[5][i];
    c.recommendation = column[6][i];
    c.previous_stage = column[7][i];
    if (stage[i] != stage_of(&c, &flagged) || advocate[i] != flagged) CU_FAIL("batch differs from scalar");
    seen[stage[i]]++;
    advocates += advocate[i];
  }
  for (int s = 0; s < LOY_STAGES; s++) {
    CU_ASSERT(seen[s] > 0);
    CU_ASSERT_EQUAL(summary.count[s], seen[s]);
  }
  CU_ASSERT_EQUAL(summary.advocates, advocates);
  CU_ASSERT_EQUAL(summary.unknown[LOY_STAGE_INPUT_PURCHASES], N / 3);
}

static void test_bad_rows(void) {
  static const struct {
    int input;
    double value;
  } bad[] = {{0, -1}, {0, INFINITY}, {1, -.5}, {1, INFINITY}, {2, -.1}, {2, 1.1}, {3, .5},  {3, 0}, {3, INFINITY},
             {4, .5}, {4, 2},        {5, -1},  {6, 11},       {6, -1},  {7, 6},   {7, 2.5}, {7, -1}};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    double value[LOY_STAGE_INPUTS][3];
    const loy_stage_columns columns = {value[0], value[1], value[2], value[3], value[4], value[5], value[6], value[7]};
    int32_t stage[3];
    uint8_t advocate[3];
    loy_batch_report report;
    loy_stage_customer customer;
    loy_error error;
    int one = -7;
    for (int j = 0; j < LOY_STAGE_INPUTS; j++) value[j][0] = value[j][1] = value[j][2] = 1.0;
    value[bad[i].input][1] = bad[i].value;
    CHECK_STATUS(loy_stage_assign_batch(&columns, 3, NULL, stage, advocate, NULL, &report, NULL), LOY_OK);
    CU_ASSERT_EQUAL(report.bad, 1);
    CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, loy_stage_input_name(bad[i].input), 1);
    CU_ASSERT(stage[0] == LOY_STAGE_PREFER && stage[1] == -1 && stage[2] == LOY_STAGE_PREFER && advocate[1] == 0);
    customer.purchases = value[0][1];
    customer.recency_days = value[1][1];
    customer.share = value[2][1];
    customer.rank = value[3][1];
    customer.aware = value[4][1];
    customer.considered = value[5][1];
    customer.recommendation = value[6][1];
    customer.previous_stage = value[7][1];
    CHECK_STATUS(loy_stage_assign(&customer, NULL, &one, NULL, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, loy_stage_input_name(bad[i].input), LOY_NO_INDEX);
    CU_ASSERT_EQUAL(one, -7);
  }
}

/* In the order the header states. */
static void test_errors(void) {
  static const char *const member[] = {"advocate_from", "share_from", "n_loyal", "r_churn", "r_max", "window"};
  const loy_stage_customer c = nobody();
  const loy_stage_columns none = {NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL};
  loy_stage_options options;
  loy_error error;
  int32_t stage[1] = {-7};
  int one = -7;
  loy_stage_options_init(&options);
  for (int i = 0; i < 6; i++) {
    if (i == 0) options.advocate_from = 11.0;
    if (i == 1) options.share_from = 0.0;
    if (i == 2) options.n_loyal = .5;
    if (i == 3) options.r_churn = 181.0;
    if (i == 4) options.r_max = NAN;
    if (i == 5) options.window = 0.0;
    CHECK_STATUS(loy_stage_assign(&c, &options, NULL, NULL, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, member[i], LOY_NO_INDEX);
    CHECK_STATUS(loy_stage_assign_batch(&none, 1, &options, NULL, NULL, NULL, NULL, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, member[i], LOY_NO_INDEX);
  }
  options.struct_size = 8;
  CHECK_STATUS(loy_stage_assign(&c, &options, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX);
  CHECK_STATUS(loy_stage_assign(NULL, &options, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "customer", LOY_NO_INDEX);
  CHECK_STATUS(loy_stage_assign(&c, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "stage", LOY_NO_INDEX);
  CHECK_STATUS(loy_stage_assign(&c, NULL, &one, NULL, &error), LOY_OK);
  CHECK_STATUS(loy_stage_assign_batch(NULL, 1, &options, stage, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "columns", LOY_NO_INDEX);
  CHECK_STATUS(loy_stage_assign_batch(&none, 1, NULL, NULL, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "stage", LOY_NO_INDEX);
  CU_ASSERT_EQUAL(stage[0], -7);
  CHECK_STATUS(loy_stage_assign_batch(&none, 0, NULL, NULL, NULL, NULL, NULL, &error), LOY_NOTICE_INCOMPLETE);
}

static void test_names(void) {
  CU_ASSERT_STRING_EQUAL(loy_stage_name(LOY_STAGE_LOYAL), "loyal");
  CU_ASSERT_STRING_EQUAL(loy_stage_name_zh(LOY_STAGE_UNAWARE), "未接触");
  CU_ASSERT_STRING_EQUAL(loy_stage_name_zh(LOY_STAGE_AWARE), "意识");
  CU_ASSERT_STRING_EQUAL(loy_stage_name_zh(LOY_STAGE_CONSIDER), "考虑");
  CU_ASSERT_STRING_EQUAL(loy_stage_name_zh(LOY_STAGE_PREFER), "偏爱");
  CU_ASSERT_STRING_EQUAL(loy_stage_name_zh(LOY_STAGE_LOYAL), "忠诚");
  for (int i = -1; i <= LOY_STAGES; i++) {
    const int known = i >= 0 && i < LOY_STAGES;
    CU_ASSERT_EQUAL(strcmp(loy_stage_name(i), "unknown") != 0, known);
    CU_ASSERT_EQUAL(strcmp(loy_stage_name_zh(i), "unknown") != 0, known);
  }
  for (int i = -1; i <= LOY_STAGE_INPUTS; i++)
    CU_ASSERT_EQUAL(strcmp(loy_stage_input_name(i), "unknown") != 0, i >= 0 && i < LOY_STAGE_INPUTS);
}

static void test_classic_names(void) {
  CU_ASSERT_STRING_EQUAL(loy_classic_stage_name(0), "suspect");
  CU_ASSERT_STRING_EQUAL(loy_classic_stage_name(6), "partner");
  CU_ASSERT_STRING_EQUAL(loy_classic_stage_name_zh(1), "潜在顾客");
  CU_ASSERT_STRING_EQUAL(loy_classic_stage_name_zh(6), "合作伙伴");
  for (int i = -1; i <= LOY_CLASSIC_STAGES; i++) {
    const int known = i >= 0 && i < LOY_CLASSIC_STAGES;
    CU_ASSERT_EQUAL(strcmp(loy_classic_stage_name(i), "unknown") != 0, known);
    CU_ASSERT_EQUAL(strcmp(loy_classic_stage_name_zh(i), "unknown") != 0, known);
  }
}

SUITE(ladder, stage) {
  ADD(test_rungs);
  ADD(test_advocate);
  ADD(test_churn);
  ADD(test_options);
  ADD(test_log_alone);
  ADD(test_batch_equals_scalar);
  ADD(test_bad_rows);
  ADD(test_errors);
  ADD(test_names);
  ADD(test_classic_names);
}
