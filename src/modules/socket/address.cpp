// Addresses as Python has them, tuples mostly, to C's structures and back; by family.
#include <arpa/inet.h>
#include <linux/can.h>
#include <linux/if_alg.h>
#include <linux/netlink.h>
#include <linux/qrtr.h>
#include <linux/tipc.h>
#include <linux/vm_sockets.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netpacket/packet.h>
#include <sys/ioctl.h>
#include <sys/un.h>

#include "modules/socket/socket.h"

#include "modules/posix/posix.h"
#include "modules/socket/bluetooth.h"
#include "object/bytes.h"
#include "object/int.h"
#include "object/int_arithmetic.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "types/codecs.h"

namespace taipan::sockets {

Raised raise_gai(int error) {
  if (error == EAI_SYSTEM) return raise_os_error(errno);
  Ref<> number = new_int(error), text = new_str(gai_strerror(error));
  if (!number || !text) return {};
  Ref<> args = tuple_of({number.get(), text.get()});
  if (!args) return {};
  return raise_value(gaierror, args.get());
}

Status HostName::parse(PyObject* o) {
  std::string_view text;
  if (PyBytes_Check(o)) {
    kept_ = share(o);
    text = bytes_view(o);
  } else if (PyByteArray_Check(o)) {
    kept_ = TRY(new_bytes({PyByteArray_AS_STRING(o), static_cast<size_t>(Py_SIZE(o))}));
    text = bytes_view(kept_.get());
  } else if (PyUnicode_Check(o) && is_ascii(o)) {
    kept_ = share(o);
    text = narrow_text(o);
  } else {
    if (!PyUnicode_Check(o))
      return raise(PyExc_TypeError, "str, bytes or bytearray expected, not {}", type_name(o));
    kept_ = encode_text(o, "idna", nullptr);
    if (!kept_) {
      clear_error();
      return raise(PyExc_TypeError, "encoding of hostname failed");
    }
    text = bytes_view(kept_.get());
  }
  if (text.find('\0') != text.npos) return raise(PyExc_TypeError, "host name must not contain null character");
  text_ = text.data();
  return {};
}

// -- hosts ----------------------------------------------------------------------------------

Result<int> resolve(const char* name, sockaddr* to, size_t size, int family) {
  memset(to, 0, size);
  addrinfo hints{}, *found = nullptr;
  hints.ai_family = family;
  if (!*name) {
    hints.ai_socktype = SOCK_DGRAM;  // one entry per address
    hints.ai_flags = AI_PASSIVE;
    int error = posix::unlocked([&] { return getaddrinfo(nullptr, "0", &hints, &found); });
    if (error) return raise_gai(error);
    int length = found->ai_family == AF_INET ? 4 : found->ai_family == AF_INET6 ? 16 : -1;
    bool several = found->ai_next != nullptr;
    if (!several && length > 0) memcpy(to, found->ai_addr, std::min<size_t>(found->ai_addrlen, size));
    freeaddrinfo(found);
    if (length < 0) return raise(PyExc_OSError, "unsupported address family");
    if (several) return raise(PyExc_OSError, "wildcard resolved to multiple address");
    return length;
  }
  auto* four = reinterpret_cast<sockaddr_in*>(to);
  std::string_view text(name);
  if (text == "255.255.255.255" || text == "<broadcast>") {
    if (family != AF_INET && family != AF_UNSPEC) return raise(PyExc_OSError, "address family mismatched");
    four->sin_family = AF_INET;
    four->sin_addr.s_addr = INADDR_BROADCAST;
    return 4;
  }
  if ((family == AF_UNSPEC || family == AF_INET) && inet_pton(AF_INET, name, &four->sin_addr) > 0) {
    four->sin_family = AF_INET;
    return 4;
  }
  if ((family == AF_UNSPEC || family == AF_INET6) && size >= sizeof(sockaddr_in6) && text.find('%') == text.npos) {
    auto* six = reinterpret_cast<sockaddr_in6*>(to);
    memset(six, 0, sizeof *six);
    if (inet_pton(AF_INET6, name, &six->sin6_addr) > 0) {
      six->sin6_family = AF_INET6;
      return 16;
    }
  }
  int error = posix::unlocked([&] { return getaddrinfo(name, nullptr, &hints, &found); });
  if (error) return raise_gai(error);
  int length = found->ai_family == AF_INET ? 4 : found->ai_family == AF_INET6 ? 16 : -1;
  memcpy(to, found->ai_addr, std::min<size_t>(found->ai_addrlen, size));
  freeaddrinfo(found);
  if (length < 0) return raise(PyExc_OSError, "unknown address family");
  return length;
}

Ref<> ipv4_text(const void* address) {
  char text[INET_ADDRSTRLEN];
  if (!inet_ntop(AF_INET, &static_cast<const sockaddr_in*>(address)->sin_addr, text, sizeof text))
    return posix::raise_errno();
  return new_str(text);
}
Ref<> ipv6_text(const void* address) {
  char text[INET6_ADDRSTRLEN];
  if (!inet_ntop(AF_INET6, &static_cast<const sockaddr_in6*>(address)->sin6_addr, text, sizeof text))
    return posix::raise_errno();
  return new_str(text);
}

// -- from Python ----------------------------------------------------------------------------

namespace {

/// The items of an address tuple; a wrong number raises TypeError with the text.
Result<Arguments> items_of(PyObject* o, const char* family, const char* caller, Py_ssize_t low, Py_ssize_t high,
                           const char* text) {
  if (!PyTuple_Check(o))
    return raise(PyExc_TypeError, "{}(): {} address must be tuple, not {}", caller, family, clip(type_name(o), 500));
  Py_ssize_t n = tuple_size(o);
  if (n < low || n > high) return raise(PyExc_TypeError, "{}", text);
  return Arguments{fast_items(o), n, nullptr};
}
constexpr ArgumentPlace kNowhere{"address", 1};

Status take_port(PyObject* o, const char* caller, uint16_t& to) {
  int port = 0;
  Status taken = take_argument(kNowhere, o, port);
  if (!taken && !clear_error_if(PyExc_OverflowError)) return taken;
  if (!taken || port < 0 || port > 0xffff) return raise(PyExc_OverflowError, "{}(): port must be 0-65535.", caller);
  to = htons(static_cast<uint16_t>(port));
  return {};
}

Status parse_unix(PyObject* o, sockaddr_un& to, socklen_t& size) {
  Ref<> encoded = PyUnicode_Check(o) ? encode_fs(o) : share(o);
  if (!encoded) return Raised{};
  BufferView view;
  TRY(view.acquire(encoded.get()));
  std::string_view path = view.bytes();
  // A name that begins with a null byte is an abstract one: its length counts.
  bool abstract = path.empty() || path[0] == 0;
  if (path.size() > sizeof to.sun_path || (!abstract && path.size() == sizeof to.sun_path))
    return raise(PyExc_OSError, "AF_UNIX path too long");
  to.sun_family = AF_UNIX;
  memset(to.sun_path, 0, sizeof to.sun_path);
  memcpy(to.sun_path, path.data(), path.size());
  size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size() + !abstract);
  return {};
}

Status parse_inet(PyObject* o, const char* caller, sockaddr_in& to) {
  Arguments a = TRY(items_of(o, "AF_INET", caller, 2, 2, "AF_INET address must be a pair (host, port)"));
  HostName host;
  TRY(host.parse(a.items[0]));
  uint16_t port;
  TRY(take_port(a.items[1], caller, port));
  TRY(resolve(host.text(), reinterpret_cast<sockaddr*>(&to), sizeof to, AF_INET));
  to.sin_family = AF_INET;
  to.sin_port = port;
  return {};
}
Status parse_inet6(PyObject* o, const char* caller, sockaddr_in6& to) {
  Arguments a = TRY(items_of(o, "AF_INET6", caller, 2, 4,
                             "AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])"));
  HostName host;
  TRY(host.parse(a.items[0]));
  uint16_t port;
  TRY(take_port(a.items[1], caller, port));
  unsigned flow = 0, scope = 0;
  if (a.count > 2) TRY(take_argument(kNowhere, a.items[2], flow));
  if (a.count > 3) TRY(take_argument(kNowhere, a.items[3], scope));
  if (flow > 0xfffff) return raise(PyExc_OverflowError, "{}(): flowinfo must be 0-1048575.", caller);
  TRY(resolve(host.text(), reinterpret_cast<sockaddr*>(&to), sizeof to, AF_INET6));
  to.sin6_family = AF_INET6;
  to.sin6_port = port;
  to.sin6_flowinfo = htonl(flow);
  to.sin6_scope_id = scope;
  return {};
}

Status interface_index(Socket& s, std::string_view name, int& to) {
  ifreq request{};
  strncpy(request.ifr_name, name.data(), sizeof request.ifr_name - 1);
  if (ioctl(s.fd, SIOCGIFINDEX, &request) < 0) return posix::raise_errno();
  to = request.ifr_ifindex;
  return {};
}

Status parse_packet(Socket& s, PyObject* o, const char* caller, sockaddr_ll& to) {
  Arguments a = TRY(items_of(o, "AF_PACKET", caller, 2, 5, "AF_PACKET address must be a tuple of two to five elements"));
  std::string_view name;
  int proto = 0, packet_type = 0, hardware_type = 0;
  BufferView hardware;
  TRY(take_arguments("AF_PACKET address", a, 2, name, proto, packet_type, hardware_type, hardware));
  if (a.count > 4 && hardware.size() > 8) return raise(PyExc_ValueError, "Hardware address must be 8 bytes or less");
  TRY(interface_index(s, name, to.sll_ifindex));
  if (proto < 0 || proto > 0xffff) return raise(PyExc_OverflowError, "{}(): proto must be 0-65535.", caller);
  to.sll_family = AF_PACKET;
  to.sll_protocol = htons(static_cast<uint16_t>(proto));
  to.sll_pkttype = static_cast<uint8_t>(packet_type);
  to.sll_hatype = static_cast<uint16_t>(hardware_type);
  if (a.count > 4) {
    memcpy(to.sll_addr, hardware.data(), static_cast<size_t>(hardware.size()));
    to.sll_halen = static_cast<uint8_t>(hardware.size());
  }
  return {};
}

Status parse_tipc(PyObject* o, const char* caller, sockaddr_tipc& to) {
  Arguments a = TRY(items_of(o, "AF_TIPC", caller, 4, 5,
                             "AF_TIPC address must be a tuple (addr_type, v1, v2, v3[, scope])"));
  unsigned type, v[3], scope = TIPC_CLUSTER_SCOPE;
  TRY(take_arguments("AF_TIPC address", a, 4, type, v[0], v[1], v[2], scope));
  to.family = AF_TIPC;
  to.addrtype = static_cast<uint8_t>(type);
  to.scope = static_cast<signed char>(scope);
  if (type == TIPC_ADDR_NAMESEQ) to.addr.nameseq = {v[0], v[1], v[2]};
  else if (type == TIPC_ADDR_NAME) to.addr.name.name = {v[0], v[1]};
  else if (type == TIPC_ADDR_ID) to.addr.id = {v[1], v[0]};
  else return raise(PyExc_TypeError, "Invalid address type");
  return {};
}

/// The interface's number for a name in the file system's encoding; the empty name is every interface.
Status can_interface(Socket& s, PyObject* o, int& to) {
  Ref<> name = PyUnicode_Check(o) ? encode_fs(o) : share(o);
  if (!name) return Raised{};
  if (!PyBytes_Check(name.get()))
    return raise(PyExc_TypeError, "expected str, bytes or os.PathLike object, not {}", clip(type_name(o), 200));
  to = 0;
  if (Py_SIZE(name.get()) == 0) return {};
  if (static_cast<size_t>(Py_SIZE(name.get())) >= IFNAMSIZ)
    return raise(PyExc_OSError, "AF_CAN interface name too long");
  return interface_index(s, bytes_view(name.get()), to);
}
Status unsigned_long(PyObject* o, uint64_t& to) {
  if (!PyLong_Check(o)) return raise(PyExc_TypeError, "an integer is required");
  if (int_sign(o) < 0) return raise(PyExc_OverflowError, "can't convert negative value to unsigned int");
  to = int_to_uint64_mask(o);
  return {};
}
Status parse_can(Socket& s, PyObject* o, const char* caller, sockaddr_can& to) {
  to.can_family = AF_CAN;
  if (s.proto == CAN_ISOTP) {
    Arguments a = TRY(items_of(o, "AF_CAN", caller, 3, 3,
                               "AF_CAN address must be a tuple (interface, rx_addr, tx_addr)"));
    uint64_t receive, send;
    TRY(can_interface(s, a.items[0], to.can_ifindex));
    TRY(unsigned_long(a.items[1], receive));
    TRY(unsigned_long(a.items[2], send));
    to.can_addr.tp.rx_id = static_cast<canid_t>(receive);
    to.can_addr.tp.tx_id = static_cast<canid_t>(send);
    return {};
  }
  if (s.proto == CAN_J1939) {
    Arguments a = TRY(items_of(o, "AF_CAN", caller, 4, 4,
                               "AF_CAN address must be a tuple (interface, name, pgn, addr)"));
    uint64_t name, group, address;
    TRY(can_interface(s, a.items[0], to.can_ifindex));
    TRY(unsigned_long(a.items[1], name));
    TRY(unsigned_long(a.items[2], group));
    TRY(unsigned_long(a.items[3], address));
    to.can_addr.j1939.name = name;
    to.can_addr.j1939.pgn = static_cast<uint32_t>(group);
    to.can_addr.j1939.addr = static_cast<uint8_t>(address);
    return {};
  }
  Arguments a = TRY(items_of(o, "AF_CAN", caller, 1, 1, "AF_CAN address must be a tuple (interface, )"));
  return can_interface(s, a.items[0], to.can_ifindex);
}

Status parse_algorithm(PyObject* o, const char* caller, sockaddr_alg& to) {
  Arguments a = TRY(items_of(o, "AF_ALG", caller, 2, 4, "AF_ALG address must be a tuple (type, name[, feat[, mask]])"));
  std::string_view type, name;
  TRY(take_arguments("AF_ALG address", a, 2, type, name, to.salg_feat, to.salg_mask));
  to.salg_family = AF_ALG;
  if (type.size() >= sizeof to.salg_type) return raise(PyExc_ValueError, "AF_ALG type too long.");
  if (name.size() >= sizeof to.salg_name) return raise(PyExc_ValueError, "AF_ALG name too long.");
  memcpy(to.salg_type, type.data(), type.size());
  memcpy(to.salg_name, name.data(), name.size());
  return {};
}

/// A pair of unsigned numbers.
Status parse_pair(PyObject* o, const char* family, const char* caller, const char* text, unsigned& a, unsigned& b) {
  Arguments items = TRY(items_of(o, family, caller, 2, 2, text));
  return take_arguments(family, items, 2, a, b);
}

}  // namespace

