#pragma once
// Searching in runs of 1-, 2- and 4-byte units: one item, a needle, counting, line ends.
// All work is linear in the haystack whatever the needle (after a bounded naive try, the
// two-way algorithm takes over). Instantiated for uint8_t, uint16_t, uint32_t; needle and haystack
// have the same width (a caller widens a narrower needle; a wider one cannot occur).
#include <cstddef>
#include <cstdint>

namespace taipan {

inline constexpr size_t kNotFound = SIZE_MAX;

template <class Unit>
size_t find_unit(const Unit* text, size_t n, Unit unit);
template <class Unit>
size_t rfind_unit(const Unit* text, size_t n, Unit unit);
template <class Unit>
size_t count_unit(const Unit* text, size_t n, Unit unit);

/// Index of the first occurrence. An empty needle is found at 0.
template <class Unit>
size_t find(const Unit* text, size_t n, const Unit* needle, size_t m);
/// Index of the last occurrence. An empty needle is found at n.
template <class Unit>
size_t rfind(const Unit* text, size_t n, const Unit* needle, size_t m);
/// Number of occurrences that do not overlap, at most `limit`; the needle is not empty.
template <class Unit>
size_t count(const Unit* text, size_t n, const Unit* needle, size_t m, size_t limit = SIZE_MAX);

/// The line that starts at `from`: [from, end), and where the next one starts.
struct Line {
  size_t end;
  size_t next;
};
/// Lines as bytes have them: ended by \n, \r or \r\n.
Line next_byte_line(const uint8_t* text, size_t n, size_t from);
/// Lines as str has them: Unicode's line boundaries too.
template <class Unit>
Line next_text_line(const Unit* text, size_t n, size_t from);

/// The greatest unit's class, 0x7f, 0xff, 0xffff or 0x10ffff: what width a copy needs.
template <class Unit>
uint32_t max_bound(const Unit* text, size_t n);

/// Copies units to another width; the values must fit.
template <class From, class To>
void copy_units(const From* from, size_t n, To* to) {
  for (size_t i = 0; i < n; i++) to[i] = static_cast<To>(from[i]);
}

}  // namespace taipan
