#include "base/utf8.h"

#include <cstring>
#include <vector>

#include "check.h"

using namespace taipan;

TEST(utf8_round_trips_every_code_point) {
  for (uint32_t c = 0; c <= 0x10ffff; ++c) {
    char bytes[4];
    size_t n = static_cast<size_t>(encode_code_point(c, bytes) - bytes);
    std::string_view text(bytes, n);
    Utf8Scan scan = scan_utf8(text);
    if (is_surrogate(c)) {
      if (scan.fault != Utf8Fault::invalid_continuation || scan_utf8(text, Surrogates::pass).fault != Utf8Fault::none)
        CHECK_EQUAL(c, 0u);
      continue;
    }
    uint32_t out = 0;
    decode_utf8(text, &out);
    size_t at = 0;
    if (scan.fault != Utf8Fault::none || scan.length != 1 || out != c || next_code_point(text, at) != c || at != n) CHECK_EQUAL(out, c);
  }
}

TEST(utf8_reports_the_place_and_kind_of_a_fault) {
  struct Case { std::string_view text; size_t start, end; Utf8Fault fault; };
  using enum Utf8Fault;
  // As Python's decoder says: b"a\xff".decode() and so on.
  Case cases[] = {{"a\xff", 1, 2, invalid_start}, {"\x80", 0, 1, invalid_start}, {"\xc0\x80", 0, 1, invalid_start}, {"ab\xc3", 2, 3, truncated},
                  {"\xe2\x28\xa1", 0, 1, invalid_continuation}, {"\xe2\x82", 0, 2, truncated}, {"\xe2\x82\x28", 0, 2, invalid_continuation},
                  {"\xed\xa0\x80", 0, 1, invalid_continuation}, {"\xf0\x9f\x98", 0, 3, truncated}, {"\xf4\x90\x80\x80", 0, 1, invalid_continuation}, {"\xf5", 0, 1, invalid_start}};
  for (const Case& c : cases) {
    Utf8Scan scan = scan_utf8(c.text);
    CHECK(scan.fault == c.fault);
    CHECK_EQUAL(scan.bytes, c.start);
    CHECK_EQUAL(scan.fault_end, c.end);
  }
}

TEST(utf8_knows_the_width_of_a_text) {
  CHECK_EQUAL(scan_utf8("abc").max, 0x7fu);
  CHECK_EQUAL(scan_utf8("ab\xc3\xa9").max, 0xffu);
  CHECK_EQUAL(scan_utf8("\xe6\x97\xa5").max, 0xffffu);
  CHECK_EQUAL(scan_utf8("x\xf0\x9f\x98\x80").max, 0x10ffffu);
  CHECK_EQUAL(scan_utf8("").length, 0u);
  for (size_t n = 0; n < 70; ++n) CHECK_EQUAL(ascii_prefix((std::string(n, 'a') + "\xc3\xa9" + std::string(70, 'b')).data(), n + 72), n);
}

TEST(utf8_encodes_all_widths_alike) {
  std::vector<uint16_t> narrow;
  std::vector<uint32_t> wide;
  for (uint32_t c = 0; c < 0x10000; c += 7)
    if (!is_surrogate(c)) narrow.push_back(static_cast<uint16_t>(c)), wide.push_back(c);
  size_t surrogate = 0;
  size_t size = utf8_size(narrow.data(), narrow.size(), &surrogate);
  CHECK_EQUAL(size, utf8_size(wide.data(), wide.size(), &surrogate));
  CHECK(surrogate == kNoSurrogate);
  std::string a(size, 0), b(size, 0);
  CHECK(encode_utf8(narrow.data(), narrow.size(), a.data()) == a.data() + size);
  CHECK(encode_utf8(wide.data(), wide.size(), b.data()) == b.data() + size);
  CHECK(a == b);
  uint16_t lone[] = {'a', 0xd800, 'b'};
  utf8_size(lone, 3, &surrogate);
  CHECK_EQUAL(surrogate, 1u);
}
