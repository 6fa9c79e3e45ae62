#pragma once
// What this floor needs of higher ones: filled at start by whoever implements it (runtime/ or vm/), null before.
#include <Python.h>

#include "object/ref.h"

namespace taipan {

struct Hooks {
  /// Imports a module by its dotted name, as `import name` inside C code does; the module itself.
  Ref<> (*import_module)(const char* name) = nullptr;
  /// warnings.warn with a category (borrowed), text and stack level.
  Status (*warn)(PyObject* category, PyObject* text, int stack_level) = nullptr;
  /// warnings.warn_explicit without module and registry.
  Status (*warn_explicit)(PyObject* category, PyObject* text, PyObject* filename, int line) = nullptr;
  /// The globals, builtins of the running frame, borrowed; null if no Python code runs.
  PyObject* (*current_globals)() = nullptr;
  PyObject* (*current_builtins)() = nullptr;
  /// locals() of the running frame, borrowed; null: none, or an exception is pending.
  PyObject* (*current_locals)() = nullptr;
  /// Prints "Exception ignored in …" for the pending exception (sys.unraisablehook).
  void (*unraisable)(PyObject* where) = nullptr;
  /// Handles what interpreter().pending says (signals, GIL requests, pending calls, collection).
  Status (*handle_pending)(PyThreadState* ts) = nullptr;
  /// What super() without arguments needs: the running function's first argument and its __class__ cell's content (both borrowed).
  Status (*super_arguments)(PyObject** self, PyObject** type) = nullptr;
  /// Instances of types that live above; the functions of object/protocol.h with these names call them.
  Ref<> (*new_static_method)(PyObject* callable) = nullptr;
  Ref<> (*new_class_method)(PyObject* callable) = nullptr;
  Ref<> (*new_mapping_proxy)(PyObject* mapping) = nullptr;
  Ref<> (*new_union)(PyObject* a, PyObject* b) = nullptr;
  Ref<> (*new_generic_alias)(PyObject* origin, PyObject* args) = nullptr;
  Ref<> (*new_sequence_iterator)(PyObject* sequence) = nullptr;

  /// What a module's tp_getattro finds; absent: empty inside, without the AttributeError.
  Result<Ref<>> (*find_in_module)(PyObject* module, PyObject* name) = nullptr;
};
extern Hooks hooks;

}  // namespace taipan
