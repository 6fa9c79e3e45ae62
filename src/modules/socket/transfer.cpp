// Receiving and sending of sockets: one run of bytes at a time.
#include <climits>

#include "modules/module.h"
#include "modules/posix/posix.h"
#include "modules/socket/socket.h"
#include "object/bytes.h"
#include "object/int.h"
#include "object/tuple.h"
#include "runtime/audit.h"
#include "types/rows.h"

namespace taipan::sockets {
namespace {

/// Fills fresh bytes by `receive(buffer, n) -> ssize_t`.
template <class F>
Ref<> receive_bytes(Socket& s, Py_ssize_t n, F&& receive) {
  Ref<> bytes = TRY(allocate_bytes(n));
  ssize_t got = 0;
  if (n == 0) {
    // The call is made all the same: it may have something to say.
    char none;
    TRY(run(s, false, [&] { return (got = receive(&none, 0)) >= 0; }));
    return bytes;
  }
  char* data = bytes_data(bytes.get());
  TRY(run(s, false, [&] { return (got = receive(data, static_cast<size_t>(n))) >= 0; }));
  if (got == n) return bytes;
  PyObject* shrunk = bytes.release();
  TRY(resize_bytes(&shrunk, got));
  return adopt(shrunk);
}

Ref<> receive(Socket& s, Arguments a) {
  Py_ssize_t size;
  int flags = 0;
  TRY(take_arguments("recv", a, 1, size, flags));
  if (size < 0) return raise(PyExc_ValueError, "negative buffersize in recv");
  return receive_bytes(s, size, [&](char* to, size_t n) { return recv(s.fd, to, n, flags); });
}

constexpr char kIntoText[] = "recv_into(buffer, nbytes=0, flags=0)\n--\n\n";
Ref<> receive_into(Socket& s, Arguments a) {
  WritableView view;
  Py_ssize_t size = 0;
  int flags = 0;
  TRY(take_named_arguments<kIntoText>(a, view, size, flags));
  if (size < 0) return raise(PyExc_ValueError, "negative buffersize in recv_into");
  if (size == 0) size = view.size();
  if (view.size() < size) return raise(PyExc_ValueError, "buffer too small for requested bytes");
  ssize_t got = 0;
  TRY(run(s, false, [&] { return (got = recv(s.fd, view.data(), static_cast<size_t>(size), flags)) >= 0; }));
  return new_int(got);
}

Ref<> receive_from(Socket& s, Arguments a) {
  Py_ssize_t size;
  int flags = 0;
  TRY(take_arguments("recvfrom", a, 1, size, flags));
  if (size < 0) return raise(PyExc_ValueError, "negative buffersize in recvfrom");
  Address address{};
  socklen_t room = TRY(address_size(s)), length = 0;
  Ref<> bytes = TRY(receive_bytes(s, size, [&](char* to, size_t n) {
    length = room;
    return recvfrom(s.fd, to, n, flags, &address.head, &length);
  }));
  Ref<> from = TRY(address_object(s.fd, &address.head, length, s.proto));
  return tuple_of({bytes.get(), from.get()});
}

constexpr char kFromIntoText[] = "recvfrom_into(buffer, nbytes=0, flags=0)\n--\n\n";
Ref<> receive_from_into(Socket& s, Arguments a) {
  WritableView view;
  Py_ssize_t size = 0;
  int flags = 0;
  TRY(take_named_arguments<kFromIntoText>(a, view, size, flags));
  if (size < 0) return raise(PyExc_ValueError, "negative buffersize in recvfrom_into");
  if (size == 0) size = view.size();
  if (view.size() < size) return raise(PyExc_ValueError, "nbytes is greater than the length of the buffer");
  Address address{};
  socklen_t room = TRY(address_size(s)), length = 0;
  ssize_t got = 0;
  TRY(run(s, false, [&] {
    length = room;
    return (got = recvfrom(s.fd, view.data(), static_cast<size_t>(size), flags, &address.head, &length)) >= 0;
  }));
  Ref<> count = TRY(new_int(got)), from = TRY(address_object(s.fd, &address.head, length, s.proto));
  return tuple_of({count.get(), from.get()});
}

Ref<> send_some(Socket& s, Arguments a) {
  BufferView data;
  int flags = 0;
  TRY(take_arguments("send", a, 1, data, flags));
  ssize_t sent = 0;
  TRY(run(s, true, [&] { return (sent = send(s.fd, data.data(), static_cast<size_t>(data.size()), flags)) >= 0; }));
  return new_int(sent);
}

Ref<> send_all(Socket& s, Arguments a) {
  BufferView data;
  int flags = 0;
  TRY(take_arguments("sendall", a, 1, data, flags));
  std::string_view left = data.bytes();
  int64_t timeout = s.timeout, deadline = 0;
  do {
    if (s.timeout > 0) {  // one limit for the whole
      if (deadline) timeout = deadline - monotonic_now();
      else deadline = monotonic_now() + timeout;
      if (timeout <= 0) return raise(PyExc_TimeoutError, "timed out");
    }
    ssize_t sent = 0;
    TRY(run(s, true, [&] { return (sent = send(s.fd, left.data(), left.size(), flags)) >= 0; }, timeout));
    left.remove_prefix(static_cast<size_t>(sent));
    TRY(run_signal_handlers());
  } while (!left.empty());
  return none();
}

Ref<> send_to(Socket& s, Arguments a) {
  if (a.count < 2 || a.count > 3) return raise(PyExc_TypeError, "sendto() takes 2 or 3 arguments ({} given)", a.count);
  BufferView data;
  int flags = 0;
  PyObject* to = nullptr;
  if (a.count == 2) TRY(take_arguments("sendto", a, 2, data, to));
  else TRY(take_arguments("sendto", a, 3, data, flags, to));
  Address address;
  socklen_t size;
  TRY(parse_address(s, to, address, size, "sendto"));
  TRY(audit("socket.sendto", {object(s), to}));
  ssize_t sent = 0;
  TRY(run(s, true, [&] {
    return (sent = sendto(s.fd, data.data(), static_cast<size_t>(data.size()), flags, &address.head, size)) >= 0;
  }));
  return new_int(sent);
}

}  // namespace

constinit PyMethodDef transfer_methods[] = {
    positional_varargs<receive>("recv", "recv(buffersize[, flags]) -> data\n\nAt most so many bytes, as soon as there are "
                                "any; none means that the other end has closed."),
    varargs<receive_into>("recv_into", "recv_into(buffer, [nbytes[, flags]]) -> nbytes_read\n\nLike recv(), into a "
                          "buffer: how many bytes came."),
    positional_varargs<receive_from>("recvfrom", "recvfrom(buffersize[, flags]) -> (data, address info)\n\nLike recv(), "
                                     "with the sender's address."),
    varargs<receive_from_into>("recvfrom_into", "recvfrom_into(buffer[, nbytes[, flags]]) -> (nbytes, address info)\n\n"
                               "Like recv_into(), with the sender's address."),
    positional_varargs<send_some>("send", "send(data[, flags]) -> count\n\nSends bytes: how many were taken."),
    positional_varargs<send_all>("sendall", "sendall(data[, flags])\n\nSends all bytes. After an error nobody knows how "
                                 "many were sent."),
    positional_varargs<send_to>("sendto", "sendto(data[, flags], address) -> count\n\nSends bytes to an address; for IP "
                                "a pair (host, port)."),
    {},
};

}  // namespace taipan::sockets
