#pragma once
// The parts of module _socket: the object, waiting, addresses, names of hosts and services.
#include <sys/socket.h>

#include <cerrno>
#include <concepts>

#include "modules/parse_arguments.h"
#include "object/bind.h"
#include "runtime/gil.h"
#include "runtime/pending.h"

namespace taipan::sockets {

/// The layout is what extension modules (_ssl) expect behind the capsule _socket.CAPI.
struct Socket {
  PyObject_HEAD
  int fd;  // -1: closed
  int family, type, proto;
  PyObject* (*error_handler)();
  int64_t timeout;  // nanoseconds; 0: non-blocking, negative: for ever
};
extern PyTypeObject socket_type;
extern PyObject *gaierror, *herror;

extern PyMethodDef socket_methods[];    // socket.cpp
extern PyMethodDef transfer_methods[];  // transfer.cpp: recv, send and their kin
extern PyMethodDef message_methods[];   // messages.cpp: recvmsg, sendmsg
extern PyMethodDef name_functions[];    // names.cpp: gethostbyname, getaddrinfo …
extern PyMethodDef number_functions[];  // numbers.cpp: htons, inet_aton, CMSG_LEN …
Status add_constants(PyObject* module);

int64_t monotonic_now();  ///< nanoseconds
/// Timeout in nanoseconds of a number or None (-1).
Result<int64_t> parse_timeout(PyObject* o);

/// Waits until the socket is ready as long as `timeout` allows. 0 ready, 1 timed out, -1 failed (errno).
int wait_ready(const Socket& s, bool writing, int64_t timeout, bool connecting);

enum class Attempt : uint8_t { done, again, failed };
/// Before a call: waits until the socket is ready. `deadline` is 0 at first.
Attempt prepare(Socket& s, bool writing, bool connecting, int64_t timeout, int64_t& deadline, int* error);
/// After a call that failed with errno: whether to wait or call again.
Attempt judge(Socket& s, int* error, bool& wait_again);

/// Runs `call() -> bool` (false: errno says why not) without the GIL until it succeeds, honouring the timeout, repeating
/// after signals. `error` not null: receives the errno instead of an OSError.
template <std::predicate F>
Status run(Socket& s, bool writing, F&& call, int64_t timeout, bool connecting = false, int* error = nullptr) {
  int64_t deadline = 0;
  for (;;) {
    Attempt ready = prepare(s, writing, connecting, timeout, deadline, error);
    if (ready == Attempt::failed) return Raised{};
    if (ready == Attempt::again) continue;
    for (bool wait_again = false; !wait_again;) {
      bool done;
      {
        WithoutGil unlocked;
        done = call();
      }
      if (done) {
        if (error) *error = 0;
        return {};
      }
      if (judge(s, error, wait_again) == Attempt::failed) return Raised{};
    }
  }
}
template <std::predicate F>
Status run(Socket& s, bool writing, F&& call) {
  return run(s, writing, std::forward<F>(call), s.timeout);
}

// -- addresses --
union Address {
  sockaddr head;
  sockaddr_storage storage;
};
/// The address argument of `caller` for the socket's family.
Status parse_address(Socket& s, PyObject* o, Address& to, socklen_t& size, const char* caller);
/// The longest address of the socket's family.
Result<socklen_t> address_size(Socket& s);
Ref<> address_object(int fd, const sockaddr* address, socklen_t size, int proto);
/// A name or number of a host to its address; `size` limits what is written. The address's length: 4 or 16.
Result<int> resolve(const char* name, sockaddr* to, size_t size, int family);
Ref<> ipv4_text(const void* sockaddr_in_);
Ref<> ipv6_text(const void* sockaddr_in6_);
Raised raise_gai(int error);

/// A host name: bytes as they are, str in IDNA.
class HostName {
 public:
  Status parse(PyObject* o);
  const char* text() const { return text_; }

 private:
  Ref<> kept_;
  const char* text_ = nullptr;
};

Ref<> new_socket(int fd, int family, int type, int proto);
Result<int> descriptor_number(PyObject* o);

}  // namespace taipan::sockets
