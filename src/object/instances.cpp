// Instances of classes: allocation as one block, traversal, clearing and deallocation of what a class written in
// Python adds to its base, and the __dict__ and __weakref__ attributes.
#include "object/alloc.h"
#include "object/descriptor.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/type_internal.h"
#include "object/weakref.h"

namespace taipan {
namespace {

size_t aligned(size_t n) { return (n + sizeof(void*) - 1) & ~(sizeof(void*) - 1); }

/// Bytes from the object's head to its end, inline values not counted. One extra item, as the sentinel that
/// variable-sized types rely on.
size_t body_size(PyTypeObject* type, Py_ssize_t items) {
  return aligned(type->tp_basicsize + (type->tp_itemsize ? (items + 1) * static_cast<size_t>(type->tp_itemsize) : 0));
}
bool has_inline_values(PyTypeObject* type) { return has_feature(type, Py_TPFLAGS_MANAGED_DICT) && !type->tp_itemsize; }

}  // namespace

/// Instances of most classes: a managed dict, values in the same block, no items.
static PyObject* allocate_plain_instance(PyTypeObject* type) {
  auto size = static_cast<size_t>(type->tp_basicsize);
  constexpr size_t kPrefix = sizeof(GcHead) + 2 * sizeof(void*);
  auto* block = static_cast<char*>(allocate_block(kPrefix + size + inline_values_size(type)));
  if (!block) [[unlikely]] return static_cast<PyObject*>(no_block_for_object());
  auto* o = reinterpret_cast<PyObject*>(block + kPrefix);
  gc_head(o)->next = gc_head(o)->prev = 0;
  GcGeneration& young = gc_state.generations[0];
  if (++young.count > gc_state.young_limit) [[unlikely]] gc_allocation_pressure();
  count_objects(1);
  o->ob_refcnt = 1;
  o->ob_type = type;
  Py_INCREF(object(type));
  for (size_t at = sizeof(PyObject); at < size; at += sizeof(void*)) *reinterpret_cast<void**>(reinterpret_cast<char*>(o) + at) = nullptr;
  init_instance_attributes(o, type, reinterpret_cast<char*>(o) + size);
  gc_track(o);
  return o;
}

PyObject* generic_alloc(PyTypeObject* type, Py_ssize_t items) {
  constexpr unsigned long kPlain = Py_TPFLAGS_HEAPTYPE | Py_TPFLAGS_MANAGED_DICT | Py_TPFLAGS_HAVE_GC;
  bool plain = (type->tp_flags & kPlain) == kPlain && !type->tp_itemsize && !(type->tp_basicsize & (sizeof(void*) - 1));
  if (plain) [[likely]] return allocate_plain_instance(type);
  if (type->tp_itemsize && items > (PY_SSIZE_T_MAX - type->tp_basicsize) / type->tp_itemsize - 2) {
    raise_no_memory();
    return nullptr;
  }
  size_t size = body_size(type, items);
  bool inline_values = has_inline_values(type);
  size_t total = size + (inline_values ? inline_values_size(type) : 0);
  PyObject* o = type->tp_itemsize ? allocate_var_object(type, total, items) : allocate_object(type, total);
  if (!o) return nullptr;
  size_t head = type->tp_itemsize ? sizeof(PyVarObject) : sizeof(PyObject);
  memset(reinterpret_cast<char*>(o) + head, 0, size - head);
  if (has_feature(type, Py_TPFLAGS_MANAGED_DICT)) {
    *values_slot(o) = nullptr;
    *managed_dict_slot(o) = nullptr;
    if (inline_values) init_instance_attributes(o, type, reinterpret_cast<char*>(o) + size);
  }
  if (has_feature(type, Py_TPFLAGS_HAVE_GC)) gc_track(o);
  return o;
}
PyObject* generic_new(PyTypeObject* type, PyObject*, PyObject*) { return type->tp_alloc(type, 0); }

// tp_free knows the object's type, hence its size: no size is kept with the block.
static void free_instance(PyObject* o) {
  PyTypeObject* type = Py_TYPE(o);
  Py_ssize_t items = type->tp_itemsize ? Py_SIZE(o) : 0;
  size_t size = body_size(type, items < 0 ? -items : items);
  if (has_inline_values(type)) size += instance_values_size(o);
  free_object(o, size);
}
void generic_free(void* o) { free_instance(static_cast<PyObject*>(o)); }
void gc_free(void* o) {
  gc_untrack(static_cast<PyObject*>(o));
  free_instance(static_cast<PyObject*>(o));
}

namespace {

/// Calls `visit(field)` for every __slots__ field that this very class adds.
template <class F>
void for_each_slot_field(PyTypeObject* type, PyObject* o, F&& visit) {
  Py_ssize_t n = Py_SIZE(type);
  auto* row = reinterpret_cast<PyMemberDef*>(reinterpret_cast<char*>(type) + Py_TYPE(type)->tp_basicsize);
  for (Py_ssize_t i = 0; i < n; i++, row++) {
    if (row->type == T_OBJECT_EX && !(row->flags & READONLY))
      visit(*reinterpret_cast<PyObject**>(reinterpret_cast<char*>(o) + row->offset));
  }
}

/// The nearest base whose dealloc (or traverse, or clear) is not ours.
template <auto Member, auto Ours>
PyTypeObject* native_base(PyTypeObject* type) {
  while (type->*Member == Ours) type = type->tp_base;
  return type;
}

void clear_slot_fields(PyTypeObject* type, PyTypeObject* base, PyObject* o) {
  for (PyTypeObject* t = type; t != base; t = t->tp_base) {
    if (Py_SIZE(t)) for_each_slot_field(t, o, [](PyObject*& field) { clear_field(field); });
  }
}

/// tp_del of old: only C types have one.
bool finalize(PyTypeObject* type, PyObject* o) {
  if (type->tp_finalize && call_finalizer_from_dealloc(o)) return true;
  if (type->tp_del) {
    type->tp_del(o);
    if (Py_REFCNT(o) > 0) return true;
  }
  return false;
}

/// Most instances: no collector, no slots beyond the base's.
void dealloc_uncollected(PyObject* o) {
  PyTypeObject* type = Py_TYPE(o);
  if (finalize(type, o)) return;
  PyTypeObject* base = native_base<&PyTypeObject::tp_dealloc, subtype_dealloc>(type);
  if (type->tp_weaklistoffset && !base->tp_weaklistoffset) clear_weakrefs(o);
  clear_slot_fields(type, base, o);
  bool counted = has_feature(type, Py_TPFLAGS_HEAPTYPE) && !has_feature(base, Py_TPFLAGS_HEAPTYPE);
  base->tp_dealloc(o);
  if (counted) Py_DECREF(object(type));
}

/// Classes all the way to object, without slots or finalizers: nothing of an instance but its attributes has to go.
bool is_plain_class(PyTypeObject* type) {
  if (type->tp_finalize || type->tp_del || !has_feature(type, Py_TPFLAGS_MANAGED_DICT) || type->tp_itemsize) return false;
  for (; type != &PyBaseObject_Type; type = type->tp_base) {
    if (type->tp_dealloc != subtype_dealloc || Py_SIZE(type) || type->tp_free != gc_free) return false;
  }
  return true;
}
void dealloc_plain_instance(PyObject* o, PyTypeObject* type) {
  gc_untrack(o);
  TrashGuard trash(o);
  if (!trash) return;
  free_instance_attributes(o);
  type = Py_TYPE(o);  // what ran may have changed it
  size_t size = static_cast<size_t>(type->tp_basicsize) + instance_values_size(o);
  GcGeneration& young = gc_state.generations[0];
  if (young.count > 0) young.count--;
  count_objects(-1);
  constexpr size_t kPrefix = sizeof(GcHead) + 2 * sizeof(void*);
  free_block(reinterpret_cast<char*>(o) - kPrefix, size + kPrefix);
  Py_DECREF(object(type));
}

}  // namespace

void subtype_dealloc(PyObject* o) {
  PyTypeObject* type = Py_TYPE(o);
  bool watched = type->tp_weaklistoffset > 0 &&
                 *reinterpret_cast<PyObject**>(reinterpret_cast<char*>(o) + type->tp_weaklistoffset);
  if (!watched && is_plain_class(type)) return dealloc_plain_instance(o, type);
  if (!has_feature(type, Py_TPFLAGS_HAVE_GC)) return dealloc_uncollected(o);
  gc_untrack(o);
  TrashGuard trash(o);
  if (!trash) return;
  PyTypeObject* base = native_base<&PyTypeObject::tp_dealloc, subtype_dealloc>(type);
  if (type->tp_finalize) {
    gc_track(o);
    if (call_finalizer_from_dealloc(o)) return;  // resurrected
    gc_untrack(o);
  }
  if (type->tp_weaklistoffset && !base->tp_weaklistoffset) {
    clear_weakrefs(o);  // untracked: a collection that a callback or another thread starts must not meet a dead object
  }
  if (type->tp_del) {
    gc_track(o);
    type->tp_del(o);
    if (Py_REFCNT(o) > 0) return;
    gc_untrack(o);
  }
  clear_slot_fields(type, base, o);
  if (has_feature(type, Py_TPFLAGS_MANAGED_DICT)) {
    free_instance_attributes(o);
  } else if (type->tp_dictoffset && !base->tp_dictoffset) {
    if (PyObject** slot = dict_slot(o)) clear_field(*slot);
  }
  // The type may have been changed by what ran above.
  type = Py_TYPE(o);
  bool counted = has_feature(type, Py_TPFLAGS_HEAPTYPE) && !has_feature(base, Py_TPFLAGS_HEAPTYPE);
  if (has_feature(base, Py_TPFLAGS_HAVE_GC)) gc_track(o);  // the base's dealloc untracks
  base->tp_dealloc(o);
  if (counted) Py_DECREF(object(type));
}

int subtype_traverse(PyObject* o, visitproc visit, void* arg) {
  PyTypeObject* type = Py_TYPE(o);
  PyTypeObject* base = type;
  int stop = 0;
  for (; base->tp_traverse == subtype_traverse; base = base->tp_base) {
    if (!Py_SIZE(base)) continue;
    for_each_slot_field(base, o, [&](PyObject*& field) {
      if (field && !stop) stop = visit(field, arg);
    });
    if (stop) return stop;
  }
  if (has_feature(type, Py_TPFLAGS_MANAGED_DICT)) {
    if (int r = visit_instance_attributes(o, visit, arg)) return r;
  } else if (type->tp_dictoffset != base->tp_dictoffset) {
    PyObject** slot = dict_slot(o);
    if (slot) Py_VISIT(*slot);
  }
  if (has_feature(type, Py_TPFLAGS_HEAPTYPE) && (!base->tp_traverse || !has_feature(base, Py_TPFLAGS_HEAPTYPE))) Py_VISIT(type);
  return base->tp_traverse ? base->tp_traverse(o, visit, arg) : 0;
}

int subtype_clear(PyObject* o) {
  PyTypeObject* type = Py_TYPE(o);
  PyTypeObject* base = type;
  for (; base->tp_clear == subtype_clear; base = base->tp_base) {
    if (Py_SIZE(base)) for_each_slot_field(base, o, [](PyObject*& field) { clear_field(field); });
  }
  if (has_feature(type, Py_TPFLAGS_MANAGED_DICT)) {
    clear_instance_attributes(o);
  } else if (type->tp_dictoffset != base->tp_dictoffset) {
    PyObject** slot = dict_slot(o);
    if (slot) clear_field(*slot);
  }
  return base->tp_clear ? base->tp_clear(o) : 0;
}

// -- __dict__ and __weakref__ --

namespace {

/// A base written in C that has a __dict__ of its own decides what o.__dict__ means.
PyTypeObject* builtin_base_with_dict(PyTypeObject* type) {
  for (; type->tp_base; type = type->tp_base) {
    if (type->tp_dictoffset && !has_feature(type, Py_TPFLAGS_HEAPTYPE)) return type;
  }
  return nullptr;
}
PyObject* dict_descriptor(PyTypeObject* type) {
  PyObject* descriptor = type_lookup(type, "__dict__"_name);
  return descriptor && is_data_descriptor(descriptor) ? descriptor : nullptr;
}
Raised raise_no_descriptor(PyObject* o) {
  return raise(PyExc_TypeError, "this __dict__ descriptor does not support '{}' objects", clip(type_name(o), 200));
}

Ref<> get_dict(PyObject* o, void*) {
  if (PyTypeObject* base = builtin_base_with_dict(Py_TYPE(o))) {
    PyObject* descriptor = dict_descriptor(base);
    if (!descriptor || !Py_TYPE(descriptor)->tp_descr_get) return raise_no_descriptor(o);
    return adopt(Py_TYPE(descriptor)->tp_descr_get(descriptor, o, object(Py_TYPE(o))));
  }
  return get_instance_dict(o);
}
Status set_dict(PyObject* o, PyObject* value, void*) {
  if (PyTypeObject* base = builtin_base_with_dict(Py_TYPE(o))) {
    PyObject* descriptor = dict_descriptor(base);
    if (!descriptor) return raise_no_descriptor(o);
    return Status::from_c(Py_TYPE(descriptor)->tp_descr_set(descriptor, o, value));
  }
  if (value && !PyDict_Check(value))
    return raise(PyExc_TypeError, "__dict__ must be set to a dictionary, not a '{}'", clip(type_name(value), 200));
  PyObject** slot = dict_slot(o);  // materialised: the values no longer count
  if (!slot) return pending_error() ? Raised{} : raise(PyExc_AttributeError, "This object has no __dict__");
  PyObject* old = std::exchange(*slot, Py_XNewRef(value));
  Py_XDECREF(old);
  return {};
}
Ref<> get_weakref(PyObject* o, void*) {
  if (!Py_TYPE(o)->tp_weaklistoffset) return raise(PyExc_AttributeError, "This object has no __weakref__");
  PyObject** list = weakref_list(o);
  PyObject* first = list ? *list : nullptr;
  return share(first ? first : Py_None);
}

}  // namespace

#define DICT_ROW {"__dict__", slot<get_dict>, slot<set_dict>, "the instance's attributes", nullptr}
#define WEAKREF_ROW {"__weakref__", slot<get_weakref>, nullptr, "the first weak reference to the object", nullptr}
constinit PyGetSetDef subtype_getset_full[] = {DICT_ROW, WEAKREF_ROW, {}};
constinit PyGetSetDef subtype_getset_dict_only[] = {DICT_ROW, {}};
constinit PyGetSetDef subtype_getset_weakref_only[] = {WEAKREF_ROW, {}};

}  // namespace taipan

/// The end of every object: CPython's headers expand Py_DECREF to this.
