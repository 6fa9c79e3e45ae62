// str % arguments.
#include <climits>

#include "base/float_text.h"
#include "object/error.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/tuple.h"
#include "types/percent.h"
#include "types/str_methods.h"

namespace taipan {

// -- what bytes % shares (percent.h) --

Result<PyObject*> PercentArguments::next() {
  if (at_ >= count_) return raise(PyExc_TypeError, "not enough arguments for format string");
  if (!is_tuple_) return at_++, values_;
  return item(values_, at_++);
}

Status PercentArguments::finish() {
  if (at_ < count_ && !mapping_)
    return raise(PyExc_TypeError, "not all arguments converted during {} formatting", kind_);
  return {};
}

PercentArguments::PercentArguments(PyObject* values, bool is_mapping, const char* kind)
    : values_(values), mapping_(is_mapping ? values : nullptr), kind_(kind) {
  is_tuple_ = PyTuple_Check(values);
  count_ = is_tuple_ ? tuple_size(values) : 1;
}

Status PercentArguments::use_key(PyObject* key) {
  if (!mapping_) return raise(PyExc_TypeError, "format requires a mapping");
  keyed_ = TRY(get_item(mapping_, key));
  values_ = keyed_.get();
  is_tuple_ = false;
  at_ = 0;
  count_ = 1;
  return {};
}

namespace {

/// The int that an integer code converts; other numbers count only for d, i and u.
Ref<> integer_argument(PyObject* value, char code) {
  bool exact = code == 'o' || code == 'x' || code == 'X';
  PyNumberMethods* number = Py_TYPE(value)->tp_as_number;
  if (number &&
      (number->nb_index || number->nb_int || number->nb_float || PyComplex_Check(value))) {
    if (PyLong_Check(value)) return share(value);
    Ref<> i = exact ? index(value) : to_int(value);
    if (i || !clear_error_if(PyExc_TypeError)) return i;
  }
  return raise(PyExc_TypeError, "%{} format: {} is required, not {}", code,
               exact ? "an integer" : "a real number", clip(type_name(value), 200));
}

}  // namespace

Status percent_integer(PyObject* value, const PercentSpec& spec, TextBuffer& out) {
  Ref<> number = TRY(integer_argument(value, spec.code));
  char code = spec.code == 'i' || spec.code == 'u' ? 'd' : spec.code;
  Ref<> text = TRY(int_to_text(number.get(), code == 'd' ? 10 : code == 'o' ? 8 : 16));
  if (spec.precision > INT_MAX - 3) return raise(PyExc_OverflowError, "precision too large");
  std::string_view digits = narrow_text(text.get());
  bool ok = true;
  if (digits.starts_with('-')) {
    ok = out.append('-');
    digits.remove_prefix(1);
  }
  if (spec.alternate && code != 'd') ok = ok && out.append('0') && out.append(code);
  for (auto n = static_cast<Py_ssize_t>(digits.size()); ok && n < spec.precision; n++)
    ok = out.append('0');
  for (char c : digits)
    ok = ok && out.append(code == 'X' && c >= 'a' ? static_cast<char>(c - 32) : c);
  if (!ok) return raise_no_memory();
  return {};
}

Status percent_float(PyObject* value, const PercentSpec& spec, TextBuffer& out) {
  double v = TRY(to_double(value));
  int precision = spec.precision < 0 ? 6 : static_cast<int>(spec.precision);
  if (!append_float(out, v, spec.code, precision,
                    spec.alternate ? FloatStyle::alternate : FloatStyle::none))
    return raise_no_memory();
  return {};
}

Result<Py_ssize_t> percent_star(PyObject* value, bool precision) {
  if (!PyLong_Check(value)) return raise(PyExc_TypeError, "* wants int");
  int64_t n = 0;
  int fit = int_to_int64(value, &n);
  if (fit != 0 || (precision && (n > INT_MAX || n < INT_MIN)))
    return raise(PyExc_OverflowError, "Python int too large to convert to C {}",
                 precision ? "int" : "ssize_t");
  return static_cast<Py_ssize_t>(n);
}

NumberLayout lay_out_number(std::string_view text, const PercentSpec& spec) {
  NumberLayout n;
  if (text.starts_with('-')) {
    n.sign = '-';
    text.remove_prefix(1);
  } else if (spec.plus) {
    n.sign = '+';
  } else if (spec.blank) {
    n.sign = ' ';
  }
  if (spec.alternate && (spec.code == 'x' || spec.code == 'X' || spec.code == 'o')) {
    n.prefix = text.substr(0, 2);
    text.remove_prefix(2);
  }
  n.digits = text;
  Py_ssize_t size = (n.sign != 0) + static_cast<Py_ssize_t>(n.prefix.size() + n.digits.size());
  Py_ssize_t spare = spec.width > size ? spec.width - size : 0;
  if (spec.left)
    n.right = spare;
  else if (spec.zero)
    n.zeros = spare;
  else
    n.left = spare;
  return n;
}

// -- str's own --

namespace {

class StrPercent {
 public:
  StrPercent(PyObject* text, PyObject* values)
      : text_(text),
        end_(str_length(text)),
        arguments_(values, is_mapping(values) && !PyTuple_Check(values) && !PyUnicode_Check(values),
                   "string") {}

