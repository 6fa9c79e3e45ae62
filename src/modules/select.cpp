// Module select: waiting for descriptors: select, poll, epoll.
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cmath>
#include <ctime>

#include "base/vector.h"
#include "modules/module.h"
#include "modules/modules.h"
#include "modules/posix/posix.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/gc.h"
#include "object/int.h"
#include "object/slot.h"
#include "object/tuple.h"
#include "object/type.h"

namespace taipan {
namespace {

using posix::check;
using posix::descriptor;

// -- timeouts -------------------------------------------------------------------------------

double now() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

/// Time left of a wait that signals may interrupt; negative seconds mean for ever.
class Deadline {
 public:
  explicit Deadline(double seconds)
      : limited_(seconds >= 0), end_(limited_ ? now() + seconds : 0) {}
  bool limited() const { return limited_; }
  double left() const {
    double rest = end_ - now();
    return rest > 0 ? rest : 0;
  }
  /// Rounded up: a short wait is not none. -1: for ever.
  int milliseconds() const {
    if (!limited_) return -1;
    double ms = std::ceil(left() * 1e3);
    return ms > INT_MAX ? INT_MAX : static_cast<int>(ms);
  }

 private:
  bool limited_;
  double end_;
};

/// A number of units per second, or None for "for ever".
Result<double> seconds_from(PyObject* o, double units, const char* error) {
  if (!o || o == Py_None) return -1.0;
  if (!PyFloat_Check(o) && !is_index(o)) return raise(PyExc_TypeError, "{}", error);
  double v = TRY(to_double(o));
  if (std::isnan(v)) return raise(PyExc_ValueError, "Invalid value NaN (not a number)");
  if (v / units > 9.2e9) return raise(PyExc_OverflowError, "timeout is too large");
  return v / units;
}

// -- select ---------------------------------------------------------------------------------

struct Watched {
  Vector<int> numbers;
  Ref<> objects;  // list or tuple of what was given
  fd_set set;
};
Status collect(PyObject* sequence, Watched& w, int& highest) {
  FD_ZERO(&w.set);
  w.objects = TRY(to_fast_sequence(sequence, "arguments 1-3 must be sequences"));
  for (Py_ssize_t i = 0; i < Py_SIZE(w.objects.get()); i++) {
    Ref<> o = share(fast_items(w.objects.get())[i]);
    int fd = TRY(descriptor(o.get()));
    if (fd >= FD_SETSIZE) return raise(PyExc_ValueError, "filedescriptor out of range in select()");
    FD_SET(fd, &w.set);
    if (fd > highest) highest = fd;
    if (!w.numbers.append(fd)) return raise_no_memory();
  }
  return {};
}
Ref<> ready(Watched& w) {
  Ref<List> list = TRY(new_list());
  for (size_t i = 0; i < w.numbers.size(); i++)
    if (FD_ISSET(w.numbers[i], &w.set))
      TRY(list_append(object(list.get()), fast_items(w.objects.get())[i]));
  return list;
}

constexpr char select_doc[] =
    "select($module, rlist, wlist, xlist, timeout=None, /)\n--\n\n"
    "Waits until a descriptor of the first list can be read, one of the second written, or one of "
    "the third has something\n"
    "exceptional, or so many seconds have passed. Three lists of those that are ready.";
Ref<> do_select(PyObject*, PyObject* reads, PyObject* writes, PyObject* exceptions,
                PyObject* timeout) {
  double seconds = TRY(seconds_from(timeout, 1, "timeout must be a float or None"));
  if (timeout != Py_None && seconds < 0)
    return raise(PyExc_ValueError, "timeout must be non-negative");
  Deadline deadline(seconds);
  Watched w[3];
  int highest = -1;
  PyObject* given[] = {reads, writes, exceptions};
  for (int i = 0; i < 3; i++) TRY(collect(given[i], w[i], highest));
  fd_set wanted[] = {w[0].set, w[1].set, w[2].set};
  for (;;) {
    timeval rest{};
    if (deadline.limited()) {
      double left = deadline.left();
      rest.tv_sec = static_cast<time_t>(left);
      rest.tv_usec =
          static_cast<suseconds_t>(std::ceil((left - static_cast<double>(rest.tv_sec)) * 1e6));
      if (rest.tv_usec >= 1000000) rest.tv_sec++, rest.tv_usec -= 1000000;
    }
    int r = posix::unlocked([&] {
      return select(highest + 1, &w[0].set, &w[1].set, &w[2].set,
                    deadline.limited() ? &rest : nullptr);
    });
    if (r >= 0) {
      if (r == 0)
        for (auto& one : w) FD_ZERO(&one.set);
      break;
    }
    if (errno != EINTR) return posix::raise_errno();
    TRY(run_signal_handlers());
    for (int i = 0; i < 3; i++) w[i].set = wanted[i];
  }
  Ref<> a = TRY(ready(w[0])), b = TRY(ready(w[1])), c = TRY(ready(w[2]));
  return tuple_of({a.get(), b.get(), c.get()});
}

// -- poll -----------------------------------------------------------------------------------

struct Poll {
  PyObject_HEAD PyObject* wanted;  // dict: descriptor -> events
  bool running;
};

Result<unsigned> event_mask(PyObject* o, unsigned fallback) {
  if (!o) return fallback;
  Ref<> n = TRY(index(o));
  int64_t v;
  if (int_to_int64(n.get(), &v) || v > USHRT_MAX)
    return raise(PyExc_OverflowError, "Python int too large for C unsigned short");
  if (v < 0) return raise(PyExc_ValueError, "value must be positive");
  return static_cast<unsigned>(v);
}
Status set_events(Poll& self, int fd, unsigned events) {
  Ref<> key = TRY(new_int(fd)), value = TRY(new_int(events));
  return dict_set(self.wanted, key.get(), value.get());
}
constexpr char register_doc[] =
    "register($self, fd, eventmask=<unrepresentable>, /)\n--\n\nWatches a descriptor for these "
    "events.";
Status poll_register(Poll& self, PyObject* file, PyObject* mask) {
  int fd = TRY(descriptor(file));
  return set_events(self, fd, TRY(event_mask(mask, POLLIN | POLLPRI | POLLOUT)));
}
constexpr char modify_doc[] =
    "modify($self, fd, eventmask, /)\n--\n\nChanges the events that a descriptor is watched for.";
Status poll_modify(Poll& self, PyObject* file, PyObject* mask) {
  int fd = TRY(descriptor(file));
  unsigned events = TRY(event_mask(mask, 0));
  Ref<> key = TRY(new_int(fd));
  if (!TRY(dict_contains(self.wanted, key.get()))) return raise_os_error(ENOENT);
  return set_events(self, fd, events);
}
constexpr char unregister_doc[] = "unregister($self, fd, /)\n--\n\nStops watching a descriptor.";
Status poll_unregister(Poll& self, PyObject* file) {
  Ref<> key = TRY(new_int(TRY(descriptor(file))));
  if (TRY(dict_remove(self.wanted, key.get()))) return {};
  return raise_key_error(key.get());
}
constexpr char poll_doc[] =
    "poll($self, timeout=None, /)\n--\n\nWaits for an event, so many milliseconds at most; a list "
    "of pairs (descriptor, events).";
Ref<> poll_wait(Poll& self, PyObject* timeout) {
  double seconds = TRY(seconds_from(timeout, 1e3, "timeout must be an integer or None"));
  Deadline deadline(seconds);
  if (self.running) return raise(PyExc_RuntimeError, "concurrent poll() invocation");
  Vector<pollfd> fds;
  Py_ssize_t position = 0;
  PyObject *key, *value;
  while (dict_next(self.wanted, &position, &key, &value)) {
    pollfd one{static_cast<int>(TRY(to_int64(key))), static_cast<short>(TRY(to_int64(value))), 0};
    if (!fds.append(one)) return raise_no_memory();
  }
  self.running = true;
  int r, error;
  for (;;) {
    int ms = deadline.milliseconds();
    r = posix::unlocked([&] { return poll(fds.data(), fds.size(), ms); });
    error = errno;
    if (r >= 0 || error != EINTR) break;
    if (!run_signal_handlers()) break;
  }
  self.running = false;
  if (pending_error()) return {};
  if (r < 0) return raise_os_error(error);
  Ref<List> events = TRY(new_list());
  for (const pollfd& p : fds.span()) {
    if (!p.revents) continue;
    Ref<> fd = TRY(new_int(p.fd)), what = TRY(new_int(p.revents & 0xffff));
    Ref<> pair = TRY(tuple_of({fd.get(), what.get()}));
    TRY(list_append(object(events.get()), pair.get()));
  }
  return events;
}
void poll_dealloc(PyObject* o) {
  clear_field(reinterpret_cast<Poll*>(o)->wanted);
  deallocate(reinterpret_cast<Poll*>(o));
}
constinit PyMethodDef poll_methods[] = {method<register_doc, poll_register>,
                                        method<modify_doc, poll_modify>,
                                        method<unregister_doc, poll_unregister>,
                                        method<poll_doc, poll_wait>,
                                        {}};
constinit PyTypeObject poll_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "select.poll",
    .tp_basicsize = sizeof(Poll),
    .tp_dealloc = poll_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_methods = poll_methods,
};
constexpr char make_poll_doc[] =
    "poll($module, /)\n--\n\nA new object that descriptors are registered with.";
Ref<> make_poll(PyObject*) {
  Ref<Poll> self = TRY(allocate<Poll>(&poll_type));
  self->running = false;
  self->wanted = nullptr;
  self->wanted = object(TRY(new_dict()).release());
  return self;
}

// -- epoll ----------------------------------------------------------------------------------

struct Epoll {
  PyObject_HEAD int fd;  // -1: closed
};
Status check_open(Epoll& self) {
  if (self.fd >= 0) return {};
  return raise(PyExc_ValueError, "I/O operation on closed epoll object");
}
Ref<> new_epoll(PyTypeObject* type, int fd) {
  Ref<> self = TRY(adopt(type->tp_alloc(type, 0)));
  reinterpret_cast<Epoll*>(self.get())->fd = fd;
  return self;
}
constexpr char epoll_doc[] =
    "epoll(sizehint=-1, flags=0)\n--\n\nWaits for events of many descriptors; the size hint means "
    "nothing any more.";
Ref<> make_epoll(PyTypeObject* type, int sizehint, int flags) {
  if (sizehint != -1 && sizehint <= 0) return raise(PyExc_ValueError, "negative sizehint");
  if (flags && flags != EPOLL_CLOEXEC) return raise(PyExc_OSError, "invalid flags");
  int fd = epoll_create1(EPOLL_CLOEXEC);
  TRY(check(fd));
  return new_epoll(type, fd);
}
constexpr char fromfd_doc[] =
    "fromfd($type, fd, /)\n--\n\nAn epoll object of an existing descriptor.";
Ref<> from_fd(PyObject* type, int fd) {
  return new_epoll(reinterpret_cast<PyTypeObject*>(type), fd);
}

Status shut(Epoll& self) {
  int fd = std::exchange(self.fd, -1);
  if (fd < 0) return {};
  return check(posix::unlocked([&] { return close(fd); }));
}
constexpr char close_doc[] = "close($self, /)\n--\n\nCloses the descriptor.";
Status epoll_close(Epoll& self) { return shut(self); }
constexpr char fileno_doc[] = "fileno($self, /)\n--\n\nThe descriptor.";
Result<int> epoll_fileno(Epoll& self) {
  TRY(check_open(self));
  return self.fd;
}
Status control(Epoll& self, int operation, PyObject* file, unsigned events) {
  TRY(check_open(self));
  int fd = TRY(descriptor(file));
  epoll_event e{};
  e.events = events;
  e.data.fd = fd;
  return check(posix::unlocked([&] { return epoll_ctl(self.fd, operation, fd, &e); }));
}
constexpr char epoll_register_doc[] =
    "register($self, /, fd, eventmask=<unrepresentable>)\n--\n\nWatches a descriptor for these "
    "events.";
Status epoll_register(Epoll& self, PyObject* fd, PyObject* mask) {
  unsigned events = EPOLLIN | EPOLLPRI | EPOLLOUT;
  if (mask) {
    Ref<> n = TRY(index(mask));
    events = static_cast<unsigned>(TRY(to_int64(n.get())));
  }
  return control(self, EPOLL_CTL_ADD, fd, events);
}
constexpr char epoll_modify_doc[] =
    "modify($self, /, fd, eventmask)\n--\n\nChanges the events that a descriptor is watched for.";
Status epoll_modify(Epoll& self, PyObject* fd, uint32_t mask) {
  return control(self, EPOLL_CTL_MOD, fd, mask);
}
constexpr char epoll_unregister_doc[] =
    "unregister($self, /, fd)\n--\n\nStops watching a descriptor.";
Status epoll_unregister(Epoll& self, PyObject* fd) { return control(self, EPOLL_CTL_DEL, fd, 0); }
constexpr char epoll_poll_doc[] =
    "poll($self, /, timeout=None, maxevents=-1)\n--\n\nWaits for events, so many seconds at most; "
    "a list of pairs (descriptor, events).";
Ref<> epoll_poll(Epoll& self, PyObject* timeout, int maxevents) {
  TRY(check_open(self));
  double seconds = TRY(seconds_from(timeout, 1, "timeout must be an integer or None"));
  if (seconds > INT_MAX / 1000.0) return raise(PyExc_OverflowError, "timeout is too large");
  Deadline deadline(seconds);
  if (maxevents == -1) maxevents = FD_SETSIZE - 1;
  if (maxevents < 1)
    return raise(PyExc_ValueError, "maxevents must be greater than 0, got {}", maxevents);
  Vector<epoll_event> events;
  if (!events.resize(static_cast<size_t>(maxevents))) return raise_no_memory();
  int n;
  for (;;) {
    int ms = deadline.milliseconds();
    n = posix::unlocked([&] { return epoll_wait(self.fd, events.data(), maxevents, ms); });
    if (n >= 0) break;
    if (errno != EINTR) return posix::raise_errno();
    TRY(run_signal_handlers());
  }
  Ref<List> list = TRY(new_list());
  for (int i = 0; i < n; i++) {
    const epoll_event& e = events[static_cast<size_t>(i)];
    Ref<> fd = TRY(new_int(e.data.fd)), what = TRY(new_int(e.events));
    Ref<> pair = TRY(tuple_of({fd.get(), what.get()}));
    TRY(list_append(object(list.get()), pair.get()));
  }
  return list;
}
constexpr char enter_doc[] = "__enter__($self, /)\n--\n\nThe object itself.";
Ref<> epoll_enter(Epoll& self) {
  TRY(check_open(self));
  return share(object(self));
}
Ref<> epoll_exit(Epoll& self, Arguments) { return call_method(object(self), "close"_name); }
Ref<> epoll_closed(PyObject* o, void*) { return boolean(reinterpret_cast<Epoll*>(o)->fd < 0); }
void epoll_dealloc(PyObject* o) {
  PendingError kept = PendingError::take();
  if (!shut(*reinterpret_cast<Epoll*>(o))) clear_error();
  std::move(kept).restore();
  Py_TYPE(o)->tp_free(o);
}
constinit PyMethodDef epoll_methods[] = {
    method<fromfd_doc, from_fd>,
    method<close_doc, epoll_close>,
    method<fileno_doc, epoll_fileno>,
    method<epoll_modify_doc, epoll_modify>,
    method<epoll_register_doc, epoll_register>,
    method<epoll_unregister_doc, epoll_unregister>,
    method<epoll_poll_doc, epoll_poll>,
    method<enter_doc, epoll_enter>,
    positional_varargs<epoll_exit>("__exit__", "Closes the descriptor."),
    {},
};
constinit PyGetSetDef epoll_getset[] = {
    {"closed", slot<epoll_closed>, nullptr, "Is the descriptor closed?"}, {}};
constinit PyTypeObject epoll_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "select.epoll",
    .tp_basicsize = sizeof(Epoll),
    .tp_dealloc = epoll_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = epoll_doc,
    .tp_methods = epoll_methods,
    .tp_getset = epoll_getset,
    .tp_alloc = generic_alloc,
    .tp_new = constructor<epoll_doc, make_epoll>::tp_new,
    .tp_free = generic_free,
};

