// Names: local namespace, globals, builtins, and the errors when a name is nowhere.
#include "object/dict.h"
#include "object/error.h"
#include "object/str.h"
#include "vm/semantics.h"
#include "vm/vm.h"

namespace taipan {

/// NameError with its `name` attribute, which suggestions are made from.
Raised raise_name_error(PyObject* name) {
  raise(PyExc_NameError, "name '{}' is not defined", as_str(name));
  PendingError pending = PendingError::take();
  if (pending.type.get() != PyExc_NameError) {
    std::move(pending).restore();
    return {};
  }
  Ref<> error = std::move(pending).instance();
  if (error && is_instance_of(error.get(), reinterpret_cast<PyTypeObject*>(PyExc_NameError))) {
    auto* e = reinterpret_cast<PyNameErrorObject*>(error.get());
    if (!e->name) e->name = Py_NewRef(name);
  }
  return raise_instance(std::move(error));
}

Raised raise_unbound_local(PyCodeObject* code, unsigned slot) {
  PyObject* name = PyTuple_GET_ITEM(code->co_localsplusnames, slot);
  return raise(PyExc_UnboundLocalError,
               "cannot access local variable '{}' where it is not associated with a value", as_str(name));
}

Raised raise_unbound_cell(PyCodeObject* code, unsigned slot) {
  if (static_cast<int>(slot) < code->co_nlocalsplus - code->co_nfreevars) return raise_unbound_local(code, slot);
  PyObject* name = PyTuple_GET_ITEM(code->co_localsplusnames, slot);
  raise(PyExc_NameError, "cannot access free variable '{}' where it is not associated with a value in enclosing scope",
        as_str(name));
  PendingError pending = PendingError::take();
  Ref<> error = std::move(pending).instance();
  if (error && Py_TYPE(error.get()) == reinterpret_cast<PyTypeObject*>(PyExc_NameError)) {
    auto* e = reinterpret_cast<PyNameErrorObject*>(error.get());
    if (!e->name) e->name = Py_NewRef(name);
  }
  return raise_instance(std::move(error));
}

/// An item of a namespace that may be any mapping; absent: empty in a good Result.
static Result<Ref<>> namespace_item(PyObject* space, PyObject* name) {
  if (PyDict_CheckExact(space)) {
    PyObject* found = TRY(dict_find(space, name));
    return found ? share(found) : Ref<>();
  }
  Ref<> found = get_item(space, name);
  if (!found && !clear_error_if(PyExc_KeyError)) return Raised{};
  return found;
}

Ref<> load_global(PyObject* globals, PyObject* builtins, PyObject* name) {
  PyObject* found;
  if (PyDict_CheckExact(globals)) {
    found = TRY(dict_find(globals, name));
    if (found) return share(found);
  } else {
    Ref<> item = TRY(namespace_item(globals, name));
    if (item) return item;
  }
  Ref<> item = TRY(namespace_item(builtins, name));
  if (item) return item;
  return raise_name_error(name);
}

static Raised raise_no_locals(const char* doing, PyObject* name) {
  return raise(PyExc_SystemError, "no locals {} {}", doing, as_repr(name));
}

Ref<> load_name(Frame* f, PyObject* name) {
  if (!f->locals) return raise_no_locals("when loading", name);
  Ref<> found = TRY(namespace_item(f->locals, name));
  if (found) return found;
  PyObject* global = TRY(dict_find(f->globals, name));
  if (global) return share(global);
  found = TRY(namespace_item(f->builtins, name));
  if (found) return found;
  return raise_name_error(name);
}

Status store_name(Frame* f, PyObject* name, PyObject* value) {
  if (!f->locals) return raise(PyExc_SystemError, "no locals found when storing {}", as_repr(name));
  if (PyDict_CheckExact(f->locals)) return dict_set(f->locals, name, value);
  return set_item(f->locals, name, value);
}

Status delete_name(Frame* f, PyObject* name) {
  if (!f->locals) return raise(PyExc_SystemError, "no locals when deleting {}", as_repr(name));
  if (del_item(f->locals, name)) return {};
  // Whatever a mapping says is missing is a missing name.
  clear_error();
  return raise_name_error(name);
}

Status delete_global(Frame* f, PyObject* name) {
  bool found = TRY(dict_remove(f->globals, name));
  if (!found) return raise_name_error(name);
  return {};
}

Status setup_annotations(Frame* f) {
  if (!f->locals) return raise(PyExc_SystemError, "no locals found when setting up annotations");
  PyObject* name = "__annotations__"_name;
  Ref<> present = TRY(namespace_item(f->locals, name));
  if (present) return {};
  Ref<Dict> annotations = TRY(new_dict());
  return store_name(f, name, object(annotations.get()));
}

Ref<> load_class_deref(Frame* f, unsigned slot) {
  PyObject* name = PyTuple_GET_ITEM(f->code->co_localsplusnames, slot);
  if (!f->locals) return raise_no_locals("when loading", name);
  Ref<> found = TRY(namespace_item(f->locals, name));
  if (found) return found;
  PyObject* content = reinterpret_cast<PyCellObject*>(f->slots[slot])->ob_ref;
  if (!content) return raise_unbound_cell(f->code, slot);
  return share(content);
}

Ref<> load_build_class(Frame* f) {
  Ref<> found = TRY(namespace_item(f->builtins, "__build_class__"_name));
  if (!found) return raise(PyExc_NameError, "__build_class__ not found");
  return found;
}

}  // namespace taipan
