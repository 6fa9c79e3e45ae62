// Search kernels. A naive scan that jumps with a vectorised search for the needle's last unit is
// fastest on ordinary text; its work is counted, and when a text proves malicious the two-way
// algorithm (Crochemore and Perrin 1991), linear in the worst case, takes over.
#include "base/search.h"

#include <algorithm>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace taipan {

template <class Unit>
size_t find_unit(const Unit* text, size_t n, Unit unit) {
  if constexpr (sizeof(Unit) == 1) {
    if (n == 0) return kNotFound;
    auto p = static_cast<const Unit*>(memchr(text, unit, n));
    return p ? static_cast<size_t>(p - text) : kNotFound;
  } else {
    // Blocks whose test has no branch become vector code.
    constexpr size_t kBlock = 32 / sizeof(Unit);
    size_t i = 0;
    for (; i + kBlock <= n; i += kBlock) {
      Unit hit = 0;
      for (size_t k = 0; k < kBlock; k++) hit |= static_cast<Unit>(text[i + k] == unit);
      if (hit) break;
    }
    for (; i < n; i++)
      if (text[i] == unit) return i;
    return kNotFound;
  }
}

template <class Unit>
size_t rfind_unit(const Unit* text, size_t n, Unit unit) {
  if constexpr (sizeof(Unit) == 1) {
    if (n == 0) return kNotFound;
    auto p = static_cast<const Unit*>(memrchr(text, unit, n));
    return p ? static_cast<size_t>(p - text) : kNotFound;
  } else {
    while (n-- > 0)
      if (text[n] == unit) return n;
    return kNotFound;
  }
}

template <class Unit>
size_t count_unit(const Unit* text, size_t n, Unit unit) {
  size_t total = 0;
  for (size_t i = 0; i < n; i++) total += text[i] == unit;
  return total;
}

namespace {

template <class Unit>
bool equal(const Unit* a, const Unit* b, size_t n) {
  return memcmp(a, b, n * sizeof(Unit)) == 0;
}

/// A run of units, read forwards or backwards: rfind is find on mirrored texts.
template <class Unit, bool kBackward>
struct View {
  const Unit* data;
  size_t size;
  Unit operator[](size_t i) const { return kBackward ? data[size - 1 - i] : data[i]; }
};

/// The critical factorisation of a needle: where it is cut, and its period.
struct Factorisation {
  size_t cut;
  size_t period;
};

/// The greatest suffix under `<` or under `>`, and its period.
template <class V>
Factorisation greatest_suffix(V needle, bool inverted) {
  size_t start = 0, candidate = 1, k = 0, period = 1;
  while (candidate + k < needle.size) {
    auto a = needle[candidate + k], b = needle[start + k];
    if (a == b) {
      if (++k == period) candidate += period, k = 0;
    } else if (inverted ? b < a : a < b) {
      candidate += k + 1;
      k = 0;
      period = candidate - start;
    } else {
      start = candidate++;
      k = 0;
      period = 1;
    }
  }
  return {start, period};
}

template <class V>
Factorisation factorise(V needle) {
  Factorisation a = greatest_suffix(needle, false), b = greatest_suffix(needle, true);
  return a.cut > b.cut ? a : b;
}

template <class V>
class TwoWay {
 public:
  explicit TwoWay(V needle) : needle_(needle) {
    Factorisation f = factorise(needle);
    cut_ = f.cut;
    period_ = f.period;
    periodic_ = cut_ * 2 < needle.size && cut_ + period_ <= needle.size;
    for (size_t i = 0; periodic_ && i < cut_; i++) periodic_ = needle[i] == needle[i + period_];
    if (!periodic_) period_ = std::max(cut_, needle.size - cut_) + 1;
    // For the unit under the window's end: how far the window may move at once.
    size_t m = needle.size;
    for (size_t& s : shift_) s = m;
    for (size_t i = 0; i < m; i++) shift_[needle[i] & kMask] = m - 1 - i;
  }

