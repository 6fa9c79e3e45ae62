#pragma once
// One token: its kind, where it stands, and its text as offsets into the source.
#include <cstdint>
#include <string_view>

#include "syntax/tree.h"

namespace taipan::syntax {

enum class Tok : uint8_t {
#define TOKEN(Name) Name,
#define OPERATOR(Name, text) Name,
#define KEYWORD(Name, text) Name,
#include "syntax/tokens.def"
};

constexpr bool is_augmented_assignment(Tok t) {
  return t >= Tok::PlusEqual && t <= Tok::DoubleSlashEqual;
}
static_assert(int(Tok::DoubleSlashEqual) - int(Tok::PlusEqual) == int(BinaryOperator::FloorDiv),
              "augmented assignments stand in the order of the operators");

/// The name of a kind as the `tokenize` world knows it ("NAME", "OP" …) is the caller's business;
/// this is the spelling of an operator or keyword, and empty for the others.
std::string_view spelling(Tok t);
/// The kind of a reserved word, or Tok::Name.
Tok keyword_or_name(const char* text, uint32_t length);

struct Token {
  Tok kind = Tok::EndMarker;
  uint8_t level = 0;   ///< open brackets after this token
  uint32_t start = 0;  ///< byte offsets in the source
  uint32_t end = 0;
  // Lines from 1, columns in bytes. A column is -1 where no text belongs to the token (DEDENT, the
  // end).
  Range range;
  Identifier name = nullptr;  ///< Name only

  uint32_t length() const { return end - start; }
};

}  // namespace taipan::syntax
