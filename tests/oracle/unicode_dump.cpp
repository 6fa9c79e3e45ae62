// Prints the whole character database of base/unicode.h, one line per code point, for
// unicode_compare.py; or, with the argument "normalize", the four normal forms of each input line
// (code points in hexadecimal).
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "base/float_text.h"
#include "base/unicode.h"

using namespace taipan;
using namespace taipan::unicode;

static void put(TextBuffer& out, const uint32_t* p, size_t n) {
  for (size_t i = 0; i < n; i++) format(out, "{}{}", i ? " " : "", Hex{p[i]});
  out.append(';');
}

static void dump() {
  TextBuffer out;
  for (uint32_t c = 0; c <= kMaxCodePoint; c++) {
    out.clear();
    const Record& r = record(c);
    format(out, "{};{};{};{};{};{};", Hex{r.flags}, category(c), bidirectional(c), combining(c),
           east_asian_width(c), decimal_value(c));
    format(out, "{};", digit_value(c));
    if (is_numeric(c)) append_repr(out, numeric_value(c));
    out.append(';');
    uint32_t full[3];
    put(out, full, full_upper(c, full));
    put(out, full, full_lower(c, full));
    put(out, full, full_title(c, full));
    put(out, full, full_fold(c, full));
    uint32_t simple[] = {simple_upper(c), simple_lower(c), simple_title(c)};
    put(out, simple, 3);
    Decomposition d = decomposition(c);
    out.append(d.tag);
    out.append(' ');
    put(out, d.points, d.count);
    size_t from = out.size();
    append_name(c, out);
    char name[256];
    size_t n = out.size() - from;
    memcpy(name, out.data() + from, n);
    Named found = lookup_name({name, n}, NamedSequences::no);
    format(out, ";{}", n == 0 || (found.count == 1 && found.single == c) ? "" : "lookup fails");
    puts(out.c_str());
  }
}

static void normal_forms() {
  char* line = nullptr;
  size_t room = 0;
  while (getline(&line, &room, stdin) > 0) {
    Vector<uint32_t> text;
    char* p = line;
    while (*p && *p != '\n')
      if (!text.append(static_cast<uint32_t>(strtoul(p, &p, 16)))) abort();
    TextBuffer out;
    for (Form f : {Form::nfd, Form::nfkd, Form::nfc, Form::nfkc}) {
      Vector<uint32_t> normal;
      if (!normalize(text.data(), text.size(), f, normal)) abort();
      put(out, normal.data(), normal.size());
      bool same = normal.size() == text.size() &&
                  !memcmp(normal.data(), text.data(), text.size() * sizeof(uint32_t));
      if (surely_normalized(text.data(), text.size(), f) && !same) out.append("quick check fails;");
    }
    puts(out.c_str());
  }
}

static void lookups() {
  char* line = nullptr;
  size_t room = 0;
  while (ssize_t n = getline(&line, &room, stdin)) {
    if (n < 0) break;
    Named found = lookup_name({line, static_cast<size_t>(n) - 1}, NamedSequences::yes);
    TextBuffer out;
    put(out, found.count > 1 ? found.points : &found.single, found.count);
    puts(out.c_str());
  }
}

int main(int argc, char** argv) {
  if (argc > 1 && !strcmp(argv[1], "normalize"))
    normal_forms();
  else if (argc > 1)
    lookups();
  else
    dump();
}
