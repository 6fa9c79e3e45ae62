// The type _socket.socket: opening, closing, connecting, options; and the module.
#include "modules/socket/socket.h"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <unistd.h>

#include <climits>

#include "modules/modules.h"
#include "modules/module.h"
#include "modules/posix/posix.h"
#include "object/bytes.h"
#include "object/gc.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "runtime/audit.h"
#include "runtime/warnings.h"
#include "types/capsule.h"
#include "types/rows.h"

namespace taipan::sockets {

using posix::raise_errno;

PyObject *gaierror, *herror;

namespace {

int64_t default_timeout = -1;

PyObject* raise_from_errno() {
  raise_os_error(errno);
  return nullptr;
}

/// Blocking for Python, whatever the descriptor: with a timeout it is non-blocking, and poll() waits.
Status set_descriptor_blocking(int fd, bool blocking) {
  int flags = posix::unlocked([&] { return fcntl(fd, F_GETFL); });
  if (flags < 0) return raise_errno();
  int wanted = blocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK;
  if (wanted == flags) return {};
  if (posix::unlocked([&] { return fcntl(fd, F_SETFL, wanted); }) < 0) return raise_errno();
  return {};
}

Status start(Socket& s, int fd, int family, int type, int proto) {
  s.fd = fd;
  s.family = family;
  s.type = type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC);
  s.proto = proto;
  s.error_handler = raise_from_errno;
  if (type & SOCK_NONBLOCK) {
    s.timeout = 0;
  } else {
    s.timeout = default_timeout;
    if (default_timeout >= 0) return set_descriptor_blocking(fd, false);
  }
  return {};
}

// -- life -----------------------------------------------------------------------------------

constexpr char kSocketText[] = "socket(family=-1, type=-1, proto=-1, fileno=None)\n--\n\n";
constexpr char socket_doc[] =
    "socket(family=AF_INET, type=SOCK_STREAM, proto=0) -> socket object\n"
    "socket(family=-1, type=-1, proto=-1, fileno=None) -> socket object\n\n"
    "One end of a connection over a network, or between processes. The family says what addresses look\n"
    "like, the type whether it is a stream or a channel for packets. Child processes do not inherit it.\n\n"
    "With a descriptor, whatever is not given is found out from that.\n\n"
    "Methods marked [+] wait no longer than the timeout allows:\n\n"
    "_accept() -- take a connection: its descriptor and address [+]\n"
    "bind(addr) -- take a local address\n"
    "close(), detach(), fileno() -- the descriptor\n"
    "connect(addr), connect_ex(addr) -- to a remote address [+]\n"
    "getpeername(), getsockname() -- the remote and the local address\n"
    "getsockopt(level, optname[, buflen]), setsockopt(level, optname, value[, optlen]) -- options\n"
    "gettimeout(), settimeout(None | float), getblocking(), setblocking(bool) -- waiting\n"
    "listen([n]) -- begin to take connections\n"
    "recv, recv_into, recvfrom, recvfrom_into, recvmsg, recvmsg_into -- receiving [+]\n"
    "send, sendall, sendto, sendmsg -- sending [+]\n"
    "shutdown(how) -- end one direction or both\n";

PyObject* make(PyTypeObject* type, PyObject*, PyObject*) {
  PyObject* o = type->tp_alloc(type, 0);
  if (!o) return nullptr;
  auto& s = *reinterpret_cast<Socket*>(o);
  s.fd = -1;
  s.timeout = -1;
  s.error_handler = raise_from_errno;
  return o;
}

Result<int> integer_option(int fd, int name) {
  int value = 0;
  socklen_t size = sizeof value;
  if (getsockopt(fd, SOL_SOCKET, name, &value, &size) < 0) return raise_errno();
  return value;
}

Status initialize(Socket& s, Arguments a) {
  int family = -1, type = -1, proto = -1;
  PyObject* descriptor = Py_None;
  TRY(take_named_arguments<kSocketText>(a, family, type, proto, descriptor));
  if (has_audit_hooks()) {
    Ref<> x = TRY(new_int(family)), y = TRY(new_int(type)), z = TRY(new_int(proto));
    TRY(audit("socket.__new__", {object(s), x.get(), y.get(), z.get()}));
  }
  if (descriptor != Py_None) {
    int fd = TRY(descriptor_number(descriptor));
    if (fd < 0) return raise(PyExc_ValueError, "negative file descriptor");
    Address address{};
    socklen_t size = sizeof address;
    if (getsockname(fd, &address.head, &size) < 0) {
      if (family == -1 || errno == EBADF || errno == ENOTSOCK) return raise_errno();
    } else if (family == -1) {
      family = address.head.sa_family;
    }
    if (type == -1) type = TRY(integer_option(fd, SO_TYPE));
    if (proto == -1) proto = TRY(integer_option(fd, SO_PROTOCOL));
    return start(s, fd, family, type, proto);
  }
  if (family == -1) family = AF_INET;
  if (type == -1) type = SOCK_STREAM;
  if (proto == -1) proto = 0;
  int fd = posix::unlocked([&] { return socket(family, type | SOCK_CLOEXEC, proto); });
  if (fd < 0) return raise_errno();
  Status started = start(s, fd, family, type, proto);
  if (!started) {
    s.fd = -1;
    close(fd);
  }
  return started;
}
int init_slot(PyObject* o, PyObject* args, PyObject* kwargs) {
  FlatArguments flat(args, kwargs);
  if (!flat.ok()) return -1;
  return initialize(*reinterpret_cast<Socket*>(o), arguments_of(flat)).to_c();
}

void finalize(PyObject* o) {
  auto& s = *reinterpret_cast<Socket*>(o);
  if (s.fd < 0) return;
  PendingError kept = PendingError::take();
  Ref<> text = format_str("unclosed {}", as_repr(o));
  if (!text || !warn_message(PyExc_ResourceWarning, text.get(), 1, o)) {
    // Warnings may be errors, which nobody could catch here.
    if (pending_matches(PyExc_Warning)) write_unraisable(o);
    else clear_error();
  }
  int fd = std::exchange(s.fd, -1);
  if (fd >= 0) posix::unlocked([&] { return close(fd); });
  std::move(kept).restore();
}
void dealloc(PyObject* o) {
  if (call_finalizer_from_dealloc(o)) return;
  Py_TYPE(o)->tp_free(o);
}
Ref<> socket_repr(Socket& s) {
  return format_str("<socket object, fd={}, family={}, type={}, proto={}>", s.fd, s.family, s.type, s.proto);
}

Ref<> close_socket(Socket& s) {
  int fd = std::exchange(s.fd, -1);
  if (fd < 0) return none();
  int r = posix::unlocked([&] { return close(fd); });
  // The peer may have gone already.
  if (r < 0 && errno != ECONNRESET) return raise_errno();
  return none();
}
Ref<> detach(Socket& s) { return new_int(std::exchange(s.fd, -1)); }
Ref<> fileno(Socket& s) { return new_int(s.fd); }

// -- connecting -----------------------------------------------------------------------------

Ref<> accept_connection(Socket& s) {
  Address address{};
  socklen_t size = TRY(address_size(s));
  memset(&address, 0, size);
  int fd = -1;
  socklen_t got = size;
  TRY(run(s, false, [&] {
    got = size;
    fd = accept4(s.fd, &address.head, &got, SOCK_CLOEXEC);
    return fd >= 0;
  }));
  Ref<> number = new_int(fd);
  Ref<> from = number ? address_object(s.fd, &address.head, got, s.proto) : Ref<>();
  Ref<> pair = from ? tuple_of({number.get(), from.get()}) : Ref<>();
  if (!pair) close(fd);
  return pair;
}

Ref<> bind_socket(Socket& s, PyObject* o) {
  Address address;
  socklen_t size;
  TRY(parse_address(s, o, address, size, "bind"));
  TRY(audit("socket.bind", {object(s), o}));
  if (posix::unlocked([&] { return bind(s.fd, &address.head, size); }) < 0) return raise_errno();
  return none();
}

/// 0: connected; an errno if `raising` is false.
Result<int> connect_to(Socket& s, const Address& address, socklen_t size, bool raising) {
  if (posix::unlocked([&] { return connect(s.fd, &address.head, size); }) >= 0) return 0;
  int error = errno;
  bool wait;
  if (error == EINTR) {
    // The connection goes on being made: calling connect() again would be wrong.
    TRY(run_signal_handlers());
    wait = s.timeout != 0;
  } else {
    wait = s.timeout > 0 && error == EINPROGRESS;
  }
  if (!wait) {
    if (raising) return raise_os_error(error);
    return error;
  }
  auto finished = [&] {
    int result = 0;
    socklen_t length = sizeof result;
    if (getsockopt(s.fd, SOL_SOCKET, SO_ERROR, &result, &length) < 0) return false;
    if (result == 0 || result == EISCONN) return true;
    errno = result;
    return false;
  };
  int result = 0;
  if (run(s, true, finished, s.timeout, true, raising ? nullptr : &result)) return 0;
  if (raising || pending_error()) return Raised{};
  return result;
}
Ref<> connect_socket(Socket& s, PyObject* o) {
  Address address;
  socklen_t size;
  TRY(parse_address(s, o, address, size, "connect"));
  TRY(audit("socket.connect", {object(s), o}));
  TRY(connect_to(s, address, size, true));
  return none();
}
Ref<> connect_code(Socket& s, PyObject* o) {
  Address address;
  socklen_t size;
  TRY(parse_address(s, o, address, size, "connect_ex"));
  TRY(audit("socket.connect", {object(s), o}));
  return new_int(TRY(connect_to(s, address, size, false)));
}

Ref<> listen_socket(Socket& s, Arguments a) {
  int backlog = SOMAXCONN < 128 ? SOMAXCONN : 128;
  TRY(take_arguments("listen", a, 0, backlog));
  if (backlog < 0) backlog = 0;
  if (posix::unlocked([&] { return listen(s.fd, backlog); }) < 0) return raise_errno();
  return none();
}
Ref<> shut_down(Socket& s, PyObject* o) {
  int how;
  TRY(take_argument({"shutdown", 1}, o, how));
  if (posix::unlocked([&] { return shutdown(s.fd, how); }) < 0) return raise_errno();
  return none();
}
template <int (*ask)(int, sockaddr*, socklen_t*)>
Ref<> name_of(Socket& s) {
  Address address{};
  socklen_t size = TRY(address_size(s));
  if (posix::unlocked([&] { return ask(s.fd, &address.head, &size); }) < 0) return raise_errno();
  return address_object(s.fd, &address.head, size, s.proto);
}

// -- options and waiting --------------------------------------------------------------------

Ref<> get_option(Socket& s, Arguments a) {
  int level, name, size = 0;
  TRY(take_arguments("getsockopt", a, 2, level, name, size));
  if (size == 0) {
    if (s.family == AF_VSOCK) {
      uint64_t value = 0;
      socklen_t n = sizeof value;
      if (getsockopt(s.fd, level, name, &value, &n) < 0) return raise_errno();
      return new_int_unsigned(value);
    }
    int value = 0;
    socklen_t n = sizeof value;
    if (getsockopt(s.fd, level, name, &value, &n) < 0) return raise_errno();
    return new_int(value);
  }
  if (s.family == AF_VSOCK) return raise(PyExc_OSError, "getsockopt string buffer not allowed");
  if (size < 0 || size > 1024) return raise(PyExc_OSError, "getsockopt buflen out of range");
  char buffer[1024];
  auto n = static_cast<socklen_t>(size);
  if (getsockopt(s.fd, level, name, buffer, &n) < 0) return raise_errno();
  return new_bytes({buffer, n});
}

Ref<> set_option(Socket& s, Arguments a) {
  int level, name, r;
  if (a.count == 4 && a.items[2] == Py_None) {
    unsigned size;
    PyObject* nothing;
    TRY(take_arguments("setsockopt", a, 4, level, name, nothing, size));
    r = setsockopt(s.fd, level, name, nullptr, size);
    return r < 0 ? Ref<>(raise_errno()) : none();
  }
  TRY(check_count("setsockopt", a.count, 3, 3));
  TRY(take_argument({"setsockopt", 1}, a.items[0], level));
  TRY(take_argument({"setsockopt", 2}, a.items[1], name));
  if (s.family == AF_VSOCK && PyLong_Check(a.items[2])) {
    auto value = static_cast<uint64_t>(TRY(to_int64(a.items[2])));
    r = setsockopt(s.fd, level, name, &value, sizeof value);
    return r < 0 ? Ref<>(raise_errno()) : none();
  }
  int flag;
  if (is_index(a.items[2]) && take_argument({"setsockopt", 3}, a.items[2], flag)) {
    r = setsockopt(s.fd, level, name, &flag, sizeof flag);
  } else {
    clear_error();
    BufferView view;
    TRY(view.acquire(a.items[2]));
    if (view.size() > INT_MAX) return raise(PyExc_OverflowError, "socket option is larger than {} bytes", INT_MAX);
    r = setsockopt(s.fd, level, name, view.data(), static_cast<socklen_t>(view.size()));
  }
  return r < 0 ? Ref<>(raise_errno()) : none();
}

Ref<> set_blocking(Socket& s, PyObject* o) {
  bool blocking = TRY(is_true(o));
  s.timeout = blocking ? -1 : 0;
  TRY(set_descriptor_blocking(s.fd, blocking));
  return none();
}
Ref<> get_blocking(Socket& s) { return boolean(s.timeout != 0); }
Ref<> set_timeout(Socket& s, PyObject* o) {
  s.timeout = TRY(parse_timeout(o));
  TRY(set_descriptor_blocking(s.fd, s.timeout < 0));
  return none();
}
Ref<> seconds_object(int64_t timeout) {
  return timeout < 0 ? none() : new_float(static_cast<double>(timeout) / 1e9);
}
Ref<> get_timeout(Socket& s) { return seconds_object(s.timeout); }
Ref<> timeout_attribute(PyObject* o, void*) { return get_timeout(*reinterpret_cast<Socket*>(o)); }

constinit PyMemberDef members[] = {
    {"family", T_INT, offsetof(Socket, family), READONLY, "The kind of addresses."},
    {"type", T_INT, offsetof(Socket, type), READONLY, "Stream, datagram …"},
    {"proto", T_INT, offsetof(Socket, proto), READONLY, "The protocol's number."},
    {},
};
constinit PyGetSetDef getset[] = {
    {"timeout", slot<timeout_attribute>, nullptr, "How many seconds operations may take, or None."}, {}};

}  // namespace

