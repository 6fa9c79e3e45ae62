#pragma once
// The module _datetime's types and what its files share. Layouts are those of CPython's datetime.h, because extension
// modules read the fields themselves.
#define _PY_DATETIME_IMPL  // the types and the capsule's struct, not the macros of its users
#include <Python.h>
#include <datetime.h>

#include "base/format.h"
#include "object/bind.h"
#include "object/error.h"
#include "object/name.h"
#include "object/object.h"

namespace taipan::datetimes {

using Date = PyDateTime_Date;
using Time = PyDateTime_Time;
using DateTime = PyDateTime_DateTime;
using Delta = PyDateTime_Delta;
struct TimeZone {
  PyObject_HEAD
  PyObject* offset;  // a timedelta
  PyObject* name;    // a str, or null
};

extern PyTypeObject date_type, time_type, datetime_type, timedelta_type, tzinfo_type, timezone_type, iso_calendar_date_type;
extern PyDateTime_CAPI capi;

inline bool is_date(PyObject* o) { return is_instance_of(o, &date_type); }
inline bool is_time(PyObject* o) { return is_instance_of(o, &time_type); }
inline bool is_datetime(PyObject* o) { return is_instance_of(o, &datetime_type); }
inline bool is_delta(PyObject* o) { return is_instance_of(o, &timedelta_type); }
inline bool is_tzinfo(PyObject* o) { return is_instance_of(o, &tzinfo_type); }

// -- the calendar: years 1 to 9999, day 1 is the first of January of year 1 --

inline constexpr int kMinYear = 1, kMaxYear = 9999, kMaxOrdinal = 3652059, kMaxDeltaDays = 999999999;
inline constexpr int kEpochOrdinal = 719163;  // 1970-01-01
inline constexpr int64_t kSecondsPerDay = 86400;

struct YearMonthDay {
  int year, month, day;
};
bool is_leap(int year);
int days_in_month(int year, int month);
int days_before_month(int year, int month);
int to_ordinal(int year, int month, int day);
YearMonthDay from_ordinal(int ordinal);  ///< 1 … kMaxOrdinal
int weekday(int year, int month, int day);  ///< Monday is 0
int iso_week_1_monday(int year);            ///< its ordinal
enum class IsoProblem : uint8_t { none, week, day };
/// The date of an ISO week date; its year may be one outside of the range.
IsoProblem from_iso(int year, int week, int day, YearMonthDay* out);

/// A point in time or a part of it: what the constructors take.
struct Moment {
  int year = 1900, month = 1, day = 1;
  int hour = 0, minute = 0, second = 0, microsecond = 0;
  int fold = 0;

