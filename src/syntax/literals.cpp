// Numbers and plain strings. f-strings are in fstrings.cpp.
#include "syntax/literals.h"

#include <cstring>

#include "base/float_text.h"
#include "syntax/unicode.h"

namespace taipan::syntax {

namespace {

bool hex_value(char c, uint32_t& value) {
  if (c >= '0' && c <= '9')
    value = uint32_t(c - '0');
  else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
    value = uint32_t((c | 0x20) - 'a' + 10);
  else
    return false;
  return true;
}

bool parse_integer(Context& context, std::string_view digits, Constant& value,
                   LiteralProblem& problem) {
  value.kind = Constant::kInteger;
  unsigned base = 10;
  size_t from = 0;
  if (digits.size() > 2 && digits[0] == '0' && digits[1] > '9') {
    char letter = digits[1] | 0x20;
    base = letter == 'x' ? 16 : letter == 'o' ? 8 : 2;
    from = 2;
  }
  uint64_t n = 0;
  bool fits = true;
  for (size_t i = from; i < digits.size() && fits; ++i) {
    uint32_t d = 0;
    hex_value(digits[i], d);
    fits = !__builtin_mul_overflow(n, uint64_t{base}, &n) &&
           !__builtin_add_overflow(n, uint64_t{d}, &n);
  }
  value.small = fits;
  value.integer = fits ? n : 0;
  if (!fits) value.text = context.arena.copy(digits);
  int limit = context.options.max_int_digits;
  if (base == 10 && limit > 0 && digits.size() > 640 &&
      digits.size() > static_cast<size_t>(limit)) {
    problem.message = format_text(
        context.arena,
        "Exceeds the limit (%d digits) for integer string conversion: value has %d digits; use "
        "sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge "
        "integer "
        "literals to avoid decimal conversion limits.",
        limit, static_cast<int>(digits.size()));
    return false;
  }
  return true;
}

/// Too large a number is infinite.
double parse_double(std::string_view text) { return parse_float(text).value; }

}  // namespace

bool parse_number(Context& context, const Token& token, Constant& value, LiteralProblem& problem) {
  std::string_view text{context.source + token.start, token.length()};
  if (text.find('_') != std::string_view::npos) {
    if (context.options.feature_version < 6) {
      problem.message =
          "Underscores in numeric literals are only supported in Python 3.6 and greater";
      return false;
    }
    char* clean = static_cast<char*>(context.arena.allocate(text.size(), 1));
    size_t n = 0;
    for (char c : text) {
      if (c != '_') clean[n++] = c;
    }
    text = {clean, n};
  }
  // Leading zeros are no octal prefix; the exponent's letter in a hexadecimal number is a digit.
  bool prefixed = text.size() > 1 && text[0] == '0' && (text[1] | 0x20) > '9' &&
                  (text[1] | 0x20) != 'e' && (text[1] | 0x20) != 'j';
  if (!prefixed) {
    char last = text.back() | 0x20;
    if (last == 'j') {
      value.kind = Constant::kImaginary;
      value.real = parse_double(text.substr(0, text.size() - 1));
      return true;
    }
    if (text.find_first_of(".eE") != std::string_view::npos) {
      value.kind = Constant::kFloat;
      value.real = parse_double(text);
      return true;
    }
  }
  problem.token = &token;
  problem.no_column = true;
  return parse_integer(context, text, value, problem);
}

StringToken take_apart(Context& context, const Token& token) {
  StringToken s{};
  s.token = &token;
  const char* p = context.source + token.start;
  for (; *p != '\'' && *p != '"'; ++p) {
    switch (*p | 0x20) {
      case 'r':
        s.raw = true;
        break;
      case 'b':
        s.bytes = true;
        break;
      case 'f':
        s.formatted = true;
        break;
      case 'u':
        s.unicode = *p == 'u';
        break;
    }
  }
  size_t quotes = p[1] == *p && p[2] == *p && token.end - (p - context.source) >= 6 ? 3 : 1;
  s.begin = p + quotes;
  s.end = context.source + token.end - quotes;
  return s;
}

namespace {

/// Where decoding stands, and what it found worth a warning.
struct Unescaper {
  Context& context;
  const StringToken& from;
  LiteralProblem& problem;
  const char* begin;
  const char* end;
  char* out;
  const char* invalid = nullptr;  ///< the first escape that means nothing

