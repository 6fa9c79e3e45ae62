// Fields described by PyMemberDef rows: reading and writing by their T_ code.
#include <climits>
#include <cfloat>

#include "object/descriptor.h"
#include "object/error.h"
#include "object/int.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/hooks.h"

namespace taipan {
namespace {

template <class T> T load(const char* p) {
  T v;
  memcpy(&v, p, sizeof v);
  return v;
}
template <class T> void store(char* p, T v) { memcpy(p, &v, sizeof v); }

template <class T>
Status store_integer(char* to, PyObject* value, const char* c_type, bool check_range) {
  if (!PyLong_Check(value) && !is_index(value))
    return raise(PyExc_TypeError, "'{}' object cannot be interpreted as an integer", clip(type_name(value), 200));
  Ref<> n = TRY(index(value));
  int64_t v;
  if (int_to_int64(n.get(), &v) != 0) return raise(PyExc_OverflowError, "Python int too large to convert to C long");
  store(to, static_cast<T>(v));
  if (check_range && static_cast<int64_t>(static_cast<T>(v)) != v) {
    PyObject* category = PyExc_RuntimeWarning;
    TextBuffer text;
    format(text, "Truncation of value to {}", c_type);
    return warn(category, 1, text.c_str());
  }
  return {};
}

Raised raise_absent(const PyMemberDef* row) {
  return raise(PyExc_AttributeError, "{}", row->name);
}

}  // namespace

Ref<> read_member(const char* base, const PyMemberDef* row) {
  const char* p = base + row->offset;
  switch (row->type) {
    case T_BOOL: return boolean(load<char>(p));
    case T_BYTE: return new_int(load<signed char>(p));
    case T_UBYTE: return new_int(load<unsigned char>(p));
    case T_SHORT: return new_int(load<short>(p));
    case T_USHORT: return new_int(load<unsigned short>(p));
    case T_INT: return new_int(load<int>(p));
    case T_UINT: return new_int(load<unsigned>(p));
    case T_LONG: return new_int(load<long>(p));
    case T_ULONG: return new_int_unsigned(load<unsigned long>(p));
    case T_PYSSIZET: return new_int(load<Py_ssize_t>(p));
    case T_LONGLONG: return new_int(load<long long>(p));
    case T_ULONGLONG: return new_int_unsigned(load<unsigned long long>(p));
    case T_FLOAT: return new_float(load<float>(p));
    case T_DOUBLE: return new_float(load<double>(p));
    case T_STRING: {
      const char* s = load<const char*>(p);
      return s ? new_str(s) : none();
    }
    case T_STRING_INPLACE: return new_str(p);
    case T_CHAR: return new_str(std::string_view(p, 1));
    case T_OBJECT: {
      PyObject* o = load<PyObject*>(p);
      return share(o ? o : Py_None);
    }
    case T_OBJECT_EX: {
      PyObject* o = load<PyObject*>(p);
      if (!o) {
        auto* owner = reinterpret_cast<PyObject*>(const_cast<char*>(base));
        return raise(PyExc_AttributeError, "'{}' object has no attribute '{}'", clip(type_name(owner), 200), row->name);
      }
      return share(o);
    }
    case T_NONE: return none();
  }
  return raise(PyExc_SystemError, "bad memberdescr type for {}", row->name);
}

Status write_member(char* base, const PyMemberDef* row, PyObject* value) {
  char* p = base + row->offset;
  if (row->flags & READONLY) return raise(PyExc_AttributeError, "readonly attribute");
  if (!value) {
    if (row->type == T_OBJECT_EX && !load<PyObject*>(p)) return raise_absent(row);
    if (row->type != T_OBJECT && row->type != T_OBJECT_EX)
      return raise(PyExc_TypeError, "can't delete numeric/char attribute");
  }
  switch (row->type) {
    case T_BOOL:
      if (!PyBool_Check(value)) return raise(PyExc_TypeError, "attribute value type must be bool");
      store<char>(p, value == Py_True);
      return {};
    case T_BYTE: return store_integer<signed char>(p, value, "char", true);
    case T_UBYTE: return store_integer<unsigned char>(p, value, "unsigned char", true);
    case T_SHORT: return store_integer<short>(p, value, "short", true);
    case T_USHORT: return store_integer<unsigned short>(p, value, "unsigned short", true);
    case T_INT: return store_integer<int>(p, value, "int", true);
    case T_UINT: return store_integer<unsigned>(p, value, "unsigned int", true);
    case T_LONG: return store_integer<long>(p, value, "long", false);
    case T_ULONG: return store_integer<unsigned long>(p, value, "unsigned long", false);
    case T_PYSSIZET: return store_integer<Py_ssize_t>(p, value, "Py_ssize_t", false);
    case T_LONGLONG: return store_integer<long long>(p, value, "long long", false);
    case T_ULONGLONG: return store_integer<unsigned long long>(p, value, "unsigned long long", false);
    case T_FLOAT: store(p, static_cast<float>(TRY(to_double(value)))); return {};
    case T_DOUBLE: store(p, TRY(to_double(value))); return {};
    case T_OBJECT:
    case T_OBJECT_EX: {
      PyObject* old = load<PyObject*>(p);
      store<PyObject*>(p, Py_XNewRef(value));
      Py_XDECREF(old);
      return {};
    }
    case T_CHAR: {
      if (!PyUnicode_Check(value) || str_length(value) != 1) return raise(PyExc_TypeError, "bad argument type for built-in operation");
      *p = static_cast<char>(char_at(value, 0));
      return {};
    }
    case T_STRING:
    case T_STRING_INPLACE: return raise(PyExc_TypeError, "readonly attribute");
  }
  return raise(PyExc_SystemError, "bad memberdescr type for {}", row->name);
}

}  // namespace taipan
