// f-strings, as 3.11 reads them: the text is scanned for braces, and each expression between them
// is parsed as a text of its own, in parentheses, with its tokens shifted to their place in the
// file.
#include <cstring>

#include "syntax/literals.h"
#include "syntax/unicode.h"

namespace taipan::syntax {

namespace {

class FString {
 public:
  FString(Context& context, const StringToken* parts, int count, Range range,
          LiteralProblem& problem)
      : context_(context),
        arena_(context.arena),
        parts_(parts),
        count_(count),
        range_(range),
        problem_(problem) {}

  Expr* parse();

 private:
  /// Values gathered so far, and the text that will be the next constant.
  struct Gathered {
    struct Link {
      Expr* value;
      Link* next;
    };
    Link* first = nullptr;
    Link** last = &first;
    int count = 0;
    std::string_view text;
    size_t room = 0;
  };

  bool fail(const char* message) {
    problem_.message = message;
    return false;
  }
  bool fail(const char* format, char a, char b = 0) {
    problem_.message = format_text(arena_, format, a, b);
    return false;
  }
  void add_text(Gathered& g, std::string_view more);
  void add(Gathered& g, Expr* e);
  void flush(Gathered& g, Range range, bool u_prefix);
  Expr* finish(Gathered& g, Range range);
  bool part(Gathered& g, const StringToken& s);
  bool pieces(Gathered& g, const StringToken& s, const char*& p, const char* end, int nesting);
  bool literal(const StringToken& s, const char*& p, const char* end, int nesting,
               std::string_view& text, bool& doubled);
  bool expression_end(const char*& p, const char* end);
  bool replacement(const StringToken& s, const char*& p, const char* end, int nesting, Expr*& value,
                   std::string_view& source_text);
  Expr* compile(const StringToken& s, const char* begin, const char* end);

