// Makes the tables of base/unicode*.cpp from the Unicode character database's text files.
// A host tool of the build:  make_unicode DATA_FOLDER PATCHES OUT.cpp
// DATA_FOLDER holds Unicode 15.0 (the package unicode-data); characters younger than 14.0 are left
// out, and PATCHES undoes what 15.0 changed in older ones.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace {

using std::string;
using std::string_view;
using std::vector;

constexpr uint32_t kPoints = 0x110000;
constexpr unsigned kShift = 7, kBlock = 1u << kShift;

// In step with base/unicode.h.
enum Flag : uint32_t {
  kAlpha = 1 << 0,
  kLower = 1 << 1,
  kUpper = 1 << 2,
  kTitle = 1 << 3,
  kPrintable = 1 << 4,
  kSpace = 1 << 5,
  kXidStart = 1 << 6,
  kXidContinue = 1 << 7,
  kCased = 1 << 8,
  kCaseIgnorable = 1 << 9,
  kMirrored = 1 << 10,
  kDecimal = 1 << 11,
  kDigit = 1 << 12,
  kNumeric = 1 << 13,
  kUnassignedIn32 = 1 << 14,
};

struct Point {
  bool assigned = false;
  uint32_t flags = 0;
  string name, category = "Cn", bidi, width = "F", tag, numeric;
  int combining = 0, decimal = -1, digit = -1;
  vector<uint32_t> decomposition;
  uint32_t upper = 0, lower = 0, title = 0;
  vector<uint32_t> full_upper, full_lower, full_title, fold;
  uint8_t quick_checks = 0;
  bool excluded = false;  // from composition
};

vector<Point> points(kPoints);
vector<uint8_t> age_ok(kPoints), age_32(kPoints);
string folder;

[[noreturn]] void die(const string& why) {
  fprintf(stderr, "make_unicode: %s\n", why.c_str());
  exit(1);
}

string_view trim(string_view s) {
  while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
  while (!s.empty() && strchr(" \t\r\n", s.back())) s.remove_suffix(1);
  return s;
}
vector<string> split(string_view s, char at) {
  vector<string> out;
  while (true) {
    size_t n = s.find(at);
    out.emplace_back(trim(s.substr(0, n)));
    if (n == s.npos) return out;
    s.remove_prefix(n + 1);
  }
}
uint32_t hex(const string& s) { return static_cast<uint32_t>(strtoul(s.c_str(), nullptr, 16)); }
vector<uint32_t> hex_list(const string& s) {
  vector<uint32_t> out;
  for (auto& w : split(s, ' '))
    if (!w.empty()) out.push_back(hex(w));
  return out;
}

template <class F>
void each_line(FILE* f, const string& path, char separator, F use) {
  if (!f) die("cannot read " + path);
  char* line = nullptr;
  size_t room = 0;
  while (getline(&line, &room, f) >= 0) {
    string_view text = line;
    text = trim(text.substr(0, text.find('#')));
    if (!text.empty()) use(split(text, separator));
  }
  free(line);
}
/// Calls `use` with the fields of each line.
template <class F>
void read(const string& name, F use) {
  string path = folder + "/" + name;
  FILE* f = fopen(path.c_str(), "r");
  each_line(f, path, ';', use);
  fclose(f);
}
/// Calls `use(code point, fields)` for files whose first field is a point or a range.
template <class F>
void read_ranges(const string& name, F use) {
  read(name, [&](const vector<string>& f) {
    size_t dots = f[0].find("..");
    uint32_t first = hex(f[0]), last = dots == string::npos ? first : hex(f[0].substr(dots + 2));
    for (uint32_t c = first; c <= last; c++) use(c, f);
  });
}

void read_ages() {
  read_ranges("DerivedAge.txt", [](uint32_t c, const vector<string>& f) {
    double age = strtod(f[1].c_str(), nullptr);
    age_ok[c] = age <= 14.0;
    age_32[c] = age <= 3.2;
  });
}

