// Base64 and uuencoding: six bits in a character.
#include "modules/binascii/binascii.h"
#include "object/bytes.h"

namespace taipan::binascii {
namespace {

constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr uint8_t kNoDigit = 255;
constexpr std::array<uint8_t, 256> kDigits = [] {
  std::array<uint8_t, 256> t;
  t.fill(kNoDigit);
  for (uint8_t i = 0; i < 64; i++) t[static_cast<uint8_t>(kAlphabet[i])] = i;
  return t;
}();

/// Collects six bits at a time and gives out whole bytes.
class SixBits {
 public:
  bool add(BytesBuilder& out, unsigned six) {
    bits_ = bits_ << 6 | six;
    have_ += 6;
    if (have_ < 8) return true;
    have_ -= 8;
    return out.add(static_cast<char>(bits_ >> have_ & 0xFF));
  }

 private:
  unsigned bits_ = 0, have_ = 0;
};

constexpr char a2b_base64_doc[] =
    "a2b_base64($module, data, /, *, strict_mode=False)\n--\n\n"
    "Decode a line of base64 data.\n\n"
    "  strict_mode\n    Characters that are no base64, and padding in the wrong place, are errors; else they are skipped.";
Ref<> a2b_base64(PyObject*, PyObject* data, bool strict) {
  AsciiInput input;
  TRY(input.acquire(data));
  std::string_view text = input.bytes();
  if (strict && !text.empty() && text[0] == '=') return raise(error, "Leading padding not allowed");
  BytesBuilder out;
  SixBits bits;
  int quad = 0, pads = 0;
  size_t count = 0;
  bool padding = false;
  for (size_t i = 0; i < text.size(); i++) {
    if (text[i] == '=') {
      padding = true;
      if (quad >= 2 && quad + ++pads >= 4) {  // the end, whatever follows
        if (strict && i + 1 < text.size()) return raise(error, "Excess data after padding");
        return out.finish();
      }
      continue;
    }
    uint8_t six = kDigits[static_cast<uint8_t>(text[i])];
    if (six == kNoDigit) {
      if (strict) return raise(error, "Only base64 data is allowed");
      continue;
    }
    if (strict && padding) return raise(error, "Discontinuous padding not allowed");
    pads = 0;
    quad = (quad + 1) % 4;
    count++;
    if (quad == 1 ? !(bits = SixBits(), bits.add(out, six)) : !bits.add(out, six)) return Raised{};
  }
  if (quad == 1)
    return raise(error, "Invalid base64-encoded string: number of data characters ({}) cannot be 1 more than a multiple of 4", count);
  if (quad) return raise(error, "Incorrect padding");
  return out.finish();
}

constexpr char b2a_base64_doc[] = "b2a_base64($module, data, /, *, newline=True)\n--\n\nBase64-code line of data.";
Ref<> b2a_base64(PyObject*, PyObject* data, bool newline) {
  BufferView view;
  TRY(view.acquire(data));
  std::string_view in = view.bytes();
  if (in.size() > static_cast<size_t>(PY_SSIZE_T_MAX / 2)) return raise(error, "Too much data for base64 line");
  size_t size = (in.size() + 2) / 3 * 4 + newline;
  Ref<> bytes = TRY(allocate_bytes(static_cast<Py_ssize_t>(size)));
  char* to = bytes_data(bytes.get());
  auto byte = [&](size_t i) { return i < in.size() ? static_cast<uint8_t>(in[i]) : 0u; };
  for (size_t i = 0; i < in.size(); i += 3) {
    unsigned bits = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
    *to++ = kAlphabet[bits >> 18];
    *to++ = kAlphabet[bits >> 12 & 63];
    *to++ = i + 1 < in.size() ? kAlphabet[bits >> 6 & 63] : '=';
    *to++ = i + 2 < in.size() ? kAlphabet[bits & 63] : '=';
  }
  if (newline) *to = '\n';
  return bytes;
}

// -- uuencoding: the digits are the characters from the blank on, a length comes first --

constexpr char a2b_uu_doc[] = "a2b_uu($module, data, /)\n--\n\nDecode a line of uuencoded data.";
Ref<> a2b_uu(PyObject*, PyObject* data) {
  AsciiInput input;
  TRY(input.acquire(data));
  std::string_view text = input.bytes();
  auto length = static_cast<Py_ssize_t>(((text.empty() ? 0 : static_cast<uint8_t>(text[0])) - ' ') & 0x3F);
  size_t i = 1;
  BytesBuilder out;
  SixBits bits;
  for (; out.size() < length; i++) {
    unsigned six = 0;  // blanks at the end of a line may have got lost
    if (i < text.size() && text[i] != '\n' && text[i] != '\r') {
      auto c = static_cast<uint8_t>(text[i]);
      if (c < ' ' || c > ' ' + 64) return raise(error, "Illegal char");
      six = (c - ' ') & 0x3F;
    }
    if (!bits.add(out, six)) return Raised{};
  }
  for (; i < text.size(); i++)
    if (text[i] != ' ' && text[i] != ' ' + 64 && text[i] != '\n' && text[i] != '\r') return raise(error, "Trailing garbage");
  return out.finish();
}

constexpr char b2a_uu_doc[] = "b2a_uu($module, data, /, *, backtick=False)\n--\n\nUuencode line of data.";
Ref<> b2a_uu(PyObject*, PyObject* data, bool backtick) {
  BufferView view;
  TRY(view.acquire(data));
  std::string_view in = view.bytes();
  if (in.size() > 45) return raise(error, "At most 45 bytes at once");
  auto digit = [&](unsigned six) { return static_cast<char>(backtick && !six ? '`' : six + ' '); };
  auto byte = [&](size_t i) { return i < in.size() ? static_cast<uint8_t>(in[i]) : 0u; };
  BytesBuilder out;
  if (!out.add(digit(static_cast<unsigned>(in.size())))) return Raised{};
  for (size_t i = 0; i < in.size(); i += 3) {
    unsigned bits = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
    for (int shift = 18; shift >= 0; shift -= 6)
      if (!out.add(digit(bits >> shift & 63))) return Raised{};
  }
  if (!out.add('\n')) return Raised{};
  return out.finish();
}

}  // namespace

constinit PyMethodDef base64_rows[] = {
    method<a2b_uu_doc, a2b_uu>,
    method<b2a_uu_doc, b2a_uu>,
    method<a2b_base64_doc, a2b_base64>,
    method<b2a_base64_doc, b2a_base64>,
    {},
};

}  // namespace taipan::binascii
