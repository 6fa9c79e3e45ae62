// unicodeobject.h: what methods and operators of str do, and the character database.
#include "base/unicode.h"
#include "capi/export.h"
#include "object/error.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/str.h"
#include "types/format_spec.h"
#include "types/percent.h"
#include "types/str_methods.h"

using namespace taipan;

namespace {

bool check_str(PyObject* o) {
  if (o && PyUnicode_Check(o)) return true;
  raise(PyExc_TypeError, "must be str, not {}", clip(o ? type_name(o) : "NULL", 100));
  return false;
}
Direction direction_of(int direction) {
  return direction > 0 ? Direction::forward : Direction::backward;
}

}  // namespace

CAPI PyObject* PyUnicode_Concat(PyObject* a, PyObject* b) {
  if (!check_str(a)) return nullptr;
  if (!PyUnicode_Check(b))
    return raise(PyExc_TypeError, "can only concatenate str (not \"{}\") to str",
                 clip(type_name(b), 200));
  return str_concat(a, b).release();
}
CAPI void PyUnicode_Append(PyObject** a, PyObject* b) {
  if (!*a) return;
  if (!b || !PyUnicode_Check(b) || !PyUnicode_Check(*a)) {
    raise_internal("bad argument to internal function");
    Py_CLEAR(*a);
    return;
  }
  (void)str_append(a, b);
}
CAPI void PyUnicode_AppendAndDel(PyObject** a, PyObject* b) {
  PyUnicode_Append(a, b);
  Py_XDECREF(b);
}
CAPI PyObject* PyUnicode_Split(PyObject* s, PyObject* separator, Py_ssize_t maxsplit) {
  if (!check_str(s) || (separator && !check_str(separator))) return nullptr;
  return str_split(s, separator, maxsplit, Direction::forward).release();
}
CAPI PyObject* PyUnicode_RSplit(PyObject* s, PyObject* separator, Py_ssize_t maxsplit) {
  if (!check_str(s) || (separator && !check_str(separator))) return nullptr;
  return str_split(s, separator, maxsplit, Direction::backward).release();
}
CAPI PyObject* PyUnicode_Splitlines(PyObject* s, int keep_ends) {
  return check_str(s) ? str_splitlines(s, keep_ends).release() : nullptr;
}
CAPI PyObject* PyUnicode_Partition(PyObject* s, PyObject* separator) {
  return check_str(s) && check_str(separator)
             ? str_partition(s, separator, Direction::forward).release()
             : nullptr;
}
CAPI PyObject* PyUnicode_RPartition(PyObject* s, PyObject* separator) {
  return check_str(s) && check_str(separator)
             ? str_partition(s, separator, Direction::backward).release()
             : nullptr;
}
CAPI PyObject* PyUnicode_Translate(PyObject* s, PyObject* table, const char*) {
  return check_str(s) ? str_translate(s, table).release() : nullptr;
}
CAPI PyObject* PyUnicode_Join(PyObject* separator, PyObject* iterable) {
  if (separator && !PyUnicode_Check(separator))
    return raise(PyExc_TypeError, "separator: expected str instance, {} found",
                 clip(type_name(separator), 80));
  return str_join(separator, iterable).release();
}
CAPI PyObject* _PyUnicode_JoinArray(PyObject* separator, PyObject* const* items, Py_ssize_t n) {
  return str_join(separator, items, n).release();
}
CAPI Py_ssize_t PyUnicode_Tailmatch(PyObject* s, PyObject* what, Py_ssize_t start, Py_ssize_t end,
                                    int direction) {
  if (!check_str(s) || !check_str(what)) return -1;
  return str_matches_at(s, what, start, end, direction > 0 ? Side::right : Side::left);
}
CAPI Py_ssize_t PyUnicode_Find(PyObject* s, PyObject* what, Py_ssize_t start, Py_ssize_t end,
                               int direction) {
  if (!check_str(s) || !check_str(what)) return -2;
  auto at = str_find(s, what, start, end, direction_of(direction));
  return at ? *at : -2;
}
CAPI Py_ssize_t PyUnicode_FindChar(PyObject* s, Py_UCS4 c, Py_ssize_t start, Py_ssize_t end,
                                   int direction) {
  auto at = str_find_char(s, c, start, end, direction_of(direction));
  return at ? *at : -2;
}
CAPI Py_ssize_t PyUnicode_Count(PyObject* s, PyObject* what, Py_ssize_t start, Py_ssize_t end) {
  if (!check_str(s) || !check_str(what)) return -1;
  auto n = str_count(s, what, start, end);
  return n ? *n : -1;
}
CAPI PyObject* PyUnicode_Replace(PyObject* s, PyObject* old, PyObject* with, Py_ssize_t limit) {
  return check_str(s) && check_str(old) && check_str(with)
             ? str_replace(s, old, with, limit).release()
             : nullptr;
}
CAPI int PyUnicode_Compare(PyObject* a, PyObject* b) {
  if (a && b && PyUnicode_Check(a) && PyUnicode_Check(b)) return str_compare(a, b);
  raise(PyExc_TypeError, "Can't compare {} and {}", clip(type_name(a), 100),
        clip(type_name(b), 100));
  return -1;
}
CAPI int PyUnicode_CompareWithASCIIString(PyObject* s, const char* text) {
  size_t n = strlen(text);
  for (Py_ssize_t i = 0; i < str_length(s) && static_cast<size_t>(i) < n; i++) {
    Py_UCS4 a = char_at(s, i), b = static_cast<unsigned char>(text[i]);
    if (a != b) return a < b ? -1 : 1;
  }
  auto m = static_cast<size_t>(str_length(s));
  return m == n ? 0 : m < n ? -1 : 1;
}
CAPI int _PyUnicode_EqualToASCIIString(PyObject* s, const char* text) {
  return str_equal(s, std::string_view(text));
}
CAPI int _PyUnicode_EqualToASCIIId(PyObject* s, _Py_Identifier* id) {
  return str_equal(s, std::string_view(id->string));
}
CAPI int _PyUnicode_EQ(PyObject* a, PyObject* b) { return str_equal(a, b); }
CAPI int _PyUnicode_Equal(PyObject* a, PyObject* b) { return str_equal(a, b); }
CAPI PyObject* PyUnicode_RichCompare(PyObject* a, PyObject* b, int op) {
  return PyUnicode_Type.tp_richcompare(a, b, op);
}
CAPI PyObject* PyUnicode_Format(PyObject* text, PyObject* arguments) {
  return check_str(text) ? str_percent(text, arguments).release() : nullptr;
}
CAPI int PyUnicode_Contains(PyObject* s, PyObject* what) {
  return check_str(s) ? to_c(str_contains(s, what)) : -1;
}
CAPI int PyUnicode_IsIdentifier(PyObject* s) { return str_is_identifier(s); }
CAPI Py_ssize_t _PyUnicode_ScanIdentifier(PyObject* s) {
  Py_ssize_t n = str_length(s), i = 0;
  if (n == 0 || !(char_at(s, 0) == '_' || unicode::is_xid_start(char_at(s, 0)))) return 0;
  while (++i < n && unicode::is_xid_continue(char_at(s, i))) {
  }
  return i;
}
CAPI PyObject* _PyUnicode_XStrip(PyObject* s, int kind, PyObject* chars) {
  return str_strip(s, chars,
                   kind == 0   ? Side::left
                   : kind == 1 ? Side::right
                               : Side::both)
      .release();
}
CAPI PyObject* _PyUnicode_TransformDecimalAndSpaceToASCII(PyObject* s) {
  if (is_ascii(s)) return Py_NewRef(s);
  StrBuilder out;
  for (Py_ssize_t i = 0; i < str_length(s); i++) {
    Py_UCS4 c = char_at(s, i);
    int digit = unicode::decimal_value(c);
    // What is neither ends the number wherever it stands.
    Py_UCS4 to = c < 127                ? c
                 : unicode::is_space(c) ? ' '
                 : digit >= 0           ? static_cast<Py_UCS4>('0' + digit)
                                        : '?';
    if (!out.add(to)) return nullptr;
    if (to == '?' && c >= 127) break;
  }
  return out.finish().release();
}
CAPI PyObject* _PyUnicode_FormatLong(PyObject* value, int alternate, int precision, int code) {
  PercentSpec spec;
  spec.alternate = alternate;
  spec.precision = precision;
  spec.code = static_cast<char>(code);
  TextBuffer text;
  return percent_integer(value, spec, text) ? new_str(text.view()).release() : nullptr;
}