void set_point(uint32_t c, const vector<string>& f, bool listed) {
  Point& p = points[c];
  p.assigned = true;
  if (listed && f[1][0] != '<') p.name = f[1];
  p.category = f[2];
  p.combining = atoi(f[3].c_str());
  p.bidi = f[4];
  string decomposition = f[5];
  if (!decomposition.empty() && decomposition[0] == '<') {
    size_t end = decomposition.find('>');
    p.tag = decomposition.substr(0, end + 1);
    decomposition = decomposition.substr(end + 1);
  }
  p.decomposition = hex_list(decomposition);
  if (!f[6].empty()) p.decimal = atoi(f[6].c_str()), p.flags |= kDecimal;
  if (!f[7].empty()) p.digit = atoi(f[7].c_str()), p.flags |= kDigit;
  p.numeric = f[8];
  if (f[9] == "Y") p.flags |= kMirrored;
  p.upper = f[12].empty() ? c : hex(f[12]);
  p.lower = f[13].empty() ? c : hex(f[13]);
  p.title = f[14].empty() ? p.upper : hex(f[14]);
}

vector<std::pair<uint32_t, uint32_t>> ideographs;

void read_points() {
  for (uint32_t c = 0; c < kPoints; c++) points[c].upper = points[c].lower = points[c].title = c;
  uint32_t first = 0;
  read("UnicodeData.txt", [&](const vector<string>& f) {
    uint32_t c = hex(f[0]);
    if (f[1].ends_with(", First>")) {
      first = c;
    } else if (f[1].ends_with(", Last>")) {
      for (uint32_t i = first; i <= c; i++)
        if (age_ok[i]) set_point(i, f, false);
      uint32_t last = c;
      while (last > first && !age_ok[last]) last--;
      if (f[1].starts_with("<CJK Ideograph") && age_ok[first]) ideographs.push_back({first, last});
    } else if (age_ok[c]) {
      set_point(c, f, true);
    }
  });
}

void read_properties() {
  read_ranges("EastAsianWidth.txt", [](uint32_t c, const vector<string>& f) {
    if (points[c].assigned) points[c].width = f[1];
  });
  const std::map<string, uint32_t> names = {
      {"Lowercase", kLower},          {"Uppercase", kUpper}, {"XID_Start", kXidStart},
      {"XID_Continue", kXidContinue}, {"Cased", kCased},     {"Case_Ignorable", kCaseIgnorable}};
  read_ranges("DerivedCoreProperties.txt", [&](uint32_t c, const vector<string>& f) {
    auto at = names.find(f[1]);
    if (points[c].assigned && at != names.end()) points[c].flags |= at->second;
  });
  const char* const forms[] = {"NFD_QC", "NFKD_QC", "NFC_QC", "NFKC_QC"};
  read_ranges("DerivedNormalizationProps.txt", [&](uint32_t c, const vector<string>& f) {
    if (!points[c].assigned) return;
    if (f[1] == "Full_Composition_Exclusion") points[c].excluded = true;
    for (unsigned i = 0; i < 4; i++)
      if (f[1] == forms[i]) points[c].quick_checks |= (f[2] == "M" ? 1 : 2) << 2 * i;
  });
}

void read_cases() {
  read("SpecialCasing.txt", [](const vector<string>& f) {
    if (f.size() > 4 && !f[4].empty()) return;  // depends on language or context
    Point& p = points[hex(f[0])];
    p.full_lower = hex_list(f[1]);
    p.full_title = hex_list(f[2]);
    p.full_upper = hex_list(f[3]);
  });
  read("CaseFolding.txt", [](const vector<string>& f) {
    if (f[1] == "C" || f[1] == "F") points[hex(f[0])].fold = hex_list(f[2]);
  });
}

void read_ideograph_numbers() {
  string path = folder + "/Unihan_NumericValues.txt.bz2";
  FILE* f = popen(("bzip2 -dc " + path).c_str(), "r");
  each_line(f, path, '\t', [](const vector<string>& fields) {
    uint32_t c = hex(fields[0].substr(2));
    if (points[c].assigned) points[c].numeric = split(fields[2], ' ')[0];
  });
  if (pclose(f) != 0) die("cannot unpack " + path);
}

