/* fuzz_rfm.c: a purchase log builder under hostile bytes and hostile rows.
 *
 * The first byte chooses: an even one reads the rest as a serialized builder, an odd one as rows (customer, day and
 * amount of one or two bytes each, in every merge period and treatment of refunds) that are pushed in two partitions.
 * What must hold: no crash; what was read writes back as it was; both partitions give the same bytes; recency lies
 * within 0 and T; the counts of the report add up. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "loyalty/btyd/rfm.h"
#include "loyalty/btyd/rfm_bytes.h"
#include "loyalty/btyd/rfm_summary.h"

enum { MOST = 4096 };

static void require(int condition) {
  if (!condition) abort();
}

static size_t bytes_of(loy_rfm_builder *builder, unsigned char **bytes) {
  size_t size = 0, written = 0;
  require(loy_rfm_serialized_size(builder, &size, NULL) == LOY_OK);
  *bytes = (unsigned char *)malloc(size);
  require(*bytes != NULL);
  require(loy_rfm_serialize(builder, *bytes, size, &written, NULL) == LOY_OK && written == size);
  return size;
}

static void check_summary(loy_rfm_builder *builder, unsigned choice) {
  static double x[MOST], t_x[MOST], T[MOST], m[MOST], litt[MOST], test_x[MOST];
  static int64_t customer[MOST];
  loy_rfm_window window;
  loy_rfm_columns out;
  loy_rfm_report report;
  size_t n = 0, cells = 0;
  double purchases = 0, test = 0;
  loy_rfm_window_init(&window);
  window.time_unit = (loy_time_unit)(choice % 5);
  if (choice & 8) window.end = (int64_t)(choice % 512) - 128;
  if (choice & 16) window.train_end = (int64_t)(choice % 256) - 64;
  loy_rfm_columns_init(&out);
  out.customer = customer;
  out.frequency = x;
  out.recency = t_x;
  out.T = T;
  out.monetary_value = m;
  out.litt = litt;
  out.test_frequency = test_x;
  if (loy_rfm_count(builder, &window, &n, &report, NULL) != LOY_OK) return; /* a split after the end */
  require(loy_rfm_size(builder, NULL, &cells, NULL) == LOY_OK);
  require(report.rows == report.rows_dropped + report.rows_merged + (int64_t)cells);
  require((int64_t)cells == report.purchases + report.purchases_test + report.purchases_late + report.returns);
  if (n > MOST) return;
  require(loy_rfm_summary(builder, &window, n, &out, NULL, NULL) == LOY_OK);
  for (size_t i = 0; i < n; i++) {
    require(i == 0 || customer[i - 1] < customer[i]);
    require(0.0 <= t_x[i] && t_x[i] <= T[i] && (x[i] > 0.0) == (t_x[i] > 0.0));
    require(m[i] == m[i] && litt[i] == litt[i]);
    purchases += x[i] + 1.0;
    test += test_x[i];
  }
  require(purchases == (double)report.purchases && test == (double)report.purchases_test);
}

static void fuzz_bytes(const uint8_t *data, size_t size, unsigned choice) {
  loy_rfm_builder *builder = NULL;
  unsigned char *again, *repaired;
  if (size >= 64 && choice & 2) { /* make the checksum right, or hardly any input would get past it */
    uint64_t sum = 0xcbf29ce484222325u;
    repaired = (unsigned char *)malloc(size);
    require(repaired != NULL);
    memcpy(repaired, data, size);
    for (size_t i = 0; i + 16 <= size; i += 8) {
      uint64_t word;
      memcpy(&word, data + i, 8);
      sum = (sum ^ word) * 0x100000001b3u;
      sum ^= sum >> 32;
    }
    memcpy(repaired + size - 8, &sum, 8);
  } else {
    repaired = (unsigned char *)malloc(size + 1);
    require(repaired != NULL);
    if (size > 0) memcpy(repaired, data, size);
  }
  if (loy_rfm_deserialize(repaired, size, NULL, &builder, NULL) == LOY_OK) {
    size_t written = bytes_of(builder, &again);
    require(written == size && memcmp(again, repaired, size) == 0);
    free(again);
    check_summary(builder, choice >> 2);
    loy_rfm_destroy(builder);
  }
  free(repaired);
}

static void fuzz_rows(const uint8_t *data, size_t size, unsigned choice) {
  static int64_t customer[MOST], time[MOST], amount[MOST];
  loy_rfm_builder *whole = NULL, *left = NULL, *right = NULL;
  loy_rfm_options options;
  size_t n = size / 4 < MOST ? size / 4 : MOST, cut = n > 0 ? choice % n : 0;
  unsigned char *bytes, *other;
  size_t length;
  int64_t far = choice & 64 ? (int64_t)1 << 55 : 1; /* ids that differ in their leading bits, or in the last */
  for (size_t i = 0; i < n; i++) {
    customer[i] = ((int64_t)data[4 * i] - 128) * far;
    time[i] = (int64_t)data[4 * i + 1] * 16 + data[4 * i + 2] % 16 - 100;
    amount[i] = (int64_t)data[4 * i + 3] - 64;
  }
  loy_rfm_options_init(&options);
  options.merge = (loy_rfm_merge_period)(choice / 2 % 6);
  options.refunds = (loy_rfm_refunds)(choice / 16 % 3);
  require(loy_rfm_create(&options, &whole, NULL) == LOY_OK);
  require(loy_rfm_create(&options, &left, NULL) == LOY_OK);
  require(loy_rfm_create(&options, &right, NULL) == LOY_OK);
  require(loy_rfm_push(whole, LOY_TICK_DAY, customer, time, amount, n, NULL) == LOY_OK);
  require(loy_rfm_push(left, LOY_TICK_DAY, customer, time, amount, cut, NULL) == LOY_OK);
  for (size_t i = cut; i < n; i++)
    require(loy_rfm_push(right, LOY_TICK_DAY, customer + i, time + i, amount + i, 1, NULL) == LOY_OK);
  require(loy_rfm_merge(right, left, NULL) == LOY_OK);
  length = bytes_of(whole, &bytes);
  require(bytes_of(right, &other) == length && memcmp(bytes, other, length) == 0);
  check_summary(whole, choice >> 1);
  free(bytes);
  free(other);
  loy_rfm_destroy(whole);
  loy_rfm_destroy(left);
  loy_rfm_destroy(right);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  unsigned choice;
  if (size < 2) return 0;
  choice = (unsigned)data[0] >> 1 | (unsigned)data[1] << 7;
  if (data[0] & 1) {
    fuzz_rows(data + 2, size - 2, choice);
  } else {
    fuzz_bytes(data + 2, size - 2, choice);
  }
  return 0;
}