Status parse_address(Socket& s, PyObject* o, Address& to, socklen_t& size, const char* caller) {
  memset(&to, 0, sizeof to);
  auto as = [&]<class T>(T*) -> T& {
    size = sizeof(T);
    return *reinterpret_cast<T*>(&to);
  };
  switch (s.family) {
    case AF_UNIX: return parse_unix(o, as(static_cast<sockaddr_un*>(nullptr)), size);
    case AF_INET:
    case AF_RDS: {
      auto& four = as(static_cast<sockaddr_in*>(nullptr));
      TRY(parse_inet(o, caller, four));
      if (s.family == AF_RDS) four.sin_family = AF_INET;
      return {};
    }
    case AF_INET6: return parse_inet6(o, caller, as(static_cast<sockaddr_in6*>(nullptr)));
    case AF_NETLINK: {
      auto& n = as(static_cast<sockaddr_nl*>(nullptr));
      n.nl_family = AF_NETLINK;
      return parse_pair(o, "AF_NETLINK", caller, "AF_NETLINK address must be a pair (pid, groups)", n.nl_pid, n.nl_groups);
    }
    case AF_QIPCRTR: {
      auto& q = as(static_cast<sockaddr_qrtr*>(nullptr));
      q.sq_family = AF_QIPCRTR;
      return parse_pair(o, "AF_QIPCRTR", caller, "AF_QIPCRTR address must be a pair (node, port)", q.sq_node, q.sq_port);
    }
    case AF_VSOCK: {
      auto& v = as(static_cast<sockaddr_vm*>(nullptr));
      v.svm_family = AF_VSOCK;
      if (!PyTuple_Check(o))
        return raise(PyExc_TypeError, "getsockaddrarg: AF_VSOCK address must be tuple, not {}", clip(type_name(o), 500));
      return parse_pair(o, "AF_VSOCK", caller, "AF_VSOCK address must be a pair (CID, port)", v.svm_cid, v.svm_port);
    }
    case AF_BLUETOOTH: return bluetooth::parse_address(s, o, to, size, caller);
    case AF_PACKET: return parse_packet(s, o, caller, as(static_cast<sockaddr_ll*>(nullptr)));
    case AF_TIPC: return parse_tipc(o, caller, as(static_cast<sockaddr_tipc*>(nullptr)));
    case AF_CAN:
      if (s.proto != CAN_RAW && s.proto != CAN_BCM && s.proto != CAN_ISOTP && s.proto != CAN_J1939)
        return raise(PyExc_OSError, "{}(): unsupported CAN protocol", caller);
      return parse_can(s, o, caller, as(static_cast<sockaddr_can*>(nullptr)));
    case AF_ALG: return parse_algorithm(o, caller, as(static_cast<sockaddr_alg*>(nullptr)));
  }
  return raise(PyExc_OSError, "{}(): bad family", caller);
}

