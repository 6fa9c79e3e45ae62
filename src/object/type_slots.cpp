// Slots go down: what a type inherits from its bases' slots, and the wrappers that static types show for theirs.
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
void inherit_slots(PyTypeObject* type, PyTypeObject* base, bool whole) {
  if (!(type->tp_flags & (Py_TPFLAGS_SEQUENCE | Py_TPFLAGS_MAPPING)))
    type->tp_flags |= base->tp_flags & (Py_TPFLAGS_SEQUENCE | Py_TPFLAGS_MAPPING);
  PyTypeObject* grand = whole ? nullptr : base->tp_base;
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

FilledSlots::FilledSlots(PyTypeObject* type) {
  // The rows are sorted by offset, that is by table.
  const struct {
    void* table;
    size_t from, to;
  } tables[] = {{type, 0, offsetof(PyHeapTypeObject, as_async)},
                {type->tp_as_async, offsetof(PyHeapTypeObject, as_async), offsetof(PyHeapTypeObject, as_number)},
                {type->tp_as_number, offsetof(PyHeapTypeObject, as_number), offsetof(PyHeapTypeObject, as_mapping)},
                {type->tp_as_mapping, offsetof(PyHeapTypeObject, as_mapping), offsetof(PyHeapTypeObject, as_sequence)},
                {type->tp_as_sequence, offsetof(PyHeapTypeObject, as_sequence), sizeof(PyHeapTypeObject)}};
  SlotRow* row = slot_rows;
  for (auto& t : tables)
    for (; row->name && static_cast<size_t>(row->offset) < t.to; row++) {
      if (!t.table || !row->wrapper) continue;
      void* slot = *reinterpret_cast<void**>(static_cast<char*>(t.table) + (static_cast<size_t>(row->offset) - t.from));
      if (slot) slots_[count_++] = {row, slot};
    }
}

Status add_slot_wrappers(PyTypeObject* type, const FilledSlots& filled) {
  for (auto [row, slot] : filled) {
    Ref<> shown = slot == reinterpret_cast<void*>(PyObject_HashNotImplemented) ? none() : new_slot_wrapper(type, row, slot);
    if (!shown) return Raised{};
    TRY(dict_set_default(type->tp_dict, row->name_strobj, shown.get()));  // the first of several slots with one name
  }
  return {};
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
