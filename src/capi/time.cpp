// pytime.h: seconds as Python has them and as C's structures have them, rounded as asked.
#include <sys/time.h>

#include <cmath>
#include <ctime>

#include "capi/export.h"
#include "object/bind.h"
#include "object/error.h"
#include "object/int.h"
#include "object/protocol.h"

using namespace taipan;

namespace {
constexpr int64_t kSecond = 1000000000;

double rounded(double x, _PyTime_round_t how) {
  switch (how) {
    case _PyTime_ROUND_FLOOR: return std::floor(x);
    case _PyTime_ROUND_CEILING: return std::ceil(x);
    case _PyTime_ROUND_HALF_EVEN: return std::nearbyint(x);
    default: return x >= 0 ? std::ceil(x) : std::floor(x);
  }
}
/// t / k, rounded.
int64_t divided(int64_t t, int64_t k, _PyTime_round_t how) {
  int64_t q = t / k, r = t % k;
  if (!r) return q;
  bool negative = t < 0;
  switch (how) {
    case _PyTime_ROUND_FLOOR: return negative ? q - 1 : q;
    case _PyTime_ROUND_CEILING: return negative ? q : q + 1;
    case _PyTime_ROUND_HALF_EVEN: {
      int64_t distance = negative ? -r : r;
      if (distance > k / 2 || (distance == k / 2 && (q & 1))) return negative ? q - 1 : q + 1;
      return q;
    }
    default: return negative ? q - 1 : q + 1;
  }
}
int out_of_range() {
  raise(PyExc_OverflowError, "timestamp out of range for platform time_t");
  return -1;
}
int not_a_number() {
  raise(PyExc_ValueError, "Invalid value NaN (not a number)");
  return -1;
}
int timestamp_too_large() {
  raise(PyExc_OverflowError, "timestamp too large to convert to C _PyTime_t");
  return -1;
}
int whole_seconds(PyObject* o, time_t* seconds) {
  int64_t value;
  Ref<> i = PyLong_Check(o) ? share(o) : taipan::index(o);
  if (!i) return -1;
  if (int_to_int64(i.get(), &value)) return out_of_range();
  *seconds = value;
  return 0;
}
/// Seconds and a fraction in `units` a second.
int split(PyObject* o, time_t* seconds, long* fraction, long units, _PyTime_round_t how) {
  if (!PyFloat_Check(o)) {
    *fraction = 0;
    return whole_seconds(o, seconds);
  }
  double value = float_value(o), whole;
  if (std::isnan(value)) return not_a_number();
  double part = rounded(std::modf(value, &whole) * units, how);
  if (part >= units) {
    part -= units;
    whole += 1;
  } else if (part < 0) {
    part += units;
    whole -= 1;
  }
  if (!(whole >= -0x1p63 && whole < 0x1p63)) return out_of_range();
  *seconds = static_cast<time_t>(whole);
  *fraction = static_cast<long>(part);
  return 0;
}
int from_number(_PyTime_t* t, PyObject* o, int64_t unit, _PyTime_round_t how) {
  if (PyFloat_Check(o)) {
    double value = float_value(o);
    if (std::isnan(value)) return not_a_number();
    value = rounded(value * static_cast<double>(unit), how);
    if (!(value >= -0x1p63 && value < 0x1p63)) return timestamp_too_large();
    *t = static_cast<_PyTime_t>(value);
    return 0;
  }
  int64_t whole;
  Ref<> i = PyLong_Check(o) ? share(o) : taipan::index(o);
  if (!i) return -1;
  if (int_to_int64(i.get(), &whole) || __builtin_mul_overflow(whole, unit, t)) return timestamp_too_large();
  return 0;
}
template <class Split>
void take_apart(_PyTime_t t, int64_t unit, _PyTime_round_t how, Split put) {
  int64_t parts = divided(t, unit, how), a_second = kSecond / unit;
  int64_t seconds = parts / a_second, rest = parts % a_second;
  if (rest < 0) {
    rest += a_second;
    seconds--;
  }
  put(seconds, rest);
}
_PyTime_t now(clockid_t clock) {
  timespec t;
  clock_gettime(clock, &t);
  return t.tv_sec * kSecond + t.tv_nsec;
}
}  // namespace

