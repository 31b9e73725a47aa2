/* test_rows.c: the ordered rows of a fit, samples of them, and merging. */
#include "check.h"
#include "failing_allocator.h"

#if LOY_TEST_INTERNALS
#  include "loyalty/btyd/rows.h"

/* Groups by x in rising order, rows of a group in the order in which they came, times in units of a power of 2. */
static void test_order(void) {
  const double x[7] = {2, 0, 70000, 2, 1, 70000, 65536}, t_x[7] = {3, 0, 5, 1, 2, 6, 4}, T[7] = {8, 8, 8, 9, 8, 8, 8};
  const double weight[7] = {1, 2, 3, 4, 5, 6, 7};
  const double group_x[5] = {0, 1, 2, 65536, 70000}, group_weight[5] = {2, 5, 5, 7, 9};
  const double ordered[7] = {2, 5, 1, 4, 7, 3, 6};
  loyi_rows rows;
  CHECK_STATUS(loyi_rows_make(x, t_x, T, weight, 7, NULL, 1, 3, &rows, NULL), LOY_OK);
  CU_ASSERT_EQUAL_FATAL(rows.groups, 5);
  for (size_t g = 0; g < 5; g++) {
    CU_ASSERT_EQUAL(rows.group[g].x, group_x[g]);
    CU_ASSERT_EQUAL(rows.group[g].weight, group_weight[g]);
  }
  for (size_t i = 0; i < 7; i++) CU_ASSERT_EQUAL(rows.weight[i], ordered[i]);
  CU_ASSERT_EQUAL(rows.exponent, 4); /* 8 <= mean T < 16 */
  CU_ASSERT_EQUAL(rows.T[3], 9.0 / 16.0);
  CU_ASSERT_EQUAL(rows.t_x[2], 3.0 / 16.0);
  CU_ASSERT_EQUAL(rows.customers, 28.0);
  CU_ASSERT_EQUAL(rows.sum_x, 5.0 + 10.0 + 7.0 * 65536.0 + 9.0 * 70000.0);
  CU_ASSERT_EQUAL(rows.latest, 9.0 / 16.0);
  loyi_rows_release(&rows);
}

/* The unit of time is that of the customers, however they are counted. The mean T is 2: exactly so as single rows, and
 * as weights in exact arithmetic, of which 3 * .2 + 3 * 3.8 and .2 + 6 * 2.3 fall a little short in floating point. */
static void test_unit(void) {
  const double zero[7] = {0, 0, 0, 0, 0, 0, 0}, threes[2] = {3, 3}, one_six[2] = {1, 6}, ten_to_one[2] = {1, 10};
  const double even[2] = {.2, 3.8}, skewed[2] = {.2, 2.3}, each[7] = {.2, 2.3, 2.3, 2.3, 2.3, 2.3, 2.3};
  const double far[2] = {12, 1};
  const struct {
    const double *T, *weight;
    size_t n;
  } same[5] = {{even, NULL, 2}, {even, threes, 2}, {skewed, one_six, 2}, {each, NULL, 7}, {far, ten_to_one, 2}};
  for (int k = 0; k < 5; k++) {
    loyi_rows rows;
    CHECK_STATUS(loyi_rows_make(zero, zero, same[k].T, same[k].weight, same[k].n, NULL, 1, 1, &rows, NULL), LOY_OK);
    CU_ASSERT_EQUAL(rows.exponent, 2);
    loyi_rows_release(&rows);
  }
}

