#pragma once
// What is wrong with a source text, as a value: the caller turns it into an exception.
#include <cstdint>
#include <string_view>

namespace taipan::syntax {

struct Diagnostic {
  enum Type : uint8_t {
    kSyntaxError,
    kIndentationError,
    kTabError,
    kMemoryError,     ///< nesting too deep; no message, no place
    kRecursionError,  ///< f-strings nested too deep; a message, no place
    kValueError,      ///< null bytes in the source; a message, no place
    kUnicodeError,    ///< a str that has no UTF-8; a message, no place
  };
  Type type = kSyntaxError;
  std::string_view message;  ///< UTF-8, as in `SyntaxError.msg`
  // As in SyntaxError's attributes: lines and columns from 1, columns in characters. Some messages
  // have no end: then the end's column is 0 or -1 (as CPython has it), or both are kAbsent (None).
  static constexpr int kAbsent = -1000;
  int line = 0, column = 0, end_line = 0, end_column = 0;
  // The same columns in bytes of UTF-8, from 1.
  int byte_column = 0, end_byte_column = 0;
  /// The source line, newline included, as in `SyntaxError.text`; data() is null for None. Somebody
  /// who parses a file that can be read again shows the file's line instead (unless
  /// `synthetic_text`).
  std::string_view text;
  bool synthetic_text =
      false;  ///< `text` is no line of the file: the expression of an f-string in parentheses
  bool place = true;  ///< false: the exception has only a message
};

}  // namespace taipan::syntax
