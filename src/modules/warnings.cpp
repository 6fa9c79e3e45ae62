// Module _warnings: what the library's warnings.py is built on.
#include "runtime/warnings.h"
#include "modules/modules.h"
#include "object/bind.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/str.h"
#include "types/module.h"

namespace taipan {
namespace {

constexpr char warn_doc[] =
    "warn($module, /, message, category=None, stacklevel=1, source=None)\n--\n\n"
    "Gives a warning, or ignores it, or raises it, as the filters say.";
Status warn(PyObject*, PyObject* message, PyObject* category, Py_ssize_t stacklevel,
            PyObject* source) {
  Ref<> type = TRY(warning_category(message, category));
  return warn_message(type.get(), message, stacklevel, source == Py_None ? nullptr : source);
}

constexpr char warn_explicit_doc[] =
    "warn_explicit($module, /, message, category, filename, lineno,\n"
    "              module=<unrepresentable>, registry=None,\n"
    "              module_globals=None, source=None)\n--\n\n"
    "Gives a warning about a place that is told, instead of a caller's.";

/// The line of a module that its loader keeps (in a zip archive, say); empty inside: not to be had.
Result<Ref<>> loader_line(PyObject* globals, int line) {
  PyObject* loader = TRY(dict_find(globals, "__loader__"_name));
  PyObject* name = TRY(dict_find(globals, "__name__"_name));
  if (!loader || !name) return Ref<>();
  Ref<> kept = share(loader), kept_name = share(name);
  Ref<> get_source = TRY(find_attr(loader, "get_source"_name));
  if (!get_source) return Ref<>();
  Ref<> source = TRY(call(get_source.get(), name));
  if (source.get() == Py_None) return Ref<>();
  Ref<> lines = TRY(call_method(source.get(), "splitlines"_name));
  if (!PyList_Check(lines.get()) || line < 1 || line > Py_SIZE(lines.get())) return Ref<>();
  return share(PyList_GET_ITEM(lines.get(), line - 1));
}

Status warn_explicitly(PyObject*, PyObject* message, PyObject* category, Str& filename, int lineno,
                       PyObject* module, PyObject* registry, PyObject* module_globals,
                       PyObject* source) {
  Ref<> line_text;
  if (module_globals != Py_None) {
    if (!PyDict_Check(module_globals))
      return raise(PyExc_TypeError, "module_globals must be a dict, not '{}'",
                   clip(type_name(module_globals), 200));
    line_text = TRY(loader_line(module_globals, lineno));
  }
  return warn_explicit(category, message, object(filename), lineno, module, registry,
                       line_text.get(), source == Py_None ? nullptr : source);
}

constexpr char mutated_doc[] =
    "_filters_mutated($module, /)\n--\n\nTells that the filters have changed.";
Status filters_mutated(PyObject*) {
  WarningState* state = TRY(warning_state());
  state->version++;
  return {};
}

int exec(PyObject* module) {
  auto state = warning_state();
  if (!state) return -1;
  Status s = add_to_module(module, "filters", (*state)->filters);
  if (s) s = add_to_module(module, "_onceregistry", (*state)->once_registry);
  if (s) s = add_to_module(module, "_defaultaction", (*state)->default_action);
  return s.to_c();
}

constinit PyMethodDef methods[] = {method<warn_doc, warn>,
                                   method<warn_explicit_doc, warn_explicitly>,
                                   method<mutated_doc, filters_mutated>,
                                   {}};
PyModuleDef_Slot slots[] = {{Py_mod_exec, reinterpret_cast<void*>(exec)}, {}};
constexpr char doc[] = "The part of warnings that is needed before modules can be imported.";
PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "_warnings", doc, 0, methods, slots, nullptr, nullptr, nullptr};

}  // namespace
}  // namespace taipan

PyObject* init_warnings() { return taipan::init_module_def(&taipan::definition); }
