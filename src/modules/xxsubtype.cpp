// Module xxsubtype: subclasses of list and dict with a field in C, which tests of the class machinery use.
#include <ctime>

#include "modules/module.h"
#include "modules/modules.h"
#include "modules/parse_arguments.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "types/rows.h"

namespace taipan {
namespace {

template <class Base>
struct Spam {
  Base base;
  int state;
};
using SpamList = Spam<List>;
using SpamDict = Spam<Dict>;

template <class S>
Ref<> get_state(S& self, Arguments a) {
  TRY(check_count("getstate", a.count, 0, 0));
  return new_int(self.state);
}
template <class S>
Ref<> set_state(S& self, Arguments a) {
  TRY(take_arguments("setstate", a, 1, self.state));
  return none();
}
template <class S>
int initialize(PyObject* o, PyObject* args, PyObject* kwargs) {
  PyTypeObject* base = PyList_Check(o) ? &PyList_Type : &PyDict_Type;
  if (base->tp_init(o, args, kwargs) < 0) return -1;
  reinterpret_cast<S*>(o)->state = 0;
  return 0;
}

/// What a class method or static method got: (receiver or None, positional arguments, keywords or None).
PyObject* show_call(PyObject* receiver, PyObject* args, PyObject* kwargs) {
  return tuple_of({receiver ? receiver : Py_None, args, kwargs ? kwargs : Py_None}).release();
}
PyObject* show_static_call(PyObject*, PyObject* args, PyObject* kwargs) { return show_call(nullptr, args, kwargs); }
template <auto F>
constexpr PyMethodDef keyword_row(const char* name, const char* doc, int kind) {
  return {name, __builtin_constant_p(1) ? (PyCFunction)(void (*)())F : nullptr, METH_VARARGS | METH_KEYWORDS | kind, doc};
}

constinit PyMethodDef list_methods[] = {
    positional_varargs<get_state<SpamList>>("getstate", "getstate() -> state"),
    positional_varargs<set_state<SpamList>>("setstate", "setstate(state)"),
    keyword_row<show_call>("classmeth", "classmeth(*args, **kw)", METH_CLASS),
    keyword_row<show_static_call>("staticmeth", "staticmeth(*args, **kw)", METH_STATIC),
    {},
};
constinit PyMethodDef dict_methods[] = {
    positional_varargs<get_state<SpamDict>>("getstate", "getstate() -> state"),
    positional_varargs<set_state<SpamDict>>("setstate", "setstate(state)"),
    {},
};
Ref<> state_attribute(PyObject* o, void*) { return new_int(reinterpret_cast<SpamList*>(o)->state); }
constinit PyGetSetDef list_getset[] = {{"state", slot<state_attribute>, nullptr, "a number, to show how"}, {}};
constinit PyMemberDef dict_members[] = {{"state", T_INT, offsetof(SpamDict, state), READONLY, "a number, to show how"}, {}};

constinit PyTypeObject list_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "xxsubtype.spamlist",
    .tp_basicsize = sizeof(SpamList),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_methods = list_methods,
    .tp_getset = list_getset,
    .tp_base = &PyList_Type,
    .tp_init = initialize<SpamList>,
};
constinit PyTypeObject dict_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "xxsubtype.spamdict",
    .tp_basicsize = sizeof(SpamDict),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_methods = dict_methods,
    .tp_members = dict_members,
    .tp_base = &PyDict_Type,
    .tp_init = initialize<SpamDict>,
};

/// Seconds that reading an attribute so many times takes.
Ref<> bench(PyObject*, Arguments a) {
  PyObject *o, *name;
  int n = 1000;
  if (a.count < 2 || a.count > 3)
    return raise(PyExc_TypeError, "function takes at {} {} arguments ({} given)", a.count < 2 ? "least" : "most",
                 a.count < 2 ? 2 : 3, a.count);
  TRY(take_arguments("bench", a, 2, o, name, n));
  if (!PyUnicode_Check(name)) return raise(PyExc_TypeError, "argument 2 must be str, not {}", clip(type_name(name), 50));
  clock_t start = clock();
  while (n-- > 0) TRY(done(get_attr(o, name)));
  return new_float(static_cast<double>(clock() - start) / CLOCKS_PER_SEC);
}
constinit PyMethodDef functions[] = {positional_varargs<bench>("bench", nullptr), {}};

Status fill(PyObject* module) {
  TRY(add_type(module, &list_type));
  return add_type(module, &dict_type);
}
constexpr char doc[] = "An example of subclasses of built-in types written in C; programs have no use for it.";

}  // namespace
}  // namespace taipan

PyObject* init_xxsubtype() { return taipan::define_module<"xxsubtype", taipan::doc, taipan::fill, taipan::functions>(); }