  Ref<> run() {
    if (!out_.reserve(end_ + 16, max_char_bound(text_))) return {};
    while (at_ < end_) {
      Py_ssize_t percent = TRY(str_find_char(text_, '%', at_, end_, Direction::forward));
      if (percent < 0 && !at_) whole_ = share(text_);
      if (!whole_ && !out_.add(text_, at_, percent < 0 ? end_ : percent)) return {};
      if (percent < 0) break;
      at_ = percent + 1;
      TRY(conversion());
    }
    TRY(arguments_.finish());
    return whole_ ? std::move(whole_) : out_.finish();
  }

 private:
  Py_UCS4 peek() const { return at_ < end_ ? char_at(text_, at_) : 0; }
  Result<Py_UCS4> take() {
    if (at_ >= end_) return raise(PyExc_ValueError, "incomplete format");
    return char_at(text_, at_++);
  }

  Status key() {
    Py_ssize_t start = ++at_;
    if (!arguments_.has_mapping()) return raise(PyExc_TypeError, "format requires a mapping");
    for (int depth = 1; depth > 0; at_++) {
      if (at_ >= end_) return raise(PyExc_ValueError, "incomplete format key");
      if (char_at(text_, at_) == ')')
        depth--;
      else if (char_at(text_, at_) == '(')
        depth++;
    }
    Ref<> name = TRY(str_slice(text_, start, at_ - 1));
    return arguments_.use_key(name.get());
  }

  Result<Py_ssize_t> number(Py_ssize_t most, const char* what) {
    Py_ssize_t value = 0;
    for (; peek() >= '0' && peek() <= '9'; at_++) {
      auto digit = static_cast<Py_ssize_t>(peek() - '0');
      if (value > (most - digit) / 10) return raise(PyExc_ValueError, "{} too big", what);
      value = value * 10 + digit;
    }
    return value;
  }

  Status parse(PercentSpec& spec) {
    if (peek() == '(') TRY(key());
    while (spec.take_flag(peek())) at_++;
    if (peek() == '*') {
      at_++;
      spec.width = TRY(percent_star(TRY(arguments_.next()), false));
      if (spec.width < 0) {
        spec.left = true;
        spec.width = -spec.width;
        if (spec.width < 0) spec.width = PY_SSIZE_T_MAX;
      }
    } else if (peek() >= '0' && peek() <= '9') {
      spec.width = TRY(number(PY_SSIZE_T_MAX, "width"));
    }
    if (peek() == '.' && at_ < end_) {
      at_++;
      if (peek() == '*') {
        at_++;
        spec.precision = TRY(percent_star(TRY(arguments_.next()), true));
        if (spec.precision < 0) spec.precision = 0;
      } else {
        spec.precision = TRY(number(INT_MAX, "precision"));
      }
    }
    if (peek() == 'h' || peek() == 'l' || peek() == 'L') at_++;
    return {};
  }

