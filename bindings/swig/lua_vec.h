/* lua_vec.h: `vec` (doubles) and `ivec` (64-bit integers): fixed-length, 1-based columns for Lua scripts, laid out as
 * the core wants them. One userdata {n, elements}; methods work on the whole column, because a loop over v[i] in a
 * script costs some twenty times as much.
 *
 * Scripts are not trusted: every method checks its self by the identity of the metatable, the metatables are hidden,
 * and sizes are checked before memory is asked for. Only the raw Lua API is used on tables, so no metamethod runs in
 * here. */
#ifndef LOYALTY_BINDINGS_LUA_VEC_H
#define LOYALTY_BINDINGS_LUA_VEC_H

#include "views.h"

#include <lauxlib.h>
#include <lua.h>

/* The two kinds share all code; an element is 8 bytes in both. */
enum { LOY_LUA_VEC = 0, LOY_LUA_IVEC = 1 };
typedef union loy_lua_item {
  double d;
  int64_t i;
} loy_lua_item;
typedef struct loy_lua_vec {
  size_t n;
  loy_lua_item item[1];
} loy_lua_vec;

/* Keys in the registry: their addresses name the metatables, so scripts cannot reach them. */
static char loy_lua_vec_key[2];
static const char *const loy_lua_vec_name[2] = {"vec", "ivec"};

static const char *loy_lua_typename(lua_State *L, int at) {
  int type = lua_type(L, at);
  return type == LUA_TNONE ? "no value" : lua_typename(L, type);
}

/* The vec at stack index `at`, or NULL when it is none of this kind. */
static loy_lua_vec *loy_lua_vec_at(lua_State *L, int at, int kind) {
  loy_lua_vec *v = NULL;
  if (lua_type(L, at) != LUA_TUSERDATA || !lua_getmetatable(L, at)) return NULL;
  lua_rawgetp(L, LUA_REGISTRYINDEX, &loy_lua_vec_key[kind]);
  if (lua_rawequal(L, -1, -2)) v = (loy_lua_vec *)lua_touserdata(L, at);
  lua_pop(L, 2);
  return v;
}

static loy_lua_vec *loy_lua_vec_check(lua_State *L, int at, int kind) {
  loy_lua_vec *v = loy_lua_vec_at(L, at, kind);
  if (!v) luaL_error(L, "bad argument #%d (%s expected, got %s)", at, loy_lua_vec_name[kind], loy_lua_typename(L, at));
  return v;
}

/* Push a vec of n zeros. Raises a Lua error when n is too large. */
static loy_lua_vec *loy_lua_vec_push(lua_State *L, size_t n, int kind) {
  loy_lua_vec *v;
  if (n > (SIZE_MAX / 2 - sizeof *v) / sizeof(loy_lua_item))
    luaL_error(L, "%s of this length: not enough memory", loy_lua_vec_name[kind]);
  v = (loy_lua_vec *)lua_newuserdatauv(L, sizeof *v + n * sizeof(loy_lua_item), 0);
  v->n = n;
  memset(v->item, 0, (n + 1) * sizeof(loy_lua_item));
  lua_rawgetp(L, LUA_REGISTRYINDEX, &loy_lua_vec_key[kind]);
  lua_setmetatable(L, -2);
  return v;
}

/* An exact integer: a Lua integer, or a float without a fraction that fits. No strings. */
static bool loy_lua_integer(lua_State *L, int at, lua_Integer *value) {
  int exact = 0;
  if (lua_type(L, at) != LUA_TNUMBER) return false;
  *value = lua_tointegerx(L, at, &exact);
  return exact != 0;
}

/* Read one element. Returns false, with nothing written, when it is not of the kind. */
static bool loy_lua_item_at(lua_State *L, int at, int kind, loy_lua_item *item) {
  lua_Integer integer;
  if (lua_type(L, at) != LUA_TNUMBER) return false;
  if (kind == LOY_LUA_VEC) {
    item->d = lua_tonumber(L, at);
    return true;
  }
  if (!loy_lua_integer(L, at, &integer)) return false;
  item->i = integer;
  return true;
}

static void loy_lua_item_check(lua_State *L, int at, int kind, loy_lua_item *item) {
  if (!loy_lua_item_at(L, at, kind, item))
    luaL_error(L, "bad argument #%d (%s expected, got %s)", at, kind == LOY_LUA_VEC ? "number" : "integer",
               loy_lua_typename(L, at));
}

