// UTF-8 in both directions. The runs of ASCII that most texts consist of go eight bytes at a time.
#include "base/utf8.h"

#include <cstring>

namespace taipan {
namespace {

constexpr uint64_t kHighBits = 0x8080808080808080;

uint64_t load(const char* p) {
  uint64_t w;
  memcpy(&w, p, 8);
  return w;
}

bool is_continuation(unsigned c) { return (c & 0xC0) == 0x80; }

/// Length of the sequence at `p`, or the fault and how many bytes belong to it.
struct Sequence {
  unsigned length;
  Utf8Fault fault;
};

Sequence bad(unsigned length) { return {length, Utf8Fault::invalid_continuation}; }

/// The second byte decides whether a three- or four-byte form is overlong, a surrogate, or beyond
/// U+10FFFF; such a fault covers the first byte alone.
bool good_second(unsigned first, unsigned second, Surrogates surrogates) {
  if (!is_continuation(second)) return false;
  switch (first) {
    case 0xE0:
      return second >= 0xA0;
    case 0xED:
      return second < 0xA0 || surrogates == Surrogates::pass;
    case 0xF0:
      return second >= 0x90;
    case 0xF4:
      return second < 0x90;
    default:
      return true;
  }
}

Sequence check(const unsigned char* p, size_t left, Surrogates surrogates) {
  unsigned first = p[0];
  if (first < 0xC2 || first > 0xF4) return {1, Utf8Fault::invalid_start};
  unsigned length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  for (unsigned i = 1; i < length; i++) {
    if (i == left) return {i, Utf8Fault::truncated};
    if (i == 1 ? !good_second(first, p[1], surrogates) : !is_continuation(p[i])) return bad(i);
  }
  return {length, Utf8Fault::none};
}

}  // namespace

const char* utf8_fault_reason(Utf8Fault fault) {
  switch (fault) {
    case Utf8Fault::invalid_start:
      return "invalid start byte";
    case Utf8Fault::invalid_continuation:
      return "invalid continuation byte";
    case Utf8Fault::truncated:
      return "unexpected end of data";
    case Utf8Fault::none:
      break;
  }
  return "";
}

size_t ascii_prefix(const char* data, size_t n) {
  size_t i = 0;
  for (; i + 8 <= n; i += 8)
    if (uint64_t high = load(data + i) & kHighBits)
      return i + static_cast<size_t>(__builtin_ctzll(high)) / 8;
  while (i < n && static_cast<signed char>(data[i]) >= 0) i++;
  return i;
}

Utf8Scan scan_utf8(std::string_view text, Surrogates surrogates) {
  Utf8Scan scan;
  auto p = reinterpret_cast<const unsigned char*>(text.data());
  size_t n = text.size(), i = 0, extra = 0;
  uint32_t max = 0x7F;
  while (i < n) {
    unsigned c = p[i];
    if (c < 0x80) {
      // Long runs go by words; in mixed text a word is rarely pure.
      if (i + 8 <= n && !(load(text.data() + i) & kHighBits)) {
        i += 8;
        i += ascii_prefix(text.data() + i, n - i);
      } else {
        i++;
      }
      continue;
    }
    if (c >= 0xC2 && c < 0xE0 && i + 1 < n && is_continuation(p[i + 1])) {
      max |= c < 0xC4 ? 0xFF : 0xFFFF;
      extra++;
      i += 2;
      continue;
    }
    Sequence s = check(p + i, n - i, surrogates);
    if (s.fault != Utf8Fault::none) {
      scan.fault = s.fault;
      scan.fault_end = i + s.length;
      break;
    }
    max |= s.length < 4 ? 0xFFFF : 0x10FFFF;
    extra += s.length - 1;
    i += s.length;
  }
  scan.bytes = i;
  scan.length = i - extra;
  scan.max = max;
  return scan;
}

uint32_t next_code_point(std::string_view text, size_t& at) {
  auto p = reinterpret_cast<const unsigned char*>(text.data()) + at;
  uint32_t c = p[0];
  if (c < 0x80) return at++, c;
  if (c < 0xE0) return at += 2, (c & 0x1F) << 6 | (p[1] & 0x3Fu);
  if (c < 0xF0) return at += 3, (c & 0x0F) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
  at += 4;
  return (c & 0x07) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu);
}

