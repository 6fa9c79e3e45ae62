// Heap types described by a PyType_Spec: what extension modules (and struct sequences) make their types from.
#include "object/alloc.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type_internal.h"

namespace taipan {
namespace {

/// Slot numbers of typeslots.h: where each lies in PyHeapTypeObject.
size_t slot_offset(int slot) {
  switch (slot) {
#define AS(table, name) case Py_##name: return offsetof(PyHeapTypeObject, table.name);
    AS(as_buffer, bf_getbuffer) AS(as_buffer, bf_releasebuffer)
    AS(as_mapping, mp_ass_subscript) AS(as_mapping, mp_length) AS(as_mapping, mp_subscript)
    AS(as_number, nb_absolute) AS(as_number, nb_add) AS(as_number, nb_and) AS(as_number, nb_bool) AS(as_number, nb_divmod)
    AS(as_number, nb_float) AS(as_number, nb_floor_divide) AS(as_number, nb_index) AS(as_number, nb_inplace_add)
    AS(as_number, nb_inplace_and) AS(as_number, nb_inplace_floor_divide) AS(as_number, nb_inplace_lshift)
    AS(as_number, nb_inplace_multiply) AS(as_number, nb_inplace_or) AS(as_number, nb_inplace_power)
    AS(as_number, nb_inplace_remainder) AS(as_number, nb_inplace_rshift) AS(as_number, nb_inplace_subtract)
    AS(as_number, nb_inplace_true_divide) AS(as_number, nb_inplace_xor) AS(as_number, nb_int) AS(as_number, nb_invert)
    AS(as_number, nb_lshift) AS(as_number, nb_multiply) AS(as_number, nb_negative) AS(as_number, nb_or)
    AS(as_number, nb_positive) AS(as_number, nb_power) AS(as_number, nb_remainder) AS(as_number, nb_rshift)
    AS(as_number, nb_subtract) AS(as_number, nb_true_divide) AS(as_number, nb_xor) AS(as_number, nb_matrix_multiply)
    AS(as_number, nb_inplace_matrix_multiply)
    AS(as_sequence, sq_ass_item) AS(as_sequence, sq_concat) AS(as_sequence, sq_contains) AS(as_sequence, sq_inplace_concat)
    AS(as_sequence, sq_inplace_repeat) AS(as_sequence, sq_item) AS(as_sequence, sq_length) AS(as_sequence, sq_repeat)
    AS(as_async, am_await) AS(as_async, am_aiter) AS(as_async, am_anext) AS(as_async, am_send)
    AS(ht_type, tp_alloc) AS(ht_type, tp_base) AS(ht_type, tp_bases) AS(ht_type, tp_call) AS(ht_type, tp_clear)
    AS(ht_type, tp_dealloc) AS(ht_type, tp_del) AS(ht_type, tp_descr_get) AS(ht_type, tp_descr_set) AS(ht_type, tp_doc)
    AS(ht_type, tp_getattr) AS(ht_type, tp_getattro) AS(ht_type, tp_hash) AS(ht_type, tp_init) AS(ht_type, tp_is_gc)
    AS(ht_type, tp_iter) AS(ht_type, tp_iternext) AS(ht_type, tp_methods) AS(ht_type, tp_new) AS(ht_type, tp_repr)
    AS(ht_type, tp_richcompare) AS(ht_type, tp_setattr) AS(ht_type, tp_setattro) AS(ht_type, tp_str)
    AS(ht_type, tp_traverse) AS(ht_type, tp_members) AS(ht_type, tp_getset) AS(ht_type, tp_free) AS(ht_type, tp_finalize)
#undef AS
  }
  return 0;
}

struct SpecScan {
  Py_ssize_t members = 0, dictoffset = 0, weaklistoffset = 0, vectorcalloffset = 0;
  PyObject* base = nullptr;
  PyObject* bases = nullptr;
};
SpecScan scan(PyType_Spec* spec) {
  SpecScan s;
  for (PyType_Slot* slot = spec->slots; slot->slot; slot++) {
    if (slot->slot == Py_tp_base) s.base = static_cast<PyObject*>(slot->pfunc);
    if (slot->slot == Py_tp_bases) s.bases = static_cast<PyObject*>(slot->pfunc);
    if (slot->slot != Py_tp_members) continue;
    for (auto* m = static_cast<PyMemberDef*>(slot->pfunc); m->name; m++) {
      s.members++;
      std::string_view name(m->name);
      if (name == "__dictoffset__") s.dictoffset = m->offset;
      if (name == "__weaklistoffset__") s.weaklistoffset = m->offset;
      if (name == "__vectorcalloffset__") s.vectorcalloffset = m->offset;
    }
  }
  return s;
}

Ref<> spec_bases(const SpecScan& s, PyObject* given) {
  PyObject* from = given ? given : s.bases ? s.bases : s.base;
  if (!from) return tuple_of({object(&PyBaseObject_Type)});
  return PyTuple_Check(from) ? share(from) : tuple_of({from});
}

char* copy_text(std::string_view text) {
  auto* copy = static_cast<char*>(raw_allocate(text.size() + 1));
  if (!copy) {
    raise_no_memory();
    return nullptr;
  }
  memcpy(copy, text.data(), text.size());
  copy[text.size()] = 0;
  return copy;
}

Status fill_slots(PyHeapTypeObject* h, PyType_Spec* spec, const SpecScan& s) {
  PyTypeObject& t = h->ht_type;
  for (PyType_Slot* slot = spec->slots; slot->slot; slot++) {
    switch (slot->slot) {
      case Py_tp_base:
      case Py_tp_bases: continue;
      case Py_tp_doc:
        if (slot->pfunc) {
          t.tp_doc = copy_text(static_cast<const char*>(slot->pfunc));
          if (!t.tp_doc) return Raised{};
        }
        continue;
      case Py_tp_members: {
        // The rows are copied behind the type, where its own __slots__ would be.
        auto* rows = reinterpret_cast<PyMemberDef*>(reinterpret_cast<char*>(h) + Py_TYPE(h)->tp_basicsize);
        memcpy(static_cast<void*>(rows), slot->pfunc, sizeof(PyMemberDef) * static_cast<size_t>(s.members));
        t.tp_members = rows;
        continue;
      }
    }
    size_t offset = slot_offset(slot->slot);
    if (!offset) return raise(PyExc_RuntimeError, "invalid slot offset");
    memcpy(reinterpret_cast<char*>(h) + offset, &slot->pfunc, sizeof(void*));
  }
  return {};
}

}  // namespace

Ref<> type_from_spec(PyObject* module, PyType_Spec* spec, PyObject* given_bases, UndottedName undotted) {
  SpecScan s = scan(spec);
  Ref<> bases = TRY(spec_bases(s, given_bases));
  PyTypeObject* base = best_base(bases.get());
  if (!base) return Raised{};
  Ref<> made = TRY(adopt(generic_alloc(&PyType_Type, s.members)));
  auto* h = reinterpret_cast<PyHeapTypeObject*>(made.get());
  PyTypeObject& t = h->ht_type;
  std::string_view full(spec->name);
  size_t dot = full.rfind('.');
  std::string_view shorter = dot == full.npos ? full : full.substr(dot + 1);
  h->ht_name = TRY(new_str(shorter)).release();
  h->ht_qualname = Py_NewRef(h->ht_name);
  h->_ht_tpname = copy_text(full);
  if (!h->_ht_tpname) return Raised{};
  t.tp_name = h->_ht_tpname;
  t.tp_flags = spec->flags | Py_TPFLAGS_HEAPTYPE;
  t.tp_as_async = &h->as_async;
  t.tp_as_number = &h->as_number;
  t.tp_as_sequence = &h->as_sequence;
  t.tp_as_mapping = &h->as_mapping;
  t.tp_as_buffer = &h->as_buffer;
  t.tp_bases = bases.release();
  t.tp_base = reinterpret_cast<PyTypeObject*>(Py_NewRef(object(base)));
  t.tp_basicsize = spec->basicsize;
  t.tp_itemsize = spec->itemsize;
  h->ht_module = Py_XNewRef(module);
  TRY(fill_slots(h, spec, s));
  if (!t.tp_dealloc) t.tp_dealloc = subtype_dealloc;
  if (s.vectorcalloffset) {
    t.tp_vectorcall_offset = s.vectorcalloffset;
  }
  TRY(ready_type(&t));
  if (s.weaklistoffset) t.tp_weaklistoffset = s.weaklistoffset;
  if (s.dictoffset) t.tp_dictoffset = s.dictoffset;
  if (dot != full.npos) {
    if (!dict_find_name(t.tp_dict, "__module__"_name)) {
      Ref<> name = TRY(new_interned(full.substr(0, dot)));
      TRY(dict_set(t.tp_dict, "__module__"_name, name.get()));
    }
  } else if (undotted == UndottedName::warn) {
    TextBuffer text;
    format(text, "builtin type {} has no __module__ attribute", clip(full, 200));
    TRY(warn(PyExc_DeprecationWarning, 1, text.c_str()));
  }
  return made;
}

}  // namespace taipan
