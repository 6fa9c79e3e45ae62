// longobject.h, boolobject.h: ints and C's integers.
#include <climits>

#include "capi/export.h"
#include "object/error.h"
#include "object/int.h"
#include "object/int_arithmetic.h"
#include "object/int_digits.h"
#include "object/number_text.h"
#include "object/protocol.h"
#include "object/str.h"

using namespace taipan;

namespace {

bool check_int(PyObject* o) {
  if (o && PyLong_Check(o)) return true;
  if (!o) raise_internal("bad argument to internal function");
  else raise(PyExc_TypeError, "an integer is required");
  return false;
}
/// The number that `o` stands for, through __index__; empty: an exception is pending.
Ref<> number_of(PyObject* o) {
  if (!o) return raise_internal("bad argument to internal function");
  return PyLong_Check(o) ? share(o) : index(o);
}

/// Too large raises, unless the caller wants to know the direction.
int64_t signed_value(PyObject* o, int* overflow) {
  Ref<> number = number_of(o);
  if (overflow) *overflow = 0;
  if (!number) return -1;
  int64_t value = -1;
  if (int outside = int_to_int64(number.get(), &value)) {
    if (overflow) *overflow = outside;
    else raise(PyExc_OverflowError, "Python int too large to convert to C long");
    return -1;
  }
  return value;
}
uint64_t unsigned_value(PyObject* o, const char* type) {
  uint64_t value;
  if (!check_int(o)) return UINT64_MAX;
  if (int_sign(o) < 0) {
    raise(PyExc_OverflowError, "can't convert negative value to unsigned int");
    return UINT64_MAX;
  }
  if (int_to_uint64(o, &value) == 0) return value;
  raise(PyExc_OverflowError, "Python int too large to convert to C {}", type);
  return UINT64_MAX;
}
uint64_t mask_value(PyObject* o) {
  Ref<> number = number_of(o);
  return number ? int_to_uint64_mask(number.get()) : UINT64_MAX;
}

/// A converter for PyArg_Parse's "O&": an unsigned C integer of type T.
template <class T>
int convert_unsigned(PyObject* o, void* to, const char* type) {
  if (PyLong_Check(o) && int_sign(o) < 0) {
    raise(PyExc_ValueError, "value must be positive");
    return 0;
  }
  uint64_t value = unsigned_value(o, type);
  if (value == UINT64_MAX && pending_error()) return 0;
  if (value > std::numeric_limits<T>::max()) {
    raise(PyExc_OverflowError, "Python int too large for C {}", type);
    return 0;
  }
  *static_cast<T*>(to) = static_cast<T>(value);
  return 1;
}

}  // namespace

CAPI PyObject* PyBool_FromLong(long value) { return boolean(value != 0).release(); }

CAPI PyObject* PyLong_FromLong(long value) { return new_int(value).release(); }
CAPI PyObject* PyLong_FromLongLong(long long value) { return new_int(value).release(); }
CAPI PyObject* PyLong_FromSsize_t(Py_ssize_t value) { return new_int(value).release(); }
CAPI PyObject* PyLong_FromUnsignedLong(unsigned long value) { return new_int_unsigned(value).release(); }
CAPI PyObject* PyLong_FromUnsignedLongLong(unsigned long long value) { return new_int_unsigned(value).release(); }
CAPI PyObject* PyLong_FromSize_t(size_t value) { return new_int_unsigned(value).release(); }
CAPI PyObject* PyLong_FromVoidPtr(void* p) { return new_int_unsigned(reinterpret_cast<uintptr_t>(p)).release(); }
CAPI PyObject* PyLong_FromDouble(double value) { return int_from_double(value).release(); }
CAPI PyObject* PyLong_FromString(const char* text, char** end, int base) {
  if (end) *end = const_cast<char*>(text) + strlen(text);
  return int_from_text(text, base).release();
}
CAPI PyObject* PyLong_FromUnicodeObject(PyObject* str, int base) { return int_from_str(str, base).release(); }
CAPI PyObject* _PyLong_FromTime_t(time_t value) { return new_int(value).release(); }
CAPI PyObject* PyLong_GetInfo(void) {
  Ref<> sys = adopt(PyImport_ImportModule("sys"));
  return sys ? PyObject_GetAttrString(sys.get(), "int_info") : nullptr;
}

