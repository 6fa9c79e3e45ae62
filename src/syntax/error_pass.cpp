#include "syntax/error_pass.h"

namespace taipan::syntax {

ErrorPassResult find_error(Context& context, std::string_view, Start, const Lexer::Options&) {
  auto* d = context.arena.make<Diagnostic>();
  d->message = "invalid syntax";
  return {d, false};
}

}  // namespace taipan::syntax
