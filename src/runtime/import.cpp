// The import statement's C++ half: absolute names, sys.modules, what the statement binds; the
// search is importlib's.
#include "runtime/import.h"

#include <cinttypes>
#include <cstdio>
#include <ctime>

#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/exceptions.h"
#include "object/hooks.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "runtime/audit.h"
#include "runtime/config.h"
#include "types/module.h"
#include "vm/frame.h"
#include "vm/vm.h"

namespace taipan {
namespace {

Py_ssize_t last_dot(PyObject* name, Py_ssize_t end) {
  for (Py_ssize_t i = end; i-- > 0;)
    if (char_at(name, i) == '.') return i;
  return -1;
}
Py_ssize_t first_dot(PyObject* name) {
  for (Py_ssize_t i = 0; i < str_length(name); i++)
    if (char_at(name, i) == '.') return i;
  return -1;
}

bool is_given(PyObject* o) { return o && o != Py_None; }

Raised no_parent() {
  return raise(PyExc_ImportError, "attempted relative import with no known parent package");
}

/// The package that relative names in a module with these globals start from.
Ref<> package_of(PyObject* globals) {
  PyObject* package = TRY(dict_find(globals, "__package__"_name));
  PyObject* spec = TRY(dict_find(globals, "__spec__"_name));
  Ref<> kept = package ? share(package) : Ref<>();
  Ref<> kept_spec = spec ? share(spec) : Ref<>();
  if (is_given(package)) {
    if (!PyUnicode_Check(package)) return raise(PyExc_TypeError, "package must be a string");
    if (is_given(spec)) {
      Ref<> parent = TRY(get_attr(spec, "parent"_name));
      if (!TRY(equal(package, parent.get())))
        TRY(warn(PyExc_ImportWarning, 1, "__package__ != __spec__.parent"));
    }
    return kept;
  }
  if (is_given(spec)) {
    Ref<> parent = TRY(get_attr(spec, "parent"_name));
    if (!PyUnicode_Check(parent.get()))
      return raise(PyExc_TypeError, "__spec__.parent must be a string");
    return parent;
  }
  TRY(warn(
      PyExc_ImportWarning, 1,
      "can't resolve package from __spec__ or __package__, falling back on __name__ and __path__"));
  PyObject* name = TRY(dict_find(globals, "__name__"_name));
  if (!name) return raise(PyExc_KeyError, "'__name__' not in globals");
  if (!PyUnicode_Check(name)) return raise(PyExc_TypeError, "__name__ must be a string");
  if (TRY(dict_find(globals, "__path__"_name))) return share(name);
  Py_ssize_t dot = last_dot(name, str_length(name));
  if (dot < 0) return no_parent();
  return str_slice(name, 0, dot);
}

Ref<> resolve_name(PyObject* name, PyObject* globals, int level) {
  if (!globals) return raise(PyExc_KeyError, "'__name__' not in globals");
  if (!PyDict_Check(globals)) return raise(PyExc_TypeError, "globals must be a dict");
  Ref<> package = TRY(package_of(globals));
  if (!str_length(package.get())) return no_parent();
  Py_ssize_t end = str_length(package.get());
  for (int i = 1; i < level; i++) {
    end = last_dot(package.get(), end);
    if (end < 0)
      return raise(PyExc_ImportError, "attempted relative import beyond top-level package");
  }
  Ref<> base = TRY(str_slice(package.get(), 0, end));
  if (!str_length(name)) return base;
  return format_str("{}.{}", as_str(base.get()), as_str(name));
}

/// Waits for a module that another thread is importing just now.
Status ensure_initialized(PyObject* module, PyObject* name) {
  Ref<> spec = TRY(find_attr(module, "__spec__"_name));
  if (!spec || !is_initializing(spec.get()) || !interpreter().importlib) return {};
  TRY(done(call_method(interpreter().importlib, "_lock_unlock_module"_name, name)));
  return {};
}

Status audit_import(PyObject* name) {
  if (!has_audit_hooks()) return {};
  auto get = [](PyObject* key) {
    PyObject* o = dict_find_name(interpreter().sysdict, key);
    return o ? o : Py_None;
  };
  return audit("import", {name, Py_None, get("path"_name), get("meta_path"_name), get("path_hooks"_name)});
}

int64_t microseconds() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return int64_t{t.tv_sec} * 1000000 + (t.tv_nsec + 500) / 1000;
}

/// -X importtime. The time of nested imports is not the module's own.
Ref<> load_and_measure(PyObject* importlib, PyObject* name) {
  static bool has_header = false;
  static int depth = 0;
  static int64_t nested = 0;
  if (!std::exchange(has_header, true)) fputs("import time: self [us] | cumulative | imported package\n", stderr);
  depth++;
  int64_t outer = std::exchange(nested, 0), start = microseconds();
  Ref<> module = call_method(importlib, "_find_and_load"_name, name, interpreter().import_func);
  int64_t total = microseconds() - start;
  depth--;
  fprintf(stderr, "import time: %9" PRId64 " | %10" PRId64 " | %*s%s\n", total - nested, total, depth * 2, "",
          utf8_or_question(name).data());
  nested = outer + total;
  return module;
}

Ref<> find_and_load(PyObject* name) {
  PyObject* importlib = interpreter().importlib;
  if (!importlib) return raise(PyExc_ImportError, "No module named {}", as_repr(name));
  TRY(audit_import(name));
  if (!config.import_time) return call_method(importlib, "_find_and_load"_name, name, interpreter().import_func);
  return load_and_measure(importlib, name);
}

/// Cuts importlib's own frames out of the traceback: all of them for an ImportError, else those
/// around the module's code.
void hide_importlib_frames() {
  if (config.verbose) return;
  PendingError e = PendingError::take();
  bool all =
      e.type && PyType_Check(e.type.get()) && exception_matches(e.type.get(), PyExc_ImportError);
  PyObject* top = e.traceback.release();
  PyObject** chunk_start = nullptr;
  PyObject** link = &top;
  bool inside = false;
  while (PyObject* o = *link) {
    auto* t = reinterpret_cast<PyTracebackObject*>(o);
    auto** next = reinterpret_cast<PyObject**>(&t->tb_next);
    PyCodeObject* code = reinterpret_cast<FrameObject*>(t->tb_frame)->f_frame->code;
    bool now_inside = str_equal(code->co_filename, "<frozen importlib._bootstrap>") ||
                      str_equal(code->co_filename, "<frozen importlib._bootstrap_external>");
    if (now_inside && !inside) chunk_start = link;
    inside = now_inside;
    if (inside && (all || str_equal(code->co_name, "_call_with_frames_removed"))) {
      PyObject* rest = Py_XNewRef(*next);
      PyObject* dropped = *chunk_start;
      *chunk_start = rest;
      Py_XDECREF(dropped);
      link = chunk_start;
    } else {
      link = next;
    }
  }
  e.traceback = adopt(top);
  // The exception itself may know its traceback already.
  if (e.value && is_exception(e.value.get()))
    replace_field(reinterpret_cast<Exception*>(e.value.get())->traceback, e.traceback ? e.traceback.copy() : Ref<>());
  std::move(e).restore();
}

Ref<> load_absolute(PyObject* name) {
  Ref<> module = TRY(imported_module(name));
  if (module && module.get() != Py_None) return module;
  return find_and_load(name);
}

/// What `import a.b.c` binds: a, or for relative names the first of the parts that were written.
Ref<> first_part(PyObject* name, PyObject* absolute, Ref<> module, int level) {
  Py_ssize_t dot = first_dot(name);
  if (dot < 0) return module;
  if (!level) {
    Ref<> front = TRY(str_slice(name, 0, dot));
    return import_level(front.get(), nullptr, nullptr, 0);
  }
  Ref<> front = TRY(str_slice(absolute, 0, str_length(absolute) - (str_length(name) - dot)));
  Ref<> found = TRY(imported_module(front.get()));
  if (!found)
    return raise(PyExc_KeyError, "{} not in sys.modules as expected", as_repr(front.get()));
  return found;
}

Ref<> import_checked(PyObject* name, PyObject* globals, PyObject* fromlist, int level) {
  Ref<> absolute = level ? TRY(resolve_name(name, globals, level)) : share(name);
  Ref<> module = TRY(load_absolute(absolute.get()));
  bool has_from = is_given(fromlist) && TRY(is_true(fromlist));
  if (!has_from) {
    if (level && !str_length(name)) return module;
    return first_part(name, absolute.get(), std::move(module), level);
  }
  Ref<> path = TRY(find_attr(module.get(), "__path__"_name));
  if (!path) return module;
  return call_method(interpreter().importlib, "_handle_fromlist"_name, module.get(), fromlist,
                     interpreter().import_func);
}

}  // namespace

