// split, rsplit, splitlines, join for bytes and bytearray.
#include <algorithm>

#include "base/search.h"
#include "base/vector.h"
#include "object/bytes.h"
#include "object/error.h"
#include "object/protocol.h"
#include "object/tuple.h"
#include "types/buffer.h"
#include "types/bytes_methods.h"

namespace taipan {
namespace {

struct Splitter {
  BytesIn text;
  Make make;
  Ref<List> list;

  Status add(size_t low, size_t high) {
    Ref<> part = TRY(make(text.substr(low, high - low)));
    return list_append(object(list.get()), part.get());
  }
  Status reverse() {
    std::reverse(list->ob_item, list->ob_item + Py_SIZE(list.get()));
    return {};
  }
  bool blank(size_t i) const { return is_ascii_blank(static_cast<unsigned char>(text[i])); }

  Status blanks(Py_ssize_t limit) {
    size_t i = 0, n = text.size();
    while (true) {
      while (i < n && blank(i)) i++;
      if (i == n) return {};
      size_t from = i;
      if (limit-- <= 0) return add(from, n);
      while (i < n && !blank(i)) i++;
      TRY(add(from, i));
    }
  }
  Status blanks_backward(Py_ssize_t limit) {
    size_t i = text.size();
    while (true) {
      while (i > 0 && blank(i - 1)) i--;
      if (i == 0) return reverse();
      size_t end = i;
      if (limit-- <= 0) {
        TRY(add(0, end));
        return reverse();
      }
      while (i > 0 && !blank(i - 1)) i--;
      TRY(add(i, end));
    }
  }
  Status at(BytesIn sep, Py_ssize_t limit) {
    auto data = reinterpret_cast<const uint8_t*>(text.data());
    auto needle = reinterpret_cast<const uint8_t*>(sep.data());
    size_t from = 0;
    while (limit-- > 0) {
      size_t at = find(data + from, text.size() - from, needle, sep.size());
      if (at == kNotFound) break;
      TRY(add(from, from + at));
      from += at + sep.size();
    }
    return add(from, text.size());
  }
  Status at_backward(BytesIn sep, Py_ssize_t limit) {
    auto data = reinterpret_cast<const uint8_t*>(text.data());
    auto needle = reinterpret_cast<const uint8_t*>(sep.data());
    size_t end = text.size();
    while (limit-- > 0) {
      size_t at = rfind(data, end, needle, sep.size());
      if (at == kNotFound) break;
      TRY(add(at + sep.size(), end));
      end = at;
    }
    TRY(add(0, end));
    return reverse();
  }
};

}  // namespace

Ref<> bytes_split(BytesIn self, PyObject* separator, Py_ssize_t maxsplit, Direction direction,
                  Make make) {
  if (maxsplit < 0) maxsplit = PY_SSIZE_T_MAX;
  Splitter s{self, make, TRY(new_list())};
  bool forward = direction == Direction::forward;
  if (!separator || separator == Py_None) {
    TRY(forward ? s.blanks(maxsplit) : s.blanks_backward(maxsplit));
    return std::move(s.list);
  }
  BufferView view;
  TRY(view.acquire(separator));
  if (view.size() == 0) return raise(PyExc_ValueError, "empty separator");
  TRY(forward ? s.at(view.bytes(), maxsplit) : s.at_backward(view.bytes(), maxsplit));
  return std::move(s.list);
}

Ref<> bytes_splitlines(BytesIn self, bool keep_ends, Make make) {
  Splitter s{self, make, TRY(new_list())};
  for (size_t from = 0; from < self.size();) {
    Line line = next_byte_line(reinterpret_cast<const uint8_t*>(self.data()), self.size(), from);
    TRY(s.add(from, keep_ends ? line.next : line.end));
    from = line.next;
  }
  return std::move(s.list);
}

namespace {

/// The size of the joined parts if all are exact bytes, which nothing can change meanwhile; otherwise -1.
Py_ssize_t joined_size(PyObject* const* parts, Py_ssize_t n, size_t separator) {
  size_t total;
  if (__builtin_mul_overflow(separator, static_cast<size_t>(n - 1), &total)) return -1;
  for (Py_ssize_t i = 0; i < n; i++) {
    if (!PyBytes_CheckExact(parts[i]) || __builtin_add_overflow(total, bytes_view(parts[i]).size(), &total)) return -1;
  }
  return total <= size_t{PY_SSIZE_T_MAX} ? static_cast<Py_ssize_t>(total) : -1;
}

Ref<> join_bytes(BytesIn separator, PyObject* const* parts, Py_ssize_t n, Py_ssize_t size) {
  Ref<> joined = TRY(allocate_bytes(size));
  char* out = bytes_data(joined.get());
  auto put = [&](std::string_view part) {
    memcpy(out, part.data(), part.size());
    out += part.size();
  };
  for (Py_ssize_t i = 0; i < n; i++) {
    if (i && !separator.empty()) put({separator.data(), separator.size()});
    put(bytes_view(parts[i]));
  }
  return joined;
}

}  // namespace

Ref<> bytes_join(BytesIn self, PyObject* iterable, Make make, bool share_single) {
  Ref<> sequence = TRY(to_fast_sequence(iterable, "can only join an iterable"));
  PyObject* items = sequence.get();
  Py_ssize_t n = Py_SIZE(items);
  if (n == 0) return make({});
  if (n == 1 && share_single && PyBytes_CheckExact(fast_items(items)[0]))
    return share(fast_items(items)[0]);
  if (share_single)
    if (Py_ssize_t size = joined_size(fast_items(items), n, self.size()); size >= 0)
      return join_bytes(self, fast_items(items), n, size);
  BytesBuilder out;
  for (Py_ssize_t i = 0; i < n; i++) {
    PyObject* part = fast_items(items)[i];
    if (PyBytes_CheckExact(part)) {
      if ((i && !out.add(self)) || !out.add(bytes_view(part))) return {};
      continue;
    }
    BufferView view;
    if (!has_buffer(part) || !view.acquire(part)) {
      if (!has_buffer(part) || clear_error_if(PyExc_TypeError) || clear_error_if(PyExc_BufferError))
        return raise(PyExc_TypeError, "sequence item {}: expected a bytes-like object, {} found", i,
                     clip(type_name(part), 80));
      return {};
    }
    // Taking the buffer may have run code that shortened the list.
    if (Py_SIZE(items) != n)
      return raise(PyExc_RuntimeError, "sequence changed size during iteration");
    if ((i && !out.add(self)) || !out.add(view.bytes())) return {};
  }
  return make(out.view());
}

}  // namespace taipan
