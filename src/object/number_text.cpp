// Numbers from str and bytes objects. Unicode's decimal digits count as digits, its spaces as blanks.
#include "object/number_text.h"

#include "base/float_text.h"
#include "base/unicode.h"
#include "object/bytes.h"
#include "object/int_digits.h"
#include "object/protocol.h"
#include "object/str.h"

namespace taipan {

bool append_number_text(TextBuffer& out, PyObject* str) {
  if (is_ascii(str)) {
    if (out.append({static_cast<char*>(PyUnicode_DATA(str)), static_cast<size_t>(str_length(str))})) return true;
    raise_no_memory();
    return false;
  }
  for (Py_ssize_t i = 0; i < str_length(str); i++) {
    Py_UCS4 c = char_at(str, i);
    int decimal = c < 127 ? -1 : unicode::decimal_value(c);
    char ascii = c < 127 ? static_cast<char>(c) : unicode::is_space(c) ? ' ' : decimal < 0 ? '?' : static_cast<char>('0' + decimal);
    if (!out.append(ascii)) {
      raise_no_memory();
      return false;
    }
  }
  return true;
}

bool strip_underscores(std::string_view text, TextBuffer& out) {
  auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  char previous = 0;
  for (char c : text) {
    if (c == '_') {
      if (!is_digit(previous)) return false;
    } else {
      if (previous == '_' && !is_digit(c)) return false;
      if (!out.append(c)) return false;
    }
    previous = c;
  }
  return previous != '_';
}

std::string_view strip_blanks(std::string_view s) {
  auto is_blank = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  while (!s.empty() && is_blank(s.front())) s.remove_prefix(1);
  while (!s.empty() && is_blank(s.back())) s.remove_suffix(1);
  return s;
}

namespace {

Raised raise_invalid_literal(PyObject* original, int base) {
  Ref<> shown = TRY(repr(original));
  if (str_length(shown.get()) > 200) shown = TRY(str_slice(shown.get(), 0, 200));
  return raise(PyExc_ValueError, "invalid literal for int() with base {}: {}", base, as_str(shown.get()));
}

Ref<> int_from_original(std::string_view text, int base, PyObject* original) {
  Ref<> value;
  if (parse_int(text, base, &value) == IntText::malformed) return raise_invalid_literal(original, base);
  return value;
}

}  // namespace

Ref<> int_from_str(PyObject* str, int base) {
  if (is_ascii(str)) {
    std::string_view text(static_cast<char*>(PyUnicode_DATA(str)), static_cast<size_t>(str_length(str)));
    return int_from_original(text, base, str);
  }
  TextBuffer text;
  if (!append_number_text(text, str)) return Raised{};
  return int_from_original(text.view(), base, str);
}

Ref<> int_from_bytes_object(PyObject* bytes, int base) { return int_from_original(bytes_view(bytes), base, bytes); }

namespace {

/// The number that is the whole of a text. False: it is none.
bool parse_whole_float(std::string_view text, double* value) {
  text = strip_blanks(text);
  TextBuffer plain;
  if (text.find('_') != text.npos) {
    if (!strip_underscores(text, plain)) return false;
    text = plain.view();
  }
  ParsedFloat parsed = parse_float(text);
  *value = parsed.value;
  return parsed.length != 0 && parsed.length == text.size();
}

/// A view of a buffer's bytes, released at the end.
class BufferView {
 public:
  explicit BufferView(PyObject* o) {
    auto* procs = Py_TYPE(o)->tp_as_buffer;
    held_ = procs && procs->bf_getbuffer && procs->bf_getbuffer(o, &view_, PyBUF_SIMPLE) == 0;
  }
  ~BufferView() {
    if (!held_) return;
    PyObject* o = view_.obj;
    auto* procs = o ? Py_TYPE(o)->tp_as_buffer : nullptr;
    if (procs && procs->bf_releasebuffer) procs->bf_releasebuffer(o, &view_);
    Py_XDECREF(o);
  }
  BufferView(const BufferView&) = delete;
  bool held() const { return held_; }
  std::string_view text() const { return {static_cast<char*>(view_.buf), static_cast<size_t>(view_.len)}; }

 private:
  Py_buffer view_{};
  bool held_;
};

}  // namespace

Ref<> float_from_text_object(PyObject* o) {
  double value = 0;
  bool good;
  if (PyUnicode_Check(o)) {
    TextBuffer text;
    if (!append_number_text(text, o)) return Raised{};
    good = parse_whole_float(text.view(), &value);
  } else if (PyBytes_Check(o)) {
    good = parse_whole_float(bytes_view(o), &value);
  } else {
    BufferView view(o);
    if (!view.held()) {
      clear_error();
      return raise(PyExc_TypeError, "float() argument must be a string or a real number, not '{}'",
                   clip(type_name(o), 200));
    }
    good = parse_whole_float(view.text(), &value);
  }
  if (!good) return raise(PyExc_ValueError, "could not convert string to float: {}", as_repr(o));
  return new_float(value);
}

}  // namespace taipan
