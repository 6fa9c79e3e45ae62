// split, rsplit, splitlines, join.
#include <algorithm>

#include "base/search.h"
#include "base/unicode.h"
#include "object/error.h"
#include "object/protocol.h"
#include "object/tuple.h"
#include "types/str_methods.h"
#include "types/str_units.h"

namespace taipan {
namespace {

inline bool is_blank(Py_UCS4 c) {
  if (c < 0x80) return c == ' ' || (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x1F);
  return unicode::is_space(c);
}

Status add_part(List* list, PyObject* s, size_t low, size_t high) {
  Ref<> part = TRY(str_slice(s, static_cast<Py_ssize_t>(low), static_cast<Py_ssize_t>(high)));
  return list_append(object(list), part.get());
}

Status reverse_in(List* list) {
  std::reverse(list->ob_item, list->ob_item + Py_SIZE(list));
  return {};
}

template <class Unit>
Status split_blanks(List* list, PyObject* s, const Unit* text, size_t n, Py_ssize_t limit) {
  size_t i = 0;
  while (true) {
    while (i < n && is_blank(text[i])) i++;
    if (i == n) return {};
    size_t from = i;
    if (limit-- <= 0) return add_part(list, s, from, n);
    while (i < n && !is_blank(text[i])) i++;
    TRY(add_part(list, s, from, i));
  }
}
template <class Unit>
Status rsplit_blanks(List* list, PyObject* s, const Unit* text, size_t n, Py_ssize_t limit) {
  size_t i = n;
  while (true) {
    while (i > 0 && is_blank(text[i - 1])) i--;
    if (i == 0) return reverse_in(list);
    size_t end = i;
    if (limit-- <= 0) {
      TRY(add_part(list, s, 0, end));
      return reverse_in(list);
    }
    while (i > 0 && !is_blank(text[i - 1])) i--;
    TRY(add_part(list, s, i, end));
  }
}
template <class Unit>
Status split_at(List* list, PyObject* s, const Unit* text, size_t n, const Unit* sep, size_t m,
                Py_ssize_t limit) {
  size_t from = 0;
  while (limit-- > 0) {
    size_t at = find(text + from, n - from, sep, m);
    if (at == kNotFound) break;
    TRY(add_part(list, s, from, from + at));
    from += at + m;
  }
  return add_part(list, s, from, n);
}
template <class Unit>
Status rsplit_at(List* list, PyObject* s, const Unit* text, size_t n, const Unit* sep, size_t m,
                 Py_ssize_t limit) {
  size_t end = n;
  while (limit-- > 0) {
    size_t at = rfind(text, end, sep, m);
    if (at == kNotFound) break;
    TRY(add_part(list, s, at + m, end));
    end = at;
  }
  TRY(add_part(list, s, 0, end));
  return reverse_in(list);
}

}  // namespace

Ref<> str_split(PyObject* s, PyObject* separator, Py_ssize_t maxsplit, Direction direction) {
  if (maxsplit < 0) maxsplit = PY_SSIZE_T_MAX;
  bool forward = direction == Direction::forward;
  Ref<List> list = TRY(new_list());
  if (!separator || separator == Py_None) {
    TRY(with_units(s, [&](auto text, size_t n) {
      return forward ? split_blanks(list.get(), s, text, n, maxsplit)
                     : rsplit_blanks(list.get(), s, text, n, maxsplit);
    }));
    return list;
  }
  if (!PyUnicode_Check(separator))
    return raise(PyExc_TypeError, "must be str or None, not {}", clip(type_name(separator), 100));
  if (str_length(separator) == 0) return raise(PyExc_ValueError, "empty separator");
  if (str_kind(separator) > str_kind(s)) {
    TRY(add_part(list.get(), s, 0, static_cast<size_t>(str_length(s))));
    return list;
  }
  TRY(with_same_width(s, separator, [&](auto text, size_t n, auto sep, size_t m) -> Status {
    return forward ? split_at(list.get(), s, text, n, sep, m, maxsplit)
                   : rsplit_at(list.get(), s, text, n, sep, m, maxsplit);
  }));
  return list;
}

Ref<> str_splitlines(PyObject* s, bool keep_ends) {
  Ref<List> list = TRY(new_list());
  TRY(with_units(s, [&](auto text, size_t n) -> Status {
    for (size_t from = 0; from < n;) {
      Line line = next_text_line(text, n, from);
      TRY(add_part(list.get(), s, from, keep_ends ? line.next : line.end));
      from = line.next;
    }
    return {};
  }));
  return list;
}

Ref<> str_join(PyObject* separator, PyObject* const* items, Py_ssize_t n) {
  if (n == 0) return share(empty_str());
  if (n == 1 && PyUnicode_CheckExact(items[0])) return share(items[0]);
  PyObject* between = separator ? separator : " "_name;
  Py_ssize_t gap = str_length(between), total = 0;
  Py_UCS4 bound = n > 1 ? max_char_bound(between) : 0x7F;
  for (Py_ssize_t i = 0; i < n; i++) {
    PyObject* item = items[i];
    if (!PyUnicode_Check(item))
      return raise(PyExc_TypeError, "sequence item {}: expected str instance, {} found", i,
                   clip(type_name(item), 80));
    Py_ssize_t add = str_length(item) + (i ? gap : 0);
    if (add > PY_SSIZE_T_MAX - total)
      return raise(PyExc_OverflowError, "join() result is too long for a Python string");
    total += add;
    Py_UCS4 here = max_char_bound(item);
    if (here > bound) bound = here;
  }
  Ref<> out = TRY(allocate_str(total, bound));
  if (total == 0) return out;
  int kind = str_kind(out.get());
  Py_ssize_t at = 0;
  auto put = [&](PyObject* part, Py_ssize_t size) {
    if (str_kind(part) == kind)
      memcpy(static_cast<char*>(str_data(out.get())) + at * kind, str_data(part),
             static_cast<size_t>(size * kind));
    else
      copy_characters(out.get(), at, part, 0, size);
    at += size;
  };
  for (Py_ssize_t i = 0; i < n; i++) {
    if (i && gap) put(between, gap);
    put(items[i], str_length(items[i]));
  }
  return out;
}

Ref<> str_join(PyObject* separator, PyObject* iterable) {
  Ref<> sequence = TRY(to_fast_sequence(iterable, "can only join an iterable"));
  return str_join(separator, fast_items(sequence.get()), Py_SIZE(sequence.get()));
}

}  // namespace taipan