static void loy_lua_item_push(lua_State *L, int kind, loy_lua_item item) {
  if (kind == LOY_LUA_VEC) {
    lua_pushnumber(L, item.d);
  } else {
    lua_pushinteger(L, item.i);
  }
}

/* Push a vec with the elements of the table at `at`. `name` is the argument's name for messages. */
static loy_lua_vec *loy_lua_vec_from_table(lua_State *L, int at, int kind, const char *name) {
  size_t n = (size_t)lua_rawlen(L, at);
  loy_lua_vec *v = loy_lua_vec_push(L, n, kind);
  for (size_t i = 0; i < n; i++) {
    lua_rawgeti(L, at, (lua_Integer)i + 1);
    if (!loy_lua_item_at(L, -1, kind, &v->item[i]))
      luaL_error(L, "%s: element %I: expected %s, got %s", name, (LUAI_UACINT)i + 1,
                 kind == LOY_LUA_VEC ? "a number" : "an integer", loy_lua_typename(L, -1));
    lua_pop(L, 1);
  }
  return v;
}

/* The range [i, j] given at `at` and `at` + 1, both optional, 1-based and inclusive; made half-open and 0-based. */
static void loy_lua_vec_range(lua_State *L, int at, size_t n, size_t *first, size_t *end) {
  lua_Integer i = 1, j = (lua_Integer)n;
  if (!lua_isnoneornil(L, at) && !loy_lua_integer(L, at, &i)) luaL_error(L, "bad argument #%d (integer expected)", at);
  if (!lua_isnoneornil(L, at + 1) && !loy_lua_integer(L, at + 1, &j))
    luaL_error(L, "bad argument #%d (integer expected)", at + 1);
  if (i < 1 || j > (lua_Integer)n || j < i - 1)
    luaL_error(L, "bad range: %I to %I of %I", (LUAI_UACINT)i, (LUAI_UACINT)j, (LUAI_UACINT)n);
  *first = (size_t)i - 1;
  *end = (size_t)j;
}

/* vec(n [, fill]) or vec{...}; called with the kind. */
static int loy_lua_vec_new(lua_State *L, int kind) {
  lua_Integer n = 0;
  if (lua_type(L, 1) == LUA_TTABLE) {
    loy_lua_vec_from_table(L, 1, kind, loy_lua_vec_name[kind]);
    return 1;
  }
  if (loy_lua_vec_at(L, 1, LOY_LUA_VEC) || loy_lua_vec_at(L, 1, LOY_LUA_IVEC)) {
    int from = loy_lua_vec_at(L, 1, LOY_LUA_VEC) ? LOY_LUA_VEC : LOY_LUA_IVEC;
    const loy_lua_vec *old = loy_lua_vec_at(L, 1, from);
    loy_lua_vec *v = loy_lua_vec_push(L, old->n, kind);
    for (size_t i = 0; i < old->n; i++) {
      if (from == kind) {
        v->item[i] = old->item[i];
      } else if (kind == LOY_LUA_VEC) {
        v->item[i].d = (double)old->item[i].i;
      } else {
        double d = old->item[i].d;
        if (!(d >= -9223372036854775808.0 && d < 9223372036854775808.0) || d != (double)(int64_t)d)
          return luaL_error(L, "ivec: element %I: expected an integer", (LUAI_UACINT)i + 1);
        v->item[i].i = (int64_t)d;
      }
    }
    return 1;
  }
  if (!loy_lua_integer(L, 1, &n) || n < 0)
    return luaL_error(L, "bad argument #1 to '%s' (length, table or column expected, got %s)", loy_lua_vec_name[kind],
                      loy_lua_typename(L, 1));
  {
    loy_lua_item fill;
    loy_lua_vec *v;
    fill.i = 0; /* the same bits as 0.0 */
    if (!lua_isnoneornil(L, 2)) loy_lua_item_check(L, 2, kind, &fill);
    v = loy_lua_vec_push(L, (size_t)n, kind);
    if (fill.i != 0)
      for (size_t i = 0; i < v->n; i++) v->item[i] = fill;
  }
  return 1;
}

