// `'%s = %5r' % (a, b)` means the same as an f-string if every conversion is one of %s %r %a with simple flags, and an
// f-string is faster: the tree gets one.
#include "compiler/fold.h"
#include "object/str.h"

namespace taipan::compiler {

namespace {

using namespace ast::node;

constexpr int kMaxDigits = 3;

struct Conversion {
  Py_UCS4 kind;
  bool left = false;
  int width = -1, precision = -1;
};

class FormatReader {
 public:
  FormatReader(Context& c, PyObject* format) : c_(c), format_(format), length_(str_length(format)) {}

  bool at_end() const { return at_ >= length_; }
  /// Text up to the next conversion, `%%` read as `%`; null inside if there is none.
  Result<ast::Expr*> literal();
  /// The conversion behind the `%` here; false: not a simple one.
  bool conversion(Conversion& to);

 private:
  bool next(Py_UCS4& c) {
    if (at_end()) return false;
    c = char_at(format_, at_++);
    return true;
  }
  /// Digits from `c` on; `c` becomes what follows them.
  bool number(Py_UCS4& c, int& to);

  Context& c_;
  PyObject* format_;
  Py_ssize_t length_, at_ = 0;
};

Result<ast::Expr*> FormatReader::literal() {
  Py_ssize_t start = at_;
  StrBuilder text;
  while (!at_end()) {
    Py_UCS4 ch = char_at(format_, at_);
    if (ch == '%') {
      if (at_ + 1 >= length_ || char_at(format_, at_ + 1) != '%') break;
      at_++;
    }
    if (!text.add(ch)) return Raised{};
    at_++;
  }
  if (at_ == start) return static_cast<ast::Expr*>(nullptr);
  // The piece has no place of its own in the source.
  return static_cast<ast::Expr*>(make_constant(c_, c_.pool().keep(TRY(text.finish())), {-1, -1, -1, -1}));
}

bool FormatReader::number(Py_UCS4& c, int& to) {
  if (c < '0' || c > '9') return true;
  to = 0;
  for (int digits = 1; c >= '0' && c <= '9'; digits++) {
    to = to * 10 + int(c - '0');
    if (!next(c) || digits >= kMaxDigits) return false;
  }
  return true;
}

bool FormatReader::conversion(Conversion& to) {
  at_++;
  Py_UCS4 c;
  for (;;) {
    if (!next(c)) return false;
    if (c == '-') to.left = true;
    else if (c != '+' && c != ' ' && c != '#' && c != '0') break;
  }
  if (!number(c, to.width)) return false;
  if (c == '.') {
    if (!next(c)) return false;
    to.precision = 0;
    if (!number(c, to.precision)) return false;
  }
  to.kind = c;
  return c == 's' || c == 'r' || c == 'a';
}

Result<ast::Expr*> format_spec(Context& c, const Conversion& conversion, const ast::Range& range) {
  TextBuffer text;
  if (!conversion.left && conversion.width > 0) text.append('>');
  if (conversion.width >= 0) format(text, "{}", conversion.width);
  if (conversion.precision >= 0) format(text, ".{}", conversion.precision);
  if (!text.ok()) return raise_no_memory();
  if (text.size() == 0) return static_cast<ast::Expr*>(nullptr);
  return static_cast<ast::Expr*>(make_constant(c, c.pool().keep(TRY(new_str(text.view()))), range));
}

}  // namespace

Result<JoinedStr*> format_as_joined(Context& c, BinOp& node, PyObject* format, const ast::Seq<ast::Expr*>& items) {
  FormatReader reader(c, format);
  auto* joined = c.arena().make<JoinedStr>();
  joined->kind = JoinedStr::kKind;
  joined->range = node.range;
  auto& values = joined->values;
  values.items = c.arena().array<ast::Expr*>(size_t(items.size()) * 2 + 1);
  int used = 0;
  for (;;) {
    if (ast::Expr* text = TRY(reader.literal())) values[values.count++] = text;
    if (reader.at_end()) break;
    Conversion conversion;
    if (used >= items.size() || !reader.conversion(conversion)) return nullptr;
    ast::Expr* item = items[used++];
    auto* value = c.arena().make<FormattedValue>();
    value->kind = FormattedValue::kKind;
    value->range = item->range;
    value->value = item;
    value->conversion = int(conversion.kind);
    value->format_spec = TRY(format_spec(c, conversion, item->range));
    values[values.count++] = value;
  }
  return used == items.size() ? joined : nullptr;
}

}  // namespace taipan::compiler
