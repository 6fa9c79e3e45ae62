// Bytes seen as ASCII text: case, padding, stripping, translation, hexadecimal, repr.
#include <climits>

#include "object/bytes.h"
#include "object/error.h"
#include "object/protocol.h"
#include "object/str.h"
#include "types/buffer.h"
#include "types/bytes_methods.h"

namespace taipan {
namespace {

using Byte = unsigned char;

bool is_upper(Byte c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(Byte c) { return c >= 'a' && c <= 'z'; }
bool is_alpha(Byte c) { return is_upper(c) || is_lower(c); }
bool is_digit(Byte c) { return c >= '0' && c <= '9'; }
Byte to_lower(Byte c) { return static_cast<Byte>(is_upper(c) ? c + 32 : c); }
Byte to_upper(Byte c) { return static_cast<Byte>(is_lower(c) ? c - 32 : c); }

bool belongs(Byte c, AsciiClass what) {
  switch (what) {
    case AsciiClass::alnum:
      return is_alpha(c) || is_digit(c);
    case AsciiClass::alpha:
      return is_alpha(c);
    case AsciiClass::ascii:
      return c < 0x80;
    case AsciiClass::digit:
      return is_digit(c);
    case AsciiClass::space:
      return is_ascii_blank(c);
  }
  return false;
}

}  // namespace

bool bytes_all(BytesIn self, AsciiClass what) {
  for (char c : self)
    if (!belongs(static_cast<Byte>(c), what)) return false;
  return !self.empty() || what == AsciiClass::ascii;
}

bool bytes_is_lower(BytesIn self) {
  bool cased = false;
  for (char c : self) {
    if (is_upper(static_cast<Byte>(c))) return false;
    cased |= is_lower(static_cast<Byte>(c));
  }
  return cased;
}
bool bytes_is_upper(BytesIn self) {
  bool cased = false;
  for (char c : self) {
    if (is_lower(static_cast<Byte>(c))) return false;
    cased |= is_upper(static_cast<Byte>(c));
  }
  return cased;
}
bool bytes_is_title(BytesIn self) {
  bool cased = false, inside = false;
  for (char ch : self) {
    auto c = static_cast<Byte>(ch);
    if (is_upper(c) ? inside : is_lower(c) && !inside) return false;
    inside = is_alpha(c);
    cased |= inside;
  }
  return cased;
}

Ref<> bytes_change_case(BytesIn self, AsciiCase how, Make make) {
  BytesBuilder out;
  if (!out.reserve(static_cast<Py_ssize_t>(self.size()))) return {};
  bool inside = false;
  for (char ch : self) {
    auto c = static_cast<Byte>(ch);
    bool lower = how == AsciiCase::lower || (how == AsciiCase::swap && is_upper(c)) ||
                 ((how == AsciiCase::title || how == AsciiCase::capital) && inside);
    inside = how == AsciiCase::capital || is_alpha(c);
    if (!out.add(static_cast<char>(lower ? to_lower(c) : to_upper(c)))) return {};
  }
  return make(out.view());
}

Result<char> bytes_fill(PyObject* fill, const char* name) {
  if (!fill) return ' ';
  if (PyBytes_Check(fill) && Py_SIZE(fill) == 1) return bytes_data(fill)[0];
  if (PyByteArray_Check(fill) && Py_SIZE(fill) == 1)
    return reinterpret_cast<ByteArray*>(fill)->ob_start[0];
  return raise(PyExc_TypeError, "{}() argument 2 must be a byte string of length 1, not {}", name,
               fill == Py_None ? "None" : type_name(fill));
}

Ref<> bytes_pad(BytesIn self, Py_ssize_t left, Py_ssize_t right, char fill, Make make) {
  BytesBuilder out;
  if (left < 0) left = 0;
  if (right < 0) right = 0;
  if (!out.fill(fill, left) || !out.add(self) || !out.fill(fill, right)) return {};
  return make(out.view());
}

Ref<> bytes_zfill(BytesIn self, Py_ssize_t width, Make make) {
  auto n = static_cast<Py_ssize_t>(self.size());
  if (n >= width) return make(self);
  bool sign = n && (self[0] == '+' || self[0] == '-');
  BytesBuilder out;
  if (!out.add(self.substr(0, sign)) || !out.fill('0', width - n) || !out.add(self.substr(sign)))
    return {};
  return make(out.view());
}

Ref<> bytes_expandtabs(BytesIn self, int tab_size, Make make) {
  BytesBuilder out;
  Py_ssize_t column = 0;
  for (char c : self) {
    if (c == '\t') {
      Py_ssize_t step = tab_size > 0 ? tab_size - column % tab_size : 0;
      if (step > PY_SSIZE_T_MAX - out.size()) return raise(PyExc_OverflowError, "result too long");
      if (!out.fill(' ', step)) return {};
      column += step;
    } else {
      if (!out.add(c)) return {};
      column = c == '\n' || c == '\r' ? 0 : column + 1;
    }
  }
  return make(out.view());
}

Result<BytesIn> bytes_strip(BytesIn self, PyObject* chars, Side side) {
  bool drop[256] = {};
  if (!chars || chars == Py_None) {
    for (int c = 0; c < 256; c++) drop[c] = is_ascii_blank(static_cast<Byte>(c));
  } else {
    BufferView view;
    TRY(view.acquire(chars));
    for (char c : view.bytes()) drop[static_cast<Byte>(c)] = true;
  }
  if (has_side(side, Side::left))
    while (!self.empty() && drop[static_cast<Byte>(self.front())]) self.remove_prefix(1);
  if (has_side(side, Side::right))
    while (!self.empty() && drop[static_cast<Byte>(self.back())]) self.remove_suffix(1);
  return self;
}

Ref<> bytes_translate(BytesIn self, PyObject* table, PyObject* deleted, Make make, bool* changed) {
  BufferView map, gone;
  bool has_map = table != Py_None;
  if (has_map) {
    TRY(map.acquire(table));
    if (map.size() != 256)
      return raise(PyExc_ValueError, "translation table must be 256 characters long");
  }
  bool drop[256] = {};
  if (deleted) {
    TRY(gone.acquire(deleted));
    for (char c : gone.bytes()) drop[static_cast<Byte>(c)] = true;
  }
  BytesBuilder out;
  *changed = false;
  for (char c : self) {
    if (drop[static_cast<Byte>(c)]) {
      *changed = true;
      continue;
    }
    char to = has_map ? map.bytes()[static_cast<Byte>(c)] : c;
    *changed |= to != c;
    if (!out.add(to)) return {};
  }
  return make(out.view());
}

Ref<> bytes_maketrans(PyObject* from, PyObject* to) {
  BufferView a, b;
  TRY(a.acquire(from));
  TRY(b.acquire(to));
  if (a.size() != b.size())
    return raise(PyExc_ValueError, "maketrans arguments must have same length");
  char table[256];
  for (int i = 0; i < 256; i++) table[i] = static_cast<char>(i);
  for (size_t i = 0; i < a.bytes().size(); i++)
    table[static_cast<Byte>(a.bytes()[i])] = b.bytes()[i];
  return new_bytes({table, 256});
}

namespace {

/// The separator between groups of hexadecimal digits; -1: none.
Result<int> hex_separator(PyObject* separator) {
  if (!separator) return -1;
  unsigned c = 0;
  if (TRY(length(separator)) != 1) return raise(PyExc_ValueError, "sep must be length 1.");
  if (PyUnicode_Check(separator)) {
    c = char_at(separator, 0);
  } else if (PyBytes_Check(separator)) {
    c = static_cast<Byte>(bytes_data(separator)[0]);
  } else {
    return raise(PyExc_TypeError, "sep must be str or bytes.");
  }
  if (c > 127) return raise(PyExc_ValueError, "sep must be ASCII.");
  return static_cast<int>(c);
}

}  // namespace

Ref<> bytes_hex(BytesIn self, PyObject* separator, int group) {
  int sep = TRY(hex_separator(separator));
  size_t n = self.size();
  unsigned size = group < 0 ? 0u - static_cast<unsigned>(group) : static_cast<unsigned>(group);
  if (sep < 0 || size == 0 || n == 0 || size >= n) size = 0;
  size_t gaps = size ? (n - 1) / size : 0;
  if (n > PY_SSIZE_T_MAX / 2 - gaps) return raise_no_memory();
  Ref<> out = TRY(allocate_str(static_cast<Py_ssize_t>(2 * n + gaps), 0x7F));
  if (n == 0) return out;
  auto to = static_cast<char*>(str_data(out.get()));
  constexpr char kDigits[] = "0123456789abcdef";
  for (size_t i = 0; i < n; i++) {
    // Positive: groups count from the right; negative: from the left.
    if (size && i && (group > 0 ? (n - i) % size == 0 : i % size == 0))
      *to++ = static_cast<char>(sep);
    auto b = static_cast<Byte>(self[i]);
    *to++ = kDigits[b >> 4];
    *to++ = kDigits[b & 15];
  }
  return out;
}

Ref<> bytes_from_hex(PyObject* string, Make make) {
  auto digit = [](Py_UCS4 c) {
    if (c >= '0' && c <= '9') return static_cast<int>(c - '0');
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? static_cast<int>(c - 'a' + 10) : -1;
  };
  BytesBuilder out;
  Py_ssize_t n = str_length(string);
  auto invalid = [](Py_ssize_t at) {
    return raise(PyExc_ValueError, "non-hexadecimal number found in fromhex() arg at position {}",
                 at);
  };
  for (Py_ssize_t i = 0; i < n;) {
    Py_UCS4 c = char_at(string, i);
    if (c < 0x80 && is_ascii_blank(static_cast<Byte>(c))) {
      i++;
      continue;
    }
    int high = c < 0x80 ? digit(c) : -1;
    if (high < 0) return invalid(i);
    i++;
    Py_UCS4 second = i < n ? char_at(string, i) : 0;
    int low = second < 0x80 && i < n ? digit(second) : -1;
    if (low < 0) return invalid(i);
    i++;
    if (!out.add(static_cast<char>(high << 4 | low))) return {};
  }
  return make(out.view());
}

Ref<> bytes_repr(BytesIn self, std::string_view before, std::string_view after,
                 bool escape_apostrophe) {
  bool single = self.find('\'') != self.npos, twin = self.find('"') != self.npos;
  char quote = single && !twin ? '"' : '\'';
  if (self.size() > PY_SSIZE_T_MAX / 4 - 64)
    return raise(PyExc_OverflowError, "bytes object is too large to make repr");
  StrBuilder out;
  if (!out.reserve(static_cast<Py_ssize_t>(self.size()) + 3, 0x7F)) return {};
  if (!out.add(before) || !out.add(static_cast<Py_UCS4>(quote))) return {};
  for (char ch : self) {
    auto c = static_cast<Byte>(ch);
    bool ok;
    if (c == '\\' || (c == '\'' && (quote == '\'' || escape_apostrophe)))
      ok = out.add('\\') && out.add(Py_UCS4{c});
    else if (c == '\t')
      ok = out.add("\\t");
    else if (c == '\n')
      ok = out.add("\\n");
    else if (c == '\r')
      ok = out.add("\\r");
    else if (c < ' ' || c >= 0x7F) {
      char text[4] = {'\\', 'x', "0123456789abcdef"[c >> 4], "0123456789abcdef"[c & 15]};
      ok = out.add(std::string_view(text, 4));
    } else {
      ok = out.add(Py_UCS4{c});
    }
    if (!ok) return {};
  }
  if (!out.add(static_cast<Py_UCS4>(quote)) || !out.add(after)) return {};
  return out.finish();
}

Ref<> bytes_repeat(BytesIn self, Py_ssize_t count, Make make) {
  if (count <= 0 || self.empty()) return make({});
  if (static_cast<size_t>(count) > PY_SSIZE_T_MAX / self.size())
    return raise(PyExc_OverflowError, "repeated bytes are too long");
  size_t total = self.size() * static_cast<size_t>(count);
  BytesBuilder out;
  if (!out.reserve(static_cast<Py_ssize_t>(total))) return {};
  char* to = out.end();
  memcpy(to, self.data(), self.size());
  for (size_t done = self.size(); done < total;) {
    size_t more = done < total - done ? done : total - done;
    memcpy(to + done, to, more);
    done += more;
  }
  out.advance(static_cast<Py_ssize_t>(total));
  return make(out.view());
}

}  // namespace taipan
