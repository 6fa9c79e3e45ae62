#pragma once
// str's kernel: making, reading, comparing, interning. Methods are in types/str*.cpp.
// A str is immutable once anyone else has seen it, and its width is always the smallest that fits.
#include <string_view>

#include "object/name.h"
#include "object/object.h"

namespace taipan {

/// From UTF-8 (checked; malformed: UnicodeDecodeError as strict utf-8 decoding gives).
Ref<> new_str(std::string_view utf8);
inline Ref<> new_str(const char* utf8) { return new_str(std::string_view(utf8)); }
/// From UTF-8 in which three-byte lone surrogates may stand (the syntax tree's text).
Ref<> new_str_with_surrogates(std::string_view utf8);
/// From Latin-1 (of which ASCII is a part): cannot be malformed.
Ref<> new_str_latin1(std::string_view latin1);
/// Of text that is ASCII for certain, and not empty; a single character's str is not the one that char_str gives.
Ref<> new_ascii_str(std::string_view ascii);
/// An uninitialised compact str for `n` characters up to `max_char`; fill it before anyone sees it.
/// `max_char` must be honest: it decides the width. For n == 0 the empty str.
Ref<> allocate_str(Py_ssize_t n, Py_UCS4 max_char);
Ref<> new_str_from_kind(int kind, const void* data,
                        Py_ssize_t n);  ///< narrows to the smallest kind
Ref<> char_str(Py_UCS4 c);              ///< cached below 256
PyObject* empty_str();                  ///< borrowed
/// A str subclass's instance with the text of `str` (exact or not), whose characters lie in their
/// own block.
Ref<> new_str_subclass(PyTypeObject* type, PyObject* str);

/// UTF-8 of a str, cached in it. Lone surrogates: UnicodeEncodeError.
Result<std::string_view> to_utf8(PyObject* str);
/// The bytes of an ASCII str, else as to_utf8; for messages: failing is replaced by "?".
std::string_view utf8_or_question(PyObject* str);

inline Py_ssize_t str_length(PyObject* s) { return reinterpret_cast<Str*>(s)->length; }
inline Py_UCS4 char_at(PyObject* s, Py_ssize_t i) {
  return PyUnicode_READ(PyUnicode_KIND(s), PyUnicode_DATA(s), i);
}
inline bool is_ascii(PyObject* s) { return reinterpret_cast<Str*>(s)->state.ascii; }
inline int str_kind(PyObject* s) { return reinterpret_cast<Str*>(s)->state.kind; }
inline void* str_data(PyObject* s) { return PyUnicode_DATA(s); }
/// 0x7f, 0xff, 0xffff or 0x10ffff: the greatest character is in that class.
inline Py_UCS4 max_char_bound(PyObject* s) {
  return is_ascii(s) ? 0x7F : str_kind(s) == 1 ? 0xFF : str_kind(s) == 2 ? 0xFFFF : 0x10FFFF;
}
/// The bytes of a str of ASCII characters, or of Latin-1 ones (kind 1).
inline std::string_view narrow_text(PyObject* s) {
  return {static_cast<const char*>(PyUnicode_DATA(s)), static_cast<size_t>(str_length(s))};
}

/// Calls `f(const uint8_t* | uint16_t* | uint32_t* units, size_t n)` for the str's width.
template <class F>
decltype(auto) with_units(PyObject* s, F&& f) {
  auto n = static_cast<size_t>(str_length(s));
  switch (str_kind(s)) {
    case 1:
      return f(static_cast<const uint8_t*>(PyUnicode_DATA(s)), n);
    case 2:
      return f(static_cast<const uint16_t*>(PyUnicode_DATA(s)), n);
    default:
      return f(static_cast<const uint32_t*>(PyUnicode_DATA(s)), n);
  }
}
/// Copies `n` characters between strs of any width; they must fit in `to`.
void copy_characters(PyObject* to, Py_ssize_t at, PyObject* from, Py_ssize_t start, Py_ssize_t n);
/// The same into a bare array of that kind.
void copy_characters(int to_kind, void* to, Py_ssize_t at, PyObject* from, Py_ssize_t start,
                     Py_ssize_t n);

Py_hash_t str_hash(PyObject* s);           ///< cached; never fails
bool str_equal(PyObject* a, PyObject* b);  ///< both str; never fails
bool str_equal(PyObject* a, std::string_view ascii);
int str_compare(PyObject* a, PyObject* b);  ///< -1, 0, 1 by code point
Ref<> str_concat(PyObject* a, PyObject* b);
/// `*a = *a + b`, in place if `*a` has one reference and room. Failed: `*a` is cleared.
Status str_append(PyObject** a, PyObject* b);
Ref<> str_slice(PyObject* s, Py_ssize_t low, Py_ssize_t high);
/// Exact strs share; an instance of a subclass becomes an exact copy.
Ref<> exact_str(PyObject* s);
/// tp_dealloc.
void str_dealloc(PyObject* s);

/// The interned twin (exact str only; subclasses are left alone). Replaces the reference.
Ref<> intern(Ref<> str);
inline bool is_interned(PyObject* s) { return reinterpret_cast<Str*>(s)->state.interned != 0; }
Ref<> new_interned(std::string_view utf8);
/// All that are not static.
void for_each_interned(void (*visit)(PyObject* s, void* arg), void* arg);

/// UnicodeDecodeError(encoding, bytes(data), start, end, reason) and its encoding twin, which takes
/// the str.
Raised raise_decode_error(const char* encoding, std::string_view data, size_t start, size_t end,
                          const char* reason);
Raised raise_encode_error(const char* encoding, PyObject* str, Py_ssize_t start, Py_ssize_t end,
                          const char* reason);

/// Grows a str piece by piece; keeps the smallest kind that fits. All functions false/empty:
/// MemoryError is set.
class StrBuilder {
 public:
  StrBuilder() = default;
  ~StrBuilder();
  StrBuilder(const StrBuilder&) = delete;
  /// Room for that many more characters, at the width that `max_char` needs.
  bool reserve(Py_ssize_t more, Py_UCS4 max_char);
  bool add(Py_UCS4 c) {
    if (c > room_for_ || size_ == capacity_) return add_slowly(c);
    put(c);
    return true;
  }
  bool add(std::string_view ascii);
  bool add(PyObject* str);
  bool add(PyObject* str, Py_ssize_t low, Py_ssize_t high);
  bool fill(Py_UCS4 c, Py_ssize_t count);
  template <class Unit>
  bool add_units(const Unit* units, size_t n);
  Py_ssize_t size() const { return size_; }
  /// The str; the builder is empty again.
  Ref<> finish();

 private:
  void put(Py_UCS4 c) {
    if (kind_ == 1)
      reinterpret_cast<Py_UCS1*>(data_)[size_++] = static_cast<Py_UCS1>(c);
    else if (kind_ == 2)
      reinterpret_cast<Py_UCS2*>(data_)[size_++] = static_cast<Py_UCS2>(c);
    else
      reinterpret_cast<Py_UCS4*>(data_)[size_++] = c;
    if (c > max_char_) max_char_ = c;
  }
  bool add_slowly(Py_UCS4 c);
  void copy_in(int kind, const void* units, size_t n);

  static constexpr Py_ssize_t kInline = 256;  // bytes: short texts never go to the heap
  char* data_ = inline_;
  Py_ssize_t size_ = 0, capacity_ = kInline;
  int kind_ = 1;
  Py_UCS4 room_for_ = 0xFF;  // the greatest character that the width holds
  Py_UCS4 max_char_ = 0;
  alignas(8) char inline_[kInline];
};

}  // namespace taipan