Status fill(PyObject* module) {
  static constexpr struct {
    const char* name;
    unsigned value;
  } kNumbers[] = {
#define N(name) {#name, static_cast<unsigned>(name)},
      N(PIPE_BUF) N(POLLIN) N(POLLPRI) N(POLLOUT) N(POLLERR) N(POLLHUP) N(POLLNVAL) N(POLLRDNORM)
          N(POLLRDBAND) N(POLLWRNORM) N(POLLWRBAND) N(POLLMSG) N(POLLRDHUP) N(EPOLLIN) N(EPOLLOUT)
              N(EPOLLPRI) N(EPOLLERR) N(EPOLLHUP) N(EPOLLRDHUP) N(EPOLLET) N(EPOLLONESHOT)
                  N(EPOLLEXCLUSIVE) N(EPOLLRDNORM) N(EPOLLRDBAND) N(EPOLLWRNORM) N(EPOLLWRBAND)
                      N(EPOLLMSG) N(EPOLL_CLOEXEC)
#undef N
  };
  for (auto& row : kNumbers) TRY(add_int_to_module(module, row.name, row.value));
  TRY(ready_type(&poll_type));
  TRY(ready_type(&epoll_type));
  TRY(add_to_module(module, "epoll", object(&epoll_type)));
  return add_to_module(module, "error", PyExc_OSError);
}
constinit PyMethodDef methods[] = {
    method<select_doc, do_select>, method<make_poll_doc, make_poll>, {}};
constexpr char doc[] = "Waiting until one of several descriptors is ready.";

}  // namespace
}  // namespace taipan

PyObject* init_select() {
  return taipan::define_module<"select", taipan::doc, taipan::fill, taipan::methods>();
}
