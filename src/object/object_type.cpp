// `object`: what every class inherits.
#include "object/bind.h"
#include "object/audit_hook.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/gc.h"
#include "object/hooks.h"
#include "object/int.h"
#include "object/name.h"
#include "object/slot.h"
#include "object/slot_functions.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type_internal.h"

namespace taipan {

namespace {

bool has_excess(PyObject* args, PyObject* kwargs) { return tuple_size(args) || (kwargs && dict_size(kwargs)); }

/// "Can't instantiate abstract class C with abstract methods a, b"
Raised raise_abstract(PyTypeObject* type) {
  Ref<> methods = TRY(get_attr(object(type), "__abstractmethods__"_name));
  Ref<List> names = TRY(to_list(methods.get()));
  Ref<> sorted = TRY(call_method(object(names.get()), "sort"_name));
  TextBuffer text;
  for (Py_ssize_t i = 0; i < Py_SIZE(names.get()); i++) {
    PyObject* name = names->ob_item[i];
    if (!PyUnicode_Check(name))
      return raise(PyExc_TypeError, "sequence item {}: expected str instance, {} found", i, clip(type_name(name), 80));
    if (i) text.append(", ");
    text.append(utf8_or_question(name));
  }
  return raise(PyExc_TypeError, "Can't instantiate abstract class {} with abstract method{} {}", type->tp_name,
               Py_SIZE(names.get()) > 1 ? "s" : "", text.view());
}

Ref<> object_repr(PyObject* o) {
  PyTypeObject* type = Py_TYPE(o);
  Ref<> module = TRY(find_attr(object(type), "__module__"_name));
  Ref<> name = TRY(get_attr(object(type), "__qualname__"_name));
  if (module && PyUnicode_Check(module.get()) && !str_equal(module.get(), "builtins"))
    return format_str("<{}.{} object at {}>", as_str(module.get()), as_str(name.get()), as_address(o));
  return format_str("<{} object at {}>", type->tp_name, as_address(o));
}
/// The slot itself, not repr(): a wrong result is str()'s to complain about.
Ref<> object_str(PyObject* o) { return Py_TYPE(o)->tp_repr ? adopt(Py_TYPE(o)->tp_repr(o)) : object_repr(o); }
Py_hash_t object_hash(PyObject* o) {
  auto p = reinterpret_cast<uintptr_t>(o);
  auto h = static_cast<Py_hash_t>(p >> 4 | p << 60);
  return h == -1 ? -2 : h;
}

Ref<> object_compare(PyObject* a, PyObject* b, int op) {
  if (op == Py_EQ) return a == b ? boolean(true) : not_implemented();
  if (op != Py_NE) return not_implemented();
  // != is the opposite of what the object's own == says.
  if (!Py_TYPE(a)->tp_richcompare) return not_implemented();
  Ref<> r = TRY(adopt(Py_TYPE(a)->tp_richcompare(a, b, Py_EQ)));
  if (r.get() == Py_NotImplemented) return r;
  return boolean(!TRY(is_true(r.get())));
}

void object_dealloc(PyObject* o) { Py_TYPE(o)->tp_free(o); }

// -- __class__ --

Ref<> get_class(PyObject* o, void*) { return share(object(Py_TYPE(o))); }

bool same_slots_added(PyTypeObject* a, PyTypeObject* b) {
  PyTypeObject* base = a->tp_base;
  if (base != b->tp_base) return false;
  Py_ssize_t size = base->tp_basicsize;
  if (a->tp_dictoffset > 0 && b->tp_dictoffset > 0 && a->tp_dictoffset == size && b->tp_dictoffset == size) size += sizeof(PyObject*);
  if (a->tp_weaklistoffset == size && b->tp_weaklistoffset == size) size += sizeof(PyObject*);
  if (!has_feature(a, Py_TPFLAGS_HEAPTYPE) || !has_feature(b, Py_TPFLAGS_HEAPTYPE)) return false;
  PyObject* x = reinterpret_cast<PyHeapTypeObject*>(a)->ht_slots;
  PyObject* y = reinterpret_cast<PyHeapTypeObject*>(b)->ht_slots;
  if (x && y) {
    auto same = equal(x, y);
    if (!same) {
      clear_error();
      return false;
    }
    if (!*same) return false;
    size += sizeof(PyObject*) * tuple_size(x);
  }
  return size == a->tp_basicsize && size == b->tp_basicsize;
}
bool equivalent_layout(PyTypeObject* a, PyTypeObject* b) {
  return a->tp_basicsize == b->tp_basicsize && a->tp_itemsize == b->tp_itemsize && a->tp_dictoffset == b->tp_dictoffset &&
         a->tp_weaklistoffset == b->tp_weaklistoffset &&
         (a->tp_flags & (Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_MANAGED_DICT)) == (b->tp_flags & (Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_MANAGED_DICT));
}
bool compatible_with_base(PyTypeObject* child) {
  PyTypeObject* parent = child->tp_base;
  return parent && child->tp_basicsize == parent->tp_basicsize && child->tp_itemsize == parent->tp_itemsize &&
         child->tp_dictoffset == parent->tp_dictoffset && child->tp_weaklistoffset == parent->tp_weaklistoffset &&
         (child->tp_flags & Py_TPFLAGS_HAVE_GC) == (parent->tp_flags & Py_TPFLAGS_HAVE_GC) &&
         (child->tp_clear == subtype_clear || child->tp_clear == parent->tp_clear);
}

}  // namespace

bool compatible_for_assignment(PyTypeObject* old_type, PyTypeObject* new_type, const char* attribute) {
  if (new_type->tp_free != old_type->tp_free) {
    raise(PyExc_TypeError, "{} assignment: '{}' deallocator differs from '{}'", attribute, new_type->tp_name, old_type->tp_name);
    return false;
  }
  PyTypeObject *a = new_type, *b = old_type;
  while (compatible_with_base(a)) a = a->tp_base;
  while (compatible_with_base(b)) b = b->tp_base;
  if (a != b && !(a->tp_base == b->tp_base && equivalent_layout(a, b) && same_slots_added(a, b))) {
    raise(PyExc_TypeError, "{} assignment: '{}' object layout differs from '{}'", attribute, new_type->tp_name, old_type->tp_name);
    return false;
  }
  return true;
}

namespace {

Status set_class(PyObject* o, PyObject* value, void*) {
  if (!value) return raise(PyExc_TypeError, "can't delete __class__ attribute");
  if (!PyType_Check(value))
    return raise(PyExc_TypeError, "__class__ must be set to a class, not '{}' object", type_name(value));
  TRY(audit_below("object.__setattr__", {o, "__class__"_name, value}));
  auto* new_type = reinterpret_cast<PyTypeObject*>(value);
  PyTypeObject* old_type = Py_TYPE(o);
  bool modules = is_subtype(new_type, &PyModule_Type) && is_subtype(old_type, &PyModule_Type);
  if (!modules && (has_feature(new_type, Py_TPFLAGS_IMMUTABLETYPE) || has_feature(old_type, Py_TPFLAGS_IMMUTABLETYPE)))
    return raise(PyExc_TypeError, "__class__ assignment only supported for mutable types or ModuleType subclasses");
  if (!compatible_for_assignment(old_type, new_type, "__class__")) return Raised{};
  // Inline values belong to the old class's shared keys: the instance gets a dict of its own.
  if (has_feature(old_type, Py_TPFLAGS_MANAGED_DICT)) Ref<> made = TRY(instance_dict(o));
  if (has_feature(new_type, Py_TPFLAGS_HEAPTYPE)) Py_INCREF(value);
  Py_SET_TYPE(o, new_type);
  if (has_feature(old_type, Py_TPFLAGS_HEAPTYPE)) Py_DECREF(object(old_type));
  return {};
}

// -- pickling --

/// The names that __slots__ of the class and its bases declare (copyreg keeps the list): list or None.
Ref<> slot_names(PyTypeObject* type) {
  if (PyObject* known = dict_find_name(type->tp_dict, "__slotnames__"_name)) {
    if (known != Py_None && !PyList_Check(known))
      return raise(PyExc_TypeError, "{}.__slotnames__ should be a list or None, not {}", clip(type->tp_name, 200),
                   clip(type_name(known), 200));
    return share(known);
  }
  Ref<> copyreg = TRY(hooks.import_module("copyreg"));
  Ref<> names = TRY(call_method(copyreg.get(), "_slotnames"_name, type));
  if (names.get() != Py_None && !PyList_Check(names.get()))
    return raise(PyExc_TypeError, "copyreg._slotnames didn't return a list or None");
  return names;
}

bool has_only_plain_state(PyTypeObject* type, Py_ssize_t slots) {
  Py_ssize_t size = PyBaseObject_Type.tp_basicsize;
  if (type->tp_dictoffset > 0) size += sizeof(PyObject*);
  if (type->tp_weaklistoffset > 0) size += sizeof(PyObject*);
  size += sizeof(PyObject*) * slots;
  return type->tp_basicsize <= size;
}

/// Does an object with a dict of its own have anything in it?
bool has_attributes(PyObject* o) {
  PyObject** slot = dict_slot(o);
  return slot && *slot && dict_size(*slot) != 0;
}

Ref<> default_state(PyObject* o, bool required) {
  PyTypeObject* type = Py_TYPE(o);
  if (required && type->tp_itemsize) return raise(PyExc_TypeError, "cannot pickle {} objects", clip(type->tp_name, 200));
  Ref<> state;
  if (type->tp_dictoffset && (has_feature(type, Py_TPFLAGS_MANAGED_DICT) ? !instance_is_empty(o) : has_attributes(o)))
    state = TRY(get_instance_dict(o));
  else state = none();
  Ref<> names = TRY(slot_names(type));
  if (required && !has_only_plain_state(type, names.get() == Py_None ? 0 : Py_SIZE(names.get())))
    return raise(PyExc_TypeError, "cannot pickle '{}' object", clip(type->tp_name, 200));
  if (names.get() == Py_None || !Py_SIZE(names.get())) return state;
  Ref<Dict> slots = TRY(new_dict());
  auto* list = reinterpret_cast<List*>(names.get());
  for (Py_ssize_t i = 0; i < Py_SIZE(list); i++) {
    Ref<> name = share(list->ob_item[i]);
    Ref<> value = TRY(find_attr(o, name.get()));
    if (value) TRY(dict_set(object(slots.get()), name.get(), value.get()));
  }
  if (!slots->ma_used) return state;
  return tuple_of({state.get(), object(slots.get())});
}

Ref<> get_state(PyObject* o, bool required) {
  Ref<> method = TRY(get_attr(o, "__getstate__"_name));
  PyObject* own = dict_find_name(PyBaseObject_Type.tp_dict, "__getstate__"_name);
  if (PyCFunction_Check(method.get()) && reinterpret_cast<PyCFunctionObject*>(method.get())->m_self == o &&
      reinterpret_cast<PyCFunctionObject*>(method.get())->m_ml == reinterpret_cast<PyMethodDescrObject*>(own)->d_method)
    return default_state(o, required);
  return call(method.get());
}

struct NewArguments { Ref<> args, kwargs; };
Result<bool> new_arguments(PyObject* o, NewArguments* out) {
  Ref<> method = TRY(lookup_special(o, "__getnewargs_ex__"_name));
  if (method) {
    Ref<> pair = TRY(call(method.get()));
    if (!PyTuple_Check(pair.get()))
      return raise(PyExc_TypeError, "__getnewargs_ex__ should return a tuple, not '{}'", clip(type_name(pair.get()), 200));
    if (tuple_size(pair.get()) != 2)
      return raise(PyExc_ValueError, "__getnewargs_ex__ should return a tuple of length 2, not {}", tuple_size(pair.get()));
    out->args = share(item(pair.get(), 0));
    out->kwargs = share(item(pair.get(), 1));
    if (!PyTuple_Check(out->args.get()))
      return raise(PyExc_TypeError, "first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '{}'",
                   clip(type_name(out->args.get()), 200));
    if (!PyDict_Check(out->kwargs.get()))
      return raise(PyExc_TypeError, "second item of the tuple returned by __getnewargs_ex__ must be a dict, not '{}'",
                   clip(type_name(out->kwargs.get()), 200));
    return true;
  }
  method = TRY(lookup_special(o, "__getnewargs__"_name));
  if (!method) return false;
  out->args = TRY(call(method.get()));
  if (!PyTuple_Check(out->args.get()))
    return raise(PyExc_TypeError, "__getnewargs__ should return a tuple, not '{}'", clip(type_name(out->args.get()), 200));
  return true;
}

Ref<> reduce_by_new(PyObject* o) {
  PyTypeObject* type = Py_TYPE(o);
  if (!type->tp_new) return raise(PyExc_TypeError, "cannot pickle '{}' object", clip(type->tp_name, 200));
  NewArguments given;
  bool has_args = TRY(new_arguments(o, &given));
  Ref<> copyreg = TRY(hooks.import_module("copyreg"));
  Ref<> function, args;
  if (given.kwargs && dict_size(given.kwargs.get())) {
    function = TRY(get_attr(copyreg.get(), "__newobj_ex__"_name));
    args = TRY(tuple_of({object(type), given.args.get(), given.kwargs.get()}));
  } else {
    function = TRY(get_attr(copyreg.get(), "__newobj__"_name));
    Py_ssize_t n = given.args ? tuple_size(given.args.get()) : 0;
    Ref<Tuple> all = TRY(new_tuple(n + 1));
    all->ob_item[0] = Py_NewRef(object(type));
    for (Py_ssize_t i = 0; i < n; i++) all->ob_item[i + 1] = Py_NewRef(item(given.args.get(), i));
    args = std::move(all);
  }
  bool required = !has_args && !PyList_Check(o) && !PyDict_Check(o);
  Ref<> state = TRY(get_state(o, required));
  Ref<> items = none(), pairs = none();
  if (PyList_Check(o)) items = TRY(iterate(o));
  if (PyDict_Check(o)) {
    Ref<> view = TRY(call_method(o, "items"_name));
    pairs = TRY(iterate(view.get()));
  }
  return tuple_of({function.get(), args.get(), state.get(), items.get(), pairs.get()});
}
Ref<> reduce_for(PyObject* o, int protocol) {
  if (protocol >= 2) return reduce_by_new(o);
  Ref<> copyreg = TRY(hooks.import_module("copyreg"));
  Ref<> version = TRY(new_int(protocol));
  return call_method(copyreg.get(), "_reduce_ex"_name, o, version.get());
}

static constexpr char reduce_doc[] = "__reduce__($self, /)\n--\n\nWhat pickle needs to make the object again (protocols 0 and 1).";
Ref<> object_reduce(PyObject* o) { return reduce_for(o, 0); }
static constexpr char reduce_ex_doc[] = "__reduce_ex__($self, protocol, /)\n--\n\nWhat pickle needs to make the object again.";
Ref<> object_reduce_ex(PyObject* o, int protocol) {
  Ref<> method = TRY(find_attr(o, "__reduce__"_name));
  if (method) {
    Ref<> own = TRY(get_attr(object(Py_TYPE(o)), "__reduce__"_name));
    if (own.get() != dict_find_name(PyBaseObject_Type.tp_dict, "__reduce__"_name)) return call(method.get());
  }
  return reduce_for(o, protocol);
}
static constexpr char getstate_doc[] = "__getstate__($self, /)\n--\n\nThe state that pickle stores: the instance's attributes.";
Ref<> object_getstate(PyObject* o) { return default_state(o, false); }

// -- small methods --

static constexpr char format_doc[] = "__format__($self, format_spec, /)\n--\n\nstr(self); a format specification is refused.";
Ref<> object_format(PyObject* o, Str& spec) {
  if (spec.length) return raise(PyExc_TypeError, "unsupported format string passed to {}.__format__", clip(type_name(o), 200));
  return to_str(o);
}
static constexpr char sizeof_doc[] = "__sizeof__($self, /)\n--\n\nSize of the object in memory, in bytes.";
Py_ssize_t object_sizeof(PyObject* o) {
  PyTypeObject* type = Py_TYPE(o);
  Py_ssize_t n = type->tp_itemsize ? Py_SIZE(o) * type->tp_itemsize : 0;
  return (n < 0 ? -n : n) + type->tp_basicsize;
}
Ref<> subclasshook(PyObject*, const Arguments&) { return not_implemented(); }
static constexpr char init_subclass_doc[] = "__init_subclass__($type, /)\n--\n\nCalled on a class when it is subclassed.";
Status init_subclass(PyObject*) { return {}; }

/// The class's attribute names, its bases' included, into a dict.
Status merge_class_names(PyObject* into, PyObject* cls) {
  RecursionGuard guard(" in dir()");
  if (!guard) return Raised{};
  Ref<> dict = TRY(find_attr(cls, "__dict__"_name));
  if (dict) TRY(dict_merge(into, dict.get(), 1));
  Ref<> bases = TRY(find_attr(cls, "__bases__"_name));
  if (!bases || !PyTuple_Check(bases.get())) return {};
  for (Py_ssize_t i = 0; i < tuple_size(bases.get()); i++) TRY(merge_class_names(into, item(bases.get(), i)));
  return {};
}
static constexpr char dir_doc[] = "__dir__($self, /)\n--\n\nThe names that dir() lists.";
Ref<> object_dir(PyObject* o) {
  Ref<> own = TRY(find_attr(o, "__dict__"_name));
  Ref<> names;
  if (!own || !PyDict_Check(own.get())) names = TRY(new_dict());
  else names = TRY(dict_copy(own.get()));
  Ref<> cls = TRY(find_attr(o, "__class__"_name));
  if (cls) TRY(merge_class_names(names.get(), cls.get()));
  return dict_keys_list(names.get());
}

constinit PyMethodDef methods[] = {
    method<reduce_ex_doc, object_reduce_ex>,
    method<reduce_doc, object_reduce>,
    method<getstate_doc, object_getstate>,
    positional_varargs<subclasshook>("__subclasshook__",
                                     "Abstract classes may override this to tell whether a class counts as a subclass.", METH_CLASS),
    method<init_subclass_doc, init_subclass>,
    method<format_doc, object_format>,
    method<sizeof_doc, object_sizeof>,
    method<dir_doc, object_dir>,
    {},
};
constinit PyGetSetDef getset[] = {{"__class__", slot<get_class>, slot<set_class>, "the object's class", nullptr}, {}};

}  // namespace

Status merge_class_attributes(PyObject* into, PyObject* cls) { return merge_class_names(into, cls); }

int object_init(PyObject* self, PyObject* args, PyObject* kwargs) {
  PyTypeObject* type = Py_TYPE(self);
  if (!has_excess(args, kwargs)) return 0;
  if (type->tp_init != object_init) {
    raise(PyExc_TypeError, "object.__init__() takes exactly one argument (the instance to initialize)");
    return -1;
  }
  if (type->tp_new == object_new) {
    raise(PyExc_TypeError, "{}.__init__() takes exactly one argument (the instance to initialize)", clip(type->tp_name, 200));
    return -1;
  }
  return 0;
}

PyObject* object_new(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  if (has_excess(args, kwargs)) {
    if (type->tp_new != object_new) {
      raise(PyExc_TypeError, "object.__new__() takes exactly one argument (the type to instantiate)");
      return nullptr;
    }
    if (type->tp_init == object_init) {
      raise(PyExc_TypeError, "{}() takes no arguments", clip(type->tp_name, 200));
      return nullptr;
    }
  }
  if (has_feature(type, Py_TPFLAGS_IS_ABSTRACT)) {
    raise_abstract(type);
    return nullptr;
  }
  return type->tp_alloc(type, 0);
}

}  // namespace taipan

using namespace taipan;

constinit PyTypeObject PyBaseObject_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "object",
    .tp_basicsize = sizeof(PyObject),
    .tp_dealloc = object_dealloc,
    .tp_repr = slot<object_repr>,
    .tp_hash = object_hash,
    .tp_str = slot<object_str>,
    .tp_getattro = generic_get_attr_slot,
    .tp_setattro = generic_set_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = "object()\n--\n\nWhat every class derives from. An instance has no attributes of its own and cannot get any.",
    .tp_richcompare = slot<object_compare>,
    .tp_methods = methods,
    .tp_getset = getset,
    .tp_init = object_init,
    .tp_alloc = generic_alloc,
    .tp_new = object_new,
    .tp_free = generic_free,
};
