// find, count, startswith, in, replace, partition.
#include "base/search.h"
#include "object/error.h"
#include "object/tuple.h"
#include "types/str_methods.h"
#include "types/str_units.h"

namespace taipan {
namespace {

void clamp(Py_ssize_t& start, Py_ssize_t& end, Py_ssize_t length) {
  if (end > length)
    end = length;
  else if (end < 0 && (end += length) < 0)
    end = 0;
  if (start < 0 && (start += length) < 0) start = 0;
}

Py_ssize_t found_at(size_t at, Py_ssize_t start) {
  return at == kNotFound ? -1 : static_cast<Py_ssize_t>(at) + start;
}

}  // namespace

Result<Py_ssize_t> str_find(PyObject* s, PyObject* what, Py_ssize_t start, Py_ssize_t end,
                            Direction direction) {
  clamp(start, end, str_length(s));
  if (end - start < str_length(what) || str_kind(what) > str_kind(s)) return Py_ssize_t{-1};
  return with_same_width(
      s, what, [&](auto text, size_t, auto needle, size_t m) -> Result<Py_ssize_t> {
        auto n = static_cast<size_t>(end - start);
        bool forward = direction == Direction::forward;
        return found_at(
            forward ? find(text + start, n, needle, m) : rfind(text + start, n, needle, m), start);
      });
}

Result<Py_ssize_t> str_find_char(PyObject* s, Py_UCS4 c, Py_ssize_t start, Py_ssize_t end,
                                 Direction direction) {
  clamp(start, end, str_length(s));
  if (start >= end || c > max_char_bound(s)) return Py_ssize_t{-1};
  return with_units(s, [&](auto text, size_t) -> Py_ssize_t {
    using Unit = std::remove_cv_t<std::remove_reference_t<decltype(*text)>>;
    auto n = static_cast<size_t>(end - start);
    auto unit = static_cast<Unit>(c);
    return found_at(direction == Direction::forward ? find_unit(text + start, n, unit)
                                                    : rfind_unit(text + start, n, unit),
                    start);
  });
}

Result<Py_ssize_t> str_count(PyObject* s, PyObject* what, Py_ssize_t start, Py_ssize_t end) {
  clamp(start, end, str_length(s));
  if (end - start < str_length(what) || str_kind(what) > str_kind(s)) return Py_ssize_t{0};
  if (str_length(what) == 0) return end - start + 1;
  return with_same_width(s, what,
                         [&](auto text, size_t, auto needle, size_t m) -> Result<Py_ssize_t> {
                           return static_cast<Py_ssize_t>(
                               count(text + start, static_cast<size_t>(end - start), needle, m));
                         });
}

bool str_matches_at(PyObject* s, PyObject* what, Py_ssize_t start, Py_ssize_t end, Side side) {
  clamp(start, end, str_length(s));
  Py_ssize_t m = str_length(what);
  if (end - start < m) return false;
  if (m == 0) return true;
  if (str_kind(what) > str_kind(s)) return false;
  Py_ssize_t at = side == Side::left ? start : end - m;
  return with_units(s, [&](auto text, size_t) {
    return with_units(what, [&](auto part, size_t size) {
      if constexpr (sizeof(*text) == sizeof(*part))
        return memcmp(text + at, part, size * sizeof(*part)) == 0;
      for (size_t i = 0; i < size; i++)
        if (text[static_cast<size_t>(at) + i] != part[i]) return false;
      return true;
    });
  });
}

Result<bool> str_contains(PyObject* s, PyObject* what) {
  if (!PyUnicode_Check(what))
    return raise(PyExc_TypeError, "'in <string>' requires string as left operand, not {}",
                 clip(type_name(what), 100));
  return TRY(str_find(s, what, 0, PY_SSIZE_T_MAX, Direction::forward)) >= 0;
}

namespace {

/// Puts `with` between all characters (at most `count` times).
Ref<> interleave(PyObject* s, PyObject* with, Py_ssize_t count) {
  StrBuilder out;
  Py_ssize_t n = str_length(s);
  if (count > n + 1) count = n + 1;
  Py_ssize_t m = str_length(with);
  if (m && count > (PY_SSIZE_T_MAX - n) / m)
    return raise(PyExc_OverflowError, "replace string is too long");
  if (!out.reserve(n + count * m, max_char_bound(with))) return {};
  for (Py_ssize_t i = 0; i < count; i++)
    if (!out.add(with) || (i < n && !out.add(char_at(s, i)))) return {};
  if (!out.add(s, count, n)) return {};
  return out.finish();
}

/// One narrow character by another, in a copy: no lengths change and no widths.
Ref<> replace_narrow(PyObject* s, uint8_t old, uint8_t with, Py_ssize_t count) {
  auto n = static_cast<size_t>(str_length(s));
  Ref<> copy = TRY(allocate_str(str_length(s), max_char_bound(s)));
  auto units = static_cast<uint8_t*>(str_data(copy.get()));
  memcpy(units, str_data(s), n);
  for (size_t at = 0; count-- > 0;) {
    size_t next = find_unit(units + at, n - at, old);
    if (next == kNotFound) break;
    at += next;
    units[at++] = with;
  }
  return copy;
}

}  // namespace

Ref<> str_replace(PyObject* s, PyObject* old, PyObject* with, Py_ssize_t count) {
  if (count < 0) count = PY_SSIZE_T_MAX;
  Py_ssize_t n = str_length(s), m = str_length(old);
  if (count == 0 || n < m || str_equal(old, with)) return exact_str(s);
  if (m == 0) return interleave(s, with, count);
  if (str_kind(old) > str_kind(s)) return exact_str(s);
  return with_same_width(s, old, [&](auto text, size_t, auto needle, size_t size) -> Ref<> {
    auto total = static_cast<size_t>(n);
    size_t at = find(text, total, needle, size);
    if (at == kNotFound) return exact_str(s);
    bool ascii = is_ascii(s) && is_ascii(with) && is_ascii(old);
    if (ascii && m == 1 && str_length(with) == 1)
      return replace_narrow(s, static_cast<uint8_t>(needle[0]),
                            static_cast<uint8_t>(char_at(with, 0)), count);
    StrBuilder out;
    size_t from = 0;
    if (!out.reserve(n, max_char_bound(with))) return {};
    while (true) {
      if (!out.add(s, static_cast<Py_ssize_t>(from), static_cast<Py_ssize_t>(at)) || !out.add(with))
        return {};
      from = at + size;
      if (--count == 0) break;
      size_t next = find(text + from, total - from, needle, size);
      if (next == kNotFound) break;
      at = from + next;
    }
    if (!out.add(s, static_cast<Py_ssize_t>(from), n)) return {};
    return out.finish();
  });
}

Ref<> str_partition(PyObject* s, PyObject* separator, Direction direction) {
  if (!PyUnicode_Check(separator))
    return raise(PyExc_TypeError, "must be str, not {}", clip(type_name(separator), 100));
  Py_ssize_t m = str_length(separator);
  if (m == 0) return raise(PyExc_ValueError, "empty separator");
  Py_ssize_t at = TRY(str_find(s, separator, 0, PY_SSIZE_T_MAX, direction));
  if (at < 0) {
    Ref<> whole = TRY(exact_str(s));
    if (direction == Direction::forward) return tuple_of({whole.get(), empty_str(), empty_str()});
    return tuple_of({empty_str(), empty_str(), whole.get()});
  }
  Ref<> before = TRY(str_slice(s, 0, at));
  Ref<> after = TRY(str_slice(s, at + m, PY_SSIZE_T_MAX));
  return tuple_of({before.get(), separator, after.get()});
}

}  // namespace taipan
