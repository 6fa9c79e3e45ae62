// Source decoding. UTF-8, ASCII and Latin-1 are known here; a Decoder knows the rest.
#include "syntax/source.h"

#include <cstring>

#include "syntax/lexer.h"
#include "syntax/unicode.h"

namespace taipan::syntax {

namespace {

bool word_character(char c) {
  return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '-' || c == '_' || c == '.';
}

/// The two families that have many spellings get one each.
std::string_view normalize(std::string_view name, Arena& arena) {
  char head[13];
  size_t n = 0;
  for (; n < 12 && n < name.size(); ++n) {
    char c = name[n];
    head[n] = c == '_' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  }
  std::string_view h{head, n};
  auto is = [&](std::string_view family) {
    return h == family || (h.starts_with(family) && h.size() > family.size() && h[family.size()] == '-');
  };
  if (is("utf-8")) return "utf-8";
  if (is("latin-1") || is("iso-8859-1") || is("iso-latin-1")) return "iso-8859-1";
  return arena.copy(name);
}

/// The cookie in one line, which must be a comment.
std::string_view cookie_in_line(std::string_view line, Arena& arena) {
  size_t i = 0;
  while (i < line.size() && (line[i] == ' ' || line[i] == '\t' || line[i] == '\f')) ++i;
  if (i >= line.size() || line[i] != '#') return {};
  for (; i + 6 < line.size(); ++i) {
    if (line.compare(i, 6, "coding") != 0) continue;
    size_t p = i + 6;
    if (line[p] != ':' && line[p] != '=') continue;
    do ++p;
    while (p < line.size() && (line[p] == ' ' || line[p] == '\t'));
    size_t begin = p;
    while (p < line.size() && word_character(line[p])) ++p;
    if (begin < p) return normalize(line.substr(begin, p - begin), arena);
  }
  return {};
}

bool blank_or_comment(std::string_view line) {
  for (char c : line) {
    if (c == '#') return true;
    if (c != ' ' && c != '\t' && c != '\f') return false;
  }
  return true;
}

Diagnostic* unplaced(Arena& arena, std::string_view message) {
  auto* d = arena.make<Diagnostic>();
  d->message = message;
  d->line = 0;
  d->column = -1;
  d->end_line = d->end_column = Diagnostic::kAbsent;
  return d;
}

std::string_view latin1_to_utf8(std::string_view bytes, Arena& arena) {
  char* out = static_cast<char*>(arena.allocate(bytes.size() * 2 + 1, 1));
  char* p = out;
  for (char c : bytes) p += put_character(static_cast<unsigned char>(c), p);
  return {out, static_cast<size_t>(p - out)};
}

}  // namespace

std::string_view find_cookie(std::string_view bytes, Arena& arena) {
  for (int i = 0; i < 2 && !bytes.empty(); ++i) {
    size_t end = bytes.find_first_of("\r\n");
    std::string_view line = bytes.substr(0, end);
    if (auto found = cookie_in_line(line, arena); !found.empty()) return found;
    if (!blank_or_comment(line) || end == bytes.npos) return {};
    bytes.remove_prefix(end + (bytes[end] == '\r' && end + 1 < bytes.size() && bytes[end + 1] == '\n' ? 2 : 1));
  }
  return {};
}

Source decode_source(std::string_view bytes, const Decoder& decoder, Arena& arena) {
  Source s;
  bool mark = bytes.starts_with("\xEF\xBB\xBF");
  if (mark) bytes.remove_prefix(3);
  std::string_view cookie = find_cookie(bytes, arena);
  s.text = bytes;
  s.encoding = cookie.empty() ? "utf-8" : cookie;
  if (mark && !cookie.empty() && cookie != "utf-8") {
    s.error = unplaced(arena, format_text(arena, "encoding problem: %.*s with BOM", int(cookie.size()), cookie.data()));
    return s;
  }
  s.columns_in_bytes = cookie.empty() && !mark;
  if (cookie.empty() || cookie == "utf-8") return s;
  if (cookie == "iso-8859-1") {
    s.text = latin1_to_utf8(bytes, arena);
    return s;
  }
  std::string_view problem;
  if (decoder.decode) {
    s.text = decoder.decode(decoder.context, cookie, bytes, arena, problem);
    if (s.text.data()) return s;
    if (problem.empty()) {
      s.aborted = true;
      return s;
    }
  } else {
    problem = format_text(arena, "unknown encoding: %.*s", int(cookie.size()), cookie.data());
  }
  s.error = unplaced(arena, problem);
  return s;
}

}  // namespace taipan::syntax
