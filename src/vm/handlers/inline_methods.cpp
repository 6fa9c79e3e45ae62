// Operators, attributes and context managers whose methods are written in Python: their frames are entered as those of
// calls, without recursion in C++.
#include "object/dict.h"
#include "object/dict_layout.h"
#include "object/error.h"
#include "object/name.h"
#include "object/str.h"
#include "object/type.h"
#include "types/property.h"
#include "vm/caches_inline.h"
#include "vm/calls_inline.h"
#include "vm/function.h"
#include "vm/specialize.h"
#include "vm/vm.h"

namespace taipan {

PyObject* operator_method(unsigned operation, PyObject* a, PyObject* b) {
  PyObject* const names[] = {"__add__"_name, "__and__"_name, "__floordiv__"_name, "__lshift__"_name, "__matmul__"_name,
                             "__mul__"_name, "__mod__"_name, "__or__"_name, nullptr, "__rshift__"_name,
                             "__sub__"_name, "__truediv__"_name, "__xor__"_name};
  PyObject* const in_place[] = {"__iadd__"_name, "__iand__"_name, "__ifloordiv__"_name, "__ilshift__"_name, "__imatmul__"_name,
                                "__imul__"_name, "__imod__"_name, "__ior__"_name, nullptr, "__irshift__"_name,
                                "__isub__"_name, "__itruediv__"_name, "__ixor__"_name};
  constexpr unsigned kInPlace = std::size(names);
  unsigned plain = operation < kInPlace ? operation : operation - kInPlace;
  PyTypeObject* type = Py_TYPE(a);
  if (!names[plain] || !may_go_first(type, Py_TYPE(b))) return nullptr;
  if (operation >= kInPlace && type_lookup(type, in_place[plain])) return nullptr;
  return python_method(type, names[plain], 2);
}
PyObject* comparison_method(unsigned comparison, PyObject* a, PyObject* b) {
  PyObject* const names[] = {"__lt__"_name, "__le__"_name, "__eq__"_name, "__ne__"_name, "__gt__"_name, "__ge__"_name};
  return may_go_first(Py_TYPE(a), Py_TYPE(b)) ? python_method(Py_TYPE(a), names[comparison], 2) : nullptr;
}

/// Calls `method` (borrowed) with copies of the two operands, which stay on the stack until it has answered.
#define ENTER_OPERATOR(method, exit, caches)                                                           \
  auto* func = reinterpret_cast<PyFunctionObject*>(method);                                            \
  auto* code = reinterpret_cast<PyCodeObject*>(func->func_code);                                       \
  if (ts->recursion_remaining < 2 || !data_stack_has_room(ts, code)) [[unlikely]] BECOME(general);     \
  PyObject* operands[] = {Py_NewRef(sp[-2]), Py_NewRef(sp[-1])};                                       \
  Py_INCREF(method);                                                                                   \
  Frame* callee = quick_frame(ts, func, code, operands, 2);                                            \
  callee->leaving = exit;                                                                              \
  ts->recursion_remaining -= kLevels;                                                                  \
  ENTER(callee, sp, ip + (caches))

HANDLER(BINARY_OP_PYTHON) {
  constexpr auto* general = op_BINARY_OP;
  PyObject* method = operator_method(oparg, sp[-2], sp[-1]);
  GUARD(BINARY_OP, method);
  constexpr int kLevels = 0;
  ENTER_OPERATOR(method, kCheckOperator, cache_units(Opcode::BINARY_OP));
}
HANDLER(COMPARE_OP_PYTHON) {
  constexpr auto* general = op_COMPARE_OP;
  PyObject* method = comparison_method(oparg, sp[-2], sp[-1]);
  GUARD(COMPARE_OP, method);
  constexpr int kLevels = 1;  // a comparison counts for the limit of recursion, beside the call
  ENTER_OPERATOR(method, kCheckComparison, cache_units(Opcode::COMPARE_OP));
}
#undef ENTER_OPERATOR

// -- attributes that classes have --

/// A property: its getter is called with the object.
HANDLER(LOAD_ATTR_PROPERTY) {
  PyObject* owner = sp[-1];
  PyTypeObject* type = Py_TYPE(owner);
  GUARD(LOAD_ATTR, has_version(type, ip + AttributeCache::type_version));
  PyObject* getter = property_getter(type_lookup(type, name_at(f, oparg)));
  GUARD(LOAD_ATTR, getter && is_plain_function(getter));
  auto* func = reinterpret_cast<PyFunctionObject*>(getter);
  auto* code = reinterpret_cast<PyCodeObject*>(func->func_code);
  GUARD(LOAD_ATTR, takes_exactly(code, 1));
  if (ts->recursion_remaining < 1 || !data_stack_has_room(ts, code)) [[unlikely]] BECOME(op_LOAD_ATTR);
  Py_INCREF(getter);
  Frame* callee = quick_frame(ts, func, code, sp - 1, 1);
  ENTER(callee, sp - 1, ip + cache_units(Opcode::LOAD_ATTR));
}
/// `o.__class__` as object has it.
HANDLER(LOAD_ATTR_TYPE) {
  PyObject* owner = sp[-1];
  PyTypeObject* type = Py_TYPE(owner);
  GUARD(LOAD_ATTR, has_version(type, ip + AttributeCache::type_version));
  sp[-1] = Py_NewRef(object(type));
  drop_at(f, ip, owner);
  NEXT(ip + cache_units(Opcode::LOAD_ATTR), sp);
}
/// An attribute of a class, got from the class.
HANDLER(LOAD_ATTR_OF_CLASS) {
  PyObject* owner = sp[-1];
  GUARD(LOAD_ATTR, Py_TYPE(owner) == &PyType_Type);
  auto* cls = reinterpret_cast<PyTypeObject*>(owner);
  GUARD(LOAD_ATTR, has_version(cls, ip + AttributeCache::type_version));
  PyObject* value = type_lookup(cls, name_at(f, oparg));
  GUARD(LOAD_ATTR, value);
  sp[-1] = Py_NewRef(value);
  drop_at(f, ip, owner);
  NEXT(ip + cache_units(Opcode::LOAD_ATTR), sp);
}
/// An attribute of the class got from an instance that has none of this name: the class's shared keys only grow, so
/// their number tells.
HANDLER(LOAD_ATTR_CLASS) {
  PyObject* owner = sp[-1];
  PyTypeObject* type = Py_TYPE(owner);
  GUARD(LOAD_ATTR, has_version(type, ip + AttributeCache::type_version));
  GUARD(LOAD_ATTR, *values_slot(owner) &&
                       reinterpret_cast<PyHeapTypeObject*>(type)->ht_cached_keys->nentries == ip[AttributeCache::index]);
  PyObject* value = type_lookup(type, name_at(f, oparg));
  GUARD(LOAD_ATTR, value);
  sp[-1] = Py_NewRef(value);
  drop_at(f, ip, owner);
  NEXT(ip + cache_units(Opcode::LOAD_ATTR), sp);
}

// -- with --

PRESERVE_NONE PyObject* enter_manager_inline(Frame* f, PyObject** sp, const CodeUnit* ip, PyThreadState* ts,
                                             unsigned oparg) {
  PyObject* manager = sp[-1];
  PyTypeObject* type = Py_TYPE(manager);
  PyObject* enter = python_method(type, "__enter__"_name, 1);
  PyObject* exit = enter ? type_lookup(type, "__exit__"_name) : nullptr;
  if (!exit || Py_TYPE(exit) != &PyFunction_Type) BECOME(enter_manager_generally);
  auto* func = reinterpret_cast<PyFunctionObject*>(enter);
  auto* code = reinterpret_cast<PyCodeObject*>(func->func_code);
  if (ts->recursion_remaining < 1 || !data_stack_has_room(ts, code)) [[unlikely]] BECOME(enter_manager_generally);
  save(f, ip);
  PyObject* bound_exit = new_method(exit, manager).release();
  if (!bound_exit) [[unlikely]] RAISED(sp);
  sp[-1] = bound_exit;
  Py_INCREF(enter);
  Frame* callee = quick_frame(ts, func, code, &manager, 1);
  ENTER(callee, sp, ip);
}

}  // namespace taipan
