/* pybuf.h: Python numbers, columns, text, errors and results, in the limited API of CPython 3.11.
 *
 * Messages name the argument: "t_x: expected a column of float64, got elements of format 'f'". Wrong kinds of argument
 * are TypeError or OverflowError; they are mistakes of the caller's code, not of its data. */
#ifndef LOYALTY_BINDINGS_PYBUF_H
#define LOYALTY_BINDINGS_PYBUF_H

#include <time.h>

#include "views.h"

/* The name of an object's type, as a new reference; for messages. */
static PyObject *loy_py_type_name(PyObject *object) { return PyType_GetName(Py_TYPE(object)); }

static int loy_py_expected(const char *name, const char *what, PyObject *got) {
  PyObject *type = loy_py_type_name(got);
  if (!type) return -1;
  PyErr_Format(PyExc_TypeError, "%s: expected %s, got %U", name, what, type);
  Py_DECREF(type);
  return -1;
}

/* ---- numbers: 0, or -1 with an exception ---- */

static int loy_py_double(PyObject *object, const char *name, double *value) {
  *value = PyFloat_AsDouble(object);
  if (*value != -1.0 || !PyErr_Occurred()) return 0;
  if (!PyErr_ExceptionMatches(PyExc_TypeError)) return -1;
  PyErr_Clear();
  return loy_py_expected(name, "a number", object);
}

static int loy_py_integer(PyObject *object, const char *name, long long least, long long most, long long *value) {
  PyObject *number = PyNumber_Index(object);
  int overflow = 0;
  if (!number) {
    if (!PyErr_ExceptionMatches(PyExc_TypeError)) return -1;
    PyErr_Clear();
    return loy_py_expected(name, "an integer", object);
  }
  *value = PyLong_AsLongLongAndOverflow(number, &overflow);
  Py_DECREF(number);
  if (!overflow && *value == -1 && PyErr_Occurred()) return -1;
  if (overflow || *value < least || *value > most) {
    PyErr_Format(PyExc_OverflowError, "%s: must be from %lld to %lld", name, least, most);
    return -1;
  }
  return 0;
}

static int loy_py_unsigned(PyObject *object, const char *name, unsigned long long *value) {
  PyObject *number = PyNumber_Index(object);
  if (!number) {
    if (!PyErr_ExceptionMatches(PyExc_TypeError)) return -1;
    PyErr_Clear();
    return loy_py_expected(name, "an integer", object);
  }
  *value = PyLong_AsUnsignedLongLong(number);
  Py_DECREF(number);
  if (*value != (unsigned long long)-1 || !PyErr_Occurred()) return 0;
  if (PyErr_ExceptionMatches(PyExc_OverflowError) || PyErr_ExceptionMatches(PyExc_TypeError)) {
    PyErr_Clear();
    PyErr_Format(PyExc_OverflowError, "%s: must be from 0 to %llu", name, (unsigned long long)-1);
  }
  return -1;
}

static int loy_py_bool(PyObject *object, const char *name, bool *value) {
  if (!PyBool_Check(object)) return loy_py_expected(name, "True or False", object);
  *value = object == Py_True;
  return 0;
}

/* ---- columns ---- */

/* Where a column of no elements points, so that no view but an absent one is NULL. */
static union {
  double d;
  int64_t i;
} loy_py_nothing;

/* Does the buffer hold native doubles (kind 'd'), 64-bit signed integers (kind 'i') or signed bytes (kind 'b')? */
static int loy_py_has_kind(const Py_buffer *buffer, char kind) {
  const char *format = buffer->format ? buffer->format : "B";
  if (buffer->itemsize != (kind == 'b' ? 1 : 8)) return 0;
  if (*format == '@' || *format == '=') format++;
  if (format[0] == '\0' || format[1] != '\0') return 0;
  if (kind == 'b') return format[0] == 'b';
  return kind == 'd' ? format[0] == 'd' : format[0] == 'q' || format[0] == 'l';
}

