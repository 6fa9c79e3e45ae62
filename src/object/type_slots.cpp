// Keeps slots and special methods in step: inheritance of slots from bases, wrappers for the slots of static
// types, and slots of heap types from the methods that their MRO holds.
#include "object/call.h"
#include "object/cfunction.h"
#include "object/descriptor.h"
#include "object/error.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/slot_functions.h"
#include "object/slots.h"
#include "object/str.h"
#include "object/type_internal.h"

namespace taipan {
namespace {

constexpr unsigned long kSubclassFlags = Py_TPFLAGS_LONG_SUBCLASS | Py_TPFLAGS_LIST_SUBCLASS | Py_TPFLAGS_TUPLE_SUBCLASS |
                                         Py_TPFLAGS_BYTES_SUBCLASS | Py_TPFLAGS_UNICODE_SUBCLASS | Py_TPFLAGS_DICT_SUBCLASS |
                                         Py_TPFLAGS_BASE_EXC_SUBCLASS | Py_TPFLAGS_TYPE_SUBCLASS;

/// Does the type's own dict override what goes with tp_hash and tp_richcompare?
bool overrides_hash(PyTypeObject* type) {
  return dict_find_name(type->tp_dict, "__eq__"_name) || dict_find_name(type->tp_dict, "__hash__"_name);
}

}  // namespace

void inherit_special(PyTypeObject* type, PyTypeObject* base) {
  if (!has_feature(type, Py_TPFLAGS_HAVE_GC) && has_feature(base, Py_TPFLAGS_HAVE_GC) && !type->tp_traverse &&
      !type->tp_clear) {
    type->tp_flags |= Py_TPFLAGS_HAVE_GC;
    type->tp_traverse = base->tp_traverse;
    type->tp_clear = base->tp_clear;
  }
  type->tp_flags |= base->tp_flags & Py_TPFLAGS_MANAGED_DICT;
  if (!type->tp_basicsize) type->tp_basicsize = base->tp_basicsize;
  if (!type->tp_itemsize) type->tp_itemsize = base->tp_itemsize;
  if (!type->tp_weaklistoffset) type->tp_weaklistoffset = base->tp_weaklistoffset;
  if (!type->tp_dictoffset) type->tp_dictoffset = base->tp_dictoffset;
  type->tp_flags |= base->tp_flags & kSubclassFlags;
  if (base->tp_flags & _Py_TPFLAGS_MATCH_SELF) type->tp_flags |= _Py_TPFLAGS_MATCH_SELF;
}

// A slot is copied from `base` if the type lacks it and the base did not itself copy it from its own base; so that
// going up the MRO, each slot comes from the class that defined it.
void inherit_slots(PyTypeObject* type, PyTypeObject* base) {
  if (!(type->tp_flags & (Py_TPFLAGS_SEQUENCE | Py_TPFLAGS_MAPPING)))
    type->tp_flags |= base->tp_flags & (Py_TPFLAGS_SEQUENCE | Py_TPFLAGS_MAPPING);
  PyTypeObject* grand = base->tp_base;
#define COPY(slot) \
  if (!type->slot && base->slot && (!grand || base->slot != grand->slot)) type->slot = base->slot
#define COPY_IN(table, slot)                                                                   \
  if (!type->table->slot && base->table->slot &&                                                \
      (!grand || !grand->table || base->table->slot != grand->table->slot))                     \
  type->table->slot = base->table->slot

  if (type->tp_as_number && base->tp_as_number) {
    COPY_IN(tp_as_number, nb_add); COPY_IN(tp_as_number, nb_subtract); COPY_IN(tp_as_number, nb_multiply);
    COPY_IN(tp_as_number, nb_remainder); COPY_IN(tp_as_number, nb_divmod); COPY_IN(tp_as_number, nb_power);
    COPY_IN(tp_as_number, nb_negative); COPY_IN(tp_as_number, nb_positive); COPY_IN(tp_as_number, nb_absolute);
    COPY_IN(tp_as_number, nb_bool); COPY_IN(tp_as_number, nb_invert); COPY_IN(tp_as_number, nb_lshift);
    COPY_IN(tp_as_number, nb_rshift); COPY_IN(tp_as_number, nb_and); COPY_IN(tp_as_number, nb_xor);
    COPY_IN(tp_as_number, nb_or); COPY_IN(tp_as_number, nb_int); COPY_IN(tp_as_number, nb_float);
    COPY_IN(tp_as_number, nb_inplace_add); COPY_IN(tp_as_number, nb_inplace_subtract);
    COPY_IN(tp_as_number, nb_inplace_multiply); COPY_IN(tp_as_number, nb_inplace_remainder);
    COPY_IN(tp_as_number, nb_inplace_power); COPY_IN(tp_as_number, nb_inplace_lshift);
    COPY_IN(tp_as_number, nb_inplace_rshift); COPY_IN(tp_as_number, nb_inplace_and);
    COPY_IN(tp_as_number, nb_inplace_xor); COPY_IN(tp_as_number, nb_inplace_or);
    COPY_IN(tp_as_number, nb_true_divide); COPY_IN(tp_as_number, nb_floor_divide);
    COPY_IN(tp_as_number, nb_inplace_true_divide); COPY_IN(tp_as_number, nb_inplace_floor_divide);
    COPY_IN(tp_as_number, nb_index); COPY_IN(tp_as_number, nb_matrix_multiply);
    COPY_IN(tp_as_number, nb_inplace_matrix_multiply);
  }
  if (type->tp_as_async && base->tp_as_async) {
    COPY_IN(tp_as_async, am_await); COPY_IN(tp_as_async, am_aiter); COPY_IN(tp_as_async, am_anext);
  }
  if (type->tp_as_sequence && base->tp_as_sequence) {
    COPY_IN(tp_as_sequence, sq_length); COPY_IN(tp_as_sequence, sq_concat); COPY_IN(tp_as_sequence, sq_repeat);
    COPY_IN(tp_as_sequence, sq_item); COPY_IN(tp_as_sequence, sq_ass_item); COPY_IN(tp_as_sequence, sq_contains);
    COPY_IN(tp_as_sequence, sq_inplace_concat); COPY_IN(tp_as_sequence, sq_inplace_repeat);
  }
  if (type->tp_as_mapping && base->tp_as_mapping) {
    COPY_IN(tp_as_mapping, mp_length); COPY_IN(tp_as_mapping, mp_subscript); COPY_IN(tp_as_mapping, mp_ass_subscript);
  }
  if (type->tp_as_buffer && base->tp_as_buffer) {
    COPY_IN(tp_as_buffer, bf_getbuffer); COPY_IN(tp_as_buffer, bf_releasebuffer);
  }
  COPY(tp_dealloc);
  if (!type->tp_getattr && !type->tp_getattro) {
    type->tp_getattr = base->tp_getattr;
    type->tp_getattro = base->tp_getattro;
  }
  if (!type->tp_setattr && !type->tp_setattro) {
    type->tp_setattr = base->tp_setattr;
    type->tp_setattro = base->tp_setattro;
  }
  COPY(tp_repr);
  // tp_call and the vectorcall protocol go together.
  if (!type->tp_call && base->tp_call && !type->tp_vectorcall_offset && has_feature(base, Py_TPFLAGS_HAVE_VECTORCALL))
    type->tp_vectorcall_offset = base->tp_vectorcall_offset;
  if (!type->tp_vectorcall_offset) type->tp_vectorcall_offset = base->tp_vectorcall_offset;
  if (!type->tp_call && has_feature(base, Py_TPFLAGS_HAVE_VECTORCALL) && has_feature(type, Py_TPFLAGS_IMMUTABLETYPE))
    type->tp_flags |= Py_TPFLAGS_HAVE_VECTORCALL;
  COPY(tp_call);
  COPY(tp_str);
  if (!type->tp_richcompare && !type->tp_hash && !overrides_hash(type)) {
    type->tp_richcompare = base->tp_richcompare;
    type->tp_hash = base->tp_hash;
  }
  COPY(tp_iter);
  COPY(tp_iternext);
  COPY(tp_descr_get);
  if (type->tp_descr_get && type->tp_descr_get == base->tp_descr_get && has_feature(type, Py_TPFLAGS_IMMUTABLETYPE) &&
      has_feature(base, Py_TPFLAGS_METHOD_DESCRIPTOR))
    type->tp_flags |= Py_TPFLAGS_METHOD_DESCRIPTOR;
  COPY(tp_descr_set);
  COPY(tp_init);
  COPY(tp_alloc);
  COPY(tp_is_gc);
  COPY(tp_finalize);
  if (has_feature(type, Py_TPFLAGS_HAVE_GC) == has_feature(base, Py_TPFLAGS_HAVE_GC)) {
    COPY(tp_free);
  } else if (has_feature(type, Py_TPFLAGS_HAVE_GC) && !type->tp_free && base->tp_free == generic_free) {
    type->tp_free = gc_free;
  }
#undef COPY
#undef COPY_IN
}

static bool lacks_table(PyTypeObject* type, int offset) {
  auto at = static_cast<size_t>(offset);
  if (at < offsetof(PyHeapTypeObject, as_async)) return false;
  if (at < offsetof(PyHeapTypeObject, as_number)) return !type->tp_as_async;
  if (at < offsetof(PyHeapTypeObject, as_mapping)) return !type->tp_as_number;
  return at < offsetof(PyHeapTypeObject, as_sequence) ? !type->tp_as_mapping : !type->tp_as_sequence;
}

Status add_slot_wrappers(PyTypeObject* type) {
  for (SlotRow* row = slot_rows(); row->name; row++) {
    if (!row->wrapper || lacks_table(type, row->offset)) continue;
    void** slot = slot_address(type, row->offset);
    if (!*slot) continue;
    if (dict_find_name(type->tp_dict, row->name_strobj)) continue;
    if (*slot == reinterpret_cast<void*>(PyObject_HashNotImplemented)) {
      TRY(dict_set(type->tp_dict, row->name_strobj, Py_None));
      continue;
    }
    Ref<> wrapper = TRY(new_slot_wrapper(type, row, *slot));
    TRY(dict_set(type->tp_dict, row->name_strobj, wrapper.get()));
  }
  return {};
}

namespace {

/// The special methods that a type has, found by one walk over the dicts of its MRO: a new class would otherwise look
/// up dozens of names that nobody defines.
class MethodTable {
 public:
  /// False: a dict has keys that are no plain names; then the usual look-up must be taken.
  bool fill(PyTypeObject* type);
  PyObject* find(const SlotRow* row) const { return values_[places_[row - slot_rows()]]; }

