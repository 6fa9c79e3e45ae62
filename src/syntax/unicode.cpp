// The lexer's questions, answered by the Unicode database.
#include "syntax/unicode.h"

#include "base/unicode.h"

#include "syntax/lexer.h"

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

namespace {

/// The first byte that is not UTF-8, and why. Null: all is well.
const char* invalid_utf8(const char* p, const char* end, const char*& why, int& length) {
  while (p < end) {
    auto c = static_cast<unsigned char>(*p);
    if (c < 0x80) {
      ++p;
      continue;
    }
    int need = c >= 0xC2 && c < 0xE0 ? 2 : c >= 0xE0 && c < 0xF0 ? 3 : c >= 0xF0 && c < 0xF5 ? 4 : 0;
    length = 1;
    why = "invalid start byte";
    if (!need) return p;
    unsigned char low = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
    unsigned char high = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
    for (int i = 1; i < need; ++i) {
      why = "unexpected end of data";
      length = i;
      if (p + i >= end) return p;
      auto b = static_cast<unsigned char>(p[i]);
      why = "invalid continuation byte";
      if (b < (i == 1 ? low : 0x80) || b > (i == 1 ? high : 0xBF)) return p;
    }
    p += need;
  }
  return nullptr;
}

}  // namespace

std::string_view describe_bad_utf8(Arena& arena, const char* begin, const char* end) {
  const char* why = nullptr;
  int length = 0;
  const char* bad = invalid_utf8(begin, end, why, length);
  if (!bad) return {};
  int at = static_cast<int>(bad - begin);
  if (length == 1) {
    return format_text(arena, "'utf-8' codec can't decode byte 0x%02x in position %d: %s",
                       static_cast<unsigned char>(*bad), at, why);
  }
  return format_text(arena, "'utf-8' codec can't decode bytes in position %d-%d: %s", at, at + length - 1, why);
}

}  // namespace taipan::syntax
