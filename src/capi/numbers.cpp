// longobject.h, floatobject.h, boolobject.h, complexobject.h.
#include <bit>
#include <cerrno>
#include <climits>
#include <cstring>

#include "base/half_float.h"
#include "capi/export.h"
#include "object/bind.h"
#include "object/call.h"
#include "object/error.h"
#include "object/int.h"
#include "object/int_arithmetic.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/str.h"

using namespace taipan;

namespace {
/// What the functions for C numbers take: an int, or an object that has an index. Empty: TypeError.
Ref<> as_int(PyObject* o) {
  if (!o) return raise_internal("bad argument to internal function");
  return PyLong_Check(o) ? share(o) : taipan::index(o);
}
/// The functions for unsigned numbers and sizes take ints alone.
bool is_int(PyObject* o) {
  if (!o) raise_internal("bad argument to internal function");
  else if (!PyLong_Check(o)) raise(PyExc_TypeError, "an integer is required");
  else return true;
  return false;
}
template <class T>
T too_large(const char* type) {
  raise(PyExc_OverflowError, "Python int too large to convert to C {}", type);
  return static_cast<T>(-1);
}
/// -1 and `*overflow` set if the value lies outside of 64 bits.
int64_t to_64(PyObject* o, int* overflow) {
  *overflow = 0;
  Ref<> i = as_int(o);
  if (!i) return -1;
  int64_t value;
  *overflow = int_to_int64(i.get(), &value);
  return *overflow ? -1 : value;
}
uint64_t to_unsigned_64(PyObject* o, const char* type) {
  if (!is_int(o)) return static_cast<uint64_t>(-1);
  if (int_sign(o) < 0) {
    raise(PyExc_OverflowError, "can't convert negative value to {}", type);
    return static_cast<uint64_t>(-1);
  }
  int64_t value;
  if (int_to_int64(o, &value) == 0) return static_cast<uint64_t>(value);
  uint8_t bytes[8];
  if (_PyLong_NumBits(o) > 64) return too_large<uint64_t>(type);
  if (!int_to_bytes(o, bytes, sizeof bytes, Endian::little, Signed::no)) return static_cast<uint64_t>(-1);
  uint64_t result;
  memcpy(&result, bytes, sizeof result);
  return result;
}
/// The value modulo 2**64.
uint64_t to_64_masked(PyObject* o) {
  Ref<> i = as_int(o);
  if (!i) return static_cast<uint64_t>(-1);
  auto* digits = reinterpret_cast<Int*>(i.get())->ob_digit;
  Py_ssize_t n = Py_ABS(Py_SIZE(i.get()));
  uint64_t value = 0;
  for (Py_ssize_t k = std::min<Py_ssize_t>(n, 3); k-- > 0;) value = value << 30 | digits[k];
  return int_sign(i.get()) < 0 ? 0 - value : value;
}
}  // namespace

// -- int from C --
CAPI PyObject* PyLong_FromLong(long v) { return lower(new_int(v)); }
CAPI PyObject* PyLong_FromLongLong(long long v) { return lower(new_int(v)); }
CAPI PyObject* PyLong_FromSsize_t(Py_ssize_t v) { return lower(new_int(v)); }
CAPI PyObject* PyLong_FromUnsignedLong(unsigned long v) { return lower(new_int_unsigned(v)); }
CAPI PyObject* PyLong_FromUnsignedLongLong(unsigned long long v) { return lower(new_int_unsigned(v)); }
CAPI PyObject* PyLong_FromSize_t(size_t v) { return lower(new_int_unsigned(v)); }
CAPI PyObject* PyLong_FromVoidPtr(void* p) { return lower(new_int_unsigned(reinterpret_cast<uintptr_t>(p))); }
CAPI PyObject* PyLong_FromDouble(double v) { return lower(int_from_double(v)); }
CAPI PyObject* PyLong_FromString(const char* text, char** end, int base) {
  if (end) *end = const_cast<char*>(text) + strlen(text);
  return lower(int_from_text(text, base));
}
CAPI PyObject* PyLong_FromUnicodeObject(PyObject* text, int base) {
  auto utf8 = to_utf8(text);
  return utf8 ? lower(int_from_text(*utf8, base)) : nullptr;
}
CAPI PyObject* _PyLong_FromByteArray(const unsigned char* bytes, size_t n, int little, int is_signed) {
  return lower(int_from_bytes(bytes, n, little ? Endian::little : Endian::big, is_signed ? Signed::yes : Signed::no));
}
CAPI int _PyLong_AsByteArray(PyLongObject* o, unsigned char* bytes, size_t n, int little, int is_signed) {
  if (int_sign(object(o)) < 0 && !is_signed) {
    raise(PyExc_OverflowError, "can't convert negative int to unsigned");
    return -1;
  }
  return int_to_bytes(object(o), bytes, n, little ? Endian::little : Endian::big, is_signed ? Signed::yes : Signed::no).to_c();
}

