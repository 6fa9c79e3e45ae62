// One argument to one C variable, by a unit of the format (see the header).
#include "capi/argument_reader.h"

#include <climits>
#include <cstdio>
#include <cstring>

#include "capi/export.h"
#include "object/alloc.h"
#include "object/buffer.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/error.h"
#include "object/int.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"

namespace taipan {

bool ArgumentReader::say(const char* text) {
  snprintf(problem_, sizeof problem_, "%s", text);
  return false;
}
bool ArgumentReader::mismatch(const char* wanted, PyObject* got) {
  snprintf(problem_, sizeof problem_, "must be %.50s, not %.50s", wanted, got == Py_None ? "None" : type_name(got));
  return false;
}
void ArgumentReader::hold(void* what, void (*release)(void*)) {
  if (held_ < kMost) held_list_[held_++] = {what, release};
}
void ArgumentReader::release_all() {
  while (held_ > 0) {
    Held h = held_list_[--held_];
    h.release(h.what);
  }
}
void ArgumentReader::store_size(Py_ssize_t n) {
  if (sizes_are_ssize_) *next<Py_ssize_t>() = n;
  else *next<int>() = static_cast<int>(n);
}

void ArgumentReader::raise_problem(const char* function, Py_ssize_t number) const {
  if (pending_error()) return;
  char where[128];
  int n = snprintf(where, sizeof where, "argument");
  if (number) n = snprintf(where, sizeof where, "argument %zd", number);
  for (int i = 0; number && i < depth_ && n < 100; i++) n += snprintf(where + n, sizeof where - static_cast<size_t>(n), ", item %d", levels_[i] - 1);
  char call[220] = "";
  if (function) snprintf(call, sizeof call, "%.200s() ", function);
  PyObject* type = problem_[0] == '(' ? PyExc_SystemError : PyExc_TypeError;
  raise(type, "{}{} {}", call, where, problem_);
}

bool ArgumentReader::read(PyObject* o) {
  if (*at_ == '(') return read_group(o);
  return read_simple(o, *at_++);
}

/// "(…)": a sequence of as many items.
bool ArgumentReader::read_group(PyObject* o) {
  const char* start = ++at_;
  int n = 0, level = 0;
  for (const char* p = start; level >= 0 && *p; p++) {
    if (*p == '(') n += level++ == 0;
    else if (*p == ')') level--;
    else if (level == 0 && strchr("bBhHiIlLkKnfdDcCspzyYSUOwe", *p) && p[0] && !(p > start && p[-1] == 'e')) n++;
  }
  bool is_text = PyBytes_Check(o) || PyUnicode_Check(o);
  if (!is_sequence(o) || is_text) {
    levels_[0] = 0;
    snprintf(problem_, sizeof problem_, "must be %d-item sequence, not %.50s", n, o == Py_None ? "None" : type_name(o));
    return false;
  }
  auto length_of = length(o);
  if (!length_of) return false;
  if (*length_of != n) {
    snprintf(problem_, sizeof problem_, "must be %s %d, not %zd", "sequence of length", n, *length_of);
    return false;
  }
  int here = depth_++;
  for (int i = 0; i < n; i++) {
    Ref<> one = sequence_item(o, i);
    if (!one) {
      clear_error();
      return say("is not retrievable");
    }
    if (here < 8) levels_[here] = i + 1;
    // The sequence keeps its items alive as far as the caller is concerned.
    if (!read(one.get())) return false;
  }
  depth_--;
  if (*at_ == ')') at_++;
  return true;
}

bool ArgumentReader::read_simple(PyObject* o, char unit) {
  switch (unit) {
    case 'b': case 'B': case 'h': case 'H': case 'i': case 'I': case 'l': case 'k': case 'L': case 'K': case 'n':
    case 'f': case 'd': case 'D':
      return read_number(o, unit);
    case 'c': {
      auto* to = next<char>();
      if (PyBytes_Check(o) && PyBytes_GET_SIZE(o) == 1) *to = PyBytes_AS_STRING(o)[0];
      else if (PyByteArray_Check(o) && Py_SIZE(o) == 1) *to = PyByteArray_AS_STRING(o)[0];
      else return mismatch("a byte string of length 1", o);
      return true;
    }
    case 'C': {
      auto* to = next<int>();
      if (!PyUnicode_Check(o) || str_length(o) != 1) return mismatch("a unicode character", o);
      *to = static_cast<int>(char_at(o, 0));
      return true;
    }
    case 'p': {
      auto* to = next<int>();
      auto truth = is_true(o);
      if (!truth) return say("(unspecified)");
      *to = *truth;
      return true;
    }
    case 's': case 'z': case 'y': return read_text(o, unit);
    case 'e': return read_encoded(o);
    case 'S': case 'Y': case 'U': {
      auto** to = next<PyObject*>();
      bool fits = unit == 'S' ? PyBytes_Check(o) : unit == 'Y' ? PyByteArray_Check(o) : PyUnicode_Check(o);
      if (!fits) return mismatch(unit == 'S' ? "bytes" : unit == 'Y' ? "bytearray" : "str", o);
      *to = o;
      return true;
    }
    case 'O': return read_object(o);
    case 'w':
      if (*at_ != '*') return say("(impossible<bad format char>)");
      at_++;
      return fill_buffer(o, PyBUF_WRITABLE, "read-write bytes-like object");
    default: return say("(impossible<bad format char>)");
  }
}

namespace {
/// An integer in a range; an error's words as the unit has them.
bool ranged(PyObject* o, long low, long high, const char* type, long* value) {
  long v = PyLong_AsLong(o);
  if (v == -1 && pending_error()) return false;
  if (v < low || v > high) {
    raise(PyExc_OverflowError, "{} is {} than {}", type, v < low ? "less" : "greater", v < low ? "minimum" : "maximum");
    return false;
  }
  *value = v;
  return true;
}
}  // namespace

bool ArgumentReader::read_number(PyObject* o, char unit) {
  long value;
  switch (unit) {
    case 'b': {
      auto* to = next<unsigned char>();
      if (!ranged(o, 0, UCHAR_MAX, "unsigned byte integer", &value)) return false;
      *to = static_cast<unsigned char>(value);
      return true;
    }
    case 'h': {
      auto* to = next<short>();
      if (!ranged(o, SHRT_MIN, SHRT_MAX, "signed short integer", &value)) return false;
      *to = static_cast<short>(value);
      return true;
    }
    case 'i': {
      auto* to = next<int>();
      if (!ranged(o, INT_MIN, INT_MAX, "signed integer", &value)) return false;
      *to = static_cast<int>(value);
      return true;
    }
    case 'B': case 'H': case 'I': {
      void* to = next<void>();
      unsigned long v = PyLong_AsUnsignedLongMask(o);
      if (v == static_cast<unsigned long>(-1) && pending_error()) return false;
      if (unit == 'B') *static_cast<unsigned char*>(to) = static_cast<unsigned char>(v);
      else if (unit == 'H') *static_cast<unsigned short*>(to) = static_cast<unsigned short>(v);
      else *static_cast<unsigned int*>(to) = static_cast<unsigned int>(v);
      return true;
    }
    case 'n': {
      auto* to = next<Py_ssize_t>();
      Ref<> i = taipan::index(o);
      Py_ssize_t v = i ? PyLong_AsSsize_t(i.get()) : -1;
      if (v == -1 && pending_error()) return false;
      *to = v;
      return true;
    }
    case 'l': case 'L': {
      auto* to = next<int64_t>();
      int64_t v = unit == 'l' ? PyLong_AsLong(o) : PyLong_AsLongLong(o);
      if (v == -1 && pending_error()) return false;
      *to = v;
      return true;
    }
    case 'k': case 'K': {
      auto* to = next<uint64_t>();
      if (!PyLong_Check(o)) return mismatch("int", o);
      *to = PyLong_AsUnsignedLongMask(o);
      return true;
    }
    case 'D': {
      auto* to = next<Py_complex>();
      *to = PyComplex_AsCComplex(o);
      return !pending_error();
    }
    default: {
      void* to = next<void>();
      double v = PyFloat_AsDouble(o);
      if (v == -1.0 && pending_error()) return false;
      if (unit == 'f') *static_cast<float*>(to) = static_cast<float>(v);
      else *static_cast<double*>(to) = v;
      return true;
    }
  }
}

bool ArgumentReader::fill_buffer(PyObject* o, int flags, const char* wanted) {
  auto* view = next<Py_buffer>();
  if (!acquire_buffer(o, view, flags)) {
    clear_error();
    return mismatch(wanted, o);
  }
  if (!PyBuffer_IsContiguous(view, 'C')) {
    release_buffer(view);
    return mismatch("contiguous buffer", o);
  }
  hold(view, [](void* v) { release_buffer(static_cast<Py_buffer*>(v)); });
  return true;
}

/// s, z, y with `*` (a buffer), `#` (pointer and length) or nothing (a C string).
bool ArgumentReader::read_text(PyObject* o, char unit) {
  const char* wanted = unit == 'y' ? "bytes-like object" : unit == 's' ? "str" : "str or None";
  bool text_allowed = unit != 'y', is_none = unit == 'z' && o == Py_None;
  if (*at_ == '*') {
    at_++;
    if (is_none) {
      auto* view = next<Py_buffer>();
      PyBuffer_FillInfo(view, nullptr, nullptr, 0, 1, 0);
      return true;
    }
    if (text_allowed && PyUnicode_Check(o)) {
      auto* view = next<Py_buffer>();
      auto utf8 = to_utf8(o);
      if (!utf8) return false;
      PyBuffer_FillInfo(view, o, const_cast<char*>((*utf8).data()), static_cast<Py_ssize_t>((*utf8).size()), 1, 0);
      hold(view, [](void* v) { release_buffer(static_cast<Py_buffer*>(v)); });
      return true;
    }
    return fill_buffer(o, PyBUF_SIMPLE, unit == 'z' ? "str, bytes-like object or None" : unit == 's' ? "a bytes-like object" : "bytes-like object");
  }
  bool sized = *at_ == '#';
  if (sized) at_++;
  auto** to = next<const char*>();
  const char* data = nullptr;
  Py_ssize_t n = 0;
  if (is_none) {
  } else if (text_allowed && PyUnicode_Check(o)) {
    auto utf8 = to_utf8(o);
    if (!utf8) return false;
    data = (*utf8).data();
    n = static_cast<Py_ssize_t>((*utf8).size());
  } else if (sized || unit == 'y') {
    if (!sized && !PyBytes_Check(o)) {
      if (!has_buffer(o)) return mismatch("bytes", o);
    }
    if (!has_buffer(o)) return mismatch(unit == 'z' ? "str, read-only bytes-like object or None" : unit == 's' ? "str or read-only bytes-like object" : "read-only bytes-like object", o);
    if (Py_TYPE(o)->tp_as_buffer->bf_releasebuffer) return mismatch("read-only bytes-like object", o);
    Py_buffer view;
    if (!acquire_buffer(o, &view, PyBUF_SIMPLE)) return false;
    data = static_cast<const char*>(view.buf);
    n = view.len;
    release_buffer(&view);
  } else {
    return mismatch(wanted, o);
  }
  *to = data;
  if (sized) {
    store_size(n);
  } else if (data && memchr(data, 0, static_cast<size_t>(n))) {
    raise(PyExc_ValueError, "{}", unit == 'y' ? "embedded null byte" : "embedded null character");
    return false;
  }
  return true;
}

/// O, O! (of a type), O& (by a function of the caller's).
bool ArgumentReader::read_object(PyObject* o) {
  if (*at_ == '!') {
    at_++;
    auto* type = next<PyTypeObject>();
    auto** to = next<PyObject*>();
    if (!is_subtype(Py_TYPE(o), type)) return mismatch(type->tp_name, o);
    *to = o;
    return true;
  }
  if (*at_ != '&') {
    *next<PyObject*>() = o;
    return true;
  }
  at_++;
  using Converter = int (*)(PyObject*, void*);
  auto convert = va_arg(addresses_, Converter);
  void* to = next<void>();
  int result = convert(o, to);
  if (!result) return say("(unspecified)");
  if (result == Py_CLEANUP_SUPPORTED) {
    static thread_local Converter cleanup;
    cleanup = convert;
    hold(to, [](void* what) { cleanup(nullptr, what); });
  }
  return true;
}

/// es, et, es#, et#: text in an encoding, in memory that the caller frees (or has given, with a length).
bool ArgumentReader::read_encoded(PyObject* o) {
  auto* encoding = next<const char>();
  if (!encoding) encoding = "utf-8";
  char form = *at_++;
  auto** to = next<char*>();
  Ref<> bytes;
  if (form == 't' && PyBytes_Check(o)) bytes = share(o);
  else if (form == 't' && PyByteArray_Check(o)) bytes = new_bytes({PyByteArray_AS_STRING(o), static_cast<size_t>(Py_SIZE(o))});
  else if (PyUnicode_Check(o)) bytes = adopt(PyUnicode_AsEncodedString(o, encoding, nullptr));
  else return mismatch(form == 's' ? "str" : "str, bytes or bytearray", o);
  if (!bytes) return say("(encoding failed)");
  const char* data = PyBytes_AS_STRING(bytes.get());
  Py_ssize_t n = PyBytes_GET_SIZE(bytes.get());
  if (*at_ == '#') {
    at_++;
    auto* size = next<Py_ssize_t>();
    if (*to) {
      if (n + 1 > *size) {
        raise(PyExc_ValueError, "encoded string too long ({}, maximum length {})", n, *size - 1);
        return false;
      }
      memcpy(*to, data, static_cast<size_t>(n) + 1);
      *size = n;
      return true;
    }
    *size = n;
  } else if (strlen(data) != static_cast<size_t>(n)) {
    raise(PyExc_ValueError, "embedded null byte");
    return false;
  }
  *to = static_cast<char*>(raw_allocate(static_cast<size_t>(n) + 1));
  if (!*to) {
    raise_no_memory();
    return false;
  }
  memcpy(*to, data, static_cast<size_t>(n) + 1);
  hold(to, [](void* p) {
    auto** text = static_cast<char**>(p);
    raw_free(*text);
    *text = nullptr;
  });
  return true;
}

bool ArgumentReader::skip() {
  char unit = *at_++;
  switch (unit) {
    case '(':
      while (*at_ && *at_ != ')')
        if (!skip()) return false;
      if (*at_ == ')') at_++;
      return true;
    case 'e':
      next<void>();
      next<void>();
      if (*at_ == 's' || *at_ == 't') at_++;
      if (*at_ == '#') {
        at_++;
        next<void>();
      }
      return true;
    case 's': case 'z': case 'y': case 'w':
      next<void>();
      if (*at_ == '#') next<void>();
      if (*at_ == '#' || *at_ == '*') at_++;
      return true;
    case 'O':
      next<void>();
      if (*at_ == '!' || *at_ == '&') {
        at_++;
        next<void>();
      }
      return true;
    default:
      if (!strchr("bBhHiIlLkKnfdDcCpYSU", unit)) {
        raise(PyExc_SystemError, "impossible<bad format char>: '{}'", unit);
        return false;
      }
      next<void>();
      return true;
  }
}

}  // namespace taipan
