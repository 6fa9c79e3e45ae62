// __code__, __defaults__ and the other attributes of functions. Changing what a call depends on gives the function
// up to call caches: its version goes.
#include "vm/function_attributes.h"

#include "object/dict.h"
#include "object/error.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "vm/function.h"
#include "vm/vm.h"

namespace taipan {

static PyFunctionObject& self_of(PyObject* o) { return *reinterpret_cast<PyFunctionObject*>(o); }
static int fail(Raised) { return -1; }

PyObject* get_function_dict(PyObject* o, void*) { return get_instance_dict(o).release(); }
int set_function_dict(PyObject* o, PyObject* value, void*) {
  if (!value) return fail(raise(PyExc_TypeError, "cannot delete __dict__"));
  if (!PyDict_Check(value))
    return fail(raise(PyExc_TypeError, "__dict__ must be set to a dictionary, not a '{}'", type_name(value)));
  replace_field(*dict_slot(o), share(value));
  return 0;
}

static PyObject* get_code(PyObject* o, void*) { return Py_NewRef(self_of(o).func_code); }
static int set_code(PyObject* o, PyObject* value, void*) {
  PyFunctionObject& f = self_of(o);
  if (!value || !PyCode_Check(value)) return fail(raise(PyExc_TypeError, "__code__ must be set to a code object"));
  Py_ssize_t wanted = f.func_closure ? PyTuple_GET_SIZE(f.func_closure) : 0;
  Py_ssize_t nfree = reinterpret_cast<PyCodeObject*>(value)->co_nfreevars;
  if (wanted != nfree)
    return fail(raise(PyExc_ValueError, "{}() requires a code object with {} free vars, not {}", as_str(f.func_name),
                      wanted, nfree));
  f.func_version = 0;
  if (f.vectorcall == function_vectorcall || f.vectorcall == first_vectorcall) f.vectorcall = vectorcall_for(value);
  replace_field(f.func_code, share(value));
  return 0;
}

static PyObject* get_name(PyObject* o, void*) { return Py_NewRef(self_of(o).func_name); }
static int set_name(PyObject* o, PyObject* value, void*) {
  if (!value || !PyUnicode_Check(value))
    return fail(raise(PyExc_TypeError, "__name__ must be set to a string object"));
  replace_field(self_of(o).func_name, share(value));
  return 0;
}
static PyObject* get_qualname(PyObject* o, void*) { return Py_NewRef(self_of(o).func_qualname); }
static int set_qualname(PyObject* o, PyObject* value, void*) {
  if (!value || !PyUnicode_Check(value))
    return fail(raise(PyExc_TypeError, "__qualname__ must be set to a string object"));
  replace_field(self_of(o).func_qualname, share(value));
  return 0;
}

static void replace_optional(PyObject*& field, PyObject* value) {
  PyObject* old = std::exchange(field, Py_XNewRef(value));
  Py_XDECREF(old);
}
static PyObject* get_defaults(PyObject* o, void*) {
  PyObject* d = self_of(o).func_defaults;
  return Py_NewRef(d ? d : Py_None);
}
static int set_defaults(PyObject* o, PyObject* value, void*) {
  if (value == Py_None) value = nullptr;
  if (value && !PyTuple_Check(value))
    return fail(raise(PyExc_TypeError, "__defaults__ must be set to a tuple object"));
  self_of(o).func_version = 0;
  replace_optional(self_of(o).func_defaults, value);
  return 0;
}
static PyObject* get_kwdefaults(PyObject* o, void*) {
  PyObject* d = self_of(o).func_kwdefaults;
  return Py_NewRef(d ? d : Py_None);
}
static int set_kwdefaults(PyObject* o, PyObject* value, void*) {
  if (value == Py_None) value = nullptr;
  if (value && !PyDict_Check(value))
    return fail(raise(PyExc_TypeError, "__kwdefaults__ must be set to a dict object"));
  self_of(o).func_version = 0;
  replace_optional(self_of(o).func_kwdefaults, value);
  return 0;
}

/// The compiler leaves annotations as a tuple of names and values; the first look makes the dict.
static Ref<> annotations_dict(PyFunctionObject& f) {
  if (!f.func_annotations) {
    Ref<Dict> made = TRY(new_dict());
    f.func_annotations = object(made.release());
  } else if (PyTuple_CheckExact(f.func_annotations)) {
    Ref<Dict> made = TRY(new_dict());
    Ref<> pairs = share(f.func_annotations);
    for (Py_ssize_t i = 0; i + 1 < Py_SIZE(pairs.get()); i += 2)
      TRY(dict_set(object(made.get()), item(pairs.get(), i), item(pairs.get(), i + 1)));
    replace_field(f.func_annotations, std::move(made));
  }
  return share(f.func_annotations);
}
static PyObject* get_annotations(PyObject* o, void*) { return annotations_dict(self_of(o)).release(); }
static int set_annotations(PyObject* o, PyObject* value, void*) {
  if (value == Py_None) value = nullptr;
  if (value && !PyDict_Check(value))
    return fail(raise(PyExc_TypeError, "__annotations__ must be set to a dict object"));
  self_of(o).func_version = 0;
  replace_optional(self_of(o).func_annotations, value);
  return 0;
}

constinit PyMemberDef function_members[] = {
    {"__closure__", T_OBJECT, offsetof(PyFunctionObject, func_closure), READONLY, nullptr},
    {"__doc__", T_OBJECT, offsetof(PyFunctionObject, func_doc), 0, nullptr},
    {"__globals__", T_OBJECT, offsetof(PyFunctionObject, func_globals), READONLY, nullptr},
    {"__module__", T_OBJECT, offsetof(PyFunctionObject, func_module), 0, nullptr},
    {"__builtins__", T_OBJECT, offsetof(PyFunctionObject, func_builtins), READONLY, nullptr},
    {},
};
constinit PyGetSetDef function_getset[] = {
    {"__code__", get_code, set_code, nullptr, nullptr},
    {"__defaults__", get_defaults, set_defaults, nullptr, nullptr},
    {"__kwdefaults__", get_kwdefaults, set_kwdefaults, nullptr, nullptr},
    {"__annotations__", get_annotations, set_annotations, nullptr, nullptr},
    {"__dict__", get_function_dict, set_function_dict, nullptr, nullptr},
    {"__name__", get_name, set_name, nullptr, nullptr},
    {"__qualname__", get_qualname, set_qualname, nullptr, nullptr},
    {},
};

}  // namespace taipan
