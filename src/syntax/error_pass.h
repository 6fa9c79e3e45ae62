#pragma once
// What is wrong with a text that the parser refused: a memoised pass over the whole grammar, run
// twice as CPython does it: first plainly, which fixes where a generic error stands, then with the
// rules that know specific errors.
#include "syntax/literals.h"
#include "syntax/token_feed.h"

namespace taipan::syntax {

struct ErrorPassResult {
  const Diagnostic* error = nullptr;  ///< null: nothing is wrong (or `aborted`)
  bool aborted = false;
};

/// `first_line` and `column` shift an f-string's expression to its place.
ErrorPassResult find_error(Context& context, std::string_view text, Start start,
                           const Lexer::Options& lexing);

}  // namespace taipan::syntax
