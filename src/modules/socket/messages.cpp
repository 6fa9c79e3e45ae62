// recvmsg and sendmsg: scattered buffers and ancillary data.
#include <linux/if_alg.h>
#include <sys/uio.h>
#include <unistd.h>

#include <climits>

#include "base/vector.h"
#include "modules/module.h"
#include "modules/posix/posix.h"
#include "modules/socket/socket.h"
#include "object/bytes.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/tuple.h"
#include "runtime/audit.h"
#include "types/rows.h"

namespace taipan::sockets {
namespace {

// -- receiving ------------------------------------------------------------------------------

/// Does the header with at least `space` bytes of data lie in the buffer?
bool header_fits(const msghdr& m, const cmsghdr* c, size_t space) {
  if (!c || !m.msg_control) return false;
  size_t start = static_cast<size_t>(reinterpret_cast<const char*>(c) - static_cast<const char*>(m.msg_control));
  size_t needed = start + space;
  if (needed < space || needed > m.msg_controllen) return false;
  return true;
}
/// The bytes of data of a header, cut to what is in the buffer. False: the header itself makes no sense.
bool data_of(const msghdr& m, cmsghdr* c, size_t& size) {
  constexpr size_t kHeader = CMSG_LEN(0);
  if (!header_fits(m, c, kHeader) || c->cmsg_len < kHeader) return false;
  size_t wanted = c->cmsg_len - kHeader;
  size_t start = static_cast<size_t>(reinterpret_cast<char*>(CMSG_DATA(c)) - static_cast<char*>(m.msg_control));
  size_t there = m.msg_controllen - start;
  size = wanted < there ? wanted : there;
  return true;
}

Ref<> ancillary_list(msghdr& m) {
  Ref<List> list = TRY(new_list());
  for (cmsghdr* c = m.msg_controllen > 0 ? CMSG_FIRSTHDR(&m) : nullptr; c; c = CMSG_NXTHDR(&m, c)) {
    size_t size;
    if (!data_of(m, c, size)) {
      TRY(warn(PyExc_RuntimeWarning, 1, "received malformed or improperly-truncated ancillary data"));
      break;
    }
    bool cut = size < c->cmsg_len - CMSG_LEN(0);
    if (cut) TRY(warn(PyExc_RuntimeWarning, 1, "received malformed or improperly-truncated ancillary data"));
    Ref<> level = TRY(new_int(c->cmsg_level)), type = TRY(new_int(c->cmsg_type));
    Ref<> data = TRY(new_bytes({reinterpret_cast<char*>(CMSG_DATA(c)), size}));
    Ref<> item = TRY(tuple_of({level.get(), type.get(), data.get()}));
    TRY(list_append(object(list.get()), item.get()));
    if (cut) break;
  }
  return list;
}
/// Descriptors that came along and that nobody will ever see are closed.
void close_received(msghdr& m) {
  for (cmsghdr* c = m.msg_controllen > 0 ? CMSG_FIRSTHDR(&m) : nullptr; c; c = CMSG_NXTHDR(&m, c)) {
    size_t size;
    if (!data_of(m, c, size)) break;
    if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS) continue;
    for (size_t at = 0; at + sizeof(int) <= size; at += sizeof(int)) {
      int fd;
      memcpy(&fd, CMSG_DATA(c) + at, sizeof fd);
      close(fd);
    }
  }
}

/// The common part: receives into the pieces; `first` makes the first item of the result out of the count.
template <class F>
Ref<> receive_message(Socket& s, iovec* pieces, size_t count, int flags, Py_ssize_t control_size, F&& first) {
  if (control_size < 0 || control_size > INT_MAX) return raise(PyExc_ValueError, "invalid ancillary data buffer length");
  Address address{};
  socklen_t room = TRY(address_size(s));
  Vector<char> control;
  if (control_size && !control.resize(static_cast<size_t>(control_size))) return raise_no_memory();
  msghdr m{};
  ssize_t got = 0;
  TRY(run(s, false, [&] {
    m = {};
    m.msg_name = &address;
    m.msg_namelen = room;
    m.msg_iov = pieces;
    m.msg_iovlen = count;
    m.msg_control = control.empty() ? nullptr : control.data();
    m.msg_controllen = control.size();
    return (got = recvmsg(s.fd, &m, flags)) >= 0;
  }));
  auto result = [&]() -> Ref<> {
    Ref<> ancillary = TRY(ancillary_list(m));
    Ref<> what = TRY(first(got)), seen = TRY(new_int(m.msg_flags));
    Ref<> from = TRY(address_object(s.fd, &address.head, m.msg_namelen < room ? m.msg_namelen : room, s.proto));
    return tuple_of({what.get(), ancillary.get(), seen.get(), from.get()});
  }();
  if (!result) close_received(m);
  return result;
}

Ref<> receive_one(Socket& s, Arguments a) {
  Py_ssize_t size, control = 0;
  int flags = 0;
  TRY(take_arguments("recvmsg", a, 1, size, control, flags));
  if (size < 0) return raise(PyExc_ValueError, "negative buffer size in recvmsg()");
  Ref<> bytes = TRY(allocate_bytes(size));
  char nothing;
  iovec piece{size ? bytes_data(bytes.get()) : &nothing, static_cast<size_t>(size)};
  return receive_message(s, &piece, 1, flags, control, [&](ssize_t got) -> Ref<> {
    if (got >= size) return std::move(bytes);
    PyObject* shrunk = bytes.release();
    TRY(resize_bytes(&shrunk, got));
    return adopt(shrunk);
  });
}

struct Views {
  BufferView* items = nullptr;
  size_t count = 0;
  Vector<iovec> pieces;
  ~Views() { delete[] items; }
  Status start(Py_ssize_t n) {
    count = static_cast<size_t>(n);
    items = new (std::nothrow) BufferView[count];
    if (!items || !pieces.resize(count)) return raise_no_memory();
    return {};
  }
  void set(size_t i) { pieces[i] = {items[i].data(), static_cast<size_t>(items[i].size())}; }
};

Ref<> receive_scattered(Socket& s, Arguments a) {
  PyObject* buffers;
  Py_ssize_t control = 0;
  int flags = 0;
  TRY(take_arguments("recvmsg_into", a, 1, buffers, control, flags));
  Ref<> sequence = TRY(to_fast_sequence(buffers, "recvmsg_into() argument 1 must be an iterable"));
  Py_ssize_t n = Py_SIZE(sequence.get());
  if (n > INT_MAX) return raise(PyExc_OSError, "recvmsg_into() argument 1 is too long");
  Views views;
  TRY(views.start(n));
  for (Py_ssize_t i = 0; i < n && i < Py_SIZE(sequence.get()); i++) {
    Ref<> o = share(fast_items(sequence.get())[i]);
    auto at = static_cast<size_t>(i);
    if (!has_buffer(o.get()) || !views.items[at].acquire(o.get(), PyBUF_WRITABLE)) {
      clear_error();
      return raise(PyExc_TypeError, "recvmsg_into() argument 1 must be an iterable of single-segment read-write buffers");
    }
    views.set(at);
  }
  return receive_message(s, views.pieces.data(), views.count, flags, control, [](ssize_t got) { return new_int(got); });
}

// -- sending --------------------------------------------------------------------------------

Status gather(PyObject* buffers, Views& views) {
  Ref<> sequence = TRY(to_fast_sequence(buffers, "sendmsg() argument 1 must be an iterable"));
  Py_ssize_t n = Py_SIZE(sequence.get());
  if (n > INT_MAX) return raise(PyExc_OSError, "sendmsg() argument 1 is too long");
  TRY(views.start(n));
  for (Py_ssize_t i = 0; i < n && i < Py_SIZE(sequence.get()); i++) {
    Ref<> o = share(fast_items(sequence.get())[i]);
    TRY(views.items[i].acquire(o.get()));
    views.set(static_cast<size_t>(i));
  }
  return {};
}

struct Ancillary {
  int level, type;
  BufferView data;
};

/// Lays the items out behind each other in the buffer, as CMSG_SPACE counts them.
Status add_ancillary(PyObject* items, Vector<char>& control) {
  Ref<> sequence = TRY(to_fast_sequence(items, "sendmsg() argument 2 must be an iterable"));
  Py_ssize_t n = Py_SIZE(sequence.get());
  for (Py_ssize_t i = 0; i < n && i < Py_SIZE(sequence.get()); i++) {
    Ref<> o = share(fast_items(sequence.get())[i]);
    if (!PyTuple_Check(o.get()))
      return raise(PyExc_TypeError, "[sendmsg() ancillary data items]() argument must be sequence of length 3");
    Ancillary one;
    TRY(take_arguments("[sendmsg() ancillary data items]", {fast_items(o.get()), tuple_size(o.get()), nullptr}, 3, one.level,
                       one.type, one.data));
    size_t size = static_cast<size_t>(one.data.size());
    if (size > INT_MAX - CMSG_LEN(0) - 16) return raise(PyExc_OSError, "ancillary data item too large");
    if (control.size() + CMSG_SPACE(size) > INT_MAX) return raise(PyExc_OSError, "too much ancillary data");
    size_t at = control.size();
    if (!control.resize(at + CMSG_SPACE(size))) return raise_no_memory();
    auto* c = reinterpret_cast<cmsghdr*>(control.data() + at);
    c->cmsg_level = one.level;
    c->cmsg_type = one.type;
    c->cmsg_len = CMSG_LEN(size);
    if (size) memcpy(CMSG_DATA(c), one.data.data(), size);
  }
  return {};
}

Ref<> send_message(Socket& s, msghdr& m, int flags) {
  ssize_t sent = 0;
  TRY(run(s, true, [&] { return (sent = sendmsg(s.fd, &m, flags)) >= 0; }));
  return new_int(sent);
}

Ref<> send_gathered(Socket& s, Arguments a) {
  PyObject *buffers, *ancillary = nullptr, *to = Py_None;
  int flags = 0;
  TRY(take_arguments("sendmsg", a, 1, buffers, ancillary, flags, to));
  msghdr m{};
  Address address;
  if (to != Py_None) {
    socklen_t size;
    TRY(parse_address(s, to, address, size, "sendmsg"));
    m.msg_name = &address;
    m.msg_namelen = size;
    TRY(audit("socket.sendmsg", {object(s), to}));
  } else {
    TRY(audit("socket.sendmsg", {object(s), Py_None}));
  }
  Views views;
  TRY(gather(buffers, views));
  Vector<char> control;
  if (ancillary) TRY(add_ancillary(ancillary, control));
  m.msg_iov = views.pieces.data();
  m.msg_iovlen = views.count;
  m.msg_control = control.empty() ? nullptr : control.data();
  m.msg_controllen = control.size();
  return send_message(s, m, flags);
}

// -- the kernel's cryptography --------------------------------------------------------------

template <class T>
bool add_control(Vector<char>& control, int type, const T& head, std::string_view rest) {
  size_t at = control.size(), size = sizeof head + rest.size();
  if (!control.resize(at + CMSG_SPACE(size))) return false;
  auto* c = reinterpret_cast<cmsghdr*>(control.data() + at);
  c->cmsg_level = SOL_ALG;
  c->cmsg_type = type;
  c->cmsg_len = CMSG_LEN(size);
  memcpy(CMSG_DATA(c), &head, sizeof head);
  if (!rest.empty()) memcpy(CMSG_DATA(c) + sizeof head, rest.data(), rest.size());
  return true;
}

constexpr char kAlgorithmText[] = "sendmsg_afalg(msg=None, *, op=-1, iv=None, assoclen=None, flags=0)\n--\n\n";
Ref<> send_algorithm(Socket& s, Arguments a) {
  if (s.family != AF_ALG) return raise(PyExc_OSError, "algset is only supported for AF_ALG");
  PyObject *message = nullptr, *associated = nullptr;
  BufferView iv;
  PyObject* iv_object = nullptr;
  int operation = -1, flags = 0;
  TRY(take_named_arguments<kAlgorithmText>(a, message, operation, iv_object, associated, flags));
  if (iv_object) TRY(iv.acquire(iv_object));
  if (operation < 0) return raise(PyExc_TypeError, "Invalid or missing argument 'op'");
  int length = -1;
  if (associated) {
    TRY(take_argument({"sendmsg_afalg", 4}, associated, length));
    if (length < 0) return raise(PyExc_TypeError, "assoclen must be positive");
  }
  Vector<char> control;
  bool ok = add_control(control, ALG_SET_OP, static_cast<uint32_t>(operation), {});
  if (ok && iv_object) ok = add_control(control, ALG_SET_IV, static_cast<uint32_t>(iv.size()), iv.bytes());
  if (ok && length >= 0) ok = add_control(control, ALG_SET_AEAD_ASSOCLEN, static_cast<uint32_t>(length), {});
  if (!ok) return raise_no_memory();
  Views views;
  if (message) TRY(gather(message, views));
  msghdr m{};
  m.msg_iov = views.pieces.data();
  m.msg_iovlen = views.count;
  m.msg_control = control.data();
  m.msg_controllen = control.size();
  return send_message(s, m, flags);
}

}  // namespace

constinit PyMethodDef message_methods[] = {
    positional_varargs<receive_one>("recvmsg", "recvmsg(bufsize[, ancbufsize[, flags]]) -> (data, ancdata, msg_flags, address)\n\n"
                                    "Receives bytes and ancillary data, a list of triples (level, type, data)."),
    positional_varargs<receive_scattered>(
        "recvmsg_into", "recvmsg_into(buffers[, ancbufsize[, flags]]) -> (nbytes, ancdata, msg_flags, address)\n\n"
        "Like recvmsg(), into several buffers one after the other."),
    positional_varargs<send_gathered>("sendmsg", "sendmsg(buffers[, ancdata[, flags[, address]]]) -> count\n\n"
                                      "Sends the bytes of several buffers and ancillary data, triples (level, type, data)."),
    varargs<send_algorithm>("sendmsg_afalg", "sendmsg_afalg([msg], *, op[, iv[, assoclen[, flags=MSG_MORE]]])\n\n"
                            "Sets operation, initial vector and length of associated data of an AF_ALG socket."),
    {},
};

}  // namespace taipan::sockets
