// Function objects: made by MAKE_FUNCTION and `lambda`, called without leaving the run loop, changed by decorators.
#include "vm/function.h"

#include "object/bind.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/weakref.h"
#include "structmember.h"
#include "vm/function_attributes.h"
#include "vm/interpreter.h"
#include "vm/semantics.h"
#include "vm/verify.h"
#include "vm/vm.h"

namespace taipan {

// -- making --

Ref<PyFunctionObject> function_from_parts(const FunctionParts& parts) {
  Ref<PyFunctionObject> f = allocate_collected<PyFunctionObject>(&PyFunction_Type);
  if (!f) return {};
  f->func_globals = Py_NewRef(parts.globals);
  f->func_builtins = Py_NewRef(parts.builtins);
  f->func_name = Py_NewRef(parts.name);
  f->func_qualname = Py_NewRef(parts.qualname);
  f->func_code = Py_NewRef(parts.code);
  f->func_defaults = Py_XNewRef(parts.defaults);
  f->func_kwdefaults = Py_XNewRef(parts.kwdefaults);
  f->func_closure = Py_XNewRef(parts.closure);
  f->func_doc = Py_NewRef(Py_None);
  f->func_dict = nullptr;
  f->func_weakreflist = nullptr;
  f->func_module = Py_NewRef(Py_None);
  f->func_annotations = nullptr;
  f->vectorcall = vectorcall_for(parts.code);
  f->func_version = 0;
  gc_track(object(f.get()));
  return f;
}

Ref<> new_function(PyObject* code_object, PyObject* globals, PyObject* qualname) {
  auto* code = reinterpret_cast<PyCodeObject*>(code_object);
  PyObject* builtins = builtins_of_globals(current_thread(), globals);
  if (!builtins) return {};
  static Py_ssize_t usual_place = 0;
  PyObject* module = TRY(dict_find(globals, "__name__"_name, &usual_place));
  Ref<PyFunctionObject> f = TRY(function_from_parts({.globals = globals, .builtins = builtins, .name = code->co_name,
                                                     .qualname = qualname ? qualname : code->co_qualname,
                                                     .code = code_object}));
  if (module) replace_field(f->func_module, share(module));
  // The docstring is the first constant, if that is a str.
  if (PyTuple_GET_SIZE(code->co_consts) && PyUnicode_Check(item(code->co_consts, 0)))
    replace_field(f->func_doc, share(item(code->co_consts, 0)));
  return f;
}

/// A closure is a tuple with a cell for each free variable. Handlers rely on it.
static bool is_closure_for(PyObject* closure, PyObject* code) {
  Py_ssize_t n = reinterpret_cast<PyCodeObject*>(code)->co_nfreevars;
  if (!closure) return n == 0;
  if (!PyTuple_CheckExact(closure) || Py_SIZE(closure) != n) return false;
  for (Py_ssize_t i = 0; i < n; i++)
    if (!PyCell_Check(item(closure, i))) return false;
  return true;
}

/// Bytecode from outside may have put anything there.
static bool are_function_parts(PyObject** top, unsigned flags) {
  PyObject* code = *--top;
  if (!PyCode_Check(code) || !is_closure_for(flags & 8 ? *--top : nullptr, code)) return false;
  if (flags & 4 && !PyTuple_CheckExact(top[-1]) && !PyDict_Check(top[-1])) return false;
  top -= flags >> 2 & 1;
  if (flags & 2 && !PyDict_Check(*--top)) return false;
  return !(flags & 1) || PyTuple_Check(top[-1]);
}

/// Below the code: defaults, keyword defaults, annotations, closure, as far as the flags say.
Ref<> make_function(Frame* f, PyObject** top, unsigned flags) {
  if (!are_function_parts(top, flags)) return raise(PyExc_SystemError, "MAKE_FUNCTION finds wrong kinds of objects");
  Ref<> made = TRY(new_function(top[-1], f->globals));
  auto* function = reinterpret_cast<PyFunctionObject*>(made.get());
  Py_DECREF(*--top);
  if (flags & 8) function->func_closure = *--top;
  if (flags & 4) function->func_annotations = *--top;
  if (flags & 2) function->func_kwdefaults = *--top;
  if (flags & 1) function->func_defaults = *--top;
  return made;
}

static uint32_t next_version = 1;

uint32_t function_version(PyFunctionObject* f) {
  if (!f->func_version && next_version && f->vectorcall == function_vectorcall) f->func_version = next_version++;
  return f->func_version;
}
void set_function_defaults_version(PyFunctionObject* f) { f->func_version = 0; }

// -- calling from C++ --

static Ref<> run_to_end(PyThreadState* ts, Frame* f) {
  if (!f) return {};
  PyObject* result = run_frame(ts, f);
  clear_and_pop(ts, f);
  return adopt(result);
}

Ref<> call_function(PyFunctionObject* func, PyObject* locals, PyObject* const* args, size_t nargs,
                    PyObject* kwnames) {
  PyThreadState* ts = current_thread();
  auto* code = reinterpret_cast<PyCodeObject*>(func->func_code);
  TRY(verify_before_first_run(code));
  Py_ssize_t total = nargs + (kwnames ? PyTuple_GET_SIZE(kwnames) : 0);
  Frame* f = push_frame_memory(ts, frame_words(code));
  if (!f) return {};
  Py_INCREF(object(func));
  Py_XINCREF(locals);
  init_frame(f, func, locals, code);
  for (Py_ssize_t i = 0; i < total; i++) Py_INCREF(args[i]);
  if (!bind_arguments(ts, func, f->slots, const_cast<PyObject**>(args), total, kwnames)) {
    clear_and_pop(ts, f);
    return {};
  }
  return run_to_end(ts, f);
}

PyObject* function_vectorcall(PyObject* callable, PyObject* const* args, size_t nargsf, PyObject* kwnames) {
  auto* func = reinterpret_cast<PyFunctionObject*>(callable);
  bool optimized = reinterpret_cast<PyCodeObject*>(func->func_code)->co_flags & CO_OPTIMIZED;
  return call_function(func, optimized ? nullptr : func->func_globals, args, PyVectorcall_NARGS(nargsf), kwnames)
      .release();
}

bool verify_function(PyFunctionObject* func) {
  if (!verify_before_first_run(reinterpret_cast<PyCodeObject*>(func->func_code))) return false;
  func->vectorcall = function_vectorcall;
  return true;
}
PyObject* first_vectorcall(PyObject* callable, PyObject* const* args, size_t nargsf, PyObject* kwnames) {
  if (!verify_function(reinterpret_cast<PyFunctionObject*>(callable))) return nullptr;
  return function_vectorcall(callable, args, nargsf, kwnames);
}

// -- the type --

static constexpr char function_doc[] =
    "function(code, globals, name=None, argdefs=None, closure=None)\n--\n\n"
    "Makes a function of a code object and the dict that its global names live in.\n\n"
    "name replaces the code's; argdefs is a tuple of defaults for the last parameters;\n"
    "closure is a tuple of cells, one for each free variable of the code.";
static Ref<> function_new(PyTypeObject*, Code& code, Dict& globals, PyObject* name, PyObject* defaults,
                          PyObject* closure) {
  if (name != Py_None && !PyUnicode_Check(name)) return raise(PyExc_TypeError, "arg 3 (name) must be None or string");
  if (defaults != Py_None && !PyTuple_Check(defaults))
    return raise(PyExc_TypeError, "arg 4 (defaults) must be None or tuple");
  Py_ssize_t nfree = code.co_nfreevars;
  if (!PyTuple_Check(closure)) {
    if (nfree && closure == Py_None) return raise(PyExc_TypeError, "arg 5 (closure) must be tuple");
    if (closure != Py_None) return raise(PyExc_TypeError, "arg 5 (closure) must be None or tuple");
  }
  Py_ssize_t ncells = closure == Py_None ? 0 : PyTuple_GET_SIZE(closure);
  if (ncells != nfree)
    return raise(PyExc_ValueError, "{} requires closure of length {}, not {}", as_str(code.co_name), nfree, ncells);
  for (Py_ssize_t i = 0; i < ncells; i++)
    if (!PyCell_Check(item(closure, i)))
      return raise(PyExc_TypeError, "arg 5 (closure) expected cell, found {}", type_name(item(closure, i)));
  Ref<> made = TRY(new_function(object(code), object(globals)));
  auto* f = reinterpret_cast<PyFunctionObject*>(made.get());
  if (name != Py_None) replace_field(f->func_name, share(name));
  if (defaults != Py_None) f->func_defaults = Py_NewRef(defaults);
  if (closure != Py_None) f->func_closure = Py_NewRef(closure);
  return made;
}

static int function_clear(PyObject* o) {
  auto* f = reinterpret_cast<PyFunctionObject*>(o);
  f->func_version = 0;
  clear_field(f->func_globals);
  clear_field(f->func_builtins);
  clear_field(f->func_module);
  clear_field(f->func_defaults);
  clear_field(f->func_kwdefaults);
  clear_field(f->func_doc);
  clear_field(f->func_dict);
  clear_field(f->func_closure);
  clear_field(f->func_annotations);
  // These cannot be part of a cycle alone, and a frame that still runs needs them.
  replace_field(f->func_name, share(empty_str()));
  replace_field(f->func_qualname, share(empty_str()));
  return 0;
}
static void function_dealloc(PyObject* o) {
  auto* f = reinterpret_cast<PyFunctionObject*>(o);
  gc_untrack(o);
  if (f->func_weakreflist) clear_weakrefs(o);
  function_clear(o);
  clear_field(f->func_code);
  clear_field(f->func_name);
  clear_field(f->func_qualname);
  free_collected(o, sizeof(PyFunctionObject));
}
static int function_traverse(PyObject* o, visitproc visit, void* arg) {
  auto* f = reinterpret_cast<PyFunctionObject*>(o);
  Py_VISIT(f->func_code);
  Py_VISIT(f->func_globals);
  Py_VISIT(f->func_builtins);
  Py_VISIT(f->func_module);
  Py_VISIT(f->func_defaults);
  Py_VISIT(f->func_kwdefaults);
  Py_VISIT(f->func_doc);
  Py_VISIT(f->func_name);
  Py_VISIT(f->func_dict);
  Py_VISIT(f->func_closure);
  Py_VISIT(f->func_annotations);
  Py_VISIT(f->func_qualname);
  return 0;
}
static Ref<> function_repr(PyObject* o) {
  return format_str("<function {} at 0x{}>", as_str(reinterpret_cast<PyFunctionObject*>(o)->func_qualname),
                    Hex(reinterpret_cast<uintptr_t>(o)));
}
static Ref<> function_get(PyObject* o, PyObject* instance, PyObject*) {
  if (!instance || instance == Py_None) return share(o);
  return new_method(o, instance);
}

}  // namespace taipan

using namespace taipan;
constinit PyTypeObject PyFunction_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "function",
    .tp_basicsize = sizeof(PyFunctionObject),
    .tp_dealloc = function_dealloc,
    .tp_vectorcall_offset = offsetof(PyFunctionObject, vectorcall),
    .tp_repr = slot<function_repr>,
    .tp_call = tp_call_by_vectorcall,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_VECTORCALL | Py_TPFLAGS_METHOD_DESCRIPTOR,
    .tp_doc = function_doc,
    .tp_traverse = function_traverse,
    .tp_clear = function_clear,
    .tp_weaklistoffset = offsetof(PyFunctionObject, func_weakreflist),
    .tp_members = function_members,
    .tp_getset = function_getset,
    .tp_descr_get = slot<function_get>,
    .tp_dictoffset = offsetof(PyFunctionObject, func_dict),
    .tp_new = constructor<function_doc, function_new>::tp_new,
};
