// find, count, startswith, in, replace for bytes and bytearray.
#include "base/search.h"
#include "object/bytes.h"
#include "object/error.h"
#include "object/protocol.h"
#include "object/tuple.h"
#include "types/buffer.h"
#include "types/bytes_methods.h"

namespace taipan {
namespace {

const uint8_t* units(BytesIn s) { return reinterpret_cast<const uint8_t*>(s.data()); }

/// What is searched for: a byte's number or a bytes-like object.
class Wanted {
 public:
  Status take(PyObject* o) {
    if (has_buffer(o)) {
      TRY(view_.acquire(o));
      bytes_ = view_.bytes();
      return {};
    }
    if (!is_index(o))
      return raise(PyExc_TypeError, "argument should be integer or bytes-like object, not '{}'",
                   clip(type_name(o), 200));
    Py_ssize_t n = TRY(to_ssize(o));
    if (n < 0 || n > 255) return raise(PyExc_ValueError, "byte must be in range(0, 256)");
    byte_ = static_cast<char>(n);
    bytes_ = {&byte_, 1};
    return {};
  }
  BytesIn bytes() const { return bytes_; }

 private:
  BufferView view_;
  char byte_ = 0;
  BytesIn bytes_;
};

size_t search(BytesIn text, BytesIn needle, Direction direction) {
  return direction == Direction::forward
             ? find(units(text), text.size(), units(needle), needle.size())
             : rfind(units(text), text.size(), units(needle), needle.size());
}

}  // namespace

Result<Py_ssize_t> bytes_find(BytesIn self, const char* name, Arguments a, Direction direction) {
  FindArguments f = TRY(parse_find_arguments(name, a.items, a.count));
  Wanted wanted;
  TRY(wanted.take(f.what));
  f.clamp(static_cast<Py_ssize_t>(self.size()));
  if (f.end - f.start < static_cast<Py_ssize_t>(wanted.bytes().size())) return Py_ssize_t{-1};
  BytesIn part = self.substr(static_cast<size_t>(f.start), static_cast<size_t>(f.end - f.start));
  size_t at = search(part, wanted.bytes(), direction);
  return at == kNotFound ? Py_ssize_t{-1} : static_cast<Py_ssize_t>(at) + f.start;
}

Result<Py_ssize_t> bytes_index(BytesIn self, const char* name, Arguments a, Direction direction) {
  Py_ssize_t at = TRY(bytes_find(self, name, a, direction));
  if (at < 0) return raise(PyExc_ValueError, "subsection not found");
  return at;
}

Result<Py_ssize_t> bytes_count(BytesIn self, Arguments a) {
  FindArguments f = TRY(parse_find_arguments("count", a.items, a.count));
  Wanted wanted;
  TRY(wanted.take(f.what));
  f.clamp(static_cast<Py_ssize_t>(self.size()));
  BytesIn needle = wanted.bytes();
  if (f.end - f.start < static_cast<Py_ssize_t>(needle.size())) return Py_ssize_t{0};
  if (needle.empty()) return f.end - f.start + 1;
  return static_cast<Py_ssize_t>(count(units(self) + f.start, static_cast<size_t>(f.end - f.start),
                                       units(needle), needle.size()));
}

Result<bool> bytes_contains(BytesIn self, PyObject* what) {
  if (is_index(what)) {
    auto n = to_ssize(what);
    if (n) {
      if (*n < 0 || *n > 255) return raise(PyExc_ValueError, "byte must be in range(0, 256)");
      return find_unit(units(self), self.size(), static_cast<uint8_t>(*n)) != kNotFound;
    }
    clear_error();
  }
  BufferView view;
  TRY(view.acquire(what));
  return search(self, view.bytes(), Direction::forward) != kNotFound;
}

namespace {

Result<bool> matches_one(BytesIn self, PyObject* what, FindArguments f, Side side) {
  BufferView view;
  TRY(view.acquire(what));
  BytesIn part = view.bytes();
  f.clamp(static_cast<Py_ssize_t>(self.size()));
  auto m = static_cast<Py_ssize_t>(part.size());
  if (f.end - f.start < m) return false;
  Py_ssize_t at = side == Side::left ? f.start : f.end - m;
  return m == 0 || memcmp(self.data() + at, part.data(), part.size()) == 0;
}

}  // namespace

Result<bool> bytes_matches(BytesIn self, const char* name, Arguments a, Side side) {
  FindArguments f = TRY(parse_find_arguments(name, a.items, a.count));
  if (PyTuple_Check(f.what)) {
    for (Py_ssize_t i = 0; i < tuple_size(f.what); i++)
      if (TRY(matches_one(self, item(f.what, i), f, side))) return true;
    return false;
  }
  auto result = matches_one(self, f.what, f, side);
  if (!result && clear_error_if(PyExc_TypeError))
    return raise(PyExc_TypeError, "{} first arg must be bytes or a tuple of bytes, not {}", name,
                 clip(type_name(f.what), 100));
  return result;
}

Result<Ref<>> bytes_replace(BytesIn self, PyObject* old, PyObject* with, Py_ssize_t limit,
                            Make make) {
  BufferView from, to;
  TRY(from.acquire(old));
  TRY(to.acquire(with));
  BytesIn a = from.bytes(), b = to.bytes();
  if (limit < 0) limit = PY_SSIZE_T_MAX;
  if (limit == 0 || self.size() < a.size() || (a.empty() && b.empty())) return Ref<>();
  BytesBuilder out;
  if (a.empty()) {
    auto times =
        static_cast<size_t>(limit) > self.size() ? self.size() + 1 : static_cast<size_t>(limit);
    if (b.size() > (PY_SSIZE_T_MAX - self.size()) / times)
      return raise(PyExc_OverflowError, "replace bytes is too long");
    if (!out.reserve(static_cast<Py_ssize_t>(self.size() + times * b.size()))) return Raised{};
    for (size_t i = 0; i < times; i++)
      if (!out.add(b) || (i < self.size() && !out.add(self[i]))) return Raised{};
    if (times < self.size() && !out.add(self.substr(times))) return Raised{};
  } else {
    size_t at = search(self, a, Direction::forward), done = 0;
    if (at == kNotFound) return Ref<>();
    if (!out.reserve(static_cast<Py_ssize_t>(self.size()))) return Raised{};
    while (at != kNotFound) {
      if (!out.add(self.substr(done, at)) || !out.add(b)) return Raised{};
      done += at + a.size();
      if (--limit == 0) break;
      at = search(self.substr(done), a, Direction::forward);
    }
    if (!out.add(self.substr(done))) return Raised{};
  }
  Ref<> result = TRY(make(out.view()));
  return result;
}

Result<size_t> bytes_partition_point(BytesIn self, BytesIn separator, Direction direction) {
  if (separator.empty()) return raise(PyExc_ValueError, "empty separator");
  return search(self, separator, direction);
}

}  // namespace taipan
