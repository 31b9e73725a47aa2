/* rfm_log.h: logs for the tests of rfm: a toy worked out by hand, and random rows. */
#ifndef LOYALTY_TESTS_RFM_LOG_H
#define LOYALTY_TESTS_RFM_LOG_H

#include <stdlib.h>
#include <string.h>

#include "check.h"

enum { MOST = 64 };

/* One summary, with room for MOST customers. */
typedef struct summary {
  size_t n;
  int64_t customer[MOST];
  double x[MOST], t_x[MOST], T[MOST], m[MOST], litt[MOST], test_x[MOST], test_m[MOST], test_T[MOST];
} summary;

static inline loy_rfm_columns columns_of(summary *s) {
  loy_rfm_columns out;
  loy_rfm_columns_init(&out);
  out.customer = s->customer;
  out.frequency = s->x;
  out.recency = s->t_x;
  out.T = s->T;
  out.monetary_value = s->m;
  out.litt = s->litt;
  out.test_frequency = s->test_x;
  out.test_monetary_value = s->test_m;
  out.test_T = s->test_T;
  return out;
}

static inline loy_rfm_builder *new_builder(loy_rfm_merge_period merge, loy_rfm_refunds refunds) {
  loy_rfm_options options;
  loy_rfm_builder *builder = NULL;
  loy_rfm_options_init(&options);
  options.merge = merge;
  options.refunds = refunds;
  CHECK_STATUS(loy_rfm_create(&options, &builder, NULL), LOY_OK);
  return builder;
}

static inline summary summarize(loy_rfm_builder *builder, const loy_rfm_window *window) {
  summary s;
  loy_rfm_columns out = columns_of(&s);
  memset(&s, 0x55, sizeof s);
  CHECK_STATUS(loy_rfm_summary(builder, window, MOST, &out, &s.n, NULL), LOY_OK);
  return s;
}

static inline int64_t day(int year, int month, int of_month) {
  int64_t number = 0;
  CHECK_STATUS(loy_day_from_civil(year, month, of_month, &number, NULL), LOY_OK);
  return number;
}

/* The toy log, 2015: January days, then days of February as 31 + day. Amounts in whole units. */
static const int64_t toy_customer[] = {1, 1, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5, 6};
static const int64_t toy_january[] = {1, 37, 1, 1, 2, 5, 16, 33, 36, 16, 17, 18, 33};
static const int64_t toy_amount[] = {1, 2, 2, 3, 1, 5, 6, 3, 3, 3, 1, 8, 5};
enum { TOY = 13 };

static inline loy_rfm_builder *toy_builder(loy_rfm_merge_period merge) {
  loy_rfm_builder *builder = new_builder(merge, LOY_RFM_REFUNDS_NET);
  int64_t time[TOY];
  for (size_t i = 0; i < TOY; i++) time[i] = day(2015, 1, 1) - 1 + toy_january[i];
  CHECK_STATUS(loy_rfm_push(builder, LOY_TICK_DAY, toy_customer, time, toy_amount, TOY, NULL), LOY_OK);
  return builder;
}

static inline loy_rfm_window toy_window(loy_time_unit unit) {
  loy_rfm_window window;
  loy_rfm_window_init(&window);
  window.time_unit = unit;
  window.end = day(2015, 2, 7);
  window.decimals = 0;
  return window;
}

static inline uint64_t next_random(uint64_t *state) {
  *state = *state * 6364136223846793005u + 1442695040888963407u;
  return *state >> 33;
}

typedef struct rows {
  size_t n;
  int64_t *customer, *time, *amount;
} rows;

/* kind 0: dense ids; 1: ids all over int64_t; 2: dense ids with two far outliers, so that one part holds them all;
 * 3: one customer */
static inline rows random_rows(size_t n, int kind, uint64_t seed) {
  rows r;
  r.n = n;
  r.customer = (int64_t *)malloc(n * sizeof *r.customer);
  r.time = (int64_t *)malloc(n * sizeof *r.time);
  r.amount = (int64_t *)malloc(n * sizeof *r.amount);
  for (size_t i = 0; i < n; i++) {
    uint64_t id = next_random(&seed) % (n / 5 + 1);
    if (kind == 1) id = (id + 1) * 0x9e3779b97f4a7c15u;
    if (kind == 2 && i % 1000 == 7) id = i % 2000 == 7 ? (uint64_t)INT64_MAX : (uint64_t)INT64_MIN;
    if (kind == 3) id = 42;
    memcpy(&r.customer[i], &id, sizeof id);
    r.time[i] = (int64_t)(next_random(&seed) % 1000) * 86400 - 500 * 86400 + (int64_t)(next_random(&seed) % 86400);
    r.amount[i] = (int64_t)(next_random(&seed) % 20000) - 2000;
  }
  return r;
}

static inline void free_rows(rows *r) {
  free(r->customer);
  free(r->time);
  free(r->amount);
}

static inline loy_rfm_builder *builder_of(const rows *r, loy_rfm_merge_period merge, int threads, size_t batch) {
  loy_rfm_options options;
  loy_rfm_builder *builder = NULL;
  loy_rfm_options_init(&options);
  options.merge = merge;
  options.threads = threads;
  CHECK_STATUS(loy_rfm_create(&options, &builder, NULL), LOY_OK);
  for (size_t start = 0; start < r->n; start += batch) {
    size_t n = r->n - start < batch ? r->n - start : batch;
    CHECK_STATUS(
        loy_rfm_push(builder, LOY_TICK_SECOND, r->customer + start, r->time + start, r->amount + start, n, NULL),
        LOY_OK);
  }
  return builder;
}

/* The serialized form holds all that a builder knows: equal bytes, equal builders. */
static inline int same_builders(loy_rfm_builder *a, loy_rfm_builder *b) {
  size_t size_a = 0, size_b = 0;
  unsigned char *bytes_a, *bytes_b;
  int same;
  CHECK_STATUS(loy_rfm_serialized_size(a, &size_a, NULL), LOY_OK);
  CHECK_STATUS(loy_rfm_serialized_size(b, &size_b, NULL), LOY_OK);
  if (size_a != size_b) return 0;
  bytes_a = (unsigned char *)malloc(size_a);
  bytes_b = (unsigned char *)malloc(size_b);
  CHECK_STATUS(loy_rfm_serialize(a, bytes_a, size_a, NULL, NULL), LOY_OK);
  CHECK_STATUS(loy_rfm_serialize(b, bytes_b, size_b, NULL, NULL), LOY_OK);
  same = memcmp(bytes_a, bytes_b, size_a) == 0;
  free(bytes_a);
  free(bytes_b);
  return same;
}

#endif /* LOYALTY_TESTS_RFM_LOG_H */
