/* mean_data-inl.h: body of mean_data.h. */
#ifndef LOYALTY_RESPONSE_MEAN_DATA_INL_H
#define LOYALTY_RESPONSE_MEAN_DATA_INL_H

#include "mean_data.h"

#include <math.h>
#include <string.h>

#include "../math/elementary.h"
#include "../math/sum.h"

LOY_BEGIN_DECLS

/* After this many rows with information, rows of which more than 7 in 8 are distinct are left unmerged. */
#define LOYI_MEAN_PROBE 4096
/* Of trials and of weights, so that no sum overflows. */
#define LOYI_MEAN_LARGEST 1e15

LOYI_SHARED loy_status loyi_mean_check_columns(const loyi_mean_source *source, loy_error *error) {
  if (source->n > 0 && !source->loyal)
    return loyi_report(error, LOY_ERR_ARGUMENT, "loyal", LOY_NO_INDEX, "must not be NULL");
  for (size_t i = 0; source->trials && i < source->n; i++) {
    if (!(source->trials[i] >= 0.0 && source->trials[i] <= LOYI_MEAN_LARGEST))
      return loyi_report(error, LOY_ERR_DOMAIN, "trials", i, "must be from 0 to 1e15");
  }
  for (size_t i = 0; i < source->n; i++) {
    if (!(source->loyal[i] >= 0.0 && source->loyal[i] <= (source->trials ? source->trials[i] : 1.0)))
      return loyi_report(error, LOY_ERR_DOMAIN, "loyal", i,
                         source->trials ? "must be from 0 to the number of trials" : "must be from 0 to 1");
  }
  for (size_t i = 0; source->weight && i < source->n; i++) {
    if (!(source->weight[i] >= 0.0 && source->weight[i] <= LOYI_MEAN_LARGEST))
      return loyi_report(error, LOY_ERR_DOMAIN, "weight", i, "must be from 0 to 1e15");
  }
  return LOY_OK;
}

LOYI_SHARED size_t loyi_mean_rows(const loyi_mean_source *source) {
  size_t rows = 0;
  for (size_t i = 0; i < source->n; i++) rows += loyi_mean_row_counts(source, i) != 0;
  return rows;
}

LOYI_SHARED loy_status loyi_mean_check_some(const loyi_mean_source *source, loy_error *error) {
  const loy_status status = loyi_mean_check_columns(source, error);
  if (status != LOY_OK || loyi_mean_rows(source) > 0) return status;
  return loyi_report(error, LOY_ERR_TOO_FEW, "loyal", LOY_NO_INDEX, "must have a row with trials and weight");
}

LOYI_SHARED loy_status loyi_mean_check(const loyi_mean_source *source, loy_error *error) {
  int some_loyal = 0, some_not = 0;
  const loy_status status = loyi_mean_check_some(source, error);
  if (status != LOY_OK) return status;
  for (size_t i = 0; i < source->n && !(some_loyal && some_not); i++) {
    if (!loyi_mean_row_counts(source, i)) continue;
    some_loyal |= source->loyal[i] > 0.0;
    some_not |= source->loyal[i] < (source->trials ? source->trials[i] : 1.0);
  }
  if (some_loyal && some_not) return LOY_OK;
  return loyi_report(error, LOY_ERR_TOO_FEW, "loyal", LOY_NO_INDEX,
                     some_loyal ? "must not be all loyal: the parameters then have no estimate"
                                : "must not be all zero: the parameters then have no estimate");
}

/* A number as bits; 0 and -0 are the same key. */
LOYI_LOCAL uint64_t loyi_mean_mix(uint64_t hash, uint64_t bits) {
  hash = (hash ^ bits) * UINT64_C(0x9e3779b97f4a7c15);
  return hash ^ (hash >> 29);
}

LOYI_LOCAL uint64_t loyi_mean_hash(const loyi_mean_source *source, size_t row) {
  uint64_t hash = UINT64_C(0x243f6a8885a308d3);
  for (size_t k = 0; k < source->keys; k++) hash = loyi_mean_mix(hash, loyi_bits(source->key[k][row] + 0.0));
  return hash ^ (hash >> 32);
}

