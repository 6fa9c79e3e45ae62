// pytime's private functions, which the library's own extension modules use: times in nanoseconds.
#include <cmath>
#include <cstdint>
#include <ctime>
#include <sys/time.h>

#include "capi/export.h"
#include "object/error.h"
#include "object/int.h"
#include "object/protocol.h"

using namespace taipan;

namespace {

using Time = int64_t;
using Round = _PyTime_round_t;
constexpr Time kBillion = 1'000'000'000;

bool refuse(const char* type) {
  raise(PyExc_OverflowError, "timestamp too large to convert to C {}", type);
  return false;
}
double rounded(double x, Round how) {
  switch (how) {
    case _PyTime_ROUND_FLOOR: return std::floor(x);
    case _PyTime_ROUND_CEILING: return std::ceil(x);
    case _PyTime_ROUND_HALF_EVEN: return std::nearbyint(x);
    default: return x >= 0 ? std::ceil(x) : std::floor(x);
  }
}
Time divide(Time t, Time k, Round how) {
  Time q = t / k, r = t % k;
  switch (how) {
    case _PyTime_ROUND_FLOOR: return q - (r < 0);
    case _PyTime_ROUND_CEILING: return q + (r > 0);
    case _PyTime_ROUND_UP: return q + (r > 0) - (r < 0);
    default: {
      Time twice = 2 * (r < 0 ? -r : r);
      return twice > k || (twice == k && q % 2) ? q + (t < 0 ? -1 : 1) : q;
    }
  }
}
/// A number of units, int or float, in nanoseconds. False: an exception is pending.
bool from_number(PyObject* o, Time unit, Round how, Time* t) {
  if (PyFloat_Check(o)) {
    double x = float_value(o);
    if (std::isnan(x)) {
      raise(PyExc_ValueError, "Invalid value NaN (not a number)");
      return false;
    }
    x = rounded(x * static_cast<double>(unit), how);
    if (!(x >= -9223372036854775808.0 && x < 9223372036854775808.0)) return refuse("_PyTime_t");
    *t = static_cast<Time>(x);
    return true;
  }
  Ref<> number = index(o);
  if (!number) return false;
  int64_t n;
  if (int_to_int64(number.get(), &n) || __builtin_mul_overflow(n, unit, t)) return refuse("_PyTime_t");
  return true;
}
/// Whole seconds and the part behind the point in units of 1/`parts` second.
bool split_number(PyObject* o, time_t* seconds, long* part, Time parts, Round how) {
  if (PyFloat_Check(o)) {
    double x = float_value(o);
    if (std::isnan(x)) {
      raise(PyExc_ValueError, "Invalid value NaN (not a number)");
      return false;
    }
    double whole, rest = std::modf(x, &whole);
    rest = rounded(rest * static_cast<double>(parts), how);
    if (rest >= static_cast<double>(parts)) rest -= static_cast<double>(parts), whole += 1;
    else if (rest < 0) rest += static_cast<double>(parts), whole -= 1;
    if (!(whole >= -9223372036854775808.0 && whole < 9223372036854775808.0)) {
      raise(PyExc_OverflowError, "timestamp out of range for platform time_t");
      return false;
    }
    *seconds = static_cast<time_t>(whole);
    *part = static_cast<long>(rest);
    return true;
  }
  Ref<> number = index(o);
  int64_t n = 0;
  if (!number) return false;
  if (int_to_int64(number.get(), &n)) {
    raise(PyExc_OverflowError, "timestamp out of range for platform time_t");
    return false;
  }
  *seconds = n;
  *part = 0;
  return true;
}
Time read_clock(clockid_t clock) {
  timespec now;
  clock_gettime(clock, &now);
  return now.tv_sec * kBillion + now.tv_nsec;
}

}  // namespace

CAPI Time _PyTime_FromSeconds(int seconds) { return seconds * kBillion; }
CAPI Time _PyTime_FromNanoseconds(Time ns) { return ns; }
CAPI int _PyTime_FromNanosecondsObject(Time* t, PyObject* o) {
  if (!PyLong_Check(o)) {
    raise(PyExc_TypeError, "expect int, got {}", type_name(o));
    return -1;
  }
  if (int_to_int64(o, t) == 0) return 0;
  refuse("_PyTime_t");
  return -1;
}
CAPI int _PyTime_FromSecondsObject(Time* t, PyObject* o, Round how) { return from_number(o, kBillion, how, t) ? 0 : -1; }
CAPI int _PyTime_FromMillisecondsObject(Time* t, PyObject* o, Round how) { return from_number(o, 1'000'000, how, t) ? 0 : -1; }
CAPI double _PyTime_AsSecondsDouble(Time t) {
  return t % kBillion == 0 ? static_cast<double>(t / kBillion) : static_cast<double>(t) / static_cast<double>(kBillion);
}
CAPI PyObject* _PyTime_AsNanosecondsObject(Time t) { return new_int(t).release(); }
CAPI Time _PyTime_AsMicroseconds(Time t, Round how) { return divide(t, 1000, how); }
CAPI Time _PyTime_AsMilliseconds(Time t, Round how) { return divide(t, 1'000'000, how); }
CAPI int _PyTime_AsTimeval(Time t, timeval* tv, Round how) {
  Time us = divide(t, 1000, how), seconds = divide(us, 1'000'000, _PyTime_ROUND_FLOOR);
  tv->tv_sec = seconds;
  tv->tv_usec = us - seconds * 1'000'000;
  return 0;
}
CAPI void _PyTime_AsTimeval_clamp(Time t, timeval* tv, Round how) { _PyTime_AsTimeval(t, tv, how); }
CAPI int _PyTime_AsTimespec(Time t, timespec* ts) {
  ts->tv_sec = divide(t, kBillion, _PyTime_ROUND_FLOOR);
  ts->tv_nsec = t - ts->tv_sec * kBillion;
  return 0;
}
CAPI void _PyTime_AsTimespec_clamp(Time t, timespec* ts) { _PyTime_AsTimespec(t, ts); }
CAPI time_t _PyLong_AsTime_t(PyObject* o) { return PyLong_AsLong(o); }
CAPI int _PyTime_ObjectToTime_t(PyObject* o, time_t* seconds, Round how) {
  long part;
  if (PyFloat_Check(o)) {
    Ref<> whole = new_float(rounded(float_value(o), how));
    return whole && split_number(whole.get(), seconds, &part, 1, how) ? 0 : -1;
  }
  return split_number(o, seconds, &part, 1, how) ? 0 : -1;
}
CAPI int _PyTime_ObjectToTimespec(PyObject* o, time_t* seconds, long* ns, Round how) { return split_number(o, seconds, ns, kBillion, how) ? 0 : -1; }
CAPI int _PyTime_ObjectToTimeval(PyObject* o, time_t* seconds, long* us, Round how) { return split_number(o, seconds, us, 1'000'000, how) ? 0 : -1; }
CAPI Time _PyTime_GetPerfCounter(void) { return read_clock(CLOCK_MONOTONIC); }
CAPI Time _PyTime_GetMonotonicClock(void) { return read_clock(CLOCK_MONOTONIC); }
CAPI Time _PyTime_GetSystemClock(void) { return read_clock(CLOCK_REALTIME); }
CAPI Time _PyDeadline_Init(Time timeout) {
  Time end;
  return __builtin_add_overflow(read_clock(CLOCK_MONOTONIC), timeout, &end) ? INT64_MAX : end;
}
CAPI Time _PyDeadline_Get(Time deadline) { return deadline - read_clock(CLOCK_MONOTONIC); }
