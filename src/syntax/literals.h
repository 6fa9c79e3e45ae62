#pragma once
// Literals: what the text of NUMBER and STRING tokens means. Used by the parser and by the pass
// that looks for errors, so problems are described, not placed.
#include <string_view>

#include "syntax/lexer.h"
#include "syntax/parser.h"
#include "syntax/token.h"
#include "syntax/tree.h"

namespace taipan::syntax {

/// What parsing one text needs, whatever the pass.
struct Context {
  const ParseOptions& options;
  NameTable& names;
  Arena& arena;
  WarningPort* warnings;  ///< null: give none
  const char* source;     ///< what token offsets count from
  int fstring_depth = 0;  ///< how many f-strings are around this text
  bool fast = false;  ///< on behalf of the fast parser: a problem need not be described, warnings
                      ///< are counted
  bool valid = true;  ///< the source is UTF-8; else each literal is checked
};

struct LiteralProblem {
  std::string_view message;              ///< for a SyntaxError where the parser stands …
  const Token* token = nullptr;          ///< … or at this token
  const Diagnostic* complete = nullptr;  ///< or: all is known (from within an f-string)
  bool no_column = false;                ///< at `token`, with no columns
};

/// False: `problem` says why.
bool parse_number(Context& context, const Token& token, Constant& value, LiteralProblem& problem);

/// One or more adjacent STRING tokens as one expression. Null: `problem` says why.
Expr* parse_strings(Context& context, const Token* first, int count, LiteralProblem& problem);

// The parts of the above.

/// A STRING token taken apart.
struct StringToken {
  const Token* token;
  const char* begin;  ///< the text between the quotes
  const char* end;
  bool raw = false, bytes = false, formatted = false, unicode = false;
};
StringToken take_apart(Context& context, const Token& token);
/// The text between `begin` and `end` with its escapes replaced.
bool decode_text(Context& context, const StringToken& from, const char* begin, const char* end,
                 std::string_view& out, LiteralProblem& problem);
/// Warns of a backslash before a brace, which stays. False: the warning became an error.
bool warn_of_brace_escape(Context& context, const Token& token, const char* escape,
                          LiteralProblem& problem);
/// f-strings: the concatenation `first` … with at least one formatted part.
Expr* parse_formatted(Context& context, const StringToken* parts, int count, Range range,
                      LiteralProblem& problem);
/// Parses the expression of an f-string; `text` is in parentheses already. In parser.cpp.
Expr* parse_fstring_expression(Context& context, std::string_view text, int first_line, int column,
                               LiteralProblem& problem);

}  // namespace taipan::syntax
