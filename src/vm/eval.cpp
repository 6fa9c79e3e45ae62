// Running code objects directly, and what others want to know of the running frame.
#include "object/bind.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/hooks.h"
#include "object/str.h"
#include "object/tuple.h"
#include "vm/frame.h"
#include "vm/function.h"
#include "vm/interpreter.h"
#include "vm/super.h"
#include "vm/vm.h"

extern PyTypeObject anext_awaitable_type;

namespace taipan {

PyObject* builtins_of_globals(PyThreadState* ts, PyObject* globals) {
  static Py_ssize_t usual_place = 0;
  auto found = dict_find(globals, "__builtins__"_name, &usual_place);
  if (!found) return nullptr;
  PyObject* builtins = *found;
  if (builtins && PyModule_Check(builtins)) builtins = *dict_slot(builtins);
  if (!builtins) builtins = current_builtins();
  if (!builtins) raise(PyExc_SystemError, "no builtins");
  return builtins;
}

Ref<> eval_code(Code& code, PyObject* globals, PyObject* locals) {
  PyObject* builtins = builtins_of_globals(current_thread(), globals);
  if (!builtins) return {};
  Ref<PyFunctionObject> f = TRY(function_from_parts({.globals = globals, .builtins = builtins, .name = code.co_name,
                                                     .qualname = code.co_name, .code = object(code)}));
  return call_function(f.get(), locals ? locals : globals, nullptr, 0, nullptr);
}

Ref<> eval_code_ex(Code& code, PyObject* globals, PyObject* locals, PyObject* const* args, Py_ssize_t nargs,
                   PyObject* const* kwargs, Py_ssize_t nkw, PyObject* const* defaults, Py_ssize_t ndefaults,
                   PyObject* kwdefaults, PyObject* closure) {
  PyObject* builtins = builtins_of_globals(current_thread(), globals);
  if (!builtins) return {};
  Ref<> default_tuple;
  if (ndefaults) default_tuple = TRY(tuple_of(defaults, ndefaults));
  Ref<PyFunctionObject> f = TRY(function_from_parts(
      {.globals = globals, .builtins = builtins, .name = code.co_name, .qualname = code.co_name,
       .code = object(code), .defaults = default_tuple.get(), .kwdefaults = kwdefaults, .closure = closure}));
  if (!nkw) return call_function(f.get(), locals, args, nargs, nullptr);
  // Keywords come as names and values in turn; a call wants the values behind the positional arguments.
  Ref<Tuple> names = TRY(new_tuple(nkw));
  Ref<Tuple> all = TRY(new_tuple(nargs + nkw));
  for (Py_ssize_t i = 0; i < nargs; i++) all->ob_item[i] = Py_NewRef(args[i]);
  for (Py_ssize_t i = 0; i < nkw; i++) {
    names->ob_item[i] = Py_NewRef(kwargs[2 * i]);
    all->ob_item[nargs + i] = Py_NewRef(kwargs[2 * i + 1]);
  }
  return call_function(f.get(), locals, all->ob_item, nargs, object(names.get()));
}

// -- the running frame --

static Frame* running_frame() {
  PyThreadState* ts = current_thread();
  return ts ? current_frame(ts) : nullptr;
}
PyObject* current_globals() {
  Frame* f = running_frame();
  return f ? f->globals : nullptr;
}
PyObject* current_builtins() {
  Frame* f = running_frame();
  return f ? f->builtins : interpreter().builtins;
}
Ref<> current_locals() {
  Frame* f = running_frame();
  if (!f) return raise(PyExc_SystemError, "frame does not exist");
  TRY(fast_to_locals(f));
  return share(f->locals);
}
int current_code_flags() {
  Frame* f = running_frame();
  return f ? f->code->co_flags : 0;
}
PyFrameObject* current_frame_object(int depth) {
  Frame* f = running_frame();
  while (f && depth-- > 0) f = first_complete(f->previous);
  return f ? frame_object_of(f) : nullptr;
}

// -- start and stop --

std::span<PyTypeObject* const> vm_types() {
  static PyTypeObject* const types[] = {
      &PyFunction_Type, &PyMethod_Type, &PyInstanceMethod_Type, &PyCell_Type, &PySuper_Type, &PyStaticMethod_Type,
      &PyClassMethod_Type, &PyFrame_Type, &PyTraceBack_Type, &PyGen_Type, &PyCoro_Type, &_PyCoroWrapper_Type,
      &PyAsyncGen_Type, &_PyAsyncGenASend_Type, &_PyAsyncGenAThrow_Type, &_PyAsyncGenWrappedValue_Type,
      &anext_awaitable_type,
  };
  return types;
}

void start_vm() {
  hooks.current_globals = current_globals;
  hooks.current_builtins = current_builtins;
  hooks.current_locals = []() -> PyObject* {
    Frame* f = running_frame();
    return f && fast_to_locals(f) ? f->locals : nullptr;
  };
  hooks.super_arguments = super_arguments;
}

void start_thread_vm(PyThreadState* ts) {
  use_normal_handlers(ts);
  extended(ts)->kwnames = nullptr;
  ts->cframe = &ts->root_cframe;
  ts->root_cframe = {};
  ts->exc_info = &ts->exc_state;
  ts->exc_state = {};
  ts->datastack_chunk = nullptr;
  ts->datastack_top = ts->datastack_limit = nullptr;
  ts->recursion_limit = ts->recursion_remaining = interpreter().recursion_limit;
}

void stop_thread_vm(PyThreadState* ts) { free_data_stack(ts); }

}  // namespace taipan
