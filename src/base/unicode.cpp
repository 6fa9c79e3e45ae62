// Case mapping, decomposition and the four normal forms.
#include "base/unicode.h"

#include <algorithm>

#include "base/unicode_tables.h"

namespace taipan::unicode {
namespace {

// Hangul syllables: 19 leading consonants × 21 vowels × 28 (no or a) trailing consonants.
constexpr uint32_t kSyllables = 0xAC00, kLeads = 0x1100, kVowels = 0x1161, kTrails = 0x11A7;
constexpr uint32_t kLeadCount = 19, kVowelCount = 21, kTrailCount = 28;
constexpr uint32_t kSyllableCount = kLeadCount * kVowelCount * kTrailCount;

unsigned copy_mapping(const uint32_t (&from)[3], uint32_t out[3]) {
  unsigned n = 0;
  while (n < 3 && from[n]) out[n] = from[n], n++;
  return n;
}

}  // namespace

bool is_line_break(uint32_t c) {
  return (c >= 0x0A && c <= 0x0D) || (c >= 0x1C && c <= 0x1E) || c == 0x85 || c == 0x2028 ||
         c == 0x2029;
}

unsigned full_upper(uint32_t c, uint32_t out[3]) {
  const Record& r = record(c);
  if (r.special) return copy_mapping(kSpecialCases[r.special].upper, out);
  out[0] = c + static_cast<uint32_t>(r.upper);
  return 1;
}
unsigned full_lower(uint32_t c, uint32_t out[3]) {
  const Record& r = record(c);
  if (r.special) return copy_mapping(kSpecialCases[r.special].lower, out);
  out[0] = c + static_cast<uint32_t>(r.lower);
  return 1;
}
unsigned full_title(uint32_t c, uint32_t out[3]) {
  const Record& r = record(c);
  if (r.special) return copy_mapping(kSpecialCases[r.special].title, out);
  out[0] = c + static_cast<uint32_t>(r.title);
  return 1;
}
unsigned full_fold(uint32_t c, uint32_t out[3]) {
  const Record& r = record(c);
  if (r.special) return copy_mapping(kSpecialCases[r.special].fold, out);
  out[0] = c + static_cast<uint32_t>(r.lower);
  return 1;
}

Decomposition decomposition(uint32_t c) {
  if (c >= kDecompositionLimit) return {"", nullptr, 0};
  size_t at = kDecompositionIndex[size_t{kDecompositionBlocks[c >> kShift]} << kShift |
                                  (c & ((1u << kShift) - 1))];
  if (!at) return {"", nullptr, 0};
  uint32_t head = kDecompositions[at];
  return {kDecompositionTags[head & 0xFF], &kDecompositions[at + 1], head >> 8};
}

QuickCheck quick_check(uint32_t c, Form form) {
  return static_cast<QuickCheck>(record(c).quick_checks >> 2 * static_cast<unsigned>(form) & 3);
}

namespace {

/// Five ideographs' decompositions were corrected after 3.2.
uint32_t corrected_after_3_2(uint32_t c) {
  switch (c) {
    case 0x2F868:
      return 0x2136A;
    case 0x2F874:
      return 0x5F33;
    case 0x2F91F:
      return 0x43AB;
    case 0x2F95F:
      return 0x7AAE;
    case 0x2F9BF:
      return 0x4D57;
    default:
      return c;
  }
}

bool decompose(uint32_t c, bool compatible, Version version, Vector<uint32_t>& out) {
  if (c < 0x80) return out.append(c);
  if (version == Version::v3_2) {
    if (!v3_2::is_assigned(c)) return out.append(c);
    c = corrected_after_3_2(c);
  }
  if (c - kSyllables < kSyllableCount) {
    uint32_t s = c - kSyllables, trail = s % kTrailCount;
    return out.append(kLeads + s / (kVowelCount * kTrailCount)) &&
           out.append(kVowels + s / kTrailCount % kVowelCount) &&
           (trail == 0 || out.append(kTrails + trail));
  }
  Decomposition d = decomposition(c);
  if (d.count == 0 || (*d.tag && !compatible)) return out.append(c);
  // The database's chains are short: the recursion is bounded by it.
  for (unsigned i = 0; i < d.count; i++)
    if (!decompose(d.points[i], compatible, version, out)) return false;
  return true;
}

/// Insertion sort by class: right for the usual two or three marks.
void sort_few(uint32_t* marks, size_t n) {
  for (size_t k = 1; k < n; k++)
    for (size_t j = k; j > 0 && combining(marks[j]) < combining(marks[j - 1]); j--)
      std::swap(marks[j], marks[j - 1]);
}

/// Counting sort: for runs that somebody made long. False: out of memory.
bool sort_many(uint32_t* marks, size_t n) {
  Vector<uint32_t> copy;
  if (!copy.extend(marks, n)) return false;
  size_t start[257] = {};
  for (uint32_t c : copy) start[combining(c) + 1]++;
  for (int k = 0; k < 256; k++) start[k + 1] += start[k];
  for (uint32_t c : copy) marks[start[combining(c)]++] = c;
  return true;
}

/// Puts each run of combining marks in the order of their classes; equal classes keep their order.
bool reorder(uint32_t* text, size_t n) {
  for (size_t i = 0, end; i < n; i = end + 1) {
    for (end = i; end < n && combining(text[end]) != 0;) end++;
    if (end - i <= 16)
      sort_few(text + i, end - i);
    else if (!sort_many(text + i, end - i))
      return false;
  }
  return true;
}

/// 0: the pair has no composite.
uint32_t compose_pair(uint32_t a, uint32_t b) {
  if (a - kLeads < kLeadCount && b - kVowels < kVowelCount)
    return kSyllables + ((a - kLeads) * kVowelCount + (b - kVowels)) * kTrailCount;
  if (a - kSyllables < kSyllableCount && (a - kSyllables) % kTrailCount == 0 &&
      b - kTrails - 1 < kTrailCount - 1)
    return a + (b - kTrails);
  uint64_t key = uint64_t{a} << 42 | uint64_t{b} << 21;
  auto end = kCompositions + kCompositionCount;
  auto at = std::lower_bound(kCompositions, end, key);
  if (at == end || *at >> 21 != key >> 21) return 0;
  return static_cast<uint32_t>(*at & 0x1FFFFF);
}

/// Composes in place; returns the new length.
size_t compose(uint32_t* text, size_t n) {
  size_t out = 0, starter = SIZE_MAX;
  int last = 0;  // the class of what was last written behind the starter
  for (size_t i = 0; i < n; i++) {
    uint32_t c = text[i];
    int cls = combining(c);
    // A mark is blocked from the starter by one of its own or a higher class in between.
    bool adjacent = starter != SIZE_MAX && out == starter + 1;
    if (starter != SIZE_MAX && (adjacent || (last < cls && last != 0))) {
      if (uint32_t composite = compose_pair(text[starter], c)) {
        text[starter] = composite;
        continue;
      }
    }
    if (cls == 0) starter = out;
    last = cls;
    text[out++] = c;
  }
  return out;
}

}  // namespace

bool normalize(const uint32_t* text, size_t n, Form form, Vector<uint32_t>& out, Version version) {
  bool compatible = form == Form::nfkd || form == Form::nfkc;
  size_t from = out.size();
  for (size_t i = 0; i < n; i++)
    if (!decompose(text[i], compatible, version, out)) return false;
  if (!reorder(out.data() + from, out.size() - from)) return false;
  if (form == Form::nfc || form == Form::nfkc)
    out.truncate(from + compose(out.data() + from, out.size() - from));
  return true;
}

}  // namespace taipan::unicode
