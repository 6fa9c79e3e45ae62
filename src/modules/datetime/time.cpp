// time: a time of day, with or without a time zone.
#include "base/hash.h"
#include "modules/datetime/datetimes.h"
#include "modules/module.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "types/rows.h"

namespace taipan::datetimes {
namespace {

Time& as(PyObject* o) { return *reinterpret_cast<Time*>(o); }

constexpr char time_doc[] =
    "time([hour[, minute[, second[, microsecond[, tzinfo]]]]]) --> a time object\n\n"
    "No argument is required. tzinfo is None or an instance of a subclass of tzinfo,\n"
    "the others are ints.\n";

bool sane_hour(unsigned char c) { return (c & 0x7F) < 24; }

Ref<> from_state(PyTypeObject* type, PyObject* state, PyObject* tzinfo) {
  if (tzinfo != Py_None && !is_tzinfo(tzinfo)) return raise(PyExc_TypeError, "bad tzinfo state arg");
  Ref<> o = TRY(adopt(type->tp_alloc(type, 0)));
  Time& time = as(o.get());
  time.hashcode = -1;
  memcpy(time.data, bytes_data(state), _PyDateTime_TIME_DATASIZE);
  if (tzinfo != Py_None) time.hastzinfo = 1, time.tzinfo = Py_NewRef(tzinfo);
  time.fold = time.data[0] >> 7;
  time.data[0] &= 0x7F;
  return o;
}

constexpr Parameters<6> kConstructor = {nullptr, {"hour", "minute", "second", "microsecond", "tzinfo", "fold"}, 0, 5};
constexpr Parameters<6> kReplace = {"replace", {"hour", "minute", "second", "microsecond", "tzinfo", "fold"}, 0, 5};

/// The fields given replace those in `m` and `tzinfo` (borrowed).
Status load_fields(const ParameterList& list, PyObject* args, PyObject* kwargs, Moment* m, PyObject** tzinfo) {
  PyObject* slots[6];
  TRY(bind(list, args, kwargs, slots));
  TRY(load(slots[0], &m->hour));
  TRY(load(slots[1], &m->minute));
  TRY(load(slots[2], &m->second));
  TRY(load(slots[3], &m->microsecond));
  if (slots[4]) *tzinfo = slots[4];
  return load(slots[5], &m->fold);
}
Ref<> create(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  Py_ssize_t n = tuple_size(args);
  if (n == 1 || n == 2) {
    Ref<> copy;
    if (PyObject* state = TRY(pickled_state(item(args, 0), _PyDateTime_TIME_DATASIZE, 0, sane_hour, "time", &copy)))
      return from_state(type, state, n == 2 ? item(args, 1) : Py_None);
  }
  Moment m;
  PyObject* tzinfo = Py_None;
  TRY(load_fields(kConstructor, args, kwargs, &m, &tzinfo));
  return new_time(m, tzinfo, type);
}
PyObject* tp_new(PyTypeObject* type, PyObject* args, PyObject* kwargs) { return create(type, args, kwargs).release(); }
void dealloc(PyObject* o) {
  if (as(o).hastzinfo) clear_field(as(o).tzinfo);
  Py_TYPE(o)->tp_free(o);
}

// -- time zone --

Ref<> utcoffset(PyObject* o) { return call_utcoffset(tzinfo_of(o), Py_None); }
Ref<> dst(PyObject* o) { return call_dst(tzinfo_of(o), Py_None); }
Ref<> tzname(PyObject* o) { return call_tzname(tzinfo_of(o), Py_None); }

// -- showing --

void append_tail(TextBuffer& out, const Moment& m, PyObject* tzinfo, Status* status) {
  if (m.fold) out.append(", fold=1");
  if (tzinfo != Py_None && !format(out, ", tzinfo={}", as_repr(tzinfo))) *status = Raised{};
}
Ref<> time_repr(PyObject* o) {
  Moment m = moment_of(o);
  TextBuffer out;
  format(out, "{}({}, {}", type_name(o), m.hour, m.minute);
  if (m.second || m.microsecond) format(out, ", {}", m.second);
  if (m.microsecond) format(out, ", {}", m.microsecond);
  Status status;
  append_tail(out, m, tzinfo_of(o), &status);
  out.append(')');
  if (!status) return Raised{};
  return out.ok() ? new_str(out.view()) : Ref<>(raise_no_memory());
}
Ref<> time_str(PyObject* o) { return call_method(o, "isoformat"_name); }

Ref<> isoformat(PyObject* o, PyObject* args, PyObject* kwargs) {
  static constexpr Parameters<1> list = {"isoformat", {"timespec"}};
  PyObject* spec;
  TRY(bind(list, args, kwargs, &spec));
  std::string_view timespec = "auto";
  if (spec) {
    TRY(check_str_argument("isoformat", 1, spec));
    timespec = TRY(to_utf8(spec));
    if (timespec.find('\0') != timespec.npos) return raise(PyExc_ValueError, "embedded null character");
  }
  TextBuffer out;
  TRY(append_time(out, moment_of(o), timespec));
  if (as(o).hastzinfo) TRY(append_utcoffset(out, ":", as(o).tzinfo, Py_None));
  return finish_text(out);
}
Ref<> time_strftime(PyObject* o, PyObject* args, PyObject* kwargs) {
  static constexpr Parameters<1> list = {"strftime", {"format"}, 1};
  PyObject* format;
  TRY(bind(list, args, kwargs, &format));
  TRY(check_str_argument("strftime", 1, format));
  Moment m = moment_of(o);  // on the first of January 1900, a Monday
  Ref<Tuple> tuple = TRY(new_tuple(9));
  int fields[] = {1900, 1, 1, m.hour, m.minute, m.second, 0, 1, -1};
  for (int i = 0; i < 9; i++) tuple->ob_item[i] = TRY(new_int(fields[i])).release();
  return strftime(o, format, object(tuple.get()), Py_None);
}

// -- comparing --

int compare_fields(PyObject* a, PyObject* b) { return memcmp(as(a).data, as(b).data, _PyDateTime_TIME_DATASIZE); }
Ref<> flipped_offset(PyObject* o) {
  Moment m = moment_of(o);
  m.fold = !m.fold;
  Ref<> flipped = TRY(new_time(m, tzinfo_of(o)));
  return utcoffset(flipped.get());
}
/// Microseconds of the day in UTC.
int64_t utc_position(PyObject* o, const Delta& offset) {
  Moment m = moment_of(o);
  return (m.seconds_of_day() - offset.days * kSecondsPerDay - offset.seconds) * 1000000 + m.microsecond - offset.microseconds;
}
Ref<> time_compare(PyObject* a, PyObject* b, int op) {
  if (!is_time(b)) return not_implemented();
  if (tzinfo_of(a) == tzinfo_of(b)) return compare_result(compare_fields(a, b), op);
  Ref<> offset_a = TRY(utcoffset(a)), offset_b = TRY(utcoffset(b));
  bool none_a = offset_a.get() == Py_None, none_b = offset_b.get() == Py_None;
  if (none_a != none_b) {
    if (op == Py_EQ || op == Py_NE) return boolean(op == Py_NE);
    return raise(PyExc_TypeError, "can't compare offset-naive and offset-aware times");
  }
  if (none_a || compare_deltas(as_delta(offset_a.get()), as_delta(offset_b.get())) == 0) {
    int order = compare_fields(a, b);
    if ((op == Py_EQ || op == Py_NE) && order == 0 &&
        TRY(depends_on_fold(a, b, offset_a.get(), offset_b.get(), flipped_offset)))
      order = 1;
    return compare_result(order, op);
  }
  int64_t x = utc_position(a, as_delta(offset_a.get())), y = utc_position(b, as_delta(offset_b.get()));
  return compare_result((x > y) - (x < y), op);
}
Result<Py_hash_t> time_hash(PyObject* o) {
  if (as(o).hashcode != -1) return as(o).hashcode;
  Moment m = moment_of(o);
  Ref<> unfolded = share(o);
  if (m.fold) {
    m.fold = 0;
    unfolded = TRY(new_time(m, tzinfo_of(o), Py_TYPE(o)));
  }
  Ref<> offset = TRY(utcoffset(unfolded.get()));
  if (offset.get() == Py_None) return as(o).hashcode = hash_bytes(as(o).data, _PyDateTime_TIME_DATASIZE);
  Ref<> since = TRY(new_delta(0, m.seconds_of_day(), m.microsecond));
  Ref<> in_utc = TRY(subtract_deltas(as_delta(since.get()), as_delta(offset.get())));
  return as(o).hashcode = TRY(hash(in_utc.get()));
}

// -- the rest --

Ref<> replace(PyObject* o, PyObject* args, PyObject* kwargs) {
  Moment m = moment_of(o);
  PyObject* tzinfo = tzinfo_of(o);
  TRY(load_fields(kReplace, args, kwargs, &m, &tzinfo));
  return new_time(m, tzinfo, Py_TYPE(o));
}
Ref<> fromisoformat(PyTypeObject* type, PyObject* text) {
  if (!PyUnicode_Check(text)) return raise(PyExc_TypeError, "fromisoformat: argument must be str");
  Result<std::string_view> utf8 = to_utf8(text);
  if (!utf8) {
    if (clear_error_if(PyExc_UnicodeEncodeError)) return raise_invalid_iso(text);
    return Raised{};
  }
  std::string_view digits = *utf8;
  if (digits.starts_with('T')) digits.remove_prefix(1);
  IsoTime parsed;
  if (!parse_iso_time(digits, &parsed)) return raise_invalid_iso(text);
  Ref<> tzinfo = TRY(zone_of(parsed));
  return new_time_of(type, parsed.moment, tzinfo.get());
}

Ref<> reduce_for(PyObject* o, int protocol) {
  unsigned char data[_PyDateTime_TIME_DATASIZE];
  memcpy(data, as(o).data, sizeof data);
  if (protocol > 3 && as(o).fold) data[0] |= 0x80;
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

constinit PyMethodDef methods[] = {
    keyword_row<isoformat>("isoformat",
                           "The time in ISO 8601 format, [HH[:MM[:SS[.mmm[uuu]]]]][+HH:MM].\n\n"
                           "timespec says where to stop: 'auto', 'hours', 'minutes', 'seconds',\n"
                           "'milliseconds' or 'microseconds'.\n"),
    keyword_row<time_strftime>("strftime", "format -> a text as time.strftime() gives it."),
    tuple_row<format_by_strftime>("__format__", "The text that strftime gives for the format."),
    noargs<utcoffset>("utcoffset", "self.tzinfo.utcoffset(None)"),
    noargs<tzname>("tzname", "self.tzinfo.tzname(None)"),
    noargs<dst>("dst", "self.tzinfo.dst(None)"),
    keyword_row<replace>("replace", "A time with some fields replaced."),
    one_arg<fromisoformat>("fromisoformat", "str -> the time that a text in ISO 8601 format says.", METH_CLASS),
    tuple_row<reduce_ex>("__reduce_ex__", "__reduce_ex__(proto) -> (cls, state)"),
    noargs<reduce>("__reduce__", "__reduce__() -> (cls, state)"),
    {},
};
constinit PyGetSetDef getset[] = {
    {"hour", slot<get<&Moment::hour>>},
    {"minute", slot<get<&Moment::minute>>},
    {"second", slot<get<&Moment::second>>},
    {"microsecond", slot<get<&Moment::microsecond>>},
    {"tzinfo", slot<get_tzinfo>},
    {"fold", slot<get<&Moment::fold>>},
    {},
};

}  // namespace

Status check_clock(const Moment& m) {
  if (m.hour < 0 || m.hour > 23) return raise(PyExc_ValueError, "hour must be in 0..23");
  if (m.minute < 0 || m.minute > 59) return raise(PyExc_ValueError, "minute must be in 0..59");
  if (m.second < 0 || m.second > 59) return raise(PyExc_ValueError, "second must be in 0..59");
  if (m.microsecond < 0 || m.microsecond > 999999) return raise(PyExc_ValueError, "microsecond must be in 0..999999");
  if (m.fold != 0 && m.fold != 1) return raise(PyExc_ValueError, "fold must be either 0 or 1");
  return {};
}
void store_clock(unsigned char* data, const Moment& m) {
  data[0] = static_cast<unsigned char>(m.hour);
  data[1] = static_cast<unsigned char>(m.minute);
  data[2] = static_cast<unsigned char>(m.second);
  data[3] = static_cast<unsigned char>(m.microsecond >> 16);
  data[4] = static_cast<unsigned char>(m.microsecond >> 8);
  data[5] = static_cast<unsigned char>(m.microsecond);
}

Ref<> new_time(const Moment& m, PyObject* tzinfo, PyTypeObject* type) {
  TRY(check_clock(m));
  TRY(check_tzinfo(tzinfo));
  Ref<> o = TRY(adopt(type->tp_alloc(type, 0)));
  Time& time = as(o.get());
  time.hashcode = -1;
  store_clock(time.data, m);
  time.fold = static_cast<unsigned char>(m.fold);
  if (tzinfo != Py_None) time.hastzinfo = 1, time.tzinfo = Py_NewRef(tzinfo);
  return o;
}
Ref<> new_time_of(PyTypeObject* type, const Moment& m, PyObject* tzinfo) {
  if (type == &time_type) return new_time(m, tzinfo);
  Ref<> hour = TRY(new_int(m.hour)), minute = TRY(new_int(m.minute)), second = TRY(new_int(m.second)),
        microsecond = TRY(new_int(m.microsecond));
  Ref<> o = TRY(call(object(type), hour.get(), minute.get(), second.get(), microsecond.get(), tzinfo));
  if (is_time(o.get())) as(o.get()).fold = static_cast<unsigned char>(m.fold);
  return o;
}

constinit PyTypeObject time_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "datetime.time",
    .tp_basicsize = sizeof(Time),
    .tp_dealloc = dealloc,
    .tp_repr = slot<time_repr>,
    .tp_hash = slot<time_hash>,
    .tp_str = slot<time_str>,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_IMMUTABLETYPE,
    .tp_doc = time_doc,
    .tp_richcompare = slot<time_compare>,
    .tp_methods = methods,
    .tp_getset = getset,
    .tp_new = tp_new,
};

}  // namespace taipan::datetimes
