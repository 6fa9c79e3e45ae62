// Character names: stored as word numbers, found by binary search; ideographs and Hangul syllables
// have names that are computed.
#include <algorithm>
#include <cstring>

#include "base/unicode.h"
#include "base/unicode_tables.h"

namespace taipan::unicode {
namespace {

constexpr std::string_view kIdeographPrefix = "CJK UNIFIED IDEOGRAPH-";
constexpr std::string_view kSyllablePrefix = "HANGUL SYLLABLE ";
constexpr uint32_t kFirstSyllable = 0xAC00, kSyllableEnd = 0xD7A4;

constexpr const char* kLeadNames[] = {"G",  "GG", "N", "D",  "DD", "R", "M", "B", "BB", "S",
                                      "SS", "",   "J", "JJ", "C",  "K", "T", "P", "H"};
constexpr const char* kVowelNames[] = {"A",   "AE", "YA", "YAE", "EO", "E",  "YEO",
                                       "YE",  "O",  "WA", "WAE", "OE", "YO", "U",
                                       "WEO", "WE", "WI", "YU",  "EU", "YI", "I"};
constexpr const char* kTrailNames[] = {"",   "G",  "GG", "GS", "N",  "NJ", "NH", "D", "L",  "LG",
                                       "LM", "LB", "LS", "LT", "LP", "LH", "M",  "B", "BS", "S",
                                       "SS", "NG", "J",  "C",  "K",  "T",  "P",  "H"};

bool is_ideograph(uint32_t c) {
  for (unsigned i = 0; i < kIdeographCount; i++)
    if (c >= kIdeographs[i].first && c <= kIdeographs[i].last) return true;
  return false;
}

/// Longest name in the database is below this.
constexpr size_t kMaxName = 256;

/// Writes a listed name; returns its length.
size_t expand(unsigned entry, char* out) {
  size_t n = 0;
  for (uint32_t at = kNames[entry].offset; at < kNames[entry + 1].offset;) {
    unsigned word = kNameCodes[at++];
    if (word & 0x80) word = (word & 0x7F) << 8 | kNameCodes[at++];
    if (n) out[n++] = ' ';
    size_t length = kNameWordStart[word + 1] - kNameWordStart[word];
    memcpy(out + n, kNameWords + kNameWordStart[word], length);
    n += length;
  }
  return n;
}

size_t upper_case(std::string_view name, char* out) {
  for (size_t i = 0; i < name.size(); i++)
    out[i] = name[i] >= 'a' && name[i] <= 'z' ? static_cast<char>(name[i] - 32) : name[i];
  return name.size();
}

/// The longest of `names` that the text starts with; -1 if none.
template <size_t N>
int longest_prefix(std::string_view text, const char* const (&names)[N]) {
  int best = -1;
  size_t length = 0;
  for (size_t i = 0; i < N; i++) {
    std::string_view name = names[i];
    if (text.starts_with(name) && (best < 0 || name.size() > length)) {
      best = static_cast<int>(i);
      length = name.size();
    }
  }
  return best;
}

uint32_t find_syllable(std::string_view rest) {
  int lead = longest_prefix(rest, kLeadNames);
  rest.remove_prefix(strlen(kLeadNames[lead]));
  int vowel = longest_prefix(rest, kVowelNames);
  if (vowel < 0) return 0;
  rest.remove_prefix(strlen(kVowelNames[vowel]));
  int trail = longest_prefix(rest, kTrailNames);
  if (rest != kTrailNames[trail]) return 0;
  return kFirstSyllable + static_cast<uint32_t>((lead * 21 + vowel) * 28 + trail);
}

uint32_t find_ideograph(std::string_view digits) {
  if (digits.size() != 4 && digits.size() != 5) return 0;
  uint32_t c = 0;
  for (char d : digits) {
    if (d >= '0' && d <= '9')
      c = c << 4 | static_cast<uint32_t>(d - '0');
    else if (d >= 'A' && d <= 'F')
      c = c << 4 | static_cast<uint32_t>(d - 'A' + 10);
    else
      return 0;
  }
  return is_ideograph(c) ? c : 0;
}

bool find_listed(std::string_view name, uint32_t& point) {
  char text[kMaxName];
  unsigned low = 0, high = kNameCount;
  while (low < high) {
    unsigned middle = (low + high) / 2;
    std::string_view here(text, expand(middle, text));
    if (here == name) return point = kNames[middle].point, true;
    if (here < name)
      low = middle + 1;
    else
      high = middle;
  }
  return false;
}

template <class T>
const T* find_sorted(const T* table, unsigned n, std::string_view name) {
  auto at = std::lower_bound(table, table + n, name,
                             [](const T& a, std::string_view b) { return a.name < b; });
  return at != table + n && at->name == name ? at : nullptr;
}

}  // namespace

bool append_name(uint32_t c, TextBuffer& out) {
  if (c >= kFirstSyllable && c < kSyllableEnd) {
    uint32_t s = c - kFirstSyllable;
    return format(out, "{}{}{}{}", kSyllablePrefix, kLeadNames[s / (21 * 28)],
                  kVowelNames[s / 28 % 21], kTrailNames[s % 28]);
  }
  if (is_ideograph(c)) {
    char digits[8];
    size_t n = 0;
    for (int shift = c > 0xFFFF ? 16 : 12; shift >= 0; shift -= 4)
      digits[n++] = "0123456789ABCDEF"[c >> shift & 15];
    return format(out, "{}{}", kIdeographPrefix, std::string_view(digits, n));
  }
  auto end = kNameOrder + kNameCount;
  auto at = std::lower_bound(kNameOrder, end, c,
                             [](uint16_t e, uint32_t point) { return kNames[e].point < point; });
  if (at == end || kNames[*at].point != c) return false;
  char text[kMaxName];
  return out.append({text, expand(*at, text)});
}

Named lookup_name(std::string_view given, NamedSequences sequences) {
  if (given.size() >= kMaxName) return {};
  char text[kMaxName];
  std::string_view name(text, upper_case(given, text));
  // Computed names have only one spelling.
  if (given.starts_with(kSyllablePrefix)) {
    uint32_t c = find_syllable(given.substr(kSyllablePrefix.size()));
    return {nullptr, c != 0, c};
  }
  if (given.starts_with(kIdeographPrefix)) {
    uint32_t c = find_ideograph(given.substr(kIdeographPrefix.size()));
    return {nullptr, c != 0, c};
  }
  uint32_t point = 0;
  if (find_listed(name, point)) return {nullptr, 1, point};
  if (auto alias = find_sorted(kNameAliases, kNameAliasCount, name))
    return {nullptr, 1, alias->point};
  if (sequences == NamedSequences::yes)
    if (auto s = find_sorted(kNameSequences, kNameSequenceCount, name))
      return {s->points, s->count, s->points[0]};
  return {};
}

}  // namespace taipan::unicode
