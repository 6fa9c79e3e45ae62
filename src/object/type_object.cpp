// `type`: calling a class, attribute access on classes, and the attributes that every class has.
#include "object/alloc.h"
#include "object/audit_hook.h"
#include "object/bind.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/exceptions.h"
#include "object/gc.h"
#include "object/name.h"
#include "object/slot.h"
#include "object/slot_functions.h"
#include "object/slots.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type_internal.h"
#include "object/weakref.h"

namespace taipan {
namespace {

using HeapType = PyHeapTypeObject;
bool is_heap(Type& t) { return has_feature(&t, Py_TPFLAGS_HEAPTYPE); }
HeapType& heap(Type& t) { return *reinterpret_cast<HeapType*>(&t); }

// -- calling a class --

PyObject* type_call(PyObject* self, PyObject* args, PyObject* kwargs) {
  auto* type = reinterpret_cast<Type*>(self);
  if (type == &PyType_Type) {
    Py_ssize_t n = tuple_size(args);
    if (n == 1) {
      if (!check_no_keywords_dict("type", kwargs)) return nullptr;
      return Py_NewRef(object(Py_TYPE(item(args, 0))));
    }
    if (n != 3) {
      raise(PyExc_TypeError, "type() takes 1 or 3 arguments");
      return nullptr;
    }
  }
  if (!type->tp_new) {
    raise(PyExc_TypeError, "cannot create '{}' instances", type->tp_name);
    return nullptr;
  }
  Ref<> made = check_call_result(self, type->tp_new(type, args, kwargs));
  if (!made) return nullptr;
  if (!is_subtype(Py_TYPE(made.get()), type)) return made.release();
  PyTypeObject* actual = Py_TYPE(made.get());
  if (actual->tp_init && actual->tp_init(made.get(), args, kwargs) < 0) return nullptr;
  return made.release();
}

/// The class's own vectorcall (built-in types that have one), else through tp_call.
PyObject* type_vectorcall(PyObject* self, PyObject* const* args, size_t nargsf, PyObject* kwnames) {
  if (self == object(&PyType_Type) && PyVectorcall_NARGS(nargsf) == 1 && (!kwnames || !Py_SIZE(kwnames)))
    return Py_NewRef(object(Py_TYPE(args[0])));
  return make_tp_call(self, args, PyVectorcall_NARGS(nargsf), kwnames).release();
}

// -- attributes of classes --

}  // namespace

Result<Ref<>> find_on_type(Type* type, PyObject* name) {
  Type* meta = Py_TYPE(type);
  if (!PyUnicode_Check(name))
    return raise(PyExc_TypeError, "attribute name must be string, not '{}'", clip(type_name(name), 200));
  if (!type->tp_dict) TRY(ready_type(type));
  PyObject* of_meta = type_lookup(meta, name);
  Ref<> keep_meta;
  descrgetfunc meta_get = nullptr;
  if (of_meta) {
    keep_meta = share(of_meta);
    meta_get = Py_TYPE(of_meta)->tp_descr_get;
    if (meta_get && Py_TYPE(of_meta)->tp_descr_set) return TRY(adopt(meta_get(of_meta, object(type), object(meta))));
  }
  if (PyObject* own = type_lookup(type, name)) {
    Ref<> keep = share(own);
    if (descrgetfunc get = Py_TYPE(own)->tp_descr_get) return TRY(adopt(get(own, nullptr, object(type))));
    return keep;
  }
  if (meta_get) return TRY(adopt(meta_get(of_meta, object(type), object(meta))));
  return keep_meta;
}

namespace {

Ref<> type_getattro(Type& type, PyObject* name) {
  Ref<> value = TRY(find_on_type(&type, name));
  if (value) return value;
  raise(PyExc_AttributeError, "type object '{}' has no attribute '{}'", clip(type.tp_name, 50), as_str(name));
  note_attribute_error(object(type), name);
  return {};
}

bool is_special_name(PyObject* name) {
  Py_ssize_t n = str_length(name);
  return n > 4 && char_at(name, 0) == '_' && char_at(name, 1) == '_' && char_at(name, n - 1) == '_' && char_at(name, n - 2) == '_';
}

Status set_type_attribute(Type& type, PyObject* name, PyObject* value) {
  if (has_feature(&type, Py_TPFLAGS_IMMUTABLETYPE))
    return raise(PyExc_TypeError, "cannot set {} attribute of immutable type '{}'", as_repr(name), type.tp_name);
  if (!PyUnicode_Check(name))
    return raise(PyExc_TypeError, "attribute name must be string, not '{}'", clip(type_name(name), 200));
  Ref<> key = intern(share(name));
  // A data descriptor of the metaclass comes first; otherwise the class's own dict.
  PyObject* of_meta = type_lookup(Py_TYPE(&type), key.get());
  if (of_meta && Py_TYPE(of_meta)->tp_descr_set) {
    Ref<> keep = share(of_meta);
    TRY(Status::from_c(Py_TYPE(of_meta)->tp_descr_set(of_meta, object(type), value)));
  } else if (value) {
    TRY(dict_set(type.tp_dict, key.get(), value));
  } else if (!TRY(dict_remove(type.tp_dict, key.get()))) {
    raise(PyExc_AttributeError, "type object '{}' has no attribute '{}'", clip(type.tp_name, 50), as_str(key.get()));
    note_attribute_error(object(type), key.get());
    return Raised{};
  }
  // Even if nothing was deleted: inline caches must not outlive the change.
  type_modified(&type);
  if (is_special_name(key.get())) update_slots(&type, key.get());
  return {};
}

// -- __name__ and friends --

Status check_settable(Type& type, PyObject* value, const char* attribute) {
  if (has_feature(&type, Py_TPFLAGS_IMMUTABLETYPE))
    return raise(PyExc_TypeError, "cannot set '{}' attribute of immutable type '{}'", attribute, type.tp_name);
  if (!value) return raise(PyExc_TypeError, "cannot delete '{}' attribute of immutable type '{}'", attribute, type.tp_name);
  if (!audit_from_below) return {};
  Ref<> name = TRY(new_str(attribute));
  return audit_below("object.__setattr__", {object(&type), name.get(), value});
}
Ref<> get_name(Type& t, void*) { return type_short_name(&t); }
Status set_name(Type& t, PyObject* value, void*) {
  TRY(check_settable(t, value, "__name__"));
  if (!PyUnicode_Check(value))
    return raise(PyExc_TypeError, "can only assign string to {}.__name__, not '{}'", t.tp_name, type_name(value));
  auto text = TRY(to_utf8(value));
  if (text.find('\0') != text.npos) return raise(PyExc_ValueError, "type name must not contain null characters");
  t.tp_name = text.data();
  replace_field(heap(t).ht_name, share(value));
  return {};
}
Ref<> get_qualname(Type& t, void*) { return is_heap(t) ? share(heap(t).ht_qualname) : type_short_name(&t); }
Status set_qualname(Type& t, PyObject* value, void*) {
  TRY(check_settable(t, value, "__qualname__"));
  if (!PyUnicode_Check(value))
    return raise(PyExc_TypeError, "can only assign string to {}.__qualname__, not '{}'", t.tp_name, type_name(value));
  replace_field(heap(t).ht_qualname, share(value));
  return {};
}
Ref<> get_module(Type& t, void*) {
  if (is_heap(t)) {
    PyObject* module = dict_find_name(t.tp_dict, "__module__"_name);
    if (!module) return raise(PyExc_AttributeError, "__module__");
    return share(module);
  }
  const char* dot = strrchr(t.tp_name, '.');
  return new_interned(dot ? std::string_view(t.tp_name, dot - t.tp_name) : std::string_view("builtins"));
}
Status set_module(Type& t, PyObject* value, void*) {
  TRY(check_settable(t, value, "__module__"));
  type_modified(&t);
  return dict_set(t.tp_dict, "__module__"_name, value);
}
Ref<> get_doc(Type& t, void*) {
  if (!is_heap(t) && t.tp_doc) return doc_object(t.tp_name, t.tp_doc);
  PyObject* doc = dict_find_name(t.tp_dict, "__doc__"_name);
  if (!doc) return none();
  if (descrgetfunc get = Py_TYPE(doc)->tp_descr_get) return adopt(get(doc, nullptr, object(t)));
  return share(doc);
}
Status set_doc(Type& t, PyObject* value, void*) {
  TRY(check_settable(t, value, "__doc__"));
  type_modified(&t);
  return dict_set(t.tp_dict, "__doc__"_name, value);
}
Ref<> get_text_signature(Type& t, void*) { return signature_object(t.tp_name, t.tp_doc); }
Ref<> get_dict(Type& t, void*) {
  if (!t.tp_dict) return none();
  return new_mapping_proxy(t.tp_dict);
}
Ref<> get_annotations(Type& t, void*) {
  if (!is_heap(t)) return raise(PyExc_AttributeError, "type object '{}' has no attribute '__annotations__'", t.tp_name);
  if (PyObject* found = dict_find_name(t.tp_dict, "__annotations__"_name)) {
    Ref<> keep = share(found);
    if (descrgetfunc get = Py_TYPE(found)->tp_descr_get) return adopt(get(found, nullptr, object(t)));
    return keep;
  }
  Ref<> made = TRY(new_dict());
  TRY(dict_set(t.tp_dict, "__annotations__"_name, made.get()));
  type_modified(&t);
  return made;
}
Status set_annotations(Type& t, PyObject* value, void*) {
  if (has_feature(&t, Py_TPFLAGS_IMMUTABLETYPE))
    return raise(PyExc_TypeError, "cannot set '__annotations__' attribute of immutable type '{}'", t.tp_name);
  if (value) {
    TRY(dict_set(t.tp_dict, "__annotations__"_name, value));
  } else if (!TRY(dict_remove(t.tp_dict, "__annotations__"_name))) {
    return raise(PyExc_AttributeError, "__annotations__");
  }
  type_modified(&t);
  return {};
}
Ref<> get_abstract_methods(Type& t, void*) {
  // type itself has the descriptor, not the value.
  PyObject* methods = &t == &PyType_Type ? nullptr : dict_find_name(t.tp_dict, "__abstractmethods__"_name);
  if (!methods) return raise(PyExc_AttributeError, "__abstractmethods__");
  return share(methods);
}
Status set_abstract_methods(Type& t, PyObject* value, void*) {
  bool abstract = false;
  if (value) {
    abstract = TRY(is_true(value));
    TRY(dict_set(t.tp_dict, "__abstractmethods__"_name, value));
  } else if (!TRY(dict_remove(t.tp_dict, "__abstractmethods__"_name))) {
    return raise(PyExc_AttributeError, "__abstractmethods__");
  }
  type_modified(&t);
  if (abstract) t.tp_flags |= Py_TPFLAGS_IS_ABSTRACT;
  else t.tp_flags &= ~Py_TPFLAGS_IS_ABSTRACT;
  return {};
}

// -- __bases__ --

Ref<> get_bases(Type& t, void*) { return share(t.tp_bases ? t.tp_bases : Py_None); }

/// Recomputes the MROs of a class and of everything below it; notes (class, new MRO[, old MRO]) for undoing.
Status recompute_mros(Type* type, PyObject* undo) {
  Ref<> old = type->tp_mro ? share(type->tp_mro) : Ref<>();
  if (!TRY(compute_mro(type))) return {};
  Ref<> entry = TRY(old ? tuple_of({object(type), type->tp_mro, old.get()}) : tuple_of({object(type), type->tp_mro}));
  TRY(list_append(undo, entry.get()));
  Ref<List> below = TRY(new_list());  // a metaclass's mro() may add and remove subclasses
  Status done;
  for_each_subclass(type, [&](PyTypeObject* sub) {
    done = list_append(object(below.get()), object(sub));
    return static_cast<bool>(done);
  });
  if (!done) return done;
  for (Py_ssize_t i = 0; i < Py_SIZE(below.get()); i++) TRY(recompute_mros(reinterpret_cast<Type*>(below->ob_item[i]), undo));
  return {};
}

/// Gives the classes their old MROs back, but for those that have got a newer one meanwhile.
void restore_mros(List* undo) {
  for (Py_ssize_t i = Py_SIZE(undo); i-- > 0;) {
    PyObject* entry = undo->ob_item[i];
    auto* type = reinterpret_cast<Type*>(item(entry, 0));
    if (type->tp_mro != item(entry, 1)) continue;
    replace_field(type->tp_mro, tuple_size(entry) > 2 ? share(item(entry, 2)) : Ref<>());
    type_modified(type);
  }
}

/// Is the class its own ancestor by way of tp_base? Inside a metaclass's mro() the MROs do not tell yet.
bool inherits_by_chain(Type* type, Type* ancestor) {
  for (; type; type = type->tp_base) {
    if (type == ancestor) return true;
  }
  return false;
}

Status set_bases(Type& t, PyObject* value, void*) {
  TRY(check_settable(t, value, "__bases__"));
  if (!PyTuple_Check(value))
    return raise(PyExc_TypeError, "can only assign tuple to {}.__bases__, not {}", t.tp_name, type_name(value));
  if (!tuple_size(value)) return raise(PyExc_TypeError, "can only assign non-empty tuple to {}.__bases__, not ()", t.tp_name);
  for (Py_ssize_t i = 0; i < tuple_size(value); i++) {
    PyObject* base = item(value, i);
    if (!PyType_Check(base))
      return raise(PyExc_TypeError, "{}.__bases__ must be tuple of classes, not '{}'", t.tp_name, type_name(base));
    auto* base_type = reinterpret_cast<Type*>(base);
    if (is_subtype(base_type, &t) || inherits_by_chain(base_type, &t))
      return raise(PyExc_TypeError, "a __bases__ item causes an inheritance cycle");
  }
  PyTypeObject* new_base = best_base(value);
  if (!new_base) return Raised{};
  if (!compatible_for_assignment(t.tp_base, new_base, "__bases__")) return Raised{};
  Ref<> keep_self = share(object(t)), old_bases = share(t.tp_bases), old_base = share(object(t.tp_base));
  Ref<List> undo = TRY(new_list());
  replace_field(t.tp_bases, share(value));
  replace_field(t.tp_base, share(new_base));
  if (!recompute_mros(&t, object(undo.get()))) {
    PendingError pending = PendingError::take();
    restore_mros(undo.get());
    if (t.tp_bases == value) {
      replace_field(t.tp_bases, std::move(old_bases));
      replace_field(t.tp_base, std::move(old_base).as<PyTypeObject>());
    }
    std::move(pending).restore();
    return Raised{};
  }
  if (t.tp_bases != value) return {};  // a metaclass's mro() has assigned other ones
  for (Py_ssize_t i = 0; i < tuple_size(old_bases.get()); i++)
    remove_subclass(reinterpret_cast<Type*>(item(old_bases.get(), i)), &t);
  TRY(add_to_bases(&t));
  for (SlotRow* row = slot_rows; row->name; row++) update_slots(&t, row->name_strobj);
  return {};
}

// -- methods --

static constexpr char mro_doc[] = "mro($self, /)\n--\n\nThe order in which the classes are searched for attributes.";
Ref<> type_mro(Type& t) { return c3_mro(&t); }
static constexpr char subclasses_doc[] = "__subclasses__($self, /)\n--\n\nThe living immediate subclasses.";
Ref<> subclasses(Type& t) {
  Ref<List> list = TRY(new_list());
  Status done;
  for_each_subclass(&t, [&](PyTypeObject* sub) {
    done = list_append(object(list.get()), object(sub));
    return static_cast<bool>(done);
  });
  if (!done) return Raised{};
  return list;
}
Ref<> prepare(PyObject*, const Arguments&) { return new_dict(); }
static constexpr char instancecheck_doc[] = "__instancecheck__($self, instance, /)\n--\n\nDoes an object count as an instance?";
Result<bool> instancecheck(Type& t, PyObject* o) { return type_instance_check(object(t), o); }
static constexpr char subclasscheck_doc[] = "__subclasscheck__($self, subclass, /)\n--\n\nDoes a class count as a subclass?";
Result<bool> subclasscheck(Type& t, PyObject* sub) { return type_subclass_check(object(t), sub); }
static constexpr char dir_doc[] = "__dir__($self, /)\n--\n\nThe names that dir() lists: the class's and its bases'.";
Ref<> type_dir(Type& t) {
  Ref<> names = TRY(new_dict());
  TRY(merge_class_attributes(names.get(), object(t)));
  return dict_keys_list(names.get());
}
static constexpr char sizeof_doc[] = "__sizeof__($self, /)\n--\n\nSize of the class in memory, in bytes.";
Py_ssize_t type_sizeof(Type& t) {
  return is_heap(t) ? static_cast<Py_ssize_t>(sizeof(HeapType)) + Py_SIZE(&t) * static_cast<Py_ssize_t>(sizeof(PyMemberDef)) : sizeof(Type);
}

Ref<> type_repr(Type& t) {
  Ref<> module = get_module(t, nullptr);
  if (!module) clear_error();
  Ref<> name = TRY(get_qualname(t, nullptr));
  if (module && PyUnicode_Check(module.get()) && !str_equal(module.get(), "builtins"))
    return format_str("<class '{}.{}'>", as_str(module.get()), as_str(name.get()));
  return format_str("<class '{}'>", t.tp_name);
}
Ref<> type_or(PyObject* a, PyObject* b) { return new_union(a, b); }

void type_dealloc(PyObject* o) {
  auto& t = *reinterpret_cast<Type*>(o);
  PendingError pending = PendingError::take();
  remove_from_bases(&t);
  std::move(pending).restore();
  gc_untrack(o);
  TrashGuard trash(o);
  if (!trash) return;
  clear_weakrefs(o);
  HeapType& h = heap(t);
  Py_XDECREF(object(t.tp_base));
  Py_XDECREF(t.tp_dict);
  Py_XDECREF(t.tp_bases);
  Py_XDECREF(t.tp_mro);
  Py_XDECREF(t.tp_cache);
  Py_XDECREF(t.tp_subclasses);
  raw_free(const_cast<char*>(t.tp_doc));
  Py_XDECREF(h.ht_name);
  Py_XDECREF(h.ht_qualname);
  Py_XDECREF(h.ht_slots);
  if (h.ht_cached_keys) free_cached_keys(&h);
  Py_XDECREF(h.ht_module);
  raw_free(h._ht_tpname);
  Py_TYPE(o)->tp_free(o);  // a metaclass from Python is released by subtype_dealloc, which called us
}
int type_traverse(PyObject* o, visitproc visit, void* arg) {
  auto& t = *reinterpret_cast<Type*>(o);
  if (!is_heap(t)) return 0;  // static types never die
  Py_VISIT(t.tp_dict);
  Py_VISIT(t.tp_cache);
  Py_VISIT(t.tp_mro);
  Py_VISIT(t.tp_bases);
  Py_VISIT(t.tp_base);
  Py_VISIT(heap(t).ht_module);
  return 0;
}
int type_clear(PyObject* o) {
  auto& t = *reinterpret_cast<Type*>(o);
  // The dict, the module and the MRO (which the type itself is in) make the cycles; bases and names stay usable.
  type_modified(&t);
  if (t.tp_dict) dict_clear(t.tp_dict);
  clear_field(heap(t).ht_module);
  clear_field(t.tp_mro);
  return 0;
}
int type_is_gc(PyObject* o) { return is_heap(*reinterpret_cast<Type*>(o)); }

constinit PyMethodDef methods[] = {
    method<mro_doc, type_mro>,
    method<subclasses_doc, subclasses>,
    varargs<prepare>("__prepare__", "__prepare__() -> dict\nThe namespace for the body of a class statement.", METH_CLASS),
    method<instancecheck_doc, instancecheck>,
    method<subclasscheck_doc, subclasscheck>,
    method<dir_doc, type_dir>,
    method<sizeof_doc, type_sizeof>,
    {},
};
constinit PyMemberDef members[] = {
    {"__basicsize__", T_PYSSIZET, offsetof(Type, tp_basicsize), READONLY, nullptr},
    {"__itemsize__", T_PYSSIZET, offsetof(Type, tp_itemsize), READONLY, nullptr},
    {"__flags__", T_ULONG, offsetof(Type, tp_flags), READONLY, nullptr},
    {"__weakrefoffset__", T_PYSSIZET, offsetof(Type, tp_weaklistoffset), READONLY, nullptr},
    {"__base__", T_OBJECT, offsetof(Type, tp_base), READONLY, nullptr},
    {"__dictoffset__", T_PYSSIZET, offsetof(Type, tp_dictoffset), READONLY, nullptr},
    {"__mro__", T_OBJECT, offsetof(Type, tp_mro), READONLY, nullptr},
    {},
};
constinit PyGetSetDef getset[] = {
    {"__name__", slot<get_name>, slot<set_name>, nullptr, nullptr},
    {"__qualname__", slot<get_qualname>, slot<set_qualname>, nullptr, nullptr},
    {"__bases__", slot<get_bases>, slot<set_bases>, nullptr, nullptr},
    {"__module__", slot<get_module>, slot<set_module>, nullptr, nullptr},
    {"__abstractmethods__", slot<get_abstract_methods>, slot<set_abstract_methods>, nullptr, nullptr},
    {"__dict__", slot<get_dict>, nullptr, nullptr, nullptr},
    {"__doc__", slot<get_doc>, slot<set_doc>, nullptr, nullptr},
    {"__text_signature__", slot<get_text_signature>, nullptr, nullptr, nullptr},
    {"__annotations__", slot<get_annotations>, slot<set_annotations>, nullptr, nullptr},
    {},
};
constinit PyNumberMethods as_number = {.nb_or = slot<type_or>};

int type_init(PyObject*, PyObject* args, PyObject* kwargs) {
  if (tuple_size(args) == 1 && kwargs && dict_size(kwargs)) {
    raise(PyExc_TypeError, "type.__init__() takes no keyword arguments");
    return -1;
  }
  if (tuple_size(args) != 1 && tuple_size(args) != 3) {
    raise(PyExc_TypeError, "type.__init__() takes 1 or 3 arguments");
    return -1;
  }
  return 0;
}

}  // namespace

Ref<> type_full_name(PyTypeObject* type) {
  Ref<> name = TRY(get_qualname(*type, nullptr));
  Ref<> module = get_module(*type, nullptr);
  if (!module) {
    clear_error();
    return name;
  }
  if (!PyUnicode_Check(module.get()) || str_equal(module.get(), "builtins") || str_equal(module.get(), "__main__")) return name;
  return format_str("{}.{}", as_str(module.get()), as_str(name.get()));
}

}  // namespace taipan

