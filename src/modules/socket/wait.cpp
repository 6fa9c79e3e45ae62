// Time limits of socket operations: the descriptor is non-blocking, and poll() waits.
#include <poll.h>

#include <climits>
#include <ctime>

#include "modules/posix/posix.h"
#include "modules/socket/socket.h"
#include "modules/time/time.h"
#include "object/int.h"
#include "object/protocol.h"

namespace taipan::sockets {

int64_t monotonic_now() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return static_cast<int64_t>(t.tv_sec) * 1'000'000'000 + t.tv_nsec;
}

Result<int64_t> parse_timeout(PyObject* o) {
  if (o == Py_None) return int64_t{-1};
  int64_t ns = TRY(timing::to_nanoseconds(o, timing::Round::timeout));
  if (ns < 0) return raise(PyExc_ValueError, "Timeout value out of range");
  return ns;
}

int wait_ready(const Socket& s, bool writing, int64_t timeout, bool connecting) {
  // Operations on a closed socket say so themselves.
  if ((timeout == 0 && !connecting) || s.fd < 0) return 0;
  pollfd one{s.fd, static_cast<short>(writing ? POLLOUT : POLLIN), 0};
  if (connecting) one.events |= POLLERR;
  int64_t ms = timeout < 0 ? -1 : (timeout + 999'999) / 1'000'000;
  if (ms > INT_MAX) ms = INT_MAX;
  int n = posix::unlocked([&] { return poll(&one, 1, static_cast<int>(ms)); });
  return n < 0 ? -1 : n == 0 ? 1 : 0;
}

Attempt prepare(Socket& s, bool writing, bool connecting, int64_t timeout, int64_t& deadline, int* error) {
  if (timeout <= 0 && !connecting) return Attempt::done;
  int64_t left = timeout;
  if (timeout > 0) {
    if (deadline) left = deadline - monotonic_now();
    else deadline = monotonic_now() + timeout;
  }
  int r = timeout > 0 && left < 0 ? 1 : wait_ready(s, writing, left, connecting);
  if (r == 0) return Attempt::done;
  if (r < 0) {
    int why = errno;
    if (error) *error = why;
    if (why == EINTR) return run_signal_handlers() ? Attempt::again : Attempt::failed;
    if (!error) raise_os_error(why);
    return Attempt::failed;
  }
  if (error) *error = EWOULDBLOCK;
  else raise(PyExc_TimeoutError, "timed out");
  return Attempt::failed;
}

Attempt judge(Socket& s, int* error, bool& wait_again) {
  int why = errno;
  if (error) *error = why;
  if (why == EINTR) return run_signal_handlers() ? Attempt::again : Attempt::failed;
  if (s.timeout > 0 && (why == EWOULDBLOCK || why == EAGAIN)) {
    wait_again = true;  // poll() may have been wrong
    return Attempt::again;
  }
  if (!error) raise_os_error(why);
  return Attempt::failed;
}

}  // namespace taipan::sockets
