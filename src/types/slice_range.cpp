// Slice bounds and the optional bounds of searches.
#include "types/slice_range.h"

#include "object/error.h"
#include "object/int.h"
#include "object/protocol.h"

namespace taipan {
namespace {

/// None keeps what `*value` is.
Status bound(PyObject* o, Py_ssize_t* value) {
  if (o == Py_None) return {};
  if (PyLong_CheckExact(o) && is_single_digit(o)) {
    *value = single_digit_value(o);
    return {};
  }
  if (!is_index(o))
    return raise(PyExc_TypeError,
                 "slice indices must be integers or None or have an __index__ method");
  *value = TRY(to_ssize(o));
  return {};
}

}  // namespace

Status find_bound(PyObject* o, Py_ssize_t* value) { return bound(o, value); }

Result<SliceBounds> slice_bounds(PyObject* o) {
  auto slice = reinterpret_cast<Slice*>(o);
  SliceBounds b{0, 0, 1};
  TRY(bound(slice->step, &b.step));
  if (b.step == 0) return raise(PyExc_ValueError, "slice step cannot be zero");
  // -PY_SSIZE_T_MIN does not exist: one step less reaches as far.
  if (b.step < -PY_SSIZE_T_MAX) b.step = -PY_SSIZE_T_MAX;
  b.start = b.step < 0 ? PY_SSIZE_T_MAX : 0;
  b.stop = b.step < 0 ? PY_SSIZE_T_MIN : PY_SSIZE_T_MAX;
  TRY(bound(slice->start, &b.start));
  TRY(bound(slice->stop, &b.stop));
  return b;
}

SliceRange clamp_slice(SliceBounds b, Py_ssize_t length) {
  auto clamp = [&](Py_ssize_t at) {
    if (at < 0) {
      at += length;
      if (at < 0) at = b.step < 0 ? -1 : 0;
    } else if (at >= length) {
      at = b.step < 0 ? length - 1 : length;
    }
    return at;
  };
  SliceRange r{clamp(b.start), clamp(b.stop), b.step, 0};
  if (r.step < 0) {
    if (r.stop < r.start) r.count = (r.start - r.stop - 1) / -r.step + 1;
  } else if (r.start < r.stop) {
    r.count = (r.stop - r.start - 1) / r.step + 1;
  }
  return r;
}

Result<FindArguments> parse_find_arguments(const char* name, PyObject* const* args,
                                           Py_ssize_t nargs) {
  if (nargs < 1)
    return raise(PyExc_TypeError, "{}() takes at least 1 argument ({} given)", name, nargs);
  if (nargs > 3)
    return raise(PyExc_TypeError, "{}() takes at most 3 arguments ({} given)", name, nargs);
  FindArguments a{args[0]};
  if (nargs > 1) TRY(find_bound(args[1], &a.start));
  if (nargs > 2) TRY(find_bound(args[2], &a.end));
  return a;
}

}  // namespace taipan
