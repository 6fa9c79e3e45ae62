// Names of hosts, services, protocols and interfaces.
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <unistd.h>

#include <climits>
#include <cstdio>

#include "base/vector.h"
#include "modules/module.h"
#include "modules/posix/posix.h"
#include "modules/socket/socket.h"
#include "object/bytes.h"
#include "object/int.h"
#include "object/int_arithmetic.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "runtime/audit.h"
#include "runtime/fs_text.h"
#include "types/rows.h"

namespace taipan::sockets {
namespace {

using posix::raise_errno;

Raised raise_herror(int error) {
  Ref<> number = new_int(error), text = new_str(hstrerror(error));
  if (!number || !text) return {};
  Ref<> args = tuple_of({number.get(), text.get()});
  if (!args) return {};
  return raise_value(herror, args.get());
}

/// A host name argument: str in IDNA, bytes, bytearray.
Status take_host(const char* function, PyObject* o, Ref<>& kept, const char*& name) {
  if (PyUnicode_Check(o)) kept = TRY(encode_text(o, "idna", nullptr));
  else if (PyBytes_Check(o)) kept = share(o);
  else if (PyByteArray_Check(o)) kept = TRY(new_bytes({PyByteArray_AS_STRING(o), static_cast<size_t>(Py_SIZE(o))}));
  else return raise_argument({function, 1}, "str, bytes or bytearray", o);
  std::string_view text = bytes_view(kept.get());
  if (text.find('\0') != text.npos) return raise(PyExc_ValueError, "embedded null byte");
  name = text.data();
  return {};
}
Result<PyObject*> only(const char* function, Arguments a) {
  TRY(check_count(function, a.count, 1, 1));
  return a.items[0];
}

Ref<> host_name(PyObject*) {
  TRY(audit("socket.gethostname", {}));
  char name[1024];
  if (posix::unlocked([&] { return gethostname(name, sizeof name - 1); }) < 0) return raise_errno();
  name[sizeof name - 1] = 0;
  return decode_fs(name);
}
Ref<> set_host_name(PyObject*, Arguments a) {
  PyObject* o = TRY(only("sethostname", a));
  Ref<> bytes = PyBytes_Check(o) ? share(o) : path_bytes(o);
  if (!bytes) return bytes;
  TRY(audit("socket.sethostname", {o}));
  BufferView view;
  TRY(view.acquire(bytes.get()));
  if (sethostname(view.data(), static_cast<size_t>(view.size())) < 0) return raise_errno();
  return none();
}

Ref<> host_address(PyObject*, Arguments a) {
  Ref<> kept;
  const char* name;
  TRY(take_host("gethostbyname", TRY(only("gethostbyname", a)), kept, name));
  TRY(audit("socket.gethostbyname", {a.items[0]}));
  sockaddr_in address;
  TRY(resolve(name, reinterpret_cast<sockaddr*>(&address), sizeof address, AF_INET));
  return ipv4_text(&address);
}

/// What gethostbyname_ex and gethostbyaddr return. `family`: of the addresses that are wanted.
Ref<> host_entry(const hostent* h, int family) {
  if (!h) return raise_herror(h_errno);
  if (h->h_addrtype != family) return raise_os_error(EAFNOSUPPORT);
  Ref<List> aliases = TRY(new_list()), addresses = TRY(new_list());
  for (char** alias = h->h_aliases; alias && *alias; alias++) {
    Ref<> text = TRY(new_str(*alias));
    TRY(list_append(object(aliases.get()), text.get()));
  }
  for (char** one = h->h_addr_list; one && *one; one++) {
    Ref<> text;
    if (family == AF_INET) {
      sockaddr_in address{};
      memcpy(&address.sin_addr, *one, sizeof address.sin_addr);
      text = TRY(ipv4_text(&address));
    } else if (family == AF_INET6) {
      sockaddr_in6 address{};
      memcpy(&address.sin6_addr, *one, sizeof address.sin6_addr);
      text = TRY(ipv6_text(&address));
    } else {
      return raise(PyExc_OSError, "unsupported address family");
    }
    TRY(list_append(object(addresses.get()), text.get()));
  }
  Ref<> name = TRY(decode_fs(h->h_name));
  return tuple_of({name.get(), object(aliases.get()), object(addresses.get())});
}

Ref<> host_by_name(PyObject*, Arguments a) {
  Ref<> kept;
  const char* name;
  TRY(take_host("gethostbyname_ex", TRY(only("gethostbyname_ex", a)), kept, name));
  TRY(audit("socket.gethostbyname", {a.items[0]}));
  sockaddr_storage address;
  TRY(resolve(name, reinterpret_cast<sockaddr*>(&address), sizeof address, AF_INET));
  hostent entry, *found = nullptr;
  Vector<char> buffer;
  if (!buffer.resize(16384)) return raise_no_memory();
  int error = 0;
  posix::unlocked([&] { return gethostbyname_r(name, &entry, buffer.data(), buffer.size(), &found, &error); });
  if (!found) return raise_herror(error);
  return host_entry(found, address.ss_family);
}
Ref<> host_by_address(PyObject*, Arguments a) {
  Ref<> kept;
  const char* name;
  TRY(take_host("gethostbyaddr", TRY(only("gethostbyaddr", a)), kept, name));
  TRY(audit("socket.gethostbyaddr", {a.items[0]}));
  sockaddr_storage address;
  TRY(resolve(name, reinterpret_cast<sockaddr*>(&address), sizeof address, AF_UNSPEC));
  const void* raw;
  socklen_t size;
  if (address.ss_family == AF_INET) {
    raw = &reinterpret_cast<sockaddr_in*>(&address)->sin_addr;
    size = sizeof(in_addr);
  } else if (address.ss_family == AF_INET6) {
    raw = &reinterpret_cast<sockaddr_in6*>(&address)->sin6_addr;
    size = sizeof(in6_addr);
  } else {
    return raise(PyExc_OSError, "unsupported address family");
  }
  hostent entry, *found = nullptr;
  Vector<char> buffer;
  if (!buffer.resize(16384)) return raise_no_memory();
  int error = 0;
  posix::unlocked([&] {
    return gethostbyaddr_r(raw, size, address.ss_family, &entry, buffer.data(), buffer.size(), &found, &error);
  });
  if (!found) return raise_herror(error);
  return host_entry(found, address.ss_family);
}

// -- getaddrinfo and back -------------------------------------------------------------------

Ref<> address_row(const addrinfo& one, int proto) {
  Ref<> address = TRY(address_object(-1, one.ai_addr, one.ai_addrlen, proto));
  Ref<> family = TRY(new_int(one.ai_family)), type = TRY(new_int(one.ai_socktype)), number = TRY(new_int(one.ai_protocol));
  Ref<> name = TRY(one.ai_canonname ? new_str(one.ai_canonname) : share(empty_str()));
  return tuple_of({family.get(), type.get(), number.get(), name.get(), address.get()});
}

constexpr char kAddressText[] = "getaddrinfo(host, port, family=0, type=0, proto=0, flags=0)\n--\n\n";
Ref<> address_information(PyObject*, Arguments a) {
  PyObject *host, *port;
  int family = AF_UNSPEC, type = 0, proto = 0, flags = 0;
  TRY(take_named_arguments<kAddressText>(a, host, port, family, type, proto, flags));
  Ref<> kept;
  const char* name = nullptr;
  if (PyUnicode_Check(host)) {
    kept = TRY(encode_text(host, "idna", nullptr));
    name = bytes_data(kept.get());
  } else if (PyBytes_Check(host)) {
    name = bytes_data(host);
  } else if (host != Py_None) {
    return raise(PyExc_TypeError, "getaddrinfo() argument 1 must be string or None");
  }
  char number[24];
  const char* service = nullptr;
  if (PyLong_Check(port)) {
    snprintf(number, sizeof number, "%ld", static_cast<long>(TRY(to_int64(port))));
    service = number;
  } else if (PyUnicode_Check(port)) {
    service = TRY(to_utf8(port)).data();
  } else if (PyBytes_Check(port)) {
    service = bytes_data(port);
  } else if (port != Py_None) {
    return raise(PyExc_OSError, "Int or String expected");
  }
  if (has_audit_hooks()) {
    Ref<> x = TRY(new_int(family)), y = TRY(new_int(type)), z = TRY(new_int(proto));
    TRY(audit("socket.getaddrinfo", {host, port, x.get(), y.get(), z.get()}));
  }
  addrinfo hints{}, *found = nullptr;
  hints.ai_family = family;
  hints.ai_socktype = type;
  hints.ai_protocol = proto;
  hints.ai_flags = flags;
  int error = posix::unlocked([&] { return getaddrinfo(name, service, &hints, &found); });
  if (error) return raise_gai(error);
  auto all = [&]() -> Ref<> {
    Ref<List> list = TRY(new_list());
    for (addrinfo* one = found; one; one = one->ai_next) {
      Ref<> row = TRY(address_row(*one, proto));
      TRY(list_append(object(list.get()), row.get()));
    }
    return list;
  }();
  freeaddrinfo(found);
  return all;
}

Ref<> name_information(PyObject*, Arguments a) {
  PyObject* address;
  int flags;
  TRY(take_arguments("getnameinfo", a, 2, address, flags));
  if (!PyTuple_Check(address)) return raise(PyExc_TypeError, "getnameinfo() argument 1 must be a tuple");
  Py_ssize_t n = tuple_size(address);
  if (n < 2 || n > 4) return raise(PyExc_TypeError, "getnameinfo(): illegal sockaddr argument");
  std::string_view host;
  int port;
  unsigned flow = 0, scope = 0;
  if (!PyUnicode_Check(item(address, 0))) return raise(PyExc_TypeError, "getnameinfo(): illegal sockaddr argument");
  TRY(take_arguments("getnameinfo", {fast_items(address), n, nullptr}, 2, host, port, flow, scope));
  if (flow > 0xfffff) return raise(PyExc_OverflowError, "getnameinfo(): flowinfo must be 0-1048575.");
  TRY(audit("socket.getnameinfo", {address}));
  char number[16];
  snprintf(number, sizeof number, "%d", port);
  addrinfo hints{}, *found = nullptr;
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_DGRAM;
  hints.ai_flags = AI_NUMERICHOST;
  int error = posix::unlocked([&] { return getaddrinfo(host.data(), number, &hints, &found); });
  if (error) return raise_gai(error);
  auto result = [&]() -> Ref<> {
    if (found->ai_next) return raise(PyExc_OSError, "sockaddr resolved to multiple addresses");
    if (found->ai_family == AF_INET && n != 2) return raise(PyExc_OSError, "IPv4 sockaddr must be 2 tuple");
    if (found->ai_family == AF_INET6) {
      auto* six = reinterpret_cast<sockaddr_in6*>(found->ai_addr);
      six->sin6_flowinfo = htonl(flow);
      six->sin6_scope_id = scope;
    }
    char host_text[NI_MAXHOST], service_text[NI_MAXSERV];
    int failed = posix::unlocked([&] {
      return getnameinfo(found->ai_addr, found->ai_addrlen, host_text, sizeof host_text, service_text, sizeof service_text,
                         flags);
    });
    if (failed) return raise_gai(failed);
    Ref<> name = TRY(decode_fs(host_text)), service = TRY(new_str(service_text));
    return tuple_of({name.get(), service.get()});
  }();
  freeaddrinfo(found);
  return result;
}

// -- services and protocols -----------------------------------------------------------------

Ref<> service_by_name(PyObject*, Arguments a) {
  std::string_view name, proto;
  TRY(take_arguments("getservbyname", a, 1, name, proto));
  if (has_audit_hooks()) {
    Ref<> x = TRY(new_str(name)), y = TRY(new_str(proto));
    TRY(audit("socket.getservbyname", {x.get(), y.get()}));
  }
  servent* found = posix::unlocked([&] { return getservbyname(name.data(), a.count > 1 ? proto.data() : nullptr); });
  if (!found) return raise(PyExc_OSError, "service/proto not found");
  return new_int(ntohs(static_cast<uint16_t>(found->s_port)));
}
Ref<> service_by_port(PyObject*, Arguments a) {
  int port;
  std::string_view proto;
  TRY(take_arguments("getservbyport", a, 1, port, proto));
  if (port < 0 || port > 0xffff) return raise(PyExc_OverflowError, "getservbyport: port must be 0-65535.");
  if (has_audit_hooks()) {
    Ref<> x = TRY(new_int(port)), y = TRY(new_str(proto));
    TRY(audit("socket.getservbyport", {x.get(), y.get()}));
  }
  servent* found = posix::unlocked(
      [&] { return getservbyport(htons(static_cast<uint16_t>(port)), a.count > 1 ? proto.data() : nullptr); });
  if (!found) return raise(PyExc_OSError, "port/proto not found");
  return new_str(found->s_name);
}
Ref<> protocol_by_name(PyObject*, Arguments a) {
  std::string_view name;
  TRY(take_arguments("getprotobyname", a, 1, name));
  protoent* found = posix::unlocked([&] { return getprotobyname(name.data()); });
  if (!found) return raise(PyExc_OSError, "protocol not found");
  return new_int(found->p_proto);
}

// -- interfaces -----------------------------------------------------------------------------

Ref<> interfaces(PyObject*) {
  struct if_nameindex* all = if_nameindex();
  if (!all) return raise_errno();
  auto list = [&]() -> Ref<> {
    Ref<List> rows = TRY(new_list());
    for (auto* one = all; one->if_index && one->if_name; one++) {
      Ref<> number = TRY(new_int(one->if_index)), name = TRY(decode_fs(one->if_name));
      Ref<> pair = TRY(tuple_of({number.get(), name.get()}));
      TRY(list_append(object(rows.get()), pair.get()));
    }
    return rows;
  }();
  if_freenameindex(all);
  return list;
}
Ref<> interface_number(PyObject*, Arguments a) {
  Ref<> name = TRY(path_bytes(TRY(only("if_nametoindex", a))));
  unsigned number = if_nametoindex(bytes_data(name.get()));
  if (!number) return raise(PyExc_OSError, "no interface with this name");
  return new_int(number);
}
Ref<> interface_by_number(PyObject*, PyObject* o) {
  Ref<> n = TRY(index(o));
  if (int_sign(n.get()) < 0) return raise(PyExc_OverflowError, "can't convert negative value to unsigned int");
  int64_t number;
  if (int_to_int64(n.get(), &number)) return raise(PyExc_OverflowError, "Python int too large to convert to C unsigned long");
  char name[IF_NAMESIZE + 1];
  if (number > UINT_MAX) return raise_os_error(ENXIO);
  if (!if_indextoname(static_cast<unsigned>(number), name)) return raise_errno();
  return decode_fs(name);
}

}  // namespace

constinit PyMethodDef name_functions[] = {
    positional_varargs<host_address>("gethostbyname", "gethostbyname(host) -> address\n\nThe IPv4 address of a host."),
    positional_varargs<host_by_name>("gethostbyname_ex", "gethostbyname_ex(host) -> (name, aliaslist, addresslist)\n\n"
                                     "A host's true name, other names and IPv4 addresses."),
    positional_varargs<host_by_address>("gethostbyaddr", "gethostbyaddr(host) -> (name, aliaslist, addresslist)\n\n"
                                        "A host's true name, other names and addresses, by an address or name."),
    noargs<host_name>("gethostname", "gethostname() -> string\n\nThe name of this machine."),
    positional_varargs<set_host_name>("sethostname", "sethostname(name)\n\nNames this machine."),
    positional_varargs<service_by_name>("getservbyname", "getservbyname(servicename[, protocolname]) -> integer\n\n"
                                        "A service's port; the protocol is 'tcp' or 'udp', else any."),
    positional_varargs<service_by_port>("getservbyport", "getservbyport(port[, protocolname]) -> string\n\n"
                                        "The service at a port; the protocol is 'tcp' or 'udp', else any."),
    positional_varargs<protocol_by_name>("getprotobyname", "getprotobyname(name) -> integer\n\nA protocol's number."),
    varargs<address_information>("getaddrinfo", "getaddrinfo(host, port [, family, type, proto, flags])\n"
                                 "    -> list of (family, type, proto, canonname, sockaddr)\n\n"
                                 "What to give to socket() and connect() to reach a service of a host."),
    positional_varargs<name_information>("getnameinfo", "getnameinfo(sockaddr, flags) --> (host, port)\n\n"
                                         "Host and service of an address."),
    noargs<interfaces>("if_nameindex", "if_nameindex()\n\nThe network interfaces: pairs (index, name)."),
    positional_varargs<interface_number>("if_nametoindex", "if_nametoindex(if_name)\n\nThe index of a network interface."),
    one_arg<interface_by_number>("if_indextoname", "if_indextoname(if_index)\n\nThe name of a network interface."),
    {},
};

}  // namespace taipan::sockets
