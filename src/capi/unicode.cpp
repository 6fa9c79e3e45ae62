// unicodeobject.h: making strs, reading them, changing those that nobody else has seen.
#include <cwchar>

#include "base/search.h"
#include "capi/export.h"
#include "object/alloc.h"
#include "object/bytes.h"
#include "object/error.h"
#include "object/str.h"
#include "types/codecs.h"

using namespace taipan;

namespace {

Raised bad_argument() { return raise(PyExc_TypeError, "bad argument type for built-in operation"); }
Raised bad_call() { return raise_internal("bad argument to internal function"); }
bool is_str(PyObject* o) { return o && PyUnicode_Check(o); }
Py_ssize_t fail() { return -1; }

}  // namespace

// -- making --

CAPI PyObject* PyUnicode_New(Py_ssize_t size, Py_UCS4 max_char) {
  return allocate_str(size, max_char).release();
}
CAPI PyObject* PyUnicode_FromStringAndSize(const char* u, Py_ssize_t size) {
  if (size < 0)
    return raise(PyExc_SystemError, "Negative size passed to PyUnicode_FromStringAndSize");
  if (u) return new_str(std::string_view(u, static_cast<size_t>(size))).release();
  if (size == 0) return Py_NewRef(empty_str());
  // The deprecated way to get a str to be filled: four bytes a character, narrowed by nobody.
  Ref<> s = allocate_str(size, 0x10FFFF);
  if (s) memset(str_data(s.get()), 0, static_cast<size_t>(size) * 4);
  return s.release();
}
CAPI PyObject* PyUnicode_FromString(const char* u) { return new_str(u).release(); }
CAPI PyObject* _PyUnicode_FromASCII(const char* data, Py_ssize_t size) {
  return new_str_latin1({data, static_cast<size_t>(size)}).release();
}
CAPI PyObject* PyUnicode_FromKindAndData(int kind, const void* data, Py_ssize_t size) {
  if (size < 0) return raise(PyExc_ValueError, "size must be positive");
  if (kind != 1 && kind != 2 && kind != 4) return raise(PyExc_SystemError, "invalid kind");
  return new_str_from_kind(kind, data, size).release();
}
CAPI PyObject* PyUnicode_FromOrdinal(int ordinal) {
  if (ordinal < 0 || ordinal > 0x10FFFF)
    return raise(PyExc_ValueError, "chr() arg not in range(0x110000)");
  return char_str(static_cast<Py_UCS4>(ordinal)).release();
}
CAPI PyObject* PyUnicode_FromObject(PyObject* o) {
  if (PyUnicode_Check(o)) return exact_str(o).release();
  return raise(PyExc_TypeError, "Can't convert '{}' object to str implicitly",
               clip(type_name(o), 100));
}
CAPI PyObject* _PyUnicode_Copy(PyObject* s) {
  if (!is_str(s)) return bad_call();
  return new_str_from_kind(str_kind(s), str_data(s), str_length(s)).release();
}
CAPI PyObject* PyUnicode_Substring(PyObject* s, Py_ssize_t start, Py_ssize_t end) {
  if (start < 0 || end < 0) return raise(PyExc_IndexError, "string index out of range");
  return str_slice(s, start, end).release();
}
CAPI PyObject* PyUnicode_FromWideChar(const wchar_t* w, Py_ssize_t size) {
  if (!w && size) return bad_call();
  if (size == -1) size = static_cast<Py_ssize_t>(wcslen(w));
  return new_str_from_kind(4, w, size).release();
}
CAPI PyObject* PyUnicode_FromUnicode(const Py_UNICODE* u, Py_ssize_t size) {
  if (u) return PyUnicode_FromWideChar(u, size);
  return PyUnicode_FromStringAndSize(nullptr, size);
}

// -- interning --

CAPI void PyUnicode_InternInPlace(PyObject** s) {
  if (!is_str(*s)) return;
  *s = intern(Ref<>::adopt(*s)).release();
  str_hash(*s);  // extension modules take the hash of their names from there
}
CAPI void PyUnicode_InternImmortal(PyObject** s) {
  PyUnicode_InternInPlace(s);
  auto head = reinterpret_cast<Str*>(*s);
  if (head->state.interned == SSTATE_INTERNED_MORTAL) {
    head->state.interned = SSTATE_INTERNED_IMMORTAL;
    Py_INCREF(*s);
  }
}
CAPI PyObject* PyUnicode_InternFromString(const char* u) {
  Ref<> s = TRY(new_interned(u));
  str_hash(s.get());
  return s.release();
}
CAPI PyObject* _PyUnicode_FromId(_Py_Identifier* id) {
  // Borrowed: the interned twin lives on in the identifier's place in a table of our own.
  Ref<> s = new_interned(id->string);
  if (!s) return nullptr;
  PyObject* o = s.get();
  auto head = reinterpret_cast<Str*>(o);
  if (head->state.interned == SSTATE_INTERNED_MORTAL) {
    head->state.interned = SSTATE_INTERNED_IMMORTAL;
    Py_INCREF(o);
  }
  return o;
}

