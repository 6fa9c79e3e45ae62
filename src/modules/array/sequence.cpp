// Arrays as sequences: items, slices, concatenation, repetition.
#include <cstring>

#include "modules/array/array.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "types/slice_range.h"

namespace taipan::arrays {
namespace {

Raised raise_bad_argument() { return raise(PyExc_TypeError, "bad argument type for built-in operation"); }

size_t bytes_of(Array& self, Py_ssize_t n) { return static_cast<size_t>(n * self.itemsize()); }

Result<Py_ssize_t> length_slot(Array& self) { return self.size(); }

Ref<> item_slot(Array& self, Py_ssize_t i) {
  if (i < 0 || i >= self.size()) return raise(PyExc_IndexError, "array index out of range");
  return self.get(i);
}
Status set_item_slot(Array& self, Py_ssize_t i, PyObject* value) {
  if (i < 0 || i >= self.size()) return raise(PyExc_IndexError, "array assignment index out of range");
  if (!value) return remove_range(self, i, i + 1);
  alignas(8) char item[8];
  TRY(self.descriptor->set(item, value));
  if (i >= self.size()) return raise(PyExc_IndexError, "array assignment index out of range");
  memcpy(self.at(i), item, bytes_of(self, 1));
  return {};
}

Result<bool> contains_slot(Array& self, PyObject* value) {
  for (Py_ssize_t i = 0; i < self.size(); i++) {
    Ref<> o = TRY(self.get(i));
    if (TRY(equal(o.get(), value))) return true;
  }
  return false;
}

// -- whole arrays --

Ref<> concat(Array& self, PyObject* other) {
  if (!is_array(other))
    return raise(PyExc_TypeError, "can only append array (not \"{}\") to array", clip(type_name(other), 200));
  Array& right = as(other);
  if (right.descriptor != self.descriptor) return raise_bad_argument();
  if (self.size() > PY_SSIZE_T_MAX - right.size()) return raise_no_memory();
  Ref<Array> made = TRY(new_array(&array_type, self.size() + right.size(), self.descriptor));
  if (self.size()) memcpy(made->items, self.items, bytes_of(self, self.size()));
  if (right.size()) memcpy(made->at(self.size()), right.items, bytes_of(right, right.size()));
  return made;
}
Ref<> inplace_concat(PyObject* o, PyObject* other) {
  if (!is_array(other))
    return raise(PyExc_TypeError, "can only extend array with array (not \"{}\")", clip(type_name(other), 200));
  TRY(extend(as(o), other));
  return share(o);
}

/// Fills `to` with `count` copies of what lies in its first `n` items already.
void repeat_items(Array& to, Py_ssize_t n, Py_ssize_t count) {
  for (Py_ssize_t i = 1; i < count; i++) memcpy(to.at(i * n), to.items, bytes_of(to, n));
}
Ref<> repeat(Array& self, Py_ssize_t count) {
  if (count < 0) count = 0;
  Py_ssize_t n = self.size();
  if (count && n > PY_SSIZE_T_MAX / count) return raise_no_memory();
  Ref<Array> made = TRY(new_array(&array_type, n * count, self.descriptor));
  if (n && count) {
    memcpy(made->items, self.items, bytes_of(self, n));
    repeat_items(*made, n, count);
  }
  return made;
}
Ref<> inplace_repeat(PyObject* o, Py_ssize_t count) {
  Array& self = as(o);
  Py_ssize_t n = self.size();
  if (count < 0) count = 0;
  if (n > 0 && count != 1) {
    if (count && n > PY_SSIZE_T_MAX / count / self.itemsize()) return raise_no_memory();
    TRY(resize(self, n * count));
    if (count) repeat_items(self, n, count);
  }
  return share(o);
}

// -- subscripts --

Ref<> subscript(Array& self, PyObject* key) {
  if (is_index(key)) {
    Py_ssize_t i = TRY(to_ssize(key, PyExc_IndexError));
    return item_slot(self, i < 0 ? i + self.size() : i);
  }
  if (!PySlice_Check(key)) return raise(PyExc_TypeError, "array indices must be integers");
  SliceBounds bounds = TRY(slice_bounds(key));
  SliceRange range = clamp_slice(bounds, self.size());
  Ref<Array> made = TRY(new_array(&array_type, range.count, self.descriptor));
  if (range.step == 1) {
    if (range.count) memcpy(made->items, self.at(range.start), bytes_of(self, range.count));
  } else {
    for (Py_ssize_t i = 0; i < range.count; i++) memcpy(made->at(i), self.at(range.start + i * range.step), bytes_of(self, 1));
  }
  return made;
}

Status delete_slice(Array& self, SliceRange range) {
  if (range.count == 0) return {};
  if (range.step < 0) {
    range.start += (range.count - 1) * range.step;
    range.step = -range.step;
  }
  if (self.exports > 0) return raise(PyExc_BufferError, "cannot resize an array that is exporting buffers");
  Py_ssize_t to = range.start, next = range.start;
  for (Py_ssize_t i = range.start; i < self.size(); i++) {
    if (i == next && (i - range.start) / range.step < range.count) {
      next += range.step;
      continue;
    }
    memmove(self.at(to++), self.at(i), bytes_of(self, 1));
  }
  return resize(self, self.size() - range.count);
}

Status assign_slice(Array& self, PyObject* key, PyObject* value) {
  SliceBounds bounds = TRY(slice_bounds(key));
  SliceRange range = clamp_slice(bounds, self.size());
  if (!value) return delete_slice(self, range);
  if (!is_array(value))
    return raise(PyExc_TypeError, "can only assign array (not \"{}\") to array slice", clip(type_name(value), 200));
  if (value == object(&self)) {
    Ref<> copy = TRY(repeat(self, 1));
    return assign_slice(self, key, copy.get());
  }
  Array& other = as(value);
  if (other.descriptor != self.descriptor) return raise_bad_argument();
  Py_ssize_t needed = other.size();
  if (range.step != 1) {
    if (needed == 0) return delete_slice(self, range);
    if (needed != range.count)
      return raise(PyExc_ValueError, "attempt to assign array of size {} to extended slice of size {}", needed, range.count);
    for (Py_ssize_t i = 0; i < needed; i++) memcpy(self.at(range.start + i * range.step), other.at(i), bytes_of(self, 1));
    return {};
  }
  Py_ssize_t start = range.start, stop = range.start + range.count, n = self.size(), growth = needed - range.count;
  if (growth && self.exports > 0) return raise(PyExc_BufferError, "cannot resize an array that is exporting buffers");
  if (growth < 0) {
    memmove(self.at(stop + growth), self.at(stop), bytes_of(self, n - stop));
    TRY(resize(self, n + growth));
  } else if (growth > 0) {
    TRY(resize(self, n + growth));
    memmove(self.at(stop + growth), self.at(stop), bytes_of(self, n - stop));
  }
  if (needed) memcpy(self.at(start), other.items, bytes_of(self, needed));
  return {};
}

Status assign_subscript(Array& self, PyObject* key, PyObject* value) {
  if (is_index(key)) {
    Py_ssize_t i = TRY(to_ssize(key, PyExc_IndexError));
    return set_item_slot(self, i < 0 ? i + self.size() : i, value);
  }
  if (!PySlice_Check(key)) return raise(PyExc_TypeError, "array indices must be integers");
  return assign_slice(self, key, value);
}

}  // namespace

constinit PySequenceMethods array_as_sequence = {
    .sq_length = slot<length_slot>,
    .sq_concat = slot<concat>,
    .sq_repeat = slot<repeat>,
    .sq_item = slot<item_slot>,
    .sq_ass_item = slot<set_item_slot>,
    .sq_contains = slot<contains_slot>,
    .sq_inplace_concat = slot<inplace_concat>,
    .sq_inplace_repeat = slot<inplace_repeat>,
};
constinit PyMappingMethods array_as_mapping = {
    .mp_length = slot<length_slot>,
    .mp_subscript = slot<subscript>,
    .mp_ass_subscript = slot<assign_subscript>,
};

}  // namespace taipan::arrays
