// timedelta: days, seconds and microseconds, of which only the days may be negative.
#include <cmath>

#include "modules/datetime/datetimes.h"
#include "object/call.h"
#include "object/int.h"
#include "object/int_arithmetic.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "types/rows.h"

namespace taipan::datetimes {
namespace {

int64_t floor_divide(int64_t a, int64_t b) { return a / b - (a % b < 0); }

Ref<> make(int days, int seconds, int microseconds, PyTypeObject* type) {
  if (days < -kMaxDeltaDays || days > kMaxDeltaDays)
    return raise(PyExc_OverflowError, "days={}; must have magnitude <= {}", days, kMaxDeltaDays);
  Ref<> o = TRY(adopt(type->tp_alloc(type, 0)));
  Delta& delta = as_delta(o.get());
  delta.hashcode = -1;
  delta.days = days, delta.seconds = seconds, delta.microseconds = microseconds;
  return o;
}
Raised raise_too_large() { return raise(PyExc_OverflowError, "Python int too large to convert to C int"); }

// -- as one number --

using Wide = __int128;
Wide total(const Delta& d) { return (d.days * Wide{kSecondsPerDay} + d.seconds) * 1000000 + d.microseconds; }
Ref<> new_wide_int(Wide n) {
  if (n == static_cast<int64_t>(n)) return new_int(static_cast<int64_t>(n));
  return int_from_bytes(reinterpret_cast<const uint8_t*>(&n), sizeof n, Endian::little, Signed::yes);
}
Ref<> total_int(const Delta& d) { return new_wide_int(total(d)); }

Ref<> from_total(Wide n, PyTypeObject* type) {
  constexpr Wide kDay = Wide{kSecondsPerDay} * 1000000;
  Wide days = n / kDay, rest = n % kDay;
  if (rest < 0) rest += kDay, days--;
  if (days != static_cast<int>(days)) return raise_too_large();
  auto microseconds = static_cast<int64_t>(rest);
  return make(static_cast<int>(days), static_cast<int>(microseconds / 1000000), static_cast<int>(microseconds % 1000000), type);
}
Ref<> from_total_int(PyObject* n, PyTypeObject* type = &timedelta_type) {
  Wide value;
  if (int_bit_length(n) > 100) return raise_too_large();
  TRY(int_to_bytes(n, reinterpret_cast<uint8_t*>(&value), sizeof value, Endian::little, Signed::yes));
  return from_total(value, type);
}

/// n / d for ints, to the nearest int, halves to the even one.
Ref<> divide_nearest(PyObject* n, PyObject* d) {
  Ref<> quotient, rest;
  TRY(int_divmod(n, d, &quotient, &rest));  // rest has d's sign
  Ref<> doubled = TRY(int_shift_left(rest.get(), uint64_t{1}));
  int order = int_compare(doubled.get(), d);
  if (int_sign(d) < 0) order = -order;
  bool odd = int_to_uint64_mask(quotient.get()) & 1;
  if (order > 0 || (order == 0 && odd)) return int_add(quotient.get(), object(small_int(1)));
  return quotient;
}

// -- making --

/// What the constructor's arguments add up to: whole microseconds, and fractions of one from floats.
class Sum {
 public:
  Status start() {
    whole_ = TRY(new_int(0));
    return {};
  }
  Status add(const char* what, PyObject* n, int64_t factor) {
    Ref<> unit = TRY(new_int(factor));
    if (PyLong_Check(n)) {
      Ref<> product = TRY(int_multiply(n, unit.get()));
      return add_whole(product.get());
    }
    if (!PyFloat_Check(n)) return raise(PyExc_TypeError, "unsupported type for timedelta {} component: {}", what, type_name(n));
    double whole, fraction = std::modf(float_value(n), &whole);
    Ref<> whole_int = TRY(int_from_double(whole));
    Ref<> product = TRY(int_multiply(whole_int.get(), unit.get()));
    TRY(add_whole(product.get()));
    if (fraction == 0) return {};
    fraction_ += std::modf(fraction * static_cast<double>(factor), &whole);
    Ref<> rest = TRY(int_from_double(whole));
    return add_whole(rest.get());
  }
  Ref<> finish() {
    if (fraction_ != 0) {
      double rounded = std::round(fraction_);
      if (std::fabs(rounded - fraction_) == 0.5) {  // halves go to the sum that is even
        int odd = int_to_uint64_mask(whole_.get()) & 1;
        rounded = 2.0 * std::round((fraction_ + odd) * 0.5) - odd;
      }
      Ref<> rest = TRY(int_from_double(rounded));
      TRY(add_whole(rest.get()));
    }
    return std::move(whole_);
  }

