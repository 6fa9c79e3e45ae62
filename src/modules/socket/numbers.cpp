// Byte order, addresses as bytes, sizes of ancillary data.
#include <arpa/inet.h>
#include <netinet/in.h>

#include <climits>

#include "modules/module.h"
#include "modules/posix/posix.h"
#include "modules/socket/socket.h"
#include "object/bytes.h"
#include "object/int.h"
#include "object/str.h"
#include "types/rows.h"

namespace taipan::sockets {
namespace {

/// ntohl and htonl: on this machine both swap.
Ref<> swap_long(PyObject*, PyObject* o) {
  if (!PyLong_Check(o)) return raise(PyExc_TypeError, "expected int, {} found", type_name(o));
  if (int_sign(o) < 0) return raise(PyExc_OverflowError, "can't convert negative value to unsigned int");
  int64_t value;
  if (int_to_int64(o, &value)) return raise(PyExc_OverflowError, "Python int too large to convert to C unsigned long");
  if (value > UINT_MAX) return raise(PyExc_OverflowError, "int larger than 32 bits");
  return new_int(htonl(static_cast<uint32_t>(value)));
}
Ref<> swap_short(const char* name, Arguments a) {
  int value;
  TRY(take_arguments(name, a, 1, value));
  if (value < 0)
    return raise(PyExc_OverflowError, "{}: can't convert negative Python int to C 16-bit unsigned integer", name);
  if (value > 0xffff) return raise(PyExc_OverflowError, "{}: Python int too large to convert to C 16-bit unsigned integer", name);
  return new_int(htons(static_cast<uint16_t>(value)));
}
Ref<> network_short(PyObject*, Arguments a) { return swap_short("ntohs", a); }
Ref<> host_short(PyObject*, Arguments a) { return swap_short("htons", a); }

Ref<> text_to_four(PyObject*, Arguments a) {
  std::string_view text;
  TRY(take_arguments("inet_aton", a, 1, text));
  in_addr address;
  if (!inet_aton(text.data(), &address)) return raise(PyExc_OSError, "illegal IP address string passed to inet_aton");
  return new_bytes({reinterpret_cast<char*>(&address), sizeof address});
}
Ref<> four_to_text(PyObject*, Arguments a) {
  BufferView packed;
  TRY(take_arguments("inet_ntoa", a, 1, packed));
  sockaddr_in address{};
  if (packed.size() != sizeof address.sin_addr) return raise(PyExc_OSError, "packed IP wrong length for inet_ntoa");
  memcpy(&address.sin_addr, packed.data(), sizeof address.sin_addr);
  return ipv4_text(&address);
}
Ref<> text_to_packed(PyObject*, Arguments a) {
  int family;
  std::string_view text;
  TRY(take_arguments("inet_pton", a, 2, family, text));
  char packed[sizeof(in6_addr)];
  int r = inet_pton(family, text.data(), packed);
  if (r < 0) return posix::raise_errno();
  if (r == 0) return raise(PyExc_OSError, "illegal IP address string passed to inet_pton");
  return new_bytes({packed, family == AF_INET ? sizeof(in_addr) : sizeof(in6_addr)});
}
Ref<> packed_to_text(PyObject*, Arguments a) {
  int family;
  BufferView packed;
  TRY(take_arguments("inet_ntop", a, 2, family, packed));
  if (family != AF_INET && family != AF_INET6) return raise(PyExc_ValueError, "unknown address family {}", family);
  if (packed.size() != static_cast<Py_ssize_t>(family == AF_INET ? sizeof(in_addr) : sizeof(in6_addr)))
    return raise(PyExc_ValueError, "invalid length of packed IP address string");
  char text[INET6_ADDRSTRLEN];
  if (!inet_ntop(family, packed.data(), text, sizeof text)) return posix::raise_errno();
  return new_str(text);
}

constexpr Py_ssize_t kLongestControl = INT_MAX;
Ref<> control_length(PyObject*, Arguments a) {
  Py_ssize_t size;
  TRY(take_arguments("CMSG_LEN", a, 1, size));
  if (size < 0 || size > kLongestControl - static_cast<Py_ssize_t>(CMSG_LEN(0)))
    return raise(PyExc_OverflowError, "CMSG_LEN() argument out of range");
  return new_int_unsigned(CMSG_LEN(static_cast<size_t>(size)));
}
Ref<> control_space(PyObject*, Arguments a) {
  Py_ssize_t size;
  TRY(take_arguments("CMSG_SPACE", a, 1, size));
  if (size < 0 || size > kLongestControl - static_cast<Py_ssize_t>(CMSG_SPACE(1)))
    return raise(PyExc_OverflowError, "CMSG_SPACE() argument out of range");
  return new_int_unsigned(CMSG_SPACE(static_cast<size_t>(size)));
}

}  // namespace

constinit PyMethodDef number_functions[] = {
    positional_varargs<network_short>("ntohs", "ntohs(integer) -> integer\n\nA 16-bit number of the network in this machine's "
                                      "byte order."),
    one_arg<swap_long>("ntohl", "ntohl(integer) -> integer\n\nA 32-bit number of the network in this machine's byte order."),
    positional_varargs<host_short>("htons", "htons(integer) -> integer\n\nA 16-bit number in the network's byte order."),
    one_arg<swap_long>("htonl", "htonl(integer) -> integer\n\nA 32-bit number in the network's byte order."),
    positional_varargs<text_to_four>("inet_aton", "inet_aton(string) -> bytes giving packed 32-bit IP representation\n\n"
                                     "The four bytes of an address like '127.0.0.1'."),
    positional_varargs<four_to_text>("inet_ntoa", "inet_ntoa(packed_ip) -> ip_address_string\n\nThe text of a four-byte "
                                     "address."),
    positional_varargs<text_to_packed>("inet_pton", "inet_pton(af, ip) -> packed IP address string\n\nThe bytes of an "
                                       "address of that family."),
    positional_varargs<packed_to_text>("inet_ntop", "inet_ntop(af, packed_ip) -> string formatted IP address\n\nThe text of "
                                       "an address' bytes."),
    positional_varargs<control_length>("CMSG_LEN", "CMSG_LEN(length) -> control message length\n\nBytes of one item of "
                                       "ancillary data with its head."),
    positional_varargs<control_space>("CMSG_SPACE", "CMSG_SPACE(length) -> buffer size\n\nThe same with what is needed to "
                                      "align the next item."),
    {},
};

}  // namespace taipan::sockets
