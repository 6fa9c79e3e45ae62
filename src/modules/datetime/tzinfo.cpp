// tzinfo, the base of time zones written in Python, and timezone, a fixed offset from UTC.
#include "modules/datetime/datetimes.h"
#include "object/call.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "types/rows.h"

namespace taipan::datetimes {
namespace {

TimeZone& as_zone(PyObject* o) { return *reinterpret_cast<TimeZone*>(o); }

/// Offsets lie strictly between -24 and 24 hours.
bool is_offset(const Delta& d) {
  if (d.days == 0) return true;
  return d.days == -1 && (d.seconds || d.microseconds);
}

Ref<> call_offset_method(PyObject* tzinfo, PyObject* name, PyObject* argument) {
  if (tzinfo == Py_None) return none();
  Ref<> offset = TRY(call_method(tzinfo, name, argument));
  if (offset.get() == Py_None) return offset;
  if (!is_delta(offset.get()))
    return raise(PyExc_TypeError, "tzinfo.{}() must return None or a timedelta, not '{}'", as_str(name), type_name(offset.get()));
  if (!is_offset(as_delta(offset.get())))
    return raise(PyExc_ValueError, "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24).");
  return offset;
}

// -- tzinfo --

Raised raise_abstract(const char* method) {
  return raise(PyExc_NotImplementedError, "a tzinfo subclass must implement {}", method);
}
Ref<> base_tzname(PyObject*, PyObject*) { return raise_abstract("tzname()"); }
Ref<> base_utcoffset(PyObject*, PyObject*) { return raise_abstract("utcoffset()"); }
Ref<> base_dst(PyObject*, PyObject*) { return raise_abstract("dst()"); }

Ref<> base_fromutc(PyObject* self, PyObject* dt) {
  if (!is_datetime(dt)) return raise(PyExc_TypeError, "fromutc: argument must be a datetime");
  if (tzinfo_of(dt) != self) return raise(PyExc_ValueError, "fromutc: dt.tzinfo is not self");
  Ref<> offset = TRY(call_utcoffset(self, dt));
  if (offset.get() == Py_None) return raise(PyExc_ValueError, "fromutc: non-None utcoffset() result required");
  Ref<> dst = TRY(call_dst(self, dt));
  if (dst.get() == Py_None) return raise(PyExc_ValueError, "fromutc: non-None dst() result required");
  Ref<> standard = TRY(subtract_deltas(as_delta(offset.get()), as_delta(dst.get())));
  Ref<> result = TRY(shift_datetime(dt, as_delta(standard.get()), 1));
  dst = TRY(call_dst(self, result.get()));
  if (dst.get() == Py_None)
    return raise(PyExc_ValueError, "fromutc: tz.dst() gave inconsistent results; cannot convert");
  if (delta_is_zero(as_delta(dst.get()))) return result;
  return shift_datetime(result.get(), as_delta(dst.get()), 1);
}

Ref<> base_reduce(PyObject* self) {
  Ref<> getinitargs = TRY(find_attr(self, "__getinitargs__"_name));
  Ref<> args = TRY(getinitargs ? call(getinitargs.get()) : share(empty_tuple()));
  Ref<> state = TRY(call_method(self, "__getstate__"_name));
  return tuple_of({object(Py_TYPE(self)), args.get(), state.get()});
}

constinit PyMethodDef tzinfo_methods[] = {
    one_arg<base_tzname>("tzname", "The zone's name at a datetime."),
    one_arg<base_utcoffset>("utcoffset", "How far local time is ahead of UTC at a datetime, as a timedelta."),
    one_arg<base_dst>("dst", "How much of the offset is daylight saving at a datetime, as a timedelta."),
    one_arg<base_fromutc>("fromutc", "The local time for a datetime that shows UTC."),
    noargs<base_reduce>("__reduce__", "-> (cls, state)"),
    {},
};

// -- timezone --

Ref<> zone_new(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  static constexpr Parameters<2> list = {"timezone", {"offset", "name"}, 1};
  PyObject* slots[2];
  TRY(bind(list, args, kwargs, slots));
  if (!is_delta(slots[0])) return raise_argument_type("timezone", 1, "datetime.timedelta", slots[0]);
  if (slots[1]) TRY(check_str_argument("timezone", 2, slots[1]));
  return new_timezone(slots[0], slots[1]);
}
PyObject* tp_new(PyTypeObject* type, PyObject* args, PyObject* kwargs) { return zone_new(type, args, kwargs).release(); }
void dealloc(PyObject* o) {
  clear_field(as_zone(o).offset);
  clear_field(as_zone(o).name);
  Py_TYPE(o)->tp_free(o);
}

Status check_argument(const char* method, PyObject* dt) {
  if (is_datetime(dt) || dt == Py_None) return {};
  return raise(PyExc_TypeError, "{}(dt) argument must be a datetime instance or None, not {}", method, type_name(dt));
}
Ref<> zone_str(PyObject* o) {
  const TimeZone& zone = as_zone(o);
  if (zone.name) return share(zone.name);
  const Delta& d = as_delta(zone.offset);
  if (delta_is_zero(d)) return new_str("UTC");
  TextBuffer out;
  out.append("UTC");
  int64_t us = (d.days * kSecondsPerDay + d.seconds) * 1000000 + d.microseconds;
  out.append(us < 0 ? '-' : '+');
  if (us < 0) us = -us;
  int seconds = static_cast<int>(us / 1000000), microseconds = static_cast<int>(us % 1000000);
  append_number(out, seconds / 3600, 2);
  out.append(':');
  append_number(out, seconds / 60 % 60, 2);
  if (seconds % 60 || microseconds) out.append(':'), append_number(out, seconds % 60, 2);
  if (microseconds) out.append('.'), append_number(out, microseconds, 6);
  return finish_text(out);
}
Ref<> zone_repr(PyObject* o) {
  const TimeZone& zone = as_zone(o);
  if (o == utc()) return new_str("datetime.timezone.utc");
  if (!zone.name) return format_str("{}({})", type_name(o), as_repr(zone.offset));
  return format_str("{}({}, {})", type_name(o), as_repr(zone.offset), as_repr(zone.name));
}
Ref<> zone_compare(PyObject* a, PyObject* b, int op) {
  if ((op != Py_EQ && op != Py_NE) || !is_instance_of(b, &timezone_type)) return not_implemented();
  return compare_result(compare_deltas(as_delta(as_zone(a).offset), as_delta(as_zone(b).offset)), op);
}
Result<Py_hash_t> zone_hash(PyObject* o) { return hash(as_zone(o).offset); }

Ref<> zone_tzname(PyObject* self, PyObject* dt) {
  TRY(check_argument("tzname", dt));
  return zone_str(self);
}
Ref<> zone_utcoffset(PyObject* self, PyObject* dt) {
  TRY(check_argument("utcoffset", dt));
  return share(as_zone(self).offset);
}
Ref<> zone_dst(PyObject* self, PyObject* dt) {
  TRY(check_argument("dst", dt));
  return none();
}
Ref<> zone_fromutc(PyObject* self, PyObject* dt) {
  if (!is_datetime(dt)) return raise(PyExc_TypeError, "fromutc: argument must be a datetime");
  if (tzinfo_of(dt) != self) return raise(PyExc_ValueError, "fromutc: dt.tzinfo is not self");
  return shift_datetime(dt, as_delta(as_zone(self).offset), 1);
}
Ref<> zone_getinitargs(PyObject* self) {
  const TimeZone& zone = as_zone(self);
  return zone.name ? tuple_of({zone.offset, zone.name}) : tuple_of({zone.offset});
}

constinit PyMethodDef timezone_methods[] = {
    one_arg<zone_tzname>("tzname", "The name given to the constructor, else 'UTC' and the offset as +HH:MM or -HH:MM."),
    one_arg<zone_utcoffset>("utcoffset", "The offset."),
    one_arg<zone_dst>("dst", "None."),
    one_arg<zone_fromutc>("fromutc", "The local time for a datetime that shows UTC."),
    noargs<zone_getinitargs>("__getinitargs__", "The constructor's arguments, for pickle."),
    {},
};

}  // namespace

Ref<> make_timezone(PyObject* delta, PyObject* name, PyTypeObject* type) {
  Ref<> o = TRY(adopt(type->tp_alloc(type, 0)));
  as_zone(o.get()).offset = Py_NewRef(delta);
  as_zone(o.get()).name = Py_XNewRef(name);
  return o;
}
Ref<> new_timezone(PyObject* delta, PyObject* name) {
  if (!name && delta_is_zero(as_delta(delta))) return share(utc());
  if (!is_offset(as_delta(delta)))
    return raise(PyExc_ValueError,
                 "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not {}.",
                 as_repr(delta));
  return make_timezone(delta, name);
}

Ref<> call_utcoffset(PyObject* tzinfo, PyObject* argument) { return call_offset_method(tzinfo, "utcoffset"_name, argument); }
Ref<> call_dst(PyObject* tzinfo, PyObject* argument) { return call_offset_method(tzinfo, "dst"_name, argument); }
Ref<> call_tzname(PyObject* tzinfo, PyObject* argument) {
  if (tzinfo == Py_None) return none();
  Ref<> name = TRY(call_method(tzinfo, "tzname"_name, argument));
  if (name.get() == Py_None || PyUnicode_Check(name.get())) return name;
  return raise(PyExc_TypeError, "tzinfo.tzname() must return None or a string, not '{}'", type_name(name.get()));
}
Status check_tzinfo(PyObject* o) {
  if (o == Py_None || is_tzinfo(o)) return {};
  return raise(PyExc_TypeError, "tzinfo argument must be None or of a tzinfo subclass, not type '{}'", type_name(o));
}
PyObject* tzinfo_of(PyObject* o) {
  if (is_time(o)) return PyDateTime_TIME_GET_TZINFO(o);
  return PyDateTime_DATE_GET_TZINFO(o);
}

Result<bool> depends_on_fold(PyObject* a, PyObject* b, PyObject* offset_a, PyObject* offset_b, Ref<> (*flipped_offset)(PyObject*)) {
  auto differs = [&](PyObject* o, PyObject* offset) -> Result<bool> {
    Ref<> flipped = TRY(flipped_offset(o));
    if (flipped.get() == offset) return false;
    if (!is_delta(flipped.get()) || !is_delta(offset)) return true;
    return compare_deltas(as_delta(flipped.get()), as_delta(offset)) != 0;
  };
  if (TRY(differs(a, offset_a))) return true;
  return differs(b, offset_b);
}

constinit PyTypeObject tzinfo_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "datetime.tzinfo",
    .tp_basicsize = sizeof(PyDateTime_TZInfo),
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_IMMUTABLETYPE,
    .tp_doc = "The base class of time zones.",
    .tp_methods = tzinfo_methods,
    .tp_new = generic_new,
};
constinit PyTypeObject timezone_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "datetime.timezone",
    .tp_basicsize = sizeof(TimeZone),
    .tp_dealloc = dealloc,
    .tp_repr = slot<zone_repr>,
    .tp_hash = slot<zone_hash>,
    .tp_str = slot<zone_str>,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
    .tp_doc = "A time zone with a fixed offset from UTC.",
    .tp_richcompare = slot<zone_compare>,
    .tp_methods = timezone_methods,
    .tp_base = &tzinfo_type,
    .tp_new = tp_new,
};

}  // namespace taipan::datetimes