/* Borrow the elements of `object`. On success the caller must PyBuffer_Release; on failure too (a no-op then). */
static int loy_py_column(PyObject *object, const char *name, char kind, int writable, Py_buffer *buffer, void **p,
                         size_t *n) {
  const char *what = kind == 'd' ? "a column of float64" : kind == 'i' ? "a column of int64" : "a column of int8";
  if (!PyObject_CheckBuffer(object)) return loy_py_expected(name, what, object);
  if (PyObject_GetBuffer(object, buffer, PyBUF_STRIDES | PyBUF_FORMAT) != 0) {
    if (PyErr_ExceptionMatches(PyExc_BufferError) || PyErr_ExceptionMatches(PyExc_ValueError)) {
      PyErr_Clear();
      return loy_py_expected(name, what, object);
    }
    return -1;
  }
  if (buffer->ndim != 1) {
    PyErr_Format(PyExc_TypeError, "%s: expected one dimension, got %d", name, buffer->ndim);
    return -1;
  }
  if (!loy_py_has_kind(buffer, kind)) {
    PyErr_Format(PyExc_TypeError, "%s: expected %s, got elements of format '%s'", name, what,
                 buffer->format ? buffer->format : "B");
    return -1;
  }
  if (buffer->shape[0] > 1 && buffer->strides && buffer->strides[0] != buffer->itemsize) {
    PyErr_Format(PyExc_TypeError, "%s: the elements must lie side by side (stride %zd)", name, buffer->strides[0]);
    return -1;
  }
  if ((uintptr_t)buffer->buf % (size_t)buffer->itemsize != 0) {
    PyErr_Format(PyExc_TypeError, "%s: the elements must be aligned", name);
    return -1;
  }
  if (writable && buffer->readonly) {
    PyErr_Format(PyExc_TypeError, "%s: the column is read-only", name);
    return -1;
  }
  *n = (size_t)buffer->shape[0];
  *p = *n ? buffer->buf : (void *)&loy_py_nothing;
  return 0;
}

static int loy_py_bytes(PyObject *object, const char *name, Py_buffer *buffer, const unsigned char **p, size_t *n) {
  if (!PyObject_CheckBuffer(object)) return loy_py_expected(name, "bytes", object);
  if (PyObject_GetBuffer(object, buffer, PyBUF_SIMPLE) != 0) {
    if (!PyErr_ExceptionMatches(PyExc_BufferError) && !PyErr_ExceptionMatches(PyExc_ValueError)) return -1;
    PyErr_Clear();
    return loy_py_expected(name, "contiguous bytes", object);
  }
  *n = (size_t)buffer->len;
  *p = *n ? (const unsigned char *)buffer->buf : (const unsigned char *)&loy_py_nothing;
  return 0;
}

/* ---- errors ---- */

/* Call loyalty._errors.<function>(status name, argument or None, index or None, message). The classes live there and
 * are looked up each time, so that every interpreter of a process raises its own. */
static PyObject *loy_py_errors(const char *function, const loy_error *e) {
  PyObject *module = PyImport_ImportModule("loyalty._errors");
  PyObject *callable = NULL, *index = NULL, *made = NULL;
  const char *message = e->message ? e->message : loy_status_message(e->status);
  if (!module) return NULL;
  callable = PyObject_GetAttrString(module, function);
  Py_DECREF(module);
  if (!callable) return NULL;
  index = e->index == LOY_NO_INDEX ? Py_NewRef(Py_None) : PyLong_FromSize_t(e->index);
  if (index) made = PyObject_CallFunction(callable, "szOs", loy_status_name(e->status), e->argument, index, message);
  Py_XDECREF(index);
  Py_DECREF(callable);
  return made;
}

/* Raise what `e` says. Always -1. */
static int loy_py_raise(const loy_error *e) {
  PyObject *exception;
  if (PyErr_Occurred()) return -1; /* the caller's own exception, from a callback, comes first */
  if (e->status == LOY_ERR_MEMORY) {
    PyErr_NoMemory();
    return -1;
  }
  exception = loy_py_errors("build", e);
  if (exception) {
    PyErr_SetObject((PyObject *)Py_TYPE(exception), exception);
    Py_DECREF(exception);
  }
  return -1;
}

/* 0 when the numbers of a result may be used; else -1 with an exception. For results that do not hand their status on:
 * a notice becomes a warning. */
static int loy_py_check(const loy_error *e) {
  PyObject *made;
  if (e->status == LOY_OK) return 0;
  if (loy_status_is_error(e->status)) return loy_py_raise(e);
  made = loy_py_errors("warn", e);
  if (!made) return -1;
  Py_DECREF(made);
  return 0;
}

/* The same for results that hand their status on. */
static int loy_py_check_status(const loy_error *e) { return loy_status_is_error(e->status) ? loy_py_raise(e) : 0; }

/* ---- progress ---- */

/* A watch over a call that runs without the interpreter lock. There is one for every fit, so that Ctrl-C can end it; without
 * a function of the caller's it takes the lock ten times a second at most. */
typedef struct loy_py_watch {
  loy_progress progress;
  PyObject *callable; /* NULL for none */
  PyThreadState *thread;
  struct timespec last; /* when signals were looked at */
} loy_py_watch;

static int loy_py_watch_due(loy_py_watch *watch) {
  struct timespec now;
  double seconds;
  if (timespec_get(&now, TIME_UTC) != TIME_UTC) return 1;
  seconds = difftime(now.tv_sec, watch->last.tv_sec) + 1e-9 * (double)(now.tv_nsec - watch->last.tv_nsec);
  if (seconds >= 0.0 && seconds < 0.1) return 0;
  watch->last = now;
  return 1;
}

