// The string under search.
#include "modules/sre/pattern.h"
#include "object/bytes.h"
#include "object/error.h"
#include "object/protocol.h"
#include "object/str.h"
#include "types/slice.h"
#include "object/int.h"

namespace taipan::sre {

Status text_of(PyObject* string, BufferView& buffer, const void** text, Py_ssize_t* length, int* char_size, bool* is_bytes) {
  if (PyUnicode_Check(string)) {
    *text = PyUnicode_DATA(string);
    *length = str_length(string);
    *char_size = static_cast<int>(PyUnicode_KIND(string));
    *is_bytes = false;
    return {};
  }
  if (!has_buffer(string) || !buffer.acquire(string)) {
    clear_error();
    return raise(PyExc_TypeError, "expected string or bytes-like object, got '{}'", clip(type_name(string), 200));
  }
  *text = buffer.data();
  *length = buffer.size();
  *char_size = 1;
  *is_bytes = true;
  return {};
}

Status Subject::open(Pattern& pattern, PyObject* s, Py_ssize_t start, Py_ssize_t end) {
  Py_ssize_t length;
  TRY(text_of(s, buffer, &matcher.text, &length, &matcher.char_size, &is_bytes));
  if (pattern.is_bytes == 1 && !is_bytes) return raise(PyExc_TypeError, "cannot use a bytes pattern on a string-like object");
  if (pattern.is_bytes == 0 && is_bytes) return raise(PyExc_TypeError, "cannot use a string pattern on a bytes-like object");
  string = share(s);
  start = start < 0 ? 0 : start > length ? length : start;
  end = end < 0 ? 0 : end > length ? length : end;
  pos = start;
  endpos = end;
  matcher.start = matcher.position = start;
  matcher.end = end;
  if (!matcher.allocate_marks(static_cast<Code>(pattern.groups))) return Raised{};
  return {};
}

Ref<> slice_of(PyObject* string, Py_ssize_t from, Py_ssize_t to) {
  if (PyUnicode_CheckExact(string)) return str_slice(string, from, to);
  if (PyUnicode_Check(string)) return str_slice(string, from, to);
  if (PyBytes_CheckExact(string)) {
    if (from == 0 && to == Py_SIZE(string)) return share(string);
    return new_bytes(bytes_view(string).substr(static_cast<size_t>(from), static_cast<size_t>(to - from)));
  }
  BufferView view;
  TRY(view.acquire(string));
  Py_ssize_t n = view.size();  // it may have become shorter meanwhile
  if (to > n) to = n;
  if (from > to) from = to;
  return new_bytes(view.bytes().substr(static_cast<size_t>(from), static_cast<size_t>(to - from)));
}

Ref<> Subject::slice(Py_ssize_t from, Py_ssize_t to) { return slice_of(string.get(), from, to); }

Ref<> Subject::group(Py_ssize_t i, bool empty_if_absent) {
  if (i == 0) return slice(matcher.start, matcher.position);
  if (matcher.group_matched(i)) return slice(matcher.marks[2 * i - 2], matcher.marks[2 * i - 1]);
  return empty_if_absent ? slice(0, 0) : none();
}

}  // namespace taipan::sre