/* From a string of native 8-byte elements, as string.pack("d", ...) or v:tobytes() make it. */
static int loy_lua_vec_new_from_bytes(lua_State *L, int kind) {
  size_t size = 0;
  const char *bytes;
  loy_lua_vec *v;
  if (lua_type(L, 1) != LUA_TSTRING)
    return luaL_error(L, "bad argument #1 (string expected, got %s)", loy_lua_typename(L, 1));
  bytes = lua_tolstring(L, 1, &size);
  if (size % sizeof(loy_lua_item) != 0)
    return luaL_error(L, "the string's length must be a multiple of 8, got %I", (LUAI_UACINT)size);
  v = loy_lua_vec_push(L, size / sizeof(loy_lua_item), kind);
  memcpy(v->item, bytes, size);
  return 1;
}

static int loy_lua_vec_get(lua_State *L, int kind) {
  const loy_lua_vec *v = loy_lua_vec_check(L, 1, kind);
  lua_Integer i;
  if (lua_type(L, 2) == LUA_TSTRING) { /* a method; upvalue 1 is their table */
    lua_pushvalue(L, 2);
    lua_rawget(L, lua_upvalueindex(1));
    return 1;
  }
  if (!loy_lua_integer(L, 2, &i) || i < 1 || (lua_Unsigned)i > v->n) {
    lua_pushnil(L);
  } else {
    loy_lua_item_push(L, kind, v->item[i - 1]);
  }
  return 1;
}

static int loy_lua_vec_set(lua_State *L, int kind) {
  loy_lua_vec *v = loy_lua_vec_check(L, 1, kind);
  lua_Integer i;
  loy_lua_item item = {0};
  if (!loy_lua_integer(L, 2, &i))
    return luaL_error(L, "%s index: integer expected, got %s", loy_lua_vec_name[kind], loy_lua_typename(L, 2));
  if (i < 1 || (lua_Unsigned)i > v->n)
    return luaL_error(L, "%s index %I is outside 1 to %I", loy_lua_vec_name[kind], (LUAI_UACINT)i, (LUAI_UACINT)v->n);
  loy_lua_item_check(L, 3, kind, &item);
  v->item[i - 1] = item;
  return 0;
}

static int loy_lua_vec_len(lua_State *L, int kind) {
  lua_pushinteger(L, (lua_Integer)loy_lua_vec_check(L, 1, kind)->n);
  return 1;
}

static int loy_lua_vec_tostring(lua_State *L, int kind) {
  lua_pushfstring(L, "%s of %I", loy_lua_vec_name[kind], (LUAI_UACINT)loy_lua_vec_check(L, 1, kind)->n);
  return 1;
}

/* v:totable([i [, j]]) */
static int loy_lua_vec_totable(lua_State *L, int kind) {
  const loy_lua_vec *v = loy_lua_vec_check(L, 1, kind);
  size_t first, end;
  loy_lua_vec_range(L, 2, v->n, &first, &end);
  lua_createtable(L, end - first < INT_MAX ? (int)(end - first) : 0, 0);
  for (size_t i = first; i < end; i++) {
    loy_lua_item_push(L, kind, v->item[i]);
    lua_rawseti(L, -2, (lua_Integer)(i - first) + 1);
  }
  return 1;
}

/* v:copy([i [, j]]) */
static int loy_lua_vec_copy(lua_State *L, int kind) {
  const loy_lua_vec *v = loy_lua_vec_check(L, 1, kind);
  size_t first, end;
  loy_lua_vec_range(L, 2, v->n, &first, &end);
  memcpy(loy_lua_vec_push(L, end - first, kind)->item, v->item + first, (end - first) * sizeof(loy_lua_item));
  return 1;
}

/* v:fill(x [, i [, j]]) gives v */
static int loy_lua_vec_fill(lua_State *L, int kind) {
  loy_lua_vec *v = loy_lua_vec_check(L, 1, kind);
  loy_lua_item item = {0};
  size_t first, end;
  loy_lua_item_check(L, 2, kind, &item);
  loy_lua_vec_range(L, 3, v->n, &first, &end);
  for (size_t i = first; i < end; i++) v->item[i] = item;
  lua_settop(L, 1);
  return 1;
}

