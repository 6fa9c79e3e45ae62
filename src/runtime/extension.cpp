// Loading extension modules. A single-phase module that is imported again (under another name, or
// after having been removed from sys.modules) is made from its definition or a copy of its dict,
// not initialised twice.
#include "runtime/extension.h"

#include <dlfcn.h>

#include "base/vector.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "runtime/audit.h"
#include "runtime/fs_text.h"
#include "runtime/gil.h"
#include "runtime/import.h"
#include "types/module.h"

namespace taipan {

int extension_dlopen_flags = RTLD_NOW;

namespace {

using InitFunction = PyObject* (*)();

Raised raise_load_error(const char* text, PyObject* name, PyObject* path) {
  Ref<> message = TRY(new_str_with_surrogates(text));
  Ref<Tuple> names = TRY(new_tuple(2));
  names->ob_item[0] = Py_NewRef("name"_name);
  names->ob_item[1] = Py_NewRef("path"_name);
  PyObject* items[] = {message.get(), name, path};
  Ref<> error = TRY(vectorcall(PyExc_ImportError, items, 1, object(names.get())));
  return raise_value(PyExc_ImportError, error.get());
}

/// PyInit_NAME, or PyInitU_ and punycode for names beyond ASCII.
Ref<> init_name(PyObject* short_name) {
  if (is_ascii(short_name)) return format_str("PyInit_{}", as_str(short_name));
  Ref<> encoded = TRY(call_method(short_name, "encode"_name, "punycode"_name));
  Ref<> text = TRY(call_method(encoded.get(), "decode"_name, "ascii"_name));
  Ref<> fixed = TRY(call_method(text.get(), "replace"_name, "-"_name, "_"_name));
  return format_str("PyInitU_{}", as_str(fixed.get()));
}

/// Modules of one phase that have been initialised, by (file, name): their definitions' addresses
/// as ints are not needed, the dict copy is.
PyObject* loaded = nullptr;

Result<Ref<>> find_loaded(PyObject* key) {
  if (!loaded) loaded = object(TRY(new_dict()).release());
  PyObject* found = TRY(dict_find(loaded, key));
  return found ? share(found) : Ref<>();
}

/// Remembered as (module, its dict's copy).
Status remember(PyObject* key, PyObject* module) {
  Ref<Dict> copy = TRY(dict_copy(module_dict(module)));
  Ref<> pair = TRY(tuple_of({module, object(copy.get())}));
  return dict_set(loaded, key, pair.get());
}

Ref<> make_again(PyObject* remembered, PyObject* name, InitFunction init) {
  PyObject* first = item(remembered, 0);
  PyModuleDef* def = reinterpret_cast<Module*>(first)->def;
  if (def && def->m_size >= 0) {
    Ref<> module = TRY(adopt(init()));
    TRY(register_module(module.get(), def));
    return module;
  }
  PyObject* modules = interpreter().modules;
  if (PyObject* present = TRY(dict_find(modules, name)); present && PyModule_Check(present))
    return share(present);
  Ref<> module = TRY(new_module(name));
  TRY(dict_merge(module_dict(module.get()), item(remembered, 1), 1));
  reinterpret_cast<Module*>(module.get())->def = def;
  return module;
}

}  // namespace

Ref<> load_extension(PyObject* spec) {
  Ref<> name = TRY(get_attr(spec, "name"_name));
  if (!PyUnicode_Check(name.get())) return raise(PyExc_TypeError, "spec.name must be a string");
  Ref<> path = TRY(get_attr(spec, "origin"_name));
  TRY(audit("import", {name.get(), path.get(), Py_None, Py_None, Py_None}));
  Ref<> file = TRY(path_bytes(path.get()));
  Py_ssize_t n = str_length(name.get()), dot = n;
  while (dot > 0 && char_at(name.get(), dot - 1) != '.') dot--;
  Ref<> short_name = TRY(str_slice(name.get(), dot, n));
  Ref<> symbol = TRY(init_name(short_name.get()));
  Ref<> key = TRY(tuple_of({path.get(), name.get()}));
  Ref<> remembered = TRY(find_loaded(key.get()));

  void* library;
  {
    WithoutGil unlocked;
    library = dlopen(bytes_data(file.get()), extension_dlopen_flags);
  }
  if (!library) {
    const char* why = dlerror();
    return raise_load_error(why ? why : "unknown dlopen() error", name.get(), path.get());
  }
  auto init = reinterpret_cast<InitFunction>(dlsym(library, utf8_or_question(symbol.get()).data()));
  if (!init) {
    Ref<> text = TRY(format_str("dynamic module does not define module export function ({})",
                                as_str(symbol.get())));
    return raise_load_error(utf8_or_question(text.get()).data(), name.get(), path.get());
  }
  std::string_view shown = TRY(to_utf8(name.get()));
  if (remembered) return make_again(remembered.get(), name.get(), init);

  const char* outer = std::exchange(package_context, shown.data());
  Ref<> module = adopt(init());
  package_context = outer;
  if (!module) {
    if (!pending_error())
      return raise(PyExc_SystemError, "initialization of {} failed without raising an exception",
                   as_str(short_name.get()));
    return {};
  }
  if (pending_error()) {
    (void)module.release();  // it may be a static definition, which nobody may let go of
    return raise(PyExc_SystemError, "initialization of {} raised unreported exception",
                 as_str(short_name.get()));
  }
  if (!Py_TYPE(module.get())) {
    (void)module.release();  // a definition that was never made an object: nobody can let go of it
    return raise(PyExc_SystemError, "init function of {} returned uninitialized object",
                 as_str(short_name.get()));
  }
  if (Py_IS_TYPE(module.get(), &PyModuleDef_Type))
    return module_from_def_and_spec(reinterpret_cast<PyModuleDef*>(module.release()), spec);
  if (!PyModule_Check(module.get()))
    return raise(PyExc_SystemError, "initialization of {} did not return an extension module",
                 as_str(short_name.get()));
  TRY(dict_set(module_dict(module.get()), "__file__"_name, path.get()));
  TRY(remember(key.get(), module.get()));
  if (PyModuleDef* def = reinterpret_cast<Module*>(module.get())->def) TRY(register_module(module.get(), def));
  return module;
}

}  // namespace taipan
