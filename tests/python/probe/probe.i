/* probe.i: a small module over every conversion of python.i and lua.i, with shims whose answers are known. It tests the
 * conversions themselves; the library's own module may use only some of them. */
#ifdef SWIGLUA
%module loyalty_core
#else
%module probe
#endif
%{
#include "views.h"

#include <time.h>

typedef struct tally { double sum; } tally;
static long tallies; /* alive */
static void tally_free(tally *t) {
  tallies--;
  free(t);
}
static void put(loy_error *e, int status) {
  e->status = (loy_status)status;
  e->argument = status == LOY_ERR_DOMAIN ? "status" : NULL;
  e->index = status == LOY_ERR_DOMAIN ? 4 : LOY_NO_INDEX;
  e->message = NULL;
}
%}
#if defined(SWIGPYTHON)
%include "python.i"
#else
%include "lua.i"
#endif

LOY_HANDLE(tally, tally, tally_free)
LOY_BULK(tally_hold)
LOY_BULK(tally_look)

%inline %{
static loy_r0 r0(int status) { loy_r0 r = {0}; put(&r.e, status); return r; }
static loy_r1 r1(int status) { loy_r1 r = {{0}, {1}}; put(&r.e, status); return r; }
static loy_r2 r2(int status) { loy_r2 r = {{0}, {1, 2}}; put(&r.e, status); return r; }
static loy_r3 r3(int status) { loy_r3 r = {{0}, {1, 2, 3}}; put(&r.e, status); return r; }
static loy_r4 r4(int status) { loy_r4 r = {{0}, {1, 2, 3, 4}}; put(&r.e, status); return r; }
static loy_s0 s0(int status) { loy_s0 r = {0}; put(&r.e, status); return r; }
static loy_s1 s1(int status) { loy_s1 r = {{0}, {1}}; put(&r.e, status); return r; }
static loy_s2 s2(int status) { loy_s2 r = {{0}, {1, 2}}; put(&r.e, status); return r; }
static loy_s3 s3(int status) { loy_s3 r = {{0}, {1, 2, 3}}; put(&r.e, status); return r; }
static loy_s4 s4(int status) { loy_s4 r = {{0}, {1, 2, 3, 4}}; put(&r.e, status); return r; }
static loy_ri ri(int status, int64_t value) { loy_ri r = {{0}, value}; put(&r.e, status); return r; }
static loy_ri ru(uint64_t value) { loy_ri r = {0}; r.v = (int64_t)(value % 1000); return r; }
static loy_ri rz(size_t value) { loy_ri r = {0}; r.v = (int64_t)(value % 1000); return r; }
static loy_rtext rtext(int status, bool given) {
  loy_rtext r = {0};
  r.v = given ? "text" : NULL;
  put(&r.e, status);
  return r;
}
static loy_rblob rblob(int status, size_t n) {
  loy_rblob r = {0};
  put(&r.e, status);
  if (loy_status_is_error(r.e.status)) return r;
  r.p = (char *)malloc(n + 1);
  if (!r.p) { r.e.status = LOY_ERR_MEMORY; return r; }
  memset(r.p, 'x', n);
  r.n = n;
  return r;
}
static loy_rbatch rbatch(int status, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {2, {LOY_ERR_DOMAIN, "t_x", 7, "must be at most T"}};
  put(&e, status);
  return loy_batch_result(e, &report, coerce);
}
static loy_values values(int status, int count) {
  loy_values r = {0};
  put(&r.e, status);
  loy_put_status(&r);
  loy_put_double(&r, 0.5);
  loy_put_int(&r, INT64_MIN);
  loy_put_bool(&r, true);
  loy_put_text(&r, NULL);
  for (int i = 0; i < count; i++) loy_put_size(&r, (size_t)i);
  return r;
}
static loy_r1 column(loy_in x) { loy_r1 r = {0}; for (size_t i = 0; i < x.n; i++) r.v[0] += x.p[i]; return r; }
static loy_ri column_i64(loy_in_i64 x) { loy_ri r = {0}; for (size_t i = 0; i < x.n; i++) r.v += x.p[i]; return r; }
static loy_ri optional(loy_in_opt a, loy_out_opt b, loy_in_i64_opt c, loy_out_i64_opt d, loy_in_text_opt e) {
  loy_ri r = {0};
  r.v = (a.p != NULL) + 2 * (b.p != NULL) + 4 * (c.p != NULL) + 8 * (d.p != NULL) + 16 * (e.p != NULL);
  return r;
}
static loy_r0 copy(loy_in x, loy_out y) {
  loy_r0 r = {0};
  if (loy_same_length(&r.e, "y", y.n, x.n)) memmove(y.p, x.p, x.n * sizeof *x.p);
  return r;
}
static loy_r0 copy_i64(loy_in_i64 x, loy_out_i64 y) {
  loy_r0 r = {0};
  if (loy_same_length(&r.e, "y", y.n, x.n)) memmove(y.p, x.p, x.n * sizeof *x.p);
  return r;
}
static loy_r0 copy_i8(loy_in_i8 x, loy_out_i8 y) {
  loy_r0 r = {0};
  if (!loy_same_length(&r.e, "y", y.n, x.n)) return r;
  memmove(y.p, x.p, x.n);
  loy_widen_i8(y);
  return r;
}
static loy_ri text(loy_in_text t) { loy_ri r = {0}; r.v = (int64_t)t.n; return r; }
static loy_ri octets(loy_in_bytes t) { loy_ri r = {0}; for (size_t i = 0; i < t.n; i++) r.v += t.p[i]; return r; }

static tally_result tally_new(double start) {
  tally_result r = {{0}, NULL};
  if (start != start) { loy_refuse(&r.e, LOY_ERR_DOMAIN, "start", "must be a number"); return r; }
  r.object = (tally *)malloc(sizeof *r.object);
  if (!r.object) { loy_refuse(&r.e, LOY_ERR_MEMORY, NULL, NULL); return r; }
  tallies++;
  r.object->sum = start;
  if (start < 0) r.e.status = LOY_NOTICE_WEAK_ID;
  return r;
}
static loy_r0 tally_add(tally *t, loy_in x) {
  loy_r0 r = {0};
  for (size_t i = 0; i < x.n; i++) t->sum += x.p[i];
  return r;
}
static loy_r0 tally_merge(tally *t, const tally *other) { loy_r0 r = {0}; t->sum += other->sum; return r; }
static loy_r1 tally_sum(const tally *t) { loy_r1 r = {0}; r.v[0] = t->sum; return r; }
static loy_r2 tally_both(const tally *a, const tally *b) { loy_r2 r = {0}; r.v[0] = a->sum; r.v[1] = b->sum; return r; }
static loy_ri tally_alive(void) { loy_ri r = {0}; r.v = tallies; return r; }
/* Inside the call for `seconds`, changing or only reading. */
static loy_r0 tally_hold(tally *t, double seconds) {
  loy_r0 r = {0};
  struct timespec wait = {0, (long)(seconds * 1e9)};
  nanosleep(&wait, NULL);
  t->sum += 1;
  return r;
}
static loy_r0 tally_look(const tally *t, double seconds) {
  loy_r0 r = {0};
  struct timespec wait = {0, (long)(seconds * 1e9)};
  (void)t;
  nanosleep(&wait, NULL);
  return r;
}
%}