// -- reading --

CAPI int _PyUnicode_Ready(PyObject*) { return 0; }
CAPI int _PyUnicode_CheckConsistency(PyObject*, int) { return 1; }
CAPI Py_ssize_t PyUnicode_GetLength(PyObject* s) {
  if (!is_str(s)) return bad_argument(), fail();
  return str_length(s);
}
CAPI Py_ssize_t PyUnicode_GetSize(PyObject* s) { return PyUnicode_GetLength(s); }
CAPI Py_UCS4 PyUnicode_ReadChar(PyObject* s, Py_ssize_t i) {
  if (!is_str(s)) return bad_argument(), Py_UCS4(-1);
  if (i < 0 || i >= str_length(s))
    return raise(PyExc_IndexError, "string index out of range"), Py_UCS4(-1);
  return char_at(s, i);
}
CAPI const char* PyUnicode_AsUTF8AndSize(PyObject* s, Py_ssize_t* size) {
  if (!is_str(s)) return bad_argument(), nullptr;
  auto text = to_utf8(s);
  if (!text) return nullptr;
  if (size) *size = static_cast<Py_ssize_t>((*text).size());
  return (*text).data();
}
CAPI const char* PyUnicode_AsUTF8(PyObject* s) { return PyUnicode_AsUTF8AndSize(s, nullptr); }
CAPI Py_UCS4* PyUnicode_AsUCS4(PyObject* s, Py_UCS4* buffer, Py_ssize_t room, int copy_null) {
  if (!buffer || room < 0) return bad_call(), nullptr;
  Py_ssize_t n = str_length(s);
  if (room < n + (copy_null != 0))
    return raise(PyExc_SystemError, "string is longer than the buffer"), nullptr;
  copy_characters(4, buffer, 0, s, 0, n);
  if (copy_null) buffer[n] = 0;
  return buffer;
}
CAPI Py_UCS4* PyUnicode_AsUCS4Copy(PyObject* s) {
  auto copy = static_cast<Py_UCS4*>(
      raw_allocate((static_cast<size_t>(str_length(s)) + 1) * sizeof(Py_UCS4)));
  if (!copy) return raise_no_memory(), nullptr;
  return PyUnicode_AsUCS4(s, copy, str_length(s) + 1, 1);
}
CAPI Py_ssize_t PyUnicode_AsWideChar(PyObject* s, wchar_t* w, Py_ssize_t size) {
  if (!s) return bad_call(), fail();
  Py_ssize_t n = str_length(s);
  if (!w) return n + 1;
  Py_ssize_t copied = size < n ? size : n;
  copy_characters(4, w, 0, s, 0, copied);
  if (size > n) w[n] = 0;
  return copied;
}
CAPI wchar_t* PyUnicode_AsWideCharString(PyObject* s, Py_ssize_t* size) {
  if (!s) return bad_call(), nullptr;
  Py_ssize_t n = str_length(s);
  auto copy = static_cast<wchar_t*>(raw_allocate((static_cast<size_t>(n) + 1) * sizeof(wchar_t)));
  if (!copy) return raise_no_memory(), nullptr;
  copy_characters(4, copy, 0, s, 0, n);
  copy[n] = 0;
  if (size) {
    *size = n;
  } else if (wcslen(copy) != static_cast<size_t>(n)) {
    raw_free(copy);
    return raise(PyExc_ValueError, "embedded null character"), nullptr;
  }
  return copy;
}
namespace {
/// The wide form kept in the str itself, as the deprecated functions hand it out.
Py_UNICODE* wide_form(PyObject* s, Py_ssize_t* size) {
  if (!is_str(s)) return bad_argument(), nullptr;
  auto head = reinterpret_cast<Str*>(s);
  if (!head->wstr) {
    if (str_kind(s) == 4) {
      head->wstr = static_cast<wchar_t*>(str_data(s));
    } else {
      Py_ssize_t length = 0;  // asked for: null characters are allowed
      head->wstr = PyUnicode_AsWideCharString(s, &length);
      if (!head->wstr) return nullptr;
    }
    if (!head->state.ascii)
      reinterpret_cast<PyCompactUnicodeObject*>(s)->wstr_length = str_length(s);
  }
  if (size) *size = str_length(s);
  return head->wstr;
}
}  // namespace
CAPI Py_UNICODE* PyUnicode_AsUnicodeAndSize(PyObject* s, Py_ssize_t* size) {
  return wide_form(s, size);
}
CAPI Py_UNICODE* PyUnicode_AsUnicode(PyObject* s) { return wide_form(s, nullptr); }
CAPI const Py_UNICODE* _PyUnicode_AsUnicode(PyObject* s) { return wide_form(s, nullptr); }
CAPI Py_UCS4 _PyUnicode_FindMaxChar(PyObject* s, Py_ssize_t start, Py_ssize_t end) {
  if (start == 0 && end == str_length(s)) return max_char_bound(s);
  if (start == end) return 127;
  return with_units(s, [&](auto units, size_t) {
    return max_bound(units + start, static_cast<size_t>(end - start));
  });
}

