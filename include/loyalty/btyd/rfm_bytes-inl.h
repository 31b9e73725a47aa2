/* rfm_bytes-inl.h: body of rfm_bytes.h. */
#ifndef LOYALTY_BTYD_RFM_BYTES_INL_H
#define LOYALTY_BTYD_RFM_BYTES_INL_H

#include "rfm_bytes.h"

#include "rfm_cells.h"

#include <string.h>

LOY_BEGIN_DECLS

enum { LOYI_RFM_BYTES_VERSION = 1, LOYI_RFM_BYTES_HEAD = 56, LOYI_RFM_BYTES_CELL = 24, LOYI_RFM_BYTES_SUM = 8 };

/* Compilers turn both loops into one load or store on little-endian machines. */
LOYI_LOCAL uint64_t loyi_rfm_bytes_get(const unsigned char *from, int width) {
  uint64_t value = 0;
  for (int i = 0; i < width; i++) value |= (uint64_t)from[i] << (8 * i);
  return value;
}

LOYI_LOCAL void loyi_rfm_bytes_put(unsigned char *to, int width, uint64_t value) {
  for (int i = 0; i < width; i++) to[i] = (unsigned char)(value >> (8 * i) & 0xff);
}

/* Two's complement without relying on how the compiler converts. */
LOYI_LOCAL int64_t loyi_rfm_bytes_signed(uint64_t value) { return value >> 63 ? -(int64_t)~value - 1 : (int64_t)value; }

/* `size` is a multiple of 8. */
LOYI_LOCAL uint64_t loyi_rfm_bytes_checksum(const unsigned char *bytes, size_t size) {
  uint64_t sum = 0xcbf29ce484222325u;
  for (size_t i = 0; i < size; i += 8) {
    sum = (sum ^ loyi_rfm_bytes_get(bytes + i, 8)) * 0x100000001b3u;
    sum ^= sum >> 32;
  }
  return sum;
}

LOYI_LOCAL const char *loyi_rfm_bytes_magic(void) { return "LOYRFM\r\n"; }

/* Flatten, and tell the size. */
LOYI_LOCAL loy_status loyi_rfm_bytes_size(loy_rfm_builder *builder, size_t *size, loy_error *error) {
  const size_t frame = LOYI_RFM_BYTES_HEAD + LOYI_RFM_BYTES_SUM;
  size_t cells = 0;
  for (size_t i = 0; i < builder->stack.n; i++) {
    if (builder->stack.run[i].n > (SIZE_MAX - frame) / LOYI_RFM_BYTES_CELL - cells)
      return loyi_report(error, LOY_ERR_OVERFLOW, "builder", LOY_NO_INDEX, "must fit into memory");
    cells += builder->stack.run[i].n;
  }
  if (!loyi_rfm_stack_flatten(&builder->stack, builder->allocator))
    return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, NULL);
  *size = frame + LOYI_RFM_BYTES_CELL * (builder->stack.n > 0 ? builder->stack.run[0].n : 0);
  return LOY_OK;
}

LOYALTY_API loy_status loy_rfm_serialized_size(loy_rfm_builder *builder, size_t *size, loy_error *error) {
  loy_status status;
  if (!builder) return loyi_report(error, LOY_ERR_ARGUMENT, "builder", LOY_NO_INDEX, "must not be NULL");
  if (!size) return loyi_report(error, LOY_ERR_ARGUMENT, "size", LOY_NO_INDEX, "must not be NULL");
  status = loyi_rfm_bytes_size(builder, size, error);
  return status == LOY_OK ? loyi_ok(error) : status;
}

