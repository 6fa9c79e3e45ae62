// In a binary operation the operator is what failed, in a subscription the brackets: the underlined
// text is parsed again to find them.
#include "runtime/carets.h"

#include <climits>

#include "base/arena.h"
#include "base/utf8.h"
#include "object/error.h"
#include "object/str.h"
#include "syntax/parser.h"

namespace taipan {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\f'; }

/// Characters in the first `bytes` bytes of a text.
Py_ssize_t characters(std::string_view utf8, int bytes) {
  if (bytes < 0) return -1;
  size_t end = static_cast<size_t>(bytes) < utf8.size() ? static_cast<size_t>(bytes) : utf8.size();
  Py_ssize_t n = 0;
  for (size_t i = 0; i < end; i++) n += (static_cast<unsigned char>(utf8[i]) & 0xC0) != 0x80;
  return n;
}

bool is_constant(const syntax::Expr* e) { return e->kind == syntax::Kind::ConstantExpr; }

/// Would the compiler compute this subscription of a literal? Then nothing in it can be what failed.
bool is_foldable(const syntax::node::Subscript& s) {
  namespace node = syntax::node;
  auto* index = syntax::as<node::ConstantExpr>(s.slice);
  bool negative = false;
  if (auto* sign = syntax::as<node::UnaryOp>(s.slice); sign && sign->op == syntax::UnaryOperator::USub) {
    index = syntax::as<node::ConstantExpr>(sign->operand);
    negative = true;
  }
  if (!index || index->value.kind != syntax::Constant::kInteger || !index->value.small) return false;
  uint64_t length;
  if (auto* tuple = syntax::as<node::Tuple>(s.value)) {
    for (const syntax::Expr* e : tuple->elts)
      if (!is_constant(e)) return false;
    length = static_cast<uint64_t>(tuple->elts.size());
  } else if (auto* literal = syntax::as<node::ConstantExpr>(s.value)) {
    if (literal->value.kind == syntax::Constant::kBytes) length = literal->value.text.size();
    else if (literal->value.kind == syntax::Constant::kText) length = static_cast<uint64_t>(characters(literal->value.text, INT_MAX));
    else return false;
  } else {
    return false;
  }
  return negative ? index->value.integer >= 1 && index->value.integer <= length : index->value.integer < length;
}

/// The anchor's bounds in bytes of the segment; false: none.
bool find_anchor(std::string_view segment, int& start, int& end) {
  namespace node = syntax::node;
  Arena arena;
  syntax::ParseOptions options;
  options.warn = [](void*, const syntax::Warning&) { return syntax::WarningAction::kContinue; };
  syntax::ParseResult result = syntax::parse(segment, options, arena);
  auto* module = syntax::as<node::Module>(result.tree);
  if (!module || module->body.size() != 1) return false;
  auto* statement = syntax::as<node::ExprStmt>(module->body[0]);
  if (!statement) return false;
  if (auto* operation = syntax::as<node::BinOp>(statement->value)) {
    int right = operation->right->range.column;
    for (int i = operation->left->range.end_column; i < right; i++) {
      if (is_blank(segment[static_cast<size_t>(i)])) continue;
      start = i;
      end = i + 1;
      if (end < right && !is_blank(segment[static_cast<size_t>(end)]))
        end++;  // an operator of two characters
      break;
    }
    return true;
  }
  if (auto* subscript = syntax::as<node::Subscript>(statement->value)) {
    if (is_foldable(*subscript)) return false;
    start = subscript->value->range.end_column;
    end = subscript->slice->range.end_column + 1;
    return true;
  }
  return false;
}

}  // namespace

std::optional<Carets> find_carets(PyObject* line, Py_ssize_t blank, const Location& place) {
  if (place.line < 0 || place.end_line < 0 || place.column < 0 || place.end_column < 0)
    return std::nullopt;
  auto utf8 = to_utf8(line);
  if (!utf8) {
    clear_error();
    return std::nullopt;
  }
  std::string_view text = *utf8;
  Py_ssize_t n = str_length(line);
  Carets c{characters(text, place.column), characters(text, place.end_column)};
  if (place.line == place.end_line) {
    size_t low = static_cast<size_t>(place.column) < text.size() ? static_cast<size_t>(place.column)
                                                                 : text.size();
    size_t high = static_cast<size_t>(place.end_column) < text.size()
                      ? static_cast<size_t>(place.end_column)
                      : text.size();
    std::string_view segment = low < high ? text.substr(low, high - low) : std::string_view();
    int start = -1, end = -1;
    if (find_anchor(segment, start, end) && start >= 0) {
      c.has_anchor = true;
      c.anchor_start = c.start + characters(segment, start);
      c.anchor_end = c.start + characters(segment, end);
    }
  } else {
    // Of several lines only the first is shown: up to its last character that is not blank.
    Py_ssize_t end = n;
    while (end > 0 && (char_at(line, end - 1) == ' ' || char_at(line, end - 1) == '\t' ||
                       char_at(line, end - 1) == '\f'))
      end--;
    c.end = end;
  }
  if (c.end - c.start == n - blank && !c.has_anchor) return std::nullopt;
  return c;
}

}  // namespace taipan
