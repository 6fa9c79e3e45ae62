#pragma once
// The replacement fields of str.format: splitting a format string into literal texts and fields,
// and field names into their steps. str.format and string.Formatter's helpers in _string share
// this.
#include "types/format_spec.h"

namespace taipan {

/// One literal text and the field that follows it.
struct MarkupPiece {
  TextRange literal;
  bool has_field = false;
  TextRange field, spec;
  Py_UCS4 conversion = 0;
  bool nested = false;  // the spec contains fields itself
};
/// Walks a format string. A good Result holding false: the end.
class MarkupReader {
 public:
  explicit MarkupReader(TextRange text) : text_(text), at_(text.start) {}
  Result<bool> next(MarkupPiece& piece);

 private:
  Status read_field(MarkupPiece& piece);
  TextRange text_;
  Py_ssize_t at_;
};

/// Whether fields are numbered automatically; mixing both kinds is an error.
struct AutoNumber {
  enum { unset, automatic, manual } state = unset;
  Py_ssize_t next = 0;
};
/// What a field begins with: a number (>= 0) or a name.
struct FieldStart {
  TextRange name;
  Py_ssize_t index = -1;
  TextRange rest;
};
Result<FieldStart> split_field(TextRange field, AutoNumber* numbering);

/// One step behind it: ".name", "[name]" or "[index]".
struct FieldStep {
  bool attribute = false;
  Py_ssize_t index = -1;
  TextRange name;
};
/// Takes the next step off `rest`. Holding false: there is none.
Result<bool> next_step(TextRange& rest, FieldStep& step);

}  // namespace taipan
