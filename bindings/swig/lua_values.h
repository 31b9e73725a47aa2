/* lua_values.h: Lua numbers, columns, text, errors, results and handles.
 *
 * A wrong kind of argument is misuse and raises an error that names the argument; an error of the library comes back
 * as nil, message, code. Lua errors jump out of the call without running anything behind them, so nothing here or in a
 * shim holds memory of malloc while an error can be raised: temporary columns are userdata on the Lua stack. */
#ifndef LOYALTY_BINDINGS_LUA_VALUES_H
#define LOYALTY_BINDINGS_LUA_VALUES_H

#include "lua_vec.h"

static void loy_lua_expected(lua_State *L, const char *name, const char *what, int at) {
  luaL_error(L, "%s: expected %s, got %s", name, what, loy_lua_typename(L, at));
}

static double loy_lua_double(lua_State *L, int at, const char *name) {
  if (lua_type(L, at) != LUA_TNUMBER) loy_lua_expected(L, name, "a number", at);
  return lua_tonumber(L, at);
}

static int64_t loy_lua_int64(lua_State *L, int at, const char *name, int64_t least, int64_t most) {
  lua_Integer value = 0;
  if (lua_type(L, at) != LUA_TNUMBER) loy_lua_expected(L, name, "an integer", at);
  if (!loy_lua_integer(L, at, &value)) luaL_error(L, "%s: expected an integer, got %f", name, lua_tonumber(L, at));
  if (value < least || value > most)
    luaL_error(L, "%s: must be from %I to %I", name, (LUAI_UACINT)least, (LUAI_UACINT)most);
  return value;
}

static bool loy_lua_bool(lua_State *L, int at, const char *name) {
  if (lua_type(L, at) != LUA_TBOOLEAN) loy_lua_expected(L, name, "true or false", at);
  return lua_toboolean(L, at) != 0;
}

static const char *loy_lua_text(lua_State *L, int at, const char *name, size_t *n) {
  if (lua_type(L, at) != LUA_TSTRING) loy_lua_expected(L, name, "a string", at);
  return lua_tolstring(L, at, n);
}

/* The elements of a vec, in place; of a table, copied into a vec that stays on the stack for the call. */
static loy_lua_vec *loy_lua_column(lua_State *L, int at, const char *name, int kind, bool writable) {
  loy_lua_vec *v = loy_lua_vec_at(L, at, kind);
  if (v) return v;
  if (writable || lua_type(L, at) != LUA_TTABLE)
    luaL_error(L, "%s: expected %s%s, got %s", name, kind == LOY_LUA_VEC ? "a vec" : "an ivec",
               writable ? "" : " or a table", loy_lua_typename(L, at));
  return loy_lua_vec_from_table(L, at, kind, name);
}

/* The elements of an ivec or table of types, narrowed into bytes that stay on the stack for the call. */
static const int8_t *loy_lua_types(lua_State *L, int at, const char *name, size_t *n) {
  const loy_lua_vec *v = loy_lua_column(L, at, name, LOY_LUA_IVEC, false);
  int8_t *bytes = (int8_t *)lua_newuserdatauv(L, v->n + 1, 0);
  for (size_t i = 0; i < v->n; i++) {
    if (v->item[i].i < INT8_MIN || v->item[i].i > INT8_MAX)
      luaL_error(L, "%s: element %I: must be from -128 to 127", name, (LUAI_UACINT)i + 1);
    bytes[i] = (int8_t)v->item[i].i;
  }
  *n = v->n;
  return bytes;
}

/* ---- progress ---- */

/* A function of the script that watches a call. What it raises is kept in its place on the stack, and raised when the C
 * call has returned and given back its memory. */
typedef struct loy_lua_watch {
  loy_progress progress;
  lua_State *L;
  int at;
  bool failed;
} loy_lua_watch;

static int loy_lua_watch_report(void *ctx, int64_t done, int64_t of, double value) {
  loy_lua_watch *watch = (loy_lua_watch *)ctx;
  lua_State *L = watch->L;
  bool go_on;
  if (!lua_checkstack(L, 4)) return 0;
  lua_pushvalue(L, watch->at);
  lua_pushinteger(L, done);
  if (of > 0) lua_pushinteger(L, of);
  lua_pushnumber(L, value);
  if (lua_pcall(L, of > 0 ? 3 : 2, 1, 0) != LUA_OK) {
    lua_replace(L, watch->at);
    watch->failed = true;
    return 0;
  }
  go_on = !lua_isboolean(L, -1) || lua_toboolean(L, -1);
  lua_pop(L, 1);
  return go_on;
}