// -- int to C --
CAPI long PyLong_AsLongAndOverflow(PyObject* o, int* overflow) { return to_64(o, overflow); }
CAPI long long PyLong_AsLongLongAndOverflow(PyObject* o, int* overflow) { return to_64(o, overflow); }
CAPI long PyLong_AsLong(PyObject* o) {
  int overflow;
  long value = to_64(o, &overflow);
  return overflow ? too_large<long>("long") : value;
}
CAPI long long PyLong_AsLongLong(PyObject* o) {
  int overflow;
  long long value = to_64(o, &overflow);
  if (!overflow) return value;
  raise(PyExc_OverflowError, "int too big to convert");
  return -1;
}
CAPI int _PyLong_AsInt(PyObject* o) {
  int overflow;
  int64_t value = to_64(o, &overflow);
  if (!overflow && value >= INT_MIN && value <= INT_MAX) return static_cast<int>(value);
  return too_large<int>("int");
}
CAPI Py_ssize_t PyLong_AsSsize_t(PyObject* o) {
  if (!is_int(o)) return -1;
  int overflow;
  int64_t value = to_64(o, &overflow);
  return overflow ? too_large<Py_ssize_t>("ssize_t") : value;
}
CAPI unsigned long PyLong_AsUnsignedLong(PyObject* o) {
  if (o && PyLong_Check(o) && int_sign(o) < 0) {
    raise(PyExc_OverflowError, "can't convert negative value to unsigned int");
    return static_cast<unsigned long>(-1);
  }
  return to_unsigned_64(o, "unsigned long");
}
CAPI unsigned long long PyLong_AsUnsignedLongLong(PyObject* o) {
  if (!is_int(o)) return static_cast<unsigned long long>(-1);
  if (int_sign(o) < 0) {
    raise(PyExc_OverflowError, "can't convert negative int to unsigned");
    return static_cast<unsigned long long>(-1);
  }
  if (_PyLong_NumBits(o) > 64) {
    raise(PyExc_OverflowError, "int too big to convert");
    return static_cast<unsigned long long>(-1);
  }
  return to_unsigned_64(o, "unsigned long long");
}
CAPI size_t PyLong_AsSize_t(PyObject* o) {
  if (o && PyLong_Check(o) && int_sign(o) < 0) {
    raise(PyExc_OverflowError, "can't convert negative value to size_t");
    return static_cast<size_t>(-1);
  }
  return to_unsigned_64(o, "size_t");
}
CAPI unsigned long PyLong_AsUnsignedLongMask(PyObject* o) { return to_64_masked(o); }
CAPI unsigned long long PyLong_AsUnsignedLongLongMask(PyObject* o) { return to_64_masked(o); }
CAPI void* PyLong_AsVoidPtr(PyObject* o) {
  if (!is_int(o)) return nullptr;
  uint64_t value = int_sign(o) < 0 ? static_cast<uint64_t>(PyLong_AsLong(o)) : to_unsigned_64(o, "unsigned long");
  return pending_error() ? nullptr : reinterpret_cast<void*>(value);
}
CAPI double PyLong_AsDouble(PyObject* o) {
  if (!is_int(o)) return -1.0;
  auto value = int_to_double(o);
  return value ? *value : -1.0;
}
CAPI int _PyLong_Sign(PyObject* o) { return int_sign(o); }
CAPI size_t _PyLong_NumBits(PyObject* o) {
  Py_ssize_t n = Py_ABS(Py_SIZE(o));
  if (!n) return 0;
  return static_cast<size_t>(n - 1) * 30 + static_cast<size_t>(std::bit_width(reinterpret_cast<Int*>(o)->ob_digit[n - 1]));
}
CAPI PyLongObject* _PyLong_New(Py_ssize_t digits) {
  auto* o = reinterpret_cast<PyLongObject*>(
      _PyObject_NewVar(&PyLong_Type, digits ? digits : 1));
  if (o) Py_SET_SIZE(o, digits);
  return o;
}
CAPI PyObject* _PyLong_FromTime_t(time_t t) { return lower(new_int(t)); }

// -- converters for PyArg_Parse's "O&" --
namespace {
template <class T>
int convert_unsigned(PyObject* o, void* to, const char* type) {
  if (PyLong_Check(o) && int_sign(o) < 0) {
    raise(PyExc_ValueError, "value must be positive");
    return 0;
  }
  uint64_t value = to_unsigned_64(o, type);
  if (value == static_cast<uint64_t>(-1) && pending_error()) return 0;
  if (value > static_cast<T>(-1)) {
    too_large<T>(type);
    return 0;
  }
  *static_cast<T*>(to) = static_cast<T>(value);
  return 1;
}
}  // namespace
CAPI int _PyLong_UnsignedShort_Converter(PyObject* o, void* to) { return convert_unsigned<unsigned short>(o, to, "unsigned short"); }
CAPI int _PyLong_UnsignedInt_Converter(PyObject* o, void* to) { return convert_unsigned<unsigned int>(o, to, "unsigned int"); }
CAPI int _PyLong_UnsignedLong_Converter(PyObject* o, void* to) { return convert_unsigned<unsigned long>(o, to, "unsigned long"); }
CAPI int _PyLong_UnsignedLongLong_Converter(PyObject* o, void* to) { return convert_unsigned<unsigned long long>(o, to, "unsigned long long"); }
CAPI int _PyLong_Size_t_Converter(PyObject* o, void* to) { return convert_unsigned<size_t>(o, to, "size_t"); }
CAPI int _Py_convert_optional_to_ssize_t(PyObject* o, void* to) {
  if (o == Py_None) return 1;
  if (!is_index(o)) {
    raise(PyExc_TypeError, "argument should be integer or None, not {}", clip(type_name(o), 200));
    return 0;
  }
  auto value = to_ssize(o, PyExc_OverflowError);
  if (value) *static_cast<Py_ssize_t*>(to) = *value;
  return static_cast<bool>(value);
}

