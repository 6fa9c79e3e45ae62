#pragma once
// str's kernel: making, reading, comparing, interning. Methods are in types/str*.cpp.
#include <string_view>

#include "object/name.h"
#include "object/object.h"

namespace taipan {

/// From UTF-8 (checked; malformed: UnicodeDecodeError as strict utf-8 decoding gives).
Ref<> new_str(std::string_view utf8);
inline Ref<> new_str(const char* utf8) { return new_str(std::string_view(utf8)); }
/// From UTF-8 in which three-byte lone surrogates may stand (the syntax tree's text).
Ref<> new_str_with_surrogates(std::string_view utf8);
/// An uninitialised compact str for `n` characters up to `max_char`; fill it before anyone sees it.
Ref<> allocate_str(Py_ssize_t n, Py_UCS4 max_char);
Ref<> new_str_from_kind(int kind, const void* data, Py_ssize_t n);  ///< narrows to the smallest kind
Ref<> char_str(Py_UCS4 c);                                          ///< cached below 256
PyObject* empty_str();                                              ///< borrowed

/// UTF-8 of a str, cached in it. Lone surrogates: UnicodeEncodeError.
Result<std::string_view> to_utf8(PyObject* str);
/// The bytes of an ASCII str, else as to_utf8; for messages: failing is replaced by "?".
std::string_view utf8_or_question(PyObject* str);

inline Py_ssize_t str_length(PyObject* s) { return reinterpret_cast<Str*>(s)->length; }
inline Py_UCS4 char_at(PyObject* s, Py_ssize_t i) { return PyUnicode_READ(PyUnicode_KIND(s), PyUnicode_DATA(s), i); }
inline bool is_ascii(PyObject* s) { return reinterpret_cast<Str*>(s)->state.ascii; }

Py_hash_t str_hash(PyObject* s);                                    ///< cached; never fails
bool str_equal(PyObject* a, PyObject* b);                           ///< both str; never fails
bool str_equal(PyObject* a, std::string_view ascii);
int str_compare(PyObject* a, PyObject* b);                          ///< -1, 0, 1 by code point
Ref<> str_concat(PyObject* a, PyObject* b);
/// `*a = *a + b`, in place if `*a` has one reference and room. Failed: `*a` is cleared.
Status str_append(PyObject** a, PyObject* b);
Ref<> str_slice(PyObject* s, Py_ssize_t low, Py_ssize_t high);

/// The interned twin (exact str only; subclasses are left alone). Replaces the reference.
Ref<> intern(Ref<> str);
inline bool is_interned(PyObject* s) { return reinterpret_cast<Str*>(s)->state.interned != 0; }
Ref<> new_interned(std::string_view utf8);

/// Grows a str piece by piece; keeps the smallest kind that fits. All functions false/empty: MemoryError is set.
class StrBuilder {
 public:
  StrBuilder() = default;
  ~StrBuilder();
  StrBuilder(const StrBuilder&) = delete;
  bool reserve(Py_ssize_t more, Py_UCS4 max_char);
  bool add(Py_UCS4 c);
  bool add(std::string_view ascii);
  bool add(PyObject* str);
  bool add(PyObject* str, Py_ssize_t low, Py_ssize_t high);
  bool fill(Py_UCS4 c, Py_ssize_t count);
  Py_ssize_t size() const { return size_; }
  Ref<> finish();

 private:
  char* data_ = nullptr;
  Py_ssize_t size_ = 0, capacity_ = 0;
  int kind_ = 1;
  Py_UCS4 max_char_ = 0;
};

}  // namespace taipan