std::set<string> new_aliases;

/// Lines "code point; property; value of 14.0".
void read_patches(const char* path) {
  FILE* f = fopen(path, "r");
  each_line(f, path, ';', [](const vector<string>& l) {
    Point& p = points[hex(l[0])];
    if (l[1] == "category")
      p.category = l[2];
    else if (l[1] == "bidirectional")
      p.bidi = l[2];
    else if (l[1] == "width")
      p.width = l[2];
    else if (l[1] == "numeric")
      p.numeric = l[2];
    else if (l[1] == "name")
      p.name = l[2];
    else if (l[1] == "no alias")
      new_aliases.insert(l[2]);
    else if (l[1] == "set")
      p.flags |= 1u << atoi(l[2].c_str());
    else if (l[1] == "clear")
      p.flags &= ~(1u << atoi(l[2].c_str()));
    else
      die("unknown property " + l[1]);
  });
  fclose(f);
}

void derive_flags() {
  for (uint32_t c = 0; c < kPoints; c++) {
    Point& p = points[c];
    const string& k = p.category;
    if (k[0] == 'L') p.flags |= kAlpha;
    if (k == "Lt") p.flags |= kTitle;
    if (k == "Zs" || p.bidi == "WS" || p.bidi == "B" || p.bidi == "S") p.flags |= kSpace;
    if ((k[0] != 'C' && k[0] != 'Z') || c == ' ') p.flags |= kPrintable;
    if (!p.numeric.empty()) p.flags |= kNumeric;
    if (!age_32[c] || !p.assigned) p.flags |= kUnassignedIn32;
  }
}

/// Numbers distinct texts in the order of their first use.
struct Names {
  vector<string> list;
  unsigned number(const string& s) {
    for (unsigned i = 0; i < list.size(); i++)
      if (list[i] == s) return i;
    list.push_back(s);
    return static_cast<unsigned>(list.size()) - 1;
  }
};

FILE* out;

void write_names(const char* variable, const vector<string>& list) {
  fprintf(out, "const char* const %s[] = {", variable);
  for (auto& s : list) fprintf(out, "\"%s\",", s.c_str());
  fprintf(out, "};\n");
}

template <class V>
void write_numbers(const char* type, const char* variable, const V& list) {
  fprintf(out, "const %s %s[] = {", type, variable);
  size_t n = 0;
  for (auto v : list)
    fprintf(out, "%s%llu,", n++ % 24 ? "" : "\n", static_cast<unsigned long long>(v));
  fprintf(out, "};\n");
}

/// Splits a table of kPoints (or fewer) numbers into blocks and writes each distinct block once.
void write_two_stage(const string& name, const vector<uint32_t>& values) {
  std::map<vector<uint32_t>, unsigned> seen;
  vector<uint32_t> blocks, index;
  for (size_t i = 0; i < values.size(); i += kBlock) {
    vector<uint32_t> block(values.begin() + static_cast<long>(i),
                           values.begin() + static_cast<long>(i + kBlock));
    auto [at, fresh] = seen.emplace(block, static_cast<unsigned>(seen.size()));
    if (fresh) index.insert(index.end(), block.begin(), block.end());
    blocks.push_back(at->second);
  }
  write_numbers("uint16_t", ("k" + name + "Blocks").c_str(), blocks);
  write_numbers("uint16_t", ("k" + name + "Index").c_str(), index);
}

string mapping(const vector<uint32_t>& m) {
  string s = "{";
  for (uint32_t c : m) s += std::to_string(c) + ",";
  return s + "}";
}

/// The distance, as the record stores it.
int distance(uint32_t to, uint32_t from) { return static_cast<int>(to) - static_cast<int>(from); }

