// POSIX timestamps, the system's local time zone, and the way between local time and instants.
#include <cerrno>
#include <cmath>
#include <ctime>

#include "modules/datetime/datetimes.h"
#include "modules/time/time.h"
#include "object/call.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/str.h"
#include "types/codecs.h"

namespace taipan::datetimes {
namespace {

constexpr int64_t kEpoch = kEpochOrdinal * kSecondsPerDay;
constexpr int64_t kLongestFold = kSecondsPerDay;

Status read_clock(Clock clock, time_t t, tm* out) {
  errno = 0;
  if (clock == Clock::local ? localtime_r(&t, out) : gmtime_r(&t, out)) return {};
  return raise_os_error(errno ? errno : EINVAL);
}
Moment moment_from(const tm& t, int microsecond = 0) {
  return {.year = t.tm_year + 1900,
          .month = t.tm_mon + 1,
          .day = t.tm_mday,
          .hour = t.tm_hour,
          .minute = t.tm_min,
          .second = t.tm_sec < 59 ? t.tm_sec : 59,  // a leap second is shown as the one before
          .microsecond = microsecond};
}
Result<int64_t> seconds_of(const Moment& m) {
  if (m.year < kMinYear || m.year > kMaxYear) return raise(PyExc_ValueError, "year {} is out of range", m.year);
  return m.seconds();
}

/// Is `m`, local time at instant t, the second of two that look alike?
Result<bool> is_folded(const Moment& m, time_t t) {
  int64_t shown = TRY(seconds_of(m));
  int64_t before = TRY(local_seconds(kEpoch + t - kLongestFold));
  int64_t turned_back = shown - before - kLongestFold;
  if (turned_back >= 0) return false;
  return TRY(local_seconds(kEpoch + t + turned_back)) == shown;
}

}  // namespace

Result<int64_t> local_seconds(int64_t instant) {
  tm t;
  TRY(read_clock(Clock::local, instant - kEpoch, &t));
  return seconds_of(moment_from(t));
}

Result<int64_t> instant_of_local(const Moment& m) {
  int64_t t = TRY(seconds_of(m));
  int64_t a = TRY(local_seconds(t)) - t, u1 = t - a, t1 = TRY(local_seconds(u1)), b;
  if (t1 == t) {
    // One answer; an earlier (fold 0) or later (fold 1) one may show the same.
    int64_t u2 = m.fold ? u1 + kLongestFold : u1 - kLongestFold;
    b = TRY(local_seconds(u2)) - u2;
    if (a == b) return u1;
  } else {
    b = t1 - u1;
  }
  int64_t u2 = t - b;
  if (TRY(local_seconds(u2)) == t) return u2;
  if (t1 == t) return u1;
  return m.fold ? (u1 < u2 ? u1 : u2) : (u1 > u2 ? u1 : u2);  // t is in a gap
}

Ref<> local_zone_at(time_t t) {
  tm local;
  TRY(read_clock(Clock::local, t, &local));
  Ref<> delta = TRY(new_delta(0, local.tm_gmtoff, 0));
  Ref<> name = TRY(new_str(local.tm_zone ? local.tm_zone : ""));
  return new_timezone(delta.get(), name.get());
}

Result<Instant> to_instant(PyObject* timestamp) {
  if (!PyFloat_Check(timestamp)) return Instant{TRY(timing::to_time_t(timestamp)), 0};
  double x = float_value(timestamp);
  if (std::isnan(x)) return raise(PyExc_ValueError, "Invalid value NaN (not a number)");
  double whole, rest = std::nearbyint(std::modf(x, &whole) * 1e6);  // halves to even
  if (rest >= 1e6) rest -= 1e6, whole += 1;
  else if (rest < 0) rest += 1e6, whole -= 1;
  if (!(whole >= -9223372036854775808.0 && whole < 9223372036854775808.0))
    return raise(PyExc_OverflowError, "timestamp out of range for platform time_t");
  return Instant{static_cast<time_t>(whole), static_cast<int>(rest)};
}

Ref<> datetime_at(PyTypeObject* type, Instant instant, Clock clock, PyObject* tzinfo) {
  tm t;
  TRY(read_clock(clock, instant.seconds, &t));
  Moment m = moment_from(t, instant.microseconds);
  if (tzinfo == Py_None && clock == Clock::local) m.fold = TRY(is_folded(m, instant.seconds));
  return new_datetime_of(type, m, tzinfo);
}

namespace {

/// The system's zone at an aware datetime, or at a naive one that shows local time.
Ref<> local_zone_of(PyObject* utc_datetime) {
  Moment m = moment_of(utc_datetime);
  return local_zone_at(m.seconds() - kEpoch);
}
Ref<> local_zone_of_naive(PyObject* o) {
  int64_t instant = TRY(instant_of_local(moment_of(o)));
  return local_zone_at(instant - kEpoch);
}

}  // namespace

Ref<> shift_to(PyObject* o, PyObject* tzinfo) {
  TRY(check_tzinfo(tzinfo));
  Ref<> own = TRY(tzinfo_of(o) == Py_None ? local_zone_of_naive(o) : share(tzinfo_of(o)));
  if (own.get() == tzinfo) return share(o);
  Ref<> offset = TRY(call_method(own.get(), "utcoffset"_name, o));
  if (offset.get() == Py_None) {  // as good as naive
    own = TRY(local_zone_of_naive(o));
    if (own.get() == tzinfo) return share(o);
    offset = TRY(call_method(own.get(), "utcoffset"_name, o));
  }
  if (!is_delta(offset.get()))
    return raise(PyExc_TypeError, "utcoffset() returned {}, expected timedelta or None", type_name(offset.get()));
  Ref<> shifted = TRY(shift_datetime(o, as_delta(offset.get()), -1));
  Ref<> in_utc = TRY(new_datetime(moment_of(shifted.get()), utc(), Py_TYPE(shifted.get())));
  Ref<> target = TRY(tzinfo == Py_None ? local_zone_of(in_utc.get()) : share(tzinfo));
  if (tzinfo == Py_None) replace_field(reinterpret_cast<DateTime*>(in_utc.get())->tzinfo, target.copy());
  else replace_field(reinterpret_cast<DateTime*>(in_utc.get())->tzinfo, share(tzinfo));
  return call_method(target.get(), "fromutc"_name, in_utc.get());
}

}  // namespace taipan::datetimes