  size_t find(V text) const {
    size_t m = needle_.size, memory = 0;
    for (size_t at = 0; at + m <= text.size;) {
      if (size_t shift = shift_[text[at + m - 1] & kMask]) {
        // Skipping past a remembered prefix forgets it.
        at += memory && shift < period_ ? m - period_ : shift;
        memory = 0;
        continue;
      }
      size_t i = std::max(cut_, memory);
      while (i < m && needle_[i] == text[at + i]) i++;
      if (i < m) {
        at += i - cut_ + 1;
        memory = 0;
        continue;
      }
      size_t low = memory;
      for (i = cut_; i > low && needle_[i - 1] == text[at + i - 1]; i--) {
      }
      if (i <= low) return at;
      at += period_;
      memory = periodic_ ? m - period_ : 0;
    }
    return kNotFound;
  }

 private:
  static constexpr size_t kMask = 63;
  V needle_;
  size_t cut_, period_;
  bool periodic_;
  size_t shift_[kMask + 1];
};

/// The first i < n with text[i] == head and text[i + gap] == tail: both ends of a needle are rarer than either.
template <class Unit>
size_t find_ends(const Unit* text, size_t n, Unit head, Unit tail, size_t gap) {
  size_t i = 0;
#if defined(__SSE2__)
  if constexpr (sizeof(Unit) == 1) {
    __m128i heads = _mm_set1_epi8(static_cast<char>(head)), tails = _mm_set1_epi8(static_cast<char>(tail));
    for (; i + 16 <= n; i += 16) {
      __m128i a = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text + i));
      __m128i b = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text + i + gap));
      int hits = _mm_movemask_epi8(_mm_and_si128(_mm_cmpeq_epi8(a, heads), _mm_cmpeq_epi8(b, tails)));
      if (hits) return i + static_cast<size_t>(__builtin_ctz(static_cast<unsigned>(hits)));
    }
  }
#endif
  for (; i < n; i++)
    if (text[i] == head && text[i + gap] == tail) return i;
  return kNotFound;
}

/// Work that the naive scan may waste before it gives up: some per unit passed, and a start credit.
constexpr size_t kCredit = 4096;

}  // namespace

template <class Unit>
size_t find(const Unit* text, size_t n, const Unit* needle, size_t m) {
  if (m == 0) return 0;
  if (m > n) return kNotFound;
  if (m == 1) return find_unit(text, n, needle[0]);
  size_t last = n - m, waste = 0;
  Unit tail = needle[m - 1];
  for (size_t at = 0; at <= last; at++) {
    size_t skip = sizeof(Unit) == 1 ? find_ends(text + at, last - at + 1, needle[0], tail, m - 1)
                                    : find_unit(text + at + m - 1, last - at + 1, tail);
    if (skip == kNotFound) return kNotFound;
    at += skip;
    if (text[at] == needle[0] && equal(text + at, needle, m - 1)) return at;
    waste += text[at] == needle[0] ? m / 8 + 4 : 4;
    if (waste > kCredit + 8 * at) {
      using V = View<Unit, false>;
      size_t found = TwoWay<V>(V{needle, m}).find(V{text + at, n - at});
      return found == kNotFound ? found : found + at;
    }
  }
  return kNotFound;
}

template <class Unit>
size_t rfind(const Unit* text, size_t n, const Unit* needle, size_t m) {
  if (m == 0) return n;
  if (m > n) return kNotFound;
  if (m == 1) return rfind_unit(text, n, needle[0]);
  size_t waste = 0;
  for (size_t end = n - m + 1; end > 0;) {
    size_t at = rfind_unit(text, end, needle[0]);
    if (at == kNotFound) return kNotFound;
    if (text[at + m - 1] == needle[m - 1] && equal(text + at, needle, m)) return at;
    waste += text[at + m - 1] == needle[m - 1] ? m / 8 + 4 : 4;
    end = at;
    if (waste > kCredit + 8 * (n - end)) {
      using V = View<Unit, true>;
      size_t room = end + m - 1;
      size_t found = TwoWay<V>(V{needle, m}).find(V{text, room});
      return found == kNotFound ? found : room - found - m;
    }
  }
  return kNotFound;
}

