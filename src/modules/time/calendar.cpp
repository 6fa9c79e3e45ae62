// Calendar times: struct_time, conversions from and to seconds and text, the time zone.
#include <cerrno>
#include <climits>
#include <cwchar>

#include "modules/time/time.h"
#include "object/alloc.h"
#include "object/call.h"
#include "object/hooks.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "runtime/fs_text.h"
#include "types/rows.h"
#include "types/struct_sequence.h"

namespace taipan::timing {
namespace {

PyStructSequence_Field fields[] = {
    {"tm_year", "year, for example, 1993"},
    {"tm_mon", "month of year, range [1, 12]"},
    {"tm_mday", "day of month, range [1, 31]"},
    {"tm_hour", "hours, range [0, 23]"},
    {"tm_min", "minutes, range [0, 59]"},
    {"tm_sec", "seconds, range [0, 61])"},
    {"tm_wday", "day of week, range [0, 6], Monday is 0"},
    {"tm_yday", "day of year, range [1, 366]"},
    {"tm_isdst", "1 if summer time is in effect, 0 if not, and -1 if unknown"},
    {"tm_zone", "abbreviation of timezone name"},
    {"tm_gmtoff", "offset from UTC in seconds"},
    {},
};
constexpr int kFields = 11;
PyStructSequence_Desc description = {
    "time.struct_time",
    "A moment as gmtime(), localtime() and strptime() give it, and asctime(), mktime() and strftime() take it:\n"
    "a sequence of 9 integers.\n\n"
    "The numbers are those of everyday life, not of C's struct tm: years are whole, months and days of the\n"
    "year count from 1, and Monday is day 0 of the week.",
    fields, 9};
PyTypeObject* struct_time;

Ref<> zone_text(const char* zone) { return zone ? decode_fs(zone) : none(); }

Ref<> from_tm(const tm& t) {
  StructFiller made(struct_time);
  const int numbers[] = {t.tm_year + 1900, t.tm_mon + 1, t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec, (t.tm_wday + 6) % 7, t.tm_yday + 1,
                         t.tm_isdst};
  for (int n : numbers) made.add(new_int(n));
  made.add(zone_text(t.tm_zone));
  made.add(new_int(t.tm_gmtoff));
  return made.finish();
}

// -- arguments --

/// Broken-down time and, where the zone's name came from an object, that name kept alive.
struct Moment {
  tm t{};
  Ref<> zone;
};

Status tm_from_tuple(PyObject* o, const char* function, Moment* out) {
  if (!PyTuple_Check(o)) return raise(PyExc_TypeError, "Tuple or struct_time argument required");
  if (tuple_size(o) != 9) return raise(PyExc_TypeError, "{}(): illegal time tuple argument", function);
  int numbers[9];
  for (int i = 0; i < 9; i++) numbers[i] = TRY(to_c_int(item(o, i)));
  tm& t = out->t;
  if (numbers[0] < INT_MIN + 1900) return raise(PyExc_OverflowError, "year out of range");
  t.tm_year = numbers[0] - 1900;
  t.tm_mon = numbers[1] - 1;
  t.tm_mday = numbers[2];
  t.tm_hour = numbers[3];
  t.tm_min = numbers[4];
  t.tm_sec = numbers[5];
  t.tm_wday = static_cast<int>((static_cast<unsigned>(numbers[6]) + 1) % 7);
  if (numbers[6] < 0) t.tm_wday = (numbers[6] + 1) % 7;
  t.tm_yday = numbers[7] - 1;
  t.tm_isdst = numbers[8];
  if (!is_exact(o, struct_time)) return {};
  PyObject *zone = item(o, 9), *offset = item(o, 10);
  if (zone && zone != Py_None) {
    out->zone = share(zone);
    std::string_view text = TRY(to_utf8(zone));
    t.tm_zone = const_cast<char*>(text.data());
  }
  if (offset && offset != Py_None) {
    Ref<> whole = TRY(index(offset));
    t.tm_gmtoff = TRY(to_int64(whole.get()));
  }
  return {};
}

/// C's functions may read beyond their tables for numbers out of range. Zeros, which tuples often hold, are allowed.
Status check_ranges(tm& t) {
  auto outside = [](const char* what) { return raise(PyExc_ValueError, "{} out of range", what); };
  if (t.tm_mon == -1) t.tm_mon = 0;
  else if (t.tm_mon < 0 || t.tm_mon > 11) return outside("month");
  if (t.tm_mday == 0) t.tm_mday = 1;
  else if (t.tm_mday < 0 || t.tm_mday > 31) return outside("day of month");
  if (t.tm_hour < 0 || t.tm_hour > 23) return outside("hour");
  if (t.tm_min < 0 || t.tm_min > 59) return outside("minute");
  if (t.tm_sec < 0 || t.tm_sec > 61) return outside("seconds");
  if (t.tm_wday < 0) return outside("day of week");
  if (t.tm_yday == -1) t.tm_yday = 0;
  else if (t.tm_yday < 0 || t.tm_yday > 365) return outside("day of year");
  return {};
}

Result<tm> broken_down(time_t seconds, bool local) {
  tm t{};
  errno = 0;
  if (!(local ? localtime_r(&seconds, &t) : gmtime_r(&seconds, &t))) return raise_os_error(errno ? errno : EINVAL);
  return t;
}
Result<time_t> seconds_argument(const char* name, Arguments args) {
  TRY(check_count(name, args.count, 0, 1));
  if (args.count == 0 || args.items[0] == Py_None) return time(nullptr);
  return to_time_t(args.items[0]);
}

// -- conversions --

constexpr char gmtime_doc[] =
    "gmtime([seconds]) -> (tm_year, tm_mon, tm_mday, tm_hour, tm_min,\n                       tm_sec, tm_wday, tm_yday, tm_isdst)\n\n"
    "Seconds since the Epoch (now, if none are given) as a moment in UTC.";
Ref<> gmtime(PyObject*, Arguments args) { return from_tm(TRY(broken_down(TRY(seconds_argument("gmtime", args)), false))); }

constexpr char localtime_doc[] =
    "localtime([seconds]) -> (tm_year,tm_mon,tm_mday,tm_hour,tm_min,\n                          tm_sec,tm_wday,tm_yday,tm_isdst)\n\n"
    "Seconds since the Epoch (now, if none are given) as a moment in local time.";
Ref<> localtime(PyObject*, Arguments args) {
  return from_tm(TRY(broken_down(TRY(seconds_argument("localtime", args)), true)));
}

constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

Ref<> english_text(const tm& t) {
  char text[128];
  int n = snprintf(text, sizeof text, "%s %s%3d %.2d:%.2d:%.2d %ld", kDays[t.tm_wday], kMonths[t.tm_mon], t.tm_mday, t.tm_hour,
                   t.tm_min, t.tm_sec, 1900L + t.tm_year);
  return new_str(std::string_view(text, static_cast<size_t>(n)));
}

constexpr char asctime_doc[] =
    "asctime([tuple]) -> string\n\nA moment as text, like 'Sat Jun 06 16:26:11 1998'. Without a tuple: now, in local time.";
Ref<> asctime(PyObject*, Arguments args) {
  if (!check_positional("asctime", args.count, 0, 1)) return Raised{};
  if (args.count == 0) return english_text(TRY(broken_down(time(nullptr), true)));
  Moment moment;
  TRY(tm_from_tuple(args.items[0], "asctime", &moment));
  TRY(check_ranges(moment.t));
  return english_text(moment.t);
}

constexpr char ctime_doc[] =
    "ctime(seconds) -> string\n\nSeconds since the Epoch as text in local time: asctime(localtime(seconds)).";
Ref<> ctime(PyObject*, Arguments args) { return english_text(TRY(broken_down(TRY(seconds_argument("ctime", args)), true))); }

constexpr char mktime_doc[] =
    "mktime(tuple) -> floating point number\n\nA moment of local time as seconds since the Epoch.\n"
    "mktime(gmtime(0)) is not 0 in general: it is the zone's distance from UTC.";
Ref<> mktime(PyObject*, PyObject* tuple) {
  Moment moment;
  TRY(tm_from_tuple(tuple, "mktime", &moment));
  moment.t.tm_wday = -1;  // stays so if C's mktime fails: -1 alone is a valid result
  time_t seconds = ::mktime(&moment.t);
  if (seconds == static_cast<time_t>(-1) && moment.t.tm_wday == -1)
    return raise(PyExc_OverflowError, "mktime argument out of range");
  return new_float(static_cast<double>(seconds));
}

// -- strftime --

/// A buffer of wide characters that grows.
class WideText {
 public:
  explicit WideText(size_t n) { data_ = static_cast<wchar_t*>(raw_allocate(n * sizeof(wchar_t))); }
  ~WideText() { raw_free(data_); }
  WideText(const WideText&) = delete;
  wchar_t* data() { return data_; }

