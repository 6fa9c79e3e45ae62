// Exceptions that carry a few fields of their own: SyntaxError, ImportError, NameError,
// AttributeError, StopIteration, SystemExit.
#include <Python.h>
#include <structmember.h>

#include "object/bind.h"
#include "object/dict.h"
#include "object/exceptions.h"
#include "object/int.h"
#include "object/str.h"
#include "object/tuple.h"

namespace taipan::exceptions {

template <class L>
static L& as(PyObject* o) {
  return *reinterpret_cast<L*>(o);
}
static Ref<> share_or_null(PyObject* o) { return o ? share(o) : Ref<>(); }

// -- StopIteration, SystemExit --------------------------------------------------------------

int stop_iteration_init(PyObject* self, PyObject* args, PyObject* kwargs) {
  if (base_init(self, args, kwargs) < 0) return -1;
  replace_field(as<PyStopIterationObject>(self).value,
                tuple_size(args) ? share(item(args, 0)) : none());
  return 0;
}
constinit PyMemberDef stop_iteration_members[] = {
    {"value", T_OBJECT, offsetof(PyStopIterationObject, value), 0, "what the generator returned"},
    {},
};

int system_exit_init(PyObject* self, PyObject* args, PyObject* kwargs) {
  if (base_init(self, args, kwargs) < 0) return -1;
  Py_ssize_t n = tuple_size(args);
  if (n)
    replace_field(as<PySystemExitObject>(self).code, n == 1 ? share(item(args, 0)) : share(args));
  return 0;
}
constinit PyMemberDef system_exit_members[] = {
    {"code", T_OBJECT, offsetof(PySystemExitObject, code), 0, "the exit status"},
    {},
};

// -- NameError, AttributeError, ImportError -------------------------------------------------

int name_error_init(PyObject* self, PyObject* args, PyObject* kwargs) {
  PyObject* name = nullptr;
  if (base_init(self, args, nullptr) < 0) return -1;
  if (!bind_keyword_only(kwargs, "NameError", {"name"}, &name)) return -1;
  replace_field(as<PyNameErrorObject>(self).name, share_or_null(name));
  return 0;
}
constinit PyMemberDef name_error_members[] = {
    {"name", T_OBJECT, offsetof(PyNameErrorObject, name), 0, "the name"},
    {},
};

int attribute_error_init(PyObject* self, PyObject* args, PyObject* kwargs) {
  PyObject* values[2]{};
  if (base_init(self, args, nullptr) < 0) return -1;
  if (!bind_keyword_only(kwargs, "AttributeError", {"name", "obj"}, values)) return -1;
  replace_field(as<PyAttributeErrorObject>(self).name, share_or_null(values[0]));
  replace_field(as<PyAttributeErrorObject>(self).obj, share_or_null(values[1]));
  return 0;
}
constinit PyMemberDef attribute_error_members[] = {
    {"name", T_OBJECT, offsetof(PyAttributeErrorObject, name), 0, "the attribute's name"},
    {"obj", T_OBJECT, offsetof(PyAttributeErrorObject, obj), 0, "the object that was asked"},
    {},
};

int import_error_init(PyObject* self, PyObject* args, PyObject* kwargs) {
  PyObject* values[2]{};
  if (base_init(self, args, nullptr) < 0) return -1;
  if (!bind_keyword_only(kwargs, "ImportError", {"name", "path"}, values)) return -1;
  auto& x = as<PyImportErrorObject>(self);
  replace_field(x.name, share_or_null(values[0]));
  replace_field(x.path, share_or_null(values[1]));
  replace_field(x.msg, tuple_size(args) == 1 ? share(item(args, 0)) : Ref<>());
  return 0;
}
PyObject* import_error_str(PyObject* self) {
  PyObject* message = as<PyImportErrorObject>(self).msg;
  if (message && PyUnicode_CheckExact(message)) return Py_NewRef(message);
  return base_str(self);
}
static constexpr char reduce_doc[] = "__reduce__($self, /)\n--\n\nState for pickle.";
static Ref<> import_error_reduce(PyObject* self) {
  auto& x = as<PyImportErrorObject>(self);
  if (!x.name && !x.path) return reduce_to(self, x.args, x.dict);
  Ref<Dict> state = x.dict ? TRY(dict_copy(x.dict)) : TRY(new_dict());
  if (x.name) TRY(dict_set(object(state.get()), "name"_name, x.name));
  if (x.path) TRY(dict_set(object(state.get()), "path"_name, x.path));
  return reduce_to(self, x.args, object(state.get()));
}
constinit PyMemberDef import_error_members[] = {
    {"msg", T_OBJECT, offsetof(PyImportErrorObject, msg), 0, "the message"},
    {"name", T_OBJECT, offsetof(PyImportErrorObject, name), 0, "the module's name"},
    {"path", T_OBJECT, offsetof(PyImportErrorObject, path), 0, "the module's file"},
    {},
};
constinit PyMethodDef import_error_methods[] = {
    method<reduce_doc, import_error_reduce>,
    {},
};

// -- SyntaxError ----------------------------------------------------------------------------

int syntax_error_init(PyObject* self, PyObject* args, PyObject* kwargs) {
  if (base_init(self, args, kwargs) < 0) return -1;
  auto& x = as<PySyntaxErrorObject>(self);
  Py_ssize_t n = tuple_size(args);
  if (n >= 1) replace_field(x.msg, share(item(args, 0)));
  if (n != 2) return 0;
  Ref<Tuple> info = to_tuple(item(args, 1));
  if (!info) return -1;
  PyObject* place = object(info.get());
  Py_ssize_t count = tuple_size(place);
  if (!check_argument_count("function", count, 4, 6)) return -1;
  auto at = [&](Py_ssize_t i) { return i < count ? share(item(place, i)) : Ref<>(); };
  replace_field(x.filename, at(0));
  replace_field(x.lineno, at(1));
  replace_field(x.offset, at(2));
  replace_field(x.text, at(3));
  replace_field(x.end_lineno, at(4));
  replace_field(x.end_offset, at(5));
  if (count == 5) {
    (void)raise(PyExc_TypeError, "end_offset must be provided when end_lineno is provided");
    return -1;
  }
  return 0;
}

PyObject* syntax_error_str(PyObject* self) {
  auto& x = as<PySyntaxErrorObject>(self);
  PyObject* message = x.msg ? x.msg : Py_None;
  bool has_line = x.lineno && PyLong_CheckExact(x.lineno);
  int64_t line = -1;  // also what a number beyond C's range shows as
  if (has_line && int_to_int64(x.lineno, &line) != 0) line = -1;
  Ref<> file;
  if (x.filename && PyUnicode_Check(x.filename)) {
    Py_ssize_t n = str_length(x.filename), low = n;
    while (low > 0 && char_at(x.filename, low - 1) != '/') low--;
    file = str_slice(x.filename, low, n);
    if (!file) return nullptr;
  }
  if (file && has_line)
    return format_str("{} ({}, line {})", as_str(message), as_str(file.get()), line).release();
  if (file) return format_str("{} ({})", as_str(message), as_str(file.get())).release();
  if (has_line) return format_str("{} (line {})", as_str(message), line).release();
  return to_str(message).release();
}

constinit PyMemberDef syntax_error_members[] = {
    {"msg", T_OBJECT, offsetof(PySyntaxErrorObject, msg), 0, "the message"},
    {"filename", T_OBJECT, offsetof(PySyntaxErrorObject, filename), 0, "the source's file"},
    {"lineno", T_OBJECT, offsetof(PySyntaxErrorObject, lineno), 0, "the line"},
    {"offset", T_OBJECT, offsetof(PySyntaxErrorObject, offset), 0, "the column"},
    {"text", T_OBJECT, offsetof(PySyntaxErrorObject, text), 0, "the line's text"},
    {"end_lineno", T_OBJECT, offsetof(PySyntaxErrorObject, end_lineno), 0, "the last line"},
    {"end_offset", T_OBJECT, offsetof(PySyntaxErrorObject, end_offset), 0, "the column it ends at"},
    {"print_file_and_line", T_OBJECT, offsetof(PySyntaxErrorObject, print_file_and_line), 0,
     "whether file and line are shown"},
    {},
};

}  // namespace taipan::exceptions
