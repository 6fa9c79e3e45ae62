// UTF-7: ASCII, and between '+' and '-' UTF-16 in base 64.
#include "object/bytes.h"
#include "object/error.h"
#include "types/codec_errors.h"
#include "types/codecs.h"

namespace taipan {
namespace {

int from_base64(unsigned char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}
char to_base64(uint32_t bits) {
  return "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"[bits & 63];
}
/// Characters that stand for themselves when encoding.
bool is_direct(Py_UCS4 c) {
  if (c == '\t' || c == '\n' || c == '\r') return true;
  return c >= ' ' && c < 0x7F && c != '+' && c != '\\' && c != '~';
}

class Utf7Decoder {
 public:
  Utf7Decoder(std::string_view data, const char* errors) : faults_("utf7", errors, data) {}

  Ref<> run(Py_ssize_t* consumed) {
    do {
      while (at_ < text().size())
        if (!(shifted_ ? in_base64() : outside())) return {};
      if (!shifted_ || consumed) break;
      shifted_ = false;
      if (surrogate_ || bits_ >= 6 || (bits_ > 0 && buffer_ != 0))
        TRY(faults_.handle(out_, start_, text().size(), "unterminated shift sequence", &at_));
    } while (at_ < text().size());
    if (consumed) *consumed = static_cast<Py_ssize_t>(shifted_ ? start_ : at_);
    Ref<> all = TRY(out_.finish());
    // What an open shift sequence gave is decoded again when the rest comes.
    return shifted_ && consumed ? str_slice(all.get(), 0, shift_out_) : std::move(all);
  }

 private:
  std::string_view text() const { return faults_.data(); }
  unsigned char here() const { return static_cast<unsigned char>(text()[at_]); }
  Status put(Py_UCS4 c) {
    if (!out_.add(c)) return Raised{};
    return {};
  }
  Status fail(const char* reason) { return faults_.handle(out_, start_, at_, reason, &at_); }

  Status in_base64() {
    unsigned char c = here();
    int value = from_base64(c);
    if (value >= 0) {
      buffer_ = buffer_ << 6 | static_cast<uint32_t>(value);
      bits_ += 6;
      at_++;
      if (bits_ < 16) return {};
      Py_UCS4 unit = buffer_ >> (bits_ - 16);
      bits_ -= 16;
      buffer_ &= (1u << bits_) - 1;
      return put_unit(unit);
    }
    shifted_ = false;
    if (bits_ >= 6) return at_++, fail("partial character in shift sequence");
    if (bits_ > 0 && buffer_ != 0) return at_++, fail("non-zero padding bits in shift sequence");
    if (surrogate_ && c < 0x80 && c != '+') TRY(put(surrogate_));
    surrogate_ = 0;
    if (c == '-') at_++;
    return {};
  }
  Status put_unit(Py_UCS4 unit) {
    if (surrogate_) {
      Py_UCS4 high = surrogate_;
      surrogate_ = 0;
      if ((unit & 0xFC00) == 0xDC00) return put(0x10000 + ((high & 0x3FF) << 10 | (unit & 0x3FF)));
      TRY(put(high));
    }
    if ((unit & 0xFC00) == 0xD800) {
      surrogate_ = unit;
      return {};
    }
    return put(unit);
  }
  Status outside() {
    unsigned char c = here();
    if (c == '+') {
      start_ = at_++;
      if (at_ < text().size() && here() == '-') return at_++, put('+');
      if (at_ < text().size() && from_base64(here()) < 0) return at_++, fail("ill-formed sequence");
      shifted_ = true;
      surrogate_ = 0;
      bits_ = 0;
      buffer_ = 0;
      shift_out_ = out_.size();
      return {};
    }
    if (c < 0x80) return at_++, put(c);
    start_ = at_++;
    return fail("unexpected special character");
  }

  DecodeErrors faults_;
  StrBuilder out_;
  size_t at_ = 0, start_ = 0;
  Py_ssize_t shift_out_ = 0;
  bool shifted_ = false;
  uint32_t buffer_ = 0;
  int bits_ = 0;
  Py_UCS4 surrogate_ = 0;
};

}  // namespace

Ref<> decode_utf7(std::string_view data, const char* errors, Py_ssize_t* consumed) {
  if (data.empty()) {
    if (consumed) *consumed = 0;
    return share(empty_str());
  }
  return Utf7Decoder(data, errors).run(consumed);
}

Ref<> encode_utf7(PyObject* str, const char*) {
  BytesBuilder out;
  uint32_t buffer = 0;
  int bits = 0;
  bool shifted = false, ok = true;
  auto put_unit = [&](uint32_t unit) {
    buffer = buffer << 16 | unit;
    for (bits += 16; bits >= 6; bits -= 6) ok = ok && out.add(to_base64(buffer >> (bits - 6)));
    buffer &= (1u << bits) - 1;
  };
  auto flush = [&] {
    if (bits) ok = ok && out.add(to_base64(buffer << (6 - bits)));
    buffer = 0;
    bits = 0;
  };
  for (Py_ssize_t i = 0; ok && i < str_length(str); i++) {
    Py_UCS4 c = char_at(str, i);
    if (is_direct(c)) {
      if (shifted) {
        flush();
        shifted = false;
        // A character of base 64 or '-' would seem to belong to the sequence.
        if (from_base64(static_cast<unsigned char>(c)) >= 0 || c == '-') ok = ok && out.add('-');
      }
      ok = ok && out.add(static_cast<char>(c));
      continue;
    }
    if (!shifted && c == '+') {
      ok = ok && out.add("+-");
      continue;
    }
    if (!shifted) ok = ok && out.add('+');
    shifted = true;
    if (c >= 0x10000) {
      put_unit(0xD800 | (c - 0x10000) >> 10);
      put_unit(0xDC00 | (c & 0x3FF));
    } else {
      put_unit(c);
    }
  }
  flush();
  if (shifted) ok = ok && out.add('-');
  if (!ok) return {};
  return out.finish();
}

}  // namespace taipan