constinit PyMethodDef socket_methods[] = {
    noargs<accept_connection>("_accept", "_accept() -> (integer, address info)\n\n"
                              "Waits for a connection: its new descriptor and the client's address."),
    one_arg<bind_socket>("bind", "bind(address)\n\nTakes a local address; for IP a pair (host, port)."),
    noargs<close_socket>("close", "close()\n\nCloses the socket; it is of no use afterwards."),
    one_arg<connect_socket>("connect", "connect(address)\n\nConnects to a remote address; for IP a pair (host, port)."),
    one_arg<connect_code>("connect_ex", "connect_ex(address) -> errno\n\nLike connect(), but errors of the system are "
                          "returned as a number; 0 is success."),
    noargs<detach>("detach", "detach()\n\nGives the descriptor up without closing it, and returns it."),
    noargs<fileno>("fileno", "fileno() -> integer\n\nThe descriptor; -1 after closing."),
    noargs<name_of<getpeername>>("getpeername", "getpeername() -> address info\n\nThe address of the other end."),
    noargs<name_of<getsockname>>("getsockname", "getsockname() -> address info\n\nThe address of this end."),
    positional_varargs<get_option>("getsockopt", "getsockopt(level, option[, buffersize]) -> value\n\n"
                                   "An option as an integer, or as bytes if a buffer size other than 0 is given."),
    positional_varargs<listen_socket>("listen", "listen([backlog])\n\nTakes connections; so many may wait unaccepted."),
    one_arg<set_blocking>("setblocking", "setblocking(flag)\n\nsetblocking(True) is settimeout(None), "
                          "setblocking(False) is settimeout(0.0)."),
    noargs<get_blocking>("getblocking", "getblocking()\n\nDo operations wait?"),
    positional_varargs<set_option>("setsockopt", "setsockopt(level, option, value: int)\n"
                                   "setsockopt(level, option, value: buffer)\n"
                                   "setsockopt(level, option, None, optlen: int)\n\nSets an option."),
    one_arg<set_timeout>("settimeout", "settimeout(timeout)\n\nHow many seconds operations may take: None for any "
                         "time, 0 for none at all."),
    noargs<get_timeout>("gettimeout", "gettimeout() -> timeout\n\nHow many seconds operations may take, or None."),
    one_arg<shut_down>("shutdown", "shutdown(flag)\n\nEnds receiving (SHUT_RD), sending (SHUT_WR) or both (SHUT_RDWR)."),
    {},
};