/* Many rows of one x are cut into blocks of LOYI_SUM_BLOCK; blocks do not cross groups. */
static void test_blocks(void) {
  enum { N = 10000 };
  static double x[N], t_x[N], T[N];
  loyi_rows rows;
  for (int i = 0; i < N; i++) {
    x[i] = i % 10 == 0;
    t_x[i] = x[i];
    T[i] = 2.0;
  }
  CHECK_STATUS(loyi_rows_make(x, t_x, T, NULL, N, NULL, 1, 3, &rows, NULL), LOY_OK);
  CU_ASSERT_EQUAL_FATAL(rows.groups, 2);
  CU_ASSERT_EQUAL(rows.group[0].end, 9000);
  CU_ASSERT_EQUAL(rows.blocks, 4); /* 9000 = 2 * 4096 + 808, and 1000 */
  CU_ASSERT_EQUAL(rows.block_group[2], 0);
  CU_ASSERT_EQUAL(rows.block_group[3], 1);
  CU_ASSERT_PTR_NULL(rows.weight);
  loyi_rows_release(&rows);
}

/* Uniform on [0, 1): 24 bits of a linear congruential generator. */
static double uniform(uint32_t *state) {
  *state = *state * 1664525u + 1013904223u;
  return (double)(*state >> 8) * 0x1p-24;
}

/* Many rows, dense and sparse x, any number of threads: each group holds exactly the rows of its x, in the order in
 * which they came. */
static void test_threads(void) {
  enum { N = 300000 };
  static double x[N], t_x[N], T[N], weight[N];
  const double widest[3] = {9.0, 60000.0, 70000.0};
  const int threads[3] = {1, 2, 7};
  uint32_t state = 5u;
  for (int wide = 0; wide < 3; wide++) {
    for (int i = 0; i < N; i++) {
      x[i] = floor(widest[wide] * uniform(&state) * uniform(&state));
      t_x[i] = x[i] > 0.0 ? 1.0 : 0.0;
      T[i] = 2.0 + i; /* tells the row */
      weight[i] = 1.0 + i % 3;
    }
    for (int k = 0; k < 3; k++) {
      loyi_rows rows;
      size_t at = 0, wrong = 0;
      double unit;
      CHECK_STATUS(loyi_rows_make(x, t_x, T, k ? weight : NULL, N, NULL, threads[k], 3, &rows, NULL), LOY_OK);
      CU_ASSERT_EQUAL(rows.exponent, 18); /* 2^17 <= mean T < 2^18 */
      unit = ldexp(1.0, rows.exponent);
      CU_ASSERT_EQUAL(rows.latest * unit, T[N - 1]);
      for (size_t g = 0; g < rows.groups; g++) {
        double before = 0.0;
        CU_ASSERT_EQUAL(rows.group[g].begin, at);
        wrong += g > 0 && !(rows.group[g].x > rows.group[g - 1].x);
        for (; at < rows.group[g].end; at++) {
          double here = rows.T[at] * unit;
          size_t i = (size_t)(here - 2.0);
          wrong += !(here > before) || x[i] != rows.group[g].x || rows.t_x[at] * unit != t_x[i];
          if (k) wrong += rows.weight[at] != weight[i];
          before = here;
        }
      }
      CU_ASSERT_EQUAL(at, N);
      CU_ASSERT_EQUAL(wrong, 0);
      loyi_rows_release(&rows);
    }
  }
}

