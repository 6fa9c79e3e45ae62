// The reading half of buffered files.
#include "modules/io/buffered.h"

namespace taipan::io {
namespace {

Status prepare(Buffered& b) {
  if (b.write_end) TRY(flush_writes(b));
  return {};
}

/// Copies what is ahead, at most n bytes.
Py_ssize_t take_ahead(Buffered& b, char* to, Py_ssize_t n) {
  n = std::min(n, ahead(b));
  memcpy(to, b.buffer + b.read_at, static_cast<size_t>(n));
  b.read_at += n;
  return n;
}

Ref<> read_everything(Buffered& b) {
  BytesBuilder all;
  if (!all.add({b.buffer + b.read_at, static_cast<size_t>(ahead(b))})) return Raised{};
  b.read_at = b.read_end = 0;
  TRY(prepare(b));
  Ref<> readall = TRY(find_attr(b.raw, "readall"_name));
  auto take = [&](Ref<> data) -> Ref<> {
    if (data.get() == Py_None) return all.size() ? all.finish() : std::move(data);
    if (!PyBytes_Check(data.get())) return raise(PyExc_TypeError, "readall() should return bytes");
    if (b.raw_position >= 0) b.raw_position += Py_SIZE(data.get());
    if (!all.size()) return data;
    if (!all.add(bytes_view(data.get()))) return Raised{};
    return all.finish();
  };
  if (readall) return take(TRY(call(readall.get())));
  for (;;) {
    Ref<> piece = TRY(call_method(b.raw, "read"_name));
    if (piece.get() != Py_None && !PyBytes_Check(piece.get())) return raise(PyExc_TypeError, "read() should return bytes");
    if (piece.get() == Py_None || !Py_SIZE(piece.get())) {
      if (!all.size() && piece.get() == Py_None) return piece;
      return all.finish();
    }
    if (!all.add(bytes_view(piece.get()))) return Raised{};
    if (b.raw_position >= 0) b.raw_position += Py_SIZE(piece.get());
  }
}

/// Reads up to n bytes with as many raw reads as it takes; -2: nothing, it would block.
Result<Py_ssize_t> read_fully(Buffered& b, char* to, Py_ssize_t n, bool once) {
  Py_ssize_t got = take_ahead(b, to, n);
  if (got == n || (once && got)) return got;
  TRY(prepare(b));
  while (got < n) {
    Py_ssize_t r;
    if (n - got >= b.capacity) {
      b.read_at = b.read_end = 0;
      r = TRY(read_raw(b, to + got, n - got - (n - got) % b.capacity));
      if (r > 0) got += r;
    } else {
      r = TRY(fill(b));
      if (r > 0) got += take_ahead(b, to + got, n - got);
    }
    if (r == -2) return got ? got : -2;
    if (r == 0 || once) break;
  }
  return got;
}

Ref<> read_into(PyObject* self, PyObject* target, bool once) {
  Buffered& b = buffered(self);
  TRY(check_not_closed(b, "readinto of closed file"));
  BufferView view;
  TRY(view.acquire_writable(target));
  Entered inside(b);
  if (!inside) return Raised{};
  Py_ssize_t n = TRY(read_fully(b, view.data(), view.size(), once));
  return n == -2 ? none() : new_int(n);
}

Ref<> read_line(Buffered& b, Py_ssize_t limit) {
  auto search = [&](Py_ssize_t most) -> Py_ssize_t {  // bytes up to the line break, 0: none there
    Py_ssize_t n = ahead(b);
    if (most >= 0 && n > most) n = most;
    auto* end = n ? static_cast<const char*>(memchr(b.buffer + b.read_at, '\n', static_cast<size_t>(n))) : nullptr;
    return end ? end + 1 - (b.buffer + b.read_at) : 0;
  };
  Py_ssize_t n = search(limit);
  if (!n && limit >= 0 && ahead(b) >= limit) n = limit;
  if (n || limit == 0) {
    Ref<> line = TRY(new_bytes({b.buffer + b.read_at, static_cast<size_t>(n)}));
    b.read_at += n;
    return line;
  }
  Entered inside(b);
  if (!inside) return Raised{};
  TRY(prepare(b));
  BytesBuilder line;
  for (;;) {
    Py_ssize_t left = limit < 0 ? -1 : limit - line.size();
    n = search(left);
    bool done = n > 0;
    if (!n) n = left >= 0 ? std::min(left, ahead(b)) : ahead(b);
    if (!line.add({b.buffer + b.read_at, static_cast<size_t>(n)})) return Raised{};
    b.read_at += n;
    if (done || (limit >= 0 && line.size() == limit)) break;
    if (TRY(fill(b)) <= 0) break;
  }
  return line.finish();
}

}  // namespace

Ref<> buffered_read(PyObject* self, PyObject* size) {
  Buffered& b = buffered(self);
  TRY(check_usable(b));
  Py_ssize_t n = size ? TRY(read_size(size)) : -1;
  if (n < -1) return raise(PyExc_ValueError, "read length must be non-negative or -1");
  TRY(check_not_closed(b, "read of closed file"));
  if (n < 0) {
    Entered inside(b);
    if (!inside) return Raised{};
    return read_everything(b);
  }
  if (n <= ahead(b)) {
    Ref<> data = TRY(new_bytes({b.buffer + b.read_at, static_cast<size_t>(n)}));
    b.read_at += n;
    return data;
  }
  Entered inside(b);
  if (!inside) return Raised{};
  Ref<> data = TRY(allocate_bytes(n));
  Py_ssize_t got = TRY(read_fully(b, bytes_data(data.get()), n, false));
  if (got == -2) return none();
  if (got == n) return data;
  PyObject* shrunk = data.release();
  TRY(resize_bytes(&shrunk, got));
  return adopt(shrunk);
}
Ref<> buffered_read1(PyObject* self, PyObject* size) {
  Buffered& b = buffered(self);
  TRY(check_usable(b));
  Py_ssize_t n = size ? TRY(to_ssize(size, PyExc_OverflowError)) : -1;
  if (n < 0) n = b.capacity;
  TRY(check_not_closed(b, "read of closed file"));
  if (n == 0) return share(empty_bytes());
  Entered inside(b);
  if (!inside) return Raised{};
  if (!ahead(b)) {
    TRY(prepare(b));
    b.read_at = b.read_end = 0;
    Ref<> data = TRY(allocate_bytes(n));
    Py_ssize_t got = TRY(read_raw(b, bytes_data(data.get()), n));
    if (got == n) return data;
    PyObject* shrunk = data.release();
    TRY(resize_bytes(&shrunk, got < 0 ? 0 : got));
    return adopt(shrunk);
  }
  n = std::min(n, ahead(b));
  Ref<> data = TRY(new_bytes({b.buffer + b.read_at, static_cast<size_t>(n)}));
  b.read_at += n;
  return data;
}
Ref<> buffered_peek(PyObject* self, PyObject*) {
  Buffered& b = buffered(self);
  TRY(check_not_closed(b, "peek of closed file"));
  Entered inside(b);
  if (!inside) return Raised{};
  if (!ahead(b)) {
    TRY(prepare(b));
    Py_ssize_t n = TRY(fill(b));
    (void)n;
  }
  return new_bytes({b.buffer + b.read_at, static_cast<size_t>(ahead(b))});
}
Ref<> buffered_readinto(PyObject* self, PyObject* target) { return read_into(self, target, false); }
Ref<> buffered_readinto1(PyObject* self, PyObject* target) { return read_into(self, target, true); }
Ref<> buffered_readline(PyObject* self, PyObject* size) {
  Py_ssize_t limit = size ? TRY(read_size(size)) : -1;
  TRY(check_not_closed(buffered(self), "readline of closed file"));
  return read_line(buffered(self), limit);
}
Result<Ref<>> buffered_next(PyObject* self) {
  TRY(check_not_closed(buffered(self), "readline of closed file"));
  Ref<> line;
  if (Py_TYPE(self) == &BufferedReader_Type || Py_TYPE(self) == &BufferedRandom_Type) {
    line = TRY(read_line(buffered(self), -1));
  } else {
    line = TRY(call_method(self, "readline"_name));
    if (!PyBytes_Check(line.get()))
      return raise(PyExc_OSError, "readline() should have returned a bytes object, not '{}'", clip(type_name(line.get()), 200));
  }
  if (!Py_SIZE(line.get())) return Ref<>();
  return line;
}

}  // namespace taipan::io
