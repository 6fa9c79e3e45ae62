#pragma once
// Reads "name($self, a, b=0, /, c=None, *args, d=False)" at compile time.
#include <array>
#include <cstddef>
#include <string_view>

namespace taipan {

struct Param {
  std::string_view name;
  std::string_view fallback;  // the text after '=', empty when required
  constexpr bool required() const { return fallback.empty(); }
};

/// What one docstring declares. The text is the only place where it is written down.
struct Signature {
  static constexpr size_t kMaxParams = 18;
  std::string_view name;
  std::string_view receiver;            // "$self", "$type", "$module" or ""
  std::array<Param, kMaxParams> params{};
  size_t count = 0;                     // params, `*args` not among them
  size_t positional_only = 0;           // params[0, positional_only)
  size_t positional = 0;                // params[0, positional): the rest are keyword-only
  size_t required = 0;                  // leading required positionals
  bool varargs = false;                 // `*args`: further positional arguments, passed as the parameter after `positional`

  constexpr bool takes_keywords() const { return positional_only < count; }
};

/// Not constexpr: reaching it during compilation is the compile error.
void bad_signature(const char* why);

consteval Signature parse_signature(std::string_view text) {
  Signature s;
  auto trim = [](std::string_view v) {
    // Long signatures go on in the next line.
    while (!v.empty() && (v.front() == ' ' || v.front() == '\n')) v.remove_prefix(1);
    while (!v.empty() && (v.back() == ' ' || v.back() == '\n')) v.remove_suffix(1);
    return v;
  };
  size_t open = text.find('('), close = text.find(")\n--\n\n");
  if (open == text.npos || close == text.npos) bad_signature("expected 'name(...)\\n--\\n\\n'");
  s.name = text.substr(0, open);
  std::string_view rest = text.substr(open + 1, close - open - 1);
  bool keyword_only = false;
  while (!rest.empty()) {
    size_t comma = 0;                   // a comma inside quotes does not separate
    for (char quote = 0; comma < rest.size() && (quote || rest[comma] != ','); comma++)
      if (rest[comma] == '\'') quote = quote ? 0 : '\'';
    auto item = trim(rest.substr(0, comma));
    rest = comma < rest.size() ? rest.substr(comma + 1) : std::string_view();
    if (item.starts_with('$')) { s.receiver = item; continue; }
    if (item == "/") { s.positional_only = s.count; continue; }
    if (item.starts_with('*')) {
      if (item.starts_with("**")) bad_signature("**kwargs: write the function with varargs<>");
      s.positional = s.count;
      s.varargs = item.size() > 1;
      keyword_only = true;
      continue;
    }
    auto eq = item.find('=');
    Param p{trim(item.substr(0, eq)), eq == item.npos ? std::string_view() : trim(item.substr(eq + 1))};
    if (s.count == Signature::kMaxParams) bad_signature("too many parameters");
    if (p.required() && !keyword_only && s.required != s.count) bad_signature("required after optional");
    if (p.required() && !keyword_only) s.required++;
    s.params[s.count++] = p;
  }
  if (!keyword_only) s.positional = s.count;
  return s;
}

}  // namespace taipan
