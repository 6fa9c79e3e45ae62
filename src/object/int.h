#pragma once
// int's kernel: CPython's layout (sign in ob_size, 30-bit digits), the small ints, conversions. Arithmetic on
// whole ints is here too, since indices and sizes need it; methods are in types/int*.cpp.
#include <cstdint>
#include <string_view>

#include "object/object.h"
#include "object/thread.h"

namespace taipan {

inline constexpr int kSmallIntMin = -5, kSmallIntMax = 256;
inline constexpr size_t kSmallIntsOffset = 0x2a8;  // _PyRuntime.global_objects.singletons.small_ints
inline Int* small_int(int value) {
  return reinterpret_cast<Int*>(_PyRuntime + kSmallIntsOffset) + (value - kSmallIntMin);
}
bool start_ints();  ///< fills the small ints; once, at start

Ref<> new_int(int64_t value);
Ref<> new_int_unsigned(uint64_t value);
Ref<> int_from_double(double value);                       ///< truncates; inf and nan raise
/// Digits in a base (0: by prefix) with underscores as the literal syntax allows; surrounding space too. Malformed: ValueError of int().
Ref<> int_from_text(std::string_view text, int base);

/// -1, 0, 1: the value did not fit below, fits, did not fit above; then `*value` is unset. Never raises; o must be an int.
int int_to_int64(PyObject* o, int64_t* value);
Result<int64_t> to_int64(PyObject* int_object);            ///< OverflowError "Python int too large to convert to C long" …
Result<double> int_to_double(PyObject* int_object);
inline bool is_single_digit(PyObject* o) { return Py_SIZE(o) >= -1 && Py_SIZE(o) <= 1; }
/// The value of an int of at most one digit.
inline int64_t single_digit_value(PyObject* o) {
  return Py_SIZE(o) * static_cast<int64_t>(reinterpret_cast<Int*>(o)->ob_digit[0]);
}
inline int int_sign(PyObject* o) { return Py_SIZE(o) < 0 ? -1 : Py_SIZE(o) > 0; }
Py_hash_t int_hash(PyObject* o);
int int_compare(PyObject* a, PyObject* b);
/// The value as an exact int (a copy of a subclass instance such as True).
Ref<> int_copy(PyObject* o);
Ref<> int_to_text(PyObject* o, int base);                  ///< no prefix; base 10 observes the digit limit

Ref<> int_add(PyObject* a, PyObject* b);
Ref<> int_subtract(PyObject* a, PyObject* b);
Ref<> int_multiply(PyObject* a, PyObject* b);

// float, as far as the floors below types/ need it.
Ref<> new_float(double value);
inline double float_value(PyObject* o) { return reinterpret_cast<Float*>(o)->ob_fval; }
Result<double> to_double(PyObject* o);                     ///< float(o) of any number, as PyFloat_AsDouble

}  // namespace taipan