 private:
  static constexpr size_t kSize = 256;  // several times the number of names
  static size_t place(PyObject* name);
  static void enter_names();
  static inline PyObject* names_[kSize];
  static inline uint8_t places_[128];  // of the rows' names
  PyObject* values_[kSize] = {};
};

/// Where the name is or would be: the place after it is free if it is no special name.
size_t MethodTable::place(PyObject* name) {
  size_t i = reinterpret_cast<uintptr_t>(name) / 16 * 0x9E3779B1u >> 7 & (kSize - 1);
  while (names_[i] && names_[i] != name) i = (i + 1) & (kSize - 1);
  return i;
}

void MethodTable::enter_names() {
  if (names_[place(slot_rows()->name_strobj)]) return;
  static_assert(kSize <= 256);
  for (SlotRow* row = slot_rows(); row->name; row++) {
    size_t at = place(row->name_strobj);
    names_[at] = row->name_strobj;
    places_[row - slot_rows()] = static_cast<uint8_t>(at);
  }
}

bool MethodTable::fill(PyTypeObject* type) {
  enter_names();
  PyObject* mro = type->tp_mro;
  if (!mro) return false;
  for (Py_ssize_t i = tuple_size(mro); i-- > 0;) {
    PyObject* dict = reinterpret_cast<PyTypeObject*>(item(mro, i))->tp_dict;
    if (!dict) continue;
    Py_ssize_t position = 0;
    PyObject *key, *value;
    while (dict_next(dict, &position, &key, &value)) {
      if (!PyUnicode_CheckExact(key) || !is_interned(key)) return false;
      if (size_t at = place(key); names_[at]) values_[at] = value;
    }
  }
  return true;
}

/// Do other rows have this row's name? Most do not.
bool shares_name(SlotRow* row) {
  static constexpr const char* kShared[] = {"__len__",     "__add__",     "__mul__",  "__rmul__", "__getitem__",
                                            "__setitem__", "__delitem__", "__iadd__", "__imul__", "__getattribute__",
                                            "__getattr__", "__setattr__", "__delattr__"};
  static uint8_t known[128];  // 1: no, 2: yes
  uint8_t& answer = known[row - slot_rows()];
  if (!answer) {
    answer = 1;
    for (const char* name : kShared)
      if (!strcmp(name, row->name)) answer = 2;
  }
  return answer == 2;
}

/// Several slots may share a name (`__add__`: nb_add, sq_concat). The one that the type fills, if it is exactly one.
void** unique_slot(PyTypeObject* type, SlotRow* wanted) {
  if (!shares_name(wanted)) {
    void** slot = slot_address(type, wanted->offset);
    return slot && *slot ? slot : nullptr;
  }
  void** unique = nullptr;
  for (SlotRow* row = slot_rows(); row->name; row++) {
    if (row->name_strobj != wanted->name_strobj) continue;
    void** slot = slot_address(type, row->offset);
    if (!slot || !*slot) continue;
    if (unique && unique != slot) return nullptr;
    unique = slot;
  }
  return unique;
}

/// The slot's value that the special methods of one offset (rows `row` …) ask for; the end of that group.
SlotRow* resolve_slot(PyTypeObject* type, SlotRow* row, void** value, const MethodTable* methods) {
  int offset = row->offset;
  void *specific = nullptr, *generic = nullptr;
  bool use_generic = false;
  for (; row->name && row->offset == offset; row++) {
    PyObject* method = methods ? methods->find(row) : type_lookup(type, row->name_strobj);
    if (!method) continue;
    if (Py_IS_TYPE(method, &PyWrapperDescr_Type) &&
        reinterpret_cast<PyWrapperDescrObject*>(method)->d_base->name_strobj == row->name_strobj) {
      auto* wrapper = reinterpret_cast<PyWrapperDescrObject*>(method);
      // The wrapped slot itself can be used directly if it was made for this very slot and an ancestor of ours.
      if ((!specific || specific == wrapper->d_wrapped) && wrapper->d_base->wrapper == row->wrapper &&
          is_subtype(type, PyDescr_TYPE(wrapper))) {
        specific = wrapper->d_wrapped;
      } else {
        // Two names disagree, or the wrapper is for another slot (sq_ against nb_): go through the methods.
        use_generic = true;
      }
      void** unique = unique_slot(type, row);
      if (row->function && (!unique || unique == slot_address(type, offset))) generic = row->function;
    } else if (Py_IS_TYPE(method, &PyCFunction_Type) && offset == static_cast<int>(offsetof(PyHeapTypeObject, ht_type.tp_new)) &&
               is_new_method(method)) {
      specific = reinterpret_cast<void*>(type->tp_new);
    } else if (method == Py_None && offset == static_cast<int>(offsetof(PyHeapTypeObject, ht_type.tp_hash))) {
      specific = reinterpret_cast<void*>(PyObject_HashNotImplemented);
    } else {
      use_generic = true;
      if (row->function) generic = row->function;
    }
  }
  *value = specific && !use_generic ? specific : generic;
  return row;
}

/// A heap type with its own vectorcall-able __call__ … : the flag must go when __call__ is overridden.
void settle_call(PyTypeObject* type) {
  if (type->tp_call == slot_call) type->tp_flags &= ~Py_TPFLAGS_HAVE_VECTORCALL;
}

/// What a slot holds without a method: iterators are asked for their next item without a look at the slot, and their
/// class may change meanwhile.
void* unfilled(SlotRow* row) {
  bool is_next = row->offset == static_cast<int>(offsetof(PyHeapTypeObject, ht_type.tp_iternext));
  return is_next ? reinterpret_cast<void*>(next_not_implemented) : nullptr;
}

SlotRow* update_slot_group(PyTypeObject* type, SlotRow* row, const MethodTable* methods = nullptr) {
  void** slot = slot_address(type, row->offset);
  void* value = nullptr;
  SlotRow* end = resolve_slot(type, row, &value, methods);
  if (slot) *slot = value ? value : unfilled(row);
  if (row->offset == static_cast<int>(offsetof(PyHeapTypeObject, ht_type.tp_call))) settle_call(type);
  return end;
}

bool has_own(PyTypeObject* type, PyObject* name) { return type->tp_dict && dict_find_name(type->tp_dict, name); }

void update_group_recursively(PyTypeObject* type, SlotRow* row, PyObject* name) {
  update_slot_group(type, row);
  for_each_subclass(type, [&](PyTypeObject* sub) {
    if (!has_own(sub, name)) update_group_recursively(sub, row, name);
    return true;
  });
}

}  // namespace

Status set_slots_from_methods(PyTypeObject* type) {
  MethodTable methods;
  const MethodTable* filled = methods.fill(type) ? &methods : nullptr;
  for (SlotRow* row = slot_rows(); row->name;) {
    SlotRow* first = row;
    bool any = !filled;
    for (; row->name && row->offset == first->offset; row++) any = any || filled->find(row);
    if (any)
      update_slot_group(type, first, filled);
    else if (void** slot = slot_address(type, first->offset))
      *slot = unfilled(first);
  }
  return {};
}

void update_slots(PyTypeObject* type, PyObject* name) {
  SlotRow* rows = slot_rows();
  int done_offset = -1;
  for (SlotRow* row = rows; row->name; row++) {
    if (row->offset == done_offset || !str_equal(row->name_strobj, name)) continue;
    done_offset = row->offset;
    SlotRow* first = row;
    while (first > rows && first[-1].offset == row->offset) first--;
    update_group_recursively(type, first, name);
  }
}

// -- __new__ --

namespace {

PyObject* call_tp_new(PyObject* self, PyObject* args, PyObject* kwargs) {
  auto* owner = reinterpret_cast<PyTypeObject*>(self);
  if (tuple_size(args) < 1) {
    raise(PyExc_TypeError, "{}.__new__(): not enough arguments", clip(owner->tp_name, 200));
    return nullptr;
  }
  PyObject* first = item(args, 0);
  if (!PyType_Check(first)) {
    raise(PyExc_TypeError, "{}.__new__(X): X is not a type object ({})", clip(owner->tp_name, 200),
          clip(type_name(first), 200));
    return nullptr;
  }
  auto* sub = reinterpret_cast<PyTypeObject*>(first);
  if (!is_subtype(sub, owner)) {
    raise(PyExc_TypeError, "{}.__new__({}): {} is not a subtype of {}", clip(owner->tp_name, 200), clip(sub->tp_name, 200),
          clip(sub->tp_name, 200), clip(owner->tp_name, 200));
    return nullptr;
  }
  // object.__new__(int) would make an int without int's own care: the nearest built-in ancestor must agree.
  PyTypeObject* base = sub;
  while (base && base->tp_new == slot_new) base = base->tp_base;
  if (base && base->tp_new != owner->tp_new) {
    raise(PyExc_TypeError, "{}.__new__({}) is not safe, use {}.__new__()", clip(owner->tp_name, 200), clip(sub->tp_name, 200),
          clip(base->tp_name, 200));
    return nullptr;
  }
  Ref<> rest = tuple_slice(args, 1, tuple_size(args));
  if (!rest) return nullptr;
  return owner->tp_new(sub, rest.get(), kwargs);
}

}  // namespace

PyMethodDef new_method_row = {"__new__", reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(call_tp_new)),
                              METH_VARARGS | METH_KEYWORDS,
                              "__new__($type, *args, **kwargs)\n--\n\n"
                              "Create and return a new object.  See help(type) for accurate signature."};

bool is_new_method(PyObject* function) {
  return reinterpret_cast<PyCFunctionObject*>(function)->m_ml == &new_method_row;
}
bool is_slot_new(newfunc f) { return f == slot_new; }

Status add_new_method(PyTypeObject* type) {
  if (dict_find_name(type->tp_dict, "__new__"_name)) return {};
  Ref<> function = TRY(new_builtin(&new_method_row, object(type), nullptr));
  return dict_set(type->tp_dict, "__new__"_name, function.get());
}

}  // namespace taipan
