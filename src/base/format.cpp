// The non-template half of format.h: one loop over the text, one switch over the argument kinds.
#include "base/format.h"

#include <charconv>
#include <cstdlib>
#include <cstring>

#include "base/float_text.h"

namespace taipan {

TextBuffer::~TextBuffer() {
  if (data_ != inline_) free(data_);
}

char* TextBuffer::reserve(size_t n) {
  // One byte beyond the size is always there, for the terminating zero.
  if (n < capacity_ - size_) return data_ + size_;
  size_t wanted = 0;
  if (__builtin_add_overflow(size_, n, &wanted) || wanted > SIZE_MAX / 2 - 16) {
    ok_ = false;
    return nullptr;
  }
  size_t capacity = wanted + wanted / 2 + 16;
  char* grown = static_cast<char*>(data_ == inline_ ? malloc(capacity) : realloc(data_, capacity));
  if (!grown) {
    ok_ = false;
    return nullptr;
  }
  if (data_ == inline_) memcpy(grown, inline_, size_);
  data_ = grown;
  capacity_ = capacity;
  return data_ + size_;
}

bool TextBuffer::append(std::string_view text) {
  char* at = reserve(text.size());
  if (!at) return false;
  if (!text.empty()) memcpy(at, text.data(), text.size());
  size_ += text.size();
  return true;
}

bool TextBuffer::append_code_point(uint32_t c) {
  char b[4];
  size_t n = 0;
  auto put = [&](uint32_t v) { b[n++] = static_cast<char>(v); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | c >> 6), put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | c >> 12), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | c >> 18), put(0x80 | (c >> 12 & 0x3F)), put(0x80 | (c >> 6 & 0x3F)),
        put(0x80 | (c & 0x3F));
  }
  return append({b, n});
}

const char* TextBuffer::c_str() {
  data_[size_] = '\0';
  return data_;
}

std::string_view clip(std::string_view text, size_t n) {
  if (text.size() <= n) return text;
  while (n > 0 && (static_cast<unsigned char>(text[n]) & 0xC0) == 0x80) n--;
  return text.substr(0, n);
}

namespace {

template <class I>
bool write_integer(TextBuffer& out, I value, int base = 10, size_t width = 1) {
  char digits[72];
  auto end = std::to_chars(digits, digits + sizeof digits, value, base).ptr;
  for (size_t n = static_cast<size_t>(end - digits); n < width; n++)
    if (!out.append('0')) return false;
  return out.append({digits, static_cast<size_t>(end - digits)});
}

bool write(TextBuffer& out, const FormatArg& arg) {
  switch (arg.kind) {
    case FormatArg::Kind::text:
      return out.append({arg.text.data, arg.text.size});
    case FormatArg::Kind::signed_integer:
      return write_integer(out, arg.integer);
    case FormatArg::Kind::unsigned_integer:
      return write_integer(out, arg.natural);
    case FormatArg::Kind::hex:
      return write_integer(out, arg.natural, 16, arg.width);
    case FormatArg::Kind::character:
    case FormatArg::Kind::code_point:
      return out.append_code_point(static_cast<uint32_t>(arg.natural));
    case FormatArg::Kind::real:
      return append_repr(out, arg.real);
    case FormatArg::Kind::custom:
      if (arg.custom.write(out, arg.custom.value)) return true;
      out.fail();
      return false;
  }
  return false;
}

}  // namespace

bool format_to(TextBuffer& out, std::string_view text, const FormatArg* args) {
  while (true) {
    size_t at = text.find("{}");
    if (at == text.npos) return out.append(text);
    if (!out.append(text.substr(0, at)) || !write(out, *args++)) return false;
    text.remove_prefix(at + 2);
  }
}

}  // namespace taipan
