/* Tests of btyd/rfm_bytes.h: the form byte by byte, round trips, and bytes that are not what they should be. */
#include "check.h"

#include <stdlib.h>

#include "failing_allocator.h"

enum { HEAD = 56, CELL = 24, SIZE = HEAD + 2 * CELL + 8 };

static loy_rfm_builder *two_purchases(void) {
  static const int64_t customer[] = {7, -1, 7}, day[] = {9862, 3, 9862}, amount[] = {100, -250, 28};
  loy_rfm_builder *builder = NULL;
  CHECK_STATUS(loy_rfm_create(NULL, &builder, NULL), LOY_OK);
  CHECK_STATUS(loy_rfm_push(builder, LOY_TICK_DAY, customer, day, amount, 3, NULL), LOY_OK);
  return builder;
}

static void write_two(unsigned char *bytes) {
  loy_rfm_builder *builder = two_purchases();
  size_t size = 0;
  CHECK_STATUS(loy_rfm_serialize(builder, bytes, SIZE, &size, NULL), LOY_OK);
  CU_ASSERT_EQUAL(size, SIZE);
  loy_rfm_destroy(builder);
}

/* The checksum as the header describes it, written a second time. */
static void seal(unsigned char *bytes, size_t size) {
  uint64_t sum = 0xcbf29ce484222325u;
  for (size_t i = 0; i + 8 < size; i += 8) {
    uint64_t word = 0;
    for (size_t j = 8; j-- > 0;) word = word << 8 | bytes[i + j];
    sum = (sum ^ word) * 0x100000001b3u;
    sum ^= sum >> 32;
  }
  for (size_t j = 0; j < 8; j++) bytes[size - 8 + j] = (unsigned char)(sum >> (8 * j) & 0xff);
}

static void test_form(void) {
  static const unsigned char expected[HEAD + 2 * CELL] = {
      'L',  'O', 'Y', 'R', 'F', 'M', '\r', '\n', /* */
      1,    0,   0,   0,   1,   0,   0,    0,    /* version; by day; net */
      3,    0,   0,   0,   0,   0,   0,    0,    /* rows */
      1,    0,   0,   0,   0,   0,   0,    0,    /* negative */
      0,    0,   0,   0,   0,   0,   0,    0,    /* dropped */
      0x7a, 1,   0,   0,   0,   0,   0,    0,    /* 378 */
      2,    0,   0,   0,   0,   0,   0,    0,    /* cells */
      255,  255, 255, 255, 255, 255, 255,  255,  3,    0,    0, 0, 0, 0, 0, 0, 6,   255, 255, 255, 255, 255, 255, 255,
      7,    0,   0,   0,   0,   0,   0,    0,    0x86, 0x26, 0, 0, 0, 0, 0, 0, 128, 0,   0,   0,   0,   0,   0,   0};
  unsigned char bytes[SIZE], sealed[SIZE];
  write_two(bytes);
  CU_ASSERT(memcmp(bytes, expected, sizeof expected) == 0);
  memcpy(sealed, bytes, SIZE);
  seal(sealed, SIZE);
  CU_ASSERT(memcmp(bytes, sealed, SIZE) == 0);
}

static void test_round_trip(void) {
  unsigned char bytes[SIZE], again[SIZE];
  loy_rfm_builder *builder = NULL, *more = two_purchases();
  loy_rfm_report report;
  size_t size = 0;
  write_two(bytes);
  CHECK_STATUS(loy_rfm_deserialize(bytes, SIZE, NULL, &builder, NULL), LOY_OK);
  CHECK_STATUS(loy_rfm_serialize(builder, again, SIZE, NULL, NULL), LOY_OK);
  CU_ASSERT(memcmp(bytes, again, SIZE) == 0);
  CHECK_STATUS(loy_rfm_count(builder, NULL, NULL, &report, NULL), LOY_OK);
  CU_ASSERT_EQUAL(report.rows, 3);
  CU_ASSERT_EQUAL(report.rows_negative, 1);
  CU_ASSERT_EQUAL(report.first, 3 * 86400);
  CU_ASSERT_EQUAL(report.last, (int64_t)9862 * 86400);
  CHECK_STATUS(loy_rfm_merge(builder, more, NULL), LOY_OK);
  CHECK_STATUS(loy_rfm_count(builder, NULL, NULL, &report, NULL), LOY_OK);
  CU_ASSERT_EQUAL(report.rows, 6);
  CU_ASSERT_EQUAL(report.amount, 256);
  CHECK_STATUS(loy_rfm_serialized_size(builder, &size, NULL), LOY_OK);
  CU_ASSERT_EQUAL(size, SIZE);
  loy_rfm_destroy(builder);
  loy_rfm_destroy(more);
}

