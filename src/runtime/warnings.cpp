// The machinery of warnings. If the library's module `warnings` is imported, its filters and its
// way of showing count; before that, our own.
#include "runtime/warnings.h"

#include "base/format.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/exceptions.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "runtime/import.h"
#include "runtime/lifecycle.h"
#include "runtime/traceback_print.h"
#include "vm/frame.h"
#include "vm/vm.h"

namespace taipan {
namespace {

WarningState state{};

Ref<> make_filter(PyObject* category, PyObject* action, PyObject* module) {
  return tuple_of({action, Py_None, category, module, object(small_int(0))});
}

Status fill_state() {
  Ref<List> filters = TRY(new_list());
  auto add = [&](PyObject* category, PyObject* action, PyObject* module) -> Status {
    Ref<> row = TRY(make_filter(category, action, module));
    return list_append(object(filters.get()), row.get());
  };
  TRY(add(PyExc_DeprecationWarning, "default"_name, "__main__"_name));
  for (PyObject* category : {PyExc_DeprecationWarning, PyExc_PendingDeprecationWarning,
                             PyExc_ImportWarning, PyExc_ResourceWarning})
    TRY(add(category, "ignore"_name, Py_None));
  Ref<Dict> once = TRY(new_dict());
  state.filters = object(filters.release());
  state.once_registry = object(once.release());
  state.default_action = Py_NewRef("default"_name);
  return {};
}

/// An attribute of the module `warnings`, if that is imported (or, with `import`, can be); empty
/// inside: not.
Result<Ref<>> warnings_attribute(PyObject* name, bool import) {
  PyObject* modules = interpreter().modules;
  Ref<> module;
  if (import) {
    if (interpreter().finalizing) return Ref<>();
    module = import_module("warnings");
    if (!module && !clear_error_if(PyExc_ImportError)) return Raised{};
  } else if (modules && PyDict_Check(modules)) {
    if (PyObject* found = TRY(dict_find(modules, "warnings"_name))) module = share(found);
  }
  if (!module || module.get() == Py_None) return Ref<>();
  return find_attr(module.get(), name);
}

Result<bool> filter_matches(PyObject* pattern, PyObject* text) {
  if (pattern == Py_None) return true;
  if (PyUnicode_CheckExact(pattern)) return PyUnicode_Check(text) && str_equal(pattern, text);
  Ref<> match = TRY(call_method(pattern, "match"_name, text));
  return is_true(match.get());
}

/// The action of the first filter that fits.
Ref<> choose_action(PyObject* category, PyObject* text, int line, PyObject* module, Ref<>& row) {
  Ref<> filters = TRY(warnings_attribute("filters"_name, false));
  if (!filters) filters = share(state.filters);
  if (!PyList_Check(filters.get()))
    return raise(PyExc_ValueError, "_warnings.filters must be a list");
  for (Py_ssize_t i = 0; i < Py_SIZE(filters.get()); i++) {  // a match may change the list
    row = share(PyList_GET_ITEM(filters.get(), i));
    if (!PyTuple_Check(row.get()) || tuple_size(row.get()) != 5)
      return raise(PyExc_ValueError, "_warnings.filters item {} isn't a 5-tuple", i);
    PyObject* action = item(row.get(), 0);
    if (!PyUnicode_Check(action))
      return raise(PyExc_TypeError, "action must be a string, not '{}'", type_name(action));
    Py_ssize_t wanted_line = TRY(to_ssize(item(row.get(), 4), PyExc_OverflowError));
    if (!TRY(filter_matches(item(row.get(), 1), text)) ||
        !TRY(is_subclass(category, item(row.get(), 2))) ||
        !TRY(filter_matches(item(row.get(), 3), module)) || (wanted_line && wanted_line != line))
      continue;
    return share(action);
  }
  row = none();
  Ref<> action = TRY(warnings_attribute("defaultaction"_name, false));
  if (!action) return share(state.default_action);
  if (!PyUnicode_Check(action.get()))
    return raise(PyExc_TypeError, "_warnings.defaultaction must be a string, not '{}'",
                 type_name(action.get()));
  return action;
}

/// Has this key been warned about? With `note` it has from now on.
Result<bool> already_warned(PyObject* registry, PyObject* key, bool note) {
  PyObject* version = TRY(dict_find(registry, "version"_name));
  int64_t value = -1;
  if (!version || !PyLong_CheckExact(version) || int_to_int64(version, &value) ||
      value != state.version) {
    dict_clear(registry);
    Ref<> now = TRY(new_int(state.version));
    TRY(dict_set(registry, "version"_name, now.get()));
  } else if (PyObject* found = TRY(dict_find(registry, key))) {
    if (TRY(is_true(found))) return true;
  }
  if (note) TRY(dict_set(registry, key, Py_True));
  return false;
}

Result<bool> note_text(PyObject* registry, PyObject* text, PyObject* category) {
  Ref<> key = TRY(tuple_of({text, category}));
  return already_warned(registry, key.get(), true);
}

void print_warning(PyObject* filename, int line, PyObject* text, PyObject* category,
                   PyObject* line_text) {
  TextBuffer out;
  Ref<> name = get_attr(category, "__name__"_name);
  if (!name) return clear_error();
  format(out, "{}:{}: {}: {}\n", as_str(filename), line, as_str(name.get()), as_str(text));
  Ref<> source =
      line_text && PyUnicode_Check(line_text) ? share(line_text) : source_line(filename, line);
  if (source) {
    Py_ssize_t n = str_length(source.get()), blank = 0;
    while (blank < n &&
           (char_at(source.get(), blank) == ' ' || char_at(source.get(), blank) == '\t' ||
            char_at(source.get(), blank) == '\f'))
      blank++;
    Ref<> stripped = str_slice(source.get(), blank, n);
    if (stripped) format(out, "  {}\n", as_str(stripped.get()));
  }
  clear_error();
  write_stderr(out.view());
}

Status show(PyObject* category, PyObject* text, PyObject* message, PyObject* filename, int line,
            PyObject* line_text, PyObject* source) {
  // With a source the module is imported: it can tell where the object was made.
  Ref<> function = TRY(warnings_attribute("_showwarnmsg"_name, source != nullptr));
  if (!function) {
    print_warning(filename, line, text, category, line_text);
    return {};
  }
  if (!is_callable(function.get()))
    return raise(PyExc_TypeError, "warnings._showwarnmsg() must be set to a callable");
  Ref<> type = TRY(warnings_attribute("WarningMessage"_name, false));
  if (!type) return raise(PyExc_RuntimeError, "unable to get warnings.WarningMessage");
  Ref<> number = TRY(new_int(line));
  Ref<> shown = TRY(call(type.get(), message, category, filename, number.get(), Py_None, Py_None,
                         source ? source : Py_None));
  return done(call(function.get(), shown.get()));
}

/// A module's name from its file's.
Ref<> module_from_filename(PyObject* filename) {
  Py_ssize_t n = str_length(filename);
  if (!n) return share("<unknown>"_name);
  bool is_source = n >= 3 && char_at(filename, n - 3) == '.' && char_at(filename, n - 2) == 'p' &&
                   char_at(filename, n - 1) == 'y';
  return is_source ? str_slice(filename, 0, n - 3) : share(filename);
}

bool is_internal(Frame* f) {
  if (!f) return false;
  std::string_view name = utf8_or_question(f->code->co_filename);
  return name.find("importlib") != name.npos && name.find("_bootstrap") != name.npos;
}

struct Place {
  Ref<> filename, module, registry;
  int line = 1;
};

/// Where the code stands that the warning is about: `level` calls up, importlib's frames not
/// counted.
Result<Place> find_place(Py_ssize_t level) {
  Frame* f = current_frame(current_thread());
  auto outer = [](Frame* x) { return first_complete(x->previous); };
  if (level <= 0 || is_internal(f)) {
    while (--level > 0 && f) f = outer(f);
  } else {
    while (--level > 0 && f) {
      do f = outer(f);
      while (f && is_internal(f));
    }
  }
  Place p;
  PyObject* globals = interpreter().sysdict;
  if (f) {
    globals = f->globals;
    p.filename = share(f->code->co_filename);
    p.line = frame_line(f);
  } else {
    p.filename = share("sys"_name);
  }
  PyObject* registry = TRY(dict_find(globals, "__warningregistry__"_name));
  if (registry && PyDict_Check(registry)) {
    p.registry = share(registry);
  } else {
    p.registry = TRY(new_dict());
    TRY(dict_set(globals, "__warningregistry__"_name, p.registry.get()));
  }
  PyObject* module = TRY(dict_find(globals, "__name__"_name));
  p.module = module && (module == Py_None || PyUnicode_Check(module)) ? share(module)
                                                                      : share("<string>"_name);
  return p;
}

}  // namespace

Result<WarningState*> warning_state() {
  if (!state.filters) TRY(fill_state());
  return &state;
}

void drop_warning_state() {
  clear_field(state.filters);
  clear_field(state.once_registry);
  clear_field(state.default_action);
}

Ref<> warning_category(PyObject* message, PyObject* category) {
  PyObject* chosen = category;
  if (exception_matches(message, PyExc_Warning) && is_exception(message))
    chosen = object(Py_TYPE(message));
  else if (!category || category == Py_None)
    chosen = PyExc_UserWarning;
  if (PyType_Check(chosen) && is_subtype(reinterpret_cast<PyTypeObject*>(chosen),
                                         reinterpret_cast<PyTypeObject*>(PyExc_Warning)))
    return share(chosen);
  return raise(PyExc_TypeError, "category must be a Warning subclass, not '{}'", type_name(chosen));
}

Status warn_explicit(PyObject* category, PyObject* given, PyObject* filename, int line,
                     PyObject* given_module, PyObject* registry, PyObject* line_text,
                     PyObject* source) {
  TRY(warning_state());
  if (given_module == Py_None) return {};
  if (registry == Py_None) registry = nullptr;
  if (registry && !PyDict_Check(registry))
    return raise(PyExc_TypeError, "'registry' must be a dict or None");
  Ref<> module = given_module ? share(given_module) : TRY(module_from_filename(filename));
  Ref<> text, message, type;
  if (TRY(is_instance(given, PyExc_Warning))) {
    text = TRY(to_str(given));
    message = share(given);
    type = share(object(Py_TYPE(given)));
  } else {
    text = share(given);
    message = TRY(call(category, given));
    type = share(category);
  }
  Ref<> number = TRY(new_int(line));
  Ref<> key = TRY(tuple_of({text.get(), type.get(), number.get()}));
  if (registry && TRY(already_warned(registry, key.get(), false))) return {};
  Ref<> row;
  Ref<> action = TRY(choose_action(type.get(), text.get(), line, module.get(), row));
  auto is = [&](const char* name) { return str_equal(action.get(), name); };
  if (is("error")) return raise_value(type.get(), message.get());
  if (is("ignore")) return {};
  if (!is("always")) {
    if (registry) TRY(dict_set(registry, key.get(), Py_True));
    bool seen = false;
    if (is("once")) {
      Ref<> once = TRY(warnings_attribute("onceregistry"_name, false));
      if (!once) once = share(state.once_registry);
      if (!PyDict_Check(once.get()))
        return raise(PyExc_TypeError, "_warnings.onceregistry must be a dict, not '{}'", clip(type_name(once.get()), 200));
      seen = TRY(note_text(registry ? registry : once.get(), text.get(), type.get()));
    } else if (is("module")) {
      if (registry) seen = TRY(note_text(registry, text.get(), type.get()));
    } else if (!is("default")) {
      return raise(PyExc_RuntimeError, "Unrecognized action ({}) in warnings.filters:\n {}",
                   as_repr(action.get()), as_repr(row.get()));
    }
    if (seen) return {};
  }
  return show(type.get(), text.get(), message.get(), filename, line, line_text, source);
}

Status warn_message(PyObject* category, PyObject* message, Py_ssize_t level, PyObject* source) {
  Place p = TRY(find_place(level));
  return warn_explicit(category, message, p.filename.get(), p.line, p.module.get(),
                       p.registry.get(), nullptr, source);
}

Status warn_at_level(PyObject* category, PyObject* text, int level) {
  if (!interpreter().sysdict) return {};
  return warn_message(category ? category : PyExc_RuntimeWarning, text, level, nullptr);
}

}  // namespace taipan