  int ordinal() const { return to_ordinal(year, month, day); }
  int64_t seconds_of_day() const { return (hour * 60 + minute) * 60 + second; }
  /// Seconds since the day before day 1.
  int64_t seconds() const { return ordinal() * kSecondsPerDay + seconds_of_day(); }
};
Moment moment_of(PyObject* o);  ///< of a date, a time or a datetime
PyObject* tzinfo_of(PyObject* o);  ///< of a time or a datetime; None for none. Borrowed

// -- making --

Ref<> new_date(int year, int month, int day, PyTypeObject* type = &date_type);
/// The same through the constructor of a subclass.
Ref<> new_date_of(PyTypeObject* type, int year, int month, int day);
Ref<> new_time(const Moment& m, PyObject* tzinfo, PyTypeObject* type = &time_type);
Ref<> new_time_of(PyTypeObject* type, const Moment& m, PyObject* tzinfo);
Ref<> new_datetime(const Moment& m, PyObject* tzinfo, PyTypeObject* type = &datetime_type);
Ref<> new_datetime_of(PyTypeObject* type, const Moment& m, PyObject* tzinfo);
/// Any amounts; the result's days out of range: OverflowError.
Ref<> new_delta(int64_t days, int64_t seconds, int64_t microseconds, PyTypeObject* type = &timedelta_type);
Ref<> new_timezone(PyObject* delta, PyObject* name);  ///< checks the range; UTC is one object
Ref<> make_timezone(PyObject* delta, PyObject* name, PyTypeObject* type = &timezone_type);
PyObject* utc();  ///< borrowed

Status check_tzinfo(PyObject* o);
Status check_clock(const Moment& m);
void store_clock(unsigned char* data, const Moment& m);  ///< the last six bytes of times and datetimes
/// The single argument of a pickled object: bytes, or the str that Python 2's pickles give, as bytes in `copy`.
/// Null inside: it is none (`sane` decides by the byte at `at`).
Result<PyObject*> pickled_state(PyObject* o, Py_ssize_t size, Py_ssize_t at, bool (*sane)(unsigned char), const char* what,
                                Ref<>* copy);
bool sane_month(unsigned char c);

// -- arithmetic --

int compare_deltas(const Delta& a, const Delta& b);
inline Delta& as_delta(PyObject* o) { return *reinterpret_cast<Delta*>(o); }
inline bool delta_is_zero(const Delta& d) { return !d.days && !d.seconds && !d.microseconds; }
Ref<> subtract_deltas(const Delta& a, const Delta& b);
Ref<> delta_seconds(PyObject* delta);  ///< total_seconds()
/// A datetime plus (sign 1) or minus (-1) a timedelta, of the datetime's type.
Ref<> shift_datetime(PyObject* o, const Delta& delta, int sign);
Ref<> subtract_datetimes(PyObject* a, PyObject* b);
Ref<> compare_result(int order, int op);
Raised raise_cannot_compare(PyObject* a, PyObject* b);

// -- time zones --

/// tzinfo.utcoffset(argument) and dst(argument), checked: a timedelta or None.
Ref<> call_utcoffset(PyObject* tzinfo, PyObject* argument);
Ref<> call_dst(PyObject* tzinfo, PyObject* argument);
Ref<> call_tzname(PyObject* tzinfo, PyObject* argument);
/// Do the two objects differ in what they are with `fold` turned over? Then they are not equal to anything.
Result<bool> depends_on_fold(PyObject* a, PyObject* b, PyObject* offset_a, PyObject* offset_b, Ref<> (*flipped_offset)(PyObject*));

/// Seconds (in Moment::seconds' count) that local time shows at an instant in that count.
Result<int64_t> local_seconds(int64_t instant);
/// The instant at which local time shows m.
Result<int64_t> instant_of_local(const Moment& m);
Ref<> local_zone_at(time_t t);
struct Instant {
  time_t seconds;
  int microseconds;
};
/// A POSIX timestamp argument, rounded half to even.
Result<Instant> to_instant(PyObject* timestamp);
enum class Clock : uint8_t { local, utc };
Ref<> datetime_at(PyTypeObject* type, Instant instant, Clock clock, PyObject* tzinfo);
Ref<> shift_to(PyObject* o, PyObject* tzinfo);  ///< datetime.astimezone(tzinfo)
Ref<> datetime_utcoffset(PyObject* o);
/// Rows of datetime's methods and attributes.
extern PyMethodDef datetime_methods[];
extern PyGetSetDef datetime_getset[];
Ref<> datetime_create(PyTypeObject* type, PyObject* args, PyObject* kwargs);

// -- text --

void append_number(TextBuffer& out, int value, int width);
void append_date(TextBuffer& out, const Moment& m);
/// `timespec` as isoformat() takes it.
Status append_time(TextBuffer& out, const Moment& m, std::string_view timespec);
/// "+HH:MM[:SS[.ffffff]]", nothing if there is no offset.
Status append_utcoffset(TextBuffer& out, const char* separator, PyObject* tzinfo, PyObject* argument);
Ref<> finish_text(TextBuffer& text);
Ref<> ctime_text(PyObject* o);  ///< of a date or datetime, as time.ctime() shows it
Ref<> strftime(PyObject* o, PyObject* format, PyObject* timetuple, PyObject* tzinfo_argument);
Ref<> format_by_strftime(PyObject* o, PyObject* spec);
Ref<> new_struct_time(const Moment& m, int dst);

/// What a text in ISO 8601 gives. `problem`: it is malformed.
struct IsoTime {
  Moment moment;
  bool has_zone = false;
  int zone_seconds = 0, zone_microseconds = 0;
};
bool parse_iso_date(std::string_view text, Moment* out);
bool parse_iso_time(std::string_view text, IsoTime* out);
bool parse_iso_datetime(std::string_view text, IsoTime* out);
Ref<> zone_of(const IsoTime& parsed);  ///< None or a timezone
Raised raise_invalid_iso(PyObject* text);

// -- arguments --

/// Parameters by CPython's older rules of argument parsing, which have words of their own. `name` null: "function".
struct ParameterList {
  const char* name;
  const char* const* names;
  size_t count, required, positional;
  size_t ints;  // the first that many required ones are C ints
};
template <size_t N> struct Parameters {
  const char* name;
  const char* names[N];
  size_t required = 0, positional = N, ints = 0;
  operator ParameterList() const { return {name, names, N, required, positional, ints}; }
};
Status bind(const ParameterList& list, PyObject* args, PyObject* kwargs, PyObject** slots);
Result<int> c_int(PyObject* o);
Status load(PyObject* o, int* out);  ///< leaves `*out` if o is null
/// "NAME() argument N must be WHAT, not TYPE".
Raised raise_argument_type(const char* function, int number, const char* expected, PyObject* got);
Status check_str_argument(const char* function, int number, PyObject* o);

/// A method that takes a tuple and a dict: Fn(self, args, kwargs).
template <auto Fn> PyObject* with_keywords(PyObject* self, PyObject* args, PyObject* kwargs) {
  return lower(Fn(receiver<typename Shape<decltype(Fn)>::Self>(self), args, kwargs));
}
template <auto Fn> constexpr PyMethodDef keyword_row(const char* name, const char* doc, int extra = 0) {
  return {name, __builtin_constant_p(1) ? (PyCFunction)(void (*)())with_keywords<Fn> : nullptr,
          METH_VARARGS | METH_KEYWORDS | extra, doc};
}
/// A method that takes a tuple of arguments, counted by the function itself.
template <auto Fn> PyObject* with_tuple(PyObject* self, PyObject* args) {
  return lower(Fn(receiver<typename Shape<decltype(Fn)>::Self>(self), args));
}
template <auto Fn> constexpr PyMethodDef tuple_row(const char* name, const char* doc, int extra = 0) {
  return {name, with_tuple<Fn>, METH_VARARGS | extra, doc};
}

Status fill_class_constants();  ///< min, max, resolution

}  // namespace taipan::datetimes
