// Reading and setting clocks, sleeping.
#include <pthread.h>

#include <cerrno>

#include "modules/time/time.h"
#include "object/dict.h"
#include "object/hooks.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/str.h"
#include "runtime/gil.h"
#include "types/rows.h"
#include "types/simple_namespace.h"

namespace taipan::timing {
namespace {

int64_t nanoseconds(const timespec& t) { return int64_t{t.tv_sec} * 1000000000 + t.tv_nsec; }

Result<int64_t> read_clock(clockid_t clock) {
  timespec now;
  if (clock_gettime(clock, &now)) return raise_os_error(errno);
  return nanoseconds(now);
}

template <clockid_t clock>
Ref<> seconds(PyObject*) {
  return seconds_float(TRY(read_clock(clock)));
}
template <clockid_t clock>
Ref<> whole_nanoseconds(PyObject*) {
  return new_int(TRY(read_clock(clock)));
}

constexpr char time_doc[] =
    "time() -> floating point number\n\nReturn the current time in seconds since the Epoch.\n"
    "Fractions of a second may be present if the system clock provides them.";
constexpr char time_ns_doc[] = "time_ns() -> int\n\nReturn the current time in nanoseconds since the Epoch.";
constexpr char monotonic_doc[] = "monotonic() -> float\n\nMonotonic clock, cannot go backward.";
constexpr char monotonic_ns_doc[] = "monotonic_ns() -> int\n\nMonotonic clock, cannot go backward, as nanoseconds.";
constexpr char perf_counter_doc[] = "perf_counter() -> float\n\nPerformance counter for benchmarking.";
constexpr char perf_counter_ns_doc[] = "perf_counter_ns() -> int\n\nPerformance counter for benchmarking as nanoseconds.";
constexpr char process_time_doc[] =
    "process_time() -> float\n\nProcess time for profiling: sum of the kernel and user-space CPU time.";
constexpr char process_time_ns_doc[] =
    "process_time_ns() -> int\n\nProcess time for profiling as nanoseconds:\nsum of the kernel and user-space CPU time.";
constexpr char thread_time_doc[] =
    "thread_time() -> float\n\nThread time for profiling: sum of the kernel and user-space CPU time.";
constexpr char thread_time_ns_doc[] =
    "thread_time_ns() -> int\n\nThread time for profiling as nanoseconds:\nsum of the kernel and user-space CPU time.";

// -- any clock --

template <bool ns>
Ref<> gettime(PyObject*, Arguments args) {
  TRY(check_count(ns ? "clock_gettime_ns" : "clock_gettime", args.count, 1, 1));
  int64_t t = TRY(read_clock(TRY(to_c_int(args.items[0]))));
  return ns ? new_int(t) : seconds_float(t);
}

Status set_clock(clockid_t clock, int64_t ns) {
  timespec t{ns / 1000000000, ns % 1000000000};
  if (t.tv_nsec < 0) {
    t.tv_nsec += 1000000000;
    t.tv_sec--;
  }
  return ::clock_settime(clock, &t) ? Status(raise_os_error(errno)) : Status();
}
Status settime(PyObject*, Arguments args) {
  TRY(check_count("clock_settime", args.count, 2, 2));
  int clock = TRY(to_c_int(args.items[0]));
  return set_clock(clock, TRY(to_nanoseconds(args.items[1], Round::floor)));
}
Status settime_ns(PyObject*, Arguments args) {
  TRY(check_count("clock_settime_ns", args.count, 2, 2));
  int clock = TRY(to_c_int(args.items[0]));
  PyObject* ns = args.items[1];
  if (!PyLong_Check(ns)) return raise(PyExc_TypeError, "expect int, got {}", type_name(ns));
  int64_t value;
  if (int_to_int64(ns, &value)) return raise(PyExc_OverflowError, "timestamp too large to convert to C _PyTime_t");
  return set_clock(clock, value);
}
Ref<> getres(PyObject*, Arguments args) {
  TRY(check_count("clock_getres", args.count, 1, 1));
  timespec t;
  if (::clock_getres(TRY(to_c_int(args.items[0])), &t)) return raise_os_error(errno);
  return new_float(static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9);
}
Ref<> cpu_clock_id(PyObject*, Arguments args) {
  TRY(check_count("pthread_getcpuclockid", args.count, 1, 1));
  Ref<> id = TRY(index(args.items[0]));
  uint64_t thread;
  if (int_to_int64(id.get(), reinterpret_cast<int64_t*>(&thread)))
    return raise(PyExc_OverflowError, "Python int too large to convert to C unsigned long");
  clockid_t clock;
  if (int error = ::pthread_getcpuclockid(static_cast<pthread_t>(thread), &clock)) return raise_os_error(error);
  return new_int(clock);
}

// -- get_clock_info --

struct ClockRow {
  std::string_view name;
  clockid_t clock;
  const char* implementation;
  bool monotonic, adjustable;
};
constexpr ClockRow kClocks[] = {
    {"time", CLOCK_REALTIME, "clock_gettime(CLOCK_REALTIME)", false, true},
    {"monotonic", CLOCK_MONOTONIC, "clock_gettime(CLOCK_MONOTONIC)", true, false},
    {"perf_counter", CLOCK_MONOTONIC, "clock_gettime(CLOCK_MONOTONIC)", true, false},
    {"process_time", CLOCK_PROCESS_CPUTIME_ID, "clock_gettime(CLOCK_PROCESS_CPUTIME_ID)", true, false},
    {"thread_time", CLOCK_THREAD_CPUTIME_ID, "clock_gettime(CLOCK_THREAD_CPUTIME_ID)", true, false},
};

Ref<> describe(const ClockRow& row) {
  timespec t;
  if (::clock_getres(row.clock, &t)) return raise_os_error(errno);
  Ref<Dict> fields = TRY(new_dict());
  Ref<> text = TRY(new_str(row.implementation));
  Ref<> resolution = TRY(new_float(static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9));
  TRY(dict_set(object(fields.get()), "implementation"_name, text.get()));
  TRY(dict_set(object(fields.get()), "monotonic"_name, row.monotonic ? Py_True : Py_False));
  TRY(dict_set(object(fields.get()), "adjustable"_name, row.adjustable ? Py_True : Py_False));
  TRY(dict_set(object(fields.get()), "resolution"_name, resolution.get()));
  return new_namespace(object(fields.get()));
}

constexpr char get_clock_info_doc[] =
    "get_clock_info(name: str) -> dict\n\nGet information of the specified clock.";
Ref<> get_clock_info(PyObject*, Arguments args) {
  TRY(check_count("get_clock_info", args.count, 1, 1));
  if (!PyUnicode_Check(args.items[0]))
    return raise(PyExc_TypeError, "get_clock_info() argument 1 must be str, not {}", type_name(args.items[0]));
  for (const ClockRow& row : kClocks)
    if (str_equal(args.items[0], row.name)) return describe(row);
  return raise(PyExc_ValueError, "unknown clock");
}

// -- sleep --

constexpr char sleep_doc[] =
    "sleep(seconds)\n\nDelay execution for a given number of seconds.  The argument may be\n"
    "a floating point number for subsecond precision.";
Status sleep(PyObject*, PyObject* length) {
  int64_t ns = TRY(to_nanoseconds(length, Round::timeout));
  if (ns < 0) return raise(PyExc_ValueError, "sleep length must be non-negative");
  int64_t now = TRY(read_clock(CLOCK_MONOTONIC)), deadline;
  if (__builtin_add_overflow(now, ns, &deadline)) deadline = INT64_MAX;
  timespec until{deadline / 1000000000, deadline % 1000000000};
  // An absolute deadline: signal handlers in between do not prolong it.
  for (;;) {
    int error;
    {
      WithoutGil unlocked;
      error = clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr);
    }
    if (error == 0) return {};
    if (error != EINTR) return raise_os_error(error);
    if (hooks.handle_pending) TRY(hooks.handle_pending(current_thread()));
  }
}

}  // namespace

