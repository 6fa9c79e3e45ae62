// Slots from methods: the slots of classes written in Python follow the special methods in the dicts of their MRO.
//
// A class with one base has its base's slots except where its own dict holds special methods, so that only those
// are worked out. The slots of static and other built-in types are no model: there a slot may stand without its
// method or several under one name, which a class below them sees through its methods only.
#include <iterator>

#include "object/cfunction.h"
#include "object/dict_layout.h"
#include "object/protocol.h"
#include "object/slot_functions.h"
#include "object/slots.h"
#include "object/str.h"
#include "object/type_internal.h"

namespace taipan {
namespace {

/// Rows of one offset stand together and make one slot. Which of these groups, by their first row.
class GroupSet {
 public:
  void add(const GroupSet& other) {
    for (size_t i = 0; i < std::size(words_); i++) words_[i] |= other.words_[i];
  }
  void add(int row) { words_[row / 64] |= uint64_t{1} << row % 64; }
  template <class F>
  void for_each(F&& visit) const {
    for (size_t i = 0; i < std::size(words_); i++)
      for (uint64_t left = words_[i]; left; left &= left - 1) visit(&slot_rows[i * 64 + __builtin_ctzll(left)]);
  }
  bool empty() const { return !(words_[0] | words_[1]); }
  bool contains(const SlotRow* row) const { return words_[(row - slot_rows) / 64] >> (row - slot_rows) % 64 & 1; }

 private:
  uint64_t words_[2] = {};
};
static_assert(kSlotRowCount <= 128);

/// The names of special methods, found by their address: they are interned.
class SpecialNames {
 public:
  static constexpr int kNone = 0, kMost = 128;

  /// A number from 1 for each name.
  int number(PyObject* name) const { return numbers_[place(name)]; }
  int number_of_row(const SlotRow* row) const { return row_numbers_[row - slot_rows]; }
  const GroupSet& groups(int number) const { return groups_[number]; }
  /// The rows that have a row's name, in order; null behind the last.
  const SlotRow* first_row(const SlotRow* row) const { return row_at(first_rows_[number_of_row(row)]); }
  const SlotRow* next_row(const SlotRow* row) const { return row_at(next_rows_[row - slot_rows]); }

  static const SpecialNames& get() {
    static SpecialNames names;
    if (!names.count_) names.fill();
    return names;
  }

 private:
  static constexpr size_t kSize = 256;  // several times the number of names
  static constexpr uint8_t kNoRow = 255;

  size_t place(PyObject* name) const {
    size_t i = reinterpret_cast<uintptr_t>(name) / 16 * 0x9E3779B1u >> 7 & (kSize - 1);
    while (names_[i] && names_[i] != name) i = (i + 1) & (kSize - 1);
    return i;
  }
  static const SlotRow* row_at(uint8_t i) { return i == kNoRow ? nullptr : &slot_rows[i]; }

  void fill() {
    uint8_t last_rows[kMost];  // by number
    int group = 0;
    for (uint8_t i = 0; i < kSlotRowCount; i++) {
      if (slot_rows[i].offset != slot_rows[group].offset) group = i;
      size_t at = place(slot_rows[i].name_strobj);
      next_rows_[i] = kNoRow;
      if (!names_[at]) {
        names_[at] = slot_rows[i].name_strobj;
        numbers_[at] = static_cast<uint8_t>(++count_);
        first_rows_[count_] = i;
      } else {
        next_rows_[last_rows[numbers_[at]]] = i;
      }
      last_rows[numbers_[at]] = i;
      row_numbers_[i] = numbers_[at];
      groups_[numbers_[at]].add(group);
    }
  }

