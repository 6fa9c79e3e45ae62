// Merging constants; making objects of literals; tables of names.
#include "compiler/constants.h"

#include <bit>

#include "object/bytes.h"
#include "object/error.h"
#include "object/int.h"
#include "object/name.h"
#include "object/str.h"
#include "object/tuple.h"
#include "types/constant_key.h"

namespace taipan::compiler {

namespace {

size_t address_hash(const void* p) {
  auto x = reinterpret_cast<uintptr_t>(p);
  return size_t((x >> 4) * 0x9E3779B97F4A7C15u >> 20);
}

}  // namespace

void ConstantCache::grow() {
  std::vector<Entry> old(slots_.empty() ? 64 : slots_.size() * 2, Entry{0, nullptr});
  std::swap(old, slots_);
  size_t mask = slots_.size() - 1;
  for (const Entry& e : old) {
    if (!e.object) continue;
    size_t i = e.hash & mask;
    while (slots_[i].object) i = (i + 1) & mask;
    slots_[i] = e;
  }
}

Result<PyObject*> ConstantCache::merge(Ref<> o) {
  if (o.get() == Py_None || o.get() == Py_Ellipsis || PyBool_Check(o.get())) return o.get();
  if (PyTuple_CheckExact(o.get())) {
    // The items of a fresh tuple become the module's, so that equal parts are shared too.
    for (Py_ssize_t i = 0; i < tuple_size(o.get()); i++) {
      PyObject*& slot = reinterpret_cast<Tuple*>(o.get())->ob_item[i];
      PyObject* merged = TRY(merge(share(slot)));
      if (merged != slot) replace_field(slot, share(merged));
    }
  }
  if (count_ * 2 >= slots_.size()) grow();
  uint64_t hash = constant_hash(o.get());
  size_t mask = slots_.size() - 1;
  size_t i = hash & mask;
  for (; slots_[i].object; i = (i + 1) & mask) {
    if (slots_[i].hash == hash && same_constant(slots_[i].object, o.get())) return slots_[i].object;
  }
  count_++;
  return slots_[i].object = (slots_[i].hash = hash, pool_.keep(std::move(o)));
}

Result<int> ConstantTable::add(Ref<> o) {
  PyObject* merged = TRY(cache_->merge(std::move(o)));
  if (items_.size() * 2 >= index_.size()) {
    index_.assign(index_.empty() ? 16 : index_.size() * 2, -1);
    for (size_t k = 0; k < items_.size(); k++) {
      size_t i = address_hash(items_[k]) & (index_.size() - 1);
      while (index_[i] >= 0) i = (i + 1) & (index_.size() - 1);
      index_[i] = int(k);
    }
  }
  size_t mask = index_.size() - 1;
  size_t i = address_hash(merged) & mask;
  for (; index_[i] >= 0; i = (i + 1) & mask) {
    if (items_[size_t(index_[i])] == merged) return index_[i];
  }
  index_[i] = int(items_.size());
  items_.push_back(merged);
  return int(items_.size()) - 1;
}

int NameTable::find(PyObject* name) const {
  if (index_.empty()) {
    for (size_t i = 0; i < names_.size(); i++) {
      if (names_[i] == name) return int(i);
    }
    return -1;
  }
  size_t mask = index_.size() - 1;
  for (size_t i = address_hash(name) & mask; index_[i] >= 0; i = (i + 1) & mask) {
    if (names_[size_t(index_[i])] == name) return index_[i];
  }
  return -1;
}

void NameTable::rebuild() {
  index_.assign(std::bit_ceil(names_.size() * 4), -1);
  size_t mask = index_.size() - 1;
  for (size_t k = 0; k < names_.size(); k++) {
    size_t i = address_hash(names_[k]) & mask;
    while (index_[i] >= 0) i = (i + 1) & mask;
    index_[i] = int(k);
  }
}

int NameTable::add(PyObject* name) {
  int found = find(name);
  if (found >= 0) return found;
  names_.push_back(name);
  if (!index_.empty() && names_.size() * 2 < index_.size()) {
    size_t mask = index_.size() - 1;
    size_t i = address_hash(name) & mask;
    while (index_[i] >= 0) i = (i + 1) & mask;
    index_[i] = int(names_.size()) - 1;
  } else if (names_.size() > 12) {
    rebuild();
  }
  return int(names_.size()) - 1;
}

namespace {

Ref<> imaginary(double value) {
  auto o = adopt(PyComplex_Type.tp_alloc(&PyComplex_Type, 0));
  if (o) reinterpret_cast<Complex*>(o.get())->cval = {0, value};
  return o;
}

Ref<> make_object(const syntax::Constant& c) {
  using K = syntax::Constant;
  switch (c.kind) {
    case K::kNone: return none();
    case K::kTrue: return boolean(true);
    case K::kFalse: return boolean(false);
    case K::kEllipsis: return share(Py_Ellipsis);
    case K::kInteger: return c.small ? new_int_unsigned(c.integer) : int_from_text(c.text, 0);
    case K::kFloat: return new_float(c.real);
    case K::kImaginary: return imaginary(c.real);
    case K::kText: return new_str_with_surrogates(c.text);
    case K::kBytes: return new_bytes(c.text);
    case K::kObject: return share(static_cast<PyObject*>(c.object));
  }
  return {};
}

}  // namespace

Result<PyObject*> object_of(syntax::Constant& c, ObjectPool& pool) {
  if (c.kind != syntax::Constant::kObject) {
    c.object = pool.keep(TRY(make_object(c)));
    c.kind = syntax::Constant::kObject;
  }
  return static_cast<PyObject*>(c.object);
}

Result<PyObject*> anonymous_name(std::string_view name) {
  static PyObject* made[6];
  for (PyObject*& each : made) {
    if (!each) each = TRY(new_str(name)).release();
    if (str_equal(each, name)) return each;
  }
  return raise_internal("anonymous_name");
}

}  // namespace taipan::compiler