/* Of several bad rows the first is named, whatever thread meets which. */
static void test_first_bad(void) {
  enum { N = 300000 };
  static double x[N], t_x[N], T[N], weight[N];
  loyi_rows rows;
  loy_error error;
  for (int i = 0; i < N; i++) {
    x[i] = t_x[i] = i % 2;
    T[i] = 2.0;
    weight[i] = 1.0;
  }
  x[299999] = -1.0;
  for (int threads = 1; threads < 4; threads++) {
    t_x[250001] = 3.0;
    weight[4097] = 1.0;
    CHECK_STATUS(loyi_rows_make(x, t_x, T, weight, N, NULL, threads, 3, &rows, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "T", 250001);
    weight[4097] = 0.0;
    CHECK_STATUS(loyi_rows_make(x, t_x, T, weight, N, NULL, threads, 3, &rows, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "weight", 4097);
    t_x[250001] = 1.0;
    CHECK_STATUS(loyi_rows_make(x, t_x, T, NULL, N, NULL, threads, 3, &rows, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "x", 299999);
  }
}

/* Equal rows become one with the sum of their weights; groups stay. */
static void test_merge(void) {
  const double x[8] = {1, 0, 1, 2, 0, 1, 1, 0}, t_x[8] = {3, 0, 3, 3, 0, 4, 3, 0}, T[8] = {8, 8, 8, 8, 9, 8, 9, 8};
  const double weight[8] = {1, 2, 4, 8, 16, 32, 64, 128};
  const double kept[6] = {130, 16, 5, 32, 64, 8}, counted[6] = {2, 1, 2, 1, 1, 1};
  for (int weighted = 0; weighted < 2; weighted++) {
    const loyi_rows_source source = {x, t_x, T, weighted ? weight : NULL, 8, 0, NULL, 0};
    loyi_rows rows;
    CHECK_STATUS(loyi_rows_make_merged(&source, NULL, 1, 3, &rows, NULL), LOY_OK);
    CU_ASSERT_EQUAL_FATAL(rows.n, 6);
    CU_ASSERT_EQUAL(rows.groups, 3);
    CU_ASSERT_EQUAL(rows.blocks, 3);
    for (size_t i = 0; i < 6; i++) CU_ASSERT_EQUAL(rows.weight[i], weighted ? kept[i] : counted[i]);
    CU_ASSERT_EQUAL(rows.group[1].begin, 2);
    CU_ASSERT_EQUAL(rows.group[1].end, 5);
    CU_ASSERT_EQUAL(rows.group[1].weight, weighted ? 101.0 : 4.0);
    CU_ASSERT_EQUAL(rows.customers, weighted ? 255.0 : 8.0);
    CU_ASSERT_EQUAL(rows.T[0], .5);
    CU_ASSERT_EQUAL(rows.t_x[3], 4.0 / 16.0);
    loyi_rows_release(&rows);
  }
}

/* A group with thousands of different rows among many equal ones, merged by comparison with a plain count. Rows that
 * are all different stay without weights. */
static void test_merge_many(void) {
  enum { N = 50000, KINDS = 5000 };
  static double x[N], t_x[N], T[N], count[KINDS];
  const loyi_rows_source source = {x, t_x, T, NULL, N, 0, NULL, 0};
  uint32_t state = 7u;
  size_t kinds = 0, wrong = 0;
  loyi_rows rows;
  for (int i = 0; i < N; i++) {
    int kind = (int)((double)KINDS * uniform(&state) * uniform(&state));
    x[i] = 1.0;
    t_x[i] = 1.0 + kind % 50;
    T[i] = 60.0 + kind / 50; /* both tell the kind */
    kinds += count[kind]++ == 0.0;
  }
  CHECK_STATUS(loyi_rows_make_merged(&source, NULL, 2, 3, &rows, NULL), LOY_OK);
  CU_ASSERT_EQUAL_FATAL(rows.n, kinds);
  CU_ASSERT_EQUAL(rows.customers, (double)N);
  for (size_t i = 0; i < rows.n; i++) {
    double unit = ldexp(1.0, rows.exponent);
    wrong += rows.weight[i] != count[(size_t)(rows.t_x[i] * unit - 1.0 + 50.0 * (rows.T[i] * unit - 60.0))];
  }
  CU_ASSERT_EQUAL(wrong, 0);
  loyi_rows_release(&rows);
  for (int i = 0; i < N; i++) T[i] = 60.0 + i;
  CHECK_STATUS(loyi_rows_make_merged(&source, NULL, 2, 3, &rows, NULL), LOY_OK);
  CU_ASSERT_EQUAL(rows.n, N);
  CU_ASSERT_PTR_NULL(rows.weight);
  loyi_rows_release(&rows);
}

/* What is merged first is as if ordered first: large x, without a lifetime, named bad rows. */
static void test_merge_ends(void) {
  const double x[8] = {70000, 1, 65536, 70000, 1, 65536, 1, 70000}, t_x[8] = {5, 3, 4, 5, 3, 4, 2, 6};
  const double T[8] = {8, 8, 8, 8, 8, 8, 8, 8}, bad[8] = {8, 8, 8, 8, 8, 3, 8, 8};
  loyi_rows_source source = {x, t_x, T, NULL, 8, 0, NULL, 0};
  loyi_rows rows;
  loy_error error;
  CHECK_STATUS(loyi_rows_make_merged(&source, NULL, 1, 3, &rows, NULL), LOY_OK);
  CU_ASSERT_EQUAL_FATAL(rows.n, 5);
  CU_ASSERT_EQUAL_FATAL(rows.groups, 3);
  CU_ASSERT_EQUAL(rows.group[1].x, 65536.0);
  CU_ASSERT_EQUAL(rows.group[1].weight, 2.0);
  CU_ASSERT_EQUAL(rows.group[2].x, 70000.0);
  CU_ASSERT_EQUAL(rows.t_x[3] * 16.0, 5.0);
  CU_ASSERT_EQUAL(rows.t_x[4] * 16.0, 6.0);
  CU_ASSERT_EQUAL(rows.sum_x, 3.0 + 2.0 * 65536.0 + 3.0 * 70000.0);
  loyi_rows_release(&rows);
  source.no_lifetime = 1;
  CHECK_STATUS(loyi_rows_make_merged(&source, NULL, 1, 3, &rows, NULL), LOY_OK);
  CU_ASSERT_EQUAL_FATAL(rows.n, 3);
  for (size_t i = 0; i < 3; i++) CU_ASSERT_EQUAL(rows.t_x[i], .5);
  loyi_rows_release(&rows);
  source.T = bad;
  CHECK_STATUS(loyi_rows_make_merged(&source, NULL, 1, 3, &rows, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "T", 5);
  source.n = 0;
  CHECK_STATUS(loyi_rows_make_merged(&source, NULL, 1, 3, &rows, NULL), LOY_OK);
  CU_ASSERT_EQUAL(rows.n, 0);
  loyi_rows_release(&rows);
}

/* Further columns go where their rows go, and rows that differ in one of them alone stay apart. */
static void test_further_columns(void) {
  enum { N = 5000, MOST = 1000 };
  static double x[N], t_x[N], T[N], age[N], channel[N];
  const double *const extra[2] = {age, channel};
  const loyi_rows_source source = {x, t_x, T, NULL, N, 0, extra, 2};
  loyi_rows rows, sample;
  for (int i = 0; i < N; i++) {
    x[i] = (i * 7) % 13;
    t_x[i] = x[i] > 0.0;
    T[i] = 9.0;
    age[i] = x[i] * 10.0 + i % 3;
    channel[i] = -x[i];
  }
  for (int merged = 0; merged < 2; merged++) {
    size_t wrong = 0;
    CHECK_STATUS(merged ? loyi_rows_make_merged(&source, NULL, 2, 1, &rows, NULL)
                        : loyi_rows_make_from(&source, NULL, 2, 1, &rows, NULL),
                 LOY_OK);
    CU_ASSERT_EQUAL_FATAL(rows.n, merged ? 39 : N);
    CU_ASSERT_EQUAL(rows.customers, (double)N);
    for (size_t g = 0; g < rows.groups; g++)
      for (size_t i = rows.group[g].begin; i < rows.group[g].end; i++) {
        double third = rows.extra[i] - 10.0 * rows.group[g].x;
        wrong += !(third == 0.0 || third == 1.0 || third == 2.0) || rows.extra[rows.room + i] != -rows.group[g].x;
      }
    CU_ASSERT_EQUAL(wrong, 0);
    if (!merged) {
      CU_ASSERT_FATAL(loyi_rows_sample(&rows, MOST, &sample));
      CU_ASSERT_FATAL(sample.n > MOST / 2 && sample.n <= MOST);
      for (size_t g = 0; g < sample.groups; g++)
        for (size_t i = sample.group[g].begin; i < sample.group[g].end; i++)
          wrong += sample.extra[sample.room + i] != -sample.group[g].x;
      CU_ASSERT_EQUAL(wrong, 0);
      loyi_rows_release(&sample);
    }
    loyi_rows_release(&rows);
  }
}

/* A sample has the same share of each x. */
static void test_sample(void) {
  enum { N = 1000 };
  static double x[N], t_x[N], T[N], weight[N];
  loyi_rows rows, sample;
  for (int i = 0; i < N; i++) {
    x[i] = t_x[i] = i % 4 == 0;
    T[i] = 2.0 + i;
    weight[i] = i % 4 == 0 ? 9.0 : 1.0; /* three quarters of the customers */
  }
  CHECK_STATUS(loyi_rows_make(x, t_x, T, NULL, N, NULL, 1, 3, &rows, NULL), LOY_OK);
  CU_ASSERT_FATAL(loyi_rows_sample(&rows, 100, &sample));
  CU_ASSERT_EQUAL(sample.n, 100);
  CU_ASSERT_EQUAL(sample.groups, 2);
  CU_ASSERT_EQUAL(sample.group[0].weight, 75.0);
  CU_ASSERT_EQUAL(sample.group[1].weight, 25.0);
  CU_ASSERT_EQUAL(sample.exponent, rows.exponent);
  CU_ASSERT_EQUAL(sample.T[0], rows.T[5]);
  loyi_rows_release(&sample);
  loyi_rows_release(&rows);
  CHECK_STATUS(loyi_rows_make(x, t_x, T, weight, N, NULL, 1, 3, &rows, NULL), LOY_OK);
  CU_ASSERT_FATAL(loyi_rows_sample(&rows, 500, &sample)); /* one of 6 customers: all rows of 9, one or two times */
  CU_ASSERT_EQUAL(sample.n, 375);
  CU_ASSERT_EQUAL(sample.group[0].weight, 125.0);
  CU_ASSERT_EQUAL(sample.group[1].weight, 375.0);
  CU_ASSERT_EQUAL(sample.customers, 500.0);
  loyi_rows_release(&sample);
  loyi_rows_release(&rows);
}

/* Every request for memory fails once; with rows that are merged, and are not. */
static void test_memory(void) {
  enum { N = 3000 }; /* so many that the table of different rows grows */
  static double x[N], t_x[N], T[N];
  const loyi_rows_source source = {x, t_x, T, NULL, N, 0, NULL, 0};
  failing_allocator memory;
  for (int alike = 1; alike < 3; alike++) {
    for (int i = 0; i < N; i++) {
      x[i] = i == 0 ? 70000.0 : (double)(i > 1);
      t_x[i] = x[i] > 0.0 ? 1.0 : 0.0;
      T[i] = 2.0 + i / alike;
    }
    FOR_EACH_FAILURE(memory) {
      loyi_rows rows, sample;
      if (loyi_rows_make_merged(&source, &memory.allocator, 1, 3, &rows, NULL) == LOY_OK) {
        int sampled = loyi_rows_sample(&rows, 2, &sample);
        CU_ASSERT_EQUAL(rows.weight != NULL, alike == 2);
        CU_ASSERT_EQUAL(sampled, !memory.failed);
        if (sampled) loyi_rows_release(&sample);
        loyi_rows_release(&rows);
      }
      CU_ASSERT_EQUAL(memory.held, 0);
    }
  }
}

SUITE(btyd, rows) {
  ADD(test_order);
  ADD(test_unit);
  ADD(test_blocks);
  ADD(test_threads);
  ADD(test_first_bad);
  ADD(test_merge);
  ADD(test_merge_many);
  ADD(test_merge_ends);
  ADD(test_further_columns);
  ADD(test_sample);
  ADD(test_memory);
}
#else
static void test_nothing_public(void) { CU_PASS("private functions are tested in the other forms"); }
SUITE(btyd, rows) { ADD(test_nothing_public); }
#endif