static void test_empty(void) {
  unsigned char bytes[HEAD + 8];
  loy_rfm_builder *builder = NULL, *again = NULL;
  loy_rfm_options options;
  size_t size = 0;
  loy_rfm_options_init(&options);
  options.merge = LOY_RFM_MERGE_NONE;
  options.refunds = LOY_RFM_REFUNDS_DROP;
  CHECK_STATUS(loy_rfm_create(&options, &builder, NULL), LOY_OK);
  CHECK_STATUS(loy_rfm_serialize(builder, bytes, sizeof bytes, &size, NULL), LOY_OK);
  CU_ASSERT_EQUAL(size, sizeof bytes);
  CHECK_STATUS(loy_rfm_deserialize(bytes, size, NULL, &again, NULL), LOY_OK);
  CHECK_STATUS(loy_rfm_merge(again, builder, NULL), LOY_OK); /* merge period and refunds came along */
  loy_rfm_destroy(builder);
  loy_rfm_destroy(again);
}

static void check_refused(const unsigned char *bytes, size_t size, loy_status status, size_t index) {
  loy_rfm_builder *builder = NULL;
  loy_error error;
  CHECK_STATUS(loy_rfm_deserialize(bytes, size, NULL, &builder, &error), status);
  CHECK_ERROR(&error, status, "bytes", index);
  CU_ASSERT_PTR_NULL(builder);
}

/* Cut at every length, and with every byte changed: refused, whatever was hit. */
static void test_damage(void) {
  unsigned char bytes[SIZE];
  write_two(bytes);
  for (size_t size = 0; size < SIZE; size++) {
    loy_rfm_builder *builder = NULL;
    unsigned char *copy = (unsigned char *)malloc(size + 1); /* so that valgrind sees a read too far */
    memcpy(copy, bytes, size);
    CHECK_STATUS(loy_rfm_deserialize(copy, size, NULL, &builder, NULL), LOY_ERR_FORMAT);
    free(copy);
  }
  for (size_t i = 0; i < SIZE; i++) {
    loy_rfm_builder *builder = NULL;
    bytes[i] = (unsigned char)(bytes[i] ^ 0x10);
    CHECK_STATUS(loy_rfm_deserialize(bytes, SIZE, NULL, &builder, NULL),
                 i >= 8 && i < 12 ? LOY_ERR_VERSION : LOY_ERR_FORMAT);
    bytes[i] = (unsigned char)(bytes[i] ^ 0x10);
  }
  check_refused(bytes, 3, LOY_ERR_FORMAT, 3);
  check_refused(bytes, 9, LOY_ERR_FORMAT, 9);
  check_refused(bytes, SIZE - 1, LOY_ERR_FORMAT, SIZE - 1);
  bytes[60] ^= 1;
  check_refused(bytes, SIZE, LOY_ERR_FORMAT, LOY_NO_INDEX);
}

/* One byte changed and the checksum made right again: what no builder holds is found by its content. */
static void check_forged(size_t at, unsigned char value, size_t found) {
  unsigned char bytes[SIZE];
  write_two(bytes);
  bytes[at] = value;
  seal(bytes, SIZE);
  check_refused(bytes, SIZE, LOY_ERR_FORMAT, found);
}

static void test_forgery(void) {
  check_forged(12, 6, 12);    /* merge period */
  check_forged(14, 4, 14);    /* refunds */
  check_forged(23, 0x80, 16); /* rows: beyond 2^63 */
  check_forged(24, 4, 24);    /* more negative rows than rows */
  check_forged(14, 3, 24);    /* a negative row where they are errors */
  check_forged(32, 1, 32);    /* dropped, though refunds are net */
  check_forged(47, 0x80, 40); /* sizes: beyond 2^63 */
  check_forged(48, 3, 48);    /* more cells than there are */
  check_forged(48, 1, 48);    /* fewer */
  check_forged(55, 0xff, 48); /* absurdly many */
  check_forged(16, 1, 48);    /* fewer rows than cells */
}