/* Nonzero to go on: not when a signal handler or the function raised, nor when it answered with something false that is
 * not None. */
static int loy_py_watch_report(void *ctx, int64_t done, int64_t of, double value) {
  loy_py_watch *watch = (loy_py_watch *)ctx;
  int go_on;
  if (!watch->callable && !loy_py_watch_due(watch)) return 1;
  PyEval_RestoreThread(watch->thread);
  go_on = PyErr_CheckSignals() == 0;
  if (go_on && watch->callable) {
    PyObject *answer = of > 0 ? PyObject_CallFunction(watch->callable, "LLd", (long long)done, (long long)of, value)
                              : PyObject_CallFunction(watch->callable, "Ld", (long long)done, value);
    go_on = answer && (answer == Py_None || PyObject_IsTrue(answer) == 1);
    Py_XDECREF(answer);
  }
  watch->thread = PyEval_SaveThread();
  return go_on;
}

static int loy_py_watch_begin(PyObject *object, const char *name, loy_py_watch *watch) {
  if (object != Py_None && !PyCallable_Check(object)) return loy_py_expected(name, "a function", object);
  watch->progress.report = loy_py_watch_report;
  watch->progress.ctx = watch;
  watch->callable = object == Py_None ? NULL : object;
  watch->thread = PyThreadState_Get();
  (void)timespec_get(&watch->last, TIME_UTC);
  return 0;
}

/* ---- text ---- */

static int loy_py_text(PyObject *object, const char *name, const char **p, size_t *n) {
  Py_ssize_t size = 0;
  loy_error e;
  if (!PyUnicode_Check(object)) return loy_py_expected(name, "text", object);
  *p = PyUnicode_AsUTF8AndSize(object, &size);
  *n = (size_t)size;
  if (*p) return 0;
  if (!PyErr_ExceptionMatches(PyExc_UnicodeEncodeError)) return -1;
  PyErr_Clear();
  loy_refuse(&e, LOY_ERR_FORMAT, name, "must be text without lone surrogates");
  return loy_py_raise(&e);
}

/* ---- results ---- */

/* (v[0], ..., v[n - 1]), after the status name if one is given. */
static PyObject *loy_py_numbers(const char *status, const double *v, int n) {
  int from = status ? 1 : 0;
  PyObject *tuple = PyTuple_New(n + from);
  if (!tuple) return NULL;
  for (int i = 0; i < n + from; i++) {
    PyObject *item = i < from ? PyUnicode_FromString(status) : PyFloat_FromDouble(v[i - from]);
    if (!item || PyTuple_SetItem(tuple, i, item) != 0) {
      Py_DECREF(tuple);
      return NULL;
    }
  }
  return tuple;
}

static PyObject *loy_py_values(const loy_values *r) {
  PyObject *tuple = PyTuple_New(r->n);
  if (!tuple) return NULL;
  for (int i = 0; i < r->n; i++) {
    PyObject *item = NULL;
    switch (r->v[i].kind) {
    case 'd': item = PyFloat_FromDouble(r->v[i].d); break;
    case 'i': item = PyLong_FromLongLong(r->v[i].i); break;
    case 'b': item = PyBool_FromLong(r->v[i].i != 0); break;
    default: item = r->v[i].t ? PyUnicode_FromString(r->v[i].t) : Py_NewRef(Py_None); break;
    }
    if (!item || PyTuple_SetItem(tuple, i, item) != 0) {
      Py_DECREF(tuple);
      return NULL;
    }
  }
  return tuple;
}

/* ---- handles ---- */

/* What a capsule points at. An object is open until it is closed or collected. `busy` guards it while a call has
 * released the interpreter lock: -1 one writer, else the number of readers; it is only touched with the lock held. */
typedef struct loy_py_box {
  void *object;
  long busy;
} loy_py_box;

static int loy_py_box_state(const char *name, const char *message) {
  loy_error e;
  loy_refuse(&e, LOY_ERR_STATE, name, message);
  return loy_py_raise(&e);
}

static int loy_py_open(PyObject *object, const char *name, const char *tag, int write, loy_py_box **box) {
  loy_py_box *found;
  if (!PyCapsule_IsValid(object, tag)) return loy_py_expected(name, tag, object);
  found = (loy_py_box *)PyCapsule_GetPointer(object, tag);
  if (!found) return -1;
  if (!found->object) return loy_py_box_state(name, "is closed");
  if (write ? found->busy != 0 : found->busy < 0) return loy_py_box_state(name, "is in use by another call");
  found->busy = write ? -1 : found->busy + 1;
  *box = found;
  return 0;
}

static void loy_py_leave(loy_py_box *box) {
  if (box) box->busy = box->busy < 0 ? 0 : box->busy - 1;
}

#endif /* LOYALTY_BINDINGS_PYBUF_H */
