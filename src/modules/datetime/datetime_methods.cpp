// datetime's methods: the clock, parts, text, time zones, pickling.
#include <ctime>

#include "modules/datetime/datetimes.h"
#include "modules/module.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/hooks.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "types/rows.h"

namespace taipan::datetimes {
namespace {

DateTime& as(PyObject* o) { return *reinterpret_cast<DateTime*>(o); }

// -- from the clock and from timestamps --

Instant current_instant() {
  timespec t;
  clock_gettime(CLOCK_REALTIME, &t);
  return {t.tv_sec, static_cast<int>(t.tv_nsec / 1000)};
}
/// The time in UTC as tzinfo shows it; without one, the local time.
Ref<> in_zone(PyTypeObject* type, Instant instant, PyObject* tzinfo) {
  Ref<> o = TRY(datetime_at(type, instant, tzinfo == Py_None ? Clock::local : Clock::utc, tzinfo));
  if (tzinfo == Py_None) return o;
  return call_method(tzinfo, "fromutc"_name, o.get());
}
constexpr char now_doc[] =
    "now($type, /, tz=None)\n--\n\n"
    "The current time, local or as the time zone tz shows it.";
Ref<> now(PyTypeObject* type, PyObject* tz) {
  TRY(check_tzinfo(tz));
  return in_zone(type, current_instant(), tz);
}
Ref<> utcnow(PyTypeObject* type) { return datetime_at(type, current_instant(), Clock::utc, Py_None); }
Ref<> fromtimestamp(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  static constexpr Parameters<2> list = {"fromtimestamp", {"timestamp", "tz"}, 1};
  PyObject* slots[2];
  TRY(bind(list, args, kwargs, slots));
  PyObject* tz = slots[1] ? slots[1] : Py_None;
  TRY(check_tzinfo(tz));
  return in_zone(type, TRY(to_instant(slots[0])), tz);
}
Ref<> utcfromtimestamp(PyTypeObject* type, PyObject* args) {
  TRY(check_count("utcfromtimestamp", tuple_size(args), 1, 1));
  return datetime_at(type, TRY(to_instant(item(args, 0))), Clock::utc, Py_None);
}

// -- from text and parts --

Ref<> strptime(PyObject* type, PyObject* args) {
  TRY(check_count("strptime", tuple_size(args), 2, 2));
  for (int i = 0; i < 2; i++) TRY(check_str_argument("strptime", i + 1, item(args, i)));
  Ref<> module = TRY(hooks.import_module("_strptime"));
  return call_method(module.get(), "_strptime_datetime"_name, type, item(args, 0), item(args, 1));
}
Ref<> combine(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  static constexpr Parameters<3> list = {"combine", {"date", "time", "tzinfo"}, 2};
  PyObject* slots[3];
  TRY(bind(list, args, kwargs, slots));
  if (!is_date(slots[0])) return raise_argument_type("combine", 1, "datetime.date", slots[0]);
  if (!is_time(slots[1])) return raise_argument_type("combine", 2, "datetime.time", slots[1]);
  Moment m = moment_of(slots[1]), day = moment_of(slots[0]);
  m.year = day.year, m.month = day.month, m.day = day.day;
  return new_datetime_of(type, m, slots[2] ? slots[2] : tzinfo_of(slots[1]));
}

/// A lone surrogate as the character between date and time becomes a T, so that the text has UTF-8.
Ref<> with_plain_separator(PyObject* text) {
  for (Py_ssize_t at : {7, 8, 10}) {
    if (at >= str_length(text)) break;
    Py_UCS4 c = char_at(text, at);
    if (c < 0xD800 || c > 0xDFFF) continue;
    StrBuilder out;
    if (!out.add(text, 0, at) || !out.add(Py_UCS4{'T'}) || !out.add(text, at + 1, str_length(text))) return Raised{};
    return out.finish();
  }
  return share(text);
}
Ref<> fromisoformat(PyTypeObject* type, PyObject* text) {
  if (!PyUnicode_Check(text)) return raise(PyExc_TypeError, "fromisoformat: argument must be str");
  Ref<> clean = TRY(with_plain_separator(text));
  Result<std::string_view> utf8 = to_utf8(clean.get());
  if (!utf8) {
    if (clear_error_if(PyExc_UnicodeEncodeError)) return raise_invalid_iso(text);
    return Raised{};
  }
  IsoTime parsed;
  if (!parse_iso_datetime(*utf8, &parsed)) return raise_invalid_iso(text);
  Ref<> tzinfo = TRY(zone_of(parsed));
  return new_datetime_of(type, parsed.moment, tzinfo.get());
}

// -- parts --

Ref<> date_part(PyObject* o) {
  Moment m = moment_of(o);
  return new_date(m.year, m.month, m.day);
}
Ref<> time_part(PyObject* o) { return new_time(moment_of(o), Py_None); }
Ref<> time_part_with_zone(PyObject* o) { return new_time(moment_of(o), tzinfo_of(o)); }

Ref<> utcoffset(PyObject* o) { return datetime_utcoffset(o); }
Ref<> dst(PyObject* o) { return call_dst(tzinfo_of(o), o); }
Ref<> tzname(PyObject* o) { return call_tzname(tzinfo_of(o), o); }

Ref<> timetuple(PyObject* o) {
  Ref<> saving = TRY(dst(o));
  int flag = saving.get() == Py_None ? -1 : !delta_is_zero(as_delta(saving.get()));
  return new_struct_time(moment_of(o), flag);
}
Ref<> utctimetuple(PyObject* o) {
  Ref<> offset = TRY(datetime_utcoffset(o));
  if (offset.get() == Py_None) return new_struct_time(moment_of(o), 0);
  Ref<> in_utc = TRY(shift_datetime(o, as_delta(offset.get()), -1));
  return new_struct_time(moment_of(in_utc.get()), 0);
}
Ref<> timestamp(PyObject* o) {
  if (tzinfo_of(o) != Py_None) {
    Ref<> epoch = TRY(new_datetime({.year = 1970}, utc()));
    Ref<> since = TRY(subtract_datetimes(o, epoch.get()));
    return delta_seconds(since.get());
  }
  Moment m = moment_of(o);
  int64_t instant = TRY(instant_of_local(m));
  return new_float(static_cast<double>(instant - kEpochOrdinal * kSecondsPerDay) + m.microsecond / 1e6);
}

// -- text --

Ref<> isoformat(PyObject* o, PyObject* args, PyObject* kwargs) {
  static constexpr Parameters<2> list = {"isoformat", {"sep", "timespec"}};
  PyObject* slots[2];
  TRY(bind(list, args, kwargs, slots));
  Py_UCS4 separator = 'T';
  std::string_view timespec = "auto";
  if (slots[0]) {
    if (!PyUnicode_Check(slots[0]) || str_length(slots[0]) != 1)
      return raise_argument_type("isoformat", 1, "a unicode character", slots[0]);
    separator = char_at(slots[0], 0);
  }
  if (slots[1]) {
    TRY(check_str_argument("isoformat", 2, slots[1]));
    timespec = TRY(to_utf8(slots[1]));
    if (timespec.find('\0') != timespec.npos) return raise(PyExc_ValueError, "embedded null character");
  }
  Moment m = moment_of(o);
  TextBuffer date, time;
  append_date(date, m);
  TRY(append_time(time, m, timespec));
  if (as(o).hastzinfo) TRY(append_utcoffset(time, ":", as(o).tzinfo, o));
  StrBuilder out;
  if (!out.add(date.view()) || !out.add(separator) || !out.add(time.view())) return Raised{};
  return out.finish();
}

// -- changing --

Ref<> replace(PyObject* o, PyObject* args, PyObject* kwargs) {
  static constexpr Parameters<9> list = {
      "replace", {"year", "month", "day", "hour", "minute", "second", "microsecond", "tzinfo", "fold"}, 0, 8};
  PyObject* slots[9];
  TRY(bind(list, args, kwargs, slots));
  Moment m = moment_of(o);
  int* fields[] = {&m.year, &m.month, &m.day, &m.hour, &m.minute, &m.second, &m.microsecond};
  for (int i = 0; i < 7; i++) TRY(load(slots[i], fields[i]));
  TRY(load(slots[8], &m.fold));
  return new_datetime(m, slots[7] ? slots[7] : tzinfo_of(o), Py_TYPE(o));
}
Ref<> astimezone(PyObject* o, PyObject* args, PyObject* kwargs) {
  static constexpr Parameters<1> list = {"astimezone", {"tz"}};
  PyObject* tz;
  TRY(bind(list, args, kwargs, &tz));
  return shift_to(o, tz ? tz : Py_None);
}

// -- pickling --

Ref<> reduce_for(PyObject* o, int protocol) {
  unsigned char data[_PyDateTime_DATETIME_DATASIZE];
  memcpy(data, as(o).data, sizeof data);
  if (protocol > 3 && as(o).fold) data[2] |= 0x80;
  Ref<> bytes = TRY(new_bytes({reinterpret_cast<char*>(data), sizeof data}));
  PyObject* tzinfo = tzinfo_of(o);
  Ref<> state = TRY(tzinfo == Py_None ? tuple_of({bytes.get()}) : tuple_of({bytes.get(), tzinfo}));
  return tuple_of({object(Py_TYPE(o)), state.get()});
}
Ref<> reduce(PyObject* o) { return reduce_for(o, 2); }
Ref<> reduce_ex(PyObject* o, PyObject* args) {
  TRY(check_count("__reduce_ex__", tuple_size(args), 1, 1));
  return reduce_for(o, TRY(c_int(item(args, 0))));
}

template <int Moment::*field> Ref<> get(PyObject* o, void*) { return new_int(moment_of(o).*field); }
Ref<> get_tzinfo(PyObject* o, void*) { return share(tzinfo_of(o)); }

}  // namespace

constinit PyMethodDef datetime_methods[] = {
    method<now_doc, now>,
    noargs<utcnow>("utcnow", "The current time in UTC, without a time zone.", METH_CLASS),
    keyword_row<fromtimestamp>("fromtimestamp", "timestamp[, tz] -> the time at a POSIX timestamp, local or as tz shows it.",
                               METH_CLASS),
    tuple_row<utcfromtimestamp>("utcfromtimestamp", "The time in UTC at a POSIX timestamp, without a time zone.", METH_CLASS),
    tuple_row<strptime>("strptime", "string, format -> the datetime that a text in that format says.", METH_CLASS),
    keyword_row<combine>("combine", "date, time -> the datetime of both", METH_CLASS),
    one_arg<fromisoformat>("fromisoformat", "string -> the datetime that a text in one of most ISO 8601 formats says", METH_CLASS),
    noargs<date_part>("date", "The date."),
    noargs<time_part>("time", "The time without the time zone."),
    noargs<time_part_with_zone>("timetz", "The time with the time zone."),
    noargs<ctime_text>("ctime", "The text that time.ctime() gives."),
    noargs<timetuple>("timetuple", "A struct_time as time.localtime() gives it."),
    noargs<timestamp>("timestamp", "The POSIX timestamp, a float."),
    noargs<utctimetuple>("utctimetuple", "A struct_time in UTC as time.gmtime() gives it."),
    keyword_row<isoformat>("isoformat",
                           "[sep] -> the text in ISO 8601 format, YYYY-MM-DDT[HH[:MM[:SS[.mmm[uuu]]]]][+HH:MM].\n"
                           "sep stands between date and time; it is 'T' by default.\n"
                           "timespec says where to stop: 'auto', 'hours', 'minutes', 'seconds',\n"
                           "'milliseconds' or 'microseconds'.\n"),
    noargs<utcoffset>("utcoffset", "self.tzinfo.utcoffset(self)"),
    noargs<tzname>("tzname", "self.tzinfo.tzname(self)"),
    noargs<dst>("dst", "self.tzinfo.dst(self)"),
    keyword_row<replace>("replace", "A datetime with some fields replaced."),
    keyword_row<astimezone>("astimezone", "tz -> the same instant as the time zone tz shows it\n"),
    tuple_row<reduce_ex>("__reduce_ex__", "__reduce_ex__(proto) -> (cls, state)"),
    noargs<reduce>("__reduce__", "__reduce__() -> (cls, state)"),
    {},
};
constinit PyGetSetDef datetime_getset[] = {
    {"hour", slot<get<&Moment::hour>>},
    {"minute", slot<get<&Moment::minute>>},
    {"second", slot<get<&Moment::second>>},
    {"microsecond", slot<get<&Moment::microsecond>>},
    {"tzinfo", slot<get_tzinfo>},
    {"fold", slot<get<&Moment::fold>>},
    {},
};

}  // namespace taipan::datetimes