CAPI time_t _PyLong_AsTime_t(PyObject* o) {
  time_t t;
  return whole_seconds(o, &t) < 0 ? -1 : t;
}
CAPI int _PyTime_ObjectToTime_t(PyObject* o, time_t* seconds, _PyTime_round_t how) {
  if (!PyFloat_Check(o)) return whole_seconds(o, seconds);
  double value = float_value(o);
  if (std::isnan(value)) return not_a_number();
  value = rounded(value, how);
  if (!(value >= -0x1p63 && value < 0x1p63)) return out_of_range();
  *seconds = static_cast<time_t>(value);
  return 0;
}
CAPI int _PyTime_ObjectToTimeval(PyObject* o, time_t* seconds, long* microseconds, _PyTime_round_t how) {
  return split(o, seconds, microseconds, 1000000, how);
}
CAPI int _PyTime_ObjectToTimespec(PyObject* o, time_t* seconds, long* nanoseconds, _PyTime_round_t how) {
  return split(o, seconds, nanoseconds, 1000000000, how);
}
CAPI _PyTime_t _PyTime_FromSeconds(int seconds) { return seconds * kSecond; }
CAPI _PyTime_t _PyTime_FromNanoseconds(_PyTime_t ns) { return ns; }
CAPI int _PyTime_FromNanosecondsObject(_PyTime_t* t, PyObject* o) {
  if (!PyLong_Check(o)) {
    raise(PyExc_TypeError, "expect int, got {}", type_name(o));
    return -1;
  }
  return from_number(t, o, 1, _PyTime_ROUND_FLOOR);
}
CAPI int _PyTime_FromSecondsObject(_PyTime_t* t, PyObject* o, _PyTime_round_t how) { return from_number(t, o, kSecond, how); }
CAPI int _PyTime_FromMillisecondsObject(_PyTime_t* t, PyObject* o, _PyTime_round_t how) { return from_number(t, o, 1000000, how); }
CAPI double _PyTime_AsSecondsDouble(_PyTime_t t) {
  return t % kSecond == 0 ? static_cast<double>(t / kSecond) : static_cast<double>(t) / 1e9;
}
CAPI _PyTime_t _PyTime_AsMilliseconds(_PyTime_t t, _PyTime_round_t how) { return divided(t, 1000000, how); }
CAPI _PyTime_t _PyTime_AsMicroseconds(_PyTime_t t, _PyTime_round_t how) { return divided(t, 1000, how); }
CAPI _PyTime_t _PyTime_AsNanoseconds(_PyTime_t t) { return t; }
CAPI PyObject* _PyTime_AsNanosecondsObject(_PyTime_t t) { return lower(new_int(t)); }
CAPI void _PyTime_AsTimeval_clamp(_PyTime_t t, struct timeval* tv, _PyTime_round_t how) {
  take_apart(t, 1000, how, [&](int64_t seconds, int64_t rest) {
    tv->tv_sec = seconds;
    tv->tv_usec = rest;
  });
}
CAPI int _PyTime_AsTimeval(_PyTime_t t, struct timeval* tv, _PyTime_round_t how) {
  _PyTime_AsTimeval_clamp(t, tv, how);
  return 0;
}
CAPI void _PyTime_AsTimespec_clamp(_PyTime_t t, struct timespec* ts) {
  take_apart(t, 1, _PyTime_ROUND_FLOOR, [&](int64_t seconds, int64_t rest) {
    ts->tv_sec = seconds;
    ts->tv_nsec = rest;
  });
}
CAPI int _PyTime_AsTimespec(_PyTime_t t, struct timespec* ts) {
  _PyTime_AsTimespec_clamp(t, ts);
  return 0;
}
CAPI _PyTime_t _PyTime_GetSystemClock() { return now(CLOCK_REALTIME); }
CAPI _PyTime_t _PyTime_GetMonotonicClock() { return now(CLOCK_MONOTONIC); }
CAPI _PyTime_t _PyTime_GetPerfCounter() { return now(CLOCK_MONOTONIC); }
CAPI _PyTime_t _PyDeadline_Init(_PyTime_t timeout) { return now(CLOCK_MONOTONIC) + timeout; }
CAPI _PyTime_t _PyDeadline_Get(_PyTime_t deadline) { return deadline - now(CLOCK_MONOTONIC); }
