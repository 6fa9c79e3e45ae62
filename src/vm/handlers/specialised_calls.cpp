// Calls through caches. A specialised PRECALL makes the whole call itself and steps over the CALL; a specialised
// CALL knows the function and builds its frame without looking at its parameters.
#include "object/call.h"
#include "object/error.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/tuple.h"
#include "object/name.h"
#include "object/type.h"
#include "vm/calls_inline.h"
#include "vm/function.h"
#include "vm/semantics.h"
#include "vm/specialize.h"
#include "vm/super.h"
#include "vm/vm.h"

namespace taipan {

// What lies on the stack for a call: the callable's slot and the arguments, self among them.
struct CallShape {
  PyObject** args;
  Py_ssize_t nargs;
  PyObject* callable;
};
inline CallShape shape_of(PyObject** sp, unsigned n) {
  PyObject** args = sp - n;
  if (args[-2]) return {args - 1, static_cast<Py_ssize_t>(n) + 1, args[-2]};
  return {args, static_cast<Py_ssize_t>(n), args[-1]};
}
inline PyObject** below_call(PyObject** sp, unsigned n) { return sp - n - 2; }

// Whether a call has keywords is the code's and never changes: forms for calls without need not look.

inline constexpr int kOverCall =
    cache_units(Opcode::PRECALL) + 1 + cache_units(Opcode::CALL);

// -- functions written in Python --

ADAPTIVE(CALL, CallShape shape = shape_of(sp, oparg);
         specialize_call(at, shape.callable, shape.nargs, shape.args != sp - oparg, extended(ts)->kwnames))

#define GUARD_OR(other, condition) \
  if (!(condition)) [[unlikely]] BECOME(other)

HANDLER(CALL_PY_EXACT_ARGS) {
  CallShape shape = shape_of(sp, oparg);
  GUARD(CALL, Py_TYPE(shape.callable) == &PyFunction_Type);
  auto* func = reinterpret_cast<PyFunctionObject*>(shape.callable);
  GUARD(CALL, func->func_version == read_u32(ip + CallCache::function_version));
  auto* code = reinterpret_cast<PyCodeObject*>(func->func_code);
  GUARD(CALL, code->co_argcount == shape.nargs);
  Frame* callee = quick_frame(ts, func, code, shape.args, shape.nargs);
  if (!callee) [[unlikely]] BECOME(op_CALL);
  PyObject** below = below_call(sp, oparg);
  ENTER(callee, below, ip + cache_units(Opcode::CALL));
}
/// PRECALL and the CALL behind it, which is CALL_PY_EXACT_ARGS, in one.
HANDLER(PRECALL_PY_EXACT_ARGS) {
  const CodeUnit* call = ip + cache_units(Opcode::PRECALL) + 1;
  CallShape shape = shape_of(sp, oparg);
  GUARD_OR(op_PRECALL_PYFUNC, Py_TYPE(shape.callable) == &PyFunction_Type);
  auto* func = reinterpret_cast<PyFunctionObject*>(shape.callable);
  GUARD_OR(op_PRECALL_PYFUNC, func->func_version == read_u32(call + CallCache::function_version));
  auto* code = reinterpret_cast<PyCodeObject*>(func->func_code);
  GUARD_OR(op_PRECALL_PYFUNC, code->co_argcount == shape.nargs);
  Frame* callee = quick_frame(ts, func, code, shape.args, shape.nargs);
  if (!callee) [[unlikely]] BECOME(op_PRECALL_PYFUNC);
  PyObject** below = below_call(sp, oparg);
  ENTER(callee, below, call + cache_units(Opcode::CALL));
}
HANDLER(CALL_PY_WITH_DEFAULTS) {
  CallShape shape = shape_of(sp, oparg);
  GUARD(CALL, Py_TYPE(shape.callable) == &PyFunction_Type);
  auto* func = reinterpret_cast<PyFunctionObject*>(shape.callable);
  GUARD(CALL, func->func_version == read_u32(ip + CallCache::function_version));
  auto* code = reinterpret_cast<PyCodeObject*>(func->func_code);
  GUARD(CALL, shape.nargs <= code->co_argcount && shape.nargs >= ip[CallCache::fewest_arguments]);
  Frame* callee = quick_frame(ts, func, code, shape.args, shape.nargs);
  if (!callee) [[unlikely]] BECOME(op_CALL);
  PyObject* defaults = func->func_defaults;
  for (Py_ssize_t i = shape.nargs; i < code->co_argcount; i++)
    callee->slots[i] = Py_NewRef(PyTuple_GET_ITEM(defaults, i - ip[CallCache::fewest_arguments]));
  PyObject** below = below_call(sp, oparg);
  ENTER(callee, below, ip + cache_units(Opcode::CALL));
}

/// An instance of a plain class whose __init__ takes exactly these arguments: made here, its frame entered.
HANDLER(CALL_CLASS) {
  PyObject** args = sp - oparg;
  PyObject* callable = args[-1];
  GUARD(CALL, !args[-2] && Py_TYPE(callable) == &PyType_Type);
  auto* type = reinterpret_cast<PyTypeObject*>(callable);
  GUARD(CALL, type->tp_version_tag == read_u32(ip + CallCache::function_version));
  PyObject* init = type_lookup(type, "__init__"_name);
  auto* func = reinterpret_cast<PyFunctionObject*>(init);
  auto* code = reinterpret_cast<PyCodeObject*>(func->func_code);
  // The class's version does not cover what its __init__ has for code.
  GUARD(CALL, is_plain_function(init) && takes_exactly(code, static_cast<Py_ssize_t>(oparg) + 1));
  if (ts->recursion_remaining < 2 || !data_stack_has_room(ts, code)) [[unlikely]] BECOME(op_CALL);
  save(f, ip);
  PyObject* instance = type->tp_alloc(type, 0);
  if (!instance) [[unlikely]] RAISED(sp);
  args[-2] = instance;  // what the call gives
  args[-1] = Py_NewRef(instance);
  drop(callable);
  Py_INCREF(init);
  Frame* callee = quick_frame(ts, func, code, args - 1, static_cast<Py_ssize_t>(oparg) + 1);
  callee->leaving = kCheckInit;
  ts->recursion_remaining--;
  ENTER(callee, args - 1, ip + cache_units(Opcode::CALL));
}

// -- PRECALL --

ADAPTIVE(PRECALL, CallShape shape = shape_of(sp, oparg);
         specialize_precall(at, shape.callable, shape.nargs, shape.args != sp - oparg, extended(ts)->kwnames))

HANDLER(PRECALL_PYFUNC) {
  GUARD(PRECALL, Py_TYPE(shape_of(sp, oparg).callable) == &PyFunction_Type);
  NEXT(ip + cache_units(Opcode::PRECALL), sp);
}
/// `super().name(…)`: PRECALL, CALL and LOAD_METHOD in one, without a super object.
HANDLER(PRECALL_SUPER__LOAD_METHOD) {
  PyObject** below = below_call(sp, 0);
  GUARD(PRECALL, !below[0] && below[1] == object(&PySuper_Type) && oparg == 0);
  const CodeUnit* load = ip + kOverCall;
  save(f, ip);
  PyObject* self;
  PyObject* function = super_method(f, name_at(f, *load >> 8), &self);
  if (!function) BECOME(op_PRECALL);
  below[0] = Py_NewRef(function);
  PyObject* super = std::exchange(below[1], Py_NewRef(self));
  drop(super);
  NEXT(load + 1 + cache_units(Opcode::LOAD_METHOD), sp);
}
HANDLER(PRECALL_BOUND_METHOD) {
  GUARD(PRECALL, !sp[-2 - static_cast<int>(oparg)] && Py_TYPE(sp[-1 - static_cast<int>(oparg)]) == &PyMethod_Type);
  BECOME(op_PRECALL);
}

/// Ends a call made in place: drops what was on the stack for it.
#define FINISH_CALL(shape, result)                                         \
  do {                                                                     \
    PyObject* got = (result);                                              \
    for (Py_ssize_t i = 0; i < (shape).nargs; i++) {                       \
      PyObject* o = (shape).args[i];                                       \
      drop(o);                                                        \
    }                                                                      \
    drop((shape).callable);                                           \
    PyObject** below = below_call(sp, oparg);                              \
    if (!got) [[unlikely]] RAISED(below);                                  \
    *below = got;                                                          \
    NEXT_CHECKED(ip + kOverCall, below + 1);                               \
  } while (0)

HANDLER(PRECALL_NO_KW_TYPE_1) {
  PyObject** below = below_call(sp, oparg);
  GUARD(PRECALL, !below[0] && below[1] == object(&PyType_Type) && oparg == 1);
  save(f, ip);
  PyObject* o = sp[-1];
  PyObject* type = Py_NewRef(object(Py_TYPE(o)));
  drop(o);
  drop(below[1]);
  *below = type;
  NEXT(ip + kOverCall, below + 1);
}
HANDLER(PRECALL_NO_KW_STR_1) {
  CallShape shape = shape_of(sp, oparg);
  GUARD(PRECALL, shape.callable == object(&PyUnicode_Type) && shape.nargs == 1);
  save(f, ip);
  FINISH_CALL(shape, to_str(shape.args[0]).release());
}
HANDLER(PRECALL_NO_KW_TUPLE_1) {
  CallShape shape = shape_of(sp, oparg);
  GUARD(PRECALL, shape.callable == object(&PyTuple_Type) && shape.nargs == 1);
  save(f, ip);
  FINISH_CALL(shape, object(to_tuple(shape.args[0]).release()));
}
HANDLER(PRECALL_BUILTIN_CLASS) {
  CallShape shape = shape_of(sp, oparg);
  GUARD(PRECALL, PyType_Check(shape.callable));
  auto* type = reinterpret_cast<PyTypeObject*>(shape.callable);
  GUARD(PRECALL, type->tp_vectorcall && Py_TYPE(type) == &PyType_Type);
  PyObject* kwnames = std::exchange(extended(ts)->kwnames, nullptr);
  save(f, ip);
  Py_ssize_t positional = shape.nargs - (kwnames ? Py_SIZE(kwnames) : 0);
  FINISH_CALL(shape, type->tp_vectorcall(shape.callable, shape.args, positional | PY_VECTORCALL_ARGUMENTS_OFFSET, kwnames));
}

// -- built-in functions --

inline PyCFunctionObject* as_builtin(PyObject* o) { return reinterpret_cast<PyCFunctionObject*>(o); }
/// The row of a built-in function whose calling convention is exactly `flags`; null otherwise.
inline PyMethodDef* row_with_flags(PyObject* callable, int flags) {
  if (Py_TYPE(callable) != &PyCFunction_Type) return nullptr;
  PyMethodDef* row = as_builtin(callable)->m_ml;
  constexpr int kKinds = METH_VARARGS | METH_FASTCALL | METH_NOARGS | METH_O | METH_KEYWORDS | METH_METHOD;
  return (row->ml_flags & kKinds) == flags ? row : nullptr;
}
inline PyObject* receiver_of(PyObject* callable, PyMethodDef* row) {
  return row->ml_flags & METH_STATIC ? nullptr : as_builtin(callable)->m_self;
}
template <class F> F function_of(PyMethodDef* row) { return reinterpret_cast<F>(reinterpret_cast<void (*)()>(row->ml_meth)); }

HANDLER(PRECALL_NO_KW_BUILTIN_O) {
  CallShape shape = shape_of(sp, oparg);
  PyMethodDef* row = row_with_flags(shape.callable, METH_O);
  GUARD(PRECALL, row && shape.nargs == 1);
  save(f, ip);
  if (!enter_recursion(ts, " while calling a Python object")) [[unlikely]] {
    ts->recursion_remaining++;
    FINISH_CALL(shape, nullptr);
  }
  PyObject* result = row->ml_meth(receiver_of(shape.callable, row), shape.args[0]);
  ts->recursion_remaining++;
  FINISH_CALL(shape, result);
}
HANDLER(PRECALL_NO_KW_BUILTIN_FAST) {
  CallShape shape = shape_of(sp, oparg);
  PyMethodDef* row = row_with_flags(shape.callable, METH_FASTCALL);
  GUARD(PRECALL, row);
  save(f, ip);
  FINISH_CALL(shape, function_of<_PyCFunctionFast>(row)(receiver_of(shape.callable, row), shape.args, shape.nargs));
}
HANDLER(PRECALL_BUILTIN_FAST_WITH_KEYWORDS) {
  CallShape shape = shape_of(sp, oparg);
  PyMethodDef* row = row_with_flags(shape.callable, METH_FASTCALL | METH_KEYWORDS);
  GUARD(PRECALL, row);
  PyObject* kwnames = std::exchange(extended(ts)->kwnames, nullptr);
  save(f, ip);
  Py_ssize_t positional = shape.nargs - (kwnames ? Py_SIZE(kwnames) : 0);
  FINISH_CALL(shape, function_of<_PyCFunctionFastWithKeywords>(row)(receiver_of(shape.callable, row), shape.args,
                                                                    positional, kwnames));
}

[[gnu::noinline]] static PyObject* length_object(PyObject* o) {
  auto n = length(o);
  return n ? lower(new_int(*n)) : nullptr;
}
HANDLER(PRECALL_NO_KW_LEN) {
  CallShape shape = shape_of(sp, oparg);
  GUARD(PRECALL, shape.callable == len_function && shape.nargs == 1);
  save(f, ip);
  FINISH_CALL(shape, length_object(shape.args[0]));
}
[[gnu::noinline]] static PyObject* is_instance_object(PyObject* o, PyObject* type) {
  auto is = is_instance(o, type);
  return is ? Py_NewRef(*is ? Py_True : Py_False) : nullptr;
}
HANDLER(PRECALL_NO_KW_ISINSTANCE) {
  CallShape shape = shape_of(sp, oparg);
  GUARD(PRECALL, shape.callable == isinstance_function && shape.nargs == 2);
  save(f, ip);
  FINISH_CALL(shape, is_instance_object(shape.args[0], shape.args[1]));
}

// -- methods of built-in types --

/// The row of a method descriptor with these flags whose type the receiver has; null otherwise.
inline PyMethodDef* method_row(const CallShape& shape, int flags) {
  if (Py_TYPE(shape.callable) != &PyMethodDescr_Type || shape.nargs < 1) return nullptr;
  auto* descriptor = reinterpret_cast<PyMethodDescrObject*>(shape.callable);
  constexpr int kKinds = METH_VARARGS | METH_FASTCALL | METH_NOARGS | METH_O | METH_KEYWORDS | METH_METHOD;
  if ((descriptor->d_method->ml_flags & kKinds) != flags) return nullptr;
  PyTypeObject* type = descriptor->d_common.d_type;
  if (Py_TYPE(shape.args[0]) != type && !is_instance_of(shape.args[0], type)) return nullptr;
  return descriptor->d_method;
}

HANDLER(PRECALL_NO_KW_LIST_APPEND) {
  CallShape shape = shape_of(sp, oparg);
  GUARD(PRECALL, shape.callable == list_append_method && shape.nargs == 2 &&
                     PyList_Check(shape.args[0]));
  auto* list = reinterpret_cast<PyListObject*>(shape.args[0]);
  PyObject* value = shape.args[1];
  Py_ssize_t n = Py_SIZE(list);
  PyObject** below = below_call(sp, oparg);
  if (n < list->allocated) [[likely]] {
    list->ob_item[n] = value;
    Py_SET_SIZE(list, n + 1);
  } else {
    save(f, ip);
    bool ok(list_append(object(list), value));
    drop(value);
    if (!ok) [[unlikely]] {
      drop(object(list));
      drop(shape.callable);
      RAISED(below);
    }
  }
  drop_at(f, ip, object(list));
  drop(shape.callable);
  // The result is None, and the POP_TOP behind the call drops it: both are skipped.
  NEXT(ip + kOverCall + 1, below);
}
HANDLER(PRECALL_NO_KW_METHOD_DESCRIPTOR_O) {
  CallShape shape = shape_of(sp, oparg);
  PyMethodDef* row = method_row(shape, METH_O);
  GUARD(PRECALL, row && shape.nargs == 2);
  save(f, ip);
  if (!enter_recursion(ts, " while calling a Python object")) [[unlikely]] {
    ts->recursion_remaining++;
    FINISH_CALL(shape, nullptr);
  }
  PyObject* result = row->ml_meth(shape.args[0], shape.args[1]);
  ts->recursion_remaining++;
  FINISH_CALL(shape, result);
}
HANDLER(PRECALL_NO_KW_METHOD_DESCRIPTOR_NOARGS) {
  CallShape shape = shape_of(sp, oparg);
  PyMethodDef* row = method_row(shape, METH_NOARGS);
  GUARD(PRECALL, row && shape.nargs == 1);
  save(f, ip);
  if (!enter_recursion(ts, " while calling a Python object")) [[unlikely]] {
    ts->recursion_remaining++;
    FINISH_CALL(shape, nullptr);
  }
  PyObject* result = row->ml_meth(shape.args[0], nullptr);
  ts->recursion_remaining++;
  FINISH_CALL(shape, result);
}
HANDLER(PRECALL_NO_KW_METHOD_DESCRIPTOR_FAST) {
  CallShape shape = shape_of(sp, oparg);
  PyMethodDef* row = method_row(shape, METH_FASTCALL);
  GUARD(PRECALL, row);
  save(f, ip);
  FINISH_CALL(shape, function_of<_PyCFunctionFast>(row)(shape.args[0], shape.args + 1, shape.nargs - 1));
}
HANDLER(PRECALL_METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS) {
  CallShape shape = shape_of(sp, oparg);
  PyMethodDef* row = method_row(shape, METH_FASTCALL | METH_KEYWORDS);
  GUARD(PRECALL, row);
  PyObject* kwnames = std::exchange(extended(ts)->kwnames, nullptr);
  save(f, ip);
  Py_ssize_t positional = shape.nargs - 1 - (kwnames ? Py_SIZE(kwnames) : 0);
  FINISH_CALL(shape, function_of<_PyCFunctionFastWithKeywords>(row)(shape.args[0], shape.args + 1, positional, kwnames));
}

}  // namespace taipan