static void test_forged_cells(void) {
  unsigned char bytes[SIZE];
  write_two(bytes);
  memmove(bytes + HEAD + CELL, bytes + HEAD, 8); /* the same customer, later period: fine */
  seal(bytes, SIZE);
  {
    loy_rfm_builder *builder = NULL;
    CHECK_STATUS(loy_rfm_deserialize(bytes, SIZE, NULL, &builder, NULL), LOY_OK);
    loy_rfm_destroy(builder);
  }
  memmove(bytes + HEAD + CELL, bytes + HEAD, CELL); /* twice the same */
  seal(bytes, SIZE);
  check_refused(bytes, SIZE, LOY_ERR_FORMAT, HEAD + CELL + 8);
  write_two(bytes);
  bytes[HEAD + CELL + 7] = 0x80; /* customers falling */
  seal(bytes, SIZE);
  check_refused(bytes, SIZE, LOY_ERR_FORMAT, HEAD + CELL);
  write_two(bytes);
  bytes[HEAD + 8 + 3] = 0x40; /* a day after 9999 */
  seal(bytes, SIZE);
  check_refused(bytes, SIZE, LOY_ERR_FORMAT, HEAD + 8);
  write_two(bytes);
  bytes[HEAD + CELL + 16 + 1] = 1; /* more money than the head says */
  seal(bytes, SIZE);
  check_refused(bytes, SIZE, LOY_ERR_FORMAT, HEAD + CELL + 16);
  write_two(bytes);
  bytes[24] = 0; /* a negative cell where no row was negative */
  seal(bytes, SIZE);
  check_refused(bytes, SIZE, LOY_ERR_FORMAT, HEAD + 16);
}

static void test_errors_in_order(void) {
  loy_rfm_builder *builder = two_purchases(), *made = NULL;
  loy_rfm_options options;
  unsigned char bytes[SIZE];
  loy_error error;
  size_t size = 0;
  CHECK_STATUS(loy_rfm_serialized_size(NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "builder", LOY_NO_INDEX);
  CHECK_STATUS(loy_rfm_serialized_size(builder, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "size", LOY_NO_INDEX);
  CHECK_STATUS(loy_rfm_serialize(NULL, NULL, 0, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "builder", LOY_NO_INDEX);
  CHECK_STATUS(loy_rfm_serialize(builder, NULL, 0, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "bytes", LOY_NO_INDEX);
  CHECK_STATUS(loy_rfm_serialize(builder, bytes, SIZE - 1, &size, &error), LOY_ERR_BUFFER);
  CHECK_ERROR(&error, LOY_ERR_BUFFER, "capacity", LOY_NO_INDEX);
  CU_ASSERT_EQUAL(size, SIZE);
  loy_rfm_options_init(&options);
  options.struct_size = 1;
  CHECK_STATUS(loy_rfm_deserialize(NULL, 0, &options, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "bytes", LOY_NO_INDEX);
  CHECK_STATUS(loy_rfm_deserialize(bytes, 0, &options, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX);
  CHECK_STATUS(loy_rfm_deserialize(bytes, 0, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "builder", LOY_NO_INDEX);
  CHECK_STATUS(loy_rfm_deserialize(bytes, 0, NULL, &made, &error), LOY_ERR_FORMAT);
  CHECK_ERROR(&error, LOY_ERR_FORMAT, "bytes", 0);
  loy_rfm_destroy(builder);
}

static void test_memory(void) {
  unsigned char bytes[SIZE];
  failing_allocator memory;
  write_two(bytes);
  FOR_EACH_FAILURE(memory) {
    loy_rfm_options options;
    loy_rfm_builder *builder = NULL;
    loy_status status;
    loy_rfm_options_init(&options);
    options.allocator = &memory.allocator;
    status = loy_rfm_deserialize(bytes, SIZE, &options, &builder, NULL);
    if (memory.failed) {
      CHECK_STATUS(status, LOY_ERR_MEMORY);
      CU_ASSERT_PTR_NULL(builder);
    } else {
      CHECK_STATUS(status, LOY_OK);
    }
    loy_rfm_destroy(builder);
    CU_ASSERT_EQUAL(memory.held, 0);
  }
}

SUITE(btyd, rfm_bytes) {
  ADD(test_form);
  ADD(test_round_trip);
  ADD(test_empty);
  ADD(test_damage);
  ADD(test_forgery);
  ADD(test_forged_cells);
  ADD(test_errors_in_order);
  ADD(test_memory);
}
