/* lua.i: how the types of views.h look in Lua 5.4. The functions behind are in lua_values.h and lua_vec.h. */

%{
#include "lua_values.h"
SWIGINTERN int SWIG_init(lua_State *L);
%}

/* ---- numbers ---- */

%typemap(in, checkfn="loy_any") double %{ $1 = loy_lua_double(L, $input, "$1_name"); %}
%typemap(in, checkfn="loy_any") int %{ $1 = (int)loy_lua_int64(L, $input, "$1_name", INT_MIN, INT_MAX); %}
%typemap(in, checkfn="loy_any") int64_t %{ $1 = loy_lua_int64(L, $input, "$1_name", INT64_MIN, INT64_MAX); %}
%typemap(in, checkfn="loy_any") size_t %{ $1 = (size_t)loy_lua_int64(L, $input, "$1_name", 0, INT64_MAX); %}
/* All 64 bits of a Lua integer, as Lua itself treats unsigned numbers. */
%typemap(in, checkfn="loy_any") uint64_t %{
  $1 = (uint64_t)loy_lua_int64(L, $input, "$1_name", INT64_MIN, INT64_MAX);
%}
%typemap(in, checkfn="loy_any") bool %{ $1 = loy_lua_bool(L, $input, "$1_name"); %}

/* ---- columns, text, bytes ---- */

%define LOY_LUA_COLUMN(TYPE, KIND, MEMBER, WRITABLE)
%typemap(in, checkfn="loy_any") TYPE %{
  {
    loy_lua_vec *column = loy_lua_column(L, $input, "$1_name", KIND, WRITABLE);
    $1.p = &column->item[0].MEMBER;
    $1.n = column->n;
  }
%}
%typemap(in, checkfn="loy_any") TYPE##_opt %{
  $1.p = NULL;
  $1.n = 0;
  if (!lua_isnil(L, $input)) {
    loy_lua_vec *column = loy_lua_column(L, $input, "$1_name", KIND, WRITABLE);
    $1.p = &column->item[0].MEMBER;
    $1.n = column->n;
  }
%}
%enddef
LOY_LUA_COLUMN(loy_in, LOY_LUA_VEC, d, false)
LOY_LUA_COLUMN(loy_out, LOY_LUA_VEC, d, true)
LOY_LUA_COLUMN(loy_in_i64, LOY_LUA_IVEC, i, false)
LOY_LUA_COLUMN(loy_out_i64, LOY_LUA_IVEC, i, true)
%typemap(in, checkfn="loy_any") loy_in_i8 %{
  $1.p = loy_lua_types(L, $input, "$1_name", &$1.n);
%}
%typemap(in, checkfn="loy_any") loy_out_i8 %{
  {
    loy_lua_vec *column = loy_lua_column(L, $input, "$1_name", LOY_LUA_IVEC, true);
    $1.wide = &column->item[0].i;
    $1.p = (int8_t *)(void *)$1.wide;
    $1.n = column->n;
  }
%}

%typemap(in, checkfn="loy_any") loy_in_text %{ $1.p = loy_lua_text(L, $input, "$1_name", &$1.n); %}
%typemap(in, checkfn="loy_any") loy_in_text_opt %{
  $1.p = NULL;
  $1.n = 0;
  if (!lua_isnil(L, $input)) $1.p = loy_lua_text(L, $input, "$1_name", &$1.n);
%}
%typemap(in, checkfn="loy_any") loy_in_bytes %{
  $1.p = (const unsigned char *)loy_lua_text(L, $input, "$1_name", &$1.n);
%}

/* ---- progress ---- */

%typemap(in, checkfn="loy_any") loy_watch (loy_lua_watch watch) %{
  $1.p = loy_lua_watch_begin(L, $input, "$1_name", &watch);
%}
%typemap(arginit) loy_watch %{ watch$argnum.failed = false; %}
%typemap(freearg) loy_watch %{
  if (watch$argnum.failed) {
    lua_pushvalue(L, watch$argnum.at);
    return lua_error(L);
  }
%}

/* ---- results ---- */

