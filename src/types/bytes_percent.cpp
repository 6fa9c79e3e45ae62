// bytes % arguments.
#include <climits>

#include "object/bytes.h"
#include "object/call.h"
#include "object/error.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/str.h"
#include "types/buffer.h"
#include "types/bytes_methods.h"
#include "types/percent.h"

namespace taipan {
namespace {

bool takes_keys(PyObject* values) {
  return is_mapping(values) && !PyTuple_Check(values) && !PyBytes_Check(values) &&
         !PyUnicode_Check(values) && !PyByteArray_Check(values);
}

class BytesPercent {
 public:
  BytesPercent(BytesIn text, PyObject* values)
      : text_(text), arguments_(values, takes_keys(values), "bytes") {}

  Status run() {
    while (at_ < text_.size()) {
      size_t percent = text_.find('%', at_);
      if (!out_.add(text_.substr(at_, percent == text_.npos ? text_.npos : percent - at_)))
        return Raised{};
      if (percent == text_.npos) break;
      at_ = percent + 1;
      TRY(conversion());
    }
    return arguments_.finish();
  }
  BytesIn result() const { return out_.view(); }

 private:
  unsigned char peek() const {
    return at_ < text_.size() ? static_cast<unsigned char>(text_[at_]) : 0;
  }

  Status key() {
    size_t start = ++at_;
    if (!arguments_.has_mapping()) return raise(PyExc_TypeError, "format requires a mapping");
    for (int depth = 1; depth > 0; at_++) {
      if (at_ >= text_.size()) return raise(PyExc_ValueError, "incomplete format key");
      if (text_[at_] == ')')
        depth--;
      else if (text_[at_] == '(')
        depth++;
    }
    Ref<> name = TRY(new_bytes(text_.substr(start, at_ - 1 - start)));
    return arguments_.use_key(name.get());
  }

  Result<Py_ssize_t> number(Py_ssize_t most, const char* what) {
    Py_ssize_t value = 0;
    for (; peek() >= '0' && peek() <= '9'; at_++) {
      Py_ssize_t digit = peek() - '0';
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
        spec.width = spec.width == PY_SSIZE_T_MIN ? PY_SSIZE_T_MAX : -spec.width;
      }
    } else if (peek() >= '0' && peek() <= '9') {
      spec.width = TRY(number(PY_SSIZE_T_MAX, "width"));
    }
    if (peek() == '.') {
      at_++;
      if (peek() == '*') {
        at_++;
        spec.precision = TRY(percent_star(TRY(arguments_.next()), true));
        if (spec.precision < 0) spec.precision = 0;
      } else {
        spec.precision = TRY(number(INT_MAX, "prec"));
      }
    }
    if (peek() == 'h' || peek() == 'l' || peek() == 'L') at_++;
    return {};
  }

  Status conversion() {
    if (peek() == '%') {
      at_++;
      return added(out_.add('%'));
    }
    PercentSpec spec;
    TRY(parse(spec));
    if (at_ >= text_.size()) return raise(PyExc_ValueError, "incomplete format");
    unsigned char code = static_cast<unsigned char>(text_[at_++]);
    PyObject* value = TRY(arguments_.next());
    spec.code = code == 'i' ? 'd' : static_cast<char>(code);
    switch (spec.code) {
      case 'r':
      case 'a': {
        Ref<> text = TRY(to_ascii(value));
        return put_padded(narrow_text(text.get()), spec);
      }
      case 's':
      case 'b':
        return put_bytes(value, spec);
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
        return put_byte(value, spec);
      default:
        break;
    }
    bool shown = code >= 31 && code <= 126;
    return raise(PyExc_ValueError, "unsupported format character '{}' (0x{}) at index {}",
                 shown ? static_cast<char>(code) : '?', Hex{code}, at_ - 1);
  }

  Status put_padded(BytesIn text, const PercentSpec& spec) {
    if (spec.precision >= 0 && spec.code != 'c')
      text = text.substr(0, static_cast<size_t>(spec.precision));
    auto n = static_cast<Py_ssize_t>(text.size());
    Py_ssize_t spare = spec.width > n ? spec.width - n : 0;
    return added(out_.fill(' ', spec.left ? 0 : spare) && out_.add(text) &&
                 out_.fill(' ', spec.left ? spare : 0));
  }

  Status put_bytes(PyObject* value, const PercentSpec& spec) {
    if (PyBytes_Check(value)) return put_padded(bytes_view(value), spec);
    Ref<> method = TRY(lookup_special(value, "__bytes__"_name));
    if (method) {
      Ref<> made = TRY(call(method.get()));
      if (!PyBytes_Check(made.get()))
        return raise(PyExc_TypeError, "__bytes__ returned non-bytes (type {})",
                     clip(type_name(made.get()), 200));
      return put_padded(bytes_view(made.get()), spec);
    }
    if (!has_buffer(value))
      return raise(
          PyExc_TypeError,
          "%b requires a bytes-like object, or an object that implements __bytes__, not '{}'",
          clip(type_name(value), 100));
    BufferView view;
    TRY(view.acquire(value, PyBUF_FULL_RO));
    return put_padded(view.bytes(), spec);
  }

  Status put_number(PyObject* value, const PercentSpec& spec) {
    TextBuffer text;
    bool integer = strchr("diuoxX", spec.code) != nullptr;
    if (integer) {
      TRY(percent_integer(value, spec, text));
    } else if (!percent_float(value, spec, text)) {
      if (clear_error_if(PyExc_TypeError))
        return raise(PyExc_TypeError, "float argument required, not {}",
                     clip(type_name(value), 200));
      return Raised{};
    }
    NumberLayout n = lay_out_number(text.view(), spec);
    return added(out_.fill(' ', n.left) && (!n.sign || out_.add(n.sign)) && out_.add(n.prefix) &&
                 out_.fill('0', n.zeros) && out_.add(n.digits) && out_.fill(' ', n.right));
  }

  Status put_byte(PyObject* value, const PercentSpec& spec) {
    char byte = 0;
    if (PyBytes_Check(value) && Py_SIZE(value) == 1) {
      byte = bytes_data(value)[0];
    } else if (PyByteArray_Check(value) && Py_SIZE(value) == 1) {
      byte = reinterpret_cast<ByteArray*>(value)->ob_start[0];
    } else {
      Ref<> number;
      if (is_index(value)) {
        number = index(value);
        if (!number && !clear_error_if(PyExc_TypeError)) return Raised{};
      }
      if (!number)
        return raise(PyExc_TypeError, "%c requires an integer in range(256) or a single byte");
      int64_t code = -1;
      if (int_to_int64(number.get(), &code) != 0 || code < 0 || code > 255)
        return raise(PyExc_OverflowError, "%c arg not in range(256)");
      byte = static_cast<char>(code);
    }
    return put_padded({&byte, 1}, spec);
  }

  static Status added(bool ok) {
    if (!ok) return Raised{};
    return {};
  }

  BytesIn text_;
  size_t at_ = 0;
  PercentArguments arguments_;
  BytesBuilder out_;
};

}  // namespace

Ref<> bytes_percent(BytesIn text, PyObject* arguments, Make make) {
  BytesPercent run(text, arguments);
  TRY(run.run());
  return make(run.result());
}

}  // namespace taipan
