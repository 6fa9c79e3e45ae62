#pragma once
// Numbers from str and bytes objects: what int(), float() and complex() accept as text.
#include <string_view>

#include "base/format.h"
#include "object/object.h"

namespace taipan {

/// The text of a str with decimal digits of all scripts and all spaces as ASCII; other characters as '?'.
/// False: MemoryError is set.
bool append_number_text(TextBuffer& out, PyObject* str);
/// Takes out underscores between digits. False: one stands elsewhere.
bool strip_underscores(std::string_view text, TextBuffer& out);
std::string_view strip_blanks(std::string_view text);

/// int(str, base) and int(bytes, base); ValueError shows the original.
Ref<> int_from_str(PyObject* str, int base);
Ref<> int_from_bytes_object(PyObject* bytes, int base);
/// float(o) of a str, bytes, bytearray or other buffer; anything else: TypeError of float().
Ref<> float_from_text_object(PyObject* o);
/// The value of what o.__float__() returned, which is not exactly a float: subclasses are deprecated, others an error.
Result<double> checked_float_result(PyObject* o, PyObject* value);

}  // namespace taipan