LOYI_LOCAL int loyi_mean_equal(const loyi_mean_source *source, size_t row, size_t other) {
  for (size_t k = 0; k < source->keys; k++) {
    if (source->key[k][row] != source->key[k][other]) return 0;
  }
  return 1;
}

/* An open-addressing table of numbers counted from 1; 0 is an empty slot. `slots` is a power of two. */
typedef struct loyi_mean_table {
  const loy_allocator *allocator;
  size_t *slot;
  size_t slots;
} loyi_mean_table;

LOYI_LOCAL int loyi_mean_table_make(loyi_mean_table *table, size_t slots) {
  table->slots = slots;
  table->slot = (size_t *)loyi_allocate(table->allocator, slots, sizeof *table->slot);
  if (!table->slot) return 0;
  memset(table->slot, 0, slots * sizeof *table->slot);
  return 1;
}

LOYI_LOCAL void loyi_mean_table_release(loyi_mean_table *table) {
  loyi_release(table->allocator, table->slot, table->slots, sizeof *table->slot);
  table->slot = NULL;
}

/* Put the first `count` numbers, whose hashes are given by `hash(ctx, number)`, into a table twice as large. */
LOYI_LOCAL int loyi_mean_table_grow(loyi_mean_table *table, size_t count, uint64_t (*hash)(const void *, size_t),
                                    const void *ctx) {
  loyi_mean_table larger = *table;
  if (!loyi_mean_table_make(&larger, 2 * table->slots)) return 0;
  for (size_t i = 0; i < count; i++) {
    size_t at = (size_t)hash(ctx, i) & (larger.slots - 1);
    while (larger.slot[at] != 0) at = (at + 1) & (larger.slots - 1);
    larger.slot[at] = i + 1;
  }
  loyi_mean_table_release(table);
  *table = larger;
  return 1;
}

/* Append `row` as the first row of a new cell. */
LOYI_LOCAL int loyi_mean_new_cell(loyi_mean_data *data, size_t row) {
  if (data->cells == data->room) {
    const size_t room = data->room == 0 ? 64 : 2 * data->room;
    size_t *grown = (size_t *)loyi_resize(data->allocator, data->row_of, data->room, room, sizeof *data->row_of);
    if (!grown) return 0;
    data->row_of = grown;
    data->room = room;
  }
  data->row_of[data->cells++] = row;
  return 1;
}

LOYI_LOCAL uint64_t loyi_mean_cell_hash(const void *ctx, size_t cell) {
  const loyi_mean_data *data = (const loyi_mean_data *)ctx;
  return loyi_mean_hash(&data->source, data->row_of[cell]);
}

/* The cell of a row, made when there is none yet. 0 when out of memory. */
LOYI_LOCAL int loyi_mean_place(loyi_mean_data *data, loyi_mean_table *table, size_t row) {
  size_t at = (size_t)loyi_mean_hash(&data->source, row) & (table->slots - 1);
  while (table->slot[at] != 0) {
    const size_t cell = table->slot[at] - 1;
    if (loyi_mean_equal(&data->source, row, data->row_of[cell])) {
      data->cell_of[row] = cell;
      return 1;
    }
    at = (at + 1) & (table->slots - 1);
  }
  data->cell_of[row] = data->cells;
  table->slot[at] = data->cells + 1;
  if (!loyi_mean_new_cell(data, row)) return 0;
  return 2 * data->cells < table->slots || loyi_mean_table_grow(table, data->cells, loyi_mean_cell_hash, data);
}

/* A cell for each distinct row; `*worth` becomes 0 when the rows turn out to be mostly distinct. 0 when out of
 * memory. */
