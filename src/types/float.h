#pragma once
// float beyond its kernel in object/int.h.
#include "base/format.h"
#include "object/object.h"

namespace taipan {

Ref<> exact_float(PyObject* o);        ///< the float itself, or a subclass's value
Ref<> float_repr(PyObject* o);
Ref<> ascii_text(const TextBuffer& text);  ///< a str, or MemoryError if the buffer failed
/// Exact: -1, 0, 1. v is not a NaN.
Result<int> compare_double_with_int(double v, PyObject* i);
/// a is a float; b anything.
Ref<> float_compare(PyObject* a, PyObject* b, int op);

extern PyMethodDef float_methods[];
extern PyGetSetDef float_getset[];

}  // namespace taipan
