// datetime: making, arithmetic, comparison. Its methods are in datetime_methods.cpp.
#include "base/hash.h"
#include "modules/datetime/datetimes.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"

namespace taipan::datetimes {
namespace {

DateTime& as(PyObject* o) { return *reinterpret_cast<DateTime*>(o); }

constexpr char datetime_doc[] =
    "datetime(year, month, day[, hour[, minute[, second[, microsecond[,tzinfo]]]]])\n\n"
    "A day and a time of day. Year, month and day are required. tzinfo is None or an\n"
    "instance of a subclass of tzinfo, the others are ints.\n";

Ref<> from_state(PyTypeObject* type, PyObject* state, PyObject* tzinfo) {
  if (tzinfo != Py_None && !is_tzinfo(tzinfo)) return raise(PyExc_TypeError, "bad tzinfo state arg");
  Ref<> o = TRY(adopt(type->tp_alloc(type, 0)));
  DateTime& dt = as(o.get());
  dt.hashcode = -1;
  memcpy(dt.data, bytes_data(state), _PyDateTime_DATETIME_DATASIZE);
  if (tzinfo != Py_None) dt.hastzinfo = 1, dt.tzinfo = Py_NewRef(tzinfo);
  dt.fold = dt.data[2] >> 7;
  dt.data[2] &= 0x7F;
  return o;
}
bool sane_month_and_fold(unsigned char c) { return sane_month(c & 0x7F); }

PyObject* tp_new(PyTypeObject* type, PyObject* args, PyObject* kwargs) { return datetime_create(type, args, kwargs).release(); }
void dealloc(PyObject* o) {
  if (as(o).hastzinfo) clear_field(as(o).tzinfo);
  Py_TYPE(o)->tp_free(o);
}

// -- arithmetic --

Ref<> add(PyObject* a, PyObject* b) {
  if (is_datetime(a)) return is_delta(b) ? shift_datetime(a, as_delta(b), 1) : not_implemented();
  return is_datetime(b) && is_delta(a) ? shift_datetime(b, as_delta(a), 1) : not_implemented();
}
Ref<> subtract(PyObject* a, PyObject* b) {
  if (!is_datetime(a)) return not_implemented();
  if (is_datetime(b)) return subtract_datetimes(a, b);
  return is_delta(b) ? shift_datetime(a, as_delta(b), -1) : not_implemented();
}

// -- comparison --

int compare_fields(PyObject* a, PyObject* b) { return memcmp(as(a).data, as(b).data, _PyDateTime_DATETIME_DATASIZE); }
Ref<> flipped_offset(PyObject* o) {
  Moment m = moment_of(o);
  m.fold = !m.fold;
  Ref<> flipped = TRY(new_datetime(m, tzinfo_of(o)));
  return datetime_utcoffset(flipped.get());
}
Result<int> order_of(PyObject* a, PyObject* b, bool same_offset) {
  if (same_offset) return compare_fields(a, b);
  Ref<> difference = TRY(subtract_datetimes(a, b));
  const Delta& d = as_delta(difference.get());
  return d.days ? d.days : d.seconds | d.microseconds;
}
Ref<> datetime_compare(PyObject* a, PyObject* b, int op) {
  bool equality = op == Py_EQ || op == Py_NE;
  if (!is_datetime(b)) {
    if (!is_date(b)) return not_implemented();
    if (equality) return boolean(op == Py_NE);
    return raise_cannot_compare(a, b);
  }
  if (tzinfo_of(a) == tzinfo_of(b)) return compare_result(compare_fields(a, b), op);
  Ref<> offset_a = TRY(datetime_utcoffset(a)), offset_b = TRY(datetime_utcoffset(b));
  bool none_a = offset_a.get() == Py_None, none_b = offset_b.get() == Py_None;
  if (none_a != none_b) {
    if (equality) return boolean(op == Py_NE);
    return raise(PyExc_TypeError, "can't compare offset-naive and offset-aware datetimes");
  }
  bool same = none_a || compare_deltas(as_delta(offset_a.get()), as_delta(offset_b.get())) == 0;
  int order = TRY(order_of(a, b, same));
  if (equality && order == 0 && TRY(depends_on_fold(a, b, offset_a.get(), offset_b.get(), flipped_offset))) order = 1;
  return compare_result(order, op);
}
Result<Py_hash_t> datetime_hash(PyObject* o) {
  if (as(o).hashcode != -1) return as(o).hashcode;
  Moment m = moment_of(o);
  Ref<> unfolded = share(o);
  if (m.fold) {
    m.fold = 0;
    unfolded = TRY(new_datetime(m, tzinfo_of(o), Py_TYPE(o)));
  }
  Ref<> offset = TRY(datetime_utcoffset(unfolded.get()));
  if (offset.get() == Py_None) return as(o).hashcode = hash_bytes(as(o).data, _PyDateTime_DATETIME_DATASIZE);
  Ref<> since = TRY(new_delta(m.ordinal(), m.seconds_of_day(), m.microsecond));
  Ref<> in_utc = TRY(subtract_deltas(as_delta(since.get()), as_delta(offset.get())));
  return as(o).hashcode = TRY(hash(in_utc.get()));
}

// -- showing --

Ref<> datetime_repr(PyObject* o) {
  Moment m = moment_of(o);
  TextBuffer out;
  format(out, "{}({}, {}, {}, {}, {}", type_name(o), m.year, m.month, m.day, m.hour, m.minute);
  if (m.second || m.microsecond) format(out, ", {}", m.second);
  if (m.microsecond) format(out, ", {}", m.microsecond);
  if (m.fold) out.append(", fold=1");
  if (tzinfo_of(o) != Py_None) {
    Ref<> shown = TRY(repr(tzinfo_of(o)));
    format(out, ", tzinfo={}", TRY(to_utf8(shown.get())));
  }
  out.append(')');
  return out.ok() ? new_str(out.view()) : Ref<>(raise_no_memory());
}
Ref<> datetime_str(PyObject* o) {
  return call_method(o, "isoformat"_name, " "_name);
}

constinit PyNumberMethods as_number = {.nb_add = slot<add>, .nb_subtract = slot<subtract>};

}  // namespace

Ref<> datetime_create(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  static constexpr Parameters<9> list = {
      nullptr, {"year", "month", "day", "hour", "minute", "second", "microsecond", "tzinfo", "fold"}, 3, 8, 3};
  Py_ssize_t n = tuple_size(args);
  if (n == 1 || n == 2) {
    Ref<> copy;
    if (PyObject* state =
            TRY(pickled_state(item(args, 0), _PyDateTime_DATETIME_DATASIZE, 2, sane_month_and_fold, "datetime", &copy)))
      return from_state(type, state, n == 2 ? item(args, 1) : Py_None);
  }
  PyObject* slots[9];
  TRY(bind(list, args, kwargs, slots));
  Moment m;
  int* fields[] = {&m.year, &m.month, &m.day, &m.hour, &m.minute, &m.second, &m.microsecond};
  for (int i = 0; i < 7; i++) TRY(load(slots[i], fields[i]));
  TRY(load(slots[8], &m.fold));
  return new_datetime(m, slots[7] ? slots[7] : Py_None, type);
}

Ref<> new_datetime(const Moment& m, PyObject* tzinfo, PyTypeObject* type) {
  if (m.year < kMinYear || m.year > kMaxYear) return raise(PyExc_ValueError, "year {} is out of range", m.year);
  if (m.month < 1 || m.month > 12) return raise(PyExc_ValueError, "month must be in 1..12");
  if (m.day < 1 || m.day > days_in_month(m.year, m.month)) return raise(PyExc_ValueError, "day is out of range for month");
  TRY(check_clock(m));
  TRY(check_tzinfo(tzinfo));
  Ref<> o = TRY(adopt(type->tp_alloc(type, 0)));
  DateTime& dt = as(o.get());
  dt.hashcode = -1;
  dt.data[0] = static_cast<unsigned char>(m.year >> 8), dt.data[1] = static_cast<unsigned char>(m.year);
  dt.data[2] = static_cast<unsigned char>(m.month), dt.data[3] = static_cast<unsigned char>(m.day);
  store_clock(dt.data + _PyDateTime_DATE_DATASIZE, m);
  dt.fold = static_cast<unsigned char>(m.fold);
  if (tzinfo != Py_None) dt.hastzinfo = 1, dt.tzinfo = Py_NewRef(tzinfo);
  return o;
}
Ref<> new_datetime_of(PyTypeObject* type, const Moment& m, PyObject* tzinfo) {
  if (type == &datetime_type) return new_datetime(m, tzinfo);
  int fields[] = {m.year, m.month, m.day, m.hour, m.minute, m.second, m.microsecond};
  Ref<> args[7];
  for (int i = 0; i < 7; i++) args[i] = TRY(new_int(fields[i]));
  Ref<> o = TRY(call(object(type), args[0].get(), args[1].get(), args[2].get(), args[3].get(), args[4].get(), args[5].get(),
                     args[6].get(), tzinfo));
  if (is_datetime(o.get())) as(o.get()).fold = static_cast<unsigned char>(m.fold);
  return o;
}

Ref<> shift_datetime(PyObject* o, const Delta& delta, int sign) {
  Moment m = moment_of(o);
  int64_t microseconds = m.microsecond + int64_t{sign} * delta.microseconds;
  int64_t seconds = m.seconds() + sign * (delta.days * kSecondsPerDay + delta.seconds);
  if (microseconds < 0) microseconds += 1000000, seconds--;
  else if (microseconds >= 1000000) microseconds -= 1000000, seconds++;
  if (seconds < kSecondsPerDay || seconds >= (kMaxOrdinal + 1) * kSecondsPerDay)
    return raise(PyExc_OverflowError, "date value out of range");
  YearMonthDay day = from_ordinal(static_cast<int>(seconds / kSecondsPerDay));
  int rest = static_cast<int>(seconds % kSecondsPerDay);
  Moment shifted = {.year = day.year,
                    .month = day.month,
                    .day = day.day,
                    .hour = rest / 3600,
                    .minute = rest / 60 % 60,
                    .second = rest % 60,
                    .microsecond = static_cast<int>(microseconds)};
  return new_datetime_of(Py_TYPE(o), shifted, tzinfo_of(o));
}

Ref<> subtract_datetimes(PyObject* a, PyObject* b) {
  Ref<> offset_a, offset_b;
  if (tzinfo_of(a) != tzinfo_of(b)) {
    offset_a = TRY(datetime_utcoffset(a));
    offset_b = TRY(datetime_utcoffset(b));
    if ((offset_a.get() == Py_None) != (offset_b.get() == Py_None))
      return raise(PyExc_TypeError, "can't subtract offset-naive and offset-aware datetimes");
  }
  Moment x = moment_of(a), y = moment_of(b);
  Ref<> shown = TRY(new_delta(x.ordinal() - y.ordinal(), x.seconds_of_day() - y.seconds_of_day(), x.microsecond - y.microsecond));
  if (!offset_a || offset_a.get() == Py_None) return shown;
  if (compare_deltas(as_delta(offset_a.get()), as_delta(offset_b.get())) == 0) return shown;
  Ref<> between = TRY(subtract_deltas(as_delta(offset_a.get()), as_delta(offset_b.get())));
  return subtract_deltas(as_delta(shown.get()), as_delta(between.get()));
}
Ref<> datetime_utcoffset(PyObject* o) { return call_utcoffset(tzinfo_of(o), o); }

constinit PyTypeObject datetime_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "datetime.datetime",
    .tp_basicsize = sizeof(DateTime),
    .tp_dealloc = dealloc,
    .tp_repr = slot<datetime_repr>,
    .tp_as_number = &as_number,
    .tp_hash = slot<datetime_hash>,
    .tp_str = slot<datetime_str>,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_IMMUTABLETYPE,
    .tp_doc = datetime_doc,
    .tp_richcompare = slot<datetime_compare>,
    .tp_methods = datetime_methods,
    .tp_getset = datetime_getset,
    .tp_base = &date_type,
    .tp_new = tp_new,
};

}  // namespace taipan::datetimes
