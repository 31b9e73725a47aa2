/* views.h: what passes between a script and a shim. Shims (the flat functions of <wing>.i) take numbers and the views
 * below by value, and return one of the results below by value. Each type has one conversion in python.i and one in
 * lua.i, so a new shim needs no typemap of its own.
 *
 * A view is borrowed for the call. A result carries the loy_error of the core function: an error is raised (Python) or
 * returned as nil, message, code (Lua); the numbers are only looked at when there was none. */
#ifndef LOYALTY_BINDINGS_VIEWS_H
#define LOYALTY_BINDINGS_VIEWS_H

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "loyalty/loyalty.h"

/* Columns. `p` is never NULL, even when n is 0, except for the _opt views, where None or nil gives {NULL, 0}. */
typedef struct loy_in { const double *p; size_t n; } loy_in;
typedef struct loy_in_opt { const double *p; size_t n; } loy_in_opt;
typedef struct loy_in_i64 { const int64_t *p; size_t n; } loy_in_i64;
typedef struct loy_in_i64_opt { const int64_t *p; size_t n; } loy_in_i64_opt;
typedef struct loy_out { double *p; size_t n; } loy_out;
typedef struct loy_out_opt { double *p; size_t n; } loy_out_opt;
typedef struct loy_out_i64 { int64_t *p; size_t n; } loy_out_i64;
typedef struct loy_out_i64_opt { int64_t *p; size_t n; } loy_out_i64_opt;

/* Columns of types: numbers of classes in one byte each. Lua has no such column: there an ivec (or a table) is narrowed
 * on the way in, and an ivec lent as bytes on the way out and filled from them by loy_widen_i8, which belongs at the
 * end of the shim when the batch has written. `wide` is NULL in Python. */
typedef struct loy_in_i8 { const int8_t *p; size_t n; } loy_in_i8;
typedef struct loy_out_i8 { int8_t *p; size_t n; int64_t *wide; } loy_out_i8;

/* Text (str; UTF-8, not ended by a NUL that may be relied on) and bytes (any bytes-like object; a Lua string). */
typedef struct loy_in_text { const char *p; size_t n; } loy_in_text;
typedef struct loy_in_text_opt { const char *p; size_t n; } loy_in_text_opt;
typedef struct loy_in_bytes { const unsigned char *p; size_t n; } loy_in_bytes;

/* A function of the script that watches a fit and may cancel it, for the `progress` of options; None or nil for none.
 * It gets the numbers of loy_progress, without `of` where that is 0. */
typedef struct loy_watch { const loy_progress *p; } loy_watch;

/* Results with a fixed count of numbers, for functions without notices.
 *              Python            Lua
 *   loy_r0     None              true
 *   loy_r1     float             a
 *   loy_r2...  (a, b, ...)       a, b, ...   */
typedef struct loy_r0 { loy_error e; } loy_r0;
typedef struct loy_r1 { loy_error e; double v[1]; } loy_r1;
typedef struct loy_r2 { loy_error e; double v[2]; } loy_r2;
typedef struct loy_r3 { loy_error e; double v[3]; } loy_r3;
typedef struct loy_r4 { loy_error e; double v[4]; } loy_r4;

/* The same for functions that can answer with a notice: its name ("OK", "NOTICE_AT_BOUND" ...) comes first. */
typedef struct loy_s0 { loy_error e; } loy_s0;
typedef struct loy_s1 { loy_error e; double v[1]; } loy_s1;
typedef struct loy_s2 { loy_error e; double v[2]; } loy_s2;
typedef struct loy_s3 { loy_error e; double v[3]; } loy_s3;
typedef struct loy_s4 { loy_error e; double v[4]; } loy_s4;

/* One exact integer: int, or a Lua integer. */
typedef struct loy_ri { loy_error e; int64_t v; } loy_ri;

/* Constant text of the library: str, or a Lua string. NULL gives None or nil. */
typedef struct loy_rtext { loy_error e; const char *v; } loy_rtext;

/* Bytes made by the shim with malloc; the conversion frees them. bytes, or a Lua string. Text is decoded above. */
typedef struct loy_rblob { loy_error e; char *p; size_t n; } loy_rblob;

