// repr(str) and the escapes of ascii().
#include "base/unicode.h"
#include "object/error.h"
#include "types/str_methods.h"

namespace taipan {
namespace {

bool add_hex(StrBuilder& out, char letter, Py_UCS4 c, int digits) {
  char text[10] = {'\\', letter};
  for (int i = 0; i < digits; i++) text[2 + i] = "0123456789abcdef"[c >> 4 * (digits - 1 - i) & 15];
  return out.add(std::string_view(text, static_cast<size_t>(digits) + 2));
}
bool add_escape(StrBuilder& out, Py_UCS4 c) {
  if (c < 0x100) return add_hex(out, 'x', c, 2);
  return c < 0x10000 ? add_hex(out, 'u', c, 4) : add_hex(out, 'U', c, 8);
}

bool add_repr_character(StrBuilder& out, Py_UCS4 c, char quote) {
  if (c == static_cast<unsigned char>(quote) || c == '\\') return out.add('\\') && out.add(c);
  if (c == '\t') return out.add("\\t");
  if (c == '\n') return out.add("\\n");
  if (c == '\r') return out.add("\\r");
  if (c >= ' ' && c < 0x7F) return out.add(c);
  return unicode::is_printable(c) ? out.add(c) : add_escape(out, c);
}

}  // namespace

Ref<> str_repr(PyObject* s) {
  bool single = false, twin = false, plain = true;
  Py_ssize_t n = str_length(s);
  with_units(s, [&](auto text, size_t size) {
    for (size_t i = 0; i < size; i++) {
      single |= text[i] == '\'';
      twin |= text[i] == '"';
      plain &= text[i] >= ' ' && text[i] < 0x7F && text[i] != '\\';
    }
  });
  char quote = single && !twin ? '"' : '\'';
  StrBuilder out;
  if (n > PY_SSIZE_T_MAX / 16)
    return raise(PyExc_OverflowError, "string is too long to generate repr");
  if (!out.reserve(n + 2, max_char_bound(s)) || !out.add(static_cast<Py_UCS4>(quote))) return {};
  if (plain && !(single && quote == '\'')) {
    if (!out.add(s)) return {};
  } else {
    bool ok = with_units(s, [&](auto text, size_t size) {
      for (size_t i = 0; i < size; i++)
        if (!add_repr_character(out, text[i], quote)) return false;
      return true;
    });
    if (!ok) return {};
  }
  if (!out.add(static_cast<Py_UCS4>(quote))) return {};
  return out.finish();
}

Ref<> str_escape_non_ascii(PyObject* s) {
  if (is_ascii(s)) return share(s);
  StrBuilder out;
  bool ok = with_units(s, [&](auto text, size_t n) {
    for (size_t i = 0; i < n; i++)
      if (text[i] < 0x80 ? !out.add(static_cast<Py_UCS4>(text[i])) : !add_escape(out, text[i]))
        return false;
    return true;
  });
  if (!ok) return {};
  return out.finish();
}

}  // namespace taipan