LOYI_LOCAL int loyi_mean_assign_merged(loyi_mean_data *data, loyi_mean_merge merge, int *worth) {
  loyi_mean_table table = {data->allocator, NULL, 0};
  int good = loyi_mean_table_make(&table, 256);
  *worth = 1;
  data->rows = 0;
  for (size_t row = 0; good && *worth && row < data->source.n; row++) {
    data->cell_of[row] = LOYI_MEAN_SKIPPED;
    if (!loyi_mean_row_counts(&data->source, row)) continue;
    data->rows++;
    good = loyi_mean_place(data, &table, row);
    *worth = merge == LOYI_MEAN_MERGE_ALWAYS || data->rows < LOYI_MEAN_PROBE || data->cells <= data->rows / 8 * 7;
  }
  loyi_mean_table_release(&table);
  return good;
}

/* A cell for each row. */
LOYI_LOCAL int loyi_mean_assign_each(loyi_mean_data *data) {
  int good = 1;
  data->rows = data->cells = 0;
  for (size_t row = 0; good && row < data->source.n; row++) {
    data->cell_of[row] = LOYI_MEAN_SKIPPED;
    if (!loyi_mean_row_counts(&data->source, row)) continue;
    data->rows++;
    data->cell_of[row] = data->cells;
    good = loyi_mean_new_cell(data, row);
  }
  return good;
}

LOYI_LOCAL int loyi_mean_assign(loyi_mean_data *data, loyi_mean_merge merge) {
  int worth = 0;
  if (!loyi_mean_assign_merged(data, merge, &worth)) return 0;
  if (!worth && !loyi_mean_assign_each(data)) return 0;
  data->skipped = data->source.n - data->rows;
  return 1;
}

LOYI_SHARED void loyi_mean_answer(const loyi_mean_data *data, size_t row, double *yes, double *no) {
  const loyi_mean_source *source = &data->source;
  const double weight = source->weight ? source->weight[row] : 1.0;
  double trials = source->trials ? source->trials[row] : 1.0, loyal = source->loyal[row];
  if (data->fractions && source->trials) {
    loyal /= trials;
    trials = 1.0;
  }
  *yes = weight * loyal;
  *no = weight * (trials - loyal);
}

LOYI_SHARED double loyi_mean_distance(double part, double sum, double share) {
  const double expected = sum * share, off = expected - part;
  double distance;
  if (!(part > 0.0)) return expected;
  if (fabs(off) < 0.5 * part) {
    const double ratio = off / part;
    distance = part * (ratio - loyi_log1p(ratio));
  } else { /* a quotient might leave the doubles */
    distance = part * (loyi_log(part) - loyi_log(sum) - loyi_log(share)) + off;
  }
  return distance > 0.0 ? distance : 0.0;
}

LOYI_SHARED double loyi_mean_saturated(double yes, double no) {
  const double few = yes < no ? yes : no, many = yes < no ? no : yes, sum = yes + no;
  if (!(few > 0.0)) return 0.0;
  return few * (loyi_log(few) - loyi_log(sum)) + many * loyi_log1p(-few / sum);
}

/* One row, or the sums of one cell, as the data keep it. Of `within`, yes no / (yes + no) is the sum over the cell as a
 * whole, from which the same of each row is taken away; for single answers that is 0, and nothing cancels. */
LOYI_LOCAL double loyi_mean_mixed(double yes, double no) { return yes * (no / (yes + no)); }

/* The sums of cells that are rows, in place of what loyi_mean_sum_rows finds in general. */
LOYI_LOCAL void loyi_mean_copy_rows(loyi_mean_data *data, loyi_total *saturated) {
  for (size_t cell = 0; cell < data->cells; cell++) {
    double yes, no;
    loyi_mean_answer(data, data->row_of[cell], &yes, &no);
    data->yes[cell] = yes;
    data->no[cell] = no;
    data->within[cell] = 0.0;
    if (yes > 0.0 && no > 0.0) loyi_total_add(saturated, loyi_mean_saturated(yes, no));
  }
}

