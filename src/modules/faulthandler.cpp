// Module faulthandler: tracebacks when the process crashes, on signals, and after a time.
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "modules/module.h"
#include "modules/modules.h"
#include "modules/parse_arguments.h"
#include "modules/time/time.h"
#include "object/call.h"
#include "object/int.h"
#include "object/protocol.h"
#include "runtime/dump_traceback.h"
#include "runtime/gil.h"
#include "runtime/lifecycle.h"
#include "runtime/thread_state.h"
#include "types/rows.h"

namespace taipan {
namespace {

/// Where reports go. The file object is kept so that nobody closes its descriptor.
struct Target {
  int fd = -1;
  PyObject* file = nullptr;
  bool all_threads = true;
};

/// The descriptor of a file argument: null means sys.stderr.
Result<int> descriptor_of(PyObject*& file) {
  if (!file || file == Py_None) {
    file = sys_get("stderr"_name);
    if (!file) return raise(PyExc_RuntimeError, "unable to get sys.stderr");
    if (file == Py_None) return raise(PyExc_RuntimeError, "sys.stderr is None");
  } else if (PyLong_Check(file)) {
    int fd = 0;
    TRY(take_argument({"enable", 1}, file, fd));
    if (fd < 0) return raise(PyExc_ValueError, "file is not a valid file descripter");
    file = nullptr;
    return fd;
  }
  Ref<> number = TRY(call_method(file, "fileno"_name));
  int64_t fd = -1;
  if (PyLong_Check(number.get()) && int_to_int64(number.get(), &fd)) fd = -1;
  if (fd < 0 || fd > INT_MAX) return raise(PyExc_RuntimeError, "file.fileno() is not a valid file descriptor");
  if (!call_method(file, "flush"_name)) clear_error();
  return static_cast<int>(fd);
}
Status set_target(Target& target, PyObject* file, bool all_threads) {
  target.fd = TRY(descriptor_of(file));
  replace_field(target.file, file ? share(file) : Ref<>());
  target.all_threads = all_threads;
  return {};
}

/// A handler may itself crash: then it is not entered again.
volatile sig_atomic_t dumping = 0;
void dump(const Target& target) {
  if (dumping) return;
  dumping = 1;
  PyThreadState* ts = own_thread_state();
  if (target.all_threads) dump_all_tracebacks(target.fd, ts);
  else if (ts) dump_traceback(target.fd, ts);
  dumping = 0;
}

// -- crashes --------------------------------------------------------------------------------

struct FatalSignal {
  int number;
  const char* name;
  bool enabled = false;
  struct sigaction previous{};
};
FatalSignal fatal_signals[] = {
    {SIGBUS, "Bus error"},         {SIGILL, "Illegal instruction"},    {SIGFPE, "Floating point exception"},
    {SIGABRT, "Aborted"}, {SIGSEGV, "Segmentation fault"},
};
Target crash_target;
bool crash_enabled = false;
void* signal_stack = nullptr;
constexpr size_t kSignalStack = 128 * 1024;

void restore(FatalSignal& s) {
  if (!s.enabled) return;
  s.enabled = false;
  sigaction(s.number, &s.previous, nullptr);
}
void on_crash(int number) {
  int saved = errno;
  if (!crash_enabled) return;
  FatalSignal* s = fatal_signals;
  while (s->number != number && s < std::end(fatal_signals) - 1) s++;
  // What was there before comes next, and crashes inside here go to it too.
  restore(*s);
  dump_text(crash_target.fd, "Fatal Python error: ");
  dump_text(crash_target.fd, s->name);
  dump_text(crash_target.fd, "\n\n");
  dump(crash_target);
  dump_extension_modules(crash_target.fd);
  errno = saved;
  ::raise(number);
}
/// Overflows of the stack are reported from a stack of their own.
void make_signal_stack() {
  if (signal_stack) return;
  signal_stack = malloc(kSignalStack);
  stack_t stack{};
  stack.ss_sp = signal_stack;
  stack.ss_size = kSignalStack;
  stack_t old;
  if (signal_stack && sigaltstack(&stack, &old) == 0 && !(old.ss_flags & SS_DISABLE)) sigaltstack(&old, nullptr);
}
Status enable_crash_handlers() {
  if (crash_enabled) return {};
  crash_enabled = true;
  make_signal_stack();
  for (FatalSignal& s : fatal_signals) {
    struct sigaction action{};
    action.sa_handler = on_crash;
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_NODEFER | SA_ONSTACK;
    if (sigaction(s.number, &action, &s.previous) < 0) return raise_os_error(errno);
    s.enabled = true;
  }
  return {};
}
void disable_crash_handlers() {
  crash_enabled = false;
  for (FatalSignal& s : fatal_signals) restore(s);
}

constexpr char kEnableText[] = "enable(file=None, all_threads=True)\n--\n\n";
Ref<> enable(PyObject*, Arguments a) {
  PyObject* file = nullptr;
  int all_threads = 1;
  TRY(take_named_arguments<kEnableText>(a, file, all_threads));
  TRY(set_target(crash_target, file, all_threads != 0));
  TRY(enable_crash_handlers());
  return none();
}
Ref<> disable(PyObject*) {
  if (!crash_enabled) return boolean(false);
  disable_crash_handlers();
  clear_field(crash_target.file);
  return boolean(true);
}
Ref<> is_enabled(PyObject*) { return boolean(crash_enabled); }

constexpr char kDumpText[] = "dump_traceback(file=None, all_threads=True)\n--\n\n";
Ref<> dump_now(PyObject*, Arguments a) {
  PyObject* file = nullptr;
  int all_threads = 1;
  TRY(take_named_arguments<kDumpText>(a, file, all_threads));
  int fd = TRY(descriptor_of(file));
  if (all_threads) dump_all_tracebacks(fd, current_thread());
  else dump_traceback(fd, current_thread());
  return none();
}

// -- after a time ---------------------------------------------------------------------------

struct Watchdog {
  Target target;
  bool running = false, repeat = false, exit = false, cancelled = false;
  int64_t microseconds = 0;
  char header[64];
  pthread_t thread;
  pid_t process;
  pthread_mutex_t mutex;
  pthread_cond_t changed;
};
Watchdog watchdog;

/// False: the time is over.
bool wait_for_cancel() {
  timespec end;
  clock_gettime(CLOCK_MONOTONIC, &end);
  int64_t ns = end.tv_nsec + watchdog.microseconds % 1'000'000 * 1000;
  end.tv_sec += static_cast<time_t>(watchdog.microseconds / 1'000'000 + ns / 1'000'000'000);
  end.tv_nsec = static_cast<long>(ns % 1'000'000'000);
  pthread_mutex_lock(&watchdog.mutex);
  int r = 0;
  while (!watchdog.cancelled && r != ETIMEDOUT) r = pthread_cond_timedwait(&watchdog.changed, &watchdog.mutex, &end);
  bool cancelled = watchdog.cancelled;
  pthread_mutex_unlock(&watchdog.mutex);
  return cancelled;
}
void* watch(void*) {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, nullptr);  // handlers run elsewhere
  do {
    if (wait_for_cancel()) return nullptr;
    dump_text(watchdog.target.fd, watchdog.header);
    dump_all_tracebacks(watchdog.target.fd, nullptr);
    if (watchdog.exit) _exit(1);
  } while (watchdog.repeat);
  return nullptr;
}
void cancel_watchdog() {
  if (!watchdog.running) return;
  watchdog.running = false;
  // A forked child has the notes but not the thread.
  if (watchdog.process != getpid()) return;
  pthread_mutex_lock(&watchdog.mutex);
  watchdog.cancelled = true;
  pthread_cond_signal(&watchdog.changed);
  pthread_mutex_unlock(&watchdog.mutex);
  pthread_join(watchdog.thread, nullptr);
  pthread_cond_destroy(&watchdog.changed);
  pthread_mutex_destroy(&watchdog.mutex);
}

Result<int64_t> read_timeout(PyObject* o) {
  int64_t ns = TRY(timing::to_nanoseconds(o, timing::Round::timeout));
  if (ns <= 0) return raise(PyExc_ValueError, "timeout must be greater than 0");
  return ns / 1000 + (ns % 1000 > 0);
}

constexpr char kLaterText[] = "dump_traceback_later(timeout, repeat=False, file=None, exit=False)\n--\n\n";
Ref<> dump_later(PyObject*, Arguments a) {
  PyObject *timeout, *file = nullptr;
  int repeat = 0, exit = 0;
  TRY(take_named_arguments<kLaterText>(a, timeout, repeat, file, exit));
  int64_t us = TRY(read_timeout(timeout));
  Target target;
  TRY(set_target(target, file, true));
  cancel_watchdog();
  clear_field(watchdog.target.file);
  watchdog.target = target;
  watchdog.repeat = repeat != 0;
  watchdog.exit = exit != 0;
  watchdog.cancelled = false;
  watchdog.microseconds = us;
  watchdog.process = getpid();
  long long s = us / 1'000'000, fraction = us % 1'000'000;
  if (fraction)
    snprintf(watchdog.header, sizeof watchdog.header, "Timeout (%lld:%02lld:%02lld.%06lld)!\n", s / 3600, s / 60 % 60, s % 60,
             fraction);
  else
    snprintf(watchdog.header, sizeof watchdog.header, "Timeout (%lld:%02lld:%02lld)!\n", s / 3600, s / 60 % 60, s % 60);
  pthread_condattr_t monotonic;
  pthread_condattr_init(&monotonic);
  pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
  pthread_cond_init(&watchdog.changed, &monotonic);
  pthread_condattr_destroy(&monotonic);
  pthread_mutex_init(&watchdog.mutex, nullptr);
  if (pthread_create(&watchdog.thread, nullptr, watch, nullptr) != 0)
    return raise(PyExc_RuntimeError, "unable to start watchdog thread");
  watchdog.running = true;
  return none();
}
Ref<> cancel_later(PyObject*) {
  cancel_watchdog();
  clear_field(watchdog.target.file);
  return none();
}

// -- chosen signals -------------------------------------------------------------------------

struct UserSignal {
  Target target;
  bool enabled = false, chain = false;
  struct sigaction previous{};
};
UserSignal user_signals[NSIG];

void on_user_signal(int number);
int install(int number, UserSignal& s, struct sigaction* previous) {
  struct sigaction action{};
  action.sa_handler = on_user_signal;
  sigemptyset(&action.sa_mask);
  // System calls go on; with a chain the signal may come again inside the handler.
  action.sa_flags = SA_RESTART | SA_ONSTACK | (s.chain ? SA_NODEFER : 0);
  return sigaction(number, &action, previous);
}
void on_user_signal(int number) {
  UserSignal& s = user_signals[number];
  int saved = errno;
  if (!s.enabled) return;
  dump(s.target);
  if (s.chain) {
    sigaction(number, &s.previous, nullptr);
    errno = saved;
    ::raise(number);
    saved = errno;
    install(number, s, nullptr);
  }
  errno = saved;
}
Status check_number(int number) {
  for (FatalSignal& s : fatal_signals)
    if (s.number == number)
      return raise(PyExc_RuntimeError, "signal {} cannot be registered, use enable() instead", number);
  if (number < 1 || number >= NSIG) return raise(PyExc_ValueError, "signal number out of range");
  return {};
}
bool forget_signal(int number) {
  UserSignal& s = user_signals[number];
  if (!s.enabled) return false;
  s.enabled = false;
  sigaction(number, &s.previous, nullptr);
  return true;
}

constexpr char kRegisterText[] = "register(signum, file=None, all_threads=True, chain=False)\n--\n\n";
Ref<> register_signal(PyObject*, Arguments a) {
  int number = 0, all_threads = 1, chain = 0;
  PyObject* file = nullptr;
  TRY(take_named_arguments<kRegisterText>(a, number, file, all_threads, chain));
  TRY(check_number(number));
  UserSignal& s = user_signals[number];
  TRY(set_target(s.target, file, all_threads != 0));
  s.chain = chain != 0;
  if (!s.enabled) {
    make_signal_stack();
    if (install(number, s, &s.previous) < 0) return raise_os_error(errno);
    s.enabled = true;
  }
  return none();
}
Ref<> unregister_signal(PyObject*, PyObject* o) {
  int number;
  TRY(take_argument({"unregister", 1}, o, number));
  TRY(check_number(number));
  bool was = forget_signal(number);
  clear_field(user_signals[number].target.file);
  return boolean(was);
}

// -- crashing on purpose, for tests ---------------------------------------------------------

void leave_no_core() {
  rlimit limit;
  if (getrlimit(RLIMIT_CORE, &limit) == 0) {
    limit.rlim_cur = 0;
    setrlimit(RLIMIT_CORE, &limit);
  }
}
Ref<> read_null(PyObject*) {
  leave_no_core();
  int* volatile nowhere = nullptr;
  return new_int(*const_cast<volatile int*>(nowhere));
}
Ref<> segmentation_fault(PyObject*, Arguments a) {
  int release = 0;
  TRY(take_arguments("_sigsegv", a, 0, release));
  leave_no_core();
  if (release) {
    WithoutGil unlocked;
    ::raise(SIGSEGV);
  } else {
    ::raise(SIGSEGV);
  }
  return none();
}
Ref<> floating_point_exception(PyObject*) {
  leave_no_core();
  ::raise(SIGFPE);
  return none();
}
Ref<> abort_process(PyObject*) {
  leave_no_core();
  abort();
}
void* fatal_error_thread(void*) {
  fatal_error("faulthandler_fatal_error_thread", "in new thread");
}
Ref<> fatal_error_in_thread(PyObject*) {
  leave_no_core();
  pthread_t thread;
  if (pthread_create(&thread, nullptr, fatal_error_thread, nullptr) != 0)
    return raise(PyExc_RuntimeError, "unable to start the thread");
  WithoutGil unlocked;
  pthread_join(thread, nullptr);
  return none();
}

constexpr size_t kDeepest = 100 * 1024 * 1024;
[[gnu::noinline]] uintptr_t sink(uintptr_t least, size_t& depth) {
  volatile unsigned char page[4096];
  auto here = reinterpret_cast<uintptr_t>(&page);
  page[0] = 1;
  page[4095] = 0;
  depth++;
  if (here < least) return here;
  uintptr_t deepest = sink(least, depth);
  page[1] = static_cast<unsigned char>(deepest);  // no tail call
  return deepest;
}
Ref<> overflow_stack(PyObject*) {
  leave_no_core();
  auto here = reinterpret_cast<uintptr_t>(&user_signals);
  here = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
  size_t depth = 0;
  uintptr_t reached = sink(here > kDeepest ? here - kDeepest : 0, depth);
  return raise(PyExc_RuntimeError, "unable to raise a stack overflow (allocated {} bytes on the stack, {} recursive calls)",
               static_cast<uint64_t>(here - reached), static_cast<uint64_t>(depth));
}

void stop_everything() {
  cancel_watchdog();
  for (int i = 1; i < NSIG; i++) forget_signal(i);
  disable_crash_handlers();
}

constinit PyMethodDef functions[] = {
    varargs<enable>("enable", "enable(file=sys.stderr, all_threads=True): write tracebacks when the process crashes"),
    noargs<disable>("disable", "disable(): no longer; was it enabled?"),
    noargs<is_enabled>("is_enabled", "is_enabled()->bool: are tracebacks written when the process crashes?"),
    varargs<dump_now>("dump_traceback", "dump_traceback(file=sys.stderr, all_threads=True): write the traceback of this "
                      "thread, or of all threads"),
    varargs<dump_later>("dump_traceback_later",
                        "dump_traceback_later(timeout, repeat=False, file=sys.stderr, exit=False):\nwrite the tracebacks of all "
                        "threads in so many seconds, again and again if repeat is true;\nthen end the process if exit is "
                        "true, without any cleaning up."),
    noargs<cancel_later>("cancel_dump_traceback_later", "cancel_dump_traceback_later():\ntake dump_traceback_later() back."),
    varargs<register_signal>("register", "register(signum, file=sys.stderr, all_threads=True, chain=False): write tracebacks "
                             "when this signal arrives, and call the handler that was there before if chain is true"),
    one_arg<unregister_signal>("unregister", "unregister(signum): take register() back; was it registered?"),
    noargs<read_null>("_read_null", "_read_null(): crash by reading where nothing is"),
    positional_varargs<segmentation_fault>("_sigsegv", "_sigsegv(release_gil=False): raise the signal SIGSEGV"),
    noargs<fatal_error_in_thread>("_fatal_error_c_thread", "_fatal_error_c_thread(): a fatal error in a new thread"),
    noargs<abort_process>("_sigabrt", "_sigabrt(): raise the signal SIGABRT"),
    noargs<floating_point_exception>("_sigfpe", "_sigfpe(): raise the signal SIGFPE"),
    noargs<overflow_stack>("_stack_overflow", "_stack_overflow(): crash by calling without end"),
    {},
};

Status fill(PyObject*) {
  stop_fault_handler = stop_everything;
  return {};
}
constexpr char doc[] = "Tracebacks when the process crashes, on signals, and after a time.";

}  // namespace
}  // namespace taipan

PyObject* init_faulthandler() {
  return taipan::define_module<"faulthandler", taipan::doc, taipan::fill, taipan::functions>();
}
