// The instructions that fill containers, find classes, and make and fill instances.
#include "modules/pickle/pickle.h"

#include "object/bytes.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/int.h"
#include "object/list.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "runtime/audit.h"
#include "runtime/import.h"
#include "types/codecs.h"
#include "types/set.h"

namespace taipan::pickling {

// -- containers --

Status load_append(Unpickler& u, Py_ssize_t from) {
  if (from > height(u) || from <= fence(u)) return raise_underflow(u);
  if (from == height(u)) return {};
  Ref<> list = share(u.stack[static_cast<size_t>(from - 1)]);
  if (PyList_CheckExact(list.get())) {
    for (size_t i = static_cast<size_t>(from); i < u.stack.size(); i++) TRY(list_append(list.get(), u.stack[i]));
    drop_to(u, from);
    return {};
  }
  Ref<> items = TRY(pop_list(u, from));
  Ref<> extend = TRY(find_attr(list.get(), "extend"_name));
  if (extend) return done(call(extend.get(), items.get()));
  Ref<> append = TRY(get_attr(list.get(), "append"_name));
  for (Py_ssize_t i = 0; i < list_size(items.get()); i++) TRY(done(call(append.get(), list_item(items.get(), i))));
  return {};
}
Status load_setitems(Unpickler& u, Py_ssize_t from) {
  if (from > height(u) || from <= fence(u)) return raise_underflow(u);
  if (from == height(u)) return {};
  if ((height(u) - from) % 2 != 0) return raise(library.unpickling_error, "odd number of items for SETITEMS");
  Ref<> dict = share(u.stack[static_cast<size_t>(from - 1)]), items = TRY(pop_list(u, from));
  bool exact = PyDict_CheckExact(dict.get());
  for (Py_ssize_t i = 0; i + 1 < list_size(items.get()); i += 2) {
    PyObject *key = list_item(items.get(), i), *value = list_item(items.get(), i + 1);
    TRY(exact ? dict_set(dict.get(), key, value) : set_item(dict.get(), key, value));
  }
  return {};
}
Status load_additems(Unpickler& u) {
  Py_ssize_t from = TRY(pop_mark(u));
  if (from > height(u) || from <= fence(u)) return raise_underflow(u);
  if (from == height(u)) return {};
  Ref<> set = share(u.stack[static_cast<size_t>(from - 1)]), items = TRY(pop_list(u, from));
  if (PySet_Check(set.get())) return set_update(set.get(), items.get());
  Ref<> add = TRY(get_attr(set.get(), "add"_name));
  for (Py_ssize_t i = 0; i < list_size(items.get()); i++) TRY(done(call(add.get(), list_item(items.get(), i))));
  return {};
}
Status load_dict(Unpickler& u) {
  Py_ssize_t from = TRY(pop_mark(u));
  Ref<> items = TRY(pop_list(u, from));
  if (list_size(items.get()) % 2 != 0) return raise(library.unpickling_error, "odd number of items for DICT");
  Ref<Dict> dict = TRY(new_dict());
  for (Py_ssize_t i = 0; i < list_size(items.get()); i += 2)
    TRY(dict_set(object(dict.get()), list_item(items.get(), i), list_item(items.get(), i + 1)));
  return push(u, std::move(dict));
}
Status load_frozenset(Unpickler& u) {
  Py_ssize_t from = TRY(pop_mark(u));
  Ref<> items = TRY(pop_tuple(u, from));
  return push(u, new_frozenset(items.get()));
}

// -- names --

namespace {

/// Replaces names of Python 2 by those that Python 3 has.
Status fix_names(Ref<>* module, Ref<>* name) {
  Ref<> key = TRY(tuple_of({module->get(), name->get()}));
  if (PyObject* pair = TRY(dict_find(library.names_2to3, key.get()))) {
    if (!PyTuple_Check(pair) || tuple_size(pair) != 2)
      return raise(PyExc_RuntimeError, "_compat_pickle.NAME_MAPPING values should be 2-tuples, not {}", type_name(pair));
    if (!PyUnicode_Check(item(pair, 0)) || !PyUnicode_Check(item(pair, 1)))
      return raise(PyExc_RuntimeError, "_compat_pickle.NAME_MAPPING values should be pairs of str, not ({}, {})",
                   type_name(item(pair, 0)), type_name(item(pair, 1)));
    *module = share(item(pair, 0));
    *name = share(item(pair, 1));
    return {};
  }
  if (PyObject* fresh = TRY(dict_find(library.modules_2to3, module->get()))) {
    if (!PyUnicode_Check(fresh))
      return raise(PyExc_RuntimeError, "_compat_pickle.IMPORT_MAPPING values should be strings, not {}", type_name(fresh));
    *module = share(fresh);
  }
  return {};
}

}  // namespace

Ref<> find_class(Unpickler& u, PyObject* module_name, PyObject* name) {
  TRY(audit("pickle.find_class", {module_name, name}));
  Ref<> module_at = share(module_name), name_at = share(name);
  if (u.protocol < 3 && u.fix_imports) TRY(fix_names(&module_at, &name_at));
  Ref<> module = TRY(import_module(module_at.get()));
  if (u.protocol < 4) return get_attr(module.get(), name_at.get());
  Ref<> path = TRY(dotted_path(module.get(), name_at.get())), parent;
  Ref<> found = TRY(follow_path(module.get(), path.get(), &parent));
  if (!found) return raise(PyExc_AttributeError, "Can't get attribute {} on {}", as_repr(name_at.get()), as_repr(module.get()));
  return found;
}
Ref<> call_find_class(Unpickler& u, PyObject* module, PyObject* name) {
  if (Py_TYPE(object(u)) == &unpickler_type) return find_class(u, module, name);
  return call_method(object(u), "find_class"_name, module, name);
}
Status load_global(Unpickler& u) {
  std::string_view line = TRY(read_line(u));
  if (line.size() < 2) return raise_truncated();
  Ref<> module = TRY(decode_utf8_text(line.substr(0, line.size() - 1), nullptr));
  line = TRY(read_line(u));
  if (line.size() < 2) return raise_truncated();
  Ref<> name = TRY(decode_utf8_text(line.substr(0, line.size() - 1), nullptr));
  return push(u, call_find_class(u, module.get(), name.get()));
}
Status load_stack_global(Unpickler& u) {
  Ref<> name = TRY(pop(u)), module = TRY(pop(u));
  if (!PyUnicode_CheckExact(name.get()) || !PyUnicode_CheckExact(module.get()))
    return raise(library.unpickling_error, "STACK_GLOBAL requires str");
  return push(u, call_find_class(u, module.get(), name.get()));
}
Ref<> load_extension(Unpickler& u, int64_t code) {
  if (code <= 0) return raise(library.unpickling_error, "EXT specifies code <= 0");
  Ref<> key = TRY(new_int(code));
  if (PyObject* cached = TRY(dict_find(library.extension_cache, key.get()))) return share(cached);
  PyObject* pair = TRY(dict_find(library.inverted_registry, key.get()));
  if (!pair) return raise(PyExc_ValueError, "unregistered extension code {}", code);
  if (!PyTuple_Check(pair) || tuple_size(pair) != 2 || !PyUnicode_Check(item(pair, 0)) || !PyUnicode_Check(item(pair, 1)))
    return raise(PyExc_ValueError, "_inverted_registry[{}] isn't a 2-tuple of strings", code);
  Ref<> found = TRY(call_find_class(u, item(pair, 0), item(pair, 1)));
  TRY(dict_set(library.extension_cache, key.get(), found.get()));
  return found;
}

// -- instances --

namespace {

/// A class of old: without arguments and without a method that gives some, its __init__ is not called.
Ref<> instantiate(PyObject* cls, PyObject* args) {
  if (tuple_size(args) == 0 && PyType_Check(cls)) {
    Ref<> getinitargs = TRY(find_attr(cls, "__getinitargs__"_name));
    if (!getinitargs) return call_method(cls, "__new__"_name, cls);
  }
  return call_object(cls, args);
}

}  // namespace

Status load_obj(Unpickler& u) {
  Py_ssize_t from = TRY(pop_mark(u));
  if (height(u) - from < 1) return raise_underflow(u);
  Ref<> args = TRY(pop_tuple(u, from + 1)), cls = TRY(pop(u));
  return push(u, instantiate(cls.get(), args.get()));
}
Status load_inst(Unpickler& u) {
  Py_ssize_t from = TRY(pop_mark(u));
  std::string_view line = TRY(read_line(u));
  if (line.size() < 2) return raise_truncated();
  Ref<> module = TRY(decode_ascii(line.substr(0, line.size() - 1), "strict"));
  line = TRY(read_line(u));
  if (line.size() < 2) return raise_truncated();
  Ref<> name = TRY(decode_ascii(line.substr(0, line.size() - 1), "strict"));
  Ref<> cls = TRY(call_find_class(u, module.get(), name.get()));
  Ref<> args = TRY(pop_tuple(u, from));
  return push(u, instantiate(cls.get(), args.get()));
}
Status load_newobj(Unpickler& u, bool with_keywords) {
  const char* instruction = with_keywords ? "NEWOBJ_EX" : "NEWOBJ";
  Ref<> kwargs;
  if (with_keywords) kwargs = TRY(pop(u));
  Ref<> args = TRY(pop(u)), cls = TRY(pop(u));
  if (!PyType_Check(cls.get()))
    return raise(library.unpickling_error, "{} class argument must be a type, not {}", instruction, type_name(cls.get()));
  auto* type = reinterpret_cast<PyTypeObject*>(cls.get());
  if (!type->tp_new)
    return raise(library.unpickling_error, "{} class argument '{}' doesn't have __new__", instruction, type->tp_name);
  if (!PyTuple_Check(args.get()))
    return raise(library.unpickling_error, "{} args argument must be a tuple, not {}", instruction, type_name(args.get()));
  if (kwargs && !PyDict_Check(kwargs.get()))
    return raise(library.unpickling_error, "{} kwargs argument must be a dict, not {}", instruction, type_name(kwargs.get()));
  return push(u, adopt(type->tp_new(type, args.get(), kwargs.get())));
}
Status load_reduce(Unpickler& u) {
  Ref<> args = TRY(pop(u)), function = TRY(pop(u));
  if (!PyTuple_Check(args.get())) return raise(PyExc_TypeError, "argument list must be a tuple");
  return push(u, call_object(function.get(), args.get()));
}

namespace {

Status fill_dict(PyObject* o, PyObject* state) {
  if (!PyDict_Check(state)) return raise(library.unpickling_error, "state is not a dictionary");
  Ref<> dict = TRY(get_attr(o, "__dict__"_name));
  Py_ssize_t position = 0;
  PyObject *key, *value;
  while (dict_next(state, &position, &key, &value)) {
    // Names of attributes are interned everywhere else.
    Ref<> name = PyUnicode_CheckExact(key) ? intern(share(key)) : share(key), keep = share(value);
    if (!name) return Raised{};
    TRY(set_item(dict.get(), name.get(), keep.get()));
  }
  return {};
}
Status fill_slots(PyObject* o, PyObject* state) {
  if (!PyDict_Check(state)) return raise(library.unpickling_error, "slot state is not a dictionary");
  Py_ssize_t position = 0;
  PyObject *key, *value;
  while (dict_next(state, &position, &key, &value)) {
    Ref<> name = share(key), keep = share(value);
    TRY(set_attr(o, name.get(), keep.get()));
  }
  return {};
}

}  // namespace

Status load_build(Unpickler& u) {
  if (height(u) - 2 < fence(u)) return raise_underflow(u);
  Ref<> state = TRY(pop(u)), o = share(u.stack.back());
  Ref<> setstate = TRY(find_attr(o.get(), "__setstate__"_name));
  if (setstate) return done(call(setstate.get(), state.get()));
  Ref<> slots;
  if (PyTuple_Check(state.get()) && tuple_size(state.get()) == 2) {
    Ref<> pair = std::move(state);
    state = share(item(pair.get(), 0));
    slots = share(item(pair.get(), 1));
  }
  if (state.get() != Py_None) TRY(fill_dict(o.get(), state.get()));
  // Slots that are an empty dict or None say nothing.
  return slots ? fill_slots(o.get(), slots.get()) : Status();
}

}  // namespace taipan::pickling
