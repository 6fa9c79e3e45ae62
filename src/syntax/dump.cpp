// Trees as text. Values are shown as Python's repr shows them.
#include "syntax/dump.h"

#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <vector>

#include "syntax/unicode.h"
#include "syntax/visit.h"

namespace taipan::syntax {

namespace {

constexpr std::string_view kNames[] = {
#define NODE(Base, Name, ...) #Name,
#define PLAIN(Name, python_name, ...) #python_name,
#define POSITIONED(Name, python_name, ...) #python_name,
#include "syntax/ast.def"
};

/// The member at `index` of the names in `list` ("Load, Store, Del").
std::string_view member(std::string_view list, int index) {
  for (; index > 0; --index) list.remove_prefix(list.find(',') + 2);
  return list.substr(0, list.find(','));
}

void escape(std::string& out, const char* format, unsigned c) {
  char text[16];
  out.append(text, static_cast<size_t>(snprintf(text, sizeof text, format, c)));
}

void repr_text(std::string& out, std::string_view s) {
  char quote = s.find('\'') != s.npos && s.find('"') == s.npos ? '"' : '\'';
  out += quote;
  const char* p = s.data();
  const char* end = p + s.size();
  while (p < end) {
    const char* before = p;
    uint32_t c = next_character(p);
    if (c == static_cast<uint32_t>(quote) || c == '\\')
      out += '\\', out += static_cast<char>(c);
    else if (c == '\n')
      out += "\\n";
    else if (c == '\r')
      out += "\\r";
    else if (c == '\t')
      out += "\\t";
    else if (c < 0x80 ? c >= 0x20 && c < 0x7F : is_printable(c))
      out.append(before, p);
    else if (c < 0x100)
      escape(out, "\\x%02x", c);
    else if (c < 0x10000)
      escape(out, "\\u%04x", c);
    else
      escape(out, "\\U%08x", c);
  }
  out += quote;
}

void repr_bytes(std::string& out, std::string_view s) {
  char quote = s.find('\'') != s.npos && s.find('"') == s.npos ? '"' : '\'';
  out += 'b';
  out += quote;
  for (char ch : s) {
    auto c = static_cast<unsigned char>(ch);
    if (ch == quote || ch == '\\')
      out += '\\', out += ch;
    else if (ch == '\n')
      out += "\\n";
    else if (ch == '\r')
      out += "\\r";
    else if (ch == '\t')
      out += "\\t";
    else if (c >= 0x20 && c < 0x7F)
      out += ch;
    else
      escape(out, "\\x%02x", c);
  }
  out += quote;
}

void repr_double(std::string& out, double d, bool point) {
  if (std::isinf(d)) {
    out += d < 0 ? "-inf" : "inf";
    return;
  }
  char text[64];
  auto end = std::to_chars(text, text + sizeof text, d, std::chars_format::scientific).ptr;
  char* e = static_cast<char*>(memchr(text, 'e', static_cast<size_t>(end - text)));
  int exponent = 0;
  std::from_chars(e[1] == '+' ? e + 2 : e + 1, end, exponent);
  std::string digits;
  for (char* p = text; p < e; ++p) {
    if (*p == '-')
      out += '-';
    else if (*p != '.')
      digits += *p;
  }
  int count = static_cast<int>(digits.size());
  if (exponent < -4 || exponent >= 16) {
    out += digits[0];
    if (count > 1) out.append(".").append(digits, 1);
    char tail[16];
    out.append(tail, static_cast<size_t>(snprintf(tail, sizeof tail, "e%c%02d",
                                                  exponent < 0 ? '-' : '+', std::abs(exponent))));
  } else if (exponent < 0) {
    out.append("0.").append(static_cast<size_t>(-exponent - 1), '0').append(digits);
  } else if (count <= exponent + 1) {
    out.append(digits).append(static_cast<size_t>(exponent + 1 - count), '0');
    if (point) out += ".0";
  } else {
    out.append(digits, 0, static_cast<size_t>(exponent + 1))
        .append(".")
        .append(digits, static_cast<size_t>(exponent + 1));
  }
}

/// Digits of base 2, 8 or 16 as decimal ones: limbs of nine decimal digits, one bit group at a
/// time.
void repr_integer(std::string& out, std::string_view text) {
  char letter = text.size() > 2 && text[0] == '0' ? text[1] | 0x20 : 0;
  int bits = letter == 'x' ? 4 : letter == 'o' ? 3 : letter == 'b' ? 1 : 0;
  if (!bits) {
    size_t first = text.find_first_not_of('0');
    out.append(first == text.npos ? "0" : text.substr(first));
    return;
  }
  std::vector<uint32_t> limbs{0};
  for (char c : text.substr(2)) {
    uint64_t carry =
        c <= '9' ? static_cast<uint64_t>(c - '0') : static_cast<uint64_t>((c | 0x20) - 'a' + 10);
    for (auto& limb : limbs) {
      carry += uint64_t{limb} << bits;
      limb = static_cast<uint32_t>(carry % 1'000'000'000);
      carry /= 1'000'000'000;
    }
    if (carry) limbs.push_back(static_cast<uint32_t>(carry));
  }
  out += std::to_string(limbs.back());
  for (size_t i = limbs.size() - 1; i-- > 0;) {
    char nine[16];
    out.append(nine, static_cast<size_t>(snprintf(nine, sizeof nine, "%09u", limbs[i])));
  }
}

struct Dumper {
  std::string& out;
  const DumpOptions& options;
  int level = 0;
  int args = 0;

  // Whether a node is shown on one line: no more than three arguments, none of them with arguments.
  struct Shape {
    const DumpOptions& options;
    int args = 0;
    bool simple = true;
    template <class T>
    void value(const T& v) {
      ++args;
      if constexpr (requires { static_cast<const Node*>(v); })
        simple &= shape_of(v, options).args == 0;
    }
    template <class T>
    void field(const char*, const T& v) {
      value(v);
    }
    template <class T>
    void optional(const char*, const T& v) {
      if (present(v)) value(v);
    }
    template <class T>
    void list(const char*, const Seq<T>& v) {
      ++args, simple &= v.empty();
    }
    template <class T>
    void optionals(const char*, const Seq<T>& v) {
      ++args, simple &= v.empty();
    }
  };
  static Shape shape_of(const Node* n, const DumpOptions& options) {
    Shape s{options};
    for_each_field(n, s);
    if (options.include_attributes && range_of(n)) s.args += 4;
    return s;
  }

  static bool present(Identifier v) { return v != nullptr; }
  static bool present(String v) { return v.data() != nullptr; }
  static bool present(Int) { return true; }
  static bool present(const Node* v) { return v != nullptr; }

  void value(Identifier v) { repr_text(out, v->text); }
  void value(String v) { repr_text(out, v); }
  void value(Int v) { out += std::to_string(v); }
  void value(const Node* v) { Dumper{out, options, level}.node(v); }
  void value(const Constant& c) {
    switch (c.kind) {
      case Constant::kNone:
        out += "None";
        break;
      case Constant::kTrue:
        out += "True";
        break;
      case Constant::kFalse:
        out += "False";
        break;
      case Constant::kEllipsis:
        out += "Ellipsis";
        break;
      case Constant::kInteger:
        if (c.small)
          out += std::to_string(c.integer);
        else
          repr_integer(out, c.text);
        break;
      case Constant::kFloat:
        repr_double(out, c.real, true);
        break;
      case Constant::kImaginary:
        repr_double(out, c.real, false), out += 'j';
        break;
      case Constant::kText:
        repr_text(out, c.text);
        break;
      case Constant::kBytes:
        repr_bytes(out, c.text);
        break;
      case Constant::kObject:
        out += "<object>";
        break;
    }
  }
#define ENUM(Name, ...) \
  void value(Name v) { out.append(class_name(v)).append("()"); }
#include "syntax/ast.def"

  bool one_line = true;
  void separate(int at, bool first) {
    if (options.indent >= 0 && !one_line) {
      if (!first) out += ',';
      out += '\n';
      out.append(static_cast<size_t>(options.indent * at), ' ');
    } else if (!first) {
      out += ", ";
    }
  }
  void argument(const char* name) {
    separate(level, args++ == 0);
    out.append(name).append("=");
  }
  template <class T>
  void field(const char* name, const T& v) {
    argument(name), value(v);
  }
  template <class T>
  void optional(const char* name, const T& v) {
    if (present(v)) field(name, v);
  }
  template <class T>
  void list(const char* name, const Seq<T>& items) {
    argument(name);
    out += '[';
    Dumper inner{out, options, level + 1};
    inner.one_line = options.indent < 0;
    for (int i = 0; i < items.count; ++i) {
      inner.separate(level + 1, i == 0);
      if constexpr (requires { static_cast<const Node*>(items[i]); }) {
        if (!items[i]) {
          out += "None";
          continue;
        }
      }
      inner.value(items[i]);
    }
    out += ']';
  }
  template <class T>
  void optionals(const char* name, const Seq<T>& items) {
    list(name, items);
  }

  void node(const Node* n) {
    ++level;
    if (options.indent >= 0) {
      Shape s = shape_of(n, options);
      one_line = s.simple && s.args <= 3;
    }
    out.append(class_name(n->kind)).append("(");
    for_each_field(n, *this);
    if (const Range* r = range_of(n); r && options.include_attributes) {
      field("lineno", r->line);
      field("col_offset", r->column);
      field("end_lineno", r->end_line);
      field("end_col_offset", r->end_column);
    }
    out += ')';
  }
};

}  // namespace

std::string_view class_name(Kind kind) {
  switch (kind) {
    case Kind::ExprStmt:
      return "Expr";
    case Kind::ConstantExpr:
      return "Constant";
    case Kind::ExceptHandlerNode:
      return "ExceptHandler";
    case Kind::TypeIgnoreNode:
      return "TypeIgnore";
    default:
      return kNames[static_cast<int>(kind)];
  }
}

#define ENUM(Name, python_name, ...) \
  std::string_view class_name(Name value) { return member(#__VA_ARGS__, static_cast<int>(value)); }
#include "syntax/ast.def"

std::string dump(const Node* tree, const DumpOptions& options) {
  std::string out;
  Dumper{out, options}.node(tree);
  return out;
}

}  // namespace taipan::syntax