Result<Ref<>> imported_module(PyObject* name) {
  PyObject* modules = interpreter().modules;
  if (!modules) return raise(PyExc_RuntimeError, "unable to get sys.modules");
  Ref<> module;
  if (PyDict_CheckExact(modules)) {
    if (PyObject* found = TRY(dict_find(modules, name))) module = share(found);
  } else {
    module = get_item(modules, name);
    if (!module && !clear_error_if(PyExc_KeyError)) return Raised{};
  }
  if (module && module.get() != Py_None) TRY(ensure_initialized(module.get(), name));
  return module;
}

Result<PyObject*> add_module(const char* name) {
  Ref<> key = TRY(new_interned(name));
  PyObject* modules = interpreter().modules;
  if (PyObject* found = TRY(dict_find(modules, key.get())); found && PyModule_Check(found))
    return found;
  Ref<> module = TRY(new_module(key.get()));
  TRY(dict_set(modules, key.get(), module.get()));
  return module.get();
}

Ref<> import_level(PyObject* name, PyObject* globals, PyObject* fromlist, int level) {
  if (!name) return raise(PyExc_ValueError, "Empty module name");
  if (!PyUnicode_Check(name)) return raise(PyExc_TypeError, "module name must be a string");
  if (level < 0) return raise(PyExc_ValueError, "level must be >= 0");
  if (!level && !str_length(name)) return raise(PyExc_ValueError, "Empty module name");
  Ref<> result = import_checked(name, globals, fromlist, level);
  if (!result) hide_importlib_frames();
  return result;
}