void write_records() {
  Names categories, bidis, widths, values, records, specials;
  categories.number("Cn");
  bidis.number("");
  widths.number("F");
  values.number("0");
  specials.number("{}");
  std::map<string, unsigned> record_numbers;
  vector<uint32_t> index(kPoints);
  for (uint32_t c = 0; c < kPoints; c++) {
    Point& p = points[c];
    auto full = [](const vector<uint32_t>& special, uint32_t simple) {
      return special.empty() ? vector<uint32_t>{simple} : special;
    };
    auto upper = full(p.full_upper, p.upper), lower = full(p.full_lower, p.lower),
         title = full(p.full_title, p.title), fold = p.fold.empty() ? vector<uint32_t>{c} : p.fold;
    bool plain = upper == vector{p.upper} && lower == vector{p.lower} && title == vector{p.title} &&
                 fold == vector{p.lower};
    unsigned special = 0;
    if (!plain)
      special = specials.number("{" + mapping(upper) + "," + mapping(lower) + "," + mapping(title) +
                                "," + mapping(fold) + "}");
    unsigned numeric = p.numeric.empty() ? 0 : values.number(p.numeric);
    char text[256];
    snprintf(text, sizeof text, "{%u,%d,%d,%d,%u,%u,%u,%u,%d,%u,%d,%d,%u}", p.flags,
             distance(p.upper, c), distance(p.lower, c), distance(p.title, c), special, numeric,
             categories.number(p.category), bidis.number(p.bidi), p.combining,
             widths.number(p.width), p.decimal, p.digit, p.quick_checks);
    auto [at, fresh] = record_numbers.emplace(text, static_cast<unsigned>(records.list.size()));
    if (fresh) records.list.push_back(text);
    index[c] = at->second;
  }
  fprintf(out, "const Record kRecords[] = {\n");
  for (auto& r : records.list) fprintf(out, "%s,\n", r.c_str());
  fprintf(out, "};\nconst SpecialCase kSpecialCases[] = {\n");
  for (auto& s : specials.list) fprintf(out, "%s,\n", s.c_str());
  fprintf(out, "};\nconst double kNumericValues[] = {");
  for (auto& v : values.list) {
    size_t slash = v.find('/');
    if (slash == string::npos)
      fprintf(out, "%s.0,", v.c_str());
    else
      fprintf(out, "%s.0 / %s.0,", v.substr(0, slash).c_str(), v.substr(slash + 1).c_str());
  }
  fprintf(out, "};\n");
  write_names("kCategoryNames", categories.list);
  write_names("kBidirectionalNames", bidis.list);
  write_names("kWidthNames", widths.list);
  write_two_stage("Record", index);
}

void write_decompositions() {
  Names tags;
  tags.number("");
  vector<uint32_t> words{0}, index(0x30000);
  vector<uint64_t> pairs;
  for (uint32_t c = 0; c < kPoints; c++) {
    const Point& p = points[c];
    if (p.decomposition.empty()) continue;
    if (c >= index.size()) die("a decomposition beyond the table");
    index[c] = static_cast<uint32_t>(words.size());
    words.push_back(tags.number(p.tag) | static_cast<uint32_t>(p.decomposition.size()) << 8);
    words.insert(words.end(), p.decomposition.begin(), p.decomposition.end());
    if (p.tag.empty() && p.decomposition.size() == 2 && !p.excluded)
      pairs.push_back(uint64_t{p.decomposition[0]} << 42 | uint64_t{p.decomposition[1]} << 21 | c);
  }
  if (words.size() > 0xFFFF) die("too many decompositions for 16 bits");
  std::sort(pairs.begin(), pairs.end());
  write_numbers("uint32_t", "kDecompositions", words);
  write_names("kDecompositionTags", tags.list);
  write_two_stage("Decomposition", index);
  write_numbers("uint64_t", "kCompositions", pairs);
  fprintf(out, "const unsigned kCompositionCount = %zu;\n", pairs.size());
}

