#pragma once
// Making and dropping ints and floats inside handlers: one pop from, one push to a free list, no call in the common
// case; what is rare goes to functions that leave all registers alone. A temporary that nobody else holds takes
// the result. Small ints are immortal: a handler that knows it has one does not count it.
#include "object/alloc.h"
#include "object/int.h"
#include "object/object.h"
#include "vm/interpreter.h"

namespace taipan {

/// One and two digits take the same block, so that one may become the other in place.
inline constexpr size_t kCompactIntBytes = offsetof(Int, ob_digit) + 2 * sizeof(digit);
static_assert((offsetof(Int, ob_digit) + sizeof(digit) + kSizeStep - 1) / kSizeStep == kCompactIntBytes / kSizeStep &&
              kCompactIntBytes % kSizeStep == 0);
#if defined(TAIPAN_ASAN)  // a block has exactly the bytes asked for
inline constexpr bool kReuseInts = false;
#else
inline constexpr bool kReuseInts = true;
#endif

/// Null: MemoryError is set.
[[gnu::noinline, gnu::cold, clang::preserve_most]] PyObject* new_int_slowly(int64_t value);
[[gnu::noinline, gnu::cold, clang::preserve_most]] PyObject* new_float_slowly(double value);

inline bool is_small_int(int64_t value) {
  return static_cast<uint64_t>(value - kSmallIntMin) <= static_cast<uint64_t>(kSmallIntMax - kSmallIntMin);
}

/// May fast_int be asked for it?
inline bool is_short(int64_t value) {
  return static_cast<uint64_t>(value + (int64_t{1} << 60) - 1) < (uint64_t{1} << 61) - 1;
}

/// Is it an int of one digit? (The caller knows that it is an int.)
inline bool one_digit(PyObject* o) { return static_cast<size_t>(Py_SIZE(o) + 1) <= 2; }

/// |value| < 2^60; the object is a compact one of ours.
inline void write_int(PyObject* o, int64_t value) {
  uint64_t magnitude = value < 0 ? 0 - static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
  auto* z = reinterpret_cast<Int*>(o);
  Py_ssize_t size = value < 0 ? -1 : 1;
  z->ob_digit[0] = static_cast<digit>(magnitude & PyLong_MASK);
  if (magnitude >> PyLong_SHIFT) [[unlikely]] {
    z->ob_digit[1] = static_cast<digit>(magnitude >> PyLong_SHIFT);
    size *= 2;
  }
  z->ob_base.ob_size = size;
}
/// A new int that is no small one; null: MemoryError is set. |value| < 2^60.
inline PyObject* fresh_int(int64_t value) {
  void* block = kReuseInts ? allocate_pooled(kCompactIntBytes) : nullptr;
  if (!block) [[unlikely]] return new_int_slowly(value);
  count_objects(1);
  auto* o = static_cast<PyObject*>(block);
  o->ob_refcnt = 1;
  o->ob_type = &PyLong_Type;
  write_int(o, value);
  return o;
}
/// The same for any value below 2^60.
inline PyObject* fast_int(int64_t value) {
  if (is_small_int(value)) return object(small_int(static_cast<int>(value)));
  return fresh_int(value);
}
inline void drop_int(PyObject* o) { drop(o); }

/// The int `value`, which came of a and b, whose references are taken over.
inline PyObject* int_from_operands(PyObject* a, PyObject* b, int64_t value) {
  if (is_small_int(value)) {
    drop_int(a);
    drop_int(b);
    return object(small_int(static_cast<int>(value)));
  }
  if (kReuseInts && a->ob_refcnt == 1) {
    write_int(a, value);
    drop_int(b);
    return a;
  }
  drop_int(a);
  if (kReuseInts && b->ob_refcnt == 1) {
    write_int(b, value);
    return b;
  }
  drop_int(b);
  return fresh_int(value);
}
inline PyObject* int_from_operand(PyObject* a, int64_t value) {
  if (!is_small_int(value) && kReuseInts && a->ob_refcnt == 1) {
    write_int(a, value);
    return a;
  }
  drop_int(a);
  return fast_int(value);
}

/// May this object, which a result is about to replace, be overwritten by it?
inline bool can_become(PyObject* old, int64_t value) {
  return kReuseInts && old && old->ob_refcnt == 1 && PyLong_CheckExact(old) &&
         static_cast<size_t>(Py_SIZE(old) + 2) <= 4 && !is_small_int(value);
}

inline PyObject* fast_float(double value) {
  auto* o = static_cast<Float*>(allocate_pooled(sizeof(Float)));
  if (!o) [[unlikely]] return new_float_slowly(value);
  count_objects(1);
  o->ob_base.ob_refcnt = 1;
  o->ob_base.ob_type = &PyFloat_Type;
  o->ob_fval = value;
  return object(o);
}
inline void drop_float(PyObject* o) { drop(o); }

}  // namespace taipan