LOYI_LOCAL void loyi_mean_sum_rows(loyi_mean_data *data, loyi_total *sums, loyi_total *saturated) {
  for (size_t i = 0; i < 3 * data->cells; i++) sums[i].sum = sums[i].error = 0.0;
  for (size_t row = 0; row < data->source.n; row++) {
    loyi_total *sum;
    double yes, no;
    if (data->cell_of[row] == LOYI_MEAN_SKIPPED) continue;
    sum = sums + 3 * data->cell_of[row];
    loyi_mean_answer(data, row, &yes, &no);
    loyi_total_add(&sum[0], yes);
    loyi_total_add(&sum[1], no);
    if (yes > 0.0 && no > 0.0) {
      loyi_total_add(&sum[2], loyi_mean_mixed(yes, no));
      loyi_total_add(saturated, loyi_mean_saturated(yes, no));
    }
  }
  for (size_t cell = 0; cell < data->cells; cell++) {
    const loyi_total *sum = sums + 3 * cell;
    const double yes = loyi_total_value(&sum[0]), no = loyi_total_value(&sum[1]);
    const double within = loyi_mean_mixed(yes, no) - loyi_total_value(&sum[2]);
    data->yes[cell] = yes;
    data->no[cell] = no;
    data->within[cell] = within > 0.0 ? within : 0.0;
  }
}

/* The sums of the cells, with room for three totals each unless the cells are rows. */
LOYI_LOCAL void loyi_mean_tally(loyi_mean_data *data, loyi_total *sums) {
  loyi_total trials = {0.0, 0.0}, loyal = {0.0, 0.0}, saturated = {0.0, 0.0};
  if (data->cells == data->rows) {
    loyi_mean_copy_rows(data, &saturated);
  } else {
    loyi_mean_sum_rows(data, sums, &saturated);
  }
  for (size_t cell = 0; cell < data->cells; cell++) {
    loyi_total_add(&loyal, data->yes[cell]);
    loyi_total_add(&trials, data->yes[cell]);
    loyi_total_add(&trials, data->no[cell]);
  }
  data->loyal = loyi_total_value(&loyal);
  data->trials = loyi_total_value(&trials);
  data->saturated = loyi_total_value(&saturated);
}

LOYI_SHARED void loyi_mean_data_release(loyi_mean_data *data) {
  loyi_release(data->allocator, data->cell_of, data->source.n, sizeof *data->cell_of);
  loyi_release(data->allocator, data->row_of, data->room, sizeof *data->row_of);
  loyi_release(data->allocator, data->yes, data->cells, 3 * sizeof *data->yes);
  data->cell_of = data->row_of = NULL;
  data->yes = NULL;
}

LOYI_SHARED loy_status loyi_mean_data_load(const loyi_mean_source *source, int fractions, loyi_mean_merge merge,
                                           const loy_allocator *allocator, loyi_mean_data *data, loy_error *error) {
  loyi_total *sums = NULL;
  int good;
  memset(data, 0, sizeof *data);
  data->allocator = allocator;
  data->source = *source;
  data->fractions = fractions;
  data->cell_of = (size_t *)loyi_allocate(allocator, source->n, sizeof *data->cell_of);
  good = data->cell_of && loyi_mean_assign(data, merge);
  if (good) {
    data->yes = (double *)loyi_allocate(allocator, data->cells, 3 * sizeof *data->yes);
    if (data->cells < data->rows) sums = (loyi_total *)loyi_allocate(allocator, data->cells, 3 * sizeof *sums);
    good = data->yes && (sums || data->cells == data->rows);
  }
  if (good) {
    data->no = data->yes + data->cells;
    data->within = data->no + data->cells;
    loyi_mean_tally(data, sums);
  }
  loyi_release(allocator, sums, data->cells, 3 * sizeof *sums);
  if (good) return LOY_OK;
  loyi_mean_data_release(data);
  return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, "the allocator returned nothing");
}

/* Cluster codes, numbered by first appearance. */
typedef struct loyi_mean_codes {
  const int64_t *cluster;
  const size_t *row_of; /* the first row of each */
} loyi_mean_codes;

LOYI_LOCAL uint64_t loyi_mean_code_hash(const void *ctx, size_t number) {
  const loyi_mean_codes *codes = (const loyi_mean_codes *)ctx;
  const uint64_t hash = loyi_mean_mix(0, (uint64_t)codes->cluster[codes->row_of[number]]);
  return hash ^ (hash >> 32);
}