  PyObject* names_[kSize] = {};
  uint8_t numbers_[kSize] = {};
  uint8_t row_numbers_[kSlotRowCount] = {}, next_rows_[kSlotRowCount] = {}, first_rows_[kMost] = {};
  GroupSet groups_[kMost];
  int count_ = 0;
};
static_assert(SpecialNames::kMost > kSlotRowCount);

enum class NameKind : uint8_t { other, special, odd };

/// `odd`: it may equal a special method's name without being that str.
NameKind kind_of_key(PyObject* key, const SpecialNames& names, int* number) {
  if (!PyUnicode_CheckExact(key) || !is_interned(key)) return NameKind::odd;
  if (!PyUnicode_IS_COMPACT_ASCII(key)) return NameKind::other;
  const char* text = reinterpret_cast<const char*>(reinterpret_cast<PyASCIIObject*>(key) + 1);
  if (text[0] != '_' || text[1] != '_') return NameKind::other;
  *number = names.number(key);
  return *number == SpecialNames::kNone ? NameKind::other : NameKind::special;
}

/// Calls visit(number, value) for each special method in a type's dict. False: it has odd keys.
template <class F>
bool for_each_special(PyObject* dict, const SpecialNames& names, F&& visit) {
  DictKeys* keys = reinterpret_cast<Dict*>(dict)->ma_keys;
  int number = 0;
  auto walk = [&](auto* entries) {
    for (auto *e = entries, *end = entries + keys->nentries; e < end; e++) {
      if (!e->value) continue;
      NameKind kind = kind_of_key(e->key, names, &number);
      if (kind == NameKind::odd) return false;
      if (kind == NameKind::special) visit(number, e->value);
    }
    return true;
  };
  if (reinterpret_cast<Dict*>(dict)->ma_values) return false;
  return keys->is_general() ? walk(keys->entries()) : walk(keys->name_entries());
}

/// The groups that the type's own methods feed; false: its dict has odd keys.
bool find_own_groups(PyTypeObject* type, GroupSet* groups) {
  const SpecialNames& names = SpecialNames::get();
  return for_each_special(type->tp_dict, names, [&](int number, PyObject*) { groups->add(names.groups(number)); });
}

/// The special methods that a type has, found by one walk over the dicts of its MRO: a new class would otherwise look
/// up dozens of names that nobody defines.
class MethodTable {
 public:
  /// Enters what the MRO has from place `from` on; the groups that are fed go to `groups`. False: odd keys.
  bool fill(PyTypeObject* type, Py_ssize_t from, GroupSet* groups) {
    PyObject* mro = type->tp_mro;
    for (Py_ssize_t i = tuple_size(mro); i-- > from;) {
      PyObject* dict = reinterpret_cast<PyTypeObject*>(item(mro, i))->tp_dict;
      if (dict && !for_each_special(dict, names_, [&](int number, PyObject* value) {
            values_[number] = value;
            groups->add(names_.groups(number));
          }))
        return false;
    }
    return true;
  }
  PyObject* find(const SlotRow* row) const { return values_[names_.number_of_row(row)]; }

