// floatobject.h, complexobject.h: floats and complex numbers.
#include <cmath>
#include <cstring>

#include "base/half_float.h"
#include "capi/export.h"
#include "object/error.h"
#include "object/int.h"
#include "object/number_text.h"
#include "object/protocol.h"
#include "types/complex.h"
#include "types/float.h"

using namespace taipan;

namespace {

/// Copies a number's bytes in the order that `little_endian` asks for.
void store(const void* number, size_t n, char* to, int little_endian) {
  auto from = static_cast<const char*>(number);
  for (size_t i = 0; i < n; i++) to[i] = from[little_endian ? i : n - 1 - i];
}
template <class T>
T fetch(const char* from, int little_endian) {
  char bytes[sizeof(T)];
  for (size_t i = 0; i < sizeof(T); i++) bytes[i] = from[little_endian ? i : sizeof(T) - 1 - i];
  T number;
  memcpy(&number, bytes, sizeof(T));
  return number;
}

}  // namespace

CAPI PyObject* PyFloat_FromDouble(double value) { return new_float(value).release(); }
CAPI double PyFloat_AsDouble(PyObject* o) {
  if (!o) {
    raise(PyExc_TypeError, "bad argument type for built-in operation");
    return -1;
  }
  Result<double> value = to_double(o);
  return value ? *value : -1;
}
CAPI PyObject* PyFloat_FromString(PyObject* text) { return to_float(text).release(); }
CAPI double PyFloat_GetMax(void) { return __DBL_MAX__; }
CAPI double PyFloat_GetMin(void) { return __DBL_MIN__; }
CAPI PyObject* PyFloat_GetInfo(void) { return PySys_GetObject("float_info") ? Py_NewRef(PySys_GetObject("float_info")) : nullptr; }

CAPI int PyFloat_Pack2(double value, char* to, int little_endian) {
  uint16_t bits;
  if (!to_half(value, &bits)) {
    raise(PyExc_OverflowError, "float too large to pack with e format");
    return -1;
  }
  store(&bits, sizeof bits, to, little_endian);
  return 0;
}
CAPI int PyFloat_Pack4(double value, char* to, int little_endian) {
  auto narrow = static_cast<float>(value);
  if (std::isinf(narrow) && !std::isinf(value)) {
    raise(PyExc_OverflowError, "float too large to pack with f format");
    return -1;
  }
  store(&narrow, sizeof narrow, to, little_endian);
  return 0;
}
CAPI int PyFloat_Pack8(double value, char* to, int little_endian) {
  store(&value, sizeof value, to, little_endian);
  return 0;
}
CAPI double PyFloat_Unpack2(const char* from, int little_endian) { return from_half(fetch<uint16_t>(from, little_endian)); }
CAPI double PyFloat_Unpack4(const char* from, int little_endian) { return fetch<float>(from, little_endian); }
CAPI double PyFloat_Unpack8(const char* from, int little_endian) { return fetch<double>(from, little_endian); }

CAPI PyObject* PyComplex_FromCComplex(Py_complex value) { return new_complex(value).release(); }
CAPI Py_complex PyComplex_AsCComplex(PyObject* o) {
  Result<Py_complex> value = to_complex(o);
  return value ? *value : Py_complex{-1, 0};
}
CAPI double PyComplex_RealAsDouble(PyObject* o) { return PyComplex_Check(o) ? complex_value(o).real : PyFloat_AsDouble(o); }
CAPI double PyComplex_ImagAsDouble(PyObject* o) { return PyComplex_Check(o) ? complex_value(o).imag : 0; }
CAPI Py_complex _Py_c_sum(Py_complex a, Py_complex b) { return complex_add(a, b); }
CAPI Py_complex _Py_c_diff(Py_complex a, Py_complex b) { return complex_subtract(a, b); }
CAPI Py_complex _Py_c_neg(Py_complex a) { return complex_negate(a); }
CAPI Py_complex _Py_c_prod(Py_complex a, Py_complex b) { return complex_multiply(a, b); }
CAPI Py_complex _Py_c_quot(Py_complex a, Py_complex b) { return complex_quotient(a, b); }
CAPI Py_complex _Py_c_pow(Py_complex a, Py_complex b) { return complex_power(a, b); }
CAPI double _Py_c_abs(Py_complex a) { return complex_absolute(a); }
