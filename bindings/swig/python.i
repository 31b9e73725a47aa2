/* python.i: how the types of views.h look in Python. The functions behind are in pybuf.h. */

%{
#include "pybuf.h"
%}

/* ---- numbers ---- */

%typemap(in) double %{ if (loy_py_double($input, "$1_name", &$1)) SWIG_fail; %}

%define LOY_PY_INTEGER(TYPE, LEAST, MOST)
%typemap(in) TYPE (long long number) %{
  if (loy_py_integer($input, "$1_name", LEAST, MOST, &number)) SWIG_fail;
  $1 = (TYPE)number;
%}
%typemap(pytyping) TYPE "int"
%enddef
LOY_PY_INTEGER(int, INT_MIN, INT_MAX)
LOY_PY_INTEGER(int64_t, LLONG_MIN, LLONG_MAX)
LOY_PY_INTEGER(size_t, 0, LLONG_MAX)

%typemap(in) uint64_t (unsigned long long number) %{
  if (loy_py_unsigned($input, "$1_name", &number)) SWIG_fail;
  $1 = number;
%}
%typemap(pytyping) uint64_t "int"
%typemap(in) bool %{ if (loy_py_bool($input, "$1_name", &$1)) SWIG_fail; %}
%typemap(pytyping) bool "bool"
%typemap(pytyping) double "float"

/* ---- columns, text, bytes ---- */

%define LOY_PY_COLUMN(TYPE, KIND, WRITABLE)
%typemap(in) TYPE (Py_buffer hold) %{
  if (loy_py_column($input, "$1_name", KIND, WRITABLE, &hold, (void **)&$1.p, &$1.n)) SWIG_fail;
%}
%typemap(in) TYPE##_opt (Py_buffer hold) %{
  if ($input == Py_None) {
    $1.p = NULL;
    $1.n = 0;
  } else if (loy_py_column($input, "$1_name", KIND, WRITABLE, &hold, (void **)&$1.p, &$1.n)) SWIG_fail;
%}
/* arginit: freearg also runs when an earlier argument failed. */
%typemap(arginit) TYPE, TYPE##_opt %{ memset(&hold$argnum, 0, sizeof hold$argnum); %}
%typemap(freearg) TYPE, TYPE##_opt %{ PyBuffer_Release(&hold$argnum); %}
%enddef
LOY_PY_COLUMN(loy_in, 'd', 0)
LOY_PY_COLUMN(loy_out, 'd', 1)
LOY_PY_COLUMN(loy_in_i64, 'i', 0)
LOY_PY_COLUMN(loy_out_i64, 'i', 1)
LOY_PY_COLUMN(loy_in_i8, 'b', 0)
%typemap(in) loy_out_i8 (Py_buffer hold) %{
  $1.wide = NULL;
  if (loy_py_column($input, "$1_name", 'b', 1, &hold, (void **)&$1.p, &$1.n)) SWIG_fail;
%}
%typemap(arginit) loy_out_i8 %{ memset(&hold$argnum, 0, sizeof hold$argnum); %}
%typemap(freearg) loy_out_i8 %{ PyBuffer_Release(&hold$argnum); %}
%typemap(pytyping) loy_in, loy_out "_Doubles"
%typemap(pytyping) loy_in_opt, loy_out_opt "_Doubles | None"
%typemap(pytyping) loy_in_i64, loy_out_i64 "_Integers"
%typemap(pytyping) loy_in_i8, loy_out_i8 "_Types"
%typemap(pytyping) loy_in_i64_opt, loy_out_i64_opt "_Integers | None"

%typemap(in) loy_in_text %{ if (loy_py_text($input, "$1_name", &$1.p, &$1.n)) SWIG_fail; %}
%typemap(pytyping) loy_in_text "str"
%typemap(in) loy_in_text_opt %{
  $1.p = NULL;
  $1.n = 0;
  if ($input != Py_None && loy_py_text($input, "$1_name", &$1.p, &$1.n)) SWIG_fail;
%}
%typemap(pytyping) loy_in_text_opt "str | None"

%typemap(in) loy_in_bytes (Py_buffer hold) %{
  if (loy_py_bytes($input, "$1_name", &hold, &$1.p, &$1.n)) SWIG_fail;
%}
%typemap(arginit) loy_in_bytes %{ memset(&hold$argnum, 0, sizeof hold$argnum); %}
%typemap(freearg) loy_in_bytes %{ PyBuffer_Release(&hold$argnum); %}
%typemap(pytyping) loy_in_bytes "_Bytes"

/* ---- progress ---- */

%typemap(in) loy_watch (loy_py_watch watch) %{
  if (loy_py_watch_begin($input, "$1_name", &watch)) SWIG_fail;
  $1.p = &watch.progress;
%}
%typemap(pytyping) loy_watch "_Progress"

/* ---- results ---- */

%typemap(out) loy_r0 %{
  if (loy_py_check(&$1.e)) SWIG_fail;
  $result = Py_NewRef(Py_None);
%}
%typemap(pytyping) loy_r0 "None"
%typemap(out) loy_r1 %{
  if (loy_py_check(&$1.e)) SWIG_fail;
  $result = PyFloat_FromDouble($1.v[0]);
%}
%typemap(pytyping) loy_r1 "float"

%define LOY_PY_NUMBERS(N, HINT, STATUS_HINT)
#if N > 1
%typemap(out) loy_r##N %{
  if (loy_py_check(&$1.e)) SWIG_fail;
  $result = loy_py_numbers(NULL, $1.v, N);
