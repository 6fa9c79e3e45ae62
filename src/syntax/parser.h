#pragma once
// From source text to tree. No Python objects: what needs them is passed in as callbacks.
#include <cstdint>
#include <string_view>

#include "base/arena.h"
#include "syntax/diagnostics.h"
#include "syntax/tree.h"

namespace taipan::syntax {

enum class Mode : uint8_t { kFile, kEval, kSingle, kFunctionType };

/// Something worth a warning: an invalid escape sequence, a number glued to a keyword.
struct Warning {
  enum Category : uint8_t { kDeprecationWarning, kSyntaxWarning };
  Category category;
  std::string_view message;
  int line;    ///< from 1
  int column;  ///< from 0, in bytes
};

/// What whoever received a warning wants: go on, make it a SyntaxError with the same message
/// (a filter says "error"), or stop because another exception is pending.
enum class WarningAction : uint8_t { kContinue, kMakeError, kAbort };

struct ParseOptions {
  Mode mode = Mode::kFile;
  bool type_comments = false;      ///< PyCF_TYPE_COMMENTS
  bool barry_as_FLUFL = false;     ///< CO_FUTURE_BARRY_AS_BDFL: `<>` and not `!=`
  bool dont_imply_dedent = false;  ///< PyCF_DONT_IMPLY_DEDENT
  bool allow_incomplete_input =
      false;  ///< PyCF_ALLOW_INCOMPLETE_INPUT: "incomplete input" when the text may go on
  /// The text comes line by line from a prompt: an empty line ends a block, and a statement that
  /// needs more text yields `needs_more` (ask for a line, append it, parse again).
  bool interactive = false;
  bool input_ended = false;   ///< interactive: nobody has more text to give
  int feature_version = 11;   ///< the minor version whose grammar is wanted
  int max_int_digits = 4300;  ///< sys.get_int_max_str_digits(); 0 = no limit
  /// Error columns are counted in characters. CPython counts bytes when it compiles bytes that have
  /// neither a cookie nor a byte order mark; Source::columns_in_bytes says so.
  bool columns_in_bytes = false;
  /// The lowest address that the stack may grow down to; what would need more is a MemoryError.
  /// Three megabytes are enough for anything; null: there is as much.
  const void* stack_limit = nullptr;
  WarningAction (*warn)(void* context, const Warning& warning) = nullptr;
  void* warn_context = nullptr;
};

struct ParseResult {
  Mod* tree = nullptr;
  const Diagnostic* error =
      nullptr;              ///< in the arena; set if there is no tree, unless aborted or needs_more
  bool aborted = false;     ///< the warning callback said kAbort
  bool needs_more = false;  ///< interactive only
  size_t consumed = 0;      ///< kSingle: bytes of the source that the statement took
  explicit operator bool() const { return tree != nullptr; }
};

/// Parses UTF-8 text (see source.h for how bytes become that; newlines may still be "\r\n" or
/// "\r"). All of the tree, its strings included, lies in the arena; the source itself may go. Never
/// recurses without bound, never fails but through the result.
ParseResult parse(std::string_view utf8_source, const ParseOptions& options, Arena& arena);

}  // namespace taipan::syntax
