// Case conversions and the questions about all characters of a str.
#include "base/unicode.h"
#include "object/error.h"
#include "types/str_methods.h"

namespace taipan {
namespace {

constexpr Py_UCS4 kCapitalSigma = 0x3A3, kSmallSigma = 0x3C3, kFinalSigma = 0x3C2;

bool is_ascii_upper(unsigned char c) { return c >= 'A' && c <= 'Z'; }
bool is_ascii_lower(unsigned char c) { return c >= 'a' && c <= 'z'; }

/// Capital sigma at `i` becomes the final form if a cased letter stands before it and none behind,
/// ignoring what is case-ignorable.
template <class Unit>
Py_UCS4 lower_sigma(const Unit* text, size_t n, size_t i) {
  size_t before = i;
  while (before > 0 && unicode::is_case_ignorable(text[before - 1])) before--;
  if (before == 0 || !unicode::is_cased(text[before - 1])) return kSmallSigma;
  size_t after = i + 1;
  while (after < n && unicode::is_case_ignorable(text[after])) after++;
  return after == n || !unicode::is_cased(text[after]) ? kFinalSigma : kSmallSigma;
}

template <class Unit>
unsigned lower_at(const Unit* text, size_t n, size_t i, Py_UCS4 out[3]) {
  if (text[i] == kCapitalSigma) return out[0] = lower_sigma(text, n, i), 1;
  return unicode::full_lower(text[i], out);
}

unsigned char ascii_lower(unsigned char c) {
  return static_cast<unsigned char>(c + (is_ascii_upper(c) ? 32 : 0));
}
unsigned char ascii_upper(unsigned char c) {
  return static_cast<unsigned char>(c - (is_ascii_lower(c) ? 32 : 0));
}

/// Maps each character by `map(text, n, i, out) -> count`; `map` may look around. `simple`, if
/// given, maps ASCII.
template <unsigned char (*simple)(unsigned char) = nullptr, class Map>
Ref<> map_all(PyObject* s, Map map) {
  StrBuilder out;
  if (!out.reserve(str_length(s), max_char_bound(s))) return {};
  bool ok = with_units(s, [&](auto text, size_t n) {
    Py_UCS4 mapped[3];
    for (size_t i = 0; i < n; i++) {
      if constexpr (simple != nullptr) {
        if (text[i] < 0x80) {
          if (!out.add(Py_UCS4{simple(static_cast<unsigned char>(text[i]))})) return false;
          continue;
        }
      }
      unsigned count = map(text, n, i, mapped);
      for (unsigned k = 0; k < count; k++)
        if (!out.add(mapped[k])) return false;
    }
    return true;
  });
  if (!ok) return {};
  return out.finish();
}

/// The same for ASCII, whose results are ASCII of the same length. `map(c, first) -> char`.
template <class Map>
Ref<> map_ascii(PyObject* s, Map map) {
  Ref<> out = TRY(allocate_str(str_length(s), 0x7F));
  auto from = static_cast<const unsigned char*>(str_data(s));
  auto to = static_cast<unsigned char*>(str_data(out.get()));
  auto n = static_cast<size_t>(str_length(s));
  for (size_t i = 0; i < n; i++) to[i] = static_cast<unsigned char>(map(from[i]));
  return out;
}

}  // namespace

Ref<> str_lower(PyObject* s) {
  if (is_ascii(s)) return map_ascii(s, ascii_lower);
  return map_all<ascii_lower>(
      s, [](auto text, size_t n, size_t i, Py_UCS4* out) { return lower_at(text, n, i, out); });
}

Ref<> str_upper(PyObject* s) {
  if (is_ascii(s)) return map_ascii(s, ascii_upper);
  return map_all<ascii_upper>(s, [](auto text, size_t, size_t i, Py_UCS4* out) {
    return unicode::full_upper(text[i], out);
  });
}

Ref<> str_casefold(PyObject* s) {
  if (is_ascii(s)) return map_ascii(s, ascii_lower);
  return map_all<ascii_lower>(s, [](auto text, size_t, size_t i, Py_UCS4* out) {
    return unicode::full_fold(text[i], out);
  });
}

Ref<> str_swapcase(PyObject* s) {
  if (is_ascii(s))
    return map_ascii(
        s, [](unsigned char c) { return is_ascii_upper(c) ? ascii_lower(c) : ascii_upper(c); });
  return map_all(s, [](auto text, size_t n, size_t i, Py_UCS4* out) {
    if (unicode::is_upper(text[i])) return lower_at(text, n, i, out);
    if (unicode::is_lower(text[i])) return unicode::full_upper(text[i], out);
    return out[0] = text[i], 1u;
  });
}

Ref<> str_title(PyObject* s) {
  bool inside = false;  // behind a cased character
  return map_all(s, [&](auto text, size_t n, size_t i, Py_UCS4* out) {
    unsigned count = inside ? lower_at(text, n, i, out) : unicode::full_title(text[i], out);
    inside = unicode::is_cased(text[i]);
    return count;
  });
}

Ref<> str_capitalize(PyObject* s) {
  if (str_length(s) == 0) return exact_str(s);
  return map_all(s, [](auto text, size_t n, size_t i, Py_UCS4* out) {
    return i == 0 ? unicode::full_title(text[0], out) : lower_at(text, n, i, out);
  });
}

bool str_is_lower(PyObject* s) {
  return with_units(s, [](auto text, size_t n) {
    bool cased = false;
    for (size_t i = 0; i < n; i++) {
      uint32_t flags = unicode::record(text[i]).flags;
      if (flags & (unicode::kUpper | unicode::kTitle)) return false;
      cased |= (flags & unicode::kLower) != 0;
    }
    return cased;
  });
}

bool str_is_upper(PyObject* s) {
  return with_units(s, [](auto text, size_t n) {
    bool cased = false;
    for (size_t i = 0; i < n; i++) {
      uint32_t flags = unicode::record(text[i]).flags;
      if (flags & (unicode::kLower | unicode::kTitle)) return false;
      cased |= (flags & unicode::kUpper) != 0;
    }
    return cased;
  });
}

bool str_is_title(PyObject* s) {
  return with_units(s, [](auto text, size_t n) {
    bool cased = false, inside = false;
    for (size_t i = 0; i < n; i++) {
      uint32_t flags = unicode::record(text[i]).flags;
      if (flags & (unicode::kUpper | unicode::kTitle)) {
        if (inside) return false;
        inside = cased = true;
      } else if (flags & unicode::kLower) {
        if (!inside) return false;
        cased = true;
      } else {
        inside = false;
      }
    }
    return cased;
  });
}

bool str_is_identifier(PyObject* s) {
  return with_units(s, [](auto text, size_t n) {
    if (n == 0 || (text[0] != '_' && !unicode::is_xid_start(text[0]))) return false;
    for (size_t i = 1; i < n; i++)
      if (!unicode::is_xid_continue(text[i])) return false;
    return true;
  });
}

bool str_is_printable(PyObject* s) {
  return with_units(s, [](auto text, size_t n) {
    for (size_t i = 0; i < n; i++)
      if (!unicode::is_printable(text[i])) return false;
    return true;
  });
}

bool str_all_have(PyObject* s, uint32_t flags) {
  return with_units(s, [flags](auto text, size_t n) {
    for (size_t i = 0; i < n; i++)
      if (!unicode::has(text[i], flags)) return false;
    return n > 0;
  });
}

}  // namespace taipan
