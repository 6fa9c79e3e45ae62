// bool: two ints with other names. The objects themselves are static.
#include "object/bind.h"
#include "object/int.h"
#include "object/int_arithmetic.h"
#include "object/name.h"
#include "object/slot.h"

using namespace taipan;

// One digit, as every int has; a False's size is 0 though.
constinit struct _longobject _Py_FalseStruct = {{{kImmortal, &PyBool_Type}, 0}, {0}};
constinit struct _longobject _Py_TrueStruct = {{{kImmortal, &PyBool_Type}, 1}, {1}};

namespace taipan {
namespace {

Ref<> name_of(PyObject* o) { return share(o == Py_True ? "True"_name : "False"_name); }

template <Ref<> (*on_ints)(PyObject*, PyObject*), bool (*on_bools)(bool, bool)>
Ref<> logical(PyObject* a, PyObject* b) {
  if (PyBool_Check(a) && PyBool_Check(b)) return boolean(on_bools(a == Py_True, b == Py_True));
  if (!PyLong_Check(a) || !PyLong_Check(b)) return not_implemented();
  return on_ints(a, b);
}
bool both(bool a, bool b) { return a && b; }
bool either(bool a, bool b) { return a || b; }
bool differ(bool a, bool b) { return a != b; }

constexpr char bool_doc[] =
    "bool(x) -> bool\n\n"
    "True if x is true, else False. True and False are the only two instances, and the class has no subclasses.";
constexpr char new_doc[] = "bool(x=False, /)\n--\n\n";
bool create(Type*, bool x) { return x; }

constinit PyNumberMethods as_number = {
    .nb_and = slot<logical<int_and, both>>,
    .nb_xor = slot<logical<int_xor, differ>>,
    .nb_or = slot<logical<int_or, either>>,
};

}  // namespace
}  // namespace taipan

constinit PyTypeObject PyBool_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "bool",
    .tp_basicsize = sizeof(struct _longobject),
    .tp_repr = slot<name_of>,
    .tp_as_number = &as_number,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = bool_doc,
    .tp_base = &PyLong_Type,
    .tp_new = constructor<new_doc, create>::tp_new,
    .tp_vectorcall = constructor<new_doc, create>::vectorcall,
};
