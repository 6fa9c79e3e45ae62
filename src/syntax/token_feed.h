#pragma once
// Tokens as the grammar sees them: the lexer's, with what the start rule adds at the end of the
// text.
#include "syntax/lexer.h"
#include "syntax/parser.h"

namespace taipan::syntax {

/// What the grammar starts with: the public modes and the expression of an f-string.
enum class Start : uint8_t { kFile, kEval, kSingle, kFunctionType, kFString };

struct TokenFeed {
  Lexer lexer;
  Start start;
  bool dont_imply_dedent;
  bool started = false;

  TokenFeed(std::string_view text, const Lexer::Options& lexing, Start start,
            bool dont_imply_dedent, NameTable& names, WarningPort* warnings)
      : lexer(text, lexing, names, warnings), start(start), dont_imply_dedent(dont_imply_dedent) {}

  Token next() {
    Token t = lexer.next();
    // A single statement may end without its newline; the blocks around it are closed after it.
    if (t.kind == Tok::EndMarker && start == Start::kSingle && started) {
      t.kind = Tok::Newline;
      started = false;
      if (lexer.indent() && !dont_imply_dedent) lexer.close_blocks();
    } else {
      started = true;
    }
    return t;
  }
};

}  // namespace taipan::syntax