template <class Unit>
void decode_utf8(std::string_view good, Unit* out) {
  auto p = reinterpret_cast<const unsigned char*>(good.data());
  size_t n = good.size();
  for (size_t i = 0; i < n;) {
    uint32_t c = p[i];
    if (c < 0x80) {
      if (i + 8 <= n && !(load(good.data() + i) & kHighBits)) {
        for (size_t k = 0; k < 8; k++) out[k] = p[i + k];
        out += 8;
        i += 8;
      } else {
        *out++ = static_cast<Unit>(c);
        i++;
      }
    } else if (c < 0xE0) {
      *out++ = static_cast<Unit>((c & 0x1F) << 6 | (p[i + 1] & 0x3Fu));
      i += 2;
    } else if (c < 0xF0) {
      *out++ = static_cast<Unit>((c & 0x0F) << 12 | (p[i + 1] & 0x3Fu) << 6 | (p[i + 2] & 0x3Fu));
      i += 3;
    } else {
      *out++ = static_cast<Unit>(next_code_point(good, i));
    }
  }
}
template void decode_utf8<uint8_t>(std::string_view, uint8_t*);
template void decode_utf8<uint16_t>(std::string_view, uint16_t*);
template void decode_utf8<uint32_t>(std::string_view, uint32_t*);

char* encode_code_point(uint32_t c, char* out) {
  auto put = [&](uint32_t v) { *out++ = static_cast<char>(v); };
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
  return out;
}

template <class Unit>
size_t utf8_size(const Unit* units, size_t n, size_t* surrogate) {
  // Without branches, so that the compiler makes vector instructions of it; whether there is a surrogate is asked for
  // a block at a time.
  constexpr size_t kBlock = 4096;
  size_t size = n;
  *surrogate = kNoSurrogate;
  for (size_t start = 0; start < n; start += kBlock) {
    size_t end = n - start < kBlock ? n : start + kBlock;
    uint32_t more = 0, found = 0;
    for (size_t i = start; i < end; i++) {
      uint32_t c = units[i];
      more += c >= 0x80;
      if constexpr (sizeof(Unit) > 1) {
        more += c >= 0x800;
        found |= is_surrogate(c);
      }
      if constexpr (sizeof(Unit) > 2) more += c >= 0x10000;
    }
    size += more;
    if (found && *surrogate == kNoSurrogate)
      for (*surrogate = start; !is_surrogate(units[*surrogate]);) ++*surrogate;
  }
  return size;
}
template size_t utf8_size<uint8_t>(const uint8_t*, size_t, size_t*);
template size_t utf8_size<uint16_t>(const uint16_t*, size_t, size_t*);
template size_t utf8_size<uint32_t>(const uint32_t*, size_t, size_t*);

template <class Unit>
char* encode_utf8(const Unit* units, size_t n, char* out) {
  for (size_t i = 0; i < n;) {
    if constexpr (sizeof(Unit) == 1) {
      auto text = reinterpret_cast<const char*>(units);
      if (i + 8 <= n && !(load(text + i) & kHighBits)) {
        memcpy(out, text + i, 8);
        out += 8;
        i += 8;
        continue;
      }
    }
    uint32_t c = units[i++];
    if (c < 0x80) {
      *out++ = static_cast<char>(c);
    } else if (c < 0x800) {
      *out++ = static_cast<char>(0xC0 | c >> 6);
      *out++ = static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
      *out++ = static_cast<char>(0xE0 | c >> 12);
      *out++ = static_cast<char>(0x80 | (c >> 6 & 0x3F));
      *out++ = static_cast<char>(0x80 | (c & 0x3F));
    } else {
      out = encode_code_point(c, out);
    }
  }
  return out;
}
template char* encode_utf8<uint8_t>(const uint8_t*, size_t, char*);
template char* encode_utf8<uint16_t>(const uint16_t*, size_t, char*);
template char* encode_utf8<uint32_t>(const uint32_t*, size_t, char*);

}  // namespace taipan