namespace {
/// One table for the type, of all the files'.
PyMethodDef* all_methods() {
  static PyMethodDef rows[48];
  size_t n = 0;
  if (!rows[0].ml_name)
    for (PyMethodDef* table : {socket_methods, transfer_methods, message_methods})
      for (; table->ml_name; table++) rows[n++] = *table;
  return rows;
}
}  // namespace

constinit PyTypeObject socket_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "_socket.socket",
    .tp_basicsize = sizeof(Socket),
    .tp_dealloc = dealloc,
    .tp_repr = slot<socket_repr>,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = socket_doc,
    .tp_members = members,
    .tp_getset = getset,
    .tp_init = init_slot,
    .tp_alloc = generic_alloc,
    .tp_new = make,
    .tp_free = generic_free,
    .tp_finalize = finalize,
};

Ref<> new_socket(int fd, int family, int type, int proto) {
  Ref<> o = adopt(make(&socket_type, nullptr, nullptr));
  Status started = o ? start(*reinterpret_cast<Socket*>(o.get()), fd, family, type, proto) : Raised{};
  if (started) return o;
  if (o) reinterpret_cast<Socket*>(o.get())->fd = -1;
  close(fd);
  return Raised{};
}

Result<int> descriptor_number(PyObject* o) {
  Ref<> n = TRY(index(o));
  int64_t fd = TRY(to_int64(n.get()));
  if (fd < INT_MIN || fd > INT_MAX) return raise(PyExc_OverflowError, "Python int too large to convert to C int");
  return static_cast<int>(fd);
}

