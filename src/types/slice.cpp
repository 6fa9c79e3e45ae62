// The slice type.
#include "types/slice.h"

#include <Python.h>
#include <structmember.h>

#include "object/bind.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/tuple.h"
#include "types/rows.h"

namespace taipan {

static Slice* as_slice(PyObject* o) { return reinterpret_cast<Slice*>(o); }

Ref<> new_slice(PyObject* start, PyObject* stop, PyObject* step) {
  auto slice = TRY(allocate_collected<Slice>(&PySlice_Type));
  slice->start = Py_NewRef(start ? start : Py_None);
  slice->stop = Py_NewRef(stop ? stop : Py_None);
  slice->step = Py_NewRef(step ? step : Py_None);
  gc_track(object(slice.get()));
  return slice;
}

static PyObject* slice_new(PyTypeObject*, PyObject* args, PyObject* kwargs) {
  if (!check_no_keywords_dict("slice", kwargs)) return nullptr;
  Py_ssize_t n = tuple_size(args);
  if (!check_positional("slice", n, 1, 3)) return nullptr;
  if (n == 1) return new_slice(nullptr, item(args, 0)).release();
  return new_slice(item(args, 0), item(args, 1), n > 2 ? item(args, 2) : nullptr).release();
}
static void slice_dealloc(PyObject* o) {
  gc_untrack(o);
  Py_DECREF(as_slice(o)->start);
  Py_DECREF(as_slice(o)->stop);
  Py_DECREF(as_slice(o)->step);
  deallocate_collected(as_slice(o));
}
static int slice_traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(as_slice(o)->start);
  Py_VISIT(as_slice(o)->stop);
  Py_VISIT(as_slice(o)->step);
  return 0;
}

static Ref<> slice_repr(PyObject* o) {
  return format_str("slice({}, {}, {})", as_repr(as_slice(o)->start), as_repr(as_slice(o)->stop),
                    as_repr(as_slice(o)->step));
}

static Ref<> slice_compare(PyObject* a, PyObject* b, int op) {
  if (!PySlice_Check(a) || !PySlice_Check(b)) return not_implemented();
  if (a == b) return boolean(op == Py_EQ || op == Py_LE || op == Py_GE);
  Ref<> x = TRY(tuple_of({as_slice(a)->start, as_slice(a)->stop, as_slice(a)->step}));
  Ref<> y = TRY(tuple_of({as_slice(b)->start, as_slice(b)->stop, as_slice(b)->step}));
  return compare(x.get(), y.get(), op);
}

// -- indices --

static Ref<> bound(PyObject* o) {
  if (is_index(o)) return index(o);
  return raise(PyExc_TypeError, "slice indices must be integers or None or have an __index__ method");
}

/// A start or stop: counted from the end if negative, then moved into [lower, upper].
static Ref<> clamped(PyObject* o, PyObject* length, PyObject* lower, PyObject* upper, PyObject* absent) {
  if (o == Py_None) return share(absent);
  Ref<> value = TRY(bound(o));
  if (int_sign(value.get()) < 0) {
    value = TRY(int_add(value.get(), length));
    return share(int_compare(value.get(), lower) < 0 ? lower : value.get());
  }
  return share(int_compare(value.get(), upper) > 0 ? upper : value.get());
}

Status slice_long_indices(PyObject* o, PyObject* length, LongIndices* out) {
  Slice* slice = as_slice(o);
  out->step = slice->step == Py_None ? TRY(new_int(1)) : TRY(bound(slice->step));
  int sign = int_sign(out->step.get());
  if (sign == 0) return raise(PyExc_ValueError, "slice step cannot be zero");
  Ref<> lower = TRY(new_int(sign < 0 ? -1 : 0));
  Ref<> upper = sign < 0 ? TRY(int_add(length, lower.get())) : share(length);
  PyObject *first = sign < 0 ? upper.get() : lower.get(), *last = sign < 0 ? lower.get() : upper.get();
  out->start = TRY(clamped(slice->start, length, lower.get(), upper.get(), first));
  out->stop = TRY(clamped(slice->stop, length, lower.get(), upper.get(), last));
  return {};
}

static Ref<> slice_indices(PyObject* self, PyObject* length) {
  Ref<> n = TRY(index(length));
  if (int_sign(n.get()) < 0) return raise(PyExc_ValueError, "length should not be negative");
  LongIndices r;
  TRY(slice_long_indices(self, n.get(), &r));
  return tuple_of({r.start.get(), r.stop.get(), r.step.get()});
}

static Ref<> slice_reduce(PyObject* o) {
  Ref<> args = TRY(tuple_of({as_slice(o)->start, as_slice(o)->stop, as_slice(o)->step}));
  return tuple_of({object(Py_TYPE(o)), args.get()});
}

static constinit PyMethodDef slice_methods[] = {
    one_arg<slice_indices>("indices",
                           "S.indices(len) -> (start, stop, stride)\n\n"
                           "What the slice means for a sequence of that length: indices that lie in it."),
    noargs<slice_reduce>("__reduce__", kReduceDoc),
    {},
};
static constinit PyMemberDef slice_members[] = {
    {"start", T_OBJECT, offsetof(Slice, start), READONLY, nullptr},
    {"stop", T_OBJECT, offsetof(Slice, stop), READONLY, nullptr},
    {"step", T_OBJECT, offsetof(Slice, step), READONLY, nullptr},
    {},
};

}  // namespace taipan

using namespace taipan;

constinit PyTypeObject PySlice_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "slice",
    .tp_basicsize = sizeof(PySliceObject),
    .tp_dealloc = slice_dealloc,
    .tp_repr = slot<slice_repr>,
    .tp_hash = PyObject_HashNotImplemented,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "slice(stop)\n"
              "slice(start, stop[, step])\n\n"
              "What stands between the brackets of a[0:10:2].",
    .tp_traverse = slice_traverse,
    .tp_richcompare = slot<slice_compare>,
    .tp_methods = slice_methods,
    .tp_members = slice_members,
    .tp_new = slice_new,
};
