// The module `sys`.
#include "modules/sys.h"

#include "modules/modules.h"
#include "object/dict.h"
#include "object/str.h"
#include "types/module.h"

namespace taipan::sys {

static constexpr char doc[] = "This module tells what the interpreter knows about itself and lets programs change it.";
static constinit PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "sys", doc, -1, nullptr, nullptr, nullptr, nullptr, nullptr};

static Status fill(PyObject* m) {
  for (PyMethodDef* rows : {state_functions, hook_functions}) TRY(add_functions(m, rows));
  // The originals stay reachable when a program replaces a hook.
  for (const char* name : {"displayhook", "excepthook", "breakpointhook", "unraisablehook"}) {
    Ref<> key = TRY(new_interned(name));
    Ref<> original = TRY(format_str("__{}__", name));
    TRY(dict_set(module_dict(m), original.get(), TRY(dict_find(module_dict(m), key.get()))));
  }
  return add_information(m);
}

}  // namespace taipan::sys

PyObject* init_sys() {
  using namespace taipan;
  Ref<> module = module_from_def(&sys::definition);
  if (!module || !sys::fill(module.get())) return nullptr;
  return module.release();
}