using namespace taipan;

constinit PyTypeObject PyType_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "type",
    .tp_basicsize = sizeof(PyHeapTypeObject),
    .tp_itemsize = sizeof(PyMemberDef),
    .tp_dealloc = type_dealloc,
    .tp_vectorcall_offset = offsetof(PyTypeObject, tp_vectorcall),
    .tp_repr = slot<type_repr>,
    .tp_as_number = &as_number,
    .tp_call = type_call,
    .tp_getattro = slot<type_getattro>,
    .tp_setattro = slot<set_type_attribute>,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_TYPE_SUBCLASS |
                Py_TPFLAGS_HAVE_VECTORCALL,
    .tp_doc = "type(object) -> the object's type\ntype(name, bases, dict, **kwds) -> a new type",
    .tp_traverse = type_traverse,
    .tp_clear = type_clear,
    .tp_weaklistoffset = offsetof(PyTypeObject, tp_weaklist),
    .tp_methods = methods,
    .tp_members = members,
    .tp_getset = getset,
    .tp_dictoffset = offsetof(PyTypeObject, tp_dict),
    .tp_init = type_init,
    .tp_new = type_new,
    .tp_free = gc_free,
    .tp_is_gc = type_is_gc,
    .tp_vectorcall = type_vectorcall,
};