/* A batch. `coerce` false: the first bad row is an error with its row. `coerce` true: the count of bad rows. */
typedef struct loy_rbatch { loy_error e; int64_t bad; } loy_rbatch;

/* A mixed record: a tuple, or several results. Fill it with the loy_put functions, in order. A function that can
 * answer with a notice puts loy_put_status first. */
enum { LOY_VALUES_MOST = 48 };
typedef struct loy_values {
  loy_error e;
  int n;
  struct {
    char kind; /* 'd' number, 'i' integer, 't' constant text or NULL, 'b' bool */
    double d;
    int64_t i;
    const char *t;
  } v[LOY_VALUES_MOST];
} loy_values;

#ifndef SWIG

static inline void loy_put_double(loy_values *r, double value) {
  if (r->n >= LOY_VALUES_MOST) return;
  r->v[r->n].kind = 'd';
  r->v[r->n++].d = value;
}
static inline void loy_put_int(loy_values *r, int64_t value) {
  if (r->n >= LOY_VALUES_MOST) return;
  r->v[r->n].kind = 'i';
  r->v[r->n++].i = value;
}
static inline void loy_put_size(loy_values *r, size_t value) { loy_put_int(r, (int64_t)value); }
static inline void loy_put_text(loy_values *r, const char *value) {
  if (r->n >= LOY_VALUES_MOST) return;
  r->v[r->n].kind = 't';
  r->v[r->n++].t = value;
}
static inline void loy_put_bool(loy_values *r, bool value) {
  if (r->n >= LOY_VALUES_MOST) return;
  r->v[r->n].kind = 'b';
  r->v[r->n++].i = value;
}
static inline void loy_put_doubles(loy_values *r, const double *values, int count) {
  for (int i = 0; i < count; i++) loy_put_double(r, values[i]);
}
static inline void loy_put_status(loy_values *r) { loy_put_text(r, loy_status_name(r->e.status)); }

/* Fill `e` with an error of the binding itself. Returns false, so that a check reads `return loy_refuse(...)`. */
static inline bool loy_refuse(loy_error *e, loy_status status, const char *argument, const char *message) {
  e->status = status;
  e->argument = argument;
  e->index = LOY_NO_INDEX;
  e->message = message;
  return false;
}

/* The length rule, once for both languages: false, with `e` filled, when a column has not `want` elements. */
static inline bool loy_same_length(loy_error *e, const char *argument, size_t got, size_t want) {
  return got == want || loy_refuse(e, LOY_ERR_ARGUMENT, argument, "must be as long as the first column");
}
static inline bool loy_has_length(loy_error *e, const char *argument, size_t got, size_t want) {
  return got == want || loy_refuse(e, LOY_ERR_ARGUMENT, argument, "has the wrong number of elements");
}

/* The end of a batch shim: `r->e` is what the core reported for the call, `report` what it counted. */
static inline loy_rbatch loy_batch_result(loy_error e, const loy_batch_report *report, bool coerce) {
  loy_rbatch r;
  r.e = e;
  r.bad = 0;
  if (loy_status_is_error(e.status)) return r;
  r.bad = (int64_t)report->bad;
  if (r.bad > 0 && !coerce) r.e = report->first;
  return r;
}

/* A column of 64-bit integers lent to a batch that writes n enumerators of 32 bits, and filled from them afterwards. From
 * the end, so that none is written over before it is read. */
static inline int32_t *loy_lend_i32(loy_out_i64 column) { return (int32_t *)(void *)column.p; }
static inline void loy_widen_i32(loy_out_i64 column) {
  for (size_t i = column.n; i-- > 0;) {
    int32_t value;
    memcpy(&value, (const char *)column.p + i * sizeof value, sizeof value);
    column.p[i] = value;
  }
}

/* The same for a column of types: nothing where it is one of bytes. */
static inline void loy_widen_i8(loy_out_i8 column) {
  for (size_t i = column.wide ? column.n : 0; i-- > 0;) column.wide[i] = column.p[i];
}

#endif /* SWIG */

#endif /* LOYALTY_BINDINGS_VIEWS_H */