void write_character_names() {
  struct Listed {
    string name;
    uint32_t point;
  };
  vector<Listed> listed;
  std::map<string, unsigned> uses;
  for (uint32_t c = 0; c < kPoints; c++) {
    if (points[c].name.empty()) continue;
    listed.push_back({points[c].name, c});
    for (auto& w : split(points[c].name, ' ')) uses[w]++;
  }
  std::sort(listed.begin(), listed.end(), [](auto& a, auto& b) { return a.name < b.name; });
  vector<std::pair<string, unsigned>> words(uses.begin(), uses.end());
  std::sort(words.begin(), words.end(), [](auto& a, auto& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
  if (words.size() > 0x7FFF) die("too many words for 15 bits");
  std::map<string, unsigned> numbers;
  vector<uint32_t> starts{0};
  fprintf(out, "const char kNameWords[] =\n");
  for (unsigned i = 0; i < words.size(); i++) {
    numbers[words[i].first] = i;
    starts.push_back(starts.back() + static_cast<uint32_t>(words[i].first.size()));
    fprintf(out, "\"%s\"%s", words[i].first.c_str(), i % 12 ? "" : "\n");
  }
  fprintf(out, ";\n");
  write_numbers("uint32_t", "kNameWordStart", starts);
  vector<uint32_t> codes, order(listed.size());
  fprintf(out, "const NameEntry kNames[] = {\n");
  for (auto& l : listed) {
    fprintf(out, "{%u,%zu},", l.point, codes.size());
    for (auto& w : split(l.name, ' ')) {
      unsigned n = numbers[w];
      if (n >= 0x80)
        codes.push_back(0x80 | n >> 8), codes.push_back(n & 0xFF);
      else
        codes.push_back(n);
    }
  }
  fprintf(out, "{0,%zu}};\nconst unsigned kNameCount = %zu;\n", codes.size(), listed.size());
  write_numbers("uint8_t", "kNameCodes", codes);
  for (uint32_t i = 0; i < order.size(); i++) order[i] = i;
  std::sort(order.begin(), order.end(),
            [&](uint32_t a, uint32_t b) { return listed[a].point < listed[b].point; });
  write_numbers("uint16_t", "kNameOrder", order);
}

void write_aliases_and_sequences() {
  std::map<string, uint32_t> aliases;
  read("NameAliases.txt", [&](const vector<string>& f) {
    if (points[hex(f[0])].assigned && !new_aliases.contains(f[1])) aliases[f[1]] = hex(f[0]);
  });
  fprintf(out, "const NameAlias kNameAliases[] = {\n");
  for (auto& [name, c] : aliases) fprintf(out, "{\"%s\",%u},", name.c_str(), c);
  fprintf(out, "};\nconst unsigned kNameAliasCount = %zu;\n", aliases.size());
  std::map<string, vector<uint32_t>> sequences;
  read("NamedSequences.txt", [&](const vector<string>& f) { sequences[f[0]] = hex_list(f[1]); });
  fprintf(out, "const NameSequence kNameSequences[] = {\n");
  for (auto& [name, list] : sequences) {
    if (list.size() > 4) die("a named sequence longer than 4");
    fprintf(out, "{\"%s\",%zu,%s},", name.c_str(), list.size(), mapping(list).c_str());
  }
  fprintf(out, "};\nconst unsigned kNameSequenceCount = %zu;\n", sequences.size());
  fprintf(out, "const PointRange kIdeographs[] = {");
  for (auto& [first, last] : ideographs) fprintf(out, "{%u,%u},", first, last);
  fprintf(out, "};\nconst unsigned kIdeographCount = %zu;\n", ideographs.size());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) die("usage: make_unicode DATA_FOLDER PATCHES OUT.cpp");
  folder = argv[1];
  read_ages();
  read_points();
  read_properties();
  read_cases();
  read_ideograph_numbers();
  read_patches(argv[2]);
  derive_flags();
  out = fopen(argv[3], "w");
  if (!out) die("cannot write the output");
  fprintf(out,
          "// Made by tools/make_unicode.cpp.\n#include \"base/unicode.h\"\n"
          "#include \"base/unicode_tables.h\"\nnamespace taipan::unicode {\n");
  write_records();
  write_decompositions();
  write_character_names();
  write_aliases_and_sequences();
  fprintf(out, "}\n");
  return fclose(out) == 0 ? 0 : 1;
}