/* v:sum([i [, j]]), added from the first on; an ivec raises when the sum does not fit 64 bits. */
static int loy_lua_vec_sum(lua_State *L, int kind) {
  const loy_lua_vec *v = loy_lua_vec_check(L, 1, kind);
  loy_lua_item sum;
  size_t first, end;
  loy_lua_vec_range(L, 2, v->n, &first, &end);
  sum.i = 0;
  for (size_t i = first; i < end; i++) {
    if (kind == LOY_LUA_VEC) {
      sum.d += v->item[i].d;
    } else {
      int64_t x = v->item[i].i;
      if (x > 0 ? sum.i > INT64_MAX - x : sum.i < INT64_MIN - x)
        return luaL_error(L, "ivec: the sum does not fit an integer");
      sum.i += x;
    }
  }
  loy_lua_item_push(L, kind, sum);
  return 1;
}

/* v:tobytes(): native 8-byte elements */
static int loy_lua_vec_tobytes(lua_State *L, int kind) {
  const loy_lua_vec *v = loy_lua_vec_check(L, 1, kind);
  lua_pushlstring(L, (const char *)v->item, v->n * sizeof(loy_lua_item));
  return 1;
}

#define LOY_LUA_BOTH(NAME)                                                                                             \
  static int loy_lua_vec_##NAME##_d(lua_State *L) { return loy_lua_vec_##NAME(L, LOY_LUA_VEC); }                       \
  static int loy_lua_vec_##NAME##_i(lua_State *L) { return loy_lua_vec_##NAME(L, LOY_LUA_IVEC); }
LOY_LUA_BOTH(new)
LOY_LUA_BOTH(new_from_bytes)
LOY_LUA_BOTH(get)
LOY_LUA_BOTH(set)
LOY_LUA_BOTH(len)
LOY_LUA_BOTH(tostring)
LOY_LUA_BOTH(totable)
LOY_LUA_BOTH(copy)
LOY_LUA_BOTH(fill)
LOY_LUA_BOTH(sum)
LOY_LUA_BOTH(tobytes)
#undef LOY_LUA_BOTH

/* Leave a locked metatable on the stack: scripts see false for it and cannot replace it. */
static void loy_lua_locked_metatable(lua_State *L, const char *name) {
  lua_newtable(L);
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_pushstring(L, name);
  lua_setfield(L, -2, "__name");
}

/* Make the metatable of one kind and put the constructors into the module table at `module`. */
static void loy_lua_vec_open(lua_State *L, int module, int kind) {
  static const luaL_Reg methods[2][6] = {{{"totable", loy_lua_vec_totable_d},
                                          {"copy", loy_lua_vec_copy_d},
                                          {"fill", loy_lua_vec_fill_d},
                                          {"sum", loy_lua_vec_sum_d},
                                          {"tobytes", loy_lua_vec_tobytes_d},
                                          {NULL, NULL}},
                                         {{"totable", loy_lua_vec_totable_i},
                                          {"copy", loy_lua_vec_copy_i},
                                          {"fill", loy_lua_vec_fill_i},
                                          {"sum", loy_lua_vec_sum_i},
                                          {"tobytes", loy_lua_vec_tobytes_i},
                                          {NULL, NULL}}};
  static const luaL_Reg events[2][4] = {{{"__newindex", loy_lua_vec_set_d},
                                         {"__len", loy_lua_vec_len_d},
                                         {"__tostring", loy_lua_vec_tostring_d},
                                         {NULL, NULL}},
                                        {{"__newindex", loy_lua_vec_set_i},
                                         {"__len", loy_lua_vec_len_i},
                                         {"__tostring", loy_lua_vec_tostring_i},
                                         {NULL, NULL}}};
  loy_lua_locked_metatable(L, loy_lua_vec_name[kind]);
  luaL_setfuncs(L, events[kind], 0);
  lua_newtable(L);
  luaL_setfuncs(L, methods[kind], 0);
  lua_pushcclosure(L, kind == LOY_LUA_VEC ? loy_lua_vec_get_d : loy_lua_vec_get_i, 1);
  lua_setfield(L, -2, "__index");
  lua_rawsetp(L, LUA_REGISTRYINDEX, &loy_lua_vec_key[kind]);
  lua_pushcfunction(L, kind == LOY_LUA_VEC ? loy_lua_vec_new_d : loy_lua_vec_new_i);
  lua_setfield(L, module, loy_lua_vec_name[kind]);
  lua_pushcfunction(L, kind == LOY_LUA_VEC ? loy_lua_vec_new_from_bytes_d : loy_lua_vec_new_from_bytes_i);
  lua_setfield(L, module, kind == LOY_LUA_VEC ? "vec_from_bytes" : "ivec_from_bytes");
}

#endif /* LOYALTY_BINDINGS_LUA_VEC_H */