// -- the module -----------------------------------------------------------------------------

namespace {

Ref<> get_default_timeout(PyObject*) { return seconds_object(default_timeout); }
Ref<> set_default_timeout(PyObject*, PyObject* o) {
  default_timeout = TRY(parse_timeout(o));
  return none();
}

Ref<> close_descriptor(PyObject*, PyObject* o) {
  int fd = TRY(descriptor_number(o));
  if (posix::unlocked([&] { return close(fd); }) < 0 && errno != ECONNRESET) return raise_errno();
  return none();
}
Ref<> duplicate(PyObject*, PyObject* o) {
  int fd = TRY(descriptor_number(o));
  int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
  if (copy < 0) return raise_errno();
  return new_int(copy);
}
Ref<> make_pair(PyObject*, Arguments a) {
  int family = AF_UNIX, type = SOCK_STREAM, proto = 0, fds[2];
  TRY(take_arguments("socketpair", a, 0, family, type, proto));
  if (posix::unlocked([&] { return socketpair(family, type | SOCK_CLOEXEC, proto, fds); }) < 0) return raise_errno();
  Ref<> first = new_socket(fds[0], family, type, proto);
  if (!first) {
    close(fds[1]);
    return first;
  }
  Ref<> second = TRY(new_socket(fds[1], family, type, proto));
  return tuple_of({first.get(), second.get()});
}

constinit PyMethodDef functions[] = {
    one_arg<close_descriptor>("close", "close(integer) -> None\n\nCloses a socket's descriptor."),
    one_arg<duplicate>("dup", "dup(integer) -> integer\n\nAnother descriptor of the same socket, which children do not "
                       "inherit."),
    positional_varargs<make_pair>("socketpair", "socketpair([family[, type [, proto]]]) -> (socket object, socket object)\n\n"
                                  "Two sockets that are connected with each other."),
    noargs<get_default_timeout>("getdefaulttimeout", "getdefaulttimeout() -> timeout\n\nThe timeout of new sockets in "
                                "seconds, or None."),
    one_arg<set_default_timeout>("setdefaulttimeout", "setdefaulttimeout(timeout)\n\nSets the timeout of new sockets in "
                                 "seconds, or None."),
    {},
};

/// What extension modules reach through the capsule: CPython's PySocketModule_APIObject.
struct Interface {
  PyTypeObject* type;
  PyObject *error, *timeout_error;
};

Status fill(PyObject* module) {
  for (PyMethodDef* rows : {functions, name_functions, number_functions}) TRY(add_functions(module, rows));
  socket_type.tp_methods = all_methods();
  TRY(ready_type(&socket_type));
  TRY(add_to_module(module, "error", PyExc_OSError));
  TRY(add_to_module(module, "timeout", PyExc_TimeoutError));
  if (!herror) herror = TRY(new_exception_class("socket", "herror", PyExc_OSError)).release();
  if (!gaierror) gaierror = TRY(new_exception_class("socket", "gaierror", PyExc_OSError)).release();
  TRY(add_to_module(module, "herror", herror));
  TRY(add_to_module(module, "gaierror", gaierror));
  TRY(add_to_module(module, "SocketType", object(&socket_type)));
  TRY(add_to_module(module, "socket", object(&socket_type)));
  TRY(add_to_module(module, "has_ipv6", Py_True));
  static Interface interface;
  interface = {&socket_type, PyExc_OSError, PyExc_TimeoutError};
  TRY(add_to_module(module, "CAPI", new_capsule(&interface, "_socket.CAPI", nullptr)));
  return add_constants(module);
}

constexpr char module_doc[] = "What module socket is made on: the system's sockets.";

}  // namespace
}  // namespace taipan::sockets

PyObject* init_socket() {
  namespace module = taipan::sockets;
  return taipan::define_module<"_socket", module::module_doc, module::fill>();
}
