// The module _datetime: its types, their limits as class attributes, and the capsule for extension modules.
#include "modules/datetime/datetimes.h"
#include "modules/module.h"
#include "modules/modules.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/tuple.h"
#include "object/type.h"
#include "types/capsule.h"

namespace taipan::datetimes {
namespace {

PyObject* utc_zone = nullptr;

// -- the capsule's functions --

PyObject* date_from(int year, int month, int day, PyTypeObject* type) { return new_date(year, month, day, type).release(); }
PyObject* datetime_and_fold_from(int year, int month, int day, int hour, int minute, int second, int microsecond,
                                 PyObject* tzinfo, int fold, PyTypeObject* type) {
  return new_datetime({year, month, day, hour, minute, second, microsecond, fold}, tzinfo, type).release();
}
PyObject* datetime_from(int year, int month, int day, int hour, int minute, int second, int microsecond, PyObject* tzinfo,
                        PyTypeObject* type) {
  return datetime_and_fold_from(year, month, day, hour, minute, second, microsecond, tzinfo, 0, type);
}
PyObject* time_and_fold_from(int hour, int minute, int second, int microsecond, PyObject* tzinfo, int fold, PyTypeObject* type) {
  Moment m = {.hour = hour, .minute = minute, .second = second, .microsecond = microsecond, .fold = fold};
  return new_time(m, tzinfo, type).release();
}
PyObject* time_from(int hour, int minute, int second, int microsecond, PyObject* tzinfo, PyTypeObject* type) {
  return time_and_fold_from(hour, minute, second, microsecond, tzinfo, 0, type);
}
PyObject* delta_from(int days, int seconds, int microseconds, int, PyTypeObject* type) {
  return new_delta(days, seconds, microseconds, type).release();
}
PyObject* timezone_from(PyObject* offset, PyObject* name) {
  if (!is_delta(offset)) {
    raise_internal("timezone offset");
    return nullptr;
  }
  return new_timezone(offset, name).release();
}
PyObject* datetime_from_timestamp(PyObject* type, PyObject* args, PyObject* kwargs) {
  Ref<> method = get_attr(type, "fromtimestamp"_name);
  return method ? call_object(method.get(), args, kwargs).release() : nullptr;
}
PyObject* date_from_timestamp(PyObject* type, PyObject* args) { return datetime_from_timestamp(type, args, nullptr); }

// -- attributes of the classes --

Status set_constant(PyTypeObject& type, PyObject* name, Ref<> value) {
  if (!value) return Raised{};
  TRY(dict_set(type.tp_dict, name, value.get()));
  type_modified(&type);
  return {};
}
Status add_class_constants() {
  TRY(set_constant(timedelta_type, "resolution"_name, new_delta(0, 0, 1)));
  TRY(set_constant(timedelta_type, "min"_name, new_delta(-kMaxDeltaDays, 0, 0)));
  TRY(set_constant(timedelta_type, "max"_name, new_delta(kMaxDeltaDays, 24 * 3600 - 1, 1000000 - 1)));
  TRY(set_constant(date_type, "min"_name, new_date(1, 1, 1)));
  TRY(set_constant(date_type, "max"_name, new_date(kMaxYear, 12, 31)));
  TRY(set_constant(date_type, "resolution"_name, new_delta(1, 0, 0)));
  TRY(set_constant(time_type, "min"_name, new_time({}, Py_None)));
  Moment last = {.year = kMaxYear, .month = 12, .day = 31, .hour = 23, .minute = 59, .second = 59, .microsecond = 999999};
  TRY(set_constant(time_type, "max"_name, new_time(last, Py_None)));
  TRY(set_constant(time_type, "resolution"_name, new_delta(0, 0, 1)));
  TRY(set_constant(datetime_type, "min"_name, new_datetime({.year = 1}, Py_None)));
  TRY(set_constant(datetime_type, "max"_name, new_datetime(last, Py_None)));
  TRY(set_constant(datetime_type, "resolution"_name, new_delta(0, 0, 1)));
  Ref<> zero = TRY(new_delta(0, 0, 0)), almost_a_day = TRY(new_delta(0, 23 * 3600 + 59 * 60, 0)),
        minus_almost_a_day = TRY(new_delta(-1, 60, 0));
  Ref<> zone = TRY(make_timezone(zero.get(), nullptr));
  utc_zone = zone.get();
  TRY(set_constant(timezone_type, "utc"_name, std::move(zone)));
  TRY(set_constant(timezone_type, "min"_name, make_timezone(minus_almost_a_day.get(), nullptr)));
  return set_constant(timezone_type, "max"_name, make_timezone(almost_a_day.get(), nullptr));
}

constexpr char module_doc[] = "Dates, times and durations, made for speed.";

Status fill(PyObject* module) {
  bool first = utc_zone == nullptr;
  for (PyTypeObject* type : {&date_type, &datetime_type, &time_type, &timedelta_type, &tzinfo_type, &timezone_type})
    TRY(add_type(module, type));
  TRY(ready_type(&iso_calendar_date_type));
  if (first) TRY(add_class_constants());
  TRY(add_int_to_module(module, "MINYEAR", kMinYear));
  TRY(add_int_to_module(module, "MAXYEAR", kMaxYear));
  capi.TimeZone_UTC = utc_zone;
  TRY(add_to_module(module, "datetime_CAPI", new_capsule(&capi, PyDateTime_CAPSULE_NAME, nullptr)));
  return add_to_module(module, "UTC", utc_zone);
}

}  // namespace

PyObject* utc() { return utc_zone; }

constinit PyDateTime_CAPI capi = {
    &date_type,      &datetime_type,  &time_type,
    &timedelta_type, &tzinfo_type,    nullptr,
    date_from,       datetime_from,   time_from,
    delta_from,      timezone_from,   datetime_from_timestamp,
    date_from_timestamp, datetime_and_fold_from, time_and_fold_from,
};

}  // namespace taipan::datetimes

PyObject* init_datetime() {
  return taipan::define_module<"_datetime", taipan::datetimes::module_doc, taipan::datetimes::fill>();
}
