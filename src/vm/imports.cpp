// What import statements mean: __import__ is called, names are taken out of modules.
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/str.h"
#include "object/tuple.h"
#include "vm/semantics.h"
#include "vm/vm.h"

namespace taipan {

Ref<> import_name(Frame* f, PyObject* name, PyObject* fromlist, PyObject* level) {
  PyObject* import = TRY(dict_find(f->builtins, "__import__"_name));
  if (!import) return raise(PyExc_ImportError, "__import__ not found");
  Ref<> keep = share(import);
  PyObject* locals = f->locals ? f->locals : Py_None;
  return call(import, name, f->globals, locals, fromlist, level);
}

/// __file__ as ImportError shows it; empty: unknown.
static Ref<> module_file(PyObject* module) {
  PyObject* dict = PyModule_Check(module) ? *dict_slot(module) : nullptr;
  PyObject* file = dict && PyDict_Check(dict) ? dict_find_name(dict, "__file__"_name) : nullptr;
  return file && PyUnicode_Check(file) ? share(file) : Ref<>();
}

/// Is the module still being imported (its spec says `_initializing`)?
static bool is_initializing(PyObject* module) {
  auto spec = find_attr(module, "__spec__"_name);
  bool is = false;
  if (spec) {
    Ref<> found = spec.take();
    if (found) {
      auto flag = find_attr(found.get(), "_initializing"_name);
      if (flag) {
        Ref<> value = flag.take();
        auto truth = value ? is_true(value.get()) : Result<bool>(false);
        is = truth && *truth;
      }
    }
  }
  clear_error();
  return is;
}

static Raised raise_cannot_import(PyObject* module, PyObject* name, Ref<> module_name) {
  Ref<> shown = module_name ? module_name.copy() : new_str("<unknown module name>");
  if (!shown) return {};
  Ref<> file = module_file(module);
  if (file && is_initializing(module))
    raise(PyExc_ImportError,
          "cannot import name {} from partially initialized module {} (most likely due to a circular import) ({})",
          as_repr(name), as_repr(shown.get()), as_str(file.get()));
  else if (file)
    raise(PyExc_ImportError, "cannot import name {} from {} ({})", as_repr(name), as_repr(shown.get()),
          as_str(file.get()));
  else
    raise(PyExc_ImportError, "cannot import name {} from {} (unknown location)", as_repr(name), as_repr(shown.get()));
  if (!pending_matches(PyExc_ImportError)) return {};
  Ref<> error = take_error();
  if (is_instance_of(error.get(), reinterpret_cast<PyTypeObject*>(PyExc_ImportError))) {
    auto* e = reinterpret_cast<PyImportErrorObject*>(error.get());
    if (module_name) Py_XSETREF(e->name, module_name.release());
    if (file) Py_XSETREF(e->path, file.release());
  }
  return raise_instance(std::move(error));
}

Ref<> import_from(PyObject* module, PyObject* name) {
  Ref<> found = TRY(find_attr(module, name));
  if (found) return found;
  // A submodule that is being imported (circularly) is in sys.modules before it is an attribute.
  Ref<> module_name = TRY(find_attr(module, "__name__"_name));
  if (!module_name || !PyUnicode_Check(module_name.get())) return raise_cannot_import(module, name, {});
  Ref<> full = TRY(format_str("{}.{}", as_str(module_name.get()), as_str(name)));
  PyObject* modules = interpreter().modules;
  if (modules && PyDict_CheckExact(modules)) {
    PyObject* in_modules = TRY(dict_find(modules, full.get()));
    if (in_modules) return share(in_modules);
  } else if (modules) {
    Ref<> in_modules = get_item(modules, full.get());
    if (in_modules) return in_modules;
    clear_error();
  }
  return raise_cannot_import(module, name, std::move(module_name));
}

/// With __all__ every name in it counts; without, those in __dict__ that do not begin with an underscore.
static Status import_all(PyObject* locals, PyObject* module) {
  bool skip_private = false;
  Ref<> all = TRY(find_attr(module, "__all__"_name));
  if (!all) {
    Ref<> dict = TRY(find_attr(module, "__dict__"_name));
    if (!dict) return raise(PyExc_ImportError, "from-import-* object has no __dict__ and no __all__");
    all = TRY(mapping_keys(dict.get()));
    skip_private = true;
  }
  for (Py_ssize_t i = 0;; i++) {
    Ref<> name = sequence_item(all.get(), i);
    if (!name) return clear_error_if(PyExc_IndexError) ? Status() : Status(Raised{});
    if (!PyUnicode_Check(name.get())) {
      Ref<> module_name = TRY(get_attr(module, "__name__"_name));
      if (!PyUnicode_Check(module_name.get()))
        return raise(PyExc_TypeError, "module __name__ must be a string, not {}", type_name(module_name.get()));
      return raise(PyExc_TypeError, "{} in {}.{} must be str, not {}", skip_private ? "Key" : "Item",
                   as_str(module_name.get()), skip_private ? "__dict__" : "__all__", type_name(name.get()));
    }
    if (skip_private && str_length(name.get()) && char_at(name.get(), 0) == '_') continue;
    Ref<> value = TRY(get_attr(module, name.get()));
    if (PyDict_CheckExact(locals)) TRY(dict_set(locals, name.get(), value.get()));
    else TRY(set_item(locals, name.get(), value.get()));
  }
}

Status import_star(Frame* f, PyObject* module) {
  TRY(fast_to_locals(f));
  if (!f->locals) return raise(PyExc_SystemError, "no locals found during 'import *'");
  TRY(import_all(f->locals, module));
  locals_to_fast(f, false);
  return {};
}

}  // namespace taipan
