// Modules from definitions (PyModuleDef), in one phase and in two: create slot, then exec slots.
#include "base/vector.h"
#include "object/alloc.h"
#include "object/bind.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/int.h"
#include "object/str.h"
#include "types/module.h"

namespace taipan {

const char* package_context = nullptr;

PyObject* init_module_def(PyModuleDef* def) {
  static Py_ssize_t last_index = 0;
  if (!def->m_base.m_index) {
    Py_SET_REFCNT(object(def), 1);
    Py_SET_TYPE(object(def), &PyModuleDef_Type);
    def->m_base.m_index = ++last_index;
  }
  return object(def);
}

// -- single-phase modules by their definition's index --

static Vector<PyObject*> registered;

PyObject* registered_module(PyModuleDef* def) {
  auto i = static_cast<size_t>(def->m_base.m_index);
  return !def->m_slots && i < registered.size() ? registered[i] : nullptr;
}
Status register_module(PyObject* module, PyModuleDef* def) {
  auto i = static_cast<size_t>(def->m_base.m_index);
  if (i >= registered.size() && !registered.resize(i + 1)) return raise_no_memory();
  replace_field(registered[i], share(module));
  return {};
}
void forget_module(PyModuleDef* def) {
  auto i = static_cast<size_t>(def->m_base.m_index);
  if (i < registered.size()) clear_field(registered[i]);
}

Status add_functions(PyObject* module, PyMethodDef* rows) {
  if (!rows) return {};
  Ref<> name = TRY(module_name(module));
  for (PyMethodDef* row = rows; row->ml_name; row++) {
    if (row->ml_flags & (METH_CLASS | METH_STATIC))
      return raise(PyExc_ValueError, "module functions cannot set METH_CLASS or METH_STATIC");
    Ref<> function = TRY(new_builtin(row, module, name.get()));
    TRY(add_to_module(module, row->ml_name, function.get()));
  }
  return {};
}

Status set_module_doc(PyObject* module, const char* doc) {
  if (!doc) return {};
  Ref<> text = TRY(new_str(doc));
  return set_attr(module, "__doc__"_name, text.get());
}

Status add_to_module(PyObject* module, const char* name, PyObject* value) {
  Ref<> key = TRY(new_interned(name));
  return dict_set(module_dict(module), key.get(), value);
}
Status add_to_module(PyObject* module, const char* name, Ref<> value) {
  if (!value) return Raised{};
  return add_to_module(module, name, value.get());
}
Status add_int_to_module(PyObject* module, const char* name, int64_t value) {
  return add_to_module(module, name, new_int(value));
}

static Status allocate_state(PyObject* module, Py_ssize_t size) {
  auto* self = reinterpret_cast<Module*>(module);
  if (size < 0 || self->state) return {};
  size_t n = size ? static_cast<size_t>(size) : 1;
  self->state = raw_allocate(n);
  if (!self->state) return raise_no_memory();
  memset(self->state, 0, n);
  return {};
}

Ref<> module_from_def(PyModuleDef* def) {
  init_module_def(def);
  const char* name = def->m_name;
  if (def->m_slots)
    return raise(PyExc_SystemError, "module {}: PyModule_Create is incompatible with m_slots",
                 name);
  // A single-phase module inside a package knows only the last part of its name; the importer says
  // the rest.
  if (package_context) {
    const char* dot = strrchr(package_context, '.');
    if (dot && !strcmp(name, dot + 1)) name = std::exchange(package_context, nullptr);
  }
  Ref<> text = TRY(new_str(name));
  Ref<> module = TRY(new_module(text.get()));
  if (def->m_size > 0) TRY(allocate_state(module.get(), def->m_size));
  TRY(add_functions(module.get(), def->m_methods));
  TRY(set_module_doc(module.get(), def->m_doc));
  reinterpret_cast<Module*>(module.get())->def = def;
  return module;
}

Ref<> module_from_def_and_spec(PyModuleDef* def, PyObject* spec) {
  init_module_def(def);
  Ref<> name = TRY(get_attr(spec, "name"_name));
  if (!PyUnicode_Check(name.get()))
    return raise(PyExc_TypeError, "bad argument type for built-in operation");
  if (def->m_size < 0) {
    return raise(PyExc_SystemError,
                 "module {}: m_size may not be negative for multi-phase initialization",
                 as_str(name.get()));
  }
  PyObject* (*create)(PyObject*, PyModuleDef*) = nullptr;
  bool has_exec = false;
  for (PyModuleDef_Slot* s = def->m_slots; s && s->slot; s++) {
    if (s->slot == Py_mod_create) {
      if (create)
        return raise(PyExc_SystemError, "module {} has multiple create slots", as_str(name.get()));
      create = reinterpret_cast<decltype(create)>(s->value);
    } else if (s->slot == Py_mod_exec) {
      has_exec = true;
    } else {
      return raise(PyExc_SystemError, "module {} uses unknown slot ID {}", as_str(name.get()),
                   s->slot);
    }
  }
  Ref<> module;
  if (create) {
    module = adopt(create(spec, def));
    if (!module) {
      if (!pending_error()) {
        return raise(PyExc_SystemError, "creation of module {} failed without setting an exception",
                     as_str(name.get()));
      }
      return {};
    }
    if (pending_error()) {
      return raise(PyExc_SystemError, "creation of module {} raised unreported exception",
                   as_str(name.get()));
    }
  } else {
    module = TRY(new_module(name.get()));
  }
  if (PyModule_Check(module.get())) {
    reinterpret_cast<Module*>(module.get())->state = nullptr;
    reinterpret_cast<Module*>(module.get())->def = def;
  } else {
    if (def->m_size > 0 || def->m_traverse || def->m_clear || def->m_free) {
      return raise(PyExc_SystemError, "module {} is not a module object, but requests module state",
                   as_str(name.get()));
    }
    if (has_exec) {
      return raise(PyExc_SystemError,
                   "module {} specifies execution slots, but did not create a ModuleType instance",
                   as_str(name.get()));
    }
  }
  if (def->m_methods) {
    for (PyMethodDef* row = def->m_methods; row->ml_name; row++) {
      if (row->ml_flags & (METH_CLASS | METH_STATIC))
        return raise(PyExc_ValueError, "module functions cannot set METH_CLASS or METH_STATIC");
      Ref<> function = TRY(new_builtin(row, module.get(), name.get()));
      Ref<> key = TRY(new_interned(row->ml_name));
      TRY(set_attr(module.get(), key.get(), function.get()));
    }
  }
  TRY(set_module_doc(module.get(), def->m_doc));
  return module;
}

Status exec_module(PyObject* module, PyModuleDef* def) {
  Ref<> name = TRY(module_name(module));
  TRY(allocate_state(module, def->m_size));
  for (PyModuleDef_Slot* s = def->m_slots; s && s->slot; s++) {
    if (s->slot == Py_mod_create) continue;
    if (s->slot != Py_mod_exec) {
      return raise(PyExc_SystemError, "module {} initialized with unknown slot {}",
                   as_str(name.get()), s->slot);
    }
    int failed = reinterpret_cast<int (*)(PyObject*)>(s->value)(module);
    if (failed && !pending_error()) {
      return raise(PyExc_SystemError, "execution of module {} failed without setting an exception",
                   as_str(name.get()));
    }
    if (!failed && pending_error()) {
      return raise(PyExc_SystemError, "execution of module {} raised unreported exception",
                   as_str(name.get()));
    }
    if (failed) return Raised{};
  }
  return {};
}

}  // namespace taipan

constinit PyTypeObject PyModuleDef_Type = {
    .ob_base = taipan::kStaticTypeHead,
    .tp_name = "moduledef",
    .tp_basicsize = sizeof(PyModuleDef),
    .tp_flags = Py_TPFLAGS_DEFAULT,
};