  Status conversion() {
    if (at_ >= end_) return raise(PyExc_ValueError, "incomplete format");
    PercentSpec spec;
    if (peek() == '%') {
      at_++;
      return added(out_.add('%'));
    }
    TRY(parse(spec));
    Py_UCS4 code = TRY(take());
    PyObject* value = TRY(arguments_.next());
    spec.code = code < 128 ? static_cast<char>(code) : '\0';
    switch (spec.code) {
      case 's':
      case 'r':
      case 'a':
        return put_text(value, spec);
      case 'd':
      case 'i':
      case 'u':
      case 'o':
      case 'x':
      case 'X':
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G':
        return put_number(value, spec);
      case 'c':
        return put_character(value, spec);
      default:
        break;
    }
    bool shown = code >= 31 && code <= 126;
    return raise(PyExc_ValueError, "unsupported format character '{}' (0x{}) at index {}",
                 shown ? static_cast<char>(code) : '?', Hex{code}, at_ - 1);
  }

  Status put_text(PyObject* value, const PercentSpec& spec) {
    Ref<> text = spec.code == 's'   ? to_str(value)
                 : spec.code == 'r' ? repr(value)
                                    : to_ascii(value);
    if (!text) return Raised{};
    Py_ssize_t n = str_length(text.get());
    if (at_ == end_ && !out_.size() && n >= spec.width && (spec.precision < 0 || spec.precision >= n)) {
      whole_ = std::move(text);
      return {};
    }
    return put_padded(text.get(), spec.precision >= 0 && spec.precision < n ? spec.precision : n,
                      spec);
  }

  Status put_padded(PyObject* text, Py_ssize_t n, const PercentSpec& spec) {
    Py_ssize_t spare = spec.width > n ? spec.width - n : 0;
    return added(out_.fill(' ', spec.left ? 0 : spare) && out_.add(text, 0, n) &&
                 out_.fill(' ', spec.left ? spare : 0));
  }

  Status put_number(PyObject* value, const PercentSpec& spec) {
    if ((spec.code == 'd' || spec.code == 'i') && spec.is_plain() && PyLong_CheckExact(value)) {
      Ref<> digits = TRY(int_to_text(value, 10));
      return added(out_.add(digits.get()));
    }
    TextBuffer text;
    bool integer = spec.code == 'd' || spec.code == 'i' || spec.code == 'u' || spec.code == 'o' ||
                   spec.code == 'x' || spec.code == 'X';
    TRY(integer ? percent_integer(value, spec, text) : percent_float(value, spec, text));
    NumberLayout n = lay_out_number(text.view(), spec);
    return added(out_.fill(' ', n.left) && (!n.sign || out_.add(static_cast<Py_UCS4>(n.sign))) &&
                 out_.add(n.prefix) && out_.fill('0', n.zeros) && out_.add(n.digits) &&
                 out_.fill(' ', n.right));
  }

  Status put_character(PyObject* value, const PercentSpec& spec) {
    if (PyUnicode_Check(value)) {
      if (str_length(value) != 1) return raise(PyExc_TypeError, "%c requires int or char");
      return put_padded(value, 1, spec);
    }
    if (!is_index(value)) return raise(PyExc_TypeError, "%c requires int or char");
    Ref<> number = index(value);
    if (!number) {
      if (clear_error_if(PyExc_TypeError)) return raise(PyExc_TypeError, "%c requires int or char");
      return Raised{};
    }
    int64_t code = -1;
    if (int_to_int64(number.get(), &code) != 0 || code < 0 || code > 0x10FFFF)
      return raise(PyExc_OverflowError, "%c arg not in range(0x110000)");
    Ref<> text = TRY(char_str(static_cast<Py_UCS4>(code)));
    return put_padded(text.get(), 1, spec);
  }

  static Status added(bool ok) {
    if (!ok) return Raised{};
    return {};
  }

  PyObject* text_;
  Py_ssize_t at_ = 0, end_;
  PercentArguments arguments_;
  StrBuilder out_;
  Ref<> whole_;   ///< the result, when one piece of text is all of it: not copied
};

}  // namespace

Ref<> str_percent(PyObject* text, PyObject* arguments) { return StrPercent(text, arguments).run(); }

}  // namespace taipan
