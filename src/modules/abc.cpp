// _abc: the working half of abstract base classes. Each class keeps the classes registered with it and caches of
// earlier answers, all as sets of weak references that drop an entry when its class goes.
#include "modules/module.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/tuple.h"
#include "object/type.h"
#include "object/weakref.h"
#include "types/set.h"

namespace taipan {
namespace {

/// Grows with every registration anywhere: negative answers older than that are void.
uint64_t registrations = 0;

struct AbcData {
  PyObject_HEAD
  PyObject *registry, *cache, *negative_cache;  // sets of weak references; null until needed
  uint64_t negative_version;
};

void data_dealloc(PyObject* o) {
  gc_untrack(o);
  auto* d = reinterpret_cast<AbcData*>(o);
  Py_XDECREF(d->registry);
  Py_XDECREF(d->cache);
  Py_XDECREF(d->negative_cache);
  deallocate(d);
}
int data_traverse(PyObject* o, visitproc visit, void* arg) {
  auto* d = reinterpret_cast<AbcData*>(o);
  Py_VISIT(d->registry);
  Py_VISIT(d->cache);
  Py_VISIT(d->negative_cache);
  return 0;
}
int data_clear(PyObject* o) {
  auto* d = reinterpret_cast<AbcData*>(o);
  clear_field(d->registry);
  clear_field(d->cache);
  clear_field(d->negative_cache);
  return 0;
}
constinit PyTypeObject data_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "_abc._abc_data",
    .tp_basicsize = sizeof(AbcData),
    .tp_dealloc = data_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "What an abstract base class remembers.",
    .tp_traverse = data_traverse,
    .tp_clear = data_clear,
};

Result<AbcData*> data_of(PyObject* cls, Ref<>& hold) {
  hold = TRY(get_attr(cls, "_abc_impl"_name));
  if (!Py_IS_TYPE(hold.get(), &data_type)) return raise(PyExc_TypeError, "_abc_impl is set to a wrong type");
  return reinterpret_cast<AbcData*>(hold.get());
}

// -- sets of weak references --

/// The callback of an entry: `self` is a weak reference to the set.
PyObject* forget_entry(PyObject* self, PyObject* entry) {
  PyObject* set = weakref_target(self);
  if (!set) return Py_NewRef(Py_None);
  Ref<> hold = share(set);
  auto done = set_discard(set, entry);
  return done ? Py_NewRef(Py_None) : nullptr;
}
constinit PyMethodDef forget_row = {"_destroy", forget_entry, METH_O, nullptr};

Status add_weakly(PyObject*& set, PyObject* o) {
  if (!set) set = TRY(new_set()).release();
  Ref<> hold = share(set);
  Ref<> set_ref = TRY(new_weakref(set));
  Ref<> callback = TRY(new_builtin(&forget_row, set_ref.get(), nullptr));
  Ref<> ref = TRY(new_weakref(o, callback.get()));
  return set_add(hold.get(), ref.get());
}
Result<bool> has_weakly(PyObject* set, PyObject* o) {
  if (!set || set_size(set) == 0) return false;
  Ref<> ref = new_weakref(o);
  if (!ref) {
    if (clear_error_if(PyExc_TypeError)) return false;  // it cannot be referred to weakly, so it is not in there
    return Raised{};
  }
  return set_contains(set, ref.get());
}

// -- abstract methods --

Result<bool> is_abstract(PyObject* o) {
  Ref<> flag = TRY(find_attr(o, "__isabstractmethod__"_name));
  if (!flag) return false;
  return is_true(flag.get());
}

Status compute_abstract_methods(PyObject* cls) {
  Ref<> names = TRY(new_set());
  Ref<> own = TRY(get_attr(cls, "__dict__"_name));
  Ref<> items = TRY(mapping_items(own.get()));
  TRY(for_each(items.get(), [&](PyObject* pair) -> Status {
    if (!PyTuple_Check(pair) || tuple_size(pair) != 2) return raise(PyExc_TypeError, "Iteration over items() returned item which size is not 2");
    bool abstract = TRY(is_abstract(item(pair, 1)));
    return abstract ? set_add(names.get(), item(pair, 0)) : Status();
  }));
  Ref<> bases = TRY(get_attr(cls, "__bases__"_name));
  if (!PyTuple_Check(bases.get())) return raise(PyExc_TypeError, "__bases__ is not tuple");
  for (Py_ssize_t i = 0; i < tuple_size(bases.get()); i++) {
    Ref<> inherited = TRY(find_attr(item(bases.get(), i), "__abstractmethods__"_name));
    if (!inherited) continue;
    TRY(for_each(inherited.get(), [&](PyObject* name) -> Status {
      Ref<> value = TRY(find_attr(cls, name));
      bool abstract = value && TRY(is_abstract(value.get()));
      return abstract ? set_add(names.get(), name) : Status();
    }));
  }
  Ref<> frozen = TRY(new_frozenset(names.get()));
  return set_attr(cls, "__abstractmethods__"_name, frozen.get());
}

// -- registration marks for pattern matching --

constexpr unsigned long kCollectionFlags = Py_TPFLAGS_SEQUENCE | Py_TPFLAGS_MAPPING;

Status take_collection_flags(PyTypeObject* type) {
  PyObject* flags = TRY(dict_find(type->tp_dict, "__abc_tpflags__"_name));
  if (!flags) return {};
  if (PyLong_CheckExact(flags)) {
    auto value = static_cast<unsigned long>(TRY(to_int64(flags)));
    if ((value & kCollectionFlags) == kCollectionFlags)
      return raise(PyExc_TypeError, "__abc_tpflags__ cannot be both Py_TPFLAGS_SEQUENCE and Py_TPFLAGS_MAPPING");
    type->tp_flags |= value & kCollectionFlags;
  }
  TRY(dict_remove(type->tp_dict, "__abc_tpflags__"_name));
  type_modified(type);
  return {};
}

Status set_collection_flag(PyTypeObject* type, unsigned long flag) {
  if ((type->tp_flags & Py_TPFLAGS_IMMUTABLETYPE) || (type->tp_flags & kCollectionFlags) == flag) return {};
  type->tp_flags = (type->tp_flags & ~kCollectionFlags) | flag;
  Ref<> subclasses = TRY(call_method(object(&PyType_Type), "__subclasses__"_name, object(type)));
  return for_each(subclasses.get(), [&](PyObject* sub) { return set_collection_flag(reinterpret_cast<PyTypeObject*>(sub), flag); });
}

// -- the functions --

constexpr char abc_init_doc[] =
    "_abc_init($module, self, /)\n--\n\n"
    "Find the abstract methods of a new class and give it its memory.";
Status abc_init(PyObject*, PyObject* self) {
  TRY(compute_abstract_methods(self));
  auto data = TRY(allocate<AbcData>(&data_type));
  data->registry = data->cache = data->negative_cache = nullptr;
  data->negative_version = registrations;
  gc_track(object(data.get()));
  TRY(set_attr(self, "_abc_impl"_name, object(data.get())));
  return PyType_Check(self) ? take_collection_flags(reinterpret_cast<PyTypeObject*>(self)) : Status();
}

constexpr char abc_register_doc[] =
    "_abc_register($module, self, subclass, /)\n--\n\n"
    "Make a class count as a subclass of an abstract base class.";
Ref<> abc_register(PyObject*, PyObject* self, PyObject* subclass) {
  if (!PyType_Check(subclass)) return raise(PyExc_TypeError, "Can only register classes");
  if (TRY(is_subclass(subclass, self))) return share(subclass);
  // This means the check is done the other way around: a cycle would make both the same.
  if (TRY(is_subclass(self, subclass))) return raise(PyExc_RuntimeError, "Refusing to create an inheritance cycle");
  Ref<> hold;
  AbcData* data = TRY(data_of(self, hold));
  TRY(add_weakly(data->registry, subclass));
  registrations++;
  if (PyType_Check(self)) {
    unsigned long flag = reinterpret_cast<PyTypeObject*>(self)->tp_flags & kCollectionFlags;
    if (flag) TRY(set_collection_flag(reinterpret_cast<PyTypeObject*>(subclass), flag));
  }
  return share(subclass);
}

constexpr char abc_instancecheck_doc[] =
    "_abc_instancecheck($module, self, instance, /)\n--\n\n"
    "isinstance(instance, self) for an abstract base class.";
Ref<> abc_instancecheck(PyObject*, PyObject* self, PyObject* instance) {
  Ref<> hold;
  AbcData* data = TRY(data_of(self, hold));
  Ref<> subclass = TRY(get_attr(instance, "__class__"_name));
  if (TRY(has_weakly(data->cache, subclass.get()))) return boolean(true);
  PyObject* subtype = object(Py_TYPE(instance));
  if (subtype == subclass.get()) {
    if (data->negative_version == registrations && TRY(has_weakly(data->negative_cache, subclass.get())))
      return boolean(false);
    return call_method(self, "__subclasscheck__"_name, subclass.get());
  }
  Ref<> verdict = TRY(call_method(self, "__subclasscheck__"_name, subclass.get()));
  if (TRY(is_true(verdict.get()))) return verdict;
  return call_method(self, "__subclasscheck__"_name, subtype);
}

/// Is it one of the registered classes or a subclass of one?
Result<bool> is_registered(AbcData* data, PyObject* subclass) {
  if (!data->registry) return false;
  if (TRY(has_weakly(data->registry, subclass))) return true;
  Ref<> copy = TRY(to_list(data->registry));  // the checks may change the registry
  for (Py_ssize_t i = 0; i < Py_SIZE(copy.get()); i++) {
    PyObject* registered = weakref_target(fast_items(copy.get())[i]);
    if (!registered) continue;
    Ref<> hold = share(registered);
    if (TRY(is_subclass(subclass, registered))) {
      TRY(add_weakly(data->cache, subclass));
      return true;
    }
  }
  return false;
}

Result<bool> check_subclass(AbcData* data, PyObject* self, PyObject* subclass) {
  if (TRY(has_weakly(data->cache, subclass))) return true;
  if (data->negative_version < registrations) {
    if (data->negative_cache) set_clear(data->negative_cache);
    data->negative_version = registrations;
  } else if (TRY(has_weakly(data->negative_cache, subclass))) {
    return false;
  }
  Ref<> hook = TRY(call_method(self, "__subclasshook__"_name, subclass));
  if (hook.get() == Py_True || hook.get() == Py_False) {
    bool yes = hook.get() == Py_True;
    TRY(add_weakly(yes ? data->cache : data->negative_cache, subclass));
    return yes;
  }
  if (hook.get() != Py_NotImplemented)
    return raise(PyExc_AssertionError, "__subclasshook__ must return either False, True, or NotImplemented");
  if (PyType_Check(self) && is_subtype(reinterpret_cast<PyTypeObject*>(subclass), reinterpret_cast<PyTypeObject*>(self))) {
    TRY(add_weakly(data->cache, subclass));
    return true;
  }
  if (TRY(is_registered(data, subclass))) return true;
  Ref<> subclasses = TRY(call_method(self, "__subclasses__"_name));
  if (!PyList_Check(subclasses.get())) return raise(PyExc_TypeError, "__subclasses__() must return a list");
  for (Py_ssize_t i = 0; i < Py_SIZE(subclasses.get()); i++) {
    Ref<> hold = share(fast_items(subclasses.get())[i]);
    if (TRY(is_subclass(subclass, hold.get()))) {
      TRY(add_weakly(data->cache, subclass));
      return true;
    }
  }
  TRY(add_weakly(data->negative_cache, subclass));
  return false;
}

constexpr char abc_subclasscheck_doc[] =
    "_abc_subclasscheck($module, self, subclass, /)\n--\n\n"
    "issubclass(subclass, self) for an abstract base class.";
Result<bool> abc_subclasscheck(PyObject*, PyObject* self, PyObject* subclass) {
  if (!PyType_Check(subclass)) return raise(PyExc_TypeError, "issubclass() arg 1 must be a class");
  Ref<> hold;
  AbcData* data = TRY(data_of(self, hold));
  return check_subclass(data, self, subclass);
}

constexpr char get_cache_token_doc[] =
    "get_cache_token($module, /)\n--\n\n"
    "A number that changes with every registration: answers from before may be wrong now.";
Ref<> get_cache_token(PyObject*) { return new_int_unsigned(registrations); }

constexpr char get_dump_doc[] =
    "_get_dump($module, self, /)\n--\n\n"
    "Registry, cache, negative cache and its version, for debugging.";
Ref<> get_dump(PyObject*, PyObject* self) {
  Ref<> hold;
  AbcData* data = TRY(data_of(self, hold));
  Ref<> registry = TRY(new_set(data->registry)), cache = TRY(new_set(data->cache));
  Ref<> negative = TRY(new_set(data->negative_cache)), version = TRY(new_int_unsigned(data->negative_version));
  return tuple_of({registry.get(), cache.get(), negative.get(), version.get()});
}

constexpr char reset_registry_doc[] = "_reset_registry($module, self, /)\n--\n\nForget the registered classes.";
Status reset_registry(PyObject*, PyObject* self) {
  Ref<> hold;
  AbcData* data = TRY(data_of(self, hold));
  if (data->registry) set_clear(data->registry);
  return {};
}
constexpr char reset_caches_doc[] = "_reset_caches($module, self, /)\n--\n\nForget all earlier answers.";
Status reset_caches(PyObject*, PyObject* self) {
  Ref<> hold;
  AbcData* data = TRY(data_of(self, hold));
  if (data->cache) set_clear(data->cache);
  if (data->negative_cache) set_clear(data->negative_cache);
  return {};
}

constexpr char abc_doc[] = "What module abc needs to be fast.";
constinit PyMethodDef abc_rows[] = {
    method<get_cache_token_doc, get_cache_token>,
    method<abc_init_doc, abc_init>,
    method<reset_registry_doc, reset_registry>,
    method<reset_caches_doc, reset_caches>,
    method<get_dump_doc, get_dump>,
    method<abc_register_doc, abc_register>,
    method<abc_instancecheck_doc, abc_instancecheck>,
    method<abc_subclasscheck_doc, abc_subclasscheck>,
    {},
};
Status fill(PyObject*) { return ready_type(&data_type); }

}  // namespace
}  // namespace taipan

using namespace taipan;

PyObject* init_abc() { return define_module<"_abc", abc_doc, fill, abc_rows>(); }
