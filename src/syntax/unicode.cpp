// The lexer's questions, answered by the Unicode database.
#include "syntax/unicode.h"

#include "base/unicode.h"

namespace taipan::syntax {

bool is_identifier_start(uint32_t c) { return c == '_' || unicode::is_xid_start(c); }
bool is_identifier_continue(uint32_t c) { return unicode::is_xid_continue(c); }
bool is_printable(uint32_t c) { return unicode::is_printable(c); }

std::string_view normalize_nfkc(std::string_view text, Arena& arena) {
  Vector<uint32_t> points, normal;
  for (const char *p = text.data(), *end = p + text.size(); p < end;) {
    if (!points.append(next_character(p))) abort();
  }
  if (unicode::surely_normalized(points.data(), points.size(), unicode::Form::nfkc)) return text;
  if (!unicode::normalize(points.data(), points.size(), unicode::Form::nfkc, normal)) abort();
  char* out = static_cast<char*>(arena.allocate(normal.size() * 4 + 1, 1));
  char* p = out;
  for (uint32_t c : normal) p += put_character(c, p);
  return {out, static_cast<size_t>(p - out)};
}

std::string_view character_by_name(std::string_view name, Arena& arena) {
  auto found = unicode::lookup_name(name, unicode::NamedSequences::no);
  if (!found.count) return {};
  char text[4];
  return arena.copy({text, static_cast<size_t>(put_character(found.single, text))});
}

}  // namespace taipan::syntax