Ref<> import_module(PyObject* name) {
  // Through builtins.__import__, which a program may have replaced.
  PyObject* globals = hooks.current_globals ? hooks.current_globals() : nullptr;
  PyObject* builtins = globals ? hooks.current_builtins() : interpreter().builtins;
  PyObject* function = builtins ? dict_find_name(builtins, "__import__"_name) : nullptr;
  if (!function) function = interpreter().import_func;
  if (!function) return load_absolute(name);
  Ref<> kept = share(function);
  Ref<Dict> own = globals ? Ref<Dict>() : TRY(new_dict());
  PyObject* scope = globals ? globals : object(own.get());
  Ref<List> fromlist = TRY(new_list());
  Ref<> top = TRY(call(function, name, scope, scope, object(fromlist.get()), object(small_int(0))));
  Ref<> module = TRY(imported_module(name));
  if (!module) return raise_key_error(name);
  return module;
}

Ref<> import_module(std::string_view name) {
  Ref<> text = TRY(new_interned(name));
  return import_module(text.get());
}

Ref<> import_attribute(const char* module, const char* name) {
  Ref<> m = TRY(import_module(module));
  Ref<> key = TRY(new_interned(name));
  return get_attr(m.get(), key.get());
}

// -- built-in modules -----------------------------------------------------------------------

std::span<const BuiltinModule> builtin_modules;

const BuiltinModule* find_builtin_module(std::string_view name) {
  for (const BuiltinModule& row : builtin_modules)
    if (name == row.name) return &row;
  return nullptr;
}

Ref<> create_builtin_module(const BuiltinModule& row, PyObject* spec) {
  Ref<> name = TRY(new_interned(row.name));
  if (!row.initfunc) {  // builtins and sys are there from the start
    Ref<> module = TRY(imported_module(name.get()));
    if (module) return module;
    return raise(PyExc_ImportError, "cannot load {}", row.name);
  }
  PyObject* result = row.initfunc();
  if (!result) {
    if (!pending_error())
      return raise(PyExc_SystemError, "initialization of {} failed without raising an exception",
                   row.name);
    return {};
  }
  if (Py_IS_TYPE(result, &PyModuleDef_Type))  // a definition is static and not ours; a module is
    return module_from_def_and_spec(reinterpret_cast<PyModuleDef*>(result), spec);
  Ref<> made = adopt(result);
  TRY(dict_set(interpreter().modules, name.get(), made.get()));
  return made;
}

// -- start ----------------------------------------------------------------------------------

/// Makes a module from frozen code without any importer.
static Ref<> run_frozen(const char* name, const char* origin) {
  const FrozenModule* row = find_frozen_module(name);
  Ref<> code = TRY(frozen_code(*row));
  PyObject* module = TRY(add_module(name));
  Ref<> kept = share(module);
  PyObject* dict = module_dict(module);
  TRY(dict_set(dict, "__builtins__"_name, interpreter().builtins));
  Ref<> original = TRY(new_str(origin));  // importlib asks for it
  TRY(dict_set(dict, "__origname__"_name, original.get()));
  TRY(done(eval_code(*reinterpret_cast<Code*>(code.get()), dict)));
  return kept;
}

Ref<> new_early_spec(const char* class_name, const char* module_name) {
  Ref<> name = TRY(new_str(class_name));
  Ref<> module = TRY(new_str(module_name));
  Ref<Dict> dict = TRY(new_dict());
  TRY(dict_set(object(dict.get()), "name"_name, module.get()));
  return call(object(&PyType_Type), name.get(), empty_tuple(), dict.get());
}

Status start_import() {
  PyObject* modules = interpreter().modules;
  Ref<> importlib = TRY(run_frozen("_frozen_importlib", "importlib._bootstrap"));
  interpreter().importlib = Py_NewRef(importlib.get());
  Ref<> spec = TRY(new_early_spec("ImpSpec", "_imp"));
  Ref<> imp = TRY(create_builtin_module(*find_builtin_module("_imp"), spec.get()));
  if (auto* def = reinterpret_cast<Module*>(imp.get())->def) TRY(exec_module(imp.get(), def));
  TRY(dict_set(modules, "_imp"_name, imp.get()));
  PyObject* sys = TRY(dict_find(modules, "sys"_name));
  TRY(done(call_method(importlib.get(), "_install"_name, sys, imp.get())));
  TRY(done(call_method(importlib.get(), "_install_external_importers"_name)));
  // Archives on sys.path are looked into first.
  Ref<> zipimporter = import_attribute("zipimport", "zipimporter");
  if (!zipimporter) {
    clear_error();
    return {};
  }
  PyObject* path_hooks = TRY(dict_find(interpreter().sysdict, "path_hooks"_name));
  if (!path_hooks || !PyList_Check(path_hooks)) return raise(PyExc_RuntimeError, "unable to get sys.path_hooks");
  return done(call_method(path_hooks, "insert"_name, object(small_int(0)), zipimporter.get()));
}

}  // namespace taipan
