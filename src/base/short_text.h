#pragma once
// Text of a few bytes, looked at and moved by words: where names come by the thousand, a call to the C library's functions costs
// more than the work. Words may overlap, but nothing outside the text is read or written.
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace taipan {

template <class Word>
inline Word word_at(const char* p) {
  Word word;
  memcpy(&word, p, sizeof word);
  return word;
}

inline bool is_ascii_text(const char* p, size_t n) {
  constexpr uint64_t kHighBits = 0x8080808080808080;
  uint64_t all = 0;
  if (n >= 8) {
    all = word_at<uint64_t>(p) | word_at<uint64_t>(p + n - 8);
    for (size_t i = 8; i + 8 < n; i += 8) all |= word_at<uint64_t>(p + i);
  } else if (n >= 4) {
    all = word_at<uint32_t>(p) | word_at<uint32_t>(p + n - 4);
  } else if (n) {
    all = static_cast<unsigned char>(p[0] | p[n / 2] | p[n - 1]);
  }
  return !(all & kHighBits);
}

inline bool same_text(const char* a, const char* b, size_t n) {
  if (n > 16) return memcmp(a, b, n) == 0;
  if (n >= 8)
    return !((word_at<uint64_t>(a) ^ word_at<uint64_t>(b)) | (word_at<uint64_t>(a + n - 8) ^ word_at<uint64_t>(b + n - 8)));
  if (n >= 4)
    return !((word_at<uint32_t>(a) ^ word_at<uint32_t>(b)) | (word_at<uint32_t>(a + n - 4) ^ word_at<uint32_t>(b + n - 4)));
  return n == 0 || (a[0] == b[0] && a[n / 2] == b[n / 2] && a[n - 1] == b[n - 1]);
}

inline void copy_text(char* to, const char* from, size_t n) {
  if (n > 32 || n < 4) {
    if (n > 32) memcpy(to, from, n);
    else if (n) to[0] = from[0], to[n / 2] = from[n / 2], to[n - 1] = from[n - 1];
  } else if (n > 16) {
    memcpy(to, from, 16);
    memcpy(to + n - 16, from + n - 16, 16);
  } else if (n >= 8) {
    memcpy(to, from, 8);
    memcpy(to + n - 8, from + n - 8, 8);
  } else {
    memcpy(to, from, 4);
    memcpy(to + n - 4, from + n - 4, 4);
  }
}

}  // namespace taipan