// -- bool, float, complex --
CAPI PyObject* PyBool_FromLong(long v) { return Py_NewRef(v ? Py_True : Py_False); }
CAPI PyObject* PyFloat_FromDouble(double v) { return lower(new_float(v)); }
CAPI PyObject* PyFloat_FromString(PyObject* text) { return lower(call(object(&PyFloat_Type), text)); }
CAPI double PyFloat_AsDouble(PyObject* o) {
  if (!o) {
    raise(PyExc_TypeError, "bad argument type for built-in operation");
    return -1.0;
  }
  auto value = to_double(o);
  return value ? *value : -1.0;
}
CAPI double PyFloat_GetMax() { return __DBL_MAX__; }
CAPI double PyFloat_GetMin() { return __DBL_MIN__; }

namespace {
uint16_t swapped(uint16_t bits) { return __builtin_bswap16(bits); }
uint32_t swapped(uint32_t bits) { return __builtin_bswap32(bits); }
uint64_t swapped(uint64_t bits) { return __builtin_bswap64(bits); }
template <class Bits>
void store(Bits bits, unsigned char* p, int little) {
  if (!little) bits = swapped(bits);
  memcpy(p, &bits, sizeof bits);
}
template <class Bits>
Bits load(const unsigned char* p, int little) {
  Bits bits;
  memcpy(&bits, p, sizeof bits);
  return little ? bits : swapped(bits);
}
}  // namespace
CAPI int PyFloat_Pack2(double v, char* to, int little) {
  uint16_t bits;
  if (!to_half(v, &bits)) {
    raise(PyExc_OverflowError, "float too large to pack with e format");
    return -1;
  }
  store(bits, reinterpret_cast<unsigned char*>(to), little);
  return 0;
}
CAPI int PyFloat_Pack4(double v, char* to, int little) {
  auto narrow = static_cast<float>(v);
  if (__builtin_isinf(narrow) && !__builtin_isinf(v)) {
    raise(PyExc_OverflowError, "float too large to pack with f format");
    return -1;
  }
  store(std::bit_cast<uint32_t>(narrow), reinterpret_cast<unsigned char*>(to), little);
  return 0;
}
CAPI int PyFloat_Pack8(double v, char* to, int little) {
  store(std::bit_cast<uint64_t>(v), reinterpret_cast<unsigned char*>(to), little);
  return 0;
}
CAPI double PyFloat_Unpack2(const char* p, int little) { return from_half(load<uint16_t>(reinterpret_cast<const unsigned char*>(p), little)); }
CAPI double PyFloat_Unpack4(const char* p, int little) {
  return std::bit_cast<float>(load<uint32_t>(reinterpret_cast<const unsigned char*>(p), little));
}
CAPI double PyFloat_Unpack8(const char* p, int little) {
  return std::bit_cast<double>(load<uint64_t>(reinterpret_cast<const unsigned char*>(p), little));
}
CAPI PyObject* PyComplex_FromCComplex(Py_complex c) { return PyComplex_FromDoubles(c.real, c.imag); }
CAPI Py_complex PyComplex_AsCComplex(PyObject* o) {
  Ref<> made = PyComplex_Check(o) ? share(o) : Ref<>();
  if (!made) {
    auto method = lookup_special(o, "__complex__"_name);
    if (!method) return {-1.0, 0.0};
    if (Ref<> bound = method.take()) {
      made = call(bound.get());
      if (made && !PyComplex_Check(made.get()))
        made = Ref<>(raise(PyExc_TypeError, "__complex__ returned non-complex (type {})", clip(type_name(made.get()), 200)));
      if (!made) return {-1.0, 0.0};
    }
  }
  return made ? reinterpret_cast<PyComplexObject*>(made.get())->cval : Py_complex{PyFloat_AsDouble(o), 0.0};
}
CAPI double PyComplex_RealAsDouble(PyObject* o) {
  return PyComplex_Check(o) ? reinterpret_cast<PyComplexObject*>(o)->cval.real : PyFloat_AsDouble(o);
}
CAPI double PyComplex_ImagAsDouble(PyObject* o) { return PyComplex_Check(o) ? reinterpret_cast<PyComplexObject*>(o)->cval.imag : 0.0; }
