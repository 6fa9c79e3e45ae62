// Formatting, floating-point text and searching.
#include <cmath>
#include <cstdlib>
#include <cstring>

#include "base/float_text.h"
#include "base/format.h"
#include "base/search.h"
#include "check.h"

using namespace taipan;

namespace {
uint64_t state = 88172645463325252u;
uint64_t random64() {
  state ^= state << 13;
  state ^= state >> 7;
  return state ^= state << 17;
}
std::string repr(double value) {
  TextBuffer out;
  append_repr(out, value);
  return std::string(out.view());
}
}  // namespace

TEST(format_fills_placeholders) {
  TextBuffer out;
  CHECK(format(out, "{} of {} is {} {}", "x", 3, -7L, Hex{255, 4}));
  CHECK_EQUAL(out.view(), "x of 3 is -7 00ff");
  out.clear();
  CHECK(format(out, "{a} {} {", "b"));
  CHECK_EQUAL(out.view(), "{a} b {");
  std::string big(100000, 'y');
  out.clear();
  CHECK(format(out, "[{}]", std::string_view(big)));
  CHECK_EQUAL(out.size(), 100002u);
  CHECK_EQUAL(clip("ab\xc3\xa9", 3), "ab");
}

TEST(float_repr_reads_back_and_is_shortest) {
  for (int i = 0; i < 200000; ++i) {
    uint64_t bits = random64();
    double value;
    memcpy(&value, &bits, sizeof value);
    if (!std::isfinite(value)) continue;
    std::string text = repr(value);
    double back = strtod(text.c_str(), nullptr);
    ParsedFloat ours = parse_float(text);
    if (back != value || ours.value != value || ours.length != text.size()) CHECK_EQUAL(text, "");
    // One digit less must not be enough.
    char shorter[40];
    size_t digits = 0;
    for (char c : text.substr(0, text.find('e'))) digits += c >= '0' && c <= '9';
    if (digits > 2 && text.find('.') != std::string::npos && text.find("e") != std::string::npos) {
      snprintf(shorter, sizeof shorter, "%.*e", static_cast<int>(digits) - 2, value);
      if (strtod(shorter, nullptr) == value) CHECK_EQUAL(text, shorter);
    }
  }
  CHECK_EQUAL(repr(0.1), "0.1");
  CHECK_EQUAL(repr(-0.0), "-0.0");
  CHECK_EQUAL(repr(1e16), "1e+16");
  CHECK_EQUAL(repr(1e15), "1000000000000000.0");
  CHECK_EQUAL(repr(5e-324), "5e-324");
}

TEST(parse_float_agrees_with_the_c_library) {
  const char* texts[] = {"1", "-1.5", "1e5", "1e", "1e+", ".5", "5.", ".", "", "inf", "-Infinity", "nan", "infin", "1e400", "-1e400", "1e-400",
                         "0.500000000000000166533453693773481063544750213623046875", "2.2250738585072011e-308", "9007199254740993", "1_0", "0x10", "+7", "--1"};
  for (const char* text : texts) {
    ParsedFloat got = parse_float(text);
    std::string piece(text, got.length);
    if (got.length && !std::isnan(got.value)) CHECK(strtod(piece.c_str(), nullptr) == got.value);
  }
  CHECK_EQUAL(parse_float("1e").length, 1u);
  CHECK_EQUAL(parse_float("0x10").length, 1u);
  CHECK_EQUAL(parse_float("infin").length, 3u);
  CHECK_EQUAL(parse_float(".").length, 0u);
  CHECK(parse_float("1e400").overflow);
}

TEST(search_agrees_with_the_naive_way) {
  for (int round = 0; round < 30000; ++round) {
    uint8_t text[80], needle[12];
    size_t n = random64() % 80, m = 1 + random64() % 11;
    int letters = 1 + static_cast<int>(random64() % 3);
    for (size_t i = 0; i < n; ++i) text[i] = static_cast<uint8_t>('a' + random64() % static_cast<unsigned>(letters));
    for (size_t i = 0; i < m; ++i) needle[i] = static_cast<uint8_t>('a' + random64() % static_cast<unsigned>(letters));
    size_t first = SIZE_MAX, last = SIZE_MAX, times = 0, free_from = 0;
    for (size_t i = 0; i + m <= n; ++i) {
      if (memcmp(text + i, needle, m)) continue;
      if (first == SIZE_MAX) first = i;
      last = i;
      if (i >= free_from) ++times, free_from = i + m;
    }
    size_t f = find(text, n, needle, m), r = rfind(text, n, needle, m), c = count(text, n, needle, m);
    if (f != first || r != last || c != times) CHECK_EQUAL(f, first);
    uint32_t wide[80], wide_needle[12];
    copy_units(text, n, wide);
    copy_units(needle, m, wide_needle);
    if (find(wide, n, wide_needle, m) != first) CHECK_EQUAL(find(wide, n, wide_needle, m), first);
  }
}
