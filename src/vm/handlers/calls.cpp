// Calls and the making of functions. A call of a Python function pushes a frame and goes on in it: Python code
// calling Python code does not recurse in C++.
//
// Before CALL n the stack holds, below the n arguments: NULL and a callable, or a function and its self.
#include "object/bind.h"
#include "object/call.h"
#include "object/error.h"
#include "object/name.h"
#include "object/type.h"
#include "object/dict.h"
#include "vm/function.h"
#include "vm/interpreter.h"
#include "vm/semantics.h"
#include "vm/specialize.h"
#include "vm/tracing.h"
#include "vm/vm.h"

namespace taipan {

/// What follows is a call: PRECALL is where bound methods are taken apart.
HANDLER(PRECALL) {
  unsigned n = oparg;
  PyObject** first = sp - n;
  if (!first[-2]) {
    PyObject* callable = first[-1];
    if (Py_TYPE(callable) == &PyMethod_Type) {
      auto* method = reinterpret_cast<PyMethodObject*>(callable);
      first[-1] = Py_NewRef(method->im_self);
      first[-2] = Py_NewRef(method->im_func);
      drop(callable);
    }
  }
  NEXT(ip + cache_units(Opcode::PRECALL), sp);
}

HANDLER(KW_NAMES) {
  extended(ts)->kwnames = constant(f, oparg);
  NEXT(ip, sp);
}

/// Calls something that is no Python function, or one that wants its own vectorcall.
[[gnu::noinline]] static PyObject* call_any(PyObject* callable, PyObject** args, Py_ssize_t nargs, PyObject* kwnames) {
  Py_ssize_t positional = nargs - (kwnames ? Py_SIZE(kwnames) : 0);
  size_t nargsf = positional | PY_VECTORCALL_ARGUMENTS_OFFSET;
  PyThreadState* ts = current_thread();
  if (is_tracing(ts)) [[unlikely]] return call_profiled(ts, callable, args, nargsf, kwnames);
  return vectorcall(callable, args, nargsf, kwnames).release();
}

[[gnu::noinline]] PyObject* inlinable_init(PyTypeObject* type) {
  if (type->tp_new != PyBaseObject_Type.tp_new || type->tp_init == PyBaseObject_Type.tp_init || type->tp_vectorcall ||
      !has_feature(type, Py_TPFLAGS_HEAPTYPE) || has_feature(type, Py_TPFLAGS_IS_ABSTRACT))
    return nullptr;
  PyObject* init = type_lookup(type, "__init__"_name);
  if (!init || !is_plain_function(init)) return nullptr;
  auto* code = reinterpret_cast<PyCodeObject*>(reinterpret_cast<PyFunctionObject*>(init)->func_code);
  constexpr int kSuspending = CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR;
  return (code->co_flags & (CO_OPTIMIZED | kSuspending)) == CO_OPTIMIZED ? init : nullptr;
}

/// From [NULL, class, arguments…] to [instance, instance, arguments…]: one for the result, one for `self`.
static bool put_instance(PyObject** args) {
  PyObject* type = args[-1];
  PyObject* instance = reinterpret_cast<PyTypeObject*>(type)->tp_alloc(reinterpret_cast<PyTypeObject*>(type), 0);
  if (!instance) return false;
  args[-2] = instance;
  args[-1] = Py_NewRef(instance);
  drop(type);
  return true;
}

HANDLER(CALL) {
  PyObject* kwnames = extended(ts)->kwnames;
  extended(ts)->kwnames = nullptr;
  PyObject** args = sp - oparg;
  Py_ssize_t nargs = oparg;
  PyObject* callable = args[-2];
  bool has_self = callable != nullptr;
  if (has_self) {
    args--;
    nargs++;
  } else {
    callable = args[-1];
  }
  if (has_self && Py_TYPE(callable) == &PyMethod_Type) {
    // `with` calls its exit method so: the instance takes the callable's place.
    auto* method = reinterpret_cast<PyMethodObject*>(callable);
    if (is_plain_function(method->im_func)) {
      callable = Py_NewRef(method->im_func);
      *--args = Py_NewRef(method->im_self);
      nargs++;
      drop(object(method));
    }
  }
  if (is_plain_function(callable)) {
    save(f, ip);
    auto* func = reinterpret_cast<PyFunctionObject*>(callable);
    PyObject** below = sp - oparg - 2;
    Frame* callee = make_frame(ts, func, locals_for_call(func), args, nargs, kwnames);
    if (!callee) [[unlikely]] RAISED(below);
    save_stack(f, below);
    f->prev_instr = const_cast<CodeUnit*>(ip) + cache_units(Opcode::CALL) - 1;
    callee->previous = f;
    ts->cframe->current_frame = callee;
    f = callee;
    BECOME(start_frame);
  }
  save(f, ip);
  if (Py_TYPE(callable) == &PyType_Type && !has_self) {
    if (PyObject* init = inlinable_init(reinterpret_cast<PyTypeObject*>(callable))) {
      if (!put_instance(args)) [[unlikely]] RAISED(sp);
      Frame* callee = make_frame(ts, reinterpret_cast<PyFunctionObject*>(Py_NewRef(init)), nullptr, args - 1, nargs + 1,
                                 kwnames);
      PyObject** with_instance = args - 1;
      if (!callee) [[unlikely]] RAISED(with_instance);
      save_stack(f, with_instance);
      f->prev_instr = const_cast<CodeUnit*>(ip) + cache_units(Opcode::CALL) - 1;
      callee->leaving = kCheckInit;
      callee->previous = f;
      ts->cframe->current_frame = callee;
      f = callee;
      if (!enter_recursion(ts, " while calling a Python object")) [[unlikely]] {
        ts->recursion_remaining--;
        sp = saved_stack(f);
        BECOME(leave_with_error_untraced);
      }
      BECOME(start_frame);
    }
  }
  bool refused = false;
  if (awaits_verification(callable)) [[unlikely]] {
    if (verify_function(reinterpret_cast<PyFunctionObject*>(callable))) {
      extended(ts)->kwnames = kwnames;
      BECOME(op_CALL);
    }
    refused = true;
  }
  PyObject* result = refused ? nullptr : call_any(callable, args, nargs, kwnames);
  PyObject** below = sp - oparg - 2;
  for (PyObject** p = sp; p > args;) {
    PyObject* o = *--p;
    drop(o);
  }
  drop(callable);
  if (!result) [[unlikely]] RAISED(below);
  *below = result;
  NEXT_CHECKED(ip + cache_units(Opcode::CALL), below + 1);
}

/// CALL_FUNCTION_EX's arguments in their final shape, in place: a tuple, and a dict if there are keywords.
static bool prepare_ex_arguments(PyObject* callable, PyObject** args, PyObject** kwargs) {
  if (kwargs && !PyDict_CheckExact(*kwargs)) {
    PyObject* dict = object(new_dict().release());
    if (!dict) return false;
    if (!dict_merge_from(callable, dict, *kwargs)) {
      drop(dict);
      return false;
    }
    Py_SETREF(*kwargs, dict);
  }
  PyObject* tuple = call_arguments_tuple(callable, *args).release();
  if (!tuple) return false;
  Py_SETREF(*args, tuple);
  return true;
}
[[gnu::noinline]] static PyObject* call_ex(PyObject* callable, PyObject* args, PyObject* kwargs) {
  PyThreadState* ts = current_thread();
  if (is_tracing(ts)) [[unlikely]] {
    FlatArguments flat(args, kwargs);
    return flat.ok() ? call_profiled(ts, callable, flat.items(), flat.count(), flat.names()) : nullptr;
  }
  return call_object(callable, args, kwargs).release();
}

HANDLER(CALL_FUNCTION_EX) {
  save(f, ip);
  PyObject** args = sp - 1 - (oparg & 1);
  PyObject* callable = args[-1];
  PyObject** below = args - 2;  // the NULL under the callable
  if (!prepare_ex_arguments(callable, args, (oparg & 1) ? sp - 1 : nullptr)) [[unlikely]] RAISED(sp);
  PyObject* kwargs = (oparg & 1) ? sp[-1] : nullptr;
  if (is_plain_function(callable)) {
    auto* func = reinterpret_cast<PyFunctionObject*>(callable);
    Frame* callee = make_frame_from_tuple(ts, func, locals_for_call(func), *args, kwargs);
    drop(*args);
    Py_XDECREF(kwargs);
    if (!callee) [[unlikely]] RAISED(below);
    save_stack(f, below);
    callee->previous = f;
    ts->cframe->current_frame = callee;
    f = callee;
    BECOME(start_frame);
  }
  bool refused = false;
  if (awaits_verification(callable)) [[unlikely]] {
    if (verify_function(reinterpret_cast<PyFunctionObject*>(callable))) BECOME(op_CALL_FUNCTION_EX);
    refused = true;
  }
  PyObject* result = refused ? nullptr : call_ex(callable, *args, kwargs);
  drop(callable);
  drop(*args);
  Py_XDECREF(kwargs);
  if (!result) [[unlikely]] RAISED(below);
  *below = result;
  NEXT_CHECKED(ip, below + 1);
}

HANDLER(MAKE_FUNCTION) {
  save(f, ip);
  PyObject* function = make_function(f, sp, oparg).release();
  if (!function) [[unlikely]] RAISED(sp);
  sp -= 1 + (oparg & 1) + (oparg >> 1 & 1) + (oparg >> 2 & 1) + (oparg >> 3 & 1);
  *sp = function;
  NEXT(ip, sp + 1);
}

}  // namespace taipan
