// OSError. Its constructor chooses the subclass by errno, and takes the file names out of `args`. A
// subclass that overrides only __init__ gets its fields set there, one that overrides __new__ in
// OSError's own __new__.
#include <Python.h>
#include <structmember.h>

#include <cerrno>

#include "object/bind.h"
#include "object/exceptions.h"
#include "object/int.h"
#include "object/str.h"
#include "object/tuple.h"

namespace taipan::exceptions {

static PyOSErrorObject& as(PyObject* self) { return *reinterpret_cast<PyOSErrorObject*>(self); }

namespace {

struct Given {
  PyObject *number = nullptr, *text = nullptr, *filename = nullptr, *unused = nullptr,
           *filename2 = nullptr;
};

Given read_arguments(PyObject* args) {
  Given g;
  Py_ssize_t n = tuple_size(args);
  if (n < 2 || n > 5) return g;
  PyObject** fields[] = {&g.number, &g.text, &g.filename, &g.unused, &g.filename2};
  for (Py_ssize_t i = 0; i < n; i++) *fields[i] = item(args, i);
  return g;
}

PyObject* class_for(int64_t error) {
  switch (error) {
    case EAGAIN:
    case EALREADY:
    case EINPROGRESS:
      return PyExc_BlockingIOError;
    case EPIPE:
    case ESHUTDOWN:
      return PyExc_BrokenPipeError;
    case ECHILD:
      return PyExc_ChildProcessError;
    case ECONNABORTED:
      return PyExc_ConnectionAbortedError;
    case ECONNREFUSED:
      return PyExc_ConnectionRefusedError;
    case ECONNRESET:
      return PyExc_ConnectionResetError;
    case EEXIST:
      return PyExc_FileExistsError;
    case ENOENT:
      return PyExc_FileNotFoundError;
    case EISDIR:
      return PyExc_IsADirectoryError;
    case ENOTDIR:
      return PyExc_NotADirectoryError;
    case EINTR:
      return PyExc_InterruptedError;
    case EACCES:
    case EPERM:
      return PyExc_PermissionError;
    case ESRCH:
      return PyExc_ProcessLookupError;
    case ETIMEDOUT:
      return PyExc_TimeoutError;
    default:
      return nullptr;
  }
}

bool filled_by_init(PyTypeObject* type) {
  return type->tp_init != os_error_init && type->tp_new == os_error_new;
}

bool is_number(PyObject* o) {
  PyNumberMethods* nb = Py_TYPE(o)->tp_as_number;
  return PyComplex_Check(o) || (nb && (nb->nb_index || nb->nb_int || nb->nb_float));
}

Status fill(PyObject* self, PyObject* args, const Given& g) {
  auto& x = as(self);
  Ref<> kept = share(args);
  if (g.filename && g.filename != Py_None) {
    if (object(Py_TYPE(self)) == PyExc_BlockingIOError && is_number(g.filename)) {
      x.written =
          TRY(to_ssize(g.filename, PyExc_ValueError));  // the third argument is a count here
    } else {
      replace_field(x.filename, share(g.filename));
      if (g.filename2 && g.filename2 != Py_None) replace_field(x.filename2, share(g.filename2));
      kept = TRY(tuple_slice(args, 0, 2));
    }
  }
  replace_field(x.myerrno, g.number ? share(g.number) : Ref<>());
  replace_field(x.strerror, g.text ? share(g.text) : Ref<>());
  replace_field(x.args, std::move(kept));
  return {};
}

}  // namespace

PyObject* os_error_new(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  bool fill_here = !filled_by_init(type);
  Given g;
  if (fill_here) {
    if (!check_no_keywords_dict(type->tp_name, kwargs)) return nullptr;
    g = read_arguments(args);
    int64_t error;
    if (g.number && PyLong_Check(g.number) && object(type) == PyExc_OSError &&
        int_to_int64(g.number, &error) == 0) {
      if (PyObject* better = class_for(error)) type = reinterpret_cast<PyTypeObject*>(better);
    }
  }
  Ref<> self = adopt(type->tp_alloc(type, 0));
  if (!self) return nullptr;
  as(self.get()).written = -1;
  if (fill_here) {
    if (!fill(self.get(), args, g)) return nullptr;
  } else {
    as(self.get()).args = Py_NewRef(empty_tuple());
  }
  return self.release();
}

int os_error_init(PyObject* self, PyObject* args, PyObject* kwargs) {
  PyTypeObject* type = Py_TYPE(self);
  if (!filled_by_init(type)) return 0;
  if (!check_no_keywords_dict(type->tp_name, kwargs)) return -1;
  return fill(self, args, read_arguments(args)).to_c();
}

PyObject* os_error_str(PyObject* self) {
  auto& x = as(self);
  auto shown = [](PyObject* o) { return as_str(o ? o : Py_None); };
  if (x.filename && x.filename2) {
    return format_str("[Errno {}] {}: {} -> {}", shown(x.myerrno), shown(x.strerror),
                      as_repr(x.filename), as_repr(x.filename2))
        .release();
  }
  if (x.filename)
    return format_str("[Errno {}] {}: {}", shown(x.myerrno), shown(x.strerror), as_repr(x.filename))
        .release();
  if (x.myerrno && x.strerror)
    return format_str("[Errno {}] {}", as_str(x.myerrno), as_str(x.strerror)).release();
  return base_str(self);
}

static constexpr char reduce_doc[] = "__reduce__($self, /)\n--\n\nState for pickle.";
static Ref<> os_error_reduce(PyObject* self) {
  // The constructor took the file names out of args: they go back in.
  auto& x = as(self);
  Ref<> args = share(x.args);
  if (tuple_size(x.args) == 2 && x.filename) {
    PyObject *a = item(x.args, 0), *b = item(x.args, 1);
    args = x.filename2 ? TRY(tuple_of({a, b, x.filename, Py_None, x.filename2}))
                       : TRY(tuple_of({a, b, x.filename}));
  }
  return reduce_to(self, args.get(), x.dict);
}
constinit PyMethodDef os_error_methods[] = {
    method<reduce_doc, os_error_reduce>,
    {},
};

static PyObject* get_written(PyObject* self, void*) {
  if (as(self).written != -1) return new_int(as(self).written).release();
  (void)raise(PyExc_AttributeError, "characters_written");
  return nullptr;
}
static int set_written(PyObject* self, PyObject* value, void*) {
  if (!value) {
    if (as(self).written == -1) {
      (void)raise(PyExc_AttributeError, "characters_written");
      return -1;
    }
    as(self).written = -1;
    return 0;
  }
  auto n = to_ssize(value, PyExc_ValueError);
  if (!n) return -1;
  as(self).written = *n;
  return 0;
}
constinit PyGetSetDef os_error_getset[] = {
    {"characters_written", get_written, set_written},
    {},
};

constinit PyMemberDef os_error_members[] = {
    {"errno", T_OBJECT, offsetof(PyOSErrorObject, myerrno), 0, "the system's error number"},
    {"strerror", T_OBJECT, offsetof(PyOSErrorObject, strerror), 0, "its text"},
    {"filename", T_OBJECT, offsetof(PyOSErrorObject, filename), 0, "the file"},
    {"filename2", T_OBJECT, offsetof(PyOSErrorObject, filename2), 0, "the second file"},
    {},
};

}  // namespace taipan::exceptions