%}
%typemap(pytyping) loy_r##N HINT
#endif
%typemap(out) loy_s##N %{
  if (loy_py_check_status(&$1.e)) SWIG_fail;
  $result = loy_py_numbers(loy_status_name($1.e.status), $1.v, N);
%}
%typemap(pytyping) loy_s##N STATUS_HINT
%enddef
%typemap(out) loy_s0 %{
  if (loy_py_check_status(&$1.e)) SWIG_fail;
  $result = PyUnicode_FromString(loy_status_name($1.e.status));
%}
%typemap(pytyping) loy_s0 "str"
LOY_PY_NUMBERS(1, "float", "tuple[str, float]")
LOY_PY_NUMBERS(2, "tuple[float, float]", "tuple[str, float, float]")
LOY_PY_NUMBERS(3, "tuple[float, float, float]", "tuple[str, float, float, float]")
LOY_PY_NUMBERS(4, "tuple[float, float, float, float]", "tuple[str, float, float, float, float]")

%typemap(out) loy_ri %{
  if (loy_py_check(&$1.e)) SWIG_fail;
  $result = PyLong_FromLongLong($1.v);
%}
%typemap(pytyping) loy_ri "int"
%typemap(out) loy_rbatch %{
  if (loy_py_check(&$1.e)) SWIG_fail;
  $result = PyLong_FromLongLong($1.bad);
%}
%typemap(pytyping) loy_rbatch "int"
%typemap(out) loy_rtext %{
  if (loy_py_check(&$1.e)) SWIG_fail;
  $result = $1.v ? PyUnicode_FromString($1.v) : Py_NewRef(Py_None);
%}
%typemap(pytyping) loy_rtext "str"
%typemap(out) loy_rblob %{
  if (loy_py_check(&$1.e)) {
    if (!loy_status_is_error($1.e.status)) free($1.p); /* a warning that was made an exception */
    SWIG_fail;
  }
  $result = PyBytes_FromStringAndSize($1.p, (Py_ssize_t)$1.n);
  free($1.p);
%}
%typemap(pytyping) loy_rblob "bytes"
%typemap(out) loy_values %{
  if (loy_py_check_status(&$1.e)) SWIG_fail;
  $result = loy_py_values(&$1);
%}
%typemap(pytyping) loy_values "tuple[Any, ...]"

/* LOY_BULK(f): f works on whole columns, so it runs without the interpreter lock. Stands before the shim. */
%define LOY_BULK(FUNCTION)
%exception FUNCTION %{
  Py_BEGIN_ALLOW_THREADS
  $action
  Py_END_ALLOW_THREADS
%}
%enddef

/* LOY_HANDLE(name, type, release): scripts may hold a `type *`, an opaque library object freed by `release(type *)`.
 * Gives the result type <name>_result {loy_error e; type *object;}, parameters of type `type *` (the call may change
 * the object) and `const type *` (it only reads), and the function <name>_close. Closing twice is allowed; using a
 * closed object is a StateError. */
%define LOY_HANDLE(NAME, TYPE, RELEASE)
%{
typedef struct NAME##_result { loy_error e; TYPE *object; } NAME##_result;
typedef loy_py_box NAME##_box;
static void NAME##_drop(PyObject *capsule) {
  loy_py_box *box = (loy_py_box *)PyCapsule_GetPointer(capsule, "loyalty." #NAME);
  if (!box) return;
  if (box->object) RELEASE((TYPE *)box->object);
  free(box);
}
%}
%typemap(in) TYPE * (loy_py_box *box) %{
  if (loy_py_open($input, "$1_name", "loyalty." #NAME, 1, &box)) SWIG_fail;
  $1 = (TYPE *)box->object;
%}
%typemap(in) const TYPE * (loy_py_box *box) %{
  if (loy_py_open($input, "$1_name", "loyalty." #NAME, 0, &box)) SWIG_fail;
  $1 = (TYPE *)box->object;
%}
%typemap(arginit) TYPE *, const TYPE * %{ box$argnum = NULL; %}
%typemap(freearg) TYPE *, const TYPE * %{ loy_py_leave(box$argnum); %}
%typemap(pytyping) TYPE *, const TYPE * "_Capsule"
%typemap(in) NAME##_box * %{
  if (!PyCapsule_IsValid($input, "loyalty." #NAME)) {
    loy_py_expected("$1_name", "loyalty." #NAME, $input);
    SWIG_fail;
  }
  $1 = (loy_py_box *)PyCapsule_GetPointer($input, "loyalty." #NAME);
%}
%typemap(pytyping) NAME##_box * "_Capsule"
%typemap(out) NAME##_result %{
  if (loy_py_check(&$1.e)) {
    if (!loy_status_is_error($1.e.status)) RELEASE($1.object); /* a warning that was made an exception */
    SWIG_fail;
  }
  {
    loy_py_box *box = (loy_py_box *)malloc(sizeof *box);
    if (!box) {
      RELEASE($1.object);
      PyErr_NoMemory();
      SWIG_fail;
    }
    box->object = $1.object;
    box->busy = 0;
    $result = PyCapsule_New(box, "loyalty." #NAME, NAME##_drop);
    if (!$result) {
      RELEASE($1.object);
      free(box);
    }
  }
%}
%typemap(pytyping) NAME##_result "_Capsule"
%inline %{
static loy_r0 NAME##_close(NAME##_box *object) {
  loy_r0 r = {0};
  if (object->busy) {
    loy_refuse(&r.e, LOY_ERR_STATE, "object", "is in use by another call");
  } else if (object->object) {
    RELEASE((TYPE *)object->object);
    object->object = NULL;
  }
  return r;
}
%}
%enddef
