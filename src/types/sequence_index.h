#pragma once
// start and stop of list.index() and its like: __index__ required (no None), clamped to Py_ssize_t.
#include "object/convert.h"

namespace taipan {

struct SearchIndex {
  Py_ssize_t value;
  void count_from_end(Py_ssize_t length) {
    if (value < 0 && (value += length) < 0) value = 0;
  }
};
template <> struct Convert<SearchIndex> {
  static Result<SearchIndex> from(PyObject* o, Where) {
    if (!is_index(o)) return raise(PyExc_TypeError, "slice indices must be integers or have an __index__ method");
    return SearchIndex{TRY(to_ssize(o))};
  }
};
template <> constexpr SearchIndex default_value<SearchIndex>(std::string_view text) {
  return {default_value<Py_ssize_t>(text)};
}

}  // namespace taipan
