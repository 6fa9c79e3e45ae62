#pragma once
// What a slice means for a sequence of a given length.
#include "object/object.h"

namespace taipan {

struct SliceRange {
  Py_ssize_t start, stop, step;  // clamped to the length
  Py_ssize_t count;              // how many items
};
/// Runs the bounds' __index__; the sequence's length is asked for only after that (`length` may
/// change meanwhile).
struct SliceBounds {
  Py_ssize_t start, stop, step;
};
Result<SliceBounds> slice_bounds(PyObject* slice);
SliceRange clamp_slice(SliceBounds bounds, Py_ssize_t length);

/// list[…] and list[…] = value (null: del) for a slice whose bounds are known.
Ref<> list_part(PyObject* list, SliceRange range);
Status list_store_part(PyObject* list, SliceBounds bounds, PyObject* value);

/// One optional bound of find(), index() …: None keeps `*value`; otherwise __index__, clamped.
Status find_bound(PyObject* o, Py_ssize_t* value);

/// The arguments of find, count, index, startswith and their like: `what[, start[, end]]`.
struct FindArguments {
  PyObject* what;
  Py_ssize_t start = 0, end = PY_SSIZE_T_MAX;

  /// Makes negative bounds count from the end and clamps all to [0, length] (start may stay beyond
  /// it).
  void clamp(Py_ssize_t length) {
    if (end > length)
      end = length;
    else if (end < 0 && (end += length) < 0)
      end = 0;
    if (start < 0 && (start += length) < 0) start = 0;
  }
};
Result<FindArguments> parse_find_arguments(const char* name, PyObject* const* args,
                                           Py_ssize_t nargs);

}  // namespace taipan