LOYALTY_API loy_status loy_rfm_serialize(loy_rfm_builder *builder, unsigned char *bytes, size_t capacity, size_t *size,
                                         loy_error *error) {
  loy_status status;
  size_t needed, cells;
  if (!builder) return loyi_report(error, LOY_ERR_ARGUMENT, "builder", LOY_NO_INDEX, "must not be NULL");
  if (!bytes) return loyi_report(error, LOY_ERR_ARGUMENT, "bytes", LOY_NO_INDEX, "must not be NULL");
  status = loyi_rfm_bytes_size(builder, &needed, error);
  if (status != LOY_OK) return status;
  if (size) *size = needed;
  if (capacity < needed)
    return loyi_report(error, LOY_ERR_BUFFER, "capacity", LOY_NO_INDEX, "must be at least the serialized size");

  cells = builder->stack.n > 0 ? builder->stack.run[0].n : 0;
  memcpy(bytes, loyi_rfm_bytes_magic(), 8);
  loyi_rfm_bytes_put(bytes + 8, 4, LOYI_RFM_BYTES_VERSION);
  loyi_rfm_bytes_put(bytes + 12, 2, (uint64_t)builder->merge);
  loyi_rfm_bytes_put(bytes + 14, 2, (uint64_t)builder->refunds);
  loyi_rfm_bytes_put(bytes + 16, 8, (uint64_t)builder->rows);
  loyi_rfm_bytes_put(bytes + 24, 8, (uint64_t)builder->negative);
  loyi_rfm_bytes_put(bytes + 32, 8, (uint64_t)builder->dropped);
  loyi_rfm_bytes_put(bytes + 40, 8, (uint64_t)builder->gross);
  loyi_rfm_bytes_put(bytes + 48, 8, (uint64_t)cells);
  for (size_t i = 0; i < cells; i++) {
    const loyi_rfm_cell *cell = &builder->stack.run[0].cell[i];
    unsigned char *at = bytes + LOYI_RFM_BYTES_HEAD + LOYI_RFM_BYTES_CELL * i;
    loyi_rfm_bytes_put(at, 8, (uint64_t)cell->customer);
    loyi_rfm_bytes_put(at + 8, 8, (uint64_t)cell->period);
    loyi_rfm_bytes_put(at + 16, 8, (uint64_t)cell->value);
  }
  loyi_rfm_bytes_put(bytes + needed - LOYI_RFM_BYTES_SUM, 8,
                     loyi_rfm_bytes_checksum(bytes, needed - LOYI_RFM_BYTES_SUM));
  return loyi_ok(error);
}

LOYI_LOCAL loyi_rfm_cell loyi_rfm_bytes_cell(const unsigned char *bytes, size_t i) {
  const unsigned char *at = bytes + LOYI_RFM_BYTES_HEAD + LOYI_RFM_BYTES_CELL * i;
  loyi_rfm_cell cell;
  cell.customer = loyi_rfm_bytes_signed(loyi_rfm_bytes_get(at, 8));
  cell.period = loyi_rfm_bytes_signed(loyi_rfm_bytes_get(at + 8, 8));
  cell.value = loyi_rfm_bytes_signed(loyi_rfm_bytes_get(at + 16, 8));
  return cell;
}

/* The head, as it stands in the bytes. */
typedef struct loyi_rfm_bytes_head {
  uint64_t merge, refunds, rows, negative, dropped, gross, cells;
} loyi_rfm_bytes_head;

/* The offset of the first byte that no builder would have written, or `size` when all is well. */
LOYI_LOCAL size_t loyi_rfm_bytes_check(const unsigned char *bytes, size_t size, loyi_rfm_bytes_head *head) {
  int64_t first, last, least, greatest;
  uint64_t gross = 0;
  loyi_rfm_cell before = {0, 0, 0};
  head->merge = loyi_rfm_bytes_get(bytes + 12, 2);
  head->refunds = loyi_rfm_bytes_get(bytes + 14, 2);
  head->rows = loyi_rfm_bytes_get(bytes + 16, 8);
  head->negative = loyi_rfm_bytes_get(bytes + 24, 8);
  head->dropped = loyi_rfm_bytes_get(bytes + 32, 8);
  head->gross = loyi_rfm_bytes_get(bytes + 40, 8);
  head->cells = loyi_rfm_bytes_get(bytes + 48, 8);
  if (head->merge > LOY_RFM_MERGE_NONE) return 12;
  if (head->refunds > LOY_RFM_REFUNDS_DENY) return 14;
  if (head->rows > (uint64_t)INT64_MAX) return 16;
  if (head->negative > head->rows || (head->refunds == LOY_RFM_REFUNDS_DENY && head->negative > 0)) return 24;
  if (head->dropped != (head->refunds == LOY_RFM_REFUNDS_DROP ? head->negative : 0)) return 32;
  if (head->gross > (uint64_t)INT64_MAX) return 40;
  if (head->cells != (size - LOYI_RFM_BYTES_HEAD - LOYI_RFM_BYTES_SUM) / LOYI_RFM_BYTES_CELL ||
      head->cells > head->rows - head->dropped || (head->cells == 0 && head->rows > head->dropped))
    return 48;

  loyi_tick_range(LOY_TICK_SECOND, &least, &greatest);
  first = loyi_rfm_period((loy_rfm_merge_period)head->merge, LOY_TICK_SECOND, least);
  last = loyi_rfm_period((loy_rfm_merge_period)head->merge, LOY_TICK_SECOND, greatest);
  for (size_t i = 0; i < (size_t)head->cells; i++) {
    loyi_rfm_cell cell = loyi_rfm_bytes_cell(bytes, i);
    size_t at = LOYI_RFM_BYTES_HEAD + LOYI_RFM_BYTES_CELL * i;
    uint64_t amount = loyi_rfm_magnitude(cell.value);
    if (i > 0 && cell.customer < before.customer) return at;
    if (cell.period < first || cell.period > last ||
        (i > 0 && cell.customer == before.customer && cell.period <= before.period))
      return at + 8;
    if (amount > head->gross - gross || (cell.value < 0 && head->negative == head->dropped)) return at + 16;
    gross += amount;
    before = cell;
  }
  return size;
}

