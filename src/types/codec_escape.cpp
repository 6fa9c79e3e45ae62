// unicode-escape, raw-unicode-escape, and the escapes of bytes literals.
#include "base/unicode.h"
#include "object/bytes.h"
#include "object/error.h"
#include "types/codec_errors.h"
#include "types/codecs.h"

namespace taipan {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  char l = static_cast<char>(c | 0x20);
  return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}
bool is_octal(char c) { return c >= '0' && c <= '7'; }

/// What a single letter behind a backslash stands for; -1: it is no simple escape.
int simple_escape(char c) {
  switch (c) {
    case '\\':
    case '\'':
    case '"':
      return c;
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 't':
      return '\t';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 'v':
      return '\v';
    case 'a':
      return '\a';
    default:
      return -1;
  }
}

Status warn_invalid(std::string_view data, Py_ssize_t at) {
  TextBuffer text;
  std::string_view rest = data.substr(static_cast<size_t>(at));
  char c = rest[0];
  if (c >= '4' && c <= '7')
    format(text, "invalid octal escape sequence '\\{}'", rest.substr(0, 3));
  else
    format(text, "invalid escape sequence '\\{}'", c);
  return warn(PyExc_DeprecationWarning, 1, text.c_str());
}

class EscapeDecoder {
 public:
  EscapeDecoder(std::string_view data, const char* errors, bool raw, bool final)
      : faults_(raw ? "rawunicodeescape" : "unicodeescape", errors, data),
        raw_(raw),
        final_(final) {}

  Ref<> run(Py_ssize_t* consumed, Py_ssize_t* first_invalid) {
    if (!out_.reserve(static_cast<Py_ssize_t>(text().size()), 0xFF)) return {};
    while (at_ < text().size() && !stopped_) {
      char c = text()[at_];
      if (c != '\\' || (raw_ && final_ && at_ + 1 == text().size())) {
        TRY(put(static_cast<unsigned char>(c)));
        at_++;
        continue;
      }
      start_ = at_++;
      TRY(escape());
    }
    if (consumed) *consumed = static_cast<Py_ssize_t>(stopped_ ? start_ : at_);
    *first_invalid = first_invalid_;
    return out_.finish();
  }
  std::string_view text() const { return faults_.data(); }

 private:
  Status put(Py_UCS4 c) {
    if (!out_.add(c)) return Raised{};
    return {};
  }
  Status fail(const char* reason) { return faults_.handle(out_, start_, at_, reason, &at_); }
  /// The text ends inside an escape: an error, or the rest is still to come.
  Status end_inside(const char* reason) {
    if (final_) return fail(reason);
    stopped_ = true;
    return {};
  }

  Status escape() {
    if (at_ >= text().size()) return end_inside("\\ at end of string");
    char c = text()[at_++];
    if (c == 'u') return digits(4, "truncated \\uXXXX escape");
    if (c == 'U') return digits(8, "truncated \\UXXXXXXXX escape");
    if (raw_) {
      TRY(put('\\'));
      return put(static_cast<unsigned char>(c));
    }
    if (c == '\n') return {};
    if (int simple = simple_escape(c); simple >= 0) return put(static_cast<Py_UCS4>(simple));
    if (is_octal(c)) return octal(c);
    if (c == 'x') return digits(2, "truncated \\xXX escape");
    if (c == 'N') return name();
    if (first_invalid_ < 0) first_invalid_ = static_cast<Py_ssize_t>(at_) - 1;
    TRY(put('\\'));
    return put(static_cast<unsigned char>(c));
  }
  Status octal(char first) {
    Py_UCS4 c = static_cast<Py_UCS4>(first - '0');
    size_t from = at_ - 1;
    for (int i = 0; i < 2 && at_ < text().size() && is_octal(text()[at_]); i++)
      c = c * 8 + static_cast<Py_UCS4>(text()[at_++] - '0');
    if (c > 0377 && first_invalid_ < 0) first_invalid_ = static_cast<Py_ssize_t>(from);
    return put(c);
  }
  Status digits(int count, const char* reason) {
    uint64_t c = 0;
    for (; count; count--, at_++) {
      if (at_ >= text().size()) return end_inside(reason);
      int value = hex_value(text()[at_]);
      if (value < 0) return fail(reason);
      c = c << 4 | static_cast<unsigned>(value);
    }
    if (c > 0x10FFFF) return fail(raw_ ? "\\Uxxxxxxxx out of range" : "illegal Unicode character");
    return put(static_cast<Py_UCS4>(c));
  }
  Status name() {
    constexpr const char* kMalformed = "malformed \\N character escape";
    if (at_ >= text().size()) return end_inside(kMalformed);
    if (text()[at_] != '{') return fail(kMalformed);
    size_t from = ++at_;
    while (at_ < text().size() && text()[at_] != '}') at_++;
    if (at_ >= text().size()) return end_inside(kMalformed);
    if (at_ == from) return fail(kMalformed);
    unicode::Named found =
        unicode::lookup_name(text().substr(from, at_++ - from), unicode::NamedSequences::no);
    return found.count ? put(found.single) : fail("unknown Unicode character name");
  }

  DecodeErrors faults_;
  StrBuilder out_;
  bool raw_, final_, stopped_ = false;
  size_t at_ = 0, start_ = 0;
  Py_ssize_t first_invalid_ = -1;
};

