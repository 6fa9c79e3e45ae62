// Source decoding. UTF-8, ASCII and Latin-1 are known here; a Decoder knows the rest.
#include "syntax/source.h"

#include <cstring>
#include <initializer_list>

#include "base/utf8.h"
#include "syntax/lexer.h"
#include "syntax/unicode.h"

namespace taipan::syntax {

namespace {

bool word_character(char c) {
  return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '-' ||
         c == '_' || c == '.';
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
    return h == family ||
           (h.starts_with(family) && h.size() > family.size() && h[family.size()] == '-');
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

std::string_view find_cookie(std::string_view bytes, Arena& arena, bool whole_lines) {
  for (int i = 0; i < 2 && !bytes.empty(); ++i) {
    size_t end = bytes.find_first_of("\r\n");
    if (whole_lines && end == bytes.npos) return {};
    std::string_view line = bytes.substr(0, end);
    if (auto found = cookie_in_line(line, arena); !found.empty()) return found;
    if (!blank_or_comment(line) || end == bytes.npos) return {};
    bytes.remove_prefix(
        end + (bytes[end] == '\r' && end + 1 < bytes.size() && bytes[end + 1] == '\n' ? 2 : 1));
  }
  return {};
}

namespace {

/// Whether a codec's name, with its cases and underscores, is one of those.
bool one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  char clean[20];
  if (name.size() > sizeof clean) return false;
  for (size_t i = 0; i < name.size(); ++i) {
    char c = name[i];
    clean[i] = c == '_' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  }
  for (auto n : names) {
    if (std::string_view{clean, name.size()} == n) return true;
  }
  return false;
}

/// The text, or what a decoder's error says.
std::string_view decode_known(std::string_view name, std::string_view bytes, Arena& arena,
                              std::string_view& problem, bool& known) {
  known = true;
  if (one_of(name, {"iso-8859-1", "latin1", "latin", "l1", "iso8859-1", "8859", "cp819"})) {
    return latin1_to_utf8(bytes, arena);
  }
  if (one_of(name, {"utf8", "u8", "cp65001"})) {
    problem = describe_bad_utf8(arena, bytes.data(), bytes.data() + bytes.size());
    return bytes;
  }
  if (one_of(name, {"ascii", "us-ascii", "646"})) {
    size_t good = ascii_prefix(bytes.data(), bytes.size());
    if (good < bytes.size()) {
      problem = format_text(
          arena, "'ascii' codec can't decode byte 0x%02x in position %d: ordinal not in range(128)",
          static_cast<unsigned char>(bytes[good]), static_cast<int>(good));
    }
    return bytes;
  }
  known = false;
  return {};
}

const Diagnostic* message_only(Arena& arena, std::string_view message) {
  auto* d = unplaced(arena, message);
  d->place = false;
  return d;
}

const Diagnostic* non_utf8(std::string_view bytes, std::string_view file_name, Arena& arena) {
  auto scan = scan_utf8(bytes);
  if (scan.fault == Utf8Fault::none) return nullptr;
  int line = 1;
  for (char c : bytes.substr(0, scan.bytes)) line += c == '\n';
  return message_only(arena, format_text(arena,
                                         "Non-UTF-8 code starting with '\\x%02x' in file %.*s on "
                                         "line %d, but no encoding declared; see "
                                         "https://peps.python.org/pep-0263/ for details",
                                         static_cast<unsigned char>(bytes[scan.bytes]),
                                         int(file_name.size()), file_name.data(), line));
}

}  // namespace

Source decode_source(std::string_view bytes, const Decoder& decoder, Arena& arena,
                     std::string_view file_name, bool whole_lines) {
  Source s;
  bool mark = bytes.starts_with("\xEF\xBB\xBF");
  if (mark) bytes.remove_prefix(3);
  std::string_view cookie = find_cookie(bytes, arena, whole_lines);
  s.text = bytes;
  s.encoding = cookie.empty() ? "utf-8" : cookie;
  bool from_file = !file_name.empty();
  auto fail = [&](std::string_view problem) {
    if (from_file) {
      s.error = message_only(
          arena, format_text(arena, "encoding problem: %.*s", int(cookie.size()), cookie.data()));
    } else {
      s.error = unplaced(arena, problem);
    }
    return s;
  };
  if (mark && !cookie.empty() && cookie != "utf-8") {
    s.error = unplaced(arena, format_text(arena, "encoding problem: %.*s with BOM",
                                          int(cookie.size()), cookie.data()));
    if (from_file) s.error = message_only(arena, s.error->message);
    return s;
  }
  s.columns_in_bytes = cookie.empty() && !mark && !from_file;
  if (cookie.empty() || cookie == "utf-8") {
    if (from_file && cookie.empty() && !mark) s.error = non_utf8(bytes, file_name, arena);
    return s;
  }
  std::string_view problem;
  bool known = false;
  s.text = decode_known(cookie, bytes, arena, problem, known);
  if (known) return problem.empty() ? s : fail(problem);
  if (!decoder.decode)
    return fail(format_text(arena, "unknown encoding: %.*s", int(cookie.size()), cookie.data()));
  s.text = decoder.decode(decoder.context, cookie, bytes, arena, problem);
  if (s.text.data()) return s;
  if (!problem.empty() || from_file) return fail(problem);
  s.aborted = true;
  return s;
}

}  // namespace taipan::syntax
