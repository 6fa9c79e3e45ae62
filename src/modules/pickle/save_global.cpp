// Saving what is found by its name: classes, functions, and what reduces to a name.
#include "modules/pickle/pickle.h"

#include "object/bytes.h"
#include "object/dict.h"
#include "object/int.h"
#include "object/list.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/thread.h"
#include "object/tuple.h"
#include "runtime/import.h"
#include "types/codecs.h"

namespace taipan::pickling {

Ref<> dotted_path(PyObject* o, PyObject* name) {
  Ref<List> parts = TRY(new_list());
  Py_ssize_t start = 0, n = str_length(name);
  for (Py_ssize_t i = 0; i <= n; i++) {
    if (i < n && char_at(name, i) != '.') continue;
    Ref<> part = TRY(intern(TRY(str_slice(name, start, i))));
    if (str_equal(part.get(), "<locals>")) {
      if (!o) return raise(PyExc_AttributeError, "Can't pickle local object {}", as_repr(name));
      return raise(PyExc_AttributeError, "Can't pickle local attribute {} on {}", as_repr(name), as_repr(o));
    }
    TRY(list_append(object(parts.get()), part.get()));
    start = i + 1;
  }
  return parts;
}
Result<Ref<>> follow_path(PyObject* o, PyObject* path, Ref<>* parent) {
  Ref<> at = share(o);
  for (Py_ssize_t i = 0; i < list_size(path); i++) {
    Ref<> found = TRY(find_attr(at.get(), list_item(path, i)));
    if (!found) return Ref<>();
    *parent = std::move(at);
    at = std::move(found);
  }
  return std::move(at);
}

namespace {

/// Is `global` found under that path in a module?
Result<bool> is_from_module(PyObject* name, PyObject* module, PyObject* global, PyObject* path) {
  if (module == Py_None || (PyUnicode_Check(name) && str_equal(name, "__main__"))) return false;
  Ref<> parent, found = TRY(follow_path(module, path, &parent));
  return found.get() == global;
}
/// The name of the module that an object says it is from, else of one that has it.
Ref<> module_name_of(PyObject* global, PyObject* path) {
  Ref<> own = TRY(find_attr(global, "__module__"_name));
  if (own && own.get() != Py_None) return own;
  PyObject* modules = interpreter().modules;
  if (!modules) return raise(PyExc_RuntimeError, "unable to get sys.modules");
  Ref<> items = TRY(mapping_items(modules));  // looking attributes up may import more
  for (Py_ssize_t i = 0; i < list_size(items.get()); i++) {
    PyObject* pair = list_item(items.get(), i);
    if (TRY(is_from_module(item(pair, 0), item(pair, 1), global, path))) return share(item(pair, 0));
  }
  return share("__main__"_name);
}

/// The code of the extension registry; 0: it is not there.
Result<int64_t> extension_code(PyObject* o, PyObject* module, PyObject* name) {
  Ref<> key = TRY(tuple_of({module, name}));
  PyObject* found = TRY(dict_find(library.extension_registry, key.get()));
  if (!found) return int64_t{0};
  if (!PyLong_Check(found))
    return raise(library.pickling_error, "Can't pickle {}: extension code {} isn't an integer", as_repr(o), as_repr(found));
  int64_t code;
  if (int_to_int64(found, &code) != 0 || code <= 0 || code > 0x7FFFFFFF)
    return raise(library.pickling_error, "Can't pickle {}: extension code {} is out of range", as_repr(o), as_repr(found));
  return code;
}
Status write_extension(Pickler& p, int64_t code) {
  size_t width = code <= 0xFF ? 1 : code <= 0xFFFF ? 2 : 4;
  char text[5] = {width == 1 ? EXT1 : width == 2 ? EXT2 : EXT4};
  memcpy(text + 1, &code, width);
  return write(p, text, static_cast<Py_ssize_t>(1 + width));
}

/// Replaces names of Python 3 by those that Python 2 had.
Status fix_names(Ref<>* module, Ref<>* name) {
  Ref<> key = TRY(tuple_of({module->get(), name->get()}));
  if (PyObject* pair = TRY(dict_find(library.names_3to2, key.get()))) {
    if (!PyTuple_Check(pair) || tuple_size(pair) != 2)
      return raise(PyExc_RuntimeError, "_compat_pickle.REVERSE_NAME_MAPPING values should be 2-tuples, not {}", type_name(pair));
    if (!PyUnicode_Check(item(pair, 0)) || !PyUnicode_Check(item(pair, 1)))
      return raise(PyExc_RuntimeError, "_compat_pickle.REVERSE_NAME_MAPPING values should be pairs of str, not ({}, {})",
                   type_name(item(pair, 0)), type_name(item(pair, 1)));
    *module = share(item(pair, 0));
    *name = share(item(pair, 1));
    return {};
  }
  if (PyObject* old = TRY(dict_find(library.modules_3to2, module->get()))) {
    if (!PyUnicode_Check(old))
      return raise(PyExc_RuntimeError, "_compat_pickle.REVERSE_IMPORT_MAPPING values should be strings, not {}", type_name(old));
    *module = share(old);
  }
  return {};
}
Status write_identifier(Pickler& p, PyObject* name, const char* what) {
  Ref<> encoded = p.protocol == 3 ? encode_utf8_text(name, nullptr) : encode_ascii(name, nullptr);
  if (!encoded) {
    if (!clear_error_if(PyExc_UnicodeEncodeError)) return Raised{};
    return raise(library.pickling_error, "can't pickle {} identifier '{}' using pickle protocol {}", what, as_str(name), p.protocol);
  }
  TRY(write(p, bytes_view(encoded.get())));
  return write(p, "\n");
}

struct Found {
  Ref<> module_name, parent, last_name;
  bool in_module;  // not in a class in it
};
/// Where the name leads, which must be to the object itself.
Status look_up(PyObject* o, PyObject* name, Found* out) {
  Ref<> path = TRY(dotted_path(nullptr, name));
  out->module_name = TRY(module_name_of(o, path.get()));
  Ref<> module = PyUnicode_Check(out->module_name.get()) ? import_module(out->module_name.get()) : Ref<>();
  if (!module) {
    clear_error();
    return raise(library.pickling_error, "Can't pickle {}: import of module {} failed", as_repr(o), as_repr(out->module_name.get()));
  }
  Result<Ref<>> found = follow_path(module.get(), path.get(), &out->parent);
  Ref<> there;
  if (found) there = found.take();
  else clear_error();
  if (!there)
    return raise(library.pickling_error, "Can't pickle {}: attribute lookup {} on {} failed", as_repr(o), as_str(name),
                 as_str(out->module_name.get()));
  if (there.get() != o)
    return raise(library.pickling_error, "Can't pickle {}: it's not the same object as {}.{}", as_repr(o),
                 as_str(out->module_name.get()), as_str(name));
  out->last_name = share(list_item(path.get(), list_size(path.get()) - 1));
  out->in_module = out->parent.get() == module.get();
  return {};
}

Status write_global(Pickler& p, const Found& found, Ref<> name) {
  if (found.in_module) name = found.last_name.copy();
  if (p.protocol >= 4) {
    TRY(save(p, found.module_name.get()));
    TRY(save(p, name.get()));
    return write(p, STACK_GLOBAL);
  }
  if (!found.in_module) {  // getattr(parent, name)
    Ref<> args = TRY(tuple_of({found.parent.get(), found.last_name.get()}));
    Ref<> reduced = TRY(tuple_of({library.getattr, args.get()}));
    return save_reduced(p, reduced.get(), nullptr);
  }
  Ref<> module = found.module_name.copy();
  TRY(write(p, GLOBAL));
  if (p.protocol < 3 && p.fix_imports) TRY(fix_names(&module, &name));
  TRY(write_identifier(p, module.get(), "module"));
  return write_identifier(p, name.get(), "global");
}

Ref<> own_name(PyObject* o) {
  Ref<> qualified = TRY(find_attr(o, "__qualname__"_name));
  return qualified ? std::move(qualified) : get_attr(o, "__name__"_name);
}

}  // namespace

Status save_global(Pickler& p, PyObject* o, PyObject* given) {
  Ref<> name = TRY(given ? share(given) : own_name(o));
  if (!PyUnicode_Check(name.get())) return raise(PyExc_TypeError, "must be str, not {}", type_name(name.get()));
  Found found;
  TRY(look_up(o, name.get(), &found));
  if (p.protocol >= 2) {
    int64_t code = TRY(extension_code(o, found.module_name.get(), name.get()));
    if (code) return write_extension(p, code);
  }
  TRY(write_global(p, found, name.copy()));
  return memo_put(p, o);
}

Status save_type(Pickler& p, PyObject* o) {
  // These three have names that lead nowhere: type(None) and its kin.
  PyObject* instance = o == object(Py_TYPE(Py_None))             ? Py_None
                       : o == object(Py_TYPE(Py_Ellipsis))       ? Py_Ellipsis
                       : o == object(Py_TYPE(Py_NotImplemented)) ? Py_NotImplemented
                                                                 : nullptr;
  if (!instance) return save_global(p, o);
  Ref<> args = TRY(tuple_of({instance})), reduced = TRY(tuple_of({object(&PyType_Type), args.get()}));
  return save_reduced(p, reduced.get(), o);
}

}  // namespace taipan::pickling