bool add_hex(BytesBuilder& out, char letter, Py_UCS4 c, int digits) {
  char text[10] = {'\\', letter};
  for (int i = 0; i < digits; i++) text[2 + i] = "0123456789abcdef"[c >> 4 * (digits - 1 - i) & 15];
  return out.add({text, static_cast<size_t>(digits) + 2});
}

}  // namespace

Ref<> decode_unicode_escape(std::string_view data, const char* errors, Py_ssize_t* consumed,
                            Py_ssize_t* first_invalid) {
  EscapeDecoder decoder(data, errors, false, !consumed);
  Py_ssize_t invalid = -1;
  Ref<> text = TRY(decoder.run(consumed, &invalid));
  if (first_invalid)
    *first_invalid = invalid;
  else if (invalid >= 0)
    TRY(warn_invalid(decoder.text(), invalid));
  return text;
}

Ref<> decode_raw_unicode_escape(std::string_view data, const char* errors, Py_ssize_t* consumed) {
  Py_ssize_t ignored = -1;
  return EscapeDecoder(data, errors, true, !consumed).run(consumed, &ignored);
}

Ref<> encode_unicode_escape(PyObject* str) {
  BytesBuilder out;
  if (!out.reserve(str_length(str))) return {};
  for (Py_ssize_t i = 0; i < str_length(str); i++) {
    Py_UCS4 c = char_at(str, i);
    bool ok;
    if (c >= 0x10000)
      ok = add_hex(out, 'U', c, 8);
    else if (c >= 0x100)
      ok = add_hex(out, 'u', c, 4);
    else if (c == '\\')
      ok = out.add("\\\\");
    else if (c == '\t')
      ok = out.add("\\t");
    else if (c == '\n')
      ok = out.add("\\n");
    else if (c == '\r')
      ok = out.add("\\r");
    else if (c < ' ' || c >= 0x7F)
      ok = add_hex(out, 'x', c, 2);
    else
      ok = out.add(static_cast<char>(c));
    if (!ok) return {};
  }
  return out.finish();
}

Ref<> encode_raw_unicode_escape(PyObject* str) {
  if (str_kind(str) == 1) return new_bytes(narrow_text(str));
  BytesBuilder out;
  for (Py_ssize_t i = 0; i < str_length(str); i++) {
    Py_UCS4 c = char_at(str, i);
    bool ok = c >= 0x10000 ? add_hex(out, 'U', c, 8)
              : c >= 0x100 ? add_hex(out, 'u', c, 4)
                           : out.add(static_cast<char>(c));
    if (!ok) return {};
  }
  return out.finish();
}

Ref<> decode_bytes_escape(std::string_view data, const char* errors, Py_ssize_t* first_invalid) {
  BytesBuilder out;
  Py_ssize_t invalid = -1;
  std::string_view mode = errors ? errors : "strict";
  for (size_t i = 0; i < data.size();) {
    char c = data[i++];
    if (c != '\\') {
      if (!out.add(c)) return {};
      continue;
    }
    if (i == data.size()) return raise(PyExc_ValueError, "Trailing \\ in string");
    c = data[i++];
    if (c == '\n') continue;
    bool ok = true;
    if (int simple = simple_escape(c); simple >= 0) {
      ok = out.add(static_cast<char>(simple));
    } else if (is_octal(c)) {
      size_t from = i - 1;
      int value = c - '0';
      for (int k = 0; k < 2 && i < data.size() && is_octal(data[i]); k++)
        value = value * 8 + (data[i++] - '0');
      if (value > 0377 && invalid < 0) invalid = static_cast<Py_ssize_t>(from);
      ok = out.add(static_cast<char>(value));
    } else if (c == 'x') {
      int high = i < data.size() ? hex_value(data[i]) : -1,
          low = i + 1 < data.size() ? hex_value(data[i + 1]) : -1;
      if (high >= 0 && low >= 0) {
        i += 2;
        ok = out.add(static_cast<char>(high << 4 | low));
      } else {
        if (mode == "strict")
          return raise(PyExc_ValueError, "invalid \\x escape at position {}", i - 2);
        if (mode == "replace")
          ok = out.add('?');
        else if (mode != "ignore")
          return raise(PyExc_ValueError, "decoding error; unknown error handling code: {}",
                       clip(mode, 400));
        if (high >= 0) i++;
      }
    } else {
      if (invalid < 0) invalid = static_cast<Py_ssize_t>(i) - 1;
      ok = out.add('\\') && out.add(c);
    }
    if (!ok) return {};
  }
  if (first_invalid)
    *first_invalid = invalid;
  else if (invalid >= 0)
    TRY(warn_invalid(data, invalid));
  return out.finish();
}

Ref<> encode_bytes_escape(std::string_view data) {
  BytesBuilder out;
  for (char ch : data) {
    auto c = static_cast<unsigned char>(ch);
    bool ok;
    if (c == '\'' || c == '\\')
      ok = out.add('\\') && out.add(ch);
    else if (c == '\t')
      ok = out.add("\\t");
    else if (c == '\n')
      ok = out.add("\\n");
    else if (c == '\r')
      ok = out.add("\\r");
    else if (c < ' ' || c >= 0x7F)
      ok = add_hex(out, 'x', c, 2);
    else
      ok = out.add(ch);
    if (!ok) return {};
  }
  return out.finish();
}

}  // namespace taipan
