// The type codes of arrays.
#include <climits>
#include <cstring>

#include "modules/array/array.h"
#include "object/int.h"
#include "object/int_arithmetic.h"
#include "object/protocol.h"
#include "object/str.h"

namespace taipan::arrays {
namespace {

template <class T>
T load(const char* item) {
  T value;
  memcpy(&value, item, sizeof value);
  return value;
}
template <class T>
void store(char* item, T value) {
  memcpy(item, &value, sizeof value);
}

template <class T>
Ref<> get_signed(const char* item) {
  return new_int(load<T>(item));
}
template <class T>
Ref<> get_unsigned(const char* item) {
  return new_int_unsigned(load<T>(item));
}

Result<int64_t> c_long(PyObject* o) {
  Ref<> n = TRY(index(o));
  return to_int64(n.get());
}

/// The limits that the argument parser of C functions would check one after the other: its words.
Status check_short(int64_t v) {
  if (v < SHRT_MIN) return raise(PyExc_OverflowError, "signed short integer is less than minimum");
  if (v > SHRT_MAX) return raise(PyExc_OverflowError, "signed short integer is greater than maximum");
  return {};
}
Status check_int(int64_t v) {
  if (v > INT_MAX) return raise(PyExc_OverflowError, "signed integer is greater than maximum");
  if (v < INT_MIN) return raise(PyExc_OverflowError, "signed integer is less than minimum");
  return {};
}

Status set_b(char* item, PyObject* o) {
  int64_t v = TRY(c_long(o));
  TRY(check_short(v));
  if (v < -128) return raise(PyExc_OverflowError, "signed char is less than minimum");
  if (v > 127) return raise(PyExc_OverflowError, "signed char is greater than maximum");
  store(item, static_cast<int8_t>(v));
  return {};
}
Status set_B(char* item, PyObject* o) {
  int64_t v = TRY(c_long(o));
  if (v < 0) return raise(PyExc_OverflowError, "unsigned byte integer is less than minimum");
  if (v > UCHAR_MAX) return raise(PyExc_OverflowError, "unsigned byte integer is greater than maximum");
  store(item, static_cast<uint8_t>(v));
  return {};
}
Status set_h(char* item, PyObject* o) {
  int64_t v = TRY(c_long(o));
  TRY(check_short(v));
  store(item, static_cast<int16_t>(v));
  return {};
}
Status set_H(char* item, PyObject* o) {
  int64_t v = TRY(c_long(o));
  TRY(check_int(v));
  if (v < 0) return raise(PyExc_OverflowError, "unsigned short is less than minimum");
  if (v > USHRT_MAX) return raise(PyExc_OverflowError, "unsigned short is greater than maximum");
  store(item, static_cast<uint16_t>(v));
  return {};
}
Status set_i(char* item, PyObject* o) {
  int64_t v = TRY(c_long(o));
  TRY(check_int(v));
  store(item, static_cast<int32_t>(v));
  return {};
}
Status set_l(char* item, PyObject* o) {
  store(item, TRY(c_long(o)));
  return {};
}

Result<uint64_t> c_unsigned_long(PyObject* o) {
  Ref<> n = TRY(index(o));
  uint64_t v;
  int outside = int_to_uint64(n.get(), &v);
  if (outside < 0) return raise(PyExc_OverflowError, "can't convert negative value to unsigned int");
  if (outside > 0) return raise(PyExc_OverflowError, "Python int too large to convert to C unsigned long");
  return v;
}
Status set_I(char* item, PyObject* o) {
  uint64_t v = TRY(c_unsigned_long(o));
  if (v > UINT_MAX) return raise(PyExc_OverflowError, "unsigned int is greater than maximum");
  store(item, static_cast<uint32_t>(v));
  return {};
}
Status set_L(char* item, PyObject* o) {
  store(item, TRY(c_unsigned_long(o)));
  return {};
}
Status set_q(char* item, PyObject* o) {
  Ref<> n = TRY(index(o));
  int64_t v;
  if (int_to_int64(n.get(), &v)) return raise(PyExc_OverflowError, "int too big to convert");
  store(item, v);
  return {};
}
Status set_Q(char* item, PyObject* o) {
  Ref<> n = TRY(index(o));
  uint64_t v;
  int outside = int_to_uint64(n.get(), &v);
  if (outside < 0) return raise(PyExc_OverflowError, "can't convert negative int to unsigned");
  if (outside > 0) return raise(PyExc_OverflowError, "int too big to convert");
  store(item, v);
  return {};
}

template <class T>
Ref<> get_real(const char* item) {
  return new_float(load<T>(item));
}
template <class T>
Status set_real(char* item, PyObject* o) {
  store(item, static_cast<T>(TRY(to_double(o))));
  return {};
}

Ref<> get_u(const char* item) {
  auto c = load<Py_UCS4>(item);
  if (c > 0x10FFFF)
    return raise(PyExc_ValueError, "character U+{} is not in range [U+0000; U+10ffff]", Hex{c, 0});
  return char_str(c);
}
Status set_u(char* item, PyObject* o) {
  if (!PyUnicode_Check(o) || str_length(o) != 1) return raise(PyExc_TypeError, "array item must be unicode character");
  store(item, char_at(o, 0));
  return {};
}

constexpr Descriptor kDescriptors[] = {
    {'b', 1, get_signed<int8_t>, set_b, "b", true, true},
    {'B', 1, get_unsigned<uint8_t>, set_B, "B", true, false},
    {'u', 4, get_u, set_u, "w", false, false},
    {'h', 2, get_signed<int16_t>, set_h, "h", true, true},
    {'H', 2, get_unsigned<uint16_t>, set_H, "H", true, false},
    {'i', 4, get_signed<int32_t>, set_i, "i", true, true},
    {'I', 4, get_unsigned<uint32_t>, set_I, "I", true, false},
    {'l', 8, get_signed<int64_t>, set_l, "l", true, true},
    {'L', 8, get_unsigned<uint64_t>, set_L, "L", true, false},
    {'q', 8, get_signed<int64_t>, set_q, "q", true, true},
    {'Q', 8, get_unsigned<uint64_t>, set_Q, "Q", true, false},
    {'f', 4, get_real<float>, set_real<float>, "f", false, false},
    {'d', 8, get_real<double>, set_real<double>, "d", false, false},
};

}  // namespace

const char kTypecodes[] = "bBuhHiIlLqQfd";

const Descriptor* find_descriptor(Py_UCS4 typecode) {
  for (const Descriptor& d : kDescriptors)
    if (static_cast<Py_UCS4>(d.typecode) == typecode) return &d;
  return nullptr;
}

}  // namespace taipan::arrays