// -- filling --

namespace {
/// May the text still change?
Status check_modifiable(PyObject* s) {
  auto head = reinterpret_cast<Str*>(s);
  if (Py_REFCNT(s) == 1 && head->hash == -1 && !is_interned(s) && PyUnicode_CheckExact(s))
    return {};
  return raise(PyExc_SystemError, "Cannot modify a string currently used");
}
}  // namespace

CAPI int PyUnicode_WriteChar(PyObject* s, Py_ssize_t i, Py_UCS4 c) {
  if (!is_str(s)) return bad_argument(), -1;
  if (i < 0 || i >= str_length(s)) return raise(PyExc_IndexError, "string index out of range"), -1;
  if (!check_modifiable(s)) return -1;
  if (c > max_char_bound(s)) return raise(PyExc_ValueError, "character out of range"), -1;
  PyUnicode_WRITE(str_kind(s), str_data(s), i, c);
  return 0;
}
CAPI void _PyUnicode_FastCopyCharacters(PyObject* to, Py_ssize_t at, PyObject* from,
                                        Py_ssize_t start, Py_ssize_t n) {
  copy_characters(to, at, from, start, n);
}
CAPI Py_ssize_t PyUnicode_CopyCharacters(PyObject* to, Py_ssize_t at, PyObject* from,
                                         Py_ssize_t start, Py_ssize_t n) {
  if (!is_str(from) || !is_str(to)) return bad_call(), fail();
  if (start < 0 || start > str_length(from))
    return raise(PyExc_IndexError, "string index out of range"), fail();
  if (at < 0 || at > str_length(to))
    return raise(PyExc_IndexError, "string index out of range"), fail();
  if (n < 0) return raise(PyExc_SystemError, "how_many cannot be negative"), fail();
  if (n > str_length(from) - start) n = str_length(from) - start;
  if (at + n > str_length(to))
    return raise(PyExc_SystemError, "Cannot write {} characters at {} in a string of {} characters",
                 n, at, str_length(to)),
           fail();
  if (n == 0) return 0;
  if (!check_modifiable(to)) return fail();
  if (_PyUnicode_FindMaxChar(from, start, start + n) > max_char_bound(to))
    return raise(PyExc_SystemError, "Cannot copy {} characters into a string of {} characters",
                 str_kind(from) == 1   ? "UCS1"
                 : str_kind(from) == 2 ? "UCS2"
                                       : "UCS4",
                 is_ascii(to)        ? "ASCII"
                 : str_kind(to) == 1 ? "UCS1"
                                     : "UCS2"),
           fail();
  copy_characters(to, at, from, start, n);
  return n;
}
CAPI void _PyUnicode_FastFill(PyObject* s, Py_ssize_t start, Py_ssize_t n, Py_UCS4 c) {
  for (Py_ssize_t i = 0; i < n; i++) PyUnicode_WRITE(str_kind(s), str_data(s), start + i, c);
}
CAPI Py_ssize_t PyUnicode_Fill(PyObject* s, Py_ssize_t start, Py_ssize_t n, Py_UCS4 c) {
  if (!is_str(s)) return bad_call(), fail();
  if (!check_modifiable(s)) return fail();
  if (start < 0) return raise(PyExc_IndexError, "string index out of range"), fail();
  if (c > max_char_bound(s))
    return raise(PyExc_ValueError, "fill character is bigger than the string maximum character"),
           fail();
  if (n > str_length(s) - start) n = str_length(s) - start;
  if (n <= 0) return 0;
  _PyUnicode_FastFill(s, start, n, c);
  return n;
}
CAPI int PyUnicode_Resize(PyObject** s, Py_ssize_t length) {
  if (!s || !is_str(*s) || length < 0) return bad_call(), -1;
  Py_ssize_t n = str_length(*s);
  if (n == length) return 0;
  Ref<> other = allocate_str(length, max_char_bound(*s));
  if (!other) return -1;
  Py_ssize_t kept = n < length ? n : length;
  if (kept) copy_characters(other.get(), 0, *s, 0, kept);
  Py_SETREF(*s, other.release());
  return 0;
}
