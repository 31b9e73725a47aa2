/* test_nps_stream.c: answers counted as they come. */
#include "check.h"

static int same(const loy_nps_stream *a, const loy_nps_stream *b) { return memcmp(a, b, sizeof *a) == 0; }

/* One by one, as numbers, as bytes, in parts and merged: the same counts, those of a loop of its own. */
static void test_counts_agree(void) {
  static double score[3000];
  static uint8_t bytes[3000];
  static const size_t sizes[] = {0, 1, 239, 240, 241, 255, 256, 480, 2999, 3000};
  for (size_t i = 0; i < 3000; i++) {
    bytes[i] = (uint8_t)((i * i + i / 7) % 11);
    score[i] = (double)bytes[i];
  }
  for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
    const size_t n = sizes[k], half = n / 2;
    loy_nps_stream expected, single, numbers, bits, parts, rest;
    memset(&expected, 0, sizeof expected);
    loy_nps_stream_init(&single);
    loy_nps_stream_init(&numbers);
    loy_nps_stream_init(&bits);
    loy_nps_stream_init(&parts);
    loy_nps_stream_init(&rest);
    for (size_t i = 0; i < n; i++) {
      expected.count[bytes[i]]++;
      CHECK_STATUS(loy_nps_stream_add(&single, score[i], 0, NULL), LOY_OK);
    }
    CHECK_STATUS(loy_nps_stream_add_scores(&numbers, score, n, 0, NULL), LOY_OK);
    CHECK_STATUS(loy_nps_stream_add_u8(&bits, bytes, n, NULL), LOY_OK);
    CHECK_STATUS(loy_nps_stream_add_u8(&parts, bytes, half, NULL), LOY_OK);
    CHECK_STATUS(loy_nps_stream_add_scores(&rest, score + half, n - half, 1, NULL), LOY_OK);
    CHECK_STATUS(loy_nps_stream_merge(&parts, &rest, NULL), LOY_OK);
    CU_ASSERT(same(&single, &expected));
    CU_ASSERT(same(&numbers, &expected));
    CU_ASSERT(same(&bits, &expected));
    CU_ASSERT(same(&parts, &expected));
  }
}

static void test_result(void) {
  static const double score[] = {10, 9, 8, 7, 6, 0, 10, 3, NAN};
  loy_nps_stream stream;
  loy_nps streamed, direct;
  loy_nps_counts counts = {0, 0, 0, 0};
  loy_nps_options options;
  loy_nps_options_init(&options);
  memset(&streamed, 0, sizeof streamed);
  memset(&direct, 1, sizeof direct);
  loy_nps_stream_init(&stream);
  CHECK_STATUS(loy_nps_stream_add_scores(&stream, score, 9, 1, NULL), LOY_OK);
  CHECK_STATUS(loy_nps_stream_result(&stream, NULL, &streamed, NULL), LOY_OK);
  options.skip_missing = 1;
  CHECK_STATUS(loy_nps_from_scores(score, NULL, 9, &options, &direct, NULL), LOY_OK);
  CHECK_BITS(streamed.score, direct.score);
  CHECK_BITS(streamed.standard_error, direct.standard_error);
  CU_ASSERT_EQUAL(streamed.counts.missing, 1);
  /* The cuts are made afterwards. */
  options.promoter_from = 8;
  options.passive_from = 3;
  CHECK_STATUS(loy_nps_stream_counts(&stream, &options, &counts, NULL), LOY_OK);
  CU_ASSERT_EQUAL(counts.promoters, 4);
  CU_ASSERT_EQUAL(counts.passives, 3);
  CU_ASSERT_EQUAL(counts.detractors, 1);
  CU_ASSERT_EQUAL(counts.missing, 1);
  /* A stream merged with itself has everything twice. */
  CHECK_STATUS(loy_nps_stream_merge(&stream, &stream, NULL), LOY_OK);
  CHECK_STATUS(loy_nps_stream_result(&stream, NULL, &streamed, NULL), LOY_OK);
  CU_ASSERT_EQUAL(streamed.n, 16);
  CU_ASSERT_EQUAL(streamed.counts.missing, 2);
}