/* The number of the cluster of each row with information, into `number`, and their count. 0 when out of memory.
 * `row_of` has room for as many as there are rows. */
LOYI_LOCAL int loyi_mean_number_clusters(const loyi_mean_data *data, size_t *number, size_t *row_of, size_t *count) {
  loyi_mean_table table = {data->allocator, NULL, 0};
  const int64_t *cluster = data->source.cluster;
  loyi_mean_codes codes;
  int good = loyi_mean_table_make(&table, 256);
  codes.cluster = cluster;
  codes.row_of = row_of;
  *count = 0;
  for (size_t row = 0; good && row < data->source.n; row++) {
    size_t at;
    if (data->cell_of[row] == LOYI_MEAN_SKIPPED) continue;
    row_of[*count] = row; /* as if it were new */
    at = (size_t)loyi_mean_code_hash(&codes, *count) & (table.slots - 1);
    while (table.slot[at] != 0 && cluster[row_of[table.slot[at] - 1]] != cluster[row])
      at = (at + 1) & (table.slots - 1);
    if (table.slot[at] == 0) {
      table.slot[at] = ++*count;
      number[row] = *count - 1;
      if (2 * *count >= table.slots) good = loyi_mean_table_grow(&table, *count, loyi_mean_code_hash, &codes);
    } else {
      number[row] = table.slot[at] - 1;
    }
  }
  loyi_mean_table_release(&table);
  return good;
}

LOYI_SHARED void loyi_mean_clusters_release(loyi_mean_clusters *clusters) {
  loyi_release(clusters->allocator, clusters->row, clusters->rows, sizeof *clusters->row);
  loyi_release(clusters->allocator, clusters->end, clusters->room_of_ends, sizeof *clusters->end);
  clusters->row = clusters->end = NULL;
}

LOYI_SHARED loy_status loyi_mean_clusters_make(const loyi_mean_data *data, loyi_mean_clusters *clusters,
                                               loy_error *error) {
  const size_t n = data->source.n;
  size_t *number = (size_t *)loyi_allocate(data->allocator, n, sizeof *number);
  int good;
  clusters->allocator = data->allocator;
  clusters->count = clusters->rows = data->rows;
  clusters->room_of_ends = data->rows + 1;
  clusters->row = (size_t *)loyi_allocate(data->allocator, data->rows, sizeof *clusters->row);
  clusters->end = (size_t *)loyi_allocate(data->allocator, clusters->room_of_ends, sizeof *clusters->end);
  good = number && clusters->row && clusters->end;
  if (good && data->source.cluster) {
    /* `end` lends its room to the list of first rows. */
    good = loyi_mean_number_clusters(data, number, clusters->end, &clusters->count);
  } else if (good) {
    for (size_t row = 0, next = 0; row < n; row++) {
      if (data->cell_of[row] != LOYI_MEAN_SKIPPED) number[row] = next++;
    }
  }
  if (good) {
    size_t *end = clusters->end, total = 0;
    memset(end, 0, (clusters->count + 1) * sizeof *end);
    for (size_t row = 0; row < n; row++) {
      if (data->cell_of[row] != LOYI_MEAN_SKIPPED) end[number[row] + 1]++;
    }
    /* end[k] is where cluster k begins, and moves on to where it ends as its rows are filed. */
    for (size_t k = 0; k <= clusters->count; k++) {
      total += end[k];
      end[k] = total;
    }
    for (size_t row = 0; row < n; row++) {
      if (data->cell_of[row] != LOYI_MEAN_SKIPPED) clusters->row[end[number[row]]++] = row;
    }
  }
  loyi_release(data->allocator, number, n, sizeof *number);
  if (good) return LOY_OK;
  loyi_mean_clusters_release(clusters);
  return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, "the allocator returned nothing");
}

#undef LOYI_MEAN_PROBE
#undef LOYI_MEAN_LARGEST

LOY_END_DECLS

#endif /* LOYALTY_RESPONSE_MEAN_DATA_INL_H */