  bool text();
  bool bytes();
  bool warn();
  const char* octal(const char* p, uint32_t& c);
  bool hex(const char*& p, int digits, uint32_t& c);
  bool fail_text(const char* from, const char* to, const char* why);
  bool named(const char*& p);
  static bool simple(char c, char& meaning);
};

bool Unescaper::simple(char c, char& meaning) {
  switch (c) {
    case '\\':
    case '\'':
    case '"':
      meaning = c;
      return true;
    case 'b':
      meaning = '\b';
      return true;
    case 'f':
      meaning = '\f';
      return true;
    case 't':
      meaning = '\t';
      return true;
    case 'n':
      meaning = '\n';
      return true;
    case 'r':
      meaning = '\r';
      return true;
    case 'v':
      meaning = '\v';
      return true;
    case 'a':
      meaning = '\a';
      return true;
    default:
      return false;
  }
}

const char* Unescaper::octal(const char* p, uint32_t& c) {
  const char* first = p;
  for (c = 0; p < end && p < first + 3 && *p >= '0' && *p <= '7'; ++p)
    c = c * 8 + uint32_t(*p - '0');
  if (c > 0377 && !invalid) invalid = first;
  return p;
}

bool Unescaper::hex(const char*& p, int digits, uint32_t& c) {
  c = 0;
  for (; digits; --digits, ++p) {
    uint32_t d;
    if (p >= end || !hex_value(*p, d)) return false;
    c = c << 4 | d;
  }
  return true;
}

/// Positions in the message count characters beyond ASCII as the escapes that CPython writes for
/// them.
bool Unescaper::fail_text(const char* first, const char* last, const char* why) {
  auto position = [&](const char* to) {
    int n = 0;
    for (const char* p = begin; p < to;) {
      // A backslash takes the next character with it, unless that is beyond ASCII.
      if (*p == '\\' && p + 1 < end && (p[1] & 0x80))
        n += 6, ++p;
      else if (*p == '\\' && p + 1 < to)
        n += 2, p += 2;
      else if (*p & 0x80)
        next_character(p), n += 10;
      else
        ++p, ++n;
    }
    return n;
  };
  int a = position(first), b = position(last);
  if (b - a == 1) {
    problem.message = format_text(
        context.arena,
        "(unicode error) 'unicodeescape' codec can't decode byte 0x5c in position %d: %s", a, why);
  } else {
    problem.message = format_text(
        context.arena,
        "(unicode error) 'unicodeescape' codec can't decode bytes in position %d-%d: %s", a, b - 1,
        why);
  }
  return false;
}

/// `\N{…}`; p stands behind the N.
bool Unescaper::named(const char*& p) {
  const char* backslash = p - 2;
  if (p >= end || *p != '{') return fail_text(backslash, p, "malformed \\N character escape");
  const char* name = ++p;
  while (p < end && *p != '}') ++p;
  if (p >= end || p == name) return fail_text(backslash, p, "malformed \\N character escape");
  std::string_view meaning =
      character_by_name({name, static_cast<size_t>(p - name)}, context.arena);
  ++p;
  if (meaning.empty()) return fail_text(backslash, p, "unknown Unicode character name");
  memcpy(out, meaning.data(), meaning.size());
  out += meaning.size();
  return true;
}

bool Unescaper::text() {
  for (const char* p = begin; p < end;) {
    if (*p != '\\') {
      *out++ = *p++;
      continue;
    }
    const char* backslash = p++;
    if (p >= end || (*p & 0x80)) {
      *out++ = '\\';
      continue;
    }
    char c = *p++, meaning;
    uint32_t code;
    if (simple(c, meaning)) {
      *out++ = meaning;
    } else if (c == '\n') {
    } else if (c >= '0' && c <= '7') {
      p = octal(p - 1, code);
      out += put_character(code, out);
    } else if (c == 'x') {
      if (!hex(p, 2, code)) return fail_text(backslash, p, "truncated \\xXX escape");
      out += put_character(code, out);
    } else if (c == 'u') {
      if (!hex(p, 4, code)) return fail_text(backslash, p, "truncated \\uXXXX escape");
      out += put_character(code, out);
    } else if (c == 'U') {
      if (!hex(p, 8, code)) return fail_text(backslash, p, "truncated \\UXXXXXXXX escape");
      if (code > 0x10FFFF) return fail_text(backslash, p, "illegal Unicode character");
      out += put_character(code, out);
    } else if (c == 'N') {
      if (!named(p)) return false;
    } else {
      if (!invalid) invalid = p - 1;
      *out++ = '\\';
      *out++ = c;
    }
  }
  return warn();
}

bool Unescaper::bytes() {
  for (const char* p = begin; p < end;) {
    if (*p != '\\') {
      *out++ = *p++;
      continue;
    }
    const char* backslash = p++;
    char c = *p++, meaning;
    uint32_t code;
    if (simple(c, meaning)) {
      *out++ = meaning;
    } else if (c == '\n') {
    } else if (c >= '0' && c <= '7') {
      p = octal(p - 1, code);
      *out++ = static_cast<char>(code);
    } else if (c == 'x') {
      if (!hex(p, 2, code)) {
        problem.message =
            format_text(context.arena, "(value error) invalid \\x escape at position %d",
                        static_cast<int>(backslash - begin));
        return false;
      }
      *out++ = static_cast<char>(code);
    } else {
      if (!invalid) invalid = p - 1;
      *out++ = '\\';
      *out++ = c;
    }
  }
  return warn();
}

bool warn_of_escape(Context& context, const Token& token, const char* escape,
                    LiteralProblem& problem) {
  if (!context.warnings) return true;
  std::string_view message;
  if (*escape >= '4' && *escape <= '7') {
    message = format_text(context.arena, "invalid octal escape sequence '\\%.3s'", escape);
  } else {
    message = format_text(context.arena, "invalid escape sequence '\\%c'", *escape);
  }
  PendingWarning w{.message = message, .line = token.range.line, .column = token.range.column};
  if (context.warnings->give(w)) return true;
  problem.message = message;
  problem.token = &token;
  return false;
}

bool Unescaper::warn() {
  return !invalid || warn_of_escape(context, *from.token, invalid, problem);
}

/// Bytes that nothing says the encoding of are not checked as a whole. Text that is decoded as it
/// stands is checked here at once; between escapes, each run of characters beyond ASCII is.
bool check_utf8(Context& context, const char* begin, const char* end, bool in_runs,
                LiteralProblem& problem) {
  if (context.valid) return true;
  for (const char* p = begin; p < end;) {
    const char* stop = end;
    if (in_runs) {
      while (p < end && !(*p & 0x80)) ++p;
      for (stop = p; stop < end && (*stop & 0x80);) ++stop;
    }
    std::string_view fault = describe_bad_utf8(context.arena, p, stop);
    if (!fault.empty()) {
      problem.message = format_text(context.arena, "(unicode error) %s", fault.data());
      return false;
    }
    p = stop;
  }
  return true;
}

}  // namespace

bool warn_of_brace_escape(Context& context, const Token& token, const char* escape,
                          LiteralProblem& problem) {
  return warn_of_escape(context, token, escape, problem);
}

bool decode_text(Context& context, const StringToken& from, const char* begin, const char* end,
                 std::string_view& out, LiteralProblem& problem) {
  auto size = static_cast<size_t>(end - begin);
  bool escapes = !from.raw && size && memchr(begin, '\\', size);
  // An f-string's pieces are decoded in the same way whether they have escapes or not.
  bool in_runs = escapes || (from.formatted && !from.raw &&
                             memchr(from.begin, '\\', static_cast<size_t>(from.end - from.begin)));
  if (!check_utf8(context, begin, end, in_runs, problem)) return false;
  if (!escapes) {
    out = context.arena.copy({begin, size});
    return true;
  }
  // No escape is shorter than what it means.
  char* room = static_cast<char*>(context.arena.allocate(size + 1, 1));
  Unescaper u{context, from, problem, begin, end, room};
  if (!(from.bytes ? u.bytes() : u.text())) return false;
  out = {room, static_cast<size_t>(u.out - room)};
  context.arena.shrink_last(room + size + 1, u.out);
  return true;
}

namespace {

bool all_ascii(const char* p, const char* end) {
  for (; p < end; ++p) {
    if (*p & 0x80) return false;
  }
  return true;
}

/// One string that is neither formatted nor wrong.
bool plain_part(Context& context, const StringToken& s, std::string_view& out,
                LiteralProblem& problem) {
  if (s.bytes && !all_ascii(s.begin, s.end)) {
    problem.message = "bytes can only contain ASCII literal characters";
    return false;
  }
  return decode_text(context, s, s.begin, s.end, out, problem);
}

}  // namespace

Expr* parse_strings(Context& context, const Token* first, int count, LiteralProblem& problem) {
  Range range = first->range;
  range.end_line = first[count - 1].range.end_line;
  range.end_column = first[count - 1].range.end_column;
  auto* c = context.arena.make<node::ConstantExpr>();
  static_cast<Node*>(c)->kind = Kind::ConstantExpr;
  c->range = range;
  if (count == 1) {
    StringToken s = take_apart(context, *first);
    if (s.formatted) return parse_formatted(context, &s, 1, range, problem);
    c->value.kind = s.bytes ? Constant::kBytes : Constant::kText;
    if (s.unicode) c->kind = String("u", 1);
    return plain_part(context, s, c->value.text, problem) ? c : nullptr;
  }
  auto* parts = context.arena.array<StringToken>(static_cast<size_t>(count));
  bool formatted = false;
  for (int i = 0; i < count; ++i) {
    parts[i] = take_apart(context, first[i]);
    formatted |= parts[i].formatted;
  }
  if (formatted) return parse_formatted(context, parts, count, range, problem);
  auto* texts = context.arena.array<std::string_view>(static_cast<size_t>(count));
  size_t total = 0;
  for (int i = 0; i < count; ++i) {
    if (!plain_part(context, parts[i], texts[i], problem)) return nullptr;
    if (i && parts[i].bytes != parts[0].bytes) {
      problem.message = "cannot mix bytes and nonbytes literals";
      return nullptr;
    }
    total += texts[i].size();
  }
  char* text = static_cast<char*>(context.arena.allocate(total + 1, 1));
  size_t n = 0;
  for (int i = 0; i < count; ++i) {
    memcpy(text + n, texts[i].data(), texts[i].size());
    n += texts[i].size();
  }
  c->value.kind = parts[0].bytes ? Constant::kBytes : Constant::kText;
  c->value.text = {text, n};
  if (parts[0].unicode) c->kind = String("u", 1);
  return c;
}

}  // namespace taipan::syntax
