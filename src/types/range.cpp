// The range type. Its parts are ints of any size; what fits into 64 bits takes a short way.
#include "types/range.h"

#include <Python.h>
#include <structmember.h>

#include "object/bind.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/int.h"
#include "object/int_arithmetic.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/tuple.h"
#include "types/iterators.h"
#include "types/rows.h"
#include "types/slice.h"

namespace taipan {

static Range* as_range(PyObject* o) { return reinterpret_cast<Range*>(o); }

// -- construction --

/// How many numbers: max(0, ceil((stop - start) / step)).
static Ref<> range_length(PyObject* start, PyObject* stop, PyObject* step) {
  int64_t a, b, s;
  if (!int_to_int64(start, &a) && !int_to_int64(stop, &b) && !int_to_int64(step, &s)) {
    using Wide = __int128;
    Wide distance = s > 0 ? Wide{b} - a : Wide{a} - b, width = s > 0 ? Wide{s} : -Wide{s};
    return new_int_unsigned(distance <= 0 ? 0 : static_cast<uint64_t>((distance - 1) / width) + 1);
  }
  bool up = int_sign(step) > 0;
  Ref<> low = share(up ? start : stop), high = share(up ? stop : start);
  Ref<> width = up ? share(step) : TRY(int_negate(step));
  if (int_compare(low.get(), high.get()) >= 0) return new_int(0);
  Ref<> one = TRY(new_int(1));
  Ref<> distance = TRY(int_subtract(high.get(), low.get()));
  distance = TRY(int_subtract(distance.get(), one.get()));
  distance = TRY(int_floor_divide(distance.get(), width.get()));
  return int_add(distance.get(), one.get());
}

Ref<> new_range(PyObject* start, PyObject* stop, PyObject* step) {
  Ref<> length = TRY(range_length(start, stop, step));
  auto range = TRY(allocate<Range>(&PyRange_Type));
  range->start = Py_NewRef(start);
  range->stop = Py_NewRef(stop);
  range->step = Py_NewRef(step);
  range->length = length.release();
  return range;
}

static Ref<> range_of(PyObject* const* args, Py_ssize_t n) {
  if (!check_positional("range", n, 1, 3)) return {};
  Ref<> start = n == 1 ? new_int(0) : index(args[0]);
  if (!start) return {};
  Ref<> stop = TRY(index(args[n == 1 ? 0 : 1]));
  Ref<> step = n == 3 ? TRY(index(args[2])) : TRY(new_int(1));
  if (int_sign(step.get()) == 0) return raise(PyExc_ValueError, "range() arg 3 must not be zero");
  return new_range(start.get(), stop.get(), step.get());
}
static PyObject* range_new(PyTypeObject*, PyObject* args, PyObject* kwargs) {
  if (!check_no_keywords_dict("range", kwargs)) return nullptr;
  return range_of(reinterpret_cast<Tuple*>(args)->ob_item, tuple_size(args)).release();
}
static PyObject* range_vectorcall(PyObject*, PyObject* const* args, size_t nargsf, PyObject* kwnames) {
  if (!check_no_keywords("range", kwnames)) return nullptr;
  return range_of(args, PyVectorcall_NARGS(nargsf)).release();
}
static void range_dealloc(PyObject* o) {
  Range* r = as_range(o);
  Py_DECREF(r->start);
  Py_DECREF(r->stop);
  Py_DECREF(r->step);
  Py_DECREF(r->length);
  deallocate(r);
}

// -- items --

static Result<Py_ssize_t> range_len(PyObject* o) {
  int64_t n;
  if (int_to_int64(as_range(o)->length, &n))
    return raise(PyExc_OverflowError, "Python int too large to convert to C ssize_t");
  return n;
}

/// start + i * step
static Ref<> number_at(Range* r, PyObject* i) {
  Ref<> offset = TRY(int_multiply(i, r->step));
  return int_add(r->start, offset.get());
}

static Ref<> range_item_at(Range* r, PyObject* i) {
  Ref<> at = int_sign(i) < 0 ? TRY(int_add(i, r->length)) : share(i);
  if (int_sign(at.get()) < 0 || int_compare(at.get(), r->length) >= 0)
    return raise(PyExc_IndexError, "range object index out of range");
  return number_at(r, at.get());
}
static Ref<> range_item(PyObject* o, Py_ssize_t i) {
  Ref<> n = TRY(new_int(i));
  return range_item_at(as_range(o), n.get());
}

static Ref<> range_subscript(PyObject* o, PyObject* key) {
  Range* r = as_range(o);
  if (is_index(key)) {
    Ref<> i = TRY(index(key));
    return range_item_at(r, i.get());
  }
  if (!PySlice_Check(key))
    return raise(PyExc_TypeError, "range indices must be integers or slices, not {}", clip(type_name(key), 200));
  LongIndices at;
  TRY(slice_long_indices(key, r->length, &at));
  Ref<> step = TRY(int_multiply(r->step, at.step.get()));
  Ref<> start = TRY(number_at(r, at.start.get()));
  Ref<> stop = TRY(number_at(r, at.stop.get()));
  return new_range(start.get(), stop.get(), step.get());
}

/// Is the int one of the numbers? If so and `position` is wanted, its index.
static Result<bool> has_number(Range* r, PyObject* n, Ref<>* position) {
  bool up = int_sign(r->step) > 0;
  int from_start = int_compare(n, r->start), from_stop = int_compare(n, r->stop);
  if (up ? from_start < 0 || from_stop >= 0 : from_start > 0 || from_stop <= 0) return false;
  Ref<> distance = TRY(int_subtract(n, r->start)), quotient, rest;
  TRY(int_divmod(distance.get(), r->step, &quotient, &rest));
  if (int_sign(rest.get()) != 0) return false;
  if (position) *position = std::move(quotient);
  return true;
}
static bool is_plain_int(PyObject* o) { return PyLong_CheckExact(o) || PyBool_Check(o); }

static Result<bool> range_contains(PyObject* o, PyObject* value) {
  if (is_plain_int(value)) return has_number(as_range(o), value, nullptr);
  return contains_by_iteration(o, value);
}

static Ref<> range_index(PyObject* o, PyObject* value) {
  if (is_plain_int(value)) {
    Ref<> position;
    if (TRY(has_number(as_range(o), value, &position))) return position;
    return raise(PyExc_ValueError, "{} is not in range", as_repr(value));
  }
  Ref<> iterator = TRY(iterate(o));
  for (Py_ssize_t i = 0;; i++) {
    Ref<> n = TRY(next(iterator.get()));
    if (!n) return raise(PyExc_ValueError, "sequence.index(x): x not in sequence");
    if (TRY(equal(n.get(), value))) return new_int(i);
  }
}
static Ref<> range_count(PyObject* o, PyObject* value) {
  if (is_plain_int(value)) return new_int(TRY(has_number(as_range(o), value, nullptr)));
  Py_ssize_t count = 0;
  TRY(for_each(o, [&](PyObject* n) -> Status {
    count += TRY(equal(n, value));
    return {};
  }));
  return new_int(count);
}

// -- basics --

static Ref<> range_repr(PyObject* o) {
  Range* r = as_range(o);
  int64_t step;
  if (!int_to_int64(r->step, &step) && step == 1)
    return format_str("range({}, {})", as_repr(r->start), as_repr(r->stop));
  return format_str("range({}, {}, {})", as_repr(r->start), as_repr(r->stop), as_repr(r->step));
}

static bool is_one(PyObject* o) { return o == object(small_int(1)); }

/// Ranges are equal if they yield the same numbers.
static bool same_numbers(Range* a, Range* b) {
  if (a == b) return true;
  if (int_compare(a->length, b->length) != 0) return false;
  if (int_sign(a->length) == 0) return true;
  if (int_compare(a->start, b->start) != 0) return false;
  return is_one(a->length) || int_compare(a->step, b->step) == 0;
}
static Ref<> range_compare(PyObject* a, PyObject* b, int op) {
  if (!PyRange_Check(a) || !PyRange_Check(b) || (op != Py_EQ && op != Py_NE)) return not_implemented();
  return boolean(same_numbers(as_range(a), as_range(b)) == (op == Py_EQ));
}
static Result<Py_hash_t> range_hash(PyObject* o) {
  Range* r = as_range(o);
  bool empty = int_sign(r->length) == 0;
  Ref<> parts = TRY(tuple_of({r->length, empty ? Py_None : r->start, empty || is_one(r->length) ? Py_None : r->step}));
  return hash(parts.get());
}
static bool range_bool(PyObject* o) { return int_sign(as_range(o)->length) != 0; }
static Ref<> range_reduce(PyObject* o) {
  Range* r = as_range(o);
  Ref<> args = TRY(tuple_of({r->start, r->stop, r->step}));
  return tuple_of({object(Py_TYPE(o)), args.get()});
}

Ref<> new_long_range_iterator(PyObject* start, PyObject* step, PyObject* length);

/// Do all numbers, and one step beyond, fit into a C long? Then iteration needs no big ints.
static bool fits(Range* r, int64_t* start, int64_t* step, int64_t* length) {
  if (int_to_int64(r->start, start) || int_to_int64(r->step, step) || int_to_int64(r->length, length)) return false;
  __int128 end = static_cast<__int128>(*start) + static_cast<__int128>(*step) * *length;
  return end >= INT64_MIN && end <= INT64_MAX && *start - static_cast<__int128>(*step) >= INT64_MIN &&
         *start - static_cast<__int128>(*step) <= INT64_MAX;
}

static Ref<> range_iter(PyObject* o) {
  int64_t start, step, length;
  if (fits(as_range(o), &start, &step, &length)) return new_range_iterator(start, step, length);
  return new_long_range_iterator(as_range(o)->start, as_range(o)->step, as_range(o)->length);
}
static Ref<> range_reversed(PyObject* o) {
  Range* r = as_range(o);
  int64_t start, step, length;
  if (fits(r, &start, &step, &length) && step != INT64_MIN)
    return new_range_iterator(start + (length - 1) * step, -step, length);
  Ref<> back = TRY(int_negate(r->step)), one = TRY(new_int(1));
  Ref<> last = TRY(int_subtract(r->length, one.get()));
  last = TRY(number_at(r, last.get()));
  return new_long_range_iterator(last.get(), back.get(), r->length);
}

static constinit PyMethodDef range_methods[] = {
    noargs<range_reversed>("__reversed__", "An iterator over the numbers, last one first."),
    noargs<range_reduce>("__reduce__", nullptr),
    one_arg<range_count>("count", "rangeobject.count(value) -> how often value occurs"),
    one_arg<range_index>("index",
                         "rangeobject.index(value) -> where value is\n"
                         "A value that is not there is a ValueError."),
    {},
};
static constinit PyMemberDef range_members[] = {
    {"start", T_OBJECT_EX, offsetof(Range, start), READONLY, nullptr},
    {"stop", T_OBJECT_EX, offsetof(Range, stop), READONLY, nullptr},
    {"step", T_OBJECT_EX, offsetof(Range, step), READONLY, nullptr},
    {},
};
static constinit PySequenceMethods range_as_sequence = {
    .sq_length = slot<range_len>, .sq_item = slot<range_item>, .sq_contains = slot<range_contains>};
static constinit PyMappingMethods range_as_mapping = {
    .mp_length = slot<range_len>, .mp_subscript = slot<range_subscript>};
static constinit PyNumberMethods range_as_number = {.nb_bool = slot<range_bool>};

}  // namespace taipan

using namespace taipan;

constinit PyTypeObject PyRange_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "range",
    .tp_basicsize = sizeof(Range),
    .tp_dealloc = range_dealloc,
    .tp_repr = slot<range_repr>,
    .tp_as_number = &range_as_number,
    .tp_as_sequence = &range_as_sequence,
    .tp_as_mapping = &range_as_mapping,
    .tp_hash = slot<range_hash>,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_SEQUENCE,
    .tp_doc = "range(stop) -> range object\n"
              "range(start, stop[, step]) -> range object\n\n"
              "The integers from start (0 if not given) up to but without stop, step apart.\n"
              "A negative step counts down.",
    .tp_richcompare = slot<range_compare>,
    .tp_iter = slot<range_iter>,
    .tp_methods = range_methods,
    .tp_members = range_members,
    .tp_new = range_new,
    .tp_vectorcall = range_vectorcall,
};