constinit PyMethodDef clock_rows[] = {
    noargs<seconds<CLOCK_REALTIME>>("time", time_doc),
    noargs<whole_nanoseconds<CLOCK_REALTIME>>("time_ns", time_ns_doc),
    positional_varargs<gettime<false>>("clock_gettime", "clock_gettime(clk_id) -> float\n\nReturn the time of the specified clock clk_id."),
    positional_varargs<gettime<true>>("clock_gettime_ns", "clock_gettime_ns(clk_id) -> int\n\nReturn the time of the specified clock clk_id as nanoseconds."),
    positional_varargs<settime>("clock_settime", "clock_settime(clk_id, time)\n\nSet the time of the specified clock clk_id."),
    positional_varargs<settime_ns>("clock_settime_ns", "clock_settime_ns(clk_id, time)\n\nSet the time of the specified clock clk_id with nanoseconds."),
    positional_varargs<getres>("clock_getres", "clock_getres(clk_id) -> floating point number\n\nReturn the resolution (precision) of the specified clock clk_id."),
    positional_varargs<cpu_clock_id>("pthread_getcpuclockid", "pthread_getcpuclockid(thread_id) -> int\n\nReturn the clk_id of a thread's CPU time clock."),
    one_arg<sleep>("sleep", sleep_doc),
    noargs<seconds<CLOCK_MONOTONIC>>("monotonic", monotonic_doc),
    noargs<whole_nanoseconds<CLOCK_MONOTONIC>>("monotonic_ns", monotonic_ns_doc),
    noargs<seconds<CLOCK_PROCESS_CPUTIME_ID>>("process_time", process_time_doc),
    noargs<whole_nanoseconds<CLOCK_PROCESS_CPUTIME_ID>>("process_time_ns", process_time_ns_doc),
    noargs<seconds<CLOCK_THREAD_CPUTIME_ID>>("thread_time", thread_time_doc),
    noargs<whole_nanoseconds<CLOCK_THREAD_CPUTIME_ID>>("thread_time_ns", thread_time_ns_doc),
    noargs<seconds<CLOCK_MONOTONIC>>("perf_counter", perf_counter_doc),
    noargs<whole_nanoseconds<CLOCK_MONOTONIC>>("perf_counter_ns", perf_counter_ns_doc),
    positional_varargs<get_clock_info>("get_clock_info", get_clock_info_doc),
    {},
};

}  // namespace taipan::timing
