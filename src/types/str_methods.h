#pragma once
// What str's methods do, callable from C++. Arguments named `s` are strs (or instances of
// subclasses); arguments that may be anything are checked and raise as the method does.
#include "object/bind.h"
#include "object/object.h"
#include "object/str.h"

namespace taipan {

enum class Direction : bool { forward, backward };
enum class Side : uint8_t { left = 1, right = 2, both = 3 };
inline bool has_side(Side set, Side side) {
  return static_cast<uint8_t>(set) & static_cast<uint8_t>(side);
}

// -- str_search.cpp --
/// Where `what` (a str) occurs in s[start:end]; -1: nowhere. Fails only for lack of memory.
Result<Py_ssize_t> str_find(PyObject* s, PyObject* what, Py_ssize_t start, Py_ssize_t end,
                            Direction direction);
Result<Py_ssize_t> str_find_char(PyObject* s, Py_UCS4 c, Py_ssize_t start, Py_ssize_t end,
                                 Direction direction);
Result<Py_ssize_t> str_count(PyObject* s, PyObject* what, Py_ssize_t start, Py_ssize_t end);
/// Does s[start:end] begin (left) or end (right) with `what`, a str?
bool str_matches_at(PyObject* s, PyObject* what, Py_ssize_t start, Py_ssize_t end, Side side);
Result<bool> str_contains(PyObject* s, PyObject* what);
/// count < 0: all. Nothing to replace: s itself (exact).
Ref<> str_replace(PyObject* s, PyObject* old, PyObject* with, Py_ssize_t count);
Ref<> str_partition(PyObject* s, PyObject* separator, Direction direction);

// -- str_split.cpp --
/// separator null or None: runs of whitespace. maxsplit < 0: no limit.
Ref<> str_split(PyObject* s, PyObject* separator, Py_ssize_t maxsplit, Direction direction);
Ref<> str_splitlines(PyObject* s, bool keep_ends);
Ref<> str_join(PyObject* separator, PyObject* iterable);
Ref<> str_join(PyObject* separator, PyObject* const* items, Py_ssize_t n);

// -- str_case.cpp --
Ref<> str_lower(PyObject* s);
Ref<> str_upper(PyObject* s);
Ref<> str_title(PyObject* s);
Ref<> str_capitalize(PyObject* s);
Ref<> str_swapcase(PyObject* s);
Ref<> str_casefold(PyObject* s);
bool str_is_lower(PyObject* s);
bool str_is_upper(PyObject* s);
bool str_is_title(PyObject* s);
bool str_is_identifier(PyObject* s);
bool str_is_printable(PyObject* s);
/// Not empty, and every character has one of the flags (unicode::kSpace …).
bool str_all_have(PyObject* s, uint32_t flags);

// -- str_shape.cpp --
Ref<> str_pad(PyObject* s, Py_ssize_t left, Py_ssize_t right, Py_UCS4 fill);
Ref<> str_zfill(PyObject* s, Py_ssize_t width);
Ref<> str_expandtabs(PyObject* s, int tab_size);
/// chars null or None: whitespace.
Ref<> str_strip(PyObject* s, PyObject* chars, Side side);
Ref<> str_repeat(PyObject* s, Py_ssize_t count);
Ref<> str_subscript(PyObject* s, PyObject* key);

// -- str_repr.cpp --
Ref<> str_repr(PyObject* s);
/// Replaces what is not ASCII by escapes: the second half of ascii().
Ref<> str_escape_non_ascii(PyObject* s);

// -- str_translate.cpp --
Ref<> str_translate(PyObject* s, PyObject* table);
Ref<> str_maketrans(PyObject* x, PyObject* y, PyObject* z);

// -- str_percent.cpp, str_format.cpp --
Ref<> str_percent(PyObject* format, PyObject* arguments);
Ref<> str_format(PyObject* s, Arguments arguments);
Ref<> str_format_map(PyObject* s, PyObject* mapping);
/// _string.formatter_parser and _string.formatter_field_name_split.
Ref<> formatter_parser(PyObject* s);
Ref<> formatter_field_name_split(PyObject* s);

/// tp_iter.
Ref<> str_iterate(PyObject* s);

}  // namespace taipan