Result<socklen_t> address_size(Socket& s) {
  switch (s.family) {
    case AF_UNIX: return socklen_t{sizeof(sockaddr_un)};
    case AF_INET:
    case AF_RDS: return socklen_t{sizeof(sockaddr_in)};
    case AF_INET6: return socklen_t{sizeof(sockaddr_in6)};
    case AF_NETLINK: return socklen_t{sizeof(sockaddr_nl)};
    case AF_QIPCRTR: return socklen_t{sizeof(sockaddr_qrtr)};
    case AF_VSOCK: return socklen_t{sizeof(sockaddr_vm)};
    case AF_BLUETOOTH: return bluetooth::address_size(s);
    case AF_PACKET: return socklen_t{sizeof(sockaddr_ll)};
    case AF_TIPC: return socklen_t{sizeof(sockaddr_tipc)};
    case AF_CAN: return socklen_t{sizeof(sockaddr_can)};
    case AF_ALG: return socklen_t{sizeof(sockaddr_alg)};
  }
  return raise(PyExc_OSError, "getsockaddrlen: bad family");
}

// -- to Python ------------------------------------------------------------------------------

namespace {

/// A tuple of what can fail one by one.
template <class... R>
Ref<> collect(R... items) {
  if (!(static_cast<bool>(items) && ...)) return Raised{};
  return tuple_of({items.get()...});
}
std::string_view bounded(const void* text, size_t most) {
  auto* s = static_cast<const char*>(text);
  return {s, strnlen(s, most)};
}
Ref<> interface_name(int fd, int number) {
  ifreq request{};
  request.ifr_ifindex = number;
  if (!number || ioctl(fd, SIOCGIFNAME, &request) != 0) return share(empty_str());
  return decode_fs(bounded(request.ifr_name, sizeof request.ifr_name));
}

Ref<> unix_object(const sockaddr_un& a, socklen_t size) {
  size_t most = size > offsetof(sockaddr_un, sun_path) ? size - offsetof(sockaddr_un, sun_path) : 0;
  if (most > sizeof a.sun_path) most = sizeof a.sun_path;
  if (most && a.sun_path[0] == 0) return new_bytes({a.sun_path, most});
  return decode_fs(bounded(a.sun_path, most));
}
Ref<> tipc_object(const sockaddr_tipc& a) {
  unsigned v[3];
  if (a.addrtype == TIPC_ADDR_NAMESEQ) v[0] = a.addr.nameseq.type, v[1] = a.addr.nameseq.lower, v[2] = a.addr.nameseq.upper;
  else if (a.addrtype == TIPC_ADDR_NAME)
    v[0] = a.addr.name.name.type, v[1] = v[2] = a.addr.name.name.instance;
  else if (a.addrtype == TIPC_ADDR_ID) v[0] = a.addr.id.node, v[1] = a.addr.id.ref, v[2] = 0;
  else return raise(PyExc_TypeError, "Invalid address type");
  return collect(new_int(a.addrtype), new_int(v[0]), new_int(v[1]), new_int(v[2]), new_int(a.scope));
}
Ref<> can_object(int fd, const sockaddr_can& a, int proto) {
  Ref<> name = TRY(interface_name(fd, a.can_ifindex));
  if (proto == CAN_ISOTP) return collect(std::move(name), new_int(a.can_addr.tp.rx_id), new_int(a.can_addr.tp.tx_id));
  if (proto == CAN_J1939)
    return collect(std::move(name), new_int_unsigned(a.can_addr.j1939.name), new_int(a.can_addr.j1939.pgn),
                   new_int(a.can_addr.j1939.addr));
  return collect(std::move(name));
}
Ref<> packet_object(int fd, const sockaddr_ll& a) {
  size_t n = a.sll_halen < sizeof a.sll_addr ? a.sll_halen : sizeof a.sll_addr;
  return collect(interface_name(fd, a.sll_ifindex), new_int(ntohs(a.sll_protocol)), new_int(a.sll_pkttype),
                 new_int(a.sll_hatype), new_bytes({reinterpret_cast<const char*>(a.sll_addr), n}));
}

}  // namespace