  Context& context_;
  Arena& arena_;
  const StringToken* parts_;
  int count_;
  Range range_;
  LiteralProblem& problem_;
};

void FString::add_text(Gathered& g, std::string_view more) {
  if (more.empty()) return;
  if (g.text.empty()) {
    g.text = more;
    g.room = 0;
    return;
  }
  size_t size = g.text.size() + more.size();
  if (size > g.room) {
    g.room = size * 2;
    char* grown = static_cast<char*>(arena_.allocate(g.room, 1));
    memcpy(grown, g.text.data(), g.text.size());
    g.text = {grown, g.text.size()};
  }
  memcpy(const_cast<char*>(g.text.data()) + g.text.size(), more.data(), more.size());
  g.text = {g.text.data(), size};
}

void FString::add(Gathered& g, Expr* e) {
  auto* link = arena_.make<Gathered::Link>();
  *link = {e, nullptr};
  *g.last = link;
  g.last = &link->next;
  ++g.count;
}

/// Makes a constant of the text, if there is any.
void FString::flush(Gathered& g, Range range, bool u_prefix) {
  if (g.text.empty()) return;
  auto* c = arena_.make<node::ConstantExpr>();
  static_cast<Node*>(c)->kind = Kind::ConstantExpr;
  c->range = range;
  c->value.kind = Constant::kText;
  c->value.text = g.text;
  if (u_prefix) c->kind = String("u", 1);
  g.text = {};
  add(g, c);
}

Expr* FString::finish(Gathered& g, Range range) {
  auto* n = arena_.make<node::JoinedStr>();
  n->kind = Kind::JoinedStr;
  n->range = range;
  n->values = {arena_.array<Expr*>(static_cast<size_t>(g.count)), g.count};
  int i = 0;
  for (auto* link = g.first; link; link = link->next) n->values[i++] = link->value;
  return n;
}

Expr* FString::parse() {
  Gathered g;
  for (int i = 0; i < count_; ++i) {
    const StringToken& s = parts_[i];
    if (s.formatted) {
      if (context_.options.feature_version < 6) {
        return fail("Format strings are only supported in Python 3.6 and greater"), nullptr;
      }
      if (i && parts_[0].bytes) return fail("cannot mix bytes and nonbytes literals"), nullptr;
      const char* p = s.begin;
      if (!pieces(g, s, p, s.end, 0)) return nullptr;
      continue;
    }
    if (s.bytes) {
      for (const char* p = s.begin; p < s.end; ++p) {
        if (*p & 0x80) return fail("bytes can only contain ASCII literal characters"), nullptr;
      }
    }
    std::string_view text;
    if (!decode_text(context_, s, s.begin, s.end, text, problem_)) return nullptr;
    if (i && s.bytes != parts_[0].bytes)
      return fail("cannot mix bytes and nonbytes literals"), nullptr;
    add_text(g, text);
  }
  flush(g, range_, parts_[0].unicode);
  return finish(g, range_);
}

/// Literals and replacement fields from `p` on: to the end, or, in a format specification, to its
/// brace.
bool FString::pieces(Gathered& g, const StringToken& s, const char*& p, const char* end,
                     int nesting) {
  for (;;) {
    std::string_view text;
    bool doubled = false;
    if (!literal(s, p, end, nesting, text, doubled)) return false;
    add_text(g, text);
    if (doubled) continue;
    if (p >= end || *p == '}') break;
    Expr* value = nullptr;
    std::string_view source_text;
    if (!replacement(s, p, end, nesting, value, source_text)) return false;
    add_text(g, source_text);
    flush(g, range_, parts_[0].unicode);
    add(g, value);
  }
  if (nesting == 0 && p < end - 1) return fail("f-string: unexpected end of string");
  if (nesting && (p >= end || *p != '}')) return fail("f-string: expecting '}'");
  return true;
}

bool FString::literal(const StringToken& s, const char*& p, const char* end, int nesting,
                      std::string_view& text, bool& doubled) {
  const char* begin = p;
  const char* stop = end;
  const char* q = p;
  while (q < end) {
    char c = *q++;
    if (!s.raw && c == '\\' && q < end) {
      c = *q++;
      if (c == 'N') {
        // The braces of \N{name} are no field's.
        if (q < end && *q++ == '{') {
          while (q < end && *q++ != '}') {
          }
          continue;
        }
        if (q > end) q = end;
        continue;
      }
      if (c == '{' && !warn_of_brace_escape(context_, *s.token, q - 1, problem_)) return false;
    }
    if (c != '{' && c != '}') continue;
    if (nesting == 0) {
      if (q < end && *q == c) {
        stop = q;
        p = q + 1;
        doubled = true;
        break;
      }
      if (c == '}') {
        p = q - 1;
        return fail("f-string: single '}' is not allowed");
      }
    }
    stop = q - 1;
    break;
  }
  if (!doubled) p = stop;
  return begin == stop || decode_text(context_, s, begin, stop, text, problem_);
}

/// Moves from the first character of an expression to the one that ends it.
bool FString::expression_end(const char*& p, const char* end) {
  char brackets[200];
  int depth = 0;
  char quote = 0;
  bool triple = false;
  for (; p < end; ++p) {
    char c = *p;
    if (c == '\\') return fail("f-string expression part cannot include a backslash");
    bool three = (c == '\'' || c == '"') && p + 2 < end && p[1] == c && p[2] == c;
    if (quote) {
      if (c != quote || (triple && !three)) continue;
      if (triple) p += 2;
      quote = 0;
      continue;
    }
    switch (c) {
      case '\'':
      case '"':
        quote = c;
        triple = three;
        if (three) p += 2;
        continue;
      case '(':
      case '[':
      case '{':
        if (depth >= 200) return fail("f-string: too many nested parenthesis");
        brackets[depth++] = c;
        continue;
      case '#':
        return fail("f-string expression part cannot include '#'");
      default:
        break;
    }
    if (depth == 0 && (c == '!' || c == ':' || c == '}' || c == '=' || c == '<' || c == '>')) {
      if (p + 1 < end && p[1] == '=' && c != ':' && c != '}') {
        ++p;
        continue;
      }
      if (c == '<' || c == '>') continue;
      break;
    }
    if (c == ']' || c == '}' || c == ')') {
      if (depth == 0) return fail("f-string: unmatched '%c'", c);
      char open = brackets[--depth];
      if (open != (c == ')' ? '(' : c == ']' ? '[' : '{')) {
        return fail("f-string: closing parenthesis '%c' does not match opening parenthesis '%c'", c,
                    open);
      }
    }
  }
  if (quote) return fail("f-string: unterminated string");
  if (depth) return fail("f-string: unmatched '%c'", brackets[depth - 1]);
  return p < end || fail("f-string: expecting '}'");
}

/// One field; `p` stands on its brace, and ends behind the closing one.
bool FString::replacement(const StringToken& s, const char*& p, const char* end, int nesting,
                          Expr*& value, std::string_view& source_text) {
  if (nesting >= 2) return fail("f-string: expressions nested too deeply");
  const char* begin = ++p;
  if (!expression_end(p, end)) return false;
  Expr* inner = compile(s, begin, p);
  if (!inner) return false;
  bool debug = false;
  if (*p == '=') {
    if (context_.options.feature_version < 8) {
      return fail(
          "f-string: self documenting expressions are only supported in Python 3.8 and greater");
    }
    debug = true;
    ++p;
    while (p < end && (*p == ' ' || (*p >= '\t' && *p <= '\r'))) ++p;
    source_text = arena_.copy({begin, static_cast<size_t>(p - begin)});
    if (p >= end) return fail("f-string: expecting '}'");
  }
  int conversion = -1;
  if (*p == '!') {
    if (++p >= end) return fail("f-string: expecting '}'");
    conversion = static_cast<unsigned char>(*p++);
    if (conversion != 's' && conversion != 'r' && conversion != 'a') {
      return fail("f-string: invalid conversion character: expected 's', 'r', or 'a'");
    }
    if (p >= end) return fail("f-string: expecting '}'");
  }
  Expr* spec = nullptr;
  if (*p == ':') {
    if (++p >= end) return fail("f-string: expecting '}'");
    Gathered g;
    if (!pieces(g, s, p, end, nesting + 1)) return false;
    // What ends the specification, and it as a whole, has its own token's range, not the
    // concatenation's.
    flush(g, s.token->range, false);
    spec = finish(g, s.token->range);
  }
  if (p >= end || *p != '}') return fail("f-string: expecting '}'");
  ++p;
  if (debug && !spec && conversion == -1) conversion = 'r';
  auto* n = arena_.make<node::FormattedValue>();
  n->kind = Kind::FormattedValue;
  n->range = range_;
  n->value = inner;
  n->conversion = conversion;
  n->format_spec = spec;
  value = n;
  return true;
}

Expr* FString::compile(const StringToken& s, const char* begin, const char* end) {
  const char* p = begin;
  while (p < end && (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\f')) ++p;
  if (p == end) {
    if (*end == '!' || *end == ':' || *end == '=') {
      return fail("f-string: expression required before '%c'", *end), nullptr;
    }
    return fail("f-string: empty expression not allowed"), nullptr;
  }
  const char* token_text = context_.source + s.token->start;
  const char* brace = begin - 1;
  int lines = 0;
  const char* line_begin = token_text;
  for (const char* q = token_text; q < brace; ++q) {
    if (*q == '\n') ++lines, line_begin = q + 1;
  }
  // An expression that begins on the line after its brace needs no shift.
  int column = 0;
  const char* q = begin;
  while (q < end && (*q == ' ' || *q == '\t' || *q == '\f')) ++q;
  if (*q != '\n') column = static_cast<int>(brace - line_begin);
  if (lines == 0) column += s.token->range.column;
  size_t size = static_cast<size_t>(end - begin);
  char* text = static_cast<char*>(arena_.allocate(size + 2, 1));
  text[0] = '(';
  memcpy(text + 1, begin, size);
  text[size + 1] = ')';
  return parse_fstring_expression(context_, {text, size + 2}, s.token->range.line + lines, column,
                                  problem_);
}

}  // namespace

Expr* parse_formatted(Context& context, const StringToken* parts, int count, Range range,
                      LiteralProblem& problem) {
  return FString(context, parts, count, range, problem).parse();
}

}  // namespace taipan::syntax
