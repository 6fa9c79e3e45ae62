// The lexer's questions, answered by the Unicode database.
#include "syntax/unicode.h"

#include <cstring>

#include "base/unicode.h"
#include "base/utf8.h"

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

std::string_view describe_bad_utf8(Arena& arena, const char* begin, const char* end) {
  auto scan = scan_utf8({begin, static_cast<size_t>(end - begin)});
  if (scan.fault == Utf8Fault::none) return {};
  int at = static_cast<int>(scan.bytes), last = static_cast<int>(scan.fault_end) - 1;
  const char* why = utf8_fault_reason(scan.fault);
  if (last == at) {
    return format_text(arena, "'utf-8' codec can't decode byte 0x%02x in position %d: %s",
                       static_cast<unsigned char>(begin[at]), at, why);
  }
  return format_text(arena, "'utf-8' codec can't decode bytes in position %d-%d: %s", at, last,
                     why);
}

std::string_view repair_utf8(Arena& arena, std::string_view text) {
  auto scan = scan_utf8(text);
  if (scan.fault == Utf8Fault::none) return text;
  char* out = static_cast<char*>(arena.allocate(text.size() * 3 + 1, 1));
  size_t n = 0;
  for (;; scan = scan_utf8(text)) {
    memcpy(out + n, text.data(), scan.bytes);
    n += scan.bytes;
    if (scan.fault == Utf8Fault::none) break;
    memcpy(out + n, "\xEF\xBF\xBD", 3);
    n += 3;
    text.remove_prefix(scan.fault_end);
  }
  return {out, n};
}

}  // namespace taipan::syntax
