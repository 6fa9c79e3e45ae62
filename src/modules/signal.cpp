// Module _signal: what module signal is built on. The handlers themselves are in
// runtime/signals.cpp.
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <cstring>

#include "modules/module.h"
#include "modules/modules.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/int.h"
#include "object/str.h"
#include "object/tuple.h"
#include "runtime/gil.h"
#include "runtime/pending.h"
#include "runtime/thread_state.h"
#include "types/struct_sequence.h"

namespace taipan {
namespace {

PyObject* itimer_error = nullptr;
PyTypeObject* siginfo_type = nullptr;
PyObject* default_int_handler_object = nullptr;

Raised raise_errno() { return raise_os_error(errno); }
Status check(int r) { return r < 0 ? Status(raise_errno()) : Status(); }
Status check_number(int number) {
  if (number >= 1 && number < NSIG) return {};
  return raise(PyExc_ValueError, "signal number out of range");
}

constexpr char default_int_handler_doc[] =
    "default_int_handler($module, signalnum, frame, /)\n--\n\nThe default handler of SIGINT: "
    "raises KeyboardInterrupt.";
Ref<> default_int_handler(PyObject*, int, PyObject*) { return raise_bare(PyExc_KeyboardInterrupt); }

// -- handlers -------------------------------------------------------------------------------

/// What the system does now, if Python has not said anything: SIG_DFL, SIG_IGN or None (somebody
/// else's handler).
Ref<> current_handler(int number) {
  if (PyObject* handler = signal_handler(number)) return share(handler);
  struct sigaction old;
  if (sigaction(number, nullptr, &old)) return none();
  if (old.sa_handler == SIG_DFL) return new_int(0);
  if (old.sa_handler == SIG_IGN) return new_int(1);
  if (old.sa_handler == on_signal && number == SIGINT) return share(default_int_handler_object);
  return none();
}

constexpr char signal_doc[] =
    "signal($module, signalnum, handler, /)\n--\n\n"
    "Sets what happens when the signal arrives: SIG_DFL, SIG_IGN, or a function of the signal's "
    "number and the frame.\n"
    "Returns what happened before.";
Ref<> set_handler(PyObject*, int number, PyObject* handler) {
  if (!is_main_thread())
    return raise(PyExc_ValueError, "signal only works in main thread of the main interpreter");
  TRY(check_number(number));
  void (*action)(int) = on_signal;
  if (!is_callable(handler)) {
    int64_t value = -1;
    if (is_index(handler)) {
      Ref<> n = TRY(index(handler));
      if (int_to_int64(n.get(), &value)) value = -1;
    }
    if (value != 0 && value != 1) {
      return raise(PyExc_TypeError,
                   "signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object");
    }
    action = value ? SIG_IGN : SIG_DFL;
  }
  TRY(run_signal_handlers());  // what has arrived belongs to the old handler
  Ref<> old = TRY(current_handler(number));
  struct sigaction wanted{};
  wanted.sa_handler = action;
  wanted.sa_flags = SA_ONSTACK;
  sigemptyset(&wanted.sa_mask);
  TRY(check(sigaction(number, &wanted, nullptr)));
  set_signal_handler(number, action == on_signal ? share(handler) : new_int(action == SIG_IGN));
  return old;
}

constexpr char getsignal_doc[] =
    "getsignal($module, signalnum, /)\n--\n\nWhat happens when the signal arrives; None if it was "
    "not set from Python.";
Ref<> get_handler(PyObject*, int number) {
  TRY(check_number(number));
  return current_handler(number);
}

constexpr char siginterrupt_doc[] =
    "siginterrupt($module, signalnum, flag, /)\n--\n\nDoes the signal interrupt system calls "
    "(true) or are they restarted?";
Status set_interrupt(PyObject*, int number, int flag) {
  TRY(check_number(number));
  struct sigaction action;
  TRY(check(sigaction(number, nullptr, &action)));
  if (flag)
    action.sa_flags &= ~SA_RESTART;
  else
    action.sa_flags |= SA_RESTART;
  return check(sigaction(number, &action, nullptr));
}

Ref<> set_wakeup(PyObject*, Arguments args) {
  static constexpr char text[] = "set_wakeup_fd(fd, /, *, warn_on_full_buffer=True)\n--\n\n";
  static constexpr Signature kSig = parse_signature(text);
  PyObject* given[2]{};
  if (!bind_keywords(kSig, args.items, args.count, args.names, given)) return {};
  Ref<> n = TRY(index(given[0]));
  int64_t fd = TRY(to_int64(n.get()));
  bool warns = given[1] ? TRY(is_true(given[1])) : true;
  if (!is_main_thread())
    return raise(PyExc_ValueError,
                 "set_wakeup_fd only works in main thread of the main interpreter");
  if (fd != -1) {
    struct stat info;
    TRY(check(fstat(static_cast<int>(fd), &info)));
    int flags = fcntl(static_cast<int>(fd), F_GETFL);
    TRY(check(flags));
    if (!(flags & O_NONBLOCK))
      return raise(PyExc_ValueError, "the fd {} must be in non-blocking mode", fd);
  }
  Ref<> old = new_int(wakeup_fd);
  wakeup_fd = static_cast<int>(fd);
  wakeup_warns = warns;
  return old;
}

// -- sending --------------------------------------------------------------------------------

constexpr char raise_signal_doc[] =
    "raise_signal($module, signalnum, /)\n--\n\nSends a signal to the own process.";
Status raise_signal(PyObject*, int number) {
  int r;
  {
    WithoutGil unlocked;
    r = ::raise(number);
  }
  if (r) return raise_errno();
  return run_signal_handlers();
}
constexpr char pthread_kill_doc[] =
    "pthread_kill($module, thread_id, signalnum, /)\n--\n\nSends a signal to a thread.";
Status kill_thread(PyObject*, PyObject* thread, int number) {
  if (!PyLong_Check(thread))
    return raise(PyExc_TypeError, "'{}' object cannot be interpreted as an integer",
                 type_name(thread));
  int64_t id;
  if (int_to_int64(thread, &id)) id = 0;
  if (int error = pthread_kill(static_cast<pthread_t>(id), number)) return raise_os_error(error);
  return run_signal_handlers();
}
constexpr char pidfd_send_doc[] =
    "pidfd_send_signal($module, pidfd, signalnum, siginfo=None, flags=0, /)\n--\n\nSends a signal "
    "to the process behind a descriptor.";
Status send_to_pidfd(PyObject*, int fd, int number, PyObject* info, int flags) {
  if (info != Py_None) return raise(PyExc_TypeError, "siginfo must be None");
  return check(static_cast<int>(syscall(SYS_pidfd_send_signal, fd, number, nullptr, flags)));
}

// -- waiting and timers ---------------------------------------------------------------------

constexpr char pause_doc[] = "pause($module, /)\n--\n\nWaits until a signal arrives.";
Status wait_for_any(PyObject*) {
  {
    WithoutGil unlocked;
    ::pause();
  }
  return run_signal_handlers();
}
constexpr char alarm_doc[] =
    "alarm($module, seconds, /)\n--\n\nSends SIGALRM after so many seconds; how long the last "
    "alarm had left.";
Result<int> set_alarm(PyObject*, int seconds) {
  return static_cast<int>(alarm(static_cast<unsigned>(seconds)));
}

Raised raise_timer_error() {
  Ref<> number = TRY(new_int(errno)), text = TRY(new_str(strerror(errno)));
  Ref<> error = TRY(call(itimer_error, number.get(), text.get()));
  return raise_value(itimer_error, error.get());
}
Ref<> timer_pair(const itimerval& t) {
  auto seconds = [](const timeval& v) {
    return static_cast<double>(v.tv_sec) + 1e-6 * static_cast<double>(v.tv_usec);
  };
  Ref<> a = TRY(new_float(seconds(t.it_value))), b = TRY(new_float(seconds(t.it_interval)));
  return tuple_of({a.get(), b.get()});
}
/// Rounded up, so that a very short time does not mean "off".
Result<timeval> time_of(double seconds) {
  if (std::isnan(seconds)) return raise(PyExc_ValueError, "Invalid value NaN (not a number)");
  double us = std::ceil(std::fabs(seconds) * 1e6);
  if (us > 9e18) return raise(PyExc_OverflowError, "timestamp too large to convert to C _PyTime_t");
  auto whole = static_cast<int64_t>(us);
  timeval t{whole / 1000000, whole % 1000000};
  if (seconds < 0) t.tv_sec = -t.tv_sec - 1;
  return t;
}
constexpr char setitimer_doc[] =
    "setitimer($module, which, seconds, interval=0.0, /)\n--\n\n"
    "Starts a timer that sends a signal after so many seconds, then again after every interval. "
    "The old values.";
Ref<> set_timer(PyObject*, int which, PyObject* seconds, PyObject* interval) {
  itimerval wanted{}, old;
  wanted.it_value = TRY(time_of(TRY(to_double(seconds))));
  if (interval) wanted.it_interval = TRY(time_of(TRY(to_double(interval))));
  if (setitimer(static_cast<__itimer_which_t>(which), &wanted, &old)) return raise_timer_error();
  return timer_pair(old);
}
constexpr char getitimer_doc[] =
    "getitimer($module, which, /)\n--\n\nHow much a timer has left, and its interval.";
Ref<> get_timer(PyObject*, int which) {
  itimerval t;
  if (getitimer(static_cast<__itimer_which_t>(which), &t)) return raise_timer_error();
  return timer_pair(t);
}

// -- sets of signals ------------------------------------------------------------------------

Result<sigset_t> read_set(PyObject* o) {
  sigset_t set;
  sigemptyset(&set);
  TRY(for_each(o, [&](PyObject* member) -> Status {
    Ref<> n = TRY(index(member));
    int64_t number;
    if (int_to_int64(n.get(), &number) || number < 1 || number >= NSIG)
      return raise(PyExc_ValueError, "signal number {} out of range [1; {}]", as_str(n.get()),
                   NSIG - 1);
    sigaddset(&set, static_cast<int>(number));  // some numbers are the C library's own: ignored
    return {};
  }));
  return set;
}
Ref<> make_set(const sigset_t& set) {
  Ref<List> list = TRY(new_list());
  for (int i = 1; i < NSIG; i++) {
    if (sigismember(&set, i) != 1) continue;
    Ref<> n = TRY(new_int(i));
    TRY(list_append(object(list.get()), n.get()));
  }
  return call(object(&PySet_Type), object(list.get()));
}
constexpr char sigmask_doc[] =
    "pthread_sigmask($module, how, mask, /)\n--\n\nChanges which signals the thread does not get; "
    "the old set.";
Ref<> change_mask(PyObject*, int how, PyObject* mask) {
  sigset_t wanted = TRY(read_set(mask)), old;
  if (int error = pthread_sigmask(how, &wanted, &old)) return raise_os_error(error);
  TRY(run_signal_handlers());
  return make_set(old);
}
constexpr char sigpending_doc[] =
    "sigpending($module, /)\n--\n\nThe signals that wait for being let through.";
Ref<> pending_signals(PyObject*) {
  sigset_t set;
  TRY(check(sigpending(&set)));
  return make_set(set);
}
constexpr char sigwait_doc[] =
    "sigwait($module, sigset, /)\n--\n\nWaits for one of these signals and takes it; its number.";
Result<int> wait_for_set(PyObject*, PyObject* signals) {
  sigset_t set = TRY(read_set(signals));
  int number, error;
  {
    WithoutGil unlocked;
    error = sigwait(&set, &number);
  }
  if (error) return raise_os_error(error);
  return number;
}
Ref<> make_siginfo(const siginfo_t& info) {
  StructFiller f(siginfo_type);
  for (int64_t n :
       {int64_t{info.si_signo}, int64_t{info.si_code}, int64_t{info.si_errno}, int64_t{info.si_pid},
        int64_t{info.si_uid}, int64_t{info.si_status}, int64_t{info.si_band}})
    f.add(new_int(n));
  return f.finish();
}
constexpr char sigwaitinfo_doc[] =
    "sigwaitinfo($module, sigset, /)\n--\n\nWaits for one of these signals; what is known about "
    "it.";
Ref<> wait_for_info(PyObject*, PyObject* signals) {
  sigset_t set = TRY(read_set(signals));
  for (;;) {
    siginfo_t info;
    int r;
    {
      WithoutGil unlocked;
      r = sigwaitinfo(&set, &info);
    }
    if (r >= 0) return make_siginfo(info);
    if (errno != EINTR) return raise_errno();
    TRY(run_signal_handlers());
  }
}
constexpr char sigtimedwait_doc[] =
    "sigtimedwait($module, sigset, timeout, /)\n--\n\nsigwaitinfo() that gives up after so many "
    "seconds and returns None.";
Ref<> wait_for_info_timed(PyObject*, PyObject* signals, PyObject* timeout) {
  double seconds = TRY(to_double(timeout));
  if (seconds < 0) return raise(PyExc_ValueError, "timeout must be non-negative");
  sigset_t set = TRY(read_set(signals));
  timespec end;
  clock_gettime(CLOCK_MONOTONIC, &end);
  double until =
      static_cast<double>(end.tv_sec) + 1e-9 * static_cast<double>(end.tv_nsec) + seconds;
  for (;;) {
    siginfo_t info;
    timespec wait{static_cast<time_t>(seconds),
                  static_cast<long>((seconds - std::floor(seconds)) * 1e9)};
    int r;
    {
      WithoutGil unlocked;
      r = sigtimedwait(&set, &info, &wait);
    }
    if (r >= 0) return make_siginfo(info);
    if (errno == EAGAIN) return none();
    if (errno != EINTR) return raise_errno();
    TRY(run_signal_handlers());
    timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    seconds = until - (static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec));
    if (seconds < 0) return none();
  }
}
constexpr char valid_signals_doc[] =
    "valid_signals($module, /)\n--\n\nThe set of this system's signals.";
Ref<> valid_signals(PyObject*) {
  sigset_t set;
  sigfillset(&set);
  return make_set(set);
}
constexpr char strsignal_doc[] =
    "strsignal($module, signalnum, /)\n--\n\nThe system's words for a signal.";
Ref<> describe(PyObject*, int number) {
  TRY(check_number(number));
  const char* text = strsignal(number);
  if (!text || strstr(text, "Unknown signal")) return none();
  return new_str(text);
}

Status fill(PyObject* module) {
  static constexpr struct {
    const char* name;
    int value;
  } kNumbers[] = {
#define N(name) {#name, name},
      N(SIG_BLOCK) N(SIG_UNBLOCK) N(SIG_SETMASK) N(SIGHUP) N(SIGINT) N(SIGQUIT) N(SIGILL) N(SIGTRAP)
          N(SIGIOT) N(SIGABRT) N(SIGFPE) N(SIGKILL) N(SIGBUS) N(SIGSEGV) N(SIGSYS) N(SIGPIPE)
              N(SIGALRM) N(SIGTERM) N(SIGUSR1) N(SIGUSR2) N(SIGCLD) N(SIGCHLD) N(SIGPWR) N(SIGIO)
                  N(SIGURG) N(SIGWINCH) N(SIGPOLL) N(SIGSTOP) N(SIGTSTP) N(SIGCONT) N(SIGTTIN)
                      N(SIGTTOU) N(SIGVTALRM) N(SIGPROF) N(SIGXCPU) N(SIGXFSZ) N(SIGSTKFLT)
                          N(ITIMER_REAL) N(ITIMER_VIRTUAL) N(ITIMER_PROF)
#undef N
                              {"SIG_DFL", 0},
      {"SIG_IGN", 1},
      {"NSIG", NSIG},
  };
  for (auto& row : kNumbers) TRY(add_int_to_module(module, row.name, row.value));
  TRY(add_int_to_module(module, "SIGRTMIN", SIGRTMIN));
  TRY(add_int_to_module(module, "SIGRTMAX", SIGRTMAX));
  static PyStructSequence_Field fields[] = {
      {"si_signo", "signal"},          {"si_code", "why it was sent"},
      {"si_errno", "error number"},    {"si_pid", "sender"},
      {"si_uid", "sender's user"},     {"si_status", "exit status or signal"},
      {"si_band", "event of SIGPOLL"}, {}};
  PyStructSequence_Desc desc = {"signal.struct_siginfo",
                                "struct_siginfo: what sigwaitinfo() returns", fields, 7};
  Ref<> info = TRY(new_struct_sequence_type(desc));
  siginfo_type = reinterpret_cast<PyTypeObject*>(info.get());
  TRY(add_to_module(module, "struct_siginfo", std::move(info)));
  Ref<> bases = TRY(tuple_of({PyExc_OSError}));
  Ref<> name = TRY(new_str("itimer_error"));
  Ref<> signal_name = TRY(new_str("signal"));
  Ref<Dict> dict = TRY(new_dict());
  TRY(dict_set(object(dict.get()), "__module__"_name, signal_name.get()));
  Ref<> error = TRY(call(object(&PyType_Type), name.get(), bases.get(), dict.get()));
  itimer_error = Py_NewRef(error.get());
  TRY(add_to_module(module, "ItimerError", std::move(error)));
  Ref<> handler = TRY(get_attr(module, "default_int_handler"_name));
  default_int_handler_object = handler.release();
  return {};
}

constinit PyMethodDef methods[] = {
    method<default_int_handler_doc, default_int_handler>,
    method<alarm_doc, set_alarm>,
    method<setitimer_doc, set_timer>,
    method<getitimer_doc, get_timer>,
    method<signal_doc, set_handler>,
    method<raise_signal_doc, raise_signal>,
    method<strsignal_doc, describe>,
    method<getsignal_doc, get_handler>,
    varargs<set_wakeup>("set_wakeup_fd",
                        "set_wakeup_fd(fd, *, warn_on_full_buffer=True) -> fd\n\nA byte is written "
                        "to this file for every signal; -1 turns it off."),
    method<siginterrupt_doc, set_interrupt>,
    method<pause_doc, wait_for_any>,
    method<pidfd_send_doc, send_to_pidfd>,
    method<pthread_kill_doc, kill_thread>,
    method<sigmask_doc, change_mask>,
    method<sigpending_doc, pending_signals>,
    method<sigwait_doc, wait_for_set>,
    method<sigwaitinfo_doc, wait_for_info>,
    method<sigtimedwait_doc, wait_for_info_timed>,
    method<valid_signals_doc, valid_signals>,
    {},
};
constexpr char doc[] = "Signals of the operating system. Programs use module signal.";

}  // namespace
}  // namespace taipan

PyObject* init_signal() {
  return taipan::define_module<"_signal", taipan::doc, taipan::fill, taipan::methods>();
}