 private:
  const SpecialNames& names_ = SpecialNames::get();
  PyObject* values_[SpecialNames::kMost] = {};
};

/// Several slots may share a name (`__add__`: nb_add, sq_concat). The one that the type fills, if it is exactly one.
void** unique_slot(PyTypeObject* type, const SlotRow* wanted) {
  const SpecialNames& names = SpecialNames::get();
  void** unique = nullptr;
  for (const SlotRow* row = names.first_row(wanted); row; row = names.next_row(row)) {
    void** slot = slot_address(type, row->offset);
    if (!slot || !*slot) continue;
    if (unique && unique != slot) return nullptr;
    unique = slot;
  }
  return unique;
}

/// The slot's value that the special methods of one offset (rows `row` …) ask for.
void* resolve_slot(PyTypeObject* type, SlotRow* row, const MethodTable* methods) {
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
  return specific && !use_generic ? specific : generic;
}

/// A heap type with its own vectorcall-able __call__ … : the flag must go when __call__ is overridden.
void settle_call(PyTypeObject* type) {
  if (type->tp_call == slot_call) type->tp_flags &= ~Py_TPFLAGS_HAVE_VECTORCALL;
}

/// What a slot holds without a method: iterators are asked for their next item without a look at the slot, and their
/// class may change meanwhile.
void* unfilled(const SlotRow* row) {
  bool is_next = row->offset == static_cast<int>(offsetof(PyHeapTypeObject, ht_type.tp_iternext));
  return is_next ? reinterpret_cast<void*>(next_not_implemented) : nullptr;
}

void update_slot_group(PyTypeObject* type, SlotRow* row, const MethodTable* methods = nullptr) {
  void* value = resolve_slot(type, row, methods);
  if (void** slot = slot_address(type, row->offset)) *slot = value ? value : unfilled(row);
  if (row->offset == static_cast<int>(offsetof(PyHeapTypeObject, ht_type.tp_call))) settle_call(type);
}

/// Calls visit(first row) for each group.
template <class F>
void for_each_group(F&& visit) {
  for (SlotRow* row = slot_rows; row->name; row++)
    if (row == slot_rows || row[-1].offset != row->offset) visit(row);
}

/// What the base gives to a class that defines nothing. Both are heap types, whose tables lie in themselves.
void copy_slots(PyTypeObject* to, const PyTypeObject* from) {
  to->tp_getattr = from->tp_getattr;
  to->tp_setattr = from->tp_setattr;
  to->tp_repr = from->tp_repr;
  to->tp_hash = from->tp_hash;
  to->tp_call = from->tp_call;
  to->tp_str = from->tp_str;
  to->tp_getattro = from->tp_getattro;
  to->tp_setattro = from->tp_setattro;
  to->tp_richcompare = from->tp_richcompare;
  to->tp_iter = from->tp_iter;
  to->tp_iternext = from->tp_iternext;
  to->tp_descr_get = from->tp_descr_get;
  to->tp_descr_set = from->tp_descr_set;
  to->tp_init = from->tp_init;
  to->tp_new = from->tp_new;
  to->tp_finalize = from->tp_finalize;
  auto *h = reinterpret_cast<PyHeapTypeObject*>(to);
  auto *model = reinterpret_cast<const PyHeapTypeObject*>(from);
  h->as_async.am_await = model->as_async.am_await;
  h->as_async.am_aiter = model->as_async.am_aiter;
  h->as_async.am_anext = model->as_async.am_anext;
  h->as_number = model->as_number;
  h->as_mapping = model->as_mapping;
  h->as_sequence = model->as_sequence;
}

/// Every slot, one after the other. Where names are shared, a slot asks what those behind it have inherited.
void set_all_slots(PyTypeObject* type, Py_ssize_t from_place = 0) {
  MethodTable methods;
  GroupSet fed;
  bool filled = methods.fill(type, from_place, &fed);
  for_each_group([&](SlotRow* row) {
    if (!filled || fed.contains(row))
      update_slot_group(type, row, filled ? &methods : nullptr);
    else if (void** slot = slot_address(type, row->offset))
      *slot = unfilled(row);
  });
}

/// The slots of a class right below object that defines nothing: found once, with the first such class.
PyTypeObject* object_model(PyTypeObject* first_class) {
  static PyHeapTypeObject model;
  static bool known = false;
  if (!known) {
    known = true;
    set_all_slots(first_class, 1);
    copy_slots(&model.ht_type, first_class);
  }
  return &model.ht_type;
}

/// What has the slots that the class has but for its own methods: its base, if it is the only one.
PyTypeObject* model_of(PyTypeObject* type) {
  PyTypeObject* base = type->tp_base;
  if (!extends_mro_of_base(type)) return nullptr;
  if (base == &PyBaseObject_Type) return object_model(type);
  return is_made_by_new_type(base) ? base : nullptr;
}

void update_groups(PyTypeObject* type, const GroupSet& groups) {
  MethodTable methods;
  GroupSet fed;
  bool filled = methods.fill(type, 0, &fed);
  groups.for_each([&](SlotRow* row) { update_slot_group(type, row, filled ? &methods : nullptr); });
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

void set_slots_from_methods(PyTypeObject* type) {
  GroupSet own;
  PyTypeObject* model = find_own_groups(type, &own) ? model_of(type) : nullptr;
  if (!model) return set_all_slots(type);
  copy_slots(type, model);
  if (!own.empty()) update_groups(type, own);
}

void update_slots(PyTypeObject* type, PyObject* name) {
  int done_offset = -1;
  for (SlotRow* row = slot_rows; row->name; row++) {
    if (row->offset == done_offset || !str_equal(row->name_strobj, name)) continue;
    done_offset = row->offset;
    SlotRow* first = row;
    while (first > slot_rows && first[-1].offset == row->offset) first--;
    update_group_recursively(type, first, name);
  }
}

}  // namespace taipan