template <class Unit>
size_t count(const Unit* text, size_t n, const Unit* needle, size_t m, size_t limit) {
  if (m == 1 && limit >= n) return count_unit(text, n, needle[0]);
  size_t total = 0;
  for (size_t at = 0; total < limit; total++) {
    size_t found = find(text + at, n - at, needle, m);
    if (found == kNotFound) break;
    at += found + m;
  }
  return total;
}

Line next_byte_line(const uint8_t* text, size_t n, size_t from) {
  size_t i = from;
  while (i < n && text[i] != '\n' && text[i] != '\r') i++;
  if (i == n) return {n, n};
  size_t width = text[i] == '\r' && i + 1 < n && text[i + 1] == '\n' ? 2 : 1;
  return {i, i + width};
}

namespace {

template <class Unit>
bool ends_line(Unit u) {
  if (u > 0x1E && u < 0x85) return false;
  if (u <= 0x1E) return (u >= 0x0A && u <= 0x0D) || u >= 0x1C;
  if constexpr (sizeof(Unit) > 1)
    if (u == 0x2028 || u == 0x2029) return true;
  return u == 0x85;
}

}  // namespace

template <class Unit>
Line next_text_line(const Unit* text, size_t n, size_t from) {
  size_t i = from;
  while (i < n && !ends_line(text[i])) i++;
  if (i == n) return {n, n};
  size_t width = text[i] == '\r' && i + 1 < n && text[i + 1] == '\n' ? 2 : 1;
  return {i, i + width};
}

template <class Unit>
uint32_t max_bound(const Unit* text, size_t n) {
  uint32_t bits = 0;
  for (size_t i = 0; i < n; i++) bits |= text[i];
  return bits < 0x80 ? 0x7F : bits < 0x100 ? 0xFF : bits < 0x10000 ? 0xFFFF : 0x10FFFF;
}

template size_t find_unit(const uint8_t*, size_t, uint8_t);
template size_t find_unit(const uint16_t*, size_t, uint16_t);
template size_t find_unit(const uint32_t*, size_t, uint32_t);
template size_t rfind_unit(const uint8_t*, size_t, uint8_t);
template size_t rfind_unit(const uint16_t*, size_t, uint16_t);
template size_t rfind_unit(const uint32_t*, size_t, uint32_t);
template size_t count_unit(const uint8_t*, size_t, uint8_t);
template size_t count_unit(const uint16_t*, size_t, uint16_t);
template size_t count_unit(const uint32_t*, size_t, uint32_t);
template size_t find(const uint8_t*, size_t, const uint8_t*, size_t);
template size_t find(const uint16_t*, size_t, const uint16_t*, size_t);
template size_t find(const uint32_t*, size_t, const uint32_t*, size_t);
template size_t rfind(const uint8_t*, size_t, const uint8_t*, size_t);
template size_t rfind(const uint16_t*, size_t, const uint16_t*, size_t);
template size_t rfind(const uint32_t*, size_t, const uint32_t*, size_t);
template size_t count(const uint8_t*, size_t, const uint8_t*, size_t, size_t);
template size_t count(const uint16_t*, size_t, const uint16_t*, size_t, size_t);
template size_t count(const uint32_t*, size_t, const uint32_t*, size_t, size_t);
template Line next_text_line(const uint8_t*, size_t, size_t);
template Line next_text_line(const uint16_t*, size_t, size_t);
template Line next_text_line(const uint32_t*, size_t, size_t);
template uint32_t max_bound(const uint8_t*, size_t);
template uint32_t max_bound(const uint16_t*, size_t);
template uint32_t max_bound(const uint32_t*, size_t);

}  // namespace taipan
