// Parsing of format strings and field names; see str_markup.h.
#include "types/str_markup.h"

#include "object/error.h"

namespace taipan {

Result<bool> MarkupReader::next(MarkupPiece& piece) {
  piece = {};
  if (at_ >= text_.end) return false;
  Py_ssize_t start = at_;
  Py_UCS4 c = 0;
  bool brace = false;
  while (at_ < text_.end && !brace) {
    c = char_at(text_.str, at_++);
    brace = c == '{' || c == '}';
  }
  if (!brace) {
    piece.literal = {text_.str, start, at_};
    return true;
  }
  bool at_end = at_ >= text_.end, doubled = !at_end && char_at(text_.str, at_) == c;
  if (c == '}' && !doubled)
    return raise(PyExc_ValueError, "Single '}' encountered in format string");
  if (c == '{' && at_end) return raise(PyExc_ValueError, "Single '{' encountered in format string");
  if (doubled) {
    // The text with one of the two braces.
    piece.literal = {text_.str, start, at_};
    at_++;
    return true;
  }
  piece.literal = {text_.str, start, at_ - 1};
  piece.has_field = true;
  TRY(read_field(piece));
  return true;
}

Status MarkupReader::read_field(MarkupPiece& piece) {
  Py_ssize_t start = at_;
  Py_UCS4 c = 0;
  auto ends_name = [](Py_UCS4 c) { return c == '}' || c == ':' || c == '!'; };
  while (at_ < text_.end) {
    c = char_at(text_.str, at_++);
    if (c == '{') return raise(PyExc_ValueError, "unexpected '{' in field name");
    if (c == '[') {
      // Whatever stands in brackets belongs to the name.
      while (at_ < text_.end && char_at(text_.str, at_) != ']') at_++;
      continue;
    }
    if (ends_name(c)) break;
  }
  piece.field = {text_.str, start, at_ - 1};
  if (c == '}') return {};
  if (c != '!' && c != ':') return raise(PyExc_ValueError, "expected '}' before end of string");
  if (c == '!') {
    if (at_ >= text_.end)
      return raise(PyExc_ValueError, "end of string while looking for conversion specifier");
    piece.conversion = char_at(text_.str, at_++);
    if (at_ < text_.end) {
      c = char_at(text_.str, at_++);
      if (c == '}') return {};
      if (c != ':') return raise(PyExc_ValueError, "expected ':' after conversion specifier");
    }
  }
  start = at_;
  for (Py_ssize_t depth = 1; at_ < text_.end;) {
    c = char_at(text_.str, at_++);
    if (c == '{') {
      piece.nested = true;
      depth++;
    } else if (c == '}' && --depth == 0) {
      piece.spec = {text_.str, start, at_ - 1};
      return {};
    }
  }
  return raise(PyExc_ValueError, "unmatched '{' in format spec");
}

namespace {

/// The number that a whole text is, or -1.
Result<Py_ssize_t> whole_number(TextRange text) {
  if (text.empty()) return Py_ssize_t{-1};
  Py_ssize_t at = text.start;
  Py_ssize_t value = TRY(parse_decimal(text.str, &at, text.end));
  return at == text.end ? value : Py_ssize_t{-1};
}

Status check_numbering(AutoNumber& numbering, bool automatic) {
  if (numbering.state == AutoNumber::unset)
    numbering.state = automatic ? AutoNumber::automatic : AutoNumber::manual;
  if (automatic && numbering.state == AutoNumber::manual)
    return raise(PyExc_ValueError,
                 "cannot switch from manual field specification to automatic field numbering");
  if (!automatic && numbering.state == AutoNumber::automatic)
    return raise(PyExc_ValueError,
                 "cannot switch from automatic field numbering to manual field specification");
  return {};
}

}  // namespace

Result<FieldStart> split_field(TextRange field, AutoNumber* numbering) {
  Py_ssize_t i = field.start;
  while (i < field.end && char_at(field.str, i) != '[' && char_at(field.str, i) != '.') i++;
  FieldStart start{{field.str, field.start, i}, -1, {field.str, i, field.end}};
  start.index = TRY(whole_number(start.name));
  bool automatic = start.name.empty();
  if (numbering && (automatic || start.index >= 0)) {
    TRY(check_numbering(*numbering, automatic));
    if (automatic) start.index = numbering->next++;
  }
  return start;
}

Result<bool> next_step(TextRange& rest, FieldStep& step) {
  if (rest.empty()) return false;
  Py_UCS4 c = char_at(rest.str, rest.start++);
  Py_ssize_t i = rest.start;
  step = {};
  if (c == '.') {
    step.attribute = true;
    while (i < rest.end && char_at(rest.str, i) != '[' && char_at(rest.str, i) != '.') i++;
    step.name = {rest.str, rest.start, i};
    rest.start = i;
  } else if (c == '[') {
    while (i < rest.end && char_at(rest.str, i) != ']') i++;
    if (i == rest.end) return raise(PyExc_ValueError, "Missing ']' in format string");
    step.name = {rest.str, rest.start, i};
    rest.start = i + 1;
    step.index = TRY(whole_number(step.name));
  } else {
    return raise(PyExc_ValueError, "Only '.' or '[' may follow ']' in format field specifier");
  }
  if (step.name.empty()) return raise(PyExc_ValueError, "Empty attribute in format string");
  return true;
}

}  // namespace taipan
