#pragma once
// Entering a Python function from a handler whose arguments lie ready on the stack.
#include "object/type.h"
#include "vm/frame.h"
#include "vm/function.h"
#include "vm/interpreter.h"

namespace taipan {

/// Does the function take that many positional arguments, and nothing else?
inline bool takes_exactly(PyCodeObject* code, Py_ssize_t nargs) {
  constexpr int kKinds = CO_VARARGS | CO_VARKEYWORDS | CO_OPTIMIZED | CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR;
  return (code->co_flags & kKinds) == CO_OPTIMIZED && code->co_argcount == nargs && !code->co_kwonlyargcount;
}
inline bool data_stack_has_room(PyThreadState* ts, PyCodeObject* code) {
  return static_cast<size_t>(frame_words(code)) < static_cast<size_t>(ts->datastack_limit - ts->datastack_top);
}

/// The method of that name that the class has, if it is a plain function that takes so many arguments; borrowed.
inline PyObject* python_method(PyTypeObject* type, PyObject* name, Py_ssize_t nargs) {
  PyObject* found = type_lookup(type, name);
  if (!found || !is_plain_function(found)) return nullptr;
  auto* code = reinterpret_cast<PyCodeObject*>(reinterpret_cast<PyFunctionObject*>(found)->func_code);
  return takes_exactly(code, nargs) ? found : nullptr;
}
/// Is an operator's left operand certainly asked first, and the right one's class none written in Python of its own?
inline bool may_go_first(PyTypeObject* left, PyTypeObject* right) {
  return has_feature(left, Py_TPFLAGS_HEAPTYPE) && (left == right || !has_feature(right, Py_TPFLAGS_HEAPTYPE));
}
/// The methods behind BINARY_OP and COMPARE_OP on these operands, if it may be entered directly; borrowed.
PyObject* operator_method(unsigned operation, PyObject* a, PyObject* b);
PyObject* comparison_method(unsigned comparison, PyObject* a, PyObject* b);
/// BEFORE_WITH, with and without entering a frame.
Handler enter_manager_inline, enter_manager_generally;

/// A frame whose positional parameters are the stack's; null: no room on the data stack's chunk.
inline Frame* quick_frame(PyThreadState* ts, PyFunctionObject* func, PyCodeObject* code, PyObject** args,
                          Py_ssize_t nargs) {
  size_t words = frame_words(code);
  PyObject** top = ts->datastack_top;
  if (words >= static_cast<size_t>(ts->datastack_limit - top)) [[unlikely]] return nullptr;
  ts->datastack_top = top + words;
  auto* f = reinterpret_cast<Frame*>(top);
  init_frame(f, func, nullptr, code);
  Py_ssize_t i = 0;
#pragma clang loop vectorize(disable) unroll(disable)
  for (; i < nargs; i++) f->slots[i] = args[i];
#pragma clang loop vectorize(disable) unroll(disable)
  for (Py_ssize_t n = code->co_nlocalsplus; i < n; i++) {
    f->slots[i] = nullptr;
    asm volatile("");
  }
  return f;
}

/// Goes on in `callee`, whose arguments have left the stack above `below`; the caller goes on behind `over`.
#define ENTER(callee, below, over)                                                   \
  save_stack(f, below);                                                              \
  f->prev_instr = const_cast<CodeUnit*>(over) - 1;                                   \
  (callee)->previous = f;                                                            \
  ts->cframe->current_frame = (callee);                                              \
  f = (callee);                                                                      \
  if (--ts->recursion_remaining < 0) [[unlikely]] {                                  \
    ts->recursion_remaining++;                                                       \
    BECOME(start_frame);                                                             \
  }                                                                                  \
  NEXT(f->prev_instr + 1, f->slots + f->stacktop)

}  // namespace taipan