/* NULL for nil. */
static const loy_progress *loy_lua_watch_begin(lua_State *L, int at, const char *name, loy_lua_watch *watch) {
  watch->failed = false;
  if (lua_isnil(L, at)) return NULL;
  if (!lua_isfunction(L, at)) loy_lua_expected(L, name, "a function", at);
  watch->progress.report = loy_lua_watch_report;
  watch->progress.ctx = watch;
  watch->L = L;
  watch->at = at;
  return &watch->progress;
}

/* ---- errors and results ---- */

/* Push nil, message, code; gives 3. Rows are counted from 1 in Lua. */
static int loy_lua_push_error(lua_State *L, const loy_error *e) {
  const char *message = e->message ? e->message : loy_status_message(e->status);
  lua_pushnil(L);
  if (!e->argument) {
    lua_pushstring(L, message);
  } else if (e->index == LOY_NO_INDEX) {
    lua_pushfstring(L, "%s: %s", e->argument, message);
  } else {
    lua_pushfstring(L, "%s[%I]: %s", e->argument, (LUAI_UACINT)e->index + 1, message);
  }
  lua_pushstring(L, loy_status_name(e->status));
  return 3;
}

/* Push the numbers; for results that do not hand their status on, a notice's name comes behind them. */
static int loy_lua_push_numbers(lua_State *L, const loy_error *e, const double *v, int n, bool status_first) {
  int pushed = 0;
  if (loy_status_is_error(e->status)) return loy_lua_push_error(L, e);
  if (status_first) {
    lua_pushstring(L, loy_status_name(e->status));
    pushed++;
  }
  for (int i = 0; i < n; i++) lua_pushnumber(L, v[i]);
  pushed += n;
  if (!status_first && n == 0) {
    lua_pushboolean(L, 1);
    pushed++;
  }
  if (!status_first && e->status != LOY_OK) {
    lua_pushstring(L, loy_status_name(e->status));
    pushed++;
  }
  return pushed;
}

static int loy_lua_push_integer(lua_State *L, const loy_error *e, int64_t v) {
  if (loy_status_is_error(e->status)) return loy_lua_push_error(L, e);
  lua_pushinteger(L, v);
  return 1;
}

static int loy_lua_push_text(lua_State *L, const loy_error *e, const char *v) {
  if (loy_status_is_error(e->status)) return loy_lua_push_error(L, e);
  lua_pushstring(L, v); /* nil for NULL */
  return 1;
}

static int loy_lua_push_values(lua_State *L, const loy_values *r) {
  if (loy_status_is_error(r->e.status)) return loy_lua_push_error(L, &r->e);
  luaL_checkstack(L, r->n + 4, NULL);
  for (int i = 0; i < r->n; i++) {
    switch (r->v[i].kind) {
    case 'd': lua_pushnumber(L, r->v[i].d); break;
    case 'i': lua_pushinteger(L, r->v[i].i); break;
    case 'b': lua_pushboolean(L, r->v[i].i != 0); break;
    default: lua_pushstring(L, r->v[i].t); break;
    }
  }
  return r->n;
}

static int loy_lua_blob_to_string(lua_State *L) {
  const loy_rblob *r = (const loy_rblob *)lua_touserdata(L, 1);
  lua_pushlstring(L, r->p ? r->p : "", r->n);
  return 1;
}

/* Push the bytes and free them, also when Lua has no memory left for the string. */
static int loy_lua_push_blob(lua_State *L, loy_rblob *r) {
  int failed;
  if (loy_status_is_error(r->e.status)) return loy_lua_push_error(L, &r->e);
  lua_pushcfunction(L, loy_lua_blob_to_string);
  lua_pushlightuserdata(L, r);
  failed = lua_pcall(L, 1, 1, 0);
  free(r->p);
  if (failed) lua_error(L);
  return 1;
}

/* ---- handles ---- */

/* An opaque library object in a userdata; NULL once closed. */
typedef struct loy_lua_box {
  void *object;
  void (*release)(void *object);
} loy_lua_box;

/* The box at `at` when its metatable is the one registered under `key`, else a Lua error. */
static loy_lua_box *loy_lua_box_at(lua_State *L, int at, const char *name, const char *tag, const void *key) {
  loy_lua_box *box = NULL;
  if (lua_type(L, at) == LUA_TUSERDATA && lua_getmetatable(L, at)) {
    lua_rawgetp(L, LUA_REGISTRYINDEX, key);
    if (lua_istable(L, -1) && lua_rawequal(L, -1, -2)) box = (loy_lua_box *)lua_touserdata(L, at);
    lua_pop(L, 2);
  }
  if (!box) loy_lua_expected(L, name, tag, at);
  return box;
}

