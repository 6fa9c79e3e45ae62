#pragma once
// Making and dropping ints and floats inside handlers: one pop from, one push to a free list.
#include "object/alloc.h"
#include "object/int.h"
#include "object/object.h"

namespace taipan {

inline constexpr size_t kSmallIntBytes = offsetof(Int, ob_digit) + sizeof(digit);

/// A new int; null: MemoryError is set. |value| < 2^60.
inline PyObject* fast_int(int64_t value) {
  if (value >= kSmallIntMin && value <= kSmallIntMax) return Py_NewRef(object(small_int(static_cast<int>(value))));
  uint64_t magnitude = value < 0 ? 0 - static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
  if (magnitude >> PyLong_SHIFT) return new_int(value).release();
  auto* z = static_cast<Int*>(allocate_block(kSmallIntBytes));
  if (!z) [[unlikely]] return new_int(value).release();
  live_objects++;
  z->ob_base.ob_base.ob_refcnt = 1;
  z->ob_base.ob_base.ob_type = &PyLong_Type;
  z->ob_base.ob_size = value < 0 ? -1 : 1;
  z->ob_digit[0] = static_cast<digit>(magnitude);
  return object(z);
}
/// Drops a reference to an exact int.
inline void drop_int(PyObject* o) {
  if (--o->ob_refcnt) return;
  Py_ssize_t size = Py_SIZE(o);
  if (size == 1 || size == -1) {
    live_objects--;
    free_block(o, kSmallIntBytes);
  } else {
    Py_TYPE(o)->tp_dealloc(o);
  }
}

inline PyObject* fast_float(double value) {
  auto* o = static_cast<Float*>(allocate_block(sizeof(Float)));
  if (!o) [[unlikely]] return new_float(value).release();
  live_objects++;
  o->ob_base.ob_refcnt = 1;
  o->ob_base.ob_type = &PyFloat_Type;
  o->ob_fval = value;
  return object(o);
}
/// Drops a reference to an exact float.
inline void drop_float(PyObject* o) {
  if (--o->ob_refcnt) return;
  live_objects--;
  free_block(o, sizeof(Float));
}

}  // namespace taipan
