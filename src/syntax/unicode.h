#pragma once
// What the lexer and the string literals need to know about Unicode, one function each.
#include <cstdint>
#include <string_view>

#include "base/arena.h"

namespace taipan::syntax {

bool is_identifier_start(uint32_t c);
bool is_identifier_continue(uint32_t c);
bool is_printable(uint32_t c);
/// NFKC of valid UTF-8; `text` itself if it is normalised already.
std::string_view normalize_nfkc(std::string_view text, Arena& arena);
/// The characters that \N{name} stands for, as UTF-8; empty if there is no such name.
std::string_view character_by_name(std::string_view name, Arena& arena);

/// What a UnicodeDecodeError says of bytes that are not UTF-8 (NUL-terminated); empty if they are.
std::string_view describe_bad_utf8(Arena& arena, const char* begin, const char* end);

/// The text with U+FFFD for what is not UTF-8.
std::string_view repair_utf8(Arena& arena, std::string_view text);

/// Reads one character of valid UTF-8 (lone surrogates in their three-byte forms included) and
/// moves on.
inline uint32_t next_character(const char*& p) {
  auto b = [&](int i) { return static_cast<unsigned char>(p[i]); };
  uint32_t c = b(0);
  if (c < 0x80) return p += 1, c;
  if (c < 0xE0) return c = (c & 0x1F) << 6 | (b(1) & 0x3F), p += 2, c;
  if (c < 0xF0) return c = (c & 0x0F) << 12 | (b(1) & 0x3F) << 6 | (b(2) & 0x3F), p += 3, c;
  c = (c & 7) << 18 | (b(1) & 0x3F) << 12 | (b(2) & 0x3F) << 6 | (b(3) & 0x3F);
  return p += 4, c;
}
/// Writes one character (a surrogate as three bytes); returns the number of bytes.
inline int put_character(uint32_t c, char* out) {
  if (c < 0x80) return out[0] = char(c), 1;
  if (c < 0x800) return out[0] = char(0xC0 | c >> 6), out[1] = char(0x80 | (c & 0x3F)), 2;
  if (c < 0x10000) {
    out[0] = char(0xE0 | c >> 12), out[1] = char(0x80 | (c >> 6 & 0x3F)),
    out[2] = char(0x80 | (c & 0x3F));
    return 3;
  }
  out[0] = char(0xF0 | c >> 18), out[1] = char(0x80 | (c >> 12 & 0x3F));
  out[2] = char(0x80 | (c >> 6 & 0x3F)), out[3] = char(0x80 | (c & 0x3F));
  return 4;
}
/// The number of characters in valid UTF-8.
inline int count_characters(std::string_view text) {
  int n = 0;
  for (char c : text) n += (c & 0xC0) != 0x80;
  return n;
}

}  // namespace taipan::syntax