Ref<> address_object(int fd, const sockaddr* address, socklen_t size, int proto) {
  if (size == 0) return none();
  auto as = [&]<class T>(T*) -> const T& { return *reinterpret_cast<const T*>(address); };
  switch (address->sa_family) {
    case AF_INET: {
      auto& a = as(static_cast<sockaddr_in*>(nullptr));
      return collect(ipv4_text(&a), new_int(ntohs(a.sin_port)));
    }
    case AF_INET6: {
      auto& a = as(static_cast<sockaddr_in6*>(nullptr));
      return collect(ipv6_text(&a), new_int(ntohs(a.sin6_port)), new_int(ntohl(a.sin6_flowinfo)), new_int(a.sin6_scope_id));
    }
    case AF_UNIX: return unix_object(as(static_cast<sockaddr_un*>(nullptr)), size);
    case AF_NETLINK: {
      auto& a = as(static_cast<sockaddr_nl*>(nullptr));
      return collect(new_int(a.nl_pid), new_int(a.nl_groups));
    }
    case AF_QIPCRTR: {
      auto& a = as(static_cast<sockaddr_qrtr*>(nullptr));
      return collect(new_int(a.sq_node), new_int(a.sq_port));
    }
    case AF_VSOCK: {
      auto& a = as(static_cast<sockaddr_vm*>(nullptr));
      return collect(new_int(a.svm_cid), new_int(a.svm_port));
    }
    case AF_BLUETOOTH: return bluetooth::address_object(address, proto);
    case AF_PACKET: return packet_object(fd, as(static_cast<sockaddr_ll*>(nullptr)));
    case AF_TIPC: return tipc_object(as(static_cast<sockaddr_tipc*>(nullptr)));
    case AF_CAN: return can_object(fd, as(static_cast<sockaddr_can*>(nullptr)), proto);
    case AF_ALG: {
      auto& a = as(static_cast<sockaddr_alg*>(nullptr));
      return collect(new_str(bounded(a.salg_type, sizeof a.salg_type)), new_str(bounded(a.salg_name, sizeof a.salg_name)),
                     new_int(a.salg_feat), new_int(a.salg_mask));
    }
  }
  return collect(new_int(address->sa_family), new_bytes({address->sa_data, sizeof address->sa_data}));
}

}  // namespace taipan::sockets