LOYALTY_API loy_status loy_rfm_deserialize(const unsigned char *bytes, size_t size, const loy_rfm_options *options,
                                           loy_rfm_builder **builder, loy_error *error) {
  const size_t frame = LOYI_RFM_BYTES_HEAD + LOYI_RFM_BYTES_SUM;
  loy_rfm_options plain;
  loyi_rfm_bytes_head head;
  loyi_rfm_run run;
  loy_rfm_builder *made;
  loy_status status;
  size_t bad;
  if (!bytes) return loyi_report(error, LOY_ERR_ARGUMENT, "bytes", LOY_NO_INDEX, "must not be NULL");
  loy_rfm_options_init(&plain);
  if (options) {
    if (options->struct_size != sizeof *options)
      return loyi_report(error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX, "must be filled by loy_rfm_options_init");
    plain.threads = options->threads;
    plain.allocator = options->allocator;
  }
  if (!builder) return loyi_report(error, LOY_ERR_ARGUMENT, "builder", LOY_NO_INDEX, "must not be NULL");
  for (size_t i = 0; i < 8; i++) {
    if (i >= size || bytes[i] != (unsigned char)loyi_rfm_bytes_magic()[i])
      return loyi_report(error, LOY_ERR_FORMAT, "bytes", i, "must be a serialized purchase log builder");
  }
  if (size < 12) return loyi_report(error, LOY_ERR_FORMAT, "bytes", size, "must not be cut short");
  if (loyi_rfm_bytes_get(bytes + 8, 4) != LOYI_RFM_BYTES_VERSION)
    return loyi_report(error, LOY_ERR_VERSION, "bytes", 8, "must be of version 1");
  if (size < frame || (size - frame) % LOYI_RFM_BYTES_CELL != 0)
    return loyi_report(error, LOY_ERR_FORMAT, "bytes", size, "must not be cut short");
  if (loyi_rfm_bytes_checksum(bytes, size - LOYI_RFM_BYTES_SUM) !=
      loyi_rfm_bytes_get(bytes + size - LOYI_RFM_BYTES_SUM, 8))
    return loyi_report(error, LOY_ERR_FORMAT, "bytes", LOY_NO_INDEX, "must match its checksum");
  bad = loyi_rfm_bytes_check(bytes, size, &head);
  if (bad < size) return loyi_report(error, LOY_ERR_FORMAT, "bytes", bad, "must be what a builder can hold");

  plain.merge = (loy_rfm_merge_period)head.merge;
  plain.refunds = (loy_rfm_refunds)head.refunds;
  status = loy_rfm_create(&plain, &made, error);
  if (status != LOY_OK) return status;
  run.n = run.capacity = (size_t)head.cells;
  if (run.n > 0) {
    run.cell = (loyi_rfm_cell *)loyi_allocate(plain.allocator, run.n, sizeof *run.cell);
    if (!run.cell) {
      loy_rfm_destroy(made);
      return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, NULL);
    }
    for (size_t i = 0; i < run.n; i++) run.cell[i] = loyi_rfm_bytes_cell(bytes, i);
    loyi_rfm_run_ends(&run, &made->first, &made->last);
    made->stack.run[0] = run;
    made->stack.n = 1;
  }
  made->rows = (int64_t)head.rows;
  made->negative = (int64_t)head.negative;
  made->dropped = (int64_t)head.dropped;
  made->gross = (int64_t)head.gross;
  *builder = made;
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_RFM_BYTES_INL_H */
