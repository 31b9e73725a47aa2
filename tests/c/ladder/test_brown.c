/* Brown's types: the sequences of the page, every sequence of six purchases against a plain restatement, memory. */
#include "check.h"
#include "failing_allocator.h"

static loy_brown_sequence of(const char *letters) {
  int64_t brand[64] = {0};
  const size_t first = 0, n = strlen(letters);
  loy_brown_sequence found;
  for (size_t i = 0; i < n; i++) brand[i] = letters[i];
  CHECK_STATUS(loy_brown(brand, n, &first, 1, NULL, NULL, &found, NULL), LOY_OK);
  return found;
}

static void test_sequences(void) {
  loy_brown_sequence found = of("AAAA");
  CU_ASSERT(found.type == LOY_BROWN_UNDIVIDED && found.brands == 1 && found.runs == 1 && found.purchases == 4);
  CHECK_BITS(found.share, 1.0);
  CHECK_BITS(found.entropy, 0.0);
  found = of("ABAB");
  CU_ASSERT(found.type == LOY_BROWN_DIVIDED && found.brands == 2 && found.runs == 4);
  CHECK_BITS(found.share, .5);
  CHECK_CLOSE(found.entropy, 1.0, 4e-16);
  CU_ASSERT_EQUAL(of("AAABBB").type, LOY_BROWN_UNSTABLE);
  CU_ASSERT_EQUAL(of("ABCD").type, LOY_BROWN_NONE);
  CU_ASSERT_EQUAL(of("ABCDEF").type, LOY_BROWN_NONE);
  CU_ASSERT_EQUAL(of("ABCABC").type, LOY_BROWN_DIVIDED);
  CU_ASSERT_EQUAL(of("AAAAAB").type, LOY_BROWN_UNSTABLE);
  CU_ASSERT_EQUAL(of("AAABBA").type, LOY_BROWN_DIVIDED);
  CU_ASSERT_EQUAL(of("AA").type, LOY_BROWN_UNDIVIDED);
  CU_ASSERT_EQUAL(of("AB").type, LOY_BROWN_NONE);
  found = of("A");
  CU_ASSERT(found.type == LOY_BROWN_UNKNOWN && found.runs == 1);
  found = of("");
  CU_ASSERT(found.type == LOY_BROWN_UNKNOWN && found.purchases == 0 && found.brands == 0 && found.runs == 0);
  CU_ASSERT(isnan(found.share) && isnan(found.entropy));
  found = of("AAB"); /* H/ln 2 of (2/3, 1/3), by mpmath */
  CHECK_CLOSE(found.entropy, 0.91829583405448951479, 4e-16);
  found = of("ABACABAD"); /* H/ln 4 of (1/2, 1/4, 1/8, 1/8) = 1.75/2 */
  CHECK_CLOSE(found.entropy, .875, 4e-16);
  CHECK_BITS(found.share, .5);
  CU_ASSERT_EQUAL(found.type, LOY_BROWN_DIVIDED);
}

/* All 4^6 sequences as customers of one call. */
static void test_every_sequence(void) {
  enum { LENGTH = 6, N = 4096 };
  static int64_t brand[N * LENGTH];
  static size_t first[N];
  static loy_brown_sequence found[N];
  for (size_t c = 0; c < N; c++) {
    first[c] = c * LENGTH;
    for (size_t i = 0, rest = c; i < LENGTH; i++, rest /= 4) brand[c * LENGTH + i] = (int64_t)(rest % 4) - 2;
  }
  CHECK_STATUS(loy_brown(brand, N * LENGTH, first, N, NULL, NULL, found, NULL), LOY_OK);
  for (size_t c = 0; c < N; c++) {
    const int64_t *own = brand + first[c];
    int count[4] = {0}, brands = 0, most = 0, returns = 0, type;
    for (int i = 0; i < LENGTH; i++) {
      count[own[i] + 2]++;
      for (int j = 0; i > 0 && own[i] != own[i - 1] && j < i; j++)
        if (own[j] == own[i]) returns = 1;
    }
    for (int k = 0; k < 4; k++) {
      brands += count[k] > 0;
      if (count[k] > most) most = count[k];
    }
    if (brands == 1)
      type = LOY_BROWN_UNDIVIDED;
    else if (brands > 3)
      type = LOY_BROWN_NONE;
    else
      type = returns ? LOY_BROWN_DIVIDED : LOY_BROWN_UNSTABLE;
    CU_ASSERT(found[c].type == type && found[c].brands == brands && found[c].purchases == LENGTH);
    CHECK_BITS(found[c].share, (double)most / (double)LENGTH);
    CU_ASSERT(found[c].entropy >= 0.0 && found[c].entropy <= 1.0);
  }
}

/* A long history is sorted, not searched: the counts of n % 5000. */
static void test_long(void) {
  enum { N = 20000 };
  static int64_t brand[N];
  const size_t first = 0;
  loy_brown_sequence found;
  for (int64_t i = 0; i < N; i++) brand[i] = INT64_MIN + i * 7919 % 5000;
  CHECK_STATUS(loy_brown(brand, N, &first, 1, NULL, NULL, &found, NULL), LOY_OK);
  CU_ASSERT(found.brands == 5000 && found.runs == N && found.type == LOY_BROWN_DIVIDED);
  CHECK_CLOSE(found.entropy, 1.0, 1e-15);
}

