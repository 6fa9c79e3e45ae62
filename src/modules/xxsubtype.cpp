// The module xxsubtype: a list and a dict with one more field, and a timer of attribute look-ups. It is an example of
// how types are derived from built-in ones; the library's tests use it.
#include <ctime>

#include "modules/module.h"
#include "modules/modules.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/tuple.h"
#include "object/type.h"
#include "types/rows.h"

namespace taipan {
namespace {

template <class Base> struct Spam {
  Base base;
  int state;
};
using SpamList = Spam<List>;
using SpamDict = Spam<Dict>;

template <class T> Ref<> getstate(PyObject* self) { return new_int(reinterpret_cast<T*>(self)->state); }
template <class T> Status setstate(PyObject* self, PyObject* value) {
  Ref<> whole = TRY(index(value));
  reinterpret_cast<T*>(self)->state = static_cast<int>(TRY(to_int64(whole.get())));
  return {};
}
template <class T, PyTypeObject& base> int init(PyObject* self, PyObject* args, PyObject* kwargs) {
  if (base.tp_init(self, args, kwargs) < 0) return -1;
  reinterpret_cast<T*>(self)->state = 0;
  return 0;
}

/// What a class method and a static method are called with.
PyObject* special(PyObject* self, PyObject* args, PyObject* kwargs) {
  return tuple_of({self ? self : Py_None, args ? args : Py_None, kwargs ? kwargs : Py_None}).release();
}
constexpr PyMethodDef special_row(const char* name, const char* doc, int flag) {
  return {name, __builtin_constant_p(1) ? (PyCFunction)(void (*)())special : nullptr, METH_VARARGS | METH_KEYWORDS | flag, doc};
}
Ref<> get_state(PyObject* self, void*) { return getstate<SpamList>(self); }

constinit PyMethodDef list_methods[] = {
    noargs<getstate<SpamList>>("getstate", "getstate() -> state"),
    one_arg<setstate<SpamList>>("setstate", "setstate(state)"),
    special_row("classmeth", "classmeth(*args, **kw)", METH_CLASS),
    special_row("staticmeth", "staticmeth(*args, **kw)", METH_STATIC),
    {},
};
constinit PyGetSetDef list_getset[] = {{"state", slot<get_state>, nullptr, "the number that the list carries"}, {}};
constinit PyMethodDef dict_methods[] = {
    noargs<getstate<SpamDict>>("getstate", "getstate() -> state"),
    one_arg<setstate<SpamDict>>("setstate", "setstate(state)"),
    {},
};
constinit PyMemberDef dict_members[] = {{"state", T_INT, offsetof(SpamDict, state), READONLY, "the number that the dict carries"}, {}};

constinit PyTypeObject spamlist_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "xxsubtype.spamlist",
    .tp_basicsize = sizeof(SpamList),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_methods = list_methods,
    .tp_getset = list_getset,
    .tp_base = &PyList_Type,
    .tp_init = init<SpamList, PyList_Type>,
};
constinit PyTypeObject spamdict_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "xxsubtype.spamdict",
    .tp_basicsize = sizeof(SpamDict),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_methods = dict_methods,
    .tp_members = dict_members,
    .tp_base = &PyDict_Type,
    .tp_init = init<SpamDict, PyDict_Type>,
};

/// Seconds that n look-ups of an attribute take.
Ref<> bench(PyObject*, PyObject* args) {
  Py_ssize_t given = tuple_size(args);
  if (given < 2 || given > 3)
    return raise(PyExc_TypeError, "function takes at {} arguments ({} given)", given < 2 ? "least 2" : "most 3", given);
  int64_t n = 1000;
  if (given == 3) n = TRY(to_c_ssize(item(args, 2)));
  if (!PyUnicode_Check(item(args, 1)))
    return raise(PyExc_TypeError, "bench() argument 2 must be str, not {}", type_name(item(args, 1)));
  clock_t start = clock();
  while (--n >= 0) TRY(done(get_attr(item(args, 0), item(args, 1))));
  return new_float(static_cast<double>(clock() - start) / CLOCKS_PER_SEC);
}
template <auto Fn> PyObject* with_tuple(PyObject* self, PyObject* args) { return Fn(self, args).release(); }
constinit PyMethodDef rows[] = {{"bench", with_tuple<bench>, METH_VARARGS, nullptr}, {}};

constexpr char module_doc[] = "An example of types that are derived from built-in ones.";
Status fill(PyObject* module) {
  TRY(add_type(module, &spamlist_type));
  return add_type(module, &spamdict_type);
}

}  // namespace
}  // namespace taipan

PyObject* init_xxsubtype() {
  return taipan::define_module<"xxsubtype", taipan::module_doc, taipan::fill, taipan::rows>();
}
