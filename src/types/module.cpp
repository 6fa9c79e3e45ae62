// The type `module`: attribute access with module-level __getattr__, repr from __spec__,
// __annotations__ on demand.
#include "types/module.h"
#include "object/alloc.h"

#include <structmember.h>

#include "object/bind.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/exceptions.h"
#include "object/gc.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "object/weakref.h"

namespace taipan {
namespace {

Module& as(PyObject* o) { return *reinterpret_cast<Module*>(o); }

Status fill_dict(PyObject* dict, PyObject* name, PyObject* doc) {
  TRY(dict_set(dict, "__name__"_name, name));
  TRY(dict_set(dict, "__doc__"_name, doc ? doc : Py_None));
  TRY(dict_set(dict, "__package__"_name, Py_None));
  TRY(dict_set(dict, "__loader__"_name, Py_None));
  return dict_set(dict, "__spec__"_name, Py_None);
}

Ref<> make(PyTypeObject* type) {
  Ref<> self = TRY(adopt(type->tp_alloc(type, 0)));
  as(self.get()).dict = object(TRY(new_dict()).release());
  return self;
}
PyObject* module_new(PyTypeObject* type, PyObject*, PyObject*) { return make(type).release(); }

constexpr char module_doc[] =
    "module(name, doc=None)\n--\n\n"
    "A module object, empty but for its name and documentation. Usually import makes them.";
Status init(Module& self, Str& name, PyObject* doc) {
  if (!self.dict) self.dict = object(TRY(new_dict()).release());
  TRY(fill_dict(self.dict, object(name), doc));
  replace_field(self.name, share(object(name)));
  return {};
}

int traverse(PyObject* o, visitproc visit, void* arg) {
  Module& self = as(o);
  // Before the state exists, the definition's traverse may not run.
  if (self.def && self.def->m_traverse && (self.def->m_size <= 0 || self.state)) {
    if (int r = self.def->m_traverse(o, visit, arg)) return r;
  }
  Py_VISIT(self.dict);
  return 0;
}
int clear(PyObject* o) {
  Module& self = as(o);
  if (self.def && self.def->m_clear && (self.def->m_size <= 0 || self.state)) {
    if (int r = self.def->m_clear(o)) return r;
  }
  clear_field(self.dict);
  return 0;
}
void dealloc(PyObject* o) {
  Module& self = as(o);
  gc_untrack(o);
  if (self.weaklist) clear_weakrefs(o);
  if (self.def && self.def->m_free && (self.def->m_size <= 0 || self.state)) self.def->m_free(o);
  clear_field(self.dict);
  clear_field(self.name);
  raw_free(self.state);
  Py_TYPE(o)->tp_free(o);
}

// -- attributes -----------------------------------------------------------------------------

bool is_uninitialized_submodule(PyObject* spec, PyObject* name) {
  if (!spec) return false;
  auto names = find_attr(spec, "_uninitialized_submodules"_name);
  if (names) {
    Ref<> list = names.take();
    if (!list) return false;
    if (auto found = contains(list.get(), name)) return *found;
  }
  clear_error();
  return false;
}

Ref<> raise_missing(Module& self, PyObject* name) {
  PyObject* own = self.dict ? dict_find_name(self.dict, "__name__"_name) : nullptr;
  if (!own || !PyUnicode_Check(own))
    return raise(PyExc_AttributeError, "module has no attribute '{}'", as_str(name));
  Ref<> keep = share(own);
  PyObject* spec = dict_find_name(self.dict, "__spec__"_name);
  Ref<> keep_spec = spec ? share(spec) : Ref<>();
  if (is_initializing(spec)) {
    return raise(PyExc_AttributeError,
                 "partially initialized module '{}' has no attribute '{}' (most likely due to a "
                 "circular import)",
                 as_str(own), as_str(name));
  }
  if (is_uninitialized_submodule(spec, name)) {
    return raise(
        PyExc_AttributeError,
        "cannot access submodule '{}' of module '{}' (most likely due to a circular import)",
        as_str(name), as_str(own));
  }
  return raise(PyExc_AttributeError, "module '{}' has no attribute '{}'", as_str(own),
               as_str(name));
}

}  // namespace

/// May the type have this attribute? The module type itself has only names with two underscores in front.
static bool is_of_type(PyObject* o, PyObject* name) {
  bool is_dunder = str_length(name) > 2 && char_at(name, 0) == '_' && char_at(name, 1) == '_';
  return (is_dunder || !Py_IS_TYPE(o, &PyModule_Type)) && type_lookup(Py_TYPE(o), name);
}

Result<Ref<>> find_in_module(PyObject* o, PyObject* name) {
  Module& self = as(o);
  // The common case, a plain global, needs neither a descriptor's call nor an exception that is
  // dropped again.
  if (self.dict && PyUnicode_Check(name) && !is_of_type(o, name)) {
    if (PyObject* found = dict_find_name(self.dict, name)) return share(found);
  } else {
    Ref<> found = generic_get_attr(o, name);
    if (found) return found;
    if (!clear_error_if(PyExc_AttributeError)) return Raised{};
  }
  PyObject* fallback = self.dict ? dict_find_name(self.dict, "__getattr__"_name) : nullptr;
  if (!fallback) return Ref<>();
  Ref<> keep = share(fallback);
  return TRY(call(fallback, name));
}

namespace {

Ref<> get_attribute(PyObject* o, PyObject* name) {
  Ref<> found = TRY(find_in_module(o, name));
  if (found) return found;
  (void)raise_missing(as(o), name);
  note_attribute_error(o, name);
  return {};
}

Ref<> attribute_dict(PyObject* o) {
  Ref<> dict = TRY(get_attr(o, "__dict__"_name));
  if (PyDict_Check(dict.get())) return dict;
  return raise(PyExc_TypeError, "<module>.__dict__ is not a dictionary");
}

Ref<> get_annotations(PyObject* o, void*) {
  Ref<> dict = TRY(attribute_dict(o));
  if (PyObject* found = TRY(dict_find(dict.get(), "__annotations__"_name))) return share(found);
  Ref<> made = TRY(new_dict());
  TRY(dict_set(dict.get(), "__annotations__"_name, made.get()));
  return made;
}
Status set_annotations(PyObject* o, PyObject* value, void*) {
  Ref<> dict = TRY(attribute_dict(o));
  if (value) return dict_set(dict.get(), "__annotations__"_name, value);
  if (TRY(dict_remove(dict.get(), "__annotations__"_name))) return {};
  return raise(PyExc_AttributeError, "__annotations__");
}

constexpr char dir_doc[] = "__dir__($self, /)\n--\n\nThe names in the module.";
Ref<> module_dir(PyObject* o) {
  Ref<> dict = TRY(attribute_dict(o));
  if (PyObject* own = TRY(dict_find(dict.get(), "__dir__"_name))) {
    Ref<> keep = share(own);
    return call(own);
  }
  return dict_keys_list(dict.get());
}

Ref<> repr_from_spec(PyObject* spec) {
  Ref<> name = TRY(get_attr(spec, "name"_name));
  if (name.get() == Py_None) name = share("?"_name);
  Ref<> origin = TRY(get_attr(spec, "origin"_name));
  if (origin.get() == Py_None) {
    Ref<> loader = TRY(get_attr(spec, "loader"_name));
    if (loader.get() == Py_None) return format_str("<module {}>", as_repr(name.get()));
    return format_str("<module {} ({})>", as_repr(name.get()), as_repr(loader.get()));
  }
  Ref<> has_location = TRY(get_attr(spec, "has_location"_name));
  if (TRY(is_true(has_location.get())))
    return format_str("<module {} from {}>", as_repr(name.get()), as_repr(origin.get()));
  return format_str("<module {} ({})>", as_repr(name.get()), as_str(origin.get()));
}

Ref<> module_repr(PyObject* o) {
  Ref<> spec = TRY(find_attr(o, "__spec__"_name));
  if (spec && TRY(is_true(spec.get()))) return repr_from_spec(spec.get());
  Ref<> loader = TRY(find_attr(o, "__loader__"_name));
  Ref<> writer = loader ? TRY(find_attr(loader.get(), "module_repr"_name)) : Ref<>();
  if (writer) {
    Ref<> text = call(writer.get(), o);
    if (text || !clear_error_if(PyExc_Exception)) return text;
  }
  Ref<> name = TRY(find_attr(o, "__name__"_name));
  if (!name) name = share("?"_name);
  Ref<> file = TRY(find_attr(o, "__file__"_name));
  if (file) return format_str("<module {} from {}>", as_repr(name.get()), as_repr(file.get()));
  if (!loader || loader.get() == Py_None) return format_str("<module {}>", as_repr(name.get()));
  return format_str("<module {} ({})>", as_repr(name.get()), as_repr(loader.get()));
}

constinit PyMethodDef methods[] = {method<dir_doc, module_dir>, {}};
constinit PyMemberDef members[] = {
    {"__dict__", T_OBJECT, offsetof(Module, dict), READONLY},
    {},
};
constinit PyGetSetDef getset[] = {
    {"__annotations__", slot<get_annotations>, slot<set_annotations>},
    {},
};

}  // namespace

bool is_initializing(PyObject* spec) {
  if (!spec) return false;
  auto value = find_attr(spec, "_initializing"_name);
  if (value) {
    Ref<> flag = value.take();
    if (!flag) return false;
    if (auto yes = is_true(flag.get())) return *yes;
  }
  clear_error();
  return false;
}

Ref<> new_module(PyObject* name) {
  Ref<> self = TRY(make(&PyModule_Type));
  TRY(fill_dict(as(self.get()).dict, name, nullptr));
  if (PyUnicode_CheckExact(name)) as(self.get()).name = Py_NewRef(name);
  return self;
}

Ref<> module_name(PyObject* module) {
  PyObject* name =
      module_dict(module) ? dict_find_name(module_dict(module), "__name__"_name) : nullptr;
  if (name && PyUnicode_Check(name)) return share(name);
  return raise(PyExc_SystemError, "nameless module");
}

Ref<> module_filename(PyObject* module) {
  PyObject* file =
      module_dict(module) ? dict_find_name(module_dict(module), "__file__"_name) : nullptr;
  if (file && PyUnicode_Check(file)) return share(file);
  return raise(PyExc_SystemError, "module filename missing");
}

void clear_module_dict(PyObject* dict) {
  // Private names go first, so that what they refer to may still use the public ones in its
  // finalizer.
  for (bool only_private : {true, false}) {
    Py_ssize_t position = 0;
    PyObject *key, *value;
    while (dict_next(dict, &position, &key, &value)) {
      if (value == Py_None || !PyUnicode_Check(key)) continue;
      bool is_private = str_length(key) > 0 && char_at(key, 0) == '_' &&
                        (str_length(key) < 2 || char_at(key, 1) != '_');
      if (only_private ? !is_private : str_equal(key, "__builtins__")) continue;
      if (!dict_set(dict, key, Py_None)) write_unraisable(nullptr);
    }
  }
}

}  // namespace taipan

using namespace taipan;

constinit PyTypeObject PyModule_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "module",
    .tp_basicsize = sizeof(Module),
    .tp_dealloc = dealloc,
    .tp_repr = slot<module_repr>,
    .tp_getattro = slot<get_attribute>,
    .tp_setattro = PyObject_GenericSetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .tp_doc = module_doc,
    .tp_traverse = traverse,
    .tp_clear = clear,
    .tp_weaklistoffset = offsetof(Module, weaklist),
    .tp_methods = methods,
    .tp_members = members,
    .tp_getset = getset,
    .tp_dictoffset = offsetof(Module, dict),
    .tp_init = initializer<module_doc, init>::tp_init,
    .tp_new = module_new,
    .tp_free = gc_free,
};