CAPI long PyLong_AsLong(PyObject* o) { return signed_value(o, nullptr); }
CAPI long long PyLong_AsLongLong(PyObject* o) { return signed_value(o, nullptr); }
CAPI long PyLong_AsLongAndOverflow(PyObject* o, int* overflow) { return signed_value(o, overflow); }
CAPI long long PyLong_AsLongLongAndOverflow(PyObject* o, int* overflow) { return signed_value(o, overflow); }
CAPI int _PyLong_AsInt(PyObject* o) {
  int overflow;
  int64_t value = signed_value(o, &overflow);
  if (overflow || value > INT_MAX || value < INT_MIN) {
    raise(PyExc_OverflowError, "Python int too large to convert to C int");
    return -1;
  }
  return static_cast<int>(value);
}
CAPI Py_ssize_t PyLong_AsSsize_t(PyObject* o) {
  int64_t value;
  if (!check_int(o)) return -1;
  if (int_to_int64(o, &value) == 0) return value;
  raise(PyExc_OverflowError, "Python int too large to convert to C ssize_t");
  return -1;
}
CAPI unsigned long PyLong_AsUnsignedLong(PyObject* o) { return unsigned_value(o, "unsigned long"); }
CAPI unsigned long long PyLong_AsUnsignedLongLong(PyObject* o) { return unsigned_value(o, "unsigned long"); }
CAPI size_t PyLong_AsSize_t(PyObject* o) {
  if (check_int(o) && int_sign(o) < 0) {
    raise(PyExc_OverflowError, "can't convert negative value to size_t");
    return SIZE_MAX;
  }
  return pending_error() ? SIZE_MAX : unsigned_value(o, "size_t");
}
CAPI unsigned long PyLong_AsUnsignedLongMask(PyObject* o) { return mask_value(o); }
CAPI unsigned long long PyLong_AsUnsignedLongLongMask(PyObject* o) { return mask_value(o); }
CAPI double PyLong_AsDouble(PyObject* o) {
  if (!check_int(o)) return -1;
  Result<double> value = int_to_double(o);
  return value ? *value : -1;
}
CAPI void* PyLong_AsVoidPtr(PyObject* o) {
  if (!check_int(o)) return nullptr;
  int64_t value;
  if (int_sign(o) >= 0) {
    uint64_t bits = unsigned_value(o, "void *");
    return bits == UINT64_MAX && pending_error() ? nullptr : reinterpret_cast<void*>(bits);
  }
  if (int_to_int64(o, &value) == 0) return reinterpret_cast<void*>(value);
  raise(PyExc_OverflowError, "Python int too large to convert to C long");
  return nullptr;
}

CAPI int _PyLong_Sign(PyObject* o) { return int_sign(o); }
CAPI size_t _PyLong_NumBits(PyObject* o) { return int_bit_length(o); }
CAPI PyLongObject* _PyLong_New(Py_ssize_t digits) { return allocate_int(digits).release(); }
CAPI PyObject* _PyLong_Copy(PyLongObject* o) { return int_copy(object(o)).release(); }
CAPI PyObject* _PyLong_GCD(PyObject* a, PyObject* b) {
  Ref<> math = adopt(PyImport_ImportModule("math"));
  return math ? PyObject_CallMethod(math.get(), "gcd", "OO", a, b) : nullptr;
}
CAPI PyObject* _PyLong_FromByteArray(const unsigned char* bytes, size_t n, int little_endian, int is_signed) {
  return int_from_bytes(bytes, n, little_endian ? Endian::little : Endian::big, is_signed ? Signed::yes : Signed::no).release();
}
CAPI int _PyLong_AsByteArray(PyLongObject* o, unsigned char* bytes, size_t n, int little_endian, int is_signed) {
  return int_to_bytes(object(o), bytes, n, little_endian ? Endian::little : Endian::big, is_signed ? Signed::yes : Signed::no).to_c();
}
CAPI PyObject* _PyLong_Format(PyObject* o, int base) {
  if (!check_int(o)) return nullptr;
  Ref<> digits = int_to_text(o, base);
  if (!digits || base == 10) return digits.release();
  const char* prefix = base == 2 ? "0b" : base == 8 ? "0o" : "0x";
  if (int_sign(o) >= 0) return format_str("{}{}", prefix, as_str(digits.get())).release();
  Ref<> magnitude = str_slice(digits.get(), 1, str_length(digits.get()));
  return magnitude ? format_str("-{}{}", prefix, as_str(magnitude.get())).release() : nullptr;
}

CAPI int _PyLong_UnsignedShort_Converter(PyObject* o, void* to) { return convert_unsigned<unsigned short>(o, to, "unsigned short"); }
CAPI int _PyLong_UnsignedInt_Converter(PyObject* o, void* to) { return convert_unsigned<unsigned>(o, to, "unsigned int"); }
CAPI int _PyLong_UnsignedLong_Converter(PyObject* o, void* to) { return convert_unsigned<unsigned long>(o, to, "unsigned long"); }
CAPI int _PyLong_UnsignedLongLong_Converter(PyObject* o, void* to) { return convert_unsigned<unsigned long>(o, to, "unsigned long long"); }
CAPI int _PyLong_Size_t_Converter(PyObject* o, void* to) { return convert_unsigned<size_t>(o, to, "size_t"); }
CAPI int _PyLong_FileDescriptor_Converter(PyObject* o, void* to) {
  int fd = PyObject_AsFileDescriptor(o);
  if (fd == -1) return 0;
  *static_cast<int*>(to) = fd;
  return 1;
}
CAPI int _Py_convert_optional_to_ssize_t(PyObject* o, void* to) {
  if (o == Py_None) return 1;
  if (!is_index(o)) {
    raise(PyExc_TypeError, "argument should be integer or None, not {}", clip(type_name(o), 200));
    return 0;
  }
  Result<Py_ssize_t> value = to_ssize(o, PyExc_OverflowError);
  if (!value) return 0;
  *static_cast<Py_ssize_t*>(to) = *value;
  return 1;
}