/* All or none: after an error the stream is as it was. */
static void test_bad_answers(void) {
  static const double bad[] = {11.0, -1.0, 7.5, NAN, INFINITY, -INFINITY, 1e300, -4e-320};
  static uint8_t bytes[600];
  loy_nps_stream stream, before;
  loy_error error;
  loy_nps_stream_init(&stream);
  CHECK_STATUS(loy_nps_stream_add(&stream, 4.0, 0, &error), LOY_OK);
  before = stream;
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    double score[5] = {1, 2, 3, 4, 5};
    score[3] = bad[i];
    CHECK_STATUS(loy_nps_stream_add(&stream, bad[i], 0, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "score", LOY_NO_INDEX);
    CHECK_STATUS(loy_nps_stream_add_scores(&stream, score, 5, 0, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "score", 3);
  }
  for (size_t where = 0; where < 600; where += 149) {
    memset(bytes, 10, sizeof bytes);
    bytes[where] = (uint8_t)(11 + where % 245);
    CHECK_STATUS(loy_nps_stream_add_u8(&stream, bytes, 600, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "score", where);
  }
  CU_ASSERT(same(&stream, &before));
  CHECK_STATUS(loy_nps_stream_add(&stream, NAN, 1, &error), LOY_OK);
  CU_ASSERT_EQUAL(stream.missing, 1);
}

static void test_full(void) {
  loy_nps_stream stream, more, before;
  loy_error error;
  loy_nps_stream_init(&stream);
  stream.count[3] = ((int64_t)1 << 53) - 2;
  CHECK_STATUS(loy_nps_stream_add(&stream, 10.0, 0, &error), LOY_OK);
  more = stream;
  CHECK_STATUS(loy_nps_stream_add(&stream, NAN, 1, &error), LOY_OK);
  before = stream;
  CHECK_STATUS(loy_nps_stream_add(&stream, 10.0, 0, &error), LOY_ERR_OVERFLOW);
  CHECK_ERROR(&error, LOY_ERR_OVERFLOW, NULL, LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_stream_add(&stream, NAN, 1, &error), LOY_ERR_OVERFLOW);
  CHECK_STATUS(loy_nps_stream_add_u8(&stream, (const uint8_t *)"\3", 1, &error), LOY_ERR_OVERFLOW);
  CHECK_STATUS(loy_nps_stream_merge(&stream, &more, &error), LOY_ERR_OVERFLOW);
  CU_ASSERT(same(&stream, &before));
}

static void test_errors(void) {
  static const double score[] = {9, 9};
  loy_nps_stream stream, bad, empty;
  loy_nps_options options;
  loy_nps_counts counts = {-7, -7, -7, -7};
  loy_nps nps;
  loy_error error;
  memset(&nps, 0, sizeof nps);
  loy_nps_options_init(&options);
  options.promoter_from = 12;
  loy_nps_stream_init(NULL);
  loy_nps_stream_init(&stream);
  loy_nps_stream_init(&bad);
  loy_nps_stream_init(&empty);
  bad.count[10] = -1;
  CHECK_STATUS(loy_nps_stream_add(NULL, 11.0, 7, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "stream", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_stream_add(&bad, 11.0, 7, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "skip_missing", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_stream_add(&bad, 11.0, 0, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "stream", LOY_NO_INDEX);
  bad.count[10] = INT64_MAX;
  CHECK_STATUS(loy_nps_stream_add(&bad, 11.0, 0, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "stream", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_stream_add_scores(NULL, NULL, 2, 7, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "stream", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_stream_add_scores(&bad, NULL, 2, 7, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "score", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_stream_add_scores(&bad, score, 2, 7, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "skip_missing", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_stream_add_scores(&bad, score, 2, 0, &error), LOY_ERR_DOMAIN);
  CHECK_STATUS(loy_nps_stream_add_u8(NULL, NULL, 2, &error), LOY_ERR_ARGUMENT);
  CHECK_STATUS(loy_nps_stream_add_u8(&stream, NULL, 2, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "score", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_stream_add_u8(&bad, (const uint8_t *)"\13", 1, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "stream", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_stream_add_u8(&stream, NULL, 0, &error), LOY_OK);

  CHECK_STATUS(loy_nps_stream_merge(NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "into", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_stream_merge(&bad, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "from", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_stream_merge(&bad, &bad, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "into", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_stream_merge(&stream, &bad, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "from", LOY_NO_INDEX);

  CHECK_STATUS(loy_nps_stream_counts(NULL, &options, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "stream", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_stream_counts(&bad, &options, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "promoter_from", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_stream_counts(&bad, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "counts", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_stream_counts(&bad, NULL, &counts, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "stream", LOY_NO_INDEX);
  CU_ASSERT_EQUAL(counts.promoters, -7);
  CHECK_STATUS(loy_nps_stream_counts(&empty, NULL, &counts, &error), LOY_OK);
  CU_ASSERT_EQUAL(counts.promoters, 0);
  CHECK_STATUS(loy_nps_stream_result(&empty, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_stream_result(&bad, NULL, &nps, &error), LOY_ERR_DOMAIN);
  CHECK_STATUS(loy_nps_stream_result(&empty, NULL, &nps, &error), LOY_ERR_TOO_FEW);
  CHECK_ERROR(&error, LOY_ERR_TOO_FEW, "stream", LOY_NO_INDEX);
}

SUITE(survey, nps_stream) {
  ADD(test_counts_agree);
  ADD(test_result);
  ADD(test_bad_answers);
  ADD(test_full);
  ADD(test_errors);
}
