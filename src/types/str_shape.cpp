// Padding, stripping, repeating, tabs, subscripts.
#include "base/unicode.h"
#include "object/error.h"
#include "object/int.h"
#include "object/protocol.h"
#include "types/slice_range.h"
#include "types/str_methods.h"

namespace taipan {

Ref<> str_pad(PyObject* s, Py_ssize_t left, Py_ssize_t right, Py_UCS4 fill) {
  if (left < 0) left = 0;
  if (right < 0) right = 0;
  if (left == 0 && right == 0) return exact_str(s);
  Py_ssize_t n = str_length(s);
  if (left > PY_SSIZE_T_MAX - n || right > PY_SSIZE_T_MAX - (left + n))
    return raise(PyExc_OverflowError, "padded string is too long");
  Py_UCS4 bound = max_char_bound(s);
  Ref<> out = TRY(allocate_str(left + n + right, fill > bound ? fill : bound));
  auto put = [&](Py_ssize_t at, Py_ssize_t count) {
    int kind = str_kind(out.get());
    if (kind == 1)
      memset(static_cast<char*>(str_data(out.get())) + at, static_cast<int>(fill),
             static_cast<size_t>(count));
    else
      for (Py_ssize_t i = 0; i < count; i++)
        PyUnicode_WRITE(kind, str_data(out.get()), at + i, fill);
  };
  put(0, left);
  copy_characters(out.get(), left, s, 0, n);
  put(left + n, right);
  return out;
}

Ref<> str_zfill(PyObject* s, Py_ssize_t width) {
  Py_ssize_t n = str_length(s);
  if (n >= width) return exact_str(s);
  Py_ssize_t fill = width - n;
  Ref<> out = TRY(str_pad(s, fill, 0, '0'));
  if (n && (char_at(s, 0) == '+' || char_at(s, 0) == '-')) {
    int kind = str_kind(out.get());
    PyUnicode_WRITE(kind, str_data(out.get()), 0, char_at(s, 0));
    PyUnicode_WRITE(kind, str_data(out.get()), fill, '0');
  }
  return out;
}

Ref<> str_expandtabs(PyObject* s, int tab_size) {
  Py_ssize_t n = str_length(s), total = 0, column = 0;
  bool found = false;
  for (Py_ssize_t i = 0; i < n; i++) {
    Py_UCS4 c = char_at(s, i);
    Py_ssize_t step = 1;
    if (c == '\t') {
      found = true;
      step = tab_size > 0 ? tab_size - column % tab_size : 0;
    }
    if (step > PY_SSIZE_T_MAX - total) return raise(PyExc_OverflowError, "new string is too long");
    total += step;
    column = c == '\n' || c == '\r' ? 0 : column + step;
  }
  if (!found) return exact_str(s);
  StrBuilder out;
  if (!out.reserve(total, 0x7F)) return {};
  column = 0;
  for (Py_ssize_t i = 0; i < n; i++) {
    Py_UCS4 c = char_at(s, i);
    if (c == '\t') {
      Py_ssize_t step = tab_size > 0 ? tab_size - column % tab_size : 0;
      if (!out.fill(' ', step)) return {};
      column += step;
    } else {
      if (!out.add(c)) return {};
      column = c == '\n' || c == '\r' ? 0 : column + 1;
    }
  }
  return out.finish();
}

namespace {

template <class Drop>
Ref<> strip_where(PyObject* s, Side side, Drop drop) {
  Py_ssize_t low = 0, high = str_length(s);
  with_units(s, [&](auto text, size_t) {
    if (has_side(side, Side::left))
      while (low < high && drop(text[low])) low++;
    if (has_side(side, Side::right))
      while (high > low && drop(text[high - 1])) high--;
  });
  return str_slice(s, low, high);
}

}  // namespace

Ref<> str_strip(PyObject* s, PyObject* chars, Side side) {
  if (!chars || chars == Py_None)
    return strip_where(s, side, [](Py_UCS4 c) { return unicode::is_space(c); });
  if (!PyUnicode_Check(chars)) {
    const char* name = side == Side::left ? "lstrip" : side == Side::right ? "rstrip" : "strip";
    return raise(PyExc_TypeError, "{} arg must be None or str", name);
  }
  // A bit per low code says whether it can be in `chars` at all.
  uint64_t sieve = 0;
  Py_ssize_t m = str_length(chars);
  for (Py_ssize_t i = 0; i < m; i++) sieve |= uint64_t{1} << (char_at(chars, i) & 63);
  return strip_where(s, side, [&](Py_UCS4 c) {
    if (!(sieve >> (c & 63) & 1)) return false;
    return with_units(chars, [&](auto units, size_t n) {
      for (size_t i = 0; i < n; i++)
        if (units[i] == c) return true;
      return false;
    });
  });
}

Ref<> str_repeat(PyObject* s, Py_ssize_t count) {
  if (count < 1 || str_length(s) == 0) return share(empty_str());
  if (count == 1) return exact_str(s);
  Py_ssize_t n = str_length(s);
  if (n > PY_SSIZE_T_MAX / count) return raise(PyExc_OverflowError, "repeated string is too long");
  Ref<> out = TRY(allocate_str(n * count, max_char_bound(s)));
  auto data = static_cast<char*>(str_data(out.get()));
  size_t unit = static_cast<size_t>(n) * static_cast<size_t>(str_kind(s)),
         total = unit * static_cast<size_t>(count);
  if (unit == 1) {
    memset(data, static_cast<int>(char_at(s, 0)), total);
    return out;
  }
  memcpy(data, str_data(s), unit);
  // Doubling: each copy takes all that is there.
  for (size_t done = unit; done < total;) {
    size_t more = done < total - done ? done : total - done;
    memcpy(data + done, data, more);
    done += more;
  }
  return out;
}

Ref<> str_subscript(PyObject* s, PyObject* key) {
  if (is_index(key)) {
    Py_ssize_t i = PyLong_CheckExact(key) && is_single_digit(key)
                       ? single_digit_value(key)
                       : TRY(to_ssize(key, PyExc_IndexError));
    if (i < 0) i += str_length(s);
    if (i < 0 || i >= str_length(s)) return raise(PyExc_IndexError, "string index out of range");
    return char_str(char_at(s, i));
  }
  if (!PySlice_Check(key))
    return raise(PyExc_TypeError, "string indices must be integers, not '{}'",
                 clip(type_name(key), 200));
  SliceRange r = clamp_slice(TRY(slice_bounds(key)), str_length(s));
  if (r.count <= 0) return share(empty_str());
  if (r.step == 1) return str_slice(s, r.start, r.start + r.count);
  // Room for the widest character that there may be; what turns out narrower is copied once more.
  Ref<> picked = TRY(allocate_str(r.count, max_char_bound(s)));
  with_units(s, [&](auto text, size_t) {
    auto* out = static_cast<std::remove_const_t<std::remove_pointer_t<decltype(text)>>*>(str_data(picked.get()));
    for (Py_ssize_t i = 0, at = r.start; i < r.count; i++, at += r.step) out[i] = text[at];
  });
  if (is_ascii(s) && r.count > 1) return picked;
  return new_str_from_kind(str_kind(picked.get()), str_data(picked.get()), r.count);
}

}  // namespace taipan
