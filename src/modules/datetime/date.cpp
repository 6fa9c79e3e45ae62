// date: a day of the calendar.
#include <cerrno>
#include <ctime>

#include "base/hash.h"
#include "modules/datetime/datetimes.h"
#include "modules/time/time.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/hooks.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "types/rows.h"

namespace taipan::datetimes {
namespace {

Date& as(PyObject* o) { return *reinterpret_cast<Date*>(o); }

constexpr char date_doc[] = "date(year, month, day) --> date object";

Ref<> create(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  static constexpr Parameters<3> list = {nullptr, {"year", "month", "day"}, 3, 3, 3};
  if (tuple_size(args) == 1) {
    Ref<> copy;
    if (PyObject* state = TRY(pickled_state(item(args, 0), _PyDateTime_DATE_DATASIZE, 2, sane_month, "date", &copy))) {
      Ref<> o = TRY(adopt(type->tp_alloc(type, 0)));
      as(o.get()).hashcode = -1;
      memcpy(as(o.get()).data, bytes_data(state), _PyDateTime_DATE_DATASIZE);
      return o;
    }
  }
  PyObject* slots[3];
  TRY(bind(list, args, kwargs, slots));
  int year = TRY(c_int(slots[0])), month = TRY(c_int(slots[1])), day = TRY(c_int(slots[2]));
  return new_date(year, month, day, type);
}
PyObject* tp_new(PyTypeObject* type, PyObject* args, PyObject* kwargs) { return create(type, args, kwargs).release(); }

// -- other constructors --

Ref<> at_timestamp(PyTypeObject* type, PyObject* timestamp) {
  time_t t = TRY(timing::to_time_t(timestamp));
  tm local;
  errno = 0;
  if (!localtime_r(&t, &local)) return raise_os_error(errno ? errno : EINVAL);
  return new_date_of(type, local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
}
constexpr char fromtimestamp_doc[] =
    "fromtimestamp($type, timestamp, /)\n--\n\n"
    "The local date at a POSIX timestamp, which is a number as time.time() gives it.";
Ref<> fromtimestamp(PyTypeObject* type, PyObject* timestamp) { return at_timestamp(type, timestamp); }

Ref<> today(PyObject* type) {
  Ref<> time = TRY(hooks.import_module("time"));
  Ref<> now = TRY(call_method(time.get(), "time"_name));
  return call_method(type, "fromtimestamp"_name, now.get());
}
Ref<> fromordinal(PyTypeObject* type, PyObject* args) {
  TRY(check_count("fromordinal", tuple_size(args), 1, 1));
  int ordinal = TRY(c_int(item(args, 0)));
  if (ordinal < 1) return raise(PyExc_ValueError, "ordinal must be >= 1");
  YearMonthDay d = from_ordinal(ordinal);
  return new_date_of(type, d.year, d.month, d.day);
}
Ref<> fromisoformat(PyTypeObject* type, PyObject* text) {
  if (!PyUnicode_Check(text)) return raise(PyExc_TypeError, "fromisoformat: argument must be str");
  Result<std::string_view> utf8 = to_utf8(text);
  if (!utf8) {
    if (clear_error_if(PyExc_UnicodeEncodeError)) return raise_invalid_iso(text);
    return Raised{};
  }
  Moment m;
  size_t n = (*utf8).size();
  if ((n != 7 && n != 8 && n != 10) || !parse_iso_date(*utf8, &m)) return raise_invalid_iso(text);
  return new_date_of(type, m.year, m.month, m.day);
}
Status load_iso_fields(PyObject* const* slots, int* fields) {
  for (int i = 0; i < 3; i++) {
    Result<int> n = c_int(slots[i]);
    if (n) {
      fields[i] = *n;
      continue;
    }
    if (clear_error_if(PyExc_OverflowError)) return raise(PyExc_ValueError, "ISO calendar component out of range");
    return Raised{};
  }
  return {};
}
Ref<> fromisocalendar(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  static constexpr Parameters<3> list = {"fromisocalendar", {"year", "week", "day"}, 3, 3, 3};
  PyObject* slots[3];
  TRY(bind(list, args, kwargs, slots));
  int fields[3];
  TRY(load_iso_fields(slots, fields));
  if (fields[0] < kMinYear || fields[0] > kMaxYear) return raise(PyExc_ValueError, "Year is out of range: {}", fields[0]);
  YearMonthDay d;
  switch (from_iso(fields[0], fields[1], fields[2], &d)) {
    case IsoProblem::week: return raise(PyExc_ValueError, "Invalid week: {}", fields[1]);
    case IsoProblem::day: return raise(PyExc_ValueError, "Invalid weekday: {} (range is [1, 7])", fields[2]);
    case IsoProblem::none: break;
  }
  return new_date_of(type, d.year, d.month, d.day);
}

// -- arithmetic and comparison --

Ref<> shifted(PyObject* o, const Delta& delta, int sign) {
  int64_t ordinal = moment_of(o).ordinal() + int64_t{sign} * delta.days;
  if (ordinal < 1 || ordinal > kMaxOrdinal) return raise(PyExc_OverflowError, "date value out of range");
  YearMonthDay d = from_ordinal(static_cast<int>(ordinal));
  return new_date_of(Py_TYPE(o), d.year, d.month, d.day);
}
Ref<> date_add(PyObject* a, PyObject* b) {
  if (is_datetime(a) || is_datetime(b)) return not_implemented();
  if (is_date(a)) return is_delta(b) ? shifted(a, as_delta(b), 1) : not_implemented();
  return is_delta(a) ? shifted(b, as_delta(a), 1) : not_implemented();
}
Ref<> date_subtract(PyObject* a, PyObject* b) {
  if (is_datetime(a) || is_datetime(b) || !is_date(a)) return not_implemented();
  if (is_date(b)) return new_delta(moment_of(a).ordinal() - moment_of(b).ordinal(), 0, 0);
  return is_delta(b) ? shifted(a, as_delta(b), -1) : not_implemented();
}
Ref<> date_compare(PyObject* a, PyObject* b, int op) {
  if (!is_date(b)) return not_implemented();
  return compare_result(memcmp(as(a).data, as(b).data, _PyDateTime_DATE_DATASIZE), op);
}
Result<Py_hash_t> date_hash(PyObject* o) {
  if (as(o).hashcode == -1) as(o).hashcode = hash_bytes(as(o).data, _PyDateTime_DATE_DATASIZE);
  return as(o).hashcode;
}

// -- showing --

Ref<> date_repr(PyObject* o) {
  Moment m = moment_of(o);
  return format_str("{}({}, {}, {})", type_name(o), m.year, m.month, m.day);
}
Ref<> isoformat(PyObject* o) {
  TextBuffer out;
  append_date(out, moment_of(o));
  return finish_text(out);
}
Ref<> date_str(PyObject* o) { return call_method(o, "isoformat"_name); }
Ref<> date_strftime(PyObject* o, PyObject* args, PyObject* kwargs) {
  static constexpr Parameters<1> list = {"strftime", {"format"}, 1};
  PyObject* format;
  TRY(bind(list, args, kwargs, &format));
  TRY(check_str_argument("strftime", 1, format));
  Ref<> tuple = TRY(call_method(o, "timetuple"_name));
  return strftime(o, format, tuple.get(), o);
}
Ref<> timetuple(PyObject* o) { return new_struct_time(moment_of(o), -1); }

}  // namespace

Ref<> ctime_text(PyObject* o) {
  constexpr const char* kDays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  Moment m = moment_of(o);
  TextBuffer out;
  format(out, "{} {} {}{} ", kDays[weekday(m.year, m.month, m.day)], kMonths[m.month - 1], m.day < 10 ? " " : "", m.day);
  append_number(out, m.hour, 2);
  out.append(':');
  append_number(out, m.minute, 2);
  out.append(':');
  append_number(out, m.second, 2);
  out.append(' ');
  append_number(out, m.year, 4);
  return finish_text(out);
}

namespace {

// -- the calendar --

int weekday_of(PyObject* o) {
  Moment m = moment_of(o);
  return weekday(m.year, m.month, m.day);
}
Ref<> date_weekday(PyObject* o) { return new_int(weekday_of(o)); }
Ref<> isoweekday(PyObject* o) { return new_int(weekday_of(o) + 1); }
Ref<> toordinal(PyObject* o) { return new_int(moment_of(o).ordinal()); }

Ref<> new_iso_calendar_date(PyTypeObject* type, int year, int week, int day) {
  Ref<> o = TRY(adopt(type->tp_alloc(type, 3)));
  int values[] = {year, week, day};
  for (int i = 0; i < 3; i++) reinterpret_cast<Tuple*>(o.get())->ob_item[i] = TRY(new_int(values[i])).release();
  return o;
}
Ref<> isocalendar(PyObject* o) {
  Moment m = moment_of(o);
  int year = m.year, monday = iso_week_1_monday(year), today = m.ordinal();
  if (today < monday) monday = iso_week_1_monday(--year);
  int week = (today - monday) / 7;
  if (week >= 52 && today >= iso_week_1_monday(year + 1)) year++, week = 0;
  return new_iso_calendar_date(&iso_calendar_date_type, year, week + 1, weekday_of(o) + 1);
}

Ref<> replace(PyObject* o, PyObject* args, PyObject* kwargs) {
  static constexpr Parameters<3> list = {"replace", {"year", "month", "day"}};
  PyObject* slots[3];
  TRY(bind(list, args, kwargs, slots));
  Moment m = moment_of(o);
  TRY(load(slots[0], &m.year));
  TRY(load(slots[1], &m.month));
  TRY(load(slots[2], &m.day));
  return new_date(m.year, m.month, m.day, Py_TYPE(o));
}
Ref<> reduce(PyObject* o) {
  Ref<> bytes = TRY(new_bytes({reinterpret_cast<char*>(as(o).data), _PyDateTime_DATE_DATASIZE}));
  Ref<> state = TRY(tuple_of({bytes.get()}));
  return tuple_of({object(Py_TYPE(o)), state.get()});
}

Ref<> get_year(PyObject* o, void*) { return new_int(moment_of(o).year); }
Ref<> get_month(PyObject* o, void*) { return new_int(moment_of(o).month); }
Ref<> get_day(PyObject* o, void*) { return new_int(moment_of(o).day); }

constinit PyNumberMethods as_number = {.nb_add = slot<date_add>, .nb_subtract = slot<date_subtract>};
constinit PyMethodDef methods[] = {
    method<fromtimestamp_doc, fromtimestamp>,
    tuple_row<fromordinal>("fromordinal", "int -> the date with that ordinal; day 1 is 0001-01-01.", METH_CLASS),
    one_arg<fromisoformat>("fromisoformat", "str -> the date that a text in ISO 8601 format says.", METH_CLASS),
    keyword_row<fromisocalendar>("fromisocalendar", "int, int, int -> the date with that ISO year, week and weekday.", METH_CLASS),
    noargs<today>("today", "The current date or datetime: cls.fromtimestamp(time.time()).", METH_CLASS),
    noargs<ctime_text>("ctime", "The text that time.ctime() gives."),
    keyword_row<date_strftime>("strftime", "format -> a text as time.strftime() gives it."),
    tuple_row<format_by_strftime>("__format__", "The text that strftime gives for the format."),
    noargs<timetuple>("timetuple", "A struct_time as time.localtime() gives it."),
    noargs<isocalendar>("isocalendar", "A named tuple of ISO year, week number and weekday."),
    noargs<isoformat>("isoformat", "The date in ISO 8601 format, YYYY-MM-DD."),
    noargs<isoweekday>("isoweekday", "The day of the week, 1 for Monday to 7 for Sunday."),
    noargs<toordinal>("toordinal", "The number of the day, of which 0001-01-01 is 1."),
    noargs<date_weekday>("weekday", "The day of the week, 0 for Monday to 6 for Sunday."),
    keyword_row<replace>("replace", "A date with some fields replaced."),
    noargs<reduce>("__reduce__", "__reduce__() -> (cls, state)"),
    {},
};
constinit PyGetSetDef getset[] = {
    {"year", slot<get_year>}, {"month", slot<get_month>}, {"day", slot<get_day>}, {},
};

// -- the named tuple of isocalendar() --

Ref<> iso_create(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  static constexpr Parameters<3> list = {"IsoCalendarDate", {"year", "week", "weekday"}, 3, 3, 3};
  PyObject* slots[3];
  TRY(bind(list, args, kwargs, slots));
  int year = TRY(c_int(slots[0])), week = TRY(c_int(slots[1])), day = TRY(c_int(slots[2]));
  return new_iso_calendar_date(type, year, week, day);
}
PyObject* iso_new(PyTypeObject* type, PyObject* args, PyObject* kwargs) { return iso_create(type, args, kwargs).release(); }
Ref<> iso_repr(PyObject* o) {
  return format_str("{}(year={}, week={}, weekday={})", type_name(o), as_str(item(o, 0)), as_str(item(o, 1)), as_str(item(o, 2)));
}
Ref<> iso_reduce(PyObject* o) {
  Ref<> fields = TRY(tuple_of({item(o, 0), item(o, 1), item(o, 2)})), args = TRY(tuple_of({fields.get()}));
  return tuple_of({object(&PyTuple_Type), args.get()});
}
template <int i> Ref<> iso_field(PyObject* o, void*) { return share(item(o, i)); }
constinit PyMethodDef iso_methods[] = {noargs<iso_reduce>("__reduce__", kReduceDoc), {}};
constinit PyGetSetDef iso_getset[] = {
    {"year", slot<iso_field<0>>}, {"week", slot<iso_field<1>>}, {"weekday", slot<iso_field<2>>}, {},
};

}  // namespace

bool sane_month(unsigned char c) { return c >= 1 && c <= 12; }

Result<PyObject*> pickled_state(PyObject* o, Py_ssize_t size, Py_ssize_t at, bool (*sane)(unsigned char), const char* what,
                                Ref<>* copy) {
  PyObject* missing = nullptr;
  if (PyBytes_Check(o)) {
    if (Py_SIZE(o) != size || !sane(static_cast<unsigned char>(bytes_data(o)[at]))) return missing;
    return o;
  }
  if (!PyUnicode_Check(o) || str_length(o) != size) return missing;
  Py_UCS4 c = char_at(o, at);
  if (c > 0xFF || !sane(static_cast<unsigned char>(c))) return missing;
  if (str_kind(o) != 1)
    return raise(PyExc_ValueError,
                 "Failed to encode latin1 string when unpickling a {} object. pickle.load(data, encoding='latin1') is assumed.", what);
  *copy = TRY(new_bytes(narrow_text(o)));
  return copy->get();
}

Ref<> new_date(int year, int month, int day, PyTypeObject* type) {
  if (year < kMinYear || year > kMaxYear) return raise(PyExc_ValueError, "year {} is out of range", year);
  if (month < 1 || month > 12) return raise(PyExc_ValueError, "month must be in 1..12");
  if (day < 1 || day > days_in_month(year, month)) return raise(PyExc_ValueError, "day is out of range for month");
  Ref<> o = TRY(adopt(type->tp_alloc(type, 0)));
  Date& date = as(o.get());
  date.hashcode = -1;
  date.data[0] = static_cast<unsigned char>(year >> 8), date.data[1] = static_cast<unsigned char>(year);
  date.data[2] = static_cast<unsigned char>(month), date.data[3] = static_cast<unsigned char>(day);
  return o;
}
Ref<> new_date_of(PyTypeObject* type, int year, int month, int day) {
  if (type == &date_type) return new_date(year, month, day);
  if (type == &datetime_type) return new_datetime({.year = year, .month = month, .day = day}, Py_None);
  Ref<> y = TRY(new_int(year)), m = TRY(new_int(month)), d = TRY(new_int(day));
  return call(object(type), y.get(), m.get(), d.get());
}

constinit PyTypeObject date_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "datetime.date",
    .tp_basicsize = sizeof(Date),
    .tp_repr = slot<date_repr>,
    .tp_as_number = &as_number,
    .tp_hash = slot<date_hash>,
    .tp_str = slot<date_str>,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_IMMUTABLETYPE,
    .tp_doc = date_doc,
    .tp_richcompare = slot<date_compare>,
    .tp_methods = methods,
    .tp_getset = getset,
    .tp_new = tp_new,
};
constinit PyTypeObject iso_calendar_date_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "datetime.IsoCalendarDate",
    .tp_repr = slot<iso_repr>,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
    .tp_doc = "A year, week and weekday by ISO 8601.",
    .tp_methods = iso_methods,
    .tp_getset = iso_getset,
    .tp_base = &PyTuple_Type,
    .tp_new = iso_new,
};

}  // namespace taipan::datetimes