// -- the character database --

CAPI int _PyUnicode_IsLowercase(Py_UCS4 c) { return unicode::is_lower(c); }
CAPI int _PyUnicode_IsUppercase(Py_UCS4 c) { return unicode::is_upper(c); }
CAPI int _PyUnicode_IsTitlecase(Py_UCS4 c) { return unicode::is_title(c); }
CAPI int _PyUnicode_IsXidStart(Py_UCS4 c) { return unicode::is_xid_start(c); }
CAPI int _PyUnicode_IsXidContinue(Py_UCS4 c) { return unicode::is_xid_continue(c); }
CAPI int _PyUnicode_IsWhitespace(const Py_UCS4 c) { return unicode::is_space(c); }
CAPI int _PyUnicode_IsLinebreak(const Py_UCS4 c) { return unicode::is_line_break(c); }
CAPI Py_UCS4 _PyUnicode_ToLowercase(Py_UCS4 c) { return unicode::simple_lower(c); }
CAPI Py_UCS4 _PyUnicode_ToUppercase(Py_UCS4 c) { return unicode::simple_upper(c); }
CAPI Py_UCS4 _PyUnicode_ToTitlecase(Py_UCS4 c) { return unicode::simple_title(c); }
CAPI int _PyUnicode_ToLowerFull(Py_UCS4 c, Py_UCS4* out) {
  return static_cast<int>(unicode::full_lower(c, out));
}
CAPI int _PyUnicode_ToTitleFull(Py_UCS4 c, Py_UCS4* out) {
  return static_cast<int>(unicode::full_title(c, out));
}
CAPI int _PyUnicode_ToUpperFull(Py_UCS4 c, Py_UCS4* out) {
  return static_cast<int>(unicode::full_upper(c, out));
}
CAPI int _PyUnicode_ToFoldedFull(Py_UCS4 c, Py_UCS4* out) {
  return static_cast<int>(unicode::full_fold(c, out));
}
CAPI int _PyUnicode_IsCaseIgnorable(Py_UCS4 c) { return unicode::is_case_ignorable(c); }
CAPI int _PyUnicode_IsCased(Py_UCS4 c) { return unicode::is_cased(c); }
CAPI int _PyUnicode_ToDecimalDigit(Py_UCS4 c) { return unicode::decimal_value(c); }
CAPI int _PyUnicode_ToDigit(Py_UCS4 c) { return unicode::digit_value(c); }
CAPI double _PyUnicode_ToNumeric(Py_UCS4 c) {
  return unicode::is_numeric(c) ? unicode::numeric_value(c) : -1.0;
}
CAPI int _PyUnicode_IsDecimalDigit(Py_UCS4 c) { return unicode::is_decimal(c); }
CAPI int _PyUnicode_IsDigit(Py_UCS4 c) { return unicode::is_digit(c); }
CAPI int _PyUnicode_IsNumeric(Py_UCS4 c) { return unicode::is_numeric(c); }
CAPI int _PyUnicode_IsPrintable(Py_UCS4 c) { return unicode::is_printable(c); }
CAPI int _PyUnicode_IsAlpha(Py_UCS4 c) { return unicode::is_alpha(c); }

/// The table that the macros of the header read: whitespace below 128.
CAPI const unsigned char _Py_ascii_whitespace[] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1,
    1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
};