 private:
  Status add_whole(PyObject* n) {
    whole_ = TRY(int_add(whole_.get(), n));
    return {};
  }
  Ref<> whole_;
  double fraction_ = 0;
};

struct Unit {
  const char* name;
  int slot;
  int64_t microseconds;
};
constexpr Unit kUnits[] = {
    {"microseconds", 2, 1},         {"milliseconds", 3, 1000},       {"seconds", 1, 1000000},       {"minutes", 4, 60000000},
    {"hours", 5, 3600000000},       {"days", 0, 86400000000},        {"weeks", 6, 604800000000},
};

Ref<> create(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  static constexpr Parameters<7> list = {
      "__new__", {"days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks"}};
  PyObject* slots[7];
  TRY(bind(list, args, kwargs, slots));
  Wide quick = 0;
  bool exact = true;  // only ints that are not too large
  for (const Unit& unit : kUnits) {
    PyObject* n = slots[unit.slot];
    int64_t value;
    if (!n) continue;
    if (!(exact = PyLong_Check(n) && int_to_int64(n, &value) == 0)) break;
    quick += Wide{value} * unit.microseconds;
  }
  if (exact) return from_total(quick, type);
  Sum sum;
  TRY(sum.start());
  for (const Unit& unit : kUnits)
    if (slots[unit.slot]) TRY(sum.add(unit.name, slots[unit.slot], unit.microseconds));
  Ref<> microseconds = TRY(sum.finish());
  return from_total_int(microseconds.get(), type);
}
PyObject* tp_new(PyTypeObject* type, PyObject* args, PyObject* kwargs) { return create(type, args, kwargs).release(); }

// -- arithmetic --

Ref<> sum_of(const Delta& a, const Delta& b, int sign) {
  return new_delta(a.days + int64_t{sign} * b.days, a.seconds + int64_t{sign} * b.seconds,
                   a.microseconds + int64_t{sign} * b.microseconds);
}
Ref<> negated(const Delta& d) { return new_delta(-int64_t{d.days}, -int64_t{d.seconds}, -int64_t{d.microseconds}); }
Ref<> delta_add(PyObject* a, PyObject* b) {
  if (!is_delta(a) || !is_delta(b)) return not_implemented();
  return sum_of(as_delta(a), as_delta(b), 1);
}
Ref<> delta_subtract(PyObject* a, PyObject* b) {
  if (!is_delta(a) || !is_delta(b)) return not_implemented();
  return sum_of(as_delta(a), as_delta(b), -1);
}
Ref<> delta_negative(PyObject* o) { return negated(as_delta(o)); }
Ref<> delta_positive(PyObject* o) { return new_delta(as_delta(o).days, as_delta(o).seconds, as_delta(o).microseconds); }
Ref<> delta_absolute(PyObject* o) { return as_delta(o).days < 0 ? negated(as_delta(o)) : delta_positive(o); }
int delta_bool(PyObject* o) { return !delta_is_zero(as_delta(o)); }

Ref<> times_int(const Delta& d, PyObject* n) {
  Ref<> us = TRY(total_int(d)), product = TRY(int_multiply(us.get(), n));
  return from_total_int(product.get());
}
enum class FloatOp : uint8_t { multiply, divide };
Ref<> with_float(const Delta& d, PyObject* x, FloatOp op) {
  Ref<> ratio = TRY(call_method(x, "as_integer_ratio"_name));
  if (!PyTuple_Check(ratio.get()))
    return raise(PyExc_TypeError, "unexpected return type from as_integer_ratio(): expected tuple, got '{}'",
                 type_name(ratio.get()));
  if (tuple_size(ratio.get()) != 2)
    return raise(PyExc_ValueError, "as_integer_ratio() must return a 2-tuple");
  PyObject *top = item(ratio.get(), op == FloatOp::multiply ? 0 : 1), *bottom = item(ratio.get(), op == FloatOp::multiply ? 1 : 0);
  if (!PyLong_Check(top) || !PyLong_Check(bottom))
    return raise(PyExc_TypeError, "unsupported operand type(s) for timedelta arithmetic");
  Ref<> us = TRY(total_int(d)), product = TRY(int_multiply(us.get(), top));
  Ref<> result = TRY(divide_nearest(product.get(), bottom));
  return from_total_int(result.get());
}
Ref<> delta_multiply(PyObject* a, PyObject* b) {
  PyObject *delta = is_delta(a) ? a : b, *factor = is_delta(a) ? b : a;
  if (!is_delta(delta)) return not_implemented();
  if (PyLong_Check(factor)) return times_int(as_delta(delta), factor);
  if (PyFloat_Check(factor)) return with_float(as_delta(delta), factor, FloatOp::multiply);
  return not_implemented();
}
Ref<> delta_floor_divide(PyObject* a, PyObject* b) {
  if (!is_delta(a)) return not_implemented();
  if (is_delta(b)) {
    Ref<> x = TRY(total_int(as_delta(a))), y = TRY(total_int(as_delta(b)));
    return int_floor_divide(x.get(), y.get());
  }
  if (!PyLong_Check(b)) return not_implemented();
  Ref<> us = TRY(total_int(as_delta(a))), quotient = TRY(int_floor_divide(us.get(), b));
  return from_total_int(quotient.get());
}
Ref<> delta_true_divide(PyObject* a, PyObject* b) {
  if (!is_delta(a)) return not_implemented();
  if (is_delta(b)) {
    Ref<> x = TRY(total_int(as_delta(a))), y = TRY(total_int(as_delta(b)));
    return int_true_divide(x.get(), y.get());
  }
  if (PyFloat_Check(b)) return with_float(as_delta(a), b, FloatOp::divide);
  if (!PyLong_Check(b)) return not_implemented();
  Ref<> us = TRY(total_int(as_delta(a))), quotient = TRY(divide_nearest(us.get(), b));
  return from_total_int(quotient.get());
}
Ref<> delta_remainder(PyObject* a, PyObject* b) {
  if (!is_delta(a) || !is_delta(b)) return not_implemented();
  Ref<> x = TRY(total_int(as_delta(a))), y = TRY(total_int(as_delta(b))), rest = TRY(int_modulo(x.get(), y.get()));
  return from_total_int(rest.get());
}
Ref<> delta_divmod(PyObject* a, PyObject* b) {
  if (!is_delta(a) || !is_delta(b)) return not_implemented();
  Ref<> x = TRY(total_int(as_delta(a))), y = TRY(total_int(as_delta(b))), quotient, rest;
  TRY(int_divmod(x.get(), y.get(), &quotient, &rest));
  Ref<> delta = TRY(from_total_int(rest.get()));
  return tuple_of({quotient.get(), delta.get()});
}

// -- comparing, showing, pickling --

Ref<> delta_compare(PyObject* a, PyObject* b, int op) {
  if (!is_delta(b)) return not_implemented();
  return compare_result(compare_deltas(as_delta(a), as_delta(b)), op);
}
Ref<> state(PyObject* o) {
  Ref<> days = TRY(new_int(as_delta(o).days)), seconds = TRY(new_int(as_delta(o).seconds)),
        microseconds = TRY(new_int(as_delta(o).microseconds));
  return tuple_of({days.get(), seconds.get(), microseconds.get()});
}
Result<Py_hash_t> delta_hash(PyObject* o) {
  Delta& d = as_delta(o);
  if (d.hashcode == -1) {
    Ref<> fields = TRY(state(o));
    d.hashcode = TRY(hash(fields.get()));
  }
  return d.hashcode;
}

Ref<> delta_repr(PyObject* o) {
  const Delta& d = as_delta(o);
  TextBuffer out;
  format(out, "{}(", type_name(o));
  const char* separator = "";
  auto part = [&](const char* name, int value) {
    if (!value) return;
    format(out, "{}{}={}", separator, name, value);
    separator = ", ";
  };
  part("days", d.days), part("seconds", d.seconds), part("microseconds", d.microseconds);
  if (!*separator) out.append('0');
  out.append(')');
  return out.ok() ? new_str(out.view()) : Ref<>(raise_no_memory());
}
Ref<> delta_str(PyObject* o) {
  const Delta& d = as_delta(o);
  TextBuffer out;
  if (d.days) format(out, "{} day{}, ", d.days, d.days == 1 || d.days == -1 ? "" : "s");
  format(out, "{}:", d.seconds / 3600);
  append_number(out, d.seconds / 60 % 60, 2);
  out.append(':');
  append_number(out, d.seconds % 60, 2);
  if (d.microseconds) out.append('.'), append_number(out, d.microseconds, 6);
  return finish_text(out);
}
Ref<> reduce(PyObject* o) {
  Ref<> fields = TRY(state(o));
  return tuple_of({object(Py_TYPE(o)), fields.get()});
}

constinit PyNumberMethods as_number = {
    .nb_add = slot<delta_add>,
    .nb_subtract = slot<delta_subtract>,
    .nb_multiply = slot<delta_multiply>,
    .nb_remainder = slot<delta_remainder>,
    .nb_divmod = slot<delta_divmod>,
    .nb_negative = slot<delta_negative>,
    .nb_positive = slot<delta_positive>,
    .nb_absolute = slot<delta_absolute>,
    .nb_bool = delta_bool,
    .nb_floor_divide = slot<delta_floor_divide>,
    .nb_true_divide = slot<delta_true_divide>,
};
constinit PyMethodDef methods[] = {
    noargs<delta_seconds>("total_seconds", "The whole duration in seconds."),
    noargs<reduce>("__reduce__", "__reduce__() -> (cls, state)"),
    {},
};
constinit PyMemberDef members[] = {
    {"days", T_INT, offsetof(Delta, days), READONLY, "Number of days."},
    {"seconds", T_INT, offsetof(Delta, seconds), READONLY, "Number of seconds (>= 0 and less than 1 day)."},
    {"microseconds", T_INT, offsetof(Delta, microseconds), READONLY, "Number of microseconds (>= 0 and less than 1 second)."},
    {},
};

}  // namespace

Ref<> new_delta(int64_t days, int64_t seconds, int64_t microseconds, PyTypeObject* type) {
  seconds += floor_divide(microseconds, 1000000);
  microseconds -= floor_divide(microseconds, 1000000) * 1000000;
  days += floor_divide(seconds, kSecondsPerDay);
  seconds -= floor_divide(seconds, kSecondsPerDay) * kSecondsPerDay;
  if (days != static_cast<int>(days)) return raise_too_large();
  return make(static_cast<int>(days), static_cast<int>(seconds), static_cast<int>(microseconds), type);
}
int compare_deltas(const Delta& a, const Delta& b) {
  Wide x = total(a), y = total(b);
  return (x > y) - (x < y);
}
Ref<> subtract_deltas(const Delta& a, const Delta& b) { return sum_of(a, b, -1); }
Ref<> delta_seconds(PyObject* o) {
  Ref<> us = TRY(total_int(as_delta(o))), million = TRY(new_int(1000000));
  return int_true_divide(us.get(), million.get());
}
Ref<> compare_result(int order, int op) {
  switch (op) {
    case Py_EQ: return boolean(order == 0);
    case Py_NE: return boolean(order != 0);
    case Py_LE: return boolean(order <= 0);
    case Py_GE: return boolean(order >= 0);
    case Py_LT: return boolean(order < 0);
    default: return boolean(order > 0);
  }
}
Raised raise_cannot_compare(PyObject* a, PyObject* b) {
  return raise(PyExc_TypeError, "can't compare {} to {}", type_name(a), type_name(b));
}

constexpr char timedelta_doc[] =
    "A length of time, as the difference of two dates or times is.\n\n"
    "timedelta(days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0)\n\n"
    "The arguments, ints or floats of either sign, are added up.";
constinit PyTypeObject timedelta_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "datetime.timedelta",
    .tp_basicsize = sizeof(Delta),
    .tp_repr = slot<delta_repr>,
    .tp_as_number = &as_number,
    .tp_hash = slot<delta_hash>,
    .tp_str = slot<delta_str>,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_IMMUTABLETYPE,
    .tp_doc = timedelta_doc,
    .tp_richcompare = slot<delta_compare>,
    .tp_methods = methods,
    .tp_members = members,
    .tp_new = tp_new,
};

}  // namespace taipan::datetimes
