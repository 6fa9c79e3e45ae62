// Takes the grammar's text apart. The text is ours, so a mistake in it is a broken build: it ends
// the process.
#include "syntax/grammar.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace taipan::syntax {

namespace {

constexpr std::string_view kKindNames[] = {
#define NODE(Base, Name, ...) #Name,
#define PLAIN(Name, ...) #Name,
#define POSITIONED(Name, ...) #Name,
#include "syntax/ast.def"
};

constexpr std::string_view kSpelled[] = {
#define TOKEN(Name) "",
#define OPERATOR(Name, text) text,
#define KEYWORD(Name, text) text,
#include "syntax/tokens.def"
};

bool lower(char c) { return c >= 'a' && c <= 'z'; }
bool word(char c) {
  return lower(c) || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

class Reader {
 public:
  Grammar read();

 private:
  [[noreturn]] void bad(const char* why) {
    fprintf(stderr, "grammar: %s at \"%.40s\"\n", why, p_);
    abort();
  }
  void spaces() {
    while (*p_ == ' ') ++p_;
  }
  bool accept(std::string_view text) {
    spaces();
    if (strncmp(p_, text.data(), text.size()) != 0) return false;
    p_ += text.size();
    return true;
  }
  std::string_view take_word() {
    spaces();
    const char* from = p_;
    while (word(*p_)) ++p_;
    return {from, static_cast<size_t>(p_ - from)};
  }
  /// Behind its opening quote; without escapes but \".
  std::string_view take_string(char quote) {
    const char* from = p_;
    bool escapes = false;
    for (; *p_ != quote || p_[-1] == '\\'; ++p_) escapes |= *p_ == '\\';
    std::string_view s{from, static_cast<size_t>(p_++ - from)};
    if (!escapes) return s;
    char* clean = static_cast<char*>(malloc(s.size()));
    size_t n = 0;
    for (char c : s) {
      if (c != '\\') clean[n++] = c;
    }
    return {clean, n};
  }
  uint8_t take_item() {
    if (!accept("$")) bad("an item expected");
    return static_cast<uint8_t>(*p_++ - '0');
  }
  void names(const char* text);
  void rules(const char* text);
  GrammarAlternative alternative();
  void value(GrammarAlternative& alt);
  GrammarItem item();
  GrammarItem primary();
  GrammarItem group(char close);
  GrammarItem wrap(GrammarItem::Op op, const GrammarItem& inner);
  Tok token(std::string_view text);
  uint16_t add(const GrammarItem& i) {
    items_.push_back(i);
    return static_cast<uint16_t>(items_.size() - 1);
  }

  const char* p_ = nullptr;
  std::vector<GrammarRule> rules_;
  std::vector<GrammarAlternative> alternatives_;
  std::vector<GrammarItem> items_;
};

Tok Reader::token(std::string_view text) {
  for (size_t i = 0; i < std::size(kSpelled); ++i) {
    if (kSpelled[i] == text) return static_cast<Tok>(i);
  }
  bad("unknown token");
}

/// Rules are known by name before any is read.
void Reader::names(const char* text) {
  for (p_ = text + 1; *p_; p_ = strchr(p_, '\n') + 1) {
    if (!lower(*p_)) continue;
    GrammarRule r;
    r.name = take_word();
    if (accept("(memo)")) r.memo = true;
    if (accept("(left)")) r.left = true;
    if (accept("(plain)")) r.plain = true;
    rules_.push_back(r);
  }
}

void Reader::rules(const char* text) {
  std::vector<GrammarAlternative> mine;
  p_ = text + 1;
  while (*p_) {
    auto name = take_word();
    GrammarRule* r = nullptr;
    for (auto& known : rules_) {
      if (known.name == name) r = &known;
    }
    p_ = strchr(p_, '\n') + 1;
    mine.clear();
    while (*p_ == '|') {
      ++p_;
      mine.push_back(alternative());
      if (*p_ != '\n') bad("end of line expected");
      ++p_;
    }
    r->first_alternative = static_cast<uint16_t>(alternatives_.size());
    r->alternative_count = static_cast<uint16_t>(mine.size());
    alternatives_.insert(alternatives_.end(), mine.begin(), mine.end());
  }
}

GrammarAlternative Reader::alternative() {
  GrammarAlternative alt;
  std::vector<GrammarItem> mine;
  for (;;) {
    spaces();
    if (*p_ == '\n' || *p_ == '|' || *p_ == ')' || *p_ == ']' || *p_ == '=') break;
    mine.push_back(item());
  }
  alt.first_item = static_cast<uint16_t>(items_.size());
  alt.item_count = static_cast<uint16_t>(mine.size());
  items_.insert(items_.end(), mine.begin(), mine.end());
  alt.error_rule = mine.size() == 1 && mine[0].op == GrammarItem::kRule &&
                   rules_[mine[0].index].name.starts_with("invalid_");
  if (accept("=>")) value(alt);
  spaces();
  return alt;
}

void Reader::value(GrammarAlternative& alt) {
  spaces();
  if (*p_ == 'v' && p_[1] >= '0' && p_[1] <= '9') {
    alt.version = static_cast<uint8_t>(strtol(p_ + 1, const_cast<char**>(&p_), 10));
    if (!accept("\"")) bad("a feature expected");
    alt.feature = take_string('"');
    spaces();
    if (*p_ == '\n') return;
  }
  if (*p_ == '$') {
    alt.value = GrammarAlternative::kItem;
    alt.a = take_item();
    return;
  }
  if (accept("@")) {
    auto name = take_word();
    alt.value = GrammarAlternative::kCall;
    alt.action = find_rule_action(name);
    if (!alt.action) bad("unknown action before");
    return;
  }
  auto verb = take_word();
  if (verb == "at" || verb == "from" || verb == "range") {
    alt.value = verb == "at"     ? GrammarAlternative::kAt
                : verb == "from" ? GrammarAlternative::kFrom
                                 : GrammarAlternative::kRange;
    alt.a = take_item();
    if (verb == "range") alt.b = take_item();
  } else if (verb == "here" || verb == "indent") {
    alt.value = verb == "here" ? GrammarAlternative::kHere : GrammarAlternative::kIndent;
  } else {
    alt.value = GrammarAlternative::kNode;
    for (size_t i = 0; i < std::size(kKindNames); ++i) {
      if (kKindNames[i] == verb) {
        alt.kind = static_cast<Kind>(i);
        return;
      }
    }
    bad("unknown node before");
  }
  if (!accept("\"")) bad("a message expected");
  alt.message = take_string('"');
  spaces();
  if (*p_ == '$') alt.a = take_item();
}

GrammarItem Reader::wrap(GrammarItem::Op op, const GrammarItem& inner) {
  GrammarItem i{op};
  i.index = add(inner);
  return i;
}

GrammarItem Reader::item() {
  spaces();
  if (accept("~")) return {GrammarItem::kCut};
  if (accept("&&'")) {
    GrammarItem i{GrammarItem::kForced};
    i.text = take_string('\'');
    i.token = token(i.text);
    return i;
  }
  if (accept("&")) return wrap(GrammarItem::kAhead, primary());
  if (accept("!")) return wrap(GrammarItem::kNotAhead, primary());
  GrammarItem i = primary();
  if (*p_ == '.') {
    ++p_;
    GrammarItem gather = wrap(GrammarItem::kGather, primary());
    gather.token = i.token;
    if (*p_++ != '+') bad("+ expected");
    return gather;
  }
  if (*p_ == '*') return ++p_, wrap(GrammarItem::kRepeat, i);
  if (*p_ == '+') return ++p_, wrap(GrammarItem::kRepeat1, i);
  if (*p_ == '?') return ++p_, wrap(GrammarItem::kOptional, i);
  return i;
}

GrammarItem Reader::group(char close) {
  std::vector<GrammarAlternative> mine;
  do mine.push_back(alternative());
  while (*p_ == '|' && ++p_);
  if (*p_++ != close) bad("bracket not closed");
  bool simple =
      mine.size() == 1 && mine[0].item_count == 1 && mine[0].value == GrammarAlternative::kDefault;
  if (simple) return items_[mine[0].first_item];
  GrammarItem g{GrammarItem::kGroup};
  g.index = static_cast<uint16_t>(alternatives_.size());
  g.count = static_cast<uint16_t>(mine.size());
  alternatives_.insert(alternatives_.end(), mine.begin(), mine.end());
  return g;
}

GrammarItem Reader::primary() {
  spaces();
  if (*p_ == '(') return ++p_, group(')');
  if (*p_ == '[') return ++p_, wrap(GrammarItem::kOptional, group(']'));
  GrammarItem i{GrammarItem::kToken};
  if (*p_ == '\'') {
    ++p_;
    i.token = token(take_string('\''));
    return i;
  }
  if (*p_ == '"') {
    ++p_;
    i.op = GrammarItem::kSoftKeyword;
    i.text = take_string('"');
    return i;
  }
  auto name = take_word();
  if (name.empty()) bad("an item expected");
  static constexpr struct {
    std::string_view name;
    Tok token;
  } kClasses[] = {
      {"NAME", Tok::Name},           {"NUMBER", Tok::Number},
      {"STRING", Tok::String},       {"NEWLINE", Tok::Newline},
      {"INDENT", Tok::Indent},       {"DEDENT", Tok::Dedent},
      {"ENDMARKER", Tok::EndMarker}, {"TYPE_COMMENT", Tok::TypeComment},
      {"ASYNC", Tok::Async},         {"AWAIT", Tok::Await},
  };
  for (auto& c : kClasses) {
    if (c.name == name) {
      i.token = c.token;
      return i;
    }
  }
  if (name == "SOFT_KEYWORD") {
    i.op = GrammarItem::kAnySoftKeyword;
    return i;
  }
  i.op = GrammarItem::kRule;
  for (size_t r = 0; r < rules_.size(); ++r) {
    if (rules_[r].name == name) {
      i.index = static_cast<uint16_t>(r);
      return i;
    }
  }
  bad("unknown rule before");
}

Grammar Reader::read() {
  const char* texts[] = {kStatementRules, kExpressionRules, kErrorRules};
  for (auto* text : texts) names(text);
  for (auto* text : texts) rules(text);
  auto keep = [](auto& from) {
    using T = std::remove_reference_t<decltype(from[0])>;
    auto* to = static_cast<T*>(malloc(sizeof(T) * from.size()));
    memcpy(static_cast<void*>(to), from.data(), sizeof(T) * from.size());
    return to;
  };
  return {keep(rules_),
          keep(alternatives_),
          keep(items_),
          static_cast<int>(rules_.size()),
          static_cast<int>(alternatives_.size()),
          static_cast<int>(items_.size())};
}

}  // namespace

int Grammar::find(std::string_view rule) const {
  for (int i = 0; i < rule_count; ++i) {
    if (rules[i].name == rule) return i;
  }
  abort();
}

const Grammar& grammar() {
  static const Grammar g = Reader().read();
  return g;
}

}  // namespace taipan::syntax