%typemap(out) loy_r0 %{ SWIG_arg += loy_lua_push_numbers(L, &$1.e, NULL, 0, false); %}
%typemap(out) loy_r1 %{ SWIG_arg += loy_lua_push_numbers(L, &$1.e, $1.v, 1, false); %}
%typemap(out) loy_r2 %{ SWIG_arg += loy_lua_push_numbers(L, &$1.e, $1.v, 2, false); %}
%typemap(out) loy_r3 %{ SWIG_arg += loy_lua_push_numbers(L, &$1.e, $1.v, 3, false); %}
%typemap(out) loy_r4 %{ SWIG_arg += loy_lua_push_numbers(L, &$1.e, $1.v, 4, false); %}
%typemap(out) loy_s0 %{ SWIG_arg += loy_lua_push_numbers(L, &$1.e, NULL, 0, true); %}
%typemap(out) loy_s1 %{ SWIG_arg += loy_lua_push_numbers(L, &$1.e, $1.v, 1, true); %}
%typemap(out) loy_s2 %{ SWIG_arg += loy_lua_push_numbers(L, &$1.e, $1.v, 2, true); %}
%typemap(out) loy_s3 %{ SWIG_arg += loy_lua_push_numbers(L, &$1.e, $1.v, 3, true); %}
%typemap(out) loy_s4 %{ SWIG_arg += loy_lua_push_numbers(L, &$1.e, $1.v, 4, true); %}
%typemap(out) loy_ri %{ SWIG_arg += loy_lua_push_integer(L, &$1.e, $1.v); %}
%typemap(out) loy_rbatch %{ SWIG_arg += loy_lua_push_integer(L, &$1.e, $1.bad); %}
%typemap(out) loy_rtext %{ SWIG_arg += loy_lua_push_text(L, &$1.e, $1.v); %}
%typemap(out) loy_rblob %{ SWIG_arg += loy_lua_push_blob(L, &$1); %}
%typemap(out) loy_values %{ SWIG_arg += loy_lua_push_values(L, &$1); %}

/* Nothing to release here. */
%define LOY_BULK(FUNCTION)
%enddef

/* See python.i. In Lua the handle is a userdata with the method close, __gc and __close. */
%define LOY_HANDLE(NAME, TYPE, RELEASE)
%{
typedef struct NAME##_result { loy_error e; TYPE *object; } NAME##_result;
typedef loy_lua_box NAME##_box;
static char NAME##_key;
static void NAME##_release(void *object) { RELEASE((TYPE *)object); }
%}
%typemap(in, checkfn="loy_any") TYPE *, const TYPE * %{
  $1 = (TYPE *)loy_lua_object_at(L, $input, "$1_name", #NAME, &NAME##_key);
%}
%typemap(in, checkfn="loy_any") NAME##_box * %{
  $1 = loy_lua_box_at(L, $input, "$1_name", #NAME, &NAME##_key);
%}
%typemap(out) NAME##_result %{
  SWIG_arg += loy_lua_push_object(L, &$1.e, #NAME, &NAME##_key, NAME##_release, $1.object);
%}
%inline %{
static loy_r0 NAME##_close(NAME##_box *object) {
  loy_r0 r = {0};
  loy_lua_box_close(object);
  return r;
}
%}
%enddef

%init %{
  /* SWIG has left the module table on top. Without its metatable, which offers internals to scripts. */
  lua_pushnil(L);
  lua_setmetatable(L, -2);
  loy_lua_vec_open(L, lua_gettop(L), LOY_LUA_VEC);
  loy_lua_vec_open(L, lua_gettop(L), LOY_LUA_IVEC);
%}

%wrapper %{
SWIGEXPORT int luaopen_loyalty_core(lua_State *L);
SWIGEXPORT int luaopen_loyalty_core(lua_State *L) {
  static const char *const names[] = {"swig_type", "swig_equals"};
  lua_settop(L, 0);
  lua_pushglobaltable(L);
  for (int i = 0; i < 2; i++) {
    lua_pushstring(L, names[i]);
    lua_rawget(L, 1);
  }
  loy_lua_swig_open(L);
  for (int i = 0; i < 2; i++) {
    lua_pushstring(L, names[i]);
    lua_pushvalue(L, 2 + i);
    lua_rawset(L, 1);
  }
  return 1;
}
%}
