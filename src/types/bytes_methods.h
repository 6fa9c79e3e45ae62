#pragma once
// What bytes and bytearray have in common: every method that only reads. The functions take the
// data as a view and a `Make`, which turns a run of bytes into an object of the receiver's kind.
#include <string_view>

#include "object/bind.h"
#include "object/object.h"
#include "types/slice_range.h"
#include "types/str_methods.h"

namespace taipan {

using BytesIn = std::string_view;
/// new_bytes or new_bytearray.
using Make = Ref<> (*)(std::string_view);

// -- bytes_search.cpp --
Result<Py_ssize_t> bytes_find(BytesIn self, const char* name, Arguments a, Direction direction);
/// As find, but ValueError if it is nowhere.
Result<Py_ssize_t> bytes_index(BytesIn self, const char* name, Arguments a, Direction direction);
Result<Py_ssize_t> bytes_count(BytesIn self, Arguments a);
Result<bool> bytes_matches(BytesIn self, const char* name, Arguments a, Side side);
Result<bool> bytes_contains(BytesIn self, PyObject* what);
/// Empty inside: nothing was replaced.
Result<Ref<>> bytes_replace(BytesIn self, PyObject* old, PyObject* with, Py_ssize_t count,
                            Make make);
/// Where the separator is: kNotFound inside if nowhere.
Result<size_t> bytes_partition_point(BytesIn self, BytesIn separator, Direction direction);

// -- bytes_split.cpp --
Ref<> bytes_split(BytesIn self, PyObject* separator, Py_ssize_t maxsplit, Direction direction,
                  Make make);
Ref<> bytes_splitlines(BytesIn self, bool keep_ends, Make make);
/// `single`: what a one-item sequence of exact bytes may share (bytes do, bytearrays do not).
Ref<> bytes_join(BytesIn self, PyObject* iterable, Make make, bool share_single);

// -- bytes_text.cpp: ASCII case, padding, hex --
enum class AsciiClass : uint8_t { alnum, alpha, ascii, digit, space };
bool bytes_all(BytesIn self, AsciiClass what);
bool bytes_is_lower(BytesIn self);
bool bytes_is_upper(BytesIn self);
bool bytes_is_title(BytesIn self);
enum class AsciiCase : uint8_t { lower, upper, swap, title, capital };
Ref<> bytes_change_case(BytesIn self, AsciiCase how, Make make);
/// `fill` null: a blank; else a bytes object or bytearray of one byte.
Result<char> bytes_fill(PyObject* fill, const char* name);
Ref<> bytes_pad(BytesIn self, Py_ssize_t left, Py_ssize_t right, char fill, Make make);
Ref<> bytes_zfill(BytesIn self, Py_ssize_t width, Make make);
Ref<> bytes_expandtabs(BytesIn self, int tab_size, Make make);
/// What remains after stripping; chars null or None: whitespace.
Result<BytesIn> bytes_strip(BytesIn self, PyObject* chars, Side side);
Ref<> bytes_translate(BytesIn self, PyObject* table, PyObject* deleted, Make make, bool* changed);
Ref<> bytes_maketrans(PyObject* from, PyObject* to);
/// separator null: none.
Ref<> bytes_hex(BytesIn self, PyObject* separator, int group);
Ref<> bytes_from_hex(PyObject* string, Make make);
/// The literal between `before` and `after`. bytearray's repr escapes an apostrophe even inside
/// double quotes.
Ref<> bytes_repr(BytesIn self, std::string_view before, std::string_view after,
                 bool escape_apostrophe);
Ref<> bytes_repeat(BytesIn self, Py_ssize_t count, Make make);

// -- bytes_percent.cpp --
Ref<> bytes_percent(BytesIn format, PyObject* arguments, Make make);

// -- bytes_build.cpp --
/// The bytes that bytes(x) and bytearray(x) copy from an object that is no number and no str.
Ref<> bytes_from_object(PyObject* o);
/// One item's value, 0–255; `what` begins the message "… must be in range(0, 256)".
Result<unsigned char> byte_value(PyObject* o, const char* what);

inline bool is_ascii_blank(unsigned char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

}  // namespace taipan