static void test_options(void) {
  static const int64_t brand[] = {1, 1, 2, 1, 1}, few[] = {1, 2, 1};
  const size_t first = 0;
  loy_brown_options options;
  loy_brown_sequence found;
  loy_brown_options_init(NULL);
  loy_brown_options_init(&options);
  options.undivided_from = .8;
  CHECK_STATUS(loy_brown(brand, 5, &first, 1, &options, NULL, &found, NULL), LOY_OK);
  CU_ASSERT_EQUAL(found.type, LOY_BROWN_UNDIVIDED);
  options.per_brand = 1.5;
  CHECK_STATUS(loy_brown(few, 3, &first, 1, &options, NULL, &found, NULL), LOY_OK);
  CU_ASSERT_EQUAL(found.type, LOY_BROWN_DIVIDED);
  options.least = 4;
  CHECK_STATUS(loy_brown(few, 3, &first, 1, &options, NULL, &found, NULL), LOY_OK);
  CU_ASSERT_EQUAL(found.type, LOY_BROWN_UNKNOWN);
}

static void test_memory(void) {
  static const int64_t brand[] = {1, 2, 1, 1, 2};
  static const size_t first[] = {0, 0, 3, 5};
  failing_allocator memory;
  FOR_EACH_FAILURE(memory) {
    loy_brown_sequence found[4];
    loy_status status;
    memset(found, 0, sizeof found);
    found[2].purchases = -7;
    status = loy_brown(brand, 5, first, 4, NULL, &memory.allocator, found, NULL);
    if (memory.failed) {
      CHECK_STATUS(status, LOY_ERR_MEMORY);
      CU_ASSERT_EQUAL(found[2].purchases, -7);
    } else {
      CHECK_STATUS(status, LOY_OK);
      CU_ASSERT(found[0].purchases == 0 && found[1].purchases == 3 && found[2].purchases == 2 &&
                found[3].purchases == 0);
    }
    CU_ASSERT_EQUAL(memory.held, 0);
  }
}

static void test_errors(void) {
  static const char *const member[] = {"least", "per_brand", "undivided_from"};
  static const int64_t brand[] = {1, 2, 1};
  static const size_t falls[] = {0, 2, 1}, late[] = {1, 2}, beyond[] = {0, 4}, good[] = {0, 1};
  loy_brown_options options;
  loy_brown_sequence found[3];
  loy_error error;
  found[0].purchases = -7;
  loy_brown_options_init(&options);
  for (int i = 0; i < 3; i++) {
    if (i == 0) options.least = 0;
    if (i == 1) options.per_brand = .5;
    if (i == 2) options.undivided_from = .5;
    CHECK_STATUS(loy_brown(brand, 3, good, 2, &options, NULL, found, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, member[i], LOY_NO_INDEX);
  }
  options.struct_size = 8;
  CHECK_STATUS(loy_brown(brand, 3, good, 2, &options, NULL, found, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX);
  CHECK_STATUS(loy_brown(brand, 3, NULL, 0, &options, NULL, found, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "customers", LOY_NO_INDEX);
  CHECK_STATUS(loy_brown(brand, 3, falls, 3, &options, NULL, found, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "first", 2);
  CHECK_STATUS(loy_brown(brand, 3, late, 2, &options, NULL, found, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "first", 0);
  CHECK_STATUS(loy_brown(brand, 3, beyond, 2, &options, NULL, found, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "first", 1);
  CHECK_STATUS(loy_brown(brand, 3, falls, 3, &options, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  CHECK_STATUS(loy_brown(brand, 3, NULL, 3, &options, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "first", LOY_NO_INDEX);
  CHECK_STATUS(loy_brown(NULL, 3, NULL, 3, &options, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "brand", LOY_NO_INDEX);
  CU_ASSERT_EQUAL(found[0].purchases, -7);
  CHECK_STATUS(loy_brown(NULL, 0, NULL, 0, NULL, NULL, NULL, &error), LOY_OK);
  CHECK_STATUS(loy_brown(NULL, 0, good, 1, NULL, NULL, found, &error), LOY_OK);
  CU_ASSERT_EQUAL(found[0].purchases, 0);
}

static void test_names(void) {
  CU_ASSERT_STRING_EQUAL(loy_brown_name(LOY_BROWN_UNDIVIDED), "undivided");
  CU_ASSERT_STRING_EQUAL(loy_brown_name_zh(LOY_BROWN_UNDIVIDED), "完全忠诚");
  for (int i = -2; i <= LOY_BROWN_TYPES; i++) {
    const int known = i >= 0 && i < LOY_BROWN_TYPES;
    CU_ASSERT_EQUAL(strcmp(loy_brown_name(i), "unknown") != 0, known);
    CU_ASSERT_EQUAL(strcmp(loy_brown_name_zh(i), "unknown") != 0, known);
  }
}

SUITE(ladder, brown) {
  ADD(test_sequences);
  ADD(test_every_sequence);
  ADD(test_long);
  ADD(test_options);
  ADD(test_memory);
  ADD(test_errors);
  ADD(test_names);
}