 private:
  wchar_t* data_;
};

constexpr char strftime_doc[] =
    "strftime(format[, tuple]) -> string\n\n"
    "A moment as text of the given format; without a tuple: now, in local time.\n\n"
    "Commonly used format codes:\n\n"
    "%Y  Year with century as a decimal number.\n"
    "%m  Month as a decimal number [01,12].\n"
    "%d  Day of the month as a decimal number [01,31].\n"
    "%H  Hour (24-hour clock) as a decimal number [00,23].\n"
    "%M  Minute as a decimal number [00,59].\n"
    "%S  Second as a decimal number [00,61].\n"
    "%z  Time zone offset from UTC.\n"
    "%a  Locale's abbreviated weekday name.\n"
    "%A  Locale's full weekday name.\n"
    "%b  Locale's abbreviated month name.\n"
    "%B  Locale's full month name.\n"
    "%c  Locale's appropriate date and time representation.\n"
    "%I  Hour (12-hour clock) as a decimal number [01,12].\n"
    "%p  Locale's equivalent of either AM or PM.\n\n"
    "Other codes may be available on your platform: those of the C library's strftime.";
Ref<> strftime(PyObject*, Arguments args) {
  TRY(check_count("strftime", args.count, 1, 2));
  PyObject* format = args.items[0];
  if (!PyUnicode_Check(format)) return raise(PyExc_TypeError, "strftime() argument 1 must be str, not {}", type_name(format));
  Moment moment;
  if (args.count == 1) moment.t = TRY(broken_down(time(nullptr), true));
  else TRY(tm_from_tuple(args.items[1], "strftime", &moment));
  TRY(check_ranges(moment.t));
  moment.t.tm_isdst = moment.t.tm_isdst < -1 ? -1 : moment.t.tm_isdst > 1 ? 1 : moment.t.tm_isdst;

  Py_ssize_t n = str_length(format);
  WideText wide(static_cast<size_t>(n) + 1);
  if (!wide.data()) return raise_no_memory();
  for (Py_ssize_t i = 0; i < n; i++) {
    wide.data()[i] = static_cast<wchar_t>(char_at(format, i));
    if (!wide.data()[i]) return raise(PyExc_ValueError, "embedded null character");
  }
  wide.data()[n] = 0;
  // An empty result and a buffer that is too small look the same: a text is taken for empty when even a large buffer gives nothing.
  for (size_t room = 1024;; room *= 2) {
    WideText out(room);
    if (!out.data()) return raise_no_memory();
    size_t written = wcsftime(out.data(), room, wide.data(), &moment.t);
    if (written || room >= 256 * static_cast<size_t>(n)) return new_str_from_kind(4, out.data(), static_cast<Py_ssize_t>(written));
  }
}

constexpr char strptime_doc[] =
    "strptime(string, format) -> struct_time\n\n"
    "Reads a moment from a text of the given format; codes as in strftime().";
Ref<> strptime(PyObject*, Arguments args) {
  Ref<> module = TRY(hooks.import_module("_strptime"));
  Ref<> function = TRY(get_attr(module.get(), "_strptime_time"_name));
  return vectorcall(function.get(), args.items, static_cast<size_t>(args.count));
}

// -- the time zone --

constexpr time_t kYear = (365 * 24 + 6) * 3600;

/// The zone's offsets in winter and summer, on whichever half of the earth it lies.
Status add_zone(PyObject* module) {
  time_t start = time(nullptr) / kYear * kYear;
  tm january = TRY(broken_down(start, true)), july = TRY(broken_down(start + kYear / 2, true));
  long january_zone = -january.tm_gmtoff, july_zone = -july.tm_gmtoff;
  bool southern = january_zone < july_zone;  // summer time in January
  const tm &standard = southern ? july : january, &summer = southern ? january : july;
  TRY(add_int_to_module(module, "timezone", -standard.tm_gmtoff));
  TRY(add_int_to_module(module, "altzone", -summer.tm_gmtoff));
  TRY(add_int_to_module(module, "daylight", january_zone != july_zone));
  Ref<> first = TRY(zone_text(standard.tm_zone)), second = TRY(zone_text(summer.tm_zone));
  return add_to_module(module, "tzname", tuple_of({first.get(), second.get()}));
}

constexpr char tzset_doc[] =
    "tzset()\n\n"
    "Takes the local time zone anew from the environment variable TZ: tzname, timezone, daylight and altzone\n"
    "change accordingly.";
Status tzset(PyObject* module) {
  ::tzset();
  return add_zone(module);
}

}  // namespace

constinit PyMethodDef calendar_rows[] = {
    positional_varargs<gmtime>("gmtime", gmtime_doc),
    positional_varargs<localtime>("localtime", localtime_doc),
    positional_varargs<asctime>("asctime", asctime_doc),
    positional_varargs<ctime>("ctime", ctime_doc),
    one_arg<mktime>("mktime", mktime_doc),
    positional_varargs<strftime>("strftime", strftime_doc),
    positional_varargs<strptime>("strptime", strptime_doc),
    noargs<tzset>("tzset", tzset_doc),
    {},
};

Status add_calendar(PyObject* module) {
  if (!struct_time) struct_time = reinterpret_cast<PyTypeObject*>(TRY(new_struct_sequence_type(description)).release());
  TRY(add_to_module(module, "struct_time", object(struct_time)));
  TRY(add_int_to_module(module, "_STRUCT_TM_ITEMS", kFields));
  ::tzset();
  return add_zone(module);
}

}  // namespace taipan::timing
