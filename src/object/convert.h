#pragma once
// How an argument becomes the parameter a built-in function asks for: the parameter's type is its converter.
//   PyObject*            anything; a default of None gives Py_None, any other default gives null
//   Str& List& Dict& …   an instance (or subclass instance) of that type; Str* … the same, null if the argument is missing
//   int Py_ssize_t int64_t uint32_t  through __index__, range-checked
//   double               through __float__ or __index__
//   bool                 truth
//   std::string_view     the UTF-8 of a str (no null characters)
//   CodePoint            a str of one character
//   SliceIndex           as slice bounds take them: None or __index__, clamped
// A new one is a specialisation of Convert<T>.
#include "object/error.h"
#include "object/object.h"
#include "object/protocol.h"
#include "object/signature.h"

namespace taipan {

/// Names an argument in an error: "join() argument", "replace() argument 1", "split() argument 'sep'".
struct Where { const Signature& sig; size_t index; };
Raised raise_wrong_type(Where w, const char* expected, PyObject* got);

struct SliceIndex { Py_ssize_t value; };
/// Further positional arguments of a signature with `*args`. Borrowed.
struct VarArgs {
  PyObject* const* items;
  Py_ssize_t count;
};

template <class T> struct Convert;

/// The Python type of a layout, and its name in argument errors.
template <class T> struct LayoutType;
#define TAIPAN_LAYOUT(T, type, text)                                   \
  template <> struct LayoutType<T> {                                   \
    static PyTypeObject* python_type() { return &type; }               \
    static constexpr const char* kName = text;                         \
  };
TAIPAN_LAYOUT(Str, PyUnicode_Type, "str")
TAIPAN_LAYOUT(List, PyList_Type, "list")
TAIPAN_LAYOUT(Tuple, PyTuple_Type, "tuple")
TAIPAN_LAYOUT(Dict, PyDict_Type, "dict")
TAIPAN_LAYOUT(Bytes, PyBytes_Type, "bytes")
TAIPAN_LAYOUT(ByteArray, PyByteArray_Type, "bytearray")
TAIPAN_LAYOUT(Int, PyLong_Type, "int")
TAIPAN_LAYOUT(Type, PyType_Type, "type")
TAIPAN_LAYOUT(Code, PyCode_Type, "code")
TAIPAN_LAYOUT(Function, PyFunction_Type, "function")

template <> struct Convert<PyObject*> {
  static Result<PyObject*> from(PyObject* o, Where) { return o; }
};
template <class T> struct Convert<T&> {
  static Result<T*> from(PyObject* o, Where w) {
    if (!is_instance_of(o, LayoutType<T>::python_type())) return raise_wrong_type(w, LayoutType<T>::kName, o);
    return reinterpret_cast<T*>(o);
  }
};
template <class T> struct Convert<T*> : Convert<T&> {};
template <> struct Convert<bool> {
  static Result<bool> from(PyObject* o, Where) { return is_true(o); }
};
template <> struct Convert<Py_ssize_t> { static Result<Py_ssize_t> from(PyObject* o, Where); };
template <> struct Convert<int> { static Result<int> from(PyObject* o, Where); };
template <> struct Convert<uint32_t> { static Result<uint32_t> from(PyObject* o, Where); };
template <> struct Convert<long long> { static Result<long long> from(PyObject* o, Where); };
template <> struct Convert<double> { static Result<double> from(PyObject* o, Where); };
template <> struct Convert<SliceIndex> { static Result<SliceIndex> from(PyObject* o, Where); };
template <> struct Convert<std::string_view> { static Result<std::string_view> from(PyObject* o, Where); };
template <> struct Convert<CodePoint> { static Result<CodePoint> from(PyObject* o, Where); };

/// The default written in the docstring, as a value of the parameter's type.
template <class T> constexpr T default_value(std::string_view text) {
  if constexpr (std::is_same_v<T, bool>) return text == "True";
  else if constexpr (std::is_same_v<T, SliceIndex>) {
    if (text == "sys.maxsize") return {PY_SSIZE_T_MAX};
    return {default_value<Py_ssize_t>(text)};
  } else if constexpr (std::is_integral_v<T>) {
    if (text == "sys.maxsize") return T(PY_SSIZE_T_MAX);
    if (text == "True" || text == "False") return text == "True";
    bool negative = text.starts_with('-');
    T v = 0;
    for (char c : text.substr(negative)) v = v * 10 + (c - '0');
    return negative ? -v : v;
  } else if constexpr (std::is_same_v<T, double>) {
    if (text == "1e-09") return 1e-09;  // isclose()'s; all others are whole
    double v = 0;
    for (char c : text) {
      if (c == '.') break;
      v = v * 10 + (c - '0');
    }
    return v;
  } else if constexpr (std::is_same_v<T, std::string_view>) {
    return text.size() >= 2 && text.front() == '\'' ? text.substr(1, text.size() - 2) : std::string_view();
  } else if constexpr (std::is_same_v<T, CodePoint>) {
    return {static_cast<uint32_t>(text.size() == 3 ? text[1] : 0)};
  } else if constexpr (std::is_same_v<T, PyObject*>) return text == "None" ? Py_None : nullptr;
  else return nullptr;
}

}  // namespace taipan
