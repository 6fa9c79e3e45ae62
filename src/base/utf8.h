#pragma once
// UTF-8: checking, measuring, decoding into 1-, 2- and 4-byte units, encoding. Faults are reported
// with the bounds and the reason that Python's decoder gives.
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace taipan {

enum class Utf8Fault : uint8_t { none, invalid_start, invalid_continuation, truncated };
/// Python's words for it.
const char* utf8_fault_reason(Utf8Fault fault);

/// Whether UTF-8-like three-byte forms of U+D800–U+DFFF pass.
enum class Surrogates : bool { reject, pass };

/// What a text contains, up to its end or its first fault.
struct Utf8Scan {
  size_t length = 0;  // code points
  uint32_t max = 0;   // an upper bound that decides the width: 0x7f, 0xff, 0xffff or 0x10ffff
  size_t bytes = 0;   // bytes of the good prefix: where the fault starts
  Utf8Fault fault = Utf8Fault::none;
  size_t fault_end = 0;
};
Utf8Scan scan_utf8(std::string_view text, Surrogates surrogates = Surrogates::reject);

/// Writes a text that `scan_utf8` found good; units are wide enough for its maximum.
/// Instantiated for uint8_t, uint16_t, uint32_t.
template <class Unit>
void decode_utf8(std::string_view good, Unit* out);

/// One code point at `text[at]`; advances `at`. The text must be good.
uint32_t next_code_point(std::string_view text, size_t& at);

inline constexpr size_t kNoSurrogate = SIZE_MAX;
/// Bytes that the units need. With `reject`, `*surrogate` receives the first lone surrogate's
/// index (kNoSurrogate if there is none). Never overflows for sizes below SIZE_MAX / 4.
template <class Unit>
size_t utf8_size(const Unit* units, size_t n, size_t* surrogate);
/// Writes them, surrogates in three bytes; returns the end.
template <class Unit>
char* encode_utf8(const Unit* units, size_t n, char* out);
/// One code point; returns the end.
char* encode_code_point(uint32_t c, char* out);

/// Number of leading bytes below 0x80.
size_t ascii_prefix(const char* data, size_t n);

inline bool is_surrogate(uint32_t c) { return (c & 0xFFFFF800) == 0xD800; }

}  // namespace taipan
