// UTF-16 and UTF-32, with byte order marks.
#include "base/utf8.h"
#include "object/bytes.h"
#include "object/error.h"
#include "types/codec_errors.h"
#include "types/codecs.h"

namespace taipan {
namespace {

Py_UCS4 read_unit(std::string_view data, size_t at, size_t width, bool big) {
  Py_UCS4 c = 0;
  for (size_t k = 0; k < width; k++)
    c |= static_cast<Py_UCS4>(static_cast<unsigned char>(data[at + (big ? width - 1 - k : k)]))
         << 8 * k;
  return c;
}
bool add_unit(BytesBuilder& out, Py_UCS4 c, int width, bool big) {
  char bytes[4];
  for (int k = 0; k < width; k++) bytes[big ? width - 1 - k : k] = static_cast<char>(c >> 8 * k);
  return out.add({bytes, static_cast<size_t>(width)});
}

/// Looks for a byte order mark if the order is open; gives where the text begins.
size_t skip_mark(std::string_view data, size_t width, int* order) {
  if (*order != 0 || data.size() < width) return 0;
  if (read_unit(data, 0, width, false) == 0xFEFF) return *order = -1, width;
  if (read_unit(data, 0, width, true) == 0xFEFF) return *order = 1, width;
  return 0;
}

bool is_low(Py_UCS4 c) { return (c & 0xFFFFFC00) == 0xDC00; }

}  // namespace

Ref<> decode_utf16(std::string_view data, const char* errors, int* byte_order,
                   Py_ssize_t* consumed) {
  size_t at = skip_mark(data, 2, byte_order);
  bool big = *byte_order > 0;
  DecodeErrors faults(big ? "utf-16-be" : "utf-16-le", errors, data);
  StrBuilder out;
  if (!out.reserve(static_cast<Py_ssize_t>(data.size() / 2), 0xFF)) return {};
  while (true) {
    std::string_view text = faults.data();
    const char* reason;
    size_t end;
    if (at + 1 >= text.size()) {
      if (at >= text.size() || consumed) break;
      reason = "truncated data";
      end = text.size();
    } else {
      Py_UCS4 c = read_unit(text, at, 2, big);
      if (!is_surrogate(c)) {
        if (!out.add(c)) return {};
        at += 2;
        continue;
      }
      end = at + 2;
      if (is_low(c)) {
        reason = "illegal encoding";
      } else if (at + 3 >= text.size()) {
        if (consumed) break;
        reason = "unexpected end of data";
        end = text.size();
      } else {
        Py_UCS4 second = read_unit(text, at + 2, 2, big);
        if (is_low(second)) {
          if (!out.add(0x10000 + ((c & 0x3FF) << 10 | (second & 0x3FF)))) return {};
          at += 4;
          continue;
        }
        reason = "illegal UTF-16 surrogate";
      }
    }
    TRY(faults.handle(out, at, end, reason, &at));
  }
  if (consumed) *consumed = static_cast<Py_ssize_t>(at);
  return out.finish();
}

Ref<> decode_utf32(std::string_view data, const char* errors, int* byte_order,
                   Py_ssize_t* consumed) {
  size_t at = skip_mark(data, 4, byte_order);
  bool big = *byte_order > 0;
  DecodeErrors faults(big ? "utf-32-be" : "utf-32-le", errors, data);
  StrBuilder out;
  if (!out.reserve(static_cast<Py_ssize_t>(data.size() / 4), 0xFF)) return {};
  while (true) {
    std::string_view text = faults.data();
    const char* reason;
    size_t end = at + 4;
    if (end > text.size()) {
      if (at >= text.size() || consumed) break;
      reason = "truncated data";
      end = text.size();
    } else {
      Py_UCS4 c = read_unit(text, at, 4, big);
      if (!is_surrogate(c) && c <= 0x10FFFF) {
        if (!out.add(c)) return {};
        at = end;
        continue;
      }
      reason = c > 0x10FFFF ? "code point not in range(0x110000)"
                            : "code point in surrogate code point range(0xd800, 0xe000)";
    }
    TRY(faults.handle(out, at, end, reason, &at));
  }
  if (consumed) *consumed = static_cast<Py_ssize_t>(at);
  return out.finish();
}

namespace {

/// Adds one character in a width of 2 (as a pair if it must be) or 4.
bool add_character(BytesBuilder& out, Py_UCS4 c, int width, bool big) {
  if (width == 4 || c < 0x10000) return add_unit(out, c, width, big);
  c -= 0x10000;
  return add_unit(out, 0xD800 | c >> 10, 2, big) && add_unit(out, 0xDC00 | (c & 0x3FF), 2, big);
}

Ref<> encode_wide(PyObject* str, const char* errors, int byte_order, int width, const char* name) {
  constexpr const char* kReason = "surrogates not allowed";
  EncodeErrors faults(name, errors, str);
  BytesBuilder out;
  bool big = byte_order > 0;
  Py_ssize_t n = str_length(str);
  if (n > PY_SSIZE_T_MAX / 8) return raise_no_memory();
  if (!out.reserve((n + 1) * width)) return {};
  if (byte_order == 0 && !add_unit(out, 0xFEFF, width, false)) return {};
  for (Py_ssize_t i = 0; i < n;) {
    Py_UCS4 c = char_at(str, i);
    if (!is_surrogate(c)) {
      if (!add_character(out, c, width, big)) return {};
      i++;
      continue;
    }
    Py_ssize_t start = i;
    Ref<> text = TRY(faults.handle(start, start + 1, kReason, &i));
    if (PyBytes_Check(text.get())) {
      if (Py_SIZE(text.get()) % width != 0) return faults.fail(start, start + 1, kReason);
      if (!out.add(bytes_view(text.get()))) return {};
    } else {
      if (!is_ascii(text.get())) return faults.fail(start, start + 1, kReason);
      for (char a : narrow_text(text.get()))
        if (!add_unit(out, static_cast<unsigned char>(a), width, big)) return {};
    }
  }
  return out.finish();
}

}  // namespace

Ref<> encode_utf16(PyObject* str, const char* errors, int byte_order) {
  return encode_wide(str, errors, byte_order, 2,
                     byte_order < 0   ? "utf-16-le"
                     : byte_order > 0 ? "utf-16-be"
                                      : "utf-16");
}
Ref<> encode_utf32(PyObject* str, const char* errors, int byte_order) {
  return encode_wide(str, errors, byte_order, 4,
                     byte_order < 0   ? "utf-32-le"
                     : byte_order > 0 ? "utf-32-be"
                                      : "utf-32");
}

}  // namespace taipan