static void *loy_lua_object_at(lua_State *L, int at, const char *name, const char *tag, const void *key) {
  const loy_lua_box *box = loy_lua_box_at(L, at, name, tag, key);
  if (!box->object) luaL_error(L, "%s: the %s is closed", name, tag);
  return box->object;
}

static void loy_lua_box_close(loy_lua_box *box) {
  void *object = box->object;
  box->object = NULL;
  if (object) box->release(object);
}

/* The one function behind __gc, __close and close. Upvalues: the key, the tag. */
static int loy_lua_box_done(lua_State *L) {
  const void *key = lua_touserdata(L, lua_upvalueindex(1));
  loy_lua_box_close(loy_lua_box_at(L, 1, "object", lua_tostring(L, lua_upvalueindex(2)), key));
  return 0;
}

/* Push an empty box of the type; make the type's metatable the first time. */
static loy_lua_box *loy_lua_box_push(lua_State *L, const char *tag, void *key, void (*release)(void *)) {
  loy_lua_box *box = (loy_lua_box *)lua_newuserdatauv(L, sizeof *box, 0);
  box->object = NULL;
  box->release = release;
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, key) != LUA_TTABLE) {
    static const char *const names[] = {"__gc", "__close"};
    lua_pop(L, 1);
    loy_lua_locked_metatable(L, tag);
    for (int i = 0; i < 2; i++) {
      lua_pushlightuserdata(L, key);
      lua_pushstring(L, tag);
      lua_pushcclosure(L, loy_lua_box_done, 2);
      lua_setfield(L, -2, names[i]);
    }
    lua_newtable(L);
    lua_getfield(L, -2, "__close");
    lua_setfield(L, -2, "close");
    lua_setfield(L, -2, "__index");
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, key);
  }
  lua_setmetatable(L, -2);
  return box;
}

typedef struct loy_lua_boxing {
  const char *tag;
  void *key;
  void (*release)(void *);
  void *object;
} loy_lua_boxing;

static int loy_lua_box_make(lua_State *L) {
  loy_lua_boxing *boxing = (loy_lua_boxing *)lua_touserdata(L, 1);
  loy_lua_box_push(L, boxing->tag, boxing->key, boxing->release)->object = boxing->object;
  boxing->object = NULL;
  return 1;
}

/* Push a box that owns `object`; frees it when Lua has no memory left for the box. */
static int loy_lua_push_object(lua_State *L, const loy_error *e, const char *tag, void *key, void (*release)(void *),
                               void *object) {
  loy_lua_boxing boxing;
  if (loy_status_is_error(e->status)) return loy_lua_push_error(L, e);
  boxing.tag = tag;
  boxing.key = key;
  boxing.release = release;
  boxing.object = object;
  lua_pushcfunction(L, loy_lua_box_make);
  lua_pushlightuserdata(L, &boxing);
  if (lua_pcall(L, 1, 1, 0) != LUA_OK) {
    if (boxing.object) release(boxing.object);
    lua_error(L);
  }
  return 1;
}

/* ---- in place of SWIG's own ---- */

/* SWIG's messages read type names out of foreign userdata. */
#undef SWIG_fail_arg
#define SWIG_fail_arg(function, at, type)                                                                              \
  { luaL_error(L, "bad argument #%d to '%s' (%s expected, got %s)", at, function, type, loy_lua_typename(L, at)); }
#undef SWIG_fail_ptr
#define SWIG_fail_ptr(function, at, type) SWIG_fail_arg(function, at, "object")
#undef SWIG_check_num_args
#define SWIG_check_num_args(function, least, most)                                                                     \
  if (lua_gettop(L) < (least) || lua_gettop(L) > (most))                                                               \
    luaL_error(L, "%s: expected %d arguments, got %d", function, most, lua_gettop(L));
/* A checkfn that accepts everything: the conversion itself decides. SWIG pastes it as !loy_any(L, i). */
#define loy_any(L, at) 1

/* SWIG's entry registers two global functions that trust any userdata given to them. Ours calls it under another name
 * and puts the globals back. */
#undef SWIG_init
#define SWIG_init loy_lua_swig_open

#endif /* LOYALTY_BINDINGS_LUA_VALUES_H */
