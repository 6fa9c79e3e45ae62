// pystrtod.h, pystrcmp.h, pyctype.h, pyhash.h: text and numbers without objects.
#include <strings.h>

#include <array>
#include <bit>
#include <climits>
#include <cmath>
#include <cstdarg>
#include <cstdio>

#include "base/float_text.h"
#include "base/hash.h"
#include "capi/export.h"
#include "object/alloc.h"
#include "object/error.h"

using namespace taipan;

CAPI double PyOS_string_to_double(const char* s, char** end, PyObject* overflow) {
  ParsedFloat parsed = parse_float(s);
  const char* stop = s + parsed.length;
  if (end) *end = const_cast<char*>(stop);
  if (parsed.length == 0 || (!end && *stop))
    return raise(PyExc_ValueError, "could not convert string to float: '{}'", clip(s, 200)), -1.0;
  if (parsed.overflow) {
    if (overflow)
      return raise(overflow, "value too large to convert to float: '{}'", clip(s, 200)), -1.0;
    return parsed.value > 0 ? HUGE_VAL : -HUGE_VAL;
  }
  return parsed.value;
}

CAPI char* PyOS_double_to_string(double value, char code, int precision, int flags, int* type) {
  if (!strchr("eEfFgGr", code) || !code) return raise_internal("bad format code"), nullptr;
  if (code == 'r' && precision != 0) return raise_internal("'r' takes no precision"), nullptr;
  FloatStyle style = FloatStyle::none;
  if (flags & Py_DTSF_SIGN) style = style | FloatStyle::sign;
  if (flags & Py_DTSF_ADD_DOT_0) style = style | FloatStyle::add_dot_0;
  if (flags & Py_DTSF_ALT) style = style | FloatStyle::alternate;
  if (flags & Py_DTSF_NO_NEG_0) style = style | FloatStyle::no_negative_zero;
  TextBuffer text;
  if (!append_float(text, value, code, precision, style)) return raise_no_memory(), nullptr;
  if (type)
    *type = std::isnan(value) ? Py_DTST_NAN : std::isinf(value) ? Py_DTST_INFINITE : Py_DTST_FINITE;
  auto copy = static_cast<char*>(raw_allocate(text.size() + 1));
  if (!copy) return raise_no_memory(), nullptr;
  memcpy(copy, text.c_str(), text.size() + 1);
  return copy;
}

CAPI double _Py_parse_inf_or_nan(const char* p, char** end) {
  size_t sign = *p == '-' || *p == '+';
  bool word = (p[sign] | 0x20) == 'i' || (p[sign] | 0x20) == 'n';
  ParsedFloat parsed = word ? parse_float(p) : ParsedFloat{};
  *end = const_cast<char*>(p + parsed.length);
  return parsed.length ? parsed.value : -1.0;
}

CAPI int PyOS_mystrnicmp(const char* a, const char* b, Py_ssize_t n) {
  return n > 0 ? strncasecmp(a, b, static_cast<size_t>(n)) : 0;
}
CAPI int PyOS_mystricmp(const char* a, const char* b) { return strcasecmp(a, b); }
CAPI int PyOS_vsnprintf(char* to, size_t size, const char* text, va_list arguments) {
  if (size > INT_MAX - 512) {
    if (size) to[0] = '\0';
    return -666;
  }
  int n = vsnprintf(to, size, text, arguments);
  if (size) to[size - 1] = '\0';
  return n;
}
CAPI int PyOS_snprintf(char* to, size_t size, const char* text, ...) {
  va_list arguments;
  va_start(arguments, text);
  int n = PyOS_vsnprintf(to, size, text, arguments);
  va_end(arguments);
  return n;
}

CAPI Py_hash_t _Py_HashDouble(PyObject* o, double value) { return hash_double(value, o); }
CAPI Py_hash_t _Py_HashPointer(const void* p) { return hash_pointer(p); }
CAPI Py_hash_t _Py_HashPointerRaw(const void* p) {
  return static_cast<Py_hash_t>(std::rotr(reinterpret_cast<uintptr_t>(p), 4));
}
CAPI Py_hash_t _Py_HashBytes(const void* data, Py_ssize_t n) {
  return hash_bytes(data, static_cast<size_t>(n));
}
CAPI PyHash_FuncDef* PyHash_GetFuncDef() {
  static PyHash_FuncDef def = {_Py_HashBytes, "siphash13", 64, 128};
  return &def;
}
// The tables behind the macros of pyctype.h, computed here and exported as the arrays they are
// declared as.
namespace {

constexpr unsigned class_of(unsigned c) {
  unsigned flags = 0;
  if (c >= 'a' && c <= 'z') flags |= PY_CTF_LOWER;
  if (c >= 'A' && c <= 'Z') flags |= PY_CTF_UPPER;
  if (c >= '0' && c <= '9') flags |= PY_CTF_DIGIT;
  if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))
    flags |= PY_CTF_XDIGIT;
  if (c == ' ' || (c >= 9 && c <= 13)) flags |= PY_CTF_SPACE;
  return flags;
}
template <class T, class F>
constexpr std::array<T, 256> table_of(F f) {
  std::array<T, 256> table{};
  for (unsigned c = 0; c < 256; c++) table[c] = static_cast<T>(f(c));
  return table;
}

}  // namespace

extern "C" const auto taipan_ctype_table = table_of<unsigned int>(class_of);
extern "C" const auto taipan_ctype_tolower =
    table_of<unsigned char>([](unsigned c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
extern "C" const auto taipan_ctype_toupper =
    table_of<unsigned char>([](unsigned c) { return c >= 'a' && c <= 'z' ? c - 32 : c; });
extern "C" const unsigned int _Py_ctype_table[256]
    __attribute__((alias("taipan_ctype_table"), visibility("default")));
extern "C" const unsigned char _Py_ctype_tolower[256]
    __attribute__((alias("taipan_ctype_tolower"), visibility("default")));
extern "C" const unsigned char _Py_ctype_toupper[256]
    __attribute__((alias("taipan_ctype_toupper"), visibility("default")));
