// An unpickler's input: bytes in memory, or a file that is read a frame, a line or a few bytes at a time.
#include <cstring>

#include "modules/pickle/pickle.h"

#include "object/buffer.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/int.h"
#include "object/protocol.h"
#include "types/memoryview.h"

namespace taipan::pickling {

Raised raise_truncated() { return raise(library.unpickling_error, "pickle data was truncated"); }

namespace {

/// Makes `data` the input; its size.
Result<Py_ssize_t> take_input(Unpickler& u, PyObject* data) {
  release_buffer(&u.buffer);
  u.input = nullptr;
  u.input_size = u.at = 0;
  TRY(acquire_buffer(data, &u.buffer, PyBUF_CONTIG_RO));
  u.input = static_cast<const char*>(u.buffer.buf);
  u.input_size = u.buffer.len;
  u.prefetched_at = u.input_size;
  return u.input_size;
}
Ref<> call_read(Unpickler& u, Py_ssize_t n) {
  Ref<> size = TRY(new_int(n));
  return call(u.read, size.get());
}
/// Bytes that the file shows without giving them away: they are fetched for good when more is needed.
Result<bool> prefetch(Unpickler& u, Py_ssize_t n) {
  Ref<> size = TRY(new_int(kPrefetch)), data = call(u.peek, size.get());
  if (!data) {
    if (!clear_error_if(PyExc_NotImplementedError)) return Raised{};
    clear_field(u.peek);
    return false;
  }
  Py_ssize_t got = TRY(take_input(u, data.get()));
  u.prefetched_at = 0;
  return n <= got;
}
Result<Py_ssize_t> read_from_file(Unpickler& u, Py_ssize_t n) {
  TRY(skip_consumed(u));
  if (u.peek && n < kPrefetch && TRY(prefetch(u, n))) return n;
  Ref<> data = TRY(call_read(u, n));
  return take_input(u, data.get());
}

}  // namespace

Status set_input(Unpickler& u, PyObject* data) { return done(Ref<>(boolean(TRY(take_input(u, data)) >= 0))); }

Status skip_consumed(Unpickler& u) {
  Py_ssize_t consumed = u.at - u.prefetched_at;
  if (consumed <= 0 || !u.read) return {};
  TRY(done(call_read(u, consumed)));
  u.prefetched_at = u.at;
  return {};
}

Result<const char*> read(Unpickler& u, Py_ssize_t n) {
  if (n <= u.input_size - u.at) {
    const char* data = u.input + u.at;
    u.at += n;
    return data;
  }
  if (u.at > PY_SSIZE_T_MAX - n) return raise(library.unpickling_error, "read would overflow (invalid bytecode)");
  if (!u.read) return raise_truncated();
  if (TRY(read_from_file(u, n)) < n) return raise_truncated();
  u.at = n;
  return u.input;
}

namespace {

Status read_rest_into(Unpickler& u, char* out, Py_ssize_t n) {
  if (!u.readinto) {
    Ref<> data = TRY(call_read(u, n));
    if (!PyBytes_Check(data.get())) return raise(PyExc_ValueError, "read() returned non-bytes object ({})", as_repr(object(Py_TYPE(data.get()))));
    if (Py_SIZE(data.get()) < n) return raise_truncated();
    memcpy(out, bytes_data(data.get()), static_cast<size_t>(n));
    return {};
  }
  Py_buffer window{};
  Py_ssize_t one = 1;
  static char format[] = "B";
  window.buf = out, window.len = n, window.itemsize = 1, window.ndim = 1, window.format = format;
  window.shape = &window.len, window.strides = &one;
  Ref<> view = TRY(new_memoryview_of_buffer(window));
  Ref<> count = TRY(call(u.readinto, view.get()));
  Py_ssize_t got = TRY(to_ssize(count.get(), PyExc_OverflowError));
  if (got < 0) return raise(PyExc_ValueError, "readinto() returned negative size");
  return got < n ? Status(raise_truncated()) : Status();
}

}  // namespace

Status read_into(Unpickler& u, char* out, Py_ssize_t n) {
  Py_ssize_t here = u.input_size - u.at;
  if (here > n) here = n;
  if (here > 0) {
    memcpy(out, u.input + u.at, static_cast<size_t>(here));
    u.at += here;
    out += here, n -= here;
    if (n == 0) return {};
  }
  if (n == 0) return {};
  if (!u.read) return raise_truncated();
  TRY(skip_consumed(u));
  return read_rest_into(u, out, n);
}

Result<std::string_view> read_line(Unpickler& u) {
  if (u.at < u.input_size) {
    const char* start = u.input + u.at;
    const void* end = memchr(start, '\n', static_cast<size_t>(u.input_size - u.at));
    if (end) {
      Py_ssize_t n = static_cast<const char*>(end) - start + 1;
      u.at += n;
      return std::string_view(start, static_cast<size_t>(n));
    }
  }
  if (!u.read) return raise_truncated();
  TRY(skip_consumed(u));
  Ref<> data = TRY(call(u.readline));
  Py_ssize_t n = TRY(take_input(u, data.get()));
  if (n == 0 || u.input[n - 1] != '\n') return raise_truncated();
  u.at = n;
  return std::string_view(u.input, static_cast<size_t>(n));
}

Status set_input_file(Unpickler& u, PyObject* file) {
  Ref<> peek = TRY(find_attr(file, "peek"_name)), readinto = TRY(find_attr(file, "readinto"_name)),
        read = TRY(find_attr(file, "read"_name)), readline = TRY(find_attr(file, "readline"_name));
  replace_field(u.peek, std::move(peek));
  replace_field(u.readinto, std::move(readinto));
  if (!read || !readline) return raise(PyExc_TypeError, "file must have 'read' and 'readline' attributes");
  replace_field(u.read, std::move(read));
  replace_field(u.readline, std::move(readline));
  return {};
}
Status set_encoding(Unpickler& u, std::string_view encoding, std::string_view errors) {
  Ref<> e = TRY(new_bytes(encoding)), r = TRY(new_bytes(errors));
  replace_field(u.encoding, std::move(e));
  replace_field(u.errors, std::move(r));
  return {};
}
Status set_buffers(Unpickler& u, PyObject* buffers) {
  Ref<> iterator;
  if (buffers && buffers != Py_None) iterator = TRY(iterate(buffers));
  replace_field(u.buffers, std::move(iterator));
  return {};
}

}  // namespace taipan::pickling
